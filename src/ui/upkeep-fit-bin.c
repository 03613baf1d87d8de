/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-fit-bin.h"

#define WIDTH_MAX_PX 10000

/**
 * UpkeepFitBin:
 *
 * Holds one child in a scrolled window, and tells how high it is at the width it will have.
 *
 * A [class@Gtk.ScrolledWindow] that is to be as high as its child asks for the child's height
 * without saying how wide it will be, so wrapped text comes out too low, and a dialog around it too
 * small. This answers such a question for the width it has, or before it has one for the width it
 * wants.
 */
struct _UpkeepFitBin {
  AdwBin parent_instance;

  int width_px;    /* what it wants */
  int measured_px; /* the width its height was told for */
  guint tick_id;   /* 0 when no new question is waiting */
};

typedef enum {
  PROP_WIDTH = 1,
} UpkeepFitBinProperty;

static GParamSpec *properties[PROP_WIDTH + 1];

G_DEFINE_FINAL_TYPE (UpkeepFitBin, upkeep_fit_bin, ADW_TYPE_BIN)

static gboolean
frame_began_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  UpkeepFitBin *self = UPKEEP_FIT_BIN (widget);

  self->tick_id = 0;
  gtk_widget_queue_resize (widget);
  return G_SOURCE_REMOVE;
}

/* GtkWidget */

static GtkSizeRequestMode
upkeep_fit_bin_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
upkeep_fit_bin_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  UpkeepFitBin *self = UPKEEP_FIT_BIN (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int child_minimum;

  *minimum = 0;
  *natural = 0;
  *minimum_baseline = -1;
  *natural_baseline = -1;
  if (child == NULL)
    return;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = child_minimum;
    *natural = MAX (child_minimum, self->width_px);
    return;
  }

  if (for_size < 0) {
    for_size = gtk_widget_get_width (widget);
    if (for_size <= 0)
      for_size = self->width_px;
    self->measured_px = for_size;
  }
  gtk_widget_measure (child, orientation, MAX (for_size, child_minimum), minimum, natural, NULL,
                      NULL);
}

static void
upkeep_fit_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UpkeepFitBin *self = UPKEEP_FIT_BIN (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  /* Asked for anew before the next frame: sizes must not change while they are handed out. */
  if (width != self->measured_px && self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (widget, frame_began_cb, NULL, NULL);
  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

/* GObject */

static void
upkeep_fit_bin_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepFitBin *self = UPKEEP_FIT_BIN (object);

  switch ((UpkeepFitBinProperty) prop_id) {
  case PROP_WIDTH:
    g_value_set_int (value, self->width_px);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_fit_bin_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UpkeepFitBin *self = UPKEEP_FIT_BIN (object);

  switch ((UpkeepFitBinProperty) prop_id) {
  case PROP_WIDTH:
    upkeep_fit_bin_set_width (self, g_value_get_int (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_fit_bin_dispose (GObject *object)
{
  UpkeepFitBin *self = UPKEEP_FIT_BIN (object);

  if (self->tick_id != 0) {
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
    self->tick_id = 0;
  }

  G_OBJECT_CLASS (upkeep_fit_bin_parent_class)->dispose (object);
}

static void
upkeep_fit_bin_class_init (UpkeepFitBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = upkeep_fit_bin_get_property;
  object_class->set_property = upkeep_fit_bin_set_property;
  object_class->dispose = upkeep_fit_bin_dispose;
  widget_class->get_request_mode = upkeep_fit_bin_get_request_mode;
  widget_class->measure = upkeep_fit_bin_measure;
  widget_class->size_allocate = upkeep_fit_bin_size_allocate;

  /**
   * UpkeepFitBin:width:
   *
   * How wide it wants to be, in px.
   */
  properties[PROP_WIDTH] =
      g_param_spec_int ("width", NULL, NULL, 0, WIDTH_MAX_PX, 0,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "fitbin");
}

static void
upkeep_fit_bin_init (UpkeepFitBin *self)
{
  /* It lays its child out itself. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}

/* Public */

/**
 * upkeep_fit_bin_new:
 * @child: (nullable): what to hold
 *
 * Makes a bin that wants to be as narrow as its child can be.
 *
 * Returns: (transfer floating): the bin
 */
GtkWidget *
upkeep_fit_bin_new (GtkWidget *child)
{
  g_return_val_if_fail (child == NULL || GTK_IS_WIDGET (child), NULL);

  return g_object_new (UPKEEP_TYPE_FIT_BIN, "child", child, NULL);
}

/**
 * upkeep_fit_bin_get_width:
 * @self: a bin
 *
 * Gets how wide it wants to be.
 *
 * Returns: px
 */
int
upkeep_fit_bin_get_width (UpkeepFitBin *self)
{
  g_return_val_if_fail (UPKEEP_IS_FIT_BIN (self), 0);

  return self->width_px;
}

/**
 * upkeep_fit_bin_set_width:
 * @self: a bin
 * @width_px: px, 0 to 10,000
 *
 * Sets how wide it wants to be. It can be narrower, as far as its child can.
 */
void
upkeep_fit_bin_set_width (UpkeepFitBin *self, int width_px)
{
  g_return_if_fail (UPKEEP_IS_FIT_BIN (self));
  g_return_if_fail (width_px >= 0 && width_px <= WIDTH_MAX_PX);

  if (self->width_px == width_px)
    return;

  self->width_px = width_px;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
}

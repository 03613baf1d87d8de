/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-narrow-bin.h"

/* The least width it asks for, however wide its child: below the threshold the child is laid out
 * anew first, and fits then. */
#define MIN_WIDTH_PX     320
#define THRESHOLD_PX     600
#define THRESHOLD_MAX_PX 10000

/**
 * UpkeepNarrowBin:
 *
 * Holds one child and knows whether it is narrow.
 *
 * It stands in for the breakpoints of newer libadwaita: bind to its `narrow` property, or select by
 * its CSS class of that name. The switch is made before the next frame and never while sizes are
 * handed out, as a layout that changes itself then would never settle. Until that frame the child
 * keeps its minimum width and is clipped.
 *
 * Above the threshold it is narrow too where its child does not fit: with large text, or in a
 * language of long words.
 */
struct _UpkeepNarrowBin {
  AdwBin parent_instance;

  int threshold_px;
  int wide_width_px; /* what the child needed when it was laid out wide last; 0 at first */
  guint tick_id;     /* 0 when no switch is waiting */
  gboolean narrow;
  gboolean next_narrow;
};

typedef enum {
  PROP_THRESHOLD = 1,
  PROP_NARROW,
} UpkeepNarrowBinProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (UpkeepNarrowBin, upkeep_narrow_bin, ADW_TYPE_BIN)

static gboolean
frame_began_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  UpkeepNarrowBin *self = UPKEEP_NARROW_BIN (widget);

  self->tick_id = 0;
  if (self->narrow == self->next_narrow)
    return G_SOURCE_REMOVE;

  self->narrow = self->next_narrow;
  if (self->narrow)
    gtk_widget_add_css_class (widget, "narrow");
  else
    gtk_widget_remove_css_class (widget, "narrow");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
  gtk_widget_queue_resize (widget);

  return G_SOURCE_REMOVE;
}

/* GtkWidget */

static GtkSizeRequestMode
upkeep_narrow_bin_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
upkeep_narrow_bin_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  *minimum = 0;
  *natural = 0;
  *minimum_baseline = -1;
  *natural_baseline = -1;

  if (child == NULL)
    return;

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0) {
    int child_minimum;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, NULL, NULL, NULL);
    for_size = MAX (for_size, child_minimum);
  }
  gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, MIN_WIDTH_PX);
}

static void
upkeep_narrow_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UpkeepNarrowBin *self = UPKEEP_NARROW_BIN (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int child_width = 0;
  int child_height;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_width, NULL, NULL, NULL);
  if (!self->narrow)
    self->wide_width_px = child_width;
  self->next_narrow = width < MAX (self->threshold_px, self->wide_width_px);
  if (self->next_narrow != self->narrow && self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (widget, frame_began_cb, NULL, NULL);

  if (child == NULL)
    return;

  child_width = MAX (width, child_width);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, &child_height, NULL, NULL,
                      NULL);
  gtk_widget_allocate (child, child_width, MAX (height, child_height), baseline, NULL);
}

/* GObject */

static void
upkeep_narrow_bin_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepNarrowBin *self = UPKEEP_NARROW_BIN (object);

  switch ((UpkeepNarrowBinProperty) prop_id) {
  case PROP_THRESHOLD:
    g_value_set_int (value, self->threshold_px);
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_narrow_bin_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  UpkeepNarrowBin *self = UPKEEP_NARROW_BIN (object);

  switch ((UpkeepNarrowBinProperty) prop_id) {
  case PROP_THRESHOLD:
    upkeep_narrow_bin_set_threshold (self, g_value_get_int (value));
    break;
  case PROP_NARROW:
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_narrow_bin_dispose (GObject *object)
{
  UpkeepNarrowBin *self = UPKEEP_NARROW_BIN (object);

  if (self->tick_id != 0) {
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
    self->tick_id = 0;
  }

  G_OBJECT_CLASS (upkeep_narrow_bin_parent_class)->dispose (object);
}

static void
upkeep_narrow_bin_class_init (UpkeepNarrowBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = upkeep_narrow_bin_get_property;
  object_class->set_property = upkeep_narrow_bin_set_property;
  object_class->dispose = upkeep_narrow_bin_dispose;

  widget_class->get_request_mode = upkeep_narrow_bin_get_request_mode;
  widget_class->measure = upkeep_narrow_bin_measure;
  widget_class->size_allocate = upkeep_narrow_bin_size_allocate;

  /**
   * UpkeepNarrowBin:threshold:
   *
   * The width in px below which it is narrow.
   */
  properties[PROP_THRESHOLD] =
      g_param_spec_int ("threshold", NULL, NULL, 0, THRESHOLD_MAX_PX, THRESHOLD_PX,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepNarrowBin:narrow:
   *
   * Whether it is narrower than its threshold.
   */
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "narrowbin");
}

static void
upkeep_narrow_bin_init (UpkeepNarrowBin *self)
{
  self->threshold_px = THRESHOLD_PX;
  /* It lays its child out itself. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* Public */

/**
 * upkeep_narrow_bin_new:
 * @child: (nullable): what to hold
 *
 * Makes a bin that is narrow below 600 px.
 *
 * Returns: (transfer floating): the bin
 */
GtkWidget *
upkeep_narrow_bin_new (GtkWidget *child)
{
  g_return_val_if_fail (child == NULL || GTK_IS_WIDGET (child), NULL);

  return g_object_new (UPKEEP_TYPE_NARROW_BIN, "child", child, NULL);
}

/**
 * upkeep_narrow_bin_get_threshold:
 * @self: a bin
 *
 * Gets the width below which it is narrow.
 *
 * Returns: px
 */
int
upkeep_narrow_bin_get_threshold (UpkeepNarrowBin *self)
{
  g_return_val_if_fail (UPKEEP_IS_NARROW_BIN (self), 0);

  return self->threshold_px;
}

/**
 * upkeep_narrow_bin_set_threshold:
 * @self: a bin
 * @threshold_px: px, 0 to 10,000; 0 is never narrow
 *
 * Sets the width below which it is narrow.
 */
void
upkeep_narrow_bin_set_threshold (UpkeepNarrowBin *self, int threshold_px)
{
  g_return_if_fail (UPKEEP_IS_NARROW_BIN (self));
  g_return_if_fail (threshold_px >= 0 && threshold_px <= THRESHOLD_MAX_PX);

  if (self->threshold_px == threshold_px)
    return;

  self->threshold_px = threshold_px;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THRESHOLD]);
}

/**
 * upkeep_narrow_bin_get_narrow:
 * @self: a bin
 *
 * Gets whether it is narrower than its threshold.
 *
 * Returns: whether it is
 */
gboolean
upkeep_narrow_bin_get_narrow (UpkeepNarrowBin *self)
{
  g_return_val_if_fail (UPKEEP_IS_NARROW_BIN (self), FALSE);

  return self->narrow;
}

/**
 * upkeep_narrow_bin_bind:
 * @widget: a widget with a property `narrow`, in a window
 *
 * Makes a widget narrow whenever the bin around it is. Call it in the widget's `root`, and unbind
 * what it returns in its `unroot`.
 *
 * Returns: (transfer none) (nullable): the binding; `NULL` where no bin is around the widget
 */
GBinding *
upkeep_narrow_bin_bind (GtkWidget *widget)
{
  GtkWidget *bin;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  bin = gtk_widget_get_ancestor (widget, UPKEEP_TYPE_NARROW_BIN);
  if (bin == NULL)
    return NULL;

  return g_object_bind_property (bin, "narrow", widget, "narrow", G_BINDING_SYNC_CREATE);
}

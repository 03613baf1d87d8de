/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-step-bar.h"

#include "upkeep-format.h"
#include "upkeep-narrow-bin.h"

#define SPACING_PX      8
#define STEP_SPACING_PX 7

typedef struct {
  GtkWidget *box;
  GtkWidget *number;
  GtkWidget *tick;
  GtkWidget *name;
} Step;

/**
 * UpkeepStepBar:
 *
 * Tells which step of several one is at: those before it are ticked, and so is the last one as soon
 * as it is reached.
 *
 * Where it is narrow, only the step that one is at says its name. A screen reader is always told
 * all names, and which step is the selected one.
 */
struct _UpkeepStepBar {
  GtkWidget parent_instance;

  GArray *steps; /* (owned): of Step */
  guint current;
  GBinding *narrow_binding; /* (nullable) */
  gboolean narrow;
};

typedef enum {
  PROP_NARROW = 1,
} UpkeepStepBarProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (UpkeepStepBar, upkeep_step_bar, GTK_TYPE_WIDGET)

static void
set_css_class (GtkWidget *widget, const char *css_class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
show_step (UpkeepStepBar *self, guint position)
{
  const Step *step = &g_array_index (self->steps, Step, position);
  gboolean is_current = position == self->current;
  gboolean is_last = position + 1 == self->steps->len;
  gboolean is_done = position < self->current || (is_current && is_last);

  set_css_class (step->box, "done", is_done);
  set_css_class (step->box, "current", is_current);
  gtk_widget_set_visible (step->tick, is_done);
  gtk_widget_set_visible (step->number, !is_done);
  gtk_widget_set_visible (step->name, !self->narrow || is_current);
  gtk_accessible_update_state (GTK_ACCESSIBLE (step->box), GTK_ACCESSIBLE_STATE_SELECTED,
                               is_current, -1);
}

static void
show_steps (UpkeepStepBar *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    show_step (self, i);
}

static GtkWidget *
new_separator (void)
{
  return g_object_new (GTK_TYPE_SEPARATOR, "valign", GTK_ALIGN_CENTER, "accessible-role",
                       GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

static void
set_narrow (UpkeepStepBar *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  show_steps (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

/* GtkWidget */

static void
upkeep_step_bar_root (GtkWidget *widget)
{
  UpkeepStepBar *self = UPKEEP_STEP_BAR (widget);

  GTK_WIDGET_CLASS (upkeep_step_bar_parent_class)->root (widget);

  self->narrow_binding = upkeep_narrow_bin_bind (widget);
}

static void
upkeep_step_bar_unroot (GtkWidget *widget)
{
  UpkeepStepBar *self = UPKEEP_STEP_BAR (widget);

  g_clear_pointer (&self->narrow_binding, g_binding_unbind);

  GTK_WIDGET_CLASS (upkeep_step_bar_parent_class)->unroot (widget);
}

/* GObject */

static void
upkeep_step_bar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepStepBar *self = UPKEEP_STEP_BAR (object);

  switch ((UpkeepStepBarProperty) prop_id) {
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_step_bar_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  UpkeepStepBar *self = UPKEEP_STEP_BAR (object);

  switch ((UpkeepStepBarProperty) prop_id) {
  case PROP_NARROW:
    set_narrow (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_step_bar_dispose (GObject *object)
{
  UpkeepStepBar *self = UPKEEP_STEP_BAR (object);
  GtkWidget *child;

  g_array_set_size (self->steps, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (upkeep_step_bar_parent_class)->dispose (object);
}

static void
upkeep_step_bar_finalize (GObject *object)
{
  UpkeepStepBar *self = UPKEEP_STEP_BAR (object);

  g_array_unref (self->steps);

  G_OBJECT_CLASS (upkeep_step_bar_parent_class)->finalize (object);
}

static void
upkeep_step_bar_class_init (UpkeepStepBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = upkeep_step_bar_get_property;
  object_class->set_property = upkeep_step_bar_set_property;
  object_class->dispose = upkeep_step_bar_dispose;
  object_class->finalize = upkeep_step_bar_finalize;

  widget_class->root = upkeep_step_bar_root;
  widget_class->unroot = upkeep_step_bar_unroot;

  /**
   * UpkeepStepBar:narrow:
   *
   * Whether only the step that one is at says its name. It follows the [class@NarrowBin] around the
   * bar.
   */
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stepbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
upkeep_step_bar_init (UpkeepStepBar *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING_PX);
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
}

/* Public */

/**
 * upkeep_step_bar_new:
 *
 * Makes a bar without steps.
 *
 * Returns: (transfer floating): the bar
 */
GtkWidget *
upkeep_step_bar_new (void)
{
  return g_object_new (UPKEEP_TYPE_STEP_BAR, NULL);
}

/**
 * upkeep_step_bar_append:
 * @self: a bar
 * @name: what the step is called, translated
 *
 * Adds a step after the others; it is numbered by its place.
 */
void
upkeep_step_bar_append (UpkeepStepBar *self, const char *name)
{
  Step step = {.box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, STEP_SPACING_PX)};
  g_autofree char *number = NULL;

  g_return_if_fail (UPKEEP_IS_STEP_BAR (self));
  g_return_if_fail (name != NULL);

  number = upkeep_format_count (self->steps->len + 1);
  step.number = gtk_label_new (number);
  gtk_widget_add_css_class (step.number, "number");
  step.tick = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic",
                            "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (step.tick, "number");
  step.name = gtk_label_new (name);
  gtk_widget_add_css_class (step.name, "caption");
  gtk_box_append (GTK_BOX (step.box), step.number);
  gtk_box_append (GTK_BOX (step.box), step.tick);
  gtk_box_append (GTK_BOX (step.box), step.name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (step.box), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);

  if (self->steps->len > 0)
    gtk_widget_set_parent (new_separator (), GTK_WIDGET (self));
  gtk_widget_set_parent (step.box, GTK_WIDGET (self));
  g_array_append_val (self->steps, step);
  show_steps (self);
}

/**
 * upkeep_step_bar_get_current:
 * @self: a bar
 *
 * Gets which step one is at.
 *
 * Returns: the step's place, from 0
 */
guint
upkeep_step_bar_get_current (UpkeepStepBar *self)
{
  g_return_val_if_fail (UPKEEP_IS_STEP_BAR (self), 0);

  return self->current;
}

/**
 * upkeep_step_bar_set_current:
 * @self: a bar
 * @current: the place of one of its steps, from 0
 *
 * Sets which step one is at.
 */
void
upkeep_step_bar_set_current (UpkeepStepBar *self, guint current)
{
  g_return_if_fail (UPKEEP_IS_STEP_BAR (self));
  g_return_if_fail (current < self->steps->len);

  self->current = current;
  show_steps (self);
}

/**
 * upkeep_step_bar_get_narrow:
 * @self: a bar
 *
 * Gets whether only the step that one is at says its name.
 *
 * Returns: whether it is so
 */
gboolean
upkeep_step_bar_get_narrow (UpkeepStepBar *self)
{
  g_return_val_if_fail (UPKEEP_IS_STEP_BAR (self), FALSE);

  return self->narrow;
}

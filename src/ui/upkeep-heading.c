/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-heading.h"

/**
 * UpkeepHeading:
 *
 * The heading of a step, on which the focus lands so that it is read out.
 *
 * A label cannot take the focus unless its text can be selected; this holds one and takes it.
 */
struct _UpkeepHeading {
  GtkWidget parent_instance;

  GtkLabel *text; /* (nullable) */
};

typedef enum {
  PROP_LABEL = 1,
} UpkeepHeadingProperty;

static GParamSpec *properties[PROP_LABEL + 1];

G_DEFINE_FINAL_TYPE (UpkeepHeading, upkeep_heading, GTK_TYPE_WIDGET)

static void
upkeep_heading_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepHeading *self = UPKEEP_HEADING (object);

  switch ((UpkeepHeadingProperty) prop_id) {
  case PROP_LABEL:
    g_value_set_string (value, upkeep_heading_get_label (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_heading_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UpkeepHeading *self = UPKEEP_HEADING (object);

  switch ((UpkeepHeadingProperty) prop_id) {
  case PROP_LABEL:
    upkeep_heading_set_label (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_heading_dispose (GObject *object)
{
  UpkeepHeading *self = UPKEEP_HEADING (object);

  if (self->text != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->text));
  self->text = NULL;

  G_OBJECT_CLASS (upkeep_heading_parent_class)->dispose (object);
}

static void
upkeep_heading_class_init (UpkeepHeadingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = upkeep_heading_get_property;
  object_class->set_property = upkeep_heading_set_property;
  object_class->dispose = upkeep_heading_dispose;

  /**
   * UpkeepHeading:label:
   *
   * The words, translated.
   */
  properties[PROP_LABEL] =
      g_param_spec_string ("label", NULL, NULL, "",
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stepheading");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_HEADING);
}

static void
upkeep_heading_init (UpkeepHeading *self)
{
  self->text = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "accessible-role",
                             GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->text), GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * upkeep_heading_get_label:
 * @self: a heading
 *
 * Gets the words.
 *
 * Returns: the words, translated
 */
const char *
upkeep_heading_get_label (UpkeepHeading *self)
{
  g_return_val_if_fail (UPKEEP_IS_HEADING (self), NULL);

  return gtk_label_get_text (self->text);
}

/**
 * upkeep_heading_set_label:
 * @self: a heading
 * @label: the words, translated
 *
 * Sets the words.
 */
void
upkeep_heading_set_label (UpkeepHeading *self, const char *label)
{
  g_return_if_fail (UPKEEP_IS_HEADING (self));

  if (label == NULL)
    label = "";
  if (g_str_equal (label, gtk_label_get_text (self->text)))
    return;

  gtk_label_set_text (self->text, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

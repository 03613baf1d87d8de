/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-chip.h"

/**
 * UpkeepChip:
 *
 * A state in a tinted pill: an icon and a word, so that its colour is never alone.
 */
struct _UpkeepChip {
  AdwBin parent_instance;

  UpkeepRole role;

  GtkImage *image;
  GtkLabel *text;
};

typedef enum {
  PROP_ICON_NAME = 1,
  PROP_LABEL,
  PROP_ROLE,
} UpkeepChipProperty;

static GParamSpec *properties[PROP_ROLE + 1];

G_DEFINE_FINAL_TYPE (UpkeepChip, upkeep_chip, ADW_TYPE_BIN)

static void
upkeep_chip_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepChip *self = UPKEEP_CHIP (object);

  switch ((UpkeepChipProperty) prop_id) {
  case PROP_ICON_NAME:
    g_value_set_string (value, upkeep_chip_get_icon_name (self));
    break;
  case PROP_LABEL:
    g_value_set_string (value, upkeep_chip_get_label (self));
    break;
  case PROP_ROLE:
    g_value_set_enum (value, self->role);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_chip_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UpkeepChip *self = UPKEEP_CHIP (object);

  switch ((UpkeepChipProperty) prop_id) {
  case PROP_ICON_NAME:
    upkeep_chip_set_icon_name (self, g_value_get_string (value));
    break;
  case PROP_LABEL:
    upkeep_chip_set_label (self, g_value_get_string (value));
    break;
  case PROP_ROLE:
    upkeep_chip_set_role (self, g_value_get_enum (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_chip_class_init (UpkeepChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = upkeep_chip_get_property;
  object_class->set_property = upkeep_chip_set_property;

  /**
   * UpkeepChip:icon-name:
   *
   * The icon before the word.
   */
  properties[PROP_ICON_NAME] =
      g_param_spec_string ("icon-name", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepChip:label:
   *
   * The word, translated.
   */
  properties[PROP_LABEL] =
      g_param_spec_string ("label", NULL, NULL, "",
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepChip:role:
   *
   * What its colour stands for.
   */
  properties[PROP_ROLE] =
      g_param_spec_enum ("role", NULL, NULL, UPKEEP_TYPE_ROLE, UPKEEP_ROLE_NEUTRAL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "chip");
}

static void
upkeep_chip_init (UpkeepChip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  /* The word beside it says the same. */
  self->image = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              "visible", FALSE, "pixel-size", 14, NULL);
  self->text = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->image));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text));
  adw_bin_set_child (ADW_BIN (self), box);

  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  upkeep_role_apply (self->role, GTK_WIDGET (self));
}

/* Public */

/**
 * upkeep_chip_new:
 * @icon_name: (nullable): the icon before the word
 * @label: the word, translated
 * @role: what its colour stands for
 *
 * Makes a chip.
 *
 * Returns: (transfer floating): the chip
 */
GtkWidget *
upkeep_chip_new (const char *icon_name, const char *label, UpkeepRole role)
{
  g_return_val_if_fail (label != NULL, NULL);

  return g_object_new (UPKEEP_TYPE_CHIP, "icon-name", icon_name, "label", label, "role", role,
                       NULL);
}

/**
 * upkeep_chip_set:
 * @self: a chip
 * @icon_name: (nullable): the icon before the word
 * @label: the word, translated
 * @role: what its colour stands for
 *
 * Sets all of a chip at once.
 */
void
upkeep_chip_set (UpkeepChip *self, const char *icon_name, const char *label, UpkeepRole role)
{
  upkeep_chip_set_icon_name (self, icon_name);
  upkeep_chip_set_label (self, label);
  upkeep_chip_set_role (self, role);
}

/**
 * upkeep_chip_get_icon_name:
 * @self: a chip
 *
 * Gets the icon before the word.
 *
 * Returns: (nullable): its name
 */
const char *
upkeep_chip_get_icon_name (UpkeepChip *self)
{
  g_return_val_if_fail (UPKEEP_IS_CHIP (self), NULL);

  return gtk_image_get_icon_name (self->image);
}

/**
 * upkeep_chip_set_icon_name:
 * @self: a chip
 * @icon_name: (nullable): the icon before the word
 *
 * Sets the icon before the word.
 */
void
upkeep_chip_set_icon_name (UpkeepChip *self, const char *icon_name)
{
  g_return_if_fail (UPKEEP_IS_CHIP (self));

  if (g_strcmp0 (icon_name, gtk_image_get_icon_name (self->image)) == 0)
    return;

  gtk_image_set_from_icon_name (self->image, icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->image), icon_name != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ICON_NAME]);
}

/**
 * upkeep_chip_get_label:
 * @self: a chip
 *
 * Gets the word.
 *
 * Returns: the word, translated
 */
const char *
upkeep_chip_get_label (UpkeepChip *self)
{
  g_return_val_if_fail (UPKEEP_IS_CHIP (self), NULL);

  return gtk_label_get_text (self->text);
}

/**
 * upkeep_chip_set_label:
 * @self: a chip
 * @label: the word, translated
 *
 * Sets the word.
 */
void
upkeep_chip_set_label (UpkeepChip *self, const char *label)
{
  g_return_if_fail (UPKEEP_IS_CHIP (self));

  if (g_strcmp0 (label, gtk_label_get_text (self->text)) == 0)
    return;

  gtk_label_set_text (self->text, label != NULL ? label : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

/**
 * upkeep_chip_get_role:
 * @self: a chip
 *
 * Gets what its colour stands for.
 *
 * Returns: the role
 */
UpkeepRole
upkeep_chip_get_role (UpkeepChip *self)
{
  g_return_val_if_fail (UPKEEP_IS_CHIP (self), UPKEEP_ROLE_NEUTRAL);

  return self->role;
}

/**
 * upkeep_chip_set_role:
 * @self: a chip
 * @role: what its colour is to stand for
 *
 * Sets what its colour stands for.
 */
void
upkeep_chip_set_role (UpkeepChip *self, UpkeepRole role)
{
  g_return_if_fail (UPKEEP_IS_CHIP (self));
  g_return_if_fail (role < UPKEEP_N_ROLES);

  if (self->role == role)
    return;

  self->role = role;
  upkeep_role_apply (role, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLE]);
}

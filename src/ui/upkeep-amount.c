/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-amount.h"

#include "upkeep-format.h"

#include <glib/gi18n.h>

/**
 * UpkeepAmount:
 *
 * A sum, with the tag "Practice" behind it where no real money moves.
 *
 * Only a sum that stands by itself is shown so; within a sentence the word is plain text, as a
 * label cannot hold a pill.
 */
struct _UpkeepAmount {
  AdwBin parent_instance;

  char *size_class; /* (owned) (nullable) */
  gboolean practice;

  GtkLabel *sum;
  GtkWidget *tag;
};

typedef enum {
  PROP_TEXT = 1,
  PROP_PRACTICE,
  PROP_SIZE,
} UpkeepAmountProperty;

static GParamSpec *properties[PROP_SIZE + 1];

G_DEFINE_FINAL_TYPE (UpkeepAmount, upkeep_amount, ADW_TYPE_BIN)

static void
upkeep_amount_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepAmount *self = UPKEEP_AMOUNT (object);

  switch ((UpkeepAmountProperty) prop_id) {
  case PROP_TEXT:
    g_value_set_string (value, upkeep_amount_get_text (self));
    break;
  case PROP_PRACTICE:
    g_value_set_boolean (value, self->practice);
    break;
  case PROP_SIZE:
    g_value_set_string (value, self->size_class);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_amount_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UpkeepAmount *self = UPKEEP_AMOUNT (object);

  switch ((UpkeepAmountProperty) prop_id) {
  case PROP_TEXT:
    upkeep_amount_set_text (self, g_value_get_string (value));
    break;
  case PROP_PRACTICE:
    upkeep_amount_set_practice (self, g_value_get_boolean (value));
    break;
  case PROP_SIZE:
    upkeep_amount_set_size (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_amount_finalize (GObject *object)
{
  UpkeepAmount *self = UPKEEP_AMOUNT (object);

  g_free (self->size_class);

  G_OBJECT_CLASS (upkeep_amount_parent_class)->finalize (object);
}

static void
upkeep_amount_class_init (UpkeepAmountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = upkeep_amount_get_property;
  object_class->set_property = upkeep_amount_set_property;
  object_class->finalize = upkeep_amount_finalize;

  /**
   * UpkeepAmount:text:
   *
   * The sum, formatted.
   */
  properties[PROP_TEXT] = g_param_spec_string (
      "text", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepAmount:practice:
   *
   * Whether the tag is shown.
   */
  properties[PROP_PRACTICE] =
      g_param_spec_boolean ("practice", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepAmount:size:
   *
   * The CSS class of the sum's size, such as `title-4`; `NULL` for the size of text.
   */
  properties[PROP_SIZE] =
      g_param_spec_string ("size", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "amount");
}

static void
upkeep_amount_init (UpkeepAmount *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->sum = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->sum), "numeric");
  self->tag = upkeep_amount_new_practice_tag ();
  gtk_widget_set_visible (self->tag, FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sum));
  gtk_box_append (GTK_BOX (box), self->tag);
  adw_bin_set_child (ADW_BIN (self), box);

  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/* Public */

/**
 * upkeep_amount_new:
 * @text: the sum, formatted
 * @practice: whether no real money moves
 *
 * Makes an amount in the size of text.
 *
 * Returns: (transfer floating): the amount
 */
GtkWidget *
upkeep_amount_new (const char *text, gboolean practice)
{
  g_return_val_if_fail (text != NULL, NULL);

  return g_object_new (UPKEEP_TYPE_AMOUNT, "text", text, "practice", practice, NULL);
}

/**
 * upkeep_amount_new_sum:
 * @amount_minor: the sum in minor units
 * @currency: its currency
 * @practice: whether no real money moves
 *
 * Makes an amount of a sum that is still to be formatted.
 *
 * Returns: (transfer floating): the amount
 */
GtkWidget *
upkeep_amount_new_sum (gint64 amount_minor, const char *currency, gboolean practice)
{
  g_autofree char *text = upkeep_format_money (amount_minor, currency);

  return upkeep_amount_new (text, practice);
}

/**
 * upkeep_amount_get_text:
 * @self: an amount
 *
 * Gets the sum.
 *
 * Returns: the sum, formatted
 */
const char *
upkeep_amount_get_text (UpkeepAmount *self)
{
  g_return_val_if_fail (UPKEEP_IS_AMOUNT (self), NULL);

  return gtk_label_get_text (self->sum);
}

/**
 * upkeep_amount_set_text:
 * @self: an amount
 * @text: the sum, formatted; empty leaves the tag alone
 *
 * Sets the sum.
 */
void
upkeep_amount_set_text (UpkeepAmount *self, const char *text)
{
  g_return_if_fail (UPKEEP_IS_AMOUNT (self));

  if (g_strcmp0 (text, gtk_label_get_text (self->sum)) == 0)
    return;

  gtk_label_set_text (self->sum, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sum), text != NULL && text[0] != '\0');
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/**
 * upkeep_amount_get_practice:
 * @self: an amount
 *
 * Gets whether the tag is shown.
 *
 * Returns: whether it is
 */
gboolean
upkeep_amount_get_practice (UpkeepAmount *self)
{
  g_return_val_if_fail (UPKEEP_IS_AMOUNT (self), FALSE);

  return self->practice;
}

/**
 * upkeep_amount_set_practice:
 * @self: an amount
 * @practice: whether no real money moves
 *
 * Sets whether the tag is shown.
 */
void
upkeep_amount_set_practice (UpkeepAmount *self, gboolean practice)
{
  g_return_if_fail (UPKEEP_IS_AMOUNT (self));

  practice = !!practice;
  if (self->practice == practice)
    return;

  self->practice = practice;
  gtk_widget_set_visible (self->tag, practice);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRACTICE]);
}

/**
 * upkeep_amount_get_size:
 * @self: an amount
 *
 * Gets the size of the sum.
 *
 * Returns: (nullable): a CSS class; `NULL` for the size of text
 */
const char *
upkeep_amount_get_size (UpkeepAmount *self)
{
  g_return_val_if_fail (UPKEEP_IS_AMOUNT (self), NULL);

  return self->size_class;
}

/**
 * upkeep_amount_set_size:
 * @self: an amount
 * @size_class: (nullable): a CSS class such as `title-1`, `title-4` or `heading`; `NULL` for the
 *   size of text
 *
 * Sets the size of the sum. The tag keeps its own.
 */
void
upkeep_amount_set_size (UpkeepAmount *self, const char *size_class)
{
  g_return_if_fail (UPKEEP_IS_AMOUNT (self));

  if (g_strcmp0 (self->size_class, size_class) == 0)
    return;

  if (self->size_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->sum), self->size_class);
  g_free (self->size_class);
  self->size_class = g_strdup (size_class);
  if (size_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->sum), size_class);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

/**
 * upkeep_amount_new_practice_tag:
 *
 * Makes the tag alone, for the head of a column or a row whose sums are all for practice.
 *
 * Returns: (transfer floating): a label
 */
GtkWidget *
upkeep_amount_new_practice_tag (void)
{
  /* Translators: a small tag beside a sum: no real money moves. */
  GtkWidget *tag = gtk_label_new (C_ ("tag", "Practice"));

  gtk_widget_add_css_class (tag, "practice");
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  return tag;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-choice.h"

#define AMOUNT_SPACING_PX 12
#define TEXT_SPACING_PX   2

static GtkWidget *
new_text (const char *text)
{
  return g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0f, "wrap", TRUE, NULL);
}

static GtkWidget *
new_detail (const char *text)
{
  GtkWidget *label = new_text (text);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "faint");
  return label;
}

static GtkWidget *
new_content (const char *title, const char *detail, GtkWidget *amount)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, AMOUNT_SPACING_PX);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, TEXT_SPACING_PX);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), new_text (title));
  if (detail != NULL)
    gtk_box_append (GTK_BOX (texts), new_detail (detail));
  gtk_box_append (GTK_BOX (content), texts);
  if (amount != NULL)
    gtk_box_append (GTK_BOX (content), amount);
  return content;
}

/**
 * upkeep_choice_append:
 * @choices: a box of choices alone, of the style class `choices`
 * @title: what can be chosen, translated
 * @detail: (nullable): more about it, translated
 * @amount: (transfer floating) (nullable): a sum to show at its end
 *
 * Adds a choice after the others, of which one at most is chosen.
 *
 * Returns: (transfer none): the choice, not chosen
 */
GtkCheckButton *
upkeep_choice_append (GtkBox *choices, const char *title, const char *detail, GtkWidget *amount)
{
  GtkWidget *first;
  GtkWidget *radio;

  g_return_val_if_fail (GTK_IS_BOX (choices), NULL);
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (amount == NULL || GTK_IS_WIDGET (amount), NULL);

  first = gtk_widget_get_first_child (GTK_WIDGET (choices));
  radio = gtk_check_button_new ();
  gtk_check_button_set_child (GTK_CHECK_BUTTON (radio), new_content (title, detail, amount));
  if (first != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (radio), GTK_CHECK_BUTTON (first));
  gtk_accessible_update_property (GTK_ACCESSIBLE (radio), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail != NULL ? detail : "",
                                  -1);
  gtk_box_append (choices, radio);
  return GTK_CHECK_BUTTON (radio);
}

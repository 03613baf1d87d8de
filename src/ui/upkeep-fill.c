/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-fill.h"

/**
 * upkeep_fill_label:
 * @label: a label that is seen only while it says something
 * @text: (transfer full) (nullable): what it says, translated
 *
 * Sets what a label says, and hides it where that is nothing.
 */
void
upkeep_fill_label (GtkLabel *label, char *text)
{
  g_return_if_fail (GTK_IS_LABEL (label));

  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
  g_free (text);
}

/**
 * upkeep_fill_heading:
 * @heading: a heading
 * @text: (transfer full): what it says, translated
 *
 * Sets what a heading says.
 */
void
upkeep_fill_heading (UpkeepHeading *heading, char *text)
{
  g_return_if_fail (UPKEEP_IS_HEADING (heading));

  upkeep_heading_set_label (heading, text);
  g_free (text);
}

/**
 * upkeep_fill_clear_box:
 * @box: a box
 *
 * Takes out all that is in a box.
 */
void
upkeep_fill_clear_box (GtkBox *box)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_BOX (box));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/**
 * upkeep_fill_clear_list:
 * @list: a list
 *
 * Takes all rows out of a list.
 */
void
upkeep_fill_clear_list (GtkListBox *list)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_LIST_BOX (list));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-inner-names.h"

/**
 * upkeep_inner_names_give:
 * @widget: a widget of libadwaita that is made of others, such as an [class@Adw.ExpanderRow]
 * @name: what it is called, translated
 *
 * Names what a widget scrolls or lists its children in. That can take the focus, and libadwaita
 * leaves it without a name.
 */
void
upkeep_inner_names_give (GtkWidget *widget, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (name != NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (GTK_IS_SCROLLED_WINDOW (child) || GTK_IS_LIST_BOX (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
    else
      upkeep_inner_names_give (child, name);
  }
}

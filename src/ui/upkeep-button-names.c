/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-button-names.h"

/* Its label widget stands for the name; what the button says beside that still has the underscore.
 */
static void
label_changed_cb (GtkButton *button)
{
  if (gtk_button_get_use_underline (button))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static void
mend (GtkButton *button)
{
  /* Once, however often it is asked for. */
  g_signal_handlers_disconnect_by_func (button, label_changed_cb, NULL);
  g_signal_connect (button, "notify::label", G_CALLBACK (label_changed_cb), NULL);
  label_changed_cb (button);
}

/**
 * upkeep_button_names_mend:
 * @root: a widget whose buttons are all there
 *
 * Lets each button with a mnemonic go by its label alone. GTK 4.8 tells a screen reader the label
 * as it was set and as it is shown, so that `_Close` is called "_Close Close".
 */
void
upkeep_button_names_mend (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  /* One that gets its label later is known by its underline. */
  if (GTK_IS_BUTTON (root) && (gtk_button_get_label (GTK_BUTTON (root)) != NULL ||
                               gtk_button_get_use_underline (GTK_BUTTON (root))))
    mend (GTK_BUTTON (root));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    upkeep_button_names_mend (child);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-button-names.h"

/* What the button itself says; its label widget says the rest. */
static gboolean
says (GtkWidget *button, const char *label)
{
  g_autofree char *wrong = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  return wrong == NULL;
}

/* CONTRACT 7: buttons go by their labels. */
static void
test_mend (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  GtkWidget *keep = gtk_button_new_with_mnemonic ("_Keep Plan");
  GtkWidget *plain = gtk_button_new_with_label ("Current Plan");
  GtkWidget *icon = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  g_test_summary ("A button with a mnemonic goes by its label alone, also when that changes.");
  gtk_box_append (GTK_BOX (box), keep);
  gtk_box_append (GTK_BOX (box), plain);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, "Copy", -1);

  upkeep_button_names_mend (box);
  upkeep_button_names_mend (box);
  g_assert_false (says (keep, "_Keep Plan"));
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (keep),
                                                   GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  gtk_button_set_label (GTK_BUTTON (keep), "_Close");
  g_assert_false (says (keep, "_Close"));

  g_assert_true (says (plain, "Current Plan"));
  g_assert_true (says (icon, "Copy"));
  g_assert_finalize_object (box);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/button-names/mend", test_mend);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-choice.h"

#include "upkeep-find.h"

static void
test_group (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkCheckButton *now = upkeep_choice_append (GTK_BOX (box), "Now", NULL, NULL);
  GtkCheckButton *later = upkeep_choice_append (GTK_BOX (box), "Later", NULL, NULL);
  GtkCheckButton *never = upkeep_choice_append (GTK_BOX (box), "Never", NULL, NULL);

  g_test_summary ("Of the choices in one box one at most is chosen, and none at first");
  g_assert_false (gtk_check_button_get_active (now));
  g_assert_false (gtk_check_button_get_active (later));
  g_assert_false (gtk_check_button_get_active (never));
  gtk_check_button_set_active (later, TRUE);
  gtk_check_button_set_active (never, TRUE);
  g_assert_false (gtk_check_button_get_active (later));
  gtk_check_button_set_active (now, TRUE);
  g_assert_false (gtk_check_button_get_active (never));

  g_assert_finalize_object (box);
}

static void
test_words (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkWidget *sum = gtk_label_new ("$30.00");
  GtkWidget *plain = GTK_WIDGET (upkeep_choice_append (GTK_BOX (box), "Now", NULL, NULL));
  GtkWidget *full = GTK_WIDGET (upkeep_choice_append (GTK_BOX (box), "Pro", "a month", sum));

  g_test_summary ("A choice says what it is, more about it and its sum");
  g_assert_nonnull (upkeep_find_label (plain, "Now"));
  gtk_test_accessible_assert_property (plain, GTK_ACCESSIBLE_PROPERTY_LABEL, "Now");
  gtk_test_accessible_assert_property (plain, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
  g_assert_nonnull (upkeep_find_label (full, "Pro"));
  g_assert_nonnull (upkeep_find_label (full, "a month"));
  g_assert_true (gtk_widget_is_ancestor (sum, full));
  gtk_test_accessible_assert_property (full, GTK_ACCESSIBLE_PROPERTY_LABEL, "Pro");
  gtk_test_accessible_assert_property (full, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "a month");

  g_assert_finalize_object (box);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/choice/group", test_group);
  g_test_add_func ("/ui/choice/words", test_words);
  return g_test_run ();
}

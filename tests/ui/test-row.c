/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-row.h"

#include "upkeep-find.h"

static void
count_cb (int *count)
{
  (*count)++;
}

/* UX 3.6: the name of a row is its title, its description the subtitle. */
static void
test_text (void)
{
  GtkWidget *row = g_object_ref_sink (
      upkeep_row_new ("upkeep-calendar-symbolic", "Renews on 1 June 2026", "Monday, in 21 days"));
  UpkeepRow *self = UPKEEP_ROW (row);
  GtkWidget *subtitle = upkeep_find_label (row, "Monday, in 21 days");
  int n_notified = 0;

  g_test_summary ("A row shows its texts and tells them to a screen reader");
  g_assert_nonnull (upkeep_find_label (row, "Renews on 1 June 2026"));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Renews on 1 June 2026");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Monday, in 21 days");
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));

  g_signal_connect_swapped (row, "notify::subtitle", G_CALLBACK (count_cb), &n_notified);
  upkeep_row_set_subtitle (self, "Monday, in 21 days");
  g_assert_cmpint (n_notified, ==, 0);
  g_object_set (row, "subtitle", NULL, NULL);
  g_assert_cmpint (n_notified, ==, 1);
  g_assert_cmpstr (upkeep_row_get_subtitle (self), ==, "");
  g_assert_false (upkeep_find_is_shown (row, subtitle));

  upkeep_row_set_title (self, "Ended <yesterday> & gone");
  g_assert_nonnull (upkeep_find_label (row, "Ended <yesterday> & gone"));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Ended <yesterday> & gone");

  g_assert_finalize_object (row);
}

static void
test_ends (void)
{
  GtkWidget *row = g_object_ref_sink (upkeep_row_new (NULL, "Cancellation", NULL));
  UpkeepRow *self = UPKEEP_ROW (row);
  GtkWidget *button = gtk_button_new_with_label ("Cancel Plan…");
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  GtkWidget *image;

  g_test_summary ("A row takes one widget before its text and one after it");
  g_assert_null (upkeep_row_get_prefix (self));
  g_assert_null (upkeep_row_get_end (self));

  upkeep_row_set_end (self, button);
  upkeep_row_set_end (self, button);
  g_assert_true (upkeep_row_get_end (self) == button);
  upkeep_row_set_end (self, gtk_label_new ("Done"));
  g_assert_null (upkeep_find_type (row, GTK_TYPE_BUTTON));

  upkeep_row_set_icon_name (self, "upkeep-clock-symbolic");
  image = upkeep_row_get_prefix (self);
  upkeep_row_set_icon_name (self, "upkeep-mail-symbolic");
  g_assert_true (upkeep_row_get_prefix (self) == image);
  g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (image)), ==, "upkeep-mail-symbolic");
  upkeep_row_set_prefix (self, check);
  g_assert_true (upkeep_row_get_prefix (self) == check);
  upkeep_row_set_icon_name (self, NULL);
  g_assert_null (upkeep_row_get_prefix (self));

  /* Only a row that says so stands upright, and only where it is narrow. */
  g_object_set (row, "narrow", TRUE, NULL);
  g_assert_cmpint (gtk_orientable_get_orientation (GTK_ORIENTABLE (box)), ==,
                   GTK_ORIENTATION_HORIZONTAL);
  g_object_set (row, "end-below", TRUE, NULL);
  g_assert_cmpint (gtk_orientable_get_orientation (GTK_ORIENTABLE (box)), ==,
                   GTK_ORIENTATION_VERTICAL);
  g_assert_true (gtk_widget_has_css_class (row, "upright"));
  g_object_set (row, "narrow", FALSE, NULL);
  g_assert_cmpint (gtk_orientable_get_orientation (GTK_ORIENTABLE (box)), ==,
                   GTK_ORIENTATION_HORIZONTAL);
  g_assert_false (gtk_widget_has_css_class (row, "upright"));

  g_assert_finalize_object (row);
}

static void
test_list (void)
{
  GtkWidget *list = g_object_ref_sink (upkeep_row_list_new ("Manage"));

  g_test_summary ("A list of rows has a name and no selection");
  gtk_list_box_append (GTK_LIST_BOX (list), upkeep_row_new (NULL, "Plan", NULL));
  gtk_test_accessible_assert_property (list, GTK_ACCESSIBLE_PROPERTY_LABEL, "Manage");
  g_assert_cmpint (gtk_list_box_get_selection_mode (GTK_LIST_BOX (list)), ==, GTK_SELECTION_NONE);
  g_assert_true (gtk_widget_has_css_class (list, "boxed-list"));

  g_assert_finalize_object (list);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/row/text", test_text);
  g_test_add_func ("/ui/row/ends", test_ends);
  g_test_add_func ("/ui/row/list", test_list);
  return g_test_run ();
}

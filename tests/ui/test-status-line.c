/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-status-line.h"

#include "upkeep-find.h"

static void
test_say (void)
{
  GtkWidget *line = g_object_ref_sink (upkeep_status_line_new ());
  UpkeepStatusLine *self = UPKEEP_STATUS_LINE (line);
  GtkWidget *spinner = upkeep_find_type (line, GTK_TYPE_SPINNER);
  GtkWidget *image = upkeep_find_type (line, GTK_TYPE_IMAGE);

  g_test_summary ("What is waited for has a spinner, what has happened a sign");
  g_assert_false (gtk_widget_get_visible (line));

  upkeep_status_line_show (self, "Paying", TRUE);
  g_assert_true (gtk_widget_get_visible (line));
  g_assert_nonnull (upkeep_find_label (line, "Paying"));
  g_assert_true (gtk_widget_get_visible (spinner));
  g_assert_true (gtk_spinner_get_spinning (GTK_SPINNER (spinner)));
  g_assert_false (gtk_widget_get_visible (image));

  upkeep_status_line_show (self, "Nothing was charged.", FALSE);
  g_assert_nonnull (upkeep_find_label (line, "Nothing was charged."));
  g_assert_false (gtk_widget_get_visible (spinner));
  g_assert_false (gtk_spinner_get_spinning (GTK_SPINNER (spinner)));
  g_assert_true (gtk_widget_get_visible (image));

  upkeep_status_line_show (self, "Paying", TRUE);
  upkeep_status_line_clear (self);
  g_assert_false (gtk_widget_get_visible (line));
  g_assert_false (gtk_spinner_get_spinning (GTK_SPINNER (spinner)));

  g_assert_finalize_object (line);
}

static void
test_role (void)
{
  GtkWidget *line = g_object_ref_sink (upkeep_status_line_new ());
  GtkWidget *label = upkeep_find_type (line, GTK_TYPE_LABEL);

  g_test_summary ("A screen reader is told what it says");
  gtk_test_accessible_assert_role (label, GTK_ACCESSIBLE_ROLE_STATUS);

  g_assert_finalize_object (line);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/status-line/say", test_say);
  g_test_add_func ("/ui/status-line/role", test_role);
  return g_test_run ();
}

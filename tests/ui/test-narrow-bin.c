/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-narrow-bin.h"

#include "upkeep-find.h"
#include "upkeep-gauge.h"

static void
count_cb (int *count)
{
  (*count)++;
}

static gboolean
is_narrow (gpointer user_data)
{
  return upkeep_narrow_bin_get_narrow (user_data);
}

static gboolean
is_wide (gpointer user_data)
{
  return !upkeep_narrow_bin_get_narrow (user_data);
}

static gboolean
has_width (gpointer user_data)
{
  return gtk_widget_get_width (user_data) > 0;
}

static void
test_properties (void)
{
  GtkWidget *bin = g_object_ref_sink (upkeep_narrow_bin_new (NULL));
  UpkeepNarrowBin *self = UPKEEP_NARROW_BIN (bin);
  GtkWidget *child = gtk_label_new ("first");
  int n_notified = 0;

  g_test_summary ("Setters notify on a change only");
  g_signal_connect_swapped (bin, "notify::child", G_CALLBACK (count_cb), &n_notified);
  g_signal_connect_swapped (bin, "notify::threshold", G_CALLBACK (count_cb), &n_notified);

  g_assert_null (adw_bin_get_child (ADW_BIN (bin)));
  adw_bin_set_child (ADW_BIN (bin), child);
  adw_bin_set_child (ADW_BIN (bin), child);
  g_assert_true (adw_bin_get_child (ADW_BIN (bin)) == child);
  g_assert_true (gtk_widget_get_parent (child) == bin);
  g_assert_cmpint (n_notified, ==, 1);

  adw_bin_set_child (ADW_BIN (bin), gtk_label_new ("second"));
  g_assert_cmpint (n_notified, ==, 2);

  g_assert_cmpint (upkeep_narrow_bin_get_threshold (self), ==, 600);
  g_object_set (bin, "threshold", 400, NULL);
  upkeep_narrow_bin_set_threshold (self, 400);
  g_assert_cmpint (upkeep_narrow_bin_get_threshold (self), ==, 400);
  g_assert_cmpint (n_notified, ==, 3);
  g_assert_false (upkeep_narrow_bin_get_narrow (self));

  g_assert_finalize_object (bin);
}

static void
test_minimum (void)
{
  GtkWidget *child = gtk_label_new (NULL);
  GtkWidget *bin = g_object_ref_sink (upkeep_narrow_bin_new (child));
  int minimum;

  g_test_summary ("It asks for no more than a phone has, however wide its child");
  gtk_widget_set_size_request (child, 900, -1);
  gtk_widget_measure (bin, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 320);
  gtk_widget_set_size_request (child, 100, -1);
  gtk_widget_measure (bin, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);

  g_assert_finalize_object (bin);
}

static void
test_switch (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *gauge = upkeep_gauge_new ();
  GtkWidget *bin = upkeep_narrow_bin_new (gauge);
  UpkeepNarrowBin *self = UPKEEP_NARROW_BIN (bin);
  int n_notified = 0;
  int width_px;

  g_test_summary ("It is narrow below its threshold, and what is bound to it follows");
  g_signal_connect_swapped (bin, "notify::narrow", G_CALLBACK (count_cb), &n_notified);
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 300);
  gtk_window_set_child (GTK_WINDOW (window), bin);
  gtk_window_present (GTK_WINDOW (window));
  upkeep_find_wait (has_width, bin);
  width_px = gtk_widget_get_width (bin);

  /* A bin exactly as wide as the threshold is not narrow. */
  upkeep_narrow_bin_set_threshold (self, width_px + 1);
  upkeep_find_wait (is_narrow, bin);
  g_assert_true (gtk_widget_has_css_class (bin, "narrow"));
  g_assert_true (upkeep_gauge_get_narrow (UPKEEP_GAUGE (gauge)));
  g_assert_cmpint (n_notified, ==, 1);

  upkeep_narrow_bin_set_threshold (self, width_px);
  upkeep_find_wait (is_wide, bin);
  g_assert_false (gtk_widget_has_css_class (bin, "narrow"));
  g_assert_false (upkeep_gauge_get_narrow (UPKEEP_GAUGE (gauge)));
  g_assert_cmpint (n_notified, ==, 2);

  /* Taken out of it, a widget is bound no longer; going away with a switch still waiting is fine.
   */
  g_object_ref (gauge);
  adw_bin_set_child (ADW_BIN (bin), NULL);
  upkeep_narrow_bin_set_threshold (self, width_px + 1);
  upkeep_find_wait (is_narrow, bin);
  g_assert_false (upkeep_gauge_get_narrow (UPKEEP_GAUGE (gauge)));
  g_assert_finalize_object (gauge);

  upkeep_narrow_bin_set_threshold (self, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_unbound (void)
{
  GtkWidget *gauge = g_object_ref_sink (upkeep_gauge_new ());

  g_test_summary ("Without a bin around it there is nothing to bind to");
  g_assert_null (upkeep_narrow_bin_bind (gauge));

  g_assert_finalize_object (gauge);
}

/* UX C32 */
static void
test_large (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *child = gtk_label_new (NULL);
  GtkWidget *bin = upkeep_narrow_bin_new (child);
  int width_px;

  g_test_summary ("It is narrow where its child does not fit, whatever its threshold");
  upkeep_narrow_bin_set_threshold (UPKEEP_NARROW_BIN (bin), 100);
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 300);
  gtk_window_set_child (GTK_WINDOW (window), bin);
  gtk_window_present (GTK_WINDOW (window));
  upkeep_find_wait (has_width, bin);
  width_px = gtk_widget_get_width (bin);
  g_assert_false (upkeep_narrow_bin_get_narrow (UPKEEP_NARROW_BIN (bin)));

  gtk_widget_set_size_request (child, width_px + 1, -1);
  upkeep_find_wait (is_narrow, bin);

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/narrow-bin/properties", test_properties);
  g_test_add_func ("/ui/narrow-bin/minimum", test_minimum);
  g_test_add_func ("/ui/narrow-bin/switch", test_switch);
  g_test_add_func ("/ui/narrow-bin/large", test_large);
  g_test_add_func ("/ui/narrow-bin/unbound", test_unbound);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-fit-bin.h"

#define LONG_TEXT                                                                                  \
  "You have Standard since 1 May 2026 for $30.00 a month (practice). Nothing changes until you "   \
  "confirm. This is long enough for several lines at any width that a dialog has."

static GtkWidget *
new_text (void)
{
  return g_object_new (GTK_TYPE_LABEL, "label", LONG_TEXT, "wrap", TRUE, NULL);
}

static int
measure_height (GtkWidget *widget, int width)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
test_height (void)
{
  GtkWidget *text = new_text ();
  GtkWidget *bin = g_object_ref_sink (upkeep_fit_bin_new (text));
  int minimum;
  int natural;

  g_test_summary ("Asked how high it is, it answers for the width that it wants.");

  upkeep_fit_bin_set_width (UPKEEP_FIT_BIN (bin), 240);
  gtk_widget_measure (bin, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 240);
  g_assert_cmpint (minimum, <, 240);
  g_assert_cmpint (measure_height (bin, -1), ==, measure_height (text, 240));
  g_assert_cmpint (measure_height (bin, -1), >, measure_height (text, -1));
  g_assert_cmpint (measure_height (bin, 480), ==, measure_height (text, 480));

  g_assert_finalize_object (bin);
}

static void
test_scrolled (void)
{
  GtkWidget *bin = upkeep_fit_bin_new (new_text ());
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "propagate-natural-height", TRUE,
                                      "propagate-natural-width", TRUE, "hscrollbar-policy",
                                      GTK_POLICY_NEVER, "child", bin, NULL);

  g_test_summary ("A scrolled window around it is as high as its wrapped text.");

  g_object_ref_sink (scroller);
  upkeep_fit_bin_set_width (UPKEEP_FIT_BIN (bin), 240);
  g_assert_cmpint (measure_height (scroller, 240), >=, measure_height (bin, 240));

  g_assert_finalize_object (scroller);
}

static void
count_cb (int *count)
{
  (*count)++;
}

static void
test_properties (void)
{
  GtkWidget *bin = g_object_ref_sink (upkeep_fit_bin_new (NULL));
  GtkWidget *text = new_text ();
  GtkWidget *found = NULL;
  int n_width = 0;
  int n_child = 0;
  int width_px;

  g_test_summary ("Setters compare, then notify.");

  g_signal_connect_swapped (bin, "notify::width", G_CALLBACK (count_cb), &n_width);
  g_signal_connect_swapped (bin, "notify::child", G_CALLBACK (count_cb), &n_child);
  g_object_set (bin, "width", 480, "child", text, NULL);
  g_object_set (bin, "width", 480, "child", text, NULL);
  g_assert_cmpint (n_width, ==, 1);
  g_assert_cmpint (n_child, ==, 1);
  g_object_get (bin, "width", &width_px, "child", &found, NULL);
  g_assert_cmpint (width_px, ==, 480);
  g_assert_true (found == text);
  g_object_unref (found);

  adw_bin_set_child (ADW_BIN (bin), NULL);
  g_assert_null (adw_bin_get_child (ADW_BIN (bin)));
  g_assert_cmpint (measure_height (bin, -1), ==, 0);

  g_assert_finalize_object (bin);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/fit-bin/height", test_height);
  g_test_add_func ("/ui/fit-bin/scrolled", test_scrolled);
  g_test_add_func ("/ui/fit-bin/properties", test_properties);
  return g_test_run ();
}

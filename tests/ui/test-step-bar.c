/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-step-bar.h"

#include "upkeep-find.h"

static const char *const names[] = {"Plan", "Timing", "Done"};

static GtkWidget *
new_bar (void)
{
  GtkWidget *bar = g_object_ref_sink (upkeep_step_bar_new ());

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    upkeep_step_bar_append (UPKEEP_STEP_BAR (bar), names[i]);
  return bar;
}

/* What stands around the name: the whole step. */
static GtkWidget *
find_step (GtkWidget *bar, guint position)
{
  GtkWidget *name = upkeep_find_label (bar, names[position]);

  g_assert_nonnull (name);
  return gtk_widget_get_parent (name);
}

static void
test_current (void)
{
  static const struct {
    guint current;
    guint n_ticked; /* from the first on */
  } rows[] = {
      {0, 0}, {1, 1}, {2, 3}, /* the last step is done as soon as it is reached */
  };
  GtkWidget *bar = new_bar ();
  UpkeepStepBar *self = UPKEEP_STEP_BAR (bar);

  g_test_summary ("The steps before the current one are ticked, and one is selected");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("step %u", rows[i].current);
    upkeep_step_bar_set_current (self, rows[i].current);
    g_assert_cmpuint (upkeep_step_bar_get_current (self), ==, rows[i].current);
    for (guint j = 0; j < G_N_ELEMENTS (names); j++) {
      GtkWidget *step = find_step (bar, j);
      GtkWidget *tick = upkeep_find_type (step, GTK_TYPE_IMAGE);

      g_assert_cmpint (upkeep_find_is_shown (bar, tick), ==, j < rows[i].n_ticked);
      g_assert_cmpint (gtk_widget_has_css_class (step, "done"), ==, j < rows[i].n_ticked);
      g_assert_cmpint (gtk_widget_has_css_class (step, "current"), ==, j == rows[i].current);
      gtk_test_accessible_assert_property (step, GTK_ACCESSIBLE_PROPERTY_LABEL, names[j]);
      gtk_test_accessible_assert_state (step, GTK_ACCESSIBLE_STATE_SELECTED, j == rows[i].current);
    }
  }

  g_assert_finalize_object (bar);
}

static void
test_numbers (void)
{
  GtkWidget *bar = new_bar ();

  g_test_summary ("A step is numbered by its place until it is done");
  g_assert_true (upkeep_find_is_shown (bar, upkeep_find_label (bar, "1")));
  g_assert_true (upkeep_find_is_shown (bar, upkeep_find_label (bar, "3")));
  g_assert_null (upkeep_find_label (bar, "4"));
  upkeep_step_bar_set_current (UPKEEP_STEP_BAR (bar), 1);
  g_assert_false (upkeep_find_is_shown (bar, upkeep_find_label (bar, "1")));
  g_assert_true (upkeep_find_is_shown (bar, upkeep_find_label (bar, "2")));

  g_assert_finalize_object (bar);
}

static void
count_cb (int *count)
{
  (*count)++;
}

static void
test_narrow (void)
{
  GtkWidget *bar = new_bar ();
  int n_notified = 0;

  g_test_summary ("Where it is narrow only the current step says its name, to the eye");
  g_signal_connect_swapped (bar, "notify::narrow", G_CALLBACK (count_cb), &n_notified);
  upkeep_step_bar_set_current (UPKEEP_STEP_BAR (bar), 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (upkeep_find_is_shown (bar, upkeep_find_label (bar, names[i])));

  g_object_set (bar, "narrow", TRUE, NULL);
  g_object_set (bar, "narrow", TRUE, NULL);
  g_assert_true (upkeep_step_bar_get_narrow (UPKEEP_STEP_BAR (bar)));
  g_assert_cmpint (n_notified, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_cmpint (upkeep_find_is_shown (bar, upkeep_find_label (bar, names[i])), ==, i == 1);
    gtk_test_accessible_assert_property (find_step (bar, i), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                         names[i]);
  }

  g_assert_finalize_object (bar);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/step-bar/current", test_current);
  g_test_add_func ("/ui/step-bar/numbers", test_numbers);
  g_test_add_func ("/ui/step-bar/narrow", test_narrow);
  return g_test_run ();
}

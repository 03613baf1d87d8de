/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-overview.h"

#include "upkeep-find.h"
#include "upkeep-format.h"
#include "upkeep-gauge.h"
#include "upkeep-row.h"
#include "upkeep-sample.h"

/* A day between the last refill and the next is left out of the texts below: the hours of a
 * countdown go on while a test runs. */

typedef struct {
  GtkWidget *window;
  GtkWidget *page;
  GSimpleAction *change;
  char *activated; /* the action that a button activated last */
} Fixture;

static void
activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->activated);
  fixture->activated = g_strdup (g_action_get_name (G_ACTION (action)));
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  static const GActionEntry actions[] = {
      {.name = "change-plan", .activate = activated_cb},
      {.name = "cancel-plan", .activate = activated_cb},
      {.name = "resume-plan", .activate = activated_cb},
      {.name = "refresh", .activate = activated_cb},
      {.name = "show-page", .activate = activated_cb, .parameter_type = "s"},
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), fixture);
  fixture->change =
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (group), "change-plan"));
  fixture->window = g_object_ref_sink (gtk_window_new ());
  fixture->page = upkeep_overview_new ();
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_free (fixture->activated);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->window);
}

/* Takes the statement and the quote. */
static void
show (Fixture *fixture, UpkeepStatement *statement, UpkeepQuote *quote)
{
  g_autoptr (UpkeepStatement) owned = statement;
  g_autoptr (UpkeepQuote) owned_quote = quote;
  g_autoptr (UpkeepEdition) edition = upkeep_sample_edition ("midjourney-2023-03.json");

  g_object_set (fixture->page, "fetched-at", g_get_real_time () / G_USEC_PER_SEC, "practice", TRUE,
                "edition", edition, "cancel-quote", quote, "statement", statement, NULL);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  GtkWidget *label = upkeep_find_label (fixture->page, text);

  return label != NULL && upkeep_find_is_shown (fixture->page, label);
}

static GtkWidget *
find_button (Fixture *fixture, const char *text)
{
  GtkWidget *label = upkeep_find_label (fixture->page, text);

  if (label == NULL || !upkeep_find_is_shown (fixture->page, label))
    return NULL;
  return gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
}

static GtkWidget *
find_row (Fixture *fixture, const char *title)
{
  GtkWidget *label = upkeep_find_label (fixture->page, title);

  g_assert_nonnull (label);
  return gtk_widget_get_ancestor (label, UPKEEP_TYPE_ROW);
}

static void
press (Fixture *fixture, const char *text, const char *action)
{
  GtkWidget *button = find_button (fixture, text);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (fixture->activated, ==, action);
}

/* CONTRACT 7: the buttons, and a gauge with its name, value and sentence. D-02: the plan with its
 * interval and state, what was used of it, and when it was and will be billed. */
static void
test_active (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *bar;
  GtkWidget *row;

  g_test_summary ("An active account shows what happens next, its limit and two buttons.");
  show (fixture, upkeep_sample_statement (), upkeep_sample_cancel_quote (27720));

  g_assert_true (shows (fixture, "Standard"));
  g_assert_true (shows (fixture, "Active"));
  g_assert_true (shows (fixture, "Midjourney · billed monthly · since 1 May 2026"));
  g_assert_true (shows (fixture, "Updated just now"));
  g_assert_true (shows (fixture, "Renews on 1 June 2026"));
  g_assert_true (shows (fixture, "$30.00"));
  g_assert_true (shows (fixture, "Practice"));
  g_assert_true (shows (fixture, "Cancel before 1 June 2026 at 00:00"));
  g_assert_true (shows (fixture, "No refund now"));
  g_assert_true (shows (fixture, "Jobs and Usage"));
  g_assert_true (shows (fixture, "834 images"));
  g_assert_false (shows (fixture, "No Plan Now"));
  g_assert_null (find_button (fixture, "Resume Plan"));
  press (fixture, "Change Plan…", "change-plan");
  press (fixture, "Cancel Plan…", "cancel-plan");

  row = find_row (fixture, "Cancel before 1 June 2026 at 00:00");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Cancel before 1 June 2026 at 00:00");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "to avoid this charge");

  bar = upkeep_find_type (fixture->page, GTK_TYPE_LEVEL_BAR);
  gtk_test_accessible_assert_role (bar, GTK_ACCESSIBLE_ROLE_METER);
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_LABEL, "Fast time");
  g_assert_cmpfloat (gtk_level_bar_get_value (GTK_LEVEL_BAR (bar)), ==, 0.5);
}

static void
test_scheduled (Fixture *fixture, gconstpointer user_data)
{
  UpkeepStatement *statement = upkeep_sample_statement ();
  GtkWidget *resume;

  g_test_summary ("A cancellation that is scheduled has its undo beside it, and no other sum.");
  statement->scheduled = UPKEEP_SCHEDULED_CANCEL;
  statement->ends_at_s = statement->period.end_s;
  statement->renews_at_s = UPKEEP_INSTANT_NONE;
  statement->next_charge_at_s = UPKEEP_INSTANT_NONE;
  show (fixture, statement, upkeep_sample_blocked_quote (UPKEEP_BLOCKED_ALREADY_CANCELLED));

  g_assert_true (shows (fixture, "Cancelled"));
  g_assert_true (shows (fixture, "Standard ends on 1 June 2026 at 00:00"));
  g_assert_false (shows (fixture, "$30.00"));
  g_assert_false (shows (fixture, "No refund now"));
  press (fixture, "Resume Plan", "resume-plan");

  /* The row that is worded anew is the same widget, so that the focus stays. */
  resume = find_button (fixture, "Resume Plan");
  show (fixture, upkeep_sample_statement (), NULL);
  g_assert_null (find_button (fixture, "Resume Plan"));
  g_assert_true (shows (fixture, "Renews on 1 June 2026"));
  g_assert_false (upkeep_find_is_shown (fixture->page, resume));
}

static void
test_past_due (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *change;

  g_test_summary ("Past due, changing waits and says why; cancelling never does.");
  g_simple_action_set_enabled (fixture->change, FALSE);
  show (fixture, upkeep_sample_statement_past_due (), NULL);

  g_assert_true (shows (fixture, "Payment overdue"));
  g_assert_true (shows (fixture, "Due now"));
  g_assert_true (shows (fixture, "Next try on 4 June 2026 at 00:00"));
  g_assert_true (shows (fixture, "Paused"));
  g_assert_true (shows (fixture, "No hours until paid"));
  change = find_button (fixture, "Change Plan…");
  g_assert_false (gtk_widget_get_sensitive (change));
  gtk_test_accessible_assert_property (
      find_row (fixture, "Plan"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Pay what is due first");
  press (fixture, "Cancel Plan…", "cancel-plan");
}

static void
test_none (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Without a plan there is one button, to the plans.");
  show (fixture, upkeep_sample_statement_none (), NULL);

  g_assert_true (shows (fixture, "Not subscribed"));
  g_assert_true (shows (fixture, "No Plan Now"));
  g_assert_null (find_button (fixture, "Cancel Plan…"));
  g_assert_null (find_button (fixture, "Change Plan…"));
  g_assert_false (shows (fixture, "Limit Closest to Its End"));
  press (fixture, "Compare Plans", "show-page");
}

static void
test_waiting (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Before there is anything to show it says so, and what to do if nothing comes.");

  g_assert_null (find_button (fixture, "Try Again"));
  g_object_set (fixture->page, "failed", TRUE, NULL);
  g_assert_true (shows (fixture, "Nothing to Show Yet"));
  press (fixture, "Try Again", "refresh");
  g_object_set (fixture->page, "failed", FALSE, NULL);
  g_assert_false (shows (fixture, "Nothing to Show Yet"));

  /* What was shown once stays, whatever fails later. */
  show (fixture, upkeep_sample_statement (), NULL);
  g_object_set (fixture->page, "failed", TRUE, "stale", TRUE, NULL);
  g_assert_true (shows (fixture, "Standard"));
  g_assert_false (shows (fixture, "Updated just now"));
}

static void
test_age (Fixture *fixture, gconstpointer user_data)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement ();

  g_test_summary ("What has passed here since the answer has passed at the service, too.");
  show (fixture, upkeep_statement_ref (statement), NULL);

  upkeep_overview_set_fetched_at (UPKEEP_OVERVIEW (fixture->page), now_s - 180);
  g_assert_true (shows (fixture, "Updated 3 minutes ago"));
  g_assert_cmpint (upkeep_overview_get_now (UPKEEP_OVERVIEW (fixture->page)) - statement->now_s, >=,
                   180);
  g_assert_cmpint (upkeep_overview_get_now (UPKEEP_OVERVIEW (fixture->page)) - statement->now_s, <,
                   180 + 60);

  /* A clock that was set back does not turn the service's back. */
  upkeep_overview_set_fetched_at (UPKEEP_OVERVIEW (fixture->page), now_s + 86400);
  g_assert_cmpint (upkeep_overview_get_now (UPKEEP_OVERVIEW (fixture->page)), ==, statement->now_s);
}

static void
count_cb (int *count)
{
  (*count)++;
}

static void
test_notify (Fixture *fixture, gconstpointer user_data)
{
  static const char *const signals[] = {"notify::statement", "notify::fetched-at", "notify::stale",
                                        "notify::practice", "notify::failed"};
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement ();
  int count = 0;

  g_test_summary ("Setters compare, then notify.");
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_swapped (fixture->page, signals[i], G_CALLBACK (count_cb), &count);

  for (int i = 0; i < 2; i++)
    g_object_set (fixture->page, "statement", statement, "fetched-at", G_GINT64_CONSTANT (1),
                  "stale", TRUE, "practice", TRUE, "failed", TRUE, NULL);
  g_assert_cmpint (count, ==, (int) G_N_ELEMENTS (signals));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  upkeep_format_set_locale ("C"); /* GTK has made it American */
  adw_init ();
  g_test_add ("/ui/overview/active", Fixture, NULL, set_up, test_active, tear_down);
  g_test_add ("/ui/overview/scheduled", Fixture, NULL, set_up, test_scheduled, tear_down);
  g_test_add ("/ui/overview/past-due", Fixture, NULL, set_up, test_past_due, tear_down);
  g_test_add ("/ui/overview/none", Fixture, NULL, set_up, test_none, tear_down);
  g_test_add ("/ui/overview/waiting", Fixture, NULL, set_up, test_waiting, tear_down);
  g_test_add ("/ui/overview/age", Fixture, NULL, set_up, test_age, tear_down);
  g_test_add ("/ui/overview/notify", Fixture, NULL, set_up, test_notify, tear_down);
  return g_test_run ();
}

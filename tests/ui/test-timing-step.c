/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-timing-step.h"

#include "upkeep-find.h"
#include "upkeep-test-life.h"

typedef struct {
  UpkeepTestLife *life;
  UpkeepStatement *statement;
  GtkWidget *step;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->life = upkeep_test_life_new_subscribed ("midjourney-2023-03.json", user_data,
                                                   UPKEEP_INTERVAL_MONTH, "2026-04-24T00:00:00Z");
  upkeep_test_life_use (fixture->life, 6000, 0, 0);
  upkeep_test_life_advance (fixture->life, "2026-05-10T14:05:00Z");
  fixture->statement = upkeep_test_life_state (fixture->life);
  fixture->step = g_object_ref_sink (upkeep_timing_step_new ());
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->step);
  upkeep_statement_unref (fixture->statement);
  upkeep_test_life_free (fixture->life);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return upkeep_find_is_shown (fixture->step, upkeep_find_label (fixture->step, text));
}

static UpkeepQuote *
quote (Fixture *fixture, const char *plan)
{
  return upkeep_test_life_quote (fixture->life, UPKEEP_QUOTE_SWITCH, plan, UPKEEP_INTERVAL_MONTH);
}

static UpkeepQuoteFacts
get_facts (Fixture *fixture, const UpkeepQuote *made)
{
  return (UpkeepQuoteFacts){made, fixture->statement, fixture->life->edition, TRUE};
}

static GtkCheckButton *
find_choice (Fixture *fixture, const char *label)
{
  GtkWidget *found = upkeep_find_label (fixture->step, label);

  g_assert_nonnull (found);
  return GTK_CHECK_BUTTON (gtk_widget_get_ancestor (found, GTK_TYPE_CHECK_BUTTON));
}

static void
test_choose (Fixture *fixture, gconstpointer user_data)
{
  UpkeepTimingStep *self = UPKEEP_TIMING_STEP (fixture->step);
  g_autoptr (UpkeepQuote) made = quote (fixture, "pro");
  UpkeepQuoteFacts facts = get_facts (fixture, made);

  g_test_summary ("Each time that the quote has can be chosen");
  g_assert_cmpint (upkeep_timing_step_get_timing (self), ==, UPKEEP_TIMING_IMMEDIATE);
  upkeep_timing_step_show (self, &facts, UPKEEP_TIMING_IMMEDIATE);
  g_assert_true (shows (fixture, "Basic to Pro, billed monthly"));
  g_assert_true (gtk_check_button_get_active (find_choice (fixture, "Now")));
  gtk_check_button_set_active (find_choice (fixture, "On 24 May 2026"), TRUE);
  g_assert_cmpint (upkeep_timing_step_get_timing (self), ==, UPKEEP_TIMING_PERIOD_END);
  gtk_check_button_set_active (find_choice (fixture, "Now"), TRUE);
  g_assert_cmpint (upkeep_timing_step_get_timing (self), ==, UPKEEP_TIMING_IMMEDIATE);
}

static void
test_show_again (Fixture *fixture, gconstpointer user_data)
{
  UpkeepTimingStep *self = UPKEEP_TIMING_STEP (fixture->step);
  g_autoptr (UpkeepQuote) made = quote (fixture, "pro");
  UpkeepQuoteFacts facts = get_facts (fixture, made);

  g_test_summary ("Shown anew it holds what it is given");
  upkeep_timing_step_show (self, &facts, UPKEEP_TIMING_IMMEDIATE);
  upkeep_timing_step_show (self, &facts, UPKEEP_TIMING_PERIOD_END);
  g_assert_cmpint (upkeep_timing_step_get_timing (self), ==, UPKEEP_TIMING_PERIOD_END);
  g_assert_true (gtk_check_button_get_active (find_choice (fixture, "On 24 May 2026")));
  g_assert_false (gtk_check_button_get_active (find_choice (fixture, "Now")));
}

#define ADD(path, func, plan) g_test_add (path, Fixture, plan, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/ui/timing-step/choose", test_choose, "basic");
  ADD ("/ui/timing-step/show-again", test_show_again, "basic");
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-timing-step.h"

#include "upkeep-test-step.h"

static void
set_up (UpkeepTestStep *fixture, gconstpointer user_data)
{
  upkeep_test_step_set_up (fixture, user_data, upkeep_timing_step_new ());
}

static void
test_choose (UpkeepTestStep *fixture, gconstpointer user_data)
{
  UpkeepTimingStep *self = UPKEEP_TIMING_STEP (fixture->step);
  g_autoptr (UpkeepQuote) made = upkeep_test_step_quote (fixture, "pro");
  UpkeepQuoteFacts facts = upkeep_test_step_get_facts (fixture, made);

  g_test_summary ("Each time that the quote has can be chosen");
  g_assert_cmpint (upkeep_timing_step_get_timing (self), ==, UPKEEP_TIMING_IMMEDIATE);
  upkeep_timing_step_show (self, &facts, UPKEEP_TIMING_IMMEDIATE);
  g_assert_true (upkeep_test_step_shows (fixture, "Basic to Pro, billed monthly"));
  g_assert_true (gtk_check_button_get_active (upkeep_test_step_find_choice (fixture, "Now")));
  gtk_check_button_set_active (upkeep_test_step_find_choice (fixture, "On 24 May 2026"), TRUE);
  g_assert_cmpint (upkeep_timing_step_get_timing (self), ==, UPKEEP_TIMING_PERIOD_END);
  gtk_check_button_set_active (upkeep_test_step_find_choice (fixture, "Now"), TRUE);
  g_assert_cmpint (upkeep_timing_step_get_timing (self), ==, UPKEEP_TIMING_IMMEDIATE);
}

static void
test_show_again (UpkeepTestStep *fixture, gconstpointer user_data)
{
  UpkeepTimingStep *self = UPKEEP_TIMING_STEP (fixture->step);
  g_autoptr (UpkeepQuote) made = upkeep_test_step_quote (fixture, "pro");
  UpkeepQuoteFacts facts = upkeep_test_step_get_facts (fixture, made);

  g_test_summary ("Shown anew it holds what it is given");
  upkeep_timing_step_show (self, &facts, UPKEEP_TIMING_IMMEDIATE);
  upkeep_timing_step_show (self, &facts, UPKEEP_TIMING_PERIOD_END);
  g_assert_cmpint (upkeep_timing_step_get_timing (self), ==, UPKEEP_TIMING_PERIOD_END);
  g_assert_true (
      gtk_check_button_get_active (upkeep_test_step_find_choice (fixture, "On 24 May 2026")));
  g_assert_false (gtk_check_button_get_active (upkeep_test_step_find_choice (fixture, "Now")));
}

#define ADD(path, func, plan)                                                                      \
  g_test_add (path, UpkeepTestStep, plan, set_up, func, upkeep_test_step_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/ui/timing-step/choose", test_choose, "basic");
  ADD ("/ui/timing-step/show-again", test_show_again, "basic");
  return g_test_run ();
}

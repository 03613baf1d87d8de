/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-plan-step.h"

#include "upkeep-find.h"
#include "upkeep-test-step.h"

#define QUESTION "My company has more than $1,000,000 gross revenue a year"

static void
set_up (UpkeepTestStep *fixture, gconstpointer user_data)
{
  upkeep_test_step_set_up (fixture, user_data, upkeep_plan_step_new ());
}

static void
show (UpkeepTestStep *fixture, const char *plan_id)
{
  upkeep_plan_step_show (UPKEEP_PLAN_STEP (fixture->step), fixture->statement,
                         fixture->life->edition, TRUE, plan_id, UPKEEP_INTERVAL_MONTH);
}

static UpkeepQuoteRequest *
make_request (UpkeepTestStep *fixture)
{
  UpkeepQuoteRequest *request = upkeep_quote_request_new (UPKEEP_QUOTE_SWITCH);

  upkeep_plan_step_fill_request (UPKEEP_PLAN_STEP (fixture->step), request);
  return request;
}

static void
count_cb (int *count)
{
  (*count)++;
}

static void
test_choose (UpkeepTestStep *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuoteRequest) request = NULL;
  int n_chosen = 0;

  g_test_summary ("What is chosen goes into the request");
  g_signal_connect_swapped (fixture->step, "chosen", G_CALLBACK (count_cb), &n_chosen);
  show (fixture, NULL);
  g_assert_null (upkeep_plan_step_get_plan_id (UPKEEP_PLAN_STEP (fixture->step)));

  gtk_check_button_set_active (upkeep_test_step_find_choice (fixture, "Pro, billed yearly"), TRUE);
  g_assert_cmpint (n_chosen, ==, 1);
  gtk_check_button_set_active (upkeep_test_step_find_choice (fixture, "Standard, billed yearly"),
                               TRUE);
  g_assert_cmpint (n_chosen, ==, 2);
  g_assert_cmpstr (upkeep_plan_step_get_plan_id (UPKEEP_PLAN_STEP (fixture->step)), ==, "standard");
  request = make_request (fixture);
  g_assert_cmpstr (request->plan, ==, "standard");
  g_assert_cmpint (request->interval, ==, UPKEEP_INTERVAL_YEAR);
}

static void
test_begin (UpkeepTestStep *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuoteRequest) request = NULL;
  int n_chosen = 0;

  g_test_summary ("A plan that was chosen elsewhere is chosen here, and one's own is not shown");
  g_signal_connect_swapped (fixture->step, "chosen", G_CALLBACK (count_cb), &n_chosen);
  show (fixture, "standard");
  show (fixture, "pro");
  g_assert_cmpint (n_chosen, ==, 0); /* no person has */
  g_assert_true (
      gtk_check_button_get_active (upkeep_test_step_find_choice (fixture, "Pro, billed monthly")));
  g_assert_false (
      gtk_check_button_get_active (upkeep_test_step_find_choice (fixture, "Pro, billed yearly")));
  g_assert_false (gtk_check_button_get_active (
      upkeep_test_step_find_choice (fixture, "Standard, billed monthly")));
  g_assert_null (upkeep_find_label (fixture->step, "Basic, billed monthly"));
  request = make_request (fixture);
  g_assert_cmpstr (request->plan, ==, "pro");
  g_assert_cmpint (request->interval, ==, UPKEEP_INTERVAL_MONTH);
}

/* */
static void
test_company (UpkeepTestStep *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuoteRequest) before = NULL;
  g_autoptr (UpkeepQuoteRequest) large = NULL;
  g_autoptr (UpkeepQuoteRequest) unasked = NULL;

  g_test_summary ("How large one's company is is asked where the plan may be too small");
  show (fixture, "standard");
  g_assert_true (upkeep_test_step_shows (fixture, QUESTION));
  g_assert_false (gtk_check_button_get_active (upkeep_test_step_find_choice (fixture, QUESTION)));
  before = make_request (fixture);
  g_assert_cmpint (before->company_revenue_usd, ==, -1);
  gtk_check_button_set_active (upkeep_test_step_find_choice (fixture, QUESTION), TRUE);
  large = make_request (fixture);
  g_assert_cmpint (large->company_revenue_usd, ==, 1000001);

  gtk_check_button_set_active (upkeep_test_step_find_choice (fixture, "Pro, billed monthly"), TRUE);
  g_assert_false (upkeep_test_step_shows (fixture, QUESTION));
  unasked = make_request (fixture);
  g_assert_cmpint (unasked->company_revenue_usd, ==, before->company_revenue_usd);
}

#define ADD(path, func, plan)                                                                      \
  g_test_add (path, UpkeepTestStep, plan, set_up, func, upkeep_test_step_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/ui/plan-step/choose", test_choose, "basic");
  ADD ("/ui/plan-step/begin", test_begin, "basic");
  ADD ("/ui/plan-step/company", test_company, "basic");
  return g_test_run ();
}

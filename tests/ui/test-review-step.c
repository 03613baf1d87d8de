/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-review-step.h"

#include "upkeep-find.h"
#include "upkeep-test-step.h"

static void
set_up (UpkeepTestStep *fixture, gconstpointer user_data)
{
  upkeep_test_step_set_up (fixture, user_data, upkeep_review_step_new ());
}

static void
show (UpkeepTestStep *fixture, const UpkeepQuote *made, const gint64 *was_minor)
{
  UpkeepQuoteFacts facts = upkeep_test_step_get_facts (fixture, made);

  upkeep_review_step_show (UPKEEP_REVIEW_STEP (fixture->step), &facts,
                           upkeep_quote_find_option (made, UPKEEP_TIMING_IMMEDIATE), was_minor);
}

/* D-22 */
static void
test_sum (UpkeepTestStep *fixture, gconstpointer user_data)
{
  static const char *const seen[] = {
      "Standard, from now",
      "Basic to Standard, billed monthly",
      "$30.00",
      "Due today",
      "$25.00",
      "Checked by this app",
      "What Changes",
      "Visa •••• 4242",
      "Expires 12/2030",
  };
  g_autoptr (UpkeepQuote) made = upkeep_test_step_quote (fixture, "standard");

  g_test_summary ("It shows each line, what is due, what changes and how it is paid");
  show (fixture, made, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++) {
    g_test_message ("%s", seen[i]);
    g_assert_true (upkeep_test_step_shows (fixture, seen[i]));
  }
  g_assert_true (upkeep_review_step_get_agrees (UPKEEP_REVIEW_STEP (fixture->step)));
  g_assert_false (upkeep_test_step_shows (fixture, "was $25.00, now $25.00"));
}

static void
test_was (UpkeepTestStep *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) made = upkeep_test_step_quote (fixture, "standard");
  gint64 was_minor = 2600;

  g_test_summary ("A sum that has changed says what it was, until it is shown without");
  show (fixture, made, &was_minor);
  g_assert_true (upkeep_test_step_shows (fixture, "was $26.00, now $25.00"));
  show (fixture, made, NULL);
  g_assert_null (upkeep_find_label (fixture->step, "was $26.00, now $25.00"));
}

static void
test_tampered (UpkeepTestStep *fixture, gconstpointer user_data)
{
  UpkeepReviewStep *self = UPKEEP_REVIEW_STEP (fixture->step);
  g_autoptr (UpkeepQuote) good = upkeep_test_step_quote (fixture, "standard");
  g_autoptr (UpkeepQuote) bad = upkeep_test_step_quote (fixture, "standard");

  g_test_summary ("A sum that this app does not get is not agreed to");
  g_array_index (bad->options, UpkeepOption, 0).terms.unused = 7200;
  g_assert_false (upkeep_review_step_get_agrees (self)); /* nothing is shown yet */
  show (fixture, bad, NULL);
  g_assert_false (upkeep_review_step_get_agrees (self));
  g_assert_true (upkeep_test_step_shows (fixture, "The sums do not agree"));
  g_assert_true (upkeep_test_step_shows (fixture, "The service says $25.00, this app gets $24.00"));
  show (fixture, good, NULL);
  g_assert_true (upkeep_review_step_get_agrees (self));
  g_assert_null (upkeep_find_label (fixture->step, "The sums do not agree"));
}

static void
test_method (UpkeepTestStep *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) made = upkeep_test_step_quote (fixture, "standard");
  GtkWidget *button = gtk_button_new_with_label ("Update");

  g_test_summary ("Without a payment method none is shown");
  upkeep_review_step_set_method_end (UPKEEP_REVIEW_STEP (fixture->step), button);
  show (fixture, made, NULL);
  g_assert_true (upkeep_test_step_shows (fixture, "Update"));
  g_assert_true (upkeep_test_step_shows (fixture, "Visa •••• 4242"));
  fixture->statement->has_payment_method = FALSE;
  show (fixture, made, NULL);
  g_assert_false (upkeep_test_step_shows (fixture, "Update"));
  g_assert_false (upkeep_test_step_shows (fixture, "Visa •••• 4242"));
}

#define ADD(path, func, plan)                                                                      \
  g_test_add (path, UpkeepTestStep, plan, set_up, func, upkeep_test_step_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/ui/review-step/sum", test_sum, "basic");
  ADD ("/ui/review-step/was", test_was, "basic");
  ADD ("/ui/review-step/tampered", test_tampered, "basic");
  ADD ("/ui/review-step/method", test_method, "basic");
  return g_test_run ();
}

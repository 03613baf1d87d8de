/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-review-step.h"

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
  fixture->step = g_object_ref_sink (upkeep_review_step_new ());
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

static void
show (Fixture *fixture, const UpkeepQuote *made, const gint64 *was_minor)
{
  UpkeepQuoteFacts facts = get_facts (fixture, made);

  upkeep_review_step_show (UPKEEP_REVIEW_STEP (fixture->step), &facts,
                           upkeep_quote_find_option (made, UPKEEP_TIMING_IMMEDIATE), was_minor);
}

/* D-22 */
static void
test_sum (Fixture *fixture, gconstpointer user_data)
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
  g_autoptr (UpkeepQuote) made = quote (fixture, "standard");

  g_test_summary ("It shows each line, what is due, what changes and how it is paid");
  show (fixture, made, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++) {
    g_test_message ("%s", seen[i]);
    g_assert_true (shows (fixture, seen[i]));
  }
  g_assert_true (upkeep_review_step_get_agrees (UPKEEP_REVIEW_STEP (fixture->step)));
  g_assert_false (shows (fixture, "was $25.00, now $25.00"));
}

static void
test_was (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) made = quote (fixture, "standard");
  gint64 was_minor = 2600;

  g_test_summary ("A sum that has changed says what it was, until it is shown without");
  show (fixture, made, &was_minor);
  g_assert_true (shows (fixture, "was $26.00, now $25.00"));
  show (fixture, made, NULL);
  g_assert_null (upkeep_find_label (fixture->step, "was $26.00, now $25.00"));
}

static void
test_tampered (Fixture *fixture, gconstpointer user_data)
{
  UpkeepReviewStep *self = UPKEEP_REVIEW_STEP (fixture->step);
  g_autoptr (UpkeepQuote) good = quote (fixture, "standard");
  g_autoptr (UpkeepQuote) bad = quote (fixture, "standard");

  g_test_summary ("A sum that this app does not get is not agreed to");
  g_array_index (bad->options, UpkeepOption, 0).terms.unused = 7200;
  g_assert_false (upkeep_review_step_get_agrees (self)); /* nothing is shown yet */
  show (fixture, bad, NULL);
  g_assert_false (upkeep_review_step_get_agrees (self));
  g_assert_true (shows (fixture, "The sums do not agree"));
  g_assert_true (shows (fixture, "The service says $25.00, this app gets $24.00"));
  show (fixture, good, NULL);
  g_assert_true (upkeep_review_step_get_agrees (self));
  g_assert_null (upkeep_find_label (fixture->step, "The sums do not agree"));
}

static void
test_method (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) made = quote (fixture, "standard");
  GtkWidget *button = gtk_button_new_with_label ("Update");

  g_test_summary ("Without a payment method none is shown");
  upkeep_review_step_set_method_end (UPKEEP_REVIEW_STEP (fixture->step), button);
  show (fixture, made, NULL);
  g_assert_true (shows (fixture, "Update"));
  g_assert_true (shows (fixture, "Visa •••• 4242"));
  fixture->statement->has_payment_method = FALSE;
  show (fixture, made, NULL);
  g_assert_false (shows (fixture, "Update"));
  g_assert_false (shows (fixture, "Visa •••• 4242"));
}

#define ADD(path, func, plan) g_test_add (path, Fixture, plan, set_up, func, tear_down)

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

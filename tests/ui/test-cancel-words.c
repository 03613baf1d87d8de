/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-cancel-words.h"

#include "upkeep-sample.h"

typedef struct {
  UpkeepCancelFacts facts;
  UpkeepStatement *statement;
  UpkeepEdition *edition;
  UpkeepQuote *quote;
} Fixture;

static void
fixture_take (Fixture *self, UpkeepStatement *statement, UpkeepQuote *quote)
{
  self->statement = statement;
  self->edition = upkeep_sample_edition ("midjourney-2023-03.json");
  self->quote = quote;
  self->facts = (UpkeepCancelFacts){statement, self->edition, quote, .practice = TRUE};
}

static void
fixture_clear (Fixture *self)
{
  g_clear_pointer (&self->statement, upkeep_statement_unref);
  g_clear_pointer (&self->edition, upkeep_edition_unref);
  g_clear_pointer (&self->quote, upkeep_quote_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
assert_text (char *actual, const char *expected)
{
  g_autofree char *owned = actual;

  g_assert_cmpstr (owned, ==, expected);
}

static UpkeepOption *
get_option (Fixture *fixture, UpkeepTiming timing)
{
  return (UpkeepOption *) upkeep_quote_find_option (fixture->quote, timing);
}

/* CONTRACT 7, UX 1.5 */
static void
test_question (void)
{
  g_auto (Fixture) fixture = {0};
  const UpkeepCancelFacts *facts = &fixture.facts;

  g_test_summary ("The choices are named as the contract names them, with every sum and date.");
  fixture_take (&fixture, upkeep_sample_statement (), upkeep_sample_cancel_quote (216));

  assert_text (upkeep_cancel_heading (facts), "Cancel Standard?");
  assert_text (
      upkeep_cancel_sentence (facts),
      "You have had Standard since 1 May 2026, for $30.00 a month (practice). Nothing changes "
      "until you confirm.");
  assert_text (upkeep_cancel_choice (facts, get_option (&fixture, UPKEEP_TIMING_IMMEDIATE)),
               "Cancel now with a full refund of $30.00");
  assert_text (upkeep_cancel_choice_detail (facts, get_option (&fixture, UPKEEP_TIMING_IMMEDIATE)),
               "Standard stops at once. Visa •••• 4242 gets the money by 22 May 2026 (10 business "
               "days).");
  assert_text (upkeep_cancel_choice (facts, get_option (&fixture, UPKEEP_TIMING_PERIOD_END)),
               "Cancel at the end of the period");
  assert_text (upkeep_cancel_choice_detail (facts, get_option (&fixture, UPKEEP_TIMING_PERIOD_END)),
               "Standard works until 1 June 2026 at 00:00, and is not charged again. No refund.");
  assert_text (upkeep_cancel_kept (facts), "Images, history and commercial rights stay");
  g_assert_null (upkeep_cancel_frozen (facts));
  g_assert_null (upkeep_cancel_dropped (facts));
  assert_text (upkeep_cancel_alternative_markup (facts),
               "Another way: switch to Basic for $10.00 a month (practice) on "
               "<a href=\"plans\">Plans</a>");
}

static void
test_partial (void)
{
  UpkeepLine to_balance = {.code = UPKEEP_LINE_CREDIT_TO_BALANCE, .amount_minor = 1000};
  UpkeepLine metered = {.code = UPKEEP_LINE_METERED_USAGE, .amount_minor = 732};
  g_auto (Fixture) fixture = {0};
  const UpkeepCancelFacts *facts = &fixture.facts;
  UpkeepOption *option;

  g_test_summary ("A refund that is not full says so, and where the rest goes.");
  fixture_take (&fixture, upkeep_sample_statement (), upkeep_sample_cancel_quote (216));
  option = get_option (&fixture, UPKEEP_TIMING_IMMEDIATE);
  option->refund.amount_minor = 1200;
  assert_text (upkeep_cancel_choice (facts, option), "Cancel now with a refund of $12.00");

  option->refund.amount_minor = 2000;
  option->bill.lines[option->bill.n_lines++] = to_balance;
  option->bill.lines[option->bill.n_lines++] = metered;
  assert_text (upkeep_cancel_choice_detail (facts, option),
               "Standard stops at once. Visa •••• 4242 gets the money by 22 May 2026 (10 business "
               "days).\n$10.00 (practice) goes back to your balance.\n$7.32 (practice) for bought "
               "units you have used is charged first.");

  option->refund.amount_minor = 0;
  assert_text (upkeep_cancel_choice (facts, option), "Cancel now with $10.00 back to your balance");

  option->effects |= 1u << UPKEEP_EFFECT_PURCHASED_FROZEN;
  option->effects |= 1u << UPKEEP_EFFECT_SCHEDULED_CHANGE_DROPPED;
  fixture.statement->scheduled_plan = g_strdup ("basic");
  assert_text (upkeep_cancel_frozen (facts), "Bought and earned hours are frozen, not lost");
  assert_text (upkeep_cancel_dropped (facts), "The change to Basic is dropped");
}

static void
test_blocked (void)
{
  g_auto (Fixture) past_due = {0};
  g_auto (Fixture) cancelled = {0};
  g_auto (Fixture) none = {0};

  g_test_summary ("Where it cannot be cancelled the way out is told.");
  fixture_take (&past_due, upkeep_sample_statement_past_due (),
                upkeep_sample_blocked_quote (UPKEEP_BLOCKED_PAST_DUE));
  fixture_take (&cancelled, upkeep_sample_statement (),
                upkeep_sample_blocked_quote (UPKEEP_BLOCKED_ALREADY_CANCELLED));
  fixture_take (&none, upkeep_sample_statement_none (),
                upkeep_sample_blocked_quote (UPKEEP_BLOCKED_NO_SUBSCRIPTION));

  assert_text (upkeep_cancel_blocked_heading (&past_due.facts), "Standard Cannot Be Cancelled Yet");
  assert_text (
      upkeep_cancel_way_out (&past_due.facts, UPKEEP_BLOCKED_PAST_DUE),
      "A new payment method is charged at once, and you can cancel right after that. If "
      "it stays unpaid, Standard ends by itself on 8 June 2026 and nothing more is charged "
      "for it.");
  assert_text (upkeep_cancel_blocked_heading (&cancelled.facts), "Standard Is Already Cancelled");
  assert_text (upkeep_cancel_way_out (&cancelled.facts, UPKEEP_BLOCKED_ALREADY_CANCELLED),
               "Until then it can be undone on the Overview page.");
  assert_text (upkeep_cancel_blocked_heading (&none.facts), "Nothing to Cancel");
  g_assert_null (upkeep_cancel_way_out (&none.facts, UPKEEP_BLOCKED_NO_SUBSCRIPTION));
}

static void
test_done (void)
{
  g_auto (Fixture) fixture = {0};
  const UpkeepCancelFacts *facts = &fixture.facts;
  UpkeepOption *now;
  UpkeepOption *later;
  g_autoptr (UpkeepReceipt) receipt = upkeep_receipt_new ();

  g_test_summary ("The confirmation tells when, how much and until when it can be undone.");
  fixture_take (&fixture, upkeep_sample_statement (), upkeep_sample_cancel_quote (216));
  now = get_option (&fixture, UPKEEP_TIMING_IMMEDIATE);
  later = get_option (&fixture, UPKEEP_TIMING_PERIOD_END);
  receipt->at_s = upkeep_sample_instant ("2026-05-10T14:03:00Z");
  g_strlcpy (receipt->currency, "USD", sizeof receipt->currency);

  assert_text (upkeep_cancel_done_heading (facts), "Standard Is Cancelled");
  assert_text (upkeep_cancel_done_sentence (facts),
               "Your images, history and commercial rights stay. You can subscribe again at any "
               "time.");
  assert_text (upkeep_cancel_done_end (facts, later), "Standard ends");
  assert_text (upkeep_cancel_done_end_detail (later, receipt),
               "1 June 2026 at 00:00 (UTC). No further charge.");
  assert_text (upkeep_cancel_done_undo (later),
               "Changed your mind? “Resume Plan” on the Overview page undoes this until 1 June "
               "2026 at 00:00.");
  g_assert_null (upkeep_cancel_done_refund (receipt));
  g_assert_null (upkeep_cancel_done_refund_detail (facts, receipt));

  receipt->has_refund = TRUE;
  receipt->refund = now->refund;
  receipt->bill = now->bill;
  assert_text (upkeep_cancel_done_end (facts, now), "Standard ended");
  assert_text (upkeep_cancel_done_end_detail (now, receipt),
               "10 May 2026 at 14:03 (UTC). No further charge.");
  g_assert_null (upkeep_cancel_done_undo (now));
  assert_text (upkeep_cancel_done_refund (receipt), "Refund of $30.00");
  assert_text (upkeep_cancel_done_refund_detail (facts, receipt),
               "To Visa •••• 4242 by 22 May 2026 (10 business days)");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/cancel-words/question", test_question);
  g_test_add_func ("/ui/cancel-words/partial", test_partial);
  g_test_add_func ("/ui/cancel-words/blocked", test_blocked);
  g_test_add_func ("/ui/cancel-words/done", test_done);
  return g_test_run ();
}

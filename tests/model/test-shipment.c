/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-test-life.h"

#define ISSUES "midjourney-magazine-2023.json"
#define GPU    "midjourney-2023-03.json"

static UpkeepTestLife *
subscriber (void)
{
  return upkeep_test_life_new_subscribed (ISSUES, "magazine", UPKEEP_INTERVAL_MONTH,
                                          "2026-05-01T00:00:00Z");
}

static const UpkeepIssue *
issue_of (const UpkeepTestLife *life, guint number)
{
  return upkeep_account_find_issue (life->account, number);
}

static gint64
count_unsent (const UpkeepTestLife *life)
{
  gint64 n_unsent = 0;

  for (guint i = 0; i < life->account->issues->len; i++)
    n_unsent += upkeep_issue_is_open (g_ptr_array_index (life->account->issues, i)) ? 1 : 0;
  return n_unsent;
}

static const UpkeepOption *
immediate_of (const UpkeepQuote *quote)
{
  return upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
}

static gint64
sum_of_kind (const UpkeepTestLife *life, UpkeepPostingKind kind)
{
  gint64 sum = 0;

  for (guint i = 0; i < life->changes->len; i++) {
    const UpkeepChange *change = g_ptr_array_index (life->changes, i);

    for (guint j = 0; j < change->postings->len; j++) {
      const UpkeepPosting *posting = &g_array_index (change->postings, UpkeepPosting, j);

      sum += !posting->is_money && posting->kind == kind ? posting->amount : 0;
    }
  }
  return sum;
}

/* 0.16, 0.34: issues are numbered from 1, one each paid month, each with the invoice that paid it;
 * one is sent once, and only when it is paid. */
static void
test_ship (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber ();
  g_autoptr (UpkeepStatement) sent = NULL;

  g_assert_cmpuint (life->account->issues->len, ==, 1);
  g_assert_cmpstr (issue_of (life, 1)->invoice, ==, "ABC1DEF2-0001");
  g_assert_cmpint (issue_of (life, 1)->price_minor, ==, 400);
  g_assert_cmpint (issue_of (life, 1)->taken_minor, ==, 400);
  g_assert_cmpint (upkeep_test_life_ship (life, 0), ==, UPKEEP_SHIPMENT_NOT_PAID);
  g_assert_cmpint (upkeep_test_life_ship (life, 2), ==, UPKEEP_SHIPMENT_NOT_PAID);
  upkeep_test_life_advance (life, "2026-05-20T00:00:00Z");
  g_assert_cmpint (upkeep_test_life_ship (life, 1), ==, UPKEEP_SHIPMENT_DONE);
  upkeep_test_assert_instant (issue_of (life, 1)->shipped_at_s, "2026-05-20T00:00:00Z");
  sent = upkeep_test_life_state (life);
  g_assert_cmpint (((UpkeepStatementMeter *) g_ptr_array_index (sent->meters, 0))->used, ==, 1);
  g_assert_cmpint (((UpkeepStatementMeter *) g_ptr_array_index (sent->meters, 0))->remaining, ==,
                   0);
  upkeep_test_life_advance (life, "2026-05-21T00:00:00Z");
  g_assert_cmpint (upkeep_test_life_ship (life, 1), ==, UPKEEP_SHIPMENT_ALREADY);
  upkeep_test_assert_instant (issue_of (life, 1)->shipped_at_s, "2026-05-20T00:00:00Z");
  g_assert_cmpint (life->account->use_month.units[0], ==, 1);
  g_assert_cmpint (sum_of_kind (life, UPKEEP_POSTING_USE), ==, -1);

  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpuint (life->account->issues->len, ==, 2);
  g_assert_cmpstr (issue_of (life, 2)->invoice, ==, "ABC1DEF2-0002");
  g_assert_cmpint (upkeep_test_life_ship (life, 2), ==, UPKEEP_SHIPMENT_DONE);
}

/* 0.26: use that is reported sends the oldest issues; what goes beyond them is counted and free. */
static void
test_reported (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber ();

  upkeep_test_life_advance (life, "2026-07-01T00:00:00Z"); /* three are paid */
  g_assert_cmpint (upkeep_test_life_ship (life, 2), ==, UPKEEP_SHIPMENT_DONE);
  upkeep_test_life_use (life, 1, 0, -1);
  g_assert_false (upkeep_issue_is_open (issue_of (life, 1)));
  g_assert_true (upkeep_issue_is_open (issue_of (life, 3)));
  upkeep_test_life_give (life, UPKEEP_GRANT_PROMOTIONAL, 1, UPKEEP_INSTANT_NONE);
  upkeep_test_life_use (life, 5, 0, -1);
  g_assert_cmpint (count_unsent (life), ==, 0);
  g_assert_cmpint (life->account->use_month.units[0], ==, 7);
  g_assert_cmpint (sum_of_kind (life, UPKEEP_POSTING_USE), ==, -4);
  g_assert_cmpint (life->charged_minor, ==, 1200);
}

/* C-45, C-46, 0.34: an issue comes back while it has not shipped, named by the invoice that paid
 * it; it is that one's price, and that one is not delivered. The other one still is. */
static void
test_refund_by_invoice (void)
{
  const struct {
    const char *invoice;
    gint64 shipped; /* 0: none */
    gint64 refund_minor;
  } vectors[] = {
      {"ABC1DEF2-0001", 0, 400}, {"ABC1DEF2-0002", 0, 400}, {"ABC1DEF2-0001", 1, -1},
      {"ABC1DEF2-0002", 1, 400}, {"ABC1DEF2-0002", 2, -1},  {"ABC1DEF2-0001", 2, 400},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber ();
    g_autoptr (UpkeepQuote) quote = NULL;
    const UpkeepClauseReport *clause;
    const UpkeepInvoice *note;
    const UpkeepIssue *named;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    upkeep_test_life_advance (life, "2026-06-10T00:00:00Z");
    if (vectors[i].shipped > 0)
      g_assert_cmpint (upkeep_test_life_ship (life, vectors[i].shipped), ==, UPKEEP_SHIPMENT_DONE);
    quote = upkeep_test_life_quote_cancel_by (life, vectors[i].invoice);
    clause = g_ptr_array_index (quote->refund_rule->clauses, 0);
    g_assert_cmpint (clause->measured, ==, vectors[i].refund_minor < 0 ? 1 : 0);
    g_assert_cmpint (clause->limit, ==, 1);
    g_assert_cmpint (clause->holds, ==, vectors[i].refund_minor >= 0);
    g_assert_nonnull (upkeep_quote_find_option (quote, UPKEEP_TIMING_PERIOD_END)); /* C-44 */
    if (vectors[i].refund_minor < 0) {
      g_assert_null (immediate_of (quote));
      continue;
    }

    g_assert_cmpint (immediate_of (quote)->refund.amount_minor, ==, vectors[i].refund_minor);
    upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
    note = g_ptr_array_index (life->invoices, life->invoices->len - 1);
    g_assert_cmpstr (note->credit_of, ==, vectors[i].invoice);
    named = upkeep_account_find_issue_of_invoice (life->account, vectors[i].invoice);
    g_assert_cmpint (named->refunded_at_s, ==, life->now_s);
    g_assert_cmpint (upkeep_test_life_ship (life, named->number), ==, UPKEEP_SHIPMENT_REFUNDED);
    g_assert_cmpint (count_unsent (life), ==, vectors[i].shipped > 0 ? 0 : 1);
    g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
    upkeep_test_life_advance (life, "2026-09-01T00:00:00Z");
    g_assert_cmpint (life->charged_minor, ==, 800);
  }
}

/* C-47: cancelled at the end of the period, the issue that is paid is still delivered, then or
 * later, and no further one is paid. */
static void
test_cancel_only (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber ();
  g_autoptr (UpkeepQuote) quote = upkeep_test_life_quote_cancel_by (life, "ABC1DEF2-0001");
  g_autoptr (UpkeepStatement) ended = NULL;
  const UpkeepStatementMeter *meter;

  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_PERIOD_END);
  upkeep_test_life_advance (life, "2026-07-15T00:00:00Z");
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
  g_assert_cmpint (life->charged_minor, ==, 400);
  ended = upkeep_test_life_state (life);
  meter = g_ptr_array_index (ended->meters, 0);
  g_assert_cmpint (meter->allowance, ==, 0);
  g_assert_cmpint (meter->remaining, ==, 0);
  g_assert_cmpint (meter->spendable, ==, 1); /* it waits to be sent */
  g_assert_cmpint (upkeep_test_life_ship (life, 1), ==, UPKEEP_SHIPMENT_DONE);
  g_assert_cmpint (upkeep_test_life_ship (life, 2), ==, UPKEEP_SHIPMENT_NOT_PAID);
}

/* 0.34: any of the account's invoices is known; one that paid no issue, or one whose issue came
 * back, leaves only the end of the period. C-43: an unknown number is refused, and none. */
static void
test_other_invoices (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber ();
  g_autoptr (UpkeepQuote) refund = upkeep_test_life_quote_cancel_by (life, "ABC1DEF2-0001");
  g_autoptr (UpkeepQuote) returned = NULL;
  g_autoptr (UpkeepQuote) credit_note = NULL;
  g_autoptr (UpkeepQuote) unknown = NULL;
  g_autoptr (UpkeepQuote) none = NULL;

  upkeep_test_life_accept (life, refund, UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, "magazine", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpstr (issue_of (life, 2)->invoice, ==, "ABC1DEF2-0003");
  returned = upkeep_test_life_quote_cancel_by (life, "ABC1DEF2-0001");
  g_assert_null (immediate_of (returned));
  g_assert_cmpuint (returned->options->len, ==, 1);
  credit_note = upkeep_test_life_quote_cancel_by (life, "ABC1DEF2-0002");
  g_assert_null (immediate_of (credit_note));
  g_assert_cmpuint (credit_note->options->len, ==, 1);
  unknown = upkeep_test_life_quote_cancel_by (life, "ABC1DEF2-0004");
  g_assert_true (upkeep_quote_is_blocked (unknown, UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN));
  none = upkeep_test_life_quote_cancel_by (life, NULL);
  g_assert_true (upkeep_quote_is_blocked (none, UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED));
  g_assert_true (((UpkeepClauseReport *) g_ptr_array_index (none->refund_rule->clauses, 0))->holds);
}

/* 0.29, 0.34: a renewal that is not paid brings no issue; paying brings it, under the invoice that
 * was open. What was paid before can be sent meanwhile. */
static void
test_past_due (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber ();

  life->declines = TRUE;
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpuint (life->account->issues->len, ==, 1);
  g_assert_cmpint (upkeep_test_life_ship (life, 2), ==, UPKEEP_SHIPMENT_NOT_PAID);
  g_assert_cmpint (upkeep_test_life_ship (life, 1), ==, UPKEEP_SHIPMENT_DONE);
  life->declines = FALSE;
  upkeep_test_life_do (life, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpuint (life->account->issues->len, ==, 2);
  g_assert_cmpstr (issue_of (life, 2)->invoice, ==, "ABC1DEF2-0002");
  g_assert_cmpint (upkeep_test_life_ship (life, 2), ==, UPKEEP_SHIPMENT_DONE);
}

/* 0.18, 0.30, D-06: what a law gives back is the term that runs, also when its issue has shipped;
 * an earlier one comes back by the rule alone. */
static void
test_consumer_law (void)
{
  g_autoptr (UpkeepTestLife) full = subscriber ();
  g_autoptr (UpkeepTestLife) share = subscriber ();
  g_autoptr (UpkeepQuote) full_quote = NULL;
  g_autoptr (UpkeepQuote) share_quote = NULL;

  full->account->country = g_strdup ("TW");
  share->account->country = g_strdup ("FR");
  upkeep_test_life_ship (full, 1);
  upkeep_test_life_ship (share, 1);
  full_quote = upkeep_test_life_quote_cancel_by (full, "ABC1DEF2-0001");
  share_quote = upkeep_test_life_quote_cancel_by (share, "ABC1DEF2-0001");
  g_assert_cmpint (immediate_of (full_quote)->refund.basis, ==, UPKEEP_REFUND_BASIS_CONSUMER_LAW);
  g_assert_cmpint (immediate_of (full_quote)->refund.amount_minor, ==, 400);
  g_assert_null (immediate_of (share_quote));
  upkeep_test_life_accept (full, full_quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (upkeep_test_life_ship (full, 1), ==, UPKEEP_SHIPMENT_ALREADY);
}

/* 0.1: who ships nothing has no issues to send, and its use stays what it was. */
static void
test_nothing_shipped (void)
{
  g_autoptr (UpkeepTestLife) life =
      upkeep_test_life_new_subscribed (GPU, "basic", UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");

  g_assert_cmpuint (life->account->issues->len, ==, 0);
  g_assert_cmpint (upkeep_test_life_ship (life, 1), ==, UPKEEP_SHIPMENT_NOTHING_SHIPPED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/shipment/ship", test_ship);
  g_test_add_func ("/model/shipment/reported", test_reported);
  g_test_add_func ("/model/shipment/refund-by-invoice", test_refund_by_invoice);
  g_test_add_func ("/model/shipment/cancel-only", test_cancel_only);
  g_test_add_func ("/model/shipment/other-invoices", test_other_invoices);
  g_test_add_func ("/model/shipment/past-due", test_past_due);
  g_test_add_func ("/model/shipment/consumer-law", test_consumer_law);
  g_test_add_func ("/model/shipment/nothing-shipped", test_nothing_shipped);
  return g_test_run ();
}

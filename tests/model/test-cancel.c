/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-feature-rule.h"
#include "upkeep-test-life.h"

#define GPU     "midjourney-2023-03.json"
#define CREDITS "minara-2026-06.json"

static UpkeepTestLife *
subscriber (const char *edition, const char *plan, UpkeepInterval interval)
{
  UpkeepTestLife *life = upkeep_test_life_new (edition, "2026-05-01T00:00:00Z");

  upkeep_test_life_give_card (life);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, plan, interval, UPKEEP_TIMING_IMMEDIATE);
  return life;
}

static UpkeepQuote *
cancel_quote (UpkeepTestLife *life)
{
  return upkeep_test_life_quote (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE);
}

/* A-45, C-10, RULES 0.9, 0.21: strictly less than 1 % of the month's time, Relax included. */
static void
test_one_percent (void)
{
  const struct {
    const char *plan;
    gint64 fast, relax;
    gboolean refundable;
  } vectors[] = {
      {"standard", 0, 0, TRUE},     {"standard", 539, 0, TRUE},    {"standard", 540, 0, FALSE},
      {"standard", 300, 239, TRUE}, {"standard", 300, 240, FALSE}, {"standard", 0, 540, FALSE},
      {"basic", 119, 0, TRUE},      {"basic", 120, 0, FALSE},      {"pro", 1079, 0, TRUE},
      {"pro", 1080, 0, FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, vectors[i].plan, UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuote) quote = NULL;
    const UpkeepClauseReport *clause;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    upkeep_test_life_use (life, vectors[i].fast, 0, 0);
    upkeep_test_life_use (life, vectors[i].relax, 0, 1);
    quote = cancel_quote (life);
    clause = g_ptr_array_index (quote->refund_rule->clauses, 0);
    g_assert_cmpint (clause->measured, ==, vectors[i].fast + vectors[i].relax); /* 0.22 */
    g_assert_cmpint (clause->holds, ==, vectors[i].refundable);
    /* C-11..C-13: the refund is in the quote by itself, or only the period's end is. */
    g_assert_cmpuint (quote->options->len, ==, vectors[i].refundable ? 2 : 1);
    g_assert_nonnull (upkeep_quote_find_option (quote, UPKEEP_TIMING_PERIOD_END));
  }
}

/* A-46, B-22, C-12, C-17, C-23, B-23, B-24: the refund is in the quote by itself; the whole price
 * comes back to the card and the plan stops at once.
 */
static void
test_refund (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autoptr (UpkeepStatement) state = NULL;
  const UpkeepOption *option;
  const UpkeepInvoice *note;

  upkeep_test_life_advance (life, "2026-05-10T00:00:00Z");
  quote = cancel_quote (life);
  option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->refund.amount_minor, ==, 3000);
  g_assert_cmpint (option->bill.total_minor, ==, -3000);
  upkeep_test_assert_instant (option->refund.expected_by_s, "2026-05-22T00:00:00Z"); /* 0.17 */
  g_assert_cmpuint (option->effects, ==,
                    (1u << UPKEEP_EFFECT_SERVICE_STOPS) |
                        (1u << UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST) |
                        (1u << UPKEEP_EFFECT_IMAGES_KEPT) |            /* A-43, C-26 */
                        (1u << UPKEEP_EFFECT_COMMERCIAL_RIGHTS_KEPT)); /* C-27 */
  g_assert_cmpint (option->refund.basis, ==, UPKEEP_REFUND_BASIS_RULE);

  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->charged_minor, ==, 3000);
  g_assert_cmpint (life->refunded_minor, ==, 3000);
  g_assert_cmpint (life->account->money_minor, ==, 0);
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
  g_assert_true (life->account->ever_subscribed); /* */
  g_assert_cmpint (life->account->grants->len, ==, 0);

  note = g_ptr_array_index (life->invoices, 1);
  g_assert_cmpstr (note->number, ==, "ABC1DEF2-0002");
  g_assert_cmpstr (note->credit_of, ==, "ABC1DEF2-0001");

  /* The notice goes by itself once the last day is over. */
  state = upkeep_test_life_state (life);
  g_assert_cmpuint (state->notices->len, ==, 1);
  upkeep_test_life_advance (life, "2026-05-23T00:00:00Z");
  g_clear_pointer (&state, upkeep_statement_unref);
  state = upkeep_test_life_state (life);
  g_assert_cmpuint (state->notices->len, ==, 0);
}

/* RULES 0.30: what a credit paid goes back to the balance, not to the card. */
static void
test_refund_after_upgrade (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) quote = NULL;
  const UpkeepOption *option;

  upkeep_test_life_use (life, 6000, 0, 0);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "standard", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  quote = cancel_quote (life);
  option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_REFUND), ==, -3000);
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_CREDIT_TO_BALANCE), ==, 500);
  g_assert_cmpint (option->refund.amount_minor, ==, 2500);
  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (upkeep_account_get_balance_minor (life->account), ==, 500);
}

/* RULES 0.3, 0.9, 0.30: what is metered is charged before a refund, balance first, as an invoice of
 * its own. */
static void
test_refund_with_balance (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_YEAR);
  g_autoptr (UpkeepQuote) topup = upkeep_test_life_quote_topup (life, 20 * 3600);
  g_autoptr (UpkeepQuote) quote = NULL;
  const UpkeepOption *option;
  const UpkeepInvoice *metered, *note;

  life->account->country = g_strdup ("TW");
  upkeep_test_life_use (life, 7500, 0, 0); /* leaves 11 months and 3/8 of one: $91 */
  upkeep_test_life_accept (life, topup, UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (upkeep_account_get_balance_minor (life->account), ==, 3100);
  upkeep_test_life_use (life, 108000 + 32400, 0, 0); /* $36.00 */

  quote = cancel_quote (life);
  option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->refund.basis, ==, UPKEEP_REFUND_BASIS_CONSUMER_LAW);
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_METERED_USAGE), ==, 3600);
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_ACCOUNT_BALANCE), ==, -3100);
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_REFUND), ==, -6000);
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_CREDIT_TO_BALANCE), ==, 6000);
  g_assert_cmpint (option->refund.amount_minor, ==, 0); /* the credit had paid it all */
  g_assert_cmpint (upkeep_option_get_charge_minor (option), ==, 500);

  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (upkeep_account_get_balance_minor (life->account), ==, 6000);
  metered = g_ptr_array_index (life->invoices, life->invoices->len - 2);
  note = g_ptr_array_index (life->invoices, life->invoices->len - 1);
  g_assert_cmpint (metered->bill.total_minor, ==, 500);
  g_assert_null (metered->credit_of);
  g_assert_cmpint (note->bill.total_minor, ==, 0);
  g_assert_cmpuint (note->bill.n_lines, ==, 2);
  g_assert_nonnull (note->credit_of);
  /* Nothing is on its way to the payment method. */
  g_assert_cmpint (life->account->refund_expected_by_s, ==, UPKEEP_INSTANT_NONE);
}

/* RULES 0.36: a yearly term is refundable in its first refill month, by that month's use, whole. */
static void
test_yearly_refund (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_YEAR);
  g_autoptr (UpkeepQuote) first = NULL;
  g_autoptr (UpkeepQuote) second = NULL;

  upkeep_test_life_advance (life, "2026-05-31T23:59:59Z");
  first = cancel_quote (life);
  g_assert_cmpint (upkeep_quote_find_option (first, UPKEEP_TIMING_IMMEDIATE)->refund.amount_minor,
                   ==, 28800);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  second = cancel_quote (life);
  g_assert_null (upkeep_quote_find_option (second, UPKEEP_TIMING_IMMEDIATE));
  g_assert_false (
      ((UpkeepClauseReport *) g_ptr_array_index (second->refund_rule->clauses, 0))->holds);
}

/* B-14, B-15, C-14, C-24: it runs to the end with all that is left, and is not charged
 * again. */
static void
test_period_end (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepStatement) state = NULL;

  upkeep_test_life_use (life, 6000, 10, 0);
  upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_PERIOD_END);
  state = upkeep_test_life_state (life);
  g_assert_cmpint (state->state, ==, UPKEEP_STATE_ACTIVE);
  g_assert_cmpint (state->renews_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (state->next_charge_at_s, ==, UPKEEP_INSTANT_NONE);
  upkeep_test_assert_instant (state->ends_at_s, "2026-06-01T00:00:00Z");
  g_assert_cmpint (((UpkeepStatementMeter *) g_ptr_array_index (state->meters, 0))->spendable, ==,
                   48000);

  upkeep_test_life_advance (life, "2026-05-31T23:59:59Z"); /* B-08 */
  g_assert_null (upkeep_judge_feature (life->edition, life->account, "gallery", life->now_s));
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ACTIVE);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
  g_assert_cmpint (life->charged_minor, ==, 3000);
  /* B-31, C-28: what a subscription gives stops with it. */
  g_assert_cmpstr (upkeep_judge_feature (life->edition, life->account, "gallery", life->now_s), ==,
                   "active_subscription_required");

  /* A-44, B-32, B-33: one subscribes again at any time, to any plan, and goes on where one left
   * off. */
  upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, "pro", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->account->use_lifetime.images, ==, 10);
  g_assert_cmpint (life->charged_minor, ==, 9000);
}

/* C-15, RULES 0.11: it can be undone until it takes effect; cancelling drops a scheduled switch and
 * says so. */
static void
test_undo_and_replace (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autoptr (UpkeepQuote) again = NULL;
  g_autoptr (UpkeepQuote) nothing = NULL;

  upkeep_test_life_use (life, 6000, 10, 0);
  nothing = upkeep_test_life_quote (life, UPKEEP_QUOTE_RESUME, NULL, UPKEEP_INTERVAL_NONE);
  g_assert_true (upkeep_quote_is_blocked (nothing, UPKEEP_BLOCKED_NOTHING_TO_RESUME));

  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "basic", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_PERIOD_END);
  quote = cancel_quote (life);
  g_assert_true (upkeep_quote_find_option (quote, UPKEEP_TIMING_PERIOD_END)->effects &
                 (1u << UPKEEP_EFFECT_SCHEDULED_CHANGE_DROPPED));
  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_PERIOD_END);

  again = cancel_quote (life);
  g_assert_true (upkeep_quote_is_blocked (again, UPKEEP_BLOCKED_ALREADY_CANCELLED));

  upkeep_test_life_do (life, UPKEEP_QUOTE_RESUME, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ACTIVE);
  g_assert_cmpint (life->charged_minor, ==, 6000);
}

/* D-06, D-35, D-39: no refund, except what a country's law grants (RULES 0.18, 0.30). */
static void
test_law (void)
{
  const struct {
    const char *edition, *plan, *country, *at;
    gint64 used;
    gint64 refund_minor; /* -1: none */
    UpkeepRefundBasis basis;
  } vectors[] = {
      {CREDITS, "starter", NULL, "2026-05-02T00:00:00Z", 0, -1, 0},
      {CREDITS, "starter", "US", "2026-05-02T00:00:00Z", 0, -1, 0},
      {CREDITS, "starter", "FR", "2026-05-02T00:00:00Z", 1000, 3675,
       UPKEEP_REFUND_BASIS_CONSUMER_LAW},
      {CREDITS, "starter", "FR", "2026-05-14T23:59:59Z", 0, 4900, UPKEEP_REFUND_BASIS_CONSUMER_LAW},
      {CREDITS, "starter", "FR", "2026-05-15T00:00:00Z", 0, -1, 0},
      {CREDITS, "starter", "TW", "2026-05-07T23:59:59Z", 4000, 4900,
       UPKEEP_REFUND_BASIS_CONSUMER_LAW},
      {CREDITS, "starter", "TW", "2026-05-08T00:00:00Z", 4000, -1, 0},
      {GPU, "standard", "TW", "2026-05-02T00:00:00Z", 0, 3000, UPKEEP_REFUND_BASIS_RULE},
      {GPU, "standard", "TW", "2026-05-02T00:00:00Z", 27000, 3000,
       UPKEEP_REFUND_BASIS_CONSUMER_LAW},
      {GPU, "standard", "FR", "2026-05-02T00:00:00Z", 27000, 1500,
       UPKEEP_REFUND_BASIS_CONSUMER_LAW},
      {GPU, "standard", "FR", "2026-05-02T00:00:00Z", 54000, -1, 0},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life =
        subscriber (vectors[i].edition, vectors[i].plan, UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuote) quote = NULL;
    const UpkeepOption *option;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    life->account->country = g_strdup (vectors[i].country);
    upkeep_test_life_advance (life, vectors[i].at);
    upkeep_test_life_use (life, vectors[i].used, 0, -1);
    quote = cancel_quote (life);
    option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
    if (vectors[i].refund_minor < 0) {
      g_assert_null (option);
      continue;
    }
    g_assert_nonnull (option);
    g_assert_cmpint (option->refund.amount_minor, ==, vectors[i].refund_minor);
    g_assert_cmpint (option->refund.basis, ==, vectors[i].basis);
  }
}

/* C-43, C-45..C-47, RULES 0.16, 0.34: the number of any invoice of one's own cancels; only that of
 * the paid term gives it back. */
static void
test_invoice_number (void)
{
  const struct {
    const char *number;
    int blocked; /* -1: allowed */
    guint n_options;
  } vectors[] = {
      {NULL, UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED, 0},
      {"", UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN, 0},
      {"0002", UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN, 0},
      {"ABC1DEF2-2", UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN, 0},
      {"ABC1DEF2-0000", UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN, 0},
      {"ABC1DEF2-0003", UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN, 0},
      {"XBC1DEF2-0002", UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN, 0},
      {"ABC1DEF2-0001", -1, 1},
      {"ABC1DEF2-0002", -1, 2},
  };
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);

  life->edition->policy.needs_invoice_number = TRUE;
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (UPKEEP_QUOTE_CANCEL);
    g_autoptr (UpkeepQuote) quote = NULL;

    g_test_message ("%s", vectors[i].number);
    request->invoice_number = g_strdup (vectors[i].number);
    g_assert_true (
        upkeep_decide (life->edition, life->account, request, life->now_s, &quote, NULL));
    g_assert_cmpuint (quote->blocked->len, ==, vectors[i].blocked < 0 ? 0 : 1);
    if (vectors[i].blocked >= 0)
      g_assert_true (upkeep_quote_is_blocked (quote, vectors[i].blocked));
    g_assert_cmpuint (quote->options->len, ==, vectors[i].n_options);
  }
}

/* RULES X-17, 0.10, 0.29: where cancelling is allowed while something is owed, an unpaid renewal is
 * void at once, and no further try is made; a threshold that is owed leaves the paid term as it is.
 */
static void
test_cancel_past_due (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepTestLife) metered = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) topup = upkeep_test_life_quote_topup (metered, 10 * 3600);
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autoptr (UpkeepQuote) metered_quote = NULL;
  const UpkeepOption *option;

  life->edition->policy.past_due.cancel_allowed = TRUE;
  life->account->country = g_strdup ("TW");
  life->declines = TRUE;
  upkeep_test_life_advance (life, "2026-06-02T12:00:00Z");
  quote = cancel_quote (life);
  g_assert_cmpuint (quote->options->len, ==, 1);
  option = upkeep_quote_find_option (quote, UPKEEP_TIMING_PERIOD_END);
  upkeep_test_assert_instant (option->effective_at_s, "2026-06-02T12:00:00Z");
  g_assert_true (option->effects & (1u << UPKEEP_EFFECT_SERVICE_STOPS));
  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_PERIOD_END);
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
  g_assert_cmpstr (life->account->plan, ==, "free");
  g_assert_cmpint (life->account->money_minor, ==, 0);
  g_assert_cmpint (
      ((UpkeepChange *) g_ptr_array_index (life->changes, life->changes->len - 1))->open_invoices,
      ==, UPKEEP_OPEN_INVOICES_VOID);
  upkeep_test_life_advance (life, "2026-07-01T00:00:00Z");
  g_assert_cmpint (life->charged_minor, ==, 4900);

  metered->edition->policy.past_due.cancel_allowed = TRUE;
  upkeep_test_life_accept (metered, topup, UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_advance (metered, "2026-05-28T00:00:00Z");
  metered->declines = TRUE;
  upkeep_test_life_use (metered, 12000 + 9000, 0, 0);
  metered_quote = cancel_quote (metered);
  option = upkeep_quote_find_option (metered_quote, UPKEEP_TIMING_PERIOD_END);
  upkeep_test_assert_instant (option->effective_at_s, "2026-06-01T00:00:00Z");
  upkeep_test_life_accept (metered, metered_quote, UPKEEP_TIMING_PERIOD_END);
  g_assert_cmpint (metered->account->state, ==, UPKEEP_STATE_PAST_DUE);
  upkeep_test_life_advance (metered, "2026-06-01T00:00:00Z");
  g_assert_cmpint (metered->account->state, ==, UPKEEP_STATE_ENDED);
  g_assert_cmpint (upkeep_account_get_owed_minor (metered->account), ==, 1000);
}

/* D-07, RULES 0.24: a switch to the free plan is the cancellation; the free plan follows it. */
static void
test_free_plan (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) quote =
      upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "free", UPKEEP_INTERVAL_NONE);

  g_assert_cmpint (quote->kind, ==, UPKEEP_QUOTE_CANCEL);
  g_assert_cmpint (quote->direction, ==, UPKEEP_DIRECTION_END);
  g_assert_cmpstr (quote->to_plan, ==, "free");
  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_PERIOD_END);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
  g_assert_cmpstr (life->account->plan, ==, "free");
  /* minara-expired-to-free-300, refilled monthly from the paid plan's end */
  g_assert_cmpint (g_array_index (life->account->grants, UpkeepGrant, 0).remaining, ==, 300);
  upkeep_test_life_use (life, 100, 0, -1);
  upkeep_test_life_advance (life, "2026-07-01T00:00:00Z");
  g_assert_cmpint (g_array_index (life->account->grants, UpkeepGrant, 0).remaining, ==, 300);
}

/* RULES 0.7, 0.28: what is left behind frozen is bought and earned; a plan's own allotment ends. */
static void
test_frozen (void)
{
  const struct {
    UpkeepGrantKind kind;
    gint64 used;
    gboolean frozen;
  } vectors[] = {
      {UPKEEP_GRANT_PLAN, 0, FALSE},        {UPKEEP_GRANT_EARNED, 0, TRUE},
      {UPKEEP_GRANT_REWARD, 0, FALSE},      {UPKEEP_GRANT_PURCHASED, 0, TRUE},
      {UPKEEP_GRANT_PURCHASED, 100, FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuote) quote = NULL;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    life->edition->policy.grants[UPKEEP_GRANT_PLAN].needs_subscription = TRUE;
    if (vectors[i].kind != UPKEEP_GRANT_PLAN)
      upkeep_test_life_give (life, vectors[i].kind, 100, UPKEEP_INSTANT_NONE);
    if (vectors[i].used > 0)
      upkeep_test_life_use (life, 12000 + vectors[i].used, 0, 0);
    quote = cancel_quote (life);
    for (guint j = 0; j < quote->options->len; j++) {
      const UpkeepOption *option = &g_array_index (quote->options, UpkeepOption, j);

      g_assert_cmpint ((option->effects & (1u << UPKEEP_EFFECT_PURCHASED_FROZEN)) != 0, ==,
                       vectors[i].frozen);
    }
  }
}

/* RULES 0.29, X-17: while something is owed there is no refund, whatever right there would be. */
static void
test_no_refund_while_owing (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) topup = upkeep_test_life_quote_topup (life, 10 * 3600);
  g_autoptr (UpkeepQuote) owing = NULL;
  g_autoptr (UpkeepQuote) paid = NULL;

  life->edition->policy.past_due.cancel_allowed = TRUE;
  life->account->country = g_strdup ("TW");
  upkeep_test_life_accept (life, topup, UPKEEP_TIMING_IMMEDIATE);
  life->declines = TRUE;
  upkeep_test_life_use (life, 12000 + 9000, 0, 0);
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_PAST_DUE);
  owing = cancel_quote (life);
  g_assert_cmpuint (owing->options->len, ==, 1);
  g_assert_null (upkeep_quote_find_option (owing, UPKEEP_TIMING_IMMEDIATE));
  life->declines = FALSE;
  upkeep_test_life_do (life, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE, UPKEEP_TIMING_IMMEDIATE);
  paid = cancel_quote (life);
  g_assert_nonnull (upkeep_quote_find_option (paid, UPKEEP_TIMING_IMMEDIATE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/cancel/one-percent", test_one_percent);
  g_test_add_func ("/model/cancel/refund", test_refund);
  g_test_add_func ("/model/cancel/refund-after-upgrade", test_refund_after_upgrade);
  g_test_add_func ("/model/cancel/refund-with-balance", test_refund_with_balance);
  g_test_add_func ("/model/cancel/yearly-refund", test_yearly_refund);
  g_test_add_func ("/model/cancel/period-end", test_period_end);
  g_test_add_func ("/model/cancel/undo-and-replace", test_undo_and_replace);
  g_test_add_func ("/model/cancel/law", test_law);
  g_test_add_func ("/model/cancel/invoice-number", test_invoice_number);
  g_test_add_func ("/model/cancel/past-due", test_cancel_past_due);
  g_test_add_func ("/model/cancel/free-plan", test_free_plan);
  g_test_add_func ("/model/cancel/frozen", test_frozen);
  g_test_add_func ("/model/cancel/no-refund-while-owing", test_no_refund_while_owing);
  return g_test_run ();
}

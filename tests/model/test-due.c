/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-spend.h"
#include "upkeep-test-life.h"

#define GPU     "midjourney-2023-03.json"
#define CREDITS "minara-2026-06.json"

static UpkeepTestLife *
subscriber_at (const char *edition, const char *plan, UpkeepInterval interval, const char *at)
{
  UpkeepTestLife *life = upkeep_test_life_new (edition, at);

  upkeep_test_life_give_card (life);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, plan, interval, UPKEEP_TIMING_IMMEDIATE);
  return life;
}

static UpkeepTestLife *
subscriber (const char *edition, const char *plan, UpkeepInterval interval)
{
  return subscriber_at (edition, plan, interval, "2026-05-01T00:00:00Z");
}

/* B-07, C-31, D-05, D-07: it is charged ahead and renews by itself. RULES 0.6: Jan 31 renews Feb
 * 28, then Mar 31, and one jump of the clock plays each renewal (0.25). */
static void
test_anchor (void)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber_at (GPU, "basic", UPKEEP_INTERVAL_MONTH, "2026-01-31T10:00:00Z");

  upkeep_test_life_advance (life, "2026-02-28T09:59:59Z");
  g_assert_cmpint (life->charged_minor, ==, 1000);
  upkeep_test_life_advance (life, "2026-02-28T10:00:00Z");
  g_assert_cmpint (life->charged_minor, ==, 2000);
  upkeep_test_assert_instant (life->account->term.end_s, "2026-03-31T10:00:00Z");
  upkeep_test_life_advance (life, "2026-12-31T10:00:00Z");
  g_assert_cmpint (life->charged_minor, ==, 12000);
  g_assert_cmpuint (life->invoices->len, ==, 12);
  upkeep_test_assert_instant (
      ((UpkeepInvoice *) g_ptr_array_index (life->invoices, 4))->issued_at_s,
      "2026-05-31T10:00:00Z");
}

/* RULES 0.12: what is left does not roll over and the mode is Fast again. */
static void
test_refill (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_YEAR);

  upkeep_test_life_use (life, 60000, 5, 0);
  g_assert_cmpint (life->account->mode, ==, 1);
  g_assert_true (life->account->mode_fell);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (life->account->mode, ==, 0);
  g_assert_cmpint (g_array_index (life->account->grants, UpkeepGrant, 0).remaining, ==, 54000);
  g_assert_cmpint (life->account->use_month.units[0], ==, 0);
  g_assert_cmpint (life->account->use_lifetime.units[0], ==, 60000);
  g_assert_cmpint (life->charged_minor, ==, 28800);
  g_assert_cmpuint (life->invoices->len, ==, 1); /* CONTRACT: no empty one at a refill */
  upkeep_test_life_advance (life, "2027-05-01T00:00:00Z");
  g_assert_cmpint (life->charged_minor, ==, 57600);
}

/* RULES 0.10, 0.29: declined, retried after 1, 3 and 5 days, ended after 7; nothing was paid. */
static void
test_past_due_lapses (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepStatement) state = NULL;
  g_autoptr (UpkeepQuote) cancel = NULL;

  life->declines = TRUE;
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  state = upkeep_test_life_state (life);
  g_assert_cmpint (state->state, ==, UPKEEP_STATE_PAST_DUE);
  g_assert_cmpint (state->past_due_minor, ==, 3000);
  upkeep_test_assert_instant (state->past_due_since_s, "2026-06-01T00:00:00Z");
  upkeep_test_assert_instant (state->next_retry_at_s, "2026-06-02T00:00:00Z");
  upkeep_test_assert_instant (state->period.end_s, "2026-06-01T00:00:00Z"); /* the last paid term */
  g_assert_cmpint (state->renews_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (((UpkeepStatementMeter *) g_ptr_array_index (state->meters, 0))->spendable, ==,
                   0);

  cancel = upkeep_test_life_quote (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE);
  g_assert_true (upkeep_quote_is_blocked (cancel, UPKEEP_BLOCKED_PAST_DUE)); /* B-25, C-34 */
  g_assert_cmpint (g_array_index (cancel->blocked, UpkeepBlocked, 0).measured, ==, 3000);

  upkeep_test_life_advance (life, "2026-06-06T00:00:00Z");
  g_assert_cmpint (life->account->retries_done, ==, 3);
  g_clear_pointer (&state, upkeep_statement_unref);
  state = upkeep_test_life_state (life);
  g_assert_cmpint (state->next_retry_at_s, ==, UPKEEP_INSTANT_NONE);
  upkeep_test_life_advance (life, "2026-06-07T23:59:59Z");
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_PAST_DUE);
  upkeep_test_life_advance (life, "2026-06-08T00:00:00Z");
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
  g_assert_cmpint (life->account->money_minor, ==, 0);
  g_assert_cmpint (life->charged_minor, ==, 3000);
  g_assert_cmpint (
      ((UpkeepChange *) g_ptr_array_index (life->changes, life->changes->len - 1))->open_invoices,
      ==, UPKEEP_OPEN_INVOICES_VOID);
}

/* B-26, RULES 0.10: a retry that goes through, or paying, renews from the original date. */
static void
test_past_due_paid (void)
{
  const gboolean by_hand[] = {FALSE, TRUE};

  for (gsize i = 0; i < G_N_ELEMENTS (by_hand); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);

    life->declines = TRUE;
    upkeep_test_life_advance (life, "2026-06-03T12:00:00Z");
    life->declines = FALSE;
    if (by_hand[i]) {
      g_autoptr (UpkeepQuote) pay =
          upkeep_test_life_quote (life, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE);
      const UpkeepOption *option = upkeep_quote_find_option (pay, UPKEEP_TIMING_IMMEDIATE);

      g_assert_cmpint (option->bill.total_minor, ==, 3000);
      upkeep_test_assert_instant (option->renews_at_s, "2026-07-01T00:00:00Z");
      g_assert_cmpint (option->grant.quantity, ==, 54000);
      upkeep_test_life_accept (life, pay, UPKEEP_TIMING_IMMEDIATE);
    } else {
      upkeep_test_life_advance (life, "2026-06-04T00:00:00Z");
    }

    g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ACTIVE);
    upkeep_test_assert_instant (life->account->term.start_s, "2026-06-01T00:00:00Z");
    upkeep_test_assert_instant (life->account->term.end_s, "2026-07-01T00:00:00Z");
    g_assert_cmpint (life->charged_minor, ==, 6000);
    g_assert_cmpint (g_array_index (life->account->grants, UpkeepGrant, 0).remaining, ==, 54000);
    upkeep_test_life_advance (life, "2026-07-01T00:00:00Z");
    g_assert_cmpint (life->charged_minor, ==, 9000);
  }
}

/* RULES 0.29: where access is kept, what was left stays usable until the spell ends. */
static void
test_past_due_keeps_access (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);

  upkeep_test_life_use (life, 1000, 0, -1);
  life->declines = TRUE;
  upkeep_test_life_advance (life, "2026-06-03T00:00:00Z");
  {
    g_autoptr (UpkeepStatement) state = upkeep_test_life_state (life);

    g_assert_cmpint (((UpkeepStatementMeter *) g_ptr_array_index (state->meters, 0))->spendable, ==,
                     3000);
  }
  upkeep_test_life_advance (life, "2026-06-08T00:00:00Z");
  g_assert_cmpstr (life->account->plan, ==, "free");
  g_assert_cmpint (g_array_index (life->account->grants, UpkeepGrant, 0).remaining, ==, 300);
}

/* CONTRACT section 8: a scheduled switch whose renewal is declined has taken effect. */
static void
test_declined_switch (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);

  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "basic", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_PERIOD_END);
  life->declines = TRUE;
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpstr (life->account->plan, ==, "basic");
  g_assert_cmpint (life->account->scheduled, ==, UPKEEP_SCHEDULED_NOTHING);
  g_assert_cmpint (upkeep_account_get_owed_minor (life->account), ==, 1000);
}

static void
buy_hours (UpkeepTestLife *life, gint64 n_hours)
{
  g_autoptr (UpkeepQuote) quote = upkeep_test_life_quote_topup (life, n_hours * 3600);

  g_assert_cmpint (upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE)->bill.total_minor, ==,
                   0);
  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
}

/* A-48..A-50, RULES 0.8, 0.27: each second accrues 400/3600 cents; the threshold is charged exactly
 * and the fraction carries over; mj-metered-only-what-is-used: $17.32 is what $17.32 costs. */
static void
test_metered (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);

  buy_hours (life, 20);
  upkeep_test_life_use (life, 54000, 0, 0);
  g_assert_cmpint (life->account->metered_parts, ==, 0);
  upkeep_test_life_use (life, 15588, 0, 0); /* $17.32 */
  g_assert_cmpint (upkeep_account_get_unbilled_minor (life->account, life->edition), ==, 1732);
  {
    g_autoptr (UpkeepStatement) state = upkeep_test_life_state (life);

    g_assert_cmpint (state->next_charge_minor, ==, 3000 + 1732);
    g_assert_cmpint (state->unbilled_minor, ==, 1732);
    g_assert_cmpint (state->threshold_minor, ==, 3000);
  }
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (life->charged_minor, ==, 3000 + 3000 + 1732);

  /* Usage that passes the threshold twice is charged twice (0.27). */
  upkeep_test_life_use (life, 54000, 0, 0);
  buy_hours (life, 20);
  upkeep_test_life_use (life, 27000 * 2 + 1, 0, 0);
  g_assert_cmpint (life->charged_minor, ==, 3000 + 3000 + 1732 + 6000);
  g_assert_cmpint (life->account->metered_parts, ==, 400); /* one second: 400/3600 cents */
}

/* RULES 0.27, CONTRACT sections 4 and 8: on a yearly term the next refill charges what is metered,
 * and the renewal the price: each is foretold as it comes. */
static void
test_yearly_forecast (void)
{
  const struct {
    gint64 balance_minor; /* left over by a change, see below */
    gint64 used;
    const char *next_at;
    gint64 next_minor, renewal_minor;
  } vectors[] = {
      {0, 0, "2027-05-01T00:00:00Z", 28800, 28800},
      {0, 3600, "2026-06-01T00:00:00Z", 400, 28800},
      {300, 3600, "2026-06-01T00:00:00Z", 100, 28800},
      {400, 3600, "2027-05-01T00:00:00Z", 28800, 28800},
      {500, 3600, "2027-05-01T00:00:00Z", 28700, 28700},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_YEAR);
    g_autoptr (UpkeepStatement) state = NULL;
    g_autoptr (UpkeepQuote) later = NULL;
    g_autoptr (UpkeepQuote) topup = NULL;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    buy_hours (life, 2);
    life->account->money_minor = vectors[i].balance_minor;
    upkeep_test_life_use (life, 54000 + vectors[i].used, 0, 0);
    state = upkeep_test_life_state (life);
    upkeep_test_assert_instant (state->next_charge_at_s, vectors[i].next_at);
    g_assert_cmpint (state->next_charge_minor, ==, vectors[i].next_minor);
    upkeep_test_assert_instant (state->renews_at_s, "2027-05-01T00:00:00Z");
    topup = upkeep_test_life_quote_topup (life, 3600);
    g_assert_cmpint (upkeep_quote_find_option (topup, UPKEEP_TIMING_IMMEDIATE)->renewal_total_minor,
                     ==, vectors[i].renewal_minor);
    later = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "basic", UPKEEP_INTERVAL_YEAR);
    g_assert_cmpint (
        upkeep_quote_find_option (later, UPKEEP_TIMING_PERIOD_END)->renewal_total_minor, ==,
        vectors[i].renewal_minor - 28800 + 9600);

    upkeep_test_life_advance_to (life, state->next_charge_at_s - 1);
    g_assert_cmpint (life->charged_minor, ==, 28800);
    upkeep_test_life_advance_to (life, state->next_charge_at_s);
    g_assert_cmpint (life->charged_minor, ==, 28800 + vectors[i].next_minor);
  }
}

/* CONTRACT section 8: a declined charge that covers several thresholds owes them all; paying leaves
 * the period. */
static void
test_declined_threshold (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);

  buy_hours (life, 10);
  upkeep_test_life_use (life, 12000, 0, 0);
  upkeep_test_life_advance (life, "2026-05-10T00:00:00Z");
  life->declines = TRUE;
  upkeep_test_life_use (life, 18900, 0, 0); /* $21.00 against $10.00 */
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_PAST_DUE);
  g_assert_cmpint (upkeep_account_get_owed_minor (life->account), ==, 2000);
  g_assert_cmpint (upkeep_account_get_unbilled_minor (life->account, life->edition), ==, 100);
  life->declines = FALSE;
  upkeep_test_life_do (life, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ACTIVE);
  upkeep_test_assert_instant (life->account->term.end_s, "2026-06-01T00:00:00Z");
}

/* RULES 0.27, 0.29: the rest is charged when a cancellation takes effect; declined, it comes with
 * the next subscription. */
static void
test_metered_at_end (void)
{
  const gboolean declines[] = {FALSE, TRUE};

  for (gsize i = 0; i < G_N_ELEMENTS (declines); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);

    buy_hours (life, 2);
    upkeep_test_life_use (life, 54000 + 3600, 0, 0);
    upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                         UPKEEP_TIMING_PERIOD_END);
    life->declines = declines[i];
    upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
    g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
    g_assert_cmpint (life->charged_minor, ==, declines[i] ? 3000 : 3400);

    /* one bought hour is left, frozen, and comes back with a plan. */
    {
      g_autoptr (UpkeepStatement) state = upkeep_test_life_state (life);
      const UpkeepStatementMeter *meter = g_ptr_array_index (state->meters, 0);

      g_assert_cmpint (meter->spendable, ==, 0);
      g_assert_false (g_array_index (meter->grants, UpkeepStatementGrant, 0).usable);
    }

    life->declines = FALSE;
    upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, "basic", UPKEEP_INTERVAL_MONTH,
                         UPKEEP_TIMING_IMMEDIATE);
    g_assert_cmpint (life->charged_minor, ==, 3000 + 400 + 1000);
    g_assert_cmpint (life->account->money_minor, ==, 0);
    g_assert_cmpint (upkeep_get_spendable (life->edition, life->account, life->now_s), ==,
                     12000 + 3600);
  }
}

/* RULES 0.29, 0.8: when the spell ends, what is metered and not billed yet is owed with the rest:
 * all of it comes with the next subscription, once. */
static void
test_metered_at_lapse (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);

  buy_hours (life, 10);
  upkeep_test_life_use (life, 12000, 0, 0);
  upkeep_test_life_advance (life, "2026-05-10T00:00:00Z");
  life->declines = TRUE;
  upkeep_test_life_use (life, 9000 + 900 + 5, 0, 0); /* $10.00, $1.00 and five seconds */
  upkeep_test_life_advance (life, "2026-05-17T00:00:00Z");
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
  g_assert_cmpint (upkeep_account_get_owed_minor (life->account), ==, 1100);
  g_assert_cmpint (life->account->metered_parts, ==, 5 * 400);

  life->declines = FALSE;
  upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, "basic", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->charged_minor, ==, 1000 + 1100 + 1000);
}

/* RULES 0.25: at one instant the end takes effect before anything is charged. */
static void
test_lapse_at_renewal (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);

  buy_hours (life, 10);
  upkeep_test_life_use (life, 12000, 0, 0);
  upkeep_test_life_advance (life, "2026-05-25T00:00:00Z");
  life->declines = TRUE;
  upkeep_test_life_use (life, 9000, 0, 0);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
  g_assert_cmpuint (life->invoices->len, ==, 2); /* the term's and the threshold's */
}

/* RULES 0.1: a plan that the account's edition does not know goes on at the price of its term,
 * gives nothing, and is not up for a change. */
static void
test_plan_that_is_gone (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepTestLife) owing = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepStatement) state = NULL;
  g_autoptr (UpkeepQuote) cancel = NULL;
  g_autoptr (UpkeepQuote) change = NULL;
  g_autoptr (UpkeepQuote) pay = NULL;
  const UpkeepOption *option;

  g_free (life->account->plan);
  life->account->plan = g_strdup ("gone");
  g_assert_cmpint (upkeep_get_threshold_minor (life->edition, life->account), ==, 0);
  state = upkeep_test_life_state (life);
  g_assert_cmpint (state->next_charge_minor, ==, 3000);
  g_assert_cmpint (((UpkeepStatementMeter *) g_ptr_array_index (state->meters, 0))->allowance, ==,
                   0);
  change = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH);
  g_assert_true (upkeep_quote_is_blocked (change, UPKEEP_BLOCKED_NO_SUBSCRIPTION));
  cancel = upkeep_test_life_quote (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE);
  g_assert_cmpuint (cancel->options->len, ==, 1); /* no percent of no allotment holds */
  g_assert_nonnull (upkeep_quote_find_option (cancel, UPKEEP_TIMING_PERIOD_END));
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (life->charged_minor, ==, 6000);
  g_assert_cmpuint (life->account->grants->len, ==, 0);
  upkeep_test_life_use (life, 10, 0, -1); /* nothing to fall to */
  g_assert_cmpint (life->account->mode, ==, 0);

  owing->declines = TRUE;
  upkeep_test_life_advance (owing, "2026-06-01T00:00:00Z");
  g_free (owing->account->plan);
  owing->account->plan = g_strdup ("gone");
  pay = upkeep_test_life_quote (owing, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE);
  option = upkeep_quote_find_option (pay, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->bill.total_minor, ==, 3000);
  g_assert_false (option->has_grant);
}

/* RULES 0.11, 0.29: a cancellation stands while a threshold is owed; paying does not take it back,
 * and the quote foretells no renewal. */
static void
test_paying_keeps_cancellation (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) pay = NULL;
  const UpkeepOption *option;

  buy_hours (life, 10);
  upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_PERIOD_END);
  upkeep_test_life_advance (life, "2026-05-28T00:00:00Z");
  life->declines = TRUE;
  upkeep_test_life_use (life, 12000 + 9000, 0, 0);
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_PAST_DUE);
  pay = upkeep_test_life_quote (life, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE);
  option = upkeep_quote_find_option (pay, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->renews_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_false (option->has_renewal_total);
  life->declines = FALSE;
  upkeep_test_life_accept (life, pay, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->account->scheduled, ==, UPKEEP_SCHEDULED_CANCEL);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
  g_assert_cmpint (life->charged_minor, ==, 2000);
}

/* a plan that is not sold by the month has no threshold: its use comes with the refill. */
static void
test_no_threshold (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_YEAR);

  ((UpkeepPlan *) upkeep_edition_find_plan (life->edition, "basic"))
      ->price_minor[UPKEEP_INTERVAL_MONTH] = -1;
  buy_hours (life, 10);
  upkeep_test_life_use (life, 12000 + 18000, 0, 0);
  g_assert_cmpint (life->charged_minor, ==, 9600);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (life->charged_minor, ==, 9600 + 2000);
}

/* RULES 0.25, 0.3: balance first, and none of it for a term that costs nothing. */
static void
test_free_renewal_keeps_balance (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  const UpkeepInvoice *invoice;

  ((UpkeepPlan *) upkeep_edition_find_plan (life->edition, "basic"))
      ->price_minor[UPKEEP_INTERVAL_MONTH] = 0;
  life->account->money_minor = 500;
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  invoice = g_ptr_array_index (life->invoices, life->invoices->len - 1);
  g_assert_cmpuint (invoice->bill.n_lines, ==, 1);
  g_assert_cmpint (life->account->money_minor, ==, 500);
}

/* RULES 0.25: at one instant a grant that ends does so first. */
static void
test_order_at_one_instant (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (GError) error = NULL;
  UpkeepDue due;

  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 60,
                         upkeep_test_instant ("2026-06-01T00:00:00Z"));
  g_assert_true (upkeep_due_next (life->edition, life->account, &due, &error));
  g_assert_cmpint (due.kind, ==, UPKEEP_DUE_EXPIRY);
  life->account->refund_expected_by_s = upkeep_test_instant ("2026-05-31T00:00:00Z");
  g_assert_true (upkeep_due_next (life->edition, life->account, &due, &error));
  g_assert_cmpint (due.kind, ==, UPKEEP_DUE_EXPIRY);
  g_array_set_size (life->account->grants, 0);
  g_assert_true (upkeep_due_next (life->edition, life->account, &due, &error));
  g_assert_cmpint (due.kind, ==, UPKEEP_DUE_ARRIVAL);
  upkeep_test_assert_instant (due.at_s, "2026-06-01T00:00:00Z");
}

/* RULES 0.29, 0.26: what is used while a renewal is owed belongs to the month that began with it,
 * also once it is paid. */
static void
test_use_while_owing (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);

  upkeep_test_life_use (life, 1000, 0, -1);
  life->declines = TRUE;
  upkeep_test_life_advance (life, "2026-06-02T12:00:00Z");
  upkeep_test_life_use (life, 100, 3, -1);
  life->declines = FALSE;
  upkeep_test_life_do (life, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->account->use_month.units[0], ==, 100);
  g_assert_cmpint (life->account->use_month.images, ==, 3);
  g_assert_cmpint (g_array_index (life->account->grants, UpkeepGrant, 0).remaining, ==, 4000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/due/anchor", test_anchor);
  g_test_add_func ("/model/due/refill", test_refill);
  g_test_add_func ("/model/due/past-due-lapses", test_past_due_lapses);
  g_test_add_func ("/model/due/past-due-paid", test_past_due_paid);
  g_test_add_func ("/model/due/past-due-keeps-access", test_past_due_keeps_access);
  g_test_add_func ("/model/due/declined-switch", test_declined_switch);
  g_test_add_func ("/model/due/metered", test_metered);
  g_test_add_func ("/model/due/yearly-forecast", test_yearly_forecast);
  g_test_add_func ("/model/due/declined-threshold", test_declined_threshold);
  g_test_add_func ("/model/due/metered-at-end", test_metered_at_end);
  g_test_add_func ("/model/due/metered-at-lapse", test_metered_at_lapse);
  g_test_add_func ("/model/due/lapse-at-renewal", test_lapse_at_renewal);
  g_test_add_func ("/model/due/plan-that-is-gone", test_plan_that_is_gone);
  g_test_add_func ("/model/due/paying-keeps-cancellation", test_paying_keeps_cancellation);
  g_test_add_func ("/model/due/no-threshold", test_no_threshold);
  g_test_add_func ("/model/due/free-renewal-keeps-balance", test_free_renewal_keeps_balance);
  g_test_add_func ("/model/due/order-at-one-instant", test_order_at_one_instant);
  g_test_add_func ("/model/due/use-while-owing", test_use_while_owing);
  return g_test_run ();
}

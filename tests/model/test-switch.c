/* SPDX-License-Identifier: GPL-3.0-or-later */
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

/* ..A-39, RULES 0.3 and 4.3: credit by unused allotment, half up; the renewal date
 * resets. */
static void
test_usage_credit (void)
{
  const struct {
    const char *from, *to;
    gint64 used;
    gint64 credit_minor, total_minor;
  } vectors[] = {
      {"basic", "standard", 0, 1000, 2000},   /* A-38; mj-upgrade-basic-to-standard-none-used */
      {"basic", "standard", 6000, 500, 2500}, /* mj-upgrade-basic-to-standard-half-used */
      {"basic", "standard", 12000, 0, 3000},  /* mj-upgrade-basic-to-standard-all-used */
      {"basic", "standard", 99999, 0, 3000},  /* an overrun costs nothing, RULES 0.12 */
      {"standard", "pro", 27000, 1500, 4500}, /* */
      {"basic", "pro", 1, 1000, 5000},        /* 999.9167 rounds up */
      {"basic", "pro", 11999, 0, 6000},       /* 0.0833 rounds down */
      {"basic", "pro", 11994, 1, 5999},       /* exactly half rounds up: 1000 x 6 / 12000 = 0.5 */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, vectors[i].from, UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuote) quote = NULL;
    const UpkeepOption *option;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    upkeep_test_life_advance (life, "2026-05-10T12:00:00Z");
    upkeep_test_life_use (life, vectors[i].used, 0, 0);
    quote =
        upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, vectors[i].to, UPKEEP_INTERVAL_MONTH);
    g_assert_cmpint (quote->direction, ==, UPKEEP_DIRECTION_UPGRADE);
    g_assert_cmpuint (quote->options->len, ==, 2); /* */

    option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
    g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT), ==,
                     -vectors[i].credit_minor);
    g_assert_cmpint (option->bill.total_minor, ==, vectors[i].total_minor);
    upkeep_test_assert_instant (option->renews_at_s, "2026-06-10T12:00:00Z"); /* */

    upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
    g_assert_cmpstr (life->account->plan, ==, vectors[i].to);
    upkeep_test_assert_instant (life->account->term.end_s, "2026-06-10T12:00:00Z");
    g_assert_cmpint (life->account->grants->len, ==, 1); /* 0.28: the old plan grant is gone */
  }
}

/* RULES 0.3: on a yearly term the unused share of this month and the untouched months count. */
static void
test_yearly_credit (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_YEAR);
  g_autoptr (UpkeepQuote) quote = NULL;
  const UpkeepOption *option;
  const UpkeepLine *credit;

  upkeep_test_life_advance (life,
                            "2026-07-15T00:00:00Z"); /* the third refill month; nine to come */
  upkeep_test_life_use (life, 6000, 0, 0);
  quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "standard", UPKEEP_INTERVAL_MONTH);
  option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  credit = upkeep_bill_find (&option->bill, UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT);
  g_assert_cmpint (credit->amount_minor, ==, -7600); /* $8 x 9.5 */
  g_assert_cmpint (credit->price_minor, ==, 9600);
  g_assert_cmpint (credit->unused, ==, 9 * 12000 + 6000);
  g_assert_cmpint (credit->allowance, ==, 12 * 12000);
  /* 0.3: what is above the new price stays as balance, is spent by later charges and never paid
   * out. */
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_CREDIT_TO_BALANCE), ==, 4600);
  g_assert_cmpint (option->bill.total_minor, ==, 0);
  g_assert_cmpint (option->renewal_total_minor, ==, 0);

  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->account->money_minor, ==, 4600);
  upkeep_test_life_advance (life, "2026-08-15T00:00:00Z");
  g_assert_cmpint (life->account->money_minor, ==, 1600);
  upkeep_test_life_advance (life, "2026-09-15T00:00:00Z");
  g_assert_cmpint (life->account->money_minor, ==, 0);
  g_assert_cmpint (life->charged_minor, ==, 9600 + 1400);
}

/* D-09..D-15, D-37, RULES 0.4, X-04: what the old plan gives back is told by its own line, new
 * price less old price, the date stays, the allotments' difference is added. */
static void
test_price_difference (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) quote = NULL;
  const UpkeepOption *option;

  upkeep_test_life_advance (life, "2026-05-10T00:00:00Z");
  upkeep_test_life_use (life, 1000, 0, -1);
  quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH);
  g_assert_cmpuint (quote->options->len, ==, 1); /* now only */
  option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_PLAN_PRICE), ==, 19900);
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_PRICE_DIFFERENCE), ==, -4900);
  g_assert_cmpint (option->bill.total_minor, ==, 15000); /* D-13 */
  g_assert_cmpint (option->grant.quantity, ==, 16000);   /* D-15, by this edition's figures */
  upkeep_test_assert_instant (option->grant.expires_at_s, "2026-06-01T00:00:00Z"); /* D-12 */
  upkeep_test_assert_instant (option->renews_at_s, "2026-06-01T00:00:00Z");        /* D-10, D-14 */

  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
  {
    g_autoptr (UpkeepStatement) state = upkeep_test_life_state (life);
    const UpkeepStatementMeter *meter = g_ptr_array_index (state->meters, 0);

    g_assert_cmpint (meter->allowance, ==, 20000);
    g_assert_cmpint (meter->remaining, ==, 19000);
    g_assert_cmpint (meter->used, ==, 1000);
  }
}

/* RULES 0.4, 0.28: a yearly term begins at once, the month is credited in full, its allotment is
 * given anew. */
static void
test_month_to_year (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) quote = NULL;
  const UpkeepOption *option;

  upkeep_test_life_advance (life, "2026-05-10T00:00:00Z");
  quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "starter", UPKEEP_INTERVAL_YEAR);
  g_assert_cmpint (quote->direction, ==, UPKEEP_DIRECTION_UPGRADE); /* 0.5 */
  option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->bill.total_minor, ==, 48000 - 4900);
  g_assert_cmpint (option->grant.quantity, ==, 4000);
  upkeep_test_assert_instant (option->renews_at_s, "2027-05-10T00:00:00Z");
}

/* A-32, D-03, D-08, D-16: at any time, up or down by the catalogue's tiers. D-18..D-21: which tiers
 * a change of interval may reach. */
static void
test_interval_matrix (void)
{
  const struct {
    const char *from;
    UpkeepInterval from_interval;
    const char *to;
    UpkeepInterval to_interval;
    int blocked; /* -1: allowed */
    UpkeepDirection direction;
  } vectors[] = {
      {"starter", UPKEEP_INTERVAL_MONTH, "lite", UPKEEP_INTERVAL_MONTH, -1,
       UPKEEP_DIRECTION_DOWNGRADE}, /* D-18 */
      {"starter", UPKEEP_INTERVAL_YEAR, "lite", UPKEEP_INTERVAL_YEAR, -1,
       UPKEEP_DIRECTION_DOWNGRADE}, /* D-19 */
      {"starter", UPKEEP_INTERVAL_MONTH, "pro", UPKEEP_INTERVAL_YEAR, -1,
       UPKEEP_DIRECTION_UPGRADE}, /* D-20 */
      {"starter", UPKEEP_INTERVAL_MONTH, "lite", UPKEEP_INTERVAL_YEAR,
       UPKEEP_BLOCKED_LOWER_TIER_NOT_ALLOWED, UPKEEP_DIRECTION_DOWNGRADE}, /* D-20 */
      {"starter", UPKEEP_INTERVAL_YEAR, "pro", UPKEEP_INTERVAL_MONTH,
       UPKEEP_BLOCKED_INTERVAL_SWITCH_UNSUPPORTED, UPKEEP_DIRECTION_UPGRADE}, /* D-21 */
      {"starter", UPKEEP_INTERVAL_MONTH, "starter", UPKEEP_INTERVAL_MONTH, UPKEEP_BLOCKED_SAME_PLAN,
       UPKEEP_DIRECTION_DOWNGRADE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life =
        subscriber (CREDITS, vectors[i].from, vectors[i].from_interval);
    g_autoptr (UpkeepQuote) quote =
        upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, vectors[i].to, vectors[i].to_interval);

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (quote->direction, ==, vectors[i].direction);
    if (vectors[i].blocked < 0) {
      g_assert_cmpuint (quote->blocked->len, ==, 0);
      continue;
    }
    g_assert_cmpuint (quote->blocked->len, ==, 1);
    g_assert_true (upkeep_quote_is_blocked (quote, vectors[i].blocked));
  }
}

/* A-35, D-04, D-17, RULES 0.11: a downgrade waits for the period's end, can be undone, then takes
 * effect. */
static void
test_downgrade (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) quote =
      upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "basic", UPKEEP_INTERVAL_MONTH);

  g_assert_cmpint (quote->direction, ==, UPKEEP_DIRECTION_DOWNGRADE);
  g_assert_cmpuint (quote->options->len, ==, 1);
  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_PERIOD_END);
  g_assert_cmpstr (life->account->plan, ==, "standard");

  upkeep_test_life_do (life, UPKEEP_QUOTE_RESUME, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->account->scheduled, ==, UPKEEP_SCHEDULED_NOTHING);

  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "basic", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_PERIOD_END);
  upkeep_test_life_advance (life, "2026-05-31T23:59:59Z");
  g_assert_cmpstr (life->account->plan, ==, "standard");
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpstr (life->account->plan, ==, "basic");
  g_assert_cmpint (life->charged_minor, ==, 3000 + 1000);
}

/* RULES 0.20: a second change credits the full price of the current term, not the last charge. */
static void
test_second_upgrade (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);

  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "standard", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->charged_minor, ==, 1000 + 2000 + 3000);
}

/* X-04, stripe-time-proration-contrast: by time both prices count for the rest of the term; a term
 * that begins anew is paid in full. Usage decides nothing. */
static void
test_time (void)
{
  const struct {
    UpkeepAnchor anchor;
    UpkeepInterval interval;
    gint64 price_minor, total_minor;
    const char *renews_at;
  } vectors[] = {
      {UPKEEP_ANCHOR_KEEP, UPKEEP_INTERVAL_MONTH, 1500, 1000, "2026-05-01T00:00:00Z"},
      {UPKEEP_ANCHOR_RESET, UPKEEP_INTERVAL_MONTH, 3000, 2500, "2026-05-16T00:00:00Z"},
      {UPKEEP_ANCHOR_KEEP, UPKEEP_INTERVAL_YEAR, 28800, 28300, "2027-04-16T00:00:00Z"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = upkeep_test_life_new_subscribed (
        GPU, "basic", UPKEEP_INTERVAL_MONTH, "2026-04-01T00:00:00Z");
    g_autoptr (UpkeepQuote) quote = NULL;
    const UpkeepOption *option;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    life->edition->policy.proration = UPKEEP_PRORATION_TIME;
    life->edition->policy.upgrade_anchor = vectors[i].anchor;
    upkeep_test_life_advance (life, "2026-04-16T00:00:00Z"); /* half of 30 days */
    upkeep_test_life_use (life, 12000, 0, 0);
    quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "standard", vectors[i].interval);
    option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
    g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_PLAN_PRICE), ==,
                     vectors[i].price_minor);
    g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT), ==,
                     -500);
    g_assert_cmpint (option->bill.total_minor, ==, vectors[i].total_minor);
    upkeep_test_assert_instant (option->renews_at_s, vectors[i].renews_at);
    upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
    upkeep_test_assert_instant (life->account->term.end_s, vectors[i].renews_at);
    g_assert_cmpint (life->account->money_minor, ==, 0);
  }
}

/* more than 1,000,000 needs the company's plan; exactly 1,000,000 does not. */
static void
test_company (void)
{
  const struct {
    gint64 revenue_usd;
    const char *plan;
    gboolean blocked;
  } vectors[] = {
      {-1, "standard", FALSE},     {0, "standard", FALSE},  {1000000, "standard", FALSE},
      {1000001, "standard", TRUE}, {1000001, "pro", FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (UPKEEP_QUOTE_SWITCH);
    g_autoptr (UpkeepQuote) quote = NULL;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    request->plan = g_strdup (vectors[i].plan);
    request->interval = UPKEEP_INTERVAL_MONTH;
    request->company_revenue_usd = vectors[i].revenue_usd;
    g_assert_true (
        upkeep_decide (life->edition, life->account, request, life->now_s, &quote, NULL));
    g_assert_cmpint (upkeep_quote_is_blocked (quote, UPKEEP_BLOCKED_PLAN_REQUIRES_COMPANY_TIER), ==,
                     vectors[i].blocked);
    if (vectors[i].blocked) {
      const UpkeepBlocked *blocked = &g_array_index (quote->blocked, UpkeepBlocked, 0);

      g_assert_cmpint (blocked->limit, ==, 1000000); /* 0.22 */
      g_assert_cmpint (blocked->measured, ==, 1000001);
    }
  }
}

/* RULES 0.13, 0.24, CONTRACT section 5: what cannot be subscribed to, and every reason at once. */
static void
test_subscribe_blocked (void)
{
  g_autoptr (UpkeepTestLife) gpu = upkeep_test_life_new (GPU, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepTestLife) credits = upkeep_test_life_new (CREDITS, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) trial =
      upkeep_test_life_quote (gpu, UPKEEP_QUOTE_SUBSCRIBE, "trial", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) unknown =
      upkeep_test_life_quote (gpu, UPKEEP_QUOTE_SUBSCRIBE, "mega", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) no_card =
      upkeep_test_life_quote (gpu, UPKEEP_QUOTE_SUBSCRIBE, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) free_plan =
      upkeep_test_life_quote (credits, UPKEEP_QUOTE_SUBSCRIBE, "free", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) no_subscription =
      upkeep_test_life_quote (gpu, UPKEEP_QUOTE_SWITCH, "basic", UPKEEP_INTERVAL_MONTH);

  g_assert_cmpuint (trial->blocked->len, ==, 1);
  g_assert_true (upkeep_quote_is_blocked (trial, UPKEEP_BLOCKED_TRIAL_UNAVAILABLE));
  g_assert_cmpuint (unknown->blocked->len, ==, 1);
  g_assert_true (upkeep_quote_is_blocked (unknown, UPKEEP_BLOCKED_UNKNOWN_PLAN));
  g_assert_cmpuint (no_card->blocked->len, ==, 1);
  g_assert_true (upkeep_quote_is_blocked (no_card, UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED));
  g_assert_cmpuint (free_plan->blocked->len, ==, 1);
  g_assert_true (upkeep_quote_is_blocked (free_plan, UPKEEP_BLOCKED_SAME_PLAN));
  g_assert_cmpuint (no_subscription->blocked->len, ==, 2);
  g_assert_cmpint (g_array_index (no_subscription->blocked, UpkeepBlocked, 0).code, ==,
                   UPKEEP_BLOCKED_NO_SUBSCRIPTION);
  g_assert_cmpint (g_array_index (no_subscription->blocked, UpkeepBlocked, 1).code, ==,
                   UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED);
}

/* CONTRACT section 5: what is not sold is unknown, to one on a trial the free plan too; what is no
 * longer offered stays with those who have it. */
static void
test_not_sold (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepTestLife) trial = upkeep_test_life_new (CREDITS, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepTestLife) stranger = upkeep_test_life_new (CREDITS, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) withdrawn = NULL;
  g_autoptr (UpkeepQuote) by_year = NULL;
  g_autoptr (UpkeepQuote) paid = NULL;
  g_autoptr (UpkeepQuote) free_plan = NULL;
  UpkeepPlan *starter = (UpkeepPlan *) upkeep_edition_find_plan (stranger->edition, "starter");

  starter->offered = FALSE;
  starter->price_minor[UPKEEP_INTERVAL_YEAR] = -1;
  withdrawn =
      upkeep_test_life_quote (stranger, UPKEEP_QUOTE_SUBSCRIBE, "starter", UPKEEP_INTERVAL_MONTH);
  g_assert_cmpuint (withdrawn->blocked->len, ==, 1);
  g_assert_true (upkeep_quote_is_blocked (withdrawn, UPKEEP_BLOCKED_UNKNOWN_PLAN));
  g_assert_false (upkeep_quote_is_blocked (withdrawn, UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED));

  starter = (UpkeepPlan *) upkeep_edition_find_plan (life->edition, "starter");
  starter->offered = FALSE;
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (life->charged_minor, ==, 2 * 4900);
  ((UpkeepPlan *) upkeep_edition_find_plan (life->edition, "pro"))
      ->price_minor[UPKEEP_INTERVAL_YEAR] = -1;
  by_year = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_YEAR);
  g_assert_true (upkeep_quote_is_blocked (by_year, UPKEEP_BLOCKED_UNKNOWN_PLAN));

  trial->account->state = UPKEEP_STATE_TRIAL;
  g_free (trial->account->plan);
  trial->account->plan = g_strdup ("trial");
  free_plan = upkeep_test_life_quote (trial, UPKEEP_QUOTE_SUBSCRIBE, "free", UPKEEP_INTERVAL_MONTH);
  g_assert_cmpuint (free_plan->blocked->len, ==, 1);
  g_assert_true (upkeep_quote_is_blocked (free_plan, UPKEEP_BLOCKED_UNKNOWN_PLAN));

  paid = upkeep_test_life_quote (life, UPKEEP_QUOTE_SUBSCRIBE, "free", UPKEEP_INTERVAL_MONTH);
  g_assert_cmpuint (paid->blocked->len, ==, 1);
  g_assert_true (upkeep_quote_is_blocked (paid, UPKEEP_BLOCKED_ALREADY_SUBSCRIBED));
}

/* RULES 0.3, 0.4, D-12: a plan without an allotment has nothing unused to credit and nothing that
 * could be added to. */
static void
test_no_allotment (void)
{
  g_autoptr (UpkeepTestLife) gpu = upkeep_test_life_new (GPU, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepTestLife) credits = upkeep_test_life_new (CREDITS, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) usage = NULL;
  g_autoptr (UpkeepQuote) difference = NULL;
  const UpkeepOption *option;

  ((UpkeepPlan *) upkeep_edition_find_plan (gpu->edition, "basic"))->allowance = 0;
  upkeep_test_life_give_card (gpu);
  upkeep_test_life_do (gpu, UPKEEP_QUOTE_SUBSCRIBE, "basic", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpuint (gpu->account->grants->len, ==, 0);
  usage = upkeep_test_life_quote (gpu, UPKEEP_QUOTE_SWITCH, "standard", UPKEEP_INTERVAL_MONTH);
  option = upkeep_quote_find_option (usage, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT), ==, 0);
  g_assert_cmpint (option->bill.total_minor, ==, 3000);

  ((UpkeepPlan *) upkeep_edition_find_plan (credits->edition, "lite"))->allowance = 0;
  upkeep_test_life_give_card (credits);
  upkeep_test_life_do (credits, UPKEEP_QUOTE_SUBSCRIBE, "lite", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  difference =
      upkeep_test_life_quote (credits, UPKEEP_QUOTE_SWITCH, "starter", UPKEEP_INTERVAL_MONTH);
  upkeep_test_life_accept (credits, difference, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpuint (credits->account->grants->len, ==, 1);
  g_assert_cmpint (g_array_index (credits->account->grants, UpkeepGrant, 0).remaining, ==, 4000);
  upkeep_test_assert_instant (g_array_index (credits->account->grants, UpkeepGrant, 0).expires_at_s,
                              "2026-06-01T00:00:00Z");
}

/* RULES D-08, D-12, 0.19: tiers decide what is up. One up that gives no more adds nothing, and
 * takes nothing away. */
static void
test_no_difference (void)
{
  const gint64 allowances[] = {4000, 3999, 4001};

  for (gsize i = 0; i < G_N_ELEMENTS (allowances); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuote) quote = NULL;
    const UpkeepOption *option;

    g_test_message ("%d", (int) allowances[i]);
    ((UpkeepPlan *) upkeep_edition_find_plan (life->edition, "pro"))->allowance = allowances[i];
    quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH);
    option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
    g_assert_cmpint (option->has_grant, ==, allowances[i] > 4000);
    upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
    g_assert_cmpint (g_array_index (life->account->grants, UpkeepGrant, 0).remaining, ==,
                     MAX (allowances[i], 4000));
  }
}

/* RULES: where the renewal date stays and the allotment is given in full, the old one
 * ends, also where the new plan has none. */
static void
test_full_grant_in_kept_term (void)
{
  const gint64 allowances[] = {20000, 0};

  for (gsize i = 0; i < G_N_ELEMENTS (allowances); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
    gint64 units = 0;

    life->edition->policy.upgrade_grant = UPKEEP_UPGRADE_GRANT_FULL;
    ((UpkeepPlan *) upkeep_edition_find_plan (life->edition, "pro"))->allowance = allowances[i];
    upkeep_test_life_use (life, 1000, 0, -1);
    upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH,
                         UPKEEP_TIMING_IMMEDIATE);
    for (guint j = 0; j < life->account->grants->len; j++)
      units += g_array_index (life->account->grants, UpkeepGrant, j).remaining;
    g_assert_cmpint (units, ==, allowances[i]);
    upkeep_test_assert_instant (life->account->term.end_s, "2026-06-01T00:00:00Z");
  }
}

/* RULES D-25, 0.28: bought and earned units stay through an upgrade, and come after the plan's. */
static void
test_upgrade_leaves_the_rest (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "lite", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) pack = NULL;
  gint64 units = 0;

  upkeep_test_life_use (life, 1400, 0, -1);
  pack = upkeep_test_life_quote_topup (life, 800);
  upkeep_test_life_accept (life, pack, UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "starter", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  for (guint i = 0; i < life->account->grants->len; i++)
    units += g_array_index (life->account->grants, UpkeepGrant, i).remaining;
  g_assert_cmpint (units, ==, 800 + (4000 - 1400));
  upkeep_test_life_use (life, 2600, 0, -1);
  g_assert_cmpint (g_array_index (life->account->grants, UpkeepGrant, 0).remaining, ==, 0);
  g_assert_cmpint (g_array_index (life->account->grants, UpkeepGrant, 1).remaining, ==, 800);
}

/* RULES 0.20, 0.31: at most one change is scheduled, and an immediate upgrade clears it. */
static void
test_upgrade_clears_schedule (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) quote = NULL;

  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "lite", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_PERIOD_END);
  quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH);
  g_assert_true (upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE)->effects &
                 (1u << UPKEEP_EFFECT_SCHEDULED_CHANGE_DROPPED));
  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->account->scheduled, ==, UPKEEP_SCHEDULED_NOTHING);
  g_assert_null (life->account->scheduled_plan);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpstr (life->account->plan, ==, "pro");
  g_assert_cmpint (life->charged_minor, ==, 4900 + 15000 + 19900);
}

/* RULES 0.3: an allotment that is larger than the plan's own credits the plan's price and no more.
 */
static void
test_credit_is_at_most_price (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) quote = NULL;

  life->edition->policy.upgrade_anchor = UPKEEP_ANCHOR_KEEP;
  life->edition->policy.upgrade_grant = UPKEEP_UPGRADE_GRANT_DIFFERENCE;
  ((UpkeepPlan *) upkeep_edition_find_plan (life->edition, "standard"))->allowance = 6000;
  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "standard", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH);
  g_assert_cmpint (
      upkeep_bill_get (&upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE)->bill,
                       UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT),
      ==, -3000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/switch/usage-credit", test_usage_credit);
  g_test_add_func ("/model/switch/yearly-credit", test_yearly_credit);
  g_test_add_func ("/model/switch/price-difference", test_price_difference);
  g_test_add_func ("/model/switch/month-to-year", test_month_to_year);
  g_test_add_func ("/model/switch/interval-matrix", test_interval_matrix);
  g_test_add_func ("/model/switch/downgrade", test_downgrade);
  g_test_add_func ("/model/switch/second-upgrade", test_second_upgrade);
  g_test_add_func ("/model/switch/time", test_time);
  g_test_add_func ("/model/switch/company", test_company);
  g_test_add_func ("/model/switch/subscribe-blocked", test_subscribe_blocked);
  g_test_add_func ("/model/switch/not-sold", test_not_sold);
  g_test_add_func ("/model/switch/no-allotment", test_no_allotment);
  g_test_add_func ("/model/switch/no-difference", test_no_difference);
  g_test_add_func ("/model/switch/full-grant-in-kept-term", test_full_grant_in_kept_term);
  g_test_add_func ("/model/switch/upgrade-leaves-the-rest", test_upgrade_leaves_the_rest);
  g_test_add_func ("/model/switch/upgrade-clears-schedule", test_upgrade_clears_schedule);
  g_test_add_func ("/model/switch/credit-is-at-most-price", test_credit_is_at_most_price);
  return g_test_run ();
}

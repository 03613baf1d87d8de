/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-test-life.h"

#define GPU      "midjourney-2023-03.json"
#define TWENTY   "midjourney-2025-04.json"
#define LIFELONG "midjourney-2024.json"
#define CREDITS  "minara-2026-06.json"

static void
add_clause (
    UpkeepEdition *edition, const char *id, UpkeepMetric metric, UpkeepScope scope, gint64 limit)
{
  UpkeepRefundClause *clause = upkeep_refund_clause_new ();

  clause->id = g_strdup (id);
  clause->metric = metric;
  clause->scope = scope;
  clause->limit = limit;
  g_ptr_array_add (edition->policy.refund.any_of, clause);
}

/* The twenty of X-01 over any time. */
static void
take_twenty_rule (UpkeepEdition *edition, UpkeepScope scope)
{
  g_ptr_array_set_size (edition->policy.refund.any_of, 0);
  add_clause (edition, "lt_20_minutes", UPKEEP_METRIC_UNITS, scope, 1200);
  add_clause (edition, "lt_20_images", UPKEEP_METRIC_IMAGES, scope, 20);
}

static UpkeepTestLife *
subscriber (const char *edition, const char *plan, UpkeepInterval interval)
{
  return upkeep_test_life_new_subscribed (edition, plan, interval, "2026-05-01T00:00:00Z");
}

static UpkeepQuote *
cancel_quote (UpkeepTestLife *life)
{
  return upkeep_test_life_quote (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE);
}

static gboolean
is_refundable (UpkeepTestLife *life)
{
  g_autoptr (UpkeepQuote) quote = cancel_quote (life);

  return upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE) != NULL;
}

static void
refund (UpkeepTestLife *life)
{
  upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_IMMEDIATE);
}

/* B-21, RULES 0.9, 0.21, 0.22: fewer than 20 minutes or fewer than 20 images; 20 is not fewer.
 * Every clause is told, held or not. */
static void
test_either (void)
{
  const struct {
    gint64 fast, relax, images;
    gboolean by_minutes, by_images;
  } vectors[] = {
      {0, 0, 0, TRUE, TRUE},         {1199, 0, 19, TRUE, TRUE},    {1199, 0, 20, TRUE, FALSE},
      {1200, 0, 19, FALSE, TRUE},    {1200, 0, 20, FALSE, FALSE},  {600, 599, 500, TRUE, FALSE},
      {600, 600, 500, FALSE, FALSE}, {0, 1200, 500, FALSE, FALSE}, {54000, 99999, 0, FALSE, TRUE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (TWENTY, "standard", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuote) quote = NULL;
    const UpkeepClauseReport *minutes, *images;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    upkeep_test_life_use (life, vectors[i].fast, vectors[i].images, 0);
    upkeep_test_life_use (life, vectors[i].relax, 0, 1);
    quote = cancel_quote (life);
    minutes = g_ptr_array_index (quote->refund_rule->clauses, 0);
    images = g_ptr_array_index (quote->refund_rule->clauses, 1);
    g_assert_cmpint (minutes->measured, ==, vectors[i].fast + vectors[i].relax);
    g_assert_cmpint (minutes->limit, ==, 1200);
    g_assert_cmpint (minutes->holds, ==, vectors[i].by_minutes);
    g_assert_cmpint (images->measured, ==, vectors[i].images);
    g_assert_cmpint (images->limit, ==, 20);
    g_assert_cmpint (images->holds, ==, vectors[i].by_images);
    g_assert_cmpint (quote->refund_rule->holds, ==, vectors[i].by_minutes || vectors[i].by_images);
    g_assert_cmpint (upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE) != NULL, ==,
                     vectors[i].by_minutes || vectors[i].by_images);
  }
}

/* RULES 0.30, B-21, X-01: the subscription runs on across renewals and changes and begins anew with
 * the next one; a lifetime never does. */
static void
test_scopes (void)
{
  const struct {
    UpkeepScope scope;
    gboolean later_month, later_subscription;
  } vectors[] = {
      {UPKEEP_SCOPE_MONTH, TRUE, TRUE},
      {UPKEEP_SCOPE_SUBSCRIPTION, FALSE, TRUE},
      {UPKEEP_SCOPE_LIFETIME, FALSE, FALSE},
      {UPKEEP_SCOPE_SINCE_RENEWAL, TRUE, TRUE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);

    g_test_message ("%s", upkeep_scope_to_string (vectors[i].scope));
    take_twenty_rule (life->edition, vectors[i].scope);
    upkeep_test_life_use (life, 1200, 20, 0);
    g_assert_false (is_refundable (life));
    upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "standard", UPKEEP_INTERVAL_MONTH,
                         UPKEEP_TIMING_PERIOD_END);
    upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
    g_assert_cmpint (is_refundable (life), ==, vectors[i].later_month);
    upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                         UPKEEP_TIMING_PERIOD_END);
    upkeep_test_life_advance (life, "2026-07-02T00:00:00Z");
    upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, "basic", UPKEEP_INTERVAL_MONTH,
                         UPKEEP_TIMING_IMMEDIATE);
    g_assert_cmpint (is_refundable (life), ==, vectors[i].later_subscription);
  }
}

/* RULES 0.36: only a rule of scope month ends with the first refill month of a term. */
static void
test_yearly_scopes (void)
{
  const UpkeepScope scopes[] = {UPKEEP_SCOPE_MONTH, UPKEEP_SCOPE_SUBSCRIPTION,
                                UPKEEP_SCOPE_LIFETIME, UPKEEP_SCOPE_SINCE_RENEWAL};

  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_YEAR);

    g_test_message ("%s", upkeep_scope_to_string (scopes[i]));
    take_twenty_rule (life->edition, scopes[i]);
    upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
    g_assert_cmpint (is_refundable (life), ==, scopes[i] != UPKEEP_SCOPE_MONTH);
    upkeep_test_life_advance (life, "2027-05-01T00:00:00Z");
    g_assert_true (is_refundable (life));
  }
}

/* RULES 0.37: once in 365 days, which the rule says where it holds a refund back; a law's right
 * does not count them. */
static void
test_at_most (void)
{
  const struct {
    const char *at;
    int measured;
    gboolean refundable;
  } vectors[] = {
      {"2026-05-02T00:00:00Z", 1, FALSE},
      {"2027-04-30T23:59:59Z", 1, FALSE},
      {"2027-05-01T00:00:00Z", 0, TRUE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (TWENTY, "basic", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuote) quote = NULL;

    g_test_message ("%s", vectors[i].at);
    refund (life);
    upkeep_test_life_advance (life, vectors[i].at);
    upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, "basic", UPKEEP_INTERVAL_MONTH,
                         UPKEEP_TIMING_IMMEDIATE);
    quote = cancel_quote (life);
    g_assert_true (
        ((UpkeepClauseReport *) g_ptr_array_index (quote->refund_rule->clauses, 0))->holds);
    g_assert_cmpint (quote->refund_rule->at_most_count, ==, 1);
    g_assert_cmpint (quote->refund_rule->at_most_days, ==, 365);
    g_assert_cmpint (quote->refund_rule->at_most_measured, ==, vectors[i].measured);
    g_assert_cmpint (quote->refund_rule->holds, ==, vectors[i].refundable);
    g_assert_cmpint (is_refundable (life), ==, vectors[i].refundable);
    life->account->country = g_strdup ("TW");
    g_assert_true (is_refundable (life));
  }
}

/* RULES 0.21, 0.22: a percentage of an allotment that 100 does not divide: what is shown as
 * measured and limit agrees with what holds. */
static void
test_percent_limit (void)
{
  const struct {
    gint64 allowance, percent, used, limit;
    gboolean holds;
  } vectors[] = {
      {12000, 1, 119, 120, TRUE}, {12000, 1, 120, 120, FALSE}, {150, 5, 7, 8, TRUE},
      {150, 5, 8, 8, FALSE},      {50, 1, 0, 1, TRUE},         {50, 1, 1, 1, FALSE},
      {100, 1, 0, 1, TRUE},       {100, 1, 1, 1, FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuote) quote = NULL;
    const UpkeepClauseReport *report;
    UpkeepRefundClause *clause = g_ptr_array_index (life->edition->policy.refund.any_of, 0);

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    clause->limit = vectors[i].percent;
    ((UpkeepPlan *) upkeep_edition_find_plan (life->edition, "basic"))->allowance =
        vectors[i].allowance;
    upkeep_test_life_use (life, vectors[i].used, 0, 0);
    quote = cancel_quote (life);
    report = g_ptr_array_index (quote->refund_rule->clauses, 0);
    g_assert_cmpint (report->limit, ==, vectors[i].limit);
    g_assert_cmpint (report->holds, ==, vectors[i].holds);
  }
}

/* RULES 0.18, C-13: a share so small that it rounds to nothing is no refund that is due. */
static void
test_share_of_nothing (void)
{
  const struct {
    gint64 used;
    gint64 refund_minor; /* -1: none */
  } vectors[] = {{3918, 100}, {3999, 1}, {4000, -1}};
  g_autoptr (UpkeepTestLife) pro = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuote) quote = NULL;
    const UpkeepOption *option;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    life->account->country = g_strdup ("FR");
    upkeep_test_life_use (life, vectors[i].used, 0, -1);
    quote = cancel_quote (life);
    option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
    if (vectors[i].refund_minor < 0)
      g_assert_null (option);
    else
      g_assert_cmpint (option->refund.amount_minor, ==, vectors[i].refund_minor);
  }

  pro = subscriber (GPU, "pro", UPKEEP_INTERVAL_MONTH);
  pro->account->country = g_strdup ("FR");
  upkeep_test_life_use (pro, 108000 - 8, 0, 0); /* 6000 x 8/108000 = 0.44 */
  g_assert_false (is_refundable (pro));
}

/* RULES 0.30: across upgrades that keep the term the cap is all that the payment method gave for
 * it; an upgrade that begins a new term begins it anew. */
static void
test_cap_after_upgrades (void)
{
  g_autoptr (UpkeepTestLife) kept = subscriber (CREDITS, "lite", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepTestLife) reset = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) kept_quote = NULL;
  g_autoptr (UpkeepQuote) reset_quote = NULL;
  const UpkeepOption *option;

  kept->account->country = g_strdup ("TW");
  upkeep_test_life_do (kept, UPKEEP_QUOTE_SWITCH, "starter", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_do (kept, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  kept_quote = cancel_quote (kept);
  option = upkeep_quote_find_option (kept_quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->refund.amount_minor, ==, 19900); /* 1900 + 3000 + 15000 */
  g_assert_null (upkeep_bill_find (&option->bill, UPKEEP_LINE_CREDIT_TO_BALANCE));

  upkeep_test_life_do (reset, UPKEEP_QUOTE_SWITCH, "standard", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_do (reset, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  reset_quote = cancel_quote (reset);
  option = upkeep_quote_find_option (reset_quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->refund.amount_minor, ==, 3000);
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_CREDIT_TO_BALANCE), ==, 3000);
  upkeep_test_life_accept (reset, reset_quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (upkeep_account_get_balance_minor (reset->account), ==, 3000);

  /* The balance pays the next term, and goes back where it came from. */
  upkeep_test_life_do (reset, UPKEEP_QUOTE_SUBSCRIBE, "standard", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (reset->account->money_minor, ==, 0);
  refund (reset);
  g_assert_cmpint (reset->refunded_minor, ==, 3000);
  g_assert_cmpint (upkeep_account_get_balance_minor (reset->account), ==, 3000);
}

static UpkeepOverride *
only_override (UpkeepTestLife *life)
{
  g_ptr_array_set_size (life->edition->policy.overrides, 1);
  return g_ptr_array_index (life->edition->policy.overrides, 0);
}

/* D-36, RULES 0.18: what a promotion grants is said to be one. */
static void
test_promotion (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) quote = NULL;
  UpkeepOverride *override = only_override (life);

  override->promotion = TRUE;
  life->account->country = g_strdup (override->countries[0]);
  quote = cancel_quote (life);
  g_assert_cmpint (upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE)->refund.basis, ==,
                   UPKEEP_REFUND_BASIS_PROMOTION);
}

/* RULES 0.18: a share of the allotment is all of the price where there is no allotment, and nothing
 * of it where the allotment is gone. */
static void
test_share_without_allotment (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) quote = NULL;
  UpkeepOverride *override = only_override (life);
  UpkeepPlan *plan = (UpkeepPlan *) upkeep_edition_find_plan (life->edition, "starter");

  override->amount = UPKEEP_OVERRIDE_UNUSED_SHARE;
  life->account->country = g_strdup (override->countries[0]);
  g_array_set_size (life->account->grants, 0);
  g_assert_false (is_refundable (life));
  plan->allowance = 0;
  quote = cancel_quote (life);
  g_assert_cmpint (upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE)->refund.amount_minor,
                   ==, 4900);
  g_free (life->account->plan);
  life->account->plan = g_strdup ("gone");
  g_assert_true (is_refundable (life));
}

/* X-01, RULES 0.21, 0.22: more than 20 minutes in all, and nothing since the latest renewal. Below
 * it the rule refunds by itself; at it neither does. It gives nothing by itself. */
static void
test_manual_review (void)
{
  const struct {
    gint64 before, fast, relax; /* seconds before the renewal and since */
    gboolean refundable, open;
  } vectors[] = {
      {1199, 0, 0, TRUE, FALSE},  {1200, 0, 0, FALSE, FALSE}, {1201, 0, 0, FALSE, TRUE},
      {1201, 1, 0, FALSE, FALSE}, {1201, 0, 1, FALSE, FALSE}, {0, 1201, 0, FALSE, FALSE},
      {0, 0, 0, TRUE, FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (LIFELONG, "standard", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuote) quote = NULL;
    const UpkeepClauseReport *review;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    upkeep_test_life_use (life, vectors[i].before, 0, 0);
    upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
    upkeep_test_life_use (life, vectors[i].fast, 0, 0);
    upkeep_test_life_use (life, vectors[i].relax, 0, 1);
    quote = cancel_quote (life);
    review = quote->refund_rule->review;
    g_assert_cmpstr (review->id, ==, "unused_since_renewal");
    g_assert_cmpint (review->scope, ==, UPKEEP_SCOPE_SINCE_RENEWAL);
    g_assert_cmpint (review->measured, ==, vectors[i].fast + vectors[i].relax);
    g_assert_cmpint (review->limit, ==, 1);
    g_assert_cmpint (review->holds, ==, vectors[i].open);
    g_assert_cmpstr (quote->refund_rule->review_channel, ==, "billing_email");
    g_assert_cmpint (is_refundable (life), ==, vectors[i].refundable);
    g_assert_cmpint (quote->refund_rule->holds, ==, vectors[i].refundable);
  }
}

/* X-01, RULES 0.36: the latest renewal of a yearly plan is the year's, not a refill; a new
 * subscription and a past due one count from their own. */
static void
test_review_term (void)
{
  g_autoptr (UpkeepTestLife) yearly = subscriber (LIFELONG, "basic", UPKEEP_INTERVAL_YEAR);
  g_autoptr (UpkeepTestLife) owing = subscriber (LIFELONG, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepTestLife) without = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) used = NULL;
  g_autoptr (UpkeepQuote) renewed = NULL;
  g_autoptr (UpkeepQuote) anew = NULL;
  g_autoptr (UpkeepQuote) unpaid = NULL;
  g_autoptr (UpkeepQuote) paid = NULL;
  g_autoptr (UpkeepQuote) other = cancel_quote (without);

  upkeep_test_life_use (yearly, 1201, 0, 0);
  upkeep_test_life_advance (yearly, "2026-09-10T00:00:00Z");
  used = cancel_quote (yearly);
  g_assert_cmpint (used->refund_rule->review->measured, ==, 1201);
  g_assert_false (used->refund_rule->review->holds);
  upkeep_test_life_advance (yearly, "2027-07-10T00:00:00Z");
  renewed = cancel_quote (yearly);
  g_assert_cmpint (renewed->refund_rule->review->measured, ==, 0);
  g_assert_true (renewed->refund_rule->review->holds);
  upkeep_test_life_use (yearly, 5, 0, 0);
  upkeep_test_life_do (yearly, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_PERIOD_END);
  upkeep_test_life_advance (yearly, "2028-05-01T00:00:00Z");
  upkeep_test_life_do (yearly, UPKEEP_QUOTE_SUBSCRIBE, "basic", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  anew = cancel_quote (yearly);
  g_assert_cmpint (anew->refund_rule->review->measured, ==, 0);
  g_assert_true (anew->refund_rule->review->holds);

  upkeep_test_life_use (owing, 1201, 0, 0);
  owing->declines = TRUE;
  upkeep_test_life_advance (owing, "2026-06-01T00:00:00Z");
  unpaid = cancel_quote (owing);
  g_assert_cmpint (unpaid->refund_rule->review->measured, ==, 0);
  g_assert_false (unpaid->refund_rule->review->holds); /* there is no paid term to give back */
  upkeep_test_life_use (owing, 7, 0, 0);
  owing->declines = FALSE;
  upkeep_test_life_do (owing, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_IMMEDIATE);
  paid = cancel_quote (owing);
  g_assert_cmpint (paid->refund_rule->review->measured, ==, 7);
  g_assert_false (paid->refund_rule->review->holds);

  g_assert_null (other->refund_rule->review);
}

/* RULES 0.18: an allotment that is larger than the plan's own, kept through an upgrade, is all of
 * it and not more. */
static void
test_share_is_at_most_whole (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "lite", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) quote = NULL;
  const UpkeepOption *option;

  ((UpkeepPlan *) upkeep_edition_find_plan (life->edition, "starter"))->allowance = 1000;
  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "starter", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (g_array_index (life->account->grants, UpkeepGrant, 0).remaining, ==, 1400);
  life->account->country = g_strdup ("FR");
  quote = cancel_quote (life);
  option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->refund.amount_minor, ==, 4900);
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_REFUND), ==, -4900);
}

/* RULES 0.30: metered use that was charged with a term was not taken for it. */
static void
test_cap_without_metered (void)
{
  g_autoptr (UpkeepTestLife) renewed = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepTestLife) upgraded = subscriber (GPU, "basic", UPKEEP_INTERVAL_YEAR);
  g_autoptr (UpkeepQuote) hours = upkeep_test_life_quote_topup (renewed, 10 * 3600);
  g_autoptr (UpkeepQuote) more = upkeep_test_life_quote_topup (upgraded, 10 * 3600);
  g_autoptr (UpkeepQuote) renewed_quote = NULL;
  g_autoptr (UpkeepQuote) upgraded_quote = NULL;
  const UpkeepOption *option;

  upkeep_test_life_accept (renewed, hours, UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_use (renewed, 54000 + 15588, 0, 0); /* $17.32 */
  renewed->account->money_minor = 500;
  upkeep_test_life_advance (renewed, "2026-06-01T00:00:00Z");
  renewed_quote = cancel_quote (renewed);
  option = upkeep_quote_find_option (renewed_quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->refund.amount_minor, ==, 2500);
  g_assert_cmpint (upkeep_bill_get (&option->bill, UPKEEP_LINE_CREDIT_TO_BALANCE), ==, 500);

  upkeep_test_life_accept (upgraded, more, UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_use (upgraded, 12000 + 2700, 0, 0); /* $3.00 */
  upkeep_test_life_do (upgraded, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_YEAR,
                       UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (upgraded->charged_minor, ==, 9600 + 57600 - 8800 + 300);
  upgraded_quote = cancel_quote (upgraded);
  option = upkeep_quote_find_option (upgraded_quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->refund.amount_minor, ==, 57600 - 8800);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/refund/either", test_either);
  g_test_add_func ("/model/refund/scopes", test_scopes);
  g_test_add_func ("/model/refund/yearly-scopes", test_yearly_scopes);
  g_test_add_func ("/model/refund/at-most", test_at_most);
  g_test_add_func ("/model/refund/percent-limit", test_percent_limit);
  g_test_add_func ("/model/refund/manual-review", test_manual_review);
  g_test_add_func ("/model/refund/review-term", test_review_term);
  g_test_add_func ("/model/refund/share-of-nothing", test_share_of_nothing);
  g_test_add_func ("/model/refund/cap-after-upgrades", test_cap_after_upgrades);
  g_test_add_func ("/model/refund/promotion", test_promotion);
  g_test_add_func ("/model/refund/share-without-allotment", test_share_without_allotment);
  g_test_add_func ("/model/refund/share-is-at-most-whole", test_share_is_at_most_whole);
  g_test_add_func ("/model/refund/cap-without-metered", test_cap_without_metered);
  return g_test_run ();
}

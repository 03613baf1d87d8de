/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-check.h"
#include "upkeep-decision.h"
#include "upkeep-spend.h"
#include "upkeep-test-life.h"

/* Every strategy with every anchor, grant and rounding (RULES X-04..X-07), on a service of the
 * tests' own: month 500, 1500, 4800; year ten months; 300, 1200, 6000 units a month. */

#define EDITION  "tests/scribe-2026-01.json"
#define START    "2026-01-31T10:00:00Z"
#define N_STEPS  60
#define SEED     40417
#define N_PLANS  3
#define MONTH_S  2629800 /* a twelfth of 365.25 days */
#define N_MONTHS 12

typedef struct {
  UpkeepProration proration;
  UpkeepAnchor anchor;
  UpkeepUpgradeGrant grant;
  UpkeepRounding rounding;
} Policy;

static UpkeepTestLife *
new_life (const Policy *policy, UpkeepInterval interval)
{
  UpkeepTestLife *life = upkeep_test_life_new (EDITION, START);
  UpkeepPolicy *rules = &life->edition->policy; /* which nobody else has seen */

  rules->proration = policy->proration;
  rules->upgrade_anchor = policy->anchor;
  rules->upgrade_grant = policy->grant;
  rules->proration_rounding = policy->rounding;
  rules->downgrade_at[UPKEEP_TIMING_IMMEDIATE] = TRUE;
  for (UpkeepInterval from = UPKEEP_INTERVAL_MONTH; from < UPKEEP_N_INTERVALS; from++) {
    for (UpkeepInterval to = UPKEEP_INTERVAL_MONTH; to < UPKEEP_N_INTERVALS; to++)
      rules->interval_rules[from][to] = UPKEEP_INTERVAL_RULE_ANY;
  }
  upkeep_test_life_give_card (life);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, "note", interval, UPKEEP_TIMING_IMMEDIATE);
  return life;
}

static gint64
get_plan_left (const UpkeepAccount *account)
{
  const UpkeepGrant *grant = upkeep_find_plan_grant (account);

  return grant != NULL ? grant->remaining : 0;
}

/* A share of a price, worked out apart from the engine. */
static gint64
share (gint64 price_minor, gint64 part, gint64 whole, UpkeepRounding rounding)
{
  gint64 product = price_minor * part; /* 48,000 x a year of seconds fits */
  gint64 rest = product % whole;

  return product / whole + (rounding == UPKEEP_ROUNDING_HALF_UP && 2 * rest >= whole ? 1 : 0);
}

/* What is left of a term of months, whole ones to come included. */
static gint64
get_unused (const UpkeepAccount *account, const UpkeepPlan *from)
{
  gint64 months = (account->term.end_s - account->refill.end_s + MONTH_S / 2) / MONTH_S;

  return MIN (get_plan_left (account), from->allowance) + months * from->allowance;
}

static gboolean
keeps_term (const UpkeepTestLife *life, UpkeepInterval interval)
{
  return life->edition->policy.upgrade_anchor == UPKEEP_ANCHOR_KEEP &&
         interval == life->account->interval;
}

/* RULES X-04, one line each: what the new term costs, and what the old one is worth. */
static void
expect_lines (const UpkeepTestLife *life,
              const UpkeepPlan *from,
              gint64 new_price_minor,
              UpkeepInterval interval,
              gint64 *ret_price_minor,
              gint64 *ret_credit_minor)
{
  const UpkeepPolicy *rules = &life->edition->policy;
  const UpkeepAccount *account = life->account;
  gint64 left_s = account->term.end_s - life->now_s;
  gint64 whole_s = account->term.end_s - account->term.start_s;
  gint64 months = account->interval == UPKEEP_INTERVAL_YEAR ? N_MONTHS : 1;

  *ret_price_minor = new_price_minor;
  switch (rules->proration) {
  case UPKEEP_PRORATION_PRICE_DIFFERENCE:
    *ret_credit_minor = account->price_minor;
    return;
  case UPKEEP_PRORATION_USAGE_CREDIT:
  case UPKEEP_PRORATION_UNUSED_CREDIT_REFUND:
    *ret_credit_minor = share (account->price_minor, get_unused (account, from),
                               months * from->allowance, rules->proration_rounding);
    return;
  case UPKEEP_PRORATION_TIME:
    *ret_credit_minor = share (account->price_minor, left_s, whole_s, rules->proration_rounding);
    if (keeps_term (life, interval))
      *ret_price_minor = share (new_price_minor, left_s, whole_s, rules->proration_rounding);
    return;
  default:
    g_assert_not_reached ();
  }
}

static void
assert_bill (const UpkeepBill *bill, gint64 price_minor, gint64 credit_minor, gint64 balance_minor)
{
  gint64 due_minor = price_minor - credit_minor;
  gint64 sum_minor = 0;

  for (guint i = 0; i < bill->n_lines; i++)
    sum_minor += bill->lines[i].amount_minor;
  g_assert_cmpint (sum_minor, ==, bill->total_minor);
  g_assert_cmpint (upkeep_bill_get (bill, UPKEEP_LINE_PLAN_PRICE), ==, price_minor);
  g_assert_cmpint (upkeep_bill_get (bill, UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT) +
                       upkeep_bill_get (bill, UPKEEP_LINE_UNUSED_CREDIT_REFUND) +
                       upkeep_bill_get (bill, UPKEEP_LINE_PRICE_DIFFERENCE),
                   ==, -credit_minor);
  g_assert_cmpint (upkeep_bill_get (bill, UPKEEP_LINE_CREDIT_TO_BALANCE), ==, MAX (-due_minor, 0));
  g_assert_cmpint (bill->total_minor, ==, MAX (due_minor - balance_minor, 0));
}

/* Quotes a change, holds the quote to the rules, accepts it, and holds what came of it to the
 * quote. */
static void
change_plan (UpkeepTestLife *life, const UpkeepPlan *to, UpkeepInterval interval)
{
  const UpkeepPlan *from = upkeep_edition_find_plan (life->edition, life->account->plan);
  g_autoptr (UpkeepStatement) before = upkeep_test_life_state (life);
  g_autoptr (UpkeepQuote) quote =
      upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, to->id, interval);
  const UpkeepOption *option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  gint64 balance_minor = upkeep_account_get_balance_minor (life->account);
  gint64 charged_minor = life->charged_minor;
  gint64 old_price_minor = life->account->price_minor;
  gint64 old_left = get_plan_left (life->account);
  UpkeepPeriod old_term = life->account->term;
  gboolean keeps = keeps_term (life, interval);
  gint64 price_minor, credit_minor;

  expect_lines (life, from, to->price_minor[interval], interval, &price_minor, &credit_minor);
  assert_bill (&option->bill, price_minor, credit_minor, balance_minor);
  g_assert_cmpint (credit_minor, >=, 0);
  g_assert_cmpint (credit_minor, <=, old_price_minor); /* never more than the term did cost */
  g_assert_cmpint (upkeep_check_option (quote, option, life->edition, before).result, ==,
                   UPKEEP_CHECK_AGREES);

  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->charged_minor - charged_minor, ==, option->bill.total_minor);
  g_assert_cmpint (life->account->money_minor, ==,
                   balance_minor - price_minor + credit_minor + option->bill.total_minor);
  g_assert_cmpint (life->account->money_minor, >=, 0);
  g_assert_cmpstr (life->account->plan, ==, to->id);
  g_assert_cmpint (life->account->price_minor, ==, to->price_minor[interval]);
  g_assert_cmpint (life->account->term.end_s, ==, option->renews_at_s);
  if (keeps) {
    g_assert_cmpint (life->account->term.start_s, ==, old_term.start_s);
    g_assert_cmpint (life->account->term.end_s, ==, old_term.end_s);
  } else {
    g_assert_cmpint (life->account->term.start_s, ==, life->now_s);
  }
  if (keeps && life->edition->policy.upgrade_grant == UPKEEP_UPGRADE_GRANT_DIFFERENCE)
    g_assert_cmpint (get_plan_left (life->account), ==,
                     MAX (old_left + to->allowance - from->allowance, 0));
  else
    g_assert_cmpint (get_plan_left (life->account), ==, to->allowance);
}

/* Nobody gets back, or has as balance, more than was ever taken. */
static void
assert_nothing_for_nothing (const UpkeepTestLife *life)
{
  g_assert_cmpint (life->refunded_minor + upkeep_account_get_balance_minor (life->account), <=,
                   life->charged_minor);
}

static void
live (const Policy *policy, UpkeepInterval interval, GRand *rand)
{
  g_autoptr (UpkeepTestLife) life = new_life (policy, interval);

  for (int i = 0; i < N_STEPS; i++) {
    const UpkeepPlan *to =
        g_ptr_array_index (life->edition->plans, (guint) g_rand_int_range (rand, 0, N_PLANS));
    UpkeepInterval next = g_rand_boolean (rand) ? UPKEEP_INTERVAL_MONTH : UPKEEP_INTERVAL_YEAR;

    switch (g_rand_int_range (rand, 0, 3)) {
    case 0:
      upkeep_test_life_use (life, g_rand_int_range (rand, 0, 1500), 0,
                            g_rand_int_range (rand, 0, 3));
      break;
    case 1:
      upkeep_test_life_advance_to (life, life->now_s + g_rand_int_range (rand, 0, 40 * 86400));
      break;
    default:
      if (!g_str_equal (to->id, life->account->plan) || next != life->account->interval)
        change_plan (life, to, next);
    }
    assert_nothing_for_nothing (life);
  }
}

static void
test_lives (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  Policy policy;

  g_test_summary (
      "Quotes follow the rules, execution follows the quotes, and nothing is given away");
  for (policy.proration = 0; policy.proration < UPKEEP_N_PRORATIONS; policy.proration++)
    for (policy.anchor = 0; policy.anchor <= UPKEEP_ANCHOR_KEEP; policy.anchor++)
      for (policy.grant = 0; policy.grant <= UPKEEP_UPGRADE_GRANT_DIFFERENCE; policy.grant++)
        for (policy.rounding = 0; policy.rounding <= UPKEEP_ROUNDING_DOWN; policy.rounding++)
          for (UpkeepInterval i = UPKEEP_INTERVAL_MONTH; i < UPKEEP_N_INTERVALS; i++) {
            g_test_message ("proration %d, anchor %d, grant %d, rounding %d, interval %d",
                            (int) policy.proration, (int) policy.anchor, (int) policy.grant,
                            (int) policy.rounding, (int) i);
            live (&policy, i, rand);
          }
}

/* Half a month of 28 days, 100 of 300 used: each strategy's figures by hand. */
static void
test_figures (void)
{
  static const struct {
    Policy policy;
    gint64 price_minor, credit_minor;
    const char *renews;
    gint64 left;
  } vectors[] = {
      /* 500 x 200 / 300 is 333.33 */
      {{UPKEEP_PRORATION_USAGE_CREDIT, UPKEEP_ANCHOR_RESET, UPKEEP_UPGRADE_GRANT_FULL,
        UPKEEP_ROUNDING_HALF_UP},
       1500,
       333,
       "2026-03-15T00:00:00Z",
       1200},
      {{UPKEEP_PRORATION_USAGE_CREDIT, UPKEEP_ANCHOR_KEEP, UPKEEP_UPGRADE_GRANT_DIFFERENCE,
        UPKEEP_ROUNDING_DOWN},
       1500,
       333,
       "2026-03-01T00:00:00Z",
       1100},
      {{UPKEEP_PRORATION_PRICE_DIFFERENCE, UPKEEP_ANCHOR_KEEP, UPKEEP_UPGRADE_GRANT_DIFFERENCE,
        UPKEEP_ROUNDING_HALF_UP},
       1500,
       500,
       "2026-03-01T00:00:00Z",
       1100},
      {{UPKEEP_PRORATION_PRICE_DIFFERENCE, UPKEEP_ANCHOR_RESET, UPKEEP_UPGRADE_GRANT_FULL,
        UPKEEP_ROUNDING_HALF_UP},
       1500,
       500,
       "2026-03-15T00:00:00Z",
       1200},
      {{UPKEEP_PRORATION_UNUSED_CREDIT_REFUND, UPKEEP_ANCHOR_KEEP, UPKEEP_UPGRADE_GRANT_FULL,
        UPKEEP_ROUNDING_DOWN},
       1500,
       333,
       "2026-03-01T00:00:00Z",
       1200},
      {{UPKEEP_PRORATION_TIME, UPKEEP_ANCHOR_KEEP, UPKEEP_UPGRADE_GRANT_DIFFERENCE,
        UPKEEP_ROUNDING_HALF_UP},
       750,
       250,
       "2026-03-01T00:00:00Z",
       1100},
      {{UPKEEP_PRORATION_TIME, UPKEEP_ANCHOR_RESET, UPKEEP_UPGRADE_GRANT_FULL,
        UPKEEP_ROUNDING_HALF_UP},
       1500,
       250,
       "2026-03-15T00:00:00Z",
       1200},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = NULL;
    g_autoptr (UpkeepQuote) quote = NULL;
    const UpkeepOption *option;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    life = new_life (&vectors[i].policy, UPKEEP_INTERVAL_MONTH);
    upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                         UPKEEP_TIMING_IMMEDIATE);
    upkeep_test_life_advance (life, "2026-02-01T00:00:00Z");
    upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, "note", UPKEEP_INTERVAL_MONTH,
                         UPKEEP_TIMING_IMMEDIATE);
    upkeep_test_life_use (life, 100, 0, 0);
    upkeep_test_life_advance (life, "2026-02-15T00:00:00Z");
    quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "desk", UPKEEP_INTERVAL_MONTH);
    option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
    assert_bill (&option->bill, vectors[i].price_minor, vectors[i].credit_minor, 0);
    upkeep_test_assert_instant (option->renews_at_s, vectors[i].renews);
    upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
    g_assert_cmpint (get_plan_left (life->account), ==, vectors[i].left);
  }
}

/* Down and up again within a term leaves what was there, and the units that a downgrade was
 * credited for are gone. */
static void
test_downgrade_takes_difference (void)
{
  static const struct {
    gint64 used, left_down, left_up;
    gboolean is_lost;
  } vectors[] = {
      {0, 300, 1200, TRUE},  {200, 100, 1000, TRUE},
      {300, 0, 900, TRUE},  /* exactly what the smaller plan gives */
      {1199, 0, 900, TRUE}, /* one unit is left, and goes */
      {1200, 0, 900, FALSE},
  };
  const Policy policy = {UPKEEP_PRORATION_TIME, UPKEEP_ANCHOR_KEEP, UPKEEP_UPGRADE_GRANT_DIFFERENCE,
                         UPKEEP_ROUNDING_HALF_UP};

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = new_life (&policy, UPKEEP_INTERVAL_MONTH);
    const UpkeepPlan *note = upkeep_edition_find_plan (life->edition, "note");
    const UpkeepPlan *desk = upkeep_edition_find_plan (life->edition, "desk");
    g_autoptr (UpkeepQuote) quote = NULL;

    g_test_message ("%d used", (int) vectors[i].used);
    change_plan (life, desk, UPKEEP_INTERVAL_MONTH);
    upkeep_test_life_use (life, vectors[i].used, 0, 0);
    quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "note", UPKEEP_INTERVAL_MONTH);
    g_assert_cmpint ((upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE)->effects &
                      UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST)) != 0,
                     ==, vectors[i].is_lost);
    change_plan (life, note, UPKEEP_INTERVAL_MONTH);
    g_assert_cmpint (get_plan_left (life->account), ==, vectors[i].left_down);
    change_plan (life, desk, UPKEEP_INTERVAL_MONTH);
    g_assert_cmpint (get_plan_left (life->account), ==, vectors[i].left_up);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/proration/figures", test_figures);
  g_test_add_func ("/model/proration/downgrade", test_downgrade_takes_difference);
  g_test_add_func ("/model/proration/lives", test_lives);

  return g_test_run ();
}

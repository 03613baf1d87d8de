/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-feature-rule.h"
#include "upkeep-spend.h"
#include "upkeep-test-life.h"

#define GPU     "midjourney-2023-03.json"
#define CREDITS "minara-2026-06.json"

static UpkeepTestLife *
subscriber (const char *edition, const char *plan)
{
  UpkeepTestLife *life = upkeep_test_life_new (edition, "2026-05-01T00:00:00Z");

  upkeep_test_life_give_card (life);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, plan, UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  return life;
}

static gint64
left (UpkeepTestLife *life, UpkeepGrantKind kind)
{
  gint64 units = 0;

  for (guint i = 0; i < life->account->grants->len; i++) {
    const UpkeepGrant *grant = &g_array_index (life->account->grants, UpkeepGrant, i);

    if (grant->kind == kind)
      units += grant->remaining;
  }

  return units;
}

/* RULES 0.7, 4.5, mj-consumption-order: plan and earned by earliest expiry, then what was bought.
 */
static void
test_hours_in_order (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");
  g_autoptr (UpkeepQuote) quote = upkeep_test_life_quote_topup (life, 3600);

  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 3600,
                         upkeep_test_instant ("2026-05-20T00:00:00Z"));
  upkeep_test_life_use (life, 3000, 0, 0);
  g_assert_cmpint (left (life, UPKEEP_GRANT_EARNED), ==, 600); /* ends before the plan's */
  upkeep_test_life_use (life, 600 + 54000, 0, 0);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PLAN), ==, 0);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, 3600);
  g_assert_cmpint (life->account->mode, ==, 0);
  upkeep_test_life_use (life, 1800, 0, 0);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, 1800);
}

/* minara-credit-order: plan, reward, top-up; D-22, D-23, D-26. */
static void
test_credits_in_order (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "lite");
  g_autoptr (UpkeepQuote) early = NULL;
  g_autoptr (UpkeepQuote) pack = NULL;

  upkeep_test_life_use (life, 1390, 0, -1);
  early = upkeep_test_life_quote_topup (life, 800);
  g_assert_true (upkeep_quote_is_blocked (early, UPKEEP_BLOCKED_TOPUP_NEEDS_ZERO_BALANCE));
  g_assert_cmpint (g_array_index (early->blocked, UpkeepBlocked, 0).measured, ==, 10);
  g_assert_cmpint (g_array_index (early->blocked, UpkeepBlocked, 0).limit, ==, 0);

  upkeep_test_life_use (life, 10, 0, -1);
  pack = upkeep_test_life_quote_topup (life, 800);
  g_assert_cmpint (upkeep_quote_find_option (pack, UPKEEP_TIMING_IMMEDIATE)->bill.total_minor, ==,
                   1900); /* minara-pack-19 */
  upkeep_test_life_accept (life, pack, UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_give (life, UPKEEP_GRANT_REWARD, 200, UPKEEP_INSTANT_NONE);
  upkeep_test_life_use (life, 240, 0, -1);
  g_assert_cmpint (left (life, UPKEEP_GRANT_REWARD), ==, 0);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, 760);
}

/* RULES 0.12: an overrun is finished, shows 0 and costs nothing; without Relax in the plan the mode
 * stays. */
static void
test_overrun (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic");

  upkeep_test_life_use (life, 13000, 0, 0);
  g_assert_cmpint (upkeep_get_spendable (life->edition, life->account, life->now_s), ==, 0);
  g_assert_cmpint (life->account->use_month.units[0], ==, 13000); /* 0.26 */
  g_assert_cmpint (life->charged_minor, ==, 1000);
  g_assert_cmpint (life->account->mode, ==, 0);
}

/* RULES 0.32: a mode that fell by itself returns when time is earned; one chosen by hand stays. */
static void
test_mode (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");
  g_autoptr (UpkeepTestLife) basic = subscriber (GPU, "basic");
  const char *refusal = NULL;

  upkeep_test_life_use (life, 53999, 0, 0);
  g_assert_cmpint (life->account->mode, ==, 0);
  upkeep_test_life_use (life, 1, 0, -1);
  g_assert_cmpint (life->account->mode, ==, 1);
  g_assert_null (upkeep_set_mode (life->edition, life->account, 0, &refusal, life->now_s));
  g_assert_cmpstr (refusal, ==, "out_of_fast_time");
  upkeep_test_life_use (life, 100, 0, -1);
  g_assert_cmpint (life->account->use_month.units[1], ==, 100);
  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 3600, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (life->account->mode, ==, 0);

  /* A-61, mj-relax-basic-refused */
  g_assert_null (upkeep_set_mode (basic->edition, basic->account, 1, &refusal, basic->now_s));
  g_assert_cmpstr (refusal, ==, "mode_not_in_plan");
}

static void
buy_hours (UpkeepTestLife *life, gint64 n_hours)
{
  g_autoptr (UpkeepQuote) quote = upkeep_test_life_quote_topup (life, n_hours * 3600);

  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
}

/* RULES 0.32: Fast runs out when the last of it expires, too. */
static void
test_mode_falls_at_expiry (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");

  upkeep_test_life_use (life, 54000, 0, 0);
  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 3600,
                         upkeep_test_instant ("2026-05-20T00:00:00Z"));
  upkeep_test_life_advance (life, "2026-05-19T23:59:59Z");
  g_assert_cmpint (life->account->mode, ==, 0);
  upkeep_test_life_advance (life, "2026-05-20T00:00:00Z");
  g_assert_cmpint (life->account->mode, ==, 1);
  g_assert_true (life->account->mode_fell);
}

/* RULES 0.32, 0.29: what is frozen while past due has not run out: the mode is as it was once it is
 * paid. */
static void
test_mode_while_frozen (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");

  buy_hours (life, 40);
  life->declines = TRUE;
  upkeep_test_life_use (life, 54000 + 27000, 0, 0);
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_PAST_DUE);
  upkeep_test_life_use (life, 60, 1, -1);
  g_assert_cmpint (life->account->use_month.units[0], ==, 81060);
  g_assert_cmpint (life->account->mode, ==, 0);
  life->declines = FALSE;
  upkeep_test_life_do (life, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->account->mode, ==, 0);
}

/* RULES 4.6, mj-bonus-expiry: earned time ends 30 days after it was given. */
static void
test_expiry (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");

  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 3600, UPKEEP_INSTANT_NONE);
  upkeep_test_life_advance (life, "2026-05-30T23:59:59Z");
  g_assert_cmpint (left (life, UPKEEP_GRANT_EARNED), ==, 3600);
  upkeep_test_life_advance (life, "2026-05-31T00:00:00Z");
  g_assert_cmpint (left (life, UPKEEP_GRANT_EARNED), ==, 0);
}

/* RULES 0.26: a month that is closed is not opened again. */
static void
test_judge (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");
  gint64 start_s = life->account->refill.start_s;

  g_assert_cmpint (upkeep_usage_judge (life->account, start_s, start_s + 10), ==,
                   UPKEEP_USAGE_ACCEPTED);
  g_assert_cmpint (upkeep_usage_judge (life->account, start_s - 1, start_s + 10), ==,
                   UPKEEP_USAGE_PERIOD_CLOSED);
  g_assert_cmpint (upkeep_usage_judge (life->account, start_s + 10, start_s + 10), ==,
                   UPKEEP_USAGE_ACCEPTED);
  g_assert_cmpint (upkeep_usage_judge (life->account, start_s + 11, start_s + 10), ==,
                   UPKEEP_USAGE_AT_IN_FUTURE);

  upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_PERIOD_END);
  upkeep_test_life_advance (life, "2026-08-01T00:00:00Z");
  start_s = upkeep_test_instant ("2026-06-01T00:00:00Z");
  g_assert_cmpint (upkeep_usage_judge (life->account, start_s - 1, life->now_s), ==,
                   UPKEEP_USAGE_PERIOD_CLOSED);
  g_assert_cmpint (upkeep_usage_judge (life->account, start_s, life->now_s), ==,
                   UPKEEP_USAGE_ACCEPTED);
}

/* D-30..D-34, X-23: paused while nothing is spendable, of the plan one has only. */
static void
test_suspension (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter");
  g_autoptr (UpkeepTestLife) gpu = upkeep_test_life_new (GPU, "2026-05-01T00:00:00Z");

  g_assert_null (upkeep_judge_feature (life->edition, life->account, "chat", life->now_s));
  upkeep_test_life_use (life, 4000, 0, -1);
  g_assert_cmpstr (upkeep_judge_feature (life->edition, life->account, "chat", life->now_s), ==,
                   "feature_suspended");
  upkeep_test_life_give (life, UPKEEP_GRANT_REWARD, 1, UPKEEP_INSTANT_NONE);
  g_assert_null (upkeep_judge_feature (life->edition, life->account, "chat", life->now_s));

  g_assert_cmpstr (upkeep_judge_feature (gpu->edition, gpu->account, "stealth", gpu->now_s), ==,
                   "active_subscription_required");
}

/* RULES 0.13, 0.24, A-10, A-13, C-03: a trial that is switched on is no subscription; it is taken
 * up for nothing, given once, and left by subscribing. */
static void
test_trial (void)
{
  g_autoptr (UpkeepTestLife) life = upkeep_test_life_new (GPU, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) off = NULL;
  g_autoptr (UpkeepQuote) on = NULL;
  g_autoptr (UpkeepQuote) twice = NULL;
  g_autoptr (UpkeepQuote) topup = NULL;
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autoptr (UpkeepQuote) late = NULL;
  const UpkeepOption *option;

  off = upkeep_test_life_quote (life, UPKEEP_QUOTE_SUBSCRIBE, "trial", UPKEEP_INTERVAL_MONTH);
  g_assert_true (upkeep_quote_is_blocked (off, UPKEEP_BLOCKED_TRIAL_UNAVAILABLE));

  ((UpkeepPlan *) upkeep_edition_find_plan (life->edition, "trial"))->offered = TRUE;
  on = upkeep_test_life_quote (life, UPKEEP_QUOTE_SUBSCRIBE, "trial", UPKEEP_INTERVAL_MONTH);
  option = upkeep_quote_find_option (on, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpstr (on->to_plan, ==, "trial");
  g_assert_cmpint (on->to_interval, ==, UPKEEP_INTERVAL_NONE);
  g_assert_cmpuint (option->bill.n_lines, ==, 0);
  g_assert_cmpint (option->grant.quantity, ==, 1500);
  g_assert_cmpint (option->grant.expires_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (option->renews_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_false (option->has_renewal_total);
  upkeep_test_life_accept (life, on, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_TRIAL);
  g_assert_false (life->account->ever_subscribed);
  g_assert_cmpuint (life->invoices->len, ==, 0);

  twice = upkeep_test_life_quote (life, UPKEEP_QUOTE_SUBSCRIBE, "trial", UPKEEP_INTERVAL_MONTH);
  g_assert_cmpuint (twice->blocked->len, ==, 1);
  g_assert_true (upkeep_quote_is_blocked (twice, UPKEEP_BLOCKED_SAME_PLAN));
  topup = upkeep_test_life_quote_topup (life, 3600); /* */
  g_assert_true (upkeep_quote_is_blocked (topup, UPKEEP_BLOCKED_TOPUP_NEEDS_PAID_PLAN));

  upkeep_test_life_give_card (life);
  upkeep_test_life_use (life, 1000, 10, -1);
  upkeep_test_life_advance (life, "2026-09-01T00:00:00Z");
  g_assert_cmpint (left (life, UPKEEP_GRANT_PLAN), ==, 500);
  g_assert_cmpstr (
      upkeep_judge_feature (life->edition, life->account, "direct_messages", life->now_s), ==,
      "active_subscription_required");

  quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SUBSCRIBE, "basic", UPKEEP_INTERVAL_MONTH);
  g_assert_cmphex (upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE)->effects, ==,
                   1u << UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST);
  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PLAN), ==, 12000);
  g_assert_cmpint (life->account->use_subscription.images, ==, 0);
  g_assert_cmpint (life->account->use_lifetime.images, ==, 10);

  /* Once for life, and only before the first paid plan. */
  upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_PERIOD_END);
  upkeep_test_life_advance (life, "2026-10-01T00:00:00Z");
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
  late = upkeep_test_life_quote (life, UPKEEP_QUOTE_SUBSCRIBE, "trial", UPKEEP_INTERVAL_MONTH);
  g_assert_cmpuint (late->blocked->len, ==, 1);
  g_assert_true (upkeep_quote_is_blocked (late, UPKEEP_BLOCKED_TRIAL_UNAVAILABLE));
}

/* CONTRACT section 5: whole hours from 1 to 100, packs by their size, and only on a paid plan. */
static void
test_topup_offers (void)
{
  const struct {
    gint64 quantity;
    gboolean offered;
  } vectors[] = {{3600, TRUE}, {360000, TRUE}, {363600, FALSE}, {1800, FALSE}, {3601, FALSE}};
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic");
  g_autoptr (UpkeepTestLife) stranger = upkeep_test_life_new (GPU, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) no_plan = upkeep_test_life_quote_topup (stranger, 3600);

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepQuote) quote = upkeep_test_life_quote_topup (life, vectors[i].quantity);

    g_test_message ("%d", (int) vectors[i].quantity);
    g_assert_cmpint (upkeep_quote_is_blocked (quote, UPKEEP_BLOCKED_TOPUP_NOT_OFFERED), ==,
                     !vectors[i].offered);
  }

  g_assert_true (upkeep_quote_is_blocked (no_plan, UPKEEP_BLOCKED_TOPUP_NEEDS_PAID_PLAN));
}

/* RULES 0.16, X-10: an edition may sell nothing beside its plans; what is prepaid costs at once,
 * and by the lot. */
static void
test_other_offers (void)
{
  g_autoptr (UpkeepTestLife) none = subscriber ("midjourney-magazine-2023.json", "magazine");
  g_autoptr (UpkeepTestLife) prepaid = subscriber ("midjourney-2024.json", "basic");
  g_autoptr (UpkeepQuote) refused = upkeep_test_life_quote_topup (none, 1);
  g_autoptr (UpkeepQuote) sold = upkeep_test_life_quote_topup (prepaid, 3 * 3600);

  g_assert_true (upkeep_quote_is_blocked (refused, UPKEEP_BLOCKED_TOPUP_NOT_OFFERED));
  g_assert_cmpint (upkeep_quote_find_option (sold, UPKEEP_TIMING_IMMEDIATE)->bill.total_minor, ==,
                   1200);
}

/* CONTRACT section 5: after a purchase a cancelled plan still renews no more. */
static void
test_topup_after_cancel (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic");
  g_autoptr (UpkeepQuote) before = upkeep_test_life_quote_topup (life, 3600);
  g_autoptr (UpkeepQuote) after = NULL;
  const UpkeepOption *option = upkeep_quote_find_option (before, UPKEEP_TIMING_IMMEDIATE);

  upkeep_test_assert_instant (option->renews_at_s, "2026-06-01T00:00:00Z");
  g_assert_cmpint (option->renewal_total_minor, ==, 1000);
  upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_PERIOD_END);
  after = upkeep_test_life_quote_topup (life, 3600);
  option = upkeep_quote_find_option (after, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->renews_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_false (option->has_renewal_total);
}

/* RULES 0.28, 0.25: a grant is gone at the very instant at which it ends. */
static void
test_usable_until (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic");
  const UpkeepGrant grant = {
      .kind = UPKEEP_GRANT_EARNED, .quantity = 1, .remaining = 1, .expires_at_s = life->now_s + 10};

  g_assert_true (
      upkeep_grant_is_usable (life->edition, life->account, &grant, grant.expires_at_s - 1));
  g_assert_false (
      upkeep_grant_is_usable (life->edition, life->account, &grant, grant.expires_at_s));
}

/* RULES 0.7: at one rank what ends goes before what never does, whichever is older. */
static void
test_ending_before_endless (void)
{
  const gboolean endless_first[] = {FALSE, TRUE};

  for (gsize i = 0; i < G_N_ELEMENTS (endless_first); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "lite");

    upkeep_test_life_use (life, 1400, 0, -1);
    if (endless_first[i])
      upkeep_test_life_give (life, UPKEEP_GRANT_REWARD, 10, UPKEEP_INSTANT_NONE);
    upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 10, UPKEEP_INSTANT_NONE);
    if (!endless_first[i])
      upkeep_test_life_give (life, UPKEEP_GRANT_REWARD, 10, UPKEEP_INSTANT_NONE);
    upkeep_test_life_use (life, 7, 0, -1);
    g_assert_cmpint (left (life, UPKEEP_GRANT_EARNED), ==, 3);
    g_assert_cmpint (left (life, UPKEEP_GRANT_REWARD), ==, 10);
  }
}

/* RULES 0.32: a mode that fell and was then chosen by hand stays, whatever is earned. */
static void
test_chosen_mode_stays (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");
  g_autoptr (UpkeepChange) change = NULL;
  const char *refusal = NULL;

  upkeep_test_life_use (life, 54000, 0, 0);
  g_assert_true (life->account->mode_fell);
  change = upkeep_set_mode (life->edition, life->account, 1, &refusal, life->now_s);
  g_assert_nonnull (change);
  upkeep_account_free (life->account);
  life->account = upkeep_account_copy (change->account);
  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 3600, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (life->account->mode, ==, 1);
}

/* D-22: one credit that is left is not none. */
static void
test_zero_balance (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "lite");
  g_autoptr (UpkeepQuote) blocked = NULL;
  g_autoptr (UpkeepQuote) open = NULL;

  upkeep_test_life_use (life, 1399, 0, -1);
  blocked = upkeep_test_life_quote_topup (life, 800);
  g_assert_true (upkeep_quote_is_blocked (blocked, UPKEEP_BLOCKED_TOPUP_NEEDS_ZERO_BALANCE));
  g_assert_cmpint (g_array_index (blocked->blocked, UpkeepBlocked, 0).measured, ==, 1);
  upkeep_test_life_use (life, 1, 0, -1);
  open = upkeep_test_life_quote_topup (life, 800);
  g_assert_cmpuint (open->blocked->len, ==, 0);
}

/* of the two modes one begins in Fast, which spends the month's time; Relax
 * spends none, counts apart, and waits the longer the more of it was used. */
static void
test_two_modes (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");
  g_autoptr (UpkeepStatement) fresh = upkeep_test_life_state (life);
  g_autoptr (UpkeepStatement) used = NULL;
  const UpkeepStatementMeter *fast, *relax;
  int wait_minutes;

  g_assert_cmpuint (fresh->meters->len, ==, 2);
  g_assert_cmpstr (fresh->mode, ==, "fast");
  wait_minutes =
      ((UpkeepStatementMeter *) g_ptr_array_index (fresh->meters, 1))->wait_estimate_minutes;
  upkeep_test_life_use (life, 600, 10, -1);
  upkeep_test_life_use (life, 30000, 500, 1);
  used = upkeep_test_life_state (life);
  fast = g_ptr_array_index (used->meters, 0);
  relax = g_ptr_array_index (used->meters, 1);
  g_assert_cmpint (fast->used, ==, 600);
  g_assert_cmpint (fast->remaining, ==, 54000 - 600);
  g_assert_false (fast->unlimited);
  g_assert_cmpint (relax->used, ==, 30000);
  g_assert_true (relax->unlimited);
  g_assert_cmpint (relax->wait_estimate_minutes, >, wait_minutes);
}

/* RULES 0.13, 0.24: who takes a trial up leaves the free plan, and what is unspent of that lapses,
 * as it does for a paid one; a trial may have no allotment of its own. */
static void
test_trial_after_free_plan (void)
{
  const struct {
    gint64 used, allowance, remaining;
    gboolean loses;
  } vectors[] = {{0, 50, 50, TRUE}, {300, 50, 50, FALSE}, {0, 0, 0, TRUE}};

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = upkeep_test_life_new (CREDITS, "2026-05-01T00:00:00Z");
    g_autoptr (UpkeepQuote) quote = NULL;
    UpkeepPlan *plan = (UpkeepPlan *) upkeep_edition_find_plan (life->edition, "lite");

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    plan->kind = UPKEEP_PLAN_TRIAL;
    plan->allowance = vectors[i].allowance;
    upkeep_test_life_use (life, vectors[i].used, 0, -1);
    quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SUBSCRIBE, "lite", UPKEEP_INTERVAL_NONE);
    g_assert_cmphex (upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE)->effects, ==,
                     vectors[i].loses ? 1u << UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST : 0);
    upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
    g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_TRIAL);
    g_assert_cmpint (left (life, UPKEEP_GRANT_PLAN), ==, vectors[i].remaining);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/spend/hours-in-order", test_hours_in_order);
  g_test_add_func ("/model/spend/credits-in-order", test_credits_in_order);
  g_test_add_func ("/model/spend/overrun", test_overrun);
  g_test_add_func ("/model/spend/mode", test_mode);
  g_test_add_func ("/model/spend/mode-falls-at-expiry", test_mode_falls_at_expiry);
  g_test_add_func ("/model/spend/mode-while-frozen", test_mode_while_frozen);
  g_test_add_func ("/model/spend/expiry", test_expiry);
  g_test_add_func ("/model/spend/judge", test_judge);
  g_test_add_func ("/model/spend/suspension", test_suspension);
  g_test_add_func ("/model/spend/trial", test_trial);
  g_test_add_func ("/model/spend/topup-offers", test_topup_offers);
  g_test_add_func ("/model/spend/other-offers", test_other_offers);
  g_test_add_func ("/model/spend/topup-after-cancel", test_topup_after_cancel);
  g_test_add_func ("/model/spend/usable-until", test_usable_until);
  g_test_add_func ("/model/spend/ending-before-endless", test_ending_before_endless);
  g_test_add_func ("/model/spend/chosen-mode-stays", test_chosen_mode_stays);
  g_test_add_func ("/model/spend/zero-balance", test_zero_balance);
  g_test_add_func ("/model/spend/two-modes", test_two_modes);
  g_test_add_func ("/model/spend/trial-after-free-plan", test_trial_after_free_plan);
  return g_test_run ();
}

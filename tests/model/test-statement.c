/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-test-life.h"

#define GPU     "midjourney-2023-03.json"
#define CREDITS "minara-2026-06.json"

static UpkeepTestLife *
subscriber (const char *edition, const char *plan, UpkeepInterval interval)
{
  return upkeep_test_life_new_subscribed (edition, plan, interval, "2026-05-01T00:00:00Z");
}

static void
buy_hours (UpkeepTestLife *life, gint64 n_hours)
{
  g_autoptr (UpkeepQuote) quote = upkeep_test_life_quote_topup (life, n_hours * 3600);

  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
}

static const UpkeepStatementMeter *
meter_at (const UpkeepStatement *state, guint i)
{
  g_assert_cmpuint (i, <, state->meters->len);
  return g_ptr_array_index (state->meters, i);
}

static const UpkeepStatementFeature *
feature_of (const UpkeepStatement *state, const char *id)
{
  for (guint i = 0; i < state->features->len; i++) {
    const UpkeepStatementFeature *feature = g_ptr_array_index (state->features, i);

    if (g_str_equal (feature->id, id))
      return feature;
  }

  g_assert_not_reached ();
}

static void
assert_notices (const UpkeepStatement *state, const char *codes)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < state->notices->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? " " : "",
                            upkeep_notice_code_to_string (
                                g_array_index (state->notices, UpkeepStatementNotice, i).code));
  g_assert_cmpstr (found->str, ==, codes);
}

/* CONTRACT section 4: in `none` and `ended` there is no interval, price, period or charge; neither
 * is the free plan a subscription. */
static void
assert_no_subscription (const UpkeepStatement *state, UpkeepState expected, const char *plan)
{
  g_assert_cmpint (state->state, ==, expected);
  g_assert_cmpstr (state->plan, ==, plan);
  g_assert_cmpint (state->interval, ==, UPKEEP_INTERVAL_NONE);
  g_assert_false (state->has_period);
  g_assert_cmpint (state->started_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (state->renews_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (state->ends_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (state->next_charge_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (state->scheduled, ==, UPKEEP_SCHEDULED_NOTHING);
  g_assert_false (state->is_past_due);
}

static void
test_none (void)
{
  g_autoptr (UpkeepTestLife) life = upkeep_test_life_new (GPU, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepStatement) state = upkeep_test_life_state (life);

  assert_no_subscription (state, UPKEEP_STATE_NONE, NULL);
  g_assert_false (state->ever_subscribed);
  g_assert_false (state->has_payment_method);
  g_assert_cmpuint (state->meters->len, ==, 1);
  g_assert_cmpstr (meter_at (state, 0)->mode, ==, "fast");
  g_assert_cmpint (meter_at (state, 0)->allowance, ==, 0);
  g_assert_cmpint (meter_at (state, 0)->spendable, ==, 0);
  g_assert_cmpint (meter_at (state, 0)->resets_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_cmpstr (feature_of (state, "gallery")->code, ==, "active_subscription_required");
  g_assert_cmpuint (g_strv_length (state->suspended), ==, 0);
  g_assert_cmpint (state->waiting_limit, ==, 0);
  assert_notices (state, "");
}

/* RULES 0.24: the free plan, from the start and after a paid one. */
static void
test_free (void)
{
  g_autoptr (UpkeepTestLife) life = upkeep_test_life_new (CREDITS, "2026-05-31T12:00:00Z");
  g_autoptr (UpkeepStatement) fresh = upkeep_test_life_state (life);
  g_autoptr (UpkeepStatement) used = NULL;
  g_autoptr (UpkeepStatement) ended = NULL;

  assert_no_subscription (fresh, UPKEEP_STATE_NONE, "free");
  g_assert_null (meter_at (fresh, 0)->mode);
  g_assert_null (fresh->mode);
  g_assert_cmpint (meter_at (fresh, 0)->allowance, ==, 300);
  g_assert_cmpint (meter_at (fresh, 0)->spendable, ==, 300);
  upkeep_test_assert_instant (meter_at (fresh, 0)->resets_at_s, "2026-06-30T12:00:00Z");
  g_assert_false (fresh->has_metered);
  g_assert_true (feature_of (fresh, "chat")->allowed);
  g_assert_cmpstr (feature_of (fresh, "deep_research")->code, ==, "active_subscription_required");

  upkeep_test_life_use (life, 300, 0, -1);
  used = upkeep_test_life_state (life);
  g_assert_cmpuint (g_strv_length (used->suspended), ==, 1); /* of the plan one has */
  g_assert_cmpstr (used->suspended[0], ==, "chat");
  assert_notices (used, "fast_time_low");

  upkeep_test_life_give_card (life);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, "lite", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_PERIOD_END);
  upkeep_test_life_advance (life, "2026-06-30T12:00:00Z");
  ended = upkeep_test_life_state (life);
  assert_no_subscription (ended, UPKEEP_STATE_ENDED, "free");
  g_assert_true (ended->ever_subscribed);
  g_assert_cmpint (meter_at (ended, 0)->spendable, ==, 300);
  g_assert_cmpint (meter_at (ended, 0)->used, ==, 0);
  upkeep_test_assert_instant (meter_at (ended, 0)->resets_at_s, "2026-07-30T12:00:00Z");
}

static void
test_active (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_YEAR);
  g_autoptr (UpkeepStatement) state = NULL;

  upkeep_test_life_use (life, 27000, 459, 0);
  upkeep_test_life_use (life, 540, 0, 1);
  upkeep_test_life_advance (life, "2026-05-10T00:00:00Z");
  state = upkeep_test_life_state (life);
  g_assert_cmpint (state->state, ==, UPKEEP_STATE_ACTIVE);
  g_assert_cmpstr (state->plan, ==, "standard");
  g_assert_cmpint (state->interval, ==, UPKEEP_INTERVAL_YEAR);
  g_assert_cmpint (state->price_minor, ==, 28800);
  upkeep_test_assert_instant (state->started_at_s, "2026-05-01T00:00:00Z");
  upkeep_test_assert_instant (state->period.start_s, "2026-05-01T00:00:00Z");
  upkeep_test_assert_instant (state->period.end_s, "2027-05-01T00:00:00Z");
  upkeep_test_assert_instant (state->renews_at_s, "2027-05-01T00:00:00Z");
  upkeep_test_assert_instant (state->next_charge_at_s, "2027-05-01T00:00:00Z");
  g_assert_cmpint (state->next_charge_minor, ==, 28800);
  g_assert_cmpint (state->ends_at_s, ==, UPKEEP_INSTANT_NONE);

  g_assert_cmpuint (state->meters->len, ==, 2);
  g_assert_cmpint (meter_at (state, 0)->allowance, ==, 54000);
  g_assert_cmpint (meter_at (state, 0)->used, ==, 27000);
  g_assert_cmpint (meter_at (state, 0)->remaining, ==, 27000);
  g_assert_cmpint (meter_at (state, 0)->spendable, ==, 27000);
  upkeep_test_assert_instant (meter_at (state, 0)->resets_at_s, "2026-06-01T00:00:00Z");
  g_assert_true (meter_at (state, 1)->unlimited);
  g_assert_cmpint (meter_at (state, 1)->used, ==, 540);
  g_assert_cmpstr (state->mode, ==, "fast");
  g_assert_cmpint (state->running_total_limit, ==, 3);
  g_assert_cmpint (state->waiting_limit, ==, 10);
  g_assert_cmpstr (feature_of (state, "stealth")->code, ==, "not_in_plan");
  g_assert_cmpstr (feature_of (state, "stealth")->plans[0], ==, "pro");
  g_assert_true (state->has_metered);
  g_assert_cmpint (state->threshold_minor, ==, 3000); /* RULES 0.27: the monthly list price */
  g_assert_cmpint (state->lifetime_images, ==, 459);
  g_assert_cmpint (state->lifetime_units, ==, 27540);
  g_assert_cmpstr (state->last4, ==, "4242");
  assert_notices (state, "");
}

/* CONTRACT section 4: a cancellation that is scheduled leaves it active, and nothing is charged any
 * more; a switch that is scheduled foretells its own price. */
static void
test_scheduled (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepTestLife) credits = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepStatement) switches = NULL;
  g_autoptr (UpkeepStatement) cancels = NULL;
  g_autoptr (UpkeepStatement) falls_to_free = NULL;

  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "basic", UPKEEP_INTERVAL_YEAR,
                       UPKEEP_TIMING_PERIOD_END);
  switches = upkeep_test_life_state (life);
  g_assert_cmpint (switches->scheduled, ==, UPKEEP_SCHEDULED_SWITCH);
  g_assert_cmpstr (switches->scheduled_plan, ==, "basic");
  g_assert_cmpint (switches->scheduled_interval, ==, UPKEEP_INTERVAL_YEAR);
  upkeep_test_assert_instant (switches->scheduled_at_s, "2026-06-01T00:00:00Z");
  g_assert_cmpint (switches->price_minor, ==, 3000);
  g_assert_cmpint (switches->next_charge_minor, ==, 9600);
  assert_notices (switches, "switch_scheduled");

  upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_PERIOD_END);
  cancels = upkeep_test_life_state (life);
  g_assert_cmpint (cancels->state, ==, UPKEEP_STATE_ACTIVE);
  g_assert_cmpint (cancels->scheduled, ==, UPKEEP_SCHEDULED_CANCEL);
  g_assert_null (cancels->scheduled_plan);
  g_assert_cmpint (cancels->scheduled_interval, ==, UPKEEP_INTERVAL_NONE);
  upkeep_test_assert_instant (cancels->ends_at_s, "2026-06-01T00:00:00Z");
  g_assert_cmpint (cancels->renews_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (cancels->next_charge_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (meter_at (cancels, 0)->resets_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (meter_at (cancels, 0)->spendable, ==, 54000); /* B-15 */
  assert_notices (cancels, "cancel_scheduled");

  upkeep_test_life_do (credits, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_PERIOD_END);
  falls_to_free = upkeep_test_life_state (credits);
  g_assert_cmpstr (falls_to_free->scheduled_plan, ==, "free");
}

/* CONTRACT section 4: while past due there is no renewal to tell, and the period is the last paid
 * term; all that is owed is one sum. */
static void
test_past_due (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepStatement) threshold = NULL;
  g_autoptr (UpkeepStatement) both = NULL;

  buy_hours (life, 20);
  upkeep_test_life_advance (life, "2026-05-29T06:00:00Z");
  life->declines = TRUE;
  upkeep_test_life_use (life, 12000 + 9000 + 450, 0, 0);
  threshold = upkeep_test_life_state (life);
  g_assert_cmpint (threshold->state, ==, UPKEEP_STATE_PAST_DUE);
  g_assert_cmpint (threshold->past_due_minor, ==, 1000);
  upkeep_test_assert_instant (threshold->past_due_since_s, "2026-05-29T06:00:00Z");
  upkeep_test_assert_instant (threshold->next_retry_at_s, "2026-05-30T06:00:00Z");
  upkeep_test_assert_instant (threshold->period.end_s, "2026-06-01T00:00:00Z");
  g_assert_cmpint (threshold->unbilled_minor, ==, 50);
  g_assert_cmpint (threshold->balance_minor, ==, 0);
  g_assert_cmpint (threshold->next_charge_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (meter_at (threshold, 0)->spendable, ==, 0);
  g_assert_cmpint (meter_at (threshold, 0)->resets_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_false (g_array_index (meter_at (threshold, 0)->grants, UpkeepStatementGrant, 1).usable);
  g_assert_cmpstr (feature_of (threshold, "gallery")->code, ==, "active_subscription_required");
  assert_notices (threshold, "past_due");

  /* A renewal that falls into the spell adds to it, without a try of its own; days count from the
   * first miss (CONTRACT section 8). */
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  both = upkeep_test_life_state (life);
  g_assert_cmpint (both->past_due_minor, ==, 1000 + 50 + 1000);
  g_assert_cmpint (both->unbilled_minor, ==, 0);
  upkeep_test_assert_instant (both->past_due_since_s, "2026-05-29T06:00:00Z");
  upkeep_test_assert_instant (both->period.end_s, "2026-06-01T00:00:00Z");
  upkeep_test_assert_instant (both->next_retry_at_s, "2026-06-01T06:00:00Z");

  life->declines = FALSE;
  upkeep_test_life_advance (life, "2026-06-01T06:00:00Z");
  g_assert_cmpint (life->charged_minor, ==, 1000 + 2050);
  upkeep_test_assert_instant (life->account->term.start_s, "2026-06-01T00:00:00Z");
  upkeep_test_assert_instant (life->account->term.end_s, "2026-07-01T00:00:00Z");
  g_assert_cmpint (life->account->grants->len, ==, 2);
}

/* RULES 0.7, A-54: what is frozen is shown and not counted. */
static void
test_ended (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepStatement) state = NULL;
  const UpkeepStatementMeter *meter;

  buy_hours (life, 1);
  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 100,
                         upkeep_test_instant ("2026-07-01T00:00:00Z"));
  upkeep_test_life_give (life, UPKEEP_GRANT_REWARD, 10, UPKEEP_INSTANT_NONE);
  upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                       UPKEEP_TIMING_IMMEDIATE);
  state = upkeep_test_life_state (life);
  assert_no_subscription (state, UPKEEP_STATE_ENDED, NULL);
  meter = meter_at (state, 0);
  g_assert_cmpuint (meter->grants->len, ==, 3);
  g_assert_cmpint (g_array_index (meter->grants, UpkeepStatementGrant, 0).kind, ==,
                   UPKEEP_GRANT_EARNED);
  g_assert_false (g_array_index (meter->grants, UpkeepStatementGrant, 0).usable);
  g_assert_cmpint (g_array_index (meter->grants, UpkeepStatementGrant, 1).kind, ==,
                   UPKEEP_GRANT_REWARD);
  g_assert_true (g_array_index (meter->grants, UpkeepStatementGrant, 1).usable);
  g_assert_cmpint (g_array_index (meter->grants, UpkeepStatementGrant, 2).kind, ==,
                   UPKEEP_GRANT_PURCHASED);
  g_assert_false (g_array_index (meter->grants, UpkeepStatementGrant, 2).usable);
  g_assert_cmpint (meter->spendable, ==, 10);
  g_assert_cmpuint (state->meters->len, ==, 1);
  assert_notices (state, "refund_on_its_way");
}

/* RULES 0.33, A-59: from low to high in step with Relax use over the allotment, rounded up. */
static void
test_wait (void)
{
  const struct {
    gint64 relax;
    int minutes;
  } vectors[] = {{0, 1},     {1, 2},      {6000, 2},   {6001, 3},   {27000, 6},
                 {48000, 9}, {48001, 10}, {54000, 10}, {54001, 10}, {9999999, 10}};

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepStatement) state = NULL;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    upkeep_test_life_use (life, vectors[i].relax, 0, 1);
    state = upkeep_test_life_state (life);
    g_assert_cmpint (meter_at (state, 1)->wait_min_minutes, ==, 1);
    g_assert_cmpint (meter_at (state, 1)->wait_max_minutes, ==, 10);
    g_assert_cmpint (meter_at (state, 1)->wait_estimate_minutes, ==, vectors[i].minutes);
  }
}

/* With no more than a tenth of the allotment left one is told. */
static void
test_low (void)
{
  const struct {
    gint64 used;
    const char *notices;
  } vectors[] = {{0, ""}, {48599, ""}, {48600, "fast_time_low"}, {60000, "fast_time_low"}};

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepStatement) state = NULL;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    upkeep_test_life_use (life, vectors[i].used, 0, 0);
    state = upkeep_test_life_state (life);
    assert_notices (state, vectors[i].notices);
  }
}

/* RULES 0.33: without an allotment there is nothing to be in step with; without a range nothing is
 * estimated. */
static void
test_wait_without_measure (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepStatement) no_allowance = NULL;
  g_autoptr (UpkeepStatement) no_range = NULL;
  UpkeepMode *relax = g_ptr_array_index (life->edition->meter.modes, 1);

  upkeep_test_life_use (life, 27000, 0, 1);
  ((UpkeepPlan *) upkeep_edition_find_plan (life->edition, "standard"))->allowance = 0;
  no_allowance = upkeep_test_life_state (life);
  g_assert_cmpint (meter_at (no_allowance, 1)->wait_estimate_minutes, ==, 1);
  g_assert_cmpint (meter_at (no_allowance, 1)->wait_max_minutes, ==, 10);
  relax->wait_min_minutes = relax->wait_max_minutes = 0;
  no_range = upkeep_test_life_state (life);
  g_assert_true (meter_at (no_range, 1)->unlimited);
  g_assert_cmpint (meter_at (no_range, 1)->wait_estimate_minutes, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/statement/none", test_none);
  g_test_add_func ("/model/statement/free", test_free);
  g_test_add_func ("/model/statement/active", test_active);
  g_test_add_func ("/model/statement/scheduled", test_scheduled);
  g_test_add_func ("/model/statement/past-due", test_past_due);
  g_test_add_func ("/model/statement/ended", test_ended);
  g_test_add_func ("/model/statement/wait", test_wait);
  g_test_add_func ("/model/statement/low", test_low);
  g_test_add_func ("/model/statement/wait-without-measure", test_wait_without_measure);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-feature-rule.h"
#include "upkeep-queue.h"
#include "upkeep-spend.h"
#include "upkeep-test-life.h"

#define GPU     "midjourney-2023-03.json"
#define CREDITS "minara-2026-06.json"

#define FAST  0
#define RELAX 1
#define OWN   -1

static UpkeepTestLife *
subscriber (const char *edition, const char *plan)
{
  return upkeep_test_life_new_subscribed (edition, plan, UPKEEP_INTERVAL_MONTH,
                                          "2026-05-01T00:00:00Z");
}

/* Takes a job that has to be taken. Returns: its number */
static gint64
take (UpkeepTestLife *life, int mode, gint64 reserve)
{
  g_assert_cmpstr (upkeep_test_life_take (life, mode, reserve), ==, NULL);
  return life->account->next_job_number - 1;
}

static void
take_many (UpkeepTestLife *life, int mode, int n_jobs)
{
  for (int i = 0; i < n_jobs; i++)
    take (life, mode, 0);
}

static void
assert_queue (UpkeepTestLife *life, int fast, int relax, int queued_fast, int queued_relax)
{
  g_autoptr (UpkeepStatement) state = upkeep_test_life_state (life);

  g_assert_cmpint (state->running[FAST], ==, fast);
  g_assert_cmpint (state->running[RELAX], ==, relax);
  g_assert_cmpint (state->queued[FAST], ==, queued_fast);
  g_assert_cmpint (state->queued[RELAX], ==, queued_relax);
  g_assert_cmpint (state->waiting, ==, queued_fast + queued_relax);
}

static void
assert_state (UpkeepTestLife *life, gint64 number, UpkeepJobState state)
{
  const UpkeepJob *job = upkeep_queue_find_job (life->account, number);

  g_assert_nonnull (job);
  g_assert_cmpint (job->state, ==, state);
}

/* How many jobs ended in a state, in the whole life. */
static int
count_ended (UpkeepTestLife *life, UpkeepJobState state)
{
  int n_jobs = 0;

  for (guint i = 0; i < life->changes->len; i++) {
    const UpkeepChange *change = g_ptr_array_index (life->changes, i);

    for (guint j = 0; j < change->ended_jobs->len; j++)
      n_jobs += g_array_index (change->ended_jobs, UpkeepJob, j).state == state;
  }

  return n_jobs;
}

/* What the document shows as spendable. */
static gint64
shown (UpkeepTestLife *life)
{
  g_autoptr (UpkeepStatement) state = upkeep_test_life_state (life);

  return ((UpkeepStatementMeter *) g_ptr_array_index (state->meters, 0))->spendable;
}

static gint64
spendable (UpkeepTestLife *life)
{
  return upkeep_get_spendable (life->edition, life->account, life->now_s);
}

static void
switch_plan (UpkeepTestLife *life, const char *plan, UpkeepTiming timing)
{
  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, plan, UPKEEP_INTERVAL_MONTH, timing);
}

/* RULES 0.15: as many run as may, as many wait as may, and the next is refused. */
static void
test_limits (void)
{
  const struct {
    const char *edition, *plan;
    int mode, running, waiting;
  } vectors[] = {
      {GPU, "basic", FAST, 3, 10},
      {GPU, "standard", FAST, 3, 10},
      {GPU, "standard", RELAX, 3, 10},
      {GPU, "pro", FAST, 12, 10},
      {GPU, "pro", RELAX, 3, 10},
      {"midjourney-2024.json", "mega", FAST, 12, 10},
      {"midjourney-2025-04.json", "basic", OWN, 3, 10},
      {CREDITS, "lite", OWN, UPKEEP_JOBS_RUNNING_MAX, 0},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (vectors[i].edition, vectors[i].plan);
    gint64 first = 0;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    for (int n = 1; n <= vectors[i].running; n++) {
      gint64 number = take (life, vectors[i].mode, 0);

      assert_state (life, number, UPKEEP_JOB_RUNNING);
      g_assert_cmpint (upkeep_queue_get_position (life->account, number), ==, 0);
    }
    for (int n = 1; n <= vectors[i].waiting; n++) {
      gint64 number = take (life, vectors[i].mode, 0);

      assert_state (life, number, UPKEEP_JOB_QUEUED);
      g_assert_cmpint (upkeep_queue_get_position (life->account, number), ==, n);
      first = n == 1 ? number : first;
    }
    g_assert_cmpstr (upkeep_test_life_take (life, vectors[i].mode, 0), ==, "queue_full");

    /* One place is free again, and whoever waits longest has it. */
    upkeep_test_life_fail (life, 1);
    if (first > 0)
      assert_state (life, first, UPKEEP_JOB_RUNNING);
    take (life, vectors[i].mode, 0);
    g_assert_cmpstr (upkeep_test_life_take (life, vectors[i].mode, 0), ==, "queue_full");
  }
}

/* Pro counts Fast and Relax apart, and who waits in all. RULES 0.33: the next one is the
 * oldest with room in its mode. */
static void
test_apart (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "pro");
  gint64 fast, relax, later;

  take_many (life, FAST, 12);
  take_many (life, RELAX, 3);
  fast = take (life, FAST, 0);
  relax = take (life, RELAX, 0);
  later = take (life, RELAX, 0);
  assert_queue (life, 12, 3, 1, 2);
  g_assert_cmpint (upkeep_queue_get_position (life->account, fast), ==, 1);
  g_assert_cmpint (upkeep_queue_get_position (life->account, later), ==, 3);

  upkeep_test_life_finish (life, 13, 60, 4);
  assert_state (life, relax, UPKEEP_JOB_RUNNING);
  assert_state (life, fast, UPKEEP_JOB_QUEUED);
  assert_state (life, later, UPKEEP_JOB_QUEUED);
  assert_queue (life, 12, 3, 1, 1);
  g_assert_cmpint (upkeep_queue_get_position (life->account, later), ==, 2);
  upkeep_test_life_finish (life, 1, 60, 4);
  assert_state (life, fast, UPKEEP_JOB_RUNNING);
  assert_queue (life, 12, 3, 0, 1);

  take_many (life, FAST, 4);
  take_many (life, RELAX, 5);
  assert_queue (life, 12, 3, 4, 6);
  g_assert_cmpstr (upkeep_test_life_take (life, FAST, 0), ==, "queue_full");
  g_assert_cmpstr (upkeep_test_life_take (life, RELAX, 0), ==, "queue_full");
}

/* A-15, RULES 0.13: the trial has its own allotment and the smallest queue. */
static void
test_trial (void)
{
  g_autoptr (UpkeepTestLife) life = upkeep_test_life_new (GPU, "2026-05-01T00:00:00Z");

  life->account->state = UPKEEP_STATE_TRIAL;
  life->account->plan = g_strdup ("trial");
  upkeep_test_life_give (life, UPKEEP_GRANT_PROMOTIONAL, 1500, UPKEEP_INSTANT_NONE);
  g_assert_cmpstr (upkeep_test_life_take (life, FAST, 1501), ==, "out_of_fast_time");
  g_assert_cmpstr (upkeep_test_life_take (life, RELAX, 0), ==, "mode_not_in_plan");
  take (life, FAST, 1200);
  take_many (life, FAST, 12);
  g_assert_cmpstr (upkeep_test_life_take (life, FAST, 0), ==, "queue_full");
  assert_queue (life, 3, 0, 10, 0);

  /* Who subscribes goes on with them. */
  upkeep_test_life_give_card (life);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, "basic", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  assert_queue (life, 3, 0, 10, 0);
}

/* CONTRACT, POST /v1/admin/jobs: who has no plan, or is past due where that suspends, gets no job
 * (RULES 0.29); a mode has to be in the plan. */
static void
test_refused (void)
{
  g_autoptr (UpkeepTestLife) life = upkeep_test_life_new (GPU, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepTestLife) kept = subscriber (CREDITS, "lite");

  g_assert_cmpstr (upkeep_test_life_take (life, OWN, 0), ==, "active_subscription_required");
  upkeep_test_life_give_card (life);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, "basic", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpstr (upkeep_test_life_take (life, RELAX, 0), ==, "mode_not_in_plan");
  take (life, OWN, 0);

  life->declines = TRUE;
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpstr (upkeep_test_life_take (life, FAST, 0), ==, "active_subscription_required");
  g_assert_cmpstr (upkeep_test_life_take (life, RELAX, 0), ==, "active_subscription_required");
  upkeep_test_life_advance (life, "2026-06-08T00:00:00Z");
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ENDED);
  g_assert_cmpstr (upkeep_test_life_take (life, FAST, 0), ==, "active_subscription_required");

  /* Where access is kept, what was left of the old allotment may be worked with. */
  kept->declines = TRUE;
  upkeep_test_life_advance (kept, "2026-06-01T00:00:00Z");
  g_assert_cmpint (kept->account->state, ==, UPKEEP_STATE_PAST_DUE);
  take (kept, OWN, 1400);
  g_assert_cmpstr (upkeep_test_life_take (kept, OWN, 1), ==, "feature_suspended");
}

/* CONTRACT section 8, "Jobs": what is held is spendable no more, for whoever asks next; equal to
 * what is left is no more than it. */
static void
test_reserve (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");
  gint64 number;

  g_assert_cmpstr (upkeep_test_life_take (life, FAST, 54001), ==, "out_of_fast_time");
  number = take (life, FAST, 54000);
  g_assert_cmpint (shown (life), ==, 0);
  g_assert_cmpstr (upkeep_test_life_take (life, FAST, 1), ==, "out_of_fast_time");
  g_assert_cmpstr (upkeep_test_life_take (life, FAST, 0), ==, "out_of_fast_time");

  /* Holds alone do not make the mode fall, and an unlimited mode needs none. */
  g_assert_cmpint (spendable (life), ==, 54000);
  g_assert_cmpint (life->account->mode, ==, FAST);
  take (life, RELAX, UPKEEP_UNITS_MAX);
  g_assert_cmpint (shown (life), ==, 0);

  /* What was not used is free again. */
  upkeep_test_life_finish (life, number, 53000, 4);
  g_assert_cmpint (shown (life), ==, 1000);
  take (life, FAST, 400);
  take (life, FAST, 600);
  g_assert_cmpint (shown (life), ==, 0);
  g_assert_cmpstr (upkeep_test_life_take (life, FAST, 1), ==, "out_of_fast_time");

  /* One that waits holds, too. */
  g_assert_cmpint (upkeep_queue_count (life->account, UPKEEP_JOB_RUNNING, -1), ==, 3);
  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 50, UPKEEP_INSTANT_NONE);
  assert_state (life, take (life, FAST, 50), UPKEEP_JOB_QUEUED);
  g_assert_cmpint (shown (life), ==, 0);

  /* Use beside the jobs leaves less than they hold: nothing, and no less. */
  upkeep_test_life_use (life, 100, 0, FAST);
  g_assert_cmpint (spendable (life), ==, 950);
  g_assert_cmpint (shown (life), ==, 0);
}

/* D-30, CONTRACT section 8: the same for credits, under their own name. Holds suspend no feature.
 */
static void
test_credits (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "lite");
  g_autoptr (UpkeepTestLife) nobody = upkeep_test_life_new (CREDITS, "2026-05-01T00:00:00Z");

  g_assert_cmpstr (upkeep_test_life_take (life, OWN, 1401), ==, "feature_suspended");
  take (life, OWN, 1400);
  g_assert_cmpint (shown (life), ==, 0);
  g_assert_cmpstr (upkeep_test_life_take (life, OWN, 1), ==, "feature_suspended");
  g_assert_cmpstr (upkeep_judge_feature (life->edition, life->account, "chat", life->now_s), ==,
                   NULL);
  upkeep_test_life_finish (life, 1, 1400, 0);
  g_assert_cmpstr (upkeep_test_life_take (life, OWN, 0), ==, "feature_suspended");
  g_assert_cmpstr (upkeep_judge_feature (life->edition, life->account, "chat", life->now_s), ==,
                   "feature_suspended");

  /* RULES 0.24: the free plan works, too. */
  take (nobody, OWN, 300);
  g_assert_cmpstr (upkeep_test_life_take (nobody, OWN, 1), ==, "feature_suspended");
}

/* RULES 0.12, 0.26: what a job used counts as reported use does, overrun included; an error costs
 * nothing (4.4). */
static void
test_finish (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic");
  const UpkeepUse *month;

  take (life, FAST, 6000);
  take (life, FAST, 6000);
  upkeep_test_life_fail (life, 1);
  g_assert_cmpint (spendable (life), ==, 12000);
  g_assert_cmpint (shown (life), ==, 6000);
  g_assert_cmpint (upkeep_use_total (&life->account->use_lifetime), ==, 0);
  g_assert_cmpint (life->account->use_lifetime.images, ==, 0);

  upkeep_test_life_advance (life, "2026-05-20T00:00:00Z");
  upkeep_test_life_finish (life, 2, 12500, 7); /* beyond what it held and what there was */
  month = &life->account->use_month;
  g_assert_cmpint (month->units[FAST], ==, 12500);
  g_assert_cmpint (month->images, ==, 7);
  g_assert_cmpint (life->account->last_used_at_s, ==, life->now_s);
  g_assert_cmpint (spendable (life), ==, 0);
  g_assert_cmpint (life->account->money_minor, ==, 0);
  g_assert_cmpuint (life->account->jobs->len, ==, 0);
  g_assert_cmpstr (upkeep_test_life_take (life, FAST, 0), ==, "out_of_fast_time");
  g_assert_cmpint (count_ended (life, UPKEEP_JOB_DONE), ==, 1);
  g_assert_cmpint (count_ended (life, UPKEEP_JOB_FAILED), ==, 1);
}

/* Only what runs can be finished (CONTRACT section 8, 4.8). */
static void
test_not_running (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic");
  const UpkeepUsage usage = {1, 0, OWN};
  const gint64 numbers[] = {0, 4, 5};

  take_many (life, FAST, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (upkeep_queue_finish_job (life->edition, life->account, numbers[i], &usage,
                                            life->now_s, &error));
    g_assert_error (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_UNKNOWN);
  }
}

/* A count that would overflow is refused, and the job runs on. */
static void
test_overflow (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic");
  const UpkeepUsage usage = {1, 0, OWN};
  g_autoptr (GError) error = NULL;

  take (life, FAST, 0);
  life->account->use_lifetime.units[FAST] = G_MAXINT64;
  g_assert_null (
      upkeep_queue_finish_job (life->edition, life->account, 1, &usage, life->now_s, &error));
  g_assert_error (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_RANGE);
  assert_state (life, 1, UPKEEP_JOB_RUNNING);
}

/* RULES 0.33: Fast ones that wait when Fast runs out go on in Relax where the plan has it, and hold
 * nothing there; running ones finish as they are. */
static void
test_fall (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");

  for (int i = 0; i < 5; i++)
    take (life, FAST, 1000);
  upkeep_test_life_use (life, 53999, 0, FAST);
  assert_queue (life, 3, 0, 2, 0);
  upkeep_test_life_use (life, 1, 0, FAST);
  assert_queue (life, 3, 0, 0, 2);
  g_assert_cmpint (life->account->mode, ==, RELAX);
  g_assert_cmpint (upkeep_queue_get_held (life->edition, life->account), ==, 3000);

  upkeep_test_life_finish (life, 1, 900, 1);
  assert_queue (life, 2, 1, 0, 1);
  g_assert_cmpint (life->account->use_month.units[FAST], ==, 54900);
  upkeep_test_life_finish (life, 4, 800, 1);
  g_assert_cmpint (life->account->use_month.units[RELAX], ==, 800);

  /* They do not come back when there is time again. */
  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 3600, UPKEEP_INSTANT_NONE);
  g_assert_cmpint (life->account->mode, ==, FAST);
  assert_queue (life, 2, 1, 0, 0);
}

/* RULES 0.33: where the plan has no other mode, they are dropped. */
static void
test_drop_without_time (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic");

  take_many (life, FAST, 5);
  upkeep_test_life_finish (life, 1, 11999, 0);
  assert_queue (life, 3, 0, 1, 0);
  upkeep_test_life_use (life, 1, 0, FAST);
  assert_queue (life, 3, 0, 0, 0);
  g_assert_cmpint (count_ended (life, UPKEEP_JOB_DROPPED), ==, 1);
  upkeep_test_life_finish (life, 2, 60, 4);
  assert_queue (life, 2, 0, 0, 0);
}

/* What ends when the refill comes has not run out: at one instant grants expire before the
 * allotment comes, and the queue waits for both (RULES 0.25, 0.33). */
static void
test_refill_at_expiry (void)
{
  const struct {
    const char *expires;
    int queued;
  } vectors[] = {{"2026-05-31T23:59:59Z", 0}, {"2026-06-01T00:00:00Z", 1}};

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic");

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    upkeep_test_life_use (life, 12000, 0, FAST);
    upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 3600,
                           upkeep_test_instant (vectors[i].expires));
    take_many (life, FAST, 4);
    assert_queue (life, 3, 0, 1, 0);
    upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
    g_assert_cmpint (spendable (life), ==, 12000);
    assert_queue (life, 3, 0, vectors[i].queued, 0);
  }
}

/* RULES 0.33: with the end of the subscription, of whatever kind, those that wait are dropped, and
 * running ones finish; what they used counts then. */
static void
test_end (void)
{
  const struct {
    UpkeepTiming timing;
    const char *ends;
  } vectors[] = {{UPKEEP_TIMING_IMMEDIATE, "2026-05-01T00:00:00Z"},
                 {UPKEEP_TIMING_PERIOD_END, "2026-06-01T00:00:00Z"}};

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");
    gint64 ends_s = upkeep_test_instant (vectors[i].ends);

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    take (life, FAST, 1000);
    take_many (life, RELAX, 6);
    assert_queue (life, 1, 2, 0, 4);
    upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE, vectors[i].timing);
    if (life->now_s < ends_s) {
      upkeep_test_life_advance_to (life, ends_s - 1);
      assert_queue (life, 1, 2, 0, 4);
      upkeep_test_life_advance_to (life, ends_s);
    }
    assert_queue (life, 1, 2, 0, 0);
    g_assert_cmpint (count_ended (life, UPKEEP_JOB_DROPPED), ==, 4);
    upkeep_test_life_finish (life, 1, 900, 3);
    assert_queue (life, 0, 2, 0, 0);
    g_assert_cmpint (life->account->use_lifetime.units[FAST], ==, 900);
    g_assert_cmpint (life->account->money_minor, ==, 0);
  }
}

/* RULES 0.33, 0.29: falling past due drops those that wait; paying does not bring them back. */
static void
test_past_due (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");

  take_many (life, FAST, 5);
  life->declines = TRUE;
  upkeep_test_life_advance (life, "2026-05-31T23:59:59Z");
  assert_queue (life, 3, 0, 2, 0);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  assert_queue (life, 3, 0, 0, 0);
  upkeep_test_life_finish (life, 1, 60, 4);
  g_assert_cmpint (life->account->use_month.units[FAST], ==, 60);

  life->declines = FALSE;
  upkeep_test_life_do (life, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE, UPKEEP_TIMING_IMMEDIATE);
  assert_queue (life, 2, 0, 0, 0);
  take_many (life, FAST, 1);
  assert_queue (life, 3, 0, 0, 0);
}

/* RULES 0.8, 0.29: bought time that a job used is charged at the threshold, and a declined charge
 * drops those that wait, the next one included. */
static void
test_threshold (void)
{
  for (int declines = 0; declines <= 1; declines++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic");
    g_autoptr (UpkeepQuote) quote = upkeep_test_life_quote_topup (life, 10 * 3600);

    g_test_message ("declines: %d", declines);
    upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
    take_many (life, FAST, 5);
    life->declines = declines;
    upkeep_test_life_finish (life, 1, 12000 + 9000, 0); /* 2.5 hours bought: 10 dollars */
    g_assert_cmpint (life->charged_minor, ==, declines ? 1000 : 2000);
    assert_queue (life, declines ? 2 : 3, 0, declines ? 0 : 1, 0);
  }
}

/* A change of plan moves the limits with it: more of those that wait start, and of those that run
 * none stops. */
static void
test_plan_change (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");

  take_many (life, FAST, 6);
  take_many (life, RELAX, 5);
  assert_queue (life, 3, 0, 3, 5);
  switch_plan (life, "pro", UPKEEP_TIMING_IMMEDIATE);
  assert_queue (life, 6, 3, 0, 2);
  take_many (life, FAST, 6);

  /* a plan without Relax has no room for those that wait in it. */
  switch_plan (life, "basic", UPKEEP_TIMING_PERIOD_END);
  assert_queue (life, 12, 3, 0, 2);
  upkeep_test_life_advance_to (life, life->account->term.end_s);
  assert_queue (life, 12, 3, 0, 0);
  g_assert_cmpint (count_ended (life, UPKEEP_JOB_DROPPED), ==, 2);
  g_assert_cmpint (upkeep_queue_get_position (life->account, take (life, FAST, 0)), ==, 1);
  for (gint64 number = 1; number <= 3; number++)
    upkeep_test_life_fail (life, number);
  assert_queue (life, 9, 3, 1, 0);
}

/* A job that finishes counts then, in the month that runs then. */
static void
test_month (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");

  take (life, FAST, 3600);
  upkeep_test_life_advance (life, "2026-06-02T00:00:00Z");
  g_assert_cmpint (shown (life), ==, 54000 - 3600);
  upkeep_test_life_finish (life, 1, 3600, 0);
  g_assert_cmpint (life->account->use_month.units[FAST], ==, 3600);
  g_assert_cmpint (spendable (life), ==, 54000 - 3600);
}

/* RULES 0.33: a job that is over has no place any more; where the plan is gone nothing waits. */
static void
test_nothing_to_wait_for (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic");
  g_autoptr (UpkeepChange) change = NULL;
  gint64 last;

  take_many (life, FAST, 4);
  last = life->account->next_job_number - 1;
  g_assert_cmpint (upkeep_queue_get_position (life->account, last), ==, 1);
  g_assert_cmpint (upkeep_queue_get_position (life->account, last - 1), ==, 0);
  g_assert_cmpint (upkeep_queue_get_position (life->account, last + 1), ==, 0);
  g_assert_true (upkeep_queue_is_settled (life->edition, life->account, life->now_s));

  g_free (life->account->plan);
  life->account->plan = g_strdup ("gone");
  g_assert_false (upkeep_queue_is_settled (life->edition, life->account, life->now_s));
  change = upkeep_change_new (life->account);
  upkeep_queue_settle (change, life->edition, life->now_s);
  g_assert_cmpuint (change->account->jobs->len, ==, 3);
  g_assert_cmpuint (change->ended_jobs->len, ==, 1);
  g_assert_cmpint (g_array_index (change->ended_jobs, UpkeepJob, 0).state, ==, UPKEEP_JOB_DROPPED);
}

/* RULES 0.33, as fsck asks: none waits that could run, go on elsewhere, or has nothing to wait for.
 */
static void
test_settled (void)
{
  const struct {
    const char *plan; /* (nullable): NULL for none */
    int n_running;
    int waits_in;
    gint64 used;
    gboolean settled;
  } vectors[] = {
      {"standard", 3, FAST, 0, TRUE},      {"standard", 2, FAST, 0, FALSE},
      {"standard", 3, FAST, 54000, FALSE}, {"standard", 3, RELAX, 54000, TRUE},
      {"basic", 3, RELAX, 0, FALSE},       {NULL, 3, FAST, 0, FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");
    UpkeepJob job = {1, FAST, 0, UPKEEP_JOB_RUNNING, UPKEEP_INSTANT_NONE};

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    upkeep_test_life_use (life, vectors[i].used, 0, FAST);
    g_free (life->account->plan);
    life->account->plan = g_strdup (vectors[i].plan);
    for (; job.number <= vectors[i].n_running; job.number++)
      g_array_append_val (life->account->jobs, job);
    g_assert_true (upkeep_queue_is_settled (life->edition, life->account, life->now_s));
    job.state = UPKEEP_JOB_QUEUED;
    job.mode = vectors[i].waits_in;
    g_array_append_val (life->account->jobs, job);
    g_assert_true (upkeep_queue_is_settled (life->edition, life->account, life->now_s) ==
                   vectors[i].settled);
  }
}

/* Beyond all bounds more is held than any account has. */
static void
test_held_bound (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard");
  const UpkeepJob jobs[] = {
      {1, FAST, G_MAXINT64, UPKEEP_JOB_RUNNING, UPKEEP_INSTANT_NONE},
      {2, FAST, 1, UPKEEP_JOB_RUNNING, UPKEEP_INSTANT_NONE},
  };

  g_array_append_vals (life->account->jobs, jobs, G_N_ELEMENTS (jobs));
  g_assert_cmpint (upkeep_queue_get_held (life->edition, life->account), ==, G_MAXINT64);
  g_assert_cmpint (shown (life), ==, 0);
  g_assert_cmpint (upkeep_queue_get_position (life->account, 3), ==, 0);
  g_assert_null (upkeep_queue_find_job (life->account, 3));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/queue/limits", test_limits);
  g_test_add_func ("/model/queue/apart", test_apart);
  g_test_add_func ("/model/queue/trial", test_trial);
  g_test_add_func ("/model/queue/refused", test_refused);
  g_test_add_func ("/model/queue/reserve", test_reserve);
  g_test_add_func ("/model/queue/credits", test_credits);
  g_test_add_func ("/model/queue/finish", test_finish);
  g_test_add_func ("/model/queue/not-running", test_not_running);
  g_test_add_func ("/model/queue/overflow", test_overflow);
  g_test_add_func ("/model/queue/fall", test_fall);
  g_test_add_func ("/model/queue/drop-without-time", test_drop_without_time);
  g_test_add_func ("/model/queue/refill-at-expiry", test_refill_at_expiry);
  g_test_add_func ("/model/queue/end", test_end);
  g_test_add_func ("/model/queue/past-due", test_past_due);
  g_test_add_func ("/model/queue/threshold", test_threshold);
  g_test_add_func ("/model/queue/plan-change", test_plan_change);
  g_test_add_func ("/model/queue/month", test_month);
  g_test_add_func ("/model/queue/nothing-to-wait-for", test_nothing_to_wait_for);
  g_test_add_func ("/model/queue/settled", test_settled);
  g_test_add_func ("/model/queue/held-bound", test_held_bound);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-queue.h"

#include "upkeep-book.h"
#include "upkeep-spend.h"

/* Of any mode. */
#define ANY_MODE -1

/**
 * upkeep_queue_is_limited:
 * @self: the limits of a plan
 *
 * Tells whether a plan limits its jobs at all: where it does not, they run at once.
 *
 * Returns: whether it does
 */
gboolean
upkeep_queue_is_limited (const UpkeepQueue *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (gsize i = 0; i < UPKEEP_MODES_MAX; i++) {
    if (self->running[i] > 0)
      return TRUE;
  }

  return self->running_total > 0;
}

static UpkeepJob *
get_job (const UpkeepAccount *account, guint index)
{
  return &g_array_index (account->jobs, UpkeepJob, index);
}

/**
 * upkeep_queue_count:
 * @account: an account
 * @state: queued or running
 * @mode: a mode by index; -1 for all of them
 *
 * Counts unfinished jobs.
 *
 * Returns: how many there are
 */
int
upkeep_queue_count (const UpkeepAccount *account, UpkeepJobState state, int mode)
{
  int n_jobs = 0;

  g_return_val_if_fail (account != NULL, 0);

  for (guint i = 0; i < account->jobs->len; i++) {
    const UpkeepJob *job = get_job (account, i);

    if (job->state == state && (mode == ANY_MODE || job->mode == mode))
      n_jobs++;
  }

  return n_jobs;
}

/**
 * upkeep_queue_get_position:
 * @account: an account
 * @number: of an unfinished job
 *
 * Says where a job stands among those that wait, all modes together.
 *
 * Returns: its place, from 1; 0 while it runs
 */
int
upkeep_queue_get_position (const UpkeepAccount *account, gint64 number)
{
  int position = 0;

  g_return_val_if_fail (account != NULL, 0);

  for (guint i = 0; i < account->jobs->len; i++) {
    const UpkeepJob *job = get_job (account, i);

    if (job->state == UPKEEP_JOB_QUEUED)
      position++;
    if (job->number == number)
      return job->state == UPKEEP_JOB_QUEUED ? position : 0;
  }

  return 0;
}

/* Returns: the index of an unfinished job, or -1 */
static int
find_index (const UpkeepAccount *account, gint64 number)
{
  for (guint i = 0; i < account->jobs->len; i++) {
    if (get_job (account, i)->number == number)
      return (int) i;
  }

  return -1;
}

/**
 * upkeep_queue_find_job:
 * @account: an account
 * @number: of a job
 *
 * Looks an unfinished job up.
 *
 * Returns: (nullable) (transfer none): the job; `NULL` where no unfinished one has this number
 */
const UpkeepJob *
upkeep_queue_find_job (const UpkeepAccount *account, gint64 number)
{
  int index;

  g_return_val_if_fail (account != NULL, NULL);

  index = find_index (account, number);
  return index >= 0 ? get_job (account, (guint) index) : NULL;
}

/* Work spends grants unless its mode is unlimited. */
static gboolean
is_metered (const UpkeepEdition *edition, int mode_index)
{
  return upkeep_edition_get_weight (edition, mode_index) > 0;
}

/* What a job of a mode spends at the most (RULES 4.4). */
static gint64
weigh (const UpkeepEdition *edition, int mode_index, gint64 reserve)
{
  return reserve * upkeep_edition_get_weight (edition, mode_index); /* 10^12 x 100 fit */
}

/**
 * upkeep_queue_get_held:
 * @edition: the account's edition
 * @account: an account
 *
 * Adds up what unfinished jobs hold: the most that each may spend, where its mode spends any
 * (CONTRACT, POST /v1/admin/jobs).
 *
 * Returns: units, `G_MAXINT64` where they are more
 */
gint64
upkeep_queue_get_held (const UpkeepEdition *edition, const UpkeepAccount *account)
{
  gint64 held = 0;

  g_return_val_if_fail (edition != NULL && account != NULL, 0);

  for (guint i = 0; i < account->jobs->len; i++) {
    const UpkeepJob *job = get_job (account, i);

    if (!upkeep_add (held, weigh (edition, job->mode, job->reserve), &held, NULL))
      return G_MAXINT64;
  }

  return held;
}

/**
 * upkeep_queue_get_available:
 * @edition: the account's edition
 * @account: an account
 * @now_s: the time, in UTC seconds
 *
 * Says what may still be spent by somebody who holds nothing: what is spendable, less what jobs
 * hold. Use beside the jobs may have taken some of that, so that nothing is free.
 *
 * A hold is no use: the mode does not fall by it, nor is a feature suspended (CONTRACT section 8,
 * "Jobs").
 *
 * Returns: units, at least 0
 */
gint64
upkeep_queue_get_available (const UpkeepEdition *edition,
                            const UpkeepAccount *account,
                            gint64 now_s)
{
  gint64 spendable, held;

  g_return_val_if_fail (edition != NULL && account != NULL, 0);

  spendable = upkeep_get_spendable (edition, account, now_s);
  held = upkeep_queue_get_held (edition, account);
  return MAX (spendable - held, 0);
}

static gboolean
has_room (const UpkeepAccount *account, const UpkeepPlan *plan, int mode)
{
  const UpkeepQueue *limits = &plan->queue;
  int n_running = upkeep_queue_count (account, UPKEEP_JOB_RUNNING, ANY_MODE);

  if (!upkeep_queue_is_limited (limits))
    return n_running < UPKEEP_JOBS_RUNNING_MAX;
  if (limits->running_total > 0)
    return n_running < limits->running_total;

  return upkeep_queue_count (account, UPKEEP_JOB_RUNNING, mode) < limits->running[mode];
}

/* Ends a job that the account then has no more. */
static void
end_job (UpkeepChange *change, guint index, UpkeepJobState state, gint64 at_s)
{
  UpkeepJob ended = *get_job (change->account, index);

  ended.state = state;
  ended.ended_at_s = at_s;
  g_array_append_val (change->ended_jobs, ended);
  g_array_remove_index (change->account->jobs, index);
}

/* Whether a job may go on waiting: its mode is in the plan, and has anything left to spend. */
static gboolean
may_wait (const UpkeepEdition *edition, const UpkeepPlan *plan, int mode_index, gint64 spendable)
{
  const UpkeepMode *mode = upkeep_edition_get_mode (edition, mode_index);

  if (mode != NULL && !upkeep_plan_has_mode (plan, mode))
    return FALSE;

  return spendable > 0 || !is_metered (edition, mode_index);
}

/* Whether work that has nothing left to spend goes on in another mode (RULES 0.12). */
static gboolean
can_fall (const UpkeepEdition *edition, const UpkeepPlan *plan, int mode_index)
{
  const UpkeepMode *fallback = upkeep_edition_get_mode (edition, edition->policy.mode_fallback);

  return is_metered (edition, mode_index) && fallback != NULL &&
         upkeep_plan_has_mode (plan, fallback);
}

/* Those that cannot go on waiting where they are wait in the other mode, or not at all. */
static void
move_or_drop (UpkeepChange *change,
              const UpkeepEdition *edition,
              const UpkeepPlan *plan,
              gint64 at_s)
{
  UpkeepAccount *account = change->account;
  gint64 spendable = upkeep_get_spendable (edition, account, at_s);

  for (guint i = 0; i < account->jobs->len;) {
    UpkeepJob *job = get_job (account, i);

    if (job->state != UPKEEP_JOB_QUEUED || may_wait (edition, plan, job->mode, spendable)) {
      i++;
    } else if (can_fall (edition, plan, job->mode)) {
      job->mode = edition->policy.mode_fallback;
      i++;
    } else {
      end_job (change, i, UPKEEP_JOB_DROPPED, at_s);
    }
  }
}

/* The next one is the oldest with room in its mode (RULES 0.33). */
static void
start_waiting (UpkeepAccount *account, const UpkeepPlan *plan)
{
  for (guint i = 0; i < account->jobs->len; i++) {
    UpkeepJob *job = get_job (account, i);

    if (job->state == UPKEEP_JOB_QUEUED && has_room (account, plan, job->mode))
      job->state = UPKEEP_JOB_RUNNING;
  }
}

/* Whether more happens at this instant: one event of several is no time to judge what is left. */
static gboolean
is_more_due (const UpkeepEdition *edition, const UpkeepAccount *account, gint64 at_s)
{
  UpkeepDue due;

  return upkeep_due_next (edition, account, &due, NULL) && due.kind != UPKEEP_DUE_NOTHING &&
         due.at_s <= at_s;
}

/**
 * upkeep_queue_settle:
 * @change: the change
 * @edition: the account's edition
 * @at_s: when
 *
 * Lets the queue follow what a step has made of the account (RULES 0.33): jobs that wait for time
 * that has run out go on in the mode that the account falls to, where the plan has it; what cannot
 * run any more is dropped; then those for which there is room start, the oldest first. Running ones
 * finish.
 *
 * Where more falls due at the same instant, the queue waits for that (RULES 0.25): time that ends
 * when the refill comes has not run out.
 */
void
upkeep_queue_settle (UpkeepChange *change, const UpkeepEdition *edition, gint64 at_s)
{
  UpkeepAccount *account = change->account;
  const UpkeepPlan *plan;

  if (upkeep_queue_count (account, UPKEEP_JOB_QUEUED, ANY_MODE) == 0 ||
      is_more_due (edition, account, at_s))
    return;

  plan = upkeep_edition_find_plan (edition, account->plan);
  if (plan == NULL) {
    upkeep_queue_drop_waiting (change, at_s);
    return;
  }

  move_or_drop (change, edition, plan, at_s);
  start_waiting (account, plan);
}

/**
 * upkeep_queue_drop_waiting:
 * @change: the change
 * @at_s: when
 *
 * Drops the jobs that wait; those that run finish (RULES 0.33).
 */
void
upkeep_queue_drop_waiting (UpkeepChange *change, gint64 at_s)
{
  for (guint i = 0; i < change->account->jobs->len;) {
    if (get_job (change->account, i)->state == UPKEEP_JOB_QUEUED)
      end_job (change, i, UPKEEP_JOB_DROPPED, at_s);
    else
      i++;
  }
}

/**
 * upkeep_queue_is_settled:
 * @edition: the account's edition
 * @account: an account
 * @now_s: the time, in UTC seconds
 *
 * Tells whether the queue is as the rules leave it: none waits that could run, or that cannot run
 * any more.
 *
 * Returns: whether settling it would change nothing
 */
gboolean
upkeep_queue_is_settled (const UpkeepEdition *edition, const UpkeepAccount *account, gint64 now_s)
{
  g_autoptr (UpkeepChange) change = NULL;

  g_return_val_if_fail (edition != NULL && account != NULL, FALSE);

  change = upkeep_change_new (account);
  upkeep_queue_settle (change, edition, now_s);
  if (change->ended_jobs->len > 0)
    return FALSE;

  for (guint i = 0; i < account->jobs->len; i++) {
    const UpkeepJob *before = get_job (account, i);
    const UpkeepJob *after = get_job (change->account, i);

    if (before->state != after->state || before->mode != after->mode)
      return FALSE;
  }

  return TRUE;
}

/* Why a job of a mode is not taken; without a code it may run or wait. */
static UpkeepJobRefusal
judge_job (const UpkeepEdition *edition,
           const UpkeepAccount *account,
           const UpkeepPlan *plan,
           int mode,
           gint64 reserve,
           gint64 now_s)
{
  gboolean has_modes = edition->meter.modes->len > 0;
  gint64 available = upkeep_queue_get_available (edition, account, now_s);
  gint64 wanted = weigh (edition, mode, reserve);
  int n_waiting = upkeep_queue_count (account, UPKEEP_JOB_QUEUED, ANY_MODE);

  if (has_modes && !upkeep_plan_has_mode (plan, upkeep_edition_get_mode (edition, mode)))
    return (UpkeepJobRefusal){.code = "mode_not_in_plan"};
  if (is_metered (edition, mode) && (available == 0 || wanted > available))
    return (UpkeepJobRefusal){has_modes ? "out_of_fast_time" : "feature_suspended", TRUE, wanted,
                              available};
  if (!has_room (account, plan, mode) && n_waiting >= plan->queue.waiting)
    return (UpkeepJobRefusal){"queue_full", TRUE, n_waiting, plan->queue.waiting};

  return (UpkeepJobRefusal){.code = NULL};
}

/**
 * upkeep_queue_take_job:
 * @edition: the account's edition
 * @account: whose job it is; nothing is due for it
 * @mode: the mode that is asked for, by index; -1 for the account's own
 * @reserve: the most units of work that it may take, from 0 to `UPKEEP_UNITS_MAX`
 * @now_s: the time, in UTC seconds
 * @ret_refusal: (out): where to put why not
 *
 * Takes a job: it runs where there is room for it, else it waits (RULES 0.15). Until it ends it
 * holds @reserve, so that jobs in flight cannot pass what is spendable (CONTRACT section 8,
 * "Jobs").
 *
 * Returns: (transfer full) (nullable): the change, in which it is the last job; `NULL` with
 * the code of @ret_refusal set to `active_subscription_required`, `mode_not_in_plan`,
 * `out_of_fast_time`, `feature_suspended` (the same, where the meter has no modes) or `queue_full`,
 * which are judged in this order
 */
UpkeepChange *
upkeep_queue_take_job (const UpkeepEdition *edition,
                       const UpkeepAccount *account,
                       int mode,
                       gint64 reserve,
                       gint64 now_s,
                       UpkeepJobRefusal *ret_refusal)
{
  const UpkeepPlan *plan;
  UpkeepChange *change;
  UpkeepJob job;

  g_return_val_if_fail (edition != NULL && account != NULL && ret_refusal != NULL, NULL);
  g_return_val_if_fail (mode < MAX ((int) edition->meter.modes->len, 1), NULL);
  g_return_val_if_fail (reserve >= 0 && reserve <= UPKEEP_UNITS_MAX, NULL);

  plan = upkeep_edition_find_plan (edition, account->plan);
  if (mode < 0)
    mode = account->mode;
  if (plan == NULL || !upkeep_account_is_served (account, edition)) {
    *ret_refusal = (UpkeepJobRefusal){.code = "active_subscription_required"};
    return NULL;
  }
  *ret_refusal = judge_job (edition, account, plan, mode, reserve, now_s);
  if (ret_refusal->code != NULL)
    return NULL;

  change = upkeep_change_new (account);
  job = (UpkeepJob){
      .number = change->account->next_job_number++,
      .mode = mode,
      .reserve = reserve,
      .state = has_room (account, plan, mode) ? UPKEEP_JOB_RUNNING : UPKEEP_JOB_QUEUED,
      .ended_at_s = UPKEEP_INSTANT_NONE,
  };
  g_array_append_val (change->account->jobs, job);
  return change;
}

/**
 * upkeep_queue_finish_job:
 * @edition: the account's edition
 * @account: whose job it is
 * @number: of the job
 * @usage: (nullable): what it used, whose mode is the job's whatever it says; `NULL` when it failed
 * @now_s: the time, in UTC seconds
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Finishes a job: what it held is free again, what it used counts as any use does, also beyond what
 * it held or what is left (RULES 0.12, 0.26), and the next one starts. One that failed costs
 * nothing (RULES 4.4).
 *
 * Errors: `UPKEEP_MODEL_ERROR_UNKNOWN` when no job of this number runs; `UPKEEP_MODEL_ERROR_RANGE`
 * when a count would overflow.
 *
 * Returns: (transfer full): the change, in which it is the first of the ended jobs; or `NULL` with
 * @error set
 */
UpkeepChange *
upkeep_queue_finish_job (const UpkeepEdition *edition,
                         const UpkeepAccount *account,
                         gint64 number,
                         const UpkeepUsage *usage,
                         gint64 now_s,
                         GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;
  int index;

  g_return_val_if_fail (edition != NULL && account != NULL, NULL);
  g_return_val_if_fail (usage == NULL || (usage->quantity >= 0 && usage->images >= 0), NULL);

  index = find_index (account, number);
  if (index < 0 || get_job (account, (guint) index)->state != UPKEEP_JOB_RUNNING) {
    g_set_error (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_UNKNOWN,
                 "no job number %" G_GINT64_FORMAT " runs", number);
    return NULL;
  }

  change = upkeep_change_new (account);
  if (usage != NULL) {
    UpkeepUsage counted = {usage->quantity, usage->images, get_job (account, (guint) index)->mode};

    if (!upkeep_book_usage (change, edition, &counted, now_s, error))
      return NULL;
  }
  end_job (change, (guint) index, usage != NULL ? UPKEEP_JOB_DONE : UPKEEP_JOB_FAILED, now_s);
  upkeep_queue_settle (change, edition, now_s);
  return g_steal_pointer (&change);
}

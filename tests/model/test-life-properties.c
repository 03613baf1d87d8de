/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-check.h"
#include "upkeep-move.h"
#include "upkeep-queue.h"
#include "upkeep-spend.h"
#include "upkeep-test-life.h"

/* Random lives, and what must hold in each of them. A life follows from a sequence of choices; one
 * that breaks a property is made shorter and simpler as long as it still does, and then told step
 * by step. The seed is printed by GLib and taken back with --seed. */

#ifdef __SANITIZE_ADDRESS__
#define N_LIVES 100 /* each allocation keeps its whole stack there */
#else
#define N_LIVES 2000
#endif
#define STEPS_MAX   40
#define SHRINKS_MAX 20000
#define N_EDITIONS  6

/* --- Choices --- */

typedef struct {
  GArray *values; /* (element-type guint) */
  guint next;
  gboolean is_replay; /* what is not recorded is 0 */
} Choices;

/* 0 is always the simplest choice. */
static guint
choose (Choices *choices, guint n)
{
  guint value = 0;

  if (choices->next < choices->values->len) {
    value = g_array_index (choices->values, guint, choices->next) % n;
  } else if (!choices->is_replay) {
    value = (guint) g_test_rand_int_range (0, (gint32) n);
    g_array_append_val (choices->values, value);
  }

  choices->next++;
  return value;
}

/* --- One life --- */

typedef struct {
  UpkeepEdition *const *editions; /* all there are */
  const UpkeepEdition *edition;
  UpkeepAccount *account; /* (owned) */
  gint64 now_s;
  gboolean declines;
  gint64 charged_minor;
  gint64 charged_before_term_minor;
  gint64 refunded_minor;
  gint64 used_in_month;
  GString *story; /* (owned) (nullable): `NULL` while something is only tried out */
  char *broken;   /* (owned) (nullable): the first property that does not hold */
} World;

static void
break_world (World *world, const char *property, int line)
{
  if (world->broken == NULL)
    world->broken = g_strdup_printf ("line %d: %s", line, property);
}

#define HOLD(world, property)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(property))                                                                               \
      break_world ((world), #property, __LINE__);                                                  \
  }                                                                                                \
  G_STMT_END

G_GNUC_PRINTF (2, 3)
static void
tell (World *world, const char *format, ...)
{
  char now[UPKEEP_INSTANT_TEXT_SIZE];
  va_list arguments;

  if (world->story == NULL)
    return;

  upkeep_instant_print (world->now_s, now);
  g_string_append_printf (world->story, "\n  %s ", now);
  va_start (arguments, format);
  g_string_append_vprintf (world->story, format, arguments);
  va_end (arguments);
}

static World
try_out (const World *world)
{
  World copy = *world;

  copy.account = upkeep_account_copy (world->account);
  copy.story = NULL;
  copy.broken = NULL;
  return copy;
}

static void
end_trial (World *world, World *trial)
{
  if (trial->broken != NULL && world->broken == NULL)
    world->broken = g_steal_pointer (&trial->broken);
  g_free (trial->broken);
  upkeep_account_free (trial->account);
}

/* --- What always holds --- */

static gint64
sum_of (const UpkeepChange *change, gboolean is_money, int kind)
{
  gint64 sum = 0;

  for (guint i = 0; i < change->postings->len; i++) {
    const UpkeepPosting *posting = &g_array_index (change->postings, UpkeepPosting, i);

    if (posting->is_money == is_money && (kind < 0 || (int) posting->kind == kind))
      sum += posting->amount;
  }

  return sum;
}

static gint64
units_in (const UpkeepAccount *account)
{
  gint64 units = 0;

  for (guint i = 0; i < account->grants->len; i++)
    units += g_array_index (account->grants, UpkeepGrant, i).remaining;

  return units;
}

static void
hold_bill (World *world, const UpkeepBill *bill)
{
  gint64 sum = 0;

  for (guint i = 0; i < bill->n_lines; i++)
    sum += bill->lines[i].amount_minor;
  HOLD (world, sum == bill->total_minor);
}

static void
hold_grants (World *world)
{
  const GArray *grants = world->account->grants;
  guint n_plan_grants = 0;

  for (guint i = 0; i < grants->len; i++) {
    const UpkeepGrant *grant = &g_array_index (grants, UpkeepGrant, i);

    HOLD (world, grant->remaining >= 0 && grant->remaining <= grant->quantity);
    HOLD (world, grant->number < world->account->next_grant_number);
    if (grant->kind == UPKEEP_GRANT_PLAN)
      n_plan_grants++;
  }
  HOLD (world, n_plan_grants <= 1);
}

static gboolean
is_one_term (const UpkeepAccount *account)
{
  return upkeep_schedule_months_at (account->anchor_s, account->term.end_s) -
             upkeep_schedule_months_at (account->anchor_s, account->term.start_s) ==
         upkeep_interval_months (account->interval);
}

static void
hold_account (World *world)
{
  const UpkeepAccount *account = world->account;
  gint64 threshold_minor = upkeep_get_threshold_minor (world->edition, account);
  gint64 unbilled_minor = upkeep_account_get_unbilled_minor (account, world->edition);

  hold_grants (world);
  HOLD (world, account->metered_parts >= 0);
  /* Nobody ever has more than was paid in, and no more goes out than came in (RULES 0.30). */
  HOLD (world, account->money_minor + world->refunded_minor <= world->charged_minor);
  HOLD (world, world->refunded_minor <= world->charged_minor);
  HOLD (world, account->term_taken_minor >= 0);

  switch (account->state) {
  case UPKEEP_STATE_NONE:
  case UPKEEP_STATE_TRIAL:
    HOLD (world, account->money_minor == 0 && !account->ever_subscribed);
    break;
  case UPKEEP_STATE_ACTIVE:
    HOLD (world, account->money_minor >= 0 && account->owed_price_minor == 0);
    HOLD (world, account->term.start_s <= account->refill.start_s);
    HOLD (world, account->refill.end_s <= account->term.end_s);
    HOLD (world, is_one_term (account));
    break;
  case UPKEEP_STATE_PAST_DUE:
    HOLD (world, account->money_minor < 0 && account->missed_at_s > 0);
    HOLD (world, threshold_minor == 0 || unbilled_minor < threshold_minor);
    break;
  case UPKEEP_STATE_ENDED:
  default:
    HOLD (world, account->owed_price_minor == 0);
    HOLD (world, unbilled_minor == 0);
    break;
  }
  if (account->state != UPKEEP_STATE_ACTIVE && account->state != UPKEEP_STATE_PAST_DUE)
    HOLD (world, account->scheduled == UPKEEP_SCHEDULED_NOTHING);
}

/* Once everything that was due has happened, the present lies in the periods. */
static void
hold_periods (World *world)
{
  const UpkeepAccount *account = world->account;

  if (account->state == UPKEEP_STATE_ACTIVE)
    HOLD (world, account->term.start_s <= world->now_s && world->now_s < account->term.end_s);
  if (account->refill.end_s > 0)
    HOLD (world, account->refill.start_s <= world->now_s && world->now_s < account->refill.end_s);
  HOLD (world, upkeep_use_total (&account->use_month) == world->used_in_month);
  HOLD (world, upkeep_queue_is_settled (world->edition, account, world->now_s));
}

/* An account changes its edition at a renewal or not at all (RULES 0.1), and only as it was told.
 */
static void
follow_edition (World *world, const UpkeepChange *change)
{
  const UpkeepAccount *before = world->account;
  const UpkeepAccount *after = change->account;

  if (g_strcmp0 (after->edition, before->edition) == 0)
    return;

  HOLD (world, g_strcmp0 (after->edition, before->next_edition) == 0);
  HOLD (world, after->next_edition == NULL && after->coming == NULL);
  HOLD (world, before->term.end_s == after->refill.start_s ||
                   before->refill.end_s == after->refill.start_s);
  if (before->coming != NULL)
    world->edition = before->coming;
}

static int
count_jobs (const UpkeepAccount *account, UpkeepJobState state, int mode)
{
  return upkeep_queue_count (account, state, mode);
}

/* No step lets more jobs run or wait than the plan has places; those that were there before a plan
 * with fewer stay (RULES 0.15, 0.33). */
static void
hold_limits (World *world, const UpkeepAccount *after)
{
  const UpkeepAccount *before = world->account;
  const UpkeepPlan *plan = upkeep_edition_find_plan (world->edition, after->plan);
  const UpkeepQueue none = {0};
  const UpkeepQueue *limits = plan != NULL ? &plan->queue : &none;

  HOLD (world, count_jobs (after, UPKEEP_JOB_QUEUED, -1) <=
                   MAX (count_jobs (before, UPKEEP_JOB_QUEUED, -1), limits->waiting));
  if (limits->running_total > 0)
    HOLD (world, count_jobs (after, UPKEEP_JOB_RUNNING, -1) <=
                     MAX (count_jobs (before, UPKEEP_JOB_RUNNING, -1), limits->running_total));
  for (int i = 0; limits->running_total == 0 && i < UPKEEP_MODES_MAX; i++) {
    int limit = upkeep_queue_is_limited (limits) ? limits->running[i] : UPKEEP_JOBS_RUNNING_MAX;

    HOLD (world, count_jobs (after, UPKEEP_JOB_RUNNING, i) <=
                     MAX (count_jobs (before, UPKEEP_JOB_RUNNING, i), limit));
  }
}

/* Jobs come and go one by one; none that runs is dropped, and none waits where a subscription has
 * just ended or fallen past due (RULES 0.33). */
static void
hold_jobs (World *world, const UpkeepChange *change)
{
  const UpkeepAccount *before = world->account;
  const UpkeepAccount *after = change->account;

  hold_limits (world, after);
  HOLD (world, after->next_job_number - before->next_job_number ==
                   (gint64) after->jobs->len + change->ended_jobs->len - before->jobs->len);
  for (guint i = 0; i < change->ended_jobs->len; i++) {
    const UpkeepJob *ended = &g_array_index (change->ended_jobs, UpkeepJob, i);
    const UpkeepJob *job = upkeep_queue_find_job (before, ended->number);

    HOLD (world, job != NULL && upkeep_queue_find_job (after, ended->number) == NULL);
    HOLD (world,
          job == NULL || (job->state == UPKEEP_JOB_QUEUED) == (ended->state == UPKEEP_JOB_DROPPED));
  }
  if (after->state != before->state &&
      (after->state == UPKEEP_STATE_PAST_DUE || after->state == UPKEEP_STATE_ENDED))
    HOLD (world, count_jobs (after, UPKEEP_JOB_QUEUED, -1) == 0);
}

/* Takes a change over. Facts are projections of postings; units and payments are just those that
 * the step explains. */
static void
keep (World *world, UpkeepChange *change, gint64 given, gint64 paid_minor, gint64 refunded_minor)
{
  HOLD (world,
        change->account->money_minor == world->account->money_minor + sum_of (change, TRUE, -1));
  HOLD (world,
        units_in (change->account) == units_in (world->account) + sum_of (change, FALSE, -1));
  HOLD (world, sum_of (change, FALSE, UPKEEP_POSTING_GRANT) == given);
  HOLD (world, sum_of (change, TRUE, UPKEEP_POSTING_PAYMENT) == paid_minor);
  HOLD (world, sum_of (change, TRUE, UPKEEP_POSTING_REFUND) == -refunded_minor);
  follow_edition (world, change);
  hold_jobs (world, change);
  for (guint i = 0; i < change->invoices->len; i++) {
    const UpkeepInvoice *invoice = g_ptr_array_index (change->invoices, i);

    hold_bill (world, &invoice->bill);
    HOLD (world, invoice->bill.n_lines > 0);
    HOLD (world, invoice->credit_of != NULL ? invoice->bill.total_minor <= 0
                                            : invoice->bill.total_minor >= 0);
  }

  if (change->account->term.start_s != world->account->term.start_s)
    world->charged_before_term_minor = world->charged_minor;
  if (change->account->refill.start_s != world->account->refill.start_s)
    world->used_in_month = 0;
  world->charged_minor += paid_minor;
  world->refunded_minor += refunded_minor;
  upkeep_account_free (world->account);
  world->account = g_steal_pointer (&change->account);
  change->account = upkeep_account_new ();
  upkeep_change_free (change);
  hold_account (world);
}

/* --- Time --- */

static gint64
allowance_of (const UpkeepEdition *edition, const char *plan_id)
{
  const UpkeepPlan *plan = upkeep_edition_find_plan (edition, plan_id);

  return plan != NULL ? plan->allowance : 0;
}

/* What a due event may give: the allotment of the plan that goes on, where a refill month begins.
 */
static gint64
explain_units (const World *world, const UpkeepDue *due, const UpkeepChange *change)
{
  gboolean moves = g_strcmp0 (change->account->edition, world->account->edition) != 0;
  gint64 allowance =
      allowance_of (moves ? world->account->coming : world->edition, change->account->plan);

  switch (due->kind) {
  case UPKEEP_DUE_REFILL:
  case UPKEEP_DUE_LAPSE:
  case UPKEEP_DUE_END:
    return allowance;
  case UPKEEP_DUE_RENEWAL:
    return change->account->state == UPKEEP_STATE_ACTIVE ? allowance : 0;
  case UPKEEP_DUE_RETRY:
    return world->account->owed_price_minor > 0 && change->account->state == UPKEEP_STATE_ACTIVE
               ? allowance
               : 0;
  case UPKEEP_DUE_NOTHING:
  case UPKEEP_DUE_EXPIRY:
  case UPKEEP_DUE_ARRIVAL:
  case UPKEEP_DUE_THRESHOLD:
  default:
    return 0;
  }
}

/* Time leaves no gap between two terms or two refill months, and lets none overlap: what follows
 * begins where the last one ended, whenever it was paid. */
static void
hold_chain (World *world, const UpkeepDue *due, const UpkeepAccount *next)
{
  const UpkeepAccount *account = world->account;

  if (next->term.start_s != account->term.start_s && next->term.end_s > 0)
    HOLD (world, next->term.start_s == account->term.end_s);
  HOLD (world, next->term.start_s >= account->term.start_s || next->term.end_s == 0);
  if (due->kind == UPKEEP_DUE_REFILL)
    HOLD (world, next->refill.start_s == account->refill.end_s);
  if (due->kind == UPKEEP_DUE_RENEWAL && next->state == UPKEEP_STATE_ACTIVE)
    HOLD (world, next->refill.start_s == next->term.start_s && due->at_s == next->term.start_s);
}

static void
advance_to (World *world, gint64 to_s)
{
  world->now_s = to_s;
  while (world->broken == NULL) {
    gboolean paid;
    UpkeepDue due;
    UpkeepChange *change;

    if (!upkeep_due_next (world->edition, world->account, &due, NULL)) {
      break_world (world, "upkeep_due_next ()", __LINE__);
      return;
    }
    if (due.kind == UPKEEP_DUE_NOTHING || due.at_s > to_s)
      break;

    paid = due.charge_minor == 0 || !world->declines;
    change = upkeep_due_settle (world->edition, world->account, &due, paid, NULL);
    HOLD (world, change != NULL);
    if (change != NULL) {
      hold_chain (world, &due, change->account);
      keep (world, change, explain_units (world, &due, change), paid ? due.charge_minor : 0, 0);
    }
  }
  hold_periods (world);
}

static gboolean
is_same_account (const UpkeepAccount *a, const UpkeepAccount *b)
{
  gboolean same =
      a->state == b->state && g_strcmp0 (a->plan, b->plan) == 0 && a->interval == b->interval &&
      a->price_minor == b->price_minor && a->started_at_s == b->started_at_s &&
      a->ended_at_s == b->ended_at_s && a->anchor_s == b->anchor_s &&
      a->term.start_s == b->term.start_s && a->term.end_s == b->term.end_s &&
      a->refill.start_s == b->refill.start_s && a->refill.end_s == b->refill.end_s &&
      a->term_taken_minor == b->term_taken_minor &&
      g_strcmp0 (a->term_invoice, b->term_invoice) == 0 && a->scheduled == b->scheduled &&
      g_strcmp0 (a->edition, b->edition) == 0 &&
      g_strcmp0 (a->next_edition, b->next_edition) == 0 && a->missed_at_s == b->missed_at_s &&
      a->retries_done == b->retries_done && a->owed_price_minor == b->owed_price_minor &&
      a->money_minor == b->money_minor && a->metered_parts == b->metered_parts &&
      a->mode == b->mode && a->mode_fell == b->mode_fell &&
      a->use_month.images == b->use_month.images &&
      upkeep_use_total (&a->use_month) == upkeep_use_total (&b->use_month) &&
      upkeep_use_total (&a->use_lifetime) == upkeep_use_total (&b->use_lifetime) &&
      a->next_grant_number == b->next_grant_number &&
      a->next_invoice_number == b->next_invoice_number &&
      a->refund_expected_by_s == b->refund_expected_by_s && a->grants->len == b->grants->len &&
      a->next_job_number == b->next_job_number && a->jobs->len == b->jobs->len;

  for (guint i = 0; same && i < a->jobs->len; i++) {
    const UpkeepJob *one = &g_array_index (a->jobs, UpkeepJob, i);
    const UpkeepJob *other = &g_array_index (b->jobs, UpkeepJob, i);

    same = one->number == other->number && one->mode == other->mode &&
           one->reserve == other->reserve && one->state == other->state;
  }
  for (guint i = 0; same && i < a->grants->len; i++) {
    const UpkeepGrant *one = &g_array_index (a->grants, UpkeepGrant, i);
    const UpkeepGrant *other = &g_array_index (b->grants, UpkeepGrant, i);

    same = one->number == other->number && one->kind == other->kind &&
           one->quantity == other->quantity && one->remaining == other->remaining &&
           one->granted_at_s == other->granted_at_s && one->expires_at_s == other->expires_at_s &&
           one->prepaid == other->prepaid;
  }

  return same;
}

/* What the account or a quote foretells of an instant comes then, and not before, if nothing more
 * is used. */
static void
hold_forecast (World *world, gint64 at_s, gint64 charge_minor, gboolean counts_before)
{
  World trial = try_out (world);
  gint64 before_minor = trial.charged_minor;

  trial.declines = FALSE;
  advance_to (&trial, at_s - 1);
  if (counts_before)
    HOLD (&trial, trial.charged_minor == before_minor);
  before_minor = trial.charged_minor;
  advance_to (&trial, at_s);
  HOLD (&trial, trial.charged_minor == before_minor + charge_minor);
  end_trial (world, &trial);
}

/* What is foretold of another edition comes at its instant, and not before. */
static void
hold_move (World *world, const UpkeepStatement *state)
{
  World trial = try_out (world);

  trial.declines = FALSE;
  advance_to (&trial, state->next_edition_at_s - 1);
  HOLD (&trial, g_strcmp0 (trial.account->edition, state->edition) == 0);
  advance_to (&trial, state->next_edition_at_s);
  HOLD (&trial, g_strcmp0 (trial.account->edition, state->next_edition) == 0);
  end_trial (world, &trial);
}

static void
hold_statement (World *world)
{
  g_autoptr (UpkeepStatement) state =
      upkeep_statement_make (world->edition, world->account, world->now_s);

  HOLD (world, state->balance_minor >= 0 && state->unbilled_minor >= 0);
  HOLD (world, (state->ends_at_s == UPKEEP_INSTANT_NONE && state->state == UPKEEP_STATE_ACTIVE) ==
                   (state->renews_at_s != UPKEEP_INSTANT_NONE));
  HOLD (world, (state->renews_at_s == UPKEEP_INSTANT_NONE) ==
                   (state->next_charge_at_s == UPKEEP_INSTANT_NONE));
  HOLD (world, (state->next_edition == NULL) == (state->next_edition_at_s == UPKEEP_INSTANT_NONE));
  if (state->next_edition != NULL)
    hold_move (world, state);
  if (state->next_charge_at_s != UPKEEP_INSTANT_NONE)
    hold_forecast (world, state->next_charge_at_s, state->next_charge_minor, TRUE);
}

/* --- Steps --- */

static void
step_advance (World *world, Choices *choices)
{
  guint way = choose (choices, 5);
  gint64 to_s = world->now_s;
  World trial = try_out (world);
  UpkeepDue due = {.kind = UPKEEP_DUE_NOTHING};

  HOLD (world, upkeep_due_next (world->edition, world->account, &due, NULL));
  if (due.kind != UPKEEP_DUE_NOTHING && way == 0)
    to_s = due.at_s;
  else if (due.kind != UPKEEP_DUE_NOTHING && way == 1)
    to_s = MAX (due.at_s - 1, world->now_s);
  else if (way == 2)
    to_s += choose (choices, 1801);
  else if (way == 3)
    to_s += choose (choices, 400) * UPKEEP_DAY_S;
  else
    to_s += choose (choices, 45) * UPKEEP_DAY_S + choose (choices, 86400);

  /* One jump or two: the same account. */
  advance_to (&trial, world->now_s + (to_s - world->now_s) * choose (choices, 8) / 8);
  advance_to (&trial, to_s);
  advance_to (world, to_s);
  HOLD (&trial, is_same_account (trial.account, world->account));
  end_trial (world, &trial);
  tell (world, "time passes");
}

static void
use (World *world, gint64 quantity, gint64 images, int mode)
{
  UpkeepUsage usage = {quantity, images, mode};
  UpkeepChange *change =
      upkeep_record_usage (world->edition, world->account, &usage, world->now_s, NULL);

  HOLD (world, change != NULL);
  if (change == NULL)
    return;
  keep (world, change, 0, 0, 0);
  world->used_in_month += quantity;
  advance_to (world, world->now_s);
}

static void
step_use (World *world, Choices *choices)
{
  static const guint scales[] = {1, 10, 400, 4001, 30000, 130000};
  gint64 quantity = choose (choices, scales[choose (choices, G_N_ELEMENTS (scales))]);
  gint64 images = choose (choices, 30);
  gint64 part = quantity * choose (choices, 8) / 8;
  int mode = (int) choose (choices, world->edition->meter.modes->len + 1) - 1;
  World trial = try_out (world);

  /* Pieces or the whole: the same account, to the last fraction of a cent. */
  if (!world->declines && mode >= 0) {
    use (&trial, part, images, mode);
    use (&trial, quantity - part, 0, mode);
    use (world, quantity, images, mode);
    HOLD (&trial, is_same_account (trial.account, world->account));
    HOLD (&trial, trial.charged_minor == world->charged_minor);
  } else {
    use (world, quantity, images, mode);
  }
  end_trial (world, &trial);
  tell (world, "uses %d in mode %d", (int) quantity, mode);
}

/* A job that ends: with what it used, or by an error. */
static void
finish (World *world, gint64 number, const UpkeepUsage *usage)
{
  UpkeepChange *change =
      upkeep_queue_finish_job (world->edition, world->account, number, usage, world->now_s, NULL);

  HOLD (world, change != NULL);
  if (change == NULL)
    return;
  keep (world, change, 0, 0, 0);
  world->used_in_month += usage != NULL ? usage->quantity : 0;
  advance_to (world, world->now_s);
}

static gint64
find_running (const UpkeepAccount *account, guint skip)
{
  guint n_running = (guint) count_jobs (account, UPKEEP_JOB_RUNNING, -1);

  skip = n_running > 0 ? skip % n_running : 0;
  for (guint i = 0; i < account->jobs->len; i++) {
    const UpkeepJob *job = &g_array_index (account->jobs, UpkeepJob, i);

    if (job->state == UPKEEP_JOB_RUNNING && skip-- == 0)
      return job->number;
  }

  return 0;
}

/* Jobs in flight cannot pass what is spendable: if each takes the most that it may, all of that is
 * paid for by grants (CONTRACT, POST /v1/admin/jobs). */
static void
hold_reserves (World *world)
{
  World trial = try_out (world);
  gint64 held = upkeep_queue_get_held (world->edition, world->account);
  gint64 spendable = upkeep_get_spendable (world->edition, world->account, world->now_s);
  gint64 number;

  HOLD (world, held <= spendable);
  trial.declines = FALSE;
  while (trial.broken == NULL && (number = find_running (trial.account, 0)) > 0) {
    gint64 reserve = upkeep_queue_find_job (trial.account, number)->reserve;

    finish (&trial, number, &(UpkeepUsage){MIN (reserve, spendable), 0, -1});
  }
  HOLD (&trial,
        upkeep_get_spendable (trial.edition, trial.account, trial.now_s) == spendable - held);
  end_trial (world, &trial);
}

static void
step_take (World *world, Choices *choices)
{
  static const guint scales[] = {1, 100, 4001, 60000};
  int mode = (int) choose (choices, world->edition->meter.modes->len + 1) - 1;
  gint64 reserve = choose (choices, scales[choose (choices, G_N_ELEMENTS (scales))]);
  UpkeepJobRefusal refusal = {.code = NULL};
  UpkeepChange *change;

  if (choose (choices, 4) == 3)
    reserve = upkeep_queue_get_available (world->edition, world->account, world->now_s) +
              choose (choices, 2);
  change =
      upkeep_queue_take_job (world->edition, world->account, mode, reserve, world->now_s, &refusal);
  HOLD (world, (change == NULL) == (refusal.code != NULL));
  if (change != NULL) {
    const UpkeepJob *job =
        &g_array_index (change->account->jobs, UpkeepJob, change->account->jobs->len - 1);
    const UpkeepMode *worked_in = upkeep_edition_get_mode (world->edition, job->mode);

    keep (world, change, 0, 0, 0);
    hold_periods (world);
    if (world->broken == NULL && (worked_in == NULL || worked_in->metered))
      hold_reserves (world);
  }
  tell (world, "asks for a job in mode %d with %d: %s", mode, (int) reserve,
        refusal.code != NULL ? refusal.code : "yes");
}

/* What a job used counts as if it had been reported, and then the job had failed. */
static void
step_finish (World *world, Choices *choices)
{
  static const guint scales[] = {1, 400, 4001, 30000};
  gint64 number = find_running (world->account, choose (choices, 15));
  UpkeepUsage usage = {choose (choices, scales[choose (choices, G_N_ELEMENTS (scales))]),
                       choose (choices, 5), 0};
  guint way = choose (choices, 4);
  World trial = try_out (world);

  if (number > 0) {
    const UpkeepJob *job = upkeep_queue_find_job (world->account, number);

    usage.mode = job->mode;
    if (way == 1)
      usage.quantity = MIN (usage.quantity, job->reserve);
    if (way < 3)
      use (&trial, usage.quantity, usage.images, usage.mode);
    finish (&trial, number, NULL);
    finish (world, number, way < 3 ? &usage : NULL);
    HOLD (&trial, is_same_account (trial.account, world->account));
    HOLD (&trial, trial.charged_minor == world->charged_minor);
  }
  end_trial (world, &trial);
  tell (world, "job %d ends after %d%s", (int) number, (int) usage.quantity,
        way < 3 ? "" : " by an error");
}

static void
step_give (World *world, Choices *choices)
{
  static const UpkeepGrantKind kinds[] = {UPKEEP_GRANT_EARNED, UPKEEP_GRANT_REWARD,
                                          UPKEEP_GRANT_PROMOTIONAL};
  UpkeepGrantKind kind = kinds[choose (choices, G_N_ELEMENTS (kinds))];
  gint64 quantity = 1 + choose (choices, 4000);
  gint64 expires_at_s = UPKEEP_INSTANT_NONE;
  guint way = choose (choices, 3);
  UpkeepChange *change;

  if (way == 1)
    expires_at_s = world->now_s + 1 + choose (choices, 40) * UPKEEP_DAY_S;
  else if (way == 2 && world->account->refill.end_s > world->now_s)
    expires_at_s = world->account->refill.end_s;
  change = upkeep_give_grant (world->edition, world->account, kind, quantity, expires_at_s,
                              world->now_s, NULL);
  HOLD (world, change != NULL);
  if (change != NULL)
    keep (world, change, quantity, 0, 0);
  tell (world, "is given %d %s", (int) quantity, upkeep_grant_kind_to_string (kind));
}

static void
step_mode (World *world, Choices *choices)
{
  const char *refusal = NULL;
  int mode = (int) choose (choices, 2);
  UpkeepChange *change =
      upkeep_set_mode (world->edition, world->account, mode, &refusal, world->now_s);

  HOLD (world, (change == NULL) == (refusal != NULL));
  if (change != NULL)
    keep (world, change, 0, 0, 0);
  tell (world, "asks for mode %d: %s", mode, refusal != NULL ? refusal : "yes");
}

static void
step_card (World *world, Choices *choices)
{
  UpkeepPaymentMethod method = {(char *) "pm_card_visa", (char *) "visa", (char *) "4242", 12,
                                2030};

  keep (world, upkeep_set_payment_method (world->account, &method), 0, 0, 0);
  world->declines = choose (choices, 3) == 2;
  tell (world, "has a card that %s", world->declines ? "declines" : "pays");
}

/* The operator says where it moves, or takes that back. */
static void
step_move (World *world, Choices *choices)
{
  guint i = choose (choices, N_EDITIONS + 1);
  UpkeepEdition *to = i < N_EDITIONS ? world->editions[i] : NULL;

  if (to != NULL && upkeep_move_judge (world->edition, world->account, to) != UPKEEP_MOVE_POSSIBLE)
    return;

  keep (world, upkeep_move_schedule (world->account, to), 0, 0, 0);
  tell (world, "is to move to %s", to != NULL ? to->id : "nowhere");
}

/* --- Quotes --- */

static void
hold_option (World *world, const UpkeepQuote *quote, const UpkeepOption *option)
{
  g_autoptr (UpkeepStatement) state =
      upkeep_statement_make (world->edition, world->account, world->now_s);
  gint64 charge_minor = upkeep_option_get_charge_minor (option);
  UpkeepBill bill;

  hold_bill (world, &option->bill);
  HOLD (world, charge_minor >= 0);
  HOLD (world, option->bill.total_minor ==
                   charge_minor - (option->has_refund ? option->refund.amount_minor : 0));
  HOLD (world,
        !option->has_refund || (option->refund.amount_minor >= 0 &&
                                option->refund.amount_minor <=
                                    world->charged_minor - world->charged_before_term_minor));
  HOLD (world, upkeep_terms_compute (&option->terms, &bill, NULL) &&
                   upkeep_bill_equal (&bill, &option->bill));
  HOLD (world,
        upkeep_check_option (quote, option, world->edition, state).result == UPKEEP_CHECK_AGREES);
  HOLD (world, option->effective_at_s >= world->now_s);
  HOLD (world, option->has_renewal_total == (option->renews_at_s != UPKEEP_INSTANT_NONE));
  if (option->timing == UPKEEP_TIMING_PERIOD_END)
    HOLD (world, charge_minor == 0 && !option->has_grant && !option->has_refund);
}

/* Whether a quote is blocked or not: every reason once, in their order, and no choice; or no reason
 * and a choice, which the same moment would offer again. */
static void
hold_quote (World *world, const UpkeepQuote *quote, const UpkeepQuoteRequest *request)
{
  g_autoptr (UpkeepQuote) again = NULL;

  HOLD (world, (quote->blocked->len == 0) == (quote->options->len > 0));
  for (guint i = 1; i < quote->blocked->len; i++)
    HOLD (world, g_array_index (quote->blocked, UpkeepBlocked, i - 1).code <
                     g_array_index (quote->blocked, UpkeepBlocked, i).code);

  HOLD (world, upkeep_decide (world->edition, world->account, request, world->now_s, &again, NULL));
  for (guint i = 0; world->broken == NULL && i < quote->options->len; i++) {
    const UpkeepOption *option = &g_array_index (quote->options, UpkeepOption, i);

    hold_option (world, quote, option);
    HOLD (world,
          upkeep_option_keeps_promise (option, upkeep_quote_find_option (again, option->timing)));
  }
}

/* After an option is carried out, everything is as it said. */
static void
hold_promise (World *world, const UpkeepOption *option)
{
  g_autoptr (UpkeepStatement) state =
      upkeep_statement_make (world->edition, world->account, world->now_s);

  HOLD (world, state->renews_at_s == option->renews_at_s);
  if (option->has_renewal_total)
    hold_forecast (world, option->renews_at_s, option->renewal_total_minor, FALSE);
}

static void
accept (World *world, const UpkeepQuote *quote, const UpkeepOption *option)
{
  gint64 charge_minor = upkeep_option_get_charge_minor (option);
  gint64 given = option->has_grant ? option->grant.quantity : 0;
  UpkeepChange *change;

  if (charge_minor > 0 && world->declines) {
    tell (world, "  declined");
    return;
  }

  change =
      upkeep_execute (world->edition, world->account, quote, option->timing, world->now_s, NULL);
  HOLD (world, change != NULL);
  if (change == NULL)
    return;
  /* Whom a cancellation leaves on the free plan gets its units. */
  if (quote->kind == UPKEEP_QUOTE_CANCEL && change->account->state == UPKEEP_STATE_ENDED)
    given += allowance_of (world->edition, change->account->plan);
  keep (world, change, given, charge_minor, option->has_refund ? option->refund.amount_minor : 0);
  /* These begin a month anew, if need be at the instant at which the last one began. */
  if (quote->kind == UPKEEP_QUOTE_SUBSCRIBE || world->account->state == UPKEEP_STATE_ENDED ||
      (option->effects & (1u << UPKEEP_EFFECT_RENEWAL_DATE_RESETS)) != 0)
    world->used_in_month = 0;
  advance_to (world, world->now_s);
  hold_promise (world, option);
  tell (world, "  %s, paid %d", upkeep_timing_to_string (option->timing), (int) charge_minor);
}

static gint64
choose_quantity (const UpkeepEdition *edition, Choices *choices)
{
  const GPtrArray *packs = edition->policy.topup.packs;

  if (packs->len == 0)
    return (1 + choose (choices, 40)) * edition->policy.topup.lot;

  return ((UpkeepPack *) g_ptr_array_index (packs, choose (choices, packs->len)))->quantity;
}

static void
ask (World *world, Choices *choices, UpkeepQuoteKind kind)
{
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (kind);
  g_autoptr (UpkeepQuote) quote = NULL;
  const GPtrArray *plans = world->edition->plans;
  const UpkeepPlan *plan = g_ptr_array_index (plans, plans->len - 1 - choose (choices, plans->len));

  request->plan = g_strdup (plan->id);
  request->interval = choose (choices, 2) == 0 ? UPKEEP_INTERVAL_MONTH : UPKEEP_INTERVAL_YEAR;
  request->quantity = choose_quantity (world->edition, choices);
  HOLD (world, upkeep_decide (world->edition, world->account, request, world->now_s, &quote, NULL));
  if (world->broken != NULL)
    return;

  tell (world, "%s %s %s: %u options", upkeep_quote_kind_to_string (request->kind), plan->id,
        upkeep_interval_to_string (request->interval), quote->options->len);
  hold_quote (world, quote, request);
  if (quote->options->len > 0 && world->broken == NULL) {
    accept (world, quote,
            &g_array_index (quote->options, UpkeepOption, choose (choices, quote->options->len)));
  } else {
    /* Nothing is charged for what is blocked. */
    HOLD (world, upkeep_execute (world->edition, world->account, quote, UPKEEP_TIMING_IMMEDIATE,
                                 world->now_s, NULL) == NULL);
  }
}

/* Rather what is open than what is blocked, but that, too. */
static void
step_quote (World *world, Choices *choices)
{
  static const UpkeepQuoteKind kinds[] = {UPKEEP_QUOTE_SWITCH, UPKEEP_QUOTE_SWITCH,
                                          UPKEEP_QUOTE_TOPUP, UPKEEP_QUOTE_CANCEL};
  UpkeepQuoteKind kind = kinds[choose (choices, G_N_ELEMENTS (kinds))];
  UpkeepState state = world->account->state;

  if (choose (choices, 8) == 7)
    kind = choose (choices, UPKEEP_N_QUOTE_KINDS);
  else if (state == UPKEEP_STATE_PAST_DUE)
    kind = choose (choices, 3) == 2 ? UPKEEP_QUOTE_CANCEL : UPKEEP_QUOTE_PAY;
  else if (state != UPKEEP_STATE_ACTIVE)
    kind = UPKEEP_QUOTE_SUBSCRIBE;
  ask (world, choices, kind);
}

/* --- Lives --- */

static World
be_born (UpkeepEdition *const *editions, Choices *choices)
{
  static const char *const instants[] = {"2026-05-01T00:00:00Z", "2026-01-31T10:00:00Z",
                                         "2024-02-29T23:59:59Z", "2025-12-31T00:00:01Z"};
  static const char *const countries[] = {NULL, "TW", "FR"};
  World world = {
      .editions = editions,
      .edition = editions[choose (choices, N_EDITIONS)],
      .now_s = upkeep_test_instant (instants[choose (choices, G_N_ELEMENTS (instants))]),
      .account = upkeep_account_new (),
      .story = g_string_new (NULL),
  };
  UpkeepChange *change;

  world.account->country = g_strdup (countries[choose (choices, G_N_ELEMENTS (countries))]);
  world.account->service = g_strdup (world.edition->service);
  world.account->edition = g_strdup (world.edition->id);
  world.account->invoice_prefix = g_strdup ("ABC1DEF2");
  change = upkeep_open_account (world.edition, world.account, world.now_s);
  keep (&world, change, allowance_of (world.edition, change->account->plan), 0, 0);
  step_card (&world, choices);
  tell (&world, "is born under %s/%s", world.edition->service, world.edition->id);
  return world;
}

/* Lives one life. Returns: (nullable) (transfer full): what does not hold in it, and its story */
static char *
live (UpkeepEdition *const *editions, Choices *choices)
{
  static void (*const steps[]) (World *, Choices *) = {
      step_quote, step_advance, step_use,  step_take, step_quote, step_advance, step_finish,
      step_use,   step_quote,   step_give, step_mode, step_take,  step_card,    step_move,
  };
  World world = be_born (editions, choices);
  guint n_steps = choose (choices, STEPS_MAX + 1);
  char *report = NULL;

  for (guint i = 0; i < n_steps && world.broken == NULL; i++) {
    steps[choose (choices, G_N_ELEMENTS (steps))](&world, choices);
    hold_statement (&world);
  }

  if (world.broken != NULL)
    report = g_strdup_printf ("%s%s", world.broken, world.story->str);
  g_free (world.broken);
  g_string_free (world.story, TRUE);
  upkeep_account_free (world.account);
  return report;
}

static char *
replay (UpkeepEdition *const *editions, GArray *values)
{
  Choices choices = {values, 0, TRUE};

  return live (editions, &choices);
}

/* Puts @values into the place of @best where they break a property, too. */
static gboolean
take_if_broken (UpkeepEdition *const *editions, GArray **best, GArray *values, char **report)
{
  char *other = replay (editions, values);

  if (other == NULL) {
    g_array_unref (values);
    return FALSE;
  }

  g_array_unref (*best);
  *best = values;
  g_free (*report);
  *report = other;
  return TRUE;
}

static gboolean
shrink_once (UpkeepEdition *const *editions, GArray **best, char **report)
{
  for (guint n_dropped = 8; n_dropped > 0; n_dropped /= 2) {
    for (guint i = 0; i + n_dropped <= (*best)->len; i++) {
      GArray *shorter = g_array_copy (*best);

      g_array_remove_range (shorter, i, n_dropped);
      if (take_if_broken (editions, best, shorter, report))
        return TRUE;
    }
  }

  for (guint i = 0; i < (*best)->len; i++) {
    guint value = g_array_index (*best, guint, i);
    const guint lower[] = {0, value / 2, value - 1};

    for (gsize j = 0; value > 0 && j < G_N_ELEMENTS (lower); j++) {
      GArray *simpler = g_array_copy (*best);

      g_array_index (simpler, guint, i) = lower[j];
      if (take_if_broken (editions, best, simpler, report))
        return TRUE;
    }
  }

  return FALSE;
}

static void
test_lives (gconstpointer data)
{
  UpkeepEdition *const *editions = data;

  g_test_summary ("What must hold in every life, holds in random ones");
  for (int i = 0; i < N_LIVES; i++) {
    Choices choices = {g_array_new (FALSE, FALSE, sizeof (guint)), 0, FALSE};
    g_autofree char *report = live (editions, &choices);

    for (int n = 0; report != NULL && n < SHRINKS_MAX; n++) {
      if (!shrink_once (editions, &choices.values, &report))
        break;
    }
    g_array_unref (choices.values);
    if (report != NULL) {
      g_test_message ("life %d: %s", i, report);
      g_test_fail ();
      return;
    }
  }
}

/* An edition that takes the other turn at each fork of the first. */
static UpkeepEdition *
make_contrary_edition (void)
{
  UpkeepEdition *edition = upkeep_test_load_edition ("midjourney-2023-03.json");
  UpkeepPolicy *policy = &edition->policy;
  UpkeepRefundClause *clause = g_ptr_array_index (policy->refund.any_of, 0);

  g_free (edition->id);
  edition->id = g_strdup ("contrary");
  policy->proration = UPKEEP_PRORATION_UNUSED_CREDIT_REFUND;
  policy->proration_rounding = UPKEEP_ROUNDING_DOWN;
  policy->upgrade_anchor = UPKEEP_ANCHOR_KEEP;
  policy->upgrade_grant = UPKEEP_UPGRADE_GRANT_DIFFERENCE;
  policy->past_due.cancel_allowed = TRUE;
  policy->past_due.access_kept = TRUE;
  ((UpkeepPlan *) upkeep_edition_find_plan_of_kind (edition, UPKEEP_PLAN_TRIAL))->offered = TRUE;
  clause->scope = UPKEEP_SCOPE_SUBSCRIPTION;
  clause->limit_is_percent = FALSE;
  clause->limit = 1200;
  return edition;
}

int
main (int argc, char *argv[])
{
  static const char *const shipped[] = {"midjourney-2023-03.json", "minara-2026-06.json",
                                        "midjourney-2024.json", "midjourney-2025-04.json",
                                        "minara-2025-08.json"};
  UpkeepEdition *editions[N_EDITIONS];
  int result;

  G_STATIC_ASSERT (G_N_ELEMENTS (shipped) + 1 == N_EDITIONS);
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++)
    editions[i] = upkeep_test_load_edition (shipped[i]);
  editions[G_N_ELEMENTS (shipped)] = make_contrary_edition ();
  g_test_add_data_func ("/model/life/properties", editions, test_lives);
  result = g_test_run ();
  for (gsize i = 0; i < N_EDITIONS; i++)
    upkeep_edition_unref (editions[i]);
  return result;
}

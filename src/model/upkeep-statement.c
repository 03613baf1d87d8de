/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-statement.h"

#include "upkeep-change.h"
#include "upkeep-feature-rule.h"
#include "upkeep-move.h"
#include "upkeep-queue.h"
#include "upkeep-spend.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (UpkeepStatement,
                     upkeep_statement,
                     upkeep_statement_ref,
                     upkeep_statement_unref)

/* With no more than a tenth of the allotment left the account is told that its time runs low. */
#define LOW_SHARE 10

static void
free_meter (gpointer data)
{
  UpkeepStatementMeter *meter = data;

  g_free (meter->id);
  g_free (meter->unit);
  g_free (meter->mode);
  g_array_unref (meter->grants);
  g_free (meter);
}

static void
free_feature (gpointer data)
{
  UpkeepStatementFeature *feature = data;

  g_free (feature->id);
  g_strfreev (feature->plans);
  g_free (feature);
}

UpkeepStatementMeter *
upkeep_statement_meter_new (void)
{
  UpkeepStatementMeter *self = g_new0 (UpkeepStatementMeter, 1);

  self->grants = g_array_new (FALSE, TRUE, sizeof (UpkeepStatementGrant));
  self->resets_at_s = UPKEEP_INSTANT_NONE;
  return self;
}

UpkeepStatementFeature *
upkeep_statement_feature_new (void)
{
  return g_new0 (UpkeepStatementFeature, 1);
}

/**
 * upkeep_statement_new:
 *
 * Makes a statement in which everything that may be absent is absent, to be filled before anybody
 * else sees it.
 *
 * Returns: (transfer full): the statement
 */
UpkeepStatement *
upkeep_statement_new (void)
{
  UpkeepStatement *self = g_atomic_rc_box_new0 (UpkeepStatement);

  self->meters = g_ptr_array_new_with_free_func (free_meter);
  self->features = g_ptr_array_new_with_free_func (free_feature);
  self->notices = g_array_new (FALSE, TRUE, sizeof (UpkeepStatementNotice));
  self->started_at_s = UPKEEP_INSTANT_NONE;
  self->renews_at_s = UPKEEP_INSTANT_NONE;
  self->ends_at_s = UPKEEP_INSTANT_NONE;
  self->scheduled_at_s = UPKEEP_INSTANT_NONE;
  self->next_edition_at_s = UPKEEP_INSTANT_NONE;
  self->next_charge_at_s = UPKEEP_INSTANT_NONE;
  self->past_due_since_s = UPKEEP_INSTANT_NONE;
  self->next_retry_at_s = UPKEEP_INSTANT_NONE;
  return self;
}

UpkeepStatement *
upkeep_statement_ref (UpkeepStatement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear_statement (gpointer data)
{
  UpkeepStatement *self = data;

  g_free (self->id);
  g_free (self->service);
  g_free (self->edition);
  g_free (self->email);
  g_free (self->plan);
  g_free (self->scheduled_plan);
  g_free (self->next_edition);
  g_ptr_array_unref (self->meters);
  g_free (self->mode);
  g_strfreev (self->queue_modes);
  g_ptr_array_unref (self->features);
  g_strfreev (self->suspended);
  g_free (self->brand);
  g_free (self->last4);
  g_array_unref (self->notices);
}

void
upkeep_statement_unref (UpkeepStatement *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_statement);
}

const char *
upkeep_notice_code_to_string (UpkeepNoticeCode code)
{
  static const char *const names[] = {"past_due",          "cancel_scheduled",
                                      "switch_scheduled",  "fast_time_low",
                                      "refund_on_its_way", "edition_change_scheduled"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_NOTICE_CODES);

  return names[code];
}

/* One account that is being described. */
typedef struct {
  UpkeepStatement *statement;
  const UpkeepEdition *edition;
  const UpkeepAccount *account;
  const UpkeepPlan *plan; /* (nullable) */
  gint64 now_s;
} Context;

static void
describe_past_due (const Context *context)
{
  UpkeepStatement *statement = context->statement;
  const UpkeepAccount *account = context->account;
  const UpkeepPastDuePolicy *policy = &context->edition->policy.past_due;

  statement->is_past_due = TRUE;
  statement->past_due_minor = upkeep_account_get_owed_minor (account);
  statement->past_due_since_s = account->missed_at_s;
  if (account->retries_done < policy->n_retries)
    statement->next_retry_at_s =
        account->missed_at_s + policy->retry_days[account->retries_done] * UPKEEP_DAY_S;
}

/* What would be charged next if nothing more were used (CONTRACT section 4): inside a yearly term
 * that is the metered rest at the refill, where the balance does not pay it (RULES 0.27). */
static void
describe_renewal (const Context *context)
{
  UpkeepStatement *statement = context->statement;
  const UpkeepAccount *account = context->account;
  gint64 price_minor = upkeep_get_next_price_minor (context->edition, account);
  gint64 rest_minor = upkeep_account_get_unbilled_minor (account, context->edition) -
                      upkeep_account_get_balance_minor (account);

  statement->renews_at_s = account->term.end_s;
  if (account->refill.end_s < account->term.end_s && rest_minor > 0) {
    statement->next_charge_at_s = account->refill.end_s;
    statement->next_charge_minor = rest_minor;
    return;
  }

  statement->next_charge_at_s = account->term.end_s;
  statement->next_charge_minor = MAX (price_minor + rest_minor, 0);
}

static void
describe_scheduled (const Context *context)
{
  UpkeepStatement *statement = context->statement;
  const UpkeepAccount *account = context->account;

  statement->scheduled = account->scheduled;
  if (account->scheduled == UPKEEP_SCHEDULED_NOTHING)
    return;

  statement->scheduled_at_s = account->term.end_s;
  if (account->scheduled == UPKEEP_SCHEDULED_SWITCH) {
    statement->scheduled_plan = g_strdup (account->scheduled_plan);
    statement->scheduled_interval = account->scheduled_interval;
  } else {
    const UpkeepPlan *free_plan =
        upkeep_edition_find_plan_of_kind (context->edition, UPKEEP_PLAN_FREE);

    statement->scheduled_plan = free_plan != NULL ? g_strdup (free_plan->id) : NULL;
    statement->ends_at_s = account->term.end_s;
  }
}

static void
describe_move (const Context *context)
{
  UpkeepStatement *statement = context->statement;

  statement->next_edition_at_s = upkeep_get_move_at_s (context->edition, context->account);
  if (statement->next_edition_at_s != UPKEEP_INSTANT_NONE)
    statement->next_edition = g_strdup (context->account->next_edition);
}

static void
describe_subscription (const Context *context)
{
  UpkeepStatement *statement = context->statement;
  const UpkeepAccount *account = context->account;

  statement->state = account->state;
  statement->plan = g_strdup (account->plan);
  statement->ever_subscribed = account->ever_subscribed;
  if (!upkeep_account_has_paid_plan (account))
    return;

  statement->interval = account->interval;
  statement->price_minor = account->price_minor;
  statement->started_at_s = account->started_at_s;
  statement->has_period = TRUE;
  statement->period = account->term;
  describe_scheduled (context);
  if (account->state == UPKEEP_STATE_PAST_DUE)
    describe_past_due (context);
  else if (statement->ends_at_s == UPKEEP_INSTANT_NONE)
    describe_renewal (context);
}

static void
describe_grants (const Context *context, UpkeepStatementMeter *meter)
{
  g_autoptr (GArray) order = upkeep_list_grants_in_order (context->edition, context->account);

  for (guint i = 0; i < order->len; i++) {
    const UpkeepGrant *grant = g_array_index (order, UpkeepGrant *, i);
    UpkeepStatementGrant shown = {
        .kind = grant->kind,
        .quantity = grant->quantity,
        .remaining = grant->remaining,
        .expires_at_s = grant->expires_at_s,
        .usable =
            upkeep_grant_is_usable (context->edition, context->account, grant, context->now_s),
    };

    g_array_append_val (meter->grants, shown);
  }
}

/* After a cancellation that is scheduled nothing is refilled at the term's end. */
static gint64
next_refill (const Context *context)
{
  const UpkeepAccount *account = context->account;
  gboolean ends =
      account->scheduled == UPKEEP_SCHEDULED_CANCEL && account->refill.end_s == account->term.end_s;

  if (account->refill.end_s == 0 || ends || account->state == UPKEEP_STATE_PAST_DUE)
    return UPKEEP_INSTANT_NONE;

  return account->refill.end_s;
}

static void
describe_metered (const Context *context, UpkeepStatementMeter *meter)
{
  const UpkeepGrant *grant = upkeep_find_plan_grant (context->account);

  meter->allowance = context->plan != NULL ? context->plan->allowance : 0;
  meter->remaining = context->plan != NULL && grant != NULL ? grant->remaining : 0;
  meter->spendable =
      upkeep_queue_get_available (context->edition, context->account, context->now_s);
  meter->resets_at_s = next_refill (context);
  describe_grants (context, meter);
}

/* From the low to the high end of the range, in step with use over the allotment, rounded up (RULES
 * 0.33). */
static int
estimate_wait (const UpkeepMode *mode, gint64 used, gint64 allowance)
{
  gint64 span = mode->wait_max_minutes - mode->wait_min_minutes;
  gint64 part = MIN (used, allowance);

  if (allowance <= 0)
    return mode->wait_min_minutes;

  return mode->wait_min_minutes + (int) ((span * part + allowance - 1) / allowance);
}

static void
describe_unlimited (const Context *context, const UpkeepMode *mode, UpkeepStatementMeter *meter)
{
  meter->unlimited = TRUE;
  meter->wait_min_minutes = mode->wait_min_minutes;
  meter->wait_max_minutes = mode->wait_max_minutes;
  if (mode->wait_max_minutes > 0)
    meter->wait_estimate_minutes =
        estimate_wait (mode, meter->used, context->plan != NULL ? context->plan->allowance : 0);
}

static UpkeepStatementMeter *
begin_meter (const Context *context)
{
  UpkeepStatementMeter *meter = upkeep_statement_meter_new ();

  meter->id = g_strdup (context->edition->meter.id);
  meter->unit = g_strdup (context->edition->meter.unit);
  g_ptr_array_add (context->statement->meters, meter);
  return meter;
}

static void
describe_meters (const Context *context)
{
  const GPtrArray *modes = context->edition->meter.modes;

  if (modes->len == 0) {
    UpkeepStatementMeter *meter = begin_meter (context);

    meter->used = context->account->use_month.units[0];
    describe_metered (context, meter);
    return;
  }

  context->statement->mode =
      g_strdup (upkeep_edition_get_mode (context->edition, context->account->mode)->id);
  for (guint i = 0; i < modes->len; i++) {
    const UpkeepMode *mode = g_ptr_array_index (modes, i);
    UpkeepStatementMeter *meter;

    /* What is unlimited is listed where the plan has it: elsewhere there is none of it. */
    if (!mode->metered && (context->plan == NULL || !upkeep_plan_has_mode (context->plan, mode)))
      continue;

    meter = begin_meter (context);
    meter->mode = g_strdup (mode->id);
    meter->used = context->account->use_month.units[i];
    if (mode->metered)
      describe_metered (context, meter);
    else
      describe_unlimited (context, mode, meter);
  }
}

static void
describe_queue (const Context *context)
{
  UpkeepStatement *statement = context->statement;
  const GPtrArray *modes = context->edition->meter.modes;

  statement->queue_modes = g_new0 (char *, modes->len + 1);
  for (guint i = 0; i < modes->len; i++)
    statement->queue_modes[i] = g_strdup (((UpkeepMode *) g_ptr_array_index (modes, i))->id);
  for (int i = 0; i < UPKEEP_MODES_MAX; i++) {
    statement->running[i] = upkeep_queue_count (context->account, UPKEEP_JOB_RUNNING, i);
    statement->queued[i] = upkeep_queue_count (context->account, UPKEEP_JOB_QUEUED, i);
  }
  statement->waiting = upkeep_queue_count (context->account, UPKEEP_JOB_QUEUED, -1);

  if (context->plan != NULL) {
    statement->running_total_limit = context->plan->queue.running_total;
    memcpy (statement->running_limit, context->plan->queue.running,
            sizeof statement->running_limit);
    statement->waiting_limit = context->plan->queue.waiting;
  }
}

static char **
list_plans_with (const UpkeepEdition *edition, const char *feature_id)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new ();

  for (guint i = 0; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    if (upkeep_plan_has_feature (plan, feature_id))
      g_ptr_array_add (plans, g_strdup (plan->id));
  }

  g_ptr_array_add (plans, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&plans), FALSE);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
describe_features (const Context *context)
{
  g_autoptr (GPtrArray) suspended = g_ptr_array_new ();

  for (guint i = 0; i < context->edition->features->len; i++) {
    const UpkeepFeature *feature = g_ptr_array_index (context->edition->features, i);
    UpkeepStatementFeature *shown = upkeep_statement_feature_new ();

    shown->id = g_strdup (feature->id);
    shown->code =
        upkeep_judge_feature (context->edition, context->account, feature->id, context->now_s);
    shown->allowed = shown->code == NULL;
    shown->plans = list_plans_with (context->edition, feature->id);
    g_ptr_array_add (context->statement->features, shown);
    if (upkeep_is_suspended (context->edition, context->account, feature->id, context->now_s))
      g_ptr_array_add (suspended, g_strdup (feature->id));
  }

  g_ptr_array_sort (suspended, compare_texts);
  g_ptr_array_add (suspended, NULL);
  context->statement->suspended = (char **) g_ptr_array_free (g_steal_pointer (&suspended), FALSE);
}

static void
describe_money (const Context *context)
{
  UpkeepStatement *statement = context->statement;
  const UpkeepAccount *account = context->account;
  const UpkeepPaymentMethod *method = &account->payment_method;

  statement->has_payment_method = method->token != NULL;
  statement->brand = g_strdup (method->brand);
  statement->last4 = g_strdup (method->last4);
  statement->exp_month = method->exp_month;
  statement->exp_year = method->exp_year;
  statement->balance_minor = upkeep_account_get_balance_minor (account);
  statement->has_metered = context->edition->policy.topup.kind == UPKEEP_TOPUP_METERED;
  statement->unbilled_minor = upkeep_account_get_unbilled_minor (account, context->edition);
  statement->threshold_minor = upkeep_get_threshold_minor (context->edition, account);
}

static void
add_notice (const Context *context, UpkeepNoticeCode code, gint64 at_s)
{
  UpkeepStatementNotice notice = {code, at_s};

  g_array_append_val (context->statement->notices, notice);
}

static gboolean
runs_low (const Context *context)
{
  const UpkeepAccount *account = context->account;
  gint64 allowance = context->plan != NULL ? context->plan->allowance : 0;

  return allowance > 0 && account->last_used_at_s > 0 &&
         upkeep_get_spendable (context->edition, account, context->now_s) <= allowance / LOW_SHARE;
}

static void
describe_notices (const Context *context)
{
  const UpkeepStatement *statement = context->statement;
  const UpkeepAccount *account = context->account;

  if (statement->is_past_due)
    add_notice (context, UPKEEP_NOTICE_PAST_DUE, account->missed_at_s);
  if (statement->scheduled == UPKEEP_SCHEDULED_CANCEL)
    add_notice (context, UPKEEP_NOTICE_CANCEL_SCHEDULED, statement->ends_at_s);
  if (statement->scheduled == UPKEEP_SCHEDULED_SWITCH)
    add_notice (context, UPKEEP_NOTICE_SWITCH_SCHEDULED, statement->scheduled_at_s);
  if (!statement->is_past_due && runs_low (context))
    add_notice (context, UPKEEP_NOTICE_FAST_TIME_LOW, account->last_used_at_s);
  if (account->refund_expected_by_s != UPKEEP_INSTANT_NONE)
    add_notice (context, UPKEEP_NOTICE_REFUND_ON_ITS_WAY, account->refund_expected_by_s);
  if (statement->next_edition != NULL)
    add_notice (context, UPKEEP_NOTICE_EDITION_CHANGE_SCHEDULED, statement->next_edition_at_s);
}

/**
 * upkeep_statement_make:
 * @edition: the account's edition
 * @account: an account that nothing is due for
 * @now_s: the time, in UTC seconds
 *
 * Describes an account as its subscriber sees it.
 *
 * Returns: (transfer full): the statement
 */
UpkeepStatement *
upkeep_statement_make (const UpkeepEdition *edition, const UpkeepAccount *account, gint64 now_s)
{
  g_autoptr (UpkeepStatement) statement = NULL;
  Context context;

  g_return_val_if_fail (edition != NULL && account != NULL, NULL);

  statement = upkeep_statement_new ();
  context = (Context){statement, edition, account,
                      upkeep_edition_find_plan (edition, account->plan), now_s};
  statement->id = g_strdup (account->id);
  statement->version = account->version;
  statement->service = g_strdup (account->service);
  statement->edition = g_strdup (account->edition);
  statement->email = g_strdup (account->email);
  statement->now_s = now_s;
  memcpy (statement->currency, edition->currency, sizeof statement->currency);
  statement->lifetime_images = account->use_lifetime.images;
  statement->lifetime_units = upkeep_use_total (&account->use_lifetime);
  describe_subscription (&context);
  describe_move (&context);
  describe_meters (&context);
  describe_queue (&context);
  describe_features (&context);
  describe_money (&context);
  describe_notices (&context);
  return g_steal_pointer (&statement);
}

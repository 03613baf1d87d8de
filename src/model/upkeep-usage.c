/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-book.h"
#include "upkeep-queue.h"
#include "upkeep-shipment.h"
#include "upkeep-spend.h"

static gboolean
add_use (UpkeepUse *use, int mode, const UpkeepUsage *usage, GError **error)
{
  return upkeep_add (use->units[mode], usage->quantity, &use->units[mode], error) &&
         upkeep_add (use->images, usage->images, &use->images, error);
}

static gboolean
accrue (UpkeepAccount *account, const UpkeepEdition *edition, gint64 units, GError **error)
{
  gint64 parts;

  return upkeep_multiply (units, edition->policy.topup.lot_price_minor, &parts, error) &&
         upkeep_add (account->metered_parts, parts, &account->metered_parts, error);
}

/* A grant that is used up says nothing any more; the plan's own stays, since its allotment is shown
 * until the refill. */
static void
drop_spent_grants (UpkeepAccount *account)
{
  for (guint i = 0; i < account->grants->len;) {
    const UpkeepGrant *grant = &g_array_index (account->grants, UpkeepGrant, i);

    if (grant->kind != UPKEEP_GRANT_PLAN && grant->remaining == 0)
      g_array_remove_index (account->grants, i);
    else
      i++;
  }
}

/**
 * upkeep_usage_get_start:
 * @account: an account
 *
 * Says since when use is counted together: since the refill month began, or since the last
 * subscription ended where nothing is refilled.
 *
 * Returns: an instant, in UTC seconds; 0 since ever
 */
gint64
upkeep_usage_get_start (const UpkeepAccount *account)
{
  g_return_val_if_fail (account != NULL, 0);

  return MAX (account->refill.start_s, account->ended_at_s);
}

/**
 * upkeep_usage_judge:
 * @account: whose use it is
 * @at_s: when it is said to have happened
 * @now_s: the time, in UTC seconds
 *
 * Tells whether a report of use still counts: a month that is closed is not opened again (RULES
 * 0.26), and with a subscription's end its last one is.
 *
 * Returns: accepted, or why not
 */
UpkeepUsageRefusal
upkeep_usage_judge (const UpkeepAccount *account, gint64 at_s, gint64 now_s)
{
  g_return_val_if_fail (account != NULL, UPKEEP_USAGE_PERIOD_CLOSED);

  if (at_s > now_s)
    return UPKEEP_USAGE_AT_IN_FUTURE;
  if (at_s < upkeep_usage_get_start (account))
    return UPKEEP_USAGE_PERIOD_CLOSED;

  return UPKEEP_USAGE_ACCEPTED;
}

/**
 * upkeep_book_usage:
 * @change: the change
 * @edition: the account's edition
 * @usage: what was done
 * @now_s: the time, in UTC seconds
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Counts use, and spends it from what is usable (RULES 0.26). What is counted is the work; what is
 * spent for it is the mode's weight times as much (RULES 4.4). Bought units that are metered begin
 * to cost when they are spent (RULES 0.8).
 *
 * Errors: `UPKEEP_MODEL_ERROR_RANGE` when a count would overflow.
 *
 * Returns: whether it was booked
 */
gboolean
upkeep_book_usage (UpkeepChange *change,
                   const UpkeepEdition *edition,
                   const UpkeepUsage *usage,
                   gint64 now_s,
                   GError **error)
{
  UpkeepAccount *account = change->account;
  int mode_index = usage->mode >= 0 ? usage->mode : account->mode;
  int weight = upkeep_edition_get_weight (edition, mode_index);
  UpkeepSpending spending;
  gint64 units, shipped;

  if (!upkeep_multiply (usage->quantity, weight, &units, error) ||
      !add_use (&account->use_month, mode_index, usage, error) ||
      !add_use (&account->use_term, mode_index, usage, error) ||
      !add_use (&account->use_subscription, mode_index, usage, error) ||
      !add_use (&account->use_lifetime, mode_index, usage, error))
    return FALSE;

  account->last_used_at_s = now_s;
  if (weight == 0)
    return TRUE;

  shipped = upkeep_book_oldest_issues (change, units, now_s);
  spending = upkeep_spend (edition, account, units - shipped, now_s);
  upkeep_book_units (change, now_s, UPKEEP_POSTING_USE, -spending.taken);
  if (!accrue (account, edition, spending.metered_taken, error))
    return FALSE;

  drop_spent_grants (account);
  upkeep_book_adjust_mode (change, edition, now_s);
  return TRUE;
}

/**
 * upkeep_record_usage:
 * @edition: the account's edition
 * @account: whose use it is
 * @usage: what was done
 * @now_s: the time, in UTC seconds
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Counts use that is reported, whatever the plan, mode, state or what is left (RULES 0.26). Jobs
 * that wait for what it used up go on elsewhere or are dropped (RULES 0.33).
 *
 * Errors: `UPKEEP_MODEL_ERROR_RANGE` when a count would overflow.
 *
 * Returns: (transfer full): the change, or `NULL` with @error set
 */
UpkeepChange *
upkeep_record_usage (const UpkeepEdition *edition,
                     const UpkeepAccount *account,
                     const UpkeepUsage *usage,
                     gint64 now_s,
                     GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;

  g_return_val_if_fail (edition != NULL && account != NULL && usage != NULL, NULL);
  g_return_val_if_fail (usage->quantity >= 0 && usage->images >= 0, NULL);

  change = upkeep_change_new (account);
  if (!upkeep_book_usage (change, edition, usage, now_s, error))
    return NULL;

  upkeep_queue_settle (change, edition, now_s);
  return g_steal_pointer (&change);
}

/**
 * upkeep_give_grant:
 * @edition: the account's edition
 * @account: who gets it
 * @kind: earned, reward or promotional
 * @quantity: units, from 1 to `UPKEEP_UNITS_MAX`
 * @expires_at_s: when it ends; `UPKEEP_INSTANT_NONE` leaves it to the edition
 * @now_s: the time, in UTC seconds
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Gives units beside the plan's own.
 *
 * Errors: `UPKEEP_MODEL_ERROR_RANGE` when @quantity or @expires_at_s is out of bounds.
 *
 * Returns: (transfer full): the change, or `NULL` with @error set
 */
UpkeepChange *
upkeep_give_grant (const UpkeepEdition *edition,
                   const UpkeepAccount *account,
                   UpkeepGrantKind kind,
                   gint64 quantity,
                   gint64 expires_at_s,
                   gint64 now_s,
                   GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;
  int expires_days;

  g_return_val_if_fail (edition != NULL && account != NULL, NULL);

  if (quantity < 1 || quantity > UPKEEP_UNITS_MAX ||
      (expires_at_s != UPKEEP_INSTANT_NONE && expires_at_s <= now_s)) {
    g_set_error_literal (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_RANGE,
                         "a grant has at least one unit and ends after now");
    return NULL;
  }

  expires_days = edition->policy.grants[kind].expires_days;
  if (expires_at_s == UPKEEP_INSTANT_NONE && expires_days >= 0)
    expires_at_s = now_s + expires_days * UPKEEP_DAY_S;

  change = upkeep_change_new (account);
  upkeep_book_grant (change, now_s, kind, quantity, expires_at_s);
  upkeep_book_adjust_mode (change, edition, now_s);
  return g_steal_pointer (&change);
}

/**
 * upkeep_set_payment_method:
 * @account: whose method it is
 * @method: the new one, with a token
 *
 * Puts a new payment method into the old one's place.
 *
 * Returns: (transfer full): the change
 */
UpkeepChange *
upkeep_set_payment_method (const UpkeepAccount *account, const UpkeepPaymentMethod *method)
{
  UpkeepChange *change;
  UpkeepPaymentMethod *place;

  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (method != NULL && method->token != NULL, NULL);

  change = upkeep_change_new (account);
  place = &change->account->payment_method;
  g_free (place->token);
  g_free (place->brand);
  g_free (place->last4);
  *place = (UpkeepPaymentMethod){
      .token = g_strdup (method->token),
      .brand = g_strdup (method->brand),
      .last4 = g_strdup (method->last4),
      .exp_month = method->exp_month,
      .exp_year = method->exp_year,
  };
  return change;
}

/**
 * upkeep_set_mode:
 * @edition: the account's edition
 * @account: whose mode it is
 * @mode: the mode that is asked for, by index
 * @ret_refusal: (out) (nullable): where to put why not, a static string
 * @now_s: the time, in UTC seconds
 *
 * Changes the mode by hand (RULES A-61, 0.32).
 *
 * Returns: (transfer full) (nullable): the change; `NULL` with @ret_refusal set to
 * `mode_not_in_plan` or `out_of_fast_time`
 */
UpkeepChange *
upkeep_set_mode (const UpkeepEdition *edition,
                 const UpkeepAccount *account,
                 int mode,
                 const char **ret_refusal,
                 gint64 now_s)
{
  const UpkeepPlan *plan;
  const UpkeepMode *wanted;
  UpkeepChange *change;

  g_return_val_if_fail (edition != NULL && account != NULL && ret_refusal != NULL, NULL);

  wanted = upkeep_edition_get_mode (edition, mode);
  plan = upkeep_edition_find_plan (edition, account->plan);
  if (wanted == NULL || plan == NULL || !upkeep_plan_has_mode (plan, wanted)) {
    *ret_refusal = "mode_not_in_plan";
    return NULL;
  }
  if (wanted->metered && upkeep_get_spendable (edition, account, now_s) == 0) {
    *ret_refusal = "out_of_fast_time";
    return NULL;
  }

  change = upkeep_change_new (account);
  change->account->mode = mode;
  change->account->mode_fell = FALSE;
  return change;
}

/**
 * upkeep_open_account:
 * @edition: the edition it opens under
 * @account: a new account: who it is, and nothing else
 * @now_s: the time, in UTC seconds
 *
 * Opens an account: with the free plan where there is one (RULES 0.24). A trial is taken up by who
 * wants it.
 *
 * Returns: (transfer full): the change
 */
UpkeepChange *
upkeep_open_account (const UpkeepEdition *edition, const UpkeepAccount *account, gint64 now_s)
{
  const UpkeepPlan *free_plan;
  UpkeepChange *change;

  g_return_val_if_fail (edition != NULL && account != NULL, NULL);

  free_plan = upkeep_edition_find_plan_of_kind (edition, UPKEEP_PLAN_FREE);
  change = upkeep_change_new (account);
  change->account->created_at_s = now_s;
  change->account->anchor_s = now_s;
  if (free_plan != NULL) {
    change->account->plan = g_strdup (free_plan->id);
    upkeep_book_refill (change, edition, now_s);
  }

  return change;
}

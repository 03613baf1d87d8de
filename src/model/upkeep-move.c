/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-move.h"

#include "upkeep-book.h"

/**
 * upkeep_move_refusal_to_string:
 * @refusal: why not
 *
 * Names a refusal as documents do.
 *
 * Returns: (nullable): the name; `NULL` where the account can move
 */
const char *
upkeep_move_refusal_to_string (UpkeepMoveRefusal refusal)
{
  static const char *const names[] = {NULL,
                                      "same_edition",
                                      "service_differs",
                                      "currency_differs",
                                      "meter_differs",
                                      "nothing_renews",
                                      "plan_not_sold"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_MOVE_REFUSALS);

  return names[refusal];
}

static gboolean
is_sold (const UpkeepEdition *edition, const char *plan_id, UpkeepInterval interval)
{
  const UpkeepPlan *plan = upkeep_edition_find_plan (edition, plan_id);

  return plan != NULL && plan->kind == UPKEEP_PLAN_PAID && plan->offered &&
         upkeep_plan_sells (plan, interval);
}

static gboolean
has_free_plan (const UpkeepEdition *edition, const UpkeepAccount *account)
{
  const UpkeepPlan *plan = upkeep_edition_find_plan_of_kind (edition, UPKEEP_PLAN_FREE);

  return plan != NULL && g_strcmp0 (plan->id, account->plan) == 0;
}

/* What was counted stays comparable, mode by mode. */
static gboolean
counts_alike (const UpkeepMeter *one, const UpkeepMeter *other)
{
  if (!g_str_equal (one->id, other->id) || !g_str_equal (one->unit, other->unit) ||
      one->shipped != other->shipped || one->modes->len != other->modes->len)
    return FALSE;

  for (guint i = 0; i < one->modes->len; i++) {
    const UpkeepMode *mode = g_ptr_array_index (one->modes, i);

    if (!g_str_equal (mode->id, ((UpkeepMode *) g_ptr_array_index (other->modes, i))->id))
      return FALSE;
  }

  return TRUE;
}

/* Whether what renews, with what is scheduled or without it, is there. */
static gboolean
is_plan_there (const UpkeepAccount *account, const UpkeepEdition *to)
{
  if (!upkeep_account_has_paid_plan (account))
    return upkeep_edition_find_plan_of_kind (to, UPKEEP_PLAN_FREE) != NULL;

  return is_sold (to, account->plan, account->interval) &&
         (account->scheduled != UPKEEP_SCHEDULED_SWITCH ||
          is_sold (to, account->scheduled_plan, account->scheduled_interval));
}

/**
 * upkeep_move_judge:
 * @edition: the account's edition
 * @account: an account
 * @to: the edition that it is to move to
 *
 * Tells whether an account can move to another edition when it next renews: a free plan at its
 * refill, a paid one at the end of its term.
 *
 * Returns: possible, or why not
 */
UpkeepMoveRefusal
upkeep_move_judge (const UpkeepEdition *edition,
                   const UpkeepAccount *account,
                   const UpkeepEdition *to)
{
  g_return_val_if_fail (edition != NULL && account != NULL && to != NULL,
                        UPKEEP_MOVE_NOTHING_RENEWS);

  if (!g_str_equal (edition->service, to->service))
    return UPKEEP_MOVE_SERVICE_DIFFERS;
  if (g_str_equal (edition->id, to->id))
    return UPKEEP_MOVE_SAME_EDITION;
  if (!g_str_equal (edition->currency, to->currency))
    return UPKEEP_MOVE_CURRENCY_DIFFERS;
  if (!counts_alike (&edition->meter, &to->meter))
    return UPKEEP_MOVE_METER_DIFFERS;
  if (!upkeep_account_has_paid_plan (account) && !has_free_plan (edition, account))
    return UPKEEP_MOVE_NOTHING_RENEWS;
  if (!is_plan_there (account, to))
    return UPKEEP_MOVE_PLAN_NOT_SOLD;

  return UPKEEP_MOVE_POSSIBLE;
}

/**
 * upkeep_move_schedule:
 * @account: an account
 * @to: (nullable): an edition that upkeep_move_judge() allows; `NULL` takes back what was scheduled
 *
 * Says where the account moves at its next renewal.
 *
 * Returns: (transfer full): the change
 */
UpkeepChange *
upkeep_move_schedule (const UpkeepAccount *account, UpkeepEdition *to)
{
  UpkeepChange *change;

  g_return_val_if_fail (account != NULL, NULL);

  change = upkeep_change_new (account);
  upkeep_account_set_coming (change->account, to);
  return change;
}

/**
 * upkeep_get_renewal_edition:
 * @edition: the account's edition
 * @account: an account
 *
 * Gets the edition that holds from the next renewal on: the one that the operator moves the account
 * to, as long as it sells what the account has by then. Otherwise nothing moves: nobody loses a
 * plan by it.
 *
 * Returns: (transfer none): @edition, or the coming one
 */
const UpkeepEdition *
upkeep_get_renewal_edition (const UpkeepEdition *edition, const UpkeepAccount *account)
{
  gboolean moves;

  g_return_val_if_fail (edition != NULL && account != NULL, NULL);

  if (account->coming == NULL)
    return edition;

  if (!upkeep_account_has_paid_plan (account))
    moves = has_free_plan (edition, account) && is_plan_there (account, account->coming);
  else if (account->scheduled == UPKEEP_SCHEDULED_SWITCH)
    moves = is_sold (account->coming, account->scheduled_plan, account->scheduled_interval);
  else
    moves = is_sold (account->coming, account->plan, account->interval);

  return moves ? account->coming : edition;
}

/**
 * upkeep_get_renewal_price_minor:
 * @edition: the account's edition
 * @account: an account
 * @plan_id: (nullable): the plan that renews
 * @interval: its interval
 *
 * Says what a term of a plan costs at the next renewal: by the edition that the account moves to,
 * where that sells it.
 *
 * Returns: minor units
 */
gint64
upkeep_get_renewal_price_minor (const UpkeepEdition *edition,
                                const UpkeepAccount *account,
                                const char *plan_id,
                                UpkeepInterval interval)
{
  const UpkeepPlan *plan;

  g_return_val_if_fail (edition != NULL && account != NULL, 0);

  if (account->coming != NULL && is_sold (account->coming, plan_id, interval))
    edition = account->coming;
  plan = upkeep_edition_find_plan (edition, plan_id);
  return plan != NULL && upkeep_plan_sells (plan, interval) ? plan->price_minor[interval]
                                                            : account->price_minor;
}

/**
 * upkeep_get_move_at_s:
 * @edition: the account's edition
 * @account: an account
 *
 * Says when the account moves to another edition.
 *
 * After a cancellation nothing renews, and while something is owed it is not certain that anything
 * will: where it stays unpaid, the subscription ends before (RULES 0.29).
 *
 * Returns: UTC seconds; `UPKEEP_INSTANT_NONE` where it does not move
 */
gint64
upkeep_get_move_at_s (const UpkeepEdition *edition, const UpkeepAccount *account)
{
  g_return_val_if_fail (edition != NULL && account != NULL, UPKEEP_INSTANT_NONE);

  if (upkeep_get_renewal_edition (edition, account) == edition)
    return UPKEEP_INSTANT_NONE;
  if (!upkeep_account_has_paid_plan (account))
    return account->refill.end_s;
  if (account->scheduled == UPKEEP_SCHEDULED_CANCEL || account->state == UPKEEP_STATE_PAST_DUE)
    return UPKEEP_INSTANT_NONE;

  return account->term.end_s;
}

/* Bought hours that are charged as they are used were not paid yet: where the new edition does not
 * charge them so they would be free, and the permission to use them ends. Those that were paid
 * stay, and cost nothing more where the new edition would charge them (RULES 0.8). */
static void
carry_purchased (UpkeepChange *change, gboolean was_metered, gboolean is_metered, gint64 at_s)
{
  GArray *grants = change->account->grants;

  if (was_metered == is_metered)
    return;

  for (guint i = 0; i < grants->len;) {
    UpkeepGrant *grant = &g_array_index (grants, UpkeepGrant, i);

    if (grant->kind == UPKEEP_GRANT_PURCHASED && was_metered && !grant->prepaid) {
      upkeep_book_units (change, at_s, UPKEEP_POSTING_EXPIRY, -grant->remaining);
      g_array_remove_index (grants, i);
      continue;
    }
    if (grant->kind == UPKEEP_GRANT_PURCHASED)
      grant->prepaid = TRUE;
    i++;
  }
}

/* The fraction of a minor unit that could not be billed yet goes on accruing in the new lot, never
 * as more than it was; where nothing is metered it is nobody's. */
static gboolean
carry_metered (UpkeepAccount *account,
               const UpkeepTopupPolicy *from,
               const UpkeepTopupPolicy *to,
               GError **error)
{
  if (to->kind != UPKEEP_TOPUP_METERED || from->kind != UPKEEP_TOPUP_METERED) {
    account->metered_parts = 0;
    return TRUE;
  }

  return upkeep_scale (account->metered_parts, to->lot, from->lot, UPKEEP_ROUNDING_DOWN,
                       &account->metered_parts, error);
}

/**
 * upkeep_book_move:
 * @change: the change, of a renewal that has charged the metered rest by @from
 * @from: the account's edition
 * @to: the edition that holds from now on, as upkeep_get_renewal_edition() says; @from where the
 *   account stays
 * @at_s: when
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Lets the account move, exactly at its renewal. What was scheduled is done with either way.
 *
 * Earned, reward and promotional units keep the expiry they were given with.
 *
 * Returns: whether it was booked
 */
gboolean
upkeep_book_move (UpkeepChange *change,
                  const UpkeepEdition *from,
                  const UpkeepEdition *to,
                  gint64 at_s,
                  GError **error)
{
  UpkeepAccount *account = change->account;

  if (to != from) {
    const UpkeepTopupPolicy *old_topup = &from->policy.topup;
    const UpkeepTopupPolicy *new_topup = &to->policy.topup;

    if (!carry_metered (account, old_topup, new_topup, error))
      return FALSE;
    carry_purchased (change, old_topup->kind == UPKEEP_TOPUP_METERED,
                     new_topup->kind == UPKEEP_TOPUP_METERED, at_s);
    g_free (account->edition);
    account->edition = g_strdup (to->id);
    if (!upkeep_account_has_paid_plan (account)) {
      g_free (account->plan);
      account->plan = g_strdup (upkeep_edition_find_plan_of_kind (to, UPKEEP_PLAN_FREE)->id);
    }
  }

  upkeep_account_set_coming (account, NULL);
  return TRUE;
}

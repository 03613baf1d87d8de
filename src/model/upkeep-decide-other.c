/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-decision.h"

#include "upkeep-move.h"
#include "upkeep-spend.h"

/* What is due at the end of the term if nothing more is used. */
static gboolean
set_renewal (const UpkeepDecision *self, UpkeepOption *option, gint64 price_minor, GError **error)
{
  const UpkeepAccount *account = self->account;

  option->renews_at_s = account->term.end_s;
  return upkeep_decision_set_renewal_total (
      self, option, price_minor,
      upkeep_account_get_unbilled_minor (account, self->edition) - option->terms.metered_minor,
      upkeep_decision_balance_after (option), error);
}

static void
require_payment_method (UpkeepDecision *self)
{
  if (self->account->payment_method.token == NULL)
    upkeep_decision_block (self, UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED);
}

/**
 * upkeep_decide_resume:
 * @self: a decision
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Quotes the undoing of what is scheduled, which is open until it takes effect (RULES 0.11, C-15).
 *
 * Returns: whether there was no error
 */
gboolean
upkeep_decide_resume (UpkeepDecision *self, GError **error)
{
  const UpkeepAccount *account = self->account;
  UpkeepOption option = upkeep_decision_begin_option (self, UPKEEP_TIMING_IMMEDIATE);

  self->quote->to_plan = g_strdup (account->plan);
  self->quote->to_interval = account->interval;
  upkeep_decision_block_past_due (self);
  if (account->scheduled == UPKEEP_SCHEDULED_NOTHING)
    upkeep_decision_block (self, UPKEEP_BLOCKED_NOTHING_TO_RESUME);
  else
    require_payment_method (self);
  if (self->quote->blocked->len > 0)
    return TRUE;

  option.effects = UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_RENEWAL_DATE_KEPT);
  if (account->scheduled == UPKEEP_SCHEDULED_SWITCH)
    option.effects |= UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_SCHEDULED_CHANGE_DROPPED);

  return set_renewal (self, &option,
                      upkeep_get_renewal_price_minor (self->edition, account, account->plan,
                                                      account->interval),
                      error) &&
         upkeep_decision_add_option (self, &option, error);
}

/**
 * upkeep_decide_pay:
 * @self: a decision
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Quotes the settling of what is past due; an unpaid renewal then counts from its original date
 * (RULES 0.10).
 *
 * Returns: whether there was no error
 */
gboolean
upkeep_decide_pay (UpkeepDecision *self, GError **error)
{
  const UpkeepAccount *account = self->account;
  const UpkeepPlan *plan = upkeep_edition_find_plan (self->edition, account->plan);
  UpkeepOption option = upkeep_decision_begin_option (self, UPKEEP_TIMING_IMMEDIATE);

  self->quote->to_plan = g_strdup (account->plan);
  self->quote->to_interval = account->interval;
  if (account->state != UPKEEP_STATE_PAST_DUE)
    upkeep_decision_block (self, UPKEEP_BLOCKED_NOTHING_DUE);
  else
    require_payment_method (self);
  if (self->quote->blocked->len > 0)
    return TRUE;

  option.terms.past_due_minor = upkeep_account_get_owed_minor (account);
  if (!upkeep_terms_compute (&option.terms, &option.bill, error) ||
      !set_renewal (self, &option, upkeep_get_next_price_minor (self->edition, account), error))
    return FALSE;

  option.effects = UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_RENEWAL_DATE_KEPT);
  if (account->owed_price_minor > 0) {
    gint64 n_months = upkeep_schedule_months_at (account->anchor_s, account->term.end_s);

    option.renews_at_s = upkeep_schedule_boundary (
        account->anchor_s, n_months + upkeep_interval_months (account->interval));
    upkeep_decision_grant_allowance (self, &option, plan != NULL ? plan->allowance : 0,
                                     account->refill.end_s);
  }
  if (account->scheduled == UPKEEP_SCHEDULED_CANCEL && account->owed_price_minor == 0) {
    option.renews_at_s = UPKEEP_INSTANT_NONE;
    option.has_renewal_total = FALSE;
  }

  return upkeep_decision_add_option (self, &option, error);
}

static const UpkeepPack *
find_pack (const UpkeepTopupPolicy *policy, gint64 quantity)
{
  for (guint i = 0; i < policy->packs->len; i++) {
    const UpkeepPack *pack = g_ptr_array_index (policy->packs, i);

    if (pack->quantity == quantity)
      return pack;
  }

  return NULL;
}

static gboolean
is_whole_lots (const UpkeepTopupPolicy *policy, gint64 quantity)
{
  return quantity % policy->lot == 0 && quantity / policy->lot <= policy->lots_max;
}

static gboolean
is_offered (const UpkeepTopupPolicy *policy, gint64 quantity)
{
  switch (policy->kind) {
  case UPKEEP_TOPUP_NONE:
    return FALSE;
  case UPKEEP_TOPUP_METERED:
  case UPKEEP_TOPUP_PREPAID:
    return is_whole_lots (policy, quantity);
  case UPKEEP_TOPUP_PACKS:
    return find_pack (policy, quantity) != NULL;
  default:
    g_assert_not_reached ();
  }
}

/* Metered units cost when they are spent, not when they are permitted (RULES 0.8, 0.26). */
static gboolean
price_topup (const UpkeepTopupPolicy *policy, gint64 quantity, gint64 *ret_minor, GError **error)
{
  switch (policy->kind) {
  case UPKEEP_TOPUP_PREPAID:
    return upkeep_multiply (quantity / policy->lot, policy->lot_price_minor, ret_minor, error);
  case UPKEEP_TOPUP_PACKS:
    *ret_minor = find_pack (policy, quantity)->price_minor;
    return TRUE;
  case UPKEEP_TOPUP_NONE:
  case UPKEEP_TOPUP_METERED:
    *ret_minor = 0;
    return TRUE;
  default:
    g_assert_not_reached ();
  }
}

/**
 * upkeep_decide_topup:
 * @self: a decision
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Quotes more units (RULES A-47..A-54, D-22).
 *
 * Returns: whether there was no error
 */
gboolean
upkeep_decide_topup (UpkeepDecision *self, GError **error)
{
  const UpkeepAccount *account = self->account;
  const UpkeepTopupPolicy *policy = &self->edition->policy.topup;
  gint64 spendable = upkeep_get_spendable (self->edition, account, self->now_s);
  gint64 quantity = self->request->quantity;
  int expires_days = self->edition->policy.grants[UPKEEP_GRANT_PURCHASED].expires_days;
  UpkeepOption option = upkeep_decision_begin_option (self, UPKEEP_TIMING_IMMEDIATE);

  self->quote->to_plan = g_strdup (account->plan);
  self->quote->to_interval = account->interval;
  upkeep_decision_block_past_due (self);
  if (!upkeep_account_has_paid_plan (account))
    upkeep_decision_block (self, UPKEEP_BLOCKED_TOPUP_NEEDS_PAID_PLAN);
  if (policy->needs_zero_balance && spendable > 0)
    upkeep_decision_block_measured (self, UPKEEP_BLOCKED_TOPUP_NEEDS_ZERO_BALANCE, 0, spendable);
  if (!is_offered (policy, quantity))
    upkeep_decision_block (self, UPKEEP_BLOCKED_TOPUP_NOT_OFFERED);
  require_payment_method (self);
  if (self->quote->blocked->len > 0)
    return TRUE;

  if (!price_topup (policy, quantity, &option.terms.pack_price_minor, error) ||
      !upkeep_terms_compute (&option.terms, &option.bill, error))
    return FALSE;

  option.has_grant = TRUE;
  option.grant = (UpkeepQuoteGrant){
      .kind = UPKEEP_GRANT_PURCHASED,
      .quantity = quantity,
      .expires_at_s =
          expires_days < 0 ? UPKEEP_INSTANT_NONE : self->now_s + expires_days * UPKEEP_DAY_S,
  };
  if (account->scheduled != UPKEEP_SCHEDULED_CANCEL &&
      !set_renewal (self, &option, upkeep_get_next_price_minor (self->edition, account), error))
    return FALSE;

  return upkeep_decision_add_option (self, &option, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-decision.h"

#include "upkeep-move.h"
#include "upkeep-spend.h"

/* Leaving the free plan, its unspent units lapse (RULES 0.24). What is still to be sent does not.
 */
static gboolean
loses_allowance (const UpkeepDecision *self)
{
  const UpkeepGrant *grant = upkeep_find_plan_grant (self->account);

  return !self->edition->meter.shipped && grant != NULL && grant->remaining > 0;
}

/* A trial is there where the operator has switched it on, once, and before the first paid plan
 * (RULES 0.13, A-10, C-03). */
static gboolean
is_trial_open (const UpkeepAccount *account, const UpkeepPlan *trial)
{
  return trial->offered &&
         (account->state == UPKEEP_STATE_NONE || account->state == UPKEEP_STATE_TRIAL);
}

static void
block (UpkeepDecision *self, const UpkeepPlan *offer)
{
  const UpkeepAccount *account = self->account;
  const UpkeepPlan *plan = upkeep_edition_find_plan (self->edition, self->request->plan);
  gboolean is_free = plan != NULL && plan->kind == UPKEEP_PLAN_FREE;
  gboolean is_trial = plan != NULL && plan->kind == UPKEEP_PLAN_TRIAL;

  upkeep_decision_block_past_due (self);
  if (upkeep_account_has_paid_plan (account))
    upkeep_decision_block (self, UPKEEP_BLOCKED_ALREADY_SUBSCRIBED);
  else if ((is_free || is_trial) && g_strcmp0 (account->plan, plan->id) == 0)
    upkeep_decision_block (self, UPKEEP_BLOCKED_SAME_PLAN);

  /* The free plan is never bought, and from a trial there is no way to it. */
  if (is_trial && !is_trial_open (account, plan))
    upkeep_decision_block (self, UPKEEP_BLOCKED_TRIAL_UNAVAILABLE);
  else if (is_trial)
    return;
  else if (offer == NULL && (!is_free || self->quote->blocked->len == 0))
    upkeep_decision_block (self, UPKEEP_BLOCKED_UNKNOWN_PLAN);

  if (offer != NULL) {
    upkeep_decision_block_company (self, offer);
    if (account->payment_method.token == NULL)
      upkeep_decision_block (self, UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED);
  }
}

/* It costs nothing, is no subscription and never renews. */
static gboolean
add_trial (UpkeepDecision *self, const UpkeepPlan *trial, GError **error)
{
  UpkeepOption option = upkeep_decision_begin_option (self, UPKEEP_TIMING_IMMEDIATE);

  if (!upkeep_terms_compute (&option.terms, &option.bill, error))
    return FALSE;

  upkeep_decision_set_target (self, trial, UPKEEP_INTERVAL_NONE);
  upkeep_decision_grant_allowance (self, &option, trial->allowance, UPKEEP_INSTANT_NONE);
  if (loses_allowance (self))
    option.effects |= UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST);
  return upkeep_decision_add_option (self, &option, error);
}

/**
 * upkeep_decide_subscribe:
 * @self: a decision
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Quotes a new subscription: the first term's price, and metered use that an ended one still owes
 * (RULES 0.29). A trial that is on offer is taken up the same way, for nothing (RULES 0.13).
 *
 * Returns: whether there was no error
 */
gboolean
upkeep_decide_subscribe (UpkeepDecision *self, GError **error)
{
  const UpkeepPlan *offer = upkeep_decision_find_offer (self);
  const UpkeepPlan *plan = upkeep_edition_find_plan (self->edition, self->request->plan);
  UpkeepInterval interval = self->request->interval;
  UpkeepOption option = upkeep_decision_begin_option (self, UPKEEP_TIMING_IMMEDIATE);

  self->quote->direction = UPKEEP_DIRECTION_NEW;
  upkeep_decision_set_target (self, offer, offer != NULL ? interval : UPKEEP_INTERVAL_NONE);
  block (self, offer);
  if (self->quote->blocked->len > 0)
    return TRUE;
  if (plan->kind == UPKEEP_PLAN_TRIAL)
    return add_trial (self, plan, error);

  g_assert (offer != NULL);
  option.terms.buys_term = TRUE;
  option.terms.new_price_minor = offer->price_minor[interval];
  option.terms.metered_minor = upkeep_account_get_owed_minor (self->account);
  if (!upkeep_terms_compute (&option.terms, &option.bill, error))
    return FALSE;

  option.renews_at_s = upkeep_schedule_boundary (self->now_s, upkeep_interval_months (interval));
  upkeep_decision_grant_allowance (self, &option, offer->allowance,
                                   upkeep_schedule_boundary (self->now_s, 1));
  if (loses_allowance (self))
    option.effects |= UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST);

  return upkeep_decision_set_renewal_total (
             self, &option,
             upkeep_get_renewal_price_minor (self->edition, self->account, offer->id, interval), 0,
             upkeep_decision_balance_after (&option), error) &&
         upkeep_decision_add_option (self, &option, error);
}

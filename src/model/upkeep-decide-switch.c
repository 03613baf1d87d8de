/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-decision.h"

#include "upkeep-direction.h"
#include "upkeep-move.h"
#include "upkeep-spend.h"

static void
block_interval (UpkeepDecision *self, const UpkeepPlan *from, const UpkeepPlan *to)
{
  UpkeepIntervalRule rule =
      self->edition->policy.interval_rules[self->account->interval][self->request->interval];

  if (rule == UPKEEP_INTERVAL_RULE_UNSUPPORTED)
    upkeep_decision_block (self, UPKEEP_BLOCKED_INTERVAL_SWITCH_UNSUPPORTED);
  else if (rule == UPKEEP_INTERVAL_RULE_SAME_OR_HIGHER && to->tier < from->tier)
    upkeep_decision_block (self, UPKEEP_BLOCKED_LOWER_TIER_NOT_ALLOWED);
}

static void
block (UpkeepDecision *self, const UpkeepPlan *from, const UpkeepPlan *offer)
{
  const UpkeepAccount *account = self->account;
  const UpkeepPlan *plan = upkeep_edition_find_plan (self->edition, self->request->plan);

  upkeep_decision_block_past_due (self);
  if (from == NULL)
    upkeep_decision_block (self, UPKEEP_BLOCKED_NO_SUBSCRIPTION);
  if (plan != NULL && plan->kind == UPKEEP_PLAN_TRIAL)
    upkeep_decision_block (self, UPKEEP_BLOCKED_TRIAL_UNAVAILABLE);
  else if (offer == NULL)
    upkeep_decision_block (self, UPKEEP_BLOCKED_UNKNOWN_PLAN);
  if (offer == NULL)
    return;

  upkeep_decision_block_company (self, offer);
  if (account->payment_method.token == NULL)
    upkeep_decision_block (self, UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED);
  if (from == NULL)
    return;

  block_interval (self, from, offer);
  if (offer == from && self->request->interval == account->interval)
    upkeep_decision_block (self, UPKEEP_BLOCKED_SAME_PLAN);
}

/* What is left of the term's allotments. Of a yearly term: the current refill month's rest and the
 * months that nothing was used of yet, against all twelve (RULES 0.3). */
static void
measure_unused (const UpkeepDecision *self, const UpkeepPlan *from, UpkeepTerms *terms)
{
  const UpkeepAccount *account = self->account;
  const UpkeepGrant *grant = upkeep_find_plan_grant (account);
  gint64 remaining = grant != NULL ? MIN (grant->remaining, from->allowance) : 0;
  gint64 months_to_come = upkeep_schedule_months_at (account->anchor_s, account->term.end_s) -
                          upkeep_schedule_months_at (account->anchor_s, account->refill.end_s);

  if (from->allowance == 0)
    return;

  terms->unused = remaining + months_to_come * from->allowance;
  terms->allowance = upkeep_interval_months (account->interval) * from->allowance;
}

static void
measure_time (const UpkeepDecision *self, UpkeepTerms *terms)
{
  const UpkeepPeriod *term = &self->account->term;

  terms->unused = term->end_s - self->now_s;
  terms->allowance = term->end_s - term->start_s;
}

/* Where the interval changes, a new term begins whatever the anchor's rule says (RULES 0.4). */
static gboolean
resets_anchor (const UpkeepDecision *self)
{
  return self->edition->policy.upgrade_anchor == UPKEEP_ANCHOR_RESET ||
         self->request->interval != self->account->interval;
}

/* The full price of the current term counts, not the last charge (RULES 0.20, 0.31). Time shares
 * out both prices while the term goes on; where a new term begins its price is due in full, and
 * only the old one's is shared out. */
static void
set_credit (const UpkeepDecision *self, const UpkeepPlan *from, UpkeepTerms *terms)
{
  static const UpkeepCredit credits[] = {UPKEEP_CREDIT_USAGE, UPKEEP_CREDIT_PRICE,
                                         UPKEEP_CREDIT_UNUSED_REFUND, UPKEEP_CREDIT_TIME};

  G_STATIC_ASSERT (G_N_ELEMENTS (credits) == UPKEEP_N_PRORATIONS);

  terms->credit = credits[self->edition->policy.proration];
  terms->old_price_minor = self->account->price_minor;
  if (terms->credit == UPKEEP_CREDIT_TIME)
    measure_time (self, terms);
  else
    measure_unused (self, from, terms);
  if (terms->credit == UPKEEP_CREDIT_TIME && resets_anchor (self))
    terms->credit = UPKEEP_CREDIT_USAGE;
}

static guint
common_effects (const UpkeepDecision *self)
{
  guint effects = UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_IMAGES_KEPT) |
                  UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_COMMERCIAL_RIGHTS_KEPT);

  if (self->account->scheduled != UPKEEP_SCHEDULED_NOTHING)
    effects |= UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_SCHEDULED_CHANGE_DROPPED);

  return effects;
}

/* Whether a downgrade takes units that are left of the larger allotment. */
static gboolean
cuts_allowance (const UpkeepDecision *self, const UpkeepPlan *from, const UpkeepPlan *to)
{
  const UpkeepGrant *grant = upkeep_find_plan_grant (self->account);

  return self->edition->policy.upgrade_grant == UPKEEP_UPGRADE_GRANT_DIFFERENCE &&
         self->quote->direction == UPKEEP_DIRECTION_DOWNGRADE && to->allowance < from->allowance &&
         grant != NULL && grant->remaining > 0;
}

static gboolean
add_immediate (UpkeepDecision *self, const UpkeepPlan *from, const UpkeepPlan *to, GError **error)
{
  const UpkeepAccount *account = self->account;
  UpkeepInterval interval = self->request->interval;
  gint64 price_minor = to->price_minor[interval];
  gint64 unbilled_minor = upkeep_account_get_unbilled_minor (account, self->edition);
  gboolean resets = resets_anchor (self);
  UpkeepOption option = upkeep_decision_begin_option (self, UPKEEP_TIMING_IMMEDIATE);

  option.terms.buys_term = TRUE;
  option.terms.new_price_minor = price_minor;
  set_credit (self, from, &option.terms);
  /* A new term ends the subscription month, and with it what was metered in it (RULES 0.27). */
  if (resets)
    option.terms.metered_minor = unbilled_minor;
  if (!upkeep_terms_compute (&option.terms, &option.bill, error))
    return FALSE;

  option.effects = common_effects (self);
  if (resets) {
    option.effects |= UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_RENEWAL_DATE_RESETS);
    option.renews_at_s = upkeep_schedule_boundary (self->now_s, upkeep_interval_months (interval));
  } else {
    option.effects |= UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_RENEWAL_DATE_KEPT);
    option.renews_at_s = account->term.end_s;
  }

  if (!resets && cuts_allowance (self, from, to))
    option.effects |= UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST);
  if (resets || self->edition->policy.upgrade_grant == UPKEEP_UPGRADE_GRANT_FULL)
    upkeep_decision_grant_allowance (self, &option, to->allowance,
                                     resets ? upkeep_schedule_boundary (self->now_s, 1)
                                            : account->refill.end_s);
  else
    upkeep_decision_grant_allowance (self, &option, to->allowance - from->allowance,
                                     account->refill.end_s);

  /* The new term is paid under the account's edition; a move waits for the renewal after it (RULES
   * 0.1). */
  return upkeep_decision_set_renewal_total (
             self, &option,
             upkeep_get_renewal_price_minor (self->edition, account, to->id, interval),
             resets ? 0 : unbilled_minor, upkeep_decision_balance_after (&option), error) &&
         upkeep_decision_add_option (self, &option, error);
}

static gboolean
add_period_end (UpkeepDecision *self, const UpkeepPlan *to, GError **error)
{
  const UpkeepAccount *account = self->account;
  UpkeepOption option = upkeep_decision_begin_option (self, UPKEEP_TIMING_PERIOD_END);

  option.effects = common_effects (self) | UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_RENEWAL_DATE_KEPT);
  option.renews_at_s = account->term.end_s;

  return upkeep_decision_set_renewal_total (
             self, &option,
             upkeep_get_renewal_price_minor (self->edition, account, to->id,
                                             self->request->interval),
             upkeep_account_get_unbilled_minor (account, self->edition),
             upkeep_account_get_balance_minor (account), error) &&
         upkeep_decision_add_option (self, &option, error);
}

/**
 * upkeep_decide_switch:
 * @self: a decision
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Quotes a change of plan or interval at every time the edition allows it.
 *
 * A switch to the free plan is what cancelling is there, and is answered with that quote (RULES
 * 0.24, D-07).
 *
 * Returns: whether there was no error
 */
gboolean
upkeep_decide_switch (UpkeepDecision *self, GError **error)
{
  const UpkeepPolicy *policy = &self->edition->policy;
  const UpkeepPlan *plan = upkeep_edition_find_plan (self->edition, self->request->plan);
  const UpkeepPlan *offer = upkeep_decision_find_offer (self);
  const UpkeepPlan *from = NULL;
  const gboolean *allowed_at;

  if (plan != NULL && plan->kind == UPKEEP_PLAN_FREE) {
    self->quote->kind = UPKEEP_QUOTE_CANCEL;
    return upkeep_decide_cancel (self, error);
  }

  if (upkeep_account_has_paid_plan (self->account))
    from = upkeep_edition_find_plan (self->edition, self->account->plan);
  if (from != NULL && offer != NULL)
    self->quote->direction =
        upkeep_direction_judge (from, self->account->interval, offer, self->request->interval);
  upkeep_decision_set_target (self, offer,
                              offer != NULL ? self->request->interval : UPKEEP_INTERVAL_NONE);
  block (self, from, offer);
  if (self->quote->blocked->len > 0)
    return TRUE;

  g_assert (from != NULL && offer != NULL);
  allowed_at = self->quote->direction == UPKEEP_DIRECTION_UPGRADE ? policy->upgrade_at
                                                                  : policy->downgrade_at;
  if (allowed_at[UPKEEP_TIMING_IMMEDIATE] && !add_immediate (self, from, offer, error))
    return FALSE;
  if (allowed_at[UPKEEP_TIMING_PERIOD_END] && !add_period_end (self, offer, error))
    return FALSE;

  return TRUE;
}

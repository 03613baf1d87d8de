/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-decision.h"

#include "upkeep-refund.h"
#include "upkeep-spend.h"

#include <stdlib.h>
#include <string.h>

/* Any of the account's own invoices will do (RULES 0.34): they are numbered without a gap. */
static gboolean
has_invoice (const UpkeepAccount *account, const char *number)
{
  g_autofree char *canonical = NULL;
  const char *dash = strrchr (number, '-');
  gint64 n;

  if (dash == NULL ||
      !g_ascii_string_to_signed (dash + 1, 10, 1, account->next_invoice_number - 1, &n, NULL))
    return FALSE;

  canonical = g_strdup_printf ("%s-%04" G_GINT64_FORMAT, account->invoice_prefix, n);
  return g_str_equal (canonical, number);
}

/* The invoice whose price would come back: the one that is named, where one has to be. */
static const char *
get_invoice (const UpkeepDecision *self)
{
  return self->edition->policy.needs_invoice_number && self->request->invoice_number != NULL
             ? self->request->invoice_number
             : self->account->term_invoice;
}

static void
block (UpkeepDecision *self)
{
  const UpkeepAccount *account = self->account;
  const UpkeepPolicy *policy = &self->edition->policy;

  if (!policy->past_due.cancel_allowed)
    upkeep_decision_block_past_due (self);
  if (!upkeep_account_has_paid_plan (account))
    upkeep_decision_block (self, UPKEEP_BLOCKED_NO_SUBSCRIPTION);
  if (account->scheduled == UPKEEP_SCHEDULED_CANCEL)
    upkeep_decision_block (self, UPKEEP_BLOCKED_ALREADY_CANCELLED);

  if (policy->needs_invoice_number) {
    if (self->request->invoice_number == NULL)
      upkeep_decision_block (self, UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED);
    else if (!has_invoice (account, self->request->invoice_number))
      upkeep_decision_block (self, UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN);
  }
}

/* Bought and earned units are left behind, frozen and not lost (RULES 0.7). None of those grants is
 * spent: such a one is gone. */
static gboolean
freezes_units (const UpkeepDecision *self)
{
  for (guint i = 0; i < self->account->grants->len; i++) {
    const UpkeepGrant *grant = &g_array_index (self->account->grants, UpkeepGrant, i);

    if (self->edition->policy.grants[grant->kind].needs_subscription &&
        grant->kind != UPKEEP_GRANT_PLAN)
      return TRUE;
  }

  return FALSE;
}

static guint
common_effects (const UpkeepDecision *self)
{
  guint effects = UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_IMAGES_KEPT) |
                  UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_COMMERCIAL_RIGHTS_KEPT);

  if (freezes_units (self))
    effects |= UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_PURCHASED_FROZEN);
  if (self->account->scheduled != UPKEEP_SCHEDULED_NOTHING)
    effects |= UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_SCHEDULED_CHANGE_DROPPED);

  return effects;
}

/* Only with a refund: who may not have one keeps what is paid until the end (RULES C-12, C-13). A
 * share that rounds to nothing is none. */
static gboolean
add_immediate (UpkeepDecision *self, const UpkeepRefundClaim *claim, GError **error)
{
  const UpkeepAccount *account = self->account;
  const UpkeepIssue *issue = upkeep_account_find_issue_of_invoice (account, get_invoice (self));
  UpkeepOption option = upkeep_decision_begin_option (self, UPKEEP_TIMING_IMMEDIATE);

  option.terms.metered_minor = upkeep_account_get_unbilled_minor (account, self->edition);
  option.terms.refund_price_minor = issue != NULL ? issue->price_minor : account->price_minor;
  option.terms.refund_share = claim->share;
  option.terms.refund_whole = claim->whole;
  option.terms.refund_cap_minor = issue != NULL ? issue->taken_minor : account->term_taken_minor;
  option.terms.rounding = UPKEEP_ROUNDING_HALF_UP;
  if (!upkeep_terms_compute (&option.terms, &option.bill, error))
    return FALSE;
  if (upkeep_bill_get (&option.bill, UPKEEP_LINE_REFUND) == 0)
    return TRUE;

  option.has_refund = TRUE;
  option.refund = (UpkeepRefund){
      .amount_minor = -upkeep_bill_get (&option.bill, UPKEEP_LINE_REFUND) -
                      upkeep_bill_get (&option.bill, UPKEEP_LINE_CREDIT_TO_BALANCE),
      .business_days = self->edition->policy.refund.business_days,
      .expected_by_s =
          upkeep_business_days_after (self->now_s, self->edition->policy.refund.business_days),
      .basis = claim->basis,
  };
  option.effects = common_effects (self) | UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_SERVICE_STOPS) |
                   UPKEEP_EFFECT_BIT (UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST);
  return upkeep_decision_add_option (self, &option, error);
}

/* The paid term of an unpaid renewal is over already: there the service stops at once, and with it
 * every further try to charge (RULES X-17). */
static gboolean
add_period_end (UpkeepDecision *self, GError **error)
{
  gboolean is_over = self->account->owed_price_minor > 0;
  UpkeepOption option = upkeep_decision_begin_option (self, UPKEEP_TIMING_PERIOD_END);

  if (is_over)
    option.effective_at_s = self->now_s;
  option.effects =
      common_effects (self) | UPKEEP_EFFECT_BIT (is_over ? UPKEEP_EFFECT_SERVICE_STOPS
                                                         : UPKEEP_EFFECT_SERVICE_UNTIL_PERIOD_END);
  return upkeep_decision_add_option (self, &option, error);
}

/* A law or a promotion gives the term back. An earlier invoice's issue comes back by the rule
 * alone, while it has not shipped; an earlier term that is used and not shipped was delivered
 * (RULES 0.34, C-46). */
static gboolean
find_claim (const UpkeepDecision *self, UpkeepRefundClaim *ret_claim)
{
  const UpkeepRefundReport *report = self->quote->refund_rule;

  if (g_strcmp0 (get_invoice (self), self->account->term_invoice) == 0)
    return upkeep_find_refund (self->edition, self->account, report, self->now_s, ret_claim);
  if (!self->edition->meter.shipped || report == NULL || !report->holds)
    return FALSE;

  *ret_claim = (UpkeepRefundClaim){.basis = UPKEEP_REFUND_BASIS_RULE, .share = 1, .whole = 1};
  return TRUE;
}

/**
 * upkeep_decide_cancel:
 * @self: a decision
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Quotes leaving: at the end of the period, and now where a refund is due.
 *
 * Returns: whether there was no error
 */
gboolean
upkeep_decide_cancel (UpkeepDecision *self, GError **error)
{
  const UpkeepPlan *free_plan = upkeep_edition_find_plan_of_kind (self->edition, UPKEEP_PLAN_FREE);
  UpkeepRefundClaim claim;

  self->quote->direction = UPKEEP_DIRECTION_END;
  upkeep_decision_set_target (self, free_plan, UPKEEP_INTERVAL_NONE);
  block (self);
  if (!upkeep_account_has_paid_plan (self->account))
    return TRUE;

  self->quote->invoice_number = g_strdup (self->request->invoice_number);
  self->quote->refund_rule = upkeep_judge_refund_rule (
      self->edition, self->account,
      upkeep_account_find_issue_of_invoice (self->account, get_invoice (self)), self->now_s);
  if (self->quote->blocked->len > 0)
    return TRUE;

  /* While something is owed there is no settled term that could be given back. */
  if (self->account->state == UPKEEP_STATE_ACTIVE && find_claim (self, &claim) &&
      !add_immediate (self, &claim, error))
    return FALSE;

  return add_period_end (self, error);
}

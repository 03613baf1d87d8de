/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-decision.h"

#include <string.h>

/* Reasons are listed in the order of their codes, whatever order they were found in. */
static int
compare_blocked (gconstpointer a, gconstpointer b)
{
  return (int) ((const UpkeepBlocked *) a)->code - (int) ((const UpkeepBlocked *) b)->code;
}

static void
add_blocked (UpkeepDecision *self, const UpkeepBlocked *blocked)
{
  g_array_append_val (self->quote->blocked, *blocked);
  g_array_sort (self->quote->blocked, compare_blocked);
}

void
upkeep_decision_block (UpkeepDecision *self, UpkeepBlockedCode code)
{
  add_blocked (self, &(UpkeepBlocked){.code = code});
}

void
upkeep_decision_block_measured (UpkeepDecision *self,
                                UpkeepBlockedCode code,
                                gint64 limit,
                                gint64 measured)
{
  add_blocked (self, &(UpkeepBlocked){.code = code,
                                      .has_limit = TRUE,
                                      .limit = limit,
                                      .has_measured = TRUE,
                                      .measured = measured});
}

/**
 * upkeep_decision_block_past_due:
 * @self: a decision
 *
 * Refuses while something is owed: only paying is open then (RULES 0.29).
 */
void
upkeep_decision_block_past_due (UpkeepDecision *self)
{
  if (self->account->state != UPKEEP_STATE_PAST_DUE)
    return;

  add_blocked (self, &(UpkeepBlocked){.code = UPKEEP_BLOCKED_PAST_DUE,
                                      .has_measured = TRUE,
                                      .measured = upkeep_account_get_owed_minor (self->account)});
}

/**
 * upkeep_decision_block_company:
 * @self: a decision
 * @plan: what is to be bought
 *
 * Refuses a plan that a company of that revenue may not have (RULES A-20): exactly the limit is not
 * more than it.
 */
void
upkeep_decision_block_company (UpkeepDecision *self, const UpkeepPlan *plan)
{
  const UpkeepPolicy *policy = &self->edition->policy;
  gint64 revenue_usd = self->request->company_revenue_usd;

  if (policy->company_revenue_over_usd < 0 || revenue_usd <= policy->company_revenue_over_usd)
    return;
  if (g_strv_contains ((const char *const *) policy->company_plans, plan->id))
    return;

  upkeep_decision_block_measured (self, UPKEEP_BLOCKED_PLAN_REQUIRES_COMPANY_TIER,
                                  policy->company_revenue_over_usd, revenue_usd);
}

void
upkeep_decision_set_target (UpkeepDecision *self, const UpkeepPlan *plan, UpkeepInterval interval)
{
  self->quote->to_plan = plan != NULL ? g_strdup (plan->id) : NULL;
  self->quote->to_interval = interval;
}

/**
 * upkeep_decision_find_offer:
 * @self: a decision to buy a plan
 *
 * Finds the plan that is asked for, if the edition sells it for that interval.
 *
 * Returns: (nullable) (transfer none): a paid plan that is offered
 */
const UpkeepPlan *
upkeep_decision_find_offer (const UpkeepDecision *self)
{
  const UpkeepPlan *plan = upkeep_edition_find_plan (self->edition, self->request->plan);

  if (plan == NULL || plan->kind != UPKEEP_PLAN_PAID || !plan->offered ||
      !upkeep_plan_sells (plan, self->request->interval))
    return NULL;

  return plan;
}

UpkeepTerms
upkeep_decision_begin_terms (const UpkeepDecision *self)
{
  UpkeepTerms terms = {
      .rounding = self->edition->policy.proration_rounding,
      .balance_minor = upkeep_account_get_balance_minor (self->account),
      .allowance = 1,
      .refund_whole = 1,
  };

  g_snprintf (terms.edition, sizeof terms.edition, "%s/%s", self->edition->service,
              self->edition->id);
  memcpy (terms.currency, self->edition->currency, sizeof terms.currency);
  return terms;
}

UpkeepOption
upkeep_decision_begin_option (const UpkeepDecision *self, UpkeepTiming timing)
{
  return (UpkeepOption){
      .timing = timing,
      .effective_at_s = timing == UPKEEP_TIMING_IMMEDIATE ? self->now_s : self->account->term.end_s,
      .renews_at_s = UPKEEP_INSTANT_NONE,
      .terms = upkeep_decision_begin_terms (self),
  };
}

/**
 * upkeep_decision_set_renewal_total:
 * @self: a decision
 * @option: the option
 * @price_minor: the price then due
 * @unbilled_minor: bought use that is billed with it
 * @balance_minor: the balance there is by then
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Says what the next renewal would charge if nothing more were used (CONTRACT section 8).
 *
 * Where a refill comes before it, that one bills the use, and the balance pays for that first
 * (RULES 0.27).
 *
 * Returns: whether it was set
 */
gboolean
upkeep_decision_set_renewal_total (const UpkeepDecision *self,
                                   UpkeepOption *option,
                                   gint64 price_minor,
                                   gint64 unbilled_minor,
                                   gint64 balance_minor,
                                   GError **error)
{
  gint64 total_minor;

  if (self->account->refill.end_s < self->account->term.end_s) {
    balance_minor = MAX (balance_minor - unbilled_minor, 0);
    unbilled_minor = 0;
  }
  if (!upkeep_add (price_minor, unbilled_minor, &total_minor, error))
    return FALSE;

  option->has_renewal_total = TRUE;
  option->renewal_total_minor = MAX (total_minor - balance_minor, 0);
  return TRUE;
}

/**
 * upkeep_decision_balance_after:
 * @option: an option whose bill is worked out
 *
 * Says what is left of the balance once an option is paid.
 *
 * Returns: minor units, at least 0
 */
gint64
upkeep_decision_balance_after (const UpkeepOption *option)
{
  return option->terms.balance_minor +
         upkeep_bill_get (&option->bill, UPKEEP_LINE_ACCOUNT_BALANCE) +
         upkeep_bill_get (&option->bill, UPKEEP_LINE_CREDIT_TO_BALANCE);
}

void
upkeep_decision_grant_allowance (const UpkeepDecision *self,
                                 UpkeepOption *option,
                                 gint64 quantity,
                                 gint64 expires_at_s)
{
  if (quantity <= 0)
    return;

  option->has_grant = TRUE;
  option->grant =
      (UpkeepQuoteGrant){UPKEEP_GRANT_PLAN, quantity,
                         self->edition->meter.shipped ? UPKEEP_INSTANT_NONE : expires_at_s};
}

/**
 * upkeep_decision_add_option:
 * @self: a decision
 * @option: an option whose bill is worked out
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Offers a choice. A blocked quote has none.
 *
 * Returns: whether there was no error
 */
gboolean
upkeep_decision_add_option (UpkeepDecision *self, UpkeepOption *option, GError **error)
{
  g_assert (self->quote->blocked->len == 0);

  g_array_append_val (self->quote->options, *option);
  return TRUE;
}

/**
 * upkeep_decide:
 * @edition: the account's edition
 * @account: whose quote it is
 * @request: what is asked for
 * @now_s: the time, in UTC seconds
 * @ret_quote: (out) (transfer full): where to put the quote
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Works out what a step would cost, give and change, and every reason against it.
 *
 * Errors: `UPKEEP_MODEL_ERROR_RANGE` when a sum would overflow.
 *
 * Returns: whether @ret_quote was written
 */
gboolean
upkeep_decide (const UpkeepEdition *edition,
               const UpkeepAccount *account,
               const UpkeepQuoteRequest *request,
               gint64 now_s,
               UpkeepQuote **ret_quote,
               GError **error)
{
  static gboolean (*const deciders[]) (UpkeepDecision *, GError **) = {
      upkeep_decide_subscribe, upkeep_decide_switch, upkeep_decide_cancel,
      upkeep_decide_topup,     upkeep_decide_resume, upkeep_decide_pay,
  };
  g_autoptr (UpkeepQuote) quote = NULL;
  UpkeepDecision decision;

  G_STATIC_ASSERT (G_N_ELEMENTS (deciders) == UPKEEP_N_QUOTE_KINDS);
  g_return_val_if_fail (edition != NULL && account != NULL && request != NULL, FALSE);
  g_return_val_if_fail (ret_quote != NULL, FALSE);

  quote = upkeep_quote_new ();
  quote->kind = request->kind;
  quote->direction = UPKEEP_DIRECTION_NONE;
  quote->created_at_s = now_s;
  quote->expires_at_s = now_s + UPKEEP_QUOTE_LIFE_S;
  quote->meter = g_strdup (edition->meter.id);
  memcpy (quote->currency, edition->currency, sizeof quote->currency);
  quote->from_plan = g_strdup (account->plan);
  quote->from_interval = account->interval;

  decision = (UpkeepDecision){edition, account, request, now_s, quote};
  if (!deciders[request->kind](&decision, error))
    return FALSE;

  *ret_quote = g_steal_pointer (&quote);
  return TRUE;
}

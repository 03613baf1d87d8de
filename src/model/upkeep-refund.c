/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-refund.h"

#include "upkeep-spend.h"

static const UpkeepUse *
use_of_scope (const UpkeepAccount *account, UpkeepScope scope)
{
  switch (scope) {
  case UPKEEP_SCOPE_MONTH:
    return &account->use_month;
  case UPKEEP_SCOPE_SUBSCRIPTION:
    return &account->use_subscription;
  case UPKEEP_SCOPE_LIFETIME:
    return &account->use_lifetime;
  case UPKEEP_SCOPE_SINCE_RENEWAL:
    return &account->use_term;
  default:
    g_assert_not_reached ();
  }
}

/* A month's rule refunds a term only while its first refill month runs (RULES 0.36). */
static gboolean
is_in_scope (const UpkeepAccount *account, UpkeepScope scope)
{
  return scope != UPKEEP_SCOPE_MONTH || account->refill.start_s == account->term.start_s;
}

/* Rounded up: among whole units, less than 7.5 is less than 8. */
static gint64
percent_of (gint64 allowance, gint64 percent)
{
  return (gint64) (((__int128) allowance * percent + 99) / 100);
}

/* Of what is shipped it is the issue that counts: sent, it is used up (RULES 0.34). Without one
 * there is nothing to give back, whatever was measured. */
static void
judge_issue (const UpkeepIssue *issue, UpkeepClauseReport *report)
{
  report->measured = issue != NULL && issue->shipped_at_s != UPKEEP_INSTANT_NONE ? 1 : 0;
  report->holds = issue != NULL && upkeep_issue_is_open (issue) && report->measured < report->limit;
}

static UpkeepClauseReport *
judge_clause (const UpkeepAccount *account, const UpkeepRefundClause *clause, gint64 allowance)
{
  UpkeepClauseReport *report = upkeep_clause_report_new ();
  const UpkeepUse *use = use_of_scope (account, clause->scope);

  report->id = g_strdup (clause->id);
  report->metric = clause->metric;
  report->scope = clause->scope;
  report->measured = clause->metric == UPKEEP_METRIC_IMAGES ? use->images : upkeep_use_total (use);
  report->limit = clause->limit_is_percent ? percent_of (allowance, clause->limit) : clause->limit;
  /* Strictly less (RULES 0.21). */
  report->holds = is_in_scope (account, clause->scope) && report->measured < report->limit;
  return report;
}

static int
count_refunds_since (const UpkeepAccount *account, gint64 since_s)
{
  int n_refunds = 0;

  for (guint i = 0; i < account->refunds_s->len; i++) {
    if (g_array_index (account->refunds_s, gint64, i) > since_s)
      n_refunds++;
  }

  return n_refunds;
}

/* Each clause is passed, and not just met: who used "more than" its limit (RULES X-01, 0.21). */
static gboolean
is_beyond_every_clause (const UpkeepRefundReport *report)
{
  for (guint i = 0; i < report->clauses->len; i++) {
    const UpkeepClauseReport *clause = g_ptr_array_index (report->clauses, i);

    if (clause->holds || clause->measured <= clause->limit)
      return FALSE;
  }

  return TRUE;
}

/* Who is beyond the rule may have a refund judged by people all the same, such as one who has used
 * nothing since the latest renewal (RULES X-01). It gives nothing by itself. */
static void
add_review (UpkeepRefundReport *report,
            const UpkeepRefundPolicy *policy,
            const UpkeepAccount *account,
            gint64 allowance)
{
  report->review = judge_clause (account, policy->review, allowance);
  report->review->holds = report->review->holds && account->state == UPKEEP_STATE_ACTIVE &&
                          is_beyond_every_clause (report);
  report->review_channel = g_strdup (policy->review_channel);
}

/**
 * upkeep_judge_refund_rule:
 * @edition: the edition the term was paid under
 * @account: an account with a paid plan
 * @issue: (nullable): where the meter is shipped, the issue whose price would come back
 * @now_s: the time, in UTC seconds
 *
 * Judges the edition's refund rule and tells every clause with what was measured (RULES 0.22, A-45,
 * B-21).
 *
 * Returns: (nullable) (transfer full): the judgement; `NULL` where the edition has no rule
 */
UpkeepRefundReport *
upkeep_judge_refund_rule (const UpkeepEdition *edition,
                          const UpkeepAccount *account,
                          const UpkeepIssue *issue,
                          gint64 now_s)
{
  const UpkeepRefundPolicy *policy;
  const UpkeepPlan *plan;
  UpkeepRefundReport *report;

  g_return_val_if_fail (edition != NULL && account != NULL, NULL);

  policy = &edition->policy.refund;
  if (policy->id == NULL)
    return NULL;

  plan = upkeep_edition_find_plan (edition, account->plan);
  report = upkeep_refund_report_new ();
  report->id = g_strdup (policy->id);
  for (guint i = 0; i < policy->any_of->len; i++) {
    UpkeepClauseReport *clause = judge_clause (account, g_ptr_array_index (policy->any_of, i),
                                               plan != NULL ? plan->allowance : 0);

    if (edition->meter.shipped && clause->metric == UPKEEP_METRIC_UNITS)
      judge_issue (issue, clause);
    report->holds = report->holds || clause->holds;
    g_ptr_array_add (report->clauses, clause);
  }

  /* Against loops of refund and return (RULES 0.37). */
  if (policy->at_most_count > 0) {
    report->at_most_count = policy->at_most_count;
    report->at_most_days = policy->at_most_days;
    report->at_most_measured =
        count_refunds_since (account, now_s - policy->at_most_days * UPKEEP_DAY_S);
    report->holds = report->holds && report->at_most_measured < policy->at_most_count;
  }
  if (policy->review != NULL)
    add_review (report, policy, account, plan != NULL ? plan->allowance : 0);

  return report;
}

static gboolean
override_holds (const UpkeepOverride *override, const UpkeepAccount *account, gint64 now_s)
{
  return account->country != NULL &&
         g_strv_contains ((const char *const *) override->countries, account->country) &&
         now_s < account->started_at_s + override->days * UPKEEP_DAY_S;
}

/* The unused share of the current refill month stands for the whole term (CONTRACT section 8,
 * Strangers). */
static UpkeepRefundClaim
claim_of_override (const UpkeepOverride *override,
                   const UpkeepEdition *edition,
                   const UpkeepAccount *account)
{
  UpkeepRefundClaim claim = {
      .basis =
          override->promotion ? UPKEEP_REFUND_BASIS_PROMOTION : UPKEEP_REFUND_BASIS_CONSUMER_LAW,
      .share = 1,
      .whole = 1,
  };
  const UpkeepPlan *plan = upkeep_edition_find_plan (edition, account->plan);
  const UpkeepGrant *grant = upkeep_find_plan_grant (account);

  if (override->amount == UPKEEP_OVERRIDE_UNUSED_SHARE && plan != NULL && plan->allowance > 0) {
    claim.share = grant != NULL ? MIN (grant->remaining, plan->allowance) : 0;
    claim.whole = plan->allowance;
  }

  return claim;
}

static gboolean
is_larger (const UpkeepRefundClaim *a, const UpkeepRefundClaim *b)
{
  return (__int128) a->share * b->whole > (__int128) b->share * a->whole;
}

/**
 * upkeep_find_refund:
 * @edition: the edition the term was paid under
 * @account: an account with a paid plan
 * @report: (nullable): what upkeep_judge_refund_rule() said
 * @now_s: the time, in UTC seconds
 * @ret_claim: (out): where to put the refund
 *
 * Finds the refund that is due when the plan is cancelled now.
 *
 * Where several bases give one it is the largest, and the rule's at a tie (RULES 0.30).
 *
 * Returns: whether there is any, and @ret_claim was written
 */
gboolean
upkeep_find_refund (const UpkeepEdition *edition,
                    const UpkeepAccount *account,
                    const UpkeepRefundReport *report,
                    gint64 now_s,
                    UpkeepRefundClaim *ret_claim)
{
  UpkeepRefundClaim best = {.basis = UPKEEP_REFUND_BASIS_RULE, .share = 0, .whole = 1};

  g_return_val_if_fail (edition != NULL && account != NULL, FALSE);
  g_return_val_if_fail (ret_claim != NULL, FALSE);

  if (report != NULL && report->holds)
    best.share = 1;

  for (guint i = 0; i < edition->policy.overrides->len; i++) {
    const UpkeepOverride *override = g_ptr_array_index (edition->policy.overrides, i);

    if (override_holds (override, account, now_s)) {
      UpkeepRefundClaim claim = claim_of_override (override, edition, account);

      if (is_larger (&claim, &best))
        best = claim;
    }
  }

  if (best.share == 0)
    return FALSE;

  *ret_claim = best;
  return TRUE;
}

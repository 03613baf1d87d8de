/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-feature-rule.h"

#include "upkeep-spend.h"

/**
 * upkeep_is_suspended:
 * @edition: the account's edition
 * @account: an account
 * @feature_id: a feature of the edition
 * @now_s: the time, in UTC seconds
 *
 * Tells whether a feature of the plan one has is paused because nothing is left to spend (RULES
 * D-30, X-23).
 *
 * Returns: whether it is
 */
gboolean
upkeep_is_suspended (const UpkeepEdition *edition,
                     const UpkeepAccount *account,
                     const char *feature_id,
                     gint64 now_s)
{
  const UpkeepPlan *plan;

  g_return_val_if_fail (edition != NULL && account != NULL && feature_id != NULL, FALSE);

  plan = upkeep_edition_find_plan (edition, account->plan);
  return plan != NULL && upkeep_plan_has_feature (plan, feature_id) &&
         g_strv_contains ((const char *const *) edition->policy.suspended_features, feature_id) &&
         upkeep_get_spendable (edition, account, now_s) == 0;
}

/**
 * upkeep_judge_feature:
 * @edition: the account's edition
 * @account: an account
 * @feature_id: a feature of the edition
 * @now_s: the time, in UTC seconds
 *
 * Tells whether a feature may be used now (CONTRACT, features/check and section 8). The free plan
 * and the trial are no subscription: what they lack comes with one.
 *
 * Returns: (nullable): `NULL` when it may; else why not: `not_in_plan`, `feature_suspended` or
 * `active_subscription_required`, a static string
 */
const char *
upkeep_judge_feature (const UpkeepEdition *edition,
                      const UpkeepAccount *account,
                      const char *feature_id,
                      gint64 now_s)
{
  const UpkeepPlan *plan;

  g_return_val_if_fail (edition != NULL && account != NULL && feature_id != NULL, NULL);

  plan = upkeep_edition_find_plan (edition, account->plan);
  if (plan == NULL || !upkeep_account_is_served (account, edition))
    return "active_subscription_required";
  if (!upkeep_plan_has_feature (plan, feature_id))
    return plan->kind == UPKEEP_PLAN_PAID ? "not_in_plan" : "active_subscription_required";
  if (upkeep_is_suspended (edition, account, feature_id, now_s))
    return "feature_suspended";

  return NULL;
}

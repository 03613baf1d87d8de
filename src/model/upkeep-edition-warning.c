/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-edition-warning.h"

/**
 * upkeep_edition_warning_kind_to_string:
 * @kind: a kind
 *
 * Names a kind for programs.
 *
 * Returns: such as `year_above_months`
 */
const char *
upkeep_edition_warning_kind_to_string (UpkeepEditionWarningKind kind)
{
  static const char *const names[] = {
      "nothing_offered",    "plan_not_offered",      "price_zero",       "year_above_months",
      "cheaper_than_lower", "allowance_below_lower", "mode_lost",        "feature_lost",
      "feature_unused",     "mode_unused",           "company_plan",     "clause_idle",
      "topup_free",         "pack_dearer",           "whole_price_kept", "term_for_difference",
      "grant_idle",         "full_grant_for_rest",   "difference_back",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_EDITION_WARNING_KINDS);

  return names[kind];
}

static void
warning_free (gpointer data)
{
  UpkeepEditionWarning *self = data;

  g_free (self->path);
  g_free (self);
}

static void G_GNUC_PRINTF (5, 6) warn (GPtrArray *warnings,
                                       UpkeepEditionWarningKind kind,
                                       const char *subject,
                                       const char *other,
                                       const char *path,
                                       ...)
{
  UpkeepEditionWarning *warning = g_new0 (UpkeepEditionWarning, 1);
  va_list args;

  va_start (args, path);
  *warning = (UpkeepEditionWarning){
      .kind = kind,
      .path = g_strdup_vprintf (path, args),
      .subject = subject,
      .other = other,
  };
  va_end (args);
  g_ptr_array_add (warnings, warning);
}

static void
judge_offers (GPtrArray *warnings, const UpkeepEdition *edition)
{
  guint n_offered = 0;

  for (guint i = 0; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    if (plan->kind == UPKEEP_PLAN_PAID && plan->offered)
      n_offered++;
  }
  if (n_offered == 0) {
    warn (warnings, UPKEEP_WARNING_NOTHING_OFFERED, NULL, NULL, "plans");
    return;
  }

  for (guint i = 0; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    if (plan->kind == UPKEEP_PLAN_PAID && !plan->offered)
      warn (warnings, UPKEEP_WARNING_PLAN_NOT_OFFERED, plan->id, NULL, "plans[%u].offered", i);
  }
}

static void
judge_prices (GPtrArray *warnings, const UpkeepPlan *plan)
{
  gint64 month_minor = plan->price_minor[UPKEEP_INTERVAL_MONTH];
  gint64 year_minor = plan->price_minor[UPKEEP_INTERVAL_YEAR];

  if (month_minor == 0 || year_minor == 0)
    warn (warnings, UPKEEP_WARNING_PRICE_ZERO, plan->id, NULL, "plans[%d].prices", plan->tier);
  if (month_minor >= 0 &&
      year_minor > month_minor * upkeep_interval_months (UPKEEP_INTERVAL_YEAR)) /* 10^12 x 12 fit */
    warn (warnings, UPKEEP_WARNING_YEAR_ABOVE_MONTHS, plan->id, NULL, "plans[%d].prices",
          plan->tier);
}

static gboolean
is_cheaper (const UpkeepPlan *plan, const UpkeepPlan *lower)
{
  for (UpkeepInterval i = UPKEEP_INTERVAL_MONTH; i < UPKEEP_N_INTERVALS; i++) {
    if (upkeep_plan_sells (plan, i) && plan->price_minor[i] < lower->price_minor[i])
      return TRUE;
  }

  return FALSE;
}

static void
judge_lost (GPtrArray *warnings, const UpkeepPlan *plan, const UpkeepPlan *lower)
{
  for (char **mode = lower->modes; *mode != NULL; mode++) {
    if (!g_strv_contains ((const char *const *) plan->modes, *mode))
      warn (warnings, UPKEEP_WARNING_MODE_LOST, plan->id, *mode, "plans[%d].modes", plan->tier);
  }
  for (char **feature = lower->features; *feature != NULL; feature++) {
    if (!upkeep_plan_has_feature (plan, *feature))
      warn (warnings, UPKEEP_WARNING_FEATURE_LOST, plan->id, *feature, "plans[%d].features",
            plan->tier);
  }
}

/* People pay more to have more: each paid plan beside the next lower one. */
static void
judge_tiers (GPtrArray *warnings, const UpkeepEdition *edition)
{
  const UpkeepPlan *lower = NULL;

  for (guint i = 0; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    if (plan->kind != UPKEEP_PLAN_PAID)
      continue;

    judge_prices (warnings, plan);
    if (lower != NULL) {
      if (is_cheaper (plan, lower))
        warn (warnings, UPKEEP_WARNING_CHEAPER_THAN_LOWER, plan->id, lower->id, "plans[%u].prices",
              i);
      if (plan->allowance < lower->allowance)
        warn (warnings, UPKEEP_WARNING_ALLOWANCE_BELOW_LOWER, plan->id, lower->id,
              "plans[%u].allowance.quantity", i);
      judge_lost (warnings, plan, lower);
    }
    lower = plan;
  }
}

static gboolean
any_plan_has_feature (const UpkeepEdition *edition, const char *id)
{
  for (guint i = 0; i < edition->plans->len; i++) {
    if (upkeep_plan_has_feature (g_ptr_array_index (edition->plans, i), id))
      return TRUE;
  }

  return FALSE;
}

static gboolean
any_plan_has_mode (const UpkeepEdition *edition, const UpkeepMode *mode)
{
  for (guint i = 0; i < edition->plans->len; i++) {
    if (upkeep_plan_has_mode (g_ptr_array_index (edition->plans, i), mode))
      return TRUE;
  }

  return FALSE;
}

static void
judge_unused (GPtrArray *warnings, const UpkeepEdition *edition)
{
  for (guint i = 0; i < edition->meter.modes->len; i++) {
    const UpkeepMode *mode = g_ptr_array_index (edition->meter.modes, i);

    if (!any_plan_has_mode (edition, mode))
      warn (warnings, UPKEEP_WARNING_MODE_UNUSED, mode->id, NULL, "meter.modes[%u]", i);
  }
  for (guint i = 0; i < edition->features->len; i++) {
    const UpkeepFeature *feature = g_ptr_array_index (edition->features, i);

    if (!any_plan_has_feature (edition, feature->id))
      warn (warnings, UPKEEP_WARNING_FEATURE_UNUSED, feature->id, NULL, "features[%u]", i);
  }
}

static void
judge_company (GPtrArray *warnings, const UpkeepEdition *edition)
{
  for (guint i = 0; edition->policy.company_plans[i] != NULL; i++) {
    const UpkeepPlan *plan = upkeep_edition_find_plan (edition, edition->policy.company_plans[i]);

    if (plan->kind != UPKEEP_PLAN_PAID || !plan->offered)
      warn (warnings, UPKEEP_WARNING_COMPANY_PLAN, plan->id, NULL, "policy.company.plans[%u]", i);
  }
}

/* Whoever is below one limit is below any higher one of the same measure, over the same time or a
 * part of it. */
static gboolean
covers (const UpkeepRefundClause *wide, const UpkeepRefundClause *narrow)
{
  return wide->metric == narrow->metric && wide->scope == narrow->scope &&
         wide->limit_is_percent == narrow->limit_is_percent && wide->limit >= narrow->limit;
}

static void
judge_clauses (GPtrArray *warnings, const GPtrArray *clauses)
{
  for (guint i = 0; i < clauses->len; i++) {
    const UpkeepRefundClause *clause = g_ptr_array_index (clauses, i);

    for (guint j = 0; j < clauses->len; j++) {
      const UpkeepRefundClause *other = g_ptr_array_index (clauses, j);

      /* Of two equal ones the later one is idle. */
      if (i != j && covers (other, clause) && (j < i || !covers (clause, other))) {
        warn (warnings, UPKEEP_WARNING_CLAUSE_IDLE, clause->id, other->id,
              "policy.refund.rule.any_of[%u]", i);
        break;
      }
    }
  }
}

/* A price above the whole part of what the units would cost is above what they cost. */
static gboolean
is_dearer (const UpkeepPack *pack, const UpkeepPack *smaller)
{
  gint64 whole_minor;

  return pack->quantity > smaller->quantity &&
         upkeep_scale (smaller->price_minor, pack->quantity, smaller->quantity,
                       UPKEEP_ROUNDING_DOWN, &whole_minor, NULL) &&
         pack->price_minor > whole_minor;
}

static void
judge_topup (GPtrArray *warnings, const UpkeepTopupPolicy *topup)
{
  if ((topup->kind == UPKEEP_TOPUP_METERED || topup->kind == UPKEEP_TOPUP_PREPAID) &&
      topup->lot_price_minor == 0)
    warn (warnings, UPKEEP_WARNING_TOPUP_FREE, NULL, NULL, "policy.topup.lot.amount");

  for (guint i = 0; i < topup->packs->len; i++) {
    const UpkeepPack *pack = g_ptr_array_index (topup->packs, i);

    if (pack->price_minor == 0)
      warn (warnings, UPKEEP_WARNING_TOPUP_FREE, NULL, NULL, "policy.topup.packs[%u].amount", i);
    for (guint j = 0; j < topup->packs->len; j++) {
      if (is_dearer (pack, g_ptr_array_index (topup->packs, j))) {
        warn (warnings, UPKEEP_WARNING_PACK_DEARER, NULL, NULL, "policy.topup.packs[%u].amount", i);
        break;
      }
    }
  }
}

/* Strategies, anchors and grants that do not go together (RULES X-04..X-07). */
static void
judge_upgrade (GPtrArray *warnings, const UpkeepPolicy *policy)
{
  gboolean resets = policy->upgrade_anchor == UPKEEP_ANCHOR_RESET;
  gboolean is_full = policy->upgrade_grant == UPKEEP_UPGRADE_GRANT_FULL;
  gboolean by_use = policy->proration == UPKEEP_PRORATION_USAGE_CREDIT ||
                    policy->proration == UPKEEP_PRORATION_UNUSED_CREDIT_REFUND;
  gboolean by_difference = policy->proration == UPKEEP_PRORATION_PRICE_DIFFERENCE;

  if (policy->downgrade_at[UPKEEP_TIMING_IMMEDIATE] && by_difference)
    warn (warnings, UPKEEP_WARNING_DIFFERENCE_BACK, NULL, NULL, "policy.downgrade.timing");
  if (!policy->upgrade_at[UPKEEP_TIMING_IMMEDIATE])
    return;

  if (by_use && !resets)
    warn (warnings, UPKEEP_WARNING_WHOLE_PRICE_KEPT, NULL, NULL, "policy.upgrade.anchor");
  if (by_difference && resets)
    warn (warnings, UPKEEP_WARNING_TERM_FOR_DIFFERENCE, NULL, NULL, "policy.upgrade.anchor");
  if (resets && !is_full)
    warn (warnings, UPKEEP_WARNING_GRANT_IDLE, NULL, NULL, "policy.upgrade.grant");
  if (policy->proration == UPKEEP_PRORATION_TIME && !resets && is_full)
    warn (warnings, UPKEEP_WARNING_FULL_GRANT_FOR_REST, NULL, NULL, "policy.upgrade.grant");
}

/**
 * upkeep_edition_list_warnings:
 * @edition: an edition as it was loaded; must outlive the list
 *
 * Lists what is allowed in an edition and strange, for whoever writes it.
 *
 * Returns: (transfer full) (element-type UpkeepEditionWarning): the warnings, those of one part of
 * the file together
 */
GPtrArray *
upkeep_edition_list_warnings (const UpkeepEdition *edition)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func (warning_free);

  g_return_val_if_fail (edition != NULL, warnings);

  judge_unused (warnings, edition);
  judge_offers (warnings, edition);
  judge_tiers (warnings, edition);
  judge_upgrade (warnings, &edition->policy);
  judge_clauses (warnings, edition->policy.refund.any_of);
  judge_topup (warnings, &edition->policy.topup);
  judge_company (warnings, edition);
  return warnings;
}

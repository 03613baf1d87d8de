/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-policy.h"

#include "upkeep-catalogue.h"
#include "upkeep-quote.h"

#define RANK_MAX            100
#define CLAUSES_MAX         8
#define REFUNDS_MAX         1000
#define BUSINESS_DAYS_MAX   366
#define PAST_DUE_DAYS_MAX   28 /* a spell is over before the next month would be due */
#define OVERRIDES_MAX       32
#define COUNTRIES_MAX       300
#define LOTS_MAX            1000
#define PACKS_MAX           32
#define PAYMENT_METHODS_MAX 32
#define REFERRAL_TIERS_MAX  16

static void
read_grants (UpkeepReader *reader, UpkeepGrantPolicy *grants)
{
  static const char *const names[] = {"plan", "earned", "reward", "purchased", "promotional"};
  UpkeepReader child;

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_GRANT_KINDS);

  upkeep_reader_object (reader, "grants", &child);
  for (gsize i = 0; i < UPKEEP_N_GRANT_KINDS; i++) {
    gint64 expires_days = -1;
    UpkeepReader grant;

    upkeep_reader_object (&child, names[i], &grant);
    grants[i].rank = upkeep_catalogue_read_count (&grant, "rank", 1, RANK_MAX);
    upkeep_reader_optional_int (&grant, "expires_days", 1, UPKEEP_CATALOGUE_DAYS_MAX,
                                &expires_days);
    grants[i].expires_days = (int) expires_days;
    grants[i].needs_subscription = upkeep_catalogue_read_bool (&grant, "needs_subscription");
    upkeep_reader_finish (&grant);
  }
  upkeep_reader_finish (&child);
}

static void
read_timing (UpkeepReader *reader, gboolean *ret_at)
{
  static const char *const names[] = {"immediate", "period_end"};
  UpkeepReader list;

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_TIMINGS);

  upkeep_reader_array (reader, "timing", 1, UPKEEP_N_TIMINGS, &list);
  while (upkeep_reader_has_next (&list)) {
    guint timing = 0;

    if (!upkeep_reader_enum (&list, NULL, names, UPKEEP_N_TIMINGS, &timing))
      continue;
    if (ret_at[timing])
      upkeep_reader_fail (&list, NULL, "is there twice");
    ret_at[timing] = TRUE;
  }
}

/* Whether a paid plan can be concluded from, as far as one of its members goes. */
static gboolean
is_sold (const UpkeepReader *reader, const UpkeepPlan *plan, const char *name)
{
  g_autofree char *kind = g_strdup_printf ("plans[%d].kind", plan->tier);
  g_autofree char *member = g_strdup_printf ("plans[%d].%s", plan->tier, name);

  return plan->id != NULL && plan->kind == UPKEEP_PLAN_PAID &&
         upkeep_reader_is_sound (reader, kind) && upkeep_reader_is_sound (reader, member);
}

/* Of nothing, no share can be taken. */
static void
check_allowances (UpkeepReader *reader, const char *name, const UpkeepEdition *edition)
{
  for (guint i = 0; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    if (plan->allowance == 0 && is_sold (reader, plan, "allowance"))
      upkeep_reader_fail (reader, name, "is by the allotment, and plan %s has none", plan->id);
  }
}

static void
read_upgrade (UpkeepReader *reader, UpkeepEdition *edition)
{
  static const char *const prorations[] = {
      "usage_credit",
      "price_difference",
      "unused_credit_refund",
      "time",
  };
  static const char *const roundings[] = {"half_up", "down"};
  static const char *const anchors[] = {"reset", "keep"};
  static const char *const grants[] = {"full", "difference"};
  UpkeepPolicy *policy = &edition->policy;
  guint proration = 0;
  UpkeepReader upgrade;

  G_STATIC_ASSERT (G_N_ELEMENTS (prorations) == UPKEEP_N_PRORATIONS);

  upkeep_reader_object (reader, "upgrade", &upgrade);
  read_timing (&upgrade, policy->upgrade_at);
  if (upkeep_reader_enum (&upgrade, "proration", prorations, G_N_ELEMENTS (prorations),
                          &proration) &&
      (proration == UPKEEP_PRORATION_USAGE_CREDIT ||
       proration == UPKEEP_PRORATION_UNUSED_CREDIT_REFUND))
    check_allowances (&upgrade, "proration", edition);
  policy->proration = proration;
  policy->proration_rounding =
      upkeep_catalogue_read_choice (&upgrade, "rounding", roundings, G_N_ELEMENTS (roundings));
  policy->upgrade_anchor =
      upkeep_catalogue_read_choice (&upgrade, "anchor", anchors, G_N_ELEMENTS (anchors));
  policy->upgrade_grant =
      upkeep_catalogue_read_choice (&upgrade, "grant", grants, G_N_ELEMENTS (grants));
  upkeep_reader_finish (&upgrade);
}

static void
read_downgrade (UpkeepReader *reader, UpkeepPolicy *policy)
{
  UpkeepReader downgrade;

  upkeep_reader_object (reader, "downgrade", &downgrade);
  read_timing (&downgrade, policy->downgrade_at);
  upkeep_reader_finish (&downgrade);
}

static void
read_intervals (UpkeepReader *reader, UpkeepPolicy *policy)
{
  static const struct {
    const char *name;
    UpkeepInterval from;
    UpkeepInterval to;
  } changes[] = {
      {"month_to_month", UPKEEP_INTERVAL_MONTH, UPKEEP_INTERVAL_MONTH},
      {"year_to_year", UPKEEP_INTERVAL_YEAR, UPKEEP_INTERVAL_YEAR},
      {"month_to_year", UPKEEP_INTERVAL_MONTH, UPKEEP_INTERVAL_YEAR},
      {"year_to_month", UPKEEP_INTERVAL_YEAR, UPKEEP_INTERVAL_MONTH},
  };
  static const char *const rules[] = {"any", "same_or_higher", "unsupported"};
  UpkeepReader intervals;

  G_STATIC_ASSERT (G_N_ELEMENTS (rules) == UPKEEP_N_INTERVAL_RULES);

  upkeep_reader_object (reader, "intervals", &intervals);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    policy->interval_rules[changes[i].from][changes[i].to] =
        upkeep_catalogue_read_choice (&intervals, changes[i].name, rules, G_N_ELEMENTS (rules));
  upkeep_reader_finish (&intervals);
}

/* A clause measures images, or the meter: its unit in the plural. Of a meter without one it may be
 * any word. */
static UpkeepMetric
read_metric (UpkeepReader *reader, const UpkeepEdition *edition)
{
  g_autofree char *units = g_strconcat (edition->meter.unit ? edition->meter.unit : "", "s", NULL);
  const char *const metrics[] = {units, "images"};
  const char *word = NULL;

  G_STATIC_ASSERT (G_N_ELEMENTS (metrics) == UPKEEP_N_METRICS);

  if (edition->meter.unit == NULL) {
    upkeep_reader_string (reader, "metric", 1, UPKEEP_CATALOGUE_TEXT_MAX_CHARS, &word);
    return g_strcmp0 (word, "images") == 0 ? UPKEEP_METRIC_IMAGES : UPKEEP_METRIC_UNITS;
  }
  return upkeep_catalogue_read_choice (reader, "metric", metrics, G_N_ELEMENTS (metrics));
}

static void
read_limit (UpkeepReader *reader, const UpkeepEdition *edition, UpkeepRefundClause *clause)
{
  UpkeepReader limit;

  upkeep_reader_object (reader, "limit", &limit);
  clause->limit_is_percent = upkeep_reader_has (&limit, "percent_of_allowance");
  if (clause->limit_is_percent) {
    upkeep_reader_int (&limit, "percent_of_allowance", 1, 100, &clause->limit);
    if (clause->metric != UPKEEP_METRIC_UNITS)
      upkeep_reader_fail (&limit, "percent_of_allowance", "is for what the meter counts");
    check_allowances (&limit, "percent_of_allowance", edition);
  } else {
    clause->limit = upkeep_catalogue_read_units (&limit, "count", 1);
  }
  upkeep_reader_finish (&limit);
}

static UpkeepRefundClause *
read_clause (UpkeepReader *reader, const UpkeepEdition *edition, GHashTable *ids)
{
  const char *scopes[UPKEEP_N_SCOPES];
  UpkeepRefundClause *clause = upkeep_refund_clause_new ();

  for (guint i = 0; i < UPKEEP_N_SCOPES; i++)
    scopes[i] = upkeep_scope_to_string (i);

  clause->id = upkeep_catalogue_read_new_id (reader, ids);
  clause->metric = read_metric (reader, edition);
  clause->scope = upkeep_catalogue_read_choice (reader, "scope", scopes, G_N_ELEMENTS (scopes));
  read_limit (reader, edition, clause);
  return clause;
}

/* What must hold for a refund to be asked for that people judge, and where: it stands beside a rule
 * whose clauses it goes beyond. */
static void
read_review (UpkeepReader *reader, const UpkeepEdition *edition, UpkeepRefundPolicy *refund)
{
  g_autoptr (GHashTable) ids = upkeep_catalogue_new_ids ();
  UpkeepReader review;

  if (!upkeep_reader_optional_object (reader, "manual_review", &review))
    return;

  if (refund->id == NULL && upkeep_reader_is_sound (reader, "policy.refund.rule"))
    upkeep_reader_fail (reader, "manual_review", "goes beyond a rule, and there is none");
  refund->review = read_clause (&review, edition, ids);
  refund->review_channel =
      upkeep_catalogue_read_word (&review, "channel", upkeep_catalogue_fault_of_support, edition);
  upkeep_reader_finish (&review);
}

static void
read_refund_rule (UpkeepReader *reader, const UpkeepEdition *edition, UpkeepRefundPolicy *refund)
{
  g_autoptr (GHashTable) ids = upkeep_catalogue_new_ids ();
  UpkeepReader rule, clauses;

  if (!upkeep_reader_optional_object (reader, "rule", &rule))
    return;

  refund->id = upkeep_catalogue_read_word (&rule, "id", upkeep_catalogue_fault_of_id, NULL);
  upkeep_reader_array (&rule, "any_of", 1, CLAUSES_MAX, &clauses);
  while (upkeep_reader_has_next (&clauses)) {
    UpkeepReader clause;

    upkeep_reader_object (&clauses, NULL, &clause);
    g_ptr_array_add (refund->any_of, read_clause (&clause, edition, ids));
    upkeep_reader_finish (&clause);
  }
  upkeep_reader_finish (&rule);
}

static void
read_refund (UpkeepReader *reader, UpkeepEdition *edition)
{
  UpkeepRefundPolicy *policy = &edition->policy.refund;
  UpkeepReader refund, at_most;

  upkeep_reader_object (reader, "refund", &refund);
  read_refund_rule (&refund, edition, policy);
  read_review (&refund, edition, policy);
  if (upkeep_reader_optional_object (&refund, "at_most", &at_most)) {
    policy->at_most_count = upkeep_catalogue_read_count (&at_most, "count", 1, REFUNDS_MAX);
    policy->at_most_days =
        upkeep_catalogue_read_count (&at_most, "days", 1, UPKEEP_CATALOGUE_DAYS_MAX);
    upkeep_reader_finish (&at_most);
  }
  policy->business_days =
      upkeep_catalogue_read_count (&refund, "business_days", 1, BUSINESS_DAYS_MAX);
  upkeep_reader_finish (&refund);
}

static UpkeepOverride *
read_override (UpkeepReader *reader, const UpkeepEdition *edition, GHashTable *ids)
{
  static const char *const bases[] = {"consumer_law", "promotion"};
  static const char *const amounts[] = {"full", "unused_share"};
  UpkeepOverride *override = upkeep_override_new ();

  override->id = upkeep_catalogue_read_new_id (reader, ids);
  override->promotion =
      upkeep_catalogue_read_choice (reader, "basis", bases, G_N_ELEMENTS (bases)) == 1;
  override->countries = upkeep_catalogue_read_words (reader, "countries", 1, COUNTRIES_MAX,
                                                     upkeep_catalogue_fault_of_country, edition);
  override->days = upkeep_catalogue_read_count (reader, "days", 1, UPKEEP_CATALOGUE_DAYS_MAX);
  override->amount =
      upkeep_catalogue_read_choice (reader, "amount", amounts, G_N_ELEMENTS (amounts));
  if (override->amount == UPKEEP_OVERRIDE_UNUSED_SHARE)
    check_allowances (reader, "amount", edition);
  upkeep_reader_finish (reader);
  return override;
}

static void
read_overrides (UpkeepReader *reader, UpkeepEdition *edition)
{
  g_autoptr (GHashTable) ids = upkeep_catalogue_new_ids ();
  UpkeepReader list;

  upkeep_reader_array (reader, "overrides", 0, OVERRIDES_MAX, &list);
  while (upkeep_reader_has_next (&list)) {
    UpkeepReader item;

    upkeep_reader_object (&list, NULL, &item);
    g_ptr_array_add (edition->policy.overrides, read_override (&item, edition, ids));
  }
}

/* The threshold of a metered top-up is the plan's monthly price (RULES 0.27). */
static void
check_thresholds (UpkeepReader *reader, const UpkeepEdition *edition)
{
  for (guint i = 0; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    if (plan->price_minor[UPKEEP_INTERVAL_MONTH] <= 0 && is_sold (reader, plan, "prices"))
      upkeep_reader_fail (reader, "kind", "is metered, and plan %s has no monthly price", plan->id);
  }
}

static void
read_lot (UpkeepReader *reader, UpkeepTopupPolicy *topup)
{
  UpkeepReader lot;

  upkeep_reader_object (reader, "lot", &lot);
  topup->lot = upkeep_catalogue_read_units (&lot, "quantity", 1);
  topup->lot_price_minor = upkeep_catalogue_read_amount (&lot, "amount");
  topup->lots_max = upkeep_catalogue_read_count (&lot, "most", 1, LOTS_MAX);
  upkeep_reader_finish (&lot);
}

static void
read_packs (UpkeepReader *reader, UpkeepTopupPolicy *topup)
{
  UpkeepReader packs;

  upkeep_reader_array (reader, "packs", 1, PACKS_MAX, &packs);
  while (upkeep_reader_has_next (&packs)) {
    UpkeepPack *pack = g_new0 (UpkeepPack, 1);
    UpkeepReader item;

    upkeep_reader_object (&packs, NULL, &item);
    pack->quantity = upkeep_catalogue_read_units (&item, "quantity", 1);
    pack->price_minor = upkeep_catalogue_read_amount (&item, "amount");
    for (guint i = 0; i < topup->packs->len; i++) {
      const UpkeepPack *other = g_ptr_array_index (topup->packs, i);

      if (pack->quantity > 0 && other->quantity == pack->quantity)
        upkeep_reader_fail (&item, "quantity", "is there twice");
    }
    upkeep_reader_finish (&item);
    g_ptr_array_add (topup->packs, pack);
  }
}

static void
read_topup (UpkeepReader *reader, UpkeepEdition *edition)
{
  static const char *const kinds[] = {"none", "metered", "prepaid", "packs"};
  UpkeepTopupPolicy *policy = &edition->policy.topup;
  guint kind = UPKEEP_TOPUP_NONE;
  UpkeepReader topup;

  upkeep_reader_object (reader, "topup", &topup);
  if (!upkeep_reader_enum (&topup, "kind", kinds, G_N_ELEMENTS (kinds), &kind))
    upkeep_reader_forgive (&topup);
  policy->kind = kind;
  if (policy->kind == UPKEEP_TOPUP_METERED)
    check_thresholds (&topup, edition);
  if (policy->kind == UPKEEP_TOPUP_METERED || policy->kind == UPKEEP_TOPUP_PREPAID)
    read_lot (&topup, policy);
  if (policy->kind == UPKEEP_TOPUP_PACKS)
    read_packs (&topup, policy);
  if (policy->kind != UPKEEP_TOPUP_NONE) {
    policy->needs_zero_balance = upkeep_catalogue_read_bool (&topup, "needs_zero_balance");
    policy->experimental = upkeep_catalogue_read_bool (&topup, "experimental");
  }
  upkeep_reader_finish (&topup);
}

static void
read_past_due (UpkeepReader *reader, UpkeepPastDuePolicy *policy)
{
  static const char *const cancels[] = {"block", "allow"};
  static const char *const accesses[] = {"suspend", "keep"};
  UpkeepReader past_due, retries;
  int last_days = 0;

  upkeep_reader_object (reader, "past_due", &past_due);
  policy->cancel_allowed =
      upkeep_catalogue_read_choice (&past_due, "cancel", cancels, G_N_ELEMENTS (cancels)) == 1;
  policy->access_kept =
      upkeep_catalogue_read_choice (&past_due, "access", accesses, G_N_ELEMENTS (accesses)) == 1;
  policy->end_days = upkeep_catalogue_read_count (&past_due, "end_days", 1, PAST_DUE_DAYS_MAX);
  upkeep_reader_array (&past_due, "retry_days", 0, UPKEEP_RETRIES_MAX, &retries);
  while (upkeep_reader_has_next (&retries)) {
    int days = upkeep_catalogue_read_count (&retries, NULL, 1, UPKEEP_CATALOGUE_DAYS_MAX);

    policy->retry_days[policy->n_retries++] = days;
    if (days == 0)
      continue;
    if (days <= last_days)
      upkeep_reader_fail (&retries, NULL, "is not after the retry before it");
    if (policy->end_days > 0 && days >= policy->end_days)
      upkeep_reader_fail (&retries, NULL, "is not before the end after %d days", policy->end_days);
    last_days = days;
  }
  upkeep_reader_finish (&past_due);
}

static void
read_modes (UpkeepReader *reader, UpkeepEdition *edition)
{
  g_autofree char *id = NULL;
  UpkeepReader modes;

  upkeep_reader_object (reader, "modes", &modes);
  id = upkeep_catalogue_read_optional_word (&modes, "fallback", upkeep_catalogue_fault_of_mode,
                                            edition);
  if (id != NULL) {
    int mode = upkeep_edition_find_mode (edition, id);

    if (mode >= 0 && upkeep_edition_get_mode (edition, mode)->metered)
      upkeep_reader_fail (&modes, "fallback", "is metered");
    edition->policy.mode_fallback = mode;
  }
  upkeep_reader_finish (&modes);
}

static void
read_suspension (UpkeepReader *reader, UpkeepEdition *edition)
{
  UpkeepReader suspension;

  upkeep_reader_object (reader, "suspension", &suspension);
  edition->policy.suspended_features = upkeep_catalogue_read_words (
      &suspension, "features", 0, UPKEEP_FEATURES_MAX, upkeep_catalogue_fault_of_feature, edition);
  upkeep_reader_finish (&suspension);
}

static void
read_company (UpkeepReader *reader, UpkeepEdition *edition)
{
  UpkeepPolicy *policy = &edition->policy;
  UpkeepReader company;

  if (!upkeep_reader_optional_object (reader, "company", &company)) {
    policy->company_plans = g_new0 (char *, 1);
    return;
  }

  policy->company_revenue_over_usd = upkeep_catalogue_read_units (&company, "revenue_over_usd", 0);
  policy->company_plans = upkeep_catalogue_read_words (&company, "plans", 1, UPKEEP_PLANS_MAX,
                                                       upkeep_catalogue_fault_of_plan, edition);
  upkeep_reader_finish (&company);
}

static void
read_cancel (UpkeepReader *reader, UpkeepPolicy *policy)
{
  UpkeepReader cancel;

  upkeep_reader_object (reader, "cancel", &cancel);
  policy->needs_invoice_number = upkeep_catalogue_read_bool (&cancel, "needs_invoice_number");
  upkeep_reader_finish (&cancel);
}

/* The first sign-up has a tier, and each tier begins after the one before it. */
static void
read_referral (UpkeepReader *reader, UpkeepPolicy *policy)
{
  UpkeepReader referral, tiers;
  gint64 before = 0;

  if (!upkeep_reader_optional_object (reader, "referral", &referral))
    return;

  upkeep_reader_array (&referral, "tiers", 1, REFERRAL_TIERS_MAX, &tiers);
  while (upkeep_reader_has_next (&tiers)) {
    UpkeepReferralTier tier = {0};
    UpkeepReader item;

    upkeep_reader_object (&tiers, NULL, &item);
    tier.from_signups = upkeep_catalogue_read_units (&item, "from", 1);
    if (tier.from_signups > 0) {
      if (policy->referral_tiers->len == 0 && tier.from_signups != 1)
        upkeep_reader_fail (&item, "from", "is not 1 in the first tier");
      if (tier.from_signups <= before)
        upkeep_reader_fail (&item, "from", "is not after the tier before it");
      before = tier.from_signups;
    }
    tier.signup_units = upkeep_catalogue_read_units (&item, "signup", 0);
    tier.payment_units = upkeep_catalogue_read_units (&item, "payment", 0);
    tier.bonus_percent = upkeep_catalogue_read_count (&item, "bonus_percent", 0, 100);
    upkeep_reader_finish (&item);
    g_array_append_val (policy->referral_tiers, tier);
  }
  upkeep_reader_finish (&referral);
}

/**
 * upkeep_wire_read_policy:
 * @reader: the reader of a catalogue file
 * @edition: where to put the rules; its meter, features and plans are read already
 *
 * Reads the member `policy` of a catalogue file: every rule that is a choice.
 */
void
upkeep_wire_read_policy (UpkeepReader *reader, UpkeepEdition *edition)
{
  UpkeepReader policy;

  upkeep_reader_object (reader, "policy", &policy);
  read_grants (&policy, edition->policy.grants);
  read_upgrade (&policy, edition);
  read_downgrade (&policy, &edition->policy);
  read_intervals (&policy, &edition->policy);
  read_refund (&policy, edition);
  read_overrides (&policy, edition);
  read_topup (&policy, edition);
  read_past_due (&policy, &edition->policy.past_due);
  read_modes (&policy, edition);
  read_suspension (&policy, edition);
  read_company (&policy, edition);
  edition->policy.payment_methods = upkeep_catalogue_read_words (
      &policy, "payment_methods", 1, PAYMENT_METHODS_MAX, upkeep_catalogue_fault_of_id, edition);
  read_cancel (&policy, &edition->policy);
  read_referral (&policy, &edition->policy);
  upkeep_reader_finish (&policy);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-edition-terms.h"

#include "upkeep-account.h"
#include "upkeep-quote.h"

#include <string.h>

/* An edition taken apart: one entry for each thing it says, with the value in `after`. */

static UpkeepEditionChange *
add (GPtrArray *terms, UpkeepTermKind term, UpkeepValueKind kind)
{
  UpkeepEditionChange *entry = upkeep_edition_change_new ();

  entry->term = term;
  entry->after.kind = kind;
  g_ptr_array_add (terms, entry);
  return entry;
}

static UpkeepEditionChange *
add_number (GPtrArray *terms, UpkeepTermKind term, UpkeepValueKind kind, gint64 number)
{
  UpkeepEditionChange *entry = add (terms, term, kind);

  entry->after.number = number;
  return entry;
}

static UpkeepEditionChange *
add_yes (GPtrArray *terms, UpkeepTermKind term, gboolean is_set)
{
  UpkeepEditionChange *entry = add (terms, term, UPKEEP_VALUE_YES);

  entry->after.is_set = is_set;
  return entry;
}

static UpkeepEditionChange *
add_name (GPtrArray *terms, UpkeepTermKind term, const char *name)
{
  UpkeepEditionChange *entry = add (terms, term, UPKEEP_VALUE_NAME);

  entry->after.name = g_strdup (name);
  return entry;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The order in which a catalogue names things says nothing. */
static char **
sort_names (char *const *names)
{
  char **sorted = names != NULL ? g_strdupv ((char **) names) : g_new0 (char *, 1);

  qsort (sorted, g_strv_length (sorted), sizeof *sorted, compare_names);
  return sorted;
}

static void
add_names (GPtrArray *terms, UpkeepTermKind term, char *const *names)
{
  add (terms, term, UPKEEP_VALUE_NAMES)->after.names = sort_names (names);
}

UpkeepText
upkeep_text_copy (const UpkeepText *text)
{
  UpkeepText copy;

  for (gsize i = 0; i < UPKEEP_N_LANGUAGES; i++)
    copy.in[i] = g_strdup (text->in[i]);

  return copy;
}

static void
set_subject (UpkeepEditionChange *entry, const char *id, const UpkeepText *name)
{
  entry->subject = g_strdup (id);
  if (name != NULL)
    entry->subject_name = upkeep_text_copy (name);
}

/* --- Plans --- */

static void
list_prices (const UpkeepPlan *plan, GPtrArray *terms)
{
  for (UpkeepInterval i = UPKEEP_INTERVAL_MONTH; i < UPKEEP_N_INTERVALS; i++) {
    if (upkeep_plan_sells (plan, i))
      add_number (terms, UPKEEP_TERM_PRICE, UPKEEP_VALUE_MONEY, plan->price_minor[i])->interval = i;
  }
}

static void
list_gifts (const UpkeepEdition *edition, const UpkeepPlan *plan, GPtrArray *terms)
{
  for (gsize i = 0; plan->modes != NULL && plan->modes[i] != NULL; i++) {
    const UpkeepMode *mode =
        upkeep_edition_get_mode (edition, upkeep_edition_find_mode (edition, plan->modes[i]));

    set_subject (add_yes (terms, UPKEEP_TERM_PLAN_MODE, TRUE), plan->modes[i],
                 mode != NULL ? &mode->name : NULL);
  }
  for (gsize i = 0; plan->features != NULL && plan->features[i] != NULL; i++) {
    const UpkeepFeature *feature = upkeep_edition_find_feature (edition, plan->features[i]);

    set_subject (add_yes (terms, UPKEEP_TERM_PLAN_FEATURE, TRUE), plan->features[i],
                 feature != NULL ? &feature->name : NULL);
  }
}

static void
list_queue (const UpkeepEdition *edition, const UpkeepQueue *queue, GPtrArray *terms)
{
  if (queue->running_total > 0)
    add_number (terms, UPKEEP_TERM_RUNNING, UPKEEP_VALUE_COUNT, queue->running_total);
  for (guint i = 0; i < edition->meter.modes->len; i++) {
    const UpkeepMode *mode = g_ptr_array_index (edition->meter.modes, i);

    if (queue->running_total == 0 && queue->running[i] > 0)
      set_subject (add_number (terms, UPKEEP_TERM_RUNNING, UPKEEP_VALUE_COUNT, queue->running[i]),
                   mode->id, &mode->name);
  }
  if (queue->waiting > 0)
    add_number (terms, UPKEEP_TERM_WAITING, UPKEEP_VALUE_COUNT, queue->waiting);
}

static void
list_rows (const UpkeepEdition *edition, guint plan, GPtrArray *terms)
{
  for (guint i = 0; i < edition->rows->len; i++) {
    const UpkeepPlanRow *row = g_ptr_array_index (edition->rows, i);
    const UpkeepText *cell =
        row->kind == UPKEEP_ROW_TEXT ? g_ptr_array_index (row->cells, plan) : NULL;
    UpkeepEditionChange *entry;

    if (cell == NULL)
      continue;
    entry = add (terms, UPKEEP_TERM_ROW, UPKEEP_VALUE_TEXT);
    set_subject (entry, row->id, &row->name);
    entry->after.text = upkeep_text_copy (cell);
  }
}

static void
list_plan (const UpkeepEdition *edition, guint index, GPtrArray *terms)
{
  static const char *const kinds[] = {"paid", "free", "trial"};
  const UpkeepPlan *plan = g_ptr_array_index (edition->plans, index);
  guint first = terms->len;

  add_name (terms, UPKEEP_TERM_PLAN, kinds[plan->kind]);
  add_yes (terms, UPKEEP_TERM_OFFERED, plan->offered);
  list_prices (plan, terms);
  add_number (terms, UPKEEP_TERM_ALLOWANCE, UPKEEP_VALUE_QUANTITY, plan->allowance);
  add_yes (terms, UPKEEP_TERM_ONCE, plan->allowance_once);
  list_gifts (edition, plan, terms);
  list_queue (edition, &plan->queue, terms);
  list_rows (edition, index, terms);
  for (guint i = first; i < terms->len; i++) {
    UpkeepEditionChange *entry = g_ptr_array_index (terms, i);

    entry->plan = g_strdup (plan->id);
    entry->plan_name = upkeep_text_copy (&plan->name);
  }
}

/* Which of two plans is the higher one. Places among plans that come and go say nothing, so each
 * plan is told by the ones below it. */
static void
list_order (const UpkeepEdition *edition, GPtrArray *terms)
{
  for (guint i = 1; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    for (guint j = 0; j < i; j++) {
      const UpkeepPlan *lower = g_ptr_array_index (edition->plans, j);
      UpkeepEditionChange *entry = add_yes (terms, UPKEEP_TERM_TIER, plan->tier > lower->tier);

      entry->plan = g_strdup (plan->id);
      entry->plan_name = upkeep_text_copy (&plan->name);
      set_subject (entry, lower->id, &lower->name);
    }
  }
}

/* --- Rules --- */

static void
list_meter (const UpkeepEdition *edition, GPtrArray *terms)
{
  g_autofree char *meter = g_strdup_printf ("%s/%s%s", edition->meter.id, edition->meter.unit,
                                            edition->meter.shipped ? "/shipped" : "");
  const UpkeepMode *fallback = upkeep_edition_get_mode (edition, edition->policy.mode_fallback);

  add_name (terms, UPKEEP_TERM_METER, meter);
  add_name (terms, UPKEEP_TERM_CURRENCY, edition->currency);
  for (guint i = 0; i < edition->meter.modes->len; i++) {
    const UpkeepMode *mode = g_ptr_array_index (edition->meter.modes, i);
    UpkeepEditionChange *entry;

    set_subject (add_yes (terms, UPKEEP_TERM_MODE_METERED, mode->metered), mode->id, &mode->name);
    set_subject (add_number (terms, UPKEEP_TERM_MODE_WEIGHT, UPKEEP_VALUE_COUNT, mode->weight),
                 mode->id, &mode->name);
    if (mode->wait_max_minutes == 0)
      continue;
    entry = add_number (terms, UPKEEP_TERM_MODE_WAIT, UPKEEP_VALUE_MINUTES, mode->wait_min_minutes);
    entry->after.other = mode->wait_max_minutes;
    set_subject (entry, mode->id, &mode->name);
  }
  if (fallback != NULL)
    add_name (terms, UPKEEP_TERM_MODE_FALLBACK, fallback->id);
}

static void
list_topup (const UpkeepTopupPolicy *topup, GPtrArray *terms)
{
  static const char *const kinds[] = {"none", "metered", "prepaid", "packs"};

  add_name (terms, UPKEEP_TERM_TOPUP, kinds[topup->kind]);
  if (topup->lot > 0)
    add_number (terms, UPKEEP_TERM_TOPUP_LOT, UPKEEP_VALUE_LOT, topup->lot)->after.other =
        topup->lot_price_minor;
  if (topup->lots_max > 0)
    add_number (terms, UPKEEP_TERM_TOPUP_MOST, UPKEEP_VALUE_COUNT, topup->lots_max);
  for (guint i = 0; i < topup->packs->len; i++) {
    const UpkeepPack *pack = g_ptr_array_index (topup->packs, i);

    add_number (terms, UPKEEP_TERM_TOPUP_PACK, UPKEEP_VALUE_MONEY, pack->price_minor)->quantity =
        pack->quantity;
  }
  add_yes (terms, UPKEEP_TERM_TOPUP_ZERO, topup->needs_zero_balance);
  add_yes (terms, UPKEEP_TERM_TOPUP_EXPERIMENTAL, topup->experimental);
}

static void
list_grants (const UpkeepGrantPolicy *grants, GPtrArray *terms)
{
  for (UpkeepGrantKind i = 0; i < UPKEEP_N_GRANT_KINDS; i++) {
    const char *kind = upkeep_grant_kind_to_string (i);

    if (grants[i].expires_days >= 0)
      set_subject (
          add_number (terms, UPKEEP_TERM_GRANT_EXPIRY, UPKEEP_VALUE_DAYS, grants[i].expires_days),
          kind, NULL);
    set_subject (add_number (terms, UPKEEP_TERM_GRANT_RANK, UPKEEP_VALUE_COUNT, grants[i].rank),
                 kind, NULL);
    set_subject (add_yes (terms, UPKEEP_TERM_GRANT_FROZEN, grants[i].needs_subscription), kind,
                 NULL);
  }
}

static void
list_overrides (const GPtrArray *overrides, GPtrArray *terms)
{
  static const char *const amounts[] = {"full", "unused_share"};

  for (guint i = 0; i < overrides->len; i++) {
    const UpkeepOverride *override = g_ptr_array_index (overrides, i);
    UpkeepEditionChange *entry =
        add_number (terms, UPKEEP_TERM_OVERRIDE, UPKEEP_VALUE_OVERRIDE, override->days);

    set_subject (entry, override->id, NULL);
    entry->after.is_set = override->promotion;
    entry->after.name = g_strdup (amounts[override->amount]);
    entry->after.names = sort_names (override->countries);
  }
}

static UpkeepEditionChange *
add_clause (GPtrArray *terms, UpkeepTermKind term, const UpkeepRefundClause *clause)
{
  UpkeepEditionChange *entry = add_number (terms, term, UPKEEP_VALUE_CLAUSE, clause->limit);

  set_subject (entry, clause->id, NULL);
  entry->after.metric = clause->metric;
  entry->after.scope = clause->scope;
  entry->after.is_set = clause->limit_is_percent;
  return entry;
}

static void
list_refund (const UpkeepRefundPolicy *refund, GPtrArray *terms)
{
  if (refund->id != NULL)
    add_name (terms, UPKEEP_TERM_REFUND_RULE, refund->id);
  for (guint i = 0; i < refund->any_of->len; i++)
    add_clause (terms, UPKEEP_TERM_REFUND_CLAUSE, g_ptr_array_index (refund->any_of, i));
  if (refund->review != NULL)
    add_clause (terms, UPKEEP_TERM_REFUND_REVIEW, refund->review)->after.name =
        g_strdup (refund->review_channel);
  if (refund->at_most_count > 0)
    add_number (terms, UPKEEP_TERM_REFUND_BOUND, UPKEEP_VALUE_BOUND, refund->at_most_count)
        ->after.other = refund->at_most_days;
  add_number (terms, UPKEEP_TERM_REFUND_DAYS, UPKEEP_VALUE_DAYS, refund->business_days);
}

static void
add_timings (GPtrArray *terms, UpkeepTermKind term, const gboolean *allowed_at)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (UpkeepTiming i = 0; i < UPKEEP_N_TIMINGS; i++) {
    if (allowed_at[i])
      g_strv_builder_add (builder, upkeep_timing_to_string (i));
  }
  names = g_strv_builder_end (builder);
  add_names (terms, term, names);
}

static void
list_switches (const UpkeepPolicy *policy, GPtrArray *terms)
{
  static const char *const prorations[] = {"usage_credit", "price_difference",
                                           "unused_credit_refund", "time"};
  static const char *const anchors[] = {"reset", "keep"};
  static const char *const grants[] = {"full", "difference"};
  static const char *const rules[] = {"any", "same_or_higher", "unsupported"};

  G_STATIC_ASSERT (G_N_ELEMENTS (prorations) == UPKEEP_N_PRORATIONS);
  G_STATIC_ASSERT (G_N_ELEMENTS (rules) == UPKEEP_N_INTERVAL_RULES);

  add_timings (terms, UPKEEP_TERM_UPGRADE_AT, policy->upgrade_at);
  add_timings (terms, UPKEEP_TERM_DOWNGRADE_AT, policy->downgrade_at);
  add_name (terms, UPKEEP_TERM_PRORATION, prorations[policy->proration]);
  add_name (terms, UPKEEP_TERM_ROUNDING, upkeep_rounding_to_string (policy->proration_rounding));
  add_name (terms, UPKEEP_TERM_ANCHOR, anchors[policy->upgrade_anchor]);
  add_name (terms, UPKEEP_TERM_UPGRADE_GRANT, grants[policy->upgrade_grant]);
  for (UpkeepInterval i = UPKEEP_INTERVAL_MONTH; i < UPKEEP_N_INTERVALS; i++) {
    for (UpkeepInterval j = UPKEEP_INTERVAL_MONTH; j < UPKEEP_N_INTERVALS; j++) {
      UpkeepEditionChange *entry =
          add_name (terms, UPKEEP_TERM_INTERVAL_RULE, rules[policy->interval_rules[i][j]]);

      entry->interval = i;
      entry->to_interval = j;
    }
  }
}

static void
list_past_due (const UpkeepPastDuePolicy *policy, GPtrArray *terms)
{
  UpkeepEditionChange *entry;

  add_yes (terms, UPKEEP_TERM_PAST_DUE_CANCEL, policy->cancel_allowed);
  add_yes (terms, UPKEEP_TERM_PAST_DUE_ACCESS, policy->access_kept);
  entry = add (terms, UPKEEP_TERM_RETRY_DAYS, UPKEEP_VALUE_DAY_LIST);
  entry->after.n_days = policy->n_retries;
  for (int i = 0; i < policy->n_retries; i++)
    entry->after.days[i] = policy->retry_days[i];
  add_number (terms, UPKEEP_TERM_END_DAYS, UPKEEP_VALUE_DAYS, policy->end_days);
}

static void
list_referral (const GArray *tiers, GPtrArray *terms)
{
  for (guint i = 0; i < tiers->len; i++) {
    const UpkeepReferralTier *tier = &g_array_index (tiers, UpkeepReferralTier, i);

    add_number (terms, UPKEEP_TERM_REFERRAL_SIGNUP, UPKEEP_VALUE_QUANTITY, tier->signup_units)
        ->quantity = tier->from_signups;
    add_number (terms, UPKEEP_TERM_REFERRAL_PAYMENT, UPKEEP_VALUE_QUANTITY, tier->payment_units)
        ->quantity = tier->from_signups;
    add_number (terms, UPKEEP_TERM_REFERRAL_BONUS, UPKEEP_VALUE_COUNT, tier->bonus_percent)
        ->quantity = tier->from_signups;
  }
}

/**
 * upkeep_edition_list_terms:
 * @self: an edition
 * @terms: (element-type UpkeepEditionChange): where to put what it says
 *
 * Takes an edition apart into all that it says, each with its value in `after`.
 */
void
upkeep_edition_list_terms (const UpkeepEdition *self, GPtrArray *terms)
{
  const UpkeepPolicy *policy = &self->policy;

  for (guint i = 0; i < self->plans->len; i++)
    list_plan (self, i, terms);
  list_order (self, terms);
  list_meter (self, terms);
  list_topup (&policy->topup, terms);
  list_grants (policy->grants, terms);
  list_refund (&policy->refund, terms);
  list_overrides (policy->overrides, terms);
  list_switches (policy, terms);
  list_past_due (&policy->past_due, terms);
  add_names (terms, UPKEEP_TERM_SUSPENDED, policy->suspended_features);
  if (policy->company_revenue_over_usd >= 0)
    add_number (terms, UPKEEP_TERM_COMPANY_REVENUE, UPKEEP_VALUE_DOLLARS,
                policy->company_revenue_over_usd);
  add_names (terms, UPKEEP_TERM_COMPANY_PLANS, policy->company_plans);
  add_names (terms, UPKEEP_TERM_PAYMENT_METHODS, policy->payment_methods);
  add_yes (terms, UPKEEP_TERM_INVOICE_NUMBER, policy->needs_invoice_number);
  list_referral (policy->referral_tiers, terms);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-edition-change.h"

#include "upkeep-account.h"
#include "upkeep-edition-terms.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (UpkeepEditionChanges,
                     upkeep_edition_changes,
                     upkeep_edition_changes_ref,
                     upkeep_edition_changes_unref)

static void
clear_value (UpkeepValue *value)
{
  g_free (value->name);
  g_strfreev (value->names);
  for (gsize i = 0; i < UPKEEP_N_LANGUAGES; i++)
    g_free (value->text.in[i]);
}

static void
free_change (gpointer data)
{
  UpkeepEditionChange *change = data;

  g_free (change->plan);
  g_free (change->subject);
  for (gsize i = 0; i < UPKEEP_N_LANGUAGES; i++) {
    g_free (change->plan_name.in[i]);
    g_free (change->subject_name.in[i]);
  }
  clear_value (&change->before);
  clear_value (&change->after);
  g_free (change);
}

UpkeepEditionChange *
upkeep_edition_change_new (void)
{
  return g_new0 (UpkeepEditionChange, 1);
}

/**
 * upkeep_edition_changes_new:
 *
 * Makes a list with nothing in it, to be filled before anybody else sees it.
 *
 * Returns: (transfer full): the list
 */
UpkeepEditionChanges *
upkeep_edition_changes_new (void)
{
  UpkeepEditionChanges *self = g_atomic_rc_box_new0 (UpkeepEditionChanges);

  self->changes = g_ptr_array_new_with_free_func (free_change);
  return self;
}

UpkeepEditionChanges *
upkeep_edition_changes_ref (UpkeepEditionChanges *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear_changes (gpointer data)
{
  UpkeepEditionChanges *self = data;

  g_free (self->service);
  g_free (self->from);
  g_free (self->to);
  g_free (self->from_unit);
  g_free (self->unit);
  g_ptr_array_unref (self->changes);
}

void
upkeep_edition_changes_unref (UpkeepEditionChanges *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_changes);
}

/**
 * upkeep_term_to_string:
 * @term: a term
 *
 * Names a term as documents do.
 *
 * Returns: the name
 */
const char *
upkeep_term_to_string (UpkeepTermKind term)
{
  static const char *const names[] = {
      "plan",
      "offered",
      "tier",
      "price",
      "allowance",
      "allowance_once",
      "plan_mode",
      "plan_feature",
      "queue_running",
      "queue_waiting",
      "row",
      "meter",
      "currency",
      "mode_metered",
      "mode_weight",
      "mode_wait",
      "mode_fallback",
      "topup",
      "topup_lot",
      "topup_most",
      "topup_pack",
      "topup_needs_zero_balance",
      "topup_experimental",
      "grant_expiry",
      "grant_rank",
      "grant_needs_subscription",
      "refund_rule",
      "refund_clause",
      "refund_review",
      "refund_at_most",
      "refund_business_days",
      "override",
      "upgrade_timing",
      "downgrade_timing",
      "proration",
      "proration_rounding",
      "upgrade_anchor",
      "upgrade_grant",
      "interval_change",
      "past_due_cancel",
      "past_due_access",
      "past_due_retry_days",
      "past_due_end_days",
      "suspended_features",
      "company_revenue",
      "company_plans",
      "payment_methods",
      "cancel_needs_invoice_number",
      "referral_signup",
      "referral_payment",
      "referral_bonus_percent",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_TERM_KINDS);

  return names[term];
}

/**
 * upkeep_value_kind_to_string:
 * @kind: a kind of value
 *
 * Names a kind of value as documents do.
 *
 * Returns: (nullable): the name; `NULL` for none
 */
const char *
upkeep_value_kind_to_string (UpkeepValueKind kind)
{
  static const char *const names[] = {
      NULL,    "boolean", "money",   "dollars", "quantity", "count",    "days",   "name",
      "names", "text",    "minutes", "lot",     "at_most",  "day_list", "clause", "refund"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_VALUE_KINDS);

  return names[kind];
}

static gboolean
same_names (char *const *a, char *const *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

static gboolean
same_text (const UpkeepText *a, const UpkeepText *b)
{
  for (gsize i = 0; i < UPKEEP_N_LANGUAGES; i++) {
    if (g_strcmp0 (a->in[i], b->in[i]) != 0)
      return FALSE;
  }

  return TRUE;
}

/**
 * upkeep_value_equal:
 * @a: what a term says
 * @b: what it says elsewhere
 *
 * Tells whether two editions say the same of a term.
 *
 * Returns: whether they do
 */
gboolean
upkeep_value_equal (const UpkeepValue *a, const UpkeepValue *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->kind == b->kind && a->is_set == b->is_set && a->number == b->number &&
         a->other == b->other && a->metric == b->metric && a->scope == b->scope &&
         a->n_days == b->n_days && memcmp (a->days, b->days, sizeof a->days) == 0 &&
         g_strcmp0 (a->name, b->name) == 0 && same_names (a->names, b->names) &&
         same_text (&a->text, &b->text);
}

/* Whether two facts are of one term. */
static gboolean
is_same_term (const UpkeepEditionChange *a, const UpkeepEditionChange *b)
{
  return a->term == b->term && g_strcmp0 (a->plan, b->plan) == 0 &&
         g_strcmp0 (a->subject, b->subject) == 0 && a->interval == b->interval &&
         a->to_interval == b->to_interval && a->quantity == b->quantity;
}

static UpkeepEditionChange *
find_term (const GPtrArray *facts, const UpkeepEditionChange *wanted)
{
  for (guint i = 0; i < facts->len; i++) {
    UpkeepEditionChange *fact = g_ptr_array_index (facts, i);

    if (is_same_term (fact, wanted))
      return fact;
  }

  return NULL;
}

static gboolean
has_row (const UpkeepEdition *edition, const char *row_id)
{
  for (guint i = 0; i < edition->rows->len; i++) {
    if (g_str_equal (((UpkeepPlanRow *) g_ptr_array_index (edition->rows, i))->id, row_id))
      return TRUE;
  }

  return FALSE;
}

/* Of a plan that comes or goes only that is told, and of one that comes what it costs and gives. */
static gboolean
is_told (const UpkeepEditionChange *fact, const UpkeepEdition *from, const UpkeepEdition *to)
{
  if (fact->plan == NULL || fact->term == UPKEEP_TERM_PLAN)
    return TRUE;
  if (upkeep_edition_find_plan (to, fact->plan) == NULL)
    return FALSE;
  /* That a document has more to say than the other does not mean that something is different. */
  if (fact->term == UPKEEP_TERM_ROW &&
      !(has_row (from, fact->subject) && has_row (to, fact->subject)))
    return FALSE;
  /* Of two plans, where both are there before and after. */
  if (fact->term == UPKEEP_TERM_TIER && upkeep_edition_find_plan (from, fact->subject) == NULL)
    return FALSE;

  return upkeep_edition_find_plan (from, fact->plan) != NULL || fact->term == UPKEEP_TERM_PRICE ||
         fact->term == UPKEEP_TERM_ALLOWANCE;
}

/* One list while it is put in order. */
typedef struct {
  const UpkeepEdition *from;
  const UpkeepEdition *to;
  const char *plan_id; /* (nullable) */
} Order;

/* The plan that the reader has, the others by their tier, those that are gone, then what concerns
 * all. */
static int
rank_of (const Order *order, const UpkeepEditionChange *change)
{
  const UpkeepPlan *plan;

  if (change->plan == NULL)
    return 2 * UPKEEP_PLANS_MAX;
  if (g_strcmp0 (change->plan, order->plan_id) == 0)
    return -1;

  plan = upkeep_edition_find_plan (order->to, change->plan);
  if (plan != NULL)
    return plan->tier;

  return UPKEEP_PLANS_MAX + upkeep_edition_find_plan (order->from, change->plan)->tier;
}

static int
compare_changes (gconstpointer a, gconstpointer b, gpointer data)
{
  const UpkeepEditionChange *one = *(const UpkeepEditionChange *const *) a;
  const UpkeepEditionChange *other = *(const UpkeepEditionChange *const *) b;
  int order = rank_of (data, one) - rank_of (data, other);

  if (order == 0)
    order = g_strcmp0 (one->plan, other->plan);
  if (order == 0)
    order = (int) one->term - (int) other->term;

  return order;
}

static void
add_change (UpkeepEditionChanges *self,
            const UpkeepEditionChange *fact,
            UpkeepEditionChange *change)
{
  change->plan = g_strdup (fact->plan);
  change->plan_name = upkeep_text_copy (&fact->plan_name);
  change->subject = g_strdup (fact->subject);
  change->subject_name = upkeep_text_copy (&fact->subject_name);
  change->term = fact->term;
  change->interval = fact->interval;
  change->to_interval = fact->to_interval;
  change->quantity = fact->quantity;
  g_ptr_array_add (self->changes, change);
}

static UpkeepValue
take_value (UpkeepValue *value)
{
  UpkeepValue taken = *value;

  *value = (UpkeepValue){.kind = UPKEEP_VALUE_NONE};
  return taken;
}

static void
compare_facts (UpkeepEditionChanges *self,
               const UpkeepEdition *from,
               const UpkeepEdition *to,
               GPtrArray *before,
               GPtrArray *after)
{
  for (guint i = 0; i < after->len; i++) {
    UpkeepEditionChange *now = g_ptr_array_index (after, i);
    UpkeepEditionChange *was = find_term (before, now);
    UpkeepEditionChange *change;

    if (!is_told (now, from, to) || (was != NULL && upkeep_value_equal (&was->after, &now->after)))
      continue;

    change = upkeep_edition_change_new ();
    if (was != NULL)
      change->before = take_value (&was->after);
    change->after = take_value (&now->after);
    add_change (self, now, change);
  }

  for (guint i = 0; i < before->len; i++) {
    UpkeepEditionChange *was = g_ptr_array_index (before, i);
    UpkeepEditionChange *change;

    /* That two plans have changed places is told by the one that is the higher now. */
    if (find_term (after, was) != NULL || !is_told (was, from, to) || was->term == UPKEEP_TERM_TIER)
      continue;

    change = upkeep_edition_change_new ();
    change->before = take_value (&was->after);
    add_change (self, was, change);
  }
}

/**
 * upkeep_edition_changes_make:
 * @from: an edition
 * @to: another edition of the same service
 * @plan_id: (nullable): the plan whose changes come first
 *
 * Lists all that is different in @to: what concerns one's plan, then the other plans by tier, then
 * the rules, each in the order of `UpkeepTermKind`. Names and explanations are no terms and do not
 * count; what a row of the comparison says in words does.
 *
 * Returns: (transfer full): the changes; none where the terms are the same
 */
UpkeepEditionChanges *
upkeep_edition_changes_make (const UpkeepEdition *from,
                             const UpkeepEdition *to,
                             const char *plan_id)
{
  g_autoptr (UpkeepEditionChanges) self = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  Order order = {from, to, plan_id};

  g_return_val_if_fail (from != NULL && to != NULL, NULL);

  self = upkeep_edition_changes_new ();
  self->service = g_strdup (to->service);
  self->from = g_strdup (from->id);
  self->to = g_strdup (to->id);
  memcpy (self->from_currency, from->currency, sizeof self->from_currency);
  memcpy (self->currency, to->currency, sizeof self->currency);
  self->from_unit = g_strdup (from->meter.unit);
  self->unit = g_strdup (to->meter.unit);

  before = g_ptr_array_new_with_free_func (free_change);
  after = g_ptr_array_new_with_free_func (free_change);
  upkeep_edition_list_terms (from, before);
  upkeep_edition_list_terms (to, after);
  compare_facts (self, from, to, before, after);
  g_ptr_array_sort_with_data (self->changes, compare_changes, &order);
  return g_steal_pointer (&self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-edition.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (UpkeepEdition, upkeep_edition, upkeep_edition_ref, upkeep_edition_unref)

static void
clear_text (UpkeepText *text)
{
  for (gsize i = 0; i < UPKEEP_N_LANGUAGES; i++)
    g_clear_pointer (&text->in[i], g_free);
}

static void
free_mode (gpointer data)
{
  UpkeepMode *mode = data;

  g_free (mode->id);
  clear_text (&mode->name);
  g_free (mode);
}

static void
free_estimate (gpointer data)
{
  UpkeepEstimate *estimate = data;

  g_free (estimate->id);
  clear_text (&estimate->name);
  g_free (estimate);
}

static void
free_feature (gpointer data)
{
  UpkeepFeature *feature = data;

  g_free (feature->id);
  clear_text (&feature->name);
  g_free (feature);
}

static void
free_plan (gpointer data)
{
  UpkeepPlan *plan = data;

  g_free (plan->id);
  clear_text (&plan->name);
  clear_text (&plan->summary);
  upkeep_text_free (plan->unoffered);
  g_strfreev (plan->modes);
  g_strfreev (plan->features);
  g_free (plan);
}

static void
free_row (gpointer data)
{
  UpkeepPlanRow *row = data;

  g_free (row->id);
  clear_text (&row->name);
  g_free (row->subject);
  g_clear_pointer (&row->cells, g_ptr_array_unref);
  g_free (row);
}

static void
free_footnote (gpointer data)
{
  UpkeepFootnote *footnote = data;

  g_free (footnote->id);
  clear_text (&footnote->text);
  g_free (footnote->link);
  clear_text (&footnote->link_text);
  g_free (footnote);
}

static void
free_support (gpointer data)
{
  UpkeepSupportChannel *channel = data;

  g_free (channel->id);
  g_free (channel->address);
  clear_text (&channel->name);
  clear_text (&channel->needs);
  g_free (channel);
}

static void
free_override (gpointer data)
{
  UpkeepOverride *override = data;

  g_free (override->id);
  g_strfreev (override->countries);
  g_free (override);
}

static void
clear_edition (gpointer data)
{
  UpkeepEdition *self = data;

  g_free (self->service);
  g_free (self->id);
  clear_text (&self->name);
  g_free (self->meter.id);
  g_free (self->meter.unit);
  clear_text (&self->meter.name);
  g_ptr_array_unref (self->meter.modes);
  g_ptr_array_unref (self->meter.estimates);
  g_ptr_array_unref (self->features);
  g_ptr_array_unref (self->plans);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->footnotes);
  g_ptr_array_unref (self->support);
  g_free (self->policy.refund.id);
  g_ptr_array_unref (self->policy.refund.any_of);
  upkeep_refund_clause_free (self->policy.refund.review);
  g_free (self->policy.refund.review_channel);
  g_ptr_array_unref (self->policy.overrides);
  g_ptr_array_unref (self->policy.topup.packs);
  g_strfreev (self->policy.suspended_features);
  g_strfreev (self->policy.company_plans);
  g_strfreev (self->policy.payment_methods);
  g_array_unref (self->policy.referral_tiers);
}

/**
 * upkeep_edition_new:
 *
 * Makes an edition with nothing in it, for a loader to fill before anybody else sees it.
 *
 * Lists are there and empty, and own what is put into them.
 *
 * Returns: (transfer full): the edition
 */
UpkeepEdition *
upkeep_edition_new (void)
{
  UpkeepEdition *self = g_atomic_rc_box_new0 (UpkeepEdition);

  self->meter.modes = g_ptr_array_new_with_free_func (free_mode);
  self->meter.estimates = g_ptr_array_new_with_free_func (free_estimate);
  self->features = g_ptr_array_new_with_free_func (free_feature);
  self->plans = g_ptr_array_new_with_free_func (free_plan);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  self->footnotes = g_ptr_array_new_with_free_func (free_footnote);
  self->support = g_ptr_array_new_with_free_func (free_support);
  self->policy.refund.any_of =
      g_ptr_array_new_with_free_func ((GDestroyNotify) upkeep_refund_clause_free);
  self->policy.overrides = g_ptr_array_new_with_free_func (free_override);
  self->policy.topup.packs = g_ptr_array_new_with_free_func (g_free);
  self->policy.referral_tiers = g_array_new (FALSE, FALSE, sizeof (UpkeepReferralTier));
  self->policy.mode_fallback = -1;
  self->policy.company_revenue_over_usd = -1;
  return self;
}

UpkeepEdition *
upkeep_edition_ref (UpkeepEdition *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
upkeep_edition_unref (UpkeepEdition *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_edition);
}

/**
 * upkeep_mode_new:
 *
 * Makes a mode in which work spends as many units as it takes.
 *
 * Returns: (transfer full): the mode
 */
UpkeepMode *
upkeep_mode_new (void)
{
  UpkeepMode *self = g_new0 (UpkeepMode, 1);

  self->weight = 1;
  return self;
}

UpkeepEstimate *
upkeep_estimate_new (void)
{
  return g_new0 (UpkeepEstimate, 1);
}

UpkeepFeature *
upkeep_feature_new (void)
{
  return g_new0 (UpkeepFeature, 1);
}

/**
 * upkeep_plan_new:
 *
 * Makes a plan that is sold for no interval yet.
 *
 * Returns: (transfer full): the plan
 */
UpkeepPlan *
upkeep_plan_new (void)
{
  UpkeepPlan *self = g_new0 (UpkeepPlan, 1);

  for (gsize i = 0; i < UPKEEP_N_INTERVALS; i++)
    self->price_minor[i] = -1;

  return self;
}

UpkeepPlanRow *
upkeep_plan_row_new (void)
{
  return g_new0 (UpkeepPlanRow, 1);
}

UpkeepFootnote *
upkeep_footnote_new (void)
{
  return g_new0 (UpkeepFootnote, 1);
}

UpkeepText *
upkeep_text_new (void)
{
  return g_new0 (UpkeepText, 1);
}

UpkeepRefundClause *
upkeep_refund_clause_new (void)
{
  return g_new0 (UpkeepRefundClause, 1);
}

void
upkeep_refund_clause_free (UpkeepRefundClause *clause)
{
  if (clause == NULL)
    return;

  g_free (clause->id);
  g_free (clause);
}

UpkeepOverride *
upkeep_override_new (void)
{
  return g_new0 (UpkeepOverride, 1);
}

UpkeepSupportChannel *
upkeep_support_channel_new (void)
{
  return g_new0 (UpkeepSupportChannel, 1);
}

void
upkeep_text_free (UpkeepText *text)
{
  if (text == NULL)
    return;

  clear_text (text);
  g_free (text);
}

/**
 * upkeep_edition_find_plan:
 * @self: an edition
 * @plan_id: (nullable): a plan's id
 *
 * Looks a plan up by its id.
 *
 * Returns: (nullable) (transfer none): the plan
 */
const UpkeepPlan *
upkeep_edition_find_plan (const UpkeepEdition *self, const char *plan_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (self->plans, i);

    if (g_strcmp0 (plan->id, plan_id) == 0)
      return plan;
  }

  return NULL;
}

/**
 * upkeep_edition_find_plan_of_kind:
 * @self: an edition
 * @kind: free or trial, of which there is at most one
 *
 * Looks the edition's free plan or its trial up.
 *
 * Returns: (nullable) (transfer none): the plan
 */
const UpkeepPlan *
upkeep_edition_find_plan_of_kind (const UpkeepEdition *self, UpkeepPlanKind kind)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (self->plans, i);

    if (plan->kind == kind)
      return plan;
  }

  return NULL;
}

const UpkeepFeature *
upkeep_edition_find_feature (const UpkeepEdition *self, const char *feature_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->features->len; i++) {
    const UpkeepFeature *feature = g_ptr_array_index (self->features, i);

    if (g_strcmp0 (feature->id, feature_id) == 0)
      return feature;
  }

  return NULL;
}

/**
 * upkeep_edition_find_support:
 * @self: an edition
 * @channel_id: (nullable): a support channel's id
 *
 * Looks a support channel up by its id.
 *
 * Returns: (nullable) (transfer none): the channel
 */
const UpkeepSupportChannel *
upkeep_edition_find_support (const UpkeepEdition *self, const char *channel_id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->support->len; i++) {
    const UpkeepSupportChannel *channel = g_ptr_array_index (self->support, i);

    if (g_strcmp0 (channel->id, channel_id) == 0)
      return channel;
  }

  return NULL;
}

const char *
upkeep_support_kind_to_string (UpkeepSupportKind kind)
{
  static const char *const names[] = {"email", "reddit", "discord", "form", "link"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_SUPPORT_KINDS);

  return names[kind];
}

/**
 * upkeep_edition_find_mode:
 * @self: an edition
 * @mode_id: (nullable): a mode's id
 *
 * Looks a mode of the meter up.
 *
 * Returns: its index, or -1
 */
int
upkeep_edition_find_mode (const UpkeepEdition *self, const char *mode_id)
{
  g_return_val_if_fail (self != NULL, -1);

  for (guint i = 0; i < self->meter.modes->len; i++) {
    const UpkeepMode *mode = g_ptr_array_index (self->meter.modes, i);

    if (g_strcmp0 (mode->id, mode_id) == 0)
      return (int) i;
  }

  return -1;
}

/**
 * upkeep_edition_get_mode:
 * @self: an edition
 * @mode: an index
 *
 * Gets a mode of the meter.
 *
 * Returns: (nullable) (transfer none): the mode; `NULL` where the meter has no such one
 */
const UpkeepMode *
upkeep_edition_get_mode (const UpkeepEdition *self, int mode)
{
  g_return_val_if_fail (self != NULL, NULL);

  return mode >= 0 && (guint) mode < self->meter.modes->len
             ? g_ptr_array_index (self->meter.modes, mode)
             : NULL;
}

/**
 * upkeep_edition_get_weight:
 * @self: an edition
 * @mode: an index
 *
 * Gets how many units of a grant one unit of work spends: 1, or more in a mode that is paid for its
 * haste (RULES 4.4).
 *
 * Returns: from 0 to `UPKEEP_WEIGHT_MAX`; 0 where the mode spends nothing
 */
int
upkeep_edition_get_weight (const UpkeepEdition *self, int mode)
{
  const UpkeepMode *at = upkeep_edition_get_mode (self, mode);

  if (at == NULL)
    return 1;
  return at->metered ? at->weight : 0;
}

/**
 * upkeep_estimate_get_count:
 * @self: an estimate
 * @units: units, at least 0
 *
 * Tells how many whole pieces of work of this kind some units are enough for, roughly.
 *
 * Returns: how many
 */
gint64
upkeep_estimate_get_count (const UpkeepEstimate *self, gint64 units)
{
  g_return_val_if_fail (self != NULL && self->units > 0, 0);
  g_return_val_if_fail (units >= 0, 0);

  return units / self->units;
}

gboolean
upkeep_plan_sells (const UpkeepPlan *self, UpkeepInterval interval)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->price_minor[interval] >= 0;
}

gboolean
upkeep_plan_has_mode (const UpkeepPlan *self, const UpkeepMode *mode)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (mode != NULL, FALSE);

  return g_strv_contains ((const char *const *) self->modes, mode->id);
}

gboolean
upkeep_plan_has_feature (const UpkeepPlan *self, const char *feature_id)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (feature_id != NULL, FALSE);

  return g_strv_contains ((const char *const *) self->features, feature_id);
}

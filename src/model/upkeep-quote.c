/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-quote.h"

G_DEFINE_BOXED_TYPE (UpkeepQuote, upkeep_quote, upkeep_quote_ref, upkeep_quote_unref)

UpkeepClauseReport *
upkeep_clause_report_new (void)
{
  return g_new0 (UpkeepClauseReport, 1);
}

void
upkeep_clause_report_free (UpkeepClauseReport *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self);
}

UpkeepRefundReport *
upkeep_refund_report_new (void)
{
  UpkeepRefundReport *self = g_new0 (UpkeepRefundReport, 1);

  self->clauses = g_ptr_array_new_with_free_func ((GDestroyNotify) upkeep_clause_report_free);
  return self;
}

void
upkeep_refund_report_free (UpkeepRefundReport *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_ptr_array_unref (self->clauses);
  upkeep_clause_report_free (self->review);
  g_free (self->review_channel);
  g_free (self);
}

/**
 * upkeep_quote_new:
 *
 * Makes a quote with nothing in it, to be filled before anybody else sees it.
 *
 * Returns: (transfer full): the quote
 */
UpkeepQuote *
upkeep_quote_new (void)
{
  UpkeepQuote *self = g_atomic_rc_box_new0 (UpkeepQuote);

  self->blocked = g_array_new (FALSE, TRUE, sizeof (UpkeepBlocked));
  self->options = g_array_new (FALSE, TRUE, sizeof (UpkeepOption));
  return self;
}

UpkeepQuote *
upkeep_quote_ref (UpkeepQuote *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear_quote (gpointer data)
{
  UpkeepQuote *self = data;

  g_free (self->id);
  g_free (self->meter);
  g_free (self->from_plan);
  g_free (self->to_plan);
  g_array_unref (self->blocked);
  g_array_unref (self->options);
  upkeep_refund_report_free (self->refund_rule);
  g_free (self->invoice_number);
}

void
upkeep_quote_unref (UpkeepQuote *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_quote);
}

/**
 * upkeep_quote_find_option:
 * @self: a quote
 * @timing: when
 *
 * Finds the option of a timing, of which there is at most one.
 *
 * Returns: (nullable) (transfer none): the option
 */
const UpkeepOption *
upkeep_quote_find_option (const UpkeepQuote *self, UpkeepTiming timing)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->options->len; i++) {
    const UpkeepOption *option = &g_array_index (self->options, UpkeepOption, i);

    if (option->timing == timing)
      return option;
  }

  return NULL;
}

gboolean
upkeep_quote_is_blocked (const UpkeepQuote *self, UpkeepBlockedCode code)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->blocked->len; i++) {
    if (g_array_index (self->blocked, UpkeepBlocked, i).code == code)
      return TRUE;
  }

  return FALSE;
}

static gboolean
keeps_refund (const UpkeepOption *promised, const UpkeepOption *now)
{
  return promised->has_refund == now->has_refund &&
         (!promised->has_refund || (promised->refund.amount_minor == now->refund.amount_minor &&
                                    promised->refund.basis == now->refund.basis));
}

static gboolean
keeps_grant (const UpkeepOption *promised, const UpkeepOption *now)
{
  return promised->has_grant == now->has_grant &&
         (!promised->has_grant || (promised->grant.kind == now->grant.kind &&
                                   promised->grant.quantity == now->grant.quantity));
}

static gboolean
keeps_dates (const UpkeepOption *promised, const UpkeepOption *now)
{
  const guint stops = 1u << UPKEEP_EFFECT_SERVICE_STOPS;
  const guint keeps_renewal = 1u << UPKEEP_EFFECT_RENEWAL_DATE_KEPT;

  if (promised->timing == UPKEEP_TIMING_PERIOD_END && (promised->effects & stops) == 0 &&
      promised->effective_at_s != now->effective_at_s)
    return FALSE;
  if ((promised->effects & keeps_renewal) == 0)
    return TRUE;

  return promised->renews_at_s == now->renews_at_s &&
         (!promised->has_grant || promised->grant.expires_at_s == now->grant.expires_at_s);
}

/**
 * upkeep_option_has_effect:
 * @self: a choice of a quote
 * @effect: what it may do
 *
 * Tells whether a choice has an effect.
 *
 * Returns: whether it has
 */
gboolean
upkeep_option_has_effect (const UpkeepOption *self, UpkeepEffect effect)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->effects & (1u << effect)) != 0;
}

/**
 * upkeep_option_keeps_promise:
 * @promised: the option that was shown
 * @now: the same choice, decided again
 *
 * Tells whether an option still holds.
 *
 * Lines, total, refund, grants and effects bind; instants that only follow the moment of acceptance
 * may move with it (CONTRACT section 3). The other instants may not: the end of a period that was
 * shown, and a renewal date that is kept, are another promise once the period is over.
 *
 * Returns: whether it does
 */
gboolean
upkeep_option_keeps_promise (const UpkeepOption *promised, const UpkeepOption *now)
{
  g_return_val_if_fail (promised != NULL && now != NULL, FALSE);

  return upkeep_bill_equal (&promised->bill, &now->bill) && keeps_refund (promised, now) &&
         keeps_grant (promised, now) && promised->effects == now->effects &&
         keeps_dates (promised, now);
}

UpkeepQuoteRequest *
upkeep_quote_request_new (UpkeepQuoteKind kind)
{
  UpkeepQuoteRequest *self = g_new0 (UpkeepQuoteRequest, 1);

  self->kind = kind;
  self->company_revenue_usd = -1;
  return self;
}

void
upkeep_quote_request_free (UpkeepQuoteRequest *self)
{
  if (self == NULL)
    return;

  g_free (self->plan);
  g_free (self->invoice_number);
  g_free (self);
}

const char *
upkeep_quote_kind_to_string (UpkeepQuoteKind kind)
{
  static const char *const names[] = {"subscribe", "switch", "cancel", "topup", "resume", "pay"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_QUOTE_KINDS);

  return names[kind];
}

const char *
upkeep_direction_to_string (UpkeepDirection direction)
{
  static const char *const names[] = {"new", "upgrade", "downgrade", "end", "none"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_DIRECTIONS);

  return names[direction];
}

const char *
upkeep_blocked_code_to_string (UpkeepBlockedCode code)
{
  static const char *const names[] = {
      "past_due",
      "interval_switch_unsupported",
      "lower_tier_not_allowed",
      "same_plan",
      "already_cancelled",
      "no_subscription",
      "already_subscribed",
      "plan_requires_company_tier",
      "trial_unavailable",
      "topup_needs_paid_plan",
      "topup_needs_zero_balance",
      "topup_not_offered",
      "invoice_number_required",
      "invoice_number_unknown",
      "payment_method_required",
      "nothing_to_resume",
      "nothing_due",
      "unknown_plan",
      "payment_method_unsupported",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_BLOCKED_CODES);

  return names[code];
}

const char *
upkeep_effect_to_string (UpkeepEffect effect)
{
  static const char *const names[] = {
      "renewal_date_resets",      "renewal_date_kept",     "service_stops",
      "service_until_period_end", "unused_allowance_lost", "purchased_frozen",
      "scheduled_change_dropped", "images_kept",           "commercial_rights_kept",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_EFFECTS);

  return names[effect];
}

const char *
upkeep_timing_to_string (UpkeepTiming timing)
{
  static const char *const names[] = {"immediate", "period_end"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_TIMINGS);

  return names[timing];
}

const char *
upkeep_refund_basis_to_string (UpkeepRefundBasis basis)
{
  static const char *const names[] = {"refund_rule", "consumer_law", "promotion"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_REFUND_BASES);

  return names[basis];
}

const char *
upkeep_scope_to_string (UpkeepScope scope)
{
  static const char *const names[] = {"month", "subscription", "lifetime", "since_last_renewal"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_SCOPES);

  return names[scope];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-quote-words.h"

#include "upkeep-format.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define GPU_SECOND "gpu_second"

/* The plan's name where it begins a text. */
static const char *
get_to_name (const UpkeepQuoteFacts *facts)
{
  return upkeep_words_plan (facts->edition, facts->quote->to_plan);
}

/* The names inside a sentence. */
static const char *
get_to_within (const UpkeepQuoteFacts *facts)
{
  return upkeep_words_within (get_to_name (facts));
}

static const char *
get_from_within (const UpkeepQuoteFacts *facts)
{
  return upkeep_words_within (upkeep_words_plan (facts->edition, facts->quote->from_plan));
}

static const UpkeepPlan *
find_plan (const UpkeepQuoteFacts *facts, const char *plan_id)
{
  return plan_id != NULL ? upkeep_edition_find_plan (facts->edition, plan_id) : NULL;
}

static gboolean
has_effect (const UpkeepOption *option, UpkeepEffect effect)
{
  return (option->effects & (1u << effect)) != 0;
}

static gboolean
is_in_hours (const UpkeepQuoteFacts *facts)
{
  return g_str_equal (facts->edition->meter.unit, GPU_SECOND);
}

static char *
format_sum (const UpkeepQuoteFacts *facts, gint64 amount_minor)
{
  return upkeep_words_sum (amount_minor, facts->quote->currency, facts->practice);
}

/* Choosing when */

/**
 * upkeep_quote_words_timing:
 * @option: one choice of a quote
 *
 * Names the choice by when it takes effect.
 *
 * Returns: (transfer full): such as `On 1 June 2026`
 */
char *
upkeep_quote_words_timing (const UpkeepOption *option)
{
  g_autofree char *date = NULL;

  g_return_val_if_fail (option != NULL, NULL);

  if (option->timing == UPKEEP_TIMING_IMMEDIATE)
    return g_strdup (C_ ("timing", "Now"));

  date = upkeep_format_date (option->effective_at_s, UPKEEP_DATE_LONG);
  /* Translators: when a change of plan takes effect. %s is a date. */
  return g_strdup_printf (C_ ("timing", "On %s"), date);
}

/**
 * upkeep_quote_words_timing_detail:
 * @facts: what is known
 * @option: one choice of the quote
 *
 * Says what a choice costs today.
 *
 * Returns: (transfer full): one sentence
 */
char *
upkeep_quote_words_timing_detail (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  g_autofree char *today = NULL;
  g_autofree char *then = NULL;

  if (option->bill.total_minor > 0) {
    today = format_sum (facts, option->bill.total_minor);
    /* Translators: %s is a sum. */
    return g_strdup_printf (_ ("%s due today"), today);
  }
  if (!option->has_renewal_total)
    return g_strdup (_ ("Nothing due today"));

  then = format_sum (facts, option->renewal_total_minor);
  /* Translators: %s is a sum, charged later. */
  return g_strdup_printf (_ ("Nothing due today, then %s"), then);
}

/* The review */

/**
 * upkeep_quote_words_heading:
 * @facts: what is known
 * @option: the choice of the quote
 *
 * Says what one would have, and from when.
 *
 * Returns: (transfer full): such as `Standard, from now`
 */
char *
upkeep_quote_words_heading (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  g_autofree char *date = NULL;

  if (option->timing == UPKEEP_TIMING_IMMEDIATE)
    /* Translators: %s is the name of a plan. */
    return g_strdup_printf (_ ("%s, from now"), get_to_name (facts));

  date = upkeep_format_date (option->effective_at_s, UPKEEP_DATE_LONG);
  /* Translators: the name of a plan, then a date. */
  return g_strdup_printf (_ ("%1$s, from %2$s"), get_to_name (facts), date);
}

/**
 * upkeep_quote_words_summary:
 * @facts: what is known
 *
 * Says from which plan to which, and how it is billed.
 *
 * Returns: (transfer full): such as `Basic to Standard, billed monthly`
 */
char *
upkeep_quote_words_summary (const UpkeepQuoteFacts *facts)
{
  const UpkeepQuote *quote = facts->quote;
  const char *to = get_to_name (facts);
  const char *from = get_from_within (facts);

  if (quote->kind != UPKEEP_QUOTE_SWITCH || quote->from_plan == NULL)
    return upkeep_words_plan_billed (to, quote->to_interval);

  if (quote->from_interval == quote->to_interval) {
    g_autofree char *billed = upkeep_words_plan_billed (get_to_within (facts), quote->to_interval);

    /* Translators: a plan's name, then another's with how it is billed, as in "Basic to Standard,
     * billed monthly". */
    return g_strdup_printf (_ ("%1$s to %2$s"), from, billed);
  }
  if (g_strcmp0 (quote->from_plan, quote->to_plan) == 0)
    return quote->to_interval == UPKEEP_INTERVAL_YEAR
               /* Translators: %s is the name of a plan. */
               ? g_strdup_printf (_ ("%s, from monthly to yearly billing"), to)
               /* Translators: %s is the name of a plan. */
               : g_strdup_printf (_ ("%s, from yearly to monthly billing"), to);

  return quote->to_interval == UPKEEP_INTERVAL_YEAR
             /* Translators: the names of two plans. */
             ? g_strdup_printf (_ ("%1$s, billed monthly, to %2$s, billed yearly"), from,
                                get_to_within (facts))
             /* Translators: the names of two plans. */
             : g_strdup_printf (_ ("%1$s, billed yearly, to %2$s, billed monthly"), from,
                                get_to_within (facts));
}

static char *
format_plan_price (const UpkeepQuoteFacts *facts)
{
  const char *to = get_to_name (facts);

  switch (facts->quote->to_interval) {
  case UPKEEP_INTERVAL_YEAR:
    /* Translators: %s is the name of a plan. */
    return g_strdup_printf (_ ("%s for one year"), to);
  case UPKEEP_INTERVAL_MONTH:
    /* Translators: %s is the name of a plan. */
    return g_strdup_printf (_ ("%s for one month"), to);
  case UPKEEP_INTERVAL_NONE:
  default:
    return g_strdup (to);
  }
}

static char *
format_topup (const UpkeepQuoteFacts *facts)
{
  const UpkeepOption *option = upkeep_quote_find_option (facts->quote, UPKEEP_TIMING_IMMEDIATE);

  if (option == NULL || !option->has_grant)
    return g_strdup (_ ("Extra units"));
  return upkeep_format_quantity (option->grant.quantity, facts->edition->meter.unit);
}

/**
 * upkeep_quote_words_line:
 * @facts: what is known
 * @line: a line of one choice
 *
 * Names a line of a sum.
 *
 * Returns: (transfer full): a few words
 */
char *
upkeep_quote_words_line (const UpkeepQuoteFacts *facts, const UpkeepLine *line)
{
  switch (line->code) {
  case UPKEEP_LINE_PLAN_PRICE:
    return format_plan_price (facts);
  case UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT:
  case UPKEEP_LINE_UNUSED_CREDIT_REFUND:
    return is_in_hours (facts)
               /* Translators: %s is the name of a plan. Money, not the service's credits. */
               ? g_strdup_printf (_ ("Credit for unused %s time"), get_from_within (facts))
               /* Translators: %s is the name of a plan. Money, not the service's credits. */
               : g_strdup_printf (_ ("Credit for what is left of %s"), get_from_within (facts));
  case UPKEEP_LINE_PRICE_DIFFERENCE:
    /* Translators: %s is the name of a plan. */
    return g_strdup_printf (_ ("Less the price of %s"), get_from_within (facts));
  case UPKEEP_LINE_ACCOUNT_BALANCE:
    return g_strdup (_ ("From your balance"));
  case UPKEEP_LINE_CREDIT_TO_BALANCE:
    return g_strdup (_ ("Put on your balance"));
  case UPKEEP_LINE_METERED_USAGE:
    return g_strdup (_ ("Extra use that is not billed yet"));
  case UPKEEP_LINE_TOPUP_PACK:
    return format_topup (facts);
  case UPKEEP_LINE_REFUND:
    return g_strdup (_ ("Refund"));
  case UPKEEP_LINE_PAST_DUE:
    return g_strdup (_ ("Overdue"));
  default:
    g_return_val_if_reached (NULL);
  }
}

static char *
format_time_basis (const UpkeepLine *line, const char *price)
{
  g_autofree char *left = upkeep_format_count (line->unused / UPKEEP_DAY_S);
  g_autofree char *whole = upkeep_format_count (line->allowance / UPKEEP_DAY_S);

  /* Translators: a price and the share of it, as in "$10.00 × 15 of 31 days". */
  return g_strdup_printf (_ ("%1$s × %2$s of %3$s days"), price, left, whole);
}

static char *
format_basis (const UpkeepQuoteFacts *facts, const UpkeepOption *option, const UpkeepLine *line)
{
  g_autofree char *price = upkeep_format_money (line->price_minor, facts->quote->currency);
  g_autofree char *left = upkeep_format_count (line->unused);
  g_autofree char *whole = upkeep_format_count (line->allowance);
  g_autofree char *left_hours = NULL;
  g_autofree char *whole_hours = NULL;

  if (option->terms.credit == UPKEEP_CREDIT_TIME)
    return format_time_basis (line, price);
  if (!is_in_hours (facts))
    /* Translators: a price and the share of it, as in "$19.00 × 700 of 1,400 units not used". */
    return g_strdup_printf (_ ("%1$s × %2$s of %3$s units not used"), price, left, whole);

  left_hours = upkeep_format_hours_number (line->unused);
  whole_hours = upkeep_format_hours_number (line->allowance);
  /* Translators: as in "$10.00 × 6,000 of 12,000 seconds not used (1.7 of 3.3 hours)". */
  return g_strdup_printf (_ ("%1$s × %2$s of %3$s seconds not used (%4$s of %5$s hours)"), price,
                          left, whole, left_hours, whole_hours);
}

/**
 * upkeep_quote_words_line_basis:
 * @facts: what is known
 * @option: the choice of the quote
 * @line: a line of it
 *
 * Says where a line comes from.
 *
 * Returns: (transfer full) (nullable): such as `10 May to 10 June 2026`; `NULL` where the line says
 *   all
 */
char *
upkeep_quote_words_line_basis (const UpkeepQuoteFacts *facts,
                               const UpkeepOption *option,
                               const UpkeepLine *line)
{
  if (line->has_basis)
    return format_basis (facts, option, line);

  switch (line->code) {
  case UPKEEP_LINE_PLAN_PRICE:
    if (has_effect (option, UPKEEP_EFFECT_RENEWAL_DATE_KEPT) ||
        option->renews_at_s == UPKEEP_INSTANT_NONE)
      return NULL;
    return upkeep_format_date_range (option->effective_at_s, option->renews_at_s);
  case UPKEEP_LINE_PRICE_DIFFERENCE:
    return g_strdup (_ ("What the current term cost counts in full"));
  case UPKEEP_LINE_CREDIT_TO_BALANCE:
    return g_strdup (_ ("Later charges are paid with it first"));
  case UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT:
  case UPKEEP_LINE_UNUSED_CREDIT_REFUND:
  case UPKEEP_LINE_ACCOUNT_BALANCE:
  case UPKEEP_LINE_METERED_USAGE:
  case UPKEEP_LINE_TOPUP_PACK:
  case UPKEEP_LINE_REFUND:
  case UPKEEP_LINE_PAST_DUE:
  default:
    return NULL;
  }
}

/**
 * upkeep_quote_words_check:
 * @facts: what is known
 * @option: the choice of the quote
 * @check: what came of working it out again
 *
 * Says whether this app gets the same sum as the service.
 *
 * Returns: (transfer full): one sentence
 */
char *
upkeep_quote_words_check (const UpkeepQuoteFacts *facts,
                          const UpkeepOption *option,
                          const UpkeepCheck *check)
{
  g_autofree char *said = upkeep_format_money (option->bill.total_minor, facts->quote->currency);
  g_autofree char *got = NULL;

  switch (check->result) {
  case UPKEEP_CHECK_AGREES:
    return g_strdup (_ ("It worked the sum out again from the plan’s rules and got the same."));
  case UPKEEP_CHECK_OTHER_TOTAL:
    got = upkeep_format_money (check->bill.total_minor, facts->quote->currency);
    /* Translators: two sums. */
    return g_strdup_printf (_ ("The service says %1$s, this app gets %2$s"), said, got);
  case UPKEEP_CHECK_OTHER_LINES:
    /* Translators: %s is a sum. */
    return g_strdup_printf (_ ("This app gets %s too, but by other lines"), said);
  case UPKEEP_CHECK_IMPOSSIBLE:
  default:
    /* Translators: %s is a sum. */
    return g_strdup_printf (_ ("The service says %s, and no sum follows from its terms"), said);
  }
}

/* What changes */

static void
add_change (UpkeepQuoteChange *changes,
            guint *n_changes,
            const char *icon_name,
            char *title,
            char *subtitle)
{
  if (*n_changes == UPKEEP_QUOTE_CHANGES_MAX) {
    g_free (title);
    g_free (subtitle);
    return;
  }
  changes[(*n_changes)++] =
      (UpkeepQuoteChange){.icon_name = icon_name, .title = title, .subtitle = subtitle};
}

/* How it goes on after the next charge, which may be another sum: balance and unbilled use count in
 * it. */
static char *
format_repeat (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  const UpkeepPlan *to = find_plan (facts, facts->quote->to_plan);
  UpkeepInterval interval = facts->quote->to_interval;
  gboolean yearly = interval == UPKEEP_INTERVAL_YEAR;
  g_autofree char *price = NULL;

  if (to == NULL || !upkeep_plan_sells (to, interval) ||
      to->price_minor[interval] == option->renewal_total_minor)
    /* Translators: a sum stands before it. */
    return g_strdup (yearly ? _ ("and every year until you cancel")
                            : _ ("and every month until you cancel"));

  price = upkeep_format_money (to->price_minor[interval], facts->quote->currency);
  return yearly
             /* Translators: another sum and its date stand before it. %s is a sum. */
             ? g_strdup_printf (_ ("then %s every year until you cancel"), price)
             /* Translators: another sum and its date stand before it. %s is a sum. */
             : g_strdup_printf (_ ("then %s every month until you cancel"), price);
}

static char *
format_date_remark (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  gint64 old_s = facts->statement->renews_at_s;
  g_autofree char *from = NULL;

  if (has_effect (option, UPKEEP_EFFECT_RENEWAL_DATE_RESETS) && old_s != UPKEEP_INSTANT_NONE &&
      old_s != option->renews_at_s) {
    from = upkeep_format_date (old_s, UPKEEP_DATE_DAY);
    /* Translators: the date of the renewal. %s is a date. */
    return g_strdup_printf (_ ("The date moves from %s."), from);
  }
  if (has_effect (option, UPKEEP_EFFECT_RENEWAL_DATE_KEPT))
    /* Translators: the date of the renewal. */
    return g_strdup (_ ("The date stays."));
  return NULL;
}

static void
add_renewal (const UpkeepQuoteFacts *facts,
             const UpkeepOption *option,
             UpkeepQuoteChange *changes,
             guint *n_changes)
{
  g_autofree char *sum = NULL;
  g_autofree char *date = NULL;
  g_autofree char *repeat = NULL;
  g_autofree char *remark = NULL;

  if (!option->has_renewal_total || option->renews_at_s == UPKEEP_INSTANT_NONE)
    return;

  repeat = format_repeat (facts, option);
  remark = format_date_remark (facts, option);
  sum = upkeep_format_money (option->renewal_total_minor, facts->quote->currency);
  date = upkeep_format_date (option->renews_at_s, UPKEEP_DATE_LONG);
  add_change (changes, n_changes, "upkeep-calendar-symbolic",
              /* Translators: a sum, then a date. */
              g_strdup_printf (_ ("Then %1$s on %2$s"), sum, date),
              /* Translators: how a charge goes on, then a whole sentence. */
              remark != NULL ? g_strdup_printf (_ ("%1$s. %2$s"), repeat, remark)
                             : g_steal_pointer (&repeat));
  changes[*n_changes - 1].has_sum = TRUE;
}

/* Whether the allotment of the plan one leaves ends with it (RULES 0.28). */
static gboolean
ends_allotment (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  return facts->quote->from_plan != NULL &&
         (has_effect (option, UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST) ||
          has_effect (option, UPKEEP_EFFECT_RENEWAL_DATE_RESETS) ||
          upkeep_bill_find (&option->bill, UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT) != NULL ||
          upkeep_bill_find (&option->bill, UPKEEP_LINE_UNUSED_CREDIT_REFUND) != NULL);
}

static char *
format_grant_end (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  gboolean ends = ends_allotment (facts, option);
  g_autofree char *date = NULL;

  if (option->grant.expires_at_s == UPKEEP_INSTANT_NONE)
    /* Translators: %s is the name of a plan. */
    return ends ? g_strdup_printf (_ ("What is unused of %s ends."), get_from_within (facts))
                : NULL;

  date = upkeep_format_date (option->grant.expires_at_s, UPKEEP_DATE_LONG);
  if (!ends)
    /* Translators: hours or credits. %s is a date. */
    return g_strdup_printf (_ ("They expire on %s."), date);
  return is_in_hours (facts)
             /* Translators: hours. A date, then the name of a plan. */
             ? g_strdup_printf (_ ("They expire on %1$s. The unused %2$s hours end."), date,
                                get_from_within (facts))
             /* Translators: credits. A date, then the name of a plan. */
             : g_strdup_printf (_ ("They expire on %1$s. What is unused of %2$s ends."), date,
                                get_from_within (facts));
}

static char *
format_grant (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  gboolean adds = facts->quote->from_plan != NULL && !ends_allotment (facts, option);
  g_autofree char *quantity =
      upkeep_format_quantity (option->grant.quantity, facts->edition->meter.unit);

  if (!is_in_hours (facts))
    return adds
               /* Translators: %s is as in "2,600 credits". */
               ? g_strdup_printf (_ ("%s more from now"), quantity)
               /* Translators: %s is as in "1,400 credits". */
               : g_strdup_printf (_ ("%s from now"), quantity);
  return adds
             /* Translators: as in "15.0 hours more of Fast GPU time from now". */
             ? g_strdup_printf (_ ("%1$s more of %2$s from now"), quantity,
                                upkeep_words_within (upkeep_words_meter (facts->edition)))
             /* Translators: as in "15.0 hours of Fast GPU time from now". */
             : g_strdup_printf (_ ("%1$s of %2$s from now"), quantity,
                                upkeep_words_within (upkeep_words_meter (facts->edition)));
}

static void
add_allotment (const UpkeepQuoteFacts *facts,
               const UpkeepOption *option,
               UpkeepQuoteChange *changes,
               guint *n_changes)
{
  const UpkeepPlan *to = find_plan (facts, facts->quote->to_plan);
  g_autofree char *quantity = NULL;
  g_autofree char *date = NULL;

  if (option->has_grant) {
    add_change (changes, n_changes, "upkeep-gauge-symbolic", format_grant (facts, option),
                format_grant_end (facts, option));
    return;
  }
  if (to == NULL || to->allowance == 0 || option->timing != UPKEEP_TIMING_PERIOD_END)
    return;

  quantity = upkeep_format_quantity (to->allowance, facts->edition->meter.unit);
  date = upkeep_format_date (option->effective_at_s, UPKEEP_DATE_LONG);
  add_change (changes, n_changes, "upkeep-gauge-symbolic",
              g_strdup_printf (_ ("%s a month"), quantity),
              facts->quote->from_plan != NULL
                  /* Translators: a date, then the name of a plan. */
                  ? g_strdup_printf (_ ("From %1$s. Until then you keep %2$s."), date,
                                     get_from_within (facts))
                  : NULL);
}

static char *
format_mode_gained (const UpkeepMode *mode)
{
  if (mode->metered)
    return g_strdup (_ ("Included"));
  if (mode->wait_max_minutes == 0)
    return g_strdup (C_ ("allotment", "Unlimited"));
  /* Translators: a wait, as in "1 to 10 minutes". */
  return g_strdup_printf (ngettext ("Unlimited, with a wait of %1$d to %2$d minute",
                                    "Unlimited, with a wait of %1$d to %2$d minutes",
                                    (gulong) mode->wait_max_minutes),
                          mode->wait_min_minutes, mode->wait_max_minutes);
}

static void
add_modes (const UpkeepQuoteFacts *facts, UpkeepQuoteChange *changes, guint *n_changes)
{
  const UpkeepPlan *to = find_plan (facts, facts->quote->to_plan);
  const UpkeepPlan *from = find_plan (facts, facts->quote->from_plan);

  for (guint i = 0; to != NULL && i < facts->edition->meter.modes->len; i++) {
    const UpkeepMode *mode = g_ptr_array_index (facts->edition->meter.modes, i);
    gboolean has = upkeep_plan_has_mode (to, mode);
    gboolean had = from != NULL && upkeep_plan_has_mode (from, mode);

    if (has && !had && !(from == NULL && mode->metered))
      add_change (changes, n_changes, "upkeep-infinity-symbolic",
                  g_strdup (upkeep_words_text (&mode->name)), format_mode_gained (mode));
    else if (had && !has)
      add_change (changes, n_changes, "list-remove-symbolic",
                  g_strdup (upkeep_words_text (&mode->name)),
                  /* Translators: %s is the name of a plan. */
                  g_strdup_printf (_ ("Not included in %s"), get_to_within (facts)));
  }
}

/* Of a first plan everything is new: that is told where plans are compared. */
static void
add_features (const UpkeepQuoteFacts *facts, UpkeepQuoteChange *changes, guint *n_changes)
{
  const UpkeepPlan *to = find_plan (facts, facts->quote->to_plan);
  const UpkeepPlan *from = find_plan (facts, facts->quote->from_plan);

  if (to == NULL || from == NULL || facts->quote->kind != UPKEEP_QUOTE_SWITCH)
    return;

  for (guint i = 0; i < facts->edition->features->len; i++) {
    const UpkeepFeature *feature = g_ptr_array_index (facts->edition->features, i);
    gboolean has = upkeep_plan_has_feature (to, feature->id);
    gboolean had = upkeep_plan_has_feature (from, feature->id);

    if (has && !had)
      add_change (changes, n_changes, "object-select-symbolic",
                  g_strdup (upkeep_words_text (&feature->name)),
                  /* Translators: %s is the name of a plan. */
                  g_strdup_printf (_ ("Included in %s"), get_to_within (facts)));
    else if (had && !has)
      add_change (changes, n_changes, "list-remove-symbolic",
                  g_strdup (upkeep_words_text (&feature->name)),
                  g_strdup_printf (_ ("Not included in %s"), get_to_within (facts)));
  }
}

static void
add_dropped (const UpkeepQuoteFacts *facts,
             const UpkeepOption *option,
             UpkeepQuoteChange *changes,
             guint *n_changes)
{
  const UpkeepStatement *statement = facts->statement;

  if (!has_effect (option, UPKEEP_EFFECT_SCHEDULED_CHANGE_DROPPED))
    return;

  if (statement->scheduled == UPKEEP_SCHEDULED_SWITCH)
    add_change (changes, n_changes, "edit-undo-symbolic",
                /* Translators: %s is the name of a plan. */
                g_strdup_printf (_ ("The scheduled change to %s is dropped"),
                                 upkeep_words_within (upkeep_words_plan (
                                     facts->edition, statement->scheduled_plan))),
                g_strdup (_ ("This change takes its place.")));
  else if (statement->scheduled == UPKEEP_SCHEDULED_CANCEL)
    add_change (changes, n_changes, "edit-undo-symbolic",
                g_strdup (_ ("The cancellation is dropped")),
                g_strdup (_ ("Your subscription goes on.")));
  else
    add_change (changes, n_changes, "edit-undo-symbolic",
                g_strdup (_ ("What was scheduled is dropped")),
                g_strdup (_ ("This change takes its place.")));
}

static void
add_kept (const UpkeepQuoteFacts *facts,
          const UpkeepOption *option,
          UpkeepQuoteChange *changes,
          guint *n_changes)
{
  gboolean images = has_effect (option, UPKEEP_EFFECT_IMAGES_KEPT);
  gboolean rights = has_effect (option, UPKEEP_EFFECT_COMMERCIAL_RIGHTS_KEPT);

  if (!images && !rights)
    return;

  if (!is_in_hours (facts))
    add_change (changes, n_changes, "upkeep-document-symbolic",
                g_strdup (_ ("What you have made stays yours")), NULL);
  else if (images && rights)
    add_change (changes, n_changes, "upkeep-image-symbolic",
                g_strdup (_ ("Your images and their commercial rights stay")), NULL);
  else if (images)
    add_change (changes, n_changes, "upkeep-image-symbolic", g_strdup (_ ("Your images stay")),
                NULL);
  else
    add_change (changes, n_changes, "upkeep-image-symbolic",
                g_strdup (_ ("Your commercial rights stay")), NULL);
}

static void
add_service_effects (const UpkeepQuoteFacts *facts,
                     const UpkeepOption *option,
                     UpkeepQuoteChange *changes,
                     guint *n_changes)
{
  g_autofree char *date = NULL;

  if (has_effect (option, UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST) && !option->has_grant)
    add_change (changes, n_changes, "upkeep-info-symbolic",
                g_strdup (_ ("What is unused of the month’s allotment ends")), NULL);
  if (has_effect (option, UPKEEP_EFFECT_PURCHASED_FROZEN))
    add_change (changes, n_changes, "upkeep-paused-symbolic",
                g_strdup (_ ("What you bought is paused")),
                g_strdup (_ ("It can be used again with a paid plan.")));
  if (has_effect (option, UPKEEP_EFFECT_SERVICE_STOPS))
    add_change (changes, n_changes, "upkeep-crossed-symbolic",
                g_strdup (_ ("The service stops now")), NULL);
  if (has_effect (option, UPKEEP_EFFECT_SERVICE_UNTIL_PERIOD_END)) {
    date = upkeep_format_date (option->effective_at_s, UPKEEP_DATE_LONG);
    add_change (changes, n_changes, "upkeep-clock-symbolic",
                /* Translators: %s is a date. */
                g_strdup_printf (_ ("The service goes on until %s"), date), NULL);
  }
}

/**
 * upkeep_quote_words_get_changes:
 * @facts: what is known
 * @option: the choice of the quote
 * @ret_changes: (out): what changes; clear each with upkeep_quote_change_clear()
 *
 * Says what a change of plan does beside its price: the next charge, the units it gives, modes and
 * features that come or go, and every effect the service names.
 *
 * Returns: how many there are
 */
guint
upkeep_quote_words_get_changes (const UpkeepQuoteFacts *facts,
                                const UpkeepOption *option,
                                UpkeepQuoteChange ret_changes[UPKEEP_QUOTE_CHANGES_MAX])
{
  guint n_changes = 0;

  memset (ret_changes, 0, UPKEEP_QUOTE_CHANGES_MAX * sizeof *ret_changes);
  add_renewal (facts, option, ret_changes, &n_changes);
  add_allotment (facts, option, ret_changes, &n_changes);
  add_dropped (facts, option, ret_changes, &n_changes);
  add_service_effects (facts, option, ret_changes, &n_changes);
  add_modes (facts, ret_changes, &n_changes);
  add_features (facts, ret_changes, &n_changes);
  add_kept (facts, option, ret_changes, &n_changes);
  return n_changes;
}

/**
 * upkeep_quote_change_clear:
 * @change: one thing that changes
 *
 * Frees what is in it.
 */
void
upkeep_quote_change_clear (UpkeepQuoteChange *change)
{
  g_clear_pointer (&change->title, g_free);
  g_clear_pointer (&change->subtitle, g_free);
}

/**
 * upkeep_quote_words_confirm:
 * @facts: what is known
 * @option: the choice of the quote
 *
 * Labels the button that does it; where something is charged now, it carries the sum.
 *
 * Returns: (transfer full): such as `Confirm and Pay $25.00`
 */
char *
upkeep_quote_words_confirm (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  g_autofree char *sum = NULL;

  if (option->bill.total_minor <= 0)
    return g_strdup (_ ("Confirm Change"));

  sum = upkeep_format_money (option->bill.total_minor, facts->quote->currency);
  /* Translators: %s is a sum. */
  return g_strdup_printf (_ ("Confirm and Pay %s"), sum);
}

/**
 * upkeep_quote_words_holds:
 * @facts: what is known
 * @option: the choice of the quote
 *
 * Says how long the figures hold, and that nothing happens before the button is pressed.
 *
 * Returns: (transfer full): two sentences
 */
char *
upkeep_quote_words_holds (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  g_autofree char *time = upkeep_format_date (facts->quote->expires_at_s, UPKEEP_DATE_TIME);

  return option->bill.total_minor > 0
             ? g_strdup_printf (
                   /* Translators: %s is a time of day. */
                   _ ("This price holds until %s. Nothing is charged before you confirm."), time)
             /* Translators: %s is a time of day. */
             : g_strdup_printf (_ ("This holds until %s. Nothing changes before you confirm."),
                                time);
}

/**
 * upkeep_quote_words_was:
 * @facts: what is known
 * @was_minor: the sum that was shown before
 * @is_minor: the sum that is right now
 *
 * Says that a sum has changed.
 *
 * Returns: (transfer full): such as `was $25.00, now $26.00`
 */
char *
upkeep_quote_words_was (const UpkeepQuoteFacts *facts, gint64 was_minor, gint64 is_minor)
{
  g_autofree char *was = upkeep_format_money (was_minor, facts->quote->currency);
  g_autofree char *is = upkeep_format_money (is_minor, facts->quote->currency);

  /* Translators: a sum that was shown before, then what it is now. */
  return g_strdup_printf (_ ("was %1$s, now %2$s"), was, is);
}

/* Why not */

static char *
format_company_way_out (const UpkeepEdition *edition)
{
  const char *plan_id =
      edition->policy.company_plans != NULL ? edition->policy.company_plans[0] : NULL;

  if (plan_id == NULL)
    return g_strdup (_ ("Go back and choose a higher plan."));
  /* Translators: %s is the name of a plan. */
  return g_strdup_printf (_ ("Go back and choose %s."),
                          upkeep_words_within (upkeep_words_plan (edition, plan_id)));
}

/**
 * upkeep_quote_words_way_out:
 * @facts: what is known
 * @blocked: why it cannot be done
 *
 * Says what can be done about it.
 *
 * Returns: (transfer full): one sentence
 */
char *
upkeep_quote_words_way_out (const UpkeepQuoteFacts *facts, const UpkeepBlocked *blocked)
{
  switch (blocked->code) {
  case UPKEEP_BLOCKED_PAST_DUE:
    return g_strdup (_ ("A new payment method is charged at once. After that plans can be changed "
                        "again."));
  case UPKEEP_BLOCKED_INTERVAL_SWITCH_UNSUPPORTED:
    return g_strdup (_ ("Go back and keep the billing you have, or cancel and subscribe again "
                        "after the end."));
  case UPKEEP_BLOCKED_LOWER_TIER_NOT_ALLOWED:
    return g_strdup (_ ("Go back and choose the same plan or a higher one, or keep monthly "
                        "billing."));
  case UPKEEP_BLOCKED_SAME_PLAN:
  case UPKEEP_BLOCKED_TRIAL_UNAVAILABLE:
  case UPKEEP_BLOCKED_UNKNOWN_PLAN:
    return g_strdup (_ ("Go back and choose another plan."));
  case UPKEEP_BLOCKED_PLAN_REQUIRES_COMPANY_TIER:
    return format_company_way_out (facts->edition);
  case UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED:
    return g_strdup (_ ("Add a payment method, then try again. Nothing was charged."));
  case UPKEEP_BLOCKED_PAYMENT_METHOD_UNSUPPORTED:
    return g_strdup (_ ("Use another payment method, then try again. Nothing was charged."));
  case UPKEEP_BLOCKED_NO_SUBSCRIPTION:
  case UPKEEP_BLOCKED_ALREADY_SUBSCRIBED:
  case UPKEEP_BLOCKED_ALREADY_CANCELLED:
  case UPKEEP_BLOCKED_TOPUP_NEEDS_PAID_PLAN:
  case UPKEEP_BLOCKED_TOPUP_NEEDS_ZERO_BALANCE:
  case UPKEEP_BLOCKED_TOPUP_NOT_OFFERED:
  case UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED:
  case UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN:
  case UPKEEP_BLOCKED_NOTHING_TO_RESUME:
  case UPKEEP_BLOCKED_NOTHING_DUE:
  default:
    return g_strdup (_ ("The account may have changed elsewhere. Close this and refresh."));
  }
}

/**
 * upkeep_quote_words_asks_company:
 * @edition: the catalogue
 * @plan_id: (nullable): a plan of it
 *
 * Says whether it matters for a plan how large one's company is (RULES A-20).
 *
 * Returns: whether it does
 */
gboolean
upkeep_quote_words_asks_company (const UpkeepEdition *edition, const char *plan_id)
{
  const UpkeepPolicy *policy;

  g_return_val_if_fail (edition != NULL, FALSE);

  policy = &edition->policy;
  return plan_id != NULL && policy->company_revenue_over_usd >= 0 &&
         !(policy->company_plans != NULL &&
           g_strv_contains ((const char *const *) policy->company_plans, plan_id));
}

/**
 * upkeep_quote_words_company:
 * @edition: a catalogue that has the rule
 *
 * Asks how large one's company is.
 *
 * Returns: (transfer full): a statement that is true or not
 */
char *
upkeep_quote_words_company (const UpkeepEdition *edition)
{
  g_autofree char *limit = NULL;

  g_return_val_if_fail (edition != NULL, NULL);

  limit = upkeep_format_money_whole (MAX (edition->policy.company_revenue_over_usd, 0), "USD");
  /* Translators: %s is a sum, as in "$1,000,000". */
  return g_strdup_printf (_ ("My company has more than %s gross revenue a year"), limit);
}

/* Done */

/**
 * upkeep_quote_words_done_heading:
 * @facts: what was known
 * @option: what was chosen
 *
 * Says what has come of it.
 *
 * Returns: (transfer full): such as `You Now Have Standard`
 */
char *
upkeep_quote_words_done_heading (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  g_autofree char *date = NULL;

  if (option->timing == UPKEEP_TIMING_IMMEDIATE)
    /* Translators: a heading. %s is the name of a plan. */
    return g_strdup_printf (_ ("You Now Have %s"), get_to_within (facts));

  date = upkeep_format_date (option->effective_at_s, UPKEEP_DATE_LONG);
  /* Translators: a heading. The name of a plan, then a date. */
  return g_strdup_printf (_ ("%1$s Begins on %2$s"), get_to_within (facts), date);
}

/**
 * upkeep_quote_words_done_sentence:
 * @facts: what was known
 * @option: what was chosen
 *
 * Says what holds until then, and how it can be undone.
 *
 * Returns: (transfer full) (nullable): one or two sentences; `NULL` where the heading says all
 */
char *
upkeep_quote_words_done_sentence (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  if (option->timing == UPKEEP_TIMING_IMMEDIATE)
    return NULL;

  return g_strdup_printf (
      /* Translators: %s is the name of a plan. */
      _ ("Until then you keep %s, and the change can be undone on the Overview page."),
      get_from_within (facts));
}

/**
 * upkeep_quote_words_next_charge:
 * @option: what was chosen
 *
 * Says when the next charge is.
 *
 * Returns: (transfer full) (nullable): such as `Next charge on 10 June 2026`; `NULL` where there is
 *   none
 */
char *
upkeep_quote_words_next_charge (const UpkeepOption *option)
{
  g_autofree char *date = NULL;

  if (!option->has_renewal_total || option->renews_at_s == UPKEEP_INSTANT_NONE)
    return NULL;

  date = upkeep_format_date (option->renews_at_s, UPKEEP_DATE_LONG);
  /* Translators: %s is a date. */
  return g_strdup_printf (_ ("Next charge on %s"), date);
}

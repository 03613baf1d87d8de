/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-quote-words.h"

#include "upkeep-format.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>

#define GPU_SECOND "gpu_second"

/* The plan's name where it begins a text. */
static const char *
get_to_name (const UpkeepQuoteFacts *facts)
{
  return upkeep_words_plan (facts->edition, facts->quote->to_plan);
}

static char *
format_sum (const UpkeepQuoteFacts *facts, gint64 amount_minor)
{
  return upkeep_words_sum (amount_minor, facts->quote->currency, facts->practice);
}

/* What more than one file of words says */

/**
 * upkeep_quote_words_to:
 * @facts: what is known
 *
 * Names the plan that one changes to, inside a sentence.
 *
 * Returns: (transfer none): its name
 */
const char *
upkeep_quote_words_to (const UpkeepQuoteFacts *facts)
{
  return upkeep_words_within (get_to_name (facts));
}

/**
 * upkeep_quote_words_from:
 * @facts: what is known
 *
 * Names the plan that one changes from, inside a sentence.
 *
 * Returns: (transfer none): its name
 */
const char *
upkeep_quote_words_from (const UpkeepQuoteFacts *facts)
{
  return upkeep_words_within (upkeep_words_plan (facts->edition, facts->quote->from_plan));
}

/**
 * upkeep_quote_words_is_in_hours:
 * @facts: what is known
 *
 * Tells whether the plans give time, which is told in hours.
 *
 * Returns: whether they do
 */
gboolean
upkeep_quote_words_is_in_hours (const UpkeepQuoteFacts *facts)
{
  return g_str_equal (facts->edition->meter.unit, GPU_SECOND);
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
  const char *from = upkeep_quote_words_from (facts);

  if (quote->kind != UPKEEP_QUOTE_SWITCH || quote->from_plan == NULL)
    return upkeep_words_plan_billed (to, quote->to_interval);

  if (quote->from_interval == quote->to_interval) {
    g_autofree char *billed =
        upkeep_words_plan_billed (upkeep_quote_words_to (facts), quote->to_interval);

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
                                upkeep_quote_words_to (facts))
             /* Translators: the names of two plans. */
             : g_strdup_printf (_ ("%1$s, billed yearly, to %2$s, billed monthly"), from,
                                upkeep_quote_words_to (facts));
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
    return upkeep_quote_words_is_in_hours (facts)
               /* Translators: %s is the name of a plan. Money, not the service's credits. */
               ? g_strdup_printf (_ ("Credit for unused %s time"), upkeep_quote_words_from (facts))
               /* Translators: %s is the name of a plan. Money, not the service's credits. */
               : g_strdup_printf (_ ("Credit for what is left of %s"),
                                  upkeep_quote_words_from (facts));
  case UPKEEP_LINE_PRICE_DIFFERENCE:
    /* Translators: %s is the name of a plan. */
    return g_strdup_printf (_ ("Less the price of %s"), upkeep_quote_words_from (facts));
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
  if (!upkeep_quote_words_is_in_hours (facts))
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
    if (upkeep_option_has_effect (option, UPKEEP_EFFECT_RENEWAL_DATE_KEPT) ||
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
    return g_strdup_printf (_ ("You Now Have %s"), upkeep_quote_words_to (facts));

  date = upkeep_format_date (option->effective_at_s, UPKEEP_DATE_LONG);
  /* Translators: a heading. The name of a plan, then a date. */
  return g_strdup_printf (_ ("%1$s Begins on %2$s"), upkeep_quote_words_to (facts), date);
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
      upkeep_quote_words_from (facts));
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

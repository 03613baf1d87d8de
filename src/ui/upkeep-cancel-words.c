/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-cancel-words.h"

#include "upkeep-format.h"

#include <glib/gi18n.h>

/* The plan's name, as all messages here have it inside a sentence. */
static const char *
get_plan_name (const UpkeepCancelFacts *facts)
{
  return upkeep_words_within (upkeep_words_plan (facts->edition, facts->statement->plan));
}

static gboolean
has_effect (const UpkeepQuote *quote, UpkeepEffect effect)
{
  for (guint i = 0; i < quote->options->len; i++)
    if (g_array_index (quote->options, UpkeepOption, i).effects & (1u << effect))
      return TRUE;

  return FALSE;
}

/* What returns to the balance, as it had been paid from there. */
static gint64
get_balance_minor (const UpkeepBill *bill)
{
  return upkeep_bill_get (bill, UPKEEP_LINE_CREDIT_TO_BALANCE);
}

static char *
format_to_balance (const UpkeepCancelFacts *facts, gint64 balance_minor)
{
  g_autofree char *sum =
      upkeep_words_sum (balance_minor, facts->statement->currency, facts->practice);

  /* Translators: %s is a sum. */
  return g_strdup_printf (_ ("%s goes back to your balance."), sum);
}

static char *
format_metered (const UpkeepCancelFacts *facts, gint64 metered_minor)
{
  g_autofree char *sum =
      upkeep_words_sum (metered_minor, facts->statement->currency, facts->practice);

  /* Translators: %s is a sum. */
  return g_strdup_printf (_ ("%s for bought units you have used is charged first."), sum);
}

/* Sentences on lines of their own. */
static char *
join_lines (char *first, char *second, char *third)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;
  char *given[] = {first, second, third};

  for (gsize i = 0; i < G_N_ELEMENTS (given); i++) {
    g_autofree char *line = given[i];

    if (line != NULL)
      g_strv_builder_add (builder, line);
  }
  lines = g_strv_builder_end (builder);
  return g_strjoinv ("\n", lines);
}

/* The question */

/**
 * upkeep_cancel_heading:
 * @facts: what is known
 *
 * Returns: (transfer full): the question, such as `Cancel Standard?`
 */
char *
upkeep_cancel_heading (const UpkeepCancelFacts *facts)
{
  /* Translators: %s is the name of a plan. */
  return g_strdup_printf (_ ("Cancel %s?"), get_plan_name (facts));
}

/**
 * upkeep_cancel_sentence:
 * @facts: what is known
 *
 * Says what one has, and that nothing has happened yet.
 *
 * Returns: (transfer full): two sentences
 */
char *
upkeep_cancel_sentence (const UpkeepCancelFacts *facts)
{
  const UpkeepStatement *statement = facts->statement;
  const char *plan = get_plan_name (facts);
  g_autofree char *price = upkeep_words_price (statement->price_minor, statement->currency,
                                               statement->interval, facts->practice);
  g_autofree char *since = NULL;

  if (statement->started_at_s == UPKEEP_INSTANT_NONE)
    /* Translators: a plan and its price, as in "Standard for $30.00 a month". */
    return g_strdup_printf (_ ("You have %1$s for %2$s. Nothing changes until you confirm."), plan,
                            price);

  since = upkeep_format_date (statement->started_at_s, UPKEEP_DATE_LONG);
  return g_strdup_printf (
      /* Translators: a plan, a date and the plan's price, as in "$30.00 a month". */
      _ ("You have had %1$s since %2$s, for %3$s. Nothing changes until you confirm."), plan, since,
      price);
}

/**
 * upkeep_cancel_choice:
 * @facts: what is known
 * @option: one option of the quote
 *
 * Names a way to leave. The names are those of the contract.
 *
 * Returns: (transfer full): the label of a radio button
 */
char *
upkeep_cancel_choice (const UpkeepCancelFacts *facts, const UpkeepOption *option)
{
  g_autofree char *sum = NULL;

  if (option->timing == UPKEEP_TIMING_PERIOD_END)
    return g_strdup (_ ("Cancel at the end of the period"));
  if (!option->has_refund)
    return g_strdup (_ ("Cancel now without a refund"));
  if (option->refund.amount_minor == 0) {
    sum = upkeep_format_money (get_balance_minor (&option->bill), facts->quote->currency);
    /* Translators: %s is a sum. */
    return g_strdup_printf (_ ("Cancel now with %s back to your balance"), sum);
  }

  sum = upkeep_format_money (option->refund.amount_minor, facts->quote->currency);
  return upkeep_words_refund_is_full (option, facts->statement->price_minor)
             /* Translators: %s is a sum. */
             ? g_strdup_printf (_ ("Cancel now with a full refund of %s"), sum)
             /* Translators: %s is a sum. */
             : g_strdup_printf (_ ("Cancel now with a refund of %s"), sum);
}

static char *
format_immediate (const UpkeepCancelFacts *facts, const UpkeepOption *option)
{
  const char *plan = get_plan_name (facts);
  g_autofree char *card = NULL;
  g_autofree char *day = NULL;

  if (!option->has_refund || option->refund.amount_minor == 0)
    /* Translators: %s is the name of a plan. */
    return g_strdup_printf (_ ("%s stops at once."), plan);

  card = upkeep_words_card (facts->statement->brand, facts->statement->last4);
  day = upkeep_words_day (option->refund.expected_by_s);
  return g_strdup_printf (
      /* Translators: a plan, a card such as "Visa •••• 4242", a date and a number of days. */
      ngettext ("%1$s stops at once. %2$s gets the money by %3$s (%4$d business day).",
                "%1$s stops at once. %2$s gets the money by %3$s (%4$d business days).",
                (gulong) MAX (option->refund.business_days, 0)),
      plan, card, day, option->refund.business_days);
}

/**
 * upkeep_cancel_choice_detail:
 * @facts: what is known
 * @option: one option of the quote
 *
 * Says what a way to leave means: when it takes effect, and every sum that moves.
 *
 * Returns: (transfer full): some sentences, one a line where they stand by themselves
 */
char *
upkeep_cancel_choice_detail (const UpkeepCancelFacts *facts, const UpkeepOption *option)
{
  gint64 metered_minor = upkeep_bill_get (&option->bill, UPKEEP_LINE_METERED_USAGE);
  gint64 balance_minor = get_balance_minor (&option->bill);

  if (option->timing == UPKEEP_TIMING_PERIOD_END) {
    g_autofree char *end = upkeep_format_date (option->effective_at_s, UPKEEP_DATE_LONG_TIME);

    /* Translators: the name of a plan, then a date with its time. */
    return g_strdup_printf (_ ("%1$s works until %2$s, and is not charged again. No refund."),
                            get_plan_name (facts), end);
  }

  return join_lines (format_immediate (facts, option),
                     balance_minor > 0 && option->refund.amount_minor > 0
                         ? format_to_balance (facts, balance_minor)
                         : NULL,
                     metered_minor > 0 ? format_metered (facts, metered_minor) : NULL);
}

/**
 * upkeep_cancel_blocked_heading:
 * @facts: what is known
 *
 * Returns: (transfer full): what stands in place of the question where it cannot be asked
 */
char *
upkeep_cancel_blocked_heading (const UpkeepCancelFacts *facts)
{
  if (upkeep_quote_is_blocked (facts->quote, UPKEEP_BLOCKED_ALREADY_CANCELLED))
    /* Translators: %s is the name of a plan. */
    return g_strdup_printf (_ ("%s Is Already Cancelled"), get_plan_name (facts));
  if (upkeep_quote_is_blocked (facts->quote, UPKEEP_BLOCKED_NO_SUBSCRIPTION))
    return g_strdup (_ ("Nothing to Cancel"));

  /* Translators: %s is the name of a plan. */
  return g_strdup_printf (_ ("%s Cannot Be Cancelled Yet"), get_plan_name (facts));
}

/**
 * upkeep_cancel_way_out:
 * @facts: what is known
 * @code: why it cannot be cancelled
 *
 * Says what can be done about it, and what happens if nothing is.
 *
 * Returns: (transfer full) (nullable): one or two sentences; `NULL` where the reason says all
 */
char *
upkeep_cancel_way_out (const UpkeepCancelFacts *facts, UpkeepBlockedCode code)
{
  const UpkeepStatement *statement = facts->statement;
  g_autofree char *date = NULL;

  switch ((int) code) {
  case UPKEEP_BLOCKED_PAST_DUE:
    if (!statement->is_past_due)
      return NULL;
    date = upkeep_format_date (upkeep_words_unpaid_end_s (statement, facts->edition),
                               UPKEEP_DATE_LONG);
    /* Translators: the name of a plan, then a date. */
    return g_strdup_printf (_ ("A new payment method is charged at once, and you can cancel right "
                               "after that. If it stays unpaid, %1$s ends by itself on %2$s and "
                               "nothing more is charged for it."),
                            get_plan_name (facts), date);
  case UPKEEP_BLOCKED_ALREADY_CANCELLED:
    return g_strdup (_ ("Until then it can be undone on the Overview page."));
  default:
    return NULL;
  }
}

/**
 * upkeep_cancel_kept:
 * @facts: what is known
 *
 * Names what stays in any case.
 *
 * Returns: (transfer full): a few words
 */
char *
upkeep_cancel_kept (const UpkeepCancelFacts *facts)
{
  gboolean images = has_effect (facts->quote, UPKEEP_EFFECT_IMAGES_KEPT) &&
                    g_str_equal (facts->edition->meter.unit, "gpu_second");
  gboolean rights = has_effect (facts->quote, UPKEEP_EFFECT_COMMERCIAL_RIGHTS_KEPT);

  if (images && rights)
    return g_strdup (_ ("Images, history and commercial rights stay"));
  if (images)
    return g_strdup (_ ("Images and history stay"));
  if (rights)
    return g_strdup (_ ("Your history and commercial rights stay"));
  return g_strdup (_ ("Your history stays"));
}

/**
 * upkeep_cancel_frozen:
 * @facts: what is known
 *
 * Says what becomes of units that were bought or earned.
 *
 * Returns: (transfer full) (nullable): a few words; `NULL` where there are none
 */
char *
upkeep_cancel_frozen (const UpkeepCancelFacts *facts)
{
  if (!has_effect (facts->quote, UPKEEP_EFFECT_PURCHASED_FROZEN))
    return NULL;

  if (g_str_equal (facts->edition->meter.unit, "gpu_second"))
    return g_strdup (_ ("Bought and earned hours are frozen, not lost"));
  return g_strdup (_ ("What was bought or earned is frozen, not lost"));
}

/**
 * upkeep_cancel_dropped:
 * @facts: what is known
 *
 * Says that a change which was scheduled does not take place (RULES 0.11).
 *
 * Returns: (transfer full) (nullable): a few words; `NULL` where nothing was scheduled
 */
char *
upkeep_cancel_dropped (const UpkeepCancelFacts *facts)
{
  if (!has_effect (facts->quote, UPKEEP_EFFECT_SCHEDULED_CHANGE_DROPPED))
    return NULL;
  if (facts->statement->scheduled_plan == NULL)
    return g_strdup (_ ("The scheduled change is dropped"));

  return g_strdup_printf (
      /* Translators: %s is the name of a plan. */
      _ ("The change to %s is dropped"),
      upkeep_words_within (upkeep_words_plan (facts->edition, facts->statement->scheduled_plan)));
}

/* The dearest plan below one's own that is sold for the same term. */
static const UpkeepPlan *
find_alternative (const UpkeepCancelFacts *facts)
{
  const UpkeepPlan *own = upkeep_edition_find_plan (facts->edition, facts->statement->plan);
  const UpkeepPlan *found = NULL;

  for (guint i = 0; own != NULL && i < facts->edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (facts->edition->plans, i);

    if (plan->kind == UPKEEP_PLAN_PAID && plan->offered && plan->tier < own->tier &&
        upkeep_plan_sells (plan, facts->statement->interval) &&
        (found == NULL || plan->tier > found->tier))
      found = plan;
  }
  return found;
}

/**
 * upkeep_cancel_alternative_markup:
 * @facts: what is known
 *
 * Names one other way, in one neutral line (UX 1.5).
 *
 * Returns: (transfer full) (nullable): Pango markup with a link; `NULL` where there is none
 */
char *
upkeep_cancel_alternative_markup (const UpkeepCancelFacts *facts)
{
  const UpkeepPlan *plan = find_alternative (facts);
  g_autofree char *price = NULL;
  g_autofree char *name_markup = NULL;
  g_autofree char *price_markup = NULL;

  if (plan == NULL)
    return NULL;

  price =
      upkeep_words_price (plan->price_minor[facts->statement->interval], facts->edition->currency,
                          facts->statement->interval, facts->practice);
  name_markup = g_markup_escape_text (upkeep_words_within (upkeep_words_text (&plan->name)), -1);
  price_markup = g_markup_escape_text (price, -1);
  /* Translators: a plan and its price; "Plans" is the page of that name. Keep the <a>. */
  return g_strdup_printf (_ ("Another way: switch to %1$s for %2$s on <a href=\"plans\">Plans</a>"),
                          name_markup, price_markup);
}

/* The answer */

/**
 * upkeep_cancel_done_heading:
 * @facts: what is known
 *
 * Returns: (transfer full): what has happened
 */
char *
upkeep_cancel_done_heading (const UpkeepCancelFacts *facts)
{
  /* Translators: %s is the name of a plan. */
  return g_strdup_printf (_ ("%s Is Cancelled"), get_plan_name (facts));
}

/**
 * upkeep_cancel_done_sentence:
 * @facts: what is known
 *
 * Returns: (transfer full): what stays
 */
char *
upkeep_cancel_done_sentence (const UpkeepCancelFacts *facts)
{
  if (g_str_equal (facts->edition->meter.unit, "gpu_second"))
    return g_strdup (_ ("Your images, history and commercial rights stay. You can subscribe again "
                        "at any time."));
  return g_strdup (_ ("Your history stays. You can subscribe again at any time."));
}

/**
 * upkeep_cancel_done_end:
 * @facts: what is known
 * @option: what was chosen
 *
 * Returns: (transfer full): the title of the row that tells when the plan ends
 */
char *
upkeep_cancel_done_end (const UpkeepCancelFacts *facts, const UpkeepOption *option)
{
  return option->timing == UPKEEP_TIMING_IMMEDIATE
             /* Translators: %s is the name of a plan; a date stands below. */
             ? g_strdup_printf (_ ("%s ended"), get_plan_name (facts))
             /* Translators: %s is the name of a plan; a date stands below. */
             : g_strdup_printf (_ ("%s ends"), get_plan_name (facts));
}

/**
 * upkeep_cancel_done_end_detail:
 * @option: what was chosen
 * @receipt: (nullable): what one got for it
 *
 * Returns: (transfer full): when the plan ends, and that nothing more is charged
 */
char *
upkeep_cancel_done_end_detail (const UpkeepOption *option, const UpkeepReceipt *receipt)
{
  gboolean now = option->timing == UPKEEP_TIMING_IMMEDIATE && receipt != NULL;
  g_autofree char *instant = upkeep_words_zoned (now ? receipt->at_s : option->effective_at_s);

  /* Translators: %s is a date with its time. */
  return g_strdup_printf (_ ("%s. No further charge."), instant);
}

/**
 * upkeep_cancel_done_refund:
 * @receipt: what one got for it
 *
 * Returns: (transfer full) (nullable): the sum that comes back; `NULL` for none
 */
char *
upkeep_cancel_done_refund (const UpkeepReceipt *receipt)
{
  gint64 balance_minor = get_balance_minor (&receipt->bill);
  g_autofree char *sum = NULL;

  if (receipt->has_refund && receipt->refund.amount_minor > 0) {
    sum = upkeep_format_money (receipt->refund.amount_minor, receipt->currency);
    /* Translators: %s is a sum. */
    return g_strdup_printf (_ ("Refund of %s"), sum);
  }
  if (balance_minor > 0) {
    sum = upkeep_format_money (balance_minor, receipt->currency);
    /* Translators: %s is a sum. */
    return g_strdup_printf (_ ("%s is back on your balance"), sum);
  }
  return NULL;
}

/**
 * upkeep_cancel_done_refund_detail:
 * @facts: what is known
 * @receipt: what one got for it
 *
 * Returns: (transfer full) (nullable): where the money goes and when it is there; `NULL` where it
 * is there already
 */
char *
upkeep_cancel_done_refund_detail (const UpkeepCancelFacts *facts, const UpkeepReceipt *receipt)
{
  gint64 balance_minor = get_balance_minor (&receipt->bill);
  g_autofree char *card = NULL;
  g_autofree char *day = NULL;
  char *words;

  if (!receipt->has_refund || receipt->refund.amount_minor == 0)
    return NULL;

  card = upkeep_words_card (facts->statement->brand, facts->statement->last4);
  day = upkeep_words_day (receipt->refund.expected_by_s);
  words = g_strdup_printf (
      /* Translators: a card such as "Visa •••• 4242", a date and a number of days. */
      ngettext ("To %1$s by %2$s (%3$d business day)", "To %1$s by %2$s (%3$d business days)",
                (gulong) MAX (receipt->refund.business_days, 0)),
      card, day, receipt->refund.business_days);
  return join_lines (words, balance_minor > 0 ? format_to_balance (facts, balance_minor) : NULL,
                     NULL);
}

/**
 * upkeep_cancel_done_undo:
 * @option: what was chosen
 *
 * Says how to undo it.
 *
 * Returns: (transfer full) (nullable): one sentence; `NULL` where it cannot be undone
 */
char *
upkeep_cancel_done_undo (const UpkeepOption *option)
{
  g_autofree char *instant = NULL;

  if (option->timing == UPKEEP_TIMING_IMMEDIATE)
    return NULL;

  instant = upkeep_format_date (option->effective_at_s, UPKEEP_DATE_LONG_TIME);
  return g_strdup_printf (
      /* Translators: "Resume Plan" is a button. %s is a date with its time. */
      _ ("Changed your mind? “Resume Plan” on the Overview page undoes this until %s."), instant);
}

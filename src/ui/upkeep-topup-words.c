/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-topup-words.h"

#include "upkeep-format.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>

#define HOUR_S G_GINT64_CONSTANT (3600)

static gboolean
is_in_hours (const UpkeepEdition *edition)
{
  return g_str_equal (edition->meter.unit, "gpu_second");
}

/**
 * upkeep_topup_words_title:
 * @edition: the account's edition
 * @quote: a top-up, blocked or not
 *
 * Names what would be bought.
 *
 * Returns: (transfer full): a few words, such as `800 credits more`
 */
char *
upkeep_topup_words_title (const UpkeepEdition *edition, const UpkeepQuote *quote)
{
  const UpkeepOption *option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  g_autofree char *quantity = NULL;

  if (option == NULL || !option->has_grant)
    return g_strdup (_ ("Extra units"));

  quantity = upkeep_format_quantity (option->grant.quantity, edition->meter.unit);
  return is_in_hours (edition)
             /* Translators: as in "5.0 hours more of Fast GPU time". */
             ? g_strdup_printf (_ ("%1$s more of %2$s"), quantity,
                                upkeep_words_within (upkeep_words_meter (edition)))
             /* Translators: %s is as in "800 credits". */
             : g_strdup_printf (_ ("%s more"), quantity);
}

static char *
format_rate (const UpkeepEdition *edition)
{
  const UpkeepTopupPolicy *topup = &edition->policy.topup;
  g_autofree char *price = upkeep_format_money (topup->lot_price_minor, edition->currency);
  g_autofree char *lot = NULL;

  if (is_in_hours (edition) && topup->lot == HOUR_S)
    /* Translators: a price, as in "$4.00 an hour". */
    return g_strdup_printf (_ ("%s an hour"), price);

  lot = upkeep_format_quantity (topup->lot, edition->meter.unit);
  /* Translators: a price and what one gets for it, as in "$19.00 for 800 credits". */
  return g_strdup_printf (_ ("%1$s for %2$s"), price, lot);
}

/* When bought use is charged: at the threshold or at the month's end (RULES ). */
static char *
format_metered (const UpkeepEdition *edition, const UpkeepStatement *statement)
{
  g_autofree char *rate = format_rate (edition);
  g_autofree char *threshold = upkeep_format_money (statement->threshold_minor, edition->currency);

  return g_strdup_printf (
      /* Translators: a rate as in "$4.00 an hour", then a sum. */
      _ ("Only what is used is charged, at %1$s: whenever it reaches %2$s, and what is left of it "
         "with the next renewal, refill or end of the plan."),
      rate, threshold);
}

static char *
format_expiry (const UpkeepOption *option)
{
  g_autofree char *date = NULL;

  if (option->grant.expires_at_s == UPKEEP_INSTANT_NONE)
    return g_strdup (_ ("They never expire."));

  date = upkeep_format_date (option->grant.expires_at_s, UPKEEP_DATE_LONG);
  /* Translators: hours or credits. %s is a date. */
  return g_strdup_printf (_ ("They expire on %s."), date);
}

/**
 * upkeep_topup_words_terms:
 * @edition: the account's edition
 * @statement: the account
 * @option: the top-up's one option
 *
 * Says what the sum does not: what is charged later, which units go first, how long they last
 * (RULES 0.7, 0.8, A-51, A-53, A-54).
 *
 * Returns: (transfer full): some sentences, one a line
 */
char *
upkeep_topup_words_terms (const UpkeepEdition *edition,
                          const UpkeepStatement *statement,
                          const UpkeepOption *option)
{
  const UpkeepTopupPolicy *topup = &edition->policy.topup;
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  if (topup->kind == UPKEEP_TOPUP_METERED)
    g_ptr_array_add (sentences, format_metered (edition, statement));
  if (topup->experimental)
    g_ptr_array_add (sentences, g_strdup (_ ("The price is experimental and may change.")));
  g_ptr_array_add (sentences, g_strdup (_ ("They are used after all others.")));
  g_ptr_array_add (sentences, format_expiry (option));
  if (edition->policy.grants[UPKEEP_GRANT_PURCHASED].needs_subscription)
    g_ptr_array_add (sentences, g_strdup (_ ("Without an active plan they are frozen.")));
  g_ptr_array_add (sentences, NULL);

  return g_strjoinv ("\n", (char **) sentences->pdata);
}

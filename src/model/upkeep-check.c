/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-check.h"

/* Whether the terms are those of the catalogue that is at hand. */
static gboolean
is_of_edition (const UpkeepTerms *terms, const UpkeepEdition *edition)
{
  char name[sizeof terms->edition];

  g_snprintf (name, sizeof name, "%s/%s", edition->service, edition->id);
  return g_str_equal (terms->edition, name);
}

static gboolean
is_from_statement (const UpkeepQuote *quote, const UpkeepStatement *statement)
{
  return quote->from_plan != NULL && g_strcmp0 (quote->from_plan, statement->plan) == 0 &&
         quote->from_interval == statement->interval;
}

/* What the client knows by itself takes the place of what it was told: the list price, how a credit
 * is rounded, and what the term that is left did cost. A refund is rounded half up everywhere
 * (RULES 0.18). */
static UpkeepTerms
correct_terms (const UpkeepQuote *quote,
               const UpkeepOption *option,
               const UpkeepEdition *edition,
               const UpkeepStatement *statement)
{
  UpkeepTerms terms = option->terms;
  const UpkeepPlan *to =
      quote->to_plan != NULL ? upkeep_edition_find_plan (edition, quote->to_plan) : NULL;

  if (is_of_edition (&terms, edition)) {
    if (terms.credit != UPKEEP_CREDIT_NONE)
      terms.rounding = edition->policy.proration_rounding;
    if (terms.buys_term && to != NULL && upkeep_plan_sells (to, quote->to_interval))
      terms.new_price_minor = to->price_minor[quote->to_interval];
  }
  if (terms.credit != UPKEEP_CREDIT_NONE && is_from_statement (quote, statement))
    terms.old_price_minor = statement->price_minor;

  return terms;
}

/**
 * upkeep_check_option:
 * @quote: the quote
 * @option: one of its options
 * @edition: the catalogue at hand
 * @statement: the account as it is known
 *
 * Works the lines of an option out again, from the plan's rules and from what the service says was
 * used.
 *
 * Prices and rounding are taken from the catalogue and the account, so that a quote that
 * contradicts either is found out.
 *
 * Returns: what came of it
 */
UpkeepCheck
upkeep_check_option (const UpkeepQuote *quote,
                     const UpkeepOption *option,
                     const UpkeepEdition *edition,
                     const UpkeepStatement *statement)
{
  UpkeepCheck check = {.result = UPKEEP_CHECK_IMPOSSIBLE};
  UpkeepTerms terms;

  g_return_val_if_fail (quote != NULL, check);
  g_return_val_if_fail (option != NULL, check);
  g_return_val_if_fail (edition != NULL, check);
  g_return_val_if_fail (statement != NULL, check);

  terms = correct_terms (quote, option, edition, statement);
  if (!upkeep_terms_compute (&terms, &check.bill, NULL))
    return check;

  if (check.bill.total_minor != option->bill.total_minor)
    check.result = UPKEEP_CHECK_OTHER_TOTAL;
  else if (!upkeep_bill_equal (&check.bill, &option->bill))
    check.result = UPKEEP_CHECK_OTHER_LINES;
  else
    check.result = UPKEEP_CHECK_AGREES;
  return check;
}

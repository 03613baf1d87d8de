/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-check.h"

G_BEGIN_DECLS

/* What the change of plan says: the lines of a sum and where they come from, why not, and what has
 * come of it. Each function takes plain values and needs no window. */

/**
 * UpkeepQuoteFacts:
 * @quote: a quote to subscribe or to switch
 * @statement: the account it is about
 * @edition: the catalogue
 * @practice: whether sums are not real money
 *
 * What the steps of a change of plan are made from.
 */
typedef struct {
  const UpkeepQuote *quote;
  const UpkeepStatement *statement;
  const UpkeepEdition *edition;
  gboolean practice;
} UpkeepQuoteFacts;

/* What more than one file of words says */
const char *upkeep_quote_words_to (const UpkeepQuoteFacts *facts);
const char *upkeep_quote_words_from (const UpkeepQuoteFacts *facts);
gboolean upkeep_quote_words_is_in_hours (const UpkeepQuoteFacts *facts);

/* Choosing when */
char *upkeep_quote_words_timing (const UpkeepOption *option);
char *upkeep_quote_words_timing_detail (const UpkeepQuoteFacts *facts, const UpkeepOption *option);

/* The review */
char *upkeep_quote_words_heading (const UpkeepQuoteFacts *facts, const UpkeepOption *option);
char *upkeep_quote_words_summary (const UpkeepQuoteFacts *facts);
char *upkeep_quote_words_line (const UpkeepQuoteFacts *facts, const UpkeepLine *line);
char *upkeep_quote_words_line_basis (const UpkeepQuoteFacts *facts,
                                     const UpkeepOption *option,
                                     const UpkeepLine *line);
char *upkeep_quote_words_check (const UpkeepQuoteFacts *facts,
                                const UpkeepOption *option,
                                const UpkeepCheck *check);
char *upkeep_quote_words_confirm (const UpkeepQuoteFacts *facts, const UpkeepOption *option);
char *upkeep_quote_words_holds (const UpkeepQuoteFacts *facts, const UpkeepOption *option);
char *upkeep_quote_words_was (const UpkeepQuoteFacts *facts, gint64 was_minor, gint64 is_minor);

/* Why not */
char *upkeep_quote_words_way_out (const UpkeepQuoteFacts *facts, const UpkeepBlocked *blocked);
char *upkeep_quote_words_company (const UpkeepEdition *edition);
gboolean upkeep_quote_words_asks_company (const UpkeepEdition *edition, const char *plan_id);

/* Done */
char *upkeep_quote_words_done_heading (const UpkeepQuoteFacts *facts, const UpkeepOption *option);
char *upkeep_quote_words_done_sentence (const UpkeepQuoteFacts *facts, const UpkeepOption *option);
char *upkeep_quote_words_next_charge (const UpkeepOption *option);

G_END_DECLS

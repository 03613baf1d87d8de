/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote.h"
#include "upkeep-statement.h"

G_BEGIN_DECLS

/* Phrases that several pages share: a plan's name, a price with its interval, why something cannot
 * be done. Each function takes plain values and needs no window. */

/* What a catalogue says */
const char *upkeep_words_text (const UpkeepText *text);
const char *upkeep_words_plan (const UpkeepEdition *edition, const char *plan_id);
const char *upkeep_words_within (const char *name);
const char *upkeep_words_meter (const UpkeepEdition *edition);
const char *upkeep_words_mode (const UpkeepEdition *edition, const char *mode_id);
const char *upkeep_words_unmetered_mode (const UpkeepEdition *edition, const char *plan_id);

/* Sums, cards, instants */
char *upkeep_words_sum (gint64 amount_minor, const char *currency, gboolean practice);
char *upkeep_words_price (gint64 amount_minor,
                          const char *currency,
                          UpkeepInterval interval,
                          gboolean practice);
char *upkeep_words_plan_billed (const char *plan, UpkeepInterval interval);
char *upkeep_words_card (const char *brand, const char *last4);
char *upkeep_words_zoned (gint64 instant_s);
char *upkeep_words_day (gint64 midnight_s);

/* Refunds */
gboolean upkeep_words_refund_is_full (const UpkeepOption *option, gint64 price_minor);
const UpkeepClauseReport *upkeep_words_nearest_clause (const UpkeepRefundReport *report);
char *upkeep_words_clause (const UpkeepEdition *edition,
                           const char *plan_id,
                           const UpkeepClauseReport *clause);
char *upkeep_words_clause_name (const UpkeepEdition *edition, const UpkeepClauseReport *clause);
char *upkeep_words_clause_figures (const UpkeepEdition *edition,
                                   const char *plan_id,
                                   const UpkeepClauseReport *clause);
char *upkeep_words_clause_measure (const UpkeepEdition *edition,
                                   const char *plan_id,
                                   const UpkeepClauseReport *clause);
char *upkeep_words_clause_rule (const UpkeepEdition *edition,
                                const char *plan_id,
                                const UpkeepClauseReport *clause);
const char *upkeep_words_refund_basis (UpkeepRefundBasis basis);
char *upkeep_words_refund_bound (const UpkeepRefundReport *report);

/* Why not */
gint64 upkeep_words_unpaid_end_s (const UpkeepStatement *statement, const UpkeepEdition *edition);
char *upkeep_words_blocked_in (const UpkeepEdition *edition,
                               const UpkeepBlocked *blocked,
                               const UpkeepStatement *statement,
                               gboolean practice);
char *upkeep_words_blocked (const UpkeepBlocked *blocked,
                            const UpkeepStatement *statement,
                            gboolean practice);

G_END_DECLS

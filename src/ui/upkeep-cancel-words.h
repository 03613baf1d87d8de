/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-receipt.h"
#include "upkeep-words.h"

G_BEGIN_DECLS

/**
 * UpkeepCancelFacts:
 * @statement: the account as it was when the question was asked
 * @edition: the catalogue its plan is from
 * @quote: what leaving would give
 * @practice: whether sums are not real money
 *
 * What the cancel dialog is made from.
 */
typedef struct {
  const UpkeepStatement *statement;
  const UpkeepEdition *edition;
  const UpkeepQuote *quote;
  gboolean practice;
} UpkeepCancelFacts;

/* The question */
char *upkeep_cancel_heading (const UpkeepCancelFacts *facts);
char *upkeep_cancel_sentence (const UpkeepCancelFacts *facts);
char *upkeep_cancel_choice (const UpkeepCancelFacts *facts, const UpkeepOption *option);
char *upkeep_cancel_choice_detail (const UpkeepCancelFacts *facts, const UpkeepOption *option);
char *upkeep_cancel_blocked_heading (const UpkeepCancelFacts *facts);
char *upkeep_cancel_way_out (const UpkeepCancelFacts *facts, UpkeepBlockedCode code);
char *upkeep_cancel_kept (const UpkeepCancelFacts *facts);
char *upkeep_cancel_frozen (const UpkeepCancelFacts *facts);
char *upkeep_cancel_dropped (const UpkeepCancelFacts *facts);
char *upkeep_cancel_alternative_markup (const UpkeepCancelFacts *facts);

/* The answer */
char *upkeep_cancel_done_heading (const UpkeepCancelFacts *facts);
char *upkeep_cancel_done_sentence (const UpkeepCancelFacts *facts);
char *upkeep_cancel_done_end (const UpkeepCancelFacts *facts, const UpkeepOption *option);
char *upkeep_cancel_done_end_detail (const UpkeepOption *option, const UpkeepReceipt *receipt);
char *upkeep_cancel_done_refund (const UpkeepReceipt *receipt);
char *upkeep_cancel_done_refund_detail (const UpkeepCancelFacts *facts,
                                        const UpkeepReceipt *receipt);
char *upkeep_cancel_done_undo (const UpkeepOption *option);

G_END_DECLS

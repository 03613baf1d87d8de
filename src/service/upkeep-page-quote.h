/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-page.h"
#include "upkeep-quote.h"
#include "upkeep-receipt.h"

G_BEGIN_DECLS

/**
 * UpkeepPageQuote:
 * @page: (unowned): where it is written
 * @edition: (unowned): the account's
 * @statement: (unowned): the account as it is now
 * @quote: (unowned): what would be charged, given and changed
 * @promised: (unowned) (nullable): what was told before, when @quote takes its place
 *
 * A quote as a page tells it. Every figure is the quote's.
 */
typedef struct {
  UpkeepPage *page;
  const UpkeepEdition *edition;
  const UpkeepStatement *statement;
  const UpkeepQuote *quote;
  const UpkeepQuote *promised;
} UpkeepPageQuote;

char *upkeep_page_format_card (const UpkeepVoice *voice, const UpkeepStatement *statement)
    G_GNUC_WARN_UNUSED_RESULT;
const char *upkeep_page_say_decline (const UpkeepVoice *voice, const char *decline_code);
char *upkeep_page_quote_heading (const UpkeepVoice *voice,
                                 const UpkeepEdition *edition,
                                 const UpkeepQuote *quote) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_page_quote_write (const UpkeepPageQuote *self);
void upkeep_page_quote_write_receipt (const UpkeepPageQuote *self, const UpkeepReceipt *receipt);

G_END_DECLS

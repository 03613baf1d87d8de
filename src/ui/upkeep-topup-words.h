/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote.h"
#include "upkeep-statement.h"

G_BEGIN_DECLS

/* What it means to have more units than the plan gives. */

char *upkeep_topup_words_title (const UpkeepEdition *edition, const UpkeepQuote *quote);
char *upkeep_topup_words_terms (const UpkeepEdition *edition,
                                const UpkeepStatement *statement,
                                const UpkeepOption *option);

G_END_DECLS

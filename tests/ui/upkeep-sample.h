/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote.h"
#include "upkeep-statement.h"

G_BEGIN_DECLS

/* Accounts and quotes as a service would show them, for what the window makes of them. */

gint64 upkeep_sample_instant (const char *text);
UpkeepEdition *upkeep_sample_edition (const char *file_name);

UpkeepStatement *upkeep_sample_statement (void);
UpkeepStatement *upkeep_sample_statement_past_due (void);
UpkeepStatement *upkeep_sample_statement_none (void);
UpkeepStatement *upkeep_sample_statement_credits (void);

UpkeepQuote *upkeep_sample_cancel_quote (gint64 measured);
UpkeepQuote *upkeep_sample_blocked_quote (UpkeepBlockedCode code);

G_END_DECLS

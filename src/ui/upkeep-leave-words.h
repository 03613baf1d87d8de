/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-cancel-words.h"
#include "upkeep-leave-reason.h"

G_BEGIN_DECLS

/* Words around leaving: who helps, what people judge, an invoice's number, and why. */

gboolean upkeep_leave_needs_help (const UpkeepQuote *quote);
gboolean upkeep_leave_needs_invoice (const UpkeepQuote *quote);
char *upkeep_leave_review (const UpkeepCancelFacts *facts);
char *upkeep_leave_review_detail (const UpkeepCancelFacts *facts);
const UpkeepSupportChannel *upkeep_leave_review_channel (const UpkeepCancelFacts *facts);
char *upkeep_leave_support_detail (const UpkeepSupportChannel *channel);
char *upkeep_leave_issue (const UpkeepCancelFacts *facts, const UpkeepOption *option);
const char *upkeep_leave_reason_title (UpkeepLeaveReason reason);

G_END_DECLS

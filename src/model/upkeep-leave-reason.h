/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-account.h"

G_BEGIN_DECLS

/* Characters of what one adds in words of one's own. */
#define UPKEEP_LEAVE_TEXT_MAX_CHARS 2000

/* Why one left (RULES B-02). */
typedef enum {
  UPKEEP_LEAVE_BUDGET,
  UPKEEP_LEAVE_PRIORITIES,
  UPKEEP_LEAVE_ALTERNATIVES,
  UPKEEP_LEAVE_OTHER,
} UpkeepLeaveReason;
#define UPKEEP_N_LEAVE_REASONS 4

const char *upkeep_leave_reason_to_string (UpkeepLeaveReason reason);
gboolean upkeep_leave_reason_is_asked (const UpkeepAccount *account);

G_END_DECLS

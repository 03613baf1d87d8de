/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-leave-reason.h"

const char *
upkeep_leave_reason_to_string (UpkeepLeaveReason reason)
{
  static const char *const names[] = {"budget", "priorities", "alternatives", "other"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_LEAVE_REASONS);

  return names[reason];
}

/**
 * upkeep_leave_reason_is_asked:
 * @account: an account
 *
 * Tells whether somebody may say why they left: only once they have, so that it never stands before
 * cancelling (RULES B-02).
 *
 * Returns: whether a cancellation stands, or the subscription has ended
 */
gboolean
upkeep_leave_reason_is_asked (const UpkeepAccount *account)
{
  g_return_val_if_fail (account != NULL, FALSE);

  return account->scheduled == UPKEEP_SCHEDULED_CANCEL || account->state == UPKEEP_STATE_ENDED;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-direction.h"

/**
 * upkeep_direction_judge:
 * @from: the plan one has
 * @from_interval: the interval it is paid by
 * @to: the plan one would have
 * @to_interval: the interval that would be paid by
 *
 * Says whether a change is up or down: the tier decides, and at the same tier the longer interval
 * is up (RULES 0.5, 0.19). Prices are never compared. To stay as one is counts as down, which
 * charges nothing.
 *
 * Returns: `UPKEEP_DIRECTION_UPGRADE` or `UPKEEP_DIRECTION_DOWNGRADE`
 */
UpkeepDirection
upkeep_direction_judge (const UpkeepPlan *from,
                        UpkeepInterval from_interval,
                        const UpkeepPlan *to,
                        UpkeepInterval to_interval)
{
  g_return_val_if_fail (from != NULL, UPKEEP_DIRECTION_NONE);
  g_return_val_if_fail (to != NULL, UPKEEP_DIRECTION_NONE);

  if (to->tier != from->tier)
    return to->tier > from->tier ? UPKEEP_DIRECTION_UPGRADE : UPKEEP_DIRECTION_DOWNGRADE;

  return upkeep_interval_months (to_interval) > upkeep_interval_months (from_interval)
             ? UPKEEP_DIRECTION_UPGRADE
             : UPKEEP_DIRECTION_DOWNGRADE;
}

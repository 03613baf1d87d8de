/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-saving.h"

#define MONTHS 12

static gboolean
sells_both (const UpkeepPlan *plan)
{
  return upkeep_plan_sells (plan, UPKEEP_INTERVAL_MONTH) &&
         upkeep_plan_sells (plan, UPKEEP_INTERVAL_YEAR) &&
         plan->price_minor[UPKEEP_INTERVAL_MONTH] > 0;
}

/**
 * upkeep_saving_get_minor:
 * @plan: a plan
 *
 * Says how much less a year costs than twelve months of the same plan.
 *
 * Returns: minor units; 0 where it costs no less, or one of the two is not sold
 */
gint64
upkeep_saving_get_minor (const UpkeepPlan *plan)
{
  g_return_val_if_fail (plan != NULL, 0);

  if (!sells_both (plan))
    return 0;

  return MAX (MONTHS * plan->price_minor[UPKEEP_INTERVAL_MONTH] -
                  plan->price_minor[UPKEEP_INTERVAL_YEAR],
              0);
}

/**
 * upkeep_saving_get_percent:
 * @plan: a plan
 *
 * Says how much less a year costs than twelve months of the same plan, as a share of the latter.
 *
 * Returns: whole percent, rounded half up; 0 where it costs no less
 */
int
upkeep_saving_get_percent (const UpkeepPlan *plan)
{
  gint64 saved_minor;
  gint64 percent = 0;

  g_return_val_if_fail (plan != NULL, 0);

  saved_minor = upkeep_saving_get_minor (plan);
  if (saved_minor == 0 ||
      !upkeep_scale (saved_minor, 100, MONTHS * plan->price_minor[UPKEEP_INTERVAL_MONTH],
                     UPKEEP_ROUNDING_HALF_UP, &percent, NULL))
    return 0;

  return (int) percent;
}

/**
 * upkeep_saving_of_edition:
 * @edition: a catalogue
 *
 * Says what paying by the year saves, over all plans that are on offer by the month and by the
 * year.
 *
 * Returns: the largest saving, and whether it is that of every plan
 */
UpkeepSaving
upkeep_saving_of_edition (const UpkeepEdition *edition)
{
  UpkeepSaving saving = {.percent = 0};
  gboolean is_first = TRUE;

  g_return_val_if_fail (edition != NULL, saving);

  for (guint i = 0; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);
    int percent;

    if (!plan->offered || !sells_both (plan))
      continue;

    percent = upkeep_saving_get_percent (plan);
    saving.varies |= !is_first && percent != saving.percent;
    saving.percent = MAX (saving.percent, percent);
    is_first = FALSE;
  }
  return saving;
}

/**
 * upkeep_saving_month_share_minor:
 * @year_price_minor: the price of a year, at least 0
 *
 * Says what a year's price comes to in a month.
 *
 * Returns: minor units, rounded half up
 */
gint64
upkeep_saving_month_share_minor (gint64 year_price_minor)
{
  gint64 share_minor = 0;

  g_return_val_if_fail (year_price_minor >= 0 && year_price_minor <= UPKEEP_AMOUNT_MAX, 0);

  if (!upkeep_scale (year_price_minor, 1, MONTHS, UPKEEP_ROUNDING_HALF_UP, &share_minor, NULL))
    return 0;

  return share_minor;
}

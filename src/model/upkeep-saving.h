/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"

G_BEGIN_DECLS

/**
 * UpkeepSaving:
 * @percent: the most that a year costs less than twelve months, in whole percent; 0 where it never
 * does
 * @varies: whether plans differ in it
 *
 * What paying by the year saves over all plans of an edition.
 */
typedef struct {
  int percent;
  gboolean varies;
} UpkeepSaving;

int upkeep_saving_get_percent (const UpkeepPlan *plan);
gint64 upkeep_saving_get_minor (const UpkeepPlan *plan);
UpkeepSaving upkeep_saving_of_edition (const UpkeepEdition *edition);
gint64 upkeep_saving_month_share_minor (gint64 year_price_minor);

G_END_DECLS

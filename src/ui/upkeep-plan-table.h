/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "upkeep-plan-words.h"

G_BEGIN_DECLS

#define UPKEEP_TYPE_PLAN_TABLE (upkeep_plan_table_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepPlanTable, upkeep_plan_table, UPKEEP, PLAN_TABLE, AdwBin)

GtkWidget *upkeep_plan_table_new (void);

void upkeep_plan_table_show (UpkeepPlanTable *self,
                             const UpkeepPlanFacts *facts,
                             gboolean only_differences);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "upkeep-plan-words.h"

G_BEGIN_DECLS

#define UPKEEP_TYPE_PLAN_CARD (upkeep_plan_card_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepPlanCard, upkeep_plan_card, UPKEEP, PLAN_CARD, AdwBin)

GtkWidget *upkeep_plan_card_new (const UpkeepPlanFacts *facts,
                                 const UpkeepPlan *plan,
                                 gboolean only_differences);

G_END_DECLS

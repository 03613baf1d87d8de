/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "upkeep-plan-words.h"

G_BEGIN_DECLS

#define UPKEEP_TYPE_PLAN_BUTTON (upkeep_plan_button_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepPlanButton, upkeep_plan_button, UPKEEP, PLAN_BUTTON, AdwBin)

GtkWidget *upkeep_plan_button_new (const UpkeepPlanFacts *facts, const UpkeepPlan *plan);

const char *upkeep_plan_button_get_plan (UpkeepPlanButton *self);
const char *upkeep_plan_button_find_focus (GtkWidget *container);
gboolean upkeep_plan_button_focus (GtkWidget *container, const char *plan_id);

G_END_DECLS

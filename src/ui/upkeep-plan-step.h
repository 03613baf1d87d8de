/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote.h"
#include "upkeep-statement.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_PLAN_STEP (upkeep_plan_step_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepPlanStep, upkeep_plan_step, UPKEEP, PLAN_STEP, AdwBin)

GtkWidget *upkeep_plan_step_new (void);

void upkeep_plan_step_show (UpkeepPlanStep *self,
                            UpkeepStatement *statement,
                            UpkeepEdition *edition,
                            gboolean practice,
                            const char *plan_id,
                            UpkeepInterval interval);
const char *upkeep_plan_step_get_plan_id (UpkeepPlanStep *self);
void upkeep_plan_step_fill_request (UpkeepPlanStep *self, UpkeepQuoteRequest *request);

G_END_DECLS

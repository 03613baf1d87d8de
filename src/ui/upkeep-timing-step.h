/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote-words.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_TIMING_STEP (upkeep_timing_step_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepTimingStep, upkeep_timing_step, UPKEEP, TIMING_STEP, AdwBin)

GtkWidget *upkeep_timing_step_new (void);

void upkeep_timing_step_show (UpkeepTimingStep *self,
                              const UpkeepQuoteFacts *facts,
                              UpkeepTiming timing);
UpkeepTiming upkeep_timing_step_get_timing (UpkeepTimingStep *self);

G_END_DECLS

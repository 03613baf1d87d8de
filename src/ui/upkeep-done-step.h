/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote-words.h"
#include "upkeep-receipt.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_DONE_STEP (upkeep_done_step_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepDoneStep, upkeep_done_step, UPKEEP, DONE_STEP, AdwBin)

GtkWidget *upkeep_done_step_new (void);

void upkeep_done_step_show (UpkeepDoneStep *self,
                            const UpkeepQuoteFacts *facts,
                            const UpkeepOption *option,
                            const UpkeepReceipt *receipt);

G_END_DECLS

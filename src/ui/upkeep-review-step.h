/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote-words.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_REVIEW_STEP (upkeep_review_step_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepReviewStep, upkeep_review_step, UPKEEP, REVIEW_STEP, AdwBin)

GtkWidget *upkeep_review_step_new (void);

void upkeep_review_step_show (UpkeepReviewStep *self,
                              const UpkeepQuoteFacts *facts,
                              const UpkeepOption *option,
                              const gint64 *was_minor);
gboolean upkeep_review_step_get_agrees (UpkeepReviewStep *self);
void upkeep_review_step_set_method_end (UpkeepReviewStep *self, GtkWidget *end);

G_END_DECLS

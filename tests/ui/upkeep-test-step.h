/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote-words.h"
#include "upkeep-test-life.h"

#include <gtk/gtk.h>

/**
 * UpkeepTestStep:
 *
 * One step of the wizard, shown by itself to somebody whose half of the time is used after sixteen
 * days.
 */
typedef struct {
  UpkeepTestLife *life;
  UpkeepStatement *statement;
  GtkWidget *step;
} UpkeepTestStep;

void upkeep_test_step_set_up (UpkeepTestStep *self, const char *plan, GtkWidget *step);
void upkeep_test_step_tear_down (UpkeepTestStep *self, gconstpointer user_data);

gboolean upkeep_test_step_shows (UpkeepTestStep *self, const char *text);
GtkCheckButton *upkeep_test_step_find_choice (UpkeepTestStep *self, const char *label);
UpkeepQuote *upkeep_test_step_quote (UpkeepTestStep *self, const char *plan);
UpkeepQuoteFacts upkeep_test_step_get_facts (UpkeepTestStep *self, const UpkeepQuote *quote);

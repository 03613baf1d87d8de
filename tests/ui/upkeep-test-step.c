/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-test-step.h"

#include "upkeep-find.h"

void
upkeep_test_step_set_up (UpkeepTestStep *self, const char *plan, GtkWidget *step)
{
  self->life = upkeep_test_life_new_subscribed ("midjourney-2023-03.json", plan,
                                                UPKEEP_INTERVAL_MONTH, "2026-04-24T00:00:00Z");
  upkeep_test_life_use (self->life, 6000, 0, 0);
  upkeep_test_life_advance (self->life, "2026-05-10T14:05:00Z");
  self->statement = upkeep_test_life_state (self->life);
  self->step = g_object_ref_sink (step);
}

void
upkeep_test_step_tear_down (UpkeepTestStep *self, gconstpointer user_data)
{
  g_assert_finalize_object (self->step);
  upkeep_statement_unref (self->statement);
  upkeep_test_life_free (self->life);
}

gboolean
upkeep_test_step_shows (UpkeepTestStep *self, const char *text)
{
  return upkeep_find_is_shown (self->step, upkeep_find_label (self->step, text));
}

GtkCheckButton *
upkeep_test_step_find_choice (UpkeepTestStep *self, const char *label)
{
  GtkWidget *found = upkeep_find_label (self->step, label);

  g_assert_nonnull (found);
  return GTK_CHECK_BUTTON (gtk_widget_get_ancestor (found, GTK_TYPE_CHECK_BUTTON));
}

UpkeepQuote *
upkeep_test_step_quote (UpkeepTestStep *self, const char *plan)
{
  return upkeep_test_life_quote (self->life, UPKEEP_QUOTE_SWITCH, plan, UPKEEP_INTERVAL_MONTH);
}

UpkeepQuoteFacts
upkeep_test_step_get_facts (UpkeepTestStep *self, const UpkeepQuote *quote)
{
  return (UpkeepQuoteFacts){quote, self->statement, self->life->edition, TRUE};
}

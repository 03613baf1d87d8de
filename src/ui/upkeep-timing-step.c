/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-timing-step.h"

#include "upkeep-choice.h"
#include "upkeep-fill.h"

/**
 * UpkeepTimingStep:
 *
 * The step of a change of plan that asks when: now, or when what was paid for ends.
 */
struct _UpkeepTimingStep {
  AdwBin parent_instance;

  UpkeepTiming timing; /* what is chosen */

  /* Template */
  GtkLabel *summary;
  GtkBox *choices;
};

G_DEFINE_FINAL_TYPE (UpkeepTimingStep, upkeep_timing_step, ADW_TYPE_BIN)

static void
toggled_cb (UpkeepTimingStep *self, GtkCheckButton *radio)
{
  if (gtk_check_button_get_active (radio))
    self->timing = (UpkeepTiming) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (radio), "timing"));
}

static void
append_option (UpkeepTimingStep *self, const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  g_autofree char *title = upkeep_quote_words_timing (option);
  g_autofree char *detail = upkeep_quote_words_timing_detail (facts, option);
  GtkCheckButton *radio = upkeep_choice_append (self->choices, title, detail, NULL);

  g_object_set_data (G_OBJECT (radio), "timing", GINT_TO_POINTER (option->timing));
  if (option->timing == self->timing)
    gtk_check_button_set_active (radio, TRUE);
  g_signal_connect_object (radio, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

/* GObject */

static void
upkeep_timing_step_class_init (UpkeepTimingStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (UPKEEP_TYPE_HEADING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-timing-step.ui");
  gtk_widget_class_bind_template_child (widget_class, UpkeepTimingStep, summary);
  gtk_widget_class_bind_template_child (widget_class, UpkeepTimingStep, choices);
}

static void
upkeep_timing_step_init (UpkeepTimingStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public */

/**
 * upkeep_timing_step_new:
 *
 * Makes the step without choices.
 *
 * Returns: (transfer floating): the step
 */
GtkWidget *
upkeep_timing_step_new (void)
{
  return g_object_new (UPKEEP_TYPE_TIMING_STEP, NULL);
}

/**
 * upkeep_timing_step_show:
 * @self: a step
 * @facts: the quote and what it is about
 * @timing: what is chosen at first
 *
 * Shows each time at which the quote lets the change take effect.
 */
void
upkeep_timing_step_show (UpkeepTimingStep *self, const UpkeepQuoteFacts *facts, UpkeepTiming timing)
{
  g_return_if_fail (UPKEEP_IS_TIMING_STEP (self));
  g_return_if_fail (facts != NULL);

  self->timing = timing;
  upkeep_fill_label (self->summary, upkeep_quote_words_summary (facts));
  upkeep_fill_clear_box (self->choices);
  for (guint i = 0; i < facts->quote->options->len; i++)
    append_option (self, facts, &g_array_index (facts->quote->options, UpkeepOption, i));
}

/**
 * upkeep_timing_step_get_timing:
 * @self: a step
 *
 * Gets what is chosen.
 *
 * Returns: when the change is to take effect
 */
UpkeepTiming
upkeep_timing_step_get_timing (UpkeepTimingStep *self)
{
  g_return_val_if_fail (UPKEEP_IS_TIMING_STEP (self), UPKEEP_TIMING_IMMEDIATE);

  return self->timing;
}

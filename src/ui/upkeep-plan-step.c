/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-plan-step.h"

#include "upkeep-amount.h"
#include "upkeep-choice.h"
#include "upkeep-fill.h"
#include "upkeep-plan-words.h"
#include "upkeep-quote-words.h"
#include "upkeep-words.h"

/* What a company of the size that is asked about makes at least, above the limit. */
#define COMPANY_EXCESS_USD 1

/**
 * UpkeepPlanStep:
 *
 * The step of a change of plan that asks which plan and for how long, and where the plan may be too
 * small for a company, how large that is.
 */
struct _UpkeepPlanStep {
  AdwBin parent_instance;

  UpkeepEdition *edition; /* (owned) (nullable) */
  char *plan_id;          /* (owned) (nullable): what is chosen */
  UpkeepInterval interval;

  /* Template */
  GtkBox *choices;
  GtkWidget *company;
  GtkCheckButton *company_check;
  GtkLabel *company_label;
};

enum {
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UpkeepPlanStep, upkeep_plan_step, ADW_TYPE_BIN)

static gboolean
asks_company (UpkeepPlanStep *self)
{
  return upkeep_quote_words_asks_company (self->edition, self->plan_id);
}

static void
set_chosen (UpkeepPlanStep *self, const char *plan_id, UpkeepInterval interval)
{
  g_free (self->plan_id);
  self->plan_id = g_strdup (plan_id);
  self->interval = interval;
  gtk_widget_set_visible (self->company, asks_company (self));
}

static void
toggled_cb (UpkeepPlanStep *self, GtkCheckButton *radio)
{
  if (!gtk_check_button_get_active (radio))
    return;

  set_chosen (self, g_object_get_data (G_OBJECT (radio), "plan"),
              (UpkeepInterval) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (radio), "interval")));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

/* Adds a plan for the term of the facts, unless it cannot be changed to. */
static void
append_plan (UpkeepPlanStep *self, const UpkeepPlanFacts *facts, const UpkeepPlan *plan)
{
  g_autofree char *title =
      upkeep_words_plan_billed (upkeep_words_text (&plan->name), facts->interval);
  g_auto (UpkeepPlanSum) sum = {.is_sold = FALSE};
  g_auto (UpkeepPlanOffer) offer = {.act = UPKEEP_PLAN_ACT_NONE};
  GtkCheckButton *radio;

  upkeep_plan_words_make_offer (facts, plan, &offer);
  upkeep_plan_words_make_sum (facts, plan, &sum);
  if (offer.act != UPKEEP_PLAN_ACT_CHOOSE || !sum.is_sold)
    return;

  radio = upkeep_choice_append (self->choices, title, offer.enabled ? sum.detail : offer.note,
                                upkeep_amount_new (sum.amount, facts->practice));
  g_object_set_data_full (G_OBJECT (radio), "plan", g_strdup (plan->id), g_free);
  g_object_set_data (G_OBJECT (radio), "interval", GINT_TO_POINTER (facts->interval));
  gtk_widget_set_sensitive (GTK_WIDGET (radio), offer.enabled);
  if (g_strcmp0 (plan->id, self->plan_id) == 0 && facts->interval == self->interval)
    gtk_check_button_set_active (radio, TRUE);
  g_signal_connect_object (radio, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

static void
show_plans (UpkeepPlanStep *self, UpkeepStatement *statement, gboolean practice)
{
  UpkeepPlanFacts monthly = {statement, self->edition, UPKEEP_INTERVAL_MONTH, practice, TRUE};
  UpkeepPlanFacts yearly = {statement, self->edition, UPKEEP_INTERVAL_YEAR, practice, TRUE};

  upkeep_fill_clear_box (self->choices);
  for (guint i = 0; i < self->edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (self->edition->plans, i);

    append_plan (self, &monthly, plan);
    append_plan (self, &yearly, plan);
  }
}

static void
show_question (UpkeepPlanStep *self)
{
  g_autofree char *question = upkeep_quote_words_company (self->edition);

  gtk_label_set_text (self->company_label, question);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->company_check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, question, -1);
}

/* GObject */

static void
upkeep_plan_step_dispose (GObject *object)
{
  UpkeepPlanStep *self = UPKEEP_PLAN_STEP (object);

  g_clear_pointer (&self->edition, upkeep_edition_unref);

  G_OBJECT_CLASS (upkeep_plan_step_parent_class)->dispose (object);
}

static void
upkeep_plan_step_finalize (GObject *object)
{
  UpkeepPlanStep *self = UPKEEP_PLAN_STEP (object);

  g_free (self->plan_id);

  G_OBJECT_CLASS (upkeep_plan_step_parent_class)->finalize (object);
}

static void
upkeep_plan_step_class_init (UpkeepPlanStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (UPKEEP_TYPE_HEADING);

  object_class->dispose = upkeep_plan_step_dispose;
  object_class->finalize = upkeep_plan_step_finalize;

  /**
   * UpkeepPlanStep::chosen:
   * @self: the step
   *
   * Emitted when a person has chosen a plan.
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", UPKEEP_TYPE_PLAN_STEP, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-plan-step.ui");
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlanStep, choices);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlanStep, company);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlanStep, company_check);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlanStep, company_label);
}

static void
upkeep_plan_step_init (UpkeepPlanStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public */

/**
 * upkeep_plan_step_new:
 *
 * Makes the step without plans.
 *
 * Returns: (transfer floating): the step
 */
GtkWidget *
upkeep_plan_step_new (void)
{
  return g_object_new (UPKEEP_TYPE_PLAN_STEP, NULL);
}

/**
 * upkeep_plan_step_show:
 * @self: a step
 * @statement: the account
 * @edition: the catalogue
 * @practice: whether sums are not real money
 * @plan_id: (nullable): what is chosen at first
 * @interval: the term it is chosen for
 *
 * Shows each plan that the account can be changed to, for a month and for a year.
 */
void
upkeep_plan_step_show (UpkeepPlanStep *self,
                       UpkeepStatement *statement,
                       UpkeepEdition *edition,
                       gboolean practice,
                       const char *plan_id,
                       UpkeepInterval interval)
{
  g_return_if_fail (UPKEEP_IS_PLAN_STEP (self));
  g_return_if_fail (statement != NULL);
  g_return_if_fail (edition != NULL);

  upkeep_edition_ref (edition);
  g_clear_pointer (&self->edition, upkeep_edition_unref);
  self->edition = edition;
  set_chosen (self, plan_id, interval);
  show_plans (self, statement, practice);
  show_question (self);
}

/**
 * upkeep_plan_step_get_plan_id:
 * @self: a step
 *
 * Gets which plan is chosen.
 *
 * Returns: (nullable): the plan's id; `NULL` for none yet
 */
const char *
upkeep_plan_step_get_plan_id (UpkeepPlanStep *self)
{
  g_return_val_if_fail (UPKEEP_IS_PLAN_STEP (self), NULL);

  return self->plan_id;
}

/**
 * upkeep_plan_step_fill_request:
 * @self: a step that shows plans
 * @request: a request of a quote
 *
 * Puts what was chosen into a request: the plan, its term, and what a company makes where that was
 * asked and is more than the plan is for.
 */
void
upkeep_plan_step_fill_request (UpkeepPlanStep *self, UpkeepQuoteRequest *request)
{
  g_return_if_fail (UPKEEP_IS_PLAN_STEP (self));
  g_return_if_fail (self->edition != NULL);
  g_return_if_fail (request != NULL);

  g_free (request->plan);
  request->plan = g_strdup (self->plan_id);
  request->interval = self->interval;
  if (asks_company (self) && gtk_check_button_get_active (self->company_check))
    request->company_revenue_usd =
        self->edition->policy.company_revenue_over_usd + COMPANY_EXCESS_USD;
}

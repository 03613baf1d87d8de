/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-review-step.h"

#include "upkeep-amount.h"
#include "upkeep-fill.h"
#include "upkeep-quote-changes.h"
#include "upkeep-row.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>

/**
 * UpkeepReviewStep:
 *
 * The step of a change of plan that shows all there is to know before one confirms: each line of
 * the sum, what is due today, whether this app gets the same, what changes, and how it is paid.
 */
struct _UpkeepReviewStep {
  AdwBin parent_instance;

  gboolean agrees; /* whether this app gets the same sum */

  /* Template */
  UpkeepHeading *heading;
  GtkLabel *summary;
  GtkListBox *lines_list;
  GtkListBox *changes_list;
  GtkWidget *method_list;
  UpkeepRow *method_row;
};

G_DEFINE_FINAL_TYPE (UpkeepReviewStep, upkeep_review_step, ADW_TYPE_BIN)

/* The sum */

static void
append_line (UpkeepReviewStep *self,
             const UpkeepQuoteFacts *facts,
             const UpkeepOption *option,
             const UpkeepLine *line)
{
  g_autofree char *title = upkeep_quote_words_line (facts, line);
  g_autofree char *basis = upkeep_quote_words_line_basis (facts, option, line);
  GtkWidget *row = upkeep_row_new (NULL, title, basis);

  upkeep_row_set_end (
      UPKEEP_ROW (row),
      upkeep_amount_new_sum (line->amount_minor, facts->quote->currency, facts->practice));
  gtk_list_box_append (self->lines_list, row);
}

static void
append_due (UpkeepReviewStep *self,
            const UpkeepQuoteFacts *facts,
            const UpkeepOption *option,
            const gint64 *was_minor)
{
  gint64 due_minor = MAX (option->bill.total_minor, 0);
  g_autofree char *was =
      was_minor != NULL ? upkeep_quote_words_was (facts, *was_minor, due_minor) : NULL;
  GtkWidget *row = upkeep_row_new (NULL, _ ("Due today"), was);
  GtkWidget *amount = upkeep_amount_new_sum (due_minor, facts->quote->currency, facts->practice);

  upkeep_amount_set_size (UPKEEP_AMOUNT (amount), "title-2");
  upkeep_row_set_end (UPKEEP_ROW (row), amount);
  gtk_widget_add_css_class (row, "sum-due");
  gtk_list_box_append (self->lines_list, row);
}

static void
append_check (UpkeepReviewStep *self, const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  UpkeepCheck check = upkeep_check_option (facts->quote, option, facts->edition, facts->statement);
  g_autofree char *words = upkeep_quote_words_check (facts, option, &check);
  GtkWidget *row;

  self->agrees = check.result == UPKEEP_CHECK_AGREES;
  row = upkeep_row_new (self->agrees ? "upkeep-checked-symbolic" : "upkeep-warning-symbolic",
                        self->agrees ? _ ("Checked by this app") : _ ("The sums do not agree"),
                        words);
  gtk_widget_add_css_class (upkeep_row_get_prefix (UPKEEP_ROW (row)),
                            self->agrees ? "success" : "error");
  gtk_list_box_append (self->lines_list, row);
}

static void
show_sum (UpkeepReviewStep *self,
          const UpkeepQuoteFacts *facts,
          const UpkeepOption *option,
          const gint64 *was_minor)
{
  upkeep_fill_clear_list (self->lines_list);
  for (guint i = 0; i < option->bill.n_lines; i++)
    append_line (self, facts, option, &option->bill.lines[i]);
  append_due (self, facts, option, was_minor);
  append_check (self, facts, option);
}

/* What it does, and how it is paid */

static void
show_changes (UpkeepReviewStep *self, const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  UpkeepQuoteChange changes[UPKEEP_QUOTE_CHANGES_MAX];
  guint n_changes = upkeep_quote_changes_make (facts, option, changes);

  upkeep_fill_clear_list (self->changes_list);
  for (guint i = 0; i < n_changes; i++) {
    GtkWidget *row = upkeep_row_new (changes[i].icon_name, changes[i].title, changes[i].subtitle);

    if (changes[i].has_sum && facts->practice)
      upkeep_row_set_end (UPKEEP_ROW (row), upkeep_amount_new_practice_tag ());
    gtk_list_box_append (self->changes_list, row);
    upkeep_quote_change_clear (&changes[i]);
  }
}

static void
show_method (UpkeepReviewStep *self, const UpkeepStatement *statement)
{
  g_autofree char *card = NULL;
  g_autofree char *expiry = NULL;

  gtk_widget_set_visible (self->method_list, statement->has_payment_method);
  if (!statement->has_payment_method)
    return;

  card = upkeep_words_card (statement->brand, statement->last4);
  /* Translators: the last month and year in which a payment card is valid, as in "12/2030". */
  expiry = g_strdup_printf (_ ("Expires %1$02d/%2$d"), statement->exp_month, statement->exp_year);
  upkeep_row_set_title (self->method_row, card);
  upkeep_row_set_subtitle (self->method_row, statement->exp_month > 0 ? expiry : NULL);
}

/* GObject */

static void
upkeep_review_step_class_init (UpkeepReviewStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (UPKEEP_TYPE_HEADING);
  g_type_ensure (UPKEEP_TYPE_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-review-step.ui");
  gtk_widget_class_bind_template_child (widget_class, UpkeepReviewStep, heading);
  gtk_widget_class_bind_template_child (widget_class, UpkeepReviewStep, summary);
  gtk_widget_class_bind_template_child (widget_class, UpkeepReviewStep, lines_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepReviewStep, changes_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepReviewStep, method_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepReviewStep, method_row);
}

static void
upkeep_review_step_init (UpkeepReviewStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  upkeep_row_set_icon_name (self->method_row, "upkeep-card-symbolic");
}

/* Public */

/**
 * upkeep_review_step_new:
 *
 * Makes the step without figures.
 *
 * Returns: (transfer floating): the step
 */
GtkWidget *
upkeep_review_step_new (void)
{
  return g_object_new (UPKEEP_TYPE_REVIEW_STEP, NULL);
}

/**
 * upkeep_review_step_show:
 * @self: a step
 * @facts: the quote and what it is about
 * @option: the one of its options that was chosen
 * @was_minor: (nullable): what the sum was when it was looked at before, in minor units; `NULL`
 *   where it has not changed
 *
 * Shows an option, and works its sum out again.
 */
void
upkeep_review_step_show (UpkeepReviewStep *self,
                         const UpkeepQuoteFacts *facts,
                         const UpkeepOption *option,
                         const gint64 *was_minor)
{
  g_return_if_fail (UPKEEP_IS_REVIEW_STEP (self));
  g_return_if_fail (facts != NULL);
  g_return_if_fail (option != NULL);

  upkeep_fill_heading (self->heading, upkeep_quote_words_heading (facts, option));
  upkeep_fill_label (self->summary, upkeep_quote_words_summary (facts));
  show_sum (self, facts, option, was_minor);
  show_changes (self, facts, option);
  show_method (self, facts->statement);
}

/**
 * upkeep_review_step_get_agrees:
 * @self: a step
 *
 * Gets whether this app gets the sum that is shown; what it does not get must not be confirmed.
 *
 * Returns: whether it does
 */
gboolean
upkeep_review_step_get_agrees (UpkeepReviewStep *self)
{
  g_return_val_if_fail (UPKEEP_IS_REVIEW_STEP (self), FALSE);

  return self->agrees;
}

/**
 * upkeep_review_step_set_method_end:
 * @self: a step
 * @end: (nullable): a button
 *
 * Sets what can be done with the payment method.
 */
void
upkeep_review_step_set_method_end (UpkeepReviewStep *self, GtkWidget *end)
{
  g_return_if_fail (UPKEEP_IS_REVIEW_STEP (self));
  g_return_if_fail (end == NULL || GTK_IS_WIDGET (end));

  upkeep_row_set_end (self->method_row, end);
}

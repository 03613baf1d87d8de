/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-done-step.h"

#include "upkeep-amount.h"
#include "upkeep-fill.h"
#include "upkeep-row.h"

#include <glib/gi18n.h>

/**
 * UpkeepDoneStep:
 *
 * The last step of a change of plan: what one has now, what was paid, the number of the receipt and
 * the next charge.
 */
struct _UpkeepDoneStep {
  AdwBin parent_instance;

  /* Template */
  UpkeepHeading *heading;
  GtkLabel *sentence;
  UpkeepRow *paid_row;
  UpkeepRow *number_row;
  UpkeepRow *next_row;
};

G_DEFINE_FINAL_TYPE (UpkeepDoneStep, upkeep_done_step, ADW_TYPE_BIN)

static void
show_receipt (UpkeepDoneStep *self, const UpkeepQuoteFacts *facts, const UpkeepReceipt *receipt)
{
  gtk_widget_set_visible (GTK_WIDGET (self->paid_row),
                          receipt != NULL && receipt->bill.total_minor > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->number_row), receipt != NULL);
  if (receipt == NULL)
    return;

  upkeep_row_set_end (
      self->paid_row,
      upkeep_amount_new_sum (receipt->bill.total_minor, facts->quote->currency, facts->practice));
  upkeep_row_set_subtitle (self->number_row, receipt->id);
}

static void
show_next_charge (UpkeepDoneStep *self, const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  g_autofree char *next = upkeep_quote_words_next_charge (option);

  gtk_widget_set_visible (GTK_WIDGET (self->next_row), next != NULL);
  if (next == NULL)
    return;

  upkeep_row_set_title (self->next_row, next);
  upkeep_row_set_end (
      self->next_row,
      upkeep_amount_new_sum (option->renewal_total_minor, facts->quote->currency, facts->practice));
}

static void
copy_clicked_cb (UpkeepDoneStep *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          upkeep_row_get_subtitle (self->number_row));
}

static GtkWidget *
new_copy_button (UpkeepDoneStep *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Copy Receipt Number"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copy Receipt Number"), -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (copy_clicked_cb), self);
  return button;
}

/* GObject */

static void
upkeep_done_step_class_init (UpkeepDoneStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (UPKEEP_TYPE_HEADING);
  g_type_ensure (UPKEEP_TYPE_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-done-step.ui");
  gtk_widget_class_bind_template_child (widget_class, UpkeepDoneStep, heading);
  gtk_widget_class_bind_template_child (widget_class, UpkeepDoneStep, sentence);
  gtk_widget_class_bind_template_child (widget_class, UpkeepDoneStep, paid_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepDoneStep, number_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepDoneStep, next_row);
}

static void
upkeep_done_step_init (UpkeepDoneStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  upkeep_row_set_icon_name (self->paid_row, "upkeep-card-symbolic");
  upkeep_row_set_icon_name (self->number_row, "upkeep-receipt-symbolic");
  upkeep_row_set_icon_name (self->next_row, "upkeep-calendar-symbolic");
  upkeep_row_set_end (self->number_row, new_copy_button (self));
}

/* Public */

/**
 * upkeep_done_step_new:
 *
 * Makes the step without an outcome.
 *
 * Returns: (transfer floating): the step
 */
GtkWidget *
upkeep_done_step_new (void)
{
  return g_object_new (UPKEEP_TYPE_DONE_STEP, NULL);
}

/**
 * upkeep_done_step_show:
 * @self: a step
 * @facts: the quote that was confirmed and what it is about
 * @option: the one of its options that was chosen
 * @receipt: (nullable): what one got for it; `NULL` where only the account tells that it is done
 *
 * Says what has come of a change.
 */
void
upkeep_done_step_show (UpkeepDoneStep *self,
                       const UpkeepQuoteFacts *facts,
                       const UpkeepOption *option,
                       const UpkeepReceipt *receipt)
{
  g_return_if_fail (UPKEEP_IS_DONE_STEP (self));
  g_return_if_fail (facts != NULL);
  g_return_if_fail (option != NULL);

  upkeep_fill_heading (self->heading, upkeep_quote_words_done_heading (facts, option));
  upkeep_fill_label (self->sentence, upkeep_quote_words_done_sentence (facts, option));
  show_receipt (self, facts, receipt);
  show_next_charge (self, facts, option);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-refund-rule.h"

#include "upkeep-inner-names.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0f, "wrap", TRUE, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_small_print (GtkWidget *box, const char *text)
{
  gtk_widget_add_css_class (add_label (box, text, "caption"), "faint");
}

static GtkWidget *
new_row (GtkWidget *box)
{
  gtk_widget_add_css_class (box, "rule-row");
  return g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", box, "activatable", FALSE, "selectable",
                       FALSE, "focusable", FALSE, NULL);
}

/* How far a clause is used up. A rule closes at its limit, so a full bar is one that does not hold.
 */
static GtkWidget *
new_bar (const UpkeepClauseReport *clause, const char *name, const char *sentence)
{
  GtkWidget *bar = gtk_level_bar_new ();
  gint64 limit = MAX (clause->limit, 1);

  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar),
                           (double) MIN (clause->measured, limit) / (double) limit);
  gtk_widget_add_css_class (bar, "rule");
  if (!clause->holds)
    gtk_widget_add_css_class (bar, "closed");
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
  return bar;
}

static GtkWidget *
new_clause_row (const UpkeepEdition *edition, const char *plan_id, const UpkeepClauseReport *clause)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *name = upkeep_words_clause_name (edition, clause);
  g_autofree char *figures = upkeep_words_clause_figures (edition, plan_id, clause);
  g_autofree char *measure = upkeep_words_clause_measure (edition, plan_id, clause);
  g_autofree char *rule = upkeep_words_clause_rule (edition, plan_id, clause);
  GtkWidget *figures_label;

  gtk_widget_set_hexpand (add_label (head, name, NULL), TRUE);
  figures_label = add_label (head, figures, "heading");
  gtk_widget_add_css_class (figures_label, "numeric");
  gtk_label_set_xalign (GTK_LABEL (figures_label), 1.0f);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), new_bar (clause, name, figures));
  if (!g_str_equal (measure, figures))
    add_small_print (box, measure);
  add_small_print (box, rule);
  return new_row (box);
}

static GtkWidget *
new_text_row (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  add_small_print (box, text);
  return new_row (box);
}

/**
 * upkeep_refund_rule_new:
 * @edition: the catalogue the term was paid under
 * @plan_id: (nullable): the plan
 * @quote: what leaving would give
 *
 * Makes a row that opens to how a refund was judged: every clause with what was measured and its
 * limit, whether it holds or not (RULES 0.22).
 *
 * Returns: (transfer floating): an [class@Adw.ExpanderRow]
 */
GtkWidget *
upkeep_refund_rule_new (const UpkeepEdition *edition, const char *plan_id, const UpkeepQuote *quote)
{
  GtkWidget *row;
  GtkWidget *image;
  const char *title;
  const UpkeepOption *option;
  const UpkeepRefundReport *report;
  gboolean refundable;
  const char *basis;
  g_autofree char *bound = NULL;

  g_return_val_if_fail (edition != NULL, NULL);
  g_return_val_if_fail (quote != NULL, NULL);

  option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  refundable = option != NULL && option->has_refund;
  report = quote->refund_rule;
  basis = refundable ? upkeep_words_refund_basis (option->refund.basis) : NULL;

  row = g_object_new (ADW_TYPE_EXPANDER_ROW, "title", _ ("How the refund is worked out"), NULL);
  image = g_object_new (GTK_TYPE_IMAGE, "icon-name",
                        refundable ? "upkeep-checked-symbolic" : "upkeep-info-symbolic",
                        "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  if (refundable)
    gtk_widget_add_css_class (image, "success");
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), image);

  if (basis != NULL)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_text_row (basis));
  for (guint i = 0; report != NULL && i < report->clauses->len; i++)
    adw_expander_row_add_row (
        ADW_EXPANDER_ROW (row),
        new_clause_row (edition, plan_id, g_ptr_array_index (report->clauses, i)));
  if (report != NULL)
    bound = upkeep_words_refund_bound (report);
  if (bound != NULL)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_text_row (bound));
  if (report == NULL || report->clauses->len == 0)
    adw_expander_row_add_row (
        ADW_EXPANDER_ROW (row),
        new_text_row (_ ("The terms of this plan give no refund when it is cancelled.")));

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  upkeep_inner_names_give (row, title);
  return row;
}

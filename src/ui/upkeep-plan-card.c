/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-plan-card.h"

#include "upkeep-amount.h"
#include "upkeep-chip.h"
#include "upkeep-format.h"
#include "upkeep-plan-button.h"
#include "upkeep-words.h"
#include "upkeep-wrap-box.h"

#include <glib/gi18n.h>

#define WIDTH_CHARS 30

/**
 * UpkeepPlanCard:
 *
 * One plan by itself, for windows that are too narrow for a table: what it costs, what it has and
 * its button. Of another plan than one's own it can list the differences alone.
 */
struct _UpkeepPlanCard {
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (UpkeepPlanCard, upkeep_plan_card, ADW_TYPE_BIN)

static GtkWidget *
new_text (const char *text, const char *css_class)
{
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0f, "wrap", TRUE, "wrap-mode",
                    PANGO_WRAP_WORD_CHAR, "max-width-chars", WIDTH_CHARS, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_caption (const char *text)
{
  GtkWidget *label = new_text (text, "caption");

  gtk_widget_add_css_class (label, "faint");
  return label;
}

static void
append_head (GtkBox *box, const UpkeepPlanFacts *facts, const UpkeepPlan *plan)
{
  GtkWidget *line = upkeep_wrap_box_new (10);

  upkeep_wrap_box_append (UPKEEP_WRAP_BOX (line),
                          new_text (upkeep_words_text (&plan->name), "title-2"));
  if (upkeep_plan_words_is_own (facts, plan))
    upkeep_wrap_box_append (UPKEEP_WRAP_BOX (line),
                            upkeep_chip_new ("object-select-symbolic",
                                             upkeep_plan_words_own (facts), UPKEEP_ROLE_ACCENT));
  gtk_box_append (box, line);
}

static void
append_sum (GtkBox *box, const UpkeepPlanFacts *facts, const UpkeepPlan *plan)
{
  g_auto (UpkeepPlanSum) sum = {.is_sold = FALSE};

  upkeep_plan_words_make_sum (facts, plan, &sum);
  if (sum.is_sold) {
    GtkWidget *line = upkeep_wrap_box_new (8);
    GtkWidget *amount = new_text (sum.amount, "title-1");

    gtk_widget_add_css_class (amount, "numeric");
    upkeep_wrap_box_append (UPKEEP_WRAP_BOX (line), amount);
    upkeep_wrap_box_append (UPKEEP_WRAP_BOX (line), new_text (sum.term, "faint"));
    if (facts->practice)
      upkeep_wrap_box_append (UPKEEP_WRAP_BOX (line), upkeep_amount_new_practice_tag ());
    gtk_box_append (box, line);
  }
  if (sum.detail != NULL)
    gtk_box_append (box, new_caption (sum.detail));
}

static const UpkeepPlan *
find_own (const UpkeepPlanFacts *facts)
{
  return facts->statement->plan != NULL
             ? upkeep_edition_find_plan (facts->edition, facts->statement->plan)
             : NULL;
}

/* Whether a row has something to say on this card. Where only differences are wanted, that is what
 * differs from the plan one has; of one's own plan, and without one, what plans differ in and this
 * one has. */
static gboolean
is_listed (const UpkeepPlanFacts *facts,
           const UpkeepPlanRow *row,
           const UpkeepPlan *plan,
           gboolean only_differences)
{
  const UpkeepPlan *own = find_own (facts);
  g_auto (UpkeepPlanCell) cell = {.kind = UPKEEP_PLAN_CELL_NO};
  g_auto (UpkeepPlanCell) own_cell = {.kind = UPKEEP_PLAN_CELL_NO};

  if (row->kind == UPKEEP_ROW_PRICE)
    return FALSE;
  if (!only_differences)
    return TRUE;

  upkeep_plan_words_make_cell (facts, row, plan, &cell);
  if (own == NULL || own == plan)
    return cell.kind != UPKEEP_PLAN_CELL_NO && upkeep_plan_words_differs (facts, row);

  upkeep_plan_words_make_cell (facts, row, own, &own_cell);
  return !upkeep_plan_cell_equal (&cell, &own_cell);
}

/* An icon stands beside words that say the same: it is left to the eye. */
static const char *
choose_icon (const UpkeepPlanFacts *facts, const UpkeepPlanRow *row, const UpkeepPlan *plan)
{
  const UpkeepPlan *own = find_own (facts);
  int order = own != NULL ? upkeep_plan_words_compare (row, facts->edition, plan, own) : 0;
  g_auto (UpkeepPlanCell) cell = {.kind = UPKEEP_PLAN_CELL_NO};

  if (order > 0)
    return "go-up-symbolic";
  if (order < 0)
    return "go-down-symbolic";

  upkeep_plan_words_make_cell (facts, row, plan, &cell);
  return cell.kind == UPKEEP_PLAN_CELL_NO ? "list-remove-symbolic" : "object-select-symbolic";
}

static void
append_rows (GtkBox *box,
             const UpkeepPlanFacts *facts,
             const UpkeepPlan *plan,
             gboolean only_differences)
{
  GtkWidget *rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_margin_top (rows, 10);
  for (guint i = 0; i < facts->edition->rows->len; i++) {
    const UpkeepPlanRow *row = g_ptr_array_index (facts->edition->rows, i);
    g_autofree char *text = NULL;
    GtkWidget *line;
    GtkWidget *image;
    GtkWidget *label;

    if (!is_listed (facts, row, plan, only_differences))
      continue;

    text = upkeep_plan_words_card_line (facts, row, plan);
    line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
    image = g_object_new (GTK_TYPE_IMAGE, "icon-name", choose_icon (facts, row, plan), "valign",
                          GTK_ALIGN_START, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                          "margin-top", 2, NULL);
    gtk_widget_add_css_class (image, "faint");
    gtk_box_append (GTK_BOX (line), image);
    label = new_text (text, NULL);
    gtk_widget_set_hexpand (label, TRUE);
    gtk_box_append (GTK_BOX (line), label);
    gtk_box_append (GTK_BOX (rows), line);
  }
  gtk_box_append (box, rows);
}

static void
append_offer (GtkBox *box, const UpkeepPlanFacts *facts, const UpkeepPlan *plan)
{
  GtkWidget *button = upkeep_plan_button_new (facts, plan);

  gtk_widget_set_margin_top (button, 12);
  gtk_box_append (box, button);
}

/* A plan that cannot be had is one line. */
static void
append_unoffered (GtkBox *box, const UpkeepPlanFacts *facts, const UpkeepPlan *plan)
{
  g_autofree char *quantity = NULL;
  g_autofree char *text = NULL;

  gtk_box_append (box, new_text (upkeep_words_text (&plan->name), NULL));
  if (plan->allowance > 0) {
    quantity = upkeep_format_quantity (plan->allowance, facts->edition->meter.unit);
    text = plan->allowance_once
               /* Translators: of a plan. %s is as in "0.4 hours". */
               ? g_strdup_printf (_ ("Not on offer at present. %s, once."), quantity)
               /* Translators: of a plan. %s is as in "0.4 hours". */
               : g_strdup_printf (_ ("Not on offer at present. %s a month."), quantity);
  } else {
    text = g_strdup (_ ("Not on offer at present"));
  }
  gtk_box_append (box, new_caption (text));
  if (plan->unoffered != NULL)
    gtk_box_append (box, new_caption (upkeep_words_text (plan->unoffered)));
}

static void
upkeep_plan_card_class_init (UpkeepPlanCardClass *klass)
{
}

static void
upkeep_plan_card_init (UpkeepPlanCard *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "plan-card");
}

/* Public */

/**
 * upkeep_plan_card_new:
 * @facts: what is known
 * @plan: a plan of the catalogue
 * @only_differences: whether to list only what differs from the plan one has
 *
 * Makes the card of a plan. It does not change any more.
 *
 * Returns: (transfer floating): the card
 */
GtkWidget *
upkeep_plan_card_new (const UpkeepPlanFacts *facts,
                      const UpkeepPlan *plan,
                      gboolean only_differences)
{
  GtkWidget *self = g_object_new (UPKEEP_TYPE_PLAN_CARD, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gboolean is_own = upkeep_plan_words_is_own (facts, plan);

  if (is_own)
    gtk_widget_add_css_class (self, "own");
  if (plan->offered || is_own) {
    append_head (GTK_BOX (box), facts, plan);
    append_sum (GTK_BOX (box), facts, plan);
    append_rows (GTK_BOX (box), facts, plan, only_differences);
    append_offer (GTK_BOX (box), facts, plan);
  } else {
    append_unoffered (GTK_BOX (box), facts, plan);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  upkeep_words_text (&plan->name), -1);
  adw_bin_set_child (ADW_BIN (self), box);
  return self;
}

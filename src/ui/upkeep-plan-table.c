/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-plan-table.h"

#include "upkeep-amount.h"
#include "upkeep-chip.h"
#include "upkeep-plan-button.h"
#include "upkeep-words.h"
#include "upkeep-wrap-box.h"

#include <glib/gi18n.h>

/* Widths of the design, in px. Columns of plans share what the first ones leave. */
#define ROW_HEAD_WIDTH_PX  166
#define UNOFFERED_WIDTH_PX 118

/* How wide text asks to be before it wraps, in characters. */
#define ROW_HEAD_CHARS  14
#define UNOFFERED_CHARS 12
#define CELL_CHARS      20

/* From this many plans on, everything is set closer. */
#define DENSE_PLANS 5

/**
 * UpkeepPlanTable:
 *
 * The comparison of plans side by side, for windows that are wide enough.
 *
 * Each cell is spoken with its row and its plan, as in "Stealth mode, Pro: yes".
 */
struct _UpkeepPlanTable {
  AdwBin parent_instance;

  GtkGrid *grid;
  GtkSizeGroup *columns; /* (owned): of the plans on offer */
};

G_DEFINE_FINAL_TYPE (UpkeepPlanTable, upkeep_plan_table, ADW_TYPE_BIN)

static GtkWidget *
new_text (const char *text, int width_chars, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0f, "wrap", TRUE,
                                   "max-width-chars", width_chars, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_caption (const char *text, int width_chars)
{
  GtkWidget *label = new_text (text, width_chars, "caption");

  gtk_widget_add_css_class (label, "faint");
  return label;
}

/* A cell fills its place, so that the column of one's own plan is coloured without gaps. */
static GtkWidget *
attach_cell (UpkeepPlanTable *self, int column, int row, gboolean is_own)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_add_css_class (cell, "cell");
  if (is_own)
    gtk_widget_add_css_class (cell, "own");
  gtk_grid_attach (self->grid, cell, column, row, 1, 1);
  return cell;
}

static GtkWidget *
attach_plan_cell (UpkeepPlanTable *self,
                  const UpkeepPlanFacts *facts,
                  const UpkeepPlan *plan,
                  int column,
                  int row)
{
  GtkWidget *cell = attach_cell (self, column, row, upkeep_plan_words_is_own (facts, plan));

  if (plan->offered || upkeep_plan_words_is_own (facts, plan)) {
    gtk_widget_set_hexpand (cell, TRUE);
    gtk_size_group_add_widget (self->columns, cell);
  } else {
    gtk_widget_set_size_request (cell, UNOFFERED_WIDTH_PX, -1);
  }
  return cell;
}

static void
append_sum (GtkBox *head, const UpkeepPlanFacts *facts, const UpkeepPlan *plan)
{
  g_auto (UpkeepPlanSum) sum = {.is_sold = FALSE};

  upkeep_plan_words_make_sum (facts, plan, &sum);
  if (sum.is_sold) {
    gboolean dense = facts->edition->plans->len >= DENSE_PLANS;
    GtkWidget *amount = new_text (sum.amount, -1, dense ? "title-2" : "title-1");
    GtkWidget *line = upkeep_wrap_box_new (8);

    gtk_widget_add_css_class (amount, "numeric");
    gtk_box_append (head, amount);
    upkeep_wrap_box_append (UPKEEP_WRAP_BOX (line), new_text (sum.term, CELL_CHARS, "faint"));
    if (facts->practice)
      upkeep_wrap_box_append (UPKEEP_WRAP_BOX (line), upkeep_amount_new_practice_tag ());
    gtk_box_append (head, line);
  }
  if (sum.share != NULL)
    gtk_box_append (head, new_caption (sum.share, CELL_CHARS));
}

static void
attach_head (UpkeepPlanTable *self,
             const UpkeepPlanFacts *facts,
             const UpkeepPlan *plan,
             int column)
{
  gboolean is_own = upkeep_plan_words_is_own (facts, plan);
  GtkWidget *head = attach_plan_cell (self, facts, plan, column, 0);
  GtkWidget *line = upkeep_wrap_box_new (6);
  GtkWidget *name =
      g_object_new (GTK_TYPE_LABEL, "label", upkeep_words_text (&plan->name), "xalign", 0.0f,
                    "wrap", TRUE, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_widget_add_css_class (head, "head");
  gtk_widget_add_css_class (name, "title-4");
  upkeep_wrap_box_append (UPKEEP_WRAP_BOX (line), name);
  if (is_own)
    upkeep_wrap_box_append (UPKEEP_WRAP_BOX (line),
                            upkeep_chip_new ("object-select-symbolic",
                                             upkeep_plan_words_own (facts), UPKEEP_ROLE_ACCENT));
  gtk_box_append (GTK_BOX (head), line);
  if (plan->offered || is_own) {
    append_sum (GTK_BOX (head), facts, plan);
  } else {
    gtk_widget_add_css_class (name, "faint");
    gtk_box_append (GTK_BOX (head), new_caption (_ ("Not on offer at present"), UNOFFERED_CHARS));
  }
}

/* What is seen need not be said twice: the main widget of a cell carries its whole phrase, and the
 * line below it says nothing. */
static void
attach_value (UpkeepPlanTable *self,
              const UpkeepPlanFacts *facts,
              const UpkeepPlanRow *row,
              const UpkeepPlan *plan,
              int column,
              int position)
{
  int width_chars = plan->offered ? CELL_CHARS : UNOFFERED_CHARS;
  GtkWidget *outer = attach_plan_cell (self, facts, plan, column, position);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 2, "valign", GTK_ALIGN_CENTER, "vexpand", TRUE, NULL);
  GtkWidget *value;
  GtkWidget *detail = NULL;
  g_autofree char *name = upkeep_plan_words_cell_name (facts, row, plan);
  g_auto (UpkeepPlanCell) cell = {.kind = UPKEEP_PLAN_CELL_NO};

  upkeep_plan_words_make_cell (facts, row, plan, &cell);
  switch (cell.kind) {
  case UPKEEP_PLAN_CELL_YES:
    value = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic", "halign",
                          GTK_ALIGN_START, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
    gtk_widget_add_css_class (value, "success");
    break;
  case UPKEEP_PLAN_CELL_TEXT:
    value = new_text (cell.text, width_chars, NULL);
    if (cell.detail != NULL) {
      detail = g_object_new (GTK_TYPE_LABEL, "label", cell.detail, "xalign", 0.0f, "wrap", TRUE,
                             "max-width-chars", width_chars, "accessible-role",
                             GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (detail, "caption");
      gtk_widget_add_css_class (detail, "faint");
    }
    break;
  case UPKEEP_PLAN_CELL_NO:
  default:
    value = new_text ("–", width_chars, NULL);
    break;
  }
  if (!plan->offered)
    gtk_widget_add_css_class (value, "faint");

  gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), value);
  if (detail != NULL)
    gtk_box_append (GTK_BOX (box), detail);
  gtk_box_append (GTK_BOX (outer), box);
  gtk_widget_set_vexpand (outer, FALSE);
}

static void
attach_row_head (UpkeepPlanTable *self,
                 const UpkeepPlanFacts *facts,
                 const UpkeepPlanRow *row,
                 int position)
{
  GtkWidget *cell = attach_cell (self, 0, position, FALSE);
  g_autofree char *name = upkeep_plan_words_row_name (facts, row);
  GtkWidget *label = new_text (name, ROW_HEAD_CHARS, NULL);

  gtk_widget_add_css_class (cell, "row-head");
  gtk_widget_set_size_request (cell, ROW_HEAD_WIDTH_PX, -1);
  gtk_widget_set_vexpand (label, TRUE);
  gtk_box_append (GTK_BOX (cell), label);
  gtk_widget_set_vexpand (cell, FALSE);
}

static void
attach_foot (UpkeepPlanTable *self,
             const UpkeepPlanFacts *facts,
             const UpkeepPlan *plan,
             int column,
             int position)
{
  GtkWidget *cell = attach_plan_cell (self, facts, plan, column, position);

  gtk_widget_add_css_class (cell, "foot");
  gtk_box_append (GTK_BOX (cell), upkeep_plan_button_new (facts, plan));
}

static void
clear (UpkeepPlanTable *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

/* GObject */

static void
upkeep_plan_table_dispose (GObject *object)
{
  UpkeepPlanTable *self = UPKEEP_PLAN_TABLE (object);

  g_clear_object (&self->columns);

  G_OBJECT_CLASS (upkeep_plan_table_parent_class)->dispose (object);
}

static void
upkeep_plan_table_class_init (UpkeepPlanTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = upkeep_plan_table_dispose;
}

static void
upkeep_plan_table_init (UpkeepPlanTable *self)
{
  self->columns = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_widget_set_overflow (GTK_WIDGET (self->grid), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "plan-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Comparison of plans"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->grid));
}

/* Public */

/**
 * upkeep_plan_table_new:
 *
 * Makes a table that is empty.
 *
 * Returns: (transfer floating): the table
 */
GtkWidget *
upkeep_plan_table_new (void)
{
  return g_object_new (UPKEEP_TYPE_PLAN_TABLE, NULL);
}

/**
 * upkeep_plan_table_show:
 * @self: a table
 * @facts: what is known
 * @only_differences: whether to leave out rows that are equal in all plans on offer
 *
 * Shows a catalogue. A plan's button that had the focus has it again.
 */
void
upkeep_plan_table_show (UpkeepPlanTable *self,
                        const UpkeepPlanFacts *facts,
                        gboolean only_differences)
{
  const GPtrArray *plans;
  g_autofree char *focus = NULL;
  int position = 1;

  g_return_if_fail (UPKEEP_IS_PLAN_TABLE (self));
  g_return_if_fail (facts != NULL);

  plans = facts->edition->plans;
  focus = g_strdup (upkeep_plan_button_find_focus (GTK_WIDGET (self)));
  clear (self);
  if (plans->len >= DENSE_PLANS)
    gtk_widget_add_css_class (GTK_WIDGET (self->grid), "dense");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->grid), "dense");

  gtk_widget_add_css_class (attach_cell (self, 0, 0, FALSE), "head");
  for (guint i = 0; i < plans->len; i++)
    attach_head (self, facts, g_ptr_array_index (plans, i), (int) i + 1);

  for (guint i = 0; i < facts->edition->rows->len; i++) {
    const UpkeepPlanRow *row = g_ptr_array_index (facts->edition->rows, i);

    if (!upkeep_plan_words_shows (facts, row) ||
        (only_differences && !upkeep_plan_words_differs (facts, row)))
      continue;
    attach_row_head (self, facts, row, position);
    for (guint j = 0; j < plans->len; j++)
      attach_value (self, facts, row, g_ptr_array_index (plans, j), (int) j + 1, position);
    position++;
  }

  gtk_widget_add_css_class (attach_cell (self, 0, position, FALSE), "foot");
  for (guint i = 0; i < plans->len; i++)
    attach_foot (self, facts, g_ptr_array_index (plans, i), (int) i + 1, position);
  if (focus != NULL)
    upkeep_plan_button_focus (GTK_WIDGET (self), focus);
}

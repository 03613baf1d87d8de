/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-plans-page.h"

#include "upkeep-button-names.h"
#include "upkeep-inner-names.h"
#include "upkeep-narrow-bin.h"
#include "upkeep-plan-button.h"
#include "upkeep-plan-card.h"
#include "upkeep-plan-table.h"
#include "upkeep-terms-row.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>

/* Below this the page is cards in any case, in px. */
#define TABLE_MIN_WIDTH_PX 560
#define HEAD_SPACING_PX    24
#define NARROW_SPACING_PX  12

/**
 * UpkeepPlansPage:
 *
 * What can be had and what it costs: a table where it fits, cards elsewhere.
 *
 * A plan's button activates `win.choose-plan` with the plan's id and the term (`month` or `year`).
 */
struct _UpkeepPlansPage {
  AdwBin parent_instance;

  UpkeepStatement *statement;    /* (owned) (nullable) */
  UpkeepEdition *edition;        /* (owned) (nullable) */
  UpkeepEditionChanges *changes; /* (owned) (nullable) */
  UpkeepInterval interval;
  gboolean interval_chosen;    /* whether a person chose it */
  gboolean differences_chosen; /* whether a person used the switch */
  gboolean practice;
  gboolean narrow;
  gboolean online;
  guint own_changes;        /* above 0 while the page itself works its controls */
  GBinding *narrow_binding; /* (nullable) */

  GtkStack *stack;
  AdwStatusPage *no_plans;
  GtkBox *head;
  GtkBox *intervals;
  GtkToggleButton *monthly_button;
  GtkToggleButton *yearly_button;
  GtkWidget *differences_box;
  GtkSwitch *differences_switch;
  GtkWidget *differences_list;
  AdwActionRow *differences_row;
  GtkListBox *terms_list;
  UpkeepNarrowBin *fit;
  GtkStack *shapes;
  UpkeepPlanTable *table;
  GtkWidget *cards_clamp;
  GtkBox *cards;
  GtkBox *footnotes;
};

typedef enum {
  PROP_STATEMENT = 1,
  PROP_EDITION,
  PROP_CHANGES,
  PROP_PRACTICE,
  PROP_NARROW,
  PROP_ONLINE,
  PROP_INTERVAL,
} UpkeepPlansPageProperty;

static GParamSpec *properties[PROP_INTERVAL + 1];

G_DEFINE_FINAL_TYPE (UpkeepPlansPage, upkeep_plans_page, ADW_TYPE_BIN)

static gboolean
has_content (UpkeepPlansPage *self)
{
  return self->statement != NULL && self->edition != NULL && self->edition->plans->len > 0;
}

static UpkeepPlanFacts
get_facts (UpkeepPlansPage *self)
{
  return (UpkeepPlanFacts){
      .statement = self->statement,
      .edition = self->edition,
      .interval = self->interval,
      .practice = self->practice,
      .online = self->online,
  };
}

/* Cards */

static void
append_card (UpkeepPlansPage *self, const UpkeepPlanFacts *facts, const UpkeepPlan *plan)
{
  gboolean only_differences = gtk_switch_get_active (self->differences_switch);

  gtk_box_append (self->cards, upkeep_plan_card_new (facts, plan, only_differences));
}

/* One's own plan first, then up, then down, and last what cannot be had. */
static void
append_cards (UpkeepPlansPage *self, const UpkeepPlanFacts *facts)
{
  const GPtrArray *plans = facts->edition->plans;
  const UpkeepPlan *own = facts->statement->plan != NULL
                              ? upkeep_edition_find_plan (facts->edition, facts->statement->plan)
                              : NULL;
  int own_tier = own != NULL ? own->tier : -1;

  if (own != NULL)
    append_card (self, facts, own);
  for (guint i = 0; i < plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (plans, i);

    if (plan != own && plan->offered && plan->tier > own_tier)
      append_card (self, facts, plan);
  }
  for (guint i = plans->len; i > 0; i--) {
    const UpkeepPlan *plan = g_ptr_array_index (plans, i - 1);

    if (plan != own && plan->offered && plan->tier < own_tier)
      append_card (self, facts, plan);
  }
  for (guint i = 0; i < plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (plans, i);

    if (plan != own && !plan->offered)
      append_card (self, facts, plan);
  }
}

static void
empty_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
show_cards (UpkeepPlansPage *self, const UpkeepPlanFacts *facts)
{
  g_autofree char *focus = g_strdup (upkeep_plan_button_find_focus (GTK_WIDGET (self->cards)));

  empty_box (self->cards);
  append_cards (self, facts);
  if (focus != NULL)
    upkeep_plan_button_focus (GTK_WIDGET (self->cards), focus);
}

/* The whole page */

static void
show_footnotes (UpkeepPlansPage *self)
{
  empty_box (self->footnotes);
  for (guint i = 0; i < self->edition->footnotes->len; i++) {
    g_autofree char *markup =
        upkeep_plan_words_footnote_markup (g_ptr_array_index (self->edition->footnotes, i));
    GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", markup, "use-markup", TRUE, "xalign",
                                     0.0f, "wrap", TRUE, NULL);

    gtk_widget_add_css_class (label, "caption");
    gtk_widget_add_css_class (label, "footnote");
    gtk_box_append (self->footnotes, label);
  }
}

/* Only other terms than the current ones are told of. One that was opened stays open. */
static void
show_terms (UpkeepPlansPage *self)
{
  GtkListBoxRow *old = gtk_list_box_get_row_at_index (self->terms_list, 0);
  gboolean is_open = old != NULL && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (old));
  GtkWidget *row;

  if (old != NULL)
    gtk_list_box_remove (self->terms_list, GTK_WIDGET (old));
  gtk_widget_set_visible (GTK_WIDGET (self->terms_list), self->changes != NULL);
  if (self->changes == NULL)
    return;

  row = upkeep_terms_row_new (self->changes, self->statement, self->practice);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), is_open);
  gtk_list_box_append (self->terms_list, row);
}

/* How much the table needs is known once it has a style, which comes with the window. */
static void
update_fit (UpkeepPlansPage *self)
{
  int minimum = 0;

  /* What is hidden measures nothing; what was measured before still holds. */
  if (!gtk_widget_get_visible (GTK_WIDGET (self->table)))
    return;

  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_measure (GTK_WIDGET (self->table), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                        NULL, NULL);
  upkeep_narrow_bin_set_threshold (self->fit, MAX (minimum, TABLE_MIN_WIDTH_PX));
}

static void
update_shape (UpkeepPlansPage *self)
{
  gboolean upright = self->narrow || upkeep_narrow_bin_get_narrow (self->fit);

  GtkWidget *shown = upright ? self->cards_clamp : GTK_WIDGET (self->table);
  GtkWidget *hidden = upright ? GTK_WIDGET (self->table) : self->cards_clamp;

  /* A screen reader would find each button twice. */
  gtk_widget_set_visible (shown, TRUE);
  gtk_stack_set_visible_child (self->shapes, shown);
  gtk_widget_set_visible (hidden, FALSE);
}

static void
show_controls (UpkeepPlansPage *self)
{
  gboolean has_month = upkeep_plan_words_has_interval (self->edition, UPKEEP_INTERVAL_MONTH);
  gboolean has_year = upkeep_plan_words_has_interval (self->edition, UPKEEP_INTERVAL_YEAR);
  g_autofree char *yearly = upkeep_plan_words_yearly (self->edition);

  self->own_changes++;
  gtk_button_set_label (GTK_BUTTON (self->yearly_button), yearly);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->yearly_button))), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->intervals), has_month && has_year);
  gtk_toggle_button_set_active (
      self->interval == UPKEEP_INTERVAL_YEAR ? self->yearly_button : self->monthly_button, TRUE);
  if (!self->differences_chosen)
    gtk_switch_set_active (self->differences_switch, self->narrow);
  self->own_changes--;

  adw_action_row_set_subtitle (self->differences_row, self->statement->plan != NULL
                                                          ? _ ("From the plan you have")
                                                          : _ ("Between the plans"));
}

static void
update (UpkeepPlansPage *self)
{
  UpkeepPlanFacts facts = get_facts (self);

  gtk_stack_set_visible_child_name (self->stack, has_content (self) ? "plans" : "empty");
  if (!has_content (self))
    return;

  show_controls (self);
  upkeep_plan_table_show (self->table, &facts, gtk_switch_get_active (self->differences_switch));
  show_cards (self, &facts);
  show_terms (self);
  show_footnotes (self);
  update_fit (self);
  update_shape (self);
}

/* Until a person chooses, prices are shown for the term that the account pays by. */
static void
follow_interval (UpkeepPlansPage *self)
{
  UpkeepInterval interval = self->interval;

  if (self->interval_chosen || !has_content (self))
    return;

  if (self->statement->interval != UPKEEP_INTERVAL_NONE)
    interval = self->statement->interval;
  else if (!upkeep_plan_words_has_interval (self->edition, interval))
    interval = interval == UPKEEP_INTERVAL_MONTH ? UPKEEP_INTERVAL_YEAR : UPKEEP_INTERVAL_MONTH;
  if (interval == self->interval)
    return;

  self->interval = interval;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTERVAL]);
}

static void
update_orientation (UpkeepPlansPage *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head), self->narrow
                                                                   ? GTK_ORIENTATION_VERTICAL
                                                                   : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->head, self->narrow ? NARROW_SPACING_PX : HEAD_SPACING_PX);
  gtk_widget_set_visible (self->differences_box, !self->narrow);
  gtk_widget_set_visible (self->differences_list, self->narrow);
}

/* Callbacks */

static void
interval_toggled_cb (UpkeepPlansPage *self)
{
  if (self->own_changes > 0)
    return;

  self->interval_chosen = TRUE;
  upkeep_plans_page_set_interval (self, gtk_toggle_button_get_active (self->monthly_button)
                                            ? UPKEEP_INTERVAL_MONTH
                                            : UPKEEP_INTERVAL_YEAR);
}

static void
differences_changed_cb (UpkeepPlansPage *self)
{
  if (self->own_changes > 0)
    return;

  self->differences_chosen = TRUE;
  update (self);
}

static void
fit_changed_cb (UpkeepPlansPage *self)
{
  update_shape (self);
}

/* GtkWidget */

static void
upkeep_plans_page_root (GtkWidget *widget)
{
  UpkeepPlansPage *self = UPKEEP_PLANS_PAGE (widget);

  GTK_WIDGET_CLASS (upkeep_plans_page_parent_class)->root (widget);

  self->narrow_binding = upkeep_narrow_bin_bind (widget);
  update_fit (self);
}

static void
upkeep_plans_page_unroot (GtkWidget *widget)
{
  UpkeepPlansPage *self = UPKEEP_PLANS_PAGE (widget);

  g_clear_pointer (&self->narrow_binding, g_binding_unbind);

  GTK_WIDGET_CLASS (upkeep_plans_page_parent_class)->unroot (widget);
}

/* GObject */

static void
upkeep_plans_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepPlansPage *self = UPKEEP_PLANS_PAGE (object);

  switch ((UpkeepPlansPageProperty) prop_id) {
  case PROP_STATEMENT:
    g_value_set_boxed (value, self->statement);
    break;
  case PROP_EDITION:
    g_value_set_boxed (value, self->edition);
    break;
  case PROP_CHANGES:
    g_value_set_boxed (value, self->changes);
    break;
  case PROP_PRACTICE:
    g_value_set_boolean (value, self->practice);
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  case PROP_ONLINE:
    g_value_set_boolean (value, self->online);
    break;
  case PROP_INTERVAL:
    g_value_set_string (value, upkeep_interval_to_string (self->interval));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_plans_page_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  UpkeepPlansPage *self = UPKEEP_PLANS_PAGE (object);

  switch ((UpkeepPlansPageProperty) prop_id) {
  case PROP_STATEMENT:
    upkeep_plans_page_set_statement (self, g_value_get_boxed (value));
    break;
  case PROP_EDITION:
    upkeep_plans_page_set_edition (self, g_value_get_boxed (value));
    break;
  case PROP_CHANGES:
    upkeep_plans_page_set_changes (self, g_value_get_boxed (value));
    break;
  case PROP_PRACTICE:
    upkeep_plans_page_set_practice (self, g_value_get_boolean (value));
    break;
  case PROP_NARROW:
    upkeep_plans_page_set_narrow (self, g_value_get_boolean (value));
    break;
  case PROP_ONLINE:
    upkeep_plans_page_set_online (self, g_value_get_boolean (value));
    break;
  case PROP_INTERVAL:
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_plans_page_dispose (GObject *object)
{
  UpkeepPlansPage *self = UPKEEP_PLANS_PAGE (object);

  g_clear_pointer (&self->statement, upkeep_statement_unref);
  g_clear_pointer (&self->edition, upkeep_edition_unref);
  g_clear_pointer (&self->changes, upkeep_edition_changes_unref);

  G_OBJECT_CLASS (upkeep_plans_page_parent_class)->dispose (object);
}

static void
upkeep_plans_page_class_init (UpkeepPlansPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = upkeep_plans_page_get_property;
  object_class->set_property = upkeep_plans_page_set_property;
  object_class->dispose = upkeep_plans_page_dispose;

  widget_class->root = upkeep_plans_page_root;
  widget_class->unroot = upkeep_plans_page_unroot;

  /**
   * UpkeepPlansPage:statement:
   *
   * The account; `NULL` until it is known.
   */
  properties[PROP_STATEMENT] =
      g_param_spec_boxed ("statement", NULL, NULL, UPKEEP_TYPE_STATEMENT,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepPlansPage:edition:
   *
   * The catalogue; `NULL` until it is known.
   */
  properties[PROP_EDITION] =
      g_param_spec_boxed ("edition", NULL, NULL, UPKEEP_TYPE_EDITION,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepPlansPage:changes:
   *
   * What is different in other terms than the account's; `NULL` where there are none to tell of.
   */
  properties[PROP_CHANGES] =
      g_param_spec_boxed ("changes", NULL, NULL, UPKEEP_TYPE_EDITION_CHANGES,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepPlansPage:practice:
   *
   * Whether sums are not real money.
   */
  properties[PROP_PRACTICE] =
      g_param_spec_boolean ("practice", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepPlansPage:narrow:
   *
   * Whether the window is narrow. It follows the [class@NarrowBin] around the page.
   */
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepPlansPage:online:
   *
   * Whether the service could be reached last time. Without it a plan cannot be chosen.
   */
  properties[PROP_ONLINE] =
      g_param_spec_boolean ("online", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepPlansPage:interval:
   *
   * The term whose prices are shown, `month` or `year`.
   */
  properties[PROP_INTERVAL] =
      g_param_spec_string ("interval", NULL, NULL, "month",
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (UPKEEP_TYPE_NARROW_BIN);
  g_type_ensure (UPKEEP_TYPE_PLAN_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-plans-page.ui");
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, stack);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, no_plans);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, head);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, intervals);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, monthly_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, yearly_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, differences_box);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, differences_switch);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, differences_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, differences_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, terms_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, fit);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, shapes);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, table);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, cards_clamp);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, cards);
  gtk_widget_class_bind_template_child (widget_class, UpkeepPlansPage, footnotes);
  gtk_widget_class_bind_template_callback (widget_class, interval_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, differences_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, fit_changed_cb);
}

static void
upkeep_plans_page_init (UpkeepPlansPage *self)
{
  self->interval = UPKEEP_INTERVAL_MONTH;
  self->online = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  upkeep_button_names_mend (GTK_WIDGET (self));
  upkeep_inner_names_give (GTK_WIDGET (self->no_plans), adw_status_page_get_title (self->no_plans));
  update (self);
}

/* Public */

/**
 * upkeep_plans_page_new:
 *
 * Makes a page that has nothing to show yet.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
upkeep_plans_page_new (void)
{
  return g_object_new (UPKEEP_TYPE_PLANS_PAGE, NULL);
}

/**
 * upkeep_plans_page_set_statement:
 * @self: a page
 * @statement: (nullable): the account
 *
 * Sets whose plan is marked and what can be done with the others.
 */
void
upkeep_plans_page_set_statement (UpkeepPlansPage *self, UpkeepStatement *statement)
{
  g_return_if_fail (UPKEEP_IS_PLANS_PAGE (self));

  if (self->statement == statement)
    return;

  g_clear_pointer (&self->statement, upkeep_statement_unref);
  if (statement != NULL)
    self->statement = upkeep_statement_ref (statement);
  follow_interval (self);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATEMENT]);
}

/**
 * upkeep_plans_page_set_edition:
 * @self: a page
 * @edition: (nullable): the catalogue
 *
 * Sets whose plans are compared.
 */
void
upkeep_plans_page_set_edition (UpkeepPlansPage *self, UpkeepEdition *edition)
{
  g_return_if_fail (UPKEEP_IS_PLANS_PAGE (self));

  if (self->edition == edition)
    return;

  g_clear_pointer (&self->edition, upkeep_edition_unref);
  if (edition != NULL)
    self->edition = upkeep_edition_ref (edition);
  follow_interval (self);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITION]);
}

/**
 * upkeep_plans_page_set_changes:
 * @self: a page
 * @changes: (nullable): what is different in other terms than the account's
 *
 * Sets what is told of other terms.
 */
void
upkeep_plans_page_set_changes (UpkeepPlansPage *self, UpkeepEditionChanges *changes)
{
  g_return_if_fail (UPKEEP_IS_PLANS_PAGE (self));

  if (self->changes == changes)
    return;

  g_clear_pointer (&self->changes, upkeep_edition_changes_unref);
  if (changes != NULL)
    self->changes = upkeep_edition_changes_ref (changes);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGES]);
}

/**
 * upkeep_plans_page_set_practice:
 * @self: a page
 * @practice: whether sums are not real money
 *
 * Sets whether sums are marked as practice.
 */
void
upkeep_plans_page_set_practice (UpkeepPlansPage *self, gboolean practice)
{
  g_return_if_fail (UPKEEP_IS_PLANS_PAGE (self));

  practice = !!practice;
  if (self->practice == practice)
    return;

  self->practice = practice;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRACTICE]);
}

/**
 * upkeep_plans_page_set_narrow:
 * @self: a page
 * @narrow: whether the window is narrow
 *
 * Sets whether plans are cards. Narrow pages list only differences until a person says otherwise.
 */
void
upkeep_plans_page_set_narrow (UpkeepPlansPage *self, gboolean narrow)
{
  g_return_if_fail (UPKEEP_IS_PLANS_PAGE (self));

  narrow = !!narrow;
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  update_orientation (self);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

/**
 * upkeep_plans_page_set_online:
 * @self: a page
 * @online: whether the service could be reached last time
 *
 * Sets whether a plan can be chosen.
 */
void
upkeep_plans_page_set_online (UpkeepPlansPage *self, gboolean online)
{
  g_return_if_fail (UPKEEP_IS_PLANS_PAGE (self));

  online = !!online;
  if (self->online == online)
    return;

  self->online = online;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}

/**
 * upkeep_plans_page_get_interval:
 * @self: a page
 *
 * Gets the term whose prices are shown.
 *
 * Returns: month or year
 */
UpkeepInterval
upkeep_plans_page_get_interval (UpkeepPlansPage *self)
{
  g_return_val_if_fail (UPKEEP_IS_PLANS_PAGE (self), UPKEEP_INTERVAL_NONE);

  return self->interval;
}

/**
 * upkeep_plans_page_set_interval:
 * @self: a page
 * @interval: month or year
 *
 * Sets the term whose prices are shown.
 */
void
upkeep_plans_page_set_interval (UpkeepPlansPage *self, UpkeepInterval interval)
{
  g_return_if_fail (UPKEEP_IS_PLANS_PAGE (self));
  g_return_if_fail (interval != UPKEEP_INTERVAL_NONE);

  if (self->interval == interval)
    return;

  self->interval = interval;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTERVAL]);
}

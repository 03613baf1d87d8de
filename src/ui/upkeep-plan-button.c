/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-plan-button.h"

/**
 * UpkeepPlanButton:
 *
 * The button of a plan, and below it when it takes effect or why it cannot be used.
 *
 * It activates `win.choose-plan` with the plan and the term, or `win.cancel-plan` where leaving the
 * paid plan is what leads there.
 */
struct _UpkeepPlanButton {
  AdwBin parent_instance;

  char *plan_id; /* (owned) */
  UpkeepInterval interval;
  UpkeepPlanAct act;
  GtkWidget *button; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (UpkeepPlanButton, upkeep_plan_button, ADW_TYPE_BIN)

static void
clicked_cb (UpkeepPlanButton *self)
{
  if (self->act == UPKEEP_PLAN_ACT_CANCEL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.cancel-plan", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.choose-plan", "(ss)", self->plan_id,
                                upkeep_interval_to_string (self->interval));
}

static GtkWidget *
new_button (UpkeepPlanButton *self, const UpkeepPlanOffer *offer)
{
  GtkWidget *button = gtk_button_new_with_label (offer->label);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_set_sensitive (button, offer->enabled);
  if (offer->suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  if (offer->note != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    offer->note, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_note (const char *note)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", note, "wrap", TRUE, "justify",
                                   GTK_JUSTIFY_CENTER, "max-width-chars", 22, NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "faint");
  return label;
}

/* GObject */

static void
upkeep_plan_button_finalize (GObject *object)
{
  UpkeepPlanButton *self = UPKEEP_PLAN_BUTTON (object);

  g_free (self->plan_id);

  G_OBJECT_CLASS (upkeep_plan_button_parent_class)->finalize (object);
}

static void
upkeep_plan_button_class_init (UpkeepPlanButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = upkeep_plan_button_finalize;
}

static void
upkeep_plan_button_init (UpkeepPlanButton *self)
{
}

/* Public */

/**
 * upkeep_plan_button_new:
 * @facts: what is known
 * @plan: a plan of the catalogue
 *
 * Makes the button of a plan; it is empty where nothing can be done with the plan.
 *
 * Returns: (transfer floating): the button with its note
 */
GtkWidget *
upkeep_plan_button_new (const UpkeepPlanFacts *facts, const UpkeepPlan *plan)
{
  UpkeepPlanButton *self = g_object_new (UPKEEP_TYPE_PLAN_BUTTON, NULL);
  g_auto (UpkeepPlanOffer) offer = {.act = UPKEEP_PLAN_ACT_NONE};
  GtkWidget *box;

  upkeep_plan_words_make_offer (facts, plan, &offer);
  self->plan_id = g_strdup (plan->id);
  self->interval = facts->interval;
  self->act = offer.act;
  if (offer.act == UPKEEP_PLAN_ACT_NONE)
    return GTK_WIDGET (self);

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->button = new_button (self, &offer);
  gtk_box_append (GTK_BOX (box), self->button);
  if (offer.note != NULL)
    gtk_box_append (GTK_BOX (box), new_note (offer.note));
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}

/**
 * upkeep_plan_button_get_plan:
 * @self: a plan's button
 *
 * Gets whose button it is.
 *
 * Returns: the plan's id
 */
const char *
upkeep_plan_button_get_plan (UpkeepPlanButton *self)
{
  g_return_val_if_fail (UPKEEP_IS_PLAN_BUTTON (self), NULL);

  return self->plan_id;
}

/**
 * upkeep_plan_button_find_focus:
 * @container: what the buttons are in
 *
 * Finds the plan whose button has the focus, so that the focus can go back to it after the buttons
 * were made anew.
 *
 * Returns: (transfer none) (nullable): the plan's id; `NULL` where the focus is elsewhere
 */
const char *
upkeep_plan_button_find_focus (GtkWidget *container)
{
  GtkRoot *root;
  GtkWidget *focus;
  GtkWidget *found;

  g_return_val_if_fail (GTK_IS_WIDGET (container), NULL);

  root = gtk_widget_get_root (container);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, container))
    return NULL;

  found = gtk_widget_get_ancestor (focus, UPKEEP_TYPE_PLAN_BUTTON);
  return found != NULL ? UPKEEP_PLAN_BUTTON (found)->plan_id : NULL;
}

/**
 * upkeep_plan_button_focus:
 * @container: what the buttons are in
 * @plan_id: a plan
 *
 * Gives the focus to a plan's button.
 *
 * Returns: whether there was one that takes it
 */
gboolean
upkeep_plan_button_focus (GtkWidget *container, const char *plan_id)
{
  GtkWidget *child;

  g_return_val_if_fail (GTK_IS_WIDGET (container), FALSE);

  for (child = gtk_widget_get_first_child (container); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (UPKEEP_IS_PLAN_BUTTON (child)) {
      UpkeepPlanButton *self = UPKEEP_PLAN_BUTTON (child);

      if (g_strcmp0 (self->plan_id, plan_id) == 0)
        return self->button != NULL && gtk_widget_grab_focus (self->button);
    } else if (upkeep_plan_button_focus (child, plan_id)) {
      return TRUE;
    }
  }
  return FALSE;
}

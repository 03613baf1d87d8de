/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-plans-page.h"

#include "upkeep-find.h"
#include "upkeep-plan-card.h"
#include "upkeep-plan-table.h"
#include "upkeep-sample.h"

#include <adwaita.h>

#define NNBSP "\342\200\257" /* U+202F */

typedef struct {
  UpkeepEdition *edition;
  UpkeepStatement *statement;
  GtkWidget *window;
  UpkeepPlansPage *page;
  char *chosen;
} Fixture;

static void
chosen_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->chosen);
  fixture->chosen = g_variant_print (parameter, FALSE);
}

static void
cancelled_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->chosen);
  fixture->chosen = g_strdup ("cancel");
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  static const GActionEntry actions[] = {
      {.name = "choose-plan", .activate = chosen_cb, .parameter_type = "(ss)"},
      {.name = "cancel-plan", .activate = cancelled_cb},
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  const char *file = user_data;

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), fixture);
  fixture->edition = upkeep_sample_edition (file != NULL ? file : "midjourney-2023-03.json");
  fixture->statement =
      file != NULL ? upkeep_sample_statement_credits () : upkeep_sample_statement ();
  fixture->page = UPKEEP_PLANS_PAGE (upkeep_plans_page_new ());
  fixture->window = g_object_ref_sink (gtk_window_new ());
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  g_object_set (fixture->page, "statement", fixture->statement, "edition", fixture->edition,
                "practice", TRUE, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->page), (gpointer *) &fixture->page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->window);
  g_assert_null (fixture->page);
  upkeep_edition_unref (fixture->edition);
  upkeep_statement_unref (fixture->statement);
  g_free (fixture->chosen);
}

static GtkWidget *
find_table (Fixture *fixture)
{
  return upkeep_find_type (GTK_WIDGET (fixture->page), UPKEEP_TYPE_PLAN_TABLE);
}

/* The page has its plans twice, as a table and as cards: the table's are looked at. */
static GtkWidget *
find_button (Fixture *fixture, const char *label)
{
  GtkWidget *found = upkeep_find_label (find_table (fixture), label);

  return found != NULL ? gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON) : NULL;
}

static void
click (Fixture *fixture, const char *label)
{
  GtkWidget *button = find_button (fixture, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
has_name (GtkWidget *root, const char *name)
{
  g_autofree char *error = gtk_test_accessible_check_property (GTK_ACCESSIBLE (root),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL) &&
      error == NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_name (child, name))
      return TRUE;
  return FALSE;
}

static void
test_buttons (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *own;

  g_test_summary ("Each plan has its button, and that opens the change of plan");
  g_assert_nonnull (
      upkeep_find_label (GTK_WIDGET (fixture->page), "Subscription Plans")); /* */
  own = find_button (fixture, "Current Plan");
  g_assert_nonnull (own);
  g_assert_false (gtk_widget_get_sensitive (own));
  g_assert_true (
      gtk_widget_has_css_class (find_button (fixture, "Upgrade to Pro…"), "suggested-action"));
  g_assert_false (
      gtk_widget_has_css_class (find_button (fixture, "Downgrade to Basic…"), "suggested-action"));

  click (fixture, "Upgrade to Pro…");
  g_assert_cmpstr (fixture->chosen, ==, "('pro', 'month')");
  click (fixture, "Downgrade to Basic…");
  g_assert_cmpstr (fixture->chosen, ==, "('basic', 'month')");
}

static void
test_yearly (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *yearly = gtk_widget_get_ancestor (
      upkeep_find_label (GTK_WIDGET (fixture->page), "Yearly, 20" NNBSP "% less"),
      GTK_TYPE_TOGGLE_BUTTON);
  g_autoptr (UpkeepStatement) again = upkeep_sample_statement ();

  g_test_summary ("Yearly prices are shown where they were chosen, and stay");
  g_assert_cmpint (upkeep_plans_page_get_interval (fixture->page), ==, UPKEEP_INTERVAL_MONTH);
  g_assert_nonnull (upkeep_find_label (find_table (fixture), "$30.00"));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (yearly), TRUE);
  g_assert_cmpint (upkeep_plans_page_get_interval (fixture->page), ==, UPKEEP_INTERVAL_YEAR);
  g_assert_nonnull (upkeep_find_label (find_table (fixture), "$288.00"));
  g_assert_nonnull (upkeep_find_label (find_table (fixture), "$24.00 a month"));
  g_assert_nonnull (upkeep_find_label (find_table (fixture), "Your plan, paid monthly"));
  click (fixture, "Upgrade to Standard…");
  g_assert_cmpstr (fixture->chosen, ==, "('standard', 'year')");

  upkeep_plans_page_set_statement (fixture->page, again);
  g_assert_cmpint (upkeep_plans_page_get_interval (fixture->page), ==, UPKEEP_INTERVAL_YEAR);
}

static void
test_own_interval (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("At first the prices are those of the term that is paid by");
  g_assert_cmpint (upkeep_plans_page_get_interval (fixture->page), ==, UPKEEP_INTERVAL_YEAR);
  g_assert_nonnull (find_button (fixture, "Current Plan"));
  click (fixture, "Downgrade to Free…");
  g_assert_cmpstr (fixture->chosen, ==, "cancel"); /* D-07 */
}

static void
test_differences (Fixture *fixture, gconstpointer user_data)
{
  GtkSwitch *only = GTK_SWITCH (upkeep_find_type (GTK_WIDGET (fixture->page), GTK_TYPE_SWITCH));

  g_test_summary ("Rows that tell nothing apart can be left out; narrow pages begin so");
  g_assert_false (gtk_switch_get_active (only));
  g_assert_nonnull (upkeep_find_label (find_table (fixture), "Usage rights"));

  upkeep_plans_page_set_narrow (fixture->page, TRUE);
  g_assert_true (gtk_switch_get_active (only));
  upkeep_plans_page_set_narrow (fixture->page, FALSE);
  g_assert_false (gtk_switch_get_active (only));

  gtk_switch_set_active (only, TRUE);
  g_assert_null (upkeep_find_label (find_table (fixture), "Usage rights"));
  g_assert_nonnull (upkeep_find_label (find_table (fixture), "Stealth mode"));
  upkeep_plans_page_set_narrow (fixture->page, TRUE);
  upkeep_plans_page_set_narrow (fixture->page, FALSE);
  g_assert_true (gtk_switch_get_active (only));
}

static void
test_why_not (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepStatement) past_due = upkeep_sample_statement_past_due ();
  GtkWidget *button;

  g_test_summary ("A button that cannot be used says why, to the eye and to a screen reader");
  upkeep_plans_page_set_online (fixture->page, FALSE);
  button = find_button (fixture, "Upgrade to Pro…");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Needs a connection");
  g_assert_nonnull (upkeep_find_label (find_table (fixture), "Needs a connection"));

  upkeep_plans_page_set_online (fixture->page, TRUE);
  g_assert_true (gtk_widget_get_sensitive (find_button (fixture, "Upgrade to Pro…")));

  upkeep_plans_page_set_statement (fixture->page, past_due);
  button = find_button (fixture, "Upgrade to Pro…");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Pay what is due first");
}

/* UX 3.4 */
static void
test_spoken (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *table = find_table (fixture);

  g_test_summary ("A cell is understood without the table around it");
  g_assert_true (has_name (table, "Stealth mode, Pro: yes"));
  g_assert_true (has_name (table, "Stealth mode, Basic: no"));
  g_assert_true (has_name (table, "Queue, Standard: 3 at once, 10 waiting"));
  g_assert_false (has_name (table, "Stealth mode, Basic: yes"));
}

static GtkWidget *
find_card (GtkWidget *cards, guint position)
{
  GtkWidget *card = gtk_widget_get_first_child (cards);

  for (guint i = 0; i < position; i++)
    card = gtk_widget_get_next_sibling (card);
  return card;
}

static void
test_cards (Fixture *fixture, gconstpointer user_data)
{
  static const char *const order[] = {"Standard", "Pro", "Basic", "Free Trial"};
  GtkWidget *first = upkeep_find_type (GTK_WIDGET (fixture->page), UPKEEP_TYPE_PLAN_CARD);
  GtkWidget *cards = gtk_widget_get_parent (first);

  g_test_summary ("Cards begin with one's own plan, then go up, then down");
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_nonnull (upkeep_find_label (find_card (cards, i), order[i]));
  g_assert_true (gtk_widget_has_css_class (first, "own"));
  g_assert_nonnull (
      upkeep_find_label (find_card (cards, 3), "Not on offer at present. 0.4 hours, once."));
}

static void
test_focus (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepStatement) again = upkeep_sample_statement ();

  g_test_summary ("The focus stays with a plan when the account is read again");
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_widget_grab_focus (find_button (fixture, "Downgrade to Basic…"));
  upkeep_plans_page_set_statement (fixture->page, again);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) ==
                 find_button (fixture, "Downgrade to Basic…"));
}

static void
test_empty (void)
{
  GtkWidget *page = g_object_ref_sink (upkeep_plans_page_new ());
  g_autoptr (UpkeepEdition) edition = upkeep_edition_new ();
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement_none ();

  g_test_summary ("A page without plans says so");
  g_assert_nonnull (upkeep_find_label (page, "No Plans Offered"));
  g_object_set (page, "statement", statement, "edition", edition, NULL);
  g_assert_nonnull (upkeep_find_label (page, "No Plans Offered"));
  g_assert_finalize_object (page);
}

#define ADD(path, func, file) g_test_add (path, Fixture, file, set_up, func, tear_down)

/* RULES 0.1: other terms are told of where there are some, and open to what is different. */
static void
test_terms (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepEdition) to = upkeep_sample_edition ("midjourney-2025-04.json");
  g_autoptr (UpkeepEditionChanges) changes =
      upkeep_edition_changes_make (fixture->edition, to, "standard");
  g_autoptr (UpkeepEditionChanges) none =
      upkeep_edition_changes_make (fixture->edition, fixture->edition, NULL);
  g_autoptr (UpkeepStatement) moves = upkeep_sample_statement ();
  GtkWidget *row;

  g_assert_null (upkeep_find_type (GTK_WIDGET (fixture->page), ADW_TYPE_EXPANDER_ROW));

  upkeep_plans_page_set_changes (fixture->page, changes);
  row = upkeep_find_type (GTK_WIDGET (fixture->page), ADW_TYPE_EXPANDER_ROW);
  g_assert_nonnull (row);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==,
                   "Your terms are those of 2023-03. Those of 2025-04 are current.");
  g_assert_true (adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (row)));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  g_assert_nonnull (upkeep_find_label (
      row, "They are judged by another rule.\n"
           "One is given with less than 20.0 minutes used since the subscription began.\n"
           "One is given with fewer than 20 images since the subscription began.\n"
           "One is not given any more with less than 1" NNBSP "% of the allotment used in the "
           "current month.\n"
           "At most: 1 in 365 days. This is new."));

  /* It stays open when something else is new. */
  moves->next_edition = g_strdup ("2025-04");
  moves->next_edition_at_s = upkeep_sample_instant ("2026-06-01T00:00:00Z");
  upkeep_plans_page_set_statement (fixture->page, moves);
  row = upkeep_find_type (GTK_WIDGET (fixture->page), ADW_TYPE_EXPANDER_ROW);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==,
                   "From 1 June 2026 the terms of 2025-04 hold for you.");

  upkeep_plans_page_set_changes (fixture->page, none);
  row = upkeep_find_type (GTK_WIDGET (fixture->page), ADW_TYPE_EXPANDER_ROW);
  g_assert_false (adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (row)));
  upkeep_plans_page_set_changes (fixture->page, NULL);
  g_assert_null (upkeep_find_type (GTK_WIDGET (fixture->page), ADW_TYPE_EXPANDER_ROW));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/ui/plans-page/buttons", test_buttons, NULL);
  ADD ("/ui/plans-page/yearly", test_yearly, NULL);
  ADD ("/ui/plans-page/own-interval", test_own_interval, "minara-2026-06.json");
  ADD ("/ui/plans-page/differences", test_differences, NULL);
  ADD ("/ui/plans-page/why-not", test_why_not, NULL);
  ADD ("/ui/plans-page/spoken", test_spoken, NULL);
  ADD ("/ui/plans-page/cards", test_cards, NULL);
  ADD ("/ui/plans-page/focus", test_focus, NULL);
  ADD ("/ui/plans-page/terms", test_terms, NULL);
  g_test_add_func ("/ui/plans-page/empty", test_empty);
  return g_test_run ();
}

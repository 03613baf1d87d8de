/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wizard.h"

#include "upkeep-find.h"
#include "upkeep-heading.h"
#include "upkeep-test-life.h"

#include <adwaita.h>

#define MONTH UPKEEP_INTERVAL_MONTH

typedef struct {
  UpkeepTestLife *life;
  UpkeepStatement *statement;
  GtkWidget *window;
  UpkeepWizard *wizard;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  const char *plan = user_data;

  if (plan != NULL) {
    fixture->life = upkeep_test_life_new_subscribed ("midjourney-2023-03.json", plan, MONTH,
                                                     "2026-04-24T00:00:00Z");
    upkeep_test_life_use (fixture->life, 6000, 0, 0);
    upkeep_test_life_advance (fixture->life, "2026-05-10T14:05:00Z");
  } else {
    fixture->life = upkeep_test_life_new ("midjourney-2023-03.json", "2026-05-10T14:05:00Z");
    upkeep_test_life_give_card (fixture->life);
  }
  fixture->statement = upkeep_test_life_state (fixture->life);
  fixture->wizard =
      UPKEEP_WIZARD (upkeep_wizard_new (NULL, fixture->statement, fixture->life->edition, TRUE));
  fixture->window = g_object_ref_sink (gtk_window_new ());
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->wizard));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->wizard), (gpointer *) &fixture->wizard);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->window);
  g_assert_null (fixture->wizard);
  upkeep_statement_unref (fixture->statement);
  upkeep_test_life_free (fixture->life);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  GtkWidget *root = GTK_WIDGET (fixture->wizard);

  return upkeep_find_is_shown (root, upkeep_find_label (root, text));
}

static GtkWidget *
find_button (Fixture *fixture, const char *label)
{
  GtkWidget *found = upkeep_find_label (GTK_WIDGET (fixture->wizard), label);

  return found != NULL ? gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON) : NULL;
}

static GtkCheckButton *
find_choice (Fixture *fixture, const char *label)
{
  GtkWidget *found = upkeep_find_label (GTK_WIDGET (fixture->wizard), label);

  g_assert_nonnull (found);
  return GTK_CHECK_BUTTON (gtk_widget_get_ancestor (found, GTK_TYPE_CHECK_BUTTON));
}

static void
assert_step (Fixture *fixture, const char *heading, const char *button)
{
  GtkWidget *root = GTK_WIDGET (fixture->wizard);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  g_assert_true (upkeep_find_is_shown (root, upkeep_find_label (root, heading)));
  g_assert_true (UPKEEP_IS_HEADING (focus)); /* UX 3.4: it lands on the heading */
  g_assert_cmpstr (upkeep_heading_get_label (UPKEEP_HEADING (focus)), ==, heading);
  gtk_test_accessible_assert_property (focus, GTK_ACCESSIBLE_PROPERTY_LABEL, heading);
  if (button != NULL)
    g_assert_true (shows (fixture, button));
}

static UpkeepQuote *
quote (Fixture *fixture, const char *plan)
{
  return upkeep_test_life_quote (fixture->life,
                                 fixture->statement->state == UPKEEP_STATE_ACTIVE
                                     ? UPKEEP_QUOTE_SWITCH
                                     : UPKEEP_QUOTE_SUBSCRIBE,
                                 plan, MONTH);
}

static void
show (Fixture *fixture, const char *plan)
{
  g_autoptr (UpkeepQuote) made = quote (fixture, plan);

  upkeep_wizard_show_quote (fixture->wizard, made);
}

static UpkeepReceipt *
new_receipt (gint64 total_minor)
{
  UpkeepReceipt *receipt = upkeep_receipt_new ();

  receipt->id = g_strdup ("r42");
  receipt->bill.total_minor = total_minor;
  return receipt;
}

static void
test_upgrade (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepReceipt) receipt = new_receipt (2500);

  g_test_summary ("From one plan to another: plan, timing, review, done");
  upkeep_wizard_begin (fixture->wizard, NULL, MONTH);
  assert_step (fixture, "Choose a Plan", "Continue");
  g_assert_false (gtk_widget_get_sensitive (find_button (fixture, "Continue")));
  g_assert_null (upkeep_find_label (GTK_WIDGET (fixture->wizard), "Basic, billed monthly"));

  gtk_check_button_set_active (find_choice (fixture, "Standard, billed monthly"), TRUE);
  g_assert_true (gtk_widget_get_sensitive (find_button (fixture, "Continue")));
  upkeep_wizard_go_on (fixture->wizard);
  assert_step (fixture, "Working Out the Price", "Cancel");

  show (fixture, "standard");
  assert_step (fixture, "When to Change", "Continue");
  g_assert_true (gtk_check_button_get_active (find_choice (fixture, "Now")));

  upkeep_wizard_go_on (fixture->wizard);
  assert_step (fixture, "Standard, from now", "Confirm and Pay $25.00");
  g_assert_true (shows (fixture, "Due today"));
  g_assert_true (shows (fixture, "Checked by this app"));
  g_assert_true (shows (fixture, "Visa •••• 4242"));

  upkeep_wizard_go_on (fixture->wizard);
  g_assert_true (shows (fixture, "Paying"));
  g_assert_false (gtk_widget_get_sensitive (find_button (fixture, "Confirm and Pay $25.00")));

  upkeep_wizard_show_receipt (fixture->wizard, UPKEEP_TIMING_IMMEDIATE, receipt);
  assert_step (fixture, "You Now Have Standard", "Close");
  g_assert_true (shows (fixture, "Paid"));
  g_assert_true (shows (fixture, "r42"));
  g_assert_true (shows (fixture, "Next charge on 10 June 2026"));
}

static void
test_period_end (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepReceipt) receipt = new_receipt (0);

  g_test_summary ("A change at the end of the period pays nothing and says when it begins");
  upkeep_wizard_begin (fixture->wizard, "pro", MONTH);
  show (fixture, "pro");
  gtk_check_button_set_active (find_choice (fixture, "On 24 May 2026"), TRUE);
  upkeep_wizard_go_on (fixture->wizard);
  assert_step (fixture, "Pro, from 24 May 2026", "Confirm Change");
  g_assert_true (shows (fixture, "$0.00"));
  upkeep_wizard_go_on (fixture->wizard);
  upkeep_wizard_show_receipt (fixture->wizard, UPKEEP_TIMING_PERIOD_END, receipt);
  assert_step (fixture, "Pro Begins on 24 May 2026", "Close");
  g_assert_false (shows (fixture, "Paid"));
}

static void
test_downgrade (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("With one choice of when there is nothing to ask");
  upkeep_wizard_begin (fixture->wizard, "basic", MONTH);
  show (fixture, "basic");
  assert_step (fixture, "Basic, from 24 May 2026", "Confirm Change");
  g_assert_true (upkeep_wizard_go_back (fixture->wizard));
  assert_step (fixture, "Choose a Plan", "Continue");
}

static void
test_subscribe (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("A first plan goes straight to the review");
  upkeep_wizard_begin (fixture->wizard, "pro", MONTH);
  show (fixture, "pro");
  assert_step (fixture, "Pro, from now", "Confirm and Pay $60.00");
}

static void
test_back (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Back goes one step back, and nowhere from the first and the last");
  upkeep_wizard_begin (fixture->wizard, "pro", MONTH);
  show (fixture, "pro");
  upkeep_wizard_go_on (fixture->wizard);
  g_assert_true (upkeep_wizard_go_back (fixture->wizard));
  assert_step (fixture, "When to Change", "Continue");
  g_assert_true (upkeep_wizard_go_back (fixture->wizard));
  assert_step (fixture, "Choose a Plan", "Continue");
  g_assert_true (gtk_check_button_get_active (find_choice (fixture, "Pro, billed monthly")));
  g_assert_false (upkeep_wizard_go_back (fixture->wizard));

  show (fixture, "pro");
  upkeep_wizard_go_on (fixture->wizard);
  upkeep_wizard_go_on (fixture->wizard);
  g_assert_false (upkeep_wizard_go_back (fixture->wizard));
}

/* */
static void
test_company (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Where one is asked about one's company, it begins with that");
  upkeep_wizard_begin (fixture->wizard, "standard", MONTH);
  assert_step (fixture, "Choose a Plan", "Continue");
  g_assert_true (gtk_check_button_get_active (find_choice (fixture, "Standard, billed monthly")));
  g_assert_true (shows (fixture, "My company has more than $1,000,000 gross revenue a year"));
}

static void
test_tampered (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) made = quote (fixture, "standard");
  UpkeepOption *option = &g_array_index (made->options, UpkeepOption, 0);

  g_test_summary ("A sum that this app does not get cannot be confirmed");
  option->terms.unused = 7200;
  upkeep_wizard_begin (fixture->wizard, "standard", MONTH);
  upkeep_wizard_show_quote (fixture->wizard, made);
  upkeep_wizard_go_on (fixture->wizard);
  g_assert_true (shows (fixture, "The sums do not agree"));
  g_assert_true (shows (fixture, "The service says $25.00, this app gets $24.00"));
  g_assert_false (gtk_widget_get_sensitive (find_button (fixture, "Confirm and Pay $25.00")));
  upkeep_wizard_go_on (fixture->wizard);
  assert_step (fixture, "Standard, from now", NULL);
  g_assert_false (shows (fixture, "Paying"));
}

static void
test_blocked (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Every reason against it is told in words, with a way out");
  upkeep_wizard_begin (fixture->wizard, "pro", MONTH);
  for (guint i = 0; i < UPKEEP_N_BLOCKED_CODES; i++) {
    g_autoptr (UpkeepQuote) blocked = upkeep_quote_new ();
    UpkeepBlocked reason = {.code = (UpkeepBlockedCode) i};
    gboolean again = i == UPKEEP_BLOCKED_PAST_DUE || i == UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED ||
                     i == UPKEEP_BLOCKED_PAYMENT_METHOD_UNSUPPORTED;

    g_test_message ("%s", upkeep_blocked_code_to_string (reason.code));
    blocked->kind = UPKEEP_QUOTE_SWITCH;
    g_strlcpy (blocked->currency, "USD", sizeof blocked->currency);
    g_array_append_val (blocked->blocked, reason);
    upkeep_wizard_show_quote (fixture->wizard, blocked);
    assert_step (fixture, "Not Possible Now", "Back");
    g_assert_cmpint (shows (fixture, "Try Again"), ==, again);
  }
}

static void
fail (Fixture *fixture, UpkeepClientError code)
{
  g_autoptr (GError) error = g_error_new_literal (UPKEEP_CLIENT_ERROR, (int) code, "not shown");

  upkeep_wizard_show_error (fixture->wizard, error);
}

static void
begin_sending (Fixture *fixture)
{
  upkeep_wizard_begin (fixture->wizard, "standard", MONTH);
  show (fixture, "standard");
  upkeep_wizard_go_on (fixture->wizard);
  upkeep_wizard_go_on (fixture->wizard);
  g_assert_true (shows (fixture, "Paying"));
}

static void
test_declined (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("A declined payment says so and that nothing was charged");
  begin_sending (fixture);
  fail (fixture, UPKEEP_CLIENT_ERROR_DECLINED);
  assert_step (fixture, "Standard, from now", "Confirm and Pay $25.00");
  g_assert_true (shows (fixture, "The payment was declined by the bank.\nNothing was charged."));
  g_assert_true (gtk_widget_get_sensitive (find_button (fixture, "Confirm and Pay $25.00")));
}

static void
test_expired (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("An expired quote is fetched anew, and the review goes on");
  begin_sending (fixture);
  fail (fixture, UPKEEP_CLIENT_ERROR_EXPIRED);
  assert_step (fixture, "Working Out the Price", NULL);
  show (fixture, "standard");
  assert_step (fixture, "Standard, from now", "Confirm and Pay $25.00");
  g_assert_true (shows (fixture, "Prices refreshed. Nothing was charged."));
}

static void
test_stale (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("A sum that has changed says what it was, and needs a new press");
  begin_sending (fixture);
  fail (fixture, UPKEEP_CLIENT_ERROR_STALE);
  upkeep_test_life_use (fixture->life, 1200, 0, 0);
  show (fixture, "standard");
  assert_step (fixture, "Standard, from now", "Confirm and Pay $26.00");
  g_assert_true (shows (fixture, "was $25.00, now $26.00"));
  g_assert_false (shows (fixture, "Paying"));
}

static void
test_unknown_outcome (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Without an answer it is looked up, and never sent again");
  begin_sending (fixture);
  fail (fixture, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME);
  g_assert_true (shows (fixture, "Checking whether the payment went through. You can close this; "
                                 "it is never sent twice."));
  g_assert_true (shows (fixture, "Close"));
  upkeep_wizard_show_receipt (fixture->wizard, UPKEEP_TIMING_IMMEDIATE, NULL);
  assert_step (fixture, "You Now Have Standard", "Close");
  g_assert_false (shows (fixture, "Paid"));
}

static void
test_problem (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Without figures it says why, and asks again");
  upkeep_wizard_begin (fixture->wizard, "pro", MONTH);
  fail (fixture, UPKEEP_CLIENT_ERROR_SERVICE);
  assert_step (fixture, "No Price Yet", "Try Again");
  g_assert_true (shows (fixture, "The service answered with an error.\nNothing was charged."));
  upkeep_wizard_go_on (fixture->wizard);
  assert_step (fixture, "Working Out the Price", NULL);
}

#define ADD(path, func, plan) g_test_add (path, Fixture, plan, set_up, func, tear_down)

/* RULES 0.13: a trial that is on offer is taken up like a plan, for nothing. */
static void
test_trial (Fixture *fixture, gconstpointer user_data)
{
  ((UpkeepPlan *) upkeep_edition_find_plan (fixture->life->edition, "trial"))->offered = TRUE;
  show (fixture, "trial");
  assert_step (fixture, "Free Trial, from now", "Confirm Change");
  g_assert_true (shows (fixture, "$0.00"));
  g_assert_true (shows (fixture, "0.4 hours of Fast time from now"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/ui/wizard/upgrade", test_upgrade, "basic");
  ADD ("/ui/wizard/period-end", test_period_end, "basic");
  ADD ("/ui/wizard/downgrade", test_downgrade, "standard");
  ADD ("/ui/wizard/subscribe", test_subscribe, NULL);
  ADD ("/ui/wizard/trial", test_trial, NULL);
  ADD ("/ui/wizard/back", test_back, "basic");
  ADD ("/ui/wizard/company", test_company, "basic");
  ADD ("/ui/wizard/tampered", test_tampered, "basic");
  ADD ("/ui/wizard/blocked", test_blocked, "basic");
  ADD ("/ui/wizard/declined", test_declined, "basic");
  ADD ("/ui/wizard/expired", test_expired, "basic");
  ADD ("/ui/wizard/stale", test_stale, "basic");
  ADD ("/ui/wizard/unknown-outcome", test_unknown_outcome, "basic");
  ADD ("/ui/wizard/problem", test_problem, "basic");
  return g_test_run ();
}

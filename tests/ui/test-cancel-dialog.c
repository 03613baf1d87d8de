/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-cancel-dialog.h"

#include "upkeep-find.h"
#include "upkeep-format.h"
#include "upkeep-sample.h"
#include "upkeep-scene.h"

#define PERIOD_END "Cancel at the end of the period"
#define NOW        "Cancel now with a full refund of $30.00"
#define REASONS    "POST /v1/account/reasons HTTP/1.1\r\n"

typedef struct {
  UpkeepScene scene;
  GtkWidget *window;
  GtkWidget *dialog; /* a weak pointer */
  char *page;        /* the page that the window was asked to show */
} Fixture;

static void
page_shown_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->page);
  fixture->page = g_variant_dup_string (parameter, NULL);
}

static gboolean
is_mapped (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  static const GActionEntry actions[] = {
      {.name = "show-page", .activate = page_shown_cb, .parameter_type = "s"},
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  upkeep_scene_open (&fixture->scene);
  upkeep_scene_answer_account (&fixture->scene, upkeep_sample_statement ());
  upkeep_scene_start (&fixture->scene);

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), fixture);
  fixture->window = g_object_ref_sink (gtk_window_new ());
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
  gtk_window_set_child (GTK_WINDOW (fixture->window), gtk_label_new ("Window"));
  gtk_window_present (GTK_WINDOW (fixture->window));
  upkeep_find_wait (is_mapped, fixture->window);
}

static gboolean
is_gone (gpointer user_data)
{
  return ((Fixture *) user_data)->dialog == NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->window); /* and with it the dialog */
  upkeep_find_wait (is_gone, fixture);
  upkeep_scene_close (&fixture->scene);
  g_free (fixture->page);
}

static void
present (Fixture *fixture)
{
  g_set_weak_pointer (&fixture->dialog,
                      upkeep_cancel_dialog_new (fixture->scene.session, NULL, FALSE));
  upkeep_cancel_dialog_present (UPKEEP_CANCEL_DIALOG (fixture->dialog), fixture->window);
}

/* The first label with a text that is on the screen. */
static GtkWidget *
find_shown (GtkWidget *root, const char *text)
{
  if (!gtk_widget_get_visible (root) || !gtk_widget_get_child_visible (root))
    return NULL;
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), text))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_shown (child, text);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
find_around (Fixture *fixture, const char *text, GType type)
{
  GtkWidget *label = find_shown (fixture->dialog, text);

  return label != NULL ? gtk_widget_get_ancestor (label, type) : NULL;
}

typedef struct {
  Fixture *fixture;
  const char *text;
} Wanted;

static gboolean
is_text_there (gpointer user_data)
{
  Wanted *wanted = user_data;

  return find_shown (wanted->fixture->dialog, wanted->text) != NULL;
}

static void
wait_for_text (Fixture *fixture, const char *text)
{
  Wanted wanted = {fixture, text};

  g_test_message ("waiting for “%s”", text);
  upkeep_find_wait (is_text_there, &wanted);
}

static gboolean
is_button_ready (gpointer user_data)
{
  Wanted *wanted = user_data;
  GtkWidget *button = find_around (wanted->fixture, wanted->text, GTK_TYPE_BUTTON);

  return button != NULL && gtk_widget_get_sensitive (button);
}

static void
press (Fixture *fixture, const char *text)
{
  Wanted wanted = {fixture, text};

  g_test_message ("waiting for the button “%s”", text);
  upkeep_find_wait (is_button_ready, &wanted);
  g_signal_emit_by_name (find_around (fixture, text, GTK_TYPE_BUTTON), "clicked");
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return find_shown (fixture->dialog, text) != NULL;
}

static GtkCheckButton *
get_radio (Fixture *fixture, const char *text)
{
  GtkWidget *radio = find_around (fixture, text, GTK_TYPE_CHECK_BUTTON);

  g_assert_nonnull (radio);
  return GTK_CHECK_BUTTON (radio);
}

static UpkeepStatement *
new_cancelled (void)
{
  UpkeepStatement *statement = upkeep_sample_statement ();

  statement->version++;
  statement->scheduled = UPKEEP_SCHEDULED_CANCEL;
  statement->scheduled_at_s = statement->period.end_s;
  statement->ends_at_s = statement->period.end_s;
  statement->renews_at_s = UPKEEP_INSTANT_NONE;
  statement->next_charge_at_s = UPKEEP_INSTANT_NONE;
  return statement;
}

/* CONTRACT 7; UX 1.5, 1 to 8 */
static void
test_question (Fixture *fixture, gconstpointer user_data)
{
  GtkCheckButton *later;
  GtkCheckButton *now;
  GtkWidget *keep;
  GtkWidget *confirm;

  g_test_summary (
      "What can be undone is chosen; both buttons are of one size, and stand in order.");
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (216));
  present (fixture);
  wait_for_text (fixture, PERIOD_END);

  g_assert_true (shows (fixture, "Cancel Standard?"));
  later = get_radio (fixture, PERIOD_END);
  now = get_radio (fixture, NOW);
  g_assert_true (gtk_check_button_get_active (later));
  g_assert_false (gtk_check_button_get_active (now));
  gtk_test_accessible_assert_property (GTK_WIDGET (now), GTK_ACCESSIBLE_PROPERTY_LABEL, NOW);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (fixture->dialog))) ==
                 GTK_WIDGET (later));
  g_assert_true (shows (fixture, "How the refund is worked out"));
  g_assert_true (shows (fixture, "Images, history and commercial rights stay"));

  keep = find_around (fixture, "Keep Plan", GTK_TYPE_BUTTON);
  confirm = find_around (fixture, "Confirm Cancellation", GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_get_next_sibling (keep) == confirm);
  g_assert_true (gtk_box_get_homogeneous (GTK_BOX (gtk_widget_get_parent (keep))));
  g_assert_cmpuint (upkeep_test_server_count (fixture->scene.server, UPKEEP_SCENE_QUOTES), ==, 1);

  press (fixture, "Keep Plan");
  upkeep_find_wait (is_gone, fixture);
  g_assert_cmpuint (upkeep_test_server_count (fixture->scene.server, UPKEEP_SCENE_ACCEPT), ==, 0);
}

/* UX 1.5, 10 and 11 */
static void
test_confirm (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) quote = upkeep_sample_cancel_quote (216);

  g_test_summary ("Confirmed at the end of the period: a number, a time, and how to undo it.");
  upkeep_scene_answer_quote (&fixture->scene, upkeep_quote_ref (quote));
  upkeep_scene_answer_accept (&fixture->scene, new_cancelled (),
                              upkeep_scene_receipt (quote, UPKEEP_TIMING_PERIOD_END));
  present (fixture);
  press (fixture, "Confirm Cancellation");
  wait_for_text (fixture, "Standard Is Cancelled");

  g_assert_true (shows (fixture, "r1"));
  g_assert_true (shows (fixture, "10 May 2026 at 14:00 (UTC)"));
  g_assert_true (shows (fixture, "Standard ends"));
  g_assert_true (shows (fixture, "1 June 2026 at 00:00 (UTC). No further charge."));
  g_assert_false (shows (fixture, "Keep Plan"));
  g_assert_false (shows (fixture, "Confirm Cancellation"));
  g_assert_cmpuint (upkeep_test_server_count (fixture->scene.server, UPKEEP_SCENE_QUOTES), ==, 1);
  g_assert_cmpuint (upkeep_test_server_count (fixture->scene.server, UPKEEP_SCENE_ACCEPT), ==, 1);
  g_assert_cmpint (upkeep_session_get_statement (fixture->scene.session)->scheduled, ==,
                   UPKEEP_SCHEDULED_CANCEL);

  press (fixture, "Close");
  upkeep_find_wait (is_gone, fixture);
}

static void
test_refund (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) quote = upkeep_sample_cancel_quote (216);
  UpkeepStatement *ended = upkeep_sample_statement_none ();
  g_autofree char *request = NULL;

  g_test_summary ("Confirmed now: the refund with its sum, method and day.");
  ended->version = 9;
  ended->state = UPKEEP_STATE_ENDED;
  upkeep_scene_answer_quote (&fixture->scene, upkeep_quote_ref (quote));
  upkeep_scene_answer_accept (&fixture->scene, ended,
                              upkeep_scene_receipt (quote, UPKEEP_TIMING_IMMEDIATE));
  present (fixture);
  wait_for_text (fixture, NOW);
  gtk_check_button_set_active (get_radio (fixture, NOW), TRUE);
  press (fixture, "Confirm Cancellation");
  wait_for_text (fixture, "Standard Is Cancelled");

  g_assert_true (shows (fixture, "Standard ended"));
  g_assert_true (shows (fixture, "Refund of $30.00"));
  g_assert_true (shows (fixture, "To Visa •••• 4242 by 22 May 2026 (10 business days)"));
  request = upkeep_test_server_dup_request (fixture->scene.server, 3);
  g_assert_nonnull (strstr (request, "\"immediate\""));
}

static void
test_not_refundable (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Without a refund there is one choice, and the rule says why. RULES 0.22");
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (27720));
  present (fixture);
  wait_for_text (fixture, PERIOD_END);

  g_assert_false (shows (fixture, NOW));
  g_assert_true (gtk_check_button_get_active (get_radio (fixture, PERIOD_END)));
  g_assert_true (shows (fixture, "462.0 of 9.0 minutes, Relax mode included"));
}

static void
test_blocked (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Blocked, it says why and what to do, and asks nothing.");
  upkeep_scene_answer_quote (&fixture->scene,
                             upkeep_sample_blocked_quote (UPKEEP_BLOCKED_ALREADY_CANCELLED));
  present (fixture);
  wait_for_text (fixture, "Standard Is Already Cancelled");

  g_assert_true (shows (fixture, "Until then it can be undone on the Overview page."));
  g_assert_false (shows (fixture, "Confirm Cancellation"));
  g_assert_false (shows (fixture, "Keep Plan"));
  press (fixture, "Close");
  upkeep_find_wait (is_gone, fixture);
}

/* C-37..C-39, B-25, C-34: refused, it says where help is, the e-mail first. */
static void
test_blocked_help (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *list;
  GtkWidget *open;

  g_test_summary ("Refused, it says where help is, in the order in which to try it.");
  upkeep_scene_answer_quote (&fixture->scene,
                             upkeep_sample_blocked_quote (UPKEEP_BLOCKED_PAST_DUE));
  present (fixture);
  wait_for_text (fixture, "Standard Cannot Be Cancelled Yet");

  g_assert_true (
      shows (fixture, "billing@midjourney.com\nGive your user ID and an invoice number."));
  list = find_around (fixture, "Write to billing support", GTK_TYPE_LIST_BOX);
  g_assert_true (find_around (fixture, "Write to billing support", GTK_TYPE_LIST_BOX_ROW) ==
                 GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)));
  g_assert_true (
      find_around (fixture, "Ask in #member-support on Discord", GTK_TYPE_LIST_BOX_ROW) ==
      GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 2)));
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 3));
  open = find_around (fixture, "Open", GTK_TYPE_BUTTON);
  gtk_test_accessible_assert_property (open, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Open: Write to billing support");
  g_assert_true (gtk_widget_get_focusable (open));
}

/* */
static void
test_review (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) quote = upkeep_sample_cancel_quote (27720);
  UpkeepClauseReport *review = upkeep_clause_report_new ();

  g_test_summary ("A refund that people judge can be asked for, and is not promised.");
  review->id = g_strdup ("unused_since_renewal");
  review->scope = UPKEEP_SCOPE_SINCE_RENEWAL;
  review->limit = 1;
  review->holds = TRUE;
  quote->refund_rule->review = review;
  quote->refund_rule->review_channel = g_strdup ("billing_email");
  upkeep_scene_answer_quote (&fixture->scene, upkeep_quote_ref (quote));
  present (fixture);
  wait_for_text (fixture, "You can ask for a refund");

  g_assert_true (shows (fixture, "Nothing was used since the last renewal. People decide on it; "
                                 "nothing is refunded by itself."));
  g_assert_false (shows (fixture, NOW));
}

static GtkEditable *
get_invoice_entry (Fixture *fixture)
{
  GtkWidget *row = find_around (fixture, "Invoice number", ADW_TYPE_ENTRY_ROW);

  g_assert_nonnull (row);
  return GTK_EDITABLE (row);
}

/* C-43, 0.34: an invoice's number is asked for, and the figures follow from it. */
static void
test_invoice_number (Fixture *fixture, gconstpointer user_data)
{
  UpkeepScene *scene = &fixture->scene;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  g_test_summary ("Without an invoice's number one is asked for it; a wrong one is asked again.");
  upkeep_scene_answer_quote (scene,
                             upkeep_sample_blocked_quote (UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED));
  upkeep_scene_answer_quote (scene,
                             upkeep_sample_blocked_quote (UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN));
  upkeep_scene_answer_quote (scene, upkeep_sample_cancel_quote (216));
  present (fixture);
  wait_for_text (fixture, "Invoice number");
  g_assert_true (shows (fixture, "Cancel Standard?"));
  g_assert_false (shows (fixture, "Confirm Cancellation"));
  g_assert_true (shows (fixture, "Keep Plan"));
  g_assert_true (shows (fixture, "Write to billing support"));

  press (fixture, "Continue"); /* with nothing typed nothing is asked */
  g_assert_cmpuint (upkeep_test_server_count (scene->server, UPKEEP_SCENE_QUOTES), ==, 1);
  gtk_editable_set_text (get_invoice_entry (fixture), "ABC1DEF2-0009");
  press (fixture, "Continue");
  wait_for_text (fixture, "None of your invoices has this number.");
  gtk_editable_set_text (get_invoice_entry (fixture), " abc1def2-0001 ");
  g_signal_emit_by_name (get_invoice_entry (fixture), "entry-activated");
  wait_for_text (fixture, PERIOD_END);

  g_assert_false (shows (fixture, "None of your invoices has this number."));
  g_assert_true (shows (fixture, "Confirm Cancellation"));
  first = upkeep_test_server_dup_request (scene->server, 2);
  g_assert_null (strstr (first, "invoice_number"));
  last = upkeep_test_server_dup_request (scene->server, 4);
  g_assert_nonnull (strstr (last, "\"invoice_number\":\"ABC1DEF2-0001\""));
}

static void
confirm_end (Fixture *fixture)
{
  g_autoptr (UpkeepQuote) quote = upkeep_sample_cancel_quote (216);

  upkeep_scene_answer_quote (&fixture->scene, upkeep_quote_ref (quote));
  upkeep_scene_answer_accept (&fixture->scene, new_cancelled (),
                              upkeep_scene_receipt (quote, UPKEEP_TIMING_PERIOD_END));
  present (fixture);
  press (fixture, "Confirm Cancellation");
  wait_for_text (fixture, "Standard Is Cancelled");
}

/* The last request that begins so. */
static char *
dup_request_of (UpkeepTestServer *server, const char *prefix)
{
  for (guint i = upkeep_test_server_count (server, ""); i > 0; i--) {
    g_autofree char *request = upkeep_test_server_dup_request (server, i - 1);

    if (g_str_has_prefix (request, prefix))
      return g_steal_pointer (&request);
  }
  g_assert_not_reached ();
}

/* B-02; UX 1.5, 3 and 9 */
static void
test_reason (Fixture *fixture, gconstpointer user_data)
{
  UpkeepScene *scene = &fixture->scene;
  g_autofree char *request = NULL;
  GtkWidget *send;

  g_test_summary (
      "Why one leaves is asked after the fact, below everything, and need not be told.");
  upkeep_test_server_answer (scene->server, REASONS, 200, NULL, "application/json",
                             "{\"reason\":\"priorities\",\"text\":\"Less time\","
                             "\"at\":\"2026-05-10T14:00:00Z\"}");
  confirm_end (fixture);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (fixture->dialog))) ==
                 find_around (fixture, "Close", GTK_TYPE_BUTTON));
  g_assert_true (shows (fixture, "Why did you leave? You do not have to say."));
  send = find_around (fixture, "Send Answer", GTK_TYPE_BUTTON);
  g_assert_false (gtk_widget_get_sensitive (send)); /* no answer is chosen for anybody */
  gtk_check_button_set_active (get_radio (fixture, "I need it less than I did"), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (upkeep_find_type (fixture->dialog, GTK_TYPE_ENTRY)),
                         "Less time");
  press (fixture, "Send Answer");
  wait_for_text (fixture, "Thank you. It was sent.");

  g_assert_false (shows (fixture, "Why did you leave? You do not have to say."));
  request = dup_request_of (scene->server, REASONS);
  g_assert_cmpstr (strstr (request, "\r\n\r\n"), ==,
                   "\r\n\r\n{\"reason\":\"priorities\",\"text\":\"Less time\"}");
  press (fixture, "Close");
  upkeep_find_wait (is_gone, fixture);
}

static void
test_reason_not_sent (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("An answer that cannot be sent changes nothing, and can be sent again.");
  upkeep_scene_answer_problem (&fixture->scene, REASONS, 409, "nothing_cancelled");
  confirm_end (fixture);
  gtk_check_button_set_active (get_radio (fixture, "Something else"), TRUE);
  press (fixture, "Send Answer");
  wait_for_text (fixture, "It could not be sent. Your plan is cancelled all the same.");
  g_assert_true (gtk_widget_get_sensitive (find_around (fixture, "Send Answer", GTK_TYPE_BUTTON)));
}

/* UX 1.5, 9: skipped by doing nothing. */
static void
test_reason_skipped (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Who closes the dialog has told nothing.");
  confirm_end (fixture);
  press (fixture, "Close");
  upkeep_find_wait (is_gone, fixture);
  g_assert_cmpuint (upkeep_test_server_count (fixture->scene.server, REASONS), ==, 0);
}

static void
test_stale (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Figures that changed are shown anew, and a new press is asked for.");
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (216));
  upkeep_scene_answer_stale (&fixture->scene, upkeep_sample_cancel_quote (27720));
  present (fixture);
  wait_for_text (fixture, NOW);
  press (fixture, "Confirm Cancellation");
  wait_for_text (fixture, "462.0 of 9.0 minutes, Relax mode included");

  g_assert_true (shows (fixture, "The figures have changed since they were shown. Nothing was "
                                 "cancelled. Look at the new ones and confirm again."));
  g_assert_false (shows (fixture, NOW));
  g_assert_true (
      gtk_widget_get_sensitive (find_around (fixture, "Confirm Cancellation", GTK_TYPE_BUTTON)));
  g_assert_cmpuint (upkeep_test_server_count (fixture->scene.server, UPKEEP_SCENE_ACCEPT), ==, 1);
}

static void
test_expired (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Figures that are too old are fetched again, and nothing happens by itself.");
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (216));
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (27720));
  upkeep_scene_answer_problem (&fixture->scene, UPKEEP_SCENE_ACCEPT, 410, "quote_expired");
  present (fixture);
  press (fixture, "Confirm Cancellation");
  wait_for_text (fixture, "The figures were half an hour old. Nothing was cancelled. Look at the "
                          "new ones and confirm again.");
  wait_for_text (fixture, "462.0 of 9.0 minutes, Relax mode included");
  g_assert_cmpuint (upkeep_test_server_count (fixture->scene.server, UPKEEP_SCENE_ACCEPT), ==, 1);
}

/* UX 1.5, 14: it never pretends to be done. */
static void
test_offline (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Without the service nothing is cancelled, and it says so.");
  upkeep_scene_stop_service (&fixture->scene);
  present (fixture);
  wait_for_text (fixture, "The practice service cannot be reached.\nNothing was cancelled.");

  g_assert_false (shows (fixture, "Confirm Cancellation"));
  g_assert_true (shows (fixture, "Try Again"));
  press (fixture, "Keep Plan");
  upkeep_find_wait (is_gone, fixture);
}

static void
test_service_error (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("An error stands above the buttons, and what was chosen stays chosen.");
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (216));
  upkeep_scene_answer_problem (&fixture->scene, UPKEEP_SCENE_ACCEPT, 422, "invalid_value");
  present (fixture);
  wait_for_text (fixture, NOW);
  gtk_check_button_set_active (get_radio (fixture, NOW), TRUE);
  press (fixture, "Confirm Cancellation");
  wait_for_text (fixture, "The service refused this.\nNothing was cancelled.");

  g_assert_true (gtk_check_button_get_active (get_radio (fixture, NOW)));
  g_assert_true (
      gtk_widget_get_sensitive (find_around (fixture, "Confirm Cancellation", GTK_TYPE_BUTTON)));
}

static void
test_unknown_outcome (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) quote = upkeep_sample_cancel_quote (216);

  g_test_summary ("An answer that did not come is looked for; the same key is sent again.");
  upkeep_scene_answer_quote (&fixture->scene, upkeep_quote_ref (quote));
  upkeep_scene_hang_up (&fixture->scene, UPKEEP_SCENE_ACCEPT);
  upkeep_scene_answer_accept (&fixture->scene, new_cancelled (),
                              upkeep_scene_receipt (quote, UPKEEP_TIMING_PERIOD_END));
  present (fixture);
  press (fixture, "Confirm Cancellation");
  wait_for_text (fixture, "Checking whether the cancellation went through. You can close this; the "
                          "check goes on.");
  g_assert_false (shows (fixture, "Keep Plan"));
  g_assert_true (shows (fixture, "Close"));
  wait_for_text (fixture, "Standard Is Cancelled");

  g_assert_true (shows (fixture, "1 June 2026 at 00:00 (UTC). No further charge."));
  g_assert_cmpuint (upkeep_test_server_count (fixture->scene.server, UPKEEP_SCENE_ACCEPT), ==, 2);
}

static void
test_closed_while_sending (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) quote = upkeep_sample_cancel_quote (216);

  g_test_summary ("Closed while it is sent, it goes on, and nobody is called back.");
  upkeep_scene_answer_quote (&fixture->scene, upkeep_quote_ref (quote));
  upkeep_scene_answer_accept (&fixture->scene, new_cancelled (),
                              upkeep_scene_receipt (quote, UPKEEP_TIMING_PERIOD_END));
  present (fixture);
  press (fixture, "Confirm Cancellation");
  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (fixture->dialog)));
  upkeep_find_wait (is_gone, fixture);
  g_assert_cmpint (upkeep_session_get_statement (fixture->scene.session)->scheduled, ==,
                   UPKEEP_SCHEDULED_CANCEL);
}

static void
test_closed_while_loading (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Closed before the figures are there, it waits for them no more.");
  upkeep_test_server_answer_raw (fixture->scene.server, UPKEEP_SCENE_QUOTES, "",
                                 UPKEEP_TEST_END_HANG);
  present (fixture);
  g_assert_true (shows (fixture, "Keep Plan"));
  press (fixture, "Keep Plan");
  upkeep_find_wait (is_gone, fixture);
}

static void
test_other_way (Fixture *fixture, gconstpointer user_data)
{
  gboolean handled = FALSE;
  GtkWidget *label;

  g_test_summary ("The other way leads to the page of plans.");
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (216));
  present (fixture);
  wait_for_text (fixture, "Another way: switch to Basic for $10.00 a month on Plans");
  label = find_shown (fixture->dialog, "Another way: switch to Basic for $10.00 a month on Plans");
  g_signal_emit_by_name (label, "activate-link", "plans", &handled);
  g_assert_true (handled);
  upkeep_find_wait (is_gone, fixture);
  g_assert_cmpstr (fixture->page, ==, "plans");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  upkeep_client_prepare_process ();
  upkeep_format_set_locale ("C"); /* GTK has made it American */
  adw_init ();
#define ADD(name, test)                                                                            \
  g_test_add ("/ui/cancel-dialog/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("question", test_question);
  ADD ("confirm", test_confirm);
  ADD ("refund", test_refund);
  ADD ("not-refundable", test_not_refundable);
  ADD ("blocked", test_blocked);
  ADD ("blocked-help", test_blocked_help);
  ADD ("review", test_review);
  ADD ("invoice-number", test_invoice_number);
  ADD ("reason", test_reason);
  ADD ("reason-not-sent", test_reason_not_sent);
  ADD ("reason-skipped", test_reason_skipped);
  ADD ("stale", test_stale);
  ADD ("expired", test_expired);
  ADD ("offline", test_offline);
  ADD ("service-error", test_service_error);
  ADD ("unknown-outcome", test_unknown_outcome);
  ADD ("closed-while-sending", test_closed_while_sending);
  ADD ("closed-while-loading", test_closed_while_loading);
  ADD ("other-way", test_other_way);
#undef ADD
  return g_test_run ();
}

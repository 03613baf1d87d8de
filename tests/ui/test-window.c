/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-window.h"

#include "upkeep-find.h"
#include "upkeep-format.h"
#include "upkeep-narrow-bin.h"
#include "upkeep-overview.h"
#include "upkeep-sample.h"
#include "upkeep-scene.h"

#include <glib/gstdio.h>

#define APP_ID "io.github.upkeep.UpkeepTest"

typedef struct {
  UpkeepScene scene;
  GtkApplication *application;
  UpkeepWindow *window;
  int n_starts;
} Fixture;

static void
start_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ((Fixture *) user_data)->n_starts++;
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
      {.name = "start", .activate = start_activated_cb},
  };
  static int n_applications = 0;
  g_autofree char *app_id = g_strdup_printf (APP_ID "%d", n_applications++);
  g_autoptr (GError) error = NULL;

  upkeep_scene_open (&fixture->scene);
  /* GTK keeps each for the process, and with it the place on the bus that its id stands for. */
  fixture->application = GTK_APPLICATION (adw_application_new (app_id, G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (fixture->application), NULL, &error);
  g_assert_no_error (error);
  g_action_map_add_action_entries (G_ACTION_MAP (fixture->application), actions,
                                   G_N_ELEMENTS (actions), fixture);
  fixture->window = upkeep_window_new (fixture->application);
  if (user_data != NULL)
    gtk_window_set_default_size (GTK_WINDOW (fixture->window), GPOINTER_TO_INT (user_data), 640);
  gtk_window_present (GTK_WINDOW (fixture->window));
  upkeep_find_wait (is_mapped, fixture->window);
}

static gboolean
is_null (gpointer user_data)
{
  return *(gpointer *) user_data == NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  gpointer window = fixture->window;

  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  upkeep_find_wait (is_null, &window);
  upkeep_scene_close (&fixture->scene);
  g_object_unref (fixture->application);
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

typedef struct {
  Fixture *fixture;
  const char *text;
} Wanted;

static gboolean
is_text_there (gpointer user_data)
{
  Wanted *wanted = user_data;

  return find_shown (GTK_WIDGET (wanted->fixture->window), wanted->text) != NULL;
}

static gboolean
is_text_gone (gpointer user_data)
{
  return !is_text_there (user_data);
}

static void
wait_for_text (Fixture *fixture, const char *text)
{
  g_test_message ("waiting for “%s”", text);
  upkeep_find_wait (is_text_there, &(Wanted){fixture, text});
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return find_shown (GTK_WIDGET (fixture->window), text) != NULL;
}

static gboolean
is_enabled (Fixture *fixture, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), action);
}

static void
activate (Fixture *fixture, const char *action)
{
  g_assert_true (is_enabled (fixture, action));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, NULL);
}

static void
show_session (Fixture *fixture, const char *host)
{
  upkeep_window_set_session (fixture->window, fixture->scene.session, host, host == NULL);
}

static void
test_first (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *overview = upkeep_find_type (GTK_WIDGET (fixture->window), UPKEEP_TYPE_OVERVIEW);

  g_test_summary ("The window is there before a session; then it shows it, practice and all.");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
  g_assert_false (is_enabled (fixture, "refresh"));
  g_assert_false (is_enabled (fixture, "change-plan"));
  g_assert_false (shows (fixture, "Practice service on this computer – no real money"));

  upkeep_scene_answer_account (&fixture->scene, upkeep_sample_statement ());
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (27720));
  show_session (fixture, NULL);
  wait_for_text (fixture, "Standard");
  wait_for_text (fixture, "Practice service on this computer – no real money");
  wait_for_text (fixture, "No refund now"); /* asked for without a word */
  g_assert_true (shows (fixture, "Updated just now"));
  g_assert_true (is_enabled (fixture, "refresh"));
  g_assert_true (is_enabled (fixture, "change-plan"));
  g_assert_true (is_enabled (fixture, "cancel-plan"));
  g_assert_true (upkeep_overview_get_now (UPKEEP_OVERVIEW (overview)) > 0);
  /* One quote for one document. */
  g_assert_cmpuint (upkeep_test_server_count (fixture->scene.server, UPKEEP_SCENE_QUOTES), ==, 1);
}

static void
test_real_money (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Of another service nothing is called practice, and the quote that cannot be had "
                  "is left out without a word.");
  upkeep_scene_answer_account (&fixture->scene, upkeep_sample_statement ());
  upkeep_scene_answer_problem (&fixture->scene, UPKEEP_SCENE_QUOTES, 422, "invalid_value");
  show_session (fixture, "billing.example.org");
  wait_for_text (fixture, "Renews on 1 June 2026");
  g_assert_false (shows (fixture, "Practice service on this computer – no real money"));
  g_assert_false (shows (fixture, "Practice"));
  g_assert_false (shows (fixture, "No refund now"));
  g_assert_false (shows (fixture, "Retry"));
}

/* A browser that only keeps where it was sent. */
static char *browser_folder; /* (owned) */

static void
install_browser (void)
{
  g_autofree char *applications = NULL;
  g_autofree char *desktop = NULL;
  g_autofree char *program = NULL;
  g_autofree char *entry = NULL;
  g_autofree char *list = NULL;
  g_autoptr (GError) error = NULL;

  browser_folder = g_dir_make_tmp ("browser-XXXXXX", &error);
  g_assert_no_error (error);
  applications = g_build_filename (browser_folder, "applications", NULL);
  desktop = g_build_filename (applications, "browser.desktop", NULL);
  list = g_build_filename (applications, "mimeapps.list", NULL);
  program = g_build_filename (browser_folder, "browser", NULL);
  entry = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Browser\nExec=%s %%u\n"
                           "MimeType=x-scheme-handler/https;\n",
                           program);
  g_assert_cmpint (g_mkdir (applications, 0700), ==, 0);
  g_assert_true (g_file_set_contents (desktop, entry, -1, NULL));
  g_assert_true (g_file_set_contents (
      list, "[Default Applications]\nx-scheme-handler/https=browser.desktop\n", -1, NULL));
  g_assert_true (g_file_set_contents_full (
      program, "#!/bin/sh\nprintf %s \"$1\" >\"$0.part\" && mv \"$0.part\" \"$0.seen\"\n", -1,
      G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  /* Before anything asks GLib for it. */
  g_setenv ("XDG_DATA_HOME", browser_folder, TRUE);
  g_setenv ("XDG_CONFIG_HOME", browser_folder, TRUE);
}

static gboolean
has_browser_opened (gpointer user_data)
{
  g_autofree char *seen = g_build_filename (browser_folder, "browser.seen", NULL);

  return g_file_test (seen, G_FILE_TEST_EXISTS);
}

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

static void
test_browser (Fixture *fixture, gconstpointer user_data)
{
  static const char link[] = "https://billing.example.org/manage/x";
  static const char page[] = "https://billing.example.org/sandbox/payment-method/y";
  g_autofree char *copied = NULL;
  g_autofree char *opened = NULL;
  g_autofree char *seen = g_build_filename (browser_folder, "browser.seen", NULL);

  g_test_summary ("A personal link is copied beside its warning, and a payment method is left on a "
                  "page in the browser.");
  upkeep_scene_answer_account (&fixture->scene, upkeep_sample_statement ());
  upkeep_scene_answer_problem (&fixture->scene, UPKEEP_SCENE_QUOTES, 422, "invalid_value");
  upkeep_scene_answer_link (&fixture->scene, UPKEEP_SCENE_LINKS, link);
  upkeep_scene_answer_link (&fixture->scene, UPKEEP_SCENE_METHODS, page);
  show_session (fixture, "billing.example.org");
  wait_for_text (fixture, "Copy Personal Link");
  g_assert_true (shows (fixture, "Update Payment Method…"));
  g_assert_true (shows (fixture, "Visa •••• 4242"));
  /* */
  g_assert_true (
      shows (fixture, "It opens your plan in a browser, without signing in. Do not share it."));

  activate (fixture, "copy-personal-link");
  g_assert_false (is_enabled (fixture, "copy-personal-link"));
  wait_for_text (fixture, "Personal link copied. It works once, for 15 minutes. Do not share it.");
  g_assert_true (is_enabled (fixture, "copy-personal-link"));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)), NULL,
                                 text_read_cb, &copied);
  upkeep_find_wait (is_set, &copied);
  g_assert_cmpstr (copied, ==, link);

  activate (fixture, "update-payment-method");
  upkeep_find_wait (has_browser_opened, NULL);
  g_assert_true (g_file_get_contents (seen, &opened, NULL, NULL));
  g_assert_cmpstr (opened, ==, page);
  g_assert_false (shows (fixture, "The browser did not open"));
}

static void
test_no_browser (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("The practice service has no page that a browser could open, and so no button.");
  upkeep_scene_answer_account (&fixture->scene, upkeep_sample_statement ());
  upkeep_scene_answer_problem (&fixture->scene, UPKEEP_SCENE_QUOTES, 422, "invalid_value");
  show_session (fixture, NULL);
  wait_for_text (fixture, "Standard");
  g_assert_false (shows (fixture, "Copy Personal Link"));
  g_assert_false (shows (fixture, "Update Payment Method…"));
  g_assert_false (
      g_action_group_has_action (G_ACTION_GROUP (fixture->window), "update-payment-method"));
}

static void
test_no_address (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("A service that has no address to give says so, and can be asked again.");
  upkeep_scene_answer_account (&fixture->scene, upkeep_sample_statement ());
  upkeep_scene_answer_problem (&fixture->scene, UPKEEP_SCENE_QUOTES, 422, "invalid_value");
  upkeep_scene_answer_problem (&fixture->scene, UPKEEP_SCENE_LINKS, 409, "no_public_address");
  show_session (fixture, "billing.example.org");
  wait_for_text (fixture, "Copy Personal Link");
  activate (fixture, "copy-personal-link");
  wait_for_text (fixture, "The service refused this.");
  g_assert_true (is_enabled (fixture, "copy-personal-link"));
  g_assert_true (is_enabled (fixture, "update-payment-method"));
}

static void
test_offline (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Nobody answers: it says who, and Retry asks again.");
  upkeep_scene_hang_up (&fixture->scene, UPKEEP_SCENE_ACCOUNT);
  upkeep_scene_answer_account (&fixture->scene, upkeep_sample_statement ());
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (27720));
  show_session (fixture, "billing.example.org");
  wait_for_text (fixture, "Cannot reach billing.example.org");
  g_assert_true (shows (fixture, "Retry"));
  g_assert_true (shows (fixture, "Nothing to Show Yet"));

  activate (fixture, "refresh");
  wait_for_text (fixture, "Standard");
  upkeep_find_wait (is_text_gone, &(Wanted){fixture, "Retry"});
  g_assert_cmpint (fixture->n_starts, ==, 0);
}

static void
test_service_error (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("The service fails: what was shown stays, as a saved copy.");
  upkeep_scene_answer_account (&fixture->scene, upkeep_sample_statement ());
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (27720));
  upkeep_scene_answer_problem (&fixture->scene, UPKEEP_SCENE_ACCOUNT, 503, "store_unavailable");
  show_session (fixture, "billing.example.org");
  wait_for_text (fixture, "No refund now");

  activate (fixture, "refresh");
  wait_for_text (fixture, "The service answered with an error.");
  g_assert_true (shows (fixture, "Standard"));
  g_assert_false (shows (fixture, "Updated just now"));
}

static void
test_start_error (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Nobody to talk to: Retry asks the application.");
  upkeep_window_show_start_error (fixture->window, "The practice service did not start.");
  wait_for_text (fixture, "The practice service did not start.");
  g_assert_true (shows (fixture, "Nothing to Show Yet"));
  activate (fixture, "refresh");
  g_assert_cmpint (fixture->n_starts, ==, 1);

  upkeep_window_set_starting (fixture->window);
  g_assert_false (is_enabled (fixture, "refresh"));
  g_assert_false (shows (fixture, "Nothing to Show Yet"));

  upkeep_scene_answer_account (&fixture->scene, upkeep_sample_statement ());
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (27720));
  show_session (fixture, NULL);
  wait_for_text (fixture, "Practice service on this computer – no real money");
}

static void
test_practice_gone (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("A practice service that is gone is started again, and not only asked again.");
  upkeep_scene_hang_up (&fixture->scene, UPKEEP_SCENE_ACCOUNT);
  show_session (fixture, NULL);
  wait_for_text (fixture, "Cannot reach the practice service");
  activate (fixture, "refresh");
  g_assert_cmpint (fixture->n_starts, ==, 1);
}

static void
test_past_due (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("What is overdue stands over the page; changing waits, cancelling does not.");
  upkeep_scene_answer_account (&fixture->scene, upkeep_sample_statement_past_due ());
  show_session (fixture, NULL);
  wait_for_text (fixture,
                 "Payment overdue since 1 June. Unless $30.00 (practice) is paid, Standard ends on "
                 "8 June 2026.");
  g_assert_false (is_enabled (fixture, "change-plan"));
  g_assert_true (is_enabled (fixture, "cancel-plan"));
  g_assert_cmpuint (upkeep_test_server_count (fixture->scene.server, UPKEEP_SCENE_QUOTES), ==, 0);
}

static UpkeepStatement *
new_cancelled (void)
{
  UpkeepStatement *statement = upkeep_sample_statement ();

  statement->scheduled = UPKEEP_SCHEDULED_CANCEL;
  statement->scheduled_at_s = statement->period.end_s;
  statement->ends_at_s = statement->period.end_s;
  statement->renews_at_s = UPKEEP_INSTANT_NONE;
  statement->next_charge_at_s = UPKEEP_INSTANT_NONE;
  return statement;
}

static UpkeepQuote *
new_resume_quote (void)
{
  UpkeepQuote *quote = upkeep_sample_cancel_quote (0);
  UpkeepOption *option = &g_array_index (quote->options, UpkeepOption, 0);

  quote->kind = UPKEEP_QUOTE_RESUME;
  quote->direction = UPKEEP_DIRECTION_NONE;
  option->has_refund = FALSE;
  option->bill.n_lines = 0;
  option->bill.total_minor = 0;
  option->effects = 1u << UPKEEP_EFFECT_RENEWAL_DATE_KEPT;
  g_array_set_size (quote->options, 1);
  g_clear_pointer (&quote->refund_rule, upkeep_refund_report_free);
  return quote;
}

/* CONTRACT 7, UX 1.5, 11 */
/* Each page of an account asks quietly what leaving would give; answers are handed out in the order
 * of the questions. */
static gboolean
is_asked_quietly (gpointer user_data)
{
  Fixture *fixture = user_data;

  return upkeep_test_server_count (fixture->scene.server, UPKEEP_SCENE_QUOTES) == 1;
}

static void
test_resume (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) quote = new_resume_quote ();
  UpkeepStatement *resumed = upkeep_sample_statement ();

  g_test_summary ("An undo is one activation; its row goes, and it is said in passing.");
  resumed->version = 2;
  upkeep_scene_answer_account (&fixture->scene, new_cancelled ());
  upkeep_scene_answer_quote (&fixture->scene,
                             upkeep_sample_blocked_quote (UPKEEP_BLOCKED_ALREADY_CANCELLED));
  upkeep_scene_answer_quote (&fixture->scene, upkeep_quote_ref (quote));
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (27720));
  upkeep_scene_answer_accept (&fixture->scene, resumed,
                              upkeep_scene_receipt (quote, UPKEEP_TIMING_IMMEDIATE));
  show_session (fixture, NULL);
  wait_for_text (fixture, "Resume Plan");
  upkeep_find_wait (is_text_there, &(Wanted){fixture, "Cancelled"});
  upkeep_find_wait (is_asked_quietly, fixture);

  activate (fixture, "resume-plan");
  g_assert_false (is_enabled (fixture, "resume-plan"));
  wait_for_text (fixture, "Standard goes on as before");
  upkeep_find_wait (is_text_gone, &(Wanted){fixture, "Resume Plan"});
  g_assert_true (shows (fixture, "Renews on 1 June 2026"));
  g_assert_true (is_enabled (fixture, "resume-plan"));
  g_assert_cmpuint (upkeep_test_server_count (fixture->scene.server, UPKEEP_SCENE_ACCEPT), ==, 1);
}

static gboolean
is_narrow (gpointer user_data)
{
  return upkeep_narrow_bin_get_narrow (user_data);
}

static void
test_pages (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *stack = upkeep_find_type (GTK_WIDGET (fixture->window), ADW_TYPE_VIEW_STACK);
  const char *const *names = upkeep_window_get_page_names ();

  g_test_summary ("Each page that is named is there, and can be gone to.");
  for (guint i = 0; names[i] != NULL; i++) {
    g_test_message ("%s", names[i]);
    g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "show-page",
                                    g_variant_new_string (names[i]));
    g_assert_cmpstr (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (stack)), ==, names[i]);
  }
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "show-page",
                                  g_variant_new_string ("nowhere"));
}

/* UX 1.6, C32 */
static void
test_narrow (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *bin = upkeep_find_type (GTK_WIDGET (fixture->window), UPKEEP_TYPE_NARROW_BIN);
  GtkWidget *bar = upkeep_find_type (GTK_WIDGET (fixture->window), ADW_TYPE_VIEW_SWITCHER_BAR);
  int minimum;

  g_test_summary ("It fits on 360 px, with its pages at the bottom.");
  upkeep_scene_answer_account (&fixture->scene, upkeep_sample_statement ());
  upkeep_scene_answer_quote (&fixture->scene, upkeep_sample_cancel_quote (27720));
  show_session (fixture, NULL);
  wait_for_text (fixture, "No refund now");

  upkeep_find_wait (is_narrow, bin);
  g_assert_true (adw_view_switcher_bar_get_reveal (ADW_VIEW_SWITCHER_BAR (bar)));
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (bin)), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

int
main (int argc, char *argv[])
{
  upkeep_client_prepare_process ();
  install_browser ();
  gtk_test_init (&argc, &argv, NULL);
  upkeep_format_set_locale ("C"); /* GTK has made it American */
  adw_init ();
#define ADD(name, width, test)                                                                     \
  g_test_add ("/ui/window/" name, Fixture, GINT_TO_POINTER (width), set_up, test, tear_down)
  ADD ("first", 0, test_first);
  ADD ("real-money", 0, test_real_money);
  ADD ("browser", 0, test_browser);
  ADD ("no-browser", 0, test_no_browser);
  ADD ("no-address", 0, test_no_address);
  ADD ("offline", 0, test_offline);
  ADD ("service-error", 0, test_service_error);
  ADD ("start-error", 0, test_start_error);
  ADD ("practice-gone", 0, test_practice_gone);
  ADD ("past-due", 0, test_past_due);
  ADD ("resume", 0, test_resume);
  ADD ("pages", 0, test_pages);
  ADD ("narrow", 360, test_narrow);
#undef ADD
  return g_test_run ();
}

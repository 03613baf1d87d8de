/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-window.h"

#include "upkeep-cancel-dialog.h"
#include "upkeep-compat.h"
#include "upkeep-error-words.h"
#include "upkeep-format.h"
#include "upkeep-narrow-bin.h"
#include "upkeep-notice.h"
#include "upkeep-overview-words.h"
#include "upkeep-overview.h"
#include "upkeep-plans-page.h"
#include "upkeep-wizard.h"

#include <glib/gi18n.h>

/* What is older than this is fetched anew when the window is looked at again. */
#define FRESH_FOR_S 300
/* After a failure, what is older than this was not fetched by the request that came through. */
#define RECOVERED_AGE_S 2

#define COPY_LINK_ACTION     "copy-personal-link"
#define UPDATE_METHOD_ACTION "update-payment-method"

/**
 * UpkeepWindow:
 *
 * The window: pages, the notice over them, and the actions of their buttons.
 *
 * It is there before anything else is. What it shows comes from a session, which is given to it
 * when there is one.
 */
struct _UpkeepWindow {
  AdwApplicationWindow parent_instance;

  UpkeepSession *session; /* (owned) (nullable) */
  char *host;             /* (owned) (nullable): whom it talks to; NULL for the practice service */
  GCancellable *cancellable; /* (owned): of everything that nobody waits for once it is closed */
  gboolean practice;
  gboolean unanswered;        /* whether what was sent is being checked */
  gboolean failed;            /* whether the last request failed */
  gboolean awaits_browser;    /* whether a page was opened that may change the account */
  gint64 started_at_s;        /* when the session began; what is older is a saved copy */
  UpkeepQuote *cancel_quote;  /* (owned) (nullable): for the row about a refund; never accepted */
  gint64 quoted_fetched_at_s; /* the statement that was fetched then is what it is about */
  gint64 quoted_version;
  gulong session_handler;

  /* Template */
  UpkeepNarrowBin *bin;
  AdwHeaderBar *header_bar;
  GtkStack *title_stack;
  GtkMenuButton *menu_button;
  GtkStack *refresh_stack;
  GtkSpinner *refresh_spinner;
  UpkeepNotice *notice;
  AdwToastOverlay *toast_overlay;
  AdwViewStack *view_stack;
  UpkeepOverview *overview;
  UpkeepPlansPage *plans_page;
  AdwViewSwitcherBar *switcher_bar;
};

G_DEFINE_FINAL_TYPE (UpkeepWindow, upkeep_window, ADW_TYPE_APPLICATION_WINDOW)

static UpkeepStatement *
get_statement (UpkeepWindow *self)
{
  return self->session != NULL ? upkeep_session_get_statement (self->session) : NULL;
}

static UpkeepEdition *
get_edition (UpkeepWindow *self)
{
  return self->session != NULL ? upkeep_session_get_edition (self->session) : NULL;
}

static void
set_enabled (UpkeepWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gint64
get_local_now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The session's state tells it, and that is what is shown. */
  if (!upkeep_session_refresh_finish (UPKEEP_SESSION (source), result, &error))
    g_debug ("The account could not be refreshed: %s", error->message);
}

static void
refresh (UpkeepWindow *self)
{
  upkeep_session_refresh_async (self->session, self->cancellable, refreshed_cb, NULL);
}

/* Notices */

static void
show_error_notice (UpkeepWindow *self)
{
  const GError *error = upkeep_session_get_error (self->session);
  g_autofree char *text = NULL;

  if (error == NULL || upkeep_session_get_state (self->session) == UPKEEP_SESSION_OFFLINE)
    text = upkeep_error_words_unreachable (self->host);
  else
    text = upkeep_error_words (error, self->host, get_statement (self), self->practice);
  upkeep_notice_show (self->notice, UPKEEP_NOTICE_ERROR, text, _ ("_Retry"), "win.refresh");
}

static const char *
get_checking_text (UpkeepQuoteKind kind)
{
  switch (kind) {
  case UPKEEP_QUOTE_CANCEL:
    return _ ("Checking whether the cancellation went through.");
  case UPKEEP_QUOTE_SUBSCRIBE:
  case UPKEEP_QUOTE_TOPUP:
  case UPKEEP_QUOTE_PAY:
    return _ ("Checking whether the payment went through.");
  case UPKEEP_QUOTE_SWITCH:
  case UPKEEP_QUOTE_RESUME:
  default:
    return _ ("Checking whether the change went through.");
  }
}

static char *
format_overdue (UpkeepWindow *self)
{
  const UpkeepStatement *statement = get_statement (self);
  const UpkeepEdition *edition = get_edition (self);
  g_autofree char *sum =
      upkeep_words_sum (statement->past_due_minor, statement->currency, self->practice);
  g_autofree char *since = upkeep_format_date (statement->past_due_since_s, UPKEEP_DATE_DAY);
  g_autofree char *end =
      upkeep_format_date (upkeep_words_unpaid_end_s (statement, edition), UPKEEP_DATE_LONG);

  /* Translators: a date, a sum, the name of a plan, a date. */
  return g_strdup_printf (_ ("Payment overdue since %1$s. Unless %2$s is paid, %3$s ends on %4$s."),
                          since, sum,
                          upkeep_words_within (upkeep_words_plan (edition, statement->plan)), end);
}

/* What was sent and has no answer; NULL while the first one is simply waited for. */
static const UpkeepPending *
get_unanswered (UpkeepWindow *self)
{
  if (upkeep_session_get_state (self->session) != UPKEEP_SESSION_LOADING)
    self->unanswered = upkeep_session_get_pending (self->session) != NULL;

  return self->unanswered ? upkeep_session_get_pending (self->session) : NULL;
}

/* What needs a look soon; what was sent and has no answer comes first. */
static void
update_warning (UpkeepWindow *self)
{
  const UpkeepPending *pending = get_unanswered (self);
  const UpkeepStatement *statement = get_statement (self);
  g_autofree char *overdue = NULL;

  if (pending != NULL) {
    upkeep_notice_show (self->notice, UPKEEP_NOTICE_WARNING, get_checking_text (pending->kind),
                        NULL, NULL);
  } else if (upkeep_session_get_outbox_damaged (self->session)) {
    upkeep_notice_show (self->notice, UPKEEP_NOTICE_WARNING,
                        _ ("What was confirmed last could not be read back from this computer. "
                           "Look at the account before you do it again."),
                        NULL, NULL);
  } else if (statement != NULL && get_edition (self) != NULL && statement->is_past_due) {
    overdue = format_overdue (self);
    upkeep_notice_show (self->notice, UPKEEP_NOTICE_WARNING, overdue, NULL, NULL);
  } else {
    upkeep_notice_hide (self->notice, UPKEEP_NOTICE_WARNING);
  }
}

static void
set_loading (UpkeepWindow *self, gboolean loading)
{
  gtk_stack_set_visible_child_name (self->refresh_stack, loading ? "spinner" : "icon");
  gtk_spinner_set_spinning (self->refresh_spinner, loading);
  set_enabled (self, "refresh", !loading);
}

static gint64
get_age_s (UpkeepWindow *self)
{
  gint64 fetched_at_s = upkeep_session_get_fetched_at (self->session);

  return fetched_at_s != UPKEEP_INSTANT_NONE ? get_local_now_s () - fetched_at_s : G_MAXINT64;
}

/* While an answer is waited for, what was said before stays. */
static void
update_state (UpkeepWindow *self)
{
  UpkeepSessionState state = upkeep_session_get_state (self->session);
  gboolean recovered;

  set_loading (self, state == UPKEEP_SESSION_LOADING || state == UPKEEP_SESSION_NEVER);
  switch (state) {
  case UPKEEP_SESSION_OK:
    recovered = self->failed;
    self->failed = FALSE;
    upkeep_notice_hide (self->notice, UPKEEP_NOTICE_ERROR);
    /* It was something else than the account that was asked for, and it came. */
    if (recovered && get_age_s (self) > RECOVERED_AGE_S)
      refresh (self);
    break;
  case UPKEEP_SESSION_OFFLINE:
  case UPKEEP_SESSION_REFUSED:
  case UPKEEP_SESSION_SERVICE_ERROR:
    self->failed = TRUE;
    show_error_notice (self);
    break;
  case UPKEEP_SESSION_LOADING:
  case UPKEEP_SESSION_NEVER:
  default:
    break;
  }
  upkeep_overview_set_failed (self->overview, self->failed && state != UPKEEP_SESSION_LOADING);
  upkeep_plans_page_set_online (self->plans_page, !self->failed);
}

/* The row about a refund */

static void
set_cancel_quote (UpkeepWindow *self, UpkeepQuote *quote)
{
  g_clear_pointer (&self->cancel_quote, upkeep_quote_unref);
  if (quote != NULL)
    self->cancel_quote = upkeep_quote_ref (quote);
  upkeep_overview_set_cancel_quote (self->overview, quote);
}

static void
cancel_quoted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepQuote) quote =
      upkeep_session_quote_finish (UPKEEP_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (quote == NULL)
    g_debug ("What leaving would give could not be had: %s", error->message);
  set_cancel_quote (UPKEEP_WINDOW (user_data), quote);
}

/* Once for each document that was fetched, and without a word if it cannot be had. */
static void
update_cancel_quote (UpkeepWindow *self)
{
  const UpkeepStatement *statement = get_statement (self);
  gint64 fetched_at_s = upkeep_session_get_fetched_at (self->session);
  g_autoptr (UpkeepQuoteRequest) request = NULL;

  if (statement == NULL || upkeep_session_get_state (self->session) != UPKEEP_SESSION_OK ||
      (self->quoted_fetched_at_s == fetched_at_s && self->quoted_version == statement->version))
    return;

  if (self->quoted_version != statement->version)
    set_cancel_quote (self, NULL);
  self->quoted_fetched_at_s = fetched_at_s;
  self->quoted_version = statement->version;
  if (!upkeep_overview_has_plan (statement) || statement->is_past_due)
    return;

  request = upkeep_quote_request_new (UPKEEP_QUOTE_CANCEL);
  upkeep_session_quote_async (self->session, request, self->cancellable, cancel_quoted_cb, self);
}

/* The session */

static void
session_changed_cb (UpkeepWindow *self)
{
  UpkeepStatement *statement = get_statement (self);
  UpkeepEdition *edition = get_edition (self);

  update_state (self);
  upkeep_overview_set_stale (self->overview,
                             self->failed || upkeep_session_get_fetched_at (self->session) <
                                                 self->started_at_s);
  if (statement != NULL && edition != NULL) {
    upkeep_overview_set_fetched_at (self->overview, upkeep_session_get_fetched_at (self->session));
    upkeep_overview_set_edition (self->overview, edition);
    upkeep_overview_set_statement (self->overview, statement);
    upkeep_plans_page_set_edition (self->plans_page, edition);
    upkeep_plans_page_set_changes (self->plans_page, upkeep_session_get_changes (self->session));
    upkeep_plans_page_set_statement (self->plans_page, statement);
  }
  update_warning (self);
  set_enabled (self, "change-plan", statement != NULL && upkeep_overview_may_change (statement));
  update_cancel_quote (self);
}

/* Actions */

static void
refresh_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UpkeepWindow *self = UPKEEP_WINDOW (user_data);

  /* A practice service that cannot be reached has ended. */
  if (self->session == NULL ||
      (self->practice && upkeep_session_get_state (self->session) == UPKEEP_SESSION_OFFLINE))
    gtk_widget_activate_action (GTK_WIDGET (self), "app.start", NULL);
  else
    refresh (self);
}

static void
show_page_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UpkeepWindow *self = UPKEEP_WINDOW (user_data);
  const char *name = g_variant_get_string (parameter, NULL);

  if (adw_view_stack_get_child_by_name (self->view_stack, name) != NULL)
    adw_view_stack_set_visible_child_name (self->view_stack, name);
}

static void
change_plan_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UpkeepWindow *self = UPKEEP_WINDOW (user_data);
  const UpkeepStatement *statement = get_statement (self);

  if (statement != NULL)
    upkeep_wizard_present (GTK_WIDGET (self), self->session, NULL, statement->interval,
                           self->practice);
}

static void
choose_plan_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UpkeepWindow *self = UPKEEP_WINDOW (user_data);
  const char *plan;
  const char *interval;

  g_variant_get (parameter, "(&s&s)", &plan, &interval);
  if (self->session != NULL)
    upkeep_wizard_present (GTK_WIDGET (self), self->session, plan,
                           g_str_equal (interval, "year") ? UPKEEP_INTERVAL_YEAR
                                                          : UPKEEP_INTERVAL_MONTH,
                           self->practice);
}

static void
cancel_plan_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UpkeepWindow *self = UPKEEP_WINDOW (user_data);

  if (get_statement (self) != NULL && get_edition (self) != NULL)
    upkeep_cancel_dialog_present (
        UPKEEP_CANCEL_DIALOG (upkeep_cancel_dialog_new (self->session, self->host, self->practice)),
        GTK_WIDGET (self));
}

/* Resuming */

static void
resume_failed (UpkeepWindow *self, const GError *error)
{
  g_autofree char *words =
      upkeep_error_words (error, self->host, get_statement (self), self->practice);

  set_enabled (self, "resume-plan", TRUE);
  upkeep_window_add_toast (self, words);
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UpkeepWindow) self = UPKEEP_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepReceipt) receipt =
      upkeep_session_accept_finish (UPKEEP_SESSION (source), result, &error);
  const UpkeepStatement *statement = get_statement (self);
  g_autofree char *text = NULL;

  if (receipt == NULL) {
    resume_failed (self, error);
    return;
  }

  set_enabled (self, "resume-plan", TRUE);
  if (statement != NULL && statement->plan != NULL) {
    /* Translators: %s is the name of a plan. */
    text = g_strdup_printf (_ ("%s goes on as before"), upkeep_words_within (upkeep_words_plan (
                                                            get_edition (self), statement->plan)));
    upkeep_window_add_toast (self, text);
  }
}

static void
resume_quoted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepQuote) quote =
      upkeep_session_quote_finish (UPKEEP_SESSION (source), result, &error);
  UpkeepWindow *self;
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = UPKEEP_WINDOW (user_data);
  if (quote == NULL) {
    resume_failed (self, error);
    return;
  }
  if (quote->blocked->len > 0) {
    words = upkeep_words_blocked (&g_array_index (quote->blocked, UpkeepBlocked, 0),
                                  get_statement (self), self->practice);
    set_enabled (self, "resume-plan", TRUE);
    upkeep_window_add_toast (self, words);
    refresh (self); /* it was undone somewhere else, or has taken effect */
    return;
  }

  /* What is sent goes on if the window is closed, so the task holds on to it. */
  upkeep_session_accept_async (self->session, quote, UPKEEP_TIMING_IMMEDIATE, NULL, resumed_cb,
                               g_object_ref (self));
}

/* An undo needs no question: one activation asks for the quote and accepts it. */
static void
resume_plan_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UpkeepWindow *self = UPKEEP_WINDOW (user_data);
  g_autoptr (UpkeepQuoteRequest) request = NULL;

  if (get_statement (self) == NULL)
    return;

  set_enabled (self, "resume-plan", FALSE);
  request = upkeep_quote_request_new (UPKEEP_QUOTE_RESUME);
  upkeep_session_quote_async (self->session, request, self->cancellable, resume_quoted_cb, self);
}

/* Pages in a browser */

/* One address at a time. */
static void
set_links_enabled (UpkeepWindow *self, gboolean enabled)
{
  if (!g_action_group_has_action (G_ACTION_GROUP (self), COPY_LINK_ACTION))
    return;
  set_enabled (self, COPY_LINK_ACTION, enabled);
  set_enabled (self, UPDATE_METHOD_ACTION, enabled);
}

/* Says why there is no address; nothing where the window is gone, which must not be touched then.
 */
static UpkeepWindow *
finish_link (GObject *source, GAsyncResult *result, gpointer user_data, UpkeepLink *ret_link)
{
  g_autoptr (GError) error = NULL;
  gboolean is_made =
      upkeep_client_make_link_finish (UPKEEP_CLIENT (source), result, ret_link, &error);
  UpkeepWindow *self;
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;

  self = UPKEEP_WINDOW (user_data);
  set_links_enabled (self, TRUE);
  if (is_made)
    return self;
  words = upkeep_error_words (error, self->host, get_statement (self), self->practice);
  upkeep_window_add_toast (self, words);
  return NULL;
}

static void
link_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_auto (UpkeepLink) link = {0};
  UpkeepWindow *self = finish_link (source, result, user_data, &link);

  if (self == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), link.url);
  upkeep_window_add_toast (
      self, _ ("Personal link copied. It works once, for 15 minutes. Do not share it."));
}

static void
browser_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean is_open = g_app_info_launch_default_for_uri_finish (result, &error);
  UpkeepWindow *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = UPKEEP_WINDOW (user_data);
  self->awaits_browser = is_open;
  if (!is_open)
    upkeep_window_add_toast (self, _ ("The browser did not open"));
}

static void
method_page_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_auto (UpkeepLink) link = {0};
  UpkeepWindow *self = finish_link (source, result, user_data, &link);

  if (self != NULL)
    g_app_info_launch_default_for_uri_async (link.url, NULL, self->cancellable, browser_opened_cb,
                                             self);
}

static void
make_link (UpkeepWindow *self, UpkeepLinkKind kind, GAsyncReadyCallback made_cb)
{
  if (self->session == NULL)
    return;

  set_links_enabled (self, FALSE);
  upkeep_client_make_link_async (upkeep_session_get_client (self->session), kind, self->cancellable,
                                 made_cb, self);
}

static void
copy_link_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  make_link (UPKEEP_WINDOW (user_data), UPKEEP_LINK_TO_PLAN, link_made_cb);
}

/* A card number never touches the window: it is asked for on the processor's page. */
static void
update_method_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  make_link (UPKEEP_WINDOW (user_data), UPKEEP_LINK_TO_PAYMENT_METHOD, method_page_made_cb);
}

static const GActionEntry actions[] = {
    {.name = "refresh", .activate = refresh_activated_cb},
    {.name = "show-page", .parameter_type = "s", .activate = show_page_activated_cb},
    {.name = "change-plan", .activate = change_plan_activated_cb},
    {.name = "choose-plan", .parameter_type = "(ss)", .activate = choose_plan_activated_cb},
    {.name = "cancel-plan", .activate = cancel_plan_activated_cb},
    {.name = "resume-plan", .activate = resume_plan_activated_cb},
};

/* What needs a browser that can open pages of the service. Where it cannot these are not there, and
 * so are no buttons for them. */
static const GActionEntry browser_actions[] = {
    {.name = COPY_LINK_ACTION, .activate = copy_link_activated_cb},
    {.name = UPDATE_METHOD_ACTION, .activate = update_method_activated_cb},
};

static void
set_browser (UpkeepWindow *self, gboolean browser)
{
  for (gsize i = 0; i < G_N_ELEMENTS (browser_actions); i++)
    g_action_map_remove_action (G_ACTION_MAP (self), browser_actions[i].name);
  if (browser)
    g_action_map_add_action_entries (G_ACTION_MAP (self), browser_actions,
                                     G_N_ELEMENTS (browser_actions), self);
  upkeep_overview_set_browser (self->overview, browser);
}

/* The window itself */

static void
narrow_changed_cb (UpkeepWindow *self)
{
  gboolean narrow = upkeep_narrow_bin_get_narrow (self->bin);

  /* A title in the very middle needs as much room on the left as the buttons take on the right. */
  adw_header_bar_set_centering_policy (self->header_bar, narrow ? ADW_CENTERING_POLICY_LOOSE
                                                                : ADW_CENTERING_POLICY_STRICT);
  gtk_stack_set_visible_child_name (self->title_stack, narrow ? "narrow" : "wide");
  adw_view_switcher_bar_set_reveal (self->switcher_bar, narrow);
}

static void
active_changed_cb (UpkeepWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)) && self->session != NULL && !self->failed &&
      upkeep_session_get_state (self->session) == UPKEEP_SESSION_OK &&
      (self->awaits_browser || get_age_s (self) >= FRESH_FOR_S)) {
    self->awaits_browser = FALSE;
    refresh (self);
  }
}

/* Newer libadwaita brings the window of shortcuts by itself, as an action of the application. */
static void
add_menu (UpkeepWindow *self, GtkApplication *application)
{
  gboolean newer = g_action_map_lookup_action (G_ACTION_MAP (application), "shortcuts") != NULL;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();

  g_menu_append (first, _ ("_Refresh"), "win.refresh");
  g_menu_append (second, _ ("_Keyboard Shortcuts"),
                 newer ? "app.shortcuts" : "win.show-help-overlay");
  g_menu_append (second, _ ("_About Upkeep"), "app.about");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Main Menu"), -1);
}

/* GObject */

static void
upkeep_window_dispose (GObject *object)
{
  UpkeepWindow *self = UPKEEP_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->session != NULL)
    g_clear_signal_handler (&self->session_handler, self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), UPKEEP_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_pointer (&self->cancel_quote, upkeep_quote_unref);

  G_OBJECT_CLASS (upkeep_window_parent_class)->dispose (object);
}

static void
upkeep_window_finalize (GObject *object)
{
  UpkeepWindow *self = UPKEEP_WINDOW (object);

  g_object_unref (self->cancellable);
  g_free (self->host);

  G_OBJECT_CLASS (upkeep_window_parent_class)->finalize (object);
}

static void
upkeep_window_class_init (UpkeepWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (UPKEEP_TYPE_NARROW_BIN);
  g_type_ensure (UPKEEP_TYPE_NOTICE);
  g_type_ensure (UPKEEP_TYPE_OVERVIEW);
  g_type_ensure (UPKEEP_TYPE_PLANS_PAGE);

  object_class->dispose = upkeep_window_dispose;
  object_class->finalize = upkeep_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-window.ui");
  gtk_widget_class_bind_template_child (widget_class, UpkeepWindow, bin);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWindow, header_bar);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWindow, title_stack);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWindow, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWindow, refresh_spinner);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWindow, view_stack);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWindow, overview);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWindow, plans_page);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWindow, switcher_bar);
  gtk_widget_class_bind_template_callback (widget_class, narrow_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, active_changed_cb);
}

static void
upkeep_window_init (UpkeepWindow *self)
{
  self->cancellable = g_cancellable_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_init_template (GTK_WIDGET (self));

  set_enabled (self, "change-plan", FALSE);
  set_loading (self, TRUE);
}

/* Public */

/**
 * upkeep_window_new:
 * @application: whose window it is
 *
 * Makes a window that waits for a session.
 *
 * Returns: (transfer none): the window, which GTK owns
 */
UpkeepWindow *
upkeep_window_new (GtkApplication *application)
{
  UpkeepWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  self = g_object_new (UPKEEP_TYPE_WINDOW, "application", application, NULL);
  add_menu (self, application);
  return self;
}

/**
 * upkeep_window_set_session:
 * @self: a window
 * @session: what to show, not started yet
 * @host: (nullable): the name of whom it talks to; `NULL` for the practice service
 * @practice: whether sums are not real money
 *
 * Gives the window what it shows, in place of what it showed, and starts it.
 */
void
upkeep_window_set_session (UpkeepWindow *self,
                           UpkeepSession *session,
                           const char *host,
                           gboolean practice)
{
  g_return_if_fail (UPKEEP_IS_WINDOW (self));
  g_return_if_fail (UPKEEP_IS_SESSION (session));

  if (self->session != NULL)
    g_clear_signal_handler (&self->session_handler, self->session);
  g_set_object (&self->session, session);
  g_free (self->host);
  self->host = g_strdup (host);
  self->practice = practice;
  self->failed = FALSE;
  self->started_at_s = get_local_now_s ();
  upkeep_notice_hide (self->notice, UPKEEP_NOTICE_ERROR);
  if (practice)
    upkeep_notice_show (self->notice, UPKEEP_NOTICE_PRACTICE,
                        _ ("Practice service on this computer – no real money"), NULL, NULL);
  else
    upkeep_notice_hide (self->notice, UPKEEP_NOTICE_PRACTICE);
  upkeep_overview_set_practice (self->overview, practice);
  set_browser (self, host != NULL);
  upkeep_plans_page_set_practice (self->plans_page, practice);
  self->session_handler =
      g_signal_connect_swapped (session, "notify", G_CALLBACK (session_changed_cb), self);
  upkeep_session_start (session);
  session_changed_cb (self);
}

/**
 * upkeep_window_show_start_error:
 * @self: a window that has no session
 * @text: why there is none, translated
 *
 * Says that there is nobody to talk to. The button asks the application to try again.
 */
void
upkeep_window_show_start_error (UpkeepWindow *self, const char *text)
{
  g_return_if_fail (UPKEEP_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  upkeep_notice_show (self->notice, UPKEEP_NOTICE_ERROR, text, _ ("_Retry"), "win.refresh");
  upkeep_overview_set_failed (self->overview, TRUE);
  set_loading (self, FALSE);
}

/**
 * upkeep_window_set_starting:
 * @self: a window that has no session
 *
 * Shows that a session is waited for.
 */
void
upkeep_window_set_starting (UpkeepWindow *self)
{
  g_return_if_fail (UPKEEP_IS_WINDOW (self));

  upkeep_overview_set_failed (self->overview, FALSE);
  set_loading (self, TRUE);
}

/**
 * upkeep_window_add_toast:
 * @self: a window
 * @text: a few words, translated; plain text
 *
 * Says something in passing. What matters also stands in a row.
 */
void
upkeep_window_add_toast (UpkeepWindow *self, const char *text)
{
  g_autofree char *markup = NULL;

  g_return_if_fail (UPKEEP_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  markup = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (markup));
}

/**
 * upkeep_window_get_page_names:
 *
 * Lists the pages in the order in which they stand, for the keys that go to each.
 *
 * Returns: (transfer none) (array zero-terminated=1): names for `win.show-page`
 */
const char *const *
upkeep_window_get_page_names (void)
{
  static const char *const names[] = {"overview", "plans", NULL};

  return names;
}

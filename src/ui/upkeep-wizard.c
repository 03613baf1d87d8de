/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wizard.h"

#include "upkeep-button-names.h"
#include "upkeep-compat.h"
#include "upkeep-done-step.h"
#include "upkeep-error-words.h"
#include "upkeep-fill.h"
#include "upkeep-narrow-bin.h"
#include "upkeep-plan-step.h"
#include "upkeep-quote-words.h"
#include "upkeep-review-step.h"
#include "upkeep-row.h"
#include "upkeep-status-line.h"
#include "upkeep-step-bar.h"
#include "upkeep-timing-step.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>

#define WIDTH_PX  560
#define HEIGHT_PX 800

/* The action of the window that this was opened from; without it the button is not shown. */
#define UPDATE_METHOD_ACTION "update-payment-method"

typedef enum {
  STAGE_PLAN,
  STAGE_LOADING, /* the quote is waited for */
  STAGE_BLOCKED, /* the service does not allow it */
  STAGE_PROBLEM, /* there is no quote */
  STAGE_TIMING,
  STAGE_REVIEW,
  STAGE_SENDING,  /* it was confirmed, and nothing has come back */
  STAGE_CHECKING, /* no final answer came; the outbox finds out */
  STAGE_DONE,
} Stage;
#define N_STAGES 9

enum {
  STEP_PLAN,
  STEP_TIMING,
  STEP_REVIEW,
  STEP_DONE,
};
#define N_STEPS 4

/**
 * UpkeepWizard:
 *
 * Leads to another plan in four steps: which, when, what it costs and changes, and what has come of
 * it. Nothing is charged before the third step's button is pressed, and that button carries the
 * sum.
 *
 * The figures are the service's. The app works them out again, and where it gets another sum the
 * change cannot be confirmed.
 */
struct _UpkeepWizard {
  AdwBin parent_instance;

  UpkeepSession *session;     /* (owned) (nullable) */
  UpkeepStatement *statement; /* (owned) */
  UpkeepEdition *edition;     /* (owned) */
  UpkeepQuote *quote;         /* (owned) (nullable) */
  gboolean practice;
  Stage stage;
  gboolean reviewing; /* whether new figures go straight to the review */
  gboolean has_was;   /* whether the sum has changed since it was looked at */
  gint64 was_minor;   /* what it was */

  GCancellable *cancellable; /* (owned) (nullable): of quotes; what is confirmed is never stopped */
  gulong pending_handler;
  guint expiry_id;
  GtkWidget *parent; /* (nullable): a weak pointer to what it is shown over */

  /* Template */
  GtkWidget *back_button;
  GtkLabel *title_label;
  GtkButton *cancel_button;
  UpkeepStepBar *step_bar;
  GtkScrolledWindow *scroller;
  GtkStack *stack;
  UpkeepPlanStep *plan_step;
  GtkSpinner *spinner;
  GtkListBox *blocked_list;
  UpkeepTimingStep *timing_step;
  UpkeepReviewStep *review_step;
  UpkeepDoneStep *done_step;
  UpkeepStatusLine *status_line;
  GtkButton *step_button;
  GtkLabel *holds_label;
};

G_DEFINE_FINAL_TYPE (UpkeepWizard, upkeep_wizard, ADW_TYPE_BIN)

static void fetch_quote (UpkeepWizard *self);

static UpkeepQuoteFacts
get_facts (UpkeepWizard *self)
{
  return (UpkeepQuoteFacts){
      .quote = self->quote,
      .statement = self->statement,
      .edition = self->edition,
      .practice = self->practice,
  };
}

static UpkeepTiming
get_timing (UpkeepWizard *self)
{
  return upkeep_timing_step_get_timing (self->timing_step);
}

static const UpkeepOption *
get_option (UpkeepWizard *self)
{
  return self->quote != NULL ? upkeep_quote_find_option (self->quote, get_timing (self)) : NULL;
}

/* The name of whom the window talks to; NULL for the practice service. */
static char *
dup_host (UpkeepWizard *self)
{
  UpkeepClient *client;
  g_autoptr (GUri) uri = NULL;

  if (self->session == NULL || self->practice)
    return NULL;

  client = upkeep_session_get_client (self->session);
  uri = client != NULL ? g_uri_parse (upkeep_client_get_base_uri (client), G_URI_FLAGS_NONE, NULL)
                       : NULL;
  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

static gboolean
has_paid_plan (const UpkeepStatement *statement)
{
  return statement->plan != NULL &&
         (statement->state == UPKEEP_STATE_ACTIVE || statement->state == UPKEEP_STATE_PAST_DUE);
}

/* What is said */

/* Takes the string. */
static void
show_message (UpkeepWizard *self, char *text, gboolean waiting)
{
  upkeep_status_line_show (self->status_line, text, waiting);
  g_free (text);
}

static void
clear_message (UpkeepWizard *self)
{
  upkeep_status_line_clear (self->status_line);
}

static char *
format_failure (UpkeepWizard *self, const GError *error)
{
  g_autofree char *host = dup_host (self);
  g_autofree char *words = upkeep_error_words (error, host, self->statement, self->practice);

  /* Translators: %s is one or two sentences on what went wrong. */
  return g_strdup_printf (_ ("%s\nNothing was charged."), words);
}

/* Steps */

static const char *
get_step_name (guint position)
{
  static const char *const names[] = {
      NC_ ("step", "Plan"),
      NC_ ("step", "Timing"),
      NC_ ("step", "Review"),
      NC_ ("step", "Done"),
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == N_STEPS);

  return g_dpgettext2 (NULL, "step", names[position]);
}

/* Which page of the stack a stage shows, and which step it belongs to. */
static const struct {
  const char *page;
  guint step;
} stages[] = {
    [STAGE_PLAN] = {"plan", STEP_PLAN},        [STAGE_LOADING] = {"loading", STEP_PLAN},
    [STAGE_BLOCKED] = {"blocked", STEP_PLAN},  [STAGE_PROBLEM] = {"problem", STEP_PLAN},
    [STAGE_TIMING] = {"timing", STEP_TIMING},  [STAGE_REVIEW] = {"review", STEP_REVIEW},
    [STAGE_SENDING] = {"review", STEP_REVIEW}, [STAGE_CHECKING] = {"review", STEP_REVIEW},
    [STAGE_DONE] = {"done", STEP_DONE},
};
G_STATIC_ASSERT (G_N_ELEMENTS (stages) == N_STAGES);

/* Each page has one. */
static GtkWidget *
find_heading (GtkWidget *page)
{
  GtkWidget *child = gtk_widget_get_first_child (page);
  GtkWidget *found = UPKEEP_IS_HEADING (page) ? page : NULL;

  for (; found == NULL && child != NULL; child = gtk_widget_get_next_sibling (child))
    found = find_heading (child);
  return found;
}

/* Whether asking again may bring another answer: after a payment method was added elsewhere. */
static gboolean
may_try_again (UpkeepWizard *self)
{
  return self->quote != NULL &&
         (upkeep_quote_is_blocked (self->quote, UPKEEP_BLOCKED_PAST_DUE) ||
          upkeep_quote_is_blocked (self->quote, UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED) ||
          upkeep_quote_is_blocked (self->quote, UPKEEP_BLOCKED_PAYMENT_METHOD_UNSUPPORTED));
}

/* The button's label; NULL where the step has none. */
static char *
format_step_button (UpkeepWizard *self)
{
  UpkeepQuoteFacts facts = get_facts (self);
  const UpkeepOption *option = get_option (self);

  switch (self->stage) {
  case STAGE_PLAN:
  case STAGE_TIMING:
    return g_strdup (_ ("C_ontinue"));
  case STAGE_BLOCKED:
    return may_try_again (self) ? g_strdup (_ ("_Try Again")) : NULL;
  case STAGE_PROBLEM:
    return g_strdup (_ ("_Try Again"));
  case STAGE_REVIEW:
  case STAGE_SENDING:
    return option != NULL ? upkeep_quote_words_confirm (&facts, option) : NULL;
  case STAGE_CHECKING:
  case STAGE_DONE:
    return g_strdup (_ ("_Close"));
  case STAGE_LOADING:
  default:
    return NULL;
  }
}

static gboolean
can_go_on (UpkeepWizard *self)
{
  switch (self->stage) {
  case STAGE_PLAN:
    return upkeep_plan_step_get_plan_id (self->plan_step) != NULL;
  case STAGE_REVIEW:
    return upkeep_review_step_get_agrees (self->review_step);
  case STAGE_BLOCKED:
  case STAGE_PROBLEM:
  case STAGE_TIMING:
  case STAGE_CHECKING:
  case STAGE_DONE:
    return TRUE;
  case STAGE_LOADING:
  case STAGE_SENDING:
  default:
    return FALSE;
  }
}

static void
show_buttons (UpkeepWizard *self)
{
  gboolean ends = self->stage == STAGE_CHECKING || self->stage == STAGE_DONE;
  gboolean holds = self->stage == STAGE_REVIEW && get_option (self) != NULL;
  UpkeepQuoteFacts facts = get_facts (self);
  g_autofree char *label = format_step_button (self);

  gtk_widget_set_visible (self->back_button,
                          self->stage != STAGE_PLAN && self->stage != STAGE_SENDING && !ends);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), !ends);
  gtk_button_set_label (self->cancel_button,
                        self->stage == STAGE_SENDING ? _ ("_Close") : _ ("_Cancel"));
  gtk_widget_set_visible (GTK_WIDGET (self->step_button), label != NULL);
  if (label != NULL)
    gtk_button_set_label (self->step_button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->step_button), can_go_on (self));
  if (holds && !can_go_on (self))
    upkeep_fill_label (
        self->holds_label,
        g_strdup (_ ("It cannot be confirmed while the sums differ. Nothing is charged.")));
  else
    upkeep_fill_label (self->holds_label,
                       holds ? upkeep_quote_words_holds (&facts, get_option (self)) : NULL);
}

static void
set_stage (UpkeepWizard *self, Stage stage)
{
  self->stage = stage;
  gtk_stack_set_visible_child_name (self->stack, stages[stage].page);
  gtk_spinner_set_spinning (self->spinner, stage == STAGE_LOADING);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  upkeep_step_bar_set_current (self->step_bar, stages[stage].step);
  gtk_label_set_text (self->title_label, get_step_name (stages[stage].step));
  show_buttons (self);
  gtk_widget_grab_focus (find_heading (gtk_stack_get_visible_child (self->stack)));
}

/* Steps */

static void
show_timings (UpkeepWizard *self, UpkeepTiming timing)
{
  UpkeepQuoteFacts facts = get_facts (self);

  upkeep_timing_step_show (self->timing_step, &facts, timing);
}

static void
show_review (UpkeepWizard *self)
{
  UpkeepQuoteFacts facts = get_facts (self);
  const UpkeepOption *option = get_option (self);

  g_return_if_fail (option != NULL);

  upkeep_review_step_show (self->review_step, &facts, option,
                           self->has_was ? &self->was_minor : NULL);
  set_stage (self, STAGE_REVIEW);
}

static void
show_blocked (UpkeepWizard *self)
{
  UpkeepQuoteFacts facts = get_facts (self);

  upkeep_fill_clear_list (self->blocked_list);
  for (guint i = 0; i < self->quote->blocked->len; i++) {
    const UpkeepBlocked *blocked = &g_array_index (self->quote->blocked, UpkeepBlocked, i);
    g_autofree char *reason =
        upkeep_words_blocked_in (facts.edition, blocked, self->statement, self->practice);
    g_autofree char *way_out = upkeep_quote_words_way_out (&facts, blocked);

    gtk_list_box_append (self->blocked_list,
                         upkeep_row_new ("upkeep-info-symbolic", reason, way_out));
  }
  set_stage (self, STAGE_BLOCKED);
}

/* Fetching the quote */

static void
stop_expiry (UpkeepWizard *self)
{
  g_clear_handle_id (&self->expiry_id, g_source_remove);
}

/* A quote that nobody confirmed in time is fetched anew, and the review goes on with it. */
static gboolean
expired_cb (gpointer user_data)
{
  UpkeepWizard *self = UPKEEP_WIZARD (user_data);

  self->expiry_id = 0;
  if (self->stage != STAGE_TIMING && self->stage != STAGE_REVIEW)
    return G_SOURCE_REMOVE;

  self->reviewing = self->stage == STAGE_REVIEW;
  show_message (self, g_strdup (_ ("Prices refreshed")), FALSE);
  fetch_quote (self);
  return G_SOURCE_REMOVE;
}

static void
quoted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepQuote) quote =
      upkeep_session_quote_finish (UPKEEP_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (quote != NULL)
    upkeep_wizard_show_quote (UPKEEP_WIZARD (user_data), quote);
  else
    upkeep_wizard_show_error (UPKEEP_WIZARD (user_data), error);
}

static void
cancel_quote (UpkeepWizard *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* Fetches the figures. A message that stands stays: it says why they are fetched again. */
static void
fetch_quote (UpkeepWizard *self)
{
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (
      has_paid_plan (self->statement) ? UPKEEP_QUOTE_SWITCH : UPKEEP_QUOTE_SUBSCRIBE);

  upkeep_plan_step_fill_request (self->plan_step, request);

  stop_expiry (self);
  set_stage (self, STAGE_LOADING);
  cancel_quote (self);
  if (self->session == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  upkeep_session_quote_async (self->session, request, self->cancellable, quoted_cb, self);
}

/* Confirming */

static void
stop_checking (UpkeepWizard *self)
{
  if (self->session != NULL)
    g_clear_signal_handler (&self->pending_handler, self->session);
}

/* Whether the account says that the change has come about. */
static gboolean
has_come_about (UpkeepWizard *self)
{
  const UpkeepStatement *statement = upkeep_session_get_statement (self->session);

  if (statement == NULL)
    return FALSE;
  if (get_timing (self) == UPKEEP_TIMING_PERIOD_END)
    return statement->scheduled == UPKEEP_SCHEDULED_SWITCH &&
           g_strcmp0 (statement->scheduled_plan, self->quote->to_plan) == 0 &&
           statement->scheduled_interval == self->quote->to_interval;
  return has_paid_plan (statement) && g_strcmp0 (statement->plan, self->quote->to_plan) == 0 &&
         statement->interval == self->quote->to_interval;
}

static void
pending_changed_cb (UpkeepWizard *self)
{
  if (self->stage != STAGE_CHECKING || upkeep_session_get_pending (self->session) != NULL)
    return;

  stop_checking (self);
  if (has_come_about (self)) {
    upkeep_wizard_show_receipt (self, get_timing (self), NULL);
    return;
  }

  show_message (self, g_strdup (_ ("It did not go through. Nothing was charged.")), FALSE);
  self->reviewing = TRUE;
  fetch_quote (self);
}

static void
check (UpkeepWizard *self)
{
  const UpkeepOption *option = get_option (self);
  gboolean pays = option != NULL && option->bill.total_minor > 0;

  set_stage (self, STAGE_CHECKING);
  show_message (self,
                g_strdup (pays ? _ ("Checking whether the payment went through. You can close "
                                    "this; it is never sent twice.")
                               : _ ("Checking whether the change went through. You can close "
                                    "this; it is never sent twice.")),
                TRUE);
  if (self->session == NULL)
    return;

  if (self->pending_handler == 0)
    self->pending_handler = g_signal_connect_swapped (self->session, "notify::pending",
                                                      G_CALLBACK (pending_changed_cb), self);
  pending_changed_cb (self);
}

static void
show_refusal (UpkeepWizard *self, const GError *error)
{
  const UpkeepRefusal *refusal = upkeep_client_error_get_refusal (error);

  self->reviewing = TRUE;
  switch ((UpkeepClientError) error->code) {
  case UPKEEP_CLIENT_ERROR_STALE:
    show_message (self,
                  g_strdup (_ ("The figures have changed. Nothing was charged. Look at the new "
                               "ones and confirm again.")),
                  FALSE);
    if (refusal != NULL && refusal->quote != NULL)
      upkeep_wizard_show_quote (self, refusal->quote);
    else
      fetch_quote (self);
    break;
  case UPKEEP_CLIENT_ERROR_EXPIRED:
    show_message (self, g_strdup (_ ("Prices refreshed. Nothing was charged.")), FALSE);
    fetch_quote (self);
    break;
  case UPKEEP_CLIENT_ERROR_NOT_ALLOWED:
  case UPKEEP_CLIENT_ERROR_ALREADY_ACCEPTED:
    /* A new quote tells what holds now, and why. */
    clear_message (self);
    fetch_quote (self);
    break;
  case UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME:
    check (self);
    break;
  case UPKEEP_CLIENT_ERROR_ADDRESS:
  case UPKEEP_CLIENT_ERROR_OFFLINE:
  case UPKEEP_CLIENT_ERROR_REPLY:
  case UPKEEP_CLIENT_ERROR_UNAUTHORIZED:
  case UPKEEP_CLIENT_ERROR_FORBIDDEN:
  case UPKEEP_CLIENT_ERROR_NOT_FOUND:
  case UPKEEP_CLIENT_ERROR_DECLINED:
  case UPKEEP_CLIENT_ERROR_REFUSED:
  case UPKEEP_CLIENT_ERROR_RATE_LIMITED:
  case UPKEEP_CLIENT_ERROR_SERVICE:
  case UPKEEP_CLIENT_ERROR_PENDING:
  case UPKEEP_CLIENT_ERROR_NOT_KEPT:
  default:
    set_stage (self, STAGE_REVIEW);
    show_message (self, format_failure (self, error), FALSE);
    break;
  }
}

static void
accepted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UpkeepWizard) self = UPKEEP_WIZARD (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepReceipt) receipt =
      upkeep_session_accept_finish (UPKEEP_SESSION (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL) /* it was closed; the window shows it */
    return;

  if (receipt != NULL)
    upkeep_wizard_show_receipt (self, get_timing (self), receipt);
  else
    upkeep_wizard_show_error (self, error);
}

static void
confirm (UpkeepWizard *self)
{
  const UpkeepOption *option = get_option (self);

  g_return_if_fail (option != NULL);

  stop_expiry (self);
  set_stage (self, STAGE_SENDING);
  show_message (self, g_strdup (option->bill.total_minor > 0 ? _ ("Paying") : _ ("Changing")),
                TRUE);
  if (self->session == NULL)
    return;

  /* It goes on when the dialog is closed, so the task holds on to it. */
  upkeep_session_accept_async (self->session, self->quote, get_timing (self), NULL, accepted_cb,
                               g_object_ref (self));
}

/* Callbacks */

static void
close_wizard (UpkeepWizard *self)
{
  upkeep_compat_close_page (GTK_WIDGET (self));
}

static void
back_clicked_cb (UpkeepWizard *self)
{
  upkeep_wizard_go_back (self);
}

static void
cancel_clicked_cb (UpkeepWizard *self)
{
  close_wizard (self);
}

static void
step_clicked_cb (UpkeepWizard *self)
{
  upkeep_wizard_go_on (self);
}

static void
update_method_clicked_cb (UpkeepWizard *self)
{
  GtkWidget *parent = self->parent;

  close_wizard (self);
  if (parent != NULL)
    gtk_widget_activate_action (parent, "win." UPDATE_METHOD_ACTION, NULL);
}

/* Escape goes back; where there is nothing to go back to, it is left to what the wizard is in. */
static gboolean
back_pressed_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return upkeep_wizard_go_back (UPKEEP_WIZARD (widget));
}

/* Enter is the step's button, except on another button. */
static gboolean
enter_pressed_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  UpkeepWizard *self = UPKEEP_WIZARD (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (root != NULL && GTK_IS_BUTTON (gtk_root_get_focus (root)))
    return GDK_EVENT_PROPAGATE;
  if (!gtk_widget_get_visible (GTK_WIDGET (self->step_button)) || !can_go_on (self))
    return GDK_EVENT_PROPAGATE;

  upkeep_wizard_go_on (self);
  return GDK_EVENT_STOP;
}

static void
add_shortcut (GtkEventController *keys, const char *trigger, GtkShortcutFunc callback)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                        gtk_callback_action_new (callback, NULL, NULL)));
}

static void
closed_cb (GtkWidget *page, gpointer user_data)
{
  UpkeepWizard *self = UPKEEP_WIZARD (page);

  cancel_quote (self);
  stop_expiry (self);
  stop_checking (self);
  g_clear_weak_pointer (&self->parent);
}

/* GObject */

static void
upkeep_wizard_dispose (GObject *object)
{
  UpkeepWizard *self = UPKEEP_WIZARD (object);

  cancel_quote (self);
  stop_expiry (self);
  stop_checking (self);
  g_clear_weak_pointer (&self->parent);
  g_clear_object (&self->session);
  g_clear_pointer (&self->statement, upkeep_statement_unref);
  g_clear_pointer (&self->edition, upkeep_edition_unref);
  g_clear_pointer (&self->quote, upkeep_quote_unref);

  G_OBJECT_CLASS (upkeep_wizard_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, back_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, title_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, step_bar);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, scroller);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, stack);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, plan_step);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, spinner);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, blocked_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, timing_step);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, review_step);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, done_step);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, status_line);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, step_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, holds_label);
}

static void
upkeep_wizard_class_init (UpkeepWizardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (UPKEEP_TYPE_DONE_STEP);
  g_type_ensure (UPKEEP_TYPE_HEADING);
  g_type_ensure (UPKEEP_TYPE_NARROW_BIN);
  g_type_ensure (UPKEEP_TYPE_PLAN_STEP);
  g_type_ensure (UPKEEP_TYPE_REVIEW_STEP);
  g_type_ensure (UPKEEP_TYPE_STATUS_LINE);
  g_type_ensure (UPKEEP_TYPE_STEP_BAR);
  g_type_ensure (UPKEEP_TYPE_TIMING_STEP);

  object_class->dispose = upkeep_wizard_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-wizard.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, show_buttons);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_clicked_cb);
}

static void
upkeep_wizard_init (UpkeepWizard *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < N_STEPS; i++)
    upkeep_step_bar_append (self->step_bar, get_step_name (i));

  upkeep_button_names_mend (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_shortcut (keys, "Escape|<Alt>Left", back_pressed_cb);
  add_shortcut (keys, "Return|KP_Enter|ISO_Enter", enter_pressed_cb);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* Public */

/**
 * upkeep_wizard_new:
 * @session: (nullable): whom to ask; `NULL` where figures come by upkeep_wizard_show_quote() alone
 * @statement: the account
 * @edition: the catalogue
 * @practice: whether sums are not real money
 *
 * Makes a wizard that has asked nothing yet.
 *
 * Returns: (transfer floating): the wizard
 */
GtkWidget *
upkeep_wizard_new (UpkeepSession *session,
                   UpkeepStatement *statement,
                   UpkeepEdition *edition,
                   gboolean practice)
{
  UpkeepWizard *self;

  g_return_val_if_fail (session == NULL || UPKEEP_IS_SESSION (session), NULL);
  g_return_val_if_fail (statement != NULL, NULL);
  g_return_val_if_fail (edition != NULL, NULL);

  self = g_object_new (UPKEEP_TYPE_WIZARD, NULL);
  g_set_object (&self->session, session);
  self->statement = upkeep_statement_ref (statement);
  self->edition = upkeep_edition_ref (edition);
  self->practice = !!practice;
  return GTK_WIDGET (self);
}

/**
 * upkeep_wizard_begin:
 * @self: a wizard
 * @plan_id: (nullable): the plan that was chosen elsewhere
 * @interval: the term it was chosen for; what is proposed where no plan was chosen
 *
 * Begins. Where the plan is known and nothing has to be asked about it, the first step is done
 * already.
 */
void
upkeep_wizard_begin (UpkeepWizard *self, const char *plan_id, UpkeepInterval interval)
{
  g_return_if_fail (UPKEEP_IS_WIZARD (self));

  upkeep_plan_step_show (self->plan_step, self->statement, self->edition, self->practice, plan_id,
                         interval);
  if (plan_id == NULL || upkeep_quote_words_asks_company (self->edition, plan_id))
    set_stage (self, STAGE_PLAN);
  else
    fetch_quote (self);
}

/**
 * upkeep_wizard_present:
 * @parent: any widget of the window to show it over
 * @session: whom to ask
 * @plan_id: (nullable): the plan that was chosen elsewhere; `NULL` begins with choosing one
 * @interval: the term it was chosen for
 * @practice: whether sums are not real money
 *
 * Shows the change of plan over a window. Without an account or a catalogue nothing is shown.
 */
void
upkeep_wizard_present (GtkWidget *parent,
                       UpkeepSession *session,
                       const char *plan_id,
                       UpkeepInterval interval,
                       gboolean practice)
{
  UpkeepWizard *self;
  UpkeepStatement *statement;
  UpkeepEdition *edition;
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (UPKEEP_IS_SESSION (session));

  statement = upkeep_session_get_statement (session);
  edition = upkeep_session_get_edition (session);
  if (statement == NULL || edition == NULL)
    return;

  self = UPKEEP_WIZARD (upkeep_wizard_new (session, statement, edition, practice));
  g_set_weak_pointer (&self->parent, parent);
  root = gtk_widget_get_root (parent);
  if (G_IS_ACTION_GROUP (root) &&
      g_action_group_has_action (G_ACTION_GROUP (root), UPDATE_METHOD_ACTION)) {
    GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Update Payment Method…"));

    g_signal_connect_object (button, "clicked", G_CALLBACK (update_method_clicked_cb), self,
                             G_CONNECT_SWAPPED);
    upkeep_button_names_mend (button);
    upkeep_review_step_set_method_end (self->review_step, button);
  }
  upkeep_compat_present_page (GTK_WIDGET (self), _ ("Change Plan"), WIDTH_PX, HEIGHT_PX, parent,
                              closed_cb, NULL);
  upkeep_wizard_begin (self, plan_id, interval);
}

/**
 * upkeep_wizard_show_quote:
 * @self: a wizard
 * @quote: what the change would cost, give and do
 *
 * Goes on with the figures of a quote: to the choice of when where there is one, else to the
 * review. Where it is blocked, it says why and what can be done.
 *
 * Figures that come in place of others that were being reviewed stay in the review, and say what
 * the sum was.
 */
void
upkeep_wizard_show_quote (UpkeepWizard *self, UpkeepQuote *quote)
{
  const UpkeepOption *before;
  const UpkeepOption *after;
  UpkeepStatement *statement;
  gint64 life_s;

  g_return_if_fail (UPKEEP_IS_WIZARD (self));
  g_return_if_fail (quote != NULL);

  before = self->reviewing ? get_option (self) : NULL;
  after = upkeep_quote_find_option (quote, get_timing (self));
  self->has_was =
      before != NULL && after != NULL && before->bill.total_minor != after->bill.total_minor;
  self->was_minor = self->has_was ? before->bill.total_minor : 0;

  /* The account may have changed since the wizard was opened. */
  statement = self->session != NULL ? upkeep_session_get_statement (self->session) : NULL;
  if (statement != NULL) {
    upkeep_statement_ref (statement);
    upkeep_statement_unref (self->statement);
    self->statement = statement;
  }
  upkeep_quote_ref (quote);
  g_clear_pointer (&self->quote, upkeep_quote_unref);
  self->quote = quote;

  if (quote->blocked->len > 0 || quote->options->len == 0) {
    show_blocked (self);
    return;
  }

  stop_expiry (self);
  life_s = CLAMP (quote->expires_at_s - quote->created_at_s, 1, UPKEEP_QUOTE_LIFE_S);
  self->expiry_id = g_timeout_add_seconds ((guint) life_s, expired_cb, self);

  if (self->reviewing && after != NULL) {
    show_review (self);
    return;
  }

  show_timings (self, g_array_index (quote->options, UpkeepOption, 0).timing);
  if (quote->options->len > 1)
    set_stage (self, STAGE_TIMING);
  else
    show_review (self);
}

/**
 * upkeep_wizard_show_receipt:
 * @self: a wizard that has confirmed
 * @timing: what was chosen
 * @receipt: (nullable): what one got for it; `NULL` where only the account tells that it is done
 *
 * Says what has come of it: what was paid, the number of the receipt, and the next charge.
 */
void
upkeep_wizard_show_receipt (UpkeepWizard *self, UpkeepTiming timing, UpkeepReceipt *receipt)
{
  UpkeepQuoteFacts facts;
  const UpkeepOption *option;

  g_return_if_fail (UPKEEP_IS_WIZARD (self));
  g_return_if_fail (self->quote != NULL);

  facts = get_facts (self);
  option = upkeep_quote_find_option (self->quote, timing);
  g_return_if_fail (option != NULL);

  stop_expiry (self);
  clear_message (self);
  upkeep_done_step_show (self->done_step, &facts, option, receipt);
  set_stage (self, STAGE_DONE);
}

/**
 * upkeep_wizard_show_error:
 * @self: a wizard
 * @error: what a call of the session brought
 *
 * Says what went wrong. Whatever can be mended by new figures is, and has to be confirmed anew.
 */
void
upkeep_wizard_show_error (UpkeepWizard *self, const GError *error)
{
  g_return_if_fail (UPKEEP_IS_WIZARD (self));
  g_return_if_fail (error != NULL);

  if (self->stage == STAGE_SENDING && error->domain == UPKEEP_CLIENT_ERROR) {
    show_refusal (self, error);
    return;
  }

  set_stage (self, self->stage == STAGE_SENDING ? STAGE_REVIEW : STAGE_PROBLEM);
  show_message (self, format_failure (self, error), FALSE);
}

/**
 * upkeep_wizard_go_back:
 * @self: a wizard
 *
 * Goes one step back.
 *
 * Returns: whether there was one to go back to
 */
gboolean
upkeep_wizard_go_back (UpkeepWizard *self)
{
  g_return_val_if_fail (UPKEEP_IS_WIZARD (self), FALSE);

  switch (self->stage) {
  case STAGE_REVIEW:
    if (self->quote->options->len > 1) {
      clear_message (self);
      self->reviewing = FALSE;
      show_timings (self, get_timing (self));
      set_stage (self, STAGE_TIMING);
      return TRUE;
    }
    G_GNUC_FALLTHROUGH;
  case STAGE_LOADING:
  case STAGE_BLOCKED:
  case STAGE_PROBLEM:
  case STAGE_TIMING:
    clear_message (self);
    cancel_quote (self);
    stop_expiry (self);
    self->reviewing = FALSE;
    set_stage (self, STAGE_PLAN);
    return TRUE;
  case STAGE_PLAN:
  case STAGE_SENDING:
  case STAGE_CHECKING:
  case STAGE_DONE:
  default:
    return FALSE;
  }
}

/**
 * upkeep_wizard_go_on:
 * @self: a wizard
 *
 * Does what the button of the step does.
 */
void
upkeep_wizard_go_on (UpkeepWizard *self)
{
  g_return_if_fail (UPKEEP_IS_WIZARD (self));

  if (!can_go_on (self))
    return;

  clear_message (self);
  switch (self->stage) {
  case STAGE_PLAN:
    self->reviewing = FALSE;
    fetch_quote (self);
    break;
  case STAGE_BLOCKED:
  case STAGE_PROBLEM:
    fetch_quote (self);
    break;
  case STAGE_TIMING:
    self->has_was = FALSE;
    show_review (self);
    break;
  case STAGE_REVIEW:
    confirm (self);
    break;
  case STAGE_CHECKING:
  case STAGE_DONE:
    close_wizard (self);
    break;
  case STAGE_LOADING:
  case STAGE_SENDING:
  default:
    break;
  }
}

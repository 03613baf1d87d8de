/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-cancel-dialog.h"

#include "upkeep-amount.h"
#include "upkeep-button-names.h"
#include "upkeep-cancel-words.h"
#include "upkeep-compat.h"
#include "upkeep-error-words.h"
#include "upkeep-fit-bin.h"
#include "upkeep-leave-form.h"
#include "upkeep-leave-words.h"
#include "upkeep-narrow-bin.h"
#include "upkeep-refund-rule.h"
#include "upkeep-row.h"
#include "upkeep-support-list.h"

#include <glib/gi18n.h>

#define WIDTH_PX 480

typedef enum {
  STAGE_LOADING,  /* the quote is waited for */
  STAGE_CHOICE,   /* the question */
  STAGE_SENDING,  /* the answer was given, and nothing has come back */
  STAGE_CHECKING, /* no final answer came; the outbox finds out */
  STAGE_BLOCKED,  /* it cannot be cancelled now */
  STAGE_INVOICE,  /* the number of an invoice is asked for */
  STAGE_PROBLEM,  /* there is no quote to ask with */
  STAGE_DONE,
} Stage;

/**
 * UpkeepCancelDialog:
 *
 * Asks once how to leave, does it, and shows the confirmation: one page, one quote, two buttons of
 * one size (UX 1.5).
 *
 * It fetches its own quote when it is presented. The choice that can be undone is the one that is
 * selected. Whatever goes wrong is said above the buttons, and the dialog stays.
 */
struct _UpkeepCancelDialog {
  AdwBin parent_instance;

  UpkeepSession *session;     /* (owned) */
  UpkeepStatement *statement; /* (owned) (nullable): the account as the quote is about it */
  UpkeepEdition *edition;     /* (owned) (nullable) */
  UpkeepQuote *quote;         /* (owned) (nullable) */
  char *host;                 /* (owned) (nullable) */
  gboolean practice;
  char *invoice_number; /* (owned) (nullable): the one that was named last */
  Stage stage;
  UpkeepTiming sent_timing; /* of what was sent last */

  GCancellable *cancellable; /* (owned) (nullable): of questions; what is confirmed never stops */
  gulong pending_handler;
  GtkWidget *parent; /* (nullable): a weak pointer to what it is shown over */

  GtkCheckButton *radios[UPKEEP_N_TIMINGS]; /* (nullable) */

  /* Template */
  GtkWidget *done_image;
  GtkLabel *heading_label;
  GtkLabel *sentence_label;
  UpkeepFitBin *fit_bin;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkBox *choices;
  GtkListBox *rule_list;
  UpkeepRow *kept_row;
  UpkeepRow *frozen_row;
  UpkeepRow *dropped_row;
  GtkListBox *blocked_list;
  AdwBin *blocked_help;
  AdwEntryRow *invoice_row;
  GtkWidget *invoice_hint;
  AdwBin *invoice_help;
  UpkeepRow *number_row;
  UpkeepRow *received_row;
  UpkeepRow *end_row;
  UpkeepRow *refund_row;
  GtkLabel *undo_label;
  GtkWidget *message_box;
  GtkWidget *message_image;
  GtkSpinner *message_spinner;
  GtkLabel *message_label;
  GtkWidget *buttons;
  GtkWidget *keep_button;
  GtkWidget *confirm_button;
  GtkWidget *continue_button;
  GtkWidget *retry_button;
  GtkWidget *close_button;
  GtkLabel *alternative_label;
  AdwBin *reason_bin;
};

G_DEFINE_FINAL_TYPE (UpkeepCancelDialog, upkeep_cancel_dialog, ADW_TYPE_BIN)

static void fetch_quote (UpkeepCancelDialog *self);

static UpkeepCancelFacts
get_facts (UpkeepCancelDialog *self)
{
  return (UpkeepCancelFacts){
      .statement = self->statement,
      .edition = self->edition,
      .quote = self->quote,
      .practice = self->practice,
  };
}

/* What is said */

/* Takes the string. */
static void
set_text (GtkLabel *label, char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
  g_free (text);
}

/* Takes the strings; a row without a title is not shown. */
static void
set_row (UpkeepRow *row, char *title, char *subtitle)
{
  upkeep_row_set_title (row, title);
  if (subtitle != NULL)
    upkeep_row_set_subtitle (row, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (row), title != NULL);
  g_free (title);
  g_free (subtitle);
}

/* Takes the string. */
static void
set_heading (UpkeepCancelDialog *self, char *text)
{
  upkeep_compat_set_page_title (GTK_WIDGET (self), text);
  set_text (self->heading_label, text);
}

static void
clear_message (UpkeepCancelDialog *self)
{
  gtk_widget_set_visible (self->message_box, FALSE);
  gtk_spinner_stop (self->message_spinner);
}

/* Takes the string. */
static void
show_message (UpkeepCancelDialog *self, char *text, gboolean waiting)
{
  gtk_label_set_text (self->message_label, text);
  gtk_widget_set_visible (self->message_image, !waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->message_spinner), waiting);
  gtk_spinner_set_spinning (self->message_spinner, waiting);
  gtk_widget_set_visible (self->message_box, TRUE);
  g_free (text);
}

/* What went wrong, and that nothing came of it. */
static char *
format_failure (UpkeepCancelDialog *self, const GError *error)
{
  g_autofree char *words = upkeep_error_words (error, self->host, self->statement, self->practice);

  /* Translators: %s is one or two sentences on what went wrong. */
  return g_strdup_printf (_ ("%s\nNothing was cancelled."), words);
}

/* Stages */

static void
set_stage (UpkeepCancelDialog *self, Stage stage)
{
  static const char *const pages[] = {
      [STAGE_LOADING] = "loading", [STAGE_CHOICE] = "choice",   [STAGE_SENDING] = "choice",
      [STAGE_CHECKING] = "choice", [STAGE_BLOCKED] = "blocked", [STAGE_INVOICE] = "invoice",
      [STAGE_PROBLEM] = "problem", [STAGE_DONE] = "done",
  };
  gboolean ends = stage == STAGE_BLOCKED || stage == STAGE_DONE;
  gboolean asks = !ends && stage != STAGE_PROBLEM && stage != STAGE_INVOICE;

  self->stage = stage;
  gtk_stack_set_visible_child_name (self->stack, pages[stage]);
  gtk_spinner_set_spinning (self->spinner, stage == STAGE_LOADING);
  gtk_widget_set_sensitive (GTK_WIDGET (self->choices), stage == STAGE_CHOICE);
  gtk_widget_set_visible (self->done_image, stage == STAGE_DONE);
  gtk_widget_set_visible (self->keep_button, !ends && stage != STAGE_CHECKING);
  gtk_widget_set_sensitive (self->keep_button, stage != STAGE_SENDING);
  gtk_widget_set_visible (self->confirm_button, asks);
  gtk_widget_set_sensitive (self->confirm_button, stage == STAGE_CHOICE);
  gtk_widget_set_visible (self->continue_button, stage == STAGE_INVOICE);
  gtk_widget_set_visible (self->retry_button, stage == STAGE_PROBLEM);
  gtk_widget_set_visible (self->close_button, ends || stage == STAGE_CHECKING);
  gtk_widget_set_visible (GTK_WIDGET (self->reason_bin), stage == STAGE_DONE);
  if (stage != STAGE_INVOICE)
    gtk_widget_set_visible (GTK_WIDGET (self->invoice_help), FALSE);
  if (ends || stage == STAGE_PROBLEM || stage == STAGE_INVOICE)
    gtk_widget_set_visible (GTK_WIDGET (self->alternative_label), FALSE);
}

static GtkCheckButton *
get_selected_radio (UpkeepCancelDialog *self)
{
  for (guint i = 0; i < UPKEEP_N_TIMINGS; i++)
    if (self->radios[i] != NULL && gtk_check_button_get_active (self->radios[i]))
      return self->radios[i];

  return NULL;
}

static GtkWidget *
new_choice_texts (const char *title, const char *detail, gboolean tagged)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title_label =
      g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0f, "wrap", TRUE, NULL);
  GtkWidget *detail_label =
      g_object_new (GTK_TYPE_LABEL, "label", detail, "xalign", 0.0f, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (detail_label, "caption");
  gtk_widget_add_css_class (detail_label, "faint");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), title_label);
  gtk_box_append (GTK_BOX (texts), detail_label);
  gtk_box_append (GTK_BOX (box), texts);
  if (tagged) {
    GtkWidget *tag = upkeep_amount_new_practice_tag ();

    gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (box), tag);
  }
  return box;
}

static char *
format_choice_detail (const UpkeepCancelFacts *facts, const UpkeepOption *option)
{
  g_autofree char *detail = upkeep_cancel_choice_detail (facts, option);
  g_autofree char *issue = upkeep_leave_issue (facts, option);

  return issue != NULL ? g_strjoin ("\n", detail, issue, NULL) : g_steal_pointer (&detail);
}

static void
add_choice (UpkeepCancelDialog *self, const UpkeepOption *option, GtkCheckButton *group)
{
  UpkeepCancelFacts facts = get_facts (self);
  GtkWidget *radio = gtk_check_button_new ();
  g_autofree char *title = upkeep_cancel_choice (&facts, option);
  g_autofree char *detail = format_choice_detail (&facts, option);

  gtk_check_button_set_child (
      GTK_CHECK_BUTTON (radio),
      new_choice_texts (title, detail, self->practice && option->has_refund));
  gtk_check_button_set_group (GTK_CHECK_BUTTON (radio), group);
  gtk_accessible_update_property (GTK_ACCESSIBLE (radio), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  gtk_box_append (self->choices, radio);
  self->radios[option->timing] = GTK_CHECK_BUTTON (radio);
}

/* Shows the ways to leave, what is undone last: its radio button is the one that is on. */
static void
show_choices (UpkeepCancelDialog *self)
{
  GtkWidget *child;
  GtkWidget *group;
  GtkCheckButton *preset;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->choices))) != NULL)
    gtk_box_remove (self->choices, child);
  for (guint i = 0; i < UPKEEP_N_TIMINGS; i++)
    self->radios[i] = NULL;

  /* Never seen: a choice that is the only one looks like a check box without a second one. */
  group = gtk_check_button_new ();
  gtk_widget_set_visible (group, FALSE);
  gtk_box_append (self->choices, group);
  for (guint timing = 0; timing < UPKEEP_N_TIMINGS; timing++) {
    const UpkeepOption *option = upkeep_quote_find_option (self->quote, (UpkeepTiming) timing);

    if (option != NULL)
      add_choice (self, option, GTK_CHECK_BUTTON (group));
  }

  preset = self->radios[UPKEEP_TIMING_PERIOD_END];
  if (preset == NULL)
    preset = self->radios[UPKEEP_TIMING_IMMEDIATE];
  if (preset != NULL) {
    gtk_check_button_set_active (preset, TRUE);
    gtk_widget_grab_focus (GTK_WIDGET (preset));
  }
}

static void
clear_list (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

static void
show_question (UpkeepCancelDialog *self)
{
  UpkeepCancelFacts facts = get_facts (self);
  g_autofree char *alternative = upkeep_cancel_alternative_markup (&facts);
  GtkWidget *review = upkeep_review_row_new (&facts);

  set_heading (self, upkeep_cancel_heading (&facts));
  set_text (self->sentence_label, upkeep_cancel_sentence (&facts));
  set_row (self->kept_row, upkeep_cancel_kept (&facts), NULL);
  set_row (self->frozen_row, upkeep_cancel_frozen (&facts), NULL);
  set_row (self->dropped_row, upkeep_cancel_dropped (&facts), NULL);
  clear_list (self->rule_list);
  gtk_list_box_append (self->rule_list,
                       upkeep_refund_rule_new (self->edition, self->statement->plan, self->quote));
  if (review != NULL)
    gtk_list_box_append (self->rule_list, review);
  gtk_label_set_markup (self->alternative_label, alternative != NULL ? alternative : "");
  gtk_widget_set_visible (GTK_WIDGET (self->alternative_label), alternative != NULL);
  set_stage (self, STAGE_CHOICE);
  show_choices (self);
}

/* Says where help is, where it is needed (RULES C-37). */
static void
show_help (UpkeepCancelDialog *self, AdwBin *place)
{
  adw_bin_set_child (place, upkeep_leave_needs_help (self->quote)
                                ? upkeep_support_list_new (self->edition)
                                : NULL);
  gtk_widget_set_visible (GTK_WIDGET (place), adw_bin_get_child (place) != NULL);
}

static void
show_blocked (UpkeepCancelDialog *self)
{
  UpkeepCancelFacts facts = get_facts (self);

  clear_list (self->blocked_list);
  for (guint i = 0; i < self->quote->blocked->len; i++) {
    const UpkeepBlocked *blocked = &g_array_index (self->quote->blocked, UpkeepBlocked, i);
    g_autofree char *reason = upkeep_words_blocked (blocked, self->statement, self->practice);
    g_autofree char *way_out = upkeep_cancel_way_out (&facts, blocked->code);

    gtk_list_box_append (self->blocked_list,
                         upkeep_row_new ("upkeep-info-symbolic", reason, way_out));
  }
  set_heading (self, upkeep_cancel_blocked_heading (&facts));
  set_text (self->sentence_label, NULL);
  show_help (self, self->blocked_help);
  clear_message (self);
  set_stage (self, STAGE_BLOCKED);
  gtk_widget_grab_focus (self->close_button);
}

/* Asks for the number of an invoice, without which nobody can leave here (RULES C-43). */
static void
ask_for_invoice (UpkeepCancelDialog *self)
{
  UpkeepCancelFacts facts = get_facts (self);

  set_heading (self, upkeep_cancel_heading (&facts));
  set_text (self->sentence_label,
            g_strdup (_ ("To cancel, name one of your invoices. Nothing changes until you "
                         "confirm.")));
  if (upkeep_quote_is_blocked (self->quote, UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN))
    show_message (self, g_strdup (_ ("None of your invoices has this number.")), FALSE);
  else
    clear_message (self);
  set_stage (self, STAGE_INVOICE);
  show_help (self, self->invoice_help);
  gtk_widget_grab_focus (GTK_WIDGET (self->invoice_row));
}

/* Fetching the quote */

/* What was asked before is not waited for any more. */
static GCancellable *
renew_cancellable (UpkeepCancelDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
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
    upkeep_cancel_dialog_show_quote (UPKEEP_CANCEL_DIALOG (user_data), quote);
  else
    upkeep_cancel_dialog_show_error (UPKEEP_CANCEL_DIALOG (user_data), error);
}

/* Fetches the figures. A message that stands stays: it says why they are fetched again. */
static void
fetch_quote (UpkeepCancelDialog *self)
{
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (UPKEEP_QUOTE_CANCEL);

  request->invoice_number = g_strdup (self->invoice_number);
  set_stage (self, STAGE_LOADING);
  upkeep_session_quote_async (self->session, request, renew_cancellable (self), quoted_cb, self);
}

/* Confirming */

/* Whether the account says that it is cancelled. */
static gboolean
is_cancelled (const UpkeepStatement *statement)
{
  return statement != NULL &&
         (statement->scheduled == UPKEEP_SCHEDULED_CANCEL ||
          statement->state == UPKEEP_STATE_ENDED || statement->state == UPKEEP_STATE_NONE);
}

static void
stop_checking (UpkeepCancelDialog *self)
{
  g_clear_signal_handler (&self->pending_handler, self->session);
}

/* The account tells what became of it. */
static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean refreshed = upkeep_session_refresh_finish (UPKEEP_SESSION (source), result, &error);
  UpkeepCancelDialog *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = UPKEEP_CANCEL_DIALOG (user_data);
  if (is_cancelled (upkeep_session_get_statement (self->session))) {
    upkeep_cancel_dialog_show_receipt (self, self->sent_timing, NULL);
    return;
  }

  if (refreshed)
    show_message (self, g_strdup (_ ("It did not go through. Nothing was cancelled.")), FALSE);
  else
    clear_message (self);
  fetch_quote (self);
}

static void
pending_changed_cb (UpkeepCancelDialog *self)
{
  if (self->stage != STAGE_CHECKING || upkeep_session_get_pending (self->session) != NULL)
    return;

  stop_checking (self);
  upkeep_session_refresh_async (self->session, renew_cancellable (self), checked_cb, self);
}

static void
check (UpkeepCancelDialog *self)
{
  set_stage (self, STAGE_CHECKING);
  show_message (self,
                g_strdup (_ ("Checking whether the cancellation went through. You can close this; "
                             "the check goes on.")),
                TRUE);
  if (self->pending_handler == 0)
    self->pending_handler = g_signal_connect_swapped (self->session, "notify::pending",
                                                      G_CALLBACK (pending_changed_cb), self);
  pending_changed_cb (self);
}

static void
show_refusal (UpkeepCancelDialog *self, const GError *error)
{
  const UpkeepRefusal *refusal = upkeep_client_error_get_refusal (error);

  switch ((UpkeepClientError) error->code) {
  case UPKEEP_CLIENT_ERROR_STALE:
    show_message (self,
                  g_strdup (_ ("The figures have changed since they were shown. Nothing was "
                               "cancelled. Look at the new ones and confirm again.")),
                  FALSE);
    if (refusal != NULL && refusal->quote != NULL)
      upkeep_cancel_dialog_show_quote (self, refusal->quote);
    else
      fetch_quote (self);
    break;
  case UPKEEP_CLIENT_ERROR_EXPIRED:
    show_message (self,
                  g_strdup (_ ("The figures were half an hour old. Nothing was cancelled. Look at "
                               "the new ones and confirm again.")),
                  FALSE);
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
    set_stage (self, STAGE_CHOICE);
    show_message (self, format_failure (self, error), FALSE);
    gtk_widget_grab_focus (self->confirm_button);
    break;
  }
}

static void
accepted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UpkeepCancelDialog) self = UPKEEP_CANCEL_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepReceipt) receipt =
      upkeep_session_accept_finish (UPKEEP_SESSION (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL) /* it was closed; the window shows it */
    return;

  if (receipt != NULL)
    upkeep_cancel_dialog_show_receipt (self, self->sent_timing, receipt);
  else
    upkeep_cancel_dialog_show_error (self, error);
}

static void
confirm_clicked_cb (UpkeepCancelDialog *self)
{
  GtkCheckButton *radio = get_selected_radio (self);

  if (self->stage != STAGE_CHOICE || radio == NULL)
    return;

  self->sent_timing = radio == self->radios[UPKEEP_TIMING_IMMEDIATE] ? UPKEEP_TIMING_IMMEDIATE
                                                                     : UPKEEP_TIMING_PERIOD_END;
  set_stage (self, STAGE_SENDING);
  show_message (self, g_strdup (_ ("Cancelling. Closing this does not stop it.")), TRUE);
  /* It goes on when the dialog is closed, so the task holds on to it. */
  upkeep_session_accept_async (self->session, self->quote, self->sent_timing, NULL, accepted_cb,
                               g_object_ref (self));
}

/* Numbers are in capital letters, whichever way one types them. */
static void
continue_clicked_cb (UpkeepCancelDialog *self)
{
  g_autofree char *typed =
      g_ascii_strup (gtk_editable_get_text (GTK_EDITABLE (self->invoice_row)), -1);

  g_strstrip (typed);
  if (self->stage != STAGE_INVOICE || *typed == '\0')
    return;

  g_free (self->invoice_number);
  self->invoice_number = g_steal_pointer (&typed);
  clear_message (self);
  fetch_quote (self);
}

static void
retry_clicked_cb (UpkeepCancelDialog *self)
{
  clear_message (self);
  fetch_quote (self);
}

static void
close_clicked_cb (UpkeepCancelDialog *self)
{
  upkeep_compat_close_page (GTK_WIDGET (self));
}

static gboolean
link_activated_cb (UpkeepCancelDialog *self, const char *uri)
{
  GtkWidget *parent = self->parent;

  upkeep_compat_close_page (GTK_WIDGET (self));
  if (parent != NULL)
    gtk_widget_activate_action (parent, "win.show-page", "s", uri);
  return GDK_EVENT_STOP;
}

static void
copy_clicked_cb (UpkeepCancelDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          upkeep_row_get_subtitle (self->number_row));
}

static void
narrow_changed_cb (GObject *bin, GParamSpec *pspec, UpkeepCancelDialog *self)
{
  gboolean narrow = upkeep_narrow_bin_get_narrow (UPKEEP_NARROW_BIN (bin));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->buttons),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
closed_cb (GtkWidget *page, gpointer user_data)
{
  UpkeepCancelDialog *self = UPKEEP_CANCEL_DIALOG (page);

  g_cancellable_cancel (self->cancellable);
  stop_checking (self);
  g_clear_weak_pointer (&self->parent);
}

/* GObject */

static void
upkeep_cancel_dialog_dispose (GObject *object)
{
  UpkeepCancelDialog *self = UPKEEP_CANCEL_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    stop_checking (self);
  g_clear_weak_pointer (&self->parent);
  gtk_widget_dispose_template (GTK_WIDGET (self), UPKEEP_TYPE_CANCEL_DIALOG);
  g_clear_object (&self->session);
  g_clear_pointer (&self->statement, upkeep_statement_unref);
  g_clear_pointer (&self->edition, upkeep_edition_unref);
  g_clear_pointer (&self->quote, upkeep_quote_unref);

  G_OBJECT_CLASS (upkeep_cancel_dialog_parent_class)->dispose (object);
}

static void
upkeep_cancel_dialog_finalize (GObject *object)
{
  UpkeepCancelDialog *self = UPKEEP_CANCEL_DIALOG (object);

  g_free (self->host);
  g_free (self->invoice_number);

  G_OBJECT_CLASS (upkeep_cancel_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, done_image);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, heading_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, sentence_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, fit_bin);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, choices);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, rule_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, kept_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, frozen_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, dropped_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, blocked_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, blocked_help);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, invoice_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, invoice_hint);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, invoice_help);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, number_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, received_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, end_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, refund_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, undo_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, message_box);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, message_image);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, message_spinner);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, buttons);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, keep_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, confirm_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, continue_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, retry_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, alternative_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepCancelDialog, reason_bin);
}

static void
upkeep_cancel_dialog_class_init (UpkeepCancelDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (UPKEEP_TYPE_FIT_BIN);
  g_type_ensure (UPKEEP_TYPE_NARROW_BIN);
  g_type_ensure (UPKEEP_TYPE_ROW);

  object_class->dispose = upkeep_cancel_dialog_dispose;
  object_class->finalize = upkeep_cancel_dialog_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/upkeep/Upkeep/ui/upkeep-cancel-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, continue_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_activated_cb);
}

static void
upkeep_cancel_dialog_init (UpkeepCancelDialog *self)
{
  GtkWidget *copy;
  GtkWidget *bin;

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->invoice_row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_text (GTK_LABEL (self->invoice_hint)), -1);
  upkeep_row_set_icon_name (self->kept_row, "upkeep-image-symbolic");
  upkeep_row_set_icon_name (self->frozen_row, "upkeep-info-symbolic");
  upkeep_row_set_icon_name (self->dropped_row, "upkeep-calendar-symbolic");
  upkeep_row_set_icon_name (self->number_row, "upkeep-document-symbolic");
  upkeep_row_set_icon_name (self->received_row, "upkeep-clock-symbolic");
  upkeep_row_set_icon_name (self->end_row, "upkeep-calendar-symbolic");
  upkeep_row_set_icon_name (self->refund_row, "edit-undo-symbolic");

  copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_tooltip_text (copy, _ ("Copy Confirmation Number"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copy Confirmation Number"), -1);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_clicked_cb), self);
  upkeep_row_set_end (self->number_row, copy);

  upkeep_button_names_mend (GTK_WIDGET (self));
  bin = adw_bin_get_child (ADW_BIN (self));
  g_signal_connect (bin, "notify::narrow", G_CALLBACK (narrow_changed_cb), self);
}

/* Public */

/**
 * upkeep_cancel_dialog_new:
 * @session: whom to ask
 * @host: (nullable): the name of whom that is; `NULL` for the practice service
 * @practice: whether sums are not real money
 *
 * Makes a dialog that has asked nothing yet.
 *
 * Returns: (transfer floating): the dialog's page
 */
GtkWidget *
upkeep_cancel_dialog_new (UpkeepSession *session, const char *host, gboolean practice)
{
  UpkeepCancelDialog *self;

  g_return_val_if_fail (UPKEEP_IS_SESSION (session), NULL);

  self = g_object_new (UPKEEP_TYPE_CANCEL_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->host = g_strdup (host);
  self->practice = practice;
  return GTK_WIDGET (self);
}

/* A window of its own is not made narrower by anybody: over a narrow one it must ask for less. */
static int
choose_width (GtkWidget *parent)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  int width_px = root != NULL ? gtk_widget_get_width (GTK_WIDGET (root)) : 0;

  return width_px > 0 ? MIN (width_px, WIDTH_PX) : WIDTH_PX;
}

/**
 * upkeep_cancel_dialog_present:
 * @self: a dialog
 * @parent: any widget of the window to show it over
 *
 * Shows the dialog and fetches the figures for it.
 */
void
upkeep_cancel_dialog_present (UpkeepCancelDialog *self, GtkWidget *parent)
{
  UpkeepStatement *statement;
  UpkeepEdition *edition;
  g_autofree char *heading = NULL;
  int width_px;

  g_return_if_fail (UPKEEP_IS_CANCEL_DIALOG (self));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  statement = upkeep_session_get_statement (self->session);
  edition = upkeep_session_get_edition (self->session);
  g_return_if_fail (statement != NULL && edition != NULL);

  g_set_weak_pointer (&self->parent, parent);
  g_clear_pointer (&self->statement, upkeep_statement_unref);
  g_clear_pointer (&self->edition, upkeep_edition_unref);
  self->statement = upkeep_statement_ref (statement);
  self->edition = upkeep_edition_ref (edition);
  heading = upkeep_cancel_heading (&(UpkeepCancelFacts){statement, edition, NULL, self->practice});
  width_px = choose_width (parent);
  upkeep_fit_bin_set_width (self->fit_bin, width_px);
  upkeep_compat_present_page (GTK_WIDGET (self), heading, width_px, -1, parent, closed_cb, NULL);
  set_text (self->heading_label, g_steal_pointer (&heading));
  fetch_quote (self);
}

/**
 * upkeep_cancel_dialog_show_quote:
 * @self: a dialog
 * @quote: what leaving would give
 *
 * Asks with the figures of a quote, or says why it cannot be asked.
 */
void
upkeep_cancel_dialog_show_quote (UpkeepCancelDialog *self, UpkeepQuote *quote)
{
  UpkeepStatement *statement;
  UpkeepEdition *edition;

  g_return_if_fail (UPKEEP_IS_CANCEL_DIALOG (self));
  g_return_if_fail (quote != NULL);

  /* The account may have changed since the dialog was opened. */
  statement = upkeep_session_get_statement (self->session);
  edition = upkeep_session_get_edition (self->session);
  if (statement != NULL && edition != NULL) {
    g_clear_pointer (&self->statement, upkeep_statement_unref);
    g_clear_pointer (&self->edition, upkeep_edition_unref);
    self->statement = upkeep_statement_ref (statement);
    self->edition = upkeep_edition_ref (edition);
  }
  g_clear_pointer (&self->quote, upkeep_quote_unref);
  self->quote = upkeep_quote_ref (quote);

  if (upkeep_leave_needs_invoice (quote))
    ask_for_invoice (self);
  else if (quote->blocked->len > 0)
    show_blocked (self);
  else
    show_question (self);
}

/**
 * upkeep_cancel_dialog_show_receipt:
 * @self: a dialog that has asked
 * @timing: what was chosen
 * @receipt: (nullable): what one got for it; `NULL` where only the account tells that it is done
 *
 * Confirms the cancellation: its number, when it was received, when it takes effect and what comes
 * back (UX 1.5, 10).
 */
void
upkeep_cancel_dialog_show_receipt (UpkeepCancelDialog *self,
                                   UpkeepTiming timing,
                                   UpkeepReceipt *receipt)
{
  UpkeepCancelFacts facts;
  const UpkeepOption *option;

  g_return_if_fail (UPKEEP_IS_CANCEL_DIALOG (self));
  g_return_if_fail (self->quote != NULL);

  facts = get_facts (self);
  option = upkeep_quote_find_option (self->quote, timing);
  g_return_if_fail (option != NULL);

  clear_message (self);
  set_heading (self, upkeep_cancel_done_heading (&facts));
  set_text (self->sentence_label, upkeep_cancel_done_sentence (&facts));
  if (receipt != NULL) {
    g_autofree char *received = upkeep_words_zoned (receipt->at_s);

    upkeep_row_set_subtitle (self->number_row, receipt->id);
    upkeep_row_set_subtitle (self->received_row, received);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->number_row), receipt != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->received_row), receipt != NULL);
  set_row (self->end_row, upkeep_cancel_done_end (&facts, option),
           upkeep_cancel_done_end_detail (option, receipt));
  set_row (self->refund_row, receipt != NULL ? upkeep_cancel_done_refund (receipt) : NULL,
           receipt != NULL ? upkeep_cancel_done_refund_detail (&facts, receipt) : NULL);
  upkeep_row_set_end (self->refund_row, self->practice ? upkeep_amount_new_practice_tag () : NULL);
  set_text (self->undo_label, upkeep_cancel_done_undo (option));
  adw_bin_set_child (self->reason_bin, upkeep_leave_form_new (self->session));
  upkeep_button_names_mend (GTK_WIDGET (self->reason_bin));
  set_stage (self, STAGE_DONE);
  gtk_widget_grab_focus (self->close_button);
}

/**
 * upkeep_cancel_dialog_show_error:
 * @self: a dialog
 * @error: what a call of the session brought
 *
 * Says what went wrong. Whatever can be mended by new figures is, and asked again.
 */
void
upkeep_cancel_dialog_show_error (UpkeepCancelDialog *self, const GError *error)
{
  g_return_if_fail (UPKEEP_IS_CANCEL_DIALOG (self));
  g_return_if_fail (error != NULL);

  if (self->stage == STAGE_SENDING && error->domain == UPKEEP_CLIENT_ERROR) {
    show_refusal (self, error);
    return;
  }

  set_stage (self, self->stage == STAGE_SENDING ? STAGE_CHOICE : STAGE_PROBLEM);
  show_message (self, format_failure (self, error), FALSE);
  gtk_widget_grab_focus (self->stage == STAGE_PROBLEM ? self->retry_button : self->confirm_button);
}

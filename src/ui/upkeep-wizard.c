/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wizard.h"

#include "upkeep-amount.h"
#include "upkeep-button-names.h"
#include "upkeep-compat.h"
#include "upkeep-error-words.h"
#include "upkeep-format.h"
#include "upkeep-heading.h"
#include "upkeep-narrow-bin.h"
#include "upkeep-plan-words.h"
#include "upkeep-quote-words.h"
#include "upkeep-row.h"
#include "upkeep-step-bar.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>

#define WIDTH_PX  560
#define HEIGHT_PX 800

/* The action of the window that this was opened from; without it the button is not shown. */
#define UPDATE_METHOD_ACTION "update-payment-method"

/* What a company of the size that is asked about makes at least, above the limit. */
#define COMPANY_EXCESS_USD 1

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
  char *plan_id;              /* (owned) (nullable): what was chosen */
  UpkeepInterval interval;
  UpkeepTiming timing;
  gboolean practice;
  Stage stage;
  gboolean reviewing;  /* whether new figures go straight to the review */
  gboolean has_was;    /* whether the sum has changed since it was looked at */
  gint64 was_minor;    /* what it was */
  gboolean sum_agrees; /* whether this app gets the same sum */

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
  GtkWidget *plan_heading;
  GtkBox *plans;
  GtkWidget *company;
  GtkCheckButton *company_check;
  GtkLabel *company_label;
  GtkSpinner *spinner;
  GtkWidget *loading_heading;
  GtkWidget *blocked_heading;
  GtkListBox *blocked_list;
  GtkWidget *problem_heading;
  GtkWidget *timing_heading;
  GtkLabel *timing_summary;
  GtkBox *timings;
  GtkWidget *review_heading;
  GtkLabel *review_summary;
  GtkListBox *lines_list;
  GtkListBox *changes_list;
  GtkWidget *method_list;
  UpkeepRow *method_row;
  GtkWidget *done_heading;
  GtkLabel *done_sentence;
  UpkeepRow *paid_row;
  UpkeepRow *number_row;
  UpkeepRow *next_row;
  GtkWidget *message_box;
  GtkWidget *message_image;
  GtkSpinner *message_spinner;
  GtkLabel *message_label;
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

static const UpkeepOption *
get_option (UpkeepWizard *self)
{
  return self->quote != NULL ? upkeep_quote_find_option (self->quote, self->timing) : NULL;
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
set_text (GtkLabel *label, char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
  g_free (text);
}

/* Takes the string. */
static void
set_heading (GtkWidget *heading, char *text)
{
  upkeep_heading_set_label (UPKEEP_HEADING (heading), text);
  g_free (text);
}

static void
clear_message (UpkeepWizard *self)
{
  gtk_widget_set_visible (self->message_box, FALSE);
  gtk_spinner_stop (self->message_spinner);
}

/* Takes the string. */
static void
show_message (UpkeepWizard *self, char *text, gboolean waiting)
{
  gtk_label_set_text (self->message_label, text);
  gtk_widget_set_visible (self->message_image, !waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->message_spinner), waiting);
  gtk_spinner_set_spinning (self->message_spinner, waiting);
  gtk_widget_set_visible (self->message_box, TRUE);
  g_free (text);
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

static guint
get_step (Stage stage)
{
  static const guint steps[] = {
      [STAGE_PLAN] = STEP_PLAN,      [STAGE_LOADING] = STEP_PLAN,    [STAGE_BLOCKED] = STEP_PLAN,
      [STAGE_PROBLEM] = STEP_PLAN,   [STAGE_TIMING] = STEP_TIMING,   [STAGE_REVIEW] = STEP_REVIEW,
      [STAGE_SENDING] = STEP_REVIEW, [STAGE_CHECKING] = STEP_REVIEW, [STAGE_DONE] = STEP_DONE,
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (steps) == N_STAGES);

  return steps[stage];
}

static const char *
get_page_name (Stage stage)
{
  static const char *const names[] = {
      [STAGE_PLAN] = "plan",       [STAGE_LOADING] = "loading", [STAGE_BLOCKED] = "blocked",
      [STAGE_PROBLEM] = "problem", [STAGE_TIMING] = "timing",   [STAGE_REVIEW] = "review",
      [STAGE_SENDING] = "review",  [STAGE_CHECKING] = "review", [STAGE_DONE] = "done",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == N_STAGES);

  return names[stage];
}

static GtkWidget *
get_heading (UpkeepWizard *self)
{
  switch (self->stage) {
  case STAGE_PLAN:
    return self->plan_heading;
  case STAGE_LOADING:
    return self->loading_heading;
  case STAGE_BLOCKED:
    return self->blocked_heading;
  case STAGE_PROBLEM:
    return self->problem_heading;
  case STAGE_TIMING:
    return self->timing_heading;
  case STAGE_REVIEW:
  case STAGE_SENDING:
  case STAGE_CHECKING:
    return self->review_heading;
  case STAGE_DONE:
    return self->done_heading;
  default:
    g_return_val_if_reached (NULL);
  }
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
    return self->plan_id != NULL;
  case STAGE_REVIEW:
    return self->sum_agrees;
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
  if (holds && !self->sum_agrees)
    set_text (self->holds_label,
              g_strdup (_ ("It cannot be confirmed while the sums differ. Nothing is charged.")));
  else
    set_text (self->holds_label,
              holds ? upkeep_quote_words_holds (&facts, get_option (self)) : NULL);
}

static void
set_stage (UpkeepWizard *self, Stage stage)
{
  self->stage = stage;
  gtk_stack_set_visible_child_name (self->stack, get_page_name (stage));
  gtk_spinner_set_spinning (self->spinner, stage == STAGE_LOADING);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  upkeep_step_bar_set_current (self->step_bar, get_step (stage));
  gtk_label_set_text (self->title_label, get_step_name (get_step (stage)));
  show_buttons (self);
  gtk_widget_grab_focus (get_heading (self));
}

/* Choices */

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
clear_list (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

/* A choice with a sum at its end; it joins the choices that are in the box. */
static GtkCheckButton *
append_choice (GtkBox *choices, const char *title, const char *detail, GtkWidget *amount)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (choices));
  GtkWidget *radio = gtk_check_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.0f,
                                                 "wrap", TRUE, NULL));
  if (detail != NULL) {
    GtkWidget *label =
        g_object_new (GTK_TYPE_LABEL, "label", detail, "xalign", 0.0f, "wrap", TRUE, NULL);

    gtk_widget_add_css_class (label, "caption");
    gtk_widget_add_css_class (label, "faint");
    gtk_box_append (GTK_BOX (texts), label);
  }
  gtk_box_append (GTK_BOX (content), texts);
  if (amount != NULL)
    gtk_box_append (GTK_BOX (content), amount);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (radio), content);
  if (first != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (radio), GTK_CHECK_BUTTON (first));
  gtk_accessible_update_property (GTK_ACCESSIBLE (radio), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail != NULL ? detail : "",
                                  -1);
  gtk_box_append (choices, radio);
  return GTK_CHECK_BUTTON (radio);
}

/* The plan step */

static void
show_company (UpkeepWizard *self)
{
  gtk_widget_set_visible (self->company,
                          upkeep_quote_words_asks_company (self->edition, self->plan_id));
}

static void
plan_toggled_cb (UpkeepWizard *self, GtkCheckButton *radio)
{
  if (!gtk_check_button_get_active (radio))
    return;

  g_free (self->plan_id);
  self->plan_id = g_strdup (g_object_get_data (G_OBJECT (radio), "plan"));
  self->interval =
      (UpkeepInterval) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (radio), "interval"));
  show_company (self);
  show_buttons (self);
}

static void
append_plan (UpkeepWizard *self, const UpkeepPlan *plan, UpkeepInterval interval)
{
  UpkeepPlanFacts facts = {self->statement, self->edition, interval, self->practice, TRUE};
  g_autofree char *title = upkeep_words_plan_billed (upkeep_words_text (&plan->name), interval);
  g_auto (UpkeepPlanSum) sum = {.is_sold = FALSE};
  g_auto (UpkeepPlanOffer) offer = {.act = UPKEEP_PLAN_ACT_NONE};
  GtkCheckButton *radio;

  upkeep_plan_words_make_offer (&facts, plan, &offer);
  upkeep_plan_words_make_sum (&facts, plan, &sum);
  if (offer.act != UPKEEP_PLAN_ACT_CHOOSE || !sum.is_sold)
    return;

  radio = append_choice (self->plans, title, offer.enabled ? sum.detail : offer.note,
                         upkeep_amount_new (sum.amount, self->practice));
  g_object_set_data_full (G_OBJECT (radio), "plan", g_strdup (plan->id), g_free);
  g_object_set_data (G_OBJECT (radio), "interval", GINT_TO_POINTER (interval));
  gtk_widget_set_sensitive (GTK_WIDGET (radio), offer.enabled);
  g_signal_connect_object (radio, "toggled", G_CALLBACK (plan_toggled_cb), self, G_CONNECT_SWAPPED);
  if (g_strcmp0 (plan->id, self->plan_id) == 0 && interval == self->interval)
    gtk_check_button_set_active (radio, TRUE);
}

static void
show_plans (UpkeepWizard *self)
{
  g_autofree char *question = upkeep_quote_words_company (self->edition);

  clear_box (self->plans);
  for (guint i = 0; i < self->edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (self->edition->plans, i);

    append_plan (self, plan, UPKEEP_INTERVAL_MONTH);
    append_plan (self, plan, UPKEEP_INTERVAL_YEAR);
  }
  gtk_label_set_text (self->company_label, question);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->company_check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, question, -1);
  show_company (self);
}

/* The timing step */

static void
timing_toggled_cb (UpkeepWizard *self, GtkCheckButton *radio)
{
  if (gtk_check_button_get_active (radio))
    self->timing = (UpkeepTiming) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (radio), "timing"));
}

static void
show_timings (UpkeepWizard *self)
{
  UpkeepQuoteFacts facts = get_facts (self);

  set_text (self->timing_summary, upkeep_quote_words_summary (&facts));
  clear_box (self->timings);
  for (guint i = 0; i < self->quote->options->len; i++) {
    const UpkeepOption *option = &g_array_index (self->quote->options, UpkeepOption, i);
    g_autofree char *title = upkeep_quote_words_timing (option);
    g_autofree char *detail = upkeep_quote_words_timing_detail (&facts, option);
    GtkCheckButton *radio = append_choice (self->timings, title, detail, NULL);

    g_object_set_data (G_OBJECT (radio), "timing", GINT_TO_POINTER (option->timing));
    if (option->timing == self->timing)
      gtk_check_button_set_active (radio, TRUE);
    g_signal_connect_object (radio, "toggled", G_CALLBACK (timing_toggled_cb), self,
                             G_CONNECT_SWAPPED);
  }
}

/* The review step */

static GtkWidget *
new_amount (UpkeepWizard *self, gint64 amount_minor)
{
  g_autofree char *sum = upkeep_format_money (amount_minor, self->quote->currency);

  return upkeep_amount_new (sum, self->practice);
}

static void
append_due (UpkeepWizard *self, const UpkeepOption *option)
{
  UpkeepQuoteFacts facts = get_facts (self);
  gint64 due_minor = MAX (option->bill.total_minor, 0);
  g_autofree char *was =
      self->has_was ? upkeep_quote_words_was (&facts, self->was_minor, due_minor) : NULL;
  GtkWidget *row = upkeep_row_new (NULL, _ ("Due today"), was);
  GtkWidget *amount = new_amount (self, due_minor);

  upkeep_amount_set_size (UPKEEP_AMOUNT (amount), "title-2");
  upkeep_row_set_end (UPKEEP_ROW (row), amount);
  gtk_widget_add_css_class (row, "sum-due");
  gtk_list_box_append (self->lines_list, row);
}

static void
append_check (UpkeepWizard *self, const UpkeepOption *option)
{
  UpkeepQuoteFacts facts = get_facts (self);
  UpkeepCheck check = upkeep_check_option (self->quote, option, self->edition, self->statement);
  g_autofree char *words = upkeep_quote_words_check (&facts, option, &check);
  GtkWidget *row;

  self->sum_agrees = check.result == UPKEEP_CHECK_AGREES;
  row = upkeep_row_new (self->sum_agrees ? "upkeep-checked-symbolic" : "upkeep-warning-symbolic",
                        self->sum_agrees ? _ ("Checked by this app") : _ ("The sums do not agree"),
                        words);
  gtk_widget_add_css_class (upkeep_row_get_prefix (UPKEEP_ROW (row)),
                            self->sum_agrees ? "success" : "error");
  gtk_list_box_append (self->lines_list, row);
}

static void
show_lines (UpkeepWizard *self, const UpkeepOption *option)
{
  UpkeepQuoteFacts facts = get_facts (self);

  clear_list (self->lines_list);
  for (guint i = 0; i < option->bill.n_lines; i++) {
    const UpkeepLine *line = &option->bill.lines[i];
    g_autofree char *title = upkeep_quote_words_line (&facts, line);
    g_autofree char *basis = upkeep_quote_words_line_basis (&facts, option, line);
    GtkWidget *row = upkeep_row_new (NULL, title, basis);

    upkeep_row_set_end (UPKEEP_ROW (row), new_amount (self, line->amount_minor));
    gtk_list_box_append (self->lines_list, row);
  }
  append_due (self, option);
  append_check (self, option);
}

static void
show_changes (UpkeepWizard *self, const UpkeepOption *option)
{
  UpkeepQuoteFacts facts = get_facts (self);
  UpkeepQuoteChange changes[UPKEEP_QUOTE_CHANGES_MAX];
  guint n_changes = upkeep_quote_words_get_changes (&facts, option, changes);

  clear_list (self->changes_list);
  for (guint i = 0; i < n_changes; i++) {
    GtkWidget *row = upkeep_row_new (changes[i].icon_name, changes[i].title, changes[i].subtitle);

    if (changes[i].has_sum && self->practice)
      upkeep_row_set_end (UPKEEP_ROW (row), upkeep_amount_new_practice_tag ());
    gtk_list_box_append (self->changes_list, row);
    upkeep_quote_change_clear (&changes[i]);
  }
}

static void
show_method (UpkeepWizard *self)
{
  const UpkeepStatement *statement = self->statement;
  g_autofree char *card = NULL;
  g_autofree char *expiry = NULL;

  gtk_widget_set_visible (self->method_list, statement->has_payment_method);
  if (!statement->has_payment_method)
    return;

  card = upkeep_words_card (statement->brand, statement->last4);
  /* Translators: the last month and year in which a payment card is valid, as in "12/2030". */
  expiry = g_strdup_printf (_ ("Expires %1$02d/%2$d"), statement->exp_month, statement->exp_year);
  upkeep_row_set_title (self->method_row, card);
  upkeep_row_set_subtitle (self->method_row, statement->exp_month > 0 ? expiry : NULL);
}

static void
show_review (UpkeepWizard *self)
{
  UpkeepQuoteFacts facts = get_facts (self);
  const UpkeepOption *option = get_option (self);

  g_return_if_fail (option != NULL);

  set_heading (self->review_heading, upkeep_quote_words_heading (&facts, option));
  set_text (self->review_summary, upkeep_quote_words_summary (&facts));
  show_lines (self, option);
  show_changes (self, option);
  show_method (self);
  set_stage (self, STAGE_REVIEW);
}

/* Blocked */

static void
show_blocked (UpkeepWizard *self)
{
  UpkeepQuoteFacts facts = get_facts (self);

  clear_list (self->blocked_list);
  for (guint i = 0; i < self->quote->blocked->len; i++) {
    const UpkeepBlocked *blocked = &g_array_index (self->quote->blocked, UpkeepBlocked, i);
    g_autofree char *reason = upkeep_words_blocked (blocked, self->statement, self->practice);
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

  request->plan = g_strdup (self->plan_id);
  request->interval = self->interval;
  if (gtk_check_button_get_active (self->company_check) &&
      upkeep_quote_words_asks_company (self->edition, self->plan_id))
    request->company_revenue_usd =
        self->edition->policy.company_revenue_over_usd + COMPANY_EXCESS_USD;

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
  if (self->timing == UPKEEP_TIMING_PERIOD_END)
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
    upkeep_wizard_show_receipt (self, self->timing, NULL);
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
    upkeep_wizard_show_receipt (self, self->timing, receipt);
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
  upkeep_session_accept_async (self->session, self->quote, self->timing, NULL, accepted_cb,
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

static void
copy_clicked_cb (UpkeepWizard *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          upkeep_row_get_subtitle (self->number_row));
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
upkeep_wizard_finalize (GObject *object)
{
  UpkeepWizard *self = UPKEEP_WIZARD (object);

  g_free (self->plan_id);

  G_OBJECT_CLASS (upkeep_wizard_parent_class)->finalize (object);
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
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, plan_heading);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, plans);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, company);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, company_check);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, company_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, spinner);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, loading_heading);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, blocked_heading);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, blocked_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, problem_heading);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, timing_heading);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, timing_summary);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, timings);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, review_heading);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, review_summary);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, lines_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, changes_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, method_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, method_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, done_heading);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, done_sentence);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, paid_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, number_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, next_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, message_box);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, message_image);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, message_spinner);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, message_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, step_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepWizard, holds_label);
}

static void
upkeep_wizard_class_init (UpkeepWizardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (UPKEEP_TYPE_HEADING);
  g_type_ensure (UPKEEP_TYPE_NARROW_BIN);
  g_type_ensure (UPKEEP_TYPE_ROW);
  g_type_ensure (UPKEEP_TYPE_STEP_BAR);

  object_class->dispose = upkeep_wizard_dispose;
  object_class->finalize = upkeep_wizard_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-wizard.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_clicked_cb);
}

static void
upkeep_wizard_init (UpkeepWizard *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkWidget *copy;

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < N_STEPS; i++)
    upkeep_step_bar_append (self->step_bar, get_step_name (i));

  upkeep_row_set_icon_name (self->method_row, "upkeep-card-symbolic");
  upkeep_row_set_icon_name (self->paid_row, "upkeep-card-symbolic");
  upkeep_row_set_icon_name (self->number_row, "upkeep-receipt-symbolic");
  upkeep_row_set_icon_name (self->next_row, "upkeep-calendar-symbolic");

  copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_tooltip_text (copy, _ ("Copy Receipt Number"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copy Receipt Number"), -1);
  g_signal_connect_swapped (copy, "clicked", G_CALLBACK (copy_clicked_cb), self);
  upkeep_row_set_end (self->number_row, copy);

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

  g_free (self->plan_id);
  self->plan_id = g_strdup (plan_id);
  self->interval = interval;
  show_plans (self);
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
    upkeep_row_set_end (self->method_row, button);
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
  after = upkeep_quote_find_option (quote, self->timing);
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

  self->timing = g_array_index (quote->options, UpkeepOption, 0).timing;
  show_timings (self);
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
  g_autofree char *next = NULL;

  g_return_if_fail (UPKEEP_IS_WIZARD (self));
  g_return_if_fail (self->quote != NULL);

  facts = get_facts (self);
  option = upkeep_quote_find_option (self->quote, timing);
  g_return_if_fail (option != NULL);

  stop_expiry (self);
  clear_message (self);
  set_heading (self->done_heading, upkeep_quote_words_done_heading (&facts, option));
  set_text (self->done_sentence, upkeep_quote_words_done_sentence (&facts, option));

  gtk_widget_set_visible (GTK_WIDGET (self->paid_row),
                          receipt != NULL && receipt->bill.total_minor > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->number_row), receipt != NULL);
  if (receipt != NULL) {
    upkeep_row_set_end (self->paid_row, new_amount (self, receipt->bill.total_minor));
    upkeep_row_set_subtitle (self->number_row, receipt->id);
  }

  next = upkeep_quote_words_next_charge (option);
  gtk_widget_set_visible (GTK_WIDGET (self->next_row), next != NULL);
  if (next != NULL) {
    upkeep_row_set_title (self->next_row, next);
    upkeep_row_set_end (self->next_row, new_amount (self, option->renewal_total_minor));
  }
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
      show_timings (self);
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

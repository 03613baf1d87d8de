/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-overview.h"

#include "upkeep-amount.h"
#include "upkeep-button-names.h"
#include "upkeep-chip.h"
#include "upkeep-forecast.h"
#include "upkeep-format.h"
#include "upkeep-gauge.h"
#include "upkeep-inner-names.h"
#include "upkeep-narrow-bin.h"
#include "upkeep-overview-words.h"
#include "upkeep-row.h"

#include <glib/gi18n.h>

#define AGE_INTERVAL_S   60  /* how often ages and spans are worded anew */
#define SPINNER_DELAY_MS 300 /* what is there by then needs no spinner */

/* One row of the list under the plan's name; it stays, so that it keeps the focus. */
typedef struct {
  UpkeepRow *row;
  UpkeepAmount *amount;
  GtkWidget *resume;
} Line;

typedef struct {
  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *value;
  GtkLabel *detail;
} Figure;

/**
 * UpkeepOverview:
 *
 * The page of an account: what happens next and when, the limit that is nearest its end, and the
 * ways to change or leave.
 *
 * It shows what it is given and asks nobody. Its buttons are actions of the window:
 * `win.change-plan`, `win.cancel-plan`, `win.resume-plan`, `win.show-page`, `win.refresh`, and
 * where a browser can open pages of the service `win.update-payment-method` and
 * `win.copy-personal-link`.
 */
struct _UpkeepOverview {
  AdwBin parent_instance;

  UpkeepStatement *statement; /* (owned) (nullable) */
  UpkeepEdition *edition;     /* (owned) (nullable) */
  UpkeepQuote *cancel_quote;  /* (owned) (nullable) */
  gint64 fetched_at_s;        /* by this computer's clock */
  gboolean stale;
  gboolean practice;
  gboolean browser;
  gboolean failed;
  gboolean narrow;

  GBinding *narrow_binding; /* (nullable) */
  guint age_timeout;        /* 0 while the page is not on the screen */
  guint spinner_timeout;

  Line lines[UPKEEP_OVERVIEW_LINES_MAX];
  Figure figure[UPKEEP_OVERVIEW_FIGURES_MAX];

  /* Template */
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkLabel *plan_label;
  UpkeepChip *state_chip;
  GtkBox *summary_box;
  GtkLabel *summary_label;
  GtkLabel *age_label;
  GtkListBox *lines_list;
  GtkWidget *limit_section;
  UpkeepGauge *gauge;
  GtkWidget *figures_section;
  GtkLabel *figures_heading;
  GtkBox *figures;
  GtkWidget *manage_section;
  UpkeepRow *plan_row;
  UpkeepRow *cancellation_row;
  GtkWidget *browser_section;
  UpkeepRow *method_row;
  UpkeepRow *link_row;
  AdwStatusPage *no_data;
  AdwStatusPage *no_plan;
};

typedef enum {
  PROP_STATEMENT = 1,
  PROP_EDITION,
  PROP_CANCEL_QUOTE,
  PROP_FETCHED_AT,
  PROP_STALE,
  PROP_PRACTICE,
  PROP_BROWSER,
  PROP_FAILED,
  PROP_NARROW,
} UpkeepOverviewProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (UpkeepOverview, upkeep_overview, ADW_TYPE_BIN)

static gint64
get_local_now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Showing */

/* English has one name for undoing either; other languages name what is undone. */
static const char *
get_resume_label (const UpkeepStatement *statement)
{
  return statement->scheduled == UPKEEP_SCHEDULED_CANCEL ? C_ ("a cancellation", "Res_ume Plan")
                                                         : C_ ("a change of plan", "Res_ume Plan");
}

static void
show_line (UpkeepOverview *self, Line *line, const UpkeepOverviewLine *shown)
{
  gtk_widget_set_visible (GTK_WIDGET (line->row), shown != NULL);
  if (shown == NULL)
    return;

  upkeep_row_set_icon_name (line->row, shown->icon_name);
  upkeep_row_set_title (line->row, shown->title);
  upkeep_row_set_subtitle (line->row, shown->subtitle);
  upkeep_row_set_end_below (line->row, shown->end == UPKEEP_OVERVIEW_END_RESUME);
  gtk_widget_set_visible (GTK_WIDGET (line->amount), shown->end == UPKEEP_OVERVIEW_END_SUM);
  gtk_widget_set_visible (line->resume, shown->end == UPKEEP_OVERVIEW_END_RESUME);
  gtk_widget_set_visible (upkeep_row_get_end (line->row),
                          shown->end != UPKEEP_OVERVIEW_END_NOTHING);
  if (shown->end == UPKEEP_OVERVIEW_END_RESUME)
    gtk_button_set_label (GTK_BUTTON (line->resume), get_resume_label (self->statement));
  if (shown->end == UPKEEP_OVERVIEW_END_SUM) {
    upkeep_amount_set_text (line->amount, shown->sum);
    upkeep_amount_set_practice (line->amount, self->practice);
  }
}

static void
show_lines (UpkeepOverview *self, const UpkeepOverviewFacts *facts)
{
  UpkeepOverviewLine lines[UPKEEP_OVERVIEW_LINES_MAX];
  guint n_lines = upkeep_overview_get_lines (facts, lines);

  for (guint i = 0; i < UPKEEP_OVERVIEW_LINES_MAX; i++) {
    show_line (self, &self->lines[i], i < n_lines ? &lines[i] : NULL);
    upkeep_overview_line_clear (&lines[i]);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->lines_list), n_lines > 0);
}

static void
show_figures (UpkeepOverview *self, const UpkeepOverviewFacts *facts)
{
  UpkeepOverviewFigure figures[UPKEEP_OVERVIEW_FIGURES_MAX];
  guint n_figures = upkeep_overview_get_figures (facts, figures);

  for (guint i = 0; i < UPKEEP_OVERVIEW_FIGURES_MAX; i++) {
    Figure *figure = &self->figure[i];

    gtk_widget_set_visible (figure->box, i < n_figures);
    if (i < n_figures) {
      gtk_label_set_text (figure->title, figures[i].title);
      gtk_label_set_text (figure->value, figures[i].value);
      gtk_label_set_text (figure->detail, figures[i].detail != NULL ? figures[i].detail : "");
      gtk_widget_set_visible (GTK_WIDGET (figure->detail), figures[i].detail != NULL);
    }
    upkeep_overview_figure_clear (&figures[i]);
  }
  gtk_label_set_text (self->figures_heading, n_figures > 1 ? _ ("Jobs and Usage") : _ ("Usage"));
}

/* A gauge of a plan that waits for its payment: the bar is the last that was known. */
static void
show_paused_gauge (UpkeepOverview *self, const UpkeepStatementMeter *meter)
{
  g_autofree char *figures = g_markup_escape_text (upkeep_overview_paused_figures (meter), -1);
  g_autofree char *refill = upkeep_overview_paused_refill (meter);
  g_autofree char *frozen = upkeep_overview_frozen (meter);

  upkeep_gauge_set_state (self->gauge, UPKEEP_GAUGE_PAUSED);
  upkeep_gauge_set_level (self->gauge, CLAMP (meter->used, 0, meter->allowance), meter->allowance);
  upkeep_gauge_set_pace_permille (self->gauge, -1);
  upkeep_gauge_set_figures (self->gauge, figures);
  upkeep_gauge_set_remainder (self->gauge, NULL);
  upkeep_gauge_set_line (self->gauge, 0, "view-refresh-symbolic", refill);
  upkeep_gauge_set_line (self->gauge, 1, "upkeep-info-symbolic", frozen);
}

static void
show_running_gauge (UpkeepOverview *self,
                    const UpkeepOverviewFacts *facts,
                    const UpkeepStatementMeter *meter,
                    gint64 remaining)
{
  /* An overrun is told in the figures; the bar only fills. */
  gint64 used = remaining > 0 ? meter->allowance - remaining : MAX (meter->used, meter->allowance);
  UpkeepPeriod month = upkeep_overview_get_refill (facts->statement, meter, facts->now_s);
  g_autofree char *figures = upkeep_format_used_of_markup (used, meter->allowance, meter->unit);
  g_autofree char *left = upkeep_format_quantity_left (remaining, meter->unit);
  g_autofree char *refill = upkeep_overview_refill (facts, meter);
  g_autofree char *forecast = upkeep_overview_forecast (facts, meter);

  upkeep_gauge_set_state (self->gauge, upkeep_gauge_state_for (used, meter->allowance));
  upkeep_gauge_set_level (self->gauge, used, meter->allowance);
  upkeep_gauge_set_pace_permille (self->gauge,
                                  upkeep_forecast_even_pace_permille (month, facts->now_s));
  upkeep_gauge_set_figures (self->gauge, figures);
  upkeep_gauge_set_remainder (self->gauge, left);
  upkeep_gauge_set_line (self->gauge, 0, "view-refresh-symbolic", refill);
  upkeep_gauge_set_line (self->gauge, 1, "upkeep-trend-symbolic", forecast);
}

static void
show_gauge (UpkeepOverview *self, const UpkeepOverviewFacts *facts)
{
  const UpkeepStatementMeter *meter = upkeep_overview_find_meter (facts->statement);
  gint64 remaining;
  g_autofree char *sentence = NULL;

  gtk_widget_set_visible (self->limit_section, meter != NULL);
  if (meter == NULL)
    return;

  remaining = CLAMP (meter->remaining, 0, meter->allowance);
  sentence = upkeep_format_left_of (remaining, meter->allowance, meter->unit);
  upkeep_gauge_set_title (self->gauge, upkeep_words_meter (facts->edition));
  upkeep_gauge_set_sentence (self->gauge, sentence);
  upkeep_gauge_set_stale (self->gauge, self->stale);
  if (upkeep_overview_is_paused (facts))
    show_paused_gauge (self, meter);
  else
    show_running_gauge (self, facts, meter, remaining);
}

static void
show_head (UpkeepOverview *self, const UpkeepOverviewFacts *facts)
{
  const char *icon_name = NULL;
  UpkeepRole role = UPKEEP_ROLE_NEUTRAL;
  const char *state = upkeep_overview_state (facts, &icon_name, &role);
  gint64 local_now_s = get_local_now_s ();
  g_autofree char *summary = upkeep_overview_summary (facts);
  g_autofree char *age = self->stale ? upkeep_format_saved_copy (local_now_s, self->fetched_at_s)
                                     : upkeep_format_updated (local_now_s, self->fetched_at_s);

  gtk_label_set_text (self->plan_label, upkeep_overview_title (facts));
  upkeep_chip_set (self->state_chip, icon_name, state, role);
  gtk_label_set_text (self->summary_label, summary);
  gtk_label_set_text (self->age_label, age);
}

static void
show_manage (UpkeepOverview *self, const UpkeepOverviewFacts *facts)
{
  gboolean has_plan = upkeep_overview_has_plan (facts->statement);
  g_autofree char *change = NULL;
  g_autofree char *cancellation = NULL;

  gtk_widget_set_visible (self->manage_section, has_plan);
  gtk_widget_set_visible (GTK_WIDGET (self->no_plan), !has_plan);
  if (!has_plan) {
    adw_status_page_set_title (self->no_plan, facts->statement->plan != NULL ? _ ("No Paid Plan")
                                                                             : _ ("No Plan Now"));
    /* Images are what such a service makes; what others make has no one name. */
    adw_status_page_set_description (self->no_plan,
                                     g_str_equal (facts->edition->meter.unit, "gpu_second")
                                         ? _ ("Choose a plan to make images.")
                                         : _ ("Choose a plan to get more."));
    upkeep_inner_names_give (GTK_WIDGET (self->no_plan), adw_status_page_get_title (self->no_plan));
    return;
  }

  change = upkeep_overview_change (facts);
  cancellation = upkeep_overview_cancellation (facts);
  upkeep_row_set_subtitle (self->plan_row, change);
  upkeep_row_set_subtitle (self->cancellation_row, cancellation);
}

static gboolean
spinner_due_cb (gpointer user_data)
{
  UpkeepOverview *self = UPKEEP_OVERVIEW (user_data);

  self->spinner_timeout = 0;
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
stop_spinner (UpkeepOverview *self)
{
  g_clear_handle_id (&self->spinner_timeout, g_source_remove);
  gtk_spinner_stop (self->spinner);
}

static void
show_browser (UpkeepOverview *self)
{
  g_autofree char *card = self->statement->has_payment_method
                              ? upkeep_words_card (self->statement->brand, self->statement->last4)
                              : NULL;

  gtk_widget_set_visible (self->browser_section, self->browser);
  upkeep_row_set_subtitle (self->method_row, card != NULL ? card : _ ("None on file"));
}

static void
update (UpkeepOverview *self)
{
  UpkeepOverviewFacts facts;

  if (self->statement == NULL || self->edition == NULL) {
    gtk_stack_set_visible_child_name (self->stack, self->failed ? "failed" : "loading");
    if (self->failed)
      stop_spinner (self);
    else if (self->spinner_timeout == 0 && !gtk_spinner_get_spinning (self->spinner))
      self->spinner_timeout = g_timeout_add (SPINNER_DELAY_MS, spinner_due_cb, self);
    return;
  }

  stop_spinner (self);
  facts = (UpkeepOverviewFacts){
      .statement = self->statement,
      .edition = self->edition,
      .cancel_quote = self->cancel_quote,
      .now_s = upkeep_overview_get_now (self),
      .practice = self->practice,
  };
  show_head (self, &facts);
  show_lines (self, &facts);
  show_gauge (self, &facts);
  show_figures (self, &facts);
  show_manage (self, &facts);
  show_browser (self);
  gtk_widget_set_visible (self->figures_section, upkeep_overview_has_plan (self->statement) ||
                                                     self->statement->lifetime_units > 0);
  gtk_stack_set_visible_child_name (self->stack, "account");
}

static void
set_narrow (UpkeepOverview *self, gboolean narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->summary_box), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->figures), orientation);
  gtk_box_set_homogeneous (self->figures, !narrow);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static gboolean
age_due_cb (gpointer user_data)
{
  update (UPKEEP_OVERVIEW (user_data));
  return G_SOURCE_CONTINUE;
}

/* Building */

static void
add_line (UpkeepOverview *self, Line *line)
{
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  line->row = UPKEEP_ROW (upkeep_row_new (NULL, "", NULL));
  line->amount = UPKEEP_AMOUNT (upkeep_amount_new ("", FALSE));
  upkeep_amount_set_size (line->amount, "title-4");
  line->resume = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (line->resume), TRUE);
  gtk_widget_set_hexpand (line->resume, TRUE);
  gtk_widget_set_hexpand (end, FALSE); /* the row's text expands, and not its end */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (line->resume), "win.resume-plan");
  gtk_box_append (GTK_BOX (end), GTK_WIDGET (line->amount));
  gtk_box_append (GTK_BOX (end), line->resume);
  upkeep_row_set_end (line->row, end);
  gtk_widget_set_visible (GTK_WIDGET (line->row), FALSE);
  gtk_list_box_append (self->lines_list, GTK_WIDGET (line->row));
}

static GtkLabel *
add_label (GtkWidget *box, const char *css_class, const char *other_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, other_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
add_figure (UpkeepOverview *self, Figure *figure)
{
  figure->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  figure->title = add_label (figure->box, "caption-heading", "faint");
  figure->value = add_label (figure->box, "title-4", "numeric");
  figure->detail = add_label (figure->box, "caption", "faint");
  gtk_box_append (self->figures, figure->box);
}

static void
add_manage_buttons (UpkeepOverview *self)
{
  g_autoptr (GtkSizeGroup) width = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  GtkWidget *change = gtk_button_new_with_mnemonic (_ ("Change _Plan…"));
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("Cance_l Plan…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (change), "win.change-plan");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "win.cancel-plan");
  gtk_size_group_add_widget (width, change);
  gtk_size_group_add_widget (width, cancel);
  upkeep_row_set_end (self->plan_row, change);
  upkeep_row_set_end (self->cancellation_row, cancel);
}

static void
add_browser_buttons (UpkeepOverview *self)
{
  g_autoptr (GtkSizeGroup) width = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  GtkWidget *method = gtk_button_new_with_mnemonic (_ ("Update Pa_yment Method…"));
  GtkWidget *link = gtk_button_new_with_mnemonic (_ ("Copy Personal Lin_k"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (method), "win.update-payment-method");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (link), "win.copy-personal-link");
  gtk_size_group_add_widget (width, method);
  gtk_size_group_add_widget (width, link);
  upkeep_row_set_end (self->method_row, method);
  upkeep_row_set_end (self->link_row, link);
}

/* GtkWidget */

static void
upkeep_overview_root (GtkWidget *widget)
{
  UpkeepOverview *self = UPKEEP_OVERVIEW (widget);

  GTK_WIDGET_CLASS (upkeep_overview_parent_class)->root (widget);

  self->narrow_binding = upkeep_narrow_bin_bind (widget);
}

static void
upkeep_overview_unroot (GtkWidget *widget)
{
  UpkeepOverview *self = UPKEEP_OVERVIEW (widget);

  g_clear_pointer (&self->narrow_binding, g_binding_unbind);

  GTK_WIDGET_CLASS (upkeep_overview_parent_class)->unroot (widget);
}

static void
upkeep_overview_map (GtkWidget *widget)
{
  UpkeepOverview *self = UPKEEP_OVERVIEW (widget);

  GTK_WIDGET_CLASS (upkeep_overview_parent_class)->map (widget);

  update (self);
  self->age_timeout = g_timeout_add_seconds (AGE_INTERVAL_S, age_due_cb, self);
}

static void
upkeep_overview_unmap (GtkWidget *widget)
{
  UpkeepOverview *self = UPKEEP_OVERVIEW (widget);

  g_clear_handle_id (&self->age_timeout, g_source_remove);

  GTK_WIDGET_CLASS (upkeep_overview_parent_class)->unmap (widget);
}

/* GObject */

static void
upkeep_overview_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepOverview *self = UPKEEP_OVERVIEW (object);

  switch ((UpkeepOverviewProperty) prop_id) {
  case PROP_STATEMENT:
    g_value_set_boxed (value, self->statement);
    break;
  case PROP_EDITION:
    g_value_set_boxed (value, self->edition);
    break;
  case PROP_CANCEL_QUOTE:
    g_value_set_boxed (value, self->cancel_quote);
    break;
  case PROP_FETCHED_AT:
    g_value_set_int64 (value, self->fetched_at_s);
    break;
  case PROP_STALE:
    g_value_set_boolean (value, self->stale);
    break;
  case PROP_PRACTICE:
    g_value_set_boolean (value, self->practice);
    break;
  case PROP_BROWSER:
    g_value_set_boolean (value, self->browser);
    break;
  case PROP_FAILED:
    g_value_set_boolean (value, self->failed);
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_overview_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  UpkeepOverview *self = UPKEEP_OVERVIEW (object);

  switch ((UpkeepOverviewProperty) prop_id) {
  case PROP_STATEMENT:
    upkeep_overview_set_statement (self, g_value_get_boxed (value));
    break;
  case PROP_EDITION:
    upkeep_overview_set_edition (self, g_value_get_boxed (value));
    break;
  case PROP_CANCEL_QUOTE:
    upkeep_overview_set_cancel_quote (self, g_value_get_boxed (value));
    break;
  case PROP_FETCHED_AT:
    upkeep_overview_set_fetched_at (self, g_value_get_int64 (value));
    break;
  case PROP_STALE:
    upkeep_overview_set_stale (self, g_value_get_boolean (value));
    break;
  case PROP_PRACTICE:
    upkeep_overview_set_practice (self, g_value_get_boolean (value));
    break;
  case PROP_BROWSER:
    upkeep_overview_set_browser (self, g_value_get_boolean (value));
    break;
  case PROP_FAILED:
    upkeep_overview_set_failed (self, g_value_get_boolean (value));
    break;
  case PROP_NARROW:
    set_narrow (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_overview_dispose (GObject *object)
{
  UpkeepOverview *self = UPKEEP_OVERVIEW (object);

  g_clear_handle_id (&self->age_timeout, g_source_remove);
  g_clear_handle_id (&self->spinner_timeout, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), UPKEEP_TYPE_OVERVIEW);
  g_clear_pointer (&self->statement, upkeep_statement_unref);
  g_clear_pointer (&self->edition, upkeep_edition_unref);
  g_clear_pointer (&self->cancel_quote, upkeep_quote_unref);

  G_OBJECT_CLASS (upkeep_overview_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /**
   * UpkeepOverview:statement:
   *
   * The account; `NULL` before there is one to show.
   */
  properties[PROP_STATEMENT] =
      g_param_spec_boxed ("statement", NULL, NULL, UPKEEP_TYPE_STATEMENT, flags);

  /**
   * UpkeepOverview:edition:
   *
   * The catalogue its plan is from; `NULL` before there is one.
   */
  properties[PROP_EDITION] = g_param_spec_boxed ("edition", NULL, NULL, UPKEEP_TYPE_EDITION, flags);

  /**
   * UpkeepOverview:cancel-quote:
   *
   * What leaving now would give back; `NULL` where it could not be had, and the row is left out.
   */
  properties[PROP_CANCEL_QUOTE] =
      g_param_spec_boxed ("cancel-quote", NULL, NULL, UPKEEP_TYPE_QUOTE, flags);

  /**
   * UpkeepOverview:fetched-at:
   *
   * When the statement was fetched, by this computer's clock, in seconds since 1970.
   */
  properties[PROP_FETCHED_AT] =
      g_param_spec_int64 ("fetched-at", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);

  /**
   * UpkeepOverview:stale:
   *
   * Whether the statement is a saved copy and the service has not said that it still holds.
   */
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);

  /**
   * UpkeepOverview:practice:
   *
   * Whether sums are not real money.
   */
  properties[PROP_PRACTICE] = g_param_spec_boolean ("practice", NULL, NULL, FALSE, flags);

  /**
   * UpkeepOverview:browser:
   *
   * Whether a browser can open pages of the service.
   */
  properties[PROP_BROWSER] = g_param_spec_boolean ("browser", NULL, NULL, FALSE, flags);

  /**
   * UpkeepOverview:failed:
   *
   * Whether the last attempt to read the account failed.
   */
  properties[PROP_FAILED] = g_param_spec_boolean ("failed", NULL, NULL, FALSE, flags);

  /**
   * UpkeepOverview:narrow:
   *
   * Whether what stands side by side is stacked. It follows the [class@NarrowBin] around the page.
   */
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
upkeep_overview_class_init (UpkeepOverviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (UPKEEP_TYPE_CHIP);
  g_type_ensure (UPKEEP_TYPE_GAUGE);
  g_type_ensure (UPKEEP_TYPE_ROW);

  object_class->get_property = upkeep_overview_get_property;
  object_class->set_property = upkeep_overview_set_property;
  object_class->dispose = upkeep_overview_dispose;
  widget_class->root = upkeep_overview_root;
  widget_class->unroot = upkeep_overview_unroot;
  widget_class->map = upkeep_overview_map;
  widget_class->unmap = upkeep_overview_unmap;
  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, stack);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, spinner);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, plan_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, state_chip);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, summary_box);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, summary_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, age_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, lines_list);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, limit_section);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, gauge);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, figures_section);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, figures_heading);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, figures);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, manage_section);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, plan_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, cancellation_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, browser_section);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, method_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, link_row);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, no_data);
  gtk_widget_class_bind_template_child (widget_class, UpkeepOverview, no_plan);
}

static void
upkeep_overview_init (UpkeepOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < UPKEEP_OVERVIEW_LINES_MAX; i++)
    add_line (self, &self->lines[i]);
  for (guint i = 0; i < UPKEEP_OVERVIEW_FIGURES_MAX; i++)
    add_figure (self, &self->figure[i]);
  add_manage_buttons (self);
  add_browser_buttons (self);
  upkeep_button_names_mend (GTK_WIDGET (self));
  upkeep_inner_names_give (GTK_WIDGET (self->no_data), adw_status_page_get_title (self->no_data));
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

/* Public */

/**
 * upkeep_overview_new:
 *
 * Makes a page that has nothing to show yet.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
upkeep_overview_new (void)
{
  return g_object_new (UPKEEP_TYPE_OVERVIEW, NULL);
}

/**
 * upkeep_overview_set_statement:
 * @self: a page
 * @statement: (nullable): the account
 *
 * Sets the account.
 */
void
upkeep_overview_set_statement (UpkeepOverview *self, UpkeepStatement *statement)
{
  g_return_if_fail (UPKEEP_IS_OVERVIEW (self));

  if (self->statement == statement)
    return;

  g_clear_pointer (&self->statement, upkeep_statement_unref);
  if (statement != NULL)
    self->statement = upkeep_statement_ref (statement);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATEMENT]);
}

/**
 * upkeep_overview_set_edition:
 * @self: a page
 * @edition: (nullable): the catalogue the account's plan is from
 *
 * Sets the catalogue.
 */
void
upkeep_overview_set_edition (UpkeepOverview *self, UpkeepEdition *edition)
{
  g_return_if_fail (UPKEEP_IS_OVERVIEW (self));

  if (self->edition == edition)
    return;

  g_clear_pointer (&self->edition, upkeep_edition_unref);
  if (edition != NULL)
    self->edition = upkeep_edition_ref (edition);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITION]);
}

/**
 * upkeep_overview_set_cancel_quote:
 * @self: a page
 * @quote: (nullable): what leaving now would give back
 *
 * Sets what the row about a refund tells.
 */
void
upkeep_overview_set_cancel_quote (UpkeepOverview *self, UpkeepQuote *quote)
{
  g_return_if_fail (UPKEEP_IS_OVERVIEW (self));

  if (self->cancel_quote == quote)
    return;

  g_clear_pointer (&self->cancel_quote, upkeep_quote_unref);
  if (quote != NULL)
    self->cancel_quote = upkeep_quote_ref (quote);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CANCEL_QUOTE]);
}

/**
 * upkeep_overview_set_fetched_at:
 * @self: a page
 * @fetched_at_s: seconds since 1970, by this computer's clock
 *
 * Sets when the statement was fetched.
 */
void
upkeep_overview_set_fetched_at (UpkeepOverview *self, gint64 fetched_at_s)
{
  g_return_if_fail (UPKEEP_IS_OVERVIEW (self));

  if (self->fetched_at_s == fetched_at_s)
    return;

  self->fetched_at_s = fetched_at_s;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FETCHED_AT]);
}

/**
 * upkeep_overview_set_stale:
 * @self: a page
 * @stale: whether the statement is a saved copy
 *
 * Sets whether the page says that it shows a saved copy.
 */
void
upkeep_overview_set_stale (UpkeepOverview *self, gboolean stale)
{
  g_return_if_fail (UPKEEP_IS_OVERVIEW (self));

  stale = !!stale;
  if (self->stale == stale)
    return;

  self->stale = stale;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
}

/**
 * upkeep_overview_set_practice:
 * @self: a page
 * @practice: whether sums are not real money
 *
 * Sets whether every sum says that it is practice.
 */
void
upkeep_overview_set_practice (UpkeepOverview *self, gboolean practice)
{
  g_return_if_fail (UPKEEP_IS_OVERVIEW (self));

  practice = !!practice;
  if (self->practice == practice)
    return;

  self->practice = practice;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRACTICE]);
}

/**
 * upkeep_overview_set_browser:
 * @self: a page
 * @browser: whether a browser can open pages of the service
 *
 * Sets whether the ways that lead through a browser are shown. A service that only this computer's
 * programs reach has none.
 */
void
upkeep_overview_set_browser (UpkeepOverview *self, gboolean browser)
{
  g_return_if_fail (UPKEEP_IS_OVERVIEW (self));

  browser = !!browser;
  if (self->browser == browser)
    return;

  self->browser = browser;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BROWSER]);
}

/**
 * upkeep_overview_set_failed:
 * @self: a page
 * @failed: whether the account could not be read
 *
 * Sets what a page without a statement shows: that it loads, or that it could not.
 */
void
upkeep_overview_set_failed (UpkeepOverview *self, gboolean failed)
{
  g_return_if_fail (UPKEEP_IS_OVERVIEW (self));

  failed = !!failed;
  if (self->failed == failed)
    return;

  self->failed = failed;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILED]);
}

/**
 * upkeep_overview_get_now:
 * @self: a page
 *
 * Works out the service's time: what its clock said, and what has passed here since.
 *
 * Returns: seconds since 1970 by the service's clock; 0 before there is a statement
 */
gint64
upkeep_overview_get_now (UpkeepOverview *self)
{
  g_return_val_if_fail (UPKEEP_IS_OVERVIEW (self), 0);

  if (self->statement == NULL)
    return 0;

  return self->statement->now_s + MAX (get_local_now_s () - self->fetched_at_s, 0);
}

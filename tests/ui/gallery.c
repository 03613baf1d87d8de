/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows the parts that pages are built from in every state, to be looked at and photographed:
 *
 *   gallery [--dark] [--width PX] [--height PX] [--rtl] [--dialog] */

#include "upkeep-amount.h"
#include "upkeep-chip.h"
#include "upkeep-compat.h"
#include "upkeep-format.h"
#include "upkeep-gauge.h"
#include "upkeep-narrow-bin.h"
#include "upkeep-notice.h"
#include "upkeep-row.h"

#include <adwaita.h>

static gboolean dark;
static gboolean rtl;
static gboolean dialog;
static int width_px = 900;
static int height_px = 1800;

static const GOptionEntry options[] = {
    {"dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Use the dark style", NULL},
    {"rtl", 0, 0, G_OPTION_ARG_NONE, &rtl, "Run from right to left", NULL},
    {"dialog", 0, 0, G_OPTION_ARG_NONE, &dialog, "Show a page over the window", NULL},
    {"width", 0, 0, G_OPTION_ARG_INT, &width_px, "Make the window this wide", "PX"},
    {"height", 0, 0, G_OPTION_ARG_INT, &height_px, "Make the window this high", "PX"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

typedef struct {
  const char *title;
  UpkeepGaugeState state;
  gint64 used;
  gint64 allowance;
  int pace_permille;
  gboolean stale;
} GaugeRow;

static const GaugeRow gauges[] = {
    {"Fast time", UPKEEP_GAUGE_OK, 27000, 54000, 310, FALSE},
    {"Hardly used", UPKEEP_GAUGE_OK, 216, 54000, 12, FALSE},
    {"Nearly used", UPKEEP_GAUGE_HIGH, 45000, 54000, 990, FALSE},
    {"Used", UPKEEP_GAUGE_FULL, 58000, 54000, 640, FALSE},
    {"Paused", UPKEEP_GAUGE_PAUSED, 0, 54000, -1, FALSE},
    {"Saved copy", UPKEEP_GAUGE_OK, 27000, 54000, 310, TRUE},
    {"Relax time", UPKEEP_GAUGE_UNLIMITED, 540, 0, -1, FALSE},
    {"Turbo time", UPKEEP_GAUGE_UNKNOWN, 540, 0, -1, FALSE},
};

static const char *const icons[] = {
    "upkeep-calendar-symbolic", "upkeep-card-symbolic",     "upkeep-checked-symbolic",
    "upkeep-clock-symbolic",    "upkeep-coin-symbolic",     "upkeep-crossed-symbolic",
    "upkeep-document-symbolic", "upkeep-gauge-symbolic",    "upkeep-home-symbolic",
    "upkeep-image-symbolic",    "upkeep-infinity-symbolic", "upkeep-info-symbolic",
    "upkeep-mail-symbolic",     "upkeep-paused-symbolic",   "upkeep-plans-symbolic",
    "upkeep-receipt-symbolic",  "upkeep-table-symbolic",    "upkeep-trend-symbolic",
    "view-refresh-symbolic",    "edit-undo-symbolic",       "edit-copy-symbolic",
    "object-select-symbolic",   "upkeep-warning-symbolic",  "go-next-symbolic",
    "pan-down-symbolic",
};

static void
append_group (GtkBox *page, const char *title, GtkWidget *content)
{
  GtkWidget *heading = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (heading), 0.0f);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_set_margin_top (heading, 12);
  gtk_box_append (page, heading);
  gtk_box_append (page, content);
}

static GtkWidget *
make_gauge (const GaugeRow *row)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *gauge = upkeep_gauge_new ();
  UpkeepGauge *self = UPKEEP_GAUGE (gauge);
  gint64 left = MAX (row->allowance - row->used, 0);
  g_autofree char *figures = NULL;
  g_autofree char *remainder = NULL;
  g_autofree char *sentence = NULL;

  upkeep_gauge_set_title (self, row->title);
  upkeep_gauge_set_state (self, row->state);
  upkeep_gauge_set_stale (self, row->stale);
  upkeep_gauge_set_level (self, row->used, row->allowance);
  upkeep_gauge_set_pace_permille (self, row->pace_permille);
  if (row->allowance > 0) {
    figures = upkeep_format_used_of_markup (row->used, row->allowance, "gpu_second");
    remainder = upkeep_format_quantity_left (left, "gpu_second");
    sentence = upkeep_format_left_of (left, row->allowance, "gpu_second");
    upkeep_gauge_set_remainder (self, remainder);
    upkeep_gauge_set_line (self, 0, "view-refresh-symbolic",
                           "Refills Monday 1 June 2026 at 00:00 (in 21 days 10 hours)");
    upkeep_gauge_set_line (
        self, 1, "upkeep-trend-symbolic",
        "At this pace it runs out about Wednesday 20 May. After that, earned and "
        "bought hours are used, then Relax mode.");
  } else {
    figures = upkeep_format_quantity_used (row->used, "gpu_second");
    upkeep_gauge_set_line (self, 0, "upkeep-clock-symbolic",
                           "A job waits about 2 minutes now (1 to 10)");
  }
  upkeep_gauge_set_figures (self, figures);
  upkeep_gauge_set_sentence (self, sentence);

  gtk_widget_set_hexpand (gauge, TRUE);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "inset");
  gtk_box_append (GTK_BOX (card), gauge);
  return card;
}

static GtkWidget *
make_grants (void)
{
  static const UpkeepGaugeSegment grants[] = {{27000, 54000}, {0, 3600}, {0, 7200}};
  static const GaugeRow row = {"Three grants", UPKEEP_GAUGE_OK, 27000, 54000, 310, FALSE};
  GtkWidget *card = make_gauge (&row);
  UpkeepGauge *gauge = UPKEEP_GAUGE (gtk_widget_get_first_child (card));

  upkeep_gauge_set_segments (gauge, grants, G_N_ELEMENTS (grants));
  upkeep_gauge_set_remainder (gauge, NULL);
  upkeep_gauge_set_chip (gauge, "object-select-symbolic", "In use", UPKEEP_ROLE_ACCENT);
  return card;
}

/* Something like a line of text: what does not fit goes on below. */
static GtkWidget *
new_flow (void)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 32);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  return flow;
}

static GtkWidget *
make_rows (void)
{
  GtkWidget *list = upkeep_row_list_new ("Rows");
  GtkWidget *row =
      upkeep_row_new ("upkeep-calendar-symbolic", "Renews on 1 June 2026", "Monday, in 21 days");
  GtkWidget *amount = upkeep_amount_new ("$30.00", TRUE);

  upkeep_amount_set_size (UPKEEP_AMOUNT (amount), "title-4");
  upkeep_row_set_end (UPKEEP_ROW (row), amount);
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  row = upkeep_row_new ("edit-undo-symbolic", "No refund now",
                        "51.3 % of this month’s GPU time used, Relax included; the rule asks for "
                        "less than 1 %");
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  row = upkeep_row_new (NULL, "Cancellation", "One dialog, any time. Your images stay.");
  upkeep_row_set_end (UPKEEP_ROW (row), gtk_button_new_with_mnemonic ("_Cancel Plan…"));
  upkeep_row_set_end_below (UPKEEP_ROW (row), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return list;
}

static GtkWidget *
make_chips (void)
{
  static const struct {
    const char *icon_name;
    const char *label;
    UpkeepRole role;
  } chips[] = {
      {"upkeep-crossed-symbolic", "Ended", UPKEEP_ROLE_NEUTRAL},
      {"object-select-symbolic", "Your plan", UPKEEP_ROLE_ACCENT},
      {"upkeep-checked-symbolic", "Active", UPKEEP_ROLE_SUCCESS},
      {"upkeep-warning-symbolic", "Payment overdue", UPKEEP_ROLE_WARNING},
      {"upkeep-crossed-symbolic", "Used up", UPKEEP_ROLE_ERROR},
  };
  GtkWidget *flow = new_flow ();

  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    gtk_flow_box_append (GTK_FLOW_BOX (flow),
                         upkeep_chip_new (chips[i].icon_name, chips[i].label, chips[i].role));
  return flow;
}

static GtkWidget *
make_amounts (void)
{
  static const char *const sizes[] = {"title-1", "title-2", "title-4", NULL};
  GtkWidget *flow = new_flow ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    GtkWidget *amount = upkeep_amount_new ("$25.00", TRUE);

    upkeep_amount_set_size (UPKEEP_AMOUNT (amount), sizes[i]);
    gtk_flow_box_append (GTK_FLOW_BOX (flow), amount);
  }
  return flow;
}

static GtkWidget *
make_icons (void)
{
  GtkWidget *flow = new_flow ();

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++) {
    GtkWidget *image = gtk_image_new_from_icon_name (icons[i]);

    gtk_widget_set_tooltip_text (image, icons[i]);
    gtk_flow_box_append (GTK_FLOW_BOX (flow), image);
  }
  return flow;
}

static void
show_dialog (GtkWidget *parent)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *heading = gtk_label_new ("Cancel Standard?");

  gtk_widget_set_margin_top (page, 24);
  gtk_widget_set_margin_bottom (page, 24);
  gtk_widget_set_margin_start (page, 24);
  gtk_widget_set_margin_end (page, 24);
  gtk_widget_add_css_class (heading, "title-2");
  gtk_box_append (GTK_BOX (page), heading);
  gtk_box_append (GTK_BOX (page), make_rows ());
  upkeep_compat_present_page (page, "Cancel Standard?", 480, -1, parent, NULL, NULL);
}

static void
activated_cb (GtkApplication *app)
{
  GtkWidget *window;
  GtkWidget *content;
  GtkWidget *page;
  GtkWidget *scroll;

  if (rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);

  window = adw_application_window_new (app);
  content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  scroll = gtk_scrolled_window_new ();
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  for (int role = 0; role < UPKEEP_N_NOTICE_ROLES; role++) {
    static const char *const texts[] = {
        "Practice service on this computer – no real money",
        "Payment overdue since 1 June. Pay $30.00 (practice) by 8 June 2026 to keep Standard.",
        "Cannot reach billing.example.org",
    };
    static const char *const labels[] = {"_Connect to a Service…", "_Pay Now", "_Retry"};

    GtkWidget *notice = upkeep_notice_new ();

    upkeep_notice_show (UPKEEP_NOTICE (notice), (UpkeepNoticeRole) role, texts[role], labels[role],
                        NULL);
    gtk_box_append (GTK_BOX (content), notice);
  }

  append_group (GTK_BOX (page), "Rows", make_rows ());
  append_group (GTK_BOX (page), "Chips", make_chips ());
  append_group (GTK_BOX (page), "Amounts", make_amounts ());
  append_group (GTK_BOX (page), "Icons", make_icons ());
  for (guint i = 0; i < G_N_ELEMENTS (gauges); i++)
    gtk_box_append (GTK_BOX (page), make_gauge (&gauges[i]));
  gtk_box_append (GTK_BOX (page), make_grants ());

  gtk_widget_set_margin_start (page, width_px < 600 ? 12 : 20);
  gtk_widget_set_margin_end (page, width_px < 600 ? 12 : 20);
  gtk_widget_set_margin_bottom (page, 24);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), page);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (content), scroll);

  gtk_window_set_title (GTK_WINDOW (window), "Gallery");
  gtk_window_set_default_size (GTK_WINDOW (window), width_px, height_px);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window),
                                      upkeep_narrow_bin_new (content));
  gtk_window_present (GTK_WINDOW (window));
  if (dialog)
    show_dialog (content);
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) app =
      adw_application_new ("io.github.upkeep.Upkeep", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }

  g_signal_connect (app, "activate", G_CALLBACK (activated_cb), NULL);
  return g_application_run (G_APPLICATION (app), 1, argv);
}

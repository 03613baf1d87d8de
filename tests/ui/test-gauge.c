/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-gauge.h"

#include "upkeep-chip.h"
#include "upkeep-find.h"
#include "upkeep-format.h"

#define WIDTH_PX 400

/* Counts the properties of the type itself; a CSS class is one of GtkWidget. */
static void
count_cb (GObject *object, GParamSpec *pspec, int *count)
{
  if (pspec->owner_type == G_OBJECT_TYPE (object))
    (*count)++;
}

static GtkWidget *
new_gauge (void)
{
  GtkWidget *gauge = g_object_ref_sink (upkeep_gauge_new ());

  upkeep_gauge_set_title (UPKEEP_GAUGE (gauge), "Fast time");
  upkeep_gauge_set_state (UPKEEP_GAUGE (gauge), UPKEEP_GAUGE_OK);
  return gauge;
}

static void
lay_out (GtkWidget *gauge)
{
  int height_px;

  gtk_widget_measure (gauge, GTK_ORIENTATION_VERTICAL, WIDTH_PX, &height_px, NULL, NULL, NULL);
  gtk_widget_allocate (gauge, WIDTH_PX, height_px, -1, NULL);
}

static graphene_rect_t
get_bounds (GtkWidget *gauge, GtkWidget *part)
{
  graphene_rect_t bounds;

  g_assert_nonnull (part);
  g_assert_true (gtk_widget_compute_bounds (part, gauge, &bounds));
  return bounds;
}

static int
get_fill_px (GtkWidget *gauge)
{
  GtkWidget *fill = upkeep_find_css_name (gauge, "fill");

  return gtk_widget_get_child_visible (fill) ? gtk_widget_get_width (fill) : 0;
}

/* design/README, the gauge table: the bounds of each state. */
static void
test_state_for (void)
{
  static const struct {
    gint64 used;
    gint64 allowance;
    UpkeepGaugeState state;
  } rows[] = {
      {0, 0, UPKEEP_GAUGE_OK},           {0, 54000, UPKEEP_GAUGE_OK},
      {40499, 54000, UPKEEP_GAUGE_OK},   {40500, 54000, UPKEEP_GAUGE_HIGH},
      {53999, 54000, UPKEEP_GAUGE_HIGH}, {54000, 54000, UPKEEP_GAUGE_FULL},
      {54001, 54000, UPKEEP_GAUGE_FULL}, {1, 0, UPKEEP_GAUGE_FULL},
      {2, 3, UPKEEP_GAUGE_OK},           {3, 4, UPKEEP_GAUGE_HIGH},
      {1, 2, UPKEEP_GAUGE_OK},           {G_MAXINT64 - 1, G_MAXINT64, UPKEEP_GAUGE_HIGH},
  };

  g_test_summary ("A meter is high from three quarters and full from the whole");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %u", i);
    g_assert_cmpint (upkeep_gauge_state_for (rows[i].used, rows[i].allowance), ==, rows[i].state);
  }
}

static void
test_properties (void)
{
  GtkWidget *gauge = g_object_ref_sink (upkeep_gauge_new ());
  UpkeepGauge *self = UPKEEP_GAUGE (gauge);
  int n_notified = 0;
  g_autofree char *title = NULL;
  UpkeepGaugeState state;
  gboolean stale;
  gboolean narrow;

  g_test_summary ("Setters notify on a change only");
  g_signal_connect (gauge, "notify", G_CALLBACK (count_cb), &n_notified);

  for (int i = 0; i < 2; i++) {
    upkeep_gauge_set_title (self, "Fast time");
    g_assert_cmpint (n_notified, ==, 1);
  }
  for (int i = 0; i < 2; i++) {
    upkeep_gauge_set_state (self, UPKEEP_GAUGE_HIGH);
    g_assert_cmpint (n_notified, ==, 2);
  }
  for (int i = 0; i < 2; i++) {
    upkeep_gauge_set_stale (self, TRUE);
    g_assert_cmpint (n_notified, ==, 3);
  }
  for (int i = 0; i < 2; i++) {
    upkeep_gauge_set_narrow (self, TRUE);
    g_assert_cmpint (n_notified, ==, 4);
  }

  g_object_get (gauge, "title", &title, "state", &state, "stale", &stale, "narrow", &narrow, NULL);
  g_assert_cmpstr (title, ==, "Fast time");
  g_assert_cmpint (state, ==, UPKEEP_GAUGE_HIGH);
  g_assert_true (stale);
  g_assert_true (narrow);
  g_assert_true (gtk_widget_has_css_class (gauge, "stale"));
  g_object_set (gauge, "title", "Relax time", "state", UPKEEP_GAUGE_OK, "stale", FALSE, "narrow",
                FALSE, NULL);
  g_assert_cmpstr (upkeep_gauge_get_title (self), ==, "Relax time");
  g_assert_cmpint (upkeep_gauge_get_state (self), ==, UPKEEP_GAUGE_OK);
  g_assert_false (upkeep_gauge_get_stale (self));
  g_assert_false (upkeep_gauge_get_narrow (self));

  g_assert_finalize_object (gauge);
}

/* CONTRACT 7 and UX 3.6 */
static void
test_accessible (void)
{
  GtkWidget *gauge = new_gauge ();
  GtkWidget *bar = upkeep_find_type (gauge, GTK_TYPE_LEVEL_BAR);
  g_autofree char *sentence = upkeep_format_left_of (27000, 54000, "gpu_second");

  g_test_summary ("A gauge is a meter with a name, a value and a sentence");
  upkeep_gauge_set_level (UPKEEP_GAUGE (gauge), 27000, 54000);
  upkeep_gauge_set_sentence (UPKEEP_GAUGE (gauge), sentence);

  g_assert_nonnull (bar);
  gtk_test_accessible_assert_role (bar, GTK_ACCESSIBLE_ROLE_METER);
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_LABEL, "Fast time");
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "7.5 of 15.0 hours left");
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "7.5 of 15.0 hours left");
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 0.5);
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0);
  g_assert_cmpfloat (gtk_widget_get_opacity (bar), ==, 0.0);
  g_assert_false (gtk_widget_get_can_target (bar));

  /* An overrun does not push the value past its end. */
  upkeep_gauge_set_level (UPKEEP_GAUGE (gauge), 58000, 54000);
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 1.0);
  upkeep_gauge_set_level (UPKEEP_GAUGE (gauge), 0, 0);
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 0.0);

  g_assert_finalize_object (gauge);
}

static void
test_fill (void)
{
  static const struct {
    gint64 used;
    gint64 allowance;
    int fill_px;
  } rows[] = {
      {0, 54000, 0},       {1, 54000, 12},      {1620, 54000, 12},   {1755, 54000, 13},
      {27000, 54000, 200}, {54000, 54000, 400}, {58000, 54000, 400}, {0, 0, 0},
  };

  g_test_summary ("The fill is proportional, visible as soon as anything is used, and clipped");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GtkWidget *gauge = new_gauge ();

    g_test_message ("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, rows[i].used, rows[i].allowance);
    upkeep_gauge_set_level (UPKEEP_GAUGE (gauge), rows[i].used, rows[i].allowance);
    lay_out (gauge);
    g_assert_cmpint (gtk_widget_get_width (upkeep_find_css_name (gauge, "trough")), ==, WIDTH_PX);
    g_assert_cmpint (gtk_widget_get_height (upkeep_find_css_name (gauge, "trough")), ==, 12);
    g_assert_cmpint (get_fill_px (gauge), ==, rows[i].fill_px);
    g_assert_finalize_object (gauge);
  }
}

static void
test_direction (void)
{
  GtkWidget *gauge;
  graphene_rect_t fill;
  graphene_rect_t pace;

  g_test_summary ("The fill and the mark start at the start edge in either direction");

  gauge = new_gauge ();
  upkeep_gauge_set_level (UPKEEP_GAUGE (gauge), 1, 4);
  upkeep_gauge_set_pace_permille (UPKEEP_GAUGE (gauge), 310);
  lay_out (gauge);
  fill = get_bounds (gauge, upkeep_find_css_name (gauge, "fill"));
  pace = get_bounds (gauge, upkeep_find_css_name (gauge, "pace"));
  g_assert_cmpint ((int) fill.origin.x, ==, 0);
  g_assert_cmpint ((int) fill.size.width, ==, 100);
  g_assert_cmpint ((int) pace.origin.x, ==, 124 - 3);
  g_assert_cmpint ((int) pace.size.height, ==, 22);
  g_assert_finalize_object (gauge);

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  gauge = new_gauge ();
  upkeep_gauge_set_level (UPKEEP_GAUGE (gauge), 1, 4);
  upkeep_gauge_set_pace_permille (UPKEEP_GAUGE (gauge), 310);
  lay_out (gauge);
  fill = get_bounds (gauge, upkeep_find_css_name (gauge, "fill"));
  pace = get_bounds (gauge, upkeep_find_css_name (gauge, "pace"));
  g_assert_cmpint ((int) fill.origin.x, ==, 300);
  g_assert_cmpint ((int) fill.size.width, ==, 100);
  g_assert_cmpint ((int) pace.origin.x, ==, 400 - 124 - 3);
  g_assert_finalize_object (gauge);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_pace (void)
{
  static const int permilles[] = {0, 5, 500, 950, 1000};
  GtkWidget *gauge = new_gauge ();
  GtkWidget *label = upkeep_find_label (gauge, "even pace");
  graphene_rect_t remainder;

  g_test_summary ("The mark and its label stay inside the bar and clear of what is left");
  upkeep_gauge_set_level (UPKEEP_GAUGE (gauge), 27000, 54000);
  upkeep_gauge_set_remainder (UPKEEP_GAUGE (gauge), "7.5 hours left");
  g_assert_false (upkeep_find_is_shown (gauge, label));
  g_assert_false (upkeep_find_is_shown (gauge, upkeep_find_css_name (gauge, "pace")));

  for (guint i = 0; i < G_N_ELEMENTS (permilles); i++) {
    graphene_rect_t mark;
    graphene_rect_t words;

    g_test_message ("%d permille", permilles[i]);
    upkeep_gauge_set_pace_permille (UPKEEP_GAUGE (gauge), permilles[i]);
    lay_out (gauge);
    mark = get_bounds (gauge, upkeep_find_css_name (gauge, "pace"));
    words = get_bounds (gauge, label);
    remainder = get_bounds (gauge, upkeep_find_label (gauge, "7.5 hours left"));
    g_assert_true (upkeep_find_is_shown (gauge, label));
    g_assert_cmpfloat (mark.origin.x, >=, 0);
    g_assert_cmpfloat (mark.origin.x + mark.size.width, <=, WIDTH_PX);
    g_assert_cmpfloat (words.origin.x, >=, 0);
    g_assert_cmpfloat (words.origin.x + words.size.width, <, remainder.origin.x);
    g_assert_cmpfloat (remainder.origin.x + remainder.size.width, ==, WIDTH_PX);
  }

  upkeep_gauge_set_pace_permille (UPKEEP_GAUGE (gauge), -1);
  g_assert_false (upkeep_find_is_shown (gauge, label));

  g_assert_finalize_object (gauge);
}

static void
test_segments (void)
{
  static const UpkeepGaugeSegment grants[] = {{27000, 54000}, {0, 3600}, {7200, 7200}};
  static const UpkeepGaugeSegment tiny[] = {{0, 1000000}, {0, 1}, {1, 1}};
  GtkWidget *gauge = new_gauge ();
  graphene_rect_t first;
  graphene_rect_t second;
  graphene_rect_t third;

  g_test_summary ("Grants are drawn in their order, 3 px apart, wide enough for a number");
  upkeep_gauge_set_segments (UPKEEP_GAUGE (gauge), grants, G_N_ELEMENTS (grants));
  lay_out (gauge);
  g_assert_nonnull (upkeep_find_label (gauge, "3"));
  first = get_bounds (gauge, upkeep_find_label (gauge, "1"));
  second = get_bounds (gauge, upkeep_find_label (gauge, "2"));
  third = get_bounds (gauge, upkeep_find_label (gauge, "3"));
  g_assert_cmpint ((int) first.origin.x, ==, 0);
  g_assert_cmpint (gtk_widget_get_width (upkeep_find_css_name (gauge, "trough")), ==,
                   (int) second.origin.x - 3);
  g_assert_cmpfloat (third.origin.x - second.origin.x, >=, 24 + 3);
  g_assert_cmpint (get_fill_px (gauge), ==,
                   (gtk_widget_get_width (upkeep_find_css_name (gauge, "trough")) + 1) / 2);

  upkeep_gauge_set_segments (UPKEEP_GAUGE (gauge), tiny, G_N_ELEMENTS (tiny));
  lay_out (gauge);
  second = get_bounds (gauge, upkeep_find_label (gauge, "2"));
  third = get_bounds (gauge, upkeep_find_label (gauge, "3"));
  g_assert_cmpint ((int) (third.origin.x - second.origin.x), ==, 24 + 3);
  g_assert_cmpint ((int) third.origin.x, ==, WIDTH_PX - 24);

  /* One grant is the whole and bears no number. */
  upkeep_gauge_set_level (UPKEEP_GAUGE (gauge), 1, 2);
  lay_out (gauge);
  g_assert_null (upkeep_find_label (gauge, "1"));
  g_assert_cmpint (get_fill_px (gauge), ==, WIDTH_PX / 2);

  g_assert_finalize_object (gauge);
}

static void
test_states (void)
{
  static const struct {
    UpkeepGaugeState state;
    const char *css_class;
    const char *chip;  /* NULL for none */
    const char *words; /* in place of the bar; NULL where there is one */
  } rows[] = {
      {UPKEEP_GAUGE_UNKNOWN, "usage-unknown", NULL, "Limit not published"},
      {UPKEEP_GAUGE_UNLIMITED, "usage-unlimited", NULL, "Unlimited"},
      {UPKEEP_GAUGE_OK, "usage-ok", NULL, NULL},
      {UPKEEP_GAUGE_HIGH, "usage-high", "Nearly used up", NULL},
      {UPKEEP_GAUGE_FULL, "usage-full", "Used up", NULL},
      {UPKEEP_GAUGE_PAUSED, "usage-paused", "Paused", NULL},
  };
  GtkWidget *gauge = new_gauge ();
  GtkWidget *chip = upkeep_find_type (gauge, UPKEEP_TYPE_CHIP);
  GtkWidget *track = upkeep_find_type (gauge, UPKEEP_TYPE_GAUGE_TRACK);

  G_STATIC_ASSERT (G_N_ELEMENTS (rows) == UPKEEP_N_GAUGE_STATES);

  g_test_summary ("Every state has a colour and says it in words too");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].css_class);
    upkeep_gauge_set_state (UPKEEP_GAUGE (gauge), rows[i].state);
    for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
      g_assert_true (gtk_widget_has_css_class (gauge, rows[j].css_class) == (i == j));
    g_assert_true (upkeep_find_is_shown (gauge, chip) == (rows[i].chip != NULL));
    if (rows[i].chip != NULL)
      g_assert_cmpstr (upkeep_chip_get_label (UPKEEP_CHIP (chip)), ==, rows[i].chip);
    g_assert_true (upkeep_find_is_shown (gauge, track) == (rows[i].words == NULL));
    if (rows[i].words != NULL)
      g_assert_true (upkeep_find_is_shown (gauge, upkeep_find_label (gauge, rows[i].words)));
  }

  /* A chip of the page's own stays through a change of state, and goes when it is taken back. */
  upkeep_gauge_set_chip (UPKEEP_GAUGE (gauge), "object-select-symbolic", "In use",
                         UPKEEP_ROLE_ACCENT);
  upkeep_gauge_set_state (UPKEEP_GAUGE (gauge), UPKEEP_GAUGE_HIGH);
  g_assert_cmpstr (upkeep_chip_get_label (UPKEEP_CHIP (chip)), ==, "In use");
  upkeep_gauge_set_chip (UPKEEP_GAUGE (gauge), NULL, NULL, UPKEEP_ROLE_NEUTRAL);
  g_assert_cmpstr (upkeep_chip_get_label (UPKEEP_CHIP (chip)), ==, "Nearly used up");
  upkeep_gauge_set_state (UPKEEP_GAUGE (gauge), UPKEEP_GAUGE_OK);
  g_assert_false (upkeep_find_is_shown (gauge, chip));

  g_assert_finalize_object (gauge);
}

static void
test_words (void)
{
  GtkWidget *gauge = new_gauge ();
  GtkWidget *line;
  GtkWidget *figures;

  g_test_summary ("Figures, what is left and the lines show what they are given, or nothing");
  upkeep_gauge_set_figures (UPKEEP_GAUGE (gauge), "<b>7.5</b> of 15.0 hours used");
  figures = upkeep_find_label (gauge, "7.5 of 15.0 hours used");
  g_assert_nonnull (figures);
  g_assert_nonnull (gtk_label_get_attributes (GTK_LABEL (figures)));

  upkeep_gauge_set_line (UPKEEP_GAUGE (gauge), 1, "upkeep-trend-symbolic", "It lasts.");
  line = upkeep_find_label (gauge, "It lasts.");
  g_assert_true (upkeep_find_is_shown (gauge, line));
  upkeep_gauge_set_line (UPKEEP_GAUGE (gauge), 1, NULL, NULL);
  g_assert_false (upkeep_find_is_shown (gauge, line));

  upkeep_gauge_set_remainder (UPKEEP_GAUGE (gauge), "7.5 hours left");
  g_assert_true (upkeep_find_is_shown (gauge, upkeep_find_label (gauge, "7.5 hours left")));
  upkeep_gauge_set_remainder (UPKEEP_GAUGE (gauge), NULL);
  g_assert_null (upkeep_find_label (gauge, "7.5 hours left"));

  /* A translation with broken markup is shown as it is. */
  upkeep_gauge_set_figures (UPKEEP_GAUGE (gauge), "<b>7.5 of 15.0");
  g_assert_true (upkeep_find_label (gauge, "<b>7.5 of 15.0") == figures);
  upkeep_gauge_set_figures (UPKEEP_GAUGE (gauge), NULL);
  g_assert_false (upkeep_find_is_shown (gauge, figures));

  g_assert_finalize_object (gauge);
}

static gboolean
has_width (gpointer user_data)
{
  return get_fill_px (user_data) > 0;
}

static gboolean
is_three_quarters (gpointer user_data)
{
  int trough_px = gtk_widget_get_width (upkeep_find_css_name (user_data, "trough"));

  return get_fill_px (user_data) == (trough_px * 3 + 2) / 4;
}

static void
set_animations (gboolean enabled)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", enabled, NULL);
}

static void
test_movement (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *gauge = upkeep_gauge_new ();
  int fill_px;

  g_test_summary ("The fill moves after a refresh, not at first, and not without animations");
  upkeep_gauge_set_state (UPKEEP_GAUGE (gauge), UPKEEP_GAUGE_OK);
  upkeep_gauge_set_level (UPKEEP_GAUGE (gauge), 1, 4);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH_PX, 200);
  gtk_window_set_child (GTK_WINDOW (window), gauge);
  gtk_window_present (GTK_WINDOW (window));
  upkeep_find_wait (has_width, gauge);
  fill_px = get_fill_px (gauge);
  g_assert_cmpint (fill_px, ==, (gtk_widget_get_width (gauge) + 2) / 4);

  set_animations (TRUE);
  upkeep_gauge_set_level (UPKEEP_GAUGE (gauge), 3, 4);
  g_assert_cmpint (get_fill_px (gauge), ==, fill_px);
  upkeep_find_wait (is_three_quarters, gauge);

  set_animations (FALSE);
  upkeep_gauge_set_level (UPKEEP_GAUGE (gauge), 1, 4);
  lay_out (gauge);
  g_assert_cmpint (get_fill_px (gauge), ==, WIDTH_PX / 4);

  /* Gone in the middle of a movement. */
  set_animations (TRUE);
  upkeep_gauge_set_level (UPKEEP_GAUGE (gauge), 3, 4);
  gtk_window_destroy (GTK_WINDOW (window));
  set_animations (FALSE);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/gauge/state-for", test_state_for);
  g_test_add_func ("/ui/gauge/properties", test_properties);
  g_test_add_func ("/ui/gauge/accessible", test_accessible);
  g_test_add_func ("/ui/gauge/fill", test_fill);
  g_test_add_func ("/ui/gauge/direction", test_direction);
  g_test_add_func ("/ui/gauge/pace", test_pace);
  g_test_add_func ("/ui/gauge/segments", test_segments);
  g_test_add_func ("/ui/gauge/states", test_states);
  g_test_add_func ("/ui/gauge/words", test_words);
  g_test_add_func ("/ui/gauge/movement", test_movement);
  return g_test_run ();
}

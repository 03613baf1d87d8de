/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows a step of the change of plan for a sample account, to be looked at and photographed:
 *
 *   wizard-gallery [--dark] [--width PX] [--height PX] [--step STEP]
 *
 * STEP is plan, loading, blocked, timing, review, downgrade, mismatch or done. */

#include "upkeep-test-life.h"
#include "upkeep-wizard.h"

#include <locale.h>

static gboolean dark;
static int width_px = 560;
static int height_px = 760;
static char *step;

static const GOptionEntry options[] = {
    {"dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Use the dark style", NULL},
    {"width", 0, 0, G_OPTION_ARG_INT, &width_px, "Make the window this wide", "PX"},
    {"height", 0, 0, G_OPTION_ARG_INT, &height_px, "Make the window this high", "PX"},
    {"step", 0, 0, G_OPTION_ARG_STRING, &step, "Show this step", "STEP"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static gboolean
is_step (const char *name)
{
  return g_strcmp0 (step, name) == 0;
}

static void
show_step (UpkeepWizard *wizard, UpkeepTestLife *life)
{
  gboolean down = is_step ("downgrade");
  g_autoptr (UpkeepQuote) quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH,
                                                          down                  ? "basic"
                                                          : is_step ("blocked") ? "trial"
                                                                                : "standard",
                                                          UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepReceipt) receipt = NULL;

  upkeep_wizard_begin (wizard, "standard", UPKEEP_INTERVAL_MONTH);
  if (is_step ("plan"))
    return;
  if (is_step ("loading")) {
    upkeep_wizard_go_on (wizard);
    return;
  }

  if (is_step ("mismatch"))
    g_array_index (quote->options, UpkeepOption, 0).bill.total_minor = 2600;
  upkeep_wizard_show_quote (wizard, quote);
  if (is_step ("timing") || is_step ("blocked") || down)
    return;
  upkeep_wizard_go_on (wizard);
  if (!is_step ("done"))
    return;

  receipt = upkeep_receipt_new ();
  receipt->id = g_strdup ("r_01hx5k2p7c");
  receipt->bill = g_array_index (quote->options, UpkeepOption, 0).bill;
  upkeep_wizard_show_receipt (wizard, UPKEEP_TIMING_IMMEDIATE, receipt);
}

static UpkeepTestLife *
new_life (void)
{
  UpkeepTestLife *life = upkeep_test_life_new_subscribed (
      "midjourney-2023-03.json", is_step ("downgrade") ? "standard" : "basic",
      UPKEEP_INTERVAL_MONTH, "2026-04-24T00:00:00Z");

  upkeep_test_life_use (life, 6000, 100, 0);
  upkeep_test_life_advance (life, "2026-05-10T14:05:00Z");
  return life;
}

static void
activate_cb (GApplication *app)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (app));
  g_autoptr (UpkeepTestLife) life = new_life ();
  g_autoptr (UpkeepStatement) statement = upkeep_test_life_state (life);
  GtkWidget *wizard = upkeep_wizard_new (NULL, statement, life->edition, TRUE);

  if (dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), wizard);
  gtk_window_set_default_size (GTK_WINDOW (window), width_px, height_px);
  gtk_window_present (GTK_WINDOW (window));
  show_step (UPKEEP_WIZARD (wizard), life);
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) app = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }

  app = adw_application_new ("io.github.upkeep.Upkeep", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (app), 0, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows the page of plans for a sample account, to be looked at and photographed:
 *
 *   plans-gallery [--dark] [--width PX] [--height PX] [--service FILE] [--state STATE] [--yearly]
 *                 [--terms FILE]
 *
 * STATE is active, none, past-due, offline or credits. */

#include "upkeep-narrow-bin.h"
#include "upkeep-plans-page.h"
#include "upkeep-sample.h"

#include <locale.h>

static gboolean dark;
static gboolean yearly;
static int width_px = 900;
static int height_px = 1000;
static char *file_name;
static char *state;
static char *terms;

static const GOptionEntry options[] = {
    {"dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Use the dark style", NULL},
    {"yearly", 0, 0, G_OPTION_ARG_NONE, &yearly, "Show the prices of a year", NULL},
    {"width", 0, 0, G_OPTION_ARG_INT, &width_px, "Make the window this wide", "PX"},
    {"height", 0, 0, G_OPTION_ARG_INT, &height_px, "Make the window this high", "PX"},
    {"service", 0, 0, G_OPTION_ARG_STRING, &file_name, "Show this catalogue", "FILE"},
    {"state", 0, 0, G_OPTION_ARG_STRING, &state, "Show this account", "STATE"},
    {"terms", 0, 0, G_OPTION_ARG_STRING, &terms, "Tell what is different in this catalogue",
     "FILE"},
    {NULL, 0, 0, 0, NULL, NULL, NULL},
};

static UpkeepStatement *
make_statement (void)
{
  if (g_strcmp0 (state, "none") == 0)
    return upkeep_sample_statement_none ();
  if (g_strcmp0 (state, "past-due") == 0)
    return upkeep_sample_statement_past_due ();
  if (g_strcmp0 (state, "credits") == 0)
    return upkeep_sample_statement_credits ();
  return upkeep_sample_statement ();
}

static void
activate_cb (GApplication *app)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (app));
  GtkWidget *page = upkeep_plans_page_new ();
  g_autoptr (UpkeepStatement) statement = make_statement ();
  g_autoptr (UpkeepEdition) edition =
      upkeep_sample_edition (file_name != NULL ? file_name : "midjourney-2023-03.json");

  if (dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  g_object_set (page, "statement", statement, "edition", edition, "practice", TRUE, "online",
                g_strcmp0 (state, "offline") != 0, NULL);
  if (terms != NULL) {
    g_autoptr (UpkeepEdition) other = upkeep_sample_edition (terms);
    g_autoptr (UpkeepEditionChanges) changes =
        upkeep_edition_changes_make (edition, other, statement->plan);

    g_object_set (page, "changes", changes, NULL);
  }
  if (yearly)
    upkeep_plans_page_set_interval (UPKEEP_PLANS_PAGE (page), UPKEEP_INTERVAL_YEAR);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window),
                                      upkeep_narrow_bin_new (page));
  gtk_window_set_default_size (GTK_WINDOW (window), width_px, height_px);
  gtk_window_present (GTK_WINDOW (window));
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

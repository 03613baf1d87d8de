/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-config.h"
#include "upkeep-daemon.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

/* Source: sysexits.h, EX_CONFIG. A supervisor need not try again. */
#define EXIT_CONFIG 78

#define CONFIG_GROUP "upkeepd"

/* Where a supervisor hands the operator's token over (systemd.exec, LoadCredential). */
#define CREDENTIALS_VARIABLE "CREDENTIALS_DIRECTORY"
#define ADMIN_CREDENTIAL     "admin-token"

typedef struct {
  const char *name;
  char **place;
} Option;

#define OPTIONS_N 10

/* Every option by its name, which it has in the configuration file too. */
static void
list_options (UpkeepDaemonOptions *options, Option ret_options[OPTIONS_N])
{
  const Option all[] = {
      {"listen", &options->listen},
      {"store", &options->store},
      {"catalogues", &options->catalogues},
      {"trials", &options->trials},
      {"test-clock", &options->test_clock},
      {"payments", &options->payments},
      {"admin-token-file", &options->admin_token_file},
      {"public-url", &options->public_url},
      {"sample", &options->sample},
      {"sample-token-file", &options->sample_token_file},
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (all) == OPTIONS_N);
  memcpy (ret_options, all, sizeof all);
}

static gboolean
parse_arguments (
    int *argc, char ***argv, UpkeepDaemonOptions *options, char **ret_config, GError **error)
{
  const GOptionEntry entries[] = {
      {"listen", 0, 0, G_OPTION_ARG_STRING, &options->listen,
       N_ ("Listen on this address, or on unix:PATH"), "HOST:PORT"},
      {"store", 0, 0, G_OPTION_ARG_STRING, &options->store, N_ ("Keep everything in this store"),
       "URL"},
      {"catalogues", 0, 0, G_OPTION_ARG_FILENAME, &options->catalogues,
       N_ ("Load the plans from this folder"), "DIR"},
      {"trials", 0, 0, G_OPTION_ARG_STRING, &options->trials,
       N_ ("Offer the free trial of these editions"), "SERVICE/EDITION,…"},
      {"test-clock", 0, 0, G_OPTION_ARG_STRING, &options->test_clock,
       N_ ("Let time stand still at this instant"), "INSTANT"},
      {"payments", 0, 0, G_OPTION_ARG_STRING, &options->payments, N_ ("Charge with this processor"),
       "sandbox|stripe"},
      {"admin-token-file", 0, 0, G_OPTION_ARG_FILENAME, &options->admin_token_file,
       N_ ("Let the operator in with the token in this file"), "FILE"},
      {"public-url", 0, 0, G_OPTION_ARG_STRING, &options->public_url,
       N_ ("The address under which the service is reached"), "URL"},
      {"sample", 0, 0, G_OPTION_ARG_FILENAME, &options->sample,
       N_ ("Fill an empty store with the sample account of this script"), "FILE"},
      {"sample-token-file", 0, 0, G_OPTION_ARG_FILENAME, &options->sample_token_file,
       N_ ("Write the sample account’s token to this file"), "FILE"},
      {"config", 0, 0, G_OPTION_ARG_FILENAME, ret_config,
       N_ ("Read options that are not given here from this file"), "FILE"},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, UPKEEP_GETTEXT_DOMAIN);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "%s: no argument is taken",
                 (*argv)[1]);
    return FALSE;
  }
  return TRUE;
}

/* Takes from the configuration file what the command line has left open. */
static gboolean
read_config (const char *path, const Option options[OPTIONS_N], GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) keys = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error)) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
  keys = g_key_file_get_keys (file, CONFIG_GROUP, NULL, error);
  if (keys == NULL) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
  for (gsize i = 0; keys[i] != NULL; i++) {
    gsize j = 0;

    while (j < OPTIONS_N && !g_str_equal (keys[i], options[j].name))
      j++;
    if (j == OPTIONS_N) {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND,
                   "%s: there is no option %s", path, keys[i]);
      return FALSE;
    }
    if (*options[j].place != NULL)
      continue;
    *options[j].place = g_key_file_get_string (file, CONFIG_GROUP, keys[i], error);
    if (*options[j].place == NULL) {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  }
  return TRUE;
}

static void
set_default (char **place, const char *value)
{
  if (*place == NULL)
    *place = g_strdup (value);
}

static void
set_defaults (UpkeepDaemonOptions *options)
{
  const char *catalogues = g_getenv ("UPKEEP_CATALOGUES");
  const char *credentials = g_getenv (CREDENTIALS_VARIABLE);

  set_default (&options->listen, "127.0.0.1:8080");
  set_default (&options->store, "sqlite:///var/lib/upkeep/upkeep.db");
  set_default (&options->catalogues,
               catalogues != NULL ? catalogues : UPKEEP_PKGDATADIR "/catalogues");
  set_default (&options->payments, "sandbox");
  if (options->admin_token_file == NULL && credentials != NULL) {
    g_autofree char *path = g_build_filename (credentials, ADMIN_CREDENTIAL, NULL);

    if (g_file_test (path, G_FILE_TEST_EXISTS))
      options->admin_token_file = g_steal_pointer (&path);
  }
}

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* Serves until a signal asks to stop. */
static int
serve (const UpkeepDaemonOptions *options)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepDaemon) daemon = NULL;

  g_unix_signal_add (SIGTERM, stop_cb, loop);
  g_unix_signal_add (SIGINT, stop_cb, loop);
  daemon = upkeep_daemon_start (options, &error);
  if (daemon == NULL) {
    g_printerr ("upkeepd: %s\n", error->message);
    return error->code == UPKEEP_DAEMON_ERROR_CONFIG ? EXIT_CONFIG : EXIT_FAILURE;
  }
  printf ("upkeepd: listening on %s\n", upkeep_daemon_get_url (daemon));
  fflush (stdout);
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  g_auto (UpkeepDaemonOptions) options = {0};
  Option names[OPTIONS_N];
  g_autofree char *config = NULL;
  g_autoptr (GError) error = NULL;
  /* A checkout has its translations elsewhere than an installation. */
  const char *folder = g_getenv ("UPKEEP_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (UPKEEP_GETTEXT_DOMAIN, folder != NULL ? folder : UPKEEP_LOCALEDIR);
  bind_textdomain_codeset (UPKEEP_GETTEXT_DOMAIN, "UTF-8");
  textdomain (UPKEEP_GETTEXT_DOMAIN);
  g_log_writer_default_set_use_stderr (TRUE); /* stdout has one line only */

  list_options (&options, names);
  if (!parse_arguments (&argc, &argv, &options, &config, &error) ||
      (config != NULL && !read_config (config, names, &error))) {
    g_printerr ("upkeepd: %s\n", error->message);
    return EXIT_CONFIG;
  }
  set_defaults (&options);
  return serve (&options);
}

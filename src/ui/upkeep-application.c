/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-application.h"

#include "upkeep-compat.h"
#include "upkeep-config.h"
#include "upkeep-embedded.h"
#include "upkeep-error-words.h"
#include "upkeep-session.h"
#include "upkeep-window.h"

#include <glib/gi18n.h>
#include <string.h>

#define TOKEN_MAX_BYTES      4096
#define FOLDER_DIGEST_LENGTH 16 /* hexadecimal digits of a folder's name */
#define PRACTICE_FOLDER      "practice"

/**
 * UpkeepApplication:
 *
 * The program behind the window: it finds out whom to talk to, and brings what belongs to no page.
 *
 * Without options it starts a practice service of its own. The window is there first; everything
 * else comes when it comes.
 */
struct _UpkeepApplication {
  AdwApplication parent_instance;

  char *server;              /* (owned) (nullable): an address from the command line */
  char *token_file;          /* (owned) (nullable) */
  UpkeepEmbedded *embedded;  /* (owned) (nullable) */
  UpkeepWindow *window;      /* (nullable): a weak pointer */
  GCancellable *cancellable; /* (owned) (nullable): of what is being started */
};

G_DEFINE_FINAL_TYPE (UpkeepApplication, upkeep_application, ADW_TYPE_APPLICATION)

/* Starting */

/* A folder for each account, so that none is ever shown the documents of another. */
static char *
get_folder_name (UpkeepApplication *self, const char *token)
{
  g_autofree char *whose = NULL;
  g_autofree char *digest = NULL;

  if (self->server == NULL)
    return g_strdup (PRACTICE_FOLDER);

  whose = g_strconcat (self->server, "\n", token, NULL);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whose, -1);
  digest[FOLDER_DIGEST_LENGTH] = '\0';
  return g_steal_pointer (&digest);
}

static void
show_session (UpkeepApplication *self, UpkeepClient *client, const char *token)
{
  g_autofree char *name = get_folder_name (self, token);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "upkeep", name, NULL);
  g_autofree char *state = g_build_filename (g_get_user_state_dir (), "upkeep", name, NULL);
  g_autoptr (UpkeepSession) session = upkeep_session_new (client, cache, state);
  g_autoptr (GUri) uri = NULL;

  if (self->server != NULL)
    uri = g_uri_parse (self->server, G_URI_FLAGS_NONE, NULL);
  upkeep_window_set_session (self->window, session,
                             uri != NULL ? g_uri_get_host (uri) : self->server,
                             self->server == NULL);
}

static void
embedded_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepClient) client = NULL;
  UpkeepEmbedded *embedded = UPKEEP_EMBEDDED (source);
  gboolean started = upkeep_embedded_start_finish (embedded, result, &error);
  UpkeepApplication *self;
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = UPKEEP_APPLICATION (user_data);
  if (self->window == NULL)
    return;

  if (!started) {
    g_warning ("The practice service did not start: %s", error->message);
    text = upkeep_error_words (error, NULL, NULL, FALSE);
    upkeep_window_show_start_error (self->window, text);
    return;
  }

  client = upkeep_client_new_for_socket (upkeep_embedded_get_socket_path (embedded),
                                         upkeep_embedded_get_token (embedded));
  show_session (self, client, upkeep_embedded_get_token (embedded));
}

static void
token_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autoptr (UpkeepClient) client = NULL;
  gsize length = 0;
  gboolean loaded =
      g_file_load_contents_finish (G_FILE (source), result, &token, &length, NULL, &error);
  UpkeepApplication *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = UPKEEP_APPLICATION (user_data);
  if (self->window == NULL)
    return;

  if (!loaded) {
    g_warning ("The token cannot be read: %s", error->message);
    upkeep_window_show_start_error (self->window, _ ("The file with the token cannot be read"));
    return;
  }
  g_strstrip (token);
  if (token[0] == '\0' || length > TOKEN_MAX_BYTES || strlen (token) > length) {
    upkeep_window_show_start_error (self->window, _ ("There is no token in the file"));
    return;
  }

  client = upkeep_client_new (self->server, token);
  show_session (self, client, token);
}

static void
start (UpkeepApplication *self)
{
  g_autoptr (GFile) file = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  upkeep_window_set_starting (self->window);

  if (self->server == NULL) {
    if (self->embedded == NULL)
      self->embedded = upkeep_embedded_new ();
    upkeep_embedded_stop (self->embedded); /* what is left of one that ended */
    upkeep_embedded_start_async (self->embedded, self->cancellable, embedded_started_cb, self);
    return;
  }

  file = g_file_new_for_commandline_arg (self->token_file);
  g_file_load_contents_async (file, self->cancellable, token_loaded_cb, self);
}

/* Actions */

static void
start_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UpkeepApplication *self = UPKEEP_APPLICATION (user_data);

  if (self->window != NULL)
    start (self);
}

static void
about_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UpkeepApplication *self = UPKEEP_APPLICATION (user_data);

  if (self->window != NULL)
    upkeep_compat_about (GTK_WIDGET (self->window));
}

static void
quit_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

static const GActionEntry actions[] = {
    {.name = "start", .activate = start_activated_cb},
    {.name = "about", .activate = about_activated_cb},
    {.name = "quit", .activate = quit_activated_cb},
};

static void
set_accelerators (GtkApplication *application)
{
  static const struct {
    const char *action;
    const char *keys[3];
  } rows[] = {
      {"win.refresh", {"<Control>r", "F5"}},
      {"window.close", {"<Control>w"}},
      {"app.quit", {"<Control>q"}},
  };
  const char *const *pages = upkeep_window_get_page_names ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_application_set_accels_for_action (application, rows[i].action, rows[i].keys);

  for (guint i = 0; pages[i] != NULL; i++) {
    g_autofree char *action = g_strdup_printf ("win.show-page('%s')", pages[i]);
    g_autofree char *key = g_strdup_printf ("<Control>%u", i + 1);
    const char *keys[] = {key, NULL};

    gtk_application_set_accels_for_action (application, action, keys);
  }
}

/* GApplication */

static void
upkeep_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (upkeep_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (UPKEEP_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  set_accelerators (GTK_APPLICATION (application));
}

static void
upkeep_application_activate (GApplication *application)
{
  UpkeepApplication *self = UPKEEP_APPLICATION (application);
  gboolean first = self->window == NULL;

  if (first)
    g_set_weak_pointer (&self->window, upkeep_window_new (GTK_APPLICATION (self)));
  gtk_window_present (GTK_WINDOW (self->window));
  if (first)
    start (self);
}

/* Another service than the practice one is a program of its own, as it shows another account. */
static int
upkeep_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  UpkeepApplication *self = UPKEEP_APPLICATION (application);

  if (g_variant_dict_contains (options, "version")) {
    g_print ("upkeep %s\n", UPKEEP_VERSION);
    return 0;
  }

  g_variant_dict_lookup (options, "server", "s", &self->server);
  g_variant_dict_lookup (options, "token-file", "^ay", &self->token_file);
  if ((self->server == NULL) != (self->token_file == NULL)) {
    g_printerr ("%s\n", _ ("--server and --token-file go together: give both or neither."));
    return 2;
  }
  if (self->server != NULL)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
upkeep_application_shutdown (GApplication *application)
{
  UpkeepApplication *self = UPKEEP_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  if (self->embedded != NULL)
    upkeep_embedded_stop (self->embedded);

  G_APPLICATION_CLASS (upkeep_application_parent_class)->shutdown (application);
}

/* GObject */

static void
upkeep_application_dispose (GObject *object)
{
  UpkeepApplication *self = UPKEEP_APPLICATION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->embedded);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (upkeep_application_parent_class)->dispose (object);
}

static void
upkeep_application_finalize (GObject *object)
{
  UpkeepApplication *self = UPKEEP_APPLICATION (object);

  g_free (self->server);
  g_free (self->token_file);

  G_OBJECT_CLASS (upkeep_application_parent_class)->finalize (object);
}

static void
upkeep_application_class_init (UpkeepApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = upkeep_application_dispose;
  object_class->finalize = upkeep_application_finalize;
  application_class->startup = upkeep_application_startup;
  application_class->activate = upkeep_application_activate;
  application_class->handle_local_options = upkeep_application_handle_local_options;
  application_class->shutdown = upkeep_application_shutdown;
}

static void
upkeep_application_init (UpkeepApplication *self)
{
  const GOptionEntry entries[] = {
      {"server", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Show an account of the service at URL"),
       N_ ("URL")},
      {"token-file", 0, 0, G_OPTION_ARG_FILENAME, NULL,
       N_ ("Read from FILE the token that says whose account it is"), N_ ("FILE")},
      {"version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL},
      {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_summary (
      G_APPLICATION (self),
      _ ("Shows a subscription: what it costs, what is left of it, and how to leave.\n"
         "Without options it opens a practice service on this computer."));
}

/* Public */

/**
 * upkeep_application_new:
 *
 * Makes the application. Translations have to be set up before.
 *
 * Returns: (transfer full): the application
 */
UpkeepApplication *
upkeep_application_new (void)
{
  return g_object_new (UPKEEP_TYPE_APPLICATION, "application-id", UPKEEP_APP_ID, "flags",
                       G_APPLICATION_DEFAULT_FLAGS, NULL);
}

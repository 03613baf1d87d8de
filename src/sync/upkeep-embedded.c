/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-embedded.h"

#include "upkeep-config.h"
#include "upkeep-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/un.h>

#define READY_PREFIX      "upkeepd: listening on "
#define START_DEADLINE_MS 10000
/* Between two tries while the one before still has the store. */
#define RETRY_MS        100
#define TOKEN_MAX_BYTES ((gsize) 512)

struct _UpkeepEmbedded {
  GObject parent_instance;

  guint deadline_ms;
  char *run_folder;   /* (owned) (nullable): of the socket and the token's file */
  char *socket_path;  /* (owned) (nullable) */
  char *token_path;   /* (owned) (nullable) */
  char *token;        /* (owned) (nullable) */
  GSubprocess *child; /* (owned) (nullable) */
};

typedef enum {
  PROP_DEADLINE_MS = 1,
} UpkeepEmbeddedProperty;

static GParamSpec *properties[PROP_DEADLINE_MS + 1];

G_DEFINE_QUARK (upkeep_embedded_error, upkeep_embedded_error)
G_DEFINE_FINAL_TYPE (UpkeepEmbedded, upkeep_embedded, G_TYPE_OBJECT)

/* A start, until the line is there that says that it is ready. */
typedef struct {
  GDataInputStream *output;  /* (owned) (nullable): of the program that was started last */
  GCancellable *cancellable; /* (owned): of the wait; the caller's or the deadline ends it */
  GCancellable *caller;      /* (owned) (nullable) */
  gulong caller_id;
  GSource *deadline; /* (owned) */
  gboolean is_late;
  GSource *retry; /* (owned) (nullable): of the next try */
} Start;

static void
start_free (Start *start)
{
  if (start->caller != NULL)
    g_cancellable_disconnect (start->caller, start->caller_id);
  g_clear_object (&start->caller);
  g_source_destroy (start->deadline);
  g_source_unref (start->deadline);
  g_clear_pointer (&start->retry, g_source_unref);
  g_clear_object (&start->cancellable);
  g_clear_object (&start->output);
  g_free (start);
}

/* Where an installed file is, unless the environment says otherwise. */
static char *
dup_place (const char *variable, const char *folder, const char *name)
{
  const char *value = g_getenv (variable);

  return value != NULL && value[0] != '\0' ? g_strdup (value)
                                           : g_build_filename (folder, name, NULL);
}

static gboolean
fits_socket (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "service-XXXXXX", "socket", NULL);
  struct sockaddr_un address;

  return strlen (path) < sizeof address.sun_path;
}

/* A folder of our own where others of this machine cannot look in, short enough for a socket. */
static char *
make_run_folder (GError **error)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *folder = NULL;
  g_autofree char *template = NULL;

  if (runtime != NULL && g_path_is_absolute (runtime)) {
    folder = g_build_filename (runtime, "app", UPKEEP_APP_ID, NULL);
    if (fits_socket (folder) && g_mkdir_with_parents (folder, 0700) == 0) {
      template = g_build_filename (folder, "service-XXXXXX", NULL);
      if (g_mkdtemp (template) != NULL)
        return g_steal_pointer (&template);
    }
  }
  return g_dir_make_tmp ("upkeep-XXXXXX", error);
}

static char *
dup_store_uri (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "upkeep", NULL);
  g_autofree char *path = g_build_filename (folder, "practice.db", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_debug ("%s: %s", folder, g_strerror (errno)); /* the program itself will say more */
  return g_strconcat ("sqlite://", path, NULL);
}

/* Between fork and exec: the program ends with us, however we end. */
static void
child_setup (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static GSubprocess *
spawn (UpkeepEmbedded *self, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *program = dup_place ("UPKEEP_DAEMON", UPKEEP_BINDIR, "upkeepd");
  g_autofree char *catalogues = dup_place ("UPKEEP_CATALOGUES", UPKEEP_PKGDATADIR, "catalogues");
  g_autofree char *sample = dup_place ("UPKEEP_SAMPLE", UPKEEP_PKGDATADIR, "sample.json");
  g_autofree char *listen = g_strconcat ("unix:", self->socket_path, NULL);
  g_autofree char *store = dup_store_uri ();
  const char *const arguments[] = {
      program,          "--listen", listen,     "--store", store,
      "--catalogues",   catalogues, "--sample", sample,    "--sample-token-file",
      self->token_path, NULL,
  };

  g_subprocess_launcher_set_child_setup (launcher, child_setup, NULL, NULL);
  return g_subprocess_launcher_spawnv (launcher, arguments, error);
}

static void
fail_start (GTask *task, UpkeepEmbeddedError code, const char *detail)
{
  UpkeepEmbedded *self = g_task_get_source_object (task);

  upkeep_embedded_stop (self);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_new_error (task, UPKEEP_EMBEDDED_ERROR, (int) code, "%s", detail);
}

static void
token_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UpkeepEmbedded *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  g_free (self->token);
  self->token = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->token == NULL)
    fail_start (task, UPKEEP_EMBEDDED_ERROR_TOKEN, error->message);
  else
    g_task_return_boolean (task, TRUE);
}

/* The file has done its service with this. */
static void
read_token_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *path = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = upkeep_file_read (path, TOKEN_MAX_BYTES, &error);
  g_autofree char *token = NULL;
  gsize size;
  const char *data;

  if (bytes == NULL) {
    g_task_return_error (task, error);
    return;
  }

  data = g_bytes_get_data (bytes, &size);
  token = g_strndup (size > 0 ? data : "", size);
  g_strstrip (token);
  g_unlink (path);
  if (token[0] == '\0' || strlen (token) > size || !g_str_is_ascii (token))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no token in %s", path);
  else
    g_task_return_pointer (task, g_steal_pointer (&token), g_free);
}

static void spawn_and_listen (GTask *task);

static gboolean
retry_cb (gpointer user_data)
{
  GTask *task = user_data;
  Start *start = g_task_get_task_data (task);

  g_clear_pointer (&start->retry, g_source_unref);
  if (start->is_late)
    fail_start (task, UPKEEP_EMBEDDED_ERROR_TIMEOUT, "the store was in use all the time");
  else if (!g_cancellable_is_cancelled (start->cancellable))
    spawn_and_listen (g_object_ref (task));
  else
    fail_start (task, UPKEEP_EMBEDDED_ERROR_START, "given up");
  return G_SOURCE_REMOVE;
}

/* The program says by its status whether trying again may help: the one before may not have ended
 * yet. */
static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GSubprocess *child = G_SUBPROCESS (source);
  Start *start = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_subprocess_wait_finish (child, result, &error) || !g_subprocess_get_if_exited (child) ||
      g_subprocess_get_exit_status (child) != EXIT_FAILURE) {
    fail_start (task, start->is_late ? UPKEEP_EMBEDDED_ERROR_TIMEOUT : UPKEEP_EMBEDDED_ERROR_START,
                "it ended before it listened");
    return;
  }

  start->retry = g_timeout_source_new (RETRY_MS);
  g_source_set_callback (start->retry, retry_cb, g_object_ref (task), g_object_unref);
  g_source_attach (start->retry, g_task_get_context (task));
}

static void
line_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UpkeepEmbedded *self = g_task_get_source_object (task);
  Start *start = g_task_get_task_data (task);
  g_autoptr (GTask) reading = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  if (start->is_late) {
    fail_start (task, UPKEEP_EMBEDDED_ERROR_TIMEOUT, "it did not say that it listens");
    return;
  }
  if (line == NULL && error == NULL && self->child != NULL) {
    g_subprocess_wait_async (self->child, start->cancellable, ended_cb, g_steal_pointer (&task));
    return;
  }
  if (line == NULL || !g_str_has_prefix (line, READY_PREFIX)) {
    fail_start (task, UPKEEP_EMBEDDED_ERROR_START,
                error != NULL ? error->message : "it said something else");
    return;
  }

  reading = g_task_new (NULL, start->cancellable, token_read_cb, g_steal_pointer (&task));
  g_task_set_source_tag (reading, upkeep_embedded_start_async);
  g_task_set_task_data (reading, g_strdup (self->token_path), g_free);
  g_task_run_in_thread (reading, read_token_in_thread);
}

/* Takes @task over. */
static void
spawn_and_listen (GTask *task)
{
  g_autoptr (GTask) owned = task;
  UpkeepEmbedded *self = g_task_get_source_object (task);
  Start *start = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->child);
  self->child = spawn (self, &error);
  if (self->child == NULL) {
    fail_start (task, UPKEEP_EMBEDDED_ERROR_START, error->message);
    return;
  }

  g_clear_object (&start->output);
  start->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->child));
  g_data_input_stream_read_line_async (start->output, G_PRIORITY_DEFAULT, start->cancellable,
                                       line_read_cb, g_steal_pointer (&owned));
}

static gboolean
deadline_cb (gpointer user_data)
{
  Start *start = user_data;

  start->is_late = TRUE;
  g_cancellable_cancel (start->cancellable);
  return G_SOURCE_REMOVE;
}

static void
caller_cancelled_cb (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

static void
upkeep_embedded_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  UpkeepEmbedded *self = UPKEEP_EMBEDDED (object);

  switch ((UpkeepEmbeddedProperty) prop_id) {
  case PROP_DEADLINE_MS:
    self->deadline_ms = g_value_get_uint (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_embedded_dispose (GObject *object)
{
  upkeep_embedded_stop (UPKEEP_EMBEDDED (object));

  G_OBJECT_CLASS (upkeep_embedded_parent_class)->dispose (object);
}

static void
upkeep_embedded_class_init (UpkeepEmbeddedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = upkeep_embedded_set_property;
  object_class->dispose = upkeep_embedded_dispose;

  /**
   * UpkeepEmbedded:deadline-ms:
   *
   * How long the program may take to get ready, in milliseconds.
   */
  properties[PROP_DEADLINE_MS] =
      g_param_spec_uint ("deadline-ms", NULL, NULL, 1, G_MAXUINT, START_DEADLINE_MS,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
upkeep_embedded_init (UpkeepEmbedded *self)
{
}

/**
 * upkeep_embedded_new:
 *
 * Makes a service of our own, for practice: a program beside the app, with a store on this machine
 * and no way in but a socket that only its owner can reach.
 *
 * Returns: (transfer full): the service, not started
 */
UpkeepEmbedded *
upkeep_embedded_new (void)
{
  return g_object_new (UPKEEP_TYPE_EMBEDDED, NULL);
}

/**
 * upkeep_embedded_start_async:
 * @self: a service that does not run
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Starts the program and waits until it listens. It ends with this one, however this one ends.
 *
 * The environment tells where things are when they are not installed: `UPKEEP_DAEMON` the program,
 * `UPKEEP_CATALOGUES` the catalogues' folder, `UPKEEP_SAMPLE` the sample account.
 *
 * Errors of the finish function: `G_IO_ERROR_CANCELLED`, or an `UPKEEP_EMBEDDED_ERROR`. The program
 * does not run then.
 */
void
upkeep_embedded_start_async (UpkeepEmbedded *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  Start *start;

  g_return_if_fail (UPKEEP_IS_EMBEDDED (self));
  g_return_if_fail (self->child == NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, upkeep_embedded_start_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  self->run_folder = make_run_folder (&error);
  if (self->run_folder == NULL) {
    fail_start (task, UPKEEP_EMBEDDED_ERROR_START, error->message);
    return;
  }
  self->socket_path = g_build_filename (self->run_folder, "socket", NULL);
  self->token_path = g_build_filename (self->run_folder, "token", NULL);
  start = g_new0 (Start, 1);
  start->cancellable = g_cancellable_new ();
  start->deadline = g_timeout_source_new (self->deadline_ms);
  g_source_set_callback (start->deadline, deadline_cb, start, NULL);
  g_source_attach (start->deadline, g_task_get_context (task));
  if (cancellable != NULL) {
    start->caller = g_object_ref (cancellable);
    start->caller_id = g_cancellable_connect (cancellable, G_CALLBACK (caller_cancelled_cb),
                                              g_object_ref (start->cancellable), g_object_unref);
  }
  g_task_set_task_data (task, start, (GDestroyNotify) start_free);
  spawn_and_listen (g_steal_pointer (&task));
}

/**
 * upkeep_embedded_start_finish:
 * @self: a service
 * @result: of upkeep_embedded_start_async()
 * @error: return location for an error
 *
 * Ends upkeep_embedded_start_async().
 *
 * Returns: whether it listens
 */
gboolean
upkeep_embedded_start_finish (UpkeepEmbedded *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * upkeep_embedded_stop:
 * @self: a service
 *
 * Asks the program to end, which it does when what is in flight is done, and tidies up behind it.
 * It may be started again afterwards.
 */
void
upkeep_embedded_stop (UpkeepEmbedded *self)
{
  g_return_if_fail (UPKEEP_IS_EMBEDDED (self));

  if (self->child != NULL)
    g_subprocess_send_signal (self->child, SIGTERM); /* does nothing to one that has ended */
  g_clear_object (&self->child);

  if (self->run_folder != NULL) {
    g_unlink (self->socket_path);
    g_unlink (self->token_path);
    g_rmdir (self->run_folder);
  }
  g_clear_pointer (&self->run_folder, g_free);
  g_clear_pointer (&self->socket_path, g_free);
  g_clear_pointer (&self->token_path, g_free);
  g_clear_pointer (&self->token, g_free);
}

/**
 * upkeep_embedded_get_socket_path:
 * @self: a service
 *
 * Tells where it listens.
 *
 * Returns: (nullable): the path of a Unix socket; %NULL while it does not run
 */
const char *
upkeep_embedded_get_socket_path (UpkeepEmbedded *self)
{
  g_return_val_if_fail (UPKEEP_IS_EMBEDDED (self), NULL);

  return self->socket_path;
}

/**
 * upkeep_embedded_get_token:
 * @self: a service
 *
 * Tells what opens its sample account.
 *
 * Returns: (nullable): the token; %NULL while it does not run
 */
const char *
upkeep_embedded_get_token (UpkeepEmbedded *self)
{
  g_return_val_if_fail (UPKEEP_IS_EMBEDDED (self), NULL);

  return self->token;
}

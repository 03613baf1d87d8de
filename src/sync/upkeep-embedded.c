/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "upkeep-embedded"

#include "upkeep-embedded.h"

#include "upkeep-config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

/* How long the program may take to get ready: a first start plays three months of the sample
 * account's life. */
#define START_TIMEOUT_S 20
/* A socket's path has to fit into sun_path, its end included. */
#define SOCKET_PATH_MAX_BYTES 107
/* Longer than any token. */
#define TOKEN_MAX_BYTES 4096

struct _UpkeepEmbedded {
  GObject parent_instance;

  GSubprocess *process; /* (owned) (nullable) */
  char *folder;         /* (owned) (nullable): of the socket and the token, ours alone */
  char *socket_path;    /* (owned) (nullable) */
  char *token;          /* (owned) (nullable) */
};

G_DEFINE_QUARK (upkeep_embedded_error, upkeep_embedded_error)
G_DEFINE_FINAL_TYPE (UpkeepEmbedded, upkeep_embedded, G_TYPE_OBJECT)

/* What one start waits for. */
typedef struct {
  GDataInputStream *output; /* (owned) */
  GCancellable *deadline;   /* (owned): of the caller's cancelling and of the time-out */
  gulong cancelled_id;
  guint timeout_id;
  gboolean timed_out;
} Start;

static void
start_free (gpointer data)
{
  Start *start = data;

  g_clear_handle_id (&start->timeout_id, g_source_remove);
  g_clear_object (&start->output);
  g_clear_object (&start->deadline);
  g_free (start);
}

static const char *
place (const char *variable, const char *installed)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0' ? value : installed;
}

/* Dies with the window, however that ends. */
static void
child_setup_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/* A folder that only this user can look into. The session's own runtime folder where there is one
 * and it is short enough; a new one among temporary files else. */
static char *
make_folder (GError **error)
{
  const char *runtime_dir = g_getenv ("XDG_RUNTIME_DIR");

  if (runtime_dir != NULL && g_path_is_absolute (runtime_dir)) {
    g_autofree char *app_dir = g_build_filename (runtime_dir, "app", UPKEEP_APP_ID, NULL);
    g_autofree char *folder = g_build_filename (app_dir, "practice-XXXXXX", NULL);

    if (strlen (folder) + strlen ("/socket") <= SOCKET_PATH_MAX_BYTES &&
        g_mkdir_with_parents (app_dir, 0700) == 0 && g_mkdtemp (folder) != NULL)
      return g_steal_pointer (&folder);
  }

  return g_dir_make_tmp ("upkeep-XXXXXX", error);
}

static GSubprocess *
spawn (UpkeepEmbedded *self, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *installed_daemon = g_build_filename (UPKEEP_BINDIR, "upkeepd", NULL);
  g_autofree char *installed_catalogues = g_build_filename (UPKEEP_PKGDATADIR, "catalogues", NULL);
  g_autofree char *installed_sample = g_build_filename (UPKEEP_PKGDATADIR, "sample.json", NULL);
  g_autofree char *data_dir = g_build_filename (g_get_user_data_dir (), "upkeep", NULL);
  g_autofree char *listen = g_strconcat ("unix:", self->socket_path, NULL);
  g_autofree char *store = g_strconcat ("sqlite://", data_dir, "/practice.db", NULL);
  g_autofree char *token_file = g_build_filename (self->folder, "token", NULL);

  if (g_mkdir_with_parents (data_dir, 0700) != 0) {
    g_set_error (error, UPKEEP_EMBEDDED_ERROR, UPKEEP_EMBEDDED_ERROR_START, "%s: %s", data_dir,
                 g_strerror (errno));
    return NULL;
  }

  g_subprocess_launcher_set_child_setup (launcher, child_setup_cb, NULL, NULL);
  return g_subprocess_launcher_spawn (
      launcher, error, place ("UPKEEP_DAEMON", installed_daemon), "--listen", listen, "--store",
      store, "--catalogues", place ("UPKEEP_CATALOGUES", installed_catalogues), "--sample",
      place ("UPKEEP_SAMPLE", installed_sample), "--sample-token-file", token_file, NULL);
}

static gboolean
read_token (UpkeepEmbedded *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "token", NULL);
  g_autofree char *token = NULL;
  gsize size;

  if (!g_file_get_contents (path, &token, &size, error))
    return FALSE;

  g_strchomp (token);
  if (*token == '\0' || size > TOKEN_MAX_BYTES) {
    g_set_error (error, UPKEEP_EMBEDDED_ERROR, UPKEEP_EMBEDDED_ERROR_TOKEN, "%s: not a token",
                 path);
    return FALSE;
  }

  /* It is needed once; what lies about can be stolen. */
  g_unlink (path);
  self->token = g_steal_pointer (&token);
  return TRUE;
}

static void
fail_start (GTask *task, int code, const char *reason)
{
  UpkeepEmbedded *self = g_task_get_source_object (task);

  upkeep_embedded_stop (self);
  g_task_return_new_error (task, UPKEEP_EMBEDDED_ERROR, code, "%s", reason);
}

static void
line_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  UpkeepEmbedded *self = g_task_get_source_object (task);
  Start *start = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  g_clear_handle_id (&start->timeout_id, g_source_remove);
  g_cancellable_disconnect (cancellable, start->cancelled_id);
  if (g_cancellable_is_cancelled (cancellable)) {
    upkeep_embedded_stop (self);
    g_task_return_error_if_cancelled (task);
  } else if (start->timed_out) {
    fail_start (task, UPKEEP_EMBEDDED_ERROR_TIMEOUT, "the practice service did not get ready");
  } else if (line == NULL || !g_str_has_prefix (line, "upkeepd: listening on ")) {
    fail_start (task, UPKEEP_EMBEDDED_ERROR_START,
                error != NULL ? error->message : "the practice service ended before it was ready");
  } else if (!read_token (self, &error)) {
    fail_start (task, UPKEEP_EMBEDDED_ERROR_TOKEN, error->message);
  } else {
    g_task_return_boolean (task, TRUE);
  }
}

static gboolean
timed_out_cb (gpointer user_data)
{
  Start *start = user_data;

  start->timeout_id = 0;
  start->timed_out = TRUE;
  g_cancellable_cancel (start->deadline);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* GObject */

static void
upkeep_embedded_dispose (GObject *object)
{
  upkeep_embedded_stop (UPKEEP_EMBEDDED (object));

  G_OBJECT_CLASS (upkeep_embedded_parent_class)->dispose (object);
}

static void
upkeep_embedded_class_init (UpkeepEmbeddedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = upkeep_embedded_dispose;
}

static void
upkeep_embedded_init (UpkeepEmbedded *self)
{
}

/* Public */

/**
 * upkeep_embedded_new:
 *
 * Makes a practice service that does not run yet.
 *
 * Returns: (transfer full): the service
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
 * @callback: called once, never before this returns
 * @user_data: passed to @callback
 *
 * Starts `upkeepd` on a Unix socket that only this user can reach, with a database among the user's
 * data and a sample account in it.
 *
 * Where things are: `UPKEEP_DAEMON`, `UPKEEP_CATALOGUES` and `UPKEEP_SAMPLE` in the environment,
 * else the installed places.
 *
 * Errors of the finish function: `G_IO_ERROR_CANCELLED`; a `UPKEEP_EMBEDDED_ERROR`.
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
  g_return_if_fail (self->process == NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, upkeep_embedded_start_async);

  self->folder = make_folder (&error);
  if (self->folder != NULL) {
    self->socket_path = g_build_filename (self->folder, "socket", NULL);
    self->process = spawn (self, &error);
  }
  if (self->process == NULL) {
    fail_start (task, UPKEEP_EMBEDDED_ERROR_START, error->message);
    return;
  }

  start = g_new0 (Start, 1);
  g_task_set_task_data (task, start, start_free);
  start->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  start->deadline = g_cancellable_new ();
  start->timeout_id = g_timeout_add_seconds (START_TIMEOUT_S, timed_out_cb, start);
  start->cancelled_id = cancellable != NULL
                            ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                     g_object_ref (start->deadline), g_object_unref)
                            : 0;
  g_data_input_stream_read_line_async (start->output, G_PRIORITY_DEFAULT, start->deadline,
                                       line_read_cb, g_steal_pointer (&task));
}

/**
 * upkeep_embedded_start_finish:
 * @self: a service
 * @result: what the callback got
 * @error: return location for an error
 *
 * Ends a start.
 *
 * Returns: whether the service is ready
 */
gboolean
upkeep_embedded_start_finish (UpkeepEmbedded *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * upkeep_embedded_stop:
 * @self: a service, running or not
 *
 * Asks the service to finish what is in flight and to end, and removes what it stood in.
 *
 * Waits for the end, since the next start opens the same database. Call it when the windows are
 * closed: with one subscriber the end comes within milliseconds, and the service itself gives up
 * after ten seconds.
 */
void
upkeep_embedded_stop (UpkeepEmbedded *self)
{
  g_autoptr (GSubprocess) process = NULL;

  g_return_if_fail (UPKEEP_IS_EMBEDDED (self));

  process = g_steal_pointer (&self->process);
  if (process != NULL) {
    g_subprocess_send_signal (process, SIGTERM);
    g_subprocess_wait (process, NULL, NULL);
  }

  if (self->folder != NULL) {
    g_autofree char *token_file = g_build_filename (self->folder, "token", NULL);

    g_unlink (token_file);
    g_unlink (self->socket_path);
    g_rmdir (self->folder);
  }
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->socket_path, g_free);
  g_clear_pointer (&self->token, g_free);
}

/**
 * upkeep_embedded_get_socket_path:
 * @self: a service
 *
 * Gets where the service listens.
 *
 * Returns: (nullable) (transfer none): an absolute path; `NULL` where it does not run
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
 * Gets the sample account's token.
 *
 * Returns: (nullable) (transfer none): the token; `NULL` where the service does not run
 */
const char *
upkeep_embedded_get_token (UpkeepEmbedded *self)
{
  g_return_val_if_fail (UPKEEP_IS_EMBEDDED (self), NULL);

  return self->token;
}

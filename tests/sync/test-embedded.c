/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-embedded.h"

#include "upkeep-sync-test.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

/* A program in the service's place; `$token` is the path of the token's file. */
#define HEAD                                                                                       \
  "#!/bin/sh\n"                                                                                    \
  "echo $$ > \"$UPKEEP_TEST_FOLDER/pid\"\n"                                                        \
  "echo \"$*\" > \"$UPKEEP_TEST_FOLDER/arguments\"\n"                                              \
  "while [ $# -gt 0 ]; do\n"                                                                       \
  "  case $1 in --sample-token-file) token=$2 ;; esac\n"                                           \
  "  shift\n"                                                                                      \
  "done\n"
#define WAIT "exec sleep 1000\n"
/* Longer than a start takes on a busy machine, and shorter than a person waits. */
#define DEADLINE_MS       10000
#define SHORT_DEADLINE_MS 300

typedef struct {
  char *folder;
  UpkeepEmbedded *embedded;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = make_folder ();
  g_setenv ("UPKEEP_TEST_FOLDER", fixture->folder, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", fixture->folder, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  finalize_soon (fixture->embedded);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
install (Fixture *fixture, const char *script, guint deadline_ms)
{
  g_autofree char *path = g_build_filename (fixture->folder, "daemon", NULL);

  if (script != NULL) {
    g_assert_true (g_file_set_contents (path, script, -1, NULL));
    g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  }
  g_setenv ("UPKEEP_DAEMON", path, TRUE);
  fixture->embedded = g_object_new (UPKEEP_TYPE_EMBEDDED, "deadline-ms", deadline_ms, NULL);
}

static gboolean
start (Fixture *fixture, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  upkeep_embedded_start_async (fixture->embedded, cancellable, store_cb, &result);
  wait_for (&result);
  return upkeep_embedded_start_finish (fixture->embedded, result, error);
}

static char *
read_text (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? g_steal_pointer (&text) : NULL;
}

/* Until the program that said its number is gone. */
static void
wait_until_gone (Fixture *fixture)
{
  g_autofree char *text = read_text (fixture, "pid");
  pid_t pid;

  g_assert_nonnull (text);
  pid = (pid_t) g_ascii_strtoll (text, NULL, 10);
  g_assert_cmpint (pid, >, 1);
  while (kill (pid, 0) == 0)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (errno, ==, ESRCH);
}

static void
test_ready (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *arguments = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *socket_path = NULL;
  g_autofree char *run_folder = NULL;
  struct stat info;

  install (fixture, HEAD "echo ' secret ' > \"$token\"\necho 'upkeepd: listening on unix:x'\n" WAIT,
           DEADLINE_MS);
  g_assert_true (start (fixture, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (upkeep_embedded_get_token (fixture->embedded), ==, "secret");

  socket_path = g_strdup (upkeep_embedded_get_socket_path (fixture->embedded));
  run_folder = g_path_get_dirname (socket_path);
  expected = g_build_filename (fixture->folder, "app", "io.github.upkeep.Upkeep", NULL);
  g_assert_true (g_str_has_prefix (socket_path, expected));
  g_assert_cmpint (stat (run_folder, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700); /* nobody else looks in */

  arguments = read_text (fixture, "arguments");
  g_clear_pointer (&expected, g_free);
  expected = g_strdup_printf (
      "--listen unix:%s --store sqlite://%s/upkeep/practice.db --catalogues %s --sample "
      "/nowhere/sample.json --sample-token-file %s/token\n",
      socket_path, g_get_user_data_dir (), g_getenv ("UPKEEP_CATALOGUES"), run_folder);
  g_assert_cmpstr (arguments, ==, expected);

  upkeep_embedded_stop (fixture->embedded);
  g_assert_null (upkeep_embedded_get_socket_path (fixture->embedded));
  g_assert_null (upkeep_embedded_get_token (fixture->embedded));
  wait_until_gone (fixture);
  g_assert_false (g_file_test (run_folder, G_FILE_TEST_EXISTS));

  g_assert_true (start (fixture, NULL, &error)); /* again */
  g_assert_no_error (error);
}

/* Letting go of it ends the program, too. */
static void
test_owner_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  install (fixture, HEAD "echo t > \"$token\"\necho 'upkeepd: listening on unix:x'\n" WAIT,
           DEADLINE_MS);
  g_assert_true (start (fixture, NULL, &error));
  finalize_soon (fixture->embedded);
  wait_until_gone (fixture);
  fixture->embedded = upkeep_embedded_new ();
}

/* A path that no socket can have: the temporary folder serves. */
static void
test_long_runtime_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strnfill (90, 'x');
  g_autofree char *folder = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  install (fixture, HEAD "echo t > \"$token\"\necho 'upkeepd: listening on unix:x'\n" WAIT,
           DEADLINE_MS);
  g_assert_true (start (fixture, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (
      g_str_has_prefix (upkeep_embedded_get_socket_path (fixture->embedded), fixture->folder));
  g_assert_cmpuint (strlen (upkeep_embedded_get_socket_path (fixture->embedded)), <, 108);
}

/* The one before may still have the store: the status says that trying again may help. */
static void
test_retry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *tries = NULL;

  install (fixture,
           HEAD "echo >> \"$UPKEEP_TEST_FOLDER/tries\"\n"
                "[ $(wc -l < \"$UPKEEP_TEST_FOLDER/tries\") -ge 3 ] || exit 1\n"
                "echo t > \"$token\"\necho 'upkeepd: listening on unix:x'\n" WAIT,
           DEADLINE_MS);
  g_assert_true (start (fixture, NULL, &error));
  g_assert_no_error (error);
  tries = read_text (fixture, "tries");
  g_assert_cmpstr (tries, ==, "\n\n\n");
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  const struct {
    const char *what;
    const char *script; /* NULL: no such program */
    guint deadline_ms;
    UpkeepEmbeddedError error;
  } vectors[] = {
      {"no program", NULL, DEADLINE_MS, UPKEEP_EMBEDDED_ERROR_START},
      {"ends", HEAD "exit 78\n", DEADLINE_MS, UPKEEP_EMBEDDED_ERROR_START},
      {"is killed", HEAD "kill -9 $$\n", DEADLINE_MS, UPKEEP_EMBEDDED_ERROR_START},
      {"fails all the time", HEAD "exit 1\n", SHORT_DEADLINE_MS, UPKEEP_EMBEDDED_ERROR_TIMEOUT},
      {"says something else", HEAD "echo hello\n" WAIT, DEADLINE_MS, UPKEEP_EMBEDDED_ERROR_START},
      {"says nothing", HEAD WAIT, SHORT_DEADLINE_MS, UPKEEP_EMBEDDED_ERROR_TIMEOUT},
      {"no end of line", HEAD "printf 'upkeepd: listening on '\n" WAIT, SHORT_DEADLINE_MS,
       UPKEEP_EMBEDDED_ERROR_TIMEOUT},
      {"no token", HEAD "echo 'upkeepd: listening on unix:x'\n" WAIT, DEADLINE_MS,
       UPKEEP_EMBEDDED_ERROR_TOKEN},
      {"empty token", HEAD "> \"$token\"\necho 'upkeepd: listening on unix:x'\n" WAIT, DEADLINE_MS,
       UPKEEP_EMBEDDED_ERROR_TOKEN},
      {"binary token",
       HEAD "printf '\\303\\251' > \"$token\"\necho 'upkeepd: listening on unix:x'\n" WAIT,
       DEADLINE_MS, UPKEEP_EMBEDDED_ERROR_TOKEN},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", vectors[i].what);
    g_clear_object (&fixture->embedded);
    install (fixture, vectors[i].script, vectors[i].deadline_ms);
    g_assert_false (start (fixture, NULL, &error));
    g_assert_error (error, UPKEEP_EMBEDDED_ERROR, (int) vectors[i].error);
    g_assert_null (upkeep_embedded_get_socket_path (fixture->embedded));
    if (vectors[i].script != NULL)
      wait_until_gone (fixture);
  }
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GCancellable) during = g_cancellable_new ();
  g_autoptr (GError) before_error = NULL;
  g_autoptr (GError) during_error = NULL;

  install (fixture, HEAD WAIT, DEADLINE_MS);
  g_cancellable_cancel (before);
  g_assert_false (start (fixture, before, &before_error));
  g_assert_error (before_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_idle_add (cancel_cb, during);
  g_assert_false (start (fixture, during, &during_error));
  g_assert_error (during_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (upkeep_embedded_get_socket_path (fixture->embedded));
}

int
main (int argc, char *argv[])
{
  const struct {
    const char *path;
    void (*function) (Fixture *fixture, gconstpointer data);
  } tests[] = {
      {"/sync/embedded/ready", test_ready},
      {"/sync/embedded/owner-gone", test_owner_gone},
      {"/sync/embedded/long-runtime-folder", test_long_runtime_folder},
      {"/sync/embedded/retry", test_retry},
      {"/sync/embedded/failures", test_failures},
      {"/sync/embedded/cancel", test_cancel},
  };
  g_autofree char *data_folder = make_folder ();
  int status;

  g_setenv ("XDG_DATA_HOME", data_folder, TRUE);
  g_setenv ("UPKEEP_SAMPLE", "/nowhere/sample.json", TRUE);
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].function, tear_down);
  status = g_test_run ();
  remove_folder (data_folder);
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>

/* Waiting for one callback, and the golden documents of tests/data/wire. */

static inline void
store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **ret_result = user_data;

  *ret_result = g_object_ref (result);
  g_main_context_wakeup (NULL);
}

static inline void
wait_for (GAsyncResult **result)
{
  g_assert_null (*result); /* never before the call returns */
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Gives the last reference but those of workers up, and waits until they are done with it. */
static inline void
finalize_soon (gpointer object)
{
  GObject *watched = object;

  g_object_add_weak_pointer (watched, (gpointer *) &watched);
  g_object_unref (object);
  while (g_atomic_pointer_get (&watched) != NULL)
    g_main_context_iteration (NULL, FALSE);
}

/* Until nothing is left to do, so that what was let go is gone. */
static inline void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static inline char *
dup_golden (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "wire", file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&text);
}

/* A folder of one test, and its end with all that is in it (one level deep). */
static inline char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("upkeep-sync-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static inline void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_folder (path);
    else
      g_unlink (path);
  }
  g_rmdir (folder);
}

/* The one file of a folder whose name begins with @prefix; %NULL where there is none. */
static inline char *
find_file (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  char *found = NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (!g_str_has_prefix (name, prefix) || !g_str_has_suffix (name, ".json"))
      continue;
    g_assert_null (found);
    found = g_build_filename (folder, name, NULL);
  }
  return found;
}

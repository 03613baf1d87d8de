/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Files set aside by one name; the last one gives way to a newer one. */
#define ASIDE_MAX   9
#define CHUNK_BYTES 16384

/**
 * upkeep_file_read:
 * @path: a file
 * @max_bytes: the most it may have
 * @error: return location for a `G_IO_ERROR`; `G_IO_ERROR_NOT_FOUND` where there is no such file
 *
 * Reads a file that may be anything. It blocks: call it in a worker.
 *
 * Returns: (transfer full): what is in it, or `NULL` with @error set
 */
GBytes *
upkeep_file_read (const char *path, gsize max_bytes, GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  guint8 chunk[CHUNK_BYTES];
  gssize n = 0;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (max_bytes < G_MAXUINT - CHUNK_BYTES, NULL);

  /* Not to be held up by what is no file. */
  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  while (fd >= 0 && array->len <= max_bytes) {
    n = read (fd, chunk, sizeof chunk);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      break;
    g_byte_array_append (array, chunk, (guint) n);
  }

  if (fd < 0 || n < 0)
    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", path,
                 g_strerror (errno));
  else if (array->len > max_bytes)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "%s: more than %" G_GSIZE_FORMAT " bytes",
                 path, max_bytes);
  if (fd >= 0)
    close (fd);
  return fd >= 0 && n >= 0 && array->len <= max_bytes
             ? g_byte_array_free_to_bytes (g_steal_pointer (&array))
             : NULL;
}

/**
 * upkeep_file_write:
 * @path: a file; its folder is made where it is missing
 * @data: what to put into it
 * @size: how many bytes
 * @flags: how careful to be
 * @error: return location for a `G_IO_ERROR` or a `G_FILE_ERROR`
 *
 * Writes a file that only its owner may read. It blocks: call it in a worker.
 *
 * Returns: whether it is written
 */
gboolean
upkeep_file_write (
    const char *path, const char *data, gsize size, GFileSetContentsFlags flags, GError **error)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", folder,
                 g_strerror (errno));
    return FALSE;
  }
  return g_file_set_contents_full (path, data, (gssize) size, flags, 0600, error);
}

/**
 * upkeep_file_set_aside:
 * @path: a file that cannot be read as what it should be
 *
 * Moves a file out of the way without losing it, to `PATH.1` up to `PATH.9` (RELIABILITY 59). It
 * blocks: call it in a worker. Where it cannot be moved it stays.
 */
void
upkeep_file_set_aside (const char *path)
{
  g_autofree char *aside = NULL;

  g_return_if_fail (path != NULL);

  for (int i = 1; i <= ASIDE_MAX; i++) {
    g_free (aside);
    aside = g_strdup_printf ("%s.%d", path, i);
    if (!g_file_test (aside, G_FILE_TEST_EXISTS))
      break;
  }
  if (g_rename (path, aside) != 0)
    g_debug ("%s stays where it is: %s", path, g_strerror (errno));
}

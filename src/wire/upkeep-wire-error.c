/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-error.h"

#include <string.h>

/* How much of a stranger's member name is shown. */
#define NAME_SHOWN_MAX_BYTES 64

G_DEFINE_QUARK (upkeep_wire_error, upkeep_wire_error)

/**
 * upkeep_wire_error_append_name:
 * @path: where to put the name
 * @name: a member's name, from anywhere
 *
 * Adds a member to a path, with a dot between them.
 *
 * What could be taken for part of the path or of the sentence after it is shown as `?`, for names
 * of unknown members come from outside.
 */
void
upkeep_wire_error_append_name (GString *path, const char *name)
{
  g_return_if_fail (path != NULL);
  g_return_if_fail (name != NULL);

  if (path->len > 0)
    g_string_append_c (path, '.');
  for (gsize i = 0; i < NAME_SHOWN_MAX_BYTES && name[i] != '\0'; i++) {
    char c = name[i];

    g_string_append_c (path, g_ascii_isalnum (c) || c == '_' || c == '-' ? c : '?');
  }
}

/**
 * upkeep_wire_error_dup_member:
 * @error: any error
 *
 * Takes the path of the member at fault, like `plans[2].prices.year`, off the message.
 *
 * Returns: (transfer full) (nullable): the path, or %NULL when the error is about no member
 */
char *
upkeep_wire_error_dup_member (const GError *error)
{
  const char *space;

  g_return_val_if_fail (error != NULL, NULL);

  if (!g_error_matches (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_MEMBER) &&
      !g_error_matches (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER) &&
      !g_error_matches (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_VALUE))
    return NULL;

  /* No path has a space in it. */
  space = strchr (error->message, ' ');
  if (space == NULL || space == error->message || space[-1] != ':')
    return NULL;
  return g_strndup (error->message, (gsize) (space - 1 - error->message));
}

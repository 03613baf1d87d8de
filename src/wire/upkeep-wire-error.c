/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-error.h"

#include <string.h>

G_DEFINE_QUARK (upkeep_wire_error, upkeep_wire_error)

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
  const char *end;

  g_return_val_if_fail (error != NULL, NULL);

  if (!g_error_matches (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_MEMBER) &&
      !g_error_matches (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER) &&
      !g_error_matches (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_VALUE))
    return NULL;

  end = strstr (error->message, ": ");
  return end != NULL ? g_strndup (error->message, (gsize) (end - error->message)) : NULL;
}

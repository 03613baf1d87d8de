/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-cursor.h"

#include "upkeep-random.h"

#include <string.h>

/* A cursor is a position and a seal that only we can make. */
#define POSITION_BYTES 8
#define SEAL_BYTES     8

static void
write_cursor (GBytes *secret,
              const char *list,
              gint64 position,
              guint8 ret_bytes[POSITION_BYTES + SEAL_BYTES])
{
  gint64 big_endian = GINT64_TO_BE (position);
  gsize secret_size = 0;
  const guint8 *secret_data = g_bytes_get_data (secret, &secret_size);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, secret_data, secret_size);
  guint8 digest[32];
  gsize digest_size = sizeof digest;

  memcpy (ret_bytes, &big_endian, POSITION_BYTES);
  g_hmac_update (hmac, ret_bytes, POSITION_BYTES);
  g_hmac_update (hmac, (const guint8 *) list, -1);
  g_hmac_get_digest (hmac, digest, &digest_size);
  memcpy (ret_bytes + POSITION_BYTES, digest, SEAL_BYTES);
}

/**
 * upkeep_cursor_print:
 * @secret: a secret of the store
 * @list: which list of whom the cursor is good for
 * @position: where the next page begins, in terms of that list
 *
 * Makes an opaque cursor of letters that need no escape in a URL.
 *
 * Returns: (transfer full): the cursor
 */
char *
upkeep_cursor_print (GBytes *secret, const char *list, gint64 position)
{
  guint8 bytes[POSITION_BYTES + SEAL_BYTES];

  g_return_val_if_fail (secret != NULL, NULL);
  g_return_val_if_fail (list != NULL, NULL);

  write_cursor (secret, list, position, bytes);
  return upkeep_base64url (bytes, sizeof bytes);
}

/**
 * upkeep_cursor_parse:
 * @secret: a secret of the store
 * @list: which list of whom
 * @text: what a client has sent
 * @ret_position: (out): where the page begins
 *
 * Reads a cursor that was given for this very list.
 *
 * Returns: `FALSE` when it was not
 */
gboolean
upkeep_cursor_parse (GBytes *secret, const char *list, const char *text, gint64 *ret_position)
{
  guint8 wanted[POSITION_BYTES + SEAL_BYTES];
  g_autofree guint8 *bytes = NULL;
  gsize size = 0;
  gint64 big_endian;

  g_return_val_if_fail (secret != NULL, FALSE);
  g_return_val_if_fail (list != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ret_position != NULL, FALSE);

  bytes = upkeep_base64url_decode (text, &size);
  if (bytes == NULL || size != sizeof wanted)
    return FALSE;
  memcpy (&big_endian, bytes, POSITION_BYTES);
  write_cursor (secret, list, GINT64_FROM_BE (big_endian), wanted);
  if (memcmp (bytes, wanted, sizeof wanted) != 0)
    return FALSE;
  *ret_position = GINT64_FROM_BE (big_endian);
  return TRUE;
}

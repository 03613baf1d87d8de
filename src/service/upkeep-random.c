/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

/* 130 bits in 26 letters: nobody guesses an id, and no two are alike. */
#define ID_CHARS 26

#define INVOICE_PREFIX_CHARS 8

#define TOKEN_BYTES 32

/**
 * upkeep_random_bytes:
 * @ret_bytes: (out) (array length=size): where to
 * @size: how many, at most 256
 *
 * Draws bytes that nobody can foretell.
 */
void
upkeep_random_bytes (guint8 *ret_bytes, gsize size)
{
  gssize n_drawn;

  g_return_if_fail (ret_bytes != NULL);
  g_return_if_fail (size <= 256); /* up to here a draw is whole or not at all */

  do
    n_drawn = getrandom (ret_bytes, size, 0);
  while (n_drawn < 0 && errno == EINTR);
  g_assert (n_drawn == (gssize) size);
}

/* Draws letters of an alphabet of 32. */
static char *
draw (const char *alphabet, gsize n_chars)
{
  guint8 bytes[ID_CHARS];
  char *text = g_malloc (n_chars + 1);

  g_assert (n_chars <= sizeof bytes);
  upkeep_random_bytes (bytes, n_chars);
  for (gsize i = 0; i < n_chars; i++)
    text[i] = alphabet[bytes[i] & 31];
  text[n_chars] = '\0';
  return text;
}

/**
 * upkeep_random_id:
 *
 * Makes a new opaque id.
 *
 * Returns: (transfer full): 26 lower-case letters and digits
 */
char *
upkeep_random_id (void)
{
  return draw ("abcdefghijklmnopqrstuvwxyz234567", ID_CHARS);
}

/**
 * upkeep_random_invoice_prefix:
 *
 * Makes what the numbers of one account's invoices begin with. Letters and digits that look alike
 * are left out, as people read the numbers to each other.
 *
 * Returns: (transfer full): 8 capital letters and digits
 */
char *
upkeep_random_invoice_prefix (void)
{
  return draw ("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", INVOICE_PREFIX_CHARS);
}

/**
 * upkeep_random_token:
 *
 * Makes a token of 256 bits, which lets in whoever has it.
 *
 * Returns: (transfer full): 43 letters that need no escape in a URL
 */
char *
upkeep_random_token (void)
{
  guint8 bytes[TOKEN_BYTES];

  upkeep_random_bytes (bytes, sizeof bytes);
  return upkeep_base64url (bytes, sizeof bytes);
}

/**
 * upkeep_hash_token:
 * @token: a token
 *
 * Hashes a token, so that it can be recognised without being kept.
 *
 * Returns: (transfer full): the 32 bytes of its SHA-256
 */
GBytes *
upkeep_hash_token (const char *token)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_return_val_if_fail (token != NULL, NULL);

  g_checksum_update (checksum, (const guint8 *) token, -1);
  g_checksum_get_digest (checksum, digest, &size);
  return g_bytes_new (digest, size);
}

/**
 * upkeep_base64url:
 * @bytes: (array length=size): any bytes
 * @size: how many
 *
 * Writes bytes with letters that need no escape in a URL (RFC 4648 section 5, without padding).
 *
 * Returns: (transfer full): the text
 */
char *
upkeep_base64url (const guint8 *bytes, gsize size)
{
  char *text;

  g_return_val_if_fail (bytes != NULL || size == 0, NULL);

  text = g_base64_encode (bytes, size);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

/**
 * upkeep_base64url_decode:
 * @text: as upkeep_base64url() writes it
 * @ret_size: (out): how many bytes
 *
 * Reads what upkeep_base64url() has written.
 *
 * Returns: (transfer full) (nullable): the bytes, or `NULL` when @text is of another form
 */
guint8 *
upkeep_base64url_decode (const char *text, gsize *ret_size)
{
  g_autofree char *plain = NULL;
  g_autofree guint8 *bytes = NULL;
  g_autofree char *again = NULL;
  gsize length;
  gsize size = 0;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (ret_size != NULL, NULL);

  length = strlen (text);
  plain = g_malloc (length + 4);
  memcpy (plain, text, length);
  while (length % 4 != 0)
    plain[length++] = '=';
  plain[length] = '\0';
  g_strdelimit (plain, "-", '+');
  g_strdelimit (plain, "_", '/');

  bytes = g_base64_decode (plain, &size);
  again = upkeep_base64url (bytes, size);
  if (!g_str_equal (again, text))
    return NULL;
  *ret_size = size;
  return g_steal_pointer (&bytes);
}

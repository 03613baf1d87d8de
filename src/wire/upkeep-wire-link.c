/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-link.h"

#include "upkeep-reader.h"
#include "upkeep-wire-parts.h"

#include <string.h>

#define URL_MAX_CHARS 2048

/* Whether an address is one that a browser may be sent to: the text is a program's on another
 * machine. */
static gboolean
is_web_address (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0' ||
      g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  for (const char *c = url; *c != '\0'; c++) {
    if (!g_ascii_isgraph (*c))
      return FALSE;
  }
  return g_str_equal (g_uri_get_scheme (uri), "https") ||
         g_str_equal (g_uri_get_scheme (uri), "http");
}

/**
 * upkeep_wire_parse_link:
 * @node: what `POST /v1/account/links` and `…/payment-method-sessions` answer
 * @ret_link: (out): the link; to be cleared by the caller
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"url":text,"expires_at":instant}`.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_VALUE`.
 *
 * Returns: `FALSE` with @error set
 */
gboolean
upkeep_wire_parse_link (JsonNode *node, UpkeepLink *ret_link, GError **error)
{
  UpkeepReader reader;
  const char *url = NULL;
  gint64 expires_at_s = 0;

  g_return_val_if_fail (node != NULL, FALSE);
  g_return_val_if_fail (ret_link != NULL, FALSE);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, error);
  if (upkeep_reader_string (&reader, "url", 1, URL_MAX_CHARS, &url) && !is_web_address (url))
    upkeep_reader_fail (&reader, "url", "is no address for a browser");
  upkeep_reader_instant (&reader, "expires_at", &expires_at_s);
  if (!upkeep_reader_finish (&reader))
    return FALSE;
  *ret_link = (UpkeepLink){g_strdup (url), expires_at_s};
  return TRUE;
}

/**
 * upkeep_wire_print_link:
 * @link: a link
 *
 * Writes a link as upkeep_wire_parse_link() reads it.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_link (const UpkeepLink *link)
{
  JsonObject *object;

  g_return_val_if_fail (link != NULL && link->url != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "url", link->url);
  upkeep_wire_set_instant (object, "expires_at", link->expires_at_s);
  return upkeep_wire_take_object (object);
}

/**
 * upkeep_link_clear:
 * @self: a link
 *
 * Frees what is in it.
 */
void
upkeep_link_clear (UpkeepLink *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->url, g_free);
}

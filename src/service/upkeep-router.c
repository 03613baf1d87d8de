/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-router.h"

#include <string.h>

/* Whether @path is of @pattern; captures what its names stand for. */
static gboolean
match_pattern (const char *pattern, const char *path, UpkeepRouteMatch *match)
{
  guint n_captures = 0;

  while (*pattern != '\0' && *path != '\0') {
    if (*pattern == '{') {
      gsize length = strcspn (path, "/");

      if (length == 0)
        return FALSE;
      g_assert (n_captures < UPKEEP_ROUTE_CAPTURES_MAX);
      match->captures[n_captures] = upkeep_percent_decode (path, length, FALSE);
      if (match->captures[n_captures++] == NULL)
        return FALSE;
      path += length;
      pattern = strchr (pattern, '}') + 1;
    } else if (*pattern++ != *path++) {
      return FALSE;
    }
  }
  return *pattern == '\0' && *path == '\0';
}

/**
 * upkeep_router_match:
 * @routes: (array length=n_routes): the table; the first row that fits is taken
 * @n_routes: how many rows
 * @request: a request
 * @ret_match: (out caller-allocates): the route; to be cleared by the caller
 * @ret_refusal: (out) (transfer full): why not: 404, or 405 with what is allowed
 *
 * Finds the route of a request. Paths match exactly: no prefix, no trailing slash, no case folding.
 *
 * Returns: `TRUE` when there is one
 */
gboolean
upkeep_router_match (const UpkeepRoute *routes,
                     gsize n_routes,
                     const UpkeepRequest *request,
                     UpkeepRouteMatch *ret_match,
                     UpkeepResponse **ret_refusal)
{
  const char *path = upkeep_request_get_path (request);
  UpkeepMethod method = upkeep_request_get_method (request);
  gboolean has_get = FALSE;
  gboolean has_post = FALSE;
  UpkeepResponse *refusal;

  g_return_val_if_fail (routes != NULL, FALSE);
  g_return_val_if_fail (ret_match != NULL, FALSE);
  g_return_val_if_fail (ret_refusal != NULL, FALSE);

  if (method == UPKEEP_METHOD_HEAD)
    method = UPKEEP_METHOD_GET;
  for (gsize i = 0; i < n_routes; i++) {
    g_auto (UpkeepRouteMatch) match = {0};

    if (!match_pattern (routes[i].pattern, path, &match))
      continue;
    if (routes[i].method == method) {
      *ret_match = match;
      ret_match->route = &routes[i];
      memset (&match, 0, sizeof match);
      return TRUE;
    }
    has_get |= routes[i].method == UPKEEP_METHOD_GET;
    has_post |= routes[i].method == UPKEEP_METHOD_POST;
  }

  if (!has_get && !has_post) {
    *ret_refusal =
        upkeep_response_new_refusal (UPKEEP_PROBLEM_NOT_FOUND, "There is nothing at this path.");
    return FALSE;
  }
  refusal = upkeep_response_new_refusal (UPKEEP_PROBLEM_METHOD_NOT_ALLOWED,
                                         "The method is not allowed here.");
  upkeep_response_set_header (refusal, UPKEEP_RESPONSE_ALLOW,
                              has_get && has_post ? "GET, HEAD, POST"
                              : has_get           ? "GET, HEAD"
                                                  : "POST");
  *ret_refusal = refusal;
  return FALSE;
}

/**
 * upkeep_route_match_clear:
 * @self: a match
 *
 * Frees what a match holds.
 */
void
upkeep_route_match_clear (UpkeepRouteMatch *self)
{
  g_return_if_fail (self != NULL);

  self->route = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (self->captures); i++)
    g_clear_pointer (&self->captures[i], g_free);
}

/**
 * upkeep_route_match_get:
 * @self: a match
 * @name: a name of the pattern, without its braces
 *
 * Gets what a name stands for, with escapes decoded: not empty, UTF-8, no control character. It may
 * have slashes in it.
 *
 * Returns: (transfer none): the text
 */
const char *
upkeep_route_match_get (const UpkeepRouteMatch *self, const char *name)
{
  gsize length;
  guint capture = 0;

  g_return_val_if_fail (self != NULL && self->route != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  length = strlen (name);
  for (const char *at = strchr (self->route->pattern, '{'); at != NULL; at = strchr (at, '{')) {
    at++;
    if (strncmp (at, name, length) == 0 && at[length] == '}')
      return self->captures[capture];
    capture++;
  }
  g_return_val_if_reached (NULL);
}

/**
 * upkeep_route_check_body:
 * @self: the route of @request
 * @request: a request whose body need not be there yet
 *
 * Judges a body by what the head says of it.
 *
 * Refused: 400 (a body where none is taken), 413 (longer than the route allows), 415 (of another
 * type).
 *
 * Returns: (transfer full) (nullable): why not, or `NULL` when the body may come
 */
UpkeepResponse *
upkeep_route_check_body (const UpkeepRoute *self, const UpkeepRequest *request)
{
  UpkeepContent wanted;
  guint64 length;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);

  length = upkeep_request_get_content_length (request);
  if (length == 0)
    return NULL;
  if (self->body_max_bytes == 0)
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED, "No body is taken here.");
  if (length > self->body_max_bytes)
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_BODY_TOO_LARGE, "The body is too large.");
  if (self->flags & UPKEEP_ROUTE_ANY_BODY)
    return NULL;
  wanted = self->flags & UPKEEP_ROUTE_FORM ? UPKEEP_CONTENT_FORM : UPKEEP_CONTENT_JSON;
  if (upkeep_request_get_content (request) != wanted)
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_UNSUPPORTED_MEDIA_TYPE,
                                        wanted == UPKEEP_CONTENT_FORM
                                            ? "The body has to be a form."
                                            : "The body has to be application/json.");
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-router.h"

#include <string.h>

static UpkeepResponse *
answer (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  return upkeep_response_new_bytes (200, NULL, NULL);
}

static const UpkeepRoute routes[] = {
    {UPKEEP_METHOD_GET, "/healthz", answer, UPKEEP_AUTH_NONE, 0, 0},
    {UPKEEP_METHOD_GET, "/v1/account", answer, UPKEEP_AUTH_SUBSCRIBER, 0, 0},
    {UPKEEP_METHOD_POST, "/v1/account/quotes", answer, UPKEEP_AUTH_SUBSCRIBER, 100, 0},
    {UPKEEP_METHOD_GET, "/v1/account/quotes/{id}", answer, UPKEEP_AUTH_SUBSCRIBER, 0, 0},
    {UPKEEP_METHOD_POST, "/v1/account/quotes/{id}/accept", answer, UPKEEP_AUTH_SUBSCRIBER, 100, 0},
    {UPKEEP_METHOD_GET, "/v1/admin/clock", answer, UPKEEP_AUTH_ADMIN, 0, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/clock", answer, UPKEEP_AUTH_ADMIN, 100, 0},
    {UPKEEP_METHOD_GET, "/two/{first}/{second}", answer, UPKEEP_AUTH_NONE, 0, 0},
    {UPKEEP_METHOD_POST, "/oauth/token", answer, UPKEEP_AUTH_NONE, 100, UPKEEP_ROUTE_FORM},
    {UPKEEP_METHOD_POST, "/webhook", answer, UPKEEP_AUTH_NONE, 100, UPKEEP_ROUTE_ANY_BODY},
};

static UpkeepRequest *
make (const char *method, const char *target, const char *type, const char *length)
{
  UpkeepHeaderField fields[3] = {{"Host", "x", 4, 1}};
  gsize n_fields = 1;
  UpkeepResponse *refusal = NULL;
  UpkeepRequest *request;

  if (type != NULL)
    fields[n_fields++] = (UpkeepHeaderField){"Content-Type", type, 12, strlen (type)};
  if (length != NULL)
    fields[n_fields++] = (UpkeepHeaderField){"Content-Length", length, 14, strlen (length)};
  request = upkeep_request_new (method, target, fields, n_fields, "unix", &refusal);
  g_assert_nonnull (request);
  return request;
}

static void
test_match (void)
{
  static const struct {
    const char *method;
    const char *path;
    guint status;      /* 0 for matched */
    const char *found; /* the pattern, or what is allowed */
  } rows[] = {
      {"GET", "/healthz", 0, "/healthz"},
      {"HEAD", "/healthz", 0, "/healthz"},
      {"GET", "/v1/account", 0, "/v1/account"},
      {"GET", "/v1/account/quotes/q1", 0, "/v1/account/quotes/{id}"},
      {"POST", "/v1/account/quotes/q1/accept", 0, "/v1/account/quotes/{id}/accept"},
      {"GET", "/v1/admin/clock", 0, "/v1/admin/clock"},
      {"POST", "/v1/admin/clock", 0, "/v1/admin/clock"},
      /* A 14: exact */
      {"GET", "/healthzz", 404, NULL},
      {"GET", "/health", 404, NULL},
      {"GET", "/healthz/", 404, NULL},
      {"GET", "/Healthz", 404, NULL},
      {"GET", "/", 404, NULL},
      {"GET", "/v1/account/quotes/", 404, NULL},
      {"GET", "/v1/account/quotes/a/b", 404, NULL},
      {"POST", "/v1/account/quotes/a/accept/", 404, NULL},
      {"GET", "/v1/account/quotes/%FF", 404, NULL},
      {"PUT", "/nothing", 404, NULL},
      /* A 15: 405 with Allow */
      {"POST", "/healthz", 405, "GET, HEAD"},
      {"DELETE", "/v1/account", 405, "GET, HEAD"},
      {"GET", "/v1/account/quotes", 405, "POST"},
      {"HEAD", "/v1/account/quotes", 405, "POST"},
      {"GET", "/v1/account/quotes/q1/accept", 405, "POST"},
      {"OPTIONS", "/v1/admin/clock", 405, "GET, HEAD, POST"},
  };

  g_test_summary ("Paths match exactly; another method is told what is allowed.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UpkeepRequest) request = make (rows[i].method, rows[i].path, NULL, NULL);
    g_auto (UpkeepRouteMatch) match = {0};
    g_autoptr (UpkeepResponse) refusal = NULL;

    g_test_message ("%s %s", rows[i].method, rows[i].path);
    if (upkeep_router_match (routes, G_N_ELEMENTS (routes), request, &match, &refusal)) {
      g_assert_cmpuint (rows[i].status, ==, 0);
      g_assert_cmpstr (match.route->pattern, ==, rows[i].found);
    } else {
      g_assert_cmpuint (upkeep_response_get_status (refusal), ==, rows[i].status);
      g_assert_cmpstr (upkeep_response_get_header (refusal, UPKEEP_RESPONSE_ALLOW), ==,
                       rows[i].found);
    }
  }
}

static void
test_captures (void)
{
  g_autoptr (UpkeepRequest) request = make ("GET", "/two/a%2Fb/%E4%B8%AD%20c", NULL, NULL);
  g_auto (UpkeepRouteMatch) match = {0};
  g_autoptr (UpkeepResponse) refusal = NULL;

  g_test_summary ("Names stand for decoded text.");
  g_assert_true (upkeep_router_match (routes, G_N_ELEMENTS (routes), request, &match, &refusal));
  g_assert_cmpstr (upkeep_route_match_get (&match, "first"), ==, "a/b");
  g_assert_cmpstr (upkeep_route_match_get (&match, "second"), ==, "\xe4\xb8\xad c");
}

static void
test_body (void)
{
  static const struct {
    const char *method;
    const char *path;
    const char *type;
    const char *length;
    guint status; /* 0 for taken */
  } rows[] = {
      {"GET", "/healthz", NULL, NULL, 0},
      {"GET", "/healthz", "text/plain", "0", 0},
      {"GET", "/healthz", "application/json", "1", 400},
      {"POST", "/v1/account/quotes", "application/json", "100", 0},
      {"POST", "/v1/account/quotes", "application/json", "101", 413},
      {"POST", "/v1/account/quotes", "text/plain", "101", 413},
      {"POST", "/v1/account/quotes", NULL, NULL, 0},
      {"POST", "/v1/account/quotes", NULL, "0", 0},
      {"POST", "/v1/account/quotes", NULL, "2", 415},
      {"POST", "/v1/account/quotes", "text/json", "2", 415},
      {"POST", "/v1/account/quotes", "application/x-www-form-urlencoded", "2", 415},
      {"POST", "/oauth/token", "application/x-www-form-urlencoded", "2", 0},
      {"POST", "/oauth/token", "application/json", "2", 415},
      {"POST", "/webhook", NULL, "100", 0},
      {"POST", "/webhook", "text/plain", "101", 413},
  };

  g_test_summary ("A body is judged by its head.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UpkeepRequest) request =
        make (rows[i].method, rows[i].path, rows[i].type, rows[i].length);
    g_auto (UpkeepRouteMatch) match = {0};
    g_autoptr (UpkeepResponse) refusal = NULL;
    g_autoptr (UpkeepResponse) judged = NULL;

    g_test_message ("%s %s %s", rows[i].path, rows[i].type, rows[i].length);
    g_assert_true (upkeep_router_match (routes, G_N_ELEMENTS (routes), request, &match, &refusal));
    judged = upkeep_route_check_body (match.route, request);
    g_assert_cmpuint (judged != NULL ? upkeep_response_get_status (judged) : 0, ==, rows[i].status);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/router/match", test_match);
  g_test_add_func ("/service/router/captures", test_captures);
  g_test_add_func ("/service/router/body", test_body);
  return g_test_run ();
}

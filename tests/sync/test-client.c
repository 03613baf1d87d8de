/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-client.h"

#include "upkeep-sync-test.h"
#include "upkeep-test-server.h"

#include <glib/gstdio.h>
#include <string.h>

#define TOKEN   "secret-token"
#define JSON    "application/json"
#define PROBLEM "application/problem+json"
#define ACCEPT  "POST /v1/account/quotes/q_upgrade/accept HTTP/1.1\r\n"
/* Generous where an answer comes, short where none does. */
#define DEADLINE_MS       10000
#define SHORT_DEADLINE_MS 150

static UpkeepClient *
new_client (const char *uri, guint deadline_ms)
{
  return g_object_new (UPKEEP_TYPE_CLIENT, "base-uri", uri, "token", TOKEN, "deadline-ms",
                       deadline_ms, NULL);
}

static UpkeepFetched *
fetch_account (UpkeepClient *client, const char *etag, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  upkeep_client_fetch_account_async (client, etag, cancellable, store_cb, &result);
  wait_for (&result);
  return upkeep_client_fetch_account_finish (client, result, error);
}

static gboolean
accept_quote (UpkeepClient *client,
              UpkeepStatement **ret_statement,
              UpkeepReceipt **ret_receipt,
              GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  upkeep_client_accept_quote_async (client, "q_upgrade", UPKEEP_TIMING_IMMEDIATE, "key-1", NULL,
                                    store_cb, &result);
  wait_for (&result);
  return upkeep_client_accept_quote_finish (client, result, ret_statement, ret_receipt, error);
}

static void
test_account (void)
{
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  UpkeepClient *client = new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);
  g_autofree char *body = dup_golden ("account-active");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (UpkeepFetched) fetched = NULL;
  g_autoptr (UpkeepFetched) again = NULL;
  g_autoptr (GError) error = NULL;

  upkeep_test_server_answer (server, "GET /v1/account HTTP/1.1\r\n", 200, "ETag: \"17\"\r\n", JSON,
                             body);
  upkeep_test_server_answer (server, "GET /v1/account HTTP/1.1\r\n", 304, "ETag: \"17\"\r\n", NULL,
                             "");

  fetched = fetch_account (client, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fetched->statement->version, ==, 17);
  g_assert_cmpstr (fetched->etag, ==, "\"17\"");
  g_assert_cmpuint (g_bytes_get_size (fetched->body), ==, strlen (body));

  again = fetch_account (client, fetched->etag, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (again->body);
  g_assert_null (again->statement);

  first = upkeep_test_server_dup_request (server, 0);
  g_assert_nonnull (strstr (first, "\r\nAuthorization: Bearer " TOKEN "\r\n"));
  g_assert_nonnull (strstr (first, "\r\nAccept: application/json, application/problem+json\r\n"));
  g_assert_null (strstr (first, "Accept-Encoding"));
  g_assert_null (strstr (first, "Accept-Language"));
  g_assert_null (strstr (first, "Cookie"));
  g_assert_null (strstr (first, "If-None-Match"));
  second = upkeep_test_server_dup_request (server, 1);
  g_assert_nonnull (strstr (second, "\r\nIf-None-Match: \"17\"\r\n"));

  g_assert_finalize_object (client);
}

/* A folder before the path stays; what is no part of a path is escaped. */
static void
test_catalogue (void)
{
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  g_autofree char *uri = g_strconcat (upkeep_test_server_get_uri (server), "/billing/", NULL);
  g_autoptr (UpkeepClient) client = new_client (uri, DEADLINE_MS);
  g_autofree char *path =
      g_build_filename (g_getenv ("UPKEEP_CATALOGUES"), "midjourney-2023-03.json", NULL);
  g_autofree char *body = NULL;
  g_autoptr (UpkeepFetched) fetched = NULL;
  g_autoptr (UpkeepFetched) missing = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) missing_result = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &body, NULL, &error);
  g_assert_no_error (error);
  upkeep_test_server_answer (server,
                             "GET /billing/v1/services/midjourney?edition=2023-03 HTTP/1.1\r\n",
                             200, NULL, JSON, body);
  upkeep_test_server_answer (server, "GET /billing/v1/services/a%2F..%3Fb HTTP/1.1\r\n", 404, NULL,
                             PROBLEM, "{\"status\":404,\"code\":\"not_found\"}");

  upkeep_client_fetch_catalogue_async (client, "midjourney", "2023-03", NULL, NULL, store_cb,
                                       &result);
  wait_for (&result);
  fetched = upkeep_client_fetch_catalogue_finish (client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fetched->edition->service, ==, "midjourney");

  upkeep_client_fetch_catalogue_async (client, "a/..?b", NULL, NULL, NULL, store_cb,
                                       &missing_result);
  wait_for (&missing_result);
  missing = upkeep_client_fetch_catalogue_finish (client, missing_result, &error);
  g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_NOT_FOUND);
}

/* What an account is asked about other terms by: where it is, where it moves, and its plan. */
static void
test_changes (void)
{
  static const struct {
    const char *edition;
    const char *next_edition;
    const char *plan;
    const char *request;
  } rows[] = {
      {"2023-03", NULL, NULL, "GET /v1/services/s/changes?from=2023-03 HTTP/1.1\r\n"},
      {"2023-03", "2024", "pro",
       "GET /v1/services/s/changes?from=2023-03&to=2024&plan=pro HTTP/1.1\r\n"},
      {"a&b", "c=d", NULL, "GET /v1/services/s/changes?from=a%26b&to=c%3Dd HTTP/1.1\r\n"},
  };
  g_autofree char *golden = dup_golden ("changes");
  const char *const bodies[] = {golden, "{\"service\":\"s\"}", "["};

  for (gsize i = 0; i < G_N_ELEMENTS (rows) * G_N_ELEMENTS (bodies); i++) {
    g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
    g_autoptr (UpkeepClient) client = new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);
    g_autoptr (UpkeepStatement) statement = upkeep_statement_new ();
    g_autoptr (UpkeepFetched) fetched = NULL;
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    const char *body = bodies[i % G_N_ELEMENTS (bodies)];

    statement->service = g_strdup ("s");
    statement->edition = g_strdup (rows[i / G_N_ELEMENTS (bodies)].edition);
    statement->next_edition = g_strdup (rows[i / G_N_ELEMENTS (bodies)].next_edition);
    statement->plan = g_strdup (rows[i / G_N_ELEMENTS (bodies)].plan);
    upkeep_test_server_answer (server, rows[i / G_N_ELEMENTS (bodies)].request, 200, NULL, JSON,
                               body);
    upkeep_client_fetch_changes_async (client, statement, NULL, store_cb, &result);
    wait_for (&result);
    fetched = upkeep_client_fetch_changes_finish (client, result, &error);
    if (body == golden) {
      g_assert_no_error (error);
      g_assert_cmpstr (fetched->changes->to, ==, "2024");
      g_assert_nonnull (fetched->body);
    } else {
      g_assert_null (fetched);
      g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_REPLY);
    }
  }
}

/* Who gives up before it begins is told so, and nobody is asked. */
static void
test_changes_cancelled (void)
{
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  g_autoptr (UpkeepClient) client = new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);
  g_autoptr (UpkeepStatement) statement = upkeep_statement_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  statement->service = g_strdup ("s");
  statement->edition = g_strdup ("1");
  g_cancellable_cancel (cancellable);
  upkeep_client_fetch_changes_async (client, statement, cancellable, store_cb, &result);
  g_assert_null (result);
  wait_for (&result);
  g_assert_null (upkeep_client_fetch_changes_finish (client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (upkeep_test_server_count (server, ""), ==, 0);
}

static void
test_quote (void)
{
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  g_autoptr (UpkeepClient) client = new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (UPKEEP_QUOTE_SWITCH);
  g_autofree char *body = dup_golden ("quote-upgrade");
  g_autofree char *sent = NULL;
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  request->plan = g_strdup ("standard");
  request->interval = UPKEEP_INTERVAL_MONTH;
  upkeep_test_server_answer (server, "POST /v1/account/quotes HTTP/1.1\r\n", 201, NULL, JSON, body);
  upkeep_client_make_quote_async (client, request, NULL, store_cb, &result);
  wait_for (&result);
  quote = upkeep_client_make_quote_finish (client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (quote->options->len, ==, 2);

  sent = upkeep_test_server_dup_request (server, 0);
  g_assert_nonnull (strstr (sent, "\r\nContent-Type: application/json\r\n"));
  g_assert_null (strstr (sent, "Idempotency-Key"));
  g_assert_true (g_str_has_suffix (
      sent, "\r\n\r\n{\"kind\":\"switch\",\"plan\":\"standard\",\"interval\":\"month\"}"));
}

static void
test_links (void)
{
  static const struct {
    UpkeepLinkKind kind;
    const char *path;
  } rows[] = {
      {UPKEEP_LINK_TO_PLAN, "POST /v1/account/links HTTP/1.1\r\n"},
      {UPKEEP_LINK_TO_PAYMENT_METHOD, "POST /v1/account/payment-method-sessions HTTP/1.1\r\n"},
  };
  static const char *const bodies[] = {
      "{\"url\":\"https://pay.example.org/manage/x\",\"expires_at\":\"2026-06-01T00:15:00Z\"}",
      "{\"url\":\"javascript:alert(1)\",\"expires_at\":\"2026-06-01T00:15:00Z\"}",
  };

  g_test_summary ("An address for a browser is asked for, and taken when it is one");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (bodies); j++) {
      g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
      g_autoptr (UpkeepClient) client =
          new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);
      g_autoptr (GAsyncResult) result = NULL;
      g_auto (UpkeepLink) link = {0};
      g_autoptr (GError) error = NULL;
      g_autofree char *sent = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT ", body %" G_GSIZE_FORMAT, i, j);
      upkeep_test_server_answer (server, rows[i].path, 201, NULL, JSON, bodies[j]);
      upkeep_client_make_link_async (client, rows[i].kind, NULL, store_cb, &result);
      wait_for (&result);
      g_assert_cmpint (upkeep_client_make_link_finish (client, result, &link, &error), ==, j == 0);
      g_assert_cmpstr (link.url, ==, j == 0 ? "https://pay.example.org/manage/x" : NULL);
      if (j > 0)
        g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_REPLY);
      sent = upkeep_test_server_dup_request (server, 0);
      g_assert_true (g_str_has_suffix (sent, "\r\n\r\n{}"));
    }
  }
}

static void
test_invoices (void)
{
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  g_autoptr (UpkeepClient) client = new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);
  g_autofree char *body = dup_golden ("invoices");
  const char *const cursors[] = {NULL, "a+b/c="};

  upkeep_test_server_answer (server, "GET /v1/account/invoices?limit=20 HTTP/1.1\r\n", 200, NULL,
                             JSON, body);
  upkeep_test_server_answer (server,
                             "GET /v1/account/invoices?limit=20&cursor=a%2Bb%2Fc%3D HTTP/1.1\r\n",
                             200, NULL, JSON, body);
  for (gsize i = 0; i < G_N_ELEMENTS (cursors); i++) {
    g_autoptr (UpkeepInvoicePage) page = NULL;
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    upkeep_client_fetch_invoices_async (client, cursors[i], NULL, store_cb, &result);
    wait_for (&result);
    page = upkeep_client_fetch_invoices_finish (client, result, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (page->invoices->len, ==, 2);
  }
}

static void
test_accept (void)
{
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  g_autoptr (UpkeepClient) client = new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);
  g_autofree char *body = dup_golden ("accepted");
  g_autofree char *sent = NULL;
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  upkeep_test_server_answer (server, ACCEPT, 200, NULL, JSON, body);
  g_assert_true (accept_quote (client, &statement, &receipt, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (receipt->id, ==, "r_1");
  g_assert_cmpint (statement->version, ==, 17);
  sent = upkeep_test_server_dup_request (server, 0);
  g_assert_nonnull (strstr (sent, "\r\nIdempotency-Key: key-1\r\n"));
  g_assert_true (g_str_has_suffix (sent, "\r\n\r\n{\"timing\":\"immediate\"}"));
}

/* What each status and code comes to, for an account and for an accept. */
static void
test_codes (void)
{
  const struct {
    guint status;
    const char *type;
    const char *body;
    UpkeepClientError account;
    UpkeepClientError accept;
  } vectors[] = {
      {400, PROBLEM, "{\"status\":400,\"code\":\"malformed\"}", UPKEEP_CLIENT_ERROR_REFUSED,
       UPKEEP_CLIENT_ERROR_REFUSED},
      {401, PROBLEM, "{\"status\":401,\"code\":\"unauthorized\"}", UPKEEP_CLIENT_ERROR_UNAUTHORIZED,
       UPKEEP_CLIENT_ERROR_UNAUTHORIZED},
      {402, PROBLEM, "{\"status\":402,\"code\":\"payment_declined\"}", UPKEEP_CLIENT_ERROR_DECLINED,
       UPKEEP_CLIENT_ERROR_DECLINED},
      {403, PROBLEM, "{\"status\":403,\"code\":\"forbidden\"}", UPKEEP_CLIENT_ERROR_FORBIDDEN,
       UPKEEP_CLIENT_ERROR_FORBIDDEN},
      {404, PROBLEM, "{\"status\":404,\"code\":\"not_found\"}", UPKEEP_CLIENT_ERROR_NOT_FOUND,
       UPKEEP_CLIENT_ERROR_NOT_FOUND},
      {408, PROBLEM, "{\"status\":408,\"code\":\"request_timeout\"}", UPKEEP_CLIENT_ERROR_SERVICE,
       UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME},
      {409, PROBLEM, "{\"status\":409,\"code\":\"quote_stale\"}", UPKEEP_CLIENT_ERROR_STALE,
       UPKEEP_CLIENT_ERROR_STALE},
      {409, PROBLEM, "{\"status\":409,\"code\":\"not_allowed\"}", UPKEEP_CLIENT_ERROR_NOT_ALLOWED,
       UPKEEP_CLIENT_ERROR_NOT_ALLOWED},
      {409, PROBLEM, "{\"status\":409,\"code\":\"quote_already_accepted\"}",
       UPKEEP_CLIENT_ERROR_ALREADY_ACCEPTED, UPKEEP_CLIENT_ERROR_ALREADY_ACCEPTED},
      {409, PROBLEM, "{\"status\":409,\"code\":\"idempotency_in_progress\"}",
       UPKEEP_CLIENT_ERROR_SERVICE, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME},
      {410, PROBLEM, "{\"status\":410,\"code\":\"quote_expired\"}", UPKEEP_CLIENT_ERROR_EXPIRED,
       UPKEEP_CLIENT_ERROR_EXPIRED},
      {422, PROBLEM, "{\"status\":422,\"code\":\"brand_new_reason\"}", UPKEEP_CLIENT_ERROR_REFUSED,
       UPKEEP_CLIENT_ERROR_REFUSED},
      {429, PROBLEM, "{\"status\":429,\"code\":\"rate_limited\"}", UPKEEP_CLIENT_ERROR_RATE_LIMITED,
       UPKEEP_CLIENT_ERROR_RATE_LIMITED},
      {500, PROBLEM, "{\"status\":500,\"code\":\"internal_error\"}", UPKEEP_CLIENT_ERROR_SERVICE,
       UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME},
      {503, PROBLEM, "{\"status\":503,\"code\":\"store_unavailable\"}", UPKEEP_CLIENT_ERROR_SERVICE,
       UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME},
      /* what stands before the service */
      {429, "text/html", "slow down", UPKEEP_CLIENT_ERROR_RATE_LIMITED,
       UPKEEP_CLIENT_ERROR_RATE_LIMITED},
      {502, "text/html", "bad gateway", UPKEEP_CLIENT_ERROR_SERVICE,
       UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME},
      {401, "text/html", "sign in to this hotel", UPKEEP_CLIENT_ERROR_REPLY,
       UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME},
      {403, PROBLEM, "{", UPKEEP_CLIENT_ERROR_REPLY, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME},
      {404, JSON, "{\"status\":404,\"code\":\"not_found\"}", UPKEEP_CLIENT_ERROR_REPLY,
       UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME},
      {301, "text/html", "elsewhere", UPKEEP_CLIENT_ERROR_REPLY,
       UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME},
      {200, "text/html", "<h1>Welcome to this hotel</h1>", UPKEEP_CLIENT_ERROR_REPLY,
       UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME},
      {200, NULL, "{}", UPKEEP_CLIENT_ERROR_REPLY, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME},
      /* not readable, yet an answer of the right kind: asking again would bring the same */
      {200, JSON, "{}", UPKEEP_CLIENT_ERROR_REPLY, UPKEEP_CLIENT_ERROR_REPLY},
      {200, JSON, "{\"id\":", UPKEEP_CLIENT_ERROR_REPLY, UPKEEP_CLIENT_ERROR_REPLY},
      {304, NULL, "", UPKEEP_CLIENT_ERROR_REPLY, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME},
  };
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  g_autoptr (UpkeepClient) client = new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepFetched) fetched = NULL;
    g_autoptr (UpkeepStatement) statement = NULL;
    g_autoptr (UpkeepReceipt) receipt = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) accept_error = NULL;

    g_test_message ("%u %s %s", vectors[i].status, vectors[i].type, vectors[i].body);
    upkeep_test_server_forget (server);
    upkeep_test_server_answer (server, "", vectors[i].status, "Location: http://example.org/\r\n",
                               vectors[i].type, vectors[i].body);
    fetched = fetch_account (client, NULL, NULL, &error);
    g_assert_error (error, UPKEEP_CLIENT_ERROR, (int) vectors[i].account);
    g_assert_null (fetched);
    g_assert_false (accept_quote (client, &statement, &receipt, &accept_error));
    g_assert_error (accept_error, UPKEEP_CLIENT_ERROR, (int) vectors[i].accept);
    g_assert_cmpuint (upkeep_test_server_count (server, ""), ==, 2); /* nothing was followed */
    if (vectors[i].type != NULL && g_str_equal (vectors[i].type, PROBLEM))
      g_assert_cmpuint (upkeep_client_error_get_refusal (error)->status, ==, vectors[i].status);
  }
}

static void
test_refusals (void)
{
  g_autofree char *quote = dup_golden ("quote-upgrade");
  g_autofree char *stale = g_strdup_printf (
      "{\"status\":409,\"code\":\"quote_stale\",\"quote\":%s,\"changed\":[{\"code\":\"plan_price\","
      "\"amount\":3000,\"was\":2900}]}",
      quote);
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  g_autoptr (UpkeepClient) client = new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GError) stale_error = NULL;
  g_autoptr (GError) declined_error = NULL;
  g_autoptr (GError) blocked_error = NULL;
  g_autoptr (GError) limited_error = NULL;
  g_autoptr (GError) foreign_error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  g_autoptr (GError) copy = NULL;
  UpkeepRefusal *refusal;

  upkeep_test_server_answer (server, ACCEPT, 409, NULL, PROBLEM, stale);
  upkeep_test_server_answer (
      server, ACCEPT, 402, NULL, PROBLEM,
      "{\"status\":402,\"code\":\"payment_declined\",\"decline_code\":\"insufficient_funds\"}");
  upkeep_test_server_answer (server, ACCEPT, 409, NULL, PROBLEM,
                             "{\"status\":409,\"code\":\"not_allowed\",\"blocked\":[{\"code\":"
                             "\"past_due\",\"limit\":null,\"measured\":3000}]}");
  upkeep_test_server_answer (server, ACCEPT, 429, "Retry-After: 7\r\n", PROBLEM,
                             "{\"status\":429,\"code\":\"rate_limited\"}");

  g_assert_false (accept_quote (client, &statement, &receipt, &stale_error));
  copy = g_error_copy (stale_error); /* the details travel along */
  refusal = upkeep_client_error_get_refusal (copy);
  g_assert_cmpstr (refusal->code, ==, "quote_stale");
  g_assert_cmpstr (refusal->quote->id, ==, "q_upgrade");
  g_assert_cmpuint (refusal->changed->len, ==, 1);
  g_assert_cmpint (g_array_index (refusal->changed, UpkeepChangedLine, 0).was_minor, ==, 2900);
  g_assert_cmpuint (refusal->blocked->len, ==, 0);

  g_assert_false (accept_quote (client, &statement, &receipt, &declined_error));
  refusal = upkeep_client_error_get_refusal (declined_error);
  g_assert_cmpstr (refusal->decline_code, ==, "insufficient_funds");
  g_assert_null (refusal->quote);

  g_assert_false (accept_quote (client, &statement, &receipt, &blocked_error));
  refusal = upkeep_client_error_get_refusal (blocked_error);
  g_assert_cmpuint (refusal->blocked->len, ==, 1);
  g_assert_cmpint (g_array_index (refusal->blocked, UpkeepBlocked, 0).measured, ==, 3000);

  g_assert_false (accept_quote (client, &statement, &receipt, &limited_error));
  g_assert_cmpint (upkeep_client_error_get_refusal (limited_error)->retry_after_s, ==, 7);

  g_assert_null (upkeep_client_error_get_refusal (foreign_error));
}

/* RELIABILITY 56: what else may stand at the other end. */
static void
test_hostile (void)
{
  const struct {
    const char *what;
    const char *bytes;
    UpkeepTestEnd end;
    UpkeepClientError account;
  } vectors[] = {
      {"nothing", "", UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_OFFLINE},
      {"cut head", "HTTP/1.1 200 OK\r\nContent-Ty", UPKEEP_TEST_END_CLOSE,
       UPKEEP_CLIENT_ERROR_REPLY},
      {"cut body",
       "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"id\":",
       UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_OFFLINE},
      {"no length", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{}",
       UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_REPLY},
      {"chunked",
       "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
       "chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
       UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_REPLY},
      {"cut chunked",
       "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
       "chunked\r\n\r\n2\r\n{}\r\n",
       UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_REPLY},
      {"10 GB",
       "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10000000000\r\n\r\n",
       UPKEEP_TEST_END_ENDLESS, UPKEEP_CLIENT_ERROR_REPLY},
      {"one byte too many",
       "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8388609\r\n\r\n",
       UPKEEP_TEST_END_ENDLESS, UPKEEP_CLIENT_ERROR_REPLY},
      {"a number that is none",
       "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2x\r\n\r\n{}",
       UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_REPLY},
      {"two lengths",
       "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nContent-Length: "
       "9\r\n\r\n{}",
       UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_REPLY},
      {"gzip",
       "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: "
       "gzip\r\nContent-Length: 2\r\n\r\n{}",
       UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_REPLY},
      {"zeros for ever",
       "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8388608\r\n\r\n",
       UPKEEP_TEST_END_ENDLESS, UPKEEP_CLIENT_ERROR_REPLY},
      {"not HTTP", "SSH-2.0-OpenSSH_9.2p1\r\n", UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_REPLY},
      {"a head for ever", "HTTP/1.1 200 OK\r\nX: ", UPKEEP_TEST_END_ENDLESS,
       UPKEEP_CLIENT_ERROR_OFFLINE},
      {"basic auth",
       "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Type: "
       "text/html\r\nContent-Length: 2\r\n\r\nno",
       UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_REPLY},
      {"NTLM",
       "HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM\r\nContent-Type: text/html\r\nContent-Length: "
       "2\r\n\r\nno",
       UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_REPLY},
      {"redirect", "HTTP/1.1 302 Found\r\nLocation: /v1/other\r\nContent-Length: 0\r\n\r\n",
       UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_REPLY},
      {"cookie",
       "HTTP/1.1 500 No\r\nSet-Cookie: a=b\r\nContent-Type: text/html\r\nContent-Length: "
       "2\r\n\r\nno",
       UPKEEP_TEST_END_CLOSE, UPKEEP_CLIENT_ERROR_SERVICE},
  };
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  g_autoptr (UpkeepClient) client = new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepFetched) fetched = NULL;
    g_autoptr (UpkeepStatement) statement = NULL;
    g_autoptr (UpkeepReceipt) receipt = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) accept_error = NULL;

    g_test_message ("%s", vectors[i].what);
    upkeep_test_server_forget (server);
    upkeep_test_server_answer_raw (server, "", vectors[i].bytes, vectors[i].end);
    fetched = fetch_account (client, NULL, NULL, &error);
    g_assert_error (error, UPKEEP_CLIENT_ERROR, (int) vectors[i].account);
    if (g_str_equal (vectors[i].what, "zeros for ever"))
      continue; /* whole, and of the right type: see test_codes() */

    upkeep_test_server_forget (server);
    upkeep_test_server_answer_raw (server, "", vectors[i].bytes, vectors[i].end);
    g_assert_false (accept_quote (client, &statement, &receipt, &accept_error));
    g_assert_error (accept_error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME);
    g_assert_cmpuint (upkeep_test_server_count (server, ""), ==, 1); /* sent once */
  }
}

/* RELIABILITY 0.10: a server that drips is not timed out by reads alone. */
static void
test_deadline (void)
{
  const struct {
    const char *bytes;
    UpkeepTestEnd end;
  } vectors[] = {
      {"", UPKEEP_TEST_END_HANG},
      {"HTTP/1.1 200 OK\r\n", UPKEEP_TEST_END_HANG},
      {"HTTP/1.1 200 OK\r\nX:", UPKEEP_TEST_END_DRIP},
      {"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n",
       UPKEEP_TEST_END_HANG},
      {"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n",
       UPKEEP_TEST_END_DRIP},
  };
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  g_autoptr (UpkeepClient) client =
      new_client (upkeep_test_server_get_uri (server), SHORT_DEADLINE_MS);

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepFetched) fetched = NULL;
    g_autoptr (UpkeepStatement) statement = NULL;
    g_autoptr (UpkeepReceipt) receipt = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) accept_error = NULL;

    upkeep_test_server_forget (server);
    upkeep_test_server_answer_raw (server, "", vectors[i].bytes, vectors[i].end);
    fetched = fetch_account (client, NULL, NULL, &error);
    g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_OFFLINE);
    g_assert_false (accept_quote (client, &statement, &receipt, &accept_error));
    g_assert_error (accept_error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME);
  }
}

/* Nothing left, so nothing can have happened. */
static void
test_offline (void)
{
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  g_autofree char *uri = g_strdup (upkeep_test_server_get_uri (server));
  g_autoptr (UpkeepClient) client = new_client (uri, DEADLINE_MS);
  g_autoptr (UpkeepFetched) fetched = NULL;
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) accept_error = NULL;

  g_clear_pointer (&server, upkeep_test_server_free);
  fetched = fetch_account (client, NULL, NULL, &error);
  g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_OFFLINE);
  g_assert_false (accept_quote (client, &statement, &receipt, &accept_error));
  g_assert_error (accept_error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_OFFLINE);
}

static void
test_addresses (void)
{
  const struct {
    const char *uri;
    gboolean is_good;
  } vectors[] = {
      {"http://127.0.0.1:1", TRUE},
      {"http://127.255.255.254:1", TRUE},
      {"http://[::1]:1", TRUE},
      {"http://localhost:1", TRUE},
      {"https://127.0.0.1:1/billing", TRUE},
      {"http://128.0.0.1:1", FALSE},
      {"http://127.0.0.1.example:1", FALSE},
      {"http://localhost.example:1", FALSE},
      {"http://0.0.0.0:1", FALSE},
      {"http://user:pass@127.0.0.1:1", FALSE},
      {"http://127.0.0.1:1/?a=b", FALSE},
      {"http://127.0.0.1:1/#a", FALSE},
      {"http://a%0d%0ab:1", FALSE},
      {"http://127.0.0.1%00.example:1", FALSE},
      {"ftp://127.0.0.1:1", FALSE},
      {"file:///etc/passwd", FALSE},
      {"127.0.0.1:1", FALSE},
      {"", FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepClient) client = new_client (vectors[i].uri, DEADLINE_MS);
    g_autoptr (UpkeepFetched) fetched = NULL;
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", vectors[i].uri);
    fetched = fetch_account (client, NULL, NULL, &error);
    /* Nobody listens on port 1. */
    g_assert_error (error, UPKEEP_CLIENT_ERROR,
                    vectors[i].is_good ? UPKEEP_CLIENT_ERROR_OFFLINE : UPKEEP_CLIENT_ERROR_ADDRESS);
  }
}

static void
test_socket (void)
{
  g_autofree char *folder = g_dir_make_tmp ("upkeep-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "socket", NULL);
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new_for_socket (path);
  UpkeepClient *client = upkeep_client_new_for_socket (path, TOKEN);
  g_autofree char *body = dup_golden ("account-none");
  g_autofree char *sent = NULL;
  g_autoptr (UpkeepFetched) fetched = NULL;
  g_autoptr (GError) error = NULL;

  upkeep_test_server_answer (server, "GET /v1/account HTTP/1.1\r\n", 200, NULL, JSON, body);
  fetched = fetch_account (client, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fetched->statement->state, ==, UPKEEP_STATE_NONE);
  sent = upkeep_test_server_dup_request (server, 0);
  g_assert_nonnull (strstr (sent, "\r\nHost: localhost\r\n"));

  g_assert_finalize_object (client);
  g_clear_pointer (&server, upkeep_test_server_free);
  g_rmdir (folder);
}

/* A document of more than 64 KiB is read in a worker; the outcome is the same. */
static void
test_large (void)
{
  const char *const notice = ",{\"code\":\"price_change\",\"at\":\"2026-05-10T00:00:00Z\"}";
  g_autofree char *body = dup_golden ("account-none");
  g_autoptr (GString) large = g_string_new (NULL);
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  g_autoptr (UpkeepClient) client = new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);
  g_autoptr (UpkeepFetched) fetched = NULL;
  g_autoptr (UpkeepFetched) broken = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append (large, notice);
  g_string_insert (large, 0, "{\"mood\":[null");
  g_string_append (large, "],");
  g_string_append (large, strchr (body, '{') + 1);
  upkeep_test_server_answer (server, "", 200, NULL, JSON, large->str);
  fetched = fetch_account (client, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fetched->statement->id, ==, "a_0001");

  g_string_truncate (large, large->len / 2);
  upkeep_test_server_forget (server);
  upkeep_test_server_answer (server, "", 200, NULL, JSON, large->str);
  broken = fetch_account (client, NULL, NULL, &error);
  g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_REPLY);
}

typedef enum {
  CANCEL_BEFORE,
  CANCEL_IN_REQUEST, /* it is out, no byte came back */
  CANCEL_IN_HEAD,
  CANCEL_IN_BODY,
  CANCEL_AFTER, /* all is there, the callback has not run */
} CancelMoment;

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* At every moment the caller learns of its own cancellation and of nothing else. */
static void
test_cancel (gconstpointer data)
{
  CancelMoment moment = (CancelMoment) GPOINTER_TO_INT (data);
  g_autofree char *body = dup_golden ("account-active");
  g_autofree char *whole = g_strdup_printf (
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT
      "\r\n\r\n%s",
      strlen (body), body);
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  UpkeepClient *client = new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (UpkeepFetched) fetched = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  switch (moment) {
  case CANCEL_BEFORE:
    g_cancellable_cancel (cancellable);
    break;
  case CANCEL_IN_REQUEST:
    whole[0] = '\0';
    break;
  case CANCEL_IN_HEAD:
    whole[20] = '\0';
    break;
  case CANCEL_IN_BODY:
    strstr (whole, "\r\n\r\n")[20] = '\0';
    break;
  case CANCEL_AFTER:
  default:
    break;
  }
  upkeep_test_server_answer_raw (
      server, "", whole, moment == CANCEL_AFTER ? UPKEEP_TEST_END_CLOSE : UPKEEP_TEST_END_HANG);
  if (moment != CANCEL_AFTER)
    upkeep_test_server_on_answered (server, cancel_cb, cancellable);

  upkeep_client_fetch_account_async (client, NULL, cancellable, store_cb, &result);
  wait_for (&result);
  if (moment == CANCEL_AFTER)
    g_cancellable_cancel (cancellable);
  fetched = upkeep_client_fetch_account_finish (client, result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fetched);

  g_clear_object (&result);
  drain ();
  g_assert_finalize_object (client);
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *n_calls = user_data;
  g_autoptr (UpkeepFetched) fetched = NULL;
  g_autoptr (GError) error = NULL;

  fetched = upkeep_client_fetch_account_finish (UPKEEP_CLIENT (source), result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  (*n_calls)++;
}

/* The owner lets its reference go and cancels: the call ends once, and then the client does. */
static void
test_owner_gone (void)
{
  g_autoptr (UpkeepTestServer) server = upkeep_test_server_new ();
  UpkeepClient *client = new_client (upkeep_test_server_get_uri (server), DEADLINE_MS);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint n_calls = 0;

  upkeep_test_server_answer_raw (server, "", "", UPKEEP_TEST_END_HANG);
  upkeep_test_server_on_answered (server, cancel_cb, cancellable);
  upkeep_client_fetch_account_async (client, NULL, cancellable, count_cb, &n_calls);
  g_object_add_weak_pointer (G_OBJECT (client), (gpointer *) &client);
  g_object_unref (client);
  g_assert_nonnull (client); /* the call holds it */
  while (client != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_calls, ==, 1);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    CancelMoment moment;
  } moments[] = {
      {"/sync/client/cancel/before", CANCEL_BEFORE},
      {"/sync/client/cancel/in-request", CANCEL_IN_REQUEST},
      {"/sync/client/cancel/in-head", CANCEL_IN_HEAD},
      {"/sync/client/cancel/in-body", CANCEL_IN_BODY},
      {"/sync/client/cancel/after", CANCEL_AFTER},
  };

  upkeep_client_prepare_process ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/client/account", test_account);
  g_test_add_func ("/sync/client/catalogue", test_catalogue);
  g_test_add_func ("/sync/client/changes", test_changes);
  g_test_add_func ("/sync/client/changes-cancelled", test_changes_cancelled);
  g_test_add_func ("/sync/client/quote", test_quote);
  g_test_add_func ("/sync/client/links", test_links);
  g_test_add_func ("/sync/client/invoices", test_invoices);
  g_test_add_func ("/sync/client/accept", test_accept);
  g_test_add_func ("/sync/client/codes", test_codes);
  g_test_add_func ("/sync/client/refusals", test_refusals);
  g_test_add_func ("/sync/client/hostile", test_hostile);
  g_test_add_func ("/sync/client/deadline", test_deadline);
  g_test_add_func ("/sync/client/offline", test_offline);
  g_test_add_func ("/sync/client/addresses", test_addresses);
  g_test_add_func ("/sync/client/socket", test_socket);
  g_test_add_func ("/sync/client/large", test_large);
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    g_test_add_data_func (moments[i].path, GINT_TO_POINTER (moments[i].moment), test_cancel);
  g_test_add_func ("/sync/client/owner-gone", test_owner_gone);
  return g_test_run ();
}

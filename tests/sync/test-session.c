/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-session.h"

#include "upkeep-instant.h"
#include "upkeep-sync-test.h"
#include "upkeep-test-server.h"

#include <string.h>

#define JSON      "application/json"
#define PROBLEM   "application/problem+json"
#define ACCOUNT   "GET /v1/account HTTP/1.1\r\n"
#define CATALOGUE "GET /v1/services/midjourney?edition=2023-03 HTTP/1.1\r\n"
#define ACCEPT    "POST /v1/account/quotes/q_upgrade/accept HTTP/1.1\r\n"
#define QUOTES    "POST /v1/account/quotes HTTP/1.1\r\n"

typedef struct {
  UpkeepTestServer *server;
  char *folder;
  UpkeepClient *client;
  UpkeepSession *session;
} Fixture;

static void
open_session (Fixture *fixture)
{
  fixture->session = upkeep_session_new (fixture->client, fixture->folder, fixture->folder);
}

/* Cancels what nobody waits for, and lets it end. */
static void
close_session (Fixture *fixture)
{
  finalize_soon (g_steal_pointer (&fixture->session));
  drain ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = upkeep_test_server_new ();
  fixture->folder = make_folder ();
  fixture->client = upkeep_client_new (upkeep_test_server_get_uri (fixture->server), "token");
  open_session (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_session (fixture);
  finalize_soon (g_steal_pointer (&fixture->client));
  g_clear_pointer (&fixture->server, upkeep_test_server_free);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
answer_golden (Fixture *fixture, const char *prefix, guint status, const char *name)
{
  g_autofree char *body = dup_golden (name);

  upkeep_test_server_answer (fixture->server, prefix, status, "ETag: \"x\"\r\n", JSON, body);
}

static void
answer_catalogue (Fixture *fixture)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("UPKEEP_CATALOGUES"), "midjourney-2023-03.json", NULL);
  g_autofree char *body = NULL;

  g_assert_true (g_file_get_contents (path, &body, NULL, NULL));
  upkeep_test_server_answer (fixture->server, CATALOGUE, 200, "ETag: \"c\"\r\n", JSON, body);
}

static gboolean
refresh (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  upkeep_session_refresh_async (fixture->session, NULL, store_cb, &result);
  g_assert_cmpint (upkeep_session_get_state (fixture->session), ==, UPKEEP_SESSION_LOADING);
  wait_for (&result);
  return upkeep_session_refresh_finish (fixture->session, result, error);
}

static UpkeepReceipt *
accept_quote (Fixture *fixture, GError **error)
{
  g_autoptr (UpkeepQuote) quote = upkeep_quote_new ();
  g_autoptr (GAsyncResult) result = NULL;

  quote->id = g_strdup ("q_upgrade");
  quote->kind = UPKEEP_QUOTE_SWITCH;
  upkeep_session_accept_async (fixture->session, quote, UPKEEP_TIMING_IMMEDIATE, NULL, store_cb,
                               &result);
  wait_for (&result);
  return upkeep_session_accept_finish (fixture->session, result, error);
}

static void
count_cb (guint *n_notifies)
{
  (*n_notifies)++;
}

static guint *
count_notifies (Fixture *fixture, const char *signal, guint *ret_n_notifies)
{
  g_signal_connect_swapped (fixture->session, signal, G_CALLBACK (count_cb), ret_n_notifies);
  return ret_n_notifies;
}

static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 before_s = g_get_real_time () / G_USEC_PER_SEC;
  guint n_statements = 0, n_editions = 0;
  g_autofree char *third = NULL;

  g_assert_cmpint (upkeep_session_get_state (fixture->session), ==, UPKEEP_SESSION_NEVER);
  g_assert_cmpint (upkeep_session_get_fetched_at (fixture->session), ==, UPKEEP_INSTANT_NONE);
  count_notifies (fixture, "notify::statement", &n_statements);
  count_notifies (fixture, "notify::edition", &n_editions);
  answer_golden (fixture, ACCOUNT, 200, "account-active");
  upkeep_test_server_answer (fixture->server, ACCOUNT, 304, NULL, NULL, "");
  answer_catalogue (fixture);

  g_assert_true (refresh (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (upkeep_session_get_state (fixture->session), ==, UPKEEP_SESSION_OK);
  g_assert_cmpint (upkeep_session_get_statement (fixture->session)->version, ==, 17);
  g_assert_cmpstr (upkeep_session_get_edition (fixture->session)->id, ==, "2023-03");
  g_assert_cmpint (upkeep_session_get_fetched_at (fixture->session), >=, before_s);
  g_assert_cmpuint (n_statements, ==, 1);
  g_assert_cmpuint (n_editions, ==, 1);

  /* Nothing is new: the tag was sent, nothing is shown again, the catalogue is not asked for. */
  g_assert_true (refresh (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (upkeep_test_server_count (fixture->server, ""), ==, 3);
  third = upkeep_test_server_dup_request (fixture->server, 2);
  g_assert_nonnull (strstr (third, "\r\nIf-None-Match: \"x\"\r\n"));
  g_assert_cmpuint (n_statements, ==, 1);
  g_assert_cmpuint (n_editions, ==, 1);
}

#define CHANGES                                                                                    \
  "GET /v1/services/midjourney/changes?from=2023-03&to=2025-04&plan=standard HTTP/1.1\r\n"

/* RULES 0.1: who moves to other terms is told what is different in them, offline too; that it
 * cannot be told keeps nothing else back, and who stays is told nothing. */
static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stays = dup_golden ("account-active");
  g_autofree char *changes = dup_golden ("changes");
  g_auto (GStrv) parts = g_strsplit (stays, "\"edition_change\": null", 2);
  g_autofree char *moves = g_strjoinv (
      "\"edition_change\": {\"to\": \"2025-04\", \"at\": \"2026-06-01T00:00:00Z\"}", parts);
  g_auto (GStrv) editions = g_strsplit (changes, "\"2024\"", 2);
  g_autofree char *other = g_strjoinv ("\"2025-04\"", editions);
  guint n_changes = 0;

  count_notifies (fixture, "notify::changes", &n_changes);
  upkeep_test_server_answer (fixture->server, ACCOUNT, 200, "ETag: \"1\"\r\n", JSON, moves);
  upkeep_test_server_answer (fixture->server, ACCOUNT, 200, "ETag: \"2\"\r\n", JSON, moves);
  upkeep_test_server_answer (fixture->server, ACCOUNT, 304, NULL, NULL, "");
  upkeep_test_server_answer (fixture->server, ACCOUNT, 200, "ETag: \"3\"\r\n", JSON, stays);
  upkeep_test_server_answer (fixture->server, CHANGES, 404, NULL, PROBLEM,
                             "{\"code\":\"not_found\",\"status\":404}");
  upkeep_test_server_answer (fixture->server, CHANGES, 200, NULL, JSON, other);
  answer_catalogue (fixture);

  g_assert_true (refresh (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (upkeep_session_get_state (fixture->session), ==, UPKEEP_SESSION_OK);
  g_assert_null (upkeep_session_get_changes (fixture->session));
  g_assert_cmpuint (n_changes, ==, 0);

  g_assert_true (refresh (fixture, &error));
  g_assert_cmpstr (upkeep_session_get_changes (fixture->session)->to, ==, "2025-04");
  g_assert_cmpuint (n_changes, ==, 1);

  /* They are asked for once. */
  g_assert_true (refresh (fixture, &error));
  g_assert_cmpuint (upkeep_test_server_count (fixture->server, CHANGES), ==, 2);
  g_assert_cmpuint (n_changes, ==, 1);
  close_session (fixture);

  /* What is kept is shown; then the service takes the move back. */
  open_session (fixture);
  upkeep_session_start (fixture->session);
  while (upkeep_session_get_changes (fixture->session) == NULL)
    g_main_context_iteration (NULL, TRUE);
  while (upkeep_session_get_changes (fixture->session) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (upkeep_session_get_statement (fixture->session)->next_edition);
}

/* What the last run knew is shown at once, with its age; then what is new. */
static void
test_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 fetched_at_s;

  answer_golden (fixture, ACCOUNT, 200, "account-active");
  answer_catalogue (fixture);
  g_assert_true (refresh (fixture, &error));
  fetched_at_s = upkeep_session_get_fetched_at (fixture->session);
  close_session (fixture);

  upkeep_test_server_forget (fixture->server);
  upkeep_test_server_answer_raw (fixture->server, "", "", UPKEEP_TEST_END_CLOSE);
  open_session (fixture);
  upkeep_session_start (fixture->session);
  g_assert_cmpint (upkeep_session_get_state (fixture->session), ==, UPKEEP_SESSION_NEVER);
  while (upkeep_session_get_state (fixture->session) != UPKEEP_SESSION_OFFLINE)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (upkeep_session_get_statement (fixture->session)->version, ==, 17);
  g_assert_cmpstr (upkeep_session_get_edition (fixture->session)->id, ==, "2023-03");
  g_assert_cmpint (upkeep_session_get_fetched_at (fixture->session), ==, fetched_at_s);
  g_assert_error (upkeep_session_get_error (fixture->session), UPKEEP_CLIENT_ERROR,
                  UPKEEP_CLIENT_ERROR_OFFLINE);
  close_session (fixture);

  /* In each run the catalogue is looked at once, by its tag. */
  upkeep_test_server_forget (fixture->server);
  upkeep_test_server_answer (fixture->server, ACCOUNT, 304, NULL, NULL, "");
  upkeep_test_server_answer (fixture->server, CATALOGUE, 304, NULL, NULL, "");
  open_session (fixture);
  upkeep_session_start (fixture->session);
  while (upkeep_session_get_state (fixture->session) != UPKEEP_SESSION_OK)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (upkeep_test_server_count (fixture->server, CATALOGUE), ==, 1);
  g_assert_cmpint (upkeep_session_get_statement (fixture->session)->version, ==, 17);
}

static void
test_broken_cache (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name =
      g_strconcat ("account-", upkeep_client_get_identity (fixture->client), ".json", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "{\"schema\":9}", -1, NULL));
  answer_golden (fixture, ACCOUNT, 200, "account-active");
  answer_catalogue (fixture);
  upkeep_session_start (fixture->session);
  while (upkeep_session_get_state (fixture->session) != UPKEEP_SESSION_OK)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (upkeep_session_get_statement (fixture->session)->version, ==, 17);
}

/* The state is what became of the last request, and what was known stays. */
static void
test_states (Fixture *fixture, gconstpointer data)
{
  const struct {
    guint status; /* 0: the connection ends */
    const char *type;
    const char *body;
    UpkeepSessionState state;
  } vectors[] = {
      {0, NULL, NULL, UPKEEP_SESSION_OFFLINE},
      {200, "text/html", "<h1>hotel</h1>", UPKEEP_SESSION_SERVICE_ERROR},
      {401, PROBLEM, "{\"status\":401,\"code\":\"unauthorized\"}", UPKEEP_SESSION_REFUSED},
      {403, PROBLEM, "{\"status\":403,\"code\":\"forbidden\"}", UPKEEP_SESSION_REFUSED},
      {404, PROBLEM, "{\"status\":404,\"code\":\"not_found\"}", UPKEEP_SESSION_REFUSED},
      {429, PROBLEM, "{\"status\":429,\"code\":\"rate_limited\"}", UPKEEP_SESSION_SERVICE_ERROR},
      {500, PROBLEM, "{\"status\":500,\"code\":\"internal_error\"}", UPKEEP_SESSION_SERVICE_ERROR},
      {503, "text/html", "down", UPKEEP_SESSION_SERVICE_ERROR},
  };
  g_autoptr (GError) first_error = NULL;

  answer_golden (fixture, ACCOUNT, 200, "account-active");
  answer_catalogue (fixture);
  g_assert_true (refresh (fixture, &first_error));

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%u %s", vectors[i].status, vectors[i].type);
    upkeep_test_server_forget (fixture->server);
    if (vectors[i].status == 0)
      upkeep_test_server_answer_raw (fixture->server, "", "", UPKEEP_TEST_END_CLOSE);
    else
      upkeep_test_server_answer (fixture->server, "", vectors[i].status, NULL, vectors[i].type,
                                 vectors[i].body);
    g_assert_false (refresh (fixture, &error));
    g_assert_cmpint (upkeep_session_get_state (fixture->session), ==, vectors[i].state);
    g_assert_cmpint (upkeep_session_get_statement (fixture->session)->version, ==, 17);
  }
}

/* The account came and its catalogue did not: the account is shown all the same. */
static void
test_no_catalogue (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) second_error = NULL;

  answer_golden (fixture, ACCOUNT, 200, "account-active");
  upkeep_test_server_answer_raw (fixture->server, CATALOGUE, "", UPKEEP_TEST_END_CLOSE);
  answer_catalogue (fixture);
  g_assert_false (refresh (fixture, &error));
  g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_OFFLINE);
  g_assert_cmpint (upkeep_session_get_statement (fixture->session)->version, ==, 17);
  g_assert_null (upkeep_session_get_edition (fixture->session));

  g_assert_true (refresh (fixture, &second_error));
  g_assert_nonnull (upkeep_session_get_edition (fixture->session));
}

static void
test_quote (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (UPKEEP_QUOTE_RESUME);
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  answer_golden (fixture, QUOTES, 201, "quote-blocked");
  upkeep_session_quote_async (fixture->session, request, NULL, store_cb, &result);
  wait_for (&result);
  quote = upkeep_session_quote_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (quote->blocked->len, ==, 3);
  g_assert_cmpint (upkeep_session_get_state (fixture->session), ==, UPKEEP_SESSION_OK);
}

/* The account after it is there before the caller learns that it is done. */
static void
test_accept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) first_error = NULL;
  guint n_pendings = 0;

  answer_golden (fixture, ACCOUNT, 200, "account-none");
  answer_golden (fixture, ACCOUNT, 200, "account-active");
  answer_catalogue (fixture);
  answer_golden (fixture, ACCEPT, 200, "accepted");
  g_assert_true (refresh (fixture, &first_error));
  g_assert_cmpint (upkeep_session_get_statement (fixture->session)->version, ==, 1);

  count_notifies (fixture, "notify::pending", &n_pendings);
  receipt = accept_quote (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (receipt->id, ==, "r_1");
  g_assert_cmpint (upkeep_session_get_statement (fixture->session)->version, ==, 17);
  g_assert_null (upkeep_session_get_pending (fixture->session));
  g_assert_cmpuint (n_pendings, ==, 2); /* one came, one went */

  /* A refresh follows, so that the documents on disk are the new ones. */
  while (upkeep_session_get_state (fixture->session) == UPKEEP_SESSION_LOADING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (upkeep_test_server_count (fixture->server, ACCOUNT), ==, 2);
}

/* Saying no to a quote is no trouble with the service. */
static void
test_declined (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  answer_golden (fixture, ACCOUNT, 200, "account-active");
  answer_catalogue (fixture);
  upkeep_test_server_answer (
      fixture->server, ACCEPT, 402, NULL, PROBLEM,
      "{\"status\":402,\"code\":\"payment_declined\",\"decline_code\":\"generic_decline\"}");
  receipt = accept_quote (fixture, &error);
  g_assert_null (receipt);
  g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_DECLINED);
  g_assert_cmpstr (upkeep_client_error_get_refusal (error)->decline_code, ==, "generic_decline");
  while (upkeep_session_get_state (fixture->session) == UPKEEP_SESSION_LOADING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (upkeep_session_get_state (fixture->session), ==, UPKEEP_SESSION_OK);
}

/* A refresh tries a quote again that has no answer; its account is shown when it has. */
static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refresh_error = NULL;

  answer_golden (fixture, ACCOUNT, 200, "account-none");
  answer_golden (fixture, ACCOUNT, 200, "account-active"); /* once it was accepted */
  answer_catalogue (fixture);
  upkeep_test_server_answer (fixture->server, ACCEPT, 503, "Retry-After: 3600\r\n", PROBLEM,
                             "{\"status\":503,\"code\":\"store_unavailable\"}");
  answer_golden (fixture, ACCEPT, 200, "accepted");
  receipt = accept_quote (fixture, &error);
  g_assert_null (receipt);
  g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpint (upkeep_session_get_state (fixture->session), ==, UPKEEP_SESSION_OFFLINE);
  g_assert_cmpstr (upkeep_session_get_pending (fixture->session)->quote, ==, "q_upgrade");

  g_assert_true (refresh (fixture, &refresh_error));
  while (upkeep_session_get_pending (fixture->session) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (upkeep_session_get_statement (fixture->session)->version, ==, 17);
}

/* An answer that was overtaken on its way does not take the newer one's place; a service that was
 * set up anew may count from the beginning. */
static void
test_overtaken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *old = dup_golden ("account-none");
  g_autofree char *slow = g_strdup_printf (
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT
      "\r\n\r\n%s",
      strlen (old), old);

  answer_golden (fixture, ACCEPT, 200, "accepted");
  answer_catalogue (fixture);
  upkeep_test_server_answer_raw (fixture->server, ACCOUNT, slow, UPKEEP_TEST_END_CLOSE);
  upkeep_session_refresh_async (fixture->session, NULL, store_cb, &result);
  receipt = accept_quote (fixture, &error);
  g_assert_no_error (error);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (upkeep_session_refresh_finish (fixture->session, result, &error));
  while (upkeep_session_get_state (fixture->session) == UPKEEP_SESSION_LOADING)
    g_main_context_iteration (NULL, TRUE);

  /* The refresh after the acceptance was asked for later, and says that all began anew. */
  g_assert_cmpint (upkeep_session_get_statement (fixture->session)->version, ==, 1);
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* A request that was given up says nothing about the service. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  upkeep_test_server_answer_raw (fixture->server, "", "", UPKEEP_TEST_END_HANG);
  upkeep_test_server_on_answered (fixture->server, cancel_cb, cancellable);
  upkeep_session_refresh_async (fixture->session, cancellable, store_cb, &result);
  wait_for (&result);
  g_assert_false (upkeep_session_refresh_finish (fixture->session, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (upkeep_session_get_state (fixture->session), ==, UPKEEP_SESSION_NEVER);
  g_assert_null (upkeep_session_get_error (fixture->session));
}

static void
test_owner_gone (Fixture *fixture, gconstpointer data)
{
  upkeep_test_server_answer_raw (fixture->server, "", "", UPKEEP_TEST_END_CLOSE);
  upkeep_session_start (fixture->session);
  close_session (fixture);
  open_session (fixture);
}

static void
test_invoices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepInvoicePage) page = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  answer_golden (fixture, "GET /v1/account/invoices?limit=20&cursor=abc HTTP", 200, "invoices");
  upkeep_session_fetch_invoices_async (fixture->session, "abc", NULL, store_cb, &result);
  wait_for (&result);
  page = upkeep_session_fetch_invoices_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (page->next_cursor, ==, "YWJj");
}

int
main (int argc, char *argv[])
{
  const struct {
    const char *path;
    void (*function) (Fixture *fixture, gconstpointer data);
  } tests[] = {
      {"/sync/session/refresh", test_refresh},
      {"/sync/session/changes", test_changes},
      {"/sync/session/start", test_start},
      {"/sync/session/broken-cache", test_broken_cache},
      {"/sync/session/states", test_states},
      {"/sync/session/no-catalogue", test_no_catalogue},
      {"/sync/session/quote", test_quote},
      {"/sync/session/accept", test_accept},
      {"/sync/session/declined", test_declined},
      {"/sync/session/unknown", test_unknown},
      {"/sync/session/overtaken", test_overtaken},
      {"/sync/session/cancel", test_cancel},
      {"/sync/session/owner-gone", test_owner_gone},
      {"/sync/session/invoices", test_invoices},
  };

  upkeep_client_prepare_process ();
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].function, tear_down);
  return g_test_run ();
}

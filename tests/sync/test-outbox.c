/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-outbox.h"

#include "upkeep-sync-test.h"
#include "upkeep-test-server.h"

#include <string.h>

#define JSON    "application/json"
#define PROBLEM "application/problem+json"
#define ACCEPT  "POST /v1/account/quotes/q_upgrade/accept HTTP/1.1\r\n"

/* A server, a place for the record, and what was settled. */
typedef struct {
  UpkeepTestServer *server;
  char *folder;
  UpkeepClient *client;
  UpkeepOutbox *outbox;
  UpkeepQuote *quote;
  guint n_settled;
  UpkeepStatement *statement;
  UpkeepReceipt *receipt;
  GError *error;
} Fixture;

static void
settled_cb (UpkeepOutbox *outbox,
            UpkeepStatement *statement,
            UpkeepReceipt *receipt,
            const GError *error,
            gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_null (upkeep_outbox_get_pending (outbox)); /* another may be accepted */
  fixture->n_settled++;
  g_clear_pointer (&fixture->statement, upkeep_statement_unref);
  g_clear_pointer (&fixture->receipt, upkeep_receipt_unref);
  g_clear_error (&fixture->error);
  fixture->statement = statement != NULL ? upkeep_statement_ref (statement) : NULL;
  fixture->receipt = receipt != NULL ? upkeep_receipt_ref (receipt) : NULL;
  fixture->error = error != NULL ? g_error_copy (error) : NULL;
}

static void
open_outbox (Fixture *fixture)
{
  fixture->outbox = g_object_new (UPKEEP_TYPE_OUTBOX, "client", fixture->client, "folder",
                                  fixture->folder, "retry-unit-ms", 1, NULL);
  g_signal_connect (fixture->outbox, "settled", G_CALLBACK (settled_cb), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = upkeep_test_server_new ();
  fixture->folder = make_folder ();
  fixture->client = upkeep_client_new (upkeep_test_server_get_uri (fixture->server), "token");
  fixture->quote = upkeep_quote_new ();
  fixture->quote->id = g_strdup ("q_upgrade");
  fixture->quote->kind = UPKEEP_QUOTE_SWITCH;
  open_outbox (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  drain ();
  if (fixture->outbox != NULL)
    g_assert_finalize_object (fixture->outbox);
  g_assert_finalize_object (fixture->client);
  g_clear_pointer (&fixture->server, upkeep_test_server_free);
  g_clear_pointer (&fixture->quote, upkeep_quote_unref);
  g_clear_pointer (&fixture->statement, upkeep_statement_unref);
  g_clear_pointer (&fixture->receipt, upkeep_receipt_unref);
  g_clear_error (&fixture->error);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
answer_accepted (Fixture *fixture)
{
  g_autofree char *body = dup_golden ("accepted");

  upkeep_test_server_answer (fixture->server, ACCEPT, 200, NULL, JSON, body);
}

static void
answer_problem (Fixture *fixture, guint status, const char *code)
{
  g_autofree char *body = g_strdup_printf ("{\"status\":%u,\"code\":\"%s\"}", status, code);

  upkeep_test_server_answer (fixture->server, ACCEPT, status, NULL, PROBLEM, body);
}

/* Ends the connection without a word. */
static void
answer_nothing (Fixture *fixture)
{
  upkeep_test_server_answer_raw (fixture->server, ACCEPT, "", UPKEEP_TEST_END_CLOSE);
}

static gboolean
accept_quote (Fixture *fixture, GCancellable *cancellable, GError **error)
{
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  upkeep_outbox_accept_async (fixture->outbox, fixture->quote, UPKEEP_TIMING_IMMEDIATE, cancellable,
                              store_cb, &result);
  wait_for (&result);
  return upkeep_outbox_accept_finish (fixture->outbox, result, &statement, &receipt, error);
}

static void
load (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  upkeep_outbox_load_async (fixture->outbox, NULL, store_cb, &result);
  wait_for (&result);
  g_assert_true (upkeep_outbox_load_finish (fixture->outbox, result, &error));
  g_assert_no_error (error);
}

static void
wait_until_settled (Fixture *fixture, guint n_settled)
{
  while (fixture->n_settled < n_settled)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_settled, ==, n_settled);
}

static char *
dup_key (Fixture *fixture, guint index)
{
  g_autofree char *request = upkeep_test_server_dup_request (fixture->server, index);
  const char *key = strstr (request, "\r\nIdempotency-Key: ");

  g_assert_nonnull (key);
  key += strlen ("\r\nIdempotency-Key: ");
  return g_strndup (key, strcspn (key, "\r"));
}

static void
assert_one_key (Fixture *fixture)
{
  g_autofree char *first = dup_key (fixture, 0);

  g_assert_cmpuint (strlen (first), ==, 36);
  for (guint i = 1; i < upkeep_test_server_count (fixture->server, ACCEPT); i++) {
    g_autofree char *key = dup_key (fixture, i);

    g_assert_cmpstr (key, ==, first);
  }
}

static void
assert_record (Fixture *fixture, gboolean is_there)
{
  g_autofree char *path = find_file (fixture->folder, "outbox-");

  g_assert_cmpint (path != NULL, ==, is_there);
  g_assert_cmpint (upkeep_outbox_get_pending (fixture->outbox) != NULL, ==, is_there);
}

static void
test_accepted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  answer_accepted (fixture);
  g_assert_true (accept_quote (fixture, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->n_settled, ==, 1);
  g_assert_cmpstr (fixture->receipt->id, ==, "r_1");
  g_assert_cmpint (fixture->statement->version, ==, 17);
  assert_record (fixture, FALSE);
}

static gboolean
flag_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* The record is on disk, with the key, when the request is out: whatever ends the program then, the
 * next run sends it again. */
static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *path = NULL;
  g_autofree char *record = NULL;
  g_autofree char *key = NULL;
  g_autofree char *folder = NULL;
  gboolean was_received = FALSE;
  UpkeepPending *pending;

  upkeep_test_server_answer_raw (fixture->server, ACCEPT, "", UPKEEP_TEST_END_HANG);
  upkeep_test_server_on_answered (fixture->server, flag_cb, &was_received);
  upkeep_outbox_accept_async (fixture->outbox, fixture->quote, UPKEEP_TIMING_IMMEDIATE, NULL,
                              store_cb, &result);
  while (!was_received)
    g_main_context_iteration (NULL, TRUE);
  path = find_file (fixture->folder, "outbox-");
  g_assert_nonnull (path);
  g_assert_true (g_file_get_contents (path, &record, NULL, NULL));
  key = dup_key (fixture, 0);
  g_assert_nonnull (strstr (record, key));
  g_assert_null (strstr (record, "token"));

  /* The first program is gone without having heard anything: only its file is left. */
  folder = g_steal_pointer (&fixture->folder);
  fixture->folder = make_folder ();
  g_free (path);
  path = NULL;
  upkeep_test_server_forget (fixture->server);
  upkeep_test_server_on_answered (fixture->server, NULL, NULL);
  answer_accepted (fixture);
  {
    g_autofree char *name =
        g_strconcat ("outbox-", upkeep_client_get_identity (fixture->client), ".json", NULL);

    path = g_build_filename (fixture->folder, name, NULL);
    g_assert_true (g_file_set_contents (path, record, -1, NULL));
  }
  g_object_run_dispose (G_OBJECT (fixture->outbox));
  g_clear_object (&fixture->outbox);
  open_outbox (fixture);
  load (fixture);

  pending = upkeep_outbox_get_pending (fixture->outbox);
  g_assert_nonnull (pending);
  g_assert_cmpstr (pending->quote, ==, "q_upgrade");
  g_assert_cmpint (pending->kind, ==, UPKEEP_QUOTE_SWITCH);
  g_assert_cmpstr (pending->key, ==, key);
  wait_until_settled (fixture, 1);
  g_assert_cmpstr (fixture->receipt->id, ==, "r_1");
  assert_one_key (fixture);
  assert_record (fixture, FALSE);

  drain ();
  remove_folder (folder);
}

/* Nothing left, so nothing is pending: one may try again with a new key. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->server, upkeep_test_server_free);
  g_assert_false (accept_quote (fixture, NULL, &error));
  g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_OFFLINE);
  assert_record (fixture, FALSE);
}

/* After an unknown outcome: only the same key, until a final answer, whatever it says. */
static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  const struct {
    guint status; /* 200: accepted */
    const char *code;
    int error; /* -1: none */
  } vectors[] = {
      {200, NULL, -1},
      {404, "not_found", UPKEEP_CLIENT_ERROR_NOT_FOUND},
      {410, "quote_expired", UPKEEP_CLIENT_ERROR_EXPIRED},
      {409, "quote_already_accepted", UPKEEP_CLIENT_ERROR_ALREADY_ACCEPTED},
      {409, "quote_stale", UPKEEP_CLIENT_ERROR_STALE},
      {409, "not_allowed", UPKEEP_CLIENT_ERROR_NOT_ALLOWED},
      {402, "payment_declined", UPKEEP_CLIENT_ERROR_DECLINED},
      {422, "invalid_value", UPKEEP_CLIENT_ERROR_REFUSED},
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) second_error = NULL;

    g_test_message ("%u %s", vectors[i].status, vectors[i].code);
    upkeep_test_server_forget (fixture->server);
    answer_nothing (fixture);
    answer_problem (fixture, 503, "store_unavailable");
    answer_problem (fixture, 409, "idempotency_in_progress");
    answer_problem (fixture, 429, "rate_limited");
    answer_problem (fixture, 401, "unauthorized");
    answer_nothing (fixture);
    if (vectors[i].status == 200)
      answer_accepted (fixture);
    else
      answer_problem (fixture, vectors[i].status, vectors[i].code);

    g_assert_false (accept_quote (fixture, NULL, &error));
    g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME);
    assert_record (fixture, TRUE);
    g_assert_false (accept_quote (fixture, NULL, &second_error));
    g_assert_error (second_error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_PENDING);

    wait_until_settled (fixture, i + 1);
    g_assert_cmpuint (upkeep_test_server_count (fixture->server, ACCEPT), ==, 7);
    assert_one_key (fixture);
    assert_record (fixture, FALSE);
    if (vectors[i].error < 0) {
      g_assert_no_error (fixture->error);
      g_assert_nonnull (fixture->receipt);
    } else {
      g_assert_error (fixture->error, UPKEEP_CLIENT_ERROR, vectors[i].error);
      g_assert_null (fixture->receipt);
    }
  }
}

/* An answer that says that nothing was done ends it at once. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const struct {
    guint status;
    const char *code;
    UpkeepClientError error;
  } vectors[] = {
      {402, "payment_declined", UPKEEP_CLIENT_ERROR_DECLINED},
      {401, "unauthorized", UPKEEP_CLIENT_ERROR_UNAUTHORIZED},
      {429, "rate_limited", UPKEEP_CLIENT_ERROR_RATE_LIMITED},
      {409, "quote_stale", UPKEEP_CLIENT_ERROR_STALE},
      {400, "malformed", UPKEEP_CLIENT_ERROR_REFUSED},
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%u %s", vectors[i].status, vectors[i].code);
    upkeep_test_server_forget (fixture->server);
    answer_problem (fixture, vectors[i].status, vectors[i].code);
    g_assert_false (accept_quote (fixture, NULL, &error));
    g_assert_error (error, UPKEEP_CLIENT_ERROR, (int) vectors[i].error);
    g_assert_cmpuint (upkeep_test_server_count (fixture->server, ACCEPT), ==, 1);
    assert_record (fixture, FALSE);
  }
}

/* What could be lost is not sent. */
static void
test_not_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *folder = g_build_filename (file, "folder", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_finalize_object (fixture->outbox);
  fixture->outbox = upkeep_outbox_new (fixture->client, folder);
  answer_accepted (fixture);
  g_assert_false (accept_quote (fixture, NULL, &error));
  g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_NOT_KEPT);
  g_assert_cmpuint (upkeep_test_server_count (fixture->server, ""), ==, 0);
  g_assert_null (upkeep_outbox_get_pending (fixture->outbox));
}

/* RELIABILITY 59: never discarded without a word, never sent by guess. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *good = g_strdup_printf (
      "{\"schema\":1,\"account\":\"%s\",\"quote\":\"q_upgrade\",\"kind\":\"switch\",\"timing\":"
      "\"immediate\",\"key\":\"k\",\"created_at\":\"2026-05-10T00:00:00Z\"}",
      upkeep_client_get_identity (fixture->client));
  g_autofree char *newer = g_strdup (good);
  g_autofree char *other = g_strdup (good);
  g_autofree char *cut = g_strndup (good, strlen (good) - 1);
  g_autofree char *name =
      g_strconcat ("outbox-", upkeep_client_get_identity (fixture->client), ".json", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  const char *const vectors[] = {"", "{}", cut, newer, other, "[1]", "\xff"};

  strstr (newer, "1,")[0] = '2';
  strstr (other, "\"account\":\"")[strlen ("\"account\":\"")] = 'z';
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autofree char *aside = g_strdup_printf ("%s.%d", path, (int) i + 1);
    g_autofree char *kept = NULL;

    g_test_message ("%s", vectors[i]);
    g_assert_true (g_file_set_contents (path, vectors[i], -1, NULL));
    g_assert_finalize_object (fixture->outbox);
    open_outbox (fixture);
    load (fixture);
    g_assert_true (upkeep_outbox_get_damaged (fixture->outbox));
    assert_record (fixture, FALSE);
    g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
    g_assert_cmpstr (kept, ==, vectors[i]);
  }
  g_assert_cmpuint (upkeep_test_server_count (fixture->server, ""), ==, 0);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  load (fixture);
  g_assert_false (upkeep_outbox_get_damaged (fixture->outbox));
  assert_record (fixture, FALSE);
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (accept_quote (fixture, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (upkeep_test_server_count (fixture->server, ""), ==, 0);
  assert_record (fixture, FALSE);
}

/* Before it has left it can be called off. */
static void
test_cancel_keeping (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  answer_accepted (fixture);
  upkeep_outbox_accept_async (fixture->outbox, fixture->quote, UPKEEP_TIMING_IMMEDIATE, cancellable,
                              store_cb, &result);
  g_cancellable_cancel (cancellable);
  wait_for (&result);
  g_assert_false (
      upkeep_outbox_accept_finish (fixture->outbox, result, &statement, &receipt, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  wait_until_settled (fixture, 1);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (upkeep_test_server_count (fixture->server, ""), ==, 0);
  assert_record (fixture, FALSE);
}

/* Afterwards the caller stops waiting, and the outbox does not. */
static void
test_cancel_sent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  upkeep_test_server_answer_raw (fixture->server, ACCEPT,
                                 "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", UPKEEP_TEST_END_HANG);
  upkeep_test_server_on_answered (fixture->server, cancel_cb, cancellable);
  g_assert_false (accept_quote (fixture, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_record (fixture, TRUE);
  g_assert_cmpuint (fixture->n_settled, ==, 0);

  g_clear_object (&fixture->outbox); /* the owner goes, too */
  drain ();
  open_outbox (fixture);
  upkeep_test_server_on_answered (fixture->server, NULL, NULL);
  answer_accepted (fixture);
  load (fixture);
  wait_until_settled (fixture, 1);
  g_assert_nonnull (fixture->receipt);
  assert_one_key (fixture);
}

/* With nobody waiting, the outbox may go while it waits to try again. */
static void
test_owner_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  answer_problem (fixture, 503, "store_unavailable");
  g_assert_finalize_object (fixture->outbox);
  fixture->outbox = upkeep_outbox_new (fixture->client, fixture->folder);
  g_assert_false (accept_quote (fixture, NULL, &error));
  g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME);
  drain ();
  g_assert_finalize_object (fixture->outbox);
  fixture->outbox = NULL;
  path = find_file (fixture->folder, "outbox-");
  g_assert_nonnull (path);
}

static void
test_retry_now (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  upkeep_test_server_answer (fixture->server, ACCEPT, 503, "Retry-After: 3600\r\n", PROBLEM,
                             "{\"status\":503,\"code\":\"store_unavailable\"}");
  answer_accepted (fixture);
  upkeep_outbox_retry_now (fixture->outbox); /* nothing to do */
  g_assert_false (accept_quote (fixture, NULL, &error));
  g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpuint (upkeep_test_server_count (fixture->server, ACCEPT), ==, 1);
  upkeep_outbox_retry_now (fixture->outbox);
  upkeep_outbox_retry_now (fixture->outbox); /* not twice at a time */
  wait_until_settled (fixture, 1);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (upkeep_test_server_count (fixture->server, ACCEPT), ==, 2);
}

int
main (int argc, char *argv[])
{
  const struct {
    const char *path;
    void (*function) (Fixture *fixture, gconstpointer data);
  } tests[] = {
      {"/sync/outbox/accepted", test_accepted},
      {"/sync/outbox/restart", test_restart},
      {"/sync/outbox/offline", test_offline},
      {"/sync/outbox/unknown", test_unknown},
      {"/sync/outbox/refused", test_refused},
      {"/sync/outbox/not-kept", test_not_kept},
      {"/sync/outbox/damaged", test_damaged},
      {"/sync/outbox/empty", test_empty},
      {"/sync/outbox/cancel/before", test_cancel_before},
      {"/sync/outbox/cancel/keeping", test_cancel_keeping},
      {"/sync/outbox/cancel/sent", test_cancel_sent},
      {"/sync/outbox/owner-gone", test_owner_gone},
      {"/sync/outbox/retry-now", test_retry_now},
  };

  upkeep_client_prepare_process ();
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].function, tear_down);
  return g_test_run ();
}

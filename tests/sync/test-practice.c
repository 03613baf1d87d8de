/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-embedded.h"
#include "upkeep-session.h"

#include "upkeep-sync-test.h"

#include <string.h>

/* The client against the real service: `test-practice DAEMON SAMPLE`. */

typedef struct {
  char *folder;
  UpkeepEmbedded *embedded;
  UpkeepClient *client;
  UpkeepSession *session;
} Fixture;

static void
start_service (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->embedded = upkeep_embedded_new ();
  upkeep_embedded_start_async (fixture->embedded, NULL, store_cb, &result);
  wait_for (&result);
  g_assert_true (upkeep_embedded_start_finish (fixture->embedded, result, &error));
  g_assert_no_error (error);
}

static void
open_session (Fixture *fixture)
{
  fixture->client =
      upkeep_client_new_for_socket (upkeep_embedded_get_socket_path (fixture->embedded),
                                    upkeep_embedded_get_token (fixture->embedded));
  fixture->session = upkeep_session_new (fixture->client, fixture->folder, fixture->folder);
}

static void
close_session (Fixture *fixture)
{
  UpkeepSession *session = g_steal_pointer (&fixture->session);

  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  g_object_unref (session);
  while (session != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&fixture->client);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = make_folder ();
  start_service (fixture);
  open_session (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_session (fixture);
  finalize_soon (fixture->embedded);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
wait_for_state (Fixture *fixture, UpkeepSessionState state)
{
  while (upkeep_session_get_state (fixture->session) != state)
    g_main_context_iteration (NULL, TRUE);
}

static UpkeepQuote *
make_quote (Fixture *fixture, UpkeepQuoteKind kind, const char *plan, gint64 quantity)
{
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (kind);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepQuote *quote;

  request->plan = g_strdup (plan);
  request->interval = plan != NULL ? UPKEEP_INTERVAL_MONTH : UPKEEP_INTERVAL_NONE;
  request->quantity = quantity;
  upkeep_session_quote_async (fixture->session, request, NULL, store_cb, &result);
  wait_for (&result);
  quote = upkeep_session_quote_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return quote;
}

static UpkeepReceipt *
accept_quote (Fixture *fixture, UpkeepQuote *quote, UpkeepTiming timing, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  upkeep_session_accept_async (fixture->session, quote, timing, NULL, store_cb, &result);
  wait_for (&result);
  return upkeep_session_accept_finish (fixture->session, result, error);
}

/* CONTRACT section 5: a client that links the model computes the same lines from the terms. */
static void
assert_lines_follow (const UpkeepQuote *quote)
{
  for (guint i = 0; i < quote->options->len; i++) {
    const UpkeepOption *option = &g_array_index (quote->options, UpkeepOption, i);
    UpkeepBill bill;

    g_assert_true (upkeep_terms_compute (&option->terms, &bill, NULL));
    g_assert_true (upkeep_bill_equal (&bill, &option->bill));
  }
}

static void
test_sample (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepInvoicePage) page = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepStatement *statement;

  upkeep_session_start (fixture->session);
  wait_for_state (fixture, UPKEEP_SESSION_OK);
  statement = upkeep_session_get_statement (fixture->session);
  g_assert_cmpint (statement->state, ==, UPKEEP_STATE_ACTIVE);
  g_assert_cmpstr (upkeep_session_get_edition (fixture->session)->service, ==, statement->service);
  g_assert_cmpstr (upkeep_session_get_edition (fixture->session)->id, ==, statement->edition);

  upkeep_session_fetch_invoices_async (fixture->session, NULL, NULL, store_cb, &result);
  wait_for (&result);
  page = upkeep_session_fetch_invoices_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->invoices->len, >, 0);
}

/* Scheduled, undone, and once only; then the service and the app go, and what was is still there.
 */
static void
test_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepQuote) cancel = NULL;
  g_autoptr (UpkeepQuote) resume = NULL;
  g_autoptr (UpkeepReceipt) cancelled = NULL;
  g_autoptr (UpkeepReceipt) again = NULL;
  g_autoptr (UpkeepReceipt) resumed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  gint64 version;

  upkeep_session_start (fixture->session);
  wait_for_state (fixture, UPKEEP_SESSION_OK);
  id = g_strdup (upkeep_session_get_statement (fixture->session)->id);

  cancel = make_quote (fixture, UPKEEP_QUOTE_CANCEL, NULL, 0);
  g_assert_cmpint (cancel->direction, ==, UPKEEP_DIRECTION_END);
  assert_lines_follow (cancel);
  cancelled = accept_quote (fixture, cancel, UPKEEP_TIMING_PERIOD_END, &error);
  g_assert_no_error (error);
  g_assert_null (cancelled->invoice);
  g_assert_cmpint (upkeep_session_get_statement (fixture->session)->scheduled, ==,
                   UPKEEP_SCHEDULED_CANCEL);

  again = accept_quote (fixture, cancel, UPKEEP_TIMING_PERIOD_END, &error);
  g_assert_null (again);
  g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_ALREADY_ACCEPTED);
  g_clear_error (&error);

  resume = make_quote (fixture, UPKEEP_QUOTE_RESUME, NULL, 0);
  resumed = accept_quote (fixture, resume, UPKEEP_TIMING_IMMEDIATE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (upkeep_session_get_statement (fixture->session)->scheduled, ==,
                   UPKEEP_SCHEDULED_NOTHING);
  wait_for_state (fixture, UPKEEP_SESSION_OK);
  version = upkeep_session_get_statement (fixture->session)->version;

  close_session (fixture);
  finalize_soon (fixture->embedded);
  start_service (fixture);
  open_session (fixture);
  upkeep_session_start (fixture->session);
  wait_for_state (fixture, UPKEEP_SESSION_OK);
  g_assert_cmpstr (upkeep_session_get_statement (fixture->session)->id, ==, id);
  g_assert_cmpint (upkeep_session_get_statement (fixture->session)->version, >=, version);
}

static void
test_quotes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepQuote) upgrade = NULL;
  g_autoptr (UpkeepQuote) topup = NULL;
  g_autoptr (UpkeepQuote) pay = NULL;
  g_autoptr (UpkeepQuote) unknown = NULL;
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  upkeep_session_start (fixture->session);
  wait_for_state (fixture, UPKEEP_SESSION_OK);

  topup = make_quote (fixture, UPKEEP_QUOTE_TOPUP, NULL, 3600);
  g_assert_cmpuint (topup->options->len, ==, 1);
  assert_lines_follow (topup);
  pay = make_quote (fixture, UPKEEP_QUOTE_PAY, NULL, 0);
  g_assert_true (upkeep_quote_is_blocked (pay, UPKEEP_BLOCKED_NOTHING_DUE));
  unknown = make_quote (fixture, UPKEEP_QUOTE_SWITCH, "no such plan", 0);
  g_assert_true (upkeep_quote_is_blocked (unknown, UPKEEP_BLOCKED_UNKNOWN_PLAN));

  upgrade = make_quote (fixture, UPKEEP_QUOTE_SWITCH, "pro", 0);
  g_assert_cmpint (upgrade->direction, ==, UPKEEP_DIRECTION_UPGRADE);
  g_assert_cmpuint (upgrade->options->len, ==, 2);
  assert_lines_follow (upgrade);
  receipt = accept_quote (fixture, upgrade, UPKEEP_TIMING_IMMEDIATE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (receipt->invoice);
  g_assert_true (upkeep_bill_equal (
      &receipt->bill, &upkeep_quote_find_option (upgrade, UPKEEP_TIMING_IMMEDIATE)->bill));
  g_assert_cmpstr (upkeep_session_get_statement (fixture->session)->plan, ==, "pro");
}

static gboolean
tell_reason (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  upkeep_session_tell_reason_async (fixture->session, UPKEEP_LEAVE_PRIORITIES, "Less time.", NULL,
                                    store_cb, &result);
  wait_for (&result);
  return upkeep_session_tell_reason_finish (fixture->session, result, error);
}

/* B-02: asked after the fact, and never in the way of it. */
static void
test_reason (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepQuote) cancel = NULL;
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GError) early = NULL;
  g_autoptr (GError) error = NULL;

  upkeep_session_start (fixture->session);
  wait_for_state (fixture, UPKEEP_SESSION_OK);
  g_assert_false (tell_reason (fixture, &early));
  g_assert_error (early, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_REFUSED);
  cancel = make_quote (fixture, UPKEEP_QUOTE_CANCEL, NULL, 0);
  receipt = accept_quote (fixture, cancel, UPKEEP_TIMING_PERIOD_END, &error);
  g_assert_no_error (error);
  g_assert_true (tell_reason (fixture, &error));
  g_assert_no_error (error);
}

static void
test_stranger (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepClient) stranger = upkeep_client_new_for_socket (
      upkeep_embedded_get_socket_path (fixture->embedded), "not-the-token");
  g_autoptr (UpkeepFetched) fetched = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  upkeep_client_fetch_account_async (stranger, NULL, NULL, store_cb, &result);
  wait_for (&result);
  fetched = upkeep_client_fetch_account_finish (stranger, result, &error);
  g_assert_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_UNAUTHORIZED);
}

int
main (int argc, char *argv[])
{
  const struct {
    const char *path;
    void (*function) (Fixture *fixture, gconstpointer data);
  } tests[] = {
      {"/sync/practice/sample", test_sample},     {"/sync/practice/change", test_change},
      {"/sync/practice/quotes", test_quotes},     {"/sync/practice/reason", test_reason},
      {"/sync/practice/stranger", test_stranger},
  };
  g_autofree char *folder = NULL;
  int status;

  upkeep_client_prepare_process ();
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  folder = make_folder ();
  g_setenv ("UPKEEP_DAEMON", argv[1], TRUE);
  g_setenv ("UPKEEP_SAMPLE", argv[2], TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].function, tear_down);
  status = g_test_run ();
  remove_folder (folder);
  return status;
}

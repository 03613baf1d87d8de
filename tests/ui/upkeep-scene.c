/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-scene.h"

#include "upkeep-find.h"
#include "upkeep-json.h"
#include "upkeep-sync-test.h"
#include "upkeep-wire-account.h"
#include "upkeep-wire-link.h"
#include "upkeep-wire-quote.h"
#include "upkeep-wire-statement.h"

#define JSON      "application/json"
#define PROBLEM   "application/problem+json"
#define CATALOGUE "GET /v1/services/midjourney?edition=2023-03 HTTP/1.1\r\n"

/* Takes the node. */
static char *
print (JsonNode *node)
{
  g_autoptr (GBytes) bytes = upkeep_json_print (node);
  char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  json_node_unref (node);
  return text;
}

static void
answer_catalogue (UpkeepScene *self)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("UPKEEP_CATALOGUES"), "midjourney-2023-03.json", NULL);
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &body, NULL, &error);
  g_assert_no_error (error);
  upkeep_test_server_answer (self->server, CATALOGUE, 200, "ETag: \"c\"\r\n", JSON, body);
}

/**
 * upkeep_scene_open:
 * @self: a scene, all zero
 *
 * Sets up a service that knows the catalogue and nothing else, and a session that is not started.
 */
void
upkeep_scene_open (UpkeepScene *self)
{
  self->server = upkeep_test_server_new ();
  self->folder = make_folder ();
  self->client = upkeep_client_new (upkeep_test_server_get_uri (self->server), "token");
  self->session = upkeep_session_new (self->client, self->folder, self->folder);
  answer_catalogue (self);
}

static gboolean
has_answered (gpointer user_data)
{
  UpkeepScene *self = user_data;
  UpkeepSessionState state = upkeep_session_get_state (self->session);

  return state != UPKEEP_SESSION_NEVER && state != UPKEEP_SESSION_LOADING;
}

/**
 * upkeep_scene_start:
 * @self: an open scene
 *
 * Starts the session and waits until it has an answer.
 */
void
upkeep_scene_start (UpkeepScene *self)
{
  upkeep_session_start (self->session);
  upkeep_find_wait (has_answered, self);
}

/**
 * upkeep_scene_close:
 * @self: an open scene
 *
 * Takes all of it away and checks that nobody holds on to it.
 */
void
upkeep_scene_close (UpkeepScene *self)
{
  finalize_soon (g_steal_pointer (&self->session));
  drain ();
  finalize_soon (g_steal_pointer (&self->client));
  g_clear_pointer (&self->server, upkeep_test_server_free);
  remove_folder (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

/**
 * upkeep_scene_answer_account:
 * @self: an open scene
 * @statement: (transfer full): the account from now on
 */
void
upkeep_scene_answer_account (UpkeepScene *self, UpkeepStatement *statement)
{
  g_autofree char *body = print (upkeep_wire_print_statement (statement));

  upkeep_test_server_answer (self->server, UPKEEP_SCENE_ACCOUNT, 200, "ETag: \"a\"\r\n", JSON,
                             body);
  upkeep_statement_unref (statement);
}

/**
 * upkeep_scene_answer_quote:
 * @self: an open scene
 * @quote: (transfer full): the next quote, whatever is asked for
 */
void
upkeep_scene_answer_quote (UpkeepScene *self, UpkeepQuote *quote)
{
  g_autofree char *body = print (upkeep_wire_print_quote (quote, "gpu_second"));

  upkeep_test_server_answer (self->server, UPKEEP_SCENE_QUOTES, 201, NULL, JSON, body);
  upkeep_quote_unref (quote);
}

/**
 * upkeep_scene_answer_accept:
 * @self: an open scene
 * @statement: (transfer full): the account after it, from now on
 * @receipt: (transfer full): what one gets for it
 */
void
upkeep_scene_answer_accept (UpkeepScene *self, UpkeepStatement *statement, UpkeepReceipt *receipt)
{
  g_autofree char *body = print (upkeep_wire_print_accepted (statement, receipt));

  upkeep_test_server_answer (self->server, UPKEEP_SCENE_ACCEPT, 200, NULL, JSON, body);
  upkeep_scene_answer_account (self, statement);
  upkeep_receipt_unref (receipt);
}

/**
 * upkeep_scene_answer_stale:
 * @self: an open scene
 * @quote: (transfer full): the fresh one in place of the one that is accepted
 */
void
upkeep_scene_answer_stale (UpkeepScene *self, UpkeepQuote *quote)
{
  g_autofree char *fresh = print (upkeep_wire_print_quote (quote, "gpu_second"));
  g_autofree char *body = g_strdup_printf (
      "{\"type\":\"urn:upkeep:problem:quote_stale\",\"title\":\"Stale\",\"status\":409,"
      "\"detail\":\"Stale\",\"code\":\"quote_stale\",\"quote\":%s,\"changed\":[]}",
      fresh);

  upkeep_test_server_answer (self->server, UPKEEP_SCENE_ACCEPT, 409, NULL, PROBLEM, body);
  upkeep_quote_unref (quote);
}

/**
 * upkeep_scene_answer_link:
 * @self: an open scene
 * @prefix: what the requests begin with
 * @url: the address they are given
 */
void
upkeep_scene_answer_link (UpkeepScene *self, const char *prefix, const char *url)
{
  g_autofree char *body =
      print (upkeep_wire_print_link (&(UpkeepLink){(char *) url, G_GINT64_CONSTANT (1780272000)}));

  upkeep_test_server_answer (self->server, prefix, 201, NULL, JSON, body);
}

/**
 * upkeep_scene_answer_problem:
 * @self: an open scene
 * @prefix: what the requests begin with
 * @status: of HTTP
 * @code: the service's name for the reason
 */
void
upkeep_scene_answer_problem (UpkeepScene *self, const char *prefix, guint status, const char *code)
{
  g_autofree char *body =
      g_strdup_printf ("{\"type\":\"urn:upkeep:problem:%s\",\"title\":\"No\",\"status\":%u,"
                       "\"detail\":\"No\",\"code\":\"%s\"}",
                       code, status, code);

  upkeep_test_server_answer (self->server, prefix, status, NULL, PROBLEM, body);
}

/**
 * upkeep_scene_hang_up:
 * @self: an open scene
 * @prefix: what the requests begin with
 *
 * Takes such requests and breaks off without a word.
 */
void
upkeep_scene_hang_up (UpkeepScene *self, const char *prefix)
{
  upkeep_test_server_answer_raw (self->server, prefix, "", UPKEEP_TEST_END_CLOSE);
}

/**
 * upkeep_scene_stop_service:
 * @self: an open scene
 *
 * Lets nobody listen any more.
 */
void
upkeep_scene_stop_service (UpkeepScene *self)
{
  g_clear_pointer (&self->server, upkeep_test_server_free);
}

/**
 * upkeep_scene_receipt:
 * @quote: a quote
 * @timing: one of its options
 *
 * Makes what one gets for accepting it.
 *
 * Returns: (transfer full): the receipt
 */
UpkeepReceipt *
upkeep_scene_receipt (const UpkeepQuote *quote, UpkeepTiming timing)
{
  const UpkeepOption *option = upkeep_quote_find_option (quote, timing);
  UpkeepReceipt *receipt = upkeep_receipt_new ();

  receipt->id = g_strdup ("r1");
  receipt->at_s = quote->created_at_s;
  g_strlcpy (receipt->currency, quote->currency, sizeof receipt->currency);
  receipt->bill = option->bill;
  receipt->has_refund = option->has_refund;
  receipt->refund = option->refund;
  return receipt;
}

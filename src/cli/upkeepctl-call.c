/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-client-error.h"
#include "upkeep-exchange.h"
#include "upkeep-file.h"
#include "upkeep-json.h"
#include "upkeep-problem.h"
#include "upkeep-wire-edition.h"
#include "upkeep-wire-statement.h"

#include <glib/gi18n.h>
#include <string.h>

#define TOKEN_MAX_BYTES   4096
#define JSON_CONTENT_TYPE "application/json"
/* How a service on a socket is named, and addressed. */
#define SOCKET_PREFIX   "unix:"
#define SOCKET_BASE_URI "http://localhost"

/* One exchange, waited for. */
typedef struct {
  GMainLoop *loop;
  UpkeepReply *reply; /* (owned) (nullable) */
  gboolean was_sent;
  GError *error; /* (owned) (nullable) */
} Wait;

static const char *
get_server (const Upkeepctl *ctl)
{
  return ctl->server != NULL ? ctl->server : g_getenv ("UPKEEP_SERVER");
}

/**
 * upkeepctl_has_token:
 * @ctl: what every verb is told
 *
 * Tells whether the service would be told who asks.
 *
 * Returns: whether there is a token
 */
gboolean
upkeepctl_has_token (const Upkeepctl *ctl)
{
  return ctl->token_file != NULL || g_getenv ("UPKEEP_TOKEN") != NULL;
}

static gboolean
is_token (const char *text)
{
  for (const char *p = text; *p != '\0'; p++) {
    if (!g_ascii_isgraph (*p))
      return FALSE;
  }
  return text[0] != '\0' && strlen (text) <= TOKEN_MAX_BYTES;
}

static gboolean
read_token (const Upkeepctl *ctl, char **ret_token)
{
  g_autofree char *token = NULL;

  if (!upkeepctl_has_token (ctl)) {
    *ret_token = NULL;
    return TRUE;
  }
  if (ctl->token_file != NULL) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = upkeep_file_read (ctl->token_file, TOKEN_MAX_BYTES, &error);

    if (bytes == NULL) {
      upkeepctl_complain ("%s", error->message);
      return FALSE;
    }
    token = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  } else {
    token = g_strdup (g_getenv ("UPKEEP_TOKEN"));
  }
  g_strstrip (token);
  if (!is_token (token)) {
    upkeepctl_complain ("%s", _ ("What should be the token is none: it is one word of ASCII."));
    return FALSE;
  }
  *ret_token = g_steal_pointer (&token);
  return TRUE;
}

static UpkeepExchange *
new_exchange (const Upkeepctl *ctl)
{
  const char *server = get_server (ctl);
  g_autofree char *token = NULL;

  if (server == NULL) {
    upkeepctl_complain ("%s", _ ("Which service? Give --server or set UPKEEP_SERVER."));
    return NULL;
  }
  if (!read_token (ctl, &token))
    return NULL;

  if (g_str_has_prefix (server, SOCKET_PREFIX))
    return upkeep_exchange_new (SOCKET_BASE_URI, server + strlen (SOCKET_PREFIX), token,
                                UPKEEP_EXCHANGE_DEADLINE_MS);
  return upkeep_exchange_new (server, NULL, token, UPKEEP_EXCHANGE_DEADLINE_MS);
}

static void
reply_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->reply =
      upkeep_exchange_send_finish (UPKEEP_EXCHANGE (source), result, &wait->was_sent, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
append_blocked (JsonArray *array, guint index, JsonNode *element, gpointer user_data)
{
  GString *text = user_data;
  const char *code = JSON_NODE_HOLDS_OBJECT (element)
                         ? json_object_get_string_member_with_default (
                               json_node_get_object (element), "code", NULL)
                         : NULL;

  if (code != NULL)
    g_string_append_printf (text, "%s%s", index == 0 ? ": " : ", ", code);
}

/* The reason in the words of the service: its code, which a program can rely on, and what it adds.
 */
static void
complain_of_problem (const UpkeepProblem *problem)
{
  g_autoptr (GString) text = g_string_new (upkeep_problem_get_code_name (problem));
  JsonObject *extra = upkeep_problem_get_extra (problem);
  JsonNode *blocked = extra != NULL ? json_object_get_member (extra, "blocked") : NULL;
  const char *decline_code =
      extra != NULL ? json_object_get_string_member_with_default (extra, "decline_code", NULL)
                    : NULL;
  const char *member = upkeep_problem_get_member (problem);
  const char *detail = upkeep_problem_get_detail (problem);

  if (decline_code != NULL)
    g_string_append_printf (text, ": %s", decline_code);
  if (blocked != NULL && JSON_NODE_HOLDS_ARRAY (blocked))
    json_array_foreach_element (json_node_get_array (blocked), append_blocked, text);
  /* Most reasons begin with the member that they are about. */
  if (member != NULL && (detail == NULL || !g_str_has_prefix (detail, member)))
    g_string_append_printf (text, ": %s", member);
  if (detail != NULL)
    g_string_append_printf (text, ": %s", detail);
  upkeepctl_complain ("%s", text->str);
}

static UpkeepctlStatus
judge_reply (const Upkeepctl *ctl, const UpkeepReply *reply, GBytes **ret_body)
{
  g_autoptr (UpkeepProblem) problem = NULL;

  if ((reply->status == 200 || reply->status == 201) &&
      g_strcmp0 (reply->content_type, JSON_CONTENT_TYPE) == 0) {
    *ret_body = g_bytes_ref (reply->body);
    return UPKEEPCTL_DONE;
  }
  problem = upkeep_problem_new_from_bytes (reply->body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, NULL);
  if (problem == NULL) {
    upkeepctl_complain (
        /* Translators: an address, and a number of HTTP such as 302. */
        _ ("Something other than the service answered at %1$s, with status %2$u."),
        get_server (ctl), reply->status);
    return UPKEEPCTL_UNREACHABLE;
  }
  complain_of_problem (problem);
  return reply->status >= 500 ? UPKEEPCTL_UNREACHABLE : UPKEEPCTL_REFUSED;
}

static UpkeepctlStatus
judge_error (const Upkeepctl *ctl, const Wait *wait, const char *key)
{
  if (wait->error->code == UPKEEP_CLIENT_ERROR_ADDRESS) {
    upkeepctl_complain (
        /* Translators: %s is an address. */
        _ ("%s is no address to send a token to: it has to begin with https, or be on this "
           "machine."),
        get_server (ctl));
    return UPKEEPCTL_USAGE;
  }
  /* Translators: an address, then a reason in English. */
  upkeepctl_complain (_ ("%1$s cannot be reached: %2$s"), get_server (ctl), wait->error->message);
  if (key != NULL && wait->was_sent)
    /* Translators: %s is a made-up word that is given again. */
    upkeepctl_complain (_ ("It may have happened. To learn that, do the same again with --key %s"),
                        key);
  return UPKEEPCTL_UNREACHABLE;
}

/**
 * upkeepctl_call:
 * @ctl: what every verb is told
 * @method: `GET` or `POST`
 * @path: begins with a slash, each part escaped
 * @query: (nullable): escaped
 * @body: (nullable): JSON
 * @key: (nullable): makes a change happen once
 * @ret_body: (out): the document, where the service did what it was asked for
 *
 * Asks the service and waits for its answer. What went wrong is said.
 *
 * Returns: how the program would end
 */
UpkeepctlStatus
upkeepctl_call (Upkeepctl *ctl,
                const char *method,
                const char *path,
                const char *query,
                GBytes *body,
                const char *key,
                GBytes **ret_body)
{
  const UpkeepExchangeRequest request = {
      .method = method,
      .path = path,
      .query = query,
      .idempotency_key = key,
      .body = body,
      .may_repeat = body == NULL,
  };
  g_autoptr (UpkeepExchange) exchange = new_exchange (ctl);
  g_autoptr (GMainLoop) loop = NULL;
  Wait wait = {0};
  UpkeepctlStatus status;

  if (exchange == NULL)
    return UPKEEPCTL_USAGE;

  loop = g_main_loop_new (NULL, FALSE);
  wait.loop = loop;
  upkeep_exchange_send_async (exchange, &request, NULL, reply_sent_cb, &wait);
  g_main_loop_run (loop);

  status =
      wait.reply != NULL ? judge_reply (ctl, wait.reply, ret_body) : judge_error (ctl, &wait, key);
  g_clear_pointer (&wait.reply, upkeep_reply_free);
  g_clear_error (&wait.error);
  return status;
}

/**
 * upkeepctl_get:
 * @ctl: what every verb is told
 * @path: begins with a slash, each part escaped
 * @query: (nullable): escaped
 * @ret_body: (out): the document
 *
 * Asks the service for a document.
 *
 * Returns: how the program would end
 */
UpkeepctlStatus
upkeepctl_get (Upkeepctl *ctl, const char *path, const char *query, GBytes **ret_body)
{
  return upkeepctl_call (ctl, "GET", path, query, NULL, NULL, ret_body);
}

/**
 * upkeepctl_misread:
 * @error: why a document could not be read
 *
 * Says that an answer is not what it should be.
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_misread (const GError *error)
{
  /* Translators: %s is a reason in English. */
  upkeepctl_complain (_ ("The answer cannot be read: %s"), error->message);
  return UPKEEPCTL_UNREACHABLE;
}

/**
 * upkeepctl_get_statement:
 * @ctl: what every verb is told
 * @ret_statement: (out): the account
 * @ret_body: (out): its document
 *
 * Asks for the account.
 *
 * Returns: how the program would end
 */
UpkeepctlStatus
upkeepctl_get_statement (Upkeepctl *ctl, UpkeepStatement **ret_statement, GBytes **ret_body)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepctlStatus status = upkeepctl_get (ctl, "/v1/account", NULL, &body);

  if (status != UPKEEPCTL_DONE)
    return status;

  node = upkeep_json_parse (body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, &error);
  *ret_statement = node != NULL ? upkeep_wire_parse_statement (node, &error) : NULL;
  if (*ret_statement == NULL)
    return upkeepctl_misread (error);

  *ret_body = g_steal_pointer (&body);
  return UPKEEPCTL_DONE;
}

/**
 * upkeepctl_get_edition:
 * @ctl: what every verb is told
 * @service: which service
 * @edition_id: (nullable): which edition; `NULL` for the one new accounts get
 * @ret_edition: (out): the catalogue
 * @ret_body: (out): its document
 *
 * Asks for a catalogue.
 *
 * Returns: how the program would end
 */
UpkeepctlStatus
upkeepctl_get_edition (Upkeepctl *ctl,
                       const char *service,
                       const char *edition_id,
                       UpkeepEdition **ret_edition,
                       GBytes **ret_body)
{
  g_autofree char *service_part = g_uri_escape_string (service, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/v1/services/", service_part, NULL);
  g_autofree char *edition_part =
      edition_id != NULL ? g_uri_escape_string (edition_id, NULL, FALSE) : NULL;
  g_autofree char *query = edition_id != NULL ? g_strconcat ("edition=", edition_part, NULL) : NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepctlStatus status = upkeepctl_get (ctl, path, query, &body);

  if (status != UPKEEPCTL_DONE)
    return status;

  *ret_edition = upkeep_wire_parse_edition (body, &error);
  if (*ret_edition == NULL)
    return upkeepctl_misread (error);

  *ret_body = g_steal_pointer (&body);
  return UPKEEPCTL_DONE;
}

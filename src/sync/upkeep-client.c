/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-client.h"

#include "upkeep-exchange.h"
#include "upkeep-json.h"
#include "upkeep-problem.h"
#include "upkeep-wire-changes.h"
#include "upkeep-wire-edition.h"
#include "upkeep-wire-leaving.h"
#include "upkeep-wire-parts.h"
#include "upkeep-wire-statement.h"

#define JSON_CONTENT_TYPE "application/json"

/* Larger answers are read in a worker (RELIABILITY 5.7). */
#define INLINE_MAX_BYTES ((gsize) 64 * 1024)

/* The name by which a service on a socket is addressed; it is not looked up. */
#define SOCKET_BASE_URI "http://localhost"

#define INVOICES_LIMIT "20"

struct _UpkeepClient {
  GObject parent_instance;

  UpkeepExchange *exchange; /* (owned) */
  char *base_uri;           /* (owned) */
  char *socket_path;        /* (owned) (nullable) */
  char *token;              /* (owned) (nullable) */
  char *identity;           /* (owned) */
  guint deadline_ms;
};

typedef enum {
  PROP_BASE_URI = 1,
  PROP_SOCKET_PATH,
  PROP_TOKEN,
  PROP_DEADLINE_MS,
} UpkeepClientProperty;

static GParamSpec *properties[PROP_DEADLINE_MS + 1];

G_DEFINE_FINAL_TYPE (UpkeepClient, upkeep_client, G_TYPE_OBJECT)

/* Makes a value of an answer that says 200, 201 or 304. */
typedef gpointer (*ReadReply) (const UpkeepReply *reply, GError **error);

/* A call that waits for its answer. */
typedef struct {
  ReadReply read;
  GDestroyNotify free_value;
  gboolean is_accept;
  gboolean has_etag;  /* the document at hand may still stand */
  UpkeepReply *reply; /* (owned) (nullable) */
} Call;

static void
call_free (Call *call)
{
  g_clear_pointer (&call->reply, upkeep_reply_free);
  g_free (call);
}

/* What an accepted quote brings. */
typedef struct {
  UpkeepStatement *statement; /* (owned) */
  UpkeepReceipt *receipt;     /* (owned) */
} Accepted;

static void
accepted_free (Accepted *accepted)
{
  g_clear_pointer (&accepted->statement, upkeep_statement_unref);
  g_clear_pointer (&accepted->receipt, upkeep_receipt_unref);
  g_free (accepted);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Accepted, accepted_free)

static UpkeepFetched *
new_fetched (const UpkeepReply *reply)
{
  UpkeepFetched *fetched = g_new0 (UpkeepFetched, 1);

  fetched->etag = g_strdup (reply->etag);
  return fetched;
}

static gboolean
is_not_modified (const UpkeepReply *reply)
{
  return reply->status == 304;
}

static gpointer
read_account (const UpkeepReply *reply, GError **error)
{
  g_autoptr (UpkeepFetched) fetched = new_fetched (reply);
  g_autoptr (JsonNode) node = NULL;

  if (is_not_modified (reply))
    return g_steal_pointer (&fetched);

  node = upkeep_json_parse (reply->body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, error);
  if (node == NULL)
    return NULL;

  fetched->statement = upkeep_wire_parse_statement (node, error);
  if (fetched->statement == NULL)
    return NULL;

  fetched->body = g_bytes_ref (reply->body);
  return g_steal_pointer (&fetched);
}

static gpointer
read_changes (const UpkeepReply *reply, GError **error)
{
  g_autoptr (UpkeepFetched) fetched = new_fetched (reply);
  g_autoptr (JsonNode) node =
      upkeep_json_parse (reply->body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, error);

  if (node == NULL)
    return NULL;

  fetched->changes = upkeep_wire_parse_changes (node, error);
  if (fetched->changes == NULL)
    return NULL;

  fetched->body = g_bytes_ref (reply->body);
  return g_steal_pointer (&fetched);
}

static gpointer
read_catalogue (const UpkeepReply *reply, GError **error)
{
  g_autoptr (UpkeepFetched) fetched = new_fetched (reply);

  if (is_not_modified (reply))
    return g_steal_pointer (&fetched);

  fetched->edition = upkeep_wire_parse_edition (reply->body, error);
  if (fetched->edition == NULL)
    return NULL;

  fetched->body = g_bytes_ref (reply->body);
  return g_steal_pointer (&fetched);
}

static gpointer
read_quote (const UpkeepReply *reply, GError **error)
{
  g_autoptr (JsonNode) node =
      upkeep_json_parse (reply->body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, error);

  return node != NULL ? upkeep_wire_parse_quote (node, error) : NULL;
}

static void
link_free (UpkeepLink *link)
{
  upkeep_link_clear (link);
  g_free (link);
}

static gpointer
read_link (const UpkeepReply *reply, GError **error)
{
  g_autoptr (JsonNode) node =
      upkeep_json_parse (reply->body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, error);
  UpkeepLink link = {0};

  if (node == NULL || !upkeep_wire_parse_link (node, &link, error))
    return NULL;
  return g_memdup2 (&link, sizeof link);
}

static gpointer
read_accepted (const UpkeepReply *reply, GError **error)
{
  g_autoptr (JsonNode) node =
      upkeep_json_parse (reply->body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, error);
  g_autoptr (Accepted) accepted = g_new0 (Accepted, 1);

  if (node == NULL ||
      !upkeep_wire_parse_accepted (node, &accepted->statement, &accepted->receipt, error))
    return NULL;

  return g_steal_pointer (&accepted);
}

static gpointer
read_invoices (const UpkeepReply *reply, GError **error)
{
  g_autoptr (JsonNode) node =
      upkeep_json_parse (reply->body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, error);

  return node != NULL ? upkeep_wire_parse_invoice_page (node, error) : NULL;
}

/* What is kept is what was told. */
static gpointer
read_told (const UpkeepReply *reply, GError **error)
{
  return upkeep_json_parse (reply->body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, error);
}

static UpkeepClientError
judge_status (guint status)
{
  switch (status) {
  case 401:
    return UPKEEP_CLIENT_ERROR_UNAUTHORIZED;
  case 403:
    return UPKEEP_CLIENT_ERROR_FORBIDDEN;
  case 404:
    return UPKEEP_CLIENT_ERROR_NOT_FOUND;
  case 402:
    return UPKEEP_CLIENT_ERROR_DECLINED;
  case 410:
    return UPKEEP_CLIENT_ERROR_EXPIRED;
  case 429:
    return UPKEEP_CLIENT_ERROR_RATE_LIMITED;
  case 408:
  case 425:
    return UPKEEP_CLIENT_ERROR_SERVICE;
  default:
    return status >= 500 ? UPKEEP_CLIENT_ERROR_SERVICE : UPKEEP_CLIENT_ERROR_REFUSED;
  }
}

/* Only codes that say more than the status they come with. */
static UpkeepClientError
judge_problem (const UpkeepProblem *problem, guint status)
{
  static const struct {
    UpkeepProblemCode problem;
    UpkeepClientError error;
  } codes[] = {
      {UPKEEP_PROBLEM_QUOTE_STALE, UPKEEP_CLIENT_ERROR_STALE},
      {UPKEEP_PROBLEM_NOT_ALLOWED, UPKEEP_CLIENT_ERROR_NOT_ALLOWED},
      {UPKEEP_PROBLEM_QUOTE_ALREADY_ACCEPTED, UPKEEP_CLIENT_ERROR_ALREADY_ACCEPTED},
      {UPKEEP_PROBLEM_IDEMPOTENCY_IN_PROGRESS, UPKEEP_CLIENT_ERROR_SERVICE},
  };
  UpkeepProblemCode code = upkeep_problem_get_code (problem);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    if (codes[i].problem == code)
      return codes[i].error;
  }
  return judge_status (status);
}

/* What cannot be read of the details is left out: the reason stands without them. */
static void
read_details (UpkeepRefusal *refusal, const UpkeepProblem *problem)
{
  JsonObject *extra = upkeep_problem_get_extra (problem);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GArray) blocked = NULL;
  g_autoptr (GArray) changed = NULL;
  JsonNode *quote;
  UpkeepReader reader;
  const char *text;

  refusal->code = g_strdup (upkeep_problem_get_code_name (problem));
  if (extra == NULL)
    return;

  node = upkeep_wire_take_object (json_object_ref (extra));
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, NULL);
  if (upkeep_reader_optional_id (&reader, "decline_code", UPKEEP_ID_MAX_BYTES, &text))
    refusal->decline_code = g_strdup (text);
  if (upkeep_wire_parse_blocked (node, &blocked, NULL)) {
    g_array_unref (refusal->blocked);
    refusal->blocked = g_steal_pointer (&blocked);
  }
  if (upkeep_wire_parse_changed (node, &changed, NULL)) {
    g_array_unref (refusal->changed);
    refusal->changed = g_steal_pointer (&changed);
  }
  quote = json_object_get_member (extra, "quote");
  if (quote != NULL)
    refusal->quote = upkeep_wire_parse_quote (quote, NULL);
}

/* A service that fails, or somebody else who says no, ends a call; an accept goes on to be unknown
 * (RELIABILITY 1, Kill Bill). */
static UpkeepClientError
judge_for_call (const Call *call, UpkeepClientError code)
{
  if (call->is_accept && (code == UPKEEP_CLIENT_ERROR_SERVICE || code == UPKEEP_CLIENT_ERROR_REPLY))
    return UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME;

  return code;
}

static GError *
read_refusal (const Call *call)
{
  const UpkeepReply *reply = call->reply;
  g_autoptr (UpkeepRefusal) refusal = upkeep_refusal_new (reply->status);
  g_autoptr (UpkeepProblem) problem = NULL;
  UpkeepClientError code = judge_status (reply->status);

  refusal->retry_after_s = reply->retry_after_s;
  if (g_strcmp0 (reply->content_type, UPKEEP_PROBLEM_CONTENT_TYPE) == 0)
    problem = upkeep_problem_new_from_bytes (reply->body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, NULL);

  if (problem != NULL) {
    read_details (refusal, problem);
    return upkeep_client_error_new_refused (
        judge_for_call (call, judge_problem (problem, reply->status)), refusal);
  }

  /* What stands before a service may fail and hold back in its own words; nobody else says no. */
  if (code != UPKEEP_CLIENT_ERROR_SERVICE && code != UPKEEP_CLIENT_ERROR_RATE_LIMITED)
    code = UPKEEP_CLIENT_ERROR_REPLY;
  return upkeep_client_error_new_refused (judge_for_call (call, code), refusal);
}

static gpointer
read_reply (const Call *call, GError **error)
{
  const UpkeepReply *reply = call->reply;
  g_autoptr (GError) local_error = NULL;
  gpointer value;

  if (reply->status != 200 && reply->status != 201 &&
      !(is_not_modified (reply) && call->has_etag)) {
    g_propagate_error (error, read_refusal (call));
    return NULL;
  }

  if (!is_not_modified (reply) && g_strcmp0 (reply->content_type, JSON_CONTENT_TYPE) != 0) {
    /* Somebody else says that all is well. */
    g_set_error (error, UPKEEP_CLIENT_ERROR, (int) judge_for_call (call, UPKEEP_CLIENT_ERROR_REPLY),
                 "an answer of the type %s",
                 reply->content_type != NULL ? reply->content_type : "(none)");
    return NULL;
  }

  value = call->read (reply, &local_error);
  if (value == NULL)
    g_set_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_REPLY, "%s", local_error->message);
  return value;
}

static void
return_value (GTask *task, gpointer value, GError *error)
{
  Call *call = g_task_get_task_data (task);

  if (value != NULL)
    g_task_return_pointer (task, value, call->free_value);
  else
    g_task_return_error (task, error);
}

static void
read_in_thread (GTask *worker, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Call *call = task_data;
  GError *error = NULL;
  gpointer value = read_reply (call, &error);

  if (value != NULL)
    g_task_return_pointer (worker, value, call->free_value);
  else
    g_task_return_error (worker, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &error);

  return_value (task, value, error);
}

/* The worker holds no reference to the client: what talks to the network belongs to this thread, to
 * its end. */
static void
read_elsewhere (GTask *task)
{
  g_autoptr (GTask) worker = g_task_new (NULL, NULL, read_cb, g_object_ref (task));

  g_task_set_source_tag (worker, read_elsewhere);
  g_task_set_task_data (worker, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (worker, read_in_thread);
}

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean was_sent = FALSE;

  call->reply = upkeep_exchange_send_finish (UPKEEP_EXCHANGE (source), result, &was_sent, &error);
  if (call->reply == NULL) {
    if (call->is_accept && was_sent && error->domain == UPKEEP_CLIENT_ERROR)
      g_task_return_new_error (task, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME,
                               "no final answer: %s", error->message);
    else
      g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  if (g_bytes_get_size (call->reply->body) > INLINE_MAX_BYTES) {
    read_elsewhere (task);
  } else {
    gpointer value = read_reply (call, &error);

    return_value (task, value, g_steal_pointer (&error));
  }
}

static void
begin (UpkeepClient *self,
       const UpkeepExchangeRequest *request,
       ReadReply read,
       GDestroyNotify free_value,
       gpointer source_tag,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->read = read;
  call->free_value = free_value;
  call->is_accept = read == read_accepted;
  call->has_etag = request->etag != NULL;
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  upkeep_exchange_send_async (self->exchange, request, cancellable, replied_cb, task);
}

/* A socket and its token are new each time the service on it is started; the account is not. */
static char *
dup_identity (UpkeepClient *self)
{
  g_autofree char *token_hash = NULL;
  g_autofree char *text = NULL;

  if (self->socket_path == NULL && self->token != NULL)
    token_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->token, -1);
  text = g_strconcat (self->socket_path != NULL ? "unix:" : self->base_uri, "\n", token_hash, NULL);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static void
upkeep_client_constructed (GObject *object)
{
  UpkeepClient *self = UPKEEP_CLIENT (object);

  G_OBJECT_CLASS (upkeep_client_parent_class)->constructed (object);

  self->identity = dup_identity (self);
  self->exchange =
      upkeep_exchange_new (self->base_uri, self->socket_path, self->token, self->deadline_ms);
}

static void
upkeep_client_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepClient *self = UPKEEP_CLIENT (object);

  switch ((UpkeepClientProperty) prop_id) {
  case PROP_BASE_URI:
    g_value_set_string (value, self->base_uri);
    break;
  case PROP_SOCKET_PATH:
    g_value_set_string (value, self->socket_path);
    break;
  case PROP_TOKEN:
    g_value_set_string (value, self->token);
    break;
  case PROP_DEADLINE_MS:
    g_value_set_uint (value, self->deadline_ms);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_client_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UpkeepClient *self = UPKEEP_CLIENT (object);

  switch ((UpkeepClientProperty) prop_id) {
  case PROP_BASE_URI:
    self->base_uri = g_value_dup_string (value);
    break;
  case PROP_SOCKET_PATH:
    self->socket_path = g_value_dup_string (value);
    break;
  case PROP_TOKEN:
    self->token = g_value_dup_string (value);
    break;
  case PROP_DEADLINE_MS:
    self->deadline_ms = g_value_get_uint (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_client_dispose (GObject *object)
{
  UpkeepClient *self = UPKEEP_CLIENT (object);

  g_clear_object (&self->exchange);

  G_OBJECT_CLASS (upkeep_client_parent_class)->dispose (object);
}

static void
upkeep_client_finalize (GObject *object)
{
  UpkeepClient *self = UPKEEP_CLIENT (object);

  g_free (self->base_uri);
  g_free (self->socket_path);
  g_free (self->token);
  g_free (self->identity);

  G_OBJECT_CLASS (upkeep_client_parent_class)->finalize (object);
}

static void
upkeep_client_class_init (UpkeepClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = upkeep_client_constructed;
  object_class->get_property = upkeep_client_get_property;
  object_class->set_property = upkeep_client_set_property;
  object_class->dispose = upkeep_client_dispose;
  object_class->finalize = upkeep_client_finalize;

  /**
   * UpkeepClient:base-uri:
   *
   * The service's address: https, or http on this machine.
   */
  properties[PROP_BASE_URI] =
      g_param_spec_string ("base-uri", NULL, NULL, SOCKET_BASE_URI,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepClient:socket-path:
   *
   * A Unix socket to reach the service by, or %NULL to go where the address says.
   */
  properties[PROP_SOCKET_PATH] =
      g_param_spec_string ("socket-path", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepClient:token:
   *
   * What says whose account is meant.
   */
  properties[PROP_TOKEN] =
      g_param_spec_string ("token", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepClient:deadline-ms:
   *
   * How long one call may take in all, in milliseconds.
   */
  properties[PROP_DEADLINE_MS] =
      g_param_spec_uint ("deadline-ms", NULL, NULL, 1, G_MAXUINT, UPKEEP_EXCHANGE_DEADLINE_MS,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
upkeep_client_init (UpkeepClient *self)
{
}

/**
 * upkeep_fetched_free:
 * @self: (transfer full): a document
 *
 * Frees a document.
 */
void
upkeep_fetched_free (UpkeepFetched *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->etag);
  g_clear_pointer (&self->statement, upkeep_statement_unref);
  g_clear_pointer (&self->edition, upkeep_edition_unref);
  g_clear_pointer (&self->changes, upkeep_edition_changes_unref);
  g_free (self);
}

/**
 * upkeep_client_prepare_process:
 *
 * Keeps every connection of the process on HTTP/1.1 (RELIABILITY 5.2). libsoup 3.2 knows no other
 * way than the environment: call it at the top of main(), before there is a second thread.
 */
void
upkeep_client_prepare_process (void)
{
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
}

/**
 * upkeep_client_new:
 * @base_uri: the service's address: https, or http on this machine
 * @token: (nullable): what says whose account is meant
 *
 * Makes a client of a service. Nothing is sent by this.
 *
 * Returns: (transfer full): the client
 */
UpkeepClient *
upkeep_client_new (const char *base_uri, const char *token)
{
  g_return_val_if_fail (base_uri != NULL, NULL);

  return g_object_new (UPKEEP_TYPE_CLIENT, "base-uri", base_uri, "token", token, NULL);
}

/**
 * upkeep_client_new_for_socket:
 * @socket_path: a Unix socket on which a service listens
 * @token: (nullable): what says whose account is meant
 *
 * Makes a client of a service on this machine. Nothing is sent by this.
 *
 * Returns: (transfer full): the client
 */
UpkeepClient *
upkeep_client_new_for_socket (const char *socket_path, const char *token)
{
  g_return_val_if_fail (socket_path != NULL, NULL);

  return g_object_new (UPKEEP_TYPE_CLIENT, "socket-path", socket_path, "token", token, NULL);
}

/**
 * upkeep_client_get_base_uri:
 * @self: a client
 *
 * Tells where the service is.
 *
 * Returns: the address
 */
const char *
upkeep_client_get_base_uri (UpkeepClient *self)
{
  g_return_val_if_fail (UPKEEP_IS_CLIENT (self), NULL);

  return self->base_uri;
}

/**
 * upkeep_client_get_token:
 * @self: a client
 *
 * Tells what says whose account is meant. It belongs in no file and no log.
 *
 * Returns: (nullable): the token
 */
const char *
upkeep_client_get_token (UpkeepClient *self)
{
  g_return_val_if_fail (UPKEEP_IS_CLIENT (self), NULL);

  return self->token;
}

/**
 * upkeep_client_get_identity:
 * @self: a client
 *
 * Names the account that is meant without giving anything of the token away, for the names of
 * files.
 *
 * Returns: hexadecimal digits
 */
const char *
upkeep_client_get_identity (UpkeepClient *self)
{
  g_return_val_if_fail (UPKEEP_IS_CLIENT (self), NULL);

  return self->identity;
}

/**
 * upkeep_client_fetch_account_async:
 * @self: a client
 * @etag: (nullable): of the document at hand
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Asks for the account document.
 *
 * Errors of the finish function, as of all calls: `G_IO_ERROR_CANCELLED`, or an
 * `UPKEEP_CLIENT_ERROR`.
 */
void
upkeep_client_fetch_account_async (UpkeepClient *self,
                                   const char *etag,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  const UpkeepExchangeRequest request = {
      .method = "GET", .path = "/v1/account", .etag = etag, .may_repeat = TRUE};

  g_return_if_fail (UPKEEP_IS_CLIENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  begin (self, &request, read_account, (GDestroyNotify) upkeep_fetched_free,
         upkeep_client_fetch_account_async, cancellable, callback, user_data);
}

/**
 * upkeep_client_fetch_account_finish:
 * @self: a client
 * @result: of upkeep_client_fetch_account_async()
 * @error: return location for an error
 *
 * Ends upkeep_client_fetch_account_async().
 *
 * Returns: (transfer full): the document; it has no body when the one at hand still stands
 */
UpkeepFetched *
upkeep_client_fetch_account_finish (UpkeepClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * upkeep_client_fetch_catalogue_async:
 * @self: a client
 * @service: whose catalogue
 * @edition: (nullable): which one; %NULL for the service's default
 * @etag: (nullable): of the document at hand
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Asks for a catalogue.
 */
void
upkeep_client_fetch_catalogue_async (UpkeepClient *self,
                                     const char *service,
                                     const char *edition,
                                     const char *etag,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autofree char *escaped_service = NULL;
  g_autofree char *escaped_edition = NULL;
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;
  UpkeepExchangeRequest request = {.method = "GET", .etag = etag, .may_repeat = TRUE};

  g_return_if_fail (UPKEEP_IS_CLIENT (self));
  g_return_if_fail (service != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  escaped_service = g_uri_escape_string (service, NULL, FALSE);
  request.path = path = g_strconcat ("/v1/services/", escaped_service, NULL);
  if (edition != NULL) {
    escaped_edition = g_uri_escape_string (edition, NULL, FALSE);
    request.query = query = g_strconcat ("edition=", escaped_edition, NULL);
  }
  begin (self, &request, read_catalogue, (GDestroyNotify) upkeep_fetched_free,
         upkeep_client_fetch_catalogue_async, cancellable, callback, user_data);
}

/**
 * upkeep_client_fetch_catalogue_finish:
 * @self: a client
 * @result: of upkeep_client_fetch_catalogue_async()
 * @error: return location for an error
 *
 * Ends upkeep_client_fetch_catalogue_async().
 *
 * Returns: (transfer full): the document; it has no body when the one at hand still stands
 */
UpkeepFetched *
upkeep_client_fetch_catalogue_finish (UpkeepClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * upkeep_client_fetch_changes_async:
 * @self: a client
 * @statement: the account
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Asks what is different in the edition that the account moves to; where it does not move, in the
 * one that new accounts get.
 */
void
upkeep_client_fetch_changes_async (UpkeepClient *self,
                                   const UpkeepStatement *statement,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autofree char *escaped_service = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GString) query = g_string_new ("from=");
  UpkeepExchangeRequest request = {.method = "GET", .may_repeat = TRUE};

  g_return_if_fail (UPKEEP_IS_CLIENT (self));
  g_return_if_fail (statement != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  escaped_service = g_uri_escape_string (statement->service, NULL, FALSE);
  request.path = path = g_strdup_printf ("/v1/services/%s/changes", escaped_service);
  g_string_append_uri_escaped (query, statement->edition, NULL, FALSE);
  if (statement->next_edition != NULL) {
    g_string_append (query, "&to=");
    g_string_append_uri_escaped (query, statement->next_edition, NULL, FALSE);
  }
  if (statement->plan != NULL) {
    g_string_append (query, "&plan=");
    g_string_append_uri_escaped (query, statement->plan, NULL, FALSE);
  }
  request.query = query->str;
  begin (self, &request, read_changes, (GDestroyNotify) upkeep_fetched_free,
         upkeep_client_fetch_changes_async, cancellable, callback, user_data);
}

/**
 * upkeep_client_fetch_changes_finish:
 * @self: a client
 * @result: of upkeep_client_fetch_changes_async()
 * @error: return location for an error
 *
 * Ends upkeep_client_fetch_changes_async().
 *
 * Returns: (transfer full): the document
 */
UpkeepFetched *
upkeep_client_fetch_changes_finish (UpkeepClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * upkeep_client_make_quote_async:
 * @self: a client
 * @request: what to know the sum of
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Asks for a quote. It charges nothing, so it may be asked for again at any time.
 */
void
upkeep_client_make_quote_async (UpkeepClient *self,
                                const UpkeepQuoteRequest *request,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) body = NULL;
  UpkeepExchangeRequest exchange = {
      .method = "POST", .path = "/v1/account/quotes", .may_repeat = TRUE};

  g_return_if_fail (UPKEEP_IS_CLIENT (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  node = upkeep_wire_print_quote_request (request);
  exchange.body = body = upkeep_json_print (node);
  begin (self, &exchange, read_quote, (GDestroyNotify) upkeep_quote_unref,
         upkeep_client_make_quote_async, cancellable, callback, user_data);
}

/**
 * upkeep_client_make_quote_finish:
 * @self: a client
 * @result: of upkeep_client_make_quote_async()
 * @error: return location for an error
 *
 * Ends upkeep_client_make_quote_async(). A quote that is blocked is no error.
 *
 * Returns: (transfer full): the quote, or `NULL` with @error set
 */
UpkeepQuote *
upkeep_client_make_quote_finish (UpkeepClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * upkeep_client_accept_quote_async:
 * @self: a client
 * @quote_id: which quote
 * @timing: which of its options
 * @idempotency_key: makes it happen once, however often it is sent
 * @cancellable: (nullable): to stop waiting; it does not take the acceptance back
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Accepts a quote: this is what moves money. The outbox calls it, for it keeps the key.
 *
 * Errors of the finish function beside those of all calls: `UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME`
 * when the request can have left and no answer came; `_OFFLINE` only when it cannot.
 */
void
upkeep_client_accept_quote_async (UpkeepClient *self,
                                  const char *quote_id,
                                  UpkeepTiming timing,
                                  const char *idempotency_key,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *escaped_id = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) body = NULL;
  UpkeepExchangeRequest exchange = {.method = "POST", .idempotency_key = idempotency_key};

  g_return_if_fail (UPKEEP_IS_CLIENT (self));
  g_return_if_fail (quote_id != NULL);
  g_return_if_fail (idempotency_key != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  escaped_id = g_uri_escape_string (quote_id, NULL, FALSE);
  exchange.path = path = g_strconcat ("/v1/account/quotes/", escaped_id, "/accept", NULL);
  node = upkeep_wire_print_accept (timing);
  exchange.body = body = upkeep_json_print (node);
  begin (self, &exchange, read_accepted, (GDestroyNotify) accepted_free,
         upkeep_client_accept_quote_async, cancellable, callback, user_data);
}

/**
 * upkeep_client_accept_quote_finish:
 * @self: a client
 * @result: of upkeep_client_accept_quote_async()
 * @ret_statement: (out) (transfer full): the account after it
 * @ret_receipt: (out) (transfer full): what was done
 * @error: return location for an error
 *
 * Ends upkeep_client_accept_quote_async().
 *
 * Returns: whether the quote was accepted and both were written
 */
gboolean
upkeep_client_accept_quote_finish (UpkeepClient *self,
                                   GAsyncResult *result,
                                   UpkeepStatement **ret_statement,
                                   UpkeepReceipt **ret_receipt,
                                   GError **error)
{
  g_autoptr (Accepted) accepted = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (ret_statement != NULL && ret_receipt != NULL, FALSE);

  accepted = g_task_propagate_pointer (G_TASK (result), error);
  if (accepted == NULL)
    return FALSE;

  *ret_statement = g_steal_pointer (&accepted->statement);
  *ret_receipt = g_steal_pointer (&accepted->receipt);
  return TRUE;
}

/**
 * upkeep_client_make_link_async:
 * @self: a client
 * @kind: where it is to lead
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Asks for an address for a browser. It works once and for a short time; whoever has it can use it.
 * One that nobody uses does no harm, so it may be asked for again at any time.
 */
void
upkeep_client_make_link_async (UpkeepClient *self,
                               UpkeepLinkKind kind,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  const UpkeepExchangeRequest request = {
      .method = "POST",
      .path =
          kind == UPKEEP_LINK_TO_PLAN ? "/v1/account/links" : "/v1/account/payment-method-sessions",
      .body = body,
      .may_repeat = TRUE,
  };

  g_return_if_fail (UPKEEP_IS_CLIENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  begin (self, &request, read_link, (GDestroyNotify) link_free, upkeep_client_make_link_async,
         cancellable, callback, user_data);
}

/**
 * upkeep_client_make_link_finish:
 * @self: a client
 * @result: of upkeep_client_make_link_async()
 * @ret_link: (out): the address; to be cleared by the caller
 * @error: return location for an error
 *
 * Ends upkeep_client_make_link_async().
 *
 * Returns: `FALSE` with @error set
 */
gboolean
upkeep_client_make_link_finish (UpkeepClient *self,
                                GAsyncResult *result,
                                UpkeepLink *ret_link,
                                GError **error)
{
  UpkeepLink *link;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (ret_link != NULL, FALSE);

  link = g_task_propagate_pointer (G_TASK (result), error);
  if (link == NULL)
    return FALSE;
  *ret_link = *link;
  g_free (link);
  return TRUE;
}

/**
 * upkeep_client_tell_reason_async:
 * @self: a client
 * @reason: why the subscription was cancelled
 * @text: (nullable): more of it, up to `UPKEEP_LEAVE_TEXT_MAX_CHARS` characters
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Tells why one left, after the fact. Told again it means the same, so it may be sent at any time.
 */
void
upkeep_client_tell_reason_async (UpkeepClient *self,
                                 UpkeepLeaveReason reason,
                                 const char *text,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  const UpkeepLeaveWords words = {reason, (char *) text};
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) body = NULL;
  UpkeepExchangeRequest exchange = {
      .method = "POST", .path = "/v1/account/reasons", .may_repeat = TRUE};

  g_return_if_fail (UPKEEP_IS_CLIENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  node = upkeep_wire_print_leave_words (&words);
  exchange.body = body = upkeep_json_print (node);
  begin (self, &exchange, read_told, (GDestroyNotify) json_node_unref,
         upkeep_client_tell_reason_async, cancellable, callback, user_data);
}

/**
 * upkeep_client_tell_reason_finish:
 * @self: a client
 * @result: of upkeep_client_tell_reason_async()
 * @error: return location for an error
 *
 * Ends upkeep_client_tell_reason_async().
 *
 * Returns: whether it is kept
 */
gboolean
upkeep_client_tell_reason_finish (UpkeepClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (JsonNode) told = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  told = g_task_propagate_pointer (G_TASK (result), error);
  return told != NULL;
}

/**
 * upkeep_client_fetch_invoices_async:
 * @self: a client
 * @cursor: (nullable): where the page begins; %NULL at the newest
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Asks for one page of invoices.
 */
void
upkeep_client_fetch_invoices_async (UpkeepClient *self,
                                    const char *cursor,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autofree char *escaped_cursor = NULL;
  g_autofree char *query = NULL;
  UpkeepExchangeRequest request = {.method = "GET",
                                   .path = "/v1/account/invoices",
                                   .query = "limit=" INVOICES_LIMIT,
                                   .may_repeat = TRUE};

  g_return_if_fail (UPKEEP_IS_CLIENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (cursor != NULL) {
    escaped_cursor = g_uri_escape_string (cursor, NULL, FALSE);
    request.query = query = g_strconcat (request.query, "&cursor=", escaped_cursor, NULL);
  }
  begin (self, &request, read_invoices, (GDestroyNotify) upkeep_invoice_page_free,
         upkeep_client_fetch_invoices_async, cancellable, callback, user_data);
}

/**
 * upkeep_client_fetch_invoices_finish:
 * @self: a client
 * @result: of upkeep_client_fetch_invoices_async()
 * @error: return location for an error
 *
 * Ends upkeep_client_fetch_invoices_async().
 *
 * Returns: (transfer full): the page, or `NULL` with @error set
 */
UpkeepInvoicePage *
upkeep_client_fetch_invoices_finish (UpkeepClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-exchange.h"

#include "upkeep-client-error.h"
#include "upkeep-config.h"

#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>
#include <string.h>

#define CHUNK_BYTES    ((gsize) 64 * 1024)
#define ETAG_MAX_BYTES 255
#define READ_TIMEOUT_S 15

/* One stream of events and some calls beside it. */
#define CONNECTIONS_MAX 6

struct _UpkeepExchange {
  GObject parent_instance;

  SoupSession *session; /* (owned) */
  GUri *base;           /* (owned) (nullable): none that a token may be sent to */
  char *base_path;      /* (owned): without a slash at its end */
  char *authorization;  /* (owned) (nullable) */
  guint deadline_ms;
};

G_DEFINE_FINAL_TYPE (UpkeepExchange, upkeep_exchange, G_TYPE_OBJECT)

/* One exchange, from the call to the last byte. */
typedef struct {
  SoupMessage *message;      /* (owned) */
  GCancellable *cancellable; /* (owned): of the network; the caller's or the deadline ends it */
  GCancellable *caller;      /* (owned) (nullable) */
  gulong caller_id;
  GSource *deadline; /* (owned) */
  gboolean is_late;
  gboolean was_sent;
  GInputStream *stream; /* (owned) (nullable) */
  GByteArray *body;     /* (owned) */
  gsize size;           /* what the answer's head promised */
} Call;

static void
call_free (Call *call)
{
  if (call->caller != NULL)
    g_cancellable_disconnect (call->caller, call->caller_id);
  g_clear_object (&call->caller);
  g_source_destroy (call->deadline);
  g_clear_pointer (&call->deadline, g_source_unref);
  if (call->stream != NULL)
    g_input_stream_close_async (call->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&call->stream);
  g_signal_handlers_disconnect_by_data (call->message, call);
  g_clear_object (&call->message);
  g_clear_object (&call->cancellable);
  g_byte_array_unref (call->body);
  g_free (call);
}

/* A name or number of a machine and nothing else, so that no address smuggles bytes into the head.
 */
static gboolean
host_is_valid (const char *host)
{
  if (host == NULL || host[0] == '\0')
    return FALSE;

  for (const char *p = host; *p != '\0'; p++) {
    if (!g_ascii_isalnum (*p) && strchr ("-.:", *p) == NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* Only https, except where no wire is: RELIABILITY 5.3. */
static GUri *
parse_base (const char *text, gboolean is_local)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || !host_is_valid (g_uri_get_host (uri)) || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return NULL;

  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return g_steal_pointer (&uri);

  if (g_str_equal (g_uri_get_scheme (uri), "http") &&
      (is_local || host_is_loopback (g_uri_get_host (uri))))
    return g_steal_pointer (&uri);

  return NULL;
}

static SoupMessage *
new_message (UpkeepExchange *self, const UpkeepExchangeRequest *request)
{
  g_autofree char *path = g_strconcat (self->base_path, request->path, NULL);
  g_autoptr (GUri) uri = g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (self->base), NULL,
                                      g_uri_get_host (self->base), g_uri_get_port (self->base),
                                      path, request->query, NULL);
  SoupMessage *message = soup_message_new_from_uri (request->method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE;

  if (request->may_repeat)
    flags |= SOUP_MESSAGE_IDEMPOTENT;
  else
    flags |= SOUP_MESSAGE_NEW_CONNECTION; /* a kept one may break when it is used */
  soup_message_set_flags (message, flags);

  soup_message_headers_replace (headers, "Accept", "application/json, application/problem+json");
  if (self->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", self->authorization);
  if (request->etag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", request->etag);
  if (request->idempotency_key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", request->idempotency_key);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", request->body);
  return message;
}

/* Only the form in seconds: a date would need a clock that we share with the service. */
static gint64
parse_retry_after (const char *text)
{
  guint64 seconds;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seconds, NULL))
    return 0;

  return (gint64) MIN (seconds, UPKEEP_EXCHANGE_RETRY_AFTER_MAX_S);
}

static char *
dup_etag (const char *text)
{
  if (text == NULL || strlen (text) > ETAG_MAX_BYTES)
    return NULL;

  for (const char *p = text; *p != '\0'; p++) {
    if (!g_ascii_isgraph (*p))
      return NULL;
  }
  return g_strdup (text);
}

/* What went wrong, in our own few codes. */
static void
return_error (GTask *task, const GError *error)
{
  Call *call = g_task_get_task_data (task);
  UpkeepClientError code = UPKEEP_CLIENT_ERROR_OFFLINE;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (call->is_late) {
    g_task_return_new_error (task, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_OFFLINE,
                             "no whole answer in time");
    return;
  }

  if (error->domain == G_TLS_ERROR || error->domain == SOUP_SESSION_ERROR)
    code = UPKEEP_CLIENT_ERROR_REPLY;
  g_task_return_new_error (task, UPKEEP_CLIENT_ERROR, (int) code, "%s", error->message);
}

static void
return_reply (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  UpkeepReply *reply = g_new0 (UpkeepReply, 1);

  reply->status = soup_message_get_status (call->message);
  reply->content_type = type != NULL ? g_ascii_strdown (type, -1) : NULL;
  reply->etag = dup_etag (soup_message_headers_get_one (headers, "ETag"));
  reply->retry_after_s = parse_retry_after (soup_message_headers_get_one (headers, "Retry-After"));
  reply->body = g_bytes_new (call->body->data, call->body->len);
  g_task_return_pointer (task, reply, (GDestroyNotify) upkeep_reply_free);
}

static void read_more (GTask *task);

static void
chunk_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize size;
  const guint8 *data;

  if (chunk == NULL) {
    return_error (task, error);
    return;
  }

  data = g_bytes_get_data (chunk, &size);
  if (size > call->size - call->body->len) {
    g_task_return_new_error (task, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_REPLY,
                             "more than the %" G_GSIZE_FORMAT " bytes that were promised",
                             call->size);
    return;
  }
  if (size > 0) {
    g_byte_array_append (call->body, data, (guint) size);
    read_more (g_steal_pointer (&task));
    return;
  }
  if (call->body->len < call->size) {
    g_task_return_new_error (task, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_OFFLINE,
                             "%u of %" G_GSIZE_FORMAT " bytes", call->body->len, call->size);
    return;
  }
  return_reply (task);
}

/* Takes @task over. */
static void
read_more (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (call->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, call->cancellable,
                                   chunk_read_cb, task);
}

/* A body of known length, so that a cut one shows (RELIABILITY 0.10). libsoup would take the last
 * of two lengths: together they are no number. */
static gboolean
check_head (Call *call, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);
  const char *text = soup_message_headers_get_list (headers, "Content-Length");
  guint64 length;

  if (soup_message_headers_get_list (headers, "Content-Encoding") != NULL) {
    g_set_error_literal (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_REPLY,
                         "the body is encoded");
    return FALSE;
  }
  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH || text == NULL) {
    g_set_error_literal (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_REPLY,
                         "the body has no length");
    return FALSE;
  }
  if (!g_ascii_string_to_unsigned (text, 10, 0, UPKEEP_EXCHANGE_BODY_MAX_BYTES, &length, NULL)) {
    g_set_error (error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_REPLY, "a body of %s bytes", text);
    return FALSE;
  }

  call->size = (gsize) length;
  return TRUE;
}

static void
head_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  call->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (call->stream == NULL) {
    return_error (task, error);
    return;
  }

  if (soup_message_get_status (call->message) == SOUP_STATUS_NOT_MODIFIED) {
    return_reply (task);
    return;
  }
  if (!check_head (call, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  read_more (g_steal_pointer (&task));
}

static void
starting_cb (SoupMessage *message, gpointer user_data)
{
  Call *call = user_data;

  call->was_sent = TRUE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  Call *call = user_data;

  call->is_late = TRUE;
  g_cancellable_cancel (call->cancellable);
  return G_SOURCE_REMOVE;
}

static void
caller_cancelled_cb (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (G_CANCELLABLE (user_data));
}

static void
upkeep_exchange_dispose (GObject *object)
{
  UpkeepExchange *self = UPKEEP_EXCHANGE (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (upkeep_exchange_parent_class)->dispose (object);
}

static void
upkeep_exchange_finalize (GObject *object)
{
  UpkeepExchange *self = UPKEEP_EXCHANGE (object);

  g_clear_pointer (&self->base, g_uri_unref);
  g_free (self->base_path);
  g_free (self->authorization);

  G_OBJECT_CLASS (upkeep_exchange_parent_class)->finalize (object);
}

static void
upkeep_exchange_class_init (UpkeepExchangeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = upkeep_exchange_dispose;
  object_class->finalize = upkeep_exchange_finalize;
}

static void
upkeep_exchange_init (UpkeepExchange *self)
{
}

/**
 * upkeep_reply_free:
 * @self: (transfer full): an answer
 *
 * Frees an answer.
 */
void
upkeep_reply_free (UpkeepReply *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->content_type);
  g_free (self->etag);
  g_bytes_unref (self->body);
  g_free (self);
}

/**
 * upkeep_exchange_new:
 * @base_uri: the service's address
 * @socket_path: (nullable): a Unix socket to reach it by
 * @token: (nullable): what says who asks; visible ASCII
 * @deadline_ms: how long one exchange may take in all; `UPKEEP_EXCHANGE_DEADLINE_MS` unless tested
 *
 * Makes a way to talk to a service: without cookies, redirects, sign-in dialogues, a cache and
 * guesses at what a body is.
 *
 * An address that is not https is accepted only on this machine; from any other every call fails
 * with `UPKEEP_CLIENT_ERROR_ADDRESS`.
 *
 * Returns: (transfer full): the exchange
 */
UpkeepExchange *
upkeep_exchange_new (const char *base_uri,
                     const char *socket_path,
                     const char *token,
                     guint deadline_ms)
{
  g_autoptr (GSocketAddress) address = NULL;
  UpkeepExchange *self;
  const char *path;
  gsize length;

  g_return_val_if_fail (base_uri != NULL, NULL);
  g_return_val_if_fail (deadline_ms > 0, NULL);

  self = g_object_new (UPKEEP_TYPE_EXCHANGE, NULL);
  self->deadline_ms = deadline_ms;
  self->base = parse_base (base_uri, socket_path != NULL);
  path = self->base != NULL ? g_uri_get_path (self->base) : "";
  length = strlen (path);
  while (length > 0 && path[length - 1] == '/')
    length--;
  self->base_path = g_strndup (path, length);
  if (token != NULL)
    self->authorization = g_strconcat ("Bearer ", token, NULL);

  if (socket_path != NULL)
    address = g_unix_socket_address_new (socket_path);
  self->session = soup_session_new_with_options (
      "timeout", READ_TIMEOUT_S, "max-conns", CONNECTIONS_MAX, "max-conns-per-host",
      CONNECTIONS_MAX, "user-agent", "upkeep/" UPKEEP_VERSION, "accept-language-auto", FALSE,
      "remote-connectable", address, NULL);
  if (socket_path != NULL || (self->base != NULL && host_is_loopback (g_uri_get_host (self->base))))
    soup_session_set_proxy_resolver (self->session, NULL); /* a proxy would be another machine */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_SNIFFER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_COOKIE_JAR);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  return self;
}

/**
 * upkeep_exchange_send_async:
 * @self: an exchange
 * @request: what to send
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Sends a request and takes the whole answer in.
 *
 * Errors of the finish function: `G_IO_ERROR_CANCELLED`; `UPKEEP_CLIENT_ERROR_ADDRESS`; `_OFFLINE`
 * when no whole answer came in time; `_REPLY` for what is not HTTP as we speak it: no length, more
 * than 8 MiB, an encoded body, a stranger's certificate.
 */
void
upkeep_exchange_send_async (UpkeepExchange *self,
                            const UpkeepExchangeRequest *request,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Call *call;

  g_return_if_fail (UPKEEP_IS_EXCHANGE (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, upkeep_exchange_send_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->base == NULL) {
    g_task_return_new_error (task, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_ADDRESS,
                             "the address is neither https nor on this machine");
    return;
  }

  call = g_new0 (Call, 1);
  call->message = new_message (self, request);
  call->body = g_byte_array_new ();
  call->cancellable = g_cancellable_new ();
  call->deadline = g_timeout_source_new (self->deadline_ms);
  g_source_set_callback (call->deadline, deadline_cb, call, NULL);
  g_source_attach (call->deadline, g_task_get_context (task));
  if (cancellable != NULL) {
    call->caller = g_object_ref (cancellable);
    call->caller_id = g_cancellable_connect (cancellable, G_CALLBACK (caller_cancelled_cb),
                                             g_object_ref (call->cancellable), g_object_unref);
  }
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  g_signal_connect (call->message, "starting", G_CALLBACK (starting_cb), call);

  soup_session_send_async (self->session, call->message, G_PRIORITY_DEFAULT, call->cancellable,
                           head_read_cb, g_steal_pointer (&task));
}

/**
 * upkeep_exchange_send_finish:
 * @self: an exchange
 * @result: of upkeep_exchange_send_async()
 * @ret_was_sent: (out) (optional): whether any of the request can have left, written in any case
 * @error: return location for a `UPKEEP_CLIENT_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Ends an exchange.
 *
 * Returns: (transfer full): the answer, or `NULL` with @error set
 */
UpkeepReply *
upkeep_exchange_send_finish (UpkeepExchange *self,
                             GAsyncResult *result,
                             gboolean *ret_was_sent,
                             GError **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  call = g_task_get_task_data (G_TASK (result));
  if (ret_was_sent != NULL)
    *ret_was_sent = call != NULL && call->was_sent;
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-transport.h"

#include <arpa/inet.h>
#include <errno.h>
#include <gio/gio.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define LISTEN_BACKLOG 1024

/* Files that the process needs for other things than connections. */
#define FILES_RESERVED 32

/* What libmicrohttpd keeps for one connection beside the head: its own records and the answer's
 * head. */
#define HEAD_OVERHEAD_BYTES 8192

/* How often the deadlines are looked at, at most and at least. */
#define SWEEP_MIN_MS 5
#define SWEEP_MAX_MS 250

const UpkeepTransportOptions upkeep_transport_options_default = {
    .threads = 4,
    .connections_max = 10000,
    .per_ip_max = 6000,
    .head_max_bytes = 8192,
    .drain_max_bytes = 16777216,
    .head_timeout_ms = 8000,
    .idle_timeout_ms = 10000,
    .body_timeout_ms = 8000,
    .body_bytes_per_ms = 64,
    .write_timeout_ms = 30000,
    .stop_timeout_ms = 10000,
};

/*
 * What a connection is waiting for. libmicrohttpd closes a connection that is idle, so a client
 * that sends one byte a second could hold it for ever: the sweeper looks at the deadline instead.
 */
typedef enum {
  PHASE_HEAD,   /* the client: the rest of a head, or a next request */
  PHASE_BODY,   /* the client: the rest of a body */
  PHASE_HANDLE, /* us */
  PHASE_WRITE,  /* the client: that it reads */
  PHASE_LATE,   /* nothing any more: the sweeper has cut it off */
} Phase;

typedef struct {
  UpkeepTransport *transport; /* (unowned) */
  int fd;                     /* (unowned) closed by libmicrohttpd after the record is gone */
  char peer[INET6_ADDRSTRLEN];
  atomic_int phase;             /* Phase */
  _Atomic (gint64) deadline_us; /* monotonic */
  GList link;                   /* in the transport's connections; guarded by its lock */
} Connection;

/* One request, from its first line to the end of its answer. */
typedef struct {
  Connection *connection; /* (unowned) */
  char *target;           /* (owned) as it was sent */
  gboolean head_seen;
  UpkeepRequest *request; /* (owned) (nullable) */
  gpointer context;       /* (owned) (nullable) the handler's */
  UpkeepResponse *early;  /* (owned) (nullable) decided before the body was there */
  GByteArray *body;       /* (owned) (nullable) */
  gsize body_max_bytes;
  gint64 body_start_us; /* monotonic */
  guint64 received_bytes;
} Exchange;

struct _UpkeepTransport {
  UpkeepTransportOptions options;
  UpkeepTransportHandler handler;
  gpointer user_data;
  struct MHD_Daemon *daemon; /* (owned) (nullable) while it listens */
  int listen_fd;             /* (owned) -1 for none */
  char *url;                 /* (owned) (nullable) */
  char *socket_path;         /* (owned) (nullable) */
  struct stat socket_info;   /* of the socket file that is ours */
  gboolean is_unix;
  gboolean checks_layout;
  GBytes *late_answer; /* (owned) (nullable) */
  GThread *sweeper;    /* (owned) (nullable) */
  atomic_int is_stopping;
  atomic_int n_exchanges;

  GMutex lock;
  GCond changed;      /* something below, or the number of exchanges while stopping */
  GQueue connections; /* of Connection */
  gboolean sweeps;
};

G_DEFINE_QUARK (upkeep_transport_error, upkeep_transport_error)

static void
set_deadline (Connection *connection, Phase phase, gint64 after_ms)
{
  atomic_store (&connection->deadline_us, g_get_monotonic_time () + after_ms * 1000);
  atomic_store (&connection->phase, (int) phase);
}

/* Leaves @from for @to unless the sweeper was faster. */
static gboolean
change_phase (Connection *connection, Phase from, Phase to)
{
  int expected = (int) from;

  return atomic_compare_exchange_strong (&connection->phase, &expected, (int) to);
}

/* Lock held: the descriptor cannot be closed, and given away anew, before the record is gone. */
static void
cut_off (UpkeepTransport *self, Connection *connection)
{
  Phase phase = (Phase) atomic_load (&connection->phase);

  if (phase == PHASE_HANDLE || phase == PHASE_LATE || !change_phase (connection, phase, PHASE_LATE))
    return;
  if (phase == PHASE_BODY) {
    /* Nothing of the answer is on its way, so what is written here cannot come in between. */
    gsize size = 0;
    const void *data = g_bytes_get_data (self->late_answer, &size);

    (void) send (connection->fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);
  }
  shutdown (connection->fd, SHUT_RDWR);
}

static gpointer
sweep (gpointer data)
{
  UpkeepTransport *self = data;
  guint shortest_ms = MIN (MIN (self->options.head_timeout_ms, self->options.idle_timeout_ms),
                           MIN (self->options.body_timeout_ms, self->options.write_timeout_ms));
  gint64 pause_us = (gint64) CLAMP (shortest_ms / 8, SWEEP_MIN_MS, SWEEP_MAX_MS) * 1000;

  g_mutex_lock (&self->lock);
  while (self->sweeps) {
    gint64 now_us = g_get_monotonic_time ();

    for (GList *item = self->connections.head; item != NULL; item = item->next) {
      Connection *connection = item->data;

      if (atomic_load (&connection->deadline_us) <= now_us)
        cut_off (self, connection);
    }
    g_cond_wait_until (&self->changed, &self->lock, now_us + pause_us);
  }
  g_mutex_unlock (&self->lock);
  return NULL;
}

static void
connection_changed_cb (void *user_data,
                       struct MHD_Connection *mhd,
                       void **socket_context,
                       enum MHD_ConnectionNotificationCode code)
{
  UpkeepTransport *self = user_data;
  Connection *connection = *socket_context;

  if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
    if (connection == NULL)
      return;
    g_mutex_lock (&self->lock);
    g_queue_unlink (&self->connections, &connection->link);
    g_mutex_unlock (&self->lock);
    g_free (connection);
    *socket_context = NULL;
    return;
  }

  connection = g_new0 (Connection, 1);
  connection->transport = self;
  connection->fd = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
  connection->link.data = connection;
  if (self->is_unix) {
    g_strlcpy (connection->peer, "unix", sizeof connection->peer);
  } else {
    const struct sockaddr *address =
        MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
    const void *bytes = address->sa_family == AF_INET6
                            ? (const void *) &((const struct sockaddr_in6 *) address)->sin6_addr
                            : (const void *) &((const struct sockaddr_in *) address)->sin_addr;

    inet_ntop (address->sa_family, bytes, connection->peer, sizeof connection->peer);
  }
  set_deadline (connection, PHASE_HEAD, self->options.head_timeout_ms);
  *socket_context = connection;

  g_mutex_lock (&self->lock);
  g_queue_push_tail_link (&self->connections, &connection->link);
  g_mutex_unlock (&self->lock);
}

/* The first line of a request is there. What is returned comes back as the exchange. */
static void *
target_read_cb (void *user_data, const char *target, struct MHD_Connection *mhd)
{
  UpkeepTransport *self = user_data;
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->connection =
      MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
  exchange->target = g_strdup (target);
  atomic_fetch_add (&self->n_exchanges, 1);
  return exchange;
}

static void
completed_cb (void *user_data,
              struct MHD_Connection *mhd,
              void **context,
              enum MHD_RequestTerminationCode code)
{
  UpkeepTransport *self = user_data;
  Exchange *exchange = *context;

  if (exchange == NULL)
    return;
  if (code == MHD_REQUEST_TERMINATED_COMPLETED_OK &&
      change_phase (exchange->connection, PHASE_WRITE, PHASE_HEAD))
    set_deadline (exchange->connection, PHASE_HEAD, self->options.idle_timeout_ms);
  if (exchange->context != NULL && self->handler.context_free != NULL)
    self->handler.context_free (exchange->context);
  g_clear_pointer (&exchange->request, upkeep_request_free);
  g_clear_pointer (&exchange->early, upkeep_response_unref);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_free (exchange->target);
  g_free (exchange);
  *context = NULL;

  if (atomic_fetch_sub (&self->n_exchanges, 1) == 1 && atomic_load (&self->is_stopping)) {
    g_mutex_lock (&self->lock);
    g_cond_broadcast (&self->changed);
    g_mutex_unlock (&self->lock);
  }
}

/* Escapes are decoded by the router, when it is known what they stand in. */
static size_t
keep_escapes_cb (void *user_data, struct MHD_Connection *mhd, char *text)
{
  return strlen (text);
}

static void
response_sent_cb (void *data)
{
  g_bytes_unref (data);
}

/* Hands an answer over. After @closes nothing more is read from the connection. */
static enum MHD_Result
send_response (UpkeepTransport *self,
               Exchange *exchange,
               struct MHD_Connection *mhd,
               UpkeepResponse *response,
               gboolean closes)
{
  GBytes *body = upkeep_response_get_body (response);
  gsize size = 0;
  const void *data = g_bytes_get_data (body, &size);
  const char *content_type = upkeep_response_get_content_type (response);
  struct MHD_Response *answer;
  enum MHD_Result result;

  answer = MHD_create_response_from_buffer_with_free_callback_cls (
      size, size > 0 ? (void *) data : (void *) "", response_sent_cb, g_bytes_ref (body));
  if (content_type != NULL)
    MHD_add_response_header (answer, "Content-Type", content_type);
  for (int i = 0; i < UPKEEP_RESPONSE_HEADERS_N; i++) {
    const char *value = upkeep_response_get_header (response, (UpkeepResponseHeader) i);

    if (value != NULL)
      MHD_add_response_header (answer, upkeep_response_header_get_name ((UpkeepResponseHeader) i),
                               value);
  }
  if (upkeep_response_get_header (response, UPKEEP_RESPONSE_CACHE_CONTROL) == NULL)
    MHD_add_response_header (answer, "Cache-Control", "no-store");
  MHD_add_response_header (answer, "X-Content-Type-Options", "nosniff");
  if (closes || atomic_load (&self->is_stopping))
    MHD_add_response_header (answer, "Connection", "close");

  set_deadline (exchange->connection, PHASE_WRITE, self->options.write_timeout_ms);
  result = MHD_queue_response (mhd, upkeep_response_get_status (response), answer);
  MHD_destroy_response (answer);
  return result;
}

typedef struct {
  UpkeepHeaderField fields[UPKEEP_HTTP_FIELDS_MAX + 1]; /* one more, so that too many show */
  gsize n_fields;
  gsize size; /* of all fields, as they would be sent */
  gboolean is_odd;
} Fields;

static enum MHD_Result
take_field_cb (void *user_data,
               enum MHD_ValueKind kind,
               const char *name,
               size_t name_size,
               const char *value,
               size_t value_size)
{
  Fields *fields = user_data;

  if (fields->n_fields == G_N_ELEMENTS (fields->fields))
    return MHD_NO;
  if (value == NULL) {
    value = name + name_size;
    value_size = 0;
    fields->is_odd = TRUE;
  }
  fields->fields[fields->n_fields++] = (UpkeepHeaderField){name, value, name_size, value_size};

  /* Both point into what was received: the name, a colon, white space, the value. */
  if (value <= name + name_size)
    fields->is_odd = TRUE;
  else
    fields->size += (gsize) (value - name) + value_size + strlen ("\r\n");
  return MHD_YES;
}

/*
 * libmicrohttpd 0.9 accepts lines that end in a bare LF, lines folded into the one before, several
 * spaces in the first line, fields without a name and NUL bytes, and shows none of it to its
 * caller. All of it makes the head longer or shorter than what was understood of it.
 */
static gboolean
is_laid_out (struct MHD_Connection *mhd,
             const Fields *fields,
             const char *method,
             const char *target,
             const char *version)
{
  gsize head_size =
      MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;

  return !fields->is_odd && head_size == strlen (method) + 1 + strlen (target) + 1 +
                                             strlen (version) + strlen ("\r\n") + fields->size +
                                             strlen ("\r\n");
}

/* Reads the head; what is returned closes the connection. */
static UpkeepResponse *
read_head (UpkeepTransport *self,
           Exchange *exchange,
           struct MHD_Connection *mhd,
           const char *method,
           const char *version)
{
  Fields fields = {.n_fields = 0};
  UpkeepResponse *refusal = NULL;

  if (MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size >
      self->options.head_max_bytes)
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_HEADER_FIELDS_TOO_LARGE,
                                        "The head of the request is too large.");
  MHD_get_connection_values_n (mhd, MHD_HEADER_KIND, take_field_cb, &fields);
  if (self->checks_layout && fields.n_fields <= UPKEEP_HTTP_FIELDS_MAX &&
      !is_laid_out (mhd, &fields, method, exchange->target, version))
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED,
                                        "The head of the request is malformed.");
  exchange->request = upkeep_request_new (method, exchange->target, fields.fields, fields.n_fields,
                                          exchange->connection->peer, &refusal);
  return refusal;
}

static enum MHD_Result
begin_request (UpkeepTransport *self,
               Exchange *exchange,
               struct MHD_Connection *mhd,
               const char *method,
               const char *version)
{
  UpkeepResponse *refusal;
  guint64 length;
  gboolean expects;

  refusal = read_head (self, exchange, mhd, method, version);
  if (refusal != NULL) {
    exchange->early = refusal;
    return send_response (self, exchange, mhd, refusal, TRUE);
  }

  length = upkeep_request_get_content_length (exchange->request);
  atomic_store (&exchange->connection->phase, PHASE_HANDLE);
  refusal = self->handler.head (exchange->request, &exchange->body_max_bytes, &exchange->context,
                                self->user_data);
  if (refusal == NULL && length > exchange->body_max_bytes)
    refusal = upkeep_response_new_refusal (UPKEEP_PROBLEM_BODY_TOO_LARGE, "The body is too large.");
  exchange->early = refusal;

  /*
   * A client that asks first is told before it sends its body. One that sends it without reading
   * would lose an early answer with the connection, so what it sends is read and dropped.
   */
  expects = upkeep_request_get_header (exchange->request, UPKEEP_REQUEST_EXPECT) != NULL;
  if (refusal != NULL && length > 0 && (expects || length > self->options.drain_max_bytes))
    return send_response (self, exchange, mhd, refusal, TRUE);

  exchange->body_start_us = g_get_monotonic_time ();
  set_deadline (exchange->connection, PHASE_BODY, self->options.body_timeout_ms);
  return MHD_YES;
}

static enum MHD_Result
take_body (UpkeepTransport *self, Exchange *exchange, const char *data, gsize size)
{
  if (atomic_load (&exchange->connection->phase) != PHASE_BODY)
    return MHD_NO;
  exchange->received_bytes += size;
  atomic_store (&exchange->connection->deadline_us,
                exchange->body_start_us +
                    (gint64) (self->options.body_timeout_ms +
                              exchange->received_bytes / self->options.body_bytes_per_ms) *
                        1000);
  if (exchange->early != NULL)
    return MHD_YES;
  if (exchange->received_bytes > exchange->body_max_bytes)
    return MHD_NO;
  if (exchange->body == NULL)
    exchange->body = g_byte_array_sized_new (
        (guint) MIN (upkeep_request_get_content_length (exchange->request), 65536));
  g_byte_array_append (exchange->body, (const guint8 *) data, (guint) size);
  return MHD_YES;
}

static enum MHD_Result
end_request (UpkeepTransport *self, Exchange *exchange, struct MHD_Connection *mhd)
{
  g_autoptr (UpkeepResponse) response = NULL;

  if (!change_phase (exchange->connection, PHASE_BODY, PHASE_HANDLE))
    return MHD_NO;
  if (exchange->early != NULL)
    return send_response (self, exchange, mhd, exchange->early, FALSE);
  if (exchange->body != NULL) {
    g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));

    upkeep_request_set_body (exchange->request, body);
  }
  response = self->handler.handle (exchange->request, exchange->context, self->user_data);
  g_assert (response != NULL);
  return send_response (self, exchange, mhd, response, FALSE);
}

/* Called for a head, then for each piece of its body, then at the end of it. */
static enum MHD_Result
request_cb (void *user_data,
            struct MHD_Connection *mhd,
            const char *url,
            const char *method,
            const char *version,
            const char *data,
            size_t *data_size,
            void **context)
{
  UpkeepTransport *self = user_data;
  Exchange *exchange = *context;

  if (!exchange->head_seen) {
    exchange->head_seen = TRUE;
    return begin_request (self, exchange, mhd, method, version);
  }
  if (*data_size > 0) {
    gsize size = *data_size;

    *data_size = 0;
    return take_body (self, exchange, data, size);
  }
  return end_request (self, exchange, mhd);
}

static gboolean
set_system_error (GError **error, const char *listen)
{
  int code = errno;

  g_set_error (error, UPKEEP_TRANSPORT_ERROR,
               code == EADDRINUSE ? UPKEEP_TRANSPORT_ERROR_IN_USE : UPKEEP_TRANSPORT_ERROR_FAILED,
               "%s: %s", listen, g_strerror (code));
  return FALSE;
}

/* Takes away a socket file that a process has left behind which is no more. */
static gboolean
remove_stale (const struct sockaddr_un *address, const char *listen, GError **error)
{
  struct stat info;
  int fd;
  int connected;

  if (lstat (address->sun_path, &info) != 0)
    return errno == ENOENT ? TRUE : set_system_error (error, listen);
  if (!S_ISSOCK (info.st_mode)) {
    errno = EADDRINUSE;
    return set_system_error (error, listen);
  }
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return set_system_error (error, listen);
  connected = connect (fd, (const struct sockaddr *) address, sizeof *address);
  if (connected != 0 && errno == ECONNREFUSED) {
    close (fd);
    return unlink (address->sun_path) == 0 || errno == ENOENT ? TRUE
                                                              : set_system_error (error, listen);
  }
  close (fd);
  errno = EADDRINUSE;
  return set_system_error (error, listen);
}

static gboolean
listen_unix (UpkeepTransport *self, const char *listen_text, GError **error)
{
  const char *path = listen_text + strlen ("unix:");
  struct sockaddr_un address = {.sun_family = AF_UNIX};

  if (path[0] != '/' || strlen (path) >= sizeof address.sun_path) {
    g_set_error (error, UPKEEP_TRANSPORT_ERROR, UPKEEP_TRANSPORT_ERROR_ADDRESS,
                 "%s: a socket's path starts with a slash and has less than %zu bytes", listen_text,
                 sizeof address.sun_path);
    return FALSE;
  }
  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  if (!remove_stale (&address, listen_text, error))
    return FALSE;

  /* The mode is set before there is a file, so that there is no moment at which others could
   * connect. */
  self->listen_fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (self->listen_fd < 0 || fchmod (self->listen_fd, 0600) != 0 ||
      bind (self->listen_fd, (const struct sockaddr *) &address, sizeof address) != 0)
    return set_system_error (error, listen_text);
  self->socket_path = g_strdup (path);
  if (lstat (path, &self->socket_info) != 0 || listen (self->listen_fd, LISTEN_BACKLOG) != 0)
    return set_system_error (error, listen_text);
  self->url = g_strdup (listen_text);
  return TRUE;
}

static gboolean
listen_tcp (UpkeepTransport *self, const char *listen_text, GError **error)
{
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (listen_text, 0, NULL);
  g_autoptr (GSocketAddress) address = NULL;
  g_autofree char *host = NULL;
  struct sockaddr_storage native;
  socklen_t native_size = sizeof native;
  const char *colon = strrchr (listen_text, ':');
  gboolean is_v6;
  guint16 port;
  int on = 1;

  if (parsed != NULL && colon != NULL && g_ascii_isdigit (colon[1]))
    address = g_inet_socket_address_new_from_string (
        g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed)),
        g_network_address_get_port (G_NETWORK_ADDRESS (parsed)));
  is_v6 = address != NULL && g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  if (address == NULL || is_v6 != (listen_text[0] == '[') ||
      !g_socket_address_to_native (address, &native, sizeof native, NULL)) {
    g_set_error (error, UPKEEP_TRANSPORT_ERROR, UPKEEP_TRANSPORT_ERROR_ADDRESS,
                 "%s: neither an address and a port nor unix: and a path", listen_text);
    return FALSE;
  }

  self->listen_fd =
      socket (native.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP);
  if (self->listen_fd < 0 ||
      setsockopt (self->listen_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      (is_v6 && setsockopt (self->listen_fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0) ||
      bind (self->listen_fd, (const struct sockaddr *) &native,
            (socklen_t) g_socket_address_get_native_size (address)) != 0 ||
      listen (self->listen_fd, LISTEN_BACKLOG) != 0 ||
      getsockname (self->listen_fd, (struct sockaddr *) &native, &native_size) != 0)
    return set_system_error (error, listen_text);

  port = ntohs (is_v6 ? ((const struct sockaddr_in6 *) &native)->sin6_port
                      : ((const struct sockaddr_in *) &native)->sin_port);
  host = g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
  self->url = g_strdup_printf (is_v6 ? "http://[%s]:%u" : "http://%s:%u", host, port);
  return TRUE;
}

/* Connections that the process can have without running out of files. */
static guint
get_connections_max (const UpkeepTransport *self)
{
  struct rlimit limit;
  guint files = G_MAXUINT;

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < G_MAXUINT)
    files = (guint) limit.rlim_cur;
  return MAX (MIN (self->options.connections_max, files - MIN (files, FILES_RESERVED)),
              self->options.threads);
}

/* Nobody can connect any more; the descriptor stays, as a thread may be using it. */
static void
shut_listener (UpkeepTransport *self)
{
  struct stat info;

  if (self->socket_path != NULL && lstat (self->socket_path, &info) == 0 &&
      info.st_ino == self->socket_info.st_ino && info.st_dev == self->socket_info.st_dev)
    unlink (self->socket_path);
  if (self->listen_fd >= 0)
    shutdown (self->listen_fd, SHUT_RDWR);
}

static void
close_listener (UpkeepTransport *self)
{
  shut_listener (self);
  if (self->listen_fd >= 0)
    close (self->listen_fd);
  self->listen_fd = -1;
  g_clear_pointer (&self->socket_path, g_free);
  g_clear_pointer (&self->url, g_free);
}

static GBytes *
make_late_answer (void)
{
  g_autoptr (UpkeepResponse) response =
      upkeep_response_new_refusal (UPKEEP_PROBLEM_REQUEST_TIMEOUT, "The body took too long.");
  gsize size = 0;
  const char *body = g_bytes_get_data (upkeep_response_get_body (response), &size);
  char *text =
      g_strdup_printf ("HTTP/1.1 408 Request Timeout\r\n"
                       "Connection: close\r\n"
                       "Content-Type: %s\r\n"
                       "Content-Length: %zu\r\n"
                       "Cache-Control: no-store\r\n"
                       "X-Content-Type-Options: nosniff\r\n"
                       "\r\n%.*s",
                       upkeep_response_get_content_type (response), size, (int) size, body);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * upkeep_transport_new:
 * @options: the limits
 * @handler: what answers
 * @user_data: for @handler; must outlive the transport
 *
 * Makes a transport that does not listen yet.
 *
 * Returns: (transfer full): the transport
 */
UpkeepTransport *
upkeep_transport_new (const UpkeepTransportOptions *options,
                      const UpkeepTransportHandler *handler,
                      gpointer user_data)
{
  UpkeepTransport *self;

  g_return_val_if_fail (options != NULL && options->threads >= 2, NULL);
  g_return_val_if_fail (options->body_bytes_per_ms > 0, NULL);
  g_return_val_if_fail (handler != NULL && handler->head != NULL && handler->handle != NULL, NULL);

  self = g_new0 (UpkeepTransport, 1);
  self->options = *options;
  self->handler = *handler;
  self->user_data = user_data;
  self->listen_fd = -1;
  self->checks_layout = g_str_has_prefix (MHD_get_version (), "0.9.");
  self->late_answer = make_late_answer ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->connections);
  return self;
}

/**
 * upkeep_transport_start:
 * @self: a transport that does not listen
 * @listen: `127.0.0.1:8080`, `[::1]:8080`, where port 0 takes a free one, or `unix:/path`
 * @error: return location for a `UPKEEP_TRANSPORT_ERROR`
 *
 * Begins to serve. A socket file is for its owner only; one that nobody listens on is replaced.
 *
 * Errors: `UPKEEP_TRANSPORT_ERROR_ADDRESS`, `UPKEEP_TRANSPORT_ERROR_IN_USE`,
 * `UPKEEP_TRANSPORT_ERROR_FAILED`.
 *
 * Returns: `TRUE` when requests are answered
 */
gboolean
upkeep_transport_start (UpkeepTransport *self, const char *listen, GError **error)
{
  const UpkeepTransportOptions *options;
  guint longest_ms;
  /* Its level 1 adds, in 0.9, a page of its own for a request without a Host, and nothing else. */
  int strictness;

  g_return_val_if_fail (self != NULL && self->daemon == NULL, FALSE);
  g_return_val_if_fail (listen != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  self->is_unix = g_str_has_prefix (listen, "unix:");
  if (!(self->is_unix ? listen_unix (self, listen, error) : listen_tcp (self, listen, error))) {
    close_listener (self);
    return FALSE;
  }

  options = &self->options;
  longest_ms = MAX (MAX (options->head_timeout_ms, options->idle_timeout_ms),
                    MAX (options->body_timeout_ms, options->write_timeout_ms));
  strictness = self->checks_layout ? 0 : 1;
  atomic_store (&self->is_stopping, FALSE);
  self->daemon = MHD_start_daemon (
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, request_cb, self,
      MHD_OPTION_LISTEN_SOCKET, (MHD_socket) self->listen_fd, MHD_OPTION_THREAD_POOL_SIZE,
      options->threads, MHD_OPTION_CONNECTION_LIMIT, get_connections_max (self),
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, self->is_unix ? 0u : options->per_ip_max,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) (options->head_max_bytes + HEAD_OVERHEAD_BYTES),
      MHD_OPTION_CONNECTION_TIMEOUT, longest_ms / 1000 + 2, MHD_OPTION_STRICT_FOR_CLIENT,
      strictness, MHD_OPTION_NOTIFY_CONNECTION, connection_changed_cb, self,
      MHD_OPTION_NOTIFY_COMPLETED, completed_cb, self, MHD_OPTION_URI_LOG_CALLBACK, target_read_cb,
      self, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes_cb, NULL, MHD_OPTION_END);
  if (self->daemon == NULL) {
    set_system_error (error, listen);
    close_listener (self);
    return FALSE;
  }
  self->sweeps = TRUE;
  self->sweeper = g_thread_new ("upkeep-sweeper", sweep, self);
  return TRUE;
}

/**
 * upkeep_transport_get_url:
 * @self: a transport
 *
 * Gets where the transport listens: `http://127.0.0.1:8080`, or `unix:/path`.
 *
 * Returns: (nullable): the text, or `NULL` when it does not listen
 */
const char *
upkeep_transport_get_url (const UpkeepTransport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->url;
}

/**
 * upkeep_transport_stop:
 * @self: a transport
 *
 * Stops accepting, lets the requests that have begun be answered, and closes all connections. What
 * is not done after the time of the options is cut off; only a handler that runs is waited for
 * longer.
 */
void
upkeep_transport_stop (UpkeepTransport *self)
{
  gint64 end_us;

  g_return_if_fail (self != NULL);

  if (self->daemon == NULL)
    return;
  end_us = g_get_monotonic_time () + (gint64) self->options.stop_timeout_ms * 1000;
  atomic_store (&self->is_stopping, TRUE);
  /* MHD_quiesce_daemon() is not used: it and the threads it wakes both take the socket out of their
   * epoll set, and whoever comes second aborts the process. The threads find one on which nobody
   * can connect, and give up on it. */
  shut_listener (self);

  g_mutex_lock (&self->lock);
  while (atomic_load (&self->n_exchanges) > 0) {
    if (!g_cond_wait_until (&self->changed, &self->lock, end_us))
      break;
  }
  g_mutex_unlock (&self->lock);

  g_clear_pointer (&self->daemon, MHD_stop_daemon);
  self->listen_fd = -1; /* it was closed with the rest */
  close_listener (self);
  g_mutex_lock (&self->lock);
  self->sweeps = FALSE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->sweeper, g_thread_join);
}

/**
 * upkeep_transport_free:
 * @self: (nullable): a transport
 *
 * Stops and frees a transport.
 */
void
upkeep_transport_free (UpkeepTransport *self)
{
  if (self == NULL)
    return;
  upkeep_transport_stop (self);
  g_bytes_unref (self->late_answer);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

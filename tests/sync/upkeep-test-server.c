/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-test-server.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#define REQUEST_MAX_BYTES 65536
#define DRIP_US           5000

typedef struct {
  char *prefix;
  GString *bytes;
  UpkeepTestEnd end;
  gboolean was_given;
} Answer;

struct _UpkeepTestServer {
  GThread *thread;
  GSocketListener *listener;
  GCancellable *cancellable;
  char *uri;
  char *path; /* of a socket */

  GMutex mutex; /* guards all below */
  GPtrArray *answers;
  GPtrArray *requests;
  GPtrArray *connections; /* threads */
  GSourceFunc answered;
  gpointer answered_data;
};

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->prefix);
  g_string_free (answer->bytes, TRUE);
  g_free (answer);
}

/* One request with its body; as much as came when the other side goes away. */
static char *
read_request (UpkeepTestServer *self, GInputStream *input)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize wanted = 0;

  while (text->len < REQUEST_MAX_BYTES) {
    const char *head_end = strstr (text->str, "\r\n\r\n");
    char buffer[4096];
    gssize n;

    if (head_end != NULL) {
      const char *length = strstr (text->str, "Content-Length: ");

      wanted = (gsize) (head_end + 4 - text->str);
      if (length != NULL && length < head_end)
        wanted += (gsize) g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10);
      if (text->len >= wanted)
        break;
    }

    n = g_input_stream_read (input, buffer, sizeof buffer, self->cancellable, NULL);
    if (n <= 0)
      break;
    g_string_append_len (text, buffer, n);
  }
  return g_strdup (text->str);
}

static Answer *
find_answer (UpkeepTestServer *self, const char *request)
{
  Answer *last = NULL;

  for (guint i = 0; i < self->answers->len; i++) {
    Answer *answer = g_ptr_array_index (self->answers, i);

    if (!g_str_has_prefix (request, answer->prefix))
      continue;
    last = answer;
    if (!answer->was_given)
      break;
  }
  if (last != NULL)
    last->was_given = TRUE;
  return last;
}

static gboolean
write_bytes (UpkeepTestServer *self, GOutputStream *output, const char *bytes, gsize size)
{
  return g_output_stream_write_all (output, bytes, size, NULL, self->cancellable, NULL);
}

static void
end_answer (UpkeepTestServer *self, GIOStream *stream, UpkeepTestEnd end)
{
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  g_autofree char *zeros = g_malloc0 (REQUEST_MAX_BYTES);
  char byte;

  switch (end) {
  case UPKEEP_TEST_END_HANG:
    g_input_stream_read (g_io_stream_get_input_stream (stream), &byte, 1, self->cancellable, NULL);
    break;
  case UPKEEP_TEST_END_DRIP:
    while (write_bytes (self, output, " ", 1))
      g_socket_condition_timed_wait (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)),
                                     G_IO_IN, DRIP_US, self->cancellable, NULL);
    break;
  case UPKEEP_TEST_END_ENDLESS:
    while (write_bytes (self, output, zeros, REQUEST_MAX_BYTES))
      continue;
    break;
  case UPKEEP_TEST_END_CLOSE:
  default:
    break;
  }
}

typedef struct {
  UpkeepTestServer *server;
  GSocketConnection *connection;
} Connection;

static gpointer
serve (gpointer data)
{
  g_autofree Connection *connection = data;
  UpkeepTestServer *self = connection->server;
  g_autoptr (GIOStream) stream = G_IO_STREAM (connection->connection);
  g_autofree char *request = read_request (self, g_io_stream_get_input_stream (stream));
  g_autofree char *bytes = NULL;
  UpkeepTestEnd end = UPKEEP_TEST_END_CLOSE;
  Answer *answer;

  if (request[0] == '\0')
    return NULL;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, g_strdup (request));
  answer = find_answer (self, request);
  if (answer != NULL) {
    bytes = g_strdup (answer->bytes->str);
    end = answer->end;
  }
  g_mutex_unlock (&self->mutex);

  if (bytes != NULL)
    write_bytes (self, g_io_stream_get_output_stream (stream), bytes, strlen (bytes));

  g_mutex_lock (&self->mutex);
  if (self->answered != NULL)
    g_idle_add (self->answered, self->answered_data);
  g_mutex_unlock (&self->mutex);

  end_answer (self, stream, end);
  g_io_stream_close (stream, NULL, NULL);
  return NULL;
}

static gpointer
run (gpointer data)
{
  UpkeepTestServer *self = data;

  while (TRUE) {
    GSocketConnection *connection =
        g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL);
    Connection *served;

    if (connection == NULL)
      return NULL;
    served = g_new0 (Connection, 1);
    served->server = self;
    served->connection = connection;
    g_mutex_lock (&self->mutex);
    g_ptr_array_add (self->connections, g_thread_new ("test-connection", serve, served));
    g_mutex_unlock (&self->mutex);
  }
}

static UpkeepTestServer *
new_server (void)
{
  UpkeepTestServer *self = g_new0 (UpkeepTestServer, 1);

  g_mutex_init (&self->mutex);
  self->listener = g_socket_listener_new ();
  self->cancellable = g_cancellable_new ();
  self->answers = g_ptr_array_new_with_free_func (answer_free);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->connections = g_ptr_array_new ();
  return self;
}

UpkeepTestServer *
upkeep_test_server_new (void)
{
  UpkeepTestServer *self = new_server ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_DEFAULT, NULL, &bound, &error);
  g_assert_no_error (error);
  self->uri = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  self->thread = g_thread_new ("test-server", run, self);
  return self;
}

UpkeepTestServer *
upkeep_test_server_new_for_socket (const char *path)
{
  UpkeepTestServer *self = new_server ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) error = NULL;

  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  self->path = g_strdup (path);
  self->thread = g_thread_new ("test-server", run, self);
  return self;
}

void
upkeep_test_server_free (UpkeepTestServer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->connections->len; i++)
    g_thread_join (g_ptr_array_index (self->connections, i));
  g_socket_listener_close (self->listener);
  if (self->path != NULL)
    g_unlink (self->path);

  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->connections);
  g_mutex_clear (&self->mutex);
  g_free (self->uri);
  g_free (self->path);
  g_free (self);
}

const char *
upkeep_test_server_get_uri (UpkeepTestServer *self)
{
  return self->uri;
}

static void
add_answer (UpkeepTestServer *self, const char *prefix, GString *bytes, UpkeepTestEnd end)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Answer *answer = g_new0 (Answer, 1);

  answer->prefix = g_strdup (prefix);
  answer->bytes = bytes;
  answer->end = end;
  g_ptr_array_add (self->answers, answer);
}

void
upkeep_test_server_answer (UpkeepTestServer *self,
                           const char *prefix,
                           guint status,
                           const char *headers,
                           const char *content_type,
                           const char *body)
{
  GString *bytes = g_string_new (NULL);

  g_string_append_printf (bytes, "HTTP/1.1 %u Test\r\nConnection: close\r\n%s", status,
                          headers != NULL ? headers : "");
  if (content_type != NULL)
    g_string_append_printf (bytes, "Content-Type: %s\r\n", content_type);
  if (status != 304)
    g_string_append_printf (bytes, "Content-Length: %" G_GSIZE_FORMAT "\r\n", strlen (body));
  g_string_append_printf (bytes, "\r\n%s", body);
  add_answer (self, prefix, bytes, UPKEEP_TEST_END_CLOSE);
}

void
upkeep_test_server_answer_raw (UpkeepTestServer *self,
                               const char *prefix,
                               const char *bytes,
                               UpkeepTestEnd end)
{
  add_answer (self, prefix, g_string_new (bytes), end);
}

void
upkeep_test_server_forget (UpkeepTestServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_set_size (self->answers, 0);
  g_ptr_array_set_size (self->requests, 0);
}

void
upkeep_test_server_on_answered (UpkeepTestServer *self, GSourceFunc function, gpointer data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->answered = function;
  self->answered_data = data;
}

guint
upkeep_test_server_count (UpkeepTestServer *self, const char *prefix)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    n += g_str_has_prefix (g_ptr_array_index (self->requests, i), prefix) ? 1 : 0;
  return n;
}

char *
upkeep_test_server_dup_request (UpkeepTestServer *self, guint index)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_assert_cmpuint (index, <, self->requests->len);
  return g_strdup (g_ptr_array_index (self->requests, index));
}

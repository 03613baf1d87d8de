/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-transport.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define ECHO_MAX_BYTES   1000
#define LARGE_BYTES      (32 * 1024 * 1024)
#define CLIENT_WAIT_S    20
#define CLIENT_MAX_BYTES (1024 * 1024)

typedef struct {
  UpkeepTransport *transport; /* (owned) */
  UpkeepTransportOptions options;
  GMutex lock;
  GCond changed;
  guint n_handled;
  guint n_contexts;
  gboolean is_blocked; /* whether /block goes on waiting */
  guint n_blocked;
} Fixture;

static UpkeepResponse *
look_at_head (const UpkeepRequest *request,
              gsize *ret_body_max_bytes,
              gpointer *ret_context,
              gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *path = upkeep_request_get_path (request);

  g_assert_null (upkeep_request_get_body (request));
  if (g_str_equal (path, "/refused"))
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_UNAUTHORIZED, "No token.");
  if (g_str_equal (path, "/echo"))
    *ret_body_max_bytes = ECHO_MAX_BYTES;
  g_mutex_lock (&fixture->lock);
  fixture->n_contexts++;
  g_mutex_unlock (&fixture->lock);
  *ret_context = fixture;
  return NULL;
}

static void
free_context (gpointer context)
{
  Fixture *fixture = context;

  g_mutex_lock (&fixture->lock);
  fixture->n_contexts--;
  g_cond_broadcast (&fixture->changed);
  g_mutex_unlock (&fixture->lock);
}

static UpkeepResponse *
answer (const UpkeepRequest *request, gpointer context, gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *path = upkeep_request_get_path (request);
  GBytes *body = upkeep_request_get_body (request);
  UpkeepResponse *response;

  g_assert_true (context == fixture);
  g_mutex_lock (&fixture->lock);
  fixture->n_handled++;
  if (g_str_equal (path, "/block")) {
    fixture->n_blocked++;
    g_cond_broadcast (&fixture->changed);
    while (fixture->is_blocked)
      g_cond_wait (&fixture->changed, &fixture->lock);
  }
  g_mutex_unlock (&fixture->lock);

  if (g_str_equal (path, "/large")) {
    g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (LARGE_BYTES), LARGE_BYTES);

    return upkeep_response_new_bytes (200, "application/octet-stream", large);
  }
  if (g_str_equal (path, "/not-modified")) {
    response = upkeep_response_new_bytes (304, NULL, NULL);
    upkeep_response_set_header (response, UPKEEP_RESPONSE_ETAG, "\"1\"");
    return response;
  }
  if (g_str_equal (path, "/echo") && body != NULL)
    return upkeep_response_new_bytes (200, "text/plain", body);
  if (g_str_equal (path, "/peer")) {
    const char *peer = upkeep_request_get_peer (request);
    g_autoptr (GBytes) bytes = g_bytes_new (peer, strlen (peer));

    response = upkeep_response_new_bytes (200, "text/plain", bytes);
    upkeep_response_set_header (response, UPKEEP_RESPONSE_CACHE_CONTROL, "max-age=60");
    return response;
  }
  {
    g_autoptr (GBytes) bytes = g_bytes_new_static ("hello", 5);

    return upkeep_response_new_bytes (200, "text/plain", bytes);
  }
}

static const UpkeepTransportHandler handler = {look_at_head, answer, free_context};

static void
start (Fixture *fixture, const char *listen)
{
  g_autoptr (GError) error = NULL;

  fixture->transport = upkeep_transport_new (&fixture->options, &handler, fixture);
  g_assert_true (upkeep_transport_start (fixture->transport, listen, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_mutex_init (&fixture->lock);
  g_cond_init (&fixture->changed);
  fixture->options = upkeep_transport_options_default;
  fixture->options.threads = 2;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->transport, upkeep_transport_free);
  g_assert_cmpuint (fixture->n_contexts, ==, 0);
  g_cond_clear (&fixture->changed);
  g_mutex_clear (&fixture->lock);
}

static int
connect_to (Fixture *fixture)
{
  const char *url = upkeep_transport_get_url (fixture->transport);
  const struct timeval wait = {.tv_sec = CLIENT_WAIT_S};
  int fd;

  if (g_str_has_prefix (url, "unix:")) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    g_strlcpy (address.sun_path, url + strlen ("unix:"), sizeof address.sun_path);
    fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  } else {
    struct sockaddr_in address = {.sin_family = AF_INET};

    address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
    address.sin_port = htons ((guint16) g_ascii_strtoull (strrchr (url, ':') + 1, NULL, 10));
    fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  }
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
  return fd;
}

/* FALSE when the other side has closed. */
static gboolean
send_all (int fd, const char *data, gsize size)
{
  while (size > 0) {
    ssize_t sent = send (fd, data, size, MSG_NOSIGNAL);

    if (sent <= 0)
      return FALSE;
    data += sent;
    size -= (gsize) sent;
  }
  return TRUE;
}

static void
send_text (int fd, const char *text)
{
  g_assert_true (send_all (fd, text, strlen (text)));
}

typedef struct {
  guint status; /* 0 when the connection was closed without an answer */
  char *head;   /* (owned) (nullable) */
  char *body;   /* (owned) (nullable) */
} Answer;

static void
answer_clear (Answer *self)
{
  g_clear_pointer (&self->head, g_free);
  g_clear_pointer (&self->body, g_free);
  self->status = 0;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

/* Reads one answer and nothing after it. A reset counts as a close; silence fails the test. */
static void
read_answer (int fd, gboolean is_head, Answer *ret_answer)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *length;
  gsize size = 0;
  char byte;

  answer_clear (ret_answer);
  while (strstr (text->str, "\r\n\r\n") == NULL) {
    ssize_t got = recv (fd, &byte, 1, 0);

    g_assert_false (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
    if (got <= 0)
      return;
    g_string_append_c (text, byte);
  }
  g_assert_true (g_str_has_prefix (text->str, "HTTP/1.1 "));
  ret_answer->head = g_strdup (text->str);
  if (g_str_has_prefix (text->str, "HTTP/1.1 100 ")) {
    ret_answer->status = 100;
    return;
  }
  length = strstr (text->str, "Content-Length: ");
  if (length != NULL)
    size = (gsize) g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10);
  g_assert_cmpuint (size, <=, CLIENT_MAX_BYTES);
  if (is_head)
    size = 0;
  ret_answer->body = g_malloc0 (size + 1);
  for (gsize at = 0; at < size;) {
    ssize_t got = recv (fd, ret_answer->body + at, size - at, 0);

    g_assert_cmpint (got, >, 0);
    at += (gsize) got;
  }
  ret_answer->status = (guint) g_ascii_strtoull (text->str + strlen ("HTTP/1.1 "), NULL, 10);
}

static gboolean
is_closed (int fd)
{
  char byte;
  ssize_t got = recv (fd, &byte, 1, 0);

  g_assert_false (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
  g_assert_cmpint (got, <=, 0);
  return TRUE;
}

/* Likewise, after whatever comes before. */
static void
wait_for_close (int fd)
{
  char sink[4096];
  ssize_t got;

  do
    got = recv (fd, sink, sizeof sink, 0);
  while (got > 0);
  g_assert_false (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
}

static void
assert_alive (Fixture *fixture)
{
  g_auto (Answer) got = {0};
  int fd = connect_to (fixture);

  send_text (fd, "GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 200);
  g_assert_cmpstr (got.body, ==, "hello");
  close (fd);
}

#define HOST "Host: x\r\n"

typedef enum {
  OPEN = 0,
  CLOSED = 1 << 0,
  PAGE = 1 << 1, /* libmicrohttpd answers by itself, with a page of its own */
} Expected;

static void
test_probes (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *name;
    const char *text;
    gsize size; /* 0 for the whole text */
    guint status;
    Expected expected;
  } rows[] = {
      {"GET", "GET /hello HTTP/1.1\r\n" HOST "\r\n", 0, 200, OPEN},
      {"POST", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello", 0, 200, OPEN},
      {"empty POST", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", 0, 200, OPEN},
      {"POST without a length", "POST /echo HTTP/1.1\r\n" HOST "\r\n", 0, 200, OPEN},
      {"empty and padded values",
       "GET /hello HTTP/1.1\r\nHost: x\r\nX:\r\nY:  \r\nZ:  a  \r\nW:b\r\nT:\tb\r\n\r\n", 0, 200,
       OPEN},
      {"query", "GET /hello?a=1&b=%20&c HTTP/1.1\r\n" HOST "\r\n", 0, 200, OPEN},
      {"cookies", "GET /hello HTTP/1.1\r\n" HOST "Cookie: a=b; c=\"d\"\r\n\r\n", 0, 200, OPEN},
      {"empty line first", "\r\nGET /hello HTTP/1.1\r\n" HOST "\r\n", 0, 200, OPEN},
      /* A 1 */
      {"two lengths",
       "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 3\r\n\r\nhello", 0, 400,
       CLOSED},
      {"two equal lengths",
       "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 0, 400,
       CLOSED},
      {"list of lengths", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5, 5\r\n\r\nhello", 0,
       400, CLOSED | PAGE},
      /* A 2 */
      {"length and chunks",
       "POST /echo HTTP/1.1\r\n" HOST
       "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
       "GET /hello HTTP/1.1\r\n" HOST "\r\n",
       0, 400, CLOSED},
      {"chunks",
       "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
       0, 411, CLOSED},
      /* A 3 */
      {"length +5", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\nhello", 0, 400,
       CLOSED | PAGE},
      {"length -1", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\nhello", 0, 400,
       CLOSED | PAGE},
      {"length 5x", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5x\r\n\r\nhello", 0, 400,
       CLOSED | PAGE},
      {"length 2^63",
       "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 9223372036854775808\r\n\r\nhello", 0, 400,
       CLOSED},
      {"length 2^64 + 5",
       "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 18446744073709551621\r\n\r\nhello", 0, 413,
       CLOSED | PAGE},
      /* A 4 */
      {"xchunked", "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n\r\nhello", 0,
       501, CLOSED},
      {"gzip, chunked",
       "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\nhello", 0, 501,
       CLOSED},
      /* A 5: no chunk is ever read */
      {"huge chunk",
       "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nhello",
       0, 411, CLOSED},
      {"no chunk", "POST /echo HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 0,
       411, CLOSED},
      /* A 6 */
      {"bare LF", "GET /hello HTTP/1.1\nHost: x\n\n", 0, 400, CLOSED},
      {"bare LF once", "GET /hello HTTP/1.1\r\nHost: x\nX: y\r\n\r\n", 0, 400, CLOSED},
      {"bare LF at the end", "GET /hello HTTP/1.1\r\nHost: x\r\n\n", 0, 400, CLOSED},
      {"bare CR", "GET /hello HTTP/1.1\r\nHost: x\rX: y\r\n\r\n", 0, 400, CLOSED},
      {"space before the colon", "POST /echo HTTP/1.1\r\n" HOST "Content-Length : 5\r\n\r\nhello",
       0, 400, CLOSED},
      {"folded line", "GET /hello HTTP/1.1\r\n" HOST "X: a\r\n b\r\nY: c\r\n\r\n", 0, 400, CLOSED},
      {"folded last line", "GET /hello HTTP/1.1\r\n" HOST "X: a\r\n\tb\r\n\r\n", 0, 400, CLOSED},
      {"folded nothing", "GET /hello HTTP/1.1\r\n" HOST "X: a\r\n  \r\nY: c\r\n\r\n", 0, 400,
       CLOSED},
      {"no name", "GET /hello HTTP/1.1\r\n" HOST ": a\r\n\r\n", 0, 400, CLOSED},
      {"no colon", "GET /hello HTTP/1.1\r\n" HOST "X\r\n\r\n", 0, 400, CLOSED | PAGE},
      {"NUL in a value", "GET /hello HTTP/1.1\r\n" HOST "X: a\0b\r\n\r\n", 40, 400, CLOSED},
      {"NUL in a name", "GET /hello HTTP/1.1\r\n" HOST "X\0Y: ab\r\n\r\n", 41, 400, CLOSED | PAGE},
      {"NUL in the path", "GET /hel\0o HTTP/1.1\r\n" HOST "\r\n", 32, 400, CLOSED},
      {"control in a value", "GET /hello HTTP/1.1\r\n" HOST "X: a\x01\r\n\r\n", 0, 400, CLOSED},
      {"two spaces", "GET  /hello HTTP/1.1\r\n" HOST "\r\n", 0, 400, CLOSED},
      {"a tab", "GET\t/hello HTTP/1.1\r\n" HOST "\r\n", 0, 400, CLOSED | PAGE},
      {"space at the end", "GET /hello HTTP/1.1 \r\n" HOST "\r\n", 0, 400, CLOSED | PAGE},
      {"space in the path", "GET /hel lo HTTP/1.1\r\n" HOST "\r\n", 0, 400, CLOSED},
      /* A 7 */
      {"two Hosts", "GET /hello HTTP/1.1\r\nHost: good\r\nHost: evil\r\n\r\n", 0, 400, CLOSED},
      {"no Host", "GET /hello HTTP/1.1\r\n\r\n", 0, 400, CLOSED},
      {"no Host in 1.0", "GET /hello HTTP/1.0\r\n\r\n", 0, 400, CLOSED},
      /* A 13 */
      {"ranges",
       "GET /hello HTTP/1.1\r\n" HOST "Range: bytes=0-,1-,2-,-9223372036854775807\r\n\r\n", 0, 200,
       OPEN},
      /* A 14 */
      {"%00", "GET /hello%00x HTTP/1.1\r\n" HOST "\r\n", 0, 400, CLOSED},
      {"dots", "GET /a/../hello HTTP/1.1\r\n" HOST "\r\n", 0, 404, CLOSED},
      {"%2e%2e", "GET /a/%2e%2e/hello HTTP/1.1\r\n" HOST "\r\n", 0, 404, CLOSED},
      {"two slashes", "GET //hello HTTP/1.1\r\n" HOST "\r\n", 0, 404, CLOSED},
      {"absolute form", "GET http://evil/hello HTTP/1.1\r\n" HOST "\r\n", 0, 400, CLOSED},
      /* A 15 */
      {"FOO", "FOO /hello HTTP/1.1\r\n" HOST "\r\n", 0, 501, CLOSED},
      {"OPTIONS *", "OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 0, 405, CLOSED},
      {"CONNECT", "CONNECT evil:443 HTTP/1.1\r\n" HOST "\r\n", 0, 405, CLOSED},
      /* A 16 */
      {"HTTP/0.9", "GET /hello\r\n\r\n", 0, 400, CLOSED | PAGE},
      {"HTTP/2.0", "GET /hello HTTP/2.0\r\n" HOST "\r\n", 0, 505, CLOSED | PAGE},
      {"h2c", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 0, 505, CLOSED | PAGE},
      {"h2c upgrade", "GET /hello HTTP/1.1\r\n" HOST "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
       0, 200, OPEN},
      /* what is expected */
      {"another expectation",
       "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5\r\nExpect: x\r\n\r\n", 0, 400, CLOSED},
  };

  g_test_summary (
      "Every abusive head is answered as it should be, by a problem, and the next client served.");
  start (fixture, "127.0.0.1:0");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Answer) got = {0};
    int fd = connect_to (fixture);

    g_test_message ("%s", rows[i].name);
    g_assert_true (
        send_all (fd, rows[i].text, rows[i].size > 0 ? rows[i].size : strlen (rows[i].text)));
    read_answer (fd, FALSE, &got);
    g_assert_cmpuint (got.status, ==, rows[i].status);
    if (rows[i].status >= 400 && !(rows[i].expected & PAGE)) {
      g_assert_nonnull (strstr (got.head, "Content-Type: application/problem+json\r\n"));
      g_assert_nonnull (strstr (got.head, "Cache-Control: no-store\r\n"));
      g_assert_nonnull (strstr (got.head, "X-Content-Type-Options: nosniff\r\n"));
      g_assert_nonnull (strstr (got.body, "\"code\""));
    }
    if (rows[i].expected & PAGE) {
      /* Of some pages libmicrohttpd 0.9 sends two. */
      wait_for_close (fd);
    } else if (rows[i].expected & CLOSED) {
      g_assert_true (is_closed (fd));
    } else {
      send_text (fd, "GET /hello HTTP/1.1\r\n" HOST "\r\n");
      read_answer (fd, FALSE, &got);
      g_assert_cmpuint (got.status, ==, 200);
    }
    close (fd);
  }
  assert_alive (fixture);
}

static void
test_noise (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  g_test_summary ("A 16: a TLS hello and random bytes are answered or closed, soon.");
  fixture->options.head_timeout_ms = 200;
  start (fixture, "127.0.0.1:0");
  for (guint i = 0; i < 16; i++) {
    guint8 bytes[300];
    int fd = connect_to (fixture);

    for (gsize j = 0; j < sizeof bytes; j++)
      bytes[j] = (guint8) g_rand_int_range (random, 0, 256);
    if (i % 2 == 0)
      memcpy (bytes, "\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", 11);
    send_all (fd, (const char *) bytes, sizeof bytes);
    wait_for_close (fd);
    close (fd);
  }
  g_assert_cmpuint (fixture->n_handled, ==, 0);
  assert_alive (fixture);
}

static void
test_head_size (Fixture *fixture, gconstpointer data)
{
  static const struct {
    gsize size; /* of the whole head */
    guint status;
    gboolean is_page;
  } rows[] = {
      {1000, 200, FALSE},  {8192, 200, FALSE}, {8193, 431, FALSE},
      {10000, 431, FALSE}, {63000, 431, TRUE}, {1000000, 431, TRUE},
  };

  g_test_summary ("A 8: a head has 8 KiB at most, on a fresh connection and on a used one.");
  start (fixture, "127.0.0.1:0");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    static const char before[] = "GET /hello HTTP/1.1\r\nHost: x\r\nX: ";
    static const char after[] = "\r\n\r\n";
    gsize fill = rows[i].size - strlen (before) - strlen (after);
    g_autofree char *filling = g_strnfill (fill, 'a');
    g_autofree char *head = g_strconcat (before, filling, after, NULL);

    for (guint used = 0; used < 2; used++) {
      g_auto (Answer) got = {0};
      int fd = connect_to (fixture);

      g_test_message ("%zu bytes", rows[i].size);
      if (used) {
        send_text (fd, "GET /hello HTTP/1.1\r\n" HOST "\r\n");
        read_answer (fd, FALSE, &got);
      }
      send_all (fd, head, strlen (head));
      read_answer (fd, FALSE, &got);
      /* A client that goes on sending may lose the answer with the connection. */
      if (got.status != 0 || !rows[i].is_page)
        g_assert_cmpuint (got.status, ==, rows[i].status);
      if (rows[i].status != 200 && !rows[i].is_page)
        g_assert_nonnull (strstr (got.body, "header_fields_too_large"));
      close (fd);
    }
  }
  assert_alive (fixture);
}

static void
test_field_count (Fixture *fixture, gconstpointer data)
{
  g_test_summary ("A 8: 64 fields and no more.");
  start (fixture, "127.0.0.1:0");
  for (guint n = 64; n <= 65; n++) {
    g_autoptr (GString) head = g_string_new ("GET /hello HTTP/1.1\r\nHost: x\r\n");
    g_auto (Answer) got = {0};
    int fd = connect_to (fixture);

    for (guint i = 1; i < n; i++)
      g_string_append_printf (head, "X%u: %0100u\r\n", i, i);
    g_string_append (head, "\r\n");
    send_text (fd, head->str);
    read_answer (fd, FALSE, &got);
    g_assert_cmpuint (got.status, ==, n == 64 ? 200 : 431);
    close (fd);
  }
}

static void
test_pieces (Fixture *fixture, gconstpointer data)
{
  static const char text[] =
      "POST /echo?a=1 HTTP/1.1\r\nHost: x\r\nX: y\r\nContent-Length: 5\r\n\r\nhello";
  g_auto (Answer) got = {0};
  int fd;
  int on = 1;

  g_test_summary ("A request that comes byte by byte is understood as one that comes at once.");
  start (fixture, "127.0.0.1:0");
  fd = connect_to (fixture);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  for (gsize i = 0; i < strlen (text); i++)
    g_assert_true (send_all (fd, text + i, 1));
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 200);
  g_assert_cmpstr (got.body, ==, "hello");
  close (fd);
}

static void
test_answers (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) got = {0};
  int fd;

  g_test_summary ("Answers say their length, and what may be done with them.");
  start (fixture, "127.0.0.1:0");
  fd = connect_to (fixture);
  send_text (fd, "GET /hello HTTP/1.1\r\n" HOST "\r\n");
  read_answer (fd, FALSE, &got);
  g_assert_nonnull (strstr (got.head, "Content-Length: 5\r\n"));
  g_assert_nonnull (strstr (got.head, "Content-Type: text/plain\r\n"));
  g_assert_nonnull (strstr (got.head, "Cache-Control: no-store\r\n"));
  g_assert_nonnull (strstr (got.head, "X-Content-Type-Options: nosniff\r\n"));
  g_assert_nonnull (strstr (got.head, "Date: "));

  send_text (fd, "GET /peer HTTP/1.1\r\n" HOST "X-Forwarded-For: 9.9.9.9\r\n\r\n");
  read_answer (fd, FALSE, &got);
  g_assert_cmpstr (got.body, ==, "127.0.0.1");
  g_assert_nonnull (strstr (got.head, "Cache-Control: max-age=60\r\n"));
  g_assert_null (strstr (got.head, "no-store"));

  send_text (fd, "HEAD /hello HTTP/1.1\r\n" HOST "\r\n");
  read_answer (fd, TRUE, &got);
  g_assert_cmpuint (got.status, ==, 200);
  g_assert_nonnull (strstr (got.head, "Content-Length: 5\r\n"));

  send_text (fd, "GET /not-modified HTTP/1.1\r\n" HOST "\r\n");
  read_answer (fd, TRUE, &got);
  g_assert_cmpuint (got.status, ==, 304);
  g_assert_nonnull (strstr (got.head, "ETag: \"1\"\r\n"));

  send_text (fd, "GET /hello HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 200);
  g_assert_true (is_closed (fd));
  close (fd);
}

static void
test_pipelining (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (Answer) got = {0};
  int fd;

  g_test_summary ("A 17: pipelined requests are answered in order.");
  start (fixture, "127.0.0.1:0");
  fd = connect_to (fixture);
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\n%04u",
                            i);
  send_text (fd, text->str);
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *body = g_strdup_printf ("%04u", i);

    read_answer (fd, FALSE, &got);
    g_assert_cmpstr (got.body, ==, body);
  }
  close (fd);
}

static gboolean
post (int fd, const char *path, gsize size, gsize sent, gboolean expects)
{
  g_autofree char *head =
      g_strdup_printf ("POST %s HTTP/1.1\r\n" HOST "Content-Length: %zu\r\n%s\r\n", path, size,
                       expects ? "Expect: 100-continue\r\n" : "");
  g_autofree char *body = g_strnfill (sent, 'b');

  return send_all (fd, head, strlen (head)) && send_all (fd, body, sent);
}

static void
test_body_size (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *path;
    gsize size;
    guint status;
  } rows[] = {
      {"/echo", ECHO_MAX_BYTES, 200},
      {"/echo", ECHO_MAX_BYTES + 1, 413},
      {"/echo", 1024 * 1024, 413},
      {"/echo", 8 * 1024 * 1024 + ECHO_MAX_BYTES, 413},
      {"/hello", 1, 413},
      {"/refused", 10, 401},
      {"/refused", 1024 * 1024, 401},
  };

  g_test_summary ("A 413 also reaches a client that sends its whole body before it reads, and the "
                  "connection goes on.");
  start (fixture, "127.0.0.1:0");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Answer) got = {0};
    int fd = connect_to (fixture);

    g_test_message ("%s %zu", rows[i].path, rows[i].size);
    g_assert_true (post (fd, rows[i].path, rows[i].size, rows[i].size, FALSE));
    read_answer (fd, FALSE, &got);
    g_assert_cmpuint (got.status, ==, rows[i].status);
    send_text (fd, "GET /hello HTTP/1.1\r\n" HOST "\r\n");
    read_answer (fd, FALSE, &got);
    g_assert_cmpuint (got.status, ==, 200);
    close (fd);
  }
}

static void
test_huge_body (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) got = {0};
  int fd;

  g_test_summary ("A 9: a body beyond all measure is refused before it is read.");
  start (fixture, "127.0.0.1:0");
  fd = connect_to (fixture);
  g_assert_true (post (fd, "/echo", (gsize) 1 << 30, 0, FALSE));
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 413);
  g_assert_true (is_closed (fd));
  close (fd);
  assert_alive (fixture);
}

static void
test_expect (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) got = {0};
  int fd;

  g_test_summary ("Who asks before sending a body is told to go on, or why not.");
  start (fixture, "127.0.0.1:0");
  fd = connect_to (fixture);
  g_assert_true (post (fd, "/echo", 5, 0, TRUE));
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 100);
  send_text (fd, "hello");
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 200);
  g_assert_cmpstr (got.body, ==, "hello");

  g_assert_true (post (fd, "/echo", ECHO_MAX_BYTES + 1, 0, TRUE));
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 413);
  g_assert_true (is_closed (fd));
  close (fd);

  fd = connect_to (fixture);
  g_assert_true (post (fd, "/refused", 5, 0, TRUE));
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 401);
  close (fd);
}

/* Sends one byte after another for as long as somebody takes them; milliseconds until nobody did.
 */
static gint64
dribble (int fd, const char *text)
{
  gint64 start_us = g_get_monotonic_time ();
  GPollFD poll = {.fd = fd, .events = G_IO_IN};

  for (gsize i = 0;; i = (i + 1) % strlen (text)) {
    /* Readable means an answer or the end. */
    if (g_poll (&poll, 1, 20) > 0 || !send_all (fd, text + i, 1))
      break;
    g_assert_cmpint (g_get_monotonic_time () - start_us, <, CLIENT_WAIT_S * G_USEC_PER_SEC);
  }
  return (g_get_monotonic_time () - start_us) / 1000;
}

static void
test_deadlines (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) got = {0};
  int fd;

  g_test_summary (
      "A 10: the time for a head and for a body is limited in all, not from byte to byte.");
  fixture->options.head_timeout_ms = 400;
  fixture->options.idle_timeout_ms = 400;
  fixture->options.body_timeout_ms = 400;
  fixture->options.body_bytes_per_ms = 1;
  start (fixture, "127.0.0.1:0");

  /* Not a byte. */
  fd = connect_to (fixture);
  g_assert_true (is_closed (fd));
  close (fd);

  /* A head for ever. */
  fd = connect_to (fixture);
  send_text (fd, "GET /hello HTTP/1.1\r\nHost: x\r\n");
  g_assert_cmpint (dribble (fd, "X: y\r\n"), >=, 300);
  g_assert_true (is_closed (fd));
  close (fd);

  /* A first line for ever. */
  fd = connect_to (fixture);
  g_assert_cmpint (dribble (fd, "G"), >=, 300);
  close (fd);

  /* A second head for ever. */
  fd = connect_to (fixture);
  send_text (fd, "GET /hello HTTP/1.1\r\n" HOST "\r\n");
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 200);
  send_text (fd, "GET /hello HTTP/1.1\r\nHost: x\r\n");
  g_assert_cmpint (dribble (fd, "X: y\r\n"), >=, 300);
  g_assert_true (is_closed (fd));
  close (fd);

  /* A body for ever, which is told why. */
  fd = connect_to (fixture);
  send_text (fd, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 900\r\n\r\n");
  g_assert_cmpint (dribble (fd, "b"), >=, 300);
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 408);
  g_assert_nonnull (strstr (got.body, "\"request_timeout\""));
  g_assert_true (is_closed (fd));
  close (fd);

  /* Likewise of a body that was refused already. */
  fd = connect_to (fixture);
  send_text (fd, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 9000\r\n\r\n");
  g_assert_cmpint (dribble (fd, "b"), >=, 300);
  close (fd);

  /* Idle after an answer. */
  fd = connect_to (fixture);
  send_text (fd, "GET /hello HTTP/1.1\r\n" HOST "\r\n");
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 200);
  g_assert_true (is_closed (fd));
  close (fd);

  assert_alive (fixture);
}

static void
test_slow_but_steady (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) got = {0};
  g_autofree char *piece = g_strnfill (100, 'b');
  gint64 start_us;
  int fd;

  g_test_summary ("A body that comes at the least rate gets the time it takes.");
  fixture->options.body_timeout_ms = 400;
  fixture->options.body_bytes_per_ms = 1;
  start (fixture, "127.0.0.1:0");
  fd = connect_to (fixture);
  send_text (fd, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 1000\r\n\r\n");
  start_us = g_get_monotonic_time ();
  for (guint i = 0; i < 10; i++) {
    GPollFD poll = {.fd = fd, .events = G_IO_IN};

    g_assert_true (send_all (fd, piece, 100));
    if (i < 9)
      g_assert_cmpint (g_poll (&poll, 1, 60), ==, 0);
  }
  g_assert_cmpint (g_get_monotonic_time () - start_us, >, 500000);
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 200);
  close (fd);
}

static void
test_reader_that_never_reads (Fixture *fixture, gconstpointer data)
{
  int fd;

  g_test_summary ("An answer that nobody reads does not stay for ever.");
  fixture->options.write_timeout_ms = 300;
  start (fixture, "127.0.0.1:0");
  fd = connect_to (fixture);
  send_text (fd, "GET /large HTTP/1.1\r\n" HOST "\r\n");
  g_mutex_lock (&fixture->lock);
  while (fixture->n_handled == 0 || fixture->n_contexts > 0) {
    gint64 end_us = g_get_monotonic_time () + CLIENT_WAIT_S * G_USEC_PER_SEC;

    g_assert_true (g_cond_wait_until (&fixture->changed, &fixture->lock, end_us) ||
                   fixture->n_contexts == 0);
  }
  g_mutex_unlock (&fixture->lock);
  close (fd);
  assert_alive (fixture);
}

static void
test_slow_handler (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) got = {0};
  GPollFD poll = {.events = G_IO_IN};

  g_test_summary ("The time that we take is not the client's.");
  fixture->options.head_timeout_ms = 300;
  fixture->options.idle_timeout_ms = 300;
  fixture->options.body_timeout_ms = 300;
  fixture->is_blocked = TRUE;
  start (fixture, "127.0.0.1:0");
  poll.fd = connect_to (fixture);
  send_text (poll.fd, "POST /block HTTP/1.1\r\n" HOST "\r\n");
  g_assert_cmpint (g_poll (&poll, 1, 700), ==, 0);
  g_mutex_lock (&fixture->lock);
  fixture->is_blocked = FALSE;
  g_cond_broadcast (&fixture->changed);
  g_mutex_unlock (&fixture->lock);
  read_answer (poll.fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 200);
  close (poll.fd);
}

static void
test_too_many (Fixture *fixture, gconstpointer data)
{
  int fds[60];

  g_test_summary ("A 12: more connections than there is room for do no lasting harm.");
  fixture->options.connections_max = 20;
  fixture->options.head_timeout_ms = 300;
  start (fixture, "127.0.0.1:0");
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = connect_to (fixture);
  /* Served as soon as those in front of it are cut off. */
  assert_alive (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  assert_alive (fixture);
}

static void
test_per_ip (Fixture *fixture, gconstpointer data)
{
  int fds[8];
  g_auto (Answer) got = {0};

  g_test_summary ("A 11: one address has so many connections and no more.");
  fixture->options.per_ip_max = 8;
  start (fixture, "127.0.0.1:0");
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++) {
    fds[i] = connect_to (fixture);
    send_text (fds[i], "GET /hello HTTP/1.1\r\n" HOST "\r\n");
    read_answer (fds[i], FALSE, &got);
    g_assert_cmpuint (got.status, ==, 200);
  }
  {
    int fd = connect_to (fixture);

    g_assert_true (is_closed (fd));
    close (fd);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++) {
    send_text (fds[i], "GET /hello HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
    read_answer (fds[i], FALSE, &got);
    g_assert_cmpuint (got.status, ==, 200);
    g_assert_true (is_closed (fds[i]));
    close (fds[i]);
  }
  assert_alive (fixture);
}

static gpointer
stop_transport (gpointer data)
{
  upkeep_transport_stop (data);
  return NULL;
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_auto (Answer) got = {0};
  g_autofree char *url = NULL;
  struct sockaddr_in address = {.sin_family = AF_INET};
  GThread *stopper;
  int fd;
  int idle;
  int late;

  g_test_summary ("Stopping: nobody new, what has begun is answered, and what is idle is closed.");
  fixture->is_blocked = TRUE;
  start (fixture, "127.0.0.1:0");
  url = g_strdup (upkeep_transport_get_url (fixture->transport));
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  address.sin_port = htons ((guint16) g_ascii_strtoull (strrchr (url, ':') + 1, NULL, 10));
  idle = connect_to (fixture);
  send_text (idle, "GET /hello HTTP/1.1\r\n" HOST "\r\n");
  read_answer (idle, FALSE, &got);
  fd = connect_to (fixture);
  send_text (fd, "GET /block HTTP/1.1\r\n" HOST "\r\n");
  g_mutex_lock (&fixture->lock);
  while (fixture->n_blocked == 0)
    g_cond_wait (&fixture->changed, &fixture->lock);
  g_mutex_unlock (&fixture->lock);

  stopper = g_thread_new ("stop", stop_transport, fixture->transport);
  /* In between, the system resets those whom nobody will accept any more. */
  for (;;) {
    late = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect (late, (struct sockaddr *) &address, sizeof address) != 0 && errno == ECONNREFUSED)
      break;
    close (late);
  }
  close (late);

  g_mutex_lock (&fixture->lock);
  fixture->is_blocked = FALSE;
  g_cond_broadcast (&fixture->changed);
  g_mutex_unlock (&fixture->lock);
  read_answer (fd, FALSE, &got);
  g_assert_cmpuint (got.status, ==, 200);
  g_assert_cmpstr (got.body, ==, "hello");
  g_assert_nonnull (strstr (got.head, "Connection: close\r\n"));
  g_assert_true (is_closed (fd));
  g_assert_true (is_closed (idle));
  g_thread_join (stopper);
  g_assert_null (upkeep_transport_get_url (fixture->transport));
  close (fd);
  close (idle);
}

static void
test_stop_in_time (Fixture *fixture, gconstpointer data)
{
  gint64 start_us;
  int fd;
  GPollFD poll = {.events = G_IO_IN};

  g_test_summary ("A body that does not come does not keep the service from stopping.");
  fixture->options.stop_timeout_ms = 200;
  start (fixture, "127.0.0.1:0");
  fd = connect_to (fixture);
  send_text (fd,
             "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  poll.fd = fd;
  g_assert_cmpint (g_poll (&poll, 1, CLIENT_WAIT_S * 1000), ==, 1);
  start_us = g_get_monotonic_time ();
  upkeep_transport_stop (fixture->transport);
  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, 150000);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 5 * G_USEC_PER_SEC);
  close (fd);
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;

  g_test_summary ("A transport that was stopped can listen again, at the same place.");
  start (fixture, "127.0.0.1:0");
  assert_alive (fixture);
  address = g_strdup (upkeep_transport_get_url (fixture->transport) + strlen ("http://"));
  upkeep_transport_stop (fixture->transport);
  upkeep_transport_stop (fixture->transport);
  g_assert_true (upkeep_transport_start (fixture->transport, address, &error));
  g_assert_no_error (error);
  assert_alive (fixture);
}

static void
test_addresses (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = {
      "",           "8080",        ":8080",           "127.0.0.1",
      "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "localhost:0",
      "::1:0",      "unix:",       "unix:relative",   "http://127.0.0.1:0",
  };
  g_autofree char *long_path = g_strnfill (200, 'a');
  g_autofree char *long_unix = g_strconcat ("unix:/", long_path, NULL);
  g_autoptr (UpkeepTransport) second = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("An address that is none, or is taken, is said so.");
  fixture->transport = upkeep_transport_new (&fixture->options, &handler, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%s", bad[i]);
    g_assert_false (upkeep_transport_start (fixture->transport, bad[i], &error));
    g_assert_error (error, UPKEEP_TRANSPORT_ERROR, UPKEEP_TRANSPORT_ERROR_ADDRESS);
    g_clear_error (&error);
    g_assert_null (upkeep_transport_get_url (fixture->transport));
  }
  g_assert_false (upkeep_transport_start (fixture->transport, long_unix, &error));
  g_assert_error (error, UPKEEP_TRANSPORT_ERROR, UPKEEP_TRANSPORT_ERROR_ADDRESS);
  g_clear_error (&error);
  g_assert_false (upkeep_transport_start (fixture->transport, "unix:/nowhere/a", &error));
  g_assert_error (error, UPKEEP_TRANSPORT_ERROR, UPKEEP_TRANSPORT_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_true (upkeep_transport_start (fixture->transport, "127.0.0.1:0", &error));
  second = upkeep_transport_new (&fixture->options, &handler, fixture);
  g_assert_false (upkeep_transport_start (
      second, upkeep_transport_get_url (fixture->transport) + strlen ("http://"), &error));
  g_assert_error (error, UPKEEP_TRANSPORT_ERROR, UPKEEP_TRANSPORT_ERROR_IN_USE);
}

static void
test_unix (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("upkeep-transport-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "socket", NULL);
  g_autofree char *listen_text = g_strconcat ("unix:", path, NULL);
  g_autoptr (UpkeepTransport) second = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Answer) got = {0};
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  struct stat info;
  int fd;

  g_test_summary ("A socket file is for its owner; a stale one is replaced, a living one is not.");
  /* What a process leaves behind that was killed. */
  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  fd = socket (AF_UNIX, SOCK_STREAM, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  close (fd);

  start (fixture, listen_text);
  g_assert_cmpstr (upkeep_transport_get_url (fixture->transport), ==, listen_text);
  g_assert_cmpint (lstat (path, &info), ==, 0);
  g_assert_true (S_ISSOCK (info.st_mode));
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  fd = connect_to (fixture);
  send_text (fd, "GET /peer HTTP/1.1\r\n" HOST "\r\n");
  read_answer (fd, FALSE, &got);
  g_assert_cmpstr (got.body, ==, "unix");
  close (fd);

  second = upkeep_transport_new (&fixture->options, &handler, fixture);
  g_assert_false (upkeep_transport_start (second, listen_text, &error));
  g_assert_error (error, UPKEEP_TRANSPORT_ERROR, UPKEEP_TRANSPORT_ERROR_IN_USE);
  g_clear_error (&error);
  assert_alive (fixture);
  upkeep_transport_stop (fixture->transport);
  g_assert_cmpint (lstat (path, &info), !=, 0);

  /* A file of somebody else is neither replaced nor removed. */
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  g_assert_false (upkeep_transport_start (second, listen_text, &error));
  g_assert_error (error, UPKEEP_TRANSPORT_ERROR, UPKEEP_TRANSPORT_ERROR_IN_USE);
  g_assert_cmpint (lstat (path, &info), ==, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);

  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_ipv6 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_test_summary ("An IPv6 address has brackets.");
  fixture->transport = upkeep_transport_new (&fixture->options, &handler, fixture);
  if (!upkeep_transport_start (fixture->transport, "[::1]:0", &error)) {
    g_test_skip ("no IPv6 here");
    return;
  }
  g_assert_true (g_str_has_prefix (upkeep_transport_get_url (fixture->transport), "http://[::1]:"));
}

static gpointer
ask_many (gpointer data)
{
  g_auto (Answer) got = {0};
  int fd = connect_to (data);

  for (guint i = 0; i < 300; i++) {
    send_text (fd, "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello");
    read_answer (fd, FALSE, &got);
    g_assert_cmpuint (got.status, ==, 200);
    g_assert_cmpstr (got.body, ==, "hello");
  }
  close (fd);
  return NULL;
}

static void
test_threads (Fixture *fixture, gconstpointer data)
{
  GThread *threads[8];

  g_test_summary ("Several clients at once each get their own answers.");
  start (fixture, "127.0.0.1:0");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_many, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (fixture->n_handled, ==, 2400);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
      {"/service/transport/probes", test_probes},
      {"/service/transport/noise", test_noise},
      {"/service/transport/head-size", test_head_size},
      {"/service/transport/field-count", test_field_count},
      {"/service/transport/pieces", test_pieces},
      {"/service/transport/answers", test_answers},
      {"/service/transport/pipelining", test_pipelining},
      {"/service/transport/body-size", test_body_size},
      {"/service/transport/huge-body", test_huge_body},
      {"/service/transport/expect", test_expect},
      {"/service/transport/deadlines", test_deadlines},
      {"/service/transport/slow-but-steady", test_slow_but_steady},
      {"/service/transport/never-reads", test_reader_that_never_reads},
      {"/service/transport/slow-handler", test_slow_handler},
      {"/service/transport/too-many", test_too_many},
      {"/service/transport/per-ip", test_per_ip},
      {"/service/transport/stop", test_stop},
      {"/service/transport/stop-in-time", test_stop_in_time},
      {"/service/transport/restart", test_restart},
      {"/service/transport/addresses", test_addresses},
      {"/service/transport/unix", test_unix},
      {"/service/transport/ipv6", test_ipv6},
      {"/service/transport/threads", test_threads},
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}

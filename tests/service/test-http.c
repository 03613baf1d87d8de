/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-http.h"

#include <string.h>

#define FIELDS_MAX 80

/* Makes a request of lines "Name: value\nName: value"; a Host is put in front unless @lines has
 * one. */
static UpkeepRequest *
make (const char *method, const char *target, const char *lines, guint *ret_status)
{
  UpkeepHeaderField fields[FIELDS_MAX];
  gsize n_fields = 0;
  g_auto (GStrv) split = g_strsplit (lines, "\n", -1);
  UpkeepResponse *refusal = NULL;
  UpkeepRequest *request;

  if (g_ascii_strncasecmp (lines, "Host", 4) != 0)
    fields[n_fields++] = (UpkeepHeaderField){"Host", "x", 4, 1};
  for (gsize i = 0; split[i] != NULL; i++) {
    char *colon = strchr (split[i], ':');

    if (colon == NULL)
      continue;
    g_assert_cmpuint (n_fields, <, FIELDS_MAX);
    *colon = '\0';
    colon += 1 + strspn (colon + 1, " ");
    fields[n_fields++] = (UpkeepHeaderField){split[i], colon, strlen (split[i]), strlen (colon)};
  }
  request = upkeep_request_new (method, target, fields, n_fields, "127.0.0.1", &refusal);
  *ret_status = 0;
  if (request == NULL) {
    gsize size = 0;

    *ret_status = upkeep_response_get_status (refusal);
    g_assert_cmpstr (upkeep_response_get_content_type (refusal), ==, "application/problem+json");
    g_assert_nonnull (g_bytes_get_data (upkeep_response_get_body (refusal), &size));
    g_assert_cmpuint (size, >, 0);
    upkeep_response_unref (refusal);
  }
  return request;
}

/* Names a row in the log, on one line. */
static void
say (const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_test_message ("%s", escaped);
}

static void
test_methods (void)
{
  static const struct {
    const char *method;
    guint status; /* 0 for taken */
    UpkeepMethod read;
  } rows[] = {
      {"GET", 0, UPKEEP_METHOD_GET},
      {"HEAD", 0, UPKEEP_METHOD_HEAD},
      {"POST", 0, UPKEEP_METHOD_POST},
      {"PUT", 0, UPKEEP_METHOD_OTHER},
      {"DELETE", 0, UPKEEP_METHOD_OTHER},
      {"PATCH", 0, UPKEEP_METHOD_OTHER},
      {"OPTIONS", 0, UPKEEP_METHOD_OTHER},
      {"TRACE", 0, UPKEEP_METHOD_OTHER},
      {"CONNECT", 0, UPKEEP_METHOD_OTHER},
      {"FOO", 501, 0},
      {"get", 501, 0},
      {"GETT", 501, 0},
      {"GE", 501, 0},
      {"G(T", 400, 0},
      {"", 400, 0},
      {"G\xc3\xa9T", 400, 0},
  };

  g_test_summary ("RELIABILITY A 15: only methods of HTTP are read.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint status = 0;
    g_autoptr (UpkeepRequest) request = make (rows[i].method, "/a", "", &status);

    say (rows[i].method);
    g_assert_cmpuint (status, ==, rows[i].status);
    if (request != NULL)
      g_assert_cmpint (upkeep_request_get_method (request), ==, rows[i].read);
  }
}

static void
test_targets (void)
{
  static const struct {
    const char *method;
    const char *target;
    guint status;
  } rows[] = {
      {"GET", "/", 0},
      {"GET", "/a/b-c_d.e~f", 0},
      {"GET", "/a/", 0},
      {"GET", "/a/b%2Fc", 0},
      {"GET", "/a%20b", 0},
      {"GET", "/%E4%B8%AD", 0},
      {"GET", "/.well-known/x", 0},
      {"GET", "/...", 0},
      {"GET", "/a:b@c!$&'()*+,;=", 0},
      {"GET", "/a?b=1&c=%20", 0},
      {"GET", "/a?", 0},
      {"GET", "/a?b=/../?", 0},
      /* A 14 */
      {"GET", "//a", 404},
      {"GET", "/a//b", 404},
      {"GET", "/a//", 404},
      {"GET", "//", 404},
      {"GET", "/.", 404},
      {"GET", "/..", 404},
      {"GET", "/a/../b", 404},
      {"GET", "/a/./b", 404},
      {"GET", "/a/..", 404},
      {"GET", "/%2e%2e/a", 404},
      {"GET", "/a%2E", 404},
      {"GET", "/%61", 404},
      {"GET", "/a%00b", 400},
      {"GET", "/a%0Ab", 400},
      {"GET", "/a%7Fb", 400},
      {"GET", "/a%", 400},
      {"GET", "/a%4", 400},
      {"GET", "/a%zz", 400},
      {"GET", "/a b", 400},
      {"GET", "/a\x01", 400},
      {"GET", "/a\x80", 400},
      {"GET", "/a\\b", 400},
      {"GET", "/a\"", 400},
      {"GET", "/a#b", 400},
      {"GET", "/a?b#c", 400},
      {"GET", "/a?b=%00", 400},
      {"GET", "/a?b=1&b=2", 400},
      {"GET", "/a?b=\xc3\xa9", 400},
      /* no path at all */
      {"POST", "http://evil/a", 400},
      {"GET", "a", 400},
      {"GET", "", 400},
      {"GET", "*", 400},
      {"OPTIONS", "*", 405},
      {"CONNECT", "evil:443", 405},
  };
  g_autofree char *longest = g_strnfill (UPKEEP_HTTP_TARGET_MAX_BYTES, 'a');
  g_autofree char *longer = g_strnfill (UPKEEP_HTTP_TARGET_MAX_BYTES + 1, 'a');
  g_autoptr (UpkeepRequest) fits = NULL;
  g_autoptr (UpkeepRequest) exceeds = NULL;
  guint status = 0;

  g_test_summary ("A path has one spelling, and everything else is refused.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UpkeepRequest) request = make (rows[i].method, rows[i].target, "", &status);

    say (rows[i].target);
    g_assert_cmpuint (status, ==, rows[i].status);
    if (request != NULL) {
      g_autofree char *path = g_strndup (rows[i].target, strcspn (rows[i].target, "?"));

      g_assert_cmpstr (upkeep_request_get_path (request), ==, path);
    }
  }

  longest[0] = longer[0] = '/';
  fits = make ("GET", longest, "", &status);
  g_assert_cmpuint (status, ==, 0);
  exceeds = make ("GET", longer, "", &status);
  g_assert_cmpuint (status, ==, 414);
}

static void
test_fields (void)
{
  static const struct {
    const char *lines;
    guint status;
  } rows[] = {
      {"", 0},
      /* A 1, A 3 */
      {"Content-Length: 5\nContent-Length: 3", 400},
      {"Content-Length: 5\nContent-Length: 5", 400},
      {"Content-Length: 5", 0},
      {"content-length: 0", 0},
      {"Content-Length: 5 ", 0},
      {"Content-Length: 999999999999999999", 0},
      {"Content-Length: 1000000000000000000", 400},
      {"Content-Length: 9223372036854775808", 400},
      {"Content-Length: 18446744073709551621", 400},
      {"Content-Length: +5", 400},
      {"Content-Length: -1", 400},
      {"Content-Length: 5, 5", 400},
      {"Content-Length: 5x", 400},
      {"Content-Length: 0x5", 400},
      {"Content-Length: ", 400},
      /* A 2, A 4 */
      {"Content-Length: 4\nTransfer-Encoding: chunked", 400},
      {"Transfer-Encoding: chunked\nContent-Length: 4", 400},
      {"Transfer-Encoding: chunked\nTransfer-Encoding: chunked", 400},
      {"Transfer-Encoding: chunked", 411},
      {"Transfer-Encoding: Chunked", 411},
      {"Transfer-Encoding: xchunked", 501},
      {"Transfer-Encoding: gzip, chunked", 501},
      {"Transfer-Encoding: identity", 501},
      /* A 6 */
      {"Content-Length : 5", 400},
      {"X Y: 5", 400},
      {": 5", 400},
      {"X\x80: 5", 400},
      {"X: a\rb", 400},
      {"X: a\x01", 400},
      {"X: a\x7f", 400},
      {"X: a\tb \xc3\xa9", 0},
      /* A 7 */
      {"Host: a\nHost: b", 400},
      {"Host: a\nhost: a", 400},
      {"Host: ", 400},
      {"Host: a/b", 400},
      {"Host: a b", 400},
      {"Host: u@a", 400},
      {"Host: [::1]:80", 0},
      {"Host: a.example:8080", 0},
      /* fields that cannot be a list */
      {"Authorization: Bearer a\nAuthorization: Bearer b", 400},
      {"Idempotency-Key: a\nIdempotency-Key: a", 400},
      {"Content-Type: application/json\nContent-Type: text/plain", 400},
      {"Last-Event-ID: 1\nLast-Event-ID: 2", 400},
      {"Accept: a/b\nAccept: c/d", 0},
      {"Cookie: a=1\nCookie: b=2", 0},
      {"X: 1\nX: 2", 0},
      /* A 13, A 18: not read */
      {"Range: bytes=0-,1-,2-", 0},
      {"X-Forwarded-For: 1.2.3.4", 0},
      {"Expect: 100-continue", 0},
      {"Expect: 100-Continue", 0},
      {"Expect: 200-ok", 400},
      {"Upgrade: h2c", 0},
  };

  g_test_summary ("What two readers could read differently is refused.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint status = 0;
    g_autoptr (UpkeepRequest) request = make ("POST", "/a", rows[i].lines, &status);

    say (rows[i].lines);
    g_assert_cmpuint (status, ==, rows[i].status);
    g_assert_cmpint (request != NULL, ==, rows[i].status == 0);
  }
}

static void
test_nul (void)
{
  const UpkeepHeaderField in_value[] = {{"Host", "x", 4, 1}, {"X", "a\0b", 1, 3}};
  const UpkeepHeaderField in_name[] = {{"Host", "x", 4, 1}, {"X\0Y", "a", 3, 1}};
  UpkeepResponse *refusal = NULL;

  g_test_summary ("A NUL in a field is refused, and does not cut it short.");
  g_assert_null (upkeep_request_new ("GET", "/", in_value, 2, "unix", &refusal));
  g_assert_cmpuint (upkeep_response_get_status (refusal), ==, 400);
  g_clear_pointer (&refusal, upkeep_response_unref);
  g_assert_null (upkeep_request_new ("GET", "/", in_name, 2, "unix", &refusal));
  g_assert_cmpuint (upkeep_response_get_status (refusal), ==, 400);
  g_clear_pointer (&refusal, upkeep_response_unref);
}

static void
test_many_fields (void)
{
  g_autoptr (GString) lines = g_string_new ("Host: x");
  g_autoptr (UpkeepRequest) most = NULL;
  g_autoptr (UpkeepRequest) more = NULL;
  guint status = 0;

  g_test_summary ("A 8: 64 fields and no more.");
  for (guint i = 1; i < UPKEEP_HTTP_FIELDS_MAX; i++)
    g_string_append (lines, "\nX: y");
  most = make ("GET", "/", lines->str, &status);
  g_assert_cmpuint (status, ==, 0);
  g_string_append (lines, "\nX: y");
  more = make ("GET", "/", lines->str, &status);
  g_assert_cmpuint (status, ==, 431);
}

static void
test_no_host (void)
{
  UpkeepResponse *refusal = NULL;

  g_test_summary ("A 7: there has to be a Host.");
  g_assert_null (upkeep_request_new ("GET", "/", NULL, 0, "unix", &refusal));
  g_assert_cmpuint (upkeep_response_get_status (refusal), ==, 400);
  upkeep_response_unref (refusal);
}

static void
test_bearer (void)
{
  g_autofree char *longest = g_strnfill (UPKEEP_HTTP_TOKEN_MAX_BYTES, 'a');
  g_autofree char *longest_line = g_strconcat ("Authorization: Bearer ", longest, NULL);
  g_autofree char *longer_line = g_strconcat (longest_line, "a", NULL);
  const struct {
    const char *line;
    const char *token;
  } rows[] = {
      {"", NULL},
      {"Authorization: Bearer abc.DEF-1_2~3+4/5==", "abc.DEF-1_2~3+4/5=="},
      {"Authorization: bearer abc", "abc"},
      {"Authorization: Bearer  abc", "abc"},
      {"Authorization: Bearer abc ", "abc"},
      {"Authorization: Bearer", NULL},
      {"Authorization: Bearer ", NULL},
      {"Authorization: Bearer a b", NULL},
      {"Authorization: Bearer a\"b", NULL},
      {"Authorization: Bearerabc", NULL},
      {"Authorization: Basic abc", NULL},
      {longest_line, longest},
      {longer_line, NULL},
  };

  g_test_summary ("A token is read, or there is none.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint status = 0;
    g_autoptr (UpkeepRequest) request = make ("GET", "/", rows[i].line, &status);

    g_assert_cmpuint (status, ==, 0);
    g_assert_cmpstr (upkeep_request_get_bearer (request), ==, rows[i].token);
  }
}

static void
test_key (void)
{
  g_autofree char *longest = g_strnfill (UPKEEP_HTTP_KEY_MAX_BYTES, 'k');
  g_autofree char *longest_line = g_strconcat ("Idempotency-Key: ", longest, NULL);
  g_autofree char *longer_line = g_strconcat (longest_line, "k", NULL);
  const struct {
    const char *line;
    guint status;
    const char *key;
  } rows[] = {
      {"", 0, NULL},
      {"Idempotency-Key: a", 0, "a"},
      {"Idempotency-Key: \"a\"", 0, "\"a\""},
      {"Idempotency-Key: ~!", 0, "~!"},
      {longest_line, 0, longest},
      {longer_line, 400, NULL},
      {"Idempotency-Key: ", 400, NULL},
      {"Idempotency-Key: a b", 400, NULL},
      {"Idempotency-Key: \xc3\xa9", 400, NULL},
  };

  g_test_summary ("A key is 1 to 255 visible ASCII characters, else 400.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint status = 0;
    g_autoptr (UpkeepRequest) request = make ("POST", "/", rows[i].line, &status);

    g_assert_cmpuint (status, ==, rows[i].status);
    if (request != NULL)
      g_assert_cmpstr (upkeep_request_get_idempotency_key (request), ==, rows[i].key);
  }
}

static void
test_content (void)
{
  static const struct {
    const char *line;
    UpkeepContent content;
  } rows[] = {
      {"", UPKEEP_CONTENT_NONE},
      {"Content-Type: application/json", UPKEEP_CONTENT_JSON},
      {"Content-Type: Application/JSON", UPKEEP_CONTENT_JSON},
      {"Content-Type: application/json; charset=utf-8", UPKEEP_CONTENT_JSON},
      {"Content-Type: application/json ;charset=\"UTF-8\"", UPKEEP_CONTENT_JSON},
      {"Content-Type: application/json; a=b; charset=utf-8", UPKEEP_CONTENT_JSON},
      {"Content-Type: application/json; charset=latin1", UPKEEP_CONTENT_OTHER},
      {"Content-Type: application/json; a=b; charset=utf-16", UPKEEP_CONTENT_OTHER},
      {"Content-Type: application/json5", UPKEEP_CONTENT_OTHER},
      {"Content-Type: application/jso", UPKEEP_CONTENT_OTHER},
      {"Content-Type: text/plain", UPKEEP_CONTENT_OTHER},
      {"Content-Type: ", UPKEEP_CONTENT_OTHER},
      {"Content-Type: application/x-www-form-urlencoded", UPKEEP_CONTENT_FORM},
  };

  g_test_summary ("The type of a body is read, and text is UTF-8.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint status = 0;
    g_autoptr (UpkeepRequest) request = make ("POST", "/", rows[i].line, &status);

    say (rows[i].line);
    g_assert_cmpuint (status, ==, 0);
    g_assert_cmpint (upkeep_request_get_content (request), ==, rows[i].content);
  }
}

static void
test_prefers (void)
{
  static const struct {
    const char *line;
    gboolean prefers;
  } rows[] = {
      {"", FALSE},
      {"Accept: */*", FALSE},
      {"Accept: application/json", FALSE},
      {"Accept: application/pdf", TRUE},
      {"Accept: APPLICATION/PDF", TRUE},
      {"Accept: application/pdf;q=0", FALSE},
      {"Accept: application/*", FALSE},
      {"Accept: application/pdf, application/json", FALSE},
      {"Accept: application/pdf, application/json;q=0.9", TRUE},
      {"Accept: application/json, application/pdf;q=0.9", FALSE},
      {"Accept: text/html,application/pdf;q=0.9,*/*;q=0.8", TRUE},
      {"Accept: */*\nAccept: application/json;q=0.5", TRUE},
      {"Accept: application/pdfx", FALSE},
      {"Accept: application/pdf;q=0.999, */*;q=1", FALSE},
      {"Accept: ,;=q", FALSE},
  };

  g_test_summary ("The better of two media types is chosen.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint status = 0;
    g_autoptr (UpkeepRequest) request = make ("GET", "/", rows[i].line, &status);

    say (rows[i].line);
    g_assert_cmpint (upkeep_request_prefers (request, "application/pdf", "application/json"), ==,
                     rows[i].prefers);
  }
}

static void
test_etag (void)
{
  static const struct {
    const char *line;
    gboolean matches;
  } rows[] = {
      {"", FALSE},
      {"If-None-Match: \"7\"", TRUE},
      {"If-None-Match: W/\"7\"", TRUE},
      {"If-None-Match: *", TRUE},
      {"If-None-Match: \"6\", \"7\"", TRUE},
      {"If-None-Match: \"6\",W/\"7\" , \"8\"", TRUE},
      {"If-None-Match: \"6\"\nIf-None-Match: \"7\"", TRUE},
      {"If-None-Match: \"77\"", FALSE},
      {"If-None-Match: 7", FALSE},
      {"If-None-Match: \"7\"x", FALSE},
      {"If-None-Match: ,", FALSE},
  };

  g_test_summary ("An entity tag is found in its list.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint status = 0;
    g_autoptr (UpkeepRequest) request = make ("GET", "/", rows[i].line, &status);

    say (rows[i].line);
    g_assert_cmpint (upkeep_request_matches_etag (request, "\"7\""), ==, rows[i].matches);
  }
}

static void
test_joined (void)
{
  guint status = 0;
  g_autoptr (UpkeepRequest) request =
      make ("GET", "/a?x=1",
            "Accept: a/b \nCookie: a=1\nAccept: c/d\ncookie: b=2\nAccept-Language: fr", &status);
  g_autoptr (GBytes) body = g_bytes_new_static ("x", 1);

  g_test_summary ("Fields that may come twice make one list; the rest of a request is kept.");
  g_assert_cmpstr (upkeep_request_get_header (request, UPKEEP_REQUEST_ACCEPT), ==, "a/b, c/d");
  g_assert_cmpstr (upkeep_request_get_header (request, UPKEEP_REQUEST_COOKIE), ==, "a=1; b=2");
  g_assert_cmpstr (upkeep_request_get_header (request, UPKEEP_REQUEST_ACCEPT_LANGUAGE), ==, "fr");
  g_assert_null (upkeep_request_get_header (request, UPKEEP_REQUEST_ORIGIN));
  g_assert_cmpstr (upkeep_form_get (upkeep_request_get_query (request), "x"), ==, "1");
  g_assert_cmpstr (upkeep_request_get_peer (request), ==, "127.0.0.1");
  g_assert_null (upkeep_request_get_body (request));
  upkeep_request_set_body (request, body);
  g_assert_true (upkeep_request_get_body (request) == body);
}

static void
test_response (void)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (UpkeepResponse) json = NULL;
  g_autoptr (UpkeepResponse) refusal =
      upkeep_response_new_refusal (UPKEEP_PROBLEM_NOT_FOUND, "No.");
  g_autoptr (UpkeepResponse) empty = upkeep_response_new_bytes (304, NULL, NULL);
  gsize size = 0;

  g_test_summary ("An answer has a status, a body and a few fields.");
  json_node_take_object (node, json_object_new ());
  json = upkeep_response_new_json (201, node);
  g_assert_cmpuint (upkeep_response_get_status (json), ==, 201);
  g_assert_cmpstr (upkeep_response_get_content_type (json), ==, "application/json");
  upkeep_response_set_header (json, UPKEEP_RESPONSE_ETAG, "\"1\"");
  upkeep_response_set_header (json, UPKEEP_RESPONSE_ETAG, "\"2\"");
  g_assert_cmpstr (upkeep_response_get_header (json, UPKEEP_RESPONSE_ETAG), ==, "\"2\"");
  g_assert_null (upkeep_response_get_header (json, UPKEEP_RESPONSE_ALLOW));

  g_assert_cmpuint (upkeep_response_get_status (refusal), ==, 404);
  g_assert_cmpstr (upkeep_response_get_content_type (refusal), ==, "application/problem+json");

  g_assert_null (upkeep_response_get_content_type (empty));
  g_bytes_get_data (upkeep_response_get_body (empty), &size);
  g_assert_cmpuint (size, ==, 0);
}

static void
test_header_injection (void)
{
  g_test_summary ("A field's value cannot end its line.");
  if (g_test_subprocess ()) {
    g_autoptr (UpkeepResponse) response = upkeep_response_new_bytes (304, NULL, NULL);

    upkeep_response_set_header (response, UPKEEP_RESPONSE_LOCATION, "/a\r\nSet-Cookie: b");
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*upkeep_response_set_header*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/http/methods", test_methods);
  g_test_add_func ("/service/http/targets", test_targets);
  g_test_add_func ("/service/http/fields", test_fields);
  g_test_add_func ("/service/http/nul", test_nul);
  g_test_add_func ("/service/http/many-fields", test_many_fields);
  g_test_add_func ("/service/http/no-host", test_no_host);
  g_test_add_func ("/service/http/bearer", test_bearer);
  g_test_add_func ("/service/http/key", test_key);
  g_test_add_func ("/service/http/content", test_content);
  g_test_add_func ("/service/http/prefers", test_prefers);
  g_test_add_func ("/service/http/etag", test_etag);
  g_test_add_func ("/service/http/joined", test_joined);
  g_test_add_func ("/service/http/response", test_response);
  g_test_add_func ("/service/http/header-injection", test_header_injection);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-http.h"

#include "upkeep-json.h"

#include <string.h>

/* Most digits of a Content-Length; the next one would not fit into 63 bits. */
#define LENGTH_DIGITS_MAX 18

struct _UpkeepRequest {
  UpkeepMethod method;
  char *path;                              /* (owned) */
  UpkeepForm *query;                       /* (owned) */
  char *headers[UPKEEP_REQUEST_HEADERS_N]; /* (owned) (nullable) each */
  char *bearer;                            /* (owned) (nullable) */
  UpkeepContent content;
  guint64 content_length; /* bytes */
  GBytes *body;           /* (owned) (nullable) until it is there */
  char *peer;             /* (owned) */
};

struct _UpkeepResponse {
  guint status;
  char *content_type;                       /* (owned) (nullable) */
  GBytes *body;                             /* (owned) */
  char *headers[UPKEEP_RESPONSE_HEADERS_N]; /* (owned) (nullable) each */
};

typedef enum {
  FIELD_SINGLE, /* a second one is refused */
  FIELD_LIST,   /* several make one list */
  FIELD_COOKIE, /* likewise, with another separator */
} FieldKind;

static const struct {
  const char *name;
  FieldKind kind;
} request_headers[] = {
    [UPKEEP_REQUEST_ACCEPT] = {"Accept", FIELD_LIST},
    [UPKEEP_REQUEST_ACCEPT_LANGUAGE] = {"Accept-Language", FIELD_LIST},
    [UPKEEP_REQUEST_AUTHORIZATION] = {"Authorization", FIELD_SINGLE},
    [UPKEEP_REQUEST_CONTENT_LENGTH] = {"Content-Length", FIELD_SINGLE},
    [UPKEEP_REQUEST_CONTENT_TYPE] = {"Content-Type", FIELD_SINGLE},
    [UPKEEP_REQUEST_COOKIE] = {"Cookie", FIELD_COOKIE},
    [UPKEEP_REQUEST_EXPECT] = {"Expect", FIELD_SINGLE},
    [UPKEEP_REQUEST_HOST] = {"Host", FIELD_SINGLE},
    [UPKEEP_REQUEST_IDEMPOTENCY_KEY] = {"Idempotency-Key", FIELD_SINGLE},
    [UPKEEP_REQUEST_IF_NONE_MATCH] = {"If-None-Match", FIELD_LIST},
    [UPKEEP_REQUEST_LAST_EVENT_ID] = {"Last-Event-ID", FIELD_SINGLE},
    [UPKEEP_REQUEST_ORIGIN] = {"Origin", FIELD_SINGLE},
    [UPKEEP_REQUEST_SEC_FETCH_SITE] = {"Sec-Fetch-Site", FIELD_SINGLE},
    [UPKEEP_REQUEST_STRIPE_SIGNATURE] = {"Stripe-Signature", FIELD_SINGLE},
};
G_STATIC_ASSERT (G_N_ELEMENTS (request_headers) == UPKEEP_REQUEST_HEADERS_N);

static const char *const response_headers[] = {
    [UPKEEP_RESPONSE_ALLOW] = "Allow",
    [UPKEEP_RESPONSE_CACHE_CONTROL] = "Cache-Control",
    [UPKEEP_RESPONSE_CONTENT_DISPOSITION] = "Content-Disposition",
    [UPKEEP_RESPONSE_CONTENT_LANGUAGE] = "Content-Language",
    [UPKEEP_RESPONSE_CONTENT_SECURITY_POLICY] = "Content-Security-Policy",
    [UPKEEP_RESPONSE_ETAG] = "ETag",
    [UPKEEP_RESPONSE_IDEMPOTENCY_REPLAYED] = "Idempotency-Replayed",
    [UPKEEP_RESPONSE_LOCATION] = "Location",
    [UPKEEP_RESPONSE_REFERRER_POLICY] = "Referrer-Policy",
    [UPKEEP_RESPONSE_RETRY_AFTER] = "Retry-After",
    [UPKEEP_RESPONSE_SET_COOKIE] = "Set-Cookie",
    [UPKEEP_RESPONSE_WWW_AUTHENTICATE] = "WWW-Authenticate",
    [UPKEEP_RESPONSE_X_FRAME_OPTIONS] = "X-Frame-Options",
};
G_STATIC_ASSERT (G_N_ELEMENTS (response_headers) == UPKEEP_RESPONSE_HEADERS_N);

static gboolean
is_token_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

static gboolean
is_token (const char *text, gsize size)
{
  for (gsize i = 0; i < size; i++) {
    if (!is_token_char (text[i]))
      return FALSE;
  }
  return size > 0;
}

/* What may stand in a field's value: no control character but the tab. */
static gboolean
is_field_value (const char *text, gsize size)
{
  for (gsize i = 0; i < size; i++) {
    guchar byte = (guchar) text[i];

    if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_visible_ascii (const char *text)
{
  for (; *text != '\0'; text++) {
    if (!g_ascii_isgraph (*text))
      return FALSE;
  }
  return TRUE;
}

static UpkeepResponse *
check_method (UpkeepRequest *self, const char *method)
{
  static const struct {
    const char *name;
    UpkeepMethod method;
  } methods[] = {
      {"GET", UPKEEP_METHOD_GET},       {"HEAD", UPKEEP_METHOD_HEAD},
      {"POST", UPKEEP_METHOD_POST},     {"PUT", UPKEEP_METHOD_OTHER},
      {"DELETE", UPKEEP_METHOD_OTHER},  {"PATCH", UPKEEP_METHOD_OTHER},
      {"OPTIONS", UPKEEP_METHOD_OTHER}, {"TRACE", UPKEEP_METHOD_OTHER},
      {"CONNECT", UPKEEP_METHOD_OTHER},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++) {
    if (g_str_equal (method, methods[i].name)) {
      self->method = methods[i].method;
      return NULL;
    }
  }
  if (!is_token (method, strlen (method)))
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED, "The method is malformed.");
  return upkeep_response_new_refusal (UPKEEP_PROBLEM_NOT_IMPLEMENTED, "No such method is known.");
}

/*
 * One resource has one spelling: a path that a lenient reader would tidy up (empty and dot
 * segments, escapes of characters that need none) names nothing here.
 */
static UpkeepResponse *
check_path (const char *path)
{
  const char *segment = path + 1;

  for (const char *c = path; *c != '\0'; c++) {
    if (*c == '%') {
      char decoded;

      if (!g_ascii_isxdigit (c[1]) || !g_ascii_isxdigit (c[2]))
        return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED,
                                            "The path has a broken escape.");
      decoded = (char) (g_ascii_xdigit_value (c[1]) * 16 + g_ascii_xdigit_value (c[2]));
      if (decoded == '\0' || g_ascii_iscntrl (decoded))
        return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED,
                                            "The path has a control character.");
      if (g_ascii_isalnum (decoded) || strchr ("-._~", decoded) != NULL)
        return upkeep_response_new_refusal (UPKEEP_PROBLEM_NOT_FOUND,
                                            "There is nothing at this path.");
      c += 2;
    } else if (!g_ascii_isalnum (*c) && strchr ("-._~!$&'()*+,;=:@/", *c) == NULL) {
      return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED, "The path is malformed.");
    }
  }

  for (;;) {
    gsize length = strcspn (segment, "/");

    if ((length == 0 && segment[0] == '/') || (length == 1 && segment[0] == '.') ||
        (length == 2 && segment[0] == '.' && segment[1] == '.'))
      return upkeep_response_new_refusal (UPKEEP_PROBLEM_NOT_FOUND,
                                          "There is nothing at this path.");
    if (segment[length] == '\0')
      break;
    segment += length + 1;
  }
  return NULL;
}

static UpkeepResponse *
check_target (UpkeepRequest *self, const char *target)
{
  const char *question;

  if (self->method == UPKEEP_METHOD_OTHER && target[0] != '/') {
    /* `OPTIONS *` and `CONNECT host:port` name no resource, but they are well-formed. */
    UpkeepResponse *refusal = upkeep_response_new_refusal (UPKEEP_PROBLEM_METHOD_NOT_ALLOWED,
                                                           "The method is not allowed here.");

    upkeep_response_set_header (refusal, UPKEEP_RESPONSE_ALLOW, "GET, HEAD, POST");
    return refusal;
  }
  if (target[0] != '/')
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED,
                                        "The request target has to be a path on this host.");
  if (strlen (target) > UPKEEP_HTTP_TARGET_MAX_BYTES)
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_URI_TOO_LONG,
                                        "The request target is too long.");

  question = strchr (target, '?');
  self->path =
      question != NULL ? g_strndup (target, (gsize) (question - target)) : g_strdup (target);
  if (question != NULL) {
    const char *query = question + 1;

    if (is_visible_ascii (query) && strchr (query, '#') == NULL)
      self->query = upkeep_form_new (query, strlen (query));
    if (self->query == NULL)
      return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED, "The query is malformed.");
  } else {
    self->query = upkeep_form_new ("", 0);
  }
  return check_path (self->path);
}

/* A value without the white space that may follow it. */
static char *
dup_value (const UpkeepHeaderField *field)
{
  gsize size = field->value_size;

  while (size > 0 && (field->value[size - 1] == ' ' || field->value[size - 1] == '\t'))
    size--;
  return g_strndup (field->value, size);
}

/* Keeps the fields that somebody reads. */
static UpkeepResponse *
take_fields (UpkeepRequest *self, const UpkeepHeaderField *fields, gsize n_fields)
{
  g_autofree char *encoding = NULL;

  if (n_fields > UPKEEP_HTTP_FIELDS_MAX)
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_HEADER_FIELDS_TOO_LARGE,
                                        "There are too many header fields.");

  for (gsize i = 0; i < n_fields; i++) {
    const UpkeepHeaderField *field = &fields[i];

    if (!is_token (field->name, field->name_size) ||
        !is_field_value (field->value, field->value_size))
      return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED, "A header field is malformed.");
    if (g_ascii_strcasecmp (field->name, "Transfer-Encoding") == 0) {
      if (encoding != NULL)
        return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED, "A header field came twice.");
      encoding = dup_value (field);
      continue;
    }
    for (gsize j = 0; j < G_N_ELEMENTS (request_headers); j++) {
      if (g_ascii_strcasecmp (field->name, request_headers[j].name) != 0)
        continue;
      if (self->headers[j] == NULL) {
        self->headers[j] = dup_value (field);
      } else if (request_headers[j].kind == FIELD_SINGLE) {
        return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED, "A header field came twice.");
      } else {
        g_autofree char *value = dup_value (field);
        char *joined = g_strconcat (
            self->headers[j], request_headers[j].kind == FIELD_COOKIE ? "; " : ", ", value, NULL);

        g_free (self->headers[j]);
        self->headers[j] = joined;
      }
      break;
    }
  }

  if (encoding != NULL) {
    if (self->headers[UPKEEP_REQUEST_CONTENT_LENGTH] != NULL)
      return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED,
                                          "The body's length is said twice.");
    if (g_ascii_strcasecmp (encoding, "chunked") != 0)
      return upkeep_response_new_refusal (UPKEEP_PROBLEM_NOT_IMPLEMENTED,
                                          "No such transfer encoding is known.");
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_LENGTH_REQUIRED,
                                        "The body has to have a Content-Length.");
  }
  return NULL;
}

static UpkeepResponse *
read_length (UpkeepRequest *self)
{
  const char *text = self->headers[UPKEEP_REQUEST_CONTENT_LENGTH];
  gsize length;

  if (text == NULL)
    return NULL;
  length = strlen (text);
  if (length == 0 || length > LENGTH_DIGITS_MAX || strspn (text, "0123456789") != length)
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED,
                                        "The Content-Length is malformed.");
  self->content_length = g_ascii_strtoull (text, NULL, 10);
  return NULL;
}

/* What a Content-Type says, when the text is in UTF-8. */
static UpkeepContent
read_content (const char *text)
{
  gsize length = strcspn (text, ";");
  const char *charset;
  UpkeepContent content;

  while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
    length--;
  if (length == strlen ("application/json") &&
      g_ascii_strncasecmp (text, "application/json", length) == 0)
    content = UPKEEP_CONTENT_JSON;
  else if (length == strlen ("application/x-www-form-urlencoded") &&
           g_ascii_strncasecmp (text, "application/x-www-form-urlencoded", length) == 0)
    content = UPKEEP_CONTENT_FORM;
  else
    return UPKEEP_CONTENT_OTHER;

  charset = strchr (text, ';');
  while (charset != NULL) {
    const char *parameter = charset + 1;

    parameter += strspn (parameter, " \t");
    if (g_ascii_strncasecmp (parameter, "charset=", strlen ("charset=")) == 0) {
      g_autofree char *value = NULL;

      parameter += strlen ("charset=");
      value = g_strndup (parameter, strcspn (parameter, "; \t"));
      if (g_ascii_strcasecmp (value, "utf-8") != 0 && g_ascii_strcasecmp (value, "\"utf-8\"") != 0)
        return UPKEEP_CONTENT_OTHER;
    }
    charset = strchr (parameter, ';');
  }
  return content;
}

static char *
read_bearer (const char *text)
{
  gsize length;

  if (text == NULL || g_ascii_strncasecmp (text, "Bearer ", strlen ("Bearer ")) != 0)
    return NULL;
  text += strlen ("Bearer ");
  text += strspn (text, " ");
  length = strlen (text);
  if (length == 0 || length > UPKEEP_HTTP_TOKEN_MAX_BYTES)
    return NULL;
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isalnum (text[i]) && strchr ("-._~+/=", text[i]) == NULL)
      return NULL;
  }
  return g_strdup (text);
}

static UpkeepResponse *
read_fields (UpkeepRequest *self)
{
  const char *host = self->headers[UPKEEP_REQUEST_HOST];
  const char *key = self->headers[UPKEEP_REQUEST_IDEMPOTENCY_KEY];
  const char *expect = self->headers[UPKEEP_REQUEST_EXPECT];
  const char *type = self->headers[UPKEEP_REQUEST_CONTENT_TYPE];
  UpkeepResponse *refusal = read_length (self);

  if (refusal != NULL)
    return refusal;
  if (host == NULL || host[0] == '\0' || !is_visible_ascii (host) ||
      strpbrk (host, "/?#@\\\"<>") != NULL)
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED, "There has to be one Host.");
  if (key != NULL &&
      (key[0] == '\0' || strlen (key) > UPKEEP_HTTP_KEY_MAX_BYTES || !is_visible_ascii (key)))
    return upkeep_response_new_refusal (
        UPKEEP_PROBLEM_MALFORMED,
        "The Idempotency-Key has to be 1 to 255 visible ASCII characters.");
  if (expect != NULL && g_ascii_strcasecmp (expect, "100-continue") != 0)
    return upkeep_response_new_refusal (UPKEEP_PROBLEM_MALFORMED,
                                        "Nothing is known about what is expected.");
  self->content = type != NULL ? read_content (type) : UPKEEP_CONTENT_NONE;
  self->bearer = read_bearer (self->headers[UPKEEP_REQUEST_AUTHORIZATION]);
  return NULL;
}

/**
 * upkeep_request_new:
 * @method: as it was sent
 * @target: the request target as it was sent, escapes and query and all
 * @fields: (array length=n_fields): all header fields, in the order they came in
 * @n_fields: how many
 * @peer: who sent it: an address without its port, or `unix`
 * @ret_refusal: (out) (transfer full): why not
 *
 * Reads the head of a request, and refuses whatever two readers could read differently.
 *
 * Nothing that comes from a refused head is in the answer. The connection must be closed after it,
 * as what follows on it may not be what it seems to be.
 *
 * Refused: 400 (malformed target, field or length, no Host or several, a field twice, a length
 * beside an encoding), 404 (a path with empty or dot segments or escapes that need not be), 405 (no
 * path at all), 411 (chunks), 414, 417, 431 (too many fields), 501 (unknown method or encoding).
 *
 * Returns: (transfer full) (nullable): the request, without a body
 */
UpkeepRequest *
upkeep_request_new (const char *method,
                    const char *target,
                    const UpkeepHeaderField *fields,
                    gsize n_fields,
                    const char *peer,
                    UpkeepResponse **ret_refusal)
{
  g_autoptr (UpkeepRequest) self = NULL;
  UpkeepResponse *refusal;

  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (target != NULL, NULL);
  g_return_val_if_fail (fields != NULL || n_fields == 0, NULL);
  g_return_val_if_fail (peer != NULL, NULL);
  g_return_val_if_fail (ret_refusal != NULL, NULL);

  self = g_new0 (UpkeepRequest, 1);
  self->peer = g_strdup (peer);

  refusal = take_fields (self, fields, n_fields);
  if (refusal == NULL)
    refusal = read_fields (self);
  if (refusal == NULL)
    refusal = check_method (self, method);
  if (refusal == NULL)
    refusal = check_target (self, target);
  if (refusal != NULL) {
    *ret_refusal = refusal;
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * upkeep_request_free:
 * @self: (nullable): a request
 *
 * Frees a request, with its token overwritten.
 */
void
upkeep_request_free (UpkeepRequest *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (self->headers); i++) {
    if (self->headers[i] != NULL &&
        (i == UPKEEP_REQUEST_AUTHORIZATION || i == UPKEEP_REQUEST_COOKIE))
      explicit_bzero (self->headers[i], strlen (self->headers[i]));
    g_free (self->headers[i]);
  }
  if (self->bearer != NULL)
    explicit_bzero (self->bearer, strlen (self->bearer));
  g_free (self->bearer);
  g_free (self->path);
  g_clear_pointer (&self->query, upkeep_form_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->peer);
  g_free (self);
}

/**
 * upkeep_request_set_body:
 * @self: a request that has no body yet
 * @body: its body, whole
 *
 * Gives a request its body.
 */
void
upkeep_request_set_body (UpkeepRequest *self, GBytes *body)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->body == NULL);
  g_return_if_fail (body != NULL);

  self->body = g_bytes_ref (body);
}

/**
 * upkeep_request_get_method:
 * @self: a request
 *
 * Gets the method.
 *
 * Returns: the method
 */
UpkeepMethod
upkeep_request_get_method (const UpkeepRequest *self)
{
  g_return_val_if_fail (self != NULL, UPKEEP_METHOD_OTHER);

  return self->method;
}

/**
 * upkeep_request_get_path:
 * @self: a request
 *
 * Gets the path, exactly as it was sent: it starts with a slash and has no empty or dot segment,
 * and every escape in it is needed.
 *
 * Returns: the path
 */
const char *
upkeep_request_get_path (const UpkeepRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * upkeep_request_get_query:
 * @self: a request
 *
 * Gets the query.
 *
 * Returns: the pairs; none when there was no query
 */
const UpkeepForm *
upkeep_request_get_query (const UpkeepRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->query;
}

/**
 * upkeep_request_get_header:
 * @self: a request
 * @header: which field
 *
 * Gets the value of a header field. Fields that may come several times are joined to one list.
 *
 * Returns: (nullable): the value, or `NULL` when the field was not there
 */
const char *
upkeep_request_get_header (const UpkeepRequest *self, UpkeepRequestHeader header)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((gsize) header < G_N_ELEMENTS (self->headers), NULL);

  return self->headers[header];
}

/**
 * upkeep_request_get_bearer:
 * @self: a request
 *
 * Gets the token of the Authorization field.
 *
 * Returns: (nullable): the token, or `NULL` when there is none or it has not the form of one
 */
const char *
upkeep_request_get_bearer (const UpkeepRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bearer;
}

/**
 * upkeep_request_get_idempotency_key:
 * @self: a request
 *
 * Gets the key under which the request happens once.
 *
 * Returns: (nullable): 1 to 255 visible ASCII characters, or `NULL`
 */
const char *
upkeep_request_get_idempotency_key (const UpkeepRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->headers[UPKEEP_REQUEST_IDEMPOTENCY_KEY];
}

/**
 * upkeep_request_get_content:
 * @self: a request
 *
 * Gets what the body is said to be.
 *
 * Returns: the kind; NONE when nothing is said
 */
UpkeepContent
upkeep_request_get_content (const UpkeepRequest *self)
{
  g_return_val_if_fail (self != NULL, UPKEEP_CONTENT_NONE);

  return self->content;
}

/**
 * upkeep_request_get_content_length:
 * @self: a request
 *
 * Gets the length that the head said; the body may not be there yet.
 *
 * Returns: bytes
 */
guint64
upkeep_request_get_content_length (const UpkeepRequest *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->content_length;
}

/**
 * upkeep_request_get_body:
 * @self: a request
 *
 * Gets the body.
 *
 * Returns: (transfer none) (nullable): the body, or `NULL` when there is none
 */
GBytes *
upkeep_request_get_body (const UpkeepRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

/**
 * upkeep_request_get_peer:
 * @self: a request
 *
 * Gets who sent the request. Fields that a proxy may have added are not believed.
 *
 * Returns: an address without its port, or `unix`
 */
const char *
upkeep_request_get_peer (const UpkeepRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->peer;
}

/* The weight of a `;q=0.7` in thousandths. */
static int
read_weight (const char *parameters)
{
  const char *at = parameters;
  int weight = 0;
  int unit = 1000;

  while ((at = strchr (at, ';')) != NULL) {
    at++;
    at += strspn (at, " \t");
    if (g_ascii_tolower (at[0]) != 'q' || at[1] != '=')
      continue;
    at += 2;
    for (; g_ascii_isdigit (*at) || *at == '.'; at++) {
      if (*at == '.')
        continue;
      weight += g_ascii_digit_value (*at) * unit;
      unit /= 10;
    }
    return MIN (weight, 1000);
  }
  return 1000;
}

/* How much @type is wanted, in thousandths; the most exact range that names it decides. */
static int
get_weight (char **ranges, const char *type)
{
  gsize major = strcspn (type, "/") + 1;
  int exactness = 0;
  int weight = 0;

  for (gsize i = 0; ranges[i] != NULL; i++) {
    const char *range = ranges[i] + strspn (ranges[i], " \t");
    gsize length = strcspn (range, "; \t");
    int exact = 0;

    if (length == strlen (type) && g_ascii_strncasecmp (range, type, length) == 0)
      exact = 3;
    else if (length == major + 1 && g_ascii_strncasecmp (range, type, major) == 0 &&
             range[major] == '*')
      exact = 2;
    else if (length == 3 && strncmp (range, "*/*", 3) == 0)
      exact = 1;
    if (exact > exactness) {
      exactness = exact;
      weight = read_weight (range);
    }
  }
  return weight;
}

/**
 * upkeep_request_prefers:
 * @self: a request
 * @content_type: a media type
 * @instead_of: the media type that is sent otherwise
 *
 * Tells whether the Accept field ranks one media type above another.
 *
 * Returns: `TRUE` when @content_type is wanted more
 */
gboolean
upkeep_request_prefers (const UpkeepRequest *self, const char *content_type, const char *instead_of)
{
  g_auto (GStrv) ranges = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (content_type != NULL, FALSE);
  g_return_val_if_fail (instead_of != NULL, FALSE);

  if (self->headers[UPKEEP_REQUEST_ACCEPT] == NULL)
    return FALSE;
  ranges = g_strsplit (self->headers[UPKEEP_REQUEST_ACCEPT], ",", UPKEEP_HTTP_FIELDS_MAX);
  return get_weight (ranges, content_type) > get_weight (ranges, instead_of);
}

/**
 * upkeep_request_matches_etag:
 * @self: a request
 * @etag: the entity tag of what would be sent, with its quotes
 *
 * Tells whether the client has this already, by its If-None-Match field.
 *
 * Returns: `TRUE` when a 304 is the answer
 */
gboolean
upkeep_request_matches_etag (const UpkeepRequest *self, const char *etag)
{
  const char *at;
  gsize length;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (etag != NULL, FALSE);

  at = self->headers[UPKEEP_REQUEST_IF_NONE_MATCH];
  if (at == NULL)
    return FALSE;
  if (g_str_equal (at, "*"))
    return TRUE;
  length = strlen (etag);
  for (;;) {
    at += strspn (at, " \t,");
    if (strncmp (at, "W/", 2) == 0)
      at += 2;
    if (strncmp (at, etag, length) == 0 &&
        (at[length] == '\0' || strchr (", \t", at[length]) != NULL))
      return TRUE;
    at = strchr (at, ',');
    if (at == NULL)
      return FALSE;
  }
}

/**
 * upkeep_response_new_bytes:
 * @status: 200 to 599
 * @content_type: (nullable): what @body is; `NULL` when there is no body
 * @body: (nullable): the bytes to send
 *
 * Makes an answer of bytes.
 *
 * Returns: (transfer full): the answer
 */
UpkeepResponse *
upkeep_response_new_bytes (guint status, const char *content_type, GBytes *body)
{
  UpkeepResponse *self;

  g_return_val_if_fail (status >= 200 && status <= 599, NULL);
  g_return_val_if_fail ((content_type != NULL) == (body != NULL), NULL);

  self = g_atomic_rc_box_new0 (UpkeepResponse);
  self->status = status;
  self->content_type = g_strdup (content_type);
  self->body = body != NULL ? g_bytes_ref (body) : g_bytes_new_static ("", 0);
  return self;
}

/**
 * upkeep_response_new_json:
 * @status: 200 to 599
 * @node: what to print
 *
 * Makes an answer of JSON.
 *
 * Returns: (transfer full): the answer
 */
UpkeepResponse *
upkeep_response_new_json (guint status, JsonNode *node)
{
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  body = upkeep_json_print (node);
  return upkeep_response_new_bytes (status, "application/json", body);
}

/**
 * upkeep_response_new_problem:
 * @problem: why a request was not done
 *
 * Makes an answer of a problem, with its status.
 *
 * Returns: (transfer full): the answer
 */
UpkeepResponse *
upkeep_response_new_problem (const UpkeepProblem *problem)
{
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (problem != NULL, NULL);

  body = upkeep_problem_to_bytes (problem);
  return upkeep_response_new_bytes (upkeep_problem_get_status (problem),
                                    UPKEEP_PROBLEM_CONTENT_TYPE, body);
}

/**
 * upkeep_response_new_refusal:
 * @code: why
 * @detail: a sentence for developers; nothing of the request is in it
 *
 * Makes an answer of a problem that is only a code.
 *
 * Returns: (transfer full): the answer
 */
UpkeepResponse *
upkeep_response_new_refusal (UpkeepProblemCode code, const char *detail)
{
  g_autoptr (UpkeepProblem) problem = upkeep_problem_new (code, detail);

  return upkeep_response_new_problem (problem);
}

/**
 * upkeep_response_ref:
 * @self: an answer
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
UpkeepResponse *
upkeep_response_ref (UpkeepResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
response_clear (gpointer data)
{
  UpkeepResponse *self = data;

  g_free (self->content_type);
  g_bytes_unref (self->body);
  for (gsize i = 0; i < G_N_ELEMENTS (self->headers); i++)
    g_free (self->headers[i]);
}

/**
 * upkeep_response_unref:
 * @self: an answer
 *
 * Drops a reference.
 */
void
upkeep_response_unref (UpkeepResponse *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, response_clear);
}

/**
 * upkeep_response_set_header:
 * @self: an answer that nobody else has a reference to yet
 * @header: which field
 * @value: visible ASCII and spaces; nothing that came with a request goes in here unescaped
 *
 * Sets a header field.
 */
void
upkeep_response_set_header (UpkeepResponse *self, UpkeepResponseHeader header, const char *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail ((gsize) header < G_N_ELEMENTS (self->headers));
  g_return_if_fail (value != NULL);
  for (const char *c = value; *c != '\0'; c++)
    g_return_if_fail (g_ascii_isprint (*c));

  g_free (self->headers[header]);
  self->headers[header] = g_strdup (value);
}

/**
 * upkeep_response_get_status:
 * @self: an answer
 *
 * Gets the status code.
 *
 * Returns: 200 to 599
 */
guint
upkeep_response_get_status (const UpkeepResponse *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->status;
}

/**
 * upkeep_response_get_content_type:
 * @self: an answer
 *
 * Gets what the body is.
 *
 * Returns: (nullable): the media type, or `NULL` when there is no body
 */
const char *
upkeep_response_get_content_type (const UpkeepResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->content_type;
}

/**
 * upkeep_response_get_body:
 * @self: an answer
 *
 * Gets the body.
 *
 * Returns: (transfer none): the bytes; none when there is no body
 */
GBytes *
upkeep_response_get_body (const UpkeepResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

/**
 * upkeep_response_get_header:
 * @self: an answer
 * @header: which field
 *
 * Gets a header field.
 *
 * Returns: (nullable): the value, or `NULL` when it is not set
 */
const char *
upkeep_response_get_header (const UpkeepResponse *self, UpkeepResponseHeader header)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((gsize) header < G_N_ELEMENTS (self->headers), NULL);

  return self->headers[header];
}

/**
 * upkeep_response_header_get_name:
 * @header: which field
 *
 * Gets the name of a field, as it is sent.
 *
 * Returns: the name
 */
const char *
upkeep_response_header_get_name (UpkeepResponseHeader header)
{
  g_return_val_if_fail ((gsize) header < G_N_ELEMENTS (response_headers), NULL);

  return response_headers[header];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-problem.h"

#include "upkeep-json.h"
#include "upkeep-reader.h"

#define CODE_MAX_BYTES 64
#define TEXT_MAX_CHARS 4096

struct _UpkeepProblem {
  UpkeepProblemCode code;
  guint status;
  char *name;        /* (owned): the code as text */
  char *title;       /* (owned) */
  char *detail;      /* (owned) */
  char *member;      /* (owned) (nullable) */
  JsonObject *extra; /* (owned) (nullable): members of this code's own */
};

/* Source: CONTRACT sections 3, 5 and 8; the statuses that the transport answers with by itself are
 * RFC 9110 and RFC 6585. */
static const struct {
  const char *name;
  guint status;
  const char *title;
} codes[] = {
    [UPKEEP_PROBLEM_OTHER] = {NULL, 500, "The request was not done"},
    [UPKEEP_PROBLEM_MALFORMED] = {"malformed", 400, "The request is malformed"},
    [UPKEEP_PROBLEM_IDEMPOTENCY_KEY_REQUIRED] = {"idempotency_key_required", 400,
                                                 "An Idempotency-Key is required here"},
    [UPKEEP_PROBLEM_UNAUTHORIZED] = {"unauthorized", 401, "A valid access token is required"},
    [UPKEEP_PROBLEM_PAYMENT_DECLINED] = {"payment_declined", 402, "The payment was declined"},
    [UPKEEP_PROBLEM_FORBIDDEN] = {"forbidden", 403, "The token does not allow this"},
    [UPKEEP_PROBLEM_MODE_NOT_IN_PLAN] = {"mode_not_in_plan", 403,
                                         "The plan does not include this mode"},
    [UPKEEP_PROBLEM_NOT_FOUND] = {"not_found", 404, "There is nothing here"},
    [UPKEEP_PROBLEM_METHOD_NOT_ALLOWED] = {"method_not_allowed", 405,
                                           "This method is not allowed here"},
    [UPKEEP_PROBLEM_NOT_ACCEPTABLE] = {"not_acceptable", 406,
                                       "This cannot be had in an accepted form"},
    [UPKEEP_PROBLEM_REQUEST_TIMEOUT] = {"request_timeout", 408, "The request took too long"},
    [UPKEEP_PROBLEM_IDEMPOTENCY_IN_PROGRESS] = {"idempotency_in_progress", 409,
                                                "The first request with this key is still running"},
    [UPKEEP_PROBLEM_QUOTE_STALE] = {"quote_stale", 409,
                                    "Something that the quote was based on has changed"},
    [UPKEEP_PROBLEM_QUOTE_ALREADY_ACCEPTED] = {"quote_already_accepted", 409,
                                               "The quote was accepted before"},
    [UPKEEP_PROBLEM_NOT_ALLOWED] = {"not_allowed", 409, "The account's state does not allow this"},
    [UPKEEP_PROBLEM_QUEUE_FULL] = {"queue_full", 409, "The queue is full"},
    [UPKEEP_PROBLEM_OUT_OF_FAST_TIME] = {"out_of_fast_time", 409, "There is not enough fast time"},
    [UPKEEP_PROBLEM_FEATURE_SUSPENDED] = {"feature_suspended", 409, "The feature is suspended"},
    [UPKEEP_PROBLEM_ACTIVE_SUBSCRIPTION_REQUIRED] = {"active_subscription_required", 409,
                                                     "An active subscription is required"},
    [UPKEEP_PROBLEM_JOB_NOT_RUNNING] = {"job_not_running", 409, "The job is not running"},
    [UPKEEP_PROBLEM_EDITION_CHANGE_REFUSED] = {"edition_change_refused", 409,
                                               "The account cannot move to this edition"},
    [UPKEEP_PROBLEM_NOTHING_CANCELLED] = {"nothing_cancelled", 409,
                                          "There is no cancellation to give a reason for"},
    [UPKEEP_PROBLEM_ISSUE_NOT_PAID] = {"issue_not_paid", 409, "No month has paid for this issue"},
    [UPKEEP_PROBLEM_ISSUE_REFUNDED] = {"issue_refunded", 409,
                                       "The issue's price was given back, so it is not delivered"},
    [UPKEEP_PROBLEM_NO_PUBLIC_ADDRESS] = {"no_public_address", 409,
                                          "No browser can open an address of this service"},
    [UPKEEP_PROBLEM_QUOTE_EXPIRED] = {"quote_expired", 410, "The quote has expired"},
    [UPKEEP_PROBLEM_LENGTH_REQUIRED] = {"length_required", 411, "A Content-Length is required"},
    [UPKEEP_PROBLEM_BODY_TOO_LARGE] = {"body_too_large", 413, "The body is too large"},
    [UPKEEP_PROBLEM_URI_TOO_LONG] = {"uri_too_long", 414, "The request target is too long"},
    [UPKEEP_PROBLEM_UNSUPPORTED_MEDIA_TYPE] = {"unsupported_media_type", 415,
                                               "The body is of a type that is not taken here"},
    [UPKEEP_PROBLEM_INVALID_VALUE] = {"invalid_value", 422, "A value is not valid"},
    [UPKEEP_PROBLEM_UNKNOWN_MEMBER] = {"unknown_member", 422, "The body has an unknown member"},
    [UPKEEP_PROBLEM_IDEMPOTENCY_KEY_REUSED] = {"idempotency_key_reused", 422,
                                               "The key belongs to another request"},
    [UPKEEP_PROBLEM_CLOCK_BACKWARDS] = {"clock_backwards", 422,
                                        "The test clock does not go backwards"},
    [UPKEEP_PROBLEM_PAYMENT_METHOD_UNSUPPORTED] = {"payment_method_unsupported", 422,
                                                   "This payment method is not supported"},
    [UPKEEP_PROBLEM_RATE_LIMITED] = {"rate_limited", 429, "There were too many requests"},
    [UPKEEP_PROBLEM_HEADER_FIELDS_TOO_LARGE] = {"header_fields_too_large", 431,
                                                "The header fields are too large"},
    [UPKEEP_PROBLEM_INTERNAL_ERROR] = {"internal_error", 500, "The service failed"},
    [UPKEEP_PROBLEM_NOT_IMPLEMENTED] = {"not_implemented", 501, "The method is not known"},
    [UPKEEP_PROBLEM_STORE_UNAVAILABLE] = {"store_unavailable", 503, "The store is unavailable"},
};
G_STATIC_ASSERT (G_N_ELEMENTS (codes) == UPKEEP_N_PROBLEM_CODES);

/* Members that every problem document may have; all others are of its code's own. */
static const char *const common_members[] = {"type", "title", "status", "detail", "code", "member"};

G_DEFINE_BOXED_TYPE (UpkeepProblem, upkeep_problem, upkeep_problem_ref, upkeep_problem_unref)

static gboolean
is_common_member (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (common_members); i++) {
    if (g_str_equal (name, common_members[i]))
      return TRUE;
  }
  return FALSE;
}

static void
clear (gpointer data)
{
  UpkeepProblem *self = data;

  g_free (self->name);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->member);
  g_clear_pointer (&self->extra, json_object_unref);
}

/**
 * upkeep_problem_code_to_string:
 * @code: a code
 *
 * Gives the text of a code, as it stands in a document.
 *
 * Returns: (nullable): the text, %NULL for `UPKEEP_PROBLEM_OTHER`
 */
const char *
upkeep_problem_code_to_string (UpkeepProblemCode code)
{
  g_return_val_if_fail ((guint) code < UPKEEP_N_PROBLEM_CODES, NULL);

  return codes[code].name;
}

/**
 * upkeep_problem_code_from_string:
 * @text: the text of a code
 *
 * Finds a code by its text.
 *
 * Returns: the code, `UPKEEP_PROBLEM_OTHER` when this version does not know it
 */
UpkeepProblemCode
upkeep_problem_code_from_string (const char *text)
{
  g_return_val_if_fail (text != NULL, UPKEEP_PROBLEM_OTHER);

  for (guint i = UPKEEP_PROBLEM_OTHER + 1; i < UPKEEP_N_PROBLEM_CODES; i++) {
    if (g_str_equal (text, codes[i].name))
      return (UpkeepProblemCode) i;
  }
  return UPKEEP_PROBLEM_OTHER;
}

/**
 * upkeep_problem_code_get_status:
 * @code: a code
 *
 * Gives the HTTP status that a code usually has.
 *
 * Returns: the status
 */
guint
upkeep_problem_code_get_status (UpkeepProblemCode code)
{
  g_return_val_if_fail ((guint) code < UPKEEP_N_PROBLEM_CODES, 500);

  return codes[code].status;
}

/* Makes a problem; the strings are copied. */
static UpkeepProblem *
make (UpkeepProblemCode code,
      const char *name,
      guint status,
      const char *title,
      const char *detail,
      const char *member,
      JsonObject *extra)
{
  UpkeepProblem *self = g_atomic_rc_box_new0 (UpkeepProblem);

  if (title == NULL)
    title = codes[code].title;
  self->code = code;
  self->name = g_strdup (name);
  self->status = status;
  self->title = g_strdup (title);
  self->detail = g_strdup (detail != NULL ? detail : title);
  self->member = g_strdup (member);
  self->extra = extra != NULL ? json_object_ref (extra) : NULL;
  return self;
}

/**
 * upkeep_problem_new:
 * @code: one of ours, not `UPKEEP_PROBLEM_OTHER`
 * @detail: (nullable): an English sentence about this very case; the title when it is %NULL
 *
 * Makes a problem with its usual status.
 *
 * Returns: (transfer full): the problem
 */
UpkeepProblem *
upkeep_problem_new (UpkeepProblemCode code, const char *detail)
{
  return upkeep_problem_new_full (code, 0, detail, NULL, NULL);
}

/**
 * upkeep_problem_new_full:
 * @code: one of ours, not `UPKEEP_PROBLEM_OTHER`
 * @status: the HTTP status, from 400 to 599; 0 for the usual one
 * @detail: (nullable): an English sentence about this very case; the title when it is %NULL
 * @member: (nullable): the path of the member at fault
 * @extra: (nullable) (transfer none): members of the code's own, as `decline_code`; not changed
 *   afterwards
 *
 * Makes a problem.
 *
 * Returns: (transfer full): the problem
 */
UpkeepProblem *
upkeep_problem_new_full (
    UpkeepProblemCode code, guint status, const char *detail, const char *member, JsonObject *extra)
{
  g_return_val_if_fail (code != UPKEEP_PROBLEM_OTHER, NULL);
  g_return_val_if_fail ((guint) code < UPKEEP_N_PROBLEM_CODES, NULL);
  g_return_val_if_fail (status == 0 || (status >= 400 && status <= 599), NULL);

  return make (code, codes[code].name, status != 0 ? status : codes[code].status, NULL, detail,
               member, extra);
}

/**
 * upkeep_problem_new_named:
 * @status: the HTTP status, from 400 to 599
 * @code: the text of a code, known or not
 * @detail: (nullable): an English sentence about this very case; the title when it is %NULL
 *
 * Makes a problem by the text of its code.
 *
 * Returns: (transfer full): the problem
 */
UpkeepProblem *
upkeep_problem_new_named (guint status, const char *code, const char *detail)
{
  g_return_val_if_fail (status >= 400 && status <= 599, NULL);
  g_return_val_if_fail (code != NULL && *code != '\0', NULL);

  return make (upkeep_problem_code_from_string (code), code, status, NULL, detail, NULL, NULL);
}

/**
 * upkeep_problem_new_for_error:
 * @error: a `UPKEEP_WIRE_ERROR`
 *
 * Turns what the scanner or a reader refused in a request into its answer.
 *
 * Returns: (transfer full): the problem
 */
UpkeepProblem *
upkeep_problem_new_for_error (const GError *error)
{
  g_autofree char *member = NULL;
  UpkeepProblemCode code = UPKEEP_PROBLEM_MALFORMED;

  g_return_val_if_fail (error != NULL && error->domain == UPKEEP_WIRE_ERROR, NULL);

  switch ((UpkeepWireError) error->code) {
  case UPKEEP_WIRE_ERROR_SIZE:
    code = UPKEEP_PROBLEM_BODY_TOO_LARGE;
    break;
  case UPKEEP_WIRE_ERROR_MEMBER:
  case UPKEEP_WIRE_ERROR_VALUE:
    code = UPKEEP_PROBLEM_INVALID_VALUE;
    break;
  case UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER:
    code = UPKEEP_PROBLEM_UNKNOWN_MEMBER;
    break;
  case UPKEEP_WIRE_ERROR_SYNTAX:
  default:
    break;
  }

  member = upkeep_wire_error_dup_member (error);
  return upkeep_problem_new_full (code, 0, error->message, member, NULL);
}

/**
 * upkeep_problem_new_from_bytes:
 * @bytes: a problem document
 * @max_bytes: the most bytes that the caller allows
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"type","title"?,"status","detail"?,"code","member"?, …}`; a `type` is not looked at, all
 * members not named here are kept in upkeep_problem_get_extra().
 *
 * Errors: those of upkeep_json_parse(), and those of upkeep_reader_finish() when a member is
 * missing or not of its form.
 *
 * Returns: (transfer full): the problem, or %NULL with @error set
 */
UpkeepProblem *
upkeep_problem_new_from_bytes (GBytes *bytes, gsize max_bytes, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonObject) extra = NULL;
  UpkeepReader reader;
  const char *name = NULL, *title = NULL, *detail = NULL, *member = NULL, *key;
  gint64 status = 0;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  root = upkeep_json_parse (bytes, max_bytes, error);
  if (root == NULL)
    return NULL;

  upkeep_reader_init (&reader, root, NULL, UPKEEP_READER_UNKNOWN_IGNORED, error);
  upkeep_reader_int (&reader, "status", 400, 599, &status);
  upkeep_reader_id (&reader, "code", CODE_MAX_BYTES, &name);
  upkeep_reader_optional_string (&reader, "title", 1, TEXT_MAX_CHARS, &title);
  upkeep_reader_optional_string (&reader, "detail", 1, TEXT_MAX_CHARS, &detail);
  upkeep_reader_optional_string (&reader, "member", 1, TEXT_MAX_CHARS, &member);
  if (!upkeep_reader_finish (&reader))
    return NULL;

  while (upkeep_reader_next_name (&reader, &key)) {
    JsonNode *node;

    if (is_common_member (key) || !upkeep_reader_optional_node (&reader, key, &node))
      continue;
    if (extra == NULL)
      extra = json_object_new ();
    json_object_set_member (extra, key, json_node_copy (node));
  }
  return make (upkeep_problem_code_from_string (name), name, (guint) status, title, detail, member,
               extra);
}

/**
 * upkeep_problem_ref:
 * @self: a problem
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
UpkeepProblem *
upkeep_problem_ref (UpkeepProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * upkeep_problem_unref:
 * @self: (transfer full): a problem
 *
 * Drops a reference.
 */
void
upkeep_problem_unref (UpkeepProblem *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear);
}

/**
 * upkeep_problem_get_code:
 * @self: a problem
 *
 * Returns: the code, `UPKEEP_PROBLEM_OTHER` when this version does not know it
 */
UpkeepProblemCode
upkeep_problem_get_code (const UpkeepProblem *self)
{
  g_return_val_if_fail (self != NULL, UPKEEP_PROBLEM_OTHER);

  return self->code;
}

/**
 * upkeep_problem_get_code_name:
 * @self: a problem
 *
 * Returns: the code as text, known or not
 */
const char *
upkeep_problem_get_code_name (const UpkeepProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * upkeep_problem_get_status:
 * @self: a problem
 *
 * Returns: the HTTP status, from 400 to 599
 */
guint
upkeep_problem_get_status (const UpkeepProblem *self)
{
  g_return_val_if_fail (self != NULL, 500);

  return self->status;
}

/**
 * upkeep_problem_get_title:
 * @self: a problem
 *
 * Returns: what this kind of problem is, in English, for logs
 */
const char *
upkeep_problem_get_title (const UpkeepProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}

/**
 * upkeep_problem_get_detail:
 * @self: a problem
 *
 * Returns: what is the matter in this case, in English, for logs
 */
const char *
upkeep_problem_get_detail (const UpkeepProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->detail;
}

/**
 * upkeep_problem_get_member:
 * @self: a problem
 *
 * Returns: (nullable): the path of the member at fault
 */
const char *
upkeep_problem_get_member (const UpkeepProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->member;
}

/**
 * upkeep_problem_get_extra:
 * @self: a problem
 *
 * Gives the members of the code's own, such as `quote` and `changed` of a stale quote. They are not
 * to be changed.
 *
 * Returns: (transfer none) (nullable): the members
 */
JsonObject *
upkeep_problem_get_extra (const UpkeepProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->extra;
}

/**
 * upkeep_problem_to_node:
 * @self: a problem
 *
 * Writes `{"type","title","status","detail","code","member"?, …}`, the extra members last.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_problem_to_node (const UpkeepProblem *self)
{
  JsonNode *root;
  JsonObject *object;
  g_autofree char *type = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  object = json_object_new ();
  type = g_strconcat (UPKEEP_PROBLEM_TYPE_PREFIX, self->name, NULL);
  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "title", self->title);
  json_object_set_int_member (object, "status", self->status);
  json_object_set_string_member (object, "detail", self->detail);
  json_object_set_string_member (object, "code", self->name);
  if (self->member != NULL)
    json_object_set_string_member (object, "member", self->member);

  if (self->extra != NULL) {
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;

    json_object_iter_init_ordered (&iter, self->extra);
    while (json_object_iter_next_ordered (&iter, &name, &node)) {
      g_assert (!is_common_member (name));
      json_object_set_member (object, name, json_node_copy (node));
    }
  }

  root = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (root, object);
  return root;
}

/**
 * upkeep_problem_to_bytes:
 * @self: a problem
 *
 * Writes the document of upkeep_problem_to_node() as UTF-8.
 *
 * Returns: (transfer full): the body, of `UPKEEP_PROBLEM_CONTENT_TYPE`
 */
GBytes *
upkeep_problem_to_bytes (const UpkeepProblem *self)
{
  g_autoptr (JsonNode) node = upkeep_problem_to_node (self);

  return upkeep_json_print (node);
}

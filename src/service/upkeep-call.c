/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-call.h"

#include "upkeep-cursor.h"
#include "upkeep-random.h"
#include "upkeep-reader.h"

#include <string.h>

/* Whose keys they are that no account has. An account's id is longer. */
#define OPERATOR_SCOPE "operator"

/* What a client that meets a store out of reach should wait. */
#define RETRY_AFTER_S "2"

#define PAGE_DEFAULT 20

/**
 * upkeep_call_new:
 * @api: the interface
 * @request: what was asked; it must outlive the call
 *
 * Begins to answer a request.
 *
 * Returns: (transfer full): the call
 */
UpkeepCall *
upkeep_call_new (UpkeepApi *api, const UpkeepRequest *request)
{
  UpkeepCall *self = g_new0 (UpkeepCall, 1);

  self->api = api;
  self->request = request;
  return self;
}

/**
 * upkeep_call_free:
 * @self: (nullable): a call that is in no transaction
 *
 * Frees a call.
 */
void
upkeep_call_free (UpkeepCall *self)
{
  if (self == NULL)
    return;
  g_assert (self->db == NULL);
  upkeep_route_match_clear (&self->match);
  g_free (self->account);
  g_free (self->operator_name);
  if (self->visit != NULL)
    explicit_bzero (self->visit, strlen (self->visit));
  g_free (self->visit);
  g_clear_pointer (&self->fingerprint, g_bytes_unref);
  g_free (self->nonce);
  if (self->token != NULL)
    explicit_bzero (self->token, strlen (self->token));
  g_free (self->token);
  g_free (self);
}

/**
 * upkeep_call_refuse:
 * @code: why
 * @detail: (nullable): an English sentence about this very case
 *
 * Makes a refusal.
 *
 * Returns: (transfer full): the answer
 */
UpkeepResponse *
upkeep_call_refuse (UpkeepProblemCode code, const char *detail)
{
  g_autoptr (UpkeepProblem) problem = upkeep_problem_new (code, detail);

  return upkeep_response_new_problem (problem);
}

/**
 * upkeep_call_refuse_member:
 * @member: the member or parameter at fault
 * @detail: what is wrong with it
 *
 * Refuses a value.
 *
 * Returns: (transfer full): the answer
 */
UpkeepResponse *
upkeep_call_refuse_member (const char *member, const char *detail)
{
  g_autoptr (UpkeepProblem) problem =
      upkeep_problem_new_full (UPKEEP_PROBLEM_INVALID_VALUE, 0, detail, member, NULL);

  return upkeep_response_new_problem (problem);
}

/**
 * upkeep_call_refuse_with:
 * @code: why
 * @detail: (nullable): an English sentence about this very case
 * @extra: (transfer full): members of the code's own
 *
 * Makes a refusal that tells more.
 *
 * Returns: (transfer full): the answer
 */
UpkeepResponse *
upkeep_call_refuse_with (UpkeepProblemCode code, const char *detail, JsonObject *extra)
{
  g_autoptr (JsonObject) owned = extra;
  g_autoptr (UpkeepProblem) problem = upkeep_problem_new_full (code, 0, detail, NULL, owned);

  return upkeep_response_new_problem (problem);
}

static UpkeepResponse *
refuse_for_now (UpkeepProblemCode code, const char *detail)
{
  UpkeepResponse *response = upkeep_call_refuse (code, detail);

  upkeep_response_set_header (response, UPKEEP_RESPONSE_RETRY_AFTER, RETRY_AFTER_S);
  return response;
}

static gboolean
is_unavailable (const GError *error)
{
  return error->domain == UPKEEP_DB_ERROR && error->code != UPKEEP_DB_ERROR_UNIQUE &&
         error->code != UPKEEP_DB_ERROR_CONSTRAINT && error->code != UPKEEP_DB_ERROR_FAILED;
}

/**
 * upkeep_call_fail:
 * @self: a call
 * @error: what went wrong
 *
 * Answers with an error, and lets nothing of the transaction be kept.
 *
 * Returns: (transfer full): the answer
 */
UpkeepResponse *
upkeep_call_fail (UpkeepCall *self, const GError *error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error != NULL, NULL);

  self->has_failed = TRUE;
  if (error->domain == UPKEEP_WIRE_ERROR) {
    g_autoptr (UpkeepProblem) problem = upkeep_problem_new_for_error (error);

    return upkeep_response_new_problem (problem);
  }
  if (error->domain == UPKEEP_MODEL_ERROR)
    return upkeep_call_refuse (UPKEEP_PROBLEM_INVALID_VALUE, error->message);
  if (is_unavailable (error)) {
    g_message ("the store is unavailable: %s", error->message);
    return refuse_for_now (UPKEEP_PROBLEM_STORE_UNAVAILABLE, NULL);
  }
  if (g_error_matches (error, UPKEEP_BILLING_ERROR, UPKEEP_BILLING_ERROR_PAYMENT_UNKNOWN)) {
    g_message ("a payment is in the balance: %s", error->message);
    return refuse_for_now (UPKEEP_PROBLEM_STORE_UNAVAILABLE,
                           "The payment processor gave no answer; nothing has changed yet.");
  }
  /* The pattern and not the path, as a path may let in whoever reads it. */
  g_critical ("%s: %s", self->match.route->pattern, error->message);
  return upkeep_call_refuse (UPKEEP_PROBLEM_INTERNAL_ERROR, NULL);
}

/**
 * upkeep_call_check_query:
 * @self: a call
 * @known: (array zero-terminated=1): parameters that are read
 *
 * Refuses a parameter that nobody reads.
 *
 * Returns: (transfer full) (nullable): the refusal
 */
UpkeepResponse *
upkeep_call_check_query (const UpkeepCall *self, const char *const *known)
{
  const char *unknown = upkeep_form_find_unknown (upkeep_request_get_query (self->request), known);
  g_autoptr (UpkeepProblem) problem = NULL;

  if (unknown == NULL)
    return NULL;
  problem = upkeep_problem_new_full (UPKEEP_PROBLEM_UNKNOWN_MEMBER, 0, "No such parameter is read.",
                                     unknown, NULL);
  return upkeep_response_new_problem (problem);
}

/**
 * upkeep_call_read_page:
 * @self: a call whose query has only known parameters
 * @list: which list: a cursor of another one is refused
 * @ret_query: (out caller-allocates): where the page begins and how long it is
 *
 * Reads the parameters `cursor` and `limit`.
 *
 * Returns: (transfer full) (nullable): a refusal, or `NULL` to go on
 */
UpkeepResponse *
upkeep_call_read_page (const UpkeepCall *self, const char *list, UpkeepPageQuery *ret_query)
{
  const UpkeepForm *query = upkeep_request_get_query (self->request);
  const char *limit = upkeep_form_get (query, "limit");
  const char *cursor = upkeep_form_get (query, "cursor");
  guint64 number = PAGE_DEFAULT;

  *ret_query = (UpkeepPageQuery){G_MAXINT64, PAGE_DEFAULT};
  if (limit != NULL && !g_ascii_string_to_unsigned (limit, 10, 1, UPKEEP_PAGE_MAX, &number, NULL))
    return upkeep_call_refuse_member ("limit", "This is no number from 1 to 100.");
  ret_query->limit = (guint) number;
  if (cursor != NULL &&
      !upkeep_cursor_parse (self->api->cursor_secret, list, cursor, &ret_query->before))
    return upkeep_call_refuse (UPKEEP_PROBLEM_MALFORMED, "The cursor is not one of this list.");
  return NULL;
}

/**
 * upkeep_call_print_cursor:
 * @self: a call
 * @list: which list
 * @before: where the next page begins; 0 when there is none
 *
 * Writes the cursor of the next page.
 *
 * Returns: (transfer full) (nullable): the cursor
 */
char *
upkeep_call_print_cursor (const UpkeepCall *self, const char *list, gint64 before)
{
  return before != 0 ? upkeep_cursor_print (self->api->cursor_secret, list, before) : NULL;
}

/**
 * upkeep_call_quote_etag:
 * @digest: in hexadecimal, of what the tag stands for
 *
 * Makes a strong entity tag.
 *
 * Returns: (transfer full): the tag, with quotes
 */
char *
upkeep_call_quote_etag (const char *digest)
{
  return g_strdup_printf ("\"%.32s\"", digest);
}

/**
 * upkeep_call_respond:
 * @self: a call
 * @document: JSON
 * @etag: its entity tag, with quotes
 *
 * Answers with a document that the client may have already.
 *
 * Returns: (transfer full): 200 with the document, or 304
 */
UpkeepResponse *
upkeep_call_respond (const UpkeepCall *self, GBytes *document, const char *etag)
{
  UpkeepResponse *response = upkeep_request_matches_etag (self->request, etag)
                                 ? upkeep_response_new_bytes (304, NULL, NULL)
                                 : upkeep_response_new_bytes (200, "application/json", document);

  upkeep_response_set_header (response, UPKEEP_RESPONSE_ETAG, etag);
  upkeep_response_set_header (response, UPKEEP_RESPONSE_CACHE_CONTROL, "private, no-cache");
  return response;
}

/**
 * upkeep_call_parse_body:
 * @self: a call
 * @numbers: what becomes of numbers that are no integers
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads the body.
 *
 * Errors: those of upkeep_json_parse_full().
 *
 * Returns: (transfer full): the document, or `NULL` with @error set
 */
JsonNode *
upkeep_call_parse_body (UpkeepCall *self, UpkeepJsonNumbers numbers, GError **error)
{
  GBytes *body = upkeep_request_get_body (self->request);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  return upkeep_json_parse_full (body != NULL ? body : nothing, self->match.route->body_max_bytes,
                                 numbers, error);
}

/* A form has its key in it, for a browser sends none. */
static const char *
get_key (const UpkeepCall *self)
{
  UpkeepAuth auth = self->match.route->auth;

  if (auth == UPKEEP_AUTH_PAGE || auth == UPKEEP_AUTH_VISIT)
    return NULL;
  return upkeep_request_get_idempotency_key (self->request);
}

static const char *
get_scope (const UpkeepCall *self)
{
  return self->account != NULL ? self->account : OPERATOR_SCOPE;
}

/* What a key stands for: method, path and the body as a JSON value. */
static GBytes *
make_fingerprint (const UpkeepCall *self, JsonNode *body)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *canonical = body != NULL ? upkeep_json_canonical (body) : g_strdup ("");
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guint8 *) "POST\n", -1);
  g_checksum_update (checksum, (const guint8 *) upkeep_request_get_path (self->request), -1);
  g_checksum_update (checksum, (const guint8 *) "\n", -1);
  g_checksum_update (checksum, (const guint8 *) canonical, -1);
  g_checksum_get_digest (checksum, digest, &size);
  return g_bytes_new (digest, size);
}

/* The token that belongs to a nonce: who has the store but not the operator's token cannot make it.
 * A service without an operator has the store's own secret only. */
static char *
make_token (const UpkeepApi *api, const char *nonce)
{
  gsize key_size = 0;
  const guint8 *key = g_bytes_get_data (api->cursor_secret, &key_size);
  g_autoptr (GHmac) hmac = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;

  if (api->admin_token != NULL) {
    key = (const guint8 *) api->admin_token;
    key_size = strlen (api->admin_token);
  }
  hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_size);
  g_hmac_update (hmac, (const guint8 *) "access token\n", -1);
  g_hmac_update (hmac, (const guint8 *) nonce, -1);
  g_hmac_get_digest (hmac, digest, &size);
  return upkeep_base64url (digest, size);
}

static GBytes *
replace_text (GBytes *body, const char *find, const char *replacement)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  GString *replaced = g_string_new (text);

  g_string_replace (replaced, find, replacement, 0);
  return g_string_free_to_bytes (replaced);
}

static UpkeepResponse *
replay (UpkeepCall *self, const UpkeepStoredAnswer *answer)
{
  g_autoptr (GBytes) body = g_bytes_ref (answer->body);
  UpkeepResponse *response;

  if (answer->nonce != NULL) {
    g_autofree char *token = make_token (self->api, answer->nonce);

    g_bytes_unref (body);
    body = replace_text (answer->body, answer->nonce, token);
  }
  response = upkeep_response_new_bytes (
      answer->status, answer->status < 400 ? "application/json" : UPKEEP_PROBLEM_CONTENT_TYPE,
      body);
  upkeep_response_set_header (response, UPKEEP_RESPONSE_IDEMPOTENCY_REPLAYED, "true");
  upkeep_response_set_header (response, UPKEEP_RESPONSE_CACHE_CONTROL, "no-store");
  self->is_replay = TRUE;
  return response;
}

static UpkeepResponse *
look_key_up (UpkeepCall *self, const char *key, JsonNode *body)
{
  g_autoptr (UpkeepStoredAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->fingerprint, g_bytes_unref);
  self->fingerprint = make_fingerprint (self, body);
  if (!upkeep_store_get_answer (self->db, get_scope (self), key, &answer, &error))
    return upkeep_call_fail (self, error);
  if (answer == NULL)
    return NULL;
  if (g_bytes_equal (answer->fingerprint, self->fingerprint))
    return replay (self, answer);
  self->is_replay = TRUE;
  return upkeep_call_refuse (UPKEEP_PROBLEM_IDEMPOTENCY_KEY_REUSED, NULL);
}

/**
 * upkeep_call_begin:
 * @self: a call that is in no transaction
 * @body: (nullable): its body, when the form of it is good
 *
 * Begins to write, unless the request was answered before under its Idempotency-Key. The clock is
 * read here: what is written later happened later.
 *
 * Returns: (transfer full) (nullable): the answer, or `NULL` to go on
 */
UpkeepResponse *
upkeep_call_begin (UpkeepCall *self, JsonNode *body)
{
  const char *key;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (self != NULL && self->db == NULL, NULL);

  self->db = upkeep_store_begin (self->api->store, &error);
  if (self->db == NULL)
    return upkeep_call_fail (self, error);
  self->is_writing = TRUE;
  self->now_s = upkeep_clock_now (self->api->clock);
  key = get_key (self);
  return key != NULL ? look_key_up (self, key, body) : NULL;
}

/**
 * upkeep_call_end:
 * @self: a call
 *
 * Ends the transaction, if there is one, with nothing kept.
 */
void
upkeep_call_end (UpkeepCall *self)
{
  g_return_if_fail (self != NULL);

  if (self->db == NULL)
    return;
  if (self->is_writing)
    upkeep_store_rollback (self->api->store);
  else
    upkeep_store_end_read (self->api->store, self->db);
  self->db = NULL;
  self->is_writing = FALSE;
}

/**
 * upkeep_call_open:
 * @self: a call that writes
 * @account: an account's id
 * @ret_billing: (out) (transfer full): the account
 *
 * Takes an account up to change it.
 *
 * Returns: (transfer full) (nullable): a refusal when there is none, or `NULL` to go on
 */
UpkeepResponse *
upkeep_call_open (UpkeepCall *self, const char *account, UpkeepBilling **ret_billing)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (self != NULL && self->is_writing, NULL);

  if (!upkeep_billing_open (self->db, self->api->means, account, self->now_s, ret_billing, &error))
    return upkeep_call_fail (self, error);
  if (*ret_billing == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, "There is no such account.");
  upkeep_billing_set_operator (*ret_billing, self->operator_name);
  return NULL;
}

/**
 * upkeep_call_begin_for:
 * @self: a call that changes one account
 * @body: (nullable): what was sent
 * @account: the account's id
 * @ret_billing: (out) (transfer full): the account
 *
 * Begins a call as upkeep_call_begin() does, and takes its account up.
 *
 * Returns: (transfer full) (nullable): an answer that was given before or a refusal, or `NULL` to
 * go on
 */
UpkeepResponse *
upkeep_call_begin_for (UpkeepCall *self,
                       JsonNode *body,
                       const char *account,
                       UpkeepBilling **ret_billing)
{
  UpkeepResponse *response = upkeep_call_begin (self, body);

  return response != NULL ? response : upkeep_call_open (self, account, ret_billing);
}

/* Lets happen for one account what has fallen due. */
static gboolean
catch_up (UpkeepCall *self, const char *account, GError **error)
{
  g_autoptr (UpkeepBilling) billing = NULL;
  UpkeepDb *db = upkeep_store_begin (self->api->store, error);

  if (db == NULL)
    return FALSE;
  if (upkeep_billing_open (db, self->api->means, account, upkeep_clock_now (self->api->clock),
                           &billing, error) &&
      (billing == NULL || upkeep_billing_close (billing, error)))
    return upkeep_store_commit (self->api->store, error);
  upkeep_store_rollback (self->api->store);
  return FALSE;
}

/* Reads an account within a transaction of its own. The clock is read after the transaction has
 * begun: nothing in it is later than now. */
static gboolean
begin_read (UpkeepCall *self,
            const char *account_id,
            UpkeepAccount **ret_account,
            gint64 *ret_due_at_s,
            GError **error)
{
  self->db = upkeep_store_begin_read (self->api->store, error);
  if (self->db == NULL)
    return FALSE;
  self->now_s = upkeep_clock_now (self->api->clock);
  return upkeep_store_get_account (self->db, account_id, ret_account, ret_due_at_s, error);
}

/**
 * upkeep_call_read:
 * @self: a call that is in no transaction
 * @account_id: an account's id
 * @ret_account: (out) (transfer full): the account, as it is now
 * @ret_edition: (out) (transfer none): its edition
 *
 * Begins to read, with everything that fell due before done.
 *
 * Returns: (transfer full) (nullable): a refusal, or `NULL` to go on
 */
UpkeepResponse *
upkeep_call_read (UpkeepCall *self,
                  const char *account_id,
                  UpkeepAccount **ret_account,
                  const UpkeepEdition **ret_edition)
{
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepCatalogue *catalogue;
  gint64 due_at_s = UPKEEP_INSTANT_NONE;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (self != NULL && self->db == NULL, NULL);

  if (!begin_read (self, account_id, &account, &due_at_s, &error))
    return upkeep_call_fail (self, error);
  if (account != NULL && due_at_s != UPKEEP_INSTANT_NONE && due_at_s <= self->now_s) {
    upkeep_call_end (self);
    g_clear_pointer (&account, upkeep_account_free);
    if (!catch_up (self, account_id, &error) ||
        !begin_read (self, account_id, &account, &due_at_s, &error))
      return upkeep_call_fail (self, error);
  }
  if (account == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, "There is no such account.");
  catalogue =
      upkeep_catalogues_find (self->api->means->catalogues, account->service, account->edition);
  if (catalogue == NULL) {
    g_critical ("account %s: edition %s/%s is not loaded", account_id, account->service,
                account->edition);
    return upkeep_call_refuse (UPKEEP_PROBLEM_INTERNAL_ERROR, NULL);
  }
  if (!upkeep_billing_resolve_coming (self->api->means, account, &error))
    return upkeep_call_fail (self, error);
  *ret_edition = catalogue->edition;
  *ret_account = g_steal_pointer (&account);
  return NULL;
}

/**
 * upkeep_call_make_token:
 * @self: a call that has made none
 *
 * Makes a token for the answer to hand out. It is not in the answer that is kept for the request's
 * Idempotency-Key, and yet a replay has it.
 *
 * Returns: (transfer full): the hash, to be stored
 */
GBytes *
upkeep_call_make_token (UpkeepCall *self)
{
  g_return_val_if_fail (self != NULL && self->token == NULL, NULL);

  self->nonce = upkeep_random_token ();
  self->token = make_token (self->api, self->nonce);
  return upkeep_hash_token (self->token);
}

/**
 * upkeep_call_add_token:
 * @self: a call that writes
 * @account: whom the token lets in
 * @operator_name: (nullable): the operator who has it made for somebody who cannot sign in any more
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Makes an access token for the answer to hand out. Only its hash is stored.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_call_add_token (UpkeepCall *self,
                       const char *account,
                       const char *operator_name,
                       GError **error)
{
  g_autoptr (GBytes) hash = upkeep_call_make_token (self);

  return upkeep_store_add_token (self->db, hash, account, operator_name, self->now_s, error);
}

/* Successes, 402 and 409 are the answer for ever; after another refusal the same may succeed
 * (CONTRACT section 3). */
static gboolean
is_kept (guint status)
{
  return status < 300 || status == 402 || status == 409;
}

static gboolean
keep_answer (UpkeepCall *self, UpkeepResponse *response, GError **error)
{
  const char *key = get_key (self);
  guint status = upkeep_response_get_status (response);
  g_autoptr (GBytes) body = NULL;

  if (key == NULL || self->is_replay || !is_kept (status))
    return TRUE;
  body = self->token != NULL
             ? replace_text (upkeep_response_get_body (response), self->token, self->nonce)
             : g_bytes_ref (upkeep_response_get_body (response));
  return upkeep_store_add_answer (self->db, get_scope (self), key,
                                  &(UpkeepStoredAnswer){
                                      .fingerprint = self->fingerprint,
                                      .status = status,
                                      .body = body,
                                      .nonce = self->nonce,
                                  },
                                  g_get_real_time () / G_USEC_PER_SEC, error);
}

/**
 * upkeep_call_finish:
 * @self: a call
 * @response: (transfer full): what its handler has answered
 *
 * Ends the transaction of a call. An answer that acknowledges something leaves only after it is on
 * the disk.
 *
 * Returns: (transfer full): the answer to send
 */
UpkeepResponse *
upkeep_call_finish (UpkeepCall *self, UpkeepResponse *response)
{
  g_autoptr (GError) error = NULL;
  gboolean is_safe;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (response != NULL, NULL);

  if (!self->is_writing || self->has_failed) {
    upkeep_call_end (self);
    return response;
  }
  is_safe = keep_answer (self, response, &error);
  if (!is_safe) {
    upkeep_call_end (self);
  } else {
    is_safe = upkeep_store_commit (self->api->store, &error);
    self->db = NULL;
    self->is_writing = FALSE;
  }
  if (!is_safe) {
    upkeep_response_unref (response);
    return upkeep_call_fail (self, error);
  }
  if (self->api->committed != NULL)
    self->api->committed (self->api->committed_data);
  return response;
}

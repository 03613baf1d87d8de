/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-account.h"

#include "upkeep-wire-parts.h"
#include "upkeep-wire-quote.h"
#include "upkeep-wire-statement.h"

#include <string.h>

#define EMAIL_MAX_CHARS    254
#define LOCALE_MAX_BYTES   35 /* BCP 47 asks for room for as many at least */
#define TOKEN_MAX_BYTES    512
#define INVOICE_NUMBER_MAX 64
#define CURSOR_MAX_BYTES   512
#define CREDIT_NOTES_MAX   1000
#define SANDBOX_TOKEN_MAX  64
#define COUNTRY_LENGTH     2

static const char *const event_members[] = {"id",   "account", "meter",  "quantity",
                                            "mode", "feature", "images", "at"};

static char *
dup_id (UpkeepReader *reader, const char *name, guint max_bytes)
{
  const char *text;

  return upkeep_reader_id (reader, name, max_bytes, &text) ? g_strdup (text) : NULL;
}

static char *
dup_optional_id (UpkeepReader *reader, const char *name, guint max_bytes)
{
  const char *text;

  return upkeep_reader_optional_id (reader, name, max_bytes, &text) ? g_strdup (text) : NULL;
}

/* An address goes into letters and their heads: nothing in it may end a line or a word there. */
static gboolean
email_is_valid (const char *text)
{
  const char *at = strchr (text, '@');

  if (at == NULL || at == text || at[1] == '\0' || strchr (at + 1, '@') != NULL)
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_isgraph (c) || strchr ("<>(),;:\\\"[]", (int) MIN (c, 127)) != NULL)
      return FALSE;
  }
  return TRUE;
}

/**
 * upkeep_account_request_free:
 * @self: (transfer full): a request
 *
 * Frees a request.
 */
void
upkeep_account_request_free (UpkeepAccountRequest *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->service);
  g_free (self->edition);
  g_free (self->email);
  g_free (self->locale);
  g_free (self->country);
  g_free (self);
}

/**
 * upkeep_wire_parse_account_request:
 * @node: the body of `POST /v1/admin/accounts`
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"service","email","edition"?,"locale"?,"country"?}`. Whether there are such a service and
 * edition is for the catalogues to say.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_UNKNOWN_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): the request, or `NULL` with @error set
 */
UpkeepAccountRequest *
upkeep_wire_parse_account_request (JsonNode *node, GError **error)
{
  g_autoptr (UpkeepAccountRequest) request = NULL;
  UpkeepReader reader;
  const char *text;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  request = g_new0 (UpkeepAccountRequest, 1);
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  request->service = dup_id (&reader, "service", UPKEEP_ID_MAX_BYTES);
  request->edition = dup_optional_id (&reader, "edition", UPKEEP_ID_MAX_BYTES);
  if (upkeep_reader_string (&reader, "email", 1, EMAIL_MAX_CHARS, &text)) {
    if (!email_is_valid (text))
      upkeep_reader_fail (&reader, "email", "not an address");
    request->email = g_strdup (text);
  }
  request->locale = dup_optional_id (&reader, "locale", LOCALE_MAX_BYTES);
  if (upkeep_reader_optional_string (&reader, "country", COUNTRY_LENGTH, COUNTRY_LENGTH, &text)) {
    if (!g_ascii_isupper (text[0]) || !g_ascii_isupper (text[1]))
      upkeep_reader_fail (&reader, "country", "not two capital letters");
    request->country = g_strdup (text);
  }
  return upkeep_reader_finish (&reader) ? g_steal_pointer (&request) : NULL;
}

/**
 * upkeep_wire_print_account_request:
 * @request: an account that is wanted
 *
 * Writes what upkeep_wire_parse_account_request() reads.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_account_request (const UpkeepAccountRequest *request)
{
  JsonObject *object;

  g_return_val_if_fail (request != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "service", request->service);
  json_object_set_string_member (object, "email", request->email);
  if (request->edition != NULL)
    json_object_set_string_member (object, "edition", request->edition);
  if (request->locale != NULL)
    json_object_set_string_member (object, "locale", request->locale);
  if (request->country != NULL)
    json_object_set_string_member (object, "country", request->country);
  return upkeep_wire_take_object (object);
}

/**
 * upkeep_usage_batch_free:
 * @self: (transfer full): a batch
 *
 * Frees a batch and the texts of its events.
 */
void
upkeep_usage_batch_free (UpkeepUsageBatch *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->events);
  json_node_unref (self->node);
  g_free (self);
}

static void
read_event (UpkeepReader *events, UpkeepUsageEvent *ret_event)
{
  UpkeepUsageEvent event = {.at_s = UPKEEP_INSTANT_NONE};
  UpkeepReader child;

  upkeep_reader_object (events, NULL, &child);
  upkeep_reader_only (&child, event_members, G_N_ELEMENTS (event_members)); /* before any value */
  upkeep_reader_id (&child, "id", UPKEEP_EVENT_ID_MAX_BYTES, &event.id);
  upkeep_reader_id (&child, "account", UPKEEP_OPAQUE_ID_MAX_BYTES, &event.account);
  upkeep_reader_id (&child, "meter", UPKEEP_ID_MAX_BYTES, &event.meter);
  upkeep_reader_int (&child, "quantity", 0, UPKEEP_UNITS_MAX, &event.quantity);
  upkeep_reader_optional_id (&child, "mode", UPKEEP_ID_MAX_BYTES, &event.mode);
  upkeep_reader_optional_id (&child, "feature", UPKEEP_ID_MAX_BYTES, &event.feature);
  upkeep_reader_optional_int (&child, "images", 0, UPKEEP_UNITS_MAX, &event.images);
  upkeep_reader_optional_instant (&child, "at", &event.at_s);
  event.is_valid = upkeep_reader_finish (&child);
  *ret_event = event.is_valid ? event : (UpkeepUsageEvent){.at_s = UPKEEP_INSTANT_NONE};
}

/**
 * upkeep_wire_parse_usage_batch:
 * @node: the body of `POST /v1/admin/usage`, scanned with `UPKEEP_JSON_NUMBERS_MARKED`
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"events":[{"id","account","meter","quantity","mode"?,"feature"?,"images"?,"at"?},…]}`, 1
 * to 10,000 of them.
 *
 * An event whose values are wrong is marked and does not touch the others; a member that nobody
 * knows refuses the whole batch, wherever it stands (CONTRACT section 8, Usage).
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_UNKNOWN_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): the batch, or `NULL` with @error set
 */
UpkeepUsageBatch *
upkeep_wire_parse_usage_batch (JsonNode *node, GError **error)
{
  g_autoptr (UpkeepUsageBatch) batch = NULL;
  UpkeepReader reader, events;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_array (&reader, "events", 1, UPKEEP_USAGE_EVENTS_MAX, &events);
  if (!upkeep_reader_finish (&reader))
    return NULL;

  batch = g_new0 (UpkeepUsageBatch, 1);
  batch->node = json_node_ref (node);
  batch->events = g_array_sized_new (FALSE, FALSE, sizeof (UpkeepUsageEvent),
                                     upkeep_reader_get_length (&events));
  while (upkeep_reader_has_next (&events)) {
    g_autoptr (GError) event_error = NULL;
    UpkeepUsageEvent event;

    upkeep_reader_catch (&events, &event_error);
    read_event (&events, &event);
    if (g_error_matches (event_error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER)) {
      g_propagate_error (error, g_steal_pointer (&event_error));
      return NULL;
    }
    g_array_append_val (batch->events, event);
  }
  return g_steal_pointer (&batch);
}

/**
 * upkeep_rejection_code_to_string:
 * @code: why an event was rejected
 *
 * Names the reason as CONTRACT does.
 *
 * Returns: a static string
 */
const char *
upkeep_rejection_code_to_string (UpkeepRejectionCode code)
{
  static const char *const names[] = {"unknown_account", "unknown_meter", "invalid_value",
                                      "at_in_future", "period_closed"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_REJECTION_CODES);

  return names[code];
}

/**
 * upkeep_wire_print_usage_result:
 * @n_accepted: events that count now
 * @n_duplicates: events that had counted before
 * @rejected: (array length=n_rejected): those that do not count, by index
 * @n_rejected: how many there are
 *
 * Writes `{"accepted","duplicates","rejected":[{"index","code"},…]}`.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_usage_result (guint n_accepted,
                                guint n_duplicates,
                                const UpkeepRejection *rejected,
                                guint n_rejected)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  json_object_set_int_member (object, "accepted", n_accepted);
  json_object_set_int_member (object, "duplicates", n_duplicates);
  for (guint i = 0; i < n_rejected; i++) {
    JsonObject *child = json_object_new ();

    json_object_set_int_member (child, "index", rejected[i].index);
    json_object_set_string_member (child, "code",
                                   upkeep_rejection_code_to_string (rejected[i].code));
    json_array_add_object_element (array, child);
  }
  json_object_set_array_member (object, "rejected", array);
  return upkeep_wire_take_object (object);
}

/**
 * upkeep_grant_request_free:
 * @self: (transfer full): a request
 *
 * Frees a request.
 */
void
upkeep_grant_request_free (UpkeepGrantRequest *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->account);
  g_free (self->meter);
  g_free (self);
}

/**
 * upkeep_wire_parse_grant_request:
 * @node: the body of `POST /v1/admin/grants`
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"account","meter","kind":"earned"|"reward"|"promotional","quantity","expires_at"?}`.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_UNKNOWN_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): the request, or `NULL` with @error set
 */
UpkeepGrantRequest *
upkeep_wire_parse_grant_request (JsonNode *node, GError **error)
{
  static const UpkeepGrantKind given[] = {UPKEEP_GRANT_EARNED, UPKEEP_GRANT_REWARD,
                                          UPKEEP_GRANT_PROMOTIONAL};
  g_autoptr (UpkeepGrantRequest) request = NULL;
  const char *kinds[G_N_ELEMENTS (given)];
  UpkeepReader reader;
  guint kind = 0;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    kinds[i] = upkeep_grant_kind_to_string (given[i]);

  request = g_new0 (UpkeepGrantRequest, 1);
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  request->account = dup_id (&reader, "account", UPKEEP_OPAQUE_ID_MAX_BYTES);
  request->meter = dup_id (&reader, "meter", UPKEEP_ID_MAX_BYTES);
  upkeep_reader_enum (&reader, "kind", kinds, G_N_ELEMENTS (kinds), &kind);
  request->kind = given[kind];
  upkeep_reader_int (&reader, "quantity", 1, UPKEEP_UNITS_MAX, &request->quantity);
  request->has_expiry =
      upkeep_reader_optional_instant (&reader, "expires_at", &request->expires_at_s);
  return upkeep_reader_finish (&reader) ? g_steal_pointer (&request) : NULL;
}

/**
 * upkeep_wire_parse_clock:
 * @node: the body of `POST /v1/admin/clock`
 * @ret_now_s: (out): the instant
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"now"}`, the instant that the clock shall show.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_UNKNOWN_MEMBER`, `_VALUE`.
 *
 * Returns: whether @ret_now_s was written
 */
gboolean
upkeep_wire_parse_clock (JsonNode *node, gint64 *ret_now_s, GError **error)
{
  UpkeepReader reader;
  gint64 now_s = 0;

  g_return_val_if_fail (node != NULL, FALSE);
  g_return_val_if_fail (ret_now_s != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_instant (&reader, "now", &now_s);
  if (!upkeep_reader_finish (&reader))
    return FALSE;

  *ret_now_s = now_s;
  return TRUE;
}

/**
 * upkeep_wire_print_clock:
 * @now_s: the instant
 *
 * Writes `{"now"}`, the instant that the clock shows.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_clock (gint64 now_s)
{
  JsonObject *object = json_object_new ();

  upkeep_wire_set_instant (object, "now", now_s);
  return upkeep_wire_take_object (object);
}

/**
 * upkeep_wire_parse_sandbox_payment_method:
 * @node: the body of `POST /v1/admin/sandbox/payment-method`
 * @ret_account: (out) (transfer full): whose it becomes
 * @ret_token: (out) (transfer full): the sandbox's name of it
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"account","token"}`. Whether there is such a token is for the sandbox to say.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_UNKNOWN_MEMBER`, `_VALUE`.
 *
 * Returns: whether both were written
 */
gboolean
upkeep_wire_parse_sandbox_payment_method (JsonNode *node,
                                          char **ret_account,
                                          char **ret_token,
                                          GError **error)
{
  g_autofree char *account = NULL;
  g_autofree char *token = NULL;
  UpkeepReader reader;

  g_return_val_if_fail (node != NULL, FALSE);
  g_return_val_if_fail (ret_account != NULL && ret_token != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  account = dup_id (&reader, "account", UPKEEP_OPAQUE_ID_MAX_BYTES);
  token = dup_id (&reader, "token", SANDBOX_TOKEN_MAX);
  if (!upkeep_reader_finish (&reader))
    return FALSE;

  *ret_account = g_steal_pointer (&account);
  *ret_token = g_steal_pointer (&token);
  return TRUE;
}

/**
 * upkeep_wire_print_access:
 * @account: (nullable): id of an account that was made
 * @access_token: what opens it
 *
 * Writes `{"id","access_token"}`, or `{"access_token"}` for one more token.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_access (const char *account, const char *access_token)
{
  JsonObject *object;

  g_return_val_if_fail (access_token != NULL, NULL);

  object = json_object_new ();
  if (account != NULL)
    json_object_set_string_member (object, "id", account);
  json_object_set_string_member (object, "access_token", access_token);
  return upkeep_wire_take_object (object);
}

/**
 * upkeep_wire_parse_access:
 * @node: what upkeep_wire_print_access() writes
 * @ret_account: (out) (transfer full) (nullable): id of the account, if it is told
 * @ret_access_token: (out) (transfer full): what opens it
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads how an account is opened.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_VALUE`.
 *
 * Returns: whether both were written
 */
gboolean
upkeep_wire_parse_access (JsonNode *node,
                          char **ret_account,
                          char **ret_access_token,
                          GError **error)
{
  g_autofree char *account = NULL;
  g_autofree char *token = NULL;
  UpkeepReader reader;

  g_return_val_if_fail (node != NULL, FALSE);
  g_return_val_if_fail (ret_account != NULL && ret_access_token != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, error);
  account = dup_optional_id (&reader, "id", UPKEEP_OPAQUE_ID_MAX_BYTES);
  token = dup_id (&reader, "access_token", TOKEN_MAX_BYTES);
  if (!upkeep_reader_finish (&reader))
    return FALSE;

  *ret_account = g_steal_pointer (&account);
  *ret_access_token = g_steal_pointer (&token);
  return TRUE;
}

/**
 * upkeep_wire_print_receipt:
 * @receipt: what was done
 *
 * Writes `{"id","at","lines","total","refund","invoice"}` (CONTRACT section 3).
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_receipt (const UpkeepReceipt *receipt)
{
  JsonObject *object;

  g_return_val_if_fail (receipt != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "id", receipt->id);
  upkeep_wire_set_instant (object, "at", receipt->at_s);
  upkeep_wire_set_lines (object, "lines", &receipt->bill);
  upkeep_wire_set_money (object, "total", receipt->bill.total_minor, receipt->currency);
  upkeep_wire_set_refund (object, "refund", receipt->has_refund ? &receipt->refund : NULL,
                          receipt->currency);
  json_object_set_string_member (object, "invoice", receipt->invoice);
  return upkeep_wire_take_object (object);
}

static UpkeepReceipt *
read_receipt (UpkeepReader *reader)
{
  g_autoptr (UpkeepReceipt) receipt = upkeep_receipt_new ();

  receipt->id = dup_id (reader, "id", UPKEEP_OPAQUE_ID_MAX_BYTES);
  upkeep_reader_instant (reader, "at", &receipt->at_s);
  upkeep_wire_read_bill (reader, "lines", "total", receipt->currency, &receipt->bill);
  receipt->has_refund =
      upkeep_wire_read_refund (reader, "refund", receipt->currency, &receipt->refund);
  receipt->invoice = dup_optional_id (reader, "invoice", UPKEEP_OPAQUE_ID_MAX_BYTES);
  return upkeep_reader_finish (reader) ? g_steal_pointer (&receipt) : NULL;
}

/**
 * upkeep_wire_parse_receipt:
 * @node: what upkeep_wire_print_receipt() writes
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads a receipt; its lines must add up.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): the receipt, or `NULL` with @error set
 */
UpkeepReceipt *
upkeep_wire_parse_receipt (JsonNode *node, GError **error)
{
  UpkeepReader reader;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, error);
  return read_receipt (&reader);
}

/**
 * upkeep_wire_print_accepted:
 * @statement: the account after it
 * @receipt: what was done
 *
 * Writes `{"account":{…},"receipt":{…}}`, the answer to an accepted quote.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_accepted (const UpkeepStatement *statement, const UpkeepReceipt *receipt)
{
  JsonObject *object;

  g_return_val_if_fail (statement != NULL, NULL);
  g_return_val_if_fail (receipt != NULL, NULL);

  object = json_object_new ();
  json_object_set_member (object, "account", upkeep_wire_print_statement (statement));
  json_object_set_member (object, "receipt", upkeep_wire_print_receipt (receipt));
  return upkeep_wire_take_object (object);
}

/**
 * upkeep_wire_parse_accepted:
 * @node: what upkeep_wire_print_accepted() writes
 * @ret_statement: (out) (transfer full): the account after it
 * @ret_receipt: (out) (transfer full): what was done
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads the answer to an accepted quote.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_VALUE`.
 *
 * Returns: whether both were written
 */
gboolean
upkeep_wire_parse_accepted (JsonNode *node,
                            UpkeepStatement **ret_statement,
                            UpkeepReceipt **ret_receipt,
                            GError **error)
{
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (UpkeepReceipt) receipt = NULL;
  UpkeepReader reader, child;
  JsonNode *account;

  g_return_val_if_fail (node != NULL, FALSE);
  g_return_val_if_fail (ret_statement != NULL && ret_receipt != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, error);
  upkeep_reader_object (&reader, "receipt", &child);
  receipt = read_receipt (&child);
  if (!upkeep_reader_node (&reader, "account", &account) || !upkeep_reader_finish (&reader))
    return FALSE;

  statement = upkeep_wire_parse_statement (account, error);
  if (statement == NULL)
    return FALSE;

  *ret_statement = g_steal_pointer (&statement);
  *ret_receipt = g_steal_pointer (&receipt);
  return TRUE;
}

/**
 * upkeep_wire_print_invoice:
 * @invoice: an invoice
 *
 * Writes `{"id","number","issued_at","state","lines","total","refunded","credit_notes":[{"id",
 * "number","total"},…]}`.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_invoice (const UpkeepInvoiceRecord *invoice)
{
  JsonObject *object;
  JsonArray *notes;

  g_return_val_if_fail (invoice != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "id", invoice->id);
  json_object_set_string_member (object, "number", invoice->number);
  upkeep_wire_set_instant (object, "issued_at", invoice->issued_at_s);
  json_object_set_string_member (object, "state", upkeep_invoice_state_to_string (invoice->state));
  upkeep_wire_set_lines (object, "lines", &invoice->bill);
  upkeep_wire_set_money (object, "total", invoice->bill.total_minor, invoice->currency);
  upkeep_wire_set_money (object, "refunded", invoice->refunded_minor, invoice->currency);
  notes = json_array_new ();
  for (guint i = 0; i < invoice->credit_notes->len; i++) {
    const UpkeepCreditNote *note = g_ptr_array_index (invoice->credit_notes, i);
    JsonObject *child = json_object_new ();

    json_object_set_string_member (child, "id", note->id);
    json_object_set_string_member (child, "number", note->number);
    upkeep_wire_set_money (child, "total", note->total_minor, invoice->currency);
    json_array_add_object_element (notes, child);
  }
  json_object_set_array_member (object, "credit_notes", notes);
  return upkeep_wire_take_object (object);
}

static UpkeepInvoiceRecord *
read_invoice (UpkeepReader *reader)
{
  g_autoptr (UpkeepInvoiceRecord) invoice = upkeep_invoice_record_new ();
  const char *states[UPKEEP_N_INVOICE_STATES];
  UpkeepReader notes;
  guint state = 0;

  for (guint i = 0; i < UPKEEP_N_INVOICE_STATES; i++)
    states[i] = upkeep_invoice_state_to_string (i);

  invoice->id = dup_id (reader, "id", UPKEEP_OPAQUE_ID_MAX_BYTES);
  invoice->number = dup_id (reader, "number", INVOICE_NUMBER_MAX);
  upkeep_reader_instant (reader, "issued_at", &invoice->issued_at_s);
  upkeep_reader_enum (reader, "state", states, G_N_ELEMENTS (states), &state);
  invoice->state = state;
  upkeep_wire_read_bill (reader, "lines", "total", invoice->currency, &invoice->bill);
  upkeep_wire_read_money (reader, "refunded", invoice->currency, &invoice->refunded_minor);
  upkeep_reader_array (reader, "credit_notes", 0, CREDIT_NOTES_MAX, &notes);
  while (upkeep_reader_has_next (&notes)) {
    UpkeepCreditNote *note = upkeep_credit_note_new ();
    UpkeepReader child;

    g_ptr_array_add (invoice->credit_notes, note);
    upkeep_reader_object (&notes, NULL, &child);
    note->id = dup_id (&child, "id", UPKEEP_OPAQUE_ID_MAX_BYTES);
    note->number = dup_id (&child, "number", INVOICE_NUMBER_MAX);
    upkeep_wire_read_money (&child, "total", invoice->currency, &note->total_minor);
    upkeep_reader_finish (&child);
  }
  return upkeep_reader_finish (reader) ? g_steal_pointer (&invoice) : NULL;
}

/**
 * upkeep_wire_parse_invoice:
 * @node: what upkeep_wire_print_invoice() writes
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads an invoice; its lines must add up.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): the invoice, or `NULL` with @error set
 */
UpkeepInvoiceRecord *
upkeep_wire_parse_invoice (JsonNode *node, GError **error)
{
  UpkeepReader reader;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, error);
  return read_invoice (&reader);
}

/**
 * upkeep_wire_print_invoice_page:
 * @invoices: (element-type UpkeepInvoiceRecord): newest first
 * @next_cursor: (nullable): where the next page begins; `NULL` at the end
 *
 * Writes `{"invoices":[…],"next_cursor"}`.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_invoice_page (const GPtrArray *invoices, const char *next_cursor)
{
  JsonObject *object;
  JsonArray *array;

  g_return_val_if_fail (invoices != NULL, NULL);

  object = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; i < invoices->len; i++)
    json_array_add_element (array, upkeep_wire_print_invoice (invoices->pdata[i]));
  json_object_set_array_member (object, "invoices", array);
  json_object_set_string_member (object, "next_cursor", next_cursor);
  return upkeep_wire_take_object (object);
}

/**
 * upkeep_wire_parse_invoice_page:
 * @node: what upkeep_wire_print_invoice_page() writes
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads one page of invoices.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): the page, or `NULL` with @error set
 */
UpkeepInvoicePage *
upkeep_wire_parse_invoice_page (JsonNode *node, GError **error)
{
  g_autoptr (UpkeepInvoicePage) page = NULL;
  UpkeepReader reader, array;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  page = g_new0 (UpkeepInvoicePage, 1);
  page->invoices = g_ptr_array_new_with_free_func ((GDestroyNotify) upkeep_invoice_record_unref);
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, error);
  upkeep_reader_array (&reader, "invoices", 0, UPKEEP_PAGE_MAX, &array);
  while (upkeep_reader_has_next (&array)) {
    UpkeepInvoiceRecord *invoice;
    UpkeepReader child;

    upkeep_reader_object (&array, NULL, &child);
    invoice = read_invoice (&child);
    if (invoice != NULL)
      g_ptr_array_add (page->invoices, invoice);
  }
  page->next_cursor = dup_optional_id (&reader, "next_cursor", CURSOR_MAX_BYTES);
  return upkeep_reader_finish (&reader) ? g_steal_pointer (&page) : NULL;
}

/**
 * upkeep_invoice_page_free:
 * @self: (transfer full): a page
 *
 * Frees a page.
 */
void
upkeep_invoice_page_free (UpkeepInvoicePage *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->invoices);
  g_free (self->next_cursor);
  g_free (self);
}

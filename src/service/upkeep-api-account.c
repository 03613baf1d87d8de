/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-call.h"

#include "upkeep-reader.h"
#include "upkeep-wire-account.h"
#include "upkeep-wire-parts.h"
#include "upkeep-wire-quote.h"
#include "upkeep-wire-statement.h"

#include <string.h>

/* What stands for money where a meter could. */
#define MONEY_LEDGER "money"

static UpkeepResponse *
respond_account (const UpkeepBilling *billing)
{
  g_autoptr (UpkeepStatement) statement = upkeep_billing_make_statement (billing);
  g_autoptr (JsonNode) node = upkeep_wire_print_statement (statement);

  return upkeep_response_new_json (200, node);
}

/* A tag of what the document says, whenever it is asked for. No text in a document can look like
 * its member `now`: a quotation mark in a text is escaped. */
static char *
make_account_etag (GBytes *document)
{
  static const char member[] = "\"now\":\"";
  gsize size = 0;
  const char *text = g_bytes_get_data (document, &size);
  const char *now = g_strstr_len (text, (gssize) size, member);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize start, end;

  g_assert (now != NULL);
  start = (gsize) (now - text) + strlen (member);
  end = start + UPKEEP_INSTANT_TEXT_SIZE - 1;
  g_assert (text[end] == '"');
  g_checksum_update (checksum, (const guint8 *) text, (gssize) start);
  g_checksum_update (checksum, (const guint8 *) text + end, (gssize) (size - end));
  return upkeep_call_quote_etag (g_checksum_get_string (checksum));
}

/* GET /v1/account */
UpkeepResponse *
upkeep_get_account (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepEdition *edition = NULL;
  UpkeepResponse *response = upkeep_call_read (call, call->account, &account, &edition);
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) document = NULL;
  g_autofree char *etag = NULL;

  if (response != NULL)
    return response;
  statement = upkeep_statement_make (edition, account, call->now_s);
  node = upkeep_wire_print_statement (statement);
  document = upkeep_json_print (node);
  etag = make_account_etag (document);
  return upkeep_call_respond (call, document, etag);
}

/* POST /v1/account/quotes */
UpkeepResponse *
upkeep_post_quote (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (UpkeepQuoteRequest) wanted = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autoptr (JsonNode) node = NULL;
  UpkeepResponse *response;

  if (body != NULL)
    wanted = upkeep_wire_parse_quote_request (body, &error);
  if (wanted == NULL)
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin_for (call, body, call->account, &billing);
  if (response != NULL)
    return response;

  quote = upkeep_billing_quote (billing, wanted, &error);
  if (quote == NULL || !upkeep_billing_close (billing, &error))
    return upkeep_call_fail (call, error);
  node = upkeep_wire_print_quote (quote, upkeep_billing_get_edition (billing)->meter.unit);
  return upkeep_response_new_json (201, node);
}

/* Begins to read something of an account's own, with everything due before done. */
static UpkeepResponse *
begin_own (UpkeepCall *call)
{
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepEdition *edition = NULL;

  return upkeep_call_read (call, call->account, &account, &edition);
}

static UpkeepResponse *
respond_text (const char *document)
{
  g_autoptr (GBytes) bytes = NULL;

  if (document == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, NULL);
  bytes = g_bytes_new (document, strlen (document));
  return upkeep_response_new_bytes (200, "application/json", bytes);
}

/* GET /v1/account/quotes/{id} */
UpkeepResponse *
upkeep_get_quote (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (UpkeepStoredQuote) quote = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepResponse *response = begin_own (call);

  if (response != NULL)
    return response;
  if (!upkeep_store_get_quote (call->db, call->account, upkeep_route_match_get (match, "id"),
                               &quote, &error))
    return upkeep_call_fail (call, error);
  return respond_text (quote != NULL ? quote->document : NULL);
}

static UpkeepResponse *
refuse_stale (const UpkeepAcceptance *acceptance, UpkeepTiming timing, const UpkeepEdition *edition)
{
  const UpkeepOption *promised = upkeep_quote_find_option (acceptance->promised, timing);
  const UpkeepOption *now = upkeep_quote_find_option (acceptance->quote, timing);
  JsonObject *extra = json_object_new ();

  json_object_set_member (extra, "quote",
                          upkeep_wire_print_quote (acceptance->quote, edition->meter.unit));
  json_object_set_member (
      extra, "changed",
      upkeep_wire_print_changed (&promised->bill, now != NULL ? &now->bill : NULL));
  return upkeep_call_refuse_with (UPKEEP_PROBLEM_QUOTE_STALE, NULL, extra);
}

static UpkeepResponse *
refuse_declined (const char *decline_code)
{
  JsonObject *extra = json_object_new ();

  json_object_set_string_member (extra, "decline_code", decline_code);
  return upkeep_call_refuse_with (UPKEEP_PROBLEM_PAYMENT_DECLINED, NULL, extra);
}

static UpkeepResponse *
refuse_blocked (const UpkeepAcceptance *acceptance)
{
  JsonObject *extra = json_object_new ();

  json_object_set_member (extra, "blocked", upkeep_wire_print_blocked (acceptance->quote->blocked));
  return upkeep_call_refuse_with (UPKEEP_PROBLEM_NOT_ALLOWED, NULL, extra);
}

static UpkeepResponse *
refuse_acceptance (const UpkeepAcceptance *acceptance,
                   UpkeepTiming timing,
                   const UpkeepEdition *edition)
{
  switch (acceptance->outcome) {
  case UPKEEP_ACCEPT_NO_QUOTE:
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, "There is no such quote.");
  case UPKEEP_ACCEPT_ALREADY_ACCEPTED:
    return upkeep_call_refuse (UPKEEP_PROBLEM_QUOTE_ALREADY_ACCEPTED, NULL);
  case UPKEEP_ACCEPT_EXPIRED:
    return upkeep_call_refuse (UPKEEP_PROBLEM_QUOTE_EXPIRED, NULL);
  case UPKEEP_ACCEPT_BLOCKED:
    return refuse_blocked (acceptance);
  case UPKEEP_ACCEPT_NO_SUCH_TIMING:
    return upkeep_call_refuse_member ("timing", "The quote has no such option.");
  case UPKEEP_ACCEPT_STALE:
    return refuse_stale (acceptance, timing, edition);
  case UPKEEP_ACCEPT_DECLINED:
    return refuse_declined (acceptance->decline_code);
  case UPKEEP_ACCEPT_DONE:
  default:
    return NULL;
  }
}

/* POST /v1/account/quotes/{id}/accept */
UpkeepResponse *
upkeep_post_accept (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (UpkeepBilling) billing = NULL;
  g_auto (UpkeepAcceptance) acceptance = {0};
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (JsonNode) node = NULL;
  UpkeepTiming timing = UPKEEP_TIMING_IMMEDIATE;
  UpkeepResponse *response;

  if (body == NULL || !upkeep_wire_parse_accept (body, &timing, &error))
    return upkeep_call_fail (call, error);
  if (upkeep_request_get_idempotency_key (request) == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_IDEMPOTENCY_KEY_REQUIRED, NULL);
  response = upkeep_call_begin_for (call, body, call->account, &billing);
  if (response != NULL)
    return response;

  if (!upkeep_billing_accept (billing, upkeep_route_match_get (match, "id"), timing, &acceptance,
                              &error) ||
      !upkeep_billing_close (billing, &error))
    return upkeep_call_fail (call, error);
  if (acceptance.outcome != UPKEEP_ACCEPT_DONE)
    return refuse_acceptance (&acceptance, timing, upkeep_billing_get_edition (billing));
  statement = upkeep_billing_make_statement (billing);
  node = upkeep_wire_print_accepted (statement, acceptance.receipt);
  return upkeep_response_new_json (200, node);
}

/* GET /v1/account/receipts/{id} */
UpkeepResponse *
upkeep_get_receipt (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autofree char *document = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepResponse *response = begin_own (call);

  if (response != NULL)
    return response;
  if (!upkeep_store_get_receipt (call->db, call->account, upkeep_route_match_get (match, "id"),
                                 &document, &error))
    return upkeep_call_fail (call, error);
  return respond_text (document);
}

/* Shape: `{"mode":text}` */
static char *
parse_mode (JsonNode *body, GError **error)
{
  UpkeepReader reader;
  const char *mode = NULL;

  upkeep_reader_init (&reader, body, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_id (&reader, "mode", UPKEEP_ID_MAX_BYTES, &mode);
  return upkeep_reader_finish (&reader) ? g_strdup (mode) : NULL;
}

/* POST /v1/account/mode */
UpkeepResponse *
upkeep_post_mode (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (UpkeepBilling) billing = NULL;
  g_autofree char *name = NULL;
  const UpkeepEdition *edition;
  const char *refusal = NULL;
  int mode;
  UpkeepResponse *response;

  if (body != NULL)
    name = parse_mode (body, &error);
  if (name == NULL)
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin_for (call, body, call->account, &billing);
  if (response != NULL)
    return response;

  edition = upkeep_billing_get_edition (billing);
  mode = upkeep_edition_find_mode (edition, name);
  if (!upkeep_billing_set_mode (billing, mode, &refusal, &error) ||
      !upkeep_billing_close (billing, &error))
    return upkeep_call_fail (call, error);
  if (mode < 0 && edition->meter.modes->len > 0)
    return upkeep_call_refuse_member ("mode", "The service has no such mode.");
  if (refusal != NULL)
    return upkeep_call_refuse (upkeep_problem_code_from_string (refusal), NULL);
  return respond_account (billing);
}

static const char *const use_by_names[] = {
    [UPKEEP_USE_BY_DAY] = "day",
    [UPKEEP_USE_BY_MONTH] = "month",
    [UPKEEP_USE_BY_JOB] = "job",
    [UPKEEP_USE_BY_FEATURE] = "feature",
};
G_STATIC_ASSERT (G_N_ELEMENTS (use_by_names) == UPKEEP_N_USE_BY);

typedef struct {
  UpkeepUseBy by;
  gint64 from_s; /* `UPKEEP_INSTANT_NONE`: as far as use counts together now */
  gint64 to_s;
} UseQuery;

static gboolean
read_instant (const UpkeepForm *query, const char *name, gint64 *ret_instant_s)
{
  const char *text = upkeep_form_get (query, name);

  return text == NULL || upkeep_instant_parse (text, ret_instant_s, NULL);
}

static UpkeepResponse *
read_use_query (const UpkeepForm *query, UseQuery *ret_query)
{
  const char *by = upkeep_form_get (query, "by");

  *ret_query = (UseQuery){UPKEEP_USE_BY_DAY, UPKEEP_INSTANT_NONE, G_MAXINT64};
  if (!read_instant (query, "from", &ret_query->from_s))
    return upkeep_call_refuse_member ("from", "This is no instant like 2026-05-10T00:00:00Z.");
  if (!read_instant (query, "to", &ret_query->to_s))
    return upkeep_call_refuse_member ("to", "This is no instant like 2026-05-10T00:00:00Z.");
  for (guint i = 0; i < UPKEEP_N_USE_BY; i++) {
    if (by == NULL || g_str_equal (by, use_by_names[i])) {
      ret_query->by = (UpkeepUseBy) i;
      return NULL;
    }
  }
  return upkeep_call_refuse_member ("by", "This is none of day, month, job and feature.");
}

/* Shape: `{"unit":text,"series":[{"start":instant,"mode":text?,"quantity":int,"images":int,
 * "key":text?}]}` */
static JsonNode *
print_use (const UpkeepEdition *edition, const GPtrArray *sums)
{
  JsonObject *object = json_object_new ();
  JsonArray *series = json_array_new ();

  for (guint i = 0; i < sums->len; i++) {
    const UpkeepUseSum *sum = g_ptr_array_index (sums, i);
    JsonObject *row = json_object_new ();

    upkeep_wire_set_instant (row, "start", sum->start_s);
    json_object_set_string_member (row, "mode", sum->mode);
    json_object_set_int_member (row, "quantity", sum->quantity);
    json_object_set_int_member (row, "images", sum->images);
    json_object_set_string_member (row, "key", sum->key);
    json_array_add_object_element (series, row);
  }
  json_object_set_string_member (object, "unit", edition->meter.unit);
  json_object_set_array_member (object, "series", series);
  return upkeep_wire_take_object (object);
}

/* GET /v1/account/usage?from=&to=&by= */
UpkeepResponse *
upkeep_get_usage (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  static const char *const known[] = {"from", "to", "by", NULL};
  UpkeepCall *call = user_data;
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepEdition *edition = NULL;
  g_autoptr (GPtrArray) sums = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  UseQuery query;
  UpkeepResponse *response = upkeep_call_check_query (call, known);

  if (response == NULL)
    response = read_use_query (upkeep_request_get_query (request), &query);
  if (response == NULL)
    response = upkeep_call_read (call, call->account, &account, &edition);
  if (response != NULL)
    return response;
  if (query.from_s == UPKEEP_INSTANT_NONE)
    query.from_s = upkeep_usage_get_start (account);
  if (!upkeep_store_sum_use (call->db, call->account, query.by, query.from_s, query.to_s, &sums,
                             &error))
    return upkeep_call_fail (call, error);
  node = print_use (edition, sums);
  return upkeep_response_new_json (200, node);
}

/* GET /v1/account/invoices?cursor=&limit= */
UpkeepResponse *
upkeep_get_invoices (const UpkeepRequest *request,
                     const UpkeepRouteMatch *match,
                     gpointer user_data)
{
  static const char *const known[] = {"cursor", "limit", NULL};
  UpkeepCall *call = user_data;
  g_autofree char *list = g_strconcat ("invoices/", call->account, NULL);
  g_autofree char *cursor = NULL;
  g_autoptr (GPtrArray) invoices = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  gint64 next_before = 0;
  UpkeepPageQuery page;
  UpkeepResponse *response = upkeep_call_check_query (call, known);

  if (response == NULL)
    response = upkeep_call_read_page (call, list, &page);
  if (response == NULL)
    response = begin_own (call);
  if (response != NULL)
    return response;
  if (!upkeep_store_list_invoices (call->db, call->account, page.before, page.limit, &invoices,
                                   &next_before, &error))
    return upkeep_call_fail (call, error);
  cursor = upkeep_call_print_cursor (call, list, next_before);
  node = upkeep_wire_print_invoice_page (invoices, cursor);
  return upkeep_response_new_json (200, node);
}

/* GET /v1/account/invoices/{id}: an invoice or a credit note. */
UpkeepResponse *
upkeep_get_invoice (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (UpkeepInvoiceRecord) invoice = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  UpkeepResponse *response = begin_own (call);

  if (response != NULL)
    return response;
  if (!upkeep_store_get_invoice (call->db, call->account, upkeep_route_match_get (match, "id"),
                                 &invoice, &error))
    return upkeep_call_fail (call, error);
  if (invoice == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, NULL);
  node = upkeep_wire_print_invoice (invoice);
  return upkeep_response_new_json (200, node);
}

/* Shape: `{"entries":[{"id":text,"at":instant,"kind":text,"quantity":int,"balance":int,
 * "operator":text?}],
 * "next_cursor":text?}`, for money with `"amount":int,"currency":text` in place of the quantity. */
static JsonNode *
print_ledger (const GPtrArray *entries, const char *currency, const char *cursor)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < entries->len; i++) {
    const UpkeepLedgerEntry *entry = g_ptr_array_index (entries, i);
    JsonObject *row = json_object_new ();
    g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, entry->id);

    json_object_set_string_member (row, "id", id);
    upkeep_wire_set_instant (row, "at", entry->at_s);
    json_object_set_string_member (row, "kind", entry->kind);
    json_object_set_int_member (row, currency != NULL ? "amount" : "quantity", entry->amount);
    if (currency != NULL)
      json_object_set_string_member (row, "currency", currency);
    json_object_set_int_member (row, "balance", entry->balance);
    json_object_set_string_member (row, "operator", entry->operator_name);
    json_array_add_object_element (array, row);
  }
  json_object_set_array_member (object, "entries", array);
  json_object_set_string_member (object, "next_cursor", cursor);
  return upkeep_wire_take_object (object);
}

/* GET /v1/account/ledger?meter=&cursor=&limit= */
UpkeepResponse *
upkeep_get_ledger (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  static const char *const known[] = {"meter", "cursor", "limit", NULL};
  UpkeepCall *call = user_data;
  const char *meter = upkeep_form_get (upkeep_request_get_query (request), "meter");
  gboolean is_money = meter == NULL || g_str_equal (meter, MONEY_LEDGER);
  g_autofree char *list =
      g_strconcat ("ledger/", call->account, "/", is_money ? MONEY_LEDGER : meter, NULL);
  g_autofree char *cursor = NULL;
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepEdition *edition = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  gint64 next_before = 0;
  UpkeepPageQuery page;
  UpkeepResponse *response = upkeep_call_check_query (call, known);

  if (response == NULL)
    response = upkeep_call_read_page (call, list, &page);
  if (response == NULL)
    response = upkeep_call_read (call, call->account, &account, &edition);
  if (response != NULL)
    return response;
  if (!is_money && !g_str_equal (meter, edition->meter.id))
    return upkeep_call_refuse_member ("meter", "The service has no such meter.");
  if (!upkeep_store_list_ledger (call->db, call->account,
                                 is_money ? edition->currency : edition->meter.unit, page.before,
                                 page.limit, &entries, &next_before, &error))
    return upkeep_call_fail (call, error);
  cursor = upkeep_call_print_cursor (call, list, next_before);
  node = print_ledger (entries, is_money ? edition->currency : NULL, cursor);
  return upkeep_response_new_json (200, node);
}

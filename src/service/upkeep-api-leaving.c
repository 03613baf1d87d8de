/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-call.h"

#include "upkeep-reason-store.h"
#include "upkeep-wire-leaving.h"
#include "upkeep-wire-parts.h"

static UpkeepResponse *
respond_shipment (const UpkeepBilling *billing, gint64 number, UpkeepShipment shipment)
{
  const UpkeepAccount *account = upkeep_billing_get_account (billing);
  g_autoptr (JsonNode) node = NULL;

  switch (shipment) {
  case UPKEEP_SHIPMENT_NOTHING_SHIPPED:
    return upkeep_call_refuse_member ("account", "Its service ships no issues.");
  case UPKEEP_SHIPMENT_NOT_PAID:
    return upkeep_call_refuse (UPKEEP_PROBLEM_ISSUE_NOT_PAID, NULL);
  case UPKEEP_SHIPMENT_REFUNDED:
    return upkeep_call_refuse (UPKEEP_PROBLEM_ISSUE_REFUNDED, NULL);
  case UPKEEP_SHIPMENT_DONE:
  case UPKEEP_SHIPMENT_ALREADY:
  default:
    node = upkeep_wire_print_issue (account->id, upkeep_account_find_issue (account, number));
    return upkeep_response_new_json (200, node);
  }
}

/* POST /v1/admin/shipments: the same issue again is answered again and changes nothing. */
UpkeepResponse *
upkeep_post_admin_shipment (const UpkeepRequest *request,
                            const UpkeepRouteMatch *match,
                            gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (UpkeepShipmentRequest) wanted = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  UpkeepShipment shipment = UPKEEP_SHIPMENT_NOTHING_SHIPPED;
  UpkeepResponse *response;

  if (body != NULL)
    wanted = upkeep_wire_parse_shipment_request (body, &error);
  if (wanted == NULL)
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin_for (call, body, wanted->account, &billing);
  if (response != NULL)
    return response;

  if (!upkeep_billing_ship (billing, wanted->issue, &shipment, &error) ||
      !upkeep_billing_close (billing, &error))
    return upkeep_call_fail (call, error);
  return respond_shipment (billing, wanted->issue, shipment);
}

/* Shape: `{"reason":text,"text":text?,"at":instant}` */
static JsonNode *
print_reason (const UpkeepLeaveWords *words, gint64 at_s)
{
  JsonNode *node = upkeep_wire_print_leave_words (words);

  upkeep_wire_set_instant (json_node_get_object (node), "at", at_s);
  return node;
}

/* POST /v1/account/reasons: one for each subscription; who says it again means that instead. */
UpkeepResponse *
upkeep_post_reason (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (UpkeepLeaveWords) words = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  g_autoptr (JsonNode) node = NULL;
  const UpkeepAccount *account;
  UpkeepResponse *response;

  if (body != NULL)
    words = upkeep_wire_parse_leave_words (body, &error);
  if (words == NULL)
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin_for (call, body, call->account, &billing);
  if (response != NULL)
    return response;

  account = upkeep_billing_get_account (billing);
  if (!upkeep_billing_close (billing, &error))
    return upkeep_call_fail (call, error);
  if (!upkeep_leave_reason_is_asked (account))
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOTHING_CANCELLED, NULL);
  if (!upkeep_store_put_reason (call->db, account->id, account->started_at_s, call->now_s,
                                upkeep_leave_reason_to_string (words->reason), words->text, &error))
    return upkeep_call_fail (call, error);
  node = print_reason (words, call->now_s);
  return upkeep_response_new_json (200, node);
}

static JsonObject *
count_reasons (const GPtrArray *counts)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < UPKEEP_N_LEAVE_REASONS; i++)
    json_object_set_int_member (object, upkeep_leave_reason_to_string (i), 0);
  for (guint i = 0; i < counts->len; i++) {
    const UpkeepReasonCount *count = g_ptr_array_index (counts, i);

    json_object_set_int_member (object, count->reason, count->n);
  }
  return object;
}

/* Shape: `{"counts":{"budget":int,…},"reasons":[{"at":instant,"account":text,"reason":text,
 * "text":text?}],"next_cursor":text?}` */
static JsonNode *
print_reasons (const GPtrArray *counts, const GPtrArray *reasons, const char *cursor)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < reasons->len; i++) {
    const UpkeepStoredReason *reason = g_ptr_array_index (reasons, i);
    JsonObject *row = json_object_new ();

    upkeep_wire_set_instant (row, "at", reason->at_s);
    json_object_set_string_member (row, "account", reason->account);
    json_object_set_string_member (row, "reason", reason->reason);
    json_object_set_string_member (row, "text", reason->text);
    json_array_add_object_element (array, row);
  }
  json_object_set_object_member (object, "counts", count_reasons (counts));
  json_object_set_array_member (object, "reasons", array);
  json_object_set_string_member (object, "next_cursor", cursor);
  return upkeep_wire_take_object (object);
}

/* GET /v1/admin/reasons?cursor=&limit= */
UpkeepResponse *
upkeep_get_admin_reasons (const UpkeepRequest *request,
                          const UpkeepRouteMatch *match,
                          gpointer user_data)
{
  static const char *const known[] = {"cursor", "limit", NULL};
  static const char list[] = "reasons";
  UpkeepCall *call = user_data;
  g_autofree char *cursor = NULL;
  g_autoptr (GPtrArray) counts = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  gint64 next_before = 0;
  UpkeepPageQuery page;
  UpkeepResponse *response = upkeep_call_check_query (call, known);

  if (response == NULL)
    response = upkeep_call_read_page (call, list, &page);
  if (response != NULL)
    return response;
  call->db = upkeep_store_begin_read (call->api->store, &error);
  if (call->db == NULL || !upkeep_store_count_reasons (call->db, &counts, &error) ||
      !upkeep_store_list_reasons (call->db, page.before, page.limit, &reasons, &next_before,
                                  &error))
    return upkeep_call_fail (call, error);
  cursor = upkeep_call_print_cursor (call, list, next_before);
  node = print_reasons (counts, reasons, cursor);
  return upkeep_response_new_json (200, node);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-leaving.h"

#include "upkeep-reader.h"
#include "upkeep-wire-account.h"
#include "upkeep-wire-parts.h"

/**
 * upkeep_wire_parse_leave_words:
 * @node: the body of `POST /v1/account/reasons`
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"reason":"budget"|"priorities"|"alternatives"|"other","text"?}`. A text without a
 * character is none.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_UNKNOWN_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): why somebody left, or `NULL` with @error set
 */
UpkeepLeaveWords *
upkeep_wire_parse_leave_words (JsonNode *node, GError **error)
{
  g_autoptr (UpkeepLeaveWords) words = NULL;
  const char *reasons[UPKEEP_N_LEAVE_REASONS];
  UpkeepReader reader;
  const char *text = NULL;
  guint reason = 0;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  for (guint i = 0; i < UPKEEP_N_LEAVE_REASONS; i++)
    reasons[i] = upkeep_leave_reason_to_string (i);

  words = g_new0 (UpkeepLeaveWords, 1);
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_enum (&reader, "reason", reasons, G_N_ELEMENTS (reasons), &reason);
  words->reason = reason;
  if (upkeep_reader_optional_string (&reader, "text", 0, UPKEEP_LEAVE_TEXT_MAX_CHARS, &text) &&
      *text != '\0')
    words->text = g_strdup (text);
  return upkeep_reader_finish (&reader) ? g_steal_pointer (&words) : NULL;
}

/**
 * upkeep_wire_print_leave_words:
 * @words: why somebody left
 *
 * Writes what upkeep_wire_parse_leave_words() reads.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_leave_words (const UpkeepLeaveWords *words)
{
  JsonObject *object;

  g_return_val_if_fail (words != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "reason", upkeep_leave_reason_to_string (words->reason));
  json_object_set_string_member (object, "text", words->text);
  return upkeep_wire_take_object (object);
}

void
upkeep_leave_words_free (UpkeepLeaveWords *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self);
}

/**
 * upkeep_wire_parse_shipment_request:
 * @node: the body of `POST /v1/admin/shipments`
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"account","issue"}`. Whether the issue is paid is for upkeep_ship_issue() to say.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_UNKNOWN_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): which issue was sent, or `NULL` with @error set
 */
UpkeepShipmentRequest *
upkeep_wire_parse_shipment_request (JsonNode *node, GError **error)
{
  g_autoptr (UpkeepShipmentRequest) request = NULL;
  UpkeepReader reader;
  const char *account = NULL;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  request = g_new0 (UpkeepShipmentRequest, 1);
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  if (upkeep_reader_id (&reader, "account", UPKEEP_OPAQUE_ID_MAX_BYTES, &account))
    request->account = g_strdup (account);
  upkeep_reader_int (&reader, "issue", 1, UPKEEP_UNITS_MAX, &request->issue);
  return upkeep_reader_finish (&reader) ? g_steal_pointer (&request) : NULL;
}

void
upkeep_shipment_request_free (UpkeepShipmentRequest *self)
{
  if (self == NULL)
    return;

  g_free (self->account);
  g_free (self);
}

/**
 * upkeep_wire_print_issue:
 * @account: whose it is
 * @issue: an issue that was paid
 *
 * Writes `{"account","issue","invoice","paid_at","shipped_at","refunded_at"}`: the issue's number,
 * the number of the invoice that paid it, and when each thing happened, or null.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_issue (const char *account, const UpkeepIssue *issue)
{
  JsonObject *object;

  g_return_val_if_fail (account != NULL && issue != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "account", account);
  json_object_set_int_member (object, "issue", issue->number);
  json_object_set_string_member (object, "invoice", issue->invoice);
  upkeep_wire_set_instant (object, "paid_at", issue->paid_at_s);
  upkeep_wire_set_instant (object, "shipped_at", issue->shipped_at_s);
  upkeep_wire_set_instant (object, "refunded_at", issue->refunded_at_s);
  return upkeep_wire_take_object (object);
}

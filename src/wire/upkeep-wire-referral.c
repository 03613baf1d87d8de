/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-referral.h"

#include "upkeep-reader.h"
#include "upkeep-wire-account.h"
#include "upkeep-wire-parts.h"

/**
 * upkeep_referral_report_free:
 * @self: (transfer full): a report
 *
 * Frees a report.
 */
void
upkeep_referral_report_free (UpkeepReferralReport *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->account);
  g_free (self);
}

/**
 * upkeep_wire_parse_referral:
 * @node: the body of `POST /v1/admin/referrals`
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"id","account","event":"signup"|"payment"}`.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_UNKNOWN_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): the report, or `NULL` with @error set
 */
UpkeepReferralReport *
upkeep_wire_parse_referral (JsonNode *node, GError **error)
{
  g_autoptr (UpkeepReferralReport) report = NULL;
  const char *events[UPKEEP_N_REFERRAL_EVENTS];
  const char *id = NULL;
  const char *account = NULL;
  guint event = 0;
  UpkeepReader reader;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  for (guint i = 0; i < UPKEEP_N_REFERRAL_EVENTS; i++)
    events[i] = upkeep_referral_event_to_string (i);

  report = g_new0 (UpkeepReferralReport, 1);
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_id (&reader, "id", UPKEEP_OPAQUE_ID_MAX_BYTES, &id);
  upkeep_reader_id (&reader, "account", UPKEEP_OPAQUE_ID_MAX_BYTES, &account);
  upkeep_reader_enum (&reader, "event", events, G_N_ELEMENTS (events), &event);
  if (!upkeep_reader_finish (&reader))
    return NULL;

  report->id = g_strdup (id);
  report->account = g_strdup (account);
  report->event = event;
  return g_steal_pointer (&report);
}

/**
 * upkeep_wire_print_referral:
 * @report: what was told
 * @record: what became of it
 *
 * Writes `{"id","account","event","signups","quantity","bonus_percent","grant":text?,"at"}`.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_referral (const UpkeepReferralReport *report, const UpkeepReferralRecord *record)
{
  JsonObject *object = json_object_new ();
  g_autofree char *grant =
      record->grant > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, record->grant) : NULL;

  json_object_set_string_member (object, "id", report->id);
  json_object_set_string_member (object, "account", report->account);
  json_object_set_string_member (object, "event", upkeep_referral_event_to_string (report->event));
  json_object_set_int_member (object, "signups", record->n_signups);
  json_object_set_int_member (object, "quantity", record->reward.units);
  json_object_set_int_member (object, "bonus_percent", record->reward.bonus_percent);
  json_object_set_string_member (object, "grant", grant);
  upkeep_wire_set_instant (object, "at", record->at_s);
  return upkeep_wire_take_object (object);
}

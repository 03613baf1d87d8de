/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-job.h"

#include "upkeep-wire-account.h"
#include "upkeep-wire-parts.h"

/**
 * upkeep_job_request_free:
 * @self: (transfer full): a request
 *
 * Frees a request.
 */
void
upkeep_job_request_free (UpkeepJobRequest *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->account);
  g_free (self->mode);
  g_free (self);
}

/**
 * upkeep_wire_parse_job_request:
 * @node: the body of `POST /v1/admin/jobs`
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"id","account","mode"?,"reserve"?}`. Without `reserve` the job holds nothing.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_UNKNOWN_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): the request, or `NULL` with @error set
 */
UpkeepJobRequest *
upkeep_wire_parse_job_request (JsonNode *node, GError **error)
{
  g_autoptr (UpkeepJobRequest) request = NULL;
  const char *id = NULL;
  const char *account = NULL;
  const char *mode = NULL;
  gint64 reserve = 0;
  UpkeepReader reader;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_id (&reader, "id", UPKEEP_EVENT_ID_MAX_BYTES, &id);
  upkeep_reader_id (&reader, "account", UPKEEP_OPAQUE_ID_MAX_BYTES, &account);
  upkeep_reader_optional_id (&reader, "mode", UPKEEP_ID_MAX_BYTES, &mode);
  upkeep_reader_optional_int (&reader, "reserve", 0, UPKEEP_UNITS_MAX, &reserve);
  if (!upkeep_reader_finish (&reader))
    return NULL;

  request = g_new0 (UpkeepJobRequest, 1);
  request->id = g_strdup (id);
  request->account = g_strdup (account);
  request->mode = g_strdup (mode);
  request->reserve = reserve;
  return g_steal_pointer (&request);
}

/**
 * upkeep_wire_parse_job_report:
 * @node: the body of `POST /v1/admin/jobs/{id}/finish`
 * @ret_report: (out caller-allocates): how it ended
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"gpu_seconds","images","result":"ok"|"error"}`. Whatever its name says, `gpu_seconds`
 * counts units of the service's meter.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_UNKNOWN_MEMBER`, `_VALUE`.
 *
 * Returns: whether @ret_report was written
 */
gboolean
upkeep_wire_parse_job_report (JsonNode *node, UpkeepJobReport *ret_report, GError **error)
{
  static const char *const results[] = {"ok", "error"};
  UpkeepJobReport report = {0};
  guint result = 0;
  UpkeepReader reader;

  g_return_val_if_fail (node != NULL, FALSE);
  g_return_val_if_fail (ret_report != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_int (&reader, "gpu_seconds", 0, UPKEEP_UNITS_MAX, &report.quantity);
  upkeep_reader_int (&reader, "images", 0, UPKEEP_UNITS_MAX, &report.images);
  upkeep_reader_enum (&reader, "result", results, G_N_ELEMENTS (results), &result);
  if (!upkeep_reader_finish (&reader))
    return FALSE;

  report.is_ok = result == 0;
  *ret_report = report;
  return TRUE;
}

static void
set_position (JsonObject *object, int position)
{
  if (position > 0)
    json_object_set_int_member (object, "position", position);
  else
    json_object_set_null_member (object, "position");
}

/**
 * upkeep_wire_print_job_answer:
 * @position: where a job that was taken stood then, from 1; 0 where it ran at once
 *
 * Writes `{"state":"running"|"queued","position"}`; `position` is null while it runs.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_job_answer (int position)
{
  JsonObject *object = json_object_new ();
  UpkeepJobState state = position > 0 ? UPKEEP_JOB_QUEUED : UPKEEP_JOB_RUNNING;

  json_object_set_string_member (object, "state", upkeep_job_state_to_string (state));
  set_position (object, position);
  return upkeep_wire_take_object (object);
}

/**
 * upkeep_wire_print_job:
 * @record: a job
 *
 * Writes `{"id","account","mode","reserve","state","position","taken_at","ended_at","quantity",
 * "images"}`. What was counted is null while nothing is said of it: before the job has finished,
 * and where it was dropped.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_job (const UpkeepJobRecord *record)
{
  JsonObject *object;
  const UpkeepJob *job;

  g_return_val_if_fail (record != NULL, NULL);

  object = json_object_new ();
  job = &record->job;
  json_object_set_string_member (object, "id", record->id);
  json_object_set_string_member (object, "account", record->account);
  json_object_set_string_member (object, "mode", record->mode);
  json_object_set_int_member (object, "reserve", job->reserve);
  json_object_set_string_member (object, "state", upkeep_job_state_to_string (job->state));
  set_position (object, record->position);
  upkeep_wire_set_instant (object, "taken_at", record->taken_at_s);
  upkeep_wire_set_instant (object, "ended_at", job->ended_at_s);
  if (job->state == UPKEEP_JOB_DONE || job->state == UPKEEP_JOB_FAILED) {
    json_object_set_int_member (object, "quantity", record->quantity);
    json_object_set_int_member (object, "images", record->images);
  } else {
    json_object_set_null_member (object, "quantity");
    json_object_set_null_member (object, "images");
  }
  return upkeep_wire_take_object (object);
}

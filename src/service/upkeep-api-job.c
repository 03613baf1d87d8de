/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-call.h"

#include "upkeep-queue.h"
#include "upkeep-store-job.h"
#include "upkeep-wire-job.h"

static UpkeepResponse *
respond_answer (int position)
{
  g_autoptr (JsonNode) node = upkeep_wire_print_job_answer (position);

  return upkeep_response_new_json (201, node);
}

/* A job's name is the operator's, and one for all accounts: who finishes a job says no account. So
 * another account's name is refused, and not answered with what that one was told. */
static UpkeepResponse *
answer_again (const UpkeepStoredJob *job, const UpkeepJobRequest *wanted)
{
  if (!g_str_equal (job->account, wanted->account))
    return upkeep_call_refuse_member ("id", "A job of another account has this id.");
  return respond_answer (job->position);
}

/* In English, as every detail is. */
static char *
format_figures (UpkeepProblemCode code, const UpkeepJobRefusal *refusal)
{
  if (!refusal->is_measured)
    return NULL;

  return g_strdup_printf (code == UPKEEP_PROBLEM_QUEUE_FULL
                              ? "%" G_GINT64_FORMAT " jobs wait, and %" G_GINT64_FORMAT " may."
                              : "The job may take %" G_GINT64_FORMAT " units, and %" G_GINT64_FORMAT
                                " are free.",
                          refusal->measured, refusal->limit);
}

/* Why a job is not taken: all of it is a matter of the account's state, and 409 (CONTRACT, POST
 * /v1/admin/jobs). */
static UpkeepResponse *
refuse_job (const UpkeepJobRefusal *refusal)
{
  UpkeepProblemCode code = upkeep_problem_code_from_string (refusal->code);
  g_autofree char *detail = format_figures (code, refusal);
  g_autoptr (JsonObject) figures = json_object_new ();
  g_autoptr (UpkeepProblem) problem = NULL;

  if (refusal->is_measured) {
    json_object_set_int_member (figures, "measured", refusal->measured);
    json_object_set_int_member (figures, "limit", refusal->limit);
  } else {
    json_object_set_null_member (figures, "measured");
    json_object_set_null_member (figures, "limit");
  }
  problem = upkeep_problem_new_full (code, 409, detail, NULL, figures);
  return upkeep_response_new_problem (problem);
}

static UpkeepResponse *
check_mode (const UpkeepEdition *edition, const char *mode)
{
  if (mode == NULL || upkeep_edition_find_mode (edition, mode) >= 0)
    return NULL;
  return edition->meter.modes->len > 0
             ? upkeep_call_refuse_member ("mode", "The service has no such mode.")
             : refuse_job (&(UpkeepJobRefusal){.code = "mode_not_in_plan"});
}

/* POST /v1/admin/jobs */
UpkeepResponse *
upkeep_post_admin_job (const UpkeepRequest *request,
                       const UpkeepRouteMatch *match,
                       gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (UpkeepJobRequest) wanted = NULL;
  g_autoptr (UpkeepStoredJob) taken = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  UpkeepJobRefusal refusal = {.code = NULL};
  int position = 0;
  UpkeepResponse *response;

  if (body != NULL)
    wanted = upkeep_wire_parse_job_request (body, &error);
  if (wanted == NULL)
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin (call, body);
  if (response != NULL)
    return response;
  if (!upkeep_store_get_job (call->db, wanted->id, &taken, &error))
    return upkeep_call_fail (call, error);
  if (taken != NULL)
    return answer_again (taken, wanted);

  response = upkeep_call_open (call, wanted->account, &billing);
  if (response == NULL)
    response = check_mode (upkeep_billing_get_edition (billing), wanted->mode);
  if (response != NULL)
    return response;
  if (!upkeep_billing_take_job (billing, wanted, &position, &refusal, &error) ||
      !upkeep_billing_close (billing, &error))
    return upkeep_call_fail (call, error);
  return refusal.code != NULL ? refuse_job (&refusal) : respond_answer (position);
}

static UpkeepResponse *
respond_job (const char *id,
             const UpkeepStoredJob *stored,
             const UpkeepAccount *account,
             const UpkeepEdition *edition)
{
  const UpkeepMode *mode = upkeep_edition_get_mode (edition, stored->job.mode);
  const UpkeepJobRecord record = {
      .id = id,
      .account = stored->account,
      .mode = mode != NULL ? mode->id : NULL,
      .job = stored->job,
      .position = upkeep_queue_get_position (account, stored->job.number),
      .taken_at_s = stored->taken_at_s,
      .quantity = stored->quantity,
      .images = stored->images,
  };
  g_autoptr (JsonNode) node = upkeep_wire_print_job (&record);

  return upkeep_response_new_json (200, node);
}

static UpkeepResponse *
refuse_unknown (void)
{
  return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, "There is no such job.");
}

/* Finds out whose job it is, before the account is read with all that is due for it done. */
static gboolean
find_job (UpkeepCall *call, const char *id, UpkeepStoredJob **ret_job, GError **error)
{
  UpkeepDb *db = upkeep_store_begin_read (call->api->store, error);
  gboolean is_read;

  if (db == NULL)
    return FALSE;
  is_read = upkeep_store_get_job (db, id, ret_job, error);
  upkeep_store_end_read (call->api->store, db);
  return is_read;
}

/* GET /v1/admin/jobs/{id} */
UpkeepResponse *
upkeep_get_admin_job (const UpkeepRequest *request,
                      const UpkeepRouteMatch *match,
                      gpointer user_data)
{
  UpkeepCall *call = user_data;
  const char *id = upkeep_route_match_get (match, "id");
  g_autoptr (UpkeepStoredJob) found = NULL;
  g_autoptr (UpkeepStoredJob) job = NULL;
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepEdition *edition = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepResponse *response;

  if (!find_job (call, id, &found, &error))
    return upkeep_call_fail (call, error);
  if (found == NULL)
    return refuse_unknown ();
  response = upkeep_call_read (call, found->account, &account, &edition);
  if (response != NULL)
    return response;
  if (!upkeep_store_get_job (call->db, id, &job, &error))
    return upkeep_call_fail (call, error);
  return respond_job (id, job, account, edition);
}

/* POST /v1/admin/jobs/{id}/finish */
UpkeepResponse *
upkeep_post_admin_job_finish (const UpkeepRequest *request,
                              const UpkeepRouteMatch *match,
                              gpointer user_data)
{
  UpkeepCall *call = user_data;
  const char *id = upkeep_route_match_get (match, "id");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (UpkeepStoredJob) found = NULL;
  g_autoptr (UpkeepStoredJob) job = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  UpkeepJobReport report;
  gboolean is_finished = FALSE;
  UpkeepResponse *response;

  if (body == NULL || !upkeep_wire_parse_job_report (body, &report, &error))
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin (call, body);
  if (response != NULL)
    return response;
  if (!upkeep_store_get_job (call->db, id, &found, &error))
    return upkeep_call_fail (call, error);
  if (found == NULL)
    return refuse_unknown ();

  response = upkeep_call_open (call, found->account, &billing);
  if (response != NULL)
    return response;
  if (!upkeep_billing_finish_job (billing, id, found->job.number, &report, &is_finished, &error) ||
      !upkeep_billing_close (billing, &error) || !upkeep_store_get_job (call->db, id, &job, &error))
    return upkeep_call_fail (call, error);
  if (!is_finished)
    return upkeep_call_refuse (UPKEEP_PROBLEM_JOB_NOT_RUNNING, NULL);
  return respond_job (id, job, upkeep_billing_get_account (billing),
                      upkeep_billing_get_edition (billing));
}

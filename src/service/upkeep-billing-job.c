/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-billing-private.h"

#include "upkeep-queue.h"
#include "upkeep-store-job.h"

/**
 * upkeep_billing_take_job:
 * @self: an account that was taken up
 * @request: a job under a name that no other has, in a mode that the edition has
 * @ret_position: (out): where it stands among those that wait, from 1; 0 where it runs
 * @ret_refusal: (out): why it is not taken; without a code it is
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Takes a job, or leaves everything as it was.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_billing_take_job (UpkeepBilling *self,
                         const UpkeepJobRequest *request,
                         int *ret_position,
                         UpkeepJobRefusal *ret_refusal,
                         GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;
  const UpkeepJob *job;
  int mode;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (request != NULL, FALSE);
  g_return_val_if_fail (ret_position != NULL && ret_refusal != NULL, FALSE);

  mode = request->mode != NULL ? upkeep_edition_find_mode (self->edition, request->mode) : -1;
  change = upkeep_queue_take_job (self->edition, self->account, mode, request->reserve, self->now_s,
                                  ret_refusal);
  if (change == NULL)
    return TRUE;
  if (!upkeep_billing_apply (self, change, error))
    return FALSE;

  job = &g_array_index (self->account->jobs, UpkeepJob, self->account->jobs->len - 1);
  *ret_position = upkeep_queue_get_position (self->account, job->number);
  return upkeep_store_add_job (self->db, request->id, self->account->id, job, *ret_position,
                               self->now_s, error);
}

static gboolean
keep_use (
    UpkeepBilling *self, const char *id, int mode, const UpkeepJobReport *report, GError **error)
{
  g_autofree char *use = upkeep_store_name_use_of_job (id);
  const UpkeepMode *counted = upkeep_edition_get_mode (self->edition, mode);

  return upkeep_store_add_use (self->db,
                               &(UpkeepStoredUse){
                                   .id = use,
                                   .account = self->account->id,
                                   .meter = self->edition->meter.id,
                                   .mode = counted != NULL ? counted->id : NULL,
                                   .job = id,
                                   .quantity = report->quantity,
                                   .images = report->images,
                                   .at_s = self->now_s,
                               },
                               error);
}

/**
 * upkeep_billing_finish_job:
 * @self: an account that was taken up
 * @id: what the operator calls the job
 * @number: the job's number in the account
 * @report: how it ended
 * @ret_is_finished: (out): `FALSE` where the job does not run, and everything is as it was
 * @error: return location for an error
 *
 * Finishes a job, and lets happen what falls due by it.
 *
 * Errors: a `UPKEEP_DB_ERROR` or a `UPKEEP_BILLING_ERROR`; a `UPKEEP_MODEL_ERROR` when a count is
 * beyond all bounds.
 *
 * Returns: `FALSE` when it failed
 */
gboolean
upkeep_billing_finish_job (UpkeepBilling *self,
                           const char *id,
                           gint64 number,
                           const UpkeepJobReport *report,
                           gboolean *ret_is_finished,
                           GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;
  const UpkeepJob *job;
  UpkeepUsage usage;
  int mode;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL && report != NULL, FALSE);
  g_return_val_if_fail (ret_is_finished != NULL, FALSE);

  job = upkeep_queue_find_job (self->account, number);
  *ret_is_finished = job != NULL && job->state == UPKEEP_JOB_RUNNING;
  if (!*ret_is_finished)
    return TRUE;

  mode = job->mode;
  usage = (UpkeepUsage){report->quantity, report->images, mode};
  change = upkeep_queue_finish_job (self->edition, self->account, number,
                                    report->is_ok ? &usage : NULL, self->now_s, error);
  return change != NULL && upkeep_billing_apply (self, change, error) &&
         (!report->is_ok || keep_use (self, id, mode, report, error)) &&
         upkeep_billing_run_due (self, error);
}

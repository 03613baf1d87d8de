/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-store-job.h"

/* What the id of the use that a job made begins with. Nobody outside can choose such an id: theirs
 * have no space. */
#define USE_OF_JOB "job "

static gboolean
find_state (const char *text, UpkeepJobState *ret_state, GError **error)
{
  for (int i = 0; i < UPKEEP_N_JOB_STATES; i++) {
    if (g_strcmp0 (upkeep_job_state_to_string ((UpkeepJobState) i), text) == 0) {
      *ret_state = (UpkeepJobState) i;
      return TRUE;
    }
  }
  g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_CORRUPT, "%s: no such state is known", text);
  return FALSE;
}

/* Reads the columns number, mode, reserve, state and ended_at_s, from @column on. */
static gboolean
read_job (const UpkeepDbRows *rows, guint column, UpkeepJob *ret_job, GError **error)
{
  UpkeepJob job = {
      .number = upkeep_db_rows_get_int (rows, column),
      .mode = (int) upkeep_db_rows_get_int (rows, column + 1),
      .reserve = upkeep_db_rows_get_int (rows, column + 2),
      .ended_at_s = upkeep_db_rows_is_null (rows, column + 4)
                        ? UPKEEP_INSTANT_NONE
                        : upkeep_db_rows_get_int (rows, column + 4),
  };

  if (!find_state (upkeep_db_rows_get_text (rows, column + 3), &job.state, error))
    return FALSE;
  *ret_job = job;
  return TRUE;
}

/**
 * upkeep_store_read_jobs:
 * @db: a connection
 * @account: an account that is being read
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Reads an account's unfinished jobs.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_read_jobs (UpkeepDb *db, UpkeepAccount *account, GError **error)
{
  g_autoptr (UpkeepDbRows) rows =
      upkeep_db_query (db,
                       "SELECT number, mode, reserve, state, ended_at_s FROM jobs "
                       "WHERE account = $1 AND ended_at_s IS NULL ORDER BY number",
                       UPKEEP_DB_ARGS (upkeep_db_text (account->id)), error);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  while (upkeep_db_rows_next (rows, &local_error)) {
    UpkeepJob job;

    if (!read_job (rows, 0, &job, error))
      return FALSE;
    g_array_append_val (account->jobs, job);
  }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static const UpkeepJob *
find_job (const UpkeepAccount *account, gint64 number)
{
  for (guint i = 0; account != NULL && i < account->jobs->len; i++) {
    const UpkeepJob *job = &g_array_index (account->jobs, UpkeepJob, i);

    if (job->number == number)
      return job;
  }
  return NULL;
}

static gboolean
update_job (UpkeepDb *db, const char *account, const UpkeepJob *job, GError **error)
{
  return upkeep_db_exec (
      db,
      "UPDATE jobs SET mode = $3, state = $4, ended_at_s = $5 WHERE account = $1 AND number = $2",
      UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_int (job->number),
                      upkeep_db_int (job->mode),
                      upkeep_db_text (upkeep_job_state_to_string (job->state)),
                      job->ended_at_s == UPKEEP_INSTANT_NONE ? upkeep_db_null ()
                                                             : upkeep_db_int (job->ended_at_s)),
      error);
}

/**
 * upkeep_store_put_jobs:
 * @db: the writer
 * @before: (nullable): the facts as they are stored; `NULL` for a new account
 * @account: the facts as they are now
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Writes what has become of an account's unfinished jobs: one that waited runs, or waits elsewhere.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_put_jobs (UpkeepDb *db,
                       const UpkeepAccount *before,
                       const UpkeepAccount *account,
                       GError **error)
{
  for (guint i = 0; i < account->jobs->len; i++) {
    const UpkeepJob *job = &g_array_index (account->jobs, UpkeepJob, i);
    const UpkeepJob *old = find_job (before, job->number);

    if (old != NULL && old->mode == job->mode && old->state == job->state)
      continue;
    if (!update_job (db, account->id, job, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * upkeep_store_add_job:
 * @db: the writer
 * @id: what the operator calls it
 * @account: whose it is
 * @job: the job
 * @position: where it stands, from 1; 0 where it runs
 * @now_s: the present
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps a job that was taken.
 *
 * Errors: `UPKEEP_DB_ERROR_UNIQUE` when the name stands for another job, and any other code.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_add_job (UpkeepDb *db,
                      const char *id,
                      const char *account,
                      const UpkeepJob *job,
                      int position,
                      gint64 now_s,
                      GError **error)
{
  g_return_val_if_fail (job != NULL, FALSE);

  return upkeep_db_exec (
      db,
      "INSERT INTO jobs (id, account, number, mode, reserve, position, taken_at_s, state) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      UPKEEP_DB_ARGS (upkeep_db_text (id), upkeep_db_text (account), upkeep_db_int (job->number),
                      upkeep_db_int (job->mode), upkeep_db_int (job->reserve),
                      upkeep_db_int (position), upkeep_db_int (now_s),
                      upkeep_db_text (upkeep_job_state_to_string (job->state))),
      error);
}

/**
 * upkeep_store_end_job:
 * @db: the writer
 * @account: whose it is
 * @job: the job in its last state
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps how a job ended.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_end_job (UpkeepDb *db, const char *account, const UpkeepJob *job, GError **error)
{
  g_return_val_if_fail (job != NULL && job->ended_at_s != UPKEEP_INSTANT_NONE, FALSE);

  return update_job (db, account, job, error);
}

/**
 * upkeep_store_name_use_of_job:
 * @id: of a job
 *
 * Names the use that a job makes, so that it is counted once.
 *
 * Returns: (transfer full): the id of the event
 */
char *
upkeep_store_name_use_of_job (const char *id)
{
  return g_strconcat (USE_OF_JOB, id, NULL);
}

/**
 * upkeep_store_get_job:
 * @db: a connection
 * @id: what the operator calls it
 * @ret_job: (out) (transfer full) (nullable): the job, unfinished or not
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Looks a job up.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_job (UpkeepDb *db, const char *id, UpkeepStoredJob **ret_job, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;
  g_autoptr (UpkeepStoredJob) job = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (ret_job != NULL, FALSE);

  rows = upkeep_db_query (db,
                          "SELECT j.account, j.position, j.taken_at_s, u.quantity, u.images, "
                          "j.number, j.mode, j.reserve, j.state, j.ended_at_s FROM jobs j "
                          "LEFT JOIN usage_events u ON u.id = '" USE_OF_JOB "' || j.id "
                          "WHERE j.id = $1",
                          UPKEEP_DB_ARGS (upkeep_db_text (id)), error);
  if (rows == NULL)
    return FALSE;
  *ret_job = NULL;
  if (!upkeep_db_rows_next (rows, &local_error)) {
    if (local_error == NULL)
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  job = g_new0 (UpkeepStoredJob, 1);
  job->account = g_strdup (upkeep_db_rows_get_text (rows, 0));
  job->position = (int) upkeep_db_rows_get_int (rows, 1);
  job->taken_at_s = upkeep_db_rows_get_int (rows, 2);
  if (!upkeep_db_rows_is_null (rows, 3)) {
    job->quantity = upkeep_db_rows_get_int (rows, 3);
    job->images = upkeep_db_rows_get_int (rows, 4);
  }
  if (!read_job (rows, 5, &job->job, error))
    return FALSE;
  *ret_job = g_steal_pointer (&job);
  return TRUE;
}

/**
 * upkeep_stored_job_free:
 * @self: (nullable): a job
 *
 * Frees a job.
 */
void
upkeep_stored_job_free (UpkeepStoredJob *self)
{
  if (self == NULL)
    return;
  g_free (self->account);
  g_free (self);
}

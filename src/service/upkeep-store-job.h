/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-account.h"
#include "upkeep-db.h"

G_BEGIN_DECLS

/* Jobs in the store. The unfinished ones are read and written with their account; here they also
 * have the names that the operator gave them. */

/**
 * UpkeepStoredJob:
 * @account: (owned): whose it is
 * @job: the job, also when it has ended
 * @position: where it stood when it was taken, from 1; 0 where it ran at once
 * @taken_at_s: when
 * @quantity: units that were counted; 0 unless it is done
 * @images: likewise
 */
typedef struct {
  char *account;
  UpkeepJob job;
  int position;
  gint64 taken_at_s;
  gint64 quantity;
  gint64 images;
} UpkeepStoredJob;

gboolean upkeep_store_read_jobs (UpkeepDb *db, UpkeepAccount *account, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_put_jobs (UpkeepDb *db,
                                const UpkeepAccount *before,
                                const UpkeepAccount *account,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean upkeep_store_add_job (UpkeepDb *db,
                               const char *id,
                               const char *account,
                               const UpkeepJob *job,
                               int position,
                               gint64 now_s,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
upkeep_store_end_job (UpkeepDb *db, const char *account, const UpkeepJob *job, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean
upkeep_store_get_job (UpkeepDb *db, const char *id, UpkeepStoredJob **ret_job, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_stored_job_free (UpkeepStoredJob *self);

char *upkeep_store_name_use_of_job (const char *id) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepStoredJob, upkeep_stored_job_free)

G_END_DECLS

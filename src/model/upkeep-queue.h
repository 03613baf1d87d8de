/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-change.h"

G_BEGIN_DECLS

/* Jobs of one account that run at once where its plan sets no limit. */
#define UPKEEP_JOBS_RUNNING_MAX 1000

/**
 * UpkeepJobRefusal:
 * @code: (nullable): why a job is not taken, a static string; `NULL` when it is
 * @is_measured: whether the figures mean something
 * @measured: what was found: units that the job may take, or jobs that wait
 * @limit: what there is: units that are free, or places to wait
 *
 * Why not, with what was measured and its limit (RULES 0.22).
 */
typedef struct {
  const char *code;
  gboolean is_measured;
  gint64 measured;
  gint64 limit;
} UpkeepJobRefusal;

gboolean upkeep_queue_is_limited (const UpkeepQueue *self);
int upkeep_queue_count (const UpkeepAccount *account, UpkeepJobState state, int mode);
int upkeep_queue_get_position (const UpkeepAccount *account, gint64 number);
const UpkeepJob *upkeep_queue_find_job (const UpkeepAccount *account, gint64 number);
gint64 upkeep_queue_get_held (const UpkeepEdition *edition, const UpkeepAccount *account);
gint64 upkeep_queue_get_available (const UpkeepEdition *edition,
                                   const UpkeepAccount *account,
                                   gint64 now_s);
gboolean
upkeep_queue_is_settled (const UpkeepEdition *edition, const UpkeepAccount *account, gint64 now_s);

UpkeepChange *upkeep_queue_take_job (const UpkeepEdition *edition,
                                     const UpkeepAccount *account,
                                     int mode,
                                     gint64 reserve,
                                     gint64 now_s,
                                     UpkeepJobRefusal *ret_refusal) G_GNUC_WARN_UNUSED_RESULT;
UpkeepChange *upkeep_queue_finish_job (const UpkeepEdition *edition,
                                       const UpkeepAccount *account,
                                       gint64 number,
                                       const UpkeepUsage *usage,
                                       gint64 now_s,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What other steps do to the queue, on the change's own copy of the account. */

void upkeep_queue_settle (UpkeepChange *change, const UpkeepEdition *edition, gint64 at_s);
void upkeep_queue_drop_waiting (UpkeepChange *change, gint64 at_s);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-billing.h"
#include "upkeep-clock.h"

G_BEGIN_DECLS

/* The thread that lets things happen when they fall due, and forgets what is old. */
typedef struct _UpkeepDueWork UpkeepDueWork;

gboolean upkeep_run_due (UpkeepStore *store,
                         const UpkeepBillingMeans *means,
                         UpkeepClock *clock,
                         gint64 until_s,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

UpkeepDueWork *upkeep_due_work_start (UpkeepStore *store,
                                      const UpkeepBillingMeans *means,
                                      UpkeepClock *clock) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_due_work_wake (UpkeepDueWork *self);
void upkeep_due_work_stop (UpkeepDueWork *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepDueWork, upkeep_due_work_stop)

G_END_DECLS

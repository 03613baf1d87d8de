/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the service takes for the present. */
typedef struct _UpkeepClock UpkeepClock;

UpkeepClock *upkeep_clock_new_real (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepClock *upkeep_clock_new_test (gint64 now_s) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_clock_free (UpkeepClock *self);

gboolean upkeep_clock_is_test (const UpkeepClock *self);
gint64 upkeep_clock_now (UpkeepClock *self);
void upkeep_clock_advance (UpkeepClock *self, gint64 now_s);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepClock, upkeep_clock_free)

G_END_DECLS

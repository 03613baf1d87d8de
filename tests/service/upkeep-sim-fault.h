/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A disk that is full for one write: the N-th row that is written, or transaction that is kept. */
typedef struct _SimFault SimFault;

void sim_fault_watch (void);
SimFault *sim_fault_new (guint64 fails_at);
void sim_fault_free (SimFault *self);
guint64 sim_fault_count (const SimFault *self);
gboolean sim_fault_has_struck (const SimFault *self);

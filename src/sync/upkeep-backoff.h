/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64
upkeep_backoff_next_ms (guint n_failures, gint64 unit_ms, gint64 retry_after_s, guint32 chance);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Token buckets for any number of keys in constant memory. */
typedef struct _UpkeepRate UpkeepRate;

UpkeepRate *upkeep_rate_new (guint per_second, guint burst) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_rate_free (UpkeepRate *self);
gboolean upkeep_rate_take (UpkeepRate *self,
                           const void *key,
                           gsize key_size,
                           gint64 now_us,
                           guint *ret_retry_after_s) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepRate, upkeep_rate_free)

G_END_DECLS

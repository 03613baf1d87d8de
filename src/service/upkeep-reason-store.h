/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-db.h"

G_BEGIN_DECLS

/* Why people left, as they said. The rules of upkeep-store.h hold here too. */

typedef struct {
  gint64 at_s;
  char *account; /* (owned) */
  char *reason;  /* (owned) */
  char *text;    /* (owned) (nullable) */
} UpkeepStoredReason;

typedef struct {
  char *reason; /* (owned) */
  gint64 n;
} UpkeepReasonCount;

gboolean upkeep_store_put_reason (UpkeepDb *db,
                                  const char *account,
                                  gint64 started_at_s,
                                  gint64 at_s,
                                  const char *reason,
                                  const char *text,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_count_reasons (UpkeepDb *db, GPtrArray **ret_counts, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_list_reasons (UpkeepDb *db,
                                    gint64 before_sequence,
                                    guint limit,
                                    GPtrArray **ret_reasons,
                                    gint64 *ret_next_before,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

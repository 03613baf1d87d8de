/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-db.h"

G_BEGIN_DECLS

/* How the store's files read and write a row: what may be absent, and names that stand for values.
 */

gboolean upkeep_store_next_row (UpkeepDbRows *rows, gboolean *ret_has_row, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_store_query_row (UpkeepDb *db,
                                 const char *sql,
                                 const UpkeepDbValue *args,
                                 gsize n_args,
                                 UpkeepDbRows **ret_rows,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

UpkeepDbValue upkeep_store_instant (gint64 instant_s);
gint64 upkeep_store_get_instant (const UpkeepDbRows *rows, guint column);
gboolean upkeep_store_find_value (const char *text,
                                  const char *(*get_name) (guint),
                                  guint n_values,
                                  int *ret_value,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

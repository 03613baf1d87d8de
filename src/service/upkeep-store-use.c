/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-store.h"

#include "upkeep-store-row.h"

/**
 * upkeep_store_has_use:
 * @db: a connection
 * @id: of an event
 * @ret_has: (out): whether it was counted
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Tells whether an event was counted before.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_has_use (UpkeepDb *db, const char *id, gboolean *ret_has, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (ret_has != NULL, FALSE);

  if (!upkeep_store_query_row (db, "SELECT 1 FROM usage_events WHERE id = $1",
                               UPKEEP_DB_ARGS (upkeep_db_text (id)), &rows, error))
    return FALSE;
  *ret_has = rows != NULL;
  return TRUE;
}

/**
 * upkeep_store_add_use:
 * @db: the writer
 * @use: what was used
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps an event.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_add_use (UpkeepDb *db, const UpkeepStoredUse *use, GError **error)
{
  g_return_val_if_fail (use != NULL, FALSE);

  return upkeep_db_exec (
      db,
      "INSERT INTO usage_events (id, account, meter, mode, feature, job, quantity, images, at_s) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      UPKEEP_DB_ARGS (
          upkeep_db_text (use->id), upkeep_db_text (use->account), upkeep_db_text (use->meter),
          upkeep_db_text (use->mode), upkeep_db_text (use->feature), upkeep_db_text (use->job),
          upkeep_db_int (use->quantity), upkeep_db_int (use->images), upkeep_db_int (use->at_s)),
      error);
}

static void
use_sum_free (gpointer data)
{
  UpkeepUseSum *self = data;

  g_free (self->mode);
  g_free (self->key);
  g_free (self);
}

/* The calendar month of an instant, in UTC. */
static gint64
month_start (gint64 instant_s)
{
  char text[UPKEEP_DATE_TEXT_SIZE];
  gint64 start_s = 0;

  upkeep_date_print (instant_s, text);
  memcpy (text + strlen ("2026-05-"), "01", 2);
  if (!upkeep_date_parse (text, &start_s, NULL))
    g_assert_not_reached ();
  return start_s;
}

/* Folds sums of days into sums of their months. */
static GPtrArray *
fold_months (const GPtrArray *days)
{
  GPtrArray *months = g_ptr_array_new_with_free_func (use_sum_free);

  for (guint i = 0; i < days->len; i++) {
    const UpkeepUseSum *day = g_ptr_array_index (days, i);
    gint64 start_s = month_start (day->start_s);
    UpkeepUseSum *month = NULL;

    for (guint j = months->len; j > 0 && month == NULL; j--) {
      UpkeepUseSum *candidate = g_ptr_array_index (months, j - 1);

      if (candidate->start_s != start_s)
        break;
      if (g_strcmp0 (candidate->mode, day->mode) == 0)
        month = candidate;
    }
    if (month == NULL) {
      month = g_new0 (UpkeepUseSum, 1);
      month->start_s = start_s;
      month->mode = g_strdup (day->mode);
      g_ptr_array_add (months, month);
    }
    month->quantity += day->quantity;
    month->images += day->images;
  }
  return months;
}

/**
 * upkeep_store_sum_use:
 * @db: a connection
 * @account: whose
 * @by: what is added up
 * @from_s: the first instant
 * @to_s: the first instant after the last
 * @ret_sums: (out) (transfer full) (element-type UpkeepUseSum): by start, one for each mode; the
 *   first `UPKEEP_USE_SUMS_MAX`
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Adds use up. Days and months are the calendar's, in UTC.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_sum_use (UpkeepDb *db,
                      const char *account,
                      UpkeepUseBy by,
                      gint64 from_s,
                      gint64 to_s,
                      GPtrArray **ret_sums,
                      GError **error)
{
#define SUM(start, key, group)                                                                     \
  "SELECT " start ", mode, " key ", sum(quantity), sum(images) FROM usage_events "                 \
  "WHERE account = $1 AND at_s >= $2 AND at_s < $3 "                                               \
  "GROUP BY " group ", mode ORDER BY 1, " group ", mode LIMIT $4"
  static const char *const queries[] = {
      [UPKEEP_USE_BY_DAY] = SUM ("at_s / 86400 * 86400", "NULL", "at_s / 86400"),
      [UPKEEP_USE_BY_MONTH] = SUM ("at_s / 86400 * 86400", "NULL", "at_s / 86400"),
      [UPKEEP_USE_BY_JOB] = SUM ("min(at_s)", "job", "job"),
      [UPKEEP_USE_BY_FEATURE] = SUM ("min(at_s)", "feature", "feature"),
  };
#undef SUM
  g_autoptr (UpkeepDbRows) rows = NULL;
  g_autoptr (GPtrArray) sums = g_ptr_array_new_with_free_func (use_sum_free);
  gboolean has_row = FALSE;

  G_STATIC_ASSERT (G_N_ELEMENTS (queries) == UPKEEP_N_USE_BY);
  g_return_val_if_fail ((guint) by < UPKEEP_N_USE_BY, FALSE);
  g_return_val_if_fail (ret_sums != NULL, FALSE);

  rows =
      upkeep_db_query (db, queries[by],
                       UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_int (from_s),
                                       upkeep_db_int (to_s), upkeep_db_int (UPKEEP_USE_SUMS_MAX)),
                       error);
  if (rows == NULL)
    return FALSE;
  while (upkeep_store_next_row (rows, &has_row, error)) {
    UpkeepUseSum *sum;

    if (!has_row) {
      *ret_sums = by == UPKEEP_USE_BY_MONTH ? fold_months (sums) : g_steal_pointer (&sums);
      return TRUE;
    }
    sum = g_new0 (UpkeepUseSum, 1);
    sum->start_s = upkeep_db_rows_get_int (rows, 0);
    sum->mode = g_strdup (upkeep_db_rows_get_text (rows, 1));
    sum->key = g_strdup (upkeep_db_rows_get_text (rows, 2));
    sum->quantity = upkeep_db_rows_get_int (rows, 3);
    sum->images = upkeep_db_rows_get_int (rows, 4);
    g_ptr_array_add (sums, sum);
  }
  return FALSE;
}

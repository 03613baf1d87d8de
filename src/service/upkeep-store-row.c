/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-store-row.h"

#include "upkeep-instant.h"

/**
 * upkeep_store_next_row:
 * @rows: the answer to a query
 * @ret_has_row: (out): whether there is one more
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Goes to the next row, and tells an end from a failure.
 *
 * Errors: those of upkeep_db_rows_next().
 *
 * Returns: whether there was no error
 */
gboolean
upkeep_store_next_row (UpkeepDbRows *rows, gboolean *ret_has_row, GError **error)
{
  GError *local_error = NULL;

  *ret_has_row = upkeep_db_rows_next (rows, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/**
 * upkeep_store_query_row:
 * @db: a connection
 * @sql: a query
 * @args: (array length=n_args) (nullable): its arguments
 * @n_args: how many
 * @ret_rows: (out) (transfer full) (nullable): at the first row; `NULL` when there is none
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Asks for one row.
 *
 * Errors: those of upkeep_db_query() and upkeep_db_rows_next().
 *
 * Returns: whether there was no error
 */
gboolean
upkeep_store_query_row (UpkeepDb *db,
                        const char *sql,
                        const UpkeepDbValue *args,
                        gsize n_args,
                        UpkeepDbRows **ret_rows,
                        GError **error)
{
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (db, sql, args, n_args, error);
  gboolean has_row = FALSE;

  if (rows == NULL || !upkeep_store_next_row (rows, &has_row, error))
    return FALSE;
  *ret_rows = has_row ? g_steal_pointer (&rows) : NULL;
  return TRUE;
}

/**
 * upkeep_store_instant:
 * @instant_s: UTC seconds, or `UPKEEP_INSTANT_NONE`
 *
 * Returns: what is stored for an instant; `NULL` for none
 */
UpkeepDbValue
upkeep_store_instant (gint64 instant_s)
{
  return instant_s == UPKEEP_INSTANT_NONE ? upkeep_db_null () : upkeep_db_int (instant_s);
}

/**
 * upkeep_store_get_instant:
 * @rows: at a row
 * @column: from 0
 *
 * Returns: the instant that is stored, or `UPKEEP_INSTANT_NONE`
 */
gint64
upkeep_store_get_instant (const UpkeepDbRows *rows, guint column)
{
  return upkeep_db_rows_is_null (rows, column) ? UPKEEP_INSTANT_NONE
                                               : upkeep_db_rows_get_int (rows, column);
}

/**
 * upkeep_store_find_value:
 * @text: (nullable): a name that is stored
 * @get_name: the name of each value; a value without one is stored as `NULL`
 * @n_values: how many there are
 * @ret_value: (out): the value that it stands for
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Reads an enumeration by its name.
 *
 * Errors: `UPKEEP_DB_ERROR_CORRUPT` where no value has that name.
 *
 * Returns: whether there is one
 */
gboolean
upkeep_store_find_value (const char *text,
                         const char *(*get_name) (guint),
                         guint n_values,
                         int *ret_value,
                         GError **error)
{
  for (guint i = 0; i < n_values; i++) {
    if (g_strcmp0 (get_name (i), text) == 0) {
      *ret_value = (int) i;
      return TRUE;
    }
  }
  g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_CORRUPT, "%s: no such value is known",
               text != NULL ? text : "NULL");
  return FALSE;
}

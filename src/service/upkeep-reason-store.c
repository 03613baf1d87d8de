/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-reason-store.h"

static void
free_reason (gpointer data)
{
  UpkeepStoredReason *reason = data;

  g_free (reason->account);
  g_free (reason->reason);
  g_free (reason->text);
  g_free (reason);
}

static void
free_count (gpointer data)
{
  UpkeepReasonCount *count = data;

  g_free (count->reason);
  g_free (count);
}

/**
 * upkeep_store_put_reason:
 * @db: the writer
 * @account: whose reason it is
 * @started_at_s: when the subscription began that was left: each has one reason, the last one said
 * @at_s: when it was said
 * @reason: its name
 * @text: (nullable): more of it, in words of one's own
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps why somebody left.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_put_reason (UpkeepDb *db,
                         const char *account,
                         gint64 started_at_s,
                         gint64 at_s,
                         const char *reason,
                         const char *text,
                         GError **error)
{
  return upkeep_db_exec (
      db,
      "INSERT INTO leave_reasons (account, started_at_s, at_s, reason, text) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account, started_at_s) DO UPDATE SET "
      "at_s = excluded.at_s, reason = excluded.reason, text = excluded.text",
      UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_int (started_at_s), upkeep_db_int (at_s),
                      upkeep_db_text (reason), upkeep_db_text (text)),
      error);
}

/**
 * upkeep_store_count_reasons:
 * @db: a connection
 * @ret_counts: (out) (transfer full) (element-type UpkeepReasonCount): how often each was said;
 *   what was never said is not in it
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Counts why people left.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_count_reasons (UpkeepDb *db, GPtrArray **ret_counts, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (
      db, "SELECT reason, count (*) FROM leave_reasons GROUP BY reason", UPKEEP_DB_NO_ARGS, error);
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func (free_count);
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (ret_counts != NULL, FALSE);

  if (rows == NULL)
    return FALSE;
  while (upkeep_db_rows_next (rows, &local_error)) {
    UpkeepReasonCount *count = g_new0 (UpkeepReasonCount, 1);

    count->reason = g_strdup (upkeep_db_rows_get_text (rows, 0));
    count->n = upkeep_db_rows_get_int (rows, 1);
    g_ptr_array_add (counts, count);
  }
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  *ret_counts = g_steal_pointer (&counts);
  return TRUE;
}

/**
 * upkeep_store_list_reasons:
 * @db: a connection
 * @before_sequence: only what was first said before this one; `G_MAXINT64` for all
 * @limit: how many at the most
 * @ret_reasons: (out) (transfer full) (element-type UpkeepStoredReason): the newest first
 * @ret_next_before: (out): what comes next is before this one; 0 when nothing does
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Lists why people left.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_list_reasons (UpkeepDb *db,
                           gint64 before_sequence,
                           guint limit,
                           GPtrArray **ret_reasons,
                           gint64 *ret_next_before,
                           GError **error)
{
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (
      db,
      "SELECT sequence, at_s, account, reason, text FROM leave_reasons "
      "WHERE sequence < $1 ORDER BY sequence DESC LIMIT $2",
      UPKEEP_DB_ARGS (upkeep_db_int (before_sequence), upkeep_db_int ((gint64) limit + 1)), error);
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (free_reason);
  g_autoptr (GError) local_error = NULL;
  gint64 last_sequence = 0;
  gint64 next_before = 0;

  g_return_val_if_fail (ret_reasons != NULL && ret_next_before != NULL, FALSE);

  if (rows == NULL)
    return FALSE;
  while (next_before == 0 && upkeep_db_rows_next (rows, &local_error)) {
    UpkeepStoredReason *reason;

    if (reasons->len == limit) {
      next_before = last_sequence;
      continue;
    }
    last_sequence = upkeep_db_rows_get_int (rows, 0);
    reason = g_new0 (UpkeepStoredReason, 1);
    reason->at_s = upkeep_db_rows_get_int (rows, 1);
    reason->account = g_strdup (upkeep_db_rows_get_text (rows, 2));
    reason->reason = g_strdup (upkeep_db_rows_get_text (rows, 3));
    reason->text = g_strdup (upkeep_db_rows_get_text (rows, 4));
    g_ptr_array_add (reasons, reason);
  }
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  *ret_reasons = g_steal_pointer (&reasons);
  *ret_next_before = next_before;
  return TRUE;
}

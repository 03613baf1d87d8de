/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-store.h"

#include "upkeep-store-row.h"

/* The customer's balance before the next posting. */
static gboolean
get_balance (
    UpkeepDb *db, const char *account, const char *unit, gint64 *ret_balance, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  if (!upkeep_store_query_row (
          db,
          "SELECT balance FROM ledger_legs WHERE leg = 0 AND transaction_id = "
          "(SELECT max(id) FROM ledger_transactions WHERE account = $1 AND unit = $2)",
          UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_text (unit)), &rows, error))
    return FALSE;
  *ret_balance = rows != NULL ? upkeep_db_rows_get_int (rows, 0) : 0;
  return TRUE;
}

static gboolean
add_leg (UpkeepDb *db, gint64 leg, const char *unit, gint64 amount, gint64 balance, GError **error)
{
  return upkeep_db_exec (db,
                         "INSERT INTO ledger_legs (transaction_id, leg, unit, amount, balance) "
                         "VALUES ((SELECT max(id) FROM ledger_transactions), $1, $2, $3, $4)",
                         UPKEEP_DB_ARGS (upkeep_db_int (leg), upkeep_db_text (unit),
                                         upkeep_db_int (amount),
                                         leg == 0 ? upkeep_db_int (balance) : upkeep_db_null ()),
                         error);
}

/**
 * upkeep_store_add_posting:
 * @db: the writer
 * @account: whose
 * @unit: a currency or the meter's unit
 * @posting: what happened; its amount is not 0
 * @operator_name: (nullable): the operator who acts for the subscriber, if one does
 * @ret_balance: (out): the customer's balance after it
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Books a transaction of two legs.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_add_posting (UpkeepDb *db,
                          const char *account,
                          const char *unit,
                          const UpkeepPosting *posting,
                          const char *operator_name,
                          gint64 *ret_balance,
                          GError **error)
{
  gint64 balance = 0;

  g_return_val_if_fail (posting != NULL && posting->amount != 0, FALSE);
  g_return_val_if_fail (ret_balance != NULL, FALSE);

  if (!get_balance (db, account, unit, &balance, error))
    return FALSE;
  if (__builtin_add_overflow (balance, posting->amount, &balance)) {
    g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_FAILED, "a balance does not fit");
    return FALSE;
  }
  if (!upkeep_db_exec (
          db,
          "INSERT INTO ledger_transactions (account, unit, kind, at_s, operator) "
          "VALUES ($1, $2, $3, $4, $5)",
          UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_text (unit),
                          upkeep_db_text (upkeep_posting_kind_to_string (posting->kind)),
                          upkeep_db_int (posting->at_s), upkeep_db_text (operator_name)),
          error) ||
      !add_leg (db, 0, unit, posting->amount, balance, error) ||
      !add_leg (db, 1, unit, -posting->amount, 0, error))
    return FALSE;
  *ret_balance = balance;
  return TRUE;
}

static void
ledger_entry_free (gpointer data)
{
  UpkeepLedgerEntry *self = data;

  g_free (self->kind);
  g_free (self->operator_name);
  g_free (self);
}

/**
 * upkeep_store_list_ledger:
 * @db: a connection
 * @account: whose
 * @unit: a currency or a meter's unit
 * @before_id: only entries with a lower id
 * @limit: how many at the most
 * @ret_entries: (out) (transfer full) (element-type UpkeepLedgerEntry): newest first
 * @ret_next_before: (out): what the next page gives for @before_id; 0 when this is the last
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Lists what was booked.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_list_ledger (UpkeepDb *db,
                          const char *account,
                          const char *unit,
                          gint64 before_id,
                          guint limit,
                          GPtrArray **ret_entries,
                          gint64 *ret_next_before,
                          GError **error)
{
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (
      db,
      "SELECT t.id, t.at_s, t.kind, l.amount, l.balance, t.operator "
      "FROM ledger_transactions t JOIN ledger_legs l "
      "ON l.transaction_id = t.id AND l.leg = 0 "
      "WHERE t.account = $1 AND t.unit = $2 AND t.id < $3 "
      "ORDER BY t.id DESC LIMIT $4",
      UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_text (unit), upkeep_db_int (before_id),
                      upkeep_db_int ((gint64) limit + 1)),
      error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (ledger_entry_free);
  gint64 last_id = 0;
  gboolean has_row = FALSE;

  g_return_val_if_fail (ret_entries != NULL, FALSE);
  g_return_val_if_fail (ret_next_before != NULL, FALSE);

  if (rows == NULL)
    return FALSE;
  while (upkeep_store_next_row (rows, &has_row, error)) {
    UpkeepLedgerEntry *entry;

    if (!has_row || entries->len == limit) {
      *ret_next_before = has_row ? last_id : 0;
      *ret_entries = g_steal_pointer (&entries);
      return TRUE;
    }
    entry = g_new0 (UpkeepLedgerEntry, 1);
    entry->id = upkeep_db_rows_get_int (rows, 0);
    entry->at_s = upkeep_db_rows_get_int (rows, 1);
    entry->kind = g_strdup (upkeep_db_rows_get_text (rows, 2));
    entry->amount = upkeep_db_rows_get_int (rows, 3);
    entry->balance = upkeep_db_rows_get_int (rows, 4);
    entry->operator_name = g_strdup (upkeep_db_rows_get_text (rows, 5));
    last_id = entry->id;
    g_ptr_array_add (entries, entry);
  }
  return FALSE;
}

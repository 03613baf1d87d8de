/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-store.h"

#include "upkeep-store-row.h"

/**
 * upkeep_store_get_answer:
 * @db: a connection
 * @scope: whose key it is
 * @key: the key
 * @ret_answer: (out) (transfer full) (nullable): what it was answered
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Looks an idempotency key up.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_answer (UpkeepDb *db,
                         const char *scope,
                         const char *key,
                         UpkeepStoredAnswer **ret_answer,
                         GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;
  UpkeepStoredAnswer *answer = NULL;

  g_return_val_if_fail (ret_answer != NULL, FALSE);

  if (!upkeep_store_query_row (db,
                               "SELECT fingerprint, status, body, nonce FROM idempotency_keys "
                               "WHERE scope = $1 AND key = $2",
                               UPKEEP_DB_ARGS (upkeep_db_text (scope), upkeep_db_text (key)), &rows,
                               error))
    return FALSE;
  if (rows != NULL) {
    answer = g_new0 (UpkeepStoredAnswer, 1);
    answer->fingerprint = upkeep_db_rows_dup_bytes (rows, 0);
    answer->status = (guint) upkeep_db_rows_get_int (rows, 1);
    answer->body = upkeep_db_rows_dup_bytes (rows, 2);
    answer->nonce = g_strdup (upkeep_db_rows_get_text (rows, 3));
  }
  *ret_answer = answer;
  return TRUE;
}

/**
 * upkeep_store_add_answer:
 * @db: the writer
 * @scope: whose key it is
 * @key: the key
 * @answer: what it is answered
 * @created_at_s: the machine's own time
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps what a key was answered.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_add_answer (UpkeepDb *db,
                         const char *scope,
                         const char *key,
                         const UpkeepStoredAnswer *answer,
                         gint64 created_at_s,
                         GError **error)
{
  g_return_val_if_fail (answer != NULL, FALSE);

  return upkeep_db_exec (
      db,
      "INSERT INTO idempotency_keys (scope, key, fingerprint, status, body, nonce, created_at_s) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      UPKEEP_DB_ARGS (upkeep_db_text (scope), upkeep_db_text (key),
                      upkeep_db_bytes (answer->fingerprint), upkeep_db_int (answer->status),
                      upkeep_db_bytes (answer->body), upkeep_db_text (answer->nonce),
                      upkeep_db_int (created_at_s)),
      error);
}

/**
 * upkeep_stored_answer_free:
 * @self: (nullable): an answer
 *
 * Frees an answer.
 */
void
upkeep_stored_answer_free (UpkeepStoredAnswer *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->fingerprint, g_bytes_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->nonce);
  g_free (self);
}

/**
 * upkeep_store_get_charge:
 * @db: a connection
 * @key: what is charged
 * @ret_attempts: (out): how often it was tried
 * @ret_paid: (out): whether it was paid
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Looks up what became of a charge.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_charge (
    UpkeepDb *db, const char *key, gint64 *ret_attempts, gboolean *ret_paid, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (ret_attempts != NULL, FALSE);
  g_return_val_if_fail (ret_paid != NULL, FALSE);

  if (!upkeep_store_query_row (
          db, "SELECT count(*), count(*) - count(decline_code) FROM payment_charges WHERE key = $1",
          UPKEEP_DB_ARGS (upkeep_db_text (key)), &rows, error))
    return FALSE;
  g_assert (rows != NULL);
  *ret_attempts = upkeep_db_rows_get_int (rows, 0);
  *ret_paid = upkeep_db_rows_get_int (rows, 1) > 0;
  return TRUE;
}

/**
 * upkeep_store_add_charge:
 * @db: the writer
 * @key: what was charged
 * @attempt: which try it was, from 1
 * @account: whose
 * @amount_minor: how much, at least 1
 * @currency: of it
 * @decline_code: (nullable): why not; `NULL` when it was paid
 * @at_s: when
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps what became of one try to charge.
 *
 * Errors: `UPKEEP_DB_ERROR_UNIQUE` when the same thing was paid before, and any other code.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_add_charge (UpkeepDb *db,
                         const char *key,
                         gint64 attempt,
                         const char *account,
                         gint64 amount_minor,
                         const char *currency,
                         const char *decline_code,
                         gint64 at_s,
                         GError **error)
{
  return upkeep_db_exec (db,
                         "INSERT INTO payment_charges (key, attempt, account, amount_minor, "
                         "currency, decline_code, at_s) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                         UPKEEP_DB_ARGS (upkeep_db_text (key), upkeep_db_int (attempt),
                                         upkeep_db_text (account), upkeep_db_int (amount_minor),
                                         upkeep_db_text (currency), upkeep_db_text (decline_code),
                                         upkeep_db_int (at_s)),
                         error);
}

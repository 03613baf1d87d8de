/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-store.h"

#include "upkeep-store-row.h"

/**
 * upkeep_store_add_quote:
 * @db: the writer
 * @account: whose
 * @quote: the quote; not accepted yet
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps a quote.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_add_quote (UpkeepDb *db,
                        const char *account,
                        const UpkeepStoredQuote *quote,
                        GError **error)
{
  g_return_val_if_fail (quote != NULL, FALSE);

  return upkeep_db_exec (db,
                         "INSERT INTO quotes (id, account, request, document, expires_at_s) "
                         "VALUES ($1, $2, $3, $4, $5)",
                         UPKEEP_DB_ARGS (upkeep_db_text (quote->id), upkeep_db_text (account),
                                         upkeep_db_text (quote->request),
                                         upkeep_db_text (quote->document),
                                         upkeep_db_int (quote->expires_at_s)),
                         error);
}

/**
 * upkeep_store_get_quote:
 * @db: a connection
 * @account: whose
 * @id: of the quote
 * @ret_quote: (out) (transfer full) (nullable): the quote
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Reads a quote.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_quote (UpkeepDb *db,
                        const char *account,
                        const char *id,
                        UpkeepStoredQuote **ret_quote,
                        GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;
  UpkeepStoredQuote *quote = NULL;

  g_return_val_if_fail (ret_quote != NULL, FALSE);

  if (!upkeep_store_query_row (
          db,
          "SELECT id, request, document, expires_at_s, accepted_at_s FROM quotes "
          "WHERE id = $1 AND account = $2",
          UPKEEP_DB_ARGS (upkeep_db_text (id), upkeep_db_text (account)), &rows, error))
    return FALSE;
  if (rows != NULL) {
    quote = g_new0 (UpkeepStoredQuote, 1);
    quote->id = g_strdup (upkeep_db_rows_get_text (rows, 0));
    quote->request = g_strdup (upkeep_db_rows_get_text (rows, 1));
    quote->document = g_strdup (upkeep_db_rows_get_text (rows, 2));
    quote->expires_at_s = upkeep_db_rows_get_int (rows, 3);
    quote->accepted_at_s = upkeep_store_get_instant (rows, 4);
  }
  *ret_quote = quote;
  return TRUE;
}

/**
 * upkeep_store_mark_accepted:
 * @db: the writer
 * @quote: id of a quote
 * @now_s: when it was accepted
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Notes that a quote was accepted.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_mark_accepted (UpkeepDb *db, const char *quote, gint64 now_s, GError **error)
{
  return upkeep_db_exec (
      db, "UPDATE quotes SET accepted_at_s = $2 WHERE id = $1 AND accepted_at_s IS NULL",
      UPKEEP_DB_ARGS (upkeep_db_text (quote), upkeep_db_int (now_s)), error);
}

/**
 * upkeep_stored_quote_free:
 * @self: (nullable): a quote
 *
 * Frees a quote.
 */
void
upkeep_stored_quote_free (UpkeepStoredQuote *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->request);
  g_free (self->document);
  g_free (self);
}

/**
 * upkeep_store_add_receipt:
 * @db: the writer
 * @id: of the receipt
 * @account: whose
 * @quote: what was accepted
 * @at_s: when
 * @document: JSON
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps a receipt.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_add_receipt (UpkeepDb *db,
                          const char *id,
                          const char *account,
                          const char *quote,
                          gint64 at_s,
                          const char *document,
                          GError **error)
{
  return upkeep_db_exec (
      db, "INSERT INTO receipts (id, account, quote, at_s, document) VALUES ($1, $2, $3, $4, $5)",
      UPKEEP_DB_ARGS (upkeep_db_text (id), upkeep_db_text (account), upkeep_db_text (quote),
                      upkeep_db_int (at_s), upkeep_db_text (document)),
      error);
}

/**
 * upkeep_store_get_receipt:
 * @db: a connection
 * @account: whose
 * @id: of the receipt
 * @ret_document: (out) (transfer full) (nullable): JSON
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Reads a receipt.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_receipt (
    UpkeepDb *db, const char *account, const char *id, char **ret_document, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (ret_document != NULL, FALSE);

  if (!upkeep_store_query_row (db, "SELECT document FROM receipts WHERE id = $1 AND account = $2",
                               UPKEEP_DB_ARGS (upkeep_db_text (id), upkeep_db_text (account)),
                               &rows, error))
    return FALSE;
  *ret_document = rows != NULL ? g_strdup (upkeep_db_rows_get_text (rows, 0)) : NULL;
  return TRUE;
}

/**
 * upkeep_store_get_receipt_of_quote:
 * @db: a connection
 * @account: whose
 * @quote: id of the quote that was accepted
 * @ret_document: (out) (transfer full) (nullable): JSON
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Reads what one got for accepting a quote.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_receipt_of_quote (
    UpkeepDb *db, const char *account, const char *quote, char **ret_document, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (ret_document != NULL, FALSE);

  if (!upkeep_store_query_row (
          db, "SELECT document FROM receipts WHERE quote = $1 AND account = $2",
          UPKEEP_DB_ARGS (upkeep_db_text (quote), upkeep_db_text (account)), &rows, error))
    return FALSE;
  *ret_document = rows != NULL ? g_strdup (upkeep_db_rows_get_text (rows, 0)) : NULL;
  return TRUE;
}

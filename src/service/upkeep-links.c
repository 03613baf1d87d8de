/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-links.h"

static const char *
get_purpose_name (UpkeepLinkPurpose purpose)
{
  switch (purpose) {
  case UPKEEP_LINK_MANAGE:
    return "manage";
  case UPKEEP_LINK_PAYMENT_METHOD:
    return "payment_method";
  default:
    g_return_val_if_reached (NULL);
  }
}

/**
 * upkeep_links_add:
 * @db: the writer
 * @purpose: what it is for
 * @hash: of what its address ends with
 * @account: whose
 * @returns: whether it leads back to the page of the plan
 * @now_s: the present
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps a link for `UPKEEP_LINK_LIFE_S`. Those that are over are forgotten, and what is more than
 * `UPKEEP_LINKS_MAX` of one account.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_links_add (UpkeepDb *db,
                  UpkeepLinkPurpose purpose,
                  GBytes *hash,
                  const char *account,
                  gboolean returns,
                  gint64 now_s,
                  GError **error)
{
  const char *name = get_purpose_name (purpose);

  return upkeep_db_exec (db, "DELETE FROM links WHERE expires_at_s <= $1",
                         UPKEEP_DB_ARGS (upkeep_db_int (now_s)), error) &&
         upkeep_db_exec (db,
                         "INSERT INTO links (purpose, hash, account, returns, expires_at_s) "
                         "VALUES ($1, $2, $3, $4, $5)",
                         UPKEEP_DB_ARGS (upkeep_db_text (name), upkeep_db_bytes (hash),
                                         upkeep_db_text (account), upkeep_db_int (returns != FALSE),
                                         upkeep_db_int (now_s + UPKEEP_LINK_LIFE_S)),
                         error) &&
         upkeep_db_exec (
             db,
             "DELETE FROM links WHERE account = $1 AND purpose = $2 AND sequence NOT IN "
             "(SELECT sequence FROM links WHERE account = $1 AND purpose = $2 "
             "ORDER BY sequence DESC LIMIT $3)",
             UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_text (name),
                             upkeep_db_int (UPKEEP_LINKS_MAX)),
             error);
}

/**
 * upkeep_links_find:
 * @db: a connection
 * @purpose: what it has to be for
 * @hash: of what an address ends with
 * @now_s: the present
 * @ret_account: (out) (transfer full) (nullable): whose; `NULL` when it was used, is over, or never
 *   was
 * @ret_returns: (out): whether it leads back to the page of the plan; set with an account
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Finds a link that still holds. Looking at it uses nothing up.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_links_find (UpkeepDb *db,
                   UpkeepLinkPurpose purpose,
                   GBytes *hash,
                   gint64 now_s,
                   char **ret_account,
                   gboolean *ret_returns,
                   GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (
      db,
      "SELECT account, returns FROM links "
      "WHERE hash = $1 AND purpose = $2 AND expires_at_s > $3",
      UPKEEP_DB_ARGS (upkeep_db_bytes (hash), upkeep_db_text (get_purpose_name (purpose)),
                      upkeep_db_int (now_s)),
      error);

  if (rows == NULL)
    return FALSE;
  *ret_account = NULL;
  if (upkeep_db_rows_next (rows, &local_error)) {
    *ret_account = g_strdup (upkeep_db_rows_get_text (rows, 0));
    *ret_returns = upkeep_db_rows_get_int (rows, 1) != 0;
  }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * upkeep_links_use:
 * @db: the writer
 * @hash: of what its address ends with
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Uses a link up.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_links_use (UpkeepDb *db, GBytes *hash, GError **error)
{
  return upkeep_db_exec (db, "DELETE FROM links WHERE hash = $1",
                         UPKEEP_DB_ARGS (upkeep_db_bytes (hash)), error);
}

/**
 * upkeep_visits_add:
 * @db: the writer
 * @hash: of the browser's cookie
 * @account: whose
 * @now_s: the present
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Lets a browser in for `UPKEEP_LINK_LIFE_S`. Visits that are over are forgotten, and what is more
 * than `UPKEEP_LINKS_MAX` of one account.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_visits_add (UpkeepDb *db, GBytes *hash, const char *account, gint64 now_s, GError **error)
{
  return upkeep_db_exec (db, "DELETE FROM visits WHERE expires_at_s <= $1",
                         UPKEEP_DB_ARGS (upkeep_db_int (now_s)), error) &&
         upkeep_db_exec (db, "INSERT INTO visits (hash, account, expires_at_s) VALUES ($1, $2, $3)",
                         UPKEEP_DB_ARGS (upkeep_db_bytes (hash), upkeep_db_text (account),
                                         upkeep_db_int (now_s + UPKEEP_LINK_LIFE_S)),
                         error) &&
         upkeep_db_exec (
             db,
             "DELETE FROM visits WHERE account = $1 AND sequence NOT IN "
             "(SELECT sequence FROM visits WHERE account = $1 "
             "ORDER BY sequence DESC LIMIT $2)",
             UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_int (UPKEEP_LINKS_MAX)), error);
}

/**
 * upkeep_visits_find:
 * @db: a connection
 * @hash: of a browser's cookie
 * @now_s: the present
 * @ret_account: (out) (transfer full) (nullable): whose; `NULL` when the visit is over
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Finds out whom a browser may act for.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_visits_find (UpkeepDb *db, GBytes *hash, gint64 now_s, char **ret_account, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UpkeepDbRows) rows =
      upkeep_db_query (db, "SELECT account FROM visits WHERE hash = $1 AND expires_at_s > $2",
                       UPKEEP_DB_ARGS (upkeep_db_bytes (hash), upkeep_db_int (now_s)), error);

  if (rows == NULL)
    return FALSE;
  *ret_account = NULL;
  if (upkeep_db_rows_next (rows, &local_error))
    *ret_account = g_strdup (upkeep_db_rows_get_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * upkeep_visits_end:
 * @db: the writer
 * @hash: of the browser's cookie
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Lets a browser in no longer.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_visits_end (UpkeepDb *db, GBytes *hash, GError **error)
{
  return upkeep_db_exec (db, "DELETE FROM visits WHERE hash = $1",
                         UPKEEP_DB_ARGS (upkeep_db_bytes (hash)), error);
}

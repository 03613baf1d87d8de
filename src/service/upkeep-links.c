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
 * upkeep_link_owner_clear:
 * @self: who may act
 *
 * Frees what is in it.
 */
void
upkeep_link_owner_clear (UpkeepLinkOwner *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->operator_name, g_free);
}

/* Reads the one row of a query that there may be: an account, an operator, and whether it returns.
 */
static gboolean
find_owner (UpkeepDb *db,
            const char *sql,
            const UpkeepDbValue *args,
            gsize n_args,
            UpkeepLinkOwner *ret_owner,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (db, sql, args, n_args, error);

  if (rows == NULL)
    return FALSE;
  if (upkeep_db_rows_next (rows, &local_error)) {
    ret_owner->account = g_strdup (upkeep_db_rows_get_text (rows, 0));
    ret_owner->operator_name = g_strdup (upkeep_db_rows_get_text (rows, 1));
    ret_owner->returns = upkeep_db_rows_get_int (rows, 2) != 0;
  }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * upkeep_links_add:
 * @db: the writer
 * @purpose: what it is for
 * @hash: of what its address ends with
 * @owner: who may act with it
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
                  const UpkeepLinkOwner *owner,
                  gint64 now_s,
                  GError **error)
{
  const char *name = get_purpose_name (purpose);

  return upkeep_db_exec (db, "DELETE FROM links WHERE expires_at_s <= $1",
                         UPKEEP_DB_ARGS (upkeep_db_int (now_s)), error) &&
         upkeep_db_exec (
             db,
             "INSERT INTO links (purpose, hash, account, operator, returns, expires_at_s) "
             "VALUES ($1, $2, $3, $4, $5, $6)",
             UPKEEP_DB_ARGS (upkeep_db_text (name), upkeep_db_bytes (hash),
                             upkeep_db_text (owner->account), upkeep_db_text (owner->operator_name),
                             upkeep_db_int (owner->returns != FALSE),
                             upkeep_db_int (now_s + UPKEEP_LINK_LIFE_S)),
             error) &&
         upkeep_db_exec (
             db,
             "DELETE FROM links WHERE account = $1 AND purpose = $2 AND sequence NOT IN "
             "(SELECT sequence FROM links WHERE account = $1 AND purpose = $2 "
             "ORDER BY sequence DESC LIMIT $3)",
             UPKEEP_DB_ARGS (upkeep_db_text (owner->account), upkeep_db_text (name),
                             upkeep_db_int (UPKEEP_LINKS_MAX)),
             error);
}

/**
 * upkeep_links_find:
 * @db: a connection
 * @purpose: what it has to be for
 * @hash: of what an address ends with
 * @now_s: the present
 * @ret_owner: (out caller-allocates): who may act with it, zeroed before; to be cleared by the
 *   caller
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
                   UpkeepLinkOwner *ret_owner,
                   GError **error)
{
  return find_owner (db,
                     "SELECT account, operator, returns FROM links "
                     "WHERE hash = $1 AND purpose = $2 AND expires_at_s > $3",
                     UPKEEP_DB_ARGS (upkeep_db_bytes (hash),
                                     upkeep_db_text (get_purpose_name (purpose)),
                                     upkeep_db_int (now_s)),
                     ret_owner, error);
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
 * @owner: whom it may act for
 * @now_s: the present
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Lets a browser in for `UPKEEP_LINK_LIFE_S`. Visits that are over are forgotten, and what is more
 * than `UPKEEP_LINKS_MAX` of one account.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_visits_add (
    UpkeepDb *db, GBytes *hash, const UpkeepLinkOwner *owner, gint64 now_s, GError **error)
{
  return upkeep_db_exec (db, "DELETE FROM visits WHERE expires_at_s <= $1",
                         UPKEEP_DB_ARGS (upkeep_db_int (now_s)), error) &&
         upkeep_db_exec (
             db,
             "INSERT INTO visits (hash, account, operator, expires_at_s) VALUES ($1, $2, $3, $4)",
             UPKEEP_DB_ARGS (upkeep_db_bytes (hash), upkeep_db_text (owner->account),
                             upkeep_db_text (owner->operator_name),
                             upkeep_db_int (now_s + UPKEEP_LINK_LIFE_S)),
             error) &&
         upkeep_db_exec (
             db,
             "DELETE FROM visits WHERE account = $1 AND sequence NOT IN "
             "(SELECT sequence FROM visits WHERE account = $1 "
             "ORDER BY sequence DESC LIMIT $2)",
             UPKEEP_DB_ARGS (upkeep_db_text (owner->account), upkeep_db_int (UPKEEP_LINKS_MAX)),
             error);
}

/**
 * upkeep_visits_find:
 * @db: a connection
 * @hash: of a browser's cookie
 * @now_s: the present
 * @ret_owner: (out caller-allocates): whom it may act for, zeroed before; to be cleared by the
 *   caller
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Finds out whom a browser may act for.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_visits_find (
    UpkeepDb *db, GBytes *hash, gint64 now_s, UpkeepLinkOwner *ret_owner, GError **error)
{
  return find_owner (
      db, "SELECT account, operator, 1 FROM visits WHERE hash = $1 AND expires_at_s > $2",
      UPKEEP_DB_ARGS (upkeep_db_bytes (hash), upkeep_db_int (now_s)), ret_owner, error);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-store.h"

#include "upkeep-schema.h"
#include "upkeep-store-row.h"

/* How many requests can read at the same time. */
#define READERS_N 4

#define CLOCK_NAME "test"

struct _UpkeepStore {
  GMutex lock;           /* held from begin() to commit() or rollback() */
  UpkeepDb *writer;      /* (owned) */
  UpkeepDbPool *readers; /* (owned) */
};

/**
 * upkeep_store_open:
 * @uri: as for upkeep_db_open()
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Opens a store, and makes it or brings it up to date where need be.
 *
 * Errors: those of upkeep_db_open() and upkeep_db_migrate().
 *
 * Returns: (transfer full): the store, or `NULL` with @error set
 */
UpkeepStore *
upkeep_store_open (const char *uri, GError **error)
{
  g_autoptr (UpkeepStore) self = NULL;

  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_new0 (UpkeepStore, 1);
  g_mutex_init (&self->lock);
  self->writer = upkeep_db_open (uri, UPKEEP_DB_WRITER, error);
  if (self->writer == NULL ||
      !upkeep_db_migrate (self->writer, upkeep_schema, UPKEEP_SCHEMA_VERSION, error))
    return NULL;
  self->readers = upkeep_db_pool_new (uri, READERS_N, error);
  if (self->readers == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * upkeep_store_close:
 * @self: (nullable): a store that nobody uses any more
 *
 * Closes a store.
 */
void
upkeep_store_close (UpkeepStore *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->readers, upkeep_db_pool_free);
  g_clear_pointer (&self->writer, upkeep_db_close);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * upkeep_store_begin:
 * @self: a store
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Begins to write; waits for whoever writes now. Ends with upkeep_store_commit() or
 * upkeep_store_rollback() on the same thread.
 *
 * Errors: those of upkeep_db_begin().
 *
 * Returns: (transfer none): the connection, or `NULL` with @error set and nothing begun
 */
UpkeepDb *
upkeep_store_begin (UpkeepStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_mutex_lock (&self->lock);
  if (upkeep_db_begin (self->writer, error))
    return self->writer;
  g_mutex_unlock (&self->lock);
  return NULL;
}

/**
 * upkeep_store_commit:
 * @self: a store, being written
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps what was written. Nothing of it may be acknowledged before this returns `TRUE`.
 *
 * Errors: those of upkeep_db_commit(); then nothing was kept.
 *
 * Returns: `TRUE` when it is on the disk
 */
gboolean
upkeep_store_commit (UpkeepStore *self, GError **error)
{
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  done = upkeep_db_commit (self->writer, error);
  if (!done)
    upkeep_db_rollback (self->writer);
  g_mutex_unlock (&self->lock);
  return done;
}

/**
 * upkeep_store_rollback:
 * @self: a store, being written
 *
 * Drops what was written.
 */
void
upkeep_store_rollback (UpkeepStore *self)
{
  g_return_if_fail (self != NULL);

  upkeep_db_rollback (self->writer);
  g_mutex_unlock (&self->lock);
}

/**
 * upkeep_store_begin_read:
 * @self: a store
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Begins to read one state of the store, whatever is written meanwhile. Ends with
 * upkeep_store_end_read().
 *
 * Errors: those of upkeep_db_begin().
 *
 * Returns: (transfer none): a connection, or `NULL` with @error set
 */
UpkeepDb *
upkeep_store_begin_read (UpkeepStore *self, GError **error)
{
  UpkeepDb *db;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  db = upkeep_db_pool_acquire (self->readers);
  if (upkeep_db_begin (db, error))
    return db;
  upkeep_db_pool_release (self->readers, db);
  return NULL;
}

/**
 * upkeep_store_end_read:
 * @self: a store
 * @db: what upkeep_store_begin_read() gave
 *
 * Ends reading.
 */
void
upkeep_store_end_read (UpkeepStore *self, UpkeepDb *db)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (db != NULL);

  upkeep_db_rollback (db);
  upkeep_db_pool_release (self->readers, db);
}

/**
 * upkeep_store_get_clock:
 * @db: a connection
 * @ret_now_s: (out): where the test clock stood; `UPKEEP_INSTANT_NONE` if there never was one
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Remembers the test clock.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_clock (UpkeepDb *db, gint64 *ret_now_s, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (ret_now_s != NULL, FALSE);

  if (!upkeep_store_query_row (db, "SELECT now_s FROM clocks WHERE name = $1",
                               UPKEEP_DB_ARGS (upkeep_db_text (CLOCK_NAME)), &rows, error))
    return FALSE;
  *ret_now_s = rows != NULL ? upkeep_db_rows_get_int (rows, 0) : UPKEEP_INSTANT_NONE;
  return TRUE;
}

/**
 * upkeep_store_set_clock:
 * @db: the writer
 * @now_s: where the test clock stands
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps the test clock for the next start.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_set_clock (UpkeepDb *db, gint64 now_s, GError **error)
{
  return upkeep_db_exec (db,
                         "INSERT INTO clocks (name, now_s) VALUES ($1, $2) "
                         "ON CONFLICT (name) DO UPDATE SET now_s = excluded.now_s",
                         UPKEEP_DB_ARGS (upkeep_db_text (CLOCK_NAME), upkeep_db_int (now_s)),
                         error);
}

/**
 * upkeep_store_get_setting:
 * @db: a connection
 * @name: which
 * @ret_value: (out) (transfer full) (nullable): its value
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Gets something that this store keeps about itself.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_setting (UpkeepDb *db, const char *name, GBytes **ret_value, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (ret_value != NULL, FALSE);

  if (!upkeep_store_query_row (db, "SELECT value FROM settings WHERE name = $1",
                               UPKEEP_DB_ARGS (upkeep_db_text (name)), &rows, error))
    return FALSE;
  *ret_value = rows != NULL ? upkeep_db_rows_dup_bytes (rows, 0) : NULL;
  return TRUE;
}

/**
 * upkeep_store_add_setting:
 * @db: the writer
 * @name: which
 * @value: its value
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps something about the store itself, for ever.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_add_setting (UpkeepDb *db, const char *name, GBytes *value, GError **error)
{
  return upkeep_db_exec (db, "INSERT INTO settings (name, value) VALUES ($1, $2)",
                         UPKEEP_DB_ARGS (upkeep_db_text (name), upkeep_db_bytes (value)), error);
}

/**
 * upkeep_store_prune:
 * @db: the writer
 * @keys_before_s: answers to keys that are older go
 * @quotes_before_s: quotes that had expired then and were not accepted go
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Forgets what nobody asks for any more.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_prune (UpkeepDb *db, gint64 keys_before_s, gint64 quotes_before_s, GError **error)
{
  return upkeep_db_exec (db, "DELETE FROM idempotency_keys WHERE created_at_s < $1",
                         UPKEEP_DB_ARGS (upkeep_db_int (keys_before_s)), error) &&
         upkeep_db_exec (db, "DELETE FROM quotes WHERE accepted_at_s IS NULL AND expires_at_s < $1",
                         UPKEEP_DB_ARGS (upkeep_db_int (quotes_before_s)), error);
}

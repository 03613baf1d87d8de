/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define UPKEEP_DB_ERROR (upkeep_db_error_quark ())
GQuark upkeep_db_error_quark (void);

/* "UPKP": the application id in the head of every database file of ours. */
#define UPKEEP_DB_APPLICATION_ID 0x55504b50

/**
 * UpkeepDbError:
 * @UPKEEP_DB_ERROR_OPEN: there is no such database, or it is not one of ours
 * @UPKEEP_DB_ERROR_NEWER_VERSION: a newer program has made it; this one would not understand it
 * @UPKEEP_DB_ERROR_BUSY: somebody else holds a lock; the same may succeed later
 * @UPKEEP_DB_ERROR_FULL: there is no room left; reading goes on
 * @UPKEEP_DB_ERROR_IO: the disk failed; after a failed sync the connection writes no more
 * @UPKEEP_DB_ERROR_CORRUPT: the file is damaged
 * @UPKEEP_DB_ERROR_UNIQUE: a unique index has such a row already
 * @UPKEEP_DB_ERROR_CONSTRAINT: any other rule of the schema was broken
 * @UPKEEP_DB_ERROR_FAILED: anything else; a fault of the program
 *
 * What a database refuses. BUSY, FULL and IO mean that the store is unavailable for now.
 */
typedef enum {
  UPKEEP_DB_ERROR_OPEN,
  UPKEEP_DB_ERROR_NEWER_VERSION,
  UPKEEP_DB_ERROR_BUSY,
  UPKEEP_DB_ERROR_FULL,
  UPKEEP_DB_ERROR_IO,
  UPKEEP_DB_ERROR_CORRUPT,
  UPKEEP_DB_ERROR_UNIQUE,
  UPKEEP_DB_ERROR_CONSTRAINT,
  UPKEEP_DB_ERROR_FAILED,
} UpkeepDbError;

typedef enum {
  UPKEEP_DB_WRITER, /* the one connection that writes and checkpoints; holds the lock file */
  UPKEEP_DB_READER, /* only reads */
} UpkeepDbRole;

typedef enum {
  UPKEEP_DB_NULL,
  UPKEEP_DB_INT,
  UPKEEP_DB_TEXT,
  UPKEEP_DB_BYTES,
} UpkeepDbType;

/* One parameter of a statement; made by the functions below, valid as long as what it points to. */
typedef struct {
  UpkeepDbType type;
  gint64 number;    /* of INT */
  const char *text; /* (unowned) of TEXT */
  GBytes *bytes;    /* (unowned) of BYTES */
} UpkeepDbValue;

/* What $1, $2, … stand for: `UPKEEP_DB_ARGS (upkeep_db_int (7), upkeep_db_text (id))`. */
#define UPKEEP_DB_ARGS(...)                                                                        \
  (const UpkeepDbValue[]){__VA_ARGS__}, G_N_ELEMENTS (((const UpkeepDbValue[]){__VA_ARGS__}))
#define UPKEEP_DB_NO_ARGS NULL, 0

typedef struct _UpkeepDb UpkeepDb;         /* one connection */
typedef struct _UpkeepDbRows UpkeepDbRows; /* the rows of one query, one at a time */
typedef struct _UpkeepDbPool UpkeepDbPool; /* some connections that read */

/* One step of the schema; step number N leads from version N to N + 1. */
typedef struct {
  const char *sql; /* one or more statements */
} UpkeepMigration;

UpkeepDbValue upkeep_db_null (void);
UpkeepDbValue upkeep_db_int (gint64 number);
UpkeepDbValue upkeep_db_text (const char *text);
UpkeepDbValue upkeep_db_bytes (GBytes *bytes);

UpkeepDb *upkeep_db_open (const char *uri, UpkeepDbRole role, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_db_close (UpkeepDb *self);
gboolean
upkeep_db_migrate (UpkeepDb *self, const UpkeepMigration *steps, guint n_steps, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

gboolean upkeep_db_begin (UpkeepDb *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_db_commit (UpkeepDb *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_db_rollback (UpkeepDb *self);
gboolean upkeep_db_in_transaction (const UpkeepDb *self);

gboolean upkeep_db_exec (UpkeepDb *self,
                         const char *sql,
                         const UpkeepDbValue *args,
                         gsize n_args,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 upkeep_db_changes (const UpkeepDb *self);

UpkeepDbRows *upkeep_db_query (UpkeepDb *self,
                               const char *sql,
                               const UpkeepDbValue *args,
                               gsize n_args,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_db_rows_next (UpkeepDbRows *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_db_rows_is_null (const UpkeepDbRows *self, guint column);
gint64 upkeep_db_rows_get_int (const UpkeepDbRows *self, guint column);
const char *upkeep_db_rows_get_text (const UpkeepDbRows *self, guint column);
GBytes *upkeep_db_rows_dup_bytes (const UpkeepDbRows *self, guint column) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_db_rows_free (UpkeepDbRows *self);

UpkeepDbPool *upkeep_db_pool_new (const char *uri, guint n_connections, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepDb *upkeep_db_pool_acquire (UpkeepDbPool *self) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_db_pool_release (UpkeepDbPool *self, UpkeepDb *db);
void upkeep_db_pool_free (UpkeepDbPool *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepDb, upkeep_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepDbRows, upkeep_db_rows_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepDbPool, upkeep_db_pool_free)

G_END_DECLS

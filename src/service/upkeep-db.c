/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-db.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* Most parameters of a statement, and most statements that are kept prepared. */
#define ARGS_MAX       96
#define STATEMENTS_MAX 256

/* How long somebody else's lock is waited for. */
#define BUSY_TIMEOUT_MS 5000

/* Most connections of a pool. */
#define POOL_MAX 64

/* Bounds of the write-ahead log: pages before a checkpoint, and bytes that are kept after one. */
#define CHECKPOINT_PAGES  1000
#define JOURNAL_MAX_BYTES 67108864

#define URI_FILE   "sqlite://"
#define URI_MEMORY "sqlite::memory:"

struct _UpkeepDb {
  sqlite3 *handle; /* (owned) */
  UpkeepDbRole role;
  gboolean is_memory;
  int lock_fd;            /* (owned) of the lock file; -1 for none */
  GHashTable *statements; /* (owned) SQL → Statement */
  gint64 changes;
  gboolean is_broken; /* a sync failed: what the disk has is not known any more */
};

typedef struct {
  sqlite3_stmt *handle;         /* (owned) */
  guint8 numbers[ARGS_MAX + 1]; /* SQLite's index → N of the $N that stands there */
  guint n_args;                 /* the greatest N */
  gboolean in_use;
  gboolean is_kept; /* in the table of its connection */
} Statement;

struct _UpkeepDbRows {
  UpkeepDb *db;         /* (unowned) */
  Statement *statement; /* (unowned) when kept, else (owned) */
  gboolean has_row;
  GError *error; /* (owned) (nullable) */
};

struct _UpkeepDbPool {
  UpkeepDb *all[POOL_MAX]; /* (owned) */
  guint n_all;
  GMutex lock;
  GCond released;
  GPtrArray *idle; /* (owned) of (unowned) connections */
};

G_DEFINE_QUARK (upkeep_db_error, upkeep_db_error)

static UpkeepDbError
get_code (int extended)
{
  switch (extended & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
  case SQLITE_PROTOCOL:
    return UPKEEP_DB_ERROR_BUSY;
  case SQLITE_FULL:
    return UPKEEP_DB_ERROR_FULL;
  case SQLITE_IOERR:
  case SQLITE_READONLY:
    return UPKEEP_DB_ERROR_IO;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return UPKEEP_DB_ERROR_CORRUPT;
  case SQLITE_CANTOPEN:
    return UPKEEP_DB_ERROR_OPEN;
  case SQLITE_CONSTRAINT:
    return extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY ||
                   extended == SQLITE_CONSTRAINT_ROWID
               ? UPKEEP_DB_ERROR_UNIQUE
               : UPKEEP_DB_ERROR_CONSTRAINT;
  default:
    return UPKEEP_DB_ERROR_FAILED;
  }
}

/* Turns what SQLite says into an error of ours; @what is what was tried. */
static void
set_error (UpkeepDb *self, const char *what, GError **error)
{
  int extended = sqlite3_extended_errcode (self->handle);

  /* After a failed sync the kernel may have dropped the pages: a second try would "succeed". */
  if (extended == SQLITE_IOERR_FSYNC || extended == SQLITE_IOERR_DIR_FSYNC)
    self->is_broken = TRUE;
  g_set_error (error, UPKEEP_DB_ERROR, get_code (extended), "%s: %s (%d)", what,
               sqlite3_errmsg (self->handle), extended);
}

static gboolean
check_usable (UpkeepDb *self, GError **error)
{
  if (!self->is_broken)
    return TRUE;
  g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_IO,
               "a sync failed before; the database has to be opened anew");
  return FALSE;
}

static void
statement_free (gpointer data)
{
  Statement *self = data;

  sqlite3_finalize (self->handle);
  g_free (self);
}

static Statement *
statement_new (UpkeepDb *db, const char *sql, gboolean is_kept, GError **error)
{
  Statement *self = g_new0 (Statement, 1);
  const char *rest = NULL;
  int n_parameters;

  self->is_kept = is_kept;
  if (sqlite3_prepare_v3 (db->handle, sql, -1, is_kept ? SQLITE_PREPARE_PERSISTENT : 0,
                          &self->handle, &rest) != SQLITE_OK) {
    set_error (db, "prepare", error);
    statement_free (self);
    return NULL;
  }
  g_assert (self->handle != NULL);
  g_assert (rest[strspn (rest, " \n")] == '\0');

  n_parameters = sqlite3_bind_parameter_count (self->handle);
  g_assert (n_parameters <= ARGS_MAX);
  for (int i = 1; i <= n_parameters; i++) {
    const char *name = sqlite3_bind_parameter_name (self->handle, i);
    guint64 number = 0;

    g_assert (name != NULL && name[0] == '$' &&
              g_ascii_string_to_unsigned (name + 1, 10, 1, ARGS_MAX, &number, NULL));
    self->numbers[i] = (guint8) number;
    self->n_args = MAX (self->n_args, (guint) number);
  }
  return self;
}

static void
statement_release (Statement *self)
{
  if (!self->is_kept) {
    statement_free (self);
    return;
  }
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->in_use = FALSE;
}

static gboolean
statement_bind (
    Statement *self, UpkeepDb *db, const UpkeepDbValue *args, gsize n_args, GError **error)
{
  int n_parameters = sqlite3_bind_parameter_count (self->handle);

  g_assert (n_args == self->n_args);
  g_assert (args != NULL || n_parameters == 0);
  for (int i = 1; i <= n_parameters; i++) {
    const UpkeepDbValue *arg = &args[self->numbers[i] - 1];
    int rc = SQLITE_OK;

    switch (arg->type) {
    case UPKEEP_DB_NULL:
      rc = sqlite3_bind_null (self->handle, i);
      break;
    case UPKEEP_DB_INT:
      rc = sqlite3_bind_int64 (self->handle, i, arg->number);
      break;
    case UPKEEP_DB_TEXT:
      rc = sqlite3_bind_text (self->handle, i, arg->text, -1, SQLITE_TRANSIENT);
      break;
    case UPKEEP_DB_BYTES: {
      gsize size = 0;
      const void *data = g_bytes_get_data (arg->bytes, &size);

      rc = sqlite3_bind_blob64 (self->handle, i, size > 0 ? data : "", size, SQLITE_TRANSIENT);
      break;
    }
    default:
      g_assert_not_reached ();
    }
    if (rc != SQLITE_OK) {
      set_error (db, "bind", error);
      return FALSE;
    }
  }
  return TRUE;
}

/* A prepared statement with its parameters bound; given back with statement_release(). */
static Statement *
take_statement (
    UpkeepDb *self, const char *sql, const UpkeepDbValue *args, gsize n_args, GError **error)
{
  Statement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL) {
    gboolean is_kept = g_hash_table_size (self->statements) < STATEMENTS_MAX;

    statement = statement_new (self, sql, is_kept, error);
    if (statement == NULL)
      return NULL;
    if (is_kept)
      g_hash_table_insert (self->statements, g_strdup (sql), statement);
  } else if (statement->in_use) {
    /* The same query is being read further out. */
    statement = statement_new (self, sql, FALSE, error);
    if (statement == NULL)
      return NULL;
  }
  statement->in_use = TRUE;
  if (!statement_bind (statement, self, args, n_args, error)) {
    statement_release (statement);
    return NULL;
  }
  return statement;
}

/**
 * upkeep_db_null:
 *
 * Makes a parameter that is NULL.
 *
 * Returns: the parameter
 */
UpkeepDbValue
upkeep_db_null (void)
{
  return (UpkeepDbValue){.type = UPKEEP_DB_NULL};
}

/**
 * upkeep_db_int:
 * @number: any
 *
 * Makes a parameter that is an integer.
 *
 * Returns: the parameter
 */
UpkeepDbValue
upkeep_db_int (gint64 number)
{
  return (UpkeepDbValue){.type = UPKEEP_DB_INT, .number = number};
}

/**
 * upkeep_db_text:
 * @text: (nullable): UTF-8; `NULL` makes a NULL
 *
 * Makes a parameter that is a text.
 *
 * Returns: the parameter, valid as long as @text
 */
UpkeepDbValue
upkeep_db_text (const char *text)
{
  return (UpkeepDbValue){.type = text != NULL ? UPKEEP_DB_TEXT : UPKEEP_DB_NULL, .text = text};
}

/**
 * upkeep_db_bytes:
 * @bytes: (nullable): any bytes; `NULL` makes a NULL
 *
 * Makes a parameter that is a row of bytes.
 *
 * Returns: the parameter, valid as long as @bytes
 */
UpkeepDbValue
upkeep_db_bytes (GBytes *bytes)
{
  return (UpkeepDbValue){.type = bytes != NULL ? UPKEEP_DB_BYTES : UPKEEP_DB_NULL, .bytes = bytes};
}

/* Locks over a network are not to be trusted, and WAL needs memory shared with the other side. */
static gboolean
is_on_network (const char *folder)
{
  static const guint32 magics[] = {
      0x00006969, /* NFS */
      0x0000517b, /* SMB */
      0xff534d42, /* CIFS */
      0xfe534d42, /* SMB2 */
      0x5346414f, /* AFS */
      0x00c36400, /* Ceph */
  };
  struct statfs info;

  if (statfs (folder, &info) != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++) {
    if ((guint32) info.f_type == magics[i])
      return TRUE;
  }
  return FALSE;
}

/* One process writes a file. The lock goes with the process, however it ends. */
static gboolean
take_lock (UpkeepDb *self, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);

  if (is_on_network (folder)) {
    g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_OPEN,
                 "%s: a database cannot be on a network file system", path);
    return FALSE;
  }
  self->lock_fd = open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock_fd < 0) {
    g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_OPEN, "%s: %s", lock_path,
                 g_strerror (errno));
    return FALSE;
  }
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) != 0) {
    g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_BUSY,
                 "%s: another process serves this database", path);
    return FALSE;
  }
  return TRUE;
}

/* Runs statements without parameters, for settings and migrations. */
static gboolean
run (UpkeepDb *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error (self, "exec", error);
  return FALSE;
}

static gboolean
query_int (UpkeepDb *self, const char *sql, gint64 *ret_number, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (self, sql, UPKEEP_DB_NO_ARGS, error);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  if (!upkeep_db_rows_next (rows, &local_error)) {
    g_assert (local_error != NULL);
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  *ret_number = upkeep_db_rows_get_int (rows, 0);
  return TRUE;
}

/* The first thing that is read: refuses what is no database of ours. */
static gboolean
check_application (UpkeepDb *self, const char *uri, GError **error)
{
  gint64 application = 0;
  gint64 n_objects = 0;

  if (!query_int (self, "PRAGMA application_id", &application, error) ||
      !query_int (self, "SELECT count(*) FROM sqlite_schema", &n_objects, error))
    return FALSE;
  if (application == UPKEEP_DB_APPLICATION_ID || (application == 0 && n_objects == 0))
    return TRUE;
  g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_OPEN, "%s: another program's database", uri);
  return FALSE;
}

static gboolean
set_up (UpkeepDb *self, const char *uri, GError **error)
{
  static const char common[] = "PRAGMA trusted_schema=OFF;"
                               "PRAGMA cell_size_check=ON;"
                               "PRAGMA mmap_size=0;"
                               "PRAGMA temp_store=MEMORY;"
                               "PRAGMA foreign_keys=ON;";
  g_autofree char *writer = NULL;
  int rc = sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);

  g_assert (rc == SQLITE_OK);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  if (!run (self, common, error) || !check_application (self, uri, error))
    return FALSE;
  if (self->role == UPKEEP_DB_READER)
    return run (self, "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0;", error);

  if (!self->is_memory) {
    g_autoptr (UpkeepDbRows) rows =
        upkeep_db_query (self, "PRAGMA journal_mode=WAL", UPKEEP_DB_NO_ARGS, error);

    if (rows == NULL || !upkeep_db_rows_next (rows, error))
      return FALSE;
    if (g_strcmp0 (upkeep_db_rows_get_text (rows, 0), "wal") != 0) {
      g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_OPEN,
                   "%s: no write-ahead log is possible here", uri);
      return FALSE;
    }
  }
  writer = g_strdup_printf ("PRAGMA synchronous=FULL;"
                            "PRAGMA secure_delete=FAST;"
                            "PRAGMA wal_autocheckpoint=%d;"
                            "PRAGMA journal_size_limit=%d;",
                            CHECKPOINT_PAGES, JOURNAL_MAX_BYTES);
  return run (self, writer, error);
}

/**
 * upkeep_db_open:
 * @uri: `sqlite:///absolute/path.db`, or `sqlite::memory:NAME` for one that lives as long as a
 *   connection to it does; NAME may be empty
 * @role: whether this is the one connection that writes. It makes the file, for its owner only
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Opens a connection. It is for one thread at a time.
 *
 * What was committed is on the disk when upkeep_db_commit() returns (write-ahead log, full syncs).
 *
 * Errors: `UPKEEP_DB_ERROR_OPEN` when there is no such database or it is not one of ours,
 * `UPKEEP_DB_ERROR_BUSY` when another process writes it, and any other code.
 *
 * Returns: (transfer full): the connection, or `NULL` with @error set
 */
UpkeepDb *
upkeep_db_open (const char *uri, UpkeepDbRole role, GError **error)
{
  g_autoptr (UpkeepDb) self = NULL;
  g_autofree char *name = NULL;
  const char *vfs = NULL;
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_new0 (UpkeepDb, 1);
  self->role = role;
  self->lock_fd = -1;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, statement_free);

  if (g_str_has_prefix (uri, URI_FILE "/")) {
    name = g_strdup (uri + strlen (URI_FILE));
    if (role == UPKEEP_DB_WRITER && !take_lock (self, name, error))
      return NULL;
  } else if (g_str_has_prefix (uri, URI_MEMORY)) {
    /* A leading slash makes it one database for all connections of the process. */
    name = g_strconcat ("/upkeep-", uri + strlen (URI_MEMORY), NULL);
    vfs = "memdb";
    self->is_memory = TRUE;
  } else {
    g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_OPEN, "%s: no such kind of store", uri);
    return NULL;
  }

  flags |=
      role == UPKEEP_DB_WRITER || self->is_memory ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (role == UPKEEP_DB_WRITER) {
    if (!self->is_memory) {
      int fd = open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

      if (fd < 0) {
        g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_OPEN, "%s: %s", name,
                     g_strerror (errno));
        return NULL;
      }
      close (fd);
    }
    flags |= SQLITE_OPEN_CREATE;
  }
  if (sqlite3_open_v2 (name, &self->handle, flags, vfs) != SQLITE_OK) {
    if (self->handle != NULL)
      set_error (self, uri, error);
    else
      g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_OPEN, "%s: out of memory", uri);
    return NULL;
  }
  if (!set_up (self, uri, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * upkeep_db_close:
 * @self: (nullable): a connection of which no rows are being read
 *
 * Closes a connection; what was not committed is lost.
 */
void
upkeep_db_close (UpkeepDb *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->statements);
  if (self->handle != NULL) {
    int rc = sqlite3_close (self->handle);

    g_assert (rc == SQLITE_OK);
  }
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self);
}

static gboolean
run_step (UpkeepDb *self, const char *sql, guint version, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id=%d; PRAGMA user_version=%u;",
                                            UPKEEP_DB_APPLICATION_ID, version);

  if (!upkeep_db_begin (self, error))
    return FALSE;
  if (!run (self, sql, error) || !run (self, stamp, error) || !upkeep_db_commit (self, error)) {
    upkeep_db_rollback (self);
    g_prefix_error (error, "version %u of the schema: ", version);
    return FALSE;
  }
  return TRUE;
}

/**
 * upkeep_db_migrate:
 * @self: the connection that writes, outside any transaction
 * @steps: (array length=n_steps): all steps there ever were, in order; they never change
 * @n_steps: the version that this program knows
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Brings the schema up to date. Each step is one transaction together with the number of its
 * version, so a process that dies half way goes on where it was.
 *
 * Errors: `UPKEEP_DB_ERROR_NEWER_VERSION` when the file's version is above @n_steps, and any other
 * code.
 *
 * Returns: `TRUE` when the schema is of version @n_steps now
 */
gboolean
upkeep_db_migrate (UpkeepDb *self, const UpkeepMigration *steps, guint n_steps, GError **error)
{
  gint64 version = 0;

  g_return_val_if_fail (self != NULL && self->role == UPKEEP_DB_WRITER, FALSE);
  g_return_val_if_fail (steps != NULL || n_steps == 0, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!query_int (self, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version < 0 || version > n_steps) {
    g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_NEWER_VERSION,
                 "the database has version %" G_GINT64_FORMAT
                 " of the schema, this program knows %u",
                 version, n_steps);
    return FALSE;
  }
  for (guint i = (guint) version; i < n_steps; i++) {
    if (!run_step (self, steps[i].sql, i + 1, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * upkeep_db_begin:
 * @self: a connection outside any transaction
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Begins a transaction. The writer has the write lock from here on (a read that turns into a write
 * could fail at once); a reader sees one state of the database until the end.
 *
 * Errors: `UPKEEP_DB_ERROR_BUSY`, `UPKEEP_DB_ERROR_IO`, and any other code.
 *
 * Returns: `TRUE` when it has begun
 */
gboolean
upkeep_db_begin (UpkeepDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return upkeep_db_exec (self, self->role == UPKEEP_DB_WRITER ? "BEGIN IMMEDIATE" : "BEGIN",
                         UPKEEP_DB_NO_ARGS, error);
}

/**
 * upkeep_db_commit:
 * @self: a connection in a transaction
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Commits: when it returns `TRUE`, what was written survives a loss of power. Otherwise nothing of
 * it may be acknowledged; the transaction is still open unless SQLite has ended it, so
 * upkeep_db_rollback() follows.
 *
 * Errors: `UPKEEP_DB_ERROR_BUSY`, `UPKEEP_DB_ERROR_FULL`, `UPKEEP_DB_ERROR_IO`, and any other code.
 *
 * Returns: `TRUE` when it is committed
 */
gboolean
upkeep_db_commit (UpkeepDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return upkeep_db_exec (self, "COMMIT", UPKEEP_DB_NO_ARGS, error);
}

/**
 * upkeep_db_rollback:
 * @self: a connection
 *
 * Ends the transaction with nothing changed, if there is one still.
 */
void
upkeep_db_rollback (UpkeepDb *self)
{
  Statement *statement;

  g_return_if_fail (self != NULL);

  if (!upkeep_db_in_transaction (self))
    return;
  /* Also where nothing may be written any more. */
  statement = take_statement (self, "ROLLBACK", UPKEEP_DB_NO_ARGS, NULL);
  if (statement == NULL || sqlite3_step (statement->handle) != SQLITE_DONE)
    self->is_broken = TRUE;
  if (statement != NULL)
    statement_release (statement);
}

/**
 * upkeep_db_in_transaction:
 * @self: a connection
 *
 * Tells whether a transaction is open. SQLite ends one by itself after some errors.
 *
 * Returns: `TRUE` when there is one
 */
gboolean
upkeep_db_in_transaction (const UpkeepDb *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return sqlite3_get_autocommit (self->handle) == 0;
}

/**
 * upkeep_db_exec:
 * @self: a connection
 * @sql: one statement, the same text each time; its parameters are `$1`, `$2`, …
 * @args: (array length=n_args): what they stand for; see UPKEEP_DB_ARGS()
 * @n_args: how many
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Runs a statement to its end, and drops the rows that it may have.
 *
 * Errors: `UPKEEP_DB_ERROR_UNIQUE` and `UPKEEP_DB_ERROR_CONSTRAINT` by the schema, and any other
 * code.
 *
 * Returns: `TRUE` when it has run
 */
gboolean
upkeep_db_exec (
    UpkeepDb *self, const char *sql, const UpkeepDbValue *args, gsize n_args, GError **error)
{
  Statement *statement;
  int rc;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_usable (self, error))
    return FALSE;
  statement = take_statement (self, sql, args, n_args, error);
  if (statement == NULL)
    return FALSE;
  do
    rc = sqlite3_step (statement->handle);
  while (rc == SQLITE_ROW);
  done = rc == SQLITE_DONE;
  if (done)
    self->changes =
        sqlite3_stmt_readonly (statement->handle) ? 0 : sqlite3_changes64 (self->handle);
  else
    set_error (self, "step", error);
  statement_release (statement);
  return done;
}

/**
 * upkeep_db_changes:
 * @self: a connection
 *
 * Gets how many rows the last upkeep_db_exec() changed.
 *
 * Returns: at least 0
 */
gint64
upkeep_db_changes (const UpkeepDb *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->changes;
}

/**
 * upkeep_db_query:
 * @self: a connection, which must outlive the rows
 * @sql: one statement, as for upkeep_db_exec()
 * @args: (array length=n_args): what its parameters stand for
 * @n_args: how many
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Asks for rows. They are read while upkeep_db_rows_next() is called.
 *
 * Errors: any code.
 *
 * Returns: (transfer full): the rows, before the first, or `NULL` with @error set
 */
UpkeepDbRows *
upkeep_db_query (
    UpkeepDb *self, const char *sql, const UpkeepDbValue *args, gsize n_args, GError **error)
{
  Statement *statement;
  UpkeepDbRows *rows;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  statement = take_statement (self, sql, args, n_args, error);
  if (statement == NULL)
    return NULL;
  if (!sqlite3_stmt_readonly (statement->handle) && !check_usable (self, error)) {
    statement_release (statement);
    return NULL;
  }
  rows = g_new0 (UpkeepDbRows, 1);
  rows->db = self;
  rows->statement = statement;
  return rows;
}

/**
 * upkeep_db_rows_next:
 * @self: the rows
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Goes to the next row.
 *
 * Errors: any code.
 *
 * Returns: `TRUE` when there is one; at the end `FALSE` with @error not set
 */
gboolean
upkeep_db_rows_next (UpkeepDbRows *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  switch (sqlite3_step (self->statement->handle)) {
  case SQLITE_ROW:
    self->has_row = TRUE;
    return TRUE;
  case SQLITE_DONE:
    self->has_row = FALSE;
    return FALSE;
  default:
    self->has_row = FALSE;
    set_error (self->db, "step", error);
    return FALSE;
  }
}

/* Whether @column may be read as @type; anything else is a fault of the program, or of the file. */
static gboolean
check_column (const UpkeepDbRows *self, guint column, int type)
{
  int found;

  g_return_val_if_fail (self != NULL && self->has_row, FALSE);
  g_return_val_if_fail (column < (guint) sqlite3_column_count (self->statement->handle), FALSE);

  found = sqlite3_column_type (self->statement->handle, (int) column);
  if (found == SQLITE_NULL)
    return FALSE;
  g_return_val_if_fail (found == type, FALSE);
  return TRUE;
}

/**
 * upkeep_db_rows_is_null:
 * @self: the rows, at one
 * @column: counted from 0
 *
 * Tells whether a column is NULL.
 *
 * Returns: `TRUE` when it is
 */
gboolean
upkeep_db_rows_is_null (const UpkeepDbRows *self, guint column)
{
  g_return_val_if_fail (self != NULL && self->has_row, TRUE);

  return sqlite3_column_type (self->statement->handle, (int) column) == SQLITE_NULL;
}

/**
 * upkeep_db_rows_get_int:
 * @self: the rows, at one
 * @column: counted from 0
 *
 * Gets an integer.
 *
 * Returns: the number; 0 for NULL
 */
gint64
upkeep_db_rows_get_int (const UpkeepDbRows *self, guint column)
{
  if (!check_column (self, column, SQLITE_INTEGER))
    return 0;
  return sqlite3_column_int64 (self->statement->handle, (int) column);
}

/**
 * upkeep_db_rows_get_text:
 * @self: the rows, at one
 * @column: counted from 0
 *
 * Gets a text.
 *
 * Returns: (transfer none) (nullable): the text, valid until the next row; `NULL` for NULL
 */
const char *
upkeep_db_rows_get_text (const UpkeepDbRows *self, guint column)
{
  if (!check_column (self, column, SQLITE_TEXT))
    return NULL;
  return (const char *) sqlite3_column_text (self->statement->handle, (int) column);
}

/**
 * upkeep_db_rows_dup_bytes:
 * @self: the rows, at one
 * @column: counted from 0
 *
 * Gets a row of bytes.
 *
 * Returns: (transfer full) (nullable): a copy of the bytes; `NULL` for NULL
 */
GBytes *
upkeep_db_rows_dup_bytes (const UpkeepDbRows *self, guint column)
{
  const void *data;

  if (!check_column (self, column, SQLITE_BLOB))
    return NULL;
  data = sqlite3_column_blob (self->statement->handle, (int) column);
  return g_bytes_new (data, (gsize) sqlite3_column_bytes (self->statement->handle, (int) column));
}

/**
 * upkeep_db_rows_free:
 * @self: (nullable): the rows
 *
 * Ends a query, at whatever row it is.
 */
void
upkeep_db_rows_free (UpkeepDbRows *self)
{
  if (self == NULL)
    return;
  statement_release (self->statement);
  g_free (self);
}

/**
 * upkeep_db_pool_new:
 * @uri: as for upkeep_db_open(); the schema is there already
 * @n_connections: 1 to 64
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Opens connections that read.
 *
 * Errors: as upkeep_db_open().
 *
 * Returns: (transfer full): the pool, or `NULL` with @error set
 */
UpkeepDbPool *
upkeep_db_pool_new (const char *uri, guint n_connections, GError **error)
{
  g_autoptr (UpkeepDbPool) self = NULL;

  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (n_connections >= 1 && n_connections <= POOL_MAX, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_new0 (UpkeepDbPool, 1);
  g_mutex_init (&self->lock);
  g_cond_init (&self->released);
  self->idle = g_ptr_array_new ();
  while (self->n_all < n_connections) {
    UpkeepDb *db = upkeep_db_open (uri, UPKEEP_DB_READER, error);

    if (db == NULL)
      return NULL;
    self->all[self->n_all++] = db;
    g_ptr_array_add (self->idle, db);
  }
  return g_steal_pointer (&self);
}

/**
 * upkeep_db_pool_acquire:
 * @self: a pool
 *
 * Takes a connection that nobody uses, and waits for one if there is none. A thread takes one at a
 * time, so that none waits for itself. May be called from any thread.
 *
 * Returns: (transfer none): a connection, to be given back with upkeep_db_pool_release()
 */
UpkeepDb *
upkeep_db_pool_acquire (UpkeepDbPool *self)
{
  UpkeepDb *db;

  g_return_val_if_fail (self != NULL, NULL);

  g_mutex_lock (&self->lock);
  while (self->idle->len == 0)
    g_cond_wait (&self->released, &self->lock);
  db = g_ptr_array_steal_index (self->idle, self->idle->len - 1);
  g_mutex_unlock (&self->lock);
  return db;
}

/**
 * upkeep_db_pool_release:
 * @self: a pool
 * @db: a connection of it; a transaction that is still open is ended
 *
 * Gives a connection back.
 */
void
upkeep_db_pool_release (UpkeepDbPool *self, UpkeepDb *db)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (db != NULL);

  upkeep_db_rollback (db);
  g_mutex_lock (&self->lock);
  g_assert (self->idle->len < self->n_all);
  g_ptr_array_add (self->idle, db);
  g_cond_signal (&self->released);
  g_mutex_unlock (&self->lock);
}

/**
 * upkeep_db_pool_free:
 * @self: (nullable): a pool of which all connections were given back
 *
 * Closes the connections.
 */
void
upkeep_db_pool_free (UpkeepDbPool *self)
{
  if (self == NULL)
    return;
  g_assert (self->idle->len == self->n_all);
  for (guint i = 0; i < self->n_all; i++)
    upkeep_db_close (self->all[i]);
  g_ptr_array_unref (self->idle);
  g_cond_clear (&self->released);
  g_mutex_clear (&self->lock);
  g_free (self);
}

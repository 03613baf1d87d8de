/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-db.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const UpkeepMigration steps[] = {
    {"CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, data BLOB) STRICT;"
     "CREATE TABLE part (item INTEGER NOT NULL REFERENCES item (id)) STRICT;"},
    {"ALTER TABLE item ADD COLUMN note TEXT;"},
};

typedef struct {
  char *folder; /* (owned) */
  char *path;   /* (owned) */
  char *uri;    /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("upkeep-db-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "a.db", NULL);
  fixture->uri = g_strconcat ("sqlite://", fixture->path, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_assert_cmpint (g_unlink (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->uri);
}

static UpkeepDb *
open_writer (const char *uri)
{
  g_autoptr (GError) error = NULL;
  UpkeepDb *db = upkeep_db_open (uri, UPKEEP_DB_WRITER, &error);

  g_assert_no_error (error);
  g_assert_true (upkeep_db_migrate (db, steps, G_N_ELEMENTS (steps), &error));
  g_assert_no_error (error);
  return db;
}

static void
insert (UpkeepDb *db, const char *name)
{
  g_autoptr (GError) error = NULL;

  gboolean done = upkeep_db_exec (db, "INSERT INTO item (name) VALUES ($1)",
                                  UPKEEP_DB_ARGS (upkeep_db_text (name)), &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static gint64
get_int (UpkeepDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (db, sql, UPKEEP_DB_NO_ARGS, &error);
  gboolean has_row;

  g_assert_no_error (error);
  has_row = upkeep_db_rows_next (rows, &error);
  g_assert_no_error (error);
  g_assert_true (has_row);
  return upkeep_db_rows_get_int (rows, 0);
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *sql;
    gint64 writer;
    gint64 reader;
  } rows[] = {
      {"PRAGMA synchronous", 2, 2},
      {"PRAGMA foreign_keys", 1, 1},
      {"PRAGMA trusted_schema", 0, 0},
      {"PRAGMA cell_size_check", 1, 1},
      {"PRAGMA temp_store", 2, 2},
      {"PRAGMA busy_timeout", 5000, 5000},
      {"PRAGMA wal_autocheckpoint", 1000, 0},
      {"PRAGMA journal_size_limit", 67108864, -1},
      {"PRAGMA secure_delete", 2, -1},
      {"PRAGMA query_only", 0, 1},
      {"PRAGMA application_id", UPKEEP_DB_APPLICATION_ID, UPKEEP_DB_APPLICATION_ID},
      {"PRAGMA user_version", 2, 2},
  };
  g_autoptr (UpkeepDb) writer = open_writer (fixture->uri);
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepDb) reader = upkeep_db_open (fixture->uri, UPKEEP_DB_READER, &error);
  g_autoptr (UpkeepDbRows) mode = NULL;
  gboolean has_row;
  GStatBuf info;

  g_test_summary ("Both kinds of connection have the settings that make a commit last.");
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].sql);
    g_assert_cmpint (get_int (writer, rows[i].sql), ==, rows[i].writer);
    if (rows[i].reader >= 0)
      g_assert_cmpint (get_int (reader, rows[i].sql), ==, rows[i].reader);
  }
  mode = upkeep_db_query (writer, "PRAGMA journal_mode", UPKEEP_DB_NO_ARGS, &error);
  has_row = upkeep_db_rows_next (mode, &error);
  g_assert_true (has_row);
  g_assert_cmpstr (upkeep_db_rows_get_text (mode, 0), ==, "wal");

  /* Nobody else can read it. */
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepDb) db = open_writer ("sqlite::memory:");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\0b", 3);
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) read_bytes = NULL;
  g_autoptr (GBytes) read_none = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepDbRows) rows = NULL;
  gboolean has_row;

  g_test_summary ("Values come back as they were bound; a parameter may stand in two places.");
  g_assert_true (upkeep_db_exec (
      db, "INSERT INTO item (id, name, data, note) VALUES ($1, $2, $3, $2)",
      UPKEEP_DB_ARGS (upkeep_db_int (G_MAXINT64), upkeep_db_text ("'; DROP TABLE item; --"),
                      upkeep_db_bytes (bytes)),
      &error));
  g_assert_cmpint (upkeep_db_changes (db), ==, 1);
  g_assert_true (
      upkeep_db_exec (db, "INSERT INTO item (note, data, id, name) VALUES ($4, $3, $1, $2)",
                      UPKEEP_DB_ARGS (upkeep_db_int (G_MININT64), upkeep_db_text ("\xe4\xb8\xad"),
                                      upkeep_db_bytes (none), upkeep_db_text (NULL)),
                      &error));
  g_assert_no_error (error);

  rows = upkeep_db_query (db, "SELECT id, name, data, note FROM item ORDER BY id DESC",
                          UPKEEP_DB_NO_ARGS, &error);
  has_row = upkeep_db_rows_next (rows, &error);
  g_assert_true (has_row);
  g_assert_cmpint (upkeep_db_rows_get_int (rows, 0), ==, G_MAXINT64);
  g_assert_cmpstr (upkeep_db_rows_get_text (rows, 1), ==, "'; DROP TABLE item; --");
  read_bytes = upkeep_db_rows_dup_bytes (rows, 2);
  g_assert_true (g_bytes_equal (read_bytes, bytes));
  g_assert_cmpstr (upkeep_db_rows_get_text (rows, 3), ==, "'; DROP TABLE item; --");
  g_assert_false (upkeep_db_rows_is_null (rows, 3));

  has_row = upkeep_db_rows_next (rows, &error);
  g_assert_true (has_row);
  g_assert_cmpint (upkeep_db_rows_get_int (rows, 0), ==, G_MININT64);
  g_assert_cmpstr (upkeep_db_rows_get_text (rows, 1), ==, "\xe4\xb8\xad");
  read_none = upkeep_db_rows_dup_bytes (rows, 2);
  g_assert_cmpuint (g_bytes_get_size (read_none), ==, 0);
  g_assert_true (upkeep_db_rows_is_null (rows, 3));
  g_assert_null (upkeep_db_rows_get_text (rows, 3));

  has_row = upkeep_db_rows_next (rows, &error);
  g_assert_false (has_row);
  g_assert_no_error (error);
}

static void
test_constraints (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *sql;
    UpkeepDbError code;
  } rows[] = {
      {"INSERT INTO item (name) VALUES ('a')", UPKEEP_DB_ERROR_UNIQUE},
      {"INSERT INTO item (id, name) VALUES (1, 'b')", UPKEEP_DB_ERROR_UNIQUE},
      {"INSERT INTO item (name) VALUES (NULL)", UPKEEP_DB_ERROR_CONSTRAINT},
      {"INSERT INTO item (name, data) VALUES ('c', 'text')", UPKEEP_DB_ERROR_CONSTRAINT},
      {"INSERT INTO part (item) VALUES (99)", UPKEEP_DB_ERROR_CONSTRAINT},
      {"INSERT INTO nothing VALUES (1)", UPKEEP_DB_ERROR_FAILED},
  };
  g_autoptr (UpkeepDb) db = open_writer ("sqlite::memory:");

  g_test_summary ("What the schema forbids has a code of its own.");
  insert (db, "a");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", rows[i].sql);
    g_assert_false (upkeep_db_exec (db, rows[i].sql, UPKEEP_DB_NO_ARGS, &error));
    g_assert_error (error, UPKEEP_DB_ERROR, (int) rows[i].code);
  }
  g_assert_cmpint (get_int (db, "SELECT count(*) FROM item"), ==, 1);
}

static void
test_transactions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepDb) db = open_writer (fixture->uri);
  g_autoptr (GError) error = NULL;

  g_test_summary ("What is committed is there, what is rolled back is not.");
  g_assert_true (upkeep_db_begin (db, &error));
  g_assert_true (upkeep_db_in_transaction (db));
  insert (db, "a");
  upkeep_db_rollback (db);
  g_assert_false (upkeep_db_in_transaction (db));
  upkeep_db_rollback (db);

  g_assert_true (upkeep_db_begin (db, &error));
  insert (db, "b");
  g_assert_true (upkeep_db_commit (db, &error));
  g_assert_false (upkeep_db_commit (db, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_FAILED);

  g_clear_pointer (&db, upkeep_db_close);
  db = open_writer (fixture->uri);
  g_assert_cmpint (get_int (db, "SELECT count(*) FROM item"), ==, 1);
}

static void
test_nested (Fixture *fixture, gconstpointer data)
{
  static const char sql[] = "SELECT id FROM item ORDER BY id";
  g_autoptr (UpkeepDb) db = open_writer ("sqlite::memory:");
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepDbRows) outer = NULL;
  guint n_rows = 0;

  g_test_summary ("The same query can be read inside itself.");
  insert (db, "a");
  insert (db, "b");
  outer = upkeep_db_query (db, sql, UPKEEP_DB_NO_ARGS, &error);
  while (upkeep_db_rows_next (outer, &error)) {
    g_autoptr (UpkeepDbRows) inner = upkeep_db_query (db, sql, UPKEEP_DB_NO_ARGS, &error);

    while (upkeep_db_rows_next (inner, &error))
      n_rows++;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 4);
}

static void
test_readers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepDb) writer = open_writer (data != NULL ? data : fixture->uri);
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepDbPool) pool =
      upkeep_db_pool_new (data != NULL ? data : fixture->uri, 2, &error);
  UpkeepDb *first;
  UpkeepDb *second;

  g_test_summary ("Readers see what is committed, and cannot write.");
  g_assert_no_error (error);
  first = upkeep_db_pool_acquire (pool);
  second = upkeep_db_pool_acquire (pool);
  g_assert_true (first != second);
  g_assert_cmpint (get_int (first, "SELECT count(*) FROM item"), ==, 0);
  insert (writer, "a");
  g_assert_cmpint (get_int (first, "SELECT count(*) FROM item"), ==, 1);
  g_assert_cmpint (get_int (second, "SELECT count(*) FROM item"), ==, 1);

  g_assert_false (upkeep_db_exec (first, "DELETE FROM item", UPKEEP_DB_NO_ARGS, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  /* One state from the first read of a transaction to its end. */
  if (data == NULL) {
    g_assert_true (upkeep_db_begin (first, &error));
    g_assert_cmpint (get_int (first, "SELECT count(*) FROM item"), ==, 1);
    insert (writer, "b");
    g_assert_cmpint (get_int (first, "SELECT count(*) FROM item"), ==, 1);
    g_assert_cmpint (get_int (second, "SELECT count(*) FROM item"), ==, 2);
  }
  upkeep_db_pool_release (pool, first);
  g_assert_false (upkeep_db_in_transaction (first));
  upkeep_db_pool_release (pool, second);
}

static gpointer
read_many (gpointer data)
{
  for (guint i = 0; i < 200; i++) {
    UpkeepDb *db = upkeep_db_pool_acquire (data);

    g_assert_cmpint (get_int (db, "SELECT count(*) FROM item"), >=, 1);
    upkeep_db_pool_release (data, db);
  }
  return NULL;
}

static void
test_pool_threads (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepDb) writer = open_writer (fixture->uri);
  g_autoptr (UpkeepDbPool) pool = upkeep_db_pool_new (fixture->uri, 2, NULL);
  GThread *threads[4];

  g_test_summary ("More threads than connections wait for one another while the writer writes.");
  insert (writer, "a");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("read", read_many, pool);
  for (guint i = 0; i < 50; i++) {
    g_autofree char *name = g_strdup_printf ("n%u", i);

    insert (writer, name);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_one_writer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepDb) first = open_writer (fixture->uri);
  g_autoptr (UpkeepDb) second = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("A second writer is told that there is one.");
  second = upkeep_db_open (fixture->uri, UPKEEP_DB_WRITER, &error);
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, "another process"));
  g_clear_error (&error);
  g_clear_pointer (&first, upkeep_db_close);
  second = upkeep_db_open (fixture->uri, UPKEEP_DB_WRITER, &error);
  g_assert_no_error (error);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepDb) db = open_writer (fixture->uri);
  g_autoptr (GError) error = NULL;
  sqlite3 *stranger = NULL;

  g_test_summary ("A foreign lock makes the store unavailable, for a while.");
  g_assert_true (upkeep_db_exec (db, "PRAGMA busy_timeout=1", UPKEEP_DB_NO_ARGS, &error));
  g_assert_cmpint (sqlite3_open (fixture->path, &stranger), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (stranger, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (upkeep_db_begin (db, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_cmpint (get_int (db, "SELECT count(*) FROM item"), ==, 0);
  sqlite3_close (stranger);
  g_assert_true (upkeep_db_begin (db, &error));
  upkeep_db_rollback (db);
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepDb) db = open_writer (fixture->uri);
  g_autoptr (GError) error = NULL;

  g_test_summary ("Without room nothing is written, and reading goes on.");
  insert (db, "a");
  g_assert_true (upkeep_db_exec (db, "PRAGMA max_page_count=1", UPKEEP_DB_NO_ARGS, &error));
  g_assert_true (upkeep_db_begin (db, &error));
  g_assert_false (upkeep_db_exec (db,
                                  "INSERT INTO item (name, data) VALUES ('b', zeroblob(1000000))",
                                  UPKEEP_DB_NO_ARGS, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_FULL);
  g_clear_error (&error);
  upkeep_db_rollback (db);
  g_assert_cmpint (get_int (db, "SELECT count(*) FROM item"), ==, 1);
  g_assert_true (upkeep_db_exec (db, "PRAGMA max_page_count=1000000", UPKEEP_DB_NO_ARGS, &error));
  insert (db, "b");
}

static void
test_open_errors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_strconcat (fixture->uri, "/nowhere/b.db", NULL);
  const struct {
    const char *uri;
    UpkeepDbRole role;
  } rows[] = {
      {nowhere, UPKEEP_DB_WRITER},
      {fixture->uri, UPKEEP_DB_READER},
      {"sqlite://relative.db", UPKEEP_DB_WRITER},
      {"mysql://x", UPKEEP_DB_WRITER},
      {"", UPKEEP_DB_WRITER},
  };

  g_test_summary ("What cannot be opened is said so.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", rows[i].uri);
    g_assert_null (upkeep_db_open (rows[i].uri, rows[i].role, &error));
    g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_OPEN);
  }
}

static void
test_strangers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *stranger = NULL;

  g_test_summary ("Another program's file is left alone.");
  g_assert_cmpint (sqlite3_open (fixture->path, &stranger), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (stranger, "CREATE TABLE a (b)", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_null (upkeep_db_open (fixture->uri, UPKEEP_DB_WRITER, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_cmpint (
      sqlite3_exec (stranger, "DROP TABLE a; PRAGMA application_id=7", NULL, NULL, NULL), ==,
      SQLITE_OK);
  sqlite3_close (stranger);
  g_assert_null (upkeep_db_open (fixture->uri, UPKEEP_DB_WRITER, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_OPEN);
  g_clear_error (&error);

  g_assert_true (
      g_file_set_contents (fixture->path, "This is a letter and not a database.", -1, NULL));
  g_assert_null (upkeep_db_open (fixture->uri, UPKEEP_DB_WRITER, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_CORRUPT);
}

static void
test_migrations (Fixture *fixture, gconstpointer data)
{
  static const UpkeepMigration broken[] = {
      {"CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, data BLOB) STRICT;"
       "CREATE TABLE part (item INTEGER NOT NULL REFERENCES item (id)) STRICT;"},
      {"ALTER TABLE item ADD COLUMN note TEXT; INSERT INTO nothing VALUES (1);"},
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepDb) db = upkeep_db_open (fixture->uri, UPKEEP_DB_WRITER, &error);

  g_test_summary ("Each step is done whole or not at all, and an older program is refused.");
  g_assert_no_error (error);
  g_assert_true (upkeep_db_migrate (db, steps, 1, &error));
  g_assert_cmpint (get_int (db, "PRAGMA user_version"), ==, 1);
  insert (db, "kept");

  g_assert_false (upkeep_db_migrate (db, broken, 2, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_FAILED);
  g_assert_true (g_str_has_prefix (error->message, "version 2 of the schema: "));
  g_clear_error (&error);
  g_assert_cmpint (get_int (db, "PRAGMA user_version"), ==, 1);
  g_assert_false (upkeep_db_in_transaction (db));

  g_assert_true (upkeep_db_migrate (db, steps, 2, &error));
  g_assert_true (upkeep_db_migrate (db, steps, 2, &error));
  g_assert_cmpint (get_int (db, "SELECT count(*) FROM item WHERE note IS NULL"), ==, 1);

  g_assert_false (upkeep_db_migrate (db, steps, 1, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_NEWER_VERSION);
}

/* A file system whose syncs fail when told to. */
static struct {
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  sqlite3_io_methods methods;
  const sqlite3_io_methods *real_methods;
  gboolean fails;
} faulty;

static int
faulty_sync (sqlite3_file *file, int flags)
{
  return faulty.fails ? SQLITE_IOERR_FSYNC : faulty.real_methods->xSync (file, flags);
}

static int
faulty_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
  int rc = faulty.real->xOpen (faulty.real, name, file, flags, ret_flags);

  if (rc == SQLITE_OK && (flags & SQLITE_OPEN_WAL) != 0) {
    faulty.real_methods = file->pMethods;
    faulty.methods = *file->pMethods;
    faulty.methods.xSync = faulty_sync;
    file->pMethods = &faulty.methods;
  }
  return rc;
}

static void
test_failed_sync (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepDb) db = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("After a failed sync nothing is acknowledged until the file is opened anew.");
  faulty.real = sqlite3_vfs_find (NULL);
  faulty.vfs = *faulty.real;
  faulty.vfs.zName = "faulty";
  faulty.vfs.xOpen = faulty_open;
  g_assert_cmpint (sqlite3_vfs_register (&faulty.vfs, 1), ==, SQLITE_OK);

  db = open_writer (fixture->uri);
  insert (db, "a");
  g_assert_true (upkeep_db_begin (db, &error));
  insert (db, "b");
  faulty.fails = TRUE;
  g_assert_false (upkeep_db_commit (db, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_IO);
  g_clear_error (&error);
  faulty.fails = FALSE;
  upkeep_db_rollback (db);

  g_assert_false (upkeep_db_begin (db, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (upkeep_db_exec (db, "DELETE FROM item", UPKEEP_DB_NO_ARGS, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_IO);
  g_clear_error (&error);
  g_assert_cmpint (get_int (db, "SELECT count(*) FROM item"), ==, 1);

  g_clear_pointer (&db, upkeep_db_close);
  db = open_writer (fixture->uri);
  insert (db, "c");
  g_assert_cmpint (get_int (db, "SELECT count(*) FROM item WHERE name = 'a'"), ==, 1);
  g_clear_pointer (&db, upkeep_db_close);
  sqlite3_vfs_unregister (&faulty.vfs);
}

static void
test_many_statements (Fixture *fixture, gconstpointer data)
{
  g_autoptr (UpkeepDb) db = open_writer ("sqlite::memory:");

  g_test_summary ("More statements than are kept still run.");
  for (guint i = 0; i < 600; i++) {
    g_autofree char *sql = g_strdup_printf ("SELECT %u", i);

    g_assert_cmpint (get_int (db, sql), ==, i);
  }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    gconstpointer data;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
      {"/service/db/settings", NULL, test_settings},
      {"/service/db/values", NULL, test_values},
      {"/service/db/constraints", NULL, test_constraints},
      {"/service/db/transactions", NULL, test_transactions},
      {"/service/db/nested", NULL, test_nested},
      {"/service/db/readers", NULL, test_readers},
      {"/service/db/readers-memory", "sqlite::memory:shared", test_readers},
      {"/service/db/pool-threads", NULL, test_pool_threads},
      {"/service/db/one-writer", NULL, test_one_writer},
      {"/service/db/busy", NULL, test_busy},
      {"/service/db/full", NULL, test_full},
      {"/service/db/open-errors", NULL, test_open_errors},
      {"/service/db/strangers", NULL, test_strangers},
      {"/service/db/migrations", NULL, test_migrations},
      {"/service/db/failed-sync", NULL, test_failed_sync},
      {"/service/db/many-statements", NULL, test_many_statements},
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, tests[i].data, set_up, tests[i].run, tear_down);
  return g_test_run ();
}

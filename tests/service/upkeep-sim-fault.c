/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-sim-fault.h"

#include <sqlite3.h>

struct _SimFault {
  guint64 fails_at; /* from 1; 0 never */
  guint64 n_writes;
};

/* The connection that was opened first since a fault was last looked for: a store's writer. */
static sqlite3 *writer = NULL;

static int
note_writer (sqlite3 *db, char **ret_message, const void *api)
{
  if (writer == NULL)
    writer = db;
  return SQLITE_OK;
}

/* Sees all connections from here on. */
void
sim_fault_watch (void)
{
  int rc = sqlite3_auto_extension ((void (*) (void)) note_writer);

  g_assert_cmpint (rc, ==, SQLITE_OK);
  writer = NULL;
}

static gboolean
strikes (SimFault *self)
{
  self->n_writes++;
  return self->n_writes == self->fails_at;
}

static void
write_row (sqlite3_context *context, int n_args, sqlite3_value **args)
{
  if (strikes (sqlite3_user_data (context)))
    sqlite3_result_error_code (context, SQLITE_FULL);
}

static int
keep_transaction (void *user_data)
{
  return strikes (user_data);
}

/* Before each row of each table. */
static void
add_triggers (sqlite3 *db)
{
  static const char *const acts[] = {"INSERT", "UPDATE", "DELETE"};
  sqlite3_stmt *tables = NULL;
  GString *sql = g_string_new (NULL);
  int rc = sqlite3_prepare_v2 (db, "SELECT name FROM main.sqlite_schema WHERE type = 'table'", -1,
                               &tables, NULL);

  g_assert_cmpint (rc, ==, SQLITE_OK);
  while (sqlite3_step (tables) == SQLITE_ROW) {
    const char *name = (const char *) sqlite3_column_text (tables, 0);

    for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
      g_string_append_printf (sql,
                              "CREATE TEMP TRIGGER fault_%s_%s BEFORE %s ON main.%s "
                              "BEGIN SELECT fault_write (); END;",
                              name, acts[i], acts[i], name);
  }
  sqlite3_finalize (tables);
  rc = sqlite3_exec (db, sql->str, NULL, NULL, NULL);
  g_assert_cmpint (rc, ==, SQLITE_OK);
  g_string_free (sql, TRUE);
}

/* Of the store that was opened last; it goes before the store. */
SimFault *
sim_fault_new (guint64 fails_at)
{
  SimFault *self = g_new0 (SimFault, 1);
  int rc;

  g_assert_nonnull (writer);
  self->fails_at = fails_at;
  rc = sqlite3_create_function_v2 (writer, "fault_write", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, self,
                                   write_row, NULL, NULL, NULL);
  g_assert_cmpint (rc, ==, SQLITE_OK);
  add_triggers (writer);
  sqlite3_commit_hook (writer, keep_transaction, self);
  return self;
}

void
sim_fault_free (SimFault *self)
{
  sqlite3_cancel_auto_extension ((void (*) (void)) note_writer);
  g_free (self);
}

guint64
sim_fault_count (const SimFault *self)
{
  return self->n_writes;
}

gboolean
sim_fault_has_struck (const SimFault *self)
{
  return self->fails_at > 0 && self->n_writes >= self->fails_at;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-store.h"

#include "upkeep-json.h"
#include "upkeep-random.h"
#include "upkeep-reader.h"
#include "upkeep-schema.h"
#include "upkeep-store-job.h"
#include "upkeep-wire-parts.h"

#include <string.h>

/* How many requests can read at the same time. */
#define READERS_N 4

#define CLOCK_NAME "test"

/* Most bytes of one of our own documents. */
#define DOCUMENT_MAX_BYTES (1024 * 1024)

struct _UpkeepStore {
  GMutex lock;           /* held from begin() to commit() or rollback() */
  UpkeepDb *writer;      /* (owned) */
  UpkeepDbPool *readers; /* (owned) */
};

/* The facts of an account and the columns that hold them: each is named here once. */

typedef enum {
  COLUMN_TEXT,    /* char *, NULL for none */
  COLUMN_INT64,   /* gint64 */
  COLUMN_INT,     /* int */
  COLUMN_INSTANT, /* gint64, NULL for none */
  COLUMN_ENUM,    /* by its name; a value without a name is NULL */
} ColumnType;

typedef struct {
  const char *name;
  ColumnType type;
  gsize offset;
  const char *(*get_name) (guint value); /* of ENUM */
  guint n_values;                        /* of ENUM */
} Column;

static const char *
get_state_name (guint value)
{
  return upkeep_state_to_string ((UpkeepState) value);
}

static const char *
get_interval_name (guint value)
{
  return upkeep_interval_to_string ((UpkeepInterval) value);
}

static const char *
get_scheduled_name (guint value)
{
  return upkeep_scheduled_kind_to_string ((UpkeepScheduledKind) value);
}

static const char *
get_grant_kind_name (guint value)
{
  return upkeep_grant_kind_to_string ((UpkeepGrantKind) value);
}

static const char *
get_invoice_state_name (guint value)
{
  return upkeep_invoice_state_to_string ((UpkeepInvoiceState) value);
}

/* Enumerations are stored in the size of an int. */
G_STATIC_ASSERT (sizeof (UpkeepState) == sizeof (int));
G_STATIC_ASSERT (sizeof (UpkeepInterval) == sizeof (int));
G_STATIC_ASSERT (sizeof (UpkeepScheduledKind) == sizeof (int));
G_STATIC_ASSERT (sizeof (gboolean) == sizeof (int));

#define AT(field) G_STRUCT_OFFSET (UpkeepAccount, field)
#define USE_COLUMNS(use)                                                                           \
  {#use "_units_0", COLUMN_INT64, AT (use.units[0])},                                              \
      {#use "_units_1", COLUMN_INT64, AT (use.units[1])},                                          \
      {#use "_units_2", COLUMN_INT64, AT (use.units[2])},                                          \
      {#use "_units_3", COLUMN_INT64, AT (use.units[3])},                                          \
  {                                                                                                \
#use "_images", COLUMN_INT64, AT(use.images)                                                   \
  }
G_STATIC_ASSERT (UPKEEP_MODES_MAX == 4);

static const Column account_columns[] = {
    {"id", COLUMN_TEXT, AT (id)},
    {"service", COLUMN_TEXT, AT (service)},
    {"edition", COLUMN_TEXT, AT (edition)},
    {"next_edition", COLUMN_TEXT, AT (next_edition)},
    {"email", COLUMN_TEXT, AT (email)},
    {"locale", COLUMN_TEXT, AT (locale)},
    {"country", COLUMN_TEXT, AT (country)},
    {"created_at_s", COLUMN_INT64, AT (created_at_s)},
    {"version", COLUMN_INT64, AT (version)},
    {"state", COLUMN_ENUM, AT (state), get_state_name, UPKEEP_N_STATES},
    {"plan", COLUMN_TEXT, AT (plan)},
    {"interval", COLUMN_ENUM, AT (interval), get_interval_name, UPKEEP_N_INTERVALS},
    {"price_minor", COLUMN_INT64, AT (price_minor)},
    {"started_at_s", COLUMN_INSTANT, AT (started_at_s)},
    {"ended_at_s", COLUMN_INSTANT, AT (ended_at_s)},
    {"ever_subscribed", COLUMN_INT, AT (ever_subscribed)},
    {"anchor_s", COLUMN_INSTANT, AT (anchor_s)},
    {"term_start_s", COLUMN_INT64, AT (term.start_s)},
    {"term_end_s", COLUMN_INT64, AT (term.end_s)},
    {"refill_start_s", COLUMN_INT64, AT (refill.start_s)},
    {"refill_end_s", COLUMN_INT64, AT (refill.end_s)},
    {"term_taken_minor", COLUMN_INT64, AT (term_taken_minor)},
    {"term_invoice", COLUMN_TEXT, AT (term_invoice)},
    {"scheduled", COLUMN_ENUM, AT (scheduled), get_scheduled_name, UPKEEP_N_SCHEDULED_KINDS},
    {"scheduled_plan", COLUMN_TEXT, AT (scheduled_plan)},
    {"scheduled_interval", COLUMN_ENUM, AT (scheduled_interval), get_interval_name,
     UPKEEP_N_INTERVALS},
    {"missed_at_s", COLUMN_INSTANT, AT (missed_at_s)},
    {"retries_done", COLUMN_INT, AT (retries_done)},
    {"owed_price_minor", COLUMN_INT64, AT (owed_price_minor)},
    {"money_minor", COLUMN_INT64, AT (money_minor)},
    {"metered_parts", COLUMN_INT64, AT (metered_parts)},
    {"mode", COLUMN_INT, AT (mode)},
    {"mode_fell", COLUMN_INT, AT (mode_fell)},
    USE_COLUMNS (use_month),
    USE_COLUMNS (use_term),
    USE_COLUMNS (use_subscription),
    USE_COLUMNS (use_lifetime),
    {"last_used_at_s", COLUMN_INSTANT, AT (last_used_at_s)},
    {"next_grant_number", COLUMN_INT64, AT (next_grant_number)},
    {"next_job_number", COLUMN_INT64, AT (next_job_number)},
    {"payment_token", COLUMN_TEXT, AT (payment_method.token)},
    {"payment_brand", COLUMN_TEXT, AT (payment_method.brand)},
    {"payment_last4", COLUMN_TEXT, AT (payment_method.last4)},
    {"payment_exp_month", COLUMN_INT, AT (payment_method.exp_month)},
    {"payment_exp_year", COLUMN_INT, AT (payment_method.exp_year)},
    {"invoice_prefix", COLUMN_TEXT, AT (invoice_prefix)},
    {"next_invoice_number", COLUMN_INT64, AT (next_invoice_number)},
    {"refund_expected_by_s", COLUMN_INSTANT, AT (refund_expected_by_s)},
    {"refund_minor", COLUMN_INT64, AT (refund_minor)},
};

/* One more column, which is not a fact about the account but follows from them. */
#define DUE_COLUMN   "next_due_at_s"
#define ACCOUNT_ARGS (G_N_ELEMENTS (account_columns) + 1)

/* A name that is stored and the value it stands for. */
static gboolean
find_value (const char *text,
            const char *(*get_name) (guint),
            guint n_values,
            int *ret_value,
            GError **error)
{
  for (guint i = 0; i < n_values; i++) {
    if (g_strcmp0 (get_name (i), text) == 0) {
      *ret_value = (int) i;
      return TRUE;
    }
  }
  g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_CORRUPT, "%s: no such value is known",
               text != NULL ? text : "NULL");
  return FALSE;
}

static UpkeepDbValue
instant_value (gint64 instant_s)
{
  return instant_s == UPKEEP_INSTANT_NONE ? upkeep_db_null () : upkeep_db_int (instant_s);
}

static gint64
get_instant (const UpkeepDbRows *rows, guint column)
{
  return upkeep_db_rows_is_null (rows, column) ? UPKEEP_INSTANT_NONE
                                               : upkeep_db_rows_get_int (rows, column);
}

static UpkeepDbValue
column_value (const Column *column, const UpkeepAccount *account)
{
  gconstpointer field = G_STRUCT_MEMBER_P (account, column->offset);

  switch (column->type) {
  case COLUMN_TEXT:
    return upkeep_db_text (*(char *const *) field);
  case COLUMN_INT64:
    return upkeep_db_int (*(const gint64 *) field);
  case COLUMN_INT:
    return upkeep_db_int (*(const int *) field);
  case COLUMN_INSTANT:
    return instant_value (*(const gint64 *) field);
  case COLUMN_ENUM:
    return upkeep_db_text (column->get_name (*(const guint *) field));
  default:
    g_assert_not_reached ();
  }
}

static gboolean
read_column (
    const Column *column, const UpkeepDbRows *rows, guint i, UpkeepAccount *account, GError **error)
{
  gpointer field = G_STRUCT_MEMBER_P (account, column->offset);

  switch (column->type) {
  case COLUMN_TEXT:
    *(char **) field = g_strdup (upkeep_db_rows_get_text (rows, i));
    return TRUE;
  case COLUMN_INT64:
    *(gint64 *) field = upkeep_db_rows_get_int (rows, i);
    return TRUE;
  case COLUMN_INT:
    *(int *) field = (int) upkeep_db_rows_get_int (rows, i);
    return TRUE;
  case COLUMN_INSTANT:
    *(gint64 *) field = get_instant (rows, i);
    return TRUE;
  case COLUMN_ENUM:
    return find_value (upkeep_db_rows_get_text (rows, i), column->get_name, column->n_values, field,
                       error);
  default:
    g_assert_not_reached ();
  }
}

/* `SELECT id, … FROM accounts WHERE id = $1` */
static const char *
get_select_account (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    GString *sql = g_string_new ("SELECT ");

    for (gsize i = 0; i < G_N_ELEMENTS (account_columns); i++)
      g_string_append_printf (sql, "%s, ", account_columns[i].name);
    g_string_append (sql, DUE_COLUMN " FROM accounts WHERE id = $1");
    g_once_init_leave (&once, (gsize) g_string_free (sql, FALSE));
  }
  return (const char *) once;
}

/* `INSERT INTO accounts (id, …) VALUES ($1, …) ON CONFLICT (id) DO UPDATE SET …` */
static const char *
get_put_account (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    GString *names = g_string_new (NULL);
    GString *values = g_string_new (NULL);
    GString *updates = g_string_new (NULL);
    char *sql;

    for (gsize i = 0; i < G_N_ELEMENTS (account_columns); i++) {
      const char *name = account_columns[i].name;

      g_string_append_printf (names, "%s, ", name);
      g_string_append_printf (values, "$%" G_GSIZE_FORMAT ", ", i + 1);
      if (i > 0)
        g_string_append_printf (updates, "%s = excluded.%s, ", name, name);
    }
    sql =
        g_strdup_printf ("INSERT INTO accounts (%s" DUE_COLUMN ") VALUES (%s$%" G_GSIZE_FORMAT
                         ") ON CONFLICT (id) DO UPDATE SET %s" DUE_COLUMN " = excluded." DUE_COLUMN,
                         names->str, values->str, ACCOUNT_ARGS, updates->str);
    g_string_free (names, TRUE);
    g_string_free (values, TRUE);
    g_string_free (updates, TRUE);
    g_once_init_leave (&once, (gsize) sql);
  }
  return (const char *) once;
}

/* Goes to the next row and tells an end from a failure. */
static gboolean
next_row (UpkeepDbRows *rows, gboolean *ret_has_row, GError **error)
{
  GError *local_error = NULL;

  *ret_has_row = upkeep_db_rows_next (rows, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/* Asks for one row; @ret_rows is `NULL` when there is none. */
static gboolean
query_row (UpkeepDb *db,
           const char *sql,
           const UpkeepDbValue *args,
           gsize n_args,
           UpkeepDbRows **ret_rows,
           GError **error)
{
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (db, sql, args, n_args, error);
  gboolean has_row = FALSE;

  if (rows == NULL || !next_row (rows, &has_row, error))
    return FALSE;
  *ret_rows = has_row ? g_steal_pointer (&rows) : NULL;
  return TRUE;
}

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

  if (!query_row (db, "SELECT now_s FROM clocks WHERE name = $1",
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

  if (!query_row (db, "SELECT value FROM settings WHERE name = $1",
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

static gboolean
read_grants (UpkeepDb *db, UpkeepAccount *account, GError **error)
{
  g_autoptr (UpkeepDbRows) rows =
      upkeep_db_query (db,
                       "SELECT number, kind, quantity, remaining, granted_at_s, expires_at_s, "
                       "prepaid "
                       "FROM grants WHERE account = $1 ORDER BY number",
                       UPKEEP_DB_ARGS (upkeep_db_text (account->id)), error);
  gboolean has_row = FALSE;

  if (rows == NULL)
    return FALSE;
  while (next_row (rows, &has_row, error)) {
    UpkeepGrant grant = {0};
    int kind = 0;

    if (!has_row)
      return TRUE;
    if (!find_value (upkeep_db_rows_get_text (rows, 1), get_grant_kind_name, UPKEEP_N_GRANT_KINDS,
                     &kind, error))
      return FALSE;
    grant.number = upkeep_db_rows_get_int (rows, 0);
    grant.kind = (UpkeepGrantKind) kind;
    grant.quantity = upkeep_db_rows_get_int (rows, 2);
    grant.remaining = upkeep_db_rows_get_int (rows, 3);
    grant.granted_at_s = upkeep_db_rows_get_int (rows, 4);
    grant.expires_at_s = get_instant (rows, 5);
    grant.prepaid = upkeep_db_rows_get_int (rows, 6) != 0;
    g_array_append_val (account->grants, grant);
  }
  return FALSE;
}

static gboolean
read_issues (UpkeepDb *db, UpkeepAccount *account, GError **error)
{
  g_autoptr (UpkeepDbRows) rows =
      upkeep_db_query (db,
                       "SELECT number, invoice, grant_number, price_minor, taken_minor, paid_at_s, "
                       "shipped_at_s, refunded_at_s FROM issues WHERE account = $1 ORDER BY number",
                       UPKEEP_DB_ARGS (upkeep_db_text (account->id)), error);
  gboolean has_row = FALSE;

  if (rows == NULL)
    return FALSE;
  while (next_row (rows, &has_row, error)) {
    UpkeepIssue *issue;

    if (!has_row)
      return TRUE;
    issue = upkeep_issue_new ();
    issue->number = upkeep_db_rows_get_int (rows, 0);
    issue->invoice = g_strdup (upkeep_db_rows_get_text (rows, 1));
    issue->grant_number = upkeep_db_rows_get_int (rows, 2);
    issue->price_minor = upkeep_db_rows_get_int (rows, 3);
    issue->taken_minor = upkeep_db_rows_get_int (rows, 4);
    issue->paid_at_s = upkeep_db_rows_get_int (rows, 5);
    issue->shipped_at_s = get_instant (rows, 6);
    issue->refunded_at_s = get_instant (rows, 7);
    g_ptr_array_add (account->issues, issue);
  }
  return FALSE;
}

static gboolean
read_refunds (UpkeepDb *db, UpkeepAccount *account, GError **error)
{
  g_autoptr (UpkeepDbRows) rows =
      upkeep_db_query (db, "SELECT at_s FROM refunds WHERE account = $1 ORDER BY number",
                       UPKEEP_DB_ARGS (upkeep_db_text (account->id)), error);
  gboolean has_row = FALSE;

  if (rows == NULL)
    return FALSE;
  while (next_row (rows, &has_row, error)) {
    gint64 at_s;

    if (!has_row)
      return TRUE;
    at_s = upkeep_db_rows_get_int (rows, 0);
    g_array_append_val (account->refunds_s, at_s);
  }
  return FALSE;
}

/**
 * upkeep_store_get_account:
 * @db: a connection
 * @id: of the account
 * @ret_account: (out) (transfer full) (nullable): the facts
 * @ret_due_at_s: (out) (optional): when something falls due; `UPKEEP_INSTANT_NONE` nothing does
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Reads an account.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_account (
    UpkeepDb *db, const char *id, UpkeepAccount **ret_account, gint64 *ret_due_at_s, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;
  g_autoptr (UpkeepAccount) account = NULL;

  g_return_val_if_fail (ret_account != NULL, FALSE);

  if (!query_row (db, get_select_account (), UPKEEP_DB_ARGS (upkeep_db_text (id)), &rows, error))
    return FALSE;
  *ret_account = NULL;
  if (rows == NULL)
    return TRUE;

  account = upkeep_account_new ();
  for (guint i = 0; i < G_N_ELEMENTS (account_columns); i++) {
    if (!read_column (&account_columns[i], rows, i, account, error))
      return FALSE;
  }
  if (!read_grants (db, account, error) || !read_issues (db, account, error) ||
      !read_refunds (db, account, error) || !upkeep_store_read_jobs (db, account, error))
    return FALSE;
  if (ret_due_at_s != NULL)
    *ret_due_at_s = get_instant (rows, G_N_ELEMENTS (account_columns));
  *ret_account = g_steal_pointer (&account);
  return TRUE;
}

static const UpkeepGrant *
find_grant (const GArray *grants, gint64 number)
{
  for (guint i = 0; i < grants->len; i++) {
    const UpkeepGrant *grant = &g_array_index (grants, UpkeepGrant, i);

    if (grant->number == number)
      return grant;
  }
  return NULL;
}

static gboolean
put_grant (UpkeepDb *db, const char *account, const UpkeepGrant *grant, GError **error)
{
  return upkeep_db_exec (
      db,
      "INSERT INTO grants (account, number, kind, quantity, remaining, granted_at_s, "
      "expires_at_s, prepaid) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
      "ON CONFLICT (account, number) DO UPDATE SET quantity = excluded.quantity, "
      "remaining = excluded.remaining, expires_at_s = excluded.expires_at_s, "
      "prepaid = excluded.prepaid",
      UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_int (grant->number),
                      upkeep_db_text (upkeep_grant_kind_to_string (grant->kind)),
                      upkeep_db_int (grant->quantity), upkeep_db_int (grant->remaining),
                      upkeep_db_int (grant->granted_at_s), instant_value (grant->expires_at_s),
                      upkeep_db_int (grant->prepaid)),
      error);
}

static gboolean
put_grants (UpkeepDb *db, const UpkeepAccount *before, const UpkeepAccount *account, GError **error)
{
  for (guint i = 0; before != NULL && i < before->grants->len; i++) {
    const UpkeepGrant *grant = &g_array_index (before->grants, UpkeepGrant, i);

    if (find_grant (account->grants, grant->number) == NULL &&
        !upkeep_db_exec (
            db, "DELETE FROM grants WHERE account = $1 AND number = $2",
            UPKEEP_DB_ARGS (upkeep_db_text (account->id), upkeep_db_int (grant->number)), error))
      return FALSE;
  }
  for (guint i = 0; i < account->grants->len; i++) {
    const UpkeepGrant *grant = &g_array_index (account->grants, UpkeepGrant, i);
    const UpkeepGrant *old = before != NULL ? find_grant (before->grants, grant->number) : NULL;

    if (old != NULL && old->quantity == grant->quantity && old->remaining == grant->remaining &&
        old->expires_at_s == grant->expires_at_s && old->prepaid == grant->prepaid)
      continue;
    if (!put_grant (db, account->id, grant, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
put_issue (UpkeepDb *db, const char *account, const UpkeepIssue *issue, GError **error)
{
  return upkeep_db_exec (
      db,
      "INSERT INTO issues (account, number, invoice, grant_number, price_minor, taken_minor, "
      "paid_at_s, shipped_at_s, refunded_at_s) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
      "ON CONFLICT (account, number) DO UPDATE SET shipped_at_s = excluded.shipped_at_s, "
      "refunded_at_s = excluded.refunded_at_s",
      UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_int (issue->number),
                      upkeep_db_text (issue->invoice), upkeep_db_int (issue->grant_number),
                      upkeep_db_int (issue->price_minor), upkeep_db_int (issue->taken_minor),
                      upkeep_db_int (issue->paid_at_s), instant_value (issue->shipped_at_s),
                      instant_value (issue->refunded_at_s)),
      error);
}

static gboolean
put_issues (UpkeepDb *db, const UpkeepAccount *before, const UpkeepAccount *account, GError **error)
{
  for (guint i = 0; i < account->issues->len; i++) {
    const UpkeepIssue *issue = g_ptr_array_index (account->issues, i);
    const UpkeepIssue *old =
        before != NULL ? upkeep_account_find_issue (before, issue->number) : NULL;

    if (old != NULL && old->shipped_at_s == issue->shipped_at_s &&
        old->refunded_at_s == issue->refunded_at_s)
      continue;
    if (!put_issue (db, account->id, issue, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
put_refunds (UpkeepDb *db,
             const UpkeepAccount *before,
             const UpkeepAccount *account,
             GError **error)
{
  for (guint i = before != NULL ? before->refunds_s->len : 0; i < account->refunds_s->len; i++) {
    if (!upkeep_db_exec (
            db, "INSERT INTO refunds (account, number, at_s) VALUES ($1, $2, $3)",
            UPKEEP_DB_ARGS (upkeep_db_text (account->id), upkeep_db_int (i + 1),
                            upkeep_db_int (g_array_index (account->refunds_s, gint64, i))),
            error))
      return FALSE;
  }
  return TRUE;
}

/**
 * upkeep_store_put_account:
 * @db: the writer
 * @before: (nullable): the facts as they are stored; `NULL` for a new account
 * @account: the facts as they are now
 * @due_at_s: when something falls due; `UPKEEP_INSTANT_NONE` nothing does
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Writes an account.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_put_account (UpkeepDb *db,
                          const UpkeepAccount *before,
                          const UpkeepAccount *account,
                          gint64 due_at_s,
                          GError **error)
{
  UpkeepDbValue args[ACCOUNT_ARGS];

  g_return_val_if_fail (account != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (account_columns); i++)
    args[i] = column_value (&account_columns[i], account);
  args[G_N_ELEMENTS (account_columns)] = instant_value (due_at_s);
  return upkeep_db_exec (db, get_put_account (), args, G_N_ELEMENTS (args), error) &&
         put_grants (db, before, account, error) && put_issues (db, before, account, error) &&
         put_refunds (db, before, account, error) &&
         upkeep_store_put_jobs (db, before, account, error);
}

/**
 * upkeep_store_set_due:
 * @db: the writer
 * @account: an account
 * @due_at_s: when it has to be looked at; `UPKEEP_INSTANT_NONE` never
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Puts off what falls due for an account.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_set_due (UpkeepDb *db, const char *account, gint64 due_at_s, GError **error)
{
  return upkeep_db_exec (db, "UPDATE accounts SET " DUE_COLUMN " = $2 WHERE id = $1",
                         UPKEEP_DB_ARGS (upkeep_db_text (account), instant_value (due_at_s)),
                         error);
}

/**
 * upkeep_store_get_next_due:
 * @db: a connection
 * @ret_account: (out) (transfer full) (nullable): whose turn it is; `NULL` when nothing falls due
 * @ret_due_at_s: (out): when
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Finds what falls due first among all accounts.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_next_due (UpkeepDb *db, char **ret_account, gint64 *ret_due_at_s, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (ret_account != NULL, FALSE);
  g_return_val_if_fail (ret_due_at_s != NULL, FALSE);

  if (!query_row (db,
                  "SELECT id, " DUE_COLUMN " FROM accounts WHERE " DUE_COLUMN
                  " IS NOT NULL ORDER BY " DUE_COLUMN ", id LIMIT 1",
                  UPKEEP_DB_NO_ARGS, &rows, error))
    return FALSE;
  *ret_account = rows != NULL ? g_strdup (upkeep_db_rows_get_text (rows, 0)) : NULL;
  *ret_due_at_s = rows != NULL ? upkeep_db_rows_get_int (rows, 1) : UPKEEP_INSTANT_NONE;
  return TRUE;
}

/**
 * upkeep_store_get_first_account:
 * @db: a connection
 * @ret_account: (out) (transfer full) (nullable): id of the oldest account
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Finds out whether there is any account.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_first_account (UpkeepDb *db, char **ret_account, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (ret_account != NULL, FALSE);

  if (!query_row (db, "SELECT id FROM accounts ORDER BY created_at_s, id LIMIT 1",
                  UPKEEP_DB_NO_ARGS, &rows, error))
    return FALSE;
  *ret_account = rows != NULL ? g_strdup (upkeep_db_rows_get_text (rows, 0)) : NULL;
  return TRUE;
}

/**
 * upkeep_store_list_accounts_of:
 * @db: a connection
 * @service: id of a service
 * @edition: an edition of it
 * @after: (nullable): the last account that was listed before; `NULL` from the first one
 * @n_max: how many at the most
 * @ret_ids: (out) (transfer full) (element-type utf8): the accounts, by id
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Lists accounts that are under an edition.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_list_accounts_of (UpkeepDb *db,
                               const char *service,
                               const char *edition,
                               const char *after,
                               guint n_max,
                               GPtrArray **ret_ids,
                               GError **error)
{
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (
      db,
      "SELECT id FROM accounts WHERE service = $1 AND edition = $2 AND id > $3 ORDER BY id LIMIT "
      "$4",
      UPKEEP_DB_ARGS (upkeep_db_text (service), upkeep_db_text (edition),
                      upkeep_db_text (after != NULL ? after : ""), upkeep_db_int (n_max)),
      error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = FALSE;

  g_return_val_if_fail (ret_ids != NULL, FALSE);

  if (rows == NULL)
    return FALSE;
  while (next_row (rows, &has_row, error)) {
    if (!has_row) {
      *ret_ids = g_steal_pointer (&ids);
      return TRUE;
    }
    g_ptr_array_add (ids, g_strdup (upkeep_db_rows_get_text (rows, 0)));
  }
  return FALSE;
}

/**
 * upkeep_store_list_editions:
 * @db: a connection
 * @ret_pairs: (out) (transfer full) (element-type utf8): service, edition, service, edition, …
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Lists the editions that accounts are under or move to.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_list_editions (UpkeepDb *db, GPtrArray **ret_pairs, GError **error)
{
  g_autoptr (UpkeepDbRows) rows =
      upkeep_db_query (db,
                       "SELECT service, edition FROM accounts UNION "
                       "SELECT service, next_edition FROM accounts WHERE next_edition IS NOT NULL",
                       UPKEEP_DB_NO_ARGS, error);
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = FALSE;

  g_return_val_if_fail (ret_pairs != NULL, FALSE);

  if (rows == NULL)
    return FALSE;
  while (next_row (rows, &has_row, error)) {
    if (!has_row) {
      *ret_pairs = g_steal_pointer (&pairs);
      return TRUE;
    }
    g_ptr_array_add (pairs, g_strdup (upkeep_db_rows_get_text (rows, 0)));
    g_ptr_array_add (pairs, g_strdup (upkeep_db_rows_get_text (rows, 1)));
  }
  return FALSE;
}

/**
 * upkeep_store_add_token:
 * @db: the writer
 * @hash: of the token
 * @account: whom it lets in
 * @operator_name: (nullable): the operator who has it made for somebody else
 * @now_s: when it was made
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps the hash of a token.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_add_token (UpkeepDb *db,
                        GBytes *hash,
                        const char *account,
                        const char *operator_name,
                        gint64 now_s,
                        GError **error)
{
  return upkeep_db_exec (
      db, "INSERT INTO tokens (hash, account, operator, created_at_s) VALUES ($1, $2, $3, $4)",
      UPKEEP_DB_ARGS (upkeep_db_bytes (hash), upkeep_db_text (account),
                      upkeep_db_text (operator_name), upkeep_db_int (now_s)),
      error);
}

/**
 * upkeep_store_find_token:
 * @db: a connection
 * @hash: of a token
 * @ret_account: (out) (transfer full) (nullable): whom it lets in
 * @ret_operator_name: (out) (transfer full) (nullable): the operator who had it made, if one did
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Finds the account of a token.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_find_token (
    UpkeepDb *db, GBytes *hash, char **ret_account, char **ret_operator_name, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (ret_account != NULL && ret_operator_name != NULL, FALSE);

  if (!query_row (db, "SELECT account, operator FROM tokens WHERE hash = $1",
                  UPKEEP_DB_ARGS (upkeep_db_bytes (hash)), &rows, error))
    return FALSE;
  *ret_account = rows != NULL ? g_strdup (upkeep_db_rows_get_text (rows, 0)) : NULL;
  *ret_operator_name = rows != NULL ? g_strdup (upkeep_db_rows_get_text (rows, 1)) : NULL;
  return TRUE;
}

/* The customer's balance before the next posting. */
static gboolean
get_balance (
    UpkeepDb *db, const char *account, const char *unit, gint64 *ret_balance, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  if (!query_row (db,
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
  while (next_row (rows, &has_row, error)) {
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

/* Shape: `{"lines":[{"code","amount","basis"?}],"total":{"amount","currency"}}` */
static char *
print_bill (const UpkeepBill *bill, const char *currency)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  upkeep_wire_set_lines (object, "lines", bill);
  upkeep_wire_set_money (object, "total", bill->total_minor, currency);
  node = upkeep_wire_take_object (object);
  return upkeep_json_canonical (node);
}

static gboolean
read_bill (const char *text,
           char currency[UPKEEP_CURRENCY_SIZE],
           UpkeepBill *ret_bill,
           GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) node = upkeep_json_parse (bytes, DOCUMENT_MAX_BYTES, &local_error);
  UpkeepReader reader;

  if (node != NULL) {
    upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, &local_error);
    upkeep_wire_read_bill (&reader, "lines", "total", currency, ret_bill);
    if (upkeep_reader_finish (&reader))
      return TRUE;
  }
  g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_CORRUPT, "a bill: %s", local_error->message);
  return FALSE;
}

/**
 * upkeep_store_add_invoice:
 * @db: the writer
 * @account: whose
 * @currency: of every amount
 * @invoice: what was issued
 * @ret_id: (out) (transfer full): its new id
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps an invoice or a credit note.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_add_invoice (UpkeepDb *db,
                          const char *account,
                          const char *currency,
                          const UpkeepInvoice *invoice,
                          char **ret_id,
                          GError **error)
{
  g_autofree char *id = upkeep_random_id ();
  g_autofree char *bill = NULL;

  g_return_val_if_fail (invoice != NULL, FALSE);
  g_return_val_if_fail (ret_id != NULL, FALSE);

  bill = print_bill (&invoice->bill, currency);
  if (!upkeep_db_exec (
          db,
          "INSERT INTO invoices (id, account, number, issued_at_s, state, currency, "
          "total_minor, bill, credit_of) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
          UPKEEP_DB_ARGS (upkeep_db_text (id), upkeep_db_text (account),
                          upkeep_db_text (invoice->number), upkeep_db_int (invoice->issued_at_s),
                          upkeep_db_text (upkeep_invoice_state_to_string (invoice->state)),
                          upkeep_db_text (currency), upkeep_db_int (invoice->bill.total_minor),
                          upkeep_db_text (bill), upkeep_db_text (invoice->credit_of)),
          error))
    return FALSE;
  *ret_id = g_steal_pointer (&id);
  return TRUE;
}

/**
 * upkeep_store_settle_invoices:
 * @db: the writer
 * @account: whose
 * @state: paid or void
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Gives all open invoices of an account another state.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_settle_invoices (UpkeepDb *db,
                              const char *account,
                              UpkeepInvoiceState state,
                              GError **error)
{
  return upkeep_db_exec (
      db, "UPDATE invoices SET state = $2 WHERE account = $1 AND state = $3",
      UPKEEP_DB_ARGS (upkeep_db_text (account),
                      upkeep_db_text (upkeep_invoice_state_to_string (state)),
                      upkeep_db_text (upkeep_invoice_state_to_string (UPKEEP_INVOICE_OPEN))),
      error);
}

#define INVOICE_COLUMNS  "id, number, issued_at_s, state, bill, sequence"
#define INVOICE_SEQUENCE 5

static gboolean
read_credit_notes (UpkeepDb *db, UpkeepInvoiceRecord *invoice, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (
      db, "SELECT id, number, total_minor FROM invoices WHERE credit_of = $1 ORDER BY sequence",
      UPKEEP_DB_ARGS (upkeep_db_text (invoice->number)), error);
  gboolean has_row = FALSE;

  if (rows == NULL)
    return FALSE;
  while (next_row (rows, &has_row, error)) {
    UpkeepCreditNote *note;

    if (!has_row)
      return TRUE;
    note = upkeep_credit_note_new ();
    note->id = g_strdup (upkeep_db_rows_get_text (rows, 0));
    note->number = g_strdup (upkeep_db_rows_get_text (rows, 1));
    note->total_minor = upkeep_db_rows_get_int (rows, 2);
    invoice->refunded_minor -= note->total_minor;
    g_ptr_array_add (invoice->credit_notes, note);
  }
  return FALSE;
}

static UpkeepInvoiceRecord *
read_invoice (UpkeepDb *db, const UpkeepDbRows *rows, GError **error)
{
  g_autoptr (UpkeepInvoiceRecord) invoice = upkeep_invoice_record_new ();
  int state = 0;

  invoice->id = g_strdup (upkeep_db_rows_get_text (rows, 0));
  invoice->number = g_strdup (upkeep_db_rows_get_text (rows, 1));
  invoice->issued_at_s = upkeep_db_rows_get_int (rows, 2);
  if (!find_value (upkeep_db_rows_get_text (rows, 3), get_invoice_state_name,
                   UPKEEP_N_INVOICE_STATES, &state, error) ||
      !read_bill (upkeep_db_rows_get_text (rows, 4), invoice->currency, &invoice->bill, error) ||
      !read_credit_notes (db, invoice, error))
    return NULL;
  invoice->state = (UpkeepInvoiceState) state;
  return g_steal_pointer (&invoice);
}

/**
 * upkeep_store_get_invoice:
 * @db: a connection
 * @account: whose
 * @id: of an invoice or a credit note
 * @ret_invoice: (out) (transfer full) (nullable): the document
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Reads an invoice.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_invoice (UpkeepDb *db,
                          const char *account,
                          const char *id,
                          UpkeepInvoiceRecord **ret_invoice,
                          GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (ret_invoice != NULL, FALSE);

  if (!query_row (db, "SELECT " INVOICE_COLUMNS " FROM invoices WHERE id = $1 AND account = $2",
                  UPKEEP_DB_ARGS (upkeep_db_text (id), upkeep_db_text (account)), &rows, error))
    return FALSE;
  *ret_invoice = NULL;
  if (rows != NULL)
    *ret_invoice = read_invoice (db, rows, error);
  return rows == NULL || *ret_invoice != NULL;
}

/**
 * upkeep_store_list_invoices:
 * @db: a connection
 * @account: whose
 * @before_sequence: only invoices with a lower sequence number
 * @limit: how many at the most
 * @ret_invoices: (out) (transfer full) (element-type UpkeepInvoiceRecord): newest first, with the
 *   credit notes inside
 * @ret_next_before: (out): what the next page gives for @before_sequence; 0 when this is the last
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Lists invoices.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_list_invoices (UpkeepDb *db,
                            const char *account,
                            gint64 before_sequence,
                            guint limit,
                            GPtrArray **ret_invoices,
                            gint64 *ret_next_before,
                            GError **error)
{
  g_autoptr (UpkeepDbRows) rows =
      upkeep_db_query (db,
                       "SELECT " INVOICE_COLUMNS " FROM invoices "
                       "WHERE account = $1 AND credit_of IS NULL AND sequence < $2 "
                       "ORDER BY sequence DESC LIMIT $3",
                       UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_int (before_sequence),
                                       upkeep_db_int ((gint64) limit + 1)),
                       error);
  g_autoptr (GPtrArray) invoices =
      g_ptr_array_new_with_free_func ((GDestroyNotify) upkeep_invoice_record_unref);
  gint64 last_sequence = 0;
  gboolean has_row = FALSE;

  g_return_val_if_fail (ret_invoices != NULL, FALSE);
  g_return_val_if_fail (ret_next_before != NULL, FALSE);

  if (rows == NULL)
    return FALSE;
  while (next_row (rows, &has_row, error)) {
    UpkeepInvoiceRecord *invoice;

    if (!has_row || invoices->len == limit) {
      *ret_invoices = g_steal_pointer (&invoices);
      *ret_next_before = has_row ? last_sequence : 0;
      return TRUE;
    }
    invoice = read_invoice (db, rows, error);
    if (invoice == NULL)
      return FALSE;
    last_sequence = upkeep_db_rows_get_int (rows, INVOICE_SEQUENCE);
    g_ptr_array_add (invoices, invoice);
  }
  return FALSE;
}

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

  if (!query_row (db,
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
    quote->accepted_at_s = get_instant (rows, 4);
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

  if (!query_row (db, "SELECT document FROM receipts WHERE id = $1 AND account = $2",
                  UPKEEP_DB_ARGS (upkeep_db_text (id), upkeep_db_text (account)), &rows, error))
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

  if (!query_row (db, "SELECT document FROM receipts WHERE quote = $1 AND account = $2",
                  UPKEEP_DB_ARGS (upkeep_db_text (quote), upkeep_db_text (account)), &rows, error))
    return FALSE;
  *ret_document = rows != NULL ? g_strdup (upkeep_db_rows_get_text (rows, 0)) : NULL;
  return TRUE;
}

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

  if (!query_row (db,
                  "SELECT fingerprint, status, body, nonce FROM idempotency_keys "
                  "WHERE scope = $1 AND key = $2",
                  UPKEEP_DB_ARGS (upkeep_db_text (scope), upkeep_db_text (key)), &rows, error))
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

  if (!query_row (
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

/**
 * upkeep_store_has_use:
 * @db: a connection
 * @id: of an event
 * @ret_has: (out): whether it was counted
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Tells whether an event was counted before.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_has_use (UpkeepDb *db, const char *id, gboolean *ret_has, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (ret_has != NULL, FALSE);

  if (!query_row (db, "SELECT 1 FROM usage_events WHERE id = $1",
                  UPKEEP_DB_ARGS (upkeep_db_text (id)), &rows, error))
    return FALSE;
  *ret_has = rows != NULL;
  return TRUE;
}

/**
 * upkeep_store_add_use:
 * @db: the writer
 * @use: what was used
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps an event.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_add_use (UpkeepDb *db, const UpkeepStoredUse *use, GError **error)
{
  g_return_val_if_fail (use != NULL, FALSE);

  return upkeep_db_exec (
      db,
      "INSERT INTO usage_events (id, account, meter, mode, feature, job, quantity, images, at_s) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      UPKEEP_DB_ARGS (
          upkeep_db_text (use->id), upkeep_db_text (use->account), upkeep_db_text (use->meter),
          upkeep_db_text (use->mode), upkeep_db_text (use->feature), upkeep_db_text (use->job),
          upkeep_db_int (use->quantity), upkeep_db_int (use->images), upkeep_db_int (use->at_s)),
      error);
}

static void
use_sum_free (gpointer data)
{
  UpkeepUseSum *self = data;

  g_free (self->mode);
  g_free (self->key);
  g_free (self);
}

/* The calendar month of an instant, in UTC. */
static gint64
month_start (gint64 instant_s)
{
  char text[UPKEEP_DATE_TEXT_SIZE];
  gint64 start_s = 0;

  upkeep_date_print (instant_s, text);
  memcpy (text + strlen ("2026-05-"), "01", 2);
  if (!upkeep_date_parse (text, &start_s, NULL))
    g_assert_not_reached ();
  return start_s;
}

/* Folds sums of days into sums of their months. */
static GPtrArray *
fold_months (const GPtrArray *days)
{
  GPtrArray *months = g_ptr_array_new_with_free_func (use_sum_free);

  for (guint i = 0; i < days->len; i++) {
    const UpkeepUseSum *day = g_ptr_array_index (days, i);
    gint64 start_s = month_start (day->start_s);
    UpkeepUseSum *month = NULL;

    for (guint j = months->len; j > 0 && month == NULL; j--) {
      UpkeepUseSum *candidate = g_ptr_array_index (months, j - 1);

      if (candidate->start_s != start_s)
        break;
      if (g_strcmp0 (candidate->mode, day->mode) == 0)
        month = candidate;
    }
    if (month == NULL) {
      month = g_new0 (UpkeepUseSum, 1);
      month->start_s = start_s;
      month->mode = g_strdup (day->mode);
      g_ptr_array_add (months, month);
    }
    month->quantity += day->quantity;
    month->images += day->images;
  }
  return months;
}

/**
 * upkeep_store_sum_use:
 * @db: a connection
 * @account: whose
 * @by: what is added up
 * @from_s: the first instant
 * @to_s: the first instant after the last
 * @ret_sums: (out) (transfer full) (element-type UpkeepUseSum): by start, one for each mode; the
 *   first `UPKEEP_USE_SUMS_MAX`
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Adds use up. Days and months are the calendar's, in UTC.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_sum_use (UpkeepDb *db,
                      const char *account,
                      UpkeepUseBy by,
                      gint64 from_s,
                      gint64 to_s,
                      GPtrArray **ret_sums,
                      GError **error)
{
#define SUM(start, key, group)                                                                     \
  "SELECT " start ", mode, " key ", sum(quantity), sum(images) FROM usage_events "                 \
  "WHERE account = $1 AND at_s >= $2 AND at_s < $3 "                                               \
  "GROUP BY " group ", mode ORDER BY 1, " group ", mode LIMIT $4"
  static const char *const queries[] = {
      [UPKEEP_USE_BY_DAY] = SUM ("at_s / 86400 * 86400", "NULL", "at_s / 86400"),
      [UPKEEP_USE_BY_MONTH] = SUM ("at_s / 86400 * 86400", "NULL", "at_s / 86400"),
      [UPKEEP_USE_BY_JOB] = SUM ("min(at_s)", "job", "job"),
      [UPKEEP_USE_BY_FEATURE] = SUM ("min(at_s)", "feature", "feature"),
  };
#undef SUM
  g_autoptr (UpkeepDbRows) rows = NULL;
  g_autoptr (GPtrArray) sums = g_ptr_array_new_with_free_func (use_sum_free);
  gboolean has_row = FALSE;

  G_STATIC_ASSERT (G_N_ELEMENTS (queries) == UPKEEP_N_USE_BY);
  g_return_val_if_fail ((guint) by < UPKEEP_N_USE_BY, FALSE);
  g_return_val_if_fail (ret_sums != NULL, FALSE);

  rows =
      upkeep_db_query (db, queries[by],
                       UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_int (from_s),
                                       upkeep_db_int (to_s), upkeep_db_int (UPKEEP_USE_SUMS_MAX)),
                       error);
  if (rows == NULL)
    return FALSE;
  while (next_row (rows, &has_row, error)) {
    UpkeepUseSum *sum;

    if (!has_row) {
      *ret_sums = by == UPKEEP_USE_BY_MONTH ? fold_months (sums) : g_steal_pointer (&sums);
      return TRUE;
    }
    sum = g_new0 (UpkeepUseSum, 1);
    sum->start_s = upkeep_db_rows_get_int (rows, 0);
    sum->mode = g_strdup (upkeep_db_rows_get_text (rows, 1));
    sum->key = g_strdup (upkeep_db_rows_get_text (rows, 2));
    sum->quantity = upkeep_db_rows_get_int (rows, 3);
    sum->images = upkeep_db_rows_get_int (rows, 4);
    g_ptr_array_add (sums, sum);
  }
  return FALSE;
}

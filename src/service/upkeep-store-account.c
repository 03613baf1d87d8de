/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-store.h"

#include "upkeep-store-job.h"
#include "upkeep-store-row.h"

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
    return upkeep_store_instant (*(const gint64 *) field);
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
    *(gint64 *) field = upkeep_store_get_instant (rows, i);
    return TRUE;
  case COLUMN_ENUM:
    return upkeep_store_find_value (upkeep_db_rows_get_text (rows, i), column->get_name,
                                    column->n_values, field, error);
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
  while (upkeep_store_next_row (rows, &has_row, error)) {
    UpkeepGrant grant = {0};
    int kind = 0;

    if (!has_row)
      return TRUE;
    if (!upkeep_store_find_value (upkeep_db_rows_get_text (rows, 1), get_grant_kind_name,
                                  UPKEEP_N_GRANT_KINDS, &kind, error))
      return FALSE;
    grant.number = upkeep_db_rows_get_int (rows, 0);
    grant.kind = (UpkeepGrantKind) kind;
    grant.quantity = upkeep_db_rows_get_int (rows, 2);
    grant.remaining = upkeep_db_rows_get_int (rows, 3);
    grant.granted_at_s = upkeep_db_rows_get_int (rows, 4);
    grant.expires_at_s = upkeep_store_get_instant (rows, 5);
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
  while (upkeep_store_next_row (rows, &has_row, error)) {
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
    issue->shipped_at_s = upkeep_store_get_instant (rows, 6);
    issue->refunded_at_s = upkeep_store_get_instant (rows, 7);
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
  while (upkeep_store_next_row (rows, &has_row, error)) {
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

  if (!upkeep_store_query_row (db, get_select_account (), UPKEEP_DB_ARGS (upkeep_db_text (id)),
                               &rows, error))
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
    *ret_due_at_s = upkeep_store_get_instant (rows, G_N_ELEMENTS (account_columns));
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
                      upkeep_db_int (grant->granted_at_s),
                      upkeep_store_instant (grant->expires_at_s), upkeep_db_int (grant->prepaid)),
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
                      upkeep_db_int (issue->paid_at_s), upkeep_store_instant (issue->shipped_at_s),
                      upkeep_store_instant (issue->refunded_at_s)),
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
  args[G_N_ELEMENTS (account_columns)] = upkeep_store_instant (due_at_s);
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
                         UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_store_instant (due_at_s)),
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

  if (!upkeep_store_query_row (db,
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

  if (!upkeep_store_query_row (db, "SELECT id FROM accounts ORDER BY created_at_s, id LIMIT 1",
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
  while (upkeep_store_next_row (rows, &has_row, error)) {
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
  while (upkeep_store_next_row (rows, &has_row, error)) {
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

  if (!upkeep_store_query_row (db, "SELECT account, operator FROM tokens WHERE hash = $1",
                               UPKEEP_DB_ARGS (upkeep_db_bytes (hash)), &rows, error))
    return FALSE;
  *ret_account = rows != NULL ? g_strdup (upkeep_db_rows_get_text (rows, 0)) : NULL;
  *ret_operator_name = rows != NULL ? g_strdup (upkeep_db_rows_get_text (rows, 1)) : NULL;
  return TRUE;
}

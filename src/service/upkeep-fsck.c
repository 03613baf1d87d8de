/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-fsck.h"

#include "upkeep-queue.h"
#include "upkeep-store.h"

/* The customer's legs of a ledger: the sum of what is booked for an account. Units of money are
 * written in capitals. */
#define CUSTOMER_LEGS                                                                              \
  "ledger_transactions t JOIN ledger_legs l ON l.transaction_id = t.id AND l.leg = 0 "             \
  "WHERE t.account = a.id AND "
#define IS_MONEY "t.unit = upper (t.unit)"
#define IS_UNITS "t.unit <> upper (t.unit)"

/* Each query names what breaks the rule, and finds nothing in a store that is whole. */
static const struct {
  const char *check;
  const char *sql;
} checks[] = {
    {"a transaction has two legs of its unit that add up to 0",
     "SELECT CAST (t.id AS TEXT) FROM ledger_transactions t LEFT JOIN ledger_legs l ON "
     "l.transaction_id = t.id "
     "GROUP BY t.id, t.unit HAVING count (l.amount) <> 2 OR sum (l.amount) <> 0 "
     "OR min (l.unit) <> t.unit OR max (l.unit) <> t.unit ORDER BY t.id LIMIT $1"},
    {"a balance is the one before it and the entry's amount",
     "SELECT CAST (id AS TEXT) FROM (SELECT t.id AS id, l.balance AS balance, sum (l.amount) OVER "
     "(PARTITION BY t.account, t.unit ORDER BY t.id) AS running FROM ledger_transactions t "
     "JOIN ledger_legs l ON l.transaction_id = t.id AND l.leg = 0) AS entries "
     "WHERE balance <> running ORDER BY id LIMIT $1"},
    {"an account has the money that was booked for it",
     "SELECT a.id FROM accounts a WHERE a.money_minor <> (SELECT coalesce (sum (l.amount), 0) "
     "FROM " CUSTOMER_LEGS IS_MONEY ") ORDER BY a.id LIMIT $1"},
    {"an account has the units that were booked for it",
     "SELECT a.id FROM accounts a WHERE (SELECT coalesce (sum (g.remaining), 0) FROM grants g "
     "WHERE g.account = a.id) <> (SELECT coalesce (sum (l.amount), 0) FROM " CUSTOMER_LEGS IS_UNITS
     ") ORDER BY a.id LIMIT $1"},
    {"what was charged is what was booked as paid",
     "SELECT a.id FROM accounts a WHERE (SELECT coalesce (sum (c.amount_minor), 0) "
     "FROM payment_charges c WHERE c.account = a.id AND c.decline_code IS NULL) <> "
     "(SELECT coalesce (sum (l.amount), 0) FROM " CUSTOMER_LEGS IS_MONEY
     " AND t.kind = 'payment') ORDER BY a.id LIMIT $1"},
    {"no more is refunded than was paid",
     "SELECT a.id FROM accounts a WHERE (SELECT coalesce (sum (l.amount), 0) FROM " CUSTOMER_LEGS
         IS_MONEY " AND t.kind IN ('payment', 'refund')) < 0 ORDER BY a.id LIMIT $1"},
    {"an accepted quote has its receipt",
     "SELECT q.id FROM quotes q LEFT JOIN receipts r ON r.quote = q.id "
     "WHERE (q.accepted_at_s IS NULL) <> (r.id IS NULL) ORDER BY q.id LIMIT $1"},
    {"invoices are numbered without a gap",
     "SELECT a.id FROM accounts a WHERE a.next_invoice_number <> 1 + "
     "(SELECT count (*) FROM invoices i WHERE i.account = a.id) ORDER BY a.id LIMIT $1"},
    {"an account moves to another edition than its own, and has what renews",
     "SELECT id FROM accounts WHERE next_edition IS NOT NULL AND (plan IS NULL OR next_edition = "
     "edition) ORDER BY id LIMIT $1"},
    {"only what is past due owes an open invoice",
     "SELECT i.number FROM invoices i JOIN accounts a ON a.id = i.account "
     "WHERE i.state = 'open' AND a.state <> 'past_due' ORDER BY i.number LIMIT $1"},
    {"an account has used what was reported of it",
     "SELECT a.id FROM accounts a LEFT JOIN usage_events u ON u.account = a.id "
     "GROUP BY a.id, a.use_lifetime_units_0, a.use_lifetime_units_1, a.use_lifetime_units_2, "
     "a.use_lifetime_units_3, a.use_lifetime_images "
     "HAVING coalesce (sum (u.quantity), 0) <> a.use_lifetime_units_0 + a.use_lifetime_units_1 + "
     "a.use_lifetime_units_2 + a.use_lifetime_units_3 "
     "OR coalesce (sum (u.images), 0) <> a.use_lifetime_images ORDER BY a.id LIMIT $1"},
    {"a job that is done was counted once, when it ended, and no other was",
     "SELECT j.id FROM jobs j LEFT JOIN usage_events u ON u.job = j.id "
     "GROUP BY j.id, j.state, j.account, j.ended_at_s "
     "HAVING count (u.id) <> CASE j.state WHEN 'done' THEN 1 ELSE 0 END "
     "OR min (u.account) <> j.account OR min (u.at_s) <> j.ended_at_s ORDER BY j.id LIMIT $1"},
    {"use by a job names one that there is",
     "SELECT u.id FROM usage_events u LEFT JOIN jobs j ON j.id = u.job "
     "WHERE u.job IS NOT NULL AND j.id IS NULL ORDER BY u.id LIMIT $1"},
    {"a job has ended exactly when its state is a last one",
     "SELECT id FROM jobs WHERE (ended_at_s IS NULL) <> (state IN ('queued', 'running')) "
     "ORDER BY id LIMIT $1"},
    {"jobs are numbered without a gap",
     "SELECT a.id FROM accounts a LEFT JOIN jobs j ON j.account = a.id "
     "GROUP BY a.id, a.next_job_number HAVING a.next_job_number <> 1 + count (j.id) "
     "OR max (j.number) <> count (j.id) ORDER BY a.id LIMIT $1"},
};

/* What is no matter of the books alone but of the rules. */
#define QUEUE_CHECK "a job waits only where it has to"

static void
add_finding (UpkeepFsckReport *report, const char *check, const char *id)
{
  UpkeepFinding finding = {check, g_strdup (id)};

  g_array_append_val (report->findings, finding);
}

static gboolean
run_check (
    UpkeepDb *db, const char *check, const char *sql, UpkeepFsckReport *report, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UpkeepDbRows) rows =
      upkeep_db_query (db, sql, UPKEEP_DB_ARGS (upkeep_db_int (UPKEEP_FSCK_FINDINGS_MAX)), error);

  if (rows == NULL)
    return FALSE;

  while (upkeep_db_rows_next (rows, &local_error))
    add_finding (report, check, upkeep_db_rows_get_text (rows, 0));
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  return TRUE;
}

static gboolean
count (UpkeepDb *db, const char *sql, gint64 *ret_count, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (db, sql, UPKEEP_DB_NO_ARGS, error);

  if (rows == NULL || !upkeep_db_rows_next (rows, error))
    return FALSE;

  *ret_count = upkeep_db_rows_get_int (rows, 0);
  return TRUE;
}

/* Whether the queue of an account is as the rules leave it, unless something falls due that may
 * change it. */
static gboolean
check_queue (UpkeepDb *db,
             const UpkeepCatalogues *catalogues,
             const char *id,
             gint64 now_s,
             UpkeepFsckReport *report,
             GError **error)
{
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepCatalogue *catalogue;

  if (!upkeep_store_get_account (db, id, &account, NULL, error))
    return FALSE;

  catalogue = upkeep_catalogues_find (catalogues, account->service, account->edition);
  if (catalogue == NULL || !upkeep_queue_is_settled (catalogue->edition, account, now_s))
    add_finding (report, QUEUE_CHECK, id);
  return TRUE;
}

static gboolean
list_queues (UpkeepDb *db, GPtrArray *accounts, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (
      db, "SELECT DISTINCT account FROM jobs WHERE ended_at_s IS NULL ORDER BY account",
      UPKEEP_DB_NO_ARGS, error);

  if (rows == NULL)
    return FALSE;

  while (upkeep_db_rows_next (rows, &local_error))
    g_ptr_array_add (accounts, g_strdup (upkeep_db_rows_get_text (rows, 0)));
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  return TRUE;
}

static gboolean
check_queues (UpkeepDb *db,
              const UpkeepCatalogues *catalogues,
              gint64 now_s,
              UpkeepFsckReport *report,
              GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_free);
  guint n_before = report->findings->len;

  if (!list_queues (db, accounts, error))
    return FALSE;

  for (guint i = 0;
       i < accounts->len && report->findings->len < n_before + UPKEEP_FSCK_FINDINGS_MAX; i++) {
    if (!check_queue (db, catalogues, g_ptr_array_index (accounts, i), now_s, report, error))
      return FALSE;
  }

  return TRUE;
}

static void
clear_finding (gpointer data)
{
  g_free (((UpkeepFinding *) data)->id);
}

/**
 * upkeep_fsck:
 * @db: a connection, in a transaction that sees one state of the store
 * @catalogues: what accounts are billed by
 * @now_s: the present
 * @ret_report: (out caller-allocates): where to put what was found
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Proves that the books agree with themselves and with what the accounts say: every transaction
 * sums to 0, every charge has its payment, balances and grants are projections of the ledger, and
 * every queue is as the rules leave it.
 *
 * Returns: whether @ret_report was written; that there are findings is no error
 */
gboolean
upkeep_fsck (UpkeepDb *db,
             const UpkeepCatalogues *catalogues,
             gint64 now_s,
             UpkeepFsckReport *ret_report,
             GError **error)
{
  g_auto (UpkeepFsckReport) report = {0};

  g_return_val_if_fail (db != NULL && catalogues != NULL && ret_report != NULL, FALSE);

  report.findings = g_array_new (FALSE, FALSE, sizeof (UpkeepFinding));
  g_array_set_clear_func (report.findings, clear_finding);
  if (!count (db, "SELECT count (*) FROM accounts", &report.n_accounts, error) ||
      !count (db, "SELECT count (*) FROM ledger_transactions", &report.n_transactions, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++) {
    if (!run_check (db, checks[i].check, checks[i].sql, &report, error))
      return FALSE;
  }
  if (!check_queues (db, catalogues, now_s, &report, error))
    return FALSE;

  *ret_report = report;
  report.findings = NULL;
  return TRUE;
}

void
upkeep_fsck_report_clear (UpkeepFsckReport *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->findings, g_array_unref);
}

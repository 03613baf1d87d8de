/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-fsck.h"

/*
 * Each query names what breaks one rule, and finds nothing in a store that is whole: the account,
 * the thing, what was expected and what was found. Each reads its tables once, whatever their size.
 */

/* The customer's legs of the ledger. Units of money are written in capitals. */
#define CUSTOMER "ledger_transactions t JOIN ledger_legs l ON l.transaction_id = t.id AND l.leg = 0"
#define IS_MONEY "t.unit = upper (t.unit)"
#define IS_UNITS "t.unit <> upper (t.unit)"

static const struct {
  const char *check;
  const char *sql;
} checks[] = {
    {"a transaction has two legs of its unit that add up to 0",
     "SELECT t.account AS account, t.id AS id, '2 legs, 0' AS expected, "
     "count (l.amount) || ' legs, ' || coalesce (sum (l.amount), 0) AS found "
     "FROM ledger_transactions t LEFT JOIN ledger_legs l ON l.transaction_id = t.id "
     "GROUP BY t.id, t.account, t.unit HAVING count (l.amount) <> 2 OR sum (l.amount) <> 0 "
     "OR min (l.unit) <> t.unit OR max (l.unit) <> t.unit"},
    {"a balance is the one before it and the entry's amount",
     "SELECT account, id, expected, found FROM (SELECT t.account AS account, t.id AS id, "
     "sum (l.amount) OVER (PARTITION BY t.account, t.unit ORDER BY t.id) AS expected, "
     "l.balance AS found FROM " CUSTOMER ") AS entries WHERE expected <> found"},
    {"an account has the money that was booked for it",
     "SELECT a.id AS account, a.id AS id, coalesce (b.booked, 0) AS expected, "
     "a.money_minor AS found FROM accounts a LEFT JOIN (SELECT t.account AS account, "
     "sum (l.amount) AS booked FROM " CUSTOMER " WHERE " IS_MONEY
     " GROUP BY t.account) AS b ON b.account = a.id WHERE a.money_minor <> coalesce (b.booked, 0)"},
    {"an account has the units that were booked for it",
     "SELECT a.id AS account, a.id AS id, coalesce (b.booked, 0) AS expected, "
     "coalesce (g.remaining, 0) AS found FROM accounts a LEFT JOIN (SELECT t.account AS account, "
     "sum (l.amount) AS booked FROM " CUSTOMER " WHERE " IS_UNITS
     " GROUP BY t.account) AS b ON b.account = a.id LEFT JOIN (SELECT account, "
     "sum (remaining) AS remaining FROM grants GROUP BY account) AS g ON g.account = a.id "
     "WHERE coalesce (g.remaining, 0) <> coalesce (b.booked, 0)"},

    {"what was charged is what was booked as paid, one to one",
     "SELECT account, min (id) AS id, sum (charged) || ' of ' || amount AS expected, "
     "sum (booked) || ' of ' || amount AS found FROM (SELECT account, at_s, "
     "amount_minor AS amount, key AS id, 1 AS charged, 0 AS booked FROM payment_charges "
     "WHERE decline_code IS NULL UNION ALL SELECT t.account, t.at_s, l.amount, "
     "CAST (t.id AS TEXT), 0, 1 FROM " CUSTOMER " WHERE t.kind = 'payment' AND " IS_MONEY
     ") AS payments GROUP BY account, at_s, amount HAVING sum (charged) <> sum (booked)"},
    /* The invoice of what fell due is named in the key of its charge. */
    {"a charge for what fell due has its invoice",
     "SELECT c.account AS account, c.key AS id, c.amount_minor AS expected, "
     "i.total_minor AS found FROM payment_charges c LEFT JOIN invoices i "
     "ON i.account = c.account AND i.issued_at_s = c.at_s AND c.key LIKE '%/' || i.account || '/' "
     "|| i.issued_at_s || '/' || CAST (substr (i.number, 10) AS INTEGER) "
     "WHERE c.decline_code IS NULL AND c.key NOT LIKE 'quote/%' AND c.key NOT LIKE 'owed/%' "
     "AND c.key NOT LIKE 'retry/%' AND (i.id IS NULL OR i.total_minor <> c.amount_minor)"},
    {"a charge for a quote was made when that was accepted",
     "SELECT c.account AS account, c.key AS id, c.at_s AS expected, q.accepted_at_s AS found "
     "FROM payment_charges c JOIN quotes q ON q.id = substr (c.key, 7) "
     "WHERE c.decline_code IS NULL AND c.key LIKE 'quote/%' AND (q.account <> c.account "
     "OR q.accepted_at_s IS NULL OR q.accepted_at_s <> c.at_s)"},
    /* A debt is what an earlier charge that was declined has left. */
    {"a charge for a debt comes after one that was declined",
     "SELECT c.account AS account, c.key AS id, d.at_s AS expected, c.at_s AS found "
     "FROM payment_charges c LEFT JOIN quotes q ON q.id = substr (c.key, 7) LEFT JOIN "
     "(SELECT account, min (at_s) AS at_s FROM payment_charges WHERE decline_code IS NOT NULL "
     "GROUP BY account) AS d ON d.account = c.account WHERE c.decline_code IS NULL "
     "AND (c.key LIKE 'owed/%' OR c.key LIKE 'retry/%' OR (c.key LIKE 'quote/%' "
     "AND q.id IS NULL)) AND (d.at_s IS NULL OR d.at_s > c.at_s)"},
    {"what was paid is what paid invoices say",
     "SELECT a.id AS account, a.id AS id, coalesce (i.total, 0) AS expected, "
     "coalesce (c.total, 0) AS found FROM accounts a LEFT JOIN (SELECT account, "
     "sum (total_minor) AS total FROM invoices WHERE credit_of IS NULL AND state = 'paid' "
     "GROUP BY account) AS i ON i.account = a.id LEFT JOIN (SELECT account, "
     "sum (amount_minor) AS total FROM payment_charges WHERE decline_code IS NULL "
     "GROUP BY account) AS c ON c.account = a.id "
     "WHERE coalesce (i.total, 0) <> coalesce (c.total, 0)"},
    {"a thing is charged again only after it was declined",
     "SELECT min (account) AS account, key AS id, count (*) AS expected, "
     "max (attempt) AS found FROM payment_charges GROUP BY key HAVING count (*) <> max (attempt) "
     "OR min (CASE WHEN decline_code IS NULL THEN attempt END) < max (attempt)"},
    {"what was refunded is what credit notes say",
     "SELECT a.id AS account, a.id AS id, coalesce (n.total, 0) AS expected, "
     "coalesce (b.booked, 0) AS found FROM accounts a LEFT JOIN (SELECT account, "
     "sum (total_minor) AS total FROM invoices WHERE credit_of IS NOT NULL GROUP BY account) AS n "
     "ON n.account = a.id LEFT JOIN (SELECT t.account AS account, sum (l.amount) AS booked "
     "FROM " CUSTOMER " WHERE t.kind = 'refund' AND " IS_MONEY
     " GROUP BY t.account) AS b ON b.account = a.id "
     "WHERE coalesce (n.total, 0) <> coalesce (b.booked, 0)"},
    {"each refund has its credit note",
     "SELECT a.id AS account, a.id AS id, coalesce (r.n, 0) AS expected, "
     "coalesce (i.n, 0) AS found FROM accounts a LEFT JOIN (SELECT account, count (*) AS n "
     "FROM refunds GROUP BY account) AS r ON r.account = a.id LEFT JOIN (SELECT account, "
     "count (*) AS n FROM invoices WHERE credit_of IS NOT NULL GROUP BY account) AS i "
     "ON i.account = a.id WHERE coalesce (r.n, 0) <> coalesce (i.n, 0)"},
    {"no more is refunded than was paid",
     "SELECT t.account AS account, t.account AS id, 0 AS expected, sum (l.amount) AS found "
     "FROM " CUSTOMER " WHERE " IS_MONEY " AND t.kind IN ('payment', 'refund') "
     "GROUP BY t.account HAVING sum (l.amount) < 0"},
    {"a credit note is of an invoice of the same account",
     "SELECT n.account AS account, n.number AS id, n.account AS expected, i.account AS found "
     "FROM invoices n LEFT JOIN invoices i ON i.number = n.credit_of "
     "WHERE n.credit_of IS NOT NULL AND (i.id IS NULL OR i.account <> n.account "
     "OR i.credit_of IS NOT NULL)"},

    {"an accepted quote has its receipt",
     "SELECT q.account AS account, q.id AS id, q.accepted_at_s AS expected, r.at_s AS found "
     "FROM quotes q LEFT JOIN receipts r ON r.quote = q.id AND r.account = q.account "
     "WHERE (q.accepted_at_s IS NULL) <> (r.id IS NULL) OR q.accepted_at_s <> r.at_s"},
    {"invoices are numbered without a gap",
     "SELECT account, number AS id, n AS expected, substr (number, 10) AS found FROM "
     "(SELECT i.account AS account, i.number AS number, a.invoice_prefix AS prefix, "
     "row_number () OVER (PARTITION BY i.account ORDER BY i.sequence) AS n FROM invoices i "
     "JOIN accounts a ON a.id = i.account) AS numbered "
     "WHERE CAST (substr (number, 10) AS INTEGER) <> n OR substr (number, 1, 8) <> prefix"},
    {"the next invoice follows without a gap",
     "SELECT a.id AS account, a.id AS id, 1 + coalesce (i.n, 0) AS expected, "
     "a.next_invoice_number AS found FROM accounts a LEFT JOIN (SELECT account, count (*) AS n "
     "FROM invoices GROUP BY account) AS i ON i.account = a.id "
     "WHERE a.next_invoice_number <> 1 + coalesce (i.n, 0)"},
    {"issues are numbered without a gap",
     "SELECT account, account AS id, max (number) AS expected, count (*) AS found FROM issues "
     "GROUP BY account HAVING max (number) <> count (*)"},
    {"an issue was paid by a paid invoice of its account",
     "SELECT i.account AS account, i.invoice AS id, 'paid' AS expected, n.state AS found "
     "FROM issues i JOIN invoices n ON n.number = i.invoice "
     "WHERE n.account <> i.account OR n.state <> 'paid' OR n.credit_of IS NOT NULL"},
    {"an issue that is to be sent is held for its account",
     "SELECT i.account AS account, i.account AS id, i.n AS expected, coalesce (g.n, 0) AS found "
     "FROM (SELECT account, sum (shipped_at_s IS NULL AND refunded_at_s IS NULL) AS n FROM issues "
     "GROUP BY account) AS i LEFT JOIN (SELECT account, sum (remaining) AS n FROM grants "
     "WHERE kind = 'plan' GROUP BY account) AS g ON g.account = i.account "
     "WHERE i.n <> coalesce (g.n, 0)"},
    {"an issue that was refunded has its credit note",
     "SELECT i.account AS account, i.invoice AS id, i.refunded_at_s AS expected, NULL AS found "
     "FROM issues i WHERE i.refunded_at_s IS NOT NULL AND NOT EXISTS "
     "(SELECT 1 FROM invoices n WHERE n.credit_of = i.invoice)"},
    {"only what is past due owes an open invoice",
     "SELECT i.account AS account, i.number AS id, 'past_due' AS expected, a.state AS found "
     "FROM invoices i JOIN accounts a ON a.id = i.account "
     "WHERE i.state = 'open' AND a.state <> 'past_due'"},
    {"an account moves to another edition than its own, and has what renews",
     "SELECT id AS account, id, edition AS expected, next_edition AS found FROM accounts "
     "WHERE next_edition IS NOT NULL AND (plan IS NULL OR next_edition = edition)"},

    {"an account has used what was reported of it",
     "SELECT account, id, expected, found FROM (SELECT a.id AS account, a.id AS id, "
     "coalesce (u.quantity, 0) AS expected, a.use_lifetime_units_0 + a.use_lifetime_units_1 + "
     "a.use_lifetime_units_2 + a.use_lifetime_units_3 AS found FROM accounts a LEFT JOIN "
     "(SELECT account, sum (quantity) AS quantity FROM usage_events GROUP BY account) AS u "
     "ON u.account = a.id) AS used WHERE expected <> found"},
    {"an account has made the images that were reported of it",
     "SELECT a.id AS account, a.id AS id, coalesce (u.images, 0) AS expected, "
     "a.use_lifetime_images AS found FROM accounts a LEFT JOIN (SELECT account, "
     "sum (images) AS images FROM usage_events GROUP BY account) AS u ON u.account = a.id "
     "WHERE a.use_lifetime_images <> coalesce (u.images, 0)"},
    {"a job that is done was counted once, when it ended, and no other was",
     "SELECT j.account AS account, j.id AS id, j.ended_at_s AS expected, min (u.at_s) AS found "
     "FROM jobs j LEFT JOIN usage_events u ON u.job = j.id "
     "GROUP BY j.id, j.state, j.account, j.ended_at_s "
     "HAVING count (u.id) <> CASE j.state WHEN 'done' THEN 1 ELSE 0 END "
     "OR min (u.account) <> j.account OR min (u.at_s) <> j.ended_at_s"},
    {"use by a job names one that there is",
     "SELECT u.account AS account, u.id AS id, u.job AS expected, NULL AS found "
     "FROM usage_events u LEFT JOIN jobs j ON j.id = u.job "
     "WHERE u.job IS NOT NULL AND j.id IS NULL"},
    {"a job has ended exactly when its state is a last one",
     "SELECT account, id, state AS expected, ended_at_s AS found FROM jobs "
     "WHERE (ended_at_s IS NULL) <> (state IN ('queued', 'running'))"},
    {"jobs are numbered without a gap",
     "SELECT a.id AS account, a.id AS id, 1 + coalesce (j.n, 0) AS expected, "
     "a.next_job_number AS found FROM accounts a LEFT JOIN (SELECT account, count (*) AS n, "
     "max (number) AS last FROM jobs GROUP BY account) AS j ON j.account = a.id "
     "WHERE a.next_job_number <> 1 + coalesce (j.n, 0) OR j.last <> j.n"},
};

/* What is found, as text, in one order. */
#define FINDINGS                                                                                   \
  "SELECT CAST (account AS TEXT), CAST (id AS TEXT), CAST (expected AS TEXT), "                    \
  "CAST (found AS TEXT) FROM (%s) AS findings ORDER BY account, id LIMIT $1"

/* Adds a finding, unless there are enough of its kind. */
void
upkeep_fsck_report_add (UpkeepFsckReport *self,
                        const char *check,
                        const char *account,
                        const char *id,
                        const char *expected,
                        const char *found)
{
  UpkeepFinding finding = {check, g_strdup (account), g_strdup (id), g_strdup (expected),
                           g_strdup (found)};
  guint n_alike = 0;

  for (guint i = 0; i < self->findings->len; i++)
    n_alike += g_array_index (self->findings, UpkeepFinding, i).check == check;
  if (n_alike < UPKEEP_FSCK_FINDINGS_MAX) {
    g_array_append_val (self->findings, finding);
  } else {
    g_free (finding.account);
    g_free (finding.id);
    g_free (finding.expected);
    g_free (finding.found);
  }
}

static gboolean
run_check (
    UpkeepDb *db, const char *check, const char *sql, UpkeepFsckReport *report, GError **error)
{
  g_autofree char *findings = g_strdup_printf (FINDINGS, sql);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (
      db, findings, UPKEEP_DB_ARGS (upkeep_db_int (UPKEEP_FSCK_FINDINGS_MAX)), error);

  if (rows == NULL)
    return FALSE;

  while (upkeep_db_rows_next (rows, &local_error))
    upkeep_fsck_report_add (report, check, upkeep_db_rows_get_text (rows, 0),
                            upkeep_db_rows_get_text (rows, 1), upkeep_db_rows_get_text (rows, 2),
                            upkeep_db_rows_get_text (rows, 3));
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

static void
clear_finding (gpointer data)
{
  UpkeepFinding *finding = data;

  g_free (finding->account);
  g_free (finding->id);
  g_free (finding->expected);
  g_free (finding->found);
}

/**
 * upkeep_fsck:
 * @db: a connection, in a transaction that sees one state of the store
 * @means: what accounts are billed with
 * @now_s: the present
 * @ret_report: (out caller-allocates): where to put what was found
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Proves that the books agree with themselves and with what the accounts say: every transaction
 * sums to 0, every charge has one cause and its payment, balances, grants and counts of use are
 * projections of what was booked, periods follow from their anchor, every queue is as the rules
 * leave it, and every document agrees with what was done by it. One row after the other is looked
 * at, so that memory does not grow with the store.
 *
 * Returns: whether @ret_report was written; that there are findings is no error
 */
gboolean
upkeep_fsck (UpkeepDb *db,
             const UpkeepBillingMeans *means,
             gint64 now_s,
             UpkeepFsckReport *ret_report,
             GError **error)
{
  g_auto (UpkeepFsckReport) report = {0};

  g_return_val_if_fail (db != NULL && means != NULL && ret_report != NULL, FALSE);

  report.findings = g_array_new (FALSE, FALSE, sizeof (UpkeepFinding));
  g_array_set_clear_func (report.findings, clear_finding);
  if (!count (db, "SELECT count (*) FROM accounts", &report.n_accounts, error) ||
      !count (db, "SELECT count (*) FROM ledger_transactions", &report.n_transactions, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++) {
    if (!run_check (db, checks[i].check, checks[i].sql, &report, error))
      return FALSE;
  }
  if (!upkeep_fsck_check_accounts (db, means, now_s, &report, error) ||
      !upkeep_fsck_check_documents (db, &report, error))
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-schema.h"

#include "upkeep-store.h"

#define URI "sqlite::memory:test-schema"

static void
run (UpkeepDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (upkeep_db_exec (db, sql, UPKEEP_DB_NO_ARGS, &error));
  g_assert_no_error (error);
}

/* An account as version 1 kept it. */
static void
add_account (UpkeepDb *db, const char *id, gint64 refill_start_s, const char *term_invoice)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO accounts (id, service, edition, email, created_at_s, version, state, plan, "
      "interval, price_minor, started_at_s, ever_subscribed, term_start_s, term_end_s, "
      "refill_start_s, refill_end_s, term_taken_minor, term_invoice, retries_done, "
      "owed_price_minor, money_minor, metered_parts, mode, mode_fell, use_month_units_0, "
      "use_month_units_1, use_month_units_2, use_month_units_3, use_month_images, "
      "use_subscription_units_0, use_subscription_units_1, use_subscription_units_2, "
      "use_subscription_units_3, use_subscription_images, use_lifetime_units_0, "
      "use_lifetime_units_1, use_lifetime_units_2, use_lifetime_units_3, use_lifetime_images, "
      "next_grant_number, payment_exp_month, payment_exp_year, invoice_prefix, "
      "next_invoice_number, refund_minor) VALUES ('%s', 's', 'e', 'a@example.org', 1, 1, 'active', "
      "'p', 'month', 400, 1, 1, 100, 300, %" G_GINT64_FORMAT ", 300, 350, '%s', 0, 0, 0, 0, 0, 0, "
      "1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 21, 22, 23, 24, 25, 3, 12, 2030, '%s', 4, 0)",
      id, refill_start_s, term_invoice, id);

  run (db, sql);
}

static void
add_invoice (UpkeepDb *db, const char *account, int n, const char *state, const char *credit_of)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO invoices (id, account, number, issued_at_s, state, currency, total_minor, bill, "
      "credit_of) VALUES ('%1$s%2$d', '%1$s', '%1$s-%2$d', %2$d, '%3$s', 'USD', 400, "
      "'{\"lines\":[{\"code\":\"%5$s\"}]}', %4$s)",
      account, n, state, credit_of, g_str_equal (credit_of, "NULL") ? "plan_price" : "refund");

  run (db, sql);
}

static UpkeepDb *
open_version_1 (void)
{
  g_autoptr (GError) error = NULL;
  UpkeepDb *db = upkeep_db_open (URI, UPKEEP_DB_WRITER, &error);

  g_assert_no_error (error);
  g_assert_true (upkeep_db_migrate (db, upkeep_schema, 1, &error));
  g_assert_no_error (error);
  add_account (db, "A", 100, "A-3"); /* the first refill month of its term */
  add_account (db, "B", 200, "B-1"); /* a later one */
  run (db, "INSERT INTO ledger_transactions (id, account, unit, kind, at_s) "
           "VALUES (1, 'A', 'issue', 'grant', 3), (2, 'B', 'gpu_second', 'grant', 3)");
  run (db, "INSERT INTO grants (account, number, kind, quantity, remaining, granted_at_s, "
           "expires_at_s) VALUES ('A', 2, 'plan', 1, 1, 3, 300), ('B', 2, 'plan', 9, 9, 3, 300)");
  add_invoice (db, "A", 1, "paid", "NULL");
  add_invoice (db, "A", 2, "paid", "'A-1'");
  add_invoice (db, "A", 3, "paid", "NULL");
  add_invoice (db, "A", 4, "void", "NULL");
  add_invoice (db, "B", 1, "paid", "NULL");
  return db;
}

static void
test_version_2 (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepDb) db = open_version_1 ();
  g_autoptr (UpkeepAccount) magazine = NULL;
  g_autoptr (UpkeepAccount) other = NULL;
  const UpkeepIssue *issue;

  g_test_summary ("A store of version 1 is brought up with what it knew (0.16, X-01).");
  g_assert_true (upkeep_db_migrate (db, upkeep_schema, 2, &error));
  g_assert_no_error (error);
  g_assert_true (upkeep_store_get_account (db, "A", &magazine, NULL, &error));
  g_assert_true (upkeep_store_get_account (db, "B", &other, NULL, &error));
  g_assert_no_error (error);

  /* The first issue came back, the third invoice paid the second one, which waits to be sent. */
  g_assert_cmpuint (magazine->issues->len, ==, 2);
  issue = upkeep_account_find_issue (magazine, 1);
  g_assert_cmpstr (issue->invoice, ==, "A-1");
  g_assert_cmpint (issue->shipped_at_s, ==, 1);
  g_assert_cmpint (issue->refunded_at_s, ==, 2);
  issue = upkeep_account_find_issue (magazine, 2);
  g_assert_cmpstr (issue->invoice, ==, "A-3");
  g_assert_cmpint (issue->grant_number, ==, 2);
  g_assert_cmpint (issue->price_minor, ==, 400);
  g_assert_cmpint (issue->taken_minor, ==, 350);
  g_assert_true (upkeep_issue_is_open (issue));
  g_assert_cmpint (g_array_index (magazine->grants, UpkeepGrant, 0).expires_at_s, ==,
                   UPKEEP_INSTANT_NONE);
  g_assert_cmpuint (other->issues->len, ==, 0);
  g_assert_cmpint (g_array_index (other->grants, UpkeepGrant, 0).expires_at_s, ==, 300);

  g_assert_cmpint (magazine->use_term.units[0], ==, 1);
  g_assert_cmpint (magazine->use_term.images, ==, 5);
  g_assert_cmpint (other->use_term.units[3], ==, 14);
  g_assert_cmpint (other->use_term.images, ==, 15);
}

static void
assert_refused (UpkeepDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", sql);
  g_assert_false (upkeep_db_exec (db, sql, UPKEEP_DB_NO_ARGS, &error));
  g_assert_nonnull (error);
}

static void
test_issue_is_sent_once (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepDb) db = open_version_1 ();

  g_test_summary ("Not even a fault of the program sends an issue twice or gives it back twice.");
  g_assert_true (upkeep_db_migrate (db, upkeep_schema, 2, &error));
  assert_refused (db, "UPDATE issues SET price_minor = 1 WHERE number = 2");
  assert_refused (db, "UPDATE issues SET shipped_at_s = NULL WHERE number = 1");
  assert_refused (db, "UPDATE issues SET refunded_at_s = 9 WHERE number = 1");
  assert_refused (db, "DELETE FROM issues");
  run (db, "UPDATE issues SET shipped_at_s = 7 WHERE number = 2");
  assert_refused (db, "UPDATE issues SET shipped_at_s = 8 WHERE number = 2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/schema/version-2", test_version_2);
  g_test_add_func ("/service/schema/issue-is-sent-once", test_issue_is_sent_once);
  return g_test_run ();
}

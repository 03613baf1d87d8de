/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-fsck.h"
#include "upkeep-sim-service.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* Every kind of damage is done to a copy of books that are whole, and is named. */

#define START_S G_GINT64_CONSTANT (1769853600) /* 2026-01-31T10:00:00Z */

typedef struct {
  char *folder;                 /* (owned) */
  char *path;                   /* (owned): of the store */
  UpkeepCatalogues *catalogues; /* (owned) */
  gint64 now_s;
  char *whole; /* (owned): the bytes of the store */
  gsize whole_size;
} Fixture;

/* --- Books that are whole --- */

typedef struct {
  SimService *service;
  char *id;    /* (owned) */
  char *token; /* (owned) */
  guint card;
} Account;

static SimAnswer *
post (SimService *service, const char *token, const char *path, char *body)
{
  static guint n_keys = 0;
  g_autofree char *owned = body;
  g_autofree char *key = g_strdup_printf ("key-%u", n_keys++);
  SimAnswer *answer = sim_service_post (service, token, path, key, body);

  if (answer->status >= 300)
    g_error ("%s: %s", path, answer->text);
  return answer;
}

static void
set_card (const Account *account, gboolean pays)
{
  g_autoptr (SimAnswer) answer = NULL;

  sim_service_get_card (account->service, account->card)->pays = pays;
  answer = post (
      account->service, SIM_OPERATOR, "/v1/admin/sandbox/payment-method",
      g_strdup_printf ("{\"account\":\"%s\",\"token\":\"card-%u\"}", account->id, account->card));
}

static Account
open_account_of (SimService *service, const char *name)
{
  g_autoptr (SimAnswer) answer =
      post (service, SIM_OPERATOR, "/v1/admin/accounts",
            g_strdup_printf ("{\"service\":\"%s\",\"email\":\"a@example.org\"}", name));
  Account account = {service, g_strdup (sim_text (answer->body, "id")),
                     g_strdup (sim_text (answer->body, "access_token")),
                     sim_service_add_card (service)};

  set_card (&account, TRUE);
  return account;
}

static Account
open_account (SimService *service)
{
  return open_account_of (service, "midjourney");
}

static void
account_clear (Account *self)
{
  g_free (self->id);
  g_free (self->token);
}

static void
change (const Account *account, const char *request, const char *timing)
{
  g_autoptr (SimAnswer) quote =
      post (account->service, account->token, "/v1/account/quotes", g_strdup (request));
  g_autofree char *path =
      g_strdup_printf ("/v1/account/quotes/%s/accept", sim_text (quote->body, "id"));
  g_autoptr (SimAnswer) done = post (account->service, account->token, path,
                                     g_strdup_printf ("{\"timing\":\"%s\"}", timing));
}

static void
use (const Account *account, const char *id, guint quantity)
{
  g_autoptr (SimAnswer) answer =
      post (account->service, SIM_OPERATOR, "/v1/admin/usage",
            g_strdup_printf ("{\"events\":[{\"id\":\"%s\",\"account\":\"%s\",\"meter\":\"gpu\","
                             "\"quantity\":%u,\"images\":7}]}",
                             id, account->id, quantity));
}

static void
move_clock (SimService *service, gint64 to_s)
{
  char now[UPKEEP_INSTANT_TEXT_SIZE];
  g_autoptr (SimAnswer) answer = NULL;

  upkeep_instant_print (to_s, now);
  answer =
      post (service, SIM_OPERATOR, "/v1/admin/clock", g_strdup_printf ("{\"now\":\"%s\"}", now));
}

/* One job that is done, one that failed, three that run and one that waits. */
static void
work (const Account *account)
{
  static const char *const results[] = {"ok", "error"};

  for (guint i = 0; i < 6; i++) {
    g_autoptr (SimAnswer) answer =
        post (account->service, SIM_OPERATOR, "/v1/admin/jobs",
              g_strdup_printf ("{\"id\":\"j%u\",\"account\":\"%s\"}", i, account->id));
  }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++) {
    g_autofree char *path = g_strdup_printf ("/v1/admin/jobs/j%u/finish", i);
    g_autoptr (SimAnswer) answer =
        post (account->service, SIM_OPERATOR, path,
              g_strdup_printf ("{\"gpu_seconds\":60,\"images\":4,\"result\":\"%s\"}", results[i]));
  }
}

/* Reads two issues, of which the first has shipped. */
static void
read_magazine (const Account *account)
{
  g_autoptr (SimAnswer) answer =
      post (account->service, SIM_OPERATOR, "/v1/admin/shipments",
            g_strdup_printf ("{\"account\":\"%s\",\"issue\":1}", account->id));
}

/* One who buys hours, renews and climbs; one who gets a refund; one who pays late, and works; one
 * who owes; one who reads a magazine. */
static void
keep_books (SimService *service, gint64 now_s)
{
  static const char basic[] = "{\"kind\":\"subscribe\",\"plan\":\"basic\",\"interval\":\"month\"}";
  Account accounts[] = {open_account (service), open_account (service), open_account (service),
                        open_account (service), open_account_of (service, "midjourney-magazine")};

  for (gsize i = 0; i + 1 < G_N_ELEMENTS (accounts); i++)
    change (&accounts[i], basic, "immediate");
  change (&accounts[4], "{\"kind\":\"subscribe\",\"plan\":\"magazine\",\"interval\":\"month\"}",
          "immediate");
  change (&accounts[0], "{\"kind\":\"topup\",\"quantity\":36000}", "immediate");
  use (&accounts[0], "e1", 20000);
  change (&accounts[1], "{\"kind\":\"cancel\"}", "immediate");
  set_card (&accounts[2], FALSE);
  move_clock (service, now_s - 7 * UPKEEP_DAY_S);
  set_card (&accounts[2], TRUE);
  change (&accounts[0], "{\"kind\":\"switch\",\"plan\":\"standard\",\"interval\":\"month\"}",
          "immediate");
  set_card (&accounts[3], FALSE);
  move_clock (service, now_s);
  work (&accounts[2]);
  read_magazine (&accounts[4]);
  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    account_clear (&accounts[i]);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  SimService *service;

  self->folder = g_dir_make_tmp ("upkeep-fsck-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "store.db", NULL);
  self->catalogues = upkeep_catalogues_load (g_getenv ("UPKEEP_CATALOGUES"), &error);
  g_assert_no_error (error);
  self->now_s = START_S + 35 * UPKEEP_DAY_S;
  uri = g_strconcat ("sqlite://", self->path, NULL);
  service = sim_service_new (self->catalogues, uri, START_S);
  keep_books (service, self->now_s);
  sim_service_free (service);
  g_file_get_contents (self->path, &self->whole, &self->whole_size, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  static const char *const ends[] = {"", ".lock", "-wal", "-shm"};

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *path = g_strconcat (self->path, ends[i], NULL);

    g_unlink (path);
  }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->whole);
  upkeep_catalogues_free (self->catalogues);
}

/* --- Damage --- */

/* Nothing is append-only any more, and nothing refers to what is gone. */
static void
damage (Fixture *self, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *triggers = NULL;
  GString *drop = g_string_new ("PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF;");
  int rc = sqlite3_open (self->path, &db);

  g_assert_cmpint (rc, ==, SQLITE_OK);
  rc = sqlite3_prepare_v2 (db, "SELECT name FROM sqlite_schema WHERE type = 'trigger'", -1,
                           &triggers, NULL);
  g_assert_cmpint (rc, ==, SQLITE_OK);
  while (sqlite3_step (triggers) == SQLITE_ROW)
    g_string_append_printf (drop, "DROP TRIGGER %s;", sqlite3_column_text (triggers, 0));
  sqlite3_finalize (triggers);
  rc = sqlite3_exec (db, drop->str, NULL, NULL, NULL);
  g_assert_cmpint (rc, ==, SQLITE_OK);
  rc = sqlite3_exec (db, sql, NULL, NULL, NULL);
  g_assert_cmpstr (rc == SQLITE_OK ? NULL : sqlite3_errmsg (db), ==, NULL);
  g_assert_cmpint (sqlite3_total_changes (db), >, 0);
  sqlite3_close (db);
  g_string_free (drop, TRUE);
}

static void
restore (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (self->path, self->whole, (gssize) self->whole_size,
                            G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

static UpkeepFsckReport
look (Fixture *self)
{
  g_autofree char *uri = g_strconcat ("sqlite://", self->path, NULL);
  const UpkeepBillingMeans means = {self->catalogues, upkeep_processor_get_sandbox ()};
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepStore) store = upkeep_store_open (uri, &error);
  UpkeepFsckReport report = {0};
  UpkeepDb *db;

  g_assert_no_error (error);
  db = upkeep_store_begin_read (store, &error);
  g_assert_no_error (error);
  g_assert_true (upkeep_fsck (db, &means, self->now_s, &report, &error));
  g_assert_no_error (error);
  upkeep_store_end_read (store, db);
  return report;
}

static const UpkeepFinding *
find (const UpkeepFsckReport *report, const char *check)
{
  for (guint i = 0; i < report->findings->len; i++) {
    const UpkeepFinding *finding = &g_array_index (report->findings, UpkeepFinding, i);

    if (strstr (finding->check, check) != NULL)
      return finding;
  }
  return NULL;
}

#define FIRST  "(SELECT id FROM accounts ORDER BY rowid LIMIT 1)"
#define REFUND "(SELECT id FROM ledger_transactions WHERE kind = 'refund')"
#define BASIC  "WHERE document LIKE '%\"plan_price\",\"amount\":1000%'"

static void
test_damage (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *sql;
    const char *check;    /* part of what is said not to hold */
    const char *expected; /* (nullable): NULL for any */
    const char *found;    /* (nullable): NULL for any */
  } rows[] = {
      /* The ledger */
      {"UPDATE ledger_legs SET amount = amount + 1 WHERE transaction_id = 1 AND leg = 1",
       "two legs", "2 legs, 0", "2 legs, 1"},
      {"DELETE FROM ledger_legs WHERE transaction_id = 2 AND leg = 1", "two legs", "2 legs, 0",
       NULL},
      {"UPDATE ledger_legs SET unit = 'EUR' WHERE transaction_id = 1 AND leg = 1", "two legs", NULL,
       NULL},
      {"UPDATE ledger_legs SET balance = balance + 1 WHERE transaction_id = 2 AND leg = 0",
       "a balance is", "0", "1"},
      {"UPDATE accounts SET money_minor = 5 WHERE id = " FIRST, "has the money", "0", "5"},
      {"UPDATE grants SET remaining = remaining - 1 WHERE remaining > 0", "has the units", NULL,
       NULL},
      {"DELETE FROM ledger_transactions WHERE id = 1; DELETE FROM ledger_legs WHERE "
       "transaction_id = 1",
       "a balance is", NULL, NULL},
      /* Charges */
      {"UPDATE payment_charges SET amount_minor = 999 WHERE amount_minor = 1000", "one to one",
       "0 of 1000", "1 of 1000"},
      {"DELETE FROM payment_charges WHERE key LIKE 'renewal/%' AND decline_code IS NULL",
       "one to one", NULL, NULL},
      {"UPDATE payment_charges SET at_s = at_s + 1 WHERE key LIKE 'renewal/%'", "one to one", NULL,
       NULL},
      {"INSERT INTO payment_charges SELECT key || '9', 1, account, amount_minor, currency, NULL, "
       "at_s FROM payment_charges WHERE key LIKE 'renewal/%' AND decline_code IS NULL",
       "has its invoice", NULL, NULL},
      {"UPDATE payment_charges SET key = 'quote/none' WHERE key = (SELECT key FROM payment_charges "
       "WHERE key LIKE 'renewal/%' AND decline_code IS NULL)",
       "for a debt", NULL, NULL},
      {"UPDATE payment_charges SET account = (SELECT max (id) FROM accounts WHERE id <> account)",
       "for a quote", NULL, NULL},
      {"UPDATE quotes SET accepted_at_s = accepted_at_s + 1", "for a quote", NULL, NULL},
      {"DELETE FROM payment_charges WHERE decline_code IS NOT NULL", "for a debt", NULL, NULL},
      {"UPDATE payment_charges SET attempt = 5 WHERE key LIKE 'quote/%'", "charged again only", "1",
       "5"},
      /* Quotes and receipts */
      {"UPDATE quotes SET accepted_at_s = NULL", "has its receipt", NULL, NULL},
      {"DELETE FROM receipts", "has its receipt", NULL, NULL},
      {"UPDATE receipts SET at_s = at_s + 1", "has its receipt", NULL, NULL},
      {"UPDATE quotes SET document = '{'", "a quote can be read", NULL, NULL},
      {"UPDATE quotes SET document = replace (document, '\"total\":{\"amount\":1000', "
       "'\"total\":{\"amount\":1') " BASIC,
       "a quote can be read", NULL, NULL},
      {"UPDATE quotes SET document = replace (document, '\"amount\":1000', '\"amount\":1') " BASIC,
       "follow from its terms", "1000", "1"},
      {"UPDATE receipts SET document = replace (document, '\"total\":{\"amount\":1000', "
       "'\"total\":{\"amount\":1') " BASIC,
       "a receipt can be read", NULL, NULL},
      {"UPDATE receipts SET document = replace (document, '\"amount\":1000', "
       "'\"amount\":1') " BASIC,
       "what its quote said", NULL, "1"},
      {"UPDATE receipts SET document = replace (document, '\"amount\":1000', "
       "'\"amount\":1') " BASIC,
       "receipt says was charged", "1", "1000"},
      {"UPDATE receipts SET document = replace (document, id, 'somebody')", "a receipt can be read",
       NULL, "somebody"},
      {"UPDATE receipts SET document = replace (document, (SELECT id FROM invoices WHERE sequence "
       "= 1), 'somewhere')",
       "receipt's invoice", "1000", NULL},
      /* Invoices */
      {"UPDATE invoices SET number = substr (number, 1, 9) || '0044' WHERE sequence = 1",
       "numbered without", "1", "0044"},
      {"UPDATE invoices SET number = 'ZZZZZZZZ' || substr (number, 9) WHERE sequence = 1",
       "numbered without", NULL, NULL},
      {"UPDATE accounts SET next_invoice_number = 9 WHERE id = " FIRST, "next invoice", NULL, "9"},
      {"UPDATE invoices SET state = 'open' WHERE sequence = 1", "past due owes", "past_due",
       "active"},
      {"UPDATE invoices SET state = 'void' WHERE sequence = 1", "paid invoices say", NULL, NULL},
      {"UPDATE invoices SET total_minor = 999 WHERE sequence = 1", "an invoice can be read", "1000",
       "999"},
      {"UPDATE invoices SET bill = replace (bill, '\"amount\":1000', '\"amount\":999') WHERE "
       "sequence = 1",
       "an invoice can be read", "999", "1000"},
      {"UPDATE invoices SET bill = replace (bill, '\"lines\":[{\"amount\":1000', "
       "'\"lines\":[{\"amount\":999') WHERE sequence = 1",
       "an invoice can be read", NULL, NULL},
      {"UPDATE invoices SET state = 'lost' WHERE sequence = 1", "an invoice can be read", NULL,
       NULL},
      /* Refunds */
      {"UPDATE invoices SET credit_of = (SELECT o.number FROM invoices o WHERE o.account <> "
       "invoices.account) WHERE credit_of IS NOT NULL",
       "of the same account", NULL, NULL},
      {"DELETE FROM refunds", "has its credit note", "0", "1"},
      {"UPDATE ledger_legs SET amount = amount / 2 WHERE transaction_id = " REFUND,
       "what was refunded", "-1000", "-500"},
      {"UPDATE ledger_legs SET amount = amount * 2 WHERE transaction_id = " REFUND, "than was paid",
       "0", "-1000"},
      /* Use */
      {"DELETE FROM usage_events WHERE id = 'e1'", "used what was reported of it", "0", "20000"},
      {"UPDATE usage_events SET images = 8 WHERE id = 'e1'", "made the images", "8", "7"},
      {"UPDATE accounts SET use_lifetime_units_1 = 1 WHERE id = " FIRST,
       "used what was reported of it", "20000", "20001"},
      /* Issues */
      {"UPDATE issues SET number = 3 WHERE number = 2", "issues are numbered", "3", "2"},
      {"UPDATE invoices SET state = 'void' WHERE number = (SELECT invoice FROM issues WHERE "
       "number = 1)",
       "by a paid invoice", "paid", "void"},
      {"UPDATE issues SET shipped_at_s = NULL WHERE number = 1", "is held", "2", "1"},
      {"UPDATE issues SET refunded_at_s = 9 WHERE number = 2", "has its credit note", "9", NULL},
      /* Jobs */
      {"UPDATE jobs SET state = 'done' WHERE id = 'j1'", "was counted once", NULL, NULL},
      {"UPDATE jobs SET state = 'failed' WHERE id = 'j0'", "was counted once", NULL, NULL},
      {"DELETE FROM usage_events WHERE job = 'j0'", "was counted once", NULL, NULL},
      {"UPDATE usage_events SET at_s = at_s - 1 WHERE job = 'j0'", "was counted once", NULL, NULL},
      {"UPDATE usage_events SET quantity = 61 WHERE job = 'j0'", "used what was reported of it",
       "61", "60"},
      {"UPDATE usage_events SET job = 'x' WHERE job = 'j0'", "names one that there is", "x", NULL},
      {"UPDATE jobs SET state = 'queued' WHERE id = 'j3'", "waits only where it has to", NULL,
       NULL},
      {"UPDATE jobs SET state = 'dropped' WHERE id = 'j5'", "state is a last one", "dropped", NULL},
      {"UPDATE accounts SET next_job_number = 9 WHERE next_job_number = 7", "jobs are numbered",
       "7", "9"},
      {"UPDATE jobs SET number = 8 WHERE id = 'j5'", "jobs are numbered", "7", "7"},
      {"UPDATE jobs SET state = 'lost' WHERE id = 'j5'", "can be read", NULL, NULL},
      /* Time */
      {"UPDATE accounts SET term_end_s = term_end_s + 1 WHERE state = 'active'", "whole months",
       NULL, NULL},
      {"UPDATE accounts SET term_start_s = term_start_s - 86400 WHERE state = 'active'",
       "whole months", NULL, NULL},
      {"UPDATE accounts SET refill_start_s = refill_start_s + 60 WHERE state = 'active'",
       "whole months", NULL, NULL},
      {"UPDATE accounts SET anchor_s = anchor_s + 86400 WHERE state = 'active'", "whole months",
       NULL, NULL},
      {"UPDATE accounts SET refill_start_s = term_end_s, refill_end_s = term_end_s + 86400 * 31 "
       "WHERE state = 'active'",
       "within its term", NULL, NULL},
      {"UPDATE accounts SET next_due_at_s = NULL WHERE state = 'active'", "has to be looked at",
       NULL, "never"},
      {"UPDATE accounts SET next_due_at_s = next_due_at_s + 86400 WHERE state = 'active'",
       "has to be looked at", NULL, NULL},
      /* Accounts */
      {"UPDATE accounts SET state = 'dreaming' WHERE id = " FIRST, "can be read", NULL, NULL},
      {"UPDATE accounts SET edition = '1999' WHERE id = " FIRST, "edition is loaded", "1999", NULL},
      {"UPDATE accounts SET next_edition = edition WHERE id = " FIRST, "moves to another", NULL,
       NULL},
      {"UPDATE accounts SET payment_exp_month = 13 WHERE id = " FIRST, "says the same twice", NULL,
       NULL},
  };
  g_auto (UpkeepFsckReport) whole = look (self);

  g_test_summary ("Each kind of damage is named: whose it is, what, and what it should be");
  g_assert_cmpint (whole.n_accounts, ==, 5);
  g_assert_cmpuint (whole.findings->len, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (UpkeepFsckReport) report = {0};
    const UpkeepFinding *finding;

    g_test_message ("%s", rows[i].sql);
    restore (self);
    damage (self, rows[i].sql);
    report = look (self);
    finding = find (&report, rows[i].check);
    g_assert_nonnull (finding);
    g_assert_nonnull (finding->account);
    g_assert_nonnull (finding->id);
    if (rows[i].expected != NULL)
      g_assert_cmpstr (finding->expected, ==, rows[i].expected);
    if (rows[i].found != NULL)
      g_assert_cmpstr (finding->found, ==, rows[i].found);
  }
}

static void
test_bound (Fixture *self, gconstpointer data)
{
  g_auto (UpkeepFsckReport) report = {0};

  g_test_summary ("A store that is broken through and through is told in few words");
  damage (self, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
                "INSERT INTO quotes SELECT 'q' || i, " FIRST ", '{}', '{', 0, NULL FROM n");
  report = look (self);
  g_assert_cmpuint (report.findings->len, ==, UPKEEP_FSCK_FINDINGS_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/fsck/damage", Fixture, NULL, set_up, test_damage, tear_down);
  g_test_add ("/fsck/bound", Fixture, NULL, set_up, test_bound, tear_down);
  return g_test_run ();
}

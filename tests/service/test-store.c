/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-schema.h"
#include "upkeep-store-job.h"
#include "upkeep-store.h"

#include <glib/gstdio.h>
#include <string.h>

#define URI "sqlite::memory:test-store"

/* Every fact is another one, so that no two columns can be mistaken for each other. */
static UpkeepAccount *
make_account (const char *id)
{
  UpkeepAccount *account = upkeep_account_new ();
  const UpkeepGrant grants[] = {
      {1, UPKEEP_GRANT_PLAN, 100, 40, 1000, 2000},
      {2, UPKEEP_GRANT_PURCHASED, 200, 200, 1001, UPKEEP_INSTANT_NONE, TRUE},
  };
  const gint64 refund_s = 900;

  account->id = g_strdup (id);
  account->service = g_strdup ("service");
  account->edition = g_strdup ("edition");
  account->next_edition = g_strdup ("next edition");
  account->email = g_strdup ("a@example.org");
  account->locale = g_strdup ("zh-Hant");
  account->country = g_strdup ("TW");
  account->created_at_s = 11;
  account->version = 12;
  account->state = UPKEEP_STATE_PAST_DUE;
  account->plan = g_strdup ("plan");
  account->interval = UPKEEP_INTERVAL_YEAR;
  account->price_minor = 13;
  account->started_at_s = 14;
  account->ended_at_s = UPKEEP_INSTANT_NONE;
  account->ever_subscribed = TRUE;
  account->anchor_s = 15;
  account->term = (UpkeepPeriod){16, 17};
  account->refill = (UpkeepPeriod){18, 19};
  account->term_taken_minor = 20;
  account->term_invoice = g_strdup ("ABC1DEF2-0001");
  account->scheduled = UPKEEP_SCHEDULED_SWITCH;
  account->scheduled_plan = g_strdup ("other");
  account->scheduled_interval = UPKEEP_INTERVAL_MONTH;
  account->missed_at_s = 21;
  account->retries_done = 2;
  account->owed_price_minor = 22;
  account->money_minor = -23;
  account->metered_parts = 24;
  account->mode = 1;
  account->mode_fell = TRUE;
  account->use_month = (UpkeepUse){{25, 26, 27, 28}, 29};
  account->use_term = (UpkeepUse){{45, 46, 47, 48}, 49};
  account->use_subscription = (UpkeepUse){{30, 31, 32, 33}, 34};
  account->use_lifetime = (UpkeepUse){{35, 36, 37, 38}, 39};
  account->last_used_at_s = 40;
  g_array_append_vals (account->grants, grants, G_N_ELEMENTS (grants));
  account->next_grant_number = 3;
  account->payment_method =
      (UpkeepPaymentMethod){g_strdup ("token"), g_strdup ("visa"), g_strdup ("4242"), 12, 2030};
  account->invoice_prefix = g_strdup (id);
  account->next_invoice_number = 41;
  g_array_append_val (account->refunds_s, refund_s);
  account->refund_expected_by_s = 42;
  account->refund_minor = 43;
  return account;
}

static void
assert_equal_issues (const UpkeepAccount *a, const UpkeepAccount *b)
{
  g_assert_cmpuint (a->issues->len, ==, b->issues->len);
  for (guint i = 0; i < a->issues->len; i++) {
    const UpkeepIssue *one = g_ptr_array_index (a->issues, i);
    const UpkeepIssue *other = g_ptr_array_index (b->issues, i);

    g_assert_cmpint (one->number, ==, other->number);
    g_assert_cmpstr (one->invoice, ==, other->invoice);
    g_assert_cmpint (one->grant_number, ==, other->grant_number);
    g_assert_cmpint (one->price_minor, ==, other->price_minor);
    g_assert_cmpint (one->taken_minor, ==, other->taken_minor);
    g_assert_cmpint (one->paid_at_s, ==, other->paid_at_s);
    g_assert_cmpint (one->shipped_at_s, ==, other->shipped_at_s);
    g_assert_cmpint (one->refunded_at_s, ==, other->refunded_at_s);
  }
}

/* Compares the facts themselves: what is not stored shows. */
static void
assert_equal (const UpkeepAccount *a, const UpkeepAccount *b)
{
  UpkeepAccount left = *a;
  UpkeepAccount right = *b;
  char **texts[][2] = {
      {&left.id, &right.id},
      {&left.service, &right.service},
      {&left.edition, &right.edition},
      {&left.next_edition, &right.next_edition},
      {&left.email, &right.email},
      {&left.locale, &right.locale},
      {&left.country, &right.country},
      {&left.plan, &right.plan},
      {&left.term_invoice, &right.term_invoice},
      {&left.scheduled_plan, &right.scheduled_plan},
      {&left.payment_method.token, &right.payment_method.token},
      {&left.payment_method.brand, &right.payment_method.brand},
      {&left.payment_method.last4, &right.payment_method.last4},
      {&left.invoice_prefix, &right.invoice_prefix},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_cmpstr (*texts[i][0], ==, *texts[i][1]);
    *texts[i][0] = *texts[i][1] = NULL;
  }
  g_assert_cmpmem (left.refunds_s->data, (int) (left.refunds_s->len * sizeof (gint64)),
                   right.refunds_s->data, (int) (right.refunds_s->len * sizeof (gint64)));
  g_assert_cmpuint (left.grants->len, ==, right.grants->len);
  for (guint i = 0; i < left.grants->len; i++) {
    const UpkeepGrant *one = &g_array_index (left.grants, UpkeepGrant, i);
    const UpkeepGrant *other = &g_array_index (right.grants, UpkeepGrant, i);

    g_assert_cmpint (one->number, ==, other->number);
    g_assert_cmpint (one->kind, ==, other->kind);
    g_assert_cmpint (one->quantity, ==, other->quantity);
    g_assert_cmpint (one->remaining, ==, other->remaining);
    g_assert_cmpint (one->granted_at_s, ==, other->granted_at_s);
    g_assert_cmpint (one->expires_at_s, ==, other->expires_at_s);
    g_assert_cmpint (one->prepaid, ==, other->prepaid);
  }
  g_assert_cmpuint (left.jobs->len, ==, right.jobs->len);
  for (guint i = 0; i < left.jobs->len; i++) {
    const UpkeepJob *one = &g_array_index (left.jobs, UpkeepJob, i);
    const UpkeepJob *other = &g_array_index (right.jobs, UpkeepJob, i);

    g_assert_cmpint (one->number, ==, other->number);
    g_assert_cmpint (one->mode, ==, other->mode);
    g_assert_cmpint (one->reserve, ==, other->reserve);
    g_assert_cmpint (one->state, ==, other->state);
    g_assert_cmpint (one->ended_at_s, ==, other->ended_at_s);
  }
  assert_equal_issues (a, b);
  left.issues = right.issues = NULL;
  left.grants = right.grants = NULL;
  left.jobs = right.jobs = NULL;
  left.refunds_s = right.refunds_s = NULL;
  g_assert_cmpmem (&left, sizeof left, &right, sizeof right);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static UpkeepAccount *
read_back (UpkeepDb *db, const char *id, gint64 *ret_due_at_s)
{
  g_autoptr (GError) error = NULL;
  UpkeepAccount *account = NULL;

  g_assert_true (upkeep_store_get_account (db, id, &account, ret_due_at_s, &error));
  g_assert_no_error (error);
  return account;
}

static void
test_account (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepStore) store = upkeep_store_open (URI, &error);
  g_autoptr (UpkeepAccount) first = make_account ("a");
  g_autoptr (UpkeepAccount) second = make_account ("a");
  g_autoptr (UpkeepAccount) bare = upkeep_account_new ();
  const UpkeepGrant third = {3, UPKEEP_GRANT_EARNED, 5, 5, 1002, 3000};
  gint64 due_at_s = 0;
  UpkeepDb *db;

  g_test_summary ("Every fact about an account comes back as it was.");
  g_assert_no_error (error);
  db = upkeep_store_begin (store, &error);
  g_assert_no_error (error);
  g_assert_null (read_back (db, "a", NULL));
  g_assert_true (upkeep_store_put_account (db, NULL, first, 77, &error));
  {
    g_autoptr (UpkeepAccount) found = read_back (db, "a", &due_at_s);

    assert_equal (found, first);
    g_assert_cmpint (due_at_s, ==, 77);
  }

  /* A grant goes, one changes, one comes; another refund; nothing falls due any more. */
  g_array_remove_index (second->grants, 0);
  g_array_index (second->grants, UpkeepGrant, 0).remaining = 150;
  g_array_append_val (second->grants, third);
  g_array_append_val (second->refunds_s, due_at_s);
  second->state = UPKEEP_STATE_ENDED;
  second->interval = UPKEEP_INTERVAL_NONE;
  second->scheduled = UPKEEP_SCHEDULED_NOTHING;
  g_clear_pointer (&second->plan, g_free);
  g_assert_true (upkeep_store_put_account (db, first, second, UPKEEP_INSTANT_NONE, &error));
  {
    g_autoptr (UpkeepAccount) found = read_back (db, "a", &due_at_s);

    assert_equal (found, second);
    g_assert_cmpint (due_at_s, ==, UPKEEP_INSTANT_NONE);
  }

  bare->id = g_strdup ("b");
  bare->service = g_strdup ("service");
  bare->edition = g_strdup ("edition");
  bare->email = g_strdup ("b@example.org");
  bare->invoice_prefix = g_strdup ("b");
  g_assert_true (upkeep_store_put_account (db, NULL, bare, UPKEEP_INSTANT_NONE, &error));
  {
    g_autoptr (UpkeepAccount) found = read_back (db, "b", NULL);

    assert_equal (found, bare);
  }
  upkeep_store_rollback (store);
}

static void
test_due (void)
{
  static const struct {
    const char *id;
    gint64 due_at_s;
  } rows[] = {{"c", 30}, {"a", 20}, {"d", UPKEEP_INSTANT_NONE}, {"b", 20}};
  static const char *const order[] = {"a", "b", "c", NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepStore) store = upkeep_store_open (URI, &error);
  UpkeepDb *db;

  g_test_summary ("What falls due comes by time, then by account.");
  g_assert_no_error (error);
  db = upkeep_store_begin (store, &error);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UpkeepAccount) account = make_account (rows[i].id);

    g_assert_true (upkeep_store_put_account (db, NULL, account, rows[i].due_at_s, &error));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++) {
    g_autofree char *id = NULL;
    gint64 due_at_s = 0;

    g_assert_true (upkeep_store_get_next_due (db, &id, &due_at_s, &error));
    g_assert_cmpstr (id, ==, order[i]);
    if (id != NULL)
      g_assert_true (upkeep_store_set_due (db, id, UPKEEP_INSTANT_NONE, &error));
    else
      g_assert_cmpint (due_at_s, ==, UPKEEP_INSTANT_NONE);
  }
  upkeep_store_rollback (store);
}

static void
test_postings (void)
{
  static const struct {
    const char *unit;
    gint64 amount;
    gint64 balance;
  } rows[] = {
      {"USD", -3000, -3000}, {"second", 500, 500}, {"USD", 500, -2500},
      {"USD", 2500, 0},      {"second", -7, 493},
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepStore) store = upkeep_store_open (URI, &error);
  g_autoptr (UpkeepAccount) account = make_account ("a");
  g_autoptr (GPtrArray) entries = NULL;
  UpkeepPosting huge = {1, UPKEEP_POSTING_GRANT, FALSE, G_MAXINT64};
  gint64 balance = 0;
  gint64 next = 0;
  UpkeepDb *db;

  g_test_summary ("A balance runs in each unit by itself, and never past its bounds.");
  g_assert_no_error (error);
  db = upkeep_store_begin (store, &error);
  g_assert_true (upkeep_store_put_account (db, NULL, account, UPKEEP_INSTANT_NONE, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    UpkeepPosting posting = {(gint64) i, UPKEEP_POSTING_CREDIT, FALSE, rows[i].amount};

    g_assert_true (
        upkeep_store_add_posting (db, "a", rows[i].unit, &posting, NULL, &balance, &error));
    g_assert_cmpint (balance, ==, rows[i].balance);
  }
  g_assert_false (upkeep_store_add_posting (db, "a", "second", &huge, NULL, &balance, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_true (upkeep_store_list_ledger (db, "a", "USD", G_MAXINT64, 2, &entries, &next, &error));
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpint (((UpkeepLedgerEntry *) entries->pdata[0])->amount, ==, 2500);
  g_assert_cmpint (((UpkeepLedgerEntry *) entries->pdata[1])->balance, ==, -2500);
  g_assert_cmpint (next, ==, ((UpkeepLedgerEntry *) entries->pdata[1])->id);
  g_clear_pointer (&entries, g_ptr_array_unref);
  g_assert_true (upkeep_store_list_ledger (db, "a", "USD", next, 1, &entries, &next, &error));
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpint (next, ==, 0);
  upkeep_store_rollback (store);
}

static void
test_charges (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepStore) store = upkeep_store_open (URI, &error);
  g_autoptr (UpkeepAccount) account = make_account ("a");
  gint64 attempts = -1;
  gboolean is_paid = TRUE;
  UpkeepDb *db;

  g_test_summary ("One thing may be declined often, and is paid once.");
  g_assert_no_error (error);
  db = upkeep_store_begin (store, &error);
  g_assert_true (upkeep_store_put_account (db, NULL, account, UPKEEP_INSTANT_NONE, &error));
  g_assert_true (upkeep_store_get_charge (db, "k", &attempts, &is_paid, &error));
  g_assert_cmpint (attempts, ==, 0);
  g_assert_false (is_paid);
  g_assert_true (upkeep_store_add_charge (db, "k", 1, "a", 5, "USD", "no", 1, &error));
  g_assert_true (upkeep_store_add_charge (db, "k", 2, "a", 5, "USD", "no", 2, &error));
  g_assert_true (upkeep_store_add_charge (db, "k", 3, "a", 5, "USD", NULL, 3, &error));
  g_assert_true (upkeep_store_get_charge (db, "k", &attempts, &is_paid, &error));
  g_assert_cmpint (attempts, ==, 3);
  g_assert_true (is_paid);
  g_assert_false (upkeep_store_add_charge (db, "k", 4, "a", 5, "USD", NULL, 4, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_UNIQUE);
  upkeep_store_rollback (store);
}

static void
test_prune (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepStore) store = upkeep_store_open (URI, &error);
  g_autoptr (UpkeepAccount) account = make_account ("a");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  UpkeepStoredAnswer answer = {bytes, 200, bytes, NULL};
  UpkeepDb *db;

  g_test_summary ("What is older than the bound goes; an accepted quote stays for ever.");
  g_assert_no_error (error);
  db = upkeep_store_begin (store, &error);
  g_assert_true (upkeep_store_put_account (db, NULL, account, UPKEEP_INSTANT_NONE, &error));
  for (gint64 i = 0; i < 4; i++) {
    g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, i);
    UpkeepStoredQuote quote = {name, name, name, 10 + i % 2, UPKEEP_INSTANT_NONE};

    g_assert_true (upkeep_store_add_quote (db, "a", &quote, &error));
    if (i >= 2)
      g_assert_true (upkeep_store_mark_accepted (db, name, 9, &error));
    g_assert_true (upkeep_store_add_answer (db, "scope", name, &answer, 20 + i % 2, &error));
  }
  g_assert_true (upkeep_store_prune (db, 21, 11, &error));
  for (gint64 i = 0; i < 4; i++) {
    g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, i);
    g_autoptr (UpkeepStoredQuote) quote = NULL;
    g_autoptr (UpkeepStoredAnswer) found = NULL;

    g_assert_true (upkeep_store_get_quote (db, "a", name, &quote, &error));
    g_assert_cmpint (quote != NULL, ==, i != 0);
    g_assert_true (upkeep_store_get_answer (db, "scope", name, &found, &error));
    g_assert_cmpint (found != NULL, ==, i % 2 == 1);
  }
  upkeep_store_rollback (store);
}

static void
add_issue (UpkeepAccount *account, gint64 number, const char *invoice)
{
  UpkeepIssue *issue = upkeep_issue_new ();

  issue->number = number;
  issue->invoice = g_strdup (invoice);
  issue->grant_number = number + 10;
  issue->price_minor = number + 20;
  issue->taken_minor = number + 30;
  issue->paid_at_s = number + 40;
  g_ptr_array_add (account->issues, issue);
}

static void
test_issues (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepStore) store = upkeep_store_open (URI, &error);
  g_autoptr (UpkeepAccount) account = make_account ("a");
  g_autoptr (UpkeepAccount) paid = make_account ("a");
  g_autoptr (UpkeepAccount) sent = NULL;
  g_autoptr (UpkeepAccount) read = NULL;
  UpkeepDb *db;

  g_test_summary ("Issues are kept, and what becomes of them (0.16, 0.34).");
  g_assert_no_error (error);
  db = upkeep_store_begin (store, &error);
  g_assert_true (upkeep_store_put_account (db, NULL, account, UPKEEP_INSTANT_NONE, &error));
  for (int i = 1; i <= 2; i++) {
    UpkeepInvoice invoice = {.number = (char *) (i == 1 ? "a-1" : "a-2"),
                             .state = UPKEEP_INVOICE_PAID};
    g_autofree char *id = NULL;

    g_assert_true (upkeep_store_add_invoice (db, "a", "USD", &invoice, &id, &error));
    add_issue (paid, i, invoice.number);
  }
  g_assert_true (upkeep_store_put_account (db, account, paid, UPKEEP_INSTANT_NONE, &error));
  sent = upkeep_account_copy (paid);
  upkeep_account_find_issue (sent, 1)->shipped_at_s = 50;
  upkeep_account_find_issue (sent, 2)->refunded_at_s = 51;
  g_assert_true (upkeep_store_put_account (db, paid, sent, UPKEEP_INSTANT_NONE, &error));
  g_assert_no_error (error);
  read = read_back (db, "a", NULL);
  assert_equal (read, sent);
  upkeep_store_rollback (store);
}

/* Two jobs of an account that wait; they belong to @db's transaction. */
static void
add_jobs (UpkeepDb *db, UpkeepAccount *account)
{
  g_autoptr (GError) error = NULL;
  const UpkeepJob jobs[] = {
      {1, 0, 60, UPKEEP_JOB_QUEUED, UPKEEP_INSTANT_NONE},
      {2, 1, 0, UPKEEP_JOB_QUEUED, UPKEEP_INSTANT_NONE},
  };

  g_array_append_vals (account->jobs, jobs, G_N_ELEMENTS (jobs));
  account->next_job_number = 3;
  g_assert_true (upkeep_store_add_job (db, "one", account->id, &jobs[0], 1, 100, &error));
  g_assert_true (upkeep_store_add_job (db, "two", account->id, &jobs[1], 2, 101, &error));
  g_assert_false (upkeep_store_add_job (db, "two", account->id, &jobs[1], 2, 101, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_UNIQUE);
}

static void
test_jobs (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepStore) store = upkeep_store_open (URI, &error);
  g_autoptr (UpkeepAccount) first = make_account ("a");
  g_autoptr (UpkeepAccount) second = NULL;
  g_autoptr (UpkeepStoredJob) job = NULL;
  g_autofree char *use = upkeep_store_name_use_of_job ("one");
  UpkeepJob ended = {1, 1, 60, UPKEEP_JOB_DONE, 200};
  UpkeepDb *db;

  g_test_summary ("Unfinished jobs are facts about their account; ended ones stay as they ended.");
  g_assert_no_error (error);
  db = upkeep_store_begin (store, &error);
  g_assert_no_error (error);
  g_assert_true (upkeep_store_put_account (db, NULL, first, 77, &error));
  second = upkeep_account_copy (first);
  add_jobs (db, second);
  g_assert_true (upkeep_store_put_account (db, first, second, 77, &error));
  {
    g_autoptr (UpkeepAccount) found = read_back (db, "a", NULL);

    assert_equal (found, second);
  }

  /* One goes on elsewhere and ends, the other one starts. */
  g_assert_true (upkeep_store_end_job (db, "a", &ended, &error));
  g_assert_true (upkeep_store_add_use (db,
                                       &(UpkeepStoredUse){.id = use,
                                                          .account = "a",
                                                          .meter = "gpu",
                                                          .job = "one",
                                                          .quantity = 59,
                                                          .images = 4,
                                                          .at_s = 200},
                                       &error));
  g_clear_pointer (&first, upkeep_account_free);
  first = upkeep_account_copy (second);
  g_array_remove_index (second->jobs, 0);
  g_array_index (second->jobs, UpkeepJob, 0).state = UPKEEP_JOB_RUNNING;
  g_assert_true (upkeep_store_put_account (db, first, second, 77, &error));
  {
    g_autoptr (UpkeepAccount) found = read_back (db, "a", NULL);

    assert_equal (found, second);
  }
  g_assert_true (upkeep_store_get_job (db, "one", &job, &error));
  g_assert_cmpstr (job->account, ==, "a");
  g_assert_cmpint (job->position, ==, 1);
  g_assert_cmpint (job->taken_at_s, ==, 100);
  g_assert_cmpint (job->quantity, ==, 59);
  g_assert_cmpint (job->images, ==, 4);
  g_assert_cmpint (job->job.state, ==, UPKEEP_JOB_DONE);
  g_assert_cmpint (job->job.mode, ==, 1);
  g_assert_cmpint (job->job.ended_at_s, ==, 200);
  g_clear_pointer (&job, upkeep_stored_job_free);
  g_assert_true (upkeep_store_get_job (db, "three", &job, &error));
  g_assert_null (job);

  /* Not even a fault of the program ends it again. */
  ended.state = UPKEEP_JOB_FAILED;
  g_assert_false (upkeep_store_end_job (db, "a", &ended, &error));
  g_assert_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_CONSTRAINT);
  upkeep_store_rollback (store);
}

static void
test_use_by_month (void)
{
  static const char *const instants[] = {"2024-02-28T23:59:59Z", "2024-02-29T23:59:59Z",
                                         "2024-03-01T00:00:00Z", "2024-03-31T12:00:00Z"};
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepStore) store = upkeep_store_open (URI, &error);
  g_autoptr (UpkeepAccount) account = make_account ("a");
  g_autoptr (GPtrArray) sums = NULL;
  UpkeepDb *db;

  g_test_summary ("Months are the calendar's, whatever their length.");
  g_assert_no_error (error);
  db = upkeep_store_begin (store, &error);
  g_assert_true (upkeep_store_put_account (db, NULL, account, UPKEEP_INSTANT_NONE, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (instants); i++) {
    UpkeepStoredUse use = {
        .id = instants[i], .account = "a", .meter = "gpu", .mode = "fast", .quantity = 1 << i};

    g_assert_true (upkeep_instant_parse (instants[i], &use.at_s, &error));
    g_assert_true (upkeep_store_add_use (db, &use, &error));
  }
  g_assert_true (upkeep_store_sum_use (db, "a", UPKEEP_USE_BY_MONTH, 0, G_MAXINT64, &sums, &error));
  g_assert_cmpuint (sums->len, ==, 2);
  g_assert_cmpint (((UpkeepUseSum *) sums->pdata[0])->quantity, ==, 1 + 2);
  g_assert_cmpint (((UpkeepUseSum *) sums->pdata[1])->quantity, ==, 4 + 8);
  g_clear_pointer (&sums, g_ptr_array_unref);
  g_assert_true (upkeep_store_sum_use (db, "a", UPKEEP_USE_BY_DAY, 0, G_MAXINT64, &sums, &error));
  g_assert_cmpuint (sums->len, ==, 4);
  upkeep_store_rollback (store);
}

/* What a store of the first version has: an account with a bought grant that is half spent. */
static const char version_1_data[] =
    "INSERT INTO accounts (id, service, edition, email, created_at_s, version, state, plan, "
    "interval, "
    "price_minor, started_at_s, ended_at_s, ever_subscribed, anchor_s, term_start_s, term_end_s, "
    "refill_start_s, refill_end_s, term_taken_minor, retries_done, owed_price_minor, money_minor, "
    "metered_parts, mode, mode_fell, use_month_units_0, use_month_units_1, use_month_units_2, "
    "use_month_units_3, use_month_images, use_subscription_units_0, use_subscription_units_1, "
    "use_subscription_units_2, use_subscription_units_3, use_subscription_images, "
    "use_lifetime_units_0, use_lifetime_units_1, use_lifetime_units_2, use_lifetime_units_3, "
    "use_lifetime_images, next_grant_number, payment_exp_month, payment_exp_year, invoice_prefix, "
    "next_invoice_number, refund_minor, next_due_at_s) VALUES ('old', 'service', 'edition', "
    "'a@example.org', 1, 17, 'active', 'plan', 'month', 3000, 2, 0, 1, 2, 2, 100, 2, 100, 3000, 0, "
    "0, "
    "0, 400, 0, 0, 7, 0, 0, 0, 1, 7, 0, 0, 0, 1, 7, 0, 0, 0, 1, 2, 12, 2030, 'ABC1DEF2', 2, 0, "
    "100)";

static void
test_migration (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("upkeep-store-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "old.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite://", path, NULL);
  UpkeepDb *db = upkeep_db_open (uri, UPKEEP_DB_WRITER, &error);
  gint64 due_at_s = 0;

  g_test_summary ("A store of the first version is brought up to date with all that is in it.");
  g_assert_no_error (error);
  g_assert_true (upkeep_db_migrate (db, upkeep_schema, 1, &error));
  g_assert_true (upkeep_db_begin (db, &error));
  g_assert_true (upkeep_db_exec (db, version_1_data, UPKEEP_DB_NO_ARGS, &error));
  g_assert_true (upkeep_db_exec (db,
                                 "INSERT INTO grants (account, number, kind, quantity, remaining, "
                                 "granted_at_s) VALUES ('old', 1, 'purchased', 3600, 1800, 3)",
                                 UPKEEP_DB_NO_ARGS, &error));
  g_assert_true (upkeep_db_commit (db, &error));
  upkeep_db_close (db);

  {
    g_autoptr (UpkeepStore) store = upkeep_store_open (uri, &error);
    g_autoptr (UpkeepAccount) account = NULL;
    const UpkeepGrant *grant;

    g_assert_no_error (error);
    db = upkeep_store_begin (store, &error);
    account = read_back (db, "old", &due_at_s);
    g_assert_cmpint (account->version, ==, 17);
    g_assert_cmpstr (account->edition, ==, "edition");
    g_assert_null (account->next_edition);
    g_assert_cmpint (account->price_minor, ==, 3000);
    g_assert_cmpint (account->metered_parts, ==, 400);
    g_assert_cmpint (due_at_s, ==, 100);
    g_assert_cmpuint (account->grants->len, ==, 1);
    grant = &g_array_index (account->grants, UpkeepGrant, 0);
    g_assert_cmpint (grant->remaining, ==, 1800);
    g_assert_false (grant->prepaid);
    upkeep_store_rollback (store);
  }
  remove_folder (folder);
}

static void
test_accounts_of (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepStore) store = upkeep_store_open (URI, &error);
  UpkeepDb *db = upkeep_store_begin (store, &error);
  const struct {
    const char *edition;
    const char *after;
    guint n_max;
    const char *ids;
  } vectors[] = {
      {"edition", NULL, 9, "a b c"}, {"edition", NULL, 2, "a b"}, {"edition", "b", 2, "c"},
      {"edition", "c", 2, ""},       {"other", NULL, 2, ""},
  };

  g_test_summary ("The accounts under an edition come in pages.");
  for (const char *id = "bca"; *id != '\0'; id++) {
    g_autofree char *name = g_strndup (id, 1);
    g_autoptr (UpkeepAccount) account = make_account (name);

    g_assert_true (upkeep_store_put_account (db, NULL, account, UPKEEP_INSTANT_NONE, &error));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GPtrArray) ids = NULL;
    g_autofree char *joined = NULL;

    g_assert_true (upkeep_store_list_accounts_of (
        db, "service", vectors[i].edition, vectors[i].after, vectors[i].n_max, &ids, &error));
    g_ptr_array_add (ids, NULL);
    joined = g_strjoinv (" ", (char **) ids->pdata);
    g_assert_cmpstr (joined, ==, vectors[i].ids);
  }
  upkeep_store_rollback (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/account", test_account);
  g_test_add_func ("/store/migration", test_migration);
  g_test_add_func ("/store/accounts-of", test_accounts_of);
  g_test_add_func ("/store/due", test_due);
  g_test_add_func ("/store/issues", test_issues);
  g_test_add_func ("/store/postings", test_postings);
  g_test_add_func ("/store/charges", test_charges);
  g_test_add_func ("/store/prune", test_prune);
  g_test_add_func ("/store/jobs", test_jobs);
  g_test_add_func ("/store/use-by-month", test_use_by_month);
  return g_test_run ();
}

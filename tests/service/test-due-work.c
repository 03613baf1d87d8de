/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-due-work.h"

#include <string.h>

#define URI      "sqlite::memory:test-due-work"
#define START_S  G_GINT64_CONSTANT (1769853600) /* 2026-01-31T10:00:00Z */
#define FEB_28_S G_GINT64_CONSTANT (1772272800) /* 2026-02-28T10:00:00Z */
#define MAR_31_S G_GINT64_CONSTANT (1774951200) /* 2026-03-31T10:00:00Z */

/* A processor that answers as it is told, and remembers what it was asked. */
typedef struct {
  GMutex lock;
  GCond asked;
  UpkeepChargeOutcome outcome;
  GPtrArray *keys; /* (owned) (element-type utf8) */
} FakeProcessor;

typedef struct {
  FakeProcessor fake;
  UpkeepProcessor processor;
  UpkeepCatalogues *catalogues; /* (owned) */
  UpkeepBillingMeans means;
  UpkeepStore *store; /* (owned) */
} Fixture;

static UpkeepAttachOutcome
fake_attach (const char *token,
             UpkeepPaymentMethod *ret_method,
             const char **ret_decline_code,
             gpointer user_data)
{
  *ret_method =
      (UpkeepPaymentMethod){g_strdup (token), g_strdup ("visa"), g_strdup ("0000"), 1, 2030};
  return UPKEEP_ATTACH_DONE;
}

static UpkeepChargeOutcome
fake_charge (const char *token,
             gint64 amount_minor,
             const char *currency,
             const char *key,
             const char **ret_decline_code,
             gpointer user_data)
{
  FakeProcessor *fake = user_data;
  UpkeepChargeOutcome outcome;

  g_mutex_lock (&fake->lock);
  g_ptr_array_add (fake->keys, g_strdup (key));
  outcome = fake->outcome;
  g_cond_broadcast (&fake->asked);
  g_mutex_unlock (&fake->lock);
  *ret_decline_code = "declined";
  if (outcome == UPKEEP_CHARGE_PAID)
    *ret_decline_code = NULL;
  return outcome;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->fake.lock);
  g_cond_init (&self->fake.asked);
  self->fake.outcome = UPKEEP_CHARGE_PAID;
  self->fake.keys = g_ptr_array_new_with_free_func (g_free);
  self->processor = (UpkeepProcessor){TRUE, fake_attach, fake_charge, &self->fake};
  self->catalogues = upkeep_catalogues_load (g_getenv ("UPKEEP_CATALOGUES"), &error);
  g_assert_no_error (error);
  self->means = (UpkeepBillingMeans){self->catalogues, &self->processor};
  self->store = upkeep_store_open (URI, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  upkeep_store_close (self->store);
  upkeep_catalogues_free (self->catalogues);
  g_ptr_array_unref (self->fake.keys);
  g_cond_clear (&self->fake.asked);
  g_mutex_clear (&self->fake.lock);
}

static guint
count_charges (Fixture *self)
{
  guint n_charges;

  g_mutex_lock (&self->fake.lock);
  n_charges = self->fake.keys->len;
  g_mutex_unlock (&self->fake.lock);
  return n_charges;
}

static const UpkeepPlan *
find_paid_plan (const UpkeepEdition *edition)
{
  for (guint i = 0; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    if (plan->kind == UPKEEP_PLAN_PAID && plan->offered)
      return plan;
  }
  g_assert_not_reached ();
}

static void
subscribe (UpkeepBilling *billing, const UpkeepPlan *plan)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (UPKEEP_QUOTE_SUBSCRIBE);
  g_autoptr (UpkeepQuote) quote = NULL;
  g_auto (UpkeepAcceptance) acceptance = {0};
  UpkeepMethodOutcome outcome = UPKEEP_METHOD_DECLINED;
  const char *decline_code = NULL;

  g_assert_true (upkeep_billing_set_method (billing, "card", &outcome, &decline_code, &error));
  g_assert_cmpint (outcome, ==, UPKEEP_METHOD_SET);
  request->plan = g_strdup (plan->id);
  request->interval = UPKEEP_INTERVAL_MONTH;
  quote = upkeep_billing_quote (billing, request, &error);
  g_assert_no_error (error);
  g_assert_true (
      upkeep_billing_accept (billing, quote->id, UPKEEP_TIMING_IMMEDIATE, &acceptance, &error));
  g_assert_no_error (error);
  g_assert_cmpint (acceptance.outcome, ==, UPKEEP_ACCEPT_DONE);
}

/* Makes an account that subscribes at an instant. */
static char *
make_subscriber (Fixture *self, gint64 at_s)
{
  g_autoptr (GError) error = NULL;
  const UpkeepCatalogue *catalogue = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  UpkeepAccountRequest request = {.email = (char *) "a@example.org"};
  g_autoptr (JsonNode) services = upkeep_catalogues_print_services (self->catalogues);
  JsonArray *array = json_object_get_array_member (json_node_get_object (services), "services");
  UpkeepDb *db = upkeep_store_begin (self->store, &error);

  g_assert_no_error (error);
  catalogue = upkeep_catalogues_find (
      self->catalogues,
      json_object_get_string_member (json_array_get_object_element (array, 0), "id"), NULL);
  billing = upkeep_billing_create (db, &self->means, catalogue, &request, at_s, &error);
  g_assert_no_error (error);
  subscribe (billing, find_paid_plan (catalogue->edition));
  g_assert_true (upkeep_billing_close (billing, &error));
  g_assert_true (upkeep_store_commit (self->store, &error));
  return g_strdup (upkeep_billing_get_account (billing)->id);
}

static UpkeepAccount *
read_account (Fixture *self, const char *id, gint64 *ret_due_at_s)
{
  g_autoptr (GError) error = NULL;
  UpkeepAccount *account = NULL;
  UpkeepDb *db = upkeep_store_begin_read (self->store, &error);

  g_assert_no_error (error);
  g_assert_true (upkeep_store_get_account (db, id, &account, ret_due_at_s, &error));
  upkeep_store_end_read (self->store, db);
  return account;
}

static void
test_jump (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepClock) clock = upkeep_clock_new_test (START_S);
  g_autofree char *id = make_subscriber (self, START_S);
  g_autoptr (UpkeepAccount) account = NULL;
  g_autofree char *key = NULL;

  g_test_summary ("RULES 0.25: a jump plays each event at its own instant; the bound is one.");
  g_assert_true (upkeep_run_due (self->store, &self->means, clock, FEB_28_S - 1, &error));
  g_assert_cmpuint (count_charges (self), ==, 1);
  g_assert_true (upkeep_run_due (self->store, &self->means, clock, MAR_31_S, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_charges (self), ==, 3);
  account = read_account (self, id, NULL);
  g_assert_cmpint (account->term.start_s, ==, MAR_31_S);
  g_assert_cmpint (upkeep_clock_now (clock), ==, MAR_31_S);
  key = g_strdup_printf ("renewal/%s/%" G_GINT64_FORMAT "/2/1", id, FEB_28_S);
  g_assert_cmpstr (self->fake.keys->pdata[1], ==, key);
}

static void
test_unknown (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepClock) clock = upkeep_clock_new_test (START_S);
  g_autofree char *id = make_subscriber (self, START_S);
  g_autofree char *other = make_subscriber (self, START_S + 1);
  g_autoptr (UpkeepAccount) before = read_account (self, id, NULL);
  g_autoptr (UpkeepAccount) after = NULL;
  g_autoptr (UpkeepAccount) paid = NULL;
  g_autofree char *first_key = NULL;
  gint64 due_at_s = 0;

  g_test_summary ("While a payment's fate is unknown nothing happens to the account, nobody else "
                  "waits for it, and it is asked for again under the same key.");
  self->fake.outcome = UPKEEP_CHARGE_UNKNOWN;
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*is put aside*no answer*");
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*is put aside*no answer*");
  g_assert_true (upkeep_run_due (self->store, &self->means, clock, FEB_28_S + 1, &error));
  g_assert_no_error (error);
  g_test_assert_expected_messages ();
  after = read_account (self, id, &due_at_s);
  g_assert_cmpint (after->term.end_s, ==, before->term.end_s);
  g_assert_cmpint (after->money_minor, ==, 0);
  g_assert_cmpint (due_at_s, ==, FEB_28_S + 1 + 60);
  first_key = g_strdup (self->fake.keys->pdata[2]);

  self->fake.outcome = UPKEEP_CHARGE_PAID;
  g_ptr_array_set_size (self->fake.keys, 0);
  g_assert_true (upkeep_run_due (self->store, &self->means, clock, FEB_28_S + 100, &error));
  paid = read_account (self, id, NULL);
  g_assert_cmpint (paid->term.start_s, ==, FEB_28_S);
  g_assert_cmpuint (count_charges (self), ==, 2);
  g_assert_true (g_ptr_array_find_with_equal_func (self->fake.keys, first_key, g_str_equal, NULL));
}

static void
test_unknown_is_asked_first (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepClock) clock = upkeep_clock_new_test (START_S);
  g_autofree char *id = make_subscriber (self, START_S);
  g_autoptr (UpkeepBilling) billing = NULL;
  UpkeepDb *db;

  g_test_summary ("Nothing is built on a payment whose fate is unknown: who wants to change the "
                  "account before it is asked for again asks for it first.");
  self->fake.outcome = UPKEEP_CHARGE_UNKNOWN;
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*is put aside*no answer*");
  g_assert_true (upkeep_run_due (self->store, &self->means, clock, FEB_28_S, &error));
  g_test_assert_expected_messages ();

  db = upkeep_store_begin (self->store, &error);
  g_assert_false (upkeep_billing_open (db, &self->means, id, FEB_28_S + 1, &billing, &error));
  g_assert_error (error, UPKEEP_BILLING_ERROR, UPKEEP_BILLING_ERROR_PAYMENT_UNKNOWN);
  upkeep_store_rollback (self->store);
  g_clear_error (&error);

  self->fake.outcome = UPKEEP_CHARGE_PAID;
  db = upkeep_store_begin (self->store, &error);
  g_assert_true (upkeep_billing_open (db, &self->means, id, FEB_28_S + 1, &billing, &error));
  g_assert_cmpint (upkeep_billing_get_account (billing)->term.start_s, ==, FEB_28_S);
  upkeep_store_rollback (self->store);
}

static void
test_declined (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepClock) clock = upkeep_clock_new_test (START_S);
  g_autofree char *id = make_subscriber (self, START_S);
  g_autoptr (UpkeepAccount) account = NULL;

  g_test_summary ("RULES 0.10: the renewal, three retries, then the end.");
  self->fake.outcome = UPKEEP_CHARGE_DECLINED;
  g_assert_true (
      upkeep_run_due (self->store, &self->means, clock, FEB_28_S + 7 * UPKEEP_DAY_S, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_charges (self), ==, 1 + 1 + 3);
  account = read_account (self, id, NULL);
  g_assert_cmpint (account->state, ==, UPKEEP_STATE_ENDED);
}

/* A new method for an account that owes something, and a rollback as after a crash. */
static char *
set_method_and_forget (Fixture *self, const char *id, gint64 now_s)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  UpkeepMethodOutcome outcome = UPKEEP_METHOD_DECLINED;
  const char *decline_code = NULL;
  UpkeepDb *db = upkeep_store_begin (self->store, &error);

  g_assert_true (upkeep_billing_open (db, &self->means, id, now_s, &billing, &error));
  g_assert_true (upkeep_billing_set_method (billing, "new", &outcome, &decline_code, &error));
  g_assert_no_error (error);
  g_assert_cmpint (upkeep_billing_get_account (billing)->state, ==, UPKEEP_STATE_ACTIVE);
  upkeep_store_rollback (self->store);
  return g_strdup (g_ptr_array_index (self->fake.keys, self->fake.keys->len - 1));
}

static void
test_owed_once (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepClock) clock = upkeep_clock_new_test (START_S);
  g_autofree char *id = make_subscriber (self, START_S);
  g_autofree char *first_key = NULL;
  g_autofree char *second_key = NULL;

  g_test_summary ("What a new method pays is asked for under one key, however often it is sent.");
  self->fake.outcome = UPKEEP_CHARGE_DECLINED;
  g_assert_true (upkeep_run_due (self->store, &self->means, clock, FEB_28_S, &error));
  g_assert_no_error (error);
  self->fake.outcome = UPKEEP_CHARGE_PAID;
  first_key = set_method_and_forget (self, id, FEB_28_S + 10);
  second_key = set_method_and_forget (self, id, FEB_28_S + 20);
  g_assert_cmpstr (first_key, ==, second_key);
}

static void
wait_for_charges (Fixture *self, guint n_charges)
{
  gint64 deadline_us = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  g_mutex_lock (&self->fake.lock);
  while (self->fake.keys->len < n_charges)
    g_assert_true (g_cond_wait_until (&self->fake.asked, &self->fake.lock, deadline_us));
  g_mutex_unlock (&self->fake.lock);
}

static void
test_thread (Fixture *self, gconstpointer data)
{
  g_autoptr (UpkeepClock) clock = upkeep_clock_new_real ();
  gint64 now_s = upkeep_clock_now (clock);
  g_autofree char *id = make_subscriber (self, now_s - 32 * UPKEEP_DAY_S);
  g_autofree char *other = NULL;
  g_autoptr (UpkeepAccount) account = NULL;
  UpkeepDueWork *work = upkeep_due_work_start (self->store, &self->means, clock);

  g_test_summary ("The thread does what is overdue by itself, and what it is woken for.");
  wait_for_charges (self, 2);
  other = make_subscriber (self, now_s - 32 * UPKEEP_DAY_S);
  upkeep_due_work_wake (work);
  wait_for_charges (self, 4);
  upkeep_due_work_stop (work);
  account = read_account (self, other, NULL);
  g_assert_cmpint (account->term.end_s, >, now_s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/due-work/jump", Fixture, NULL, set_up, test_jump, tear_down);
  g_test_add ("/due-work/unknown", Fixture, NULL, set_up, test_unknown, tear_down);
  g_test_add ("/due-work/unknown-is-asked-first", Fixture, NULL, set_up,
              test_unknown_is_asked_first, tear_down);
  g_test_add ("/due-work/declined", Fixture, NULL, set_up, test_declined, tear_down);
  g_test_add ("/due-work/owed-once", Fixture, NULL, set_up, test_owed_once, tear_down);
  g_test_add ("/due-work/thread", Fixture, NULL, set_up, test_thread, tear_down);
  return g_test_run ();
}

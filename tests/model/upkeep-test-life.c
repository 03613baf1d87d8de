/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-test-life.h"

#include "upkeep-queue.h"
#include "upkeep-wire-edition.h"

#include <string.h>

/* A name that begins with this is an edition of the tests' own. */
#define OWN_PREFIX "tests/"

static char *
build_path (const char *file)
{
  if (g_str_has_prefix (file, OWN_PREFIX))
    return g_test_build_filename (G_TEST_DIST, "data", "catalogues", file + strlen (OWN_PREFIX),
                                  NULL);

  return g_build_filename (g_getenv ("UPKEEP_CATALOGUES"), file, NULL);
}

UpkeepEdition *
upkeep_test_load_edition (const char *file)
{
  g_autofree char *path = build_path (file);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepEdition *edition;
  gsize size;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&text), size);
  edition = upkeep_wire_parse_edition (bytes, &error);
  g_assert_no_error (error);
  return edition;
}

gint64
upkeep_test_instant (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 instant_s;

  upkeep_instant_parse (text, &instant_s, &error);
  g_assert_no_error (error);
  return instant_s;
}

static gint64
sum_postings (const UpkeepChange *change, gboolean is_money)
{
  gint64 sum = 0;

  for (guint i = 0; i < change->postings->len; i++) {
    const UpkeepPosting *posting = &g_array_index (change->postings, UpkeepPosting, i);

    if (posting->is_money == is_money)
      sum += posting->amount;
  }

  return sum;
}

static gint64
sum_remaining (const UpkeepAccount *account)
{
  gint64 sum = 0;

  for (guint i = 0; i < account->grants->len; i++)
    sum += g_array_index (account->grants, UpkeepGrant, i).remaining;

  return sum;
}

/* What is paid and still to be sent is what the plan's grants hold. */
static void
assert_issues (const UpkeepEdition *edition, const UpkeepAccount *account)
{
  gint64 n_open = 0;
  gint64 n_held = 0;

  for (guint i = 0; i < account->issues->len; i++) {
    const UpkeepIssue *issue = g_ptr_array_index (account->issues, i);

    g_assert_cmpint (issue->number, ==, i + 1);
    g_assert_nonnull (issue->invoice);
    n_open += upkeep_issue_is_open (issue) ? 1 : 0;
  }
  for (guint i = 0; i < account->grants->len; i++) {
    const UpkeepGrant *grant = &g_array_index (account->grants, UpkeepGrant, i);

    n_held += grant->kind == UPKEEP_GRANT_PLAN ? grant->remaining : 0;
  }
  g_assert_true (!edition->meter.shipped || n_open == n_held);
}

/* Takes a change over, and holds it to what every change must hold to: facts are projections of
 * what is booked. */
static void
keep (UpkeepTestLife *self, UpkeepChange *change)
{
  g_assert_cmpint (change->account->money_minor, ==,
                   self->account->money_minor + sum_postings (change, TRUE));
  g_assert_cmpint (sum_remaining (change->account), ==,
                   sum_remaining (self->account) + sum_postings (change, FALSE));

  for (guint i = 0; i < change->postings->len; i++) {
    const UpkeepPosting *posting = &g_array_index (change->postings, UpkeepPosting, i);

    if (posting->kind == UPKEEP_POSTING_PAYMENT)
      self->charged_minor += posting->amount;
    if (posting->kind == UPKEEP_POSTING_REFUND)
      self->refunded_minor -= posting->amount;
  }

  for (guint i = 0; i < change->invoices->len; i++) {
    const UpkeepInvoice *invoice = g_ptr_array_index (change->invoices, i);
    gint64 sum = 0;

    for (guint j = 0; j < invoice->bill.n_lines; j++)
      sum += invoice->bill.lines[j].amount_minor;
    g_assert_cmpint (sum, ==, invoice->bill.total_minor);
    g_ptr_array_add (self->invoices, (gpointer) invoice);
  }

  assert_issues (self->edition, change->account);
  /* A renewal may have moved it to the edition that was coming, and to no other. */
  if (!g_str_equal (change->account->edition, self->edition->id)) {
    g_assert_cmpstr (change->account->edition, ==, self->account->coming->id);
    upkeep_edition_unref (self->edition);
    self->edition = upkeep_edition_ref (self->account->coming);
  }
  upkeep_account_free (self->account);
  self->account = upkeep_account_copy (change->account);
  g_ptr_array_add (self->changes, change);
  g_assert_true (upkeep_queue_is_settled (self->edition, self->account, self->now_s));
}

UpkeepTestLife *
upkeep_test_life_new (const char *edition_file, const char *at)
{
  UpkeepTestLife *self = g_new0 (UpkeepTestLife, 1);

  self->edition = upkeep_test_load_edition (edition_file);
  self->now_s = upkeep_test_instant (at);
  self->invoices = g_ptr_array_new ();
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) upkeep_change_free);
  self->account = upkeep_account_new ();
  self->account->id = g_strdup ("a1");
  self->account->service = g_strdup (self->edition->service);
  self->account->edition = g_strdup (self->edition->id);
  self->account->email = g_strdup ("a@example.org");
  self->account->invoice_prefix = g_strdup ("ABC1DEF2");
  keep (self, upkeep_open_account (self->edition, self->account, self->now_s));
  return self;
}

void
upkeep_test_life_free (UpkeepTestLife *self)
{
  g_ptr_array_unref (self->invoices);
  g_ptr_array_unref (self->changes);
  upkeep_account_free (self->account);
  upkeep_edition_unref (self->edition);
  g_free (self);
}

void
upkeep_test_life_give_card (UpkeepTestLife *self)
{
  UpkeepPaymentMethod method = {(char *) "pm_card_visa", (char *) "visa", (char *) "4242", 12,
                                2030};

  keep (self, upkeep_set_payment_method (self->account, &method));
}

static void
settle_all_due (UpkeepTestLife *self)
{
  for (;;) {
    g_autoptr (GError) error = NULL;
    UpkeepDue due;
    UpkeepChange *change;

    g_assert_true (upkeep_due_next (self->edition, self->account, &due, &error));
    if (due.kind == UPKEEP_DUE_NOTHING || due.at_s > self->now_s)
      return;

    change = upkeep_due_settle (self->edition, self->account, &due,
                                due.charge_minor == 0 || !self->declines, &error);
    g_assert_no_error (error);
    keep (self, change);
  }
}

void
upkeep_test_life_advance_to (UpkeepTestLife *self, gint64 to_s)
{
  g_assert_cmpint (to_s, >=, self->now_s);
  self->now_s = to_s;
  settle_all_due (self);
}

void
upkeep_test_life_advance (UpkeepTestLife *self, const char *to)
{
  upkeep_test_life_advance_to (self, upkeep_test_instant (to));
}

void
upkeep_test_life_give (UpkeepTestLife *self,
                       UpkeepGrantKind kind,
                       gint64 quantity,
                       gint64 expires_at_s)
{
  g_autoptr (GError) error = NULL;
  UpkeepChange *change = upkeep_give_grant (self->edition, self->account, kind, quantity,
                                            expires_at_s, self->now_s, &error);

  g_assert_no_error (error);
  keep (self, change);
}

void
upkeep_test_life_use (UpkeepTestLife *self, gint64 quantity, gint64 images, int mode)
{
  UpkeepUsage usage = {quantity, images, mode};
  g_autoptr (GError) error = NULL;
  UpkeepChange *change =
      upkeep_record_usage (self->edition, self->account, &usage, self->now_s, &error);

  g_assert_no_error (error);
  keep (self, change);
  settle_all_due (self);
}

/* Asks for a job. Returns: (nullable): why it is not taken; its number is the account's last. */
const char *
upkeep_test_life_take (UpkeepTestLife *self, int mode, gint64 reserve)
{
  UpkeepJobRefusal refusal = {.code = "?"};
  UpkeepChange *change =
      upkeep_queue_take_job (self->edition, self->account, mode, reserve, self->now_s, &refusal);

  g_assert_true ((change == NULL) == (refusal.code != NULL));
  if (change != NULL)
    keep (self, change);
  return refusal.code;
}

static void
finish (UpkeepTestLife *self, gint64 number, const UpkeepUsage *usage)
{
  g_autoptr (GError) error = NULL;
  UpkeepChange *change =
      upkeep_queue_finish_job (self->edition, self->account, number, usage, self->now_s, &error);

  g_assert_no_error (error);
  keep (self, change);
  settle_all_due (self);
}

void
upkeep_test_life_finish (UpkeepTestLife *self, gint64 number, gint64 quantity, gint64 images)
{
  finish (self, number, &(UpkeepUsage){quantity, images, -1});
}

void
upkeep_test_life_fail (UpkeepTestLife *self, gint64 number)
{
  finish (self, number, NULL);
}

/* Says that the account moves at its next renewal; `NULL` takes that back. */
void
upkeep_test_life_move (UpkeepTestLife *self, UpkeepEdition *to)
{
  if (to != NULL)
    g_assert_cmpint (upkeep_move_judge (self->edition, self->account, to), ==,
                     UPKEEP_MOVE_POSSIBLE);
  keep (self, upkeep_move_schedule (self->account, to));
}

UpkeepShipment
upkeep_test_life_ship (UpkeepTestLife *self, gint64 issue)
{
  UpkeepShipment shipment = UPKEEP_SHIPMENT_NOTHING_SHIPPED;
  g_autoptr (GError) error = NULL;
  UpkeepChange *change =
      upkeep_ship_issue (self->edition, self->account, issue, self->now_s, &shipment, &error);

  g_assert_no_error (error);
  g_assert_cmpint (change->postings->len, ==, shipment == UPKEEP_SHIPMENT_DONE ? 1 : 0);
  keep (self, change);
  return shipment;
}

static UpkeepQuote *
quote (UpkeepTestLife *self, const UpkeepQuoteRequest *request)
{
  g_autoptr (GError) error = NULL;
  UpkeepQuote *made = NULL;

  g_assert_true (upkeep_decide (self->edition, self->account, request, self->now_s, &made, &error));
  g_assert_true ((made->blocked->len == 0) == (made->options->len > 0));
  return made;
}

UpkeepQuote *
upkeep_test_life_quote (UpkeepTestLife *self,
                        UpkeepQuoteKind kind,
                        const char *plan,
                        UpkeepInterval interval)
{
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (kind);

  request->plan = g_strdup (plan);
  request->interval = interval;
  return quote (self, request);
}

UpkeepQuote *
upkeep_test_life_quote_cancel_by (UpkeepTestLife *self, const char *invoice_number)
{
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (UPKEEP_QUOTE_CANCEL);

  request->invoice_number = g_strdup (invoice_number);
  return quote (self, request);
}

UpkeepQuote *
upkeep_test_life_quote_topup (UpkeepTestLife *self, gint64 quantity)
{
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (UPKEEP_QUOTE_TOPUP);

  request->quantity = quantity;
  return quote (self, request);
}

void
upkeep_test_life_accept (UpkeepTestLife *self, const UpkeepQuote *made, UpkeepTiming timing)
{
  g_autoptr (GError) error = NULL;
  const UpkeepOption *option = upkeep_quote_find_option (made, timing);
  gint64 charged_minor = self->charged_minor;
  gint64 refunded_minor = self->refunded_minor;
  UpkeepChange *change;

  g_assert_nonnull (option);
  change = upkeep_execute (self->edition, self->account, made, timing, self->now_s, &error);
  g_assert_no_error (error);
  keep (self, change);

  /* Preview equals execution: what was quoted is what moved. */
  g_assert_cmpint (self->charged_minor - charged_minor, ==,
                   upkeep_option_get_charge_minor (option));
  g_assert_cmpint (self->refunded_minor - refunded_minor, ==,
                   option->has_refund ? option->refund.amount_minor : 0);
}

void
upkeep_test_life_do (UpkeepTestLife *self,
                     UpkeepQuoteKind kind,
                     const char *plan,
                     UpkeepInterval interval,
                     UpkeepTiming timing)
{
  g_autoptr (UpkeepQuote) made = upkeep_test_life_quote (self, kind, plan, interval);

  upkeep_test_life_accept (self, made, timing);
}

UpkeepStatement *
upkeep_test_life_state (UpkeepTestLife *self)
{
  return upkeep_statement_make (self->edition, self->account, self->now_s);
}

/* One who has a card that pays and has just subscribed. */
UpkeepTestLife *
upkeep_test_life_new_subscribed (const char *edition_file,
                                 const char *plan,
                                 UpkeepInterval interval,
                                 const char *at)
{
  UpkeepTestLife *self = upkeep_test_life_new (edition_file, at);

  upkeep_test_life_give_card (self);
  upkeep_test_life_do (self, UPKEEP_QUOTE_SUBSCRIBE, plan, interval, UPKEEP_TIMING_IMMEDIATE);
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-billing-private.h"

#include "upkeep-json.h"
#include "upkeep-random.h"
#include "upkeep-store-job.h"
#include "upkeep-wire-quote.h"
#include "upkeep-wire-statement.h"

#include <string.h>

/* Most bytes of one of our own documents. */
#define DOCUMENT_MAX_BYTES (1024 * 1024)

G_DEFINE_QUARK (upkeep_billing_error, upkeep_billing_error)

static const UpkeepCatalogue *
find_catalogue (const UpkeepBillingMeans *means, const UpkeepAccount *account, GError **error)
{
  const UpkeepCatalogue *catalogue =
      upkeep_catalogues_find (means->catalogues, account->service, account->edition);

  if (catalogue == NULL)
    g_set_error (error, UPKEEP_BILLING_ERROR, UPKEEP_BILLING_ERROR_BROKEN,
                 "account %s: edition %s/%s is not loaded", account->id, account->service,
                 account->edition);
  return catalogue;
}

/**
 * upkeep_billing_resolve_coming:
 * @means: what accounts are billed with; it must outlive @account
 * @account: an account as it is stored
 * @error: return location for a `UPKEEP_BILLING_ERROR`
 *
 * Puts the edition itself beside the name of the one that an account moves to.
 *
 * Returns: `FALSE` when that edition is not loaded
 */
gboolean
upkeep_billing_resolve_coming (const UpkeepBillingMeans *means,
                               UpkeepAccount *account,
                               GError **error)
{
  const UpkeepCatalogue *catalogue;

  g_return_val_if_fail (means != NULL && account != NULL, FALSE);

  if (account->next_edition == NULL)
    return TRUE;

  catalogue = upkeep_catalogues_find (means->catalogues, account->service, account->next_edition);
  if (catalogue == NULL) {
    g_set_error (error, UPKEEP_BILLING_ERROR, UPKEEP_BILLING_ERROR_BROKEN,
                 "account %s: edition %s/%s is not loaded", account->id, account->service,
                 account->next_edition);
    return FALSE;
  }
  upkeep_account_set_coming (account, catalogue->edition);
  return TRUE;
}

static UpkeepBilling *
billing_new (UpkeepDb *db,
             const UpkeepBillingMeans *means,
             const UpkeepEdition *edition,
             UpkeepAccount *account,
             gint64 due_at_s,
             gint64 now_s)
{
  UpkeepBilling *self = g_new0 (UpkeepBilling, 1);

  self->db = db;
  self->means = means;
  self->edition = edition;
  self->before_edition = edition;
  self->now_s = now_s;
  self->before = upkeep_account_copy (account);
  self->before_due_at_s = due_at_s;
  self->account = account;
  return self;
}

/* A renewal may have moved the account to another edition. */
static gboolean
follow_edition (UpkeepBilling *self, GError **error)
{
  const UpkeepCatalogue *catalogue;

  if (g_str_equal (self->account->edition, self->edition->id))
    return TRUE;

  catalogue = find_catalogue (self->means, self->account, error);
  if (catalogue == NULL)
    return FALSE;
  self->edition = catalogue->edition;
  return TRUE;
}

/**
 * upkeep_billing_apply:
 * @self: an account that was taken up
 * @change: what a step makes of it; the facts in it are taken over
 * @error: return location for an error
 *
 * Books what a change leaves behind, and takes its facts over.
 *
 * Errors: a `UPKEEP_DB_ERROR` or a `UPKEEP_BILLING_ERROR`.
 *
 * Returns: `FALSE` when it failed
 */
gboolean
upkeep_billing_apply (UpkeepBilling *self, UpkeepChange *change, GError **error)
{
  const char *id = change->account->id;
  gint64 money_minor = self->account->money_minor;

  if (change->open_invoices != UPKEEP_OPEN_INVOICES_STAY &&
      !upkeep_store_settle_invoices (self->db, id,
                                     change->open_invoices == UPKEEP_OPEN_INVOICES_PAID
                                         ? UPKEEP_INVOICE_PAID
                                         : UPKEEP_INVOICE_VOID,
                                     error))
    return FALSE;
  for (guint i = 0; i < change->postings->len; i++) {
    const UpkeepPosting *posting = &g_array_index (change->postings, UpkeepPosting, i);
    gint64 balance = 0;

    if (!upkeep_store_add_posting (
            self->db, id, posting->is_money ? self->edition->currency : self->edition->meter.unit,
            posting, self->operator_name, &balance, error))
      return FALSE;
    if (posting->is_money)
      money_minor = balance;
  }
  for (guint i = 0; i < change->invoices->len; i++) {
    g_clear_pointer (&self->invoice, g_free);
    if (!upkeep_store_add_invoice (self->db, id, self->edition->currency,
                                   g_ptr_array_index (change->invoices, i), &self->invoice, error))
      return FALSE;
  }
  for (guint i = 0; i < change->ended_jobs->len; i++) {
    if (!upkeep_store_end_job (self->db, id, &g_array_index (change->ended_jobs, UpkeepJob, i),
                               error))
      return FALSE;
  }
  if (money_minor != change->account->money_minor) {
    g_set_error (error, UPKEEP_BILLING_ERROR, UPKEEP_BILLING_ERROR_BROKEN,
                 "account %s: the ledger has %" G_GINT64_FORMAT ", the account %" G_GINT64_FORMAT,
                 id, money_minor, change->account->money_minor);
    return FALSE;
  }

  upkeep_account_free (self->account);
  self->account = g_steal_pointer (&change->account);
  self->is_changed = TRUE;
  return follow_edition (self, error);
}

/* Charges the account's payment method for one thing, which @key names; without a method the charge
 * is declined. What came of it is kept. */
static gboolean
charge (UpkeepBilling *self,
        const char *key,
        gint64 amount_minor,
        gint64 at_s,
        const char **ret_decline_code,
        GError **error)
{
  const UpkeepProcessor *processor = self->means->processor;
  const char *token = self->account->payment_method.token;
  g_autofree char *attempt_key = NULL;
  gint64 attempts = 0;
  gboolean is_paid = FALSE;
  UpkeepChargeOutcome outcome = UPKEEP_CHARGE_DECLINED;

  if (!upkeep_store_get_charge (self->db, key, &attempts, &is_paid, error))
    return FALSE;
  if (is_paid) {
    g_set_error (error, UPKEEP_BILLING_ERROR, UPKEEP_BILLING_ERROR_BROKEN, "%s: was paid before",
                 key);
    return FALSE;
  }
  attempts++;
  attempt_key = g_strdup_printf ("%s/%" G_GINT64_FORMAT, key, attempts);
  *ret_decline_code = token != NULL ? NULL : "no_payment_method";
  if (token != NULL)
    outcome = processor->charge (token, amount_minor, self->edition->currency, attempt_key,
                                 ret_decline_code, processor->user_data);
  if (outcome == UPKEEP_CHARGE_UNKNOWN) {
    g_set_error (error, UPKEEP_BILLING_ERROR, UPKEEP_BILLING_ERROR_PAYMENT_UNKNOWN,
                 "%s: the processor gave no answer", attempt_key);
    return FALSE;
  }
  return upkeep_store_add_charge (self->db, key, attempts, self->account->id, amount_minor,
                                  self->edition->currency, *ret_decline_code, at_s, error);
}

static const char *
get_due_name (UpkeepDueKind kind)
{
  switch (kind) {
  case UPKEEP_DUE_END:
    return "end";
  case UPKEEP_DUE_RENEWAL:
    return "renewal";
  case UPKEEP_DUE_REFILL:
    return "refill";
  case UPKEEP_DUE_THRESHOLD:
    return "threshold";
  case UPKEEP_DUE_RETRY:
    return "retry";
  case UPKEEP_DUE_NOTHING:
  case UPKEEP_DUE_EXPIRY:
  case UPKEEP_DUE_ARRIVAL:
  case UPKEEP_DUE_LAPSE:
  default:
    g_return_val_if_reached ("due");
  }
}

/* Lets one event happen: charges first, then keeps what follows. */
static gboolean
settle (UpkeepBilling *self, const UpkeepDue *due, GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;
  const char *decline_code = NULL;

  if (due->charge_minor > 0) {
    /* Several may fall due at one instant; each issues an invoice of its own. */
    g_autofree char *key =
        g_strdup_printf ("%s/%s/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, get_due_name (due->kind),
                         self->account->id, due->at_s, self->account->next_invoice_number);

    if (!charge (self, key, due->charge_minor, due->at_s, &decline_code, error))
      return FALSE;
  }
  change = upkeep_due_settle (self->edition, self->account, due, decline_code == NULL, error);
  return change != NULL && upkeep_billing_apply (self, change, error);
}

/**
 * upkeep_billing_run_due:
 * @self: an account that was taken up
 * @error: return location for an error
 *
 * Lets everything happen that falls due up to now, in order, each event at its own instant. An
 * account whose books the model cannot go on with stands still from there on, and is no error:
 * nobody else shall wait for it.
 *
 * Errors: a `UPKEEP_DB_ERROR` or a `UPKEEP_BILLING_ERROR`.
 *
 * Returns: `FALSE` when it failed
 */
gboolean
upkeep_billing_run_due (UpkeepBilling *self, GError **error)
{
  while (!self->is_halted) {
    g_autoptr (GError) local_error = NULL;
    UpkeepDue due = {0};

    if (upkeep_due_next (self->edition, self->account, &due, &local_error)) {
      if (due.kind == UPKEEP_DUE_NOTHING || due.at_s > self->now_s)
        return TRUE;
      if (settle (self, &due, &local_error))
        continue;
    }
    if (local_error->domain != UPKEEP_MODEL_ERROR) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    g_critical ("account %s stands still: %s", self->account->id, local_error->message);
    self->is_halted = TRUE;
  }
  return TRUE;
}

/**
 * upkeep_billing_open:
 * @db: the writer, in a transaction; it and @means must outlive what is made
 * @means: what the account is billed with
 * @account_id: which account
 * @now_s: the present
 * @ret_billing: (out) (transfer full) (nullable): the account, brought up to @now_s; `NULL` when
 *   there is none
 * @error: return location for an error
 *
 * Takes an account up to change it. Everything that fell due before is done first.
 *
 * Errors: a `UPKEEP_DB_ERROR` or a `UPKEEP_BILLING_ERROR`.
 *
 * Returns: `FALSE` when it failed
 */
gboolean
upkeep_billing_open (UpkeepDb *db,
                     const UpkeepBillingMeans *means,
                     const char *account_id,
                     gint64 now_s,
                     UpkeepBilling **ret_billing,
                     GError **error)
{
  g_autoptr (UpkeepBilling) self = NULL;
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepCatalogue *catalogue;
  gint64 due_at_s = UPKEEP_INSTANT_NONE;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (means != NULL, FALSE);
  g_return_val_if_fail (account_id != NULL, FALSE);
  g_return_val_if_fail (ret_billing != NULL, FALSE);

  if (!upkeep_store_get_account (db, account_id, &account, &due_at_s, error))
    return FALSE;
  if (account == NULL) {
    *ret_billing = NULL;
    return TRUE;
  }
  catalogue = find_catalogue (means, account, error);
  if (catalogue == NULL || !upkeep_billing_resolve_coming (means, account, error))
    return FALSE;
  self = billing_new (db, means, catalogue->edition, g_steal_pointer (&account), due_at_s, now_s);
  /* What was put aside is due all the same: nothing is built on a payment of unknown fate. */
  if (due_at_s != UPKEEP_INSTANT_NONE && !upkeep_billing_run_due (self, error))
    return FALSE;
  *ret_billing = g_steal_pointer (&self);
  return TRUE;
}

/**
 * upkeep_billing_free:
 * @self: (nullable): an account that was taken up
 *
 * Puts an account down. What was not closed is not kept.
 */
void
upkeep_billing_free (UpkeepBilling *self)
{
  if (self == NULL)
    return;
  upkeep_account_free (self->before);
  upkeep_account_free (self->account);
  g_free (self->invoice);
  g_free (self->operator_name);
  g_free (self);
}

/**
 * upkeep_billing_set_operator:
 * @self: an account that was taken up
 * @operator_name: (nullable): who acts for the subscriber
 *
 * Names the operator in all that is booked from now on (RULES 0.35).
 */
void
upkeep_billing_set_operator (UpkeepBilling *self, const char *operator_name)
{
  g_return_if_fail (self != NULL);

  g_free (self->operator_name);
  self->operator_name = g_strdup (operator_name);
}

/**
 * upkeep_billing_get_account:
 * @self: an account that was taken up
 *
 * Gets the facts as they are now.
 *
 * Returns: (transfer none): the facts, until the next change
 */
const UpkeepAccount *
upkeep_billing_get_account (const UpkeepBilling *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->account;
}

/**
 * upkeep_billing_get_edition:
 * @self: an account that was taken up
 *
 * Gets the account's edition.
 *
 * Returns: (transfer none): the edition
 */
const UpkeepEdition *
upkeep_billing_get_edition (const UpkeepBilling *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->edition;
}

/**
 * upkeep_billing_make_statement:
 * @self: an account that was taken up
 *
 * States the account as it is now. Its version is the right one after upkeep_billing_close().
 *
 * Returns: (transfer full): the statement
 */
UpkeepStatement *
upkeep_billing_make_statement (const UpkeepBilling *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return upkeep_statement_make (self->edition, self->account, self->now_s);
}

/* The account document without the instant it was made at. */
static GBytes *
print_document (const UpkeepEdition *edition, const UpkeepAccount *account, gint64 at_s)
{
  g_autoptr (UpkeepStatement) statement = upkeep_statement_make (edition, account, at_s);
  g_autoptr (JsonNode) node = upkeep_wire_print_statement (statement);

  json_object_remove_member (json_node_get_object (node), "now");
  return upkeep_json_print (node);
}

/* Whether the document says anything else than the last time somebody could see it. */
static gboolean
shows_a_change (const UpkeepBilling *self)
{
  gint64 seen_at_s = self->now_s;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  if (self->before_due_at_s != UPKEEP_INSTANT_NONE)
    seen_at_s = MIN (seen_at_s, self->before_due_at_s - 1);
  before = print_document (self->before_edition, self->before, seen_at_s);
  after = print_document (self->edition, self->account, self->now_s);
  return !g_bytes_equal (before, after);
}

/**
 * upkeep_billing_close:
 * @self: an account that was taken up
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Writes the facts as they are now. The version rises exactly when the account document shows
 * something else than before.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_billing_close (UpkeepBilling *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  UpkeepDue due = {UPKEEP_DUE_NOTHING, UPKEEP_INSTANT_NONE, 0};

  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->is_halted && !upkeep_due_next (self->edition, self->account, &due, &local_error))
    g_critical ("account %s stands still: %s", self->account->id, local_error->message);
  if (!self->is_changed)
    return due.at_s == self->before_due_at_s ||
           upkeep_store_set_due (self->db, self->account->id, due.at_s, error);
  if (self->before->version == 0 || shows_a_change (self))
    self->account->version++;
  if (!upkeep_store_put_account (self->db, self->before, self->account, due.at_s, error))
    return FALSE;

  upkeep_account_free (self->before);
  self->before = upkeep_account_copy (self->account);
  self->before_edition = self->edition;
  self->before_due_at_s = due.at_s;
  self->is_changed = FALSE;
  return TRUE;
}

/**
 * upkeep_billing_create:
 * @db: the writer, in a transaction; it and @means must outlive what is made
 * @means: what the account is billed with
 * @catalogue: the edition that it gets
 * @request: who it is for
 * @now_s: the present
 * @error: return location for an error
 *
 * Opens a new account.
 *
 * Errors: a `UPKEEP_DB_ERROR` or a `UPKEEP_BILLING_ERROR`.
 *
 * Returns: (transfer full): the account, closed once already, or `NULL` with @error set
 */
UpkeepBilling *
upkeep_billing_create (UpkeepDb *db,
                       const UpkeepBillingMeans *means,
                       const UpkeepCatalogue *catalogue,
                       const UpkeepAccountRequest *request,
                       gint64 now_s,
                       GError **error)
{
  g_autoptr (UpkeepBilling) self = NULL;
  g_autoptr (UpkeepChange) change = NULL;
  UpkeepAccount *account;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (means != NULL, NULL);
  g_return_val_if_fail (catalogue != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);

  account = upkeep_account_new ();
  account->id = upkeep_random_id ();
  account->service = g_strdup (catalogue->edition->service);
  account->edition = g_strdup (catalogue->edition->id);
  account->email = g_strdup (request->email);
  account->locale = g_strdup (request->locale);
  account->country = g_strdup (request->country);
  account->invoice_prefix = upkeep_random_invoice_prefix ();
  account->created_at_s = now_s;
  self = billing_new (db, means, catalogue->edition, account, UPKEEP_INSTANT_NONE, now_s);

  /* The row comes first: what is booked refers to it. */
  if (!upkeep_store_put_account (db, NULL, account, UPKEEP_INSTANT_NONE, error))
    return NULL;
  change = upkeep_open_account (catalogue->edition, account, now_s);
  if (!upkeep_billing_apply (self, change, error) || !upkeep_billing_close (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static char *
print_text (JsonNode *node)
{
  g_autoptr (GBytes) bytes = upkeep_json_print (node);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
keep_quote (UpkeepBilling *self,
            const UpkeepQuoteRequest *request,
            UpkeepQuote *quote,
            GError **error)
{
  g_autoptr (JsonNode) request_node = upkeep_wire_print_quote_request (request);
  g_autoptr (JsonNode) quote_node = NULL;
  g_autofree char *request_text = upkeep_json_canonical (request_node);
  g_autofree char *quote_text = NULL;

  quote->id = upkeep_random_id ();
  quote_node = upkeep_wire_print_quote (quote, self->edition->meter.unit);
  quote_text = print_text (quote_node);
  return upkeep_store_add_quote (self->db, self->account->id,
                                 &(UpkeepStoredQuote){
                                     .id = quote->id,
                                     .request = request_text,
                                     .document = quote_text,
                                     .expires_at_s = quote->expires_at_s,
                                 },
                                 error);
}

/**
 * upkeep_billing_quote:
 * @self: an account that was taken up
 * @request: what somebody wants to know the sum of
 * @error: return location for an error
 *
 * Makes a quote and keeps it.
 *
 * Errors: a `UPKEEP_DB_ERROR`, or a `UPKEEP_MODEL_ERROR` when a sum is beyond all bounds.
 *
 * Returns: (transfer full): the quote, or `NULL` with @error set
 */
UpkeepQuote *
upkeep_billing_quote (UpkeepBilling *self, const UpkeepQuoteRequest *request, GError **error)
{
  g_autoptr (UpkeepQuote) quote = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);

  if (!upkeep_decide (self->edition, self->account, request, self->now_s, &quote, error) ||
      !keep_quote (self, request, quote, error))
    return NULL;
  return g_steal_pointer (&quote);
}

static gboolean
parse_stored (const UpkeepStoredQuote *stored,
              UpkeepQuoteRequest **ret_request,
              UpkeepQuote **ret_quote,
              GError **error)
{
  g_autoptr (GBytes) request_bytes = g_bytes_new (stored->request, strlen (stored->request));
  g_autoptr (GBytes) quote_bytes = g_bytes_new (stored->document, strlen (stored->document));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) request_node =
      upkeep_json_parse (request_bytes, DOCUMENT_MAX_BYTES, &local_error);
  g_autoptr (JsonNode) quote_node = NULL;

  if (request_node != NULL)
    quote_node = upkeep_json_parse (quote_bytes, DOCUMENT_MAX_BYTES, &local_error);
  if (quote_node != NULL)
    *ret_request = upkeep_wire_parse_quote_request (request_node, &local_error);
  if (*ret_request != NULL)
    *ret_quote = upkeep_wire_parse_quote (quote_node, &local_error);
  if (*ret_quote != NULL)
    return TRUE;
  g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_CORRUPT, "quote %s: %s", stored->id,
               local_error->message);
  return FALSE;
}

/* What the payment method has to give before a change may be kept. */
static gint64
sum_payments (const UpkeepChange *change)
{
  gint64 sum_minor = 0;

  for (guint i = 0; i < change->postings->len; i++) {
    const UpkeepPosting *posting = &g_array_index (change->postings, UpkeepPosting, i);

    if (posting->kind == UPKEEP_POSTING_PAYMENT)
      sum_minor += posting->amount;
  }
  return sum_minor;
}

/* Carries an option out: charges what it costs, under a key that names it, then keeps it. A
 * declined charge leaves the facts as they were. */
static gboolean
carry_out (UpkeepBilling *self,
           const UpkeepQuote *quote,
           const char *key,
           UpkeepTiming timing,
           const char **ret_decline_code,
           GError **error)
{
  g_autoptr (UpkeepChange) change =
      upkeep_execute (self->edition, self->account, quote, timing, self->now_s, error);
  gint64 amount_minor;

  *ret_decline_code = NULL;
  if (change == NULL)
    return FALSE;
  amount_minor = sum_payments (change);
  if (amount_minor > 0 && !charge (self, key, amount_minor, self->now_s, ret_decline_code, error))
    return FALSE;
  return *ret_decline_code != NULL || upkeep_billing_apply (self, change, error);
}

static gboolean
give_receipt (UpkeepBilling *self,
              const char *quote_id,
              const UpkeepOption *option,
              UpkeepReceipt **ret_receipt,
              GError **error)
{
  g_autoptr (UpkeepReceipt) receipt = upkeep_receipt_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  receipt->id = upkeep_random_id ();
  receipt->at_s = self->now_s;
  g_strlcpy (receipt->currency, self->edition->currency, sizeof receipt->currency);
  receipt->bill = option->bill;
  receipt->has_refund = option->has_refund;
  receipt->refund = option->refund;
  receipt->invoice = g_strdup (self->invoice);
  node = upkeep_wire_print_receipt (receipt);
  text = print_text (node);
  if (!upkeep_store_add_receipt (self->db, receipt->id, self->account->id, quote_id, self->now_s,
                                 text, error))
    return FALSE;
  *ret_receipt = g_steal_pointer (&receipt);
  return TRUE;
}

/* What the account would be told now, against what it was promised (CONTRACT section 8, "Accept").
 */
static gboolean
judge (UpkeepBilling *self,
       const UpkeepStoredQuote *stored,
       UpkeepTiming timing,
       UpkeepAcceptance *acceptance,
       GError **error)
{
  g_autoptr (UpkeepQuoteRequest) request = NULL;
  const UpkeepOption *promised, *now;

  if (!parse_stored (stored, &request, &acceptance->promised, error) ||
      !upkeep_decide (self->edition, self->account, request, self->now_s, &acceptance->quote,
                      error))
    return FALSE;
  promised = upkeep_quote_find_option (acceptance->promised, timing);
  now = upkeep_quote_find_option (acceptance->quote, timing);
  if (acceptance->quote->blocked->len > 0)
    acceptance->outcome = UPKEEP_ACCEPT_BLOCKED;
  else if (promised == NULL)
    acceptance->outcome = UPKEEP_ACCEPT_NO_SUCH_TIMING;
  else if (now == NULL || !upkeep_option_keeps_promise (promised, now))
    acceptance->outcome = UPKEEP_ACCEPT_STALE;
  else
    acceptance->outcome = UPKEEP_ACCEPT_DONE;
  return acceptance->outcome != UPKEEP_ACCEPT_STALE ||
         keep_quote (self, request, acceptance->quote, error);
}

/**
 * upkeep_billing_accept:
 * @self: an account that was taken up, and not changed since
 * @quote_id: which quote
 * @timing: which of its options
 * @ret_acceptance: (out caller-allocates): what became of it, zeroed before
 * @error: return location for an error
 *
 * Does exactly what a quote says, or nothing.
 *
 * Errors: a `UPKEEP_DB_ERROR` or a `UPKEEP_BILLING_ERROR`.
 *
 * Returns: `FALSE` when it failed
 */
gboolean
upkeep_billing_accept (UpkeepBilling *self,
                       const char *quote_id,
                       UpkeepTiming timing,
                       UpkeepAcceptance *ret_acceptance,
                       GError **error)
{
  g_autofree char *key = g_strconcat ("quote/", quote_id, NULL);
  g_autoptr (UpkeepStoredQuote) stored = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (quote_id != NULL, FALSE);
  g_return_val_if_fail (ret_acceptance != NULL, FALSE);

  if (!upkeep_store_get_quote (self->db, self->account->id, quote_id, &stored, error))
    return FALSE;
  if (stored == NULL)
    ret_acceptance->outcome = UPKEEP_ACCEPT_NO_QUOTE;
  else if (stored->accepted_at_s != UPKEEP_INSTANT_NONE)
    ret_acceptance->outcome = UPKEEP_ACCEPT_ALREADY_ACCEPTED;
  else if (self->now_s >= stored->expires_at_s)
    ret_acceptance->outcome = UPKEEP_ACCEPT_EXPIRED;
  else if (!judge (self, stored, timing, ret_acceptance, error))
    return FALSE;
  if (stored == NULL || ret_acceptance->outcome != UPKEEP_ACCEPT_DONE)
    return TRUE;

  g_clear_pointer (&self->invoice, g_free);
  if (!carry_out (self, ret_acceptance->quote, key, timing, &ret_acceptance->decline_code, error))
    return FALSE;
  if (ret_acceptance->decline_code != NULL) {
    ret_acceptance->outcome = UPKEEP_ACCEPT_DECLINED;
    return TRUE;
  }
  return upkeep_store_mark_accepted (self->db, quote_id, self->now_s, error) &&
         give_receipt (self, quote_id, upkeep_quote_find_option (ret_acceptance->quote, timing),
                       &ret_acceptance->receipt, error);
}

/**
 * upkeep_acceptance_clear:
 * @self: what became of a quote
 *
 * Frees what it holds.
 */
void
upkeep_acceptance_clear (UpkeepAcceptance *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->receipt, upkeep_receipt_unref);
  g_clear_pointer (&self->quote, upkeep_quote_unref);
  g_clear_pointer (&self->promised, upkeep_quote_unref);
}

static gboolean
judge_use (const UpkeepBilling *self,
           const UpkeepUsageEvent *event,
           gint64 at_s,
           int mode,
           UpkeepRejectionCode *ret_code)
{
  if (!g_str_equal (event->meter, self->edition->meter.id)) {
    *ret_code = UPKEEP_REJECTION_UNKNOWN_METER;
    return FALSE;
  }
  if (event->mode != NULL && mode < 0) {
    *ret_code = UPKEEP_REJECTION_INVALID_VALUE;
    return FALSE;
  }
  switch (upkeep_usage_judge (self->account, at_s, self->now_s)) {
  case UPKEEP_USAGE_AT_IN_FUTURE:
    *ret_code = UPKEEP_REJECTION_AT_IN_FUTURE;
    return FALSE;
  case UPKEEP_USAGE_PERIOD_CLOSED:
    *ret_code = UPKEEP_REJECTION_PERIOD_CLOSED;
    return FALSE;
  case UPKEEP_USAGE_ACCEPTED:
  default:
    return TRUE;
  }
}

/**
 * upkeep_billing_record_use:
 * @self: an account that was taken up
 * @event: use by this account that was not counted before
 * @ret_rejected: (out): whether it does not count
 * @ret_code: (out): why; only set when it does not count
 * @error: return location for an error
 *
 * Counts use, and lets happen what falls due by it.
 *
 * Errors: a `UPKEEP_DB_ERROR` or a `UPKEEP_BILLING_ERROR`.
 *
 * Returns: `FALSE` when it failed
 */
gboolean
upkeep_billing_record_use (UpkeepBilling *self,
                           const UpkeepUsageEvent *event,
                           gboolean *ret_rejected,
                           UpkeepRejectionCode *ret_code,
                           GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 at_s;
  int mode;
  const UpkeepMode *counted;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (event != NULL && event->is_valid, FALSE);
  g_return_val_if_fail (ret_rejected != NULL && ret_code != NULL, FALSE);

  at_s = event->at_s == UPKEEP_INSTANT_NONE ? self->now_s : event->at_s;
  mode = event->mode != NULL ? upkeep_edition_find_mode (self->edition, event->mode) : -1;
  *ret_rejected = !judge_use (self, event, at_s, mode, ret_code);
  if (*ret_rejected)
    return TRUE;

  counted = upkeep_edition_get_mode (self->edition, mode >= 0 ? mode : self->account->mode);
  change = upkeep_record_usage (
      self->edition, self->account,
      &(UpkeepUsage){.quantity = event->quantity, .images = event->images, .mode = mode},
      self->now_s, &local_error);
  if (change == NULL) {
    g_debug ("event %s: %s", event->id, local_error->message);
    *ret_rejected = TRUE;
    *ret_code = UPKEEP_REJECTION_INVALID_VALUE;
    return TRUE;
  }
  return upkeep_billing_apply (self, change, error) &&
         upkeep_store_add_use (self->db,
                               &(UpkeepStoredUse){
                                   .id = event->id,
                                   .account = self->account->id,
                                   .meter = event->meter,
                                   .mode = counted != NULL ? counted->id : NULL,
                                   .feature = event->feature,
                                   .quantity = event->quantity,
                                   .images = event->images,
                                   .at_s = at_s,
                               },
                               error) &&
         upkeep_billing_run_due (self, error);
}

/**
 * upkeep_billing_ship:
 * @self: an account that was taken up
 * @issue: the number of an issue
 * @ret_shipment: (out): what became of it
 * @error: return location for an error
 *
 * Marks an issue as sent, which is use of one, in the statistics too.
 *
 * Errors: a `UPKEEP_DB_ERROR`, or a `UPKEEP_MODEL_ERROR` when a count is beyond all bounds.
 *
 * Returns: `FALSE` when it failed
 */
gboolean
upkeep_billing_ship (UpkeepBilling *self,
                     gint64 issue,
                     UpkeepShipment *ret_shipment,
                     GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;
  g_autofree char *id = upkeep_random_id ();

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_shipment != NULL, FALSE);

  change =
      upkeep_ship_issue (self->edition, self->account, issue, self->now_s, ret_shipment, error);
  if (change == NULL)
    return FALSE;
  return *ret_shipment != UPKEEP_SHIPMENT_DONE ||
         (upkeep_billing_apply (self, change, error) &&
          upkeep_store_add_use (self->db,
                                &(UpkeepStoredUse){
                                    .id = id,
                                    .account = self->account->id,
                                    .meter = self->edition->meter.id,
                                    .quantity = 1,
                                    .at_s = self->now_s,
                                },
                                error));
}

/**
 * upkeep_billing_give_grant:
 * @self: an account that was taken up
 * @request: what it is given; of the edition's meter
 * @error: return location for an error
 *
 * Gives units beside the plan's own.
 *
 * Errors: a `UPKEEP_DB_ERROR`, or a `UPKEEP_MODEL_ERROR` when the quantity or the expiry is out of
 * bounds.
 *
 * Returns: `FALSE` when it failed
 */
gboolean
upkeep_billing_give_grant (UpkeepBilling *self, const UpkeepGrantRequest *request, GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (request != NULL, FALSE);

  change = upkeep_give_grant (self->edition, self->account, request->kind, request->quantity,
                              request->has_expiry ? request->expires_at_s : UPKEEP_INSTANT_NONE,
                              self->now_s, error);
  return change != NULL && upkeep_billing_apply (self, change, error);
}

static void
clear_method (UpkeepPaymentMethod *method)
{
  g_free (method->token);
  g_free (method->brand);
  g_free (method->last4);
}

/* What is owed is charged as soon as there is a new method; when that is declined, the next retry
 * comes at its time. The key names the debt: who gets no answer and sends the method again pays it
 * once. */
static gboolean
pay_what_is_owed (UpkeepBilling *self, GError **error)
{
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (UPKEEP_QUOTE_PAY);
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autofree char *key =
      g_strdup_printf ("owed/%s/%" G_GINT64_FORMAT, self->account->id, self->account->missed_at_s);
  const char *decline_code = NULL;

  if (!upkeep_decide (self->edition, self->account, request, self->now_s, &quote, error))
    return FALSE;
  return quote->blocked->len > 0 ||
         carry_out (self, quote, key, UPKEEP_TIMING_IMMEDIATE, &decline_code, error);
}

/**
 * upkeep_billing_set_method:
 * @self: an account that was taken up
 * @token: the processor's name for the new method
 * @ret_outcome: (out): what became of it
 * @ret_decline_code: (out): why it was declined, a static string; only set when it was
 * @error: return location for an error
 *
 * Puts a new payment method into the old one's place. An account that owes something is charged at
 * once.
 *
 * Errors: a `UPKEEP_DB_ERROR` or a `UPKEEP_BILLING_ERROR`.
 *
 * Returns: `FALSE` when it failed
 */
gboolean
upkeep_billing_set_method (UpkeepBilling *self,
                           const char *token,
                           UpkeepMethodOutcome *ret_outcome,
                           const char **ret_decline_code,
                           GError **error)
{
  const UpkeepProcessor *processor;
  g_autoptr (UpkeepChange) change = NULL;
  UpkeepPaymentMethod method = {0};

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (token != NULL, FALSE);
  g_return_val_if_fail (ret_outcome != NULL && ret_decline_code != NULL, FALSE);

  processor = self->means->processor;
  switch (processor->attach (token, &method, ret_decline_code, processor->user_data)) {
  case UPKEEP_ATTACH_DECLINED:
    *ret_outcome = UPKEEP_METHOD_DECLINED;
    return TRUE;
  case UPKEEP_ATTACH_UNSUPPORTED:
    *ret_outcome = UPKEEP_METHOD_UNSUPPORTED;
    return TRUE;
  case UPKEEP_ATTACH_DONE:
  default:
    break;
  }
  *ret_outcome = UPKEEP_METHOD_SET;
  change = upkeep_set_payment_method (self->account, &method);
  clear_method (&method);
  return upkeep_billing_apply (self, change, error) &&
         (self->account->state != UPKEEP_STATE_PAST_DUE || pay_what_is_owed (self, error));
}

/**
 * upkeep_billing_set_mode:
 * @self: an account that was taken up
 * @mode: the mode that is asked for, by index
 * @ret_refusal: (out) (nullable): why not, a static string; `NULL` when it is done
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Changes the mode the account works in.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_billing_set_mode (UpkeepBilling *self, int mode, const char **ret_refusal, GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_refusal != NULL, FALSE);

  *ret_refusal = NULL;
  change = upkeep_set_mode (self->edition, self->account, mode, ret_refusal, self->now_s);
  return change == NULL || upkeep_billing_apply (self, change, error);
}

/**
 * upkeep_billing_move:
 * @self: an account that was taken up
 * @to: (nullable): the edition that it moves to at its next renewal; `NULL` takes that back
 * @ret_refusal: (out): why not; possible when it is done
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Says where the account moves (RULES 0.1). What is said already is not said again.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_billing_move (UpkeepBilling *self,
                     UpkeepEdition *to,
                     UpkeepMoveRefusal *ret_refusal,
                     GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_refusal != NULL, FALSE);

  *ret_refusal = UPKEEP_MOVE_POSSIBLE;
  if (to != NULL)
    *ret_refusal = upkeep_move_judge (self->edition, self->account, to);
  if (*ret_refusal != UPKEEP_MOVE_POSSIBLE ||
      g_strcmp0 (self->account->next_edition, to != NULL ? to->id : NULL) == 0)
    return TRUE;

  change = upkeep_move_schedule (self->account, to);
  return upkeep_billing_apply (self, change, error);
}

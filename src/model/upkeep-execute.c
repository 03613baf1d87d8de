/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-book.h"
#include "upkeep-queue.h"
#include "upkeep-shipment.h"
#include "upkeep-spend.h"

/* A step that is being carried out. */
typedef struct {
  UpkeepChange *change;
  const UpkeepEdition *edition;
  const UpkeepQuote *quote;
  const UpkeepOption *option;
  gint64 now_s;
} Step;

static void
set_plan (UpkeepAccount *account, const UpkeepQuote *quote, gint64 price_minor)
{
  g_free (account->plan);
  account->plan = g_strdup (quote->to_plan);
  account->interval = quote->to_interval;
  account->price_minor = price_minor;
}

/* What came from the payment method for the term, metered use apart (RULES 0.30). */
static gint64
taken_for_term (const UpkeepBill *bill)
{
  return MAX (bill->total_minor - upkeep_bill_get (bill, UPKEEP_LINE_METERED_USAGE), 0);
}

static gboolean
pay_bill (const Step *step, GError **error)
{
  UpkeepAccount *account = step->change->account;
  const char *number;

  if (!upkeep_book_money (step->change, step->now_s, UPKEEP_POSTING_PAYMENT,
                          step->option->bill.total_minor, error))
    return FALSE;

  number = upkeep_book_invoice (step->change, step->now_s, &step->option->bill, UPKEEP_INVOICE_PAID,
                                NULL);
  if (step->option->terms.buys_term) {
    g_free (account->term_invoice);
    account->term_invoice = g_strdup (number);
  }

  return TRUE;
}

/* A trial is given once for life: there is no term, nothing is refilled and nothing renews (RULES
 * 0.13, A-10). */
static gboolean
begin_trial (const Step *step)
{
  UpkeepAccount *account = step->change->account;

  upkeep_book_end_plan_grant (step->change, step->now_s);
  account->state = UPKEEP_STATE_TRIAL;
  set_plan (account, step->quote, 0);
  account->anchor_s = step->now_s;
  account->refill = (UpkeepPeriod){0, 0};
  account->use_month = (UpkeepUse){{0}, 0};
  upkeep_account_set_coming (account, NULL);
  if (step->option->has_grant)
    upkeep_book_grant (step->change, step->now_s, step->option->grant.kind,
                       step->option->grant.quantity, step->option->grant.expires_at_s);
  upkeep_book_return_to_default_mode (step->change);
  return TRUE;
}

static gboolean
subscribe (const Step *step, GError **error)
{
  UpkeepAccount *account = step->change->account;
  const UpkeepOption *option = step->option;

  if (!option->terms.buys_term)
    return begin_trial (step);

  upkeep_book_end_plan_grant (step->change, step->now_s);
  account->state = UPKEEP_STATE_ACTIVE;
  account->ever_subscribed = TRUE;
  account->started_at_s = step->now_s;
  account->use_subscription = (UpkeepUse){{0}, 0};
  account->anchor_s = step->now_s;
  set_plan (account, step->quote, option->terms.new_price_minor);
  account->term_taken_minor = taken_for_term (&option->bill);

  /* What an ended subscription still owes was charged when it was used; the payment below settles
   * it. */
  if (!upkeep_book_money (step->change, step->now_s, UPKEEP_POSTING_CHARGE,
                          -option->terms.new_price_minor, error) ||
      !pay_bill (step, error))
    return FALSE;

  upkeep_book_start_term (step->change, step->edition, step->now_s, step->quote->to_interval);
  return TRUE;
}

static gint64
credit_of (const UpkeepBill *bill)
{
  return -(upkeep_bill_get (bill, UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT) +
           upkeep_bill_get (bill, UPKEEP_LINE_PRICE_DIFFERENCE) +
           upkeep_bill_get (bill, UPKEEP_LINE_UNUSED_CREDIT_REFUND));
}

/* Adds the difference of two allotments to the one that runs, with the same expiry (RULES D-12). */
static void
extend_plan_grant (const Step *step)
{
  GArray *grants = step->change->account->grants;

  if (!step->option->has_grant)
    return;

  for (guint i = 0; i < grants->len; i++) {
    UpkeepGrant *grant = &g_array_index (grants, UpkeepGrant, i);

    if (grant->kind == UPKEEP_GRANT_PLAN) {
      grant->quantity += step->option->grant.quantity;
      grant->remaining += step->option->grant.quantity;
      upkeep_book_units (step->change, step->now_s, UPKEEP_POSTING_GRANT,
                         step->option->grant.quantity);
      return;
    }
  }

  upkeep_book_grant (step->change, step->now_s, UPKEEP_GRANT_PLAN, step->option->grant.quantity,
                     step->option->grant.expires_at_s);
}

/* A downgrade takes the difference of two allotments off what is left: who goes down and up again
 * has what they had, and nobody keeps what they were credited for. An upgrade takes nothing. */
static void
cut_plan_grant (const Step *step, gint64 difference)
{
  GArray *grants = step->change->account->grants;

  for (guint i = 0; i < grants->len; i++) {
    UpkeepGrant *grant = &g_array_index (grants, UpkeepGrant, i);
    gint64 units = MIN (grant->remaining, difference);

    if (grant->kind != UPKEEP_GRANT_PLAN)
      continue;
    grant->quantity -= units;
    grant->remaining -= units;
    upkeep_book_units (step->change, step->now_s, UPKEEP_POSTING_EXPIRY, -units);
    return;
  }
}

static void
give_new_allowance (const Step *step)
{
  if (step->edition->policy.upgrade_grant == UPKEEP_UPGRADE_GRANT_DIFFERENCE) {
    const UpkeepPlan *from = upkeep_edition_find_plan (step->edition, step->quote->from_plan);
    const UpkeepPlan *to = upkeep_edition_find_plan (step->edition, step->quote->to_plan);

    if (step->quote->direction == UPKEEP_DIRECTION_DOWNGRADE && to->allowance < from->allowance)
      cut_plan_grant (step, from->allowance - to->allowance);
    else
      extend_plan_grant (step);
    return;
  }

  upkeep_book_end_plan_grant (step->change, step->now_s);
  if (step->option->has_grant)
    upkeep_book_grant (step->change, step->now_s, UPKEEP_GRANT_PLAN, step->option->grant.quantity,
                       step->option->grant.expires_at_s);
}

static gboolean
switch_now (const Step *step, GError **error)
{
  UpkeepAccount *account = step->change->account;
  const UpkeepOption *option = step->option;
  const UpkeepLine *price = upkeep_bill_find (&option->bill, UPKEEP_LINE_PLAN_PRICE);
  gboolean resets = upkeep_option_has_effect (option, UPKEEP_EFFECT_RENEWAL_DATE_RESETS);

  if (!upkeep_book_metered (step->change, step->edition, step->now_s, option->terms.metered_minor,
                            error) ||
      !upkeep_book_money (step->change, step->now_s, UPKEEP_POSTING_CHARGE, -price->amount_minor,
                          error) ||
      !upkeep_book_money (step->change, step->now_s, UPKEEP_POSTING_CREDIT,
                          credit_of (&option->bill), error) ||
      !pay_bill (step, error))
    return FALSE;

  upkeep_book_unschedule (step->change);
  set_plan (account, step->quote, option->terms.new_price_minor);
  if (resets) {
    account->term_taken_minor = taken_for_term (&option->bill);
    account->anchor_s = step->now_s;
    upkeep_book_start_term (step->change, step->edition, step->now_s, step->quote->to_interval);
    return TRUE;
  }

  give_new_allowance (step);
  upkeep_book_adjust_mode (step->change, step->edition, step->now_s);
  return upkeep_add (account->term_taken_minor, taken_for_term (&option->bill),
                     &account->term_taken_minor, error);
}

static gboolean
switch_later (const Step *step, GError **error)
{
  UpkeepAccount *account = step->change->account;

  upkeep_book_unschedule (step->change);
  account->scheduled = UPKEEP_SCHEDULED_SWITCH;
  account->scheduled_plan = g_strdup (step->quote->to_plan);
  account->scheduled_interval = step->quote->to_interval;
  return TRUE;
}

static gboolean
is_given_back (UpkeepLineCode code)
{
  return code == UPKEEP_LINE_REFUND || code == UPKEEP_LINE_CREDIT_TO_BALANCE;
}

/* A refund and the charge before it are two movements and two documents: the credit note carries
 * what comes back, to the payment method and to the balance, the invoice the rest (CONTRACT section
 * 5). */
static UpkeepBill
part_of_bill (const UpkeepBill *bill, gboolean given_back)
{
  UpkeepBill part = {.n_lines = 0};

  for (guint i = 0; i < bill->n_lines; i++) {
    if (is_given_back (bill->lines[i].code) != given_back)
      continue;
    part.lines[part.n_lines++] = bill->lines[i];
    part.total_minor += bill->lines[i].amount_minor;
  }

  return part;
}

/* Outstanding use is charged before anything comes back (RULES 0.9). */
static gboolean
settle_metered (const Step *step, GError **error)
{
  UpkeepBill bill = part_of_bill (&step->option->bill, FALSE);

  if (bill.n_lines == 0)
    return TRUE;

  upkeep_book_invoice (step->change, step->now_s, &bill, UPKEEP_INVOICE_PAID, NULL);
  return upkeep_book_metered (step->change, step->edition, step->now_s,
                              step->option->terms.metered_minor, error) &&
         upkeep_book_money (step->change, step->now_s, UPKEEP_POSTING_PAYMENT, bill.total_minor,
                            error);
}

/* What the refund gives back was paid by the invoice that was named, where one cancels by one; an
 * issue that it paid is not delivered (RULES 0.34, C-45). */
static const char *
give_back_issue (const Step *step)
{
  UpkeepAccount *account = step->change->account;
  const char *invoice = step->edition->policy.needs_invoice_number ? step->quote->invoice_number
                                                                   : account->term_invoice;
  UpkeepIssue *issue = upkeep_account_find_issue_of_invoice (account, invoice);

  if (issue != NULL)
    upkeep_book_issue_refund (step->change, issue, step->now_s);
  return invoice;
}

static gboolean
cancel_now (const Step *step, GError **error)
{
  UpkeepAccount *account = step->change->account;
  const UpkeepOption *option = step->option;
  gint64 refund_minor = -upkeep_bill_get (&option->bill, UPKEEP_LINE_REFUND);
  UpkeepBill note = part_of_bill (&option->bill, TRUE);

  if (!settle_metered (step, error) ||
      !upkeep_book_money (step->change, step->now_s, UPKEEP_POSTING_CREDIT, refund_minor, error) ||
      !upkeep_book_money (step->change, step->now_s, UPKEEP_POSTING_REFUND,
                          -option->refund.amount_minor, error))
    return FALSE;

  upkeep_book_invoice (step->change, step->now_s, &note, UPKEEP_INVOICE_PAID,
                       give_back_issue (step));
  g_array_append_val (account->refunds_s, step->now_s);
  if (option->refund.amount_minor > 0) {
    account->refund_minor = option->refund.amount_minor;
    account->refund_expected_by_s = option->refund.expected_by_s;
  }
  upkeep_book_end_subscription (step->change, step->edition, step->now_s);
  return TRUE;
}

static gboolean
cancel_later (const Step *step, GError **error)
{
  UpkeepAccount *account = step->change->account;

  /* Past due, the paid term is over already: nothing is left to wait for (RULES X-17). */
  if (account->owed_price_minor > 0) {
    if (!upkeep_book_money (step->change, step->now_s, UPKEEP_POSTING_CREDIT,
                            account->owed_price_minor, error))
      return FALSE;
    step->change->open_invoices = UPKEEP_OPEN_INVOICES_VOID;
    upkeep_book_end_subscription (step->change, step->edition, step->now_s);
    return TRUE;
  }

  upkeep_book_unschedule (step->change);
  account->scheduled = UPKEEP_SCHEDULED_CANCEL;
  return TRUE;
}

static gboolean
topup (const Step *step, GError **error)
{
  const UpkeepOption *option = step->option;

  if (option->terms.pack_price_minor > 0 &&
      (!upkeep_book_money (step->change, step->now_s, UPKEEP_POSTING_CHARGE,
                           -option->terms.pack_price_minor, error) ||
       !pay_bill (step, error)))
    return FALSE;

  upkeep_book_grant (step->change, step->now_s, option->grant.kind, option->grant.quantity,
                     option->grant.expires_at_s);
  upkeep_book_adjust_mode (step->change, step->edition, step->now_s);
  return TRUE;
}

static gboolean
resume (const Step *step, GError **error)
{
  upkeep_book_unschedule (step->change);
  return TRUE;
}

static gboolean
pay (const Step *step, GError **error)
{
  return upkeep_book_settle_past_due (step->change, step->edition, step->now_s, error);
}

/**
 * upkeep_execute:
 * @edition: the account's edition
 * @account: whose quote it is
 * @quote: a quote that was decided on just these facts
 * @timing: which of its options
 * @now_s: the time, in UTC seconds
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Does what an option says, as if its charge had gone through: the caller charges
 * upkeep_option_get_charge_minor() first and keeps nothing of the change where that is declined.
 *
 * Errors: `UPKEEP_MODEL_ERROR_UNKNOWN` when the quote has no such option;
 * `UPKEEP_MODEL_ERROR_RANGE` when a sum would overflow.
 *
 * Returns: (transfer full): the change, or `NULL` with @error set
 */
UpkeepChange *
upkeep_execute (const UpkeepEdition *edition,
                const UpkeepAccount *account,
                const UpkeepQuote *quote,
                UpkeepTiming timing,
                gint64 now_s,
                GError **error)
{
  static gboolean (*const steps[UPKEEP_N_QUOTE_KINDS][UPKEEP_N_TIMINGS]) (const Step *,
                                                                          GError **) = {
      [UPKEEP_QUOTE_SUBSCRIBE] = {subscribe, NULL},
      [UPKEEP_QUOTE_SWITCH] = {switch_now, switch_later},
      [UPKEEP_QUOTE_CANCEL] = {cancel_now, cancel_later},
      [UPKEEP_QUOTE_TOPUP] = {topup, NULL},
      [UPKEEP_QUOTE_RESUME] = {resume, NULL},
      [UPKEEP_QUOTE_PAY] = {pay, NULL},
  };
  const UpkeepOption *option;
  g_autoptr (UpkeepChange) change = NULL;
  Step step;

  g_return_val_if_fail (edition != NULL && account != NULL && quote != NULL, NULL);

  option = upkeep_quote_find_option (quote, timing);
  if (option == NULL || steps[quote->kind][timing] == NULL) {
    g_set_error (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_UNKNOWN,
                 "the quote has no option “%s”", upkeep_timing_to_string (timing));
    return NULL;
  }

  change = upkeep_change_new (account);
  step = (Step){change, edition, quote, option, now_s};
  if (!steps[quote->kind][timing](&step, error))
    return NULL;

  upkeep_queue_settle (change, edition, now_s);
  return g_steal_pointer (&change);
}

/**
 * upkeep_option_get_charge_minor:
 * @self: an option
 *
 * Says what accepting an option takes from the payment method at once.
 *
 * Beside a refund that is only the metered use, less balance, as a movement of its own.
 *
 * Returns: minor units, at least 0
 */
gint64
upkeep_option_get_charge_minor (const UpkeepOption *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->has_refund)
    return upkeep_bill_get (&self->bill, UPKEEP_LINE_METERED_USAGE) +
           upkeep_bill_get (&self->bill, UPKEEP_LINE_ACCOUNT_BALANCE);

  return self->bill.total_minor;
}

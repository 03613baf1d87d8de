/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote.h"

G_BEGIN_DECLS

/* A change is what one step makes of an account: the facts after it, and the postings and invoices
 * it leaves behind. Nothing here charges or stores anything: the service charges first, then keeps
 * the change whole or not at all. */

/* What a posting is called in the subscriber's ledger (CONTRACT, GET /v1/account/ledger). */
typedef enum {
  UPKEEP_POSTING_GRANT,
  UPKEEP_POSTING_USE,
  UPKEEP_POSTING_EXPIRY,
  UPKEEP_POSTING_CHARGE,
  UPKEEP_POSTING_PAYMENT,
  UPKEEP_POSTING_CREDIT,
  UPKEEP_POSTING_REFUND,
} UpkeepPostingKind;
#define UPKEEP_N_POSTING_KINDS 7

/**
 * UpkeepPosting:
 * @at_s: when
 * @kind: what happened
 * @is_money: minor units of the edition's currency; otherwise units of its meter
 * @amount: what the customer's side gains; the other side, which @kind names, gains its opposite
 *
 * One transaction of two legs. Double entry: the customer's leg and the counter leg add up to 0.
 */
typedef struct {
  gint64 at_s;
  UpkeepPostingKind kind;
  gboolean is_money;
  gint64 amount;
} UpkeepPosting;

typedef enum {
  UPKEEP_INVOICE_PAID,
  UPKEEP_INVOICE_OPEN,
  UPKEEP_INVOICE_VOID,
} UpkeepInvoiceState;
#define UPKEEP_N_INVOICE_STATES 3

/**
 * UpkeepInvoice:
 * @number: (owned): such as `ABC1DEF2-0001`
 * @issued_at_s: when
 * @state: paid, open or void
 * @bill: its lines and their total, which stays as issued
 * @credit_of: (owned) (nullable): of a credit note, the number of the invoice it belongs to
 *
 * A document of one charge, or of one term that the balance paid, or of a refund.
 */
typedef struct {
  char *number;
  gint64 issued_at_s;
  UpkeepInvoiceState state;
  UpkeepBill bill;
  char *credit_of;
} UpkeepInvoice;

/* What becomes of the invoices that were open before the change. */
typedef enum {
  UPKEEP_OPEN_INVOICES_STAY,
  UPKEEP_OPEN_INVOICES_PAID,
  UPKEEP_OPEN_INVOICES_VOID,
} UpkeepOpenInvoices;

/**
 * UpkeepChange:
 * @account: (owned): the facts after it
 * @postings: (owned) (element-type UpkeepPosting): in the order in which they happened
 * @invoices: (owned) (element-type UpkeepInvoice): issued by it
 * @open_invoices: what becomes of those that were open
 * @ended_jobs: (owned) (element-type UpkeepJob): the jobs that it ends, in their last state
 */
typedef struct {
  UpkeepAccount *account;
  GArray *postings;
  GPtrArray *invoices;
  UpkeepOpenInvoices open_invoices;
  GArray *ended_jobs;
} UpkeepChange;

UpkeepChange *upkeep_change_new (const UpkeepAccount *account) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_change_free (UpkeepChange *self);

const char *upkeep_posting_kind_to_string (UpkeepPostingKind kind);
const char *upkeep_invoice_state_to_string (UpkeepInvoiceState state);

/* Steps. Each is a pure function: it takes facts and returns a change, or refuses and leaves
 * everything as it was. */

gboolean upkeep_decide (const UpkeepEdition *edition,
                        const UpkeepAccount *account,
                        const UpkeepQuoteRequest *request,
                        gint64 now_s,
                        UpkeepQuote **ret_quote,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

UpkeepChange *upkeep_execute (const UpkeepEdition *edition,
                              const UpkeepAccount *account,
                              const UpkeepQuote *quote,
                              UpkeepTiming timing,
                              gint64 now_s,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

gint64 upkeep_option_get_charge_minor (const UpkeepOption *self);

/**
 * UpkeepDueKind:
 *
 * What can fall due, in the order in which it happens at one instant (RULES 0.25).
 */
typedef enum {
  UPKEEP_DUE_NOTHING,
  UPKEEP_DUE_EXPIRY,    /* a grant ends */
  UPKEEP_DUE_ARRIVAL,   /* a refund has arrived, its notice ends */
  UPKEEP_DUE_LAPSE,     /* the spell in which something is owed ends, and the subscription */
  UPKEEP_DUE_END,       /* the term ends and does not renew */
  UPKEEP_DUE_RENEWAL,   /* the term ends and the next one is charged */
  UPKEEP_DUE_REFILL,    /* a refill month ends inside a term, or on the free plan */
  UPKEEP_DUE_THRESHOLD, /* bought use has reached the threshold */
  UPKEEP_DUE_RETRY,     /* a declined charge is tried again */
} UpkeepDueKind;

/**
 * UpkeepDue:
 * @kind: what falls due; nothing when the account waits for no instant
 * @at_s: when
 * @charge_minor: what is to be charged first; 0 nothing
 */
typedef struct {
  UpkeepDueKind kind;
  gint64 at_s;
  gint64 charge_minor;
} UpkeepDue;

gboolean upkeep_due_next (const UpkeepEdition *edition,
                          const UpkeepAccount *account,
                          UpkeepDue *ret_due,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
UpkeepChange *upkeep_due_settle (const UpkeepEdition *edition,
                                 const UpkeepAccount *account,
                                 const UpkeepDue *due,
                                 gboolean paid,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

gint64 upkeep_get_next_price_minor (const UpkeepEdition *edition, const UpkeepAccount *account);
gint64 upkeep_get_threshold_minor (const UpkeepEdition *edition, const UpkeepAccount *account);

/**
 * UpkeepUsage:
 * @quantity: units, from 0 to `UPKEEP_UNITS_MAX`
 * @images: from 0
 * @mode: of the meter, by index; -1 for the account's own
 *
 * Work that was done, as it is reported (RULES 0.26).
 */
typedef struct {
  gint64 quantity;
  gint64 images;
  int mode;
} UpkeepUsage;

UpkeepChange *upkeep_record_usage (const UpkeepEdition *edition,
                                   const UpkeepAccount *account,
                                   const UpkeepUsage *usage,
                                   gint64 now_s,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
UpkeepChange *upkeep_give_grant (const UpkeepEdition *edition,
                                 const UpkeepAccount *account,
                                 UpkeepGrantKind kind,
                                 gint64 quantity,
                                 gint64 expires_at_s,
                                 gint64 now_s,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
UpkeepChange *upkeep_set_payment_method (const UpkeepAccount *account,
                                         const UpkeepPaymentMethod *method)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepChange *upkeep_set_mode (const UpkeepEdition *edition,
                               const UpkeepAccount *account,
                               int mode,
                               const char **ret_refusal,
                               gint64 now_s) G_GNUC_WARN_UNUSED_RESULT;
/**
 * UpkeepUsageRefusal:
 *
 * Why a report of use does not count, as CONTRACT names it under `rejected`.
 */
typedef enum {
  UPKEEP_USAGE_ACCEPTED,
  UPKEEP_USAGE_AT_IN_FUTURE,
  UPKEEP_USAGE_PERIOD_CLOSED,
} UpkeepUsageRefusal;

gint64 upkeep_usage_get_start (const UpkeepAccount *account);
UpkeepUsageRefusal upkeep_usage_judge (const UpkeepAccount *account, gint64 at_s, gint64 now_s);
UpkeepChange *upkeep_open_account (const UpkeepEdition *edition,
                                   const UpkeepAccount *account,
                                   gint64 now_s) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepChange, upkeep_change_free)

G_END_DECLS

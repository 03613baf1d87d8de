/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "upkeep-change.h"

G_BEGIN_DECLS

/**
 * UpkeepCreditNote:
 * @id: (owned): opaque
 * @number: (owned): such as `ABC1DEF2-0002`
 * @total_minor: what it gives back; negative, as the lines it adds up
 *
 * A refund, as the invoice it belongs to lists it.
 */
typedef struct {
  char *id;
  char *number;
  gint64 total_minor;
} UpkeepCreditNote;

#define UPKEEP_TYPE_INVOICE_RECORD (upkeep_invoice_record_get_type ())

/**
 * UpkeepInvoiceRecord:
 * @id: (owned): opaque
 * @number: (owned): such as `ABC1DEF2-0001`
 * @issued_at_s: when
 * @state: paid, open or void
 * @currency: of every amount
 * @bill: its lines and their total, which stays as issued
 * @refunded_minor: what was given back of it; at least 0
 * @credit_notes: (owned) (element-type UpkeepCreditNote): by number
 *
 * An invoice as the subscriber's list shows it (CONTRACT, GET /v1/account/invoices). Immutable once
 * it is made; it may cross threads.
 */
typedef struct {
  char *id;
  char *number;
  gint64 issued_at_s;
  UpkeepInvoiceState state;
  char currency[UPKEEP_CURRENCY_SIZE];
  UpkeepBill bill;
  gint64 refunded_minor;
  GPtrArray *credit_notes;
} UpkeepInvoiceRecord;

GType upkeep_invoice_record_get_type (void);
UpkeepInvoiceRecord *upkeep_invoice_record_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepInvoiceRecord *upkeep_invoice_record_ref (UpkeepInvoiceRecord *self);
void upkeep_invoice_record_unref (UpkeepInvoiceRecord *self);
UpkeepCreditNote *upkeep_credit_note_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepInvoiceRecord, upkeep_invoice_record_unref)

G_END_DECLS

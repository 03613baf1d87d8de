/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "upkeep-quote.h"

G_BEGIN_DECLS

#define UPKEEP_TYPE_RECEIPT (upkeep_receipt_get_type ())

/**
 * UpkeepReceipt:
 * @id: (owned): opaque
 * @at_s: when the quote was accepted
 * @currency: of every amount
 * @bill: what was charged, and why
 * @has_refund: whether @refund means something
 * @refund: the money that comes back
 * @invoice: (owned) (nullable): id of the invoice, or of the credit note of a refund; `NULL` where
 * nothing was charged or refunded
 *
 * What one gets for an accepted quote. Immutable once it is made; it may cross threads.
 */
typedef struct {
  char *id;
  gint64 at_s;
  char currency[UPKEEP_CURRENCY_SIZE];
  UpkeepBill bill;
  gboolean has_refund;
  UpkeepRefund refund;
  char *invoice;
} UpkeepReceipt;

GType upkeep_receipt_get_type (void);
UpkeepReceipt *upkeep_receipt_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepReceipt *upkeep_receipt_ref (UpkeepReceipt *self);
void upkeep_receipt_unref (UpkeepReceipt *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepReceipt, upkeep_receipt_unref)

G_END_DECLS

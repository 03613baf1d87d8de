/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-invoice-record.h"

G_DEFINE_BOXED_TYPE (UpkeepInvoiceRecord,
                     upkeep_invoice_record,
                     upkeep_invoice_record_ref,
                     upkeep_invoice_record_unref)

static void
free_credit_note (gpointer data)
{
  UpkeepCreditNote *note = data;

  g_free (note->id);
  g_free (note->number);
  g_free (note);
}

static void
clear (gpointer data)
{
  UpkeepInvoiceRecord *self = data;

  g_free (self->id);
  g_free (self->number);
  g_ptr_array_unref (self->credit_notes);
}

/**
 * upkeep_invoice_record_new:
 *
 * Makes an empty record without credit notes, to be filled before anybody else sees it.
 *
 * Returns: (transfer full): the record
 */
UpkeepInvoiceRecord *
upkeep_invoice_record_new (void)
{
  UpkeepInvoiceRecord *self = g_atomic_rc_box_new0 (UpkeepInvoiceRecord);

  self->credit_notes = g_ptr_array_new_with_free_func (free_credit_note);
  return self;
}

/**
 * upkeep_invoice_record_ref:
 * @self: a record
 *
 * Takes one more reference.
 *
 * Returns: (transfer full): @self
 */
UpkeepInvoiceRecord *
upkeep_invoice_record_ref (UpkeepInvoiceRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * upkeep_invoice_record_unref:
 * @self: (transfer full): a record
 *
 * Gives a reference back; the last one frees the record.
 */
void
upkeep_invoice_record_unref (UpkeepInvoiceRecord *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear);
}

/**
 * upkeep_credit_note_new:
 *
 * Makes an empty credit note, to be filled and added to a record, which then owns it.
 *
 * Returns: (transfer full): the credit note
 */
UpkeepCreditNote *
upkeep_credit_note_new (void)
{
  return g_new0 (UpkeepCreditNote, 1);
}

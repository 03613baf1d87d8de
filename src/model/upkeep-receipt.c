/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-receipt.h"

G_DEFINE_BOXED_TYPE (UpkeepReceipt, upkeep_receipt, upkeep_receipt_ref, upkeep_receipt_unref)

static void
clear (gpointer data)
{
  UpkeepReceipt *self = data;

  g_free (self->id);
  g_free (self->invoice);
}

/**
 * upkeep_receipt_new:
 *
 * Makes an empty receipt to be filled before anybody else sees it.
 *
 * Returns: (transfer full): the receipt
 */
UpkeepReceipt *
upkeep_receipt_new (void)
{
  return g_atomic_rc_box_new0 (UpkeepReceipt);
}

/**
 * upkeep_receipt_ref:
 * @self: a receipt
 *
 * Takes one more reference.
 *
 * Returns: (transfer full): @self
 */
UpkeepReceipt *
upkeep_receipt_ref (UpkeepReceipt *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * upkeep_receipt_unref:
 * @self: (transfer full): a receipt
 *
 * Gives a reference back; the last one frees the receipt.
 */
void
upkeep_receipt_unref (UpkeepReceipt *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear);
}

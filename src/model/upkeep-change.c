/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-change.h"

static void
free_invoice (gpointer data)
{
  UpkeepInvoice *invoice = data;

  g_free (invoice->number);
  g_free (invoice->credit_of);
  g_free (invoice);
}

/**
 * upkeep_change_new:
 * @account: the facts before it
 *
 * Makes a change that changes nothing yet.
 *
 * Returns: (transfer full): the change, with a copy of the facts
 */
UpkeepChange *
upkeep_change_new (const UpkeepAccount *account)
{
  UpkeepChange *self;

  g_return_val_if_fail (account != NULL, NULL);

  self = g_new0 (UpkeepChange, 1);
  self->account = upkeep_account_copy (account);
  self->postings = g_array_new (FALSE, TRUE, sizeof (UpkeepPosting));
  self->invoices = g_ptr_array_new_with_free_func (free_invoice);
  self->ended_jobs = g_array_new (FALSE, TRUE, sizeof (UpkeepJob));
  return self;
}

void
upkeep_change_free (UpkeepChange *self)
{
  if (self == NULL)
    return;

  upkeep_account_free (self->account);
  g_array_unref (self->postings);
  g_ptr_array_unref (self->invoices);
  g_array_unref (self->ended_jobs);
  g_free (self);
}

const char *
upkeep_posting_kind_to_string (UpkeepPostingKind kind)
{
  static const char *const names[] = {"grant",   "use",    "expiry", "charge",
                                      "payment", "credit", "refund"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_POSTING_KINDS);

  return names[kind];
}

const char *
upkeep_invoice_state_to_string (UpkeepInvoiceState state)
{
  static const char *const names[] = {"paid", "open", "void"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_INVOICE_STATES);

  return names[state];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-book.h"

#include "upkeep-queue.h"
#include "upkeep-shipment.h"
#include "upkeep-spend.h"

/**
 * upkeep_book_money:
 * @change: the change
 * @at_s: when
 * @kind: what happens
 * @amount_minor: what the customer's side gains; 0 books nothing
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Moves money: the account's sum is the projection of what is booked here and nowhere else.
 *
 * Errors: `UPKEEP_MODEL_ERROR_RANGE` when the sum would overflow.
 *
 * Returns: whether it was booked
 */
gboolean
upkeep_book_money (
    UpkeepChange *change, gint64 at_s, UpkeepPostingKind kind, gint64 amount_minor, GError **error)
{
  UpkeepPosting posting = {at_s, kind, TRUE, amount_minor};

  if (amount_minor == 0)
    return TRUE;
  if (!upkeep_add (change->account->money_minor, amount_minor, &change->account->money_minor,
                   error))
    return FALSE;

  g_array_append_val (change->postings, posting);
  return TRUE;
}

void
upkeep_book_units (UpkeepChange *change, gint64 at_s, UpkeepPostingKind kind, gint64 units)
{
  UpkeepPosting posting = {at_s, kind, FALSE, units};

  if (units != 0)
    g_array_append_val (change->postings, posting);
}

/**
 * upkeep_book_invoice:
 * @change: the change
 * @at_s: when
 * @bill: its lines
 * @state: whether it is settled
 * @credit_of: (nullable): of a credit note, the invoice it belongs to
 *
 * Issues a document under the account's next number, such as `ABC1DEF2-0001` (RULES 4.9).
 *
 * Returns: (transfer none): its number
 */
const char *
upkeep_book_invoice (UpkeepChange *change,
                     gint64 at_s,
                     const UpkeepBill *bill,
                     UpkeepInvoiceState state,
                     const char *credit_of)
{
  UpkeepAccount *account = change->account;
  UpkeepInvoice *invoice = g_new0 (UpkeepInvoice, 1);

  invoice->number = g_strdup_printf ("%s-%04" G_GINT64_FORMAT, account->invoice_prefix,
                                     account->next_invoice_number++);
  invoice->issued_at_s = at_s;
  invoice->state = state;
  invoice->bill = *bill;
  invoice->credit_of = g_strdup (credit_of);
  g_ptr_array_add (change->invoices, invoice);
  return invoice->number;
}

void
upkeep_book_grant (
    UpkeepChange *change, gint64 at_s, UpkeepGrantKind kind, gint64 quantity, gint64 expires_at_s)
{
  UpkeepAccount *account = change->account;
  UpkeepGrant grant = {
      .number = account->next_grant_number++,
      .kind = kind,
      .quantity = quantity,
      .remaining = quantity,
      .granted_at_s = at_s,
      .expires_at_s = expires_at_s,
  };

  g_array_append_val (account->grants, grant);
  upkeep_book_units (change, at_s, UPKEEP_POSTING_GRANT, quantity);
}

/* A paid issue that is still to be sent is the customer's, whatever becomes of the term (RULES
 * C-47). */
static gboolean
is_held_for_issue (const UpkeepAccount *account, const UpkeepGrant *grant)
{
  for (guint i = 0; i < account->issues->len; i++) {
    const UpkeepIssue *issue = g_ptr_array_index (account->issues, i);

    if (issue->grant_number == grant->number)
      return upkeep_issue_is_open (issue);
  }

  return FALSE;
}

/**
 * upkeep_book_end_plan_grant:
 * @change: the change
 * @at_s: when
 *
 * Ends the plan's own allotment: what is left of it does not roll over (RULES A-30, 0.28), but for
 * issues that are still to be sent.
 */
void
upkeep_book_end_plan_grant (UpkeepChange *change, gint64 at_s)
{
  GArray *grants = change->account->grants;

  for (guint i = 0; i < grants->len;) {
    const UpkeepGrant *grant = &g_array_index (grants, UpkeepGrant, i);

    if (grant->kind == UPKEEP_GRANT_PLAN && !is_held_for_issue (change->account, grant)) {
      upkeep_book_units (change, at_s, UPKEEP_POSTING_EXPIRY, -grant->remaining);
      g_array_remove_index (grants, i);
    } else {
      i++;
    }
  }
}

/**
 * upkeep_book_return_to_default_mode:
 * @change: the change
 *
 * Puts the account back into the meter's first mode, as a renewal does (RULES 0.12, A-31).
 */
void
upkeep_book_return_to_default_mode (UpkeepChange *change)
{
  change->account->mode = 0;
  change->account->mode_fell = FALSE;
}

static gboolean
falls (const UpkeepAccount *account, const UpkeepEdition *edition)
{
  const UpkeepMode *mode = upkeep_edition_get_mode (edition, account->mode);
  const UpkeepMode *fallback = upkeep_edition_get_mode (edition, edition->policy.mode_fallback);
  const UpkeepPlan *plan = upkeep_edition_find_plan (edition, account->plan);

  return mode != NULL && mode->metered && fallback != NULL && plan != NULL &&
         upkeep_plan_has_mode (plan, fallback) && upkeep_account_is_served (account, edition);
}

/**
 * upkeep_book_adjust_mode:
 * @change: the change
 * @edition: the account's edition
 * @at_s: when
 *
 * Lets the mode follow what is left: it falls where the plan has the other one when nothing is
 * spendable any more, and a mode that fell by itself returns when something is (RULES 0.12, 0.32).
 *
 * What is frozen while something is owed has not run out: the mode waits for the payment.
 */
void
upkeep_book_adjust_mode (UpkeepChange *change, const UpkeepEdition *edition, gint64 at_s)
{
  UpkeepAccount *account = change->account;

  if (upkeep_get_spendable (edition, account, at_s) > 0) {
    if (account->mode_fell)
      upkeep_book_return_to_default_mode (change);
  } else if (falls (account, edition)) {
    account->mode = edition->policy.mode_fallback;
    account->mode_fell = TRUE;
  }
}

/**
 * upkeep_book_refill:
 * @change: the change
 * @edition: the account's edition
 * @at_s: when the refill month begins
 *
 * Begins the refill month that lies at an instant: the old allotment ends, the new one comes, use
 * is counted anew and the mode is the default one again (RULES 0.25, 0.32).
 */
void
upkeep_book_refill (UpkeepChange *change, const UpkeepEdition *edition, gint64 at_s)
{
  UpkeepAccount *account = change->account;
  const UpkeepPlan *plan = upkeep_edition_find_plan (edition, account->plan);

  account->refill = upkeep_schedule_period_at (account->anchor_s, UPKEEP_INTERVAL_MONTH, at_s);
  account->use_month = (UpkeepUse){{0}, 0};
  upkeep_book_end_plan_grant (change, at_s);
  if (edition->meter.shipped)
    upkeep_book_issue (change, at_s);
  else if (plan != NULL && plan->allowance > 0)
    upkeep_book_grant (change, at_s, UPKEEP_GRANT_PLAN, plan->allowance, account->refill.end_s);
  upkeep_book_return_to_default_mode (change);
}

/**
 * upkeep_book_metered:
 * @change: the change
 * @edition: the account's edition
 * @at_s: when
 * @amount_minor: whole minor units of it, at least 0
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Bills bought use; the fraction of a minor unit stays (RULES 0.8).
 *
 * Returns: whether it was booked
 */
gboolean
upkeep_book_metered (UpkeepChange *change,
                     const UpkeepEdition *edition,
                     gint64 at_s,
                     gint64 amount_minor,
                     GError **error)
{
  if (amount_minor == 0)
    return TRUE;

  change->account->metered_parts -= amount_minor * edition->policy.topup.lot;
  return upkeep_book_money (change, at_s, UPKEEP_POSTING_CHARGE, -amount_minor, error);
}

/**
 * upkeep_book_start_term:
 * @change: the change
 * @edition: the account's edition
 * @at_s: when, a boundary of the account's anchor
 * @interval: of the term
 *
 * Begins a paid term with its first refill month.
 */
void
upkeep_book_start_term (UpkeepChange *change,
                        const UpkeepEdition *edition,
                        gint64 at_s,
                        UpkeepInterval interval)
{
  UpkeepAccount *account = change->account;
  gint64 n_months = upkeep_schedule_months_at (account->anchor_s, at_s);

  account->interval = interval;
  account->use_term = (UpkeepUse){{0}, 0};
  account->term.start_s = at_s;
  account->term.end_s =
      upkeep_schedule_boundary (account->anchor_s, n_months + upkeep_interval_months (interval));
  upkeep_book_refill (change, edition, at_s);
}

/**
 * upkeep_book_unschedule:
 * @change: the change
 *
 * Drops what was scheduled for the end of the term.
 */
void
upkeep_book_unschedule (UpkeepChange *change)
{
  UpkeepAccount *account = change->account;

  account->scheduled = UPKEEP_SCHEDULED_NOTHING;
  g_clear_pointer (&account->scheduled_plan, g_free);
  account->scheduled_interval = UPKEEP_INTERVAL_NONE;
}

/**
 * upkeep_book_end_subscription:
 * @change: the change
 * @edition: the account's edition
 * @at_s: when
 *
 * Ends a paid subscription: its allotment goes, bought and earned units stay frozen, and the free
 * plan begins where the edition has one (RULES 0.24, 0.28). Jobs that wait are dropped (RULES
 * 0.33).
 */
void
upkeep_book_end_subscription (UpkeepChange *change, const UpkeepEdition *edition, gint64 at_s)
{
  UpkeepAccount *account = change->account;
  const UpkeepPlan *free_plan = upkeep_edition_find_plan_of_kind (edition, UPKEEP_PLAN_FREE);

  account->state = UPKEEP_STATE_ENDED;
  account->ended_at_s = at_s;
  account->interval = UPKEEP_INTERVAL_NONE;
  account->price_minor = 0;
  account->term = (UpkeepPeriod){0, 0};
  account->use_term = (UpkeepUse){{0}, 0};
  account->term_taken_minor = 0;
  g_clear_pointer (&account->term_invoice, g_free);
  account->missed_at_s = 0;
  account->retries_done = 0;
  account->owed_price_minor = 0;
  upkeep_book_unschedule (change);
  upkeep_account_set_coming (account, NULL); /* what was to renew does not */
  upkeep_queue_drop_waiting (change, at_s);

  g_free (account->plan);
  account->plan = free_plan != NULL ? g_strdup (free_plan->id) : NULL;
  account->anchor_s = at_s;
  if (free_plan != NULL) {
    upkeep_book_refill (change, edition, at_s);
  } else {
    upkeep_book_end_plan_grant (change, at_s);
    account->refill = (UpkeepPeriod){0, 0};
    account->use_month = (UpkeepUse){{0}, 0};
    upkeep_book_return_to_default_mode (change);
  }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-shipment.h"

#include "upkeep-book.h"

/* The units of an issue's grant leave the account: they were sent, or their price came back. */
static void
take_grant (UpkeepChange *change, const UpkeepIssue *issue, UpkeepPostingKind kind, gint64 at_s)
{
  GArray *grants = change->account->grants;

  for (guint i = 0; i < grants->len; i++) {
    UpkeepGrant *grant = &g_array_index (grants, UpkeepGrant, i);

    if (grant->number == issue->grant_number) {
      upkeep_book_units (change, at_s, kind, -grant->remaining);
      grant->remaining = 0;
      return;
    }
  }
}

/**
 * upkeep_book_issue:
 * @change: the change
 * @at_s: when the month was paid
 *
 * Gives the next issue for a month that was paid: by the term's invoice, at the term's price (RULES
 * 0.16).
 *
 * It does not expire: what is paid is delivered, also after the subscription has ended (RULES
 * C-47).
 */
void
upkeep_book_issue (UpkeepChange *change, gint64 at_s)
{
  UpkeepAccount *account = change->account;
  UpkeepIssue *issue = upkeep_issue_new ();

  issue->number = (gint64) account->issues->len + 1;
  issue->invoice = g_strdup (account->term_invoice);
  issue->grant_number = account->next_grant_number;
  issue->price_minor = account->price_minor;
  issue->taken_minor = account->term_taken_minor;
  issue->paid_at_s = at_s;
  g_ptr_array_add (account->issues, issue);
  upkeep_book_grant (change, at_s, UPKEEP_GRANT_PLAN, 1, UPKEEP_INSTANT_NONE);
}

static void
ship (UpkeepChange *change, UpkeepIssue *issue, gint64 at_s)
{
  take_grant (change, issue, UPKEEP_POSTING_USE, at_s);
  issue->shipped_at_s = at_s;
}

/**
 * upkeep_book_oldest_issues:
 * @change: the change
 * @count: how many at the most
 * @at_s: when
 *
 * Sends the oldest issues that are still to be sent: use that is reported without a number means
 * those (RULES 0.26).
 *
 * Returns: how many there were, at most @count
 */
gint64
upkeep_book_oldest_issues (UpkeepChange *change, gint64 count, gint64 at_s)
{
  const GPtrArray *issues = change->account->issues;
  gint64 n_shipped = 0;

  for (guint i = 0; i < issues->len && n_shipped < count; i++) {
    UpkeepIssue *issue = g_ptr_array_index (issues, i);

    if (upkeep_issue_is_open (issue)) {
      ship (change, issue, at_s);
      n_shipped++;
    }
  }

  return n_shipped;
}

/**
 * upkeep_book_issue_refund:
 * @change: the change
 * @issue: an issue of its account
 * @at_s: when
 *
 * Marks an issue as one whose price came back: it is not delivered any more (RULES C-45).
 */
void
upkeep_book_issue_refund (UpkeepChange *change, UpkeepIssue *issue, gint64 at_s)
{
  take_grant (change, issue, UPKEEP_POSTING_EXPIRY, at_s);
  issue->refunded_at_s = at_s;
}

/* What is sent is use like any other (RULES 0.26). */
static gboolean
count_use (UpkeepAccount *account, GError **error)
{
  UpkeepUse *const uses[] = {&account->use_month, &account->use_term, &account->use_subscription,
                             &account->use_lifetime};

  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++) {
    if (!upkeep_add (uses[i]->units[0], 1, &uses[i]->units[0], error))
      return FALSE;
  }

  return TRUE;
}

/**
 * upkeep_ship_issue:
 * @edition: the account's edition
 * @account: whose issue it is
 * @number: of the issue, from 1
 * @now_s: the time, in UTC seconds
 * @ret_shipment: (out): what became of it
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Marks an issue as sent, once, in whatever state the subscription is (RULES 0.16, C-46).
 *
 * Errors: `UPKEEP_MODEL_ERROR_RANGE` when a count would overflow.
 *
 * Returns: (transfer full): the change, which is empty unless it is sent now, or `NULL` with @error
 * set
 */
UpkeepChange *
upkeep_ship_issue (const UpkeepEdition *edition,
                   const UpkeepAccount *account,
                   gint64 number,
                   gint64 now_s,
                   UpkeepShipment *ret_shipment,
                   GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;
  UpkeepIssue *issue;

  g_return_val_if_fail (edition != NULL && account != NULL && ret_shipment != NULL, NULL);

  change = upkeep_change_new (account);
  issue = upkeep_account_find_issue (change->account, number);
  if (!edition->meter.shipped) {
    *ret_shipment = UPKEEP_SHIPMENT_NOTHING_SHIPPED;
  } else if (issue == NULL) {
    *ret_shipment = UPKEEP_SHIPMENT_NOT_PAID;
  } else if (issue->shipped_at_s != UPKEEP_INSTANT_NONE) {
    *ret_shipment = UPKEEP_SHIPMENT_ALREADY;
  } else if (issue->refunded_at_s != UPKEEP_INSTANT_NONE) {
    *ret_shipment = UPKEEP_SHIPMENT_REFUNDED;
  } else {
    if (!count_use (change->account, error))
      return NULL;
    change->account->last_used_at_s = now_s;
    ship (change, issue, now_s);
    *ret_shipment = UPKEEP_SHIPMENT_DONE;
  }

  return g_steal_pointer (&change);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-book.h"
#include "upkeep-move.h"
#include "upkeep-queue.h"

/* Of two things that fall due at one instant, the one with the lower kind happens first (RULES
 * 0.25). */
static void
consider (UpkeepDue *best, UpkeepDueKind kind, gint64 at_s, gint64 charge_minor)
{
  if (best->kind == UPKEEP_DUE_NOTHING || at_s < best->at_s ||
      (at_s == best->at_s && kind < best->kind))
    *best = (UpkeepDue){kind, at_s, charge_minor};
}

static void
consider_grants (const UpkeepAccount *account, UpkeepDue *best)
{
  for (guint i = 0; i < account->grants->len; i++) {
    const UpkeepGrant *grant = &g_array_index (account->grants, UpkeepGrant, i);

    /* A plan's own allotment ends with its refill month, by the step that ends that. */
    if (grant->kind != UPKEEP_GRANT_PLAN && grant->expires_at_s != UPKEEP_INSTANT_NONE)
      consider (best, UPKEEP_DUE_EXPIRY, grant->expires_at_s, 0);
  }
}

/**
 * upkeep_get_next_price_minor:
 * @edition: the account's edition
 * @account: an account with a paid plan
 *
 * Says what the next term costs: that of a scheduled switch, else of the plan one has; by the
 * edition that holds from the renewal on.
 *
 * Returns: minor units
 */
gint64
upkeep_get_next_price_minor (const UpkeepEdition *edition, const UpkeepAccount *account)
{
  if (account->scheduled == UPKEEP_SCHEDULED_SWITCH)
    return upkeep_get_renewal_price_minor (edition, account, account->scheduled_plan,
                                           account->scheduled_interval);

  return upkeep_get_renewal_price_minor (edition, account, account->plan, account->interval);
}

/**
 * upkeep_get_threshold_minor:
 * @edition: the account's edition
 * @account: an account
 *
 * Says at what sum bought use is charged at once: the monthly price of one's own plan, on a yearly
 * term too (RULES 0.8, 0.27, A-50).
 *
 * Returns: minor units; 0 where nothing is metered
 */
gint64
upkeep_get_threshold_minor (const UpkeepEdition *edition, const UpkeepAccount *account)
{
  const UpkeepPlan *plan = upkeep_edition_find_plan (edition, account->plan);

  if (edition->policy.topup.kind != UPKEEP_TOPUP_METERED || plan == NULL ||
      !upkeep_plan_sells (plan, UPKEEP_INTERVAL_MONTH))
    return 0;

  return plan->price_minor[UPKEEP_INTERVAL_MONTH];
}

/* What a charge takes from the payment method, balance first. While something is owed nothing
 * further is tried. */
static gint64
net_charge (const UpkeepAccount *account, gint64 amount_minor)
{
  if (account->state == UPKEEP_STATE_PAST_DUE)
    return 0;

  return MAX (amount_minor - upkeep_account_get_balance_minor (account), 0);
}

static gboolean
consider_boundary (const UpkeepEdition *edition,
                   const UpkeepAccount *account,
                   UpkeepDue *best,
                   GError **error)
{
  gint64 unbilled_minor = upkeep_account_get_unbilled_minor (account, edition);
  gint64 total_minor;

  if (account->refill.end_s < account->term.end_s) {
    consider (best, UPKEEP_DUE_REFILL, account->refill.end_s, net_charge (account, unbilled_minor));
    return TRUE;
  }
  if (account->scheduled == UPKEEP_SCHEDULED_CANCEL) {
    consider (best, UPKEEP_DUE_END, account->term.end_s, net_charge (account, unbilled_minor));
    return TRUE;
  }

  if (!upkeep_add (upkeep_get_next_price_minor (edition, account), unbilled_minor, &total_minor,
                   error))
    return FALSE;

  consider (best, UPKEEP_DUE_RENEWAL, account->term.end_s, net_charge (account, total_minor));
  return TRUE;
}

static void
consider_past_due (const UpkeepEdition *edition, const UpkeepAccount *account, UpkeepDue *best)
{
  const UpkeepPastDuePolicy *policy = &edition->policy.past_due;

  consider (best, UPKEEP_DUE_LAPSE, account->missed_at_s + policy->end_days * UPKEEP_DAY_S, 0);
  if (account->retries_done < policy->n_retries)
    consider (best, UPKEEP_DUE_RETRY,
              account->missed_at_s + policy->retry_days[account->retries_done] * UPKEEP_DAY_S,
              upkeep_account_get_owed_minor (account));
}

/**
 * upkeep_due_next:
 * @edition: the account's edition
 * @account: an account
 * @ret_due: (out): where to put it
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Finds what falls due first, and what is to be charged for it.
 *
 * All that comes of time comes of this one function, so that a jump of the clock plays each event
 * at its own instant (RULES 0.25).
 *
 * Errors: `UPKEEP_MODEL_ERROR_RANGE` when a sum would overflow.
 *
 * Returns: whether @ret_due was written
 */
gboolean
upkeep_due_next (const UpkeepEdition *edition,
                 const UpkeepAccount *account,
                 UpkeepDue *ret_due,
                 GError **error)
{
  UpkeepDue best = {UPKEEP_DUE_NOTHING, UPKEEP_INSTANT_NONE, 0};

  g_return_val_if_fail (edition != NULL && account != NULL && ret_due != NULL, FALSE);

  consider_grants (account, &best);
  if (account->refund_expected_by_s != UPKEEP_INSTANT_NONE)
    consider (&best, UPKEEP_DUE_ARRIVAL, account->refund_expected_by_s + UPKEEP_DAY_S, 0);

  if (account->state == UPKEEP_STATE_PAST_DUE)
    consider_past_due (edition, account, &best);

  if (upkeep_account_has_paid_plan (account)) {
    gint64 threshold_minor = upkeep_get_threshold_minor (edition, account);

    if (account->owed_price_minor == 0 && !consider_boundary (edition, account, &best, error))
      return FALSE;
    if (account->state == UPKEEP_STATE_ACTIVE && threshold_minor > 0 &&
        upkeep_account_get_unbilled_minor (account, edition) >= threshold_minor)
      consider (&best, UPKEEP_DUE_THRESHOLD, account->last_used_at_s,
                net_charge (account, threshold_minor));
  } else if (account->refill.end_s > 0) {
    consider (&best, UPKEEP_DUE_REFILL, account->refill.end_s, 0);
  }

  *ret_due = best;
  return TRUE;
}

/* One event while it is settled. */
typedef struct {
  UpkeepChange *change;
  const UpkeepEdition *edition;
  gint64 at_s;
  gint64 charge_minor;
  gboolean paid;
} Event;

static void
expire_grants (const Event *event)
{
  GArray *grants = event->change->account->grants;

  for (guint i = 0; i < grants->len;) {
    const UpkeepGrant *grant = &g_array_index (grants, UpkeepGrant, i);

    if (grant->kind != UPKEEP_GRANT_PLAN && grant->expires_at_s != UPKEEP_INSTANT_NONE &&
        grant->expires_at_s <= event->at_s) {
      upkeep_book_units (event->change, event->at_s, UPKEEP_POSTING_EXPIRY, -grant->remaining);
      g_array_remove_index (grants, i);
    } else {
      i++;
    }
  }

  upkeep_book_adjust_mode (event->change, event->edition, event->at_s);
}

static UpkeepBill
make_bill (const UpkeepAccount *before,
           gboolean buys_term,
           gint64 price_minor,
           gint64 metered_minor)
{
  UpkeepBill bill = {.n_lines = 0};
  gint64 balance_minor = upkeep_account_get_balance_minor (before);

  if (buys_term)
    bill.lines[bill.n_lines++] =
        (UpkeepLine){.code = UPKEEP_LINE_PLAN_PRICE, .amount_minor = price_minor};
  if (metered_minor > 0)
    bill.lines[bill.n_lines++] =
        (UpkeepLine){.code = UPKEEP_LINE_METERED_USAGE, .amount_minor = metered_minor};
  bill.total_minor = price_minor + metered_minor;
  if (balance_minor > 0 && bill.total_minor > 0) {
    gint64 part_minor = MIN (balance_minor, bill.total_minor);

    bill.lines[bill.n_lines++] =
        (UpkeepLine){.code = UPKEEP_LINE_ACCOUNT_BALANCE, .amount_minor = -part_minor};
    bill.total_minor -= part_minor;
  }

  return bill;
}

/* The first declined charge begins the spell; a later one adds to what is owed (RULES 0.29). Jobs
 * that wait when it begins are dropped (RULES 0.33). */
static void
fall_past_due (const Event *event)
{
  UpkeepAccount *account = event->change->account;

  if (account->state == UPKEEP_STATE_PAST_DUE)
    return;

  account->state = UPKEEP_STATE_PAST_DUE;
  account->missed_at_s = event->at_s;
  account->retries_done = 0;
  upkeep_queue_drop_waiting (event->change, event->at_s);
}

/* Where access is kept, what is left of the old allotment stays usable until the spell ends (RULES
 * 0.29). */
static void
keep_or_end_plan_grant (const Event *event)
{
  UpkeepAccount *account = event->change->account;
  const UpkeepPastDuePolicy *policy = &event->edition->policy.past_due;

  if (!policy->access_kept) {
    upkeep_book_end_plan_grant (event->change, event->at_s);
    return;
  }

  for (guint i = 0; i < account->grants->len; i++) {
    UpkeepGrant *grant = &g_array_index (account->grants, UpkeepGrant, i);

    if (grant->kind == UPKEEP_GRANT_PLAN && grant->expires_at_s != UPKEEP_INSTANT_NONE)
      grant->expires_at_s = account->missed_at_s + policy->end_days * UPKEEP_DAY_S;
  }
}

static void
take_up_scheduled_switch (UpkeepChange *change)
{
  UpkeepAccount *account = change->account;

  if (account->scheduled != UPKEEP_SCHEDULED_SWITCH)
    return;

  g_free (account->plan);
  account->plan = g_strdup (account->scheduled_plan);
  account->interval = account->scheduled_interval;
  upkeep_book_unschedule (change);
}

static gboolean
book_charges (const Event *event, gint64 price_minor, gint64 metered_minor, GError **error)
{
  return upkeep_book_money (event->change, event->at_s, UPKEEP_POSTING_CHARGE, -price_minor,
                            error) &&
         upkeep_book_metered (event->change, event->edition, event->at_s, metered_minor, error) &&
         (!event->paid || upkeep_book_money (event->change, event->at_s, UPKEEP_POSTING_PAYMENT,
                                             event->charge_minor, error));
}

static gboolean
settle_renewal (const Event *event, GError **error)
{
  UpkeepAccount *account = event->change->account;
  const UpkeepEdition *next = upkeep_get_renewal_edition (event->edition, account);
  Event after = *event;
  gint64 price_minor = upkeep_get_next_price_minor (event->edition, account);
  gint64 metered_minor = upkeep_account_get_unbilled_minor (account, event->edition);
  UpkeepBill bill = make_bill (account, TRUE, price_minor, metered_minor);
  const char *number =
      upkeep_book_invoice (event->change, event->at_s, &bill,
                           event->paid ? UPKEEP_INVOICE_PAID : UPKEEP_INVOICE_OPEN, NULL);

  g_free (account->term_invoice);
  account->term_invoice = g_strdup (number);
  account->term_taken_minor = MAX (bill.total_minor - metered_minor, 0);
  take_up_scheduled_switch (event->change);
  account->price_minor = price_minor;
  if (!book_charges (event, price_minor, metered_minor, error) ||
      !upkeep_book_move (event->change, event->edition, next, event->at_s, error))
    return FALSE;

  if (event->paid) {
    upkeep_book_start_term (event->change, next, event->at_s, account->interval);
    return TRUE;
  }

  /* The refill month begins all the same: what is used in it belongs to it. The term waits for its
   * payment. */
  fall_past_due (event);
  account->owed_price_minor = price_minor;
  account->refill =
      upkeep_schedule_period_at (account->anchor_s, UPKEEP_INTERVAL_MONTH, event->at_s);
  account->use_month = (UpkeepUse){{0}, 0};
  after.edition = next;
  account->use_term = (UpkeepUse){{0}, 0};
  keep_or_end_plan_grant (&after);
  return TRUE;
}

static gboolean
settle_refill (const Event *event, GError **error)
{
  UpkeepAccount *account = event->change->account;
  const UpkeepEdition *next = event->edition;
  gint64 metered_minor = upkeep_account_has_paid_plan (account)
                             ? upkeep_account_get_unbilled_minor (account, event->edition)
                             : 0;

  if (metered_minor > 0) {
    UpkeepBill bill = make_bill (account, FALSE, 0, metered_minor);

    upkeep_book_invoice (event->change, event->at_s, &bill,
                         event->paid ? UPKEEP_INVOICE_PAID : UPKEEP_INVOICE_OPEN, NULL);
    if (!book_charges (event, 0, metered_minor, error))
      return FALSE;
    if (!event->paid)
      fall_past_due (event);
  }

  /* The free plan's refill is the only renewal it has. */
  if (!upkeep_account_has_paid_plan (account)) {
    next = upkeep_get_renewal_edition (event->edition, account);
    if (!upkeep_book_move (event->change, event->edition, next, event->at_s, error))
      return FALSE;
  }

  upkeep_book_refill (event->change, next, event->at_s);
  return TRUE;
}

/* A last charge that is declined stays owed and comes with the next subscription's first (RULES
 * 0.29). */
static gboolean
settle_end (const Event *event, GError **error)
{
  UpkeepAccount *account = event->change->account;
  gint64 metered_minor = upkeep_account_get_unbilled_minor (account, event->edition);

  if (metered_minor > 0) {
    if (event->paid) {
      UpkeepBill bill = make_bill (account, FALSE, 0, metered_minor);

      upkeep_book_invoice (event->change, event->at_s, &bill, UPKEEP_INVOICE_PAID, NULL);
    }
    if (!book_charges (event, 0, metered_minor, error))
      return FALSE;
  }

  if (account->state == UPKEEP_STATE_PAST_DUE)
    event->change->open_invoices = UPKEEP_OPEN_INVOICES_VOID;
  upkeep_book_end_subscription (event->change, event->edition, event->at_s);
  return TRUE;
}

/* Exactly the threshold is charged and the rest goes on accruing; a declined charge owes every
 * whole one (RULES 0.8, CONTRACT section 8). */
static gboolean
settle_threshold (const Event *event, GError **error)
{
  UpkeepAccount *account = event->change->account;
  gint64 threshold_minor = upkeep_get_threshold_minor (event->edition, account);
  gint64 unbilled_minor = upkeep_account_get_unbilled_minor (account, event->edition);
  gint64 amount_minor = threshold_minor;
  UpkeepBill bill;

  g_assert (threshold_minor > 0); /* or nothing would have been due */
  if (!event->paid)
    amount_minor = unbilled_minor - unbilled_minor % threshold_minor;
  bill = make_bill (account, FALSE, 0, amount_minor);

  upkeep_book_invoice (event->change, event->at_s, &bill,
                       event->paid ? UPKEEP_INVOICE_PAID : UPKEEP_INVOICE_OPEN, NULL);
  if (!book_charges (event, 0, amount_minor, error))
    return FALSE;
  if (!event->paid)
    fall_past_due (event);

  return TRUE;
}

/* The unpaid renewal is void; metered use stays owed, and what was not billed yet joins it (RULES
 * 0.8, 0.29). */
static gboolean
settle_lapse (const Event *event, GError **error)
{
  UpkeepAccount *account = event->change->account;
  gint64 metered_minor = upkeep_account_get_unbilled_minor (account, event->edition);

  if (!upkeep_book_money (event->change, event->at_s, UPKEEP_POSTING_CREDIT,
                          account->owed_price_minor, error) ||
      !upkeep_book_metered (event->change, event->edition, event->at_s, metered_minor, error))
    return FALSE;

  event->change->open_invoices = UPKEEP_OPEN_INVOICES_VOID;
  upkeep_book_end_subscription (event->change, event->edition, event->at_s);
  return TRUE;
}

/**
 * upkeep_book_settle_past_due:
 * @change: the change
 * @edition: the account's edition
 * @now_s: the time, in UTC seconds
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Books the payment of all that is owed: an unpaid renewal then counts from its original date, and
 * its allotment comes (RULES 0.10).
 *
 * Returns: whether it was booked
 */
gboolean
upkeep_book_settle_past_due (UpkeepChange *change,
                             const UpkeepEdition *edition,
                             gint64 now_s,
                             GError **error)
{
  UpkeepAccount *account = change->account;
  gint64 owed_minor = upkeep_account_get_owed_minor (account);
  gboolean renews = account->owed_price_minor > 0;
  UpkeepUse use_month = account->use_month;

  if (!upkeep_book_money (change, now_s, UPKEEP_POSTING_PAYMENT, owed_minor, error))
    return FALSE;

  account->state = UPKEEP_STATE_ACTIVE;
  account->missed_at_s = 0;
  account->retries_done = 0;
  account->owed_price_minor = 0;
  change->open_invoices = UPKEEP_OPEN_INVOICES_PAID;
  if (renews) {
    gint64 n_months = upkeep_schedule_months_at (account->anchor_s, account->term.end_s);

    account->term.start_s = account->term.end_s;
    account->term.end_s = upkeep_schedule_boundary (
        account->anchor_s, n_months + upkeep_interval_months (account->interval));
    upkeep_book_refill (change, edition, now_s);
    account->use_month = use_month;
  }
  upkeep_book_adjust_mode (change, edition, now_s);

  return TRUE;
}

static gboolean
settle_retry (const Event *event, GError **error)
{
  event->change->account->retries_done++;
  if (!event->paid)
    return TRUE;

  return upkeep_book_settle_past_due (event->change, event->edition, event->at_s, error);
}

static gboolean
settle (const Event *event, UpkeepDueKind kind, GError **error)
{
  switch (kind) {
  case UPKEEP_DUE_EXPIRY:
    expire_grants (event);
    return TRUE;
  case UPKEEP_DUE_ARRIVAL:
    event->change->account->refund_expected_by_s = UPKEEP_INSTANT_NONE;
    event->change->account->refund_minor = 0;
    return TRUE;
  case UPKEEP_DUE_END:
    return settle_end (event, error);
  case UPKEEP_DUE_RENEWAL:
    return settle_renewal (event, error);
  case UPKEEP_DUE_REFILL:
    return settle_refill (event, error);
  case UPKEEP_DUE_THRESHOLD:
    return settle_threshold (event, error);
  case UPKEEP_DUE_LAPSE:
    return settle_lapse (event, error);
  case UPKEEP_DUE_RETRY:
    return settle_retry (event, error);
  case UPKEEP_DUE_NOTHING:
  default:
    g_assert_not_reached ();
  }
}

/**
 * upkeep_due_settle:
 * @edition: the account's edition
 * @account: an account
 * @due: what upkeep_due_next() found for it
 * @paid: whether the charge of @due went through; a charge of 0 counts as paid, except while
 * something is owed
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Lets happen what fell due.
 *
 * Errors: `UPKEEP_MODEL_ERROR_RANGE` when a sum would overflow.
 *
 * Returns: (transfer full): the change, or `NULL` with @error set
 */
UpkeepChange *
upkeep_due_settle (const UpkeepEdition *edition,
                   const UpkeepAccount *account,
                   const UpkeepDue *due,
                   gboolean paid,
                   GError **error)
{
  g_autoptr (UpkeepChange) change = NULL;
  Event event;

  g_return_val_if_fail (edition != NULL && account != NULL && due != NULL, NULL);
  g_return_val_if_fail (due->kind != UPKEEP_DUE_NOTHING, NULL);

  change = upkeep_change_new (account);
  event = (Event){change, edition, due->at_s, due->charge_minor, paid};
  /* A renewal that falls into the spell adds to what is owed without a try of its own (CONTRACT
   * section 8). */
  if (account->state == UPKEEP_STATE_PAST_DUE && due->kind != UPKEEP_DUE_RETRY)
    event.paid = FALSE;
  if (!settle (&event, due->kind, error))
    return NULL;

  /* The jobs that wait have the places of the plan that goes on. */
  if (!g_str_equal (change->account->edition, edition->id))
    edition = account->coming;
  upkeep_queue_settle (change, edition, due->at_s);
  return g_steal_pointer (&change);
}

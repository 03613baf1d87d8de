/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-account.h"

#include <string.h>

static void
clear_payment_method (UpkeepPaymentMethod *method)
{
  g_clear_pointer (&method->token, g_free);
  g_clear_pointer (&method->brand, g_free);
  g_clear_pointer (&method->last4, g_free);
}

static void
free_issue (gpointer data)
{
  UpkeepIssue *issue = data;

  g_free (issue->invoice);
  g_free (issue);
}

static gpointer
copy_issue (gconstpointer source, gpointer user_data)
{
  UpkeepIssue *copy = g_memdup2 (source, sizeof *copy);

  copy->invoice = g_strdup (copy->invoice);
  return copy;
}

/**
 * upkeep_issue_new:
 *
 * Makes an issue that has neither shipped nor come back.
 *
 * Returns: (transfer full): the issue
 */
UpkeepIssue *
upkeep_issue_new (void)
{
  UpkeepIssue *self = g_new0 (UpkeepIssue, 1);

  self->shipped_at_s = UPKEEP_INSTANT_NONE;
  self->refunded_at_s = UPKEEP_INSTANT_NONE;
  return self;
}

/**
 * upkeep_issue_is_open:
 * @self: an issue
 *
 * Tells whether an issue is paid and still to be sent (RULES C-46).
 *
 * Returns: whether it has neither shipped nor been refunded
 */
gboolean
upkeep_issue_is_open (const UpkeepIssue *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->shipped_at_s == UPKEEP_INSTANT_NONE && self->refunded_at_s == UPKEEP_INSTANT_NONE;
}

/**
 * upkeep_account_new:
 *
 * Makes an account with no facts in it, for a store to fill.
 *
 * Returns: (transfer full): the account
 */
UpkeepAccount *
upkeep_account_new (void)
{
  UpkeepAccount *self = g_new0 (UpkeepAccount, 1);

  self->grants = g_array_new (FALSE, TRUE, sizeof (UpkeepGrant));
  self->jobs = g_array_new (FALSE, TRUE, sizeof (UpkeepJob));
  self->issues = g_ptr_array_new_with_free_func (free_issue);
  self->refunds_s = g_array_new (FALSE, TRUE, sizeof (gint64));
  self->next_grant_number = 1;
  self->next_job_number = 1;
  self->next_invoice_number = 1;
  self->refund_expected_by_s = UPKEEP_INSTANT_NONE;
  return self;
}

UpkeepAccount *
upkeep_account_copy (const UpkeepAccount *self)
{
  UpkeepAccount *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->service = g_strdup (self->service);
  copy->edition = g_strdup (self->edition);
  copy->next_edition = g_strdup (self->next_edition);
  copy->coming = self->coming != NULL ? upkeep_edition_ref (self->coming) : NULL;
  copy->email = g_strdup (self->email);
  copy->locale = g_strdup (self->locale);
  copy->country = g_strdup (self->country);
  copy->plan = g_strdup (self->plan);
  copy->term_invoice = g_strdup (self->term_invoice);
  copy->scheduled_plan = g_strdup (self->scheduled_plan);
  copy->grants = g_array_copy (self->grants);
  copy->jobs = g_array_copy (self->jobs);
  copy->issues = g_ptr_array_copy (self->issues, (GCopyFunc) copy_issue, NULL);
  g_ptr_array_set_free_func (copy->issues, free_issue);
  copy->payment_method.token = g_strdup (self->payment_method.token);
  copy->payment_method.brand = g_strdup (self->payment_method.brand);
  copy->payment_method.last4 = g_strdup (self->payment_method.last4);
  copy->invoice_prefix = g_strdup (self->invoice_prefix);
  copy->refunds_s = g_array_copy (self->refunds_s);
  return copy;
}

void
upkeep_account_free (UpkeepAccount *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->service);
  g_free (self->edition);
  g_free (self->next_edition);
  g_clear_pointer (&self->coming, upkeep_edition_unref);
  g_free (self->email);
  g_free (self->locale);
  g_free (self->country);
  g_free (self->plan);
  g_free (self->term_invoice);
  g_free (self->scheduled_plan);
  g_array_unref (self->grants);
  g_array_unref (self->jobs);
  g_ptr_array_unref (self->issues);
  clear_payment_method (&self->payment_method);
  g_free (self->invoice_prefix);
  g_array_unref (self->refunds_s);
  g_free (self);
}

/**
 * upkeep_account_set_coming:
 * @self: an account of the caller's own
 * @edition: (nullable): the edition that it moves to at its next renewal; `NULL` where it stays
 *
 * Sets what the account moves to, name and document together.
 */
void
upkeep_account_set_coming (UpkeepAccount *self, UpkeepEdition *edition)
{
  g_autofree char *id = NULL;

  g_return_if_fail (self != NULL);

  if (edition != NULL) {
    upkeep_edition_ref (edition);
    id = g_strdup (edition->id);
  }
  g_free (self->next_edition);
  self->next_edition = g_steal_pointer (&id);
  g_clear_pointer (&self->coming, upkeep_edition_unref);
  self->coming = edition;
}

const char *
upkeep_state_to_string (UpkeepState state)
{
  static const char *const names[] = {"none", "trial", "active", "past_due", "ended"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_STATES);

  return names[state];
}

const char *
upkeep_grant_kind_to_string (UpkeepGrantKind kind)
{
  static const char *const names[] = {"plan", "earned", "reward", "purchased", "promotional"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_GRANT_KINDS);

  return names[kind];
}

const char *
upkeep_job_state_to_string (UpkeepJobState state)
{
  static const char *const names[] = {"queued", "running", "done", "failed", "dropped"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_JOB_STATES);

  return names[state];
}

/**
 * upkeep_scheduled_kind_to_string:
 * @kind: what is scheduled
 *
 * Names a scheduled change as documents do.
 *
 * Returns: (nullable): `switch` or `cancel`; `NULL` for nothing
 */
const char *
upkeep_scheduled_kind_to_string (UpkeepScheduledKind kind)
{
  static const char *const names[] = {NULL, "switch", "cancel"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_SCHEDULED_KINDS);

  return names[kind];
}

/**
 * upkeep_account_has_paid_plan:
 * @self: an account
 *
 * Tells whether a paid subscription stands, settled or not.
 *
 * Returns: whether the state is active or past due
 */
gboolean
upkeep_account_has_paid_plan (const UpkeepAccount *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->state == UPKEEP_STATE_ACTIVE || self->state == UPKEEP_STATE_PAST_DUE;
}

/**
 * upkeep_account_is_served:
 * @self: an account
 * @edition: its edition
 *
 * Tells whether the account gets what its plan gives: a paid plan that is settled or whose access
 * is kept while it is past due, the free plan or the trial (RULES 0.29).
 *
 * Returns: whether it does
 */
gboolean
upkeep_account_is_served (const UpkeepAccount *self, const UpkeepEdition *edition)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (edition != NULL, FALSE);

  if (self->state == UPKEEP_STATE_PAST_DUE)
    return edition->policy.past_due.access_kept;

  return self->plan != NULL;
}

/**
 * upkeep_account_get_balance_minor:
 * @self: an account
 *
 * Gets what the account has to its credit.
 *
 * Returns: minor units, at least 0
 */
gint64
upkeep_account_get_balance_minor (const UpkeepAccount *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MAX (self->money_minor, 0);
}

/**
 * upkeep_account_get_owed_minor:
 * @self: an account
 *
 * Gets what the account owes.
 *
 * Returns: minor units, at least 0
 */
gint64
upkeep_account_get_owed_minor (const UpkeepAccount *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->money_minor < 0 ? -self->money_minor : 0;
}

/**
 * upkeep_account_get_unbilled_minor:
 * @self: an account
 * @edition: its edition
 *
 * Gets the bought use that is not billed yet.
 *
 * Returns: whole minor units, rounded down; the fraction stays (RULES 0.8)
 */
gint64
upkeep_account_get_unbilled_minor (const UpkeepAccount *self, const UpkeepEdition *edition)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (edition != NULL, 0);

  if (edition->policy.topup.kind != UPKEEP_TOPUP_METERED)
    return 0;

  return self->metered_parts / edition->policy.topup.lot;
}

/**
 * upkeep_account_find_issue:
 * @self: an account
 * @number: of an issue
 *
 * Looks an issue up that was paid.
 *
 * Returns: (nullable) (transfer none): the issue, which is the account's to change
 */
UpkeepIssue *
upkeep_account_find_issue (const UpkeepAccount *self, gint64 number)
{
  g_return_val_if_fail (self != NULL, NULL);

  /* They are numbered from 1 without a gap. */
  return number >= 1 && number <= self->issues->len
             ? g_ptr_array_index (self->issues, (guint) number - 1)
             : NULL;
}

/**
 * upkeep_account_find_issue_of_invoice:
 * @self: an account
 * @invoice: (nullable): an invoice's number
 *
 * Looks up which issue an invoice paid (RULES 0.34).
 *
 * Returns: (nullable) (transfer none): the issue; `NULL` where it paid none
 */
UpkeepIssue *
upkeep_account_find_issue_of_invoice (const UpkeepAccount *self, const char *invoice)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->issues->len; i++) {
    UpkeepIssue *issue = g_ptr_array_index (self->issues, i);

    if (g_strcmp0 (issue->invoice, invoice) == 0)
      return issue;
  }

  return NULL;
}

/**
 * upkeep_use_total:
 * @self: use over some time
 *
 * Adds the modes up: every kind of processing counts (RULES 0.9).
 *
 * Returns: units, `G_MAXINT64` where they are more
 */
gint64
upkeep_use_total (const UpkeepUse *self)
{
  gint64 total = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (gsize i = 0; i < UPKEEP_MODES_MAX; i++) {
    if (!upkeep_add (total, self->units[i], &total, NULL))
      return G_MAXINT64;
  }

  return total;
}

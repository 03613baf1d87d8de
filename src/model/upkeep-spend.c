/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-spend.h"

/**
 * upkeep_grant_is_usable:
 * @edition: the account's edition
 * @account: whose grant it is
 * @grant: the grant
 * @now_s: the time, in UTC seconds
 *
 * Tells whether a grant may be spent now.
 *
 * Some kinds are frozen, not lost, while no paid subscription is active or while it is past due
 * (RULES 0.7, 0.10); what is left of the plan's own allotment stays usable while past due only
 * where the edition keeps access (RULES 0.29).
 *
 * Returns: whether it has units left that may be spent
 */
gboolean
upkeep_grant_is_usable (const UpkeepEdition *edition,
                        const UpkeepAccount *account,
                        const UpkeepGrant *grant,
                        gint64 now_s)
{
  g_return_val_if_fail (edition != NULL && account != NULL && grant != NULL, FALSE);

  if (grant->remaining == 0)
    return FALSE;
  if (grant->expires_at_s != UPKEEP_INSTANT_NONE && now_s >= grant->expires_at_s)
    return FALSE;
  if (edition->policy.grants[grant->kind].needs_subscription)
    return account->state == UPKEEP_STATE_ACTIVE;
  if (account->state == UPKEEP_STATE_PAST_DUE)
    return edition->policy.past_due.access_kept;

  return TRUE;
}

/**
 * upkeep_get_spendable:
 * @edition: the account's edition
 * @account: an account
 * @now_s: the time, in UTC seconds
 *
 * Adds up what may be spent now.
 *
 * Returns: units, `G_MAXINT64` where they are more
 */
gint64
upkeep_get_spendable (const UpkeepEdition *edition, const UpkeepAccount *account, gint64 now_s)
{
  gint64 spendable = 0;

  g_return_val_if_fail (edition != NULL && account != NULL, 0);

  for (guint i = 0; i < account->grants->len; i++) {
    const UpkeepGrant *grant = &g_array_index (account->grants, UpkeepGrant, i);

    if (upkeep_grant_is_usable (edition, account, grant, now_s) &&
        !upkeep_add (spendable, grant->remaining, &spendable, NULL))
      return G_MAXINT64;
  }

  return spendable;
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return a < b ? -1 : a > b;
}

/* Rank, then the earliest expiry, then the older one (RULES 0.7, 0.28). */
static int
compare_order (gconstpointer a, gconstpointer b, gpointer data)
{
  const UpkeepGrant *one = *(const UpkeepGrant *const *) a;
  const UpkeepGrant *other = *(const UpkeepGrant *const *) b;
  const UpkeepEdition *edition = data;
  int order = edition->policy.grants[one->kind].rank - edition->policy.grants[other->kind].rank;

  if (order != 0)
    return order;
  if (one->expires_at_s != other->expires_at_s) {
    if (one->expires_at_s == UPKEEP_INSTANT_NONE)
      return 1;
    if (other->expires_at_s == UPKEEP_INSTANT_NONE)
      return -1;
    return compare_numbers (one->expires_at_s, other->expires_at_s);
  }

  return compare_numbers (one->number, other->number);
}

/**
 * upkeep_list_grants_in_order:
 * @edition: the account's edition
 * @account: an account
 *
 * Lists the account's grants in the order in which they are spent, frozen ones included.
 *
 * Returns: (transfer container) (element-type UpkeepGrant*): pointers into @account
 */
GArray *
upkeep_list_grants_in_order (const UpkeepEdition *edition, const UpkeepAccount *account)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (UpkeepGrant *));

  g_return_val_if_fail (edition != NULL && account != NULL, order);

  for (guint i = 0; i < account->grants->len; i++) {
    UpkeepGrant *grant = &g_array_index (account->grants, UpkeepGrant, i);

    g_array_append_val (order, grant);
  }

  g_array_sort_with_data (order, compare_order, (gpointer) edition);
  return order;
}

/**
 * upkeep_find_plan_grant:
 * @account: an account
 *
 * Finds the plan's own allotment of the current refill month. Older ones are there only where
 * issues wait to be sent.
 *
 * Returns: (nullable) (transfer none): the grant
 */
const UpkeepGrant *
upkeep_find_plan_grant (const UpkeepAccount *account)
{
  g_return_val_if_fail (account != NULL, NULL);

  for (guint i = account->grants->len; i > 0; i--) {
    const UpkeepGrant *grant = &g_array_index (account->grants, UpkeepGrant, i - 1);

    if (grant->kind == UPKEEP_GRANT_PLAN)
      return grant;
  }

  return NULL;
}

/**
 * upkeep_spend:
 * @edition: the account's edition
 * @account: an account of the caller's own
 * @quantity: units, at least 0
 * @now_s: the time, in UTC seconds
 *
 * Spends units from the usable grants in their order.
 *
 * What goes beyond all of them is finished and costs nothing (RULES 0.12, 0.26).
 *
 * Returns: what the grants paid for
 */
UpkeepSpending
upkeep_spend (const UpkeepEdition *edition, UpkeepAccount *account, gint64 quantity, gint64 now_s)
{
  g_autoptr (GArray) order = NULL;
  UpkeepSpending spending = {0, 0};

  g_return_val_if_fail (edition != NULL && account != NULL, spending);
  g_return_val_if_fail (quantity >= 0, spending);

  order = upkeep_list_grants_in_order (edition, account);
  for (guint i = 0; i < order->len && spending.taken < quantity; i++) {
    UpkeepGrant *grant = g_array_index (order, UpkeepGrant *, i);
    gint64 part = MIN (grant->remaining, quantity - spending.taken);

    if (!upkeep_grant_is_usable (edition, account, grant, now_s))
      continue;

    grant->remaining -= part;
    spending.taken += part;
    if (grant->kind == UPKEEP_GRANT_PURCHASED && !grant->prepaid &&
        edition->policy.topup.kind == UPKEEP_TOPUP_METERED)
      spending.metered_taken += part;
  }

  return spending;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-referral.h"

const char *
upkeep_referral_event_to_string (UpkeepReferralEvent event)
{
  static const char *const names[] = {"signup", "payment"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_REFERRAL_EVENTS);

  return names[event];
}

/* Tiers rise from the first sign-up on: the last one that is reached counts. */
static const UpkeepReferralTier *
find_tier (const UpkeepEdition *edition, gint64 n_signups)
{
  const GArray *tiers = edition->policy.referral_tiers;
  const UpkeepReferralTier *reached = NULL;

  for (guint i = 0; i < tiers->len; i++) {
    const UpkeepReferralTier *tier = &g_array_index (tiers, UpkeepReferralTier, i);

    if (tier->from_signups <= n_signups)
      reached = tier;
  }

  return reached;
}

/**
 * upkeep_judge_referral:
 * @edition: the inviting account's edition
 * @event: what the invited one did
 * @n_signups: how many have signed up by the account's invitation, this one included
 * @ret_reward: (out): where to put what it earns
 *
 * Says what an invitation earns the account that invited. The tier is that of the moment: a payment
 * counts by all who have signed up until then, whenever the one who pays did.
 *
 * Source: RULES 4.11, referral tiers.
 *
 * Returns: whether the edition rewards invitations and there was a sign-up, and @ret_reward was
 * written
 */
gboolean
upkeep_judge_referral (const UpkeepEdition *edition,
                       UpkeepReferralEvent event,
                       gint64 n_signups,
                       UpkeepReferralReward *ret_reward)
{
  const UpkeepReferralTier *tier;

  g_return_val_if_fail (edition != NULL && ret_reward != NULL, FALSE);

  tier = find_tier (edition, n_signups);
  if (tier == NULL)
    return FALSE;

  *ret_reward = event == UPKEEP_REFERRAL_SIGNUP
                    ? (UpkeepReferralReward){.units = tier->signup_units}
                    : (UpkeepReferralReward){.units = tier->payment_units,
                                             .bonus_percent = tier->bonus_percent};
  return TRUE;
}

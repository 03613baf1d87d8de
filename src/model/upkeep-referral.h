/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"

G_BEGIN_DECLS

/* What somebody does who came by an account's invitation. */
typedef enum {
  UPKEEP_REFERRAL_SIGNUP,  /* opens an account */
  UPKEEP_REFERRAL_PAYMENT, /* pays for a plan for the first time */
} UpkeepReferralEvent;
#define UPKEEP_N_REFERRAL_EVENTS 2

/**
 * UpkeepReferralReward:
 * @units: units of the meter that the inviting account is given, at least 0
 * @bonus_percent: the share of the invited one's bonus that is the inviting account's too; 0 for a
 * sign-up
 *
 * What an invitation earned.
 */
typedef struct {
  gint64 units;
  int bonus_percent;
} UpkeepReferralReward;

const char *upkeep_referral_event_to_string (UpkeepReferralEvent event);
gboolean upkeep_judge_referral (const UpkeepEdition *edition,
                                UpkeepReferralEvent event,
                                gint64 n_signups,
                                UpkeepReferralReward *ret_reward);

G_END_DECLS

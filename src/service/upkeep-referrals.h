/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-db.h"
#include "upkeep-wire-referral.h"

G_BEGIN_DECLS

/* What is kept of invitations. */

gboolean upkeep_referrals_find (UpkeepDb *db,
                                const char *id,
                                UpkeepReferralReport **ret_report,
                                UpkeepReferralRecord *ret_record,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_referrals_count_signups (UpkeepDb *db,
                                         const char *account,
                                         gint64 *ret_n_signups,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_referrals_add (UpkeepDb *db,
                               const UpkeepReferralReport *report,
                               const UpkeepReferralRecord *record,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

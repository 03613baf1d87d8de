/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-referral.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * UpkeepReferralReport:
 * @id: (owned): the operator's name for the event; it counts once
 * @account: (owned): who invited
 * @event: what the invited one did
 *
 * What the operator tells of an invitation (POST /v1/admin/referrals).
 */
typedef struct {
  char *id;
  char *account;
  UpkeepReferralEvent event;
} UpkeepReferralReport;

/**
 * UpkeepReferralRecord:
 * @n_signups: who had signed up by then
 * @reward: what it earned
 * @grant: the number of the grant; 0 where there is none
 * @at_s: when, in UTC seconds
 *
 * What became of a report.
 */
typedef struct {
  gint64 n_signups;
  UpkeepReferralReward reward;
  gint64 grant;
  gint64 at_s;
} UpkeepReferralRecord;

UpkeepReferralReport *upkeep_wire_parse_referral (JsonNode *node, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_referral_report_free (UpkeepReferralReport *self);
JsonNode *upkeep_wire_print_referral (const UpkeepReferralReport *report,
                                      const UpkeepReferralRecord *record) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepReferralReport, upkeep_referral_report_free)

G_END_DECLS

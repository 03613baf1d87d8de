/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-call.h"

#include "upkeep-referrals.h"

static gboolean
is_same (const UpkeepReferralReport *one, const UpkeepReferralReport *other)
{
  return g_str_equal (one->account, other->account) && one->event == other->event;
}

/* Gives what an invitation earned, and remembers it. */
static gboolean
reward (UpkeepCall *call,
        UpkeepBilling *billing,
        const UpkeepReferralReport *report,
        UpkeepReferralRecord *record,
        GError **error)
{
  if (record->reward.units > 0) {
    const UpkeepGrantRequest request = {
        .account = report->account,
        .meter = upkeep_billing_get_edition (billing)->meter.id,
        .kind = UPKEEP_GRANT_REWARD,
        .quantity = record->reward.units,
    };
    const GArray *grants;

    if (!upkeep_billing_give_grant (billing, &request, error))
      return FALSE;
    grants = upkeep_billing_get_account (billing)->grants;
    record->grant = g_array_index (grants, UpkeepGrant, grants->len - 1).number;
  }

  return upkeep_referrals_add (call->db, report, record, error) &&
         upkeep_billing_close (billing, error);
}

/* POST /v1/admin/referrals */
UpkeepResponse *
upkeep_post_admin_referral (const UpkeepRequest *request,
                            const UpkeepRouteMatch *match,
                            gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (UpkeepReferralReport) report = NULL;
  g_autoptr (UpkeepReferralReport) before = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  g_autoptr (JsonNode) node = NULL;
  UpkeepReferralRecord record = {0};
  const UpkeepEdition *edition;
  UpkeepResponse *response;

  if (body != NULL)
    report = upkeep_wire_parse_referral (body, &error);
  if (report == NULL)
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin (call, body);
  if (response != NULL)
    return response;

  if (!upkeep_referrals_find (call->db, report->id, &before, &record, &error))
    return upkeep_call_fail (call, error);
  if (before != NULL) {
    if (!is_same (before, report))
      return upkeep_call_refuse_member ("id", "Something else was reported under this id.");
    node = upkeep_wire_print_referral (before, &record);
    return upkeep_response_new_json (200, node);
  }

  response = upkeep_call_open (call, report->account, &billing);
  if (response != NULL)
    return response;
  if (!upkeep_referrals_count_signups (call->db, report->account, &record.n_signups, &error))
    return upkeep_call_fail (call, error);

  edition = upkeep_billing_get_edition (billing);
  if (edition->policy.referral_tiers->len == 0)
    return upkeep_call_refuse_member ("account", "The account’s edition rewards no invitations.");
  if (report->event == UPKEEP_REFERRAL_SIGNUP)
    record.n_signups++;
  if (!upkeep_judge_referral (edition, report->event, record.n_signups, &record.reward))
    return upkeep_call_refuse_member ("event",
                                      "Nobody has signed up by this account’s invitation.");

  record.at_s = call->now_s;
  if (!reward (call, billing, report, &record, &error))
    return upkeep_call_fail (call, error);
  node = upkeep_wire_print_referral (report, &record);
  return upkeep_response_new_json (201, node);
}

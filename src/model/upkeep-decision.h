/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-change.h"

G_BEGIN_DECLS

/**
 * UpkeepDecision:
 * @edition: the account's edition
 * @account: whose quote it is
 * @request: what is asked
 * @now_s: the time, in UTC seconds
 * @quote: what is being made
 *
 * One quote while it is made. Each kind of request has its own file.
 */
typedef struct {
  const UpkeepEdition *edition;
  const UpkeepAccount *account;
  const UpkeepQuoteRequest *request;
  gint64 now_s;
  UpkeepQuote *quote;
} UpkeepDecision;

void upkeep_decision_block (UpkeepDecision *self, UpkeepBlockedCode code);
void upkeep_decision_block_measured (UpkeepDecision *self,
                                     UpkeepBlockedCode code,
                                     gint64 limit,
                                     gint64 measured);
void upkeep_decision_block_past_due (UpkeepDecision *self);
void upkeep_decision_block_company (UpkeepDecision *self, const UpkeepPlan *plan);
void
upkeep_decision_set_target (UpkeepDecision *self, const UpkeepPlan *plan, UpkeepInterval interval);
const UpkeepPlan *upkeep_decision_find_offer (const UpkeepDecision *self);

UpkeepTerms upkeep_decision_begin_terms (const UpkeepDecision *self);
UpkeepOption upkeep_decision_begin_option (const UpkeepDecision *self, UpkeepTiming timing);
gboolean upkeep_decision_set_renewal_total (const UpkeepDecision *self,
                                            UpkeepOption *option,
                                            gint64 price_minor,
                                            gint64 unbilled_minor,
                                            gint64 balance_minor,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 upkeep_decision_balance_after (const UpkeepOption *option);
void upkeep_decision_grant_allowance (const UpkeepDecision *self,
                                      UpkeepOption *option,
                                      gint64 quantity,
                                      gint64 expires_at_s);
gboolean upkeep_decision_add_option (UpkeepDecision *self, UpkeepOption *option, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

gboolean upkeep_decide_subscribe (UpkeepDecision *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_decide_switch (UpkeepDecision *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_decide_cancel (UpkeepDecision *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_decide_topup (UpkeepDecision *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_decide_resume (UpkeepDecision *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_decide_pay (UpkeepDecision *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#define UPKEEP_EFFECT_BIT(effect) (1u << (effect))

G_END_DECLS

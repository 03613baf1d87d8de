/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote.h"

G_BEGIN_DECLS

/**
 * UpkeepRefundClaim:
 * @basis: what grants it
 * @share: numerator of the part of the term's price that comes back
 * @whole: denominator of it
 *
 * The refund that is due when a plan is cancelled now.
 */
typedef struct {
  UpkeepRefundBasis basis;
  gint64 share;
  gint64 whole;
} UpkeepRefundClaim;

UpkeepRefundReport *upkeep_judge_refund_rule (const UpkeepEdition *edition,
                                              const UpkeepAccount *account,
                                              const UpkeepIssue *issue,
                                              gint64 now_s) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_find_refund (const UpkeepEdition *edition,
                             const UpkeepAccount *account,
                             const UpkeepRefundReport *report,
                             gint64 now_s,
                             UpkeepRefundClaim *ret_claim);

G_END_DECLS

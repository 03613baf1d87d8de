/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-change.h"

G_BEGIN_DECLS

/* An account keeps the edition under which its term was paid. The operator may say that it moves to
 * another one when that term renews (RULES 0.1). */

/**
 * UpkeepMoveRefusal:
 * @UPKEEP_MOVE_POSSIBLE: the account can move
 * @UPKEEP_MOVE_SAME_EDITION: it is under that edition already
 * @UPKEEP_MOVE_SERVICE_DIFFERS: the edition is one of another service
 * @UPKEEP_MOVE_CURRENCY_DIFFERS: its prices are in another currency
 * @UPKEEP_MOVE_METER_DIFFERS: it counts something else, in another unit or in other modes
 * @UPKEEP_MOVE_NOTHING_RENEWS: the account has neither a paid plan nor the free one
 * @UPKEEP_MOVE_PLAN_NOT_SOLD: what the account has, or what a switch is scheduled to, is not sold
 *   there
 *
 * Why an account cannot move to an edition.
 */
typedef enum {
  UPKEEP_MOVE_POSSIBLE,
  UPKEEP_MOVE_SAME_EDITION,
  UPKEEP_MOVE_SERVICE_DIFFERS,
  UPKEEP_MOVE_CURRENCY_DIFFERS,
  UPKEEP_MOVE_METER_DIFFERS,
  UPKEEP_MOVE_NOTHING_RENEWS,
  UPKEEP_MOVE_PLAN_NOT_SOLD,
} UpkeepMoveRefusal;
#define UPKEEP_N_MOVE_REFUSALS 7

const char *upkeep_move_refusal_to_string (UpkeepMoveRefusal refusal);

UpkeepMoveRefusal upkeep_move_judge (const UpkeepEdition *edition,
                                     const UpkeepAccount *account,
                                     const UpkeepEdition *to);
UpkeepChange *upkeep_move_schedule (const UpkeepAccount *account, UpkeepEdition *to)
    G_GNUC_WARN_UNUSED_RESULT;

const UpkeepEdition *upkeep_get_renewal_edition (const UpkeepEdition *edition,
                                                 const UpkeepAccount *account);
gint64 upkeep_get_renewal_price_minor (const UpkeepEdition *edition,
                                       const UpkeepAccount *account,
                                       const char *plan_id,
                                       UpkeepInterval interval);
gint64 upkeep_get_move_at_s (const UpkeepEdition *edition, const UpkeepAccount *account);

gboolean upkeep_book_move (UpkeepChange *change,
                           const UpkeepEdition *from,
                           const UpkeepEdition *to,
                           gint64 at_s,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

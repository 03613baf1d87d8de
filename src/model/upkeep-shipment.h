/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-change.h"

G_BEGIN_DECLS

/* What becomes of an issue: it is paid, and then it is sent or its price comes back. One grant
 * stands for it meanwhile, so that the ledger's balance is what is still to be sent. */

/**
 * UpkeepShipment:
 * @UPKEEP_SHIPMENT_DONE: it is sent now
 * @UPKEEP_SHIPMENT_ALREADY: it was sent before, which changes nothing
 * @UPKEEP_SHIPMENT_NOT_PAID: no month has paid for it yet
 * @UPKEEP_SHIPMENT_REFUNDED: its price came back, so it is not delivered (RULES C-45)
 * @UPKEEP_SHIPMENT_NOTHING_SHIPPED: the edition ships nothing
 */
typedef enum {
  UPKEEP_SHIPMENT_DONE,
  UPKEEP_SHIPMENT_ALREADY,
  UPKEEP_SHIPMENT_NOT_PAID,
  UPKEEP_SHIPMENT_REFUNDED,
  UPKEEP_SHIPMENT_NOTHING_SHIPPED,
} UpkeepShipment;

UpkeepChange *upkeep_ship_issue (const UpkeepEdition *edition,
                                 const UpkeepAccount *account,
                                 gint64 number,
                                 gint64 now_s,
                                 UpkeepShipment *ret_shipment,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_book_issue (UpkeepChange *change, gint64 at_s);
gint64 upkeep_book_oldest_issues (UpkeepChange *change, gint64 count, gint64 at_s);
void upkeep_book_issue_refund (UpkeepChange *change, UpkeepIssue *issue, gint64 at_s);

G_END_DECLS

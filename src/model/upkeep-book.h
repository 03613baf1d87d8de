/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-change.h"

G_BEGIN_DECLS

/* The moves that steps are made of. Each works on the change's own copy of the account. */

gboolean upkeep_book_money (UpkeepChange *change,
                            gint64 at_s,
                            UpkeepPostingKind kind,
                            gint64 amount_minor,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_book_units (UpkeepChange *change, gint64 at_s, UpkeepPostingKind kind, gint64 units);
const char *upkeep_book_invoice (UpkeepChange *change,
                                 gint64 at_s,
                                 const UpkeepBill *bill,
                                 UpkeepInvoiceState state,
                                 const char *credit_of);

void upkeep_book_grant (
    UpkeepChange *change, gint64 at_s, UpkeepGrantKind kind, gint64 quantity, gint64 expires_at_s);
void upkeep_book_end_plan_grant (UpkeepChange *change, gint64 at_s);
void upkeep_book_refill (UpkeepChange *change, const UpkeepEdition *edition, gint64 at_s);
void upkeep_book_return_to_default_mode (UpkeepChange *change);
void upkeep_book_adjust_mode (UpkeepChange *change, const UpkeepEdition *edition, gint64 at_s);
gboolean upkeep_book_metered (UpkeepChange *change,
                              const UpkeepEdition *edition,
                              gint64 at_s,
                              gint64 amount_minor,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_book_start_term (UpkeepChange *change,
                             const UpkeepEdition *edition,
                             gint64 at_s,
                             UpkeepInterval interval);
gboolean upkeep_book_settle_past_due (UpkeepChange *change,
                                      const UpkeepEdition *edition,
                                      gint64 now_s,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_book_end_subscription (UpkeepChange *change, const UpkeepEdition *edition, gint64 at_s);
void upkeep_book_unschedule (UpkeepChange *change);
gboolean upkeep_book_usage (UpkeepChange *change,
                            const UpkeepEdition *edition,
                            const UpkeepUsage *usage,
                            gint64 now_s,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

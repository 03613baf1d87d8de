/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-account.h"

G_BEGIN_DECLS

gboolean upkeep_grant_is_usable (const UpkeepEdition *edition,
                                 const UpkeepAccount *account,
                                 const UpkeepGrant *grant,
                                 gint64 now_s);
gint64
upkeep_get_spendable (const UpkeepEdition *edition, const UpkeepAccount *account, gint64 now_s);
GArray *upkeep_list_grants_in_order (const UpkeepEdition *edition, const UpkeepAccount *account)
    G_GNUC_WARN_UNUSED_RESULT;
const UpkeepGrant *upkeep_find_plan_grant (const UpkeepAccount *account);

typedef struct {
  gint64 taken;         /* units that grants paid for; the rest is overrun and costs nothing */
  gint64 metered_taken; /* of these, units that were bought */
} UpkeepSpending;

UpkeepSpending
upkeep_spend (const UpkeepEdition *edition, UpkeepAccount *account, gint64 quantity, gint64 now_s);

G_END_DECLS

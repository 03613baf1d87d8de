/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote.h"

G_BEGIN_DECLS

UpkeepDirection upkeep_direction_judge (const UpkeepPlan *from,
                                        UpkeepInterval from_interval,
                                        const UpkeepPlan *to,
                                        UpkeepInterval to_interval);

G_END_DECLS

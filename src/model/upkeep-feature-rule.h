/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-account.h"

G_BEGIN_DECLS

const char *upkeep_judge_feature (const UpkeepEdition *edition,
                                  const UpkeepAccount *account,
                                  const char *feature_id,
                                  gint64 now_s);
gboolean upkeep_is_suspended (const UpkeepEdition *edition,
                              const UpkeepAccount *account,
                              const char *feature_id,
                              gint64 now_s);

G_END_DECLS

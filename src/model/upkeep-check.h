/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote.h"
#include "upkeep-statement.h"

G_BEGIN_DECLS

typedef enum {
  UPKEEP_CHECK_AGREES,
  UPKEEP_CHECK_OTHER_TOTAL,
  UPKEEP_CHECK_OTHER_LINES, /* the same total, by other lines */
  UPKEEP_CHECK_IMPOSSIBLE,  /* no sum follows from the terms */
} UpkeepCheckResult;

/**
 * UpkeepCheck:
 * @result: whether the option is right
 * @bill: the lines as worked out here; empty where that was impossible
 *
 * An option of a quote, worked out a second time.
 */
typedef struct {
  UpkeepCheckResult result;
  UpkeepBill bill;
} UpkeepCheck;

UpkeepCheck upkeep_check_option (const UpkeepQuote *quote,
                                 const UpkeepOption *option,
                                 const UpkeepEdition *edition,
                                 const UpkeepStatement *statement);

G_END_DECLS

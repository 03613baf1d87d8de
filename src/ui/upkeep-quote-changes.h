/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-quote-words.h"

G_BEGIN_DECLS

/* What a change of plan does beside its price, in words. */

/**
 * UpkeepQuoteChange:
 * @icon_name: its icon, a static string
 * @title: (owned): what changes
 * @subtitle: (owned) (nullable): more about it
 * @has_sum: whether a sum is in it
 *
 * One thing that a change of plan does.
 */
typedef struct {
  const char *icon_name;
  char *title;
  char *subtitle;
  gboolean has_sum;
} UpkeepQuoteChange;

#define UPKEEP_QUOTE_CHANGES_MAX 16

guint upkeep_quote_changes_make (const UpkeepQuoteFacts *facts,
                                 const UpkeepOption *option,
                                 UpkeepQuoteChange ret_changes[UPKEEP_QUOTE_CHANGES_MAX]);
void upkeep_quote_change_clear (UpkeepQuoteChange *change);

G_END_DECLS

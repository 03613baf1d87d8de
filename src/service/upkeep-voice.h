/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-page-words.h"

G_BEGIN_DECLS

/**
 * UpkeepVoice:
 * @words: (unowned): what pages say
 * @language: in which language
 *
 * How one page speaks. Sums, numbers and dates are written as its language does; instants are told
 * in UTC, as nothing is known of the reader's zone.
 */
typedef struct {
  const UpkeepPageWords *words;
  UpkeepLanguage language;
} UpkeepVoice;

UpkeepLanguage upkeep_voice_choose_language (const char *accept_language, const char *locale);
const char *upkeep_voice_get_tag (const UpkeepVoice *self);

const char *upkeep_voice_say (const UpkeepVoice *self, UpkeepPageWord word);
char *upkeep_voice_fill (const UpkeepVoice *self, UpkeepPageWord word, ...) G_GNUC_NULL_TERMINATED
    G_GNUC_WARN_UNUSED_RESULT;
const char *upkeep_voice_text (const UpkeepVoice *self, const UpkeepText *text);
const char *
upkeep_voice_plan (const UpkeepVoice *self, const UpkeepEdition *edition, const char *plan_id);
char *upkeep_voice_within (const UpkeepVoice *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;

char *upkeep_voice_money (const UpkeepVoice *self, gint64 amount_minor, const char *currency)
    G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_voice_money_whole (const UpkeepVoice *self, gint64 amount_units, const char *currency)
    G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_voice_date (const UpkeepVoice *self, gint64 instant_s) G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_voice_instant (const UpkeepVoice *self, gint64 instant_s) G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_voice_count (const UpkeepVoice *self, gint64 count) G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_voice_tenths (const UpkeepVoice *self, gint64 seconds, gint64 unit_s)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition-change.h"
#include "upkeep-statement.h"

G_BEGIN_DECLS

/* What is different between two editions, in words: a title for each change and a sentence. */

char *upkeep_edition_words_notice (const char *from, const char *to);
char *upkeep_edition_words_move (const UpkeepStatement *statement);
char *upkeep_edition_words_title (const UpkeepEditionChange *change);
char *upkeep_edition_words_text (const UpkeepEditionChanges *changes,
                                 const UpkeepEditionChange *change,
                                 gboolean practice);

G_END_DECLS

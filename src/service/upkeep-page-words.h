/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"
#include "upkeep-page-word.h"

G_BEGIN_DECLS

/**
 * UpkeepPageWords:
 *
 * What pages say, in every language: pages.json, which has the shape of a catalogue's texts. A
 * `{name}` in a text stands for a value.
 */
typedef struct _UpkeepPageWords UpkeepPageWords;

UpkeepPageWords *upkeep_page_words_load (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepPageWords *upkeep_page_words_parse (GBytes *document, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_page_words_free (UpkeepPageWords *self);

const UpkeepText *upkeep_page_words_get (const UpkeepPageWords *self, UpkeepPageWord word);
const char *upkeep_page_word_to_string (UpkeepPageWord word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepPageWords, upkeep_page_words_free)

G_END_DECLS

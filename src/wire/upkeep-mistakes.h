/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-json.h"

G_BEGIN_DECLS

/* As many mistakes of one document are told; of more, only that there are. */
#define UPKEEP_MISTAKES_MAX 100

/**
 * UpkeepMistake:
 * @code: what kind of mistake it is
 * @path: (owned): the member at fault, like `plans[2].prices[0].amount`; empty for the document
 * @reason: (owned): what is wrong with it, in English
 * @line: where it stands, from 1; of a member that is missing, where its object begins; 0 unknown
 *
 * One mistake in a document.
 */
typedef struct {
  UpkeepWireError code;
  char *path;
  char *reason;
  guint line;
} UpkeepMistake;

/**
 * UpkeepMistakes:
 *
 * All mistakes of one document, in the order in which they were found.
 */
typedef struct _UpkeepMistakes UpkeepMistakes;

UpkeepMistakes *upkeep_mistakes_new (void) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_mistakes_free (UpkeepMistakes *self);

void upkeep_mistakes_set_places (UpkeepMistakes *self, UpkeepJsonPlaces *places);
void upkeep_mistakes_add (UpkeepMistakes *self,
                          UpkeepWireError code,
                          const char *path,
                          const char *reason,
                          gconstpointer value);
void upkeep_mistakes_add_error (UpkeepMistakes *self, const GError *error);

guint upkeep_mistakes_get_length (const UpkeepMistakes *self);
const UpkeepMistake *upkeep_mistakes_get (const UpkeepMistakes *self, guint index);
gboolean upkeep_mistakes_has_more (const UpkeepMistakes *self);
gboolean upkeep_mistakes_has_at (const UpkeepMistakes *self, const char *path);
char *upkeep_mistake_to_string (const UpkeepMistake *self) G_GNUC_WARN_UNUSED_RESULT;

const char *upkeep_find_nearest (const char *word, const char *const *words, guint n_words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepMistakes, upkeep_mistakes_free)

G_END_DECLS

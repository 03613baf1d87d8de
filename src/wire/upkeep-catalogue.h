/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"
#include "upkeep-reader.h"

G_BEGIN_DECLS

/* What all parts of a catalogue file are made of, for the parsers of this folder. What is wrong
 * gives `NULL`, 0 or nothing. Reading goes on after it, so a conclusion from two members is drawn
 * only where both are well: nobody is to be told of one mistake twice. */

#define UPKEEP_CATALOGUE_TEXT_MAX_CHARS 1000 /* one text in one language */
#define UPKEEP_CATALOGUE_DAYS_MAX       3650 /* any count of days */

/**
 * UpkeepCatalogueFault:
 * @word: a word of the file
 * @edition: what was read so far
 *
 * Judges a word.
 *
 * Returns: (nullable): what is wrong with it, or `NULL`
 */
typedef const char *(*UpkeepCatalogueFault) (const char *word, const UpkeepEdition *edition);

const char *upkeep_catalogue_fault_of_id (const char *word, const UpkeepEdition *edition);
const char *upkeep_catalogue_fault_of_plan (const char *word, const UpkeepEdition *edition);
const char *upkeep_catalogue_fault_of_mode (const char *word, const UpkeepEdition *edition);
const char *upkeep_catalogue_fault_of_feature (const char *word, const UpkeepEdition *edition);
const char *upkeep_catalogue_fault_of_support (const char *word, const UpkeepEdition *edition);
const char *upkeep_catalogue_fault_of_country (const char *word, const UpkeepEdition *edition);

char *upkeep_catalogue_read_word (UpkeepReader *reader,
                                  const char *name,
                                  UpkeepCatalogueFault fault_of,
                                  const UpkeepEdition *edition) G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_catalogue_read_optional_word (UpkeepReader *reader,
                                           const char *name,
                                           UpkeepCatalogueFault fault_of,
                                           const UpkeepEdition *edition) G_GNUC_WARN_UNUSED_RESULT;
char **upkeep_catalogue_read_words (UpkeepReader *reader,
                                    const char *name,
                                    guint min_length,
                                    guint max_length,
                                    UpkeepCatalogueFault fault_of,
                                    const UpkeepEdition *edition) G_GNUC_WARN_UNUSED_RESULT;
GHashTable *upkeep_catalogue_new_ids (void) G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_catalogue_read_new_id (UpkeepReader *reader, GHashTable *ids)
    G_GNUC_WARN_UNUSED_RESULT;

const char *upkeep_catalogue_get_language_name (UpkeepLanguage language);
gboolean upkeep_catalogue_is_https (const char *address);
void upkeep_catalogue_read_text (UpkeepReader *reader, const char *name, UpkeepText *ret_text);
UpkeepText *upkeep_catalogue_read_optional_text (UpkeepReader *reader, const char *name)
    G_GNUC_WARN_UNUSED_RESULT;
guint upkeep_catalogue_read_choice (UpkeepReader *reader,
                                    const char *name,
                                    const char *const *values,
                                    guint n_values);
int upkeep_catalogue_read_count (UpkeepReader *reader, const char *name, int min, int max);
gint64 upkeep_catalogue_read_units (UpkeepReader *reader, const char *name, gint64 min);
gint64 upkeep_catalogue_read_amount (UpkeepReader *reader, const char *name);
gboolean upkeep_catalogue_read_bool (UpkeepReader *reader, const char *name);

G_END_DECLS

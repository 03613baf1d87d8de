/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-catalogue.h"

#include <string.h>

static const char *const language_names[] = {"en", "zh-Hans", "zh-Hant", "fr"};
G_STATIC_ASSERT (G_N_ELEMENTS (language_names) == UPKEEP_N_LANGUAGES);

/**
 * upkeep_catalogue_fault_of_id:
 * @word: a word of the file
 * @edition: (nullable): not looked at
 *
 * Judges whether a word has the form of an id.
 *
 * Returns: (nullable): what is wrong with it, or `NULL`
 */
const char *
upkeep_catalogue_fault_of_id (const char *word, const UpkeepEdition *edition)
{
  static const char form[] = "is not 1 to 64 of a to z, 0 to 9, _ and -";
  gsize length = strlen (word);

  if (length < 1 || length > UPKEEP_ID_MAX_BYTES)
    return form;

  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_islower (word[i]) && !g_ascii_isdigit (word[i]) && strchr ("_-", word[i]) == NULL)
      return form;
  }

  return NULL;
}

/* Where something has no id that could be read, each unknown word may stand for it: the edition
 * then finds it under the id `NULL`. */

const char *
upkeep_catalogue_fault_of_plan (const char *word, const UpkeepEdition *edition)
{
  if (upkeep_edition_find_plan (edition, word) == NULL &&
      upkeep_edition_find_plan (edition, NULL) == NULL)
    return "is no plan of this edition";
  return NULL;
}

const char *
upkeep_catalogue_fault_of_mode (const char *word, const UpkeepEdition *edition)
{
  if (upkeep_edition_find_mode (edition, word) < 0 && upkeep_edition_find_mode (edition, NULL) < 0)
    return "is no mode of the meter";
  return NULL;
}

const char *
upkeep_catalogue_fault_of_feature (const char *word, const UpkeepEdition *edition)
{
  if (upkeep_edition_find_feature (edition, word) == NULL &&
      upkeep_edition_find_feature (edition, NULL) == NULL)
    return "is no feature of this edition";
  return NULL;
}

const char *
upkeep_catalogue_fault_of_support (const char *word, const UpkeepEdition *edition)
{
  if (upkeep_edition_find_support (edition, word) == NULL &&
      upkeep_edition_find_support (edition, NULL) == NULL)
    return "is no support channel of this edition";
  return NULL;
}

/**
 * upkeep_catalogue_fault_of_country:
 * @word: a word of the file
 * @edition: (nullable): not looked at
 *
 * Judges whether a word has the form of an ISO 3166-1 alpha-2 code.
 *
 * Returns: (nullable): what is wrong with it, or `NULL`
 */
const char *
upkeep_catalogue_fault_of_country (const char *word, const UpkeepEdition *edition)
{
  if (strlen (word) != 2 || !g_ascii_isupper (word[0]) || !g_ascii_isupper (word[1]))
    return "is not a country code of two capital letters";
  return NULL;
}

static char *
take_word (UpkeepReader *reader,
           const char *name,
           const char *word,
           UpkeepCatalogueFault fault_of,
           const UpkeepEdition *edition)
{
  const char *fault = fault_of (word, edition);

  if (fault != NULL) {
    upkeep_reader_fail (reader, name, "%s", fault);
    return NULL;
  }

  return g_strdup (word);
}

/**
 * upkeep_catalogue_read_word:
 * @reader: a reader
 * @name: (nullable): a member, or `NULL` for the next element of an array
 * @fault_of: what judges the word
 * @edition: (nullable): what was read so far, for @fault_of
 *
 * Reads a word that stands for something.
 *
 * Returns: (transfer full) (nullable): the word; `NULL` when an error sticks
 */
char *
upkeep_catalogue_read_word (UpkeepReader *reader,
                            const char *name,
                            UpkeepCatalogueFault fault_of,
                            const UpkeepEdition *edition)
{
  const char *word = NULL;

  if (!upkeep_reader_string (reader, name, 0, UPKEEP_CATALOGUE_TEXT_MAX_CHARS, &word))
    return NULL;

  return take_word (reader, name, word, fault_of, edition);
}

/**
 * upkeep_catalogue_read_optional_word:
 * @reader: a reader
 * @name: (nullable): a member, or `NULL` for the next element of an array
 * @fault_of: what judges the word
 * @edition: (nullable): what was read so far, for @fault_of
 *
 * Reads a word that may be absent or `null`.
 *
 * Returns: (transfer full) (nullable): the word; `NULL` without one, or when an error sticks
 */
char *
upkeep_catalogue_read_optional_word (UpkeepReader *reader,
                                     const char *name,
                                     UpkeepCatalogueFault fault_of,
                                     const UpkeepEdition *edition)
{
  const char *word = NULL;

  if (!upkeep_reader_optional_string (reader, name, 0, UPKEEP_CATALOGUE_TEXT_MAX_CHARS, &word))
    return NULL;

  return take_word (reader, name, word, fault_of, edition);
}

/**
 * upkeep_catalogue_read_words:
 * @reader: a reader
 * @name: a member
 * @min_length: the fewest words
 * @max_length: the most words
 * @fault_of: what judges each word
 * @edition: (nullable): what was read so far, for @fault_of
 *
 * Reads a list of words of which no two are equal.
 *
 * Returns: (transfer full): the words that are well
 */
char **
upkeep_catalogue_read_words (UpkeepReader *reader,
                             const char *name,
                             guint min_length,
                             guint max_length,
                             UpkeepCatalogueFault fault_of,
                             const UpkeepEdition *edition)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  UpkeepReader list;

  upkeep_reader_array (reader, name, min_length, max_length, &list);
  while (upkeep_reader_has_next (&list)) {
    g_autofree char *word = upkeep_catalogue_read_word (&list, NULL, fault_of, edition);

    if (word == NULL)
      continue;
    if (g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
      upkeep_reader_fail (&list, NULL, "is there twice");
    else
      g_ptr_array_add (words, g_steal_pointer (&word));
  }

  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_steal (words, NULL);
}

/**
 * upkeep_catalogue_new_ids:
 *
 * Makes a set for upkeep_catalogue_read_new_id().
 *
 * Returns: (transfer full) (element-type utf8 utf8): the empty set
 */
GHashTable *
upkeep_catalogue_new_ids (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * upkeep_catalogue_read_new_id:
 * @reader: the reader of an object
 * @ids: the ids of its siblings before it
 *
 * Reads the member `id`, which no sibling has. One of a wrong form is an error and an id all the
 * same, so that words which stand for it do.
 *
 * Returns: (transfer full) (nullable): the id; `NULL` when there is none
 */
char *
upkeep_catalogue_read_new_id (UpkeepReader *reader, GHashTable *ids)
{
  const char *id = NULL;
  const char *fault;

  if (!upkeep_reader_string (reader, "id", 0, UPKEEP_CATALOGUE_TEXT_MAX_CHARS, &id))
    return NULL;

  fault = upkeep_catalogue_fault_of_id (id, NULL);
  if (fault != NULL)
    upkeep_reader_fail (reader, "id", "%s", fault);
  else if (!g_hash_table_add (ids, g_strdup (id)))
    upkeep_reader_fail (reader, "id", "is there twice");
  return g_strdup (id);
}

/* What is wrong with the words of one language: nothing to see, or what a label cannot show. */
static const char *
fault_of_text (const char *text)
{
  gboolean is_blank = TRUE;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar point = g_utf8_get_char (c);

    if (g_unichar_iscntrl (point))
      return "has a control character";
    if (!g_unichar_isspace (point))
      is_blank = FALSE;
  }

  return is_blank ? "is empty" : NULL;
}

static void
read_languages (UpkeepReader *text, UpkeepText *ret_text)
{
  for (gsize i = 0; i < UPKEEP_N_LANGUAGES; i++) {
    const char *words = NULL;
    const char *fault;

    if (!upkeep_reader_string (text, language_names[i], 0, UPKEEP_CATALOGUE_TEXT_MAX_CHARS, &words))
      continue;
    fault = fault_of_text (words);
    if (fault != NULL)
      upkeep_reader_fail (text, language_names[i], "%s", fault);
    else
      ret_text->in[i] = g_strdup (words);
  }
  upkeep_reader_finish (text);
}

/**
 * upkeep_catalogue_get_language_name:
 * @language: a language
 *
 * Names a language as documents do, by a BCP 47 tag.
 *
 * Returns: the name
 */
const char *
upkeep_catalogue_get_language_name (UpkeepLanguage language)
{
  return language_names[language];
}

/**
 * upkeep_catalogue_is_https:
 * @address: what is to be an address
 *
 * Judges whether an address may be shown as a link.
 *
 * Returns: whether it is an https address with a host
 */
gboolean
upkeep_catalogue_is_https (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") &&
         g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';
}

/**
 * upkeep_catalogue_read_text:
 * @reader: a reader
 * @name: (nullable): a member, or `NULL` for the next element of an array
 * @ret_text: (out): where to put the words; empty before
 *
 * Reads a text, which has words in every language.
 */
void
upkeep_catalogue_read_text (UpkeepReader *reader, const char *name, UpkeepText *ret_text)
{
  UpkeepReader text;

  upkeep_reader_object (reader, name, &text);
  read_languages (&text, ret_text);
}

/**
 * upkeep_catalogue_read_optional_text:
 * @reader: a reader
 * @name: (nullable): a member, or `NULL` for the next element of an array
 *
 * Reads a text that may be absent or `null`.
 *
 * Returns: (transfer full) (nullable): the text; `NULL` without one, or when an error sticks
 */
UpkeepText *
upkeep_catalogue_read_optional_text (UpkeepReader *reader, const char *name)
{
  UpkeepReader text;
  UpkeepText *self;

  if (!upkeep_reader_optional_object (reader, name, &text))
    return NULL;

  self = upkeep_text_new ();
  read_languages (&text, self);
  return self;
}

/**
 * upkeep_catalogue_read_choice:
 * @reader: a reader
 * @name: (nullable): a member, or `NULL` for the next element of an array
 * @values: (array length=n_values): the allowed words; a `NULL` in it stands for no word
 * @n_values: how many there are
 *
 * Reads one of a few words. Where other members depend on it, upkeep_reader_enum() tells whether
 * there was one.
 *
 * Returns: its index; 0 when there was none
 */
guint
upkeep_catalogue_read_choice (UpkeepReader *reader,
                              const char *name,
                              const char *const *values,
                              guint n_values)
{
  guint choice = 0;

  upkeep_reader_enum (reader, name, values, n_values, &choice);
  return choice;
}

int
upkeep_catalogue_read_count (UpkeepReader *reader, const char *name, int min, int max)
{
  gint64 count = 0;

  upkeep_reader_int (reader, name, min, max, &count);
  return (int) count;
}

gint64
upkeep_catalogue_read_units (UpkeepReader *reader, const char *name, gint64 min)
{
  gint64 units = 0;

  upkeep_reader_int (reader, name, min, UPKEEP_UNITS_MAX, &units);
  return units;
}

/**
 * upkeep_catalogue_read_amount:
 * @reader: a reader
 * @name: (nullable): a member, or `NULL` for the next element of an array
 *
 * Reads a price, which may be nothing but not less.
 *
 * Returns: minor units; 0 when an error sticks
 */
gint64
upkeep_catalogue_read_amount (UpkeepReader *reader, const char *name)
{
  gint64 minor = 0;

  upkeep_reader_int (reader, name, 0, UPKEEP_AMOUNT_MAX, &minor);
  return minor;
}

gboolean
upkeep_catalogue_read_bool (UpkeepReader *reader, const char *name)
{
  gboolean value = FALSE;

  upkeep_reader_bool (reader, name, &value);
  return value;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-page-words.h"

#include "upkeep-catalogue.h"
#include "upkeep-json.h"
#include "upkeep-service-resources.h"

#include <gio/gio.h>
#include <string.h>

#define PAGES_PATH      "/io/github/upkeep/Upkeep/service/pages.json"
#define PAGES_MAX_BYTES (256 * 1024)

struct _UpkeepPageWords {
  UpkeepText *texts[UPKEEP_N_PAGE_WORDS]; /* (owned) each */
};

#define NAME(constant, name) [UPKEEP_PAGE_WORD_##constant] = #name,
static const char *const names[] = {UPKEEP_PAGE_WORDS (NAME)};
#undef NAME
G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_PAGE_WORDS);

static int
find_word (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_equal (name, names[i]))
      return (int) i;
  }
  return -1;
}

/* The next `{name}` at or after @at, with its braces; moves @at behind it. */
static char *
next_value (const char **at)
{
  const char *start = strchr (*at, '{');
  const char *end = start != NULL ? strchr (start, '}') : NULL;

  if (end == NULL)
    return NULL;
  *at = end + 1;
  return g_strndup (start, (gsize) (end + 1 - start));
}

/* Whether every value that one text has is in the other. */
static gboolean
has_values_of (const char *text, const char *other)
{
  g_autofree char *value = NULL;

  while ((value = next_value (&other)) != NULL) {
    if (strstr (text, value) == NULL)
      return FALSE;
    g_clear_pointer (&value, g_free);
  }
  return TRUE;
}

static gboolean
has_same_values (const UpkeepText *text)
{
  for (gsize i = 1; i < UPKEEP_N_LANGUAGES; i++) {
    if (!has_values_of (text->in[i], text->in[0]) || !has_values_of (text->in[0], text->in[i]))
      return FALSE;
  }
  return TRUE;
}

static void
read_word (UpkeepPageWords *self, UpkeepReader *words, const char *name)
{
  int word = find_word (name);
  UpkeepText *text;

  if (word < 0) {
    upkeep_reader_fail (words, name, "is no text of a page");
    return;
  }
  text = upkeep_text_new ();
  self->texts[word] = text;
  upkeep_catalogue_read_text (words, name, text);
  if (!upkeep_reader_has_failed (words) && !has_same_values (text))
    upkeep_reader_fail (words, name, "has other values in one language than in another");
}

/**
 * upkeep_page_words_parse:
 * @document: `{"words":{name:{"en":text,"zh-Hans":text,"zh-Hant":text,"fr":text}}}`
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads what pages say. Every text has to be there, in every language, with the same values.
 *
 * Returns: (transfer full): the words, or `NULL` with @error set
 */
UpkeepPageWords *
upkeep_page_words_parse (GBytes *document, GError **error)
{
  g_autoptr (JsonNode) node = upkeep_json_parse (document, PAGES_MAX_BYTES, error);
  g_autoptr (UpkeepPageWords) self = NULL;
  UpkeepReader reader, words;
  const char *name;

  if (node == NULL)
    return NULL;
  self = g_new0 (UpkeepPageWords, 1);
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_object (&reader, "words", &words);
  while (!upkeep_reader_has_failed (&reader) && upkeep_reader_next_name (&words, &name))
    read_word (self, &words, name);
  for (gsize i = 0; i < G_N_ELEMENTS (names) && !upkeep_reader_has_failed (&reader); i++) {
    if (self->texts[i] == NULL)
      upkeep_reader_fail (&words, names[i], "is missing");
  }
  return upkeep_reader_finish (&reader) ? g_steal_pointer (&self) : NULL;
}

/**
 * upkeep_page_words_load:
 *
 * Reads the words that are in the program.
 *
 * Returns: (transfer full): the words
 */
UpkeepPageWords *
upkeep_page_words_load (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) document = g_resource_lookup_data (upkeep_service_get_resource (), PAGES_PATH,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  UpkeepPageWords *self;

  g_assert (document != NULL);
  self = upkeep_page_words_parse (document, &error);
  g_assert_no_error (error);
  return self;
}

/**
 * upkeep_page_words_free:
 * @self: (nullable): the words
 *
 * Frees the words.
 */
void
upkeep_page_words_free (UpkeepPageWords *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (self->texts); i++)
    upkeep_text_free (self->texts[i]);
  g_free (self);
}

/**
 * upkeep_page_words_get:
 * @self: the words
 * @word: which
 *
 * Gets one text.
 *
 * Returns: (transfer none): the text
 */
const UpkeepText *
upkeep_page_words_get (const UpkeepPageWords *self, UpkeepPageWord word)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (word < UPKEEP_N_PAGE_WORDS, NULL);

  return self->texts[word];
}

/**
 * upkeep_page_word_to_string:
 * @word: one text
 *
 * Gets the name of a text.
 *
 * Returns: as it is in pages.json
 */
const char *
upkeep_page_word_to_string (UpkeepPageWord word)
{
  g_return_val_if_fail (word < UPKEEP_N_PAGE_WORDS, NULL);

  return names[word];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-mistakes.h"

#include <string.h>

/* Words that differ in more letters are not taken for one another. */
#define NEAREST_MAX_EDITS 2
#define NEAREST_MAX_BYTES 64

struct _UpkeepMistakes {
  GPtrArray *all;           /* (owned) (element-type UpkeepMistake) */
  gboolean has_more;        /* than @all may hold */
  UpkeepJsonPlaces *places; /* (owned) (nullable) */
};

static void
mistake_free (gpointer data)
{
  UpkeepMistake *self = data;

  g_free (self->path);
  g_free (self->reason);
  g_free (self);
}

/**
 * upkeep_mistakes_new:
 *
 * Makes a list of no mistakes.
 *
 * Returns: (transfer full): the list
 */
UpkeepMistakes *
upkeep_mistakes_new (void)
{
  UpkeepMistakes *self = g_new0 (UpkeepMistakes, 1);

  self->all = g_ptr_array_new_with_free_func (mistake_free);
  return self;
}

/**
 * upkeep_mistakes_free:
 * @self: (nullable): a list
 *
 * Frees a list and what is in it.
 */
void
upkeep_mistakes_free (UpkeepMistakes *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->all);
  upkeep_json_places_free (self->places);
  g_free (self);
}

/**
 * upkeep_mistakes_set_places:
 * @self: a list with no mistake in it yet
 * @places: (transfer full): where the values of the document stand
 *
 * Lets mistakes be told with their line.
 */
void
upkeep_mistakes_set_places (UpkeepMistakes *self, UpkeepJsonPlaces *places)
{
  g_return_if_fail (self != NULL && self->places == NULL);

  self->places = places;
}

static void
take_mistake (UpkeepMistakes *self, UpkeepMistake mistake)
{
  if (self->all->len == UPKEEP_MISTAKES_MAX) {
    self->has_more = TRUE;
    g_free (mistake.path);
    g_free (mistake.reason);
    return;
  }

  g_ptr_array_add (self->all, g_memdup2 (&mistake, sizeof mistake));
}

/**
 * upkeep_mistakes_add:
 * @self: a list
 * @code: what kind of mistake it is
 * @path: the member at fault; empty for the document
 * @reason: what is wrong with it, in English
 * @value: (nullable): the node, object or array that stands there, or where it is missing
 *
 * Adds a mistake. Beyond `UPKEEP_MISTAKES_MAX` it is only remembered that there are more.
 */
void
upkeep_mistakes_add (UpkeepMistakes *self,
                     UpkeepWireError code,
                     const char *path,
                     const char *reason,
                     gconstpointer value)
{
  g_return_if_fail (self != NULL && path != NULL && reason != NULL);

  take_mistake (self, (UpkeepMistake){
                          .code = code,
                          .path = g_strdup (path),
                          .reason = g_strdup (reason),
                          .line = upkeep_json_places_get_line (self->places, value),
                      });
}

/**
 * upkeep_mistakes_add_error:
 * @self: a list
 * @error: why a document could not be read at all
 *
 * Adds what the scanner found, with the line at which it gave up.
 */
void
upkeep_mistakes_add_error (UpkeepMistakes *self, const GError *error)
{
  g_return_if_fail (self != NULL && error != NULL);

  take_mistake (self, (UpkeepMistake){
                          .code = (UpkeepWireError) error->code,
                          .path = g_strdup (""),
                          .reason = g_strdup (error->message),
                          .line = upkeep_json_places_get_error_line (self->places),
                      });
}

/**
 * upkeep_mistakes_get_length:
 * @self: a list
 *
 * Counts the mistakes that can be told.
 *
 * Returns: at most `UPKEEP_MISTAKES_MAX`
 */
guint
upkeep_mistakes_get_length (const UpkeepMistakes *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->all->len;
}

const UpkeepMistake *
upkeep_mistakes_get (const UpkeepMistakes *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->all->len, NULL);

  return g_ptr_array_index (self->all, index);
}

/**
 * upkeep_mistakes_has_more:
 * @self: a list
 *
 * Tells whether there are more mistakes than can be told.
 *
 * Returns: whether there are
 */
gboolean
upkeep_mistakes_has_more (const UpkeepMistakes *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_more;
}

/* Whether a path is another one or leads further down from there. */
static gboolean
is_part_of (const char *path, const char *whole)
{
  return g_str_has_prefix (path, whole) && strchr (".[", path[strlen (whole)]) != NULL;
}

/**
 * upkeep_mistakes_has_at:
 * @self: a list
 * @path: a member of the document, like `plans[2]`
 *
 * Tells whether a mistake was found in a member, further down in it, or at what it is part of. What
 * follows from such a member is not judged: it would be the same mistake told twice.
 *
 * Returns: whether there is one
 */
gboolean
upkeep_mistakes_has_at (const UpkeepMistakes *self, const char *path)
{
  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  for (guint i = 0; i < self->all->len; i++) {
    const UpkeepMistake *mistake = g_ptr_array_index (self->all, i);

    if (is_part_of (mistake->path, path) || is_part_of (path, mistake->path))
      return TRUE;
  }

  return FALSE;
}

/**
 * upkeep_mistake_to_string:
 * @self: a mistake
 *
 * Writes a mistake as the message of an error has it: `plans[2].name: missing`.
 *
 * Returns: (transfer full): the text
 */
char *
upkeep_mistake_to_string (const UpkeepMistake *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return *self->path != '\0' ? g_strdup_printf ("%s: %s", self->path, self->reason)
                             : g_strdup (self->reason);
}

/* How many letters must be put in, taken out, replaced or swapped with the next to make one word of
 * the other; the restricted Damerau-Levenshtein distance. */
static guint
count_edits (const char *a, const char *b)
{
  guint rows[3][NEAREST_MAX_BYTES + 1];
  guint *before = rows[0], *above = rows[1], *row = rows[2];
  gsize n_a = strlen (a), n_b = strlen (b);

  for (gsize j = 0; j <= n_b; j++)
    row[j] = (guint) j;
  for (gsize i = 1; i <= n_a; i++) {
    guint *spare = before;

    before = above;
    above = row;
    row = spare;
    row[0] = (guint) i;
    for (gsize j = 1; j <= n_b; j++) {
      guint replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);

      row[j] = MIN (replaced, MIN (above[j], row[j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = MIN (row[j], before[j - 2] + 1);
    }
  }

  return row[n_b];
}

/**
 * upkeep_find_nearest:
 * @word: what was written
 * @words: (array length=n_words): what could have been meant
 * @n_words: how many there are
 *
 * Finds the word that was probably meant: one that differs in at most two letters, and in less than
 * half of them.
 *
 * Returns: (nullable): one of @words
 */
const char *
upkeep_find_nearest (const char *word, const char *const *words, guint n_words)
{
  const char *nearest = NULL;
  guint least = NEAREST_MAX_EDITS + 1;

  g_return_val_if_fail (word != NULL, NULL);

  if (strlen (word) > NEAREST_MAX_BYTES)
    return NULL;

  for (guint i = 0; i < n_words; i++) {
    guint edits;

    if (words[i] == NULL || strlen (words[i]) > NEAREST_MAX_BYTES)
      continue;
    edits = count_edits (word, words[i]);
    if (edits < least && 2 * edits < strlen (words[i])) {
      least = edits;
      nearest = words[i];
    }
  }

  return nearest;
}

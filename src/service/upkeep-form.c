/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-form.h"

#include <string.h>

typedef struct {
  char *name;  /* (owned) */
  char *value; /* (owned) */
} Pair;

struct _UpkeepForm {
  guint n_pairs;
  Pair pairs[UPKEEP_FORM_PAIRS_MAX];
};

/**
 * upkeep_percent_decode:
 * @text: the bytes to decode
 * @length: how many
 * @plus_is_space: whether a plus sign stands for a space, as it does in forms, where a text may
 * have several lines too
 *
 * Takes percent escapes out of a piece of a URL.
 *
 * Returns: (transfer full) (nullable): text in UTF-8 without control characters (but see above), or
 * `NULL` when an escape is cut short, or what comes out is not such text
 */
char *
upkeep_percent_decode (const char *text, gsize length, gboolean plus_is_space)
{
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  out = g_string_sized_new (length + 1);
  for (gsize i = 0; i < length; i++) {
    guchar byte = (guchar) text[i];

    if (byte == '%') {
      if (length - i < 3 || !g_ascii_isxdigit (text[i + 1]) || !g_ascii_isxdigit (text[i + 2]))
        return NULL;
      byte =
          (guchar) (g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2]));
      i += 2;
    } else if (byte == '+' && plus_is_space) {
      byte = ' ';
    }
    if (byte == 0x7f ||
        (byte < 0x20 && !(plus_is_space && (byte == '\t' || byte == '\n' || byte == '\r'))))
      return NULL;
    g_string_append_c (out, (char) byte);
  }
  if (!g_utf8_validate_len (out->str, out->len, NULL))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * upkeep_form_new:
 * @text: what stands after the `?` of a URL, or a form's body; may be empty
 * @length: its bytes
 *
 * Takes a query apart into names and values.
 *
 * A name that comes twice is refused: two readers would take a different one of the two.
 *
 * Returns: (transfer full) (nullable): the pairs, or `NULL` when they are malformed, or are more
 * than `UPKEEP_FORM_PAIRS_MAX`
 */
UpkeepForm *
upkeep_form_new (const char *text, gsize length)
{
  g_autoptr (UpkeepForm) self = NULL;
  const char *end;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  self = g_new0 (UpkeepForm, 1);
  if (length == 0)
    return g_steal_pointer (&self);

  end = text + length;
  while (text <= end) {
    const char *stop = memchr (text, '&', (gsize) (end - text));
    const char *equals;
    Pair *pair;

    if (stop == NULL)
      stop = end;
    if (self->n_pairs == UPKEEP_FORM_PAIRS_MAX || stop == text)
      return NULL;
    equals = memchr (text, '=', (gsize) (stop - text));
    if (equals == NULL)
      equals = stop;

    pair = &self->pairs[self->n_pairs++];
    pair->name = upkeep_percent_decode (text, (gsize) (equals - text), TRUE);
    if (equals < stop)
      equals++;
    pair->value = upkeep_percent_decode (equals, (gsize) (stop - equals), TRUE);
    if (pair->name == NULL || pair->value == NULL || pair->name[0] == '\0')
      return NULL;
    for (guint i = 0; i + 1 < self->n_pairs; i++) {
      if (g_str_equal (self->pairs[i].name, pair->name))
        return NULL;
    }
    text = stop + 1;
  }
  return g_steal_pointer (&self);
}

/**
 * upkeep_form_free:
 * @self: (nullable): the pairs
 *
 * Frees the pairs.
 */
void
upkeep_form_free (UpkeepForm *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_pairs; i++) {
    g_free (self->pairs[i].name);
    g_free (self->pairs[i].value);
  }
  g_free (self);
}

/**
 * upkeep_form_get:
 * @self: the pairs
 * @name: a name
 *
 * Looks a value up.
 *
 * Returns: (transfer none) (nullable): the value, empty for a name without one, or `NULL` when the
 * name is not there
 */
const char *
upkeep_form_get (const UpkeepForm *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->n_pairs; i++) {
    if (g_str_equal (self->pairs[i].name, name))
      return self->pairs[i].value;
  }
  return NULL;
}

/**
 * upkeep_form_find_unknown:
 * @self: the pairs
 * @known: (array zero-terminated=1): the names that somebody reads
 *
 * Finds what nobody would read, so that a misspelt parameter is refused and not dropped.
 *
 * Returns: (transfer none) (nullable): the first name that is not in @known, or `NULL`
 */
const char *
upkeep_form_find_unknown (const UpkeepForm *self, const char *const *known)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (known != NULL, NULL);

  for (guint i = 0; i < self->n_pairs; i++) {
    if (!g_strv_contains (known, self->pairs[i].name))
      return self->pairs[i].name;
  }
  return NULL;
}

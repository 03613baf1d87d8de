/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-voice.h"

#include "upkeep-icu.h"

#include <stdarg.h>
#include <string.h>

/* Most languages of an Accept-Language that are looked at. */
#define RANGES_MAX 32

/* What each language is called, and whose habits its figures follow: English dates are those of the
 * window, with the day first. */
static const struct {
  const char *tag;
  const char *money_locale;
  const char *date_locale;
} languages[] = {
    [UPKEEP_LANGUAGE_EN] = {"en", "en_US", "en_GB"},
    [UPKEEP_LANGUAGE_ZH_HANS] = {"zh-Hans", "zh_Hans_CN", "zh_Hans_CN"},
    [UPKEEP_LANGUAGE_ZH_HANT] = {"zh-Hant", "zh_Hant_TW", "zh_Hant_TW"},
    [UPKEEP_LANGUAGE_FR] = {"fr", "fr_FR", "fr_FR"},
};
G_STATIC_ASSERT (G_N_ELEMENTS (languages) == UPKEEP_N_LANGUAGES);

static gboolean
has_subtag (char *const *subtags, const char *wanted)
{
  for (gsize i = 1; subtags[i] != NULL; i++) {
    if (g_ascii_strcasecmp (subtags[i], wanted) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Which of our languages a tag such as `zh-TW` or `fr_FR.UTF-8` is; -1 for none. */
static int
find_language (const char *tag)
{
  g_autofree char *plain = g_strndup (tag, strcspn (tag, ".@"));
  g_auto (GStrv) subtags = NULL;

  g_strdelimit (plain, "_", '-');
  subtags = g_strsplit (plain, "-", 8);
  if (subtags[0] == NULL)
    return -1;
  if (g_ascii_strcasecmp (subtags[0], "en") == 0)
    return UPKEEP_LANGUAGE_EN;
  if (g_ascii_strcasecmp (subtags[0], "fr") == 0)
    return UPKEEP_LANGUAGE_FR;
  if (g_ascii_strcasecmp (subtags[0], "zh") != 0)
    return -1;
  if (has_subtag (subtags, "Hans"))
    return UPKEEP_LANGUAGE_ZH_HANS;
  return has_subtag (subtags, "Hant") || has_subtag (subtags, "TW") || has_subtag (subtags, "HK") ||
                 has_subtag (subtags, "MO")
             ? UPKEEP_LANGUAGE_ZH_HANT
             : UPKEEP_LANGUAGE_ZH_HANS;
}

/* The weight behind a language, in thousandths: `;q=0.8` is 800, nothing is 1000, and what is no
 * weight is 0. */
static guint
parse_weight (const char *parameters)
{
  const char *at = parameters + strspn (parameters, "; \t");
  guint weight = 0;
  guint digit_worth = 100;

  if (*at == '\0')
    return 1000;
  if (g_ascii_strncasecmp (at, "q=", 2) != 0 || (at[2] != '0' && at[2] != '1'))
    return 0;
  weight = at[2] == '1' ? 1000 : 0;
  at += 3;
  if (*at == '.') {
    for (at++; g_ascii_isdigit (*at) && digit_worth > 0; at++, digit_worth /= 10)
      weight += (guint) (*at - '0') * digit_worth;
  }
  return MIN (weight, 1000);
}

/**
 * upkeep_voice_choose_language:
 * @accept_language: (nullable): what a browser asks for (RFC 9110 section 12.5.4)
 * @locale: (nullable): the account's
 *
 * Chooses the language of a page: the one of ours that the browser wants most, the first of equal
 * ones; else the account's; else English.
 *
 * Returns: the language
 */
UpkeepLanguage
upkeep_voice_choose_language (const char *accept_language, const char *locale)
{
  g_auto (GStrv) ranges =
      g_strsplit (accept_language != NULL ? accept_language : "", ",", RANGES_MAX);
  int chosen = -1;
  guint chosen_weight = 0;

  for (gsize i = 0; ranges[i] != NULL; i++) {
    char *range = g_strstrip (ranges[i]);
    gsize length = strcspn (range, "; \t");
    g_autofree char *tag = g_strndup (range, length);
    guint weight = parse_weight (range + length);
    int language = find_language (tag);

    if (language >= 0 && weight > chosen_weight) {
      chosen = language;
      chosen_weight = weight;
    }
  }
  if (chosen < 0 && locale != NULL)
    chosen = find_language (locale);
  return chosen >= 0 ? (UpkeepLanguage) chosen : UPKEEP_LANGUAGE_EN;
}

/**
 * upkeep_voice_get_tag:
 * @self: a voice
 *
 * Gets what its language is called.
 *
 * Returns: a BCP 47 tag
 */
const char *
upkeep_voice_get_tag (const UpkeepVoice *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return languages[self->language].tag;
}

/**
 * upkeep_voice_text:
 * @self: a voice
 * @text: words of a catalogue
 *
 * Picks the words in its language.
 *
 * Returns: (transfer none): the words
 */
const char *
upkeep_voice_text (const UpkeepVoice *self, const UpkeepText *text)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return text->in[self->language];
}

/**
 * upkeep_voice_say:
 * @self: a voice
 * @word: a text without values
 *
 * Says something.
 *
 * Returns: (transfer none): the text
 */
const char *
upkeep_voice_say (const UpkeepVoice *self, UpkeepPageWord word)
{
  g_return_val_if_fail (self != NULL, NULL);

  return upkeep_voice_text (self, upkeep_page_words_get (self->words, word));
}

/* Appends the value that @name stands for, by the pairs that follow. */
static gboolean
append_value (GString *out, const char *name, gsize length, va_list pairs)
{
  const char *key;

  while ((key = va_arg (pairs, const char *)) != NULL) {
    const char *value = va_arg (pairs, const char *);

    if (strlen (key) == length && strncmp (key, name, length) == 0) {
      g_string_append (out, value);
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * upkeep_voice_fill:
 * @self: a voice
 * @word: a text with values
 * @...: names of values and the values in turn, then `NULL`. A brace in a value is a brace
 *
 * Says something about something.
 *
 * Returns: (transfer full): the text
 */
char *
upkeep_voice_fill (const UpkeepVoice *self, UpkeepPageWord word, ...)
{
  const char *at;
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  at = upkeep_voice_say (self, word);
  out = g_string_new (NULL);
  while (*at != '\0') {
    gsize plain = strcspn (at, "{");
    gsize length;
    va_list pairs;
    gboolean is_known;

    g_string_append_len (out, at, (gssize) plain);
    at += plain;
    if (*at == '\0')
      break;
    length = strcspn (at + 1, "}");
    va_start (pairs, word);
    is_known = append_value (out, at + 1, length, pairs);
    va_end (pairs);
    if (!is_known)
      g_critical ("%s: nobody said what {%.*s} is", upkeep_page_word_to_string (word), (int) length,
                  at + 1);
    at += length + 2;
  }
  return g_string_free (out, FALSE);
}

/**
 * upkeep_voice_plan:
 * @self: a voice
 * @edition: the catalogue
 * @plan_id: (nullable): a plan
 *
 * Names a plan.
 *
 * Returns: (transfer none): its name; its id where the catalogue lacks it, and what stands for none
 */
const char *
upkeep_voice_plan (const UpkeepVoice *self, const UpkeepEdition *edition, const char *plan_id)
{
  const UpkeepPlan *plan;

  if (plan_id == NULL)
    return upkeep_voice_say (self, UPKEEP_PAGE_WORD_PLAN_NONE);
  plan = upkeep_edition_find_plan (edition, plan_id);
  return plan != NULL ? upkeep_voice_text (self, &plan->name) : plan_id;
}

/**
 * upkeep_voice_within:
 * @self: a voice
 * @name: a name from a catalogue
 *
 * Writes a name as it stands inside a sentence: French begins a common noun in lower case there; an
 * abbreviation keeps its capitals.
 *
 * Returns: (transfer full): the name
 */
char *
upkeep_voice_within (const UpkeepVoice *self, const char *name)
{
  const char *rest;
  g_autofree char *first = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (self->language != UPKEEP_LANGUAGE_FR || name[0] == '\0')
    return g_strdup (name);
  rest = g_utf8_next_char (name);
  if (g_unichar_isupper (g_utf8_get_char (rest)))
    return g_strdup (name);
  first = g_utf8_strdown (name, rest - name);
  return g_strconcat (first, rest, NULL);
}

/**
 * upkeep_voice_money:
 * @self: a voice
 * @amount_minor: whole minor units of @currency; either sign
 * @currency: ISO 4217
 *
 * Writes a sum.
 *
 * Returns: (transfer full): the sum
 */
char *
upkeep_voice_money (const UpkeepVoice *self, gint64 amount_minor, const char *currency)
{
  g_return_val_if_fail (self != NULL, NULL);

  return upkeep_icu_format_money (languages[self->language].money_locale, amount_minor, currency,
                                  "");
}

/**
 * upkeep_voice_money_whole:
 * @self: a voice
 * @amount_units: whole units of @currency, not minor ones; at least 0
 * @currency: ISO 4217
 *
 * Writes a round sum without its minor units, such as a limit that a rule names.
 *
 * Returns: (transfer full): the sum
 */
char *
upkeep_voice_money_whole (const UpkeepVoice *self, gint64 amount_units, const char *currency)
{
  g_autofree char *decimal = g_strdup_printf ("%" G_GINT64_FORMAT, amount_units);
  g_autofree char *skeleton = g_strdup_printf ("currency/%s precision-integer", currency);

  g_return_val_if_fail (self != NULL, NULL);

  return upkeep_icu_format_decimal (languages[self->language].money_locale, skeleton, decimal);
}

static char *
format_instant (const UpkeepVoice *self, gint64 instant_s, const char *skeleton)
{
  const char *locale = languages[self->language].date_locale;
  g_autofree char *pattern = upkeep_icu_find_pattern (locale, skeleton);
  char *text = pattern != NULL ? upkeep_icu_format_date (locale, pattern, instant_s) : NULL;

  if (text == NULL) {
    text = g_malloc (UPKEEP_INSTANT_TEXT_SIZE);
    upkeep_instant_print (instant_s, text);
  }
  return text;
}

/**
 * upkeep_voice_date:
 * @self: a voice
 * @instant_s: seconds since 1970
 *
 * Writes the day of an instant, in UTC.
 *
 * Returns: (transfer full): such as `1 June 2026`
 */
char *
upkeep_voice_date (const UpkeepVoice *self, gint64 instant_s)
{
  g_return_val_if_fail (self != NULL, NULL);

  return format_instant (self, instant_s, "yMMMMd");
}

/**
 * upkeep_voice_instant:
 * @self: a voice
 * @instant_s: seconds since 1970
 *
 * Writes an instant with its time of day, in UTC.
 *
 * Returns: (transfer full): such as `1 June 2026 at 14:35`
 */
char *
upkeep_voice_instant (const UpkeepVoice *self, gint64 instant_s)
{
  g_return_val_if_fail (self != NULL, NULL);

  return format_instant (self, instant_s, "yMMMMdHm");
}

/**
 * upkeep_voice_count:
 * @self: a voice
 * @count: either sign
 *
 * Writes a whole number.
 *
 * Returns: (transfer full): such as `12,000`
 */
char *
upkeep_voice_count (const UpkeepVoice *self, gint64 count)
{
  g_autofree char *decimal = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  g_return_val_if_fail (self != NULL, NULL);

  return upkeep_icu_format_decimal (languages[self->language].money_locale, "", decimal);
}

/**
 * upkeep_voice_tenths:
 * @self: a voice
 * @seconds: at least 0
 * @unit_s: seconds of the unit it is told in; more than 0
 *
 * Writes a time in hours or minutes with one decimal, a half of a tenth up (RULES 0.2).
 *
 * Returns: (transfer full): such as `7.5`
 */
char *
upkeep_voice_tenths (const UpkeepVoice *self, gint64 seconds, gint64 unit_s)
{
  gint64 tenths = 0;
  g_autofree char *decimal = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (seconds >= 0 && unit_s > 0, NULL);

  if (!upkeep_scale (seconds, 10, unit_s, UPKEEP_ROUNDING_HALF_UP, &tenths, NULL))
    g_return_val_if_reached (NULL);
  decimal = g_strdup_printf ("%" G_GINT64_FORMAT ".%d", tenths / 10, (int) (tenths % 10));
  return upkeep_icu_format_decimal (languages[self->language].money_locale, ".0", decimal);
}

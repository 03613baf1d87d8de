/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-icu.h"

#include "upkeep-money.h"

#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/unumberformatter.h>
#include <unicode/ustring.h>

/* In UTF-16 units, the NUL included. ICU reports an error when one is too small; none of ours is
 * near. */
#define TEXT_MAX     160
#define PATTERN_MAX  64
#define SKELETON_MAX 64

#define MINUS "\342\210\222" /* U+2212 */

/**
 * upkeep_icu_to_utf8:
 * @text: (array length=length): what ICU wrote
 * @length: in UTF-16 units
 * @status: how it ended
 *
 * Turns what ICU wrote into UTF-8.
 *
 * Returns: (transfer full) (nullable): the text; `NULL` where ICU failed
 */
char *
upkeep_icu_to_utf8 (const UChar *text, int32_t length, UErrorCode status)
{
  if (U_FAILURE (status)) {
    g_debug ("ICU cannot format: %s", u_errorName (status));
    return NULL;
  }
  return g_utf16_to_utf8 (text, length, NULL, NULL, NULL);
}

/**
 * upkeep_icu_format_decimal:
 * @locale: ICU's name, such as `fr_FR`
 * @skeleton: a number skeleton, shorter than 64 bytes
 * @decimal: such as `-1234.50`
 *
 * Formats a decimal. Where ICU cannot, the decimal itself is what a person sees. A minus becomes
 * the real one, as ICU writes a hyphen in most locales.
 *
 * Returns: (transfer full): the number
 */
char *
upkeep_icu_format_decimal (const char *locale, const char *skeleton, const char *decimal)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar wide_skeleton[SKELETON_MAX];
  UChar text[TEXT_MAX];
  UNumberFormatter *formatter;
  UFormattedNumber *number;
  int32_t length;
  g_autofree char *utf8 = NULL;
  GString *result;

  g_return_val_if_fail (locale != NULL, NULL);
  g_return_val_if_fail (skeleton != NULL && strlen (skeleton) < SKELETON_MAX, NULL);
  g_return_val_if_fail (decimal != NULL, NULL);

  u_charsToUChars (skeleton, wide_skeleton, (int32_t) strlen (skeleton) + 1);
  formatter = unumf_openForSkeletonAndLocale (wide_skeleton, -1, locale, &status);
  number = unumf_openResult (&status);
  unumf_formatDecimal (formatter, decimal, -1, number, &status);
  length = unumf_resultToString (number, text, TEXT_MAX, &status);
  unumf_closeResult (number);
  unumf_close (formatter);

  utf8 = upkeep_icu_to_utf8 (text, length, status);
  result = g_string_new (utf8 != NULL ? utf8 : decimal);
  g_string_replace (result, "-", MINUS, 0);
  return g_string_free (result, FALSE);
}

/**
 * upkeep_icu_format_money:
 * @locale: ICU's name, such as `fr_FR`
 * @amount_minor: whole minor units of @currency; either sign
 * @currency: ISO 4217, three capital letters
 * @sign: how to write the sign, as the end of a number skeleton; empty for the usual way
 *
 * Formats a sum. How many minor units make a unit is ICU's data.
 *
 * Returns: (transfer full): the sum
 */
char *
upkeep_icu_format_money (const char *locale,
                         gint64 amount_minor,
                         const char *currency,
                         const char *sign)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar code[UPKEEP_CURRENCY_SIZE];
  guint64 magnitude = amount_minor < 0 ? -(guint64) amount_minor : (guint64) amount_minor;
  guint64 unit = 1;
  int n_digits;
  int n_cash_digits;
  g_autofree char *decimal = NULL;
  g_autofree char *skeleton = NULL;

  g_return_val_if_fail (upkeep_currency_is_valid (currency), NULL);
  g_return_val_if_fail (sign != NULL, NULL);

  u_charsToUChars (currency, code, UPKEEP_CURRENCY_SIZE);
  n_digits = ucurr_getDefaultFractionDigits (code, &status);
  n_cash_digits = ucurr_getDefaultFractionDigitsForUsage (code, UCURR_USAGE_CASH, &status);
  if (U_FAILURE (status))
    n_digits = n_cash_digits = 2;

  for (int i = 0; i < n_digits; i++)
    unit *= 10;
  if (n_digits > 0)
    decimal =
        g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT,
                         amount_minor < 0 ? "-" : "", magnitude / unit, n_digits, magnitude % unit);
  else
    decimal = g_strdup_printf ("%" G_GINT64_FORMAT, amount_minor);

  /* Where no coin is smaller than the unit, ".00" only gets in the way. */
  skeleton = g_strdup_printf ("currency/%s%s%s", currency,
                              n_digits > 0 && n_cash_digits == 0 ? " .00/w" : "", sign);
  return upkeep_icu_format_decimal (locale, skeleton, decimal);
}

/**
 * upkeep_icu_find_pattern:
 * @locale: ICU's name, such as `fr_FR`
 * @skeleton: which fields of a date to write, such as `yMMMMd`
 *
 * Asks in which order and with what between them a language writes the fields of a date. It takes
 * half a millisecond: who writes many dates keeps the answer.
 *
 * Returns: (transfer full) (nullable): a pattern; `NULL` where ICU knows none
 */
char *
upkeep_icu_find_pattern (const char *locale, const char *skeleton)
{
  UErrorCode status = U_ZERO_ERROR;
  UDateTimePatternGenerator *generator;
  UChar wide_skeleton[SKELETON_MAX];
  UChar pattern[PATTERN_MAX];
  int32_t length;

  g_return_val_if_fail (locale != NULL, NULL);
  g_return_val_if_fail (skeleton != NULL && strlen (skeleton) < SKELETON_MAX, NULL);

  u_charsToUChars (skeleton, wide_skeleton, (int32_t) strlen (skeleton) + 1);
  generator = udatpg_open (locale, &status);
  length = udatpg_getBestPattern (generator, wide_skeleton, -1, pattern, PATTERN_MAX, &status);
  udatpg_close (generator);
  return upkeep_icu_to_utf8 (pattern, length, status);
}

/**
 * upkeep_icu_mend_date:
 * @locale: ICU's name, such as `fr_FR`
 * @text: (transfer full) (nullable): a date as ICU writes it
 *
 * Mends what ICU's patterns cannot say or say too closely: French writes the first of a month as
 * "1er", and Chinese sets a time apart from the weekday before it.
 *
 * Returns: (transfer full) (nullable): the date; `NULL` for `NULL`
 */
char *
upkeep_icu_mend_date (const char *locale, char *text)
{
  g_autofree char *owned = text;
  g_autoptr (GRegex) found = NULL;
  const char *mended = NULL;

  g_return_val_if_fail (locale != NULL, NULL);

  if (text == NULL)
    return NULL;

  if (g_str_equal (locale, "fr") || g_str_has_prefix (locale, "fr_")) {
    found = g_regex_new ("(?<![0-9])1(?=\\s\\p{L}|\\s?\342\200\223)", 0, 0, NULL);
    mended = "1er";
  } else if (g_str_has_prefix (locale, "zh")) {
    found = g_regex_new ("(?<=\\p{Han})(?=[0-9]{2}:)", 0, 0, NULL);
    mended = " ";
  } else {
    return g_steal_pointer (&owned);
  }
  return g_regex_replace_literal (found, owned, -1, 0, mended, 0, NULL);
}

/**
 * upkeep_icu_format_date:
 * @locale: ICU's name, such as `fr_FR`
 * @pattern: how to write it, as upkeep_icu_find_pattern() finds it; shorter than 64 UTF-16 units
 * @wall_clock_s: seconds since 1970-01-01T00:00:00 on the clock that is written
 *
 * Formats an instant. ICU need not know the zone: whoever calls has added its offset.
 *
 * Returns: (transfer full) (nullable): the date; `NULL` where ICU failed
 */
char *
upkeep_icu_format_date (const char *locale, const char *pattern, gint64 wall_clock_s)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar wide_pattern[PATTERN_MAX];
  UChar text[TEXT_MAX];
  UDateFormat *format;
  int32_t length;

  g_return_val_if_fail (locale != NULL, NULL);
  g_return_val_if_fail (pattern != NULL, NULL);

  u_strFromUTF8 (wide_pattern, PATTERN_MAX, NULL, pattern, -1, &status);
  format =
      udat_open (UDAT_PATTERN, UDAT_PATTERN, locale, u"Etc/UTC", -1, wide_pattern, -1, &status);
  /* ICU counts milliseconds in a double, which holds every second of the years we have exactly. */
  length = udat_format (format, (UDate) (wall_clock_s * 1000), text, TEXT_MAX, NULL, &status);
  udat_close (format);
  return upkeep_icu_mend_date (locale, upkeep_icu_to_utf8 (text, length, status));
}

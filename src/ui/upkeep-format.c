/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-format.h"

#include "upkeep-icu.h"
#include "upkeep-instant.h"
#include "upkeep-money.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <pango/pango.h>
#include <string.h>
#include <unicode/udateintervalformat.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>

/* In UTF-16 units, the NUL included. ICU reports an error when one is too small; none of ours is
 * near. */
#define TEXT_MAX   160
#define LOCALE_MAX 32

#define MINUTE_S G_GINT64_CONSTANT (60)
#define HOUR_S   G_GINT64_CONSTANT (3600)

#define NARROW_SPACE "\342\200\257" /* U+202F, does not break */
#define HARD_SPACE   "\302\240"     /* U+00A0 */

/* Set by upkeep_format_set_locale() only. */
static char *locale_override; /* (owned) (nullable) */

/* How a style is asked of ICU, and what it is where the locale is "C", which ICU does not know. */
typedef struct {
  const char *skeleton; /* NULL where the pattern goes for every locale */
  const char *c_pattern;
} DateStyle;

static const DateStyle date_styles[] = {
    [UPKEEP_DATE_LONG] = {"yMMMMd", "d MMMM y"},
    [UPKEEP_DATE_DAY] = {"MMMMd", "d MMMM"},
    [UPKEEP_DATE_MONTH] = {"yMMMM", "MMMM y"},
    [UPKEEP_DATE_WEEKDAY] = {"EEEE", "EEEE"},
    [UPKEEP_DATE_WEEKDAY_DAY] = {"MMMMEEEEd", "EEEE d MMMM"},
    [UPKEEP_DATE_WEEKDAY_LONG] = {"yMMMMEEEEd", "EEEE d MMMM y"},
    [UPKEEP_DATE_TIME] = {"Hm", "HH:mm"},
    [UPKEEP_DATE_WEEKDAY_TIME] = {"EEEEHm", "EEEE HH:mm"},
    [UPKEEP_DATE_LONG_TIME] = {"yMMMMdHm", "d MMMM y 'at' HH:mm"},
    [UPKEEP_DATE_WEEKDAY_LONG_TIME] = {"yMMMMEEEEdHm", "EEEE d MMMM y 'at' HH:mm"},
    [UPKEEP_DATE_DAY_NUMBER] = {NULL, "d"},
    [UPKEEP_DATE_WEEKDAY_INITIAL] = {NULL, "ccccc"},
};
G_STATIC_ASSERT (G_N_ELEMENTS (date_styles) == UPKEEP_N_DATE_STYLES);

/* Locales */

static const char *
get_locale_name (int category)
{
  return locale_override != NULL ? locale_override : setlocale (category, NULL);
}

/* Whether a category is in the locale that stands for none; its English follows the pictures in
 * the design, whatever a country's habit. */
static gboolean
is_c_locale (int category)
{
  const char *name = get_locale_name (category);

  return name == NULL || g_str_equal (name, "C") || g_str_has_prefix (name, "C.") ||
         g_str_equal (name, "POSIX");
}

/* Writes ICU's name of a category's locale: `fr_FR.UTF-8` is `fr_FR` there. */
static void
get_icu_locale (int category, const char *c_locale, char ret_locale[LOCALE_MAX])
{
  const char *name = is_c_locale (category) ? c_locale : get_locale_name (category);

  g_strlcpy (ret_locale, name, LOCALE_MAX);
  ret_locale[strcspn (ret_locale, ".@")] = '\0';
}

/* Numbers in the locale */

static char *
format_number (const char *skeleton, const char *decimal)
{
  char locale[LOCALE_MAX];

  get_icu_locale (LC_NUMERIC, "en_US", locale);
  return upkeep_icu_format_decimal (locale, skeleton, decimal);
}

static char *
format_tenths (gint64 tenths)
{
  g_autofree char *decimal =
      g_strdup_printf ("%" G_GINT64_FORMAT ".%d", tenths / 10, (int) (tenths % 10));

  return format_number (".0", decimal);
}

/* Where a space stands before the sign, it is the narrow one; locale C has it too, as in the
 * design. */
static char *
format_percent_decimal (const char *decimal, const char *precision)
{
  g_autofree char *number = NULL;
  g_autofree char *skeleton = NULL;
  GString *result;

  if (is_c_locale (LC_NUMERIC)) {
    number = format_number (precision, decimal);
    return g_strconcat (number, NARROW_SPACE "%", NULL);
  }

  skeleton = g_strconcat ("percent ", precision, NULL);
  number = format_number (skeleton, decimal);
  result = g_string_new (number);
  g_string_replace (result, HARD_SPACE "%", NARROW_SPACE "%", 0);
  return g_string_free (result, FALSE);
}

/* Tenths of @numerator / @denominator, half up. Both come from checked model values, so a share
 * that does not fit is our own mistake. */
static gint64
get_tenths (gint64 amount, gint64 numerator, gint64 denominator)
{
  gint64 tenths = 0;
  gboolean fits =
      upkeep_scale (amount, numerator, denominator, UPKEEP_ROUNDING_HALF_UP, &tenths, NULL);

  g_return_val_if_fail (fits, 0);
  return tenths;
}

/* Locale */

/**
 * upkeep_format_set_locale:
 * @locale: (nullable): a name such as `fr_FR.UTF-8`, for every category; `NULL` for the process's
 *   own locale
 *
 * Sets whose numbers and dates are written, in place of the process's locale.
 *
 * Words still come from gettext, in the language of the process. Call it on the main thread only.
 */
void
upkeep_format_set_locale (const char *locale)
{
  g_free (locale_override);
  locale_override = g_strdup (locale);
}

/* Money */

static char *
format_money (gint64 amount_minor, const char *currency, const char *sign)
{
  char locale[LOCALE_MAX];

  get_icu_locale (LC_MONETARY, "en_US", locale);
  return upkeep_icu_format_money (locale, amount_minor, currency, sign);
}

/**
 * upkeep_format_money:
 * @amount_minor: whole minor units of @currency; either sign
 * @currency: ISO 4217, three capital letters
 *
 * Writes a sum: `$25.00`, in French `25,00 $US`, in Chinese `US$25.00`.
 *
 * How many minor units make a unit is ICU's data. It is never strfmon, which prints every sum in
 * the currency of the country it is read in (UX 4.2).
 *
 * Returns: (transfer full): the sum
 */
char *
upkeep_format_money (gint64 amount_minor, const char *currency)
{
  g_return_val_if_fail (upkeep_currency_is_valid (currency), NULL);

  return format_money (amount_minor, currency, "");
}

/**
 * upkeep_format_money_whole:
 * @amount_units: whole units of @currency, not minor ones; at least 0
 * @currency: ISO 4217, three capital letters
 *
 * Writes a round sum without its minor units, such as a limit that a rule names: `$1,000,000`.
 *
 * Returns: (transfer full): the sum
 */
char *
upkeep_format_money_whole (gint64 amount_units, const char *currency)
{
  char locale[LOCALE_MAX];
  g_autofree char *decimal = NULL;
  g_autofree char *skeleton = NULL;

  g_return_val_if_fail (amount_units >= 0, NULL);
  g_return_val_if_fail (upkeep_currency_is_valid (currency), NULL);

  decimal = g_strdup_printf ("%" G_GINT64_FORMAT, amount_units);
  skeleton = g_strdup_printf ("currency/%s precision-integer", currency);
  get_icu_locale (LC_MONETARY, "en_US", locale);
  return upkeep_icu_format_decimal (locale, skeleton, decimal);
}

/**
 * upkeep_format_money_signed:
 * @amount_minor: whole minor units of @currency; either sign
 * @currency: ISO 4217, three capital letters
 *
 * Writes a sum with its sign, a plus included: `+$60.00`. Zero has none.
 *
 * Returns: (transfer full): the sum
 */
char *
upkeep_format_money_signed (gint64 amount_minor, const char *currency)
{
  g_return_val_if_fail (upkeep_currency_is_valid (currency), NULL);

  return format_money (amount_minor, currency, " sign-except-zero");
}

/**
 * upkeep_format_money_of_markup:
 * @part_minor: whole minor units
 * @whole_minor: whole minor units
 * @currency: ISO 4217, three capital letters, of both
 *
 * Writes a sum out of another for the figures of a gauge: `<b>$0.00</b> of $30.00`.
 *
 * Returns: (transfer full): Pango markup
 */
char *
upkeep_format_money_of_markup (gint64 part_minor, gint64 whole_minor, const char *currency)
{
  g_autofree char *part = NULL;
  g_autofree char *whole = NULL;

  g_return_val_if_fail (upkeep_currency_is_valid (currency), NULL);

  part = format_money (part_minor, currency, "");
  whole = format_money (whole_minor, currency, "");

  /* Translators: a sum out of a sum, as in "$5.00 of $30.00". Keep the <b> around the first. */
  return g_strdup_printf (_ ("<b>%1$s</b> of %2$s"), part, whole);
}

/* Dates */

/* An instant moved so that UTC shows the wall clock of this computer: ICU need not know the zone
 * then, and follows whatever GLib found. */
static gint64
get_wall_clock_s (gint64 instant_s)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant_s);
  gint64 offset_s = g_time_zone_get_offset (zone, interval);

  return instant_s + offset_s;
}

/* The pattern of a style; looked up once for each locale. */
static const char *
get_pattern (const char *locale, UpkeepDateStyle style)
{
  static char cached_locale[LOCALE_MAX];
  static char *cached[UPKEEP_N_DATE_STYLES];
  const DateStyle *date_style = &date_styles[style];
  const char *name = is_c_locale (LC_TIME) ? "C" : locale;

  if (!g_str_equal (cached_locale, name)) {
    for (gsize i = 0; i < G_N_ELEMENTS (cached); i++)
      g_clear_pointer (&cached[i], g_free);
    g_strlcpy (cached_locale, name, LOCALE_MAX);
  }
  if (cached[style] == NULL && !is_c_locale (LC_TIME) && date_style->skeleton != NULL)
    cached[style] = upkeep_icu_find_pattern (locale, date_style->skeleton);
  if (cached[style] == NULL)
    cached[style] = g_strdup (date_style->c_pattern);
  return cached[style];
}

/**
 * upkeep_format_date:
 * @instant_s: seconds since 1970-01-01T00:00:00Z, within `UPKEEP_INSTANT_MIN` and `_MAX`
 * @style: how much of it to write
 *
 * Writes an instant as the wall clock of this computer shows it.
 *
 * The clock has 24 hours in every language: most deadlines here fall on midnight, and "12:00 AM"
 * is read as noon.
 *
 * Returns: (transfer full): the date
 */
char *
upkeep_format_date (gint64 instant_s, UpkeepDateStyle style)
{
  char locale[LOCALE_MAX];
  char *text;

  g_return_val_if_fail (style < UPKEEP_N_DATE_STYLES, NULL);

  get_icu_locale (LC_TIME, "en_GB", locale);
  text = upkeep_icu_format_date (locale, get_pattern (locale, style), get_wall_clock_s (instant_s));
  if (text == NULL) {
    g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (instant_s);

    return g_date_time_format_iso8601 (date);
  }
  return text;
}

/* The C locale's words for a range, naming a month or a year once where both ends share it. */
static char *
format_c_range (gint64 start_s, gint64 end_s)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_local (start_s);
  g_autoptr (GDateTime) end = g_date_time_new_from_unix_local (end_s);
  UpkeepDateStyle style = UPKEEP_DATE_LONG;
  g_autofree char *first = NULL;
  g_autofree char *last = upkeep_format_date (end_s, UPKEEP_DATE_LONG);

  if (g_date_time_get_year (start) == g_date_time_get_year (end)) {
    style = UPKEEP_DATE_DAY;
    if (g_date_time_get_month (start) == g_date_time_get_month (end))
      style = UPKEEP_DATE_DAY_NUMBER;
  }

  first = upkeep_format_date (start_s, style);
  return g_strdup_printf ("%s to %s", first, last);
}

/**
 * upkeep_format_date_range:
 * @start_s: seconds since 1970-01-01T00:00:00Z
 * @end_s: likewise, not before @start_s
 *
 * Writes the day something begins and the day it ends: `1 May to 1 June 2026`.
 *
 * The end is named as it is: of a half-open term that is the day the next one begins.
 *
 * Returns: (transfer full): the range; the one day where both fall on it
 */
char *
upkeep_format_date_range (gint64 start_s, gint64 end_s)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar text[TEXT_MAX];
  char locale[LOCALE_MAX];
  UDateIntervalFormat *format;
  int32_t length;
  char *utf8;
  g_autofree char *first = upkeep_format_date (start_s, UPKEEP_DATE_LONG);
  g_autofree char *last = upkeep_format_date (end_s, UPKEEP_DATE_LONG);

  if (g_strcmp0 (first, last) == 0)
    return g_steal_pointer (&first);
  if (is_c_locale (LC_TIME))
    return format_c_range (start_s, end_s);

  get_icu_locale (LC_TIME, "en_GB", locale);
  format = udtitvfmt_open (locale, u"yMMMMd", -1, u"Etc/UTC", -1, &status);
  length =
      udtitvfmt_format (format, (UDate) (get_wall_clock_s (start_s) * 1000),
                        (UDate) (get_wall_clock_s (end_s) * 1000), text, TEXT_MAX, NULL, &status);
  udtitvfmt_close (format);

  utf8 = upkeep_icu_to_utf8 (text, length, status);
  return utf8 != NULL ? upkeep_icu_mend_date (locale, utf8) : g_steal_pointer (&first);
}

/* Spans */

/* "in 3 days", or with a negative count "3 days ago". ICU takes the count as a double; it is a
 * small whole number. */
static char *
format_relative (gint64 count, URelativeDateTimeUnit unit)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar text[TEXT_MAX];
  char locale[LOCALE_MAX];
  URelativeDateTimeFormatter *formatter;
  int32_t length;
  char *utf8;

  get_icu_locale (LC_MESSAGES, "en_GB", locale);
  formatter =
      ureldatefmt_open (locale, NULL, UDAT_STYLE_LONG, UDISPCTX_CAPITALIZATION_NONE, &status);
  length = ureldatefmt_formatNumeric (formatter, (double) count, unit, text, TEXT_MAX, &status);
  ureldatefmt_close (formatter);

  utf8 = upkeep_icu_to_utf8 (text, length, status);
  return utf8 != NULL ? utf8 : g_strdup_printf ("%" G_GINT64_FORMAT, count);
}

/* "21 days", in the language of the words around it. */
static char *
format_unit (gint64 count, const char *unit)
{
  char locale[LOCALE_MAX];
  g_autofree char *decimal = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  g_autofree char *skeleton = g_strdup_printf ("unit/%s unit-width-full-name", unit);

  get_icu_locale (LC_MESSAGES, "en_GB", locale);
  return upkeep_icu_format_decimal (locale, skeleton, decimal);
}

/* A span in its largest whole unit. */
static char *
format_in (gint64 span_s)
{
  if (span_s >= UPKEEP_DAY_S)
    return format_relative (span_s / UPKEEP_DAY_S, UDAT_REL_UNIT_DAY);
  if (span_s >= HOUR_S)
    return format_relative (span_s / HOUR_S, UDAT_REL_UNIT_HOUR);
  if (span_s >= MINUTE_S)
    return format_relative (span_s / MINUTE_S, UDAT_REL_UNIT_MINUTE);
  return g_strdup (_ ("in less than a minute"));
}

/**
 * upkeep_format_in_days:
 * @now_s: seconds since 1970-01-01T00:00:00Z
 * @instant_s: likewise, later than @now_s
 *
 * Writes how long it is until an instant, in whole days, or in whole hours or minutes where it is
 * less than a day: `in 21 days`. What is over is cut, so it never promises more time than there is.
 *
 * Returns: (transfer full): the span; `now` where the instant has come
 */
char *
upkeep_format_in_days (gint64 now_s, gint64 instant_s)
{
  if (instant_s <= now_s)
    return g_strdup (C_ ("span of time", "now"));

  return format_in (instant_s - now_s);
}

/**
 * upkeep_format_countdown:
 * @now_s: seconds since 1970-01-01T00:00:00Z
 * @instant_s: likewise, later than @now_s
 *
 * Writes how long it is until an instant, in its two largest units: `in 21 days 10 hours`.
 *
 * Returns: (transfer full): the span; `now` where the instant has come
 */
char *
upkeep_format_countdown (gint64 now_s, gint64 instant_s)
{
  gint64 span_s;
  g_autofree char *large = NULL;
  g_autofree char *small = NULL;

  if (instant_s <= now_s)
    return g_strdup (C_ ("span of time", "now"));

  span_s = instant_s - now_s;
  if (span_s >= UPKEEP_DAY_S && span_s % UPKEEP_DAY_S >= HOUR_S) {
    large = format_unit (span_s / UPKEEP_DAY_S, "day");
    small = format_unit (span_s % UPKEEP_DAY_S / HOUR_S, "hour");
  } else if (span_s < UPKEEP_DAY_S && span_s >= HOUR_S && span_s % HOUR_S >= MINUTE_S) {
    large = format_unit (span_s / HOUR_S, "hour");
    small = format_unit (span_s % HOUR_S / MINUTE_S, "minute");
  } else {
    return format_in (span_s);
  }

  /* Translators: a span of time until something, as in "in 21 days 10 hours". */
  return g_strdup_printf (_ ("in %1$s %2$s"), large, small);
}

/**
 * upkeep_format_ago:
 * @now_s: seconds since 1970-01-01T00:00:00Z
 * @instant_s: likewise; one after @now_s counts as now, as clocks differ
 *
 * Writes how long ago an instant was, in its largest whole unit: `3 minutes ago`.
 *
 * Returns: (transfer full): the span; `just now` within the last minute
 */
char *
upkeep_format_ago (gint64 now_s, gint64 instant_s)
{
  gint64 span_s = now_s - instant_s;

  if (span_s >= UPKEEP_DAY_S)
    return format_relative (-(span_s / UPKEEP_DAY_S), UDAT_REL_UNIT_DAY);
  if (span_s >= HOUR_S)
    return format_relative (-(span_s / HOUR_S), UDAT_REL_UNIT_HOUR);
  if (span_s >= MINUTE_S)
    return format_relative (-(span_s / MINUTE_S), UDAT_REL_UNIT_MINUTE);
  return g_strdup (_ ("just now"));
}

/**
 * upkeep_format_updated:
 * @now_s: seconds since 1970-01-01T00:00:00Z
 * @instant_s: when the service last answered
 *
 * Writes how old what a page shows is: `Updated 3 minutes ago`.
 *
 * Returns: (transfer full): the sentence
 */
char *
upkeep_format_updated (gint64 now_s, gint64 instant_s)
{
  g_autofree char *ago = upkeep_format_ago (now_s, instant_s);

  /* Translators: %s is "just now" or "3 minutes ago". */
  return g_strdup_printf (_ ("Updated %s"), ago);
}

/**
 * upkeep_format_saved_copy:
 * @now_s: seconds since 1970-01-01T00:00:00Z
 * @instant_s: when the service last answered
 *
 * Writes when the saved copy on the screen is from: `Saved copy from Friday 14:05`, and with the
 * whole date once the weekday no longer tells the day.
 *
 * Returns: (transfer full): the sentence
 */
char *
upkeep_format_saved_copy (gint64 now_s, gint64 instant_s)
{
  UpkeepDateStyle style =
      now_s - instant_s < 6 * UPKEEP_DAY_S ? UPKEEP_DATE_WEEKDAY_TIME : UPKEEP_DATE_LONG_TIME;
  g_autofree char *date = upkeep_format_date (instant_s, style);

  /* Translators: %s is a day and a time, as in "Friday 14:05". */
  return g_strdup_printf (_ ("Saved copy from %s"), date);
}

/* Numbers */

/**
 * upkeep_format_count:
 * @count: what was counted; either sign
 *
 * Writes a whole number with its thousands apart: `12,000`.
 *
 * Returns: (transfer full): the number
 */
char *
upkeep_format_count (gint64 count)
{
  g_autofree char *decimal = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  return format_number ("", decimal);
}

/**
 * upkeep_format_percent:
 * @percent: whole percent; either sign
 *
 * Writes a whole percentage: `20 %`.
 *
 * Returns: (transfer full): the percentage
 */
char *
upkeep_format_percent (gint64 percent)
{
  g_autofree char *decimal = g_strdup_printf ("%" G_GINT64_FORMAT, percent);

  return format_percent_decimal (decimal, "precision-integer");
}

/**
 * upkeep_format_percent_tenths:
 * @part: at least 0
 * @whole: what @part is a part of, in the same unit; more than 0
 *
 * Writes a share with one decimal: `51.3 %`. A half of a tenth goes up.
 *
 * Returns: (transfer full): the percentage
 */
char *
upkeep_format_percent_tenths (gint64 part, gint64 whole)
{
  g_autofree char *decimal = NULL;
  gint64 tenths;

  g_return_val_if_fail (part >= 0, NULL);
  g_return_val_if_fail (whole > 0, NULL);

  tenths = get_tenths (part, 1000, whole);
  decimal = g_strdup_printf ("%" G_GINT64_FORMAT ".%d", tenths / 10, (int) (tenths % 10));
  return format_percent_decimal (decimal, ".0");
}

/**
 * upkeep_format_hours_number:
 * @seconds: processing time; at least 0
 *
 * Writes seconds as hours with one decimal and no unit: `7.5`. A half of a tenth goes up (RULES
 * 0.2: the exact seconds are kept, and shown so).
 *
 * Returns: (transfer full): the number
 */
char *
upkeep_format_hours_number (gint64 seconds)
{
  g_return_val_if_fail (seconds >= 0, NULL);

  return format_tenths (get_tenths (seconds, 10, HOUR_S));
}

/**
 * upkeep_format_hours:
 * @seconds: processing time; at least 0
 *
 * Writes seconds as hours: `7.5 hours`.
 *
 * Returns: (transfer full): the number with its unit
 */
char *
upkeep_format_hours (gint64 seconds)
{
  return upkeep_format_quantity (seconds, "gpu_second");
}

/**
 * upkeep_format_minutes_number:
 * @seconds: processing time; at least 0
 *
 * Writes seconds as minutes with one decimal and no unit: `3.6`. A half of a tenth goes up.
 *
 * Returns: (transfer full): the number
 */
char *
upkeep_format_minutes_number (gint64 seconds)
{
  g_return_val_if_fail (seconds >= 0, NULL);

  return format_tenths (get_tenths (seconds, 10, MINUTE_S));
}

/* Quantities */

/* The units a meter may count in; what an edition may add beyond them is a plain unit. */
typedef enum {
  UNIT_OTHER,
  UNIT_HOURS,
  UNIT_CREDITS,
  UNIT_ISSUES,
} Unit;

static Unit
get_unit (const char *unit)
{
  if (g_str_equal (unit, "gpu_second"))
    return UNIT_HOURS;
  if (g_str_equal (unit, "credit"))
    return UNIT_CREDITS;
  if (g_str_equal (unit, "issue"))
    return UNIT_ISSUES;
  return UNIT_OTHER;
}

static char *
format_quantity_number (gint64 quantity, Unit unit)
{
  return unit == UNIT_HOURS ? upkeep_format_hours_number (quantity)
                            : upkeep_format_count (quantity);
}

/* Which plural of the words goes with a count; gettext takes no more than an unsigned long. */
static gulong
get_plural_count (gint64 count)
{
  return (gulong) CLAMP (count, 0, G_MAXINT32);
}

/* Which plural of the words goes with hours and their tenths. English has one for them; French
 * says "1,5 h utilisée" and "2,0 h utilisées". */
static gulong
get_plural_hours (gint64 seconds)
{
  return get_plural_count (get_tenths (seconds, 10, HOUR_S) / 10);
}

/**
 * upkeep_format_quantity:
 * @quantity: how many units; at least 0
 * @unit: the meter's unit, as in an edition
 *
 * Writes a quantity of a meter: `7.5 hours`, `1,400 credits`.
 *
 * Returns: (transfer full): the number with its unit
 */
char *
upkeep_format_quantity (gint64 quantity, const char *unit)
{
  g_autofree char *number = NULL;
  gulong n = get_plural_count (quantity);
  Unit kind;

  g_return_val_if_fail (quantity >= 0, NULL);
  g_return_val_if_fail (unit != NULL, NULL);

  kind = get_unit (unit);
  number = format_quantity_number (quantity, kind);
  switch (kind) {
  case UNIT_HOURS:
    /* Translators: %s has one decimal, as in "7.5 hours" and "1.0 hours". */
    return g_strdup_printf (_ ("%s hours"), number);
  case UNIT_CREDITS:
    /* Translators: %s is a whole number, as in "1,400 credits". */
    return g_strdup_printf (ngettext ("%s credit", "%s credits", n), number);
  case UNIT_ISSUES:
    /* Translators: issues of a magazine. */
    return g_strdup_printf (ngettext ("%s issue", "%s issues", n), number);
  case UNIT_OTHER:
  default:
    /* Translators: %s is a whole number. */
    return g_strdup_printf (ngettext ("%s unit", "%s units", n), number);
  }
}

/**
 * upkeep_format_quantity_left:
 * @quantity: how many units are left; at least 0
 * @unit: the meter's unit, as in an edition
 *
 * Writes what is left of a meter: `7.5 hours left`.
 *
 * Returns: (transfer full): the words
 */
char *
upkeep_format_quantity_left (gint64 quantity, const char *unit)
{
  g_autofree char *number = NULL;
  gulong n = get_plural_count (quantity);
  Unit kind;

  g_return_val_if_fail (quantity >= 0, NULL);
  g_return_val_if_fail (unit != NULL, NULL);

  kind = get_unit (unit);
  number = format_quantity_number (quantity, kind);
  switch (kind) {
  case UNIT_HOURS:
    /* Translators: %s has one decimal, as in "7.5 hours left". */
    return g_strdup_printf (_ ("%s hours left"), number);
  case UNIT_CREDITS:
    /* Translators: %s is a whole number, as in "1,000 credits left". */
    return g_strdup_printf (ngettext ("%s credit left", "%s credits left", n), number);
  case UNIT_ISSUES:
    /* Translators: issues of a magazine. */
    return g_strdup_printf (ngettext ("%s issue left", "%s issues left", n), number);
  case UNIT_OTHER:
  default:
    /* Translators: %s is a whole number. */
    return g_strdup_printf (ngettext ("%s unit left", "%s units left", n), number);
  }
}

/**
 * upkeep_format_quantity_used:
 * @quantity: how many units were used; at least 0
 * @unit: the meter's unit, as in an edition
 *
 * Writes what was used of a meter that has no limit: `0.2 hours used`.
 *
 * Returns: (transfer full): the words
 */
char *
upkeep_format_quantity_used (gint64 quantity, const char *unit)
{
  g_autofree char *number = NULL;
  gulong n = get_plural_count (quantity);
  Unit kind;

  g_return_val_if_fail (quantity >= 0, NULL);
  g_return_val_if_fail (unit != NULL, NULL);

  kind = get_unit (unit);
  number = format_quantity_number (quantity, kind);
  switch (kind) {
  case UNIT_HOURS:
    return g_strdup_printf (
        /* Translators: as in "0.2 hours used"; the plural goes by the whole hours. */
        ngettext ("%s hours used", "%s hours used", get_plural_hours (quantity)), number);
  case UNIT_CREDITS:
    /* Translators: %s is a whole number, as in "400 credits used". */
    return g_strdup_printf (ngettext ("%s credit used", "%s credits used", n), number);
  case UNIT_ISSUES:
    /* Translators: issues of a magazine. */
    return g_strdup_printf (ngettext ("%s issue used", "%s issues used", n), number);
  case UNIT_OTHER:
  default:
    /* Translators: %s is a whole number. */
    return g_strdup_printf (ngettext ("%s unit used", "%s units used", n), number);
  }
}

/**
 * upkeep_format_left_of:
 * @left: how many units are left; at least 0
 * @allowance: of how many; at least 0
 * @unit: the meter's unit, as in an edition
 *
 * Writes a gauge's value text: `7.5 of 15.0 hours left` (CONTRACT 7).
 *
 * Returns: (transfer full): the words
 */
char *
upkeep_format_left_of (gint64 left, gint64 allowance, const char *unit)
{
  g_autofree char *number = NULL;
  g_autofree char *whole = NULL;
  gulong n = get_plural_count (allowance);
  Unit kind;

  g_return_val_if_fail (left >= 0, NULL);
  g_return_val_if_fail (allowance >= 0, NULL);
  g_return_val_if_fail (unit != NULL, NULL);

  kind = get_unit (unit);
  number = format_quantity_number (left, kind);
  whole = format_quantity_number (allowance, kind);
  switch (kind) {
  case UNIT_HOURS:
    /* Translators: as in "7.5 of 15.0 hours left". */
    return g_strdup_printf (_ ("%1$s of %2$s hours left"), number, whole);
  case UNIT_CREDITS:
    /* Translators: as in "1,000 of 1,400 credits left". */
    return g_strdup_printf (ngettext ("%1$s of %2$s credit left", "%1$s of %2$s credits left", n),
                            number, whole);
  case UNIT_ISSUES:
    /* Translators: as in "1 of 12 issues left", of a magazine. */
    return g_strdup_printf (ngettext ("%1$s of %2$s issue left", "%1$s of %2$s issues left", n),
                            number, whole);
  case UNIT_OTHER:
  default:
    /* Translators: as in "1 of 12 units left". */
    return g_strdup_printf (ngettext ("%1$s of %2$s unit left", "%1$s of %2$s units left", n),
                            number, whole);
  }
}

/**
 * upkeep_format_used_of_markup:
 * @used: how many units were used; at least 0
 * @allowance: of how many; at least 0
 * @unit: the meter's unit, as in an edition
 *
 * Writes the figures of a gauge: `<b>7.5</b> of 15.0 hours used`.
 *
 * Returns: (transfer full): Pango markup, to be given to upkeep_gauge_set_figures()
 */
char *
upkeep_format_used_of_markup (gint64 used, gint64 allowance, const char *unit)
{
  g_autofree char *number = NULL;
  g_autofree char *whole = NULL;
  gulong n = get_plural_count (allowance);
  Unit kind;

  g_return_val_if_fail (used >= 0, NULL);
  g_return_val_if_fail (allowance >= 0, NULL);
  g_return_val_if_fail (unit != NULL, NULL);

  kind = get_unit (unit);
  number = format_quantity_number (used, kind);
  whole = format_quantity_number (allowance, kind);
  switch (kind) {
  case UNIT_HOURS:
    /* Translators: as in "7.5 of 15.0 hours used". Keep the <b> around the part that was used. The
     * plural goes by its whole hours. */
    return g_strdup_printf (ngettext ("<b>%1$s</b> of %2$s hours used",
                                      "<b>%1$s</b> of %2$s hours used", get_plural_hours (used)),
                            number, whole);
  case UNIT_CREDITS:
    return g_strdup_printf (
        /* Translators: as in "400 of 1,400 credits used". Keep the <b>. */
        ngettext ("<b>%1$s</b> of %2$s credit used", "<b>%1$s</b> of %2$s credits used", n), number,
        whole);
  case UNIT_ISSUES:
    return g_strdup_printf (
        /* Translators: as in "1 of 12 issues used". Keep the <b>. */
        ngettext ("<b>%1$s</b> of %2$s issue used", "<b>%1$s</b> of %2$s issues used", n), number,
        whole);
  case UNIT_OTHER:
  default:
    return g_strdup_printf (
        /* Translators: as in "1 of 12 units used". Keep the <b>. */
        ngettext ("<b>%1$s</b> of %2$s unit used", "<b>%1$s</b> of %2$s units used", n), number,
        whole);
  }
}

/**
 * upkeep_format_used_of:
 * @used: how many units were used; at least 0
 * @allowance: of how many; at least 0
 * @unit: the meter's unit, as in an edition
 *
 * Writes what was used of a meter: `7.5 of 15.0 hours used`.
 *
 * Returns: (transfer full): the words
 */
char *
upkeep_format_used_of (gint64 used, gint64 allowance, const char *unit)
{
  g_autofree char *markup = upkeep_format_used_of_markup (used, allowance, unit);
  char *text = NULL;

  g_return_val_if_fail (markup != NULL, NULL);

  if (!pango_parse_markup (markup, -1, 0, NULL, &text, NULL, NULL))
    return g_steal_pointer (&markup);
  return text;
}

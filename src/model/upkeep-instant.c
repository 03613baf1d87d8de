/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-instant.h"

#include <string.h>

/* A date of the proleptic Gregorian calendar, in UTC. */
typedef struct {
  gint64 year;
  int month; /* 1-12 */
  int day;   /* 1-31 */
} Date;

static gint64
floor_div (gint64 a, gint64 b)
{
  gint64 quotient = a / b;

  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

static gboolean
is_leap_year (gint64 year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month (gint64 year, int month)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  return month == 2 && is_leap_year (year) ? 29 : days[month - 1];
}

/* Days since 1970-01-01. Years are counted from March, so that the leap day comes last in its year.
 */
static gint64
days_from_date (Date date)
{
  gint64 year = date.month <= 2 ? date.year - 1 : date.year;
  gint64 era = floor_div (year, 400);
  gint64 year_of_era = year - era * 400;
  gint64 month_from_march = (date.month + 9) % 12;
  gint64 day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

static Date
date_from_days (gint64 days)
{
  gint64 shifted = days + 719468;
  gint64 era = floor_div (shifted, 146097);
  gint64 day_of_era = shifted - era * 146097;
  gint64 year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 month_from_march = (5 * day_of_year + 2) / 153;
  int month = (int) (month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);

  return (Date){
      .year = era * 400 + year_of_era + (month <= 2 ? 1 : 0),
      .month = month,
      .day = (int) (day_of_year - (153 * month_from_march + 2) / 5 + 1),
  };
}

static Date
date_of (gint64 instant_s)
{
  return date_from_days (floor_div (instant_s, UPKEEP_DAY_S));
}

/* Reads exactly @n_digits decimal digits at @text. */
static gboolean
read_digits (const char *text, int n_digits, int *ret_number)
{
  int number = 0;

  for (int i = 0; i < n_digits; i++) {
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
    number = number * 10 + (text[i] - '0');
  }

  *ret_number = number;
  return TRUE;
}

/* Reads `2026-05-10` at the start of @text. */
static gboolean
read_date (const char *text, Date *ret_date)
{
  int year, month, day;

  if (!read_digits (text, 4, &year) || text[4] != '-' || !read_digits (text + 5, 2, &month) ||
      text[7] != '-' || !read_digits (text + 8, 2, &day))
    return FALSE;
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > days_in_month (year, month))
    return FALSE;

  *ret_date = (Date){.year = year, .month = month, .day = day};
  return TRUE;
}

/**
 * upkeep_instant_parse:
 * @text: `2026-05-10T00:00:00Z`
 * @ret_s: (out): where to put the instant, in UTC seconds
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Reads an RFC 3339 instant in UTC, to the second.
 *
 * Offsets other than `Z`, fractions and leap seconds are refused: no document of ours has them.
 *
 * Errors: `UPKEEP_MODEL_ERROR_SYNTAX`.
 *
 * Returns: whether @ret_s was written
 */
gboolean
upkeep_instant_parse (const char *text, gint64 *ret_s, GError **error)
{
  Date date;
  int hour, minute, second;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ret_s != NULL, FALSE);

  if (strlen (text) != UPKEEP_INSTANT_TEXT_SIZE - 1 || !read_date (text, &date) ||
      text[10] != 'T' || !read_digits (text + 11, 2, &hour) || text[13] != ':' ||
      !read_digits (text + 14, 2, &minute) || text[16] != ':' ||
      !read_digits (text + 17, 2, &second) || text[19] != 'Z' || hour > 23 || minute > 59 ||
      second > 59) {
    g_set_error_literal (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_SYNTAX,
                         "not an instant like 2026-05-10T00:00:00Z");
    return FALSE;
  }

  *ret_s = days_from_date (date) * UPKEEP_DAY_S + hour * 3600 + minute * 60 + second;
  return TRUE;
}

/**
 * upkeep_date_parse:
 * @text: `2026-05-10`
 * @ret_midnight_s: (out): where to put the date's first instant, in UTC seconds
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Reads a calendar date as its midnight in UTC.
 *
 * Errors: `UPKEEP_MODEL_ERROR_SYNTAX`.
 *
 * Returns: whether @ret_midnight_s was written
 */
gboolean
upkeep_date_parse (const char *text, gint64 *ret_midnight_s, GError **error)
{
  Date date;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ret_midnight_s != NULL, FALSE);

  if (strlen (text) != UPKEEP_DATE_TEXT_SIZE - 1 || !read_date (text, &date)) {
    g_set_error_literal (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_SYNTAX,
                         "not a date like 2026-05-10");
    return FALSE;
  }

  *ret_midnight_s = days_from_date (date) * UPKEEP_DAY_S;
  return TRUE;
}

/**
 * upkeep_instant_print:
 * @instant_s: from `UPKEEP_INSTANT_MIN` to `UPKEEP_INSTANT_MAX`
 * @ret_text: (out): where to put the text
 *
 * Writes an instant as RFC 3339 in UTC.
 */
void
upkeep_instant_print (gint64 instant_s, char ret_text[UPKEEP_INSTANT_TEXT_SIZE])
{
  Date date = date_of (instant_s);
  gint64 second_of_day = instant_s - floor_div (instant_s, UPKEEP_DAY_S) * UPKEEP_DAY_S;

  g_return_if_fail (instant_s >= UPKEEP_INSTANT_MIN && instant_s <= UPKEEP_INSTANT_MAX);

  g_snprintf (ret_text, UPKEEP_INSTANT_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int) date.year,
              date.month, date.day, (int) (second_of_day / 3600), (int) (second_of_day / 60 % 60),
              (int) (second_of_day % 60));
}

/**
 * upkeep_date_print:
 * @instant_s: from `UPKEEP_INSTANT_MIN` to `UPKEEP_INSTANT_MAX`
 * @ret_text: (out): where to put the text
 *
 * Writes the UTC date of an instant as `2026-05-10`.
 */
void
upkeep_date_print (gint64 instant_s, char ret_text[UPKEEP_DATE_TEXT_SIZE])
{
  Date date = date_of (instant_s);

  g_return_if_fail (instant_s >= UPKEEP_INSTANT_MIN && instant_s <= UPKEEP_INSTANT_MAX);

  g_snprintf (ret_text, UPKEEP_DATE_TEXT_SIZE, "%04d-%02d-%02d", (int) date.year, date.month,
              date.day);
}

/**
 * upkeep_interval_to_string:
 * @interval: an interval
 *
 * Names an interval as documents do.
 *
 * Returns: (nullable): `month` or `year`; `NULL` for `UPKEEP_INTERVAL_NONE`
 */
const char *
upkeep_interval_to_string (UpkeepInterval interval)
{
  static const char *const names[] = {NULL, "month", "year"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_INTERVALS);

  return names[interval];
}

/**
 * upkeep_interval_months:
 * @interval: an interval
 *
 * Counts the months of one term.
 *
 * Returns: 1 or 12; 0 for `UPKEEP_INTERVAL_NONE`
 */
gint64
upkeep_interval_months (UpkeepInterval interval)
{
  static const gint64 months[] = {0, 1, 12};

  G_STATIC_ASSERT (G_N_ELEMENTS (months) == UPKEEP_N_INTERVALS);

  return months[interval];
}

/**
 * upkeep_schedule_boundary:
 * @anchor_s: the instant that all boundaries follow from
 * @n_months: whole months after the anchor; may be negative
 *
 * Finds the n-th monthly boundary of an anchor.
 *
 * Day and time of day are the anchor's; where the month is too short, its last day stands in and
 * the anchor's day comes back in the next month that has it. Counting from the anchor and never
 * from the last boundary is what keeps it.
 *
 * Source: RULES 0.6 (Jan 31 renews Feb 28 or 29, then Mar 31).
 *
 * Returns: the boundary, in UTC seconds
 */
gint64
upkeep_schedule_boundary (gint64 anchor_s, gint64 n_months)
{
  Date anchor = date_of (anchor_s);
  gint64 second_of_day = anchor_s - floor_div (anchor_s, UPKEEP_DAY_S) * UPKEEP_DAY_S;
  gint64 month_index = anchor.year * 12 + anchor.month - 1 + n_months;
  Date date = {
      .year = floor_div (month_index, 12),
      .month = (int) (month_index - floor_div (month_index, 12) * 12) + 1,
  };

  date.day = MIN (anchor.day, days_in_month (date.year, date.month));
  return days_from_date (date) * UPKEEP_DAY_S + second_of_day;
}

/**
 * upkeep_schedule_months_at:
 * @anchor_s: the instant that all boundaries follow from
 * @instant_s: any instant
 *
 * Counts the whole months from an anchor to an instant.
 *
 * The difference of the calendar months may be one too many, never more; so it is tried and not
 * trusted.
 *
 * Returns: the largest n with upkeep_schedule_boundary (anchor, n) <= @instant_s
 */
gint64
upkeep_schedule_months_at (gint64 anchor_s, gint64 instant_s)
{
  Date anchor = date_of (anchor_s);
  Date date = date_of (instant_s);
  gint64 n_months = (date.year - anchor.year) * 12 + date.month - anchor.month;

  return upkeep_schedule_boundary (anchor_s, n_months) <= instant_s ? n_months : n_months - 1;
}

/**
 * upkeep_schedule_period_at:
 * @anchor_s: the instant that all boundaries follow from
 * @interval: month or year
 * @instant_s: any instant
 *
 * Finds the period that an instant lies in.
 *
 * Returns: the period; a boundary belongs to the period that begins at it
 */
UpkeepPeriod
upkeep_schedule_period_at (gint64 anchor_s, UpkeepInterval interval, gint64 instant_s)
{
  gint64 length = upkeep_interval_months (interval);
  gint64 n_months;

  g_return_val_if_fail (length > 0, ((UpkeepPeriod){anchor_s, anchor_s}));

  n_months = floor_div (upkeep_schedule_months_at (anchor_s, instant_s), length) * length;
  return (UpkeepPeriod){
      .start_s = upkeep_schedule_boundary (anchor_s, n_months),
      .end_s = upkeep_schedule_boundary (anchor_s, n_months + length),
  };
}

/**
 * upkeep_business_days_after:
 * @instant_s: when counting begins
 * @n_days: how many business days to count; more than 0
 *
 * Finds the last of some business days, Monday to Friday, counted from the day after.
 *
 * Source: RULES 0.17.
 *
 * Returns: midnight of that day in UTC, in seconds
 */
gint64
upkeep_business_days_after (gint64 instant_s, int n_days)
{
  gint64 day = floor_div (instant_s, UPKEEP_DAY_S);

  g_return_val_if_fail (n_days > 0, day * UPKEEP_DAY_S);

  while (n_days > 0) {
    gint64 weekday; /* 0 is Monday: 1970-01-01 was a Thursday */

    day++;
    weekday = day + 3 - floor_div (day + 3, 7) * 7;
    if (weekday < 5)
      n_days--;
  }

  return day * UPKEEP_DAY_S;
}

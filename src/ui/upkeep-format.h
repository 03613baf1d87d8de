/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every number, sum and date a person reads is made here, with ICU. Each function takes plain
 * values and returns a newly allocated string. */

/**
 * UpkeepDateStyle:
 * @UPKEEP_DATE_LONG: `1 June 2026`
 * @UPKEEP_DATE_DAY: `1 June`
 * @UPKEEP_DATE_MONTH: `June 2026`
 * @UPKEEP_DATE_WEEKDAY: `Monday`
 * @UPKEEP_DATE_WEEKDAY_DAY: `Monday 1 June`
 * @UPKEEP_DATE_WEEKDAY_LONG: `Monday 1 June 2026`
 * @UPKEEP_DATE_TIME: `14:35`
 * @UPKEEP_DATE_WEEKDAY_TIME: `Monday 14:35`
 * @UPKEEP_DATE_LONG_TIME: `1 June 2026 at 14:35`
 * @UPKEEP_DATE_WEEKDAY_LONG_TIME: `Monday 1 June 2026 at 14:35`
 * @UPKEEP_DATE_DAY_NUMBER: `1`, the day of the month alone
 * @UPKEEP_DATE_WEEKDAY_INITIAL: `M`, for the head of a calendar
 *
 * How much of an instant to write, with what it looks like in the C locale.
 */
typedef enum {
  UPKEEP_DATE_LONG,
  UPKEEP_DATE_DAY,
  UPKEEP_DATE_MONTH,
  UPKEEP_DATE_WEEKDAY,
  UPKEEP_DATE_WEEKDAY_DAY,
  UPKEEP_DATE_WEEKDAY_LONG,
  UPKEEP_DATE_TIME,
  UPKEEP_DATE_WEEKDAY_TIME,
  UPKEEP_DATE_LONG_TIME,
  UPKEEP_DATE_WEEKDAY_LONG_TIME,
  UPKEEP_DATE_DAY_NUMBER,
  UPKEEP_DATE_WEEKDAY_INITIAL,
} UpkeepDateStyle;
#define UPKEEP_N_DATE_STYLES 12

void upkeep_format_set_locale (const char *locale);

/* Money */
char *upkeep_format_money (gint64 amount_minor, const char *currency);
char *upkeep_format_money_whole (gint64 amount_units, const char *currency);
char *upkeep_format_money_signed (gint64 amount_minor, const char *currency);
char *upkeep_format_money_of_markup (gint64 part_minor, gint64 whole_minor, const char *currency);

/* Dates and spans */
char *upkeep_format_date (gint64 instant_s, UpkeepDateStyle style);
char *upkeep_format_date_range (gint64 start_s, gint64 end_s);
char *upkeep_format_in_days (gint64 now_s, gint64 instant_s);
char *upkeep_format_countdown (gint64 now_s, gint64 instant_s);
char *upkeep_format_ago (gint64 now_s, gint64 instant_s);
char *upkeep_format_updated (gint64 now_s, gint64 instant_s);
char *upkeep_format_saved_copy (gint64 now_s, gint64 instant_s);

/* Numbers */
char *upkeep_format_count (gint64 count);
char *upkeep_format_percent (gint64 percent);
char *upkeep_format_percent_tenths (gint64 part, gint64 whole);
char *upkeep_format_hours_number (gint64 seconds);
char *upkeep_format_hours (gint64 seconds);
char *upkeep_format_minutes_number (gint64 seconds);

/* Quantities of a meter: `gpu_second`, `credit`, `issue` or another unit of an edition */
char *upkeep_format_quantity (gint64 quantity, const char *unit);
char *upkeep_format_quantity_left (gint64 quantity, const char *unit);
char *upkeep_format_quantity_used (gint64 quantity, const char *unit);
char *upkeep_format_left_of (gint64 left, gint64 allowance, const char *unit);
char *upkeep_format_used_of (gint64 used, gint64 allowance, const char *unit);
char *upkeep_format_used_of_markup (gint64 used, gint64 allowance, const char *unit);

G_END_DECLS

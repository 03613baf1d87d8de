/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-error.h"

G_BEGIN_DECLS

/* An instant is a gint64: seconds since 1970-01-01T00:00:00Z, leap seconds not counted. A span is
 * half-open. */

#define UPKEEP_INSTANT_MIN G_GINT64_CONSTANT (0)            /* 1970-01-01T00:00:00Z */
#define UPKEEP_INSTANT_MAX G_GINT64_CONSTANT (253402300799) /* 9999-12-31T23:59:59Z */

/* Stands for "no such instant" in optional fields. */
#define UPKEEP_INSTANT_NONE G_MININT64

#define UPKEEP_DAY_S G_GINT64_CONSTANT (86400)

/* `2026-05-10T00:00:00Z` and the terminating NUL. */
#define UPKEEP_INSTANT_TEXT_SIZE 21
/* `2026-05-10` and the terminating NUL. */
#define UPKEEP_DATE_TEXT_SIZE 11

typedef enum {
  UPKEEP_INTERVAL_NONE,
  UPKEEP_INTERVAL_MONTH,
  UPKEEP_INTERVAL_YEAR,
} UpkeepInterval;
#define UPKEEP_N_INTERVALS 3

/**
 * UpkeepPeriod:
 * @start_s: the first second in it
 * @end_s: the first second after it
 *
 * A half-open span of time, `[start, end)`.
 */
typedef struct {
  gint64 start_s;
  gint64 end_s;
} UpkeepPeriod;

gboolean upkeep_instant_parse (const char *text, gint64 *ret_s, GError **error);
void upkeep_instant_print (gint64 instant_s, char ret_text[UPKEEP_INSTANT_TEXT_SIZE]);
void upkeep_date_print (gint64 instant_s, char ret_text[UPKEEP_DATE_TEXT_SIZE]);
gboolean upkeep_date_parse (const char *text, gint64 *ret_midnight_s, GError **error);

const char *upkeep_interval_to_string (UpkeepInterval interval);
gint64 upkeep_interval_months (UpkeepInterval interval);

gint64 upkeep_schedule_boundary (gint64 anchor_s, gint64 n_months);
gint64 upkeep_schedule_months_at (gint64 anchor_s, gint64 instant_s);
UpkeepPeriod upkeep_schedule_period_at (gint64 anchor_s, UpkeepInterval interval, gint64 instant_s);

gint64 upkeep_business_days_after (gint64 instant_s, int n_days);

G_END_DECLS

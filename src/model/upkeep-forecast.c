/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-forecast.h"

#include "upkeep-money.h"

/**
 * upkeep_forecast_make:
 * @span: the refill month, not empty
 * @now_s: the service's time
 * @used: units processed since @span began, at least 0
 * @remaining: units left of the allotment, at least 0
 * @allowance: the allotment, at least 0
 *
 * Says whether what is left lasts to the end of a span if use goes on as it did since its start.
 *
 * The pace is that of all use, whichever grant paid, because what is left is spent by all of it.
 *
 * Returns: what is to be expected; unknown outside the span, without an allotment, before a day
 *   has passed and below one percent of use
 */
UpkeepForecast
upkeep_forecast_make (
    UpkeepPeriod span, gint64 now_s, gint64 used, gint64 remaining, gint64 allowance)
{
  UpkeepForecast forecast = {UPKEEP_FORECAST_UNKNOWN, UPKEEP_INSTANT_NONE};
  gint64 elapsed_s = now_s - span.start_s;
  gint64 left_s;

  if (now_s < span.start_s || now_s >= span.end_s || allowance <= 0)
    return forecast;
  if (remaining <= 0) {
    forecast.kind = UPKEEP_FORECAST_USED_UP;
    return forecast;
  }
  if (elapsed_s < UPKEEP_FORECAST_ELAPSED_MIN_S || used <= 0 ||
      used < (allowance * UPKEEP_FORECAST_PERCENT_MIN + 99) / 100)
    return forecast;

  /* A pace so slow that the answer does not fit is one that lasts. */
  if (!upkeep_scale (remaining, elapsed_s, used, UPKEEP_ROUNDING_DOWN, &left_s, NULL) ||
      left_s >= span.end_s - now_s) {
    forecast.kind = UPKEEP_FORECAST_LASTS;
    return forecast;
  }

  forecast.kind = UPKEEP_FORECAST_RUNS_OUT;
  forecast.runs_out_at_s = now_s + left_s;
  return forecast;
}

/**
 * upkeep_forecast_even_pace_permille:
 * @span: the refill month, not empty
 * @now_s: the service's time
 *
 * Says how much of a span has passed: where use would be if it were even.
 *
 * Returns: thousandths, 0 to 1000; -1 outside the span
 */
int
upkeep_forecast_even_pace_permille (UpkeepPeriod span, gint64 now_s)
{
  if (now_s < span.start_s || now_s >= span.end_s)
    return -1;

  return (int) ((now_s - span.start_s) * 1000 / (span.end_s - span.start_s));
}

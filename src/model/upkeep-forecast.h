/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-instant.h"

G_BEGIN_DECLS

/* Less than this of the span, or of the allotment, tells nothing about the rest. */
#define UPKEEP_FORECAST_ELAPSED_MIN_S UPKEEP_DAY_S
#define UPKEEP_FORECAST_PERCENT_MIN   1

/**
 * UpkeepForecastKind:
 * @UPKEEP_FORECAST_UNKNOWN: too little is known to say anything
 * @UPKEEP_FORECAST_LASTS: at this pace something is left at the end of the span
 * @UPKEEP_FORECAST_RUNS_OUT: at this pace nothing is left before the end
 * @UPKEEP_FORECAST_USED_UP: nothing is left now
 */
typedef enum {
  UPKEEP_FORECAST_UNKNOWN,
  UPKEEP_FORECAST_LASTS,
  UPKEEP_FORECAST_RUNS_OUT,
  UPKEEP_FORECAST_USED_UP,
} UpkeepForecastKind;
#define UPKEEP_N_FORECAST_KINDS 4

typedef struct {
  UpkeepForecastKind kind;
  gint64 runs_out_at_s; /* means something with UPKEEP_FORECAST_RUNS_OUT */
} UpkeepForecast;

UpkeepForecast upkeep_forecast_make (
    UpkeepPeriod span, gint64 now_s, gint64 used, gint64 remaining, gint64 allowance);
int upkeep_forecast_even_pace_permille (UpkeepPeriod span, gint64 now_s);

G_END_DECLS

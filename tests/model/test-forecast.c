/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-forecast.h"

static gint64
parse_instant (const char *text)
{
  gint64 instant_s = 0;
  g_autoptr (GError) error = NULL;

  upkeep_instant_parse (text, &instant_s, &error);
  g_assert_no_error (error);
  return instant_s;
}

static UpkeepPeriod
get_may (void)
{
  return (UpkeepPeriod){parse_instant ("2026-05-01T00:00:00Z"),
                        parse_instant ("2026-06-01T00:00:00Z")};
}

static void
test_make (void)
{
  static const struct {
    const char *what;
    const char *now;
    gint64 used;
    gint64 remaining;
    gint64 allowance;
    UpkeepForecastKind kind;
    const char *runs_out_at;
  } rows[] = {
      {"half used after nine days and a half", "2026-05-10T14:00:00Z", 27000, 27000, 54000,
       UPKEEP_FORECAST_RUNS_OUT, "2026-05-20T04:00:00Z"},
      {"even pace lasts to the very end", "2026-05-16T12:00:00Z", 27000, 27000, 54000,
       UPKEEP_FORECAST_LASTS, NULL},
      {"one second faster than even", "2026-05-16T12:00:00Z", 27001, 26999, 54000,
       UPKEEP_FORECAST_RUNS_OUT, "2026-05-31T23:58:20Z"},
      {"use that other grants paid for counts in the pace", "2026-05-11T00:00:00Z", 40000, 20000,
       54000, UPKEEP_FORECAST_RUNS_OUT, "2026-05-16T00:00:00Z"},
      {"slow", "2026-05-16T00:00:00Z", 5400, 48600, 54000, UPKEEP_FORECAST_LASTS, NULL},
      {"nothing left", "2026-05-10T00:00:00Z", 54000, 0, 54000, UPKEEP_FORECAST_USED_UP, NULL},
      {"overrun", "2026-05-10T00:00:00Z", 60000, 0, 54000, UPKEEP_FORECAST_USED_UP, NULL},
      {"a second less than a day", "2026-05-01T23:59:59Z", 27000, 27000, 54000,
       UPKEEP_FORECAST_UNKNOWN, NULL},
      {"a day", "2026-05-02T00:00:00Z", 27000, 27000, 54000, UPKEEP_FORECAST_RUNS_OUT,
       "2026-05-03T00:00:00Z"},
      {"less than one percent", "2026-05-30T00:00:00Z", 539, 53461, 54000, UPKEEP_FORECAST_UNKNOWN,
       NULL},
      {"one percent", "2026-05-30T00:00:00Z", 540, 53460, 54000, UPKEEP_FORECAST_LASTS, NULL},
      {"a pace so slow that no number holds its end", "2026-05-30T00:00:00Z", 540, G_MAXINT64,
       54000, UPKEEP_FORECAST_LASTS, NULL},
      {"no use", "2026-05-30T00:00:00Z", 0, 54000, 54000, UPKEEP_FORECAST_UNKNOWN, NULL},
      {"no allotment", "2026-05-10T00:00:00Z", 0, 0, 0, UPKEEP_FORECAST_UNKNOWN, NULL},
      {"before the span", "2026-04-30T23:59:59Z", 27000, 27000, 54000, UPKEEP_FORECAST_UNKNOWN,
       NULL},
      {"at its end, where the refill is due", "2026-06-01T00:00:00Z", 27000, 27000, 54000,
       UPKEEP_FORECAST_UNKNOWN, NULL},
  };

  g_test_summary ("What is left is set against the pace of all use since the refill.");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    UpkeepForecast forecast;

    g_test_message ("%s", rows[i].what);
    forecast = upkeep_forecast_make (get_may (), parse_instant (rows[i].now), rows[i].used,
                                     rows[i].remaining, rows[i].allowance);
    g_assert_cmpint (forecast.kind, ==, rows[i].kind);
    g_assert_cmpint (forecast.runs_out_at_s, ==,
                     rows[i].runs_out_at != NULL ? parse_instant (rows[i].runs_out_at)
                                                 : UPKEEP_INSTANT_NONE);
  }
}

static void
test_even_pace (void)
{
  static const struct {
    const char *now;
    int permille;
  } rows[] = {
      {"2026-04-30T23:59:59Z", -1},  {"2026-05-01T00:00:00Z", 0},   {"2026-05-10T14:00:00Z", 309},
      {"2026-05-16T12:00:00Z", 500}, {"2026-05-31T23:59:59Z", 999}, {"2026-06-01T00:00:00Z", -1},
  };

  g_test_summary ("Even pace is the share of the refill month that has passed.");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].now);
    g_assert_cmpint (upkeep_forecast_even_pace_permille (get_may (), parse_instant (rows[i].now)),
                     ==, rows[i].permille);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/forecast/make", test_make);
  g_test_add_func ("/model/forecast/even-pace", test_even_pace);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-instant.h"

static gint64
instant (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 instant_s;

  upkeep_instant_parse (text, &instant_s, &error);
  g_assert_no_error (error);
  return instant_s;
}

static void
test_parse (void)
{
  const struct {
    const char *text;
    gint64 instant_s; /* -1: refused */
  } vectors[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"1970-01-01T00:00:01Z", 1},
      {"2026-05-10T00:00:00Z", 1778371200},
      {"2000-02-29T23:59:59Z", 951868799},
      {"9999-12-31T23:59:59Z", UPKEEP_INSTANT_MAX},
      {"1969-12-31T23:59:59Z", -1},
      {"2026-02-29T00:00:00Z", -1},
      {"2100-02-29T00:00:00Z", -1},
      {"2026-13-01T00:00:00Z", -1},
      {"2026-00-01T00:00:00Z", -1},
      {"2026-01-00T00:00:00Z", -1},
      {"2026-01-01T24:00:00Z", -1},
      {"2026-01-01T00:60:00Z", -1},
      {"2026-01-01T00:00:60Z", -1},
      {"2026-01-01T00:00:00", -1},
      {"2026-01-01T00:00:00z", -1},
      {"2026-01-01 00:00:00Z", -1},
      {"2026-01-01T00:00:00.0Z", -1},
      {"2026-01-01T00:00:00+00:00", -1},
      {"+026-01-01T00:00:00Z", -1},
      {"2026-0a-01T00:00:00Z", -1},
      {"2026-01-a1T00:00:00Z", -1},
      {"2026/01-01T00:00:00Z", -1},
      {"2026-01/01T00:00:00Z", -1},
      {"2026-01-01Ta0:00:00Z", -1},
      {"2026-01-01T00:0a:00Z", -1},
      {"2026-01-01T00:00:0aZ", -1},
      {"2026-01-01T00.00:00Z", -1},
      {"2026-01-01T00:00.00Z", -1},
      {"", -1},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;
    gint64 instant_s = -1;

    g_test_message ("%s", vectors[i].text);
    g_assert_cmpint (upkeep_instant_parse (vectors[i].text, &instant_s, &error), ==,
                     vectors[i].instant_s >= 0);
    g_assert_cmpint (instant_s, ==, vectors[i].instant_s);
    if (vectors[i].instant_s >= 0) {
      char text[UPKEEP_INSTANT_TEXT_SIZE];

      upkeep_instant_print (instant_s, text);
      g_assert_cmpstr (text, ==, vectors[i].text);
    } else {
      g_assert_error (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_SYNTAX);
    }
  }
}

static void
test_dates (void)
{
  g_autoptr (GError) error = NULL;
  char text[UPKEEP_DATE_TEXT_SIZE];
  gint64 midnight_s;

  g_assert_true (upkeep_date_parse ("2026-05-22", &midnight_s, &error));
  g_assert_cmpint (midnight_s, ==, instant ("2026-05-22T00:00:00Z"));
  upkeep_date_print (instant ("2026-05-22T23:59:59Z"), text);
  g_assert_cmpstr (text, ==, "2026-05-22");
  g_assert_false (upkeep_date_parse ("2026-05-32", &midnight_s, NULL));
  g_assert_false (upkeep_date_parse ("2026-5-22", &midnight_s, &error));
  g_assert_error (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_SYNTAX);
}

/* RULES 0.6: the anchor's day and time are kept, a short month gives its last day and the day comes
 * back. */
static void
test_boundaries (void)
{
  const struct {
    const char *anchor;
    gint64 n_months;
    const char *boundary;
  } vectors[] = {
      {"2026-01-31T10:00:00Z", 1, "2026-02-28T10:00:00Z"},
      {"2026-01-31T10:00:00Z", 2, "2026-03-31T10:00:00Z"},
      {"2026-01-31T10:00:00Z", 3, "2026-04-30T10:00:00Z"},
      {"2024-01-31T10:00:00Z", 1, "2024-02-29T10:00:00Z"},
      {"2024-02-29T00:00:00Z", 12, "2025-02-28T00:00:00Z"},
      {"2024-02-29T00:00:00Z", 48, "2028-02-29T00:00:00Z"},
      {"2026-01-08T12:00:00Z", 3, "2026-04-08T12:00:00Z"},  /* mj-yearly-refill */
      {"2026-01-08T12:00:00Z", 12, "2027-01-08T12:00:00Z"}, /* mj-yearly-refill */
      {"2026-12-01T00:00:00Z", 1, "2027-01-01T00:00:00Z"},
      {"2026-03-31T00:00:00Z", -1, "2026-02-28T00:00:00Z"},
      {"2099-12-31T23:59:59Z", 2, "2100-02-28T23:59:59Z"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    char text[UPKEEP_INSTANT_TEXT_SIZE];

    g_test_message ("%s + %d", vectors[i].anchor, (int) vectors[i].n_months);
    upkeep_instant_print (
        upkeep_schedule_boundary (instant (vectors[i].anchor), vectors[i].n_months), text);
    g_assert_cmpstr (text, ==, vectors[i].boundary);
  }
}

/* No gap and no overlap: each boundary ends one period and begins the next, whatever the anchor
 * (RULES 0.25). */
static void
test_chain (void)
{
  const char *anchors[] = {"2024-01-31T10:00:00Z", "2024-02-29T00:00:00Z", "2023-10-30T23:59:59Z",
                           "2026-05-01T00:00:00Z"};
  const UpkeepInterval intervals[] = {UPKEEP_INTERVAL_MONTH, UPKEEP_INTERVAL_YEAR};

  for (gsize i = 0; i < G_N_ELEMENTS (anchors); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (intervals); j++) {
      gint64 anchor_s = instant (anchors[i]);
      UpkeepPeriod period = upkeep_schedule_period_at (anchor_s, intervals[j], anchor_s);

      g_assert_cmpint (period.start_s, ==, anchor_s);
      for (int n = 0; n < 60; n++) {
        UpkeepPeriod last = upkeep_schedule_period_at (anchor_s, intervals[j], period.end_s - 1);
        UpkeepPeriod next = upkeep_schedule_period_at (anchor_s, intervals[j], period.end_s);

        g_assert_cmpint (last.start_s, ==, period.start_s);
        g_assert_cmpint (last.end_s, ==, period.end_s);
        g_assert_cmpint (next.start_s, ==, period.end_s);
        g_assert_cmpint (next.end_s, >, next.start_s);
        period = next;
      }
    }
  }
}

/* RULES 0.17: Monday to Friday, from the day after. */
static void
test_business_days (void)
{
  const struct {
    const char *at;
    int n_days;
    const char *date;
  } vectors[] = {
      {"2026-05-01T09:12:00Z", 10, "2026-05-15"}, /* a Friday: the picture of the confirmation */
      {"2026-05-10T00:00:00Z", 10, "2026-05-22"}, /* a Sunday: CONTRACT section 5 */
      {"2026-05-08T23:59:59Z", 1, "2026-05-11"},  {"2026-05-09T00:00:00Z", 1, "2026-05-11"},
      {"2026-05-11T00:00:00Z", 5, "2026-05-18"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    char text[UPKEEP_DATE_TEXT_SIZE];

    g_test_message ("%s", vectors[i].at);
    upkeep_date_print (upkeep_business_days_after (instant (vectors[i].at), vectors[i].n_days),
                       text);
    g_assert_cmpstr (text, ==, vectors[i].date);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/instant/parse", test_parse);
  g_test_add_func ("/model/instant/dates", test_dates);
  g_test_add_func ("/model/instant/boundaries", test_boundaries);
  g_test_add_func ("/model/instant/chain", test_chain);
  g_test_add_func ("/model/instant/business-days", test_business_days);
  return g_test_run ();
}

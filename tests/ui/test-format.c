/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-format.h"

#include "upkeep-instant.h"

#include <locale.h>

#define NNBSP "\342\200\257" /* U+202F */
#define NBSP  "\302\240"
#define MINUS "\342\210\222"                         /* U+2212 */
#define DASH  "\342\200\211\342\200\223\342\200\211" /* U+2013 between thin spaces */

#define N_LOCALES 4
/* "C" is what the tests run in; the C library needs none of the others. */
static const char *const locales[N_LOCALES] = {NULL, "fr_FR.UTF-8", "zh_CN.UTF-8", "zh_TW.UTF-8"};

static gint64
parse_instant (const char *text)
{
  gint64 instant_s = 0;
  g_autoptr (GError) error = NULL;

  upkeep_instant_parse (text, &instant_s, &error);
  g_assert_no_error (error);
  return instant_s;
}

static void
assert_text (char *actual, const char *expected)
{
  g_autofree char *owned = actual;

  g_assert_cmpstr (owned, ==, expected);
}

/* UX 4.2: the currency comes from ICU; a yen has no minor unit, a New Taiwan dollar no cents. */
static void
test_money (void)
{
  static const struct {
    gint64 minor;
    const char *currency;
    const char *texts[N_LOCALES];
  } rows[] = {
      {2500, "USD", {"$25.00", "25,00" NBSP "$US", "US$25.00", "US$25.00"}},
      {0, "USD", {"$0.00", "0,00" NBSP "$US", "US$0.00", "US$0.00"}},
      {7, "USD", {"$0.07", "0,07" NBSP "$US", "US$0.07", "US$0.07"}},
      {-7, "USD", {MINUS "$0.07", MINUS "0,07" NBSP "$US", MINUS "US$0.07", MINUS "US$0.07"}},
      {-123450,
       "USD",
       {MINUS "$1,234.50", MINUS "1" NNBSP "234,50" NBSP "$US", MINUS "US$1,234.50",
        MINUS "US$1,234.50"}},
      {G_MININT64,
       "USD",
       {MINUS "$92,233,720,368,547,758.08",
        MINUS "92" NNBSP "233" NNBSP "720" NNBSP "368" NNBSP "547" NNBSP "758,08" NBSP "$US",
        MINUS "US$92,233,720,368,547,758.08", MINUS "US$92,233,720,368,547,758.08"}},
      {1999,
       "EUR",
       {"\342\202\25419.99", "19,99" NBSP "\342\202\254", "\342\202\25419.99",
        "\342\202\25419.99"}},
      {1235,
       "JPY",
       {"\302\2451,235", "1" NNBSP "235" NBSP "JPY", "JP\302\2451,235", "\302\2451,235"}},
      {510, "CNY", {"CN\302\2455.10", "5,10" NBSP "CNY", "\302\2455.10", "CN\302\2455.10"}},
      {60000, "TWD", {"NT$600", "600" NBSP "TWD", "NT$600", "$600"}},
      {60050, "TWD", {"NT$600.50", "600,50" NBSP "TWD", "NT$600.50", "$600.50"}},
  };

  g_test_summary ("Sums are written by locale and currency, to the minor unit");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (guint j = 0; j < N_LOCALES; j++) {
      g_test_message ("%" G_GINT64_FORMAT " %s, locale %u", rows[i].minor, rows[i].currency, j);
      upkeep_format_set_locale (locales[j]);
      assert_text (upkeep_format_money (rows[i].minor, rows[i].currency), rows[i].texts[j]);
    }
  }
  upkeep_format_set_locale (NULL);

  assert_text (upkeep_format_money_signed (6000, "USD"), "+$60.00");
  assert_text (upkeep_format_money_signed (-6000, "USD"), MINUS "$60.00");
  assert_text (upkeep_format_money_signed (0, "USD"), "$0.00");
  assert_text (upkeep_format_money_of_markup (0, 3000, "USD"), "<b>$0.00</b> of $30.00");
}

static void
test_locale_names (void)
{
  static const struct {
    const char *name;
    const char *text;
  } rows[] = {
      {"C", "$1.00"},
      {"C.UTF-8", "$1.00"},
      {"POSIX", "$1.00"},
      {"en_US.UTF-8", "$1.00"},
      {"en_GB.UTF-8", "US$1.00"},
      {"fr_FR@euro", "1,00" NBSP "$US"},
      {"fr_FR", "1,00" NBSP "$US"},
  };

  g_test_summary ("A POSIX locale name finds its ICU locale");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].name);
    upkeep_format_set_locale (rows[i].name);
    assert_text (upkeep_format_money (100, "USD"), rows[i].text);
  }
  upkeep_format_set_locale (NULL);
}

static void
test_categories (void)
{
  g_test_summary ("Each kind of text follows its own category of the process's locale");
  if (setlocale (LC_MONETARY, "fr_FR.UTF-8") == NULL ||
      setlocale (LC_TIME, "zh_CN.UTF-8") == NULL) {
    g_test_skip ("the C library has no French or Chinese locale");
  } else {
    assert_text (upkeep_format_money (2500, "USD"), "25,00" NBSP "$US");
    assert_text (upkeep_format_date (parse_instant ("2026-06-01T00:00:00Z"), UPKEEP_DATE_LONG),
                 "2026年6月1日");
    assert_text (upkeep_format_hours_number (27000), "7.5");
  }
  setlocale (LC_ALL, "");
}

static void
test_date (void)
{
  static const struct {
    UpkeepDateStyle style;
    const char *texts[N_LOCALES];
  } rows[] = {
      {UPKEEP_DATE_LONG, {"1 June 2026", "1er juin 2026", "2026年6月1日", "2026年6月1日"}},
      {UPKEEP_DATE_DAY, {"1 June", "1er juin", "6月1日", "6月1日"}},
      {UPKEEP_DATE_MONTH, {"June 2026", "juin 2026", "2026年6月", "2026年6月"}},
      {UPKEEP_DATE_WEEKDAY, {"Monday", "lundi", "星期一", "星期一"}},
      {UPKEEP_DATE_WEEKDAY_DAY,
       {"Monday 1 June", "lundi 1er juin", "6月1日星期一", "6月1日 星期一"}},
      {UPKEEP_DATE_WEEKDAY_LONG,
       {"Monday 1 June 2026", "lundi 1er juin 2026", "2026年6月1日星期一", "2026年6月1日 星期一"}},
      {UPKEEP_DATE_TIME, {"01:05", "01:05", "01:05", "01:05"}},
      {UPKEEP_DATE_WEEKDAY_TIME, {"Monday 01:05", "lundi 01:05", "星期一 01:05", "星期一 01:05"}},
      {UPKEEP_DATE_LONG_TIME,
       {"1 June 2026 at 01:05", "1er juin 2026 à 01:05", "2026年6月1日 01:05",
        "2026年6月1日 01:05"}},
      {UPKEEP_DATE_WEEKDAY_LONG_TIME,
       {"Monday 1 June 2026 at 01:05", "lundi 1er juin 2026 à 01:05", "2026年6月1日星期一 01:05",
        "2026年6月1日 星期一 01:05"}},
      {UPKEEP_DATE_DAY_NUMBER, {"1", "1", "1", "1"}},
      {UPKEEP_DATE_WEEKDAY_INITIAL, {"M", "L", "一", "一"}},
  };
  gint64 instant_s = parse_instant ("2026-06-01T01:05:00Z");

  G_STATIC_ASSERT (G_N_ELEMENTS (rows) == UPKEEP_N_DATE_STYLES);

  g_test_summary ("Dates are written in every style and language");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (guint j = 0; j < N_LOCALES; j++) {
      g_test_message ("style %d, locale %u", rows[i].style, j);
      upkeep_format_set_locale (locales[j]);
      assert_text (upkeep_format_date (instant_s, rows[i].style), rows[i].texts[j]);
    }
  }

  /* Only the first has an ordinal in French, and only a day does. */
  upkeep_format_set_locale ("fr_FR");
  assert_text (upkeep_format_date (parse_instant ("2026-05-21T01:01:00Z"), UPKEEP_DATE_LONG_TIME),
               "21 mai 2026 à 01:01");
  upkeep_format_set_locale ("en_US");
  assert_text (upkeep_format_date (instant_s, UPKEEP_DATE_LONG), "June 1, 2026");
  upkeep_format_set_locale (NULL);
  assert_text (upkeep_format_date (UPKEEP_INSTANT_MIN, UPKEEP_DATE_LONG), "1 January 1970");
  assert_text (upkeep_format_date (UPKEEP_INSTANT_MAX, UPKEEP_DATE_LONG_TIME),
               "31 December 9999 at 23:59");
}

/* UX 1.2: an instant is UTC on the wire and the desktop's own clock on the screen. */
static void
test_zone (void)
{
  static const struct {
    const char *zone;
    const char *instant;
    const char *text;
  } rows[] = {
      {"UTC", "2026-06-01T00:00:00Z", "1 June 2026 at 00:00"},
      {"Europe/Paris", "2026-06-01T00:00:00Z", "1 June 2026 at 02:00"},
      {"Europe/Paris", "2026-12-01T00:00:00Z", "1 December 2026 at 01:00"},
      {"Europe/Paris", "2026-10-25T00:59:00Z", "25 October 2026 at 02:59"},
      {"Europe/Paris", "2026-10-25T01:00:00Z", "25 October 2026 at 02:00"},
      {"America/New_York", "2026-06-01T00:00:00Z", "31 May 2026 at 20:00"},
      {"Asia/Taipei", "2026-05-31T16:00:00Z", "1 June 2026 at 00:00"},
  };

  g_test_summary ("Instants are shown in the zone of this computer, summer time included");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s in %s", rows[i].instant, rows[i].zone);
    g_setenv ("TZ", rows[i].zone, TRUE);
    assert_text (upkeep_format_date (parse_instant (rows[i].instant), UPKEEP_DATE_LONG_TIME),
                 rows[i].text);
  }
  g_setenv ("TZ", "UTC", TRUE);
}

static void
test_range (void)
{
  static const struct {
    const char *start;
    const char *end;
    const char *texts[N_LOCALES];
  } rows[] = {
      {"2026-05-01T00:00:00Z",
       "2026-06-01T00:00:00Z",
       {"1 May to 1 June 2026", "1er mai" DASH "1er juin 2026", "2026年5月1日至6月1日",
        "2026年5月1日至6月1日"}},
      {"2026-05-10T00:00:00Z",
       "2026-05-20T00:00:00Z",
       {"10 to 20 May 2026", "10–20 mai 2026", "2026年5月10日至20日", "2026年5月10日至20日"}},
      {"2026-12-31T00:00:00Z",
       "2027-01-31T00:00:00Z",
       {"31 December 2026 to 31 January 2027", "31 décembre 2026" DASH "31 janvier 2027",
        "2026年12月31日至2027年1月31日", "2026年12月31日至2027年1月31日"}},
      {"2026-05-01T00:00:00Z",
       "2026-05-01T23:00:00Z",
       {"1 May 2026", "1er mai 2026", "2026年5月1日", "2026年5月1日"}},
  };

  g_test_summary ("A range names a month and a year once where both ends share them");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (guint j = 0; j < N_LOCALES; j++) {
      g_test_message ("%s, locale %u", rows[i].start, j);
      upkeep_format_set_locale (locales[j]);
      assert_text (
          upkeep_format_date_range (parse_instant (rows[i].start), parse_instant (rows[i].end)),
          rows[i].texts[j]);
    }
  }
  upkeep_format_set_locale (NULL);
}

static void
test_span (void)
{
  static const struct {
    gint64 span_s;
    const char *in_days;
    const char *countdown;
    const char *ago;
  } rows[] = {
      {-1, "now", "now", "just now"},
      {0, "now", "now", "just now"},
      {1, "in less than a minute", "in less than a minute", "just now"},
      {59, "in less than a minute", "in less than a minute", "just now"},
      {60, "in 1 minute", "in 1 minute", "1 minute ago"},
      {239, "in 3 minutes", "in 3 minutes", "3 minutes ago"},
      {3599, "in 59 minutes", "in 59 minutes", "59 minutes ago"},
      {3600, "in 1 hour", "in 1 hour", "1 hour ago"},
      {3659, "in 1 hour", "in 1 hour", "1 hour ago"},
      {3660, "in 1 hour", "in 1 hour 1 minute", "1 hour ago"},
      {86399, "in 23 hours", "in 23 hours 59 minutes", "23 hours ago"},
      {86400, "in 1 day", "in 1 day", "1 day ago"},
      {89999, "in 1 day", "in 1 day", "1 day ago"},
      {90000, "in 1 day", "in 1 day 1 hour", "1 day ago"},
      {1850400, "in 21 days", "in 21 days 10 hours", "21 days ago"},
      {1857599, "in 21 days", "in 21 days 11 hours", "21 days ago"},
  };
  gint64 now_s = parse_instant ("2026-05-10T14:00:00Z");

  g_test_summary ("Spans are cut to whole units, never rounded up");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%" G_GINT64_FORMAT " s", rows[i].span_s);
    assert_text (upkeep_format_in_days (now_s, now_s + rows[i].span_s), rows[i].in_days);
    assert_text (upkeep_format_countdown (now_s, now_s + rows[i].span_s), rows[i].countdown);
    assert_text (upkeep_format_ago (now_s, now_s - rows[i].span_s), rows[i].ago);
  }

  upkeep_format_set_locale ("fr_FR");
  assert_text (upkeep_format_in_days (now_s, now_s + 21 * UPKEEP_DAY_S), "dans 21 jours");
  assert_text (upkeep_format_ago (now_s, now_s - 180), "il y a 3 minutes");
  upkeep_format_set_locale ("zh_CN");
  assert_text (upkeep_format_in_days (now_s, now_s + 21 * UPKEEP_DAY_S), "21天后");
  upkeep_format_set_locale ("zh_TW");
  assert_text (upkeep_format_ago (now_s, now_s - 180), "3 分鐘前");
  upkeep_format_set_locale (NULL);

  assert_text (upkeep_format_updated (now_s, now_s - 180), "Updated 3 minutes ago");
  assert_text (upkeep_format_updated (now_s, now_s), "Updated just now");
  /* 10 May 2026 is a Sunday; six days on, the weekday alone would name the wrong week. */
  assert_text (upkeep_format_saved_copy (now_s, parse_instant ("2026-05-08T14:05:00Z")),
               "Saved copy from Friday 14:05");
  assert_text (upkeep_format_saved_copy (now_s, now_s - 6 * UPKEEP_DAY_S + 1),
               "Saved copy from Monday 14:00");
  assert_text (upkeep_format_saved_copy (now_s, now_s - 6 * UPKEEP_DAY_S),
               "Saved copy from 4 May 2026 at 14:00");
}

/* RULES 0.2: the seeds print 12,000 s as 3.3 hours and the trial's 1,500 s as 0.4. */
static void
test_hours (void)
{
  static const struct {
    gint64 seconds;
    const char *texts[N_LOCALES];
  } rows[] = {
      {0, {"0.0", "0,0", "0.0", "0.0"}},
      {179, {"0.0", "0,0", "0.0", "0.0"}},
      {180, {"0.1", "0,1", "0.1", "0.1"}}, /* exactly half a tenth */
      {1500, {"0.4", "0,4", "0.4", "0.4"}},
      {12000, {"3.3", "3,3", "3.3", "3.3"}},
      {27000, {"7.5", "7,5", "7.5", "7.5"}},
      {54000, {"15.0", "15,0", "15.0", "15.0"}},
      {108000, {"30.0", "30,0", "30.0", "30.0"}},
      {216000, {"60.0", "60,0", "60.0", "60.0"}},
      {3599820, {"1,000.0", "1" NNBSP "000,0", "1,000.0", "1,000.0"}},
  };

  g_test_summary ("Seconds are shown as hours to one decimal");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (guint j = 0; j < N_LOCALES; j++) {
      g_test_message ("%" G_GINT64_FORMAT " s, locale %u", rows[i].seconds, j);
      upkeep_format_set_locale (locales[j]);
      assert_text (upkeep_format_hours_number (rows[i].seconds), rows[i].texts[j]);
    }
  }
  upkeep_format_set_locale (NULL);

  assert_text (upkeep_format_hours (12000), "3.3 hours");
  assert_text (upkeep_format_minutes_number (216), "3.6");
  assert_text (upkeep_format_minutes_number (540), "9.0");
}

static void
test_percent (void)
{
  static const struct {
    gint64 part;
    gint64 whole;
    const char *texts[N_LOCALES];
  } rows[] = {
      {0, 1, {"0.0" NNBSP "%", "0,0" NNBSP "%", "0.0%", "0.0%"}},
      {216, 54000, {"0.4" NNBSP "%", "0,4" NNBSP "%", "0.4%", "0.4%"}},
      {26, 54000, {"0.0" NNBSP "%", "0,0" NNBSP "%", "0.0%", "0.0%"}},
      {27, 54000, {"0.1" NNBSP "%", "0,1" NNBSP "%", "0.1%", "0.1%"}}, /* exactly half a tenth */
      {27720, 54000, {"51.3" NNBSP "%", "51,3" NNBSP "%", "51.3%", "51.3%"}},
      {54000, 54000, {"100.0" NNBSP "%", "100,0" NNBSP "%", "100.0%", "100.0%"}},
      {1000000000000, 1000000000000, {"100.0" NNBSP "%", "100,0" NNBSP "%", "100.0%", "100.0%"}},
  };

  g_test_summary ("Shares are shown in percent to one decimal");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (guint j = 0; j < N_LOCALES; j++) {
      g_test_message ("row %u, locale %u", i, j);
      upkeep_format_set_locale (locales[j]);
      assert_text (upkeep_format_percent_tenths (rows[i].part, rows[i].whole), rows[i].texts[j]);
    }
  }
  upkeep_format_set_locale ("fr_FR");
  assert_text (upkeep_format_percent (20), "20" NNBSP "%");
  upkeep_format_set_locale ("en_US");
  assert_text (upkeep_format_percent (20), "20%");
  upkeep_format_set_locale (NULL);
  assert_text (upkeep_format_percent (20), "20" NNBSP "%");
}

static void
test_quantity (void)
{
  g_test_summary ("Quantities carry their unit, in one phrase");
  assert_text (upkeep_format_count (12000), "12,000");
  assert_text (upkeep_format_quantity (3600, "gpu_second"), "1.0 hours");
  assert_text (upkeep_format_quantity (1400, "credit"), "1,400 credits");
  assert_text (upkeep_format_quantity (1, "credit"), "1 credit");
  assert_text (upkeep_format_quantity (1, "issue"), "1 issue");
  assert_text (upkeep_format_quantity (2, "page"), "2 units");
  assert_text (upkeep_format_quantity_left (27000, "gpu_second"), "7.5 hours left");
  assert_text (upkeep_format_quantity_left (0, "credit"), "0 credits left");
  assert_text (upkeep_format_quantity_left (1, "issue"), "1 issue left");
  assert_text (upkeep_format_quantity_left (1, "page"), "1 unit left");
  assert_text (upkeep_format_quantity_used (540, "gpu_second"), "0.2 hours used");
  assert_text (upkeep_format_quantity_used (1, "credit"), "1 credit used");
  assert_text (upkeep_format_quantity_used (3, "issue"), "3 issues used");
  assert_text (upkeep_format_quantity_used (3, "page"), "3 units used");
  /* CONTRACT 7 */
  assert_text (upkeep_format_left_of (27000, 54000, "gpu_second"), "7.5 of 15.0 hours left");
  assert_text (upkeep_format_left_of (1000, 1400, "credit"), "1,000 of 1,400 credits left");
  assert_text (upkeep_format_left_of (1, 12, "issue"), "1 of 12 issues left");
  assert_text (upkeep_format_left_of (1, 1, "page"), "1 of 1 unit left");
  assert_text (upkeep_format_used_of (27000, 54000, "gpu_second"), "7.5 of 15.0 hours used");
  assert_text (upkeep_format_used_of_markup (27000, 54000, "gpu_second"),
               "<b>7.5</b> of 15.0 hours used");
  assert_text (upkeep_format_used_of (400, 1400, "credit"), "400 of 1,400 credits used");
  assert_text (upkeep_format_used_of (1, 12, "issue"), "1 of 12 issues used");
  assert_text (upkeep_format_used_of (1, 1, "page"), "1 of 1 unit used");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/format/money", test_money);
  g_test_add_func ("/ui/format/locale-names", test_locale_names);
  g_test_add_func ("/ui/format/categories", test_categories);
  g_test_add_func ("/ui/format/date", test_date);
  g_test_add_func ("/ui/format/zone", test_zone);
  g_test_add_func ("/ui/format/range", test_range);
  g_test_add_func ("/ui/format/span", test_span);
  g_test_add_func ("/ui/format/hours", test_hours);
  g_test_add_func ("/ui/format/percent", test_percent);
  g_test_add_func ("/ui/format/quantity", test_quantity);
  return g_test_run ();
}

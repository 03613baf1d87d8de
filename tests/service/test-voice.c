/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-voice.h"

#define NBSP  "\302\240"
#define NNBSP "\342\200\257"

static void
test_language (void)
{
  static const struct {
    const char *accept;
    const char *locale;
    UpkeepLanguage language;
  } rows[] = {
      {NULL, NULL, UPKEEP_LANGUAGE_EN},
      {"", "fr_FR.UTF-8", UPKEEP_LANGUAGE_FR},
      {"de, nl;q=0.9", "zh-TW", UPKEEP_LANGUAGE_ZH_HANT},
      {"de", NULL, UPKEEP_LANGUAGE_EN},
      {"de, en;q=0.1", "fr", UPKEEP_LANGUAGE_EN},
      {"fr", "en", UPKEEP_LANGUAGE_FR},
      {"fr-CA,fr;q=0.9,en;q=0.8", NULL, UPKEEP_LANGUAGE_FR},
      {"en;q=0.8, fr", NULL, UPKEEP_LANGUAGE_FR},
      {"en;q=0.3,fr;q=0.301", NULL, UPKEEP_LANGUAGE_FR},
      {"en;q=0, fr;q=0.001", NULL, UPKEEP_LANGUAGE_FR},
      {"fr;q=0", NULL, UPKEEP_LANGUAGE_EN},
      {"fr;q=x, en", NULL, UPKEEP_LANGUAGE_EN},
      {"zh", NULL, UPKEEP_LANGUAGE_ZH_HANS},
      {"zh-CN", NULL, UPKEEP_LANGUAGE_ZH_HANS},
      {"zh-TW", NULL, UPKEEP_LANGUAGE_ZH_HANT},
      {"zh-hk", NULL, UPKEEP_LANGUAGE_ZH_HANT},
      {"zh-Hant-CN", NULL, UPKEEP_LANGUAGE_ZH_HANT},
      {"zh-Hans-TW", NULL, UPKEEP_LANGUAGE_ZH_HANS},
      {"*", "fr", UPKEEP_LANGUAGE_FR},
      {"frisian", NULL, UPKEEP_LANGUAGE_EN},
      {",,;;=, ,", NULL, UPKEEP_LANGUAGE_EN},
  };

  g_test_summary ("What the browser wants most counts, then the account's locale, then English");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (upkeep_voice_choose_language (rows[i].accept, rows[i].locale), ==,
                     rows[i].language);
  }
}

static void
test_figures (void)
{
  static const struct {
    UpkeepLanguage language;
    const char *tag;
    const char *money;
    const char *whole;
    const char *date;
    const char *instant;
    const char *count;
    const char *hours;
  } rows[] = {
      {UPKEEP_LANGUAGE_EN, "en", "$25.00", "$1,000,000", "1 June 2026", "1 June 2026 at 00:00",
       "12,000", "1.7"},
      {UPKEEP_LANGUAGE_ZH_HANS, "zh-Hans", "US$25.00", "US$1,000,000", "2026年6月1日",
       "2026年6月1日 00:00", "12,000", "1.7"},
      {UPKEEP_LANGUAGE_ZH_HANT, "zh-Hant", "US$25.00", "US$1,000,000", "2026年6月1日",
       "2026年6月1日 00:00", "12,000", "1.7"},
      {UPKEEP_LANGUAGE_FR, "fr", "25,00" NBSP "$US", "1" NNBSP "000" NNBSP "000" NBSP "$US",
       "1er juin 2026", "1er juin 2026 à 00:00", "12" NNBSP "000", "1,7"},
  };
  g_autoptr (UpkeepPageWords) words = upkeep_page_words_load ();

  g_test_summary ("Sums, dates and numbers are written as the language does, in UTC");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const UpkeepVoice voice = {words, rows[i].language};
    g_autofree char *money = upkeep_voice_money (&voice, 2500, "USD");
    g_autofree char *whole = upkeep_voice_money_whole (&voice, 1000000, "USD");
    g_autofree char *date = upkeep_voice_date (&voice, G_GINT64_CONSTANT (1780272000));
    g_autofree char *instant = upkeep_voice_instant (&voice, G_GINT64_CONSTANT (1780272000));
    g_autofree char *count = upkeep_voice_count (&voice, 12000);
    g_autofree char *hours = upkeep_voice_tenths (&voice, 6000, 3600);

    g_test_message ("%s", rows[i].tag);
    g_assert_cmpstr (upkeep_voice_get_tag (&voice), ==, rows[i].tag);
    g_assert_cmpstr (money, ==, rows[i].money);
    g_assert_cmpstr (whole, ==, rows[i].whole);
    g_assert_cmpstr (date, ==, rows[i].date);
    g_assert_cmpstr (instant, ==, rows[i].instant);
    g_assert_cmpstr (count, ==, rows[i].count);
    g_assert_cmpstr (hours, ==, rows[i].hours);
  }
}

static void
test_fill (void)
{
  g_autoptr (UpkeepPageWords) words = upkeep_page_words_load ();
  const UpkeepVoice english = {words, UPKEEP_LANGUAGE_EN};
  const UpkeepVoice french = {words, UPKEEP_LANGUAGE_FR};
  g_autofree char *sum =
      upkeep_voice_fill (&english, UPKEEP_PAGE_WORD_CONFIRM_PAY, "sum", "{sum}", NULL);
  g_autofree char *two =
      upkeep_voice_fill (&english, UPKEEP_PAGE_WORD_SUM_ON, "date", "D", "sum", "S", NULL);
  g_autofree char *missing = NULL;
  g_autofree char *within = upkeep_voice_within (&french, "Forfait Basic");
  g_autofree char *capitals = upkeep_voice_within (&french, "GPU");
  g_autofree char *other = upkeep_voice_within (&english, "Basic");

  g_test_summary ("Values take the place of their names, and a brace in a value is a brace");
  g_assert_cmpstr (sum, ==, "Confirm and Pay {sum}");
  g_assert_cmpstr (two, ==, "S on D");
  g_assert_cmpstr (within, ==, "forfait Basic");
  g_assert_cmpstr (capitals, ==, "GPU");
  g_assert_cmpstr (other, ==, "Basic");
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "sum_on: nobody said what {date} is");
  missing = upkeep_voice_fill (&english, UPKEEP_PAGE_WORD_SUM_ON, "sum", "S", NULL);
  g_test_assert_expected_messages ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/voice/language", test_language);
  g_test_add_func ("/service/voice/figures", test_figures);
  g_test_add_func ("/service/voice/fill", test_fill);
  return g_test_run ();
}

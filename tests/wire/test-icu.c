/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-icu.h"

#define NBSP  "\302\240"
#define NNBSP "\342\200\257"
#define MINUS "\342\210\222"

static void
test_money (void)
{
  static const struct {
    const char *locale;
    gint64 amount_minor;
    const char *currency;
    const char *sign;
    const char *text;
  } rows[] = {
      {"en_US", 2500, "USD", "", "$25.00"},
      {"fr_FR", 123450, "USD", "", "1" NNBSP "234,50" NBSP "$US"},
      {"zh_Hans_CN", 2500, "USD", "", "US$25.00"},
      {"en_US", -500, "USD", "", MINUS "$5.00"},
      {"en_US", 500, "USD", " sign-except-zero", "+$5.00"},
      {"en_US", 2500, "JPY", "", "¥2,500"},
      {"en_US", G_MININT64, "USD", "", MINUS "$92,233,720,368,547,758.08"},
  };

  g_test_summary ("Sums are written as each language does, to the last minor unit");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = upkeep_icu_format_money (rows[i].locale, rows[i].amount_minor,
                                                     rows[i].currency, rows[i].sign);

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

static void
test_date (void)
{
  static const struct {
    const char *locale;
    const char *skeleton;
    const char *text;
  } rows[] = {
      {"en_GB", "yMMMMd", "1 June 2026"},       {"fr_FR", "yMMMMd", "1er juin 2026"},
      {"zh_Hans_CN", "yMMMMd", "2026年6月1日"}, {"zh_Hant_TW", "yMMMMd", "2026年6月1日"},
      {"zh_Hans_CN", "EEEEHm", "星期一 00:00"},
  };

  g_test_summary ("A date needs no zone: what is told is written");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *pattern = upkeep_icu_find_pattern (rows[i].locale, rows[i].skeleton);
    g_autofree char *text =
        upkeep_icu_format_date (rows[i].locale, pattern, G_GINT64_CONSTANT (1780272000));

    g_test_message ("row %" G_GSIZE_FORMAT ", %s", i, pattern);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

static void
test_failure (void)
{
  g_autofree char *number = upkeep_icu_format_decimal ("en_US", "no-such-thing", "-7.5");

  g_test_summary ("Where ICU cannot, the number itself is told");
  g_assert_cmpstr (number, ==, MINUS "7.5");
  g_assert_null (upkeep_icu_to_utf8 (u"x", 1, U_ILLEGAL_ARGUMENT_ERROR));
  g_assert_null (upkeep_icu_mend_date ("fr_FR", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/icu/money", test_money);
  g_test_add_func ("/wire/icu/date", test_date);
  g_test_add_func ("/wire/icu/failure", test_failure);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-form.h"

#include <string.h>

static void
test_decode (void)
{
  static const struct {
    const char *text;
    gsize length; /* 0 for the whole text */
    gboolean is_form;
    const char *decoded; /* NULL for refused */
  } rows[] = {
      {"", 0, FALSE, ""},
      {"abc", 0, FALSE, "abc"},
      {"a%2Fb", 0, FALSE, "a/b"},
      {"a%2fb", 0, FALSE, "a/b"},
      {"%E4%B8%AD", 0, FALSE, "\xe4\xb8\xad"},
      {"a+b", 0, FALSE, "a+b"},
      {"a+b", 0, TRUE, "a b"},
      {"a%2Bb", 0, TRUE, "a+b"},
      {"%7E", 0, FALSE, "~"},
      {"%20", 0, FALSE, " "},
      /* what is no text */
      {"%1F", 0, FALSE, NULL},
      {"%7F", 0, FALSE, NULL},
      {"%00", 0, FALSE, NULL},
      {"%00", 0, TRUE, NULL},
      {"%0A", 0, FALSE, NULL},
      {"%0D%0A%09", 0, TRUE, "\r\n\t"},
      {"%1B", 0, TRUE, NULL},
      {"\x01", 0, FALSE, NULL},
      {"%E4%B8", 0, FALSE, NULL},
      {"%C0%AF", 0, FALSE, NULL},
      {"%ED%A0%80", 0, FALSE, NULL},
      {"%FF", 0, FALSE, NULL},
      /* broken escapes */
      {"%", 0, FALSE, NULL},
      {"%2", 0, FALSE, NULL},
      {"%2G", 0, FALSE, NULL},
      {"%G2", 0, FALSE, NULL},
      {"%+1", 0, FALSE, NULL},
      {"a%2Fb", 3, FALSE, NULL},
      {"a%2Fb", 4, FALSE, "a/"},
  };

  g_test_summary ("Escapes are decoded to text, or refused.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *decoded = NULL;

    g_test_message ("%s", rows[i].text);
    decoded = upkeep_percent_decode (
        rows[i].text, rows[i].length > 0 ? rows[i].length : strlen (rows[i].text), rows[i].is_form);
    g_assert_cmpstr (decoded, ==, rows[i].decoded);
  }
}

static void
test_pairs (void)
{
  static const struct {
    const char *text;
    gboolean is_form;
    const char *a; /* value of `a`; NULL for none */
  } rows[] = {
      {"", TRUE, NULL},       {"a=1", TRUE, "1"},         {"a=", TRUE, ""},
      {"a", TRUE, ""},        {"a=1=2", TRUE, "1=2"},     {"a=1&b=2", TRUE, "1"},
      {"b=2&a=1", TRUE, "1"}, {"%61=1", TRUE, "1"},       {"a=%C3%A9+%26", TRUE, "\xc3\xa9 &"},
      {"A=1", TRUE, NULL},    {"a=1&a=1", FALSE, NULL},   {"a=1&%61=2", FALSE, NULL},
      {"&a=1", FALSE, NULL},  {"a=1&", FALSE, NULL},      {"a=1&&b=2", FALSE, NULL},
      {"=1", FALSE, NULL},    {"a=%zz", FALSE, NULL},     {"a=%00", FALSE, NULL},
      {"%=1", FALSE, NULL},   {"a=1;b=2", TRUE, "1;b=2"}, {"&", FALSE, NULL},
  };

  g_test_summary ("A query is taken apart; what could be read in two ways is refused.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UpkeepForm) form = upkeep_form_new (rows[i].text, strlen (rows[i].text));

    g_test_message ("%s", rows[i].text);
    g_assert_cmpint (form != NULL, ==, rows[i].is_form);
    if (form != NULL)
      g_assert_cmpstr (upkeep_form_get (form, "a"), ==, rows[i].a);
  }
}

static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new ("p0=0");
  g_autoptr (UpkeepForm) most = NULL;
  g_autoptr (UpkeepForm) more = NULL;

  g_test_summary ("There is a most of pairs.");
  for (guint i = 1; i < UPKEEP_FORM_PAIRS_MAX; i++)
    g_string_append_printf (text, "&p%u=%u", i, i);
  most = upkeep_form_new (text->str, text->len);
  g_assert_nonnull (most);
  g_assert_cmpstr (upkeep_form_get (most, "p31"), ==, "31");
  g_string_append (text, "&q=1");
  more = upkeep_form_new (text->str, text->len);
  g_assert_null (more);
}

static void
test_unknown (void)
{
  static const char *const known[] = {"cursor", "limit", NULL};
  g_autoptr (UpkeepForm) good = upkeep_form_new ("limit=5", 7);
  g_autoptr (UpkeepForm) bad = upkeep_form_new ("limit=5&curser=x", 16);

  g_test_summary ("A parameter that nobody reads is found.");
  g_assert_null (upkeep_form_find_unknown (good, known));
  g_assert_cmpstr (upkeep_form_find_unknown (bad, known), ==, "curser");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/form/decode", test_decode);
  g_test_add_func ("/service/form/pairs", test_pairs);
  g_test_add_func ("/service/form/bounds", test_bounds);
  g_test_add_func ("/service/form/unknown", test_unknown);
  return g_test_run ();
}

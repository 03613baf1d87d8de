/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-page-words.h"

#include "upkeep-wire-error.h"

#include <string.h>

static const char *const languages[] = {"en", "zh-Hans", "zh-Hant", "fr"};

/* Writes a document with every text, of which one is @other instead, and @more behind them. */
static GBytes *
make_document (const char *name, const char *other, const char *more)
{
  GString *text = g_string_new ("{\"words\":{");

  for (guint i = 0; i < UPKEEP_N_PAGE_WORDS; i++) {
    const char *word = upkeep_page_word_to_string ((UpkeepPageWord) i);

    if (name != NULL && g_str_equal (word, name)) {
      if (other != NULL)
        g_string_append_printf (text, "%s\"%s\":%s", text->str[text->len - 1] == '{' ? "" : ",",
                                word, other);
      continue;
    }
    g_string_append_printf (
        text, "%s\"%s\":{\"en\":\"a\",\"zh-Hans\":\"b\",\"zh-Hant\":\"c\",\"fr\":\"d\"}",
        text->str[text->len - 1] == '{' ? "" : ",", word);
  }
  g_string_append_printf (text, "%s}}", more);
  return g_string_free_to_bytes (text);
}

static void
test_shipped (void)
{
  g_autoptr (UpkeepPageWords) words = upkeep_page_words_load ();

  g_test_summary ("Every text that a page can say is there in every language");
  for (guint i = 0; i < UPKEEP_N_PAGE_WORDS; i++) {
    const UpkeepText *text = upkeep_page_words_get (words, (UpkeepPageWord) i);

    g_test_message ("%s", upkeep_page_word_to_string ((UpkeepPageWord) i));
    g_assert_nonnull (text);
    for (guint j = 0; j < UPKEEP_N_LANGUAGES; j++) {
      g_test_message ("%s: %s", languages[j], text->in[j]);
      g_assert_cmpuint (strlen (text->in[j]), >, 0);
      g_assert_null (strchr (text->in[j], '<'));
    }
  }
}

static void
test_faults (void)
{
  static const struct {
    const char *name;
    const char *other;
    const char *more;
    const char *message;
  } rows[] = {
      {"leave", NULL, "", "words.leave: is missing"},
      {"leave", "{\"en\":\"a\",\"zh-Hans\":\"b\",\"zh-Hant\":\"c\"}", "", "words.leave.fr:*"},
      {"leave", "{\"en\":\"a\",\"zh-Hans\":\" \",\"zh-Hant\":\"c\",\"fr\":\"d\"}", "",
       "words.leave.zh-Hans: is empty"},
      {"leave", "{\"en\":\"a\",\"zh-Hans\":\"b\",\"zh-Hant\":\"c\",\"fr\":\"d\",\"de\":\"e\"}", "",
       "words.leave.de:*"},
      {"leave", "{\"en\":\"{x}\",\"zh-Hans\":\"b\",\"zh-Hant\":\"{x}\",\"fr\":\"{x}\"}", "",
       "words.leave: has other values*"},
      {"leave", "{\"en\":\"a\",\"zh-Hans\":\"b\",\"zh-Hant\":\"c\",\"fr\":\"{x}\"}", "",
       "words.leave: has other values*"},
      {NULL, NULL, ",\"no_such\":{\"en\":\"a\",\"zh-Hans\":\"b\",\"zh-Hant\":\"c\",\"fr\":\"d\"}",
       "words.no_such: is no text of a page"},
  };
  g_autoptr (GBytes) whole = make_document (NULL, NULL, "");
  g_autoptr (GError) none = NULL;
  g_autoptr (UpkeepPageWords) words = upkeep_page_words_parse (whole, &none);

  g_test_summary ("A text that is missing, unknown or has other values in one language is told");
  g_assert_no_error (none);
  g_assert_nonnull (words);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) document = make_document (rows[i].name, rows[i].other, rows[i].more);
    g_autoptr (GError) error = NULL;

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_null (upkeep_page_words_parse (document, &error));
    g_assert_nonnull (error);
    g_test_message ("%s", error->message);
    g_assert_true (g_pattern_match_simple (rows[i].message, error->message));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/page-words/shipped", test_shipped);
  g_test_add_func ("/service/page-words/faults", test_faults);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-topup-words.h"

#include "upkeep-sample.h"

/* The tenth of August 2026, at midnight. */
#define TENTH_S G_GINT64_CONSTANT (1786320000)

typedef struct {
  const char *catalogue;
  gint64 quantity;
  gint64 expires_at_s;
  const char *title;
  const char *terms;
} Case;

static const Case cases[] = {
    /* A-48..A-51, A-53, A-54: charged as they are used, for as long as one likes */
    {"midjourney-2023-03.json", 5 * 3600, UPKEEP_INSTANT_NONE, "5.0 hours more of Fast time",
     "Only what is used is charged, at $4.00 an hour: whenever it reaches $30.00, and what is left "
     "of it with the next renewal, refill or end of the plan.\n"
     "The price is experimental and may change.\n"
     "They are used after all others.\n"
     "They never expire.\nWithout an active plan they are frozen."},
    /* RULES 0.1: paid beforehand, for 60 days */
    {"midjourney-2024.json", 3600, TENTH_S, "1.0 hours more of Fast time",
     "The price is experimental and may change.\n"
     "They are used after all others.\n"
     "They expire on 10 August 2026.\nWithout an active plan they are frozen."},
    /* D-23, D-24 */
    {"minara-2026-06.json", 800, UPKEEP_INSTANT_NONE, "800 credits more",
     "They are used after all others.\n"
     "They never expire.\nWithout an active plan they are frozen."},
};

static UpkeepQuote *
new_quote (const Case *row)
{
  UpkeepQuote *quote = upkeep_quote_new ();
  UpkeepOption option = {
      .timing = UPKEEP_TIMING_IMMEDIATE,
      .has_grant = TRUE,
      .grant = {UPKEEP_GRANT_PURCHASED, row->quantity, row->expires_at_s},
  };

  quote->kind = UPKEEP_QUOTE_TOPUP;
  g_array_append_val (quote->options, option);
  return quote;
}

static void
test_words (void)
{
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement ();

  statement->threshold_minor = 3000;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (UpkeepEdition) edition = upkeep_sample_edition (cases[i].catalogue);
    g_autoptr (UpkeepQuote) quote = new_quote (&cases[i]);
    const UpkeepOption *option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
    g_autofree char *title = upkeep_topup_words_title (edition, quote);
    g_autofree char *terms = upkeep_topup_words_terms (edition, statement, option);

    g_assert_cmpstr (title, ==, cases[i].title);
    g_assert_cmpstr (terms, ==, cases[i].terms);
  }
}

static void
test_blocked (void)
{
  g_autoptr (UpkeepEdition) edition = upkeep_sample_edition (cases[0].catalogue);
  g_autoptr (UpkeepQuote) quote = upkeep_quote_new ();
  g_autofree char *title = upkeep_topup_words_title (edition, quote);

  g_assert_cmpstr (title, ==, "Extra units");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/topup-words/words", test_words);
  g_test_add_func ("/ui/topup-words/blocked", test_blocked);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-quote-words.h"

#include "upkeep-test-life.h"

#define HOURS   "midjourney-2023-03.json"
#define CREDITS "minara-2026-06.json"
#define MONTH   UPKEEP_INTERVAL_MONTH
#define YEAR    UPKEEP_INTERVAL_YEAR

static void
assert_text (char *actual, const char *expected)
{
  g_autofree char *owned = actual;

  g_assert_cmpstr (owned, ==, expected);
}

typedef struct {
  UpkeepTestLife *life;
  UpkeepStatement *statement;
  UpkeepQuote *quote;
  UpkeepQuoteFacts facts;
} Case;

/* Half of the time used after sixteen days, as in the design's picture. */
static void
begin (Case *self, const char *file, const char *plan, UpkeepInterval interval, gint64 used)
{
  self->life = upkeep_test_life_new_subscribed (file, plan, interval, "2026-04-24T00:00:00Z");
  if (used > 0)
    upkeep_test_life_use (self->life, used, 0, 0);
  upkeep_test_life_advance (self->life, "2026-05-10T14:05:00Z");
}

static void
ask (Case *self, UpkeepQuoteKind kind, const char *plan, UpkeepInterval interval)
{
  self->statement = upkeep_test_life_state (self->life);
  self->quote = upkeep_test_life_quote (self->life, kind, plan, interval);
  self->facts = (UpkeepQuoteFacts){self->quote, self->statement, self->life->edition, FALSE};
}

static void
end (Case *self)
{
  upkeep_quote_unref (self->quote);
  upkeep_statement_unref (self->statement);
  upkeep_test_life_free (self->life);
}

static const UpkeepOption *
find (Case *self, UpkeepTiming timing)
{
  const UpkeepOption *option = upkeep_quote_find_option (self->quote, timing);

  g_assert_nonnull (option);
  return option;
}

/* the design's picture */
static void
test_upgrade (void)
{
  Case c;
  const UpkeepOption *now;
  const UpkeepOption *later;

  g_test_summary ("An upgrade says what it costs, and where that comes from");
  begin (&c, HOURS, "basic", MONTH, 6000);
  ask (&c, UPKEEP_QUOTE_SWITCH, "standard", MONTH);
  now = find (&c, UPKEEP_TIMING_IMMEDIATE);
  later = find (&c, UPKEEP_TIMING_PERIOD_END);

  assert_text (upkeep_quote_words_heading (&c.facts, now), "Standard, from now");
  assert_text (upkeep_quote_words_heading (&c.facts, later), "Standard, from 24 May 2026");
  assert_text (upkeep_quote_words_summary (&c.facts), "Basic to Standard, billed monthly");
  assert_text (upkeep_quote_words_timing (now), "Now");
  assert_text (upkeep_quote_words_timing (later), "On 24 May 2026");
  assert_text (upkeep_quote_words_timing_detail (&c.facts, now), "$25.00 due today");
  assert_text (upkeep_quote_words_timing_detail (&c.facts, later),
               "Nothing due today, then $30.00");

  assert_text (upkeep_quote_words_line (&c.facts, &now->bill.lines[0]), "Standard for one month");
  assert_text (upkeep_quote_words_line_basis (&c.facts, now, &now->bill.lines[0]),
               "10 May to 10 June 2026");
  assert_text (upkeep_quote_words_line (&c.facts, &now->bill.lines[1]),
               "Credit for unused Basic time");
  assert_text (upkeep_quote_words_line_basis (&c.facts, now, &now->bill.lines[1]),
               "$10.00 × 6,000 of 12,000 seconds not used (1.7 of 3.3 hours)");

  assert_text (upkeep_quote_words_confirm (&c.facts, now), "Confirm and Pay $25.00");
  assert_text (upkeep_quote_words_confirm (&c.facts, later), "Confirm Change");
  assert_text (upkeep_quote_words_holds (&c.facts, now),
               "This price holds until 14:35. Nothing is charged before you confirm.");
  assert_text (upkeep_quote_words_holds (&c.facts, later),
               "This holds until 14:35. Nothing changes before you confirm.");
  assert_text (upkeep_quote_words_was (&c.facts, 2500, 2600), "was $25.00, now $26.00");
  assert_text (upkeep_quote_words_done_heading (&c.facts, now), "You Now Have Standard");
  assert_text (upkeep_quote_words_done_heading (&c.facts, later), "Standard Begins on 24 May 2026");
  g_assert_null (upkeep_quote_words_done_sentence (&c.facts, now));
  assert_text (upkeep_quote_words_done_sentence (&c.facts, later),
               "Until then you keep Basic, and the change can be undone on the Overview page.");
  assert_text (upkeep_quote_words_next_charge (now), "Next charge on 10 June 2026");
  end (&c);
}

static void
test_interval (void)
{
  Case c;
  const UpkeepOption *option;

  g_test_summary ("A change of billing alone is called that");
  begin (&c, HOURS, "standard", MONTH, 0);
  ask (&c, UPKEEP_QUOTE_SWITCH, "standard", YEAR);
  option = find (&c, UPKEEP_TIMING_IMMEDIATE);
  assert_text (upkeep_quote_words_summary (&c.facts), "Standard, from monthly to yearly billing");
  assert_text (upkeep_quote_words_line (&c.facts, &option->bill.lines[0]), "Standard for one year");
  end (&c);

  begin (&c, HOURS, "basic", YEAR, 0);
  ask (&c, UPKEEP_QUOTE_SWITCH, "pro", MONTH);
  assert_text (upkeep_quote_words_summary (&c.facts),
               "Basic, billed yearly, to Pro, billed monthly");
  end (&c);
}

/* RULES 0.4 */
static void
test_difference (void)
{
  Case c;
  const UpkeepOption *option;

  g_test_summary ("A change by difference sets what was paid off against the price");
  begin (&c, CREDITS, "lite", MONTH, 400);
  ask (&c, UPKEEP_QUOTE_SWITCH, "starter", MONTH);
  option = find (&c, UPKEEP_TIMING_IMMEDIATE);
  assert_text (upkeep_quote_words_line (&c.facts, &option->bill.lines[1]),
               "Less the price of Lite");
  assert_text (upkeep_quote_words_line_basis (&c.facts, option, &option->bill.lines[1]),
               "What the current term cost counts in full");
  g_assert_null (upkeep_quote_words_line_basis (&c.facts, option, &option->bill.lines[0]));
  end (&c);
}

static void
test_subscribe (void)
{
  Case c;
  const UpkeepOption *option;

  g_test_summary ("A first plan is told without one to compare it with");
  c.life = upkeep_test_life_new (HOURS, "2026-05-10T14:05:00Z");
  upkeep_test_life_give_card (c.life);
  ask (&c, UPKEEP_QUOTE_SUBSCRIBE, "basic", MONTH);
  option = find (&c, UPKEEP_TIMING_IMMEDIATE);
  assert_text (upkeep_quote_words_summary (&c.facts), "Basic, billed monthly");
  assert_text (upkeep_quote_words_confirm (&c.facts, option), "Confirm and Pay $10.00");
  end (&c);
}

static void
test_check (void)
{
  Case c;
  UpkeepOption *option;
  UpkeepCheck check;

  g_test_summary ("Two sums that differ are both named");
  begin (&c, HOURS, "basic", MONTH, 6000);
  ask (&c, UPKEEP_QUOTE_SWITCH, "standard", MONTH);
  option = &g_array_index (c.quote->options, UpkeepOption, 0);
  check = upkeep_check_option (c.quote, option, c.life->edition, c.statement);
  assert_text (upkeep_quote_words_check (&c.facts, option, &check),
               "It worked the sum out again from the plan’s rules and got the same.");

  option->terms.unused = 7200;
  check = upkeep_check_option (c.quote, option, c.life->edition, c.statement);
  assert_text (upkeep_quote_words_check (&c.facts, option, &check),
               "The service says $25.00, this app gets $24.00");

  option->terms.allowance = 0;
  check = upkeep_check_option (c.quote, option, c.life->edition, c.statement);
  assert_text (upkeep_quote_words_check (&c.facts, option, &check),
               "The service says $25.00, and no sum follows from its terms");
  end (&c);
}

static void
test_lines (void)
{
  Case c;

  g_test_summary ("Every line has a name");
  begin (&c, HOURS, "basic", MONTH, 0);
  ask (&c, UPKEEP_QUOTE_SWITCH, "standard", MONTH);
  for (guint i = 0; i < UPKEEP_N_LINE_CODES; i++) {
    UpkeepLine line = {.code = (UpkeepLineCode) i, .amount_minor = 100};
    g_autofree char *words = upkeep_quote_words_line (&c.facts, &line);

    g_assert_nonnull (words);
    g_assert_cmpstr (words, !=, "");
  }
  end (&c);
}

static void
test_blocked (void)
{
  Case c;

  g_test_summary ("Every reason has a way out, in words");
  begin (&c, HOURS, "basic", MONTH, 0);
  ask (&c, UPKEEP_QUOTE_SWITCH, "standard", MONTH);
  for (guint i = 0; i < UPKEEP_N_BLOCKED_CODES; i++) {
    UpkeepBlocked blocked = {.code = (UpkeepBlockedCode) i};
    g_autofree char *words = upkeep_quote_words_way_out (&c.facts, &blocked);

    g_assert_nonnull (words);
    g_assert_true (g_str_has_suffix (words, "."));
  }
  assert_text (upkeep_quote_words_way_out (
                   &c.facts, &(UpkeepBlocked){.code = UPKEEP_BLOCKED_PLAN_REQUIRES_COMPANY_TIER}),
               "Go back and choose Pro.");
  end (&c);
}

/* */
static void
test_company (void)
{
  g_autoptr (UpkeepEdition) hours = upkeep_test_load_edition (HOURS);
  g_autoptr (UpkeepEdition) credits = upkeep_test_load_edition (CREDITS);

  g_test_summary ("Only where it matters is one asked how large one's company is");
  g_assert_true (upkeep_quote_words_asks_company (hours, "standard"));
  g_assert_false (upkeep_quote_words_asks_company (hours, "pro"));
  g_assert_false (upkeep_quote_words_asks_company (hours, NULL));
  g_assert_false (upkeep_quote_words_asks_company (credits, "lite"));
  assert_text (upkeep_quote_words_company (hours),
               "My company has more than $1,000,000 gross revenue a year");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/quote-words/upgrade", test_upgrade);
  g_test_add_func ("/ui/quote-words/interval", test_interval);
  g_test_add_func ("/ui/quote-words/difference", test_difference);
  g_test_add_func ("/ui/quote-words/subscribe", test_subscribe);
  g_test_add_func ("/ui/quote-words/check", test_check);
  g_test_add_func ("/ui/quote-words/lines", test_lines);
  g_test_add_func ("/ui/quote-words/blocked", test_blocked);
  g_test_add_func ("/ui/quote-words/company", test_company);
  return g_test_run ();
}

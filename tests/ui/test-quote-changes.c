/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-quote-changes.h"

#include "upkeep-test-life.h"

#define HOURS   "midjourney-2023-03.json"
#define CREDITS "minara-2026-06.json"
#define SHARES  "tests/scribe-2026-01.json" /* prorated by time; the difference is added */
#define MONTH   UPKEEP_INTERVAL_MONTH
#define YEAR    UPKEEP_INTERVAL_YEAR
#define NOW     UPKEEP_TIMING_IMMEDIATE
#define LATER   UPKEEP_TIMING_PERIOD_END

/* Looks whether a change to a plan says, among others, one thing. */
static void
assert_says (UpkeepTestLife *life,
             UpkeepQuoteKind kind,
             const char *plan,
             UpkeepInterval interval,
             UpkeepTiming timing,
             const char *title,
             const char *subtitle)
{
  g_autoptr (UpkeepStatement) statement = upkeep_test_life_state (life);
  g_autoptr (UpkeepQuote) quote = upkeep_test_life_quote (life, kind, plan, interval);
  const UpkeepQuoteFacts facts = {quote, statement, life->edition, FALSE};
  const UpkeepOption *option = upkeep_quote_find_option (quote, timing);
  UpkeepQuoteChange changes[UPKEEP_QUOTE_CHANGES_MAX];
  guint n;
  gboolean found = FALSE;

  g_assert_nonnull (option);
  n = upkeep_quote_changes_make (&facts, option, changes);
  for (guint i = 0; i < n; i++) {
    g_test_message ("%s", changes[i].title);
    g_assert_nonnull (changes[i].icon_name);
    if (g_str_equal (changes[i].title, title)) {
      found = TRUE;
      g_assert_cmpstr (changes[i].subtitle, ==, subtitle);
    }
    upkeep_quote_change_clear (&changes[i]);
  }
  if (!found)
    g_test_message ("missing: %s", title);
  g_assert_true (found);
}

static void
test_switch (void)
{
  static const struct {
    const char *file;
    const char *from;
    UpkeepInterval from_interval;
    gint64 used;
    const char *to;
    UpkeepInterval to_interval;
    UpkeepTiming timing;
    const char *title;
    const char *subtitle;
  } rows[] = {
      /* the design's picture */
      {HOURS, "basic", MONTH, 6000, "standard", MONTH, NOW, "Then $30.00 on 10 June 2026",
       "and every month until you cancel. The date moves from 24 May."},
      {HOURS, "basic", MONTH, 6000, "standard", MONTH, NOW, "15.0 hours of Fast time from now",
       "They expire on 10 June 2026. The unused Basic hours end."},
      {HOURS, "basic", MONTH, 6000, "standard", MONTH, NOW, "Relax mode",
       "Unlimited, with a wait of 1 to 10 minutes"},
      {HOURS, "basic", MONTH, 6000, "standard", MONTH, NOW,
       "Your images and their commercial rights stay", NULL},
      {HOURS, "basic", MONTH, 6000, "standard", MONTH, LATER, "Then $30.00 on 24 May 2026",
       "and every month until you cancel. The date stays."},
      {HOURS, "basic", MONTH, 6000, "standard", MONTH, LATER, "15.0 hours a month",
       "From 24 May 2026. Until then you keep Basic."},
      /* What a lower plan lacks */
      {HOURS, "pro", MONTH, 0, "basic", MONTH, LATER, "Relax mode", "Not included in Basic"},
      {HOURS, "pro", MONTH, 0, "basic", MONTH, LATER, "Stealth mode", "Not included in Basic"},
      {HOURS, "pro", MONTH, 0, "basic", MONTH, LATER, "3.3 hours a month",
       "From 24 May 2026. Until then you keep Pro."},
      {HOURS, "standard", MONTH, 0, "standard", YEAR, NOW, "Then $288.00 on 10 May 2027",
       "and every year until you cancel. The date moves from 24 May."},
      /* RULES 0.3: a credit above the new price stays as balance, which the next charge spends. */
      {HOURS, "basic", YEAR, 0, "standard", MONTH, NOW, "Then $0.00 on 10 June 2026",
       "then $30.00 every month until you cancel. The date moves from 24 April."},
      /* RULES 0.4: a change by difference keeps its date and adds to what one has. */
      {CREDITS, "lite", MONTH, 400, "starter", MONTH, NOW, "2,600 credits more from now",
       "They expire on 24 May 2026."},
      {CREDITS, "lite", MONTH, 400, "starter", MONTH, NOW, "Then $49.00 on 24 May 2026",
       "and every month until you cancel. The date stays."},
      {CREDITS, "lite", MONTH, 400, "starter", MONTH, NOW, "What you have made stays yours", NULL},
      /* RULES 0.28: the first monthly allotment comes in full, in place of the old one. */
      {CREDITS, "lite", MONTH, 400, "starter", YEAR, NOW, "4,000 credits from now",
       "They expire on 10 June 2026. What is unused of Lite ends."},
      /* Where the difference is added the old allotment stays, however the price is shared. */
      {SHARES, "note", MONTH, 60, "desk", MONTH, NOW, "900 units more from now",
       "They expire on 24 May 2026."},
      {CREDITS, "lite", MONTH, 400, "starter", YEAR, NOW, "Then $480.00 on 10 May 2027",
       "and every year until you cancel. The date moves from 24 May."},
  };

  g_test_summary ("A change says what comes, what goes and from when");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    UpkeepTestLife *life = upkeep_test_life_new_subscribed (
        rows[i].file, rows[i].from, rows[i].from_interval, "2026-04-24T00:00:00Z");

    g_test_message ("%s to %s: %s", rows[i].from, rows[i].to, rows[i].title);
    if (rows[i].used > 0)
      upkeep_test_life_use (life, rows[i].used, 0, 0);
    upkeep_test_life_advance (life, "2026-05-10T14:05:00Z");
    assert_says (life, UPKEEP_QUOTE_SWITCH, rows[i].to, rows[i].to_interval, rows[i].timing,
                 rows[i].title, rows[i].subtitle);
    upkeep_test_life_free (life);
  }
}

static void
test_subscribe (void)
{
  UpkeepTestLife *life = upkeep_test_life_new (HOURS, "2026-05-10T14:05:00Z");

  g_test_summary ("A first plan is told without one to compare it with");
  upkeep_test_life_give_card (life);
  assert_says (life, UPKEEP_QUOTE_SUBSCRIBE, "basic", MONTH, NOW, "Then $10.00 on 10 June 2026",
               "and every month until you cancel");
  assert_says (life, UPKEEP_QUOTE_SUBSCRIBE, "basic", MONTH, NOW, "3.3 hours of Fast time from now",
               "They expire on 10 June 2026.");
  upkeep_test_life_free (life);
}

/* RULES 0.20 */
static void
test_dropped (void)
{
  UpkeepTestLife *life =
      upkeep_test_life_new_subscribed (HOURS, "standard", MONTH, "2026-04-24T00:00:00Z");

  g_test_summary ("A change that was scheduled and is dropped is named");
  upkeep_test_life_advance (life, "2026-05-10T14:05:00Z");
  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "basic", MONTH, LATER);
  assert_says (life, UPKEEP_QUOTE_SWITCH, "pro", MONTH, NOW,
               "The scheduled change to Basic is dropped", "This change takes its place.");
  upkeep_test_life_free (life);
}

static void
test_same_instant (void)
{
  UpkeepTestLife *life =
      upkeep_test_life_new_subscribed (HOURS, "basic", MONTH, "2026-04-24T00:00:00Z");

  g_test_summary ("A date that is reset to itself does not move");
  assert_says (life, UPKEEP_QUOTE_SWITCH, "standard", MONTH, NOW, "Then $30.00 on 24 May 2026",
               "and every month until you cancel");
  upkeep_test_life_free (life);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/quote-changes/switch", test_switch);
  g_test_add_func ("/ui/quote-changes/subscribe", test_subscribe);
  g_test_add_func ("/ui/quote-changes/dropped", test_dropped);
  g_test_add_func ("/ui/quote-changes/same-instant", test_same_instant);
  return g_test_run ();
}

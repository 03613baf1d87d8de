/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-overview-words.h"

#include "upkeep-sample.h"

#define NNBSP "\342\200\257" /* U+202F */

typedef struct {
  UpkeepOverviewFacts facts;
  UpkeepStatement *statement;
  UpkeepEdition *edition;
  UpkeepQuote *quote;
} Fixture;

static void
fixture_take (Fixture *self, UpkeepStatement *statement, const char *catalogue, UpkeepQuote *quote)
{
  self->statement = statement;
  self->edition = upkeep_sample_edition (catalogue);
  self->quote = quote;
  self->facts =
      (UpkeepOverviewFacts){statement, self->edition, quote, statement->now_s, .practice = TRUE};
}

static void
fixture_clear (Fixture *self)
{
  g_clear_pointer (&self->statement, upkeep_statement_unref);
  g_clear_pointer (&self->edition, upkeep_edition_unref);
  g_clear_pointer (&self->quote, upkeep_quote_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
assert_text (char *actual, const char *expected)
{
  g_autofree char *owned = actual;

  g_assert_cmpstr (owned, ==, expected);
}

typedef struct {
  const char *title;
  const char *subtitle;
  UpkeepOverviewEnd end;
  const char *sum;
} ExpectedLine;

static void
assert_lines (const UpkeepOverviewFacts *facts, const ExpectedLine *expected, guint n_expected)
{
  UpkeepOverviewLine lines[UPKEEP_OVERVIEW_LINES_MAX];
  guint n_lines = upkeep_overview_get_lines (facts, lines);

  g_assert_cmpuint (n_lines, ==, n_expected);
  for (guint i = 0; i < n_lines; i++) {
    g_assert_cmpstr (lines[i].title, ==, expected[i].title);
    g_assert_cmpstr (lines[i].subtitle, ==, expected[i].subtitle);
    g_assert_cmpint (lines[i].end, ==, expected[i].end);
    g_assert_cmpstr (lines[i].sum, ==, expected[i].sum);
    g_assert_nonnull (lines[i].icon_name);
    upkeep_overview_line_clear (&lines[i]);
  }
}

static const char *
get_state (const UpkeepOverviewFacts *facts, UpkeepRole role)
{
  const char *icon_name = NULL;
  UpkeepRole actual;
  const char *state = upkeep_overview_state (facts, &icon_name, &actual);

  g_assert_cmpint (actual, ==, role);
  return state;
}

static void
test_active (void)
{
  static const ExpectedLine lines[] = {
      {"Renews on 1 June 2026", "Monday, in 21 days", UPKEEP_OVERVIEW_END_SUM, "$30.00"},
      {"Cancel before 1 June 2026 at 00:00", "to avoid this charge", UPKEEP_OVERVIEW_END_NOTHING,
       NULL},
      {"No refund now",
       "51.3" NNBSP "% of this month’s GPU time used, Relax mode included; the rule asks for less "
       "than 1" NNBSP "%",
       UPKEEP_OVERVIEW_END_NOTHING, NULL},
  };
  g_auto (Fixture) fixture = {0};
  const UpkeepOverviewFacts *facts = &fixture.facts;
  const UpkeepStatementMeter *meter;

  g_test_summary ("The first picture of the design, in words.");
  fixture_take (&fixture, upkeep_sample_statement (), "midjourney-2023-03.json",
                upkeep_sample_cancel_quote (27720));

  g_assert_cmpstr (upkeep_overview_title (facts), ==, "Standard");
  assert_text (upkeep_overview_summary (facts), "Midjourney · billed monthly · since 1 May 2026");
  g_assert_cmpstr (get_state (facts, UPKEEP_ROLE_SUCCESS), ==, "Active");
  assert_lines (facts, lines, G_N_ELEMENTS (lines));

  meter = upkeep_overview_find_meter (fixture.statement);
  g_assert_cmpstr (meter->mode, ==, "fast");
  assert_text (upkeep_overview_refill (facts, meter),
               "Refills Monday 1 June 2026 at 00:00 (in 21 days 10 hours)");
  assert_text (upkeep_overview_forecast (facts, meter),
               "At this pace it runs out about Wednesday 20 May. After that, earned and bought "
               "hours are used, then Relax mode.");
  assert_text (upkeep_overview_change (facts), "Standard, billed monthly");
  assert_text (upkeep_overview_cancellation (facts), "One dialog, any time. Your images stay.");
  g_assert_true (upkeep_overview_may_change (fixture.statement));
}

static void
test_refund (void)
{
  static const ExpectedLine full[] = {
      {"Renews on 1 June 2026", "Monday, in 21 days", UPKEEP_OVERVIEW_END_SUM, "$30.00"},
      {"Cancel before 1 June 2026 at 00:00", "to avoid this charge", UPKEEP_OVERVIEW_END_NOTHING,
       NULL},
      {"Full refund possible now",
       "0.4" NNBSP "% of this month’s GPU time used, Relax mode included; the rule asks for less "
       "than 1" NNBSP "%",
       UPKEEP_OVERVIEW_END_NOTHING, NULL},
  };
  static const ExpectedLine law[] = {
      {"Renews on 1 June 2026", "Monday, in 21 days", UPKEEP_OVERVIEW_END_SUM, "$30.00"},
      {"Cancel before 1 June 2026 at 00:00", "to avoid this charge", UPKEEP_OVERVIEW_END_NOTHING,
       NULL},
      {"Refund of $12.00 (practice) possible now", "By the right of withdrawal of your country",
       UPKEEP_OVERVIEW_END_NOTHING, NULL},
  };
  g_auto (Fixture) fixture = {0};
  UpkeepOption *option;

  g_test_summary ("The row tells what leaving now gives; without a quote it is left out.");
  fixture_take (&fixture, upkeep_sample_statement (), "midjourney-2023-03.json",
                upkeep_sample_cancel_quote (216));

  assert_lines (&fixture.facts, full, 3);
  option = &g_array_index (fixture.quote->options, UpkeepOption, 0);
  option->refund.amount_minor = 1200;
  option->refund.basis = UPKEEP_REFUND_BASIS_CONSUMER_LAW;
  assert_lines (&fixture.facts, law, 3);

  fixture.facts.cancel_quote = NULL;
  assert_lines (&fixture.facts, full, 2);
}

static void
test_scheduled (void)
{
  static const ExpectedLine to_basic[] = {
      {"Changes to Basic on 1 June 2026",
       "Basic, billed monthly. $10.00 (practice) is charged "
       "then.",
       UPKEEP_OVERVIEW_END_RESUME, NULL},
  };
  static const ExpectedLine cancelled[] = {
      {"Standard ends on 1 June 2026 at 00:00",
       "Monday, in 21 days. It will not renew and is not charged again.",
       UPKEEP_OVERVIEW_END_RESUME, NULL},
  };
  g_auto (Fixture) fixture = {0};
  UpkeepStatementMeter *meter;

  g_test_summary ("What is scheduled is told with the way to undo it.");
  fixture_take (&fixture, upkeep_sample_statement (), "midjourney-2023-03.json", NULL);

  fixture.statement->scheduled = UPKEEP_SCHEDULED_SWITCH;
  fixture.statement->scheduled_plan = g_strdup ("basic");
  fixture.statement->scheduled_interval = UPKEEP_INTERVAL_MONTH;
  fixture.statement->scheduled_at_s = fixture.statement->period.end_s;
  fixture.statement->next_charge_minor = 1000;
  assert_lines (&fixture.facts, to_basic, G_N_ELEMENTS (to_basic));
  g_assert_cmpstr (get_state (&fixture.facts, UPKEEP_ROLE_SUCCESS), ==, "Active");

  fixture.statement->scheduled = UPKEEP_SCHEDULED_CANCEL;
  fixture.statement->ends_at_s = fixture.statement->period.end_s;
  fixture.statement->renews_at_s = UPKEEP_INSTANT_NONE;
  fixture.statement->next_charge_at_s = UPKEEP_INSTANT_NONE;
  assert_lines (&fixture.facts, cancelled, G_N_ELEMENTS (cancelled));
  g_assert_cmpstr (get_state (&fixture.facts, UPKEEP_ROLE_NEUTRAL), ==, "Cancelled");

  meter = g_ptr_array_index (fixture.statement->meters, 0);
  meter->resets_at_s = UPKEEP_INSTANT_NONE;
  assert_text (upkeep_overview_refill (&fixture.facts, meter),
               "Ends with the plan Monday 1 June 2026 at 00:00 (in 21 days 10 hours)");
  meter->used = 2700;
  meter->remaining = 51300;
  assert_text (upkeep_overview_forecast (&fixture.facts, meter),
               "At this pace it lasts until the end.");
  assert_text (upkeep_overview_cancellation (&fixture.facts),
               "Already cancelled. You can undo that until it takes effect.");
}

static void
test_past_due (void)
{
  static const ExpectedLine lines[] = {
      {"Due now", "Overdue since 1 June 2026", UPKEEP_OVERVIEW_END_SUM, "$30.00"},
      {"Next try on 4 June 2026 at 00:00", "Visa •••• 4242", UPKEEP_OVERVIEW_END_NOTHING, NULL},
      {"Unpaid, Standard ends on 8 June 2026 at 00:00",
       "Paying keeps your renewal day. A new payment method is charged at once.",
       UPKEEP_OVERVIEW_END_NOTHING, NULL},
  };
  UpkeepStatementGrant bought = {UPKEEP_GRANT_PURCHASED, 7200, 7200, UPKEEP_INSTANT_NONE, FALSE};
  g_auto (Fixture) fixture = {0};
  const UpkeepStatementMeter *meter;

  g_test_summary ("What is owed since when, when it is tried again and what comes of it unpaid.");
  fixture_take (&fixture, upkeep_sample_statement_past_due (), "midjourney-2023-03.json", NULL);

  g_assert_cmpstr (get_state (&fixture.facts, UPKEEP_ROLE_WARNING), ==, "Payment overdue");
  assert_text (upkeep_overview_summary (&fixture.facts),
               "Midjourney · billed monthly · paused until paid");
  assert_lines (&fixture.facts, lines, G_N_ELEMENTS (lines));
  meter = upkeep_overview_find_meter (fixture.statement);
  g_assert_null (upkeep_overview_forecast (&fixture.facts, meter));
  g_assert_false (upkeep_overview_may_change (fixture.statement));
  g_assert_true (upkeep_overview_is_paused (&fixture.facts));
  g_assert_cmpstr (upkeep_overview_paused_figures (meter), ==, "No hours until paid");
  assert_text (upkeep_overview_paused_refill (meter),
               "15.0 hours are added as soon as the payment arrives.");
  g_assert_null (upkeep_overview_frozen (meter));
  g_array_append_val (meter->grants, bought);
  assert_text (upkeep_overview_frozen (meter),
               "2.0 hours, bought or earned, are frozen, not lost. New jobs are refused "
               "meanwhile.");
  assert_text (upkeep_overview_change (&fixture.facts), "Pay what is due first");
  assert_text (upkeep_overview_cancellation (&fixture.facts),
               "Possible once $30.00 (practice) is paid. Unpaid, Standard ends by itself on 8 June "
               "2026.");
}

/* RULES 0.1: that other terms come is told before, on the free plan too. */
static void
test_move (void)
{
  static const ExpectedLine moves[] = {
      {"From 1 June 2026 the terms of 2025-04 hold for you.", "Plans tells what is different then.",
       UPKEEP_OVERVIEW_END_NOTHING, NULL},
  };
  g_auto (Fixture) fixture = {0};

  fixture_take (&fixture, upkeep_sample_statement_none (), "midjourney-2023-03.json", NULL);
  fixture.statement->next_edition = g_strdup ("2025-04");
  fixture.statement->next_edition_at_s = upkeep_sample_instant ("2026-06-01T00:00:00Z");
  assert_lines (&fixture.facts, moves, 1);
}

static void
test_none (void)
{
  static const ExpectedLine refund[] = {
      {"Refund on its way", "It arrives by 22 May 2026", UPKEEP_OVERVIEW_END_NOTHING, NULL},
  };
  UpkeepStatementNotice notice = {UPKEEP_NOTICE_REFUND_ON_ITS_WAY, 0};
  g_auto (Fixture) fixture = {0};

  g_test_summary ("Without a plan there is nothing to renew, change or cancel.");
  fixture_take (&fixture, upkeep_sample_statement_none (), "midjourney-2023-03.json", NULL);

  g_assert_cmpstr (upkeep_overview_title (&fixture.facts), ==, "Midjourney");
  assert_text (upkeep_overview_summary (&fixture.facts), "");
  g_assert_cmpstr (get_state (&fixture.facts, UPKEEP_ROLE_NEUTRAL), ==, "Not subscribed");
  g_assert_false (upkeep_overview_has_plan (fixture.statement));
  g_assert_null (upkeep_overview_find_meter (fixture.statement));
  assert_lines (&fixture.facts, NULL, 0);

  fixture.statement->state = UPKEEP_STATE_ENDED;
  notice.at_s = upkeep_sample_instant ("2026-05-22T00:00:00Z");
  g_array_append_val (fixture.statement->notices, notice);
  g_assert_cmpstr (get_state (&fixture.facts, UPKEEP_ROLE_NEUTRAL), ==, "Ended");
  assert_lines (&fixture.facts, refund, 1);
}

static void
test_credits (void)
{
  g_auto (Fixture) fixture = {0};
  const UpkeepStatementMeter *meter;
  UpkeepPeriod refill;

  g_test_summary ("A service of credits, on a yearly term that is refilled monthly.");
  fixture_take (&fixture, upkeep_sample_statement_credits (), "minara-2026-06.json", NULL);

  assert_text (upkeep_overview_summary (&fixture.facts),
               "Minara · billed yearly · since 31 January 2026");
  meter = upkeep_overview_find_meter (fixture.statement);
  /* RULES 0.6: the anchor's day is kept across the short month before. */
  refill = upkeep_overview_get_refill (fixture.statement, meter, fixture.facts.now_s);
  g_assert_cmpint (refill.start_s, ==, upkeep_sample_instant ("2026-04-30T00:00:00Z"));
  g_assert_cmpint (refill.end_s, ==, upkeep_sample_instant ("2026-05-31T00:00:00Z"));
  assert_text (upkeep_overview_forecast (&fixture.facts, meter),
               "At this pace it runs out about Monday 11 May.");
  assert_text (upkeep_overview_cancellation (&fixture.facts),
               "One dialog, any time. Your history stays.");

  fixture.facts.now_s = meter->resets_at_s;
  assert_text (upkeep_overview_refill (&fixture.facts, meter),
               "Refill expected, waiting for the service");
  g_assert_null (upkeep_overview_forecast (&fixture.facts, meter));
}

static void
test_used_up (void)
{
  g_auto (Fixture) fixture = {0};
  UpkeepStatementMeter *meter;

  g_test_summary ("What comes after the allotment is told.");
  fixture_take (&fixture, upkeep_sample_statement (), "midjourney-2023-03.json", NULL);
  meter = g_ptr_array_index (fixture.statement->meters, 0);
  meter->remaining = 0;
  meter->used = 54000;

  meter->spendable = 7200;
  assert_text (upkeep_overview_forecast (&fixture.facts, meter),
               "What was earned and bought is used now: 2.0 hours left.");
  meter->spendable = 0;
  assert_text (upkeep_overview_forecast (&fixture.facts, meter),
               "Jobs run in Relax mode until the refill.");
  g_free (fixture.statement->plan);
  fixture.statement->plan = g_strdup ("basic");
  assert_text (upkeep_overview_forecast (&fixture.facts, meter),
               "Nothing more can be used until the refill.");
}

static void
assert_figures (const UpkeepOverviewFacts *facts, const char *const *texts, guint n_expected)
{
  UpkeepOverviewFigure figures[UPKEEP_OVERVIEW_FIGURES_MAX];
  guint n_figures = upkeep_overview_get_figures (facts, figures);

  g_assert_cmpuint (n_figures, ==, n_expected);
  for (guint i = 0; i < n_figures; i++) {
    g_assert_cmpstr (figures[i].title, ==, texts[3 * i]);
    g_assert_cmpstr (figures[i].value, ==, texts[3 * i + 1]);
    g_assert_cmpstr (figures[i].detail, ==, texts[3 * i + 2]);
    upkeep_overview_figure_clear (&figures[i]);
  }
}

/* A service may have up to four modes, each with a limit of its own. */
static void
assert_queue_of_modes (Fixture *fixture, int n_modes, const char *expected)
{
  static const char *const modes[] = {"fast", "relax", "third", "fourth"};
  static const int limits[] = {12, 3, 1, 2};
  UpkeepOverviewFigure figures[UPKEEP_OVERVIEW_FIGURES_MAX];
  guint n_figures;

  g_strfreev (fixture->statement->queue_modes);
  fixture->statement->queue_modes = g_new0 (char *, n_modes + 1);
  for (int i = 0; i < n_modes; i++) {
    fixture->statement->queue_modes[i] = g_strdup (modes[i]);
    fixture->statement->running_limit[i] = limits[i];
  }
  n_figures = upkeep_overview_get_figures (&fixture->facts, figures);
  g_assert_cmpstr (figures[0].detail, ==, expected);
  for (guint i = 0; i < n_figures; i++)
    upkeep_overview_figure_clear (&figures[i]);
}

static void
test_figures (void)
{
  static const char *const hours[] = {
      "Jobs",           "1 running",  "0 queued; up to 3 at once, 10 waiting",
      "Mode",           "Fast mode",  "Relax mode: unlimited, 0.2 hours used",
      "Lifetime usage", "834 images", "13.9 hours",
  };
  static const char *const apart[] = {
      "Jobs",
      "3 running",
      "2 queued; up to 12 in Fast mode and 3 in Relax mode at once, 10 waiting",
      "Mode",
      "Fast mode",
      "Relax mode: unlimited, 0.2 hours used",
      "Lifetime usage",
      "1 image",
      "13.9 hours",
  };
  static const char *const credits[] = {"Lifetime usage", "4,321 credits", NULL};
  g_auto (Fixture) fixture = {0};
  g_auto (Fixture) other = {0};

  g_test_summary ("Jobs and modes are told of a service that has them. RULES 0.15");
  fixture_take (&fixture, upkeep_sample_statement (), "midjourney-2023-03.json", NULL);
  fixture_take (&other, upkeep_sample_statement_credits (), "minara-2026-06.json", NULL);

  assert_figures (&fixture.facts, hours, 3);
  fixture.statement->running_total_limit = 0;
  fixture.statement->running_limit[0] = 12;
  fixture.statement->running_limit[1] = 3;
  fixture.statement->running[1] = 2;
  fixture.statement->waiting = 2;
  fixture.statement->lifetime_images = 1;
  assert_figures (&fixture.facts, apart, 3);
  assert_queue_of_modes (&fixture, 3,
                         "2 queued; up to 12 in Fast mode, 3 in Relax mode and 1 in third at once, "
                         "10 waiting");
  assert_queue_of_modes (&fixture, 4,
                         "2 queued; up to 12 in Fast mode, 3 in Relax mode, 1 in third and 2 in "
                         "fourth at once, 10 waiting");
  assert_figures (&other.facts, credits, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/overview-words/active", test_active);
  g_test_add_func ("/ui/overview-words/refund", test_refund);
  g_test_add_func ("/ui/overview-words/scheduled", test_scheduled);
  g_test_add_func ("/ui/overview-words/past-due", test_past_due);
  g_test_add_func ("/ui/overview-words/none", test_none);
  g_test_add_func ("/ui/overview-words/move", test_move);
  g_test_add_func ("/ui/overview-words/credits", test_credits);
  g_test_add_func ("/ui/overview-words/used-up", test_used_up);
  g_test_add_func ("/ui/overview-words/figures", test_figures);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-words.h"

#include "upkeep-sample.h"

#define NNBSP "\342\200\257" /* U+202F */

static void
assert_text (char *actual, const char *expected)
{
  g_autofree char *owned = actual;

  g_assert_cmpstr (owned, ==, expected);
}

static void
test_catalogue (void)
{
  g_autoptr (UpkeepEdition) hours = upkeep_sample_edition ("midjourney-2023-03.json");
  g_autoptr (UpkeepEdition) credits = upkeep_sample_edition ("minara-2026-06.json");

  g_test_summary ("Names come from the catalogue; what it lacks goes by its id.");

  g_assert_cmpstr (upkeep_words_plan (hours, "standard"), ==, "Standard");
  g_assert_cmpstr (upkeep_words_plan (hours, "gone"), ==, "gone");
  g_assert_cmpstr (upkeep_words_plan (NULL, "standard"), ==, "standard");
  g_assert_cmpstr (upkeep_words_plan (hours, NULL), ==, "");
  g_assert_cmpstr (upkeep_words_meter (hours), ==, "Fast time");
  g_assert_cmpstr (upkeep_words_meter (credits), ==, "Subscription credits");
  g_assert_cmpstr (upkeep_words_mode (hours, "relax"), ==, "Relax mode");
  g_assert_cmpstr (upkeep_words_mode (hours, "turbo"), ==, "turbo");
  g_assert_cmpstr (upkeep_words_unmetered_mode (hours, "standard"), ==, "Relax mode");
  g_assert_null (upkeep_words_unmetered_mode (hours, "basic"));
  g_assert_null (upkeep_words_unmetered_mode (hours, NULL));
  g_assert_null (upkeep_words_unmetered_mode (credits, "lite"));
}

/* GLOSSARY, "Plan names": French keeps the name after "Forfait"; GLib reads LANGUAGE anew. */
static void
test_within (void)
{
  static const struct {
    const char *language;
    const char *name;
    const char *within;
  } rows[] = {
      {"fr", "Forfait Pro", "forfait Pro"},
      {"fr", "Mode Relax", "mode Relax"},
      {"fr", "Équipe", "équipe"},
      {"fr", "GPU", "GPU"},
      {"fr", "basic", "basic"},
      {"fr", "", ""},
      {"C", "Relax mode", "Relax mode"},
      {"zh_CN", "标准计划", "标准计划"},
  };

  g_test_summary ("A name inside a French sentence begins in lower case");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_setenv ("LANGUAGE", rows[i].language, TRUE);
    g_assert_cmpstr (upkeep_words_within (rows[i].name), ==, rows[i].within);
  }
  g_setenv ("LANGUAGE", "C", TRUE);
}

static void
test_sums (void)
{
  g_test_summary ("Inside a sentence a practice sum says so in words.");

  assert_text (upkeep_words_sum (400, "USD", FALSE), "$4.00");
  assert_text (upkeep_words_sum (400, "USD", TRUE), "$4.00 (practice)");
  assert_text (upkeep_words_price (3000, "USD", UPKEEP_INTERVAL_MONTH, TRUE),
               "$30.00 a month (practice)");
  assert_text (upkeep_words_price (28800, "USD", UPKEEP_INTERVAL_YEAR, FALSE), "$288.00 a year");
  assert_text (upkeep_words_price (400, "USD", UPKEEP_INTERVAL_NONE, FALSE), "$4.00");
  assert_text (upkeep_words_plan_billed ("Pro", UPKEEP_INTERVAL_MONTH), "Pro, billed monthly");
  assert_text (upkeep_words_plan_billed ("Pro", UPKEEP_INTERVAL_YEAR), "Pro, billed yearly");
  assert_text (upkeep_words_plan_billed ("Free", UPKEEP_INTERVAL_NONE), "Free");
  assert_text (upkeep_words_card ("visa", "4242"), "Visa •••• 4242");
  assert_text (upkeep_words_card ("amex", "0005"), "American Express •••• 0005");
  assert_text (upkeep_words_card ("newcard", "1111"), "newcard •••• 1111");
  assert_text (upkeep_words_card (NULL, NULL), "Your payment method");
}

static void
test_instants (void)
{
  g_test_summary ("A day that the service names stays that day; an instant names its zone.");

  assert_text (upkeep_words_day (upkeep_sample_instant ("2026-05-15T00:00:00Z")), "15 May 2026");
  assert_text (upkeep_words_zoned (upkeep_sample_instant ("2026-05-01T09:12:00Z")),
               "1 May 2026 at 09:12 (UTC)");
}

/* RULES 0.21, 0.22: what was measured and the limit are told; exactly the limit is not less. */
static void
test_clause (void)
{
  static const struct {
    UpkeepMetric metric;
    UpkeepScope scope;
    const char *id;
    gint64 measured;
    gint64 limit;
    gboolean holds;
    const char *sentence;
    const char *name;
    const char *figures;
    const char *measure;
    const char *rule;
  } rows[] = {
      {UPKEEP_METRIC_UNITS, UPKEEP_SCOPE_MONTH, "lt_1pct", 27720, 540, FALSE,
       "51.3" NNBSP "% of this month’s GPU time used, Relax mode included; the rule asks for less "
       "than 1" NNBSP "%",
       "GPU time used this month", "51.3" NNBSP "% of 1" NNBSP "% used",
       "462.0 of 9.0 minutes, Relax mode included",
       "The rule asks for less than 1" NNBSP "% of 15.0 hours, so it gives no refund now."},
      {UPKEEP_METRIC_UNITS, UPKEEP_SCOPE_MONTH, "lt_1pct", 539, 540, TRUE,
       "0.9" NNBSP "% of this month’s GPU time used, Relax mode included; the rule asks for less "
       "than 1" NNBSP "%",
       "GPU time used this month", "0.9" NNBSP "% of 1" NNBSP "% used",
       "8.9 of 9.0 minutes, Relax mode included",
       "The rule asks for less than 1" NNBSP "% of 15.0 hours, so a refund is open now. At "
       "exactly 1" NNBSP "% it closes."},
      {UPKEEP_METRIC_UNITS, UPKEEP_SCOPE_MONTH, "lt_1pct", 540, 540, FALSE,
       "1.0" NNBSP "% of this month’s GPU time used, Relax mode included; the rule asks for less "
       "than 1" NNBSP "%",
       "GPU time used this month", "1.0" NNBSP "% of 1" NNBSP "% used",
       "9.0 of 9.0 minutes, Relax mode included",
       "The rule asks for less than 1" NNBSP "% of 15.0 hours, so it gives no refund now."},
      {UPKEEP_METRIC_UNITS, UPKEEP_SCOPE_MONTH, "lt_1pct", 0, 540, FALSE, /* RULES 0.36 */
       "A yearly term can be refunded in its first month only", "GPU time used this month",
       "0.0" NNBSP "% of 1" NNBSP "% used", "0.0 of 9.0 minutes, Relax mode included",
       "The rule refunds a yearly term in its first month only."},
      {UPKEEP_METRIC_UNITS, UPKEEP_SCOPE_SUBSCRIPTION, "under_20_minutes", 1199, 1200, TRUE,
       "19.9 minutes since you subscribed; the rule asks for less than 20.0 minutes",
       "GPU time used since you subscribed", "19.9 of 20.0 minutes, Relax mode included",
       "19.9 of 20.0 minutes, Relax mode included",
       "The rule asks for less than 20.0 minutes, so a refund is open now. At exactly 20.0 minutes "
       "it closes."},
      {UPKEEP_METRIC_IMAGES, UPKEEP_SCOPE_SUBSCRIPTION, "under_20_images", 20, 20, FALSE,
       "20 images since you subscribed; the rule asks for less than 20",
       "Images made since you subscribed", "20 of 20 images", "20 of 20 images",
       "The rule asks for less than 20 images, so it gives no refund now."},
      {UPKEEP_METRIC_IMAGES, UPKEEP_SCOPE_LIFETIME, "images", 1, 20, TRUE,
       "1 image in all; the rule asks for less than 20", "Images made in all", "1 of 20 images",
       "1 of 20 images",
       "The rule asks for less than 20 images, so a refund is open now. At exactly 20 images it "
       "closes."},
  };
  g_autoptr (UpkeepEdition) edition = upkeep_sample_edition ("midjourney-2023-03.json");

  g_test_summary ("A clause is told with what was measured, its limit and its outcome.");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    UpkeepClauseReport clause = {(char *) rows[i].id, rows[i].metric, rows[i].scope,
                                 rows[i].measured,    rows[i].limit,  rows[i].holds};

    g_test_message ("%s", rows[i].sentence);
    assert_text (upkeep_words_clause (edition, "standard", &clause), rows[i].sentence);
    assert_text (upkeep_words_clause_name (edition, &clause), rows[i].name);
    assert_text (upkeep_words_clause_figures (edition, "standard", &clause), rows[i].figures);
    assert_text (upkeep_words_clause_measure (edition, "standard", &clause), rows[i].measure);
    assert_text (upkeep_words_clause_rule (edition, "standard", &clause), rows[i].rule);
  }
}

static void
add_clause (UpkeepRefundReport *report, gint64 measured, gint64 limit)
{
  UpkeepClauseReport *clause = upkeep_clause_report_new ();

  clause->measured = measured;
  clause->limit = limit;
  clause->holds = measured < limit;
  g_ptr_array_add (report->clauses, clause);
}

static void
test_nearest_clause (void)
{
  g_autoptr (UpkeepRefundReport) report = upkeep_refund_report_new ();

  g_test_summary ("One clause is told: one that holds, else the one least beyond its limit.");

  g_assert_null (upkeep_words_nearest_clause (report));
  add_clause (report, 60, 20);
  add_clause (report, 1300, 1200);
  g_assert_cmpint (upkeep_words_nearest_clause (report)->limit, ==, 1200);
  add_clause (report, 9, 10);
  g_assert_cmpint (upkeep_words_nearest_clause (report)->limit, ==, 10);

  g_assert_null (upkeep_words_refund_bound (report));
  report->at_most_count = 1; /* RULES 0.37 */
  report->at_most_days = 365;
  report->at_most_measured = 1;
  assert_text (upkeep_words_refund_bound (report),
               "The rule gives 1 refund in 365 days. Given so far: 1.");
}

static void
test_refund_is_full (void)
{
  g_autoptr (UpkeepQuote) quote = upkeep_sample_cancel_quote (0);
  UpkeepOption option = *upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);

  g_test_summary ("A refund is full when all of the price goes back.");

  g_assert_true (upkeep_words_refund_is_full (&option, 3000));
  option.refund.amount_minor = 2999;
  g_assert_false (upkeep_words_refund_is_full (&option, 3000));
  option.has_refund = FALSE;
  g_assert_false (upkeep_words_refund_is_full (&option, 2999));
}

static void
test_blocked (void)
{
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement ();
  g_autoptr (UpkeepStatement) past_due = upkeep_sample_statement_past_due ();
  UpkeepBlocked blocked = {.code = UPKEEP_BLOCKED_PAST_DUE, .has_measured = TRUE, .measured = 3000};

  g_test_summary ("Every reason has words of its own, none of them a code.");

  assert_text (upkeep_words_blocked (&blocked, past_due, TRUE),
               "$30.00 (practice) has been overdue since 1 June 2026. It has to be paid first.");

  statement->ends_at_s = statement->period.end_s;
  blocked.code = UPKEEP_BLOCKED_ALREADY_CANCELLED;
  assert_text (upkeep_words_blocked (&blocked, statement, TRUE),
               "Your plan is cancelled already. It ends on 1 June 2026 at 00:00 and is not charged "
               "again.");

  blocked.code = UPKEEP_BLOCKED_PLAN_REQUIRES_COMPANY_TIER;
  blocked.has_limit = TRUE;
  blocked.limit = 1000000;
  assert_text (upkeep_words_blocked (&blocked, statement, TRUE),
               "A company with more than $1,000,000.00 gross revenue a year needs a higher plan.");

  for (int code = 0; code < UPKEEP_N_BLOCKED_CODES; code++) {
    g_autofree char *words = NULL;

    blocked.code = (UpkeepBlockedCode) code;
    words = upkeep_words_blocked (&blocked, statement, FALSE);
    g_test_message ("%s: %s", upkeep_blocked_code_to_string (blocked.code), words);
    g_assert_true (g_str_has_suffix (words, "."));
    g_assert_null (strchr (words, '_'));
    g_assert_cmpstr (words, !=, "The service does not allow this now.");
  }
}

/* C-03: the catalogue itself says why there is no trial. */
static void
test_no_trial (void)
{
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement ();
  g_autoptr (UpkeepEdition) edition = upkeep_sample_edition ("midjourney-2023-03.json");
  g_autoptr (UpkeepEdition) other = upkeep_sample_edition ("minara-2026-06.json");
  UpkeepPlan *trial = (UpkeepPlan *) upkeep_edition_find_plan_of_kind (edition, UPKEEP_PLAN_TRIAL);
  UpkeepBlocked blocked = {.code = UPKEEP_BLOCKED_TRIAL_UNAVAILABLE};

  assert_text (upkeep_words_blocked_in (edition, &blocked, statement, FALSE),
               "There is no free trial at present, because demand is too high. A paid plan is "
               "needed.");
  assert_text (upkeep_words_blocked_in (other, &blocked, statement, FALSE),
               "The free trial is not on offer at present.");
  trial->offered = TRUE;
  assert_text (upkeep_words_blocked_in (edition, &blocked, statement, FALSE),
               "The free trial is there once, before the first paid plan.");
  blocked.code = UPKEEP_BLOCKED_SAME_PLAN;
  assert_text (upkeep_words_blocked_in (edition, &blocked, statement, FALSE),
               "This is the plan you have.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/words/catalogue", test_catalogue);
  g_test_add_func ("/ui/words/within", test_within);
  g_test_add_func ("/ui/words/sums", test_sums);
  g_test_add_func ("/ui/words/instants", test_instants);
  g_test_add_func ("/ui/words/clause", test_clause);
  g_test_add_func ("/ui/words/nearest-clause", test_nearest_clause);
  g_test_add_func ("/ui/words/refund-is-full", test_refund_is_full);
  g_test_add_func ("/ui/words/blocked", test_blocked);
  g_test_add_func ("/ui/words/no-trial", test_no_trial);
  return g_test_run ();
}

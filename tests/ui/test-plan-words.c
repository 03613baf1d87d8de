/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-plan-words.h"

#include "upkeep-sample.h"

#include <string.h>

#define NNBSP "\342\200\257" /* U+202F */
#define NBSP  "\302\240"     /* U+00A0 */

static void
assert_text (char *actual, const char *expected)
{
  g_autofree char *owned = actual;

  g_assert_cmpstr (owned, ==, expected);
}

static const UpkeepPlan *
find_plan (const UpkeepEdition *edition, const char *plan_id)
{
  const UpkeepPlan *plan = upkeep_edition_find_plan (edition, plan_id);

  g_assert_nonnull (plan);
  return plan;
}

static const UpkeepPlanRow *
find_row (const UpkeepEdition *edition, const char *row_id)
{
  for (guint i = 0; i < edition->rows->len; i++) {
    const UpkeepPlanRow *row = g_ptr_array_index (edition->rows, i);

    if (g_str_equal (row->id, row_id))
      return row;
  }
  g_assert_not_reached ();
}

static void
test_yearly (void)
{
  g_autoptr (UpkeepEdition) hours = upkeep_sample_edition ("midjourney-2023-03.json");
  g_autoptr (UpkeepEdition) credits = upkeep_sample_edition ("minara-2026-06.json");
  g_autoptr (UpkeepEdition) none = upkeep_edition_new ();

  g_test_summary ("What a year saves is worked out from the catalogue");
  assert_text (upkeep_plan_words_yearly (hours), "Yearly, 20" NNBSP "% less"); /* */
  assert_text (upkeep_plan_words_yearly (credits), "Yearly, up to 18" NNBSP "% less");
  assert_text (upkeep_plan_words_yearly (none), "Yearly");
  g_assert_true (upkeep_plan_words_has_interval (hours, UPKEEP_INTERVAL_YEAR));
  g_assert_false (upkeep_plan_words_has_interval (none, UPKEEP_INTERVAL_MONTH));
}

typedef struct {
  const char *what;
  const char *file;
  UpkeepStatement *(*make) (void);
  const char *plan;
  UpkeepInterval interval;
  gboolean offline;
  UpkeepPlanAct act;
  const char *label;
  gboolean enabled;
  gboolean suggested;
  const char *note;
} OfferRow;

#define HOURS   "midjourney-2023-03.json"
#define CREDITS "minara-2026-06.json"
#define MONTH   UPKEEP_INTERVAL_MONTH
#define YEAR    UPKEEP_INTERVAL_YEAR
#define NONE    UPKEEP_PLAN_ACT_NONE
#define KEEP    UPKEEP_PLAN_ACT_KEEP
#define CHOOSE  UPKEEP_PLAN_ACT_CHOOSE

static UpkeepStatement *
make_yearly (void)
{
  UpkeepStatement *statement = upkeep_sample_statement ();

  statement->interval = UPKEEP_INTERVAL_YEAR;
  return statement;
}

static UpkeepStatement *
make_scheduled (void)
{
  UpkeepStatement *statement = upkeep_sample_statement ();

  statement->scheduled = UPKEEP_SCHEDULED_SWITCH;
  statement->scheduled_plan = g_strdup ("basic");
  statement->scheduled_interval = UPKEEP_INTERVAL_MONTH;
  statement->scheduled_at_s = upkeep_sample_instant ("2026-06-01T00:00:00Z");
  return statement;
}

static UpkeepStatement *
make_ended (void)
{
  UpkeepStatement *statement = upkeep_sample_statement_none ();

  statement->state = UPKEEP_STATE_ENDED;
  statement->ever_subscribed = TRUE;
  return statement;
}

static UpkeepStatement *
make_free (void)
{
  UpkeepStatement *statement = upkeep_sample_statement_none ();

  statement->plan = g_strdup ("free");
  return statement;
}

static UpkeepStatement *
make_credits_monthly (void)
{
  UpkeepStatement *statement = upkeep_sample_statement_credits ();

  g_free (statement->plan);
  statement->plan = g_strdup ("starter");
  statement->interval = UPKEEP_INTERVAL_MONTH;
  return statement;
}

/* CONTRACT 7 */
static void
test_offer (void)
{
  static const OfferRow rows[] = {
      {"up", HOURS, upkeep_sample_statement, "pro", MONTH, FALSE, CHOOSE, "Upgrade to Pro…", TRUE,
       TRUE, "now or on 1 June 2026"},
      {"down", HOURS, upkeep_sample_statement, "basic", MONTH, FALSE, CHOOSE, "Downgrade to Basic…",
       TRUE, FALSE, "on 1 June 2026"},
      {"own", HOURS, upkeep_sample_statement, "standard", MONTH, FALSE, KEEP, "Current Plan", FALSE,
       FALSE, NULL},
      {"own by the year is up", HOURS, upkeep_sample_statement, "standard", YEAR, FALSE, CHOOSE,
       "Upgrade to Standard…", TRUE, FALSE, "now or on 1 June 2026"}, /* RULES 0.5 */
      {"own by the month is down", HOURS, make_yearly, "standard", MONTH, FALSE, CHOOSE,
       "Downgrade to Standard…", TRUE, FALSE, "on 1 June 2026"},
      {"down by tier though the year is longer", HOURS, upkeep_sample_statement, "basic", YEAR,
       FALSE, CHOOSE, "Downgrade to Basic…", TRUE, FALSE, "on 1 June 2026"},
      {"a trial that is not on offer", HOURS, upkeep_sample_statement, "trial", MONTH, FALSE, NONE,
       NULL, FALSE, FALSE, NULL}, /* RULES 0.13 */
      {"never had one", HOURS, upkeep_sample_statement_none, "basic", MONTH, FALSE, CHOOSE,
       "Subscribe to Basic…", TRUE, TRUE, NULL},
      {"never had one, a larger", HOURS, upkeep_sample_statement_none, "pro", MONTH, FALSE, CHOOSE,
       "Subscribe to Pro…", TRUE, FALSE, NULL},
      {"had one", HOURS, make_ended, "standard", YEAR, FALSE, CHOOSE, "Subscribe to Standard…",
       TRUE, FALSE, NULL},
      {"past due", HOURS, upkeep_sample_statement_past_due, "pro", MONTH, FALSE, CHOOSE,
       "Upgrade to Pro…", FALSE, FALSE, "Pay what is due first"}, /* RULES 0.29 */
      {"past due and offline", HOURS, upkeep_sample_statement_past_due, "basic", MONTH, TRUE,
       CHOOSE, "Downgrade to Basic…", FALSE, FALSE, "Pay what is due first"},
      {"offline", HOURS, upkeep_sample_statement, "pro", MONTH, TRUE, CHOOSE, "Upgrade to Pro…",
       FALSE, FALSE, "Needs a connection"},
      {"offline without a plan", HOURS, upkeep_sample_statement_none, "pro", MONTH, TRUE, CHOOSE,
       "Subscribe to Pro…", FALSE, FALSE, "Needs a connection"},
      {"scheduled", HOURS, make_scheduled, "basic", MONTH, FALSE, CHOOSE, "Downgrade to Basic…",
       FALSE, FALSE, "scheduled for 1 June 2026"},
      {"scheduled for another term", HOURS, make_scheduled, "basic", YEAR, FALSE, CHOOSE,
       "Downgrade to Basic…", TRUE, FALSE, "on 1 June 2026"},
      {"up at once only", CREDITS, upkeep_sample_statement_credits, "pro", YEAR, FALSE, CHOOSE,
       "Upgrade to Pro…", TRUE, FALSE, "now"}, /* RULES 0.4 */
      {"year to month", CREDITS, upkeep_sample_statement_credits, "lite", MONTH, FALSE, CHOOSE,
       "Downgrade to Lite…", FALSE, FALSE, "Not possible from yearly billing"}, /* D-21 */
      {"month to year, lower", CREDITS, make_credits_monthly, "lite", YEAR, FALSE, CHOOSE,
       "Downgrade to Lite…", FALSE, FALSE,
       "To yearly billing, only the same plan or a higher one"}, /* D-19 */
      {"month to year, same", CREDITS, make_credits_monthly, "starter", YEAR, FALSE, CHOOSE,
       "Upgrade to Starter…", TRUE, FALSE, "now"},
      {"to the free plan", CREDITS, upkeep_sample_statement_credits, "free", YEAR, TRUE,
       UPKEEP_PLAN_ACT_CANCEL, "Downgrade to Free…", TRUE, FALSE, NULL}, /* D-07 */
      {"on the free plan", CREDITS, make_free, "free", MONTH, FALSE, KEEP, "Current Plan", FALSE,
       FALSE, NULL},
      {"off the free plan", CREDITS, make_free, "lite", MONTH, FALSE, CHOOSE, "Subscribe to Lite…",
       TRUE, TRUE, NULL}, /* RULES 0.24 */
  };

  g_test_summary ("A plan's button says which way it goes, when, and why not");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UpkeepEdition) edition = upkeep_sample_edition (rows[i].file);
    g_autoptr (UpkeepStatement) statement = rows[i].make ();
    UpkeepPlanFacts facts = {statement, edition, rows[i].interval, TRUE, !rows[i].offline};
    g_auto (UpkeepPlanOffer) offer = {.act = NONE};

    g_test_message ("%s", rows[i].what);
    upkeep_plan_words_make_offer (&facts, find_plan (edition, rows[i].plan), &offer);
    g_assert_cmpint (offer.act, ==, rows[i].act);
    g_assert_cmpstr (offer.label, ==, rows[i].label);
    g_assert_cmpint (offer.enabled, ==, rows[i].enabled);
    g_assert_cmpint (offer.suggested, ==, rows[i].suggested);
    g_assert_cmpstr (offer.note, ==, rows[i].note);
  }
}

static void
test_one_suggestion (void)
{
  static UpkeepStatement *(*const makers[]) (void) = {
      upkeep_sample_statement, upkeep_sample_statement_none, upkeep_sample_statement_past_due,
      make_yearly, make_scheduled};
  g_autoptr (UpkeepEdition) edition = upkeep_sample_edition (HOURS);

  g_test_summary ("One button of the page stands out at the most");
  for (gsize i = 0; i < G_N_ELEMENTS (makers); i++) {
    for (UpkeepInterval interval = MONTH; interval <= YEAR; interval++) {
      g_autoptr (UpkeepStatement) statement = makers[i]();
      UpkeepPlanFacts facts = {statement, edition, interval, TRUE, TRUE};
      int n = 0;

      for (guint j = 0; j < edition->plans->len; j++) {
        g_auto (UpkeepPlanOffer) offer = {.act = NONE};

        upkeep_plan_words_make_offer (&facts, g_ptr_array_index (edition->plans, j), &offer);
        n += offer.suggested;
      }
      g_assert_cmpint (n, <=, 1);
    }
  }
}

static void
test_sum (void)
{
  g_autoptr (UpkeepEdition) edition = upkeep_sample_edition (HOURS);
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement ();
  UpkeepPlanFacts facts = {statement, edition, MONTH, TRUE, TRUE};
  g_auto (UpkeepPlanSum) month = {.is_sold = FALSE};
  g_auto (UpkeepPlanSum) year = {.is_sold = FALSE};
  g_auto (UpkeepPlanSum) gone = {.is_sold = FALSE};
  UpkeepPlan *plan;

  g_test_summary ("The sum that is charged is told apart from a month's share");
  upkeep_plan_words_make_sum (&facts, find_plan (edition, "standard"), &month);
  g_assert_cmpstr (month.amount, ==, "$30.00");
  g_assert_cmpstr (month.term, ==, "a month");
  g_assert_null (month.share);
  g_assert_cmpstr (upkeep_plan_words_own (&facts), ==, "Your plan");

  facts.interval = YEAR;
  upkeep_plan_words_make_sum (&facts, find_plan (edition, "standard"), &year);
  g_assert_cmpstr (year.amount, ==, "$288.00");
  g_assert_cmpstr (year.term, ==, "a year");
  g_assert_cmpstr (year.share, ==, "$24.00 a month");
  g_assert_cmpstr (year.detail, ==, "$24.00 a month, $72.00 less than 12 months");
  g_assert_cmpstr (upkeep_plan_words_own (&facts), ==, "Your plan, paid monthly");

  plan = (UpkeepPlan *) find_plan (edition, "pro");
  plan->price_minor[YEAR] = -1;
  upkeep_plan_words_make_sum (&facts, plan, &gone);
  g_assert_false (gone.is_sold);
  g_assert_cmpstr (gone.share, ==, "Not sold by the year");
}

/* A-07..A-18 */
static void
test_cells (void)
{
  static const struct {
    const char *file;
    const char *row;
    const char *plan;
    UpkeepPlanCellKind kind;
    const char *text;
    const char *detail;
    const char *name;
  } rows[] = {
      {HOURS, "price_year", "standard", UPKEEP_PLAN_CELL_TEXT, "$288.00", "$24.00 a month",
       "Price for a year, Standard: $288.00, $24.00 a month"},
      {HOURS, "price_month", "trial", UPKEEP_PLAN_CELL_NO, NULL, NULL,
       "Price for a month, Free Trial: no"},
      {HOURS, "fast_time", "basic", UPKEEP_PLAN_CELL_TEXT, "3.3 hours", "a month",
       "Fast GPU time, Basic: 3.3 hours a month"},
      {HOURS, "fast_time", "trial", UPKEEP_PLAN_CELL_TEXT, "0.4 hours", "once, for life",
       "Fast GPU time, Free Trial: 0.4 hours once, for life"},
      {HOURS, "relax_time", "basic", UPKEEP_PLAN_CELL_NO, NULL, NULL, "Relax GPU time, Basic: no"},
      {HOURS, "relax_time", "pro", UPKEEP_PLAN_CELL_TEXT, "Unlimited", NULL,
       "Relax GPU time, Pro: unlimited"},
      {HOURS, "extra_time", "pro", UPKEEP_PLAN_CELL_TEXT, "$4.00 an hour", NULL,
       "Extra GPU time, Pro: $4.00 an hour"},
      {HOURS, "extra_time", "trial", UPKEEP_PLAN_CELL_NO, NULL, NULL,
       "Extra GPU time, Free Trial: no"},
      {HOURS, "stealth", "pro", UPKEEP_PLAN_CELL_YES, NULL, NULL, "Stealth mode, Pro: yes"},
      {HOURS, "stealth", "standard", UPKEEP_PLAN_CELL_NO, NULL, NULL, "Stealth mode, Standard: no"},
      {HOURS, "queue", "standard", UPKEEP_PLAN_CELL_TEXT, "3 at once", "10 waiting",
       "Queue, Standard: 3 at once, 10 waiting"},
      {HOURS, "queue", "pro", UPKEEP_PLAN_CELL_TEXT, "Fast mode" NBSP "12, Relax mode" NBSP "3",
       "at once, 10 waiting",
       "Queue, Pro: Fast mode" NBSP "12, Relax mode" NBSP "3 at once, 10 waiting"}, /* */
      {HOURS, "rights", "trial", UPKEEP_PLAN_CELL_TEXT, "CC BY-NC 4.0", NULL,
       "Usage rights, Free Trial: CC BY-NC 4.0"},
      {CREDITS, "credits", "starter", UPKEEP_PLAN_CELL_TEXT, "4,000 credits", "a month",
       "Subscription credits, Starter: 4,000 credits a month"},
      {CREDITS, "bonus_sparks", "free", UPKEEP_PLAN_CELL_NO, NULL, NULL, "Bonus Sparks, Free: no"},
  };

  g_test_summary ("A cell is a check, a dash or words, and is spoken with its row and plan");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UpkeepEdition) edition = upkeep_sample_edition (rows[i].file);
    g_autoptr (UpkeepStatement) statement = upkeep_sample_statement ();
    UpkeepPlanFacts facts = {statement, edition, MONTH, TRUE, TRUE};
    const UpkeepPlanRow *row = find_row (edition, rows[i].row);
    const UpkeepPlan *plan = find_plan (edition, rows[i].plan);
    g_auto (UpkeepPlanCell) cell = {.kind = UPKEEP_PLAN_CELL_NO};

    g_test_message ("%s of %s", rows[i].row, rows[i].plan);
    upkeep_plan_words_make_cell (&facts, row, plan, &cell);
    g_assert_cmpint (cell.kind, ==, rows[i].kind);
    g_assert_cmpstr (cell.text, ==, rows[i].text);
    g_assert_cmpstr (cell.detail, ==, rows[i].detail);
    assert_text (upkeep_plan_words_cell_name (&facts, row, plan), rows[i].name);
  }
}

static void
test_rows (void)
{
  static const struct {
    const char *id;
    gboolean differs;
  } rows[] = {
      {"price_year", TRUE},  {"fast_time", TRUE},
      {"relax_time", TRUE},  {"queue", TRUE},
      {"extra_time", FALSE}, {"direct_messages", FALSE},
      {"stealth", TRUE},     {"rate_images", FALSE},
      {"rights", FALSE}, /* only the trial's is other */
  };
  g_autoptr (UpkeepEdition) edition = upkeep_sample_edition (HOURS);
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement ();
  UpkeepPlanFacts facts = {statement, edition, MONTH, TRUE, TRUE};

  g_test_summary ("Rows that are equal in all plans on offer tell nothing apart");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].id);
    g_assert_cmpint (upkeep_plan_words_differs (&facts, find_row (edition, rows[i].id)), ==,
                     rows[i].differs);
  }
  g_assert_false (upkeep_plan_words_shows (&facts, find_row (edition, "price_month")));
  g_assert_true (upkeep_plan_words_shows (&facts, find_row (edition, "price_year")));
  assert_text (upkeep_plan_words_row_name (&facts, find_row (edition, "price_year")),
               "Price for a year, practice");
  assert_text (upkeep_plan_words_row_name (&facts, find_row (edition, "queue")), "Queue");
  facts.practice = FALSE;
  assert_text (upkeep_plan_words_row_name (&facts, find_row (edition, "price_year")),
               "Price for a year");
}

static void
test_card_lines (void)
{
  static const struct {
    const char *row;
    const char *plan;
    const char *line;
    int order;
  } rows[] = {
      {"fast_time", "standard", "Fast GPU time: 15.0 hours a month", 0},
      {"fast_time", "pro", "Fast GPU time: 30.0 hours a month, 15.0 hours more", 1},
      {"fast_time", "basic", "Fast GPU time: 3.3 hours a month, 11.7 hours less", -1},
      {"relax_time", "basic", "Relax GPU time: not included", -1},
      {"relax_time", "pro", "Relax GPU time: unlimited", 0},
      {"stealth", "pro", "Stealth mode", 1},
      {"queue", "basic", "Queue: 3 at once, 10 waiting", 0},
      {"extra_time", "pro", "Extra GPU time, practice: $4.00 an hour", 0},
  };
  g_autoptr (UpkeepEdition) edition = upkeep_sample_edition (HOURS);
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement ();
  UpkeepPlanFacts facts = {statement, edition, MONTH, TRUE, TRUE};

  g_test_summary ("On a card each line names its row and says how it differs from one's own plan");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const UpkeepPlanRow *row = find_row (edition, rows[i].row);
    const UpkeepPlan *plan = find_plan (edition, rows[i].plan);

    assert_text (upkeep_plan_words_card_line (&facts, row, plan), rows[i].line);
    g_assert_cmpint (
        upkeep_plan_words_compare (row, edition, plan, find_plan (edition, "standard")), ==,
        rows[i].order);
  }
}

static void
test_footnote (void)
{
  g_autoptr (UpkeepEdition) edition = upkeep_sample_edition (HOURS);
  g_autofree char *with_link =
      upkeep_plan_words_footnote_markup (g_ptr_array_index (edition->footnotes, 0));
  g_autofree char *without =
      upkeep_plan_words_footnote_markup (g_ptr_array_index (edition->footnotes, 1));

  g_test_summary ("A footnote carries its link as markup");
  g_assert_true (g_str_has_suffix (
      with_link, "<a href=\"https://docs.midjourney.com/terms-of-service\">Terms of Service</a>"));
  g_assert_null (strstr (without, "<a"));
}

/* RULES 0.13, C-03: a trial is there for who never had a plan, is never suggested, and is nothing
 * one goes down to. */
static void
test_trial (void)
{
  static const struct {
    UpkeepState state;
    gboolean is_offered;
    UpkeepPlanAct act;
    const char *label;
  } rows[] = {
      {UPKEEP_STATE_NONE, FALSE, NONE, NULL},
      {UPKEEP_STATE_NONE, TRUE, CHOOSE, "Subscribe to Free Trial…"},
      {UPKEEP_STATE_TRIAL, TRUE, KEEP, "Current Plan"},
      {UPKEEP_STATE_ACTIVE, TRUE, NONE, NULL},
      {UPKEEP_STATE_ENDED, TRUE, NONE, NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UpkeepEdition) edition = upkeep_sample_edition (HOURS);
    g_autoptr (UpkeepStatement) statement = rows[i].state == UPKEEP_STATE_ACTIVE
                                                ? upkeep_sample_statement ()
                                                : upkeep_sample_statement_none ();
    UpkeepPlan *trial =
        (UpkeepPlan *) upkeep_edition_find_plan_of_kind (edition, UPKEEP_PLAN_TRIAL);
    UpkeepPlanFacts facts = {
        .statement = statement, .edition = edition, .interval = MONTH, .online = TRUE};
    UpkeepPlanOffer offer;

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    statement->state = rows[i].state;
    trial->offered = rows[i].is_offered;
    if (rows[i].state == UPKEEP_STATE_TRIAL)
      statement->plan = g_strdup (trial->id);
    upkeep_plan_words_make_offer (&facts, trial, &offer);
    g_assert_cmpint (offer.act, ==, rows[i].act);
    g_assert_cmpstr (offer.label, ==, rows[i].label);
    g_assert_false (offer.suggested);
    upkeep_plan_offer_clear (&offer);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/plan-words/yearly", test_yearly);
  g_test_add_func ("/ui/plan-words/trial", test_trial);
  g_test_add_func ("/ui/plan-words/offer", test_offer);
  g_test_add_func ("/ui/plan-words/one-suggestion", test_one_suggestion);
  g_test_add_func ("/ui/plan-words/sum", test_sum);
  g_test_add_func ("/ui/plan-words/cells", test_cells);
  g_test_add_func ("/ui/plan-words/rows", test_rows);
  g_test_add_func ("/ui/plan-words/card-lines", test_card_lines);
  g_test_add_func ("/ui/plan-words/footnote", test_footnote);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-check.h"

#include <string.h>

typedef struct {
  UpkeepEdition *edition;
  UpkeepStatement *statement;
  UpkeepQuote *quote;
  UpkeepOption option;
} Fixture;

static void
add_plan (UpkeepEdition *edition, const char *id, gint64 month_minor)
{
  UpkeepPlan *plan = upkeep_plan_new ();

  plan->id = g_strdup (id);
  plan->price_minor[UPKEEP_INTERVAL_MONTH] = month_minor;
  plan->price_minor[UPKEEP_INTERVAL_YEAR] = -1;
  g_ptr_array_add (edition->plans, plan);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->edition = upkeep_edition_new ();
  fixture->edition->service = g_strdup ("s");
  fixture->edition->id = g_strdup ("2026-01");
  add_plan (fixture->edition, "small", 1000);
  add_plan (fixture->edition, "large", 3000);

  fixture->statement = upkeep_statement_new ();
  fixture->statement->plan = g_strdup ("small");
  fixture->statement->interval = UPKEEP_INTERVAL_MONTH;
  fixture->statement->price_minor = 1000;

  fixture->quote = upkeep_quote_new ();
  fixture->quote->kind = UPKEEP_QUOTE_SWITCH;
  fixture->quote->from_plan = g_strdup ("small");
  fixture->quote->from_interval = UPKEEP_INTERVAL_MONTH;
  fixture->quote->to_plan = g_strdup ("large");
  fixture->quote->to_interval = UPKEEP_INTERVAL_MONTH;

  fixture->option.terms = (UpkeepTerms){
      .edition = "s/2026-01",
      .currency = "USD",
      .buys_term = TRUE,
      .new_price_minor = 3000,
      .credit = UPKEEP_CREDIT_USAGE,
      .old_price_minor = 1000,
      .unused = 6000,
      .allowance = 12000,
      .refund_whole = 1,
  };
  g_assert_true (upkeep_terms_compute (&fixture->option.terms, &fixture->option.bill, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture->option.bill.total_minor, ==, 2500);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  upkeep_quote_unref (fixture->quote);
  upkeep_statement_unref (fixture->statement);
  upkeep_edition_unref (fixture->edition);
}

static UpkeepCheck
check (Fixture *fixture)
{
  return upkeep_check_option (fixture->quote, &fixture->option, fixture->edition,
                              fixture->statement);
}

static void
test_agrees (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("What follows from the rules is right");
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_AGREES);
  g_assert_cmpint (check (fixture).bill.total_minor, ==, 2500);
}

static void
test_total (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("A sum that does not follow from its terms is found out");
  fixture->option.bill.lines[1].amount_minor = -400;
  fixture->option.bill.total_minor = 2600;
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_OTHER_TOTAL);
  g_assert_cmpint (check (fixture).bill.total_minor, ==, 2500);
}

static void
test_lines (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("The same total by other lines is found out");
  fixture->option.bill.lines[0].amount_minor = 2900;
  fixture->option.bill.lines[1].amount_minor = -400;
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_OTHER_LINES);
}

static void
recompute (Fixture *fixture)
{
  g_assert_true (upkeep_terms_compute (&fixture->option.terms, &fixture->option.bill, NULL));
}

static void
test_inputs (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Terms that contradict the catalogue or the account are found out");

  fixture->option.terms.new_price_minor = 3100;
  recompute (fixture);
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_OTHER_TOTAL);
  g_assert_cmpint (check (fixture).bill.total_minor, ==, 2500);

  fixture->option.terms.new_price_minor = 3000;
  fixture->option.terms.old_price_minor = 800;
  recompute (fixture);
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_OTHER_TOTAL);

  fixture->option.terms.old_price_minor = 1000;
  fixture->option.terms.unused = 5999;
  fixture->option.terms.rounding = UPKEEP_ROUNDING_DOWN;
  recompute (fixture);
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_OTHER_TOTAL);
}

static void
test_other_edition (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Another edition's prices are not held against this catalogue's");
  g_strlcpy (fixture->option.terms.edition, "s/2025-01", sizeof fixture->option.terms.edition);
  fixture->option.terms.new_price_minor = 3100;
  recompute (fixture);
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_AGREES);
}

static void
test_impossible (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("Terms that nothing follows from are found out");
  fixture->option.terms.allowance = 0;
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_IMPOSSIBLE);
  g_assert_cmpint (check (fixture).bill.n_lines, ==, 0);
}

/* RULES 0.18: a refund is rounded half up where credits are rounded down, too. */
static void
test_refund_rounding (Fixture *fixture, gconstpointer user_data)
{
  fixture->edition->policy.proration_rounding = UPKEEP_ROUNDING_DOWN;
  fixture->option.terms = (UpkeepTerms){
      .edition = "s/2026-01",
      .currency = "USD",
      .rounding = UPKEEP_ROUNDING_HALF_UP,
      .allowance = 1,
      .refund_price_minor = 1000,
      .refund_share = 1,
      .refund_whole = 16,
      .refund_cap_minor = 1000,
  };
  g_assert_true (upkeep_terms_compute (&fixture->option.terms, &fixture->option.bill, NULL));
  g_assert_cmpint (fixture->option.bill.total_minor, ==, -63);
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_AGREES);
}

static void
test_not_comparable (Fixture *fixture, gconstpointer user_data)
{
  g_test_summary ("What the account and the catalogue say nothing of is taken as it was told");

  /* Made before the account moved on: what its term had cost is not known here. */
  fixture->option.terms.old_price_minor = 800;
  recompute (fixture);
  fixture->statement->interval = UPKEEP_INTERVAL_YEAR;
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_AGREES);
  fixture->statement->interval = UPKEEP_INTERVAL_MONTH;
  g_free (g_steal_pointer (&fixture->statement->plan));
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_AGREES);
  fixture->statement->plan = g_strdup ("small");
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_OTHER_TOTAL);
  g_free (g_steal_pointer (&fixture->quote->from_plan));
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_AGREES);

  /* A plan and an interval that the catalogue has no price for. */
  fixture->option.terms.new_price_minor = 2900;
  recompute (fixture);
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_OTHER_TOTAL);
  fixture->quote->to_interval = UPKEEP_INTERVAL_YEAR;
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_AGREES);
  fixture->quote->to_interval = UPKEEP_INTERVAL_MONTH;
  g_free (g_steal_pointer (&fixture->quote->to_plan));
  g_assert_cmpint (check (fixture).result, ==, UPKEEP_CHECK_AGREES);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/model/check/agrees", test_agrees);
  ADD ("/model/check/total", test_total);
  ADD ("/model/check/lines", test_lines);
  ADD ("/model/check/inputs", test_inputs);
  ADD ("/model/check/other-edition", test_other_edition);
  ADD ("/model/check/impossible", test_impossible);
  ADD ("/model/check/refund-rounding", test_refund_rounding);
  ADD ("/model/check/not-comparable", test_not_comparable);
  return g_test_run ();
}

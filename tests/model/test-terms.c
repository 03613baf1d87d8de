/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-terms.h"

static UpkeepTerms
terms_of (UpkeepTerms terms)
{
  terms.allowance = terms.allowance != 0 ? terms.allowance : 1;
  terms.refund_whole = terms.refund_whole != 0 ? terms.refund_whole : 1;
  return terms;
}

/* CONTRACT section 5, RULES 0.3, 0.4, 0.30, X-04: which lines follow from which terms, in their
 * order; their sum is the total. */
static void
test_lines (void)
{
  const struct {
    const char *what;
    UpkeepTerms terms;
    UpkeepLine lines[UPKEEP_LINES_MAX];
    guint n_lines;
    gint64 total_minor;
  } vectors[] = {
      {"nothing", {.edition = ""}, {{0}}, 0, 0},
      {"a first term",
       {.buys_term = TRUE, .new_price_minor = 3000},
       {{UPKEEP_LINE_PLAN_PRICE, 3000}},
       1,
       3000},
      {"a term for nothing", {.buys_term = TRUE}, {{UPKEEP_LINE_PLAN_PRICE, 0}}, 1, 0},
      {"usage", /* mj-upgrade-basic-to-standard-half-used */
       {.buys_term = TRUE,
        .new_price_minor = 3000,
        .credit = UPKEEP_CREDIT_USAGE,
        .old_price_minor = 1000,
        .unused = 6000,
        .allowance = 12000},
       {{UPKEEP_LINE_PLAN_PRICE, 3000},
        {UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT, -500, TRUE, 1000, 6000, 12000}},
       2,
       2500},
      {"usage, of which nothing is left",
       {.buys_term = TRUE,
        .new_price_minor = 3000,
        .credit = UPKEEP_CREDIT_USAGE,
        .old_price_minor = 1000,
        .unused = 0,
        .allowance = 12000},
       {{UPKEEP_LINE_PLAN_PRICE, 3000},
        {UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT, 0, TRUE, 1000, 0, 12000}},
       2,
       3000},
      {"price", /* D-13, minara-upgrade-charge */
       {.buys_term = TRUE,
        .new_price_minor = 19900,
        .credit = UPKEEP_CREDIT_PRICE,
        .old_price_minor = 4900},
       {{UPKEEP_LINE_PLAN_PRICE, 19900}, {UPKEEP_LINE_PRICE_DIFFERENCE, -4900}},
       2,
       15000},
      {"unused refund", /* minara-legacy-upgrade-refund: rounded down */
       {.buys_term = TRUE,
        .new_price_minor = 19900,
        .credit = UPKEEP_CREDIT_UNUSED_REFUND,
        .old_price_minor = 4900,
        .unused = 1000,
        .allowance = 2600,
        .rounding = UPKEEP_ROUNDING_DOWN},
       {{UPKEEP_LINE_PLAN_PRICE, 19900},
        {UPKEEP_LINE_UNUSED_CREDIT_REFUND, -1884, TRUE, 4900, 1000, 2600}},
       2,
       18016},
      {"the same half up",
       {.buys_term = TRUE,
        .new_price_minor = 19900,
        .credit = UPKEEP_CREDIT_UNUSED_REFUND,
        .old_price_minor = 4900,
        .unused = 1000,
        .allowance = 2600},
       {{UPKEEP_LINE_PLAN_PRICE, 19900},
        {UPKEEP_LINE_UNUSED_CREDIT_REFUND, -1885, TRUE, 4900, 1000, 2600}},
       2,
       18015},
      {"time", /* stripe-time-proration-contrast */
       {.buys_term = TRUE,
        .new_price_minor = 2000,
        .credit = UPKEEP_CREDIT_TIME,
        .old_price_minor = 1000,
        .unused = 1296000,
        .allowance = 2592000},
       {{UPKEEP_LINE_PLAN_PRICE, 1000, TRUE, 2000, 1296000, 2592000},
        {UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT, -500, TRUE, 1000, 1296000, 2592000}},
       2,
       500},
      {"a credit above the price", /* 0.3: never paid out */
       {.buys_term = TRUE,
        .new_price_minor = 3000,
        .credit = UPKEEP_CREDIT_USAGE,
        .old_price_minor = 9600,
        .unused = 19,
        .allowance = 24,
        .balance_minor = 100},
       {{UPKEEP_LINE_PLAN_PRICE, 3000},
        {UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT, -7600, TRUE, 9600, 19, 24},
        {UPKEEP_LINE_CREDIT_TO_BALANCE, 4600}},
       3,
       0},
      {"a credit that also pays what is metered", /* 0.27 */
       {.buys_term = TRUE,
        .new_price_minor = 3000,
        .credit = UPKEEP_CREDIT_PRICE,
        .old_price_minor = 3100,
        .metered_minor = 150},
       {{UPKEEP_LINE_PLAN_PRICE, 3000},
        {UPKEEP_LINE_PRICE_DIFFERENCE, -3100},
        {UPKEEP_LINE_METERED_USAGE, 150}},
       3,
       50},
      {"balance, not all of it",
       {.buys_term = TRUE, .new_price_minor = 3000, .balance_minor = 3001},
       {{UPKEEP_LINE_PLAN_PRICE, 3000}, {UPKEEP_LINE_ACCOUNT_BALANCE, -3000}},
       2,
       0},
      {"balance, and the rest",
       {.buys_term = TRUE, .new_price_minor = 3000, .balance_minor = 2999},
       {{UPKEEP_LINE_PLAN_PRICE, 3000}, {UPKEEP_LINE_ACCOUNT_BALANCE, -2999}},
       2,
       1},
      {"a pack", /* minara-pack-19 */
       {.pack_price_minor = 1900},
       {{UPKEEP_LINE_TOPUP_PACK, 1900}},
       1,
       1900},
      {"what is past due", {.past_due_minor = 3000}, {{UPKEEP_LINE_PAST_DUE, 3000}}, 1, 3000},
      {"a refund",
       {.refund_price_minor = 3000, .refund_share = 1, .refund_cap_minor = 3000},
       {{UPKEEP_LINE_REFUND, -3000, TRUE, 3000, 1, 1}},
       1,
       -3000},
      {"a refund of what a credit paid in part", /* 0.30 */
       {.refund_price_minor = 3000, .refund_share = 1, .refund_cap_minor = 2999},
       {{UPKEEP_LINE_REFUND, -3000, TRUE, 3000, 1, 1}, {UPKEEP_LINE_CREDIT_TO_BALANCE, 1}},
       2,
       -2999},
      {"a refund of what a credit paid", /* CONTRACT section 8: its amount is 0 */
       {.refund_price_minor = 3000, .refund_share = 1, .refund_cap_minor = 0},
       {{UPKEEP_LINE_REFUND, -3000, TRUE, 3000, 1, 1}, {UPKEEP_LINE_CREDIT_TO_BALANCE, 3000}},
       2,
       0},
      {"an unused share", /* 0.18, half up: 1000 x 1/16 = 62.5 */
       {.refund_price_minor = 1000,
        .refund_share = 1,
        .refund_whole = 16,
        .refund_cap_minor = 1000},
       {{UPKEEP_LINE_REFUND, -63, TRUE, 1000, 1, 16}},
       1,
       -63},
      {"a refund, what was metered first", /* 0.9 */
       {.refund_price_minor = 3000,
        .refund_share = 1,
        .refund_cap_minor = 3000,
        .metered_minor = 400},
       {{UPKEEP_LINE_METERED_USAGE, 400}, {UPKEEP_LINE_REFUND, -3000, TRUE, 3000, 1, 1}},
       2,
       -2600},
      {"the same out of the balance", /* 0.3: balance is spent by later charges */
       {.refund_price_minor = 3000,
        .refund_share = 1,
        .refund_cap_minor = 2500,
        .metered_minor = 400,
        .balance_minor = 150},
       {{UPKEEP_LINE_METERED_USAGE, 400},
        {UPKEEP_LINE_ACCOUNT_BALANCE, -150},
        {UPKEEP_LINE_REFUND, -3000, TRUE, 3000, 1, 1},
        {UPKEEP_LINE_CREDIT_TO_BALANCE, 500}},
       4,
       -2250},
      {"everything at once",
       {.buys_term = TRUE,
        .new_price_minor = 10,
        .credit = UPKEEP_CREDIT_PRICE,
        .old_price_minor = 1,
        .metered_minor = 2,
        .pack_price_minor = 3,
        .past_due_minor = 4,
        .balance_minor = 5,
        .refund_price_minor = 7,
        .refund_share = 1,
        .refund_cap_minor = 6},
       {{UPKEEP_LINE_PLAN_PRICE, 10},
        {UPKEEP_LINE_PRICE_DIFFERENCE, -1},
        {UPKEEP_LINE_METERED_USAGE, 2},
        {UPKEEP_LINE_TOPUP_PACK, 3},
        {UPKEEP_LINE_PAST_DUE, 4},
        {UPKEEP_LINE_ACCOUNT_BALANCE, -5},
        {UPKEEP_LINE_REFUND, -7, TRUE, 7, 1, 1},
        {UPKEEP_LINE_CREDIT_TO_BALANCE, 1}},
       8,
       7},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    UpkeepTerms terms = terms_of (vectors[i].terms);
    g_autoptr (GError) error = NULL;
    gint64 sum = 0;
    UpkeepBill bill;

    g_test_message ("%s", vectors[i].what);
    g_assert_true (upkeep_terms_compute (&terms, &bill, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (bill.n_lines, ==, vectors[i].n_lines);
    for (guint j = 0; j < bill.n_lines; j++) {
      g_assert_cmpstr (upkeep_line_code_to_string (bill.lines[j].code), ==,
                       upkeep_line_code_to_string (vectors[i].lines[j].code));
      g_assert_cmpint (bill.lines[j].amount_minor, ==, vectors[i].lines[j].amount_minor);
      g_assert_true (upkeep_line_equal (&bill.lines[j], &vectors[i].lines[j]));
      sum += bill.lines[j].amount_minor;
    }
    g_assert_cmpint (bill.total_minor, ==, vectors[i].total_minor);
    g_assert_cmpint (bill.total_minor, ==, sum);
  }
}

/* Terms may come over the wire: what no sum follows from is refused, and the bill stays as it was.
 */
static void
test_range (void)
{
  const struct {
    const char *what;
    UpkeepTerms terms;
  } vectors[] = {
      {"the sum overflows", {.buys_term = TRUE, .new_price_minor = G_MAXINT64, .metered_minor = 1}},
      {"the share overflows",
       {.credit = UPKEEP_CREDIT_USAGE, .old_price_minor = G_MAXINT64, .unused = 2, .allowance = 1}},
      {"a share of nothing", {.credit = UPKEEP_CREDIT_USAGE, .allowance = -1}},
      {"a negative share", {.credit = UPKEEP_CREDIT_USAGE, .unused = -1, .allowance = 1}},
      {"a negative price", {.buys_term = TRUE, .new_price_minor = -1}},
      {"a negative old price", {.credit = UPKEEP_CREDIT_PRICE, .old_price_minor = G_MININT64}},
      {"a negative cap",
       {.refund_price_minor = 1, .refund_share = 1, .refund_cap_minor = G_MININT64}},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    UpkeepTerms terms = terms_of (vectors[i].terms);
    g_autoptr (GError) error = NULL;
    UpkeepBill bill = {.n_lines = 77};

    g_test_message ("%s", vectors[i].what);
    g_assert_false (upkeep_terms_compute (&terms, &bill, &error));
    g_assert_error (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_RANGE);
    g_assert_cmpuint (bill.n_lines, ==, 77);
  }
}

/* The largest amounts that are taken from outside still add up. */
static void
test_largest (void)
{
  UpkeepTerms terms = {
      .buys_term = TRUE,
      .new_price_minor = UPKEEP_AMOUNT_MAX,
      .credit = UPKEEP_CREDIT_USAGE,
      .old_price_minor = UPKEEP_AMOUNT_MAX,
      .unused = 12 * UPKEEP_UNITS_MAX - 1,
      .allowance = 12 * UPKEEP_UNITS_MAX,
      .metered_minor = UPKEEP_AMOUNT_MAX,
      .pack_price_minor = UPKEEP_AMOUNT_MAX,
      .past_due_minor = UPKEEP_AMOUNT_MAX,
      .refund_whole = 1,
  };
  UpkeepBill bill;

  g_assert_true (upkeep_terms_compute (&terms, &bill, NULL));
  g_assert_cmpint (bill.total_minor, ==, 3 * UPKEEP_AMOUNT_MAX);
}

/* CONTRACT section 8: a line whose basis changed is a changed line. */
static void
test_equal (void)
{
  const UpkeepLine line = {UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT, -500, TRUE, 1000, 6000, 12000};
  const struct {
    UpkeepLine other;
    gboolean equal;
  } vectors[] = {
      {{UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT, -500, TRUE, 1000, 6000, 12000}, TRUE},
      {{UPKEEP_LINE_UNUSED_CREDIT_REFUND, -500, TRUE, 1000, 6000, 12000}, FALSE},
      {{UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT, -501, TRUE, 1000, 6000, 12000}, FALSE},
      {{UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT, -500, FALSE, 0, 0, 0}, FALSE},
      {{UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT, -500, TRUE, 1001, 6000, 12000}, FALSE},
      {{UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT, -500, TRUE, 1000, 6001, 12000}, FALSE},
      {{UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT, -500, TRUE, 1000, 6000, 12001}, FALSE},
  };
  const UpkeepBill bill = {.lines = {line}, .n_lines = 1, .total_minor = -500};

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    const UpkeepBill other = {.lines = {vectors[i].other}, .n_lines = 1, .total_minor = -500};

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (upkeep_line_equal (&line, &vectors[i].other), ==, vectors[i].equal);
    g_assert_cmpint (upkeep_bill_equal (&bill, &other), ==, vectors[i].equal);
  }

  g_assert_false (upkeep_bill_equal (&bill, &(UpkeepBill){.n_lines = 0}));
  g_assert_null (upkeep_bill_find (&bill, UPKEEP_LINE_REFUND));
  g_assert_cmpint (upkeep_bill_get (&bill, UPKEEP_LINE_REFUND), ==, 0);
}

/* CONTRACT section 5: the line codes. */
static void
test_words (void)
{
  const char *const codes[] = {
      "plan_price",       "unused_allowance_credit",
      "price_difference", "unused_credit_refund",
      "account_balance",  "credit_to_balance",
      "metered_usage",    "topup_pack",
      "refund",           "past_due",
  };
  const char *const credits[] = {"none", "usage", "price", "unused_refund", "time"};

  for (guint i = 0; i < UPKEEP_N_LINE_CODES; i++)
    g_assert_cmpstr (upkeep_line_code_to_string (i), ==, codes[i]);
  for (guint i = 0; i < UPKEEP_N_CREDITS; i++)
    g_assert_cmpstr (upkeep_credit_to_string (i), ==, credits[i]);
  g_assert_cmpstr (upkeep_rounding_to_string (UPKEEP_ROUNDING_HALF_UP), ==, "half_up");
  g_assert_cmpstr (upkeep_rounding_to_string (UPKEEP_ROUNDING_DOWN), ==, "down");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/terms/lines", test_lines);
  g_test_add_func ("/model/terms/range", test_range);
  g_test_add_func ("/model/terms/largest", test_largest);
  g_test_add_func ("/model/terms/equal", test_equal);
  g_test_add_func ("/model/terms/words", test_words);
  return g_test_run ();
}

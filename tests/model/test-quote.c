/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-test-life.h"

#define GPU     "midjourney-2023-03.json"
#define CREDITS "minara-2026-06.json"

static UpkeepTestLife *
subscriber (const char *edition, const char *plan, UpkeepInterval interval)
{
  return upkeep_test_life_new_subscribed (edition, plan, interval, "2026-05-01T00:00:00Z");
}

/* CONTRACT section 3, accept: lines, total, refund, grants and effects bind, and the dates that do
 * not follow from the moment of acceptance; the others may move with it. */
static void
test_promise (void)
{
  const UpkeepOption promised = {
      .timing = UPKEEP_TIMING_IMMEDIATE,
      .bill = {.lines = {{UPKEEP_LINE_PLAN_PRICE, 3000}}, .n_lines = 1, .total_minor = 3000},
      .has_refund = TRUE,
      .refund = {100, 10, 1000, UPKEEP_REFUND_BASIS_RULE},
      .effective_at_s = 2000,
      .renews_at_s = 3000,
      .has_renewal_total = TRUE,
      .renewal_total_minor = 3000,
      .has_grant = TRUE,
      .grant = {UPKEEP_GRANT_PLAN, 54000, 3000},
      .effects = 1u << UPKEEP_EFFECT_RENEWAL_DATE_RESETS,
      .terms = {.balance_minor = 0},
  };
  const guint kept = 1u << UPKEEP_EFFECT_RENEWAL_DATE_KEPT;
  UpkeepOption same = promised, now;

  g_assert_true (upkeep_option_keeps_promise (&promised, &same));

#define ASSERT_KEEPS(from, keeps, change)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_test_message (#change);                                                                      \
    now = from;                                                                                    \
    now.change;                                                                                    \
    g_assert_cmpint (upkeep_option_keeps_promise (&from, &now), ==, keeps);                        \
  }                                                                                                \
  G_STMT_END

  ASSERT_KEEPS (promised, FALSE, bill.lines[0].amount_minor = 2999);
  ASSERT_KEEPS (promised, FALSE, bill.lines[0].code = UPKEEP_LINE_PAST_DUE);
  ASSERT_KEEPS (promised, FALSE, bill.lines[0].has_basis = TRUE);
  ASSERT_KEEPS (promised, FALSE, bill.n_lines = 0);
  ASSERT_KEEPS (promised, FALSE, bill.total_minor = 2999);
  ASSERT_KEEPS (promised, FALSE, has_refund = FALSE);
  ASSERT_KEEPS (promised, FALSE, refund.amount_minor = 99);
  ASSERT_KEEPS (promised, FALSE, refund.basis = UPKEEP_REFUND_BASIS_CONSUMER_LAW);
  ASSERT_KEEPS (promised, FALSE, has_grant = FALSE);
  ASSERT_KEEPS (promised, FALSE, grant.kind = UPKEEP_GRANT_PURCHASED);
  ASSERT_KEEPS (promised, FALSE, grant.quantity = 53999);
  ASSERT_KEEPS (promised, FALSE, effects = 0);
  ASSERT_KEEPS (promised, TRUE, refund.expected_by_s = 1001);
  ASSERT_KEEPS (promised, TRUE, effective_at_s = 2001);
  ASSERT_KEEPS (promised, TRUE, renews_at_s = 3001);
  ASSERT_KEEPS (promised, TRUE, grant.expires_at_s = 3001);
  ASSERT_KEEPS (promised, TRUE, terms.balance_minor = 1);

  same.effects = kept;
  ASSERT_KEEPS (same, FALSE, renews_at_s = 3001);
  ASSERT_KEEPS (same, FALSE, grant.expires_at_s = 3001);
  ASSERT_KEEPS (same, TRUE, effective_at_s = 2001);

  same = promised;
  same.timing = UPKEEP_TIMING_PERIOD_END;
  ASSERT_KEEPS (same, FALSE, effective_at_s = 2001);
  same.effects = 1u << UPKEEP_EFFECT_SERVICE_STOPS;
  ASSERT_KEEPS (same, TRUE, effective_at_s = 2001);
#undef ASSERT_KEEPS
}

/* What was promised for the end of one period is not done at the end of the next. */
static void
test_promise_across_renewal (void)
{
  const struct {
    UpkeepQuoteKind kind;
    const char *plan;
    UpkeepTiming timing;
  } vectors[] = {
      {UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_TIMING_PERIOD_END},
      {UPKEEP_QUOTE_SWITCH, "lite", UPKEEP_TIMING_PERIOD_END},
      {UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_TIMING_IMMEDIATE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuote) before = NULL;
    g_autoptr (UpkeepQuote) still = NULL;
    g_autoptr (UpkeepQuote) after = NULL;
    const UpkeepOption *promised;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    upkeep_test_life_advance (life, "2026-05-31T23:50:00Z");
    before = upkeep_test_life_quote (life, vectors[i].kind, vectors[i].plan, UPKEEP_INTERVAL_MONTH);
    promised = upkeep_quote_find_option (before, vectors[i].timing);
    upkeep_test_life_advance (life, "2026-05-31T23:59:59Z");
    still = upkeep_test_life_quote (life, vectors[i].kind, vectors[i].plan, UPKEEP_INTERVAL_MONTH);
    g_assert_true (upkeep_option_keeps_promise (
        promised, upkeep_quote_find_option (still, vectors[i].timing)));
    upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
    after = upkeep_test_life_quote (life, vectors[i].kind, vectors[i].plan, UPKEEP_INTERVAL_MONTH);
    g_assert_false (upkeep_option_keeps_promise (
        promised, upkeep_quote_find_option (after, vectors[i].timing)));
  }
}

/* CONTRACT section 3: instants that only follow the moment of acceptance may move with it. */
static void
test_promise_moves (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) before =
      upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) after = NULL;

  upkeep_test_life_advance (life, "2026-05-01T00:29:59Z");
  after = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH);
  g_assert_true (
      upkeep_option_keeps_promise (upkeep_quote_find_option (before, UPKEEP_TIMING_IMMEDIATE),
                                   upkeep_quote_find_option (after, UPKEEP_TIMING_IMMEDIATE)));
  upkeep_test_assert_instant (before->expires_at_s, "2026-05-01T00:30:00Z");
}

/* CONTRACT section 8: which effects each choice has, and nothing else. */
static void
test_effects (void)
{
#define E(effect) (1u << UPKEEP_EFFECT_##effect)
  const guint both_kept = E (IMAGES_KEPT) | E (COMMERCIAL_RIGHTS_KEPT);
  const struct {
    const char *edition;
    const char *scheduled; /* a plan to switch to, or `cancel` */
    gboolean has_bought;
    UpkeepQuoteKind kind;
    const char *plan;
    UpkeepInterval interval;
    UpkeepTiming timing;
    guint effects;
  } vectors[] = {
      {GPU, NULL, FALSE, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH, UPKEEP_TIMING_IMMEDIATE,
       E (RENEWAL_DATE_RESETS) | both_kept},
      {GPU, "basic", FALSE, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH,
       UPKEEP_TIMING_IMMEDIATE, E (RENEWAL_DATE_RESETS) | E (SCHEDULED_CHANGE_DROPPED) | both_kept},
      {GPU, NULL, TRUE, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH, UPKEEP_TIMING_PERIOD_END,
       E (RENEWAL_DATE_KEPT) | both_kept},
      {GPU, "cancel", FALSE, UPKEEP_QUOTE_SWITCH, "basic", UPKEEP_INTERVAL_MONTH,
       UPKEEP_TIMING_PERIOD_END, E (RENEWAL_DATE_KEPT) | E (SCHEDULED_CHANGE_DROPPED) | both_kept},
      {CREDITS, NULL, FALSE, UPKEEP_QUOTE_SWITCH, "pro", UPKEEP_INTERVAL_MONTH,
       UPKEEP_TIMING_IMMEDIATE, E (RENEWAL_DATE_KEPT) | both_kept},
      {CREDITS, NULL, FALSE, UPKEEP_QUOTE_SWITCH, "starter", UPKEEP_INTERVAL_YEAR,
       UPKEEP_TIMING_IMMEDIATE, E (RENEWAL_DATE_RESETS) | both_kept},
      {GPU, NULL, FALSE, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE, UPKEEP_TIMING_IMMEDIATE,
       E (SERVICE_STOPS) | E (UNUSED_ALLOWANCE_LOST) | both_kept},
      {GPU, NULL, TRUE, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE, UPKEEP_TIMING_IMMEDIATE,
       E (SERVICE_STOPS) | E (UNUSED_ALLOWANCE_LOST) | E (PURCHASED_FROZEN) | both_kept},
      {GPU, NULL, FALSE, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE, UPKEEP_TIMING_PERIOD_END,
       E (SERVICE_UNTIL_PERIOD_END) | both_kept},
      {GPU, "basic", TRUE, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
       UPKEEP_TIMING_PERIOD_END,
       E (SERVICE_UNTIL_PERIOD_END) | E (PURCHASED_FROZEN) | E (SCHEDULED_CHANGE_DROPPED) |
           both_kept},
      {GPU, "cancel", FALSE, UPKEEP_QUOTE_RESUME, NULL, UPKEEP_INTERVAL_NONE,
       UPKEEP_TIMING_IMMEDIATE, E (RENEWAL_DATE_KEPT)},
      {GPU, "basic", FALSE, UPKEEP_QUOTE_RESUME, NULL, UPKEEP_INTERVAL_NONE,
       UPKEEP_TIMING_IMMEDIATE, E (RENEWAL_DATE_KEPT) | E (SCHEDULED_CHANGE_DROPPED)},
      {GPU, NULL, FALSE, UPKEEP_QUOTE_TOPUP, NULL, UPKEEP_INTERVAL_NONE, UPKEEP_TIMING_IMMEDIATE,
       0},
  };
#undef E

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (
        vectors[i].edition, g_str_equal (vectors[i].edition, GPU) ? "standard" : "starter",
        UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuote) quote = NULL;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    if (vectors[i].has_bought) {
      g_autoptr (UpkeepQuote) topup = upkeep_test_life_quote_topup (life, 3600);

      upkeep_test_life_accept (life, topup, UPKEEP_TIMING_IMMEDIATE);
    }
    if (g_strcmp0 (vectors[i].scheduled, "cancel") == 0)
      upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                           UPKEEP_TIMING_PERIOD_END);
    else if (vectors[i].scheduled != NULL)
      upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, vectors[i].scheduled, UPKEEP_INTERVAL_MONTH,
                           UPKEEP_TIMING_PERIOD_END);
    quote =
        vectors[i].kind == UPKEEP_QUOTE_TOPUP
            ? upkeep_test_life_quote_topup (life, 3600)
            : upkeep_test_life_quote (life, vectors[i].kind, vectors[i].plan, vectors[i].interval);
    g_assert_cmphex (upkeep_quote_find_option (quote, vectors[i].timing)->effects, ==,
                     vectors[i].effects);
  }
}

/* RULES 0.24: leaving the free plan with credits loses them; leaving it without loses nothing. */
static void
test_effects_of_subscribing (void)
{
  const gint64 used[] = {0, 300};

  for (gsize i = 0; i < G_N_ELEMENTS (used); i++) {
    g_autoptr (UpkeepTestLife) life = upkeep_test_life_new (CREDITS, "2026-05-01T00:00:00Z");
    g_autoptr (UpkeepQuote) quote = NULL;

    upkeep_test_life_give_card (life);
    upkeep_test_life_use (life, used[i], 0, -1);
    quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SUBSCRIBE, "lite", UPKEEP_INTERVAL_MONTH);
    g_assert_cmphex (upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE)->effects, ==,
                     used[i] == 0 ? 1u << UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST : 0);
  }
}

/* CONTRACT section 5: `blocked` lists every reason that holds, in the contract's order, each judged
 * by itself. */
static void
test_blocked_order (void)
{
  g_autoptr (UpkeepTestLife) life = upkeep_test_life_new (CREDITS, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepTestLife) owing = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  const struct {
    UpkeepTestLife *life;
    UpkeepQuoteKind kind;
    const char *plan;
    UpkeepInterval interval;
    const char *codes;
  } vectors[] = {
      {life, UPKEEP_QUOTE_SUBSCRIBE, "free", UPKEEP_INTERVAL_NONE, "same_plan"},
      {life, UPKEEP_QUOTE_SUBSCRIBE, "lite", UPKEEP_INTERVAL_MONTH, "payment_method_required"},
      {life, UPKEEP_QUOTE_SUBSCRIBE, "basic", UPKEEP_INTERVAL_MONTH, "unknown_plan"},
      {life, UPKEEP_QUOTE_SWITCH, "lite", UPKEEP_INTERVAL_MONTH,
       "no_subscription payment_method_required"},
      {life, UPKEEP_QUOTE_SWITCH, "basic", UPKEEP_INTERVAL_MONTH, "no_subscription unknown_plan"},
      {life, UPKEEP_QUOTE_SWITCH, "free", UPKEEP_INTERVAL_NONE, "no_subscription"},
      {life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE, "no_subscription"},
      {life, UPKEEP_QUOTE_TOPUP, NULL, UPKEEP_INTERVAL_NONE,
       "topup_needs_paid_plan topup_needs_zero_balance topup_not_offered payment_method_required"},
      {life, UPKEEP_QUOTE_RESUME, NULL, UPKEEP_INTERVAL_NONE, "nothing_to_resume"},
      {life, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE, "nothing_due"},
      {owing, UPKEEP_QUOTE_SUBSCRIBE, "pro", UPKEEP_INTERVAL_MONTH, "past_due already_subscribed"},
      {owing, UPKEEP_QUOTE_SUBSCRIBE, "trial", UPKEEP_INTERVAL_MONTH,
       "past_due already_subscribed trial_unavailable"},
      {owing, UPKEEP_QUOTE_SWITCH, "basic", UPKEEP_INTERVAL_MONTH, "past_due same_plan"},
      {owing, UPKEEP_QUOTE_SWITCH, "trial", UPKEEP_INTERVAL_MONTH, "past_due trial_unavailable"},
      {owing, UPKEEP_QUOTE_SWITCH, "lite", UPKEEP_INTERVAL_MONTH, "past_due unknown_plan"},
      {owing, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE, "past_due"},
      {owing, UPKEEP_QUOTE_TOPUP, NULL, UPKEEP_INTERVAL_NONE, "past_due topup_not_offered"},
      {owing, UPKEEP_QUOTE_RESUME, NULL, UPKEEP_INTERVAL_NONE, "past_due nothing_to_resume"},
  };

  owing->declines = TRUE;
  upkeep_test_life_advance (owing, "2026-06-01T00:00:00Z");
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepQuote) quote =
        vectors[i].kind == UPKEEP_QUOTE_TOPUP
            ? upkeep_test_life_quote_topup (vectors[i].life, 801)
            : upkeep_test_life_quote (vectors[i].life, vectors[i].kind, vectors[i].plan,
                                      vectors[i].interval);
    g_autoptr (GString) codes = g_string_new (NULL);

    for (guint j = 0; j < quote->blocked->len; j++)
      g_string_append_printf (
          codes, "%s%s", j > 0 ? " " : "",
          upkeep_blocked_code_to_string (g_array_index (quote->blocked, UpkeepBlocked, j).code));
    g_assert_cmpstr (codes->str, ==, vectors[i].codes);
    g_assert_cmpuint (quote->options->len, ==, 0);
  }
}

/* CONTRACT section 5: every word that stands in a quote. */
static void
test_words (void)
{
  const char *const kinds[] = {"subscribe", "switch", "cancel", "topup", "resume", "pay"};
  const char *const directions[] = {"new", "upgrade", "downgrade", "end", "none"};
  const char *const blocked[] = {
      "past_due",
      "interval_switch_unsupported",
      "lower_tier_not_allowed",
      "same_plan",
      "already_cancelled",
      "no_subscription",
      "already_subscribed",
      "plan_requires_company_tier",
      "trial_unavailable",
      "topup_needs_paid_plan",
      "topup_needs_zero_balance",
      "topup_not_offered",
      "invoice_number_required",
      "invoice_number_unknown",
      "payment_method_required",
      "nothing_to_resume",
      "nothing_due",
      "unknown_plan",
      "payment_method_unsupported",
  };
  const char *const effects[] = {
      "renewal_date_resets",      "renewal_date_kept",     "service_stops",
      "service_until_period_end", "unused_allowance_lost", "purchased_frozen",
      "scheduled_change_dropped", "images_kept",           "commercial_rights_kept",
  };
  const char *const bases[] = {"refund_rule", "consumer_law", "promotion"};
  const char *const scopes[] = {"month", "subscription", "lifetime", "since_last_renewal"};
  const char *const timings[] = {"immediate", "period_end"};

  for (guint i = 0; i < UPKEEP_N_QUOTE_KINDS; i++)
    g_assert_cmpstr (upkeep_quote_kind_to_string (i), ==, kinds[i]);
  for (guint i = 0; i < UPKEEP_N_DIRECTIONS; i++)
    g_assert_cmpstr (upkeep_direction_to_string (i), ==, directions[i]);
  for (guint i = 0; i < UPKEEP_N_BLOCKED_CODES; i++)
    g_assert_cmpstr (upkeep_blocked_code_to_string (i), ==, blocked[i]);
  for (guint i = 0; i < UPKEEP_N_EFFECTS; i++)
    g_assert_cmpstr (upkeep_effect_to_string (i), ==, effects[i]);
  for (guint i = 0; i < UPKEEP_N_REFUND_BASES; i++)
    g_assert_cmpstr (upkeep_refund_basis_to_string (i), ==, bases[i]);
  for (guint i = 0; i < UPKEEP_N_SCOPES; i++)
    g_assert_cmpstr (upkeep_scope_to_string (i), ==, scopes[i]);
  for (guint i = 0; i < UPKEEP_N_TIMINGS; i++)
    g_assert_cmpstr (upkeep_timing_to_string (i), ==, timings[i]);
}

/* The words of the account document, of the ledger and of invoices. */
static void
test_other_words (void)
{
  const char *const states[] = {"none", "trial", "active", "past_due", "ended"};
  const char *const grants[] = {"plan", "earned", "reward", "purchased", "promotional"};
  const char *const scheduled[] = {NULL, "switch", "cancel"};
  const char *const postings[] = {"grant",   "use",    "expiry", "charge",
                                  "payment", "credit", "refund"};
  const char *const invoices[] = {"paid", "open", "void"};
  const char *const notices[] = {"past_due",      "cancel_scheduled",  "switch_scheduled",
                                 "fast_time_low", "refund_on_its_way", "edition_change_scheduled"};
  const char *const intervals[] = {NULL, "month", "year"};

  for (guint i = 0; i < UPKEEP_N_STATES; i++)
    g_assert_cmpstr (upkeep_state_to_string (i), ==, states[i]);
  for (guint i = 0; i < UPKEEP_N_GRANT_KINDS; i++)
    g_assert_cmpstr (upkeep_grant_kind_to_string (i), ==, grants[i]);
  for (guint i = 0; i < UPKEEP_N_SCHEDULED_KINDS; i++)
    g_assert_cmpstr (upkeep_scheduled_kind_to_string (i), ==, scheduled[i]);
  for (guint i = 0; i < UPKEEP_N_POSTING_KINDS; i++)
    g_assert_cmpstr (upkeep_posting_kind_to_string (i), ==, postings[i]);
  for (guint i = 0; i < UPKEEP_N_INVOICE_STATES; i++)
    g_assert_cmpstr (upkeep_invoice_state_to_string (i), ==, invoices[i]);
  for (guint i = 0; i < UPKEEP_N_NOTICE_CODES; i++)
    g_assert_cmpstr (upkeep_notice_code_to_string (i), ==, notices[i]);
  for (guint i = 0; i < UPKEEP_N_INTERVALS; i++)
    g_assert_cmpstr (upkeep_interval_to_string (i), ==, intervals[i]);
}

static void
test_has_effect (void)
{
  const UpkeepOption none = {.effects = 0};
  UpkeepOption one = none;

  g_test_summary ("An effect is there by itself and beside others");
  for (guint i = 0; i < UPKEEP_N_EFFECTS; i++) {
    g_assert_false (upkeep_option_has_effect (&none, (UpkeepEffect) i));
    one.effects = 1u << i;
    for (guint j = 0; j < UPKEEP_N_EFFECTS; j++)
      g_assert_cmpint (upkeep_option_has_effect (&one, (UpkeepEffect) j), ==, i == j);
    one.effects = G_MAXUINT;
    g_assert_true (upkeep_option_has_effect (&one, (UpkeepEffect) i));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/quote/promise", test_promise);
  g_test_add_func ("/model/quote/promise-across-renewal", test_promise_across_renewal);
  g_test_add_func ("/model/quote/promise-moves", test_promise_moves);
  g_test_add_func ("/model/quote/effects", test_effects);
  g_test_add_func ("/model/quote/has-effect", test_has_effect);
  g_test_add_func ("/model/quote/effects-of-subscribing", test_effects_of_subscribing);
  g_test_add_func ("/model/quote/blocked-order", test_blocked_order);
  g_test_add_func ("/model/quote/words", test_words);
  g_test_add_func ("/model/quote/other-words", test_other_words);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-spend.h"
#include "upkeep-test-life.h"

#define GPU     "midjourney-2023-03.json"
#define CREDITS "minara-2026-06.json"

/* Sums that do not fit into 64 bits are refused wherever they are formed, and nothing of the step
 * is kept (RELIABILITY 2 B, 23). Each bought unit costs a whole cent here, so that the largest use
 * is the largest sum. */

static UpkeepTestLife *
subscriber (const char *edition, const char *plan, UpkeepInterval interval)
{
  UpkeepTestLife *life =
      upkeep_test_life_new_subscribed (edition, plan, interval, "2026-05-01T00:00:00Z");

  life->edition->policy.topup.lot = 1;
  life->edition->policy.topup.lot_price_minor = 1;
  return life;
}

static UpkeepQuoteRequest *
request_of (UpkeepQuoteKind kind, const char *plan, gint64 quantity)
{
  UpkeepQuoteRequest *request = upkeep_quote_request_new (kind);

  request->plan = g_strdup (plan);
  request->interval = plan != NULL ? UPKEEP_INTERVAL_MONTH : UPKEEP_INTERVAL_NONE;
  request->quantity = quantity;
  return request;
}

static void
assert_range (GError *error)
{
  g_assert_error (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_RANGE);
}

static void
test_quotes (void)
{
  const struct {
    const char *what;
    UpkeepQuoteKind kind;
    const char *plan;
    gint64 quantity;
    UpkeepScheduledKind scheduled;
    UpkeepState state;
    gint64 metered, money_minor;
  } vectors[] = {
      {"an upgrade with the use of the month", UPKEEP_QUOTE_SWITCH, "pro", 0,
       UPKEEP_SCHEDULED_NOTHING, UPKEEP_STATE_ACTIVE, G_MAXINT64, 0},
      {"a downgrade's renewal", UPKEEP_QUOTE_SWITCH, "basic", 0, UPKEEP_SCHEDULED_NOTHING,
       UPKEEP_STATE_ACTIVE, G_MAXINT64, 0},
      {"a renewal that goes on", UPKEEP_QUOTE_RESUME, NULL, 0, UPKEEP_SCHEDULED_CANCEL,
       UPKEEP_STATE_ACTIVE, G_MAXINT64, 0},
      {"a renewal after a purchase", UPKEEP_QUOTE_TOPUP, NULL, 1, UPKEEP_SCHEDULED_NOTHING,
       UPKEEP_STATE_ACTIVE, G_MAXINT64, 0},
      {"a renewal after a payment", UPKEEP_QUOTE_PAY, NULL, 0, UPKEEP_SCHEDULED_NOTHING,
       UPKEEP_STATE_PAST_DUE, G_MAXINT64, -1},
      {"a first term with what is owed", UPKEEP_QUOTE_SUBSCRIBE, "basic", 0,
       UPKEEP_SCHEDULED_NOTHING, UPKEEP_STATE_ENDED, 0, -G_MAXINT64},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepQuoteRequest) request =
        request_of (vectors[i].kind, vectors[i].plan, vectors[i].quantity);
    g_autoptr (GError) error = NULL;
    UpkeepQuote *quote = NULL;

    g_test_message ("%s", vectors[i].what);
    life->account->state = vectors[i].state;
    life->account->scheduled = vectors[i].scheduled;
    life->account->metered_parts = vectors[i].metered;
    life->account->money_minor = vectors[i].money_minor;
    g_assert_false (
        upkeep_decide (life->edition, life->account, request, life->now_s, &quote, &error));
    assert_range (error);
    g_assert_null (quote);
  }
}

static void
test_pack_price (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "standard", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuoteRequest) request = request_of (UPKEEP_QUOTE_TOPUP, NULL, 2);
  g_autoptr (GError) error = NULL;
  UpkeepQuote *quote = NULL;

  life->edition->policy.topup.kind = UPKEEP_TOPUP_PREPAID;
  life->edition->policy.topup.lot_price_minor = G_MAXINT64;
  g_assert_false (
      upkeep_decide (life->edition, life->account, request, life->now_s, &quote, &error));
  assert_range (error);
}

/* A quote that was made on ordinary facts, carried out on facts at a limit. */
static void
test_steps (void)
{
  const struct {
    const char *what;
    const char *edition, *plan;
    UpkeepInterval interval;
    UpkeepQuoteKind kind;
    const char *to;
    UpkeepTiming timing;
    gint64 metered, money_minor, taken_minor;
  } vectors[] = {
      {"the charge of an upgrade", GPU, "basic", UPKEEP_INTERVAL_MONTH, UPKEEP_QUOTE_SWITCH, "pro",
       UPKEEP_TIMING_IMMEDIATE, 0, G_MININT64, 0},
      {"the metered use of an upgrade", GPU, "basic", UPKEEP_INTERVAL_MONTH, UPKEEP_QUOTE_SWITCH,
       "pro", UPKEEP_TIMING_IMMEDIATE, 10, G_MININT64, 0},
      {"the credit of an upgrade", GPU, "basic", UPKEEP_INTERVAL_YEAR, UPKEEP_QUOTE_SWITCH,
       "standard", UPKEEP_TIMING_IMMEDIATE, 0, G_MAXINT64, 0},
      {"what was taken for a term", CREDITS, "lite", UPKEEP_INTERVAL_MONTH, UPKEEP_QUOTE_SWITCH,
       "pro", UPKEEP_TIMING_IMMEDIATE, 0, 0, G_MAXINT64},
      {"a refund's credit", GPU, "basic", UPKEEP_INTERVAL_MONTH, UPKEEP_QUOTE_CANCEL, NULL,
       UPKEEP_TIMING_IMMEDIATE, 0, G_MAXINT64, 0},
      {"the metered use before a refund", GPU, "basic", UPKEEP_INTERVAL_MONTH, UPKEEP_QUOTE_CANCEL,
       NULL, UPKEEP_TIMING_IMMEDIATE, 10, G_MININT64, 0},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life =
        subscriber (vectors[i].edition, vectors[i].plan, vectors[i].interval);
    g_autoptr (UpkeepQuote) quote = NULL;
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", vectors[i].what);
    life->account->metered_parts = vectors[i].metered;
    quote = upkeep_test_life_quote (life, vectors[i].kind, vectors[i].to, UPKEEP_INTERVAL_MONTH);
    life->account->money_minor = vectors[i].money_minor;
    if (vectors[i].taken_minor > 0)
      life->account->term_taken_minor = vectors[i].taken_minor;
    g_assert_null (upkeep_execute (life->edition, life->account, quote, vectors[i].timing,
                                   life->now_s, &error));
    assert_range (error);
    g_assert_cmpint (life->account->money_minor, ==, vectors[i].money_minor);
    g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ACTIVE);
  }
}

static void
test_first_term (void)
{
  const gint64 sums_minor[] = {G_MININT64, G_MAXINT64}; /* the charge, the payment */

  for (gsize i = 0; i < G_N_ELEMENTS (sums_minor); i++) {
    g_autoptr (UpkeepTestLife) life = upkeep_test_life_new (GPU, "2026-05-01T00:00:00Z");
    g_autoptr (UpkeepQuote) quote = NULL;
    g_autoptr (GError) error = NULL;

    upkeep_test_life_give_card (life);
    life->account->money_minor = -100; /* owed since the last subscription */
    quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SUBSCRIBE, "basic", UPKEEP_INTERVAL_MONTH);
    life->account->money_minor = sums_minor[i];
    g_assert_null (upkeep_execute (life->edition, life->account, quote, UPKEEP_TIMING_IMMEDIATE,
                                   life->now_s, &error));
    assert_range (error);
  }
}

static void
test_purchase (void)
{
  g_autoptr (UpkeepTestLife) life = upkeep_test_life_new_subscribed (
      CREDITS, "lite", UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autoptr (GError) error = NULL;

  upkeep_test_life_use (life, 1400, 0, -1);
  quote = upkeep_test_life_quote_topup (life, 800);
  life->account->money_minor = G_MININT64;
  g_assert_null (upkeep_execute (life->edition, life->account, quote, UPKEEP_TIMING_IMMEDIATE,
                                 life->now_s, &error));
  assert_range (error);
}

/* Where cancelling is open while a renewal is owed, its price is credited. */
static void
test_void_renewal (void)
{
  g_autoptr (UpkeepTestLife) life = upkeep_test_life_new_subscribed (
      CREDITS, "lite", UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autoptr (GError) error = NULL;

  life->edition->policy.past_due.cancel_allowed = TRUE;
  life->declines = TRUE;
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE);
  life->account->money_minor = G_MAXINT64;
  g_assert_null (upkeep_execute (life->edition, life->account, quote, UPKEEP_TIMING_PERIOD_END,
                                 life->now_s, &error));
  assert_range (error);
}

/* What time brings: the sum that falls due, and each event that books one. */
static void
test_due (void)
{
  const struct {
    UpkeepDueKind kind;
    gint64 metered, owed_price_minor, money_minor;
  } vectors[] = {
      {UPKEEP_DUE_RENEWAL, 0, 0, G_MININT64},      {UPKEEP_DUE_RENEWAL, 10, 0, G_MININT64 + 1000},
      {UPKEEP_DUE_REFILL, 10, 0, G_MININT64},      {UPKEEP_DUE_END, 10, 0, G_MININT64},
      {UPKEEP_DUE_THRESHOLD, 1000, 0, G_MININT64}, {UPKEEP_DUE_LAPSE, 0, 1000, G_MAXINT64},
      {UPKEEP_DUE_LAPSE, 10, 0, G_MININT64},
  };
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (GError) due_error = NULL;
  UpkeepDue found = {UPKEEP_DUE_NOTHING, 7, 7};

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepAccount) account = upkeep_account_copy (life->account);
    UpkeepDue due = {vectors[i].kind, account->term.end_s, 0};
    g_autoptr (GError) error = NULL;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    account->metered_parts = vectors[i].metered;
    account->owed_price_minor = vectors[i].owed_price_minor;
    account->money_minor = vectors[i].money_minor;
    g_assert_null (upkeep_due_settle (life->edition, account, &due, TRUE, &error));
    assert_range (error);
    g_assert_cmpint (account->metered_parts, ==, vectors[i].metered);
  }

  life->account->metered_parts = G_MAXINT64;
  g_assert_false (upkeep_due_next (life->edition, life->account, &found, &due_error));
  assert_range (due_error);
  g_assert_cmpint (found.at_s, ==, 7);
}

/* A payment cannot overflow what is owed; its own charge can. */
static void
test_payment (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  UpkeepDue due = {UPKEEP_DUE_REFILL, life->account->term.end_s, G_MAXINT64};
  g_autoptr (GError) error = NULL;

  life->account->metered_parts = 10;
  life->account->money_minor = 11;
  g_assert_null (upkeep_due_settle (life->edition, life->account, &due, TRUE, &error));
  assert_range (error);
}

static void
test_usage (void)
{
  const struct {
    const char *what;
    gint64 month, subscription, lifetime, images;
    gint64 lot_price_minor, metered;
    gint64 quantity;
  } vectors[] = {
      {"the month's units", G_MAXINT64, 0, 0, 0, 1, 0, 1},
      {"the subscription's units", 0, G_MAXINT64, 0, 0, 1, 0, 1},
      {"the lifetime's units", 0, 0, G_MAXINT64, 0, 1, 0, 1},
      {"the images", 0, 0, 0, G_MAXINT64, 1, 0, 0},
      {"what the units cost", 0, 0, 0, 0, UPKEEP_AMOUNT_MAX, 0, UPKEEP_UNITS_MAX},
      {"all that is not billed", 0, 0, 0, 0, 1, G_MAXINT64, UPKEEP_UNITS_MAX},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
    UpkeepUsage usage = {vectors[i].quantity, 1, 0};
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", vectors[i].what);
    upkeep_test_life_give (life, UPKEEP_GRANT_PURCHASED, UPKEEP_UNITS_MAX, UPKEEP_INSTANT_NONE);
    life->edition->policy.topup.lot_price_minor = vectors[i].lot_price_minor;
    life->account->use_month.units[0] = vectors[i].month;
    life->account->use_month.images = vectors[i].images;
    life->account->use_subscription.units[0] = vectors[i].subscription;
    life->account->use_lifetime.units[0] = vectors[i].lifetime;
    life->account->metered_parts = vectors[i].metered;
    g_assert_null (upkeep_record_usage (life->edition, life->account, &usage, life->now_s, &error));
    assert_range (error);
    g_assert_cmpint (upkeep_find_plan_grant (life->account)->remaining, ==, 12000);
  }
}

/* What is only shown stops at the largest number. */
static void
test_shown (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  UpkeepUse use = {{G_MAXINT64 - 1, 1}, 0};

  g_assert_cmpint (upkeep_use_total (&use), ==, G_MAXINT64);
  use.units[2] = 1;
  g_assert_cmpint (upkeep_use_total (&use), ==, G_MAXINT64);

  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 1, UPKEEP_INSTANT_NONE);
  upkeep_test_life_give (life, UPKEEP_GRANT_PURCHASED, 1, UPKEEP_INSTANT_NONE);
  g_array_index (life->account->grants, UpkeepGrant, 0).remaining = G_MAXINT64 - 2;
  g_assert_cmpint (upkeep_get_spendable (life->edition, life->account, life->now_s), ==,
                   G_MAXINT64);
  g_array_index (life->account->grants, UpkeepGrant, 0).remaining = G_MAXINT64;
  g_assert_cmpint (upkeep_get_spendable (life->edition, life->account, life->now_s), ==,
                   G_MAXINT64);
}

/* CONTRACT, admin/grants: from one unit to the largest amount, and to an instant after now. */
static void
test_grant (void)
{
  const struct {
    gint64 quantity;
    gint64 expires_in_s; /* G_MAXINT64: left to the edition */
    gboolean given;
  } vectors[] = {
      {1, G_MAXINT64, TRUE},  {UPKEEP_UNITS_MAX, G_MAXINT64, TRUE},
      {0, G_MAXINT64, FALSE}, {UPKEEP_UNITS_MAX + 1, G_MAXINT64, FALSE},
      {1, 1, TRUE},           {1, 0, FALSE},
      {1, -1, FALSE},
  };
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    gint64 expires_at_s = vectors[i].expires_in_s == G_MAXINT64
                              ? UPKEEP_INSTANT_NONE
                              : life->now_s + vectors[i].expires_in_s;
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepChange) change =
        upkeep_give_grant (life->edition, life->account, UPKEEP_GRANT_EARNED, vectors[i].quantity,
                           expires_at_s, life->now_s, &error);

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (change != NULL, ==, vectors[i].given);
    if (!vectors[i].given)
      assert_range (error);
  }
}

/* A quote carries out what it offers and nothing else. */
static void
test_no_such_option (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (GPU, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) same =
      upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "basic", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) topup = upkeep_test_life_quote_topup (life, 1);
  g_autoptr (GError) blocked = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (upkeep_execute (life->edition, life->account, same, UPKEEP_TIMING_IMMEDIATE,
                                 life->now_s, &blocked));
  g_assert_error (blocked, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_UNKNOWN);

  g_array_index (topup->options, UpkeepOption, 0).timing = UPKEEP_TIMING_PERIOD_END;
  g_assert_null (upkeep_execute (life->edition, life->account, topup, UPKEEP_TIMING_PERIOD_END,
                                 life->now_s, &error));
  g_assert_error (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_UNKNOWN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/limits/quotes", test_quotes);
  g_test_add_func ("/model/limits/pack-price", test_pack_price);
  g_test_add_func ("/model/limits/steps", test_steps);
  g_test_add_func ("/model/limits/first-term", test_first_term);
  g_test_add_func ("/model/limits/purchase", test_purchase);
  g_test_add_func ("/model/limits/void-renewal", test_void_renewal);
  g_test_add_func ("/model/limits/due", test_due);
  g_test_add_func ("/model/limits/payment", test_payment);
  g_test_add_func ("/model/limits/usage", test_usage);
  g_test_add_func ("/model/limits/shown", test_shown);
  g_test_add_func ("/model/limits/grant", test_grant);
  g_test_add_func ("/model/limits/no-such-option", test_no_such_option);
  return g_test_run ();
}

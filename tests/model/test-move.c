/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-move.h"
#include "upkeep-spend.h"
#include "upkeep-test-life.h"

#define METERED     "midjourney-2023-03.json"
#define METERED_TOO "midjourney-2025-04.json"
#define PREPAID     "midjourney-2024.json"
#define CREDITS     "minara-2025-08.json"
#define CREDITS_NEW "minara-2026-06.json"

static UpkeepTestLife *
subscriber (const char *edition, const char *plan, UpkeepInterval interval)
{
  return upkeep_test_life_new_subscribed (edition, plan, interval, "2026-05-01T00:00:00Z");
}

static void
move_to (UpkeepTestLife *life, const char *file)
{
  g_autoptr (UpkeepEdition) edition = upkeep_test_load_edition (file);

  upkeep_test_life_move (life, edition);
}

static void
buy_hours (UpkeepTestLife *life, gint64 n_hours)
{
  g_autoptr (UpkeepQuote) quote = upkeep_test_life_quote_topup (life, n_hours * 3600);

  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
}

static gint64
remaining_of (const UpkeepAccount *account, UpkeepGrantKind kind)
{
  gint64 remaining = 0;

  for (guint i = 0; i < account->grants->len; i++) {
    const UpkeepGrant *grant = &g_array_index (account->grants, UpkeepGrant, i);

    if (grant->kind == kind)
      remaining += grant->remaining;
  }

  return remaining;
}

static const UpkeepInvoice *
last_invoice (const UpkeepTestLife *life)
{
  return g_ptr_array_index (life->invoices, life->invoices->len - 1);
}

static void
assert_announced (UpkeepTestLife *life, const char *to, const char *at, gint64 total_minor)
{
  g_autoptr (UpkeepStatement) state = upkeep_test_life_state (life);

  g_assert_cmpstr (state->next_edition, ==, to);
  if (to == NULL)
    g_assert_cmpint (state->next_edition_at_s, ==, UPKEEP_INSTANT_NONE);
  else
    upkeep_test_assert_instant (state->next_edition_at_s, at);
  if (total_minor >= 0)
    g_assert_cmpint (state->next_charge_minor, ==, total_minor);
}

/* RULES 0.1, 0.25: the edition changes exactly when the new term is paid; price and allotment are
 * the new one's, and so is what was announced. */
static void
test_renewal (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "partner", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepStatement) state = NULL;

  move_to (life, CREDITS_NEW);
  assert_announced (life, "2026-06", "2026-06-01T00:00:00Z", 59900);
  state = upkeep_test_life_state (life);
  g_assert_cmpint (
      g_array_index (state->notices, UpkeepStatementNotice, state->notices->len - 1).code, ==,
      UPKEEP_NOTICE_EDITION_CHANGE_SCHEDULED);

  upkeep_test_life_advance (life, "2026-05-31T23:59:59Z");
  g_assert_cmpstr (life->account->edition, ==, "2025-08");
  g_assert_cmpint (life->account->price_minor, ==, 19900);
  g_assert_cmpint (life->charged_minor, ==, 19900);

  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpstr (life->account->edition, ==, "2026-06");
  g_assert_cmpstr (life->account->plan, ==, "partner");
  g_assert_cmpint (life->account->price_minor, ==, 59900);
  g_assert_cmpint (life->charged_minor, ==, 19900 + 59900);
  g_assert_cmpint (remaining_of (life->account, UPKEEP_GRANT_PLAN), ==, 60000);
  assert_announced (life, NULL, NULL, 59900);

  upkeep_test_life_advance (life, "2026-07-01T00:00:00Z");
  g_assert_cmpint (life->charged_minor, ==, 19900 + 2 * 59900);
}

/* RULES 0.1, 0.3: a yearly term is refilled under its own edition to its end. */
static void
test_year (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (METERED, "basic", UPKEEP_INTERVAL_YEAR);

  move_to (life, METERED_TOO);
  assert_announced (life, "2025-04", "2027-05-01T00:00:00Z", 9600);
  upkeep_test_life_advance (life, "2027-04-30T23:59:59Z");
  g_assert_cmpstr (life->account->edition, ==, "2023-03");
  upkeep_test_life_advance (life, "2027-05-01T00:00:00Z");
  g_assert_cmpstr (life->account->edition, ==, "2025-04");
}

/* RULES 0.8, 0.25, 0.27: bought hours are charged at the old price in the renewal's one invoice.
 * Those that nobody used were never paid, and end where the new edition would not charge them. */
static void
test_metered_to_prepaid (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (METERED, "standard", UPKEEP_INTERVAL_MONTH);
  const UpkeepInvoice *invoice;

  upkeep_test_life_use (life, 54000, 0, 0);
  buy_hours (life, 5);
  upkeep_test_life_use (life, 2 * 3600 + 1, 0, 0);
  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 60,
                         upkeep_test_instant ("2026-06-15T00:00:00Z"));
  move_to (life, PREPAID);
  assert_announced (life, "2024", "2026-06-01T00:00:00Z", 3000 + 800);

  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  invoice = last_invoice (life);
  g_assert_cmpuint (life->invoices->len, ==, 2);
  g_assert_cmpint (upkeep_bill_get (&invoice->bill, UPKEEP_LINE_PLAN_PRICE), ==, 3000);
  g_assert_cmpint (upkeep_bill_get (&invoice->bill, UPKEEP_LINE_METERED_USAGE), ==, 800);
  g_assert_cmpint (invoice->bill.total_minor, ==, 3800);
  g_assert_cmpint (remaining_of (life->account, UPKEEP_GRANT_PURCHASED), ==, 0);
  g_assert_cmpint (life->account->metered_parts, ==, 0);
  /* What was earned keeps its expiry. */
  g_assert_cmpint (remaining_of (life->account, UPKEEP_GRANT_EARNED), ==, 60);
  upkeep_test_life_advance (life, "2026-06-15T00:00:00Z");
  g_assert_cmpint (remaining_of (life->account, UPKEEP_GRANT_EARNED), ==, 0);

  /* Now hours are paid when they are bought. */
  buy_hours (life, 1);
  g_assert_cmpint (life->charged_minor, ==, 3000 + 3800 + 400);
}

/* RULES 0.8: hours that were paid are not charged a second time; those that are bought under the
 * new edition are. */
static void
test_prepaid_to_metered (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (PREPAID, "standard", UPKEEP_INTERVAL_MONTH);

  buy_hours (life, 3);
  g_assert_cmpint (life->charged_minor, ==, 3000 + 1200);
  move_to (life, METERED);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (remaining_of (life->account, UPKEEP_GRANT_PURCHASED), ==, 3 * 3600);
  buy_hours (life, 2);
  upkeep_test_life_use (life, 54000 + 3 * 3600, 0, 0);
  g_assert_cmpint (life->account->metered_parts, ==, 0);
  upkeep_test_life_use (life, 3600, 0, 0);
  g_assert_cmpint (life->account->metered_parts, ==, 400 * 3600);

  /* And back again: what was paid is never lost on the way. */
  move_to (life, PREPAID);
  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 1, UPKEEP_INSTANT_NONE);
  upkeep_test_life_advance (life, "2026-07-01T00:00:00Z");
  g_assert_cmpint (life->charged_minor, ==, 3000 + 1200 + 3000 + 3000 + 400);
  g_assert_cmpint (remaining_of (life->account, UPKEEP_GRANT_PURCHASED), ==, 0);
}

/* A grant that was paid survives the way there and back. */
static void
test_prepaid_there_and_back (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (PREPAID, "standard", UPKEEP_INTERVAL_MONTH);

  buy_hours (life, 3);
  move_to (life, METERED);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  move_to (life, PREPAID);
  upkeep_test_life_advance (life, "2026-06-29T00:00:00Z");
  g_assert_cmpint (remaining_of (life->account, UPKEEP_GRANT_PURCHASED), ==, 3 * 3600);
  upkeep_test_life_advance (life, "2026-06-30T00:00:00Z"); /* its 60 days */
  g_assert_cmpint (remaining_of (life->account, UPKEEP_GRANT_PURCHASED), ==, 0);
}

/* RULES 0.8: between metered editions permissions and fractions of a cent go on. */
static void
test_metered_to_metered (void)
{
  static const struct {
    gint64 lot;
    gint64 parts; /* after the move, of one second that was used: 400 of 3,600 parts of a cent */
  } vectors[] = {{3600, 400}, {60, 6}, {7200, 800}, {1, 0}};

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepTestLife) life = subscriber (METERED, "basic", UPKEEP_INTERVAL_MONTH);
    g_autoptr (UpkeepEdition) to = upkeep_test_load_edition (METERED_TOO);

    g_test_message ("lots of %d s", (int) vectors[i].lot);
    to->policy.topup.lot = vectors[i].lot;
    upkeep_test_life_use (life, 12000, 0, 0);
    buy_hours (life, 2);
    upkeep_test_life_use (life, 1, 0, 0);
    upkeep_test_life_move (life, to);
    upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
    g_assert_cmpint (life->account->metered_parts, ==, vectors[i].parts);
    g_assert_cmpint (remaining_of (life->account, UPKEEP_GRANT_PURCHASED), ==, 7199);
    g_assert_cmpint (upkeep_bill_get (&last_invoice (life)->bill, UPKEEP_LINE_METERED_USAGE), ==,
                     0);
  }
}

/* CONTRACT section 8: like a scheduled switch, the move has taken effect where its renewal is
 * declined; paying counts from the original date, and the lapse leaves one under the new edition.
 */
static void
test_declined (void)
{
  g_autoptr (UpkeepTestLife) pays = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepTestLife) lapses = subscriber (CREDITS, "partner", UPKEEP_INTERVAL_MONTH);
  UpkeepTestLife *lives[] = {pays, lapses};
  const gint64 prices_minor[] = {4900, 59900};
  g_autoptr (UpkeepQuote) quote = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lives); i++) {
    move_to (lives[i], CREDITS_NEW);
    lives[i]->declines = TRUE;
    upkeep_test_life_advance (lives[i], "2026-06-01T00:00:00Z");
    g_assert_cmpint (lives[i]->account->state, ==, UPKEEP_STATE_PAST_DUE);
    g_assert_cmpstr (lives[i]->account->edition, ==, "2026-06");
    g_assert_cmpint (upkeep_account_get_owed_minor (lives[i]->account), ==, prices_minor[i]);
    assert_announced (lives[i], NULL, NULL, -1);
  }

  pays->declines = FALSE;
  upkeep_test_life_advance (pays, "2026-06-01T12:00:00Z");
  quote = upkeep_test_life_quote (pays, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE);
  upkeep_test_life_accept (pays, quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (remaining_of (pays->account, UPKEEP_GRANT_PLAN), ==, 4000);
  upkeep_test_assert_instant (pays->account->term.end_s, "2026-07-01T00:00:00Z");

  upkeep_test_life_advance (lapses, "2026-06-08T00:00:00Z");
  g_assert_cmpint (lapses->account->state, ==, UPKEEP_STATE_ENDED);
  g_assert_cmpstr (lapses->account->edition, ==, "2026-06");
  g_assert_cmpstr (lapses->account->plan, ==, "free");
  g_assert_cmpint (upkeep_account_get_owed_minor (lapses->account), ==, 0);
}

/* RULES 0.11: nothing renews after a cancellation, so nothing moves; undone, it does. What ends
 * takes the move with it. */
static void
test_cancelled (void)
{
  g_autoptr (UpkeepTestLife) ends = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepTestLife) stays = subscriber (CREDITS, "partner", UPKEEP_INTERVAL_MONTH);
  UpkeepTestLife *lives[] = {ends, stays};
  g_autoptr (UpkeepQuote) resume = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lives); i++) {
    move_to (lives[i], CREDITS_NEW);
    upkeep_test_life_do (lives[i], UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE,
                         UPKEEP_TIMING_PERIOD_END);
    assert_announced (lives[i], NULL, NULL, -1);
  }

  resume = upkeep_test_life_quote (stays, UPKEEP_QUOTE_RESUME, NULL, UPKEEP_INTERVAL_NONE);
  g_assert_cmpint (upkeep_quote_find_option (resume, UPKEEP_TIMING_IMMEDIATE)->renewal_total_minor,
                   ==, 59900);
  upkeep_test_life_accept (stays, resume, UPKEEP_TIMING_IMMEDIATE);
  assert_announced (stays, "2026-06", "2026-06-01T00:00:00Z", 59900);

  upkeep_test_life_advance (ends, "2026-06-01T00:00:00Z");
  g_assert_cmpstr (ends->account->edition, ==, "2025-08");
  g_assert_null (ends->account->next_edition);
  upkeep_test_life_advance (ends, "2026-07-01T00:00:00Z");
  g_assert_cmpstr (ends->account->edition, ==, "2025-08");
}

/* RULES 0.1: an upgrade at once pays a new term under the account's own edition; the move waits for
 * the renewal of that. Every quote foretells the coming price. */
static void
test_switch (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "starter", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepQuote) up = NULL;
  g_autoptr (UpkeepQuote) down = NULL;
  g_autoptr (UpkeepQuote) topup = NULL;
  const UpkeepOption *option;

  move_to (life, CREDITS_NEW);
  upkeep_test_life_advance (life, "2026-05-10T00:00:00Z");
  up = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "partner", UPKEEP_INTERVAL_MONTH);
  option = upkeep_quote_find_option (up, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->bill.total_minor, ==, 15000); /* D-13 */
  g_assert_cmpint (option->renewal_total_minor, ==, 59900);
  upkeep_test_life_accept (life, up, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpstr (life->account->edition, ==, "2025-08");
  assert_announced (life, "2026-06", "2026-06-01T00:00:00Z", 59900);

  down = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, "starter", UPKEEP_INTERVAL_MONTH);
  option = upkeep_quote_find_option (down, UPKEEP_TIMING_PERIOD_END);
  g_assert_cmpint (option->renewal_total_minor, ==, 4900);
  upkeep_test_life_use (life, 41500, 0, -1);
  topup = upkeep_test_life_quote_topup (life, 800);
  option = upkeep_quote_find_option (topup, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (option->renewal_total_minor, ==, 59900);

  /* The scheduled switch and the move take effect together. */
  upkeep_test_life_accept (life, down, UPKEEP_TIMING_PERIOD_END);
  assert_announced (life, "2026-06", "2026-06-01T00:00:00Z", 4900);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpstr (life->account->edition, ==, "2026-06");
  g_assert_cmpstr (life->account->plan, ==, "starter");
  g_assert_cmpint (remaining_of (life->account, UPKEEP_GRANT_PLAN), ==, 4000);
}

/* Nobody loses a plan by a move: who goes to one that is not sold there stays where it is. */
static void
test_plan_not_there (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (PREPAID, "pro", UPKEEP_INTERVAL_MONTH);

  move_to (life, METERED);
  upkeep_test_life_do (life, UPKEEP_QUOTE_SWITCH, "mega", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_PERIOD_END);
  assert_announced (life, NULL, NULL, 12000);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpstr (life->account->edition, ==, "2024");
  g_assert_cmpstr (life->account->plan, ==, "mega");
  g_assert_null (life->account->next_edition);
}

/* RULES 0.24: the free plan moves at its refill. */
static void
test_free_plan (void)
{
  g_autoptr (UpkeepTestLife) life = upkeep_test_life_new (CREDITS, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepEdition) to = upkeep_test_load_edition (CREDITS_NEW);
  UpkeepPlan *plan = (UpkeepPlan *) upkeep_edition_find_plan_of_kind (to, UPKEEP_PLAN_FREE);

  plan->allowance = 500;
  upkeep_test_life_move (life, to);
  assert_announced (life, "2026-06", "2026-06-01T00:00:00Z", -1);
  upkeep_test_life_advance (life, "2026-05-31T23:59:59Z");
  g_assert_cmpint (remaining_of (life->account, UPKEEP_GRANT_PLAN), ==, 300);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpstr (life->account->edition, ==, "2026-06");
  g_assert_cmpint (remaining_of (life->account, UPKEEP_GRANT_PLAN), ==, 500);
  g_assert_cmpuint (life->invoices->len, ==, 0);
}

/* What is taken back does not happen. */
static void
test_taken_back (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS, "partner", UPKEEP_INTERVAL_MONTH);

  move_to (life, CREDITS_NEW);
  upkeep_test_life_move (life, NULL);
  assert_announced (life, NULL, NULL, 19900);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpstr (life->account->edition, ==, "2025-08");
  g_assert_cmpint (life->account->price_minor, ==, 19900);
}

static void
test_refusals (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (CREDITS_NEW, "partner", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepTestLife) lite = subscriber (CREDITS_NEW, "lite", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepTestLife) year = subscriber (CREDITS_NEW, "partner", UPKEEP_INTERVAL_YEAR);
  g_autoptr (UpkeepTestLife) switches = subscriber (CREDITS_NEW, "partner", UPKEEP_INTERVAL_MONTH);
  g_autoptr (UpkeepTestLife) free_plan = upkeep_test_life_new (CREDITS_NEW, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepTestLife) nobody = upkeep_test_life_new (METERED, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepEdition) old = upkeep_test_load_edition (CREDITS);
  g_autoptr (UpkeepEdition) same = upkeep_test_load_edition (CREDITS_NEW);
  g_autoptr (UpkeepEdition) stranger = upkeep_test_load_edition (METERED);
  g_autoptr (UpkeepEdition) other = upkeep_test_load_edition (METERED_TOO);
  g_autoptr (UpkeepEdition) euros = upkeep_test_load_edition (CREDITS);
  g_autoptr (UpkeepEdition) unit = upkeep_test_load_edition (CREDITS);
  g_autoptr (UpkeepEdition) sent = upkeep_test_load_edition (CREDITS);
  g_autoptr (UpkeepEdition) gone = upkeep_test_load_edition (CREDITS);
  g_autoptr (UpkeepEdition) meter = upkeep_test_load_edition (CREDITS);
  g_autoptr (UpkeepEdition) renamed = upkeep_test_load_edition (METERED_TOO);
  g_autoptr (UpkeepEdition) fewer = upkeep_test_load_edition (METERED_TOO);
  g_autoptr (UpkeepEdition) no_free_plan = upkeep_test_load_edition (CREDITS);
  g_autoptr (UpkeepEdition) kind = upkeep_test_load_edition (CREDITS);
  g_autoptr (UpkeepTestLife) modes = subscriber (METERED, "basic", UPKEEP_INTERVAL_MONTH);
  const struct {
    UpkeepTestLife *life;
    UpkeepEdition *to;
    const char *reason;
  } vectors[] = {
      {life, old, NULL},
      {free_plan, old, NULL},
      {life, same, "same_edition"},
      {life, stranger, "service_differs"},
      {life, euros, "currency_differs"},
      {life, unit, "meter_differs"},
      {life, sent, "meter_differs"},
      {life, meter, "meter_differs"},
      {modes, renamed, "meter_differs"},
      {modes, fewer, "meter_differs"},
      {free_plan, no_free_plan, "plan_not_sold"},
      {life, kind, "plan_not_sold"},
      {life, gone, "plan_not_sold"},
      {lite, old, "plan_not_sold"},
      {year, old, "plan_not_sold"},
      {switches, old, "plan_not_sold"},
      {nobody, other, "nothing_renews"},
  };

  g_free (meter->meter.id);
  meter->meter.id = g_strdup ("tokens");
  g_free (((UpkeepMode *) g_ptr_array_index (renamed->meter.modes, 1))->id);
  ((UpkeepMode *) g_ptr_array_index (renamed->meter.modes, 1))->id = g_strdup ("slow");
  g_ptr_array_set_size (fewer->meter.modes, 1);
  ((UpkeepPlan *) upkeep_edition_find_plan (no_free_plan, "free"))->kind = UPKEEP_PLAN_TRIAL;
  ((UpkeepPlan *) upkeep_edition_find_plan (kind, "partner"))->kind = UPKEEP_PLAN_TRIAL;
  g_strlcpy (euros->currency, "EUR", sizeof euros->currency);
  g_free (unit->meter.unit);
  unit->meter.unit = g_strdup ("token");
  sent->meter.shipped = TRUE;
  ((UpkeepPlan *) upkeep_edition_find_plan (gone, "partner"))->offered = FALSE;
  upkeep_test_life_do (switches, UPKEEP_QUOTE_SWITCH, "lite", UPKEEP_INTERVAL_MONTH,
                       UPKEEP_TIMING_PERIOD_END);

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_test_message ("row %d", (int) i);
    g_assert_cmpstr (upkeep_move_refusal_to_string (upkeep_move_judge (
                         vectors[i].life->edition, vectors[i].life->account, vectors[i].to)),
                     ==, vectors[i].reason);
  }
}

/* RULES 0.29: while metered use is owed inside a yearly term no move is foretold, for the end of
 * the spell may come first; once it is paid, the move stands as before. */
static void
test_owing_in_a_year (void)
{
  g_autoptr (UpkeepTestLife) life = subscriber (METERED, "basic", UPKEEP_INTERVAL_YEAR);

  move_to (life, METERED_TOO);
  buy_hours (life, 10);
  life->declines = TRUE;
  upkeep_test_life_use (life, 12000 + 9000, 0, 0);
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_PAST_DUE);
  g_assert_cmpint (upkeep_get_move_at_s (life->edition, life->account), ==, UPKEEP_INSTANT_NONE);
  life->declines = FALSE;
  upkeep_test_life_do (life, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE, UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_assert_instant (upkeep_get_move_at_s (life->edition, life->account),
                              "2027-05-01T00:00:00Z");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/move/renewal", test_renewal);
  g_test_add_func ("/model/move/year", test_year);
  g_test_add_func ("/model/move/metered-to-prepaid", test_metered_to_prepaid);
  g_test_add_func ("/model/move/prepaid-to-metered", test_prepaid_to_metered);
  g_test_add_func ("/model/move/prepaid-there-and-back", test_prepaid_there_and_back);
  g_test_add_func ("/model/move/metered-to-metered", test_metered_to_metered);
  g_test_add_func ("/model/move/declined", test_declined);
  g_test_add_func ("/model/move/cancelled", test_cancelled);
  g_test_add_func ("/model/move/switch", test_switch);
  g_test_add_func ("/model/move/plan-not-there", test_plan_not_there);
  g_test_add_func ("/model/move/free-plan", test_free_plan);
  g_test_add_func ("/model/move/taken-back", test_taken_back);
  g_test_add_func ("/model/move/refusals", test_refusals);
  g_test_add_func ("/model/move/owing-in-a-year", test_owing_in_a_year);
  return g_test_run ();
}

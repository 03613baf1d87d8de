/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-feature-rule.h"
#include "upkeep-json.h"
#include "upkeep-queue.h"
#include "upkeep-referral.h"
#include "upkeep-saving.h"
#include "upkeep-spend.h"
#include "upkeep-test-life.h"

#include <string.h>

/* The worked examples of the services' sources, by their ids. tests/data/examples.json has their
 * figures; `check` names which of the functions below holds the engine to them, `test` the file
 * of tests that holds the words to them. Every example has one of the two. */

static const char *
text_of (JsonObject *example, const char *name)
{
  return json_object_get_string_member (example, name);
}

static gint64
number_of (JsonObject *example, const char *name)
{
  return json_object_get_int_member (example, name);
}

static gboolean
is_set (JsonObject *example, const char *name)
{
  return json_object_get_boolean_member (example, name);
}

/* Which of two words it is: 0 or 1. */
static int
choice_of (JsonObject *example, const char *name, const char *first, const char *second)
{
  const char *word = text_of (example, name);

  if (g_str_equal (word, first))
    return 0;

  g_assert_cmpstr (word, ==, second);
  return 1;
}

static UpkeepInterval
interval_of (JsonObject *example, const char *name)
{
  return choice_of (example, name, "month", "year") == 0 ? UPKEEP_INTERVAL_MONTH
                                                         : UPKEEP_INTERVAL_YEAR;
}

static UpkeepTestLife *
subscriber (JsonObject *example, UpkeepInterval interval, const char *at)
{
  return upkeep_test_life_new_subscribed (text_of (example, "edition"), text_of (example, "plan"),
                                          interval, at);
}

static gint64
left (UpkeepTestLife *life, UpkeepGrantKind kind)
{
  gint64 units = 0;

  for (guint i = 0; i < life->account->grants->len; i++) {
    const UpkeepGrant *grant = &g_array_index (life->account->grants, UpkeepGrant, i);

    if (grant->kind == kind)
      units += grant->remaining;
  }

  return units;
}

static gint64
spendable (UpkeepTestLife *life)
{
  return upkeep_get_spendable (life->edition, life->account, life->now_s);
}

static gboolean
is_served (UpkeepTestLife *life)
{
  return upkeep_account_is_served (life->account, life->edition);
}

static void
buy (UpkeepTestLife *life, gint64 quantity)
{
  g_autoptr (UpkeepQuote) quote = upkeep_test_life_quote_topup (life, quantity);

  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
}

static UpkeepQuote *
cancel_quote (UpkeepTestLife *life)
{
  return upkeep_test_life_quote (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE);
}

static void
cancel (UpkeepTestLife *life, UpkeepTiming timing)
{
  upkeep_test_life_do (life, UPKEEP_QUOTE_CANCEL, NULL, UPKEEP_INTERVAL_NONE, timing);
}

static gboolean
has_effect (const UpkeepOption *option, UpkeepEffect effect)
{
  return (option->effects & (1u << effect)) != 0;
}

/* 4.11 */
static void
check_price (JsonObject *example)
{
  g_autoptr (UpkeepEdition) edition = upkeep_test_load_edition (text_of (example, "edition"));
  const UpkeepPlan *plan = upkeep_edition_find_plan (edition, text_of (example, "plan"));

  g_assert_cmpint (plan->price_minor[UPKEEP_INTERVAL_MONTH], ==, number_of (example, "month"));
  g_assert_cmpint (plan->price_minor[UPKEEP_INTERVAL_YEAR], ==, number_of (example, "year"));
  g_assert_cmpint (upkeep_saving_get_percent (plan), ==, number_of (example, "percent"));
  g_assert_cmpint (upkeep_saving_month_share_minor (plan->price_minor[UPKEEP_INTERVAL_YEAR]), ==,
                   number_of (example, "month_share"));
}

/* A-10, 4.4, 0.2 */
static void
check_allowances (JsonObject *example)
{
  g_autoptr (UpkeepEdition) edition = upkeep_test_load_edition (text_of (example, "edition"));
  JsonObject *minutes = json_object_get_object_member (example, "minutes");
  g_autoptr (GList) plans = json_object_get_members (minutes);

  for (GList *l = plans; l != NULL; l = l->next) {
    const UpkeepPlan *plan = upkeep_edition_find_plan (edition, l->data);

    g_test_message ("%s", (const char *) l->data);
    g_assert_cmpint (plan->allowance, ==, 60 * number_of (minutes, l->data));
    g_assert_cmpint (plan->allowance_once, ==, plan->kind == UPKEEP_PLAN_TRIAL);
  }
}

static const UpkeepEstimate *
find_estimate (const UpkeepEdition *edition, const char *id)
{
  for (guint i = 0; i < edition->meter.estimates->len; i++) {
    const UpkeepEstimate *estimate = g_ptr_array_index (edition->meter.estimates, i);

    if (g_str_equal (estimate->id, id))
      return estimate;
  }

  g_assert_not_reached ();
}

/* 4.4: how many pieces of work some units are enough for, and not one more. */
static void
check_estimates (JsonObject *example)
{
  g_autoptr (UpkeepEdition) edition = upkeep_test_load_edition (text_of (example, "edition"));
  JsonObject *counts = json_object_get_object_member (example, "counts");
  g_autoptr (GList) ids = json_object_get_members (counts);
  gint64 units = number_of (example, "units");

  for (GList *l = ids; l != NULL; l = l->next) {
    const UpkeepEstimate *estimate = find_estimate (edition, l->data);
    gint64 count = number_of (counts, l->data);

    g_test_message ("%s", (const char *) l->data);
    g_assert_cmpint (upkeep_estimate_get_count (estimate, units), ==, count);
    g_assert_cmpint (upkeep_estimate_get_count (estimate, units - 1), ==, count - 1);
    g_assert_cmpint (upkeep_estimate_get_count (estimate, 0), ==, 0);
  }
}

/* 4.4: what is counted is the work; what is spent, and held, is its weight times as much. */
static void
check_weight (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  int mode = upkeep_edition_find_mode (life->edition, text_of (example, "mode"));
  gint64 work = number_of (example, "work");
  gint64 spent = number_of (example, "spent");
  gint64 before = spendable (life);
  g_autoptr (UpkeepChange) taken = NULL;
  UpkeepJobRefusal refusal;

  upkeep_test_life_use (life, work, 1, mode);
  g_assert_cmpint (spendable (life), ==, before - spent);
  g_assert_cmpint (life->account->use_month.units[mode], ==, work);
  g_assert_cmpint (upkeep_use_total (&life->account->use_lifetime), ==, work);
  upkeep_test_life_use (life, work, 1, 0);
  g_assert_cmpint (spendable (life), ==, before - spent - work);

  upkeep_test_life_use (life, spendable (life) - spent, 0, 0);
  g_assert_null (
      upkeep_queue_take_job (life->edition, life->account, mode, work + 1, life->now_s, &refusal));
  g_assert_cmpstr (refusal.code, ==, "out_of_fast_time");
  taken = upkeep_queue_take_job (life->edition, life->account, mode, work, life->now_s, &refusal);
  g_assert_nonnull (taken);
  g_assert_cmpint (upkeep_queue_get_held (life->edition, taken->account), ==, spent);
  g_assert_cmpint (upkeep_queue_get_available (life->edition, taken->account, life->now_s), ==, 0);
}

/* A-34..A-39, D-09..D-15, 0.3, 0.4: what an immediate upgrade credits, charges and gives, and when
 * the plan renews after it. */
static void
check_upgrade (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, text_of (example, "subscribed"));
  g_autoptr (UpkeepQuote) quote = NULL;
  const UpkeepOption *option;
  gint64 charged_minor = life->charged_minor;
  gint64 added;

  upkeep_test_life_advance (life, text_of (example, "upgraded"));
  upkeep_test_life_use (life, number_of (example, "used"), 0, -1);
  added = -left (life, UPKEEP_GRANT_PLAN);
  quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, text_of (example, "to"),
                                  UPKEEP_INTERVAL_MONTH);
  g_assert_cmpint (quote->direction, ==, UPKEEP_DIRECTION_UPGRADE);
  option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (-upkeep_bill_get (&option->bill, UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT) -
                       upkeep_bill_get (&option->bill, UPKEEP_LINE_PRICE_DIFFERENCE),
                   ==, number_of (example, "credit"));
  g_assert_cmpint (option->bill.total_minor, ==, number_of (example, "charge"));
  upkeep_test_assert_instant (option->renews_at_s, text_of (example, "renews"));

  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->charged_minor - charged_minor, ==, number_of (example, "charge"));
  g_assert_cmpstr (life->account->plan, ==, text_of (example, "to"));
  upkeep_test_assert_instant (life->account->term.end_s, text_of (example, "renews"));
  added += left (life, UPKEEP_GRANT_PLAN);
  g_assert_cmpint (added, ==, number_of (example, "added"));
  for (guint i = 0; i < life->account->grants->len; i++)
    upkeep_test_assert_instant (g_array_index (life->account->grants, UpkeepGrant, i).expires_at_s,
                                text_of (example, "renews"));
}

/* strategies that no shipped edition has, computed from their terms alone. */
static void
check_terms (JsonObject *example)
{
  static const char *const shipped[] = {"midjourney-2023-03.json", "midjourney-2024.json",
                                        "midjourney-2025-04.json", "minara-2025-08.json",
                                        "minara-2026-06.json"};
  UpkeepTerms terms = {
      .buys_term = TRUE,
      .new_price_minor = number_of (example, "new_price"),
      .old_price_minor = number_of (example, "old_price"),
      .unused = number_of (example, "unused"),
      .allowance = number_of (example, "whole"),
      .rounding = UPKEEP_ROUNDING_DOWN,
  };
  g_autoptr (GError) error = NULL;
  UpkeepBill bill;

  while (terms.credit < UPKEEP_N_CREDITS &&
         !g_str_equal (upkeep_credit_to_string (terms.credit), text_of (example, "credit")))
    terms.credit++;
  g_assert_true (upkeep_terms_compute (&terms, &bill, &error));
  g_assert_no_error (error);
  g_assert_cmpint (bill.lines[0].amount_minor, ==, number_of (example, "first_line"));
  g_assert_cmpint (bill.lines[1].amount_minor, ==, number_of (example, "second_line"));
  g_assert_cmpint (bill.total_minor, ==,
                   number_of (example, "first_line") + number_of (example, "second_line"));

  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++) {
    g_autoptr (UpkeepEdition) edition = upkeep_test_load_edition (shipped[i]);

    g_assert_cmpint (edition->policy.proration, !=, UPKEEP_PRORATION_TIME);
    g_assert_cmpint (edition->policy.proration, !=, UPKEEP_PRORATION_UNUSED_CREDIT_REFUND);
  }
}

/* 4.11, A-48: what is bought at a fixed price, on a paid plan with nothing left. */
static void
check_topup (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) quote = NULL;

  upkeep_test_life_use (life, spendable (life), 0, -1);
  quote = upkeep_test_life_quote_topup (life, number_of (example, "quantity"));
  g_assert_cmpint (upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE)->bill.total_minor, ==,
                   number_of (example, "price"));
  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, number_of (example, "quantity"));
}

/* 0.8: exactly the threshold is charged, at the unit that reaches it. */
static void
check_threshold (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  gint64 threshold_minor = number_of (example, "threshold");
  gint64 reaching = threshold_minor * life->edition->policy.topup.lot / number_of (example, "lot");
  gint64 charged_minor;

  g_assert_cmpint (upkeep_get_threshold_minor (life->edition, life->account), ==, threshold_minor);
  upkeep_test_life_use (life, spendable (life), 0, 0);
  buy (life, life->edition->policy.topup.lot * life->edition->policy.topup.lots_max);
  charged_minor = life->charged_minor;
  upkeep_test_life_use (life, reaching - 1, 0, 0);
  g_assert_cmpint (life->charged_minor, ==, charged_minor);
  upkeep_test_life_use (life, 1, 0, 0);
  g_assert_cmpint (life->charged_minor - charged_minor, ==, threshold_minor);
  g_assert_cmpint (upkeep_account_get_unbilled_minor (life->account, life->edition), ==, 0);
}

/* 4.7: only what was used is charged, at the end of the month. */
static void
check_metered_rest (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  const UpkeepInvoice *invoice;

  upkeep_test_life_use (life, spendable (life), 0, 0);
  buy (life, number_of (example, "permitted"));
  upkeep_test_life_use (life, number_of (example, "used"), 0, 0);
  upkeep_test_life_advance (life, "2026-05-31T23:59:59Z");
  g_assert_cmpint (life->charged_minor, ==, life->account->price_minor);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (life->charged_minor, ==,
                   2 * life->account->price_minor + number_of (example, "charge"));
  invoice = g_ptr_array_index (life->invoices, life->invoices->len - 1);
  g_assert_cmpint (upkeep_bill_get (&invoice->bill, UPKEEP_LINE_METERED_USAGE), ==,
                   number_of (example, "charge"));
}

/* X-01, 0.21: 20 minutes of any mode are not fewer than 20; a second less is. */
static void
check_refund_bound (JsonObject *example)
{
  for (gint64 spared = 0; spared <= 1; spared++) {
    g_autoptr (UpkeepTestLife) life =
        subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
    g_autoptr (UpkeepQuote) quote = NULL;

    upkeep_test_life_use (life, number_of (example, "fast"), 0, 0);
    upkeep_test_life_use (life, number_of (example, "relax") - spared, 0, 1);
    quote = cancel_quote (life);
    g_assert_cmpint (upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE) != NULL, ==,
                     spared == 1);
  }
}

/* a new month without use makes nobody eligible by the lifetime; asking by letter is not the
 * engine's. */
static void
check_refund_later (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) quote = NULL;

  upkeep_test_life_use (life, number_of (example, "fast"), 0, 0);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (upkeep_use_total (&life->account->use_month), ==, 0);
  quote = cancel_quote (life);
  g_assert_null (upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE));
}

/* C-23, C-26, C-27 */
static void
check_refund_stops (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) quote = cancel_quote (life);
  const UpkeepOption *option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);

  g_assert_cmpint (option->refund.amount_minor, ==, number_of (example, "refund"));
  g_assert_true (has_effect (option, UPKEEP_EFFECT_SERVICE_STOPS));
  g_assert_true (has_effect (option, UPKEEP_EFFECT_IMAGES_KEPT));
  g_assert_true (has_effect (option, UPKEEP_EFFECT_COMMERCIAL_RIGHTS_KEPT));
  g_assert_true (is_served (life));
  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_IMMEDIATE);
  g_assert_false (is_served (life));
  g_assert_cmpint (life->refunded_minor, ==, number_of (example, "refund"));
  g_assert_true (life->account->ever_subscribed);
}

/* B-14, B-15, C-24 */
static void
check_cancel_at_end (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) quote = NULL;
  gint64 charged_minor = life->charged_minor;

  upkeep_test_life_use (life, spendable (life) - number_of (example, "left"), 0, 0);
  quote = cancel_quote (life);
  g_assert_true (has_effect (upkeep_quote_find_option (quote, UPKEEP_TIMING_PERIOD_END),
                             UPKEEP_EFFECT_IMAGES_KEPT));
  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_PERIOD_END);
  upkeep_test_life_advance (life, "2026-05-31T23:59:59Z");
  g_assert_true (is_served (life));
  g_assert_cmpint (spendable (life), ==, number_of (example, "left"));
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_false (is_served (life));
  g_assert_cmpint (life->charged_minor, ==, charged_minor);
}

/* B-25, B-26, C-33, C-34 */
static void
check_past_due (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) refused = NULL;

  life->declines = TRUE;
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_PAST_DUE);
  refused = cancel_quote (life);
  g_assert_true (upkeep_quote_is_blocked (refused, UPKEEP_BLOCKED_PAST_DUE));

  life->declines = FALSE;
  upkeep_test_life_do (life, UPKEEP_QUOTE_PAY, NULL, UPKEEP_INTERVAL_NONE, UPKEEP_TIMING_IMMEDIATE);
  g_assert_cmpint (life->account->state, ==, UPKEEP_STATE_ACTIVE);
  cancel (life, UPKEEP_TIMING_PERIOD_END);
  g_assert_cmpint (life->account->scheduled, ==, UPKEEP_SCHEDULED_CANCEL);
}

static UpkeepQuote *
cancel_quote_by_invoice (UpkeepTestLife *life, const char *number)
{
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (UPKEEP_QUOTE_CANCEL);
  g_autoptr (GError) error = NULL;
  UpkeepQuote *quote = NULL;

  request->invoice_number = g_strdup (number);
  g_assert_true (
      upkeep_decide (life->edition, life->account, request, life->now_s, &quote, &error));
  g_assert_no_error (error);
  return quote;
}

/* C-45..C-47, 0.16, 0.34: an issue that has shipped is one that was used. */
static void
check_magazine (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) earlier = NULL;
  g_autoptr (UpkeepQuote) unshipped = NULL;
  g_autoptr (UpkeepQuote) shipped = NULL;

  /* The first issue has shipped, the second is paid and has not. */
  upkeep_test_life_use (life, 1, 0, -1);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  earlier = cancel_quote_by_invoice (life, "ABC1DEF2-0001");
  g_assert_null (upkeep_quote_find_option (earlier, UPKEEP_TIMING_IMMEDIATE));
  unshipped = cancel_quote_by_invoice (life, "ABC1DEF2-0002");
  if (is_set (example, "refund")) {
    upkeep_test_life_accept (life, unshipped, UPKEEP_TIMING_IMMEDIATE);
    g_assert_cmpint (life->refunded_minor, ==, number_of (example, "price"));
    g_assert_cmpint (left (life, UPKEEP_GRANT_PLAN), ==, 0);
    g_assert_false (is_served (life));
  } else {
    upkeep_test_life_accept (life, unshipped, UPKEEP_TIMING_PERIOD_END);
    g_assert_cmpint (life->refunded_minor, ==, 0);
    g_assert_cmpint (left (life, UPKEEP_GRANT_PLAN), ==, 1);
    g_assert_true (is_served (life));
    upkeep_test_life_use (life, 1, 0, -1);
    g_assert_cmpint (left (life, UPKEEP_GRANT_PLAN), ==, 0);
  }
  upkeep_test_life_advance (life, "2026-08-01T00:00:00Z");
  g_assert_cmpint (life->charged_minor, ==, 2 * number_of (example, "price"));
  g_assert_cmpint (left (life, UPKEEP_GRANT_PLAN), ==, 0);

  /* The other side: once it has shipped there is nothing to give back. */
  upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, text_of (example, "plan"),
                       UPKEEP_INTERVAL_MONTH, UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_use (life, 1, 0, -1);
  shipped = cancel_quote_by_invoice (life, life->account->term_invoice);
  g_assert_null (upkeep_quote_find_option (shipped, UPKEEP_TIMING_IMMEDIATE));
  g_assert_nonnull (upkeep_quote_find_option (shipped, UPKEEP_TIMING_PERIOD_END));
}

/* C-43, 4.9 */
static void
check_invoice_number (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  g_autoptr (UpkeepQuote) none = cancel_quote_by_invoice (life, NULL);
  g_autoptr (UpkeepQuote) unknown = cancel_quote_by_invoice (life, "ABC1DEF2-0002");
  g_autoptr (UpkeepQuote) known = cancel_quote_by_invoice (life, text_of (example, "number"));
  const UpkeepInvoice *invoice = g_ptr_array_index (life->invoices, 0);

  g_assert_true (upkeep_quote_is_blocked (none, UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED));
  g_assert_true (upkeep_quote_is_blocked (unknown, UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN));
  g_assert_cmpuint (known->blocked->len, ==, 0);
  g_assert_cmpstr (invoice->number, ==, text_of (example, "number"));
}

/* CONTRACT names the refusal */
static void
check_mode (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  const char *refusal = NULL;

  g_assert_null (upkeep_set_mode (life->edition, life->account,
                                  upkeep_edition_find_mode (life->edition, "relax"), &refusal,
                                  life->now_s));
  g_assert_cmpstr (refusal, ==, text_of (example, "refusal"));
}

/* 4.4 */
static void
check_jobs (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");

  for (gint64 i = 1; i < number_of (example, "jobs"); i++)
    upkeep_test_life_use (life, number_of (example, "job"), 4, 0);
  g_assert_cmpint (spendable (life), ==, number_of (example, "job"));
  upkeep_test_life_use (life, number_of (example, "job"), 4, 0);
  g_assert_cmpint (spendable (life), ==, 0);
}

/* 4.4, 4.11: an error costs nothing, however long the job has waited and run. */
static void
check_failed_job (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  gint64 before = spendable (life);

  g_assert_cmpstr (upkeep_test_life_take (life, -1, number_of (example, "reserve")), ==, NULL);
  upkeep_test_life_advance_to (life, life->now_s + 60 * number_of (example, "minutes"));
  upkeep_test_life_fail (life, 1);
  g_assert_cmpint (spendable (life), ==, before);
  g_assert_cmpint (upkeep_use_total (&life->account->use_lifetime), ==, 0);
}

/* 4.6 */
static void
check_earned (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, text_of (example, "awarded"));
  gint64 expires_at_s = upkeep_test_instant (text_of (example, "expires"));

  upkeep_test_life_give (life, UPKEEP_GRANT_EARNED, 3600, UPKEEP_INSTANT_NONE);
  upkeep_test_life_advance_to (life, expires_at_s - 1);
  g_assert_cmpint (left (life, UPKEEP_GRANT_EARNED), ==, 3600);
  upkeep_test_life_advance_to (life, expires_at_s);
  g_assert_cmpint (left (life, UPKEEP_GRANT_EARNED), ==, 0);
}

/* */
static void
check_purchased (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, text_of (example, "bought"));

  buy (life, 3600);
  if (json_object_get_null_member (example, "expires")) {
    upkeep_test_life_advance (life, text_of (example, "later"));
    g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, 3600);
  } else {
    gint64 expires_at_s = upkeep_test_instant (text_of (example, "expires"));

    upkeep_test_life_advance_to (life, expires_at_s - 1);
    g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, 3600);
    upkeep_test_life_advance_to (life, expires_at_s);
    g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, 0);
  }
}

/* 0.7, 4.5, 4.11: which grants pay first. `between` is earned or reward. */
static void
check_order (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  UpkeepGrantKind between = choice_of (example, "between", "earned", "reward") == 0
                                ? UPKEEP_GRANT_EARNED
                                : UPKEEP_GRANT_REWARD;
  gint64 plan = number_of (example, "plan_left");

  /* Packs are sold when nothing is left, so the plan's rest is what the next month leaves. */
  upkeep_test_life_use (life, spendable (life), 0, 0);
  buy (life, number_of (example, "purchased"));
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  upkeep_test_life_use (life, left (life, UPKEEP_GRANT_PLAN) - plan, 0, 0);
  upkeep_test_life_give (life, between, number_of (example, "given"), UPKEEP_INSTANT_NONE);
  g_assert_cmpint (spendable (life), ==,
                   plan + number_of (example, "given") + number_of (example, "purchased"));

  upkeep_test_life_use (life, plan, 0, 0);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PLAN), ==, 0);
  g_assert_cmpint (left (life, between), ==, number_of (example, "given"));
  upkeep_test_life_use (life, number_of (example, "spent") - plan, 0, 0);
  g_assert_cmpint (left (life, between), ==, 0);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, number_of (example, "purchased_left"));
}

/* */
static void
check_frozen (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");

  buy (life, number_of (example, "purchased"));
  cancel (life, UPKEEP_TIMING_PERIOD_END);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, number_of (example, "purchased"));
  g_assert_cmpint (spendable (life), ==, 0);
  g_assert_cmpstr (upkeep_judge_feature (life->edition, life->account, "gallery", life->now_s), ==,
                   text_of (example, "refusal"));
}

/* 0.6 */
static void
check_refill (JsonObject *example)
{
  JsonArray *refills = json_object_get_array_member (example, "refills");
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_YEAR, text_of (example, "subscribed"));
  gint64 charged_minor = life->charged_minor;
  gint64 allowance = left (life, UPKEEP_GRANT_PLAN);

  for (guint i = 0; i < json_array_get_length (refills); i++) {
    gint64 refill_s = upkeep_test_instant (json_array_get_string_element (refills, i));

    upkeep_test_life_use (life, 100, 0, 0);
    upkeep_test_life_advance_to (life, refill_s - 1);
    g_assert_cmpint (left (life, UPKEEP_GRANT_PLAN), ==, allowance - 100);
    upkeep_test_life_advance_to (life, refill_s);
    g_assert_cmpint (left (life, UPKEEP_GRANT_PLAN), ==, allowance);
  }
  upkeep_test_assert_instant (life->account->term.end_s, text_of (example, "next_charge"));
  upkeep_test_life_advance_to (life, life->account->term.end_s - 1);
  g_assert_cmpint (life->charged_minor, ==, charged_minor);
  upkeep_test_life_advance (life, text_of (example, "next_charge"));
  g_assert_cmpint (life->charged_minor, ==, 2 * charged_minor);
}

/* D-23, D-24, D-26..D-29, 4.11: a top-up's life over the end of a subscription, told stage by
 * stage. */
static void
check_topup_life (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-29T00:00:00Z");
  const gint64 kept = 700;

  cancel (life, UPKEEP_TIMING_PERIOD_END);
  upkeep_test_life_advance (life, "2026-06-28T00:00:00Z");
  upkeep_test_life_use (life, spendable (life), 0, -1);
  buy (life, 800);
  upkeep_test_life_use (life, 100, 0, -1);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, kept);
  g_assert_cmpint (spendable (life), ==, kept);
  if (g_str_equal (text_of (example, "stage"), "topup"))
    return;

  upkeep_test_life_advance (life, "2026-06-29T00:00:00Z");
  g_assert_cmpstr (life->account->plan, ==, "free");
  g_assert_cmpint (left (life, UPKEEP_GRANT_PLAN), ==, 300);
  g_assert_cmpint (spendable (life), ==, 300);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, kept);
  if (g_str_equal (text_of (example, "stage"), "expired"))
    return;

  upkeep_test_life_use (life, 300, 0, -1);
  g_assert_cmpint (spendable (life), ==, 0);
  upkeep_test_life_use (life, 1, 0, -1);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, kept);
  if (g_str_equal (text_of (example, "stage"), "exhausted"))
    return;

  g_assert_cmpstr (text_of (example, "stage"), ==, "resubscribed");
  upkeep_test_life_advance (life, "2026-07-01T00:00:00Z");
  upkeep_test_life_do (life, UPKEEP_QUOTE_SUBSCRIBE, text_of (example, "plan"),
                       UPKEEP_INTERVAL_MONTH, UPKEEP_TIMING_IMMEDIATE);
  upkeep_test_life_use (life, left (life, UPKEEP_GRANT_PLAN), 0, -1);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, kept);
  upkeep_test_life_use (life, 1, 0, -1);
  g_assert_cmpint (left (life, UPKEEP_GRANT_PURCHASED), ==, kept - 1);
}

/* D-18..D-21: which plans a change of interval may reach; `refused` names the code of those it may
 * not. */
static void
check_switch (JsonObject *example)
{
  UpkeepInterval to = interval_of (example, "to");
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, interval_of (example, "from"), "2026-05-01T00:00:00Z");
  JsonObject *refused = json_object_get_object_member (example, "refused");

  for (guint i = 0; i < life->edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (life->edition->plans, i);
    g_autoptr (UpkeepQuote) quote = NULL;

    if (plan->kind != UPKEEP_PLAN_PAID ||
        (g_str_equal (plan->id, life->account->plan) && to == life->account->interval))
      continue;

    g_test_message ("%s", plan->id);
    quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, plan->id, to);
    if (!json_object_has_member (refused, plan->id)) {
      g_assert_cmpuint (quote->blocked->len, ==, 0);
    } else {
      g_assert_cmpuint (quote->blocked->len, ==, 1);
      g_assert_cmpstr (
          upkeep_blocked_code_to_string (g_array_index (quote->blocked, UpkeepBlocked, 0).code), ==,
          text_of (refused, plan->id));
    }
  }
}

static void
assert_paused (UpkeepTestLife *life, JsonArray *features, const char *refusal)
{
  for (guint i = 0; i < json_array_get_length (features); i++) {
    const char *feature = json_array_get_string_element (features, i);

    g_test_message ("%s", feature);
    g_assert_cmpstr (upkeep_judge_feature (life->edition, life->account, feature, life->now_s), ==,
                     refusal);
  }
}

/* D-30..D-34, X-23: with nothing left, and only until there is something again. */
static void
check_suspension (JsonObject *example)
{
  JsonArray *paused = json_object_get_array_member (example, "paused");
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");

  upkeep_test_life_use (life, spendable (life) - 1, 0, -1);
  assert_paused (life, paused, NULL);
  upkeep_test_life_use (life, 1, 0, -1);
  assert_paused (life, paused, "feature_suspended");
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  assert_paused (life, paused, NULL);
}

/* D-38..D-41 */
static void
check_no_refund (JsonObject *example)
{
  g_autoptr (UpkeepTestLife) life =
      subscriber (example, UPKEEP_INTERVAL_MONTH, "2026-05-01T00:00:00Z");
  const char *event = text_of (example, "event");
  g_autoptr (UpkeepQuote) quote = NULL;
  const UpkeepOption *option;

  if (g_str_equal (event, "downgrade")) {
    quote = upkeep_test_life_quote (life, UPKEEP_QUOTE_SWITCH, text_of (example, "to"),
                                    UPKEEP_INTERVAL_MONTH);
    g_assert_cmpint (quote->direction, ==, UPKEEP_DIRECTION_DOWNGRADE);
  } else {
    if (g_str_equal (event, "unused_topup")) {
      upkeep_test_life_use (life, spendable (life), 0, -1);
      buy (life, 800);
    }
    quote = cancel_quote (life);
  }
  g_assert_null (upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE));
  option = upkeep_quote_find_option (quote, UPKEEP_TIMING_PERIOD_END);
  g_assert_false (option->has_refund);
  g_assert_cmpint (option->bill.total_minor, ==, 0);
  upkeep_test_life_accept (life, quote, UPKEEP_TIMING_PERIOD_END);
  upkeep_test_life_advance (life, "2026-06-01T00:00:00Z");
  if (g_str_equal (event, "expired_plan")) {
    g_autoptr (UpkeepQuote) late = cancel_quote (life);

    g_assert_true (upkeep_quote_is_blocked (late, UPKEEP_BLOCKED_NO_SUBSCRIPTION));
  }
  g_assert_cmpint (life->refunded_minor, ==, 0);
  g_assert_cmpint (upkeep_account_get_balance_minor (life->account), ==, 0);
}

/* 4.11: what a sign-up and a first payment earn when that many have signed up. */
static void
check_referral (JsonObject *example)
{
  g_autoptr (UpkeepEdition) edition = upkeep_test_load_edition (text_of (example, "edition"));
  UpkeepReferralReward reward;

  g_assert_true (upkeep_judge_referral (edition, UPKEEP_REFERRAL_SIGNUP,
                                        number_of (example, "signups"), &reward));
  g_assert_cmpint (reward.units, ==, number_of (example, "signup_credits"));
  g_assert_true (upkeep_judge_referral (edition, UPKEEP_REFERRAL_PAYMENT,
                                        number_of (example, "signups"), &reward));
  g_assert_cmpint (reward.units, ==, number_of (example, "credits"));
  g_assert_cmpint (reward.bonus_percent, ==, number_of (example, "percent"));
}

static const struct {
  const char *name;
  void (*run) (JsonObject *example);
} checks[] = {
    {"allowances", check_allowances},
    {"cancel_at_end", check_cancel_at_end},
    {"earned", check_earned},
    {"estimates", check_estimates},
    {"failed_job", check_failed_job},
    {"frozen", check_frozen},
    {"invoice_number", check_invoice_number},
    {"jobs", check_jobs},
    {"magazine", check_magazine},
    {"metered_rest", check_metered_rest},
    {"mode", check_mode},
    {"no_refund", check_no_refund},
    {"order", check_order},
    {"past_due", check_past_due},
    {"price", check_price},
    {"purchased", check_purchased},
    {"referral", check_referral},
    {"refill", check_refill},
    {"refund_bound", check_refund_bound},
    {"refund_later", check_refund_later},
    {"refund_stops", check_refund_stops},
    {"suspension", check_suspension},
    {"switch", check_switch},
    {"terms", check_terms},
    {"threshold", check_threshold},
    {"topup", check_topup},
    {"topup_life", check_topup_life},
    {"upgrade", check_upgrade},
    {"weight", check_weight},
};

/* What the engine cannot be asked, such as words, is run where it can: by a test that names the
 * example. */
static void
assert_run_elsewhere (JsonObject *example)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, text_of (example, "test"), NULL);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", text_of (example, "id"));
  g_autoptr (GError) error = NULL;
  g_autofree char *source = NULL;

  g_file_get_contents (path, &source, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (source, quoted));
}

static void
test_example (gconstpointer data)
{
  JsonObject *example = (JsonObject *) data;
  const char *name;

  g_test_summary (text_of (example, "id"));
  if (json_object_has_member (example, "test")) {
    assert_run_elsewhere (example);
    return;
  }

  g_assert_true (json_object_has_member (example, "check"));
  name = text_of (example, "check");
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++) {
    if (g_str_equal (checks[i].name, name)) {
      checks[i].run (example);
      return;
    }
  }
  g_test_fail_printf ("no check is called %s", name);
}

static JsonNode *
load_examples (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "examples.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  JsonNode *root;
  char *text = NULL;
  gsize size = 0;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (text, size);
  root = upkeep_json_parse (bytes, size, &error);
  g_assert_no_error (error);
  return root;
}

int
main (int argc, char *argv[])
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *examples;

  g_test_init (&argc, &argv, NULL);
  root = load_examples ();
  examples = json_object_get_array_member (json_node_get_object (root), "examples");
  for (guint i = 0; i < json_array_get_length (examples); i++) {
    JsonObject *example = json_array_get_object_element (examples, i);
    g_autofree char *path = g_strconcat ("/model/examples/", text_of (example, "id"), NULL);

    g_test_add_data_func (path, example, test_example);
  }
  return g_test_run ();
}

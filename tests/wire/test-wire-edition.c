/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-edition.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define FIRST       "midjourney-2023-03.json"
#define FIRST_2024  "midjourney-2024.json"
#define FIRST_2025  "midjourney-2025-04.json"
#define SECOND      "minara-2026-06.json"
#define SECOND_2025 "minara-2025-08.json"
#define MAGAZINE    "midjourney-magazine-2023.json"

static UpkeepEdition *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  UpkeepEdition *edition;
  char *contents = NULL;
  gsize size = 0;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (contents, size);
  edition = upkeep_wire_parse_edition (bytes, &error);
  g_assert_no_error (error);
  g_assert_nonnull (edition);
  return edition;
}

static UpkeepEdition *
load_shipped (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("UPKEEP_CATALOGUES"), name, NULL);

  return load (path);
}

static UpkeepEdition *
load_third (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "catalogues", "third.json", NULL);

  return load (path);
}

static void
assert_words (char **words, const char *expected)
{
  g_autofree char *joined = g_strjoinv (" ", words);

  g_assert_cmpstr (joined, ==, expected);
}

static void
assert_text (const UpkeepText *text,
             const char *en,
             const char *zh_hans,
             const char *zh_hant,
             const char *fr)
{
  g_assert_cmpstr (text->in[UPKEEP_LANGUAGE_EN], ==, en);
  g_assert_cmpstr (text->in[UPKEEP_LANGUAGE_ZH_HANS], ==, zh_hans);
  g_assert_cmpstr (text->in[UPKEEP_LANGUAGE_ZH_HANT], ==, zh_hant);
  g_assert_cmpstr (text->in[UPKEEP_LANGUAGE_FR], ==, fr);
}

typedef struct {
  const char *id;
  UpkeepPlanKind kind;
  gboolean offered;
  gint64 month_minor;
  gint64 year_minor;
  gint64 allowance;
  const char *modes;
  const char *features;
  const char *name_zh_hans;
} PlanVector;

static void
assert_plans (const UpkeepEdition *edition, const PlanVector *vectors, guint n_vectors)
{
  g_assert_cmpuint (edition->plans->len, ==, n_vectors);
  for (guint i = 0; i < n_vectors; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    g_test_message ("plan %s", vectors[i].id);
    g_assert_cmpstr (plan->id, ==, vectors[i].id);
    g_assert_cmpint (plan->tier, ==, (int) i);
    g_assert_cmpint (plan->kind, ==, vectors[i].kind);
    g_assert_cmpint (plan->offered, ==, vectors[i].offered);
    g_assert_cmpint (plan->price_minor[UPKEEP_INTERVAL_NONE], ==, -1);
    g_assert_cmpint (plan->price_minor[UPKEEP_INTERVAL_MONTH], ==, vectors[i].month_minor);
    g_assert_cmpint (plan->price_minor[UPKEEP_INTERVAL_YEAR], ==, vectors[i].year_minor);
    g_assert_cmpint (plan->allowance, ==, vectors[i].allowance);
    g_assert_cmpint (plan->allowance_once, ==, vectors[i].kind == UPKEEP_PLAN_TRIAL);
    assert_words (plan->modes, vectors[i].modes);
    assert_words (plan->features, vectors[i].features);
    g_assert_cmpstr (plan->name.in[UPKEEP_LANGUAGE_ZH_HANS], ==, vectors[i].name_zh_hans);
  }
}

static void
assert_queue (const UpkeepEdition *edition, const char *id, UpkeepQueue expected)
{
  const UpkeepPlan *plan = upkeep_edition_find_plan (edition, id);

  g_test_message ("queue of %s", id);
  g_assert_cmpint (plan->queue.running_total, ==, expected.running_total);
  for (gsize i = 0; i < UPKEEP_MODES_MAX; i++)
    g_assert_cmpint (plan->queue.running[i], ==, expected.running[i]);
  g_assert_cmpint (plan->queue.waiting, ==, expected.waiting);
}

/* How much less a year costs than twelve months, rounded to the percent. */
static gint64
saving_percent (const UpkeepEdition *edition, const char *id)
{
  const UpkeepPlan *plan = upkeep_edition_find_plan (edition, id);
  gint64 months = 12 * plan->price_minor[UPKEEP_INTERVAL_MONTH];
  gint64 saved = months - plan->price_minor[UPKEEP_INTERVAL_YEAR];

  return (200 * saved + months) / (2 * months);
}

static void
assert_grant (
    const UpkeepEdition *edition, UpkeepGrantKind kind, int rank, int days, gboolean needs)
{
  const UpkeepGrantPolicy *grant = &edition->policy.grants[kind];

  g_test_message ("grant %d", (int) kind);
  g_assert_cmpint (grant->rank, ==, rank);
  g_assert_cmpint (grant->expires_days, ==, days);
  g_assert_cmpint (grant->needs_subscription, ==, needs);
}

static void
assert_past_due (const UpkeepEdition *edition, gboolean access_kept)
{
  const UpkeepPastDuePolicy *past_due = &edition->policy.past_due;

  /* 0.10 */
  g_assert_false (past_due->cancel_allowed);
  g_assert_cmpint (past_due->access_kept, ==, access_kept);
  g_assert_cmpint (past_due->n_retries, ==, 3);
  g_assert_cmpint (past_due->retry_days[0], ==, 1);
  g_assert_cmpint (past_due->retry_days[1], ==, 3);
  g_assert_cmpint (past_due->retry_days[2], ==, 5);
  g_assert_cmpint (past_due->end_days, ==, 7);
}

/* 0.18: 27 countries of the EU and 3 more of the EEA, and Taiwan. */
static void
assert_overrides (const UpkeepEdition *edition)
{
  const UpkeepOverride *eu, *tw;

  g_assert_cmpuint (edition->policy.overrides->len, ==, 2);
  eu = g_ptr_array_index (edition->policy.overrides, 0);
  g_assert_false (eu->promotion);
  g_assert_cmpint (eu->days, ==, 14);
  g_assert_cmpint (eu->amount, ==, UPKEEP_OVERRIDE_UNUSED_SHARE);
  assert_words (eu->countries, "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT "
                               "NL NO PL PT RO SE SI SK");
  tw = g_ptr_array_index (edition->policy.overrides, 1);
  g_assert_false (tw->promotion);
  g_assert_cmpint (tw->days, ==, 7);
  g_assert_cmpint (tw->amount, ==, UPKEEP_OVERRIDE_FULL);
  assert_words (tw->countries, "TW");
}

/* A-02, A-08, A-09, A-10, A-11, A-13, A-14, A-17, A-61, 0.2, 0.13, 0.23, X-11, X-12, 4.11;
 * mj-yearly-price-basic, -standard, -pro, -mega, mj-fast-minutes-per-plan */
static const PlanVector first_plans[] = {
    {"trial", UPKEEP_PLAN_TRIAL, FALSE, -1, -1, 1500, "fast", "", "免费试用"},
    {"basic", UPKEEP_PLAN_PAID, TRUE, 1000, 9600, 12000, "fast",
     "gallery direct_messages rate_images", "基础计划"},
    {"standard", UPKEEP_PLAN_PAID, TRUE, 3000, 28800, 54000, "fast relax",
     "gallery direct_messages rate_images", "标准计划"},
    {"pro", UPKEEP_PLAN_PAID, TRUE, 6000, 57600, 108000, "fast relax",
     "gallery direct_messages stealth rate_images", "专业计划"},
    {"mega", UPKEEP_PLAN_PAID, TRUE, 12000, 115200, 216000, "fast relax",
     "gallery direct_messages stealth rate_images", "超级计划"},
};

/* 0.1: each edition of the first service, the number of its plans, and whether it is the default
 * one */
static const struct {
  const char *file;
  const char *id;
  guint n_plans;
  gboolean is_default;
} first_editions[] = {
    {FIRST, "2023-03", 4, TRUE},
    {FIRST_2024, "2024", 5, FALSE},
    {FIRST_2025, "2025-04", 4, FALSE},
};

static void
test_first_plans (void)
{
  g_test_summary ("Midjourney's editions have the plans, prices and limits of their sources");
  for (gsize i = 0; i < G_N_ELEMENTS (first_editions); i++) {
    g_autoptr (UpkeepEdition) edition = load_shipped (first_editions[i].file);

    g_test_message ("%s", first_editions[i].file);
    g_assert_cmpstr (edition->service, ==, "midjourney");
    g_assert_cmpstr (edition->id, ==, first_editions[i].id);
    g_assert_cmpint (edition->is_default, ==, first_editions[i].is_default);
    g_assert_cmpstr (edition->currency, ==, "USD");
    assert_plans (edition, first_plans, first_editions[i].n_plans);

    /* A-15, A-16, 0.15, X-12 */
    assert_queue (edition, "trial", (UpkeepQueue){.running_total = 3, .waiting = 10});
    assert_queue (edition, "basic", (UpkeepQueue){.running_total = 3, .waiting = 10});
    assert_queue (edition, "standard", (UpkeepQueue){.running_total = 3, .waiting = 10});
    assert_queue (edition, "pro", (UpkeepQueue){.running = {12, 3}, .waiting = 10});
    if (upkeep_edition_find_plan (edition, "mega") != NULL)
      assert_queue (edition, "mega", (UpkeepQueue){.running = {12, 3}, .waiting = 10});

    /* A-03, and the month's share of A-09 */
    for (guint j = 1; j < edition->plans->len; j++) {
      const UpkeepPlan *plan = g_ptr_array_index (edition->plans, j);

      g_assert_cmpint (saving_percent (edition, plan->id), ==, 20);
      g_assert_cmpint (plan->price_minor[UPKEEP_INTERVAL_YEAR] * 10, ==,
                       plan->price_minor[UPKEEP_INTERVAL_MONTH] * 12 * 8);
    }
  }
}

static void
test_first_summaries (void)
{
  g_test_summary ("Each plan of Midjourney says whom it is for");
  for (gsize i = 0; i < G_N_ELEMENTS (first_editions); i++) {
    g_autoptr (UpkeepEdition) edition = load_shipped (first_editions[i].file);

    g_test_message ("%s", first_editions[i].file);
    /* B-03 */
    assert_text (&upkeep_edition_find_plan (edition, "basic")->summary,
                 "Limited GPU time, for casual users.", "GPU 时间有限，适合偶尔使用的用户。",
                 "GPU 時間有限，適合偶爾使用的使用者。",
                 "Un temps GPU limité, pour un usage occasionnel.");
    /* B-04 */
    assert_text (&upkeep_edition_find_plan (edition, "standard")->summary,
                 "More GPU time and extra features, for regular users.",
                 "更多 GPU 时间和附加功能，适合经常使用的用户。",
                 "更多 GPU 時間與附加功能，適合經常使用的使用者。",
                 "Plus de temps GPU et des fonctions supplémentaires, pour un usage régulier.");
    /* B-05, G-08 */
    assert_text (&upkeep_edition_find_plan (edition, "pro")->summary,
                 "Much GPU time and advanced features, for professionals.",
                 "大量 GPU 时间和高级功能，适合专业人士。",
                 "大量 GPU 時間與進階功能，適合專業人士。",
                 "Beaucoup de temps GPU et des fonctions avancées, pour les professionnels.");
  }
}

static const UpkeepFootnote *
find_footnote (const UpkeepEdition *edition, const char *id)
{
  for (guint i = 0; i < edition->footnotes->len; i++) {
    const UpkeepFootnote *footnote = g_ptr_array_index (edition->footnotes, i);

    if (g_str_equal (footnote->id, id))
      return footnote;
  }

  g_assert_not_reached ();
}

/* What a note says, in every language: words that are the same in all of them. */
static void
assert_says (const UpkeepText *text, const char *words)
{
  for (gsize i = 0; i < UPKEEP_N_LANGUAGES; i++)
    g_assert_nonnull (strstr (text->in[i], words));
}

static void
assert_first_notes (const UpkeepEdition *edition)
{
  const UpkeepFootnote *rights = find_footnote (edition, "rights");
  const UpkeepFootnote *benefits = find_footnote (edition, "common_benefits");
  const UpkeepFootnote *deleted = find_footnote (edition, "deleted_discord");

  /* A-19, A-20 */
  g_assert_true (
      g_str_has_prefix (rights->text.in[UPKEEP_LANGUAGE_EN],
                        "* If you have ever subscribed, you may use your images freely"));
  g_assert_nonnull (strstr (rights->text.in[UPKEEP_LANGUAGE_EN], "more than $1,000,000"));
  assert_says (&rights->text, "*");
  /* A-04, B-06 */
  assert_text (
      &benefits->text,
      "Every paid plan includes the community gallery, the official Discord and general "
      "commercial terms.",
      "每个付费计划都包括社区图库、官方 Discord 和一般商业条款。",
      "每個付費方案都包括社群圖庫、官方 Discord 與一般商業條款。",
      "Chaque forfait payant comprend la galerie de la communauté, le Discord officiel et les "
      "conditions commerciales générales.");
  /* B-28, B-29, C-29, C-30 */
  assert_says (&deleted->text, "Discord");
  g_assert_true (g_str_has_prefix (
      deleted->text.in[UPKEEP_LANGUAGE_EN],
      "Deleting your Discord account does not cancel your subscription, and without that account "
      "you cannot sign in to cancel. Cancel first;"));
}

static void
assert_first_rows (const UpkeepEdition *edition)
{
  /* A-07..A-18 */
  static const struct {
    const char *id;
    UpkeepRowKind kind;
    UpkeepInterval interval;
    const char *subject;
  } rows[] = {
      {"price_month", UPKEEP_ROW_PRICE, UPKEEP_INTERVAL_MONTH, NULL},           /* A-08 */
      {"price_year", UPKEEP_ROW_PRICE, UPKEEP_INTERVAL_YEAR, NULL},             /* A-09 */
      {"fast_time", UPKEEP_ROW_ALLOWANCE, UPKEEP_INTERVAL_NONE, NULL},          /* A-10 */
      {"relax_time", UPKEEP_ROW_MODE, UPKEEP_INTERVAL_NONE, "relax"},           /* A-11 */
      {"extra_time", UPKEEP_ROW_TOPUP_PRICE, UPKEEP_INTERVAL_NONE, NULL},       /* A-12 */
      {"direct_messages", UPKEEP_ROW_FEATURE, 0, "direct_messages"},            /* A-13 */
      {"stealth", UPKEEP_ROW_FEATURE, UPKEEP_INTERVAL_NONE, "stealth"},         /* A-14 */
      {"queue", UPKEEP_ROW_QUEUE, UPKEEP_INTERVAL_NONE, NULL},                  /* A-15, A-16 */
      {"rate_images", UPKEEP_ROW_FEATURE, UPKEEP_INTERVAL_NONE, "rate_images"}, /* A-17 */
      {"rights", UPKEEP_ROW_TEXT, UPKEEP_INTERVAL_NONE, NULL},                  /* A-18 */
  };
  const UpkeepPlanRow *rights;
  const UpkeepFootnote *footnote;

  g_assert_cmpuint (edition->rows->len, ==, G_N_ELEMENTS (rows));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const UpkeepPlanRow *row = g_ptr_array_index (edition->rows, i);

    g_test_message ("row %s", rows[i].id);
    g_assert_cmpstr (row->id, ==, rows[i].id);
    g_assert_cmpint (row->kind, ==, rows[i].kind);
    g_assert_cmpint (row->interval, ==, rows[i].interval);
    g_assert_cmpstr (row->subject, ==, rows[i].subject);
  }

  /* A-18 */
  rights = g_ptr_array_index (edition->rows, edition->rows->len - 1);
  g_assert_cmpuint (rights->cells->len, ==, edition->plans->len);
  assert_text (g_ptr_array_index (rights->cells, 0), "CC BY-NC 4.0", "CC BY-NC 4.0", "CC BY-NC 4.0",
               "CC BY-NC 4.0");
  for (guint i = 1; i < rights->cells->len; i++)
    assert_text (g_ptr_array_index (rights->cells, i), "General commercial terms*", "一般商业条款*",
                 "一般商業條款*", "Conditions commerciales générales*");

  /* A-21 */
  footnote = g_ptr_array_index (edition->footnotes, 0);
  g_assert_cmpstr (footnote->id, ==, "rights");
  g_assert_cmpstr (footnote->link, ==, "https://docs.midjourney.com/terms-of-service");
  assert_text (&footnote->link_text, "Terms of Service", "服务条款", "服務條款",
               "Conditions d’utilisation");
}

static void
test_first_rows (void)
{
  g_test_summary ("Midjourney's comparison has ten rows in the order of its page");
  for (gsize i = 0; i < G_N_ELEMENTS (first_editions); i++) {
    g_autoptr (UpkeepEdition) edition = load_shipped (first_editions[i].file);

    g_test_message ("%s", first_editions[i].file);
    assert_first_rows (edition);
    assert_first_notes (edition);
  }
}

typedef struct {
  const char *id;
  UpkeepMetric metric;
  UpkeepScope scope;
  gint64 limit;
  gboolean is_percent;
} ClauseVector;

static void
assert_clauses (const UpkeepEdition *edition, const ClauseVector *vectors, guint n_vectors)
{
  g_assert_nonnull (edition->policy.refund.id);
  g_assert_cmpuint (edition->policy.refund.any_of->len, ==, n_vectors);
  for (guint i = 0; i < n_vectors; i++) {
    const UpkeepRefundClause *clause = g_ptr_array_index (edition->policy.refund.any_of, i);

    g_test_message ("clause %s", vectors[i].id);
    g_assert_cmpstr (clause->id, ==, vectors[i].id);
    g_assert_cmpint (clause->metric, ==, vectors[i].metric);
    g_assert_cmpint (clause->scope, ==, vectors[i].scope);
    g_assert_cmpint (clause->limit, ==, vectors[i].limit);
    g_assert_cmpint (clause->limit_is_percent, ==, vectors[i].is_percent);
  }
}

/* What does not differ among the editions of the first service. */
static void
assert_first_policy (const UpkeepEdition *edition)
{
  const UpkeepPolicy *policy = &edition->policy;
  const UpkeepMode *fast, *relax;

  /* A-56..A-60, X-13, 0.12 */
  g_assert_cmpstr (edition->meter.id, ==, "gpu");
  g_assert_cmpstr (edition->meter.unit, ==, "gpu_second");
  g_assert_cmpuint (edition->meter.modes->len, ==, 2);
  fast = upkeep_edition_get_mode (edition, 0);
  g_assert_cmpstr (fast->id, ==, "fast");
  g_assert_true (fast->metered);
  g_assert_cmpint (fast->wait_max_minutes, ==, 0);
  relax = upkeep_edition_get_mode (edition, policy->mode_fallback);
  g_assert_cmpstr (relax->id, ==, "relax");
  g_assert_false (relax->metered);
  g_assert_cmpint (relax->wait_min_minutes, ==, 1);
  g_assert_cmpint (relax->wait_max_minutes, ==, 10);

  /* 0.7; mj-bonus-expiry */
  assert_grant (edition, UPKEEP_GRANT_PLAN, 1, -1, FALSE);
  assert_grant (edition, UPKEEP_GRANT_EARNED, 1, 30, TRUE);
  assert_grant (edition, UPKEEP_GRANT_PROMOTIONAL, 2, -1, FALSE);
  assert_grant (edition, UPKEEP_GRANT_REWARD, 2, -1, FALSE);

  /* A-33..A-37, X-04..X-07, 0.3, 0.5; mj-upgrade-immediate-resets-renewal */
  g_assert_true (policy->upgrade_at[UPKEEP_TIMING_IMMEDIATE]);
  g_assert_true (policy->upgrade_at[UPKEEP_TIMING_PERIOD_END]);
  g_assert_false (policy->downgrade_at[UPKEEP_TIMING_IMMEDIATE]);
  g_assert_true (policy->downgrade_at[UPKEEP_TIMING_PERIOD_END]);
  g_assert_cmpint (policy->proration, ==, UPKEEP_PRORATION_USAGE_CREDIT);
  g_assert_cmpint (policy->proration_rounding, ==, UPKEEP_ROUNDING_HALF_UP);
  g_assert_cmpint (policy->upgrade_anchor, ==, UPKEEP_ANCHOR_RESET);
  g_assert_cmpint (policy->upgrade_grant, ==, UPKEEP_UPGRADE_GRANT_FULL);
  for (UpkeepInterval from = UPKEEP_INTERVAL_MONTH; from <= UPKEEP_INTERVAL_YEAR; from++)
    for (UpkeepInterval to = UPKEEP_INTERVAL_MONTH; to <= UPKEEP_INTERVAL_YEAR; to++)
      g_assert_cmpint (policy->interval_rules[from][to], ==, UPKEEP_INTERVAL_RULE_ANY);

  g_assert_cmpint (policy->refund.business_days, ==, 10); /* B-24, 0.17 */
  assert_overrides (edition);

  /* A-12, A-48, A-51, CONTRACT 5; mj-extra-hour-price */
  g_assert_cmpint (policy->topup.lot, ==, 3600);
  g_assert_cmpint (policy->topup.lot_price_minor, ==, 400);
  g_assert_cmpint (policy->topup.lots_max, ==, 100);
  g_assert_true (policy->topup.experimental);
  g_assert_false (policy->topup.needs_zero_balance);

  assert_past_due (edition, FALSE);
  assert_words (policy->suspended_features, "");
  g_assert_cmpint (policy->company_revenue_over_usd, ==, 1000000);     /* A-20 */
  assert_words (policy->payment_methods, "card google_pay apple_pay"); /* A-25, A-27, A-28 */
  g_assert_false (policy->needs_invoice_number);
}

static void
test_first_policy (void)
{
  /* A-45, C-10, X-01, 0.9: the 1 % of a month */
  static const ClauseVector clauses[] = {
      {"lt_1pct", UPKEEP_METRIC_UNITS, UPKEEP_SCOPE_MONTH, 1, TRUE}};
  g_autoptr (UpkeepEdition) edition = load_shipped (FIRST);

  g_test_summary ("Midjourney 2023-03 has the rules of its sources");
  assert_first_policy (edition);
  assert_clauses (edition, clauses, G_N_ELEMENTS (clauses));
  g_assert_cmpint (edition->policy.refund.at_most_count, ==, 0); /* 0.37 */
  /* A-53, A-54, X-09, X-10, 0.8; mj-purchased-never-expires, mj-frozen-without-subscription */
  assert_grant (edition, UPKEEP_GRANT_PURCHASED, 3, -1, TRUE);
  g_assert_cmpint (edition->policy.topup.kind, ==, UPKEEP_TOPUP_METERED);
  assert_words (edition->policy.company_plans, "pro"); /* A-20 */
}

static void
test_first_policy_2024 (void)
{
  /* X-01, 0.1; mj-refund-20-lifetime */
  static const ClauseVector clauses[] = {
      {"lt_20_minutes", UPKEEP_METRIC_UNITS, UPKEEP_SCOPE_LIFETIME, 1200, FALSE}};
  g_autoptr (UpkeepEdition) edition = load_shipped (FIRST_2024);

  g_test_summary ("Midjourney 2024 refunds by the lifetime and sells hours ahead, for 60 days");
  assert_first_policy (edition);
  assert_clauses (edition, clauses, G_N_ELEMENTS (clauses));
  g_assert_cmpint (edition->policy.refund.at_most_count, ==, 0); /* 0.37 */
  /* 0.1, X-09, X-10; mj-purchased-60-days */
  assert_grant (edition, UPKEEP_GRANT_PURCHASED, 3, 60, TRUE);
  g_assert_cmpint (edition->policy.topup.kind, ==, UPKEEP_TOPUP_PREPAID);
  assert_words (edition->policy.company_plans, "pro mega"); /* X-26 */
}

static void
test_first_policy_2025 (void)
{
  /* B-21, X-01, 0.1 */
  static const ClauseVector clauses[] = {
      {"lt_20_minutes", UPKEEP_METRIC_UNITS, UPKEEP_SCOPE_SUBSCRIPTION, 1200, FALSE},
      {"lt_20_images", UPKEEP_METRIC_IMAGES, UPKEEP_SCOPE_SUBSCRIPTION, 20, FALSE},
  };
  g_autoptr (UpkeepEdition) edition = load_shipped (FIRST_2025);

  g_test_summary ("Midjourney 2025-04 differs from 2023-03 in its refund rule");
  assert_first_policy (edition);
  assert_clauses (edition, clauses, G_N_ELEMENTS (clauses));
  /* 0.37 */
  g_assert_cmpint (edition->policy.refund.at_most_count, ==, 1);
  g_assert_cmpint (edition->policy.refund.at_most_days, ==, 365);
  /* 0.1: as 2023-03 */
  assert_grant (edition, UPKEEP_GRANT_PURCHASED, 3, -1, TRUE);
  g_assert_cmpint (edition->policy.topup.kind, ==, UPKEEP_TOPUP_METERED);
  assert_words (edition->policy.company_plans, "pro");
}

static void
test_second_plans (void)
{
  /* 4.11, 0.23, 0.24, X-24; minara-expired-to-free-300 */
  static const PlanVector plans[] = {
      {"free", UPKEEP_PLAN_FREE, TRUE, -1, -1, 300, "", "chat", "免费计划"},
      {"lite", UPKEEP_PLAN_PAID, TRUE, 1900, 19200, 1400, "",
       "chat deep_research create_workflow run_workflow_with_minara_call", "轻量计划"},
      {"starter", UPKEEP_PLAN_PAID, TRUE, 4900, 48000, 4000, "",
       "chat deep_research create_workflow run_workflow_with_minara_call", "入门计划"},
      {"pro", UPKEEP_PLAN_PAID, TRUE, 19900, 198000, 20000, "",
       "chat deep_research create_workflow run_workflow_with_minara_call api", "专业计划"},
      {"partner", UPKEEP_PLAN_PAID, TRUE, 59900, 596400, 60000, "",
       "chat deep_research create_workflow run_workflow_with_minara_call api", "合作伙伴计划"},
  };
  /* minara-yearly-saving-lite, -starter, -pro, -partner */
  static const struct {
    const char *plan;
    gint64 percent;
  } savings[] = {{"lite", 16}, {"starter", 18}, {"pro", 17}, {"partner", 17}};
  /* 4.11: workflows, invites, Sparks; a dash where there are none */
  static const struct {
    const char *row;
    const char *cells[5];
  } cells[] = {
      {"active_workflows", {"0", "5", "20", "50", "200"}},
      {"invites", {"0", "5", "10", "15", "20"}},
      {"bonus_sparks", {NULL, "190", "490", "1,990", "Not published"}},
  };
  g_autoptr (UpkeepEdition) edition = load_shipped (SECOND);

  g_test_summary ("Minara 2026-06 has the plans, prices and extras of its table");
  g_assert_cmpstr (edition->service, ==, "minara");
  g_assert_cmpstr (edition->id, ==, "2026-06");
  g_assert_true (edition->is_default); /* 0.1 */
  g_assert_cmpstr (edition->currency, ==, "USD");
  assert_plans (edition, plans, G_N_ELEMENTS (plans));
  for (gsize i = 0; i < G_N_ELEMENTS (savings); i++)
    g_assert_cmpint (saving_percent (edition, savings[i].plan), ==, savings[i].percent);
  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    assert_queue (edition, plans[i].id, (UpkeepQueue){0});

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++) {
    const UpkeepPlanRow *row = NULL;

    for (guint j = 0; j < edition->rows->len; j++) {
      row = g_ptr_array_index (edition->rows, j);
      if (g_str_equal (row->id, cells[i].row))
        break;
    }
    g_test_message ("row %s", cells[i].row);
    g_assert_cmpstr (row->id, ==, cells[i].row);
    g_assert_cmpuint (row->cells->len, ==, G_N_ELEMENTS (cells[i].cells));
    for (guint j = 0; j < row->cells->len; j++) {
      const UpkeepText *text = g_ptr_array_index (row->cells, j);

      g_assert_cmpstr (text != NULL ? text->in[UPKEEP_LANGUAGE_EN] : NULL, ==, cells[i].cells[j]);
    }
  }
}

/* What does not differ between the editions of the second service. */
static void
assert_second_policy (const UpkeepEdition *edition)
{
  /* 4.11, 0.24; minara-pack-19, -49, -89 */
  static const UpkeepPack packs[] = {{800, 1900}, {2200, 4900}, {4400, 8900}};
  const UpkeepPolicy *policy = &edition->policy;

  g_assert_cmpstr (edition->meter.id, ==, "credits");
  g_assert_cmpstr (edition->meter.unit, ==, "credit");
  g_assert_cmpuint (edition->meter.modes->len, ==, 0);
  g_assert_cmpint (policy->mode_fallback, ==, -1);

  /* 0.7, 0.28, D-23..D-29; minara-credit-order, minara-topup-june29, -july1 */
  assert_grant (edition, UPKEEP_GRANT_PLAN, 1, -1, FALSE);
  assert_grant (edition, UPKEEP_GRANT_REWARD, 2, -1, FALSE);
  assert_grant (edition, UPKEEP_GRANT_EARNED, 2, 30, TRUE);
  assert_grant (edition, UPKEEP_GRANT_PROMOTIONAL, 2, -1, FALSE);
  assert_grant (edition, UPKEEP_GRANT_PURCHASED, 3, -1, TRUE);

  /* D-09..D-12, D-17, X-04..X-07, 0.4 */
  g_assert_true (policy->upgrade_at[UPKEEP_TIMING_IMMEDIATE]);
  g_assert_false (policy->upgrade_at[UPKEEP_TIMING_PERIOD_END]);
  g_assert_false (policy->downgrade_at[UPKEEP_TIMING_IMMEDIATE]);
  g_assert_true (policy->downgrade_at[UPKEEP_TIMING_PERIOD_END]);
  g_assert_cmpint (policy->proration, ==, UPKEEP_PRORATION_PRICE_DIFFERENCE);
  g_assert_cmpint (policy->upgrade_anchor, ==, UPKEEP_ANCHOR_KEEP);
  g_assert_cmpint (policy->upgrade_grant, ==, UPKEEP_UPGRADE_GRANT_DIFFERENCE);

  /* D-18..D-21; minara-switch-* */
  g_assert_cmpint (policy->interval_rules[UPKEEP_INTERVAL_MONTH][UPKEEP_INTERVAL_MONTH], ==,
                   UPKEEP_INTERVAL_RULE_ANY);
  g_assert_cmpint (policy->interval_rules[UPKEEP_INTERVAL_YEAR][UPKEEP_INTERVAL_YEAR], ==,
                   UPKEEP_INTERVAL_RULE_ANY);
  g_assert_cmpint (policy->interval_rules[UPKEEP_INTERVAL_MONTH][UPKEEP_INTERVAL_YEAR], ==,
                   UPKEEP_INTERVAL_RULE_SAME_OR_HIGHER);
  g_assert_cmpint (policy->interval_rules[UPKEEP_INTERVAL_YEAR][UPKEEP_INTERVAL_MONTH], ==,
                   UPKEEP_INTERVAL_RULE_UNSUPPORTED);

  /* D-06, D-35, D-38..D-41, X-03; minara-no-refund-* */
  g_assert_null (policy->refund.id);
  g_assert_cmpuint (policy->refund.any_of->len, ==, 0);
  assert_overrides (edition);

  g_assert_cmpint (policy->topup.kind, ==, UPKEEP_TOPUP_PACKS);
  g_assert_true (policy->topup.needs_zero_balance); /* D-22, X-08 */
  g_assert_cmpuint (policy->topup.packs->len, ==, G_N_ELEMENTS (packs));
  for (guint i = 0; i < G_N_ELEMENTS (packs); i++) {
    const UpkeepPack *pack = g_ptr_array_index (policy->topup.packs, i);

    g_assert_cmpint (pack->quantity, ==, packs[i].quantity);
    g_assert_cmpint (pack->price_minor, ==, packs[i].price_minor);
  }

  /* D-30..D-34; minara-suspension */
  assert_words (policy->suspended_features,
                "chat deep_research create_workflow run_workflow_with_minara_call");
  assert_past_due (edition, TRUE);
  g_assert_cmpint (policy->company_revenue_over_usd, ==, -1);
  assert_words (policy->company_plans, "");
  assert_words (policy->payment_methods, "card usdc"); /* X-28 */
}

static void
test_second_policy (void)
{
  static const char *const files[] = {SECOND, SECOND_2025};

  g_test_summary ("Minara's editions have the rules of their sources");
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (UpkeepEdition) edition = load_shipped (files[i]);

    g_test_message ("%s", files[i]);
    assert_second_policy (edition);
  }
}

static void
test_second_plans_2025 (void)
{
  /* D-13, D-15, X-24, 0.1, 0.24; minara-upgrade-charge, -credits: no prices for a year are known */
  static const PlanVector plans[] = {
      {"free", UPKEEP_PLAN_FREE, TRUE, -1, -1, 300, "", "chat", "免费计划"},
      {"starter", UPKEEP_PLAN_PAID, TRUE, 4900, -1, 2600, "",
       "chat deep_research create_workflow run_workflow_with_minara_call", "入门计划"},
      {"partner", UPKEEP_PLAN_PAID, TRUE, 19900, -1, 41500, "",
       "chat deep_research create_workflow run_workflow_with_minara_call", "合作伙伴计划"},
  };
  g_autoptr (UpkeepEdition) edition = load_shipped (SECOND_2025);

  g_test_summary ("Minara 2025-08 has the two plans of which figures are known, and the free one");
  g_assert_cmpstr (edition->service, ==, "minara");
  g_assert_cmpstr (edition->id, ==, "2025-08");
  g_assert_false (edition->is_default); /* 0.1 */
  g_assert_cmpstr (edition->currency, ==, "USD");
  assert_plans (edition, plans, G_N_ELEMENTS (plans));
  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    assert_queue (edition, plans[i].id, (UpkeepQueue){0});
}

static void
test_magazine (void)
{
  /* 0.16, 0.23: by the month only */
  static const PlanVector plans[] = {
      {"magazine", UPKEEP_PLAN_PAID, TRUE, 400, -1, 1, "", "", "杂志"}};
  /* C-45, C-46, CONTRACT 8; mj-magazine-refund */
  static const ClauseVector clauses[] = {
      {"not_shipped", UPKEEP_METRIC_UNITS, UPKEEP_SCOPE_MONTH, 1, FALSE}};
  g_autoptr (UpkeepEdition) edition = load_shipped (MAGAZINE);
  const UpkeepPolicy *policy = &edition->policy;

  g_test_summary ("The magazine is a service of its own, cancelled by an invoice's number");
  g_assert_cmpstr (edition->service, ==, "midjourney-magazine"); /* C-40 */
  g_assert_cmpstr (edition->id, ==, "2023");
  g_assert_true (edition->is_default);
  g_assert_cmpstr (edition->currency, ==, "USD");
  g_assert_cmpstr (edition->meter.id, ==, "issues");
  g_assert_cmpstr (edition->meter.unit, ==, "issue");
  g_assert_true (edition->meter.shipped); /* 0.16 */
  g_assert_cmpuint (edition->meter.modes->len, ==, 0);
  assert_plans (edition, plans, G_N_ELEMENTS (plans));
  assert_queue (edition, "magazine", (UpkeepQueue){0});
  assert_clauses (edition, clauses, G_N_ELEMENTS (clauses));
  g_assert_cmpint (policy->refund.at_most_count, ==, 0); /* 0.37 */
  g_assert_cmpint (policy->refund.business_days, ==, 10);
  g_assert_true (policy->needs_invoice_number); /* C-43; mj-magazine-needs-invoice */
  g_assert_cmpint (policy->topup.kind, ==, UPKEEP_TOPUP_NONE);
  assert_overrides (edition);
  assert_past_due (edition, FALSE);
  assert_words (policy->payment_methods, "card google_pay apple_pay");
}

static void
test_third (void)
{
  static const PlanVector plans[] = {
      {"guest", UPKEEP_PLAN_FREE, TRUE, -1, -1, 0, "express", "", "访客计划"},
      {"taster", UPKEEP_PLAN_TRIAL, TRUE, -1, -1, 10, "express", "colour", "体验"},
      {"skiff", UPKEEP_PLAN_PAID, TRUE, 499, 4999, 150, "express", "colour", "小艇计划"},
      {"galleon", UPKEEP_PLAN_PAID, TRUE, 1999, -1, 900, "express overnight", "binding colour",
       "大船计划"},
  };
  static const ClauseVector clauses[] = {
      {"few_pages", UPKEEP_METRIC_UNITS, UPKEEP_SCOPE_LIFETIME, 20, FALSE},
      {"lt_5pct", UPKEEP_METRIC_UNITS, UPKEEP_SCOPE_MONTH, 5, TRUE},
      {"few_images", UPKEEP_METRIC_IMAGES, UPKEEP_SCOPE_SUBSCRIPTION, 3, FALSE},
  };
  g_autoptr (UpkeepEdition) edition = load_third ();
  const UpkeepPolicy *policy = &edition->policy;
  const UpkeepReferralTier *tier;
  const UpkeepOverride *spring;

  g_test_summary ("A service that nobody knew of loads from data alone (RULES 0.1)");
  g_assert_cmpstr (edition->service, ==, "paperboat");
  g_assert_false (edition->is_default);
  g_assert_cmpstr (edition->currency, ==, "EUR");
  g_assert_cmpstr (edition->meter.unit, ==, "page");
  assert_plans (edition, plans, G_N_ELEMENTS (plans));
  assert_queue (edition, "guest", (UpkeepQueue){0});
  assert_queue (edition, "taster", (UpkeepQueue){.running_total = 1, .waiting = 0});
  assert_queue (edition, "galleon", (UpkeepQueue){.running = {4, 8}, .waiting = 20});
  g_assert_cmpuint (edition->rows->len, ==, UPKEEP_N_ROW_KINDS);

  assert_grant (edition, UPKEEP_GRANT_PLAN, 2, -1, FALSE);
  assert_grant (edition, UPKEEP_GRANT_EARNED, 1, 45, FALSE);
  assert_grant (edition, UPKEEP_GRANT_REWARD, 1, -1, TRUE);
  assert_grant (edition, UPKEEP_GRANT_PURCHASED, 3, 60, TRUE);
  assert_grant (edition, UPKEEP_GRANT_PROMOTIONAL, 1, 7, FALSE);
  g_assert_true (policy->upgrade_at[UPKEEP_TIMING_IMMEDIATE]);
  g_assert_true (policy->upgrade_at[UPKEEP_TIMING_PERIOD_END]);
  g_assert_true (policy->downgrade_at[UPKEEP_TIMING_IMMEDIATE]);
  g_assert_false (policy->downgrade_at[UPKEEP_TIMING_PERIOD_END]);
  g_assert_cmpint (policy->proration, ==, UPKEEP_PRORATION_UNUSED_CREDIT_REFUND);
  g_assert_cmpint (policy->proration_rounding, ==, UPKEEP_ROUNDING_DOWN);
  g_assert_cmpint (policy->interval_rules[UPKEEP_INTERVAL_MONTH][UPKEEP_INTERVAL_MONTH], ==,
                   UPKEEP_INTERVAL_RULE_SAME_OR_HIGHER);
  g_assert_cmpint (policy->interval_rules[UPKEEP_INTERVAL_YEAR][UPKEEP_INTERVAL_YEAR], ==,
                   UPKEEP_INTERVAL_RULE_UNSUPPORTED);

  g_assert_cmpstr (policy->refund.id, ==, "little_used");
  assert_clauses (edition, clauses, G_N_ELEMENTS (clauses));
  g_assert_cmpint (policy->refund.at_most_count, ==, 1);
  g_assert_cmpint (policy->refund.at_most_days, ==, 365);
  g_assert_cmpint (policy->refund.business_days, ==, 5);

  spring = g_ptr_array_index (policy->overrides, 0);
  g_assert_true (spring->promotion);
  assert_words (spring->countries, "FR BE");
  g_assert_cmpint (spring->days, ==, 30);

  g_assert_cmpint (policy->topup.kind, ==, UPKEEP_TOPUP_PREPAID);
  g_assert_cmpint (policy->topup.lot, ==, 100);
  g_assert_cmpint (policy->topup.lot_price_minor, ==, 250);
  g_assert_cmpint (policy->topup.lots_max, ==, 20);
  g_assert_true (policy->past_due.cancel_allowed);
  g_assert_true (policy->past_due.access_kept);
  g_assert_cmpint (policy->past_due.n_retries, ==, 2);
  g_assert_cmpint (policy->past_due.end_days, ==, 5);
  g_assert_cmpint (policy->mode_fallback, ==, 1);
  g_assert_cmpint (policy->company_revenue_over_usd, ==, 500000);
  assert_words (policy->company_plans, "galleon");
  assert_words (policy->payment_methods, "card sepa_debit");
  g_assert_true (policy->needs_invoice_number);
  g_assert_cmpuint (policy->referral_tiers->len, ==, 2);
  tier = &g_array_index (policy->referral_tiers, UpkeepReferralTier, 1);
  g_assert_cmpint (tier->from_signups, ==, 4);
  g_assert_cmpint (tier->signup_units, ==, 0);
  g_assert_cmpint (tier->payment_units, ==, 7);
  g_assert_cmpint (tier->bonus_percent, ==, 100);
}

static JsonNode *
descend (JsonNode *node, const char *step)
{
  if (g_ascii_isdigit (*step))
    return json_array_get_element (json_node_get_array (node),
                                   (guint) g_ascii_strtoull (step, NULL, 10));
  return json_object_get_member (json_node_get_object (node), step);
}

/* Puts the JSON value @value at @path, or takes away what is there if it is NULL. An index at the
 * end of an array appends. */
static void
edit (JsonNode *root, const char *path, const char *value)
{
  g_auto (GStrv) steps = g_strsplit_set (path, ".[", -1);
  guint n_steps = g_strv_length (steps);
  JsonNode *node = root;
  const char *last = steps[n_steps - 1];
  JsonNode *made = NULL;

  for (guint i = 0; i + 1 < n_steps; i++)
    node = descend (node, steps[i]);
  if (value != NULL) {
    made = json_from_string (value, NULL);
    g_assert_nonnull (made);
  }

  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    guint length = json_array_get_length (array);
    guint index = (guint) g_ascii_strtoull (last, NULL, 10);

    /* There is no way to put an element in: turn the array once round. */
    for (guint i = 0; i < length; i++) {
      JsonNode *element = json_array_dup_element (array, 0);

      json_array_remove_element (array, 0);
      if (i != index) {
        json_array_add_element (array, element);
        continue;
      }
      json_node_unref (element);
      if (made != NULL)
        json_array_add_element (array, g_steal_pointer (&made));
    }
    if (made != NULL)
      json_array_add_element (array, made);
  } else if (made != NULL) {
    json_object_set_member (json_node_get_object (node), last, made);
  } else {
    json_object_remove_member (json_node_get_object (node), last);
  }
}

static JsonNode *
load_third_tree (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "catalogues", "third.json", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *root;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  root = json_from_string (contents, &error);
  g_assert_no_error (error);
  return root;
}

static UpkeepEdition *
parse_edited (const char *path, const char *value, GError **error)
{
  g_autoptr (JsonNode) root = load_third_tree ();
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  edit (root, path, value);
  text = json_to_string (root, FALSE);
  bytes = g_bytes_new_take (text, strlen (text));
  return upkeep_wire_parse_edition (bytes, error);
}

static void
assert_support (const UpkeepEdition *edition, const char *channels)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < edition->support->len; i++) {
    const UpkeepSupportChannel *channel = g_ptr_array_index (edition->support, i);

    g_string_append_printf (found, "%s%s=%s", i > 0 ? " " : "",
                            upkeep_support_kind_to_string (channel->kind), channel->address);
    g_assert_true (upkeep_edition_find_support (edition, channel->id) == channel);
    for (gsize language = 0; language < UPKEEP_N_LANGUAGES; language++)
      g_assert_cmpstr (channel->name.in[language], !=, "");
  }
  g_assert_cmpstr (found->str, ==, channels);
}

/* C-36..C-39: the billing e-mail first, then Reddit, then Discord; the form that is obsolete is not
 * there. C-41, C-42: of the magazine the direct link first, then its form. */
static void
test_support (void)
{
  static const char first[] = "email=mailto:billing@midjourney.com "
                              "reddit=https://www.reddit.com/message/compose/?to=/r/midjourney "
                              "discord=https://discord.gg/midjourney";
  static const struct {
    const char *file;
    const char *channels;
  } vectors[] = {
      {FIRST, first},
      {FIRST_2024, first},
      {FIRST_2025, first},
      {MAGAZINE, "link=https://www.midjourney.com/account/ form=https://mag.midjourney.com/ "
                 "email=mailto:billing@midjourney.com"},
      {SECOND, "link=https://minara.ai/docs/support"},
      {SECOND_2025, "link=https://minara.ai/docs/support"},
  };
  g_autoptr (UpkeepEdition) edition = load_shipped (FIRST);
  const UpkeepSupportChannel *reddit = upkeep_edition_find_support (edition, "reddit");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepEdition) other = load_shipped (vectors[i].file);

    g_test_message ("%s", vectors[i].file);
    assert_support (other, vectors[i].channels);
  }
  g_assert_cmpstr (reddit->needs.in[UPKEEP_LANGUAGE_EN], ==, "You need a Reddit account.");
  g_assert_null (upkeep_edition_find_support (edition, "form"));
}

/* What may be an address depends on the kind. */
static void
test_support_addresses (void)
{
  static const struct {
    const char *channel;
    const char *address;
    gboolean is_good;
  } vectors[] = {
      {"support[0].address", "mailto:a@b", TRUE},
      {"support[0].address", "mailto:", FALSE},
      {"support[0].address", "mailto:@b", FALSE},
      {"support[0].address", "mailto:a@", FALSE},
      {"support[0].address", "mailto:a@b@c", FALSE},
      {"support[0].address", "mailto:a@b,c@d", FALSE},
      {"support[0].address", "mailto:a@b?subject=x", FALSE},
      {"support[0].address", "a@b", FALSE},
      {"support[0].address", "https://paperboat.example", FALSE},
      {"support[1].address", "https://paperboat.example", TRUE},
      {"support[1].address", "https:///harbour", FALSE},
      {"support[1].address", "http://paperboat.example", FALSE},
      {"support[1].address", "mailto:a@b", FALSE},
      {"support[1].address", "javascript:alert(1)", FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autofree char *value = g_strdup_printf ("\"%s\"", vectors[i].address);
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepEdition) edition = NULL;

    g_test_message ("%s", vectors[i].address);
    edition = parse_edited (vectors[i].channel, value, &error);
    if (vectors[i].is_good) {
      g_assert_no_error (error);
      continue;
    }
    g_assert_error (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_VALUE);
    g_assert_true (g_str_has_prefix (error->message, vectors[i].channel));
  }
}

/* X-01: what the official rule lets people judge; elsewhere nobody does. */
static void
test_manual_review (void)
{
  static const char *const without[] = {FIRST, FIRST_2025, MAGAZINE, SECOND, SECOND_2025};
  g_autoptr (UpkeepEdition) edition = load_shipped (FIRST_2024);
  const UpkeepRefundClause *review = edition->policy.refund.review;

  g_assert_nonnull (review);
  g_assert_cmpstr (review->id, ==, "unused_since_renewal");
  g_assert_cmpint (review->metric, ==, UPKEEP_METRIC_UNITS);
  g_assert_cmpint (review->scope, ==, UPKEEP_SCOPE_SINCE_RENEWAL);
  g_assert_cmpint (review->limit, ==, 1);
  g_assert_cmpstr (edition->policy.refund.review_channel, ==, "billing_email");
  for (gsize i = 0; i < G_N_ELEMENTS (without); i++) {
    g_autoptr (UpkeepEdition) other = load_shipped (without[i]);

    g_assert_null (other->policy.refund.review);
    g_assert_null (other->policy.refund.review_channel);
  }
}

static UpkeepEdition *
load_magazine_with (const char *old, const char *new, GError **error)
{
  g_autofree char *path = g_build_filename (g_getenv ("UPKEEP_CATALOGUES"), MAGAZINE, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_auto (GStrv) parts = NULL;
  char *text;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  parts = g_strsplit (contents, old, -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  text = g_strjoinv (new, parts);
  bytes = g_bytes_new_take (text, strlen (text));
  return upkeep_wire_parse_edition (bytes, error);
}

/* 0.16, 0.23: what is shipped is one paid issue a month. */
static void
test_shipped (void)
{
  static const struct {
    const char *old, *new, *message;
  } vectors[] = {
      {"\"quantity\": 1,", "\"quantity\": 2,",
       "meter: is shipped, and plan magazine is not one paid issue a month"},
      {"\"quantity\": 1,", "\"quantity\": 0,",
       "policy.overrides[0].amount: is by the allotment, and plan magazine has none"},
      {"[{\"interval\": \"month\", \"amount\": 400}]",
       "[{\"interval\": \"month\", \"amount\": 400}, {\"interval\": \"year\", \"amount\": 4000}]",
       "meter: is shipped, and plan magazine is not one paid issue a month"},
      {"\"topup\": {\"kind\": \"none\"}",
       "\"topup\": {\"kind\": \"packs\", \"packs\": [{\"quantity\": 1, \"amount\": 1}], "
       "\"needs_zero_balance\": true, \"experimental\": false}",
       "meter: is shipped, and more of it is sold"},
      {"\"shipped\": true", "\"shipped\": 1", "meter.shipped: not true or false"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepEdition) edition = load_magazine_with (vectors[i].old, vectors[i].new, &error);

    g_assert_null (edition);
    g_assert_cmpstr (error->message, ==, vectors[i].message);
  }
}

#define TEXT(en) "{\"en\":" en ",\"zh-Hans\":\"a\",\"zh-Hant\":\"a\",\"fr\":\"a\"}"
#define ID_64    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void
test_refused (void)
{
  static const struct {
    const char *path;
    const char *value; /* NULL takes the member away */
    const char *message;
  } vectors[] = {
      /* Members that are missing, unknown or of the wrong type */
      {"service", NULL, "service: missing"},
      {"service", "null", "service: must not be null"},
      {"service", "7", "service: not a string"},
      {"default", "1", "default: not true or false"},
      {"colour", "true", "colour: unknown member"},
      {"plans[2].colour", "true", "plans[2].colour: unknown member"},
      {"plans[2].prices[0].currency", "\"EUR\"", "plans[2].prices[0].currency: unknown member"},
      {"policy.refund.rule.any_of[0].modes", "[]",
       "policy.refund.rule.any_of[0].modes: unknown member"},
      {"policy.topup.packs", "[]", "policy.topup.packs: unknown member"},
      {"comparison[0].cells", "[]", "comparison[0].cells: unknown member"},
      {"plans", "{}", "plans: not an array"},
      {"plans", "[]", "plans: 0 elements, where 1 to 16 are allowed"},
      {"policy", NULL, "policy: missing"},
      {"policy.grants.earned", NULL, "policy.grants.earned: missing"},
      {"policy.payment_methods", "[]",
       "policy.payment_methods: 0 elements, where 1 to 32 are allowed"},
      {"sources", "[]", "sources: 0 elements, where 1 to 32 are allowed"},
      {"sources[0].read", "\"3 February 2031\"", "sources[0].read: is not a date like 2026-05-10"},

      /* Ids */
      {"service", "\"\"", "service: is not 1 to 64 of a to z, 0 to 9, _ and -"},
      {"service", "\"Paperboat\"", "service: is not 1 to 64 of a to z, 0 to 9, _ and -"},
      {"edition", "\"2031/02\"", "edition: is not 1 to 64 of a to z, 0 to 9, _ and -"},
      {"edition", "\"" ID_64 "a\"", "edition: is not 1 to 64 of a to z, 0 to 9, _ and -"},
      {"meter.unit", "\"pàge\"", "meter.unit: is not 1 to 64 of a to z, 0 to 9, _ and -"},
      {"plans[3].id", "\"skiff\"", "plans[3].id: is there twice"},
      {"meter.modes[1].id", "\"express\"", "meter.modes[1].id: is there twice"},
      {"meter.modes[1].id", "\"total\"", "meter.modes[1].id: is the word for all modes together"},
      {"features[1].id", "\"binding\"", "features[1].id: is there twice"},
      {"comparison[1].id", "\"monthly\"", "comparison[1].id: is there twice"},
      {"footnotes[1].id", "\"terms\"", "footnotes[1].id: is there twice"},
      {"policy.refund.rule.any_of[1].id", "\"few_pages\"",
       "policy.refund.rule.any_of[1].id: is there twice"},

      /* Texts */
      {"name.fr", NULL, "name.fr: missing"},
      {"name.de", "\"a\"", "name.de: unknown member"},
      {"plans[0].summary.zh-Hant", "\"\"", "plans[0].summary.zh-Hant: is empty"},
      {"features[0].name", TEXT ("\" \\u00a0\""), "features[0].name.en: is empty"},
      {"features[0].name", TEXT ("\"a\\nb\""), "features[0].name.en: has a control character"},
      {"comparison[6].cells[2].en", "\"\"", "comparison[6].cells[2].en: is empty"},

      /* Meter */
      {"currency", "\"euro\"", "currency: is not three capital letters"},
      {"meter.modes[1].wait_minutes", "[10,1]",
       "meter.modes[1].wait_minutes[1]: is less than the "
       "shortest wait"},
      {"meter.modes[1].wait_minutes", "[10]",
       "meter.modes[1].wait_minutes: 1 elements, where 2 to "
       "2 are allowed"},
      {"meter.modes[1].wait_minutes[0]", "-1",
       "meter.modes[1].wait_minutes[0]: -1 is outside 0 to "
       "1440"},

      /* Plans */
      {"plans[2].kind", "\"free\"", "plans[2].kind: another plan is the free one"},
      {"plans[2].kind", "\"trial\"", "plans[2].kind: another plan is the trial one"},
      {"plans[2].kind", "\"gift\"", "plans[2].kind: none of paid, free, trial"},
      {"plans[2].prices", "[]", "plans[2].prices: 0 elements, where 1 to 2 are allowed"},
      {"plans[2].prices[0].amount", NULL, "plans[2].prices[0].amount: missing"},
      {"plans[2].prices[0].amount", "-1",
       "plans[2].prices[0].amount: -1 is outside 0 to 1000000000000"},
      {"plans[2].prices[0].amount", "1000000000001",
       "plans[2].prices[0].amount: 1000000000001 is outside 0 to 1000000000000"},
      {"plans[2].prices[0].interval", "\"week\"",
       "plans[2].prices[0].interval: none of month, "
       "year"},
      {"plans[2].prices[1].interval", "\"month\"", "plans[2].prices[1].interval: is there twice"},
      {"plans[0].prices[0]", "{\"interval\":\"month\",\"amount\":0}",
       "plans[0].prices: 1 elements, where 0 to 0 are allowed"},
      {"plans[2].allowance.quantity", "-1",
       "plans[2].allowance.quantity: -1 is outside 0 to 1000000000000"},
      {"plans[2].allowance.refill", "\"once\"",
       "plans[2].allowance.refill: is once, which is for a "
       "trial"},
      {"plans[2].modes[0]", "\"turbo\"", "plans[2].modes[0]: is no mode of the meter"},
      {"plans[2].modes[1]", "\"express\"", "plans[2].modes[1]: is there twice"},
      {"plans[2].modes", "[\"overnight\"]", "plans[2].modes: lacks the first mode of the meter"},
      {"plans[2].features[0]", "\"gold\"", "plans[2].features[0]: is no feature of this edition"},
      {"plans[2].queue.running", "{\"total\":0}",
       "plans[2].queue.running.total: 0 is outside 1 to 1000"},
      {"plans[3].queue.running.overnight", NULL, "plans[3].queue.running.overnight: missing"},
      {"plans[3].queue.running.turbo", "1", "plans[3].queue.running.turbo: unknown member"},
      {"plans[2].queue.running.express", "1", "plans[2].queue.running.express: unknown member"},
      {"plans[2].queue.waiting", "-1", "plans[2].queue.waiting: -1 is outside 0 to 1000"},

      /* Comparison and footnotes */
      {"comparison[0].kind", "\"colour\"",
       "comparison[0].kind: none of price, allowance, mode, topup_price, feature, queue, text"},
      {"comparison[0].interval", NULL, "comparison[0].interval: missing"},
      {"comparison[2].mode", "\"turbo\"", "comparison[2].mode: is no mode of the meter"},
      {"comparison[2].mode", "\"express\"", "comparison[2].mode: is metered"},
      {"comparison[4].feature", "\"gold\"", "comparison[4].feature: is no feature of this edition"},
      {"comparison[6].cells[3]", NULL, "comparison[6].cells: 3 cells for 4 plans"},
      {"comparison[6].cells[4]", "null", "comparison[6].cells: 5 cells for 4 plans"},
      {"policy.topup", "{\"kind\":\"none\"}",
       "comparison[3].kind: is topup_price, and the edition sells no lots"},
      {"footnotes[0].link.url", "\"http://paperboat.example/terms\"",
       "footnotes[0].link.url: is not an https address"},
      {"footnotes[0].link.url", "\"javascript:alert(1)\"",
       "footnotes[0].link.url: is not an https address"},
      {"footnotes[0].link.url", "\"https:///terms\"",
       "footnotes[0].link.url: is not an https address"},
      {"footnotes[0].link.text", NULL, "footnotes[0].link.text: missing"},

      /* Policy */
      {"policy.grants.plan.rank", "0", "policy.grants.plan.rank: 0 is outside 1 to 100"},
      {"policy.grants.earned.expires_days", "0",
       "policy.grants.earned.expires_days: 0 is outside 1 to 3650"},
      {"policy.upgrade.timing", "[]",
       "policy.upgrade.timing: 0 elements, where 1 to 2 are allowed"},
      {"policy.upgrade.timing[0]", "\"immediate\"", "policy.upgrade.timing[1]: is there twice"},
      {"policy.upgrade.proration", "\"astrology\"",
       "policy.upgrade.proration: none of usage_credit, price_difference, unused_credit_refund, "
       "time"},
      {"plans[2].allowance.quantity", "0",
       "policy.upgrade.proration: is by the allotment, and plan skiff has none"},
      {"policy.upgrade.rounding", "\"up\"", "policy.upgrade.rounding: none of half_up, down"},
      {"policy.downgrade.timing[0]", "\"never\"",
       "policy.downgrade.timing[0]: none of immediate, period_end"},
      {"policy.intervals.year_to_month", NULL, "policy.intervals.year_to_month: missing"},
      {"policy.intervals.year_to_month", "\"maybe\"",
       "policy.intervals.year_to_month: none of any, same_or_higher, unsupported"},
      {"policy.referral.tiers", "[]",
       "policy.referral.tiers: 0 elements, where 1 to 16 are allowed"},
      {"policy.referral.tiers[0].from", "2",
       "policy.referral.tiers[0].from: is not 1 in the first tier"},
      {"policy.referral.tiers[1].from", "1",
       "policy.referral.tiers[1].from: is not after the tier before it"},
      {"policy.referral.tiers[0].signup", "-1",
       "policy.referral.tiers[0].signup: -1 is outside 0 to 1000000000000"},
      {"policy.referral.tiers[0].bonus_percent", "101",
       "policy.referral.tiers[0].bonus_percent: 101 is outside 0 to 100"},
      {"policy.referral.tiers[0].sparks", "1", "policy.referral.tiers[0].sparks: unknown member"},
      {"policy.refund.rule.any_of", "[]",
       "policy.refund.rule.any_of: 0 elements, where 1 to 8 are allowed"},
      {"policy.refund.rule.any_of[0].metric", "\"gpu_seconds\"",
       "policy.refund.rule.any_of[0].metric: none of pages, images"},
      {"policy.refund.rule.any_of[0].scope", "\"year\"",
       "policy.refund.rule.any_of[0].scope: none of month, subscription, lifetime, "
       "since_last_renewal"},
      {"policy.refund.rule.any_of[0].limit", "{}",
       "policy.refund.rule.any_of[0].limit.count: missing"},
      {"policy.refund.rule.any_of[0].limit.count", "0",
       "policy.refund.rule.any_of[0].limit.count: 0 is outside 1 to 1000000000000"},
      {"policy.refund.rule.any_of[1].limit.count", "1",
       "policy.refund.rule.any_of[1].limit.count: unknown member"},
      {"policy.refund.rule.any_of[1].limit.percent_of_allowance", "101",
       "policy.refund.rule.any_of[1].limit.percent_of_allowance: 101 is outside 1 to 100"},
      {"policy.refund.rule.any_of[2].limit", "{\"percent_of_allowance\":1}",
       "policy.refund.rule.any_of[2].limit.percent_of_allowance: is for what the meter counts"},
      {"policy.refund.at_most.days", NULL, "policy.refund.at_most.days: missing"},
      {"policy.refund.rule", "null",
       "policy.refund.manual_review: goes beyond a rule, and there is none"},
      {"policy.refund.manual_review.metric", "\"gpu_seconds\"",
       "policy.refund.manual_review.metric: none of pages, images"},
      {"policy.refund.manual_review.limit.count", "0",
       "policy.refund.manual_review.limit.count: 0 is outside 1 to 1000000000000"},
      {"policy.refund.manual_review.channel", NULL, "policy.refund.manual_review.channel: missing"},
      {"policy.refund.manual_review.channel", "\"pigeon\"",
       "policy.refund.manual_review.channel: is no support channel of this edition"},
      {"policy.refund.manual_review.op", "\"<\"", "policy.refund.manual_review.op: unknown member"},
      {"support[0].kind", "\"pigeon\"",
       "support[0].kind: none of email, reddit, discord, form, link"},
      {"support[1].id", "\"office\"", "support[1].id: is there twice"},
      {"support[1].name", NULL, "support[1].name: missing"},
      {"support[1].colour", "1", "support[1].colour: unknown member"},
      {"meter.shipped", "true", "meter.modes: what is shipped has none"},
      {"policy.refund.business_days", "0", "policy.refund.business_days: 0 is outside 1 to 366"},
      {"policy.overrides[0].countries", "[]",
       "policy.overrides[0].countries: 0 elements, where 1 to 300 are allowed"},
      {"policy.overrides[0].countries[1]", "\"be\"",
       "policy.overrides[0].countries[1]: is not a country code of two capital letters"},
      {"policy.overrides[0].countries[1]", "\"BEL\"",
       "policy.overrides[0].countries[1]: is not a country code of two capital letters"},
      {"policy.overrides[0].countries[1]", "\"FR\"",
       "policy.overrides[0].countries[1]: is there twice"},
      {"policy.overrides[0].days", "0", "policy.overrides[0].days: 0 is outside 1 to 3650"},
      {"policy.topup.kind", "\"lottery\"",
       "policy.topup.kind: none of none, metered, prepaid, packs"},
      {"policy.topup.lot.quantity", "0",
       "policy.topup.lot.quantity: 0 is outside 1 to 1000000000000"},
      {"policy.topup",
       "{\"kind\":\"packs\",\"packs\":[{\"quantity\":5,\"amount\":1},{\"quantity\":5,\"amount\":2}]"
       ","
       "\"needs_zero_balance\":true,\"experimental\":false}",
       "policy.topup.packs[1].quantity: is there twice"},
      {"meter.modes[0].weight", "0", "meter.modes[0].weight: 0 is outside 1 to 100"},
      {"meter.modes[0].weight", "101", "meter.modes[0].weight: 101 is outside 1 to 100"},
      {"meter.modes[1].weight", "1", "meter.modes[1].weight: is of a mode that is not metered"},
      {"meter.estimates",
       "[{\"id\":\"a\",\"name\":{\"en\":\"A\",\"zh-Hans\":\"A\",\"zh-Hant\":\"A\",\"fr\":\"A\"},"
       "\"units\":0}]",
       "meter.estimates[0].units: 0 is outside 1 to 1000000000000"},
      {"policy.past_due.retry_days", "[2,2]",
       "policy.past_due.retry_days[1]: is not after the retry before it"},
      {"policy.past_due.retry_days", "[2,5]",
       "policy.past_due.retry_days[1]: is not before the end after 5 days"},
      {"policy.past_due.retry_days[0]", "0",
       "policy.past_due.retry_days[0]: 0 is outside 1 to 3650"},
      {"policy.past_due.end_days", "0", "policy.past_due.end_days: 0 is outside 1 to 28"},
      {"policy.past_due.end_days", "29", "policy.past_due.end_days: 29 is outside 1 to 28"},
      {"policy.past_due.access", "\"half\"", "policy.past_due.access: none of suspend, keep"},
      {"policy.modes.fallback", "\"turbo\"", "policy.modes.fallback: is no mode of the meter"},
      {"policy.modes.fallback", "\"express\"", "policy.modes.fallback: is metered"},
      {"policy.suspension.features[0]", "\"gold\"",
       "policy.suspension.features[0]: is no feature of this edition"},
      {"policy.company.plans[0]", "\"raft\"",
       "policy.company.plans[0]: is no plan of this edition"},
      {"policy.company.revenue_over_usd", "-1",
       "policy.company.revenue_over_usd: -1 is outside 0 to 1000000000000"},
      {"policy.payment_methods[1]", "\"card\"", "policy.payment_methods[1]: is there twice"},
  };

  g_test_summary ("Each mistake is refused with the member's path and the reason");
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepEdition) edition = NULL;

    g_test_message ("%s = %s", vectors[i].path, vectors[i].value ? vectors[i].value : "(nothing)");
    edition = parse_edited (vectors[i].path, vectors[i].value, &error);
    g_assert_null (edition);
    g_assert_nonnull (error);
    g_assert_cmpuint (error->domain, ==, UPKEEP_WIRE_ERROR);
    g_assert_cmpstr (error->message, ==, vectors[i].message);
  }
}

static void
test_accepted (void)
{
  /* The other side of bounds, and members that may be left out */
  static const struct {
    const char *path;
    const char *value;
  } vectors[] = {
      {"$schema", "\"catalogue.schema.json\""},
      {"edition", "\"" ID_64 "\""},
      {"plans[2].prices[0].amount", "0"},
      {"plans[2].prices[0].amount", "1000000000000"},
      {"plans[2].queue", "null"},
      {"plans[2].queue", NULL},
      {"meter.modes[0].weight", "1"},
      {"meter.modes[0].weight", "100"},
      {"meter.modes[0].weight", "null"},
      {"meter.estimates", "[]"},
      {"policy.referral", "null"},
      {"policy.referral", NULL},
      {"policy.referral.tiers[1].from", "2"},
      {"meter.modes[1].wait_minutes", NULL},
      {"meter.modes[1].wait_minutes", "[0,1]"},
      {"comparison", "[]"},
      {"footnotes", "[]"},
      {"footnotes[0].link", NULL},
      {"policy.refund", "{\"rule\":null,\"business_days\":5}"},
      {"policy.refund.manual_review", NULL},
      {"policy.refund.manual_review", "null"},
      {"policy.refund.at_most", NULL},
      {"support[0].needs", "null"},
      {"meter.shipped", "false"},
      {"meter.shipped", "null"},
      {"policy.overrides", "[]"},
      {"policy.past_due.retry_days", "[]"},
      {"policy.past_due.retry_days", "[3,4]"},
      {"policy.modes.fallback", "null"},
      {"policy.suspension.features", "[]"},
      {"policy.company", "null"},
      {"policy.company.revenue_over_usd", "0"},
      {"policy.upgrade.timing", "[\"period_end\"]"},
  };

  g_test_summary ("What is within the bounds, or optional, loads");
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepEdition) edition = NULL;

    g_test_message ("%s = %s", vectors[i].path, vectors[i].value ? vectors[i].value : "(nothing)");
    edition = parse_edited (vectors[i].path, vectors[i].value, &error);
    g_assert_no_error (error);
    g_assert_nonnull (edition);
  }
}

/* 0.27: without a monthly price there is no threshold. */
static void
test_metered_needs_month (void)
{
  static const struct {
    const char *prices;
    const char *message;
  } vectors[] = {
      {"[{\"interval\":\"month\",\"amount\":1}]", NULL},
      {"[{\"interval\":\"month\",\"amount\":0}]",
       "policy.topup.kind: is metered, and plan galleon has no monthly price"},
      {"[{\"interval\":\"year\",\"amount\":1}]",
       "policy.topup.kind: is metered, and plan galleon has no monthly price"},
  };

  g_test_summary ("Metered top-ups need the monthly price of every paid plan");
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) root = load_third_tree ();
    g_autoptr (UpkeepEdition) edition = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;
    char *text;

    g_test_message ("%s", vectors[i].prices);
    edit (root, "policy.topup.kind", "\"metered\"");
    edit (root, "plans[3].prices", vectors[i].prices);
    text = json_to_string (root, FALSE);
    bytes = g_bytes_new_take (text, strlen (text));
    edition = upkeep_wire_parse_edition (bytes, &error);
    g_assert_cmpstr (error != NULL ? error->message : NULL, ==, vectors[i].message);
    g_assert_true ((edition == NULL) == (error != NULL));
  }
}

static void
assert_refused_bytes (const char *data, gsize size, UpkeepWireError code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (upkeep_wire_parse_edition (bytes, &error));
  g_assert_error (error, UPKEEP_WIRE_ERROR, (int) code);
}

static void
test_bytes (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "catalogues", "third.json", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *padded = NULL;
  g_autoptr (UpkeepEdition) edition = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size = 0;

  g_test_summary ("A file is one object of at most a mebibyte");
  assert_refused_bytes ("", 0, UPKEEP_WIRE_ERROR_SYNTAX);
  assert_refused_bytes ("[]", 2, UPKEEP_WIRE_ERROR_SYNTAX);
  assert_refused_bytes ("{", 1, UPKEEP_WIRE_ERROR_SYNTAX);
  assert_refused_bytes ("{}", 2, UPKEEP_WIRE_ERROR_MEMBER);

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  padded = g_malloc (UPKEEP_CATALOGUE_MAX_BYTES + 1);
  memset (padded, ' ', UPKEEP_CATALOGUE_MAX_BYTES + 1);
  memcpy (padded, contents, size);
  bytes = g_bytes_new (padded, UPKEEP_CATALOGUE_MAX_BYTES);
  edition = upkeep_wire_parse_edition (bytes, &error);
  g_assert_no_error (error);
  g_assert_nonnull (edition);
  assert_refused_bytes (padded, UPKEEP_CATALOGUE_MAX_BYTES + 1, UPKEEP_WIRE_ERROR_SIZE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/edition/first/plans", test_first_plans);
  g_test_add_func ("/wire/edition/first/summaries", test_first_summaries);
  g_test_add_func ("/wire/edition/first/rows", test_first_rows);
  g_test_add_func ("/wire/edition/first/policy", test_first_policy);
  g_test_add_func ("/wire/edition/first/policy-2024", test_first_policy_2024);
  g_test_add_func ("/wire/edition/first/policy-2025", test_first_policy_2025);
  g_test_add_func ("/wire/edition/second/plans", test_second_plans);
  g_test_add_func ("/wire/edition/second/plans-2025", test_second_plans_2025);
  g_test_add_func ("/wire/edition/second/policy", test_second_policy);
  g_test_add_func ("/wire/edition/magazine", test_magazine);
  g_test_add_func ("/wire/edition/support", test_support);
  g_test_add_func ("/wire/edition/support-addresses", test_support_addresses);
  g_test_add_func ("/wire/edition/manual-review", test_manual_review);
  g_test_add_func ("/wire/edition/shipped", test_shipped);
  g_test_add_func ("/wire/edition/third", test_third);
  g_test_add_func ("/wire/edition/refused", test_refused);
  g_test_add_func ("/wire/edition/accepted", test_accepted);
  g_test_add_func ("/wire/edition/metered-needs-month", test_metered_needs_month);
  g_test_add_func ("/wire/edition/bytes", test_bytes);

  return g_test_run ();
}

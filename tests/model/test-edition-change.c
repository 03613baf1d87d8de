/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-edition-change.h"
#include "upkeep-test-life.h"

#define GPU         "midjourney-2023-03.json"
#define GPU_NEW     "midjourney-2025-04.json"
#define GPU_TOO     "midjourney-2024.json"
#define CREDITS     "minara-2025-08.json"
#define CREDITS_NEW "minara-2026-06.json"

static const char *const shipped[] = {"midjourney-2023-03.json", "midjourney-2024.json",
                                      "midjourney-2025-04.json", "midjourney-magazine-2023.json",
                                      "minara-2025-08.json",     "minara-2026-06.json"};

static char *
tell_value (const UpkeepValue *value)
{
  GString *told = g_string_new (NULL);

  if (value->kind == UPKEEP_VALUE_NONE)
    return g_string_free (g_string_append (told, "none"), FALSE);
  if (value->name != NULL)
    g_string_append (told, value->name);
  else if (value->kind == UPKEEP_VALUE_YES)
    g_string_append (told, value->is_set ? "yes" : "no");
  else if (value->kind == UPKEEP_VALUE_TEXT)
    g_string_append (told, value->text.in[UPKEEP_LANGUAGE_EN]);
  else if (value->names != NULL && value->kind == UPKEEP_VALUE_NAMES) {
    g_autofree char *names = g_strjoinv (" ", value->names);

    g_string_append (told, names);
  } else {
    g_string_append_printf (told, "%" G_GINT64_FORMAT, value->number);
  }
  if (value->other != 0)
    g_string_append_printf (told, "/%" G_GINT64_FORMAT, value->other);

  return g_string_free (told, FALSE);
}

/* One line a change: plan, term, subject, before, after. */
static char *
tell (const UpkeepEditionChanges *changes)
{
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < changes->changes->len; i++) {
    const UpkeepEditionChange *change = g_ptr_array_index (changes->changes, i);
    g_autofree char *before = tell_value (&change->before);
    g_autofree char *after = tell_value (&change->after);

    g_string_append_printf (
        told, "%s %s %s %s: %s -> %s\n", change->plan != NULL ? change->plan : "-",
        upkeep_term_to_string (change->term), change->subject != NULL ? change->subject : "-",
        change->interval != UPKEEP_INTERVAL_NONE ? upkeep_interval_to_string (change->interval)
                                                 : "-",
        before, after);
  }

  return g_string_free (told, FALSE);
}

static char *
tell_files (const char *from_file, const char *to_file, const char *plan)
{
  g_autoptr (UpkeepEdition) from = upkeep_test_load_edition (from_file);
  g_autoptr (UpkeepEdition) to = upkeep_test_load_edition (to_file);
  g_autoptr (UpkeepEditionChanges) changes = upkeep_edition_changes_make (from, to, plan);

  g_assert_cmpstr (changes->from, ==, from->id);
  g_assert_cmpstr (changes->to, ==, to->id);
  g_assert_cmpstr (changes->unit, ==, to->meter.unit);
  return tell (changes);
}

/* RULES 0.1, 0.37, X-01, X-12, X-24: what the shipped editions tell of each other, one's own plan
 * first. */
static void
test_shipped (void)
{
  static const struct {
    const char *from;
    const char *to;
    const char *plan;
    const char *told;
  } vectors[] = {
      {GPU, GPU_NEW, "pro",
       "- refund_rule - -: one_percent -> twenty_minutes_or_images\n"
       "- refund_clause lt_20_minutes -: none -> 1200\n"
       "- refund_clause lt_20_images -: none -> 20\n"
       "- refund_clause lt_1pct -: 1 -> none\n"
       "- refund_at_most - -: none -> 1/365\n"},
      {GPU, GPU_TOO, "pro",
       "mega plan - -: none -> paid\n"
       "mega price - month: none -> 12000\n"
       "mega price - year: none -> 115200\n"
       "mega allowance - -: none -> 216000\n"
       "- topup - -: metered -> prepaid\n"
       "- grant_expiry purchased -: none -> 60\n"
       "- refund_rule - -: one_percent -> twenty_minutes_lifetime\n"
       "- refund_clause lt_20_minutes -: none -> 1200\n"
       "- refund_clause lt_1pct -: 1 -> none\n"
       "- refund_review unused_since_renewal -: none -> billing_email\n"
       "- company_plans - -: pro -> mega pro\n"},
      {CREDITS, CREDITS_NEW, "partner",
       "partner price - month: 19900 -> 59900\n"
       "partner price - year: none -> 596400\n"
       "partner allowance - -: 41500 -> 60000\n"
       "partner plan_feature api -: none -> yes\n"
       "lite plan - -: none -> paid\n"
       "lite price - month: none -> 1900\n"
       "lite price - year: none -> 19200\n"
       "lite allowance - -: none -> 1400\n"
       "starter price - year: none -> 48000\n"
       "starter allowance - -: 2600 -> 4000\n"
       "pro plan - -: none -> paid\n"
       "pro price - month: none -> 19900\n"
       "pro price - year: none -> 198000\n"
       "pro allowance - -: none -> 20000\n"
       "- referral_signup - -: none -> 200\n"
       "- referral_signup - -: none -> 0\n"
       "- referral_signup - -: none -> 0\n"
       "- referral_payment - -: none -> 300\n"
       "- referral_payment - -: none -> 400\n"
       "- referral_payment - -: none -> 500\n"
       "- referral_bonus_percent - -: none -> 50\n"
       "- referral_bonus_percent - -: none -> 60\n"
       "- referral_bonus_percent - -: none -> 70\n"},
      {CREDITS_NEW, CREDITS, NULL,
       "starter price - year: 48000 -> none\n"
       "starter allowance - -: 4000 -> 2600\n"
       "partner price - month: 59900 -> 19900\n"
       "partner price - year: 596400 -> none\n"
       "partner allowance - -: 60000 -> 41500\n"
       "partner plan_feature api -: yes -> none\n"
       "lite plan - -: paid -> none\n"
       "pro plan - -: paid -> none\n"
       "- referral_signup - -: 200 -> none\n"
       "- referral_signup - -: 0 -> none\n"
       "- referral_signup - -: 0 -> none\n"
       "- referral_payment - -: 300 -> none\n"
       "- referral_payment - -: 400 -> none\n"
       "- referral_payment - -: 500 -> none\n"
       "- referral_bonus_percent - -: 50 -> none\n"
       "- referral_bonus_percent - -: 60 -> none\n"
       "- referral_bonus_percent - -: 70 -> none\n"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autofree char *told = tell_files (vectors[i].from, vectors[i].to, vectors[i].plan);

    g_test_message ("%s -> %s", vectors[i].from, vectors[i].to);
    g_assert_cmpstr (told, ==, vectors[i].told);
  }
}

/* Whatever is compared with itself is the same. */
static void
test_same (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++) {
    g_autofree char *told = tell_files (shipped[i], shipped[i], NULL);

    g_assert_cmpstr (told, ==, "");
  }
}

/* --- Each member of an edition --- */

static UpkeepPlan *
plan_of (UpkeepEdition *edition, const char *id)
{
  return (UpkeepPlan *) upkeep_edition_find_plan (edition, id);
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static void
set_words (char ***place, const char *words)
{
  g_strfreev (*place);
  *place = g_strsplit (words, " ", -1);
}

static UpkeepRefundClause *
clause_of (UpkeepEdition *edition)
{
  return g_ptr_array_index (edition->policy.refund.any_of, 0);
}

static UpkeepOverride *
override_of (UpkeepEdition *edition)
{
  return g_ptr_array_index (edition->policy.overrides, 1);
}

static void
add_pack (UpkeepEdition *edition)
{
  UpkeepPack *pack = g_new0 (UpkeepPack, 1);

  pack->quantity = 36000;
  pack->price_minor = 3500;
  g_ptr_array_add (edition->policy.topup.packs, pack);
}

static void
add_review (UpkeepEdition *edition)
{
  edition->policy.refund.review = upkeep_refund_clause_new ();
  edition->policy.refund.review->id = g_strdup ("unused");
  edition->policy.refund.review->limit = 1;
  edition->policy.refund.review_channel = g_strdup ("billing_email");
}

static void
add_tier (UpkeepEdition *edition, gint64 signup_units, gint64 payment_units, int bonus_percent)
{
  UpkeepReferralTier tier = {1, signup_units, payment_units, bonus_percent};

  g_array_append_val (edition->policy.referral_tiers, tier);
}

static void
swap_plans (UpkeepEdition *edition)
{
  UpkeepPlan *basic = plan_of (edition, "basic");
  UpkeepPlan *standard = plan_of (edition, "standard");
  int tier = basic->tier;

  basic->tier = standard->tier;
  standard->tier = tier;
}

static void
set_cell (UpkeepEdition *edition)
{
  for (guint i = 0; i < edition->rows->len; i++) {
    UpkeepPlanRow *row = g_ptr_array_index (edition->rows, i);

    if (row->kind == UPKEEP_ROW_TEXT)
      set_text (&((UpkeepText *) g_ptr_array_index (row->cells, 1))->in[UPKEEP_LANGUAGE_FR], "x");
  }
}

#define MODE(i) ((UpkeepMode *) g_ptr_array_index (edition->meter.modes, (i)))

/* One change of one member, by number; `NULL` when there are no more. What it is called in a list
 * is returned. */
static const char *
mutate (UpkeepEdition *edition, guint n)
{
  UpkeepPolicy *policy = &edition->policy;

  /* clang-format off */
  switch (n) {
  case 0: plan_of (edition, "pro")->kind = UPKEEP_PLAN_TRIAL; return "plan";
  case 1: plan_of (edition, "pro")->offered = FALSE; return "offered";
  case 2: swap_plans (edition); return "tier";
  case 3: plan_of (edition, "pro")->price_minor[UPKEEP_INTERVAL_MONTH]++; return "price";
  case 4: plan_of (edition, "pro")->price_minor[UPKEEP_INTERVAL_YEAR] = -1; return "price";
  case 5: plan_of (edition, "pro")->allowance--; return "allowance";
  case 6: plan_of (edition, "trial")->allowance_once = FALSE; return "allowance_once";
  case 7: set_words (&plan_of (edition, "pro")->modes, "fast"); return "plan_mode";
  case 8: set_words (&plan_of (edition, "basic")->modes, "fast relax"); return "plan_mode";
  case 9: set_words (&plan_of (edition, "basic")->features, "gallery"); return "plan_feature";
  case 10: plan_of (edition, "basic")->queue.running_total = 4; return "queue_running";
  case 11: plan_of (edition, "pro")->queue.running[0]++; return "queue_running";
  case 12: plan_of (edition, "pro")->queue.running[1]++; return "queue_running";
  case 13: plan_of (edition, "pro")->queue.waiting++; return "queue_waiting";
  case 14: set_cell (edition); return "row";
  case 15: set_text (&edition->meter.id, "cpu"); return "meter";
  case 16: set_text (&edition->meter.unit, "cpu_second"); return "meter";
  case 17: g_strlcpy (edition->currency, "EUR", sizeof edition->currency); return "currency";
  case 18: MODE (1)->metered = TRUE; return "mode_metered";
  case 19: MODE (1)->wait_min_minutes = 0; return "mode_wait";
  case 20: MODE (1)->wait_max_minutes = 11; return "mode_wait";
  case 21: policy->mode_fallback = -1; return "mode_fallback";
  case 22: policy->topup.kind = UPKEEP_TOPUP_PREPAID; return "topup";
  case 23: policy->topup.lot = 1800; return "topup_lot";
  case 24: policy->topup.lot_price_minor = 500; return "topup_lot";
  case 25: policy->topup.lots_max = 50; return "topup_most";
  case 26: add_pack (edition); return "topup_pack";
  case 27: policy->topup.needs_zero_balance = TRUE; return "topup_needs_zero_balance";
  case 28: policy->topup.experimental = FALSE; return "topup_experimental";
  case 29: policy->refund.business_days = 5; return "refund_business_days";
  case 30: policy->refund.at_most_count = 1; policy->refund.at_most_days = 30; return "refund_at_most";
  case 31: set_text (&policy->refund.id, "other"); return "refund_rule";
  case 32: clause_of (edition)->limit = 2; return "refund_clause";
  case 33: clause_of (edition)->limit_is_percent = FALSE; return "refund_clause";
  case 34: clause_of (edition)->metric = UPKEEP_METRIC_IMAGES; return "refund_clause";
  case 35: clause_of (edition)->scope = UPKEEP_SCOPE_LIFETIME; return "refund_clause";
  case 36: set_text (&clause_of (edition)->id, "other"); return "refund_clause";
  case 37: g_ptr_array_remove_index (policy->overrides, 0); return "override";
  case 38: override_of (edition)->promotion = TRUE; return "override";
  case 39: set_words (&override_of (edition)->countries, "JP TW"); return "override";
  case 40: override_of (edition)->days = 8; return "override";
  case 41: override_of (edition)->amount = UPKEEP_OVERRIDE_UNUSED_SHARE; return "override";
  case 42: policy->upgrade_at[UPKEEP_TIMING_IMMEDIATE] = FALSE; return "upgrade_timing";
  case 43: policy->upgrade_at[UPKEEP_TIMING_PERIOD_END] = FALSE; return "upgrade_timing";
  case 44: policy->downgrade_at[UPKEEP_TIMING_IMMEDIATE] = TRUE; return "downgrade_timing";
  case 45: policy->downgrade_at[UPKEEP_TIMING_PERIOD_END] = FALSE; return "downgrade_timing";
  case 46: policy->proration = UPKEEP_PRORATION_TIME; return "proration";
  case 47: policy->proration_rounding = UPKEEP_ROUNDING_DOWN; return "proration_rounding";
  case 48: policy->upgrade_anchor = UPKEEP_ANCHOR_KEEP; return "upgrade_anchor";
  case 49: policy->upgrade_grant = UPKEEP_UPGRADE_GRANT_DIFFERENCE; return "upgrade_grant";
  case 50: policy->past_due.cancel_allowed = TRUE; return "past_due_cancel";
  case 51: policy->past_due.access_kept = TRUE; return "past_due_access";
  case 52: policy->past_due.retry_days[1] = 4; return "past_due_retry_days";
  case 53: policy->past_due.n_retries = 2; return "past_due_retry_days";
  case 54: policy->past_due.end_days = 8; return "past_due_end_days";
  case 55: set_words (&policy->suspended_features, "stealth"); return "suspended_features";
  case 56: policy->company_revenue_over_usd = 2000000; return "company_revenue";
  case 57: policy->company_revenue_over_usd = -1; return "company_revenue";
  case 58: set_words (&policy->company_plans, "pro standard"); return "company_plans";
  case 59: set_words (&policy->payment_methods, "card"); return "payment_methods";
  case 60: policy->needs_invoice_number = TRUE; return "cancel_needs_invoice_number";
  case 61: MODE (0)->weight = 2; return "mode_weight";
  case 62: edition->meter.shipped = TRUE; return "meter";
  case 63: add_review (edition); return "refund_review";
  default: break;
  }
  /* clang-format on */

  n -= 64;
  if (n < UPKEEP_N_GRANT_KINDS * 3) {
    UpkeepGrantPolicy *grant = &policy->grants[n / 3];

    if (n % 3 == 0)
      grant->rank += 5;
    else if (n % 3 == 1)
      grant->expires_days += 7;
    else
      grant->needs_subscription = !grant->needs_subscription;
    return n % 3 == 0 ? "grant_rank" : n % 3 == 1 ? "grant_expiry" : "grant_needs_subscription";
  }
  n -= UPKEEP_N_GRANT_KINDS * 3;
  if (n < 4) {
    policy->interval_rules[1 + n / 2][1 + n % 2] = UPKEEP_INTERVAL_RULE_UNSUPPORTED;
    return "interval_change";
  }

  return NULL;
}

/* RULES 0.1: no member of an edition changes unseen, and one that changes is told as what it is. */
static void
test_every_member (void)
{
  for (guint n = 0;; n++) {
    g_autoptr (UpkeepEdition) from = upkeep_test_load_edition (GPU);
    g_autoptr (UpkeepEdition) to = upkeep_test_load_edition (GPU);
    const char *term = mutate (to, n);
    g_autoptr (UpkeepEditionChanges) there = NULL;
    g_autoptr (UpkeepEditionChanges) back = NULL;
    g_autofree char *told = NULL;

    if (term == NULL) {
      g_assert_cmpuint (n, ==, 64 + UPKEEP_N_GRANT_KINDS * 3 + 4);
      return;
    }
    there = upkeep_edition_changes_make (from, to, "pro");
    back = upkeep_edition_changes_make (to, from, "pro");
    told = tell (there);
    g_test_message ("%u: %s: %s", n, term, told);
    g_assert_cmpuint (there->changes->len, >, 0);
    g_assert_cmpuint (back->changes->len, ==, there->changes->len);
    for (guint i = 0; i < there->changes->len; i++) {
      const UpkeepEditionChange *change = g_ptr_array_index (there->changes, i);

      g_assert_cmpstr (upkeep_term_to_string (change->term), ==, term);
      g_assert_false (upkeep_value_equal (&change->before, &change->after));
    }
  }
}

/* RULES 4.11: so it is with what invitations earn, member by member. */
static void
test_referral (void)
{
  static const struct {
    gint64 signup_units;
    gint64 payment_units;
    int bonus_percent;
    const char *told;
  } vectors[] = {
      {10, 20, 30, ""},
      {11, 20, 30, "- referral_signup - -: 10 -> 11\n"},
      {10, 21, 30, "- referral_payment - -: 20 -> 21\n"},
      {10, 20, 31, "- referral_bonus_percent - -: 30 -> 31\n"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepEdition) from = upkeep_test_load_edition (GPU);
    g_autoptr (UpkeepEdition) to = upkeep_test_load_edition (GPU);
    g_autoptr (UpkeepEditionChanges) changes = NULL;
    g_autofree char *told = NULL;

    add_tier (from, 10, 20, 30);
    add_tier (to, vectors[i].signup_units, vectors[i].payment_units, vectors[i].bonus_percent);
    changes = upkeep_edition_changes_make (from, to, NULL);
    told = tell (changes);
    g_assert_cmpstr (told, ==, vectors[i].told);
  }
}

/* Names and explanations may be written better at any time: they are no terms. */
static void
test_words_are_no_terms (void)
{
  g_autoptr (UpkeepEdition) from = upkeep_test_load_edition (GPU);
  g_autoptr (UpkeepEdition) to = upkeep_test_load_edition (GPU);
  g_autoptr (UpkeepEditionChanges) changes = NULL;

  set_text (&plan_of (to, "pro")->name.in[UPKEEP_LANGUAGE_EN], "Professional");
  set_text (&plan_of (to, "pro")->summary.in[UPKEEP_LANGUAGE_EN], "For professionals");
  g_ptr_array_remove_index (to->footnotes, 0);
  g_ptr_array_remove_index (to->rows, to->rows->len - 1);
  changes = upkeep_edition_changes_make (from, to, NULL);
  g_assert_cmpuint (changes->changes->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/edition-change/same", test_same);
  g_test_add_func ("/model/edition-change/shipped", test_shipped);
  g_test_add_func ("/model/edition-change/every-member", test_every_member);
  g_test_add_func ("/model/edition-change/referral", test_referral);
  g_test_add_func ("/model/edition-change/words-are-no-terms", test_words_are_no_terms);
  return g_test_run ();
}

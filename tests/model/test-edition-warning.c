/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-edition-warning.h"
#include "upkeep-test-life.h"

#include <string.h>

/* An edition of one test, which nobody else has seen. Its paid plans, from the lowest: basic 1000,
 * standard 3000, pro 6000 a month. */
static UpkeepEdition *
make_edition (void)
{
  return upkeep_test_load_edition ("midjourney-2023-03.json");
}

static UpkeepPlan *
get_plan (UpkeepEdition *edition, const char *id)
{
  return (UpkeepPlan *) upkeep_edition_find_plan (edition, id);
}

/* What is warned of, as one text. */
static char *
tell (const UpkeepEdition *edition)
{
  g_autoptr (GPtrArray) warnings = upkeep_edition_list_warnings (edition);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < warnings->len; i++) {
    const UpkeepEditionWarning *warning = g_ptr_array_index (warnings, i);

    g_string_append_printf (text, "%s%s %s %s %s", i > 0 ? "\n" : "",
                            upkeep_edition_warning_kind_to_string (warning->kind), warning->path,
                            warning->subject != NULL ? warning->subject : "-",
                            warning->other != NULL ? warning->other : "-");
  }
  return g_string_free (text, FALSE);
}

static void
assert_told (const UpkeepEdition *edition, const char *expected)
{
  g_autofree char *told = tell (edition);

  g_assert_cmpstr (told, ==, expected);
}

static void
test_shipped (void)
{
  static const char *const files[] = {
      "midjourney-2023-03.json",       "midjourney-2024.json", "midjourney-2025-04.json",
      "midjourney-magazine-2023.json", "minara-2025-08.json",  "minara-2026-06.json",
  };

  g_test_summary ("Nothing in what is shipped is strange");
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (UpkeepEdition) edition = upkeep_test_load_edition (files[i]);

    g_test_message ("%s", files[i]);
    assert_told (edition, "");
  }
}

static void
test_prices (void)
{
  g_autoptr (UpkeepEdition) edition = make_edition ();
  UpkeepPlan *basic = get_plan (edition, "basic");
  UpkeepPlan *standard = get_plan (edition, "standard");

  basic->price_minor[UPKEEP_INTERVAL_YEAR] = 12 * 1000;
  assert_told (edition, "");
  basic->price_minor[UPKEEP_INTERVAL_YEAR] = 12 * 1000 + 1;
  assert_told (edition, "year_above_months plans[1].prices basic -");
  basic->price_minor[UPKEEP_INTERVAL_YEAR] = -1;
  assert_told (edition, "");

  basic->price_minor[UPKEEP_INTERVAL_MONTH] = 3000;
  assert_told (edition, "");
  basic->price_minor[UPKEEP_INTERVAL_MONTH] = 3001;
  assert_told (edition, "cheaper_than_lower plans[2].prices standard basic");
  /* What is not sold has no price to be below. */
  standard->price_minor[UPKEEP_INTERVAL_MONTH] = -1;
  assert_told (edition, "");

  basic->price_minor[UPKEEP_INTERVAL_MONTH] = 1;
  assert_told (edition, "");
  basic->price_minor[UPKEEP_INTERVAL_MONTH] = 0;
  assert_told (edition, "price_zero plans[1].prices basic -");
}

static void
test_tiers (void)
{
  g_autoptr (UpkeepEdition) edition = make_edition ();
  UpkeepPlan *standard = get_plan (edition, "standard");
  UpkeepPlan *pro = get_plan (edition, "pro");

  pro->allowance = standard->allowance;
  assert_told (edition, "");
  pro->allowance = standard->allowance - 1;
  assert_told (edition, "allowance_below_lower plans[3].allowance.quantity pro standard");
  pro->allowance = standard->allowance;

  g_clear_pointer (&pro->modes[1], g_free);
  assert_told (edition, "mode_lost plans[3].modes pro relax");
  g_clear_pointer (&standard->modes[1], g_free);
  assert_told (edition, "mode_unused meter.modes[1] relax -");

  g_free (pro->features[0]);
  pro->features[0] = g_strdup ("stealth");
  assert_told (edition, "mode_unused meter.modes[1] relax -\n"
                        "feature_lost plans[3].features pro gallery");
}

static void
test_reach (void)
{
  g_autoptr (UpkeepEdition) edition = make_edition ();
  UpkeepFeature *feature = upkeep_feature_new ();

  feature->id = g_strdup ("unheard_of");
  g_ptr_array_add (edition->features, feature);
  assert_told (edition, "feature_unused features[4] unheard_of -");
  g_ptr_array_remove_index (edition->features, edition->features->len - 1);

  get_plan (edition, "basic")->offered = FALSE;
  assert_told (edition, "plan_not_offered plans[1].offered basic -");
  get_plan (edition, "pro")->offered = FALSE;
  assert_told (edition, "plan_not_offered plans[1].offered basic -\n"
                        "plan_not_offered plans[3].offered pro -\n"
                        "company_plan policy.company.plans[0] pro -");
  get_plan (edition, "standard")->offered = FALSE;
  assert_told (edition, "nothing_offered plans - -\n"
                        "company_plan policy.company.plans[0] pro -");
}

static void
test_clauses (void)
{
  g_autoptr (UpkeepEdition) edition = upkeep_test_load_edition ("midjourney-2025-04.json");
  UpkeepRefundClause *units = g_ptr_array_index (edition->policy.refund.any_of, 0);
  UpkeepRefundClause *images = g_ptr_array_index (edition->policy.refund.any_of, 1);

  images->metric = UPKEEP_METRIC_UNITS;
  images->limit = units->limit;
  assert_told (edition, "clause_idle policy.refund.rule.any_of[1] lt_20_images lt_20_minutes");
  images->limit = units->limit + 1;
  assert_told (edition, "clause_idle policy.refund.rule.any_of[0] lt_20_minutes lt_20_images");
  images->scope = UPKEEP_SCOPE_LIFETIME;
  assert_told (edition, "");
}

static void
add_pack (UpkeepEdition *edition, gint64 quantity, gint64 price_minor)
{
  UpkeepPack *pack = g_new0 (UpkeepPack, 1);

  pack->quantity = quantity;
  pack->price_minor = price_minor;
  g_ptr_array_add (edition->policy.topup.packs, pack);
}

static void
test_topup (void)
{
  g_autoptr (UpkeepEdition) edition = make_edition ();
  UpkeepTopupPolicy *topup = &edition->policy.topup;
  UpkeepPack *second;

  topup->lot_price_minor = 0;
  assert_told (edition, "topup_free policy.topup.lot.amount - -");

  topup->kind = UPKEEP_TOPUP_PACKS;
  add_pack (edition, 3, 100);
  add_pack (edition, 10, 333);
  assert_told (edition, "");
  second = g_ptr_array_index (topup->packs, 1);
  second->price_minor = 334; /* three of ten cost 100.2 */
  assert_told (edition, "pack_dearer policy.topup.packs[1].amount - -");
  second->price_minor = 0;
  assert_told (edition, "topup_free policy.topup.packs[1].amount - -");
}

/* X-04..X-07: every strategy with every anchor and grant. */
static void
test_upgrade (void)
{
  static const struct {
    UpkeepProration proration;
    UpkeepAnchor anchor;
    UpkeepUpgradeGrant grant;
    const char *told;
  } vectors[] = {
      {UPKEEP_PRORATION_USAGE_CREDIT, UPKEEP_ANCHOR_RESET, UPKEEP_UPGRADE_GRANT_FULL, ""},
      {UPKEEP_PRORATION_USAGE_CREDIT, UPKEEP_ANCHOR_RESET, UPKEEP_UPGRADE_GRANT_DIFFERENCE,
       "grant_idle policy.upgrade.grant - -"},
      {UPKEEP_PRORATION_USAGE_CREDIT, UPKEEP_ANCHOR_KEEP, UPKEEP_UPGRADE_GRANT_FULL,
       "whole_price_kept policy.upgrade.anchor - -"},
      {UPKEEP_PRORATION_USAGE_CREDIT, UPKEEP_ANCHOR_KEEP, UPKEEP_UPGRADE_GRANT_DIFFERENCE,
       "whole_price_kept policy.upgrade.anchor - -"},
      {UPKEEP_PRORATION_PRICE_DIFFERENCE, UPKEEP_ANCHOR_RESET, UPKEEP_UPGRADE_GRANT_FULL,
       "term_for_difference policy.upgrade.anchor - -"},
      {UPKEEP_PRORATION_PRICE_DIFFERENCE, UPKEEP_ANCHOR_RESET, UPKEEP_UPGRADE_GRANT_DIFFERENCE,
       "term_for_difference policy.upgrade.anchor - -\ngrant_idle policy.upgrade.grant - -"},
      {UPKEEP_PRORATION_PRICE_DIFFERENCE, UPKEEP_ANCHOR_KEEP, UPKEEP_UPGRADE_GRANT_FULL, ""},
      {UPKEEP_PRORATION_PRICE_DIFFERENCE, UPKEEP_ANCHOR_KEEP, UPKEEP_UPGRADE_GRANT_DIFFERENCE, ""},
      {UPKEEP_PRORATION_UNUSED_CREDIT_REFUND, UPKEEP_ANCHOR_RESET, UPKEEP_UPGRADE_GRANT_FULL, ""},
      {UPKEEP_PRORATION_UNUSED_CREDIT_REFUND, UPKEEP_ANCHOR_KEEP, UPKEEP_UPGRADE_GRANT_FULL,
       "whole_price_kept policy.upgrade.anchor - -"},
      {UPKEEP_PRORATION_TIME, UPKEEP_ANCHOR_RESET, UPKEEP_UPGRADE_GRANT_FULL, ""},
      {UPKEEP_PRORATION_TIME, UPKEEP_ANCHOR_KEEP, UPKEEP_UPGRADE_GRANT_FULL,
       "full_grant_for_rest policy.upgrade.grant - -"},
      {UPKEEP_PRORATION_TIME, UPKEEP_ANCHOR_KEEP, UPKEEP_UPGRADE_GRANT_DIFFERENCE, ""},
  };
  g_autoptr (UpkeepEdition) edition = make_edition ();
  UpkeepPolicy *policy = &edition->policy;

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    policy->proration = vectors[i].proration;
    policy->upgrade_anchor = vectors[i].anchor;
    policy->upgrade_grant = vectors[i].grant;
    policy->upgrade_at[UPKEEP_TIMING_IMMEDIATE] = TRUE;
    g_test_message ("%" G_GSIZE_FORMAT, i);
    assert_told (edition, vectors[i].told);
    policy->upgrade_at[UPKEEP_TIMING_IMMEDIATE] = FALSE;
    assert_told (edition, "");
  }

  policy->proration = UPKEEP_PRORATION_PRICE_DIFFERENCE;
  policy->downgrade_at[UPKEEP_TIMING_IMMEDIATE] = TRUE;
  assert_told (edition, "difference_back policy.downgrade.timing - -");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/edition-warning/shipped", test_shipped);
  g_test_add_func ("/model/edition-warning/prices", test_prices);
  g_test_add_func ("/model/edition-warning/tiers", test_tiers);
  g_test_add_func ("/model/edition-warning/reach", test_reach);
  g_test_add_func ("/model/edition-warning/clauses", test_clauses);
  g_test_add_func ("/model/edition-warning/topup", test_topup);
  g_test_add_func ("/model/edition-warning/upgrade", test_upgrade);

  return g_test_run ();
}

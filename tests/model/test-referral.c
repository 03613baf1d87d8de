/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-referral.h"
#include "upkeep-test-life.h"

#define CREDITS "minara-2026-06.json"

/* RULES 4.11, referral tiers: the first 10 earn at their sign-up too; from the 11th and the 51st on
 * a first payment earns more, by the count of that moment. */
static void
test_tiers (void)
{
  const struct {
    gint64 n_signups;
    gint64 signup_units, payment_units;
    int bonus_percent;
  } vectors[] = {
      {1, 200, 300, 50}, {10, 200, 300, 50}, {11, 0, 400, 60},
      {50, 0, 400, 60},  {51, 0, 500, 70},   {G_MAXINT64, 0, 500, 70},
  };
  g_autoptr (UpkeepEdition) edition = upkeep_test_load_edition (CREDITS);

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    UpkeepReferralReward reward;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    g_assert_true (
        upkeep_judge_referral (edition, UPKEEP_REFERRAL_SIGNUP, vectors[i].n_signups, &reward));
    g_assert_cmpint (reward.units, ==, vectors[i].signup_units);
    g_assert_cmpint (reward.bonus_percent, ==, 0);
    g_assert_true (
        upkeep_judge_referral (edition, UPKEEP_REFERRAL_PAYMENT, vectors[i].n_signups, &reward));
    g_assert_cmpint (reward.units, ==, vectors[i].payment_units);
    g_assert_cmpint (reward.bonus_percent, ==, vectors[i].bonus_percent);
  }
}

/* A payment before any sign-up has no tier, and most editions have none at all. */
static void
test_no_tier (void)
{
  const char *const editions[] = {"midjourney-2023-03.json", "midjourney-2024.json",
                                  "midjourney-magazine-2023.json", "minara-2025-08.json"};
  g_autoptr (UpkeepEdition) edition = upkeep_test_load_edition (CREDITS);
  UpkeepReferralReward reward = {7, 7};

  g_assert_false (upkeep_judge_referral (edition, UPKEEP_REFERRAL_PAYMENT, 0, &reward));
  for (gsize i = 0; i < G_N_ELEMENTS (editions); i++) {
    g_autoptr (UpkeepEdition) other = upkeep_test_load_edition (editions[i]);

    g_assert_false (upkeep_judge_referral (other, UPKEEP_REFERRAL_SIGNUP, 1, &reward));
  }
  g_assert_cmpint (reward.units, ==, 7);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/referral/tiers", test_tiers);
  g_test_add_func ("/model/referral/no-tier", test_no_tier);
  return g_test_run ();
}

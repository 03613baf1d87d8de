/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-direction.h"

/* RULES 0.5, 0.19 */
static void
test_judge (void)
{
  static const struct {
    int from_tier;
    UpkeepInterval from_interval;
    int to_tier;
    UpkeepInterval to_interval;
    UpkeepDirection direction;
  } rows[] = {
      {1, UPKEEP_INTERVAL_MONTH, 2, UPKEEP_INTERVAL_MONTH, UPKEEP_DIRECTION_UPGRADE},
      {2, UPKEEP_INTERVAL_MONTH, 1, UPKEEP_INTERVAL_MONTH, UPKEEP_DIRECTION_DOWNGRADE},
      {1, UPKEEP_INTERVAL_YEAR, 2, UPKEEP_INTERVAL_MONTH, UPKEEP_DIRECTION_UPGRADE},
      {2, UPKEEP_INTERVAL_MONTH, 1, UPKEEP_INTERVAL_YEAR, UPKEEP_DIRECTION_DOWNGRADE},
      {1, UPKEEP_INTERVAL_MONTH, 1, UPKEEP_INTERVAL_YEAR, UPKEEP_DIRECTION_UPGRADE},
      {1, UPKEEP_INTERVAL_YEAR, 1, UPKEEP_INTERVAL_MONTH, UPKEEP_DIRECTION_DOWNGRADE},
      {1, UPKEEP_INTERVAL_MONTH, 1, UPKEEP_INTERVAL_MONTH, UPKEEP_DIRECTION_DOWNGRADE},
  };

  g_test_summary ("The tier decides, then the interval; equal prices change nothing");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    UpkeepPlan from = {.tier = rows[i].from_tier, .price_minor = {-1, 1000, 1000}};
    UpkeepPlan to = {.tier = rows[i].to_tier, .price_minor = {-1, 1000, 1000}};

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (
        upkeep_direction_judge (&from, rows[i].from_interval, &to, rows[i].to_interval), ==,
        rows[i].direction);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/direction/judge", test_judge);
  return g_test_run ();
}

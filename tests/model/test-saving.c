/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-saving.h"

static UpkeepPlan *
new_plan (gint64 month_minor, gint64 year_minor, gboolean offered)
{
  UpkeepPlan *plan = upkeep_plan_new ();

  plan->offered = offered;
  plan->price_minor[UPKEEP_INTERVAL_MONTH] = month_minor;
  plan->price_minor[UPKEEP_INTERVAL_YEAR] = year_minor;
  return plan;
}

static UpkeepEdition *
new_edition (void)
{
  return upkeep_edition_new ();
}

static void
test_percent (void)
{
  static const struct {
    gint64 month_minor;
    gint64 year_minor;
    int percent;
    gint64 saved_minor;
  } rows[] = {
      {1000, 9600, 20, 2400},   /* 20 % on every plan */
      {6000, 57600, 20, 14400}, /* the same on the largest */
      {1900, 19200, 16, 3600},  /* 15.8 % rounds up */
      {4900, 48000, 18, 10800}, /* 18.4 % rounds down */
      {19900, 198000, 17, 40800},
      {1000, 11940, 1, 60}, /* exactly half a percent counts as one */
      {1000, 11941, 0, 59}, /* a cent less does not */
      {1000, 12000, 0, 0},
      {1000, 12001, 0, 0}, /* dearer is no saving */
      {1000, 0, 100, 12000},
      {-1, 9600, 0, 0}, /* not sold by the month */
      {1000, -1, 0, 0}, /* not sold by the year */
      {0, 0, 0, 0},
  };

  g_test_summary ("A year is compared with twelve months in whole percent");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    UpkeepEdition *edition = new_edition ();
    UpkeepPlan *plan = new_plan (rows[i].month_minor, rows[i].year_minor, TRUE);

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_ptr_array_add (edition->plans, plan);
    g_assert_cmpint (upkeep_saving_get_percent (plan), ==, rows[i].percent);
    g_assert_cmpint (upkeep_saving_get_minor (plan), ==, rows[i].saved_minor);
    upkeep_edition_unref (edition);
  }
}

static void
test_edition (void)
{
  static const struct {
    const char *what;
    gint64 prices_minor[3][2];
    gboolean offered[3];
    int percent;
    gboolean varies;
  } rows[] = {
      {"equal", {{1000, 9600}, {3000, 28800}, {-1, -1}}, {TRUE, TRUE, TRUE}, 20, FALSE},
      {"different", {{1900, 19200}, {4900, 48000}, {-1, -1}}, {TRUE, TRUE, TRUE}, 18, TRUE},
      {"the largest first", {{4900, 48000}, {1900, 19200}, {-1, -1}}, {TRUE, TRUE, TRUE}, 18, TRUE},
      {"one saves nothing", {{1000, 12000}, {3000, 28800}, {-1, -1}}, {TRUE, TRUE, TRUE}, 20, TRUE},
      {"not on offer", {{1000, 9600}, {3000, 6000}, {-1, -1}}, {TRUE, FALSE, TRUE}, 20, FALSE},
      {"none by the year", {{1000, -1}, {3000, -1}, {-1, -1}}, {TRUE, TRUE, TRUE}, 0, FALSE},
  };

  g_test_summary ("The largest saving is told, and whether plans differ");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UpkeepEdition) edition = new_edition ();
    UpkeepSaving saving;

    g_test_message ("%s", rows[i].what);
    for (gsize j = 0; j < 3; j++)
      g_ptr_array_add (edition->plans, new_plan (rows[i].prices_minor[j][0],
                                                 rows[i].prices_minor[j][1], rows[i].offered[j]));
    saving = upkeep_saving_of_edition (edition);
    g_assert_cmpint (saving.percent, ==, rows[i].percent);
    g_assert_cmpint (saving.varies, ==, rows[i].varies);
  }
}

static void
test_month_share (void)
{
  g_test_summary ("A month's share of a year is rounded half up");
  g_assert_cmpint (upkeep_saving_month_share_minor (28800), ==, 2400);
  g_assert_cmpint (upkeep_saving_month_share_minor (28805), ==, 2400);
  g_assert_cmpint (upkeep_saving_month_share_minor (28806), ==, 2401);
  g_assert_cmpint (upkeep_saving_month_share_minor (0), ==, 0);
  g_assert_cmpint (upkeep_saving_month_share_minor (UPKEEP_AMOUNT_MAX), ==,
                   G_GINT64_CONSTANT (83333333333));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/saving/percent", test_percent);
  g_test_add_func ("/model/saving/edition", test_edition);
  g_test_add_func ("/model/saving/month-share", test_month_share);
  return g_test_run ();
}

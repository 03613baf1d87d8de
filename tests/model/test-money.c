/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-money.h"

static void
test_add (void)
{
  const struct {
    gint64 a, b, sum;
    gboolean fits;
  } vectors[] = {
      {1, 2, 3, TRUE},           {-1, 1, 0, TRUE},           {G_MAXINT64, 0, G_MAXINT64, TRUE},
      {G_MAXINT64, 1, 0, FALSE}, {G_MININT64, -1, 0, FALSE},
  };

  g_test_summary ("Sums that do not fit are refused and write nothing.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;
    gint64 sum = 42;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (upkeep_add (vectors[i].a, vectors[i].b, &sum, &error), ==, vectors[i].fits);
    g_assert_cmpint (sum, ==, vectors[i].fits ? vectors[i].sum : 42);
    if (!vectors[i].fits)
      g_assert_error (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_RANGE);
  }
}

static void
test_multiply (void)
{
  const struct {
    gint64 a, b, product;
    gboolean fits;
  } vectors[] = {
      {3600, 400, 1440000, TRUE},
      {G_MAXINT64, 1, G_MAXINT64, TRUE},
      {G_MAXINT64 / 2 + 1, 2, 0, FALSE},
      {G_MININT64, -1, 0, FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;
    gint64 product = 42;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (upkeep_multiply (vectors[i].a, vectors[i].b, &product, &error), ==,
                     vectors[i].fits);
    g_assert_cmpint (product, ==, vectors[i].fits ? vectors[i].product : 42);
  }
}

static void
test_scale (void)
{
  const struct {
    gint64 amount, numerator, denominator;
    UpkeepRounding rounding;
    gint64 share;
    gboolean ok;
  } vectors[] = {
      {1000, 6000, 12000, UPKEEP_ROUNDING_HALF_UP, 500, TRUE},   /* mj-proration-basic-half-2022 */
      {3000, 27000, 54000, UPKEEP_ROUNDING_HALF_UP, 1500, TRUE}, /* */
      {4900, 1000, 2600, UPKEEP_ROUNDING_DOWN, 1884, TRUE},      /* minara-legacy-upgrade-refund */
      {4900, 1000, 2600, UPKEEP_ROUNDING_HALF_UP, 1885, TRUE},   /* 18.846 */
      {1, 1, 2, UPKEEP_ROUNDING_HALF_UP, 1, TRUE},               /* 0.31: half goes up */
      {1, 1, 2, UPKEEP_ROUNDING_DOWN, 0, TRUE},
      {1, 1, 3, UPKEEP_ROUNDING_HALF_UP, 0, TRUE},
      {0, 5, 7, UPKEEP_ROUNDING_HALF_UP, 0, TRUE},
      {G_MAXINT64, G_MAXINT64, G_MAXINT64, UPKEEP_ROUNDING_HALF_UP, G_MAXINT64, TRUE},
      {G_MAXINT64, 2, 1, UPKEEP_ROUNDING_DOWN, 0, FALSE},
      {-1, 1, 2, UPKEEP_ROUNDING_DOWN, 0, FALSE},
      {1, -1, 2, UPKEEP_ROUNDING_DOWN, 0, FALSE},
      {1, 1, 0, UPKEEP_ROUNDING_DOWN, 0, FALSE},
  };

  g_test_summary ("A share is exact and rounded once.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;
    gint64 share = 42;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (upkeep_scale (vectors[i].amount, vectors[i].numerator, vectors[i].denominator,
                                   vectors[i].rounding, &share, &error),
                     ==, vectors[i].ok);
    g_assert_cmpint (share, ==, vectors[i].ok ? vectors[i].share : 42);
    if (!vectors[i].ok)
      g_assert_error (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_RANGE);
  }
}

static void
test_currency (void)
{
  g_assert_true (upkeep_currency_is_valid ("USD"));
  g_assert_false (upkeep_currency_is_valid ("usd"));
  g_assert_false (upkeep_currency_is_valid ("US"));
  g_assert_false (upkeep_currency_is_valid ("USDD"));
  g_assert_false (upkeep_currency_is_valid ("U D"));
  g_assert_false (upkeep_currency_is_valid (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/money/add", test_add);
  g_test_add_func ("/model/money/multiply", test_multiply);
  g_test_add_func ("/model/money/scale", test_scale);
  g_test_add_func ("/model/money/currency", test_currency);
  return g_test_run ();
}

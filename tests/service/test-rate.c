/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-rate.h"

#include <string.h>

static gboolean
take (UpkeepRate *rate, const char *key, gint64 now_us, guint *ret_retry_after_s)
{
  return upkeep_rate_take (rate, key, strlen (key), now_us, ret_retry_after_s);
}

static void
test_burst (void)
{
  g_autoptr (UpkeepRate) rate = upkeep_rate_new (100, 200);
  const gint64 start_us = 5 * G_USEC_PER_SEC;
  guint after_s = 0;

  g_test_summary ("200 at once, then one each hundredth of a second.");
  for (guint i = 0; i < 200; i++)
    g_assert_true (take (rate, "a", start_us, &after_s));
  g_assert_false (take (rate, "a", start_us, &after_s));
  g_assert_cmpuint (after_s, ==, 1);
  g_assert_false (take (rate, "a", start_us + 9999, &after_s));
  g_assert_true (take (rate, "a", start_us + 10000, &after_s));
  g_assert_false (take (rate, "a", start_us + 10000, &after_s));

  /* Two seconds fill it, and no more than fill it. */
  for (guint i = 0; i < 200; i++)
    g_assert_true (take (rate, "a", start_us + 10 * G_USEC_PER_SEC, &after_s));
  g_assert_false (take (rate, "a", start_us + 10 * G_USEC_PER_SEC, &after_s));
}

static void
test_steady (void)
{
  g_autoptr (UpkeepRate) rate = upkeep_rate_new (100, 200);
  guint after_s = 0;

  g_test_summary ("A subscriber may make 100 requests a second for ever.");
  for (gint64 i = 0; i < 6000; i++)
    g_assert_true (take (rate, "a", i * 10000, &after_s));
}

static void
test_retry_after (void)
{
  g_autoptr (UpkeepRate) rate = upkeep_rate_new (1, 1);
  guint after_s = 0;

  g_test_summary ("Who comes back after the seconds that were named is let in.");
  g_assert_true (take (rate, "a", 0, &after_s));
  g_assert_false (take (rate, "a", 1, &after_s));
  g_assert_cmpuint (after_s, ==, 1);
  g_assert_true (take (rate, "a", 1 + after_s * G_USEC_PER_SEC, &after_s));
}

static void
test_apart (void)
{
  g_autoptr (UpkeepRate) rate = upkeep_rate_new (1, 2);
  guint after_s = 0;

  g_test_summary ("Each key has its own bucket.");
  g_assert_true (take (rate, "a", 0, &after_s));
  g_assert_true (take (rate, "a", 0, &after_s));
  g_assert_false (take (rate, "a", 0, &after_s));
  g_assert_true (take (rate, "b", 0, &after_s));
  g_assert_true (take (rate, "", 0, &after_s));
}

static void
test_crowd (void)
{
  g_autoptr (UpkeepRate) rate = upkeep_rate_new (100, 200);
  guint after_s = 0;

  g_test_summary ("However many strangers there are, none is refused for another's requests.");
  for (guint i = 0; i < 100000; i++) {
    g_autofree char *key = g_strdup_printf ("stranger-%u", i);

    g_assert_true (take (rate, key, 0, &after_s));
  }
}

static gpointer
take_all (gpointer data)
{
  guint taken = 0;
  guint after_s = 0;

  for (guint i = 0; i < 20000; i++)
    taken += take (data, "a", 0, &after_s);
  return GUINT_TO_POINTER (taken);
}

static void
test_threads (void)
{
  g_autoptr (UpkeepRate) rate = upkeep_rate_new (1, 10000);
  GThread *threads[4];
  guint taken = 0;

  g_test_summary ("Several threads together get as much as one would.");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("take", take_all, rate);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    taken += GPOINTER_TO_UINT (g_thread_join (threads[i]));
  g_assert_cmpuint (taken, ==, 10000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/rate/burst", test_burst);
  g_test_add_func ("/service/rate/steady", test_steady);
  g_test_add_func ("/service/rate/retry-after", test_retry_after);
  g_test_add_func ("/service/rate/apart", test_apart);
  g_test_add_func ("/service/rate/crowd", test_crowd);
  g_test_add_func ("/service/rate/threads", test_threads);
  return g_test_run ();
}

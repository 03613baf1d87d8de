/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-backoff.h"

/* RELIABILITY 5.3: full jitter, from 1 s to 60 s, after what the service asks for. */
static void
test_next (void)
{
  const struct {
    guint n_failures;
    gint64 retry_after_s;
    guint32 chance;
    gint64 delay_ms;
  } vectors[] = {
      {1, 0, 0, 1},
      {1, 0, G_MAXUINT32 / 2 + 1, 501},
      {1, 0, G_MAXUINT32, 1000},
      {2, 0, G_MAXUINT32, 2000},
      {6, 0, G_MAXUINT32, 32000},
      {7, 0, G_MAXUINT32, 60000},
      {8, 0, G_MAXUINT32, 60000},
      {G_MAXUINT, 0, G_MAXUINT32, 60000},
      {G_MAXUINT, 0, 0, 1},
      {1, 7, 0, 7001},
      {1, 7, G_MAXUINT32, 8000},
      {7, 3600, G_MAXUINT32, 3660000},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_test_message ("%u failures, %u", vectors[i].n_failures, vectors[i].chance);
    g_assert_cmpint (upkeep_backoff_next_ms (vectors[i].n_failures, 1000, vectors[i].retry_after_s,
                                             vectors[i].chance),
                     ==, vectors[i].delay_ms);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/backoff/next", test_next);
  return g_test_run ();
}

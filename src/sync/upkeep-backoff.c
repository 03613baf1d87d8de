/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-backoff.h"

/* Doubled with each failure, from one unit up to this many. */
#define UNITS_MAX G_GINT64_CONSTANT (60)

/**
 * upkeep_backoff_next_ms:
 * @n_failures: tries that failed so far; at least 1
 * @unit_ms: the first span, 1 s unless tested
 * @retry_after_s: what the service asked for; 0 where it asked for nothing
 * @chance: a random number
 *
 * Says how long to wait before the next try: somewhere in a span that grows from 1 s to 60 s, so
 * that clients which failed together do not come back together (RELIABILITY 5.3). What the service
 * asks for is waited first.
 *
 * Returns: milliseconds, at least 1
 */
gint64
upkeep_backoff_next_ms (guint n_failures, gint64 unit_ms, gint64 retry_after_s, guint32 chance)
{
  gint64 units = UNITS_MAX, span_ms;

  g_return_val_if_fail (n_failures > 0, unit_ms);
  g_return_val_if_fail (unit_ms > 0, unit_ms);

  if (n_failures < 7)
    units = MIN (G_GINT64_CONSTANT (1) << (n_failures - 1), UNITS_MAX);

  span_ms = units * unit_ms;
  return retry_after_s * 1000 + 1 + ((span_ms * chance) >> 32);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-clock.h"

struct _UpkeepClock {
  gboolean is_test;
  GMutex lock;
  gint64 latest_s; /* the latest instant that anybody was told */
};

static UpkeepClock *
clock_new (gboolean is_test, gint64 now_s)
{
  UpkeepClock *self = g_new0 (UpkeepClock, 1);

  self->is_test = is_test;
  self->latest_s = now_s;
  g_mutex_init (&self->lock);
  return self;
}

/**
 * upkeep_clock_new_real:
 *
 * Makes a clock that follows the machine's.
 *
 * Returns: (transfer full): the clock
 */
UpkeepClock *
upkeep_clock_new_real (void)
{
  return clock_new (FALSE, 0);
}

/**
 * upkeep_clock_new_test:
 * @now_s: where it stands
 *
 * Makes a clock that only upkeep_clock_advance() moves.
 *
 * Returns: (transfer full): the clock
 */
UpkeepClock *
upkeep_clock_new_test (gint64 now_s)
{
  return clock_new (TRUE, now_s);
}

/**
 * upkeep_clock_free:
 * @self: (nullable): a clock
 *
 * Frees a clock.
 */
void
upkeep_clock_free (UpkeepClock *self)
{
  if (self == NULL)
    return;
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * upkeep_clock_is_test:
 * @self: a clock
 *
 * Tells whether the clock stands still by itself.
 *
 * Returns: `TRUE` for a test clock
 */
gboolean
upkeep_clock_is_test (const UpkeepClock *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_test;
}

/**
 * upkeep_clock_now:
 * @self: a clock
 *
 * Reads the clock. It never goes backwards: when the machine's does, this one waits for it. May be
 * called from any thread.
 *
 * Returns: the present
 */
gint64
upkeep_clock_now (UpkeepClock *self)
{
  gint64 now_s;

  g_return_val_if_fail (self != NULL, 0);

  g_mutex_lock (&self->lock);
  if (!self->is_test)
    self->latest_s = MAX (self->latest_s, g_get_real_time () / G_USEC_PER_SEC);
  now_s = self->latest_s;
  g_mutex_unlock (&self->lock);
  return now_s;
}

/**
 * upkeep_clock_advance:
 * @self: a clock
 * @now_s: where it shall stand at the least
 *
 * Moves the clock forward; an earlier instant changes nothing.
 */
void
upkeep_clock_advance (UpkeepClock *self, gint64 now_s)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  self->latest_s = MAX (self->latest_s, now_s);
  g_mutex_unlock (&self->lock);
}

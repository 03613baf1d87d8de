/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-rate.h"

#define SETS  1024 /* a power of two */
#define WAYS  4    /* keys that a set tells apart at a time */
#define LOCKS 16   /* a power of two, at most SETS */

/*
 * One key's bucket, kept as the instant at which it will be full again ("virtual scheduling"). A
 * bucket whose instant has passed is full, which is what an unknown key has: it can be given away
 * at no loss.
 */
typedef struct {
  guint64 tag;
  gint64 full_at_us;
} Bucket;

struct _UpkeepRate {
  gint64 token_us; /* time in which one token grows */
  gint64 burst_us; /* time in which an empty bucket fills */
  guint64 seed;    /* so that nobody can aim at another's set */
  GMutex locks[LOCKS];
  Bucket buckets[SETS][WAYS];
};

/* FNV-1a from a secret start, then a finaliser that spreads it over all bits. */
static guint64
hash_key (const UpkeepRate *self, const guint8 *key, gsize size)
{
  guint64 hash = self->seed ^ G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < size; i++)
    hash = (hash ^ key[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash ^= hash >> 33;
  return hash;
}

/**
 * upkeep_rate_new:
 * @per_second: tokens that grow in a second, for each key; 1 to 1000000
 * @burst: most tokens that a key can have saved; at least 1
 *
 * Makes a rate limiter of about 64 KiB, however many keys there will be.
 *
 * Returns: (transfer full): the limiter
 */
UpkeepRate *
upkeep_rate_new (guint per_second, guint burst)
{
  UpkeepRate *self;

  g_return_val_if_fail (per_second >= 1 && per_second <= 1000000, NULL);
  g_return_val_if_fail (burst >= 1, NULL);

  self = g_new0 (UpkeepRate, 1);
  self->token_us = G_USEC_PER_SEC / per_second;
  self->burst_us = self->token_us * burst;
  self->seed = (guint64) g_random_int () << 32 | g_random_int ();
  for (gsize i = 0; i < LOCKS; i++)
    g_mutex_init (&self->locks[i]);
  return self;
}

/**
 * upkeep_rate_free:
 * @self: (nullable): a limiter
 *
 * Frees a limiter.
 */
void
upkeep_rate_free (UpkeepRate *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < LOCKS; i++)
    g_mutex_clear (&self->locks[i]);
  g_free (self);
}

/**
 * upkeep_rate_take:
 * @self: a limiter
 * @key: who asks, best as a hash
 * @key_size: bytes
 * @now_us: the machine's monotonic clock
 * @ret_retry_after_s: (out): seconds until there will be a token; set when there is none now
 *
 * Takes one token of a key. May be called from any thread.
 *
 * When more keys are at work than can be told apart, the one that has asked least is forgotten: a
 * stranger never pays for another's requests.
 *
 * Returns: `TRUE` when there was one
 */
gboolean
upkeep_rate_take (
    UpkeepRate *self, const void *key, gsize key_size, gint64 now_us, guint *ret_retry_after_s)
{
  guint64 tag;
  gsize set;
  Bucket *bucket = NULL;
  GMutex *lock;
  gint64 wait_us;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (ret_retry_after_s != NULL, FALSE);

  tag = hash_key (self, key, key_size);
  set = tag & (SETS - 1);
  lock = &self->locks[set & (LOCKS - 1)];

  g_mutex_lock (lock);
  for (gsize i = 0; i < WAYS && bucket == NULL; i++) {
    if (self->buckets[set][i].tag == tag)
      bucket = &self->buckets[set][i];
  }
  if (bucket == NULL) {
    bucket = &self->buckets[set][0];
    for (gsize i = 1; i < WAYS; i++) {
      if (self->buckets[set][i].full_at_us < bucket->full_at_us)
        bucket = &self->buckets[set][i];
    }
    bucket->tag = tag;
    bucket->full_at_us = now_us;
  }
  if (bucket->full_at_us < now_us)
    bucket->full_at_us = now_us;
  wait_us = bucket->full_at_us + self->token_us - self->burst_us - now_us;
  if (wait_us <= 0)
    bucket->full_at_us += self->token_us;
  g_mutex_unlock (lock);

  if (wait_us <= 0)
    return TRUE;
  *ret_retry_after_s = (guint) ((wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  return FALSE;
}

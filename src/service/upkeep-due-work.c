/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-due-work.h"

/* How many events are kept by one commit. */
#define CHUNK_EVENTS 128

/* An account that could not be billed is looked at again after this time. */
#define POSTPONE_S 60

/* The thread looks up at least this often: the machine's clock may be set. */
#define WAIT_MAX_S 60

/* How long answers to keys, and quotes that nobody accepted, are kept; and how often that is looked
 * at. */
#define KEEP_S  (30 * UPKEEP_DAY_S)
#define PRUNE_S G_GINT64_CONSTANT (3600)

struct _UpkeepDueWork {
  UpkeepStore *store;              /* (unowned) */
  const UpkeepBillingMeans *means; /* (unowned) */
  UpkeepClock *clock;              /* (unowned) */
  GThread *thread;                 /* (owned) */
  GMutex lock;
  GCond woken;
  gboolean is_woken;
  gboolean is_stopping;
  gint64 pruned_at_us; /* on the machine's monotonic clock */
};

typedef struct {
  guint n_done;         /* events of this chunk */
  gboolean is_finished; /* nothing is left that falls due */
  char *account;        /* (owned) (nullable): whose event is being done */
} Chunk;

/* Does the next event of all; it happens at its own instant. */
static gboolean
run_one (UpkeepDb *db,
         const UpkeepBillingMeans *means,
         UpkeepClock *clock,
         gint64 until_s,
         Chunk *chunk,
         GError **error)
{
  g_autoptr (UpkeepBilling) billing = NULL;
  gint64 due_at_s = UPKEEP_INSTANT_NONE;

  g_clear_pointer (&chunk->account, g_free);
  if (!upkeep_store_get_next_due (db, &chunk->account, &due_at_s, error))
    return FALSE;
  if (chunk->account == NULL || due_at_s > until_s) {
    chunk->is_finished = TRUE;
    return TRUE;
  }
  if (upkeep_clock_is_test (clock)) {
    /* Before the commit: who sees what happened must not see an earlier time. */
    upkeep_clock_advance (clock, due_at_s);
    if (!upkeep_store_set_clock (db, upkeep_clock_now (clock), error))
      return FALSE;
  }
  if (!upkeep_billing_open (db, means, chunk->account, due_at_s, &billing, error))
    return FALSE;
  g_assert (billing != NULL);
  chunk->n_done++;
  return upkeep_billing_close (billing, error);
}

static gboolean
run_chunk (UpkeepStore *store,
           const UpkeepBillingMeans *means,
           UpkeepClock *clock,
           gint64 until_s,
           guint n_events,
           Chunk *chunk,
           GError **error)
{
  UpkeepDb *db = upkeep_store_begin (store, error);

  if (db == NULL)
    return FALSE;
  while (chunk->n_done < n_events && !chunk->is_finished) {
    if (!run_one (db, means, clock, until_s, chunk, error)) {
      upkeep_store_rollback (store);
      return FALSE;
    }
  }
  return upkeep_store_commit (store, error);
}

/* Puts an account aside that cannot be billed, so that the others do not wait for it. */
static gboolean
put_aside (
    UpkeepStore *store, const char *account, gint64 now_s, const GError *reason, GError **error)
{
  gboolean is_unknown =
      g_error_matches (reason, UPKEEP_BILLING_ERROR, UPKEEP_BILLING_ERROR_PAYMENT_UNKNOWN);
  UpkeepDb *db = upkeep_store_begin (store, error);

  if (db == NULL)
    return FALSE;
  g_critical ("account %s is put aside: %s", account, reason->message);
  if (!upkeep_store_set_due (db, account, is_unknown ? now_s + POSTPONE_S : UPKEEP_INSTANT_NONE,
                             error)) {
    upkeep_store_rollback (store);
    return FALSE;
  }
  return upkeep_store_commit (store, error);
}

/**
 * upkeep_run_due:
 * @store: the store, which this thread is not writing
 * @means: what accounts are billed with
 * @clock: a test clock is moved along
 * @until_s: the last instant
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Lets everything happen that falls due for all accounts, in the order of time, each event at its
 * own instant. Whatever dies half way goes on where it was.
 *
 * Errors: any code; what was committed stays.
 *
 * Returns: `TRUE` when nothing is left
 */
gboolean
upkeep_run_due (UpkeepStore *store,
                const UpkeepBillingMeans *means,
                UpkeepClock *clock,
                gint64 until_s,
                GError **error)
{
  guint n_events = CHUNK_EVENTS;

  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (means != NULL, FALSE);
  g_return_val_if_fail (clock != NULL, FALSE);

  for (;;) {
    Chunk chunk = {0};
    g_autoptr (GError) local_error = NULL;
    gboolean is_done = run_chunk (store, means, clock, until_s, n_events, &chunk, &local_error);
    g_autofree char *account = g_steal_pointer (&chunk.account);

    if (is_done) {
      if (chunk.is_finished)
        return TRUE;
      n_events = CHUNK_EVENTS;
    } else if (local_error->domain != UPKEEP_BILLING_ERROR) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    } else if (n_events > 1) {
      n_events = 1; /* the others of the chunk are not to suffer */
    } else if (!put_aside (store, account, until_s, local_error, error)) {
      return FALSE;
    }
  }
}

/* What is kept for the machine's own sake is kept by the machine's own time. */
static void
prune (UpkeepDueWork *self)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 keep_from_s = g_get_real_time () / G_USEC_PER_SEC - KEEP_S;
  g_autoptr (GError) error = NULL;
  UpkeepDb *db;

  if (self->pruned_at_us != 0 && now_us - self->pruned_at_us < PRUNE_S * G_USEC_PER_SEC)
    return;
  self->pruned_at_us = now_us;
  db = upkeep_store_begin (self->store, &error);
  if (db != NULL) {
    if (!upkeep_store_prune (db, keep_from_s, upkeep_clock_now (self->clock) - KEEP_S, &error))
      upkeep_store_rollback (self->store);
    else if (upkeep_store_commit (self->store, &error))
      return;
  }
  g_message ("nothing could be pruned: %s", error->message);
}

/* When the thread has something to do next, on the clock that bills. */
static gint64
get_next_due (UpkeepDueWork *self)
{
  g_autofree char *account = NULL;
  gint64 due_at_s = UPKEEP_INSTANT_NONE;
  g_autoptr (GError) error = NULL;
  UpkeepDb *db = upkeep_store_begin_read (self->store, &error);

  if (db != NULL) {
    gboolean is_read = upkeep_store_get_next_due (db, &account, &due_at_s, &error);

    upkeep_store_end_read (self->store, db);
    if (is_read)
      return due_at_s;
  }
  g_message ("what falls due next is not known: %s", error->message);
  return UPKEEP_INSTANT_NONE;
}

static void
wait_for (UpkeepDueWork *self, gint64 wait_s)
{
  gint64 until_us = g_get_monotonic_time () + wait_s * G_USEC_PER_SEC;

  g_mutex_lock (&self->lock);
  while (!self->is_woken && !self->is_stopping) {
    if (!g_cond_wait_until (&self->woken, &self->lock, until_us))
      break;
  }
  self->is_woken = FALSE;
  g_mutex_unlock (&self->lock);
}

static gboolean
is_stopping (UpkeepDueWork *self)
{
  gboolean stopping;

  g_mutex_lock (&self->lock);
  stopping = self->is_stopping;
  g_mutex_unlock (&self->lock);
  return stopping;
}

static gpointer
work (gpointer user_data)
{
  UpkeepDueWork *self = user_data;

  while (!is_stopping (self)) {
    gint64 wait_s = WAIT_MAX_S;

    prune (self);
    if (!upkeep_clock_is_test (self->clock)) {
      gint64 now_s = upkeep_clock_now (self->clock);
      gint64 due_at_s = get_next_due (self);
      g_autoptr (GError) error = NULL;

      if (due_at_s != UPKEEP_INSTANT_NONE && due_at_s <= now_s) {
        if (upkeep_run_due (self->store, self->means, self->clock, now_s, &error))
          continue;
        g_message ("what falls due has to wait: %s", error->message);
      } else if (due_at_s != UPKEEP_INSTANT_NONE) {
        wait_s = MIN (wait_s, due_at_s - now_s);
      }
    }
    wait_for (self, wait_s);
  }
  return NULL;
}

/**
 * upkeep_due_work_start:
 * @store: the store
 * @means: what accounts are billed with
 * @clock: what time it is; under a test clock nothing happens by itself
 *
 * Starts the thread. All arguments must outlive it.
 *
 * Returns: (transfer full): the thread
 */
UpkeepDueWork *
upkeep_due_work_start (UpkeepStore *store, const UpkeepBillingMeans *means, UpkeepClock *clock)
{
  UpkeepDueWork *self;

  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (means != NULL, NULL);
  g_return_val_if_fail (clock != NULL, NULL);

  self = g_new0 (UpkeepDueWork, 1);
  self->store = store;
  self->means = means;
  self->clock = clock;
  g_mutex_init (&self->lock);
  g_cond_init (&self->woken);
  self->thread = g_thread_new ("upkeep-due", work, self);
  return self;
}

/**
 * upkeep_due_work_wake:
 * @self: the thread
 *
 * Tells the thread that something may fall due earlier now. May be called from any thread.
 */
void
upkeep_due_work_wake (UpkeepDueWork *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  self->is_woken = TRUE;
  g_cond_signal (&self->woken);
  g_mutex_unlock (&self->lock);
}

/**
 * upkeep_due_work_stop:
 * @self: (nullable): the thread
 *
 * Ends the thread; what it is doing it finishes.
 */
void
upkeep_due_work_stop (UpkeepDueWork *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->is_stopping = TRUE;
  g_cond_signal (&self->woken);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_cond_clear (&self->woken);
  g_mutex_clear (&self->lock);
  g_free (self);
}

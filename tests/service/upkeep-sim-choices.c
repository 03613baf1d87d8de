/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-sim-choices.h"

/* Lives that are tried at the most to find a shorter one: each takes some milliseconds. */
#define TRIALS_MAX 1000

/* Choices that are left out at once, at first. */
#define DROPPED_MAX 64

static SimChoices *
choices_new (GRand *rand, GArray *values)
{
  SimChoices *self = g_new0 (SimChoices, 1);

  self->rand = rand;
  self->values = values;
  return self;
}

SimChoices *
sim_choices_new (guint32 seed)
{
  return choices_new (g_rand_new_with_seed (seed), g_array_new (FALSE, FALSE, sizeof (guint)));
}

void
sim_choices_free (SimChoices *self)
{
  g_clear_pointer (&self->rand, g_rand_free);
  g_array_unref (self->values);
  g_free (self);
}

/* One of 0 to @n - 1; 0 is always the simplest choice, and what is not recorded. */
guint
sim_choose (SimChoices *self, guint n)
{
  guint value = 0;

  if (self->next < self->values->len) {
    value = g_array_index (self->values, guint, self->next) % n;
  } else if (self->rand != NULL) {
    value = (guint) g_rand_int_range (self->rand, 0, (gint32) n);
    g_array_append_val (self->values, value);
  }

  self->next++;
  return value;
}

/* One of @n, each as often as its weight says. */
guint
sim_choose_weighted (SimChoices *self, const guint *weights, guint n)
{
  guint sum = 0;
  guint value;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  value = sim_choose (self, sum);
  for (guint i = 0; i < n; i++) {
    if (value < weights[i])
      return i;
    value -= weights[i];
  }
  g_assert_not_reached ();
}

/* A life that is being shortened. */
typedef struct {
  SimLive live;
  gpointer user_data;
  GArray *best; /* (owned) */
  char *report; /* (owned): what does not hold in it */
  guint n_trials;
} Search;

/* Puts @values into the place of the best where they break a property, too. */
static gboolean
take_if_broken (Search *self, GArray *values)
{
  g_autoptr (SimChoices) choices = choices_new (NULL, values);
  char *report;

  self->n_trials++;
  report = self->live (choices, self->user_data);
  if (report == NULL)
    return FALSE;
  g_array_unref (self->best);
  self->best = g_array_ref (values);
  g_free (self->report);
  self->report = report;
  return TRUE;
}

static gboolean
drop_some (Search *self)
{
  for (guint n_dropped = DROPPED_MAX; n_dropped > 0; n_dropped /= 2) {
    for (guint i = 0; i + n_dropped <= self->best->len && self->n_trials < TRIALS_MAX; i++) {
      GArray *shorter = g_array_copy (self->best);

      g_array_remove_range (shorter, i, n_dropped);
      if (take_if_broken (self, shorter))
        return TRUE;
    }
  }
  return FALSE;
}

static gboolean
lower_one (Search *self)
{
  for (guint i = 0; i < self->best->len; i++) {
    guint value = g_array_index (self->best, guint, i);
    const guint lower[] = {0, value / 2, value - 1};

    for (gsize j = 0; value > 0 && j < G_N_ELEMENTS (lower); j++) {
      GArray *simpler = g_array_copy (self->best);

      if (self->n_trials >= TRIALS_MAX) {
        g_array_unref (simpler);
        return FALSE;
      }
      g_array_index (simpler, guint, i) = lower[j];
      if (take_if_broken (self, simpler))
        return TRUE;
    }
  }
  return FALSE;
}

/* Makes a life that breaks a property shorter and simpler as long as it still does.
 * @report: (transfer full): what does not hold in it. Returns: (transfer full): and in the shortest
 */
char *
sim_find_shortest (SimChoices *choices, SimLive live, gpointer user_data, char *report)
{
  Search search = {live, user_data, g_array_ref (choices->values), report, 0};

  while (search.n_trials < TRIALS_MAX && (drop_some (&search) || lower_one (&search)))
    continue;
  g_array_unref (search.best);
  return search.report;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What a life follows from: a sequence of choices, drawn from a seed and recorded, so that it can
 * be lived again, and made shorter and simpler. */
typedef struct {
  GRand *rand;    /* (owned) (nullable): `NULL` when recorded choices are lived again */
  GArray *values; /* (owned) (element-type guint) */
  guint next;
} SimChoices;

/* Lives a life. Returns: (nullable) (transfer full): what does not hold in it, and its story */
typedef char *(*SimLive) (SimChoices *choices, gpointer user_data);

SimChoices *sim_choices_new (guint32 seed);
void sim_choices_free (SimChoices *self);
guint sim_choose (SimChoices *self, guint n);
guint sim_choose_weighted (SimChoices *self, const guint *weights, guint n);

char *sim_find_shortest (SimChoices *choices, SimLive live, gpointer user_data, char *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimChoices, sim_choices_free)

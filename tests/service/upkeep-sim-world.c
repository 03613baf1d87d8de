/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-sim-world.h"

/* How often somebody asks again who got no answer. */
#define TRIES_MAX 5

/* Each so many answers one is lost on its way back. */
#define LOST_EVERY 24

static void
account_free (gpointer data)
{
  SimAccount *self = data;

  g_free (self->id);
  g_free (self->token);
  g_clear_pointer (&self->document, json_node_unref);
  g_free (self->etag);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->receipts);
  g_ptr_array_unref (self->jobs);
  g_clear_pointer (&self->quote, json_node_unref);
  g_free (self);
}

SimWorld *
sim_world_new (const SimWay *way, SimChoices *choices)
{
  /* 2026-05-01T00:00:00Z, 2026-01-31T10:00:00Z, 2024-02-29T23:59:59Z, 2025-12-31T00:00:01Z */
  static const gint64 starts_s[] = {1777593600, 1769853600, 1709251199, 1767139201};
  static guint n_worlds = 0;
  SimWorld *self = g_new0 (SimWorld, 1);
  g_autofree char *uri = g_strdup_printf ("sqlite::memory:simulator-%u", n_worlds++);

  self->way = way;
  self->choices = choices;
  self->now_s = starts_s[sim_choose (choices, G_N_ELEMENTS (starts_s))];
  if (way->has_faults)
    sim_fault_watch ();
  self->service = sim_service_new (way->catalogues, uri, self->now_s);
  if (way->has_faults)
    self->fault = sim_fault_new (way->fails_at);
  self->accounts = g_ptr_array_new_with_free_func (account_free);
  self->story = g_string_new (NULL);
  return self;
}

void
sim_world_free (SimWorld *self)
{
  g_ptr_array_unref (self->accounts);
  sim_service_free (self->service);
  g_clear_pointer (&self->fault, sim_fault_free);
  g_string_free (self->story, TRUE);
  g_free (self->broken);
  g_free (self);
}

void
sim_break (
    SimWorld *world, const char *property, const char *file, int line, const SimAnswer *answer)
{
  g_autofree char *name = NULL;

  if (world->broken != NULL)
    return;
  name = g_path_get_basename (file);
  world->broken = g_strdup_printf ("%s:%d: %s", name, line, property);
  if (answer != NULL)
    g_string_append_printf (world->story, "\n  answered %u %s", answer->status, answer->text);
}

void
sim_tell (SimWorld *world, const SimAccount *account, const char *format, ...)
{
  char now[UPKEEP_INSTANT_TEXT_SIZE];
  va_list arguments;

  upkeep_instant_print (world->now_s, now);
  g_string_append_printf (world->story, "\n  %s ", now);
  if (account != NULL)
    g_string_append_printf (world->story, "account %u ", account->number);
  va_start (arguments, format);
  g_string_append_vprintf (world->story, format, arguments);
  va_end (arguments);
}

void
sim_count (SimWorld *world, const char *what)
{
  GHashTable *counts = world->way->counts;

  if (counts != NULL)
    g_hash_table_insert (
        counts, g_strdup (what),
        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, what)) + 1));
}

SimCard *
sim_card (SimWorld *world, const SimAccount *account)
{
  return sim_service_get_card (world->service, account->card);
}

char *
sim_next_key (SimWorld *world)
{
  return g_strdup_printf ("key-%u", world->n_keys++);
}

static const char *
get_token (const SimAccount *account)
{
  return account != NULL ? account->token : SIM_OPERATOR;
}

/* No answer, or one that says to come again. What was not kept is a fault of the disk only here. */
static gboolean
is_to_be_repeated (const SimWorld *world, const SimAnswer *answer)
{
  return answer->status == 503 ||
         (answer->status == 500 && world->fault != NULL && sim_fault_has_struck (world->fault));
}

SimAnswer *
sim_ask (SimWorld *world, const SimAccount *account, const char *target)
{
  SimAnswer *answer = sim_service_get (world->service, get_token (account), target, NULL);

  for (int i = 1; i < TRIES_MAX && is_to_be_repeated (world, answer); i++) {
    sim_answer_free (answer);
    answer = sim_service_get (world->service, get_token (account), target, NULL);
  }
  return answer;
}

/* Asks until there is an answer. */
SimAnswer *
sim_try (
    SimWorld *world, const SimAccount *account, const char *path, const char *key, const char *body)
{
  SimAnswer *answer = sim_service_post (world->service, get_token (account), path, key, body);

  for (int i = 1; i < TRIES_MAX && is_to_be_repeated (world, answer); i++) {
    sim_answer_free (answer);
    answer = sim_service_post (world->service, get_token (account), path, key, body);
  }
  SIM_HOLD (world, answer, answer->status < 500);
  return answer;
}

static gboolean
is_kept (const SimAnswer *answer)
{
  return answer->status < 300 || answer->status == 402 || answer->status == 409;
}

/* An answer that is lost on its way back comes again, word for word. */
static void
lose_answer (SimWorld *world,
             const SimAccount *account,
             const char *path,
             const char *key,
             const char *body,
             const SimAnswer *answer)
{
  g_autoptr (SimAnswer) again = sim_try (world, account, path, key, body);

  SIM_HOLD (world, again, again->status == answer->status);
  SIM_HOLD (world, again, again->is_replay == is_kept (answer));
  SIM_HOLD (world, again, !again->is_replay || g_str_equal (again->text, answer->text));
}

SimAnswer *
sim_do_with_key (
    SimWorld *world, const SimAccount *account, const char *path, const char *key, const char *body)
{
  SimAnswer *answer = sim_try (world, account, path, key, body);

  if (sim_choose (world->choices, LOST_EVERY) == LOST_EVERY - 1)
    lose_answer (world, account, path, key, body, answer);
  return answer;
}

SimAnswer *
sim_do (SimWorld *world, const SimAccount *account, const char *path, const char *body)
{
  g_autofree char *key = sim_next_key (world);

  return sim_do_with_key (world, account, path, key, body);
}

/* Something that is refused, so that no key is needed. */
SimAnswer *
sim_do_bad (SimWorld *world, const SimAccount *account, const char *path, const char *body)
{
  SimAnswer *answer = sim_try (world, account, path, NULL, body);

  SIM_HOLD (world, answer, answer->status >= 400 && answer->status < 500);
  return answer;
}

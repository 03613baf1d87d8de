/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-sim-world.h"

#include "upkeep-wire-edition.h"

#include <string.h>

/* Random lives of some accounts on one clock, against the whole service core without a socket, and
 * what must hold in each of them. A life follows from a seed; one that breaks a property is made
 * shorter and simpler as long as it still does, and then told step by step.
 *
 * That lines add up, that preview equals execution, that a refund shown is the refund paid, that
 * nothing is charged for what a blocked quote forbids, and that a chain of periods has neither gap
 * nor overlap is held at each step (upkeep-sim-oracle.c); that no sequence makes units or money, at
 * the end of each life, there and by fsck; that one jump of the clock or many come to the same, in
 * a test of its own. The model's random lives hold the same, and that pieces of use are the whole.
 */

#ifdef __SANITIZE_ADDRESS__
#define YEARS_MIN           30
#define N_LIVES             2
#define N_FAULTY_LIVES      2
#define FAULTS_STRIDE_FIRST 64
#define FAULTS_STRIDE       128
#else
#define YEARS_MIN           1050
#define N_LIVES             12
#define N_FAULTY_LIVES      8
/* In the first life each write fails once, in the others some do. */
#define FAULTS_STRIDE_FIRST 1
#define FAULTS_STRIDE       23
#endif
#define YEAR_S (G_GINT64_CONSTANT (31557600)) /* 365.25 days */

#define STEPS_MAX          60
#define FAULTY_STEPS_MAX   25
#define LAST_JUMP_S        (600 * UPKEEP_DAY_S)
#define FAULTY_LAST_JUMP_S (40 * UPKEEP_DAY_S)

typedef struct {
  SimWay way;
  SimWay other_way; /* in which a life is lived again */
  gint64 years;     /* that are lived at the least */
  guint32 seed;     /* of the one life that is lived */
  gboolean is_one;
  gint64 lived_s;
  guint64 n_requests;
  guint64 n_writes; /* of the last life with faults */
  guint n_lives;
} Simulator;

/* What the service complained about; no life may make it complain. */
static char *complaint = NULL;

static void
take_complaint (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  if ((level & (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) == 0 || complaint != NULL ||
      strstr (message, "the processor gave no answer") != NULL)
    return;
  complaint = g_strdup (message);
}

static void
live_steps (SimWorld *world)
{
  const GPtrArray *editions = world->way->editions;
  guint n_steps;

  sim_open_account (world,
                    g_ptr_array_index (editions, sim_choose (world->choices, editions->len)));
  n_steps = sim_choose (world->choices, world->way->n_steps_max + 1);
  for (guint i = 0; i < n_steps && world->broken == NULL; i++) {
    sim_step (world);
    if (complaint != NULL && (world->fault == NULL || !sim_fault_has_struck (world->fault)))
      sim_break (world, complaint, __FILE__, __LINE__, NULL);
  }
  if (world->broken == NULL)
    sim_advance (world, world->now_s + world->way->last_jump_s);
}

/* Returns: (transfer full) (nullable): what does not hold, and the story of it */
static char *
end_world (SimWorld *world)
{
  g_clear_pointer (&complaint, g_free);
  return world->broken != NULL ? g_strconcat (world->broken, world->story->str, NULL) : NULL;
}

static char *
live (SimChoices *choices, gpointer user_data)
{
  Simulator *self = user_data;
  g_autoptr (SimWorld) world = sim_world_new (&self->way, choices);

  live_steps (world);
  for (guint i = 0; i < world->accounts->len && world->broken == NULL; i++)
    sim_audit (world, g_ptr_array_index (world->accounts, i));
  if (world->broken == NULL)
    sim_prove_books (world);
  self->lived_s += world->lived_s;
  self->n_requests += world->service->n_requests;
  self->n_lives++;
  return end_world (world);
}

/* Lives the life of a seed. Returns: whether all holds in it */
static gboolean
live_seed (Simulator *self, SimLive way, guint32 seed)
{
  g_autoptr (SimChoices) choices = sim_choices_new (seed);
  g_autofree char *report = way (choices, self);

  if (report == NULL)
    return TRUE;
  g_test_message ("seed %u: %s", seed, report);
  report = sim_find_shortest (choices, way, self, g_steal_pointer (&report));
  g_test_message ("seed %u (UPKEEP_SIMULATOR_SEED=%u lives it again): %s", seed, seed, report);
  g_test_fail ();
  return FALSE;
}

static SimWay
make_way (const Simulator *self, gboolean is_calm, guint n_steps_max)
{
  return (SimWay){
      .catalogues = self->way.catalogues,
      .editions = self->way.editions,
      .n_clock_steps = 1,
      .is_calm = is_calm,
      .n_steps_max = n_steps_max,
      .last_jump_s = LAST_JUMP_S,
  };
}

/* Half of the lives are the same in each run, half are new. */
static guint32
get_seed (const Simulator *self, guint i)
{
  if (self->is_one)
    return self->seed;
  return i % 2 == 0 ? i / 2 : (guint32) g_test_rand_int ();
}

static void
tell_counts (GHashTable *counts)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (counts), (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    g_test_message ("%s: %u", (const char *) l->data,
                    GPOINTER_TO_UINT (g_hash_table_lookup (counts, l->data)));
}

static void
test_lives (gconstpointer data)
{
  Simulator *self = (Simulator *) data;
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_test_summary ("What was promised is kept, in random lives of more than a thousand years");
  self->way = make_way (self, FALSE, STEPS_MAX);
  self->way.counts = counts;
  for (guint i = 0; self->lived_s < self->years * YEAR_S; i++) {
    if (!live_seed (self, live, get_seed (self, i)) || self->is_one)
      return;
  }
  g_test_message ("%u lives, %" G_GINT64_FORMAT " account-years, %" G_GUINT64_FORMAT
                  " requests, %.1f s",
                  self->n_lives, self->lived_s / YEAR_S, self->n_requests,
                  (double) (g_get_monotonic_time () - start_us) / G_USEC_PER_SEC);
  tell_counts (counts);
}

/* --- The same life in another way --- */

/* Lives a life, and tells what became of it. */
static char *
portray_life (Simulator *self, const SimWay *way, SimChoices *choices, char **ret_report)
{
  g_autoptr (SimWorld) world = NULL;
  GString *portraits = g_string_new (NULL);

  choices->next = 0;
  world = sim_world_new (way, choices);
  live_steps (world);
  for (guint i = 0; i < world->accounts->len && world->broken == NULL; i++) {
    g_autofree char *portrait = sim_portray (world, g_ptr_array_index (world->accounts, i));

    g_string_append_printf (portraits, "account %u\n%s", i, portrait);
  }
  if (world->broken == NULL)
    sim_prove_books (world);
  if (world->fault != NULL)
    self->n_writes = sim_fault_count (world->fault);
  *ret_report = end_world (world);
  return g_string_free (portraits, FALSE);
}

static char *
tell_difference (const char *one, const char *other)
{
  g_auto (GStrv) lines = g_strsplit (one, "\n", -1);
  g_auto (GStrv) other_lines = g_strsplit (other, "\n", -1);
  guint i = 0;

  while (lines[i] != NULL && g_strcmp0 (lines[i], other_lines[i]) == 0)
    i++;
  return g_strdup_printf ("the two ways differ:\n%s\n%s", lines[i],
                          other_lines[i] != NULL ? other_lines[i] : "(nothing)");
}

/* Lives a life in both ways. */
static char *
live_both_ways (SimChoices *choices, gpointer user_data)
{
  Simulator *self = user_data;
  char *report = NULL;
  g_autofree char *one = portray_life (self, &self->way, choices, &report);
  g_autofree char *other = NULL;

  if (report != NULL)
    return report;
  other = portray_life (self, &self->other_way, choices, &report);
  if (report == NULL && !g_str_equal (one, other))
    report = tell_difference (one, other);
  return report;
}

static void
test_steps_of_time (gconstpointer data)
{
  Simulator *self = (Simulator *) data;

  g_test_summary ("RULES 0.25: one jump of the clock or many small ones, the same came of it");
  self->way = make_way (self, TRUE, STEPS_MAX);
  self->other_way = self->way;
  for (guint i = 0; i < N_LIVES; i++) {
    self->other_way.n_clock_steps = 2 + i % 12;
    if (!live_seed (self, live_both_ways, get_seed (self, i)) || self->is_one)
      return;
  }
}

static void
test_rivals (gconstpointer data)
{
  Simulator *self = (Simulator *) data;

  g_test_summary ("What is due happens once, however many do it at the same time");
  self->way = make_way (self, TRUE, STEPS_MAX);
  self->other_way = self->way;
  self->other_way.n_rivals = 3;
  for (guint i = 0; i < N_LIVES; i++) {
    if (!live_seed (self, live_both_ways, get_seed (self, i)) || self->is_one)
      return;
  }
}

static void
test_faults (gconstpointer data)
{
  Simulator *self = (Simulator *) data;
  guint64 n_faults = 0;

  g_test_summary ("Whichever write fails, whoever tries again comes to the same end, and nothing "
                  "is charged twice");
  for (guint32 seed = 0; seed < (self->is_one ? 1 : N_FAULTY_LIVES); seed++) {
    g_autoptr (SimChoices) choices = sim_choices_new (self->is_one ? self->seed : seed);
    g_autofree char *report = NULL;
    g_autofree char *undisturbed = NULL;
    guint stride = seed == 0 ? FAULTS_STRIDE_FIRST : FAULTS_STRIDE;
    guint64 n_writes;

    self->way = make_way (self, TRUE, FAULTY_STEPS_MAX);
    self->way.has_faults = TRUE;
    self->way.last_jump_s = FAULTY_LAST_JUMP_S;
    undisturbed = portray_life (self, &self->way, choices, &report);
    n_writes = self->n_writes;
    for (guint64 i = 1 + seed % stride; report == NULL && i <= n_writes; i += stride) {
      g_autofree char *disturbed = NULL;

      self->way.fails_at = i;
      disturbed = portray_life (self, &self->way, choices, &report);
      if (report == NULL && !g_str_equal (undisturbed, disturbed))
        report = tell_difference (undisturbed, disturbed);
      n_faults++;
    }
    if (report != NULL) {
      g_test_message ("seed %u, write %" G_GUINT64_FORMAT ": %s", seed, self->way.fails_at, report);
      g_test_fail ();
      return;
    }
  }
  g_test_message ("%" G_GUINT64_FORMAT " writes have failed", n_faults);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* All editions that are shipped, in the order of their files. */
static GPtrArray *
list_editions (const UpkeepCatalogues *catalogues)
{
  const char *folder = g_getenv ("UPKEEP_CATALOGUES");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *editions = g_ptr_array_new ();
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, ".schema.json"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    char *text = NULL;
    gsize size = 0;
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (UpkeepEdition) edition = NULL;
    g_autoptr (GError) error = NULL;

    g_file_get_contents (g_ptr_array_index (names, i), &text, &size, &error);
    g_assert_no_error (error);
    bytes = g_bytes_new_take (text, size);
    edition = upkeep_wire_parse_edition (bytes, &error);
    g_assert_no_error (error);
    g_ptr_array_add (editions,
                     upkeep_catalogues_find (catalogues, edition->service, edition->id)->edition);
  }
  return editions;
}

/* `--seed NUMBER` lives one life again; GLib's own seeds look otherwise. Who has a night to spare
 * asks for more years. */
static void
take_settings (Simulator *self, int *argc, char **argv)
{
  const char *text = g_getenv ("UPKEEP_SIMULATOR_SEED");
  const char *years_text = g_getenv ("UPKEEP_SIMULATOR_YEARS");
  guint64 seed = 0;
  guint64 years = YEARS_MIN;

  if (*argc >= 3 && g_str_equal (argv[1], "--seed") && g_ascii_isdigit (argv[2][0])) {
    text = argv[2];
    *argc -= 2;
    for (int i = 1; i <= *argc; i++)
      argv[i] = argv[i + 2];
  }
  self->is_one = text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seed, NULL);
  self->seed = (guint32) seed;
  if (years_text != NULL)
    g_ascii_string_to_unsigned (years_text, 10, 1, G_MAXUINT16, &years, NULL);
  self->years = (gint64) years;
}

int
main (int argc, char *argv[])
{
  Simulator simulator = {0};
  g_autoptr (UpkeepCatalogues) catalogues = NULL;
  g_autoptr (GPtrArray) editions = NULL;
  g_autoptr (GError) error = NULL;

  take_settings (&simulator, &argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_default_handler (take_complaint, NULL);
  catalogues = upkeep_catalogues_load (g_getenv ("UPKEEP_CATALOGUES"), &error);
  g_assert_no_error (error);
  /* One of those that have a trial offers it. */
  g_assert_true (upkeep_catalogues_offer_trials (catalogues, "midjourney/2024", &error));
  editions = list_editions (catalogues);
  simulator.way.catalogues = catalogues;
  simulator.way.editions = editions;
  g_test_add_data_func ("/simulator/lives", &simulator, test_lives);
  g_test_add_data_func ("/simulator/steps-of-time", &simulator, test_steps_of_time);
  g_test_add_data_func ("/simulator/rivals", &simulator, test_rivals);
  g_test_add_data_func ("/simulator/faults", &simulator, test_faults);
  return g_test_run ();
}

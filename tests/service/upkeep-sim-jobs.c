/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-sim-world.h"

/* Jobs, and what their answers promised: this knows how each was answered, and how it stood when it
 * was looked at last. */

#define QUANTITY_MAX 4000

static void
job_free (gpointer data)
{
  SimJob *self = data;

  g_free (self->id);
  g_free (self->answer);
  g_clear_pointer (&self->document, json_node_unref);
  g_free (self);
}

GPtrArray *
sim_jobs_new (void)
{
  return g_ptr_array_new_with_free_func (job_free);
}

static const char *
get_state (const SimJob *job)
{
  return sim_text (job->document, "state");
}

static gboolean
is_in_state (const SimJob *job, const char *state)
{
  return g_str_equal (get_state (job), state);
}

static gboolean
is_unfinished (const SimJob *job)
{
  return is_in_state (job, "queued") || is_in_state (job, "running");
}

static gboolean
is_metered (const SimAccount *account, const char *mode_id)
{
  int mode = upkeep_edition_find_mode (account->edition, mode_id);

  return mode < 0 || upkeep_edition_get_mode (account->edition, mode)->metered;
}

/* One that runs is left alone, one that waits runs, waits elsewhere or is dropped, and what has
 * ended stays as it ended. */
static void
hold_way (SimWorld *world, JsonNode *before, JsonNode *after, const SimAnswer *answer)
{
  const char *state = sim_text (before, "state");
  const char *now = sim_text (after, "state");

  SIM_HOLD (world, answer, sim_equal (before, "taken_at", after, "taken_at"));
  SIM_HOLD (world, answer, sim_equal (before, "reserve", after, "reserve"));
  if (g_str_equal (state, "queued")) {
    SIM_HOLD (world, answer, !g_str_equal (now, "done") && !g_str_equal (now, "failed"));
    SIM_HOLD (world, answer, sim_int (after, "position") <= sim_int (before, "position"));
  } else {
    SIM_HOLD (world, answer, sim_equal (before, "", after, ""));
  }
  SIM_HOLD (world, answer, g_str_equal (now, "queued") == (sim_int (after, "position") > 0));
  SIM_HOLD (world, answer,
            (g_str_equal (now, "queued") || g_str_equal (now, "running")) ==
                sim_is_null (after, "ended_at"));
}

static void
look_at (SimWorld *world, SimJob *job)
{
  g_autofree char *target = g_strdup_printf ("/v1/admin/jobs/%s", job->id);
  g_autoptr (SimAnswer) answer = sim_ask (world, NULL, target);

  SIM_HOLD (world, answer, answer->status == 200);
  if (answer->status != 200)
    return;
  if (job->document != NULL)
    hold_way (world, job->document, answer->body, answer);
  g_clear_pointer (&job->document, json_node_unref);
  job->document = json_node_ref (answer->body);
}

static gint64
count_in (const SimAccount *account, const char *state, const char *mode)
{
  gint64 n_jobs = 0;

  for (guint i = 0; i < account->jobs->len; i++) {
    const SimJob *job = g_ptr_array_index (account->jobs, i);

    if (is_in_state (job, state) && g_strcmp0 (sim_text (job->document, "mode"), mode) == 0)
      n_jobs++;
  }
  return n_jobs;
}

/* The queue of the document is what its jobs say. */
static void
hold_queue (SimWorld *world, const SimAccount *account, const SimAnswer *answer)
{
  const GPtrArray *modes = account->edition->meter.modes;
  gint64 n_waiting = 0;

  for (guint i = 0; i < modes->len; i++) {
    const char *mode = ((const UpkeepMode *) g_ptr_array_index (modes, i))->id;
    g_autofree char *running = g_strconcat ("queue.running.", mode, NULL);
    g_autofree char *queued = g_strconcat ("queue.queued.", mode, NULL);

    SIM_HOLD (world, answer,
              sim_int (account->document, running) == count_in (account, "running", mode));
    SIM_HOLD (world, answer,
              sim_int (account->document, queued) == count_in (account, "queued", mode));
    n_waiting += sim_int (account->document, queued);
  }
  SIM_HOLD (world, answer, sim_int (account->document, "queue.waiting") == n_waiting);
}

/* Sees the unfinished jobs of an account whose document was seen just now. */
void
sim_look_at_jobs (SimWorld *world, SimAccount *account, const SimAnswer *answer)
{
  for (guint i = 0; i < account->jobs->len; i++) {
    SimJob *job = g_ptr_array_index (account->jobs, i);

    if (job->document == NULL || is_unfinished (job))
      look_at (world, job);
    if (job->document == NULL)
      return;
  }
  hold_queue (world, account, answer);
}

/* What unfinished jobs hold. */
gint64
sim_sum_reserves (const SimAccount *account)
{
  gint64 held = 0;

  for (guint i = 0; i < account->jobs->len; i++) {
    const SimJob *job = g_ptr_array_index (account->jobs, i);

    if (is_unfinished (job) && is_metered (account, sim_text (job->document, "mode")))
      held += sim_int (job->document, "reserve");
  }
  return held;
}

/* --- Taking --- */

static gint64
get_spendable (const SimAccount *account)
{
  return sim_int (sim_element (account->document, "meters", 0), "spendable");
}

static void
hold_refused (SimWorld *world,
              SimAccount *account,
              gint64 reserve,
              gint64 taken_minor,
              const SimAnswer *answer)
{
  const char *code = sim_text (answer->body, "code");
  const char *state = sim_text (account->document, "subscription.state");
  gint64 n_waiting = sim_int (account->document, "queue.waiting");

  SIM_HOLD (world, answer, answer->status == 409 && code != NULL);
  sim_hold_unchanged (world, account, taken_minor);
  if (g_strcmp0 (code, "queue_full") == 0)
    SIM_HOLD (world, answer, n_waiting >= sim_int (account->document, "queue.limits.waiting"));
  else if (g_strcmp0 (code, "active_subscription_required") == 0)
    SIM_HOLD (world, answer, !g_str_equal (state, "active"));
  else if (g_strcmp0 (code, "mode_not_in_plan") != 0)
    SIM_HOLD (world, answer, get_spendable (account) == 0 || reserve > get_spendable (account));
}

/* A job has a place that the document promises: it runs within the limits, or waits within them. */
static void
hold_place (SimWorld *world, const SimAccount *account, const SimJob *job, const SimAnswer *answer)
{
  JsonNode *limits = sim_get (account->document, "queue.limits");
  const char *mode = sim_text (job->document, "mode");
  gint64 n_running = 0;

  if (limits == NULL)
    return;
  if (is_in_state (job, "queued")) {
    SIM_HOLD (world, answer,
              sim_int (account->document, "queue.waiting") <= sim_int (limits, "waiting"));
  } else if (sim_is_null (limits, "running.total")) {
    g_autofree char *limit = g_strconcat ("running.", mode, NULL);

    SIM_HOLD (world, answer, count_in (account, "running", mode) <= sim_int (limits, limit));
  } else {
    for (guint i = 0; i < account->jobs->len; i++)
      n_running += is_in_state (g_ptr_array_index (account->jobs, i), "running");
    SIM_HOLD (world, answer, n_running <= sim_int (limits, "running.total"));
  }
}

static void
hold_taken (
    SimWorld *world, SimAccount *account, SimJob *job, const char *body, const SimAnswer *answer)
{
  gint64 spendable = get_spendable (account);
  gint64 reserve;
  g_autoptr (SimAnswer) again = NULL;

  g_ptr_array_add (account->jobs, job);
  job->answer = g_strdup (answer->text);
  sim_look (world, account);
  if (world->broken != NULL)
    return;
  reserve = sim_int (job->document, "reserve");
  SIM_HOLD (world, answer, sim_equal (answer->body, "state", job->document, "state"));
  SIM_HOLD (world, answer, sim_equal (answer->body, "position", job->document, "position"));
  hold_place (world, account, job, answer);
  if (is_metered (account, sim_text (job->document, "mode"))) {
    SIM_HOLD (world, answer, spendable > 0 && reserve <= spendable);
    SIM_HOLD (world, answer, get_spendable (account) == spendable - reserve);
  }
  again = sim_do (world, NULL, "/v1/admin/jobs", body);
  SIM_HOLD (world, again, again->status == 201 && g_str_equal (again->text, job->answer));
  sim_hold_unchanged (world, account, sim_card (world, account)->taken_minor);
}

void
sim_step_take_job (SimWorld *world, SimAccount *account)
{
  const GPtrArray *modes = account->edition->meter.modes;
  gint64 taken_minor = sim_card (world, account)->taken_minor;
  guint mode = sim_choose (world->choices, modes->len + 1);
  gint64 reserve = sim_choose (world->choices, QUANTITY_MAX);
  SimJob *job = g_new0 (SimJob, 1);
  GString *text = g_string_new (NULL);
  g_autofree char *body = NULL;
  g_autoptr (SimAnswer) answer = NULL;

  /* Just what there is, or one more. */
  if (sim_choose (world->choices, 6) == 5)
    reserve = get_spendable (account) + sim_choose (world->choices, 2);
  job->id = g_strdup_printf ("job-%u", world->n_jobs++);
  g_string_append_printf (text, "{\"id\":\"%s\",\"account\":\"%s\",\"reserve\":%" G_GINT64_FORMAT,
                          job->id, account->id, reserve);
  if (mode > 0)
    g_string_append_printf (text, ",\"mode\":\"%s\"",
                            ((const UpkeepMode *) g_ptr_array_index (modes, mode - 1))->id);
  g_string_append_c (text, '}');
  body = g_string_free (text, FALSE);
  answer = sim_do (world, NULL, "/v1/admin/jobs", body);
  sim_tell (world, account, "asks for a job: %s: %u %s", body, answer->status,
            answer->status == 201 ? sim_text (answer->body, "state")
                                  : sim_text (answer->body, "code"));
  if (answer->status == 201) {
    hold_taken (world, account, job, body, answer);
  } else {
    job_free (job);
    hold_refused (world, account, reserve, taken_minor, answer);
  }
}

/* --- Finishing --- */

static SimJob *
choose_job (SimWorld *world, const SimAccount *account)
{
  guint n_jobs = account->jobs->len;
  guint first = sim_choose (world->choices, MAX (n_jobs, 1));

  /* Rather one that runs. */
  for (guint i = 0; i < n_jobs; i++) {
    SimJob *job = g_ptr_array_index (account->jobs, (first + i) % n_jobs);

    if (is_in_state (job, "running"))
      return job;
  }
  return n_jobs > 0 ? g_ptr_array_index (account->jobs, first) : NULL;
}

/* A job that runs ends; one that does not is left as it is. */
void
sim_step_finish_job (SimWorld *world, SimAccount *account)
{
  SimJob *job = choose_job (world, account);
  guint quantity = sim_choose (world->choices, QUANTITY_MAX);
  guint images = sim_choose (world->choices, 5);
  gboolean is_ok = sim_choose (world->choices, 4) < 3;
  gint64 taken_minor = sim_card (world, account)->taken_minor;
  g_autofree char *path = NULL;
  g_autofree char *body = g_strdup_printf ("{\"gpu_seconds\":%u,\"images\":%u,\"result\":\"%s\"}",
                                           quantity, images, is_ok ? "ok" : "error");
  g_autoptr (SimAnswer) answer = NULL;
  g_autoptr (SimAnswer) again = NULL;

  if (job == NULL)
    return;
  path = g_strdup_printf ("/v1/admin/jobs/%s/finish", job->id);
  answer = sim_do (world, NULL, path, body);
  sim_tell (world, account, "finishes %s: %s: %u", job->id, body, answer->status);
  if (!is_in_state (job, "running")) {
    SIM_HOLD (world, answer, answer->status == 409);
    sim_hold_unchanged (world, account, taken_minor);
    return;
  }
  SIM_HOLD (world, answer, answer->status == 200);
  SIM_HOLD (world, answer,
            g_strcmp0 (sim_text (answer->body, "state"), is_ok ? "done" : "failed") == 0);
  SIM_HOLD (world, answer, sim_int (answer->body, "quantity") == (is_ok ? quantity : 0));
  SIM_HOLD (world, answer, is_ok || sim_card (world, account)->taken_minor == taken_minor);
  account->used += is_ok ? quantity : 0;
  account->images += is_ok ? images : 0;
  g_clear_pointer (&job->document, json_node_unref);
  job->document = json_node_ref (answer->body);
  sim_look (world, account);

  /* Once only. */
  again = sim_do (world, NULL, path, body);
  SIM_HOLD (world, again,
            again->status == 409 &&
                g_strcmp0 (sim_text (again->body, "code"), "job_not_running") == 0);
}

/* A job that was taken gives its first answer again, whatever has become of it. */
void
sim_audit_jobs (SimWorld *world, SimAccount *account)
{
  gint64 taken_minor = sim_card (world, account)->taken_minor;

  for (guint i = 0; i < account->jobs->len && world->broken == NULL; i++) {
    const SimJob *job = g_ptr_array_index (account->jobs, i);
    g_autofree char *body =
        g_strdup_printf ("{\"id\":\"%s\",\"account\":\"%s\"}", job->id, account->id);
    g_autoptr (SimAnswer) answer = sim_do (world, NULL, "/v1/admin/jobs", body);

    SIM_HOLD (world, answer, answer->status == 201 && g_str_equal (answer->text, job->answer));
  }
  sim_hold_unchanged (world, account, taken_minor);
}

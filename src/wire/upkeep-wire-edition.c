/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-edition.h"

#include "upkeep-catalogue.h"
#include "upkeep-json.h"
#include "upkeep-wire-policy.h"
#include "upkeep-wire-support.h"

#define SOURCES_MAX         32
#define ROWS_MAX            64
#define FOOTNOTES_MAX       16
#define URL_MAX_CHARS       2000
#define WAIT_MAX_MINUTES    1440 /* a day */
#define JOBS_MAX            1000 /* of one account, running or waiting */
#define ESTIMATES_MAX       16
#define PRICE_INTERVALS_MAX (UPKEEP_N_INTERVALS - 1)

/* In the limits of a queue it stands where else the name of a mode does. */
static const char total_name[] = "total";

static const char *const interval_names[] = {NULL, "month", "year"};
G_STATIC_ASSERT (G_N_ELEMENTS (interval_names) == UPKEEP_N_INTERVALS);

/* For the operator's own memory: where the figures come from. It is judged and not kept. */
static void
read_sources (UpkeepReader *reader)
{
  UpkeepReader sources;

  upkeep_reader_array (reader, "sources", 1, SOURCES_MAX, &sources);
  while (upkeep_reader_has_next (&sources)) {
    UpkeepReader source;
    const char *text = NULL;
    gint64 midnight_s;

    upkeep_reader_object (&sources, NULL, &source);
    upkeep_reader_string (&source, "what", 1, UPKEEP_CATALOGUE_TEXT_MAX_CHARS, &text);
    upkeep_reader_string (&source, "where", 1, UPKEEP_CATALOGUE_TEXT_MAX_CHARS, &text);
    if (upkeep_reader_string (&source, "read", 1, UPKEEP_CATALOGUE_TEXT_MAX_CHARS, &text) &&
        !upkeep_date_parse (text, &midnight_s, NULL))
      upkeep_reader_fail (&source, "read", "is not a date like 2026-05-10");
    upkeep_reader_finish (&source);
  }
}

static void
read_head (UpkeepReader *reader, UpkeepEdition *edition)
{
  const char *text = NULL;

  upkeep_reader_optional_string (reader, "$schema", 0, URL_MAX_CHARS, &text);
  edition->service =
      upkeep_catalogue_read_word (reader, "service", upkeep_catalogue_fault_of_id, edition);
  edition->id =
      upkeep_catalogue_read_word (reader, "edition", upkeep_catalogue_fault_of_id, edition);
  edition->is_default = upkeep_catalogue_read_bool (reader, "default");
  upkeep_catalogue_read_text (reader, "name", &edition->name);

  if (upkeep_reader_string (reader, "currency", 0, UPKEEP_CATALOGUE_TEXT_MAX_CHARS, &text)) {
    if (upkeep_currency_is_valid (text))
      g_strlcpy (edition->currency, text, sizeof edition->currency);
    else
      upkeep_reader_fail (reader, "currency", "is not three capital letters");
  }
}

static void
read_wait (UpkeepReader *reader, UpkeepMode *mode)
{
  gint64 min = 0, max = 0;
  UpkeepReader wait;

  if (!upkeep_reader_optional_array (reader, "wait_minutes", 2, 2, &wait))
    return;

  upkeep_reader_int (&wait, NULL, 0, WAIT_MAX_MINUTES, &min);
  if (upkeep_reader_int (&wait, NULL, 1, WAIT_MAX_MINUTES, &max) && max < min)
    upkeep_reader_fail (&wait, NULL, "is less than the shortest wait");
  mode->wait_min_minutes = (int) min;
  mode->wait_max_minutes = (int) max;
}

/* What is not metered spends nothing, however it is weighed. */
static void
read_weight (UpkeepReader *reader, UpkeepMode *mode)
{
  gboolean knows_metered = upkeep_reader_bool (reader, "metered", &mode->metered);
  gint64 weight = 0;

  if (!upkeep_reader_optional_int (reader, "weight", 1, UPKEEP_WEIGHT_MAX, &weight))
    return;

  mode->weight = (int) weight;
  if (knows_metered && !mode->metered)
    upkeep_reader_fail (reader, "weight", "is of a mode that is not metered");
}

static UpkeepMode *
read_mode (UpkeepReader *reader, GHashTable *ids)
{
  UpkeepMode *mode = upkeep_mode_new ();

  mode->id = upkeep_catalogue_read_new_id (reader, ids);
  if (g_strcmp0 (mode->id, total_name) == 0)
    upkeep_reader_fail (reader, "id", "is the word for all modes together");
  upkeep_catalogue_read_text (reader, "name", &mode->name);
  read_weight (reader, mode);
  read_wait (reader, mode);
  upkeep_reader_finish (reader);
  return mode;
}

static void
read_estimates (UpkeepReader *reader, GPtrArray *estimates)
{
  g_autoptr (GHashTable) ids = upkeep_catalogue_new_ids ();
  UpkeepReader list;

  if (!upkeep_reader_optional_array (reader, "estimates", 0, ESTIMATES_MAX, &list))
    return;

  while (upkeep_reader_has_next (&list)) {
    UpkeepEstimate *estimate = upkeep_estimate_new ();
    UpkeepReader item;

    upkeep_reader_object (&list, NULL, &item);
    estimate->id = upkeep_catalogue_read_new_id (&item, ids);
    upkeep_catalogue_read_text (&item, "name", &estimate->name);
    estimate->units = upkeep_catalogue_read_units (&item, "units", 1);
    upkeep_reader_finish (&item);
    g_ptr_array_add (estimates, estimate);
  }
}

static void
read_meter (UpkeepReader *reader, UpkeepMeter *meter)
{
  g_autoptr (GHashTable) ids = upkeep_catalogue_new_ids ();
  UpkeepReader child, modes;

  upkeep_reader_object (reader, "meter", &child);
  meter->id = upkeep_catalogue_read_word (&child, "id", upkeep_catalogue_fault_of_id, NULL);
  meter->unit = upkeep_catalogue_read_word (&child, "unit", upkeep_catalogue_fault_of_id, NULL);
  upkeep_catalogue_read_text (&child, "name", &meter->name);
  upkeep_reader_optional_bool (&child, "shipped", &meter->shipped);
  if (!upkeep_reader_array (&child, "modes", 0, UPKEEP_MODES_MAX, &modes))
    g_ptr_array_add (meter->modes, upkeep_mode_new ()); /* which every word stands for */
  if (meter->shipped && upkeep_reader_has_next (&modes))
    upkeep_reader_fail (&child, "modes", "what is shipped has none");
  while (upkeep_reader_has_next (&modes)) {
    UpkeepReader mode;

    upkeep_reader_object (&modes, NULL, &mode);
    g_ptr_array_add (meter->modes, read_mode (&mode, ids));
  }
  read_estimates (&child, meter->estimates);
  upkeep_reader_finish (&child);
}

static void
read_features (UpkeepReader *reader, GPtrArray *features)
{
  g_autoptr (GHashTable) ids = upkeep_catalogue_new_ids ();
  UpkeepReader list;

  if (!upkeep_reader_array (reader, "features", 0, UPKEEP_FEATURES_MAX, &list))
    g_ptr_array_add (features, upkeep_feature_new ()); /* which every word stands for */
  while (upkeep_reader_has_next (&list)) {
    UpkeepFeature *feature = upkeep_feature_new ();
    UpkeepReader item;

    upkeep_reader_object (&list, NULL, &item);
    feature->id = upkeep_catalogue_read_new_id (&item, ids);
    upkeep_catalogue_read_text (&item, "name", &feature->name);
    upkeep_reader_finish (&item);
    g_ptr_array_add (features, feature);
  }
}

static void
read_prices (UpkeepReader *reader, UpkeepPlan *plan, gboolean knows_kind)
{
  gboolean is_paid = plan->kind == UPKEEP_PLAN_PAID;
  UpkeepReader prices;

  upkeep_reader_array (reader, "prices", is_paid && knows_kind ? 1 : 0,
                       is_paid ? PRICE_INTERVALS_MAX : 0, &prices);
  while (upkeep_reader_has_next (&prices)) {
    guint interval = UPKEEP_INTERVAL_NONE;
    UpkeepReader price;
    gint64 minor;

    upkeep_reader_object (&prices, NULL, &price);
    if (upkeep_reader_enum (&price, "interval", interval_names, UPKEEP_N_INTERVALS, &interval) &&
        upkeep_plan_sells (plan, interval))
      upkeep_reader_fail (&price, "interval", "is there twice");
    minor = upkeep_catalogue_read_amount (&price, "amount");
    if (interval != UPKEEP_INTERVAL_NONE)
      plan->price_minor[interval] = minor;
    upkeep_reader_finish (&price);
  }
}

static void
read_allowance (UpkeepReader *reader, UpkeepPlan *plan, gboolean knows_kind)
{
  static const char *const refills[] = {"month", "once"};
  UpkeepReader allowance;

  upkeep_reader_object (reader, "allowance", &allowance);
  plan->allowance = upkeep_catalogue_read_units (&allowance, "quantity", 0);
  plan->allowance_once =
      upkeep_catalogue_read_choice (&allowance, "refill", refills, G_N_ELEMENTS (refills)) == 1;
  if (plan->allowance_once && knows_kind && plan->kind != UPKEEP_PLAN_TRIAL)
    upkeep_reader_fail (&allowance, "refill", "is once, which is for a trial");
  upkeep_reader_finish (&allowance);
}

/* Whether a member of a plan can be concluded from. */
static gboolean
is_plan_sound (const UpkeepReader *reader, const UpkeepPlan *plan, const char *name)
{
  g_autofree char *path = g_strdup_printf ("plans[%d].%s", plan->tier, name);

  return upkeep_reader_is_sound (reader, path);
}

static void
read_running_modes (UpkeepReader *running, const UpkeepEdition *edition, UpkeepPlan *plan)
{
  for (char **id = plan->modes; *id != NULL; id++) {
    int mode = upkeep_edition_find_mode (edition, *id);
    int limit = upkeep_catalogue_read_count (running, *id, 1, JOBS_MAX);

    if (mode >= 0)
      plan->queue.running[mode] = limit;
  }
  if (!is_plan_sound (running, plan, "modes") || !upkeep_reader_is_sound (running, "meter.modes"))
    upkeep_reader_forgive (running);
}

/* Either one limit for all modes together, or one for each mode of the plan (RULES 0.15). */
static void
read_running (UpkeepReader *reader, const UpkeepEdition *edition, UpkeepPlan *plan)
{
  UpkeepReader running;

  upkeep_reader_object (reader, "running", &running);
  if (upkeep_reader_has (&running, total_name) || edition->meter.modes->len == 0)
    plan->queue.running_total = upkeep_catalogue_read_count (&running, total_name, 1, JOBS_MAX);
  else
    read_running_modes (&running, edition, plan);
  upkeep_reader_finish (&running);
}

static void
read_queue (UpkeepReader *reader, const UpkeepEdition *edition, UpkeepPlan *plan)
{
  UpkeepReader queue;

  if (!upkeep_reader_optional_object (reader, "queue", &queue))
    return;

  read_running (&queue, edition, plan);
  plan->queue.waiting = upkeep_catalogue_read_count (&queue, "waiting", 0, JOBS_MAX);
  upkeep_reader_finish (&queue);
}

/* The mode that accounts start in and come back to is for everybody (RULES 0.12). */
static void
read_modes (UpkeepReader *reader, const UpkeepEdition *edition, UpkeepPlan *plan)
{
  const UpkeepMode *first = upkeep_edition_get_mode (edition, 0);

  plan->modes = upkeep_catalogue_read_words (reader, "modes", 0, UPKEEP_MODES_MAX,
                                             upkeep_catalogue_fault_of_mode, edition);
  if (first != NULL && first->id != NULL && is_plan_sound (reader, plan, "modes") &&
      !upkeep_plan_has_mode (plan, first))
    upkeep_reader_fail (reader, "modes", "lacks the first mode of the meter");
}

/* The order of the list is the order of the tiers (RULES 0.19), so there is no way to write tiers
 * that contradict each other. */
static void
refuse_tiers (UpkeepReader *reader)
{
  static const char *const names[] = {"tier", "above", "below", "rank", "level"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    upkeep_reader_refuse (reader, names[i],
                          "unknown member: tiers are ordered by the list of plans alone, from the "
                          "lowest to the highest");
}

static UpkeepPlan *
read_plan (UpkeepReader *reader, const UpkeepEdition *edition, GHashTable *ids)
{
  static const char *const kinds[] = {"paid", "free", "trial"};
  UpkeepPlan *plan = upkeep_plan_new ();
  guint kind = UPKEEP_PLAN_PAID;
  gboolean knows_kind;

  plan->tier = (int) edition->plans->len;
  plan->id = upkeep_catalogue_read_new_id (reader, ids);
  knows_kind = upkeep_reader_enum (reader, "kind", kinds, G_N_ELEMENTS (kinds), &kind);
  plan->kind = kind;
  if (plan->kind != UPKEEP_PLAN_PAID && upkeep_edition_find_plan_of_kind (edition, plan->kind))
    upkeep_reader_fail (reader, "kind", "another plan is the %s one", kinds[plan->kind]);
  plan->offered = upkeep_catalogue_read_bool (reader, "offered");
  upkeep_catalogue_read_text (reader, "name", &plan->name);
  upkeep_catalogue_read_text (reader, "summary", &plan->summary);
  plan->unoffered = upkeep_catalogue_read_optional_text (reader, "unoffered");
  read_prices (reader, plan, knows_kind);
  read_allowance (reader, plan, knows_kind);
  read_modes (reader, edition, plan);
  plan->features = upkeep_catalogue_read_words (reader, "features", 0, UPKEEP_FEATURES_MAX,
                                                upkeep_catalogue_fault_of_feature, edition);
  read_queue (reader, edition, plan);
  refuse_tiers (reader);
  upkeep_reader_finish (reader);
  return plan;
}

static void
read_plans (UpkeepReader *reader, UpkeepEdition *edition)
{
  g_autoptr (GHashTable) ids = upkeep_catalogue_new_ids ();
  UpkeepReader list;

  if (!upkeep_reader_array (reader, "plans", 1, UPKEEP_PLANS_MAX, &list))
    g_ptr_array_add (edition->plans, upkeep_plan_new ()); /* which every word stands for */
  while (upkeep_reader_has_next (&list)) {
    UpkeepReader item;

    upkeep_reader_object (&list, NULL, &item);
    g_ptr_array_add (edition->plans, read_plan (&item, edition, ids));
  }
}

/* One issue each paid month (RULES 0.16, 0.23): nothing else could be numbered, paid and sent. */
static gboolean
gives_one_issue (const UpkeepPlan *plan)
{
  return plan->kind == UPKEEP_PLAN_PAID && plan->allowance == 1 &&
         !upkeep_plan_sells (plan, UPKEEP_INTERVAL_YEAR);
}

static void
check_shipped (UpkeepReader *reader, const UpkeepEdition *edition)
{
  if (!edition->meter.shipped)
    return;

  for (guint i = 0; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    if (!gives_one_issue (plan) && plan->id != NULL && is_plan_sound (reader, plan, "kind") &&
        is_plan_sound (reader, plan, "prices") && is_plan_sound (reader, plan, "allowance"))
      upkeep_reader_fail (reader, "meter", "is shipped, and plan %s is not one paid issue a month",
                          plan->id);
  }
  if (edition->policy.topup.kind != UPKEEP_TOPUP_NONE)
    upkeep_reader_fail (reader, "meter", "is shipped, and more of it is sold");
}

static void
read_cells (UpkeepReader *reader, const UpkeepEdition *edition, UpkeepPlanRow *row)
{
  UpkeepReader cells;

  row->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) upkeep_text_free);
  upkeep_reader_array (reader, "cells", 0, UPKEEP_PLANS_MAX, &cells);
  if (!upkeep_reader_is_empty (&cells) && upkeep_edition_find_plan (edition, NULL) == NULL &&
      upkeep_reader_get_length (&cells) != edition->plans->len)
    upkeep_reader_fail (reader, "cells", "%u cells for %u plans", upkeep_reader_get_length (&cells),
                        edition->plans->len);
  while (upkeep_reader_has_next (&cells))
    g_ptr_array_add (row->cells, upkeep_catalogue_read_optional_text (&cells, NULL));
}

/* A row of a mode says that it is there without a limit, which a metered one is not. */
static void
read_row_mode (UpkeepReader *reader, const UpkeepEdition *edition, UpkeepPlanRow *row)
{
  const UpkeepMode *mode;

  row->subject =
      upkeep_catalogue_read_word (reader, "mode", upkeep_catalogue_fault_of_mode, edition);
  mode = upkeep_edition_get_mode (edition, upkeep_edition_find_mode (edition, row->subject));
  if (mode != NULL && mode->metered)
    upkeep_reader_fail (reader, "mode", "is metered");
}

/* Reads the members that only rows of this kind have. */
static void
read_row_kind (UpkeepReader *reader, const UpkeepEdition *edition, UpkeepPlanRow *row)
{
  switch (row->kind) {
  case UPKEEP_ROW_PRICE:
    row->interval =
        upkeep_catalogue_read_choice (reader, "interval", interval_names, UPKEEP_N_INTERVALS);
    break;
  case UPKEEP_ROW_MODE:
    read_row_mode (reader, edition, row);
    break;
  case UPKEEP_ROW_TOPUP_PRICE:
    if (edition->policy.topup.lot == 0 && upkeep_reader_is_sound (reader, "policy.topup"))
      upkeep_reader_fail (reader, "kind", "is topup_price, and the edition sells no lots");
    break;
  case UPKEEP_ROW_FEATURE:
    row->subject =
        upkeep_catalogue_read_word (reader, "feature", upkeep_catalogue_fault_of_feature, edition);
    break;
  case UPKEEP_ROW_TEXT:
    read_cells (reader, edition, row);
    break;
  case UPKEEP_ROW_ALLOWANCE:
  case UPKEEP_ROW_QUEUE:
  default:
    break;
  }
}

static void
read_comparison (UpkeepReader *reader, UpkeepEdition *edition)
{
  static const char *const kinds[] = {
      "price", "allowance", "mode", "topup_price", "feature", "queue", "text",
  };
  g_autoptr (GHashTable) ids = upkeep_catalogue_new_ids ();
  UpkeepReader list;

  G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == UPKEEP_N_ROW_KINDS);

  upkeep_reader_array (reader, "comparison", 0, ROWS_MAX, &list);
  while (upkeep_reader_has_next (&list)) {
    UpkeepPlanRow *row = upkeep_plan_row_new ();
    UpkeepReader item;
    guint kind = 0;

    upkeep_reader_object (&list, NULL, &item);
    row->id = upkeep_catalogue_read_new_id (&item, ids);
    upkeep_catalogue_read_text (&item, "name", &row->name);
    if (upkeep_reader_enum (&item, "kind", kinds, UPKEEP_N_ROW_KINDS, &kind)) {
      row->kind = kind;
      read_row_kind (&item, edition, row);
    } else {
      upkeep_reader_forgive (&item);
    }
    upkeep_reader_finish (&item);
    g_ptr_array_add (edition->rows, row);
  }
}

static void
read_link (UpkeepReader *reader, UpkeepFootnote *footnote)
{
  const char *address = NULL;
  UpkeepReader link;

  if (!upkeep_reader_optional_object (reader, "link", &link))
    return;

  if (upkeep_reader_string (&link, "url", 1, URL_MAX_CHARS, &address)) {
    if (upkeep_catalogue_is_https (address))
      footnote->link = g_strdup (address);
    else
      upkeep_reader_fail (&link, "url", "is not an https address");
  }
  upkeep_catalogue_read_text (&link, "text", &footnote->link_text);
  upkeep_reader_finish (&link);
}

static void
read_footnotes (UpkeepReader *reader, GPtrArray *footnotes)
{
  g_autoptr (GHashTable) ids = upkeep_catalogue_new_ids ();
  UpkeepReader list;

  upkeep_reader_array (reader, "footnotes", 0, FOOTNOTES_MAX, &list);
  while (upkeep_reader_has_next (&list)) {
    UpkeepFootnote *footnote = upkeep_footnote_new ();
    UpkeepReader item;

    upkeep_reader_object (&list, NULL, &item);
    footnote->id = upkeep_catalogue_read_new_id (&item, ids);
    upkeep_catalogue_read_text (&item, "text", &footnote->text);
    read_link (&item, footnote);
    upkeep_reader_finish (&item);
    g_ptr_array_add (footnotes, footnote);
  }
}

static UpkeepEdition *
read_edition (JsonNode *root, UpkeepMistakes *mistakes)
{
  UpkeepEdition *edition = upkeep_edition_new ();
  UpkeepReader reader;

  upkeep_reader_init_collecting (&reader, root, mistakes);
  read_head (&reader, edition);
  read_sources (&reader);
  read_meter (&reader, &edition->meter);
  read_features (&reader, edition->features);
  read_plans (&reader, edition);
  upkeep_wire_read_support (&reader, edition);
  upkeep_wire_read_policy (&reader, edition);
  check_shipped (&reader, edition);
  read_comparison (&reader, edition);
  read_footnotes (&reader, edition->footnotes);
  upkeep_reader_finish (&reader);
  return edition;
}

/**
 * upkeep_wire_check_edition:
 * @bytes: a catalogue file
 * @mistakes: an empty list, where to put all that is wrong with it
 *
 * Reads an edition of a service from its catalogue file.
 *
 * The form of the file is written out, member by member, in data/catalogues/catalogue.schema.json.
 * This function refuses all that the schema does, and what a schema cannot say: names that stand
 * for nothing, ids that are there twice, rules that the plans make impossible. What it lets through
 * needs no further look.
 *
 * One pass finds every mistake; only a file that is no JSON is told of the first. What merely
 * follows from a mistake that is told already is not told.
 *
 * Returns: (transfer full) (nullable): the edition; `NULL` when there are mistakes
 */
UpkeepEdition *
upkeep_wire_check_edition (GBytes *bytes, UpkeepMistakes *mistakes)
{
  g_autoptr (UpkeepEdition) edition = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepJsonPlaces *places = NULL;

  g_return_val_if_fail (bytes != NULL && mistakes != NULL, NULL);

  root = upkeep_json_parse_placed (bytes, UPKEEP_CATALOGUE_MAX_BYTES, UPKEEP_JSON_NUMBERS_MARKED,
                                   &places, &error);
  upkeep_mistakes_set_places (mistakes, places);
  if (root == NULL) {
    upkeep_mistakes_add_error (mistakes, error);
    return NULL;
  }

  edition = read_edition (root, mistakes);
  return upkeep_mistakes_get_length (mistakes) == 0 ? g_steal_pointer (&edition) : NULL;
}

/**
 * upkeep_wire_parse_edition:
 * @bytes: a catalogue file
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads an edition as upkeep_wire_check_edition() does, for who needs no more than one mistake.
 *
 * Errors: `UPKEEP_WIRE_ERROR_SIZE` above `UPKEEP_CATALOGUE_MAX_BYTES`; any other
 * `UPKEEP_WIRE_ERROR`, with the path of the member that is at fault first.
 *
 * Returns: (transfer full): the edition, or `NULL` with @error set
 */
UpkeepEdition *
upkeep_wire_parse_edition (GBytes *bytes, GError **error)
{
  g_autoptr (UpkeepMistakes) mistakes = upkeep_mistakes_new ();
  UpkeepEdition *edition;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  edition = upkeep_wire_check_edition (bytes, mistakes);
  if (edition == NULL) {
    const UpkeepMistake *first = upkeep_mistakes_get (mistakes, 0);
    g_autofree char *message = upkeep_mistake_to_string (first);

    g_set_error_literal (error, UPKEEP_WIRE_ERROR, (int) first->code, message);
  }
  return edition;
}

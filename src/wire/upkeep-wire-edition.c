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
  UpkeepReader wait;

  if (!upkeep_reader_optional_array (reader, "wait_minutes", 2, 2, &wait))
    return;

  mode->wait_min_minutes = upkeep_catalogue_read_count (&wait, NULL, 0, WAIT_MAX_MINUTES);
  mode->wait_max_minutes = upkeep_catalogue_read_count (&wait, NULL, 1, WAIT_MAX_MINUTES);
  if (mode->wait_max_minutes < mode->wait_min_minutes)
    upkeep_reader_fail (&wait, NULL, "is less than the shortest wait");
}

/* What is not metered spends nothing, however it is weighed. */
static void
read_weight (UpkeepReader *reader, UpkeepMode *mode)
{
  gint64 weight = 0;

  if (!upkeep_reader_optional_int (reader, "weight", 1, UPKEEP_WEIGHT_MAX, &weight))
    return;

  mode->weight = (int) weight;
  if (!mode->metered)
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
  mode->metered = upkeep_catalogue_read_bool (reader, "metered");
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
  upkeep_reader_array (&child, "modes", 0, UPKEEP_MODES_MAX, &modes);
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

  upkeep_reader_array (reader, "features", 0, UPKEEP_FEATURES_MAX, &list);
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
read_prices (UpkeepReader *reader, UpkeepPlan *plan)
{
  gboolean is_paid = plan->kind == UPKEEP_PLAN_PAID;
  UpkeepReader prices;

  upkeep_reader_array (reader, "prices", is_paid ? 1 : 0, is_paid ? PRICE_INTERVALS_MAX : 0,
                       &prices);
  while (upkeep_reader_has_next (&prices)) {
    UpkeepReader price;
    guint interval;

    upkeep_reader_object (&prices, NULL, &price);
    interval =
        upkeep_catalogue_read_choice (&price, "interval", interval_names, UPKEEP_N_INTERVALS);
    if (upkeep_plan_sells (plan, interval))
      upkeep_reader_fail (&price, "interval", "is there twice");
    plan->price_minor[interval] = upkeep_catalogue_read_amount (&price, "amount");
    upkeep_reader_finish (&price);
  }
}

static void
read_allowance (UpkeepReader *reader, UpkeepPlan *plan)
{
  static const char *const refills[] = {"month", "once"};
  UpkeepReader allowance;

  upkeep_reader_object (reader, "allowance", &allowance);
  plan->allowance = upkeep_catalogue_read_units (&allowance, "quantity", 0);
  plan->allowance_once =
      upkeep_catalogue_read_choice (&allowance, "refill", refills, G_N_ELEMENTS (refills)) == 1;
  if (plan->allowance_once && plan->kind != UPKEEP_PLAN_TRIAL)
    upkeep_reader_fail (&allowance, "refill", "is once, which is for a trial");
  upkeep_reader_finish (&allowance);
}

/* Either one limit for all modes together, or one for each mode of the plan (RULES 0.15). */
static void
read_running (UpkeepReader *reader, const UpkeepEdition *edition, UpkeepPlan *plan)
{
  UpkeepReader running;
  gint64 total = 0;

  upkeep_reader_object (reader, "running", &running);
  if (upkeep_reader_optional_int (&running, total_name, 1, JOBS_MAX, &total) ||
      edition->meter.modes->len == 0) {
    plan->queue.running_total = (int) total;
    if (total == 0)
      upkeep_reader_fail (&running, total_name, "missing");
  } else {
    for (char **mode = plan->modes; *mode != NULL; mode++)
      plan->queue.running[upkeep_edition_find_mode (edition, *mode)] =
          upkeep_catalogue_read_count (&running, *mode, 1, JOBS_MAX);
  }
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
  if (!upkeep_reader_has_failed (reader) && first != NULL && !upkeep_plan_has_mode (plan, first))
    upkeep_reader_fail (reader, "modes", "lacks the first mode of the meter");
}

static UpkeepPlan *
read_plan (UpkeepReader *reader, const UpkeepEdition *edition, GHashTable *ids)
{
  static const char *const kinds[] = {"paid", "free", "trial"};
  UpkeepPlan *plan = upkeep_plan_new ();

  plan->tier = (int) edition->plans->len;
  plan->id = upkeep_catalogue_read_new_id (reader, ids);
  plan->kind = upkeep_catalogue_read_choice (reader, "kind", kinds, G_N_ELEMENTS (kinds));
  if (plan->kind != UPKEEP_PLAN_PAID && upkeep_edition_find_plan_of_kind (edition, plan->kind))
    upkeep_reader_fail (reader, "kind", "another plan is the %s one", kinds[plan->kind]);
  plan->offered = upkeep_catalogue_read_bool (reader, "offered");
  upkeep_catalogue_read_text (reader, "name", &plan->name);
  upkeep_catalogue_read_text (reader, "summary", &plan->summary);
  read_prices (reader, plan);
  read_allowance (reader, plan);
  read_modes (reader, edition, plan);
  plan->features = upkeep_catalogue_read_words (reader, "features", 0, UPKEEP_FEATURES_MAX,
                                                upkeep_catalogue_fault_of_feature, edition);
  read_queue (reader, edition, plan);
  upkeep_reader_finish (reader);
  return plan;
}

static void
read_plans (UpkeepReader *reader, UpkeepEdition *edition)
{
  g_autoptr (GHashTable) ids = upkeep_catalogue_new_ids ();
  UpkeepReader list;

  upkeep_reader_array (reader, "plans", 1, UPKEEP_PLANS_MAX, &list);
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
  if (upkeep_reader_has_failed (reader) || !edition->meter.shipped)
    return;

  for (guint i = 0; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    if (!gives_one_issue (plan))
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
  if (upkeep_reader_get_length (&cells) != edition->plans->len)
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
    if (edition->policy.topup.lot == 0)
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

    upkeep_reader_object (&list, NULL, &item);
    row->id = upkeep_catalogue_read_new_id (&item, ids);
    row->kind = upkeep_catalogue_read_choice (&item, "kind", kinds, UPKEEP_N_ROW_KINDS);
    upkeep_catalogue_read_text (&item, "name", &row->name);
    read_row_kind (&item, edition, row);
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

/**
 * upkeep_wire_parse_edition:
 * @bytes: a catalogue file
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads an edition of a service from its catalogue file.
 *
 * The form of the file is written out, member by member, in data/catalogues/catalogue.schema.json.
 * This function refuses all that the schema does, and what a schema cannot say: names that stand
 * for nothing, ids that are there twice, rules that the plans make impossible. What it lets through
 * needs no further look.
 *
 * Errors: `UPKEEP_WIRE_ERROR_SIZE` above `UPKEEP_CATALOGUE_MAX_BYTES`; any other
 * `UPKEEP_WIRE_ERROR`, with the path of the member that is at fault first.
 *
 * Returns: (transfer full): the edition, or `NULL` with @error set
 */
UpkeepEdition *
upkeep_wire_parse_edition (GBytes *bytes, GError **error)
{
  g_autoptr (UpkeepEdition) edition = NULL;
  g_autoptr (JsonNode) root = NULL;
  UpkeepReader reader;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  root = upkeep_json_parse (bytes, UPKEEP_CATALOGUE_MAX_BYTES, error);
  if (root == NULL)
    return NULL;

  edition = upkeep_edition_new ();
  upkeep_reader_init (&reader, root, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
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
  if (!upkeep_reader_finish (&reader))
    return NULL;

  return g_steal_pointer (&edition);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-changes.h"

#include "upkeep-catalogue.h"
#include "upkeep-quote.h"
#include "upkeep-wire-parts.h"

#include <string.h>

#define METRIC_IMAGES  "images"
#define NAMES_MAX      256 /* countries of an override are the most */
#define NAME_MAX_BYTES (2 * UPKEEP_ID_MAX_BYTES + 1)
#define DAYS_MAX       36500
#define MINUTES_MAX    100000

/* One side of a comparison, while it is printed or read. */
typedef struct {
  char *currency;   /* (unowned) */
  const char *unit; /* (unowned) */
} Side;

/* --- Printing --- */

static void
set_days (JsonObject *object, const UpkeepValue *value)
{
  JsonArray *days = json_array_new ();

  for (int i = 0; i < value->n_days; i++)
    json_array_add_int_element (days, value->days[i]);
  json_object_set_array_member (object, "values", days);
}

static void
set_clause (JsonObject *object, const UpkeepValue *value, const char *unit)
{
  g_autofree char *units = g_strconcat (unit, "s", NULL);

  json_object_set_string_member (object, "metric",
                                 value->metric == UPKEEP_METRIC_IMAGES ? METRIC_IMAGES : units);
  json_object_set_string_member (object, "scope", upkeep_scope_to_string (value->scope));
  json_object_set_int_member (object, "limit", value->number);
  json_object_set_boolean_member (object, "percent", value->is_set);
  json_object_set_string_member (object, "channel", value->name);
}

static void
set_value (JsonObject *object, const char *name, const UpkeepValue *value, const Side *side)
{
  JsonObject *child;

  if (value->kind == UPKEEP_VALUE_NONE) {
    json_object_set_null_member (object, name);
    return;
  }

  child = json_object_new ();
  json_object_set_string_member (child, "kind", upkeep_value_kind_to_string (value->kind));
  switch (value->kind) {
  case UPKEEP_VALUE_YES:
    json_object_set_boolean_member (child, "value", value->is_set);
    break;
  case UPKEEP_VALUE_MONEY:
    upkeep_wire_set_money (child, "value", value->number, side->currency);
    break;
  case UPKEEP_VALUE_QUANTITY:
    json_object_set_int_member (child, "value", value->number);
    json_object_set_string_member (child, "unit", side->unit);
    break;
  case UPKEEP_VALUE_DOLLARS:
  case UPKEEP_VALUE_COUNT:
  case UPKEEP_VALUE_DAYS:
    json_object_set_int_member (child, "value", value->number);
    break;
  case UPKEEP_VALUE_NAME:
    json_object_set_string_member (child, "value", value->name);
    break;
  case UPKEEP_VALUE_NAMES:
    upkeep_wire_set_texts (child, "values", value->names);
    break;
  case UPKEEP_VALUE_TEXT:
    upkeep_wire_set_text (child, "value", &value->text);
    break;
  case UPKEEP_VALUE_MINUTES:
    json_object_set_int_member (child, "from", value->number);
    json_object_set_int_member (child, "to", value->other);
    break;
  case UPKEEP_VALUE_LOT:
    json_object_set_int_member (child, "quantity", value->number);
    json_object_set_string_member (child, "unit", side->unit);
    upkeep_wire_set_money (child, "price", value->other, side->currency);
    break;
  case UPKEEP_VALUE_BOUND:
    json_object_set_int_member (child, "count", value->number);
    json_object_set_int_member (child, "days", value->other);
    break;
  case UPKEEP_VALUE_DAY_LIST:
    set_days (child, value);
    break;
  case UPKEEP_VALUE_CLAUSE:
    set_clause (child, value, side->unit);
    break;
  case UPKEEP_VALUE_OVERRIDE:
    json_object_set_string_member (child, "amount", value->name);
    json_object_set_int_member (child, "days", value->number);
    upkeep_wire_set_texts (child, "countries", value->names);
    json_object_set_boolean_member (child, "promotion", value->is_set);
    break;
  case UPKEEP_VALUE_NONE:
  default:
    g_assert_not_reached ();
  }
  json_object_set_object_member (object, name, child);
}

static void
set_named (JsonObject *object, const char *member, const char *id, const UpkeepText *name)
{
  JsonObject *child;

  if (id == NULL) {
    json_object_set_null_member (object, member);
    return;
  }

  child = json_object_new ();
  json_object_set_string_member (child, "id", id);
  if (name->in[UPKEEP_LANGUAGE_EN] != NULL)
    upkeep_wire_set_text (child, "name", name);
  else
    json_object_set_null_member (child, "name");
  json_object_set_object_member (object, member, child);
}

static JsonObject *
change_to_object (const UpkeepEditionChange *change, const Side *before, const Side *after)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "code", upkeep_term_to_string (change->term));
  set_named (object, "plan", change->plan, &change->plan_name);
  set_named (object, "subject", change->subject, &change->subject_name);
  json_object_set_string_member (object, "interval", upkeep_interval_to_string (change->interval));
  json_object_set_string_member (object, "to_interval",
                                 upkeep_interval_to_string (change->to_interval));
  if (change->quantity > 0)
    json_object_set_int_member (object, "quantity", change->quantity);
  else
    json_object_set_null_member (object, "quantity");
  set_value (object, "before", &change->before, before);
  set_value (object, "after", &change->after, after);
  return object;
}

static void
set_side (JsonObject *object, const char *member, const char *edition, const Side *side)
{
  JsonObject *child = json_object_new ();

  json_object_set_string_member (child, "edition", edition);
  json_object_set_string_member (child, "currency", side->currency);
  json_object_set_string_member (child, "unit", side->unit);
  json_object_set_object_member (object, member, child);
}

/**
 * upkeep_wire_print_changes:
 * @changes: what is different between two editions
 *
 * Writes
 *
 * |[
 * {"service":text,"from":{"edition":text,"currency":text,"unit":text},"to":{…},
 *  "changes":[{"code":text,"plan":{"id":text,"name":texts}?,"subject":{"id":text,"name":texts?}?,
 *    "interval":text?,"to_interval":text?,"quantity":int?,"before":value?,"after":value?}, …]}
 * ]|
 *
 * A value is one of
 *
 * |[
 * {"kind":"boolean","value":bool}    {"kind":"money","value":money}
 * {"kind":"dollars","value":int}     {"kind":"quantity","value":int,"unit":text}
 * {"kind":"count","value":int}       {"kind":"days","value":int}
 * {"kind":"name","value":text}       {"kind":"names","values":[text, …]}
 * {"kind":"text","value":texts}      {"kind":"minutes","from":int,"to":int}
 * {"kind":"lot","quantity":int,"unit":text,"price":money}
 * {"kind":"at_most","count":int,"days":int}
 * {"kind":"day_list","values":[int, …]}
 * {"kind":"clause","metric":text,"scope":text,"limit":int,"percent":bool,"channel":text?}
 * {"kind":"refund","amount":text,"days":int,"countries":[text, …],"promotion":bool}
 * ]|
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_changes (const UpkeepEditionChanges *changes)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  Side before, after;

  g_return_val_if_fail (changes != NULL, NULL);

  before = (Side){(char *) changes->from_currency, changes->from_unit};
  after = (Side){(char *) changes->currency, changes->unit};
  json_object_set_string_member (object, "service", changes->service);
  set_side (object, "from", changes->from, &before);
  set_side (object, "to", changes->to, &after);
  for (guint i = 0; i < changes->changes->len; i++)
    json_array_add_object_element (
        array, change_to_object (g_ptr_array_index (changes->changes, i), &before, &after));
  json_object_set_array_member (object, "changes", array);
  return upkeep_wire_take_object (object);
}

/* --- Reading --- */

static void
read_names (UpkeepReader *reader, const char *name, char ***ret_names)
{
  upkeep_wire_read_texts (reader, name, NAMES_MAX, ret_names);
}

static void
read_days (UpkeepReader *reader, UpkeepValue *value)
{
  UpkeepReader list;

  upkeep_reader_array (reader, "values", 0, UPKEEP_RETRIES_MAX, &list);
  while (upkeep_reader_has_next (&list)) {
    gint64 day = 0;

    upkeep_reader_int (&list, NULL, 0, DAYS_MAX, &day);
    value->days[value->n_days++] = (int) day;
  }
}

static void
read_clause (UpkeepReader *reader, UpkeepValue *value)
{
  const char *scopes[UPKEEP_N_SCOPES];
  const char *metric = "";
  const char *channel;
  guint scope = 0;

  for (guint i = 0; i < UPKEEP_N_SCOPES; i++)
    scopes[i] = upkeep_scope_to_string (i);
  upkeep_reader_id (reader, "metric", UPKEEP_ID_MAX_BYTES, &metric);
  upkeep_reader_enum (reader, "scope", scopes, G_N_ELEMENTS (scopes), &scope);
  upkeep_reader_int (reader, "limit", 0, UPKEEP_UNITS_MAX, &value->number);
  upkeep_reader_bool (reader, "percent", &value->is_set);
  if (upkeep_reader_optional_id (reader, "channel", UPKEEP_ID_MAX_BYTES, &channel))
    value->name = g_strdup (channel);
  value->metric = g_str_equal (metric, METRIC_IMAGES) ? UPKEEP_METRIC_IMAGES : UPKEEP_METRIC_UNITS;
  value->scope = (UpkeepScope) scope;
}

static void
read_name (UpkeepReader *reader, const char *member, char **ret_name)
{
  const char *text;

  if (upkeep_reader_id (reader, member, NAME_MAX_BYTES, &text))
    *ret_name = g_strdup (text);
}

static void
read_value (UpkeepReader *reader, const char *name, const Side *side, UpkeepValue *value)
{
  const char *kinds[UPKEEP_N_VALUE_KINDS];
  UpkeepReader child;
  guint kind = UPKEEP_VALUE_NONE;

  for (guint i = 0; i < UPKEEP_N_VALUE_KINDS; i++)
    kinds[i] = upkeep_value_kind_to_string (i);
  if (!upkeep_reader_optional_object (reader, name, &child) ||
      !upkeep_reader_enum (&child, "kind", kinds, G_N_ELEMENTS (kinds), &kind))
    return;

  value->kind = (UpkeepValueKind) kind;
  switch (value->kind) {
  case UPKEEP_VALUE_YES:
    upkeep_reader_bool (&child, "value", &value->is_set);
    break;
  case UPKEEP_VALUE_MONEY:
    upkeep_wire_read_money (&child, "value", side->currency, &value->number);
    break;
  case UPKEEP_VALUE_QUANTITY:
  case UPKEEP_VALUE_DOLLARS:
  case UPKEEP_VALUE_COUNT:
  case UPKEEP_VALUE_DAYS:
    upkeep_reader_int (&child, "value", 0, UPKEEP_UNITS_MAX, &value->number);
    break;
  case UPKEEP_VALUE_NAME:
    read_name (&child, "value", &value->name);
    break;
  case UPKEEP_VALUE_NAMES:
    read_names (&child, "values", &value->names);
    break;
  case UPKEEP_VALUE_TEXT:
    upkeep_catalogue_read_text (&child, "value", &value->text);
    break;
  case UPKEEP_VALUE_MINUTES:
    upkeep_reader_int (&child, "from", 0, MINUTES_MAX, &value->number);
    upkeep_reader_int (&child, "to", 0, MINUTES_MAX, &value->other);
    break;
  case UPKEEP_VALUE_LOT:
    upkeep_reader_int (&child, "quantity", 1, UPKEEP_UNITS_MAX, &value->number);
    upkeep_wire_read_money (&child, "price", side->currency, &value->other);
    break;
  case UPKEEP_VALUE_BOUND:
    upkeep_reader_int (&child, "count", 1, DAYS_MAX, &value->number);
    upkeep_reader_int (&child, "days", 1, DAYS_MAX, &value->other);
    break;
  case UPKEEP_VALUE_DAY_LIST:
    read_days (&child, value);
    break;
  case UPKEEP_VALUE_CLAUSE:
    read_clause (&child, value);
    break;
  case UPKEEP_VALUE_OVERRIDE:
    read_name (&child, "amount", &value->name);
    upkeep_reader_int (&child, "days", 0, DAYS_MAX, &value->number);
    read_names (&child, "countries", &value->names);
    upkeep_reader_bool (&child, "promotion", &value->is_set);
    break;
  case UPKEEP_VALUE_NONE:
  default:
    break;
  }
  upkeep_reader_finish (&child);
}

static void
read_named (UpkeepReader *reader, const char *member, char **ret_id, UpkeepText *ret_name)
{
  UpkeepReader child;
  UpkeepText *name;

  if (!upkeep_reader_optional_object (reader, member, &child))
    return;

  read_name (&child, "id", ret_id);
  name = upkeep_catalogue_read_optional_text (&child, "name");
  if (name != NULL)
    *ret_name = *name;
  g_free (name);
  upkeep_reader_finish (&child);
}

/* A term that is newer than we are goes untold. */
static gboolean
find_term (const char *code, UpkeepTermKind *ret_term)
{
  for (UpkeepTermKind i = 0; i < UPKEEP_N_TERM_KINDS; i++) {
    if (g_str_equal (upkeep_term_to_string (i), code)) {
      *ret_term = i;
      return TRUE;
    }
  }

  return FALSE;
}

static void
read_change (UpkeepReader *list,
             UpkeepEditionChanges *changes,
             const Side *before,
             const Side *after)
{
  UpkeepEditionChange *change;
  UpkeepTermKind term;
  UpkeepReader reader;
  const char *code = "";

  upkeep_reader_object (list, NULL, &reader);
  if (!upkeep_reader_id (&reader, "code", UPKEEP_ID_MAX_BYTES, &code) || !find_term (code, &term))
    return;

  change = upkeep_edition_change_new ();
  g_ptr_array_add (changes->changes, change);
  change->term = term;
  read_named (&reader, "plan", &change->plan, &change->plan_name);
  read_named (&reader, "subject", &change->subject, &change->subject_name);
  upkeep_wire_read_interval (&reader, "interval", &change->interval);
  upkeep_wire_read_interval (&reader, "to_interval", &change->to_interval);
  upkeep_reader_optional_int (&reader, "quantity", 1, UPKEEP_UNITS_MAX, &change->quantity);
  read_value (&reader, "before", before, &change->before);
  read_value (&reader, "after", after, &change->after);
  upkeep_reader_finish (&reader);
}

static void
read_side (UpkeepReader *reader,
           const char *member,
           char **ret_edition,
           char currency[UPKEEP_CURRENCY_SIZE],
           char **ret_unit)
{
  UpkeepReader child;
  const char *text;

  upkeep_reader_object (reader, member, &child);
  read_name (&child, "edition", ret_edition);
  if (upkeep_reader_string (&child, "currency", 3, 3, &text)) {
    if (!upkeep_currency_is_valid (text))
      upkeep_reader_fail (&child, "currency", "not three capital letters");
    g_strlcpy (currency, text, UPKEEP_CURRENCY_SIZE);
  }
  read_name (&child, "unit", ret_unit);
  upkeep_reader_finish (&child);
}

/**
 * upkeep_wire_parse_changes:
 * @node: a document, as upkeep_wire_print_changes() writes it
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads what is different between two editions. Terms that are newer than we are go untold.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): the changes, or `NULL` with @error set
 */
UpkeepEditionChanges *
upkeep_wire_parse_changes (JsonNode *node, GError **error)
{
  g_autoptr (UpkeepEditionChanges) changes = NULL;
  UpkeepReader reader, list;
  Side before, after;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  changes = upkeep_edition_changes_new ();
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, error);
  read_name (&reader, "service", &changes->service);
  read_side (&reader, "from", &changes->from, changes->from_currency, &changes->from_unit);
  read_side (&reader, "to", &changes->to, changes->currency, &changes->unit);
  before = (Side){changes->from_currency, changes->from_unit};
  after = (Side){changes->currency, changes->unit};
  upkeep_reader_array (&reader, "changes", 0, UPKEEP_EDITION_CHANGES_MAX, &list);
  while (upkeep_reader_has_next (&list))
    read_change (&list, changes, &before, &after);
  if (!upkeep_reader_finish (&reader))
    return NULL;

  return g_steal_pointer (&changes);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-statement.h"

#include "upkeep-wire-parts.h"

#include <string.h>

#define ACCOUNT_ID_MAX_BYTES 128
#define EMAIL_MAX_CHARS      254
#define BRAND_MAX_CHARS      32
#define GRANTS_MAX           100000
#define METERS_MAX           16
#define NOTICES_MAX          64
#define JOBS_MAX             G_MAXINT
#define MINUTES_MAX          G_MAXINT

/* Why a feature may not be used. A code that is newer than we are reads as none: that it is not
 * allowed stands beside it. */
static const char *const feature_codes[] = {"not_in_plan", "feature_suspended",
                                            "active_subscription_required"};

/* What the subscription says about money only where there is a term. */
static void
set_optional_money (
    JsonObject *object, const char *name, gboolean is_there, gint64 minor, const char *currency)
{
  if (is_there)
    upkeep_wire_set_money (object, name, minor, currency);
  else
    json_object_set_null_member (object, name);
}

static void
set_edition_change (JsonObject *object, const UpkeepStatement *statement)
{
  JsonObject *child;

  if (statement->next_edition == NULL) {
    json_object_set_null_member (object, "edition_change");
    return;
  }

  child = json_object_new ();
  json_object_set_string_member (child, "to", statement->next_edition);
  upkeep_wire_set_instant (child, "at", statement->next_edition_at_s);
  json_object_set_object_member (object, "edition_change", child);
}

static void
set_subscription (JsonObject *object, const UpkeepStatement *statement)
{
  JsonObject *child = json_object_new (), *part;

  json_object_set_string_member (child, "state", upkeep_state_to_string (statement->state));
  json_object_set_string_member (child, "plan", statement->plan);
  json_object_set_string_member (child, "interval",
                                 upkeep_interval_to_string (statement->interval));
  set_optional_money (child, "price", statement->interval != UPKEEP_INTERVAL_NONE,
                      statement->price_minor, statement->currency);
  upkeep_wire_set_instant (child, "started_at", statement->started_at_s);
  json_object_set_boolean_member (child, "ever_subscribed", statement->ever_subscribed);

  if (statement->has_period) {
    part = json_object_new ();
    upkeep_wire_set_instant (part, "start", statement->period.start_s);
    upkeep_wire_set_instant (part, "end", statement->period.end_s);
    json_object_set_object_member (child, "period", part);
  } else {
    json_object_set_null_member (child, "period");
  }
  upkeep_wire_set_instant (child, "renews_at", statement->renews_at_s);
  upkeep_wire_set_instant (child, "ends_at", statement->ends_at_s);

  if (statement->scheduled != UPKEEP_SCHEDULED_NOTHING) {
    part = json_object_new ();
    json_object_set_string_member (part, "kind",
                                   upkeep_scheduled_kind_to_string (statement->scheduled));
    json_object_set_string_member (part, "plan", statement->scheduled_plan);
    json_object_set_string_member (part, "interval",
                                   upkeep_interval_to_string (statement->scheduled_interval));
    upkeep_wire_set_instant (part, "at", statement->scheduled_at_s);
    json_object_set_object_member (child, "scheduled", part);
  } else {
    json_object_set_null_member (child, "scheduled");
  }

  if (statement->next_charge_at_s != UPKEEP_INSTANT_NONE) {
    part = json_object_new ();
    upkeep_wire_set_instant (part, "at", statement->next_charge_at_s);
    upkeep_wire_set_money (part, "total", statement->next_charge_minor, statement->currency);
    json_object_set_object_member (child, "next_charge", part);
  } else {
    json_object_set_null_member (child, "next_charge");
  }

  if (statement->is_past_due) {
    part = json_object_new ();
    upkeep_wire_set_money (part, "amount", statement->past_due_minor, statement->currency);
    upkeep_wire_set_instant (part, "since", statement->past_due_since_s);
    upkeep_wire_set_instant (part, "next_retry_at", statement->next_retry_at_s);
    json_object_set_object_member (child, "past_due", part);
  } else {
    json_object_set_null_member (child, "past_due");
  }
  json_object_set_object_member (object, "subscription", child);
}

static JsonObject *
meter_to_object (const UpkeepStatementMeter *meter)
{
  JsonObject *object = json_object_new ();
  JsonArray *array;

  json_object_set_string_member (object, "id", meter->id);
  if (meter->unlimited) {
    json_object_set_string_member (object, "mode", meter->mode);
    json_object_set_boolean_member (object, "unlimited", TRUE);
    json_object_set_int_member (object, "used", meter->used);
    if (meter->wait_max_minutes > 0) {
      array = json_array_new ();
      json_array_add_int_element (array, meter->wait_min_minutes);
      json_array_add_int_element (array, meter->wait_max_minutes);
      json_object_set_array_member (object, "wait_minutes", array);
      json_object_set_int_member (object, "wait_estimate_minutes", meter->wait_estimate_minutes);
    } else {
      json_object_set_null_member (object, "wait_minutes");
      json_object_set_null_member (object, "wait_estimate_minutes");
    }
    return object;
  }

  json_object_set_string_member (object, "unit", meter->unit);
  json_object_set_string_member (object, "mode", meter->mode);
  json_object_set_int_member (object, "allowance", meter->allowance);
  json_object_set_int_member (object, "used", meter->used);
  json_object_set_int_member (object, "remaining", meter->remaining);
  json_object_set_boolean_member (object, "unlimited", FALSE);
  upkeep_wire_set_instant (object, "resets_at", meter->resets_at_s);
  array = json_array_new ();
  for (guint i = 0; i < meter->grants->len; i++) {
    const UpkeepStatementGrant *grant = &g_array_index (meter->grants, UpkeepStatementGrant, i);
    JsonObject *child = json_object_new ();

    json_object_set_string_member (child, "kind", upkeep_grant_kind_to_string (grant->kind));
    json_object_set_int_member (child, "quantity", grant->quantity);
    json_object_set_int_member (child, "remaining", grant->remaining);
    upkeep_wire_set_instant (child, "expires_at", grant->expires_at_s);
    json_object_set_boolean_member (child, "usable", grant->usable);
    json_array_add_object_element (array, child);
  }
  json_object_set_array_member (object, "grants", array);
  json_object_set_int_member (object, "spendable", meter->spendable);
  return object;
}

/* A service whose meter has no modes has no queue either. */
static void
set_queue (JsonObject *object, const UpkeepStatement *statement)
{
  guint n_modes = statement->queue_modes != NULL ? g_strv_length (statement->queue_modes) : 0;
  JsonObject *queue, *running, *queued, *limits, *running_limits;
  gboolean is_apart = FALSE;

  if (n_modes == 0) {
    json_object_set_null_member (object, "queue");
    return;
  }

  running = json_object_new ();
  queued = json_object_new ();
  for (guint i = 0; i < n_modes; i++) {
    json_object_set_int_member (running, statement->queue_modes[i], statement->running[i]);
    json_object_set_int_member (queued, statement->queue_modes[i], statement->queued[i]);
    is_apart = is_apart || (statement->running_total_limit == 0 && statement->running_limit[i] > 0);
  }

  running_limits = json_object_new ();
  if (is_apart) {
    for (guint i = 0; i < n_modes; i++)
      json_object_set_int_member (running_limits, statement->queue_modes[i],
                                  statement->running_limit[i]);
  } else {
    json_object_set_int_member (running_limits, "total", statement->running_total_limit);
  }

  limits = json_object_new ();
  json_object_set_object_member (limits, "running", running_limits);
  json_object_set_int_member (limits, "waiting", statement->waiting_limit);
  queue = json_object_new ();
  json_object_set_object_member (queue, "running", running);
  json_object_set_int_member (queue, "waiting", statement->waiting);
  json_object_set_object_member (queue, "queued", queued);
  json_object_set_object_member (queue, "limits", limits);
  json_object_set_object_member (object, "queue", queue);
}

static void
set_features (JsonObject *object, const UpkeepStatement *statement)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < statement->features->len; i++) {
    const UpkeepStatementFeature *feature = g_ptr_array_index (statement->features, i);
    JsonObject *child = json_object_new ();

    json_object_set_string_member (child, "id", feature->id);
    json_object_set_boolean_member (child, "allowed", feature->allowed);
    json_object_set_string_member (child, "code", feature->code);
    upkeep_wire_set_texts (child, "plans", feature->plans);
    json_array_add_object_element (array, child);
  }
  json_object_set_array_member (object, "features", array);
}

static void
set_payment_method (JsonObject *object, const UpkeepStatement *statement)
{
  JsonObject *child;

  if (!statement->has_payment_method) {
    json_object_set_null_member (object, "payment_method");
    return;
  }
  child = json_object_new ();
  json_object_set_string_member (child, "brand", statement->brand);
  json_object_set_string_member (child, "last4", statement->last4);
  json_object_set_int_member (child, "exp_month", statement->exp_month);
  json_object_set_int_member (child, "exp_year", statement->exp_year);
  json_object_set_object_member (object, "payment_method", child);
}

static void
set_metered (JsonObject *object, const UpkeepStatement *statement)
{
  JsonObject *child;

  if (!statement->has_metered) {
    json_object_set_null_member (object, "metered");
    return;
  }
  child = json_object_new ();
  upkeep_wire_set_money (child, "unbilled", statement->unbilled_minor, statement->currency);
  upkeep_wire_set_money (child, "threshold", statement->threshold_minor, statement->currency);
  json_object_set_object_member (object, "metered", child);
}

/* The lifetime's units are called by what they count, as in `gpu_seconds`. */
static char *
dup_units_name (const UpkeepStatement *statement)
{
  const UpkeepStatementMeter *meter =
      statement->meters->len > 0 ? g_ptr_array_index (statement->meters, 0) : NULL;

  return meter != NULL && meter->unit != NULL ? g_strconcat (meter->unit, "s", NULL) : NULL;
}

static void
set_lifetime (JsonObject *object, const UpkeepStatement *statement)
{
  g_autofree char *units = dup_units_name (statement);
  JsonObject *child = json_object_new ();

  json_object_set_int_member (child, "images", statement->lifetime_images);
  if (units != NULL)
    json_object_set_int_member (child, units, statement->lifetime_units);
  json_object_set_object_member (object, "lifetime", child);
}

static void
set_notices (JsonObject *object, const UpkeepStatement *statement)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < statement->notices->len; i++) {
    const UpkeepStatementNotice *notice =
        &g_array_index (statement->notices, UpkeepStatementNotice, i);
    JsonObject *child = json_object_new ();

    json_object_set_string_member (child, "code", upkeep_notice_code_to_string (notice->code));
    upkeep_wire_set_instant (child, "at", notice->at_s);
    json_array_add_object_element (array, child);
  }
  json_object_set_array_member (object, "notices", array);
}

static void
read_subscription (UpkeepReader *reader, UpkeepStatement *statement)
{
  const char *states[UPKEEP_N_STATES], *kinds[UPKEEP_N_SCHEDULED_KINDS];
  UpkeepReader child, part;
  const char *text;
  guint index;

  for (guint i = 0; i < UPKEEP_N_STATES; i++)
    states[i] = upkeep_state_to_string (i);
  for (guint i = 0; i < UPKEEP_N_SCHEDULED_KINDS; i++)
    kinds[i] = upkeep_scheduled_kind_to_string (i);

  upkeep_reader_object (reader, "subscription", &child);
  if (upkeep_reader_enum (&child, "state", states, G_N_ELEMENTS (states), &index))
    statement->state = index;
  if (upkeep_reader_optional_id (&child, "plan", UPKEEP_ID_MAX_BYTES, &text))
    statement->plan = g_strdup (text);
  upkeep_wire_read_interval (&child, "interval", &statement->interval);
  if (!upkeep_wire_read_optional_money (&child, "price", statement->currency,
                                        &statement->price_minor) &&
      statement->interval != UPKEEP_INTERVAL_NONE)
    upkeep_reader_fail (&child, "price", "missing beside an interval");
  upkeep_reader_optional_instant (&child, "started_at", &statement->started_at_s);
  upkeep_reader_bool (&child, "ever_subscribed", &statement->ever_subscribed);
  statement->has_period = upkeep_reader_optional_object (&child, "period", &part);
  if (statement->has_period) {
    upkeep_reader_instant (&part, "start", &statement->period.start_s);
    upkeep_reader_instant (&part, "end", &statement->period.end_s);
    if (!upkeep_reader_has_failed (&part) && statement->period.end_s <= statement->period.start_s)
      upkeep_reader_fail (&part, "end", "not after the start");
    upkeep_reader_finish (&part);
  }
  upkeep_reader_optional_instant (&child, "renews_at", &statement->renews_at_s);
  upkeep_reader_optional_instant (&child, "ends_at", &statement->ends_at_s);

  if (upkeep_reader_optional_object (&child, "scheduled", &part)) {
    if (upkeep_reader_enum (&part, "kind", kinds, G_N_ELEMENTS (kinds), &index))
      statement->scheduled = index;
    if (upkeep_reader_optional_id (&part, "plan", UPKEEP_ID_MAX_BYTES, &text))
      statement->scheduled_plan = g_strdup (text);
    upkeep_wire_read_interval (&part, "interval", &statement->scheduled_interval);
    upkeep_reader_instant (&part, "at", &statement->scheduled_at_s);
    upkeep_reader_finish (&part);
  }
  if (upkeep_reader_optional_object (&child, "next_charge", &part)) {
    upkeep_reader_instant (&part, "at", &statement->next_charge_at_s);
    upkeep_wire_read_money (&part, "total", statement->currency, &statement->next_charge_minor);
    upkeep_reader_finish (&part);
  }
  statement->is_past_due = upkeep_reader_optional_object (&child, "past_due", &part);
  if (statement->is_past_due) {
    upkeep_wire_read_money (&part, "amount", statement->currency, &statement->past_due_minor);
    upkeep_reader_instant (&part, "since", &statement->past_due_since_s);
    upkeep_reader_optional_instant (&part, "next_retry_at", &statement->next_retry_at_s);
    upkeep_reader_finish (&part);
  }
  upkeep_reader_finish (&child);
}

static void
read_minutes (UpkeepReader *reader, const char *name, int *ret_minutes)
{
  gint64 minutes;

  if (upkeep_reader_optional_int (reader, name, 0, MINUTES_MAX, &minutes))
    *ret_minutes = (int) minutes;
}

static void
read_grant (UpkeepReader *grants, UpkeepStatementMeter *meter)
{
  const char *kinds[UPKEEP_N_GRANT_KINDS];
  UpkeepStatementGrant grant = {.expires_at_s = UPKEEP_INSTANT_NONE};
  UpkeepReader child;
  guint kind = 0;

  for (guint i = 0; i < UPKEEP_N_GRANT_KINDS; i++)
    kinds[i] = upkeep_grant_kind_to_string (i);

  upkeep_reader_object (grants, NULL, &child);
  upkeep_reader_enum (&child, "kind", kinds, G_N_ELEMENTS (kinds), &kind);
  grant.kind = kind;
  upkeep_reader_int (&child, "quantity", 0, UPKEEP_UNITS_MAX, &grant.quantity);
  upkeep_reader_int (&child, "remaining", 0, grant.quantity, &grant.remaining);
  upkeep_reader_optional_instant (&child, "expires_at", &grant.expires_at_s);
  upkeep_reader_bool (&child, "usable", &grant.usable);
  if (upkeep_reader_finish (&child))
    g_array_append_val (meter->grants, grant);
}

/* The unit of a meter that stands there for another mode without it. */
static const char *
find_unit (const UpkeepStatement *statement, const char *id)
{
  for (guint i = 0; i < statement->meters->len; i++) {
    const UpkeepStatementMeter *meter = g_ptr_array_index (statement->meters, i);

    if (g_str_equal (meter->id, id))
      return meter->unit;
  }
  return NULL;
}

static void
read_meter (UpkeepReader *meters, UpkeepStatement *statement)
{
  UpkeepStatementMeter *meter = upkeep_statement_meter_new ();
  UpkeepReader child, array;
  const char *id = "", *unit = NULL, *mode = NULL;

  upkeep_reader_object (meters, NULL, &child);
  upkeep_reader_id (&child, "id", UPKEEP_ID_MAX_BYTES, &id);
  upkeep_reader_optional_id (&child, "mode", UPKEEP_ID_MAX_BYTES, &mode);
  upkeep_reader_bool (&child, "unlimited", &meter->unlimited);
  upkeep_reader_int (&child, "used", 0, G_MAXINT64, &meter->used);
  if (meter->unlimited) {
    if (!upkeep_reader_optional_id (&child, "unit", UPKEEP_ID_MAX_BYTES, &unit))
      unit = find_unit (statement, id);
    if (upkeep_reader_optional_array (&child, "wait_minutes", 2, 2, &array)) {
      read_minutes (&array, NULL, &meter->wait_min_minutes);
      read_minutes (&array, NULL, &meter->wait_max_minutes);
    }
    read_minutes (&child, "wait_estimate_minutes", &meter->wait_estimate_minutes);
  } else {
    upkeep_reader_id (&child, "unit", UPKEEP_ID_MAX_BYTES, &unit);
    upkeep_reader_int (&child, "allowance", 0, UPKEEP_UNITS_MAX, &meter->allowance);
    upkeep_reader_int (&child, "remaining", 0, G_MAXINT64, &meter->remaining);
    upkeep_reader_optional_instant (&child, "resets_at", &meter->resets_at_s);
    upkeep_reader_array (&child, "grants", 0, GRANTS_MAX, &array);
    while (upkeep_reader_has_next (&array))
      read_grant (&array, meter);
    upkeep_reader_int (&child, "spendable", 0, G_MAXINT64, &meter->spendable);
  }
  upkeep_reader_finish (&child);

  meter->id = g_strdup (id);
  meter->unit = g_strdup (unit);
  meter->mode = g_strdup (mode);
  g_ptr_array_add (statement->meters, meter);
}

static void
read_jobs (UpkeepReader *reader, const char *name, int *ret_jobs)
{
  gint64 jobs;

  if (upkeep_reader_int (reader, name, 0, JOBS_MAX, &jobs))
    *ret_jobs = (int) jobs;
}

/* How many wait in each mode, where the service tells it. */
static void
read_queued (UpkeepReader *queue, UpkeepStatement *statement)
{
  UpkeepReader queued;
  gint64 jobs;

  upkeep_reader_optional_object (queue, "queued", &queued);
  for (guint i = 0; statement->queue_modes[i] != NULL; i++) {
    if (upkeep_reader_optional_int (&queued, statement->queue_modes[i], 0, JOBS_MAX, &jobs))
      statement->queued[i] = (int) jobs;
  }
  upkeep_reader_finish (&queued);
}

static void
read_queue (UpkeepReader *reader, UpkeepStatement *statement)
{
  g_autoptr (GStrvBuilder) modes = g_strv_builder_new ();
  UpkeepReader queue, running, limits, running_limits;
  const char *mode;
  guint n_modes = 0;
  gint64 total;

  if (!upkeep_reader_optional_object (reader, "queue", &queue)) {
    statement->queue_modes = g_strv_builder_end (modes);
    return;
  }

  upkeep_reader_object (&queue, "limits", &limits);
  upkeep_reader_object (&limits, "running", &running_limits);
  if (upkeep_reader_optional_int (&running_limits, "total", 0, JOBS_MAX, &total))
    statement->running_total_limit = (int) total;

  upkeep_reader_object (&queue, "running", &running);
  while (upkeep_reader_next_name (&running, &mode)) {
    if (n_modes == UPKEEP_MODES_MAX) {
      upkeep_reader_fail (&queue, "running", "more than %d modes", UPKEEP_MODES_MAX);
      break;
    }
    read_jobs (&running, mode, &statement->running[n_modes]);
    if (upkeep_reader_optional_int (&running_limits, mode, 0, JOBS_MAX, &total))
      statement->running_limit[n_modes] = (int) total;
    g_strv_builder_add (modes, mode);
    n_modes++;
  }
  upkeep_reader_finish (&running);
  upkeep_reader_finish (&running_limits);
  read_jobs (&limits, "waiting", &statement->waiting_limit);
  upkeep_reader_finish (&limits);
  read_jobs (&queue, "waiting", &statement->waiting);
  statement->queue_modes = g_strv_builder_end (modes);
  read_queued (&queue, statement);
  upkeep_reader_finish (&queue);
}

static void
read_feature (UpkeepReader *features, UpkeepStatement *statement)
{
  UpkeepStatementFeature *feature = upkeep_statement_feature_new ();
  UpkeepReader child;
  const char *text;

  g_ptr_array_add (statement->features, feature);
  upkeep_reader_object (features, NULL, &child);
  if (upkeep_reader_id (&child, "id", UPKEEP_ID_MAX_BYTES, &text))
    feature->id = g_strdup (text);
  upkeep_reader_bool (&child, "allowed", &feature->allowed);
  if (upkeep_reader_optional_id (&child, "code", UPKEEP_ID_MAX_BYTES, &text)) {
    for (guint i = 0; i < G_N_ELEMENTS (feature_codes); i++) {
      if (g_str_equal (feature_codes[i], text))
        feature->code = feature_codes[i];
    }
  }
  upkeep_wire_read_texts (&child, "plans", UPKEEP_PLANS_MAX, &feature->plans);
  upkeep_reader_finish (&child);
}

static void
read_payment_method (UpkeepReader *reader, UpkeepStatement *statement)
{
  UpkeepReader child;
  const char *brand = NULL, *last4 = NULL;
  gint64 month = 0, year = 0;

  statement->has_payment_method = upkeep_reader_optional_object (reader, "payment_method", &child);
  if (!statement->has_payment_method)
    return;

  upkeep_reader_string (&child, "brand", 0, BRAND_MAX_CHARS, &brand);
  upkeep_reader_string (&child, "last4", 4, 4, &last4);
  upkeep_reader_int (&child, "exp_month", 1, 12, &month);
  upkeep_reader_int (&child, "exp_year", 1970, 9999, &year);
  upkeep_reader_finish (&child);
  statement->brand = g_strdup (brand);
  statement->last4 = g_strdup (last4);
  statement->exp_month = (int) month;
  statement->exp_year = (int) year;
}

/* A notice that is newer than we are only goes unshown. */
static void
read_notice (UpkeepReader *notices, UpkeepStatement *statement)
{
  UpkeepReader child;
  const char *code = "";
  gint64 at_s = 0;

  upkeep_reader_object (notices, NULL, &child);
  upkeep_reader_id (&child, "code", UPKEEP_ID_MAX_BYTES, &code);
  upkeep_reader_instant (&child, "at", &at_s);
  if (!upkeep_reader_finish (&child))
    return;

  for (guint i = 0; i < UPKEEP_N_NOTICE_CODES; i++) {
    UpkeepStatementNotice notice = {.code = i, .at_s = at_s};

    if (g_str_equal (upkeep_notice_code_to_string (i), code))
      g_array_append_val (statement->notices, notice);
  }
}

/**
 * upkeep_wire_print_statement:
 * @statement: what an account shows
 *
 * Writes the account document exactly as CONTRACT section 4 shows it: absent things are `null`, not
 * missing. An unlimited mode of a meter has the short form with `wait_minutes`. `queue` is `null`
 * where the meter has no modes. The member of `lifetime` beside `images` is called by the meter's
 * unit, as `gpu_seconds`, `credits` or `issues`.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_statement (const UpkeepStatement *statement)
{
  JsonObject *object;
  JsonArray *meters;

  g_return_val_if_fail (statement != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "id", statement->id);
  json_object_set_int_member (object, "version", statement->version);
  json_object_set_string_member (object, "service", statement->service);
  json_object_set_string_member (object, "edition", statement->edition);
  set_edition_change (object, statement);
  json_object_set_string_member (object, "email", statement->email);
  upkeep_wire_set_instant (object, "now", statement->now_s);
  set_subscription (object, statement);
  meters = json_array_new ();
  for (guint i = 0; i < statement->meters->len; i++)
    json_array_add_object_element (meters,
                                   meter_to_object (g_ptr_array_index (statement->meters, i)));
  json_object_set_array_member (object, "meters", meters);
  json_object_set_string_member (object, "mode", statement->mode);
  set_queue (object, statement);
  set_features (object, statement);
  upkeep_wire_set_texts (object, "suspended", statement->suspended);
  set_payment_method (object, statement);
  upkeep_wire_set_money (object, "balance", statement->balance_minor, statement->currency);
  set_metered (object, statement);
  set_lifetime (object, statement);
  set_notices (object, statement);
  return upkeep_wire_take_object (object);
}

/**
 * upkeep_wire_parse_statement:
 * @node: an account document, as upkeep_wire_print_statement() writes it
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads an account document. Members, notices and reasons of features that are newer than we are
 * count for nothing; sums of different currencies, a grant with more left than it had and a term
 * without a price are errors.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): what the account shows, or `NULL` with @error set
 */
UpkeepStatement *
upkeep_wire_parse_statement (JsonNode *node, GError **error)
{
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autofree char *units = NULL;
  UpkeepReader reader, child;
  const char *text;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  statement = upkeep_statement_new ();
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, error);
  if (upkeep_reader_id (&reader, "id", ACCOUNT_ID_MAX_BYTES, &text))
    statement->id = g_strdup (text);
  upkeep_reader_int (&reader, "version", 0, G_MAXINT64, &statement->version);
  if (upkeep_reader_id (&reader, "service", UPKEEP_ID_MAX_BYTES, &text))
    statement->service = g_strdup (text);
  if (upkeep_reader_id (&reader, "edition", UPKEEP_ID_MAX_BYTES, &text))
    statement->edition = g_strdup (text);
  if (upkeep_reader_optional_object (&reader, "edition_change", &child)) {
    if (upkeep_reader_id (&child, "to", UPKEEP_ID_MAX_BYTES, &text))
      statement->next_edition = g_strdup (text);
    upkeep_reader_instant (&child, "at", &statement->next_edition_at_s);
    upkeep_reader_finish (&child);
  }
  if (upkeep_reader_string (&reader, "email", 0, EMAIL_MAX_CHARS, &text))
    statement->email = g_strdup (text);
  upkeep_reader_instant (&reader, "now", &statement->now_s);
  read_subscription (&reader, statement);
  upkeep_reader_array (&reader, "meters", 0, METERS_MAX, &child);
  while (upkeep_reader_has_next (&child))
    read_meter (&child, statement);
  if (upkeep_reader_optional_id (&reader, "mode", UPKEEP_ID_MAX_BYTES, &text))
    statement->mode = g_strdup (text);
  read_queue (&reader, statement);
  upkeep_reader_array (&reader, "features", 0, UPKEEP_FEATURES_MAX, &child);
  while (upkeep_reader_has_next (&child))
    read_feature (&child, statement);
  upkeep_wire_read_texts (&reader, "suspended", UPKEEP_FEATURES_MAX, &statement->suspended);
  read_payment_method (&reader, statement);
  upkeep_wire_read_money (&reader, "balance", statement->currency, &statement->balance_minor);
  statement->has_metered = upkeep_reader_optional_object (&reader, "metered", &child);
  if (statement->has_metered) {
    upkeep_wire_read_money (&child, "unbilled", statement->currency, &statement->unbilled_minor);
    upkeep_wire_read_money (&child, "threshold", statement->currency, &statement->threshold_minor);
    upkeep_reader_finish (&child);
  }
  upkeep_reader_object (&reader, "lifetime", &child);
  upkeep_reader_int (&child, "images", 0, G_MAXINT64, &statement->lifetime_images);
  units = dup_units_name (statement);
  if (units != NULL)
    upkeep_reader_int (&child, units, 0, G_MAXINT64, &statement->lifetime_units);
  upkeep_reader_finish (&child);
  upkeep_reader_array (&reader, "notices", 0, NOTICES_MAX, &child);
  while (upkeep_reader_has_next (&child))
    read_notice (&child, statement);

  return upkeep_reader_finish (&reader) ? g_steal_pointer (&statement) : NULL;
}

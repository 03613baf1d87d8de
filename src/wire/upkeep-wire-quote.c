/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-quote.h"

#include "upkeep-wire-parts.h"

#include <string.h>

/* A quote's id, and an invoice's number as somebody types it. */
#define ID_MAX_CHARS             128
#define INVOICE_NUMBER_MAX_CHARS 64
#define REASON_MAX_CHARS         1000

/* More than the program knows, because a newer service may know more. */
#define BLOCKED_MAX 64
#define EFFECTS_MAX 64

#define REFUNDS_MAX G_MAXINT /* of a bound on refunds, and its days */

/* Members by kind of request: those of the others are unknown ones. */
typedef struct {
  gboolean has_plan;
  gboolean needs_interval; /* a switch to a plan without a price has none */
  gboolean has_invoice_number;
  gboolean has_quantity;
} Form;

static const Form forms[] = {
    [UPKEEP_QUOTE_SUBSCRIBE] = {.has_plan = TRUE, .needs_interval = TRUE},
    [UPKEEP_QUOTE_SWITCH] = {.has_plan = TRUE},
    [UPKEEP_QUOTE_CANCEL] = {.has_invoice_number = TRUE},
    [UPKEEP_QUOTE_TOPUP] = {.has_quantity = TRUE},
    [UPKEEP_QUOTE_RESUME] = {0},
    [UPKEEP_QUOTE_PAY] = {0},
};
G_STATIC_ASSERT (G_N_ELEMENTS (forms) == UPKEEP_N_QUOTE_KINDS);

#define METRIC_IMAGES "images"

static void
set_blocked (JsonObject *object, const char *name, const GArray *blocked)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < blocked->len; i++) {
    const UpkeepBlocked *reason = &g_array_index (blocked, UpkeepBlocked, i);
    JsonObject *child = json_object_new ();

    json_object_set_string_member (child, "code", upkeep_blocked_code_to_string (reason->code));
    if (reason->has_limit)
      json_object_set_int_member (child, "limit", reason->limit);
    else
      json_object_set_null_member (child, "limit");
    if (reason->has_measured)
      json_object_set_int_member (child, "measured", reason->measured);
    else
      json_object_set_null_member (child, "measured");
    json_array_add_object_element (array, child);
  }
  json_object_set_array_member (object, name, array);
}

static void
set_grants (JsonObject *object, const UpkeepOption *option, const char *meter)
{
  JsonArray *array = json_array_new ();

  if (option->has_grant) {
    JsonObject *child = json_object_new ();

    json_object_set_string_member (child, "meter", meter);
    json_object_set_string_member (child, "kind", upkeep_grant_kind_to_string (option->grant.kind));
    json_object_set_int_member (child, "quantity", option->grant.quantity);
    upkeep_wire_set_instant (child, "expires_at", option->grant.expires_at_s);
    json_array_add_object_element (array, child);
  }
  json_object_set_array_member (object, "grants", array);
}

static void
set_effects (JsonObject *object, guint effects)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < UPKEEP_N_EFFECTS; i++) {
    if (effects & (1U << i))
      json_array_add_string_element (array, upkeep_effect_to_string (i));
  }
  json_object_set_array_member (object, "effects", array);
}

static void
set_terms (JsonObject *object, const UpkeepTerms *terms)
{
  JsonObject *child = json_object_new ();

  json_object_set_string_member (child, "edition", terms->edition);
  json_object_set_string_member (child, "currency", terms->currency);
  json_object_set_boolean_member (child, "buys_term", terms->buys_term);
  json_object_set_int_member (child, "new_price_minor", terms->new_price_minor);
  json_object_set_string_member (child, "credit", upkeep_credit_to_string (terms->credit));
  json_object_set_int_member (child, "old_price_minor", terms->old_price_minor);
  json_object_set_int_member (child, "unused", terms->unused);
  json_object_set_int_member (child, "allowance", terms->allowance);
  json_object_set_string_member (child, "rounding", upkeep_rounding_to_string (terms->rounding));
  json_object_set_int_member (child, "metered_minor", terms->metered_minor);
  json_object_set_int_member (child, "pack_price_minor", terms->pack_price_minor);
  json_object_set_int_member (child, "past_due_minor", terms->past_due_minor);
  json_object_set_int_member (child, "refund_price_minor", terms->refund_price_minor);
  json_object_set_int_member (child, "refund_share", terms->refund_share);
  json_object_set_int_member (child, "refund_whole", terms->refund_whole);
  json_object_set_int_member (child, "refund_cap_minor", terms->refund_cap_minor);
  json_object_set_int_member (child, "balance_minor", terms->balance_minor);
  json_object_set_object_member (object, "terms", child);
}

static JsonObject *
option_to_object (const UpkeepOption *option, const char *meter, const char *currency)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "timing", upkeep_timing_to_string (option->timing));
  upkeep_wire_set_lines (object, "lines", &option->bill);
  upkeep_wire_set_money (object, "total", option->bill.total_minor, currency);
  upkeep_wire_set_refund (object, "refund", option->has_refund ? &option->refund : NULL, currency);
  upkeep_wire_set_instant (object, "effective_at", option->effective_at_s);
  upkeep_wire_set_instant (object, "renews_at", option->renews_at_s);
  if (option->has_renewal_total)
    upkeep_wire_set_money (object, "renewal_total", option->renewal_total_minor, currency);
  else
    json_object_set_null_member (object, "renewal_total");
  set_grants (object, option, meter);
  set_effects (object, option->effects);
  set_terms (object, &option->terms);
  return object;
}

/* What a rule measures is called by what it counts: `gpu_seconds`, `issues`, `images`. */
static void
set_metric (JsonObject *object, UpkeepMetric metric, const char *unit)
{
  g_autofree char *units = NULL;

  if (metric == UPKEEP_METRIC_IMAGES) {
    json_object_set_string_member (object, "metric", METRIC_IMAGES);
    return;
  }
  units = g_strconcat (unit, "s", NULL);
  json_object_set_string_member (object, "metric", units);
}

static JsonObject *
clause_to_object (const UpkeepClauseReport *clause, const char *unit)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", clause->id);
  set_metric (object, clause->metric, unit);
  json_object_set_string_member (object, "scope", upkeep_scope_to_string (clause->scope));
  json_object_set_int_member (object, "measured", clause->measured);
  json_object_set_int_member (object, "limit", clause->limit);
  json_object_set_boolean_member (object, "holds", clause->holds);
  return object;
}

static void
set_review (JsonObject *object, const UpkeepRefundReport *report, const char *unit)
{
  JsonObject *child;

  if (report->review == NULL) {
    json_object_set_null_member (object, "manual_review");
    return;
  }

  child = clause_to_object (report->review, unit);
  json_object_set_string_member (child, "channel", report->review_channel);
  json_object_set_object_member (object, "manual_review", child);
}

static void
set_refund_rule (JsonObject *object, const UpkeepRefundReport *report, const char *unit)
{
  JsonObject *child, *at_most;
  JsonArray *array;

  if (report == NULL || report->id == NULL) {
    json_object_set_null_member (object, "refund_rule");
    return;
  }

  child = json_object_new ();
  json_object_set_string_member (child, "id", report->id);
  array = json_array_new ();
  for (guint i = 0; i < report->clauses->len; i++) {
    JsonObject *element = clause_to_object (g_ptr_array_index (report->clauses, i), unit);

    json_array_add_object_element (array, element);
  }
  json_object_set_array_member (child, "any_of", array);
  if (report->at_most_count > 0) {
    at_most = json_object_new ();
    json_object_set_int_member (at_most, "count", report->at_most_count);
    json_object_set_int_member (at_most, "days", report->at_most_days);
    json_object_set_int_member (at_most, "measured", report->at_most_measured);
    json_object_set_boolean_member (at_most, "holds",
                                    report->at_most_measured < report->at_most_count);
    json_object_set_object_member (child, "at_most", at_most);
  } else {
    json_object_set_null_member (child, "at_most");
  }
  set_review (child, report, unit);
  json_object_set_object_member (object, "refund_rule", child);
}

static void
read_plan (UpkeepReader *reader, const char *name, char **ret_plan, UpkeepInterval *ret_interval)
{
  UpkeepReader child;
  const char *plan = NULL;

  if (!upkeep_reader_optional_object (reader, name, &child))
    return;

  upkeep_reader_id (&child, "plan", UPKEEP_ID_MAX_BYTES, &plan);
  upkeep_wire_read_interval (&child, "interval", ret_interval);
  if (upkeep_reader_finish (&child))
    *ret_plan = g_strdup (plan);
}

static void
read_blocked (UpkeepReader *reader, const char *name, GArray *blocked)
{
  UpkeepReader array;

  upkeep_reader_array (reader, name, 0, BLOCKED_MAX, &array);
  while (upkeep_reader_has_next (&array)) {
    const char *codes[UPKEEP_N_BLOCKED_CODES];
    UpkeepBlocked reason = {0};
    UpkeepReader child;
    guint code = 0;

    for (guint i = 0; i < UPKEEP_N_BLOCKED_CODES; i++)
      codes[i] = upkeep_blocked_code_to_string (i);

    upkeep_reader_object (&array, NULL, &child);
    upkeep_reader_enum (&child, "code", codes, G_N_ELEMENTS (codes), &code);
    reason.code = code;
    reason.has_limit =
        upkeep_reader_optional_int (&child, "limit", G_MININT64, G_MAXINT64, &reason.limit);
    reason.has_measured =
        upkeep_reader_optional_int (&child, "measured", G_MININT64, G_MAXINT64, &reason.measured);
    if (upkeep_reader_finish (&child))
      g_array_append_val (blocked, reason);
  }
}

static void
read_grants (UpkeepReader *option, UpkeepOption *ret_option, char **meter)
{
  UpkeepReader grants, grant;
  const char *kinds[UPKEEP_N_GRANT_KINDS];
  const char *id = NULL;
  guint kind = 0;

  for (guint i = 0; i < UPKEEP_N_GRANT_KINDS; i++)
    kinds[i] = upkeep_grant_kind_to_string (i);

  upkeep_reader_array (option, "grants", 0, 1, &grants);
  if (!upkeep_reader_has_next (&grants))
    return;

  upkeep_reader_object (&grants, NULL, &grant);
  if (upkeep_reader_id (&grant, "meter", UPKEEP_ID_MAX_BYTES, &id)) {
    if (*meter == NULL)
      *meter = g_strdup (id);
    else if (strcmp (*meter, id) != 0)
      upkeep_reader_fail (&grant, "meter", "not %s, as before", *meter);
  }
  upkeep_reader_enum (&grant, "kind", kinds, G_N_ELEMENTS (kinds), &kind);
  upkeep_reader_int (&grant, "quantity", 0, UPKEEP_UNITS_MAX, &ret_option->grant.quantity);
  ret_option->grant.expires_at_s = UPKEEP_INSTANT_NONE;
  upkeep_reader_optional_instant (&grant, "expires_at", &ret_option->grant.expires_at_s);
  upkeep_reader_finish (&grant);
  ret_option->grant.kind = kind;
  ret_option->has_grant = TRUE;
}

/* An effect that is newer than we are only goes untold. */
static guint
read_effects (UpkeepReader *option)
{
  UpkeepReader array;
  guint effects = 0;

  upkeep_reader_array (option, "effects", 0, EFFECTS_MAX, &array);
  while (upkeep_reader_has_next (&array)) {
    const char *text;

    if (!upkeep_reader_id (&array, NULL, UPKEEP_ID_MAX_BYTES, &text))
      continue;
    for (guint i = 0; i < UPKEEP_N_EFFECTS; i++) {
      if (g_str_equal (text, upkeep_effect_to_string (i)))
        effects |= 1U << i;
    }
  }
  return effects;
}

static void
read_terms (UpkeepReader *option, UpkeepTerms *terms)
{
  const struct {
    const char *name;
    gint64 *value;
    gint64 max;
  } numbers[] = {
      {"new_price_minor", &terms->new_price_minor, UPKEEP_WIRE_SUM_MAX},
      {"old_price_minor", &terms->old_price_minor, UPKEEP_WIRE_SUM_MAX},
      {"unused", &terms->unused, UPKEEP_UNITS_MAX},
      {"allowance", &terms->allowance, UPKEEP_UNITS_MAX},
      {"metered_minor", &terms->metered_minor, UPKEEP_WIRE_SUM_MAX},
      {"pack_price_minor", &terms->pack_price_minor, UPKEEP_WIRE_SUM_MAX},
      {"past_due_minor", &terms->past_due_minor, UPKEEP_WIRE_SUM_MAX},
      {"refund_price_minor", &terms->refund_price_minor, UPKEEP_WIRE_SUM_MAX},
      {"refund_share", &terms->refund_share, UPKEEP_UNITS_MAX},
      {"refund_whole", &terms->refund_whole, UPKEEP_UNITS_MAX},
      {"refund_cap_minor", &terms->refund_cap_minor, UPKEEP_WIRE_SUM_MAX},
      {"balance_minor", &terms->balance_minor, UPKEEP_WIRE_SUM_MAX},
  };
  const char *const roundings[] = {upkeep_rounding_to_string (UPKEEP_ROUNDING_HALF_UP),
                                   upkeep_rounding_to_string (UPKEEP_ROUNDING_DOWN)};
  const char *credits[UPKEEP_N_CREDITS];
  UpkeepReader child;
  const char *edition = NULL, *currency = NULL;
  guint credit = 0, rounding = 0;

  for (guint i = 0; i < UPKEEP_N_CREDITS; i++)
    credits[i] = upkeep_credit_to_string (i);

  upkeep_reader_object (option, "terms", &child);
  if (upkeep_reader_id (&child, "edition", sizeof terms->edition - 1, &edition))
    g_strlcpy (terms->edition, edition, sizeof terms->edition);
  if (upkeep_reader_string (&child, "currency", 3, 3, &currency)) {
    if (upkeep_currency_is_valid (currency))
      g_strlcpy (terms->currency, currency, sizeof terms->currency);
    else
      upkeep_reader_fail (&child, "currency", "not three capital letters");
  }
  upkeep_reader_bool (&child, "buys_term", &terms->buys_term);
  upkeep_reader_enum (&child, "credit", credits, G_N_ELEMENTS (credits), &credit);
  upkeep_reader_enum (&child, "rounding", roundings, G_N_ELEMENTS (roundings), &rounding);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    upkeep_reader_int (&child, numbers[i].name, 0, numbers[i].max, numbers[i].value);
  upkeep_reader_finish (&child);
  terms->credit = credit;
  terms->rounding = rounding;
}

static void
read_option (UpkeepReader *options, UpkeepQuote *quote)
{
  const char *timings[UPKEEP_N_TIMINGS];
  UpkeepOption option = {.renews_at_s = UPKEEP_INSTANT_NONE};
  UpkeepReader child;
  guint timing = 0;

  for (guint i = 0; i < UPKEEP_N_TIMINGS; i++)
    timings[i] = upkeep_timing_to_string (i);

  upkeep_reader_object (options, NULL, &child);
  if (upkeep_reader_enum (&child, "timing", timings, G_N_ELEMENTS (timings), &timing) &&
      upkeep_quote_find_option (quote, timing) != NULL)
    upkeep_reader_fail (&child, "timing", "%s for the second time", timings[timing]);
  option.timing = timing;
  upkeep_wire_read_bill (&child, "lines", "total", quote->currency, &option.bill);
  option.has_refund = upkeep_wire_read_refund (&child, "refund", quote->currency, &option.refund);
  upkeep_reader_instant (&child, "effective_at", &option.effective_at_s);
  upkeep_reader_optional_instant (&child, "renews_at", &option.renews_at_s);
  option.has_renewal_total = upkeep_wire_read_optional_money (
      &child, "renewal_total", quote->currency, &option.renewal_total_minor);
  read_grants (&child, &option, &quote->meter);
  option.effects = read_effects (&child);
  read_terms (&child, &option.terms);
  if (upkeep_reader_finish (&child))
    g_array_append_val (quote->options, option);
}

/* Reads the members of a clause's report, and leaves what else is there to the caller. */
static UpkeepClauseReport *
read_clause_members (UpkeepReader *child)
{
  const char *scopes[UPKEEP_N_SCOPES];
  UpkeepClauseReport *clause = upkeep_clause_report_new ();
  const char *id = NULL, *metric = NULL;
  guint scope = 0;

  for (guint i = 0; i < UPKEEP_N_SCOPES; i++)
    scopes[i] = upkeep_scope_to_string (i);

  upkeep_reader_id (child, "id", UPKEEP_ID_MAX_BYTES, &id);
  upkeep_reader_id (child, "metric", UPKEEP_ID_MAX_BYTES, &metric);
  upkeep_reader_enum (child, "scope", scopes, G_N_ELEMENTS (scopes), &scope);
  upkeep_reader_int (child, "measured", 0, G_MAXINT64, &clause->measured);
  upkeep_reader_int (child, "limit", 0, G_MAXINT64, &clause->limit);
  upkeep_reader_bool (child, "holds", &clause->holds);
  clause->id = g_strdup (id);
  clause->metric =
      g_strcmp0 (metric, METRIC_IMAGES) == 0 ? UPKEEP_METRIC_IMAGES : UPKEEP_METRIC_UNITS;
  clause->scope = scope;
  return clause;
}

static void
read_clause (UpkeepReader *clauses, UpkeepRefundReport *report)
{
  UpkeepReader child;
  UpkeepClauseReport *clause;

  upkeep_reader_object (clauses, NULL, &child);
  clause = read_clause_members (&child);
  upkeep_reader_finish (&child);
  g_ptr_array_add (report->clauses, clause);
  report->holds = report->holds || clause->holds;
}

/* A service that is older than we are says nothing of it. */
static void
read_review (UpkeepReader *rule, UpkeepRefundReport *report)
{
  UpkeepReader child;
  const char *channel = NULL;

  if (!upkeep_reader_optional_object (rule, "manual_review", &child))
    return;

  report->review = read_clause_members (&child);
  if (upkeep_reader_id (&child, "channel", UPKEEP_ID_MAX_BYTES, &channel))
    report->review_channel = g_strdup (channel);
  upkeep_reader_finish (&child);
}

static UpkeepRefundReport *
read_refund_rule (UpkeepReader *reader)
{
  g_autoptr (UpkeepRefundReport) report = NULL;
  UpkeepReader child, clauses, at_most;
  const char *id = NULL;

  if (!upkeep_reader_optional_object (reader, "refund_rule", &child))
    return NULL;

  report = upkeep_refund_report_new ();
  if (upkeep_reader_id (&child, "id", UPKEEP_ID_MAX_BYTES, &id))
    report->id = g_strdup (id);
  upkeep_reader_array (&child, "any_of", 0, UPKEEP_CLAUSES_MAX, &clauses);
  while (upkeep_reader_has_next (&clauses))
    read_clause (&clauses, report);
  if (upkeep_reader_optional_object (&child, "at_most", &at_most)) {
    gint64 count = 0, days = 0, measured = 0;
    gboolean holds = FALSE;

    upkeep_reader_int (&at_most, "count", 1, REFUNDS_MAX, &count);
    upkeep_reader_int (&at_most, "days", 1, REFUNDS_MAX, &days);
    upkeep_reader_int (&at_most, "measured", 0, REFUNDS_MAX, &measured);
    upkeep_reader_bool (&at_most, "holds", &holds);
    upkeep_reader_finish (&at_most);
    report->at_most_count = (int) count;
    report->at_most_days = (int) days;
    report->at_most_measured = (int) measured;
    report->holds = report->holds && holds;
  }
  read_review (&child, report);
  return upkeep_reader_finish (&child) ? g_steal_pointer (&report) : NULL;
}

/**
 * upkeep_wire_parse_quote_request:
 * @node: the body of `POST /v1/account/quotes`
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads what a subscriber wants to know the sum of (CONTRACT section 5):
 *
 * |[
 * {"kind":"subscribe","plan":text,"interval":"month"|"year","company_revenue_usd"?:int}
 * {"kind":"switch","plan":text,"interval"?:"month"|"year","company_revenue_usd"?:int}
 * {"kind":"cancel","invoice_number"?:text,"reason"?:text}
 * {"kind":"topup","quantity":int}
 * {"kind":"resume"}
 * {"kind":"pay"}
 * ]|
 *
 * A member that another kind has is unknown. Whether the edition sells the plan, and whether a
 * switch may leave out the interval, is for upkeep_decide() to say. A reason is taken and dropped:
 * it is asked for after the fact, on a path of its own.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_UNKNOWN_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): the request, or `NULL` with @error set
 */
UpkeepQuoteRequest *
upkeep_wire_parse_quote_request (JsonNode *node, GError **error)
{
  g_autoptr (UpkeepQuoteRequest) request = NULL;
  const char *kinds[UPKEEP_N_QUOTE_KINDS];
  UpkeepReader reader;
  const char *text;
  guint kind;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  for (guint i = 0; i < UPKEEP_N_QUOTE_KINDS; i++)
    kinds[i] = upkeep_quote_kind_to_string (i);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  if (!upkeep_reader_enum (&reader, "kind", kinds, G_N_ELEMENTS (kinds), &kind))
    return NULL;

  request = upkeep_quote_request_new (kind);
  if (forms[kind].has_plan) {
    if (upkeep_reader_string (&reader, "plan", 1, UPKEEP_ID_MAX_BYTES, &text))
      request->plan = g_strdup (text);
    upkeep_wire_read_interval (&reader, "interval", &request->interval);
    upkeep_reader_optional_int (&reader, "company_revenue_usd", 0, UPKEEP_AMOUNT_MAX,
                                &request->company_revenue_usd);
  }
  if (forms[kind].needs_interval) {
    JsonNode *interval;

    upkeep_reader_node (&reader, "interval", &interval);
  }
  if (forms[kind].has_invoice_number) {
    if (upkeep_reader_optional_string (&reader, "invoice_number", 1, INVOICE_NUMBER_MAX_CHARS,
                                       &text))
      request->invoice_number = g_strdup (text);
    upkeep_reader_optional_string (&reader, "reason", 0, REASON_MAX_CHARS, &text);
  }
  if (forms[kind].has_quantity)
    upkeep_reader_int (&reader, "quantity", 1, UPKEEP_UNITS_MAX, &request->quantity);

  return upkeep_reader_finish (&reader) ? g_steal_pointer (&request) : NULL;
}

/**
 * upkeep_wire_print_quote_request:
 * @request: what to ask for
 *
 * Writes a request as upkeep_wire_parse_quote_request() reads it.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_quote_request (const UpkeepQuoteRequest *request)
{
  const Form *form;
  JsonObject *object;

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (!forms[request->kind].has_plan || request->plan != NULL, NULL);

  form = &forms[request->kind];
  object = json_object_new ();
  json_object_set_string_member (object, "kind", upkeep_quote_kind_to_string (request->kind));
  if (form->has_plan) {
    json_object_set_string_member (object, "plan", request->plan);
    if (request->interval != UPKEEP_INTERVAL_NONE)
      json_object_set_string_member (object, "interval",
                                     upkeep_interval_to_string (request->interval));
    if (request->company_revenue_usd >= 0)
      json_object_set_int_member (object, "company_revenue_usd", request->company_revenue_usd);
  }
  if (form->has_invoice_number && request->invoice_number != NULL)
    json_object_set_string_member (object, "invoice_number", request->invoice_number);
  if (form->has_quantity)
    json_object_set_int_member (object, "quantity", request->quantity);
  return upkeep_wire_take_object (object);
}

/**
 * upkeep_wire_print_quote:
 * @quote: a quote that has an id
 * @unit: what the edition's meter counts, such as `gpu_second`
 *
 * Writes a quote as CONTRACT section 5 shows it. Each option also has `terms`, an object with every
 * member of `UpkeepTerms` under its own name.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_quote (const UpkeepQuote *quote, const char *unit)
{
  JsonObject *object;
  JsonArray *options;

  g_return_val_if_fail (quote != NULL, NULL);
  g_return_val_if_fail (unit != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "id", quote->id);
  json_object_set_string_member (object, "kind", upkeep_quote_kind_to_string (quote->kind));
  json_object_set_string_member (object, "direction",
                                 upkeep_direction_to_string (quote->direction));
  upkeep_wire_set_instant (object, "created_at", quote->created_at_s);
  upkeep_wire_set_instant (object, "expires_at", quote->expires_at_s);
  upkeep_wire_set_plan (object, "from", quote->from_plan, quote->from_interval);
  upkeep_wire_set_plan (object, "to", quote->to_plan, quote->to_interval);
  set_blocked (object, "blocked", quote->blocked);
  options = json_array_new ();
  for (guint i = 0; i < quote->options->len; i++)
    json_array_add_object_element (
        options, option_to_object (&g_array_index (quote->options, UpkeepOption, i), quote->meter,
                                   quote->currency));
  json_object_set_array_member (object, "options", options);
  set_refund_rule (object, quote->refund_rule, unit);
  return upkeep_wire_take_object (object);
}

/**
 * upkeep_wire_parse_quote:
 * @node: a quote as upkeep_wire_print_quote() writes it
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads a quote. Members, and effects, that are newer than we are count for nothing; another code
 * or another place to refund to would leave us with half a promise and is an error, and so are
 * lines that do not add up.
 *
 * The meter and the currency are those of the options: a quote without any leaves them empty.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_VALUE`.
 *
 * Returns: (transfer full): the quote, or `NULL` with @error set
 */
UpkeepQuote *
upkeep_wire_parse_quote (JsonNode *node, GError **error)
{
  g_autoptr (UpkeepQuote) quote = NULL;
  const char *kinds[UPKEEP_N_QUOTE_KINDS], *directions[UPKEEP_N_DIRECTIONS];
  UpkeepReader reader, options;
  const char *id = NULL;
  guint kind = 0, direction = 0;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  for (guint i = 0; i < UPKEEP_N_QUOTE_KINDS; i++)
    kinds[i] = upkeep_quote_kind_to_string (i);
  for (guint i = 0; i < UPKEEP_N_DIRECTIONS; i++)
    directions[i] = upkeep_direction_to_string (i);

  quote = upkeep_quote_new ();
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, error);
  if (upkeep_reader_id (&reader, "id", ID_MAX_CHARS, &id))
    quote->id = g_strdup (id);
  upkeep_reader_enum (&reader, "kind", kinds, G_N_ELEMENTS (kinds), &kind);
  upkeep_reader_enum (&reader, "direction", directions, G_N_ELEMENTS (directions), &direction);
  upkeep_reader_instant (&reader, "created_at", &quote->created_at_s);
  upkeep_reader_instant (&reader, "expires_at", &quote->expires_at_s);
  read_plan (&reader, "from", &quote->from_plan, &quote->from_interval);
  read_plan (&reader, "to", &quote->to_plan, &quote->to_interval);
  read_blocked (&reader, "blocked", quote->blocked);
  upkeep_reader_array (&reader, "options", 0, UPKEEP_N_TIMINGS, &options);
  while (upkeep_reader_has_next (&options))
    read_option (&options, quote);
  if (quote->blocked->len > 0 && quote->options->len > 0)
    upkeep_reader_fail (&reader, "options", "a blocked quote has none");
  quote->refund_rule = read_refund_rule (&reader);
  quote->kind = kind;
  quote->direction = direction;

  return upkeep_reader_finish (&reader) ? g_steal_pointer (&quote) : NULL;
}

/**
 * upkeep_wire_parse_accept:
 * @node: the body of `POST /v1/account/quotes/{id}/accept`
 * @ret_timing: (out): which option is meant
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads `{"timing":"immediate"|"period_end"}`.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_UNKNOWN_MEMBER`, `_VALUE`.
 *
 * Returns: whether @ret_timing was written
 */
gboolean
upkeep_wire_parse_accept (JsonNode *node, UpkeepTiming *ret_timing, GError **error)
{
  const char *timings[UPKEEP_N_TIMINGS];
  UpkeepReader reader;
  guint timing = 0;

  g_return_val_if_fail (node != NULL, FALSE);
  g_return_val_if_fail (ret_timing != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  for (guint i = 0; i < UPKEEP_N_TIMINGS; i++)
    timings[i] = upkeep_timing_to_string (i);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_enum (&reader, "timing", timings, G_N_ELEMENTS (timings), &timing);
  if (!upkeep_reader_finish (&reader))
    return FALSE;

  *ret_timing = timing;
  return TRUE;
}

/**
 * upkeep_wire_print_accept:
 * @timing: which option is meant
 *
 * Writes what upkeep_wire_parse_accept() reads.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_print_accept (UpkeepTiming timing)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "timing", upkeep_timing_to_string (timing));
  return upkeep_wire_take_object (object);
}

/**
 * upkeep_wire_print_blocked:
 * @blocked: (element-type UpkeepBlocked): reasons
 *
 * Writes `[{"code","limit","measured"},…]`, the member `blocked` of a `not_allowed` problem.
 *
 * Returns: (transfer full): the array
 */
JsonNode *
upkeep_wire_print_blocked (const GArray *blocked)
{
  g_autoptr (JsonObject) object = json_object_new ();

  g_return_val_if_fail (blocked != NULL, NULL);

  set_blocked (object, "blocked", blocked);
  return json_object_dup_member (object, "blocked");
}

/**
 * upkeep_wire_parse_blocked:
 * @node: a document that has a member `blocked`
 * @ret_blocked: (out) (transfer full) (element-type UpkeepBlocked): where to put the reasons
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads what upkeep_wire_print_blocked() writes, out of the document that it was put into.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_VALUE`.
 *
 * Returns: whether @ret_blocked was written
 */
gboolean
upkeep_wire_parse_blocked (JsonNode *node, GArray **ret_blocked, GError **error)
{
  g_autoptr (GArray) blocked = g_array_new (FALSE, FALSE, sizeof (UpkeepBlocked));
  UpkeepReader reader;

  g_return_val_if_fail (node != NULL, FALSE);
  g_return_val_if_fail (ret_blocked != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, error);
  read_blocked (&reader, "blocked", blocked);
  if (!upkeep_reader_finish (&reader))
    return FALSE;

  *ret_blocked = g_steal_pointer (&blocked);
  return TRUE;
}

static JsonObject *
changed_to_object (const UpkeepLine *was, const UpkeepLine *is)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "code",
                                 upkeep_line_code_to_string (is != NULL ? is->code : was->code));
  if (is != NULL)
    json_object_set_int_member (object, "amount", is->amount_minor);
  else
    json_object_set_null_member (object, "amount");
  if (was != NULL)
    json_object_set_int_member (object, "was", was->amount_minor);
  else
    json_object_set_null_member (object, "was");
  return object;
}

/**
 * upkeep_wire_print_changed:
 * @promised: (nullable): what the stale quote said
 * @now: (nullable): what the fresh one says; %NULL where it has no such option
 *
 * Writes the member `changed` of a `quote_stale` problem: the lines that differ, as
 * `[{"code","amount","was"},…]`, in the order of @now and then of @promised. A line that is gone
 * has `"amount":null`, one that is new `"was":null`; equal amounts with another basis are listed.
 *
 * Returns: (transfer full): the array
 */
JsonNode *
upkeep_wire_print_changed (const UpkeepBill *promised, const UpkeepBill *now)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; now != NULL && i < now->n_lines; i++) {
    const UpkeepLine *is = &now->lines[i];
    const UpkeepLine *was = promised != NULL ? upkeep_bill_find (promised, is->code) : NULL;

    if (was == NULL || !upkeep_line_equal (was, is))
      json_array_add_object_element (array, changed_to_object (was, is));
  }
  for (guint i = 0; promised != NULL && i < promised->n_lines; i++) {
    const UpkeepLine *was = &promised->lines[i];

    if (now == NULL || upkeep_bill_find (now, was->code) == NULL)
      json_array_add_object_element (array, changed_to_object (was, NULL));
  }
  json_node_take_array (node, array);
  return node;
}

/**
 * upkeep_wire_parse_changed:
 * @node: a document that has a member `changed`
 * @ret_changed: (out) (transfer full) (element-type UpkeepChangedLine): where to put the lines
 * @error: return location for a `UPKEEP_WIRE_ERROR`
 *
 * Reads what upkeep_wire_print_changed() writes, out of the document that it was put into.
 *
 * Errors: `UPKEEP_WIRE_ERROR_MEMBER`, `_VALUE`.
 *
 * Returns: whether @ret_changed was written
 */
gboolean
upkeep_wire_parse_changed (JsonNode *node, GArray **ret_changed, GError **error)
{
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (UpkeepChangedLine));
  const char *codes[UPKEEP_N_LINE_CODES];
  UpkeepReader reader, array;

  g_return_val_if_fail (node != NULL, FALSE);
  g_return_val_if_fail (ret_changed != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  for (guint i = 0; i < UPKEEP_N_LINE_CODES; i++)
    codes[i] = upkeep_line_code_to_string (i);

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, error);
  upkeep_reader_array (&reader, "changed", 0, 2 * UPKEEP_LINES_MAX, &array);
  while (upkeep_reader_has_next (&array)) {
    UpkeepChangedLine line = {0};
    UpkeepReader child;
    guint code = 0;

    upkeep_reader_object (&array, NULL, &child);
    upkeep_reader_enum (&child, "code", codes, G_N_ELEMENTS (codes), &code);
    line.code = code;
    line.is_there = upkeep_reader_optional_int (&child, "amount", -UPKEEP_WIRE_SUM_MAX,
                                                UPKEEP_WIRE_SUM_MAX, &line.amount_minor);
    line.was_there = upkeep_reader_optional_int (&child, "was", -UPKEEP_WIRE_SUM_MAX,
                                                 UPKEEP_WIRE_SUM_MAX, &line.was_minor);
    if (upkeep_reader_finish (&child))
      g_array_append_val (changed, line);
  }
  if (!upkeep_reader_finish (&reader))
    return FALSE;

  *ret_changed = g_steal_pointer (&changed);
  return TRUE;
}

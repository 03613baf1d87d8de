/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-sample.h"

#include "upkeep-wire-edition.h"

#include <string.h>

/**
 * upkeep_sample_instant:
 * @text: RFC 3339 in UTC
 *
 * Returns: the instant
 */
gint64
upkeep_sample_instant (const char *text)
{
  gint64 instant_s = 0;
  g_autoptr (GError) error = NULL;

  upkeep_instant_parse (text, &instant_s, &error);
  g_assert_no_error (error);
  return instant_s;
}

/**
 * upkeep_sample_edition:
 * @file_name: a file of the shipped catalogues
 *
 * Returns: (transfer full): the catalogue in it
 */
UpkeepEdition *
upkeep_sample_edition (const char *file_name)
{
  g_autofree char *path = g_build_filename (g_getenv ("UPKEEP_CATALOGUES"), file_name, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepEdition *edition;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&contents), length);
  edition = upkeep_wire_parse_edition (bytes, &error);
  g_assert_no_error (error);
  return edition;
}

static UpkeepStatement *
new_statement (const char *service, const char *edition, const char *now)
{
  UpkeepStatement *statement = upkeep_statement_new ();

  statement->id = g_strdup ("a1");
  statement->version = 1;
  statement->service = g_strdup (service);
  statement->edition = g_strdup (edition);
  statement->email = g_strdup ("me@example.org");
  statement->now_s = upkeep_sample_instant (now);
  g_strlcpy (statement->currency, "USD", sizeof statement->currency);
  statement->started_at_s = UPKEEP_INSTANT_NONE;
  statement->renews_at_s = UPKEEP_INSTANT_NONE;
  statement->ends_at_s = UPKEEP_INSTANT_NONE;
  statement->scheduled_at_s = UPKEEP_INSTANT_NONE;
  statement->next_charge_at_s = UPKEEP_INSTANT_NONE;
  statement->past_due_since_s = UPKEEP_INSTANT_NONE;
  statement->next_retry_at_s = UPKEEP_INSTANT_NONE;
  return statement;
}

static UpkeepStatementMeter *
add_meter (UpkeepStatement *statement, const char *id, const char *unit, const char *mode)
{
  UpkeepStatementMeter *meter = upkeep_statement_meter_new ();

  meter->id = g_strdup (id);
  meter->unit = g_strdup (unit);
  meter->mode = g_strdup (mode);
  meter->resets_at_s = UPKEEP_INSTANT_NONE;
  g_ptr_array_add (statement->meters, meter);
  return meter;
}

static void
add_queue (UpkeepStatement *statement)
{
  static const char *const modes[] = {"fast", "relax", NULL};

  g_strfreev (statement->queue_modes);
  statement->queue_modes = g_strdupv ((char **) modes);
  statement->running[0] = 1;
  statement->running_total_limit = 3;
  statement->waiting_limit = 10;
}

static void
add_card (UpkeepStatement *statement)
{
  statement->has_payment_method = TRUE;
  statement->brand = g_strdup ("visa");
  statement->last4 = g_strdup ("4242");
  statement->exp_month = 12;
  statement->exp_year = 2030;
}

/**
 * upkeep_sample_statement:
 *
 * The account of the design's first picture: active, half of its time used.
 *
 * Returns: (transfer full): the statement
 */
UpkeepStatement *
upkeep_sample_statement (void)
{
  UpkeepStatement *statement = new_statement ("midjourney", "2023-03", "2026-05-10T14:00:00Z");
  UpkeepStatementMeter *meter;

  statement->state = UPKEEP_STATE_ACTIVE;
  statement->plan = g_strdup ("standard");
  statement->interval = UPKEEP_INTERVAL_MONTH;
  statement->price_minor = 3000;
  statement->started_at_s = upkeep_sample_instant ("2026-05-01T00:00:00Z");
  statement->ever_subscribed = TRUE;
  statement->has_period = TRUE;
  statement->period.start_s = statement->started_at_s;
  statement->period.end_s = upkeep_sample_instant ("2026-06-01T00:00:00Z");
  statement->renews_at_s = statement->period.end_s;
  statement->next_charge_at_s = statement->period.end_s;
  statement->next_charge_minor = 3000;

  meter = add_meter (statement, "gpu", "gpu_second", "fast");
  meter->allowance = 54000;
  meter->remaining = 27000;
  meter->used = 27000;
  meter->spendable = 34200; /* two hours were bought */
  meter->resets_at_s = statement->period.end_s;
  meter = add_meter (statement, "gpu", "gpu_second", "relax");
  meter->unlimited = TRUE;
  meter->used = 720;

  statement->mode = g_strdup ("fast");
  add_queue (statement);
  add_card (statement);
  statement->lifetime_images = 834;
  statement->lifetime_units = 50040;
  return statement;
}

/**
 * upkeep_sample_statement_past_due:
 *
 * The account of the design's picture of an overdue payment.
 *
 * Returns: (transfer full): the statement
 */
UpkeepStatement *
upkeep_sample_statement_past_due (void)
{
  UpkeepStatement *statement = upkeep_sample_statement ();
  UpkeepStatementMeter *meter = g_ptr_array_index (statement->meters, 0);

  statement->state = UPKEEP_STATE_PAST_DUE;
  statement->now_s = upkeep_sample_instant ("2026-06-03T00:00:00Z");
  statement->renews_at_s = UPKEEP_INSTANT_NONE;
  statement->next_charge_at_s = UPKEEP_INSTANT_NONE;
  statement->is_past_due = TRUE;
  statement->past_due_minor = 3000;
  statement->past_due_since_s = upkeep_sample_instant ("2026-06-01T00:00:00Z");
  statement->next_retry_at_s = upkeep_sample_instant ("2026-06-04T00:00:00Z");
  meter->remaining = 0;
  meter->used = 0;
  meter->spendable = 0;
  meter->resets_at_s = UPKEEP_INSTANT_NONE;
  return statement;
}

/**
 * upkeep_sample_statement_none:
 *
 * An account that never had a plan.
 *
 * Returns: (transfer full): the statement
 */
UpkeepStatement *
upkeep_sample_statement_none (void)
{
  UpkeepStatement *statement = new_statement ("midjourney", "2023-03", "2026-05-10T14:00:00Z");

  statement->state = UPKEEP_STATE_NONE;
  add_meter (statement, "gpu", "gpu_second", "fast");
  return statement;
}

/**
 * upkeep_sample_statement_credits:
 *
 * An account of a service that counts credits and has no modes and no queue.
 *
 * Returns: (transfer full): the statement
 */
UpkeepStatement *
upkeep_sample_statement_credits (void)
{
  UpkeepStatement *statement = new_statement ("minara", "2026-06", "2026-05-10T00:00:00Z");
  UpkeepStatementMeter *meter;

  statement->state = UPKEEP_STATE_ACTIVE;
  statement->plan = g_strdup ("lite");
  statement->interval = UPKEEP_INTERVAL_YEAR;
  statement->price_minor = 19200;
  statement->started_at_s = upkeep_sample_instant ("2026-01-31T00:00:00Z");
  statement->ever_subscribed = TRUE;
  statement->has_period = TRUE;
  statement->period.start_s = statement->started_at_s;
  statement->period.end_s = upkeep_sample_instant ("2027-01-31T00:00:00Z");
  statement->renews_at_s = statement->period.end_s;
  statement->next_charge_at_s = statement->period.end_s;
  statement->next_charge_minor = 19200;
  meter = add_meter (statement, "credits", "credit", NULL);
  meter->allowance = 1400;
  meter->remaining = 140;
  meter->used = 1260;
  meter->spendable = 140;
  meter->resets_at_s = upkeep_sample_instant ("2026-05-31T00:00:00Z");
  statement->lifetime_units = 4321;
  return statement;
}

static UpkeepQuote *
new_cancel_quote (void)
{
  UpkeepQuote *quote = upkeep_quote_new ();

  quote->id = g_strdup ("q1");
  quote->kind = UPKEEP_QUOTE_CANCEL;
  quote->direction = UPKEEP_DIRECTION_END;
  quote->created_at_s = upkeep_sample_instant ("2026-05-10T14:00:00Z");
  quote->expires_at_s = quote->created_at_s + UPKEEP_QUOTE_LIFE_S;
  quote->meter = g_strdup ("gpu");
  g_strlcpy (quote->currency, "USD", sizeof quote->currency);
  quote->from_plan = g_strdup ("standard");
  quote->from_interval = UPKEEP_INTERVAL_MONTH;
  return quote;
}

static void
set_terms (UpkeepOption *option)
{
  g_strlcpy (option->terms.edition, "midjourney/2023-03", sizeof option->terms.edition);
  g_strlcpy (option->terms.currency, "USD", sizeof option->terms.currency);
}

/**
 * upkeep_sample_cancel_quote:
 * @measured: GPU seconds used this month
 *
 * What leaving the plan of upkeep_sample_statement() would give: all of it below 540 seconds.
 *
 * Returns: (transfer full): the quote
 */
UpkeepQuote *
upkeep_sample_cancel_quote (gint64 measured)
{
  UpkeepQuote *quote = new_cancel_quote ();
  UpkeepClauseReport *clause = upkeep_clause_report_new ();
  UpkeepOption option;
  guint kept = 1u << UPKEEP_EFFECT_IMAGES_KEPT | 1u << UPKEEP_EFFECT_COMMERCIAL_RIGHTS_KEPT;

  clause->id = g_strdup ("lt_1pct");
  clause->metric = UPKEEP_METRIC_UNITS;
  clause->scope = UPKEEP_SCOPE_MONTH;
  clause->measured = measured;
  clause->limit = 540;
  clause->holds = measured < 540;
  quote->refund_rule = upkeep_refund_report_new ();
  quote->refund_rule->id = g_strdup ("one_percent");
  quote->refund_rule->holds = clause->holds;
  g_ptr_array_add (quote->refund_rule->clauses, clause);

  if (clause->holds) {
    memset (&option, 0, sizeof option);
    option.timing = UPKEEP_TIMING_IMMEDIATE;
    set_terms (&option);
    option.bill.lines[0].code = UPKEEP_LINE_REFUND;
    option.bill.lines[0].amount_minor = -3000;
    option.bill.n_lines = 1;
    option.bill.total_minor = -3000;
    option.has_refund = TRUE;
    option.refund.amount_minor = 3000;
    option.refund.business_days = 10;
    option.refund.expected_by_s = upkeep_sample_instant ("2026-05-22T00:00:00Z");
    option.refund.basis = UPKEEP_REFUND_BASIS_RULE;
    option.effective_at_s = quote->created_at_s;
    option.renews_at_s = UPKEEP_INSTANT_NONE;
    option.effects = kept | 1u << UPKEEP_EFFECT_SERVICE_STOPS;
    g_array_append_val (quote->options, option);
  }

  memset (&option, 0, sizeof option);
  option.timing = UPKEEP_TIMING_PERIOD_END;
  set_terms (&option);
  option.effective_at_s = upkeep_sample_instant ("2026-06-01T00:00:00Z");
  option.renews_at_s = UPKEEP_INSTANT_NONE;
  option.effects = kept | 1u << UPKEEP_EFFECT_SERVICE_UNTIL_PERIOD_END;
  g_array_append_val (quote->options, option);
  return quote;
}

/**
 * upkeep_sample_blocked_quote:
 * @code: why
 *
 * A cancel quote that is blocked.
 *
 * Returns: (transfer full): the quote
 */
UpkeepQuote *
upkeep_sample_blocked_quote (UpkeepBlockedCode code)
{
  UpkeepQuote *quote = new_cancel_quote ();
  UpkeepBlocked blocked = {.code = code};

  if (code == UPKEEP_BLOCKED_PAST_DUE) {
    blocked.has_measured = TRUE;
    blocked.measured = 3000;
  }
  g_array_append_val (quote->blocked, blocked);
  return quote;
}

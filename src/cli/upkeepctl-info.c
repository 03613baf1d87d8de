/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-format.h"
#include "upkeep-money.h"
#include "upkeep-statement.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define HOUR_S   G_GINT64_CONSTANT (3600)
#define MINUTE_S G_GINT64_CONSTANT (60)

/* What the line on visibility tells about, in editions that have it. */
#define VISIBILITY_FEATURE "stealth"

/* The words are those of a Discord command that its users know by heart, so they are English in
 * every language; the dates are the reader's (RULES 0.38). Source: RULES 4.2. */

static void
print_line (const char *label, const char *value)
{
  printf ("%s: %s\n", label, value);
}

static char *
format_instant (gint64 instant_s, gboolean discord)
{
  return discord ? g_strdup_printf ("<t:%" G_GINT64_FORMAT ">", instant_s)
                 : upkeep_words_zoned (instant_s);
}

/* A quotient to two places, half up. */
static char *
format_hundredths (gint64 numerator, gint64 denominator)
{
  gint64 hundredths = 0;

  if (denominator <= 0 ||
      !upkeep_scale (100, numerator, denominator, UPKEEP_ROUNDING_HALF_UP, &hundredths, NULL))
    return g_strdup ("0.00");
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", hundredths / 100, (int) (hundredths % 100));
}

/* Allotments as the plans tell them, to one decimal (RULES 0.2). */
static char *
format_tenths (gint64 numerator, gint64 denominator)
{
  gint64 tenths = 0;

  if (!upkeep_scale (10, numerator, denominator, UPKEEP_ROUNDING_HALF_UP, &tenths, NULL))
    return g_strdup ("0.0");
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%d", tenths / 10, (int) (tenths % 10));
}

static gboolean
is_time (const UpkeepEdition *edition)
{
  return g_str_equal (edition->meter.unit, "gpu_second");
}

static char *
format_used (const UpkeepEdition *edition, gint64 units)
{
  g_autofree char *number = NULL;

  if (!is_time (edition))
    return g_strdup_printf ("%" G_GINT64_FORMAT " %ss", units, edition->meter.unit);
  number = format_hundredths (units, HOUR_S);
  return g_strdup_printf ("%s hours", number);
}

static char *
format_subscription (const UpkeepStatement *statement,
                     const UpkeepEdition *edition,
                     gboolean discord)
{
  const UpkeepPlan *plan =
      statement->plan != NULL ? upkeep_edition_find_plan (edition, statement->plan) : NULL;
  const char *name = plan != NULL ? plan->name.in[UPKEEP_LANGUAGE_EN] : "None";
  const char *term = statement->interval == UPKEEP_INTERVAL_YEAR ? "yearly" : "monthly";
  g_autofree char *instant = NULL;

  switch (statement->state) {
  case UPKEEP_STATE_TRIAL:
    return g_strdup ("None (Trial)");
  case UPKEEP_STATE_PAST_DUE:
    return g_strdup_printf ("%s (Paused)", name);
  case UPKEEP_STATE_ACTIVE:
    if (statement->ends_at_s != UPKEEP_INSTANT_NONE) {
      instant = format_instant (statement->ends_at_s, discord);
      return g_strdup_printf ("%s (Active %s, cancelled, ends on %s)", name, term, instant);
    }
    instant = format_instant (statement->renews_at_s, discord);
    return g_strdup_printf ("%s (Active %s, renews next on %s)", name, term, instant);
  case UPKEEP_STATE_NONE:
  case UPKEEP_STATE_ENDED:
  default:
    return g_strdup (name);
  }
}

/* A mode's id as a word: `fast` is `Fast`. */
static char *
format_mode (const char *mode_id)
{
  char *word = g_strdup (mode_id);

  word[0] = g_ascii_toupper (word[0]);
  return word;
}

static void
print_visibility (const UpkeepStatement *statement)
{
  for (guint i = 0; i < statement->features->len; i++) {
    const UpkeepStatementFeature *feature = g_ptr_array_index (statement->features, i);

    if (g_str_equal (feature->id, VISIBILITY_FEATURE))
      print_line ("Visibility Mode", feature->allowed ? "Stealth" : "Public");
  }
}

static void
print_remaining (const UpkeepStatement *statement,
                 const UpkeepEdition *edition,
                 const UpkeepStatementMeter *meter)
{
  g_autofree char *mode = meter->mode != NULL ? format_mode (meter->mode) : NULL;
  g_autofree char *label =
      mode != NULL ? g_strdup_printf ("%s Time Remaining", mode)
                   : g_strdup_printf ("%s Remaining", edition->meter.name.in[UPKEEP_LANGUAGE_EN]);
  g_autofree char *left = NULL;
  g_autofree char *all = NULL;
  g_autofree char *percent = NULL;
  g_autofree char *value = NULL;

  if (is_time (edition) && statement->state == UPKEEP_STATE_TRIAL) {
    left = format_hundredths (meter->spendable, MINUTE_S);
    value = g_strdup_printf ("%s minutes", left);
  } else if (meter->allowance > 0) {
    all = is_time (edition) ? format_tenths (meter->allowance, HOUR_S)
                            : g_strdup_printf ("%" G_GINT64_FORMAT, meter->allowance);
    /* What is untouched is told as the plans tell it. */
    if (meter->remaining == meter->allowance)
      left = g_strdup (all);
    else
      left = is_time (edition) ? format_hundredths (meter->remaining, HOUR_S)
                               : g_strdup_printf ("%" G_GINT64_FORMAT, meter->remaining);
    percent = meter->remaining == meter->allowance
                  ? g_strdup ("100")
                  : format_hundredths (100 * meter->remaining, meter->allowance);
    value = g_strdup_printf ("%s/%s %s (%s%%)", left, all,
                             is_time (edition) ? "hours" : edition->meter.id, percent);
  } else {
    value = format_used (edition, meter->spendable);
  }
  print_line (label, value);
}

static char *
format_use (const UpkeepEdition *edition, gint64 units, gint64 images)
{
  g_autofree char *used = format_used (edition, units);

  return g_strdup_printf ("%" G_GINT64_FORMAT " images (%s)", images, used);
}

/* What was used of a mode since the refill month began, whether the plan has it or not. */
static void
print_mode_usage (const UpkeepEdition *edition, const UpkeepMode *mode, const GPtrArray *series)
{
  g_autofree char *word = format_mode (mode->id);
  g_autofree char *label = g_strdup_printf (mode->metered ? "%s Usage" : "%sed Usage", word);
  g_autofree char *value = NULL;
  gint64 units = 0;
  gint64 images = 0;

  for (guint i = 0; i < series->len; i++) {
    const UpkeepctlUse *use = g_ptr_array_index (series, i);

    if (g_strcmp0 (use->mode, mode->id) == 0) {
      units += use->quantity;
      images += use->images;
    }
  }
  value = format_use (edition, units, images);
  print_line (label, value);
}

static void
print_usage (const UpkeepStatement *statement,
             const UpkeepEdition *edition,
             const GPtrArray *series)
{
  g_autofree char *lifetime =
      format_use (edition, statement->lifetime_units, statement->lifetime_images);

  print_line ("Lifetime Usage", lifetime);
  for (guint i = 0; i < edition->meter.modes->len; i++)
    print_mode_usage (edition, g_ptr_array_index (edition->meter.modes, i), series);

  for (guint i = 0; i < statement->meters->len; i++) {
    const UpkeepStatementMeter *meter = g_ptr_array_index (statement->meters, i);
    g_autofree char *used = NULL;
    g_autofree char *label = NULL;

    if (meter->mode != NULL)
      continue;
    used = format_used (edition, meter->used);
    label = g_strdup_printf ("%s Usage", edition->meter.name.in[UPKEEP_LANGUAGE_EN]);
    print_line (label, used);
  }
}

static void
print_jobs (const UpkeepStatement *statement)
{
  g_autofree char *running = NULL;
  int n_running = 0;

  putchar ('\n');
  for (gsize i = 0; statement->queue_modes[i] != NULL; i++) {
    g_autofree char *label = g_strdup_printf ("Queued Jobs (%s)", statement->queue_modes[i]);
    g_autofree char *queued = g_strdup_printf ("%d", statement->queued[i]);

    print_line (label, queued);
    n_running += statement->running[i];
  }
  running = n_running > 0 ? g_strdup_printf ("%d", n_running) : g_strdup ("None");
  print_line ("Running Jobs", running);
}

/* What there is beside the plan's own units; /info told it on the account page only. */
static void
print_grant (const UpkeepEdition *edition, const UpkeepStatementGrant *grant, gboolean discord)
{
  g_autofree char *label = format_mode (upkeep_grant_kind_to_string (grant->kind));
  g_autofree char *left = format_used (edition, grant->remaining);
  g_autofree char *instant = NULL;
  g_autofree char *until = NULL;
  g_autofree char *value = NULL;

  if (grant->expires_at_s != UPKEEP_INSTANT_NONE) {
    instant = format_instant (grant->expires_at_s, discord);
    until = g_strdup_printf (", until %s", instant);
  }
  value = g_strdup_printf ("%s%s%s", left, until != NULL ? until : "",
                           grant->usable ? "" : " (frozen)");
  print_line (label, value);
}

static void
print_grants (const UpkeepStatement *statement, const UpkeepEdition *edition, gboolean discord)
{
  for (guint i = 0; i < statement->meters->len; i++) {
    const UpkeepStatementMeter *meter = g_ptr_array_index (statement->meters, i);

    for (guint j = 0; meter->grants != NULL && j < meter->grants->len; j++) {
      const UpkeepStatementGrant *grant = &g_array_index (meter->grants, UpkeepStatementGrant, j);

      if (grant->kind != UPKEEP_GRANT_PLAN && grant->remaining > 0)
        print_grant (edition, grant, discord);
    }
  }
}

/* With nothing left before the renewal one is told how to have more (RULES A-47, D-22). */
static void
print_offer (const UpkeepStatement *statement, const UpkeepEdition *edition)
{
  const UpkeepTopupPolicy *topup = &edition->policy.topup;
  gint64 spendable = 0;
  g_autofree char *price = NULL;
  g_autofree char *value = NULL;

  for (guint i = 0; i < statement->meters->len; i++)
    spendable += ((UpkeepStatementMeter *) g_ptr_array_index (statement->meters, i))->spendable;
  if (statement->state != UPKEEP_STATE_ACTIVE || spendable > 0 || topup->kind == UPKEEP_TOPUP_NONE)
    return;

  if (topup->kind == UPKEEP_TOPUP_PACKS) {
    const UpkeepPack *pack = g_ptr_array_index (topup->packs, 0);

    price = upkeep_format_money (pack->price_minor, edition->currency);
    value = g_strdup_printf ("%s, upkeepctl quote topup %" G_GINT64_FORMAT, price, pack->quantity);
  } else {
    price = upkeep_format_money (topup->lot_price_minor, edition->currency);
    value = g_strdup_printf ("%s, upkeepctl quote topup %" G_GINT64_FORMAT, price, topup->lot);
  }
  print_line ("Buy More", value);
}

static void
print_sum (const char *label, gint64 amount_minor, const char *currency)
{
  g_autofree char *sum = NULL;

  if (amount_minor == 0)
    return;
  sum = upkeep_format_money (amount_minor, currency);
  print_line (label, sum);
}

/* A cancellation stands in the first line already. */
static void
print_scheduled (const UpkeepStatement *statement, const UpkeepEdition *edition, gboolean discord)
{
  const UpkeepPlan *plan = NULL;
  g_autofree char *instant = NULL;
  g_autofree char *value = NULL;

  if (statement->scheduled != UPKEEP_SCHEDULED_SWITCH)
    return;

  plan = upkeep_edition_find_plan (edition, statement->scheduled_plan);
  instant = format_instant (statement->scheduled_at_s, discord);
  value = g_strdup_printf (
      "%s %s, on %s", plan != NULL ? plan->name.in[UPKEEP_LANGUAGE_EN] : statement->scheduled_plan,
      statement->scheduled_interval == UPKEEP_INTERVAL_YEAR ? "yearly" : "monthly", instant);
  print_line ("Scheduled", value);
}

/* The terms of another edition that the operator moves the account to (RULES 0.1). */
static void
print_other_terms (const UpkeepStatement *statement, gboolean discord)
{
  g_autofree char *instant = NULL;
  g_autofree char *value = NULL;

  if (statement->next_edition == NULL)
    return;

  instant = format_instant (statement->next_edition_at_s, discord);
  value = g_strdup_printf ("%s, from %s", statement->next_edition, instant);
  print_line ("Other Terms", value);
}

static void
print_info (const UpkeepStatement *statement,
            const UpkeepEdition *edition,
            const GPtrArray *series,
            gboolean discord)
{
  g_autofree char *subscription = format_subscription (statement, edition, discord);

  print_line ("User ID", statement->id);
  print_line ("Subscription", subscription);
  if (statement->mode != NULL && statement->state != UPKEEP_STATE_TRIAL) {
    g_autofree char *mode = format_mode (statement->mode);

    print_line ("Job Mode", mode);
  }
  print_visibility (statement);
  for (guint i = 0; i < statement->meters->len; i++) {
    const UpkeepStatementMeter *meter = g_ptr_array_index (statement->meters, i);

    if (!meter->unlimited)
      print_remaining (statement, edition, meter);
  }
  print_usage (statement, edition, series);
  if (statement->queue_modes != NULL && statement->queue_modes[0] != NULL)
    print_jobs (statement);
  print_scheduled (statement, edition, discord);
  print_other_terms (statement, discord);
  print_grants (statement, edition, discord);
  print_offer (statement, edition);
  print_sum ("Balance", statement->balance_minor, statement->currency);
  if (statement->has_metered)
    print_sum ("Not Billed Yet", statement->unbilled_minor, statement->currency);
  if (statement->is_past_due)
    print_sum ("Overdue", statement->past_due_minor, statement->currency);
}

/**
 * upkeepctl_info:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Prints the account in the words and the order of RULES 4.2.
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_info (Upkeepctl *ctl, int argc, char **argv)
{
  gboolean discord = FALSE;
  const GOptionEntry entries[] = {
      {"discord", 0, 0, G_OPTION_ARG_NONE, &discord,
       N_ ("Print instants so that Discord shows them in each reader’s zone"), NULL},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl info",
      .summary = N_ ("Shows the plan, what is left and what was used."),
  };
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (UpkeepEdition) edition = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) edition_body = NULL;
  g_autofree char *unit = NULL;
  g_autoptr (GPtrArray) series = NULL;
  g_autoptr (GBytes) series_body = NULL;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv))
    return UPKEEPCTL_USAGE;
  status = upkeepctl_get_statement (ctl, &statement, &body);
  if (status != UPKEEPCTL_DONE)
    return status;
  if (ctl->json) {
    upkeepctl_print_bytes (body);
    return UPKEEPCTL_DONE;
  }
  status =
      upkeepctl_get_edition (ctl, statement->service, statement->edition, &edition, &edition_body);
  if (status == UPKEEPCTL_DONE)
    status = upkeepctl_get_use (ctl, NULL, &unit, &series, &series_body);
  if (status != UPKEEPCTL_DONE)
    return status;

  print_info (statement, edition, series, discord);
  return UPKEEPCTL_DONE;
}

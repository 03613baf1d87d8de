/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-words.h"

#include "upkeep-format.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUTE_S G_GINT64_CONSTANT (60)
#define HOUR_S   G_GINT64_CONSTANT (3600)

/* What a catalogue says */

static UpkeepLanguage
get_language (void)
{
  const char *const *names = g_get_language_names ();

  for (gsize i = 0; names[i] != NULL; i++) {
    if (g_str_has_prefix (names[i], "fr"))
      return UPKEEP_LANGUAGE_FR;
    if (g_str_has_prefix (names[i], "zh"))
      return strstr (names[i], "TW") != NULL || strstr (names[i], "HK") != NULL ||
                     strstr (names[i], "MO") != NULL || strstr (names[i], "Hant") != NULL
                 ? UPKEEP_LANGUAGE_ZH_HANT
                 : UPKEEP_LANGUAGE_ZH_HANS;
    if (g_str_has_prefix (names[i], "en"))
      return UPKEEP_LANGUAGE_EN;
  }
  return UPKEEP_LANGUAGE_EN;
}

/**
 * upkeep_words_text:
 * @text: words of a catalogue
 *
 * Picks the words in the language of the window, which is gettext's: the variable `LANGUAGE`
 * counts before the locale.
 *
 * Returns: (transfer none): the words; English where the language is none of the catalogue's
 */
const char *
upkeep_words_text (const UpkeepText *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return text->in[get_language ()];
}

/**
 * upkeep_words_plan:
 * @edition: (nullable): the catalogue
 * @plan_id: (nullable): a plan
 *
 * Names a plan.
 *
 * Returns: (transfer none): its name; its id where the catalogue is not at hand or lacks it, and an
 *   empty text for no plan
 */
const char *
upkeep_words_plan (const UpkeepEdition *edition, const char *plan_id)
{
  const UpkeepPlan *plan = NULL;

  if (plan_id == NULL)
    return "";
  if (edition != NULL)
    plan = upkeep_edition_find_plan (edition, plan_id);
  return plan != NULL ? upkeep_words_text (&plan->name) : plan_id;
}

/**
 * upkeep_words_within:
 * @name: a name from a catalogue: of a plan, a mode or a meter
 *
 * Writes a name as it stands inside a sentence. French begins a common noun in lower case there,
 * "le forfait Pro"; an abbreviation keeps its capitals.
 *
 * Returns: (transfer none): the name; it lives as long as the program, as there are few of them
 */
const char *
upkeep_words_within (const char *name)
{
  const char *rest;
  g_autofree char *first = NULL;
  g_autofree char *within = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (name[0] == '\0' || get_language () != UPKEEP_LANGUAGE_FR)
    return name;
  rest = g_utf8_next_char (name);
  if (g_unichar_isupper (g_utf8_get_char (rest)))
    return name;

  first = g_utf8_strdown (name, rest - name);
  within = g_strconcat (first, rest, NULL);
  return g_intern_string (within);
}

/**
 * upkeep_words_meter:
 * @edition: the catalogue
 *
 * Names what a plan's allotment is of. Where the meter alone counts every mode, as "GPU time" does,
 * it is the time of the first mode that is metered, or what the comparison calls it.
 *
 * Returns: (transfer none): such as `Fast time`
 */
const char *
upkeep_words_meter (const UpkeepEdition *edition)
{
  g_return_val_if_fail (edition != NULL, NULL);

  for (guint i = 0; i < edition->meter.modes->len; i++) {
    const UpkeepMode *mode = g_ptr_array_index (edition->meter.modes, i);

    /* Shorter than the comparison's "Fast GPU time", and what people call it. */
    if (mode->metered && g_str_equal (mode->id, "fast") &&
        g_str_equal (edition->meter.unit, "gpu_second"))
      return _ ("Fast time");
  }
  for (guint i = 0; i < edition->rows->len; i++) {
    const UpkeepPlanRow *row = g_ptr_array_index (edition->rows, i);

    if (row->kind == UPKEEP_ROW_ALLOWANCE)
      return upkeep_words_text (&row->name);
  }
  return upkeep_words_text (&edition->meter.name);
}

/**
 * upkeep_words_mode:
 * @edition: (nullable): the catalogue
 * @mode_id: a mode of its meter
 *
 * Names a mode.
 *
 * Returns: (transfer none): its name, or its id where the catalogue lacks it
 */
const char *
upkeep_words_mode (const UpkeepEdition *edition, const char *mode_id)
{
  int mode = edition != NULL ? upkeep_edition_find_mode (edition, mode_id) : -1;

  return mode >= 0 ? upkeep_words_text (&upkeep_edition_get_mode (edition, mode)->name) : mode_id;
}

/**
 * upkeep_words_unmetered_mode:
 * @edition: the catalogue
 * @plan_id: (nullable): a plan of it
 *
 * Names the mode of a plan that spends nothing.
 *
 * Returns: (transfer none) (nullable): its name; `NULL` where the plan has none
 */
const char *
upkeep_words_unmetered_mode (const UpkeepEdition *edition, const char *plan_id)
{
  const UpkeepPlan *plan;

  g_return_val_if_fail (edition != NULL, NULL);

  plan = plan_id != NULL ? upkeep_edition_find_plan (edition, plan_id) : NULL;
  for (guint i = 0; plan != NULL && i < edition->meter.modes->len; i++) {
    const UpkeepMode *mode = g_ptr_array_index (edition->meter.modes, i);

    if (!mode->metered && upkeep_plan_has_mode (plan, mode))
      return upkeep_words_text (&mode->name);
  }
  return NULL;
}

/* Sums, cards, instants */

/**
 * upkeep_words_sum:
 * @amount_minor: whole minor units of @currency
 * @currency: ISO 4217, three capital letters
 * @practice: whether it is not real money
 *
 * Writes a sum for use inside a sentence, where the tag that stands beside a lone sum cannot be.
 *
 * Returns: (transfer full): such as `$4.00 (practice)`
 */
char *
upkeep_words_sum (gint64 amount_minor, const char *currency, gboolean practice)
{
  g_autofree char *sum = upkeep_format_money (amount_minor, currency);

  if (!practice)
    return g_steal_pointer (&sum);

  /* Translators: a sum that is not real money, inside a sentence, as in "$4.00 (practice)". */
  return g_strdup_printf (_ ("%s (practice)"), sum);
}

/**
 * upkeep_words_price:
 * @amount_minor: whole minor units of @currency
 * @currency: ISO 4217, three capital letters
 * @interval: the term it is the price of
 * @practice: whether it is not real money
 *
 * Writes a price with its term.
 *
 * Returns: (transfer full): such as `$30.00 a month (practice)`
 */
char *
upkeep_words_price (gint64 amount_minor,
                    const char *currency,
                    UpkeepInterval interval,
                    gboolean practice)
{
  g_autofree char *sum = upkeep_format_money (amount_minor, currency);

  switch (interval) {
  case UPKEEP_INTERVAL_MONTH:
    /* Translators: a price that is not real money. */
    return practice ? g_strdup_printf (_ ("%s a month (practice)"), sum)
                    : g_strdup_printf (_ ("%s a month"), sum);
  case UPKEEP_INTERVAL_YEAR:
    /* Translators: a price that is not real money. */
    return practice ? g_strdup_printf (_ ("%s a year (practice)"), sum)
                    /* Translators: %s is a price. */
                    : g_strdup_printf (_ ("%s a year"), sum);
  case UPKEEP_INTERVAL_NONE:
  default:
    return upkeep_words_sum (amount_minor, currency, practice);
  }
}

/**
 * upkeep_words_plan_billed:
 * @plan: a plan's name
 * @interval: the term it is paid by
 *
 * Writes a plan with its term.
 *
 * Returns: (transfer full): such as `Standard, billed monthly`
 */
char *
upkeep_words_plan_billed (const char *plan, UpkeepInterval interval)
{
  g_return_val_if_fail (plan != NULL, NULL);

  switch (interval) {
  case UPKEEP_INTERVAL_MONTH:
    /* Translators: %s is the name of a plan. */
    return g_strdup_printf (_ ("%s, billed monthly"), plan);
  case UPKEEP_INTERVAL_YEAR:
    /* Translators: %s is the name of a plan. */
    return g_strdup_printf (_ ("%s, billed yearly"), plan);
  case UPKEEP_INTERVAL_NONE:
  default:
    return g_strdup (plan);
  }
}

/**
 * upkeep_words_card:
 * @brand: (nullable): as the processor names it
 * @last4: (nullable): its last four digits
 *
 * Names a payment method.
 *
 * Returns: (transfer full): such as `Visa •••• 4242`
 */
char *
upkeep_words_card (const char *brand, const char *last4)
{
  static const struct {
    const char *brand;
    const char *name;
  } brands[] = {
      {"visa", "Visa"},         {"mastercard", "Mastercard"}, {"amex", "American Express"},
      {"discover", "Discover"}, {"diners", "Diners Club"},    {"jcb", "JCB"},
      {"unionpay", "UnionPay"},
  };
  const char *name = brand;

  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    if (g_strcmp0 (brand, brands[i].brand) == 0)
      name = brands[i].name;

  if (name == NULL || last4 == NULL)
    return g_strdup (_ ("Your payment method"));

  /* Translators: a card's brand and its last four digits. */
  return g_strdup_printf (_ ("%1$s •••• %2$s"), name, last4);
}

/**
 * upkeep_words_zoned:
 * @instant_s: seconds since 1970-01-01T00:00:00Z
 *
 * Writes an instant with the name of the time zone it is shown in, for what may be shown to others.
 *
 * Returns: (transfer full): such as `1 May 2026 at 09:12 (CEST)`
 */
char *
upkeep_words_zoned (gint64 instant_s)
{
  g_autofree char *date = upkeep_format_date (instant_s, UPKEEP_DATE_LONG_TIME);
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (instant_s);

  /* Translators: a date with its time, then the short name of a time zone. */
  return g_strdup_printf (_ ("%1$s (%2$s)"), date, g_date_time_get_timezone_abbreviation (local));
}

/**
 * upkeep_words_day:
 * @midnight_s: midnight in UTC at the start of a day
 *
 * Writes a day that the service names as a date and not as an instant. It is the same day whatever
 * the time zone of this computer.
 *
 * Returns: (transfer full): such as `15 May 2026`
 */
char *
upkeep_words_day (gint64 midnight_s)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (midnight_s);
  g_autoptr (GDateTime) noon = NULL;

  g_return_val_if_fail (day != NULL, NULL);

  noon = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                g_date_time_get_day_of_month (day), 12, 0, 0.0);
  return upkeep_format_date (g_date_time_to_unix (noon), UPKEEP_DATE_LONG);
}

/* Refunds */

/**
 * upkeep_words_refund_is_full:
 * @option: an option of a cancel quote
 * @price_minor: what the current term cost
 *
 * Says whether all that the term cost goes back to where it came from.
 *
 * Returns: whether the word "full" is right
 */
gboolean
upkeep_words_refund_is_full (const UpkeepOption *option, gint64 price_minor)
{
  g_return_val_if_fail (option != NULL, FALSE);

  return option->has_refund && price_minor > 0 && option->refund.amount_minor == price_minor;
}

/**
 * upkeep_words_nearest_clause:
 * @report: how a refund was judged
 *
 * Finds the clause worth telling where there is room for one: one that holds, else the one that is
 * least beyond its limit.
 *
 * Returns: (transfer none) (nullable): the clause; `NULL` where there is none
 */
const UpkeepClauseReport *
upkeep_words_nearest_clause (const UpkeepRefundReport *report)
{
  const UpkeepClauseReport *nearest = NULL;

  g_return_val_if_fail (report != NULL, NULL);

  for (guint i = 0; i < report->clauses->len; i++) {
    const UpkeepClauseReport *clause = g_ptr_array_index (report->clauses, i);

    if (clause->holds)
      return clause;
    if (nearest == NULL ||
        (__int128) clause->measured * nearest->limit < (__int128) nearest->measured * clause->limit)
      nearest = clause;
  }
  return nearest;
}

/* The whole percent that a clause's limit is of the plan's allotment; 0 where it is a number of its
 * own. A report tells the limit in units only. */
static gint64
get_clause_percent (const UpkeepEdition *edition, const UpkeepClauseReport *clause)
{
  const GPtrArray *clauses = edition->policy.refund.any_of;

  for (guint i = 0; clauses != NULL && i < clauses->len; i++) {
    const UpkeepRefundClause *known = g_ptr_array_index (clauses, i);

    if (g_strcmp0 (known->id, clause->id) == 0 && known->limit_is_percent)
      return known->limit;
  }
  return 0;
}

/* All rules here ask for less than their limit. What is measured is cut and not rounded, so that
 * nothing that is less is ever shown as the limit itself. */
static char *
format_share (gint64 measured, gint64 whole)
{
  gint64 permille = 0;

  if (!upkeep_scale (measured, 1000, MAX (whole, 1), UPKEEP_ROUNDING_DOWN, &permille, NULL))
    permille = 0;
  return upkeep_format_percent_tenths (permille, 1000);
}

static gint64
cut_to_tenths (gint64 seconds, gint64 unit_s)
{
  return seconds - seconds % (unit_s / 10);
}

static gint64
get_allowance (const UpkeepEdition *edition, const char *plan_id)
{
  const UpkeepPlan *plan = plan_id != NULL ? upkeep_edition_find_plan (edition, plan_id) : NULL;

  return plan != NULL ? plan->allowance : 0;
}

static gboolean
is_in_minutes (const UpkeepEdition *edition, const UpkeepClauseReport *clause)
{
  return g_str_equal (edition->meter.unit, "gpu_second") && clause->limit < HOUR_S;
}

static gulong
get_plural_count (gint64 count)
{
  return (gulong) CLAMP (count, 0, G_MAXINT32);
}

static char *
format_units (const UpkeepEdition *edition, gint64 quantity, gboolean in_minutes)
{
  g_autofree char *number = NULL;

  if (!in_minutes)
    return upkeep_format_quantity (quantity, edition->meter.unit);

  number = upkeep_format_minutes_number (cut_to_tenths (quantity, MINUTE_S));
  /* Translators: %s has one decimal, as in "3.6 minutes". */
  return g_strdup_printf (_ ("%s minutes"), number);
}

static char *
format_images (gint64 n_images)
{
  g_autofree char *number = upkeep_format_count (n_images);

  /* Translators: %s is a whole number. */
  return g_strdup_printf (ngettext ("%s image", "%s images", get_plural_count (n_images)), number);
}

/* A clause of the month does not hold in the later months of a yearly term, whatever was measured
 * (RULES 0.36). */
static gboolean
is_too_late (const UpkeepClauseReport *clause)
{
  return !clause->holds && clause->scope == UPKEEP_SCOPE_MONTH && clause->measured < clause->limit;
}

/* What is shipped is judged by the issue that an invoice paid (RULES 0.34). */
static gboolean
is_of_issue (const UpkeepEdition *edition, const UpkeepClauseReport *clause)
{
  return edition->meter.shipped && clause->metric == UPKEEP_METRIC_UNITS;
}

static const char *
get_issue_rule (const UpkeepClauseReport *clause)
{
  if (clause->holds)
    return _ ("The issue that this invoice paid has not shipped, so a refund is open now.");
  if (clause->measured >= clause->limit)
    return _ ("The issue that this invoice paid has shipped, so there is no refund.");
  return _ ("This invoice paid no issue that is still to ship, so there is no refund.");
}

static char *
format_clause_share (const UpkeepEdition *edition,
                     const char *plan_id,
                     const UpkeepClauseReport *clause)
{
  const char *meter = upkeep_words_text (&edition->meter.name);
  const char *mode = upkeep_words_unmetered_mode (edition, plan_id);
  g_autofree char *used = format_share (clause->measured, get_allowance (edition, plan_id));
  g_autofree char *limit = upkeep_format_percent (get_clause_percent (edition, clause));

  if (mode != NULL)
    return g_strdup_printf (
        /* Translators: %1$s is "51.3 %", %2$s "GPU time", %3$s "Relax mode", %4$s "1 %". */
        _ ("%1$s of this month’s %2$s used, %3$s included; the rule asks for less than %4$s"), used,
        meter, upkeep_words_within (mode), limit);

  /* Translators: %1$s is "51.3 %", %2$s "GPU time", %3$s "1 %". */
  return g_strdup_printf (_ ("%1$s of this month’s %2$s used; the rule asks for less than %3$s"),
                          used, meter, limit);
}

/**
 * upkeep_words_clause:
 * @edition: the catalogue the term was paid under
 * @plan_id: (nullable): the plan
 * @clause: one clause of the refund rule
 *
 * Says in one sentence what was measured and what the rule asks for (RULES 0.22).
 *
 * Returns: (transfer full): the sentence, without a full stop but where it is of an issue
 */
char *
upkeep_words_clause (const UpkeepEdition *edition,
                     const char *plan_id,
                     const UpkeepClauseReport *clause)
{
  g_autofree char *measured = NULL;
  g_autofree char *limit = NULL;
  gboolean in_minutes;

  g_return_val_if_fail (edition != NULL, NULL);
  g_return_val_if_fail (clause != NULL, NULL);

  if (is_of_issue (edition, clause))
    return g_strdup (get_issue_rule (clause));
  if (is_too_late (clause))
    return g_strdup (_ ("A yearly term can be refunded in its first month only"));
  if (clause->metric == UPKEEP_METRIC_UNITS && clause->scope == UPKEEP_SCOPE_MONTH &&
      get_clause_percent (edition, clause) > 0 && get_allowance (edition, plan_id) > 0)
    return format_clause_share (edition, plan_id, clause);

  in_minutes = is_in_minutes (edition, clause);
  if (clause->metric == UPKEEP_METRIC_IMAGES) {
    measured = format_images (clause->measured);
    limit = upkeep_format_count (clause->limit);
  } else {
    measured = format_units (edition, clause->measured, in_minutes);
    limit = format_units (edition, clause->limit, in_minutes);
  }

  switch (clause->scope) {
  case UPKEEP_SCOPE_MONTH:
    /* Translators: as in "12 images this month; the rule asks for less than 20". */
    return g_strdup_printf (_ ("%1$s this month; the rule asks for less than %2$s"), measured,
                            limit);
  case UPKEEP_SCOPE_SUBSCRIPTION:
    /* Translators: as in "12 images since you subscribed; the rule asks for less than 20". */
    return g_strdup_printf (_ ("%1$s since you subscribed; the rule asks for less than %2$s"),
                            measured, limit);
  case UPKEEP_SCOPE_SINCE_RENEWAL:
    return g_strdup_printf (
        /* Translators: as in "12 images since the last renewal; the rule asks for less than 20". */
        _ ("%1$s since the last renewal; the rule asks for less than %2$s"), measured, limit);
  case UPKEEP_SCOPE_LIFETIME:
  default:
    /* Translators: as in "12 images in all; the rule asks for less than 20". */
    return g_strdup_printf (_ ("%1$s in all; the rule asks for less than %2$s"), measured, limit);
  }
}

/**
 * upkeep_words_clause_name:
 * @edition: the catalogue
 * @clause: one clause of the refund rule
 *
 * Names what a clause measures.
 *
 * Returns: (transfer full): such as `GPU time used this month`
 */
char *
upkeep_words_clause_name (const UpkeepEdition *edition, const UpkeepClauseReport *clause)
{
  const char *meter;

  g_return_val_if_fail (edition != NULL, NULL);
  g_return_val_if_fail (clause != NULL, NULL);

  if (is_of_issue (edition, clause))
    return g_strdup (_ ("Issue that the invoice paid"));

  meter = upkeep_words_text (&edition->meter.name);
  switch (clause->scope) {
  case UPKEEP_SCOPE_MONTH:
    return clause->metric == UPKEEP_METRIC_IMAGES
               ? g_strdup (_ ("Images made this month"))
               /* Translators: %s is "GPU time". */
               : g_strdup_printf (_ ("%s used this month"), meter);
  case UPKEEP_SCOPE_SUBSCRIPTION:
    return clause->metric == UPKEEP_METRIC_IMAGES
               ? g_strdup (_ ("Images made since you subscribed"))
               /* Translators: %s is "GPU time". */
               : g_strdup_printf (_ ("%s used since you subscribed"), meter);
  case UPKEEP_SCOPE_SINCE_RENEWAL:
    return clause->metric == UPKEEP_METRIC_IMAGES
               ? g_strdup (_ ("Images made since the last renewal"))
               /* Translators: %s is "GPU time". */
               : g_strdup_printf (_ ("%s used since the last renewal"), meter);
  case UPKEEP_SCOPE_LIFETIME:
  default:
    return clause->metric == UPKEEP_METRIC_IMAGES ? g_strdup (_ ("Images made in all"))
                                                  /* Translators: %s is "GPU time". */
                                                  : g_strdup_printf (_ ("%s used in all"), meter);
  }
}

/**
 * upkeep_words_clause_figures:
 * @edition: the catalogue
 * @plan_id: (nullable): the plan
 * @clause: one clause of the refund rule
 *
 * Writes what was measured beside the limit.
 *
 * Returns: (transfer full): such as `0.4 % of 1 % used`
 */
char *
upkeep_words_clause_figures (const UpkeepEdition *edition,
                             const char *plan_id,
                             const UpkeepClauseReport *clause)
{
  gint64 percent;
  gint64 allowance;
  g_autofree char *measured = NULL;
  g_autofree char *limit = NULL;

  g_return_val_if_fail (edition != NULL, NULL);
  g_return_val_if_fail (clause != NULL, NULL);

  percent = get_clause_percent (edition, clause);
  allowance = get_allowance (edition, plan_id);
  if (clause->metric == UPKEEP_METRIC_IMAGES) {
    measured = upkeep_format_count (clause->measured);
    limit = upkeep_format_count (clause->limit);
    return g_strdup_printf (
        /* Translators: as in "12 of 20 images". */
        ngettext ("%1$s of %2$s image", "%1$s of %2$s images", get_plural_count (clause->limit)),
        measured, limit);
  }
  if (percent > 0 && allowance > 0) {
    measured = format_share (clause->measured, allowance);
    limit = upkeep_format_percent (percent);
    /* Translators: as in "0.4 % of 1 % used". */
    return g_strdup_printf (_ ("%1$s of %2$s used"), measured, limit);
  }
  return upkeep_words_clause_measure (edition, plan_id, clause);
}

/**
 * upkeep_words_clause_measure:
 * @edition: the catalogue
 * @plan_id: (nullable): the plan
 * @clause: one clause of the refund rule
 *
 * Writes what was measured beside the limit, in units.
 *
 * Returns: (transfer full): such as `3.6 of 9.0 minutes, Relax mode included`
 */
char *
upkeep_words_clause_measure (const UpkeepEdition *edition,
                             const char *plan_id,
                             const UpkeepClauseReport *clause)
{
  const char *mode;
  g_autofree char *measured = NULL;
  g_autofree char *limit = NULL;

  g_return_val_if_fail (edition != NULL, NULL);
  g_return_val_if_fail (clause != NULL, NULL);

  if (is_of_issue (edition, clause))
    return g_strdup (clause->measured < clause->limit ? C_ ("issue", "Not shipped")
                                                      : C_ ("issue", "Shipped"));
  if (clause->metric == UPKEEP_METRIC_IMAGES)
    return upkeep_words_clause_figures (edition, plan_id, clause);
  if (!is_in_minutes (edition, clause))
    return upkeep_format_used_of (clause->measured, clause->limit, edition->meter.unit);

  mode = upkeep_words_unmetered_mode (edition, plan_id);
  measured = upkeep_format_minutes_number (cut_to_tenths (clause->measured, MINUTE_S));
  limit = upkeep_format_minutes_number (clause->limit);
  if (mode != NULL)
    /* Translators: as in "3.6 of 9.0 minutes, Relax mode included". */
    return g_strdup_printf (_ ("%1$s of %2$s minutes, %3$s included"), measured, limit,
                            upkeep_words_within (mode));
  /* Translators: as in "3.6 of 9.0 minutes". */
  return g_strdup_printf (_ ("%1$s of %2$s minutes"), measured, limit);
}

/**
 * upkeep_words_clause_rule:
 * @edition: the catalogue
 * @plan_id: (nullable): the plan
 * @clause: one clause of the refund rule
 *
 * Says what the rule asks for and whether that is so now.
 *
 * Returns: (transfer full): one or two sentences
 */
char *
upkeep_words_clause_rule (const UpkeepEdition *edition,
                          const char *plan_id,
                          const UpkeepClauseReport *clause)
{
  gint64 percent;
  gint64 allowance;
  g_autofree char *limit = NULL;
  g_autofree char *whole = NULL;

  g_return_val_if_fail (edition != NULL, NULL);
  g_return_val_if_fail (clause != NULL, NULL);

  if (is_of_issue (edition, clause))
    return g_strdup (get_issue_rule (clause));
  if (is_too_late (clause))
    return g_strdup (_ ("The rule refunds a yearly term in its first month only."));

  percent = get_clause_percent (edition, clause);
  allowance = get_allowance (edition, plan_id);
  if (clause->metric == UPKEEP_METRIC_UNITS && percent > 0 && allowance > 0) {
    limit = upkeep_format_percent (percent);
    whole = upkeep_format_quantity (allowance, edition->meter.unit);
    return clause->holds
               /* Translators: as in "less than 1 % of 15.0 hours". */
               ? g_strdup_printf (_ ("The rule asks for less than %1$s of %2$s, so a refund is "
                                     "open now. At exactly %1$s it closes."),
                                  limit, whole)
               /* Translators: as in "less than 1 % of 15.0 hours". */
               : g_strdup_printf (_ ("The rule asks for less than %1$s of %2$s, so it gives no "
                                     "refund now."),
                                  limit, whole);
  }

  limit = clause->metric == UPKEEP_METRIC_IMAGES
              ? format_images (clause->limit)
              : format_units (edition, clause->limit, is_in_minutes (edition, clause));
  return clause->holds
             /* Translators: as in "less than 20 images". */
             ? g_strdup_printf (_ ("The rule asks for less than %1$s, so a refund is open now. At "
                                   "exactly %1$s it closes."),
                                limit)
             /* Translators: as in "less than 20 images". */
             : g_strdup_printf (_ ("The rule asks for less than %s, so it gives no refund now."),
                                limit);
}

/**
 * upkeep_words_refund_basis:
 * @basis: what grants a refund
 *
 * Says what a refund rests on where the plan's own rule does not grant it (RULES 0.18).
 *
 * Returns: (transfer none) (nullable): one sentence; `NULL` for the rule, which its clauses tell
 */
const char *
upkeep_words_refund_basis (UpkeepRefundBasis basis)
{
  switch (basis) {
  case UPKEEP_REFUND_BASIS_CONSUMER_LAW:
    return _ ("The refund offered now rests on the right of withdrawal of your country.");
  case UPKEEP_REFUND_BASIS_PROMOTION:
    return _ ("The refund offered now is a promotion.");
  case UPKEEP_REFUND_BASIS_RULE:
  default:
    return NULL;
  }
}

/**
 * upkeep_words_refund_bound:
 * @report: how a refund was judged
 *
 * Says how often the rule gives a refund (RULES 0.37).
 *
 * Returns: (transfer full) (nullable): one sentence; `NULL` where there is no bound
 */
char *
upkeep_words_refund_bound (const UpkeepRefundReport *report)
{
  g_autofree char *days = NULL;
  g_autofree char *measured = NULL;

  g_return_val_if_fail (report != NULL, NULL);

  if (report->at_most_count <= 0)
    return NULL;

  days = upkeep_format_count (report->at_most_days);
  measured = upkeep_format_count (report->at_most_measured);
  /* Translators: three whole numbers. */
  return g_strdup_printf (ngettext ("The rule gives %1$d refund in %2$s days. Given so far: %3$s.",
                                    "The rule gives %1$d refunds in %2$s days. Given so far: %3$s.",
                                    get_plural_count (report->at_most_count)),
                          report->at_most_count, days, measured);
}

/* Why not */

/**
 * upkeep_words_unpaid_end_s:
 * @statement: an account past due
 * @edition: the catalogue its plan is from
 *
 * Tells when the plan ends by itself if nothing is paid: days count from the missed charge (RULES
 * 0.10, 0.29).
 *
 * Returns: the instant
 */
gint64
upkeep_words_unpaid_end_s (const UpkeepStatement *statement, const UpkeepEdition *edition)
{
  g_return_val_if_fail (statement != NULL, 0);
  g_return_val_if_fail (edition != NULL, 0);

  return statement->past_due_since_s + edition->policy.past_due.end_days * UPKEEP_DAY_S;
}

static char *
format_past_due (const UpkeepBlocked *blocked, const UpkeepStatement *statement, gboolean practice)
{
  g_autofree char *sum = NULL;
  g_autofree char *since = NULL;

  if (!statement->is_past_due)
    return g_strdup (_ ("A payment is overdue. It has to be paid first."));

  sum = upkeep_words_sum (blocked->has_measured ? blocked->measured : statement->past_due_minor,
                          statement->currency, practice);
  since = upkeep_format_date (statement->past_due_since_s, UPKEEP_DATE_LONG);
  /* Translators: a sum, then a date. */
  return g_strdup_printf (_ ("%1$s has been overdue since %2$s. It has to be paid first."), sum,
                          since);
}

static char *
format_already_cancelled (const UpkeepStatement *statement)
{
  g_autofree char *date = NULL;

  if (statement->ends_at_s == UPKEEP_INSTANT_NONE)
    return g_strdup (_ ("Your plan is cancelled already. It is not charged again."));

  date = upkeep_format_date (statement->ends_at_s, UPKEEP_DATE_LONG_TIME);
  return g_strdup_printf (
      /* Translators: %s is a date with its time. */
      _ ("Your plan is cancelled already. It ends on %s and is not charged again."), date);
}

/**
 * upkeep_words_blocked:
 * @blocked: why something cannot be done
 * @statement: the account
 * @practice: whether sums are not real money
 *
 * Says in words why a quote is blocked, and what has to happen first.
 *
 * Returns: (transfer full): one or two sentences
 */
char *
upkeep_words_blocked (const UpkeepBlocked *blocked,
                      const UpkeepStatement *statement,
                      gboolean practice)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (blocked != NULL, NULL);
  g_return_val_if_fail (statement != NULL, NULL);

  switch (blocked->code) {
  case UPKEEP_BLOCKED_PAST_DUE:
    return format_past_due (blocked, statement, practice);
  case UPKEEP_BLOCKED_INTERVAL_SWITCH_UNSUPPORTED:
    return g_strdup (_ ("This service does not offer that change of billing interval."));
  case UPKEEP_BLOCKED_LOWER_TIER_NOT_ALLOWED:
    return g_strdup (_ ("From monthly to yearly billing, only the same plan or a higher one can be "
                        "chosen."));
  case UPKEEP_BLOCKED_SAME_PLAN:
    return g_strdup (_ ("This is the plan you have."));
  case UPKEEP_BLOCKED_ALREADY_CANCELLED:
    return format_already_cancelled (statement);
  case UPKEEP_BLOCKED_NO_SUBSCRIPTION:
    return g_strdup (_ ("You have no paid plan."));
  case UPKEEP_BLOCKED_ALREADY_SUBSCRIBED:
    return g_strdup (_ ("You have a paid plan already. It can be changed instead."));
  case UPKEEP_BLOCKED_PLAN_REQUIRES_COMPANY_TIER:
    if (!blocked->has_limit)
      return g_strdup (_ ("A company of this size needs a higher plan."));
    number = upkeep_format_money (blocked->limit * 100, "USD");
    return g_strdup_printf (
        /* Translators: %s is a sum. */
        _ ("A company with more than %s gross revenue a year needs a higher plan."), number);
  case UPKEEP_BLOCKED_TRIAL_UNAVAILABLE:
    return g_strdup (_ ("The free trial is not on offer at present."));
  case UPKEEP_BLOCKED_TOPUP_NEEDS_PAID_PLAN:
    return g_strdup (_ ("More can only be bought with a paid plan."));
  case UPKEEP_BLOCKED_TOPUP_NEEDS_ZERO_BALANCE:
    return g_strdup (_ ("More can be bought once everything is used up."));
  case UPKEEP_BLOCKED_TOPUP_NOT_OFFERED:
    return g_strdup (_ ("This quantity is not sold."));
  case UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED:
    return g_strdup (_ ("The number of an invoice is needed for this."));
  case UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN:
    return g_strdup (_ ("None of your invoices has this number."));
  case UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED:
    return g_strdup (_ ("No payment method is on file. Add one first."));
  case UPKEEP_BLOCKED_NOTHING_TO_RESUME:
    return g_strdup (_ ("Nothing is scheduled that could be undone."));
  case UPKEEP_BLOCKED_NOTHING_DUE:
    return g_strdup (_ ("Nothing is due."));
  case UPKEEP_BLOCKED_UNKNOWN_PLAN:
    return g_strdup (_ ("This plan is not sold."));
  case UPKEEP_BLOCKED_PAYMENT_METHOD_UNSUPPORTED:
    return g_strdup (_ ("This way to pay is not offered."));
  default:
    return g_strdup (_ ("The service does not allow this now."));
  }
}

/**
 * upkeep_words_blocked_in:
 * @edition: the account's edition
 * @blocked: why it cannot be done
 * @statement: the account as it is known
 * @practice: whether sums are not real
 *
 * Says why something cannot be done, with the reason that the catalogue itself gives (RULES C-03).
 *
 * Returns: (transfer full): one or two sentences
 */
char *
upkeep_words_blocked_in (const UpkeepEdition *edition,
                         const UpkeepBlocked *blocked,
                         const UpkeepStatement *statement,
                         gboolean practice)
{
  const UpkeepPlan *trial;

  g_return_val_if_fail (edition != NULL && blocked != NULL, NULL);

  trial = upkeep_edition_find_plan_of_kind (edition, UPKEEP_PLAN_TRIAL);
  if (blocked->code == UPKEEP_BLOCKED_TRIAL_UNAVAILABLE && trial != NULL) {
    if (trial->offered)
      return g_strdup (_ ("The free trial is there once, before the first paid plan."));
    if (trial->unoffered != NULL)
      return g_strdup (upkeep_words_text (trial->unoffered));
  }

  return upkeep_words_blocked (blocked, statement, practice);
}

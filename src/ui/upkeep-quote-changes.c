/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-quote-changes.h"

#include "upkeep-format.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>
#include <string.h>

static const UpkeepPlan *
find_plan (const UpkeepQuoteFacts *facts, const char *plan_id)
{
  return plan_id != NULL ? upkeep_edition_find_plan (facts->edition, plan_id) : NULL;
}

static void
add_change (UpkeepQuoteChange *changes,
            guint *n_changes,
            const char *icon_name,
            char *title,
            char *subtitle)
{
  if (*n_changes == UPKEEP_QUOTE_CHANGES_MAX) {
    g_free (title);
    g_free (subtitle);
    return;
  }
  changes[(*n_changes)++] =
      (UpkeepQuoteChange){.icon_name = icon_name, .title = title, .subtitle = subtitle};
}

/* How it goes on after the next charge, which may be another sum: balance and unbilled use count in
 * it. */
static char *
format_repeat (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  const UpkeepPlan *to = find_plan (facts, facts->quote->to_plan);
  UpkeepInterval interval = facts->quote->to_interval;
  gboolean yearly = interval == UPKEEP_INTERVAL_YEAR;
  g_autofree char *price = NULL;

  if (to == NULL || !upkeep_plan_sells (to, interval) ||
      to->price_minor[interval] == option->renewal_total_minor)
    /* Translators: a sum stands before it. */
    return g_strdup (yearly ? _ ("and every year until you cancel")
                            : _ ("and every month until you cancel"));

  price = upkeep_format_money (to->price_minor[interval], facts->quote->currency);
  return yearly
             /* Translators: another sum and its date stand before it. %s is a sum. */
             ? g_strdup_printf (_ ("then %s every year until you cancel"), price)
             /* Translators: another sum and its date stand before it. %s is a sum. */
             : g_strdup_printf (_ ("then %s every month until you cancel"), price);
}

static char *
format_date_remark (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  gint64 old_s = facts->statement->renews_at_s;
  g_autofree char *from = NULL;

  if (upkeep_option_has_effect (option, UPKEEP_EFFECT_RENEWAL_DATE_RESETS) &&
      old_s != UPKEEP_INSTANT_NONE && old_s != option->renews_at_s) {
    from = upkeep_format_date (old_s, UPKEEP_DATE_DAY);
    /* Translators: the date of the renewal. %s is a date. */
    return g_strdup_printf (_ ("The date moves from %s."), from);
  }
  if (upkeep_option_has_effect (option, UPKEEP_EFFECT_RENEWAL_DATE_KEPT))
    /* Translators: the date of the renewal. */
    return g_strdup (_ ("The date stays."));
  return NULL;
}

static void
add_renewal (const UpkeepQuoteFacts *facts,
             const UpkeepOption *option,
             UpkeepQuoteChange *changes,
             guint *n_changes)
{
  g_autofree char *sum = NULL;
  g_autofree char *date = NULL;
  g_autofree char *repeat = NULL;
  g_autofree char *remark = NULL;

  if (!option->has_renewal_total || option->renews_at_s == UPKEEP_INSTANT_NONE)
    return;

  repeat = format_repeat (facts, option);
  remark = format_date_remark (facts, option);
  sum = upkeep_format_money (option->renewal_total_minor, facts->quote->currency);
  date = upkeep_format_date (option->renews_at_s, UPKEEP_DATE_LONG);
  add_change (changes, n_changes, "upkeep-calendar-symbolic",
              /* Translators: a sum, then a date. */
              g_strdup_printf (_ ("Then %1$s on %2$s"), sum, date),
              /* Translators: how a charge goes on, then a whole sentence. */
              remark != NULL ? g_strdup_printf (_ ("%1$s. %2$s"), repeat, remark)
                             : g_steal_pointer (&repeat));
  changes[*n_changes - 1].has_sum = TRUE;
}

/* Whether the allotment of the plan one leaves ends with it (RULES 0.28): a new term begins with
 * its own, and within one it stays only where the difference is added. */
static gboolean
ends_allotment (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  if (facts->quote->from_plan == NULL)
    return FALSE;
  if (upkeep_option_has_effect (option, UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST) ||
      upkeep_option_has_effect (option, UPKEEP_EFFECT_RENEWAL_DATE_RESETS))
    return TRUE;

  return facts->quote->kind == UPKEEP_QUOTE_SWITCH &&
         facts->edition->policy.upgrade_grant == UPKEEP_UPGRADE_GRANT_FULL;
}

static char *
format_grant_end (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  gboolean ends = ends_allotment (facts, option);
  g_autofree char *date = NULL;

  if (option->grant.expires_at_s == UPKEEP_INSTANT_NONE && !ends)
    return NULL;
  if (option->grant.expires_at_s == UPKEEP_INSTANT_NONE)
    /* Translators: %s is the name of a plan. */
    return g_strdup_printf (_ ("What is unused of %s ends."), upkeep_quote_words_from (facts));

  date = upkeep_format_date (option->grant.expires_at_s, UPKEEP_DATE_LONG);
  if (!ends)
    /* Translators: hours or credits. %s is a date. */
    return g_strdup_printf (_ ("They expire on %s."), date);
  return upkeep_quote_words_is_in_hours (facts)
             /* Translators: hours. A date, then the name of a plan. */
             ? g_strdup_printf (_ ("They expire on %1$s. The unused %2$s hours end."), date,
                                upkeep_quote_words_from (facts))
             /* Translators: credits. A date, then the name of a plan. */
             : g_strdup_printf (_ ("They expire on %1$s. What is unused of %2$s ends."), date,
                                upkeep_quote_words_from (facts));
}

static char *
format_grant (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  gboolean adds = facts->quote->from_plan != NULL && !ends_allotment (facts, option);
  g_autofree char *quantity =
      upkeep_format_quantity (option->grant.quantity, facts->edition->meter.unit);

  if (!upkeep_quote_words_is_in_hours (facts))
    return adds
               /* Translators: %s is as in "2,600 credits". */
               ? g_strdup_printf (_ ("%s more from now"), quantity)
               /* Translators: %s is as in "1,400 credits". */
               : g_strdup_printf (_ ("%s from now"), quantity);
  return adds
             /* Translators: as in "15.0 hours more of Fast GPU time from now". */
             ? g_strdup_printf (_ ("%1$s more of %2$s from now"), quantity,
                                upkeep_words_within (upkeep_words_meter (facts->edition)))
             /* Translators: as in "15.0 hours of Fast GPU time from now". */
             : g_strdup_printf (_ ("%1$s of %2$s from now"), quantity,
                                upkeep_words_within (upkeep_words_meter (facts->edition)));
}

static void
add_allotment (const UpkeepQuoteFacts *facts,
               const UpkeepOption *option,
               UpkeepQuoteChange *changes,
               guint *n_changes)
{
  const UpkeepPlan *to = find_plan (facts, facts->quote->to_plan);
  g_autofree char *quantity = NULL;
  g_autofree char *date = NULL;

  if (option->has_grant) {
    add_change (changes, n_changes, "upkeep-gauge-symbolic", format_grant (facts, option),
                format_grant_end (facts, option));
    return;
  }
  if (to == NULL || to->allowance == 0 || option->timing != UPKEEP_TIMING_PERIOD_END)
    return;

  quantity = upkeep_format_quantity (to->allowance, facts->edition->meter.unit);
  date = upkeep_format_date (option->effective_at_s, UPKEEP_DATE_LONG);
  add_change (changes, n_changes, "upkeep-gauge-symbolic",
              g_strdup_printf (_ ("%s a month"), quantity),
              facts->quote->from_plan != NULL
                  /* Translators: a date, then the name of a plan. */
                  ? g_strdup_printf (_ ("From %1$s. Until then you keep %2$s."), date,
                                     upkeep_quote_words_from (facts))
                  : NULL);
}

static char *
format_mode_gained (const UpkeepMode *mode)
{
  if (mode->metered)
    return g_strdup (_ ("Included"));
  if (mode->wait_max_minutes == 0)
    return g_strdup (C_ ("allotment", "Unlimited"));
  /* Translators: a wait, as in "1 to 10 minutes". */
  return g_strdup_printf (ngettext ("Unlimited, with a wait of %1$d to %2$d minute",
                                    "Unlimited, with a wait of %1$d to %2$d minutes",
                                    (gulong) mode->wait_max_minutes),
                          mode->wait_min_minutes, mode->wait_max_minutes);
}

static void
add_modes (const UpkeepQuoteFacts *facts, UpkeepQuoteChange *changes, guint *n_changes)
{
  const UpkeepPlan *to = find_plan (facts, facts->quote->to_plan);
  const UpkeepPlan *from = find_plan (facts, facts->quote->from_plan);

  for (guint i = 0; to != NULL && i < facts->edition->meter.modes->len; i++) {
    const UpkeepMode *mode = g_ptr_array_index (facts->edition->meter.modes, i);
    gboolean has = upkeep_plan_has_mode (to, mode);
    gboolean had = from != NULL && upkeep_plan_has_mode (from, mode);

    if (has && !had && !(from == NULL && mode->metered))
      add_change (changes, n_changes, "upkeep-infinity-symbolic",
                  g_strdup (upkeep_words_text (&mode->name)), format_mode_gained (mode));
    else if (had && !has)
      add_change (changes, n_changes, "list-remove-symbolic",
                  g_strdup (upkeep_words_text (&mode->name)),
                  /* Translators: %s is the name of a plan. */
                  g_strdup_printf (_ ("Not included in %s"), upkeep_quote_words_to (facts)));
  }
}

/* Of a first plan everything is new: that is told where plans are compared. */
static void
add_features (const UpkeepQuoteFacts *facts, UpkeepQuoteChange *changes, guint *n_changes)
{
  const UpkeepPlan *to = find_plan (facts, facts->quote->to_plan);
  const UpkeepPlan *from = find_plan (facts, facts->quote->from_plan);

  if (to == NULL || from == NULL || facts->quote->kind != UPKEEP_QUOTE_SWITCH)
    return;

  for (guint i = 0; i < facts->edition->features->len; i++) {
    const UpkeepFeature *feature = g_ptr_array_index (facts->edition->features, i);
    gboolean has = upkeep_plan_has_feature (to, feature->id);
    gboolean had = upkeep_plan_has_feature (from, feature->id);

    if (has && !had)
      add_change (changes, n_changes, "object-select-symbolic",
                  g_strdup (upkeep_words_text (&feature->name)),
                  /* Translators: %s is the name of a plan. */
                  g_strdup_printf (_ ("Included in %s"), upkeep_quote_words_to (facts)));
    else if (had && !has)
      add_change (changes, n_changes, "list-remove-symbolic",
                  g_strdup (upkeep_words_text (&feature->name)),
                  g_strdup_printf (_ ("Not included in %s"), upkeep_quote_words_to (facts)));
  }
}

static void
add_dropped (const UpkeepQuoteFacts *facts,
             const UpkeepOption *option,
             UpkeepQuoteChange *changes,
             guint *n_changes)
{
  const UpkeepStatement *statement = facts->statement;

  if (!upkeep_option_has_effect (option, UPKEEP_EFFECT_SCHEDULED_CHANGE_DROPPED))
    return;

  if (statement->scheduled == UPKEEP_SCHEDULED_SWITCH)
    add_change (changes, n_changes, "edit-undo-symbolic",
                /* Translators: %s is the name of a plan. */
                g_strdup_printf (_ ("The scheduled change to %s is dropped"),
                                 upkeep_words_within (upkeep_words_plan (
                                     facts->edition, statement->scheduled_plan))),
                g_strdup (_ ("This change takes its place.")));
  else if (statement->scheduled == UPKEEP_SCHEDULED_CANCEL)
    add_change (changes, n_changes, "edit-undo-symbolic",
                g_strdup (_ ("The cancellation is dropped")),
                g_strdup (_ ("Your subscription goes on.")));
  else
    add_change (changes, n_changes, "edit-undo-symbolic",
                g_strdup (_ ("What was scheduled is dropped")),
                g_strdup (_ ("This change takes its place.")));
}

static void
add_kept (const UpkeepQuoteFacts *facts,
          const UpkeepOption *option,
          UpkeepQuoteChange *changes,
          guint *n_changes)
{
  gboolean images = upkeep_option_has_effect (option, UPKEEP_EFFECT_IMAGES_KEPT);
  gboolean rights = upkeep_option_has_effect (option, UPKEEP_EFFECT_COMMERCIAL_RIGHTS_KEPT);

  if (!images && !rights)
    return;

  if (!upkeep_quote_words_is_in_hours (facts))
    add_change (changes, n_changes, "upkeep-document-symbolic",
                g_strdup (_ ("What you have made stays yours")), NULL);
  else if (images && rights)
    add_change (changes, n_changes, "upkeep-image-symbolic",
                g_strdup (_ ("Your images and their commercial rights stay")), NULL);
  else if (images)
    add_change (changes, n_changes, "upkeep-image-symbolic", g_strdup (_ ("Your images stay")),
                NULL);
  else
    add_change (changes, n_changes, "upkeep-image-symbolic",
                g_strdup (_ ("Your commercial rights stay")), NULL);
}

static void
add_service_effects (const UpkeepQuoteFacts *facts,
                     const UpkeepOption *option,
                     UpkeepQuoteChange *changes,
                     guint *n_changes)
{
  g_autofree char *date = NULL;

  if (upkeep_option_has_effect (option, UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST) && !option->has_grant)
    add_change (changes, n_changes, "upkeep-info-symbolic",
                g_strdup (_ ("What is unused of the month’s allotment ends")), NULL);
  if (upkeep_option_has_effect (option, UPKEEP_EFFECT_PURCHASED_FROZEN))
    add_change (changes, n_changes, "upkeep-paused-symbolic",
                g_strdup (_ ("What you bought is paused")),
                g_strdup (_ ("It can be used again with a paid plan.")));
  if (upkeep_option_has_effect (option, UPKEEP_EFFECT_SERVICE_STOPS))
    add_change (changes, n_changes, "upkeep-crossed-symbolic",
                g_strdup (_ ("The service stops now")), NULL);
  if (upkeep_option_has_effect (option, UPKEEP_EFFECT_SERVICE_UNTIL_PERIOD_END)) {
    date = upkeep_format_date (option->effective_at_s, UPKEEP_DATE_LONG);
    add_change (changes, n_changes, "upkeep-clock-symbolic",
                /* Translators: %s is a date. */
                g_strdup_printf (_ ("The service goes on until %s"), date), NULL);
  }
}

/**
 * upkeep_quote_changes_make:
 * @facts: what is known
 * @option: the choice of the quote
 * @ret_changes: (out): what changes; clear each with upkeep_quote_change_clear()
 *
 * Says what a change of plan does beside its price: the next charge, the units it gives, modes and
 * features that come or go, and every effect the service names.
 *
 * Returns: how many there are
 */
guint
upkeep_quote_changes_make (const UpkeepQuoteFacts *facts,
                           const UpkeepOption *option,
                           UpkeepQuoteChange ret_changes[UPKEEP_QUOTE_CHANGES_MAX])
{
  guint n_changes = 0;

  memset (ret_changes, 0, UPKEEP_QUOTE_CHANGES_MAX * sizeof *ret_changes);
  add_renewal (facts, option, ret_changes, &n_changes);
  add_allotment (facts, option, ret_changes, &n_changes);
  add_dropped (facts, option, ret_changes, &n_changes);
  add_service_effects (facts, option, ret_changes, &n_changes);
  add_modes (facts, ret_changes, &n_changes);
  add_features (facts, ret_changes, &n_changes);
  add_kept (facts, option, ret_changes, &n_changes);
  return n_changes;
}

/**
 * upkeep_quote_change_clear:
 * @change: one thing that changes
 *
 * Frees what is in it.
 */
void
upkeep_quote_change_clear (UpkeepQuoteChange *change)
{
  g_clear_pointer (&change->title, g_free);
  g_clear_pointer (&change->subtitle, g_free);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-edition-words.h"

#include "upkeep-format.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>

#define HOUR_S 3600

/**
 * upkeep_edition_words_notice:
 * @from: the edition whose terms hold
 * @to: the one that new accounts get
 *
 * Says under which terms somebody is.
 *
 * Returns: (transfer full): two sentences
 */
char *
upkeep_edition_words_notice (const char *from, const char *to)
{
  /* Translators: names of dated terms, such as "2023-03" and "2025-04". */
  return g_strdup_printf (_ ("Your terms are those of %1$s. Those of %2$s are current."), from, to);
}

/**
 * upkeep_edition_words_move:
 * @statement: the account
 *
 * Says when other terms begin to hold.
 *
 * Returns: (transfer full) (nullable): one sentence; `NULL` where they stay
 */
char *
upkeep_edition_words_move (const UpkeepStatement *statement)
{
  g_autofree char *date = NULL;

  g_return_val_if_fail (statement != NULL, NULL);

  if (statement->next_edition == NULL)
    return NULL;

  date = upkeep_format_date (statement->next_edition_at_s, UPKEEP_DATE_LONG);
  /* Translators: a date, then the name of dated terms, as in "From 1 June 2026 the terms of 2025-04
   * hold for you." */
  return g_strdup_printf (_ ("From %1$s the terms of %2$s hold for you."), date,
                          statement->next_edition);
}

/* --- Titles --- */

static const char *
get_subject (const UpkeepEditionChange *change)
{
  return change->subject_name.in[UPKEEP_LANGUAGE_EN] != NULL
             ? upkeep_words_text (&change->subject_name)
             : change->subject;
}

/* Kinds of grants are the program's own words; a newer one than we know goes by its name. */
static const char *
get_grant_title (const UpkeepEditionChange *change)
{
  static const struct {
    const char *kind;
    const char *title;
  } titles[] = {
      {"plan", N_ ("The plan’s own allotment")},
      {"earned", N_ ("What is earned")},
      {"reward", N_ ("Rewards")},
      {"purchased", N_ ("What is bought")},
      {"promotional", N_ ("Promotions")},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++) {
    if (g_strcmp0 (change->subject, titles[i].kind) == 0)
      return _ (titles[i].title);
  }

  return change->subject;
}

static const char *
get_interval_title (const UpkeepEditionChange *change)
{
  gboolean from_year = change->interval == UPKEEP_INTERVAL_YEAR;
  gboolean to_year = change->to_interval == UPKEEP_INTERVAL_YEAR;

  if (from_year)
    return to_year ? _ ("Changes from yearly to yearly billing")
                   : _ ("Changes from yearly to monthly billing");

  return to_year ? _ ("Changes from monthly to yearly billing")
                 : _ ("Changes from monthly to monthly billing");
}

/* What rules are about. */
static const struct {
  UpkeepTermKind term;
  const char *title;
} rule_titles[] = {
    {UPKEEP_TERM_METER, N_ ("What is counted")},
    {UPKEEP_TERM_CURRENCY, N_ ("Currency")},
    {UPKEEP_TERM_MODE_FALLBACK, N_ ("When nothing is left")},
    {UPKEEP_TERM_SUSPENDED, N_ ("When nothing is left")},
    {UPKEEP_TERM_TOPUP, N_ ("Buying more")},
    {UPKEEP_TERM_TOPUP_LOT, N_ ("Buying more")},
    {UPKEEP_TERM_TOPUP_MOST, N_ ("Buying more")},
    {UPKEEP_TERM_TOPUP_PACK, N_ ("Buying more")},
    {UPKEEP_TERM_TOPUP_ZERO, N_ ("Buying more")},
    {UPKEEP_TERM_TOPUP_EXPERIMENTAL, N_ ("Buying more")},
    {UPKEEP_TERM_REFUND_RULE, N_ ("Refunds")},
    {UPKEEP_TERM_REFUND_CLAUSE, N_ ("Refunds")},
    {UPKEEP_TERM_REFUND_REVIEW, N_ ("Refunds")},
    {UPKEEP_TERM_REFUND_BOUND, N_ ("Refunds")},
    {UPKEEP_TERM_REFUND_DAYS, N_ ("Refunds")},
    {UPKEEP_TERM_OVERRIDE, N_ ("Refunds")},
    {UPKEEP_TERM_UPGRADE_AT, N_ ("Upgrades")},
    {UPKEEP_TERM_PRORATION, N_ ("Upgrades")},
    {UPKEEP_TERM_ROUNDING, N_ ("Upgrades")},
    {UPKEEP_TERM_ANCHOR, N_ ("Upgrades")},
    {UPKEEP_TERM_UPGRADE_GRANT, N_ ("Upgrades")},
    {UPKEEP_TERM_DOWNGRADE_AT, N_ ("Downgrades")},
    {UPKEEP_TERM_PAST_DUE_CANCEL, N_ ("Overdue payments")},
    {UPKEEP_TERM_PAST_DUE_ACCESS, N_ ("Overdue payments")},
    {UPKEEP_TERM_RETRY_DAYS, N_ ("Overdue payments")},
    {UPKEEP_TERM_END_DAYS, N_ ("Overdue payments")},
    {UPKEEP_TERM_COMPANY_REVENUE, N_ ("Large companies")},
    {UPKEEP_TERM_COMPANY_PLANS, N_ ("Large companies")},
    {UPKEEP_TERM_PAYMENT_METHODS, N_ ("Payment methods")},
    {UPKEEP_TERM_INVOICE_NUMBER, N_ ("Cancelling")},
    {UPKEEP_TERM_REFERRAL_SIGNUP, N_ ("Invitations")},
    {UPKEEP_TERM_REFERRAL_PAYMENT, N_ ("Invitations")},
    {UPKEEP_TERM_REFERRAL_BONUS, N_ ("Invitations")},
};

static const char *
get_rule_title (const UpkeepEditionChange *change)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rule_titles); i++) {
    if (change->term == rule_titles[i].term)
      return _ (rule_titles[i].title);
  }
  if (change->term == UPKEEP_TERM_INTERVAL_RULE)
    return get_interval_title (change);
  if (change->term == UPKEEP_TERM_GRANT_EXPIRY || change->term == UPKEEP_TERM_GRANT_RANK ||
      change->term == UPKEEP_TERM_GRANT_FROZEN)
    return get_grant_title (change);

  return get_subject (change); /* a mode */
}

/**
 * upkeep_edition_words_title:
 * @change: what is different
 *
 * Says what a change is about: a plan by its name, or a subject that all plans share.
 *
 * Returns: (transfer full): a few words
 */
char *
upkeep_edition_words_title (const UpkeepEditionChange *change)
{
  g_return_val_if_fail (change != NULL, NULL);

  return g_strdup (change->plan != NULL ? upkeep_words_text (&change->plan_name)
                                        : get_rule_title (change));
}

/* --- Sentences --- */

/* What is told by one sentence where it holds now and by another where it does not. */
static const struct {
  UpkeepTermKind term;
  const char *yes;
  const char *no;
} facts[] = {
    {UPKEEP_TERM_OFFERED, N_ ("The plan is on offer now."),
     N_ ("The plan is not on offer any more.")},
    {UPKEEP_TERM_ONCE, N_ ("Its allotment is given once and not refilled."),
     N_ ("Its allotment is refilled each month.")},
    {UPKEEP_TERM_MODE_METERED, N_ ("Work in this mode spends your allotment now."),
     N_ ("Work in this mode does not spend your allotment any more.")},
    {UPKEEP_TERM_MODE_FALLBACK, N_ ("Work goes on in another mode."), N_ ("Work is refused.")},
    {UPKEEP_TERM_TOPUP_ZERO, N_ ("It is possible only when everything is used up."),
     N_ ("It is possible at any time.")},
    {UPKEEP_TERM_TOPUP_EXPERIMENTAL, N_ ("The price is said to be one that may change."),
     N_ ("The price is not said to be one that may change any more.")},
    {UPKEEP_TERM_GRANT_FROZEN, N_ ("It can be used only with a paid plan."),
     N_ ("It can be used without a paid plan, too.")},
    {UPKEEP_TERM_PAST_DUE_CANCEL, N_ ("One can cancel while a payment is overdue."),
     N_ ("One cannot cancel while a payment is overdue.")},
    {UPKEEP_TERM_PAST_DUE_ACCESS, N_ ("The service goes on meanwhile."),
     N_ ("The service pauses meanwhile.")},
    {UPKEEP_TERM_INVOICE_NUMBER, N_ ("It needs the number of an invoice."),
     N_ ("It does not need the number of an invoice.")},
    {UPKEEP_TERM_REFUND_RULE, N_ ("They are judged by another rule."),
     N_ ("There is no rule that grants them any more.")},
    {UPKEEP_TERM_REFUND_REVIEW, N_ ("Where the rule gives none, support can be asked for one."),
     N_ ("Where the rule gives none, support gives none either.")},
    {UPKEEP_TERM_COMPANY_REVENUE,
     N_ ("A company of more than another revenue must have certain plans."),
     N_ ("A company may have any plan.")},
};

/* What is told by one sentence for each name that a catalogue may give. */
static const struct {
  UpkeepTermKind term;
  const char *name;
  const char *sentence;
} names[] = {
    {UPKEEP_TERM_TOPUP, "none", N_ ("Nothing more can be bought.")},
    {UPKEEP_TERM_TOPUP, "metered", N_ ("What is bought is charged as it is used.")},
    {UPKEEP_TERM_TOPUP, "prepaid", N_ ("What is bought is paid at once.")},
    {UPKEEP_TERM_TOPUP, "packs", N_ ("It is sold in packs, which are paid at once.")},
    {UPKEEP_TERM_PRORATION, "usage_credit",
     N_ ("What is not used of the allotment is taken off the price.")},
    {UPKEEP_TERM_PRORATION, "price_difference",
     N_ ("The difference between the two prices is charged.")},
    {UPKEEP_TERM_PRORATION, "unused_credit_refund",
     N_ ("What is not used of the credits is taken off the price.")},
    {UPKEEP_TERM_PRORATION, "time", N_ ("Both prices count by the time that is left.")},
    {UPKEEP_TERM_ROUNDING, "half_up", N_ ("A credit is rounded to the nearest cent.")},
    {UPKEEP_TERM_ROUNDING, "down", N_ ("A credit is rounded down to the cent.")},
    {UPKEEP_TERM_ANCHOR, "reset", N_ ("The renewal date moves to the day of the upgrade.")},
    {UPKEEP_TERM_ANCHOR, "keep", N_ ("The renewal date stays.")},
    {UPKEEP_TERM_UPGRADE_GRANT, "full", N_ ("The new allotment is given in full.")},
    {UPKEEP_TERM_UPGRADE_GRANT, "difference",
     N_ ("The difference between the two allotments is added.")},
    {UPKEEP_TERM_INTERVAL_RULE, "any", N_ ("Any plan can be chosen.")},
    {UPKEEP_TERM_INTERVAL_RULE, "same_or_higher",
     N_ ("The same plan or a higher one can be chosen.")},
    {UPKEEP_TERM_INTERVAL_RULE, "unsupported", N_ ("This is not possible.")},
};

static char *
format_list (const UpkeepValue *value)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (int i = 0; i < value->n_days; i++) {
    g_autofree char *day = upkeep_format_count (value->days[i]);

    /* Translators: between two numbers of a list. */
    g_string_append_printf (list, "%s%s", i > 0 ? _ (", ") : "", day);
  }

  return g_strdup (list->str);
}

/* One side of a change. */
typedef struct {
  const char *currency;
  const char *unit;
  gboolean practice;
} Side;

static char *
format_lot (const UpkeepValue *value, const Side *side)
{
  g_autofree char *price = upkeep_words_sum (value->other, side->currency, side->practice);
  g_autofree char *quantity = upkeep_format_quantity (value->number, side->unit);

  /* Translators: a price, then what it is for, as in "$4.00 for 1.0 hours". */
  return g_strdup_printf (_ ("%1$s for %2$s"), price, quantity);
}

static char *
format_value (const UpkeepEditionChange *change, const UpkeepValue *value, const Side *side)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  switch (value->kind) {
  case UPKEEP_VALUE_MONEY:
    return upkeep_words_price (value->number, side->currency, change->interval, side->practice);
  case UPKEEP_VALUE_DOLLARS:
    return upkeep_format_money_whole (value->number, "USD");
  case UPKEEP_VALUE_QUANTITY:
    return upkeep_format_quantity (value->number, side->unit);
  case UPKEEP_VALUE_COUNT:
  case UPKEEP_VALUE_DAYS:
    return upkeep_format_count (value->number);
  case UPKEEP_VALUE_TEXT:
    return g_strdup (upkeep_words_text (&value->text));
  case UPKEEP_VALUE_MINUTES:
    low = upkeep_format_count (value->number);
    high = upkeep_format_count (value->other);
    /* Translators: a usual wait, as in "1 to 10 minutes". */
    return g_strdup_printf (_ ("%1$s to %2$s minutes"), low, high);
  case UPKEEP_VALUE_LOT:
    return format_lot (value, side);
  case UPKEEP_VALUE_DAY_LIST:
    return format_list (value);
  case UPKEEP_VALUE_BOUND:
    low = upkeep_format_count (value->number);
    high = upkeep_format_count (value->other);
    /* Translators: how many refunds there are, as in "1 in 365 days". */
    return g_strdup_printf (_ ("%1$s in %2$s days"), low, high);
  case UPKEEP_VALUE_NAME:
    return g_strdup (value->name);
  case UPKEEP_VALUE_NONE:
  case UPKEEP_VALUE_YES:
  case UPKEEP_VALUE_NAMES:
  case UPKEEP_VALUE_CLAUSE:
  case UPKEEP_VALUE_OVERRIDE:
  default:
    return g_strdup ("");
  }
}

/* What a figure is of. */
static const struct {
  UpkeepTermKind term;
  const char *label;
} labels[] = {
    {UPKEEP_TERM_PRICE, N_ ("Price")},
    {UPKEEP_TERM_ALLOWANCE, N_ ("Included")},
    {UPKEEP_TERM_RUNNING, N_ ("Jobs at once")},
    {UPKEEP_TERM_WAITING, N_ ("Jobs that wait")},
    {UPKEEP_TERM_MODE_WEIGHT, N_ ("How many times work counts")},
    {UPKEEP_TERM_MODE_WAIT, N_ ("Usual wait")},
    {UPKEEP_TERM_TOPUP_LOT, N_ ("Price")},
    {UPKEEP_TERM_TOPUP_MOST, N_ ("The most at once")},
    {UPKEEP_TERM_GRANT_EXPIRY, N_ ("Days until it expires")},
    {UPKEEP_TERM_REFUND_BOUND, N_ ("At most")},
    {UPKEEP_TERM_REFUND_DAYS, N_ ("Business days until the money arrives")},
    {UPKEEP_TERM_RETRY_DAYS, N_ ("Days after which it is tried again")},
    {UPKEEP_TERM_END_DAYS, N_ ("Days until the plan ends")},
    {UPKEEP_TERM_COMPANY_REVENUE, N_ ("Revenue a year above which certain plans are needed")},
};

static char *
make_referral_label (const UpkeepEditionChange *change)
{
  g_autofree char *from = upkeep_format_count (change->quantity);

  if (change->term == UPKEEP_TERM_REFERRAL_SIGNUP)
    /* Translators: of people one invites; %s counts them. */
    return g_strdup_printf (_ ("For each sign-up from number %s on"), from);
  if (change->term == UPKEEP_TERM_REFERRAL_PAYMENT)
    /* Translators: of people one invites; %s counts them. */
    return g_strdup_printf (_ ("For each first payment from sign-up number %s on"), from);

  /* Translators: of people one invites; %s counts them. The share is a number. */
  return g_strdup_printf (_ ("Percent of their bonus from sign-up number %s on"), from);
}

static char *
make_label (const UpkeepEditionChange *change, const char *unit)
{
  if (change->term == UPKEEP_TERM_TOPUP_PACK)
    return upkeep_format_quantity (change->quantity, unit);
  if (change->term == UPKEEP_TERM_ROW)
    return g_strdup (get_subject (change));
  if (change->term >= UPKEEP_TERM_REFERRAL_SIGNUP && change->term <= UPKEEP_TERM_REFERRAL_BONUS)
    return make_referral_label (change);
  if (change->term == UPKEEP_TERM_RUNNING && change->subject != NULL)
    /* Translators: how many jobs run. %s is a mode such as "Fast mode". */
    return g_strdup_printf (_ ("Jobs at once in %s"), get_subject (change));

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++) {
    if (change->term == labels[i].term)
      return g_strdup (_ (labels[i].label));
  }
  g_return_val_if_reached (g_strdup (upkeep_term_to_string (change->term)));
}

/* "Price: $599.00 a month, instead of $199.00 a month." */
static char *
format_measured (const UpkeepEditionChange *change, const Side *before, const Side *after)
{
  g_autofree char *label = make_label (change, after->unit);
  g_autofree char *was = format_value (change, &change->before, before);
  g_autofree char *is = format_value (change, &change->after, after);

  if (change->after.kind == UPKEEP_VALUE_NONE)
    /* Translators: a label, then a value, as in "Price: $30.00 a month". */
    return g_strdup_printf (_ ("%1$s: %2$s. This is not so any more."), label, was);
  if (change->before.kind == UPKEEP_VALUE_NONE)
    /* Translators: a label, then a value, as in "Price: $30.00 a month". */
    return g_strdup_printf (_ ("%1$s: %2$s. This is new."), label, is);

  /* Translators: a label, then two values, as in "Price: $30.00 a month, instead of $20.00 a
   * month." */
  return g_strdup_printf (_ ("%1$s: %2$s, instead of %3$s."), label, is, was);
}

/* An hour is long for a refund: what is less is told in minutes. */
static char *
format_limit (gint64 quantity, const char *unit)
{
  g_autofree char *number = NULL;

  if (quantity >= HOUR_S || g_strcmp0 (unit, "gpu_second") != 0)
    return upkeep_format_quantity (quantity, unit);

  number = upkeep_format_minutes_number (quantity);
  /* Translators: %s has one decimal, as in "3.6 minutes". */
  return g_strdup_printf (_ ("%s minutes"), number);
}

static char *
format_clause_measure (const UpkeepValue *value, const char *unit)
{
  g_autofree char *limit = NULL;

  if (value->metric == UPKEEP_METRIC_IMAGES) {
    g_autofree char *count = upkeep_format_count (value->number);

    return g_strdup_printf (
        /* Translators: of refunds. %s is a number. */
        ngettext ("fewer than %s image", "fewer than %s images", (gulong) value->number), count);
  }
  limit =
      value->is_set ? upkeep_format_percent (value->number) : format_limit (value->number, unit);
  return value->is_set
             /* Translators: of refunds. %s is as in "1 %". */
             ? g_strdup_printf (_ ("less than %s of the allotment used"), limit)
             /* Translators: of refunds. %s is as in "0.3 hours". */
             : g_strdup_printf (_ ("less than %s used"), limit);
}

static char *
format_clause (const UpkeepEditionChange *change, const Side *before, const Side *after)
{
  gboolean is_gone = change->after.kind == UPKEEP_VALUE_NONE;
  const UpkeepValue *value = is_gone ? &change->before : &change->after;
  g_autofree char *measure = format_clause_measure (value, is_gone ? before->unit : after->unit);

  switch (value->scope) {
  case UPKEEP_SCOPE_MONTH:
    /* Translators: %s is as in "less than 1 % of the allotment used". */
    return is_gone ? g_strdup_printf (_ ("One is not given any more with %s in the current month."),
                                      measure)
                   /* Translators: %s is as in "less than 1 % of the allotment used". */
                   : g_strdup_printf (_ ("One is given with %s in the current month."), measure);
  case UPKEEP_SCOPE_SUBSCRIPTION:
    /* Translators: %s is as in "fewer than 20 images". */
    return is_gone ? g_strdup_printf (_ ("One is not given any more with %s since the subscription "
                                         "began."),
                                      measure)
                   /* Translators: %s is as in "fewer than 20 images". */
                   : g_strdup_printf (_ ("One is given with %s since the subscription began."),
                                      measure);
  case UPKEEP_SCOPE_SINCE_RENEWAL:
    /* Translators: %s is as in "fewer than 20 images". */
    return is_gone ? g_strdup_printf (_ ("One is not given any more with %s since the renewal."),
                                      measure)
                   /* Translators: %s is as in "fewer than 20 images". */
                   : g_strdup_printf (_ ("One is given with %s since the renewal."), measure);
  case UPKEEP_SCOPE_LIFETIME:
  default:
    /* Translators: %s is as in "fewer than 20 images". */
    return is_gone ? g_strdup_printf (_ ("One is not given any more with %s in all."), measure)
                   /* Translators: %s is as in "fewer than 20 images". */
                   : g_strdup_printf (_ ("One is given with %s in all."), measure);
  }
}

static char *
format_override (const UpkeepEditionChange *change)
{
  gboolean is_gone = change->after.kind == UPKEEP_VALUE_NONE;
  const UpkeepValue *value = is_gone ? &change->before : &change->after;
  g_autofree char *countries = g_strjoinv (", ", value->names);
  g_autofree char *days = upkeep_format_count (value->number);

  if (is_gone)
    /* Translators: codes of countries, such as "DE, FR". */
    return g_strdup_printf (_ ("There is no further right to one any more in: %s."), countries);
  return g_strcmp0 (value->name, "full") == 0
             /* Translators: %1$s is a number, %2$s codes of countries, such as "DE, FR". */
             ? g_strdup_printf (_ ("Within %1$s days the whole price is given back in: %2$s."),
                                days, countries)
             /* Translators: %1$s is a number, %2$s codes of countries, such as "DE, FR". */
             : g_strdup_printf (_ ("Within %1$s days what was not used is given back in: %2$s."),
                                days, countries);
}

static const char *
get_timing_sentence (const UpkeepValue *value)
{
  gboolean now = g_strv_contains ((const char *const *) value->names, "immediate");
  gboolean later = g_strv_contains ((const char *const *) value->names, "period_end");

  if (now && later)
    return _ ("They take effect at once or at the end of the period, as one chooses.");

  return now ? _ ("They take effect at once.") : _ ("They take effect at the end of the period.");
}

static const char *
find_sentence (const UpkeepEditionChange *change)
{
  const UpkeepValue *now = &change->after;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    if (change->term == names[i].term && g_strcmp0 (now->name, names[i].name) == 0)
      return _ (names[i].sentence);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++) {
    gboolean holds = now->kind == UPKEEP_VALUE_YES ? now->is_set : now->kind != UPKEEP_VALUE_NONE;

    /* A sum can be told as such. */
    if (change->term == facts[i].term && (now->kind != UPKEEP_VALUE_DOLLARS))
      return _ (holds ? facts[i].yes : facts[i].no);
  }

  return NULL;
}

static char *
format_plan (const UpkeepEditionChange *change)
{
  if (change->before.kind == UPKEEP_VALUE_NONE)
    return g_strdup (_ ("This plan is new."));

  return g_strdup (change->after.kind == UPKEEP_VALUE_NONE ? _ ("This plan is not there any more.")
                                                           : _ ("This plan is of another kind."));
}

/* What a plan has, or has not any more. */
static char *
format_gift (const UpkeepEditionChange *change)
{
  if (change->after.kind == UPKEEP_VALUE_NONE)
    /* Translators: what a plan had, such as "Stealth mode". */
    return g_strdup_printf (_ ("Not included any more: %s."), get_subject (change));

  /* Translators: what a plan has, such as "Stealth mode". */
  return g_strdup_printf (_ ("Included now: %s."), get_subject (change));
}

/* What is told in a way of its own; NULL for what has a figure. */
static char *
format_other (const UpkeepEditionChange *change)
{
  static const struct {
    UpkeepTermKind term;
    const char *sentence;
  } sentences[] = {
      {UPKEEP_TERM_METER, N_ ("This is something else now.")},
      {UPKEEP_TERM_CURRENCY, N_ ("This is something else now.")},
      {UPKEEP_TERM_GRANT_RANK, N_ ("Its turn to be used comes at another time.")},
      {UPKEEP_TERM_SUSPENDED, N_ ("Other features pause.")},
      {UPKEEP_TERM_COMPANY_PLANS, N_ ("They can choose among other plans.")},
      {UPKEEP_TERM_PAYMENT_METHODS, N_ ("Other ones are accepted.")},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++) {
    if (change->term == sentences[i].term)
      return g_strdup (_ (sentences[i].sentence));
  }
  if (change->term == UPKEEP_TERM_PLAN)
    return format_plan (change);
  if (change->term == UPKEEP_TERM_GRANT_EXPIRY && change->after.kind == UPKEEP_VALUE_NONE)
    return g_strdup (_ ("It does not expire any more."));
  if (change->term == UPKEEP_TERM_PLAN_MODE || change->term == UPKEEP_TERM_PLAN_FEATURE)
    return format_gift (change);
  if (change->term == UPKEEP_TERM_TIER)
    /* Translators: %s is the name of a plan. */
    return g_strdup_printf (_ ("It is a higher plan than %s now."), get_subject (change));
  if (change->term == UPKEEP_TERM_UPGRADE_AT || change->term == UPKEEP_TERM_DOWNGRADE_AT)
    return g_strdup (get_timing_sentence (&change->after));

  return NULL;
}

/* Hours that are charged as they are used, and were not used, end where hours are paid first (RULES
 * 0.8). */
static char *
add_warning (const UpkeepEditionChange *change, char *sentence)
{
  g_autofree char *first = sentence;

  if (change->term != UPKEEP_TERM_TOPUP || g_strcmp0 (change->before.name, "metered") != 0)
    return g_steal_pointer (&first);

  /* Translators: %s is a sentence. */
  return g_strdup_printf (_ ("%s What was permitted under the old terms and not used was not paid, "
                             "and ends when the new ones begin."),
                          first);
}

/**
 * upkeep_edition_words_text:
 * @changes: the list
 * @change: one of it
 * @practice: whether sums are not real
 *
 * Says what is different, as it is in the edition that is compared.
 *
 * Returns: (transfer full): one or two sentences
 */
char *
upkeep_edition_words_text (const UpkeepEditionChanges *changes,
                           const UpkeepEditionChange *change,
                           gboolean practice)
{
  Side before, after;
  const char *sentence;
  char *text;

  g_return_val_if_fail (changes != NULL && change != NULL, NULL);

  before = (Side){changes->from_currency, changes->from_unit, practice};
  after = (Side){changes->currency, changes->unit, practice};
  if (change->term == UPKEEP_TERM_REFUND_CLAUSE)
    return format_clause (change, &before, &after);
  if (change->term == UPKEEP_TERM_OVERRIDE)
    return format_override (change);

  sentence = find_sentence (change);
  if (sentence != NULL)
    return add_warning (change, g_strdup (sentence));
  text = format_other (change);
  return text != NULL ? text : format_measured (change, &before, &after);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-overview-words.h"

#include "upkeep-edition-words.h"
#include "upkeep-forecast.h"
#include "upkeep-format.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *
get_plan_name (const UpkeepOverviewFacts *facts)
{
  return upkeep_words_plan (facts->edition, facts->statement->plan);
}

/* The same inside a sentence. */
static const char *
get_plan_within (const UpkeepOverviewFacts *facts)
{
  return upkeep_words_within (get_plan_name (facts));
}

static gulong
get_plural_count (gint64 count)
{
  return (gulong) CLAMP (count, 0, G_MAXINT32);
}

/* The head */

/**
 * upkeep_overview_title:
 * @facts: what is known
 *
 * Names the plan one has, or else the service.
 *
 * Returns: (transfer none): the name
 */
const char *
upkeep_overview_title (const UpkeepOverviewFacts *facts)
{
  return facts->statement->plan != NULL ? get_plan_name (facts)
                                        : upkeep_words_text (&facts->edition->name);
}

/**
 * upkeep_overview_summary:
 * @facts: what is known
 *
 * Says whose plan it is, how it is paid and since when one has it.
 *
 * Returns: (transfer full): one line; empty without a plan, where the title names the service
 */
char *
upkeep_overview_summary (const UpkeepOverviewFacts *facts)
{
  const UpkeepStatement *statement = facts->statement;
  const char *service = upkeep_words_text (&facts->edition->name);
  gboolean monthly = statement->interval == UPKEEP_INTERVAL_MONTH;
  g_autofree char *since = NULL;

  if (statement->plan == NULL)
    return g_strdup ("");
  if (!upkeep_overview_has_plan (statement) || statement->interval == UPKEEP_INTERVAL_NONE)
    return g_strdup (service);

  if (statement->state == UPKEEP_STATE_PAST_DUE && !facts->edition->policy.past_due.access_kept)
    /* Translators: %s is the name of a service. */
    return monthly ? g_strdup_printf (_ ("%s · billed monthly · paused until paid"), service)
                   /* Translators: %s is the name of a service. */
                   : g_strdup_printf (_ ("%s · billed yearly · paused until paid"), service);
  if (statement->started_at_s == UPKEEP_INSTANT_NONE)
    /* Translators: %s is the name of a service. */
    return monthly ? g_strdup_printf (_ ("%s · billed monthly"), service)
                   /* Translators: %s is the name of a service. */
                   : g_strdup_printf (_ ("%s · billed yearly"), service);

  since = upkeep_format_date (statement->started_at_s, UPKEEP_DATE_LONG);
  /* Translators: the name of a service, then a date. */
  return monthly ? g_strdup_printf (_ ("%1$s · billed monthly · since %2$s"), service, since)
                 /* Translators: the name of a service, then a date. */
                 : g_strdup_printf (_ ("%1$s · billed yearly · since %2$s"), service, since);
}

/* What one has without a paid plan, whether one had one before or not. */
static const char *
get_free_state (const char **ret_icon_name, UpkeepRole *ret_role)
{
  *ret_icon_name = NULL;
  *ret_role = UPKEEP_ROLE_NEUTRAL;
  return C_ ("subscription", "Not subscribed");
}

/**
 * upkeep_overview_state:
 * @facts: what is known
 * @ret_icon_name: (out): its icon
 * @ret_role: (out): what its colour stands for
 *
 * Names the state of the subscription in a word or two.
 *
 * Returns: (transfer none): the words
 */
const char *
upkeep_overview_state (const UpkeepOverviewFacts *facts,
                       const char **ret_icon_name,
                       UpkeepRole *ret_role)
{
  switch (facts->statement->state) {
  case UPKEEP_STATE_TRIAL:
    *ret_icon_name = "upkeep-checked-symbolic";
    *ret_role = UPKEEP_ROLE_ACCENT;
    return C_ ("subscription", "Trial");
  case UPKEEP_STATE_ACTIVE:
    if (facts->statement->scheduled == UPKEEP_SCHEDULED_CANCEL) {
      *ret_icon_name = "upkeep-crossed-symbolic";
      *ret_role = UPKEEP_ROLE_NEUTRAL;
      return C_ ("subscription", "Cancelled");
    }
    *ret_icon_name = "upkeep-checked-symbolic";
    *ret_role = UPKEEP_ROLE_SUCCESS;
    return C_ ("subscription", "Active");
  case UPKEEP_STATE_PAST_DUE:
    *ret_icon_name = "upkeep-warning-symbolic";
    *ret_role = UPKEEP_ROLE_WARNING;
    return C_ ("subscription", "Payment overdue");
  case UPKEEP_STATE_ENDED:
    if (facts->statement->plan != NULL)
      return get_free_state (ret_icon_name, ret_role);
    *ret_icon_name = "upkeep-crossed-symbolic";
    *ret_role = UPKEEP_ROLE_NEUTRAL;
    return C_ ("subscription", "Ended");
  case UPKEEP_STATE_NONE:
  default:
    return get_free_state (ret_icon_name, ret_role);
  }
}

/* The rows */

/* French writes a weekday in lower case, but not where it begins a sentence. */
static char *
capitalize (const char *text)
{
  const char *rest = text[0] != '\0' ? g_utf8_next_char (text) : text;
  g_autofree char *first = g_utf8_strup (text, rest - text);

  return g_strconcat (first, rest, NULL);
}

static char *
format_when (const UpkeepOverviewFacts *facts, gint64 instant_s)
{
  g_autofree char *weekday = upkeep_format_date (instant_s, UPKEEP_DATE_WEEKDAY);
  g_autofree char *capitalized = capitalize (weekday);
  g_autofree char *in_days = upkeep_format_in_days (facts->now_s, instant_s);

  /* Translators: a weekday and a span of time, as in "Monday, in 21 days". */
  return g_strdup_printf (_ ("%1$s, %2$s"), capitalized, in_days);
}

static void
add_renewal (const UpkeepOverviewFacts *facts, UpkeepOverviewLine *lines, guint *n_lines)
{
  const UpkeepStatement *statement = facts->statement;
  g_autofree char *date = NULL;
  g_autofree char *instant = NULL;

  if (statement->renews_at_s == UPKEEP_INSTANT_NONE)
    return;

  date = upkeep_format_date (statement->renews_at_s, UPKEEP_DATE_LONG);
  lines[*n_lines] = (UpkeepOverviewLine){
      .icon_name = "upkeep-calendar-symbolic",
      /* Translators: %s is a date. */
      .title = g_strdup_printf (_ ("Renews on %s"), date),
      .subtitle = format_when (facts, statement->renews_at_s),
  };
  if (statement->next_charge_at_s != UPKEEP_INSTANT_NONE) {
    lines[*n_lines].end = UPKEEP_OVERVIEW_END_SUM;
    lines[*n_lines].sum = upkeep_format_money (statement->next_charge_minor, statement->currency);
  }
  (*n_lines)++;

  instant = upkeep_format_date (statement->renews_at_s, UPKEEP_DATE_LONG_TIME);
  lines[(*n_lines)++] = (UpkeepOverviewLine){
      .icon_name = "upkeep-clock-symbolic",
      /* Translators: %s is a date with its time; "to avoid this charge" stands below. */
      .title = g_strdup_printf (_ ("Cancel before %s"), instant),
      .subtitle = g_strdup (_ ("to avoid this charge")),
  };
}

static void
add_switch (const UpkeepOverviewFacts *facts, UpkeepOverviewLine *lines, guint *n_lines)
{
  const UpkeepStatement *statement = facts->statement;
  const char *plan = upkeep_words_plan (facts->edition, statement->scheduled_plan);
  g_autofree char *billed = upkeep_words_plan_billed (plan, statement->scheduled_interval);
  g_autofree char *date = upkeep_format_date (statement->scheduled_at_s, UPKEEP_DATE_LONG);
  g_autofree char *sum = NULL;

  lines[*n_lines] = (UpkeepOverviewLine){
      .icon_name = "upkeep-calendar-symbolic",
      /* Translators: the name of a plan, then a date. */
      .title = g_strdup_printf (_ ("Changes to %1$s on %2$s"), upkeep_words_within (plan), date),
      .end = UPKEEP_OVERVIEW_END_RESUME,
  };
  if (statement->next_charge_at_s != UPKEEP_INSTANT_NONE) {
    sum = upkeep_words_sum (statement->next_charge_minor, statement->currency, facts->practice);
    /* Translators: as in "Basic, billed monthly. $10.00 is charged then." */
    lines[*n_lines].subtitle = g_strdup_printf (_ ("%1$s. %2$s is charged then."), billed, sum);
  } else {
    lines[*n_lines].subtitle = g_steal_pointer (&billed);
  }
  (*n_lines)++;
}

static void
add_end (const UpkeepOverviewFacts *facts, UpkeepOverviewLine *lines, guint *n_lines)
{
  const UpkeepStatement *statement = facts->statement;
  gint64 end_s = statement->ends_at_s != UPKEEP_INSTANT_NONE ? statement->ends_at_s
                                                             : statement->scheduled_at_s;
  g_autofree char *instant = upkeep_format_date (end_s, UPKEEP_DATE_LONG_TIME);
  g_autofree char *when = format_when (facts, end_s);

  lines[(*n_lines)++] = (UpkeepOverviewLine){
      .icon_name = "upkeep-calendar-symbolic",
      /* Translators: the name of a plan, then a date with its time. */
      .title = g_strdup_printf (_ ("%1$s ends on %2$s"), get_plan_within (facts), instant),
      /* Translators: %s is as in "Monday, in 21 days". */
      .subtitle = g_strdup_printf (_ ("%s. It will not renew and is not charged again."), when),
      .end = UPKEEP_OVERVIEW_END_RESUME,
  };
}

static void
add_past_due (const UpkeepOverviewFacts *facts, UpkeepOverviewLine *lines, guint *n_lines)
{
  const UpkeepStatement *statement = facts->statement;
  g_autofree char *since = upkeep_format_date (statement->past_due_since_s, UPKEEP_DATE_LONG);
  g_autofree char *card = upkeep_words_card (statement->brand, statement->last4);
  g_autofree char *end = NULL;

  lines[(*n_lines)++] = (UpkeepOverviewLine){
      .icon_name = "upkeep-receipt-symbolic",
      .title = g_strdup (_ ("Due now")),
      /* Translators: %s is a date. */
      .subtitle = g_strdup_printf (_ ("Overdue since %s"), since),
      .end = UPKEEP_OVERVIEW_END_SUM,
      .sum = upkeep_format_money (statement->past_due_minor, statement->currency),
  };

  lines[*n_lines] = (UpkeepOverviewLine){
      .icon_name = "upkeep-card-symbolic",
      .subtitle = g_strdup (statement->has_payment_method ? card : _ ("No payment method on file")),
  };
  if (statement->next_retry_at_s != UPKEEP_INSTANT_NONE) {
    g_autofree char *retry = upkeep_format_date (statement->next_retry_at_s, UPKEEP_DATE_LONG_TIME);

    /* Translators: %s is a date with its time. */
    lines[*n_lines].title = g_strdup_printf (_ ("Next try on %s"), retry);
  } else {
    lines[*n_lines].title = g_strdup (_ ("Not tried again automatically"));
  }
  (*n_lines)++;

  end = upkeep_format_date (upkeep_words_unpaid_end_s (facts->statement, facts->edition),
                            UPKEEP_DATE_LONG_TIME);
  lines[(*n_lines)++] = (UpkeepOverviewLine){
      .icon_name = "upkeep-calendar-symbolic",
      /* Translators: the name of a plan, then a date with its time. */
      .title = g_strdup_printf (_ ("Unpaid, %1$s ends on %2$s"), get_plan_within (facts), end),
      .subtitle =
          g_strdup (_ ("Paying keeps your renewal day. A new payment method is charged at once.")),
  };
}

static char *
format_refund_title (const UpkeepOverviewFacts *facts, const UpkeepOption *option)
{
  g_autofree char *sum = NULL;

  if (upkeep_words_refund_is_full (option, facts->statement->price_minor))
    return g_strdup (_ ("Full refund possible now"));
  if (option->refund.amount_minor == 0)
    return g_strdup (_ ("Refund to your balance possible now"));

  sum = upkeep_words_sum (option->refund.amount_minor, facts->cancel_quote->currency,
                          facts->practice);
  /* Translators: %s is a sum. */
  return g_strdup_printf (_ ("Refund of %s possible now"), sum);
}

static char *
format_refund_basis (const UpkeepOverviewFacts *facts, UpkeepRefundBasis basis)
{
  const UpkeepRefundReport *report = facts->cancel_quote->refund_rule;
  const UpkeepClauseReport *clause = NULL;

  switch (basis) {
  case UPKEEP_REFUND_BASIS_CONSUMER_LAW:
    return g_strdup (_ ("By the right of withdrawal of your country"));
  case UPKEEP_REFUND_BASIS_PROMOTION:
    return g_strdup (_ ("By a promotion"));
  case UPKEEP_REFUND_BASIS_RULE:
  default:
    if (report != NULL)
      clause = upkeep_words_nearest_clause (report);
    return clause != NULL ? upkeep_words_clause (facts->edition, facts->statement->plan, clause)
                          : NULL;
  }
}

static char *
format_no_refund (const UpkeepOverviewFacts *facts)
{
  const UpkeepRefundReport *report = facts->cancel_quote->refund_rule;
  const UpkeepClauseReport *clause = report != NULL ? upkeep_words_nearest_clause (report) : NULL;

  if (clause == NULL)
    return g_strdup (_ ("The terms of this plan give none"));
  if (clause->holds && report->at_most_count > 0)
    return upkeep_words_refund_bound (report);
  return upkeep_words_clause (facts->edition, facts->statement->plan, clause);
}

static void
add_refund (const UpkeepOverviewFacts *facts, UpkeepOverviewLine *lines, guint *n_lines)
{
  const UpkeepQuote *quote = facts->cancel_quote;
  const UpkeepOption *option;

  if (quote == NULL || quote->kind != UPKEEP_QUOTE_CANCEL || quote->blocked->len > 0)
    return;

  option = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  lines[*n_lines].icon_name = "edit-undo-symbolic";
  if (option != NULL && option->has_refund) {
    lines[*n_lines].title = format_refund_title (facts, option);
    lines[*n_lines].subtitle = format_refund_basis (facts, option->refund.basis);
  } else {
    lines[*n_lines].title = g_strdup (_ ("No refund now"));
    lines[*n_lines].subtitle = format_no_refund (facts);
  }
  (*n_lines)++;
}

static void
add_refund_on_its_way (const UpkeepOverviewFacts *facts, UpkeepOverviewLine *lines, guint *n_lines)
{
  const UpkeepStatement *statement = facts->statement;

  for (guint i = 0; i < statement->notices->len; i++) {
    const UpkeepStatementNotice *notice =
        &g_array_index (statement->notices, UpkeepStatementNotice, i);
    g_autofree char *day = NULL;

    if (notice->code != UPKEEP_NOTICE_REFUND_ON_ITS_WAY)
      continue;

    day = upkeep_words_day (notice->at_s);
    lines[(*n_lines)++] = (UpkeepOverviewLine){
        .icon_name = "edit-undo-symbolic",
        .title = g_strdup (_ ("Refund on its way")),
        /* Translators: %s is a date. */
        .subtitle = g_strdup_printf (_ ("It arrives by %s"), day),
    };
    return;
  }
}

/* Other terms come with the next renewal (RULES 0.1). */
static void
add_move (const UpkeepOverviewFacts *facts, UpkeepOverviewLine *lines, guint *n_lines)
{
  char *move = upkeep_edition_words_move (facts->statement);

  if (move == NULL)
    return;

  lines[(*n_lines)++] = (UpkeepOverviewLine){
      .icon_name = "upkeep-info-symbolic",
      .title = move,
      .subtitle = g_strdup (_ ("Plans tells what is different then.")),
  };
}

/**
 * upkeep_overview_get_lines:
 * @facts: what is known
 * @ret_lines: (out): the rows; clear each with upkeep_overview_line_clear()
 *
 * Says what happens next: the renewal and how to avoid it, what is scheduled, what is owed, and
 * what leaving now would give back.
 *
 * Returns: how many rows there are
 */
guint
upkeep_overview_get_lines (const UpkeepOverviewFacts *facts,
                           UpkeepOverviewLine ret_lines[UPKEEP_OVERVIEW_LINES_MAX])
{
  guint n_lines = 0;

  memset (ret_lines, 0, UPKEEP_OVERVIEW_LINES_MAX * sizeof *ret_lines);

  if (facts->statement->is_past_due) {
    add_past_due (facts, ret_lines, &n_lines);
  } else if (upkeep_overview_has_plan (facts->statement)) {
    switch (facts->statement->scheduled) {
    case UPKEEP_SCHEDULED_SWITCH:
      add_switch (facts, ret_lines, &n_lines);
      break;
    case UPKEEP_SCHEDULED_CANCEL:
      add_end (facts, ret_lines, &n_lines);
      break;
    case UPKEEP_SCHEDULED_NOTHING:
    default:
      add_renewal (facts, ret_lines, &n_lines);
      break;
    }
    add_refund (facts, ret_lines, &n_lines);
  }
  add_move (facts, ret_lines, &n_lines);
  add_refund_on_its_way (facts, ret_lines, &n_lines);

  return n_lines;
}

/**
 * upkeep_overview_line_clear:
 * @line: a row
 *
 * Frees what is in a row.
 */
void
upkeep_overview_line_clear (UpkeepOverviewLine *line)
{
  g_clear_pointer (&line->title, g_free);
  g_clear_pointer (&line->subtitle, g_free);
  g_clear_pointer (&line->sum, g_free);
}

/* The gauge */

/**
 * upkeep_overview_find_meter:
 * @statement: the account
 *
 * Finds the limit that is nearest its end.
 *
 * Returns: (transfer none) (nullable): the meter; `NULL` where nothing has a limit
 */
const UpkeepStatementMeter *
upkeep_overview_find_meter (const UpkeepStatement *statement)
{
  const UpkeepStatementMeter *nearest = NULL;

  g_return_val_if_fail (statement != NULL, NULL);

  for (guint i = 0; i < statement->meters->len; i++) {
    const UpkeepStatementMeter *meter = g_ptr_array_index (statement->meters, i);

    if (meter->unlimited || meter->allowance <= 0)
      continue;
    if (nearest == NULL || (__int128) meter->remaining * nearest->allowance <
                               (__int128) nearest->remaining * meter->allowance)
      nearest = meter;
  }
  return nearest;
}

/**
 * upkeep_overview_get_refill:
 * @statement: the account
 * @meter: one of its meters
 * @now_s: the service's time
 *
 * Works out the refill month that runs now, of which the document tells the end alone.
 *
 * Returns: the month; one that is empty where nothing is refilled
 */
UpkeepPeriod
upkeep_overview_get_refill (const UpkeepStatement *statement,
                            const UpkeepStatementMeter *meter,
                            gint64 now_s)
{
  gint64 end_s = meter->resets_at_s;
  gint64 start_s;

  if (end_s == UPKEEP_INSTANT_NONE && statement->has_period)
    end_s = statement->period.end_s; /* of a plan that ends instead */
  if (end_s == UPKEEP_INSTANT_NONE)
    return (UpkeepPeriod){now_s, now_s};

  /* From the term's start, as counting back from the end would lose the day: 31 January goes to 28
   * February, and 28 February back to 28 January. */
  if (statement->has_period && statement->period.start_s < end_s)
    start_s =
        upkeep_schedule_boundary (statement->period.start_s,
                                  upkeep_schedule_months_at (statement->period.start_s, end_s - 1));
  else
    start_s = upkeep_schedule_boundary (end_s, -1);
  return (UpkeepPeriod){start_s, end_s};
}

/**
 * upkeep_overview_refill:
 * @facts: what is known
 * @meter: one of the account's meters
 *
 * Says when the limit is full again.
 *
 * Returns: (transfer full) (nullable): one sentence; `NULL` where it is never
 */
char *
upkeep_overview_refill (const UpkeepOverviewFacts *facts, const UpkeepStatementMeter *meter)
{
  gboolean ends = facts->statement->scheduled == UPKEEP_SCHEDULED_CANCEL &&
                  facts->statement->ends_at_s != UPKEEP_INSTANT_NONE &&
                  (meter->resets_at_s == UPKEEP_INSTANT_NONE ||
                   meter->resets_at_s >= facts->statement->ends_at_s);
  gint64 at_s = ends ? facts->statement->ends_at_s : meter->resets_at_s;
  g_autofree char *date = NULL;
  g_autofree char *countdown = NULL;

  if (at_s == UPKEEP_INSTANT_NONE)
    return NULL;
  if (at_s <= facts->now_s)
    return ends ? NULL : g_strdup (_ ("Refill expected, waiting for the service"));

  date = upkeep_format_date (at_s, UPKEEP_DATE_WEEKDAY_LONG_TIME);
  countdown = upkeep_format_countdown (facts->now_s, at_s);
  if (ends)
    /* Translators: as in "Ends with the plan Monday 1 June 2026 at 00:00 (in 21 days)". */
    return g_strdup_printf (_ ("Ends with the plan %1$s (%2$s)"), date, countdown);
  /* Translators: as in "Refills Monday 1 June 2026 at 00:00 (in 21 days 10 hours)". */
  return g_strdup_printf (_ ("Refills %1$s (%2$s)"), date, countdown);
}

/**
 * upkeep_overview_is_paused:
 * @facts: what is known
 *
 * Says whether nothing can be used until what is owed is paid (RULES 0.10).
 *
 * Returns: whether it is so
 */
gboolean
upkeep_overview_is_paused (const UpkeepOverviewFacts *facts)
{
  return facts->statement->is_past_due && !facts->edition->policy.past_due.access_kept;
}

/**
 * upkeep_overview_paused_figures:
 * @meter: one of the account's meters
 *
 * Says in place of a gauge's figures that there is nothing to use.
 *
 * Returns: (transfer none): a few words
 */
const char *
upkeep_overview_paused_figures (const UpkeepStatementMeter *meter)
{
  if (g_str_equal (meter->unit, "gpu_second"))
    return _ ("No hours until paid");
  if (g_str_equal (meter->unit, "credit"))
    return _ ("No credits until paid");
  return _ ("Nothing until paid");
}

/**
 * upkeep_overview_paused_refill:
 * @meter: one of the account's meters
 *
 * Says what comes with the payment.
 *
 * Returns: (transfer full): one sentence
 */
char *
upkeep_overview_paused_refill (const UpkeepStatementMeter *meter)
{
  g_autofree char *quantity = NULL;

  if (meter->remaining > 0)
    return g_strdup (_ ("It goes on as soon as the payment arrives."));

  quantity = upkeep_format_quantity (meter->allowance, meter->unit);
  /* Translators: %s is as in "15.0 hours". */
  return g_strdup_printf (_ ("%s are added as soon as the payment arrives."), quantity);
}

/**
 * upkeep_overview_frozen:
 * @meter: one of the account's meters
 *
 * Says what was bought or earned and cannot be used now.
 *
 * Returns: (transfer full) (nullable): one or two sentences; `NULL` where there is nothing of it
 */
char *
upkeep_overview_frozen (const UpkeepStatementMeter *meter)
{
  gint64 frozen = 0;
  g_autofree char *quantity = NULL;

  for (guint i = 0; i < meter->grants->len; i++) {
    const UpkeepStatementGrant *grant = &g_array_index (meter->grants, UpkeepStatementGrant, i);

    if (!grant->usable && grant->kind != UPKEEP_GRANT_PLAN)
      frozen += grant->remaining;
  }
  if (frozen == 0)
    return NULL;

  quantity = upkeep_format_quantity (frozen, meter->unit);
  return g_strdup_printf (
      /* Translators: %s is as in "2.0 hours". */
      _ ("%s, bought or earned, are frozen, not lost. New jobs are refused meanwhile."), quantity);
}

/* What goes on when the allotment is used up. */
static char *
format_run_out (gint64 at_s, const char *unit, gboolean has_more, const char *mode)
{
  g_autofree char *date = upkeep_format_date (at_s, UPKEEP_DATE_WEEKDAY_DAY);
  gboolean hours = g_str_equal (unit, "gpu_second");

  if (has_more && mode != NULL)
    /* Translators: %1$s is "Wednesday 20 May", %2$s "Relax mode". */
    return g_strdup_printf (hours ? _ ("At this pace it runs out about %1$s. After that, earned "
                                       "and bought hours are used, then %2$s.")
                                  /* Translators: %1$s is "Wednesday 20 May", %2$s "Relax mode". */
                                  : _ ("At this pace it runs out about %1$s. After that, what was "
                                       "earned and bought is used, then %2$s."),
                            date, mode);
  if (has_more)
    /* Translators: %s is "Wednesday 20 May". */
    return g_strdup_printf (hours ? _ ("At this pace it runs out about %s. After that, earned and "
                                       "bought hours are used.")
                                  /* Translators: %s is "Wednesday 20 May". */
                                  : _ ("At this pace it runs out about %s. After that, what was "
                                       "earned and bought is used."),
                            date);
  if (mode != NULL)
    return g_strdup_printf (
        /* Translators: %1$s is "Wednesday 20 May", %2$s "Relax mode". */
        _ ("At this pace it runs out about %1$s. After that, jobs run in %2$s."), date, mode);
  /* Translators: %s is "Wednesday 20 May". */
  return g_strdup_printf (_ ("At this pace it runs out about %s."), date);
}

static char *
format_used_up (const UpkeepStatementMeter *meter, const char *mode)
{
  g_autofree char *left = NULL;

  if (meter->spendable > 0) {
    left = upkeep_format_quantity_left (meter->spendable, meter->unit);
    /* Translators: %s is "2.0 hours left". */
    return g_strdup_printf (_ ("What was earned and bought is used now: %s."), left);
  }
  if (mode != NULL)
    /* Translators: %s is "Relax mode". */
    return g_strdup_printf (_ ("Jobs run in %s until the refill."), mode);
  return g_strdup (_ ("Nothing more can be used until the refill."));
}

/**
 * upkeep_overview_forecast:
 * @facts: what is known
 * @meter: one of the account's meters
 *
 * Says whether the limit lasts, and what comes after it.
 *
 * Returns: (transfer full) (nullable): one or two sentences; `NULL` where too little is known
 */
char *
upkeep_overview_forecast (const UpkeepOverviewFacts *facts, const UpkeepStatementMeter *meter)
{
  UpkeepPeriod refill = upkeep_overview_get_refill (facts->statement, meter, facts->now_s);
  const char *fallback = facts->edition->policy.mode_fallback >= 0
                             ? upkeep_words_unmetered_mode (facts->edition, facts->statement->plan)
                             : NULL;
  const char *mode = fallback != NULL ? upkeep_words_within (fallback) : NULL;
  UpkeepForecast forecast;

  if (facts->statement->is_past_due)
    return NULL;

  forecast =
      upkeep_forecast_make (refill, facts->now_s, meter->used, meter->remaining, meter->allowance);
  switch (forecast.kind) {
  case UPKEEP_FORECAST_RUNS_OUT:
    return format_run_out (forecast.runs_out_at_s, meter->unit, meter->spendable > meter->remaining,
                           mode);
  case UPKEEP_FORECAST_LASTS:
    return facts->statement->scheduled == UPKEEP_SCHEDULED_CANCEL
               ? g_strdup (_ ("At this pace it lasts until the end."))
               : g_strdup (_ ("At this pace it lasts until the refill."));
  case UPKEEP_FORECAST_USED_UP:
    return format_used_up (meter, mode);
  case UPKEEP_FORECAST_UNKNOWN:
  default:
    return NULL;
  }
}

/* The figures */

/* Where modes count apart, each that has a limit is named. */
static char *
format_queue (const UpkeepOverviewFacts *facts)
{
  const UpkeepStatement *statement = facts->statement;
  const char *modes[UPKEEP_MODES_MAX] = {NULL};
  int limits[UPKEEP_MODES_MAX] = {statement->running_total_limit};
  guint n = 0;

  G_STATIC_ASSERT (UPKEEP_MODES_MAX == 4);

  for (guint i = 0; statement->running_total_limit <= 0 && statement->queue_modes != NULL &&
                    statement->queue_modes[i] != NULL && i < UPKEEP_MODES_MAX;
       i++) {
    if (statement->running_limit[i] <= 0)
      continue;
    modes[n] = upkeep_words_within (upkeep_words_mode (facts->edition, statement->queue_modes[i]));
    limits[n++] = statement->running_limit[i];
  }
  if (limits[0] <= 0)
    return NULL;

  if (n == 4)
    return g_strdup_printf (
        /* Translators: as in "0 queued; up to 12 in Fast mode and 3 in Relax mode at once, 10
         * waiting", with four modes. */
        _ ("%1$d queued; up to %2$d in %3$s, %4$d in %5$s, %6$d in %7$s and %8$d in %9$s at once, "
           "%10$d waiting"),
        statement->waiting, limits[0], modes[0], limits[1], modes[1], limits[2], modes[2],
        limits[3], modes[3], statement->waiting_limit);
  if (n == 3)
    return g_strdup_printf (
        /* Translators: as in "0 queued; up to 12 in Fast mode and 3 in Relax mode at once, 10
         * waiting", with three modes. */
        _ ("%1$d queued; up to %2$d in %3$s, %4$d in %5$s and %6$d in %7$s at once, %8$d waiting"),
        statement->waiting, limits[0], modes[0], limits[1], modes[1], limits[2], modes[2],
        statement->waiting_limit);
  if (n == 2)
    return g_strdup_printf (
        /* Translators: as in "0 queued; up to 12 in Fast mode and 3 in Relax mode at once, 10
         * waiting". */
        _ ("%1$d queued; up to %2$d in %3$s and %4$d in %5$s at once, %6$d waiting"),
        statement->waiting, limits[0], modes[0], limits[1], modes[1], statement->waiting_limit);

  /* Translators: of jobs, as in "0 queued; up to 3 at once, 10 waiting". */
  return g_strdup_printf (_ ("%1$d queued; up to %2$d at once, %3$d waiting"), statement->waiting,
                          limits[0], statement->waiting_limit);
}

static void
add_jobs (const UpkeepOverviewFacts *facts, UpkeepOverviewFigure *figures, guint *n_figures)
{
  const UpkeepStatement *statement = facts->statement;
  char *queue = format_queue (facts);
  int n_running = 0;

  if (queue == NULL)
    return;

  for (gsize i = 0; i < UPKEEP_MODES_MAX; i++)
    n_running += statement->running[i];
  figures[(*n_figures)++] = (UpkeepOverviewFigure){
      .title = g_strdup (_ ("Jobs")),
      .value = g_strdup_printf (
          /* Translators: of jobs. */
          ngettext ("%d running", "%d running", get_plural_count (n_running)), n_running),
      .detail = queue,
  };
}

static void
add_mode (const UpkeepOverviewFacts *facts, UpkeepOverviewFigure *figures, guint *n_figures)
{
  const UpkeepStatement *statement = facts->statement;
  UpkeepOverviewFigure *figure = &figures[*n_figures];

  if (statement->mode == NULL)
    return;

  *figure = (UpkeepOverviewFigure){
      .title = g_strdup (_ ("Mode")),
      .value = g_strdup (upkeep_words_mode (facts->edition, statement->mode)),
  };
  for (guint i = 0; i < statement->meters->len; i++) {
    const UpkeepStatementMeter *meter = g_ptr_array_index (statement->meters, i);
    g_autofree char *used = NULL;

    if (!meter->unlimited || meter->mode == NULL)
      continue;
    used = upkeep_format_quantity_used (meter->used, meter->unit);
    /* Translators: as in "Relax mode: unlimited, 0.2 hours used". */
    figure->detail = g_strdup_printf (_ ("%1$s: unlimited, %2$s"),
                                      upkeep_words_mode (facts->edition, meter->mode), used);
    break;
  }
  (*n_figures)++;
}

static void
add_lifetime (const UpkeepOverviewFacts *facts, UpkeepOverviewFigure *figures, guint *n_figures)
{
  const UpkeepStatement *statement = facts->statement;
  const char *unit = facts->edition->meter.unit;
  g_autofree char *units = upkeep_format_quantity (statement->lifetime_units, unit);
  g_autofree char *images = upkeep_format_count (statement->lifetime_images);

  if (statement->lifetime_images == 0 && !g_str_equal (unit, "gpu_second"))
    figures[(*n_figures)++] = (UpkeepOverviewFigure){
        .title = g_strdup (_ ("Lifetime usage")),
        .value = g_steal_pointer (&units),
    };
  else
    figures[(*n_figures)++] = (UpkeepOverviewFigure){
        .title = g_strdup (_ ("Lifetime usage")),
        .value = g_strdup_printf (
            /* Translators: %s is a whole number. */
            ngettext ("%s image", "%s images", get_plural_count (statement->lifetime_images)),
            images),
        .detail = g_steal_pointer (&units),
    };
}

/**
 * upkeep_overview_get_figures:
 * @facts: what is known
 * @ret_figures: (out): the figures; clear each with upkeep_overview_figure_clear()
 *
 * Tells about jobs, the mode and all use so far, each where the service has it.
 *
 * Returns: how many there are
 */
guint
upkeep_overview_get_figures (const UpkeepOverviewFacts *facts,
                             UpkeepOverviewFigure ret_figures[UPKEEP_OVERVIEW_FIGURES_MAX])
{
  guint n_figures = 0;

  memset (ret_figures, 0, UPKEEP_OVERVIEW_FIGURES_MAX * sizeof *ret_figures);
  add_jobs (facts, ret_figures, &n_figures);
  add_mode (facts, ret_figures, &n_figures);
  add_lifetime (facts, ret_figures, &n_figures);
  return n_figures;
}

/**
 * upkeep_overview_figure_clear:
 * @figure: a figure
 *
 * Frees what is in a figure.
 */
void
upkeep_overview_figure_clear (UpkeepOverviewFigure *figure)
{
  g_clear_pointer (&figure->title, g_free);
  g_clear_pointer (&figure->value, g_free);
  g_clear_pointer (&figure->detail, g_free);
}

/* Managing */

/**
 * upkeep_overview_has_plan:
 * @statement: the account
 *
 * Says whether there is a plan to change or cancel.
 *
 * Returns: whether there is; a free plan is none
 */
gboolean
upkeep_overview_has_plan (const UpkeepStatement *statement)
{
  g_return_val_if_fail (statement != NULL, FALSE);

  switch (statement->state) {
  case UPKEEP_STATE_ACTIVE:
  case UPKEEP_STATE_PAST_DUE:
    return statement->plan != NULL;
  case UPKEEP_STATE_NONE:
  case UPKEEP_STATE_TRIAL:
  case UPKEEP_STATE_ENDED:
  default:
    return FALSE;
  }
}

/**
 * upkeep_overview_may_change:
 * @statement: the account
 *
 * Says whether a change of plan can be asked for now (RULES 0.29).
 *
 * Returns: whether it can
 */
gboolean
upkeep_overview_may_change (const UpkeepStatement *statement)
{
  g_return_val_if_fail (statement != NULL, FALSE);

  return !statement->is_past_due;
}

/**
 * upkeep_overview_change:
 * @facts: what is known
 *
 * Says beside `Change Plan…` what the plan is, or why it cannot be changed now.
 *
 * Returns: (transfer full): a few words
 */
char *
upkeep_overview_change (const UpkeepOverviewFacts *facts)
{
  if (!upkeep_overview_may_change (facts->statement))
    return g_strdup (_ ("Pay what is due first"));
  return upkeep_words_plan_billed (get_plan_name (facts), facts->statement->interval);
}

/**
 * upkeep_overview_cancellation:
 * @facts: what is known
 *
 * Says beside `Cancel Plan…` what it takes to leave.
 *
 * Returns: (transfer full): one or two sentences
 */
char *
upkeep_overview_cancellation (const UpkeepOverviewFacts *facts)
{
  const UpkeepStatement *statement = facts->statement;
  g_autofree char *sum = NULL;
  g_autofree char *date = NULL;

  if (statement->is_past_due && !facts->edition->policy.past_due.cancel_allowed) {
    sum = upkeep_words_sum (statement->past_due_minor, statement->currency, facts->practice);
    date = upkeep_format_date (upkeep_words_unpaid_end_s (facts->statement, facts->edition),
                               UPKEEP_DATE_LONG);
    /* Translators: a sum, the name of a plan, a date. */
    return g_strdup_printf (_ ("Possible once %1$s is paid. Unpaid, %2$s ends by itself on %3$s."),
                            sum, get_plan_within (facts), date);
  }
  if (statement->scheduled == UPKEEP_SCHEDULED_CANCEL)
    return g_strdup (_ ("Already cancelled. You can undo that until it takes effect."));
  if (g_str_equal (facts->edition->meter.unit, "gpu_second"))
    return g_strdup (_ ("One dialog, any time. Your images stay."));
  return g_strdup (_ ("One dialog, any time. Your history stays."));
}

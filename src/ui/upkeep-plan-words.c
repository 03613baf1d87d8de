/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-plan-words.h"

#include "upkeep-format.h"
#include "upkeep-saving.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define HOUR_S G_GINT64_CONSTANT (3600)

static gulong
get_plural_count (gint64 count)
{
  return (gulong) CLAMP (count, 0, G_MAXINT32);
}

/* The head */

/**
 * upkeep_plan_words_has_interval:
 * @edition: a catalogue
 * @interval: a term
 *
 * Says whether anything on offer is sold for a term.
 *
 * Returns: whether it is
 */
gboolean
upkeep_plan_words_has_interval (const UpkeepEdition *edition, UpkeepInterval interval)
{
  g_return_val_if_fail (edition != NULL, FALSE);

  for (guint i = 0; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    if (plan->offered && upkeep_plan_sells (plan, interval))
      return TRUE;
  }
  return FALSE;
}

/**
 * upkeep_plan_words_yearly:
 * @edition: a catalogue
 *
 * Labels the button that shows the prices of a year, with what that saves (RULES A-08).
 *
 * Returns: (transfer full): such as `Yearly, 20 % less`
 */
char *
upkeep_plan_words_yearly (const UpkeepEdition *edition)
{
  UpkeepSaving saving;
  g_autofree char *percent = NULL;

  g_return_val_if_fail (edition != NULL, NULL);

  saving = upkeep_saving_of_edition (edition);
  if (saving.percent == 0)
    return g_strdup (C_ ("prices", "Yearly"));

  percent = upkeep_format_percent (saving.percent);
  return saving.varies
             /* Translators: the prices of a year are shown. %s is "20 %". */
             ? g_strdup_printf (_ ("Yearly, up to %s less"), percent)
             /* Translators: the prices of a year are shown. %s is "20 %". */
             : g_strdup_printf (_ ("Yearly, %s less"), percent);
}

/* Plans */

static gboolean
has_paid_plan (const UpkeepStatement *statement)
{
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

static const UpkeepPlan *
find_own (const UpkeepPlanFacts *facts)
{
  return facts->statement->plan != NULL
             ? upkeep_edition_find_plan (facts->edition, facts->statement->plan)
             : NULL;
}

/**
 * upkeep_plan_words_is_own:
 * @facts: what is known
 * @plan: a plan of the catalogue
 *
 * Says whether a plan is the one that the account has, for whatever term.
 *
 * Returns: whether it is
 */
gboolean
upkeep_plan_words_is_own (const UpkeepPlanFacts *facts, const UpkeepPlan *plan)
{
  return g_strcmp0 (facts->statement->plan, plan->id) == 0;
}

/**
 * upkeep_plan_words_own:
 * @facts: what is known
 *
 * Marks the plan one has, and its term where that is not the one that is shown.
 *
 * Returns: (transfer none): a few words
 */
const char *
upkeep_plan_words_own (const UpkeepPlanFacts *facts)
{
  UpkeepInterval interval = facts->statement->interval;

  if (interval != UPKEEP_INTERVAL_NONE && interval != facts->interval)
    return interval == UPKEEP_INTERVAL_YEAR ? _ ("Your plan, paid yearly")
                                            : _ ("Your plan, paid monthly");
  return _ ("Your plan");
}

static void
set_year_share (const UpkeepPlanFacts *facts, const UpkeepPlan *plan, UpkeepPlanSum *sum)
{
  gint64 year_minor = plan->price_minor[UPKEEP_INTERVAL_YEAR];
  gint64 saved_minor = upkeep_saving_get_minor (plan);
  g_autofree char *share =
      upkeep_format_money (upkeep_saving_month_share_minor (year_minor), facts->edition->currency);
  g_autofree char *saved = NULL;

  sum->share = g_strdup_printf (_ ("%s a month"), share);
  if (saved_minor == 0) {
    sum->detail = g_strdup (sum->share);
    return;
  }

  saved = upkeep_format_money (saved_minor, facts->edition->currency);
  /* Translators: what a year's price comes to in a month, then what it saves. */
  sum->detail = g_strdup_printf (_ ("%1$s a month, %2$s less than 12 months"), share, saved);
}

/**
 * upkeep_plan_words_make_sum:
 * @facts: what is known
 * @plan: a plan of the catalogue
 * @ret_sum: (out): its price; clear it with upkeep_plan_sum_clear()
 *
 * Says what is charged for a plan. The sum that is charged is one figure, and what it comes to in a
 * month another: the former is shown larger.
 */
void
upkeep_plan_words_make_sum (const UpkeepPlanFacts *facts,
                            const UpkeepPlan *plan,
                            UpkeepPlanSum *ret_sum)
{
  UpkeepPlanSum sum = {.is_sold = TRUE};

  if (plan->kind != UPKEEP_PLAN_PAID) {
    sum.amount = upkeep_format_money (0, facts->edition->currency);
    /* Translators: stands below a price: once and never again, or for as long as one likes. */
    sum.term = g_strdup (plan->allowance_once ? C_ ("price", "once") : C_ ("price", "always"));
  } else if (!upkeep_plan_sells (plan, facts->interval)) {
    sum.is_sold = FALSE;
    sum.share = g_strdup (facts->interval == UPKEEP_INTERVAL_YEAR ? _ ("Not sold by the year")
                                                                  : _ ("Not sold by the month"));
    sum.detail = g_strdup (sum.share);
  } else {
    sum.amount = upkeep_format_money (plan->price_minor[facts->interval], facts->edition->currency);
    if (facts->interval == UPKEEP_INTERVAL_YEAR) {
      sum.term = g_strdup (C_ ("price", "a year"));
      set_year_share (facts, plan, &sum);
    } else {
      sum.term = g_strdup (C_ ("price", "a month"));
    }
  }
  *ret_sum = sum;
}

/**
 * upkeep_plan_sum_clear:
 * @sum: a price
 *
 * Frees what is in a price.
 */
void
upkeep_plan_sum_clear (UpkeepPlanSum *sum)
{
  g_clear_pointer (&sum->amount, g_free);
  g_clear_pointer (&sum->term, g_free);
  g_clear_pointer (&sum->share, g_free);
  g_clear_pointer (&sum->detail, g_free);
}

static gint64
get_period_end_s (const UpkeepStatement *statement)
{
  return statement->has_period ? statement->period.end_s : statement->renews_at_s;
}

/* When a change may take effect, by the edition's rules. */
static char *
format_timing (const UpkeepPlanFacts *facts, UpkeepDirection direction)
{
  const UpkeepPolicy *policy = &facts->edition->policy;
  const gboolean *at =
      direction == UPKEEP_DIRECTION_UPGRADE ? policy->upgrade_at : policy->downgrade_at;
  gint64 end_s = get_period_end_s (facts->statement);
  g_autofree char *date = NULL;

  if (!at[UPKEEP_TIMING_PERIOD_END] || end_s == UPKEEP_INSTANT_NONE)
    return at[UPKEEP_TIMING_IMMEDIATE] ? g_strdup (C_ ("timing", "now")) : NULL;

  date = upkeep_format_date (end_s, UPKEEP_DATE_LONG);
  return at[UPKEEP_TIMING_IMMEDIATE]
             /* Translators: when a change of plan takes effect. %s is a date. */
             ? g_strdup_printf (_ ("now or on %s"), date)
             /* Translators: when a change of plan takes effect. %s is a date. */
             : g_strdup_printf (C_ ("timing", "on %s"), date);
}

static char *
format_scheduled (const UpkeepStatement *statement)
{
  g_autofree char *date = upkeep_format_date (statement->scheduled_at_s, UPKEEP_DATE_LONG);

  /* Translators: a change of plan. %s is a date. */
  return g_strdup_printf (_ ("scheduled for %s"), date);
}

static gboolean
is_scheduled (const UpkeepPlanFacts *facts, const UpkeepPlan *plan)
{
  const UpkeepStatement *statement = facts->statement;

  return statement->scheduled == UPKEEP_SCHEDULED_SWITCH &&
         g_strcmp0 (statement->scheduled_plan, plan->id) == 0 &&
         statement->scheduled_interval == facts->interval;
}

/* Why the edition does not change the term of the plan one has into the one that is shown (RULES
 * D-18..D-21); NULL where it does. */
static const char *
explain_interval (const UpkeepPlanFacts *facts, const UpkeepPlan *from, const UpkeepPlan *to)
{
  UpkeepInterval from_interval = facts->statement->interval;

  switch (facts->edition->policy.interval_rules[from_interval][facts->interval]) {
  case UPKEEP_INTERVAL_RULE_UNSUPPORTED:
    return from_interval == UPKEEP_INTERVAL_YEAR ? _ ("Not possible from yearly billing")
                                                 : _ ("Not possible from monthly billing");
  case UPKEEP_INTERVAL_RULE_SAME_OR_HIGHER:
    return to->tier < from->tier ? _ ("To yearly billing, only the same plan or a higher one")
                                 : NULL;
  case UPKEEP_INTERVAL_RULE_ANY:
  default:
    return NULL;
  }
}

/* Whether a plan is the next one up from what one has: the one suggestion of the page. Without a
 * plan it is the first one that is sold, so that nobody is talked into more than is needed. */
static gboolean
is_suggested (const UpkeepPlanFacts *facts, const UpkeepPlan *plan)
{
  const UpkeepPlan *own = find_own (facts);
  int above = own != NULL ? own->tier : -1;

  if (plan->tier <= above || plan->kind == UPKEEP_PLAN_TRIAL)
    return FALSE;

  for (guint i = 0; i < facts->edition->plans->len; i++) {
    const UpkeepPlan *other = g_ptr_array_index (facts->edition->plans, i);

    if (other->tier > above && other->tier < plan->tier && other->offered &&
        other->kind == UPKEEP_PLAN_PAID && upkeep_plan_sells (other, facts->interval))
      return FALSE;
  }
  return TRUE;
}

static void
make_switch (const UpkeepPlanFacts *facts, const UpkeepPlan *plan, UpkeepPlanOffer *offer)
{
  const UpkeepPlan *from = find_own (facts);
  const char *name = upkeep_words_within (upkeep_words_text (&plan->name));
  UpkeepDirection direction;
  const char *reason;

  if (from == NULL)
    return;

  direction = upkeep_direction_judge (from, facts->statement->interval, plan, facts->interval);
  offer->act = plan->kind == UPKEEP_PLAN_FREE ? UPKEEP_PLAN_ACT_CANCEL : UPKEEP_PLAN_ACT_CHOOSE;
  offer->label = direction == UPKEEP_DIRECTION_UPGRADE
                     /* Translators: %s is the name of a plan. */
                     ? g_strdup_printf (_ ("Upgrade to %s…"), name)
                     /* Translators: %s is the name of a plan. */
                     : g_strdup_printf (_ ("Downgrade to %s…"), name);
  if (offer->act == UPKEEP_PLAN_ACT_CANCEL) {
    /* How one leaves is told where one leaves, and that is never closed. */
    offer->enabled = TRUE;
    return;
  }

  reason = explain_interval (facts, from, plan);
  if (facts->statement->is_past_due)
    offer->note = g_strdup (_ ("Pay what is due first"));
  else if (is_scheduled (facts, plan))
    offer->note = format_scheduled (facts->statement);
  else if (reason != NULL)
    offer->note = g_strdup (reason);
  else if (!facts->online)
    offer->note = g_strdup (_ ("Needs a connection"));
  else
    offer->enabled = TRUE;
  if (offer->enabled)
    offer->note = format_timing (facts, direction);
}

static void
make_subscribe (const UpkeepPlanFacts *facts, const UpkeepPlan *plan, UpkeepPlanOffer *offer)
{
  /* A trial is there once, before the first paid plan (RULES 0.13). */
  if (plan->kind == UPKEEP_PLAN_FREE ||
      (plan->kind == UPKEEP_PLAN_TRIAL && facts->statement->state != UPKEEP_STATE_NONE))
    return;

  offer->act = UPKEEP_PLAN_ACT_CHOOSE;
  /* Translators: %s is the name of a plan. */
  offer->label = g_strdup_printf (_ ("Subscribe to %s…"),
                                  upkeep_words_within (upkeep_words_text (&plan->name)));
  if (facts->statement->is_past_due)
    offer->note = g_strdup (_ ("Pay what is due first"));
  else if (!facts->online)
    offer->note = g_strdup (_ ("Needs a connection"));
  else
    offer->enabled = TRUE;
}

/**
 * upkeep_plan_words_make_offer:
 * @facts: what is known
 * @plan: a plan of the catalogue
 * @ret_offer: (out): what can be done with it; clear it with upkeep_plan_offer_clear()
 *
 * Labels the button of a plan and says when it takes effect or why it cannot be used.
 *
 * Up and down are told by tier and then by term, never by comparing prices (RULES 0.19).
 */
void
upkeep_plan_words_make_offer (const UpkeepPlanFacts *facts,
                              const UpkeepPlan *plan,
                              UpkeepPlanOffer *ret_offer)
{
  UpkeepPlanOffer offer = {.act = UPKEEP_PLAN_ACT_NONE};
  gboolean is_own = upkeep_plan_words_is_own (facts, plan);
  gboolean paid = has_paid_plan (facts->statement);

  if (is_own && (!paid || facts->statement->interval == facts->interval)) {
    offer.act = UPKEEP_PLAN_ACT_KEEP;
    offer.label = g_strdup (_ ("Current Plan"));
  } else if (plan->offered &&
             (plan->kind != UPKEEP_PLAN_PAID || upkeep_plan_sells (plan, facts->interval))) {
    if (paid && plan->kind != UPKEEP_PLAN_TRIAL)
      make_switch (facts, plan, &offer);
    else if (!paid)
      make_subscribe (facts, plan, &offer);
  }
  offer.suggested =
      offer.act == UPKEEP_PLAN_ACT_CHOOSE && offer.enabled && is_suggested (facts, plan);
  *ret_offer = offer;
}

/**
 * upkeep_plan_offer_clear:
 * @offer: what can be done with a plan
 *
 * Frees what is in it.
 */
void
upkeep_plan_offer_clear (UpkeepPlanOffer *offer)
{
  g_clear_pointer (&offer->label, g_free);
  g_clear_pointer (&offer->note, g_free);
}

/* Cells */

static void
set_cell (UpkeepPlanCell *cell, char *text, char *detail, char *line)
{
  cell->kind = UPKEEP_PLAN_CELL_TEXT;
  cell->text = text;
  cell->detail = detail;
  cell->line = line != NULL ? line : g_strdup (text);
}

static void
make_price_cell (const UpkeepPlanFacts *facts,
                 const UpkeepPlanRow *row,
                 const UpkeepPlan *plan,
                 UpkeepPlanCell *cell)
{
  const char *currency = facts->edition->currency;
  gint64 price_minor = plan->price_minor[row->interval];
  g_autofree char *share = NULL;
  char *price;

  if (!upkeep_plan_sells (plan, row->interval))
    return;

  price = upkeep_format_money (price_minor, currency);
  if (row->interval == UPKEEP_INTERVAL_MONTH) {
    set_cell (cell, price, NULL, NULL);
    return;
  }

  share = upkeep_format_money (upkeep_saving_month_share_minor (price_minor), currency);
  set_cell (cell, price, g_strdup_printf (_ ("%s a month"), share),
            /* Translators: the price of a year, then what it comes to in a month. */
            g_strdup_printf (_ ("%1$s, %2$s a month"), price, share));
}

static void
make_allowance_cell (const UpkeepPlanFacts *facts, const UpkeepPlan *plan, UpkeepPlanCell *cell)
{
  char *quantity;

  if (plan->allowance == 0)
    return;

  quantity = upkeep_format_quantity (plan->allowance, facts->edition->meter.unit);
  if (plan->allowance_once)
    set_cell (cell, quantity, g_strdup (C_ ("allotment", "once, for life")),
              /* Translators: a quantity, as in "0.4 hours once, for life". */
              g_strdup_printf (_ ("%s once, for life"), quantity));
  else
    set_cell (cell, quantity, g_strdup (C_ ("allotment", "a month")),
              /* Translators: a quantity or a price, as in "15.0 hours a month". */
              g_strdup_printf (_ ("%s a month"), quantity));
}

static const UpkeepMode *
find_mode (const UpkeepEdition *edition, const char *mode_id)
{
  int mode = mode_id != NULL ? upkeep_edition_find_mode (edition, mode_id) : -1;

  return mode >= 0 ? upkeep_edition_get_mode (edition, mode) : NULL;
}

static void
make_mode_cell (const UpkeepPlanFacts *facts,
                const UpkeepPlanRow *row,
                const UpkeepPlan *plan,
                UpkeepPlanCell *cell)
{
  const UpkeepMode *mode = find_mode (facts->edition, row->subject);

  if (mode == NULL || !upkeep_plan_has_mode (plan, mode))
    return;

  if (mode->metered)
    cell->kind = UPKEEP_PLAN_CELL_YES;
  else
    set_cell (cell, g_strdup (C_ ("allotment", "Unlimited")), NULL,
              /* Translators: of an allotment, as in "Relax GPU time: unlimited". */
              g_strdup (C_ ("allotment", "unlimited")));
}

static void
make_topup_cell (const UpkeepPlanFacts *facts, const UpkeepPlan *plan, UpkeepPlanCell *cell)
{
  const UpkeepTopupPolicy *topup = &facts->edition->policy.topup;
  const char *unit = facts->edition->meter.unit;
  gint64 quantity = topup->lot;
  gint64 price_minor = topup->lot_price_minor;
  g_autofree char *price = NULL;
  g_autofree char *lot = NULL;

  if (plan->kind != UPKEEP_PLAN_PAID || topup->kind == UPKEEP_TOPUP_NONE)
    return;
  if (topup->kind == UPKEEP_TOPUP_PACKS) {
    const UpkeepPack *pack = topup->packs->len > 0 ? g_ptr_array_index (topup->packs, 0) : NULL;

    if (pack == NULL)
      return;
    quantity = pack->quantity;
    price_minor = pack->price_minor;
  }

  price = upkeep_format_money (price_minor, facts->edition->currency);
  if (quantity == HOUR_S && g_str_equal (unit, "gpu_second")) {
    /* Translators: a price, as in "$4.00 an hour". */
    set_cell (cell, g_strdup_printf (_ ("%s an hour"), price), NULL, NULL);
    return;
  }

  lot = upkeep_format_quantity (quantity, unit);
  /* Translators: a price and what one gets for it, as in "$19.00 for 800 credits". */
  set_cell (cell, g_strdup_printf (_ ("%1$s for %2$s"), price, lot), NULL, NULL);
}

/* Where modes count apart, each that has a limit is named. */
static char *
format_modes (const UpkeepPlanFacts *facts, const UpkeepPlan *plan)
{
  const char *names[UPKEEP_MODES_MAX] = {NULL};
  int limits[UPKEEP_MODES_MAX] = {0};
  guint n = 0;

  G_STATIC_ASSERT (UPKEEP_MODES_MAX == 4);

  for (guint i = 0; i < facts->edition->meter.modes->len; i++) {
    const char *name = upkeep_words_text (&upkeep_edition_get_mode (facts->edition, (int) i)->name);

    if (plan->queue.running[i] <= 0)
      continue;
    names[n] = n == 0 ? name : upkeep_words_within (name);
    limits[n++] = plan->queue.running[i];
  }

  switch (n) {
  case 4:
    /* Translators: how many jobs run at once, as in "Fast mode 12, Relax mode 3", of four modes. */
    return g_strdup_printf (_ ("%1$s %2$d, %3$s %4$d, %5$s %6$d, %7$s %8$d"), names[0], limits[0],
                            names[1], limits[1], names[2], limits[2], names[3], limits[3]);
  case 3:
    /* Translators: how many jobs run at once, as in "Fast mode 12, Relax mode 3", of three modes.
     */
    return g_strdup_printf (_ ("%1$s %2$d, %3$s %4$d, %5$s %6$d"), names[0], limits[0], names[1],
                            limits[1], names[2], limits[2]);
  case 2:
    /* Translators: how many jobs run at once, as in "Fast mode 12, Relax mode 3". */
    return g_strdup_printf (_ ("%1$s %2$d, %3$s %4$d"), names[0], limits[0], names[1], limits[1]);
  case 1:
    /* Translators: as in "Fast mode 12". */
    return g_strdup_printf (_ ("%1$s %2$d"), names[0], limits[0]);
  default:
    return NULL;
  }
}

static void
make_queue_cell (const UpkeepPlanFacts *facts, const UpkeepPlan *plan, UpkeepPlanCell *cell)
{
  const UpkeepQueue *queue = &plan->queue;
  g_autofree char *modes = NULL;

  if (queue->running_total > 0) {
    set_cell (
        cell,
        g_strdup_printf (
            /* Translators: of jobs. */
            ngettext ("%d at once", "%d at once", get_plural_count (queue->running_total)),
            queue->running_total),
        /* Translators: of jobs. */
        g_strdup_printf (ngettext ("%d waiting", "%d waiting", get_plural_count (queue->waiting)),
                         queue->waiting),
        /* Translators: of jobs. */
        g_strdup_printf (_ ("%1$d at once, %2$d waiting"), queue->running_total, queue->waiting));
    return;
  }

  modes = format_modes (facts, plan);
  if (modes == NULL)
    return;

  set_cell (cell, g_strdup (modes),
            /* Translators: of jobs; "Fast mode 12, Relax mode 3" stands before it. */
            g_strdup_printf (_ ("at once, %d waiting"), queue->waiting),
            /* Translators: of jobs, as in "Fast mode 12, Relax mode 3 at once, 10 waiting". */
            g_strdup_printf (_ ("%1$s at once, %2$d waiting"), modes, queue->waiting));
}

static guint
get_index (const UpkeepEdition *edition, const UpkeepPlan *plan)
{
  guint position = 0;

  if (!g_ptr_array_find (edition->plans, plan, &position))
    g_return_val_if_reached (0);

  return position;
}

/**
 * upkeep_plan_words_make_cell:
 * @facts: what is known
 * @row: a row of the comparison
 * @plan: a plan of the catalogue
 * @ret_cell: (out): what stands there; clear it with upkeep_plan_cell_clear()
 *
 * Says what a plan has to show in a row.
 */
void
upkeep_plan_words_make_cell (const UpkeepPlanFacts *facts,
                             const UpkeepPlanRow *row,
                             const UpkeepPlan *plan,
                             UpkeepPlanCell *ret_cell)
{
  UpkeepPlanCell cell = {.kind = UPKEEP_PLAN_CELL_NO};
  const UpkeepText *text;

  switch (row->kind) {
  case UPKEEP_ROW_PRICE:
    make_price_cell (facts, row, plan, &cell);
    break;
  case UPKEEP_ROW_ALLOWANCE:
    make_allowance_cell (facts, plan, &cell);
    break;
  case UPKEEP_ROW_MODE:
    make_mode_cell (facts, row, plan, &cell);
    break;
  case UPKEEP_ROW_TOPUP_PRICE:
    make_topup_cell (facts, plan, &cell);
    break;
  case UPKEEP_ROW_FEATURE:
    if (upkeep_plan_has_feature (plan, row->subject))
      cell.kind = UPKEEP_PLAN_CELL_YES;
    break;
  case UPKEEP_ROW_QUEUE:
    make_queue_cell (facts, plan, &cell);
    break;
  case UPKEEP_ROW_TEXT:
    text = g_ptr_array_index (row->cells, get_index (facts->edition, plan));
    if (text != NULL)
      set_cell (&cell, g_strdup (upkeep_words_text (text)), NULL, NULL);
    break;
  default:
    g_assert_not_reached ();
  }
  *ret_cell = cell;
}

/**
 * upkeep_plan_cell_clear:
 * @cell: a cell
 *
 * Frees what is in a cell.
 */
void
upkeep_plan_cell_clear (UpkeepPlanCell *cell)
{
  g_clear_pointer (&cell->text, g_free);
  g_clear_pointer (&cell->detail, g_free);
  g_clear_pointer (&cell->line, g_free);
}

/**
 * upkeep_plan_cell_equal:
 * @a: a cell
 * @b: a cell
 *
 * Says whether two cells show the same.
 *
 * Returns: whether they do
 */
gboolean
upkeep_plan_cell_equal (const UpkeepPlanCell *a, const UpkeepPlanCell *b)
{
  return a->kind == b->kind && g_strcmp0 (a->line, b->line) == 0;
}

/**
 * upkeep_plan_words_cell_name:
 * @facts: what is known
 * @row: a row of the comparison
 * @plan: a plan of the catalogue
 *
 * Says a cell so that it is understood without the table around it.
 *
 * Returns: (transfer full): such as `Stealth mode, Pro: yes`
 */
char *
upkeep_plan_words_cell_name (const UpkeepPlanFacts *facts,
                             const UpkeepPlanRow *row,
                             const UpkeepPlan *plan)
{
  const char *row_name = upkeep_words_text (&row->name);
  const char *plan_name = upkeep_words_text (&plan->name);
  g_auto (UpkeepPlanCell) cell = {.kind = UPKEEP_PLAN_CELL_NO};

  upkeep_plan_words_make_cell (facts, row, plan, &cell);
  switch (cell.kind) {
  case UPKEEP_PLAN_CELL_YES:
    /* Translators: what a plan may have, then the plan's name. */
    return g_strdup_printf (_ ("%1$s, %2$s: yes"), row_name, plan_name);
  case UPKEEP_PLAN_CELL_TEXT:
    /* Translators: a row, a plan and what stands there, as in "Queue, Pro: 3 at once". */
    return g_strdup_printf (_ ("%1$s, %2$s: %3$s"), row_name, plan_name, cell.line);
  case UPKEEP_PLAN_CELL_NO:
  default:
    /* Translators: what a plan may have, then the plan's name. */
    return g_strdup_printf (_ ("%1$s, %2$s: no"), row_name, plan_name);
  }
}

/* Rows */

/**
 * upkeep_plan_words_shows:
 * @facts: what is known
 * @row: a row of the comparison
 *
 * Says whether a row has anything to tell beside the prices at the head, which are those of the
 * shown term.
 *
 * Returns: whether it is shown
 */
gboolean
upkeep_plan_words_shows (const UpkeepPlanFacts *facts, const UpkeepPlanRow *row)
{
  return row->kind != UPKEEP_ROW_PRICE || row->interval != facts->interval;
}

/**
 * upkeep_plan_words_differs:
 * @facts: what is known
 * @row: a row of the comparison
 *
 * Says whether a row tells plans apart: whether it is not equal in all plans on offer.
 *
 * Returns: whether it does
 */
gboolean
upkeep_plan_words_differs (const UpkeepPlanFacts *facts, const UpkeepPlanRow *row)
{
  const UpkeepPlan *first = NULL;
  g_auto (UpkeepPlanCell) first_cell = {.kind = UPKEEP_PLAN_CELL_NO};

  for (guint i = 0; i < facts->edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (facts->edition->plans, i);
    g_auto (UpkeepPlanCell) cell = {.kind = UPKEEP_PLAN_CELL_NO};

    if (!plan->offered)
      continue;
    if (first == NULL) {
      first = plan;
      upkeep_plan_words_make_cell (facts, row, plan, &first_cell);
      continue;
    }
    upkeep_plan_words_make_cell (facts, row, plan, &cell);
    if (!upkeep_plan_cell_equal (&first_cell, &cell))
      return TRUE;
  }
  return FALSE;
}

/**
 * upkeep_plan_words_row_name:
 * @facts: what is known
 * @row: a row of the comparison
 *
 * Names a row; where it holds sums that are not real, it says so once.
 *
 * Returns: (transfer full): such as `Price for a year, practice`
 */
char *
upkeep_plan_words_row_name (const UpkeepPlanFacts *facts, const UpkeepPlanRow *row)
{
  const char *name = upkeep_words_text (&row->name);

  if (facts->practice && (row->kind == UPKEEP_ROW_PRICE || row->kind == UPKEEP_ROW_TOPUP_PRICE))
    /* Translators: a row of prices that are not real, as in "Price for a year, practice". */
    return g_strdup_printf (_ ("%s, practice"), name);
  return g_strdup (name);
}

static gint64
count_running (const UpkeepQueue *queue)
{
  gint64 total = queue->running_total;

  for (gsize i = 0; i < UPKEEP_MODES_MAX; i++)
    total += queue->running[i];
  return total;
}

/* How much a plan has in a row, for comparing two of them; 0 where more is not better. */
static gint64
get_quantity (const UpkeepPlanRow *row, const UpkeepEdition *edition, const UpkeepPlan *plan)
{
  const UpkeepMode *mode;

  switch (row->kind) {
  case UPKEEP_ROW_ALLOWANCE:
    return plan->allowance;
  case UPKEEP_ROW_MODE:
    mode = find_mode (edition, row->subject);
    return mode != NULL && upkeep_plan_has_mode (plan, mode);
  case UPKEEP_ROW_FEATURE:
    return upkeep_plan_has_feature (plan, row->subject);
  case UPKEEP_ROW_QUEUE:
    return count_running (&plan->queue);
  case UPKEEP_ROW_PRICE:
  case UPKEEP_ROW_TOPUP_PRICE:
  case UPKEEP_ROW_TEXT:
  default:
    return 0;
  }
}

/**
 * upkeep_plan_words_compare:
 * @row: a row of the comparison
 * @edition: the catalogue
 * @plan: a plan of it
 * @with: another plan of it
 *
 * Says which of two plans has more in a row.
 *
 * Returns: more than 0 where @plan has, less than 0 where @with has, 0 where neither has
 */
int
upkeep_plan_words_compare (const UpkeepPlanRow *row,
                           const UpkeepEdition *edition,
                           const UpkeepPlan *plan,
                           const UpkeepPlan *with)
{
  gint64 quantity = get_quantity (row, edition, plan);
  gint64 other = get_quantity (row, edition, with);

  return (quantity > other) - (quantity < other);
}

static char *
format_allowance_line (const UpkeepPlanFacts *facts,
                       const UpkeepPlanRow *row,
                       const UpkeepPlan *plan,
                       const UpkeepPlanCell *cell)
{
  const char *name = upkeep_words_text (&row->name);
  const UpkeepPlan *own = find_own (facts);
  g_autofree char *difference = NULL;

  if (own == NULL || own == plan || own->allowance == plan->allowance)
    /* Translators: a row and what stands there, as in "Queue: 3 at once, 10 waiting". */
    return g_strdup_printf (_ ("%1$s: %2$s"), name, cell->line);

  difference =
      upkeep_format_quantity (ABS (plan->allowance - own->allowance), facts->edition->meter.unit);
  return plan->allowance > own->allowance
             /* Translators: as in "Fast GPU time: 30.0 hours a month, 15.0 hours more". */
             ? g_strdup_printf (_ ("%1$s: %2$s, %3$s more"), name, cell->line, difference)
             /* Translators: as in "Fast GPU time: 3.3 hours a month, 11.7 hours less". */
             : g_strdup_printf (_ ("%1$s: %2$s, %3$s less"), name, cell->line, difference);
}

/**
 * upkeep_plan_words_card_line:
 * @facts: what is known
 * @row: a row of the comparison
 * @plan: a plan of the catalogue
 *
 * Says what a plan has in a row, for a list in which the rows have no head; where it is a quantity,
 * also how it differs from the plan one has.
 *
 * Returns: (transfer full): such as `Fast GPU time: 30.0 hours a month, 15.0 hours more`
 */
char *
upkeep_plan_words_card_line (const UpkeepPlanFacts *facts,
                             const UpkeepPlanRow *row,
                             const UpkeepPlan *plan)
{
  const char *name = upkeep_words_text (&row->name);
  g_auto (UpkeepPlanCell) cell = {.kind = UPKEEP_PLAN_CELL_NO};
  g_autofree char *row_name = NULL;

  upkeep_plan_words_make_cell (facts, row, plan, &cell);
  switch (cell.kind) {
  case UPKEEP_PLAN_CELL_YES:
    return g_strdup (name);
  case UPKEEP_PLAN_CELL_TEXT:
    if (row->kind == UPKEEP_ROW_ALLOWANCE)
      return format_allowance_line (facts, row, plan, &cell);
    row_name = upkeep_plan_words_row_name (facts, row);
    return g_strdup_printf (_ ("%1$s: %2$s"), row_name, cell.line);
  case UPKEEP_PLAN_CELL_NO:
  default:
    /* Translators: what a plan does not have, as in "Stealth mode: not included". */
    return g_strdup_printf (_ ("%s: not included"), name);
  }
}

/* Footnotes */

/**
 * upkeep_plan_words_footnote_markup:
 * @footnote: a footnote of the catalogue
 *
 * Writes a footnote with its link. The address is the catalogue's, which only has https ones.
 *
 * Returns: (transfer full): Pango markup
 */
char *
upkeep_plan_words_footnote_markup (const UpkeepFootnote *footnote)
{
  const char *text;
  g_autofree char *text_markup = NULL;
  g_autofree char *link_markup = NULL;
  g_autofree char *link_text_markup = NULL;

  g_return_val_if_fail (footnote != NULL, NULL);

  text = upkeep_words_text (&footnote->text);
  text_markup = g_markup_escape_text (text, -1);
  if (footnote->link == NULL)
    return g_steal_pointer (&text_markup);

  link_markup = g_markup_escape_text (footnote->link, -1);
  link_text_markup = g_markup_escape_text (upkeep_words_text (&footnote->link_text), -1);
  /* Translators: a text that ends in a colon, then a link; with no space where the colon is wide.
   */
  return g_strdup_printf (_ ("%1$s <a href=\"%2$s\">%3$s</a>"), text_markup, link_markup,
                          link_text_markup);
}

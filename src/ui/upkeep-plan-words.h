/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-direction.h"
#include "upkeep-statement.h"

G_BEGIN_DECLS

/* What the page of plans says, as functions of plain values. */

/**
 * UpkeepPlanFacts:
 * @statement: the account
 * @edition: the catalogue
 * @interval: the term whose prices are shown
 * @practice: whether sums are not real money
 * @online: whether the service could be reached last time
 *
 * What the page of plans is made from.
 */
typedef struct {
  const UpkeepStatement *statement;
  const UpkeepEdition *edition;
  UpkeepInterval interval;
  gboolean practice;
  gboolean online;
} UpkeepPlanFacts;

typedef enum {
  UPKEEP_PLAN_CELL_NO,
  UPKEEP_PLAN_CELL_YES,
  UPKEEP_PLAN_CELL_TEXT,
} UpkeepPlanCellKind;

/**
 * UpkeepPlanCell:
 * @kind: a dash, a check or words
 * @text: (owned) (nullable): the words
 * @detail: (owned) (nullable): more of them, on a line of their own
 * @line: (owned) (nullable): both, as one phrase
 *
 * One cell of the comparison.
 */
typedef struct {
  UpkeepPlanCellKind kind;
  char *text;
  char *detail;
  char *line;
} UpkeepPlanCell;

/**
 * UpkeepPlanSum:
 * @is_sold: whether the plan is sold for the term that is shown
 * @amount: (owned) (nullable): what a term costs
 * @term: (owned) (nullable): the term, as in `a month`
 * @share: (owned) (nullable): what that comes to in a month; or why there is no sum
 * @detail: (owned) (nullable): the same with what it saves
 *
 * What is charged for a plan.
 */
typedef struct {
  gboolean is_sold;
  char *amount;
  char *term;
  char *share;
  char *detail;
} UpkeepPlanSum;

typedef enum {
  UPKEEP_PLAN_ACT_NONE,   /* nothing can be done with it here: no button */
  UPKEEP_PLAN_ACT_KEEP,   /* it is what one has */
  UPKEEP_PLAN_ACT_CHOOSE, /* subscribe or switch */
  UPKEEP_PLAN_ACT_CANCEL, /* leaving the paid plan is what leads to it */
} UpkeepPlanAct;

/**
 * UpkeepPlanOffer:
 * @act: what its button does
 * @label: (owned) (nullable): of the button
 * @enabled: whether it can be done now
 * @suggested: whether it is the one button of the page that stands out
 * @note: (owned) (nullable): when it would take effect, or why it cannot be done
 *
 * What can be done with a plan.
 */
typedef struct {
  UpkeepPlanAct act;
  char *label;
  gboolean enabled;
  gboolean suggested;
  char *note;
} UpkeepPlanOffer;

/* The head */
gboolean upkeep_plan_words_has_interval (const UpkeepEdition *edition, UpkeepInterval interval);
char *upkeep_plan_words_yearly (const UpkeepEdition *edition);

/* Plans */
gboolean upkeep_plan_words_is_own (const UpkeepPlanFacts *facts, const UpkeepPlan *plan);
const char *upkeep_plan_words_own (const UpkeepPlanFacts *facts);
void upkeep_plan_words_make_sum (const UpkeepPlanFacts *facts,
                                 const UpkeepPlan *plan,
                                 UpkeepPlanSum *ret_sum);
void upkeep_plan_sum_clear (UpkeepPlanSum *sum);
void upkeep_plan_words_make_offer (const UpkeepPlanFacts *facts,
                                   const UpkeepPlan *plan,
                                   UpkeepPlanOffer *ret_offer);
void upkeep_plan_offer_clear (UpkeepPlanOffer *offer);

/* Rows */
gboolean upkeep_plan_words_shows (const UpkeepPlanFacts *facts, const UpkeepPlanRow *row);
gboolean upkeep_plan_words_differs (const UpkeepPlanFacts *facts, const UpkeepPlanRow *row);
char *upkeep_plan_words_row_name (const UpkeepPlanFacts *facts, const UpkeepPlanRow *row);

/* Cells */
void upkeep_plan_words_make_cell (const UpkeepPlanFacts *facts,
                                  const UpkeepPlanRow *row,
                                  const UpkeepPlan *plan,
                                  UpkeepPlanCell *ret_cell);
void upkeep_plan_cell_clear (UpkeepPlanCell *cell);
gboolean upkeep_plan_cell_equal (const UpkeepPlanCell *a, const UpkeepPlanCell *b);
char *upkeep_plan_words_cell_name (const UpkeepPlanFacts *facts,
                                   const UpkeepPlanRow *row,
                                   const UpkeepPlan *plan);
char *upkeep_plan_words_card_line (const UpkeepPlanFacts *facts,
                                   const UpkeepPlanRow *row,
                                   const UpkeepPlan *plan);
int upkeep_plan_words_compare (const UpkeepPlanRow *row,
                               const UpkeepEdition *edition,
                               const UpkeepPlan *plan,
                               const UpkeepPlan *with);

/* Footnotes */
char *upkeep_plan_words_footnote_markup (const UpkeepFootnote *footnote);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UpkeepPlanCell, upkeep_plan_cell_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UpkeepPlanSum, upkeep_plan_sum_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UpkeepPlanOffer, upkeep_plan_offer_clear)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-gauge.h"
#include "upkeep-role.h"
#include "upkeep-words.h"

G_BEGIN_DECLS

/**
 * UpkeepOverviewFacts:
 * @statement: the account
 * @edition: the catalogue its plan is from
 * @cancel_quote: (nullable): what leaving now would give; `NULL` where it could not be had
 * @now_s: the service's time now, which is not this computer's
 * @practice: whether sums are not real money
 *
 * What the page of an account is made from.
 */
typedef struct {
  const UpkeepStatement *statement;
  const UpkeepEdition *edition;
  const UpkeepQuote *cancel_quote;
  gint64 now_s;
  gboolean practice;
} UpkeepOverviewFacts;

typedef enum {
  UPKEEP_OVERVIEW_END_NOTHING,
  UPKEEP_OVERVIEW_END_SUM,
  UPKEEP_OVERVIEW_END_RESUME,
} UpkeepOverviewEnd;

/**
 * UpkeepOverviewLine:
 * @icon_name: its icon, a static string
 * @title: (owned): what it tells
 * @subtitle: (owned) (nullable): more of it
 * @end: what stands at its end
 * @sum: (owned) (nullable): of `UPKEEP_OVERVIEW_END_SUM`
 *
 * One row of the list under the plan's name.
 */
typedef struct {
  const char *icon_name;
  char *title;
  char *subtitle;
  UpkeepOverviewEnd end;
  char *sum;
} UpkeepOverviewLine;

#define UPKEEP_OVERVIEW_LINES_MAX 5

/**
 * UpkeepOverviewFigure:
 * @title: (owned): what it is
 * @value: (owned): the figure
 * @detail: (owned) (nullable): more of it
 *
 * One of the figures side by side.
 */
typedef struct {
  char *title;
  char *value;
  char *detail;
} UpkeepOverviewFigure;

#define UPKEEP_OVERVIEW_FIGURES_MAX 3

/* The head */
const char *upkeep_overview_title (const UpkeepOverviewFacts *facts);
char *upkeep_overview_summary (const UpkeepOverviewFacts *facts);
const char *upkeep_overview_state (const UpkeepOverviewFacts *facts,
                                   const char **ret_icon_name,
                                   UpkeepRole *ret_role);

/* The rows */
guint upkeep_overview_get_lines (const UpkeepOverviewFacts *facts,
                                 UpkeepOverviewLine ret_lines[UPKEEP_OVERVIEW_LINES_MAX]);
void upkeep_overview_line_clear (UpkeepOverviewLine *line);

/* The gauge */
const UpkeepStatementMeter *upkeep_overview_find_meter (const UpkeepStatement *statement);
UpkeepPeriod upkeep_overview_get_refill (const UpkeepStatement *statement,
                                         const UpkeepStatementMeter *meter,
                                         gint64 now_s);
char *upkeep_overview_refill (const UpkeepOverviewFacts *facts, const UpkeepStatementMeter *meter);
char *upkeep_overview_forecast (const UpkeepOverviewFacts *facts,
                                const UpkeepStatementMeter *meter);
gboolean upkeep_overview_is_paused (const UpkeepOverviewFacts *facts);
const char *upkeep_overview_paused_figures (const UpkeepStatementMeter *meter);
char *upkeep_overview_paused_refill (const UpkeepStatementMeter *meter);
char *upkeep_overview_frozen (const UpkeepStatementMeter *meter);

/* The figures */
guint upkeep_overview_get_figures (const UpkeepOverviewFacts *facts,
                                   UpkeepOverviewFigure ret_figures[UPKEEP_OVERVIEW_FIGURES_MAX]);
void upkeep_overview_figure_clear (UpkeepOverviewFigure *figure);

/* Managing */
gboolean upkeep_overview_has_plan (const UpkeepStatement *statement);
gboolean upkeep_overview_may_change (const UpkeepStatement *statement);
char *upkeep_overview_change (const UpkeepOverviewFacts *facts);
char *upkeep_overview_cancellation (const UpkeepOverviewFacts *facts);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-exchange.h"
#include "upkeep-format.h"
#include "upkeep-json.h"
#include "upkeep-plan-words.h"
#include "upkeep-reader.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* How many services one list may have. */
#define SERVICES_MAX 64

/* The service to show when none is named: the account's, else the first one there is. */
static UpkeepctlStatus
find_service (Upkeepctl *ctl, char **ret_service, char **ret_edition_id)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepReader reader, services, first;
  const char *service = NULL;
  UpkeepctlStatus status;

  if (upkeepctl_has_token (ctl)) {
    g_autoptr (UpkeepStatement) statement = NULL;

    status = upkeepctl_get_statement (ctl, &statement, &body);
    if (status == UPKEEPCTL_DONE) {
      *ret_service = g_strdup (statement->service);
      if (*ret_edition_id == NULL)
        *ret_edition_id = g_strdup (statement->edition);
    }
    return status;
  }

  status = upkeepctl_get (ctl, "/v1/services", NULL, &body);
  if (status != UPKEEPCTL_DONE)
    return status;
  node = upkeep_json_parse (body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, &error);
  if (node == NULL)
    return upkeepctl_misread (error);
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, &error);
  upkeep_reader_array (&reader, "services", 1, SERVICES_MAX, &services);
  upkeep_reader_object (&services, NULL, &first);
  upkeep_reader_id (&first, "id", UPKEEP_ID_MAX_BYTES, &service);
  if (upkeep_reader_has_failed (&reader))
    return upkeepctl_misread (error);
  *ret_service = g_strdup (service);
  return UPKEEPCTL_DONE;
}

static char *
format_cell (const UpkeepPlanFacts *facts,
             const UpkeepPlanRow *row,
             const UpkeepPlan *plan,
             gboolean csv)
{
  g_auto (UpkeepPlanCell) cell = {0};

  upkeep_plan_words_make_cell (facts, row, plan, &cell);
  switch (cell.kind) {
  case UPKEEP_PLAN_CELL_YES:
    return g_strdup (csv ? "yes" : "✓");
  case UPKEEP_PLAN_CELL_TEXT:
    if (cell.line != NULL)
      return g_strdup (cell.line);
    return cell.detail != NULL ? g_strdup_printf ("%s, %s", cell.text, cell.detail)
                               : g_strdup (cell.text);
  case UPKEEP_PLAN_CELL_NO:
  default:
    return g_strdup (csv ? "no" : "–");
  }
}

/* What an allotment is roughly enough for (RULES 4.4), under the comparison. */
static void
add_estimates (GPtrArray *rows, const UpkeepEdition *edition, gboolean csv)
{
  for (guint i = 0; i < edition->meter.estimates->len; i++) {
    const UpkeepEstimate *estimate = g_ptr_array_index (edition->meter.estimates, i);
    char **cells = g_new0 (char *, edition->plans->len + 2);

    /* Translators: at the head of a row with numbers: how many of something a plan’s allotment is
     * roughly enough for, such as “Images (about)”. */
    cells[0] = g_strdup_printf (_ ("%s (about)"), upkeep_words_text (&estimate->name));
    for (guint j = 0; j < edition->plans->len; j++) {
      const UpkeepPlan *plan = g_ptr_array_index (edition->plans, j);
      gint64 count = upkeep_estimate_get_count (estimate, plan->allowance);

      cells[j + 1] =
          csv ? g_strdup_printf ("%" G_GINT64_FORMAT, count) : upkeep_format_count (count);
    }
    g_ptr_array_add (rows, cells);
  }
}

static void
print_comparison (const UpkeepEdition *edition, gboolean csv)
{
  const UpkeepPlanFacts facts = {.edition = edition, .interval = UPKEEP_INTERVAL_NONE};
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  gsize n_plans = edition->plans->len;
  char **head = g_new0 (char *, n_plans + 2);

  head[0] = g_strdup (upkeep_words_text (&edition->name));
  for (guint j = 0; j < n_plans; j++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, j);

    head[j + 1] = g_strdup (upkeep_words_text (&plan->name));
  }
  g_ptr_array_add (rows, head);
  for (guint i = 0; i < edition->rows->len; i++) {
    const UpkeepPlanRow *row = g_ptr_array_index (edition->rows, i);
    char **cells = g_new0 (char *, n_plans + 2);

    cells[0] = upkeep_plan_words_row_name (&facts, row);
    for (guint j = 0; j < n_plans; j++)
      cells[j + 1] = format_cell (&facts, row, g_ptr_array_index (edition->plans, j), csv);
    g_ptr_array_add (rows, cells);
  }
  add_estimates (rows, edition, csv);
  upkeepctl_print_table (rows, csv);
}

static void
print_footnotes (const UpkeepEdition *edition)
{
  for (guint i = 0; i < edition->footnotes->len; i++) {
    const UpkeepFootnote *footnote = g_ptr_array_index (edition->footnotes, i);

    printf ("\n%s", upkeep_words_text (&footnote->text));
    if (footnote->link != NULL)
      printf (" %s", footnote->link);
    putchar ('\n');
  }
}

/**
 * upkeepctl_plans:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Prints the comparison of a service's plans.
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_plans (Upkeepctl *ctl, int argc, char **argv)
{
  g_autofree char *service = NULL;
  g_autofree char *edition_id = NULL;
  gboolean csv = FALSE;
  const GOptionEntry entries[] = {
      {"service", 0, 0, G_OPTION_ARG_STRING, &service, N_ ("Whose plans"), "SERVICE"},
      {"edition", 0, 0, G_OPTION_ARG_STRING, &edition_id, N_ ("Which dated edition of them"),
       "EDITION"},
      {"csv", 0, 0, G_OPTION_ARG_NONE, &csv, N_ ("Print comma-separated values"), NULL},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl plans",
      .summary = N_ ("Compares the plans of a service."),
      .description = N_ ("Without --service it is the account’s; without a token, the first there "
                         "is. Without --edition it is the one that new accounts get."),
  };
  g_autoptr (UpkeepEdition) edition = NULL;
  g_autoptr (GBytes) body = NULL;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv))
    return UPKEEPCTL_USAGE;
  if (csv && ctl->json) {
    upkeepctl_complain ("%s", _ ("--csv and --json do not go together."));
    return UPKEEPCTL_USAGE;
  }
  if (service == NULL) {
    status = find_service (ctl, &service, &edition_id);
    if (status != UPKEEPCTL_DONE)
      return status;
  }
  status = upkeepctl_get_edition (ctl, service, edition_id, &edition, &body);
  if (status != UPKEEPCTL_DONE)
    return status;

  if (ctl->json) {
    upkeepctl_print_bytes (body);
    return UPKEEPCTL_DONE;
  }
  print_comparison (edition, csv);
  if (!csv)
    print_footnotes (edition);
  return UPKEEPCTL_DONE;
}

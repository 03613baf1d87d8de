/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-wire-edition.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define MONTHS_IN_YEAR 12

/* A year that costs more than its months is a slip of the pen more often than a wish. */
static void
warn (const char *path, const UpkeepEdition *edition)
{
  for (guint i = 0; i < edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (edition->plans, i);

    if (upkeep_plan_sells (plan, UPKEEP_INTERVAL_MONTH) &&
        upkeep_plan_sells (plan, UPKEEP_INTERVAL_YEAR) &&
        plan->price_minor[UPKEEP_INTERVAL_YEAR] >
            MONTHS_IN_YEAR * plan->price_minor[UPKEEP_INTERVAL_MONTH])
      /* Translators: the name of a file, then of a plan. */
      upkeepctl_complain (_ ("%1$s: warning: a year of “%2$s” costs more than twelve months."),
                          path, plan->id);
  }
}

static gboolean
check (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (UpkeepEdition) edition = NULL;

  if (file == NULL) {
    upkeepctl_complain ("%s", error->message);
    return FALSE;
  }
  bytes = g_mapped_file_get_bytes (file);
  edition = upkeep_wire_parse_edition (bytes, &error);
  if (edition == NULL) {
    upkeepctl_complain ("%s: %s", path, error->message);
    return FALSE;
  }
  warn (path, edition);
  return TRUE;
}

static UpkeepctlStatus
run_check (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlUsage usage = {
      .name = "upkeepctl catalogue check",
      .arguments = N_ ("FILE…"),
      .min = 1,
      .max = G_MAXINT,
      .summary = N_ ("Checks catalogue files as the service would load them."),
      .description = N_ ("The first mistake of each file is told by its member. Nothing is printed "
                         "when all is well."),
  };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean well = TRUE;

  if (!upkeepctl_parse (ctl, &usage, NULL, &argc, &argv))
    return UPKEEPCTL_USAGE;

  json_builder_begin_object (builder);
  for (int i = 1; i < argc; i++) {
    gboolean one = check (argv[i]);

    json_builder_set_member_name (builder, argv[i]);
    json_builder_add_boolean_value (builder, one);
    well = well && one;
  }
  json_builder_end_object (builder);
  if (ctl->json) {
    g_autoptr (JsonNode) node = json_builder_get_root (builder);
    g_autofree char *text = json_to_string (node, FALSE);

    puts (text);
  }
  return well ? UPKEEPCTL_DONE : UPKEEPCTL_REFUSED;
}

/**
 * upkeepctl_catalogue:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Judges catalogue files. It asks no service.
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_catalogue (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlVerb verbs[] = {
      {"check", run_check, N_ ("Check catalogue files")},
  };

  return upkeepctl_run_verb (ctl, "upkeepctl catalogue", verbs, G_N_ELEMENTS (verbs), argc, argv);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-instant.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* A hundred years of months. */
#define COUNT_MAX 1200

static void
print_json (gint64 start_s, gint64 months, gint64 count)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "renewals");
  json_builder_begin_array (builder);
  for (gint64 i = 1; i <= count; i++) {
    char instant[UPKEEP_INSTANT_TEXT_SIZE];

    upkeep_instant_print (upkeep_schedule_boundary (start_s, i * months), instant);
    json_builder_add_string_value (builder, instant);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  text = json_to_string (node, FALSE);
  puts (text);
}

/**
 * upkeepctl_schedule:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Prints when a term that begins at an instant is renewed (RULES 0.6). It asks no service.
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_schedule (Upkeepctl *ctl, int argc, char **argv)
{
  g_autofree char *start = NULL;
  g_autofree char *interval = NULL;
  g_autofree char *count_text = NULL;
  const GOptionEntry entries[] = {
      {"start", 0, 0, G_OPTION_ARG_STRING, &start, N_ ("When the first term begins"),
       "DATE|INSTANT"},
      {"interval", 0, 0, G_OPTION_ARG_STRING, &interval, N_ ("How long a term is"), "month|year"},
      {"count", 0, 0, G_OPTION_ARG_STRING, &count_text, N_ ("How many renewals, 1 to 1200"), "N"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl schedule",
      .summary = N_ ("Lists the renewals after a start, one a line. No account is needed."),
      .description =
          N_ ("A date alone is its midnight in UTC. A day that a month lacks is its last, "
              "and comes back after it."),
  };
  gint64 start_s, count, months;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv))
    return UPKEEPCTL_USAGE;
  if (start == NULL || interval == NULL || count_text == NULL) {
    upkeepctl_complain ("%s", _ ("--start, --interval and --count are all needed."));
    return UPKEEPCTL_USAGE;
  }
  if (g_str_equal (interval, "month")) {
    months = upkeep_interval_months (UPKEEP_INTERVAL_MONTH);
  } else if (g_str_equal (interval, "year")) {
    months = upkeep_interval_months (UPKEEP_INTERVAL_YEAR);
  } else {
    upkeepctl_complain ("%s", _ ("--interval is “month” or “year”."));
    return UPKEEPCTL_USAGE;
  }
  if (!upkeepctl_parse_instant (start, &start_s) ||
      !upkeepctl_parse_count (count_text, 1, COUNT_MAX, &count))
    return UPKEEPCTL_USAGE;

  if (upkeep_schedule_boundary (start_s, count * months) > UPKEEP_INSTANT_MAX) {
    upkeepctl_complain ("%s", _ ("This goes beyond the year 9999."));
    return UPKEEPCTL_USAGE;
  }

  if (ctl->json) {
    print_json (start_s, months, count);
    return UPKEEPCTL_DONE;
  }
  for (gint64 i = 1; i <= count; i++) {
    char instant[UPKEEP_INSTANT_TEXT_SIZE];

    upkeep_instant_print (upkeep_schedule_boundary (start_s, i * months), instant);
    puts (instant);
  }
  return UPKEEPCTL_DONE;
}

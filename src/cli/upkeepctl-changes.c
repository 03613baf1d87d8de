/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-edition-words.h"
#include "upkeep-json.h"
#include "upkeep-wire-changes.h"
#include "upkeepctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* Most bytes of the service's document. */
#define CHANGES_MAX_BYTES (4 * 1024 * 1024)

/* One title for all that follows on the same subject. */
static void
print_changes (const UpkeepEditionChanges *changes)
{
  g_autofree char *last = NULL;

  /* Translators: names of dated terms, such as "2023-03" and "2025-04". */
  printf (_ ("What is different in %2$s from %1$s\n"), changes->from, changes->to);
  for (guint i = 0; i < changes->changes->len; i++) {
    const UpkeepEditionChange *change = g_ptr_array_index (changes->changes, i);
    g_autofree char *title = upkeep_edition_words_title (change);
    g_autofree char *text = upkeep_edition_words_text (changes, change, FALSE);

    if (g_strcmp0 (title, last) != 0)
      printf ("\n%s\n", title);
    printf ("  %s\n", text);
    g_free (last);
    last = g_steal_pointer (&title);
  }
}

static UpkeepctlStatus
tell_changes (Upkeepctl *ctl, GBytes *body, const UpkeepStatement *statement)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = upkeep_json_parse (body, CHANGES_MAX_BYTES, &error);
  g_autoptr (UpkeepEditionChanges) changes =
      node != NULL ? upkeep_wire_parse_changes (node, &error) : NULL;
  g_autofree char *move = NULL;

  if (changes == NULL)
    return upkeepctl_misread (error);
  if (ctl->json) {
    upkeepctl_print_bytes (body);
    return UPKEEPCTL_DONE;
  }

  if (changes->changes->len > 0)
    print_changes (changes);
  else
    /* Translators: names of dated terms, such as "2023-03" and "2025-04". */
    printf (_ ("Nothing is different in %2$s from %1$s.\n"), changes->from, changes->to);
  move = statement != NULL ? upkeep_edition_words_move (statement) : NULL;
  if (move != NULL)
    printf ("\n%s\n", move);
  return UPKEEPCTL_DONE;
}

static void
add_parameter (GString *query, const char *name, const char *value)
{
  if (value == NULL)
    return;

  g_string_append_printf (query, "%s%s=", query->len > 0 ? "&" : "", name);
  g_string_append_uri_escaped (query, value, NULL, FALSE);
}

/**
 * upkeepctl_changes:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Says what is different between two editions: by default between the account's and the current
 * one.
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_changes (Upkeepctl *ctl, int argc, char **argv)
{
  g_autofree char *service = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  const GOptionEntry entries[] = {
      {"service", 0, 0, G_OPTION_ARG_STRING, &service, N_ ("Whose plans"), "SERVICE"},
      {"from", 0, 0, G_OPTION_ARG_STRING, &from, N_ ("Compare this dated edition"), "EDITION"},
      {"to", 0, 0, G_OPTION_ARG_STRING, &to, N_ ("With this one"), "EDITION"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl changes",
      .summary = N_ ("Tells what is different between two editions of a service’s terms."),
      .description =
          N_ ("Without --from it is the account’s own edition, without --to the one that "
              "new accounts get."),
  };
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (GBytes) statement_body = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *part = NULL;
  g_autofree char *path = NULL;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv))
    return UPKEEPCTL_USAGE;
  if (from == NULL || service == NULL) {
    status = upkeepctl_get_statement (ctl, &statement, &statement_body);
    if (status != UPKEEPCTL_DONE)
      return status;
    if (service == NULL)
      service = g_strdup (statement->service);
    if (from == NULL)
      from = g_strdup (statement->edition);
  }

  add_parameter (query, "from", from);
  add_parameter (query, "to", to);
  if (statement != NULL && g_str_equal (statement->service, service) &&
      g_str_equal (statement->edition, from))
    add_parameter (query, "plan", statement->plan);
  part = g_uri_escape_string (service, NULL, FALSE);
  path = g_strdup_printf ("/v1/services/%s/changes", part);
  status = upkeepctl_get (ctl, path, query->str, &body);
  return status == UPKEEPCTL_DONE ? tell_changes (ctl, body, statement) : status;
}

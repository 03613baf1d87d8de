/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-exchange.h"
#include "upkeep-json.h"
#include "upkeep-leave-words.h"
#include "upkeep-wire-leaving.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* Prints each line of a text by itself, and takes it. */
static void
print_lines (const char *indent, char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    printf ("%s%s\n", indent, *line);
  g_free (text);
}

/**
 * upkeepctl_print_help:
 * @statement: the account
 * @edition: the catalogue of its plan
 * @quote: what leaving would give
 *
 * Says where help is, where it is needed: in the order in which it is to be tried (RULES C-37).
 */
void
upkeepctl_print_help (const UpkeepStatement *statement,
                      const UpkeepEdition *edition,
                      const UpkeepQuote *quote)
{
  const UpkeepCancelFacts facts = {statement, edition, quote, FALSE};
  g_autofree char *review = upkeep_leave_review (&facts);

  if (!upkeep_leave_needs_help (quote) || edition->support->len == 0)
    return;

  putchar ('\n');
  if (review != NULL) {
    puts (review);
    print_lines ("  ", upkeep_leave_review_detail (&facts));
  }
  puts (_ ("Where help is:"));
  for (guint i = 0; i < edition->support->len; i++) {
    const UpkeepSupportChannel *channel = g_ptr_array_index (edition->support, i);

    printf ("  %s\n", upkeep_words_text (&channel->name));
    print_lines ("    ", upkeep_leave_support_detail (channel));
  }
}

static gboolean
find_reason (const char *text, UpkeepLeaveReason *ret_reason)
{
  for (guint i = 0; i < UPKEEP_N_LEAVE_REASONS; i++) {
    if (g_str_equal (text, upkeep_leave_reason_to_string ((UpkeepLeaveReason) i))) {
      *ret_reason = (UpkeepLeaveReason) i;
      return TRUE;
    }
  }
  upkeepctl_complain ("%s", _ ("A reason is “budget”, “priorities”, “alternatives” or “other”."));
  return FALSE;
}

/**
 * upkeepctl_reason:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Tells why one left (RULES B-02).
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_reason (Upkeepctl *ctl, int argc, char **argv)
{
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = {
      {"text", 0, 0, G_OPTION_ARG_STRING, &text, N_ ("More of it, in your own words"), "TEXT"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl reason",
      .arguments = "budget|priorities|alternatives|other",
      .min = 1,
      .max = 1,
      .summary = N_ ("Says why you left, after you have. Nobody has to."),
  };
  UpkeepLeaveWords words = {UPKEEP_LEAVE_OTHER, NULL};
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv) ||
      !find_reason (argv[1], &words.reason))
    return UPKEEPCTL_USAGE;
  words.text = text;
  node = upkeep_wire_print_leave_words (&words);
  body = upkeep_json_print (node);
  status = upkeepctl_call (ctl, "POST", "/v1/account/reasons", NULL, body, NULL, &answer);
  if (status != UPKEEPCTL_DONE)
    return status;

  if (ctl->json)
    upkeepctl_print_bytes (answer);
  else
    puts (_ ("Thank you. It was sent."));
  return UPKEEPCTL_DONE;
}

static JsonNode *
parse_answer (GBytes *answer, GError **error)
{
  g_autoptr (JsonNode) node = upkeep_json_parse (answer, UPKEEP_EXCHANGE_BODY_MAX_BYTES, error);

  if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
    return g_steal_pointer (&node);
  g_set_error_literal (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_VALUE, "not an object");
  return NULL;
}

static gint64
get_count (JsonObject *answer, const char *reason)
{
  JsonNode *counts = json_object_get_member (answer, "counts");

  return counts != NULL && JSON_NODE_HOLDS_OBJECT (counts)
             ? json_object_get_int_member_with_default (json_node_get_object (counts), reason, 0)
             : 0;
}

/* How often each was said, and what people added. */
static void
print_reasons (JsonObject *answer)
{
  JsonNode *list = json_object_get_member (answer, "reasons");
  JsonArray *reasons =
      list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

  for (guint i = 0; i < UPKEEP_N_LEAVE_REASONS; i++) {
    const char *reason = upkeep_leave_reason_to_string ((UpkeepLeaveReason) i);

    printf ("%s: %" G_GINT64_FORMAT "\n", reason, get_count (answer, reason));
  }
  for (guint i = 0; reasons != NULL && i < json_array_get_length (reasons); i++) {
    JsonNode *item = json_array_get_element (reasons, i);
    JsonObject *reason = JSON_NODE_HOLDS_OBJECT (item) ? json_node_get_object (item) : NULL;
    const char *text =
        reason != NULL ? json_object_get_string_member_with_default (reason, "text", NULL) : NULL;

    if (text != NULL) {
      printf ("\n%s %s\n", json_object_get_string_member_with_default (reason, "at", ""),
              json_object_get_string_member_with_default (reason, "reason", ""));
      print_lines ("  ", g_strdup (text));
    }
  }
}

/**
 * upkeepctl_admin_reasons:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Counts why people left, and prints what the latest of them said.
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_admin_reasons (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin reasons",
      .summary = N_ ("Counts why people left, and prints what the latest of them said."),
  };
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, NULL, &argc, &argv))
    return UPKEEPCTL_USAGE;
  status = upkeepctl_get (ctl, "/v1/admin/reasons", "limit=100", &answer);
  if (status != UPKEEPCTL_DONE)
    return status;
  node = parse_answer (answer, &error);
  if (node == NULL)
    return upkeepctl_misread (error);

  if (ctl->json)
    upkeepctl_print_bytes (answer);
  else
    print_reasons (json_node_get_object (node));
  return UPKEEPCTL_DONE;
}

/**
 * upkeepctl_admin_shipments:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Marks an issue of a magazine as shipped (RULES 0.16).
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_admin_shipments (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin shipments",
      .arguments = "ACCOUNT ISSUE",
      .min = 2,
      .max = 2,
      .summary = N_ ("Marks an issue as shipped. Issues are numbered from 1, one a paid month."),
  };
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) told = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  UpkeepctlStatus status;
  gint64 issue;

  if (!upkeepctl_parse (ctl, &usage, NULL, &argc, &argv) ||
      !upkeepctl_parse_count (argv[2], 1, UPKEEP_UNITS_MAX, &issue))
    return UPKEEPCTL_USAGE;
  object = json_object_new ();
  json_object_set_string_member (object, "account", argv[1]);
  json_object_set_int_member (object, "issue", issue);
  node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  body = upkeep_json_print (node);
  status = upkeepctl_call (ctl, "POST", "/v1/admin/shipments", NULL, body, NULL, &answer);
  if (status != UPKEEPCTL_DONE)
    return status;
  told = parse_answer (answer, &error);
  if (told == NULL)
    return upkeepctl_misread (error);

  if (ctl->json) {
    upkeepctl_print_bytes (answer);
    return UPKEEPCTL_DONE;
  }
  printf (
      /* Translators: the number of an issue, an invoice's number, and an instant. */
      _ ("Issue %1$s, paid by invoice %2$s, shipped at %3$s."), argv[2],
      json_object_get_string_member_with_default (json_node_get_object (told), "invoice", ""),
      json_object_get_string_member_with_default (json_node_get_object (told), "shipped_at", ""));
  putchar ('\n');
  return UPKEEPCTL_DONE;
}

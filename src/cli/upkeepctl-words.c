/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-config.h"
#include "upkeep-instant.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define COLUMN_GAP 2

/**
 * upkeepctl_complain:
 * @format: a sentence
 * @...: its values
 *
 * Says on stderr why something was not done.
 */
void
upkeepctl_complain (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_printerr ("upkeepctl: %s\n", text);
}

static void
replace (char **place, char **value)
{
  if (*value == NULL)
    return;
  g_free (*place);
  *place = g_steal_pointer (value);
}

/**
 * upkeepctl_parse:
 * @ctl: what every verb is told; options in front of it stand unless they are given again
 * @usage: how the verb is called
 * @entries: (nullable): its own options
 * @argc: (inout): how many words there are
 * @argv: (inout): the words; what is left of them are the arguments
 *
 * Reads the options of a verb. For `--help` it tells about the verb and ends the program.
 *
 * Returns: whether it is called as it should be; what is wrong was said
 */
gboolean
upkeepctl_parse (Upkeepctl *ctl,
                 const UpkeepctlUsage *usage,
                 const GOptionEntry *entries,
                 int *argc,
                 char ***argv)
{
  g_autofree char *server = NULL;
  g_autofree char *token_file = NULL;
  const GOptionEntry common[] = {
      {"server", 0, 0, G_OPTION_ARG_STRING, &server,
       N_ ("Ask the service at this address, or at unix:PATH"), "URL"},
      {"token-file", 0, 0, G_OPTION_ARG_FILENAME, &token_file,
       N_ ("Sign in with the token in this file"), "FILE"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &ctl->json, N_ ("Print JSON instead of words"), NULL},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (usage->arguments);
  g_autoptr (GError) error = NULL;

  g_set_prgname (usage->name);
  g_option_context_set_translation_domain (context, UPKEEP_GETTEXT_DOMAIN);
  g_option_context_set_summary (context, usage->summary);
  g_option_context_set_description (context, usage->description);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, UPKEEP_GETTEXT_DOMAIN);
  g_option_context_add_main_entries (context, common, UPKEEP_GETTEXT_DOMAIN);
  if (!g_option_context_parse (context, argc, argv, &error)) {
    upkeepctl_complain ("%s", error->message);
    return FALSE;
  }
  replace (&ctl->server, &server);
  replace (&ctl->token_file, &token_file);
  if (*argc - 1 < usage->min || *argc - 1 > usage->max) {
    g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

    g_printerr ("%s", help);
    return FALSE;
  }
  return TRUE;
}

/**
 * upkeepctl_run_verb:
 * @ctl: what every verb is told
 * @name: the program, with the verb whose verbs these are
 * @verbs: (array length=n_verbs): what there is
 * @n_verbs: how many
 * @argc: how many words there are
 * @argv: the words; options may stand in front of the verb
 *
 * Runs the verb that is named. For `--help` it lists all of them and ends the program.
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_run_verb (Upkeepctl *ctl,
                    const char *name,
                    const UpkeepctlVerb *verbs,
                    gsize n_verbs,
                    int argc,
                    char **argv)
{
  g_autofree char *server = NULL;
  g_autofree char *token_file = NULL;
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
      {"server", 0, 0, G_OPTION_ARG_STRING, &server,
       N_ ("Ask the service at this address, or at unix:PATH"), "URL"},
      {"token-file", 0, 0, G_OPTION_ARG_FILENAME, &token_file,
       N_ ("Sign in with the token in this file"), "FILE"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &ctl->json, N_ ("Print JSON instead of words"), NULL},
      {"version", 0, 0, G_OPTION_ARG_NONE, &version, N_ ("Print the version and end"), NULL},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (N_ ("VERB [ARGUMENT…]"));
  g_autoptr (GString) summary = g_string_new (_ ("Verbs:"));
  g_autofree char *help = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n_verbs; i++)
    g_string_append_printf (summary, "\n  %-16s %s", verbs[i].name, _ (verbs[i].summary));
  g_set_prgname (name);
  g_option_context_set_summary (context, summary->str);
  g_option_context_set_description (
      context,
      _ ("“VERB --help” tells about a verb. Without --server and --token-file, UPKEEP_SERVER and "
         "UPKEEP_TOKEN count.\n"
         "Exit status: 0 done, 1 refused, 2 called wrongly, 3 the service cannot be reached."));
  g_option_context_set_translation_domain (context, UPKEEP_GETTEXT_DOMAIN);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, entries, UPKEEP_GETTEXT_DOMAIN);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    upkeepctl_complain ("%s", error->message);
    return UPKEEPCTL_USAGE;
  }
  replace (&ctl->server, &server);
  replace (&ctl->token_file, &token_file);
  if (version) {
    printf ("upkeepctl %s\n", UPKEEP_VERSION);
    return UPKEEPCTL_DONE;
  }
  for (gsize i = 0; argc > 1 && i < n_verbs; i++) {
    if (g_str_equal (argv[1], verbs[i].name))
      return verbs[i].run (ctl, argc - 1, argv + 1);
  }
  if (argc > 1) {
    /* Translators: %s is a word that was typed. */
    upkeepctl_complain (_ ("There is no verb “%s”."), argv[1]);
    return UPKEEPCTL_USAGE;
  }
  help = g_option_context_get_help (context, TRUE, NULL);
  g_printerr ("%s", help);
  return UPKEEPCTL_USAGE;
}

/**
 * upkeepctl_parse_instant:
 * @text: an instant such as `2026-01-31T10:00:00Z`, or a date, which is its midnight in UTC
 * @ret_s: (out): return location
 *
 * Reads an instant that was typed.
 *
 * Returns: whether it is one; what is wrong was said
 */
gboolean
upkeepctl_parse_instant (const char *text, gint64 *ret_s)
{
  if (upkeep_date_parse (text, ret_s, NULL) || upkeep_instant_parse (text, ret_s, NULL))
    return TRUE;

  upkeepctl_complain (
      /* Translators: %s is a word that was typed. The rest are two examples, to be kept. */
      _ ("“%s” is neither a date (2026-01-31) nor an instant (2026-01-31T10:00:00Z)."), text);
  return FALSE;
}

/**
 * upkeepctl_parse_count:
 * @text: (nullable): digits
 * @min: the least it may be; at least 0
 * @max: the most
 * @ret_count: (out): return location
 *
 * Reads a whole number that was typed.
 *
 * Returns: whether it is one within the bounds; what is wrong was said
 */
gboolean
upkeepctl_parse_count (const char *text, gint64 min, gint64 max, gint64 *ret_count)
{
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;
  guint64 count;

  if (text != NULL &&
      g_ascii_string_to_unsigned (text, 10, (guint64) min, (guint64) max, &count, NULL)) {
    *ret_count = (gint64) count;
    return TRUE;
  }
  least = g_strdup_printf ("%" G_GINT64_FORMAT, min);
  most = g_strdup_printf ("%" G_GINT64_FORMAT, max);
  /* Translators: a word that was typed, and the least and the most it may be. */
  upkeepctl_complain (_ ("“%1$s” is no whole number from %2$s to %3$s."), text != NULL ? text : "",
                      least, most);
  return FALSE;
}

/**
 * upkeepctl_print_bytes:
 * @bytes: a document
 *
 * Prints a document as it came, and ends the line.
 */
void
upkeepctl_print_bytes (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size > 0)
    fwrite (data, 1, size, stdout);
  putchar ('\n');
}

static gsize
measure (const char *text)
{
  gsize n_columns = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar character = g_utf8_get_char (p);

    if (!g_unichar_iszerowidth (character))
      n_columns += g_unichar_iswide (character) ? 2 : 1;
  }
  return n_columns;
}

static gsize
get_width (const GPtrArray *rows, gsize column)
{
  gsize width = 0;

  for (guint i = 0; i < rows->len; i++) {
    char **row = g_ptr_array_index (rows, i);

    width = MAX (width, measure (row[column]));
  }
  return width;
}

/* Source: RFC 4180, section 2. */
static void
print_csv_field (const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL) {
    fputs (text, stdout);
    return;
  }
  putchar ('"');
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '"')
      putchar ('"');
    putchar (*p);
  }
  putchar ('"');
}

/**
 * upkeepctl_print_table:
 * @rows: (element-type GStrv): the rows, each of as many cells
 * @csv: whether for a program, and not for a reader
 *
 * Prints a table.
 */
void
upkeepctl_print_table (const GPtrArray *rows, gboolean csv)
{
  gsize n_columns = rows->len > 0 ? g_strv_length (g_ptr_array_index (rows, 0)) : 0;
  g_autofree gsize *widths = g_new0 (gsize, n_columns + 1);

  for (gsize j = 0; j < n_columns; j++)
    widths[j] = get_width (rows, j);
  for (guint i = 0; i < rows->len; i++) {
    char **row = g_ptr_array_index (rows, i);

    for (gsize j = 0; j < n_columns; j++) {
      if (csv) {
        if (j > 0)
          putchar (',');
        print_csv_field (row[j]);
        continue;
      }
      fputs (row[j], stdout);
      if (j + 1 < n_columns)
        printf ("%*s", (int) (widths[j] - measure (row[j]) + COLUMN_GAP), "");
    }
    putchar ('\n');
  }
}

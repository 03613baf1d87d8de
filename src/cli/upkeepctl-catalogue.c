/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-catalogue-report.h"
#include "upkeep-edition-warning.h"
#include "upkeep-problem.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* Whoever writes a catalogue reads these: each is a sentence about the plan, feature, mode or
 * clause %1$s and what it is compared with, %2$s. */
static const char *
get_format (UpkeepEditionWarningKind kind)
{
  switch (kind) {
  case UPKEEP_WARNING_NOTHING_OFFERED:
    return _ ("No paid plan is offered, so nobody can subscribe.");
  case UPKEEP_WARNING_PLAN_NOT_OFFERED:
    /* Translators: %1$s is the name of a plan. */
    return _ ("“%1$s” is not offered, so nobody can take it.");
  case UPKEEP_WARNING_PRICE_ZERO:
    /* Translators: %1$s is the name of a plan. */
    return _ ("“%1$s” is a paid plan and costs nothing.");
  case UPKEEP_WARNING_YEAR_ABOVE_MONTHS:
    /* Translators: %1$s is the name of a plan. */
    return _ ("A year of “%1$s” costs more than twelve months.");
  case UPKEEP_WARNING_CHEAPER_THAN_LOWER:
    /* Translators: two plans; %1$s has the higher tier. */
    return _ ("“%1$s” costs less than “%2$s”, which is below it: the credit of an upgrade may be "
              "above the new price.");
  case UPKEEP_WARNING_ALLOWANCE_BELOW_LOWER:
    /* Translators: two plans; %1$s has the higher tier. */
    return _ ("“%1$s” has a smaller allotment than “%2$s”, which is below it.");
  case UPKEEP_WARNING_MODE_LOST:
    /* Translators: %1$s is a plan, %2$s a mode that the plan below it has. */
    return _ ("“%1$s” lacks the mode “%2$s”, which the plan below it has.");
  case UPKEEP_WARNING_FEATURE_LOST:
    /* Translators: %1$s is a plan, %2$s a feature that the plan below it has. */
    return _ ("“%1$s” lacks the feature “%2$s”, which the plan below it has.");
  case UPKEEP_WARNING_FEATURE_UNUSED:
    /* Translators: %1$s is a feature. */
    return _ ("No plan has the feature “%1$s”.");
  case UPKEEP_WARNING_MODE_UNUSED:
    /* Translators: %1$s is a mode. */
    return _ ("No plan has the mode “%1$s”.");
  case UPKEEP_WARNING_COMPANY_PLAN:
    /* Translators: %1$s is a plan. */
    return _ ("A large company must have “%1$s”, which nobody can buy.");
  case UPKEEP_WARNING_CLAUSE_IDLE:
    /* Translators: two clauses of a refund rule. */
    return _ ("“%1$s” adds nothing: it only holds where “%2$s” does.");
  case UPKEEP_WARNING_TOPUP_FREE:
    return _ ("More units are sold for nothing.");
  case UPKEEP_WARNING_PACK_DEARER:
    return _ ("A unit of this pack costs more than one of a smaller pack.");
  case UPKEEP_WARNING_WHOLE_PRICE_KEPT:
    return _ (
        "The renewal date stays, and an upgrade charges the price of a whole term for what is "
        "left of one; “reset” would begin a new term.");
  case UPKEEP_WARNING_TERM_FOR_DIFFERENCE:
    return _ ("An upgrade begins a new term for the difference of the prices, so on the last day a "
              "term costs no more than that; “keep” would keep the renewal date.");
  case UPKEEP_WARNING_GRANT_IDLE:
    return _ ("An upgrade begins a new term and gives the whole allotment, so “difference” has no "
              "effect.");
  case UPKEEP_WARNING_FULL_GRANT_FOR_REST:
    return _ ("An upgrade on the last day gives a whole allotment for the price of a day; "
              "“difference” would give less.");
  case UPKEEP_WARNING_DIFFERENCE_BACK:
    return _ ("An immediate downgrade gives the difference of the prices back, however much was "
              "used.");
  default:
    g_return_val_if_reached (NULL);
  }
}

/* Returns: (transfer full): the sentence */
static char *
describe (const UpkeepEditionWarning *warning)
{
  g_autoptr (GString) text = g_string_new (get_format (warning->kind));

  g_string_replace (text, "%1$s", warning->subject != NULL ? warning->subject : "", 0);
  g_string_replace (text, "%2$s", warning->other != NULL ? warning->other : "", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_finding (JsonBuilder *builder,
             const char *file,
             gboolean is_mistake,
             const char *code,
             const char *member,
             guint line,
             const char *reason)
{
  json_builder_begin_object (builder);
  add_text (builder, "file", file);
  json_builder_set_member_name (builder, "line");
  if (line > 0)
    json_builder_add_int_value (builder, line);
  else
    json_builder_add_null_value (builder);
  add_text (builder, "severity", is_mistake ? "mistake" : "warning");
  add_text (builder, "code", code);
  add_text (builder, "member", member);
  add_text (builder, "reason", reason);
  json_builder_end_object (builder);
}

/* The code that a request with such a mistake would be refused with. */
static const char *
get_code (UpkeepWireError code)
{
  g_autoptr (GError) error = g_error_new_literal (UPKEEP_WIRE_ERROR, (int) code, "");
  g_autoptr (UpkeepProblem) problem = upkeep_problem_new_for_error (error);

  return upkeep_problem_code_to_string (upkeep_problem_get_code (problem));
}

static void
tell_mistakes (Upkeepctl *ctl, JsonBuilder *builder, const UpkeepCatalogueReport *report)
{
  for (guint i = 0; i < upkeep_mistakes_get_length (report->mistakes); i++) {
    const UpkeepMistake *mistake = upkeep_mistakes_get (report->mistakes, i);

    if (ctl->json) {
      add_finding (builder, report->path, TRUE, get_code (mistake->code), mistake->path,
                   mistake->line, mistake->reason);
    } else {
      g_autofree char *line = upkeep_catalogue_report_tell (report, i);

      upkeepctl_complain ("%s", line);
    }
  }
  if (upkeep_mistakes_has_more (report->mistakes))
    /* Translators: the name of a file. */
    upkeepctl_complain (_ ("%s: There are more mistakes."), report->path);
}

static void
tell_warnings (Upkeepctl *ctl, JsonBuilder *builder, const UpkeepCatalogueReport *report)
{
  g_autoptr (GPtrArray) warnings = NULL;

  if (report->edition == NULL)
    return;

  warnings = upkeep_edition_list_warnings (report->edition);
  for (guint i = 0; i < warnings->len; i++) {
    const UpkeepEditionWarning *warning = g_ptr_array_index (warnings, i);
    g_autofree char *sentence = describe (warning);

    if (ctl->json)
      add_finding (builder, report->path, FALSE,
                   upkeep_edition_warning_kind_to_string (warning->kind), warning->path, 0,
                   sentence);
    else
      /* Translators: the name of a file, a member of it, and a sentence about it. */
      upkeepctl_complain (_ ("%1$s: warning: %2$s: %3$s"), report->path, warning->path, sentence);
  }
}

/* Files that are named one by one need not be all there are of a service; those of a folder are. */
static GPtrArray *
read_all (int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) reports = upkeep_catalogue_reports_new ();
  g_autoptr (GPtrArray) folders = g_ptr_array_new ();

  for (int i = 1; i < argc; i++) {
    if (g_file_test (argv[i], G_FILE_TEST_IS_DIR))
      g_ptr_array_add (folders, argv[i]);
    else
      g_ptr_array_add (reports, upkeep_catalogue_report_new (argv[i]));
  }
  upkeep_catalogue_reports_compare (reports, 0, FALSE);
  for (guint i = 0; i < folders->len; i++) {
    if (!upkeep_catalogue_reports_add_folder (reports, g_ptr_array_index (folders, i), error))
      return NULL;
  }

  return g_steal_pointer (&reports);
}

static UpkeepctlStatus
run_check (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlUsage usage = {
      .name = "upkeepctl catalogue check",
      .arguments = N_ ("FILE|DIR…"),
      .min = 1,
      .max = G_MAXINT,
      .summary = N_ ("Checks catalogue files as the service would load them."),
      .description = N_ ("Every mistake is told by its file, line and member, and what is strange "
                         "is warned of. Nothing is printed when all is well. Of a folder all "
                         "catalogues are checked, beside each other, too."),
  };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) reports = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_well = TRUE;

  if (!upkeepctl_parse (ctl, &usage, NULL, &argc, &argv))
    return UPKEEPCTL_USAGE;
  reports = read_all (argc, argv, &error);
  if (reports == NULL) {
    upkeepctl_complain ("%s", error->message);
    return UPKEEPCTL_REFUSED;
  }

  json_builder_begin_array (builder);
  for (guint i = 0; i < reports->len; i++) {
    const UpkeepCatalogueReport *report = g_ptr_array_index (reports, i);

    tell_mistakes (ctl, builder, report);
    tell_warnings (ctl, builder, report);
    is_well = is_well && upkeep_mistakes_get_length (report->mistakes) == 0;
  }
  json_builder_end_array (builder);
  if (ctl->json) {
    g_autoptr (JsonNode) node = json_builder_get_root (builder);
    g_autofree char *text = json_to_string (node, FALSE);

    puts (text);
  }
  return is_well ? UPKEEPCTL_DONE : UPKEEPCTL_REFUSED;
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

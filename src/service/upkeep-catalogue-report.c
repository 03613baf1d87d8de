/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-catalogue-report.h"

#include "upkeep-catalogues.h"
#include "upkeep-wire-edition.h"

#include <string.h>

/* The description of the files' form, which lies beside them. */
#define SCHEMA_SUFFIX ".schema.json"

/**
 * upkeep_catalogue_report_new:
 * @path: a catalogue file
 *
 * Reads a catalogue file and finds every mistake in it.
 *
 * Returns: (transfer full): what came of it
 */
UpkeepCatalogueReport *
upkeep_catalogue_report_new (const char *path)
{
  UpkeepCatalogueReport *self = g_new0 (UpkeepCatalogueReport, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) file = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->mistakes = upkeep_mistakes_new ();
  file = g_mapped_file_new (path, FALSE, &error);
  if (file == NULL) {
    upkeep_mistakes_add (self->mistakes, UPKEEP_WIRE_ERROR_SYNTAX, "", error->message, NULL);
    return self;
  }

  self->bytes = g_mapped_file_get_bytes (file);
  self->edition = upkeep_wire_check_edition (self->bytes, self->mistakes);
  return self;
}

/**
 * upkeep_catalogue_report_free:
 * @self: (nullable): a report
 *
 * Frees a report.
 */
void
upkeep_catalogue_report_free (UpkeepCatalogueReport *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->edition, upkeep_edition_unref);
  upkeep_mistakes_free (self->mistakes);
  g_free (self->path);
  g_free (self);
}

/**
 * upkeep_catalogue_report_tell:
 * @self: a report
 * @index: of a mistake
 *
 * Writes a mistake with its file and line, the way compilers do.
 *
 * Returns: (transfer full): such as `a.json:12: plans[2].name: missing`
 */
char *
upkeep_catalogue_report_tell (const UpkeepCatalogueReport *self, guint index)
{
  g_autofree char *mistake = NULL;
  const UpkeepMistake *at;

  g_return_val_if_fail (self != NULL, NULL);

  at = upkeep_mistakes_get (self->mistakes, index);
  mistake = upkeep_mistake_to_string (at);
  return at->line > 0 ? g_strdup_printf ("%s:%u: %s", self->path, at->line, mistake)
                      : g_strdup_printf ("%s: %s", self->path, mistake);
}

/**
 * upkeep_catalogue_reports_new:
 *
 * Makes a list of no reports.
 *
 * Returns: (transfer full) (element-type UpkeepCatalogueReport): the list
 */
GPtrArray *
upkeep_catalogue_reports_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) upkeep_catalogue_report_free);
}

static gboolean
is_catalogue (const char *name)
{
  return g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, SCHEMA_SUFFIX) &&
         name[0] != '.';
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * upkeep_catalogue_reports_add_folder:
 * @reports: (element-type UpkeepCatalogueReport): where to put them
 * @folder: where the files are: every `*.json` but the schema
 * @error: return location for a `UPKEEP_CATALOGUES_ERROR`
 *
 * Reads all catalogue files of a folder, by name, and compares them.
 *
 * Errors: `UPKEEP_CATALOGUES_ERROR_FOLDER`.
 *
 * Returns: whether the folder could be read
 */
gboolean
upkeep_catalogue_reports_add_folder (GPtrArray *reports, const char *folder, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &local_error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint first = reports->len;
  const char *name;

  if (dir == NULL) {
    g_set_error_literal (error, UPKEEP_CATALOGUES_ERROR, UPKEEP_CATALOGUES_ERROR_FOLDER,
                         local_error->message);
    return FALSE;
  }
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (is_catalogue (name))
      g_ptr_array_add (names, g_strdup (name));
  }
  if (names->len == 0 || names->len > UPKEEP_CATALOGUES_MAX) {
    g_set_error (error, UPKEEP_CATALOGUES_ERROR, UPKEEP_CATALOGUES_ERROR_FOLDER,
                 "%s: has %u catalogues, not 1 to %d", folder, names->len, UPKEEP_CATALOGUES_MAX);
    return FALSE;
  }

  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

    g_ptr_array_add (reports, upkeep_catalogue_report_new (path));
  }
  upkeep_catalogue_reports_compare (reports, first, TRUE);
  return TRUE;
}

static void G_GNUC_PRINTF (3, 4)
    add_mistake (UpkeepCatalogueReport *report, const char *path, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  upkeep_mistakes_add (report->mistakes, UPKEEP_WIRE_ERROR_VALUE, path, reason, NULL);
}

/* Holds an edition against those before it: it is told of at the later file. */
static void
compare_to_earlier (GPtrArray *reports, guint first, guint index)
{
  UpkeepCatalogueReport *report = g_ptr_array_index (reports, index);
  const UpkeepEdition *edition = report->edition;

  for (guint i = first; i < index; i++) {
    const UpkeepCatalogueReport *other = g_ptr_array_index (reports, i);

    if (other->edition == NULL || !g_str_equal (other->edition->service, edition->service))
      continue;
    if (g_str_equal (other->edition->id, edition->id)) {
      add_mistake (report, "edition", "%s is this edition of %s, too", other->path,
                   edition->service);
      return;
    }
    if (other->edition->is_default && edition->is_default) {
      add_mistake (report, "default", "%s is the default edition of %s, too", other->path,
                   edition->service);
      return;
    }
  }
}

/* New accounts of a service get its default edition. That the one which is cannot be read is told
 * already. */
static void
check_default (GPtrArray *reports, guint first, guint index)
{
  UpkeepCatalogueReport *report = g_ptr_array_index (reports, index);

  for (guint i = first; i < reports->len; i++) {
    const UpkeepCatalogueReport *other = g_ptr_array_index (reports, i);

    if (other->edition == NULL)
      return;
    if (!g_str_equal (other->edition->service, report->edition->service))
      continue;
    if (i < index || other->edition->is_default)
      return;
  }

  add_mistake (report, "default", "no edition of %s is the default one", report->edition->service);
}

/**
 * upkeep_catalogue_reports_compare:
 * @reports: (element-type UpkeepCatalogueReport): the files
 * @first: index of the first one to compare
 * @is_whole: whether a service is to be served by these files, so that one edition of each must be
 *   the default one
 *
 * Finds mistakes that no file has by itself: each edition is there once, and one of each service
 * is what new accounts get.
 */
void
upkeep_catalogue_reports_compare (GPtrArray *reports, guint first, gboolean is_whole)
{
  g_return_if_fail (reports != NULL);

  for (guint i = first; i < reports->len; i++) {
    const UpkeepCatalogueReport *report = g_ptr_array_index (reports, i);

    if (report->edition == NULL)
      continue;
    compare_to_earlier (reports, first, i);
    if (is_whole)
      check_default (reports, first, i);
  }
}

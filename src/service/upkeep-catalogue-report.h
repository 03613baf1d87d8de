/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"
#include "upkeep-mistakes.h"

G_BEGIN_DECLS

/**
 * UpkeepCatalogueReport:
 * @path: (owned): of the file
 * @bytes: (owned) (nullable): what is in it; `NULL` where it cannot be read
 * @edition: (owned) (nullable): what it says; `NULL` where that has mistakes
 * @mistakes: (owned): what is wrong with it, by itself and beside the others
 *
 * One catalogue file, and what came of reading it.
 */
typedef struct {
  char *path;
  GBytes *bytes;
  UpkeepEdition *edition;
  UpkeepMistakes *mistakes;
} UpkeepCatalogueReport;

UpkeepCatalogueReport *upkeep_catalogue_report_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_catalogue_report_free (UpkeepCatalogueReport *self);
char *upkeep_catalogue_report_tell (const UpkeepCatalogueReport *self, guint index)
    G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *upkeep_catalogue_reports_new (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean
upkeep_catalogue_reports_add_folder (GPtrArray *reports, const char *folder, GError **error);
void upkeep_catalogue_reports_compare (GPtrArray *reports, guint first, gboolean is_whole);

G_END_DECLS

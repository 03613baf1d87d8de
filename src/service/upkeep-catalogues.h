/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define UPKEEP_CATALOGUES_ERROR (upkeep_catalogues_error_quark ())
GQuark upkeep_catalogues_error_quark (void);

/* Editions in one folder at the most. */
#define UPKEEP_CATALOGUES_MAX 256

/**
 * UpkeepCataloguesError:
 * @UPKEEP_CATALOGUES_ERROR_FOLDER: the folder cannot be read, or holds too much
 * @UPKEEP_CATALOGUES_ERROR_FILE: a file is not a catalogue, or none beside the others; the message
 *   tells every mistake of every file on a line of its own
 * @UPKEEP_CATALOGUES_ERROR_SET: the editions have not what is asked of them
 *
 * Why a folder of catalogues cannot be used.
 */
typedef enum {
  UPKEEP_CATALOGUES_ERROR_FOLDER,
  UPKEEP_CATALOGUES_ERROR_FILE,
  UPKEEP_CATALOGUES_ERROR_SET,
} UpkeepCataloguesError;

/* One edition as it was loaded. */
typedef struct {
  UpkeepEdition *edition; /* (owned) */
  GBytes *document;       /* (owned): the file's JSON, without spaces */
  char *etag;             /* (owned): with its quotes */
} UpkeepCatalogue;

/* All editions that the service knows, immutable once they are loaded. */
typedef struct _UpkeepCatalogues UpkeepCatalogues;

UpkeepCatalogues *upkeep_catalogues_load (const char *folder, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_catalogues_free (UpkeepCatalogues *self);

gboolean upkeep_catalogues_offer_trials (UpkeepCatalogues *self, const char *names, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

const UpkeepCatalogue *
upkeep_catalogues_find (const UpkeepCatalogues *self, const char *service, const char *edition);
JsonNode *upkeep_catalogues_print_services (const UpkeepCatalogues *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepCatalogues, upkeep_catalogues_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-catalogues.h"

#include "upkeep-catalogue-report.h"
#include "upkeep-json.h"
#include "upkeep-wire-edition.h"
#include "upkeep-wire-parts.h"

struct _UpkeepCatalogues {
  GPtrArray *all; /* (owned) (element-type UpkeepCatalogue): by file name */
};

G_DEFINE_QUARK (upkeep_catalogues_error, upkeep_catalogues_error)

static void
catalogue_free (gpointer data)
{
  UpkeepCatalogue *self = data;

  g_clear_pointer (&self->edition, upkeep_edition_unref);
  g_clear_pointer (&self->document, g_bytes_unref);
  g_free (self->etag);
  g_free (self);
}

static void
set_document (UpkeepCatalogue *self, JsonNode *node)
{
  g_autofree char *digest = NULL;

  g_clear_pointer (&self->document, g_bytes_unref);
  g_clear_pointer (&self->etag, g_free);
  self->document = upkeep_json_print (node);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->document);
  self->etag = g_strdup_printf ("\"%.32s\"", digest);
}

static UpkeepCatalogue *
catalogue_new (const UpkeepCatalogueReport *report)
{
  g_autoptr (JsonNode) node = upkeep_json_parse (report->bytes, UPKEEP_CATALOGUE_MAX_BYTES, NULL);
  UpkeepCatalogue *self = g_new0 (UpkeepCatalogue, 1);

  self->edition = upkeep_edition_ref (report->edition);
  set_document (self, node);
  return self;
}

/* All mistakes of all files, a line each: nobody wants to start the service once for each. */
static gboolean
refuse_mistakes (const GPtrArray *reports, GError **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < reports->len; i++) {
    const UpkeepCatalogueReport *report = g_ptr_array_index (reports, i);

    for (guint j = 0; j < upkeep_mistakes_get_length (report->mistakes); j++) {
      g_autofree char *line = upkeep_catalogue_report_tell (report, j);

      g_string_append_printf (lines, "\n%s", line);
    }
    if (upkeep_mistakes_has_more (report->mistakes))
      g_string_append_printf (lines, "\n%s: and more", report->path);
  }
  if (lines->len == 0)
    return FALSE;

  g_set_error (error, UPKEEP_CATALOGUES_ERROR, UPKEEP_CATALOGUES_ERROR_FILE,
               "the catalogues have mistakes:%s", lines->str);
  return TRUE;
}

/**
 * upkeep_catalogues_load:
 * @folder: where the files are: every `*.json` but the schema
 * @error: return location for a `UPKEEP_CATALOGUES_ERROR`
 *
 * Loads all editions. One that is broken refuses the folder: nobody is to be charged by half a
 * catalogue.
 *
 * Errors: any code.
 *
 * Returns: (transfer full): the editions, or `NULL` with @error set
 */
UpkeepCatalogues *
upkeep_catalogues_load (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) reports = upkeep_catalogue_reports_new ();
  UpkeepCatalogues *self;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!upkeep_catalogue_reports_add_folder (reports, folder, error) ||
      refuse_mistakes (reports, error))
    return NULL;

  self = g_new0 (UpkeepCatalogues, 1);
  self->all = g_ptr_array_new_with_free_func (catalogue_free);
  for (guint i = 0; i < reports->len; i++)
    g_ptr_array_add (self->all, catalogue_new (g_ptr_array_index (reports, i)));
  return self;
}

/* Says in the document, too, what the edition offers. */
static gboolean
offer_trial (UpkeepCatalogue *self, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  const UpkeepPlan *trial = upkeep_edition_find_plan_of_kind (self->edition, UPKEEP_PLAN_TRIAL);
  JsonArray *plans;

  if (trial == NULL) {
    g_set_error (error, UPKEEP_CATALOGUES_ERROR, UPKEEP_CATALOGUES_ERROR_SET,
                 "edition %s/%s has no trial", self->edition->service, self->edition->id);
    return FALSE;
  }

  node = upkeep_json_parse (self->document, UPKEEP_CATALOGUE_MAX_BYTES, error);
  if (node == NULL)
    return FALSE;
  plans = json_object_get_array_member (json_node_get_object (node), "plans");
  for (guint i = 0; i < json_array_get_length (plans); i++) {
    JsonObject *plan = json_array_get_object_element (plans, i);

    if (g_str_equal (json_object_get_string_member (plan, "id"), trial->id))
      json_object_set_boolean_member (plan, "offered", TRUE);
  }
  set_document (self, node);
  ((UpkeepPlan *) trial)->offered = TRUE;
  return TRUE;
}

/**
 * upkeep_catalogues_offer_trials:
 * @self: editions that nobody else has seen yet
 * @names: `service/edition`, with a comma between two
 * @error: return location for a `UPKEEP_CATALOGUES_ERROR`
 *
 * Switches the free trial of editions on, which the shipped ones have off (RULES 0.13, C-03).
 *
 * Errors: `UPKEEP_CATALOGUES_ERROR_SET` when there is no such edition, or no trial in it.
 *
 * Returns: `FALSE` when nothing may be served
 */
gboolean
upkeep_catalogues_offer_trials (UpkeepCatalogues *self, const char *names, GError **error)
{
  g_auto (GStrv) all = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (names != NULL, FALSE);

  all = g_strsplit (names, ",", UPKEEP_CATALOGUES_MAX);
  for (gsize i = 0; all[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (g_strstrip (all[i]), "/", 2);
    const UpkeepCatalogue *catalogue = NULL;

    if (g_strv_length (parts) == 2)
      catalogue = upkeep_catalogues_find (self, parts[0], parts[1]);
    if (catalogue == NULL) {
      g_set_error (error, UPKEEP_CATALOGUES_ERROR, UPKEEP_CATALOGUES_ERROR_SET,
                   "there is no edition %s", all[i]);
      return FALSE;
    }
    if (!offer_trial ((UpkeepCatalogue *) catalogue, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * upkeep_catalogues_free:
 * @self: (nullable): the editions
 *
 * Frees the editions.
 */
void
upkeep_catalogues_free (UpkeepCatalogues *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->all);
  g_free (self);
}

/**
 * upkeep_catalogues_find:
 * @self: the editions
 * @service: id of a service
 * @edition: (nullable): name of an edition; `NULL` for the one that new accounts get
 *
 * Finds an edition.
 *
 * Returns: (transfer none) (nullable): the edition, or `NULL` when there is none
 */
const UpkeepCatalogue *
upkeep_catalogues_find (const UpkeepCatalogues *self, const char *service, const char *edition)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (service != NULL, NULL);

  for (guint i = 0; i < self->all->len; i++) {
    const UpkeepCatalogue *catalogue = g_ptr_array_index (self->all, i);

    if (g_str_equal (catalogue->edition->service, service) &&
        (edition != NULL ? g_str_equal (catalogue->edition->id, edition)
                         : catalogue->edition->is_default))
      return catalogue;
  }
  return NULL;
}

/**
 * upkeep_catalogues_print_services:
 * @self: the editions
 *
 * Writes the services, each with the edition that new accounts get:
 *
 * |[
 * {"services":[{"id":text,"edition":text,"name":{"en":text,"zh-Hans":text,"zh-Hant":text,"fr":text}}]}
 * ]|
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_catalogues_print_services (const UpkeepCatalogues *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *services = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->all->len; i++) {
    const UpkeepEdition *edition = ((UpkeepCatalogue *) g_ptr_array_index (self->all, i))->edition;
    JsonObject *service;

    if (!edition->is_default)
      continue;
    service = json_object_new ();
    json_object_set_string_member (service, "id", edition->service);
    json_object_set_string_member (service, "edition", edition->id);
    upkeep_wire_set_text (service, "name", &edition->name);
    json_array_add_object_element (services, service);
  }
  json_object_set_array_member (object, "services", services);
  json_node_take_object (node, object);
  return node;
}

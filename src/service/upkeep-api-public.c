/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-call.h"

#include "upkeep-service-resources.h"
#include "upkeep-wire-parts.h"

#include <gio/gio.h>

#define OPENAPI_PATH         "/io/github/upkeep/Upkeep/service/openapi.yaml"
#define OPENAPI_CONTENT_TYPE "application/yaml"

/* What precedes the service's own address in the description. */
#define OPENAPI_SERVERS "servers:\n  - url: "

static UpkeepResponse *
respond_ok (void)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  json_object_set_string_member (object, "status", "ok");
  node = upkeep_wire_take_object (object);
  return upkeep_response_new_json (200, node);
}

/* GET /healthz: `{"status":"ok"}` while the process lives. */
UpkeepResponse *
upkeep_get_health (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  return respond_ok ();
}

/* GET /readyz: the same while the store can be read. */
UpkeepResponse *
upkeep_get_readiness (const UpkeepRequest *request,
                      const UpkeepRouteMatch *match,
                      gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autofree char *account = NULL;
  g_autoptr (GError) error = NULL;

  call->db = upkeep_store_begin_read (call->api->store, &error);
  if (call->db == NULL || !upkeep_store_get_first_account (call->db, &account, &error))
    return upkeep_call_fail (call, error);
  return respond_ok ();
}

/* GET /v1/services */
UpkeepResponse *
upkeep_get_services (const UpkeepRequest *request,
                     const UpkeepRouteMatch *match,
                     gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (JsonNode) node = upkeep_catalogues_print_services (call->api->means->catalogues);
  g_autoptr (GBytes) document = upkeep_json_print (node);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, document);
  g_autofree char *etag = upkeep_call_quote_etag (digest);

  return upkeep_call_respond (call, document, etag);
}

/* GET /v1/services/{service}[?edition=E]: the catalogue as it was loaded. */
UpkeepResponse *
upkeep_get_service (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  static const char *const known[] = {"edition", NULL};
  UpkeepCall *call = user_data;
  const UpkeepCatalogue *catalogue;
  UpkeepResponse *response = upkeep_call_check_query (call, known);

  if (response != NULL)
    return response;
  catalogue = upkeep_catalogues_find (
      call->api->means->catalogues, upkeep_route_match_get (match, "service"),
      upkeep_form_get (upkeep_request_get_query (request), "edition"));
  if (catalogue == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, "There is no such service or edition.");
  return upkeep_call_respond (call, catalogue->document, catalogue->etag);
}

/* GET /openapi.yaml: what this service understands, and where it is. */
UpkeepResponse *
upkeep_get_openapi (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GBytes) body = g_resource_lookup_data (upkeep_service_get_resource (), OPENAPI_PATH,
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (body != NULL);
  if (call->api->public_url != NULL) {
    GString *text = g_string_new_len (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    g_autofree char *servers = g_strconcat (OPENAPI_SERVERS, call->api->public_url, NULL);

    g_string_replace (text, OPENAPI_SERVERS "/", servers, 1);
    g_bytes_unref (body);
    body = g_string_free_to_bytes (text);
  }
  return upkeep_response_new_bytes (200, OPENAPI_CONTENT_TYPE, body);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-call.h"

#include "upkeep-links.h"
#include "upkeep-reader.h"
#include "upkeep-wire-link.h"
#include "upkeep-wire-parts.h"

/* Addresses for a browser. What they end with is single use, holds for a quarter of an hour and is
 * bound to one account (RULES 0.14, A-24). It stands in the path: a query is what proxies and
 * statistics copy about, and what stands behind a # reaches the service only by a script. The page
 * behind it sends no Referer, and the service writes no path into its log. */

#define UNREACHABLE                                                                                \
  "The service listens on a socket of its own machine, which no browser can open. It has to be "   \
  "started with --public-url, or with an address to --listen."

static UpkeepResponse *
respond_link (const UpkeepCall *call, const char *path)
{
  g_autofree char *url = g_strconcat (upkeep_api_get_address (call->api), path, call->token, NULL);
  g_autoptr (JsonNode) node =
      upkeep_wire_print_link (&(UpkeepLink){url, call->now_s + UPKEEP_LINK_LIFE_S});

  return upkeep_response_new_json (201, node);
}

static UpkeepResponse *
add_link (UpkeepCall *call, UpkeepLinkPurpose purpose, const char *path)
{
  g_autoptr (GBytes) hash = upkeep_call_make_token (call);
  g_autoptr (GError) error = NULL;

  if (!upkeep_links_add (call->db, purpose, hash,
                         &(UpkeepLinkOwner){call->account, call->operator_name, FALSE}, call->now_s,
                         &error))
    return upkeep_call_fail (call, error);
  return respond_link (call, path);
}

/* Reads a body that need not be there. Shape: `{}`, or where @ret_method is asked for
 * `{"method"?:text}`. */
static gboolean
read_body (UpkeepCall *call, JsonNode **ret_body, const char **ret_method, GError **error)
{
  UpkeepReader reader;

  *ret_body = NULL;
  if (upkeep_request_get_content_length (call->request) == 0)
    return TRUE;
  *ret_body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, error);
  if (*ret_body == NULL)
    return FALSE;
  upkeep_reader_init (&reader, *ret_body, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  if (ret_method != NULL)
    upkeep_reader_optional_string (&reader, "method", 1, UPKEEP_ID_MAX_BYTES, ret_method);
  return upkeep_reader_finish (&reader);
}

/* POST /v1/account/links */
UpkeepResponse *
upkeep_post_link (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  UpkeepResponse *response;

  if (!read_body (call, &body, NULL, &error))
    return upkeep_call_fail (call, error);
  if (upkeep_api_get_address (call->api) == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_NO_PUBLIC_ADDRESS, UNREACHABLE);
  response = upkeep_call_begin_for (call, body, call->account, &billing);
  if (response != NULL)
    return response;

  if (!upkeep_billing_close (billing, &error))
    return upkeep_call_fail (call, error);
  return add_link (call, UPKEEP_LINK_MANAGE, UPKEEP_MANAGE_PATH "/");
}

/* RULES: what is not on the edition's list is refused, and what is on it is told. */
static UpkeepResponse *
refuse_method (const UpkeepEdition *edition)
{
  g_autofree char *accepted = g_strjoinv (", ", edition->policy.payment_methods);
  g_autofree char *detail = g_strdup_printf (
      "It is not accepted here; PayPal, wire transfers and the like are not. Accepted: %s.",
      accepted);
  JsonObject *extra = json_object_new ();
  g_autoptr (UpkeepProblem) problem = NULL;

  upkeep_wire_set_texts (extra, "accepted", edition->policy.payment_methods);
  problem = upkeep_problem_new_full (UPKEEP_PROBLEM_PAYMENT_METHOD_UNSUPPORTED, 0, detail, "method",
                                     extra);
  json_object_unref (extra);
  return upkeep_response_new_problem (problem);
}

/* POST /v1/account/payment-method-sessions */
UpkeepResponse *
upkeep_post_payment_method_session (const UpkeepRequest *request,
                                    const UpkeepRouteMatch *match,
                                    gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = NULL;
  const char *method = NULL;
  const UpkeepEdition *edition;
  g_autoptr (UpkeepBilling) billing = NULL;
  UpkeepResponse *response;

  if (!read_body (call, &body, &method, &error))
    return upkeep_call_fail (call, error);
  if (upkeep_api_get_address (call->api) == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_NO_PUBLIC_ADDRESS, UNREACHABLE);
  response = upkeep_call_begin_for (call, body, call->account, &billing);
  if (response != NULL)
    return response;

  edition = upkeep_billing_get_edition (billing);
  if (!upkeep_billing_close (billing, &error))
    return upkeep_call_fail (call, error);
  if (method != NULL &&
      !g_strv_contains ((const char *const *) edition->policy.payment_methods, method))
    return refuse_method (edition);
  return add_link (call, UPKEEP_LINK_PAYMENT_METHOD, UPKEEP_PAYMENT_METHOD_PATH "/");
}

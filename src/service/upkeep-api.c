/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-api.h"

#include "upkeep-call.h"
#include "upkeep-random.h"

#include <string.h>

#define BODY_MAX_BYTES       (1024 * 1024)
#define USAGE_BODY_MAX_BYTES (8 * 1024 * 1024)

/* What one subscriber may ask: CONTRACT section 3 promises 100 requests a second at least. */
#define REQUESTS_PER_SECOND 125
#define REQUESTS_BURST      250

#define CURSOR_SECRET_NAME  "cursor"
#define CURSOR_SECRET_BYTES 32

static const UpkeepRoute routes[] = {
    {UPKEEP_METHOD_GET, "/healthz", upkeep_get_health, UPKEEP_AUTH_NONE, 0, 0},
    {UPKEEP_METHOD_GET, "/readyz", upkeep_get_readiness, UPKEEP_AUTH_NONE, 0, 0},
    {UPKEEP_METHOD_GET, "/openapi.yaml", upkeep_get_openapi, UPKEEP_AUTH_NONE, 0, 0},
    {UPKEEP_METHOD_GET, "/v1/services", upkeep_get_services, UPKEEP_AUTH_NONE, 0, 0},
    {UPKEEP_METHOD_GET, "/v1/services/{service}", upkeep_get_service, UPKEEP_AUTH_NONE, 0, 0},
    {UPKEEP_METHOD_GET, "/v1/services/{service}/changes", upkeep_get_changes, UPKEEP_AUTH_NONE, 0,
     0},

    {UPKEEP_METHOD_GET, "/v1/account", upkeep_get_account, UPKEEP_AUTH_SUBSCRIBER, 0, 0},
    {UPKEEP_METHOD_POST, "/v1/account/quotes", upkeep_post_quote, UPKEEP_AUTH_SUBSCRIBER,
     BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_GET, "/v1/account/quotes/{id}", upkeep_get_quote, UPKEEP_AUTH_SUBSCRIBER, 0, 0},
    {UPKEEP_METHOD_POST, "/v1/account/quotes/{id}/accept", upkeep_post_accept,
     UPKEEP_AUTH_SUBSCRIBER, BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_GET, "/v1/account/receipts/{id}", upkeep_get_receipt, UPKEEP_AUTH_SUBSCRIBER, 0,
     0},
    {UPKEEP_METHOD_POST, "/v1/account/mode", upkeep_post_mode, UPKEEP_AUTH_SUBSCRIBER,
     BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_GET, "/v1/account/usage", upkeep_get_usage, UPKEEP_AUTH_SUBSCRIBER, 0, 0},
    {UPKEEP_METHOD_GET, "/v1/account/invoices", upkeep_get_invoices, UPKEEP_AUTH_SUBSCRIBER, 0, 0},
    {UPKEEP_METHOD_GET, "/v1/account/invoices/{id}", upkeep_get_invoice, UPKEEP_AUTH_SUBSCRIBER, 0,
     0},
    {UPKEEP_METHOD_GET, "/v1/account/ledger", upkeep_get_ledger, UPKEEP_AUTH_SUBSCRIBER, 0, 0},
    {UPKEEP_METHOD_POST, "/v1/account/reasons", upkeep_post_reason, UPKEEP_AUTH_SUBSCRIBER,
     BODY_MAX_BYTES, 0},

    {UPKEEP_METHOD_POST, "/v1/admin/accounts", upkeep_post_admin_account, UPKEEP_AUTH_ADMIN,
     BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/accounts/{id}/tokens", upkeep_post_admin_token,
     UPKEEP_AUTH_ADMIN, BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/accounts/{id}/edition", upkeep_post_admin_account_edition,
     UPKEEP_AUTH_ADMIN, BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/services/{service}/edition", upkeep_post_admin_service_edition,
     UPKEEP_AUTH_ADMIN, BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/usage", upkeep_post_admin_usage, UPKEEP_AUTH_ADMIN,
     USAGE_BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/jobs", upkeep_post_admin_job, UPKEEP_AUTH_ADMIN, BODY_MAX_BYTES,
     0},
    {UPKEEP_METHOD_GET, "/v1/admin/jobs/{id}", upkeep_get_admin_job, UPKEEP_AUTH_ADMIN, 0, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/jobs/{id}/finish", upkeep_post_admin_job_finish,
     UPKEEP_AUTH_ADMIN, BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/grants", upkeep_post_admin_grant, UPKEEP_AUTH_ADMIN,
     BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/referrals", upkeep_post_admin_referral, UPKEEP_AUTH_ADMIN,
     BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/features/check", upkeep_post_admin_feature_check,
     UPKEEP_AUTH_ADMIN, BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_GET, "/v1/admin/clock", upkeep_get_admin_clock, UPKEEP_AUTH_ADMIN, 0, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/clock", upkeep_post_admin_clock, UPKEEP_AUTH_ADMIN,
     BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_GET, "/v1/admin/fsck", upkeep_get_admin_fsck, UPKEEP_AUTH_ADMIN, 0, 0},
    {UPKEEP_METHOD_GET, "/v1/admin/reasons", upkeep_get_admin_reasons, UPKEEP_AUTH_ADMIN, 0, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/shipments", upkeep_post_admin_shipment, UPKEEP_AUTH_ADMIN,
     BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_POST, "/v1/admin/sandbox/payment-method", upkeep_post_admin_payment_method,
     UPKEEP_AUTH_ADMIN, BODY_MAX_BYTES, 0},
};

/* A secret that cursors are sealed with, made with the store. */
static GBytes *
load_cursor_secret (UpkeepStore *store, GError **error)
{
  g_autoptr (GBytes) secret = NULL;
  UpkeepDb *db = upkeep_store_begin (store, error);

  if (db == NULL)
    return NULL;
  if (!upkeep_store_get_setting (db, CURSOR_SECRET_NAME, &secret, error)) {
    upkeep_store_rollback (store);
    return NULL;
  }
  if (secret == NULL) {
    guint8 bytes[CURSOR_SECRET_BYTES];

    upkeep_random_bytes (bytes, sizeof bytes);
    secret = g_bytes_new (bytes, sizeof bytes);
    if (!upkeep_store_add_setting (db, CURSOR_SECRET_NAME, secret, error)) {
      upkeep_store_rollback (store);
      return NULL;
    }
  }
  return upkeep_store_commit (store, error) ? g_steal_pointer (&secret) : NULL;
}

/**
 * upkeep_api_new:
 * @store: the store
 * @means: what accounts are billed with
 * @clock: what time it is
 * @admin_token: (nullable): what lets the operator in; without it nobody is let in as such
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Makes the interface. @store, @means and @clock must outlive it.
 *
 * Returns: (transfer full): the interface, or `NULL` with @error set
 */
UpkeepApi *
upkeep_api_new (UpkeepStore *store,
                const UpkeepBillingMeans *means,
                UpkeepClock *clock,
                const char *admin_token,
                GError **error)
{
  UpkeepApi *self;
  GBytes *secret;

  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (means != NULL, NULL);
  g_return_val_if_fail (clock != NULL, NULL);

  secret = load_cursor_secret (store, error);
  if (secret == NULL)
    return NULL;
  self = g_new0 (UpkeepApi, 1);
  self->store = store;
  self->means = means;
  self->clock = clock;
  self->admin_token = g_strdup (admin_token);
  self->cursor_secret = secret;
  self->rate = upkeep_rate_new (REQUESTS_PER_SECOND, REQUESTS_BURST);
  return self;
}

/**
 * upkeep_api_free:
 * @self: (nullable): an interface that answers nothing any more
 *
 * Frees the interface.
 */
void
upkeep_api_free (UpkeepApi *self)
{
  if (self == NULL)
    return;
  if (self->admin_token != NULL)
    explicit_bzero (self->admin_token, strlen (self->admin_token));
  g_free (self->admin_token);
  g_bytes_unref (self->cursor_secret);
  upkeep_rate_free (self->rate);
  g_free (self->public_url);
  g_free (self);
}

/**
 * upkeep_api_set_public_url:
 * @self: an interface that answers nothing yet
 * @public_url: (nullable): what the service is called from outside
 *
 * Says what address the interface describes itself under.
 */
void
upkeep_api_set_public_url (UpkeepApi *self, const char *public_url)
{
  gsize length;

  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->public_url, g_free);
  if (public_url == NULL)
    return;
  length = strlen (public_url);
  while (length > 0 && public_url[length - 1] == '/')
    length--;
  self->public_url = g_strndup (public_url, length);
}

/**
 * upkeep_api_set_rate:
 * @self: an interface that answers nothing yet
 * @per_second: as for upkeep_rate_new()
 * @burst: as for upkeep_rate_new()
 *
 * Says how often a subscriber may ask, by the machine's own clock.
 */
void
upkeep_api_set_rate (UpkeepApi *self, guint per_second, guint burst)
{
  g_return_if_fail (self != NULL);

  upkeep_rate_free (self->rate);
  self->rate = upkeep_rate_new (per_second, burst);
}

/**
 * upkeep_api_set_committed:
 * @self: an interface that answers nothing yet
 * @committed: (nullable): told after each commit
 * @user_data: for @committed
 *
 * Says who is told when something was written.
 */
void
upkeep_api_set_committed (UpkeepApi *self, UpkeepApiCommitted committed, gpointer user_data)
{
  g_return_if_fail (self != NULL);

  self->committed = committed;
  self->committed_data = user_data;
}

static UpkeepResponse *
refuse_token (gboolean was_there)
{
  UpkeepResponse *response = upkeep_call_refuse (UPKEEP_PROBLEM_UNAUTHORIZED, NULL);

  upkeep_response_set_header (response, UPKEEP_RESPONSE_WWW_AUTHENTICATE,
                              was_there ? "Bearer realm=\"upkeep\", error=\"invalid_token\""
                                        : "Bearer realm=\"upkeep\"");
  return response;
}

static UpkeepResponse *
find_token (UpkeepCall *call, GBytes *hash)
{
  g_autoptr (GError) error = NULL;
  UpkeepDb *db = upkeep_store_begin_read (call->api->store, &error);
  gboolean is_read;

  if (db == NULL)
    return upkeep_call_fail (call, error);
  is_read = upkeep_store_find_token (db, hash, &call->account, &call->operator_name, &error);
  upkeep_store_end_read (call->api->store, db);
  return is_read ? NULL : upkeep_call_fail (call, error);
}

static UpkeepResponse *
limit_rate (const UpkeepCall *call)
{
  guint wait_s = 0;
  UpkeepResponse *response;
  g_autofree char *wait = NULL;

  if (upkeep_rate_take (call->api->rate, call->account, strlen (call->account),
                        g_get_monotonic_time (), &wait_s))
    return NULL;
  response = upkeep_call_refuse (UPKEEP_PROBLEM_RATE_LIMITED, NULL);
  wait = g_strdup_printf ("%u", wait_s);
  upkeep_response_set_header (response, UPKEEP_RESPONSE_RETRY_AFTER, wait);
  return response;
}

/* Hashes are compared and not tokens, so that the time it takes tells nothing. */
static gboolean
is_operator (const UpkeepApi *api, GBytes *hash)
{
  g_autoptr (GBytes) wanted = NULL;

  if (api->admin_token == NULL)
    return FALSE;
  wanted = upkeep_hash_token (api->admin_token);
  return g_bytes_equal (wanted, hash);
}

/* Who asks, and whether they may: judged before anything of the body is looked at. */
static UpkeepResponse *
authorize (UpkeepCall *call)
{
  UpkeepAuth wanted = call->match.route->auth;
  const char *token = upkeep_request_get_bearer (call->request);
  g_autoptr (GBytes) hash = NULL;
  UpkeepResponse *refusal;

  if (wanted == UPKEEP_AUTH_NONE)
    return NULL;
  if (token == NULL)
    return refuse_token (FALSE);
  hash = upkeep_hash_token (token);
  if (is_operator (call->api, hash))
    return wanted == UPKEEP_AUTH_ADMIN ? NULL : upkeep_call_refuse (UPKEEP_PROBLEM_FORBIDDEN, NULL);
  refusal = find_token (call, hash);
  if (refusal != NULL)
    return refusal;
  if (call->account == NULL)
    return refuse_token (TRUE);
  if (wanted != UPKEEP_AUTH_SUBSCRIBER)
    return upkeep_call_refuse (UPKEEP_PROBLEM_FORBIDDEN, NULL);
  return limit_rate (call);
}

/* Looks at a request whose body is not there yet. */
static UpkeepResponse *
begin (UpkeepCall *call)
{
  UpkeepResponse *refusal = NULL;

  if (!upkeep_router_match (routes, G_N_ELEMENTS (routes), call->request, &call->match, &refusal))
    return refusal;
  refusal = authorize (call);
  return refusal != NULL ? refusal : upkeep_route_check_body (call->match.route, call->request);
}

static UpkeepResponse *
head (const UpkeepRequest *request,
      gsize *ret_body_max_bytes,
      gpointer *ret_context,
      gpointer user_data)
{
  UpkeepCall *call = upkeep_call_new (user_data, request);
  UpkeepResponse *refusal = begin (call);

  if (refusal != NULL) {
    upkeep_call_free (call);
    return refusal;
  }
  *ret_body_max_bytes = call->match.route->body_max_bytes;
  *ret_context = call;
  return NULL;
}

static UpkeepResponse *
handle (const UpkeepRequest *request, gpointer context, gpointer user_data)
{
  UpkeepCall *call = context;

  call->request = request;
  return upkeep_call_finish (call, call->match.route->handle (request, &call->match, call));
}

static void
context_free (gpointer context)
{
  upkeep_call_free (context);
}

/* What the transport calls; its user data is the interface. */
const UpkeepTransportHandler upkeep_api_transport_handler = {
    .head = head,
    .handle = handle,
    .context_free = context_free,
};

/**
 * upkeep_api_handle:
 * @self: the interface
 * @request: a whole request
 *
 * Answers a request. May be called from any thread, and may block.
 *
 * Returns: (transfer full): the answer
 */
UpkeepResponse *
upkeep_api_handle (UpkeepApi *self, const UpkeepRequest *request)
{
  gsize body_max_bytes = 0;
  gpointer context = NULL;
  UpkeepResponse *response;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);

  response = head (request, &body_max_bytes, &context, self);
  if (response != NULL)
    return response;
  response = handle (request, context, self);
  context_free (context);
  return response;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-api.h"

#include "upkeep-call.h"
#include "upkeep-page.h"
#include "upkeep-random.h"

#include <string.h>

#define BODY_MAX_BYTES       (1024 * 1024)
#define USAGE_BODY_MAX_BYTES (8 * 1024 * 1024)

/* What one subscriber may ask: CONTRACT section 3 promises 100 requests a second at least. */
#define REQUESTS_PER_SECOND 125
#define REQUESTS_BURST      250

/* What a form of a page may have. */
#define FORM_MAX_BYTES (16 * 1024)

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

    {UPKEEP_METHOD_POST, "/v1/account/links", upkeep_post_link, UPKEEP_AUTH_SUBSCRIBER,
     BODY_MAX_BYTES, 0},
    {UPKEEP_METHOD_POST, "/v1/account/payment-method-sessions", upkeep_post_payment_method_session,
     UPKEEP_AUTH_SUBSCRIBER, BODY_MAX_BYTES, 0},

    {UPKEEP_METHOD_GET, "/pages.css", upkeep_get_page_style, UPKEEP_AUTH_NONE, 0, 0},
    {UPKEEP_METHOD_GET, UPKEEP_MANAGE_PATH, upkeep_get_manage, UPKEEP_AUTH_VISIT, 0, 0},
    {UPKEEP_METHOD_GET, UPKEEP_MANAGE_PATH "/plan/choose", upkeep_get_manage_plans,
     UPKEEP_AUTH_VISIT, 0, 0},
    {UPKEEP_METHOD_GET, UPKEEP_MANAGE_PATH "/plan/buy", upkeep_get_manage_topup, UPKEEP_AUTH_VISIT,
     0, 0},
    {UPKEEP_METHOD_POST, UPKEEP_MANAGE_PATH "/plan/quote", upkeep_post_manage_quote,
     UPKEEP_AUTH_VISIT, FORM_MAX_BYTES, UPKEEP_ROUTE_FORM},
    {UPKEEP_METHOD_GET, UPKEEP_MANAGE_PATH "/quotes/{id}", upkeep_get_manage_quote,
     UPKEEP_AUTH_VISIT, 0, 0},
    {UPKEEP_METHOD_POST, UPKEEP_MANAGE_PATH "/quotes/{id}/accept", upkeep_post_manage_accept,
     UPKEEP_AUTH_VISIT, FORM_MAX_BYTES, UPKEEP_ROUTE_FORM},
    {UPKEEP_METHOD_GET, UPKEEP_MANAGE_PATH "/quotes/{id}/receipt", upkeep_get_manage_receipt,
     UPKEEP_AUTH_VISIT, 0, 0},
    {UPKEEP_METHOD_POST, UPKEEP_MANAGE_PATH "/plan/payment-method", upkeep_post_manage_method,
     UPKEEP_AUTH_VISIT, FORM_MAX_BYTES, UPKEEP_ROUTE_FORM},
    {UPKEEP_METHOD_POST, UPKEEP_MANAGE_PATH "/visit/leave", upkeep_post_manage_leave,
     UPKEEP_AUTH_VISIT, FORM_MAX_BYTES, UPKEEP_ROUTE_FORM},
    {UPKEEP_METHOD_GET, UPKEEP_MANAGE_PATH "/{token}", upkeep_get_manage_link, UPKEEP_AUTH_PAGE, 0,
     0},
    {UPKEEP_METHOD_POST, UPKEEP_MANAGE_PATH "/{token}", upkeep_post_manage_link, UPKEEP_AUTH_PAGE,
     FORM_MAX_BYTES, UPKEEP_ROUTE_FORM},
    {UPKEEP_METHOD_GET, UPKEEP_PAYMENT_METHOD_PATH "/{token}", upkeep_get_sandbox_method,
     UPKEEP_AUTH_PAGE, 0, 0},
    {UPKEEP_METHOD_POST, UPKEEP_PAYMENT_METHOD_PATH "/{token}", upkeep_post_sandbox_method,
     UPKEEP_AUTH_PAGE, FORM_MAX_BYTES, UPKEEP_ROUTE_FORM},

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
  self->words = upkeep_page_words_load ();
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
  upkeep_page_words_free (self->words);
  g_free (self->public_url);
  g_free (self->listening);
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
 * upkeep_api_set_listening:
 * @self: an interface that was not told before
 * @url: where it listens: `http://127.0.0.1:8080` or `unix:/path`
 *
 * Says where it can be reached, which is known once it answers already.
 */
void
upkeep_api_set_listening (UpkeepApi *self, const char *url)
{
  g_return_if_fail (self != NULL && self->listening == NULL);
  g_return_if_fail (url != NULL);

  g_atomic_pointer_set (&self->listening, g_strdup (url));
}

/**
 * upkeep_api_get_address:
 * @self: an interface
 *
 * Gets what the addresses for browsers begin with: what the service is called from outside, else
 * where it listens.
 *
 * Returns: (transfer none) (nullable): an address without a slash at its end; `NULL` for a socket
 *   that no browser can open
 */
const char *
upkeep_api_get_address (UpkeepApi *self)
{
  const char *listening;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->public_url != NULL)
    return self->public_url;
  listening = g_atomic_pointer_get (&self->listening);
  return listening != NULL && g_str_has_prefix (listening, "http://") ? listening : NULL;
}

/* Where the path of an address begins: behind the scheme and the host. */
static const char *
find_path (const char *address)
{
  const char *host = strstr (address, "://");

  return host != NULL ? host + 3 + strcspn (host + 3, "/") : address + strlen (address);
}

/**
 * upkeep_api_get_prefix:
 * @self: an interface
 *
 * Gets what a browser's paths have before those of the routes.
 *
 * Returns: (transfer none): such as `/billing`, mostly empty
 */
const char *
upkeep_api_get_prefix (UpkeepApi *self)
{
  const char *address = upkeep_api_get_address (self);

  return address != NULL ? find_path (address) : "";
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
limit_rate (const UpkeepCall *call, const char *whose)
{
  guint wait_s = 0;
  UpkeepResponse *response;
  g_autofree char *wait = NULL;

  if (upkeep_rate_take (call->api->rate, whose, strlen (whose), g_get_monotonic_time (), &wait_s))
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

static UpkeepResponse *
authorize_token (UpkeepCall *call)
{
  UpkeepAuth wanted = call->match.route->auth;
  const char *token = upkeep_request_get_bearer (call->request);
  g_autoptr (GBytes) hash = NULL;
  UpkeepResponse *refusal;

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
  return limit_rate (call, call->account);
}

/* Whether a form was sent by a page of ours, by what the browser says (Fetch Metadata, Origin). Our
 * pages send no Referer, and then a browser calls the origin of their forms `null`. */
static gboolean
is_from_own_page (const UpkeepCall *call)
{
  const char *site = upkeep_request_get_header (call->request, UPKEEP_REQUEST_SEC_FETCH_SITE);
  const char *origin = upkeep_request_get_header (call->request, UPKEEP_REQUEST_ORIGIN);
  const char *address = upkeep_api_get_address (call->api);
  gsize length;

  if (site != NULL && !g_str_equal (site, "same-origin"))
    return FALSE;
  if (origin == NULL || g_str_equal (origin, "null"))
    return TRUE;
  if (address == NULL)
    return FALSE;
  length = (gsize) (find_path (address) - address);
  return strlen (origin) == length && g_ascii_strncasecmp (origin, address, length) == 0;
}

static UpkeepResponse *
authorize_browser (UpkeepCall *call)
{
  const char *peer = upkeep_request_get_peer (call->request);
  g_autofree char *whose = g_strconcat ("browser ", peer != NULL ? peer : "", NULL);
  UpkeepResponse *refusal = limit_rate (call, whose);

  if (refusal == NULL && upkeep_request_get_method (call->request) == UPKEEP_METHOD_POST &&
      !is_from_own_page (call))
    refusal = upkeep_call_refuse (UPKEEP_PROBLEM_FORBIDDEN, NULL);
  if (refusal == NULL && call->match.route->auth == UPKEEP_AUTH_VISIT)
    refusal = upkeep_page_find_visit (call);
  if (refusal == NULL && call->account != NULL)
    refusal = limit_rate (call, call->account);
  return refusal;
}

/* Who asks, and whether they may: judged before anything of the body is looked at. */
static UpkeepResponse *
authorize (UpkeepCall *call)
{
  switch (call->match.route->auth) {
  case UPKEEP_AUTH_SUBSCRIBER:
  case UPKEEP_AUTH_ADMIN:
    return authorize_token (call);
  case UPKEEP_AUTH_PAGE:
  case UPKEEP_AUTH_VISIT:
    return authorize_browser (call);
  case UPKEEP_AUTH_NONE:
  default:
    return NULL;
  }
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
    refusal = upkeep_page_for_refusal (call, refusal);
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

  g_assert (call != NULL); /* head() made it, or refused the request */
  call->request = request;
  return upkeep_page_for_refusal (
      call, upkeep_call_finish (call, call->match.route->handle (request, &call->match, call)));
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
  g_assert (context != NULL); /* a head that is not refused leaves its call */
  response = handle (request, context, self);
  context_free (context);
  return response;
}

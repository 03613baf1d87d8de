/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-call.h"

#include "upkeep-due-work.h"
#include "upkeep-feature-rule.h"
#include "upkeep-fsck.h"
#include "upkeep-reader.h"
#include "upkeep-wire-account.h"
#include "upkeep-wire-parts.h"

#define OPERATOR_MAX_CHARS 100

/* An answer with a token in it is not for anybody's cache. */
static UpkeepResponse *
respond_token (const UpkeepCall *call, const char *account)
{
  g_autoptr (JsonNode) node = upkeep_wire_print_access (account, call->token);
  UpkeepResponse *response = upkeep_response_new_json (201, node);

  upkeep_response_set_header (response, UPKEEP_RESPONSE_CACHE_CONTROL, "no-store");
  return response;
}

static UpkeepResponse *
find_catalogue (const UpkeepCall *call,
                const UpkeepAccountRequest *wanted,
                const UpkeepCatalogue **ret_catalogue)
{
  const UpkeepCatalogues *catalogues = call->api->means->catalogues;

  if (upkeep_catalogues_find (catalogues, wanted->service, NULL) == NULL)
    return upkeep_call_refuse_member ("service", "There is no such service.");
  *ret_catalogue = upkeep_catalogues_find (catalogues, wanted->service, wanted->edition);
  if (*ret_catalogue == NULL)
    return upkeep_call_refuse_member ("edition", "The service has no such edition.");
  return NULL;
}

/* POST /v1/admin/accounts */
UpkeepResponse *
upkeep_post_admin_account (const UpkeepRequest *request,
                           const UpkeepRouteMatch *match,
                           gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (UpkeepAccountRequest) wanted = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  const UpkeepCatalogue *catalogue = NULL;
  const char *account;
  UpkeepResponse *response;

  if (body != NULL)
    wanted = upkeep_wire_parse_account_request (body, &error);
  if (wanted == NULL)
    return upkeep_call_fail (call, error);
  response = find_catalogue (call, wanted, &catalogue);
  if (response == NULL)
    response = upkeep_call_begin (call, body);
  if (response != NULL)
    return response;

  billing =
      upkeep_billing_create (call->db, call->api->means, catalogue, wanted, call->now_s, &error);
  if (billing == NULL)
    return upkeep_call_fail (call, error);
  account = upkeep_billing_get_account (billing)->id;
  if (!upkeep_call_add_token (call, account, NULL, &error))
    return upkeep_call_fail (call, error);
  return respond_token (call, account);
}

/* POST /v1/admin/accounts/{id}/tokens: nothing has to be said, so a body need not be there. Who
 * helps somebody that cannot sign in any more gives a name (RULES 0.35, C-32). */
UpkeepResponse *
upkeep_post_admin_token (const UpkeepRequest *request,
                         const UpkeepRouteMatch *match,
                         gpointer user_data)
{
  UpkeepCall *call = user_data;
  const char *account = upkeep_route_match_get (match, "id");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  const char *operator_name = NULL;
  UpkeepResponse *response;

  if (upkeep_request_get_content_length (request) > 0) {
    UpkeepReader reader;

    body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
    if (body == NULL)
      return upkeep_call_fail (call, error);
    upkeep_reader_init (&reader, body, NULL, UPKEEP_READER_UNKNOWN_REFUSED, &error);
    upkeep_reader_optional_string (&reader, "operator", 1, OPERATOR_MAX_CHARS, &operator_name);
    if (!upkeep_reader_finish (&reader))
      return upkeep_call_fail (call, error);
  }
  response = upkeep_call_begin_for (call, body, account, &billing);
  if (response != NULL)
    return response;

  if (!upkeep_billing_close (billing, &error) ||
      !upkeep_call_add_token (call, account, operator_name, &error))
    return upkeep_call_fail (call, error);
  return respond_token (call, NULL);
}

/* A batch of use while it is counted. */
typedef struct {
  UpkeepCall *call;     /* (unowned) */
  GHashTable *accounts; /* (owned): id → UpkeepBilling */
  GArray *rejected;     /* (owned) (element-type UpkeepRejection) */
  guint n_accepted;
  guint n_duplicates;
} Batch;

static void
batch_clear (Batch *self)
{
  g_clear_pointer (&self->accounts, g_hash_table_unref);
  g_clear_pointer (&self->rejected, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

static void
reject (Batch *self, guint index, UpkeepRejectionCode code)
{
  UpkeepRejection rejection = {index, code};

  g_array_append_val (self->rejected, rejection);
}

/* Each account is taken up once for a whole batch. */
static gboolean
take_up (Batch *self, const char *id, UpkeepBilling **ret_billing, GError **error)
{
  UpkeepBilling *billing = g_hash_table_lookup (self->accounts, id);

  if (billing == NULL) {
    if (!upkeep_billing_open (self->call->db, self->call->api->means, id, self->call->now_s,
                              &billing, error))
      return FALSE;
    if (billing != NULL)
      g_hash_table_insert (self->accounts, g_strdup (id), billing);
  }
  *ret_billing = billing;
  return TRUE;
}

/* The order of what is looked at: form, duplicate, account, meter (CONTRACT section 8, "Usage"). */
static gboolean
count_event (Batch *self, guint index, const UpkeepUsageEvent *event, GError **error)
{
  UpkeepBilling *billing = NULL;
  UpkeepRejectionCode code = UPKEEP_REJECTION_INVALID_VALUE;
  gboolean is_duplicate = FALSE;
  gboolean is_rejected = FALSE;

  if (!event->is_valid) {
    reject (self, index, UPKEEP_REJECTION_INVALID_VALUE);
    return TRUE;
  }
  if (!upkeep_store_has_use (self->call->db, event->id, &is_duplicate, error))
    return FALSE;
  if (is_duplicate) {
    self->n_duplicates++;
    return TRUE;
  }
  if (!take_up (self, event->account, &billing, error))
    return FALSE;
  if (billing == NULL) {
    reject (self, index, UPKEEP_REJECTION_UNKNOWN_ACCOUNT);
    return TRUE;
  }
  if (!upkeep_billing_record_use (billing, event, &is_rejected, &code, error))
    return FALSE;
  if (is_rejected)
    reject (self, index, code);
  else
    self->n_accepted++;
  return TRUE;
}

static gboolean
count_batch (Batch *self, const UpkeepUsageBatch *batch, GError **error)
{
  GHashTableIter iter;
  gpointer billing;

  for (guint i = 0; i < batch->events->len; i++) {
    if (!count_event (self, i, &g_array_index (batch->events, UpkeepUsageEvent, i), error))
      return FALSE;
  }
  g_hash_table_iter_init (&iter, self->accounts);
  while (g_hash_table_iter_next (&iter, NULL, &billing)) {
    if (!upkeep_billing_close (billing, error))
      return FALSE;
  }
  return TRUE;
}

/* POST /v1/admin/usage */
UpkeepResponse *
upkeep_post_admin_usage (const UpkeepRequest *request,
                         const UpkeepRouteMatch *match,
                         gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_MARKED, &error);
  g_autoptr (UpkeepUsageBatch) reported = NULL;
  g_auto (Batch) batch = {.call = call};
  g_autoptr (JsonNode) node = NULL;
  UpkeepResponse *response;

  if (body != NULL)
    reported = upkeep_wire_parse_usage_batch (body, &error);
  if (reported == NULL)
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin (call, body);
  if (response != NULL)
    return response;

  batch.accounts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) upkeep_billing_free);
  batch.rejected = g_array_new (FALSE, FALSE, sizeof (UpkeepRejection));
  if (!count_batch (&batch, reported, &error))
    return upkeep_call_fail (call, error);
  node = upkeep_wire_print_usage_result (batch.n_accepted, batch.n_duplicates,
                                         (const UpkeepRejection *) batch.rejected->data,
                                         batch.rejected->len);
  return upkeep_response_new_json (200, node);
}

/* Shape: `{"id":text,"account":text,"meter":text,"kind":text,"quantity":int,"remaining":int,
 * "expires_at":instant?}` */
static JsonNode *
print_grant (const UpkeepGrantRequest *request, const UpkeepGrant *grant)
{
  JsonObject *object = json_object_new ();
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, grant->number);

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "account", request->account);
  json_object_set_string_member (object, "meter", request->meter);
  json_object_set_string_member (object, "kind", upkeep_grant_kind_to_string (grant->kind));
  json_object_set_int_member (object, "quantity", grant->quantity);
  json_object_set_int_member (object, "remaining", grant->remaining);
  upkeep_wire_set_instant (object, "expires_at", grant->expires_at_s);
  return upkeep_wire_take_object (object);
}

/* POST /v1/admin/grants */
UpkeepResponse *
upkeep_post_admin_grant (const UpkeepRequest *request,
                         const UpkeepRouteMatch *match,
                         gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (UpkeepGrantRequest) wanted = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  g_autoptr (JsonNode) node = NULL;
  const GArray *grants;
  UpkeepResponse *response;

  if (body != NULL)
    wanted = upkeep_wire_parse_grant_request (body, &error);
  if (wanted == NULL)
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin_for (call, body, wanted->account, &billing);
  if (response != NULL)
    return response;

  if (!g_str_equal (wanted->meter, upkeep_billing_get_edition (billing)->meter.id))
    return upkeep_call_refuse_member ("meter", "The service has no such meter.");
  if (!upkeep_billing_give_grant (billing, wanted, &error)) {
    /* Quantities were judged before. */
    if (error->domain == UPKEEP_MODEL_ERROR && wanted->has_expiry)
      return upkeep_call_refuse_member ("expires_at", error->message);
    return upkeep_call_fail (call, error);
  }
  if (!upkeep_billing_close (billing, &error))
    return upkeep_call_fail (call, error);
  grants = upkeep_billing_get_account (billing)->grants;
  node = print_grant (wanted, &g_array_index (grants, UpkeepGrant, grants->len - 1));
  return upkeep_response_new_json (201, node);
}

/* Shape: `{"account":text,"feature":text}` */
static gboolean
parse_feature_check (JsonNode *body,
                     const char **ret_account,
                     const char **ret_feature,
                     GError **error)
{
  UpkeepReader reader;

  upkeep_reader_init (&reader, body, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_id (&reader, "account", UPKEEP_OPAQUE_ID_MAX_BYTES, ret_account);
  upkeep_reader_id (&reader, "feature", UPKEEP_ID_MAX_BYTES, ret_feature);
  return upkeep_reader_finish (&reader);
}

/* Shape: `{"allowed":bool,"code":text?}` */
static JsonNode *
print_feature_check (const char *code)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "allowed", code == NULL);
  json_object_set_string_member (object, "code", code);
  return upkeep_wire_take_object (object);
}

/* POST /v1/admin/features/check: only asks, so a key means nothing here. */
UpkeepResponse *
upkeep_post_admin_feature_check (const UpkeepRequest *request,
                                 const UpkeepRouteMatch *match,
                                 gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepEdition *edition = NULL;
  g_autoptr (JsonNode) node = NULL;
  const char *id = NULL;
  const char *feature = NULL;
  UpkeepResponse *response;

  if (body == NULL || !parse_feature_check (body, &id, &feature, &error))
    return upkeep_call_fail (call, error);
  response = upkeep_call_read (call, id, &account, &edition);
  if (response != NULL)
    return response;
  if (upkeep_edition_find_feature (edition, feature) == NULL)
    return upkeep_call_refuse_member ("feature", "The service has no such feature.");
  node = print_feature_check (upkeep_judge_feature (edition, account, feature, call->now_s));
  return upkeep_response_new_json (200, node);
}

static UpkeepResponse *
respond_clock (gint64 now_s)
{
  g_autoptr (JsonNode) node = upkeep_wire_print_clock (now_s);

  return upkeep_response_new_json (200, node);
}

static JsonNode *
print_fsck_report (const UpkeepFsckReport *report)
{
  JsonObject *object = json_object_new ();
  JsonArray *findings = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < report->findings->len; i++) {
    const UpkeepFinding *finding = &g_array_index (report->findings, UpkeepFinding, i);
    JsonObject *entry = json_object_new ();

    json_object_set_string_member (entry, "check", finding->check);
    json_object_set_string_member (entry, "account", finding->account);
    json_object_set_string_member (entry, "id", finding->id);
    json_object_set_string_member (entry, "expected", finding->expected);
    json_object_set_string_member (entry, "found", finding->found);
    json_array_add_object_element (findings, entry);
  }
  json_object_set_int_member (object, "accounts", report->n_accounts);
  json_object_set_int_member (object, "transactions", report->n_transactions);
  json_object_set_array_member (object, "findings", findings);
  json_node_take_object (node, object);
  return node;
}

/* GET /v1/admin/fsck: one state of the whole store, while others go on writing. */
UpkeepResponse *
upkeep_get_admin_fsck (const UpkeepRequest *request,
                       const UpkeepRouteMatch *match,
                       gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_auto (UpkeepFsckReport) report = {0};
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  call->db = upkeep_store_begin_read (call->api->store, &error);
  if (call->db != NULL)
    call->now_s = upkeep_clock_now (call->api->clock);
  if (call->db == NULL || !upkeep_fsck (call->db, call->api->means, call->now_s, &report, &error))
    return upkeep_call_fail (call, error);
  node = print_fsck_report (&report);
  return upkeep_response_new_json (200, node);
}

/* GET /v1/admin/clock */
UpkeepResponse *
upkeep_get_admin_clock (const UpkeepRequest *request,
                        const UpkeepRouteMatch *match,
                        gpointer user_data)
{
  UpkeepCall *call = user_data;

  return respond_clock (upkeep_clock_now (call->api->clock));
}

static UpkeepResponse *
refuse_backwards (gint64 now_s)
{
  char now[UPKEEP_INSTANT_TEXT_SIZE];
  g_autofree char *detail = NULL;
  g_autoptr (UpkeepProblem) problem = NULL;

  upkeep_instant_print (now_s, now);
  detail = g_strdup_printf ("The test clock stands at %s and does not go backwards.", now);
  problem = upkeep_problem_new_full (UPKEEP_PROBLEM_CLOCK_BACKWARDS, 0, detail, "now", NULL);
  return upkeep_response_new_problem (problem);
}

/* POST /v1/admin/clock: answers after everything due up to then has happened. What happens is
 * committed on the way, so the transaction that knows the key is let go meanwhile. */
UpkeepResponse *
upkeep_post_admin_clock (const UpkeepRequest *request,
                         const UpkeepRouteMatch *match,
                         gpointer user_data)
{
  UpkeepCall *call = user_data;
  UpkeepApi *api = call->api;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  gint64 now_s = 0;
  UpkeepResponse *response;

  if (body == NULL || !upkeep_wire_parse_clock (body, &now_s, &error))
    return upkeep_call_fail (call, error);
  if (!upkeep_clock_is_test (api->clock))
    return upkeep_call_refuse (UPKEEP_PROBLEM_FORBIDDEN,
                               "The clock of this service is the real one.");
  response = upkeep_call_begin (call, body);
  if (response != NULL)
    return response;
  if (now_s < call->now_s)
    return refuse_backwards (call->now_s);
  upkeep_call_end (call);

  if (!upkeep_run_due (api->store, api->means, api->clock, now_s, &error))
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin (call, body);
  if (response != NULL)
    return response;
  upkeep_clock_advance (api->clock, now_s);
  if (!upkeep_store_set_clock (call->db, upkeep_clock_now (api->clock), &error))
    return upkeep_call_fail (call, error);
  return respond_clock (now_s);
}

/* Shape: `{"brand":text,"last4":text,"exp_month":int,"exp_year":int}`, as the account document has
 * it. */
static JsonNode *
print_method (const UpkeepPaymentMethod *method)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "brand", method->brand);
  json_object_set_string_member (object, "last4", method->last4);
  json_object_set_int_member (object, "exp_month", method->exp_month);
  json_object_set_int_member (object, "exp_year", method->exp_year);
  return upkeep_wire_take_object (object);
}

static UpkeepResponse *
respond_method (const UpkeepBilling *billing, UpkeepMethodOutcome outcome, const char *decline_code)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *extra;

  switch (outcome) {
  case UPKEEP_METHOD_DECLINED:
    extra = json_object_new ();
    json_object_set_string_member (extra, "decline_code", decline_code);
    return upkeep_call_refuse_with (UPKEEP_PROBLEM_PAYMENT_DECLINED, NULL, extra);
  case UPKEEP_METHOD_UNSUPPORTED:
    return upkeep_call_refuse_member ("token", "The sandbox has no such payment method.");
  case UPKEEP_METHOD_SET:
  default:
    node = print_method (&upkeep_billing_get_account (billing)->payment_method);
    return upkeep_response_new_json (200, node);
  }
}

/* POST /v1/admin/sandbox/payment-method */
UpkeepResponse *
upkeep_post_admin_payment_method (const UpkeepRequest *request,
                                  const UpkeepRouteMatch *match,
                                  gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autofree char *account = NULL;
  g_autofree char *token = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  UpkeepMethodOutcome outcome = UPKEEP_METHOD_UNSUPPORTED;
  const char *decline_code = NULL;
  UpkeepResponse *response;

  if (!call->api->means->processor->is_sandbox)
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, "Payments are not those of the sandbox.");
  if (body == NULL || !upkeep_wire_parse_sandbox_payment_method (body, &account, &token, &error))
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin_for (call, body, account, &billing);
  if (response != NULL)
    return response;

  if (!upkeep_billing_set_method (billing, token, &outcome, &decline_code, &error) ||
      !upkeep_billing_close (billing, &error))
    return upkeep_call_fail (call, error);
  return respond_method (billing, outcome, decline_code);
}

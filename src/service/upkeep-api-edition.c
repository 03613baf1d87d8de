/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-call.h"

#include "upkeep-reader.h"
#include "upkeep-wire-changes.h"
#include "upkeep-wire-parts.h"

/* How many accounts one request to move a whole service looks at; the next one goes on there. */
#define MOVES_MAX 200

/* GET /v1/services/{service}/changes?from=E[&to=E][&plan=P]: what is different between two
 * editions, by default in the one that new accounts get; what concerns the plan comes first. */
UpkeepResponse *
upkeep_get_changes (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  static const char *const known[] = {"from", "to", "plan", NULL};
  UpkeepCall *call = user_data;
  const UpkeepCatalogues *catalogues = call->api->means->catalogues;
  const UpkeepForm *query = upkeep_request_get_query (request);
  const char *service = upkeep_route_match_get (match, "service");
  const char *from_name = upkeep_form_get (query, "from");
  const char *plan = upkeep_form_get (query, "plan");
  const UpkeepCatalogue *from, *to;
  g_autoptr (UpkeepEditionChanges) changes = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) document = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *etag = NULL;
  UpkeepResponse *response = upkeep_call_check_query (call, known);

  if (response != NULL)
    return response;
  if (from_name == NULL)
    return upkeep_call_refuse_member ("from", "It has to be said which edition is compared.");
  from = upkeep_catalogues_find (catalogues, service, from_name);
  to = upkeep_catalogues_find (catalogues, service, upkeep_form_get (query, "to"));
  if (from == NULL || to == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, "There is no such service or edition.");
  if (plan != NULL && upkeep_edition_find_plan (from->edition, plan) == NULL &&
      upkeep_edition_find_plan (to->edition, plan) == NULL)
    return upkeep_call_refuse_member ("plan", "Neither edition has such a plan.");

  changes = upkeep_edition_changes_make (from->edition, to->edition, plan);
  node = upkeep_wire_print_changes (changes);
  document = upkeep_json_print (node);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, document);
  etag = upkeep_call_quote_etag (digest);
  return upkeep_call_respond (call, document, etag);
}

/* Where accounts are to move: `NULL` takes back what was said. */
typedef struct {
  const char *to;     /* (nullable) */
  const char *from;   /* (nullable): the edition that they are under, of a whole service */
  const char *cursor; /* (nullable): where the request before stopped, of a whole service */
} MoveRequest;

/* Shape: `{"edition":text|null}`; of a whole service `{"from":text,"edition":text|null,
 * "cursor":text?}`. That nothing is said is not that something is taken back: `edition` must be
 * there. */
static gboolean
parse_move (JsonNode *body, gboolean is_service, MoveRequest *ret_request, GError **error)
{
  UpkeepReader reader;
  JsonNode *node = NULL;

  upkeep_reader_init (&reader, body, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  if (!upkeep_reader_optional_id (&reader, "edition", UPKEEP_ID_MAX_BYTES, &ret_request->to) &&
      JSON_NODE_HOLDS_OBJECT (body) &&
      !json_object_has_member (json_node_get_object (body), "edition"))
    upkeep_reader_node (&reader, "edition", &node);
  if (is_service) {
    upkeep_reader_id (&reader, "from", UPKEEP_ID_MAX_BYTES, &ret_request->from);
    upkeep_reader_optional_id (&reader, "cursor", UPKEEP_OPAQUE_ID_MAX_BYTES, &ret_request->cursor);
  }
  return upkeep_reader_finish (&reader);
}

static const char *
get_refusal_detail (UpkeepMoveRefusal refusal)
{
  static const char *const details[] = {
      NULL,
      "The account is under this edition already.",
      "The edition is one of another service.",
      "The edition has its prices in another currency.",
      "The edition counts something else, or in other modes.",
      "The account has neither a paid plan nor the free one: nothing renews.",
      "What the account has, or has scheduled, is not sold in this edition.",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (details) == UPKEEP_N_MOVE_REFUSALS);

  return details[refusal];
}

static UpkeepResponse *
refuse_move (UpkeepMoveRefusal refusal)
{
  JsonObject *extra = json_object_new ();

  json_object_set_string_member (extra, "reason", upkeep_move_refusal_to_string (refusal));
  return upkeep_call_refuse_with (UPKEEP_PROBLEM_EDITION_CHANGE_REFUSED,
                                  get_refusal_detail (refusal), extra);
}

/* Shape: `{"id":text,"edition":text,"edition_change":{"to":text,"at":instant?}?}`; `at` is null
 * while nothing renews: after a cancellation, say, which may yet be undone. */
static UpkeepResponse *
respond_move (const UpkeepBilling *billing)
{
  const UpkeepAccount *account = upkeep_billing_get_account (billing);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  json_object_set_string_member (object, "id", account->id);
  json_object_set_string_member (object, "edition", account->edition);
  if (account->next_edition != NULL) {
    JsonObject *child = json_object_new ();

    json_object_set_string_member (child, "to", account->next_edition);
    upkeep_wire_set_instant (child, "at",
                             upkeep_get_move_at_s (upkeep_billing_get_edition (billing), account));
    json_object_set_object_member (object, "edition_change", child);
  } else {
    json_object_set_null_member (object, "edition_change");
  }
  node = upkeep_wire_take_object (object);
  return upkeep_response_new_json (200, node);
}

/* Finds the edition that is asked for. */
static UpkeepResponse *
find_edition (const UpkeepCall *call,
              const char *service,
              const char *name,
              UpkeepEdition **ret_edition)
{
  const UpkeepCatalogue *catalogue;

  if (name == NULL)
    return NULL;
  catalogue = upkeep_catalogues_find (call->api->means->catalogues, service, name);
  if (catalogue == NULL)
    return upkeep_call_refuse_member ("edition", "The service has no such edition.");
  *ret_edition = catalogue->edition;
  return NULL;
}

/* POST /v1/admin/accounts/{id}/edition: where the account moves at its next renewal. */
UpkeepResponse *
upkeep_post_admin_account_edition (const UpkeepRequest *request,
                                   const UpkeepRouteMatch *match,
                                   gpointer user_data)
{
  UpkeepCall *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (UpkeepBilling) billing = NULL;
  UpkeepMoveRefusal refusal = UPKEEP_MOVE_POSSIBLE;
  MoveRequest wanted = {NULL, NULL, NULL};
  UpkeepEdition *to = NULL;
  UpkeepResponse *response;

  if (body == NULL || !parse_move (body, FALSE, &wanted, &error))
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin_for (call, body, upkeep_route_match_get (match, "id"), &billing);
  if (response == NULL)
    response = find_edition (call, upkeep_billing_get_account (billing)->service, wanted.to, &to);
  if (response != NULL)
    return response;

  if (!upkeep_billing_move (billing, to, &refusal, &error) ||
      !upkeep_billing_close (billing, &error))
    return upkeep_call_fail (call, error);
  return refusal == UPKEEP_MOVE_POSSIBLE ? respond_move (billing) : refuse_move (refusal);
}

/* What came of the accounts that one request looked at. */
typedef struct {
  gint64 n_scheduled;
  gint64 n_unchanged;
  JsonArray *refused; /* (owned): `{"account":text,"reason":text}` each */
} Moves;

static gboolean
move_one (UpkeepCall *call, const char *id, UpkeepEdition *to, Moves *moves, GError **error)
{
  g_autoptr (UpkeepBilling) billing = NULL;
  g_autofree char *before = NULL;
  UpkeepMoveRefusal refusal = UPKEEP_MOVE_POSSIBLE;

  if (!upkeep_billing_open (call->db, call->api->means, id, call->now_s, &billing, error))
    return FALSE;
  before = g_strdup (upkeep_billing_get_account (billing)->next_edition);
  if (!upkeep_billing_move (billing, to, &refusal, error) || !upkeep_billing_close (billing, error))
    return FALSE;

  if (refusal != UPKEEP_MOVE_POSSIBLE) {
    JsonObject *entry = json_object_new ();

    json_object_set_string_member (entry, "account", id);
    json_object_set_string_member (entry, "reason", upkeep_move_refusal_to_string (refusal));
    json_array_add_object_element (moves->refused, entry);
  } else if (g_strcmp0 (before, upkeep_billing_get_account (billing)->next_edition) == 0) {
    moves->n_unchanged++;
  } else {
    moves->n_scheduled++;
  }
  return TRUE;
}

/* Shape: `{"scheduled":int,"unchanged":int,"refused":[{"account":text,"reason":text}, …],
 * "next_cursor":text?}` */
static UpkeepResponse *
respond_moves (Moves *moves, const char *next_cursor)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  json_object_set_int_member (object, "scheduled", moves->n_scheduled);
  json_object_set_int_member (object, "unchanged", moves->n_unchanged);
  json_object_set_array_member (object, "refused", json_array_ref (moves->refused));
  json_object_set_string_member (object, "next_cursor", next_cursor);
  node = upkeep_wire_take_object (object);
  return upkeep_response_new_json (200, node);
}

/* POST /v1/admin/services/{service}/edition: the same for all accounts under one edition, some at a
 * time. Said again it changes nothing more. */
UpkeepResponse *
upkeep_post_admin_service_edition (const UpkeepRequest *request,
                                   const UpkeepRouteMatch *match,
                                   gpointer user_data)
{
  UpkeepCall *call = user_data;
  const char *service = upkeep_route_match_get (match, "service");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = upkeep_call_parse_body (call, UPKEEP_JSON_NUMBERS_INTEGERS, &error);
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (JsonArray) refused = json_array_new ();
  Moves moves = {0, 0, refused};
  MoveRequest wanted = {NULL, NULL, NULL};
  UpkeepEdition *to = NULL;
  UpkeepResponse *response;

  if (upkeep_catalogues_find (call->api->means->catalogues, service, NULL) == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, "There is no such service.");
  if (body == NULL || !parse_move (body, TRUE, &wanted, &error))
    return upkeep_call_fail (call, error);
  if (upkeep_catalogues_find (call->api->means->catalogues, service, wanted.from) == NULL)
    return upkeep_call_refuse_member ("from", "The service has no such edition.");
  response = find_edition (call, service, wanted.to, &to);
  if (response == NULL)
    response = upkeep_call_begin (call, body);
  if (response != NULL)
    return response;

  if (!upkeep_store_list_accounts_of (call->db, service, wanted.from, wanted.cursor, MOVES_MAX,
                                      &ids, &error))
    return upkeep_call_fail (call, error);
  for (guint i = 0; i < ids->len; i++) {
    if (!move_one (call, g_ptr_array_index (ids, i), to, &moves, &error))
      return upkeep_call_fail (call, error);
  }
  return respond_moves (&moves,
                        ids->len == MOVES_MAX ? g_ptr_array_index (ids, ids->len - 1) : NULL);
}

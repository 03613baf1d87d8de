/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-sim-service.h"

#include "upkeep-json.h"

#include <string.h>

#define CARD_PREFIX "card-"

/* No answer of the service is larger. */
#define ANSWER_MAX_BYTES (8 * 1024 * 1024)

/* More than any life asks for: what is tested here is not the fence. */
#define REQUESTS_PER_SECOND 1000000

/* A charge that was asked for. */
typedef struct {
  gint64 amount_minor;
  UpkeepChargeOutcome outcome;
} Charge;

SimCard *
sim_service_get_card (SimService *self, guint number)
{
  return g_ptr_array_index (self->cards, number);
}

guint
sim_service_add_card (SimService *self)
{
  SimCard *card = g_new0 (SimCard, 1);

  card->pays = TRUE;
  g_ptr_array_add (self->cards, card);
  return self->cards->len - 1;
}

static SimCard *
find_card (SimService *self, const char *token)
{
  guint64 number = 0;

  if (self->cards->len == 0 || !g_str_has_prefix (token, CARD_PREFIX) ||
      !g_ascii_string_to_unsigned (token + strlen (CARD_PREFIX), 10, 0, self->cards->len - 1,
                                   &number, NULL))
    return NULL;
  return sim_service_get_card (self, (guint) number);
}

static UpkeepAttachOutcome
attach (const char *token,
        UpkeepPaymentMethod *ret_method,
        const char **ret_decline_code,
        gpointer user_data)
{
  if (g_str_equal (token, "stolen")) {
    *ret_decline_code = "generic_decline";
    return UPKEEP_ATTACH_DECLINED;
  }
  if (find_card (user_data, token) == NULL)
    return UPKEEP_ATTACH_UNSUPPORTED;
  *ret_method =
      (UpkeepPaymentMethod){g_strdup (token), g_strdup ("visa"), g_strdup ("4242"), 12, 2030};
  return UPKEEP_ATTACH_DONE;
}

/* Under one key it happens once, however often it is asked. */
static UpkeepChargeOutcome
charge (const char *token,
        gint64 amount_minor,
        const char *currency,
        const char *key,
        const char **ret_decline_code,
        gpointer user_data)
{
  SimService *self = user_data;
  SimCard *card = find_card (self, token);
  Charge *done = g_hash_table_lookup (self->charges, key);

  if (done == NULL) {
    done = g_new0 (Charge, 1);
    done->amount_minor = amount_minor;
    done->outcome = card->pays ? UPKEEP_CHARGE_PAID : UPKEEP_CHARGE_DECLINED;
    g_hash_table_insert (self->charges, g_strdup (key), done);
    if (card->pays) {
      card->taken_minor += amount_minor;
      card->n_charges++;
    }
  }
  if ((amount_minor < 1 || done->amount_minor != amount_minor) && self->broken == NULL)
    self->broken = g_strdup_printf ("%s: %" G_GINT64_FORMAT " after %" G_GINT64_FORMAT, key,
                                    amount_minor, done->amount_minor);
  if (self->n_lost > 0) {
    self->n_lost--;
    return UPKEEP_CHARGE_UNKNOWN;
  }
  *ret_decline_code = done->outcome == UPKEEP_CHARGE_PAID ? NULL : "generic_decline";
  return done->outcome;
}

/* @uri: of its store */
SimService *
sim_service_new (const UpkeepCatalogues *catalogues, const char *uri, gint64 now_s)
{
  SimService *self = g_new0 (SimService, 1);
  g_autoptr (GError) error = NULL;

  self->catalogues = catalogues;
  self->cards = g_ptr_array_new_with_free_func (g_free);
  self->charges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->processor = (UpkeepProcessor){TRUE, attach, charge, self};
  self->means = (UpkeepBillingMeans){catalogues, &self->processor};
  self->store = upkeep_store_open (uri, &error);
  g_assert_no_error (error);
  self->clock = upkeep_clock_new_test (now_s);
  self->api = upkeep_api_new (self->store, &self->means, self->clock, SIM_OPERATOR, &error);
  g_assert_no_error (error);
  upkeep_api_set_rate (self->api, REQUESTS_PER_SECOND, REQUESTS_PER_SECOND);
  return self;
}

void
sim_service_free (SimService *self)
{
  upkeep_api_free (self->api);
  upkeep_clock_free (self->clock);
  upkeep_store_close (self->store);
  g_ptr_array_unref (self->cards);
  g_hash_table_unref (self->charges);
  g_free (self->broken);
  g_free (self);
}

static SimAnswer *
make_answer (const UpkeepResponse *response)
{
  SimAnswer *self = g_new0 (SimAnswer, 1);
  GBytes *body = upkeep_response_get_body (response);
  gsize size = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &size) : NULL;

  self->status = upkeep_response_get_status (response);
  self->text = g_strndup (data != NULL ? data : "", size);
  if (size > 0) {
    g_autoptr (GError) error = NULL;

    self->body = upkeep_json_parse (body, ANSWER_MAX_BYTES, &error);
    g_assert_no_error (error);
  }
  self->etag = g_strdup (upkeep_response_get_header (response, UPKEEP_RESPONSE_ETAG));
  self->is_replay =
      upkeep_response_get_header (response, UPKEEP_RESPONSE_IDEMPOTENCY_REPLAYED) != NULL;
  return self;
}

static SimAnswer *
ask (SimService *self,
     const char *method,
     const char *target,
     const UpkeepHeaderField *fields,
     gsize n_fields,
     GBytes *body)
{
  UpkeepResponse *refusal = NULL;
  g_autoptr (UpkeepResponse) response = NULL;
  g_autoptr (UpkeepRequest) request =
      upkeep_request_new (method, target, fields, n_fields, "simulator", &refusal);

  g_assert_nonnull (request);
  if (body != NULL)
    upkeep_request_set_body (request, body);
  self->n_requests++;
  response = upkeep_api_handle (self->api, request);
  return make_answer (response);
}

static UpkeepHeaderField
make_field (const char *name, const char *value)
{
  return (UpkeepHeaderField){name, value, strlen (name), strlen (value)};
}

/* @etag: (nullable): what is known already */
SimAnswer *
sim_service_get (SimService *self, const char *token, const char *target, const char *etag)
{
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  UpkeepHeaderField fields[3];
  gsize n_fields = 0;

  fields[n_fields++] = make_field ("Host", "x");
  fields[n_fields++] = make_field ("Authorization", bearer);
  if (etag != NULL)
    fields[n_fields++] = make_field ("If-None-Match", etag);
  return ask (self, "GET", target, fields, n_fields, NULL);
}

/* @key: (nullable): its Idempotency-Key */
SimAnswer *
sim_service_post (
    SimService *self, const char *token, const char *path, const char *key, const char *body)
{
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, strlen (body));
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  UpkeepHeaderField fields[5];
  gsize n_fields = 0;

  fields[n_fields++] = make_field ("Host", "x");
  fields[n_fields++] = make_field ("Authorization", bearer);
  fields[n_fields++] = make_field ("Content-Type", "application/json");
  fields[n_fields++] = make_field ("Content-Length", length);
  if (key != NULL)
    fields[n_fields++] = make_field ("Idempotency-Key", key);
  return ask (self, "POST", path, fields, n_fields, bytes);
}

void
sim_answer_free (SimAnswer *self)
{
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self->text);
  g_free (self->etag);
  g_free (self);
}

JsonNode *
sim_get (JsonNode *node, const char *path)
{
  while (node != NULL && *path != '\0') {
    gsize length = strcspn (path, ".");
    g_autofree char *name = g_strndup (path, length);

    if (!JSON_NODE_HOLDS_OBJECT (node))
      return NULL;
    node = json_object_get_member (json_node_get_object (node), name);
    path += length;
    path += *path == '.';
  }
  return node;
}

gboolean
sim_is_null (JsonNode *node, const char *path)
{
  JsonNode *found = sim_get (node, path);

  return found == NULL || JSON_NODE_HOLDS_NULL (found);
}

const char *
sim_text (JsonNode *node, const char *path)
{
  return sim_is_null (node, path) ? NULL : json_node_get_string (sim_get (node, path));
}

gint64
sim_int (JsonNode *node, const char *path)
{
  return sim_is_null (node, path) ? 0 : json_node_get_int (sim_get (node, path));
}

gint64
sim_instant (JsonNode *node, const char *path)
{
  const char *text = sim_text (node, path);
  gint64 instant_s = UPKEEP_INSTANT_NONE;

  g_assert_true (text == NULL || upkeep_instant_parse (text, &instant_s, NULL));
  return instant_s;
}

guint
sim_length (JsonNode *node, const char *path)
{
  JsonNode *found = sim_get (node, path);

  return found != NULL && JSON_NODE_HOLDS_ARRAY (found)
             ? json_array_get_length (json_node_get_array (found))
             : 0;
}

JsonNode *
sim_element (JsonNode *node, const char *path, guint i)
{
  return json_array_get_element (json_node_get_array (sim_get (node, path)), i);
}

gboolean
sim_equal (JsonNode *a, const char *a_path, JsonNode *b, const char *b_path)
{
  JsonNode *a_node = sim_get (a, a_path);
  JsonNode *b_node = sim_get (b, b_path);
  g_autofree char *a_text = a_node != NULL ? upkeep_json_canonical (a_node) : NULL;
  g_autofree char *b_text = b_node != NULL ? upkeep_json_canonical (b_node) : NULL;

  return g_strcmp0 (a_text, b_text) == 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-sample.h"

#include "upkeep-api.h"
#include "upkeep-json.h"
#include "upkeep-random.h"
#include "upkeep-reader.h"

#include <string.h>

#define FILE_MAX_BYTES  (1024 * 1024)
#define STEPS_MAX       1000
#define DAYS_MAX        3650
#define PATH_MAX_CHARS  256
#define SETTING         "sample"
#define OPERATOR_SCOPE  "operator"
#define KEY_FORMAT      "sample-%u"
#define TOKEN_BYTES     32
#define HEADER_FIELDS_N 5

/* What a step calls the account, and the quote that was made last. */
#define ACCOUNT_NAME "{account}"
#define QUOTE_NAME   "{quote}"

/* One request of the script. Its texts belong to the script. */
typedef struct {
  gint64 at_s;
  gboolean is_operator;
  const char *method;
  const char *path;
  JsonNode *body; /* (nullable) */
} Step;

/* A life while it is played. */
typedef struct {
  UpkeepApi *api;     /* (owned) */
  UpkeepClock *clock; /* (owned) */
  char *admin_token;  /* (owned): for this once */
  char *account;      /* (owned) (nullable) */
  char *access_token; /* (owned) (nullable) */
  char *quote;        /* (owned) (nullable) */
} Play;

G_DEFINE_QUARK (upkeep_sample_error, upkeep_sample_error)

static void
play_clear (Play *self)
{
  g_clear_pointer (&self->api, upkeep_api_free);
  g_clear_pointer (&self->clock, upkeep_clock_free);
  g_free (self->admin_token);
  g_free (self->account);
  g_free (self->access_token);
  g_free (self->quote);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Play, play_clear)

/* `-85d 09:30`: days from today, and the time of day in UTC. */
static gboolean
parse_at (const char *text, gint64 midnight_s, gint64 *ret_at_s)
{
  g_auto (GStrv) parts = g_strsplit (text, "d ", 2);
  gint64 days = 0;
  guint64 hours = 0;
  guint64 minutes = 0;

  if (g_strv_length (parts) != 2 || strlen (parts[1]) != strlen ("09:30") || parts[1][2] != ':')
    return FALSE;
  parts[1][2] = '\0';
  if (!g_ascii_string_to_signed (parts[0], 10, -DAYS_MAX, 0, &days, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 0, 23, &hours, NULL) ||
      !g_ascii_string_to_unsigned (parts[1] + 3, 10, 0, 59, &minutes, NULL))
    return FALSE;
  *ret_at_s = midnight_s + days * UPKEEP_DAY_S + (gint64) (hours * 60 + minutes) * 60;
  return TRUE;
}

static void
read_step (UpkeepReader *steps, gint64 midnight_s, GArray *ret_steps)
{
  static const char *const roles[] = {"operator", "subscriber"};
  static const char *const methods[] = {"GET", "POST"};
  UpkeepReader reader;
  const char *at = NULL;
  guint role = 0;
  guint method = 0;
  Step step = {0};

  upkeep_reader_object (steps, NULL, &reader);
  if (upkeep_reader_string (&reader, "at", 1, PATH_MAX_CHARS, &at) &&
      !parse_at (at, midnight_s, &step.at_s))
    upkeep_reader_fail (&reader, "at", "not a time like -85d 09:30");
  if (ret_steps->len > 0 && step.at_s < g_array_index (ret_steps, Step, ret_steps->len - 1).at_s)
    upkeep_reader_fail (&reader, "at", "earlier than the step before");
  upkeep_reader_enum (&reader, "as", roles, G_N_ELEMENTS (roles), &role);
  upkeep_reader_enum (&reader, "method", methods, G_N_ELEMENTS (methods), &method);
  upkeep_reader_string (&reader, "path", 1, PATH_MAX_CHARS, &step.path);
  upkeep_reader_optional_node (&reader, "body", &step.body);
  upkeep_reader_finish (&reader);
  step.is_operator = role == 0;
  step.method = methods[method];
  g_array_append_val (ret_steps, step);
}

/* Shape: `{"steps":[{"at":"-85d 09:30","as":"operator"|"subscriber","method":"GET"|"POST",
 * "path":text,"body"?:any}]}`; `{account}` and `{quote}` in a path or body stand for ids. */
static GArray *
read_script (JsonNode *root, gint64 midnight_s, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));
  UpkeepReader reader, list;

  upkeep_reader_init (&reader, root, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_array (&reader, "steps", 1, STEPS_MAX, &list);
  while (upkeep_reader_has_next (&list))
    read_step (&list, midnight_s, steps);
  return upkeep_reader_finish (&reader) ? g_steal_pointer (&steps) : NULL;
}

static char *
fill_in (const Play *self, const char *text)
{
  GString *filled = g_string_new (text);

  g_string_replace (filled, ACCOUNT_NAME, self->account != NULL ? self->account : "", 0);
  g_string_replace (filled, QUOTE_NAME, self->quote != NULL ? self->quote : "", 0);
  return g_string_free (filled, FALSE);
}

static UpkeepHeaderField
field (const char *name, const char *value)
{
  return (UpkeepHeaderField){name, value, strlen (name), strlen (value)};
}

static UpkeepResponse *
send (const Play *self, const Step *step, const char *key)
{
  g_autofree char *path = fill_in (self, step->path);
  g_autofree char *template = step->body != NULL ? upkeep_json_canonical (step->body) : NULL;
  g_autofree char *body = template != NULL ? fill_in (self, template) : g_strdup ("");
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, strlen (body));
  const char *token = step->is_operator ? self->admin_token : self->access_token;
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  const UpkeepHeaderField fields[HEADER_FIELDS_N] = {
      field ("Host", "localhost"),
      field ("Authorization", bearer),
      field ("Idempotency-Key", key),
      field ("Content-Length", length),
      field ("Content-Type", "application/json"),
  };
  UpkeepResponse *response = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (UpkeepRequest) request =
      upkeep_request_new (step->method, path, fields, G_N_ELEMENTS (fields), "unix", &response);

  if (request == NULL)
    return response;
  bytes = g_bytes_new (body, strlen (body));
  upkeep_request_set_body (request, bytes);
  return upkeep_api_handle (self->api, request);
}

static void
take_text (UpkeepReader *reader, const char *name, char **place)
{
  const char *text = NULL;

  if (!upkeep_reader_optional_string (reader, name, 1, PATH_MAX_CHARS, &text))
    return;
  g_free (*place);
  *place = g_strdup (text);
}

/* Remembers what later steps refer to. A new account's own token is not taken: when its life is
 * gone on with, that one is not to be had any more. */
static void
take_names (Play *self, const Step *step, UpkeepResponse *response)
{
  g_autoptr (JsonNode) node =
      upkeep_json_parse (upkeep_response_get_body (response), FILE_MAX_BYTES, NULL);
  UpkeepReader reader;

  if (node == NULL)
    return;
  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_IGNORED, NULL);
  if (g_str_has_suffix (step->path, "/accounts"))
    take_text (&reader, "id", &self->account);
  else if (g_str_has_suffix (step->path, "/quotes"))
    take_text (&reader, "id", &self->quote);
  else if (g_str_has_suffix (step->path, "/tokens"))
    take_text (&reader, "access_token", &self->access_token);
}

static gboolean
run_step (Play *self, const Step *step, const char *key, GError **error)
{
  g_autoptr (UpkeepResponse) response = NULL;
  GBytes *body;

  upkeep_clock_advance (self->clock, step->at_s);
  response = send (self, step, key);
  if (upkeep_response_get_status (response) < 400) {
    take_names (self, step, response);
    return TRUE;
  }
  body = upkeep_response_get_body (response);
  g_set_error (error, UPKEEP_SAMPLE_ERROR, UPKEEP_SAMPLE_ERROR_STEP, "%s: %s: %u %.*s", key,
               step->path, upkeep_response_get_status (response), (int) g_bytes_get_size (body),
               (const char *) g_bytes_get_data (body, NULL));
  return FALSE;
}

/* A token of the account's own, made when it is needed first. */
static gboolean
ensure_token (Play *self, gint64 at_s, GError **error)
{
  const Step mint = {
      .at_s = at_s,
      .is_operator = TRUE,
      .method = "POST",
      .path = "/v1/admin/accounts/" ACCOUNT_NAME "/tokens",
  };
  g_autofree char *key = upkeep_random_id ();

  return self->access_token != NULL || run_step (self, &mint, key, error);
}

static gboolean
set_up (Play *self, UpkeepStore *store, const UpkeepBillingMeans *means, GError **error)
{
  guint8 bytes[TOKEN_BYTES];

  upkeep_random_bytes (bytes, sizeof bytes);
  self->admin_token = upkeep_base64url (bytes, sizeof bytes);
  self->clock = upkeep_clock_new_test (UPKEEP_INSTANT_MIN);
  self->api = upkeep_api_new (store, means, self->clock, self->admin_token, error);
  return self->api != NULL;
}

/* What the store knows of a sample account. */
typedef struct {
  char *account;         /* (owned) (nullable): its id, when its life was played to the end */
  gboolean may_be_begun; /* the store is empty, or playing it was interrupted */
} Known;

static gboolean
look_up (UpkeepStore *store, Known *ret_known, GError **error)
{
  g_autoptr (GBytes) id = NULL;
  g_autoptr (UpkeepStoredAnswer) first = NULL;
  g_autofree char *other = NULL;
  g_autofree char *key = g_strdup_printf (KEY_FORMAT, 0u);
  UpkeepDb *db = upkeep_store_begin_read (store, error);
  gboolean is_read;

  if (db == NULL)
    return FALSE;
  is_read = upkeep_store_get_setting (db, SETTING, &id, error) &&
            upkeep_store_get_first_account (db, &other, error) &&
            upkeep_store_get_answer (db, OPERATOR_SCOPE, key, &first, error);
  upkeep_store_end_read (store, db);
  if (!is_read)
    return FALSE;
  ret_known->account =
      id != NULL ? g_strndup (g_bytes_get_data (id, NULL), g_bytes_get_size (id)) : NULL;
  ret_known->may_be_begun = other == NULL || first != NULL;
  return TRUE;
}

static gboolean
remember (UpkeepStore *store, const char *account, GError **error)
{
  g_autoptr (GBytes) id = g_bytes_new (account, strlen (account));
  UpkeepDb *db = upkeep_store_begin (store, error);

  if (db == NULL)
    return FALSE;
  if (upkeep_store_add_setting (db, SETTING, id, error))
    return upkeep_store_commit (store, error);
  upkeep_store_rollback (store);
  return FALSE;
}

static gboolean
play (Play *self, UpkeepStore *store, const char *path, gint64 now_s, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &local_error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GArray) steps = NULL;

  if (file != NULL) {
    bytes = g_mapped_file_get_bytes (file);
    root = upkeep_json_parse (bytes, FILE_MAX_BYTES, &local_error);
  }
  if (root != NULL)
    steps = read_script (root, now_s - now_s % UPKEEP_DAY_S, &local_error);
  if (steps == NULL) {
    g_set_error (error, UPKEEP_SAMPLE_ERROR, UPKEEP_SAMPLE_ERROR_FILE, "%s: %s", path,
                 local_error->message);
    return FALSE;
  }
  for (guint i = 0; i < steps->len; i++) {
    const Step *step = &g_array_index (steps, Step, i);
    g_autofree char *key = g_strdup_printf (KEY_FORMAT, i);

    if (step->at_s > now_s)
      break; /* later today */
    if ((!step->is_operator && !ensure_token (self, step->at_s, error)) ||
        !run_step (self, step, key, error))
      return FALSE;
  }
  if (self->account == NULL) {
    g_set_error (error, UPKEEP_SAMPLE_ERROR, UPKEEP_SAMPLE_ERROR_FILE, "%s: makes no account",
                 path);
    return FALSE;
  }
  return remember (store, self->account, error);
}

/**
 * upkeep_sample_prepare:
 * @store: the store, which nobody else uses yet
 * @means: what accounts are billed with
 * @path: of the script
 * @now_s: the present, which the script counts from
 * @ret_access_token: (out) (transfer full) (nullable): a new token for the sample account; `NULL`
 *   where the store has other accounts
 * @error: return location for an error
 *
 * Sees to it that there is an account that has lived for a while: each step of the script is a
 * request to the interface at an earlier time, so that everything about the account is as it would
 * be if somebody had used it. A life that was interrupted is gone on with: what was done answers as
 * it did then.
 *
 * Errors: a `UPKEEP_SAMPLE_ERROR` or a `UPKEEP_DB_ERROR`.
 *
 * Returns: `FALSE` when it failed
 */
gboolean
upkeep_sample_prepare (UpkeepStore *store,
                       const UpkeepBillingMeans *means,
                       const char *path,
                       gint64 now_s,
                       char **ret_access_token,
                       GError **error)
{
  g_auto (Play) self = {0};
  Known known = {0};

  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (means != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (ret_access_token != NULL, FALSE);

  if (!look_up (store, &known, error))
    return FALSE;
  self.account = known.account;
  *ret_access_token = NULL;
  if (self.account == NULL && !known.may_be_begun)
    return TRUE;
  if (!set_up (&self, store, means, error))
    return FALSE;
  if (self.account == NULL && !play (&self, store, path, now_s, error))
    return FALSE;
  if (!ensure_token (&self, now_s, error))
    return FALSE;
  *ret_access_token = g_steal_pointer (&self.access_token);
  return TRUE;
}

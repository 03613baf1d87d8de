/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-edition.h"
#include "upkeep-file.h"
#include "upkeep-instant.h"
#include "upkeep-json.h"
#include "upkeep-wire-account.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* What the service takes of reported use (CONTRACT section 3). */
#define USAGE_MAX_BYTES ((gsize) 8 * 1024 * 1024)
/* What stands for the standard input. */
#define STDIN_NAME "-"

/* Adds a member, unless it was not given. */
static void
add_text (JsonObject *body, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (body, name, text);
}

static gboolean
add_instant (JsonObject *body, const char *name, const char *text)
{
  char instant[UPKEEP_INSTANT_TEXT_SIZE];
  gint64 instant_s;

  if (text == NULL)
    return TRUE;
  if (!upkeepctl_parse_instant (text, &instant_s))
    return FALSE;
  upkeep_instant_print (instant_s, instant);
  json_object_set_string_member (body, name, instant);
  return TRUE;
}

/* A document of the operator's is a few names and values, and is told as such. */
static void
print_members (JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    g_autofree char *text = json_to_string (value, FALSE);

    printf ("%s: %s\n", name,
            JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING
                ? json_node_get_string (value)
                : text);
  }
}

static UpkeepctlStatus
tell (Upkeepctl *ctl, GBytes *answer, JsonNode **ret_node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = upkeep_json_parse (answer, USAGE_MAX_BYTES, &error);

  if (node == NULL)
    return upkeepctl_misread (error);
  if (ctl->json)
    upkeepctl_print_bytes (answer);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    print_members (json_node_get_object (node));
  if (ret_node != NULL)
    *ret_node = g_steal_pointer (&node);
  return UPKEEPCTL_DONE;
}

/* Whether a list of what went wrong has anything in it. */
static gboolean
has_items (JsonNode *node, const char *name)
{
  JsonNode *list = JSON_NODE_HOLDS_OBJECT (node)
                       ? json_object_get_member (json_node_get_object (node), name)
                       : NULL;

  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) &&
         json_array_get_length (json_node_get_array (list)) > 0;
}

/* Takes @body over. */
static UpkeepctlStatus
post (Upkeepctl *ctl, const char *path, JsonObject *body)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
  g_autoptr (GBytes) bytes = upkeep_json_print (node);
  g_autoptr (GBytes) answer = NULL;
  UpkeepctlStatus status = upkeepctl_call (ctl, "POST", path, NULL, bytes, NULL, &answer);

  json_object_unref (body);
  return status == UPKEEPCTL_DONE ? tell (ctl, answer, NULL) : status;
}

static UpkeepctlStatus
run_accounts (Upkeepctl *ctl, int argc, char **argv)
{
  g_autofree char *service = NULL;
  g_autofree char *email = NULL;
  g_autofree char *edition = NULL;
  g_autofree char *locale = NULL;
  g_autofree char *country = NULL;
  const GOptionEntry entries[] = {
      {"service", 0, 0, G_OPTION_ARG_STRING, &service, N_ ("Whose plans"), "SERVICE"},
      {"email", 0, 0, G_OPTION_ARG_STRING, &email, N_ ("Where letters go"), "ADDRESS"},
      {"edition", 0, 0, G_OPTION_ARG_STRING, &edition, N_ ("Which dated edition of them"),
       "EDITION"},
      {"locale", 0, 0, G_OPTION_ARG_STRING, &locale, N_ ("The language of letters"), "TAG"},
      {"country", 0, 0, G_OPTION_ARG_STRING, &country, N_ ("The country, by two letters"), "CC"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin accounts",
      .summary = N_ ("Opens an account, and prints its id and its token."),
  };
  JsonObject *body;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv))
    return UPKEEPCTL_USAGE;
  if (service == NULL || email == NULL) {
    upkeepctl_complain ("%s", _ ("--service and --email are needed."));
    return UPKEEPCTL_USAGE;
  }
  body = json_object_new ();
  add_text (body, "service", service);
  add_text (body, "email", email);
  add_text (body, "edition", edition);
  add_text (body, "locale", locale);
  add_text (body, "country", country);
  return post (ctl, "/v1/admin/accounts", body);
}

static UpkeepctlStatus
run_tokens (Upkeepctl *ctl, int argc, char **argv)
{
  g_autofree char *operator_name = NULL;
  const GOptionEntry entries[] = {
      {"operator", 0, 0, G_OPTION_ARG_STRING, &operator_name,
       N_ ("Who helps a subscriber that cannot sign in any more; the ledger names you"), "NAME"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin tokens",
      .arguments = "ACCOUNT",
      .min = 1,
      .max = 1,
      .summary = N_ ("Makes one more token for an account."),
      .description = N_ ("Make sure first that the one who asks is the subscriber."),
  };
  g_autofree char *part = NULL;
  g_autofree char *path = NULL;
  JsonObject *body;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv))
    return UPKEEPCTL_USAGE;
  part = g_uri_escape_string (argv[1], NULL, FALSE);
  path = g_strdup_printf ("/v1/admin/accounts/%s/tokens", part);
  body = json_object_new ();
  add_text (body, "operator", operator_name);
  return post (ctl, path, body);
}

static UpkeepctlStatus
run_edition (Upkeepctl *ctl, int argc, char **argv)
{
  gboolean stay = FALSE;
  const GOptionEntry entries[] = {
      {"stay", 0, 0, G_OPTION_ARG_NONE, &stay, N_ ("Take back that the account moves"), NULL},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin edition",
      .arguments = "ACCOUNT [EDITION]",
      .min = 1,
      .max = 2,
      .summary = N_ ("Moves an account to another edition when it next renews."),
      .description = N_ ("Until then it can be taken back with --stay."),
  };
  g_autofree char *part = NULL;
  g_autofree char *path = NULL;
  JsonObject *body;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv))
    return UPKEEPCTL_USAGE;
  if (stay == (argc > 2)) {
    upkeepctl_complain ("%s", _ ("Either an edition or --stay is needed."));
    return UPKEEPCTL_USAGE;
  }
  body = json_object_new ();
  if (stay)
    json_object_set_null_member (body, "edition");
  else
    json_object_set_string_member (body, "edition", argv[2]);
  part = g_uri_escape_string (argv[1], NULL, FALSE);
  path = g_strdup_printf ("/v1/admin/accounts/%s/edition", part);
  return post (ctl, path, body);
}

static GBytes *
read_input (const char *path, GError **error)
{
  g_autoptr (GByteArray) array = NULL;
  guint8 chunk[4096];
  gsize n;

  if (!g_str_equal (path, STDIN_NAME))
    return upkeep_file_read (path, USAGE_MAX_BYTES, error);

  array = g_byte_array_new ();
  while (array->len <= USAGE_MAX_BYTES && (n = fread (chunk, 1, sizeof chunk, stdin)) > 0)
    g_byte_array_append (array, chunk, (guint) n);
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

static const char *
get_rejection_reason (const char *code)
{
  static const struct {
    UpkeepRejectionCode code;
    const char *reason;
  } reasons[] = {
      {UPKEEP_REJECTION_UNKNOWN_ACCOUNT, N_ ("There is no such account.")},
      {UPKEEP_REJECTION_UNKNOWN_METER, N_ ("The account’s service has no such meter.")},
      {UPKEEP_REJECTION_INVALID_VALUE,
       N_ ("A member is missing, of the wrong kind or out of bounds.")},
      {UPKEEP_REJECTION_AT_IN_FUTURE, N_ ("It is dated after the service’s present.")},
      {UPKEEP_REJECTION_PERIOD_CLOSED,
       N_ ("Its month is closed. Sent again without “at” it counts now.")},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++) {
    if (g_strcmp0 (code, upkeep_rejection_code_to_string (reasons[i].code)) == 0)
      return _ (reasons[i].reason);
  }
  return NULL;
}

static void
complain_of_rejection (JsonArray *array, guint i, JsonNode *element, gpointer user_data)
{
  JsonObject *rejection = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
  const char *code;
  const char *reason;

  if (rejection == NULL)
    return;
  code = json_object_get_string_member_with_default (rejection, "code", "");
  reason = get_rejection_reason (code);
  upkeepctl_complain ("events[%" G_GINT64_FORMAT "]: %s%s%s",
                      json_object_get_int_member_with_default (rejection, "index", -1), code,
                      reason != NULL ? ": " : "", reason != NULL ? reason : "");
}

static UpkeepctlStatus
run_usage (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin usage",
      .arguments = N_ ("[FILE]"),
      .max = 1,
      .summary = N_ ("Reports what was used."),
      .description =
          N_ ("The file is JSON as the service takes it, {\"events\": […]}. Without a file, "
              "or with -, it is read from the standard input. When an event is rejected "
              "the others count all the same, and the exit status is 1."),
  };
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) parsed = NULL;
  g_autoptr (JsonNode) node = NULL;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, NULL, &argc, &argv))
    return UPKEEPCTL_USAGE;
  body = read_input (argc > 1 ? argv[1] : STDIN_NAME, &error);
  if (body != NULL)
    parsed = upkeep_json_parse_full (body, USAGE_MAX_BYTES, UPKEEP_JSON_NUMBERS_MARKED, &error);
  if (parsed == NULL) {
    upkeepctl_complain ("%s", error->message);
    return UPKEEPCTL_USAGE;
  }
  status = upkeepctl_call (ctl, "POST", "/v1/admin/usage", NULL, body, NULL, &answer);
  if (status == UPKEEPCTL_DONE)
    status = tell (ctl, answer, &node);
  if (status != UPKEEPCTL_DONE)
    return status;

  if (has_items (node, "rejected")) {
    upkeepctl_complain ("%s", _ ("Some of the events were rejected."));
    json_array_foreach_element (
        json_object_get_array_member (json_node_get_object (node), "rejected"),
        complain_of_rejection, NULL);
    return UPKEEPCTL_REFUSED;
  }
  return UPKEEPCTL_DONE;
}

static UpkeepctlStatus
run_grants (Upkeepctl *ctl, int argc, char **argv)
{
  g_autofree char *meter = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *quantity_text = NULL;
  g_autofree char *expires_at = NULL;
  const GOptionEntry entries[] = {
      {"meter", 0, 0, G_OPTION_ARG_STRING, &meter, N_ ("Units of what"), "METER"},
      {"kind", 0, 0, G_OPTION_ARG_STRING, &kind, N_ ("Why they are given"),
       "earned|reward|promotional"},
      {"quantity", 0, 0, G_OPTION_ARG_STRING, &quantity_text, N_ ("How many units"), "N"},
      {"expires-at", 0, 0, G_OPTION_ARG_STRING, &expires_at,
       N_ ("When they are gone; else as the edition says"), "DATE|INSTANT"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin grants",
      .arguments = "ACCOUNT",
      .min = 1,
      .max = 1,
      .summary = N_ ("Gives an account units beside its plan’s own."),
  };
  JsonObject *body;
  gint64 quantity;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv))
    return UPKEEPCTL_USAGE;
  if (meter == NULL || kind == NULL) {
    upkeepctl_complain ("%s", _ ("--meter, --kind and --quantity are all needed."));
    return UPKEEPCTL_USAGE;
  }
  if (!upkeepctl_parse_count (quantity_text, 1, UPKEEP_UNITS_MAX, &quantity))
    return UPKEEPCTL_USAGE;

  body = json_object_new ();
  add_text (body, "account", argv[1]);
  add_text (body, "meter", meter);
  add_text (body, "kind", kind);
  json_object_set_int_member (body, "quantity", quantity);
  if (!add_instant (body, "expires_at", expires_at)) {
    json_object_unref (body);
    return UPKEEPCTL_USAGE;
  }
  return post (ctl, "/v1/admin/grants", body);
}

static UpkeepctlStatus
run_referrals (Upkeepctl *ctl, int argc, char **argv)
{
  g_autofree char *id = NULL;
  const GOptionEntry entries[] = {
      {"id", 0, 0, G_OPTION_ARG_STRING, &id,
       N_ ("A name for the event, under which it counts once"), "ID"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin referrals",
      .arguments = "ACCOUNT signup|payment",
      .min = 2,
      .max = 2,
      .summary = N_ ("Rewards an account for somebody who came by its invitation."),
      .description =
          N_ ("What a sign-up and a first payment earn is said by the edition’s tiers, by "
              "how many have signed up until now."),
  };
  JsonObject *body;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv))
    return UPKEEPCTL_USAGE;
  if (id == NULL) {
    upkeepctl_complain ("%s", _ ("--id is needed: it keeps an event from counting twice."));
    return UPKEEPCTL_USAGE;
  }
  body = json_object_new ();
  add_text (body, "id", id);
  add_text (body, "account", argv[1]);
  add_text (body, "event", argv[2]);
  return post (ctl, "/v1/admin/referrals", body);
}

static UpkeepctlStatus
run_jobs_take (Upkeepctl *ctl, int argc, char **argv)
{
  g_autofree char *mode = NULL;
  g_autofree char *reserve_text = NULL;
  const GOptionEntry entries[] = {
      {"mode", 0, 0, G_OPTION_ARG_STRING, &mode,
       N_ ("What it works in; else the account’s own mode"), "MODE"},
      {"reserve", 0, 0, G_OPTION_ARG_STRING, &reserve_text,
       N_ ("The most units that it may take, held until it ends"), "N"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin jobs take",
      .arguments = "ACCOUNT JOB",
      .min = 2,
      .max = 2,
      .summary = N_ ("Takes a job, and tells whether it runs or waits."),
      .description = N_ ("A job that was taken before gives its first answer again."),
  };
  JsonObject *body;
  gint64 reserve = 0;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv))
    return UPKEEPCTL_USAGE;
  if (reserve_text != NULL && !upkeepctl_parse_count (reserve_text, 0, UPKEEP_UNITS_MAX, &reserve))
    return UPKEEPCTL_USAGE;

  body = json_object_new ();
  add_text (body, "account", argv[1]);
  add_text (body, "id", argv[2]);
  add_text (body, "mode", mode);
  json_object_set_int_member (body, "reserve", reserve);
  return post (ctl, "/v1/admin/jobs", body);
}

static char *
get_job_path (const char *id, const char *rest)
{
  g_autofree char *part = g_uri_escape_string (id, NULL, FALSE);

  return g_strconcat ("/v1/admin/jobs/", part, rest, NULL);
}

static UpkeepctlStatus
run_jobs_finish (Upkeepctl *ctl, int argc, char **argv)
{
  g_autofree char *quantity_text = NULL;
  g_autofree char *images_text = NULL;
  g_autofree char *result = NULL;
  const GOptionEntry entries[] = {
      {"gpu-seconds", 0, 0, G_OPTION_ARG_STRING, &quantity_text,
       N_ ("What it took, in the unit of the service’s meter"), "N"},
      {"images", 0, 0, G_OPTION_ARG_STRING, &images_text, N_ ("How many images it made"), "N"},
      {"result", 0, 0, G_OPTION_ARG_STRING, &result, N_ ("How it ended; an error costs nothing"),
       "ok|error"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin jobs finish",
      .arguments = "JOB",
      .min = 1,
      .max = 1,
      .summary = N_ ("Finishes a job that runs, and starts the next one."),
  };
  g_autofree char *path = NULL;
  JsonObject *body;
  gint64 quantity = 0;
  gint64 images = 0;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv))
    return UPKEEPCTL_USAGE;
  if (quantity_text == NULL || result == NULL) {
    upkeepctl_complain ("%s", _ ("--gpu-seconds and --result are needed."));
    return UPKEEPCTL_USAGE;
  }
  if (!upkeepctl_parse_count (quantity_text, 0, UPKEEP_UNITS_MAX, &quantity) ||
      (images_text != NULL && !upkeepctl_parse_count (images_text, 0, UPKEEP_UNITS_MAX, &images)))
    return UPKEEPCTL_USAGE;

  body = json_object_new ();
  json_object_set_int_member (body, "gpu_seconds", quantity);
  json_object_set_int_member (body, "images", images);
  add_text (body, "result", result);
  path = get_job_path (argv[1], "/finish");
  return post (ctl, path, body);
}

static UpkeepctlStatus
run_jobs_show (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin jobs show",
      .arguments = "JOB",
      .min = 1,
      .max = 1,
      .summary = N_ ("Tells how a job stands, or how it ended."),
  };
  g_autofree char *path = NULL;
  g_autoptr (GBytes) answer = NULL;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, NULL, &argc, &argv))
    return UPKEEPCTL_USAGE;
  path = get_job_path (argv[1], NULL);
  status = upkeepctl_get (ctl, path, NULL, &answer);
  return status == UPKEEPCTL_DONE ? tell (ctl, answer, NULL) : status;
}

static UpkeepctlStatus
run_jobs (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlVerb verbs[] = {
      {"take", run_jobs_take, N_ ("Take a job")},
      {"finish", run_jobs_finish, N_ ("Finish a job that runs")},
      {"show", run_jobs_show, N_ ("Tell how a job stands")},
  };

  return upkeepctl_run_verb (ctl, "upkeepctl admin jobs", verbs, G_N_ELEMENTS (verbs), argc, argv);
}

static UpkeepctlStatus
run_clock (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin clock",
      .arguments = N_ ("[DATE|INSTANT]"),
      .max = 1,
      .summary = N_ ("Tells what the service takes for the present, or moves its test clock."),
      .description = N_ ("It comes back after everything due until then has happened. Real time "
                         "cannot be moved."),
  };
  g_autoptr (GBytes) answer = NULL;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, NULL, &argc, &argv))
    return UPKEEPCTL_USAGE;
  if (argc > 1) {
    JsonObject *body = json_object_new ();

    if (add_instant (body, "now", argv[1]))
      return post (ctl, "/v1/admin/clock", body);
    json_object_unref (body);
    return UPKEEPCTL_USAGE;
  }
  status = upkeepctl_get (ctl, "/v1/admin/clock", NULL, &answer);
  return status == UPKEEPCTL_DONE ? tell (ctl, answer, NULL) : status;
}

static UpkeepctlStatus
run_fsck (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin fsck",
      .summary = N_ ("Proves that the books agree."),
  };
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (JsonNode) node = NULL;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, NULL, &argc, &argv))
    return UPKEEPCTL_USAGE;
  status = upkeepctl_get (ctl, "/v1/admin/fsck", NULL, &answer);
  if (status == UPKEEPCTL_DONE)
    status = tell (ctl, answer, &node);
  if (status != UPKEEPCTL_DONE)
    return status;

  if (has_items (node, "findings")) {
    upkeepctl_complain ("%s", _ ("The books do not agree."));
    return UPKEEPCTL_REFUSED;
  }
  return UPKEEPCTL_DONE;
}

static UpkeepctlStatus
run_payment_method (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin payment-method",
      .arguments = "ACCOUNT METHOD",
      .min = 2,
      .max = 2,
      .summary = N_ ("Gives an account a payment method of the sandbox, such as pm_card_visa."),
  };
  JsonObject *body;

  if (!upkeepctl_parse (ctl, &usage, NULL, &argc, &argv))
    return UPKEEPCTL_USAGE;
  body = json_object_new ();
  add_text (body, "account", argv[1]);
  add_text (body, "token", argv[2]);
  return post (ctl, "/v1/admin/sandbox/payment-method", body);
}

static UpkeepctlStatus
run_features (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlUsage usage = {
      .name = "upkeepctl admin features",
      .arguments = "ACCOUNT FEATURE",
      .min = 2,
      .max = 2,
      .summary = N_ ("Tells whether an account may use a feature now, and if not, why."),
  };
  JsonObject *body;

  if (!upkeepctl_parse (ctl, &usage, NULL, &argc, &argv))
    return UPKEEPCTL_USAGE;
  body = json_object_new ();
  add_text (body, "account", argv[1]);
  add_text (body, "feature", argv[2]);
  return post (ctl, "/v1/admin/features/check", body);
}

/**
 * upkeepctl_admin:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Makes the operator's calls, with the operator's token.
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_admin (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlVerb verbs[] = {
      {"accounts", run_accounts, N_ ("Open an account")},
      {"tokens", run_tokens, N_ ("Make one more token for an account")},
      {"edition", run_edition, N_ ("Move an account to another edition")},
      {"usage", run_usage, N_ ("Report what was used")},
      {"jobs", run_jobs, N_ ("Take, finish or show a job")},
      {"grants", run_grants, N_ ("Give units beside the plan’s own")},
      {"referrals", run_referrals, N_ ("Reward an invitation")},
      {"clock", run_clock, N_ ("Read or move the test clock")},
      {"payment-method", run_payment_method, N_ ("Set a payment method of the sandbox")},
      {"fsck", run_fsck, N_ ("Prove that the books agree")},
      {"reasons", upkeepctl_admin_reasons, N_ ("Count why people left")},
      {"shipments", upkeepctl_admin_shipments, N_ ("Mark an issue as shipped")},
      {"features", run_features, N_ ("Check whether a feature may be used")},
  };

  return upkeepctl_run_verb (ctl, "upkeepctl admin", verbs, G_N_ELEMENTS (verbs), argc, argv);
}

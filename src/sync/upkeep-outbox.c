/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-outbox.h"

#include "upkeep-backoff.h"
#include "upkeep-file.h"
#include "upkeep-instant.h"
#include "upkeep-json.h"
#include "upkeep-reader.h"
#include "upkeep-wire-parts.h"

#include <errno.h>
#include <glib/gstdio.h>

#define SCHEMA          1
#define FILE_MAX_BYTES  ((gsize) 4096)
#define QUOTE_MAX_BYTES 128
#define KEY_MAX_BYTES   255
#define RETRY_UNIT_MS   1000

struct _UpkeepOutbox {
  GObject parent_instance;

  UpkeepClient *client; /* (owned) */
  char *folder;         /* (owned) */
  char *path;           /* (owned): of the one record */
  guint retry_unit_ms;

  UpkeepPending *pending;    /* (owned) (nullable) */
  gboolean damaged;          /* a record was found that cannot be read */
  gboolean may_have_left;    /* some try of it, or one before a restart */
  guint n_failures;          /* tries that brought no final answer */
  GSource *retry;            /* (owned) (nullable): the next try */
  GTask *accept;             /* (owned) (nullable): who waits for the first answer */
  GSource *accept_cancelled; /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
};

typedef enum {
  PROP_CLIENT = 1,
  PROP_FOLDER,
  PROP_RETRY_UNIT_MS,
  PROP_PENDING,
  PROP_DAMAGED,
} UpkeepOutboxProperty;

static GParamSpec *properties[PROP_DAMAGED + 1];

typedef enum {
  SIGNAL_SETTLED,
} UpkeepOutboxSignal;

static guint signals[SIGNAL_SETTLED + 1];

G_DEFINE_BOXED_TYPE (UpkeepPending, upkeep_pending, upkeep_pending_ref, upkeep_pending_unref)
G_DEFINE_FINAL_TYPE (UpkeepOutbox, upkeep_outbox, G_TYPE_OBJECT)

static void send_pending (UpkeepOutbox *self);

static UpkeepPending *
pending_new (void)
{
  return g_atomic_rc_box_new0 (UpkeepPending);
}

static void
clear_pending (gpointer data)
{
  UpkeepPending *self = data;

  g_free (self->quote);
  g_free (self->key);
}

/* The record: `{"schema":1,"account","quote","kind","timing","key","created_at"}`. */
static GBytes *
print_pending (const UpkeepPending *pending, const char *identity)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "schema", SCHEMA);
  json_object_set_string_member (object, "account", identity);
  json_object_set_string_member (object, "quote", pending->quote);
  json_object_set_string_member (object, "kind", upkeep_quote_kind_to_string (pending->kind));
  json_object_set_string_member (object, "timing", upkeep_timing_to_string (pending->timing));
  json_object_set_string_member (object, "key", pending->key);
  upkeep_wire_set_instant (object, "created_at", pending->created_at_s);
  node = upkeep_wire_take_object (object);
  return upkeep_json_print (node);
}

static UpkeepPending *
parse_pending (GBytes *bytes, const char *identity, GError **error)
{
  g_autoptr (UpkeepPending) pending = pending_new ();
  g_autoptr (JsonNode) node = NULL;
  const char *kinds[UPKEEP_N_QUOTE_KINDS], *timings[UPKEEP_N_TIMINGS], *accounts[] = {identity};
  const char *quote = NULL, *key = NULL;
  UpkeepReader reader;
  gint64 schema;
  guint kind = 0, timing = 0, account;

  for (guint i = 0; i < UPKEEP_N_QUOTE_KINDS; i++)
    kinds[i] = upkeep_quote_kind_to_string (i);
  for (guint i = 0; i < UPKEEP_N_TIMINGS; i++)
    timings[i] = upkeep_timing_to_string (i);

  node = upkeep_json_parse (bytes, FILE_MAX_BYTES, error);
  if (node == NULL)
    return NULL;

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_int (&reader, "schema", SCHEMA, SCHEMA, &schema);
  upkeep_reader_enum (&reader, "account", accounts, G_N_ELEMENTS (accounts), &account);
  upkeep_reader_id (&reader, "quote", QUOTE_MAX_BYTES, &quote);
  upkeep_reader_enum (&reader, "kind", kinds, G_N_ELEMENTS (kinds), &kind);
  upkeep_reader_enum (&reader, "timing", timings, G_N_ELEMENTS (timings), &timing);
  upkeep_reader_id (&reader, "key", KEY_MAX_BYTES, &key);
  upkeep_reader_instant (&reader, "created_at", &pending->created_at_s);
  if (!upkeep_reader_finish (&reader))
    return NULL;

  pending->quote = g_strdup (quote);
  pending->kind = kind;
  pending->timing = timing;
  pending->key = g_strdup (key);
  return g_steal_pointer (&pending);
}

static void
take_pending (UpkeepOutbox *self, UpkeepPending *pending)
{
  g_clear_pointer (&self->pending, upkeep_pending_unref);
  self->pending = pending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

/* The one who waits, if there still is one. */
static GTask *
steal_accept (UpkeepOutbox *self)
{
  if (self->accept_cancelled != NULL)
    g_source_destroy (self->accept_cancelled);
  g_clear_pointer (&self->accept_cancelled, g_source_unref);
  return g_steal_pointer (&self->accept);
}

/* What an accepted quote brought; the task that waits for it owns it. */
typedef struct {
  UpkeepOutbox *outbox;       /* (owned) (nullable): while the record is removed */
  UpkeepStatement *statement; /* (owned) (nullable) */
  UpkeepReceipt *receipt;     /* (owned) (nullable) */
  GError *error;              /* (owned) (nullable): the others are not there then */
} Outcome;

static void
outcome_free (Outcome *outcome)
{
  g_clear_object (&outcome->outbox);
  g_clear_pointer (&outcome->statement, upkeep_statement_unref);
  g_clear_pointer (&outcome->receipt, upkeep_receipt_unref);
  g_clear_error (&outcome->error);
  g_free (outcome);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, outcome_free)

/* What a worker needs. It holds no reference to the outbox: what talks to the network belongs to
 * the thread of the outbox, to its end. */
typedef struct {
  char *path;     /* (owned) */
  char *identity; /* (owned) */
  GBytes *record; /* (owned) (nullable) */
} Job;

static void
job_free (Job *job)
{
  g_free (job->path);
  g_free (job->identity);
  g_clear_pointer (&job->record, g_bytes_unref);
  g_free (job);
}

static void
run_job (UpkeepOutbox *self,
         GBytes *record,
         GTaskThreadFunc function,
         GAsyncReadyCallback callback,
         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (self->path);
  job->identity = g_strdup (upkeep_client_get_identity (self->client));
  job->record = record != NULL ? g_bytes_ref (record) : NULL;
  g_task_set_source_tag (task, run_job);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, function);
}

static void
remove_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;

  /* A record that stays is sent again with its key, and answered as before. */
  if (g_unlink (job->path) != 0 && errno != ENOENT)
    g_debug ("%s stays: %s", job->path, g_strerror (errno));
  g_task_return_boolean (task, TRUE);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Outcome) outcome = user_data;
  g_autoptr (UpkeepOutbox) self = g_steal_pointer (&outcome->outbox);
  g_autoptr (GTask) accept = steal_accept (self);

  self->n_failures = 0;
  self->may_have_left = FALSE;
  take_pending (self, NULL);
  g_signal_emit (self, signals[SIGNAL_SETTLED], 0, outcome->statement, outcome->receipt,
                 outcome->error);
  if (accept == NULL)
    return;

  if (outcome->error != NULL)
    g_task_return_error (accept, g_steal_pointer (&outcome->error));
  else
    g_task_return_pointer (accept, g_steal_pointer (&outcome), (GDestroyNotify) outcome_free);
}

/* Takes @outcome over. The record goes first: while it is there, no other can take its place. */
static void
settle (UpkeepOutbox *self, Outcome *outcome)
{
  outcome->outbox = g_object_ref (self);
  run_job (self, NULL, remove_in_thread, removed_cb, outcome);
}

/* A final answer: asking again with the same key would bring the same one. */
static gboolean
is_final (const GError *error)
{
  switch ((UpkeepClientError) error->code) {
  case UPKEEP_CLIENT_ERROR_REPLY:
  case UPKEEP_CLIENT_ERROR_NOT_FOUND:
  case UPKEEP_CLIENT_ERROR_NOT_ALLOWED:
  case UPKEEP_CLIENT_ERROR_STALE:
  case UPKEEP_CLIENT_ERROR_EXPIRED:
  case UPKEEP_CLIENT_ERROR_ALREADY_ACCEPTED:
  case UPKEEP_CLIENT_ERROR_DECLINED:
  case UPKEEP_CLIENT_ERROR_REFUSED:
    return TRUE;
  case UPKEEP_CLIENT_ERROR_ADDRESS:
  case UPKEEP_CLIENT_ERROR_OFFLINE:
  case UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME:
  case UPKEEP_CLIENT_ERROR_UNAUTHORIZED:
  case UPKEEP_CLIENT_ERROR_FORBIDDEN:
  case UPKEEP_CLIENT_ERROR_RATE_LIMITED:
  case UPKEEP_CLIENT_ERROR_SERVICE:
  case UPKEEP_CLIENT_ERROR_PENDING:
  case UPKEEP_CLIENT_ERROR_NOT_KEPT:
  default:
    return FALSE;
  }
}

static gboolean
retry_cb (gpointer user_data)
{
  UpkeepOutbox *self = UPKEEP_OUTBOX (user_data);

  g_clear_pointer (&self->retry, g_source_unref);
  send_pending (self);
  return G_SOURCE_REMOVE;
}

static void
retry_later (UpkeepOutbox *self, const GError *error)
{
  const UpkeepRefusal *refusal = upkeep_client_error_get_refusal (error);
  gint64 delay_ms =
      upkeep_backoff_next_ms (self->n_failures, self->retry_unit_ms,
                              refusal != NULL ? refusal->retry_after_s : 0, g_random_int ());

  self->retry = g_timeout_source_new ((guint) delay_ms);
  g_source_set_callback (self->retry, retry_cb, self, NULL);
  g_source_attach (self->retry, g_main_context_get_thread_default ());
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Outcome) outcome = g_new0 (Outcome, 1);
  g_autoptr (GTask) accept = NULL;
  UpkeepOutbox *self;

  if (!upkeep_client_accept_quote_finish (UPKEEP_CLIENT (source), result, &outcome->statement,
                                          &outcome->receipt, &outcome->error) &&
      g_error_matches (outcome->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = UPKEEP_OUTBOX (user_data);
  if (g_error_matches (outcome->error, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME))
    self->may_have_left = TRUE;
  if (outcome->error == NULL || is_final (outcome->error) || !self->may_have_left) {
    settle (self, g_steal_pointer (&outcome));
    return;
  }

  self->n_failures++;
  retry_later (self, outcome->error);
  accept = steal_accept (self);
  if (accept != NULL)
    g_task_return_error (accept, g_steal_pointer (&outcome->error));
}

/* The caller's cancellable does not reach this far: what is sent is seen through. */
static void
send_pending (UpkeepOutbox *self)
{
  upkeep_client_accept_quote_async (self->client, self->pending->quote, self->pending->timing,
                                    self->pending->key, self->cancellable, sent_cb, self);
}

static void
keep_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  gsize size;
  const char *data = g_bytes_get_data (job->record, &size);
  g_autoptr (GError) error = NULL;

  if (!upkeep_file_write (job->path, data, size,
                          G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, &error)) {
    g_task_return_new_error (task, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_NOT_KEPT, "%s",
                             error->message);
    return;
  }
  g_task_return_boolean (task, TRUE);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UpkeepOutbox) self = user_data;
  g_autoptr (Outcome) outcome = g_new0 (Outcome, 1);

  if (!g_task_propagate_boolean (G_TASK (result), &outcome->error)) {
    settle (self, g_steal_pointer (&outcome));
    return;
  }
  /* Nothing has left yet, so it can still be called off. */
  if (self->accept == NULL || g_cancellable_is_cancelled (self->cancellable)) {
    outcome->error =
        g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "called off before it was sent");
    settle (self, g_steal_pointer (&outcome));
    return;
  }
  send_pending (self);
}

static gboolean
accept_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  UpkeepOutbox *self = UPKEEP_OUTBOX (user_data);
  g_autoptr (GTask) accept = steal_accept (self);

  g_task_return_error_if_cancelled (accept);
  return G_SOURCE_REMOVE;
}

/* What was found on disk. */
typedef struct {
  UpkeepPending *pending; /* (owned) (nullable) */
  gboolean damaged;
} Found;

static void
found_free (Found *found)
{
  g_clear_pointer (&found->pending, upkeep_pending_unref);
  g_free (found);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  Found *found = g_new0 (Found, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = upkeep_file_read (job->path, FILE_MAX_BYTES, &error);

  if (bytes != NULL)
    found->pending = parse_pending (bytes, job->identity, &error);
  if (found->pending == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    g_debug ("%s: %s", job->path, error->message);
    upkeep_file_set_aside (job->path);
    found->damaged = TRUE;
  }
  g_task_return_pointer (task, found, (GDestroyNotify) found_free);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, g_task_propagate_pointer (G_TASK (result), NULL),
                         (GDestroyNotify) found_free);
}

static void
upkeep_outbox_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepOutbox *self = UPKEEP_OUTBOX (object);

  switch ((UpkeepOutboxProperty) prop_id) {
  case PROP_CLIENT:
    g_value_set_object (value, self->client);
    break;
  case PROP_FOLDER:
    g_value_set_string (value, self->folder);
    break;
  case PROP_RETRY_UNIT_MS:
    g_value_set_uint (value, self->retry_unit_ms);
    break;
  case PROP_PENDING:
    g_value_set_boxed (value, self->pending);
    break;
  case PROP_DAMAGED:
    g_value_set_boolean (value, self->damaged);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_outbox_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UpkeepOutbox *self = UPKEEP_OUTBOX (object);

  switch ((UpkeepOutboxProperty) prop_id) {
  case PROP_CLIENT:
    self->client = g_value_dup_object (value);
    break;
  case PROP_FOLDER:
    self->folder = g_value_dup_string (value);
    break;
  case PROP_RETRY_UNIT_MS:
    self->retry_unit_ms = g_value_get_uint (value);
    break;
  case PROP_PENDING:
  case PROP_DAMAGED:
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_outbox_constructed (GObject *object)
{
  UpkeepOutbox *self = UPKEEP_OUTBOX (object);
  g_autofree char *file = NULL;

  G_OBJECT_CLASS (upkeep_outbox_parent_class)->constructed (object);

  file = g_strconcat ("outbox-", upkeep_client_get_identity (self->client), ".json", NULL);
  self->path = g_build_filename (self->folder, file, NULL);
}

static void
upkeep_outbox_dispose (GObject *object)
{
  UpkeepOutbox *self = UPKEEP_OUTBOX (object);
  g_autoptr (GTask) accept = steal_accept (self);

  if (accept != NULL)
    g_task_return_new_error (accept, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the outbox is gone");
  g_cancellable_cancel (self->cancellable);
  if (self->retry != NULL)
    g_source_destroy (self->retry);
  g_clear_pointer (&self->retry, g_source_unref);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (upkeep_outbox_parent_class)->dispose (object);
}

static void
upkeep_outbox_finalize (GObject *object)
{
  UpkeepOutbox *self = UPKEEP_OUTBOX (object);

  g_clear_pointer (&self->pending, upkeep_pending_unref);
  g_clear_object (&self->cancellable);
  g_free (self->folder);
  g_free (self->path);

  G_OBJECT_CLASS (upkeep_outbox_parent_class)->finalize (object);
}

static void
upkeep_outbox_class_init (UpkeepOutboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = upkeep_outbox_constructed;
  object_class->get_property = upkeep_outbox_get_property;
  object_class->set_property = upkeep_outbox_set_property;
  object_class->dispose = upkeep_outbox_dispose;
  object_class->finalize = upkeep_outbox_finalize;

  /**
   * UpkeepOutbox:client:
   *
   * Whose quotes are accepted.
   */
  properties[PROP_CLIENT] =
      g_param_spec_object ("client", NULL, NULL, UPKEEP_TYPE_CLIENT,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepOutbox:folder:
   *
   * Where the record is kept.
   */
  properties[PROP_FOLDER] =
      g_param_spec_string ("folder", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepOutbox:retry-unit-ms:
   *
   * The first span to wait in before another try, in milliseconds.
   */
  properties[PROP_RETRY_UNIT_MS] =
      g_param_spec_uint ("retry-unit-ms", NULL, NULL, 1, RETRY_UNIT_MS, RETRY_UNIT_MS,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepOutbox:pending:
   *
   * The quote that was sent to be accepted and has no final answer yet.
   */
  properties[PROP_PENDING] = g_param_spec_boxed ("pending", NULL, NULL, UPKEEP_TYPE_PENDING,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepOutbox:damaged:
   *
   * Whether a record was found that cannot be read. It was moved aside: what became of its quote
   * shows in the account.
   */
  properties[PROP_DAMAGED] = g_param_spec_boolean ("damaged", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * UpkeepOutbox::settled:
   * @self: the outbox
   * @statement: (nullable): the account after it
   * @receipt: (nullable): what was done
   * @error: (nullable): why it was not; the other two are %NULL then
   *
   * The final answer to the pending quote is there, whoever waited for it.
   */
  signals[SIGNAL_SETTLED] =
      g_signal_new ("settled", UPKEEP_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, UPKEEP_TYPE_STATEMENT, UPKEEP_TYPE_RECEIPT, G_TYPE_ERROR);
}

static void
upkeep_outbox_init (UpkeepOutbox *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * upkeep_pending_ref:
 * @self: a pending quote
 *
 * Takes one more reference.
 *
 * Returns: (transfer full): @self
 */
UpkeepPending *
upkeep_pending_ref (UpkeepPending *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * upkeep_pending_unref:
 * @self: (transfer full): a pending quote
 *
 * Gives a reference back; the last one frees it.
 */
void
upkeep_pending_unref (UpkeepPending *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_pending);
}

/**
 * upkeep_outbox_new:
 * @client: whose quotes are accepted
 * @folder: where the record is kept; it is made when it is needed
 *
 * Makes the one way to accept a quote: the acceptance is on disk, with its key, before it leaves,
 * and stays there until a final answer came. While it has none, no other is sent (RELIABILITY 1,
 * Kill Bill).
 *
 * Returns: (transfer full): the outbox
 */
UpkeepOutbox *
upkeep_outbox_new (UpkeepClient *client, const char *folder)
{
  g_return_val_if_fail (UPKEEP_IS_CLIENT (client), NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  return g_object_new (UPKEEP_TYPE_OUTBOX, "client", client, "folder", folder, NULL);
}

/**
 * upkeep_outbox_get_pending:
 * @self: an outbox
 *
 * Tells which quote waits for its final answer.
 *
 * Returns: (transfer none) (nullable): the quote
 */
UpkeepPending *
upkeep_outbox_get_pending (UpkeepOutbox *self)
{
  g_return_val_if_fail (UPKEEP_IS_OUTBOX (self), NULL);

  return self->pending;
}

/**
 * upkeep_outbox_get_damaged:
 * @self: an outbox
 *
 * Tells whether a record was found that cannot be read.
 *
 * Returns: whether there was one
 */
gboolean
upkeep_outbox_get_damaged (UpkeepOutbox *self)
{
  g_return_val_if_fail (UPKEEP_IS_OUTBOX (self), FALSE);

  return self->damaged;
}

/**
 * upkeep_outbox_load_async:
 * @self: an outbox that nothing was accepted with yet
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Looks for a quote that has no final answer since an earlier run, and sends it again with its key.
 */
void
upkeep_outbox_load_async (UpkeepOutbox *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (UPKEEP_IS_OUTBOX (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, upkeep_outbox_load_async);
  run_job (self, NULL, load_in_thread, loaded_cb, g_steal_pointer (&task));
}

/**
 * upkeep_outbox_load_finish:
 * @self: an outbox
 * @result: of upkeep_outbox_load_async()
 * @error: return location for `G_IO_ERROR_CANCELLED`
 *
 * Ends upkeep_outbox_load_async().
 *
 * Returns: whether it was not cancelled
 */
gboolean
upkeep_outbox_load_finish (UpkeepOutbox *self, GAsyncResult *result, GError **error)
{
  Found *found;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;

  if (found->damaged) {
    self->damaged = TRUE;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DAMAGED]);
  }
  if (found->pending != NULL && self->pending == NULL) {
    self->may_have_left = TRUE;
    take_pending (self, g_steal_pointer (&found->pending));
    send_pending (self);
  }
  found_free (found);
  return TRUE;
}

/**
 * upkeep_outbox_accept_async:
 * @self: an outbox
 * @quote: a quote with an option of @timing
 * @timing: which option
 * @cancellable: (nullable): to stop waiting; before the record is written it also calls the
 *   acceptance off, afterwards it does not take it back
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Accepts a quote and waits for the first answer. With `UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME` the
 * quote stays #UpkeepOutbox:pending and is sent again, with its key, until #UpkeepOutbox::settled.
 *
 * Errors of the finish function beside those of upkeep_client_accept_quote_async():
 * `UPKEEP_CLIENT_ERROR_PENDING`, `_NOT_KEPT`.
 */
void
upkeep_outbox_accept_async (UpkeepOutbox *self,
                            const UpkeepQuote *quote,
                            UpkeepTiming timing,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GBytes) record = NULL;
  UpkeepPending *pending;

  g_return_if_fail (UPKEEP_IS_OUTBOX (self));
  g_return_if_fail (quote != NULL && quote->id != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, upkeep_outbox_accept_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->pending != NULL) {
    g_task_return_new_error (task, UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_PENDING,
                             "quote %s has no final answer yet", self->pending->quote);
    return;
  }

  pending = pending_new ();
  pending->quote = g_strdup (quote->id);
  pending->kind = quote->kind;
  pending->timing = timing;
  pending->key = g_uuid_string_random ();
  pending->created_at_s = g_get_real_time () / G_USEC_PER_SEC;

  if (cancellable != NULL) {
    self->accept_cancelled = g_cancellable_source_new (cancellable);
    g_source_set_callback (self->accept_cancelled, G_SOURCE_FUNC (accept_cancelled_cb), self, NULL);
    g_source_attach (self->accept_cancelled, g_task_get_context (task));
  }
  self->accept = g_steal_pointer (&task);
  self->may_have_left = FALSE;

  record = print_pending (pending, upkeep_client_get_identity (self->client));
  take_pending (self, pending);
  run_job (self, record, keep_in_thread, kept_cb, g_object_ref (self));
}

/**
 * upkeep_outbox_accept_finish:
 * @self: an outbox
 * @result: of upkeep_outbox_accept_async()
 * @ret_statement: (out) (transfer full): the account after it
 * @ret_receipt: (out) (transfer full): what was done
 * @error: return location for an error
 *
 * Ends upkeep_outbox_accept_async().
 *
 * Returns: whether the quote was accepted and both were written
 */
gboolean
upkeep_outbox_accept_finish (UpkeepOutbox *self,
                             GAsyncResult *result,
                             UpkeepStatement **ret_statement,
                             UpkeepReceipt **ret_receipt,
                             GError **error)
{
  g_autoptr (Outcome) outcome = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (ret_statement != NULL && ret_receipt != NULL, FALSE);

  outcome = g_task_propagate_pointer (G_TASK (result), error);
  if (outcome == NULL)
    return FALSE;

  *ret_statement = g_steal_pointer (&outcome->statement);
  *ret_receipt = g_steal_pointer (&outcome->receipt);
  return TRUE;
}

/**
 * upkeep_outbox_retry_now:
 * @self: an outbox
 *
 * Sends a pending quote again at once instead of later: the network is back, or somebody asked.
 */
void
upkeep_outbox_retry_now (UpkeepOutbox *self)
{
  g_return_if_fail (UPKEEP_IS_OUTBOX (self));

  if (self->retry == NULL)
    return;

  g_source_destroy (self->retry);
  g_clear_pointer (&self->retry, g_source_unref);
  send_pending (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-session.h"

#include "upkeep-cache.h"
#include "upkeep-instant.h"

struct _UpkeepSession {
  GObject parent_instance;

  UpkeepClient *client; /* (owned) */
  UpkeepOutbox *outbox; /* (owned) */
  UpkeepCache *cache;   /* (owned) */
  char *cache_folder;   /* (owned) */
  char *state_folder;   /* (owned) */

  UpkeepCached *documents;    /* (owned) (nullable): the last ones, as they are kept */
  UpkeepStatement *statement; /* (owned) (nullable): newer than the documents after an accept */
  guint n_statements;         /* that were shown so far */
  gboolean is_edition_fresh;  /* the service was asked for the catalogue in this run */
  gint64 fetched_at_s;

  UpkeepSessionState outcome; /* of the last request that ended */
  GError *error;              /* (owned) (nullable): of the same */
  UpkeepSessionState state;   /* as it was told last */
  guint n_requests;           /* under way */

  GCancellable *cancellable; /* (owned): of what nobody waits for */
};

typedef enum {
  PROP_CLIENT = 1,
  PROP_CACHE_FOLDER,
  PROP_STATE_FOLDER,
  PROP_STATEMENT,
  PROP_EDITION,
  PROP_CHANGES,
  PROP_FETCHED_AT,
  PROP_STATE,
  PROP_ERROR,
  PROP_PENDING,
  PROP_OUTBOX_DAMAGED,
} UpkeepSessionProperty;

static GParamSpec *properties[PROP_OUTBOX_DAMAGED + 1];

G_DEFINE_FINAL_TYPE (UpkeepSession, upkeep_session, G_TYPE_OBJECT)

GType
upkeep_session_state_get_type (void)
{
  static const GEnumValue values[] = {
      {UPKEEP_SESSION_NEVER, "UPKEEP_SESSION_NEVER", "never"},
      {UPKEEP_SESSION_LOADING, "UPKEEP_SESSION_LOADING", "loading"},
      {UPKEEP_SESSION_OK, "UPKEEP_SESSION_OK", "ok"},
      {UPKEEP_SESSION_OFFLINE, "UPKEEP_SESSION_OFFLINE", "offline"},
      {UPKEEP_SESSION_REFUSED, "UPKEEP_SESSION_REFUSED", "refused"},
      {UPKEEP_SESSION_SERVICE_ERROR, "UPKEEP_SESSION_SERVICE_ERROR", "service-error"},
      {0, NULL, NULL},
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("UpkeepSessionState", values));
  return type;
}

/* What a failed request says about the service. That it said no to a quote says that it is well. */
static UpkeepSessionState
judge_error (const GError *error)
{
  if (error == NULL)
    return UPKEEP_SESSION_OK;

  switch ((UpkeepClientError) error->code) {
  case UPKEEP_CLIENT_ERROR_OFFLINE:
  case UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME:
    return UPKEEP_SESSION_OFFLINE;
  case UPKEEP_CLIENT_ERROR_UNAUTHORIZED:
  case UPKEEP_CLIENT_ERROR_FORBIDDEN:
  case UPKEEP_CLIENT_ERROR_NOT_FOUND:
  case UPKEEP_CLIENT_ERROR_ADDRESS:
    return UPKEEP_SESSION_REFUSED;
  case UPKEEP_CLIENT_ERROR_REPLY:
  case UPKEEP_CLIENT_ERROR_RATE_LIMITED:
  case UPKEEP_CLIENT_ERROR_SERVICE:
    return UPKEEP_SESSION_SERVICE_ERROR;
  case UPKEEP_CLIENT_ERROR_NOT_ALLOWED:
  case UPKEEP_CLIENT_ERROR_STALE:
  case UPKEEP_CLIENT_ERROR_EXPIRED:
  case UPKEEP_CLIENT_ERROR_ALREADY_ACCEPTED:
  case UPKEEP_CLIENT_ERROR_DECLINED:
  case UPKEEP_CLIENT_ERROR_REFUSED:
  case UPKEEP_CLIENT_ERROR_PENDING:
  case UPKEEP_CLIENT_ERROR_NOT_KEPT:
  default:
    return UPKEEP_SESSION_OK;
  }
}

static void
update_state (UpkeepSession *self)
{
  UpkeepSessionState state = self->n_requests > 0 ? UPKEEP_SESSION_LOADING : self->outcome;

  if (state == self->state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
begin_request (UpkeepSession *self)
{
  self->n_requests++;
  update_state (self);
}

/* A request that was given up says nothing about the service. */
static void
end_request (UpkeepSession *self, const GError *error)
{
  self->n_requests--;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_clear_error (&self->error);
    self->error = error != NULL ? g_error_copy (error) : NULL;
    self->outcome = judge_error (error);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  }
  update_state (self);
}

static void
publish_statement (UpkeepSession *self, UpkeepStatement *statement)
{
  if (self->statement == statement)
    return;

  g_clear_pointer (&self->statement, upkeep_statement_unref);
  self->statement = upkeep_statement_ref (statement);
  self->n_statements++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATEMENT]);
}

/* An answer that was overtaken on its way is older than what is shown. Only then do versions count:
 * a service that was set up anew begins them anew. */
static gboolean
is_overtaken (UpkeepSession *self, const UpkeepStatement *statement, guint n_statements_before)
{
  return self->n_statements != n_statements_before &&
         g_str_equal (self->statement->id, statement->id) &&
         statement->version < self->statement->version;
}

static void
publish_fetched_at (UpkeepSession *self, gint64 fetched_at_s)
{
  if (self->fetched_at_s == fetched_at_s)
    return;

  self->fetched_at_s = fetched_at_s;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FETCHED_AT]);
}

/* Takes @documents over. */
static void
publish_documents (UpkeepSession *self, UpkeepCached *documents, guint n_statements_before)
{
  UpkeepEdition *edition = self->documents != NULL ? self->documents->edition : NULL;
  UpkeepEditionChanges *changes = upkeep_session_get_changes (self);
  gboolean is_new = documents->edition != edition;
  gboolean differs = documents->changes != changes;
  g_autoptr (UpkeepCached) before = g_steal_pointer (&self->documents);

  g_object_freeze_notify (G_OBJECT (self));
  self->documents = documents;
  if (is_new)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITION]);
  if (differs)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGES]);
  if (!is_overtaken (self, documents->statement, n_statements_before))
    publish_statement (self, documents->statement);
  publish_fetched_at (self, documents->fetched_at_s);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UpkeepSession) self = user_data; /* it stays until they are kept */
  g_autoptr (GError) error = NULL;

  /* Without it the next start only takes longer. */
  if (!upkeep_cache_save_finish (UPKEEP_CACHE (source), result, &error))
    g_debug ("the documents are not kept: %s", error->message);
}

/* The documents at hand, as a start for newer ones. */
static UpkeepCached *
copy_documents (UpkeepSession *self)
{
  UpkeepCached *copy = upkeep_cached_new ();
  const UpkeepCached *documents = self->documents;

  if (documents == NULL)
    return copy;

  copy->account = g_bytes_ref (documents->account);
  copy->account_etag = g_strdup (documents->account_etag);
  copy->statement = upkeep_statement_ref (documents->statement);
  if (documents->catalogue != NULL) {
    copy->catalogue = g_bytes_ref (documents->catalogue);
    copy->catalogue_etag = g_strdup (documents->catalogue_etag);
    copy->edition = upkeep_edition_ref (documents->edition);
  }
  if (documents->terms != NULL) {
    copy->terms = g_bytes_ref (documents->terms);
    copy->changes = upkeep_edition_changes_ref (documents->changes);
  }
  return copy;
}

static void
take_account (UpkeepCached *documents, UpkeepFetched *fetched)
{
  if (fetched->body == NULL)
    return; /* the one at hand still stands */

  g_clear_pointer (&documents->account, g_bytes_unref);
  documents->account = g_bytes_ref (fetched->body);
  g_free (documents->account_etag);
  documents->account_etag = g_strdup (fetched->etag);
  g_clear_pointer (&documents->statement, upkeep_statement_unref);
  documents->statement = upkeep_statement_ref (fetched->statement);
}

static void
take_catalogue (UpkeepCached *documents, UpkeepFetched *fetched)
{
  if (fetched->body == NULL)
    return;

  g_clear_pointer (&documents->catalogue, g_bytes_unref);
  documents->catalogue = g_bytes_ref (fetched->body);
  g_free (documents->catalogue_etag);
  documents->catalogue_etag = g_strdup (fetched->etag);
  g_clear_pointer (&documents->edition, upkeep_edition_unref);
  documents->edition = upkeep_edition_ref (fetched->edition);
}

static gboolean
has_edition_of (const UpkeepCached *documents, const UpkeepStatement *statement)
{
  return documents->edition != NULL &&
         g_str_equal (documents->edition->service, statement->service) &&
         g_str_equal (documents->edition->id, statement->edition);
}

static void
drop_changes (UpkeepCached *documents)
{
  g_clear_pointer (&documents->terms, g_bytes_unref);
  g_clear_pointer (&documents->changes, upkeep_edition_changes_unref);
}

static void
take_changes (UpkeepCached *documents, UpkeepFetched *fetched)
{
  drop_changes (documents);
  documents->terms = g_bytes_ref (fetched->body);
  documents->changes = upkeep_edition_changes_ref (fetched->changes);
}

/* Whether there are other terms to tell of: current ones, or those that the account moves to. */
static gboolean
wants_changes (const UpkeepCached *documents)
{
  return documents->edition != NULL &&
         (!documents->edition->is_default || documents->statement->next_edition != NULL);
}

static gboolean
has_changes (const UpkeepCached *documents)
{
  const UpkeepStatement *statement = documents->statement;
  const UpkeepEditionChanges *changes = documents->changes;

  return changes != NULL && g_str_equal (changes->service, statement->service) &&
         g_str_equal (changes->from, statement->edition) &&
         (statement->next_edition == NULL || g_str_equal (changes->to, statement->next_edition));
}

/* A refresh: the account, then the catalogue that its edition needs, then what is different in
 * other terms. */
typedef struct {
  UpkeepCached *documents; /* (owned) (nullable): what came so far */
  guint n_statements;      /* that were shown when it began */
} Refresh;

static void
refresh_free (Refresh *refresh)
{
  g_clear_pointer (&refresh->documents, upkeep_cached_unref);
  g_free (refresh);
}

/* Takes @error over. */
static void
end_refresh (GTask *task, GError *error)
{
  UpkeepSession *self = g_task_get_source_object (task);
  Refresh *refresh = g_task_get_task_data (task);

  if (refresh->documents != NULL) {
    refresh->documents->fetched_at_s = g_get_real_time () / G_USEC_PER_SEC;
    upkeep_cache_save_async (self->cache, refresh->documents, NULL, saved_cb, g_object_ref (self));
    publish_documents (self, g_steal_pointer (&refresh->documents), refresh->n_statements);
  }
  end_request (self, error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* What is different is good to know and nothing more: the rest counts without it. */
static void
changes_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Refresh *refresh = g_task_get_task_data (task);
  g_autoptr (UpkeepFetched) fetched = NULL;
  g_autoptr (GError) error = NULL;

  fetched = upkeep_client_fetch_changes_finish (UPKEEP_CLIENT (source), result, &error);
  if (fetched != NULL)
    take_changes (refresh->documents, fetched);
  else
    g_debug ("changes: %s", error->message);
  end_refresh (task, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                         ? g_steal_pointer (&error)
                         : NULL);
}

static void
fetch_changes (GTask *task)
{
  UpkeepSession *self = g_task_get_source_object (task);
  Refresh *refresh = g_task_get_task_data (task);
  UpkeepCached *documents = refresh->documents;

  if (!wants_changes (documents) || !has_changes (documents))
    drop_changes (documents);
  if (!wants_changes (documents) || documents->changes != NULL) {
    end_refresh (task, NULL);
    return;
  }

  upkeep_client_fetch_changes_async (self->client, documents->statement,
                                     g_task_get_cancellable (task), changes_fetched_cb,
                                     g_object_ref (task));
}

static void
catalogue_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UpkeepSession *self = g_task_get_source_object (task);
  Refresh *refresh = g_task_get_task_data (task);
  g_autoptr (UpkeepFetched) fetched = NULL;
  GError *error = NULL;

  fetched = upkeep_client_fetch_catalogue_finish (UPKEEP_CLIENT (source), result, &error);
  if (fetched != NULL) {
    take_catalogue (refresh->documents, fetched);
    self->is_edition_fresh = TRUE;
    /* Which edition is the current one may be something else by now. */
    if (fetched->body != NULL)
      drop_changes (refresh->documents);
    fetch_changes (task);
    return;
  }
  end_refresh (task, error);
}

static void
account_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UpkeepSession *self = g_task_get_source_object (task);
  Refresh *refresh = g_task_get_task_data (task);
  g_autoptr (UpkeepFetched) fetched = NULL;
  UpkeepCached *documents;
  GError *error = NULL;

  fetched = upkeep_client_fetch_account_finish (UPKEEP_CLIENT (source), result, &error);
  if (fetched == NULL) {
    end_refresh (task, error);
    return;
  }

  documents = refresh->documents = copy_documents (self);
  take_account (documents, fetched);
  if (!has_edition_of (documents, documents->statement)) {
    g_clear_pointer (&documents->catalogue, g_bytes_unref);
    g_clear_pointer (&documents->catalogue_etag, g_free);
    g_clear_pointer (&documents->edition, upkeep_edition_unref);
  } else if (self->is_edition_fresh) {
    fetch_changes (task);
    return;
  }
  upkeep_client_fetch_catalogue_async (self->client, documents->statement->service,
                                       documents->statement->edition, documents->catalogue_etag,
                                       g_task_get_cancellable (task), catalogue_fetched_cb,
                                       g_object_ref (task));
}

/* The start: what is kept, then what is new */

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!upkeep_session_refresh_finish (UPKEEP_SESSION (source), result, &error))
    g_debug ("refresh: %s", error->message);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UpkeepCached) cached = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepSession *self;

  if (!upkeep_cache_load_finish (UPKEEP_CACHE (source), result, &cached, &error))
    return;

  self = UPKEEP_SESSION (user_data);
  if (cached != NULL && self->documents == NULL)
    publish_documents (self, g_steal_pointer (&cached), 0);
  upkeep_session_refresh_async (self, self->cancellable, started_cb, NULL);
}

static void
outbox_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!upkeep_outbox_load_finish (UPKEEP_OUTBOX (source), result, &error))
    g_debug ("outbox: %s", error->message);
}

static void
settled_cb (UpkeepOutbox *outbox,
            UpkeepStatement *statement,
            UpkeepReceipt *receipt,
            const GError *error,
            gpointer user_data)
{
  UpkeepSession *self = UPKEEP_SESSION (user_data);

  if (statement != NULL && !is_overtaken (self, statement, 0))
    publish_statement (self, statement);
  /* For what goes with the statement, and because another answer may mean another state. */
  if (statement != NULL || upkeep_client_error_get_refusal (error) != NULL)
    upkeep_session_refresh_async (self, self->cancellable, started_cb, NULL);
}

static void
pending_changed_cb (UpkeepSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

static void
damaged_changed_cb (UpkeepSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTBOX_DAMAGED]);
}

/* Calls that only pass through, so that their outcome shows in the state */

static void
reason_told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean told = upkeep_client_tell_reason_finish (UPKEEP_CLIENT (source), result, &error);

  end_request (g_task_get_source_object (task), error);
  if (told)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
quoted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  UpkeepQuote *quote = upkeep_client_make_quote_finish (UPKEEP_CLIENT (source), result, &error);

  end_request (g_task_get_source_object (task), error);
  if (quote != NULL)
    g_task_return_pointer (task, quote, (GDestroyNotify) upkeep_quote_unref);
  else
    g_task_return_error (task, error);
}

static void
invoices_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  UpkeepInvoicePage *page =
      upkeep_client_fetch_invoices_finish (UPKEEP_CLIENT (source), result, &error);

  end_request (g_task_get_source_object (task), error);
  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) upkeep_invoice_page_free);
  else
    g_task_return_error (task, error);
}

static void
accepted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (UpkeepStatement) statement = NULL;
  UpkeepReceipt *receipt = NULL;
  GError *error = NULL;

  if (upkeep_outbox_accept_finish (UPKEEP_OUTBOX (source), result, &statement, &receipt, &error)) {
    end_request (g_task_get_source_object (task), NULL);
    g_task_return_pointer (task, receipt, (GDestroyNotify) upkeep_receipt_unref);
  } else {
    end_request (g_task_get_source_object (task), error);
    g_task_return_error (task, error);
  }
}

static GTask *
new_task (UpkeepSession *self,
          gpointer source_tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  begin_request (self);
  return task;
}

static void
upkeep_session_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepSession *self = UPKEEP_SESSION (object);

  switch ((UpkeepSessionProperty) prop_id) {
  case PROP_CLIENT:
    g_value_set_object (value, self->client);
    break;
  case PROP_CACHE_FOLDER:
    g_value_set_string (value, self->cache_folder);
    break;
  case PROP_STATE_FOLDER:
    g_value_set_string (value, self->state_folder);
    break;
  case PROP_STATEMENT:
    g_value_set_boxed (value, upkeep_session_get_statement (self));
    break;
  case PROP_EDITION:
    g_value_set_boxed (value, upkeep_session_get_edition (self));
    break;
  case PROP_CHANGES:
    g_value_set_boxed (value, upkeep_session_get_changes (self));
    break;
  case PROP_FETCHED_AT:
    g_value_set_int64 (value, self->fetched_at_s);
    break;
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  case PROP_PENDING:
    g_value_set_boxed (value, upkeep_session_get_pending (self));
    break;
  case PROP_OUTBOX_DAMAGED:
    g_value_set_boolean (value, upkeep_session_get_outbox_damaged (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_session_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UpkeepSession *self = UPKEEP_SESSION (object);

  switch ((UpkeepSessionProperty) prop_id) {
  case PROP_CLIENT:
    self->client = g_value_dup_object (value);
    break;
  case PROP_CACHE_FOLDER:
    self->cache_folder = g_value_dup_string (value);
    break;
  case PROP_STATE_FOLDER:
    self->state_folder = g_value_dup_string (value);
    break;
  case PROP_STATEMENT:
  case PROP_EDITION:
  case PROP_CHANGES:
  case PROP_FETCHED_AT:
  case PROP_STATE:
  case PROP_ERROR:
  case PROP_PENDING:
  case PROP_OUTBOX_DAMAGED:
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_session_constructed (GObject *object)
{
  UpkeepSession *self = UPKEEP_SESSION (object);

  G_OBJECT_CLASS (upkeep_session_parent_class)->constructed (object);

  self->cache = upkeep_cache_new (self->cache_folder, upkeep_client_get_identity (self->client));
  self->outbox = upkeep_outbox_new (self->client, self->state_folder);
  g_signal_connect_object (self->outbox, "settled", G_CALLBACK (settled_cb), self, 0);
  g_signal_connect_object (self->outbox, "notify::pending", G_CALLBACK (pending_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "notify::damaged", G_CALLBACK (damaged_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
upkeep_session_dispose (GObject *object)
{
  UpkeepSession *self = UPKEEP_SESSION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->outbox);
  g_clear_object (&self->cache);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (upkeep_session_parent_class)->dispose (object);
}

static void
upkeep_session_finalize (GObject *object)
{
  UpkeepSession *self = UPKEEP_SESSION (object);

  g_clear_pointer (&self->documents, upkeep_cached_unref);
  g_clear_pointer (&self->statement, upkeep_statement_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_free (self->cache_folder);
  g_free (self->state_folder);

  G_OBJECT_CLASS (upkeep_session_parent_class)->finalize (object);
}

static void
upkeep_session_class_init (UpkeepSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = upkeep_session_constructed;
  object_class->get_property = upkeep_session_get_property;
  object_class->set_property = upkeep_session_set_property;
  object_class->dispose = upkeep_session_dispose;
  object_class->finalize = upkeep_session_finalize;

  /**
   * UpkeepSession:client:
   *
   * Whom it talks to.
   */
  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, UPKEEP_TYPE_CLIENT, given);

  /**
   * UpkeepSession:cache-folder:
   *
   * Where the last documents are kept.
   */
  properties[PROP_CACHE_FOLDER] = g_param_spec_string ("cache-folder", NULL, NULL, NULL, given);

  /**
   * UpkeepSession:state-folder:
   *
   * Where what must not be lost is kept.
   */
  properties[PROP_STATE_FOLDER] = g_param_spec_string ("state-folder", NULL, NULL, NULL, given);

  /**
   * UpkeepSession:statement:
   *
   * What the account shows; %NULL until anything is known.
   */
  properties[PROP_STATEMENT] =
      g_param_spec_boxed ("statement", NULL, NULL, UPKEEP_TYPE_STATEMENT, shown);

  /**
   * UpkeepSession:edition:
   *
   * The catalogue that goes with the account; %NULL until it is known.
   */
  properties[PROP_EDITION] = g_param_spec_boxed ("edition", NULL, NULL, UPKEEP_TYPE_EDITION, shown);

  /**
   * UpkeepSession:changes:
   *
   * What is different in other terms than the account's: those it moves to, else the current ones;
   * %NULL where there are none, or they are not known.
   */
  properties[PROP_CHANGES] =
      g_param_spec_boxed ("changes", NULL, NULL, UPKEEP_TYPE_EDITION_CHANGES, shown);

  /**
   * UpkeepSession:fetched-at:
   *
   * When the service last said so, in UTC seconds by this machine's clock; `UPKEEP_INSTANT_NONE`
   * until it did.
   */
  properties[PROP_FETCHED_AT] = g_param_spec_int64 ("fetched-at", NULL, NULL, G_MININT64,
                                                    G_MAXINT64, UPKEEP_INSTANT_NONE, shown);

  /**
   * UpkeepSession:state:
   *
   * What became of the last request.
   */
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, UPKEEP_TYPE_SESSION_STATE,
                                              UPKEEP_SESSION_NEVER, shown);

  /**
   * UpkeepSession:error:
   *
   * Why the last request failed; %NULL when it did not.
   */
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, shown);

  /**
   * UpkeepSession:pending:
   *
   * The quote that was sent to be accepted and has no final answer yet; %NULL when there is none.
   */
  properties[PROP_PENDING] = g_param_spec_boxed ("pending", NULL, NULL, UPKEEP_TYPE_PENDING, shown);

  /**
   * UpkeepSession:outbox-damaged:
   *
   * Whether an acceptance of an earlier run was found that cannot be read. What became of it shows
   * in the account.
   */
  properties[PROP_OUTBOX_DAMAGED] =
      g_param_spec_boolean ("outbox-damaged", NULL, NULL, FALSE, shown);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
upkeep_session_init (UpkeepSession *self)
{
  self->cancellable = g_cancellable_new ();
  self->fetched_at_s = UPKEEP_INSTANT_NONE;
}

/**
 * upkeep_session_new:
 * @client: whom it talks to
 * @cache_folder: where the last documents are kept
 * @state_folder: where what must not be lost is kept
 *
 * Makes what a window binds to. Nothing happens until upkeep_session_start().
 *
 * Returns: (transfer full): the session
 */
UpkeepSession *
upkeep_session_new (UpkeepClient *client, const char *cache_folder, const char *state_folder)
{
  g_return_val_if_fail (UPKEEP_IS_CLIENT (client), NULL);
  g_return_val_if_fail (cache_folder != NULL && state_folder != NULL, NULL);

  return g_object_new (UPKEEP_TYPE_SESSION, "client", client, "cache-folder", cache_folder,
                       "state-folder", state_folder, NULL);
}

/**
 * upkeep_session_get_client:
 * @self: a session
 *
 * Tells whom it talks to.
 *
 * Returns: (transfer none): the client
 */
UpkeepClient *
upkeep_session_get_client (UpkeepSession *self)
{
  g_return_val_if_fail (UPKEEP_IS_SESSION (self), NULL);

  return self->client;
}

/**
 * upkeep_session_get_statement:
 * @self: a session
 *
 * Tells what the account shows.
 *
 * Returns: (transfer none) (nullable): the statement; %NULL until anything is known
 */
UpkeepStatement *
upkeep_session_get_statement (UpkeepSession *self)
{
  g_return_val_if_fail (UPKEEP_IS_SESSION (self), NULL);

  return self->statement;
}

/**
 * upkeep_session_get_edition:
 * @self: a session
 *
 * Gives the catalogue that goes with the account.
 *
 * Returns: (transfer none) (nullable): the edition; %NULL until it is known
 */
UpkeepEdition *
upkeep_session_get_edition (UpkeepSession *self)
{
  g_return_val_if_fail (UPKEEP_IS_SESSION (self), NULL);

  return self->documents != NULL ? self->documents->edition : NULL;
}

/**
 * upkeep_session_get_changes:
 * @self: a session
 *
 * Gives what is different in other terms than the account's.
 *
 * Returns: (transfer none) (nullable): the changes; %NULL where there are none to tell of
 */
UpkeepEditionChanges *
upkeep_session_get_changes (UpkeepSession *self)
{
  g_return_val_if_fail (UPKEEP_IS_SESSION (self), NULL);

  return self->documents != NULL ? self->documents->changes : NULL;
}

/**
 * upkeep_session_get_fetched_at:
 * @self: a session
 *
 * Tells when the service last said what is shown.
 *
 * Returns: UTC seconds by this machine's clock; `UPKEEP_INSTANT_NONE` until it did
 */
gint64
upkeep_session_get_fetched_at (UpkeepSession *self)
{
  g_return_val_if_fail (UPKEEP_IS_SESSION (self), UPKEEP_INSTANT_NONE);

  return self->fetched_at_s;
}

/**
 * upkeep_session_get_state:
 * @self: a session
 *
 * Tells what became of the last request.
 *
 * Returns: the state
 */
UpkeepSessionState
upkeep_session_get_state (UpkeepSession *self)
{
  g_return_val_if_fail (UPKEEP_IS_SESSION (self), UPKEEP_SESSION_NEVER);

  return self->state;
}

/**
 * upkeep_session_get_error:
 * @self: a session
 *
 * Tells why the last request failed.
 *
 * Returns: (transfer none) (nullable): the error; %NULL when it did not
 */
const GError *
upkeep_session_get_error (UpkeepSession *self)
{
  g_return_val_if_fail (UPKEEP_IS_SESSION (self), NULL);

  return self->error;
}

/**
 * upkeep_session_get_pending:
 * @self: a session
 *
 * Tells which quote waits for its final answer.
 *
 * Returns: (transfer none) (nullable): the quote
 */
UpkeepPending *
upkeep_session_get_pending (UpkeepSession *self)
{
  g_return_val_if_fail (UPKEEP_IS_SESSION (self), NULL);

  return self->outbox != NULL ? upkeep_outbox_get_pending (self->outbox) : NULL;
}

/**
 * upkeep_session_get_outbox_damaged:
 * @self: a session
 *
 * Tells whether an acceptance of an earlier run was found that cannot be read.
 *
 * Returns: whether there was one
 */
gboolean
upkeep_session_get_outbox_damaged (UpkeepSession *self)
{
  g_return_val_if_fail (UPKEEP_IS_SESSION (self), FALSE);

  return self->outbox != NULL && upkeep_outbox_get_damaged (self->outbox);
}

/**
 * upkeep_session_start:
 * @self: a session
 *
 * Shows what is kept, with its age, asks for what is new, and sends again what an earlier run left
 * without an answer. To be called once.
 */
void
upkeep_session_start (UpkeepSession *self)
{
  g_return_if_fail (UPKEEP_IS_SESSION (self));

  upkeep_outbox_load_async (self->outbox, self->cancellable, outbox_loaded_cb, NULL);
  upkeep_cache_load_async (self->cache, self->cancellable, loaded_cb, self);
}

/**
 * upkeep_session_refresh_async:
 * @self: a session
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Asks for what is new. What it brings shows in the properties, and what failed in
 * #UpkeepSession:state; a quote that waits for its answer is sent again, too.
 */
void
upkeep_session_refresh_async (UpkeepSession *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Refresh *refresh;
  GTask *task;

  g_return_if_fail (UPKEEP_IS_SESSION (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  upkeep_outbox_retry_now (self->outbox);
  task = new_task (self, upkeep_session_refresh_async, cancellable, callback, user_data);
  refresh = g_new0 (Refresh, 1);
  refresh->n_statements = self->n_statements;
  g_task_set_task_data (task, refresh, (GDestroyNotify) refresh_free);
  upkeep_client_fetch_account_async (self->client,
                                     self->documents != NULL ? self->documents->account_etag : NULL,
                                     cancellable, account_fetched_cb, task);
}

/**
 * upkeep_session_refresh_finish:
 * @self: a session
 * @result: of upkeep_session_refresh_async()
 * @error: return location for an error
 *
 * Ends upkeep_session_refresh_async().
 *
 * Returns: whether all is new
 */
gboolean
upkeep_session_refresh_finish (UpkeepSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * upkeep_session_quote_async:
 * @self: a session
 * @request: what to know the sum of
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Asks for a quote. It charges nothing.
 */
void
upkeep_session_quote_async (UpkeepSession *self,
                            const UpkeepQuoteRequest *request,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (UPKEEP_IS_SESSION (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  upkeep_client_make_quote_async (
      self->client, request, cancellable, quoted_cb,
      new_task (self, upkeep_session_quote_async, cancellable, callback, user_data));
}

/**
 * upkeep_session_quote_finish:
 * @self: a session
 * @result: of upkeep_session_quote_async()
 * @error: return location for an error
 *
 * Ends upkeep_session_quote_async(). A quote that is blocked is no error.
 *
 * Returns: (transfer full): the quote, or `NULL` with @error set
 */
UpkeepQuote *
upkeep_session_quote_finish (UpkeepSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * upkeep_session_accept_async:
 * @self: a session
 * @quote: a quote with an option of @timing
 * @timing: which option
 * @cancellable: (nullable): to stop waiting; see upkeep_outbox_accept_async()
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Accepts a quote. #UpkeepSession:statement shows the account after it before @callback runs; with
 * `UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME` the quote stays #UpkeepSession:pending until the answer is
 * there.
 */
void
upkeep_session_accept_async (UpkeepSession *self,
                             const UpkeepQuote *quote,
                             UpkeepTiming timing,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (UPKEEP_IS_SESSION (self));
  g_return_if_fail (quote != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  upkeep_outbox_accept_async (
      self->outbox, quote, timing, cancellable, accepted_cb,
      new_task (self, upkeep_session_accept_async, cancellable, callback, user_data));
}

/**
 * upkeep_session_accept_finish:
 * @self: a session
 * @result: of upkeep_session_accept_async()
 * @error: return location for an error
 *
 * Ends upkeep_session_accept_async().
 *
 * Returns: (transfer full): what was done, or `NULL` with @error set
 */
UpkeepReceipt *
upkeep_session_accept_finish (UpkeepSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * upkeep_session_tell_reason_async:
 * @self: a session
 * @reason: why the subscription was cancelled
 * @text: (nullable): more of it, up to `UPKEEP_LEAVE_TEXT_MAX_CHARS` characters
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Tells why one left. Nothing else waits for it.
 */
void
upkeep_session_tell_reason_async (UpkeepSession *self,
                                  UpkeepLeaveReason reason,
                                  const char *text,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (UPKEEP_IS_SESSION (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  upkeep_client_tell_reason_async (
      self->client, reason, text, cancellable, reason_told_cb,
      new_task (self, upkeep_session_tell_reason_async, cancellable, callback, user_data));
}

/**
 * upkeep_session_tell_reason_finish:
 * @self: a session
 * @result: of upkeep_session_tell_reason_async()
 * @error: return location for an error
 *
 * Ends upkeep_session_tell_reason_async().
 *
 * Returns: whether the service keeps it
 */
gboolean
upkeep_session_tell_reason_finish (UpkeepSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * upkeep_session_fetch_invoices_async:
 * @self: a session
 * @cursor: (nullable): where the page begins; %NULL at the newest
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Asks for one page of invoices.
 */
void
upkeep_session_fetch_invoices_async (UpkeepSession *self,
                                     const char *cursor,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (UPKEEP_IS_SESSION (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  upkeep_client_fetch_invoices_async (
      self->client, cursor, cancellable, invoices_fetched_cb,
      new_task (self, upkeep_session_fetch_invoices_async, cancellable, callback, user_data));
}

/**
 * upkeep_session_fetch_invoices_finish:
 * @self: a session
 * @result: of upkeep_session_fetch_invoices_async()
 * @error: return location for an error
 *
 * Ends upkeep_session_fetch_invoices_async().
 *
 * Returns: (transfer full): the page, or `NULL` with @error set
 */
UpkeepInvoicePage *
upkeep_session_fetch_invoices_finish (UpkeepSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

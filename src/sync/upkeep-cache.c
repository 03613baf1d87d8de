/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-cache.h"

#include "upkeep-exchange.h"
#include "upkeep-file.h"
#include "upkeep-json.h"
#include "upkeep-reader.h"
#include "upkeep-wire-changes.h"
#include "upkeep-wire-edition.h"
#include "upkeep-wire-parts.h"
#include "upkeep-wire-statement.h"

#define SCHEMA         1
#define ETAG_MAX_BYTES 255

/* Two documents and what stands around them. */
#define FILE_MAX_BYTES (2 * UPKEEP_EXCHANGE_BODY_MAX_BYTES + 4096)

struct _UpkeepCache {
  GObject parent_instance;

  char *path;      /* (owned) */
  guint64 n_asked; /* savings that were asked for */

  GMutex mutex;      /* guards what follows */
  guint64 n_written; /* the newest of them that was written */
};

/* Documents on their way to the file. */
typedef struct {
  UpkeepCached *cached; /* (owned) */
  guint64 number;
} Saving;

static void
saving_free (Saving *saving)
{
  upkeep_cached_unref (saving->cached);
  g_free (saving);
}

G_DEFINE_FINAL_TYPE (UpkeepCache, upkeep_cache, G_TYPE_OBJECT)

static void
clear_cached (gpointer data)
{
  UpkeepCached *self = data;

  g_clear_pointer (&self->account, g_bytes_unref);
  g_free (self->account_etag);
  g_clear_pointer (&self->catalogue, g_bytes_unref);
  g_free (self->catalogue_etag);
  g_clear_pointer (&self->statement, upkeep_statement_unref);
  g_clear_pointer (&self->edition, upkeep_edition_unref);
  g_clear_pointer (&self->terms, g_bytes_unref);
  g_clear_pointer (&self->changes, upkeep_edition_changes_unref);
}

static void
append_document (GString *text, const char *name, GBytes *document)
{
  gsize size = 4;
  const char *data = document != NULL ? g_bytes_get_data (document, &size) : "null";

  g_string_append_printf (text, ",\"%s\":", name);
  g_string_append_len (text, data, (gssize) size);
}

/* `{"schema":1,"fetched_at","account_etag","catalogue_etag","account":{…},"catalogue":{…}?,
 * "terms":{…}?}`. The documents are those that the service sent and that were read then, so they
 * fit in as they are. */
static GString *
print_cached (const UpkeepCached *cached)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = upkeep_wire_take_object (object);
  g_autoptr (GBytes) head = NULL;
  GString *text;
  gsize size;
  const char *data;

  json_object_set_int_member (object, "schema", SCHEMA);
  upkeep_wire_set_instant (object, "fetched_at", cached->fetched_at_s);
  json_object_set_string_member (object, "account_etag", cached->account_etag);
  json_object_set_string_member (object, "catalogue_etag", cached->catalogue_etag);
  head = upkeep_json_print (node);

  data = g_bytes_get_data (head, &size);
  text = g_string_new_len (data, (gssize) size - 1); /* without the brace at its end */
  append_document (text, "account", cached->account);
  append_document (text, "catalogue", cached->catalogue);
  append_document (text, "terms", cached->terms);
  g_string_append_c (text, '}');
  return text;
}

static UpkeepCached *
parse_cached (GBytes *bytes, GError **error)
{
  g_autoptr (UpkeepCached) cached = upkeep_cached_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonNode *account = NULL, *catalogue = NULL, *terms = NULL;
  const char *text;
  UpkeepReader reader;
  gint64 schema;

  node = upkeep_json_parse (bytes, FILE_MAX_BYTES, error);
  if (node == NULL)
    return NULL;

  upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, error);
  upkeep_reader_int (&reader, "schema", SCHEMA, SCHEMA, &schema);
  upkeep_reader_instant (&reader, "fetched_at", &cached->fetched_at_s);
  if (upkeep_reader_optional_id (&reader, "account_etag", ETAG_MAX_BYTES, &text))
    cached->account_etag = g_strdup (text);
  if (upkeep_reader_optional_id (&reader, "catalogue_etag", ETAG_MAX_BYTES, &text))
    cached->catalogue_etag = g_strdup (text);
  upkeep_reader_node (&reader, "account", &account);
  upkeep_reader_optional_node (&reader, "catalogue", &catalogue);
  upkeep_reader_optional_node (&reader, "terms", &terms);
  if (!upkeep_reader_finish (&reader))
    return NULL;

  cached->account = upkeep_json_print (account);
  cached->statement = upkeep_wire_parse_statement (account, error);
  if (cached->statement == NULL)
    return NULL;

  if (catalogue != NULL) {
    cached->catalogue = upkeep_json_print (catalogue);
    cached->edition = upkeep_wire_parse_edition (cached->catalogue, error);
    if (cached->edition == NULL)
      return NULL;
  }
  if (terms != NULL) {
    cached->terms = upkeep_json_print (terms);
    cached->changes = upkeep_wire_parse_changes (terms, error);
    if (cached->changes == NULL)
      return NULL;
  }
  return g_steal_pointer (&cached);
}

/* A file that cannot be read is as good as none: the service has it all. */
static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  UpkeepCache *self = source;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = upkeep_file_read (self->path, FILE_MAX_BYTES, &error);
  UpkeepCached *cached = NULL;

  if (bytes != NULL)
    cached = parse_cached (bytes, &error);
  if (cached == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    g_debug ("%s: %s", self->path, error->message);
    upkeep_file_set_aside (self->path);
  }
  g_task_return_pointer (task, cached, (GDestroyNotify) upkeep_cached_unref);
}

/* Workers may run in another order than they were asked for. */
static void
save_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  UpkeepCache *self = source;
  Saving *saving = task_data;
  g_autoptr (GString) text = print_cached (saving->cached);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GError *error = NULL;

  if (saving->number > self->n_written) {
    if (!upkeep_file_write (self->path, text->str, text->len, G_FILE_SET_CONTENTS_CONSISTENT,
                            &error)) {
      g_task_return_error (task, error);
      return;
    }
    self->n_written = saving->number;
  }
  g_task_return_boolean (task, TRUE);
}

static void
upkeep_cache_finalize (GObject *object)
{
  UpkeepCache *self = UPKEEP_CACHE (object);

  g_free (self->path);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (upkeep_cache_parent_class)->finalize (object);
}

static void
upkeep_cache_class_init (UpkeepCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = upkeep_cache_finalize;
}

static void
upkeep_cache_init (UpkeepCache *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * upkeep_cached_new:
 *
 * Makes an empty set of documents, to be filled before anybody else sees it.
 *
 * Returns: (transfer full): the documents
 */
UpkeepCached *
upkeep_cached_new (void)
{
  return g_atomic_rc_box_new0 (UpkeepCached);
}

/**
 * upkeep_cached_ref:
 * @self: documents
 *
 * Takes one more reference.
 *
 * Returns: (transfer full): @self
 */
UpkeepCached *
upkeep_cached_ref (UpkeepCached *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * upkeep_cached_unref:
 * @self: (transfer full): documents
 *
 * Gives a reference back; the last one frees them.
 */
void
upkeep_cached_unref (UpkeepCached *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_cached);
}

/**
 * upkeep_cache_new:
 * @folder: where the file is kept; it is made when it is needed
 * @identity: of upkeep_client_get_identity()
 *
 * Makes the place where the last documents of one account are kept. The file has no token in it and
 * only its owner may read it.
 *
 * Returns: (transfer full): the cache
 */
UpkeepCache *
upkeep_cache_new (const char *folder, const char *identity)
{
  g_autofree char *file = NULL;
  UpkeepCache *self;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (identity != NULL, NULL);

  self = g_object_new (UPKEEP_TYPE_CACHE, NULL);
  file = g_strconcat ("account-", identity, ".json", NULL);
  self->path = g_build_filename (folder, file, NULL);
  return self;
}

/**
 * upkeep_cache_load_async:
 * @self: a cache
 * @cancellable: (nullable): to give up with
 * @callback: called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Reads what is kept. A file that is broken, or of a newer program, is moved aside.
 */
void
upkeep_cache_load_async (UpkeepCache *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (UPKEEP_IS_CACHE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, upkeep_cache_load_async);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * upkeep_cache_load_finish:
 * @self: a cache
 * @result: of upkeep_cache_load_async()
 * @ret_cached: (out) (transfer full) (nullable): the documents; `NULL` where none can be read
 * @error: return location for `G_IO_ERROR_CANCELLED`
 *
 * Ends upkeep_cache_load_async().
 *
 * Returns: whether it was not cancelled
 */
gboolean
upkeep_cache_load_finish (UpkeepCache *self,
                          GAsyncResult *result,
                          UpkeepCached **ret_cached,
                          GError **error)
{
  g_autoptr (GError) local_error = NULL;
  UpkeepCached *cached;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (ret_cached != NULL, FALSE);

  cached = g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  *ret_cached = cached;
  return TRUE;
}

/**
 * upkeep_cache_save_async:
 * @self: a cache
 * @cached: the documents, with an account at least
 * @cancellable: (nullable): to give up with
 * @callback: (nullable): called once, in the caller's main context, never before this returns
 * @user_data: passed to @callback
 *
 * Keeps documents in place of the ones before. Whoever reads meanwhile sees the old or the new file
 * and nothing between.
 */
void
upkeep_cache_save_async (UpkeepCache *self,
                         UpkeepCached *cached,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Saving *saving;

  g_return_if_fail (UPKEEP_IS_CACHE (self));
  g_return_if_fail (cached != NULL && cached->account != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, upkeep_cache_save_async);
  saving = g_new0 (Saving, 1);
  saving->cached = upkeep_cached_ref (cached);
  saving->number = ++self->n_asked;
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * upkeep_cache_save_finish:
 * @self: a cache
 * @result: of upkeep_cache_save_async()
 * @error: return location for a `G_FILE_ERROR` or a `G_IO_ERROR`
 *
 * Ends upkeep_cache_save_async().
 *
 * Returns: whether they are kept
 */
gboolean
upkeep_cache_save_finish (UpkeepCache *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

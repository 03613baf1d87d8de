/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-daemon.h"

#include "upkeep-api.h"
#include "upkeep-due-work.h"
#include "upkeep-sample.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>

/* Bounds of the operator's token. */
#define TOKEN_MAX_BYTES UPKEEP_HTTP_TOKEN_MAX_BYTES

struct _UpkeepDaemon {
  UpkeepCatalogues *catalogues; /* (owned) */
  UpkeepBillingMeans means;
  UpkeepStore *store;         /* (owned) */
  UpkeepClock *clock;         /* (owned) */
  UpkeepApi *api;             /* (owned) */
  UpkeepDueWork *due_work;    /* (owned) */
  UpkeepTransport *transport; /* (owned) */
};

G_DEFINE_QUARK (upkeep_daemon_error, upkeep_daemon_error)

/* Whether the same start could succeed a little later. */
static gboolean
may_pass (const GError *error)
{
  if (error->domain == UPKEEP_TRANSPORT_ERROR)
    return error->code != UPKEEP_TRANSPORT_ERROR_ADDRESS;
  if (error->domain == UPKEEP_DB_ERROR)
    return error->code == UPKEEP_DB_ERROR_BUSY || error->code == UPKEEP_DB_ERROR_FULL ||
           error->code == UPKEEP_DB_ERROR_IO;
  return FALSE;
}

/* Turns an error of what the service is made of into one of its own. */
static void
translate (GError **error, const char *what, GError *inner)
{
  g_set_error (error, UPKEEP_DAEMON_ERROR,
               may_pass (inner) ? UPKEEP_DAEMON_ERROR_FAILED : UPKEEP_DAEMON_ERROR_CONFIG, "%s: %s",
               what, inner->message);
  g_error_free (inner);
}

static gboolean
choose_payments (UpkeepDaemon *self, const char *name, GError **error)
{
  if (g_str_equal (name, "sandbox")) {
    self->means.processor = upkeep_processor_get_sandbox ();
    return TRUE;
  }
  g_set_error (error, UPKEEP_DAEMON_ERROR, UPKEEP_DAEMON_ERROR_CONFIG,
               "--payments: %s is not available in this version; sandbox is", name);
  return FALSE;
}

static gboolean
check_public_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme;

  if (url == NULL)
    return TRUE;
  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  if ((g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0) &&
      g_uri_get_host (uri) != NULL && g_uri_get_query (uri) == NULL &&
      g_uri_get_fragment (uri) == NULL && g_uri_get_userinfo (uri) == NULL)
    return TRUE;
  g_set_error (error, UPKEEP_DAEMON_ERROR, UPKEEP_DAEMON_ERROR_CONFIG,
               "--public-url: %s is no address like https://billing.example.org", url);
  return FALSE;
}

static gboolean
read_admin_token (const char *path, char **ret_token, GError **error)
{
  GError *local_error = NULL;
  g_autofree char *text = NULL;

  *ret_token = NULL;
  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &text, NULL, &local_error)) {
    translate (error, "--admin-token-file", local_error);
    return FALSE;
  }
  g_strstrip (text);
  if (text[0] == '\0' || strlen (text) > TOKEN_MAX_BYTES || strpbrk (text, " \t\r\n") != NULL) {
    g_set_error (error, UPKEEP_DAEMON_ERROR, UPKEEP_DAEMON_ERROR_CONFIG,
                 "--admin-token-file: %s has no token of 1 to %d characters", path,
                 TOKEN_MAX_BYTES);
    return FALSE;
  }
  *ret_token = g_steal_pointer (&text);
  return TRUE;
}

/* Accounts whose plans nobody knows any more could not be billed. */
static gboolean
check_editions (UpkeepDaemon *self, GError **error)
{
  g_autoptr (GPtrArray) pairs = NULL;
  GError *local_error = NULL;
  UpkeepDb *db = upkeep_store_begin_read (self->store, &local_error);

  if (db != NULL) {
    if (!upkeep_store_list_editions (db, &pairs, &local_error))
      pairs = NULL;
    upkeep_store_end_read (self->store, db);
  }
  if (pairs == NULL) {
    translate (error, "--store", local_error);
    return FALSE;
  }
  for (guint i = 0; i < pairs->len; i += 2) {
    const char *service = g_ptr_array_index (pairs, i);
    const char *edition = g_ptr_array_index (pairs, i + 1);

    if (upkeep_catalogues_find (self->catalogues, service, edition) == NULL) {
      g_set_error (error, UPKEEP_DAEMON_ERROR, UPKEEP_DAEMON_ERROR_CONFIG,
                   "--catalogues: edition %s/%s is missing; the store has accounts under it",
                   service, edition);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
open_store (UpkeepDaemon *self, const UpkeepDaemonOptions *options, GError **error)
{
  GError *local_error = NULL;

  self->catalogues = upkeep_catalogues_load (options->catalogues, &local_error);
  if (self->catalogues == NULL) {
    translate (error, "--catalogues", local_error);
    return FALSE;
  }
  if (options->trials != NULL &&
      !upkeep_catalogues_offer_trials (self->catalogues, options->trials, &local_error)) {
    translate (error, "--trials", local_error);
    return FALSE;
  }
  self->means.catalogues = self->catalogues;
  self->store = upkeep_store_open (options->store, &local_error);
  if (self->store == NULL) {
    translate (error, "--store", local_error);
    return FALSE;
  }
  return check_editions (self, error);
}

/* Reads where the test clock stood, and keeps where it stands now. */
static gboolean
resume_test_clock (UpkeepStore *store, gint64 *now_s, GError **error)
{
  gint64 stored_s = UPKEEP_INSTANT_NONE;
  UpkeepDb *db = upkeep_store_begin (store, error);

  if (db == NULL)
    return FALSE;
  if (upkeep_store_get_clock (db, &stored_s, error)) {
    *now_s = MAX (*now_s, stored_s);
    if (upkeep_store_set_clock (db, *now_s, error))
      return upkeep_store_commit (store, error);
  }
  upkeep_store_rollback (store);
  return FALSE;
}

static gboolean
start_clock (UpkeepDaemon *self, const char *test_clock, GError **error)
{
  GError *local_error = NULL;
  gint64 now_s = 0;

  if (test_clock == NULL) {
    self->clock = upkeep_clock_new_real ();
    return TRUE;
  }
  if (!upkeep_instant_parse (test_clock, &now_s, &local_error)) {
    translate (error, "--test-clock", local_error);
    return FALSE;
  }
  if (!resume_test_clock (self->store, &now_s, &local_error)) {
    translate (error, "--store", local_error);
    return FALSE;
  }
  self->clock = upkeep_clock_new_test (now_s);
  return TRUE;
}

static gboolean
write_token (const char *path, const char *token, GError **error)
{
  GError *local_error = NULL;

  if (g_file_set_contents_full (path, token, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local_error) &&
      chmod (path, 0600) == 0)
    return TRUE;
  if (local_error == NULL)
    local_error =
        g_error_new (G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: its mode cannot be set", path);
  translate (error, "--sample-token-file", local_error);
  return FALSE;
}

static gboolean
prepare_sample (UpkeepDaemon *self, const UpkeepDaemonOptions *options, GError **error)
{
  g_autofree char *token = NULL;
  GError *local_error = NULL;

  if (options->sample == NULL)
    return TRUE;
  if (!upkeep_sample_prepare (self->store, &self->means, options->sample,
                              upkeep_clock_now (self->clock), &token, &local_error)) {
    translate (error, "--sample", local_error);
    return FALSE;
  }
  if (token == NULL)
    g_message ("the store has accounts already; no sample account is made");
  return token == NULL || options->sample_token_file == NULL ||
         write_token (options->sample_token_file, token, error);
}

static void
committed (gpointer user_data)
{
  upkeep_due_work_wake (user_data);
}

static gboolean
start_serving (UpkeepDaemon *self,
               const UpkeepDaemonOptions *options,
               const char *admin_token,
               GError **error)
{
  GError *local_error = NULL;

  self->api = upkeep_api_new (self->store, &self->means, self->clock, admin_token, &local_error);
  if (self->api == NULL || !upkeep_run_due (self->store, &self->means, self->clock,
                                            upkeep_clock_now (self->clock), &local_error)) {
    translate (error, "--store", local_error);
    return FALSE;
  }
  upkeep_api_set_public_url (self->api, options->public_url);
  self->due_work = upkeep_due_work_start (self->store, &self->means, self->clock);
  upkeep_api_set_committed (self->api, committed, self->due_work);
  self->transport = upkeep_transport_new (&upkeep_transport_options_default,
                                          &upkeep_api_transport_handler, self->api);
  if (!upkeep_transport_start (self->transport, options->listen, &local_error)) {
    translate (error, "--listen", local_error);
    return FALSE;
  }
  upkeep_api_set_listening (self->api, upkeep_transport_get_url (self->transport));
  return TRUE;
}

/**
 * upkeep_daemon_start:
 * @options: how it is to run
 * @error: return location for a `UPKEEP_DAEMON_ERROR`
 *
 * Starts the service. What fell due while it was down has happened when this returns.
 *
 * Errors: any code.
 *
 * Returns: (transfer full): the service, or `NULL` with @error set
 */
UpkeepDaemon *
upkeep_daemon_start (const UpkeepDaemonOptions *options, GError **error)
{
  g_autoptr (UpkeepDaemon) self = NULL;
  g_autofree char *admin_token = NULL;

  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_new0 (UpkeepDaemon, 1);
  if (!choose_payments (self, options->payments, error) ||
      !check_public_url (options->public_url, error) ||
      !read_admin_token (options->admin_token_file, &admin_token, error) ||
      !open_store (self, options, error) || !start_clock (self, options->test_clock, error) ||
      !prepare_sample (self, options, error) || !start_serving (self, options, admin_token, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * upkeep_daemon_get_url:
 * @self: the service
 *
 * Gets where it listens.
 *
 * Returns: `http://127.0.0.1:8080`, or `unix:/path`
 */
const char *
upkeep_daemon_get_url (const UpkeepDaemon *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return upkeep_transport_get_url (self->transport);
}

/**
 * upkeep_daemon_stop:
 * @self: (nullable): the service
 *
 * Stops the service: nobody new is served, what is in flight is finished.
 */
void
upkeep_daemon_stop (UpkeepDaemon *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->transport, upkeep_transport_free);
  g_clear_pointer (&self->due_work, upkeep_due_work_stop);
  g_clear_pointer (&self->api, upkeep_api_free);
  g_clear_pointer (&self->clock, upkeep_clock_free);
  g_clear_pointer (&self->store, upkeep_store_close);
  g_clear_pointer (&self->catalogues, upkeep_catalogues_free);
  g_free (self);
}

/**
 * upkeep_daemon_options_clear:
 * @self: the options
 *
 * Frees what they hold.
 */
void
upkeep_daemon_options_clear (UpkeepDaemonOptions *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->listen, g_free);
  g_clear_pointer (&self->store, g_free);
  g_clear_pointer (&self->catalogues, g_free);
  g_clear_pointer (&self->trials, g_free);
  g_clear_pointer (&self->test_clock, g_free);
  g_clear_pointer (&self->payments, g_free);
  g_clear_pointer (&self->admin_token_file, g_free);
  g_clear_pointer (&self->public_url, g_free);
  g_clear_pointer (&self->sample, g_free);
  g_clear_pointer (&self->sample_token_file, g_free);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "upkeep-edition-change.h"
#include "upkeep-statement.h"

G_BEGIN_DECLS

/**
 * UpkeepCached:
 * @fetched_at_s: when the service last said so, by this machine's clock
 * @account: (owned): the account document
 * @account_etag: (owned) (nullable): its tag
 * @catalogue: (owned) (nullable): the catalogue
 * @catalogue_etag: (owned) (nullable): its tag
 * @terms: (owned) (nullable): the document of what is different in other terms than the account's
 * @statement: (owned): what @account says; it is read, never written
 * @edition: (owned) (nullable): what @catalogue says; it is read, never written
 * @changes: (owned) (nullable): what @terms says; it is read, never written
 *
 * The last documents of one account. Immutable once it is made; it may cross threads.
 */
typedef struct {
  gint64 fetched_at_s;
  GBytes *account;
  char *account_etag;
  GBytes *catalogue;
  char *catalogue_etag;
  GBytes *terms;
  UpkeepStatement *statement;
  UpkeepEdition *edition;
  UpkeepEditionChanges *changes;
} UpkeepCached;

UpkeepCached *upkeep_cached_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepCached *upkeep_cached_ref (UpkeepCached *self);
void upkeep_cached_unref (UpkeepCached *self);

#define UPKEEP_TYPE_CACHE (upkeep_cache_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepCache, upkeep_cache, UPKEEP, CACHE, GObject)

UpkeepCache *upkeep_cache_new (const char *folder, const char *identity) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_cache_load_async (UpkeepCache *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean upkeep_cache_load_finish (UpkeepCache *self,
                                   GAsyncResult *result,
                                   UpkeepCached **ret_cached,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_cache_save_async (UpkeepCache *self,
                              UpkeepCached *cached,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean upkeep_cache_save_finish (UpkeepCache *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepCached, upkeep_cached_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-cache.h"

#include "upkeep-sync-test.h"

#include <string.h>
#include <sys/stat.h>

#define FETCHED_AT_S G_GINT64_CONSTANT (1778371200)

/* Fills what a cache keeps; what it only reads stays empty. */
static UpkeepCached *
make_documents (const char *account, gboolean has_catalogue)
{
  UpkeepCached *cached = upkeep_cached_new ();
  g_autofree char *body = dup_golden (account);

  cached->fetched_at_s = FETCHED_AT_S;
  cached->account = g_bytes_new (body, strlen (body));
  cached->account_etag = g_strdup ("\"17\"");
  if (has_catalogue) {
    g_autofree char *path =
        g_build_filename (g_getenv ("UPKEEP_CATALOGUES"), "midjourney-2023-03.json", NULL);
    g_autofree char *catalogue = NULL;
    gsize size;

    g_assert_true (g_file_get_contents (path, &catalogue, &size, NULL));
    cached->catalogue = g_bytes_new (catalogue, size);
    cached->catalogue_etag = g_strdup ("W/\"c\"");
  }
  return cached;
}

static UpkeepCached *
load (UpkeepCache *cache)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepCached *cached = NULL;

  upkeep_cache_load_async (cache, NULL, store_cb, &result);
  wait_for (&result);
  g_assert_true (upkeep_cache_load_finish (cache, result, &cached, &error));
  g_assert_no_error (error);
  return cached;
}

static void
save (UpkeepCache *cache, UpkeepCached *cached)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  upkeep_cache_save_async (cache, cached, NULL, store_cb, &result);
  wait_for (&result);
  g_assert_true (upkeep_cache_save_finish (cache, result, &error));
  g_assert_no_error (error);
}

static void
test_round_trip (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *deep = g_build_filename (folder, "upkeep", NULL);
  UpkeepCache *cache = upkeep_cache_new (deep, "abc");

  for (int has_catalogue = 0; has_catalogue <= 1; has_catalogue++) {
    g_autoptr (UpkeepCached) before = make_documents ("account-active", has_catalogue);
    g_autoptr (UpkeepCached) after = NULL;
    g_autofree char *path = NULL;
    struct stat info;

    save (cache, before);
    path = find_file (deep, "account-");
    g_assert_cmpint (stat (path, &info), ==, 0);
    g_assert_cmpuint (info.st_mode & 0777, ==, 0600); /* nobody else's to read */

    after = load (cache);
    g_assert_cmpint (after->fetched_at_s, ==, FETCHED_AT_S);
    g_assert_cmpstr (after->account_etag, ==, "\"17\"");
    g_assert_cmpint (after->statement->version, ==, 17);
    g_assert_cmpint (after->edition != NULL, ==, has_catalogue);
    g_assert_cmpstr (after->catalogue_etag, ==, has_catalogue ? "W/\"c\"" : NULL);
  }

  finalize_soon (cache);
  remove_folder (folder);
}

static void
test_empty (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (UpkeepCache) cache = upkeep_cache_new (folder, "abc");
  g_autoptr (UpkeepCached) cached = load (cache);

  g_assert_null (cached);
  remove_folder (folder);
}

/* RELIABILITY 59: moved aside, and fetched again. */
static void
test_broken (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "account-abc.json", NULL);
  g_autoptr (UpkeepCache) cache = upkeep_cache_new (folder, "abc");
  g_autoptr (UpkeepCached) good = make_documents ("account-active", TRUE);
  g_autofree char *text = NULL;
  g_autofree char *newer = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *flipped = NULL;
  g_autofree char *money = NULL;
  const char *vectors[8];
  guint n_vectors = 0;

  save (cache, good);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  newer = g_strdup (text);
  strstr (newer, "\"schema\":1")[strlen ("\"schema\":")] = '2';
  cut = g_strndup (text, strlen (text) / 2);
  flipped = g_strdup (text);
  flipped[strlen (text) / 2] ^= (char) 0x80;
  money = g_strdup (text);
  strstr (money, "\"amount\": 3000")[strlen ("\"amount\": ")] = '-';
  strstr (money, "\"amount\": -000")[strlen ("\"amount\": -")] = '-';
  vectors[n_vectors++] = "";
  vectors[n_vectors++] = "null";
  vectors[n_vectors++] = "{}";
  vectors[n_vectors++] = newer;
  vectors[n_vectors++] = cut;
  vectors[n_vectors++] = flipped;
  vectors[n_vectors++] = money;

  for (guint i = 0; i < n_vectors; i++) {
    g_autofree char *aside = g_strdup_printf ("%s.%u", path, i + 1);
    g_autoptr (UpkeepCached) cached = NULL;
    g_autofree char *kept = NULL;

    g_test_message ("vector %u", i);
    g_assert_true (g_file_set_contents (path, vectors[i], -1, NULL));
    cached = load (cache);
    g_assert_null (cached);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
    g_assert_cmpstr (kept, ==, vectors[i]);

    save (cache, good); /* as if fetched again */
    cached = load (cache);
    g_assert_nonnull (cached);
  }
  remove_folder (folder);
}

/* The ninth gives way: a file that breaks each time does not fill the disk. */
static void
test_aside_bound (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "account-abc.json", NULL);
  g_autofree char *tenth = g_strconcat (path, ".10", NULL);
  g_autofree char *ninth = g_strconcat (path, ".9", NULL);
  g_autoptr (UpkeepCache) cache = upkeep_cache_new (folder, "abc");
  g_autofree char *kept = NULL;

  for (int i = 1; i <= 12; i++) {
    g_autofree char *text = g_strdup_printf ("broken %d", i);
    g_autoptr (UpkeepCached) cached = NULL;

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
    cached = load (cache);
    g_assert_null (cached);
  }
  g_assert_false (g_file_test (tenth, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (ninth, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "broken 12");
  remove_folder (folder);
}

/* Neither a folder nor a pipe holds it up. */
static void
test_no_file (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "account-abc.json", NULL);
  g_autofree char *first = g_strconcat (path, ".1", NULL);
  g_autofree char *second = g_strconcat (path, ".2", NULL);
  g_autoptr (UpkeepCache) cache = upkeep_cache_new (folder, "abc");
  g_autoptr (UpkeepCached) of_folder = NULL;
  g_autoptr (UpkeepCached) of_pipe = NULL;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  of_folder = load (cache);
  g_assert_null (of_folder);
  g_assert_true (g_file_test (first, G_FILE_TEST_IS_DIR));

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  of_pipe = load (cache);
  g_assert_null (of_pipe);
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
  remove_folder (folder);
}

/* A full disk, or no folder: the next start only takes longer. */
static void
test_not_saved (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *deep = g_build_filename (file, "folder", NULL);
  g_autoptr (UpkeepCache) cache = upkeep_cache_new (deep, "abc");
  g_autoptr (UpkeepCached) cached = make_documents ("account-none", FALSE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  upkeep_cache_save_async (cache, cached, NULL, store_cb, &result);
  wait_for (&result);
  g_assert_false (upkeep_cache_save_finish (cache, result, &error));
  g_assert_nonnull (error);
  remove_folder (folder);
}

/* Whatever order the workers run in, the one that was asked for last stays. */
static void
test_order (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (UpkeepCache) cache = upkeep_cache_new (folder, "abc");

  for (int round = 0; round < 20; round++) {
    g_autoptr (UpkeepCached) large = make_documents ("account-active", TRUE);
    g_autoptr (UpkeepCached) small = make_documents ("account-none", FALSE);
    g_autoptr (UpkeepCached) cached = NULL;
    g_autoptr (GAsyncResult) first = NULL;
    g_autoptr (GAsyncResult) second = NULL;
    g_autoptr (GError) error = NULL;

    upkeep_cache_save_async (cache, large, NULL, store_cb, &first);
    upkeep_cache_save_async (cache, small, NULL, store_cb, &second);
    while (first == NULL || second == NULL)
      g_main_context_iteration (NULL, TRUE);
    g_assert_true (upkeep_cache_save_finish (cache, first, &error));
    g_assert_true (upkeep_cache_save_finish (cache, second, &error));
    cached = load (cache);
    g_assert_cmpint (cached->statement->state, ==, UPKEEP_STATE_NONE);
  }
  remove_folder (folder);
}

static void
test_cancel (void)
{
  g_autofree char *folder = make_folder ();
  UpkeepCache *cache = upkeep_cache_new (folder, "abc");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (UpkeepCached) cached = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  upkeep_cache_load_async (cache, cancellable, store_cb, &result);
  g_cancellable_cancel (cancellable);
  wait_for (&result);
  g_assert_false (upkeep_cache_load_finish (cache, result, &cached, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (cached);

  g_clear_object (&result);
  drain ();
  finalize_soon (cache);
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/cache/round-trip", test_round_trip);
  g_test_add_func ("/sync/cache/empty", test_empty);
  g_test_add_func ("/sync/cache/broken", test_broken);
  g_test_add_func ("/sync/cache/aside-bound", test_aside_bound);
  g_test_add_func ("/sync/cache/no-file", test_no_file);
  g_test_add_func ("/sync/cache/not-saved", test_not_saved);
  g_test_add_func ("/sync/cache/order", test_order);
  g_test_add_func ("/sync/cache/cancel", test_cancel);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-links.h"

#include "upkeep-random.h"
#include "upkeep-store.h"

#define URI   "sqlite::memory:test-links"
#define NOW_S G_GINT64_CONSTANT (1000)
#define ADA   "ada"
#define BERYL "beryl"

typedef struct {
  UpkeepStore *store;
  UpkeepDb *db;
} Fixture;

static void
add_account (UpkeepDb *db, const char *id)
{
  g_autoptr (UpkeepAccount) account = upkeep_account_new ();
  g_autoptr (GError) error = NULL;

  account->id = g_strdup (id);
  account->service = g_strdup ("service");
  account->edition = g_strdup ("edition");
  account->email = g_strdup ("a@example.org");
  account->invoice_prefix = g_strdup (id);
  g_assert_true (upkeep_store_put_account (db, NULL, account, UPKEEP_INSTANT_NONE, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->store = upkeep_store_open (URI, &error);
  g_assert_no_error (error);
  self->db = upkeep_store_begin (self->store, &error);
  g_assert_no_error (error);
  add_account (self->db, ADA);
  add_account (self->db, BERYL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  upkeep_store_rollback (self->store);
  upkeep_store_close (self->store);
}

static void
add (Fixture *self, UpkeepLinkPurpose purpose, const char *token, const char *account, gint64 now_s)
{
  g_autoptr (GBytes) hash = upkeep_hash_token (token);
  g_autoptr (GError) error = NULL;

  g_assert_true (upkeep_links_add (
      self->db, purpose, hash,
      &(UpkeepLinkOwner){(char *) account, (char *) "Grace", purpose == UPKEEP_LINK_PAYMENT_METHOD},
      now_s, &error));
  g_assert_no_error (error);
}

/* Whose link it is, or an empty text. */
static char *
find (Fixture *self, UpkeepLinkPurpose purpose, const char *token, gint64 now_s)
{
  g_autoptr (GBytes) hash = upkeep_hash_token (token);
  g_autoptr (GError) error = NULL;
  g_auto (UpkeepLinkOwner) owner = {0};

  g_assert_true (upkeep_links_find (self->db, purpose, hash, now_s, &owner, &error));
  g_assert_no_error (error);
  if (owner.account == NULL)
    return g_strdup ("");
  g_assert_cmpint (owner.returns, ==, purpose == UPKEEP_LINK_PAYMENT_METHOD);
  g_assert_cmpstr (owner.operator_name, ==, "Grace");
  return g_steal_pointer (&owner.account);
}

static void
assert_found (
    Fixture *self, UpkeepLinkPurpose purpose, const char *token, gint64 now_s, const char *wanted)
{
  g_autofree char *account = find (self, purpose, token, now_s);

  g_assert_cmpstr (account, ==, wanted);
}

static void
test_life (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) hash = upkeep_hash_token ("one");
  g_autoptr (GError) error = NULL;

  g_test_summary ("A link holds for a quarter of an hour, once, for one purpose and one account");
  add (self, UPKEEP_LINK_MANAGE, "one", ADA, NOW_S);
  add (self, UPKEEP_LINK_PAYMENT_METHOD, "two", BERYL, NOW_S);
  assert_found (self, UPKEEP_LINK_MANAGE, "one", NOW_S, ADA);
  assert_found (self, UPKEEP_LINK_MANAGE, "one", NOW_S + UPKEEP_LINK_LIFE_S - 1, ADA);
  assert_found (self, UPKEEP_LINK_MANAGE, "one", NOW_S + UPKEEP_LINK_LIFE_S, "");
  assert_found (self, UPKEEP_LINK_PAYMENT_METHOD, "one", NOW_S, "");
  assert_found (self, UPKEEP_LINK_MANAGE, "two", NOW_S, "");
  assert_found (self, UPKEEP_LINK_PAYMENT_METHOD, "two", NOW_S, BERYL);
  assert_found (self, UPKEEP_LINK_MANAGE, "three", NOW_S, "");

  g_assert_true (upkeep_links_use (self->db, hash, &error));
  assert_found (self, UPKEEP_LINK_MANAGE, "one", NOW_S, "");
  assert_found (self, UPKEEP_LINK_PAYMENT_METHOD, "two", NOW_S, BERYL);
}

static void
test_bounds (Fixture *self, gconstpointer data)
{
  g_test_summary ("An account has so many links at the most; another's stay");
  add (self, UPKEEP_LINK_MANAGE, "beryl's", BERYL, NOW_S);
  for (int i = 0; i <= UPKEEP_LINKS_MAX; i++) {
    g_autofree char *token = g_strdup_printf ("%d", i);

    add (self, UPKEEP_LINK_MANAGE, token, ADA, NOW_S);
    assert_found (self, UPKEEP_LINK_MANAGE, token, NOW_S, ADA);
    assert_found (self, UPKEEP_LINK_MANAGE, "0", NOW_S, i < UPKEEP_LINKS_MAX ? ADA : "");
  }
  assert_found (self, UPKEEP_LINK_MANAGE, "1", NOW_S, ADA);
  assert_found (self, UPKEEP_LINK_MANAGE, "beryl's", NOW_S, BERYL);
}

static void
assert_visit (Fixture *self, GBytes *hash, gint64 now_s, const char *wanted)
{
  g_auto (UpkeepLinkOwner) owner = {0};
  g_autoptr (GError) error = NULL;

  g_assert_true (upkeep_visits_find (self->db, hash, now_s, &owner, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (owner.account, ==, wanted);
  g_assert_cmpstr (owner.operator_name, ==, wanted != NULL ? "Grace" : NULL);
}

static void
test_visits (Fixture *self, gconstpointer data)
{
  const UpkeepLinkOwner owner = {(char *) ADA, (char *) "Grace", FALSE};
  g_autoptr (GBytes) hash = upkeep_hash_token ("visit");
  g_autoptr (GError) error = NULL;

  g_test_summary ("A visit holds for a quarter of an hour, or until it is ended");
  g_assert_true (upkeep_visits_add (self->db, hash, &owner, NOW_S, &error));
  assert_visit (self, hash, NOW_S + UPKEEP_LINK_LIFE_S - 1, ADA);
  assert_visit (self, hash, NOW_S + UPKEEP_LINK_LIFE_S, NULL);
  g_assert_true (upkeep_visits_end (self->db, hash, &error));
  assert_visit (self, hash, NOW_S, NULL);
}

static void
test_tokens (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_test_summary ("No two tokens are alike, and each has 256 bits");
  for (int i = 0; i < 1000; i++) {
    char *token = upkeep_random_token ();
    gsize size = 0;
    g_autofree guint8 *bytes = upkeep_base64url_decode (token, &size);

    g_assert_nonnull (bytes);
    g_assert_cmpuint (size, ==, 32);
    g_assert_true (g_hash_table_add (seen, token)); /* */
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/service/links/life", Fixture, NULL, set_up, test_life, tear_down);
  g_test_add ("/service/links/bounds", Fixture, NULL, set_up, test_bounds, tear_down);
  g_test_add ("/service/links/visits", Fixture, NULL, set_up, test_visits, tear_down);
  g_test_add_func ("/service/links/tokens", test_tokens);
  return g_test_run ();
}

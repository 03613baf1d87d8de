/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-link.h"

#include "upkeep-json.h"

#include <string.h>

static gboolean
parse (const char *text, UpkeepLink *ret_link, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonNode) node = upkeep_json_parse (bytes, 65536, error);

  return node != NULL && upkeep_wire_parse_link (node, ret_link, error);
}

static void
test_round_trip (void)
{
  const UpkeepLink link = {(char *) "https://pay.example.org/billing/manage/A-_9", 1780272000};
  g_autoptr (JsonNode) node = upkeep_wire_print_link (&link);
  g_auto (UpkeepLink) again = {0};
  g_autoptr (GError) error = NULL;

  g_test_summary ("A link is read as it was written");
  g_assert_true (upkeep_wire_parse_link (node, &again, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (again.url, ==, link.url);
  g_assert_cmpint (again.expires_at_s, ==, link.expires_at_s);
}

static void
test_addresses (void)
{
  static const struct {
    const char *url;
    gboolean taken;
  } rows[] = {
      {"http://127.0.0.1:8080/manage/x", TRUE},
      {"http://[::1]:8080/manage/x", TRUE},
      {"https://pay.example.org/", TRUE},
      {"", FALSE},
      {"javascript:alert(1)", FALSE},
      {"file:///etc/passwd", FALSE},
      {"https:///manage", FALSE},
      {"https://me:secret@pay.example.org/", FALSE},
      {"/manage/x", FALSE},
      {"https://pay.example.org/a b", FALSE},
      {"https://pay.example.org/\xc3\xa9", FALSE},
      {"mailto:a@example.org", FALSE},
  };

  g_test_summary ("A browser is sent to web addresses alone");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf (
        "{\"url\":\"%s\",\"expires_at\":\"2026-06-01T00:00:00Z\",\"new\":1}", rows[i].url);
    g_auto (UpkeepLink) link = {0};
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", rows[i].url);
    g_assert_cmpint (parse (text, &link, &error), ==, rows[i].taken);
    g_assert_cmpint (error == NULL, ==, rows[i].taken);
  }
}

static void
test_faults (void)
{
  static const char *const texts[] = {
      "[]",
      "{}",
      "{\"url\":\"https://pay.example.org/\"}",
      "{\"expires_at\":\"2026-06-01T00:00:00Z\"}",
      "{\"url\":1,\"expires_at\":\"2026-06-01T00:00:00Z\"}",
      "{\"url\":\"https://pay.example.org/\",\"expires_at\":\"soon\"}",
  };

  g_test_summary ("What is no link is told");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_auto (UpkeepLink) link = {0};
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", texts[i]);
    g_assert_false (parse (texts[i], &link, &error));
    g_assert_nonnull (error);
    g_assert_null (link.url);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/link/round-trip", test_round_trip);
  g_test_add_func ("/wire/link/addresses", test_addresses);
  g_test_add_func ("/wire/link/faults", test_faults);
  return g_test_run ();
}

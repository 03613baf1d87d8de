/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-cursor.h"
#include "upkeep-random.h"

#include <string.h>

static void
test_round_trip (void)
{
  static const gint64 positions[] = {0, 1, 255, 256, G_MAXINT64, -1, G_MININT64};
  g_autoptr (GBytes) secret = g_bytes_new_static ("secret", 6);

  g_test_summary ("A cursor gives its position back, and needs no escape in a URL.");
  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++) {
    g_autofree char *cursor = upkeep_cursor_print (secret, "list", positions[i]);
    gint64 position = 42;

    g_test_message ("%" G_GINT64_FORMAT " is %s", positions[i], cursor);
    g_assert_cmpuint (strspn (cursor, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                      "0123456789-_"),
                      ==, strlen (cursor));
    g_assert_true (upkeep_cursor_parse (secret, "list", cursor, &position));
    g_assert_cmpint (position, ==, positions[i]);
  }
}

static void
test_forged (void)
{
  g_autoptr (GBytes) secret = g_bytes_new_static ("secret", 6);
  g_autoptr (GBytes) other = g_bytes_new_static ("secres", 6);
  g_autofree char *cursor = upkeep_cursor_print (secret, "list", 7);
  gint64 position = 42;

  g_test_summary ("No cursor is good that was not made by this store for this list.");
  g_assert_false (upkeep_cursor_parse (secret, "lisp", cursor, &position));
  g_assert_false (upkeep_cursor_parse (other, "list", cursor, &position));
  g_assert_false (upkeep_cursor_parse (secret, "list", "", &position));
  g_assert_false (upkeep_cursor_parse (secret, "list", "7", &position));
  for (gsize i = 0; cursor[i] != '\0'; i++) {
    g_autofree char *forged = g_strdup (cursor);

    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    g_test_message ("%s", forged);
    g_assert_false (upkeep_cursor_parse (secret, "list", forged, &position));
    forged[i] = '\0';
    g_assert_false (upkeep_cursor_parse (secret, "list", forged, &position));
  }
  g_assert_cmpint (position, ==, 42);
}

static void
test_base64url (void)
{
  static const struct {
    const char *bytes;
    const char *text;
  } rows[] = {
      {"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"\xfb\xff\xfe", "-__-"},
  };
  static const char *const wrong[] = {"Z", "Zg==", "Zh", "Zm9", "+//+", "Zm9v ", "Zm9v\n", "é"};

  g_test_summary (
      "RFC 4648 section 5 and its section 10, without padding; each text has one form.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text =
        upkeep_base64url ((const guint8 *) rows[i].bytes, strlen (rows[i].bytes));
    g_autofree guint8 *bytes = NULL;
    gsize size = 0;

    g_assert_cmpstr (text, ==, rows[i].text);
    bytes = upkeep_base64url_decode (text, &size);
    g_assert_cmpmem (bytes, (int) size, rows[i].bytes, (int) strlen (rows[i].bytes));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    gsize size = 0;

    g_test_message ("%s", wrong[i]);
    g_assert_null (upkeep_base64url_decode (wrong[i], &size));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cursor/round-trip", test_round_trip);
  g_test_add_func ("/cursor/forged", test_forged);
  g_test_add_func ("/cursor/base64url", test_base64url);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-json.h"

#include <string.h>

#define MAX_BYTES ((gsize) 8 * 1024 * 1024)
/* A text that may have NULs in it, and its size. */
#define TEXT(text) text, sizeof text - 1

static JsonNode *
parse (const char *text, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);

  return upkeep_json_parse (bytes, MAX_BYTES, error);
}

static void
assert_accepted (const char *text, gsize size, const char *canonical)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse (text, size, &error);
  g_autofree char *printed = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (node);
  if (canonical != NULL) {
    printed = upkeep_json_canonical (node);
    g_assert_cmpstr (printed, ==, canonical);
  }
}

static void
assert_refused (const char *text, gsize size, UpkeepWireError code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse (text, size, &error);

  g_assert_null (node);
  g_assert_error (error, UPKEEP_WIRE_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_accepted (void)
{
  static const struct {
    const char *text;
    gsize size;
    const char *canonical;
  } vectors[] = {
      {TEXT ("{}"), "{}"},
      {TEXT ("[]"), "[]"},
      {TEXT (" \t\r\n{ } \t\r\n"), "{}"},
      {TEXT ("null"), "null"},
      {TEXT ("true"), "true"},
      {TEXT ("false"), "false"},
      {TEXT ("\"\""), "\"\""},
      {TEXT ("[1,[],{},\"a\",null,true,false]"), "[1,[],{},\"a\",null,true,false]"},
      {TEXT ("{\"b\":1,\"a\":{\"d\":[2,1],\"c\":null}}"),
       "{\"a\":{\"c\":null,\"d\":[2,1]},\"b\":1}"},
      {TEXT ("{\"\":1,\"A\":2,\"a\":3}"), "{\"\":1,\"A\":2,\"a\":3}"},
      /* Integers of 64 bits, both ends. */
      {TEXT ("0"), "0"},
      {TEXT ("-1"), "-1"},
      {TEXT ("10"), "10"},
      {TEXT ("9223372036854775807"), "9223372036854775807"},
      {TEXT ("-9223372036854775808"), "-9223372036854775808"},
      /* Escapes, and equal texts written otherwise. */
      {TEXT ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), "\"\\\"\\\\/\\u0008\\u000c\\n\\u000d\\u0009\""},
      {TEXT ("\"\\u0041\\u00e9\\u20AC\\uD83D\\uDE00\""), "\"Aé€😀\""},
      {TEXT ("\"\\u0001\\u001f\\u007f\""), "\"\\u0001\\u001f\x7f\""},
      {TEXT ("\"\\uD7FF\\uE000\\uFFFF\""), "\"\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\""},
      {TEXT ("\"\\uD800\\uDC00\\uDBFF\\uDFFF\""), "\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\""},
      {TEXT ("{\"\\u0061\":1,\"\\u0062\":2}"), "{\"a\":1,\"b\":2}"},
      /* UTF-8, the first and the last of each length. */
      {TEXT ("\" \x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\""), NULL},
      {TEXT ("\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\""), NULL},
      /* What HTML or JavaScript would take for its own. */
      {TEXT ("\"</script>\""), "\"\\u003c/script>\""},
      {TEXT ("\"\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa\""),
       "\"\xe2\x80\xa7\\u2028\\u2029\xe2\x80\xaa\""},
  };

  g_test_summary ("The scanner reads JSON whose numbers are integers of 64 bits.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_test_message ("%s", vectors[i].text);
    assert_accepted (vectors[i].text, vectors[i].size, vectors[i].canonical);
  }
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    gsize size;
    const char *message;
  } vectors[] = {
      {TEXT (""), "byte 0: empty"},
      {TEXT (" \n"), "byte 2: empty"},
      {TEXT ("\0"), "byte 0: a value expected"},
      {TEXT ("\xef\xbb\xbf{}"), "byte 0: a byte order mark"},
      {TEXT ("\xef\xbb"), "byte 0: a value expected"},
      /* One value and nothing else. */
      {TEXT ("{} {}"), "byte 3: something after the value"},
      {TEXT ("{}\0"), "byte 2: something after the value"},
      {TEXT ("1,"), "byte 1: something after the value"},
      {TEXT ("[]]"), "byte 2: something after the value"},
      {TEXT ("{}//"), "byte 2: something after the value"},
      {TEXT ("/**/{}"), "byte 0: a value expected"},
      {TEXT ("\v1"), "byte 0: a value expected"},
      {TEXT ("\xc2\xa0{}"), "byte 0: a value expected"},
      {TEXT ("var x = {}"), "byte 0: a value expected"},
      /* Structure. */
      {TEXT ("{"), "byte 1: ends too early"},
      {TEXT ("["), "byte 1: ends too early"},
      {TEXT ("[1"), "byte 2: ends too early"},
      {TEXT ("[1,"), "byte 3: ends too early"},
      {TEXT ("{\"a\""), "byte 4: a colon expected"},
      {TEXT ("{\"a\":"), "byte 5: ends too early"},
      {TEXT ("{\"a\":1"), "byte 6: ends too early"},
      {TEXT ("[1,]"), "byte 3: a value expected"},
      {TEXT ("[,1]"), "byte 1: a value expected"},
      {TEXT ("[1 2]"), "byte 3: a comma or a closing bracket expected"},
      {TEXT ("{\"a\":1,}"), "byte 7: a member name expected"},
      {TEXT ("{,}"), "byte 1: a member name expected"},
      {TEXT ("{a:1}"), "byte 1: a member name expected"},
      {TEXT ("{'a':1}"), "byte 1: a member name expected"},
      {TEXT ("{1:1}"), "byte 1: a member name expected"},
      {TEXT ("{\"a\"}"), "byte 4: a colon expected"},
      {TEXT ("{\"a\" 1}"), "byte 5: a colon expected"},
      {TEXT ("{\"a\":}"), "byte 5: a value expected"},
      {TEXT ("[}"), "byte 1: a value expected"},
      {TEXT ("{]"), "byte 1: a member name expected"},
      {TEXT ("[1}"), "byte 2: a comma or a closing bracket expected"},
      {TEXT ("{\"a\":1]"), "byte 6: a comma or a closing bracket expected"},
      {TEXT ("]"), "byte 0: a value expected"},
      {TEXT ("}"), "byte 0: a value expected"},
      {TEXT (","), "byte 0: a value expected"},
      {TEXT (":"), "byte 0: a value expected"},
      /* Literals. */
      {TEXT ("nul"), "byte 0: a value expected"},
      {TEXT ("nulll"), "byte 4: something after the value"},
      {TEXT ("True"), "byte 0: a value expected"},
      {TEXT ("tru"), "byte 0: a value expected"},
      {TEXT ("fals\0"), "byte 0: a value expected"},
      {TEXT ("NaN"), "byte 0: a value expected"},
      {TEXT ("Infinity"), "byte 0: a value expected"},
      {TEXT ("-Infinity"), "byte 1: a digit expected"},
      /* Numbers that JSON does not have. */
      {TEXT ("01"), "byte 0: a leading zero"},
      {TEXT ("-01"), "byte 1: a leading zero"},
      {TEXT ("00"), "byte 0: a leading zero"},
      {TEXT ("+1"), "byte 0: a value expected"},
      {TEXT ("-"), "byte 1: a digit expected"},
      {TEXT ("--1"), "byte 1: a digit expected"},
      {TEXT (".5"), "byte 0: a value expected"},
      {TEXT ("1."), "byte 2: a digit expected"},
      {TEXT ("1.e1"), "byte 2: a digit expected"},
      {TEXT ("1e"), "byte 2: a digit expected"},
      {TEXT ("1e+"), "byte 3: a digit expected"},
      {TEXT ("0x1F"), "byte 1: something after the value"},
      {TEXT ("1_000"), "byte 1: something after the value"},
      {TEXT ("1.5.2"), "byte 3: something after the value"},
      /* Names stand once, however they are written. */
      {TEXT ("{\"a\":1,\"a\":1}"), "byte 7: a second member of the same name"},
      {TEXT ("{\"a\":1,\"\\u0061\":2}"), "byte 7: a second member of the same name"},
      {TEXT ("{\"a/\":1,\"a\\/\":2}"), "byte 8: a second member of the same name"},
      {TEXT ("{\"\":1,\"\":2}"), "byte 6: a second member of the same name"},
      {TEXT ("[{\"x\":{\"a\":1},\"a\":2,\"x\":3}]"), "byte 20: a second member of the same name"},
      /* Strings. */
      {TEXT ("\""), "byte 0: a string without an end"},
      {TEXT ("\"a"), "byte 0: a string without an end"},
      {TEXT ("\"a\\\""), "byte 0: a string without an end"},
      {TEXT ("\"\\"), "byte 1: unknown escape"},
      {TEXT ("\"\\x41\""), "byte 1: unknown escape"},
      {TEXT ("\"\\'\""), "byte 1: unknown escape"},
      {TEXT ("\"\\U0041\""), "byte 1: unknown escape"},
      {TEXT ("\"\\u004\""), "byte 6: four hexadecimal digits expected"},
      {TEXT ("\"\\u00g1\""), "byte 5: four hexadecimal digits expected"},
      {TEXT ("\"\\u\xc3\xa9\""), "byte 3: four hexadecimal digits expected"},
      {TEXT ("\"a\nb\""), "byte 2: a control character in a string"},
      {TEXT ("\"a\tb\""), "byte 2: a control character in a string"},
      {TEXT ("\"\x1f\""), "byte 1: a control character in a string"},
      {TEXT ("\"a\0b\""), "byte 2: a control character in a string"},
      {TEXT ("\"a\\u0000b\""), "byte 2: U+0000 is not allowed"},
      {TEXT ("{\"a\\u0000\":1}"), "byte 3: U+0000 is not allowed"},
      /* Surrogates. */
      {TEXT ("\"\\uD800\""), "byte 1: lone surrogate"},
      {TEXT ("\"\\uDBFFx\""), "byte 1: lone surrogate"},
      {TEXT ("\"\\uDC00\""), "byte 1: lone surrogate"},
      {TEXT ("\"\\uDFFF\\uD800\""), "byte 1: lone surrogate"},
      {TEXT ("\"\\uD800\\uD800\""), "byte 1: lone surrogate"},
      {TEXT ("\"\\uD800\\u0041\""), "byte 1: lone surrogate"},
      {TEXT ("\"\\uD800\\uE000\""), "byte 1: lone surrogate"},
      {TEXT ("\"\\uD800\\n\""), "byte 1: lone surrogate"},
      {TEXT ("\"\\uD800\\u\""), "byte 9: four hexadecimal digits expected"},
      /* UTF-8: overlong, surrogates, beyond U+10FFFF, cut off, out of place. */
      {TEXT ("\"\xc0\x80\""), "byte 1: not UTF-8"},
      {TEXT ("\"\xc1\xbf\""), "byte 1: not UTF-8"},
      {TEXT ("\"\xe0\x9f\xbf\""), "byte 1: not UTF-8"},
      {TEXT ("\"\xf0\x8f\xbf\xbf\""), "byte 1: not UTF-8"},
      {TEXT ("\"\xed\xa0\x80\""), "byte 1: not UTF-8"},
      {TEXT ("\"\xed\xbf\xbf\""), "byte 1: not UTF-8"},
      {TEXT ("\"\xf4\x90\x80\x80\""), "byte 1: not UTF-8"},
      {TEXT ("\"\xf5\x80\x80\x80\""), "byte 1: not UTF-8"},
      {TEXT ("\"a\x80\""), "byte 2: not UTF-8"},
      {TEXT ("\"\xff\""), "byte 1: not UTF-8"},
      {TEXT ("\"\xc3\""), "byte 1: not UTF-8"},
      {TEXT ("\"\xe2\x82\\u0041\""), "byte 1: not UTF-8"},
      {TEXT ("{\"\xc3\":1}"), "byte 2: not UTF-8"},
  };

  g_test_summary ("What is not JSON, or could be read in two ways, is refused with its place.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_test_message ("vector %" G_GSIZE_FORMAT ": %s", i, vectors[i].message);
    assert_refused (vectors[i].text, vectors[i].size, UPKEEP_WIRE_ERROR_SYNTAX, vectors[i].message);
  }
}

/* RELIABILITY 2 B, 23 */
static void
test_numbers (void)
{
  static const struct {
    const char *text;
    const char *message;
    const char *canonical; /* of the marked tree */
  } vectors[] = {
      {"1.5", "not an integer of 64 bits", "1.5"},
      {"[-0]", "[0]: not an integer of 64 bits", "[-0]"},
      {"[0,0.0]", "[1]: not an integer of 64 bits", "[0,0]"},
      {"{\"a\":1.00}", "a: not an integer of 64 bits", "{\"a\":1}"},
      {"{\"a\":1e2}", "a: not an integer of 64 bits", "{\"a\":100}"},
      {"{\"a\":1E+2}", "a: not an integer of 64 bits", "{\"a\":100}"},
      {"{\"a\":1e-2}", "a: not an integer of 64 bits", "{\"a\":0.01}"},
      {"{\"a\":-1e400}", "a: not an integer of 64 bits", "{\"a\":-1e999}"},
      {"{\"a\":9223372036854775808}", "a: not an integer of 64 bits",
       "{\"a\":9.2233720368547758e+18}"},
      {"{\"a\":-9223372036854775809}", "a: not an integer of 64 bits",
       "{\"a\":-9.2233720368547758e+18}"},
      {"{\"a\":99999999999999999999999999}", "a: not an integer of 64 bits", "{\"a\":1e+26}"},
      {"{\"a\":18446744073709551616}", "a: not an integer of 64 bits",
       "{\"a\":1.8446744073709552e+19}"},
      {"{\"x\":[],\"events\":[{\"q\":1},{\"y\":{},\"z\":[[1],[2,3,{\"q\":0.5}]],\"q\":1.5}]}",
       "events[1].z[1][2].q: not an integer of 64 bits", NULL},
  };

  g_test_summary ("A number that is no integer is refused by its path, or marked.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (vectors[i].text, strlen (vectors[i].text));
    g_autoptr (JsonNode) node = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *canonical = NULL;

    g_test_message ("%s", vectors[i].text);
    assert_refused (vectors[i].text, strlen (vectors[i].text), UPKEEP_WIRE_ERROR_VALUE,
                    vectors[i].message);

    node = upkeep_json_parse_full (bytes, MAX_BYTES, UPKEEP_JSON_NUMBERS_MARKED, &error);
    g_assert_no_error (error);
    canonical = upkeep_json_canonical (node);
    if (vectors[i].canonical != NULL)
      g_assert_cmpstr (canonical, ==, vectors[i].canonical);
  }

  /* That it is no JSON at all matters more, wherever that shows. */
  assert_refused (TEXT ("[1.5,"), UPKEEP_WIRE_ERROR_SYNTAX, "byte 5: ends too early");
}

static void
test_size (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("[1,2]", 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) fits = upkeep_json_parse (bytes, 5, &error);
  g_autoptr (JsonNode) too_large = NULL;

  g_test_summary ("A body of just the allowed size is read, one byte more is not.");

  g_assert_no_error (error);
  g_assert_nonnull (fits);
  too_large = upkeep_json_parse (bytes, 4, &error);
  g_assert_error (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_SIZE);
  g_assert_null (too_large);
}

/* CONTRACT 8: depth limit 32 */
static void
test_depth (void)
{
  static const struct {
    const char *open, *inner, *close;
  } vectors[] = {
      {"[", "", "]"},
      {"[", "1", "]"},
      {"{\"a\":", "{}", "}"},
      {"[{\"a\":", "[]", "}]"},
  };

  g_test_summary ("32 containers nest, 33 do not, and neither do a hundred thousand.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    guint per_step = strlen (vectors[i].open) == 6 ? 2 : 1;
    guint inside = strlen (vectors[i].inner) == 2 ? 1 : 0;

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    for (guint depth = 30; depth <= 35; depth++) {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;
      guint n_steps = (depth - inside) / per_step;
      guint n_levels = n_steps * per_step + inside;

      for (guint j = 0; j < n_steps; j++)
        g_string_append (text, vectors[i].open);
      g_string_append (text, vectors[i].inner);
      for (guint j = 0; j < n_steps; j++)
        g_string_append (text, vectors[i].close);

      node = parse (text->str, text->len, &error);
      if (n_levels <= 32) {
        g_autofree char *canonical = NULL;

        g_assert_no_error (error);
        canonical = upkeep_json_canonical (node);
        g_assert_cmpstr (canonical, ==, text->str);
      } else {
        g_assert_error (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_SYNTAX);
        g_assert_nonnull (strstr (error->message, "more than 32 levels"));
        g_assert_null (node);
      }
    }
  }

  {
    g_autofree char *text = g_strnfill (100000, '[');

    assert_refused (text, 100000, UPKEEP_WIRE_ERROR_SYNTAX, "byte 32: more than 32 levels");
  }
}

static void
test_count (void)
{
  g_test_summary ("200,000 values and 256 members of one object are read, one more is not.");

  for (guint n_more = 0; n_more <= 1; n_more++) {
    g_autoptr (GString) text = g_string_new ("[");
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = NULL;

    for (guint i = 0; i < UPKEEP_JSON_NODES_MAX - 1 + n_more; i++)
      g_string_append (text, i > 0 ? ",1" : "1");
    g_string_append_c (text, ']');
    node = parse (text->str, text->len, &error);
    if (n_more == 0) {
      g_assert_no_error (error);
      g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 199999);
    } else {
      g_assert_error (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_SYNTAX);
      g_assert_nonnull (strstr (error->message, "more than 200000 values"));
    }
  }

  for (guint n_more = 0; n_more <= 1; n_more++) {
    g_autoptr (GString) text = g_string_new ("{");
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = NULL;

    for (guint i = 0; i < UPKEEP_JSON_MEMBERS_MAX + n_more; i++)
      g_string_append_printf (text, "%s\"m%u\":%u", i > 0 ? "," : "", i, i);
    g_string_append_c (text, '}');
    node = parse (text->str, text->len, &error);
    if (n_more == 0) {
      g_assert_no_error (error);
      g_assert_cmpuint (json_object_get_size (json_node_get_object (node)), ==, 256);
    } else {
      g_assert_error (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_SYNTAX);
      g_assert_nonnull (strstr (error->message, "more than 256 members"));
    }
  }
}

/* RELIABILITY 2 B, 21 and CONTRACT 3: a batch has up to 10,000 events of seven members. */
static void
test_largest_batch (void)
{
  g_autoptr (GString) text = g_string_new ("{\"events\":[");

  g_test_summary ("The largest batch of usage events that the contract knows is read.");

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text,
                            "%s{\"id\":\"e%u\",\"account\":\"a\",\"meter\":\"gpu\",\"quantity\":1,"
                            "\"mode\":\"fast\",\"images\":4,\"at\":\"2026-05-01T00:00:00Z\"}",
                            i > 0 ? "," : "", i);
  g_string_append (text, "]}");
  assert_accepted (text->str, text->len, NULL);
}

static void
test_print (void)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *canonical = NULL;
  static const char expected[] =
      "{\"z\":9223372036854775807,\"a\":-9223372036854775808,\"text\":\"\\u003cb>\\n\\u0001 é "
      "\\u2028\\u2029\\\"\\\\\",\"bad\":\"a\xef\xbf\xbd\",\"list\":[true,false,null,{}]}";
  g_autoptr (GBytes) expected_bytes = g_bytes_new_static (expected, sizeof expected - 1);

  g_test_summary ("The writer keeps the order of members and escapes what HTML would take.");

  json_node_take_object (node, object);
  json_object_set_int_member (object, "z", G_MAXINT64);
  json_object_set_int_member (object, "a", G_MININT64);
  json_object_set_string_member (object, "text", "<b>\n\x01 é \xe2\x80\xa8\xe2\x80\xa9\"\\");
  json_object_set_string_member (object, "bad", "a\xc3");
  {
    JsonArray *list = json_array_new ();

    json_array_add_boolean_element (list, TRUE);
    json_array_add_boolean_element (list, FALSE);
    json_array_add_null_element (list);
    json_array_add_object_element (list, json_object_new ());
    json_object_set_array_member (object, "list", list);
  }

  bytes = upkeep_json_print (node);
  g_assert_true (g_bytes_equal (bytes, expected_bytes));

  again = upkeep_json_parse (bytes, MAX_BYTES, &error);
  g_assert_no_error (error);
  json_object_set_string_member (object, "bad", "a\xef\xbf\xbd");
  g_assert_true (json_node_equal (node, again));

  canonical = upkeep_json_canonical (again);
  g_assert_true (g_str_has_prefix (canonical, "{\"a\":-9223372036854775808,\"bad\":"));
}

static void
test_seeds (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  guint n_files = 0;

  g_test_summary ("Each seed of the fuzzer is read or refused as its name says.");

  g_assert_no_error (error);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL; n_files++) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    g_autofree char *text = NULL;
    g_autoptr (JsonNode) node = NULL;
    gsize size;

    g_assert_true (g_file_get_contents (file, &text, &size, &error));
    g_test_message ("%s", name);
    node = parse (text, size, NULL);
    g_assert_cmpint (node != NULL, ==, !g_str_has_prefix (name, "bad-"));
  }
  g_assert_cmpuint (n_files, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/json/accepted", test_accepted);
  g_test_add_func ("/wire/json/refused", test_refused);
  g_test_add_func ("/wire/json/numbers", test_numbers);
  g_test_add_func ("/wire/json/size", test_size);
  g_test_add_func ("/wire/json/depth", test_depth);
  g_test_add_func ("/wire/json/count", test_count);
  g_test_add_func ("/wire/json/largest-batch", test_largest_batch);
  g_test_add_func ("/wire/json/print", test_print);
  g_test_add_func ("/wire/json/seeds", test_seeds);
  return g_test_run ();
}

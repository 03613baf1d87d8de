/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-json.h"
#include "upkeep-reader.h"

#include <string.h>

static JsonNode *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonNode *node = upkeep_json_parse_full (bytes, G_MAXSIZE, UPKEEP_JSON_NUMBERS_MARKED, &error);

  g_assert_no_error (error);
  return node;
}

static const char *const colours[] = {NULL, "red", "blue"};

/* The one member `m` is read with these bounds. */
typedef enum {
  READ_STRING, /* 2 to 3 characters */
  READ_ID,     /* up to 4 bytes */
  READ_INT,    /* -2 to 3 */
  READ_BOOL,
  READ_INSTANT,
  READ_ENUM,
  READ_OBJECT,
  READ_ARRAY, /* 1 to 2 elements */
  READ_NODE,
} Kind;

static gboolean
read_member (UpkeepReader *reader, Kind kind, gboolean is_optional)
{
  const char *name = "m";
  const char *text = NULL;
  gint64 value = 0;
  gboolean truth = FALSE;
  guint colour = 0;
  JsonNode *node = NULL;
  UpkeepReader child;

  switch (kind) {
  case READ_STRING:
    return is_optional ? upkeep_reader_optional_string (reader, name, 2, 3, &text)
                       : upkeep_reader_string (reader, name, 2, 3, &text);
  case READ_ID:
    return is_optional ? upkeep_reader_optional_id (reader, name, 4, &text)
                       : upkeep_reader_id (reader, name, 4, &text);
  case READ_INT:
    return is_optional ? upkeep_reader_optional_int (reader, name, -2, 3, &value)
                       : upkeep_reader_int (reader, name, -2, 3, &value);
  case READ_BOOL:
    return is_optional ? upkeep_reader_optional_bool (reader, name, &truth)
                       : upkeep_reader_bool (reader, name, &truth);
  case READ_INSTANT:
    return is_optional ? upkeep_reader_optional_instant (reader, name, &value)
                       : upkeep_reader_instant (reader, name, &value);
  case READ_ENUM:
    return is_optional
               ? upkeep_reader_optional_enum (reader, name, colours, G_N_ELEMENTS (colours),
                                              &colour)
               : upkeep_reader_enum (reader, name, colours, G_N_ELEMENTS (colours), &colour);
  case READ_OBJECT:
    return is_optional ? upkeep_reader_optional_object (reader, name, &child)
                       : upkeep_reader_object (reader, name, &child);
  case READ_ARRAY:
    return is_optional ? upkeep_reader_optional_array (reader, name, 1, 2, &child)
                       : upkeep_reader_array (reader, name, 1, 2, &child);
  case READ_NODE:
    return is_optional ? upkeep_reader_optional_node (reader, name, &node)
                       : upkeep_reader_node (reader, name, &node);
  default:
    g_assert_not_reached ();
  }
}

static void
test_types (void)
{
  static const struct {
    Kind kind;
    const char *value;
    const char *message; /* NULL: it is read */
    UpkeepWireError code;
  } vectors[] = {
      {READ_STRING, "\"a\"", "m: 1 characters, where 2 to 3 are allowed", UPKEEP_WIRE_ERROR_VALUE},
      {READ_STRING, "\"ab\"", NULL, 0},
      {READ_STRING, "\"é😀€\"", NULL, 0},
      {READ_STRING, "\"abcd\"", "m: 4 characters, where 2 to 3 are allowed",
       UPKEEP_WIRE_ERROR_VALUE},
      {READ_STRING, "12", "m: not a string", UPKEEP_WIRE_ERROR_MEMBER},
      {READ_STRING, "[\"ab\"]", "m: not a string", UPKEEP_WIRE_ERROR_MEMBER},
      {READ_ID, "\"!\"", NULL, 0},
      {READ_ID, "\"a~b-\"", NULL, 0},
      {READ_ID, "\"\"", "m: 0 characters, where 1 to 4 are allowed", UPKEEP_WIRE_ERROR_VALUE},
      {READ_ID, "\"abcde\"", "m: 5 characters, where 1 to 4 are allowed", UPKEEP_WIRE_ERROR_VALUE},
      {READ_ID, "\"a b\"", "m: has a character that is not visible ASCII", UPKEEP_WIRE_ERROR_VALUE},
      {READ_ID, "\"a\\u007f\"", "m: has a character that is not visible ASCII",
       UPKEEP_WIRE_ERROR_VALUE},
      {READ_ID, "\"é\"", "m: has a character that is not visible ASCII", UPKEEP_WIRE_ERROR_VALUE},
      {READ_INT, "-3", "m: -3 is outside -2 to 3", UPKEEP_WIRE_ERROR_VALUE},
      {READ_INT, "-2", NULL, 0},
      {READ_INT, "3", NULL, 0},
      {READ_INT, "4", "m: 4 is outside -2 to 3", UPKEEP_WIRE_ERROR_VALUE},
      {READ_INT, "1.0", "m: not an integer", UPKEEP_WIRE_ERROR_VALUE},
      {READ_INT, "-0", "m: not an integer", UPKEEP_WIRE_ERROR_VALUE},
      {READ_INT, "18446744073709551617", "m: not an integer", UPKEEP_WIRE_ERROR_VALUE},
      {READ_INT, "\"1\"", "m: not an integer", UPKEEP_WIRE_ERROR_MEMBER},
      {READ_INT, "true", "m: not an integer", UPKEEP_WIRE_ERROR_MEMBER},
      {READ_INT, "[1]", "m: not an integer", UPKEEP_WIRE_ERROR_MEMBER},
      {READ_BOOL, "true", NULL, 0},
      {READ_BOOL, "0", "m: not true or false", UPKEEP_WIRE_ERROR_MEMBER},
      {READ_BOOL, "\"true\"", "m: not true or false", UPKEEP_WIRE_ERROR_MEMBER},
      {READ_INSTANT, "\"2026-05-10T00:00:00Z\"", NULL, 0},
      {READ_INSTANT, "\"2026-05-10T00:00:00+00:00\"", "m: not an instant like 2026-05-10T00:00:00Z",
       UPKEEP_WIRE_ERROR_VALUE},
      {READ_INSTANT, "\"2026-02-30T00:00:00Z\"", "m: not an instant like 2026-05-10T00:00:00Z",
       UPKEEP_WIRE_ERROR_VALUE},
      {READ_INSTANT, "1778371200", "m: not a string", UPKEEP_WIRE_ERROR_MEMBER},
      {READ_ENUM, "\"blue\"", NULL, 0},
      {READ_ENUM, "\"Blue\"", "m: none of red, blue", UPKEEP_WIRE_ERROR_VALUE},
      {READ_ENUM, "\"\"", "m: none of red, blue", UPKEEP_WIRE_ERROR_VALUE},
      {READ_ENUM, "1", "m: not a string", UPKEEP_WIRE_ERROR_MEMBER},
      {READ_OBJECT, "{}", NULL, 0},
      {READ_OBJECT, "[]", "m: not an object", UPKEEP_WIRE_ERROR_MEMBER},
      {READ_OBJECT, "\"{}\"", "m: not an object", UPKEEP_WIRE_ERROR_MEMBER},
      {READ_ARRAY, "[]", "m: 0 elements, where 1 to 2 are allowed", UPKEEP_WIRE_ERROR_VALUE},
      {READ_ARRAY, "[1]", NULL, 0},
      {READ_ARRAY, "[1,2]", NULL, 0},
      {READ_ARRAY, "[1,2,3]", "m: 3 elements, where 1 to 2 are allowed", UPKEEP_WIRE_ERROR_VALUE},
      {READ_ARRAY, "{}", "m: not an array", UPKEEP_WIRE_ERROR_MEMBER},
      {READ_NODE, "[1]", NULL, 0},
      {READ_NODE, "1.5", NULL, 0},
  };

  g_test_summary (
      "A member is read by its type and within its bounds, or is an error by its path.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autofree char *text = g_strdup_printf ("{\"m\":%s}", vectors[i].value);
    g_autoptr (JsonNode) root = parse (text);

    g_test_message ("%s", text);
    for (int is_optional = 0; is_optional <= 1; is_optional++) {
      UpkeepReader reader;
      g_autoptr (GError) error = NULL;
      gboolean was_read;

      upkeep_reader_init (&reader, root, NULL, UPKEEP_READER_UNKNOWN_REFUSED, &error);
      was_read = read_member (&reader, vectors[i].kind, is_optional);
      g_assert_cmpint (was_read, ==, vectors[i].message == NULL);
      g_assert_cmpint (upkeep_reader_finish (&reader), ==, vectors[i].message == NULL);
      if (vectors[i].message == NULL) {
        g_assert_no_error (error);
      } else {
        g_autofree char *member = NULL;

        g_assert_error (error, UPKEEP_WIRE_ERROR, (int) vectors[i].code);
        g_assert_cmpstr (error->message, ==, vectors[i].message);
        member = upkeep_wire_error_dup_member (error);
        g_assert_cmpstr (member, ==, "m");
      }
    }
  }
}

/* CONTRACT 8: `null` for an optional member is its absence. */
static void
test_absent (void)
{
  static const struct {
    const char *text, *message;
  } vectors[] = {{"{}", "m: missing"}, {"{\"m\":null}", "m: must not be null"}};

  g_test_summary ("A member that is absent or null is an error, unless it is optional.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) root = parse (vectors[i].text);

    g_test_message ("%s", vectors[i].text);
    for (guint kind = READ_STRING; kind <= READ_NODE; kind++) {
      for (int is_optional = 0; is_optional <= 1; is_optional++) {
        UpkeepReader reader;
        g_autoptr (GError) error = NULL;

        upkeep_reader_init (&reader, root, NULL, UPKEEP_READER_UNKNOWN_REFUSED, &error);
        g_assert_false (read_member (&reader, (Kind) kind, is_optional));
        g_assert_cmpint (upkeep_reader_finish (&reader), ==, is_optional);
        if (is_optional) {
          g_assert_no_error (error);
        } else {
          g_assert_error (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_MEMBER);
          g_assert_cmpstr (error->message, ==, vectors[i].message);
        }
      }
    }
  }
}

static void
test_values (void)
{
  g_autoptr (JsonNode) root = parse (
      "{\"text\":\"\",\"id\":\"e-1\",\"n\":-7,\"yes\":true,\"at\":\"1970-01-02T00:00:00Z\","
      "\"colour\":\"blue\",\"any\":[1],\"list\":[5,null,\"x\",[6],{\"y\":8}],\"none\":null}");
  UpkeepReader reader, list, inner, object;
  g_autoptr (GError) error = NULL;
  const char *text = NULL, *id = NULL, *x = NULL, *absent = "default";
  gint64 n = 0, at_s = 0, five = 0, six = 0, eight = 0, unset = 42;
  gboolean yes = FALSE;
  guint colour = 0;
  JsonNode *any = NULL;

  g_test_summary ("Values come out as they stand; what is absent leaves what was there.");

  upkeep_reader_init (&reader, root, NULL, UPKEEP_READER_UNKNOWN_REFUSED, &error);
  g_assert_cmpuint (upkeep_reader_get_length (&reader), ==, 9);
  upkeep_reader_string (&reader, "text", 0, 0, &text);
  upkeep_reader_id (&reader, "id", 3, &id);
  upkeep_reader_int (&reader, "n", G_MININT64, G_MAXINT64, &n);
  upkeep_reader_bool (&reader, "yes", &yes);
  upkeep_reader_instant (&reader, "at", &at_s);
  upkeep_reader_enum (&reader, "colour", colours, G_N_ELEMENTS (colours), &colour);
  upkeep_reader_node (&reader, "any", &any);
  upkeep_reader_optional_string (&reader, "none", 1, 9, &absent);
  upkeep_reader_optional_string (&reader, "missing", 1, 9, &absent);
  upkeep_reader_array (&reader, "list", 0, 5, &list);
  g_assert_cmpuint (upkeep_reader_get_length (&list), ==, 5);
  g_assert_true (upkeep_reader_int (&list, NULL, 0, 9, &five));
  g_assert_false (upkeep_reader_optional_int (&list, NULL, 0, 9, &unset));
  g_assert_true (upkeep_reader_string (&list, NULL, 1, 1, &x));
  g_assert_true (upkeep_reader_array (&list, NULL, 1, 1, &inner));
  g_assert_true (upkeep_reader_int (&inner, NULL, 0, 9, &six));
  g_assert_false (upkeep_reader_has_next (&inner));
  g_assert_true (upkeep_reader_has_next (&list));
  g_assert_true (upkeep_reader_object (&list, NULL, &object));
  g_assert_false (upkeep_reader_has_next (&list));
  g_assert_true (upkeep_reader_int (&object, "y", 0, 9, &eight));
  g_assert_true (upkeep_reader_finish (&object));
  g_assert_true (upkeep_reader_finish (&list));
  g_assert_true (upkeep_reader_finish (&reader));
  g_assert_no_error (error);

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (id, ==, "e-1");
  g_assert_cmpint (n, ==, -7);
  g_assert_true (yes);
  g_assert_cmpint (at_s, ==, 86400);
  g_assert_cmpuint (colour, ==, 2);
  g_assert_true (JSON_NODE_HOLDS_ARRAY (any));
  g_assert_cmpstr (absent, ==, "default");
  g_assert_cmpint (five, ==, 5);
  g_assert_cmpint (unset, ==, 42);
  g_assert_cmpstr (x, ==, "x");
  g_assert_cmpint (six, ==, 6);
  g_assert_cmpint (eight, ==, 8);
}

/* `{"plans":[{"id","prices":{"month","year"?}}]}` */
static gboolean
read_plans (JsonNode *root, const char *path, UpkeepReaderUnknown unknown, GError **error)
{
  UpkeepReader reader, plans;
  const char *id = NULL;
  gint64 price = 0;

  upkeep_reader_init (&reader, root, path, unknown, error);
  upkeep_reader_array (&reader, "plans", 1, 3, &plans);
  while (upkeep_reader_has_next (&plans)) {
    UpkeepReader plan, prices;

    upkeep_reader_object (&plans, NULL, &plan);
    upkeep_reader_id (&plan, "id", 8, &id);
    upkeep_reader_object (&plan, "prices", &prices);
    upkeep_reader_int (&prices, "month", 0, 9, &price);
    if (upkeep_reader_optional_int (&prices, "year", 0, 99, &price) && price == 13)
      upkeep_reader_fail (&prices, "year", "%d is not for sale", 13);
    upkeep_reader_finish (&prices);
    upkeep_reader_finish (&plan);
  }
  return upkeep_reader_finish (&reader);
}

static void
test_paths (void)
{
  static const struct {
    const char *text;
    const char *path;
    UpkeepReaderUnknown unknown;
    UpkeepWireError code;
    const char *message; /* NULL: no error */
    const char *member;
  } vectors[] = {
      {"{\"plans\":[{\"id\":\"a\",\"prices\":{\"month\":1,\"year\":2}}]}", NULL,
       UPKEEP_READER_UNKNOWN_REFUSED, 0, NULL, NULL},
      {"[]", NULL, UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_SYNTAX,
       "the top level is not an object", NULL},
      {"[]", "edition", UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_MEMBER,
       "edition: not an object", "edition"},
      {"{}", NULL, UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_MEMBER, "plans: missing",
       "plans"},
      {"{}", "edition", UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_MEMBER,
       "edition.plans: missing", "edition.plans"},
      {"{\"plans\":[{\"id\":\"a\",\"prices\":{\"month\":1}},{\"id\":\"b\",\"prices\":{\"month\":10}"
       "}]}",
       NULL, UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_VALUE,
       "plans[1].prices.month: 10 is outside 0 to 9", "plans[1].prices.month"},
      {"{\"plans\":[{\"id\":\"a\",\"prices\":{\"month\":1}},7]}", NULL,
       UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_MEMBER, "plans[1]: not an object",
       "plans[1]"},
      {"{\"plans\":[null]}", "edition", UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_MEMBER,
       "edition.plans[0]: must not be null", "edition.plans[0]"},
      {"{\"plans\":[{\"id\":\"a\",\"prices\":{\"month\":1,\"year\":13}}]}", NULL,
       UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_VALUE,
       "plans[0].prices.year: 13 is not for sale", "plans[0].prices.year"},
      /* Unknown members, on every level. */
      {"{\"plans\":[{\"id\":\"a\",\"prices\":{\"month\":1,\"week\":2}}]}", NULL,
       UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER,
       "plans[0].prices.week: unknown member", "plans[0].prices.week"},
      {"{\"plans\":[{\"id\":\"a\",\"prices\":{\"month\":1},\"x: y\":null}]}", NULL,
       UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER,
       "plans[0].x??y: unknown member", "plans[0].x??y"},
      {"{\"note\":1,\"plans\":[{\"id\":\"a\",\"prices\":{\"month\":1}}]}", NULL,
       UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, "note: unknown member",
       "note"},
      {"{\"note\":1,\"plans\":[{\"id\":\"a\",\"new\":2,\"prices\":{\"month\":1,\"week\":3}}]}",
       NULL, UPKEEP_READER_UNKNOWN_IGNORED, 0, NULL, NULL},
      /* The first error stays, and does not make read members unknown. */
      {"{\"plans\":[{\"id\":1,\"prices\":{\"month\":1,\"year\":\"x\"}}]}", NULL,
       UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_MEMBER, "plans[0].id: not a string",
       "plans[0].id"},
      {"{\"plans\":[],\"note\":1}", NULL, UPKEEP_READER_UNKNOWN_REFUSED, UPKEEP_WIRE_ERROR_VALUE,
       "plans: 0 elements, where 1 to 3 are allowed", "plans"},
  };

  g_test_summary ("The first error stays and names the way to its member.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) root = parse (vectors[i].text);
    g_autoptr (GError) error = NULL;
    g_autofree char *member = NULL;
    gboolean ok = read_plans (root, vectors[i].path, vectors[i].unknown, &error);

    g_test_message ("%s", vectors[i].text);
    g_assert_cmpint (ok, ==, vectors[i].message == NULL);
    g_assert_cmpint (read_plans (root, NULL, vectors[i].unknown, NULL), ==, ok);
    if (ok) {
      g_assert_no_error (error);
      continue;
    }
    g_assert_error (error, UPKEEP_WIRE_ERROR, (int) vectors[i].code);
    g_assert_cmpstr (error->message, ==, vectors[i].message);
    member = upkeep_wire_error_dup_member (error);
    g_assert_cmpstr (member, ==, vectors[i].member);
  }
}

static void
test_empty (void)
{
  g_autoptr (JsonNode) root = parse ("{\"a\":null,\"b\":[]}");
  UpkeepReader reader, absent, list, below;
  g_autoptr (GError) error = NULL;
  const char *text = "kept", *name = "kept";
  gint64 n = 42;

  g_test_summary ("An empty reader gives nothing and has no errors of its own.");

  upkeep_reader_init (&reader, root, NULL, UPKEEP_READER_UNKNOWN_REFUSED, &error);
  g_assert_false (upkeep_reader_is_empty (&reader));
  g_assert_false (upkeep_reader_optional_object (&reader, "a", &absent));
  g_assert_true (upkeep_reader_is_empty (&absent));
  g_assert_false (upkeep_reader_string (&absent, "x", 0, 9, &text));
  g_assert_false (upkeep_reader_int (&absent, "y", 0, 9, &n));
  g_assert_false (upkeep_reader_object (&absent, "z", &below));
  g_assert_true (upkeep_reader_is_empty (&below));
  g_assert_false (upkeep_reader_next_name (&absent, &name));
  g_assert_false (upkeep_reader_has_next (&absent));
  g_assert_cmpuint (upkeep_reader_get_length (&absent), ==, 0);
  g_assert_true (upkeep_reader_only (&absent, NULL, 0));
  g_assert_true (upkeep_reader_finish (&absent));
  g_assert_true (upkeep_reader_optional_array (&reader, "b", 0, 9, &list));
  g_assert_false (upkeep_reader_is_empty (&list));
  g_assert_false (upkeep_reader_has_next (&list));
  g_assert_false (upkeep_reader_has_failed (&reader));
  g_assert_true (upkeep_reader_finish (&reader));
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "kept");
  g_assert_cmpstr (name, ==, "kept");
  g_assert_cmpint (n, ==, 42);
}

static void
test_names (void)
{
  g_autoptr (JsonNode) root =
      parse ("{\"texts\":{\"zh-Hans\":\"b\",\"en\":\"a\",\"fr\":7},\"other\":1}");
  UpkeepReader reader, texts;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) seen = g_string_new (NULL);
  const char *name = NULL, *text = NULL;

  g_test_summary ("An object whose names are data is gone through in the order of the document.");

  upkeep_reader_init (&reader, root, NULL, UPKEEP_READER_UNKNOWN_REFUSED, &error);
  upkeep_reader_object (&reader, "texts", &texts);
  while (upkeep_reader_next_name (&texts, &name)) {
    g_string_append_printf (seen, "%s ", name);
    upkeep_reader_string (&texts, name, 1, 9, &text);
  }
  g_assert_cmpstr (seen->str, ==, "zh-Hans en fr ");
  g_assert_false (upkeep_reader_finish (&texts));
  g_assert_error (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_MEMBER);
  g_assert_cmpstr (error->message, ==, "texts.fr: not a string");
  g_assert_true (upkeep_reader_has_failed (&reader));
}

static void
test_many_names (void)
{
  g_autoptr (GString) text = g_string_new ("{\"prices\":{");
  g_autoptr (JsonNode) root = NULL;
  UpkeepReader reader, prices;
  g_autoptr (GError) error = NULL;
  const char *name;
  gint64 price = 0, sum = 0;

  g_test_summary ("More names than a reader remembers do no harm where names are data.");

  for (guint i = 0; i < 2 * UPKEEP_READER_NAMES_MAX; i++)
    g_string_append_printf (text, "%s\"p%u\":%u", i > 0 ? "," : "", i, i);
  g_string_append (text, "}}");
  root = parse (text->str);

  upkeep_reader_init (&reader, root, NULL, UPKEEP_READER_UNKNOWN_REFUSED, &error);
  upkeep_reader_object (&reader, "prices", &prices);
  while (upkeep_reader_next_name (&prices, &name)) {
    upkeep_reader_int (&prices, name, 0, 999, &price);
    sum += price;
  }
  g_assert_true (upkeep_reader_finish (&prices));
  g_assert_true (upkeep_reader_finish (&reader));
  g_assert_no_error (error);
  g_assert_cmpint (sum, ==, 127 * 128 / 2);
}

/* CONTRACT 8: a malformed event is rejected alone; an unknown member refuses the batch. */
static void
test_catch (void)
{
  static const char *const names[] = {"id", "quantity"};
  g_autoptr (JsonNode) root =
      parse ("{\"events\":[{\"id\":\"a\",\"quantity\":1},{\"id\":\"b\",\"quantity\":1.5},7,"
             "{\"id\":\"c\",\"quantity\":2},{\"id\":\"d\",\"quantity\":-1,\"x\":1}]}");
  const struct {
    int code; /* -1: none */
    const char *message;
  } expected[] = {
      {-1, NULL},
      {UPKEEP_WIRE_ERROR_VALUE, "events[1].quantity: not an integer"},
      {UPKEEP_WIRE_ERROR_MEMBER, "events[2]: not an object"},
      {-1, NULL},
      {UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, "events[4].x: unknown member"},
  };
  UpkeepReader reader, events;
  g_autoptr (GError) error = NULL;
  guint i = 0;

  g_test_summary ("Errors that are caught element by element leave the rest readable.");

  upkeep_reader_init (&reader, root, NULL, UPKEEP_READER_UNKNOWN_REFUSED, &error);
  upkeep_reader_array (&reader, "events", 1, 10, &events);
  for (; upkeep_reader_has_next (&events); i++) {
    UpkeepReader event;
    g_autoptr (GError) event_error = NULL;
    const char *id = NULL;
    gint64 quantity = 0;
    gboolean ok;

    upkeep_reader_catch (&events, &event_error);
    upkeep_reader_object (&events, NULL, &event);
    upkeep_reader_only (&event, names, G_N_ELEMENTS (names));
    upkeep_reader_id (&event, "id", 9, &id);
    upkeep_reader_int (&event, "quantity", 0, 9, &quantity);
    ok = upkeep_reader_finish (&event);

    g_assert_cmpint (ok, ==, expected[i].code < 0);
    if (ok) {
      g_assert_no_error (event_error);
    } else {
      g_assert_error (event_error, UPKEEP_WIRE_ERROR, expected[i].code);
      g_assert_cmpstr (event_error->message, ==, expected[i].message);
    }
  }
  g_assert_cmpuint (i, ==, G_N_ELEMENTS (expected));
  g_assert_true (upkeep_reader_finish (&reader));
  g_assert_no_error (error);
}

/* What a person wrote is read to its end, and the reader says what can be concluded from. */
static void
test_collecting (void)
{
  static const char *const expected[] = {
      "a: not an integer",         "list[1].x: missing",
      "list[2]: not an object",    "tier: there is none",
      "list[0].y: unknown member", "colour: unknown member; perhaps colours is meant",
  };
  g_autoptr (JsonNode) node = parse (
      "{\"a\":\"b\",\"list\":[{\"x\":1,\"y\":2},{},7],\"tier\":null,\"colour\":1,\"b\":null}");
  g_autoptr (UpkeepMistakes) mistakes = upkeep_mistakes_new ();
  UpkeepReader reader, list, open, first;
  gint64 value = 5;

  g_test_summary ("Collecting, no error sticks");
  upkeep_reader_init_collecting (&reader, node, mistakes);
  g_assert_false (upkeep_reader_has_failed (&reader));
  g_assert_true (upkeep_reader_is_sound (&reader, "a"));
  g_assert_false (upkeep_reader_int (&reader, "a", 0, 9, &value));
  g_assert_cmpint (value, ==, 5);
  g_assert_true (upkeep_reader_has_failed (&reader));

  g_assert_true (upkeep_reader_has (&reader, "b")); /* null is there, too */
  g_assert_false (upkeep_reader_has (&reader, "c"));
  g_assert_false (upkeep_reader_optional_int (&reader, "b", 0, 9, &value));
  g_assert_false (upkeep_reader_optional_int (&reader, "colours", 0, 9, &value));

  g_assert_true (upkeep_reader_array (&reader, "list", 0, 9, &list));
  g_assert_true (upkeep_reader_object (&list, NULL, &first));
  g_assert_true (upkeep_reader_int (&first, "x", 0, 9, &value));
  g_assert_true (upkeep_reader_is_sound (&reader, "list"));
  for (int i = 1; upkeep_reader_has_next (&list); i++) {
    g_assert_cmpint (upkeep_reader_object (&list, NULL, &open), ==, i == 1);
    g_assert_false (upkeep_reader_int (&open, "x", 0, 9, &value));
    upkeep_reader_finish (&open);
  }
  upkeep_reader_refuse (&reader, "tier", "there is none");
  upkeep_reader_refuse (&reader, "rank", "there is none");
  g_assert_false (upkeep_reader_finish (&first));
  g_assert_false (upkeep_reader_finish (&reader));

  /* At it, in it, and around it; not beside it. */
  g_assert_false (upkeep_reader_is_sound (&reader, "a"));
  g_assert_false (upkeep_reader_is_sound (&reader, "list"));
  g_assert_false (upkeep_reader_is_sound (&reader, "list[2].x"));
  g_assert_true (upkeep_reader_is_sound (&reader, "list[0].x"));
  g_assert_true (upkeep_reader_is_sound (&reader, "li"));

  for (guint i = 0; i < upkeep_mistakes_get_length (mistakes); i++) {
    g_autofree char *told = upkeep_mistake_to_string (upkeep_mistakes_get (mistakes, i));

    g_test_message ("%s", told);
    g_assert_cmpstr (told, ==, i < G_N_ELEMENTS (expected) ? expected[i] : NULL);
  }
  g_assert_cmpuint (upkeep_mistakes_get_length (mistakes), ==, G_N_ELEMENTS (expected));
}

static void
test_forgive (void)
{
  g_autoptr (JsonNode) node = parse ("{\"a\":1,\"b\":2}");
  g_autoptr (UpkeepMistakes) mistakes = upkeep_mistakes_new ();
  UpkeepReader reader;

  g_test_summary ("Members that cannot be judged any more are none too many");
  upkeep_reader_init_collecting (&reader, node, mistakes);
  upkeep_reader_forgive (&reader);
  g_assert_true (upkeep_reader_finish (&reader));
  g_assert_cmpuint (upkeep_mistakes_get_length (mistakes), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/reader/types", test_types);
  g_test_add_func ("/wire/reader/absent", test_absent);
  g_test_add_func ("/wire/reader/values", test_values);
  g_test_add_func ("/wire/reader/paths", test_paths);
  g_test_add_func ("/wire/reader/empty", test_empty);
  g_test_add_func ("/wire/reader/names", test_names);
  g_test_add_func ("/wire/reader/many-names", test_many_names);
  g_test_add_func ("/wire/reader/catch", test_catch);
  g_test_add_func ("/wire/reader/collecting", test_collecting);
  g_test_add_func ("/wire/reader/forgive", test_forgive);
  return g_test_run ();
}

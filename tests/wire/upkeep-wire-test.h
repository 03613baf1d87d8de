/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-json.h"

#include <string.h>

/* Golden documents in tests/data/wire, and ways to break them. */

static inline JsonNode *
parse_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonNode *node = upkeep_json_parse_full (bytes, G_MAXSIZE, UPKEEP_JSON_NUMBERS_MARKED, &error);

  g_assert_no_error (error);
  return node;
}

static inline JsonNode *
load_golden (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "wire", file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return parse_text (text);
}

static inline char *
print_text (JsonNode *node)
{
  g_autoptr (GBytes) bytes = upkeep_json_print (node);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strndup (data, size);
}

/* Same members in the same order, too. */
static inline void
assert_same_document (JsonNode *a, JsonNode *b)
{
  g_autofree char *a_text = print_text (a);
  g_autofree char *b_text = print_text (b);

  g_assert_cmpstr (a_text, ==, b_text);
}

/* Puts the value @json at @path (members and indices apart by dots), or takes it away for %NULL. */
static inline void
edit (JsonNode *root, const char *path, const char *json)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", -1);
  guint n_steps = g_strv_length (steps);
  JsonNode *node = root;

  for (guint i = 0; i + 1 < n_steps; i++) {
    if (JSON_NODE_HOLDS_ARRAY (node))
      node = json_array_get_element (json_node_get_array (node),
                                     (guint) g_ascii_strtoull (steps[i], NULL, 10));
    else
      node = json_object_get_member (json_node_get_object (node), steps[i]);
    g_assert_nonnull (node);
  }

  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    guint index = (guint) g_ascii_strtoull (steps[n_steps - 1], NULL, 10);

    g_assert_cmpuint (index, <=, json_array_get_length (array));
    if (index < json_array_get_length (array))
      json_array_remove_element (array, index);
    g_assert_cmpuint (index, ==, json_array_get_length (array)); /* only the last one */
    if (json != NULL)
      json_array_add_element (array, parse_text (json));
  } else if (json != NULL) {
    json_object_set_member (json_node_get_object (node), steps[n_steps - 1], parse_text (json));
  } else {
    g_assert_true (json_object_has_member (json_node_get_object (node), steps[n_steps - 1]));
    json_object_remove_member (json_node_get_object (node), steps[n_steps - 1]);
  }
}

/* What becomes of a golden document after one edit. */
typedef struct {
  const char *golden;
  const char *path;
  const char *json; /* NULL takes the member away */
  int code;         /* -1: it is read all the same */
  const char *says; /* what the message begins with */
} Broken;

static inline void
assert_outcome (const Broken *broken, gboolean was_read, const GError *error)
{
  g_test_message ("%s: %s = %s", broken->golden, broken->path,
                  broken->json != NULL ? broken->json : "(gone)");
  if (broken->code < 0) {
    g_assert_no_error (error);
    g_assert_true (was_read);
    return;
  }
  g_assert_error (error, UPKEEP_WIRE_ERROR, broken->code);
  g_assert_true (g_str_has_prefix (error->message, broken->says));
  g_assert_false (was_read);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-json.h"
#include "upkeep-wire-edition.h"

#include <string.h>

/* What is told of catalogues with many mistakes, and of any number of broken ones. */

static JsonNode *
load_tree (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *contents = NULL;
  gsize size = 0;
  JsonNode *root;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (contents, size);
  root = upkeep_json_parse (bytes, UPKEEP_CATALOGUE_MAX_BYTES, &error);
  g_assert_no_error (error);
  return root;
}

static JsonNode *
load_third (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "catalogues", "third.json", NULL);

  return load_tree (path);
}

static UpkeepMistakes *
check_bytes (GBytes *bytes)
{
  UpkeepMistakes *mistakes = upkeep_mistakes_new ();
  g_autoptr (UpkeepEdition) edition = upkeep_wire_check_edition (bytes, mistakes);

  g_assert_true ((edition != NULL) == (upkeep_mistakes_get_length (mistakes) == 0));
  return mistakes;
}

static UpkeepMistakes *
check_tree (JsonNode *root)
{
  g_autoptr (GBytes) bytes = upkeep_json_print (root);

  return check_bytes (bytes);
}

static char *
tell (const UpkeepMistakes *mistakes, guint index)
{
  return upkeep_mistake_to_string (upkeep_mistakes_get (mistakes, index));
}

/* Takes one step of a path like `plans[2].name` off; the rest is what @path then points to. */
static JsonNode *
take_step (JsonNode *node, const char **path)
{
  gsize length;
  g_autofree char *name = NULL;

  if (**path == '.')
    (*path)++;
  if (**path == '[') {
    char *end;
    guint64 index = g_ascii_strtoull (*path + 1, &end, 10);

    *path = end + 1;
    if (!JSON_NODE_HOLDS_ARRAY (node) ||
        index >= json_array_get_length (json_node_get_array (node)))
      return NULL;
    return json_array_get_element (json_node_get_array (node), (guint) index);
  }

  length = strcspn (*path, ".[");
  name = g_strndup (*path, length);
  *path += length;
  return JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), name)
                                       : NULL;
}

/* Whether a path leads to something, or to a member that something lacks. */
static gboolean
leads_somewhere (JsonNode *root, const char *path)
{
  JsonNode *node = root;

  while (*path != '\0') {
    JsonNode *next = take_step (node, &path);

    if (next == NULL)
      return *path == '\0' && JSON_NODE_HOLDS_OBJECT (node);
    node = next;
  }

  return TRUE;
}

/* Puts a value in the place of a member or an element, or takes that away. */
static void
replace (JsonNode *parent, const char *name, guint index, const char *value)
{
  g_autoptr (JsonNode) made = value != NULL ? json_from_string (value, NULL) : NULL;

  if (JSON_NODE_HOLDS_OBJECT (parent)) {
    JsonObject *object = json_node_get_object (parent);

    if (made != NULL)
      json_object_set_member (object, name, g_steal_pointer (&made));
    else
      json_object_remove_member (object, name);
  } else {
    JsonArray *array = json_node_get_array (parent);
    g_autoptr (GPtrArray) after = g_ptr_array_new ();

    /* There is no way to put an element in: what comes after is taken off and put back. */
    while (json_array_get_length (array) > index + 1) {
      g_ptr_array_add (after, json_array_dup_element (array, index + 1));
      json_array_remove_element (array, index + 1);
    }
    json_array_remove_element (array, index);
    if (made != NULL)
      json_array_add_element (array, g_steal_pointer (&made));
    for (guint i = 0; i < after->len; i++)
      json_array_add_element (array, g_ptr_array_index (after, i));
  }
}

static void
edit (JsonNode *root, const char *path, const char *value)
{
  JsonNode *node = root;

  for (;;) {
    const char *rest = path;
    const char *bracket;
    JsonNode *next = take_step (node, &rest);

    if (*rest != '\0') {
      g_assert_nonnull (next);
      node = next;
      path = rest;
      continue;
    }
    bracket = *path == '[' ? path + 1 : NULL;
    replace (node, bracket == NULL ? path + (*path == '.' ? 1 : 0) : NULL,
             bracket != NULL ? (guint) g_ascii_strtoull (bracket, NULL, 10) : 0, value);
    return;
  }
}

/* One pass over a catalogue with a mistake of every kind, none of them told twice. */
static void
test_all (void)
{
  static const struct {
    const char *path;
    const char *value;
  } edits[] = {
      {"service", "\"Paper Boat\""},
      {"name.fr", NULL},
      {"name.zh-Hans", "\"  \""},
      {"currency", "\"EU\""},
      {"meter.modes[0].weight", "0"},
      {"features[0].id", NULL},
      {"plans[0].kind", "\"gratis\""},
      {"plans[1].colour", "1"},
      {"plans[2].prices[0].amount", "-1"},
      {"plans[2].tier", "3"},
      {"plans[3].id", "\"skiff\""},
      {"plans[3].prices", "[]"},
      {"plans[3].allowance.quantity", "1000000000001"},
      {"plans[3].sumary", "null"},
      {"policy.upgrade.proration", "\"usage_refund\""},
      {"policy.refund.rule.any_of[1].limit.percent_of_allowance", "101"},
      {"policy.past_due.retry_days", "[4,2,9]"},
      {"policy.suspension.features", "[\"gold\"]"},
      {"policy.company.plans", "[\"raft\"]"},
      {"comparison[0].kind", "\"cost\""},
  };
  static const char *const expected[] = {
      "service: is not 1 to 64 of a to z, 0 to 9, _ and -",
      "name.zh-Hans: is empty",
      "name.fr: missing",
      "currency: is not three capital letters",
      "meter.modes[0].weight: 0 is outside 1 to 100",
      "features[0].id: missing",
      "plans[0].kind: none of paid, free, trial",
      "plans[1].colour: unknown member",
      "plans[2].prices[0].amount: -1 is outside 0 to 1000000000000",
      "plans[2].tier: unknown member: tiers are ordered by the list of plans alone, from the "
      "lowest "
      "to the highest",
      "plans[3].id: is there twice",
      "plans[3].prices: 0 elements, where 1 to 2 are allowed",
      "plans[3].allowance.quantity: 1000000000001 is outside 0 to 1000000000000",
      "plans[3].sumary: unknown member; perhaps summary is meant",
      "policy.upgrade.proration: none of usage_credit, price_difference, unused_credit_refund, "
      "time",
      "policy.refund.rule.any_of[1].limit.percent_of_allowance: 101 is outside 1 to 100",
      "policy.past_due.retry_days[1]: is not after the retry before it",
      "policy.past_due.retry_days[2]: is not before the end after 5 days",
      /* features[0] has no id: gold may be it */
      "policy.company.plans[0]: is no plan of this edition",
      "comparison[0].kind: none of price, allowance, mode, topup_price, feature, queue, text",
  };
  g_autoptr (JsonNode) root = load_third ();
  g_autoptr (UpkeepMistakes) mistakes = NULL;

  g_test_summary ("One pass tells all mistakes, and each once");
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    edit (root, edits[i].path, edits[i].value);
  mistakes = check_tree (root);
  for (guint i = 0; i < upkeep_mistakes_get_length (mistakes); i++) {
    g_autofree char *told = tell (mistakes, i);

    g_test_message ("%s", told);
    g_assert_cmpstr (told, ==, i < G_N_ELEMENTS (expected) ? expected[i] : NULL);
  }
  g_assert_cmpuint (upkeep_mistakes_get_length (mistakes), ==, G_N_ELEMENTS (expected));
  g_assert_false (upkeep_mistakes_has_more (mistakes));
}

/* Tiers are an order and not names of one another, so there is no way to write a cycle of them. */
static void
test_tiers (void)
{
  static const char *const names[] = {"tier", "above", "below", "rank", "level"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (JsonNode) root = load_third ();
    g_autofree char *path = g_strdup_printf ("plans[2].%s", names[i]);
    g_autoptr (UpkeepMistakes) mistakes = NULL;

    g_test_message ("%s", path);
    edit (root, path, "\"galleon\"");
    mistakes = check_tree (root);
    g_assert_cmpuint (upkeep_mistakes_get_length (mistakes), ==, 1);
    g_assert_cmpstr (upkeep_mistakes_get (mistakes, 0)->path, ==, path);
    g_assert_cmpint (upkeep_mistakes_get (mistakes, 0)->code, ==, UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER);
    g_assert_nonnull (strstr (upkeep_mistakes_get (mistakes, 0)->reason, "ordered by the list"));
  }
}

/* Adds @n members that no catalogue has. */
static UpkeepMistakes *
check_with_unknown (guint n)
{
  g_autoptr (JsonNode) root = load_third ();

  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("unknown%u", i);

    json_object_set_int_member (json_node_get_object (root), name, i);
  }
  return check_tree (root);
}

static void
test_bound (void)
{
  for (guint extra = 0; extra <= 1; extra++) {
    g_autoptr (UpkeepMistakes) mistakes = check_with_unknown (UPKEEP_MISTAKES_MAX + extra);

    g_assert_cmpuint (upkeep_mistakes_get_length (mistakes), ==, UPKEEP_MISTAKES_MAX);
    g_assert_cmpint (upkeep_mistakes_has_more (mistakes), ==, extra == 1);
  }
}

static void
test_lines (void)
{
  static const char document[] = "{\n  \"service\": 7,\n  \"name\": {\n    \"en\": \"a\"\n  },\n"
                                 "  \"plans\": [\n    {},\n    8\n  ]\n}\n";
  static const struct {
    const char *path;
    guint line;
  } vectors[] = {
      {"service", 2}, {"edition", 1}, {"name.fr", 3}, {"plans[0].id", 7}, {"plans[1]", 8},
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static (document, strlen (document));
  g_autoptr (UpkeepMistakes) mistakes = check_bytes (bytes);
  g_autoptr (GBytes) cut = g_bytes_new_static (document, 20);
  g_autoptr (UpkeepMistakes) syntax = check_bytes (cut);

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    guint j = 0;

    g_test_message ("%s", vectors[i].path);
    while (!g_str_equal (upkeep_mistakes_get (mistakes, j)->path, vectors[i].path))
      j++;
    g_assert_cmpuint (upkeep_mistakes_get (mistakes, j)->line, ==, vectors[i].line);
  }

  g_assert_cmpuint (upkeep_mistakes_get_length (syntax), ==, 1);
  g_assert_cmpuint (upkeep_mistakes_get (syntax, 0)->line, ==, 3);
}

static void
test_nearest (void)
{
  static const char *const words[] = {"summary", "prices", "id", NULL, "name"};
  static const struct {
    const char *word;
    const char *nearest;
  } vectors[] = {
      {"sumary", "summary"},
      {"summary", "summary"},
      {"smumary", "summary"},
      {"pirce", "prices"},
      {"price", "prices"},
      {"prizze", NULL},
      {"nam", "name"},
      {"nmae", "name"},
      {"mean", NULL},
      {"i", NULL},
      {"x", NULL},
      {"", NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_test_message ("%s", vectors[i].word);
    g_assert_cmpstr (upkeep_find_nearest (vectors[i].word, words, G_N_ELEMENTS (words)), ==,
                     vectors[i].nearest);
  }
}

typedef struct {
  JsonNode *root;
  guint wanted;   /* the place that is looked for, in the document's order */
  guint n_places; /* so far */
  JsonNode *parent;
  char *name; /* (owned) (nullable) */
  guint index;
} Search;

/* Counts every member and element, and remembers the one that is wanted. */
static void
search (Search *self, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    g_autoptr (GList) names = json_object_get_members (json_node_get_object (node));

    for (GList *l = names; l != NULL; l = l->next) {
      if (self->n_places++ == self->wanted) {
        self->parent = node;
        self->name = g_strdup (l->data);
      }
      search (self, json_object_get_member (json_node_get_object (node), l->data));
    }
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++) {
      if (self->n_places++ == self->wanted) {
        self->parent = node;
        self->index = i;
      }
      search (self, json_array_get_element (json_node_get_array (node), i));
    }
  }
}

static guint
count_places (JsonNode *root)
{
  Search all = {.root = root, .wanted = G_MAXUINT};

  search (&all, root);
  return all.n_places;
}

static void
replace_nth (JsonNode *root, guint wanted, const char *value)
{
  Search found = {.root = root, .wanted = wanted};

  search (&found, root);
  replace (found.parent, found.name, found.index, value);
  g_free (found.name);
}

static const char *const values[] = {
    NULL, "null", "7", "-1", "\"?\"", "true", "[]", "{}", "[[]]", "1000000000001",
};
/* What no member can be. */
static const char impossible[] = "1.5";

static void
assert_places (JsonNode *root, const UpkeepMistakes *mistakes)
{
  for (guint i = 0; i < upkeep_mistakes_get_length (mistakes); i++) {
    const UpkeepMistake *mistake = upkeep_mistakes_get (mistakes, i);

    if (!leads_somewhere (root, mistake->path))
      g_test_message ("%s leads nowhere", mistake->path);
    g_assert_true (leads_somewhere (root, mistake->path));
    g_assert_cmpuint (mistake->line, ==, 1); /* it was printed without spaces */
    g_assert_cmpstr (mistake->reason, !=, "");
  }
}

/* Whatever is wrong with a member is told at a place that is there; and what merely follows from it
 * is not told. */
static void
test_each_member (void)
{
  g_autoptr (JsonNode) whole = load_third ();
  g_autoptr (GBytes) bytes = upkeep_json_print (whole);
  guint n_places = count_places (whole);

  g_assert_cmpuint (n_places, >, 300);
  for (guint i = 0; i < n_places; i++) {
    const char *tried[] = {impossible, values[i % G_N_ELEMENTS (values)]};

    for (gsize j = 0; j < (i % 3 == 0 ? G_N_ELEMENTS (tried) : 1); j++) {
      g_autoptr (JsonNode) root = upkeep_json_parse (bytes, G_MAXSIZE, NULL);
      g_autoptr (UpkeepMistakes) mistakes = NULL;

      replace_nth (root, i, tried[j]);
      mistakes = check_tree (root);
      assert_places (root, mistakes);
      if (j == 0)
        g_assert_cmpuint (upkeep_mistakes_get_length (mistakes), ==, 1);
    }
  }
}

/* Any number of such changes to what is shipped, always the same ones. */
static void
test_shipped (void)
{
  enum { ROUNDS = 10, EDITS_MAX = 6, SEED = 20260101 };
  static const char *const files[] = {
      "midjourney-2023-03.json",       "midjourney-2024.json", "midjourney-2025-04.json",
      "midjourney-magazine-2023.json", "minara-2025-08.json",  "minara-2026-06.json",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (g_getenv ("UPKEEP_CATALOGUES"), files[i], NULL);
    g_autoptr (JsonNode) whole = load_tree (path);
    g_autoptr (GBytes) bytes = upkeep_json_print (whole);

    for (int round = 0; round < ROUNDS; round++) {
      g_autoptr (JsonNode) root = upkeep_json_parse (bytes, G_MAXSIZE, NULL);
      g_autoptr (UpkeepMistakes) mistakes = NULL;
      int n_edits = g_rand_int_range (rand, 1, EDITS_MAX + 1);

      for (int k = 0; k < n_edits && count_places (root) > 0; k++)
        replace_nth (root, (guint) g_rand_int_range (rand, 0, (int) count_places (root)),
                     values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))]);
      mistakes = check_tree (root);
      assert_places (root, mistakes);
    }
  }
}

/* A member that stands twice, and any file that ends too early, is refused by the scanner. */
static void
test_cut (void)
{
  g_autoptr (JsonNode) whole = load_third ();
  g_autoptr (GBytes) bytes = upkeep_json_print (whole);
  gsize size = g_bytes_get_size (bytes);
  static const char twice[] = "{\n\"service\": \"a\",\n\"service\": \"a\"}";
  g_autoptr (GBytes) doubled = g_bytes_new_static (twice, strlen (twice));
  g_autoptr (UpkeepMistakes) mistakes = check_bytes (doubled);

  g_assert_cmpuint (upkeep_mistakes_get_length (mistakes), ==, 1);
  g_assert_cmpuint (upkeep_mistakes_get (mistakes, 0)->line, ==, 3);
  g_assert_cmpstr (upkeep_mistakes_get (mistakes, 0)->path, ==, "");
  for (gsize i = 0; i < size; i += 307) {
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, i);
    g_autoptr (UpkeepMistakes) cut = check_bytes (part);

    g_assert_cmpuint (upkeep_mistakes_get_length (cut), ==, 1);
    g_assert_cmpint (upkeep_mistakes_get (cut, 0)->code, ==, UPKEEP_WIRE_ERROR_SYNTAX);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/catalogue-mistakes/all", test_all);
  g_test_add_func ("/wire/catalogue-mistakes/tiers", test_tiers);
  g_test_add_func ("/wire/catalogue-mistakes/bound", test_bound);
  g_test_add_func ("/wire/catalogue-mistakes/lines", test_lines);
  g_test_add_func ("/wire/catalogue-mistakes/nearest", test_nearest);
  g_test_add_func ("/wire/catalogue-mistakes/each-member", test_each_member);
  g_test_add_func ("/wire/catalogue-mistakes/shipped", test_shipped);
  g_test_add_func ("/wire/catalogue-mistakes/cut", test_cut);

  return g_test_run ();
}

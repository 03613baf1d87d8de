/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-changes.h"
#include "upkeep-wire-edition.h"
#include "upkeep-wire-test.h"

static UpkeepEdition *
load_edition (const char *file)
{
  g_autofree char *path = g_build_filename (g_getenv ("UPKEEP_CATALOGUES"), file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepEdition *edition;
  gsize size;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&text), size);
  edition = upkeep_wire_parse_edition (bytes, &error);
  g_assert_no_error (error);
  return edition;
}

static void
assert_comes_back (const UpkeepEditionChanges *changes)
{
  g_autoptr (JsonNode) printed = upkeep_wire_print_changes (changes);
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepEditionChanges) parsed = upkeep_wire_parse_changes (printed, &error);
  g_autoptr (JsonNode) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (parsed->changes->len, ==, changes->changes->len);
  for (guint i = 0; i < parsed->changes->len; i++) {
    const UpkeepEditionChange *one = g_ptr_array_index (changes->changes, i);
    const UpkeepEditionChange *other = g_ptr_array_index (parsed->changes, i);

    g_assert_true (upkeep_value_equal (&one->before, &other->before));
    g_assert_true (upkeep_value_equal (&one->after, &other->after));
  }
  again = upkeep_wire_print_changes (parsed);
  assert_same_document (again, printed);
}

/* RULES X-01: the document of two shipped editions, as it is told to everybody. */
static void
test_golden (void)
{
  g_autoptr (UpkeepEdition) from = load_edition ("midjourney-2023-03.json");
  g_autoptr (UpkeepEdition) to = load_edition ("midjourney-2024.json");
  g_autoptr (UpkeepEditionChanges) changes = upkeep_edition_changes_make (from, to, "pro");
  g_autoptr (JsonNode) golden = load_golden ("changes");
  g_autoptr (JsonNode) printed = upkeep_wire_print_changes (changes);

  assert_same_document (printed, golden);
  assert_comes_back (changes);
}

/* Each kind of value comes back as it was, and so does each edition from nothing. */
static void
test_every_kind (void)
{
  static const char *const files[] = {"midjourney-2023-03.json", "midjourney-2024.json",
                                      "midjourney-2025-04.json", "midjourney-magazine-2023.json",
                                      "minara-2025-08.json",     "minara-2026-06.json"};
  gboolean is_seen[UPKEEP_N_VALUE_KINDS] = {FALSE};

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (files); j++) {
      g_autoptr (UpkeepEdition) from = load_edition (files[i]);
      g_autoptr (UpkeepEdition) to = load_edition (files[j]);
      g_autoptr (UpkeepEditionChanges) changes = NULL;

      to->policy.past_due.retry_days[0]++;
      to->policy.refund.at_most_count++;
      to->policy.refund.at_most_days++;
      g_ptr_array_set_size (to->policy.overrides, 0);
      changes = upkeep_edition_changes_make (from, to, NULL);
      for (guint k = 0; k < changes->changes->len; k++) {
        const UpkeepEditionChange *change = g_ptr_array_index (changes->changes, k);

        is_seen[change->before.kind] = TRUE;
        is_seen[change->after.kind] = TRUE;
      }
      assert_comes_back (changes);
    }
  }
  {
    g_autoptr (UpkeepEdition) from = load_edition ("midjourney-2023-03.json");
    g_autoptr (UpkeepEdition) to = load_edition ("midjourney-2023-03.json");
    g_autoptr (UpkeepEditionChanges) changes = NULL;

    for (guint i = 0; i < to->rows->len; i++) {
      UpkeepPlanRow *row = g_ptr_array_index (to->rows, i);
      UpkeepText *cell = row->cells != NULL ? g_ptr_array_index (row->cells, 0) : NULL;

      if (cell != NULL) {
        g_free (cell->in[UPKEEP_LANGUAGE_EN]);
        cell->in[UPKEEP_LANGUAGE_EN] = g_strdup ("x");
      }
    }
    changes = upkeep_edition_changes_make (from, to, NULL);
    g_assert_cmpuint (changes->changes->len, ==, 1);
    is_seen[UPKEEP_VALUE_TEXT] = TRUE;
    assert_comes_back (changes);
  }

  for (gsize i = 0; i < UPKEEP_N_VALUE_KINDS; i++) {
    g_test_message ("kind %" G_GSIZE_FORMAT, i);
    g_assert_true (is_seen[i]);
  }
}

static void
test_broken (void)
{
#define HEAD                                                                                       \
  "{\"service\":\"s\",\"from\":{\"edition\":\"1\",\"currency\":\"USD\",\"unit\":\"u\"},"           \
  "\"to\":{\"edition\":\"2\",\"currency\":\"USD\",\"unit\":\"u\"},\"changes\":["
  static const struct {
    const char *text;
    const char *message; /* NULL: it is read */
    guint n_changes;
  } vectors[] = {
      {HEAD "]}", NULL, 0},
      {HEAD "{\"code\":\"newer_than_we_are\",\"before\":{\"kind\":\"strange\"}}]}", NULL, 0},
      {HEAD "{\"code\":\"price\",\"plan\":{\"id\":\"p\",\"name\":null},\"interval\":\"month\","
            "\"before\":null,\"after\":{\"kind\":\"money\",\"value\":{\"amount\":1,"
            "\"currency\":\"USD\"}}}]}",
       NULL, 1},
      {"[]", "the top level is not an object", 0},
      {"{\"service\":\"s\"}", "from: missing", 0},
      {HEAD "7]}", "changes[0]: not an object", 0},
      {HEAD "{}]}", "changes[0].code: missing", 0},
      {HEAD "{\"code\":\"price\",\"after\":{\"kind\":\"strange\"}}]}",
       "changes[0].after.kind: ", 0},
      {HEAD "{\"code\":\"price\",\"after\":{\"kind\":\"count\",\"value\":-1}}]}",
       "changes[0].after.value: ", 0},
      {HEAD "{\"code\":\"price\",\"after\":{\"kind\":\"money\",\"value\":{\"amount\":1,"
            "\"currency\":\"EUR\"}}}]}",
       "changes[0].after.value.currency: not USD", 0},
      {HEAD "{\"code\":\"past_due_retry_days\",\"after\":{\"kind\":\"day_list\",\"values\":"
            "[1,2,3,4,5,6,7,8,9]}}]}",
       "changes[0].after.values: ", 0},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = parse_text (vectors[i].text);
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepEditionChanges) changes = upkeep_wire_parse_changes (node, &error);

    g_test_message ("%s", vectors[i].text);
    if (vectors[i].message == NULL) {
      g_assert_no_error (error);
      g_assert_cmpuint (changes->changes->len, ==, vectors[i].n_changes);
    } else {
      g_assert_null (changes);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, vectors[i].message));
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/changes/golden", test_golden);
  g_test_add_func ("/wire/changes/every-kind", test_every_kind);
  g_test_add_func ("/wire/changes/broken", test_broken);
  return g_test_run ();
}

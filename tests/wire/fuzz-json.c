/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-json.h"
#include "upkeep-problem.h"

#include <string.h>

/* A libFuzzer target, built by -Dfuzz=true with clang. Run it over the seeds:
 * fuzz-json -max_len=4096 CORPUS tests/data/json */

#define MAX_BYTES ((gsize) 1024 * 1024)

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* What the scanner took, written and read again, is the same value, and another reader of JSON
 * takes it for that value as well. */
static void
check_round_trip (JsonNode *node, GBytes *bytes)
{
  g_autoptr (GBytes) printed = upkeep_json_print (node);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) again = upkeep_json_parse (printed, G_MAXSIZE, &error);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *canonical = upkeep_json_canonical (node);
  g_autofree char *canonical_again = NULL;
  g_autofree char *canonical_theirs = NULL;

  g_assert_no_error (error);
  canonical_again = upkeep_json_canonical (again);
  g_assert_cmpstr (canonical, ==, canonical_again);

  json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                              (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  canonical_theirs = upkeep_json_canonical (json_parser_get_root (parser));
  g_assert_cmpstr (canonical, ==, canonical_theirs);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) marked_error = NULL;
  g_autoptr (JsonNode) node = upkeep_json_parse (bytes, MAX_BYTES, &error);
  g_autoptr (JsonNode) marked =
      upkeep_json_parse_full (bytes, MAX_BYTES, UPKEEP_JSON_NUMBERS_MARKED, &marked_error);
  g_autoptr (UpkeepProblem) problem = upkeep_problem_new_from_bytes (bytes, MAX_BYTES, NULL);

  /* Marking numbers changes the outcome where a number is all that is wrong, and nowhere else. */
  g_assert_true ((node != NULL) == (error == NULL));
  g_assert_true ((marked != NULL) == (error == NULL || g_error_matches (error, UPKEEP_WIRE_ERROR,
                                                                        UPKEEP_WIRE_ERROR_VALUE)));
  if (node != NULL)
    check_round_trip (node, bytes);
  if (marked != NULL) {
    g_autofree char *canonical = upkeep_json_canonical (marked);

    g_assert_true (g_utf8_validate (canonical, -1, NULL));
  }
  if (problem != NULL) {
    g_autoptr (GBytes) printed = upkeep_problem_to_bytes (problem);

    g_assert_cmpuint (g_bytes_get_size (printed), >, 0);
  }
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-json.h"
#include "upkeep-problem.h"

#include <string.h>

#define MAX_BYTES ((gsize) 64 * 1024)

static UpkeepProblem *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return upkeep_problem_new_from_bytes (bytes, MAX_BYTES, error);
}

static void
assert_document (const UpkeepProblem *problem, const char *expected)
{
  g_autoptr (GBytes) bytes = upkeep_problem_to_bytes (problem);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpstr (text, ==, expected);
}

/* CONTRACT 3, 5 and 8 */
static void
test_codes (void)
{
  static const struct {
    const char *name;
    guint status;
  } vectors[] = {
      {"malformed", 400},
      {"idempotency_key_required", 400},
      {"unauthorized", 401},
      {"payment_declined", 402},
      {"forbidden", 403},
      {"mode_not_in_plan", 403},
      {"not_found", 404},
      {"method_not_allowed", 405},
      {"idempotency_in_progress", 409},
      {"quote_stale", 409},
      {"quote_already_accepted", 409},
      {"not_allowed", 409},
      {"queue_full", 409},
      {"out_of_fast_time", 409},
      {"feature_suspended", 409},
      {"active_subscription_required", 409},
      {"job_not_running", 409},
      {"edition_change_refused", 409},
      {"nothing_cancelled", 409},
      {"issue_not_paid", 409},
      {"issue_refunded", 409},
      {"quote_expired", 410},
      {"body_too_large", 413},
      {"unsupported_media_type", 415},
      {"invalid_value", 422},
      {"unknown_member", 422},
      {"idempotency_key_reused", 422},
      {"clock_backwards", 422},
      {"payment_method_unsupported", 422},
      {"rate_limited", 429},
      {"store_unavailable", 503},
  };

  g_test_summary ("Each code of the contract has its status, and the other way round.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    UpkeepProblemCode code = upkeep_problem_code_from_string (vectors[i].name);

    g_test_message ("%s", vectors[i].name);
    g_assert_cmpint (code, !=, UPKEEP_PROBLEM_OTHER);
    g_assert_cmpuint (upkeep_problem_code_get_status (code), ==, vectors[i].status);
  }

  g_assert_null (upkeep_problem_code_to_string (UPKEEP_PROBLEM_OTHER));
  g_assert_cmpint (upkeep_problem_code_from_string ("teapot"), ==, UPKEEP_PROBLEM_OTHER);
  g_assert_cmpint (upkeep_problem_code_from_string (""), ==, UPKEEP_PROBLEM_OTHER);
  for (guint code = UPKEEP_PROBLEM_OTHER + 1; code < UPKEEP_N_PROBLEM_CODES; code++) {
    const char *name = upkeep_problem_code_to_string ((UpkeepProblemCode) code);
    guint status = upkeep_problem_code_get_status ((UpkeepProblemCode) code);

    g_assert_nonnull (name);
    g_assert_cmpint (upkeep_problem_code_from_string (name), ==, (UpkeepProblemCode) code);
    g_assert_true (status >= 400 && status <= 599);
  }
}

static void
test_document (void)
{
  g_autoptr (UpkeepProblem) plain = upkeep_problem_new (UPKEEP_PROBLEM_NOT_FOUND, NULL);
  g_autoptr (JsonObject) extra = json_object_new ();
  g_autoptr (UpkeepProblem) full = NULL;
  g_autoptr (UpkeepProblem) other = NULL;

  g_test_summary ("A problem is written as RFC 9457 has it.");

  assert_document (plain, "{\"type\":\"urn:upkeep:problem:not_found\","
                          "\"title\":\"There is nothing here\",\"status\":404,"
                          "\"detail\":\"There is nothing here\",\"code\":\"not_found\"}");

  json_object_set_string_member (extra, "decline_code", "generic_decline");
  full =
      upkeep_problem_new_full (UPKEEP_PROBLEM_PAYMENT_DECLINED, 409, "No <money>", "plan", extra);
  assert_document (full, "{\"type\":\"urn:upkeep:problem:payment_declined\","
                         "\"title\":\"The payment was declined\",\"status\":409,"
                         "\"detail\":\"No \\u003cmoney>\",\"code\":\"payment_declined\","
                         "\"member\":\"plan\",\"decline_code\":\"generic_decline\"}");

  other = upkeep_problem_new_named (418, "teapot", NULL);
  g_assert_cmpint (upkeep_problem_get_code (other), ==, UPKEEP_PROBLEM_OTHER);
  assert_document (other, "{\"type\":\"urn:upkeep:problem:teapot\","
                          "\"title\":\"The request was not done\",\"status\":418,"
                          "\"detail\":\"The request was not done\",\"code\":\"teapot\"}");
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  static const char text[] =
      "{\"type\":\"urn:upkeep:problem:quote_stale\",\"title\":\"T\",\"status\":409,"
      "\"detail\":\"D\",\"code\":\"quote_stale\",\"member\":\"a.b\","
      "\"quote\":{\"id\":\"q\"},\"changed\":[{\"code\":\"plan_price\",\"amount\":1}]}";
  g_autoptr (UpkeepProblem) problem = parse (text, &error);
  g_autoptr (UpkeepProblem) reference = NULL;

  g_test_summary ("What the service writes the client reads, extra members too.");

  g_assert_no_error (error);
  reference = upkeep_problem_ref (problem);
  g_assert_cmpint (upkeep_problem_get_code (reference), ==, UPKEEP_PROBLEM_QUOTE_STALE);
  g_assert_cmpstr (upkeep_problem_get_code_name (problem), ==, "quote_stale");
  g_assert_cmpuint (upkeep_problem_get_status (problem), ==, 409);
  g_assert_cmpstr (upkeep_problem_get_title (problem), ==, "T");
  g_assert_cmpstr (upkeep_problem_get_detail (problem), ==, "D");
  g_assert_cmpstr (upkeep_problem_get_member (problem), ==, "a.b");
  g_assert_cmpuint (json_object_get_size (upkeep_problem_get_extra (problem)), ==, 2);
  assert_document (problem, text);
}

static void
test_from_bytes (void)
{
  static const struct {
    const char *text;
    int code; /* -1: none */
    UpkeepProblemCode problem;
    const char *detail;
  } vectors[] = {
      {"{\"status\":400,\"code\":\"malformed\"}", -1, UPKEEP_PROBLEM_MALFORMED,
       "The request is malformed"},
      {"{\"status\":599,\"code\":\"new_code\",\"title\":\"T\"}", -1, UPKEEP_PROBLEM_OTHER, "T"},
      {"{\"status\":404,\"code\":\"not_found\",\"detail\":null,\"x\":null}", -1,
       UPKEEP_PROBLEM_NOT_FOUND, "There is nothing here"},
      {"{\"status\":399,\"code\":\"x\"}", UPKEEP_WIRE_ERROR_VALUE, 0, NULL},
      {"{\"status\":600,\"code\":\"x\"}", UPKEEP_WIRE_ERROR_VALUE, 0, NULL},
      {"{\"status\":\"400\",\"code\":\"x\"}", UPKEEP_WIRE_ERROR_MEMBER, 0, NULL},
      {"{\"code\":\"x\"}", UPKEEP_WIRE_ERROR_MEMBER, 0, NULL},
      {"{\"status\":400}", UPKEEP_WIRE_ERROR_MEMBER, 0, NULL},
      {"{\"status\":400,\"code\":\"\"}", UPKEEP_WIRE_ERROR_VALUE, 0, NULL},
      {"{\"status\":400,\"code\":\"a b\"}", UPKEEP_WIRE_ERROR_VALUE, 0, NULL},
      {"{\"status\":400,\"code\":\"x\",\"detail\":1}", UPKEEP_WIRE_ERROR_MEMBER, 0, NULL},
      {"[]", UPKEEP_WIRE_ERROR_SYNTAX, 0, NULL},
      {"<html>", UPKEEP_WIRE_ERROR_SYNTAX, 0, NULL},
      {"", UPKEEP_WIRE_ERROR_SYNTAX, 0, NULL},
  };
  g_autoptr (GError) size_error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{\"status\":400,\"code\":\"a\"}", 25);
  g_autoptr (UpkeepProblem) fits = NULL;
  g_autoptr (UpkeepProblem) too_large = NULL;

  g_test_summary ("A problem document is read with care; newer codes keep their text.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepProblem) problem = parse (vectors[i].text, &error);

    g_test_message ("%s", vectors[i].text);
    if (vectors[i].code < 0) {
      g_assert_no_error (error);
      g_assert_cmpint (upkeep_problem_get_code (problem), ==, vectors[i].problem);
      g_assert_cmpstr (upkeep_problem_get_detail (problem), ==, vectors[i].detail);
      g_assert_null (upkeep_problem_get_member (problem));
      g_assert_null (upkeep_problem_get_extra (problem));
    } else {
      g_assert_error (error, UPKEEP_WIRE_ERROR, vectors[i].code);
      g_assert_null (problem);
    }
  }

  fits = upkeep_problem_new_from_bytes (bytes, 25, &size_error);
  g_assert_no_error (size_error);
  too_large = upkeep_problem_new_from_bytes (bytes, 24, &size_error);
  g_assert_error (size_error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_SIZE);
}

static void
test_for_error (void)
{
  static const struct {
    UpkeepWireError code;
    const char *message;
    UpkeepProblemCode problem;
    const char *member;
  } vectors[] = {
      {UPKEEP_WIRE_ERROR_SYNTAX, "byte 0: empty", UPKEEP_PROBLEM_MALFORMED, NULL},
      {UPKEEP_WIRE_ERROR_SIZE, "2 bytes", UPKEEP_PROBLEM_BODY_TOO_LARGE, NULL},
      {UPKEEP_WIRE_ERROR_MEMBER, "plan: missing", UPKEEP_PROBLEM_INVALID_VALUE, "plan"},
      {UPKEEP_WIRE_ERROR_VALUE, "a[0].b: none of x", UPKEEP_PROBLEM_INVALID_VALUE, "a[0].b"},
      {UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, "x: unknown member", UPKEEP_PROBLEM_UNKNOWN_MEMBER, "x"},
  };

  g_test_summary ("What the scanner and the readers refuse becomes the answer to the request.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error =
        g_error_new_literal (UPKEEP_WIRE_ERROR, (int) vectors[i].code, vectors[i].message);
    g_autoptr (UpkeepProblem) problem = upkeep_problem_new_for_error (error);

    g_test_message ("%s", vectors[i].message);
    g_assert_cmpint (upkeep_problem_get_code (problem), ==, vectors[i].problem);
    g_assert_cmpuint (upkeep_problem_get_status (problem), ==,
                      upkeep_problem_code_get_status (vectors[i].problem));
    g_assert_cmpstr (upkeep_problem_get_member (problem), ==, vectors[i].member);
    g_assert_cmpstr (upkeep_problem_get_detail (problem), ==, vectors[i].message);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/problem/codes", test_codes);
  g_test_add_func ("/wire/problem/document", test_document);
  g_test_add_func ("/wire/problem/round-trip", test_round_trip);
  g_test_add_func ("/wire/problem/from-bytes", test_from_bytes);
  g_test_add_func ("/wire/problem/for-error", test_for_error);
  return g_test_run ();
}

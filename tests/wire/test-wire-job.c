/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-job.h"

#include "upkeep-wire-account.h"
#include "upkeep-wire-test.h"

typedef struct {
  const char *text;
  int code; /* of a UPKEEP_WIRE_ERROR; -1 when it is taken */
} Body;

static void
test_request (void)
{
  const Body vectors[] = {
      {"{\"id\":\"j\",\"account\":\"a\"}", -1},
      {"{\"id\":\"j\",\"account\":\"a\",\"mode\":null,\"reserve\":null}", -1},
      {"{\"id\":\"j\",\"account\":\"a\",\"reserve\":0}", -1},
      {"{\"id\":\"j\",\"account\":\"a\",\"mode\":\"fast\",\"reserve\":1000000000000}", -1},
      {"{\"id\":\"j\",\"account\":\"a\",\"reserve\":1000000000001}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"id\":\"j\",\"account\":\"a\",\"reserve\":-1}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"id\":\"j\",\"account\":\"a\",\"reserve\":\"1\"}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{\"id\":\"\",\"account\":\"a\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"id\":\"a job\",\"account\":\"a\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"id\":7,\"account\":\"a\"}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{\"account\":\"a\"}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{\"id\":\"j\"}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{\"id\":\"j\",\"account\":\"a\",\"mode\":\"\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"id\":\"j\",\"account\":\"a\",\"priority\":1}", UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = parse_text (vectors[i].text);
    g_autoptr (UpkeepJobRequest) request = NULL;
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", vectors[i].text);
    request = upkeep_wire_parse_job_request (node, &error);
    if (vectors[i].code < 0) {
      g_assert_no_error (error);
      g_assert_cmpstr (request->id, ==, "j");
      g_assert_cmpstr (request->account, ==, "a");
      g_assert_cmpstr (request->mode, ==, i == 3 ? "fast" : NULL);
      g_assert_cmpint (request->reserve, ==, i == 3 ? UPKEEP_UNITS_MAX : 0);
    } else {
      g_assert_error (error, UPKEEP_WIRE_ERROR, vectors[i].code);
      g_assert_null (request);
    }
  }
}

/* An id has a bound. */
static void
test_long_id (void)
{
  for (int n = UPKEEP_EVENT_ID_MAX_BYTES; n <= UPKEEP_EVENT_ID_MAX_BYTES + 1; n++) {
    g_autofree char *id = g_strnfill (n, 'j');
    g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"account\":\"a\"}", id);
    g_autoptr (JsonNode) node = parse_text (text);
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepJobRequest) request = upkeep_wire_parse_job_request (node, &error);

    g_assert_true ((request != NULL) == (n == UPKEEP_EVENT_ID_MAX_BYTES));
    if (request == NULL)
      g_assert_error (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_VALUE);
  }
}

static void
test_report (void)
{
  const Body vectors[] = {
      {"{\"gpu_seconds\":0,\"images\":0,\"result\":\"ok\"}", -1},
      {"{\"gpu_seconds\":1000000000000,\"images\":4,\"result\":\"error\"}", -1},
      {"{\"gpu_seconds\":1000000000001,\"images\":4,\"result\":\"ok\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"gpu_seconds\":-1,\"images\":4,\"result\":\"ok\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"gpu_seconds\":1,\"images\":-1,\"result\":\"ok\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"gpu_seconds\":1,\"images\":1,\"result\":\"fine\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"images\":1,\"result\":\"ok\"}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{\"gpu_seconds\":1,\"result\":\"ok\"}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{\"gpu_seconds\":1,\"images\":1}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{\"gpu_seconds\":1,\"images\":1,\"result\":\"ok\",\"mode\":\"fast\"}",
       UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = parse_text (vectors[i].text);
    g_autoptr (GError) error = NULL;
    UpkeepJobReport report = {FALSE, -1, -1};

    g_test_message ("%s", vectors[i].text);
    if (upkeep_wire_parse_job_report (node, &report, &error)) {
      g_assert_cmpint (vectors[i].code, ==, -1);
      g_assert_true (report.is_ok == (i == 0));
      g_assert_cmpint (report.quantity, ==, i == 0 ? 0 : UPKEEP_UNITS_MAX);
      g_assert_cmpint (report.images, ==, i == 0 ? 0 : 4);
    } else {
      g_assert_error (error, UPKEEP_WIRE_ERROR, vectors[i].code);
      g_assert_cmpint (report.quantity, ==, -1);
    }
  }
}

static void
assert_printed (JsonNode *node, const char *expected)
{
  g_autofree char *text = print_text (node);

  g_assert_cmpstr (text, ==, expected);
  json_node_unref (node);
}

static void
test_print (void)
{
  const UpkeepJobRecord record = {
      .id = "j",
      .account = "a",
      .mode = "fast",
      .job = {3, 0, 60, UPKEEP_JOB_QUEUED, UPKEEP_INSTANT_NONE},
      .position = 2,
      .taken_at_s = 0,
  };
  UpkeepJobRecord done = record;

  assert_printed (upkeep_wire_print_job_answer (0), "{\"state\":\"running\",\"position\":null}");
  assert_printed (upkeep_wire_print_job_answer (10), "{\"state\":\"queued\",\"position\":10}");
  assert_printed (upkeep_wire_print_job (&record),
                  "{\"id\":\"j\",\"account\":\"a\",\"mode\":\"fast\",\"reserve\":60,"
                  "\"state\":\"queued\",\"position\":2,\"taken_at\":\"1970-01-01T00:00:00Z\","
                  "\"ended_at\":null,\"quantity\":null,\"images\":null}");

  done.mode = NULL;
  done.job.state = UPKEEP_JOB_DONE;
  done.job.ended_at_s = 61;
  done.position = 0;
  done.quantity = 59;
  done.images = 4;
  assert_printed (upkeep_wire_print_job (&done),
                  "{\"id\":\"j\",\"account\":\"a\",\"mode\":null,\"reserve\":60,"
                  "\"state\":\"done\",\"position\":null,\"taken_at\":\"1970-01-01T00:00:00Z\","
                  "\"ended_at\":\"1970-01-01T00:01:01Z\",\"quantity\":59,\"images\":4}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/job/request", test_request);
  g_test_add_func ("/wire/job/long-id", test_long_id);
  g_test_add_func ("/wire/job/report", test_report);
  g_test_add_func ("/wire/job/print", test_print);
  return g_test_run ();
}

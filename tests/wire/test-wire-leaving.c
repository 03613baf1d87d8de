/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-leaving.h"

/* B-02: four answers, and words of one's own within a bound. */
static void
test_leave_words (void)
{
  static const struct {
    const char *body;
    const char *message; /* NULL: it is good */
    UpkeepLeaveReason reason;
    const char *text;
  } vectors[] = {
      {"{\"reason\":\"budget\"}", NULL, UPKEEP_LEAVE_BUDGET, NULL},
      {"{\"reason\":\"priorities\",\"text\":null}", NULL, UPKEEP_LEAVE_PRIORITIES, NULL},
      {"{\"reason\":\"alternatives\",\"text\":\"\"}", NULL, UPKEEP_LEAVE_ALTERNATIVES, NULL},
      {"{\"reason\":\"other\",\"text\":\"So\"}", NULL, UPKEEP_LEAVE_OTHER, "So"},
      {"{}", "reason: missing", 0, NULL},
      {"{\"reason\":\"Budget\"}", "reason: none of budget, priorities, alternatives, other", 0,
       NULL},
      {"{\"reason\":\"other\",\"text\":1}", "text: not a string", 0, NULL},
      {"{\"reason\":\"other\",\"mood\":\"bad\"}", "mood: unknown member", 0, NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = json_from_string (vectors[i].body, NULL);
    g_autoptr (JsonNode) again = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepLeaveWords) words = upkeep_wire_parse_leave_words (node, &error);
    g_autoptr (UpkeepLeaveWords) copy = NULL;

    g_test_message ("%s", vectors[i].body);
    if (vectors[i].message != NULL) {
      g_assert_null (words);
      g_assert_cmpstr (error->message, ==, vectors[i].message);
      continue;
    }
    g_assert_no_error (error);
    again = upkeep_wire_print_leave_words (words);
    copy = upkeep_wire_parse_leave_words (again, &error);
    g_assert_no_error (error);
    g_assert_cmpint (copy->reason, ==, vectors[i].reason);
    g_assert_cmpstr (copy->text, ==, vectors[i].text);
  }
}

static void
test_text_bound (void)
{
  for (guint length = UPKEEP_LEAVE_TEXT_MAX_CHARS; length <= UPKEEP_LEAVE_TEXT_MAX_CHARS + 1;
       length++) {
    g_autofree char *text = g_strnfill (length, 'x');
    g_autoptr (JsonNode) node = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepLeaveWords) words = NULL;

    node = upkeep_wire_print_leave_words (&(UpkeepLeaveWords){UPKEEP_LEAVE_OTHER, text});
    words = upkeep_wire_parse_leave_words (node, &error);
    g_assert_cmpint (words != NULL, ==, length == UPKEEP_LEAVE_TEXT_MAX_CHARS);
  }
}

static void
test_shipment_request (void)
{
  static const struct {
    const char *body;
    const char *message; /* NULL: it is good */
  } vectors[] = {
      {"{\"account\":\"a1\",\"issue\":1}", NULL},
      {"{\"account\":\"a1\",\"issue\":1000000000000}", NULL},
      {"{\"account\":\"a1\",\"issue\":0}", "issue: 0 is outside 1 to 1000000000000"},
      {"{\"account\":\"a1\",\"issue\":1000000000001}",
       "issue: 1000000000001 is outside 1 to 1000000000000"},
      {"{\"issue\":1}", "account: missing"},
      {"{\"account\":\"a1\",\"issue\":1,\"by\":2}", "by: unknown member"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = json_from_string (vectors[i].body, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepShipmentRequest) request = upkeep_wire_parse_shipment_request (node, &error);

    g_test_message ("%s", vectors[i].body);
    g_assert_cmpstr (error != NULL ? error->message : NULL, ==, vectors[i].message);
    g_assert_true ((request != NULL) == (vectors[i].message == NULL));
  }
}

/* 0.34: which invoice paid it, and whether it has shipped. */
static void
test_issue (void)
{
  UpkeepIssue issue = {
      .number = 2,
      .invoice = (char *) "ABC1DEF2-0003",
      .paid_at_s = 0,
      .shipped_at_s = UPKEEP_INSTANT_NONE,
      .refunded_at_s = 60,
  };
  g_autoptr (JsonNode) node = upkeep_wire_print_issue ("a1", &issue);
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"account\":\"a1\",\"issue\":2,\"invoice\":\"ABC1DEF2-0003\","
                   "\"paid_at\":\"1970-01-01T00:00:00Z\",\"shipped_at\":null,"
                   "\"refunded_at\":\"1970-01-01T00:01:00Z\"}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/leaving/leave-words", test_leave_words);
  g_test_add_func ("/wire/leaving/text-bound", test_text_bound);
  g_test_add_func ("/wire/leaving/shipment-request", test_shipment_request);
  g_test_add_func ("/wire/leaving/issue", test_issue);
  return g_test_run ();
}

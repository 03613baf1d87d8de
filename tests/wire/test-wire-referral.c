/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-json.h"
#include "upkeep-wire-error.h"
#include "upkeep-wire-referral.h"

#include <string.h>

static UpkeepReferralReport *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonNode) node = upkeep_json_parse (bytes, strlen (text), NULL);

  g_assert_nonnull (node);
  return upkeep_wire_parse_referral (node, error);
}

static void
test_read (void)
{
  static const struct {
    const char *text;
    UpkeepReferralEvent event;
    const char *message; /* NULL: accepted */
  } vectors[] = {
      {"{\"id\":\"r1\",\"account\":\"a1\",\"event\":\"signup\"}", UPKEEP_REFERRAL_SIGNUP, NULL},
      {"{\"id\":\"r1\",\"account\":\"a1\",\"event\":\"payment\"}", UPKEEP_REFERRAL_PAYMENT, NULL},
      {"{\"account\":\"a1\",\"event\":\"signup\"}", 0, "id: missing"},
      {"{\"id\":\"r1\",\"event\":\"signup\"}", 0, "account: missing"},
      {"{\"id\":\"r1\",\"account\":\"a1\"}", 0, "event: missing"},
      {"{\"id\":\"r1\",\"account\":\"a1\",\"event\":\"trade\"}", 0,
       "event: none of signup, payment"},
      {"{\"id\":\"r1\",\"account\":\"a1\",\"event\":\"signup\",\"n\":1}", 0, "n: unknown member"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepReferralReport) report = parse (vectors[i].text, &error);

    g_test_message ("%s", vectors[i].text);
    if (vectors[i].message == NULL) {
      g_assert_no_error (error);
      g_assert_cmpstr (report->id, ==, "r1");
      g_assert_cmpstr (report->account, ==, "a1");
      g_assert_cmpint (report->event, ==, vectors[i].event);
    } else {
      g_assert_null (report);
      g_assert_cmpuint (error->domain, ==, UPKEEP_WIRE_ERROR);
      g_assert_cmpstr (error->message, ==, vectors[i].message);
    }
  }
}

static void
test_print (void)
{
  UpkeepReferralReport report = {(char *) "r1", (char *) "a1", UPKEEP_REFERRAL_PAYMENT};
  UpkeepReferralRecord record = {11, {400, 60}, 3, 0};
  g_autoptr (JsonNode) given = upkeep_wire_print_referral (&report, &record);
  g_autofree char *with_grant = json_to_string (given, FALSE);
  g_autoptr (JsonNode) nothing = NULL;
  g_autofree char *without = NULL;

  g_assert_cmpstr (with_grant, ==,
                   "{\"id\":\"r1\",\"account\":\"a1\",\"event\":\"payment\",\"signups\":11,"
                   "\"quantity\":400,\"bonus_percent\":60,\"grant\":\"3\","
                   "\"at\":\"1970-01-01T00:00:00Z\"}");
  report.event = UPKEEP_REFERRAL_SIGNUP;
  record = (UpkeepReferralRecord){12, {0, 0}, 0, 1};
  nothing = upkeep_wire_print_referral (&report, &record);
  without = json_to_string (nothing, FALSE);
  g_assert_cmpstr (without, ==,
                   "{\"id\":\"r1\",\"account\":\"a1\",\"event\":\"signup\",\"signups\":12,"
                   "\"quantity\":0,\"bonus_percent\":0,\"grant\":null,"
                   "\"at\":\"1970-01-01T00:00:01Z\"}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/referral/read", test_read);
  g_test_add_func ("/wire/referral/print", test_print);
  return g_test_run ();
}

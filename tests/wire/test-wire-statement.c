/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-statement.h"

#include "upkeep-wire-test.h"

/* CONTRACT section 4: absent things are null, not missing. */
static void
test_golden (void)
{
  const char *const names[] = {"account-active", "account-past-due", "account-none",
                               "account-cancelled", "account-credits"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (JsonNode) golden = load_golden (names[i]);
    g_autoptr (JsonNode) printed = NULL;
    g_autoptr (UpkeepStatement) statement = NULL;
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", names[i]);
    statement = upkeep_wire_parse_statement (golden, &error);
    g_assert_no_error (error);
    printed = upkeep_wire_print_statement (statement);
    assert_same_document (printed, golden);
  }
}

static UpkeepStatement *
parse_golden (const char *name)
{
  g_autoptr (JsonNode) golden = load_golden (name);
  g_autoptr (GError) error = NULL;
  UpkeepStatement *statement = upkeep_wire_parse_statement (golden, &error);

  g_assert_no_error (error);
  return statement;
}

static void
test_values (void)
{
  g_autoptr (UpkeepStatement) active = parse_golden ("account-active");
  g_autoptr (UpkeepStatement) past_due = parse_golden ("account-past-due");
  g_autoptr (UpkeepStatement) none = parse_golden ("account-none");
  g_autoptr (UpkeepStatement) credits = parse_golden ("account-credits");
  const UpkeepStatementMeter *meter;
  const UpkeepStatementFeature *feature;

  g_assert_cmpstr (active->currency, ==, "USD");
  g_assert_cmpint (active->version, ==, 17);
  g_assert_cmpint (active->state, ==, UPKEEP_STATE_ACTIVE);
  g_assert_cmpint (active->price_minor, ==, 3000);
  g_assert_cmpint (active->scheduled, ==, UPKEEP_SCHEDULED_SWITCH);
  g_assert_cmpstr (active->scheduled_plan, ==, "basic");
  g_assert_cmpint (active->next_charge_minor, ==, 1732);
  g_assert_cmpint (active->ends_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_false (active->is_past_due);
  g_assert_cmpuint (active->meters->len, ==, 2);
  meter = g_ptr_array_index (active->meters, 0);
  g_assert_cmpuint (meter->grants->len, ==, 3);
  g_assert_cmpint (meter->spendable, ==, 36000);
  meter = g_ptr_array_index (active->meters, 1);
  g_assert_true (meter->unlimited);
  g_assert_cmpstr (meter->unit, ==, "gpu_second"); /* from its sibling */
  g_assert_cmpint (meter->wait_min_minutes, ==, 1);
  g_assert_cmpint (meter->wait_max_minutes, ==, 10);
  g_assert_cmpint (meter->wait_estimate_minutes, ==, 2);
  g_assert_cmpint (active->running[0], ==, 1);
  g_assert_cmpint (active->running_total_limit, ==, 3);
  g_assert_cmpint (active->waiting_limit, ==, 10);
  g_assert_cmpint (active->waiting, ==, 3);
  g_assert_cmpint (active->queued[0], ==, 2);
  g_assert_cmpint (active->queued[1], ==, 1);
  g_assert_cmpint (active->unbilled_minor, ==, 732);
  g_assert_cmpint (active->lifetime_units, ==, 27540);

  /* the modes of the queue count apart. */
  g_assert_cmpint (past_due->running_total_limit, ==, 0);
  g_assert_cmpint (past_due->running_limit[0], ==, 12);
  g_assert_cmpint (past_due->running_limit[1], ==, 3);
  g_assert_cmpstr (past_due->queue_modes[1], ==, "relax");
  g_assert_true (past_due->is_past_due);
  g_assert_cmpint (past_due->past_due_minor, ==, 58332);
  g_assert_cmpint (past_due->next_retry_at_s, ==, UPKEEP_INSTANT_NONE);
  feature = g_ptr_array_index (past_due->features, 0);
  g_assert_cmpstr (feature->code, ==, "active_subscription_required");

  g_assert_false (none->has_period);
  g_assert_false (none->has_payment_method);
  g_assert_false (none->has_metered);
  g_assert_cmpint (none->interval, ==, UPKEEP_INTERVAL_NONE);

  g_assert_cmpuint (g_strv_length (credits->queue_modes), ==, 0);
  g_assert_null (credits->mode);
  g_assert_cmpstr (credits->suspended[0], ==, "chat");
  g_assert_cmpint (credits->lifetime_units, ==, 4100);
}

static void
test_broken (void)
{
  const Broken vectors[] = {
      {"account-active", "id", "7", UPKEEP_WIRE_ERROR_MEMBER, "id: "},
      {"account-active", "version", "-1", UPKEEP_WIRE_ERROR_VALUE, "version: "},
      {"account-active", "now", "\"yesterday\"", UPKEEP_WIRE_ERROR_VALUE, "now: "},
      {"account-active", "email", NULL, UPKEEP_WIRE_ERROR_MEMBER, "email: "},
      {"account-active", "subscription", "null", UPKEEP_WIRE_ERROR_MEMBER, "subscription: "},
      {"account-active", "subscription.state", "\"happy\"", UPKEEP_WIRE_ERROR_VALUE,
       "subscription.state: "},
      {"account-active", "subscription.price", "null", UPKEEP_WIRE_ERROR_VALUE,
       "subscription.price: "},
      {"account-active", "subscription.price.amount", "3000.0", UPKEEP_WIRE_ERROR_VALUE,
       "subscription.price.amount: "},
      {"account-active", "subscription.ever_subscribed", "1", UPKEEP_WIRE_ERROR_MEMBER,
       "subscription.ever_subscribed: "},
      {"account-active", "subscription.period.end", "\"2026-05-01T00:00:00Z\"",
       UPKEEP_WIRE_ERROR_VALUE, "subscription.period.end: "},
      {"account-active", "subscription.period.end", "\"2026-05-01T00:00:01Z\"", -1, NULL},
      {"account-active", "subscription.scheduled.kind", "\"party\"", UPKEEP_WIRE_ERROR_VALUE,
       "subscription.scheduled.kind: "},
      {"account-active", "subscription.next_charge.total.currency", "\"EUR\"",
       UPKEEP_WIRE_ERROR_VALUE, "subscription.next_charge.total.currency: "},
      {"account-past-due", "subscription.past_due.since", "null", UPKEEP_WIRE_ERROR_MEMBER,
       "subscription.past_due.since: "},
      {"account-active", "meters", "{}", UPKEEP_WIRE_ERROR_MEMBER, "meters: "},
      {"account-active", "meters.0.unlimited", NULL, UPKEEP_WIRE_ERROR_MEMBER,
       "meters[0].unlimited: "},
      {"account-active", "meters.0.unit", "null", UPKEEP_WIRE_ERROR_MEMBER, "meters[0].unit: "},
      {"account-active", "meters.0.used", "-1", UPKEEP_WIRE_ERROR_VALUE, "meters[0].used: "},
      {"account-active", "meters.0.spendable", "9223372036854775808", UPKEEP_WIRE_ERROR_VALUE,
       "meters[0].spendable: "},
      {"account-active", "meters.0.grants.0.remaining", "54000", -1, NULL},
      {"account-active", "meters.0.grants.0.remaining", "54001", UPKEEP_WIRE_ERROR_VALUE,
       "meters[0].grants[0].remaining: "},
      {"account-active", "meters.1.wait_minutes", "[1]", UPKEEP_WIRE_ERROR_VALUE,
       "meters[1].wait_minutes: "},
      {"account-active", "queue.running", "{\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0}",
       UPKEEP_WIRE_ERROR_VALUE, "queue.running: "},
      {"account-active", "queue.running", "{\"a\":0,\"b\":0,\"c\":0,\"d\":0}", -1, NULL},
      {"account-active", "queue.running.fast", "2147483648", UPKEEP_WIRE_ERROR_VALUE,
       "queue.running.fast: "},
      {"account-active", "queue.queued.relax", "-1", UPKEEP_WIRE_ERROR_VALUE,
       "queue.queued.relax: "},
      {"account-active", "queue.queued", "[]", UPKEEP_WIRE_ERROR_MEMBER, "queue.queued: "},
      {"account-active", "queue.queued", NULL, -1, NULL},
      {"account-active", "queue.limits", NULL, UPKEEP_WIRE_ERROR_MEMBER, "queue.limits: "},
      {"account-active", "features.3", "{\"id\":\"x\"}", UPKEEP_WIRE_ERROR_MEMBER,
       "features[3].allowed: "},
      {"account-active", "suspended", "null", UPKEEP_WIRE_ERROR_MEMBER, "suspended: "},
      {"account-active", "suspended.0", "[]", UPKEEP_WIRE_ERROR_MEMBER, "suspended[0]: "},
      {"account-active", "payment_method.exp_month", "13", UPKEEP_WIRE_ERROR_VALUE,
       "payment_method.exp_month: "},
      {"account-active", "payment_method.last4", "\"42424\"", UPKEEP_WIRE_ERROR_VALUE,
       "payment_method.last4: "},
      {"account-active", "balance", NULL, UPKEEP_WIRE_ERROR_MEMBER, "balance: "},
      {"account-active", "metered.unbilled", "732", UPKEEP_WIRE_ERROR_MEMBER, "metered.unbilled: "},
      {"account-active", "lifetime.gpu_seconds", NULL, UPKEEP_WIRE_ERROR_MEMBER,
       "lifetime.gpu_seconds: "},
      {"account-active", "notices.0.at", "null", UPKEEP_WIRE_ERROR_MEMBER, "notices[0].at: "},
      /* newer than we are */
      {"account-active", "mood", "\"good\"", -1, NULL},
      {"account-active", "notices.0.code", "\"price_change\"", -1, NULL},
      {"account-none", "features.3.code", "\"under_age\"", -1, NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = load_golden (vectors[i].golden);
    g_autoptr (UpkeepStatement) statement = NULL;
    g_autoptr (GError) error = NULL;

    edit (node, vectors[i].path, vectors[i].json);
    statement = upkeep_wire_parse_statement (node, &error);
    assert_outcome (&vectors[i], statement != NULL, error);
  }
}

/* What is newer than we are is left out and not taken for something else. */
static void
test_newer (void)
{
  g_autoptr (JsonNode) node = load_golden ("account-none");
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  const UpkeepStatementFeature *feature;

  edit (node, "features.3.code", "\"under_age\"");
  edit (node, "notices.0", "{\"code\":\"price_change\",\"at\":\"2026-05-10T00:00:00Z\"}");
  statement = upkeep_wire_parse_statement (node, &error);
  g_assert_no_error (error);
  feature = g_ptr_array_index (statement->features, 3);
  g_assert_false (feature->allowed);
  g_assert_null (feature->code);
  g_assert_cmpuint (statement->notices->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/statement/golden", test_golden);
  g_test_add_func ("/wire/statement/values", test_values);
  g_test_add_func ("/wire/statement/broken", test_broken);
  g_test_add_func ("/wire/statement/newer", test_newer);
  return g_test_run ();
}

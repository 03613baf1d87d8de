/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-quote.h"

#include "upkeep-wire-test.h"

/* CONTRACT section 5: what is printed is what was read, member by member. */
static void
test_golden (void)
{
  const struct {
    const char *name;
    const char *unit;
  } vectors[] = {
      {"quote-upgrade", "gpu_second"},    {"quote-cancel-refund", "gpu_second"},
      {"quote-cancel-magazine", "issue"}, {"quote-blocked", "gpu_second"},
      {"quote-subscribe-free", "credit"}, {"quote-topup", "gpu_second"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) golden = load_golden (vectors[i].name);
    g_autoptr (JsonNode) printed = NULL;
    g_autoptr (UpkeepQuote) quote = NULL;
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", vectors[i].name);
    quote = upkeep_wire_parse_quote (golden, &error);
    g_assert_no_error (error);
    printed = upkeep_wire_print_quote (quote, vectors[i].unit);
    assert_same_document (printed, golden);
  }
}

static UpkeepQuote *
parse_golden (const char *name)
{
  g_autoptr (JsonNode) golden = load_golden (name);
  g_autoptr (GError) error = NULL;
  UpkeepQuote *quote = upkeep_wire_parse_quote (golden, &error);

  g_assert_no_error (error);
  return quote;
}

static void
test_values (void)
{
  g_autoptr (UpkeepQuote) upgrade = parse_golden ("quote-upgrade");
  g_autoptr (UpkeepQuote) cancel = parse_golden ("quote-cancel-refund");
  g_autoptr (UpkeepQuote) blocked = parse_golden ("quote-blocked");
  const UpkeepOption *option;
  UpkeepBill bill;

  g_assert_cmpstr (upgrade->id, ==, "q_upgrade");
  g_assert_cmpint (upgrade->kind, ==, UPKEEP_QUOTE_SWITCH);
  g_assert_cmpint (upgrade->direction, ==, UPKEEP_DIRECTION_UPGRADE);
  g_assert_cmpint (upgrade->expires_at_s - upgrade->created_at_s, ==, UPKEEP_QUOTE_LIFE_S);
  g_assert_cmpstr (upgrade->meter, ==, "gpu");
  g_assert_cmpstr (upgrade->currency, ==, "USD");
  g_assert_cmpstr (upgrade->from_plan, ==, "basic");
  g_assert_cmpint (upgrade->to_interval, ==, UPKEEP_INTERVAL_MONTH);
  g_assert_null (upgrade->refund_rule);
  option = upkeep_quote_find_option (upgrade, UPKEEP_TIMING_IMMEDIATE);
  g_assert_nonnull (option);
  g_assert_cmpint (option->bill.total_minor, ==, 2500);
  g_assert_true (option->has_grant);
  g_assert_cmpint (option->grant.quantity, ==, 54000);
  g_assert_cmpuint (
      option->effects, ==,
      1U << UPKEEP_EFFECT_RENEWAL_DATE_RESETS | 1U << UPKEEP_EFFECT_SCHEDULED_CHANGE_DROPPED |
          1U << UPKEEP_EFFECT_IMAGES_KEPT | 1U << UPKEEP_EFFECT_COMMERCIAL_RIGHTS_KEPT);
  /* The terms are enough to compute the same lines again. */
  g_assert_true (upkeep_terms_compute (&option->terms, &bill, NULL));
  g_assert_true (upkeep_bill_equal (&bill, &option->bill));

  option = upkeep_quote_find_option (cancel, UPKEEP_TIMING_IMMEDIATE);
  g_assert_true (option->has_refund);
  g_assert_cmpint (option->refund.amount_minor, ==, 2500);
  g_assert_cmpint (option->refund.basis, ==, UPKEEP_REFUND_BASIS_RULE);
  g_assert_cmpint (option->renews_at_s, ==, UPKEEP_INSTANT_NONE);
  g_assert_false (option->has_renewal_total);
  g_assert_cmpstr (cancel->refund_rule->id, ==, "lifetime");
  g_assert_cmpuint (cancel->refund_rule->clauses->len, ==, 2);
  g_assert_cmpint (cancel->refund_rule->at_most_days, ==, 365);
  g_assert_true (cancel->refund_rule->holds);

  g_assert_cmpuint (blocked->blocked->len, ==, 3);
  g_assert_true (upkeep_quote_is_blocked (blocked, UPKEEP_BLOCKED_PAST_DUE));
  g_assert_true (g_array_index (blocked->blocked, UpkeepBlocked, 0).has_measured);
  g_assert_false (g_array_index (blocked->blocked, UpkeepBlocked, 0).has_limit);
  g_assert_cmpint (g_array_index (blocked->blocked, UpkeepBlocked, 2).limit, ==, 1000000);
}

/* RULES 0.37: a bound on refunds that does not hold takes the whole rule with it. */
static void
test_refund_rule (void)
{
  const struct {
    const char *path;
    const char *json;
    gboolean holds;
  } vectors[] = {
      {"refund_rule.id", "\"r\"", TRUE},
      {"refund_rule.any_of.1.holds", "true", TRUE},
      {"refund_rule.any_of.0.holds", "false", FALSE},
      {"refund_rule.at_most.holds", "false", FALSE},
      {"refund_rule.at_most", "null", TRUE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = load_golden ("quote-cancel-refund");
    g_autoptr (UpkeepQuote) quote = NULL;
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", vectors[i].path);
    edit (node, vectors[i].path, vectors[i].json);
    quote = upkeep_wire_parse_quote (node, &error);
    g_assert_no_error (error);
    g_assert_cmpint (quote->refund_rule->holds, ==, vectors[i].holds);
  }
}

static void
test_broken (void)
{
  const Broken vectors[] = {
      {"quote-upgrade", "id", NULL, UPKEEP_WIRE_ERROR_MEMBER, "id: "},
      {"quote-upgrade", "id", "\"\"", UPKEEP_WIRE_ERROR_VALUE, "id: "},
      {"quote-upgrade", "kind", "\"gift\"", UPKEEP_WIRE_ERROR_VALUE, "kind: "},
      {"quote-upgrade", "direction", "7", UPKEEP_WIRE_ERROR_MEMBER, "direction: "},
      {"quote-upgrade", "created_at", "\"2026-05-10\"", UPKEEP_WIRE_ERROR_VALUE, "created_at: "},
      {"quote-upgrade", "expires_at", "null", UPKEEP_WIRE_ERROR_MEMBER, "expires_at: "},
      {"quote-upgrade", "from", "[]", UPKEEP_WIRE_ERROR_MEMBER, "from: "},
      {"quote-upgrade", "from.interval", "\"week\"", UPKEEP_WIRE_ERROR_VALUE, "from.interval: "},
      {"quote-upgrade", "from.plan", NULL, UPKEEP_WIRE_ERROR_MEMBER, "from.plan: "},
      {"quote-upgrade", "blocked", NULL, UPKEEP_WIRE_ERROR_MEMBER, "blocked: "},
      {"quote-upgrade", "blocked.0", "{\"code\":\"past_due\"}", UPKEEP_WIRE_ERROR_VALUE,
       "options: "},
      {"quote-blocked", "blocked.2.code", "\"mood\"", UPKEEP_WIRE_ERROR_VALUE, "blocked[2].code: "},
      {"quote-upgrade", "options", "{}", UPKEEP_WIRE_ERROR_MEMBER, "options: "},
      {"quote-upgrade", "options.1", "3", UPKEEP_WIRE_ERROR_MEMBER, "options[1]: "},
      {"quote-upgrade", "options.1.timing", "\"immediate\"", UPKEEP_WIRE_ERROR_VALUE,
       "options[1].timing: "},
      {"quote-upgrade", "options.0.lines.0.code", "\"tip\"", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].lines[0].code: "},
      {"quote-upgrade", "options.0.lines.0.amount", "\"3000\"", UPKEEP_WIRE_ERROR_MEMBER,
       "options[0].lines[0].amount: "},
      {"quote-upgrade", "options.0.lines.0.amount", "30.5", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].lines[0].amount: "},
      {"quote-upgrade", "options.0.lines.0.amount", "3001", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].total: "},
      {"quote-upgrade", "options.0.lines.1.basis.unused", "-1", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].lines[1].basis.unused: "},
      {"quote-upgrade", "options.0.total", "2500", UPKEEP_WIRE_ERROR_MEMBER, "options[0].total: "},
      {"quote-upgrade", "options.0.total.currency", "\"usd\"", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].total.currency: "},
      {"quote-upgrade", "options.0.total.currency", "\"EUR\"", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].renewal_total.currency: "},
      {"quote-upgrade", "options.0.effective_at", "null", UPKEEP_WIRE_ERROR_MEMBER,
       "options[0].effective_at: "},
      {"quote-upgrade", "options.0.grants.0.quantity", "1000000000001", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].grants[0].quantity: "},
      {"quote-upgrade", "options.0.grants.0.quantity", "1000000000000", -1, NULL},
      {"quote-upgrade", "options.0.grants.0.kind", "\"gift\"", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].grants[0].kind: "},
      {"quote-upgrade", "options.0.grants.1", "{}", UPKEEP_WIRE_ERROR_VALUE, "options[0].grants: "},
      {"quote-upgrade", "options.0.effects.3", "4", UPKEEP_WIRE_ERROR_MEMBER,
       "options[0].effects[3]: "},
      {"quote-upgrade", "options.0.terms", "null", UPKEEP_WIRE_ERROR_MEMBER, "options[0].terms: "},
      {"quote-upgrade", "options.0.terms.credit", "\"magic\"", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].terms.credit: "},
      {"quote-upgrade", "options.0.terms.balance_minor", "-1", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].terms.balance_minor: "},
      {"quote-upgrade", "options.0.terms.currency", "\"$$$\"", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].terms.currency: "},
      {"quote-cancel-refund", "options.0.refund.to", "\"my_friend\"", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].refund.to: "},
      {"quote-cancel-refund", "options.0.refund.expected_by", "\"2026-05-22T00:00:00Z\"",
       UPKEEP_WIRE_ERROR_VALUE, "options[0].refund.expected_by: "},
      {"quote-cancel-refund", "options.0.refund.expected_by", "\"2026-02-30\"",
       UPKEEP_WIRE_ERROR_VALUE, "options[0].refund.expected_by: "},
      {"quote-cancel-refund", "options.0.refund.amount", "-1", UPKEEP_WIRE_ERROR_VALUE,
       "options[0].refund.amount: "},
      {"quote-cancel-refund", "refund_rule.any_of.1.scope", "\"eon\"", UPKEEP_WIRE_ERROR_VALUE,
       "refund_rule.any_of[1].scope: "},
      {"quote-cancel-refund", "refund_rule.at_most.count", "0", UPKEEP_WIRE_ERROR_VALUE,
       "refund_rule.at_most.count: "},
      /* newer than we are */
      {"quote-upgrade", "mood", "\"good\"", -1, NULL},
      {"quote-upgrade", "options.0.mood", "{}", -1, NULL},
      {"quote-upgrade", "options.0.effects.4", "\"confetti\"", -1, NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = load_golden (vectors[i].golden);
    g_autoptr (UpkeepQuote) quote = NULL;
    g_autoptr (GError) error = NULL;

    edit (node, vectors[i].path, vectors[i].json);
    quote = upkeep_wire_parse_quote (node, &error);
    assert_outcome (&vectors[i], quote != NULL, error);
  }
}

/* CONTRACT section 5: the members of each kind, and both sides of their bounds. */
static void
test_requests (void)
{
  const struct {
    const char *text;
    int code;            /* -1: it is read */
    const char *printed; /* NULL: as @text */
  } vectors[] = {
      {"{\"kind\":\"subscribe\",\"plan\":\"basic\",\"interval\":\"month\"}", -1, NULL},
      {"{\"kind\":\"subscribe\",\"plan\":\"basic\"}", UPKEEP_WIRE_ERROR_MEMBER, NULL},
      {"{\"kind\":\"subscribe\",\"plan\":\"basic\",\"interval\":null}", UPKEEP_WIRE_ERROR_MEMBER,
       NULL},
      {"{\"kind\":\"subscribe\",\"interval\":\"month\"}", UPKEEP_WIRE_ERROR_MEMBER, NULL},
      {"{\"kind\":\"subscribe\",\"plan\":\"basic\",\"interval\":\"week\"}", UPKEEP_WIRE_ERROR_VALUE,
       NULL},
      {"{\"kind\":\"subscribe\",\"plan\":\"\",\"interval\":\"year\"}", UPKEEP_WIRE_ERROR_VALUE,
       NULL},
      {"{\"kind\":\"switch\",\"plan\":\"no such plan\",\"interval\":\"year\"}", -1, NULL},
      {"{\"kind\":\"switch\",\"plan\":\"free\"}", -1, NULL},
      {"{\"kind\":\"switch\",\"plan\":\"pro\",\"interval\":\"year\",\"company_revenue_usd\":0}", -1,
       NULL},
      {"{\"kind\":\"switch\",\"plan\":\"pro\",\"interval\":\"year\",\"company_revenue_usd\":null}",
       -1, "{\"kind\":\"switch\",\"plan\":\"pro\",\"interval\":\"year\"}"},
      {"{\"kind\":\"switch\",\"plan\":\"pro\",\"interval\":\"year\",\"company_revenue_usd\":-1}",
       UPKEEP_WIRE_ERROR_VALUE, NULL},
      {"{\"kind\":\"switch\",\"plan\":\"pro\",\"interval\":\"year\",\"company_revenue_usd\":1.5}",
       UPKEEP_WIRE_ERROR_VALUE, NULL},
      {"{\"kind\":\"switch\",\"plan\":\"pro\",\"quantity\":1}", UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER,
       NULL},
      {"{\"kind\":\"cancel\"}", -1, NULL},
      {"{\"kind\":\"cancel\",\"invoice_number\":\"ABC1DEF2-0001\"}", -1, NULL},
      {"{\"kind\":\"cancel\",\"invoice_number\":\"\"}", UPKEEP_WIRE_ERROR_VALUE, NULL},
      {"{\"kind\":\"cancel\",\"reason\":\"budget\"}", -1, "{\"kind\":\"cancel\"}"},
      {"{\"kind\":\"cancel\",\"reason\":3}", UPKEEP_WIRE_ERROR_MEMBER, NULL},
      {"{\"kind\":\"cancel\",\"plan\":\"basic\"}", UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, NULL},
      {"{\"kind\":\"topup\"}", UPKEEP_WIRE_ERROR_MEMBER, NULL},
      {"{\"kind\":\"topup\",\"quantity\":0}", UPKEEP_WIRE_ERROR_VALUE, NULL},
      {"{\"kind\":\"topup\",\"quantity\":1}", -1, NULL},
      {"{\"kind\":\"topup\",\"quantity\":1000000000000}", -1, NULL},
      {"{\"kind\":\"topup\",\"quantity\":1000000000001}", UPKEEP_WIRE_ERROR_VALUE, NULL},
      {"{\"kind\":\"topup\",\"quantity\":\"3600\"}", UPKEEP_WIRE_ERROR_MEMBER, NULL},
      {"{\"kind\":\"resume\"}", -1, NULL},
      {"{\"kind\":\"pay\"}", -1, NULL},
      {"{\"kind\":\"pay\",\"reason\":\"x\"}", UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, NULL},
      {"{\"kind\":\"gift\"}", UPKEEP_WIRE_ERROR_VALUE, NULL},
      {"{}", UPKEEP_WIRE_ERROR_MEMBER, NULL},
      {"[]", UPKEEP_WIRE_ERROR_SYNTAX, NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = parse_text (vectors[i].text);
    g_autoptr (UpkeepQuoteRequest) request = NULL;
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", vectors[i].text);
    request = upkeep_wire_parse_quote_request (node, &error);
    if (vectors[i].code < 0) {
      g_autoptr (JsonNode) printed = NULL;
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      printed = upkeep_wire_print_quote_request (request);
      text = print_text (printed);
      g_assert_cmpstr (text, ==, vectors[i].printed != NULL ? vectors[i].printed : vectors[i].text);
    } else {
      g_assert_error (error, UPKEEP_WIRE_ERROR, vectors[i].code);
      g_assert_null (request);
    }
  }
}

static void
test_accept (void)
{
  const struct {
    const char *text;
    int code; /* -1: it is read */
    UpkeepTiming timing;
  } vectors[] = {
      {"{\"timing\":\"immediate\"}", -1, UPKEEP_TIMING_IMMEDIATE},
      {"{\"timing\":\"period_end\"}", -1, UPKEEP_TIMING_PERIOD_END},
      {"{\"timing\":\"later\"}", UPKEEP_WIRE_ERROR_VALUE, 0},
      {"{\"timing\":null}", UPKEEP_WIRE_ERROR_MEMBER, 0},
      {"{}", UPKEEP_WIRE_ERROR_MEMBER, 0},
      {"{\"timing\":\"immediate\",\"price\":1}", UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, 0},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = parse_text (vectors[i].text);
    g_autoptr (GError) error = NULL;
    UpkeepTiming timing = 77;

    g_test_message ("%s", vectors[i].text);
    if (upkeep_wire_parse_accept (node, &timing, &error)) {
      g_autoptr (JsonNode) printed = upkeep_wire_print_accept (timing);

      g_assert_cmpint (vectors[i].code, ==, -1);
      g_assert_cmpint (timing, ==, vectors[i].timing);
      assert_same_document (printed, node);
    } else {
      g_assert_error (error, UPKEEP_WIRE_ERROR, vectors[i].code);
      g_assert_cmpint (timing, ==, 77);
    }
  }
}

/* CONTRACT section 8, Accept: a line whose basis changed is a changed line. */
static void
test_changed (void)
{
  g_autoptr (UpkeepQuote) quote = parse_golden ("quote-upgrade");
  const UpkeepBill *promised = &upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE)->bill;
  UpkeepBill same = *promised, other_basis = *promised, other_amount = *promised, other = {0};
  const struct {
    const UpkeepBill *now;
    const char *text;
  } vectors[] = {
      {&same, "[]"},
      {&other_basis, "[{\"code\":\"unused_allowance_credit\",\"amount\":-500,\"was\":-500}]"},
      {&other_amount, "[{\"code\":\"unused_allowance_credit\",\"amount\":-499,\"was\":-500}]"},
      {&other, "[{\"code\":\"plan_price\",\"amount\":6000,\"was\":3000},"
               "{\"code\":\"account_balance\",\"amount\":-1,\"was\":null},"
               "{\"code\":\"unused_allowance_credit\",\"amount\":null,\"was\":-500}]"},
      {NULL, "[{\"code\":\"plan_price\",\"amount\":null,\"was\":3000},"
             "{\"code\":\"unused_allowance_credit\",\"amount\":null,\"was\":-500}]"},
  };

  other_basis.lines[1].unused = 6001;
  other_amount.lines[1].amount_minor = -499;
  other.lines[other.n_lines++] = (UpkeepLine){UPKEEP_LINE_PLAN_PRICE, 6000};
  other.lines[other.n_lines++] = (UpkeepLine){UPKEEP_LINE_ACCOUNT_BALANCE, -1};

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    JsonNode *changed = upkeep_wire_print_changed (promised, vectors[i].now);
    g_autoptr (JsonNode) problem = parse_text ("{\"code\":\"quote_stale\"}");
    g_autofree char *text = print_text (changed);
    g_autoptr (GArray) lines = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_cmpstr (text, ==, vectors[i].text);
    json_object_set_member (json_node_get_object (problem), "changed", changed);
    g_assert_true (upkeep_wire_parse_changed (problem, &lines, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (lines->len, ==, json_array_get_length (json_node_get_array (changed)));
    if (i == 3) {
      const UpkeepChangedLine *fresh = &g_array_index (lines, UpkeepChangedLine, 1);
      const UpkeepChangedLine *gone = &g_array_index (lines, UpkeepChangedLine, 2);

      g_assert_true (fresh->is_there && !fresh->was_there);
      g_assert_cmpint (fresh->amount_minor, ==, -1);
      g_assert_true (gone->was_there && !gone->is_there);
      g_assert_cmpint (gone->code, ==, UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT);
    }
  }
}

static void
test_blocked (void)
{
  g_autoptr (UpkeepQuote) quote = parse_golden ("quote-blocked");
  g_autoptr (JsonNode) problem = parse_text ("{\"code\":\"not_allowed\"}");
  g_autoptr (GArray) blocked = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_member (json_node_get_object (problem), "blocked",
                          upkeep_wire_print_blocked (quote->blocked));
  g_assert_true (upkeep_wire_parse_blocked (problem, &blocked, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (blocked->len, ==, quote->blocked->len);
  for (guint i = 0; i < blocked->len; i++) {
    const UpkeepBlocked *is = &g_array_index (blocked, UpkeepBlocked, i);
    const UpkeepBlocked *was = &g_array_index (quote->blocked, UpkeepBlocked, i);

    g_assert_cmpint (is->code, ==, was->code);
    g_assert_cmpint (is->has_limit, ==, was->has_limit);
    g_assert_cmpint (is->limit, ==, was->limit);
    g_assert_cmpint (is->has_measured, ==, was->has_measured);
    g_assert_cmpint (is->measured, ==, was->measured);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/quote/golden", test_golden);
  g_test_add_func ("/wire/quote/values", test_values);
  g_test_add_func ("/wire/quote/refund-rule", test_refund_rule);
  g_test_add_func ("/wire/quote/broken", test_broken);
  g_test_add_func ("/wire/quote/requests", test_requests);
  g_test_add_func ("/wire/quote/accept", test_accept);
  g_test_add_func ("/wire/quote/changed", test_changed);
  g_test_add_func ("/wire/quote/blocked", test_blocked);
  return g_test_run ();
}

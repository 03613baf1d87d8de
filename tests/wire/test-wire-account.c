/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-account.h"

#include "upkeep-wire-test.h"

#define EVENT "\"id\":\"e1\",\"account\":\"a\",\"meter\":\"gpu\",\"quantity\":1"

typedef struct {
  const char *text;
  int code; /* -1: it is read */
} Body;

static void
test_account_requests (void)
{
  const Body vectors[] = {
      {"{\"service\":\"s\",\"email\":\"a@example.org\"}", -1},
      {"{\"service\":\"s\",\"email\":\"a@example.org\",\"edition\":\"2023-03\",\"locale\":\"zh-"
       "Hans\","
       "\"country\":\"TW\"}",
       -1},
      {"{\"email\":\"a@example.org\"}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{\"service\":\"s\"}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{\"service\":\"s\",\"email\":\"\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"service\":\"s\",\"email\":\"a\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"service\":\"s\",\"email\":\"@b\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"service\":\"s\",\"email\":\"a@\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"service\":\"s\",\"email\":\"a@b@c\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"service\":\"s\",\"email\":\"a b@c\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"service\":\"s\",\"email\":\"a@b\\r\\nBcc: c@d\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"service\":\"s\",\"email\":\"a<b@c\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"service\":\"s\",\"email\":\"a\\u202eb@c\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"service\":\"s\",\"email\":\"a@b\",\"country\":\"tw\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"service\":\"s\",\"email\":\"a@b\",\"country\":\"TWN\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"service\":\"s\",\"email\":\"a@b\",\"country\":\"\xc3\x84\xc3\x96\"}",
       UPKEEP_WIRE_ERROR_VALUE},
      {"{\"service\":\"s\",\"email\":\"a@b\",\"balance\":5}", UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = parse_text (vectors[i].text);
    g_autoptr (UpkeepAccountRequest) request = NULL;
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", vectors[i].text);
    request = upkeep_wire_parse_account_request (node, &error);
    if (vectors[i].code < 0) {
      g_autoptr (JsonNode) printed = NULL;

      g_assert_no_error (error);
      printed = upkeep_wire_print_account_request (request);
      assert_same_document (printed, node);
    } else {
      g_assert_error (error, UPKEEP_WIRE_ERROR, vectors[i].code);
      g_assert_null (request);
    }
  }
}

/* CONTRACT section 8, Usage: a malformed event is rejected alone; an unknown member refuses the
 * batch. Quantity 0 is accepted. */
static void
test_usage_batches (void)
{
  const struct {
    const char *text;
    int code;          /* -1: it is read */
    const char *valid; /* one letter an event: + or - */
  } vectors[] = {
      {"{\"events\":[{" EVENT "}]}", -1, "+"},
      {"{\"events\":[{" EVENT "},{},{" EVENT "}]}", -1, "+-+"},
      {"{\"events\":[7,null,[],\"x\",{" EVENT "}]}", -1, "----+"},
      {"{\"events\":[{\"id\":\"e\",\"account\":\"a\",\"meter\":\"gpu\",\"quantity\":0}]}", -1, "+"},
      {"{\"events\":[{\"id\":\"e\",\"account\":\"a\",\"meter\":\"gpu\",\"quantity\":-1}]}", -1,
       "-"},
      {"{\"events\":[{\"id\":\"e\",\"account\":\"a\",\"meter\":\"gpu\",\"quantity\":1.5}]}", -1,
       "-"},
      {"{\"events\":[{\"id\":\"e\",\"account\":\"a\",\"meter\":\"gpu\",\"quantity\":1e3}]}", -1,
       "-"},
      {"{\"events\":[{\"id\":\"e\",\"account\":\"a\",\"meter\":\"gpu\",\"quantity\":\"1\"}]}", -1,
       "-"},
      {"{\"events\":[{\"id\":\"e\",\"account\":\"a\",\"meter\":\"gpu\",\"quantity\":1000000000000}]"
       "}",
       -1, "+"},
      {"{\"events\":[{\"id\":\"e\",\"account\":\"a\",\"meter\":\"gpu\",\"quantity\":1000000000001}]"
       "}",
       -1, "-"},
      {"{\"events\":[{\"id\":\"\",\"account\":\"a\",\"meter\":\"gpu\",\"quantity\":1}]}", -1, "-"},
      {"{\"events\":[{" EVENT ",\"at\":\"2026-05-10T00:00:00Z\",\"mode\":\"relax\",\"images\":4,"
       "\"feature\":\"chat\"},{" EVENT ",\"at\":\"now\"}]}",
       -1, "+-"},
      {"{\"events\":[{" EVENT ",\"mode\":null,\"at\":null}]}", -1, "+"},
      {"{\"events\":[{" EVENT "},{\"mood\":1}]}", UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, NULL},
      {"{\"events\":[{\"quantity\":\"x\",\"mood\":1}]}", UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, NULL},
      {"{\"events\":[{" EVENT "}],\"mood\":1}", UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, NULL},
      {"{\"events\":[]}", UPKEEP_WIRE_ERROR_VALUE, NULL},
      {"{\"events\":{}}", UPKEEP_WIRE_ERROR_MEMBER, NULL},
      {"{}", UPKEEP_WIRE_ERROR_MEMBER, NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = parse_text (vectors[i].text);
    g_autoptr (UpkeepUsageBatch) batch = NULL;
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", vectors[i].text);
    batch = upkeep_wire_parse_usage_batch (node, &error);
    if (vectors[i].code >= 0) {
      g_assert_error (error, UPKEEP_WIRE_ERROR, vectors[i].code);
      g_assert_null (batch);
      continue;
    }
    g_assert_no_error (error);
    g_assert_cmpuint (batch->events->len, ==, strlen (vectors[i].valid));
    for (guint j = 0; j < batch->events->len; j++)
      g_assert_cmpint (g_array_index (batch->events, UpkeepUsageEvent, j).is_valid, ==,
                       vectors[i].valid[j] == '+');
  }
}

static void
test_usage_values (void)
{
  g_autoptr (JsonNode) node =
      parse_text ("{\"events\":[{" EVENT ",\"at\":\"2026-05-10T00:00:00Z\",\"mode\":\"relax\","
                  "\"images\":4,\"feature\":\"chat\"},{" EVENT "}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepUsageBatch) batch = upkeep_wire_parse_usage_batch (node, &error);
  const UpkeepUsageEvent *event;

  g_assert_no_error (error);
  g_clear_pointer (&node, json_node_unref); /* the batch keeps what its texts live in */
  event = &g_array_index (batch->events, UpkeepUsageEvent, 0);
  g_assert_cmpstr (event->id, ==, "e1");
  g_assert_cmpstr (event->account, ==, "a");
  g_assert_cmpstr (event->meter, ==, "gpu");
  g_assert_cmpint (event->quantity, ==, 1);
  g_assert_cmpstr (event->mode, ==, "relax");
  g_assert_cmpstr (event->feature, ==, "chat");
  g_assert_cmpint (event->images, ==, 4);
  g_assert_cmpint (event->at_s, ==, 1778371200);
  event = &g_array_index (batch->events, UpkeepUsageEvent, 1);
  g_assert_null (event->mode);
  g_assert_null (event->feature);
  g_assert_cmpint (event->images, ==, 0);
  g_assert_cmpint (event->at_s, ==, UPKEEP_INSTANT_NONE);
}

/* CONTRACT section 3: 1 to 10,000 events. */
static void
test_usage_bounds (void)
{
  for (guint n = UPKEEP_USAGE_EVENTS_MAX; n <= UPKEEP_USAGE_EVENTS_MAX + 1; n++) {
    g_autoptr (GString) text = g_string_new ("{\"events\":[");
    g_autoptr (JsonNode) node = NULL;
    g_autoptr (UpkeepUsageBatch) batch = NULL;
    g_autoptr (GError) error = NULL;

    for (guint i = 0; i < n; i++)
      g_string_append (text, i == 0 ? "{" EVENT "}" : ",{" EVENT "}");
    g_string_append (text, "]}");
    node = parse_text (text->str);
    batch = upkeep_wire_parse_usage_batch (node, &error);
    if (n == UPKEEP_USAGE_EVENTS_MAX) {
      g_assert_no_error (error);
      g_assert_cmpuint (batch->events->len, ==, n);
    } else {
      g_assert_error (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_VALUE);
    }
  }
}

static void
test_usage_result (void)
{
  const UpkeepRejection rejected[] = {{0, UPKEEP_REJECTION_UNKNOWN_ACCOUNT},
                                      {3, UPKEEP_REJECTION_UNKNOWN_METER},
                                      {4, UPKEEP_REJECTION_INVALID_VALUE},
                                      {5, UPKEEP_REJECTION_AT_IN_FUTURE},
                                      {9, UPKEEP_REJECTION_PERIOD_CLOSED}};
  g_autoptr (JsonNode) node =
      upkeep_wire_print_usage_result (4, 1, rejected, G_N_ELEMENTS (rejected));
  g_autoptr (JsonNode) empty = upkeep_wire_print_usage_result (4, 0, NULL, 0);
  g_autofree char *text = print_text (node);
  g_autofree char *empty_text = print_text (empty);

  g_assert_cmpstr (text, ==,
                   "{\"accepted\":4,\"duplicates\":1,\"rejected\":["
                   "{\"index\":0,\"code\":\"unknown_account\"},"
                   "{\"index\":3,\"code\":\"unknown_meter\"},"
                   "{\"index\":4,\"code\":\"invalid_value\"},"
                   "{\"index\":5,\"code\":\"at_in_future\"},"
                   "{\"index\":9,\"code\":\"period_closed\"}]}");
  g_assert_cmpstr (empty_text, ==, "{\"accepted\":4,\"duplicates\":0,\"rejected\":[]}");
}

static void
test_grant_requests (void)
{
  const Body vectors[] = {
      {"{\"account\":\"a\",\"meter\":\"gpu\",\"kind\":\"earned\",\"quantity\":1}", -1},
      {"{\"account\":\"a\",\"meter\":\"gpu\",\"kind\":\"reward\",\"quantity\":1,"
       "\"expires_at\":\"2026-05-10T00:00:00Z\"}",
       -1},
      {"{\"account\":\"a\",\"meter\":\"gpu\",\"kind\":\"promotional\",\"quantity\":1,"
       "\"expires_at\":null}",
       -1},
      {"{\"account\":\"a\",\"meter\":\"gpu\",\"kind\":\"purchased\",\"quantity\":1}",
       UPKEEP_WIRE_ERROR_VALUE},
      {"{\"account\":\"a\",\"meter\":\"gpu\",\"kind\":\"plan\",\"quantity\":1}",
       UPKEEP_WIRE_ERROR_VALUE},
      {"{\"account\":\"a\",\"meter\":\"gpu\",\"kind\":\"earned\",\"quantity\":0}",
       UPKEEP_WIRE_ERROR_VALUE},
      {"{\"account\":\"a\",\"meter\":\"gpu\",\"quantity\":1}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{\"account\":\"a\",\"kind\":\"earned\",\"quantity\":1}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{\"account\":\"a\",\"meter\":\"gpu\",\"kind\":\"earned\",\"quantity\":1,\"note\":\"\"}",
       UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = parse_text (vectors[i].text);
    g_autoptr (UpkeepGrantRequest) request = NULL;
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", vectors[i].text);
    request = upkeep_wire_parse_grant_request (node, &error);
    if (vectors[i].code < 0) {
      g_assert_no_error (error);
      g_assert_cmpint (request->quantity, ==, 1);
      g_assert_cmpint (request->has_expiry, ==, i == 1);
    } else {
      g_assert_error (error, UPKEEP_WIRE_ERROR, vectors[i].code);
      g_assert_null (request);
    }
  }
}

static void
test_clock (void)
{
  const Body vectors[] = {
      {"{\"now\":\"2026-05-10T00:00:00Z\"}", -1},
      {"{\"now\":\"2026-05-10\"}", UPKEEP_WIRE_ERROR_VALUE},
      {"{\"now\":1778371200}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{}", UPKEEP_WIRE_ERROR_MEMBER},
      {"{\"now\":\"2026-05-10T00:00:00Z\",\"then\":1}", UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (JsonNode) node = parse_text (vectors[i].text);
    g_autoptr (GError) error = NULL;
    gint64 now_s = 0;

    g_test_message ("%s", vectors[i].text);
    if (upkeep_wire_parse_clock (node, &now_s, &error)) {
      g_autoptr (JsonNode) printed = upkeep_wire_print_clock (now_s);

      g_assert_cmpint (vectors[i].code, ==, -1);
      assert_same_document (printed, node);
    } else {
      g_assert_error (error, UPKEEP_WIRE_ERROR, vectors[i].code);
    }
  }
}

static void
test_sandbox (void)
{
  g_autoptr (JsonNode) good = parse_text ("{\"account\":\"a\",\"token\":\"pm_card_visa\"}");
  g_autoptr (JsonNode) bad = parse_text ("{\"account\":\"a\",\"number\":\"4242424242424242\"}");
  g_autofree char *account = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (upkeep_wire_parse_sandbox_payment_method (good, &account, &token, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (account, ==, "a");
  g_assert_cmpstr (token, ==, "pm_card_visa");
  g_assert_false (upkeep_wire_parse_sandbox_payment_method (bad, &account, &token, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (account, ==, "a");
}

static void
test_access (void)
{
  const char *const texts[] = {"{\"id\":\"a\",\"access_token\":\"t\"}", "{\"access_token\":\"t\"}"};

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (JsonNode) node = parse_text (texts[i]);
    g_autoptr (JsonNode) printed = NULL;
    g_autofree char *account = NULL;
    g_autofree char *token = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_true (upkeep_wire_parse_access (node, &account, &token, &error));
    g_assert_no_error (error);
    printed = upkeep_wire_print_access (account, token);
    assert_same_document (printed, node);
  }
}

static void
test_receipts (void)
{
  const char *const names[] = {"receipt-upgrade", "receipt-refund", "receipt-resume"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (JsonNode) golden = load_golden (names[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (UpkeepReceipt) receipt = upkeep_wire_parse_receipt (golden, &error);
    g_autoptr (JsonNode) printed = NULL;

    g_test_message ("%s", names[i]);
    g_assert_no_error (error);
    printed = upkeep_wire_print_receipt (receipt);
    assert_same_document (printed, golden);
  }
}

static void
test_accepted (void)
{
  g_autoptr (JsonNode) golden = load_golden ("accepted");
  g_autoptr (JsonNode) printed = NULL;
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (upkeep_wire_parse_accepted (golden, &statement, &receipt, &error));
  g_assert_no_error (error);
  printed = upkeep_wire_print_accepted (statement, receipt);
  assert_same_document (printed, golden);
}

static void
test_invoices (void)
{
  g_autoptr (JsonNode) golden = load_golden ("invoices");
  g_autoptr (JsonNode) printed = NULL;
  g_autoptr (JsonNode) one = NULL;
  g_autoptr (UpkeepInvoicePage) page = NULL;
  g_autoptr (UpkeepInvoiceRecord) invoice = NULL;
  g_autoptr (GError) error = NULL;

  page = upkeep_wire_parse_invoice_page (golden, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->invoices->len, ==, 2);
  printed = upkeep_wire_print_invoice_page (page->invoices, page->next_cursor);
  assert_same_document (printed, golden);

  one = upkeep_wire_print_invoice (g_ptr_array_index (page->invoices, 1));
  invoice = upkeep_wire_parse_invoice (one, &error);
  g_assert_no_error (error);
  g_assert_cmpint (invoice->state, ==, UPKEEP_INVOICE_PAID);
  g_assert_cmpint (invoice->refunded_minor, ==, 3000);
  g_assert_cmpuint (invoice->credit_notes->len, ==, 1);
}

typedef enum {
  DOCUMENT_RECEIPT,
  DOCUMENT_ACCEPTED,
  DOCUMENT_INVOICES,
} Document;

static void
test_broken (void)
{
  const struct {
    Document document;
    Broken broken;
  } vectors[] = {
      {DOCUMENT_RECEIPT, {"receipt-upgrade", "id", NULL, UPKEEP_WIRE_ERROR_MEMBER, "id: "}},
      {DOCUMENT_RECEIPT, {"receipt-upgrade", "at", "\"\"", UPKEEP_WIRE_ERROR_VALUE, "at: "}},
      {DOCUMENT_RECEIPT,
       {"receipt-upgrade", "total.amount", "2501", UPKEEP_WIRE_ERROR_VALUE, "total: "}},
      {DOCUMENT_RECEIPT,
       {"receipt-refund", "refund.currency", "\"EUR\"", UPKEEP_WIRE_ERROR_VALUE,
        "refund.currency: "}},
      {DOCUMENT_RECEIPT,
       {"receipt-upgrade", "invoice", "5", UPKEEP_WIRE_ERROR_MEMBER, "invoice: "}},
      {DOCUMENT_RECEIPT, {"receipt-upgrade", "mood", "5", -1, NULL}},
      {DOCUMENT_ACCEPTED, {"accepted", "receipt", NULL, UPKEEP_WIRE_ERROR_MEMBER, "receipt: "}},
      {DOCUMENT_ACCEPTED, {"accepted", "account", "null", UPKEEP_WIRE_ERROR_MEMBER, "account: "}},
      {DOCUMENT_ACCEPTED, {"accepted", "account.id", "5", UPKEEP_WIRE_ERROR_MEMBER, "id: "}},
      {DOCUMENT_INVOICES,
       {"invoices", "invoices.1.state", "\"lost\"", UPKEEP_WIRE_ERROR_VALUE,
        "invoices[1].state: "}},
      {DOCUMENT_INVOICES,
       {"invoices", "invoices.1.credit_notes.0.total.currency", "\"EUR\"", UPKEEP_WIRE_ERROR_VALUE,
        "invoices[1].credit_notes[0].total.currency: "}},
      {DOCUMENT_INVOICES,
       {"invoices", "invoices.0.number", "\"A B\"", UPKEEP_WIRE_ERROR_VALUE,
        "invoices[0].number: "}},
      {DOCUMENT_INVOICES,
       {"invoices", "next_cursor", "\"\"", UPKEEP_WIRE_ERROR_VALUE, "next_cursor: "}},
      {DOCUMENT_INVOICES, {"invoices", "next_cursor", "null", -1, NULL}},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    const Broken *broken = &vectors[i].broken;
    g_autoptr (JsonNode) node = load_golden (broken->golden);
    g_autoptr (UpkeepStatement) statement = NULL;
    g_autoptr (UpkeepReceipt) receipt = NULL;
    g_autoptr (UpkeepInvoicePage) page = NULL;
    g_autoptr (GError) error = NULL;
    gboolean was_read;

    edit (node, broken->path, broken->json);
    switch (vectors[i].document) {
    case DOCUMENT_RECEIPT:
      receipt = upkeep_wire_parse_receipt (node, &error);
      assert_outcome (broken, receipt != NULL, error);
      break;
    case DOCUMENT_ACCEPTED:
      was_read = upkeep_wire_parse_accepted (node, &statement, &receipt, &error);
      assert_outcome (broken, was_read, error);
      break;
    case DOCUMENT_INVOICES:
      page = upkeep_wire_parse_invoice_page (node, &error);
      assert_outcome (broken, page != NULL, error);
      break;
    default:
      g_assert_not_reached ();
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/account/requests", test_account_requests);
  g_test_add_func ("/wire/account/usage-batches", test_usage_batches);
  g_test_add_func ("/wire/account/usage-values", test_usage_values);
  g_test_add_func ("/wire/account/usage-bounds", test_usage_bounds);
  g_test_add_func ("/wire/account/usage-result", test_usage_result);
  g_test_add_func ("/wire/account/grant-requests", test_grant_requests);
  g_test_add_func ("/wire/account/clock", test_clock);
  g_test_add_func ("/wire/account/sandbox", test_sandbox);
  g_test_add_func ("/wire/account/access", test_access);
  g_test_add_func ("/wire/account/receipts", test_receipts);
  g_test_add_func ("/wire/account/accepted", test_accepted);
  g_test_add_func ("/wire/account/invoices", test_invoices);
  g_test_add_func ("/wire/account/broken", test_broken);
  return g_test_run ();
}

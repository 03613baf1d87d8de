/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-page-quote.h"

#include "upkeep-random.h"
#include "upkeep-wire-account.h"
#include "upkeep-wire-parts.h"
#include "upkeep-wire-quote.h"

#include <string.h>

/* From what was chosen to what was done: a quote, the page with its sums, and what confirms it. The
 * quote and its acceptance are those of the API (RULES 0.14: a link alone neither pays nor
 * cancels). */

#define DOCUMENT_MAX_BYTES (1024 * 1024)
/* Before the keys of forms, so that none is one of the API. */
#define FORM_KEY_PREFIX "page/"

/* What a page about a quote is made from. */
typedef struct {
  const char *locale;
  const UpkeepEdition *edition;
  const UpkeepStatement *statement;
} Facts;

static JsonNode *
parse_document (const char *document, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (document, strlen (document));

  return upkeep_json_parse (bytes, DOCUMENT_MAX_BYTES, error);
}

/* Asking */

static void
set_field (JsonObject *object, const UpkeepForm *form, const char *name)
{
  const char *value = upkeep_form_get (form, name);

  if (value != NULL && value[0] != '\0')
    json_object_set_string_member (object, name, value);
}

static gboolean
set_number (JsonObject *object, const UpkeepForm *form, const char *field, const char *name)
{
  const char *value = upkeep_form_get (form, field);
  gint64 number = 0;

  if (value == NULL || value[0] == '\0')
    return TRUE;
  if (!g_ascii_string_to_signed (value, 10, 0, UPKEEP_UNITS_MAX, &number, NULL))
    return FALSE;
  json_object_set_int_member (object, name, number);
  return TRUE;
}

/* Turns a form into what the API takes: the bounds are those of its reader. A `choice` is a plan
 * and an interval with a dot between them. */
static JsonNode *
print_request (const UpkeepForm *form)
{
  g_autoptr (JsonObject) object = json_object_new ();
  const char *choice = upkeep_form_get (form, "choice");

  set_field (object, form, "kind");
  set_field (object, form, "invoice_number");
  if (choice != NULL) {
    const char *dot = strchr (choice, '.');
    g_autofree char *plan = dot != NULL ? g_strndup (choice, (gsize) (dot - choice)) : NULL;

    if (dot == NULL)
      return NULL;
    json_object_set_string_member (object, "plan", plan);
    json_object_set_string_member (object, "interval", dot + 1);
  }
  if (!set_number (object, form, "company_revenue_usd", "company_revenue_usd") ||
      !set_number (object, form, "quantity", "quantity"))
    return NULL;
  return upkeep_wire_take_object (json_object_ref (object));
}

/* Lots are what people count in, units what a quote does. */
static UpkeepResponse *
read_lots (const UpkeepForm *form, const UpkeepEdition *edition, UpkeepQuoteRequest *request)
{
  const char *text = upkeep_form_get (form, "lots");
  gint64 lots = 0;

  if (text == NULL)
    return NULL;
  if (request->kind != UPKEEP_QUOTE_TOPUP || edition->policy.topup.lots_max < 1 ||
      !g_ascii_string_to_signed (text, 10, 1, edition->policy.topup.lots_max, &lots, NULL))
    return upkeep_call_refuse_member ("lots", "This is no number of lots that is sold.");
  request->quantity = lots * edition->policy.topup.lot;
  return NULL;
}

static UpkeepQuoteRequest *
parse_request (const UpkeepForm *form, GError **error)
{
  g_autoptr (JsonNode) node = print_request (form);

  if (node == NULL) {
    g_set_error (error, UPKEEP_WIRE_ERROR, UPKEEP_WIRE_ERROR_VALUE, "choice: is none");
    return NULL;
  }
  if (upkeep_form_get (form, "lots") != NULL)
    json_object_set_int_member (json_node_get_object (node), "quantity", 1);
  return upkeep_wire_parse_quote_request (node, error);
}

static char *
make_quote_path (const char *quote_id, const char *more)
{
  return g_strconcat (UPKEEP_MANAGE_PATH "/quotes/", quote_id, more, NULL);
}

/* POST /manage/plan/quote: makes a quote and leads to its page. */
UpkeepResponse *
upkeep_post_manage_quote (const UpkeepRequest *http_request,
                          const UpkeepRouteMatch *match,
                          gpointer user_data)
{
  static const char *const known[] = {
      "kind", "choice", "company_revenue_usd", "invoice_number", "quantity", "lots", NULL};
  UpkeepCall *call = user_data;
  g_autoptr (UpkeepForm) form = NULL;
  g_autoptr (UpkeepQuoteRequest) request = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  UpkeepResponse *response = upkeep_page_read_form (call, known, &form);

  if (response != NULL)
    return response;
  request = parse_request (form, &error);
  if (request == NULL)
    return upkeep_call_fail (call, error);
  response = upkeep_call_begin (call, NULL);
  if (response == NULL)
    response = upkeep_call_open (call, call->account, &billing);
  if (response == NULL)
    response = read_lots (form, upkeep_billing_get_edition (billing), request);
  if (response != NULL)
    return response;

  quote = upkeep_billing_quote (billing, request, &error);
  if (quote == NULL || !upkeep_billing_close (billing, &error))
    return upkeep_call_fail (call, error);
  path = make_quote_path (quote->id, NULL);
  return upkeep_page_redirect (call, path);
}

/* Telling */

/* A page with a quote on it, below what has happened. */
static UpkeepResponse *
respond_quote (const UpkeepCall *call,
               const Facts *facts,
               const UpkeepQuote *quote,
               const UpkeepQuote *promised,
               guint status,
               const char *happened)
{
  UpkeepVoice voice = upkeep_page_choose_voice (call, facts->locale);
  g_autofree char *heading = upkeep_page_quote_heading (&voice, facts->edition, quote);
  g_autoptr (UpkeepPage) page = upkeep_page_new (call, facts->locale, facts->edition, heading);

  if (happened != NULL)
    upkeep_page_notice (page, UPKEEP_PAGE_NOTICE_ERROR, happened);
  upkeep_page_quote_write (&(UpkeepPageQuote){
      .page = page,
      .edition = facts->edition,
      .statement = facts->statement,
      .quote = quote,
      .promised = promised,
  });
  return upkeep_page_respond (page, status);
}

static UpkeepQuote *
parse_quote (const UpkeepStoredQuote *stored, GError **error)
{
  g_autoptr (JsonNode) node = parse_document (stored->document, error);

  return node != NULL ? upkeep_wire_parse_quote (node, error) : NULL;
}

/* GET /manage/quotes/{id}: what would be charged, given and changed, and what confirms it. */
UpkeepResponse *
upkeep_get_manage_quote (const UpkeepRequest *request,
                         const UpkeepRouteMatch *match,
                         gpointer user_data)
{
  UpkeepCall *call = user_data;
  const char *id = upkeep_route_match_get (match, "id");
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepEdition *edition = NULL;
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (UpkeepStoredQuote) stored = NULL;
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepResponse *response = upkeep_call_read (call, call->account, &account, &edition);

  if (response != NULL)
    return response;
  if (!upkeep_store_get_quote (call->db, call->account, id, &stored, &error))
    return upkeep_call_fail (call, error);
  if (stored == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, NULL);
  if (stored->accepted_at_s != UPKEEP_INSTANT_NONE) {
    g_autofree char *path = make_quote_path (stored->id, "/receipt");

    return upkeep_page_redirect (call, path);
  }
  if (call->now_s >= stored->expires_at_s)
    return upkeep_call_refuse (UPKEEP_PROBLEM_QUOTE_EXPIRED, NULL);
  quote = parse_quote (stored, &error);
  if (quote == NULL)
    return upkeep_call_fail (call, error);
  statement = upkeep_statement_make (edition, account, call->now_s);
  return respond_quote (call, &(Facts){account->locale, edition, statement}, quote, NULL, 200,
                        NULL);
}

/* Confirming */

/* What the bank said, and a way to change what is charged. */
static UpkeepResponse *
respond_declined (UpkeepCall *call, const Facts *facts, const char *quote_id, const char *code)
{
  UpkeepVoice voice = upkeep_page_choose_voice (call, facts->locale);
  g_autofree char *text = upkeep_voice_fill (&voice, UPKEEP_PAGE_WORD_DECLINED_TEXT, "reason",
                                             upkeep_page_say_decline (&voice, code), NULL);
  g_autoptr (UpkeepPage) page =
      upkeep_page_new (call, facts->locale, facts->edition,
                       upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_DECLINED_HEADING));
  g_autofree char *path = make_quote_path (quote_id, NULL);

  upkeep_page_notice (page, UPKEEP_PAGE_NOTICE_ERROR, text);
  upkeep_html_open (page->html, "div", "class", "acts", NULL);
  upkeep_page_open_form (page, UPKEEP_MANAGE_PATH "/plan/payment-method");
  upkeep_page_button (page, UPKEEP_PAGE_BUTTON_MAIN,
                      upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_ACT_METHOD));
  upkeep_page_close_form (page);
  upkeep_page_link (page, path, "button",
                    upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_DECLINED_AGAIN));
  upkeep_page_link (page, UPKEEP_MANAGE_PATH, "button",
                    upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_BACK));
  upkeep_html_close (page->html, "div");
  return upkeep_page_respond (page, 402);
}

static UpkeepResponse *
respond_stale (UpkeepCall *call, const Facts *facts, const UpkeepAcceptance *acceptance)
{
  UpkeepVoice voice = upkeep_page_choose_voice (call, facts->locale);
  g_autofree char *happened =
      g_strdup_printf ("%s %s", upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_STALE_HEADING),
                       upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_STALE_TEXT));

  return respond_quote (call, facts, acceptance->quote, acceptance->promised, 409, happened);
}

static UpkeepResponse *
respond_acceptance (UpkeepCall *call,
                    const Facts *facts,
                    const char *quote_id,
                    const UpkeepAcceptance *acceptance)
{
  g_autofree char *receipt = make_quote_path (quote_id, "/receipt");

  switch (acceptance->outcome) {
  case UPKEEP_ACCEPT_NO_QUOTE:
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, NULL);
  case UPKEEP_ACCEPT_EXPIRED:
    return upkeep_call_refuse (UPKEEP_PROBLEM_QUOTE_EXPIRED, NULL);
  case UPKEEP_ACCEPT_BLOCKED:
    return respond_quote (call, facts, acceptance->quote, NULL, 409, NULL);
  case UPKEEP_ACCEPT_NO_SUCH_TIMING:
    return upkeep_call_refuse_member ("timing", "The quote has no such option.");
  case UPKEEP_ACCEPT_STALE:
    return respond_stale (call, facts, acceptance);
  case UPKEEP_ACCEPT_DECLINED:
    return respond_declined (call, facts, quote_id, acceptance->decline_code);
  case UPKEEP_ACCEPT_ALREADY_ACCEPTED:
  case UPKEEP_ACCEPT_DONE:
  default:
    return upkeep_page_redirect (call, receipt);
  }
}

/* What a form stands for: its quote and the choice. */
static GBytes *
make_fingerprint (const char *quote_id, UpkeepTiming timing)
{
  g_autofree char *text = g_strconcat (quote_id, "\n", upkeep_timing_to_string (timing), NULL);

  return upkeep_hash_token (text);
}

/* A form that is sent twice is answered as it was the first time: the store keeps what became of
 * it, a redirect without a body or the code of the bank. */
static UpkeepResponse *
find_answer (UpkeepCall *call,
             const Facts *facts,
             const char *key,
             const char *quote_id,
             UpkeepTiming timing)
{
  g_autoptr (UpkeepStoredAnswer) answer = NULL;
  g_autoptr (GBytes) fingerprint = make_fingerprint (quote_id, timing);
  g_autofree char *receipt = make_quote_path (quote_id, "/receipt");
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;

  if (!upkeep_store_get_answer (call->db, call->account, key, &answer, &error))
    return upkeep_call_fail (call, error);
  if (answer == NULL)
    return NULL;
  if (!g_bytes_equal (answer->fingerprint, fingerprint))
    return upkeep_call_refuse (UPKEEP_PROBLEM_IDEMPOTENCY_KEY_REUSED, NULL);
  if (answer->status != 402)
    return upkeep_page_redirect (call, receipt);
  code = g_strndup (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body));
  return respond_declined (call, facts, quote_id, code);
}

static gboolean
keep_answer (UpkeepCall *call,
             const char *key,
             const char *quote_id,
             UpkeepTiming timing,
             const UpkeepAcceptance *acceptance,
             GError **error)
{
  const char *code = acceptance->outcome == UPKEEP_ACCEPT_DECLINED ? acceptance->decline_code : "";
  g_autoptr (GBytes) fingerprint = make_fingerprint (quote_id, timing);
  g_autoptr (GBytes) body = g_bytes_new (code, strlen (code));

  if (acceptance->outcome != UPKEEP_ACCEPT_DONE && acceptance->outcome != UPKEEP_ACCEPT_DECLINED)
    return TRUE;
  return upkeep_store_add_answer (
      call->db, call->account, key,
      &(UpkeepStoredAnswer){
          .fingerprint = fingerprint,
          .status = acceptance->outcome == UPKEEP_ACCEPT_DONE ? 303 : 402,
          .body = body,
      },
      g_get_real_time () / G_USEC_PER_SEC, error);
}

static gboolean
read_timing (const UpkeepForm *form, UpkeepTiming *ret_timing)
{
  const char *text = upkeep_form_get (form, "timing");

  for (guint i = 0; i < UPKEEP_N_TIMINGS; i++) {
    if (g_strcmp0 (text, upkeep_timing_to_string ((UpkeepTiming) i)) == 0) {
      *ret_timing = (UpkeepTiming) i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_key (const char *key)
{
  return key != NULL && key[0] != '\0' &&
         strlen (key) <= UPKEEP_HTTP_KEY_MAX_BYTES - strlen (FORM_KEY_PREFIX);
}

/* Does what was confirmed, within the transaction of the call. */
static UpkeepResponse *
accept (UpkeepCall *call,
        UpkeepBilling *billing,
        const char *quote_id,
        UpkeepTiming timing,
        const char *key)
{
  g_autoptr (UpkeepStatement) statement = upkeep_billing_make_statement (billing);
  Facts facts = {upkeep_billing_get_account (billing)->locale, upkeep_billing_get_edition (billing),
                 statement};
  g_auto (UpkeepAcceptance) acceptance = {0};
  g_autoptr (GError) error = NULL;
  UpkeepResponse *response = find_answer (call, &facts, key, quote_id, timing);

  if (response != NULL)
    return response;
  if (!upkeep_billing_accept (billing, quote_id, timing, &acceptance, &error) ||
      !upkeep_billing_close (billing, &error) ||
      !keep_answer (call, key, quote_id, timing, &acceptance, &error))
    return upkeep_call_fail (call, error);
  return respond_acceptance (call, &facts, quote_id, &acceptance);
}

/* POST /manage/quotes/{id}/accept */
UpkeepResponse *
upkeep_post_manage_accept (const UpkeepRequest *request,
                           const UpkeepRouteMatch *match,
                           gpointer user_data)
{
  static const char *const known[] = {"key", "timing", NULL};
  UpkeepCall *call = user_data;
  g_autoptr (UpkeepForm) form = NULL;
  g_autoptr (UpkeepBilling) billing = NULL;
  g_autofree char *key = NULL;
  UpkeepTiming timing = UPKEEP_TIMING_IMMEDIATE;
  UpkeepResponse *response = upkeep_page_read_form (call, known, &form);

  if (response != NULL)
    return response;
  if (!is_key (upkeep_form_get (form, "key")) || !read_timing (form, &timing))
    return upkeep_call_refuse (UPKEEP_PROBLEM_INVALID_VALUE, NULL);
  response = upkeep_call_begin (call, NULL);
  if (response == NULL)
    response = upkeep_call_open (call, call->account, &billing);
  if (response != NULL)
    return response;
  key = g_strconcat (FORM_KEY_PREFIX, upkeep_form_get (form, "key"), NULL);
  return accept (call, billing, upkeep_route_match_get (match, "id"), timing, key);
}

/* What was done */

static UpkeepReceipt *
parse_receipt (const char *document, GError **error)
{
  g_autoptr (JsonNode) node = parse_document (document, error);

  return node != NULL ? upkeep_wire_parse_receipt (node, error) : NULL;
}

static UpkeepResponse *
respond_receipt (const UpkeepCall *call,
                 const Facts *facts,
                 const UpkeepQuote *quote,
                 const UpkeepReceipt *receipt)
{
  UpkeepVoice voice = upkeep_page_choose_voice (call, facts->locale);
  g_autoptr (UpkeepPage) page =
      upkeep_page_new (call, facts->locale, facts->edition,
                       upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_DONE_HEADING));

  upkeep_page_quote_write_receipt (
      &(UpkeepPageQuote){
          .page = page,
          .edition = facts->edition,
          .statement = facts->statement,
          .quote = quote,
      },
      receipt);
  upkeep_page_link (page, UPKEEP_MANAGE_PATH, "button main",
                    upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_BACK));
  return upkeep_page_respond (page, 200);
}

/* GET /manage/quotes/{id}/receipt */
UpkeepResponse *
upkeep_get_manage_receipt (const UpkeepRequest *request,
                           const UpkeepRouteMatch *match,
                           gpointer user_data)
{
  UpkeepCall *call = user_data;
  const char *id = upkeep_route_match_get (match, "id");
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepEdition *edition = NULL;
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (UpkeepStoredQuote) stored = NULL;
  g_autoptr (UpkeepQuote) quote = NULL;
  g_autofree char *document = NULL;
  g_autoptr (UpkeepReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepResponse *response = upkeep_call_read (call, call->account, &account, &edition);

  if (response != NULL)
    return response;
  if (!upkeep_store_get_quote (call->db, call->account, id, &stored, &error) ||
      !upkeep_store_get_receipt_of_quote (call->db, call->account, id, &document, &error))
    return upkeep_call_fail (call, error);
  if (stored == NULL || document == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, NULL);
  quote = parse_quote (stored, &error);
  receipt = quote != NULL ? parse_receipt (document, &error) : NULL;
  if (receipt == NULL)
    return upkeep_call_fail (call, error);
  statement = upkeep_statement_make (edition, account, call->now_s);
  return respond_receipt (call, &(Facts){account->locale, edition, statement}, quote, receipt);
}

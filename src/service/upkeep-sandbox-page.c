/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-page.h"

#include "upkeep-links.h"
#include "upkeep-page-quote.h"
#include "upkeep-random.h"

/* The sandbox's hosted page: where a payment method is left, so that no card number ever comes near
 * the app. Its address does for one method; a card that is refused leaves it open for another. */

/* What a page about a payment method is made from. */
typedef struct {
  const char *locale;
  const UpkeepEdition *edition;
  const char *token;
} Facts;

/* What each accepted way to pay is called (RULES ). */
static const struct {
  const char *method;
  UpkeepPageWord word;
} method_names[] = {
    {"card", UPKEEP_PAGE_WORD_METHOD_NAME_CARD},
    {"google_pay", UPKEEP_PAGE_WORD_METHOD_NAME_GOOGLE},
    {"apple_pay", UPKEEP_PAGE_WORD_METHOD_NAME_APPLE},
};

static const char *
get_method_name (const UpkeepVoice *voice, const char *method)
{
  for (gsize i = 0; i < G_N_ELEMENTS (method_names); i++) {
    if (g_str_equal (method, method_names[i].method))
      return upkeep_voice_say (voice, method_names[i].word);
  }
  return method;
}

static char *
format_accepted (const UpkeepVoice *voice, const UpkeepEdition *edition)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  g_autofree char *list = NULL;

  for (gsize i = 0; edition->policy.payment_methods[i] != NULL; i++)
    g_strv_builder_add (builder, get_method_name (voice, edition->policy.payment_methods[i]));
  names = g_strv_builder_end (builder);
  list = g_strjoinv (upkeep_voice_say (voice, UPKEEP_PAGE_WORD_METHOD_AND), names);
  return upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_METHOD_ACCEPTED, "list", list, NULL);
}

static char *
format_card (const UpkeepVoice *voice, const char *brand, const char *last4)
{
  g_autofree char *name = g_strdup (brand);

  name[0] = g_ascii_toupper (name[0]);
  return upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_CARD, "brand", name, "last4", last4, NULL);
}

static void
write_method (UpkeepPage *page, const UpkeepSandboxMethod *method, gboolean is_first)
{
  g_autofree char *card = format_card (&page->voice, method->brand, method->last4);
  UpkeepPageWord word = UPKEEP_PAGE_WORD_METHOD_WORKS;
  g_autofree char *text = NULL;

  if (method->attach_decline_code != NULL)
    word = g_str_equal (method->attach_decline_code, "insufficient_funds")
               ? UPKEEP_PAGE_WORD_METHOD_NO_FUNDS
               : UPKEEP_PAGE_WORD_METHOD_DECLINES;
  else if (method->charge_decline_code != NULL)
    word = UPKEEP_PAGE_WORD_METHOD_FAILS;
  text = upkeep_voice_fill (&page->voice, word, "card", card, NULL);

  upkeep_html_open (page->html, "label", "class", "choice", NULL);
  upkeep_html_open (page->html, "input", "type", "radio", "name", "token", "value", method->token,
                    "required", "required", is_first ? "checked" : NULL, "checked", NULL);
  upkeep_html_add (page->html, "span", text, NULL);
  upkeep_html_close (page->html, "label");
}

static UpkeepPage *
begin_page (const UpkeepCall *call, const Facts *facts)
{
  UpkeepVoice voice = upkeep_page_choose_voice (call, facts->locale);
  g_autofree char *heading =
      upkeep_voice_fill (&voice, UPKEEP_PAGE_WORD_METHOD_HEADING, "service",
                         upkeep_voice_text (&voice, &facts->edition->name), NULL);

  return upkeep_page_new (call, facts->locale, facts->edition, heading);
}

/* The cards to choose from, below what became of the last one. */
static UpkeepResponse *
respond_form (const UpkeepCall *call, const Facts *facts, guint status, const char *happened)
{
  g_autoptr (UpkeepPage) page = begin_page (call, facts);
  g_autofree char *accepted = format_accepted (&page->voice, facts->edition);
  g_autofree char *path = g_strconcat (UPKEEP_PAYMENT_METHOD_PATH "/", facts->token, NULL);
  gsize n_methods = 0;
  const UpkeepSandboxMethod *methods = upkeep_sandbox_get_methods (&n_methods);

  if (happened != NULL)
    upkeep_page_notice (page, UPKEEP_PAGE_NOTICE_ERROR, happened);
  upkeep_html_add (page->html, "p", accepted, NULL);
  upkeep_page_say (page, "p", UPKEEP_PAGE_WORD_METHOD_REFUSED);
  upkeep_page_say (page, "p", UPKEEP_PAGE_WORD_METHOD_TEXT);
  upkeep_page_notice (page, UPKEEP_PAGE_NOTICE_WARNING,
                      upkeep_voice_say (&page->voice, UPKEEP_PAGE_WORD_LINK_WARNING));
  upkeep_page_open_form (page, path);
  upkeep_html_open (page->html, "fieldset", NULL);
  upkeep_page_say (page, "legend", UPKEEP_PAGE_WORD_METHOD_CHOOSE);
  for (gsize i = 0; i < n_methods; i++)
    write_method (page, &methods[i], i == 0);
  upkeep_html_close (page->html, "fieldset");
  upkeep_page_button (page, UPKEEP_PAGE_BUTTON_MAIN,
                      upkeep_voice_say (&page->voice, UPKEEP_PAGE_WORD_METHOD_SAVE));
  upkeep_page_close_form (page);
  return upkeep_page_respond (page, status);
}

static UpkeepResponse *
respond_gone (const UpkeepCall *call)
{
  UpkeepVoice voice = upkeep_page_choose_voice (call, NULL);
  g_autoptr (UpkeepPage) page =
      upkeep_page_new (call, NULL, NULL, upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_GONE_HEADING));

  upkeep_page_say (page, "p", UPKEEP_PAGE_WORD_GONE_TEXT);
  upkeep_page_say (page, "p", UPKEEP_PAGE_WORD_METHOD_ANOTHER);
  return upkeep_page_respond (page, 410);
}

static UpkeepResponse *
refuse_other_processor (void)
{
  return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, "Payments are not those of the sandbox.");
}

/* GET /sandbox/payment-method/{token} */
UpkeepResponse *
upkeep_get_sandbox_method (const UpkeepRequest *request,
                           const UpkeepRouteMatch *match,
                           gpointer user_data)
{
  UpkeepCall *call = user_data;
  const char *token = upkeep_route_match_get (match, "token");
  g_autoptr (GBytes) hash = upkeep_hash_token (token);
  g_auto (UpkeepLinkOwner) owner = {0};
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepEdition *edition = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepResponse *response;
  gboolean is_read;

  if (!call->api->means->processor->is_sandbox)
    return refuse_other_processor ();
  call->db = upkeep_store_begin_read (call->api->store, &error);
  is_read =
      call->db != NULL && upkeep_links_find (call->db, UPKEEP_LINK_PAYMENT_METHOD, hash,
                                             upkeep_clock_now (call->api->clock), &owner, &error);
  upkeep_call_end (call);
  if (!is_read)
    return upkeep_call_fail (call, error);
  if (owner.account == NULL)
    return respond_gone (call);
  response = upkeep_call_read (call, owner.account, &account, &edition);
  if (response != NULL)
    return response;
  return respond_form (call, &(Facts){account->locale, edition, token}, 200, NULL);
}

static UpkeepResponse *
respond_declined (const UpkeepCall *call, const Facts *facts, const char *decline_code)
{
  UpkeepVoice voice = upkeep_page_choose_voice (call, facts->locale);
  const char *reason = upkeep_page_say_decline (&voice, decline_code);
  g_autofree char *happened =
      upkeep_voice_fill (&voice, UPKEEP_PAGE_WORD_METHOD_DECLINED, "reason", reason, NULL);

  return respond_form (call, facts, 402, happened);
}

/* What became of what was owed, which is charged at once. */
static void
write_owed (UpkeepPage *page, const UpkeepStatement *statement, gboolean was_past_due)
{
  g_autofree char *sum = NULL;
  g_autofree char *text = NULL;

  if (!was_past_due)
    return;
  if (!statement->is_past_due) {
    upkeep_page_say (page, "p", UPKEEP_PAGE_WORD_METHOD_DONE_PAID);
    return;
  }
  sum = upkeep_voice_money (&page->voice, statement->past_due_minor, statement->currency);
  text = upkeep_voice_fill (&page->voice, UPKEEP_PAGE_WORD_METHOD_DONE_OWED, "sum", sum, NULL);
  upkeep_page_notice (page, UPKEEP_PAGE_NOTICE_ERROR, text);
}

static UpkeepResponse *
respond_saved (const UpkeepCall *call,
               const Facts *facts,
               const UpkeepStatement *statement,
               gboolean was_past_due,
               gboolean returns)
{
  UpkeepVoice voice = upkeep_page_choose_voice (call, facts->locale);
  g_autoptr (UpkeepPage) page =
      upkeep_page_new (call, facts->locale, facts->edition,
                       upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_METHOD_DONE_HEADING));
  g_autofree char *card = upkeep_page_format_card (&voice, statement);
  g_autofree char *text =
      upkeep_voice_fill (&voice, UPKEEP_PAGE_WORD_METHOD_DONE_TEXT, "card", card, NULL);

  upkeep_html_add (page->html, "p", text, NULL);
  write_owed (page, statement, was_past_due);
  if (returns)
    upkeep_page_link (page, UPKEEP_MANAGE_PATH, "button main",
                      upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_BACK));
  else
    upkeep_page_say (page, "p", UPKEEP_PAGE_WORD_METHOD_DONE_CLOSE);
  return upkeep_page_respond (page, 200);
}

/* Puts a card on file, and uses the address up when it is taken. */
static UpkeepResponse *
save (UpkeepCall *call,
      GBytes *hash,
      const UpkeepLinkOwner *owner,
      const char *card,
      const char *token)
{
  g_autoptr (UpkeepBilling) billing = NULL;
  g_autoptr (UpkeepStatement) statement = NULL;
  UpkeepMethodOutcome outcome = UPKEEP_METHOD_UNSUPPORTED;
  const char *decline_code = NULL;
  gboolean was_past_due;
  g_autoptr (GError) error = NULL;
  Facts facts;
  UpkeepResponse *response = upkeep_call_open (call, owner->account, &billing);

  if (response != NULL)
    return response;
  was_past_due = upkeep_billing_get_account (billing)->state == UPKEEP_STATE_PAST_DUE;
  if (!upkeep_billing_set_method (billing, card, &outcome, &decline_code, &error) ||
      !upkeep_billing_close (billing, &error) ||
      (outcome == UPKEEP_METHOD_SET && !upkeep_links_use (call->db, hash, &error)))
    return upkeep_call_fail (call, error);

  facts = (Facts){upkeep_billing_get_account (billing)->locale,
                  upkeep_billing_get_edition (billing), token};
  statement = upkeep_billing_make_statement (billing);
  switch (outcome) {
  case UPKEEP_METHOD_SET:
    return respond_saved (call, &facts, statement, was_past_due, owner->returns);
  case UPKEEP_METHOD_DECLINED:
    return respond_declined (call, &facts, decline_code);
  case UPKEEP_METHOD_UNSUPPORTED:
  default:
    return upkeep_call_refuse_member ("token", "The sandbox has no such payment method.");
  }
}

/* POST /sandbox/payment-method/{token} */
UpkeepResponse *
upkeep_post_sandbox_method (const UpkeepRequest *request,
                            const UpkeepRouteMatch *match,
                            gpointer user_data)
{
  static const char *const known[] = {"token", NULL};
  UpkeepCall *call = user_data;
  const char *token = upkeep_route_match_get (match, "token");
  g_autoptr (GBytes) hash = upkeep_hash_token (token);
  g_autoptr (UpkeepForm) form = NULL;
  g_auto (UpkeepLinkOwner) owner = {0};
  g_autoptr (GError) error = NULL;
  UpkeepResponse *response;

  if (!call->api->means->processor->is_sandbox)
    return refuse_other_processor ();
  response = upkeep_page_read_form (call, known, &form);
  if (response == NULL && upkeep_form_get (form, "token") == NULL)
    response = upkeep_call_refuse_member ("token", "No card was chosen.");
  if (response == NULL)
    response = upkeep_call_begin (call, NULL);
  if (response != NULL)
    return response;
  if (!upkeep_links_find (call->db, UPKEEP_LINK_PAYMENT_METHOD, hash, call->now_s, &owner, &error))
    return upkeep_call_fail (call, error);
  if (owner.account == NULL)
    return respond_gone (call);
  call->operator_name = g_strdup (owner.operator_name);
  return save (call, hash, &owner, upkeep_form_get (form, "token"), token);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-page.h"

#include "upkeep-links.h"
#include "upkeep-random.h"

/* Coming in by a personal link, and leaving. Opening a link does nothing, as mail scanners, chat
 * previews and browsers that look ahead open links too: what lets in is the form of its page. */

static UpkeepResponse *
respond_gone (const UpkeepCall *call)
{
  UpkeepVoice voice = upkeep_page_choose_voice (call, NULL);
  g_autoptr (UpkeepPage) page =
      upkeep_page_new (call, NULL, NULL, upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_GONE_HEADING));

  upkeep_page_say (page, "p", UPKEEP_PAGE_WORD_GONE_TEXT);
  upkeep_page_say (page, "p", UPKEEP_PAGE_WORD_GET_ANOTHER);
  return upkeep_page_respond (page, 410);
}

/* Finds whose link it is; nobody's where it no longer works. */
static UpkeepResponse *
find_link (UpkeepCall *call, GBytes *hash, UpkeepLinkOwner *ret_owner)
{
  g_autoptr (GError) error = NULL;
  UpkeepDb *db = upkeep_store_begin_read (call->api->store, &error);
  gboolean is_read;

  if (db == NULL)
    return upkeep_call_fail (call, error);
  is_read = upkeep_links_find (db, UPKEEP_LINK_MANAGE, hash, upkeep_clock_now (call->api->clock),
                               ret_owner, &error);
  upkeep_store_end_read (call->api->store, db);
  return is_read ? NULL : upkeep_call_fail (call, error);
}

/* GET /manage/{token}: says whose service it is, and asks whether to go on. */
UpkeepResponse *
upkeep_get_manage_link (const UpkeepRequest *request,
                        const UpkeepRouteMatch *match,
                        gpointer user_data)
{
  UpkeepCall *call = user_data;
  const char *token = upkeep_route_match_get (match, "token");
  g_autoptr (GBytes) hash = upkeep_hash_token (token);
  g_auto (UpkeepLinkOwner) owner = {0};
  g_autofree char *path = NULL;
  g_autofree char *heading = NULL;
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepEdition *edition = NULL;
  g_autoptr (UpkeepPage) page = NULL;
  UpkeepVoice voice;
  UpkeepResponse *response = find_link (call, hash, &owner);

  if (response == NULL && owner.account == NULL)
    return respond_gone (call);
  if (response == NULL)
    response = upkeep_call_read (call, owner.account, &account, &edition);
  if (response != NULL)
    return response;

  voice = upkeep_page_choose_voice (call, account->locale);
  heading = upkeep_voice_fill (&voice, UPKEEP_PAGE_WORD_LINK_HEADING, "service",
                               upkeep_voice_text (&voice, &edition->name), NULL);
  page = upkeep_page_new (call, account->locale, edition, heading);
  upkeep_page_say (page, "p", UPKEEP_PAGE_WORD_LINK_TEXT);
  upkeep_page_notice (page, UPKEEP_PAGE_NOTICE_WARNING,
                      upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_LINK_WARNING));
  path = g_strconcat (UPKEEP_MANAGE_PATH "/", token, NULL);
  upkeep_page_open_form (page, path);
  upkeep_page_button (page, UPKEEP_PAGE_BUTTON_MAIN,
                      upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_LINK_CONTINUE));
  upkeep_page_close_form (page);
  return upkeep_page_respond (page, 200);
}

/* POST /manage/{token}: uses the link up, and lets the browser in. */
UpkeepResponse *
upkeep_post_manage_link (const UpkeepRequest *request,
                         const UpkeepRouteMatch *match,
                         gpointer user_data)
{
  static const char *const known[] = {NULL};
  UpkeepCall *call = user_data;
  g_autoptr (GBytes) hash = upkeep_hash_token (upkeep_route_match_get (match, "token"));
  g_autofree char *visit = upkeep_random_token ();
  g_autoptr (GBytes) visit_hash = upkeep_hash_token (visit);
  g_auto (UpkeepLinkOwner) owner = {0};
  g_autoptr (UpkeepForm) form = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepResponse *response = upkeep_page_read_form (call, known, &form);

  if (response == NULL)
    response = upkeep_call_begin (call, NULL);
  if (response != NULL)
    return response;
  if (!upkeep_links_find (call->db, UPKEEP_LINK_MANAGE, hash, call->now_s, &owner, &error))
    return upkeep_call_fail (call, error);
  if (owner.account == NULL)
    return respond_gone (call);
  if (!upkeep_links_use (call->db, hash, &error) ||
      !upkeep_visits_add (call->db, visit_hash, &owner, call->now_s, &error))
    return upkeep_call_fail (call, error);
  response = upkeep_page_redirect (call, UPKEEP_MANAGE_PATH);
  upkeep_page_set_visit (call, response, visit);
  return response;
}

/* POST /manage/visit/leave: lets the browser in no longer. */
UpkeepResponse *
upkeep_post_manage_leave (const UpkeepRequest *request,
                          const UpkeepRouteMatch *match,
                          gpointer user_data)
{
  static const char *const known[] = {NULL};
  UpkeepCall *call = user_data;
  g_autoptr (UpkeepForm) form = NULL;
  g_autoptr (GBytes) hash = upkeep_hash_token (call->visit);
  g_autoptr (GError) error = NULL;
  UpkeepVoice voice = upkeep_page_choose_voice (call, NULL);
  g_autoptr (UpkeepPage) page = NULL;
  UpkeepResponse *response = upkeep_page_read_form (call, known, &form);

  if (response == NULL)
    response = upkeep_call_begin (call, NULL);
  if (response != NULL)
    return response;
  if (!upkeep_visits_end (call->db, hash, &error))
    return upkeep_call_fail (call, error);

  g_clear_pointer (&call->visit, g_free);
  page =
      upkeep_page_new (call, NULL, NULL, upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_LEFT_HEADING));
  upkeep_page_say (page, "p", UPKEEP_PAGE_WORD_LEFT_TEXT);
  response = upkeep_page_respond (page, 200);
  upkeep_page_set_visit (call, response, NULL);
  return response;
}

/* POST /manage/plan/payment-method: makes a hosted page, and leads there. */
UpkeepResponse *
upkeep_post_manage_method (const UpkeepRequest *request,
                           const UpkeepRouteMatch *match,
                           gpointer user_data)
{
  static const char *const known[] = {NULL};
  UpkeepCall *call = user_data;
  g_autoptr (UpkeepForm) form = NULL;
  g_autofree char *token = upkeep_random_token ();
  g_autoptr (GBytes) hash = upkeep_hash_token (token);
  g_autofree char *path = g_strconcat (UPKEEP_PAYMENT_METHOD_PATH "/", token, NULL);
  g_autoptr (GError) error = NULL;
  UpkeepResponse *response = upkeep_page_read_form (call, known, &form);

  if (response == NULL)
    response = upkeep_call_begin (call, NULL);
  if (response != NULL)
    return response;
  if (!upkeep_links_add (call->db, UPKEEP_LINK_PAYMENT_METHOD, hash,
                         &(UpkeepLinkOwner){call->account, call->operator_name, TRUE}, call->now_s,
                         &error))
    return upkeep_call_fail (call, error);
  return upkeep_page_redirect (call, path);
}

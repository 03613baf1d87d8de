/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-page.h"

#include "upkeep-links.h"
#include "upkeep-random.h"
#include "upkeep-service-resources.h"

#include <gio/gio.h>
#include <string.h>

#define STYLE_PATH         "/io/github/upkeep/Upkeep/service/pages.css"
#define HTML_CONTENT_TYPE  "text/html; charset=utf-8"
#define STYLE_CONTENT_TYPE "text/css; charset=utf-8"

/* The browser's part of a visit. The store has its hash. */
#define VISIT_COOKIE "upkeep-visit"
/* What a form has that only a page of this visit can have. */
#define FORM_TOKEN "form_token"
/* What a cookie or a token of ours is at the most. */
#define VISIT_MAX_BYTES   128
#define PROBLEM_MAX_BYTES (64 * 1024)

/* No script, no picture, nothing from elsewhere, in nobody's frame, and forms go only here. */
#define CONTENT_POLICY                                                                             \
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "    \
  "'none'"

static char *
make_path (const UpkeepCall *call, const char *path)
{
  return g_strconcat (upkeep_api_get_prefix (call->api), path, NULL);
}

/**
 * upkeep_page_choose_voice:
 * @call: what is answered
 * @locale: (nullable): the account's, where it is known whose page it is
 *
 * Chooses how a page speaks.
 *
 * Returns: the voice
 */
UpkeepVoice
upkeep_page_choose_voice (const UpkeepCall *call, const char *locale)
{
  const char *wanted = upkeep_request_get_header (call->request, UPKEEP_REQUEST_ACCEPT_LANGUAGE);

  return (UpkeepVoice){call->api->words, upkeep_voice_choose_language (wanted, locale)};
}

static void
write_head (UpkeepPage *self, const char *heading)
{
  g_autofree char *style = make_path (self->call, "/pages.css");

  upkeep_html_open (self->html, "head", NULL);
  upkeep_html_open (self->html, "meta", "charset", "utf-8", NULL);
  upkeep_html_open (self->html, "meta", "name", "viewport", "content",
                    "width=device-width, initial-scale=1", NULL);
  upkeep_html_open (self->html, "meta", "name", "color-scheme", "content", "light dark", NULL);
  upkeep_html_open (self->html, "meta", "name", "robots", "content", "noindex", NULL);
  upkeep_html_open (self->html, "link", "rel", "stylesheet", "href", style, NULL);
  upkeep_html_add (self->html, "title", heading, NULL);
  upkeep_html_close (self->html, "head");
}

/**
 * upkeep_page_new:
 * @call: what is answered; it must outlive the page
 * @locale: (nullable): the account's, where it is known whose page it is
 * @edition: (nullable): the account's
 * @heading: what the page is about
 *
 * Begins a page: it says whose service it is, and what the page is about.
 *
 * Returns: (transfer full): the page
 */
UpkeepPage *
upkeep_page_new (const UpkeepCall *call,
                 const char *locale,
                 const UpkeepEdition *edition,
                 const char *heading)
{
  UpkeepPage *self = g_new0 (UpkeepPage, 1);

  self->call = call;
  self->voice = upkeep_page_choose_voice (call, locale);
  self->html = upkeep_html_new (upkeep_voice_get_tag (&self->voice));
  write_head (self, heading);
  upkeep_html_open (self->html, "body", NULL);
  if (edition != NULL) {
    upkeep_html_open (self->html, "header", NULL);
    upkeep_html_add (self->html, "p", upkeep_voice_text (&self->voice, &edition->name), "class",
                     "service", NULL);
    upkeep_page_say (self, "p", UPKEEP_PAGE_WORD_PAGE_TITLE);
    upkeep_html_close (self->html, "header");
  }
  if (call->api->means->processor->is_sandbox)
    upkeep_page_notice (self, UPKEEP_PAGE_NOTICE_INFO,
                        upkeep_voice_say (&self->voice, UPKEEP_PAGE_WORD_PRACTICE));
  upkeep_html_open (self->html, "main", NULL);
  upkeep_html_add (self->html, "h1", heading, NULL);
  return self;
}

/**
 * upkeep_page_free:
 * @self: (nullable): a page
 *
 * Frees a page.
 */
void
upkeep_page_free (UpkeepPage *self)
{
  if (self == NULL)
    return;
  upkeep_html_free (self->html);
  g_free (self);
}

static void
protect (UpkeepResponse *response)
{
  upkeep_response_set_header (response, UPKEEP_RESPONSE_CACHE_CONTROL, "no-store");
  upkeep_response_set_header (response, UPKEEP_RESPONSE_REFERRER_POLICY, "no-referrer");
  upkeep_response_set_header (response, UPKEEP_RESPONSE_CONTENT_SECURITY_POLICY, CONTENT_POLICY);
  upkeep_response_set_header (response, UPKEEP_RESPONSE_X_FRAME_OPTIONS, "DENY");
}

/**
 * upkeep_page_respond:
 * @self: a page whose content is written
 * @status: 200 to 599
 *
 * Ends a page and answers with it.
 *
 * Returns: (transfer full): the answer
 */
UpkeepResponse *
upkeep_page_respond (UpkeepPage *self, guint status)
{
  g_autoptr (GBytes) body = NULL;
  UpkeepResponse *response;

  upkeep_html_close (self->html, "main");
  upkeep_html_open (self->html, "footer", NULL);
  if (self->call->visit != NULL) {
    upkeep_page_say (self, "p", UPKEEP_PAGE_WORD_DO_NOT_SHARE);
    upkeep_page_say (self, "p", UPKEEP_PAGE_WORD_UTC);
    upkeep_page_open_form (self, UPKEEP_MANAGE_PATH "/visit/leave");
    upkeep_page_button (self, UPKEEP_PAGE_BUTTON_PLAIN,
                        upkeep_voice_say (&self->voice, UPKEEP_PAGE_WORD_LEAVE));
    upkeep_page_close_form (self);
  }
  upkeep_html_close (self->html, "footer");
  body = upkeep_html_end (self->html);
  response = upkeep_response_new_bytes (status, HTML_CONTENT_TYPE, body);
  protect (response);
  upkeep_response_set_header (response, UPKEEP_RESPONSE_CONTENT_LANGUAGE,
                              upkeep_voice_get_tag (&self->voice));
  return response;
}

/**
 * upkeep_page_say:
 * @self: a page
 * @element: such as `p`
 * @word: a text without values
 *
 * Writes a text.
 */
void
upkeep_page_say (UpkeepPage *self, const char *element, UpkeepPageWord word)
{
  upkeep_html_add (self->html, element, upkeep_voice_say (&self->voice, word), NULL);
}

/**
 * upkeep_page_notice:
 * @self: a page
 * @kind: how grave it is
 * @text: what there is to know
 *
 * Writes what has to be seen first.
 */
void
upkeep_page_notice (UpkeepPage *self, UpkeepPageNotice kind, const char *text)
{
  static const char *const styles[] = {
      [UPKEEP_PAGE_NOTICE_INFO] = "notice info",
      [UPKEEP_PAGE_NOTICE_WARNING] = "notice warning",
      [UPKEEP_PAGE_NOTICE_ERROR] = "notice error",
  };

  upkeep_html_add (self->html, "p", text, "class", styles[kind], "role",
                   kind == UPKEEP_PAGE_NOTICE_ERROR ? "alert" : "note", NULL);
}

/**
 * upkeep_page_row:
 * @self: a page whose list (`dl`) is open
 * @label: what it is
 * @value: what there is of it
 *
 * Writes a row of a list.
 */
void
upkeep_page_row (UpkeepPage *self, UpkeepPageWord label, const char *value)
{
  upkeep_html_open (self->html, "div", NULL);
  upkeep_page_say (self, "dt", label);
  upkeep_html_add (self->html, "dd", value, NULL);
  upkeep_html_close (self->html, "div");
}

/* Made from the visit's cookie: who cannot read that cannot make it. */
static char *
make_form_token (const char *visit)
{
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guint8 *) visit, strlen (visit),
                                    "form", -1);
}

/**
 * upkeep_page_open_form:
 * @self: a page
 * @path: where it goes, without the prefix of the public address
 *
 * Opens a form. Within a visit it proves that it comes from a page of that visit.
 */
void
upkeep_page_open_form (UpkeepPage *self, const char *path)
{
  g_autofree char *action = make_path (self->call, path);

  upkeep_html_open (self->html, "form", "method", "post", "action", action, NULL);
  if (self->call->visit != NULL) {
    g_autofree char *token = make_form_token (self->call->visit);

    upkeep_page_hidden (self, FORM_TOKEN, token);
  }
}

/**
 * upkeep_page_hidden:
 * @self: a page whose form is open
 * @name: a literal
 * @value: what goes with the form
 *
 * Writes a field that nobody sees.
 */
void
upkeep_page_hidden (UpkeepPage *self, const char *name, const char *value)
{
  upkeep_html_open (self->html, "input", "type", "hidden", "name", name, "value", value, NULL);
}

/**
 * upkeep_page_button:
 * @self: a page whose form is open
 * @kind: how it looks
 * @text: what it does
 *
 * Writes a button that sends its form.
 */
void
upkeep_page_button (UpkeepPage *self, UpkeepPageButton kind, const char *text)
{
  static const char *const styles[] = {
      [UPKEEP_PAGE_BUTTON_PLAIN] = "button",
      [UPKEEP_PAGE_BUTTON_MAIN] = "button main",
      [UPKEEP_PAGE_BUTTON_DESTRUCTIVE] = "button destructive",
  };

  upkeep_html_add (self->html, "button", text, "type", "submit", "class", styles[kind], NULL);
}

/**
 * upkeep_page_close_form:
 * @self: a page whose form is open
 *
 * Closes a form.
 */
void
upkeep_page_close_form (UpkeepPage *self)
{
  upkeep_html_close (self->html, "form");
}

/**
 * upkeep_page_link:
 * @self: a page
 * @path: where it leads, without the prefix of the public address
 * @style: class of the link
 * @text: what is there
 *
 * Writes a link to another page of ours.
 */
void
upkeep_page_link (UpkeepPage *self, const char *path, const char *style, const char *text)
{
  g_autofree char *address = make_path (self->call, path);

  upkeep_html_add (self->html, "a", text, "class", style, "href", address, NULL);
}

/**
 * upkeep_page_redirect:
 * @call: what is answered
 * @path: where to go on, without the prefix of the public address
 *
 * Sends a browser on to a page, which it may load again without doing anything twice.
 *
 * Returns: (transfer full): the answer
 */
UpkeepResponse *
upkeep_page_redirect (const UpkeepCall *call, const char *path)
{
  g_autofree char *location = make_path (call, path);
  UpkeepResponse *response = upkeep_response_new_bytes (303, NULL, NULL);

  protect (response);
  upkeep_response_set_header (response, UPKEEP_RESPONSE_LOCATION, location);
  return response;
}

/* What a page says of a refusal. */
static const struct {
  UpkeepProblemCode code;
  UpkeepPageWord heading;
  UpkeepPageWord text;
  gboolean other_browser; /* another one may do better (RULES B-27, C-35, X-20) */
} refusals[] = {
    {UPKEEP_PROBLEM_UNAUTHORIZED, UPKEEP_PAGE_WORD_VISIT_HEADING, UPKEEP_PAGE_WORD_VISIT_TEXT,
     TRUE},
    {UPKEEP_PROBLEM_FORBIDDEN, UPKEEP_PAGE_WORD_FORGED_HEADING, UPKEEP_PAGE_WORD_FORGED_TEXT, TRUE},
    {UPKEEP_PROBLEM_NOT_FOUND, UPKEEP_PAGE_WORD_MISSING_HEADING, UPKEEP_PAGE_WORD_MISSING_TEXT,
     FALSE},
    {UPKEEP_PROBLEM_QUOTE_EXPIRED, UPKEEP_PAGE_WORD_EXPIRED_HEADING, UPKEEP_PAGE_WORD_EXPIRED_TEXT,
     FALSE},
    {UPKEEP_PROBLEM_RATE_LIMITED, UPKEEP_PAGE_WORD_BUSY_HEADING, UPKEEP_PAGE_WORD_BUSY_TEXT, FALSE},
    {UPKEEP_PROBLEM_STORE_UNAVAILABLE, UPKEEP_PAGE_WORD_UNAVAILABLE_HEADING,
     UPKEEP_PAGE_WORD_UNAVAILABLE_TEXT, FALSE},
    {UPKEEP_PROBLEM_INTERNAL_ERROR, UPKEEP_PAGE_WORD_UNAVAILABLE_HEADING,
     UPKEEP_PAGE_WORD_UNAVAILABLE_TEXT, FALSE},
    {UPKEEP_PROBLEM_OTHER, UPKEEP_PAGE_WORD_INVALID_HEADING, UPKEEP_PAGE_WORD_INVALID_TEXT, TRUE},
};

static UpkeepProblemCode
read_code (UpkeepResponse *response)
{
  g_autoptr (UpkeepProblem) problem =
      upkeep_problem_new_from_bytes (upkeep_response_get_body (response), PROBLEM_MAX_BYTES, NULL);

  return problem != NULL ? upkeep_problem_get_code (problem) : UPKEEP_PROBLEM_OTHER;
}

static UpkeepResponse *
make_refusal (const UpkeepCall *call, UpkeepResponse *response)
{
  UpkeepVoice voice = upkeep_page_choose_voice (call, NULL);
  UpkeepProblemCode code = read_code (response);
  guint status = upkeep_response_get_status (response);
  const char *wait = upkeep_response_get_header (response, UPKEEP_RESPONSE_RETRY_AFTER);
  g_autoptr (UpkeepPage) page = NULL;
  UpkeepResponse *refusal;
  gsize i = 0;

  while (refusals[i].code != code && refusals[i].code != UPKEEP_PROBLEM_OTHER)
    i++;
  page = upkeep_page_new (call, NULL, NULL, upkeep_voice_say (&voice, refusals[i].heading));
  upkeep_page_say (page, "p", refusals[i].text);
  if (code == UPKEEP_PROBLEM_UNAUTHORIZED) {
    /* 401 would be a promise that a browser's password dialog could help. */
    status = 403;
    upkeep_page_say (page, "p", UPKEEP_PAGE_WORD_GET_ANOTHER);
  }
  if (refusals[i].other_browser)
    upkeep_page_say (page, "p", UPKEEP_PAGE_WORD_OTHER_BROWSER);
  if (call->visit != NULL)
    upkeep_page_link (page, UPKEEP_MANAGE_PATH, "button",
                      upkeep_voice_say (&voice, UPKEEP_PAGE_WORD_BACK));
  refusal = upkeep_page_respond (page, status);
  if (wait != NULL)
    upkeep_response_set_header (refusal, UPKEEP_RESPONSE_RETRY_AFTER, wait);
  return refusal;
}

/**
 * upkeep_page_for_refusal:
 * @call: what is answered
 * @response: (transfer full): the answer
 *
 * Tells a person why something was not done, where the answer would tell a program. Any other
 * answer stays as it is.
 *
 * Returns: (transfer full): the answer to send
 */
UpkeepResponse *
upkeep_page_for_refusal (const UpkeepCall *call, UpkeepResponse *response)
{
  const UpkeepRoute *route = call->match.route;
  UpkeepResponse *refusal;

  if (route == NULL || (route->auth != UPKEEP_AUTH_PAGE && route->auth != UPKEEP_AUTH_VISIT) ||
      g_strcmp0 (upkeep_response_get_content_type (response), UPKEEP_PROBLEM_CONTENT_TYPE) != 0)
    return response;
  refusal = make_refusal (call, response);
  upkeep_response_unref (response);
  return refusal;
}

/* What a browser keeps under a name; the first one, as a browser sends the most specific first. */
static char *
find_cookie (const char *cookies, const char *name)
{
  gsize length = strlen (name);

  for (const char *at = cookies; at != NULL && *at != '\0';) {
    gsize pair = strcspn (at, ";");

    if (pair > length && pair <= length + 1 + VISIT_MAX_BYTES && strncmp (at, name, length) == 0 &&
        at[length] == '=')
      return g_strndup (at + length + 1, pair - length - 1);
    at += pair;
    at += strspn (at, "; ");
  }
  return NULL;
}

/**
 * upkeep_page_find_visit:
 * @call: a call that is in no transaction
 *
 * Finds out whom the browser acts for, by its cookie.
 *
 * Returns: (transfer full) (nullable): a refusal when its visit is over, or `NULL` to go on
 */
UpkeepResponse *
upkeep_page_find_visit (UpkeepCall *call)
{
  g_autofree char *visit =
      find_cookie (upkeep_request_get_header (call->request, UPKEEP_REQUEST_COOKIE), VISIT_COOKIE);
  g_autoptr (GBytes) hash = NULL;
  g_autoptr (GError) error = NULL;
  UpkeepDb *db;
  g_auto (UpkeepLinkOwner) owner = {0};
  gboolean is_read;

  if (visit == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_UNAUTHORIZED, NULL);
  db = upkeep_store_begin_read (call->api->store, &error);
  if (db == NULL)
    return upkeep_call_fail (call, error);
  hash = upkeep_hash_token (visit);
  is_read = upkeep_visits_find (db, hash, upkeep_clock_now (call->api->clock), &owner, &error);
  upkeep_store_end_read (call->api->store, db);
  if (!is_read)
    return upkeep_call_fail (call, error);
  if (owner.account == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_UNAUTHORIZED, NULL);
  call->account = g_steal_pointer (&owner.account);
  call->operator_name = g_steal_pointer (&owner.operator_name);
  call->visit = g_steal_pointer (&visit);
  return NULL;
}

/**
 * upkeep_page_set_visit:
 * @call: what is answered
 * @response: the answer
 * @visit: (nullable): what the browser is to keep; `NULL` to forget it
 *
 * Has a browser keep a visit, or forget it. No script can read it, no other site can have it sent,
 * and no other path gets it.
 */
void
upkeep_page_set_visit (const UpkeepCall *call, UpkeepResponse *response, const char *visit)
{
  const char *address = upkeep_api_get_address (call->api);
  g_autofree char *path = make_path (call, UPKEEP_MANAGE_PATH);
  g_autofree char *cookie = g_strdup_printf (
      VISIT_COOKIE "=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Strict%s",
      visit != NULL ? visit : "", path, visit != NULL ? (int) UPKEEP_LINK_LIFE_S : 0,
      address != NULL && g_str_has_prefix (address, "https://") ? "; Secure" : "");

  upkeep_response_set_header (response, UPKEEP_RESPONSE_SET_COOKIE, cookie);
}

/* Hashes are compared and not tokens, so that the time it takes tells nothing. */
static gboolean
is_same_token (const char *one, const char *other)
{
  g_autoptr (GBytes) one_hash = upkeep_hash_token (one);
  g_autoptr (GBytes) other_hash = upkeep_hash_token (other);

  return g_bytes_equal (one_hash, other_hash);
}

/**
 * upkeep_page_read_form:
 * @call: a call whose body is there
 * @known: (array zero-terminated=1): the fields that are read, beside the one that proves where the
 *   form comes from
 * @ret_form: (out) (transfer full): the fields
 *
 * Reads a form. Within a visit it has to come from a page of that visit.
 *
 * Returns: (transfer full) (nullable): a refusal, or `NULL` to go on
 */
UpkeepResponse *
upkeep_page_read_form (UpkeepCall *call, const char *const *known, UpkeepForm **ret_form)
{
  GBytes *body = upkeep_request_get_body (call->request);
  gsize size = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  g_autoptr (UpkeepForm) form = upkeep_form_new (text != NULL ? text : "", size);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (form == NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_MALFORMED, NULL);
  if (call->visit != NULL) {
    const char *given = upkeep_form_get (form, FORM_TOKEN);
    g_autofree char *wanted = make_form_token (call->visit);

    if (given == NULL || !is_same_token (given, wanted))
      return upkeep_call_refuse (UPKEEP_PROBLEM_FORBIDDEN, NULL);
    g_strv_builder_add (builder, FORM_TOKEN);
  }
  g_strv_builder_addv (builder, (const char **) known);
  all = g_strv_builder_end (builder);
  if (upkeep_form_find_unknown (form, (const char *const *) all) != NULL)
    return upkeep_call_refuse (UPKEEP_PROBLEM_UNKNOWN_MEMBER, NULL);
  *ret_form = g_steal_pointer (&form);
  return NULL;
}

/* GET /pages.css: how the pages look. */
UpkeepResponse *
upkeep_get_page_style (const UpkeepRequest *request,
                       const UpkeepRouteMatch *match,
                       gpointer user_data)
{
  g_autoptr (GBytes) body = g_resource_lookup_data (upkeep_service_get_resource (), STYLE_PATH,
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *digest = NULL;
  g_autofree char *etag = NULL;
  UpkeepResponse *response;

  g_assert (body != NULL);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  etag = upkeep_call_quote_etag (digest);
  response = upkeep_request_matches_etag (request, etag)
                 ? upkeep_response_new_bytes (304, NULL, NULL)
                 : upkeep_response_new_bytes (200, STYLE_CONTENT_TYPE, body);
  upkeep_response_set_header (response, UPKEEP_RESPONSE_ETAG, etag);
  upkeep_response_set_header (response, UPKEEP_RESPONSE_CACHE_CONTROL, "public, no-cache");
  return response;
}

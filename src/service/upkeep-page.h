/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-call.h"
#include "upkeep-html.h"
#include "upkeep-voice.h"

G_BEGIN_DECLS

/**
 * UpkeepPage:
 * @html: (owned): what is written so far
 * @voice: how it speaks
 * @call: (unowned): what it answers
 *
 * One page for a browser, from its head to its foot. It runs no script, loads nothing but the style
 * sheet, and is kept by nobody.
 */
typedef struct {
  UpkeepHtml *html;
  UpkeepVoice voice;
  const UpkeepCall *call;
} UpkeepPage;

typedef enum {
  UPKEEP_PAGE_NOTICE_INFO,
  UPKEEP_PAGE_NOTICE_WARNING,
  UPKEEP_PAGE_NOTICE_ERROR,
} UpkeepPageNotice;

/* How much a button stands out: one main button a page. */
typedef enum {
  UPKEEP_PAGE_BUTTON_PLAIN,
  UPKEEP_PAGE_BUTTON_MAIN,
  UPKEEP_PAGE_BUTTON_DESTRUCTIVE,
} UpkeepPageButton;

UpkeepPage *upkeep_page_new (const UpkeepCall *call,
                             const char *locale,
                             const UpkeepEdition *edition,
                             const char *heading) G_GNUC_WARN_UNUSED_RESULT;
UpkeepVoice upkeep_page_choose_voice (const UpkeepCall *call, const char *locale);
void upkeep_page_free (UpkeepPage *self);
UpkeepResponse *upkeep_page_respond (UpkeepPage *self, guint status) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_page_say (UpkeepPage *self, const char *element, UpkeepPageWord word);
void upkeep_page_notice (UpkeepPage *self, UpkeepPageNotice kind, const char *text);
void upkeep_page_row (UpkeepPage *self, UpkeepPageWord label, const char *value);
void upkeep_page_open_form (UpkeepPage *self, const char *path);
void upkeep_page_hidden (UpkeepPage *self, const char *name, const char *value);
void upkeep_page_button (UpkeepPage *self, UpkeepPageButton kind, const char *text);
void upkeep_page_close_form (UpkeepPage *self);
void upkeep_page_link (UpkeepPage *self, const char *path, const char *style, const char *text);

UpkeepResponse *upkeep_page_redirect (const UpkeepCall *call, const char *path)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_page_for_refusal (const UpkeepCall *call, UpkeepResponse *response)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_page_find_visit (UpkeepCall *call) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_page_set_visit (const UpkeepCall *call, UpkeepResponse *response, const char *visit);
UpkeepResponse *upkeep_page_read_form (UpkeepCall *call,
                                       const char *const *known,
                                       UpkeepForm **ret_form) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepPage, upkeep_page_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-receipt.h"
#include "upkeep-session.h"
#include "upkeep-test-server.h"

G_BEGIN_DECLS

/* Requests, by what they begin with. */
#define UPKEEP_SCENE_ACCOUNT "GET /v1/account HTTP/1.1\r\n"
#define UPKEEP_SCENE_QUOTES  "POST /v1/account/quotes HTTP/1.1\r\n"
#define UPKEEP_SCENE_LINKS   "POST /v1/account/links HTTP/1.1\r\n"
#define UPKEEP_SCENE_METHODS "POST /v1/account/payment-method-sessions HTTP/1.1\r\n"
#define UPKEEP_SCENE_ACCEPT  "POST /v1/account/quotes/q1/accept HTTP/1.1\r\n"

/* A session whose service says what a test wants it to say. */
typedef struct {
  UpkeepTestServer *server; /* (owned) (nullable): none once it is gone */
  char *folder;             /* (owned) */
  UpkeepClient *client;     /* (owned) */
  UpkeepSession *session;   /* (owned) */
} UpkeepScene;

void upkeep_scene_open (UpkeepScene *self);
void upkeep_scene_start (UpkeepScene *self);
void upkeep_scene_close (UpkeepScene *self);

void upkeep_scene_answer_account (UpkeepScene *self, UpkeepStatement *statement);
void upkeep_scene_answer_quote (UpkeepScene *self, UpkeepQuote *quote);
void
upkeep_scene_answer_accept (UpkeepScene *self, UpkeepStatement *statement, UpkeepReceipt *receipt);
void upkeep_scene_answer_link (UpkeepScene *self, const char *prefix, const char *url);
void upkeep_scene_answer_stale (UpkeepScene *self, UpkeepQuote *quote);
void
upkeep_scene_answer_problem (UpkeepScene *self, const char *prefix, guint status, const char *code);
void upkeep_scene_hang_up (UpkeepScene *self, const char *prefix);
void upkeep_scene_stop_service (UpkeepScene *self);

UpkeepReceipt *upkeep_scene_receipt (const UpkeepQuote *quote, UpkeepTiming timing);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-api.h"

/* A card of the pretended processor; its token is `card-NUMBER`. */
typedef struct {
  gboolean pays;
  gint64 taken_minor; /* all that it ever gave */
  guint n_charges;    /* that were paid */
} SimCard;

/* The service core without a socket: a store in memory, a clock that stands still, and a payment
 * processor that remembers each charge. */
typedef struct {
  const UpkeepCatalogues *catalogues; /* (unowned) */
  UpkeepProcessor processor;
  UpkeepBillingMeans means;
  UpkeepStore *store;  /* (owned) */
  UpkeepClock *clock;  /* (owned) */
  UpkeepApi *api;      /* (owned) */
  GPtrArray *cards;    /* (owned) (element-type SimCard): by number */
  GHashTable *charges; /* (owned): key → what was answered */
  guint n_lost;        /* answers of the processor that will not arrive */
  char *broken;        /* (owned) (nullable): what nobody may ask of a processor */
  guint64 n_requests;
} SimService;

/* What a request was answered. */
typedef struct {
  guint status;
  JsonNode *body; /* (owned) (nullable) */
  char *text;     /* (owned): the body as it came */
  char *etag;     /* (owned) (nullable) */
  gboolean is_replay;
} SimAnswer;

SimService *sim_service_new (const UpkeepCatalogues *catalogues, const char *uri, gint64 now_s);
void sim_service_free (SimService *self);
guint sim_service_add_card (SimService *self);
SimCard *sim_service_get_card (SimService *self, guint number);

SimAnswer *
sim_service_get (SimService *self, const char *token, const char *target, const char *etag);
SimAnswer *sim_service_post (
    SimService *self, const char *token, const char *path, const char *key, const char *body);
void sim_answer_free (SimAnswer *self);

/* Members of a document, by path: `subscription.period.start`. What is not there is none. */
JsonNode *sim_get (JsonNode *node, const char *path);
const char *sim_text (JsonNode *node, const char *path);
gint64 sim_int (JsonNode *node, const char *path);
gint64 sim_instant (JsonNode *node, const char *path);
guint sim_length (JsonNode *node, const char *path);
JsonNode *sim_element (JsonNode *node, const char *path, guint i);
gboolean sim_is_null (JsonNode *node, const char *path);
gboolean sim_equal (JsonNode *a, const char *a_path, JsonNode *b, const char *b_path);

/* What lets the operator in. */
#define SIM_OPERATOR "operator-token"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimService, sim_service_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimAnswer, sim_answer_free)

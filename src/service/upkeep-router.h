/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-http.h"

G_BEGIN_DECLS

/* Most `{names}` that a pattern may have. */
#define UPKEEP_ROUTE_CAPTURES_MAX 4

/**
 * UpkeepAuth:
 * @UPKEEP_AUTH_NONE: everybody
 * @UPKEEP_AUTH_SUBSCRIBER: whoever has an account's token
 * @UPKEEP_AUTH_ADMIN: the operator
 * @UPKEEP_AUTH_PAGE: everybody's browser, so often; a form has to come from a page of ours
 * @UPKEEP_AUTH_VISIT: likewise, and the browser has come through a personal link
 *
 * Who may use a route. What refuses the last two is a page.
 */
typedef enum {
  UPKEEP_AUTH_NONE,
  UPKEEP_AUTH_SUBSCRIBER,
  UPKEEP_AUTH_ADMIN,
  UPKEEP_AUTH_PAGE,
  UPKEEP_AUTH_VISIT,
} UpkeepAuth;

/**
 * UpkeepRouteFlags:
 * @UPKEEP_ROUTE_JSON: a body has to be `application/json`; the default
 * @UPKEEP_ROUTE_FORM: a body has to be `application/x-www-form-urlencoded`
 * @UPKEEP_ROUTE_ANY_BODY: a body may be of any type; the handler reads raw bytes
 *
 * What is peculiar to a route.
 */
typedef enum {
  UPKEEP_ROUTE_JSON = 0,
  UPKEEP_ROUTE_FORM = 1 << 0,
  UPKEEP_ROUTE_ANY_BODY = 1 << 1,
} UpkeepRouteFlags;

typedef struct _UpkeepRoute UpkeepRoute;
typedef struct _UpkeepRouteMatch UpkeepRouteMatch;

/* Answers one request. @user_data is what the caller of the handler made for this request. */
typedef UpkeepResponse *(*UpkeepRouteHandler) (const UpkeepRequest *request,
                                               const UpkeepRouteMatch *match,
                                               gpointer user_data);

/* One row of the table of routes. A GET row answers HEAD too. */
struct _UpkeepRoute {
  UpkeepMethod method;
  const char *pattern; /* "/v1/account/quotes/{id}/accept" */
  UpkeepRouteHandler handle;
  UpkeepAuth auth;
  gsize body_max_bytes; /* 0 for a route that takes no body */
  UpkeepRouteFlags flags;
};

/* The route of a path, with what its `{names}` stand for. */
struct _UpkeepRouteMatch {
  const UpkeepRoute *route;                  /* (unowned) */
  char *captures[UPKEEP_ROUTE_CAPTURES_MAX]; /* (owned) decoded; in the pattern's order */
};

gboolean upkeep_router_match (const UpkeepRoute *routes,
                              gsize n_routes,
                              const UpkeepRequest *request,
                              UpkeepRouteMatch *ret_match,
                              UpkeepResponse **ret_refusal) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_route_match_clear (UpkeepRouteMatch *self);
const char *upkeep_route_match_get (const UpkeepRouteMatch *self, const char *name);
UpkeepResponse *upkeep_route_check_body (const UpkeepRoute *self, const UpkeepRequest *request)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UpkeepRouteMatch, upkeep_route_match_clear)

G_END_DECLS

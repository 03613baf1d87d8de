/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-api.h"
#include "upkeep-json.h"
#include "upkeep-page-words.h"
#include "upkeep-rate.h"
#include "upkeep-router.h"

G_BEGIN_DECLS

/* Where personal links and the sandbox's hosted pages are. */
#define UPKEEP_MANAGE_PATH         "/manage"
#define UPKEEP_PAYMENT_METHOD_PATH "/sandbox/payment-method"

/* One request on its way through the handlers. For the files of the HTTP interface only. */

struct _UpkeepApi {
  UpkeepStore *store;              /* (unowned) */
  const UpkeepBillingMeans *means; /* (unowned) */
  UpkeepClock *clock;              /* (unowned) */
  char *admin_token;               /* (owned) (nullable) */
  GBytes *cursor_secret;           /* (owned) */
  UpkeepRate *rate;                /* (owned) */
  UpkeepPageWords *words;          /* (owned) */
  char *public_url;                /* (owned) (nullable): without a slash at its end */
  char *listening;                 /* (owned) (nullable): where it listens; atomic */
  UpkeepApiCommitted committed;    /* (nullable) */
  gpointer committed_data;         /* (unowned) */
};

typedef struct {
  UpkeepApi *api;               /* (unowned) */
  const UpkeepRequest *request; /* (unowned) */
  UpkeepRouteMatch match;
  char *account; /* (owned) (nullable): the subscriber's; `NULL` for the operator and strangers */
  char *visit;   /* (owned) (nullable): the cookie of a browser that acts for @account */
  char *operator_name; /* (owned) (nullable): the operator who acts for the subscriber */
  gint64 now_s;        /* since a transaction has begun */
  UpkeepDb *db;        /* (unowned) (nullable): the transaction */
  gboolean is_writing; /* whether it writes */
  gboolean has_failed; /* whether it must be rolled back */
  gboolean is_replay;  /* whether the answer was given before */
  GBytes *fingerprint; /* (owned) (nullable): of a request with an Idempotency-Key */
  char *nonce;         /* (owned) (nullable): what @token was made from */
  char *token;         /* (owned) (nullable): a token that the answer hands out */
} UpkeepCall;

/* Where a page of a list begins, and how long it is. */
typedef struct {
  gint64 before;
  guint limit;
} UpkeepPageQuery;

const char *upkeep_api_get_address (UpkeepApi *self);
const char *upkeep_api_get_prefix (UpkeepApi *self);

UpkeepCall *upkeep_call_new (UpkeepApi *api, const UpkeepRequest *request)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_call_free (UpkeepCall *self);

JsonNode *upkeep_call_parse_body (UpkeepCall *self, UpkeepJsonNumbers numbers, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_call_begin (UpkeepCall *self, JsonNode *body) G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_call_begin_for (UpkeepCall *self,
                                       JsonNode *body,
                                       const char *account,
                                       UpkeepBilling **ret_billing) G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_call_open (UpkeepCall *self,
                                  const char *account,
                                  UpkeepBilling **ret_billing) G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_call_read (UpkeepCall *self,
                                  const char *account_id,
                                  UpkeepAccount **ret_account,
                                  const UpkeepEdition **ret_edition) G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_call_finish (UpkeepCall *self, UpkeepResponse *response)
    G_GNUC_WARN_UNUSED_RESULT;

void upkeep_call_end (UpkeepCall *self);

GBytes *upkeep_call_make_token (UpkeepCall *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_call_add_token (UpkeepCall *self,
                                const char *account,
                                const char *operator_name,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

UpkeepResponse *upkeep_call_fail (UpkeepCall *self, const GError *error) G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_call_refuse (UpkeepProblemCode code, const char *detail)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_call_refuse_member (const char *member, const char *detail)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_call_refuse_with (UpkeepProblemCode code,
                                         const char *detail,
                                         JsonObject *extra) G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_call_check_query (const UpkeepCall *self, const char *const *known)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_call_read_page (const UpkeepCall *self,
                                       const char *list,
                                       UpkeepPageQuery *ret_query) G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_call_print_cursor (const UpkeepCall *self, const char *list, gint64 before)
    G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_call_quote_etag (const char *digest) G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_call_respond (const UpkeepCall *self, GBytes *document, const char *etag)
    G_GNUC_WARN_UNUSED_RESULT;

/* Handlers. Each answers one route; user_data is the UpkeepCall. */

#define UPKEEP_HANDLER(name)                                                                       \
  UpkeepResponse *name (const UpkeepRequest *request, const UpkeepRouteMatch *match,               \
                        gpointer user_data)

/* For everybody */
UPKEEP_HANDLER (upkeep_get_health);
UPKEEP_HANDLER (upkeep_get_readiness);
UPKEEP_HANDLER (upkeep_get_services);
UPKEEP_HANDLER (upkeep_get_service);
UPKEEP_HANDLER (upkeep_get_changes);
UPKEEP_HANDLER (upkeep_get_openapi);
UPKEEP_HANDLER (upkeep_get_page_style);

/* For the subscriber */
UPKEEP_HANDLER (upkeep_get_account);
UPKEEP_HANDLER (upkeep_post_quote);
UPKEEP_HANDLER (upkeep_get_quote);
UPKEEP_HANDLER (upkeep_post_accept);
UPKEEP_HANDLER (upkeep_get_receipt);
UPKEEP_HANDLER (upkeep_post_mode);
UPKEEP_HANDLER (upkeep_get_usage);
UPKEEP_HANDLER (upkeep_get_invoices);
UPKEEP_HANDLER (upkeep_get_invoice);
UPKEEP_HANDLER (upkeep_get_ledger);
UPKEEP_HANDLER (upkeep_post_reason);
UPKEEP_HANDLER (upkeep_post_link);
UPKEEP_HANDLER (upkeep_post_payment_method_session);

/* For a browser */
UPKEEP_HANDLER (upkeep_get_manage_link);
UPKEEP_HANDLER (upkeep_post_manage_link);
UPKEEP_HANDLER (upkeep_get_manage);
UPKEEP_HANDLER (upkeep_get_manage_plans);
UPKEEP_HANDLER (upkeep_get_manage_topup);
UPKEEP_HANDLER (upkeep_post_manage_quote);
UPKEEP_HANDLER (upkeep_get_manage_quote);
UPKEEP_HANDLER (upkeep_post_manage_accept);
UPKEEP_HANDLER (upkeep_get_manage_receipt);
UPKEEP_HANDLER (upkeep_post_manage_method);
UPKEEP_HANDLER (upkeep_post_manage_leave);
UPKEEP_HANDLER (upkeep_get_sandbox_method);
UPKEEP_HANDLER (upkeep_post_sandbox_method);

/* For the operator */
UPKEEP_HANDLER (upkeep_post_admin_account);
UPKEEP_HANDLER (upkeep_post_admin_token);
UPKEEP_HANDLER (upkeep_post_admin_account_edition);
UPKEEP_HANDLER (upkeep_post_admin_service_edition);
UPKEEP_HANDLER (upkeep_post_admin_usage);
UPKEEP_HANDLER (upkeep_post_admin_job);
UPKEEP_HANDLER (upkeep_get_admin_job);
UPKEEP_HANDLER (upkeep_post_admin_job_finish);
UPKEEP_HANDLER (upkeep_post_admin_grant);
UPKEEP_HANDLER (upkeep_post_admin_referral);
UPKEEP_HANDLER (upkeep_post_admin_feature_check);
UPKEEP_HANDLER (upkeep_get_admin_clock);
UPKEEP_HANDLER (upkeep_post_admin_clock);
UPKEEP_HANDLER (upkeep_get_admin_fsck);
UPKEEP_HANDLER (upkeep_get_admin_reasons);
UPKEEP_HANDLER (upkeep_post_admin_shipment);
UPKEEP_HANDLER (upkeep_post_admin_payment_method);

G_END_DECLS

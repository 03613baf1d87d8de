/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-form.h"
#include "upkeep-problem.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Bounds of a request's head. */
#define UPKEEP_HTTP_FIELDS_MAX       64
#define UPKEEP_HTTP_TARGET_MAX_BYTES 4096
#define UPKEEP_HTTP_TOKEN_MAX_BYTES  512
#define UPKEEP_HTTP_KEY_MAX_BYTES    255

/**
 * UpkeepMethod:
 * @UPKEEP_METHOD_OTHER: one that HTTP has and no route takes (PUT, DELETE, OPTIONS, …)
 *
 * What a request asks to be done. A name that HTTP does not have never gets this far.
 */
typedef enum {
  UPKEEP_METHOD_GET,
  UPKEEP_METHOD_HEAD,
  UPKEEP_METHOD_POST,
  UPKEEP_METHOD_OTHER,
} UpkeepMethod;

/* The header fields of a request that anybody reads. All others are checked for their form and
 * dropped. */
typedef enum {
  UPKEEP_REQUEST_ACCEPT,
  UPKEEP_REQUEST_ACCEPT_LANGUAGE,
  UPKEEP_REQUEST_AUTHORIZATION,
  UPKEEP_REQUEST_CONTENT_LENGTH,
  UPKEEP_REQUEST_CONTENT_TYPE,
  UPKEEP_REQUEST_COOKIE,
  UPKEEP_REQUEST_EXPECT,
  UPKEEP_REQUEST_HOST,
  UPKEEP_REQUEST_IDEMPOTENCY_KEY,
  UPKEEP_REQUEST_IF_NONE_MATCH,
  UPKEEP_REQUEST_LAST_EVENT_ID,
  UPKEEP_REQUEST_ORIGIN,
  UPKEEP_REQUEST_SEC_FETCH_SITE,
  UPKEEP_REQUEST_STRIPE_SIGNATURE,
} UpkeepRequestHeader;
#define UPKEEP_REQUEST_HEADERS_N 14

/* The header fields that an answer may set. Content-Type, Content-Length and Date are not among
 * them. */
typedef enum {
  UPKEEP_RESPONSE_ALLOW,
  UPKEEP_RESPONSE_CACHE_CONTROL,
  UPKEEP_RESPONSE_CONTENT_DISPOSITION,
  UPKEEP_RESPONSE_CONTENT_LANGUAGE,
  UPKEEP_RESPONSE_CONTENT_SECURITY_POLICY,
  UPKEEP_RESPONSE_ETAG,
  UPKEEP_RESPONSE_IDEMPOTENCY_REPLAYED,
  UPKEEP_RESPONSE_LOCATION,
  UPKEEP_RESPONSE_REFERRER_POLICY,
  UPKEEP_RESPONSE_RETRY_AFTER,
  UPKEEP_RESPONSE_SET_COOKIE,
  UPKEEP_RESPONSE_WWW_AUTHENTICATE,
  UPKEEP_RESPONSE_X_FRAME_OPTIONS,
} UpkeepResponseHeader;
#define UPKEEP_RESPONSE_HEADERS_N 13

/* What a request says its body is; parameters such as a charset are left out. */
typedef enum {
  UPKEEP_CONTENT_NONE,
  UPKEEP_CONTENT_JSON,
  UPKEEP_CONTENT_FORM,
  UPKEEP_CONTENT_OTHER,
} UpkeepContent;

/* One header field as it came, in the order it came in. */
typedef struct {
  const char *name;  /* (unowned) */
  const char *value; /* (unowned) */
  gsize name_size;   /* bytes, so that a NUL in the middle shows */
  gsize value_size;
} UpkeepHeaderField;

typedef struct _UpkeepRequest UpkeepRequest;
typedef struct _UpkeepResponse UpkeepResponse;

UpkeepRequest *upkeep_request_new (const char *method,
                                   const char *target,
                                   const UpkeepHeaderField *fields,
                                   gsize n_fields,
                                   const char *peer,
                                   UpkeepResponse **ret_refusal) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_request_free (UpkeepRequest *self);
void upkeep_request_set_body (UpkeepRequest *self, GBytes *body);

UpkeepMethod upkeep_request_get_method (const UpkeepRequest *self);
const char *upkeep_request_get_path (const UpkeepRequest *self);
const UpkeepForm *upkeep_request_get_query (const UpkeepRequest *self);
const char *upkeep_request_get_header (const UpkeepRequest *self, UpkeepRequestHeader header);
const char *upkeep_request_get_bearer (const UpkeepRequest *self);
const char *upkeep_request_get_idempotency_key (const UpkeepRequest *self);
UpkeepContent upkeep_request_get_content (const UpkeepRequest *self);
guint64 upkeep_request_get_content_length (const UpkeepRequest *self);
GBytes *upkeep_request_get_body (const UpkeepRequest *self);
const char *upkeep_request_get_peer (const UpkeepRequest *self);
gboolean upkeep_request_prefers (const UpkeepRequest *self,
                                 const char *content_type,
                                 const char *instead_of);
gboolean upkeep_request_matches_etag (const UpkeepRequest *self, const char *etag);

UpkeepResponse *upkeep_response_new_json (guint status, JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_response_new_problem (const UpkeepProblem *problem)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_response_new_refusal (UpkeepProblemCode code, const char *detail)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_response_new_bytes (guint status, const char *content_type, GBytes *body)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepResponse *upkeep_response_ref (UpkeepResponse *self);
void upkeep_response_unref (UpkeepResponse *self);
void
upkeep_response_set_header (UpkeepResponse *self, UpkeepResponseHeader header, const char *value);

guint upkeep_response_get_status (const UpkeepResponse *self);
const char *upkeep_response_get_content_type (const UpkeepResponse *self);
GBytes *upkeep_response_get_body (const UpkeepResponse *self);
const char *upkeep_response_get_header (const UpkeepResponse *self, UpkeepResponseHeader header);
const char *upkeep_response_header_get_name (UpkeepResponseHeader header);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepRequest, upkeep_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepResponse, upkeep_response_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "upkeep-wire-error.h"

G_BEGIN_DECLS

#define UPKEEP_PROBLEM_CONTENT_TYPE "application/problem+json"
/* What precedes the code in `type`. */
#define UPKEEP_PROBLEM_TYPE_PREFIX "urn:upkeep:problem:"

/**
 * UpkeepProblemCode:
 * @UPKEEP_PROBLEM_OTHER: a code that this version does not know; its text is kept
 *
 * Why a request was not done. The texts and the usual status of each are in upkeep-problem.c.
 */
typedef enum {
  UPKEEP_PROBLEM_OTHER,
  UPKEEP_PROBLEM_MALFORMED,
  UPKEEP_PROBLEM_IDEMPOTENCY_KEY_REQUIRED,
  UPKEEP_PROBLEM_UNAUTHORIZED,
  UPKEEP_PROBLEM_PAYMENT_DECLINED,
  UPKEEP_PROBLEM_FORBIDDEN,
  UPKEEP_PROBLEM_MODE_NOT_IN_PLAN,
  UPKEEP_PROBLEM_NOT_FOUND,
  UPKEEP_PROBLEM_METHOD_NOT_ALLOWED,
  UPKEEP_PROBLEM_NOT_ACCEPTABLE,
  UPKEEP_PROBLEM_REQUEST_TIMEOUT,
  UPKEEP_PROBLEM_IDEMPOTENCY_IN_PROGRESS,
  UPKEEP_PROBLEM_QUOTE_STALE,
  UPKEEP_PROBLEM_QUOTE_ALREADY_ACCEPTED,
  UPKEEP_PROBLEM_NOT_ALLOWED,
  UPKEEP_PROBLEM_QUEUE_FULL,
  UPKEEP_PROBLEM_OUT_OF_FAST_TIME,
  UPKEEP_PROBLEM_FEATURE_SUSPENDED,
  UPKEEP_PROBLEM_ACTIVE_SUBSCRIPTION_REQUIRED,
  UPKEEP_PROBLEM_JOB_NOT_RUNNING,
  UPKEEP_PROBLEM_EDITION_CHANGE_REFUSED,
  UPKEEP_PROBLEM_NOTHING_CANCELLED,
  UPKEEP_PROBLEM_ISSUE_NOT_PAID,
  UPKEEP_PROBLEM_ISSUE_REFUNDED,
  UPKEEP_PROBLEM_NO_PUBLIC_ADDRESS,
  UPKEEP_PROBLEM_QUOTE_EXPIRED,
  UPKEEP_PROBLEM_LENGTH_REQUIRED,
  UPKEEP_PROBLEM_BODY_TOO_LARGE,
  UPKEEP_PROBLEM_URI_TOO_LONG,
  UPKEEP_PROBLEM_UNSUPPORTED_MEDIA_TYPE,
  UPKEEP_PROBLEM_INVALID_VALUE,
  UPKEEP_PROBLEM_UNKNOWN_MEMBER,
  UPKEEP_PROBLEM_IDEMPOTENCY_KEY_REUSED,
  UPKEEP_PROBLEM_CLOCK_BACKWARDS,
  UPKEEP_PROBLEM_PAYMENT_METHOD_UNSUPPORTED,
  UPKEEP_PROBLEM_RATE_LIMITED,
  UPKEEP_PROBLEM_HEADER_FIELDS_TOO_LARGE,
  UPKEEP_PROBLEM_INTERNAL_ERROR,
  UPKEEP_PROBLEM_NOT_IMPLEMENTED,
  UPKEEP_PROBLEM_STORE_UNAVAILABLE,
} UpkeepProblemCode;
#define UPKEEP_N_PROBLEM_CODES 40

/**
 * UpkeepProblem:
 *
 * A problem document of RFC 9457: why a request was not done. Immutable, counted references.
 */
#define UPKEEP_TYPE_PROBLEM (upkeep_problem_get_type ())
typedef struct _UpkeepProblem UpkeepProblem;

const char *upkeep_problem_code_to_string (UpkeepProblemCode code);
UpkeepProblemCode upkeep_problem_code_from_string (const char *text);
guint upkeep_problem_code_get_status (UpkeepProblemCode code);

GType upkeep_problem_get_type (void);
UpkeepProblem *upkeep_problem_new (UpkeepProblemCode code, const char *detail)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepProblem *upkeep_problem_new_full (UpkeepProblemCode code,
                                        guint status,
                                        const char *detail,
                                        const char *member,
                                        JsonObject *extra) G_GNUC_WARN_UNUSED_RESULT;
UpkeepProblem *upkeep_problem_new_named (guint status, const char *code, const char *detail)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepProblem *upkeep_problem_new_for_error (const GError *error) G_GNUC_WARN_UNUSED_RESULT;
UpkeepProblem *upkeep_problem_new_from_bytes (GBytes *bytes, gsize max_bytes, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepProblem *upkeep_problem_ref (UpkeepProblem *self);
void upkeep_problem_unref (UpkeepProblem *self);

UpkeepProblemCode upkeep_problem_get_code (const UpkeepProblem *self);
const char *upkeep_problem_get_code_name (const UpkeepProblem *self);
guint upkeep_problem_get_status (const UpkeepProblem *self);
const char *upkeep_problem_get_title (const UpkeepProblem *self);
const char *upkeep_problem_get_detail (const UpkeepProblem *self);
const char *upkeep_problem_get_member (const UpkeepProblem *self);
JsonObject *upkeep_problem_get_extra (const UpkeepProblem *self);
JsonNode *upkeep_problem_to_node (const UpkeepProblem *self) G_GNUC_WARN_UNUSED_RESULT;
GBytes *upkeep_problem_to_bytes (const UpkeepProblem *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepProblem, upkeep_problem_unref)

G_END_DECLS

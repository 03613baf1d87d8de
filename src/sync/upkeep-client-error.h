/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "upkeep-quote.h"
#include "upkeep-wire-quote.h"

G_BEGIN_DECLS

#define UPKEEP_CLIENT_ERROR (upkeep_client_error_quark ())
GQuark upkeep_client_error_quark (void);

/**
 * UpkeepClientError:
 * @UPKEEP_CLIENT_ERROR_ADDRESS: the address is none that a token may be sent to: not https, and not
 *   on this machine
 * @UPKEEP_CLIENT_ERROR_OFFLINE: no answer came, or not all of it, and nothing can have happened
 * @UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME: a quote was sent to be accepted and no final answer came
 * @UPKEEP_CLIENT_ERROR_REPLY: an answer that is not our protocol, such as a captive portal's
 * @UPKEEP_CLIENT_ERROR_UNAUTHORIZED: the token does not count any more
 * @UPKEEP_CLIENT_ERROR_FORBIDDEN: not ours to do
 * @UPKEEP_CLIENT_ERROR_NOT_FOUND: there is no such thing
 * @UPKEEP_CLIENT_ERROR_NOT_ALLOWED: the account's state forbids it; the refusal says why
 * @UPKEEP_CLIENT_ERROR_STALE: the quote would now differ; the refusal has a fresh one
 * @UPKEEP_CLIENT_ERROR_EXPIRED: the quote does not hold any more
 * @UPKEEP_CLIENT_ERROR_ALREADY_ACCEPTED: the quote was accepted before
 * @UPKEEP_CLIENT_ERROR_DECLINED: the payment was declined; the refusal says by which code
 * @UPKEEP_CLIENT_ERROR_REFUSED: the service refused it for another reason
 * @UPKEEP_CLIENT_ERROR_RATE_LIMITED: too often; the refusal says when again
 * @UPKEEP_CLIENT_ERROR_SERVICE: the service failed
 * @UPKEEP_CLIENT_ERROR_PENDING: another quote was sent to be accepted and has no final answer yet
 * @UPKEEP_CLIENT_ERROR_NOT_KEPT: what must survive a restart could not be written to disk, so
 *   nothing was sent
 *
 * Why a call brought nothing. A cancellation is none of these: it stays `G_IO_ERROR_CANCELLED`.
 */
typedef enum {
  UPKEEP_CLIENT_ERROR_ADDRESS,
  UPKEEP_CLIENT_ERROR_OFFLINE,
  UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME,
  UPKEEP_CLIENT_ERROR_REPLY,
  UPKEEP_CLIENT_ERROR_UNAUTHORIZED,
  UPKEEP_CLIENT_ERROR_FORBIDDEN,
  UPKEEP_CLIENT_ERROR_NOT_FOUND,
  UPKEEP_CLIENT_ERROR_NOT_ALLOWED,
  UPKEEP_CLIENT_ERROR_STALE,
  UPKEEP_CLIENT_ERROR_EXPIRED,
  UPKEEP_CLIENT_ERROR_ALREADY_ACCEPTED,
  UPKEEP_CLIENT_ERROR_DECLINED,
  UPKEEP_CLIENT_ERROR_REFUSED,
  UPKEEP_CLIENT_ERROR_RATE_LIMITED,
  UPKEEP_CLIENT_ERROR_SERVICE,
  UPKEEP_CLIENT_ERROR_PENDING,
  UPKEEP_CLIENT_ERROR_NOT_KEPT,
} UpkeepClientError;

#define UPKEEP_TYPE_REFUSAL (upkeep_refusal_get_type ())

/**
 * UpkeepRefusal:
 * @status: of HTTP
 * @code: (owned) (nullable): the service's own name for the reason, such as `quote_stale`
 * @retry_after_s: seconds to wait before the next try; 0 where none were told
 * @decline_code: (owned) (nullable): of a declined payment, such as `insufficient_funds`
 * @blocked: (owned) (element-type UpkeepBlocked): why it is not allowed; empty for other reasons
 * @quote: (owned) (nullable): the fresh quote in place of a stale one; `NULL` where the service
 * sent none that we can read
 * @changed: (owned) (element-type UpkeepChangedLine): the lines that made it stale
 *
 * What the service said when it refused. Immutable; it may cross threads.
 */
typedef struct {
  guint status;
  char *code;
  gint64 retry_after_s;
  char *decline_code;
  GArray *blocked;
  UpkeepQuote *quote;
  GArray *changed;
} UpkeepRefusal;

GType upkeep_refusal_get_type (void);
UpkeepRefusal *upkeep_refusal_new (guint status) G_GNUC_WARN_UNUSED_RESULT;
UpkeepRefusal *upkeep_refusal_ref (UpkeepRefusal *self);
void upkeep_refusal_unref (UpkeepRefusal *self);

GError *upkeep_client_error_new_refused (UpkeepClientError code, UpkeepRefusal *refusal)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepRefusal *upkeep_client_error_get_refusal (const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepRefusal, upkeep_refusal_unref)

G_END_DECLS

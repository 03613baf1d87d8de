/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* No answer of the service is larger. */
#define UPKEEP_EXCHANGE_BODY_MAX_BYTES ((gsize) 8 * 1024 * 1024)
/* From the call to the last byte of the answer. */
#define UPKEEP_EXCHANGE_DEADLINE_MS 15000
/* What a service may ask us to wait before the next try. */
#define UPKEEP_EXCHANGE_RETRY_AFTER_MAX_S 3600

/**
 * UpkeepExchangeRequest:
 * @method: `GET` or `POST`
 * @path: begins with a slash, each part escaped
 * @query: (nullable): escaped
 * @etag: (nullable): of the document at hand
 * @idempotency_key: (nullable): makes a change happen once
 * @body: (nullable): JSON
 * @may_repeat: whether it may be sent again when a kept connection breaks
 *
 * What is sent. Everything in it is borrowed until the call returns.
 */
typedef struct {
  const char *method;
  const char *path;
  const char *query;
  const char *etag;
  const char *idempotency_key;
  GBytes *body;
  gboolean may_repeat;
} UpkeepExchangeRequest;

/**
 * UpkeepReply:
 * @status: of HTTP
 * @content_type: (owned) (nullable): without parameters
 * @etag: (owned) (nullable): what to ask with the next time
 * @retry_after_s: seconds to wait; 0 where none were told
 * @body: (owned): all of it; empty for 304
 *
 * A whole answer, whatever it says.
 */
typedef struct {
  guint status;
  char *content_type;
  char *etag;
  gint64 retry_after_s;
  GBytes *body;
} UpkeepReply;

void upkeep_reply_free (UpkeepReply *self);

#define UPKEEP_TYPE_EXCHANGE (upkeep_exchange_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepExchange, upkeep_exchange, UPKEEP, EXCHANGE, GObject)

UpkeepExchange *upkeep_exchange_new (const char *base_uri,
                                     const char *socket_path,
                                     const char *token,
                                     guint deadline_ms) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_exchange_send_async (UpkeepExchange *self,
                                 const UpkeepExchangeRequest *request,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
UpkeepReply *upkeep_exchange_send_finish (UpkeepExchange *self,
                                          GAsyncResult *result,
                                          gboolean *ret_was_sent,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepReply, upkeep_reply_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "upkeep-edition.h"
#include "upkeep-problem.h"
#include "upkeep-quote.h"
#include "upkeep-receipt.h"
#include "upkeep-statement.h"
#include "upkeep-wire-account.h"

G_BEGIN_DECLS

#define UPKEEP_CLIENT_ERROR (upkeep_client_error_quark ())
GQuark upkeep_client_error_quark (void);

/**
 * UpkeepClientError:
 * @UPKEEP_CLIENT_ERROR_ADDRESS: the address is none that a token may be sent to: not https, and not
 *   on this machine
 * @UPKEEP_CLIENT_ERROR_OFFLINE: no answer came, and nothing can have happened
 * @UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME: a quote was sent to be accepted and no final answer came
 * @UPKEEP_CLIENT_ERROR_REPLY: an answer that is not our protocol: a captive portal, a cut body
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
} UpkeepClientError;

#define UPKEEP_TYPE_REFUSAL (upkeep_refusal_get_type ())

/**
 * UpkeepRefusal:
 * @status: of HTTP
 * @code: (owned) (nullable): the service's own name for the reason, such as `quote_stale`
 * @retry_after_s: seconds to wait before the next try; 0 where none were told
 * @decline_code: (owned) (nullable): of a declined payment, such as `insufficient_funds`
 * @blocked: (owned) (element-type UpkeepBlocked): why it is not allowed; empty for other reasons
 * @quote: (owned) (nullable): the fresh quote in place of a stale one
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
UpkeepRefusal *upkeep_refusal_ref (UpkeepRefusal *self);
void upkeep_refusal_unref (UpkeepRefusal *self);

UpkeepRefusal *upkeep_client_error_get_refusal (const GError *error);

/**
 * UpkeepFetched:
 * @body: (owned): the document as it came; `NULL` when it is still the one that was known
 * @etag: (owned) (nullable): what to ask with the next time
 * @statement: (owned) (nullable): what the body says, of an account
 * @edition: (owned) (nullable): what the body says, of a catalogue
 *
 * A document that was asked for with the tag of the one at hand.
 */
typedef struct {
  GBytes *body;
  char *etag;
  UpkeepStatement *statement;
  UpkeepEdition *edition;
} UpkeepFetched;

void upkeep_fetched_free (UpkeepFetched *self);

#define UPKEEP_TYPE_CLIENT (upkeep_client_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepClient, upkeep_client, UPKEEP, CLIENT, GObject)

void upkeep_client_prepare_process (void);

UpkeepClient *upkeep_client_new (const char *base_uri, const char *token) G_GNUC_WARN_UNUSED_RESULT;
UpkeepClient *upkeep_client_new_for_socket (const char *socket_path, const char *token)
    G_GNUC_WARN_UNUSED_RESULT;
const char *upkeep_client_get_base_uri (UpkeepClient *self);
const char *upkeep_client_get_token (UpkeepClient *self);

void upkeep_client_fetch_account_async (UpkeepClient *self,
                                        const char *etag,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
UpkeepFetched *upkeep_client_fetch_account_finish (UpkeepClient *self,
                                                   GAsyncResult *result,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_client_fetch_catalogue_async (UpkeepClient *self,
                                          const char *service,
                                          const char *edition,
                                          const char *etag,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
UpkeepFetched *upkeep_client_fetch_catalogue_finish (UpkeepClient *self,
                                                     GAsyncResult *result,
                                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_client_make_quote_async (UpkeepClient *self,
                                     const UpkeepQuoteRequest *request,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
UpkeepQuote *upkeep_client_make_quote_finish (UpkeepClient *self,
                                              GAsyncResult *result,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_client_accept_quote_async (UpkeepClient *self,
                                       const char *quote_id,
                                       UpkeepTiming timing,
                                       const char *idempotency_key,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean upkeep_client_accept_quote_finish (UpkeepClient *self,
                                            GAsyncResult *result,
                                            UpkeepStatement **ret_statement,
                                            UpkeepReceipt **ret_receipt,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_client_fetch_invoices_async (UpkeepClient *self,
                                         const char *cursor,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
UpkeepInvoicePage *upkeep_client_fetch_invoices_finish (UpkeepClient *self,
                                                        GAsyncResult *result,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepRefusal, upkeep_refusal_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepFetched, upkeep_fetched_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-outbox.h"

G_BEGIN_DECLS

/**
 * UpkeepSessionState:
 * @UPKEEP_SESSION_NEVER: nothing was asked for yet
 * @UPKEEP_SESSION_LOADING: an answer is waited for
 * @UPKEEP_SESSION_OK: the service answered
 * @UPKEEP_SESSION_OFFLINE: no answer came
 * @UPKEEP_SESSION_REFUSED: the service does not know us, or this is not ours to see
 * @UPKEEP_SESSION_SERVICE_ERROR: the service failed, or something else answered in its place
 *
 * What became of the last request. It says nothing about the subscription.
 */
typedef enum {
  UPKEEP_SESSION_NEVER,
  UPKEEP_SESSION_LOADING,
  UPKEEP_SESSION_OK,
  UPKEEP_SESSION_OFFLINE,
  UPKEEP_SESSION_REFUSED,
  UPKEEP_SESSION_SERVICE_ERROR,
} UpkeepSessionState;

#define UPKEEP_TYPE_SESSION_STATE (upkeep_session_state_get_type ())
GType upkeep_session_state_get_type (void);

#define UPKEEP_TYPE_SESSION (upkeep_session_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepSession, upkeep_session, UPKEEP, SESSION, GObject)

UpkeepSession *upkeep_session_new (UpkeepClient *client,
                                   const char *cache_folder,
                                   const char *state_folder) G_GNUC_WARN_UNUSED_RESULT;

UpkeepClient *upkeep_session_get_client (UpkeepSession *self);
UpkeepStatement *upkeep_session_get_statement (UpkeepSession *self);
UpkeepEdition *upkeep_session_get_edition (UpkeepSession *self);
UpkeepEditionChanges *upkeep_session_get_changes (UpkeepSession *self);
gint64 upkeep_session_get_fetched_at (UpkeepSession *self);
UpkeepSessionState upkeep_session_get_state (UpkeepSession *self);
const GError *upkeep_session_get_error (UpkeepSession *self);
UpkeepPending *upkeep_session_get_pending (UpkeepSession *self);
gboolean upkeep_session_get_outbox_damaged (UpkeepSession *self);

void upkeep_session_start (UpkeepSession *self);

void upkeep_session_refresh_async (UpkeepSession *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean upkeep_session_refresh_finish (UpkeepSession *self, GAsyncResult *result, GError **error);

void upkeep_session_quote_async (UpkeepSession *self,
                                 const UpkeepQuoteRequest *request,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
UpkeepQuote *upkeep_session_quote_finish (UpkeepSession *self, GAsyncResult *result, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

void upkeep_session_accept_async (UpkeepSession *self,
                                  const UpkeepQuote *quote,
                                  UpkeepTiming timing,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
UpkeepReceipt *upkeep_session_accept_finish (UpkeepSession *self,
                                             GAsyncResult *result,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_session_tell_reason_async (UpkeepSession *self,
                                       UpkeepLeaveReason reason,
                                       const char *text,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean upkeep_session_tell_reason_finish (UpkeepSession *self,
                                            GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_session_fetch_invoices_async (UpkeepSession *self,
                                          const char *cursor,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
UpkeepInvoicePage *upkeep_session_fetch_invoices_finish (UpkeepSession *self,
                                                         GAsyncResult *result,
                                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

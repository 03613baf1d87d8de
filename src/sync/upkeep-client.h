/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-client-error.h"
#include "upkeep-edition-change.h"
#include "upkeep-edition.h"
#include "upkeep-leave-reason.h"
#include "upkeep-receipt.h"
#include "upkeep-statement.h"
#include "upkeep-wire-account.h"
#include "upkeep-wire-link.h"

G_BEGIN_DECLS

/**
 * UpkeepFetched:
 * @body: (owned): the document as it came; `NULL` when it is still the one that was known
 * @etag: (owned) (nullable): what to ask with the next time
 * @statement: (owned) (nullable): what the body says, of an account
 * @edition: (owned) (nullable): what the body says, of a catalogue
 * @changes: (owned) (nullable): what the body says, of the changes between two editions
 *
 * A document that was asked for with the tag of the one at hand.
 */
typedef struct {
  GBytes *body;
  char *etag;
  UpkeepStatement *statement;
  UpkeepEdition *edition;
  UpkeepEditionChanges *changes;
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
const char *upkeep_client_get_identity (UpkeepClient *self);

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

void upkeep_client_fetch_changes_async (UpkeepClient *self,
                                        const UpkeepStatement *statement,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
UpkeepFetched *upkeep_client_fetch_changes_finish (UpkeepClient *self,
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

/**
 * UpkeepLinkKind:
 * @UPKEEP_LINK_TO_PLAN: where the plan is managed, behind a personal link
 * @UPKEEP_LINK_TO_PAYMENT_METHOD: where a payment method is left
 *
 * Where an address for a browser leads.
 */
typedef enum {
  UPKEEP_LINK_TO_PLAN,
  UPKEEP_LINK_TO_PAYMENT_METHOD,
} UpkeepLinkKind;

void upkeep_client_make_link_async (UpkeepClient *self,
                                    UpkeepLinkKind kind,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean upkeep_client_make_link_finish (UpkeepClient *self,
                                         GAsyncResult *result,
                                         UpkeepLink *ret_link,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_client_tell_reason_async (UpkeepClient *self,
                                      UpkeepLeaveReason reason,
                                      const char *text,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean upkeep_client_tell_reason_finish (UpkeepClient *self, GAsyncResult *result, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

void upkeep_client_fetch_invoices_async (UpkeepClient *self,
                                         const char *cursor,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
UpkeepInvoicePage *upkeep_client_fetch_invoices_finish (UpkeepClient *self,
                                                        GAsyncResult *result,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepFetched, upkeep_fetched_free)

G_END_DECLS

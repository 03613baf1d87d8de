/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-client.h"

G_BEGIN_DECLS

#define UPKEEP_TYPE_PENDING (upkeep_pending_get_type ())

/**
 * UpkeepPending:
 * @quote: (owned): id of the quote
 * @kind: what the quote is for
 * @timing: which of its options was accepted
 * @key: (owned): the idempotency key it was sent with
 * @created_at_s: when it was accepted here, by this machine's clock
 *
 * A quote that was sent to be accepted and has no final answer yet. Immutable; it may cross
 * threads.
 */
typedef struct {
  char *quote;
  UpkeepQuoteKind kind;
  UpkeepTiming timing;
  char *key;
  gint64 created_at_s;
} UpkeepPending;

GType upkeep_pending_get_type (void);
UpkeepPending *upkeep_pending_ref (UpkeepPending *self);
void upkeep_pending_unref (UpkeepPending *self);

#define UPKEEP_TYPE_OUTBOX (upkeep_outbox_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepOutbox, upkeep_outbox, UPKEEP, OUTBOX, GObject)

UpkeepOutbox *upkeep_outbox_new (UpkeepClient *client, const char *folder)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepPending *upkeep_outbox_get_pending (UpkeepOutbox *self);
gboolean upkeep_outbox_get_damaged (UpkeepOutbox *self);

void upkeep_outbox_load_async (UpkeepOutbox *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean upkeep_outbox_load_finish (UpkeepOutbox *self, GAsyncResult *result, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

void upkeep_outbox_accept_async (UpkeepOutbox *self,
                                 const UpkeepQuote *quote,
                                 UpkeepTiming timing,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean upkeep_outbox_accept_finish (UpkeepOutbox *self,
                                      GAsyncResult *result,
                                      UpkeepStatement **ret_statement,
                                      UpkeepReceipt **ret_receipt,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_outbox_retry_now (UpkeepOutbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepPending, upkeep_pending_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-billing.h"
#include "upkeep-clock.h"
#include "upkeep-transport.h"

G_BEGIN_DECLS

/* The HTTP interface: requests in, responses out, whatever carries them. */
typedef struct _UpkeepApi UpkeepApi;

/* Told after each commit, on the thread that has written. */
typedef void (*UpkeepApiCommitted) (gpointer user_data);

UpkeepApi *upkeep_api_new (UpkeepStore *store,
                           const UpkeepBillingMeans *means,
                           UpkeepClock *clock,
                           const char *admin_token,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_api_free (UpkeepApi *self);
void upkeep_api_set_public_url (UpkeepApi *self, const char *public_url);
void upkeep_api_set_rate (UpkeepApi *self, guint per_second, guint burst);
void upkeep_api_set_listening (UpkeepApi *self, const char *url);
void upkeep_api_set_committed (UpkeepApi *self, UpkeepApiCommitted committed, gpointer user_data);

UpkeepResponse *upkeep_api_handle (UpkeepApi *self, const UpkeepRequest *request)
    G_GNUC_WARN_UNUSED_RESULT;
extern const UpkeepTransportHandler upkeep_api_transport_handler;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepApi, upkeep_api_free)

G_END_DECLS

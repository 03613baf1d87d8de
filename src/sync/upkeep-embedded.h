/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define UPKEEP_EMBEDDED_ERROR (upkeep_embedded_error_quark ())
GQuark upkeep_embedded_error_quark (void);

/**
 * UpkeepEmbeddedError:
 * @UPKEEP_EMBEDDED_ERROR_START: the program could not be started, or ended before it was ready
 * @UPKEEP_EMBEDDED_ERROR_TIMEOUT: it did not get ready in time
 * @UPKEEP_EMBEDDED_ERROR_TOKEN: it left no token to talk to it with
 *
 * Why there is no service of our own.
 */
typedef enum {
  UPKEEP_EMBEDDED_ERROR_START,
  UPKEEP_EMBEDDED_ERROR_TIMEOUT,
  UPKEEP_EMBEDDED_ERROR_TOKEN,
} UpkeepEmbeddedError;

#define UPKEEP_TYPE_EMBEDDED (upkeep_embedded_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepEmbedded, upkeep_embedded, UPKEEP, EMBEDDED, GObject)

UpkeepEmbedded *upkeep_embedded_new (void) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_embedded_start_async (UpkeepEmbedded *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean upkeep_embedded_start_finish (UpkeepEmbedded *self, GAsyncResult *result, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_embedded_stop (UpkeepEmbedded *self);

const char *upkeep_embedded_get_socket_path (UpkeepEmbedded *self);
const char *upkeep_embedded_get_token (UpkeepEmbedded *self);

G_END_DECLS

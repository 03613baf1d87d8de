/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void upkeep_random_bytes (guint8 *ret_bytes, gsize size);
char *upkeep_random_id (void) G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_random_invoice_prefix (void) G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_random_token (void) G_GNUC_WARN_UNUSED_RESULT;
GBytes *upkeep_hash_token (const char *token) G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_base64url (const guint8 *bytes, gsize size) G_GNUC_WARN_UNUSED_RESULT;
guint8 *upkeep_base64url_decode (const char *text, gsize *ret_size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "upkeep-wire-error.h"

G_BEGIN_DECLS

/**
 * UpkeepLink:
 * @url: (owned): where a browser goes: http or https
 * @expires_at_s: the first instant at which it does not work any more
 *
 * An address that the service made for a browser.
 */
typedef struct {
  char *url;
  gint64 expires_at_s;
} UpkeepLink;

gboolean upkeep_wire_parse_link (JsonNode *node, UpkeepLink *ret_link, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonNode *upkeep_wire_print_link (const UpkeepLink *link) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_link_clear (UpkeepLink *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UpkeepLink, upkeep_link_clear)

G_END_DECLS

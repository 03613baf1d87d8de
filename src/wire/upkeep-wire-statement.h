/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "upkeep-statement.h"
#include "upkeep-wire-error.h"

G_BEGIN_DECLS

UpkeepStatement *upkeep_wire_parse_statement (JsonNode *node, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonNode *upkeep_wire_print_statement (const UpkeepStatement *statement) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

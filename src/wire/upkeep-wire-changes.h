/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition-change.h"
#include "upkeep-reader.h"

G_BEGIN_DECLS

JsonNode *upkeep_wire_print_changes (const UpkeepEditionChanges *changes) G_GNUC_WARN_UNUSED_RESULT;
UpkeepEditionChanges *upkeep_wire_parse_changes (JsonNode *node, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-leave-reason.h"
#include "upkeep-wire-error.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What is told around leaving, beside quotes: why, and what was sent of what is paid. */

/* Why somebody left. */
typedef struct {
  UpkeepLeaveReason reason;
  char *text; /* (owned) (nullable) */
} UpkeepLeaveWords;

/* Which issue was sent, and whose. */
typedef struct {
  char *account; /* (owned) */
  gint64 issue;
} UpkeepShipmentRequest;

UpkeepLeaveWords *upkeep_wire_parse_leave_words (JsonNode *node, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonNode *upkeep_wire_print_leave_words (const UpkeepLeaveWords *words) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_leave_words_free (UpkeepLeaveWords *self);

UpkeepShipmentRequest *upkeep_wire_parse_shipment_request (JsonNode *node, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void upkeep_shipment_request_free (UpkeepShipmentRequest *self);
JsonNode *upkeep_wire_print_issue (const char *account, const UpkeepIssue *issue)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepLeaveWords, upkeep_leave_words_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepShipmentRequest, upkeep_shipment_request_free)

G_END_DECLS

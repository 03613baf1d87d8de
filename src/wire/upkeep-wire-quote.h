/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "upkeep-quote.h"
#include "upkeep-wire-error.h"

G_BEGIN_DECLS

/**
 * UpkeepChangedLine:
 * @code: which line
 * @was_there: whether the quote promised it
 * @was_minor: what it promised
 * @is_there: whether it stands in the fresh quote
 * @amount_minor: what it says there
 *
 * A line that made a quote stale.
 */
typedef struct {
  UpkeepLineCode code;
  gboolean was_there;
  gint64 was_minor;
  gboolean is_there;
  gint64 amount_minor;
} UpkeepChangedLine;

UpkeepQuoteRequest *upkeep_wire_parse_quote_request (JsonNode *node, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonNode *upkeep_wire_print_quote_request (const UpkeepQuoteRequest *request)
    G_GNUC_WARN_UNUSED_RESULT;

UpkeepQuote *upkeep_wire_parse_quote (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *upkeep_wire_print_quote (const UpkeepQuote *quote, const char *unit)
    G_GNUC_WARN_UNUSED_RESULT;

gboolean upkeep_wire_parse_accept (JsonNode *node, UpkeepTiming *ret_timing, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonNode *upkeep_wire_print_accept (UpkeepTiming timing) G_GNUC_WARN_UNUSED_RESULT;

JsonNode *upkeep_wire_print_blocked (const GArray *blocked) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_wire_parse_blocked (JsonNode *node, GArray **ret_blocked, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

JsonNode *upkeep_wire_print_changed (const UpkeepBill *promised, const UpkeepBill *now)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_wire_parse_changed (JsonNode *node, GArray **ret_changed, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

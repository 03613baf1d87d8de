/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "upkeep-wire-error.h"

G_BEGIN_DECLS

/* Bounds of the scanner. A usage batch has 10,000 events of seven members: 80,002 values. Names
 * that are made to collide cost the square of their number, so one object may have only so many. */
#define UPKEEP_JSON_DEPTH_MAX   32
#define UPKEEP_JSON_NODES_MAX   200000
#define UPKEEP_JSON_MEMBERS_MAX 256

/**
 * UpkeepJsonNumbers:
 * @UPKEEP_JSON_NUMBERS_INTEGERS: a number that is no integer of 64 bits refuses the document
 * @UPKEEP_JSON_NUMBERS_MARKED: it becomes a node of `G_TYPE_DOUBLE`, which no reader takes for an
 *   integer, so that only the part of the document that holds it is refused
 *
 * What happens to numbers that JSON allows and no document of ours has: `1.5`, `1e2`, `-0`, `2^63`.
 */
typedef enum {
  UPKEEP_JSON_NUMBERS_INTEGERS,
  UPKEEP_JSON_NUMBERS_MARKED,
} UpkeepJsonNumbers;

/**
 * UpkeepJsonPlaces:
 *
 * Where the values of a document stand in it.
 */
typedef struct _UpkeepJsonPlaces UpkeepJsonPlaces;

JsonNode *upkeep_json_parse (GBytes *bytes, gsize max_bytes, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
upkeep_json_parse_full (GBytes *bytes, gsize max_bytes, UpkeepJsonNumbers numbers, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonNode *upkeep_json_parse_placed (GBytes *bytes,
                                    gsize max_bytes,
                                    UpkeepJsonNumbers numbers,
                                    UpkeepJsonPlaces **ret_places,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_json_places_free (UpkeepJsonPlaces *self);
guint upkeep_json_places_get_line (const UpkeepJsonPlaces *self, gconstpointer value);
guint upkeep_json_places_get_error_line (const UpkeepJsonPlaces *self);

GBytes *upkeep_json_print (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;
char *upkeep_json_canonical (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepJsonPlaces, upkeep_json_places_free)

G_END_DECLS

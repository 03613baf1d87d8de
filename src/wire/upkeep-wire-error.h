/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define UPKEEP_WIRE_ERROR (upkeep_wire_error_quark ())
GQuark upkeep_wire_error_quark (void);

/**
 * UpkeepWireError:
 * @UPKEEP_WIRE_ERROR_SYNTAX: the bytes are not one JSON value within the bounds of the scanner
 * @UPKEEP_WIRE_ERROR_SIZE: there are more bytes than the caller allows
 * @UPKEEP_WIRE_ERROR_MEMBER: a member is missing or of the wrong type
 * @UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER: an object has a member that nobody reads
 * @UPKEEP_WIRE_ERROR_VALUE: a member has the right type and a value out of bounds
 *
 * What the wire layer refuses. Messages of the last three begin with the member's path.
 */
typedef enum {
  UPKEEP_WIRE_ERROR_SYNTAX,
  UPKEEP_WIRE_ERROR_SIZE,
  UPKEEP_WIRE_ERROR_MEMBER,
  UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER,
  UPKEEP_WIRE_ERROR_VALUE,
} UpkeepWireError;

void upkeep_wire_error_append_name (GString *path, const char *name);
char *upkeep_wire_error_dup_member (const GError *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * UpkeepRole:
 * @UPKEEP_ROLE_NEUTRAL: no state worth a colour
 * @UPKEEP_ROLE_ACCENT: what is one's own, or under way
 * @UPKEEP_ROLE_SUCCESS: done, in order
 * @UPKEEP_ROLE_WARNING: needs a look soon
 * @UPKEEP_ROLE_ERROR: needs a deed now
 *
 * What a colour stands for. The CSS class of a role is its name in lower case.
 */
typedef enum {
  UPKEEP_ROLE_NEUTRAL,
  UPKEEP_ROLE_ACCENT,
  UPKEEP_ROLE_SUCCESS,
  UPKEEP_ROLE_WARNING,
  UPKEEP_ROLE_ERROR,
} UpkeepRole;
#define UPKEEP_N_ROLES 5

#define UPKEEP_TYPE_ROLE (upkeep_role_get_type ())
GType upkeep_role_get_type (void);

void upkeep_role_apply (UpkeepRole role, GtkWidget *widget);

G_END_DECLS

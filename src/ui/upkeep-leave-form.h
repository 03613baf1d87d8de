/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_LEAVE_FORM (upkeep_leave_form_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepLeaveForm, upkeep_leave_form, UPKEEP, LEAVE_FORM, AdwBin)

GtkWidget *upkeep_leave_form_new (UpkeepSession *session);

G_END_DECLS

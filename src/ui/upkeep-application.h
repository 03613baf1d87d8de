/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_APPLICATION (upkeep_application_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepApplication, upkeep_application, UPKEEP, APPLICATION, AdwApplication)

UpkeepApplication *upkeep_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

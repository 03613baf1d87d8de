/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "upkeep-session.h"

G_BEGIN_DECLS

#define UPKEEP_TYPE_WINDOW (upkeep_window_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepWindow, upkeep_window, UPKEEP, WINDOW, AdwApplicationWindow)

UpkeepWindow *upkeep_window_new (GtkApplication *application);

void upkeep_window_set_session (UpkeepWindow *self,
                                UpkeepSession *session,
                                const char *host,
                                gboolean practice);
void upkeep_window_set_starting (UpkeepWindow *self);
void upkeep_window_show_start_error (UpkeepWindow *self, const char *text);
void upkeep_window_add_toast (UpkeepWindow *self, const char *text);

const char *const *upkeep_window_get_page_names (void);

G_END_DECLS

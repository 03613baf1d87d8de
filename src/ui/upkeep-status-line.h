/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_STATUS_LINE (upkeep_status_line_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepStatusLine, upkeep_status_line, UPKEEP, STATUS_LINE, AdwBin)

GtkWidget *upkeep_status_line_new (void);

void upkeep_status_line_show (UpkeepStatusLine *self, const char *text, gboolean waiting);
void upkeep_status_line_clear (UpkeepStatusLine *self);

G_END_DECLS

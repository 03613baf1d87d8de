/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_ROW (upkeep_row_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepRow, upkeep_row, UPKEEP, ROW, AdwPreferencesRow)

GtkWidget *upkeep_row_new (const char *icon_name, const char *title, const char *subtitle);

void upkeep_row_set_icon_name (UpkeepRow *self, const char *icon_name);
void upkeep_row_set_title (UpkeepRow *self, const char *title);
const char *upkeep_row_get_subtitle (UpkeepRow *self);
void upkeep_row_set_subtitle (UpkeepRow *self, const char *subtitle);
GtkWidget *upkeep_row_get_prefix (UpkeepRow *self);
void upkeep_row_set_prefix (UpkeepRow *self, GtkWidget *prefix);
GtkWidget *upkeep_row_get_end (UpkeepRow *self);
void upkeep_row_set_end (UpkeepRow *self, GtkWidget *end);
void upkeep_row_set_end_below (UpkeepRow *self, gboolean end_below);

GtkWidget *upkeep_row_list_new (const char *label);

G_END_DECLS

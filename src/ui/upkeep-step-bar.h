/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_STEP_BAR (upkeep_step_bar_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepStepBar, upkeep_step_bar, UPKEEP, STEP_BAR, GtkWidget)

GtkWidget *upkeep_step_bar_new (void);

void upkeep_step_bar_append (UpkeepStepBar *self, const char *name);
guint upkeep_step_bar_get_current (UpkeepStepBar *self);
void upkeep_step_bar_set_current (UpkeepStepBar *self, guint current);
gboolean upkeep_step_bar_get_narrow (UpkeepStepBar *self);

G_END_DECLS

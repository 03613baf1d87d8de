/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_WRAP_BOX (upkeep_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepWrapBox, upkeep_wrap_box, UPKEEP, WRAP_BOX, GtkWidget)

GtkWidget *upkeep_wrap_box_new (int spacing_px);

void upkeep_wrap_box_append (UpkeepWrapBox *self, GtkWidget *child);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_HEADING (upkeep_heading_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepHeading, upkeep_heading, UPKEEP, HEADING, GtkWidget)

const char *upkeep_heading_get_label (UpkeepHeading *self);
void upkeep_heading_set_label (UpkeepHeading *self, const char *label);

G_END_DECLS

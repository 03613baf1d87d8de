/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_NARROW_BIN (upkeep_narrow_bin_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepNarrowBin, upkeep_narrow_bin, UPKEEP, NARROW_BIN, AdwBin)

GtkWidget *upkeep_narrow_bin_new (GtkWidget *child);

int upkeep_narrow_bin_get_threshold (UpkeepNarrowBin *self);
void upkeep_narrow_bin_set_threshold (UpkeepNarrowBin *self, int threshold_px);
gboolean upkeep_narrow_bin_get_narrow (UpkeepNarrowBin *self);

GBinding *upkeep_narrow_bin_bind (GtkWidget *widget);

G_END_DECLS

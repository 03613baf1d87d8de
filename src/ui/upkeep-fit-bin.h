/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_FIT_BIN (upkeep_fit_bin_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepFitBin, upkeep_fit_bin, UPKEEP, FIT_BIN, AdwBin)

GtkWidget *upkeep_fit_bin_new (GtkWidget *child);

int upkeep_fit_bin_get_width (UpkeepFitBin *self);
void upkeep_fit_bin_set_width (UpkeepFitBin *self, int width_px);

G_END_DECLS

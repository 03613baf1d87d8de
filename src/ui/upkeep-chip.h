/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "upkeep-role.h"

G_BEGIN_DECLS

#define UPKEEP_TYPE_CHIP (upkeep_chip_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepChip, upkeep_chip, UPKEEP, CHIP, AdwBin)

GtkWidget *upkeep_chip_new (const char *icon_name, const char *label, UpkeepRole role);

void upkeep_chip_set (UpkeepChip *self, const char *icon_name, const char *label, UpkeepRole role);
const char *upkeep_chip_get_icon_name (UpkeepChip *self);
void upkeep_chip_set_icon_name (UpkeepChip *self, const char *icon_name);
const char *upkeep_chip_get_label (UpkeepChip *self);
void upkeep_chip_set_label (UpkeepChip *self, const char *label);
UpkeepRole upkeep_chip_get_role (UpkeepChip *self);
void upkeep_chip_set_role (UpkeepChip *self, UpkeepRole role);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"
#include "upkeep-mistakes.h"

G_BEGIN_DECLS

#define UPKEEP_CATALOGUE_MAX_BYTES (1024 * 1024) /* one catalogue file */

UpkeepEdition *upkeep_wire_check_edition (GBytes *bytes, UpkeepMistakes *mistakes)
    G_GNUC_WARN_UNUSED_RESULT;
UpkeepEdition *upkeep_wire_parse_edition (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

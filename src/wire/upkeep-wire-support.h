/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"
#include "upkeep-reader.h"

G_BEGIN_DECLS

void upkeep_wire_read_support (UpkeepReader *reader, UpkeepEdition *edition);

G_END_DECLS

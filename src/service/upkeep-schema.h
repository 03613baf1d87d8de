/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-db.h"

G_BEGIN_DECLS

#define UPKEEP_SCHEMA_VERSION 2

/* Every step of the schema there ever was; a step that was released never changes. */
extern const UpkeepMigration upkeep_schema[UPKEEP_SCHEMA_VERSION];

G_END_DECLS

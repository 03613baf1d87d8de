/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "upkeep-edition-change.h"
#include "upkeep-statement.h"

G_BEGIN_DECLS

GtkWidget *upkeep_terms_row_new (const UpkeepEditionChanges *changes,
                                 const UpkeepStatement *statement,
                                 gboolean practice);

G_END_DECLS

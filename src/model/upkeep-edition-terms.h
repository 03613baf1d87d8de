/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition-change.h"

G_BEGIN_DECLS

/* For upkeep-edition-change.c only. */

void upkeep_edition_list_terms (const UpkeepEdition *self, GPtrArray *terms);
UpkeepText upkeep_text_copy (const UpkeepText *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

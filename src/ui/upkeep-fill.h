/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-heading.h"

G_BEGIN_DECLS

/* Fills and empties what a template holds for words and rows that come later. */

void upkeep_fill_label (GtkLabel *label, char *text);
void upkeep_fill_heading (UpkeepHeading *heading, char *text);
void upkeep_fill_clear_box (GtkBox *box);
void upkeep_fill_clear_list (GtkListBox *list);

G_END_DECLS

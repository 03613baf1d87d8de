/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-leave-words.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *upkeep_support_row_new (const UpkeepSupportChannel *channel);
GtkWidget *upkeep_support_list_new (const UpkeepEdition *edition);
GtkWidget *upkeep_review_row_new (const UpkeepCancelFacts *facts);

G_END_DECLS

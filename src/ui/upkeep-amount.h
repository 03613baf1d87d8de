/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define UPKEEP_TYPE_AMOUNT (upkeep_amount_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepAmount, upkeep_amount, UPKEEP, AMOUNT, AdwBin)

GtkWidget *upkeep_amount_new (const char *text, gboolean practice);
GtkWidget *upkeep_amount_new_sum (gint64 amount_minor, const char *currency, gboolean practice);

const char *upkeep_amount_get_text (UpkeepAmount *self);
void upkeep_amount_set_text (UpkeepAmount *self, const char *text);
gboolean upkeep_amount_get_practice (UpkeepAmount *self);
void upkeep_amount_set_practice (UpkeepAmount *self, gboolean practice);
const char *upkeep_amount_get_size (UpkeepAmount *self);
void upkeep_amount_set_size (UpkeepAmount *self, const char *size_class);

GtkWidget *upkeep_amount_new_practice_tag (void);

G_END_DECLS

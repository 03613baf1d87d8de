/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "upkeep-quote.h"
#include "upkeep-statement.h"

G_BEGIN_DECLS

#define UPKEEP_TYPE_OVERVIEW (upkeep_overview_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepOverview, upkeep_overview, UPKEEP, OVERVIEW, AdwBin)

GtkWidget *upkeep_overview_new (void);

void upkeep_overview_set_statement (UpkeepOverview *self, UpkeepStatement *statement);
void upkeep_overview_set_edition (UpkeepOverview *self, UpkeepEdition *edition);
void upkeep_overview_set_cancel_quote (UpkeepOverview *self, UpkeepQuote *quote);
void upkeep_overview_set_fetched_at (UpkeepOverview *self, gint64 fetched_at_s);
void upkeep_overview_set_stale (UpkeepOverview *self, gboolean stale);
void upkeep_overview_set_practice (UpkeepOverview *self, gboolean practice);
void upkeep_overview_set_browser (UpkeepOverview *self, gboolean browser);
void upkeep_overview_set_failed (UpkeepOverview *self, gboolean failed);

gint64 upkeep_overview_get_now (UpkeepOverview *self);

G_END_DECLS

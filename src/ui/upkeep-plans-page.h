/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "upkeep-edition-change.h"
#include "upkeep-statement.h"

G_BEGIN_DECLS

#define UPKEEP_TYPE_PLANS_PAGE (upkeep_plans_page_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepPlansPage, upkeep_plans_page, UPKEEP, PLANS_PAGE, AdwBin)

GtkWidget *upkeep_plans_page_new (void);

void upkeep_plans_page_set_statement (UpkeepPlansPage *self, UpkeepStatement *statement);
void upkeep_plans_page_set_edition (UpkeepPlansPage *self, UpkeepEdition *edition);
void upkeep_plans_page_set_changes (UpkeepPlansPage *self, UpkeepEditionChanges *changes);
void upkeep_plans_page_set_practice (UpkeepPlansPage *self, gboolean practice);
void upkeep_plans_page_set_narrow (UpkeepPlansPage *self, gboolean narrow);
void upkeep_plans_page_set_online (UpkeepPlansPage *self, gboolean online);
UpkeepInterval upkeep_plans_page_get_interval (UpkeepPlansPage *self);
void upkeep_plans_page_set_interval (UpkeepPlansPage *self, UpkeepInterval interval);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "upkeep-session.h"

G_BEGIN_DECLS

#define UPKEEP_TYPE_WIZARD (upkeep_wizard_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepWizard, upkeep_wizard, UPKEEP, WIZARD, AdwBin)

void upkeep_wizard_present (GtkWidget *parent,
                            UpkeepSession *session,
                            const char *plan_id,
                            UpkeepInterval interval,
                            gboolean practice);

GtkWidget *upkeep_wizard_new (UpkeepSession *session,
                              UpkeepStatement *statement,
                              UpkeepEdition *edition,
                              gboolean practice);
void upkeep_wizard_begin (UpkeepWizard *self, const char *plan_id, UpkeepInterval interval);
void upkeep_wizard_show_quote (UpkeepWizard *self, UpkeepQuote *quote);
void upkeep_wizard_show_receipt (UpkeepWizard *self, UpkeepTiming timing, UpkeepReceipt *receipt);
void upkeep_wizard_show_error (UpkeepWizard *self, const GError *error);
gboolean upkeep_wizard_go_back (UpkeepWizard *self);
void upkeep_wizard_go_on (UpkeepWizard *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "upkeep-session.h"

G_BEGIN_DECLS

#define UPKEEP_TYPE_CANCEL_DIALOG (upkeep_cancel_dialog_get_type ())
G_DECLARE_FINAL_TYPE (UpkeepCancelDialog, upkeep_cancel_dialog, UPKEEP, CANCEL_DIALOG, AdwBin)

GtkWidget *upkeep_cancel_dialog_new (UpkeepSession *session, const char *host, gboolean practice);

void upkeep_cancel_dialog_present (UpkeepCancelDialog *self, GtkWidget *parent);

void upkeep_cancel_dialog_show_quote (UpkeepCancelDialog *self, UpkeepQuote *quote);
void upkeep_cancel_dialog_show_receipt (UpkeepCancelDialog *self,
                                        UpkeepTiming timing,
                                        UpkeepReceipt *receipt);
void upkeep_cancel_dialog_show_error (UpkeepCancelDialog *self, const GError *error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "upkeep-quote.h"

G_BEGIN_DECLS

GtkWidget *upkeep_refund_rule_new (const UpkeepEdition *edition,
                                   const char *plan_id,
                                   const UpkeepQuote *quote);

G_END_DECLS

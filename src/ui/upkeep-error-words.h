/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "upkeep-statement.h"

G_BEGIN_DECLS

char *upkeep_error_words (const GError *error,
                          const char *host,
                          const UpkeepStatement *statement,
                          gboolean practice);
char *upkeep_error_words_unreachable (const char *host);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *upkeep_cursor_print (GBytes *secret, const char *list, gint64 position)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean
upkeep_cursor_parse (GBytes *secret, const char *list, const char *text, gint64 *ret_position)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

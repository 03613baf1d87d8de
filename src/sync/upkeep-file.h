/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *upkeep_file_read (const char *path, gsize max_bytes, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_file_write (const char *path,
                            const char *data,
                            gsize size,
                            GFileSetContentsFlags flags,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_file_set_aside (const char *path);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * UpkeepCompatClosedFunc:
 * @page: the page, still alive
 * @user_data: what was given with it
 *
 * Told once when a page that was shown over a window has gone, by whatever way.
 */
typedef void (*UpkeepCompatClosedFunc) (GtkWidget *page, gpointer user_data);

/**
 * UpkeepCompatConfirmFunc:
 * @accepted: whether the answer was yes
 * @user_data: what was given with it
 *
 * Told once how a question was answered; closing it is a no.
 */
typedef void (*UpkeepCompatConfirmFunc) (gboolean accepted, gpointer user_data);

void upkeep_compat_present_page (GtkWidget *page,
                                 const char *title,
                                 int width_px,
                                 int height_px,
                                 GtkWidget *parent,
                                 UpkeepCompatClosedFunc closed,
                                 gpointer user_data);
void upkeep_compat_set_page_title (GtkWidget *page, const char *title);
void upkeep_compat_close_page (GtkWidget *page);

void upkeep_compat_confirm (GtkWidget *parent,
                            const char *heading,
                            const char *body,
                            const char *cancel,
                            const char *accept,
                            gboolean destructive,
                            UpkeepCompatConfirmFunc answered,
                            gpointer user_data);

void upkeep_compat_save_async (GtkWidget *parent,
                               const char *title,
                               const char *suggested_name,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GFile *upkeep_compat_save_finish (GtkWidget *parent, GAsyncResult *result, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

void upkeep_compat_about (GtkWidget *parent);

G_END_DECLS

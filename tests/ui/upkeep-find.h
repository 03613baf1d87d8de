/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Ways for a test to reach what a widget made inside itself. */

GtkWidget *upkeep_find_type (GtkWidget *root, GType type);
GtkWidget *upkeep_find_css_name (GtkWidget *root, const char *css_name);
GtkWidget *upkeep_find_label (GtkWidget *root, const char *text);
gboolean upkeep_find_is_shown (GtkWidget *root, GtkWidget *widget);
void upkeep_find_wait (gboolean (*done) (gpointer), gpointer user_data);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkCheckButton *
upkeep_choice_append (GtkBox *choices, const char *title, const char *detail, GtkWidget *amount);

G_END_DECLS

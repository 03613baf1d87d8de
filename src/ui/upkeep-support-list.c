/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-support-list.h"

#include "upkeep-inner-names.h"
#include "upkeep-row.h"

#include <glib/gi18n.h>

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The address is on the screen, to be used by hand. */
  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    g_debug ("not opened: %s", error->message);
}

static void
open_clicked_cb (GtkButton *button, const char *address)
{
  g_autoptr (GdkAppLaunchContext) context =
      gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (button)));

  g_app_info_launch_default_for_uri_async (address, G_APP_LAUNCH_CONTEXT (context), NULL,
                                           launched_cb, NULL);
}

static void
free_address (gpointer address, GClosure *closure)
{
  g_free (address);
}

/**
 * upkeep_support_row_new:
 * @channel: one way to reach people who can help
 *
 * Makes a row with what one can do there, its address and what one needs, and a button that opens
 * it.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
upkeep_support_row_new (const UpkeepSupportChannel *channel)
{
  const char *name;
  g_autofree char *detail = NULL;
  g_autofree char *label = NULL;
  GtkWidget *row;
  GtkWidget *open;

  g_return_val_if_fail (channel != NULL, NULL);

  name = upkeep_words_text (&channel->name);
  detail = upkeep_leave_support_detail (channel);
  row = upkeep_row_new (channel->kind == UPKEEP_SUPPORT_EMAIL ? "upkeep-mail-symbolic"
                                                              : "upkeep-info-symbolic",
                        name, detail);
  open = gtk_button_new_with_label (C_ ("help", "Open"));
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  /* Translators: %s is what one can do there, as in "Write to billing support". */
  label = g_strdup_printf (_ ("Open: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (open), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_data (open, "clicked", G_CALLBACK (open_clicked_cb), g_strdup (channel->address),
                         free_address, 0);
  upkeep_row_set_end (UPKEEP_ROW (row), open);
  return row;
}

/**
 * upkeep_support_list_new:
 * @edition: the catalogue that says where help is
 *
 * Makes a list of every way to reach people who can help, the first to try first (RULES C-37).
 *
 * Returns: (transfer floating) (nullable): the list; `NULL` where there is none
 */
GtkWidget *
upkeep_support_list_new (const UpkeepEdition *edition)
{
  GtkWidget *list;

  g_return_val_if_fail (edition != NULL, NULL);

  if (edition->support->len == 0)
    return NULL;

  list = upkeep_row_list_new (_ ("Where help is"));
  for (guint i = 0; i < edition->support->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list),
                         upkeep_support_row_new (g_ptr_array_index (edition->support, i)));
  return list;
}

/**
 * upkeep_review_row_new:
 * @facts: what is known
 *
 * Makes a row that says that a refund may be asked for which people judge, and opens to where
 * (RULES X-01).
 *
 * Returns: (transfer floating) (nullable): the row; `NULL` where that way is not open
 */
GtkWidget *
upkeep_review_row_new (const UpkeepCancelFacts *facts)
{
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;
  GtkWidget *row;
  GtkWidget *image;

  g_return_val_if_fail (facts != NULL, NULL);

  title = upkeep_leave_review (facts);
  detail = upkeep_leave_review_detail (facts);
  if (title == NULL)
    return NULL;

  row = g_object_new (ADW_TYPE_EXPANDER_ROW, "title", title, "subtitle", detail, NULL);
  image = g_object_new (GTK_TYPE_IMAGE, "icon-name", "upkeep-mail-symbolic", "accessible-role",
                        GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), image);
  for (guint i = 0; i < facts->edition->support->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), upkeep_support_row_new (g_ptr_array_index (
                                                          facts->edition->support, i)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  upkeep_inner_names_give (row, title);
  return row;
}

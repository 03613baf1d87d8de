/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one file that may call API newer than the floors, always behind a version check. It drops the
 * floors, so that a deprecated call in the newer branch still warns. */
#undef ADW_VERSION_MAX_ALLOWED
#undef ADW_VERSION_MIN_REQUIRED
#undef GDK_VERSION_MAX_ALLOWED
#undef GDK_VERSION_MIN_REQUIRED

#include "upkeep-compat.h"

#include "upkeep-config.h"

#include <glib/gi18n.h>

/* Marks the windows made here, so that closing a page never closes another window. */
#define HOST_KEY "upkeep-compat-host"

/* Pages */

typedef struct {
  GtkWidget *page;               /* (owned) */
  UpkeepCompatClosedFunc closed; /* (nullable) */
  gpointer user_data;
} Shown;

static void
shown_free (gpointer data, GClosure *closure)
{
  Shown *shown = data;

  g_object_unref (shown->page);
  g_free (shown);
}

static void
host_closed_cb (GtkWidget *host, Shown *shown)
{
  if (shown->closed != NULL)
    shown->closed (shown->page, shown->user_data);
}

static GtkWidget *
get_host (GtkWidget *page)
{
#if ADW_CHECK_VERSION(1, 5, 0)
  return gtk_widget_get_ancestor (page, ADW_TYPE_DIALOG);
#else
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (page));

  if (root == NULL || g_object_get_data (G_OBJECT (root), HOST_KEY) == NULL)
    return NULL;
  return root;
#endif
}

#if !ADW_CHECK_VERSION(1, 5, 0)
static gboolean
escape_pressed_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}
#endif

/**
 * upkeep_compat_present_page:
 * @page: the whole content, with its own header bar if it has one
 * @title: what it is called, translated
 * @width_px: wanted width; -1 for what the page asks for
 * @height_px: wanted height; -1 for what the page asks for
 * @parent: any widget of the window to show it over
 * @closed: (nullable): told when it has gone
 * @user_data: for @closed
 *
 * Shows a page over a window and keeps the window from use meanwhile: a dialog (a sheet on a narrow
 * window) where libadwaita has them, a modal window elsewhere.
 *
 * Escape closes it, unless the page takes the key itself.
 */
void
upkeep_compat_present_page (GtkWidget *page,
                            const char *title,
                            int width_px,
                            int height_px,
                            GtkWidget *parent,
                            UpkeepCompatClosedFunc closed,
                            gpointer user_data)
{
  Shown *shown;

  g_return_if_fail (GTK_IS_WIDGET (page));
  g_return_if_fail (title != NULL);
  g_return_if_fail (GTK_IS_WIDGET (parent));

  shown = g_new0 (Shown, 1);
  shown->page = g_object_ref_sink (page);
  shown->closed = closed;
  shown->user_data = user_data;

  {
#if ADW_CHECK_VERSION(1, 5, 0)
    AdwDialog *dialog = adw_dialog_new ();

    adw_dialog_set_title (dialog, title);
    adw_dialog_set_content_width (dialog, width_px);
    adw_dialog_set_content_height (dialog, height_px);
    adw_dialog_set_child (dialog, page);
    g_signal_connect_data (dialog, "closed", G_CALLBACK (host_closed_cb), shown, shown_free, 0);
    adw_dialog_present (dialog, parent);
#else
    GtkWindow *window = GTK_WINDOW (adw_window_new ());
    GtkEventController *keys = gtk_shortcut_controller_new ();

    g_object_set_data (G_OBJECT (window), HOST_KEY, window);
    gtk_window_set_title (window, title);
    gtk_window_set_default_size (window, width_px, height_px);
    gtk_window_set_resizable (window, height_px >= 0); /* else it stays as high as its page asks */
    gtk_window_set_modal (window, TRUE);
    gtk_window_set_transient_for (window, get_window (parent));
    gtk_window_set_destroy_with_parent (window, TRUE);
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys),
        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                          gtk_callback_action_new (escape_pressed_cb, NULL, NULL)));
    gtk_widget_add_controller (GTK_WIDGET (window), keys);
    adw_window_set_content (ADW_WINDOW (window), page);
    g_signal_connect_data (window, "destroy", G_CALLBACK (host_closed_cb), shown, shown_free, 0);
    gtk_window_present (window);
#endif
  }
}

/**
 * upkeep_compat_set_page_title:
 * @page: a shown page, or any widget in it
 * @title: what it is called now, translated
 *
 * Sets what the window manager and a screen reader call a shown page.
 */
void
upkeep_compat_set_page_title (GtkWidget *page, const char *title)
{
  GtkWidget *host;

  g_return_if_fail (GTK_IS_WIDGET (page));
  g_return_if_fail (title != NULL);

  host = get_host (page);
  if (host == NULL)
    return;

#if ADW_CHECK_VERSION(1, 5, 0)
  adw_dialog_set_title (ADW_DIALOG (host), title);
#else
  gtk_window_set_title (GTK_WINDOW (host), title);
#endif
}

/**
 * upkeep_compat_close_page:
 * @page: a shown page, or any widget in it
 *
 * Closes a page that upkeep_compat_present_page() shows; one that is not shown stays as it is.
 */
void
upkeep_compat_close_page (GtkWidget *page)
{
  GtkWidget *host;

  g_return_if_fail (GTK_IS_WIDGET (page));

  host = get_host (page);
  if (host == NULL)
    return;

#if ADW_CHECK_VERSION(1, 5, 0)
  adw_dialog_close (ADW_DIALOG (host));
#else
  gtk_window_close (GTK_WINDOW (host));
#endif
}

/* Questions */

typedef struct {
  UpkeepCompatConfirmFunc answered;
  gpointer user_data;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
question_answered_cb (GtkWidget *dialog, const char *response, Question *question)
{
  question->answered (g_str_equal (response, "accept"), question->user_data);
}

/**
 * upkeep_compat_confirm:
 * @parent: any widget of the window to ask over
 * @heading: the question, translated
 * @body: what follows from a yes, translated
 * @cancel: the label of the no button, translated, with a mnemonic; a verb
 * @accept: the label of the yes button, translated, with a mnemonic; a verb
 * @destructive: whether a yes loses something
 * @answered: told the answer
 * @user_data: for @answered
 *
 * Asks a question over a window. Closing it is a no.
 */
void
upkeep_compat_confirm (GtkWidget *parent,
                       const char *heading,
                       const char *body,
                       const char *cancel,
                       const char *accept,
                       gboolean destructive,
                       UpkeepCompatConfirmFunc answered,
                       gpointer user_data)
{
  AdwResponseAppearance look = destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED;
  const char *preset = destructive ? "cancel" : "accept";
  Question *question;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (answered != NULL);

  question = g_new0 (Question, 1);
  question->answered = answered;
  question->user_data = user_data;

  {
#if ADW_CHECK_VERSION(1, 5, 0)
    AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

    adw_alert_dialog_add_responses (dialog, "cancel", cancel, "accept", accept, NULL);
    adw_alert_dialog_set_response_appearance (dialog, "accept", look);
    adw_alert_dialog_set_default_response (dialog, preset);
    adw_alert_dialog_set_close_response (dialog, "cancel");
    g_signal_connect_data (dialog, "response", G_CALLBACK (question_answered_cb), question,
                           question_free, 0);
    adw_dialog_present (ADW_DIALOG (dialog), parent);
#else
    AdwMessageDialog *dialog =
        ADW_MESSAGE_DIALOG (adw_message_dialog_new (get_window (parent), heading, body));

    adw_message_dialog_add_responses (dialog, "cancel", cancel, "accept", accept, NULL);
    adw_message_dialog_set_response_appearance (dialog, "accept", look);
    adw_message_dialog_set_default_response (dialog, preset);
    adw_message_dialog_set_close_response (dialog, "cancel");
    gtk_accessible_update_property (GTK_ACCESSIBLE (dialog), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    body, -1);
    g_signal_connect_data (dialog, "response", G_CALLBACK (question_answered_cb), question,
                           question_free, 0);
    gtk_window_present (GTK_WINDOW (dialog));
#endif
  }
}

/* Saving */

#if GTK_CHECK_VERSION(4, 10, 0)

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
  else if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_FAILED))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", error->message);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no file was chosen");
}

#else

static void
chooser_answered_cb (GtkNativeDialog *chooser, int response, GTask *task)
{
  /* The task owns the chooser, and the chooser's handler the task. */
  g_autoptr (GTask) owned = g_object_ref (task);

  g_signal_handlers_disconnect_by_data (chooser, task);
  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)),
                           g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no file was chosen");
  gtk_native_dialog_destroy (chooser);
}

static void
chooser_cancelled_cb (GtkNativeDialog *chooser)
{
  gtk_native_dialog_hide (chooser);
  g_signal_emit_by_name (chooser, "response", GTK_RESPONSE_CANCEL);
}

static void
release_task (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

#endif

/**
 * upkeep_compat_save_async:
 * @parent: any widget of the window to ask over
 * @title: what is saved, translated
 * @suggested_name: the name to begin with
 * @cancellable: (nullable): to take the question back, on the main thread
 * @callback: told when a file has been chosen or none
 * @user_data: for @callback
 *
 * Asks where to save a file. Nothing is written here.
 */
void
upkeep_compat_save_async (GtkWidget *parent,
                          const char *title,
                          const char *suggested_name,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (title != NULL);
  g_return_if_fail (suggested_name != NULL);

  task = g_task_new (parent, cancellable, callback, user_data);
  g_task_set_source_tag (task, upkeep_compat_save_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  {
#if GTK_CHECK_VERSION(4, 10, 0)
    g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
    GtkRoot *root = gtk_widget_get_root (parent);

    gtk_file_dialog_set_title (dialog, title);
    gtk_file_dialog_set_initial_name (dialog, suggested_name);
    gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, cancellable,
                          file_chosen_cb, g_steal_pointer (&task));
#else
    GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
        title, get_window (parent), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), suggested_name);
    gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
    g_task_set_task_data (task, chooser, g_object_unref);
    g_signal_connect_data (chooser, "response", G_CALLBACK (chooser_answered_cb),
                           g_object_ref (task), release_task, 0);
    if (cancellable != NULL)
      g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (chooser_cancelled_cb), chooser,
                               G_CONNECT_SWAPPED);
    gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
#endif
  }
}

/**
 * upkeep_compat_save_finish:
 * @parent: what was given to upkeep_compat_save_async()
 * @result: the result
 * @error: return location for a `G_IO_ERROR`
 *
 * Tells where to save.
 *
 * Errors: `G_IO_ERROR_CANCELLED` when no file was chosen or the question was taken back;
 * `G_IO_ERROR_FAILED` when it could not be asked.
 *
 * Returns: (transfer full): the file, or `NULL` with @error set
 */
GFile *
upkeep_compat_save_finish (GtkWidget *parent, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* About */

/**
 * upkeep_compat_about:
 * @parent: any widget of the window to show it over
 *
 * Shows what this program is, who made it and on what terms it may be used.
 */
void
upkeep_compat_about (GtkWidget *parent)
{
  g_return_if_fail (GTK_IS_WIDGET (parent));

  {
#if ADW_CHECK_VERSION(1, 5, 0)
    adw_show_about_dialog (parent,
#else
    adw_show_about_window (get_window (parent),
#endif
                           "application-name", _ ("Upkeep"), "application-icon", UPKEEP_APP_ID,
                           "version", UPKEEP_VERSION, "developer-name", _ ("The Upkeep developers"),
                           "license-type", GTK_LICENSE_GPL_3_0,
                           /* Translators: your own name, one person a line. */
                           "translator-credits", _ ("translator-credits"), NULL);
  }
}

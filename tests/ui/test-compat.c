/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-compat.h"

#include "upkeep-find.h"

typedef struct {
  GtkWidget *page; /* what was told to have closed; compared only */
  int n_closed;
} Closed;

static void
page_closed_cb (GtkWidget *page, gpointer user_data)
{
  Closed *closed = user_data;

  g_assert_true (GTK_IS_LABEL (page));
  closed->page = page;
  closed->n_closed++;
}

static gboolean
has_closed (gpointer user_data)
{
  return ((Closed *) user_data)->n_closed > 0;
}

static gboolean
is_mapped (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data);
}

static GtkWidget *
new_window (void)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new ("Window"));
  gtk_window_present (GTK_WINDOW (window));
  upkeep_find_wait (is_mapped, window);
  return window;
}

static void
test_page (void)
{
  GtkWidget *window = new_window ();
  GtkWidget *page = gtk_label_new ("Page");
  Closed closed = {0};

  g_test_summary ("A page is shown over a window and tells once when it closes");
  upkeep_compat_present_page (page, "Review", 400, 300, gtk_window_get_child (GTK_WINDOW (window)),
                              page_closed_cb, &closed);
  upkeep_find_wait (is_mapped, page);
  upkeep_compat_set_page_title (page, "Done");
  g_assert_cmpint (closed.n_closed, ==, 0);

  upkeep_compat_close_page (page);
  upkeep_find_wait (has_closed, &closed);
  g_assert_cmpint (closed.n_closed, ==, 1);
  g_assert_true (closed.page == page);
  g_assert_true (gtk_widget_get_mapped (window));

  gtk_window_destroy (GTK_WINDOW (window));
}

/* Presses Escape in the page's window, if this libadwaita shows pages in windows. */
static gboolean
press_escape (GtkWidget *page)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (page));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (root);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
      continue;
    for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++) {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
      g_autofree char *trigger =
          gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

      if (g_str_equal (trigger, "Escape"))
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, root, NULL);
    }
  }
  return FALSE;
}

static void
test_page_escape (void)
{
  GtkWidget *window = new_window ();
  GtkWidget *page = gtk_label_new ("Page");
  Closed closed = {0};

  g_test_summary ("Escape closes a page");
  upkeep_compat_present_page (page, "Review", -1, -1, window, page_closed_cb, &closed);
  upkeep_find_wait (is_mapped, page);
  if (press_escape (page))
    upkeep_find_wait (has_closed, &closed);
  else
    g_test_skip ("libadwaita's own dialog takes the key");

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_page_owner_gone (void)
{
  GtkWidget *window = new_window ();
  GtkWidget *page = gtk_label_new ("Page");
  Closed closed = {0};

  g_test_summary ("A page goes with the window below it");
  upkeep_compat_present_page (page, "Review", 400, 300, window, page_closed_cb, &closed);
  upkeep_find_wait (is_mapped, page);
  gtk_window_destroy (GTK_WINDOW (window));
  upkeep_find_wait (has_closed, &closed);
  g_assert_cmpint (closed.n_closed, ==, 1);
}

static void
test_no_page (void)
{
  GtkWidget *window = new_window ();
  GtkWidget *child = gtk_window_get_child (GTK_WINDOW (window));
  GtkWidget *loose = g_object_ref_sink (gtk_label_new ("Loose"));

  g_test_summary ("Closing what is no page closes nothing");
  upkeep_compat_close_page (child);
  upkeep_compat_set_page_title (child, "Never");
  g_assert_null (gtk_window_get_title (GTK_WINDOW (window)));
  g_assert_true (gtk_widget_get_mapped (window));
  upkeep_compat_close_page (loose);

  g_assert_finalize_object (loose);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
answered_cb (gboolean accepted, gpointer user_data)
{
  *(int *) user_data = accepted ? 1 : 0;
}

/* The question that is shown, wherever this libadwaita puts it. */
static GtkWidget *
find_question (GtkWidget *window, const char *heading)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *l = toplevels; l != NULL; l = l->next) {
    GtkWidget *label = upkeep_find_label (l->data, heading);

    if (label != NULL)
      return label;
  }
  return NULL;
}

static void
test_confirm (void)
{
  static const struct {
    const char *response;
    int answer;
  } rows[] = {{"accept", 1}, {"cancel", 0}};
  GtkWidget *window = new_window ();

  g_test_summary ("A question is answered yes or no");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    int answer = -1;
    GtkWidget *found;
    guint signal_id = 0;

    g_test_message ("%s", rows[i].response);
    upkeep_compat_confirm (window, "Undo the change?", "Basic stays.", "_Keep Change", "_Undo",
                           i == 0, answered_cb, &answer);
    found = find_question (window, "Undo the change?");
    g_assert_nonnull (found);
    while (found != NULL && signal_id == 0) {
      signal_id = g_signal_lookup ("response", G_OBJECT_TYPE (found));
      if (signal_id == 0)
        found = gtk_widget_get_parent (found);
    }
    g_assert_nonnull (found);
    g_assert_cmpint (answer, ==, -1);
    g_signal_emit (found, signal_id, g_quark_from_string (rows[i].response), rows[i].response);
    g_assert_cmpint (answer, ==, rows[i].answer);
    if (GTK_IS_WINDOW (found))
      gtk_window_destroy (GTK_WINDOW (found));
  }

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = upkeep_compat_save_finish (GTK_WIDGET (source), result, &error);

  g_assert_null (file);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
test_save_cancelled (void)
{
  GtkWidget *window = new_window ();
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GCancellable) during = g_cancellable_new ();
  gboolean done = FALSE;

  g_test_summary ("Asking where to save can be taken back, before and while it is asked");
  g_cancellable_cancel (before);
  upkeep_compat_save_async (window, "Save", "a.pdf", before, saved_cb, &done);
  g_assert_false (done);
  upkeep_find_wait (is_true, &done);

  done = FALSE;
  upkeep_compat_save_async (window, "Save", "a.pdf", during, saved_cb, &done);
  g_cancellable_cancel (during);
  g_assert_false (done);
  upkeep_find_wait (is_true, &done);

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/compat/page", test_page);
  g_test_add_func ("/ui/compat/page-escape", test_page_escape);
  g_test_add_func ("/ui/compat/page-owner-gone", test_page_owner_gone);
  g_test_add_func ("/ui/compat/no-page", test_no_page);
  g_test_add_func ("/ui/compat/confirm", test_confirm);
  g_test_add_func ("/ui/compat/save-cancelled", test_save_cancelled);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-find.h"

#define WAIT_MAX_S 45

typedef gboolean (*Matches) (GtkWidget *widget, gconstpointer wanted);

static gboolean
has_type (GtkWidget *widget, gconstpointer wanted)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *) wanted);
}

static gboolean
has_css_name (GtkWidget *widget, gconstpointer wanted)
{
  return g_str_equal (gtk_widget_get_css_name (widget), wanted);
}

static gboolean
has_label (GtkWidget *widget, gconstpointer wanted)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), wanted);
}

static GtkWidget *
find (GtkWidget *root, Matches matches, gconstpointer wanted)
{
  if (matches (root, wanted))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, matches, wanted);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/**
 * upkeep_find_type:
 * @root: where to begin
 * @type: a type
 *
 * Finds the first widget of a type.
 *
 * Returns: (transfer none) (nullable): the widget
 */
GtkWidget *
upkeep_find_type (GtkWidget *root, GType type)
{
  return find (root, has_type, &type);
}

/**
 * upkeep_find_css_name:
 * @root: where to begin
 * @css_name: a CSS name
 *
 * Finds the first widget with a CSS name.
 *
 * Returns: (transfer none) (nullable): the widget
 */
GtkWidget *
upkeep_find_css_name (GtkWidget *root, const char *css_name)
{
  return find (root, has_css_name, css_name);
}

/**
 * upkeep_find_label:
 * @root: where to begin
 * @text: the whole text
 *
 * Finds the first label with a text, shown or not.
 *
 * Returns: (transfer none) (nullable): the label
 */
GtkWidget *
upkeep_find_label (GtkWidget *root, const char *text)
{
  return find (root, has_label, text);
}

/**
 * upkeep_find_is_shown:
 * @root: where to end
 * @widget: (nullable): a widget below @root
 *
 * Tells whether a widget and all around it up to @root are visible.
 *
 * Returns: whether they are; `FALSE` for none
 */
gboolean
upkeep_find_is_shown (GtkWidget *root, GtkWidget *widget)
{
  for (; widget != NULL && widget != root; widget = gtk_widget_get_parent (widget)) {
    if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
      return FALSE;
  }
  return widget == root;
}

static gboolean
time_out_cb (gpointer user_data)
{
  g_assert_not_reached ();
  return G_SOURCE_REMOVE;
}

/**
 * upkeep_find_wait:
 * @done: tells whether to go on
 * @user_data: for @done
 *
 * Runs the main loop until something has come about; the test fails when it does not.
 */
void
upkeep_find_wait (gboolean (*done) (gpointer), gpointer user_data)
{
  guint timeout = g_timeout_add_seconds (WAIT_MAX_S, time_out_cb, NULL);

  while (!done (user_data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

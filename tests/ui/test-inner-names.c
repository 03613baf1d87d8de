/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-inner-names.h"

#include <adwaita.h>

static guint
count_named (GtkWidget *widget, GType type, const char *name)
{
  guint n = 0;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type)) {
    g_autofree char *wrong = gtk_test_accessible_check_property (
        GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

    if (wrong == NULL)
      n++;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_named (child, type, name);
  return n;
}

/* UX C29: what can take the focus has a name. */
static void
test_give (void)
{
  GtkWidget *page = g_object_ref_sink (adw_status_page_new ());
  GtkWidget *row = g_object_ref_sink (adw_expander_row_new ());

  g_test_summary ("What a page scrolls in and a row lists its rows in goes by the name given.");
  upkeep_inner_names_give (page, "No Plans Offered");
  g_assert_cmpuint (count_named (page, GTK_TYPE_SCROLLED_WINDOW, "No Plans Offered"), ==, 1);
  upkeep_inner_names_give (row, "Refund");
  g_assert_cmpuint (count_named (row, GTK_TYPE_LIST_BOX, "Refund"), >=, 1);
  g_assert_finalize_object (page);
  g_assert_finalize_object (row);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/inner-names/give", test_give);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-fill.h"

static void
test_label (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));
  static const struct {
    const char *text;
    gboolean is_seen;
  } rows[] = {
      {"Basic to Pro", TRUE},
      {"", FALSE},
      {"Pro", TRUE},
      {NULL, FALSE},
  };

  g_test_summary ("A label without words is not seen");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].text != NULL ? rows[i].text : "(none)");
    upkeep_fill_label (GTK_LABEL (label), g_strdup (rows[i].text));
    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==,
                     rows[i].text != NULL ? rows[i].text : "");
    g_assert_cmpint (gtk_widget_get_visible (label), ==, rows[i].is_seen);
  }

  g_assert_finalize_object (label);
}

static void
test_heading (void)
{
  UpkeepHeading *heading = g_object_ref_sink (g_object_new (UPKEEP_TYPE_HEADING, NULL));

  g_test_summary ("A heading takes its words");
  upkeep_fill_heading (heading, g_strdup ("Pro, from now"));
  g_assert_cmpstr (upkeep_heading_get_label (heading), ==, "Pro, from now");

  g_assert_finalize_object (heading);
}

static void
test_clear (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkWidget *list = g_object_ref_sink (gtk_list_box_new ());

  g_test_summary ("Everything goes, and from what is empty nothing");
  for (guint i = 0; i < 3; i++) {
    gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
    gtk_list_box_append (GTK_LIST_BOX (list), gtk_label_new (NULL));
  }
  for (guint i = 0; i < 2; i++) {
    upkeep_fill_clear_box (GTK_BOX (box));
    upkeep_fill_clear_list (GTK_LIST_BOX (list));
    g_assert_null (gtk_widget_get_first_child (box));
    g_assert_null (gtk_widget_get_first_child (list));
  }

  g_assert_finalize_object (box);
  g_assert_finalize_object (list);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/fill/label", test_label);
  g_test_add_func ("/ui/fill/heading", test_heading);
  g_test_add_func ("/ui/fill/clear", test_clear);
  return g_test_run ();
}

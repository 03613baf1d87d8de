/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-notice.h"

#include "upkeep-find.h"
#include "upkeep-narrow-bin.h"

static GtkRevealer *
get_revealer (GtkWidget *notice)
{
  return GTK_REVEALER (upkeep_find_type (notice, GTK_TYPE_REVEALER));
}

/* design/README: one at a time, error over warning over practice. */
static void
test_order (void)
{
  GtkWidget *notice = g_object_ref_sink (upkeep_notice_new ());
  UpkeepNotice *self = UPKEEP_NOTICE (notice);
  GtkWidget *bar = gtk_revealer_get_child (get_revealer (notice));
  GtkWidget *button = upkeep_find_type (notice, GTK_TYPE_BUTTON);

  g_test_summary ("The most pressing message is shown, and the next comes back after it");
  g_assert_false (gtk_revealer_get_reveal_child (get_revealer (notice)));

  upkeep_notice_show (self, UPKEEP_NOTICE_PRACTICE, "No real money", "_Connect", "win.connect");
  g_assert_true (gtk_revealer_get_reveal_child (get_revealer (notice)));
  g_assert_true (upkeep_notice_is_shown (self, UPKEEP_NOTICE_PRACTICE));
  g_assert_nonnull (upkeep_find_label (notice, "No real money"));
  g_assert_true (gtk_widget_has_css_class (bar, "practice"));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "_Connect");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.connect");
  g_assert_false (gtk_widget_has_css_class (button, "suggested-action"));

  upkeep_notice_show (self, UPKEEP_NOTICE_ERROR, "Cannot reach it", NULL, NULL);
  upkeep_notice_show (self, UPKEEP_NOTICE_WARNING, "Overdue", "_Pay Now", "win.pay");
  g_assert_true (upkeep_notice_is_shown (self, UPKEEP_NOTICE_ERROR));
  g_assert_false (upkeep_notice_is_shown (self, UPKEEP_NOTICE_WARNING));
  g_assert_nonnull (upkeep_find_label (notice, "Cannot reach it"));
  g_assert_true (gtk_widget_has_css_class (bar, "error"));
  g_assert_false (gtk_widget_has_css_class (bar, "practice"));
  g_assert_false (upkeep_find_is_shown (notice, button));

  upkeep_notice_hide (self, UPKEEP_NOTICE_ERROR);
  g_assert_true (upkeep_notice_is_shown (self, UPKEEP_NOTICE_WARNING));
  g_assert_nonnull (upkeep_find_label (notice, "Overdue"));
  g_assert_true (gtk_widget_has_css_class (button, "suggested-action"));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.pay");

  upkeep_notice_hide (self, UPKEEP_NOTICE_WARNING);
  g_assert_true (upkeep_notice_is_shown (self, UPKEEP_NOTICE_PRACTICE));
  upkeep_notice_hide (self, UPKEEP_NOTICE_PRACTICE);
  upkeep_notice_hide (self, UPKEEP_NOTICE_PRACTICE);
  g_assert_false (gtk_revealer_get_reveal_child (get_revealer (notice)));
  /* What slides away keeps its words. */
  g_assert_nonnull (upkeep_find_label (notice, "No real money"));

  g_assert_finalize_object (notice);
}

static void
test_narrow (void)
{
  GtkWidget *notice = g_object_ref_sink (upkeep_notice_new ());
  GtkWidget *text;
  gboolean narrow;

  g_test_summary ("In a narrow window the words fill the bar");
  upkeep_notice_show (UPKEEP_NOTICE (notice), UPKEEP_NOTICE_PRACTICE, "No real money", NULL, NULL);
  text = upkeep_find_label (notice, "No real money");
  g_assert_false (gtk_widget_get_hexpand (text));
  g_object_set (notice, "narrow", TRUE, NULL);
  g_object_get (notice, "narrow", &narrow, NULL);
  g_assert_true (narrow);
  g_assert_true (gtk_widget_get_hexpand (text));

  g_assert_finalize_object (notice);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/notice/order", test_order);
  g_test_add_func ("/ui/notice/narrow", test_narrow);
  return g_test_run ();
}

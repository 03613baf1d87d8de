/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-amount.h"

#include "upkeep-find.h"

/* Counts the properties of the type itself; a CSS class is one of GtkWidget. */
static void
count_cb (GObject *object, GParamSpec *pspec, int *count)
{
  if (pspec->owner_type == G_OBJECT_TYPE (object))
    (*count)++;
}

static void
test_properties (void)
{
  GtkWidget *amount = g_object_ref_sink (upkeep_amount_new ("$25.00", FALSE));
  UpkeepAmount *self = UPKEEP_AMOUNT (amount);
  GtkWidget *sum = upkeep_find_label (amount, "$25.00");
  GtkWidget *tag = upkeep_find_label (amount, "Practice");
  int n_notified = 0;
  g_autofree char *text = NULL;
  g_autofree char *size = NULL;
  gboolean practice;

  g_test_summary ("A sum is marked where no real money moves");
  g_assert_true (gtk_widget_has_css_class (sum, "numeric"));
  g_assert_true (gtk_widget_has_css_class (tag, "practice"));
  g_assert_false (upkeep_find_is_shown (amount, tag));

  g_signal_connect (amount, "notify", G_CALLBACK (count_cb), &n_notified);
  for (int i = 0; i < 2; i++) {
    upkeep_amount_set_practice (self, TRUE);
    upkeep_amount_set_size (self, "title-4");
    upkeep_amount_set_text (self, "$30.00");
    g_assert_cmpint (n_notified, ==, 3);
  }
  g_assert_true (upkeep_find_is_shown (amount, tag));
  g_assert_true (gtk_widget_has_css_class (sum, "title-4"));
  g_object_get (amount, "text", &text, "size", &size, "practice", &practice, NULL);
  g_assert_cmpstr (text, ==, "$30.00");
  g_assert_cmpstr (size, ==, "title-4");
  g_assert_true (practice);

  /* The tag alone, for a row whose title holds the sum. */
  g_object_set (amount, "text", "", "size", NULL, NULL);
  g_assert_false (upkeep_find_is_shown (amount, sum));
  g_assert_true (upkeep_find_is_shown (amount, tag));
  g_assert_false (gtk_widget_has_css_class (sum, "title-4"));
  g_assert_null (upkeep_amount_get_size (self));
  g_assert_true (upkeep_amount_get_practice (self));
  g_assert_cmpstr (upkeep_amount_get_text (self), ==, "");

  g_assert_finalize_object (amount);
}

static void
test_sum (void)
{
  GtkWidget *amount = g_object_ref_sink (upkeep_amount_new_sum (123456, "USD", TRUE));

  g_test_summary ("A sum in minor units is formatted");
  g_assert_cmpstr (upkeep_amount_get_text (UPKEEP_AMOUNT (amount)), ==, "$1,234.56");
  g_assert_true (upkeep_amount_get_practice (UPKEEP_AMOUNT (amount)));

  g_assert_finalize_object (amount);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/amount/properties", test_properties);
  g_test_add_func ("/ui/amount/sum", test_sum);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-done-step.h"

#include "upkeep-find.h"
#include "upkeep-test-step.h"

static void
set_up (UpkeepTestStep *fixture, gconstpointer user_data)
{
  upkeep_test_step_set_up (fixture, user_data, upkeep_done_step_new ());
}

static void
test_receipts (UpkeepTestStep *fixture, gconstpointer user_data)
{
  static const struct {
    gboolean has_receipt;
    gint64 total_minor;
    gboolean says_paid;
  } rows[] = {
      {TRUE, 2500, TRUE},
      {TRUE, 1, TRUE},
      {TRUE, 0, FALSE},
      {FALSE, 0, FALSE},
  };
  g_autoptr (UpkeepQuote) made = upkeep_test_step_quote (fixture, "standard");
  UpkeepQuoteFacts facts = upkeep_test_step_get_facts (fixture, made);
  const UpkeepOption *option = upkeep_quote_find_option (made, UPKEEP_TIMING_IMMEDIATE);

  g_test_summary ("What was paid and the receipt's number are told where there are such");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UpkeepReceipt) receipt = upkeep_receipt_new ();

    g_test_message ("row %u", i);
    receipt->id = g_strdup ("r42");
    receipt->bill.total_minor = rows[i].total_minor;
    upkeep_done_step_show (UPKEEP_DONE_STEP (fixture->step), &facts, option,
                           rows[i].has_receipt ? receipt : NULL);
    g_assert_true (upkeep_test_step_shows (fixture, "You Now Have Standard"));
    g_assert_true (upkeep_test_step_shows (fixture, "Next charge on 10 June 2026"));
    g_assert_cmpint (upkeep_test_step_shows (fixture, "Paid"), ==, rows[i].says_paid);
    g_assert_cmpint (upkeep_test_step_shows (fixture, "r42"), ==, rows[i].has_receipt);
  }
}

static void
test_copy (UpkeepTestStep *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) made = upkeep_test_step_quote (fixture, "standard");
  UpkeepQuoteFacts facts = upkeep_test_step_get_facts (fixture, made);
  g_autoptr (UpkeepReceipt) receipt = upkeep_receipt_new ();
  GtkWidget *button = upkeep_find_type (fixture->step, GTK_TYPE_BUTTON);
  GdkContentProvider *copied;
  g_auto (GValue) value = G_VALUE_INIT;

  g_test_summary ("The number of the receipt can be copied");
  receipt->id = g_strdup ("r42");
  upkeep_done_step_show (UPKEEP_DONE_STEP (fixture->step), &facts,
                         upkeep_quote_find_option (made, UPKEEP_TIMING_IMMEDIATE), receipt);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Copy Receipt Number");
  g_signal_emit_by_name (button, "clicked");
  copied = gdk_clipboard_get_content (gtk_widget_get_clipboard (fixture->step));
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (copied, &value, NULL));
  g_assert_cmpstr (g_value_get_string (&value), ==, "r42");
}

#define ADD(path, func, plan)                                                                      \
  g_test_add (path, UpkeepTestStep, plan, set_up, func, upkeep_test_step_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/ui/done-step/receipts", test_receipts, "basic");
  ADD ("/ui/done-step/copy", test_copy, "basic");
  return g_test_run ();
}

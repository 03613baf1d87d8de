/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-done-step.h"

#include "upkeep-find.h"
#include "upkeep-test-life.h"

typedef struct {
  UpkeepTestLife *life;
  UpkeepStatement *statement;
  GtkWidget *step;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->life = upkeep_test_life_new_subscribed ("midjourney-2023-03.json", user_data,
                                                   UPKEEP_INTERVAL_MONTH, "2026-04-24T00:00:00Z");
  upkeep_test_life_use (fixture->life, 6000, 0, 0);
  upkeep_test_life_advance (fixture->life, "2026-05-10T14:05:00Z");
  fixture->statement = upkeep_test_life_state (fixture->life);
  fixture->step = g_object_ref_sink (upkeep_done_step_new ());
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->step);
  upkeep_statement_unref (fixture->statement);
  upkeep_test_life_free (fixture->life);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return upkeep_find_is_shown (fixture->step, upkeep_find_label (fixture->step, text));
}

static UpkeepQuote *
quote (Fixture *fixture, const char *plan)
{
  return upkeep_test_life_quote (fixture->life, UPKEEP_QUOTE_SWITCH, plan, UPKEEP_INTERVAL_MONTH);
}

static UpkeepQuoteFacts
get_facts (Fixture *fixture, const UpkeepQuote *made)
{
  return (UpkeepQuoteFacts){made, fixture->statement, fixture->life->edition, TRUE};
}

static void
test_receipts (Fixture *fixture, gconstpointer user_data)
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
  g_autoptr (UpkeepQuote) made = quote (fixture, "standard");
  UpkeepQuoteFacts facts = get_facts (fixture, made);
  const UpkeepOption *option = upkeep_quote_find_option (made, UPKEEP_TIMING_IMMEDIATE);

  g_test_summary ("What was paid and the receipt's number are told where there are such");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (UpkeepReceipt) receipt = upkeep_receipt_new ();

    g_test_message ("row %u", i);
    receipt->id = g_strdup ("r42");
    receipt->bill.total_minor = rows[i].total_minor;
    upkeep_done_step_show (UPKEEP_DONE_STEP (fixture->step), &facts, option,
                           rows[i].has_receipt ? receipt : NULL);
    g_assert_true (shows (fixture, "You Now Have Standard"));
    g_assert_true (shows (fixture, "Next charge on 10 June 2026"));
    g_assert_cmpint (shows (fixture, "Paid"), ==, rows[i].says_paid);
    g_assert_cmpint (shows (fixture, "r42"), ==, rows[i].has_receipt);
  }
}

static void
test_copy (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (UpkeepQuote) made = quote (fixture, "standard");
  UpkeepQuoteFacts facts = get_facts (fixture, made);
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

#define ADD(path, func, plan) g_test_add (path, Fixture, plan, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/ui/done-step/receipts", test_receipts, "basic");
  ADD ("/ui/done-step/copy", test_copy, "basic");
  return g_test_run ();
}

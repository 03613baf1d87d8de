/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-edition-change.h"
#include "upkeep-invoice-record.h"
#include "upkeep-quote.h"
#include "upkeep-receipt.h"
#include "upkeep-statement.h"

/* Values that cross threads and signals are shared, never copied: each holder has a reference of
 * his own, and the last one frees it. */
static void
test_shared (void)
{
  const struct {
    GType type;
    gpointer value;
  } rows[] = {
      {UPKEEP_TYPE_EDITION, upkeep_edition_new ()},
      {UPKEEP_TYPE_EDITION_CHANGES, upkeep_edition_changes_new ()},
      {UPKEEP_TYPE_INVOICE_RECORD, upkeep_invoice_record_new ()},
      {UPKEEP_TYPE_QUOTE, upkeep_quote_new ()},
      {UPKEEP_TYPE_RECEIPT, upkeep_receipt_new ()},
      {UPKEEP_TYPE_STATEMENT, upkeep_statement_new ()},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    GValue held = G_VALUE_INIT;

    g_test_message ("%s", g_type_name (rows[i].type));
    g_value_init (&held, rows[i].type);
    g_value_set_boxed (&held, rows[i].value);
    g_assert_true (g_value_get_boxed (&held) == rows[i].value);
    g_boxed_free (rows[i].type, rows[i].value);
    g_assert_true (g_atomic_rc_box_get_size (g_value_get_boxed (&held)) > 0);
    g_value_unset (&held);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/values/shared", test_shared);
  return g_test_run ();
}

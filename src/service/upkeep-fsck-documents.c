/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-fsck.h"

#include "upkeep-json.h"
#include "upkeep-wire-quote.h"

#include <string.h>

/* What must hold of each stored document: it can be read, its lines add up, and it says what was
 * done by it. */

/* Most bytes of one of our own documents. */
#define DOCUMENT_MAX_BYTES (1024 * 1024)

static JsonNode *
parse_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return upkeep_json_parse (bytes, DOCUMENT_MAX_BYTES, error);
}

static UpkeepQuote *
parse_quote (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = parse_text (text, error);

  return node != NULL ? upkeep_wire_parse_quote (node, error) : NULL;
}

static UpkeepReceipt *
parse_receipt (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = parse_text (text, error);

  return node != NULL ? upkeep_wire_parse_receipt (node, error) : NULL;
}

/* The total of a bill; a document that is there has one. */
static char *
print_total (const UpkeepBill *bill)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, bill->total_minor);
}

/* Columns: account, id, document */
static gboolean
check_quote (UpkeepDb *db, const UpkeepDbRows *rows, UpkeepFsckReport *report, GError **error)
{
  const char *account = upkeep_db_rows_get_text (rows, 0);
  const char *id = upkeep_db_rows_get_text (rows, 1);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UpkeepQuote) quote = parse_quote (upkeep_db_rows_get_text (rows, 2), &local_error);

  if (quote == NULL || g_strcmp0 (quote->id, id) != 0) {
    upkeep_fsck_report_add (report, "a quote can be read, and its lines add up", account, id, id,
                            quote != NULL ? quote->id : local_error->message);
    return TRUE;
  }
  for (guint i = 0; i < quote->options->len; i++) {
    const UpkeepOption *option = &g_array_index (quote->options, UpkeepOption, i);
    UpkeepBill bill;

    if (!upkeep_terms_compute (&option->terms, &bill, NULL) ||
        !upkeep_bill_equal (&bill, &option->bill)) {
      g_autofree char *expected = print_total (&bill);
      g_autofree char *found = print_total (&option->bill);

      upkeep_fsck_report_add (report, "a quote's lines follow from its terms", account, id,
                              expected, found);
    }
  }
  return TRUE;
}

static gboolean
promises (const UpkeepQuote *quote, const UpkeepReceipt *receipt)
{
  for (guint i = 0; i < quote->options->len; i++) {
    const UpkeepOption *option = &g_array_index (quote->options, UpkeepOption, i);

    if (upkeep_bill_equal (&option->bill, &receipt->bill) &&
        option->has_refund == receipt->has_refund &&
        (!option->has_refund || option->refund.amount_minor == receipt->refund.amount_minor))
      return TRUE;
  }
  return FALSE;
}

/* The invoice or the credit note that a receipt names is of the same sum. */
static gboolean
check_invoice_of (UpkeepDb *db,
                  const char *account,
                  const UpkeepReceipt *receipt,
                  UpkeepFsckReport *report,
                  GError **error)
{
  static const char check[] = "a receipt's invoice is of its sum";
  g_autoptr (UpkeepInvoiceRecord) invoice = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  gint64 total_minor =
      receipt->has_refund ? -receipt->refund.amount_minor : receipt->bill.total_minor;

  if (receipt->invoice == NULL)
    return TRUE;
  /* One that cannot be read is told of by itself. */
  if (!upkeep_store_get_invoice (db, account, receipt->invoice, &invoice, &local_error)) {
    if (g_error_matches (local_error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_CORRUPT))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (invoice != NULL && invoice->bill.total_minor == total_minor)
    return TRUE;
  expected = g_strdup_printf ("%" G_GINT64_FORMAT, total_minor);
  found = invoice != NULL ? print_total (&invoice->bill) : NULL;
  upkeep_fsck_report_add (report, check, account, receipt->id, expected, found);
  return TRUE;
}

/* Columns: account, id, document, at_s, the quote's document, what was charged for it */
static gboolean
check_receipt (UpkeepDb *db, const UpkeepDbRows *rows, UpkeepFsckReport *report, GError **error)
{
  const char *account = upkeep_db_rows_get_text (rows, 0);
  const char *id = upkeep_db_rows_get_text (rows, 1);
  gint64 charged_minor = upkeep_db_rows_get_int (rows, 5);
  gint64 receipt_minor;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (UpkeepReceipt) receipt =
      parse_receipt (upkeep_db_rows_get_text (rows, 2), &local_error);
  g_autoptr (UpkeepQuote) quote = NULL;

  if (receipt == NULL || g_strcmp0 (receipt->id, id) != 0 ||
      receipt->at_s != upkeep_db_rows_get_int (rows, 3)) {
    upkeep_fsck_report_add (report, "a receipt can be read, and its lines add up", account, id, id,
                            receipt != NULL ? receipt->id : local_error->message);
    return TRUE;
  }
  quote = parse_quote (upkeep_db_rows_get_text (rows, 4), NULL);
  if (quote != NULL && !promises (quote, receipt)) {
    g_autofree char *found = print_total (&receipt->bill);

    upkeep_fsck_report_add (report, "a receipt says what its quote said", account, id, quote->id,
                            found);
  }
  receipt_minor =
      receipt->bill.total_minor + (receipt->has_refund ? receipt->refund.amount_minor : 0);
  if (charged_minor != receipt_minor) {
    g_autofree char *expected = g_strdup_printf ("%" G_GINT64_FORMAT, receipt_minor);
    g_autofree char *found = g_strdup_printf ("%" G_GINT64_FORMAT, charged_minor);

    upkeep_fsck_report_add (report, "what a receipt says was charged", account, id, expected,
                            found);
  }
  return check_invoice_of (db, account, receipt, report, error);
}

/* Columns: account, number, id, total_minor, currency */
static gboolean
check_invoice (UpkeepDb *db, const UpkeepDbRows *rows, UpkeepFsckReport *report, GError **error)
{
  static const char check[] = "an invoice can be read, and its lines add up to its total";
  const char *account = upkeep_db_rows_get_text (rows, 0);
  const char *number = upkeep_db_rows_get_text (rows, 1);
  gint64 total_minor = upkeep_db_rows_get_int (rows, 3);
  g_autoptr (UpkeepInvoiceRecord) invoice = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!upkeep_store_get_invoice (db, account, upkeep_db_rows_get_text (rows, 2), &invoice,
                                 &local_error)) {
    if (!g_error_matches (local_error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_CORRUPT)) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    upkeep_fsck_report_add (report, check, account, number, NULL, local_error->message);
  } else if (invoice->bill.total_minor != total_minor ||
             g_strcmp0 (invoice->currency, upkeep_db_rows_get_text (rows, 4)) != 0) {
    g_autofree char *expected = print_total (&invoice->bill);
    g_autofree char *found = g_strdup_printf ("%" G_GINT64_FORMAT, total_minor);

    upkeep_fsck_report_add (report, check, account, number, expected, found);
  }
  return TRUE;
}

/* Looks at one document after the other. */
gboolean
upkeep_fsck_check_documents (UpkeepDb *db, UpkeepFsckReport *report, GError **error)
{
  static const struct {
    const char *sql;
    gboolean (*check) (UpkeepDb *db,
                       const UpkeepDbRows *rows,
                       UpkeepFsckReport *report,
                       GError **error);
  } kinds[] = {
      {"SELECT account, id, document FROM quotes ORDER BY id", check_quote},
      {"SELECT r.account, r.id, r.document, r.at_s, q.document, "
       "(SELECT coalesce (sum (c.amount_minor), 0) FROM payment_charges c "
       "WHERE c.key = 'quote/' || r.quote AND c.decline_code IS NULL) "
       "FROM receipts r JOIN quotes q ON q.id = r.quote ORDER BY r.id",
       check_receipt},
      {"SELECT account, number, id, total_minor, currency FROM invoices ORDER BY sequence",
       check_invoice},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (UpkeepDbRows) rows = upkeep_db_query (db, kinds[i].sql, UPKEEP_DB_NO_ARGS, error);
    g_autoptr (GError) local_error = NULL;

    if (rows == NULL)
      return FALSE;
    while (upkeep_db_rows_next (rows, &local_error)) {
      if (!kinds[i].check (db, rows, report, error))
        return FALSE;
    }
    if (local_error != NULL) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  }
  return TRUE;
}

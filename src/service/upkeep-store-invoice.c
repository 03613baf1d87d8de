/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-store.h"

#include "upkeep-json.h"
#include "upkeep-random.h"
#include "upkeep-reader.h"
#include "upkeep-store-row.h"
#include "upkeep-wire-parts.h"

/* Most bytes of one of our own documents. */
#define DOCUMENT_MAX_BYTES (1024 * 1024)

static const char *
get_invoice_state_name (guint value)
{
  return upkeep_invoice_state_to_string ((UpkeepInvoiceState) value);
}

/* Shape: `{"lines":[{"code","amount","basis"?}],"total":{"amount","currency"}}` */
static char *
print_bill (const UpkeepBill *bill, const char *currency)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  upkeep_wire_set_lines (object, "lines", bill);
  upkeep_wire_set_money (object, "total", bill->total_minor, currency);
  node = upkeep_wire_take_object (object);
  return upkeep_json_canonical (node);
}

static gboolean
read_bill (const char *text,
           char currency[UPKEEP_CURRENCY_SIZE],
           UpkeepBill *ret_bill,
           GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) node = upkeep_json_parse (bytes, DOCUMENT_MAX_BYTES, &local_error);
  UpkeepReader reader;

  if (node != NULL) {
    upkeep_reader_init (&reader, node, NULL, UPKEEP_READER_UNKNOWN_REFUSED, &local_error);
    upkeep_wire_read_bill (&reader, "lines", "total", currency, ret_bill);
    if (upkeep_reader_finish (&reader))
      return TRUE;
  }
  g_set_error (error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_CORRUPT, "a bill: %s", local_error->message);
  return FALSE;
}

/**
 * upkeep_store_add_invoice:
 * @db: the writer
 * @account: whose
 * @currency: of every amount
 * @invoice: what was issued
 * @ret_id: (out) (transfer full): its new id
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps an invoice or a credit note.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_add_invoice (UpkeepDb *db,
                          const char *account,
                          const char *currency,
                          const UpkeepInvoice *invoice,
                          char **ret_id,
                          GError **error)
{
  g_autofree char *id = upkeep_random_id ();
  g_autofree char *bill = NULL;

  g_return_val_if_fail (invoice != NULL, FALSE);
  g_return_val_if_fail (ret_id != NULL, FALSE);

  bill = print_bill (&invoice->bill, currency);
  if (!upkeep_db_exec (
          db,
          "INSERT INTO invoices (id, account, number, issued_at_s, state, currency, "
          "total_minor, bill, credit_of) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
          UPKEEP_DB_ARGS (upkeep_db_text (id), upkeep_db_text (account),
                          upkeep_db_text (invoice->number), upkeep_db_int (invoice->issued_at_s),
                          upkeep_db_text (upkeep_invoice_state_to_string (invoice->state)),
                          upkeep_db_text (currency), upkeep_db_int (invoice->bill.total_minor),
                          upkeep_db_text (bill), upkeep_db_text (invoice->credit_of)),
          error))
    return FALSE;
  *ret_id = g_steal_pointer (&id);
  return TRUE;
}

/**
 * upkeep_store_settle_invoices:
 * @db: the writer
 * @account: whose
 * @state: paid or void
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Gives all open invoices of an account another state.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_settle_invoices (UpkeepDb *db,
                              const char *account,
                              UpkeepInvoiceState state,
                              GError **error)
{
  return upkeep_db_exec (
      db, "UPDATE invoices SET state = $2 WHERE account = $1 AND state = $3",
      UPKEEP_DB_ARGS (upkeep_db_text (account),
                      upkeep_db_text (upkeep_invoice_state_to_string (state)),
                      upkeep_db_text (upkeep_invoice_state_to_string (UPKEEP_INVOICE_OPEN))),
      error);
}

#define INVOICE_COLUMNS  "id, number, issued_at_s, state, bill, sequence"
#define INVOICE_SEQUENCE 5

static gboolean
read_credit_notes (UpkeepDb *db, UpkeepInvoiceRecord *invoice, GError **error)
{
  g_autoptr (UpkeepDbRows) rows = upkeep_db_query (
      db, "SELECT id, number, total_minor FROM invoices WHERE credit_of = $1 ORDER BY sequence",
      UPKEEP_DB_ARGS (upkeep_db_text (invoice->number)), error);
  gboolean has_row = FALSE;

  if (rows == NULL)
    return FALSE;
  while (upkeep_store_next_row (rows, &has_row, error)) {
    UpkeepCreditNote *note;

    if (!has_row)
      return TRUE;
    note = upkeep_credit_note_new ();
    note->id = g_strdup (upkeep_db_rows_get_text (rows, 0));
    note->number = g_strdup (upkeep_db_rows_get_text (rows, 1));
    note->total_minor = upkeep_db_rows_get_int (rows, 2);
    invoice->refunded_minor -= note->total_minor;
    g_ptr_array_add (invoice->credit_notes, note);
  }
  return FALSE;
}

static UpkeepInvoiceRecord *
read_invoice (UpkeepDb *db, const UpkeepDbRows *rows, GError **error)
{
  g_autoptr (UpkeepInvoiceRecord) invoice = upkeep_invoice_record_new ();
  int state = 0;

  invoice->id = g_strdup (upkeep_db_rows_get_text (rows, 0));
  invoice->number = g_strdup (upkeep_db_rows_get_text (rows, 1));
  invoice->issued_at_s = upkeep_db_rows_get_int (rows, 2);
  if (!upkeep_store_find_value (upkeep_db_rows_get_text (rows, 3), get_invoice_state_name,
                                UPKEEP_N_INVOICE_STATES, &state, error) ||
      !read_bill (upkeep_db_rows_get_text (rows, 4), invoice->currency, &invoice->bill, error) ||
      !read_credit_notes (db, invoice, error))
    return NULL;
  invoice->state = (UpkeepInvoiceState) state;
  return g_steal_pointer (&invoice);
}

/**
 * upkeep_store_get_invoice:
 * @db: a connection
 * @account: whose
 * @id: of an invoice or a credit note
 * @ret_invoice: (out) (transfer full) (nullable): the document
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Reads an invoice.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_get_invoice (UpkeepDb *db,
                          const char *account,
                          const char *id,
                          UpkeepInvoiceRecord **ret_invoice,
                          GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (ret_invoice != NULL, FALSE);

  if (!upkeep_store_query_row (
          db, "SELECT " INVOICE_COLUMNS " FROM invoices WHERE id = $1 AND account = $2",
          UPKEEP_DB_ARGS (upkeep_db_text (id), upkeep_db_text (account)), &rows, error))
    return FALSE;
  *ret_invoice = NULL;
  if (rows != NULL)
    *ret_invoice = read_invoice (db, rows, error);
  return rows == NULL || *ret_invoice != NULL;
}

/**
 * upkeep_store_list_invoices:
 * @db: a connection
 * @account: whose
 * @before_sequence: only invoices with a lower sequence number
 * @limit: how many at the most
 * @ret_invoices: (out) (transfer full) (element-type UpkeepInvoiceRecord): newest first, with the
 *   credit notes inside
 * @ret_next_before: (out): what the next page gives for @before_sequence; 0 when this is the last
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Lists invoices.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_store_list_invoices (UpkeepDb *db,
                            const char *account,
                            gint64 before_sequence,
                            guint limit,
                            GPtrArray **ret_invoices,
                            gint64 *ret_next_before,
                            GError **error)
{
  g_autoptr (UpkeepDbRows) rows =
      upkeep_db_query (db,
                       "SELECT " INVOICE_COLUMNS " FROM invoices "
                       "WHERE account = $1 AND credit_of IS NULL AND sequence < $2 "
                       "ORDER BY sequence DESC LIMIT $3",
                       UPKEEP_DB_ARGS (upkeep_db_text (account), upkeep_db_int (before_sequence),
                                       upkeep_db_int ((gint64) limit + 1)),
                       error);
  g_autoptr (GPtrArray) invoices =
      g_ptr_array_new_with_free_func ((GDestroyNotify) upkeep_invoice_record_unref);
  gint64 last_sequence = 0;
  gboolean has_row = FALSE;

  g_return_val_if_fail (ret_invoices != NULL, FALSE);
  g_return_val_if_fail (ret_next_before != NULL, FALSE);

  if (rows == NULL)
    return FALSE;
  while (upkeep_store_next_row (rows, &has_row, error)) {
    UpkeepInvoiceRecord *invoice;

    if (!has_row || invoices->len == limit) {
      *ret_invoices = g_steal_pointer (&invoices);
      *ret_next_before = has_row ? last_sequence : 0;
      return TRUE;
    }
    invoice = read_invoice (db, rows, error);
    if (invoice == NULL)
      return FALSE;
    last_sequence = upkeep_db_rows_get_int (rows, INVOICE_SEQUENCE);
    g_ptr_array_add (invoices, invoice);
  }
  return FALSE;
}

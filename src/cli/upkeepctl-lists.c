/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-exchange.h"
#include "upkeep-format.h"
#include "upkeep-instant.h"
#include "upkeep-json.h"
#include "upkeep-wire-account.h"

#include <glib/gi18n.h>
#include <stdio.h>

static void
add_row (GPtrArray *rows, char *cells[], gsize n_cells)
{
  char **row = g_new0 (char *, n_cells + 1);

  for (gsize i = 0; i < n_cells; i++)
    row[i] = cells[i];
  g_ptr_array_add (rows, row);
}

static gboolean
append_instant (GString *query, const char *name, const char *text)
{
  char instant[UPKEEP_INSTANT_TEXT_SIZE];
  gint64 instant_s;

  if (text == NULL)
    return TRUE;
  if (!upkeepctl_parse_instant (text, &instant_s))
    return FALSE;
  upkeep_instant_print (instant_s, instant);
  g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", name, instant);
  return TRUE;
}

static void
tell_usage (const char *unit, const GPtrArray *series)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  char *head[] = {g_strdup (C_ ("column", "Since")), g_strdup (C_ ("column", "Mode")),
                  g_strdup (C_ ("column", "Used")), g_strdup (C_ ("column", "Images")),
                  g_strdup (C_ ("column", "Of"))};

  add_row (rows, head, G_N_ELEMENTS (head));
  for (guint i = 0; i < series->len; i++) {
    const UpkeepctlUse *use = g_ptr_array_index (series, i);
    char instant[UPKEEP_INSTANT_TEXT_SIZE] = "";

    upkeep_instant_print (use->start_s, instant);
    add_row (rows,
             (char *[]){g_strdup (instant), g_strdup (use->mode != NULL ? use->mode : "–"),
                        upkeep_format_quantity (use->quantity, unit),
                        upkeep_format_count (use->images),
                        g_strdup (use->key != NULL ? use->key : "–")},
             G_N_ELEMENTS (head));
  }
  upkeepctl_print_table (rows, FALSE);
}

/**
 * upkeepctl_usage:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Prints what was used, added up.
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_usage (Upkeepctl *ctl, int argc, char **argv)
{
  static const char *const groups[] = {"day", "month", "job", "feature", NULL};
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *by = NULL;
  const GOptionEntry entries[] = {
      {"from", 0, 0, G_OPTION_ARG_STRING, &from,
       N_ ("Since when; else since the month of use began"), "DATE|INSTANT"},
      {"to", 0, 0, G_OPTION_ARG_STRING, &to, N_ ("Until when"), "DATE|INSTANT"},
      {"by", 0, 0, G_OPTION_ARG_STRING, &by, N_ ("What each row adds up"), "day|month|job|feature"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl usage",
      .summary = N_ ("Lists what was used."),
      .description = N_ ("Days and months are the calendar’s, in UTC."),
  };
  g_autoptr (GString) query = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *unit = NULL;
  g_autoptr (GPtrArray) series = NULL;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv) ||
      !append_instant (query, "from", from) || !append_instant (query, "to", to))
    return UPKEEPCTL_USAGE;
  if (by != NULL) {
    if (!g_strv_contains (groups, by)) {
      upkeepctl_complain ("%s", _ ("--by is “day”, “month”, “job” or “feature”."));
      return UPKEEPCTL_USAGE;
    }
    g_string_append_printf (query, "%sby=%s", query->len > 0 ? "&" : "", by);
  }

  status = upkeepctl_get_use (ctl, query->len > 0 ? query->str : NULL, &unit, &series, &body);
  if (status != UPKEEPCTL_DONE)
    return status;

  if (ctl->json)
    upkeepctl_print_bytes (body);
  else
    tell_usage (unit, series);
  return UPKEEPCTL_DONE;
}

static const char *
get_state_words (UpkeepInvoiceState state)
{
  switch (state) {
  case UPKEEP_INVOICE_PAID:
    return C_ ("invoice", "paid");
  case UPKEEP_INVOICE_OPEN:
    return C_ ("invoice", "open");
  case UPKEEP_INVOICE_VOID:
    return C_ ("invoice", "void");
  default:
    g_return_val_if_reached (NULL);
  }
}

static void
add_invoices (GPtrArray *rows, const UpkeepInvoicePage *page)
{
  for (guint i = 0; i < page->invoices->len; i++) {
    const UpkeepInvoiceRecord *invoice = g_ptr_array_index (page->invoices, i);

    add_row (rows,
             (char *[]){g_strdup (invoice->number),
                        upkeep_format_date (invoice->issued_at_s, UPKEEP_DATE_LONG),
                        upkeep_format_money (invoice->bill.total_minor, invoice->currency),
                        invoice->refunded_minor > 0
                            ? upkeep_format_money (invoice->refunded_minor, invoice->currency)
                            : g_strdup ("–"),
                        g_strdup (get_state_words (invoice->state))},
             5);
  }
}

/* A page as the service has it, or all pages as one table. */
static UpkeepctlStatus
tell_invoices (Upkeepctl *ctl, const char *limit, const char *first_cursor)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *cursor = g_strdup (first_cursor);

  add_row (rows,
           (char *[]){g_strdup (C_ ("column", "Invoice")), g_strdup (C_ ("column", "Issued")),
                      g_strdup (C_ ("column", "Total")), g_strdup (C_ ("column", "Refunded")),
                      g_strdup (C_ ("column", "State"))},
           5);
  do {
    g_autofree char *part = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
    g_autofree char *query = part != NULL ? g_strdup_printf ("limit=%s&cursor=%s", limit, part)
                                          : g_strdup_printf ("limit=%s", limit);
    g_autoptr (GBytes) body = NULL;
    g_autoptr (JsonNode) node = NULL;
    g_autoptr (UpkeepInvoicePage) page = NULL;
    g_autoptr (GError) error = NULL;
    UpkeepctlStatus status = upkeepctl_get (ctl, "/v1/account/invoices", query, &body);

    if (status != UPKEEPCTL_DONE)
      return status;
    if (ctl->json) {
      upkeepctl_print_bytes (body);
      return UPKEEPCTL_DONE;
    }
    node = upkeep_json_parse (body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, &error);
    page = node != NULL ? upkeep_wire_parse_invoice_page (node, &error) : NULL;
    if (page == NULL)
      return upkeepctl_misread (error);
    add_invoices (rows, page);
    g_free (cursor);
    cursor = g_steal_pointer (&page->next_cursor);
  } while (cursor != NULL);
  upkeepctl_print_table (rows, FALSE);
  return UPKEEPCTL_DONE;
}

/**
 * upkeepctl_invoices:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Prints the invoices, newest first.
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_invoices (Upkeepctl *ctl, int argc, char **argv)
{
  g_autofree char *limit = NULL;
  g_autofree char *cursor = NULL;
  const GOptionEntry entries[] = {
      {"limit", 0, 0, G_OPTION_ARG_STRING, &limit, N_ ("How many are asked for at once, 1 to 100"),
       "N"},
      {"cursor", 0, 0, G_OPTION_ARG_STRING, &cursor, N_ ("Begin at this “next_cursor”"), "CURSOR"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl invoices",
      .summary = N_ ("Lists the invoices, newest first."),
      .description = N_ ("With --json it is one page, whose “next_cursor” leads to the next."),
  };
  g_autofree char *number = NULL;
  gint64 count = UPKEEP_PAGE_MAX;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv) ||
      (limit != NULL && !upkeepctl_parse_count (limit, 1, UPKEEP_PAGE_MAX, &count)))
    return UPKEEPCTL_USAGE;

  number = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  return tell_invoices (ctl, number, cursor);
}

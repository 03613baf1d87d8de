/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-parts.h"

#include "upkeep-catalogue.h"

#include <string.h>

/* Where every refund goes (CONTRACT section 5): there is one way only. */
#define REFUND_TO "original_payment_method"

#define REFUND_BUSINESS_DAYS_MAX 366

/**
 * upkeep_wire_take_object:
 * @object: (transfer full): what to wrap
 *
 * Makes a document of an object.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
upkeep_wire_take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

/**
 * upkeep_wire_set_instant:
 * @object: what to add to
 * @name: the member
 * @instant_s: an instant in UTC seconds, or `UPKEEP_INSTANT_NONE` for `null`
 *
 * Adds an instant like `2026-05-10T00:00:00Z`.
 */
void
upkeep_wire_set_instant (JsonObject *object, const char *name, gint64 instant_s)
{
  char text[UPKEEP_INSTANT_TEXT_SIZE];

  if (instant_s == UPKEEP_INSTANT_NONE) {
    json_object_set_null_member (object, name);
    return;
  }
  upkeep_instant_print (instant_s, text);
  json_object_set_string_member (object, name, text);
}

/**
 * upkeep_wire_set_texts:
 * @object: what to add to
 * @name: the member
 * @texts: (nullable) (array zero-terminated=1): the texts; %NULL for none
 *
 * Adds an array of strings.
 */
void
upkeep_wire_set_texts (JsonObject *object, const char *name, char *const *texts)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  json_object_set_array_member (object, name, array);
}

/**
 * upkeep_wire_set_text:
 * @object: what to add to
 * @name: the member
 * @text: words in every language
 *
 * Adds a text, `{"en":text,"zh-Hans":text,"zh-Hant":text,"fr":text}`.
 */
void
upkeep_wire_set_text (JsonObject *object, const char *name, const UpkeepText *text)
{
  JsonObject *child = json_object_new ();

  for (UpkeepLanguage i = 0; i < UPKEEP_N_LANGUAGES; i++)
    json_object_set_string_member (child, upkeep_catalogue_get_language_name (i), text->in[i]);
  json_object_set_object_member (object, name, child);
}

/**
 * upkeep_wire_set_money:
 * @object: what to add to
 * @name: the member
 * @minor: minor units; either sign
 * @currency: ISO 4217
 *
 * Adds a sum of money, `{"amount":1500,"currency":"USD"}`.
 */
void
upkeep_wire_set_money (JsonObject *object, const char *name, gint64 minor, const char *currency)
{
  JsonObject *money = json_object_new ();

  json_object_set_int_member (money, "amount", minor);
  json_object_set_string_member (money, "currency", currency);
  json_object_set_object_member (object, name, money);
}

/**
 * upkeep_wire_set_plan:
 * @object: what to add to
 * @name: the member
 * @plan: (nullable): id of a plan; %NULL for `null`
 * @interval: of its term
 *
 * Adds a plan, `{"plan":"basic","interval":"month"}`.
 */
void
upkeep_wire_set_plan (JsonObject *object,
                      const char *name,
                      const char *plan,
                      UpkeepInterval interval)
{
  JsonObject *child;

  if (plan == NULL) {
    json_object_set_null_member (object, name);
    return;
  }
  child = json_object_new ();
  json_object_set_string_member (child, "plan", plan);
  json_object_set_string_member (child, "interval", upkeep_interval_to_string (interval));
  json_object_set_object_member (object, name, child);
}

/**
 * upkeep_wire_set_lines:
 * @object: what to add to
 * @name: the member
 * @bill: whose lines
 *
 * Adds the lines of a bill, `[{"code":"plan_price","amount":3000},…]`, with `basis`
 * `{"price","unused","allowance"}` on those that have one.
 */
void
upkeep_wire_set_lines (JsonObject *object, const char *name, const UpkeepBill *bill)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < bill->n_lines; i++) {
    const UpkeepLine *line = &bill->lines[i];
    JsonObject *child = json_object_new ();

    json_object_set_string_member (child, "code", upkeep_line_code_to_string (line->code));
    json_object_set_int_member (child, "amount", line->amount_minor);
    if (line->has_basis) {
      JsonObject *basis = json_object_new ();

      json_object_set_int_member (basis, "price", line->price_minor);
      json_object_set_int_member (basis, "unused", line->unused);
      json_object_set_int_member (basis, "allowance", line->allowance);
      json_object_set_object_member (child, "basis", basis);
    }
    json_array_add_object_element (array, child);
  }
  json_object_set_array_member (object, name, array);
}

/**
 * upkeep_wire_set_refund:
 * @object: what to add to
 * @name: the member
 * @refund: (nullable): what comes back; %NULL for `null`
 * @currency: of it
 *
 * Adds a refund, `{"amount","currency","to","business_days","expected_by","basis"}`.
 */
void
upkeep_wire_set_refund (JsonObject *object,
                        const char *name,
                        const UpkeepRefund *refund,
                        const char *currency)
{
  char date[UPKEEP_DATE_TEXT_SIZE];
  JsonObject *child;

  if (refund == NULL) {
    json_object_set_null_member (object, name);
    return;
  }
  upkeep_date_print (refund->expected_by_s, date);
  child = json_object_new ();
  json_object_set_int_member (child, "amount", refund->amount_minor);
  json_object_set_string_member (child, "currency", currency);
  json_object_set_string_member (child, "to", REFUND_TO);
  json_object_set_int_member (child, "business_days", refund->business_days);
  json_object_set_string_member (child, "expected_by", date);
  json_object_set_string_member (child, "basis", upkeep_refund_basis_to_string (refund->basis));
  json_object_set_object_member (object, name, child);
}

/**
 * upkeep_wire_read_interval:
 * @reader: a reader
 * @name: the member
 * @ret_interval: (out): where to put the interval
 *
 * Reads `month` or `year`, or nothing where the member is absent or `null`.
 *
 * Returns: whether @ret_interval was written
 */
gboolean
upkeep_wire_read_interval (UpkeepReader *reader, const char *name, UpkeepInterval *ret_interval)
{
  const char *names[UPKEEP_N_INTERVALS];
  guint index;

  for (guint i = 0; i < UPKEEP_N_INTERVALS; i++)
    names[i] = upkeep_interval_to_string (i);

  if (!upkeep_reader_optional_enum (reader, name, names, UPKEEP_N_INTERVALS, &index))
    return FALSE;

  *ret_interval = index;
  return TRUE;
}

/**
 * upkeep_wire_read_texts:
 * @reader: a reader
 * @name: the member
 * @max_length: the most there may be
 * @ret_texts: (out) (transfer full): where to put them
 *
 * Reads an array of ids.
 *
 * Returns: whether @ret_texts was written
 */
gboolean
upkeep_wire_read_texts (UpkeepReader *reader, const char *name, guint max_length, char ***ret_texts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  UpkeepReader array;

  upkeep_reader_array (reader, name, 0, max_length, &array);
  while (upkeep_reader_has_next (&array)) {
    const char *text;

    if (!upkeep_reader_id (&array, NULL, UPKEEP_ID_MAX_BYTES, &text))
      break;
    g_strv_builder_add (builder, text);
  }
  if (upkeep_reader_has_failed (reader))
    return FALSE;

  *ret_texts = g_strv_builder_end (builder);
  return TRUE;
}

/* Every sum of a document is in one currency: the first that is met says which. */
static gboolean
read_currency (UpkeepReader *reader, char currency[UPKEEP_CURRENCY_SIZE])
{
  const char *text;

  if (!upkeep_reader_string (reader, "currency", 3, 3, &text))
    return FALSE;

  if (!upkeep_currency_is_valid (text)) {
    upkeep_reader_fail (reader, "currency", "not three capital letters");
    return FALSE;
  }
  if (currency[0] != '\0' && strcmp (currency, text) != 0) {
    upkeep_reader_fail (reader, "currency", "not %s, as the sums before", currency);
    return FALSE;
  }

  g_strlcpy (currency, text, UPKEEP_CURRENCY_SIZE);
  return TRUE;
}

static gboolean
read_money (UpkeepReader *money, char currency[UPKEEP_CURRENCY_SIZE], gint64 *ret_minor)
{
  gint64 minor;

  if (!upkeep_reader_int (money, "amount", -UPKEEP_WIRE_SUM_MAX, UPKEEP_WIRE_SUM_MAX, &minor) ||
      !read_currency (money, currency) || !upkeep_reader_finish (money))
    return FALSE;

  *ret_minor = minor;
  return TRUE;
}

/**
 * upkeep_wire_read_money:
 * @reader: a reader
 * @name: the member
 * @currency: (inout): the document's currency, which the sum must have; empty before the first sum,
 *   which then sets it
 * @ret_minor: (out): where to put the minor units
 *
 * Reads a sum of money.
 *
 * Returns: whether @ret_minor was written
 */
gboolean
upkeep_wire_read_money (UpkeepReader *reader,
                        const char *name,
                        char currency[UPKEEP_CURRENCY_SIZE],
                        gint64 *ret_minor)
{
  UpkeepReader money;

  return upkeep_reader_object (reader, name, &money) && read_money (&money, currency, ret_minor);
}

/**
 * upkeep_wire_read_optional_money:
 * @reader: a reader
 * @name: the member
 * @currency: (inout): see upkeep_wire_read_money()
 * @ret_minor: (out): where to put the minor units
 *
 * Reads a sum of money that may be absent or `null`.
 *
 * Returns: whether @ret_minor was written
 */
gboolean
upkeep_wire_read_optional_money (UpkeepReader *reader,
                                 const char *name,
                                 char currency[UPKEEP_CURRENCY_SIZE],
                                 gint64 *ret_minor)
{
  UpkeepReader money;

  return upkeep_reader_optional_object (reader, name, &money) &&
         read_money (&money, currency, ret_minor);
}

static void
read_line (UpkeepReader *lines, UpkeepLine *ret_line)
{
  const char *codes[UPKEEP_N_LINE_CODES];
  UpkeepReader line, basis;
  guint code = 0;

  for (guint i = 0; i < UPKEEP_N_LINE_CODES; i++)
    codes[i] = upkeep_line_code_to_string (i);

  *ret_line = (UpkeepLine){0};
  upkeep_reader_object (lines, NULL, &line);
  upkeep_reader_enum (&line, "code", codes, G_N_ELEMENTS (codes), &code);
  ret_line->code = code;
  upkeep_reader_int (&line, "amount", -UPKEEP_WIRE_SUM_MAX, UPKEEP_WIRE_SUM_MAX,
                     &ret_line->amount_minor);
  ret_line->has_basis = upkeep_reader_optional_object (&line, "basis", &basis);
  if (ret_line->has_basis) {
    upkeep_reader_int (&basis, "price", 0, UPKEEP_AMOUNT_MAX, &ret_line->price_minor);
    upkeep_reader_int (&basis, "unused", 0, UPKEEP_UNITS_MAX, &ret_line->unused);
    upkeep_reader_int (&basis, "allowance", 0, UPKEEP_UNITS_MAX, &ret_line->allowance);
    upkeep_reader_finish (&basis);
  }
  upkeep_reader_finish (&line);
}

/**
 * upkeep_wire_read_bill:
 * @reader: a reader
 * @lines_name: the member with the lines
 * @total_name: the member with the total, a sum of money
 * @currency: (inout): see upkeep_wire_read_money()
 * @ret_bill: (out caller-allocates): where to put them
 *
 * Reads lines and a total that they add up to.
 *
 * Returns: whether @ret_bill was written
 */
gboolean
upkeep_wire_read_bill (UpkeepReader *reader,
                       const char *lines_name,
                       const char *total_name,
                       char currency[UPKEEP_CURRENCY_SIZE],
                       UpkeepBill *ret_bill)
{
  UpkeepBill bill = {0};
  UpkeepReader lines;
  gint64 sum = 0;

  upkeep_reader_array (reader, lines_name, 0, UPKEEP_LINES_MAX, &lines);
  while (upkeep_reader_has_next (&lines)) {
    read_line (&lines, &bill.lines[bill.n_lines]);
    sum += bill.lines[bill.n_lines++].amount_minor; /* 8 x 8 x 10^12 fit */
  }
  upkeep_wire_read_money (reader, total_name, currency, &bill.total_minor);
  if (!upkeep_reader_has_failed (reader) && sum != bill.total_minor)
    upkeep_reader_fail (reader, total_name, "the lines add up to %" G_GINT64_FORMAT, sum);
  if (upkeep_reader_has_failed (reader))
    return FALSE;

  *ret_bill = bill;
  return TRUE;
}

/**
 * upkeep_wire_read_refund:
 * @reader: a reader
 * @name: the member
 * @currency: (inout): see upkeep_wire_read_money()
 * @ret_refund: (out caller-allocates): where to put the refund
 *
 * Reads a refund that may be absent or `null`.
 *
 * Returns: whether @ret_refund was written
 */
gboolean
upkeep_wire_read_refund (UpkeepReader *reader,
                         const char *name,
                         char currency[UPKEEP_CURRENCY_SIZE],
                         UpkeepRefund *ret_refund)
{
  static const char *const places[] = {REFUND_TO};
  const char *bases[UPKEEP_N_REFUND_BASES];
  UpkeepRefund refund = {0};
  UpkeepReader child;
  const char *date = NULL;
  gint64 business_days = 0;
  guint place = 0, basis = 0;

  for (guint i = 0; i < UPKEEP_N_REFUND_BASES; i++)
    bases[i] = upkeep_refund_basis_to_string (i);

  if (!upkeep_reader_optional_object (reader, name, &child))
    return FALSE;

  upkeep_reader_int (&child, "amount", 0, UPKEEP_AMOUNT_MAX, &refund.amount_minor);
  read_currency (&child, currency);
  upkeep_reader_enum (&child, "to", places, G_N_ELEMENTS (places), &place);
  upkeep_reader_int (&child, "business_days", 0, REFUND_BUSINESS_DAYS_MAX, &business_days);
  if (upkeep_reader_string (&child, "expected_by", 1, UPKEEP_DATE_TEXT_SIZE - 1, &date) &&
      !upkeep_date_parse (date, &refund.expected_by_s, NULL))
    upkeep_reader_fail (&child, "expected_by", "not a date");
  upkeep_reader_enum (&child, "basis", bases, G_N_ELEMENTS (bases), &basis);
  if (!upkeep_reader_finish (&child))
    return FALSE;

  refund.business_days = (int) business_days;
  refund.basis = basis;
  *ret_refund = refund;
  return TRUE;
}

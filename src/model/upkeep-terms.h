/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"

G_BEGIN_DECLS

/* Codes of the lines of a quote or an invoice, as CONTRACT section 5 names them. */
typedef enum {
  UPKEEP_LINE_PLAN_PRICE,
  UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT,
  UPKEEP_LINE_PRICE_DIFFERENCE,
  UPKEEP_LINE_UNUSED_CREDIT_REFUND,
  UPKEEP_LINE_ACCOUNT_BALANCE,
  UPKEEP_LINE_CREDIT_TO_BALANCE,
  UPKEEP_LINE_METERED_USAGE,
  UPKEEP_LINE_TOPUP_PACK,
  UPKEEP_LINE_REFUND,
  UPKEEP_LINE_PAST_DUE,
} UpkeepLineCode;
#define UPKEEP_N_LINE_CODES 10

/* How many lines one option has at the most. */
#define UPKEEP_LINES_MAX 8

/**
 * UpkeepLine:
 * @code: what it stands for
 * @amount_minor: positive is the customer's to pay, negative is in the customer's favour
 * @has_basis: whether the next three mean something
 * @price_minor: the price a share was taken of
 * @unused: the share's numerator, in units
 * @allowance: the share's denominator, in units
 *
 * One line of a sum, and where it comes from.
 */
typedef struct {
  UpkeepLineCode code;
  gint64 amount_minor;
  gboolean has_basis;
  gint64 price_minor;
  gint64 unused;
  gint64 allowance;
} UpkeepLine;

typedef struct {
  UpkeepLine lines[UPKEEP_LINES_MAX];
  guint n_lines;
  gint64 total_minor; /* the sum of the lines */
} UpkeepBill;

typedef enum {
  UPKEEP_CREDIT_NONE,
  UPKEEP_CREDIT_USAGE,         /* old price x unused share */
  UPKEEP_CREDIT_PRICE,         /* the whole old price */
  UPKEEP_CREDIT_UNUSED_REFUND, /* as the first, under its own name */
  UPKEEP_CREDIT_TIME,          /* both prices by the share of the term that is left */
} UpkeepCredit;
#define UPKEEP_N_CREDITS 5

/**
 * UpkeepTerms:
 * @edition: the edition's name behind the service's: `service/edition`
 * @currency: of every amount
 * @new_price_minor: price of the term that is bought; 0 with @buys_term unset
 * @buys_term: whether a term is bought
 * @credit: how the old term counts
 * @old_price_minor: price of the term that is left
 * @unused: what is left of it, in units, or in seconds for time
 * @allowance: the whole of it, in the same
 * @rounding: of the credit
 * @metered_minor: bought use that is billed with it
 * @pack_price_minor: of units that are bought
 * @past_due_minor: what is owed and settled
 * @refund_price_minor: price of the term that is given back; 0 without a refund
 * @refund_share: numerator of the part given back
 * @refund_whole: denominator of the part given back
 * @refund_cap_minor: the most that may go to the payment method
 * @balance_minor: the customer's balance before; at least 0
 *
 * Everything that the lines of one option follow from. A client that has them computes the same
 * lines.
 */
typedef struct {
  char edition[2 * UPKEEP_ID_MAX_BYTES + 2];
  char currency[UPKEEP_CURRENCY_SIZE];
  gboolean buys_term;
  gint64 new_price_minor;
  UpkeepCredit credit;
  gint64 old_price_minor;
  gint64 unused;
  gint64 allowance;
  UpkeepRounding rounding;
  gint64 metered_minor;
  gint64 pack_price_minor;
  gint64 past_due_minor;
  gint64 refund_price_minor;
  gint64 refund_share;
  gint64 refund_whole;
  gint64 refund_cap_minor;
  gint64 balance_minor;
} UpkeepTerms;

const char *upkeep_line_code_to_string (UpkeepLineCode code);
const char *upkeep_credit_to_string (UpkeepCredit credit);
const char *upkeep_rounding_to_string (UpkeepRounding rounding);

gboolean upkeep_terms_compute (const UpkeepTerms *self, UpkeepBill *ret_bill, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

const UpkeepLine *upkeep_bill_find (const UpkeepBill *self, UpkeepLineCode code);
gint64 upkeep_bill_get (const UpkeepBill *self, UpkeepLineCode code);
gboolean upkeep_line_equal (const UpkeepLine *a, const UpkeepLine *b);
gboolean upkeep_bill_equal (const UpkeepBill *a, const UpkeepBill *b);

G_END_DECLS

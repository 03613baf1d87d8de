/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-terms.h"

const char *
upkeep_line_code_to_string (UpkeepLineCode code)
{
  static const char *const names[] = {
      "plan_price",       "unused_allowance_credit",
      "price_difference", "unused_credit_refund",
      "account_balance",  "credit_to_balance",
      "metered_usage",    "topup_pack",
      "refund",           "past_due",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_LINE_CODES);

  return names[code];
}

const char *
upkeep_credit_to_string (UpkeepCredit credit)
{
  static const char *const names[] = {"none", "usage", "price", "unused_refund", "time"};

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == UPKEEP_N_CREDITS);

  return names[credit];
}

const char *
upkeep_rounding_to_string (UpkeepRounding rounding)
{
  return rounding == UPKEEP_ROUNDING_DOWN ? "down" : "half_up";
}

static gboolean
is_in_range (const UpkeepTerms *terms, GError **error)
{
  const gint64 amounts_minor[] = {
      terms->new_price_minor,  terms->old_price_minor, terms->metered_minor,
      terms->pack_price_minor, terms->past_due_minor,  terms->refund_price_minor,
      terms->refund_cap_minor, terms->balance_minor,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts_minor); i++) {
    if (amounts_minor[i] < 0) {
      g_set_error_literal (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_RANGE,
                           "an amount of the terms is below 0");
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
add_line (UpkeepBill *bill, UpkeepLineCode code, gint64 amount_minor, GError **error)
{
  g_assert (bill->n_lines < UPKEEP_LINES_MAX);

  bill->lines[bill->n_lines++] = (UpkeepLine){.code = code, .amount_minor = amount_minor};
  return upkeep_add (bill->total_minor, amount_minor, &bill->total_minor, error);
}

static gboolean
add_share (UpkeepBill *bill,
           UpkeepLineCode code,
           const UpkeepTerms *terms,
           gint64 price_minor,
           gint64 share,
           gint64 whole,
           int sign,
           GError **error)
{
  gint64 amount_minor;
  UpkeepLine *line;

  if (!upkeep_scale (price_minor, share, whole, terms->rounding, &amount_minor, error) ||
      !add_line (bill, code, sign * amount_minor, error))
    return FALSE;

  line = &bill->lines[bill->n_lines - 1];
  line->has_basis = TRUE;
  line->price_minor = price_minor;
  line->unused = share;
  line->allowance = whole;
  return TRUE;
}

static gboolean
add_credit (UpkeepBill *bill, const UpkeepTerms *terms, GError **error)
{
  switch (terms->credit) {
  case UPKEEP_CREDIT_NONE:
    return TRUE;
  case UPKEEP_CREDIT_PRICE:
    return add_line (bill, UPKEEP_LINE_PRICE_DIFFERENCE, -terms->old_price_minor, error);
  case UPKEEP_CREDIT_USAGE:
  case UPKEEP_CREDIT_TIME:
    return add_share (bill, UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT, terms, terms->old_price_minor,
                      terms->unused, terms->allowance, -1, error);
  case UPKEEP_CREDIT_UNUSED_REFUND:
    return add_share (bill, UPKEEP_LINE_UNUSED_CREDIT_REFUND, terms, terms->old_price_minor,
                      terms->unused, terms->allowance, -1, error);
  default:
    g_assert_not_reached ();
  }
}

/* Time is the one strategy that also charges only the rest of the term. */
static gboolean
add_new_price (UpkeepBill *bill, const UpkeepTerms *terms, GError **error)
{
  if (terms->credit == UPKEEP_CREDIT_TIME)
    return add_share (bill, UPKEEP_LINE_PLAN_PRICE, terms, terms->new_price_minor, terms->unused,
                      terms->allowance, 1, error);

  return add_line (bill, UPKEEP_LINE_PLAN_PRICE, terms->new_price_minor, error);
}

/* What the payment method did not give goes back to the balance (RULES 0.30). */
static gboolean
add_refund (UpkeepBill *bill, const UpkeepTerms *terms, GError **error)
{
  gint64 refund_minor;

  if (!add_share (bill, UPKEEP_LINE_REFUND, terms, terms->refund_price_minor, terms->refund_share,
                  terms->refund_whole, -1, error))
    return FALSE;

  refund_minor = -bill->lines[bill->n_lines - 1].amount_minor;
  if (refund_minor > terms->refund_cap_minor)
    return add_line (bill, UPKEEP_LINE_CREDIT_TO_BALANCE, refund_minor - terms->refund_cap_minor,
                     error);

  return TRUE;
}

/* Balance first, beside a refund too; and a credit that is not spent now becomes balance, never
 * cash (RULES 0.3). */
static gboolean
settle_with_balance (UpkeepBill *bill, const UpkeepTerms *terms, GError **error)
{
  if (bill->total_minor < 0)
    return add_line (bill, UPKEEP_LINE_CREDIT_TO_BALANCE, -bill->total_minor, error);
  if (bill->total_minor > 0 && terms->balance_minor > 0)
    return add_line (bill, UPKEEP_LINE_ACCOUNT_BALANCE,
                     -MIN (terms->balance_minor, bill->total_minor), error);

  return TRUE;
}

/**
 * upkeep_terms_compute:
 * @self: the inputs
 * @ret_bill: (out): where to put the lines and their total
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Works the lines of an option out: one rounding a line, the total is the sum of the lines.
 *
 * The service quotes with it and the client checks with it, so that a sum is shown as right only if
 * both agree.
 *
 * Errors: `UPKEEP_MODEL_ERROR_RANGE` when an amount or a share is out of bounds.
 *
 * Returns: whether @ret_bill was written
 */
gboolean
upkeep_terms_compute (const UpkeepTerms *self, UpkeepBill *ret_bill, GError **error)
{
  UpkeepBill bill = {.n_lines = 0};

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (ret_bill != NULL, FALSE);

  if (!is_in_range (self, error))
    return FALSE;
  if (self->buys_term && !add_new_price (&bill, self, error))
    return FALSE;
  if (!add_credit (&bill, self, error))
    return FALSE;
  if (self->metered_minor > 0 &&
      !add_line (&bill, UPKEEP_LINE_METERED_USAGE, self->metered_minor, error))
    return FALSE;
  if (self->pack_price_minor > 0 &&
      !add_line (&bill, UPKEEP_LINE_TOPUP_PACK, self->pack_price_minor, error))
    return FALSE;
  if (self->past_due_minor > 0 &&
      !add_line (&bill, UPKEEP_LINE_PAST_DUE, self->past_due_minor, error))
    return FALSE;

  if (!settle_with_balance (&bill, self, error))
    return FALSE;
  if (self->refund_price_minor > 0 && !add_refund (&bill, self, error))
    return FALSE;

  *ret_bill = bill;
  return TRUE;
}

/**
 * upkeep_bill_find:
 * @self: a bill
 * @code: what to look for
 *
 * Finds the line of a code, of which there is at most one.
 *
 * Returns: (nullable) (transfer none): the line
 */
const UpkeepLine *
upkeep_bill_find (const UpkeepBill *self, UpkeepLineCode code)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->n_lines; i++) {
    if (self->lines[i].code == code)
      return &self->lines[i];
  }

  return NULL;
}

/**
 * upkeep_bill_get:
 * @self: a bill
 * @code: what to look for
 *
 * Gets the amount of a code's line.
 *
 * Returns: minor units; 0 where there is no such line
 */
gint64
upkeep_bill_get (const UpkeepBill *self, UpkeepLineCode code)
{
  const UpkeepLine *line = upkeep_bill_find (self, code);

  return line != NULL ? line->amount_minor : 0;
}

/**
 * upkeep_line_equal:
 * @a: a line
 * @b: a line
 *
 * Tells whether two lines say the same, basis included (CONTRACT section 8).
 *
 * Returns: whether they do
 */
gboolean
upkeep_line_equal (const UpkeepLine *a, const UpkeepLine *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->code == b->code && a->amount_minor == b->amount_minor && a->has_basis == b->has_basis &&
         (!a->has_basis || (a->price_minor == b->price_minor && a->unused == b->unused &&
                            a->allowance == b->allowance));
}

gboolean
upkeep_bill_equal (const UpkeepBill *a, const UpkeepBill *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->n_lines != b->n_lines || a->total_minor != b->total_minor)
    return FALSE;

  for (guint i = 0; i < a->n_lines; i++) {
    if (!upkeep_line_equal (&a->lines[i], &b->lines[i]))
      return FALSE;
  }

  return TRUE;
}

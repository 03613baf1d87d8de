/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-money.h"

#include <string.h>

static gboolean
refuse_overflow (GError **error)
{
  g_set_error_literal (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_RANGE,
                       "a sum does not fit into 64 bits");
  return FALSE;
}

/**
 * upkeep_add:
 * @a: any number
 * @b: any number
 * @ret_sum: (out): where to put the sum
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Adds two numbers and never wraps.
 *
 * Errors: `UPKEEP_MODEL_ERROR_RANGE` when the sum does not fit.
 *
 * Returns: whether @ret_sum was written
 */
gboolean
upkeep_add (gint64 a, gint64 b, gint64 *ret_sum, GError **error)
{
  gint64 sum;

  g_return_val_if_fail (ret_sum != NULL, FALSE);

  if (__builtin_add_overflow (a, b, &sum))
    return refuse_overflow (error);

  *ret_sum = sum;
  return TRUE;
}

/**
 * upkeep_multiply:
 * @a: any number
 * @b: any number
 * @ret_product: (out): where to put the product
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Multiplies two numbers and never wraps.
 *
 * Errors: `UPKEEP_MODEL_ERROR_RANGE` when the product does not fit.
 *
 * Returns: whether @ret_product was written
 */
gboolean
upkeep_multiply (gint64 a, gint64 b, gint64 *ret_product, GError **error)
{
  gint64 product;

  g_return_val_if_fail (ret_product != NULL, FALSE);

  if (__builtin_mul_overflow (a, b, &product))
    return refuse_overflow (error);

  *ret_product = product;
  return TRUE;
}

/**
 * upkeep_scale:
 * @amount: what to take a part of; at least 0
 * @numerator: at least 0
 * @denominator: more than 0
 * @rounding: what becomes of a fraction
 * @ret_scaled: (out): where to put @amount x @numerator / @denominator
 * @error: return location for a `UPKEEP_MODEL_ERROR`
 *
 * Takes an exact share of an amount and rounds once.
 *
 * The product is formed in 128 bits, so that no intermediate rounding creeps in. Credits and
 * refunds are rounded as positive sums (RULES 0.31), which is why a negative amount is refused and
 * not mirrored.
 *
 * Errors: `UPKEEP_MODEL_ERROR_RANGE` when an argument is out of bounds or the share does not fit.
 *
 * Returns: whether @ret_scaled was written
 */
gboolean
upkeep_scale (gint64 amount,
              gint64 numerator,
              gint64 denominator,
              UpkeepRounding rounding,
              gint64 *ret_scaled,
              GError **error)
{
  unsigned __int128 product, share, rest;

  g_return_val_if_fail (ret_scaled != NULL, FALSE);

  if (amount < 0 || numerator < 0 || denominator <= 0) {
    g_set_error (error, UPKEEP_MODEL_ERROR, UPKEEP_MODEL_ERROR_RANGE,
                 "no share of %" G_GINT64_FORMAT " by %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                 amount, numerator, denominator);
    return FALSE;
  }

  product = (unsigned __int128) amount * (unsigned __int128) numerator;
  share = product / (unsigned __int128) denominator;
  rest = product % (unsigned __int128) denominator;
  if (rounding == UPKEEP_ROUNDING_HALF_UP && rest * 2 >= (unsigned __int128) denominator)
    share++;
  if (share > G_MAXINT64)
    return refuse_overflow (error);

  *ret_scaled = (gint64) share;
  return TRUE;
}

/**
 * upkeep_currency_is_valid:
 * @text: (nullable): what may be a currency
 *
 * Tells whether a text has the form of an ISO 4217 code.
 *
 * Returns: whether it is three capital letters
 */
gboolean
upkeep_currency_is_valid (const char *text)
{
  if (text == NULL || strlen (text) != UPKEEP_CURRENCY_SIZE - 1)
    return FALSE;

  for (const char *c = text; *c != '\0'; c++) {
    if (!g_ascii_isupper (*c))
      return FALSE;
  }

  return TRUE;
}

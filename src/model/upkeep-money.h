/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-error.h"

G_BEGIN_DECLS

/* The largest single amount or quantity taken from outside: 10^12 minor units (RELIABILITY 2 B,
 * 23). It leaves room for adding a million of them in 64 bits. */
#define UPKEEP_AMOUNT_MAX G_GINT64_CONSTANT (1000000000000)

/* Three letters and the terminating NUL. */
#define UPKEEP_CURRENCY_SIZE 4

typedef enum {
  UPKEEP_ROUNDING_HALF_UP,
  UPKEEP_ROUNDING_DOWN,
} UpkeepRounding;

gboolean upkeep_add (gint64 a, gint64 b, gint64 *ret_sum, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_multiply (gint64 a, gint64 b, gint64 *ret_product, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_scale (gint64 amount,
                       gint64 numerator,
                       gint64 denominator,
                       UpkeepRounding rounding,
                       gint64 *ret_scaled,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean upkeep_currency_is_valid (const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define UPKEEP_MODEL_ERROR (upkeep_model_error_quark ())
GQuark upkeep_model_error_quark (void);

/**
 * UpkeepModelError:
 * @UPKEEP_MODEL_ERROR_RANGE: a number is outside its bounds, or a sum would overflow
 * @UPKEEP_MODEL_ERROR_SYNTAX: a text is not of its form (an instant, a plan id)
 * @UPKEEP_MODEL_ERROR_UNKNOWN: a name stands for nothing in the edition
 *
 * What the model refuses.
 */
typedef enum {
  UPKEEP_MODEL_ERROR_RANGE,
  UPKEEP_MODEL_ERROR_SYNTAX,
  UPKEEP_MODEL_ERROR_UNKNOWN,
} UpkeepModelError;

G_END_DECLS

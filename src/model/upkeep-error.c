/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-error.h"

G_DEFINE_QUARK (upkeep_model_error, upkeep_model_error)

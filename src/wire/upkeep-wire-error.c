/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-error.h"

G_DEFINE_QUARK (upkeep_wire_error, upkeep_wire_error)

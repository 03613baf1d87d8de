/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-billing.h"

G_BEGIN_DECLS

#define UPKEEP_SAMPLE_ERROR (upkeep_sample_error_quark ())
GQuark upkeep_sample_error_quark (void);

/**
 * UpkeepSampleError:
 * @UPKEEP_SAMPLE_ERROR_FILE: the script is not one
 * @UPKEEP_SAMPLE_ERROR_STEP: the service refused one of its steps
 *
 * Why there is no sample account.
 */
typedef enum {
  UPKEEP_SAMPLE_ERROR_FILE,
  UPKEEP_SAMPLE_ERROR_STEP,
} UpkeepSampleError;

gboolean upkeep_sample_prepare (UpkeepStore *store,
                                const UpkeepBillingMeans *means,
                                const char *path,
                                gint64 now_s,
                                char **ret_access_token,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-billing.h"

G_BEGIN_DECLS

/* For the files that bill an account only. */

struct _UpkeepBilling {
  UpkeepDb *db;                        /* (unowned) */
  const UpkeepBillingMeans *means;     /* (unowned) */
  const UpkeepEdition *edition;        /* (unowned): the account's, as it is now */
  const UpkeepEdition *before_edition; /* (unowned): the account's, as it is stored */
  gint64 now_s;
  UpkeepAccount *before;  /* (owned): as it is stored */
  gint64 before_due_at_s; /* as it is stored */
  UpkeepAccount *account; /* (owned): as it is now */
  char *invoice;          /* (owned) (nullable): id of the document issued last */
  char *operator_name;    /* (owned) (nullable): who acts for the subscriber */
  gboolean is_changed;
  gboolean is_halted; /* time does not pass for it before somebody has looked at it */
};

gboolean upkeep_billing_apply (UpkeepBilling *self, UpkeepChange *change, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_billing_run_due (UpkeepBilling *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

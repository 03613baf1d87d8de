/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-catalogues.h"
#include "upkeep-db.h"

G_BEGIN_DECLS

/* Findings of one check at the most: a store that is broken through and through is told in few
 * words. */
#define UPKEEP_FSCK_FINDINGS_MAX 100

/**
 * UpkeepFinding:
 * @check: a static string, what does not hold
 * @id: (owned): of the account, transaction, invoice or job that it does not hold for
 */
typedef struct {
  const char *check;
  char *id;
} UpkeepFinding;

/**
 * UpkeepFsckReport:
 * @n_accounts: how many accounts were looked at
 * @n_transactions: how many transactions of the ledger
 * @findings: (owned) (element-type UpkeepFinding): what does not hold; empty when all is well
 */
typedef struct {
  gint64 n_accounts;
  gint64 n_transactions;
  GArray *findings;
} UpkeepFsckReport;

gboolean upkeep_fsck (UpkeepDb *db,
                      const UpkeepCatalogues *catalogues,
                      gint64 now_s,
                      UpkeepFsckReport *ret_report,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_fsck_report_clear (UpkeepFsckReport *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UpkeepFsckReport, upkeep_fsck_report_clear)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-billing.h"

G_BEGIN_DECLS

/* Findings of one check at the most: a store that is broken through and through is told in few
 * words. */
#define UPKEEP_FSCK_FINDINGS_MAX 100

/**
 * UpkeepFinding:
 * @check: a static string, what does not hold
 * @account: (owned): whose books it does not hold for
 * @id: (owned): of the account, transaction, charge or document that it does not hold for
 * @expected: (owned) (nullable): what follows from the rest of the books
 * @found: (owned) (nullable): what is there
 */
typedef struct {
  const char *check;
  char *account;
  char *id;
  char *expected;
  char *found;
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
                      const UpkeepBillingMeans *means,
                      gint64 now_s,
                      UpkeepFsckReport *ret_report,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_fsck_report_clear (UpkeepFsckReport *self);

/* For the files that look for findings only. */
void upkeep_fsck_report_add (UpkeepFsckReport *self,
                             const char *check,
                             const char *account,
                             const char *id,
                             const char *expected,
                             const char *found);
gboolean upkeep_fsck_check_accounts (UpkeepDb *db,
                                     const UpkeepBillingMeans *means,
                                     gint64 now_s,
                                     UpkeepFsckReport *report,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_fsck_check_documents (UpkeepDb *db, UpkeepFsckReport *report, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UpkeepFsckReport, upkeep_fsck_report_clear)

G_END_DECLS

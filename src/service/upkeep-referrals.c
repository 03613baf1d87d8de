/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-referrals.h"

#include "upkeep-store-row.h"

static UpkeepReferralEvent
event_of (const char *name)
{
  return g_str_equal (name, upkeep_referral_event_to_string (UPKEEP_REFERRAL_SIGNUP))
             ? UPKEEP_REFERRAL_SIGNUP
             : UPKEEP_REFERRAL_PAYMENT;
}

/**
 * upkeep_referrals_find:
 * @db: a connection
 * @id: the operator's name for the event
 * @ret_report: (out) (transfer full) (nullable): what was told under it; `NULL` when nothing was
 * @ret_record: (out): what became of it, if anything was told
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Looks an event up.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_referrals_find (UpkeepDb *db,
                       const char *id,
                       UpkeepReferralReport **ret_report,
                       UpkeepReferralRecord *ret_record,
                       GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (ret_report != NULL && ret_record != NULL, FALSE);

  if (!upkeep_store_query_row (
          db,
          "SELECT account, event, signups, quantity, bonus_percent, grant_number, at_s "
          "FROM referrals WHERE id = $1",
          UPKEEP_DB_ARGS (upkeep_db_text (id)), &rows, error))
    return FALSE;

  *ret_report = NULL;
  if (rows != NULL) {
    UpkeepReferralReport *report = g_new0 (UpkeepReferralReport, 1);

    report->id = g_strdup (id);
    report->account = g_strdup (upkeep_db_rows_get_text (rows, 0));
    report->event = event_of (upkeep_db_rows_get_text (rows, 1));
    *ret_report = report;
    *ret_record = (UpkeepReferralRecord){
        .n_signups = upkeep_db_rows_get_int (rows, 2),
        .reward = {upkeep_db_rows_get_int (rows, 3), (int) upkeep_db_rows_get_int (rows, 4)},
        .grant = upkeep_db_rows_get_int (rows, 5),
        .at_s = upkeep_db_rows_get_int (rows, 6),
    };
  }
  return TRUE;
}

/**
 * upkeep_referrals_count_signups:
 * @db: a connection
 * @account: who invited
 * @ret_n_signups: (out): how many have signed up
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Counts those who came by an account's invitation.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_referrals_count_signups (UpkeepDb *db,
                                const char *account,
                                gint64 *ret_n_signups,
                                GError **error)
{
  g_autoptr (UpkeepDbRows) rows = NULL;

  g_return_val_if_fail (account != NULL && ret_n_signups != NULL, FALSE);

  if (!upkeep_store_query_row (
          db, "SELECT count(*) FROM referrals WHERE account = $1 AND event = $2",
          UPKEEP_DB_ARGS (
              upkeep_db_text (account),
              upkeep_db_text (upkeep_referral_event_to_string (UPKEEP_REFERRAL_SIGNUP))),
          &rows, error))
    return FALSE;

  *ret_n_signups = rows != NULL ? upkeep_db_rows_get_int (rows, 0) : 0;
  return TRUE;
}

/**
 * upkeep_referrals_add:
 * @db: the writer
 * @report: what was told
 * @record: what became of it
 * @error: return location for a `UPKEEP_DB_ERROR`
 *
 * Keeps an event.
 *
 * Returns: `FALSE` when the store fails
 */
gboolean
upkeep_referrals_add (UpkeepDb *db,
                      const UpkeepReferralReport *report,
                      const UpkeepReferralRecord *record,
                      GError **error)
{
  g_return_val_if_fail (report != NULL && record != NULL, FALSE);

  return upkeep_db_exec (
      db,
      "INSERT INTO referrals (id, account, event, signups, quantity, bonus_percent, grant_number, "
      "at_s) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      UPKEEP_DB_ARGS (upkeep_db_text (report->id), upkeep_db_text (report->account),
                      upkeep_db_text (upkeep_referral_event_to_string (report->event)),
                      upkeep_db_int (record->n_signups), upkeep_db_int (record->reward.units),
                      upkeep_db_int (record->reward.bonus_percent),
                      record->grant > 0 ? upkeep_db_int (record->grant) : upkeep_db_null (),
                      upkeep_db_int (record->at_s)),
      error);
}

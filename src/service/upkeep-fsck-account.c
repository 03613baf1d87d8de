/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-fsck.h"

#include "upkeep-json.h"
#include "upkeep-queue.h"
#include "upkeep-wire-statement.h"

#include <string.h>

/* What must hold within the facts of one account: its periods, what falls due, its document. */

typedef struct {
  const UpkeepEdition *edition; /* (unowned) */
  const UpkeepAccount *account; /* (unowned) */
  gint64 due_at_s;              /* as it is stored */
  gint64 now_s;
  UpkeepFsckReport *report; /* (unowned) */
} Subject;

static char *
print_instant (gint64 instant_s)
{
  char text[UPKEEP_INSTANT_TEXT_SIZE];

  if (instant_s == UPKEEP_INSTANT_NONE)
    return g_strdup ("never");
  upkeep_instant_print (instant_s, text);
  return g_strdup (text);
}

static void
hold_instant (const Subject *self, const char *check, gint64 expected_s, gint64 found_s)
{
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  if (expected_s == found_s)
    return;
  expected = print_instant (expected_s);
  found = print_instant (found_s);
  upkeep_fsck_report_add (self->report, check, self->account->id, self->account->id, expected,
                          found);
}

/* @n_months: how long the period is; 0 any whole number of months */
static void
check_period (const Subject *self, const UpkeepPeriod *period, gint64 n_months)
{
  static const char check[] = "a period begins and ends whole months after its anchor";
  gint64 anchor_s = self->account->anchor_s;
  gint64 start_months = upkeep_schedule_months_at (anchor_s, period->start_s);
  gint64 end_months =
      n_months > 0 ? start_months + n_months : upkeep_schedule_months_at (anchor_s, period->end_s);

  hold_instant (self, check, upkeep_schedule_boundary (anchor_s, start_months), period->start_s);
  hold_instant (self, check, upkeep_schedule_boundary (anchor_s, end_months), period->end_s);
}

static void
check_periods (const Subject *self)
{
  const UpkeepAccount *account = self->account;

  if (upkeep_account_has_paid_plan (account)) {
    /* While its renewal is not paid, a term lies behind that may have had another interval. */
    check_period (self, &account->term,
                  account->owed_price_minor == 0 ? upkeep_interval_months (account->interval) : 0);
    if (account->state == UPKEEP_STATE_ACTIVE && (account->refill.start_s < account->term.start_s ||
                                                  account->refill.end_s > account->term.end_s))
      upkeep_fsck_report_add (self->report, "a refill month lies within its term", account->id,
                              account->id, NULL, NULL);
  }
  if (account->refill.end_s > 0)
    check_period (self, &account->refill, 1);
}

/* What is put aside until later was due before now. */
static void
check_due (const Subject *self)
{
  static const char check[] = "it is noted when an account has to be looked at";
  g_autoptr (GError) error = NULL;
  UpkeepDue due = {UPKEEP_DUE_NOTHING, UPKEEP_INSTANT_NONE, 0};

  if (!upkeep_due_next (self->edition, self->account, &due, &error)) {
    upkeep_fsck_report_add (self->report, check, self->account->id, self->account->id, NULL,
                            error->message);
    return;
  }
  if (due.at_s > self->now_s || self->due_at_s < due.at_s)
    hold_instant (self, check, due.at_s, self->due_at_s);
}

/* Unless something falls due that may change it. */
static void
check_queue (const Subject *self)
{
  if (!upkeep_queue_is_settled (self->edition, self->account, self->now_s))
    upkeep_fsck_report_add (self->report, "a job waits only where it has to", self->account->id,
                            self->account->id, NULL, NULL);
}

/* The document is read as it was written, and written again as it was. */
static void
check_statement (const Subject *self)
{
  static const char check[] = "the account document says the same twice";
  g_autoptr (UpkeepStatement) statement =
      upkeep_statement_make (self->edition, self->account, self->now_s);
  g_autoptr (JsonNode) node = upkeep_wire_print_statement (statement);
  g_autofree char *text = upkeep_json_canonical (node);
  g_autoptr (GError) error = NULL;
  g_autoptr (UpkeepStatement) again = upkeep_wire_parse_statement (node, &error);
  g_autoptr (JsonNode) again_node = again != NULL ? upkeep_wire_print_statement (again) : NULL;
  g_autofree char *again_text = again_node != NULL ? upkeep_json_canonical (again_node) : NULL;

  if (again == NULL)
    upkeep_fsck_report_add (self->report, check, self->account->id, self->account->id, NULL,
                            error->message);
  else if (g_strcmp0 (text, again_text) != 0)
    upkeep_fsck_report_add (self->report, check, self->account->id, self->account->id, text,
                            again_text);
}

static gboolean
check_account (UpkeepDb *db,
               const UpkeepBillingMeans *means,
               const char *id,
               gint64 now_s,
               UpkeepFsckReport *report,
               GError **error)
{
  g_autoptr (UpkeepAccount) account = NULL;
  const UpkeepCatalogue *catalogue;
  Subject subject = {.now_s = now_s, .report = report};
  g_autoptr (GError) local_error = NULL;

  if (!upkeep_store_get_account (db, id, &account, &subject.due_at_s, &local_error)) {
    if (!g_error_matches (local_error, UPKEEP_DB_ERROR, UPKEEP_DB_ERROR_CORRUPT)) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    upkeep_fsck_report_add (report, "an account can be read", id, id, NULL, local_error->message);
    return TRUE;
  }
  catalogue = upkeep_catalogues_find (means->catalogues, account->service, account->edition);
  if (catalogue == NULL || !upkeep_billing_resolve_coming (means, account, NULL)) {
    upkeep_fsck_report_add (report, "an account's edition is loaded", id, id, account->edition,
                            NULL);
    return TRUE;
  }
  subject.edition = catalogue->edition;
  subject.account = account;
  check_periods (&subject);
  check_due (&subject);
  check_queue (&subject);
  check_statement (&subject);
  return TRUE;
}

/* Looks at one account after the other. */
gboolean
upkeep_fsck_check_accounts (UpkeepDb *db,
                            const UpkeepBillingMeans *means,
                            gint64 now_s,
                            UpkeepFsckReport *report,
                            GError **error)
{
  g_autoptr (UpkeepDbRows) rows =
      upkeep_db_query (db, "SELECT id FROM accounts ORDER BY id", UPKEEP_DB_NO_ARGS, error);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  while (upkeep_db_rows_next (rows, &local_error)) {
    if (!check_account (db, means, upkeep_db_rows_get_text (rows, 0), now_s, report, error))
      return FALSE;
  }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-schema.h"

/*
 * Instants are seconds since 1970 and end in _s, amounts of money are minor units and end in
 * _minor. NULL is "none" everywhere. What can never change is guarded by triggers, so that not even
 * a fault of the program rewrites what was charged, given or issued.
 */

#define APPEND_ONLY(table)                                                                         \
  "CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table                                     \
  " BEGIN SELECT RAISE (ABORT, '" table " is append-only'); END;"                                  \
  "CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table                                     \
  " BEGIN SELECT RAISE (ABORT, '" table " is append-only'); END;"

#define USE_COLUMNS(prefix)                                                                        \
  prefix "_units_0 INTEGER NOT NULL," prefix "_units_1 INTEGER NOT NULL," prefix                   \
         "_units_2 INTEGER NOT NULL," prefix "_units_3 INTEGER NOT NULL," prefix                   \
         "_images INTEGER NOT NULL,"

static const char version_1[] =
    /* What the store keeps about itself, and where the test clock stood. */
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;"
    "CREATE TABLE clocks (name TEXT PRIMARY KEY, now_s INTEGER NOT NULL) STRICT;"

    /* The facts about an account, as UpkeepAccount has them, and when it has to be looked at. */
    "CREATE TABLE accounts ("
    "  id TEXT PRIMARY KEY,"
    "  service TEXT NOT NULL,"
    "  edition TEXT NOT NULL,"
    "  email TEXT NOT NULL,"
    "  locale TEXT,"
    "  country TEXT,"
    "  created_at_s INTEGER NOT NULL,"
    "  version INTEGER NOT NULL,"
    "  state TEXT NOT NULL,"
    "  plan TEXT,"
    "  interval TEXT,"
    "  price_minor INTEGER NOT NULL,"
    "  started_at_s INTEGER,"
    "  ended_at_s INTEGER,"
    "  ever_subscribed INTEGER NOT NULL,"
    "  anchor_s INTEGER,"
    "  term_start_s INTEGER NOT NULL,"
    "  term_end_s INTEGER NOT NULL,"
    "  refill_start_s INTEGER NOT NULL,"
    "  refill_end_s INTEGER NOT NULL,"
    "  term_taken_minor INTEGER NOT NULL,"
    "  term_invoice TEXT,"
    "  scheduled TEXT,"
    "  scheduled_plan TEXT,"
    "  scheduled_interval TEXT,"
    "  missed_at_s INTEGER,"
    "  retries_done INTEGER NOT NULL,"
    "  owed_price_minor INTEGER NOT NULL,"
    "  money_minor INTEGER NOT NULL,"
    "  metered_parts INTEGER NOT NULL,"
    "  mode INTEGER NOT NULL,"
    "  mode_fell INTEGER NOT NULL,"
    /* */ USE_COLUMNS ("use_month") USE_COLUMNS ("use_subscription") USE_COLUMNS ("use_lifetime")
    /* */
    "  last_used_at_s INTEGER,"
    "  next_grant_number INTEGER NOT NULL,"
    "  payment_token TEXT,"
    "  payment_brand TEXT,"
    "  payment_last4 TEXT,"
    "  payment_exp_month INTEGER NOT NULL,"
    "  payment_exp_year INTEGER NOT NULL,"
    "  invoice_prefix TEXT NOT NULL UNIQUE,"
    "  next_invoice_number INTEGER NOT NULL,"
    "  refund_expected_by_s INTEGER,"
    "  refund_minor INTEGER NOT NULL,"
    "  next_due_at_s INTEGER"
    ") STRICT;"
    "CREATE INDEX accounts_due ON accounts (next_due_at_s, id) WHERE next_due_at_s IS NOT NULL;"

    "CREATE TABLE grants ("
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  number INTEGER NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  quantity INTEGER NOT NULL CHECK (quantity >= 0),"
    "  remaining INTEGER NOT NULL CHECK (remaining BETWEEN 0 AND quantity),"
    "  granted_at_s INTEGER NOT NULL,"
    "  expires_at_s INTEGER,"
    "  PRIMARY KEY (account, number)"
    ") STRICT;"

    "CREATE TABLE refunds ("
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  number INTEGER NOT NULL,"
    "  at_s INTEGER NOT NULL,"
    "  PRIMARY KEY (account, number)"
    ") STRICT;" APPEND_ONLY ("refunds")

    /* A token lets in whoever has it, so only its hash is kept. */
    "CREATE TABLE tokens ("
    "  hash BLOB PRIMARY KEY,"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  created_at_s INTEGER NOT NULL"
    ") STRICT;"

    /* Double entry: leg 0 is the customer's and carries the balance after it, leg 1 is the other
     * side. The legs of a transaction add up to 0. */
    "CREATE TABLE ledger_transactions ("
    "  id INTEGER PRIMARY KEY,"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  unit TEXT NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  at_s INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX ledger_transactions_account ON ledger_transactions (account, unit, id);"
    "CREATE TABLE ledger_legs ("
    "  transaction_id INTEGER NOT NULL REFERENCES ledger_transactions (id),"
    "  leg INTEGER NOT NULL CHECK (leg IN (0, 1)),"
    "  unit TEXT NOT NULL,"
    "  amount INTEGER NOT NULL CHECK (amount <> 0),"
    "  balance INTEGER CHECK ((balance IS NULL) = (leg = 1)),"
    "  PRIMARY KEY (transaction_id, leg)"
    ") STRICT;" APPEND_ONLY ("ledger_transactions") APPEND_ONLY ("ledger_legs")

    /* A credit note is an invoice with credit_of. Only the state ever changes. */
    "CREATE TABLE invoices ("
    "  sequence INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE,"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  number TEXT NOT NULL UNIQUE,"
    "  issued_at_s INTEGER NOT NULL,"
    "  state TEXT NOT NULL,"
    "  currency TEXT NOT NULL,"
    "  total_minor INTEGER NOT NULL,"
    "  bill TEXT NOT NULL,"
    "  credit_of TEXT REFERENCES invoices (number)"
    ") STRICT;"
    "CREATE INDEX invoices_account ON invoices (account, sequence);"
    "CREATE INDEX invoices_credit_of ON invoices (credit_of) WHERE credit_of IS NOT NULL;"
    "CREATE TRIGGER invoices_no_update BEFORE UPDATE OF sequence, id, account, number, issued_at_s,"
    "  currency, total_minor, bill, credit_of ON invoices"
    "  BEGIN SELECT RAISE (ABORT, 'an invoice stays as issued'); END;"
    "CREATE TRIGGER invoices_no_delete BEFORE DELETE ON invoices"
    "  BEGIN SELECT RAISE (ABORT, 'an invoice stays'); END;"

    "CREATE TABLE quotes ("
    "  id TEXT PRIMARY KEY,"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  request TEXT NOT NULL,"
    "  document TEXT NOT NULL,"
    "  expires_at_s INTEGER NOT NULL,"
    "  accepted_at_s INTEGER"
    ") STRICT;"
    "CREATE INDEX quotes_open ON quotes (expires_at_s) WHERE accepted_at_s IS NULL;"

    "CREATE TABLE receipts ("
    "  id TEXT PRIMARY KEY,"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  quote TEXT NOT NULL UNIQUE REFERENCES quotes (id),"
    "  at_s INTEGER NOT NULL,"
    "  document TEXT NOT NULL"
    ") STRICT;" APPEND_ONLY ("receipts")

    /* What a key was answered. A token that the answer handed out is not in it: in its place stands
     * the nonce from which the service makes the token again. */
    "CREATE TABLE idempotency_keys ("
    "  scope TEXT NOT NULL,"
    "  key TEXT NOT NULL,"
    "  fingerprint BLOB NOT NULL,"
    "  status INTEGER NOT NULL,"
    "  body BLOB NOT NULL,"
    "  nonce TEXT,"
    "  created_at_s INTEGER NOT NULL,"
    "  PRIMARY KEY (scope, key)"
    ") STRICT;"
    "CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at_s);"

    "CREATE TABLE usage_events ("
    "  id TEXT PRIMARY KEY,"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  meter TEXT NOT NULL,"
    "  mode TEXT,"
    "  feature TEXT,"
    "  job TEXT,"
    "  quantity INTEGER NOT NULL CHECK (quantity >= 0),"
    "  images INTEGER NOT NULL CHECK (images >= 0),"
    "  at_s INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX usage_events_account ON usage_events (account, at_s);" APPEND_ONLY (
        "usage_events")

    /* The key is derived from what is charged: one thing is paid once. */
    "CREATE TABLE payment_charges ("
    "  key TEXT NOT NULL,"
    "  attempt INTEGER NOT NULL CHECK (attempt >= 1),"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),"
    "  currency TEXT NOT NULL,"
    "  decline_code TEXT,"
    "  at_s INTEGER NOT NULL,"
    "  PRIMARY KEY (key, attempt)"
    ") STRICT;"
    "CREATE UNIQUE INDEX payment_charges_paid ON payment_charges (key) WHERE decline_code IS "
    "NULL;" APPEND_ONLY ("payment_charges");

/* Use since the last renewal is known where the refill month began with the term; elsewhere that of
 * the subscription is the least that cannot be too low. */
#define ADD_USE_TERM(column)                                                                       \
  "ALTER TABLE accounts ADD COLUMN use_term_" column " INTEGER NOT NULL DEFAULT 0;"                \
  "UPDATE accounts SET use_term_" column " = CASE WHEN refill_start_s = term_start_s "             \
  "THEN use_month_" column " ELSE use_subscription_" column " END;"

/* What was shipped by version 1 was called so. */
#define SHIPPED_UNIT "'issue'"

static const char version_2[] =
    /* Where the operator moves an account at its next renewal. */
    "ALTER TABLE accounts ADD COLUMN next_edition TEXT;"

    /* Which operator had a token made for somebody who cannot sign in any more, and what was booked
     * by it. */
    "ALTER TABLE tokens ADD COLUMN operator TEXT;"
    "ALTER TABLE ledger_transactions ADD COLUMN operator TEXT;"

    /* Whether bought units were paid under an edition that the account has left. */
    "ALTER TABLE grants ADD COLUMN prepaid INTEGER NOT NULL DEFAULT 0;"

    /* Jobs under the names that the operator gave them. The unfinished ones are facts about their
     * account; position is what was answered when the job was taken, 0 where it ran at once. */
    "ALTER TABLE accounts ADD COLUMN next_job_number INTEGER NOT NULL DEFAULT 1;"
    "CREATE TABLE jobs ("
    "  id TEXT PRIMARY KEY,"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  number INTEGER NOT NULL,"
    "  mode INTEGER NOT NULL,"
    "  reserve INTEGER NOT NULL CHECK (reserve >= 0),"
    "  position INTEGER NOT NULL CHECK (position >= 0),"
    "  taken_at_s INTEGER NOT NULL,"
    "  state TEXT NOT NULL,"
    "  ended_at_s INTEGER,"
    "  UNIQUE (account, number)"
    ") STRICT;"
    "CREATE INDEX jobs_unfinished ON jobs (account, number) WHERE ended_at_s IS NULL;"
    "CREATE TRIGGER jobs_no_update BEFORE UPDATE OF id, account, number, reserve, position,"
    "  taken_at_s ON jobs BEGIN SELECT RAISE (ABORT, 'a job stays as taken'); END;"
    "CREATE TRIGGER jobs_no_return BEFORE UPDATE ON jobs WHEN OLD.ended_at_s IS NOT NULL"
    "  BEGIN SELECT RAISE (ABORT, 'a job ends once'); END;"
    "CREATE TRIGGER jobs_no_delete BEFORE DELETE ON jobs"
    "  BEGIN SELECT RAISE (ABORT, 'a job stays'); END;"

    /* Who came by whose invitation, and what that earned: an event counts once. */
    "CREATE TABLE referrals ("
    "  id TEXT PRIMARY KEY,"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  event TEXT NOT NULL,"
    "  signups INTEGER NOT NULL CHECK (signups >= 1),"
    "  quantity INTEGER NOT NULL CHECK (quantity >= 0),"
    "  bonus_percent INTEGER NOT NULL CHECK (bonus_percent BETWEEN 0 AND 100),"
    "  grant_number INTEGER,"
    "  at_s INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX referrals_account ON referrals (account, event);" APPEND_ONLY ("referrals")

    /* */ ADD_USE_TERM ("units_0") ADD_USE_TERM ("units_1") ADD_USE_TERM ("units_2")
    /* */ ADD_USE_TERM ("units_3") ADD_USE_TERM ("images")

    /* What each paid month brings where issues are shipped. It is sent or given back once. */
    "CREATE TABLE issues ("
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  number INTEGER NOT NULL CHECK (number >= 1),"
    "  invoice TEXT NOT NULL UNIQUE REFERENCES invoices (number),"
    "  grant_number INTEGER NOT NULL,"
    "  price_minor INTEGER NOT NULL CHECK (price_minor >= 0),"
    "  taken_minor INTEGER NOT NULL CHECK (taken_minor >= 0),"
    "  paid_at_s INTEGER NOT NULL,"
    "  shipped_at_s INTEGER,"
    "  refunded_at_s INTEGER,"
    "  PRIMARY KEY (account, number)"
    ") STRICT;"
    /* Version 1 knew only whether the present issue was sent. Nothing earlier can be sent or given
     * back any more: it counts as sent when it was paid. */
    "INSERT INTO issues "
    "SELECT i.account, row_number () OVER (PARTITION BY i.account ORDER BY i.sequence), i.number,"
    "  coalesce (g.number, 0), CASE WHEN g.number IS NULL THEN max (i.total_minor, 0)"
    "  ELSE a.price_minor END,"
    "  CASE WHEN g.number IS NULL THEN max (i.total_minor, 0) ELSE a.term_taken_minor END,"
    "  i.issued_at_s, CASE WHEN g.remaining = 1 THEN NULL ELSE i.issued_at_s END,"
    "  (SELECT max (n.issued_at_s) FROM invoices n WHERE n.credit_of = i.number)"
    " FROM invoices i JOIN accounts a ON a.id = i.account"
    " LEFT JOIN grants g ON g.account = i.account AND g.kind = 'plan' AND a.term_invoice = i.number"
    " WHERE i.credit_of IS NULL AND i.state = 'paid' AND i.bill LIKE '%plan_price%'"
    "  AND EXISTS (SELECT 1 FROM ledger_transactions t"
    "    WHERE t.account = i.account AND t.unit = " SHIPPED_UNIT ");"
    "UPDATE grants SET expires_at_s = NULL WHERE kind = 'plan' AND EXISTS ("
    "  SELECT 1 FROM issues i WHERE i.account = grants.account AND i.grant_number = grants.number);"
    "CREATE TRIGGER issues_no_update BEFORE UPDATE OF account, number, invoice, grant_number,"
    "  price_minor, taken_minor, paid_at_s ON issues"
    "  BEGIN SELECT RAISE (ABORT, 'an issue stays as paid'); END;"
    "CREATE TRIGGER issues_sent_once BEFORE UPDATE OF shipped_at_s, refunded_at_s ON issues"
    "  WHEN (OLD.shipped_at_s IS NOT NULL AND OLD.shipped_at_s IS NOT NEW.shipped_at_s)"
    "    OR (OLD.refunded_at_s IS NOT NULL AND OLD.refunded_at_s IS NOT NEW.refunded_at_s)"
    "  BEGIN SELECT RAISE (ABORT, 'an issue is sent or given back once'); END;"
    "CREATE TRIGGER issues_no_delete BEFORE DELETE ON issues"
    "  BEGIN SELECT RAISE (ABORT, 'an issue stays'); END;"

    /* Why one left, once for each subscription. */
    "CREATE TABLE leave_reasons ("
    "  sequence INTEGER PRIMARY KEY,"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  started_at_s INTEGER NOT NULL,"
    "  at_s INTEGER NOT NULL,"
    "  reason TEXT NOT NULL,"
    "  text TEXT,"
    "  UNIQUE (account, started_at_s)"
    ") STRICT;"

    /* Addresses that let in whoever has them, so only their hashes are kept. One that was used is
     * gone. */
    "CREATE TABLE links ("
    "  sequence INTEGER PRIMARY KEY,"
    "  hash BLOB NOT NULL UNIQUE,"
    "  purpose TEXT NOT NULL,"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  operator TEXT,"
    "  returns INTEGER NOT NULL,"
    "  expires_at_s INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX links_account ON links (account, purpose, sequence);"
    "CREATE INDEX links_age ON links (expires_at_s);"

    /* Browsers that came through a personal link. */
    "CREATE TABLE visits ("
    "  sequence INTEGER PRIMARY KEY,"
    "  hash BLOB NOT NULL UNIQUE,"
    "  account TEXT NOT NULL REFERENCES accounts (id),"
    "  operator TEXT,"
    "  expires_at_s INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX visits_account ON visits (account, sequence);"
    "CREATE INDEX visits_age ON visits (expires_at_s);";

const UpkeepMigration upkeep_schema[UPKEEP_SCHEMA_VERSION] = {
    {version_1},
    {version_2},
};

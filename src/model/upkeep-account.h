/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"

G_BEGIN_DECLS

/* The facts about one account: all that a decision needs beside the edition and the time. */

typedef enum {
  UPKEEP_STATE_NONE, /* never had a paid plan */
  UPKEEP_STATE_TRIAL,
  UPKEEP_STATE_ACTIVE,
  UPKEEP_STATE_PAST_DUE,
  UPKEEP_STATE_ENDED, /* had a paid plan */
} UpkeepState;
#define UPKEEP_N_STATES 5

typedef enum {
  UPKEEP_SCHEDULED_NOTHING,
  UPKEEP_SCHEDULED_SWITCH,
  UPKEEP_SCHEDULED_CANCEL,
} UpkeepScheduledKind;
#define UPKEEP_N_SCHEDULED_KINDS 3

/**
 * UpkeepGrant:
 * @number: its place in the account's history, from 1; the older one has the lower number
 * @kind: where it came from
 * @quantity: units given
 * @remaining: units not spent yet, from 0 to @quantity
 * @granted_at_s: when
 * @expires_at_s: the first instant at which it is gone; `UPKEEP_INSTANT_NONE` never
 * @prepaid: whether bought units were paid when they were bought, under an edition that is left:
 * where the one that holds now charges them as they are used, these cost nothing more
 *
 * Units that were given and may be spent.
 */
typedef struct {
  gint64 number;
  UpkeepGrantKind kind;
  gint64 quantity;
  gint64 remaining;
  gint64 granted_at_s;
  gint64 expires_at_s;
  gboolean prepaid;
} UpkeepGrant;

/**
 * UpkeepUse:
 * @units: units processed, by mode of the meter; a meter without modes counts in the first
 * @images: images made
 *
 * What was processed over some time, whichever grant paid and overrun included (RULES 0.9, 0.26).
 */
typedef struct {
  gint64 units[UPKEEP_MODES_MAX];
  gint64 images;
} UpkeepUse;

/* How a job stands. One that is queued or runs is unfinished. */
typedef enum {
  UPKEEP_JOB_QUEUED,
  UPKEEP_JOB_RUNNING,
  UPKEEP_JOB_DONE,    /* finished, and what it used was counted */
  UPKEEP_JOB_FAILED,  /* finished by an error, which costs nothing */
  UPKEEP_JOB_DROPPED, /* taken out of the queue before it ran (RULES 0.33) */
} UpkeepJobState;
#define UPKEEP_N_JOB_STATES 5

/**
 * UpkeepJob:
 * @number: its place in the account's history, from 1; the older one has the lower number
 * @mode: what it works in, by index; 0 where the meter has no modes
 * @reserve: the most units it may take, from 0 to `UPKEEP_UNITS_MAX`
 * @state: how it stands
 * @ended_at_s: when it ended; `UPKEEP_INSTANT_NONE` while it is unfinished
 *
 * A piece of work that the service was asked for. What its operator calls it is no fact that
 * anything is decided by.
 */
typedef struct {
  gint64 number;
  int mode;
  gint64 reserve;
  UpkeepJobState state;
  gint64 ended_at_s;
} UpkeepJob;

/**
 * UpkeepIssue:
 * @number: from 1, without a gap
 * @invoice: (owned): the number of the invoice that paid it
 * @grant_number: the grant that stands for it until it ships or its price comes back
 * @price_minor: what it cost
 * @taken_minor: what of that the payment method gave; no refund to it goes beyond (RULES 0.30)
 * @paid_at_s: when
 * @shipped_at_s: when it was sent; `UPKEEP_INSTANT_NONE` not yet
 * @refunded_at_s: when its price came back; `UPKEEP_INSTANT_NONE` it did not
 *
 * What one paid month brings where the meter is shipped, such as an issue of a magazine (RULES
 * 0.16, 0.34).
 */
typedef struct {
  gint64 number;
  char *invoice;
  gint64 grant_number;
  gint64 price_minor;
  gint64 taken_minor;
  gint64 paid_at_s;
  gint64 shipped_at_s;
  gint64 refunded_at_s;
} UpkeepIssue;

/**
 * UpkeepPaymentMethod:
 * @token: (owned) (nullable): the processor's name for it; `NULL` where none is on file
 * @brand: (owned) (nullable): such as `visa`
 * @last4: (owned) (nullable): four digits
 * @exp_month: 1-12
 * @exp_year: four digits
 *
 * What is charged.
 */
typedef struct {
  char *token;
  char *brand;
  char *last4;
  int exp_month;
  int exp_year;
} UpkeepPaymentMethod;

/**
 * UpkeepAccount:
 * @id: (owned): opaque
 * @service: (owned): whose plans it may have
 * @edition: (owned): the edition its current term was paid under (RULES 0.1)
 * @next_edition: (owned) (nullable): the edition that the operator moves it to at the next renewal
 * (RULES 0.1)
 * @coming: (owned) (nullable): that edition itself, for decisions; set by who loads the account
 * @email: (owned): where letters go
 * @locale: (owned) (nullable): a BCP 47 tag
 * @country: (owned) (nullable): ISO 3166-1 alpha-2
 * @created_at_s: when it was made
 * @version: rises with each change that the account document shows
 * @state: of the paid subscription
 * @plan: (owned) (nullable): the paid plan, or the free one or the trial where there is one
 * @interval: of the term; none without a paid plan
 * @price_minor: the full price of the current term (RULES 0.31)
 * @started_at_s: when the subscription began; it runs across renewals and changes (RULES 0.30)
 * @ended_at_s: when the last one ended
 * @ever_subscribed: whether it ever paid for a plan (RULES A-19)
 * @anchor_s: what all boundaries are counted from
 * @term: the last paid term; empty at 0 without one
 * @refill: the current refill month; empty at 0 where nothing is refilled
 * @term_taken_minor: what the payment method gave for the term; no refund to it goes beyond (RULES
 * 0.30)
 * @term_invoice: (owned) (nullable): the number of the invoice that paid the term
 * @scheduled: what happens at the end of the term instead of a plain renewal
 * @scheduled_plan: (owned) (nullable): of a switch
 * @scheduled_interval: of a switch
 * @missed_at_s: the first declined charge of the spell in which something is owed
 * @retries_done: of that spell
 * @owed_price_minor: the price of the unpaid renewal; void when the spell ends (RULES 0.29)
 * @money_minor: the sum of the account's money ledger: positive is its balance, negative is owed
 * @metered_parts: bought use that is not billed, in minor units x lot, so that fractions carry over
 * (RULES 0.8)
 * @mode: the mode it works in, by index
 * @mode_fell: whether it fell there by itself (RULES 0.32)
 * @use_month: since the refill month began
 * @use_term: since the term began that runs or, unpaid, should run
 * @use_subscription: since @started_at_s
 * @use_lifetime: ever
 * @last_used_at_s: when use was last reported
 * @grants: (owned) (element-type UpkeepGrant): by number
 * @next_grant_number: of the next grant
 * @jobs: (owned) (element-type UpkeepJob): the unfinished ones, by number
 * @next_job_number: of the next job
 * @issues: (owned) (element-type UpkeepIssue): by number; empty where nothing is shipped
 * @payment_method: what is charged
 * @invoice_prefix: (owned): eight capital letters and digits
 * @next_invoice_number: the part after the prefix, from 1
 * @refunds_s: (owned) (element-type gint64): when refunds were given, rising
 * @refund_expected_by_s: when the last one has arrived at the latest; `UPKEEP_INSTANT_NONE` when
 * none is on its way
 * @refund_minor: how much of it goes to the payment method
 *
 * Everything known of one account.
 */
typedef struct {
  char *id;
  char *service;
  char *edition;
  char *next_edition;
  UpkeepEdition *coming;
  char *email;
  char *locale;
  char *country;
  gint64 created_at_s;
  gint64 version;

  UpkeepState state;
  char *plan;
  UpkeepInterval interval;
  gint64 price_minor;
  gint64 started_at_s;
  gint64 ended_at_s;
  gboolean ever_subscribed;

  gint64 anchor_s;
  UpkeepPeriod term;
  UpkeepPeriod refill;
  gint64 term_taken_minor;
  char *term_invoice;

  UpkeepScheduledKind scheduled;
  char *scheduled_plan;
  UpkeepInterval scheduled_interval;

  gint64 missed_at_s;
  int retries_done;
  gint64 owed_price_minor;

  gint64 money_minor;
  gint64 metered_parts;

  int mode;
  gboolean mode_fell;
  UpkeepUse use_month;
  UpkeepUse use_term;
  UpkeepUse use_subscription;
  UpkeepUse use_lifetime;
  gint64 last_used_at_s;

  GArray *grants;
  gint64 next_grant_number;

  GArray *jobs;
  gint64 next_job_number;
  GPtrArray *issues;

  UpkeepPaymentMethod payment_method;

  char *invoice_prefix;
  gint64 next_invoice_number;

  GArray *refunds_s;
  gint64 refund_expected_by_s;
  gint64 refund_minor;
} UpkeepAccount;

UpkeepAccount *upkeep_account_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepAccount *upkeep_account_copy (const UpkeepAccount *self) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_account_free (UpkeepAccount *self);
void upkeep_account_set_coming (UpkeepAccount *self, UpkeepEdition *edition);

UpkeepIssue *upkeep_issue_new (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_issue_is_open (const UpkeepIssue *self);

const char *upkeep_state_to_string (UpkeepState state);
const char *upkeep_grant_kind_to_string (UpkeepGrantKind kind);
const char *upkeep_job_state_to_string (UpkeepJobState state);
const char *upkeep_scheduled_kind_to_string (UpkeepScheduledKind kind);

gboolean upkeep_account_has_paid_plan (const UpkeepAccount *self);
gboolean upkeep_account_is_served (const UpkeepAccount *self, const UpkeepEdition *edition);
gint64 upkeep_account_get_balance_minor (const UpkeepAccount *self);
gint64 upkeep_account_get_owed_minor (const UpkeepAccount *self);
gint64 upkeep_account_get_unbilled_minor (const UpkeepAccount *self, const UpkeepEdition *edition);
UpkeepIssue *upkeep_account_find_issue (const UpkeepAccount *self, gint64 number);
UpkeepIssue *upkeep_account_find_issue_of_invoice (const UpkeepAccount *self, const char *invoice);
gint64 upkeep_use_total (const UpkeepUse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepAccount, upkeep_account_free)

G_END_DECLS

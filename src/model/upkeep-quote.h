/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-account.h"
#include "upkeep-terms.h"

G_BEGIN_DECLS

/* How long a quote holds, in seconds (CONTRACT section 5). */
#define UPKEEP_QUOTE_LIFE_S G_GINT64_CONSTANT (1800)

#define UPKEEP_CLAUSES_MAX 8

typedef enum {
  UPKEEP_QUOTE_SUBSCRIBE,
  UPKEEP_QUOTE_SWITCH,
  UPKEEP_QUOTE_CANCEL,
  UPKEEP_QUOTE_TOPUP,
  UPKEEP_QUOTE_RESUME,
  UPKEEP_QUOTE_PAY,
} UpkeepQuoteKind;
#define UPKEEP_N_QUOTE_KINDS 6

typedef enum {
  UPKEEP_DIRECTION_NEW,
  UPKEEP_DIRECTION_UPGRADE,
  UPKEEP_DIRECTION_DOWNGRADE,
  UPKEEP_DIRECTION_END,
  UPKEEP_DIRECTION_NONE,
} UpkeepDirection;
#define UPKEEP_N_DIRECTIONS 5

/* In the order in which `blocked` lists them (CONTRACT section 5). */
typedef enum {
  UPKEEP_BLOCKED_PAST_DUE,
  UPKEEP_BLOCKED_INTERVAL_SWITCH_UNSUPPORTED,
  UPKEEP_BLOCKED_LOWER_TIER_NOT_ALLOWED,
  UPKEEP_BLOCKED_SAME_PLAN,
  UPKEEP_BLOCKED_ALREADY_CANCELLED,
  UPKEEP_BLOCKED_NO_SUBSCRIPTION,
  UPKEEP_BLOCKED_ALREADY_SUBSCRIBED,
  UPKEEP_BLOCKED_PLAN_REQUIRES_COMPANY_TIER,
  UPKEEP_BLOCKED_TRIAL_UNAVAILABLE,
  UPKEEP_BLOCKED_TOPUP_NEEDS_PAID_PLAN,
  UPKEEP_BLOCKED_TOPUP_NEEDS_ZERO_BALANCE,
  UPKEEP_BLOCKED_TOPUP_NOT_OFFERED,
  UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED,
  UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN,
  UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED,
  UPKEEP_BLOCKED_NOTHING_TO_RESUME,
  UPKEEP_BLOCKED_NOTHING_DUE,
  UPKEEP_BLOCKED_UNKNOWN_PLAN,
  UPKEEP_BLOCKED_PAYMENT_METHOD_UNSUPPORTED,
} UpkeepBlockedCode;
#define UPKEEP_N_BLOCKED_CODES 19

/* In the order in which `effects` lists them. */
typedef enum {
  UPKEEP_EFFECT_RENEWAL_DATE_RESETS,
  UPKEEP_EFFECT_RENEWAL_DATE_KEPT,
  UPKEEP_EFFECT_SERVICE_STOPS,
  UPKEEP_EFFECT_SERVICE_UNTIL_PERIOD_END,
  UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST,
  UPKEEP_EFFECT_PURCHASED_FROZEN,
  UPKEEP_EFFECT_SCHEDULED_CHANGE_DROPPED,
  UPKEEP_EFFECT_IMAGES_KEPT,
  UPKEEP_EFFECT_COMMERCIAL_RIGHTS_KEPT,
} UpkeepEffect;
#define UPKEEP_N_EFFECTS 9

typedef enum {
  UPKEEP_REFUND_BASIS_RULE,
  UPKEEP_REFUND_BASIS_CONSUMER_LAW,
  UPKEEP_REFUND_BASIS_PROMOTION,
} UpkeepRefundBasis;
#define UPKEEP_N_REFUND_BASES 3

/**
 * UpkeepQuoteRequest:
 * @kind: what is asked for
 * @plan: (owned) (nullable): of subscribe and switch
 * @interval: of subscribe and switch; none where the request has none
 * @company_revenue_usd: whole dollars a year; -1 where the request has none
 * @invoice_number: (owned) (nullable): of cancel
 * @quantity: units, of topup
 *
 * What a subscriber wants to know the sum of.
 */
typedef struct {
  UpkeepQuoteKind kind;
  char *plan;
  UpkeepInterval interval;
  gint64 company_revenue_usd;
  char *invoice_number;
  gint64 quantity;
} UpkeepQuoteRequest;

/**
 * UpkeepBlocked:
 * @code: why not
 * @has_limit: whether @limit means something
 * @limit: what is allowed
 * @has_measured: whether @measured means something
 * @measured: what was found
 *
 * One reason against a step (RULES 0.22).
 */
typedef struct {
  UpkeepBlockedCode code;
  gboolean has_limit;
  gint64 limit;
  gboolean has_measured;
  gint64 measured;
} UpkeepBlocked;

/**
 * UpkeepClauseReport:
 * @id: (owned): the clause's name
 * @metric: what was measured
 * @scope: over which time
 * @measured: what was found
 * @limit: it holds strictly below
 * @holds: whether it does
 */
typedef struct {
  char *id;
  UpkeepMetric metric;
  UpkeepScope scope;
  gint64 measured;
  gint64 limit;
  gboolean holds;
} UpkeepClauseReport;

/**
 * UpkeepRefundReport:
 * @id: (owned) (nullable): the rule's name; `NULL` where the edition has none
 * @clauses: (owned) (element-type UpkeepClauseReport): every clause, held or not (RULES 0.22)
 * @at_most_count: how many refunds in @at_most_days; 0 without a bound (RULES 0.37)
 * @at_most_days: see there
 * @at_most_measured: how many there were
 * @holds: whether the rule grants a refund
 * @review: (owned) (nullable): whether a refund may be asked for that people judge: it holds while
 * that is open; `NULL` where nobody does (RULES X-01)
 * @review_channel: (owned) (nullable): id of the support channel through which it is asked for
 */
typedef struct {
  char *id;
  GPtrArray *clauses;
  int at_most_count;
  int at_most_days;
  int at_most_measured;
  gboolean holds;
  UpkeepClauseReport *review;
  char *review_channel;
} UpkeepRefundReport;

/**
 * UpkeepRefund:
 * @amount_minor: what goes to the payment method; 0 where all of it goes to the balance
 * @business_days: within how many it arrives
 * @expected_by_s: midnight of the last of them
 * @basis: what grants it
 */
typedef struct {
  gint64 amount_minor;
  int business_days;
  gint64 expected_by_s;
  UpkeepRefundBasis basis;
} UpkeepRefund;

/**
 * UpkeepQuoteGrant:
 * @kind: of what kind
 * @quantity: units
 * @expires_at_s: `UPKEEP_INSTANT_NONE` never
 */
typedef struct {
  UpkeepGrantKind kind;
  gint64 quantity;
  gint64 expires_at_s;
} UpkeepQuoteGrant;

/**
 * UpkeepOption:
 * @timing: now or at the end of the period
 * @bill: its lines and their total
 * @has_refund: whether @refund means something
 * @refund: the money that comes back
 * @effective_at_s: when it takes effect
 * @renews_at_s: the next renewal after it; `UPKEEP_INSTANT_NONE` where there is none
 * @has_renewal_total: whether @renewal_total_minor means something
 * @renewal_total_minor: what that renewal would charge if nothing more were used
 * @has_grant: whether @grant means something
 * @grant: the units it gives
 * @effects: one bit an `UpkeepEffect`
 * @terms: what @bill follows from
 *
 * One choice of a quote with its figures.
 */
typedef struct {
  UpkeepTiming timing;
  UpkeepBill bill;
  gboolean has_refund;
  UpkeepRefund refund;
  gint64 effective_at_s;
  gint64 renews_at_s;
  gboolean has_renewal_total;
  gint64 renewal_total_minor;
  gboolean has_grant;
  UpkeepQuoteGrant grant;
  guint effects;
  UpkeepTerms terms;
} UpkeepOption;

#define UPKEEP_TYPE_QUOTE (upkeep_quote_get_type ())

/**
 * UpkeepQuote:
 * @id: (owned) (nullable): the service's name for it; `NULL` before it has one
 * @kind: what was asked for
 * @direction: where it leads
 * @created_at_s: when it was made
 * @expires_at_s: the first instant at which it does not hold any more
 * @meter: (owned): id of the meter its grants are of
 * @currency: of every amount
 * @from_plan: (owned) (nullable): the plan one has
 * @from_interval: its interval
 * @to_plan: (owned) (nullable): the plan one would have
 * @to_interval: its interval
 * @blocked: (element-type UpkeepBlocked) (owned): every reason against it; empty where it is
 * allowed
 * @options: (owned) (element-type UpkeepOption): one a timing; empty where it is blocked
 * @refund_rule: (owned) (nullable): how the refund was judged, of cancel
 * @invoice_number: (owned) (nullable): of cancel, the invoice it names; known where it was decided
 *
 * A promise: what would be charged, given and changed. It charges nothing by itself.
 */
typedef struct {
  char *id;
  UpkeepQuoteKind kind;
  UpkeepDirection direction;
  gint64 created_at_s;
  gint64 expires_at_s;
  char *meter;
  char currency[UPKEEP_CURRENCY_SIZE];
  char *from_plan;
  UpkeepInterval from_interval;
  char *to_plan;
  UpkeepInterval to_interval;
  GArray *blocked;
  GArray *options;
  UpkeepRefundReport *refund_rule;
  char *invoice_number;
} UpkeepQuote;

GType upkeep_quote_get_type (void);
UpkeepQuote *upkeep_quote_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepQuote *upkeep_quote_ref (UpkeepQuote *self);
void upkeep_quote_unref (UpkeepQuote *self);

const UpkeepOption *upkeep_quote_find_option (const UpkeepQuote *self, UpkeepTiming timing);
gboolean upkeep_quote_is_blocked (const UpkeepQuote *self, UpkeepBlockedCode code);
gboolean upkeep_option_has_effect (const UpkeepOption *self, UpkeepEffect effect);
gboolean upkeep_option_keeps_promise (const UpkeepOption *promised, const UpkeepOption *now);

UpkeepRefundReport *upkeep_refund_report_new (void) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_refund_report_free (UpkeepRefundReport *self);
UpkeepClauseReport *upkeep_clause_report_new (void) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_clause_report_free (UpkeepClauseReport *self);

UpkeepQuoteRequest *upkeep_quote_request_new (UpkeepQuoteKind kind) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_quote_request_free (UpkeepQuoteRequest *self);

const char *upkeep_quote_kind_to_string (UpkeepQuoteKind kind);
const char *upkeep_direction_to_string (UpkeepDirection direction);
const char *upkeep_blocked_code_to_string (UpkeepBlockedCode code);
const char *upkeep_effect_to_string (UpkeepEffect effect);
const char *upkeep_timing_to_string (UpkeepTiming timing);
const char *upkeep_refund_basis_to_string (UpkeepRefundBasis basis);
const char *upkeep_scope_to_string (UpkeepScope scope);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepQuote, upkeep_quote_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepQuoteRequest, upkeep_quote_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepRefundReport, upkeep_refund_report_free)

G_END_DECLS

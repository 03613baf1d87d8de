/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-instant.h"
#include "upkeep-money.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* An edition is one dated document of a service: its plans, prices, comparison and policies, in
 * words of four languages. It is data: nothing in the program knows a service or a plan by name
 * (RULES 0.1). */

#define UPKEEP_ID_MAX_BYTES 64                /* a service, edition, plan, mode, feature or row */
#define UPKEEP_PLANS_MAX    16                /* plans in one edition */
#define UPKEEP_MODES_MAX    4                 /* modes of the meter */
#define UPKEEP_WEIGHT_MAX   100               /* units that one unit of work in a mode spends */
#define UPKEEP_FEATURES_MAX 64                /* features in one edition */
#define UPKEEP_RETRIES_MAX  8                 /* retries of a declined charge */
#define UPKEEP_UNITS_MAX    UPKEEP_AMOUNT_MAX /* units in one grant, allotment or event */

typedef enum {
  UPKEEP_LANGUAGE_EN,
  UPKEEP_LANGUAGE_ZH_HANS,
  UPKEEP_LANGUAGE_ZH_HANT,
  UPKEEP_LANGUAGE_FR,
} UpkeepLanguage;
#define UPKEEP_N_LANGUAGES 4

/**
 * UpkeepText:
 * @in: (owned): the words in each language; all of them are there
 *
 * One text of a catalogue.
 */
typedef struct {
  char *in[UPKEEP_N_LANGUAGES];
} UpkeepText;

/**
 * UpkeepMode:
 * @id: (owned): such as `fast`
 * @name: what people read
 * @metered: whether work in it spends grants; otherwise it is unlimited and only counted
 * @weight: units of a grant that one unit of work spends, from 1 to `UPKEEP_WEIGHT_MAX`
 * (RULES 4.4); what is counted is the work
 * @wait_min_minutes: the shortest usual wait; 0 with @wait_max_minutes 0 where none is told
 * @wait_max_minutes: the longest usual wait
 *
 * One way of using the meter (RULES A-56..A-61).
 */
typedef struct {
  char *id;
  UpkeepText name;
  gboolean metered;
  int weight;
  int wait_min_minutes;
  int wait_max_minutes;
} UpkeepMode;

/**
 * UpkeepEstimate:
 * @id: (owned): such as `image`
 * @name: what people read, in the plural
 * @units: what one of them takes on the average, at least 1
 *
 * A kind of work, to tell an allotment by. Nothing is decided by it (RULES 4.4).
 */
typedef struct {
  char *id;
  UpkeepText name;
  gint64 units;
} UpkeepEstimate;

/**
 * UpkeepMeter:
 * @id: (owned): such as `gpu`
 * @unit: (owned): what quantities count, such as `gpu_second`
 * @name: what people read
 * @shipped: whether it is sent and not used up: each paid month brings one numbered issue (RULES
 * 0.16), which is the customer's until it ships
 * @modes: (owned) (element-type UpkeepMode): the first is the default one; empty where the meter
 * has no modes
 * @estimates: (owned) (element-type UpkeepEstimate): in the order shown
 *
 * What an edition counts.
 */
typedef struct {
  char *id;
  char *unit;
  UpkeepText name;
  gboolean shipped;
  GPtrArray *modes;
  GPtrArray *estimates;
} UpkeepMeter;

typedef struct {
  char *id; /* (owned) */
  UpkeepText name;
} UpkeepFeature;

typedef enum {
  UPKEEP_PLAN_PAID,
  UPKEEP_PLAN_FREE,  /* what one has without a paid plan (RULES 0.24) */
  UPKEEP_PLAN_TRIAL, /* once, before the first paid plan (RULES 0.13) */
} UpkeepPlanKind;

/**
 * UpkeepQueue:
 * @running_total: how many jobs run at once, all modes together; 0 where modes count apart
 * @running: how many run at once in each mode of the meter; used where @running_total is 0
 * @waiting: how many wait, in all
 *
 * The limits of a plan's queue (RULES, 0.15). All 0 where the edition has no queue.
 */
typedef struct {
  int running_total;
  int running[UPKEEP_MODES_MAX];
  int waiting;
} UpkeepQueue;

/**
 * UpkeepPlan:
 * @id: (owned): such as the catalogue names it
 * @kind: paid, free or trial
 * @tier: its place in the catalogue's order, from 0; up and down are judged by it alone (RULES
 * 0.19)
 * @offered: whether it can be bought
 * @name: what people read
 * @summary: one sentence of what it is for
 * @unoffered: (owned) (nullable): why it cannot be had, where it is not offered (RULES C-03)
 * @price_minor: price of a term by interval, in minor units; -1 where the interval is not sold
 * @allowance: units of the plan's own allotment; 0 where it gives none
 * @allowance_once: whether the allotment is given once for life and never refilled (RULES A-10)
 * @modes: (owned): ids of the modes it has; empty where the meter has no modes
 * @features: (owned): ids of the features it has
 * @queue: its limits on jobs
 *
 * One plan of an edition.
 */
typedef struct {
  char *id;
  UpkeepPlanKind kind;
  int tier;
  gboolean offered;
  UpkeepText name;
  UpkeepText summary;
  UpkeepText *unoffered;
  gint64 price_minor[UPKEEP_N_INTERVALS];
  gint64 allowance;
  gboolean allowance_once;
  char **modes;
  char **features;
  UpkeepQueue queue;
} UpkeepPlan;

typedef enum {
  UPKEEP_ROW_PRICE,       /* the price of @interval */
  UPKEEP_ROW_ALLOWANCE,   /* the plan's allotment */
  UPKEEP_ROW_MODE,        /* whether the mode @subject is there: unlimited, or not at all */
  UPKEEP_ROW_TOPUP_PRICE, /* what one more unit costs, where the plan may buy it */
  UPKEEP_ROW_FEATURE,     /* whether the feature @subject is there */
  UPKEEP_ROW_QUEUE,       /* the limits of the queue */
  UPKEEP_ROW_TEXT,        /* words of the catalogue */
} UpkeepRowKind;
#define UPKEEP_N_ROW_KINDS 7

/**
 * UpkeepPlanRow:
 * @id: (owned): such as `stealth`
 * @kind: where its cells come from
 * @name: what people read at its head
 * @interval: of a price
 * @subject: (owned) (nullable): the mode or feature
 * @cells: (owned) (element-type UpkeepText) (nullable): for `UPKEEP_ROW_TEXT`, one a plan in the
 * plans' order; a `NULL` one is a dash
 *
 * One row of the comparison (RULES A-07..A-18).
 */
typedef struct {
  char *id;
  UpkeepRowKind kind;
  UpkeepText name;
  UpkeepInterval interval;
  char *subject;
  GPtrArray *cells;
} UpkeepPlanRow;

/**
 * UpkeepFootnote:
 * @id: (owned): such as `rights`
 * @text: what people read
 * @link: (owned) (nullable): an https address
 * @link_text: what the link is called; `NULL` words without one
 */
typedef struct {
  char *id;
  UpkeepText text;
  char *link;
  UpkeepText link_text;
} UpkeepFootnote;

typedef enum {
  UPKEEP_SUPPORT_EMAIL,
  UPKEEP_SUPPORT_REDDIT,
  UPKEEP_SUPPORT_DISCORD,
  UPKEEP_SUPPORT_FORM,
  UPKEEP_SUPPORT_LINK,
} UpkeepSupportKind;
#define UPKEEP_N_SUPPORT_KINDS 5

/**
 * UpkeepSupportChannel:
 * @id: (owned): such as `billing_email`
 * @kind: by what it reaches people
 * @address: (owned): a mailto address for an e-mail, an https address for everything else
 * @name: what people read
 * @needs: what one must have or send there; `NULL` words where it is nothing
 *
 * One way to reach people who can help (RULES C-37..C-39, C-41, C-42).
 */
typedef struct {
  char *id;
  UpkeepSupportKind kind;
  char *address;
  UpkeepText name;
  UpkeepText needs;
} UpkeepSupportChannel;

/* What kinds of grants there are. Which come first is the edition's (RULES 0.7). */
typedef enum {
  UPKEEP_GRANT_PLAN,
  UPKEEP_GRANT_EARNED,
  UPKEEP_GRANT_REWARD,
  UPKEEP_GRANT_PURCHASED,
  UPKEEP_GRANT_PROMOTIONAL,
} UpkeepGrantKind;
#define UPKEEP_N_GRANT_KINDS 5

/**
 * UpkeepGrantPolicy:
 * @rank: lower is spent first; at the same rank the earliest expiry, then the older one (RULES 0.7,
 * 0.28)
 * @expires_days: days until a grant made without an expiry ends; -1 never
 * @needs_subscription: whether it is frozen while no paid subscription is active (RULES 0.7)
 */
typedef struct {
  int rank;
  int expires_days;
  gboolean needs_subscription;
} UpkeepGrantPolicy;

typedef enum {
  UPKEEP_TIMING_IMMEDIATE,
  UPKEEP_TIMING_PERIOD_END,
} UpkeepTiming;
#define UPKEEP_N_TIMINGS 2

typedef enum {
  UPKEEP_PRORATION_USAGE_CREDIT,         /* price x unused share of the allotment (RULES 0.3) */
  UPKEEP_PRORATION_PRICE_DIFFERENCE,     /* new price less old price (RULES 0.4) */
  UPKEEP_PRORATION_UNUSED_CREDIT_REFUND, /* as the first, under its own name and rounding (RULES
 */
  UPKEEP_PRORATION_TIME, /* both prices by the share of the term that is left (RULES X-04) */
} UpkeepProration;
#define UPKEEP_N_PRORATIONS 4

typedef enum {
  UPKEEP_ANCHOR_RESET, /* a new term begins at the change */
  UPKEEP_ANCHOR_KEEP,  /* the renewal date stays */
} UpkeepAnchor;

typedef enum {
  UPKEEP_UPGRADE_GRANT_FULL,       /* the new allotment takes the old one's place */
  UPKEEP_UPGRADE_GRANT_DIFFERENCE, /* the difference of the allotments is added (RULES D-12) */
} UpkeepUpgradeGrant;

/* Which tiers a change from one interval to another may reach (RULES D-18..D-21). */
typedef enum {
  UPKEEP_INTERVAL_RULE_ANY,
  UPKEEP_INTERVAL_RULE_SAME_OR_HIGHER,
  UPKEEP_INTERVAL_RULE_UNSUPPORTED,
} UpkeepIntervalRule;
#define UPKEEP_N_INTERVAL_RULES 3

typedef enum {
  UPKEEP_METRIC_UNITS, /* the meter's units, every mode and every grant (RULES 0.9) */
  UPKEEP_METRIC_IMAGES,
} UpkeepMetric;
#define UPKEEP_N_METRICS 2

typedef enum {
  UPKEEP_SCOPE_MONTH,        /* the current refill month (RULES 0.9, 0.36) */
  UPKEEP_SCOPE_SUBSCRIPTION, /* since the subscription began, across renewals and changes (RULES
                                0.30) */
  UPKEEP_SCOPE_LIFETIME,
  UPKEEP_SCOPE_SINCE_RENEWAL, /* since the current term began (RULES X-01) */
} UpkeepScope;
#define UPKEEP_N_SCOPES 4

/**
 * UpkeepRefundClause:
 * @id: (owned): such as `lt_1pct`
 * @metric: what is measured
 * @scope: over which time
 * @limit: the measure must be strictly less (RULES 0.21); in the metric's unit, or in percent of
 * the allotment
 * @limit_is_percent: whether @limit is percent of the plan's allotment
 */
typedef struct {
  char *id;
  UpkeepMetric metric;
  UpkeepScope scope;
  gint64 limit;
  gboolean limit_is_percent;
} UpkeepRefundClause;

/**
 * UpkeepRefundPolicy:
 * @id: (owned) (nullable): the rule's name; `NULL` where the edition has none
 * @any_of: (owned) (element-type UpkeepRefundClause): one that holds is enough
 * @at_most_count: how many refunds in @at_most_days; 0 without a bound (RULES 0.37)
 * @at_most_days: see @at_most_count
 * @business_days: within how many the money arrives (RULES B-24)
 * @review: (owned) (nullable): what must hold for a refund that @any_of does not give to be asked
 * for, and judged by people (RULES X-01); `NULL` where nobody does
 * @review_channel: (owned) (nullable): id of the support channel through which it is asked for
 */
typedef struct {
  char *id;
  GPtrArray *any_of;
  int at_most_count;
  int at_most_days;
  int business_days;
  UpkeepRefundClause *review;
  char *review_channel;
} UpkeepRefundPolicy;

typedef enum {
  UPKEEP_OVERRIDE_FULL,
  UPKEEP_OVERRIDE_UNUSED_SHARE,
} UpkeepOverrideAmount;

/**
 * UpkeepOverride:
 * @id: (owned): such as `eu_withdrawal`
 * @promotion: whether a promotion grants it and not the law
 * @countries: (owned): ISO 3166-1 alpha-2; an account without a country has none of them
 * @days: holds while now < the subscription's start + days (RULES 0.30)
 * @amount: all of the price, or its unused share
 *
 * A refund that a law or a promotion grants beyond the policy (RULES 0.18).
 */
typedef struct {
  char *id;
  gboolean promotion;
  char **countries;
  int days;
  UpkeepOverrideAmount amount;
} UpkeepOverride;

typedef struct {
  gint64 quantity; /* units */
  gint64 price_minor;
} UpkeepPack;

typedef enum {
  UPKEEP_TOPUP_NONE,
  UPKEEP_TOPUP_METERED, /* permitted first, charged as it is used (RULES 0.8) */
  UPKEEP_TOPUP_PREPAID, /* by whole lots, paid at once */
  UPKEEP_TOPUP_PACKS,   /* packs of fixed size, paid at once */
} UpkeepTopupKind;

/**
 * UpkeepTopupPolicy:
 * @kind: how more units are bought
 * @lot: units of one lot, such as 3,600 seconds; for metered and prepaid
 * @lot_price_minor: what a lot costs
 * @lots_max: how many at once
 * @packs: (owned) (element-type UpkeepPack): for packs
 * @needs_zero_balance: whether nothing spendable may be left (RULES D-22)
 * @experimental: whether the price is told to be one that may change (RULES A-51)
 */
typedef struct {
  UpkeepTopupKind kind;
  gint64 lot;
  gint64 lot_price_minor;
  int lots_max;
  GPtrArray *packs;
  gboolean needs_zero_balance;
  gboolean experimental;
} UpkeepTopupPolicy;

/**
 * UpkeepPastDuePolicy:
 * @cancel_allowed: whether one may cancel while something is owed (RULES X-17)
 * @access_kept: whether service goes on meanwhile
 * @retry_days: days from the missed charge to each retry, rising
 * @n_retries: how many there are
 * @end_days: days from the missed charge to the end
 *
 * What happens after a declined charge (RULES 0.10, 0.29).
 */
typedef struct {
  gboolean cancel_allowed;
  gboolean access_kept;
  int retry_days[UPKEEP_RETRIES_MAX];
  int n_retries;
  int end_days;
} UpkeepPastDuePolicy;

/**
 * UpkeepReferralTier:
 * @from_signups: the first sign-up it counts for, from 1 on
 * @signup_units: what each sign-up earns, at least 0
 * @payment_units: what each first payment earns, at least 0
 * @bonus_percent: the share of the invited one's bonus that comes with it, 0 to 100; it is told and
 * not kept, for bonuses are no units of the meter
 *
 * What invitations earn, from some number of them on (RULES 4.11).
 */
typedef struct {
  gint64 from_signups;
  gint64 signup_units;
  gint64 payment_units;
  int bonus_percent;
} UpkeepReferralTier;

/**
 * UpkeepPolicy:
 *
 * Every rule of an edition that is a choice.
 */
typedef struct {
  UpkeepGrantPolicy grants[UPKEEP_N_GRANT_KINDS];

  gboolean upgrade_at[UPKEEP_N_TIMINGS];   /* when an upgrade may take effect */
  gboolean downgrade_at[UPKEEP_N_TIMINGS]; /* when a downgrade may */
  UpkeepProration proration;
  UpkeepRounding proration_rounding;
  UpkeepAnchor upgrade_anchor;
  UpkeepUpgradeGrant upgrade_grant;
  UpkeepIntervalRule interval_rules[UPKEEP_N_INTERVALS][UPKEEP_N_INTERVALS]; /* [from][to] */

  UpkeepRefundPolicy refund;
  GPtrArray *overrides; /* (owned) (element-type UpkeepOverride) */
  UpkeepTopupPolicy topup;
  UpkeepPastDuePolicy past_due;

  int mode_fallback; /* the mode Fast falls to, by index; -1: work is refused (RULES 0.12) */
  char **suspended_features;       /* (owned): paused while nothing is spendable (RULES D-30) */
  gint64 company_revenue_over_usd; /* whole dollars a year; -1 without the rule (RULES A-20) */
  char **company_plans;            /* (owned): what such a company must have */
  char **payment_methods;          /* (owned): such as `card` (RULES A-25) */
  gboolean needs_invoice_number;   /* to cancel (RULES C-43) */
  GArray *referral_tiers; /* (owned) (element-type UpkeepReferralTier): rising; none: no rewards */
} UpkeepPolicy;

#define UPKEEP_TYPE_EDITION (upkeep_edition_get_type ())

/**
 * UpkeepEdition:
 * @service: (owned): such as the catalogue names it
 * @id: (owned): the edition's name, such as `2023-03`; never compared with the clock (RULES 0.23)
 * @is_default: whether new accounts of the service get it
 * @name: the service's name
 * @currency: of every price
 * @meter: what is counted
 * @features: (owned) (element-type UpkeepFeature): in the order shown
 * @plans: (owned) (element-type UpkeepPlan): in tier order
 * @rows: (owned) (element-type UpkeepPlanRow): the comparison, in the order shown
 * @footnotes: (owned) (element-type UpkeepFootnote): in the order shown
 * @support: (owned) (element-type UpkeepSupportChannel): the first to try is the first
 * @policy: the rules
 *
 * A catalogue edition, immutable once it is loaded; it may cross threads.
 */
typedef struct {
  char *service;
  char *id;
  gboolean is_default;
  UpkeepText name;
  char currency[UPKEEP_CURRENCY_SIZE];
  UpkeepMeter meter;
  GPtrArray *features;
  GPtrArray *plans;
  GPtrArray *rows;
  GPtrArray *footnotes;
  GPtrArray *support;
  UpkeepPolicy policy;
} UpkeepEdition;

GType upkeep_edition_get_type (void);
UpkeepEdition *upkeep_edition_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepEdition *upkeep_edition_ref (UpkeepEdition *self);
void upkeep_edition_unref (UpkeepEdition *self);

UpkeepMode *upkeep_mode_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepEstimate *upkeep_estimate_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepFeature *upkeep_feature_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepPlan *upkeep_plan_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepPlanRow *upkeep_plan_row_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepFootnote *upkeep_footnote_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepText *upkeep_text_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepRefundClause *upkeep_refund_clause_new (void) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_refund_clause_free (UpkeepRefundClause *clause);
UpkeepOverride *upkeep_override_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepSupportChannel *upkeep_support_channel_new (void) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_text_free (UpkeepText *text);

const UpkeepPlan *upkeep_edition_find_plan (const UpkeepEdition *self, const char *plan_id);
const UpkeepPlan *upkeep_edition_find_plan_of_kind (const UpkeepEdition *self, UpkeepPlanKind kind);
const UpkeepFeature *upkeep_edition_find_feature (const UpkeepEdition *self,
                                                  const char *feature_id);
const UpkeepSupportChannel *upkeep_edition_find_support (const UpkeepEdition *self,
                                                         const char *channel_id);
int upkeep_edition_find_mode (const UpkeepEdition *self, const char *mode_id);
const UpkeepMode *upkeep_edition_get_mode (const UpkeepEdition *self, int mode);

int upkeep_edition_get_weight (const UpkeepEdition *self, int mode);
gint64 upkeep_estimate_get_count (const UpkeepEstimate *self, gint64 units);
const char *upkeep_support_kind_to_string (UpkeepSupportKind kind);

gboolean upkeep_plan_sells (const UpkeepPlan *self, UpkeepInterval interval);
gboolean upkeep_plan_has_mode (const UpkeepPlan *self, const UpkeepMode *mode);
gboolean upkeep_plan_has_feature (const UpkeepPlan *self, const char *feature_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepEdition, upkeep_edition_unref)

G_END_DECLS

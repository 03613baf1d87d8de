/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-account.h"

G_BEGIN_DECLS

/* The account document of CONTRACT section 4 as a value: what the service shows of an account, and
 * what a client reads. */

typedef struct {
  UpkeepGrantKind kind;
  gint64 quantity;
  gint64 remaining;
  gint64 expires_at_s; /* `UPKEEP_INSTANT_NONE` never */
  gboolean usable;
} UpkeepStatementGrant;

/**
 * UpkeepStatementMeter:
 * @id: (owned): the meter
 * @unit: (owned): what it counts
 * @mode: (owned) (nullable): the mode of it; `NULL` where the meter has none
 * @unlimited: whether the mode spends nothing
 * @allowance: the plan's own allotment
 * @remaining: what is left of that
 * @used: all that was processed in this mode since the refill month began
 * @spendable: what is left of all usable grants, less what jobs hold
 * @resets_at_s: the next refill; `UPKEEP_INSTANT_NONE` where there is none
 * @grants: (owned) (element-type UpkeepStatementGrant): in spending order
 * @wait_min_minutes: the shortest usual wait; 0 with the next 0 where none is told
 * @wait_max_minutes: the longest usual wait
 * @wait_estimate_minutes: what it is about now; 0 where none is told
 */
typedef struct {
  char *id;
  char *unit;
  char *mode;
  gboolean unlimited;
  gint64 allowance;
  gint64 remaining;
  gint64 used;
  gint64 spendable;
  gint64 resets_at_s;
  GArray *grants;
  int wait_min_minutes;
  int wait_max_minutes;
  int wait_estimate_minutes;
} UpkeepStatementMeter;

/**
 * UpkeepStatementFeature:
 * @id: (owned): the feature
 * @allowed: whether it may be used now
 * @code: (nullable): a static string, why not
 * @plans: (owned): the plans that have it
 */
typedef struct {
  char *id;
  gboolean allowed;
  const char *code;
  char **plans;
} UpkeepStatementFeature;

typedef enum {
  UPKEEP_NOTICE_PAST_DUE,
  UPKEEP_NOTICE_CANCEL_SCHEDULED,
  UPKEEP_NOTICE_SWITCH_SCHEDULED,
  UPKEEP_NOTICE_FAST_TIME_LOW,
  UPKEEP_NOTICE_REFUND_ON_ITS_WAY,
  UPKEEP_NOTICE_EDITION_CHANGE_SCHEDULED,
} UpkeepNoticeCode;
#define UPKEEP_N_NOTICE_CODES 6

typedef struct {
  UpkeepNoticeCode code;
  gint64 at_s;
} UpkeepStatementNotice;

#define UPKEEP_TYPE_STATEMENT (upkeep_statement_get_type ())

/**
 * UpkeepStatement:
 *
 * What an account shows at one instant. Members are those of the document; instants that are absent
 * are `UPKEEP_INSTANT_NONE`, texts that are absent `NULL`.
 *
 * Immutable once it is made; it may cross threads.
 */
typedef struct {
  char *id;
  gint64 version;
  char *service;
  char *edition;
  char *email;
  gint64 now_s;
  char currency[UPKEEP_CURRENCY_SIZE];

  UpkeepState state;
  char *plan;
  UpkeepInterval interval;
  gint64 price_minor; /* means something where interval does */
  gint64 started_at_s;
  gboolean ever_subscribed;
  gboolean has_period;
  UpkeepPeriod period;
  gint64 renews_at_s;
  gint64 ends_at_s;
  UpkeepScheduledKind scheduled;
  char *scheduled_plan;
  UpkeepInterval scheduled_interval;
  gint64 scheduled_at_s;
  char *next_edition; /* (owned) (nullable): the edition that it moves to */
  gint64 next_edition_at_s;
  gint64 next_charge_at_s; /* none: there is no next charge */
  gint64 next_charge_minor;
  gboolean is_past_due;
  gint64 past_due_minor;
  gint64 past_due_since_s;
  gint64 next_retry_at_s;

  GPtrArray *meters; /* (owned) (element-type UpkeepStatementMeter) */
  char *mode;        /* (owned) (nullable) */

  int running[UPKEEP_MODES_MAX]; /* jobs now, by mode of the meter in the document's order */
  int queued[UPKEEP_MODES_MAX];  /* jobs that wait, likewise */
  int waiting;                   /* jobs that wait, in all */
  int running_total_limit;       /* 0 where modes count apart or there is no queue */
  int running_limit[UPKEEP_MODES_MAX];
  int waiting_limit;
  char **queue_modes; /* (owned): the modes' ids, in the order of running and running_limit */

  GPtrArray *features; /* (owned) (element-type UpkeepStatementFeature) */
  char **suspended;    /* (owned): sorted */

  gboolean has_payment_method;
  char *brand;
  char *last4;
  int exp_month;
  int exp_year;

  gint64 balance_minor;
  gboolean has_metered;
  gint64 unbilled_minor;
  gint64 threshold_minor;
  gint64 lifetime_images;
  gint64 lifetime_units;
  GArray *notices; /* (owned) (element-type UpkeepStatementNotice) */
} UpkeepStatement;

GType upkeep_statement_get_type (void);
UpkeepStatement *upkeep_statement_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepStatement *upkeep_statement_ref (UpkeepStatement *self);
void upkeep_statement_unref (UpkeepStatement *self);
UpkeepStatementMeter *upkeep_statement_meter_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepStatementFeature *upkeep_statement_feature_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *upkeep_notice_code_to_string (UpkeepNoticeCode code);

UpkeepStatement *upkeep_statement_make (const UpkeepEdition *edition,
                                        const UpkeepAccount *account,
                                        gint64 now_s) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepStatement, upkeep_statement_unref)

G_END_DECLS

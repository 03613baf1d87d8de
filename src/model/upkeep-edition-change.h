/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"

G_BEGIN_DECLS

/* What is different between two editions of a service, as values: a change names a term and says
 * what it was and what it is. Words for it are made elsewhere. */

/* Most changes of a list: of every plan each price, mode, feature and row, and the rules. */
#define UPKEEP_EDITION_CHANGES_MAX 4096

/* The terms that can differ, in the order in which a list has them: what concerns one plan, then
 * what concerns all. */
typedef enum {
  UPKEEP_TERM_PLAN,               /* whether there is such a plan, and of what kind */
  UPKEEP_TERM_OFFERED,            /* whether it can be bought */
  UPKEEP_TERM_TIER,               /* its place in the order */
  UPKEEP_TERM_PRICE,              /* of an interval; none where it is not sold */
  UPKEEP_TERM_ALLOWANCE,          /* units of its own allotment */
  UPKEEP_TERM_ONCE,               /* whether that is given once for life */
  UPKEEP_TERM_PLAN_MODE,          /* whether it has a mode */
  UPKEEP_TERM_PLAN_FEATURE,       /* whether it has a feature */
  UPKEEP_TERM_RUNNING,            /* how many jobs run at once; of a mode where modes count apart */
  UPKEEP_TERM_WAITING,            /* how many wait */
  UPKEEP_TERM_ROW,                /* what a row of the comparison says of it in words */
  UPKEEP_TERM_METER,              /* what is counted */
  UPKEEP_TERM_CURRENCY,           /* of every price */
  UPKEEP_TERM_MODE_METERED,       /* whether work in a mode spends units */
  UPKEEP_TERM_MODE_WEIGHT,        /* units of a grant that a unit of work in it spends */
  UPKEEP_TERM_MODE_WAIT,          /* its usual wait */
  UPKEEP_TERM_MODE_FALLBACK,      /* the mode that takes over when nothing is spendable */
  UPKEEP_TERM_TOPUP,              /* how more units are bought */
  UPKEEP_TERM_TOPUP_LOT,          /* what a lot is and costs */
  UPKEEP_TERM_TOPUP_MOST,         /* how many lots at once */
  UPKEEP_TERM_TOPUP_PACK,         /* what a pack costs */
  UPKEEP_TERM_TOPUP_ZERO,         /* whether all must be used up first */
  UPKEEP_TERM_TOPUP_EXPERIMENTAL, /* whether the price is told to be one that may change */
  UPKEEP_TERM_GRANT_EXPIRY,       /* when units of a kind end; none never */
  UPKEEP_TERM_GRANT_RANK,         /* when their turn to be spent is */
  UPKEEP_TERM_GRANT_FROZEN,       /* whether they need a paid subscription */
  UPKEEP_TERM_REFUND_RULE,        /* by which rule a refund is judged */
  UPKEEP_TERM_REFUND_CLAUSE,      /* what entitles to one */
  UPKEEP_TERM_REFUND_REVIEW,      /* when people judge one that the rule does not give */
  UPKEEP_TERM_REFUND_BOUND,       /* how many there are in a time */
  UPKEEP_TERM_REFUND_DAYS,        /* within how many business days the money arrives */
  UPKEEP_TERM_OVERRIDE,           /* what a law or a promotion grants beyond it */
  UPKEEP_TERM_UPGRADE_AT,         /* when an upgrade may take effect */
  UPKEEP_TERM_DOWNGRADE_AT,       /* when a downgrade may */
  UPKEEP_TERM_PRORATION,          /* what the rest of a term counts for */
  UPKEEP_TERM_ROUNDING,           /* how that is rounded */
  UPKEEP_TERM_ANCHOR,             /* whether an upgrade moves the renewal date */
  UPKEEP_TERM_UPGRADE_GRANT,      /* what units an upgrade gives */
  UPKEEP_TERM_INTERVAL_RULE,      /* what a change of interval may reach */
  UPKEEP_TERM_PAST_DUE_CANCEL,
  UPKEEP_TERM_PAST_DUE_ACCESS,
  UPKEEP_TERM_RETRY_DAYS,
  UPKEEP_TERM_END_DAYS,
  UPKEEP_TERM_SUSPENDED,       /* what pauses while nothing is spendable */
  UPKEEP_TERM_COMPANY_REVENUE, /* from which revenue a company must have certain plans */
  UPKEEP_TERM_COMPANY_PLANS,
  UPKEEP_TERM_PAYMENT_METHODS,
  UPKEEP_TERM_INVOICE_NUMBER,   /* whether cancelling needs one */
  UPKEEP_TERM_REFERRAL_SIGNUP,  /* what a sign-up earns, from @quantity of them on */
  UPKEEP_TERM_REFERRAL_PAYMENT, /* what a first payment earns, likewise */
  UPKEEP_TERM_REFERRAL_BONUS,   /* the share of the bonus, in percent, likewise */
} UpkeepTermKind;
#define UPKEEP_N_TERM_KINDS 51

typedef enum {
  UPKEEP_VALUE_NONE,     /* the term is not there */
  UPKEEP_VALUE_YES,      /* @is_set */
  UPKEEP_VALUE_MONEY,    /* @number minor units */
  UPKEEP_VALUE_DOLLARS,  /* @number whole dollars */
  UPKEEP_VALUE_QUANTITY, /* @number units of the meter */
  UPKEEP_VALUE_COUNT,    /* @number */
  UPKEEP_VALUE_DAYS,     /* @number */
  UPKEEP_VALUE_NAME,     /* @name, as catalogues have it */
  UPKEEP_VALUE_NAMES,    /* @names, sorted */
  UPKEEP_VALUE_TEXT,     /* @text */
  UPKEEP_VALUE_MINUTES,  /* from @number to @other */
  UPKEEP_VALUE_LOT,      /* @number units for @other minor units */
  UPKEEP_VALUE_BOUND,    /* @number in @other days */
  UPKEEP_VALUE_DAY_LIST, /* @days, @n_days of them */
  UPKEEP_VALUE_CLAUSE,   /* @metric and @scope below @number, which @is_set says is percent */
  UPKEEP_VALUE_OVERRIDE, /* @name of what for @number days in @names; @is_set: by a promotion */
} UpkeepValueKind;
#define UPKEEP_N_VALUE_KINDS 16

/**
 * UpkeepValue:
 * @kind: which of the others mean something, and what
 * @name: (owned) (nullable): see @kind
 * @names: (owned) (nullable): see @kind
 * @text: (owned): see @kind
 *
 * What a term says in one edition.
 */
typedef struct {
  UpkeepValueKind kind;
  gboolean is_set;
  gint64 number;
  gint64 other;
  UpkeepMetric metric;
  UpkeepScope scope;
  int days[UPKEEP_RETRIES_MAX];
  int n_days;
  char *name;
  char **names;
  UpkeepText text;
} UpkeepValue;

/**
 * UpkeepEditionChange:
 * @term: what differs
 * @plan: (owned) (nullable): of a plan's term
 * @plan_name: the plan's name, where @plan is set
 * @subject: (owned) (nullable): id of the mode, feature, row, kind of grant, clause or override
 * @subject_name: the name of a mode, feature or row
 * @interval: of a price; what a change of interval leaves
 * @to_interval: what a change of interval reaches
 * @quantity: units of a pack; of a referral the first sign-up it counts for
 * @before: what it is in the one edition
 * @after: what it is in the other
 */
typedef struct {
  UpkeepTermKind term;
  char *plan;
  UpkeepText plan_name;
  char *subject;
  UpkeepText subject_name;
  UpkeepInterval interval;
  UpkeepInterval to_interval;
  gint64 quantity;
  UpkeepValue before;
  UpkeepValue after;
} UpkeepEditionChange;

#define UPKEEP_TYPE_EDITION_CHANGES (upkeep_edition_changes_get_type ())

/**
 * UpkeepEditionChanges:
 * @service: (owned): whose editions they are
 * @from: (owned): the one edition
 * @to: (owned): the other
 * @from_currency: of sums before
 * @currency: of sums after
 * @from_unit: (owned): of quantities before
 * @unit: (owned): of quantities after
 * @changes: (owned) (element-type UpkeepEditionChange): one for each term that differs
 *
 * All that is different between two editions, in a stable order.
 */
typedef struct {
  char *service;
  char *from;
  char *to;
  char from_currency[UPKEEP_CURRENCY_SIZE];
  char currency[UPKEEP_CURRENCY_SIZE];
  char *from_unit;
  char *unit;
  GPtrArray *changes;
} UpkeepEditionChanges;

GType upkeep_edition_changes_get_type (void);
UpkeepEditionChanges *upkeep_edition_changes_new (void) G_GNUC_WARN_UNUSED_RESULT;
UpkeepEditionChanges *upkeep_edition_changes_make (const UpkeepEdition *from,
                                                   const UpkeepEdition *to,
                                                   const char *plan_id) G_GNUC_WARN_UNUSED_RESULT;
UpkeepEditionChanges *upkeep_edition_changes_ref (UpkeepEditionChanges *self);
void upkeep_edition_changes_unref (UpkeepEditionChanges *self);
UpkeepEditionChange *upkeep_edition_change_new (void) G_GNUC_WARN_UNUSED_RESULT;

const char *upkeep_term_to_string (UpkeepTermKind term);
const char *upkeep_value_kind_to_string (UpkeepValueKind kind);
gboolean upkeep_value_equal (const UpkeepValue *a, const UpkeepValue *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepEditionChanges, upkeep_edition_changes_unref)

G_END_DECLS

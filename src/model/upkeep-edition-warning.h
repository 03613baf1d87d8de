/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-edition.h"

G_BEGIN_DECLS

/**
 * UpkeepEditionWarningKind:
 * @UPKEEP_WARNING_NOTHING_OFFERED: no paid plan can be bought
 * @UPKEEP_WARNING_PLAN_NOT_OFFERED: a paid plan cannot be bought
 * @UPKEEP_WARNING_PRICE_ZERO: a term of a paid plan costs nothing
 * @UPKEEP_WARNING_YEAR_ABOVE_MONTHS: a year costs more than twelve months
 * @UPKEEP_WARNING_CHEAPER_THAN_LOWER: a plan costs less than the one below it, so that the credit
 * of an upgrade may be above its price
 * @UPKEEP_WARNING_ALLOWANCE_BELOW_LOWER: a plan gives fewer units than the one below it
 * @UPKEEP_WARNING_MODE_LOST: a plan lacks a mode that the one below it has
 * @UPKEEP_WARNING_FEATURE_LOST: a plan lacks a feature that the one below it has
 * @UPKEEP_WARNING_FEATURE_UNUSED: no plan has a feature
 * @UPKEEP_WARNING_MODE_UNUSED: no plan has a mode
 * @UPKEEP_WARNING_COMPANY_PLAN: a plan that large companies must have cannot be bought
 * @UPKEEP_WARNING_CLAUSE_IDLE: a refund clause holds only where an earlier one does
 * @UPKEEP_WARNING_TOPUP_FREE: more units are sold for nothing
 * @UPKEEP_WARNING_PACK_DEARER: a unit of a pack costs more than one of a smaller pack
 * @UPKEEP_WARNING_WHOLE_PRICE_KEPT: an upgrade charges the price of a whole term for what is left
 * of one
 * @UPKEEP_WARNING_TERM_FOR_DIFFERENCE: an upgrade begins a new term for the difference of the
 * prices
 * @UPKEEP_WARNING_GRANT_IDLE: an upgrade that begins a new term cannot add a difference
 * @UPKEEP_WARNING_FULL_GRANT_FOR_REST: an upgrade on the last day of a term gives a whole allotment
 *   for the price of a day
 * @UPKEEP_WARNING_DIFFERENCE_BACK: a downgrade gives the difference of the prices back, however
 * much was used
 *
 * What is most often a slip of the pen, but may be meant.
 */
typedef enum {
  UPKEEP_WARNING_NOTHING_OFFERED,
  UPKEEP_WARNING_PLAN_NOT_OFFERED,
  UPKEEP_WARNING_PRICE_ZERO,
  UPKEEP_WARNING_YEAR_ABOVE_MONTHS,
  UPKEEP_WARNING_CHEAPER_THAN_LOWER,
  UPKEEP_WARNING_ALLOWANCE_BELOW_LOWER,
  UPKEEP_WARNING_MODE_LOST,
  UPKEEP_WARNING_FEATURE_LOST,
  UPKEEP_WARNING_FEATURE_UNUSED,
  UPKEEP_WARNING_MODE_UNUSED,
  UPKEEP_WARNING_COMPANY_PLAN,
  UPKEEP_WARNING_CLAUSE_IDLE,
  UPKEEP_WARNING_TOPUP_FREE,
  UPKEEP_WARNING_PACK_DEARER,
  UPKEEP_WARNING_WHOLE_PRICE_KEPT,
  UPKEEP_WARNING_TERM_FOR_DIFFERENCE,
  UPKEEP_WARNING_GRANT_IDLE,
  UPKEEP_WARNING_FULL_GRANT_FOR_REST,
  UPKEEP_WARNING_DIFFERENCE_BACK,
} UpkeepEditionWarningKind;
#define UPKEEP_N_EDITION_WARNING_KINDS 19

/**
 * UpkeepEditionWarning:
 * @kind: what may be wrong
 * @path: (owned): the member of the file it is about
 * @subject: (nullable): id of the plan, feature, mode or clause it is about; the edition's
 * @other: (nullable): id of what it is compared with, or of what is lost; the edition's
 *
 * One thing in an edition that is allowed and strange.
 */
typedef struct {
  UpkeepEditionWarningKind kind;
  char *path;
  const char *subject;
  const char *other;
} UpkeepEditionWarning;

const char *upkeep_edition_warning_kind_to_string (UpkeepEditionWarningKind kind);
GPtrArray *upkeep_edition_list_warnings (const UpkeepEdition *edition) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

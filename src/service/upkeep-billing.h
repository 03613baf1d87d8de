/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-catalogues.h"
#include "upkeep-move.h"
#include "upkeep-payments.h"
#include "upkeep-queue.h"
#include "upkeep-receipt.h"
#include "upkeep-shipment.h"
#include "upkeep-statement.h"
#include "upkeep-store.h"
#include "upkeep-wire-account.h"
#include "upkeep-wire-job.h"

G_BEGIN_DECLS

#define UPKEEP_BILLING_ERROR (upkeep_billing_error_quark ())
GQuark upkeep_billing_error_quark (void);

/**
 * UpkeepBillingError:
 * @UPKEEP_BILLING_ERROR_PAYMENT_UNKNOWN: the processor gave no answer; the same again tells
 * @UPKEEP_BILLING_ERROR_BROKEN: the books of an account contradict each other, or its edition is
 *   not loaded
 *
 * Why billing an account went no further.
 */
typedef enum {
  UPKEEP_BILLING_ERROR_PAYMENT_UNKNOWN,
  UPKEEP_BILLING_ERROR_BROKEN,
} UpkeepBillingError;

/**
 * UpkeepBilling:
 *
 * One account while it is changed: what the model decides is charged, booked and kept here.
 *
 * It lives within one transaction of the store, from upkeep_billing_open() to
 * upkeep_billing_close(). Nothing has happened before that transaction is committed; after an error
 * it must be rolled back.
 */
typedef struct _UpkeepBilling UpkeepBilling;

/* What an account is billed with. */
typedef struct {
  const UpkeepCatalogues *catalogues; /* (unowned) */
  const UpkeepProcessor *processor;   /* (unowned) */
} UpkeepBillingMeans;

typedef enum {
  UPKEEP_ACCEPT_DONE,
  UPKEEP_ACCEPT_NO_QUOTE,
  UPKEEP_ACCEPT_ALREADY_ACCEPTED,
  UPKEEP_ACCEPT_EXPIRED,
  UPKEEP_ACCEPT_BLOCKED,
  UPKEEP_ACCEPT_NO_SUCH_TIMING,
  UPKEEP_ACCEPT_STALE,
  UPKEEP_ACCEPT_DECLINED,
} UpkeepAcceptOutcome;

/**
 * UpkeepAcceptance:
 * @outcome: what became of it
 * @receipt: (owned) (nullable): when it is done
 * @quote: (owned) (nullable): a fresh quote, when it is blocked or stale
 * @promised: (owned) (nullable): the quote that was accepted, when it is stale
 * @decline_code: (nullable) (unowned): when it was declined
 */
typedef struct {
  UpkeepAcceptOutcome outcome;
  UpkeepReceipt *receipt;
  UpkeepQuote *quote;
  UpkeepQuote *promised;
  const char *decline_code;
} UpkeepAcceptance;

typedef enum {
  UPKEEP_METHOD_SET,
  UPKEEP_METHOD_DECLINED,
  UPKEEP_METHOD_UNSUPPORTED,
} UpkeepMethodOutcome;

gboolean upkeep_billing_resolve_coming (const UpkeepBillingMeans *means,
                                        UpkeepAccount *account,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_billing_open (UpkeepDb *db,
                              const UpkeepBillingMeans *means,
                              const char *account_id,
                              gint64 now_s,
                              UpkeepBilling **ret_billing,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
UpkeepBilling *upkeep_billing_create (UpkeepDb *db,
                                      const UpkeepBillingMeans *means,
                                      const UpkeepCatalogue *catalogue,
                                      const UpkeepAccountRequest *request,
                                      gint64 now_s,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_billing_close (UpkeepBilling *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void upkeep_billing_free (UpkeepBilling *self);
void upkeep_billing_set_operator (UpkeepBilling *self, const char *operator_name);

const UpkeepAccount *upkeep_billing_get_account (const UpkeepBilling *self);
const UpkeepEdition *upkeep_billing_get_edition (const UpkeepBilling *self);
UpkeepStatement *upkeep_billing_make_statement (const UpkeepBilling *self)
    G_GNUC_WARN_UNUSED_RESULT;

UpkeepQuote *upkeep_billing_quote (UpkeepBilling *self,
                                   const UpkeepQuoteRequest *request,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_billing_accept (UpkeepBilling *self,
                                const char *quote_id,
                                UpkeepTiming timing,
                                UpkeepAcceptance *ret_acceptance,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_billing_record_use (UpkeepBilling *self,
                                    const UpkeepUsageEvent *event,
                                    gboolean *ret_rejected,
                                    UpkeepRejectionCode *ret_code,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_billing_ship (UpkeepBilling *self,
                              gint64 issue,
                              UpkeepShipment *ret_shipment,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_billing_give_grant (UpkeepBilling *self,
                                    const UpkeepGrantRequest *request,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_billing_set_method (UpkeepBilling *self,
                                    const char *token,
                                    UpkeepMethodOutcome *ret_outcome,
                                    const char **ret_decline_code,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
upkeep_billing_set_mode (UpkeepBilling *self, int mode, const char **ret_refusal, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

gboolean upkeep_billing_move (UpkeepBilling *self,
                              UpkeepEdition *to,
                              UpkeepMoveRefusal *ret_refusal,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_billing_take_job (UpkeepBilling *self,
                                  const UpkeepJobRequest *request,
                                  int *ret_position,
                                  UpkeepJobRefusal *ret_refusal,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean upkeep_billing_finish_job (UpkeepBilling *self,
                                    const char *id,
                                    gint64 number,
                                    const UpkeepJobReport *report,
                                    gboolean *ret_is_finished,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

void upkeep_acceptance_clear (UpkeepAcceptance *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UpkeepBilling, upkeep_billing_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UpkeepAcceptance, upkeep_acceptance_clear)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upkeep-account.h"

G_BEGIN_DECLS

/**
 * UpkeepChargeOutcome:
 * @UPKEEP_CHARGE_PAID: the money is there
 * @UPKEEP_CHARGE_DECLINED: the processor refused; nothing was taken
 * @UPKEEP_CHARGE_UNKNOWN: no answer; the money may have been taken. Asking again under the same key
 * tells
 *
 * What became of a charge.
 */
typedef enum {
  UPKEEP_CHARGE_PAID,
  UPKEEP_CHARGE_DECLINED,
  UPKEEP_CHARGE_UNKNOWN,
} UpkeepChargeOutcome;

typedef enum {
  UPKEEP_ATTACH_DONE,
  UPKEEP_ATTACH_DECLINED,
  UPKEEP_ATTACH_UNSUPPORTED, /* there is no such method */
} UpkeepAttachOutcome;

/**
 * UpkeepProcessor:
 * @is_sandbox: whether no real money moves, so that an operator may set any method
 * @attach: looks a method up by its token, and fills @ret_method (owned texts) when it is good;
 *   when it is declined, tells why (static)
 * @charge: takes @amount_minor (at least 1). Under one @key it happens once, however often it is
 *   asked; the answer is the same each time. When it is declined, tells why (static)
 *
 * Who moves money. All are called by one thread at a time.
 */
typedef struct {
  gboolean is_sandbox;
  UpkeepAttachOutcome (*attach) (const char *token,
                                 UpkeepPaymentMethod *ret_method,
                                 const char **ret_decline_code,
                                 gpointer user_data);
  UpkeepChargeOutcome (*charge) (const char *token,
                                 gint64 amount_minor,
                                 const char *currency,
                                 const char *key,
                                 const char **ret_decline_code,
                                 gpointer user_data);
  gpointer user_data;
} UpkeepProcessor;

const UpkeepProcessor *upkeep_processor_get_sandbox (void);

/**
 * UpkeepSandboxMethod:
 * @token: its name
 * @brand: such as `visa`
 * @last4: four digits
 * @attach_decline_code: (nullable): refused at once, and why
 * @charge_decline_code: (nullable): refused when it is charged, and why
 *
 * A payment method of the sandbox. Each does what its name says, whatever is charged and whenever.
 */
typedef struct {
  const char *token;
  const char *brand;
  const char *last4;
  const char *attach_decline_code;
  const char *charge_decline_code;
} UpkeepSandboxMethod;

const UpkeepSandboxMethod *upkeep_sandbox_get_methods (gsize *ret_n_methods);

G_END_DECLS

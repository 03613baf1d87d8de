/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-payments.h"

/*
 * Source: CONTRACT section 3 (the tokens are Stripe's test names); brands and digits are those of
 * Stripe's test cards, https://docs.stripe.com/testing, read 2026-11-21.
 */
static const UpkeepSandboxMethod methods[] = {
    {"pm_card_visa", "visa", "4242", NULL, NULL},
    {"pm_card_mastercard", "mastercard", "4444", NULL, NULL},
    {"pm_card_amex", "amex", "8431", NULL, NULL},
    {"pm_card_visa_chargeDeclined", "visa", "0002", "generic_decline", "generic_decline"},
    {"pm_card_visa_chargeDeclinedInsufficientFunds", "visa", "9995", "insufficient_funds",
     "insufficient_funds"},
    {"pm_card_chargeCustomerFail", "visa", "0341", NULL, "generic_decline"},
};

/* What the sandbox's cards say of themselves; it never declines one for its age. */
#define EXP_MONTH 12
#define EXP_YEAR  2030

static int
find_method (const char *token)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++) {
    if (g_str_equal (token, methods[i].token))
      return (int) i;
  }
  return -1;
}

static UpkeepAttachOutcome
attach (const char *token,
        UpkeepPaymentMethod *ret_method,
        const char **ret_decline_code,
        gpointer user_data)
{
  int i = find_method (token);

  if (i < 0)
    return UPKEEP_ATTACH_UNSUPPORTED;
  if (methods[i].attach_decline_code != NULL) {
    *ret_decline_code = methods[i].attach_decline_code;
    return UPKEEP_ATTACH_DECLINED;
  }
  *ret_method = (UpkeepPaymentMethod){
      .token = g_strdup (token),
      .brand = g_strdup (methods[i].brand),
      .last4 = g_strdup (methods[i].last4),
      .exp_month = EXP_MONTH,
      .exp_year = EXP_YEAR,
  };
  return UPKEEP_ATTACH_DONE;
}

static UpkeepChargeOutcome
charge (const char *token,
        gint64 amount_minor,
        const char *currency,
        const char *key,
        const char **ret_decline_code,
        gpointer user_data)
{
  int i = find_method (token);

  if (i >= 0 && methods[i].charge_decline_code == NULL)
    return UPKEEP_CHARGE_PAID;
  *ret_decline_code = i >= 0 ? methods[i].charge_decline_code : "generic_decline";
  return UPKEEP_CHARGE_DECLINED;
}

/**
 * upkeep_processor_get_sandbox:
 *
 * Gets a processor that moves no money, for practice and tests.
 *
 * Returns: the processor
 */
const UpkeepProcessor *
upkeep_processor_get_sandbox (void)
{
  static const UpkeepProcessor sandbox = {
      .is_sandbox = TRUE,
      .attach = attach,
      .charge = charge,
  };

  return &sandbox;
}

/**
 * upkeep_sandbox_get_methods:
 * @ret_n_methods: (out): how many
 *
 * Lists what the sandbox can be given.
 *
 * Returns: (transfer none) (array length=ret_n_methods): the methods
 */
const UpkeepSandboxMethod *
upkeep_sandbox_get_methods (gsize *ret_n_methods)
{
  g_return_val_if_fail (ret_n_methods != NULL, NULL);

  *ret_n_methods = G_N_ELEMENTS (methods);
  return methods;
}

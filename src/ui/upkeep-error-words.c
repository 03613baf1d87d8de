/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-error-words.h"

#include "upkeep-client.h"
#include "upkeep-embedded.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>

/* Why a bank declined. Stripe's names, as the service passes them on; what is not here has no words
 * that would help. */
static const struct {
  const char *code;
  const char *words; /* to translate */
} decline_reasons[] = {
    {"insufficient_funds", N_ ("The payment was declined: there is not enough money on the card.")},
    {"expired_card", N_ ("The payment was declined: the card has expired.")},
    {"incorrect_cvc", N_ ("The payment was declined: the card’s security code is wrong.")},
    {"lost_card", N_ ("The payment was declined. Please use another card.")},
    {"stolen_card", N_ ("The payment was declined. Please use another card.")},
};

static char *
format_declined (const UpkeepRefusal *refusal)
{
  for (gsize i = 0; refusal != NULL && i < G_N_ELEMENTS (decline_reasons); i++)
    if (g_strcmp0 (refusal->decline_code, decline_reasons[i].code) == 0)
      return g_strdup (_ (decline_reasons[i].words));

  return g_strdup (_ ("The payment was declined by the bank."));
}

static char *
format_not_allowed (const UpkeepRefusal *refusal,
                    const UpkeepStatement *statement,
                    gboolean practice)
{
  if (refusal != NULL && refusal->blocked->len > 0 && statement != NULL)
    return upkeep_words_blocked (&g_array_index (refusal->blocked, UpkeepBlocked, 0), statement,
                                 practice);

  return g_strdup (_ ("The service does not allow this now."));
}

static char *
format_rate_limited (const UpkeepRefusal *refusal)
{
  gint64 wait_s = refusal != NULL ? CLAMP (refusal->retry_after_s, 0, G_MAXINT32) : 0;

  if (wait_s == 0)
    return g_strdup (_ ("The service was asked too often. Try again in a moment."));

  /* Translators: %d is a whole number of seconds. */
  return g_strdup_printf (ngettext ("The service was asked too often. Try again in %d second.",
                                    "The service was asked too often. Try again in %d seconds.",
                                    (gulong) wait_s),
                          (int) wait_s);
}

static char *
format_client_error (const GError *error,
                     const char *host,
                     const UpkeepStatement *statement,
                     gboolean practice)
{
  const UpkeepRefusal *refusal = upkeep_client_error_get_refusal (error);

  switch ((UpkeepClientError) error->code) {
  case UPKEEP_CLIENT_ERROR_ADDRESS:
    return g_strdup (_ ("This address is not safe for signing in: it has to begin with https."));
  case UPKEEP_CLIENT_ERROR_OFFLINE:
    if (host == NULL)
      return g_strdup (_ ("The practice service cannot be reached."));
    /* Translators: %s is the name of a computer, as in "billing.example.org". */
    return g_strdup_printf (_ ("%s cannot be reached."), host);
  case UPKEEP_CLIENT_ERROR_UNKNOWN_OUTCOME:
    return g_strdup (_ ("No answer came. Checking whether it went through."));
  case UPKEEP_CLIENT_ERROR_PENDING:
    return g_strdup (_ ("Something sent before has no answer yet. It is being checked first."));
  case UPKEEP_CLIENT_ERROR_NOT_KEPT:
    return g_strdup (_ ("This computer could not keep a record of it, so nothing was sent. Is the "
                        "disk full?"));
  case UPKEEP_CLIENT_ERROR_REPLY:
    return g_strdup (_ ("Something other than the service answered. You may have to sign in to "
                        "this network first."));
  case UPKEEP_CLIENT_ERROR_UNAUTHORIZED:
    return g_strdup (_ ("The service does not know this sign-in any more."));
  case UPKEEP_CLIENT_ERROR_FORBIDDEN:
    return g_strdup (_ ("This account is not allowed to do that."));
  case UPKEEP_CLIENT_ERROR_NOT_FOUND:
    return g_strdup (_ ("The service does not have this any more."));
  case UPKEEP_CLIENT_ERROR_NOT_ALLOWED:
    return format_not_allowed (refusal, statement, practice);
  case UPKEEP_CLIENT_ERROR_STALE:
    return g_strdup (_ ("The figures have changed in the meantime."));
  case UPKEEP_CLIENT_ERROR_EXPIRED:
    return g_strdup (_ ("The figures were too old to be used."));
  case UPKEEP_CLIENT_ERROR_ALREADY_ACCEPTED:
    return g_strdup (_ ("This was confirmed before."));
  case UPKEEP_CLIENT_ERROR_DECLINED:
    return format_declined (refusal);
  case UPKEEP_CLIENT_ERROR_RATE_LIMITED:
    return format_rate_limited (refusal);
  case UPKEEP_CLIENT_ERROR_REFUSED:
    return g_strdup (_ ("The service refused this."));
  case UPKEEP_CLIENT_ERROR_SERVICE:
  default:
    return g_strdup (_ ("The service answered with an error."));
  }
}

/**
 * upkeep_error_words:
 * @error: what a call of the session or of the embedded service brought
 * @host: (nullable): whom the window talks to; `NULL` for the practice service
 * @statement: (nullable): the account, for reasons that lie in it
 * @practice: whether sums are not real money
 *
 * Says in words what went wrong. It never shows the error's own message, which is for logs.
 *
 * Returns: (transfer full): one or two sentences
 */
char *
upkeep_error_words (const GError *error,
                    const char *host,
                    const UpkeepStatement *statement,
                    gboolean practice)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == UPKEEP_CLIENT_ERROR)
    return format_client_error (error, host, statement, practice);
  if (error->domain == UPKEEP_EMBEDDED_ERROR)
    return g_strdup (_ ("The practice service did not start."));
  return g_strdup (_ ("This did not work."));
}

/**
 * upkeep_error_words_unreachable:
 * @host: (nullable): whom the window talks to; `NULL` for the practice service
 *
 * Says that nobody answers.
 *
 * Returns: (transfer full): one sentence, without a full stop
 */
char *
upkeep_error_words_unreachable (const char *host)
{
  if (host == NULL)
    return g_strdup (_ ("Cannot reach the practice service"));

  /* Translators: %s is the name of a computer, as in "Cannot reach billing.example.org". */
  return g_strdup_printf (_ ("Cannot reach %s"), host);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-leave-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAILTO "mailto:"

/**
 * upkeep_leave_needs_help:
 * @quote: what leaving would give
 *
 * Tells whether somebody who leaves may need people to help: where it is refused, and where a
 * refund is theirs to judge (RULES C-37, X-01).
 *
 * Returns: whether to say where help is
 */
gboolean
upkeep_leave_needs_help (const UpkeepQuote *quote)
{
  g_return_val_if_fail (quote != NULL, FALSE);

  if (quote->refund_rule != NULL && quote->refund_rule->review != NULL &&
      quote->refund_rule->review->holds)
    return TRUE;

  /* Who has left already needs none. */
  return quote->blocked->len > 0 &&
         !upkeep_quote_is_blocked (quote, UPKEEP_BLOCKED_ALREADY_CANCELLED) &&
         !upkeep_quote_is_blocked (quote, UPKEEP_BLOCKED_NO_SUBSCRIPTION);
}

/**
 * upkeep_leave_needs_invoice:
 * @quote: what leaving would give
 *
 * Tells whether an invoice's number is all that is missing (RULES C-43).
 *
 * Returns: whether to ask for it
 */
gboolean
upkeep_leave_needs_invoice (const UpkeepQuote *quote)
{
  g_return_val_if_fail (quote != NULL, FALSE);

  for (guint i = 0; i < quote->blocked->len; i++) {
    UpkeepBlockedCode code = g_array_index (quote->blocked, UpkeepBlocked, i).code;

    if (code != UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED &&
        code != UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN)
      return FALSE;
  }
  return quote->blocked->len > 0;
}

static gboolean
has_open_review (const UpkeepCancelFacts *facts)
{
  const UpkeepRefundReport *rule = facts->quote->refund_rule;

  return rule != NULL && rule->review != NULL && rule->review->holds;
}

/**
 * upkeep_leave_review:
 * @facts: what is known
 *
 * Says that a refund may be asked for which people judge (RULES X-01).
 *
 * Returns: (transfer full) (nullable): a title; `NULL` where that way is not open
 */
char *
upkeep_leave_review (const UpkeepCancelFacts *facts)
{
  return has_open_review (facts) ? g_strdup (_ ("You can ask for a refund")) : NULL;
}

/**
 * upkeep_leave_review_detail:
 * @facts: what is known
 *
 * Says why it may be asked for, and that it is not given by itself.
 *
 * Returns: (transfer full) (nullable): some sentences; `NULL` where that way is not open
 */
char *
upkeep_leave_review_detail (const UpkeepCancelFacts *facts)
{
  const UpkeepClauseReport *review;
  g_autofree char *measured = NULL;

  if (!has_open_review (facts))
    return NULL;

  review = facts->quote->refund_rule->review;
  if (review->limit == 1 && review->scope == UPKEEP_SCOPE_SINCE_RENEWAL)
    return g_strdup (_ ("Nothing was used since the last renewal. People decide on it; nothing is "
                        "refunded by itself."));

  measured = upkeep_words_clause (facts->edition, facts->statement->plan, review);
  return g_strdup_printf (
      /* Translators: %s is as in "12 images since the last renewal; the rule asks for less than
       * 20". */
      _ ("%s. People decide on it; nothing is refunded by itself."), measured);
}

/**
 * upkeep_leave_review_channel:
 * @facts: what is known
 *
 * Finds the way through which such a refund is asked for.
 *
 * Returns: (transfer none) (nullable): the channel; `NULL` where the way is not open
 */
const UpkeepSupportChannel *
upkeep_leave_review_channel (const UpkeepCancelFacts *facts)
{
  return has_open_review (facts) ? upkeep_edition_find_support (
                                       facts->edition, facts->quote->refund_rule->review_channel)
                                 : NULL;
}

/**
 * upkeep_leave_support_detail:
 * @channel: one way to reach people who can help
 *
 * Writes where that is, and what one needs for it.
 *
 * Returns: (transfer full): the address, and a sentence on a line of its own where there is one
 */
char *
upkeep_leave_support_detail (const UpkeepSupportChannel *channel)
{
  const char *address = channel->address;

  if (g_str_has_prefix (address, MAILTO))
    address += strlen (MAILTO);
  if (channel->needs.in[UPKEEP_LANGUAGE_EN] == NULL)
    return g_strdup (address);

  return g_strdup_printf ("%s\n%s", address, upkeep_words_text (&channel->needs));
}

/**
 * upkeep_leave_issue:
 * @facts: what is known
 * @option: one option of the quote
 *
 * Says what becomes of an issue that is paid and has not been sent (RULES C-45, C-47).
 *
 * Returns: (transfer full) (nullable): a sentence; `NULL` where nothing is shipped
 */
char *
upkeep_leave_issue (const UpkeepCancelFacts *facts, const UpkeepOption *option)
{
  if (!facts->edition->meter.shipped)
    return NULL;
  if (option->timing == UPKEEP_TIMING_IMMEDIATE)
    return g_strdup (_ ("The issue that this invoice paid is not delivered."));
  return g_strdup (_ ("What you have paid for is still delivered."));
}

/**
 * upkeep_leave_reason_title:
 * @reason: why one left
 *
 * Returns: (transfer none): the answer as people read it
 */
const char *
upkeep_leave_reason_title (UpkeepLeaveReason reason)
{
  switch (reason) {
  case UPKEEP_LEAVE_BUDGET:
    return _ ("It costs too much for me");
  case UPKEEP_LEAVE_PRIORITIES:
    return _ ("I need it less than I did");
  case UPKEEP_LEAVE_ALTERNATIVES:
    return _ ("I am trying something else");
  case UPKEEP_LEAVE_OTHER:
  default:
    return _ ("Something else");
  }
}

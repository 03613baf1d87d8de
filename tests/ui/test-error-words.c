/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-error-words.h"

#include "upkeep-client-error.h"
#include "upkeep-embedded.h"
#include "upkeep-sample.h"

#define SECRET "a message for the log"

static char *
words (GQuark domain, int code)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, SECRET);

  return upkeep_error_words (error, "billing.example.org", NULL, FALSE);
}

static void
assert_text (char *actual, const char *expected)
{
  g_autofree char *owned = actual;

  g_assert_cmpstr (owned, ==, expected);
}

static void
test_codes (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_test_summary (
      "Each code of the client has a sentence of its own; no message for logs is shown.");
  for (int code = 0; code <= UPKEEP_CLIENT_ERROR_NOT_KEPT; code++) {
    char *text = words (UPKEEP_CLIENT_ERROR, code);

    g_test_message ("%d: %s", code, text);
    g_assert_null (strstr (text, SECRET));
    g_assert_true (strchr (".?", text[strlen (text) - 1]) != NULL);
    g_assert_true (g_hash_table_add (seen, text));
  }
}

static void
test_others (void)
{
  g_test_summary ("Who cannot be reached is named; of what is new, no more is said than is known.");
  assert_text (words (UPKEEP_CLIENT_ERROR, UPKEEP_CLIENT_ERROR_OFFLINE),
               "billing.example.org cannot be reached.");
  assert_text (upkeep_error_words_unreachable ("billing.example.org"),
               "Cannot reach billing.example.org");
  assert_text (upkeep_error_words_unreachable (NULL), "Cannot reach the practice service");
  assert_text (words (UPKEEP_EMBEDDED_ERROR, UPKEEP_EMBEDDED_ERROR_TIMEOUT),
               "The practice service did not start.");
  assert_text (words (G_IO_ERROR, G_IO_ERROR_FAILED), "This did not work.");
}

static char *
words_of_refusal (UpkeepClientError code, UpkeepRefusal *refusal)
{
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement_past_due ();
  g_autoptr (GError) error = upkeep_client_error_new_refused (code, refusal);

  return upkeep_error_words (error, NULL, statement, TRUE);
}

static void
test_refusals (void)
{
  static const struct {
    const char *decline_code;
    const char *text;
  } declines[] = {
      {"insufficient_funds", "The payment was declined: there is not enough money on the card."},
      {"expired_card", "The payment was declined: the card has expired."},
      {"generic_decline", "The payment was declined by the bank."},
      {NULL, "The payment was declined by the bank."},
  };
  UpkeepBlocked blocked = {.code = UPKEEP_BLOCKED_PAST_DUE, .has_measured = TRUE, .measured = 3000};

  g_test_summary ("What the service said is told: the bank's reason, the account's, when again.");
  for (gsize i = 0; i < G_N_ELEMENTS (declines); i++) {
    g_autoptr (UpkeepRefusal) refusal = upkeep_refusal_new (402);

    refusal->decline_code = g_strdup (declines[i].decline_code);
    assert_text (words_of_refusal (UPKEEP_CLIENT_ERROR_DECLINED, refusal), declines[i].text);
  }
  {
    g_autoptr (UpkeepRefusal) refusal = upkeep_refusal_new (409);

    g_array_append_val (refusal->blocked, blocked);
    assert_text (words_of_refusal (UPKEEP_CLIENT_ERROR_NOT_ALLOWED, refusal),
                 "$30.00 (practice) has been overdue since 1 June 2026. It has to be paid first.");
  }
  {
    g_autoptr (UpkeepRefusal) refusal = upkeep_refusal_new (429);

    refusal->retry_after_s = 7;
    assert_text (words_of_refusal (UPKEEP_CLIENT_ERROR_RATE_LIMITED, refusal),
                 "The service was asked too often. Try again in 7 seconds.");
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/error-words/codes", test_codes);
  g_test_add_func ("/ui/error-words/others", test_others);
  g_test_add_func ("/ui/error-words/refusals", test_refusals);
  return g_test_run ();
}

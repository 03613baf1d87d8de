/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-edition-words.h"
#include "upkeep-format.h"
#include "upkeep-sample.h"

#include <string.h>

static char *
tell (const UpkeepEditionChanges *changes, gboolean practice)
{
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < changes->changes->len; i++) {
    const UpkeepEditionChange *change = g_ptr_array_index (changes->changes, i);
    g_autofree char *title = upkeep_edition_words_title (change);
    g_autofree char *text = upkeep_edition_words_text (changes, change, practice);

    g_string_append_printf (told, "%s | %s\n", title, text);
  }

  return g_string_free (told, FALSE);
}

/* RULES 0.1, X-01, X-10, X-12, X-24 */
static void
test_shipped (void)
{
  static const struct {
    const char *from;
    const char *to;
    const char *plan;
    const char *told;
  } vectors[] = {
      {"midjourney-2023-03.json", "midjourney-2025-04.json", "pro",
       "Refunds | They are judged by another rule.\n"
       "Refunds | One is given with less than 20.0 minutes used since the subscription began.\n"
       "Refunds | One is given with fewer than 20 images since the subscription began.\n"
       "Refunds | One is not given any more with less than 1 % of the allotment used in the "
       "current month.\n"
       "Refunds | At most: 1 in 365 days. This is new.\n"},
      {"midjourney-2024.json", "midjourney-2023-03.json", "pro",
       "Mega | This plan is not there any more.\n"
       "Buying more | What is bought is charged as it is used.\n"
       "What is bought | It does not expire any more.\n"
       "Refunds | They are judged by another rule.\n"
       "Refunds | One is given with less than 1 % of the allotment used in the current month.\n"
       "Refunds | One is not given any more with less than 20.0 minutes used in all.\n"
       "Refunds | Where the rule gives none, support gives none either.\n"
       "Large companies | They can choose among other plans.\n"},
      {"minara-2025-08.json", "minara-2026-06.json", "starter",
       "Starter | Price: $480.00 a year. This is new.\n"
       "Starter | Included: 4,000 credits, instead of 2,600 credits.\n"
       "Lite | This plan is new.\n"
       "Lite | Price: $19.00 a month. This is new.\n"
       "Lite | Price: $192.00 a year. This is new.\n"
       "Lite | Included: 1,400 credits. This is new.\n"
       "Pro | This plan is new.\n"
       "Pro | Price: $199.00 a month. This is new.\n"
       "Pro | Price: $1,980.00 a year. This is new.\n"
       "Pro | Included: 20,000 credits. This is new.\n"
       "Partner | Price: $599.00 a month, instead of $199.00 a month.\n"
       "Partner | Price: $5,964.00 a year. This is new.\n"
       "Partner | Included: 60,000 credits, instead of 41,500 credits.\n"
       "Partner | Included now: API.\n"
       "Invitations | For each sign-up from number 1 on: 200 credits. This is new.\n"
       "Invitations | For each sign-up from number 11 on: 0 credits. This is new.\n"
       "Invitations | For each sign-up from number 51 on: 0 credits. This is new.\n"
       "Invitations | For each first payment from sign-up number 1 on: 300 credits. This is new.\n"
       "Invitations | For each first payment from sign-up number 11 on: 400 credits. This is new.\n"
       "Invitations | For each first payment from sign-up number 51 on: 500 credits. This is new.\n"
       "Invitations | Percent of their bonus from sign-up number 1 on: 50. This is new.\n"
       "Invitations | Percent of their bonus from sign-up number 11 on: 60. This is new.\n"
       "Invitations | Percent of their bonus from sign-up number 51 on: 70. This is new.\n"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepEdition) from = upkeep_sample_edition (vectors[i].from);
    g_autoptr (UpkeepEdition) to = upkeep_sample_edition (vectors[i].to);
    g_autoptr (UpkeepEditionChanges) changes =
        upkeep_edition_changes_make (from, to, vectors[i].plan);
    g_autofree char *told = tell (changes, FALSE);
    /* A figure and its sign do not part. */
    g_auto (GStrv) parts = g_strsplit (told, "\302\240", -1);
    g_autofree char *plain = g_strjoinv (" ", parts);
    g_auto (GStrv) narrow_parts = g_strsplit (plain, "\342\200\257", -1);
    g_autofree char *plainer = g_strjoinv (" ", narrow_parts);

    g_assert_cmpstr (plainer, ==, vectors[i].told);
  }
}

/* RULES 0.8: what would become free ends, and that is said before. */
static void
test_warning (void)
{
  g_autoptr (UpkeepEdition) from = upkeep_sample_edition ("midjourney-2023-03.json");
  g_autoptr (UpkeepEdition) to = upkeep_sample_edition ("midjourney-2024.json");
  g_autoptr (UpkeepEditionChanges) changes = upkeep_edition_changes_make (from, to, NULL);
  g_autofree char *told = tell (changes, TRUE);

  g_assert_nonnull (strstr (told,
                            "What is bought is paid at once. What was permitted under the old "
                            "terms and not used was not paid, and ends when the new ones "
                            "begin."));
  g_assert_nonnull (strstr (told, "$120.00 a month (practice)"));
}

/* Every service against every other: whatever differs, each change is a title and a sentence, with
 * no code in either. */
static void
test_every_term (void)
{
  static const char *const files[] = {"midjourney-2023-03.json", "midjourney-2024.json",
                                      "midjourney-2025-04.json", "midjourney-magazine-2023.json",
                                      "minara-2025-08.json",     "minara-2026-06.json"};
  gboolean is_seen[UPKEEP_N_TERM_KINDS] = {FALSE};

  for (gsize i = 0; i < G_N_ELEMENTS (files) * G_N_ELEMENTS (files); i++) {
    g_autoptr (UpkeepEdition) from = upkeep_sample_edition (files[i / G_N_ELEMENTS (files)]);
    g_autoptr (UpkeepEdition) to = upkeep_sample_edition (files[i % G_N_ELEMENTS (files)]);
    g_autoptr (UpkeepEditionChanges) changes = NULL;
    UpkeepPolicy *policy = &to->policy;
    UpkeepPlan *last = g_ptr_array_index (to->plans, to->plans->len - 1);

    last->offered = i % 2 == 0;
    last->allowance_once = TRUE;
    last->queue.running_total = 99;
    last->queue.waiting = 99;
    policy->grants[UPKEEP_GRANT_PLAN].rank = 99;
    policy->grants[UPKEEP_GRANT_EARNED].needs_subscription = i % 2 == 0;
    g_ptr_array_set_size (policy->overrides, 0);
    policy->past_due.cancel_allowed = !policy->past_due.cancel_allowed;
    policy->past_due.retry_days[0]++;
    policy->past_due.end_days++;
    policy->past_due.access_kept = i % 2 == 0;
    policy->refund.business_days++;
    policy->downgrade_at[UPKEEP_TIMING_IMMEDIATE] = i % 2 == 0;
    policy->topup.experimental = i % 2 == 0;
    policy->proration_rounding = !policy->proration_rounding;
    policy->topup.lots_max++;
    for (guint j = 0; j < to->meter.modes->len; j++) {
      UpkeepMode *mode = g_ptr_array_index (to->meter.modes, j);

      mode->weight++;
      mode->wait_max_minutes++;
      mode->metered = !mode->metered;
    }
    changes = upkeep_edition_changes_make (from, to, NULL);
    for (guint j = 0; j < changes->changes->len; j++) {
      const UpkeepEditionChange *change = g_ptr_array_index (changes->changes, j);
      g_autofree char *title = upkeep_edition_words_title (change);
      g_autofree char *text = upkeep_edition_words_text (changes, change, FALSE);

      g_test_message ("%s: %s | %s", upkeep_term_to_string (change->term), title, text);
      is_seen[change->term] = TRUE;
      g_assert_cmpuint (strlen (title), >, 1);
      g_assert_true (g_str_has_suffix (text, "."));
      g_assert_null (strchr (text, '_'));
      g_assert_false (g_ascii_islower (text[0]));
    }
  }

  for (gsize i = 0; i < UPKEEP_N_TERM_KINDS; i++) {
    g_test_message ("%s", upkeep_term_to_string (i));
    if (i == UPKEEP_TERM_TIER || i == UPKEEP_TERM_CURRENCY || i == UPKEEP_TERM_ROW)
      continue; /* no two shipped editions differ in these */
    g_assert_true (is_seen[i]);
  }
}

static void
test_notices (void)
{
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement ();
  g_autofree char *notice = upkeep_edition_words_notice ("2023-03", "2025-04");
  g_autofree char *move = NULL;

  g_assert_cmpstr (notice, ==, "Your terms are those of 2023-03. Those of 2025-04 are current.");
  g_assert_null (upkeep_edition_words_move (statement));
  statement->next_edition = g_strdup ("2025-04");
  statement->next_edition_at_s = upkeep_sample_instant ("2026-06-01T00:00:00Z");
  move = upkeep_edition_words_move (statement);
  g_assert_cmpstr (move, ==, "From 1 June 2026 the terms of 2025-04 hold for you.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  upkeep_format_set_locale ("C");
  g_test_add_func ("/ui/edition-words/shipped", test_shipped);
  g_test_add_func ("/ui/edition-words/warning", test_warning);
  g_test_add_func ("/ui/edition-words/every-term", test_every_term);
  g_test_add_func ("/ui/edition-words/notices", test_notices);
  return g_test_run ();
}

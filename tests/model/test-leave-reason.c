/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-leave-reason.h"

/* B-02: one is asked for a reason once the cancellation stands or all is over, never before it. */
static void
test_asked (void)
{
  const struct {
    UpkeepState state;
    UpkeepScheduledKind scheduled;
    gboolean asked;
  } vectors[] = {
      {UPKEEP_STATE_NONE, UPKEEP_SCHEDULED_NOTHING, FALSE},
      {UPKEEP_STATE_TRIAL, UPKEEP_SCHEDULED_NOTHING, FALSE},
      {UPKEEP_STATE_ACTIVE, UPKEEP_SCHEDULED_NOTHING, FALSE},
      {UPKEEP_STATE_ACTIVE, UPKEEP_SCHEDULED_SWITCH, FALSE},
      {UPKEEP_STATE_ACTIVE, UPKEEP_SCHEDULED_CANCEL, TRUE},
      {UPKEEP_STATE_PAST_DUE, UPKEEP_SCHEDULED_NOTHING, FALSE},
      {UPKEEP_STATE_PAST_DUE, UPKEEP_SCHEDULED_CANCEL, TRUE},
      {UPKEEP_STATE_ENDED, UPKEEP_SCHEDULED_NOTHING, TRUE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepAccount) account = upkeep_account_new ();

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    account->state = vectors[i].state;
    account->scheduled = vectors[i].scheduled;
    g_assert_cmpint (upkeep_leave_reason_is_asked (account), ==, vectors[i].asked);
  }
}

/* B-02: budget, changed priorities, alternatives, and whatever else. */
static void
test_words (void)
{
  const char *const words[] = {"budget", "priorities", "alternatives", "other"};

  for (guint i = 0; i < UPKEEP_N_LEAVE_REASONS; i++)
    g_assert_cmpstr (upkeep_leave_reason_to_string (i), ==, words[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/leave-reason/asked", test_asked);
  g_test_add_func ("/model/leave-reason/words", test_words);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-sim-world.h"

/* What the operator does beside jobs and reports of use: issues, referrals, editions. */

/* --- The magazine --- */

void
sim_step_ship (SimWorld *world)
{
  SimAccount *account = sim_choose_account (world);
  g_autofree char *lifetime = g_strdup_printf ("lifetime.%ss", account->edition->meter.unit);
  gint64 taken_minor = sim_card (world, account)->taken_minor;
  g_autofree char *body = g_strdup_printf ("{\"account\":\"%s\",\"issue\":%u}", account->id,
                                           1 + sim_choose (world->choices, 4));
  g_autoptr (SimAnswer) answer = sim_do (world, NULL, "/v1/admin/shipments", body);

  sim_tell (world, account, "is sent %s: %u", body, answer->status);
  if (answer->status != 200) {
    SIM_HOLD (world, answer, answer->status == 409 || answer->status == 422);
    sim_hold_unchanged (world, account, taken_minor);
  } else if (sim_instant (answer->body, "shipped_at") < world->now_s) {
    sim_hold_unchanged (world, account, taken_minor);
  } else {
    /* It may have been sent at this instant by a report of use. */
    g_autoptr (SimAnswer) now = sim_ask (world, account, "/v1/account");
    gint64 used = sim_int (now->body, lifetime);

    SIM_HOLD (world, now, used == account->used || used == account->used + 1);
    account->used = used;
  }
  sim_look (world, account);
}

/* --- Invitations --- */

void
sim_step_referral (SimWorld *world)
{
  SimAccount *account = sim_choose_account (world);
  gint64 taken_minor = sim_card (world, account)->taken_minor;
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"friend-%u\",\"account\":\"%s\",\"event\":\"%s\"}", world->n_referrals++,
      account->id, sim_choose (world->choices, 2) == 0 ? "signup" : "payment");
  g_autoptr (SimAnswer) answer = sim_do (world, NULL, "/v1/admin/referrals", body);
  g_autoptr (SimAnswer) again = NULL;

  sim_tell (world, account, "has a friend %s: %u", body, answer->status);
  if (answer->status >= 400) {
    sim_hold_unchanged (world, account, taken_minor);
    return;
  }
  sim_look (world, account);
  again = sim_do (world, NULL, "/v1/admin/referrals", body);
  SIM_HOLD (world, again, g_str_equal (again->text, answer->text));
  sim_hold_unchanged (world, account, taken_minor);
}

/* --- Editions --- */

void
sim_step_move (SimWorld *world)
{
  SimAccount *account = sim_choose_account (world);
  gint64 taken_minor = sim_card (world, account)->taken_minor;
  const GPtrArray *editions = world->way->editions;
  guint i = sim_choose (world->choices, editions->len + 1);
  const UpkeepEdition *to = i < editions->len ? g_ptr_array_index (editions, i) : NULL;
  g_autofree char *path = g_strdup_printf ("/v1/admin/accounts/%s/edition", account->id);
  g_autofree char *body = to != NULL ? g_strdup_printf ("{\"edition\":\"%s\"}", to->id)
                                     : g_strdup ("{\"edition\":null}");
  g_autoptr (SimAnswer) answer = sim_do (world, NULL, path, body);

  sim_tell (world, account, "is to move %s: %u", body, answer->status);
  if (answer->status != 200) {
    SIM_HOLD (world, answer, answer->status == 409 || answer->status == 422);
    sim_hold_unchanged (world, account, taken_minor);
    return;
  }
  account->coming = to;
  sim_look (world, account);
  /* The document tells of it as long as something renews. */
  SIM_HOLD (world, answer,
            sim_is_null (answer->body, "edition_change.at")
                ? sim_is_null (account->document, "edition_change")
                : sim_equal (answer->body, "edition_change", account->document, "edition_change"));
  SIM_HOLD (world, answer, sim_card (world, account)->taken_minor == taken_minor);
}

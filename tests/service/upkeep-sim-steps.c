/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-sim-world.h"

/* What people, and those who report on them, do; well and badly. */

#define EVENTS_MAX    6
#define ACCOUNTS_MAX  4
#define JOBS_MAX      7
#define YEARS_2_S     (731 * UPKEEP_DAY_S)
#define QUOTE_HOLDS_S (30 * 60)

SimAccount *
sim_choose_account (SimWorld *world)
{
  return g_ptr_array_index (world->accounts, sim_choose (world->choices, world->accounts->len));
}

static const char *
get_state (const SimAccount *account)
{
  return sim_text (account->document, "subscription.state");
}

static gboolean
is_in_state (const SimAccount *account, const char *state)
{
  return g_str_equal (get_state (account), state);
}

/* --- Cards --- */

static void
set_card (SimWorld *world, SimAccount *account, gboolean pays)
{
  SimCard *card = sim_card (world, account);
  gint64 taken_minor = card->taken_minor;
  gint64 owed_minor = sim_int (account->document, "subscription.past_due.amount.amount");
  g_autofree char *body =
      g_strdup_printf ("{\"account\":\"%s\",\"token\":\"card-%u\"}", account->id, account->card);
  g_autoptr (SimAnswer) answer = NULL;

  card->pays = pays;
  answer = sim_do (world, NULL, "/v1/admin/sandbox/payment-method", body);
  sim_tell (world, account, "has a card that %s", pays ? "pays" : "declines");
  SIM_HOLD (world, answer, answer->status == 200);
  /* An account that owes something is charged at once. */
  SIM_HOLD (world, answer, card->taken_minor - taken_minor == (pays ? owed_minor : 0));
  sim_look (world, account);
  SIM_HOLD (world, answer, owed_minor == 0 || is_in_state (account, pays ? "active" : "past_due"));
}

static void
step_card (SimWorld *world)
{
  SimAccount *account = sim_choose_account (world);
  SimCard *card = sim_card (world, account);
  guint way = sim_choose (world->choices, 5);
  g_autofree char *body = NULL;
  g_autoptr (SimAnswer) answer = NULL;

  if (way < 2) {
    set_card (world, account, way == 0);
  } else if (way == 2) {
    card->pays = !card->pays;
    sim_tell (world, account, "has a card that %s now", card->pays ? "pays" : "declines");
  } else {
    gint64 taken_minor = card->taken_minor;

    body = g_strdup_printf ("{\"account\":\"%s\",\"token\":\"%s\"}", account->id,
                            way == 3 ? "stolen" : "nothing");
    answer = sim_do (world, NULL, "/v1/admin/sandbox/payment-method", body);
    SIM_HOLD (world, answer, answer->status == (way == 3 ? 402 : 422));
    sim_hold_unchanged (world, account, taken_minor);
  }
}

/* --- Time --- */

/* What the document says will happen next. */
static gint64
find_next (const SimAccount *account)
{
  static const char *const instants[] = {"subscription.past_due.next_retry_at",
                                         "subscription.ends_at", "subscription.renews_at"};

  for (gsize i = 0; i < G_N_ELEMENTS (instants); i++) {
    gint64 instant_s = sim_instant (account->document, instants[i]);

    if (instant_s != UPKEEP_INSTANT_NONE)
      return instant_s;
  }
  return sim_instant (sim_element (account->document, "meters", 0), "resets_at");
}

static void
step_time (SimWorld *world)
{
  static const guint weights[] = {8, 4, 6, 4, 6, 2, 1};
  SimAccount *account = sim_choose_account (world);
  gint64 next_s = find_next (account);
  gint64 to_s = world->now_s;

  if (next_s == UPKEEP_INSTANT_NONE)
    next_s = to_s;
  switch (sim_choose_weighted (world->choices, weights, G_N_ELEMENTS (weights))) {
  case 0:
    to_s = MAX (next_s, to_s);
    break;
  case 1:
    to_s = MAX (next_s - 1, to_s);
    break;
  case 2:
    to_s += sim_choose (world->choices, 2 * QUOTE_HOLDS_S);
    break;
  case 3:
    to_s += UPKEEP_DAY_S * sim_choose (world->choices, 8);
    break;
  case 4:
    to_s += UPKEEP_DAY_S * sim_choose (world->choices, 45) + sim_choose (world->choices, 86400);
    break;
  case 5:
    to_s += UPKEEP_DAY_S * sim_choose (world->choices, 400);
    break;
  default:
    to_s += YEARS_2_S;
  }
  if (!world->way->is_calm && sim_choose (world->choices, 12) == 11)
    world->service->n_lost = 1;
  sim_advance (world, to_s);
  sim_tell (world, NULL, "it is");
}

/* --- Use --- */

/* An event that does not count, and the reason that is given. */
static void
add_bad_event (SimWorld *world, const SimAccount *account, guint way, GString *body, char code[32])
{
  gint64 resets_at_s = sim_instant (sim_element (account->document, "meters", 0), "resets_at");
  g_autofree char *id = g_strdup_printf ("bad-%u", world->n_events++);
  char at[UPKEEP_INSTANT_TEXT_SIZE];

  /* Where nothing is refilled no month is closed. */
  if (way == 1 && resets_at_s == UPKEEP_INSTANT_NONE)
    way = 0;
  switch (way) {
  case 0:
    upkeep_instant_print (world->now_s + 1, at);
    g_strlcpy (code, "at_in_future", 32);
    g_string_append_printf (body,
                            "{\"id\":\"%s\",\"account\":\"%s\",\"meter\":\"%s\",\"quantity\":1,"
                            "\"at\":\"%s\"}",
                            id, account->id, account->edition->meter.id, at);
    break;
  case 1:
    /* A refill month is 31 days at the most. */
    upkeep_instant_print (resets_at_s - 32 * UPKEEP_DAY_S, at);
    g_strlcpy (code, "period_closed", 32);
    g_string_append_printf (body,
                            "{\"id\":\"%s\",\"account\":\"%s\",\"meter\":\"%s\",\"quantity\":1,"
                            "\"at\":\"%s\"}",
                            id, account->id, account->edition->meter.id, at);
    break;
  case 2:
    g_strlcpy (code, "unknown_account", 32);
    g_string_append_printf (
        body, "{\"id\":\"%s\",\"account\":\"nobody\",\"meter\":\"%s\",\"quantity\":1}", id,
        account->edition->meter.id);
    break;
  case 3:
    g_strlcpy (code, "unknown_meter", 32);
    g_string_append_printf (body,
                            "{\"id\":\"%s\",\"account\":\"%s\",\"meter\":\"steam\",\"quantity\":1}",
                            id, account->id);
    break;
  default: {
    static const char *const quantities[] = {"-1",   "9223372036854775808", "1.5", "1e3", "\"1\"",
                                             "null", "9223372036854775807"};

    g_strlcpy (code, "invalid_value", 32);
    g_string_append_printf (body,
                            "{\"id\":\"%s\",\"account\":\"%s\",\"meter\":\"%s\",\"quantity\":%s}",
                            id, account->id, account->edition->meter.id,
                            quantities[sim_choose (world->choices, G_N_ELEMENTS (quantities))]);
  }
  }
}

/* A batch that is written, and what must be answered to it. */
typedef struct {
  GString *body;              /* (owned) */
  char codes[EVENTS_MAX][32]; /* of those that are rejected */
  guint n_events;
  guint n_accepted;
  guint n_duplicates;
} Batch;

static void
add_event (SimWorld *world, SimAccount *account, Batch *batch)
{
  static const guint scales[] = {1, 10, 400, 4001, 30000, 130000};
  static const guint weights[] = {8, 2, 2};
  const GPtrArray *modes = account->edition->meter.modes;
  guint way = sim_choose_weighted (world->choices, weights, G_N_ELEMENTS (weights));

  if (batch->n_events > 0)
    g_string_append_c (batch->body, ',');
  if (way == 1 && account->events->len > 0) {
    g_string_append_printf (batch->body,
                            "{\"id\":\"%s\",\"account\":\"%s\",\"meter\":\"%s\",\"quantity\":9}",
                            (const char *) g_ptr_array_index (
                                account->events, sim_choose (world->choices, account->events->len)),
                            account->id, account->edition->meter.id);
    batch->n_duplicates++;
  } else if (way == 2) {
    add_bad_event (world, account, sim_choose (world->choices, 6), batch->body,
                   batch->codes[batch->n_events]);
  } else {
    guint quantity =
        sim_choose (world->choices, scales[sim_choose (world->choices, G_N_ELEMENTS (scales))]);
    guint images = sim_choose (world->choices, 30);
    guint mode = sim_choose (world->choices, modes->len + 1);
    char *id = g_strdup_printf ("event-%u", world->n_events++);

    g_string_append_printf (
        batch->body,
        "{\"id\":\"%s\",\"account\":\"%s\",\"meter\":\"%s\",\"quantity\":%u,\"images\":%u", id,
        account->id, account->edition->meter.id, quantity, images);
    if (mode > 0)
      g_string_append_printf (batch->body, ",\"mode\":\"%s\"",
                              ((const UpkeepMode *) g_ptr_array_index (modes, mode - 1))->id);
    g_string_append_c (batch->body, '}');
    g_ptr_array_add (account->events, id);
    account->used += quantity;
    account->images += images;
    batch->n_accepted++;
  }
  batch->n_events++;
}

static void
hold_batch (SimWorld *world, const Batch *batch, const SimAnswer *answer)
{
  guint n_rejected = 0;

  SIM_HOLD (world, answer, answer->status == 200);
  SIM_HOLD (world, answer, sim_int (answer->body, "accepted") == batch->n_accepted);
  SIM_HOLD (world, answer, sim_int (answer->body, "duplicates") == batch->n_duplicates);
  for (guint i = 0; i < batch->n_events; i++) {
    JsonNode *rejected;

    if (batch->codes[i][0] == '\0')
      continue;
    SIM_HOLD (world, answer, sim_length (answer->body, "rejected") > n_rejected);
    if (world->broken != NULL)
      return;
    rejected = sim_element (answer->body, "rejected", n_rejected++);
    SIM_HOLD (world, answer, sim_int (rejected, "index") == i);
    SIM_HOLD (world, answer, g_strcmp0 (sim_text (rejected, "code"), batch->codes[i]) == 0);
  }
  SIM_HOLD (world, answer, sim_length (answer->body, "rejected") == n_rejected);
}

static void
use (SimWorld *world, SimAccount *account)
{
  Batch batch = {.body = g_string_new ("{\"events\":[")};
  guint n_events = 1 + sim_choose (world->choices, EVENTS_MAX);
  gint64 taken_minor = sim_card (world, account)->taken_minor;
  g_autofree char *body = NULL;
  g_autoptr (SimAnswer) answer = NULL;

  while (batch.n_events < n_events)
    add_event (world, account, &batch);
  g_string_append (batch.body, "]}");
  body = g_string_free (batch.body, FALSE);
  answer = sim_do (world, NULL, "/v1/admin/usage", body);
  sim_tell (world, account, "reports %u events: %s", n_events, body);
  hold_batch (world, &batch, answer);
  if (batch.n_accepted == 0)
    sim_hold_unchanged (world, account, taken_minor);
  sim_look (world, account);
}

static void
step_use (SimWorld *world)
{
  use (world, sim_choose_account (world));
}

/* --- Jobs --- */

static void
step_jobs (SimWorld *world)
{
  SimAccount *account = sim_choose_account (world);
  guint n_jobs = 1 + sim_choose (world->choices, JOBS_MAX);
  gboolean takes = sim_choose (world->choices, 3) < 2;

  for (guint i = 0; i < n_jobs && world->broken == NULL; i++) {
    if (takes)
      sim_step_take_job (world, account);
    else
      sim_step_finish_job (world, account);
  }
}

/* --- Grants and modes --- */

static void
step_grant (SimWorld *world)
{
  static const char *const kinds[] = {"earned", "reward", "promotional"};
  SimAccount *account = sim_choose_account (world);
  guint quantity = sim_choose (world->choices, 4000);
  guint days = sim_choose (world->choices, 40);
  gint64 taken_minor = sim_card (world, account)->taken_minor;
  char at[UPKEEP_INSTANT_TEXT_SIZE];
  g_autofree char *expiry = NULL;
  g_autofree char *body = NULL;
  g_autoptr (SimAnswer) answer = NULL;

  upkeep_instant_print (world->now_s + (gint64) days * UPKEEP_DAY_S, at);
  expiry = sim_choose (world->choices, 3) == 2 ? g_strdup_printf (",\"expires_at\":\"%s\"", at)
                                               : g_strdup ("");
  body =
      g_strdup_printf ("{\"account\":\"%s\",\"meter\":\"%s\",\"kind\":\"%s\",\"quantity\":%u%s}",
                       account->id, account->edition->meter.id,
                       kinds[sim_choose (world->choices, G_N_ELEMENTS (kinds))], quantity, expiry);
  answer = sim_do (world, NULL, "/v1/admin/grants", body);
  sim_tell (world, account, "is given %u units: %u", quantity, answer->status);
  if (quantity == 0 || (days == 0 && *expiry != '\0')) {
    SIM_HOLD (world, answer, answer->status == 422);
    sim_hold_unchanged (world, account, taken_minor);
  } else {
    SIM_HOLD (world, answer, answer->status == 201);
    SIM_HOLD (world, answer, sim_int (answer->body, "remaining") == quantity);
  }
  sim_look (world, account);
}

static void
step_mode (SimWorld *world)
{
  SimAccount *account = sim_choose_account (world);
  const GPtrArray *modes = account->edition->meter.modes;
  guint mode = sim_choose (world->choices, modes->len + 1);
  gint64 taken_minor = sim_card (world, account)->taken_minor;
  const char *id =
      mode < modes->len ? ((const UpkeepMode *) g_ptr_array_index (modes, mode))->id : "warp";
  g_autofree char *body = g_strdup_printf ("{\"mode\":\"%s\"}", id);
  g_autoptr (SimAnswer) answer = sim_do (world, account, "/v1/account/mode", body);

  sim_tell (world, account, "asks for mode %s: %u", id, answer->status);
  if (answer->status == 200) {
    SIM_HOLD (world, answer, g_str_equal (sim_text (answer->body, "mode"), id));
  } else {
    SIM_HOLD (world, answer,
              answer->status == 403 || answer->status == 409 || answer->status == 422);
    sim_hold_unchanged (world, account, taken_minor);
  }
  sim_look (world, account);
}

/* --- Quotes --- */

static guint64
choose_quantity (SimWorld *world, const SimAccount *account)
{
  const UpkeepTopupPolicy *topup = &account->edition->policy.topup;
  const UpkeepPack *pack;

  if (topup->packs->len == 0)
    return (1 + sim_choose (world->choices, 40)) * (guint64) MAX (topup->lot, 1);
  pack = g_ptr_array_index (topup->packs, sim_choose (world->choices, topup->packs->len));
  return (guint64) pack->quantity;
}

/* Rather what is open than what is blocked, but that, too. */
static const char *
choose_kind (SimWorld *world, const SimAccount *account)
{
  static const char *const kinds[] = {"switch", "topup",     "cancel", "switch",
                                      "resume", "subscribe", "pay"};

  if (sim_choose (world->choices, 8) == 7)
    return kinds[sim_choose (world->choices, G_N_ELEMENTS (kinds))];
  if (is_in_state (account, "past_due"))
    return sim_choose (world->choices, 3) == 2 ? "cancel" : "pay";
  if (!is_in_state (account, "active"))
    return "subscribe";
  if (!sim_is_null (account->document, "subscription.scheduled") &&
      sim_choose (world->choices, 3) == 2)
    return "resume";
  return kinds[sim_choose (world->choices, 4)];
}

static char *
make_quote_request (SimWorld *world, SimAccount *account, const char *kind)
{
  const GPtrArray *plans = account->edition->plans;
  const UpkeepPlan *plan =
      g_ptr_array_index (plans, plans->len - 1 - sim_choose (world->choices, plans->len));
  const char *interval = sim_choose (world->choices, 3) == 2 ? "year" : "month";

  if (g_str_equal (kind, "subscribe") || g_str_equal (kind, "switch"))
    return g_strdup_printf (
        "{\"kind\":\"%s\",\"plan\":\"%s\",\"interval\":\"%s\"%s}", kind, plan->id, interval,
        sim_choose (world->choices, 8) == 7 ? ",\"company_revenue_usd\":1000001" : "");
  if (g_str_equal (kind, "topup"))
    return g_strdup_printf ("{\"kind\":\"topup\",\"quantity\":%" G_GUINT64_FORMAT "}",
                            choose_quantity (world, account));
  if (g_str_equal (kind, "cancel") && sim_choose (world->choices, 2) == 0) {
    g_autoptr (SimAnswer) page = sim_ask (world, account, "/v1/account/invoices?limit=1");

    if (sim_length (page->body, "invoices") > 0)
      return g_strdup_printf ("{\"kind\":\"cancel\",\"invoice_number\":\"%s\"}",
                              sim_text (sim_element (page->body, "invoices", 0), "number"));
  }
  return g_strdup_printf ("{\"kind\":\"%s\"}", kind);
}

/* A quote is blocked or has a choice, its lines add up, and to look changes nothing. */
static void
hold_quote (SimWorld *world, SimAccount *account, const SimAnswer *answer, gint64 taken_minor)
{
  JsonNode *quote = answer->body;

  SIM_HOLD (world, answer, answer->status == 201);
  if (answer->status != 201)
    return;
  SIM_HOLD (world, answer,
            (sim_length (quote, "blocked") == 0) == (sim_length (quote, "options") > 0));
  for (guint i = 0; i < sim_length (quote, "options"); i++) {
    JsonNode *option = sim_element (quote, "options", i);
    gint64 sum_minor = 0;

    for (guint j = 0; j < sim_length (option, "lines"); j++)
      sum_minor += sim_int (sim_element (option, "lines", j), "amount");
    SIM_HOLD (world, answer, sum_minor == sim_int (option, "total.amount"));
    SIM_HOLD (world, answer, sim_int (option, "refund.amount") >= 0);
    SIM_HOLD (world, answer,
              sim_int (option, "refund.amount") <= sim_card (world, account)->taken_minor);
  }
  sim_hold_unchanged (world, account, taken_minor);
}

static const char *
choose_timing (SimWorld *world, JsonNode *quote)
{
  static const char *const timings[] = {"immediate", "period_end"};
  guint n_options = sim_length (quote, "options");

  if (n_options > 0 && sim_choose (world->choices, 12) < 11)
    return sim_text (sim_element (quote, "options", sim_choose (world->choices, n_options)),
                     "timing");
  return timings[sim_choose (world->choices, G_N_ELEMENTS (timings))];
}

/* Accepts a quote that was put by, whatever has happened since. */
static void
accept_old (SimWorld *world, SimAccount *account)
{
  g_autoptr (JsonNode) quote = g_steal_pointer (&account->quote);

  sim_tell (world, account, "remembers the quote for %s", sim_text (quote, "kind"));
  sim_accept (world, account, quote, choose_timing (world, quote), FALSE);
}

/* Asks for a quote, and does something with it. */
static void
ask_for (SimWorld *world, SimAccount *account, const char *kind)
{
  g_autofree char *body = make_quote_request (world, account, kind);
  gint64 taken_minor = sim_card (world, account)->taken_minor;
  g_autoptr (SimAnswer) answer = sim_do (world, account, "/v1/account/quotes", body);
  JsonNode *quote = answer->body;
  guint way;

  sim_tell (world, account, "wants %s: %u options", body, sim_length (quote, "options"));
  hold_quote (world, account, answer, taken_minor);
  if (world->broken != NULL)
    return;
  way = sim_choose (world->choices, 12);
  if (!world->way->is_calm && sim_choose (world->choices, 16) == 15)
    world->service->n_lost = 1;
  if (way < 8) {
    sim_accept (world, account, quote, choose_timing (world, quote), TRUE);
  } else if (way < 10) {
    use (world, account);
    sim_accept (world, account, quote, choose_timing (world, quote), FALSE);
  } else if (way == 10) {
    sim_advance (world, world->now_s + QUOTE_HOLDS_S - sim_choose (world->choices, 2));
    sim_accept (world, account, quote, choose_timing (world, quote), FALSE);
  } else {
    g_clear_pointer (&account->quote, json_node_unref);
    account->quote = json_node_ref (quote);
  }
  world->service->n_lost = 0;
}

static void
step_quote (SimWorld *world)
{
  SimAccount *account = sim_choose_account (world);

  ask_for (world, account, choose_kind (world, account));
}

static void
step_old_quote (SimWorld *world)
{
  SimAccount *account = sim_choose_account (world);

  if (account->quote != NULL)
    accept_old (world, account);
}

/* --- Accounts --- */

SimAccount *
sim_open_account (SimWorld *world, const UpkeepEdition *edition)
{
  static const char *const countries[] = {"", ",\"country\":\"TW\"", ",\"country\":\"FR\""};
  SimAccount *account = g_new0 (SimAccount, 1);
  g_autofree char *body =
      g_strdup_printf ("{\"service\":\"%s\",\"edition\":\"%s\",\"email\":\"a%u@example.org\"%s}",
                       edition->service, edition->id, world->accounts->len,
                       countries[sim_choose (world->choices, G_N_ELEMENTS (countries))]);
  g_autoptr (SimAnswer) answer = sim_do (world, NULL, "/v1/admin/accounts", body);

  account->number = world->accounts->len;
  account->edition = edition;
  account->card = sim_service_add_card (world->service);
  account->events = g_ptr_array_new_with_free_func (g_free);
  account->jobs = sim_jobs_new ();
  account->receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  account->created_at_s = world->now_s;
  account->id = g_strdup (sim_text (answer->body, "id"));
  account->token = g_strdup (sim_text (answer->body, "access_token"));
  g_ptr_array_add (world->accounts, account);
  SIM_HOLD (world, answer, answer->status == 201);
  sim_tell (world, account, "is opened under %s/%s", edition->service, edition->id);
  sim_look (world, account);
  if (sim_choose (world->choices, 8) < 7)
    set_card (world, account, sim_choose (world->choices, 6) < 5);
  for (int i = 0; i < 3 && world->broken == NULL && is_in_state (account, "none"); i++) {
    if (sim_choose (world->choices, 4) < 3)
      ask_for (world, account, "subscribe");
  }
  return account;
}

static void
step_open_account (SimWorld *world)
{
  if (world->accounts->len < ACCOUNTS_MAX)
    sim_open_account (world,
                      g_ptr_array_index (world->way->editions,
                                         sim_choose (world->choices, world->way->editions->len)));
}

/* --- What is refused --- */

static void
step_refused (SimWorld *world)
{
  static const struct {
    const char *path;
    const char *body; /* %s: the account */
    guint status;
    const char *code;
    const char *member; /* (nullable) */
    gboolean is_subscriber;
  } rows[] = {
      {"/v1/admin/clock", "{\"now\":\"2000-01-01T00:00:00Z\"}", 422, "clock_backwards", "now"},
      {"/v1/admin/clock", "{\"now\":\"tomorrow\"}", 422, "invalid_value", "now"},
      {"/v1/admin/grants",
       "{\"account\":\"%s\",\"meter\":\"steam\",\"kind\":\"earned\",\"quantity\":1}", 422,
       "invalid_value", "meter"},
      {"/v1/admin/grants",
       "{\"account\":\"%s\",\"meter\":\"gpu\",\"kind\":\"plan\",\"quantity\":1}", 422,
       "invalid_value", "kind"},
      {"/v1/admin/sandbox/payment-method", "{\"account\":\"%s\",\"token\":7}", 422, "invalid_value",
       "token"},
      {"/v1/admin/usage", "{\"events\":[]}", 422, "invalid_value", "events"},
      {"/v1/admin/usage", "{\"events\":[{\"account\":\"%s\",\"discount\":1}]}", 422,
       "unknown_member", "events[0].discount"},
      {"/v1/account/quotes", "{\"kind\":\"steal\"}", 422, "invalid_value", "kind", TRUE},
      {"/v1/account/quotes", "{\"kind\":\"topup\",\"quantity\":-1}", 422, "invalid_value",
       "quantity", TRUE},
      {"/v1/account/quotes", "{\"kind\":\"topup\",\"quantity\":1,\"price\":1}", 422,
       "unknown_member", "price", TRUE},
      {"/v1/account/quotes", "{\"kind\":", 400, "malformed", NULL, TRUE},
      {"/v1/account/quotes/q1/accept", "{\"timing\":\"immediate\"}", 400,
       "idempotency_key_required", NULL, TRUE},
      {"/v1/admin/clock", "{\"now\":\"2099-01-01T00:00:00Z\"}", 403, "forbidden", NULL, TRUE},
  };
  SimAccount *account = sim_choose_account (world);
  gint64 taken_minor = sim_card (world, account)->taken_minor;
  guint i = sim_choose (world->choices, G_N_ELEMENTS (rows));
  g_auto (GStrv) halves = g_strsplit (rows[i].body, "%s", 2);
  g_autofree char *body = g_strjoinv (account->id, halves);
  g_autoptr (SimAnswer) answer =
      sim_do_bad (world, rows[i].is_subscriber ? account : NULL, rows[i].path, body);

  SIM_HOLD (world, answer, answer->status == rows[i].status);
  SIM_HOLD (world, answer, g_strcmp0 (sim_text (answer->body, "code"), rows[i].code) == 0);
  SIM_HOLD (world, answer, g_strcmp0 (sim_text (answer->body, "member"), rows[i].member) == 0);
  sim_hold_unchanged (world, account, taken_minor);
}

/* One thing happens. */
void
sim_step (SimWorld *world)
{
  static const struct {
    void (*step) (SimWorld *world);
    guint weight;
  } steps[] = {
      {step_quote, 30},       {step_time, 30},    {step_use, 16},         {step_grant, 4},
      {step_mode, 4},         {step_card, 8},     {step_old_quote, 4},    {step_jobs, 12},
      {sim_step_move, 4},     {sim_step_ship, 2}, {sim_step_referral, 2}, {step_refused, 3},
      {step_open_account, 2},
  };
  guint weights[G_N_ELEMENTS (steps)];

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    weights[i] = steps[i].weight;
  steps[sim_choose_weighted (world->choices, weights, G_N_ELEMENTS (weights))].step (world);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-sim-world.h"

#include "upkeep-due-work.h"

#include <string.h>

/* A second oracle beside the model: it knows no rule, only what the answers promised. */

/* Between two charges that time brings by itself are at least so many days. */
#define QUIET_S (27 * UPKEEP_DAY_S)

/* After this time somebody asks the processor again who got no answer. */
#define PATIENCE_S 61

/* --- Periods, by another calendar than the model's --- */

static gint64
add_months (gint64 anchor_s, int n_months)
{
  g_autoptr (GDateTime) anchor = g_date_time_new_from_unix_utc (anchor_s);
  g_autoptr (GDateTime) boundary = g_date_time_add_months (anchor, n_months);

  return g_date_time_to_unix (boundary);
}

static int
count_months (gint64 anchor_s, gint64 at_s)
{
  int n_months = 0;

  while (add_months (anchor_s, n_months) < at_s)
    n_months++;
  return n_months;
}

/* Both ends are the anchor and whole months, and there is one interval between them. */
static void
hold_chain (SimWorld *world, const SimAccount *account, const SimAnswer *answer)
{
  JsonNode *document = account->document;
  gint64 start_s = sim_instant (document, "subscription.period.start");
  gint64 end_s = sim_instant (document, "subscription.period.end");
  int n_months;

  if (start_s == UPKEEP_INSTANT_NONE)
    return;
  n_months = count_months (account->anchor_s, start_s);
  SIM_HOLD (world, answer, add_months (account->anchor_s, n_months) == start_s);
  n_months += g_strcmp0 (sim_text (document, "subscription.interval"), "year") == 0 ? 12 : 1;
  if (g_strcmp0 (sim_text (document, "subscription.state"), "active") == 0) {
    SIM_HOLD (world, answer, add_months (account->anchor_s, n_months) == end_s);
    SIM_HOLD (world, answer, start_s <= world->now_s && world->now_s < end_s);
  }
}

/* --- The account document --- */

static void
hold_meter (SimWorld *world, const SimAnswer *answer, JsonNode *meter, gint64 held)
{
  gint64 usable = 0;

  for (guint i = 0; i < sim_length (meter, "grants"); i++) {
    JsonNode *grant = sim_element (meter, "grants", i);
    gint64 remaining = sim_int (grant, "remaining");

    SIM_HOLD (world, answer, remaining >= 0 && remaining <= sim_int (grant, "quantity"));
    if (json_node_get_boolean (sim_get (grant, "usable")))
      usable += remaining;
  }
  SIM_HOLD (world, answer, sim_int (meter, "spendable") == MAX (usable - held, 0));
  SIM_HOLD (world, answer, sim_int (meter, "remaining") >= 0);
}

static void
hold_document (SimWorld *world, const SimAccount *account, const SimAnswer *answer)
{
  JsonNode *document = account->document;
  const char *state = sim_text (document, "subscription.state");
  gboolean is_active = g_strcmp0 (state, "active") == 0;
  gboolean is_past_due = g_strcmp0 (state, "past_due") == 0;
  g_autofree char *used = g_strdup_printf ("lifetime.%ss", account->edition->meter.unit);

  SIM_HOLD (world, answer, sim_instant (document, "now") == world->now_s);
  SIM_HOLD (world, answer, sim_int (document, "balance.amount") >= 0);
  SIM_HOLD (world, answer, sim_int (document, used) == account->used);
  SIM_HOLD (world, answer, sim_int (document, "lifetime.images") == account->images);
  SIM_HOLD (world, answer,
            sim_is_null (document, "subscription.renews_at") ==
                !(is_active && sim_is_null (document, "subscription.ends_at")));
  SIM_HOLD (world, answer,
            sim_is_null (document, "subscription.renews_at") ==
                sim_is_null (document, "subscription.next_charge"));
  SIM_HOLD (world, answer, sim_is_null (document, "subscription.past_due") == !is_past_due);
  SIM_HOLD (world, answer,
            !is_past_due || sim_int (document, "subscription.past_due.amount.amount") > 0);
  for (guint i = 0; i < sim_length (document, "meters"); i++) {
    JsonNode *meter = sim_element (document, "meters", i);

    if (!sim_is_null (meter, "grants"))
      hold_meter (world, answer, meter, sim_sum_reserves (account));
  }
  hold_chain (world, account, answer);
}

/* An account moves only where it was said to move (RULES 0.1). */
static void
follow_edition (SimWorld *world, SimAccount *account, const SimAnswer *answer)
{
  const char *edition = sim_text (answer->body, "edition");

  if (g_str_equal (edition, account->edition->id))
    return;
  SIM_HOLD (world, answer, account->coming != NULL && g_str_equal (edition, account->coming->id));
  if (account->coming != NULL)
    account->edition = account->coming;
  account->coming = NULL;
}

/* Whether two documents say the same, but for the version. */
static gboolean
says_the_same (JsonNode *document, JsonNode *other)
{
  g_autoptr (GList) names = json_object_get_members (json_node_get_object (document));

  for (GList *l = names; l != NULL; l = l->next) {
    if (!g_str_equal (l->data, "version") && !sim_equal (document, l->data, other, l->data))
      return FALSE;
  }
  return TRUE;
}

/* The version rises when something changes, and not otherwise. */
static void
hold_version (SimWorld *world, const SimAccount *account, const SimAnswer *answer)
{
  gint64 version = sim_int (account->document, "version");
  gint64 now_version = sim_int (answer->body, "version");

  SIM_HOLD (world, answer, version <= now_version);
  SIM_HOLD (world, answer, g_str_equal (account->etag, answer->etag) == (version == now_version));
  SIM_HOLD (world, answer,
            version == now_version || !says_the_same (account->document, answer->body));
}

/* Sees the account as it is now. */
void
sim_look (SimWorld *world, SimAccount *account)
{
  g_autoptr (SimAnswer) answer = sim_ask (world, account, "/v1/account");
  g_autoptr (SimAnswer) again = NULL;

  SIM_HOLD (world, answer, answer->status == 200);
  if (answer->status != 200)
    return;
  if (account->document != NULL) {
    hold_version (world, account, answer);
    follow_edition (world, account, answer);
  }
  again = sim_service_get (world->service, account->token, "/v1/account", answer->etag);
  SIM_HOLD (world, again, again->status == 304);
  g_clear_pointer (&account->document, json_node_unref);
  g_free (account->etag);
  account->document = json_node_ref (answer->body);
  account->etag = g_strdup (answer->etag);
  sim_look_at_jobs (world, account, answer);
  hold_document (world, account, answer);
  sim_count (world, sim_text (account->document, "subscription.state"));
  if (world->service->broken != NULL)
    sim_break (world, world->service->broken, __FILE__, __LINE__, answer);
}

/* What was refused has changed nothing, and nothing was taken for it. */
void
sim_hold_unchanged (SimWorld *world, SimAccount *account, gint64 taken_minor)
{
  g_autoptr (SimAnswer) answer =
      sim_service_get (world->service, account->token, "/v1/account", account->etag);

  SIM_HOLD (world, answer, answer->status == 304);
  SIM_HOLD (world, answer, sim_card (world, account)->taken_minor == taken_minor);
}

/* --- Time --- */

typedef struct {
  SimWorld *world;
  gint64 until_s;
} Rival;

static gpointer
run_due (gpointer user_data)
{
  const Rival *rival = user_data;
  const SimService *service = rival->world->service;
  GError *error = NULL;

  if (upkeep_run_due (service->store, &service->means, service->clock, rival->until_s, &error))
    return NULL;
  return error;
}

static void
move_clock (SimWorld *world, gint64 to_s)
{
  Rival rival = {world, to_s};
  GThread *rivals[4];
  char text[UPKEEP_INSTANT_TEXT_SIZE];
  g_autofree char *key = sim_next_key (world);
  g_autofree char *body = NULL;
  g_autoptr (SimAnswer) answer = NULL;

  g_assert (world->way->n_rivals <= G_N_ELEMENTS (rivals));
  upkeep_instant_print (to_s, text);
  body = g_strdup_printf ("{\"now\":\"%s\"}", text);
  for (guint i = 0; i < world->way->n_rivals; i++)
    rivals[i] = g_thread_new ("rival", run_due, &rival);
  answer = sim_try (world, NULL, "/v1/admin/clock", key, body);
  for (guint i = 0; i < world->way->n_rivals; i++) {
    g_autoptr (GError) error = g_thread_join (rivals[i]);

    SIM_HOLD (world, answer, error == NULL);
  }
  SIM_HOLD (world, answer, answer->status == 200 && sim_instant (answer->body, "now") == to_s);
  world->now_s = to_s;
}

/* What the document foretold of the next charge, and what came of it. */
static void
hold_forecast (SimWorld *world, const SimAccount *account, gint64 taken_minor, gint64 to_s)
{
  gint64 at_s = sim_instant (account->document, "subscription.next_charge.at");
  gint64 total_minor = sim_int (account->document, "subscription.next_charge.total.amount");
  gint64 delta_minor = sim_card (world, account)->taken_minor - taken_minor;

  if (at_s == UPKEEP_INSTANT_NONE || !sim_card (world, account)->pays)
    return;
  if (to_s < at_s)
    SIM_HOLD (world, NULL, delta_minor == 0);
  else if (to_s < at_s + QUIET_S)
    SIM_HOLD (world, NULL, delta_minor == total_minor);
  else
    SIM_HOLD (world, NULL, delta_minor >= total_minor);
}

/* A payment is in the balance: either it is asked for again by itself, or whatever is done with the
 * account asks first. */
static void
settle_unknown (SimWorld *world)
{
  if (sim_choose (world->choices, 2) == 0) {
    move_clock (world, world->now_s + PATIENCE_S);
    return;
  }
  for (guint i = 0; i < world->accounts->len; i++) {
    g_autoptr (SimAnswer) answer = sim_do (world, g_ptr_array_index (world->accounts, i),
                                           "/v1/account/quotes", "{\"kind\":\"resume\"}");

    SIM_HOLD (world, answer, answer->status == 201);
  }
}

/* Lets time pass, in one jump or in several. */
void
sim_advance (SimWorld *world, gint64 to_s)
{
  g_autofree gint64 *taken_minor = g_new (gint64, world->accounts->len);
  gint64 from_s = world->now_s;
  guint n_steps = world->way->n_clock_steps;
  guint n_lost = world->service->n_lost;

  for (guint i = 0; i < world->accounts->len; i++)
    taken_minor[i] = sim_card (world, g_ptr_array_index (world->accounts, i))->taken_minor;
  for (guint i = 1; i <= n_steps; i++)
    move_clock (world, from_s + (to_s - from_s) * i / n_steps);
  if (world->service->n_lost < n_lost)
    settle_unknown (world);
  world->service->n_lost = 0;
  for (guint i = 0; i < world->accounts->len; i++) {
    SimAccount *account = g_ptr_array_index (world->accounts, i);

    hold_forecast (world, account, taken_minor[i], world->now_s);
    sim_look (world, account);
  }
  world->lived_s += (world->now_s - from_s) * world->accounts->len;
}

/* --- Accepting --- */

static JsonNode *
find_option (JsonNode *quote, const char *timing)
{
  for (guint i = 0; i < sim_length (quote, "options"); i++) {
    JsonNode *option = sim_element (quote, "options", i);

    if (g_str_equal (sim_text (option, "timing"), timing))
      return option;
  }
  return NULL;
}

static gboolean
has_effect (JsonNode *option, const char *effect)
{
  for (guint i = 0; i < sim_length (option, "effects"); i++) {
    if (g_str_equal (json_node_get_string (sim_element (option, "effects", i)), effect))
      return TRUE;
  }
  return FALSE;
}

static gint64
sum_lines (JsonNode *bill)
{
  gint64 sum_minor = 0;

  for (guint i = 0; i < sim_length (bill, "lines"); i++)
    sum_minor += sim_int (sim_element (bill, "lines", i), "amount");
  return sum_minor;
}

/* It was done as it was quoted: to the line, and to the cent. */
static void
hold_done (SimWorld *world,
           SimAccount *account,
           JsonNode *quote,
           JsonNode *option,
           const SimAnswer *answer,
           gint64 taken_minor,
           gboolean is_fresh)
{
  JsonNode *receipt = sim_get (answer->body, "receipt");
  gint64 refund_minor = sim_int (option, "refund.amount");

  SIM_HOLD (world, answer, sim_length (quote, "blocked") == 0);
  SIM_HOLD (world, answer, sim_equal (receipt, "lines", option, "lines"));
  SIM_HOLD (world, answer, sim_equal (receipt, "total", option, "total"));
  SIM_HOLD (world, answer, sim_int (receipt, "refund.amount") == refund_minor);
  SIM_HOLD (world, answer, sum_lines (receipt) == sim_int (receipt, "total.amount"));
  SIM_HOLD (world, answer,
            sim_card (world, account)->taken_minor - taken_minor ==
                sim_int (receipt, "total.amount") + refund_minor);
  /* Instants follow the moment of acceptance, and other things that have happened. */
  if (is_fresh) {
    SIM_HOLD (world, answer, sim_equal (receipt, "refund", option, "refund"));
    SIM_HOLD (world, answer,
              sim_equal (answer->body, "account.subscription.renews_at", option, "renews_at"));
  }
  account->refunded_minor += refund_minor;
  if (refund_minor > 0)
    sim_count (world, "refunded");
  g_ptr_array_add (account->receipts, json_node_ref (receipt));
  if (g_str_equal (sim_text (quote, "kind"), "subscribe") ||
      has_effect (option, "renewal_date_resets"))
    account->anchor_s = world->now_s;
  sim_look (world, account);
  SIM_HOLD (world, answer, sim_equal (answer->body, "account", account->document, ""));
}

/* Why it was not done is true, and nothing was done. */
static void
hold_refused (SimWorld *world,
              SimAccount *account,
              JsonNode *quote,
              JsonNode *option,
              const SimAnswer *answer,
              gint64 taken_minor,
              gboolean is_fresh)
{
  const char *code = sim_text (answer->body, "code");
  gboolean is_expired = world->now_s >= sim_instant (quote, "expires_at");

  sim_hold_unchanged (world, account, taken_minor);
  SIM_HOLD (world, answer, is_expired == g_str_equal (code, "quote_expired"));
  SIM_HOLD (world, answer,
            !is_fresh || (sim_length (quote, "blocked") > 0) == g_str_equal (code, "not_allowed"));
  if (g_str_equal (code, "quote_expired")) {
    SIM_HOLD (world, answer, answer->status == 410);
  } else if (g_str_equal (code, "not_allowed")) {
    SIM_HOLD (world, answer, answer->status == 409 && sim_length (answer->body, "blocked") > 0);
    SIM_HOLD (world, answer, !is_fresh || sim_equal (answer->body, "blocked", quote, "blocked"));
  } else if (g_str_equal (code, "invalid_value")) {
    SIM_HOLD (world, answer,
              answer->status == 422 && g_str_equal (sim_text (answer->body, "member"), "timing"));
    SIM_HOLD (world, answer, option == NULL);
  } else if (g_str_equal (code, "quote_stale")) {
    SIM_HOLD (world, answer, answer->status == 409 && !is_fresh);
    SIM_HOLD (world, answer, !sim_is_null (answer->body, "quote.id"));
  } else {
    SIM_HOLD (world, answer, answer->status == 402 && g_str_equal (code, "payment_declined"));
    SIM_HOLD (world, answer, !sim_card (world, account)->pays);
  }
}

/* Accepts a quote: what it says happens, or nothing. @is_fresh: nothing has happened since it was
 * made. */
void
sim_accept (
    SimWorld *world, SimAccount *account, JsonNode *quote, const char *timing, gboolean is_fresh)
{
  g_autofree char *path = g_strdup_printf ("/v1/account/quotes/%s/accept", sim_text (quote, "id"));
  g_autofree char *body = g_strdup_printf ("{\"timing\":\"%s\"}", timing);
  g_autofree char *key = sim_next_key (world);
  JsonNode *option = find_option (quote, timing);
  gint64 taken_minor = sim_card (world, account)->taken_minor;
  g_autoptr (SimAnswer) answer = sim_do_with_key (world, account, path, key, body);

  const char *code = answer->status == 200 ? "accepted" : sim_text (answer->body, "code");

  sim_tell (world, account, "accepts it %s: %s", timing, code);
  sim_count (world, code);
  if (answer->status != 200) {
    hold_refused (world, account, quote, option, answer, taken_minor, is_fresh);
    return;
  }
  SIM_HOLD (world, answer, option != NULL);
  if (option == NULL)
    return;
  hold_done (world, account, quote, option, answer, taken_minor, is_fresh);

  /* Once only, whoever asks again. */
  taken_minor = sim_card (world, account)->taken_minor;
  g_clear_pointer (&answer, sim_answer_free);
  g_free (key);
  key = sim_next_key (world);
  answer = sim_do_with_key (world, account, path, key, body);
  SIM_HOLD (world, answer,
            answer->status == 409 &&
                g_str_equal (sim_text (answer->body, "code"), "quote_already_accepted"));
  sim_hold_unchanged (world, account, taken_minor);
}

/* --- The whole life --- */

/* All pages of a list, in one. Returns: (transfer full) (element-type JsonNode) */
static GPtrArray *
list_all (SimWorld *world, const SimAccount *account, const char *target, const char *member)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autofree char *cursor = NULL;

  do {
    g_autofree char *page =
        g_strdup_printf ("%s%slimit=100%s%s", target, strchr (target, '?') != NULL ? "&" : "?",
                         cursor != NULL ? "&cursor=" : "", cursor != NULL ? cursor : "");
    g_autoptr (SimAnswer) answer = sim_ask (world, account, page);

    SIM_HOLD (world, answer, answer->status == 200);
    for (guint i = 0; i < sim_length (answer->body, member); i++)
      g_ptr_array_add (entries, json_node_ref (sim_element (answer->body, member, i)));
    g_free (cursor);
    cursor = g_strdup (sim_text (answer->body, "next_cursor"));
  } while (cursor != NULL && world->broken == NULL);
  return entries;
}

/* The processor has what paid invoices say, and gave back what their credit notes say. */
static void
hold_invoices (SimWorld *world, SimAccount *account)
{
  g_autoptr (GPtrArray) invoices = list_all (world, account, "/v1/account/invoices", "invoices");
  gint64 paid_minor = 0;
  gint64 refunded_minor = 0;
  const char *state = sim_text (account->document, "subscription.state");

  for (guint i = 0; i < invoices->len; i++) {
    JsonNode *invoice = g_ptr_array_index (invoices, i);
    const char *paid = sim_text (invoice, "state");
    gint64 notes_minor = 0;

    SIM_HOLD (world, NULL, sum_lines (invoice) == sim_int (invoice, "total.amount"));
    SIM_HOLD (world, NULL, sim_length (invoice, "lines") > 0);
    SIM_HOLD (world, NULL, !g_str_equal (paid, "open") || g_str_equal (state, "past_due"));
    if (g_str_equal (paid, "paid"))
      paid_minor += sim_int (invoice, "total.amount");
    for (guint j = 0; j < sim_length (invoice, "credit_notes"); j++)
      notes_minor -= sim_int (sim_element (invoice, "credit_notes", j), "total.amount");
    SIM_HOLD (world, NULL, sim_int (invoice, "refunded.amount") == notes_minor);
    refunded_minor += notes_minor;
  }
  SIM_HOLD (world, NULL, paid_minor == sim_card (world, account)->taken_minor);
  SIM_HOLD (world, NULL, refunded_minor == account->refunded_minor);
}

/* Each balance is the one before it and the entry's amount. Returns: the last */
static gint64
hold_balances (SimWorld *world, const GPtrArray *entries, const char *amount)
{
  gint64 balance = 0;

  for (guint i = entries->len; i > 0; i--) {
    JsonNode *entry = g_ptr_array_index (entries, i - 1);

    balance += sim_int (entry, amount);
    SIM_HOLD (world, NULL, sim_int (entry, "balance") == balance);
  }
  return balance;
}

static gint64
sum_kind (const GPtrArray *entries, const char *kind, const char *amount)
{
  gint64 sum = 0;

  for (guint i = 0; i < entries->len; i++) {
    JsonNode *entry = g_ptr_array_index (entries, i);

    if (g_str_equal (sim_text (entry, "kind"), kind))
      sum += sim_int (entry, amount);
  }
  return sum;
}

static void
hold_ledger (SimWorld *world, SimAccount *account)
{
  g_autofree char *target =
      g_strdup_printf ("/v1/account/ledger?meter=%s", account->edition->meter.id);
  g_autoptr (GPtrArray) money = list_all (world, account, "/v1/account/ledger", "entries");
  g_autoptr (GPtrArray) units = list_all (world, account, target, "entries");
  JsonNode *meter = sim_element (account->document, "meters", 0);
  gint64 owed_minor = sim_int (account->document, "subscription.past_due.amount.amount");
  gint64 balance_minor = hold_balances (world, money, "amount");
  gint64 left = hold_balances (world, units, "quantity");
  gint64 remaining = 0;

  SIM_HOLD (world, NULL,
            sum_kind (money, "payment", "amount") == sim_card (world, account)->taken_minor);
  SIM_HOLD (world, NULL, sum_kind (money, "refund", "amount") == -account->refunded_minor);
  SIM_HOLD (world, NULL, sim_int (account->document, "balance.amount") == MAX (balance_minor, 0));
  SIM_HOLD (world, NULL, owed_minor == 0 || owed_minor == -balance_minor);
  for (guint i = 0; i < sim_length (meter, "grants"); i++)
    remaining += sim_int (sim_element (meter, "grants", i), "remaining");
  SIM_HOLD (world, NULL, left == remaining);
  SIM_HOLD (world, NULL, -sum_kind (units, "use", "quantity") <= account->used);
}

/* Use is kept for ever: it adds up to what was accepted, and counts no second time. */
static void
hold_use (SimWorld *world, SimAccount *account)
{
  static const char *const ways[] = {"day", "month", "feature", "job"};
  gint64 taken_minor = sim_card (world, account)->taken_minor;

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autofree char *target = g_strdup_printf (
        "/v1/account/usage?from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z&by=%s", ways[i]);
    g_autoptr (SimAnswer) answer = sim_ask (world, account, target);
    gint64 used = 0;
    gint64 images = 0;

    for (guint j = 0; j < sim_length (answer->body, "series"); j++) {
      used += sim_int (sim_element (answer->body, "series", j), "quantity");
      images += sim_int (sim_element (answer->body, "series", j), "images");
    }
    SIM_HOLD (world, answer, used == account->used && images == account->images);
  }
  if (account->events->len > 0) {
    GString *body = g_string_new ("{\"events\":[");
    g_autofree char *text = NULL;
    g_autoptr (SimAnswer) answer = NULL;

    for (guint i = 0; i < account->events->len; i++)
      g_string_append_printf (
          body, "%s{\"id\":\"%s\",\"account\":\"%s\",\"meter\":\"%s\",\"quantity\":77}",
          i > 0 ? "," : "", (const char *) g_ptr_array_index (account->events, i), account->id,
          account->edition->meter.id);
    g_string_append (body, "]}");
    text = g_string_free (body, FALSE);
    answer = sim_do (world, NULL, "/v1/admin/usage", text);
    SIM_HOLD (world, answer, answer->status == 200);
    SIM_HOLD (world, answer, sim_int (answer->body, "duplicates") == account->events->len);
    sim_hold_unchanged (world, account, taken_minor);
  }
}

/* Everything that the account was ever told is still true. */
void
sim_audit (SimWorld *world, SimAccount *account)
{
  sim_look (world, account);
  for (guint i = 0; i < account->receipts->len && world->broken == NULL; i++) {
    JsonNode *receipt = g_ptr_array_index (account->receipts, i);
    g_autofree char *target = g_strdup_printf ("/v1/account/receipts/%s", sim_text (receipt, "id"));
    g_autoptr (SimAnswer) answer = sim_ask (world, account, target);

    SIM_HOLD (world, answer, answer->status == 200 && sim_equal (answer->body, "", receipt, ""));
  }
  if (world->broken == NULL)
    hold_invoices (world, account);
  if (world->broken == NULL)
    hold_ledger (world, account);
  if (world->broken == NULL)
    hold_use (world, account);
  if (world->broken == NULL)
    sim_audit_jobs (world, account);
}

/* The books agree with themselves. */
void
sim_prove_books (SimWorld *world)
{
  g_autoptr (SimAnswer) answer = sim_ask (world, NULL, "/v1/admin/fsck");

  SIM_HOLD (world, answer, answer->status == 200 && sim_length (answer->body, "findings") == 0);
  SIM_HOLD (world, answer, sim_int (answer->body, "accounts") == world->accounts->len);
}

/* What is to be equal in two lives of the same choices. */
char *
sim_portray (SimWorld *world, const SimAccount *account)
{
  g_autofree char *units =
      g_strdup_printf ("/v1/account/ledger?meter=%s", account->edition->meter.id);
  const char *const lists[][2] = {
      {"/v1/account/invoices", "invoices"}, {"/v1/account/ledger", "entries"}, {units, "entries"}};
  /* Names that are drawn by lot, numbers that all accounts share, and when it was looked at. */
  static const char chance[] = "\"(id|account)\":\"([a-z2-7]{26}|[0-9]+)\"|[A-Z2-9]{8}-|"
                               "\"version\":[0-9]+|\"now\":\"[^\"]*\"";
  g_autoptr (GRegex) regex = g_regex_new (chance, 0, 0, NULL);
  GString *portrait = g_string_new (NULL);
  g_autoptr (SimAnswer) answer = sim_ask (world, account, "/v1/account");
  g_autofree char *text = NULL;

  g_string_append_printf (portrait, "%s\n", answer->text);
  for (guint i = 0; i < account->jobs->len; i++) {
    const SimJob *job = g_ptr_array_index (account->jobs, i);
    g_autofree char *seen = json_to_string (job->document, FALSE);

    g_string_append_printf (portrait, "%s\n", seen);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++) {
    g_autoptr (GPtrArray) entries = list_all (world, account, lists[i][0], lists[i][1]);

    for (guint j = 0; j < entries->len; j++) {
      g_autofree char *entry = json_to_string (g_ptr_array_index (entries, j), FALSE);

      g_string_append_printf (portrait, "%s\n", entry);
    }
  }
  text = g_string_free (portrait, FALSE);
  return g_regex_replace_literal (regex, text, -1, 0, "", 0, NULL);
}

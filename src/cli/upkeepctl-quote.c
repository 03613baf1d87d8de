/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-cancel-words.h"
#include "upkeep-exchange.h"
#include "upkeep-format.h"
#include "upkeep-json.h"
#include "upkeep-leave-words.h"
#include "upkeep-money.h"
#include "upkeep-quote-changes.h"
#include "upkeep-topup-words.h"
#include "upkeep-wire-account.h"
#include "upkeep-wire-quote.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>
#include <stdio.h>

static GBytes *
print_node (JsonNode *node)
{
  g_autoptr (JsonNode) owned = node;

  return upkeep_json_print (owned);
}

static JsonNode *
parse_node (GBytes *body, GError **error)
{
  return upkeep_json_parse (body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, error);
}

/* What a bill comes to, line by line, and what it adds up to. */
static void
print_bill (const UpkeepQuoteFacts *facts, const UpkeepBill *bill)
{
  const char *currency = facts->quote->currency;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  char **total = g_new0 (char *, 4);

  for (guint i = 0; i < bill->n_lines; i++) {
    char **row = g_new0 (char *, 4);

    row[0] = g_strdup ("");
    row[1] = upkeep_quote_words_line (facts, &bill->lines[i]);
    row[2] = upkeep_format_money (bill->lines[i].amount_minor, currency);
    g_ptr_array_add (rows, row);
  }
  total[0] = g_strdup ("");
  total[1] = g_strdup (C_ ("sum", "Total"));
  total[2] = upkeep_format_money (bill->total_minor, currency);
  g_ptr_array_add (rows, total);
  upkeepctl_print_table (rows, FALSE);
}

/* What a change of plan does beside its price. */
static void
print_changes (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  UpkeepQuoteChange changes[UPKEEP_QUOTE_CHANGES_MAX];
  guint n_changes = upkeep_quote_changes_make (facts, option, changes);

  for (guint i = 0; i < n_changes; i++) {
    printf ("  %s\n", changes[i].title);
    if (changes[i].subtitle != NULL)
      printf ("    %s\n", changes[i].subtitle);
    upkeep_quote_change_clear (&changes[i]);
  }
}

static UpkeepCancelFacts
get_cancel_facts (const UpkeepQuoteFacts *facts)
{
  return (UpkeepCancelFacts){facts->statement, facts->edition, facts->quote, facts->practice};
}

/* Takes @words, each line of which is printed below what it belongs to. */
static void
print_words (const char *indent, char *words)
{
  g_auto (GStrv) lines = words != NULL ? g_strsplit (words, "\n", -1) : NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    printf ("%s%s\n", indent, lines[i]);
  g_free (words);
}

static void
print_option (const UpkeepQuoteFacts *facts, const UpkeepOption *option)
{
  g_autofree char *timing = upkeep_quote_words_timing (option);
  UpkeepCancelFacts cancel = get_cancel_facts (facts);

  printf ("\n%s (--timing %s)\n", timing, upkeep_timing_to_string (option->timing));
  print_bill (facts, &option->bill);
  switch (facts->quote->kind) {
  case UPKEEP_QUOTE_CANCEL:
    print_words ("  ", upkeep_cancel_choice_detail (&cancel, option));
    print_words ("  ", upkeep_leave_issue (&cancel, option));
    break;
  case UPKEEP_QUOTE_TOPUP:
    print_words ("  ", upkeep_topup_words_terms (facts->edition, facts->statement, option));
    break;
  case UPKEEP_QUOTE_SUBSCRIBE:
  case UPKEEP_QUOTE_SWITCH:
  case UPKEEP_QUOTE_RESUME:
  case UPKEEP_QUOTE_PAY:
  default:
    print_changes (facts, option);
    break;
  }
}

/* How a refund was judged, clause by clause, and what stays whichever way one leaves (RULES 0.22).
 */
static void
print_leaving (const UpkeepQuoteFacts *facts)
{
  const UpkeepRefundReport *report = facts->quote->refund_rule;
  const UpkeepOption *now = upkeep_quote_find_option (facts->quote, UPKEEP_TIMING_IMMEDIATE);
  UpkeepCancelFacts cancel = get_cancel_facts (facts);

  putchar ('\n');
  if (now != NULL && now->has_refund)
    print_words ("", g_strdup (upkeep_words_refund_basis (now->refund.basis)));
  for (guint i = 0; report != NULL && i < report->clauses->len; i++)
    print_words ("", upkeep_words_clause (facts->edition, facts->statement->plan,
                                          g_ptr_array_index (report->clauses, i)));
  if (report != NULL && report->at_most_count > 0)
    print_words ("", upkeep_words_refund_bound (report));
  print_words ("", upkeep_cancel_kept (&cancel));
  print_words ("", upkeep_cancel_frozen (&cancel));
  print_words ("", upkeep_cancel_dropped (&cancel));
}

static char *
format_title (const UpkeepQuoteFacts *facts)
{
  switch (facts->quote->kind) {
  case UPKEEP_QUOTE_SUBSCRIBE:
  case UPKEEP_QUOTE_SWITCH:
    return upkeep_quote_words_summary (facts);
  case UPKEEP_QUOTE_CANCEL:
    return g_strdup (_ ("Cancellation of the plan"));
  case UPKEEP_QUOTE_TOPUP:
    return upkeep_topup_words_title (facts->edition, facts->quote);
  case UPKEEP_QUOTE_RESUME:
    return g_strdup (_ ("Undoing what is scheduled"));
  case UPKEEP_QUOTE_PAY:
    return g_strdup (_ ("Payment of what is overdue"));
  default:
    g_return_val_if_reached (NULL);
  }
}

static void
print_quote (const UpkeepQuoteFacts *facts)
{
  const UpkeepQuote *quote = facts->quote;
  g_autofree char *title = format_title (facts);
  g_autofree char *until = upkeep_words_zoned (quote->expires_at_s);

  puts (title);
  /* Translators: a quote's id, then an instant. */
  printf (_ ("Quote %1$s, good until %2$s"), quote->id, until);
  putchar ('\n');
  for (guint i = 0; i < quote->options->len; i++)
    print_option (facts, &g_array_index (quote->options, UpkeepOption, i));
  if (quote->kind == UPKEEP_QUOTE_CANCEL) {
    print_leaving (facts);
    upkeepctl_print_help (facts->statement, facts->edition, quote);
  }
}

/* The code is for programs, the sentence for people. */
static void
complain_of_blocked (const UpkeepQuote *quote,
                     const UpkeepStatement *statement,
                     const UpkeepEdition *edition)
{
  for (guint i = 0; i < quote->blocked->len; i++) {
    const UpkeepBlocked *blocked = &g_array_index (quote->blocked, UpkeepBlocked, i);
    const char *code = upkeep_blocked_code_to_string (blocked->code);
    g_autofree char *words =
        edition != NULL ? upkeep_words_blocked_in (edition, blocked, statement, FALSE) : NULL;

    if (words != NULL)
      upkeepctl_complain ("%s: %s", code, words);
    else
      upkeepctl_complain ("%s", code);
  }
}

static UpkeepctlStatus
tell_quote (Upkeepctl *ctl, GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse_node (body, &error);
  g_autoptr (UpkeepQuote) quote = node != NULL ? upkeep_wire_parse_quote (node, &error) : NULL;
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (UpkeepEdition) edition = NULL;
  g_autoptr (GBytes) statement_body = NULL;
  g_autoptr (GBytes) edition_body = NULL;
  UpkeepQuoteFacts facts = {.quote = quote};
  UpkeepctlStatus status;

  if (quote == NULL)
    return upkeepctl_misread (error);
  if (ctl->json) {
    upkeepctl_print_bytes (body);
    complain_of_blocked (quote, NULL, NULL);
    return quote->blocked->len > 0 ? UPKEEPCTL_REFUSED : UPKEEPCTL_DONE;
  }

  status = upkeepctl_get_statement (ctl, &statement, &statement_body);
  if (status != UPKEEPCTL_DONE)
    return status;
  status =
      upkeepctl_get_edition (ctl, statement->service, statement->edition, &edition, &edition_body);
  if (status != UPKEEPCTL_DONE)
    return status;
  if (quote->blocked->len > 0) {
    complain_of_blocked (quote, statement, edition);
    if (quote->kind == UPKEEP_QUOTE_CANCEL)
      upkeepctl_print_help (statement, edition, quote);
    return UPKEEPCTL_REFUSED;
  }
  facts.statement = statement;
  facts.edition = edition;
  print_quote (&facts);
  return UPKEEPCTL_DONE;
}

static gboolean
find_kind (const char *text, UpkeepQuoteKind *ret_kind)
{
  for (guint i = 0; i < UPKEEP_N_QUOTE_KINDS; i++) {
    if (g_str_equal (text, upkeep_quote_kind_to_string ((UpkeepQuoteKind) i))) {
      *ret_kind = (UpkeepQuoteKind) i;
      return TRUE;
    }
  }
  /* Translators: %s is a word that was typed. */
  upkeepctl_complain (_ ("There is no quote of the kind “%s”."), text);
  return FALSE;
}

static gboolean
find_interval (const char *text, UpkeepInterval *ret_interval)
{
  for (guint i = UPKEEP_INTERVAL_MONTH; i < UPKEEP_N_INTERVALS; i++) {
    if (g_str_equal (text, upkeep_interval_to_string ((UpkeepInterval) i))) {
      *ret_interval = (UpkeepInterval) i;
      return TRUE;
    }
  }
  upkeepctl_complain ("%s", _ ("--interval is “month” or “year”."));
  return FALSE;
}

/* The words that were typed, before they are judged. */
typedef struct {
  const char *subject; /* (nullable): a plan or a quantity */
  char *interval;      /* (owned) (nullable) */
  char *revenue;       /* (owned) (nullable) */
  char *invoice;       /* (owned) (nullable) */
} Typed;

static void
typed_clear (Typed *typed)
{
  g_free (typed->interval);
  g_free (typed->revenue);
  g_free (typed->invoice);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Typed, typed_clear)

static UpkeepQuoteRequest *
new_request (UpkeepQuoteKind kind, const Typed *typed)
{
  g_autoptr (UpkeepQuoteRequest) request = upkeep_quote_request_new (kind);
  gboolean is_of_plan = kind == UPKEEP_QUOTE_SUBSCRIBE || kind == UPKEEP_QUOTE_SWITCH;

  if ((typed->subject != NULL) != (is_of_plan || kind == UPKEEP_QUOTE_TOPUP) ||
      (!is_of_plan && (typed->interval != NULL || typed->revenue != NULL)) ||
      (kind != UPKEEP_QUOTE_CANCEL && typed->invoice != NULL)) {
    upkeepctl_complain ("%s", _ ("This kind of quote takes other arguments; see --help."));
    return NULL;
  }
  if (kind == UPKEEP_QUOTE_TOPUP &&
      !upkeepctl_parse_count (typed->subject, 1, UPKEEP_UNITS_MAX, &request->quantity))
    return NULL;
  if (typed->interval != NULL && !find_interval (typed->interval, &request->interval))
    return NULL;
  if (typed->revenue != NULL &&
      !upkeepctl_parse_count (typed->revenue, 0, UPKEEP_AMOUNT_MAX, &request->company_revenue_usd))
    return NULL;
  if (is_of_plan)
    request->plan = g_strdup (typed->subject);
  request->invoice_number = g_strdup (typed->invoice);
  return g_steal_pointer (&request);
}

/**
 * upkeepctl_quote:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Asks what a change would cost, give and mean.
 *
 * Returns: how the program ends; a quote that is blocked is refused
 */
UpkeepctlStatus
upkeepctl_quote (Upkeepctl *ctl, int argc, char **argv)
{
  g_auto (Typed) typed = {0};
  const GOptionEntry entries[] = {
      {"interval", 0, 0, G_OPTION_ARG_STRING, &typed.interval, N_ ("How the plan is billed"),
       "month|year"},
      {"company-revenue-usd", 0, 0, G_OPTION_ARG_STRING, &typed.revenue,
       N_ ("Your company’s gross revenue a year, in whole dollars"), "N"},
      {"invoice-number", 0, 0, G_OPTION_ARG_STRING, &typed.invoice,
       N_ ("An invoice, where a cancellation needs one"), "NUMBER"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl quote",
      .arguments = "subscribe PLAN | switch PLAN | cancel | resume | pay | topup QUANTITY",
      .min = 1,
      .max = 2,
      .summary = N_ ("Tells what a change would cost, give and mean. Nothing is charged."),
      .description =
          N_ ("The quote holds for 30 minutes; “upkeepctl accept” makes it so. QUANTITY is "
              "in units of the meter: seconds, credits."),
  };
  g_autoptr (UpkeepQuoteRequest) request = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;
  UpkeepQuoteKind kind;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv) || !find_kind (argv[1], &kind))
    return UPKEEPCTL_USAGE;
  typed.subject = argc > 2 ? argv[2] : NULL;
  request = new_request (kind, &typed);
  if (request == NULL)
    return UPKEEPCTL_USAGE;

  body = print_node (upkeep_wire_print_quote_request (request));
  status = upkeepctl_call (ctl, "POST", "/v1/account/quotes", NULL, body, NULL, &answer);
  return status == UPKEEPCTL_DONE ? tell_quote (ctl, answer) : status;
}

static UpkeepctlStatus
tell_accepted (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = parse_node (body, &error);
  g_autoptr (UpkeepStatement) statement = NULL;
  g_autoptr (UpkeepReceipt) receipt = NULL;
  gint64 moved_minor;
  g_autofree char *sum = NULL;
  g_autofree char *date = NULL;

  if (node == NULL || !upkeep_wire_parse_accepted (node, &statement, &receipt, &error))
    return upkeepctl_misread (error);

  moved_minor = receipt->has_refund ? receipt->refund.amount_minor : receipt->bill.total_minor;
  sum = upkeep_format_money (moved_minor, receipt->currency);
  if (moved_minor == 0) {
    /* Translators: %s is a receipt's id. */
    printf (_ ("Done. Nothing was charged. Receipt: %s"), receipt->id);
  } else if (receipt->has_refund) {
    date = upkeep_words_day (receipt->refund.expected_by_s);
    /* Translators: a sum, a date and a receipt's id. */
    printf (_ ("Done. Refunded: %1$s, which arrives by %2$s. Receipt: %3$s"), sum, date,
            receipt->id);
  } else {
    /* Translators: a sum, and a receipt's id. */
    printf (_ ("Done. Charged: %1$s. Receipt: %2$s"), sum, receipt->id);
  }
  putchar ('\n');
  return UPKEEPCTL_DONE;
}

/**
 * upkeepctl_accept:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Has a quote carried out.
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_accept (Upkeepctl *ctl, int argc, char **argv)
{
  g_autofree char *timing_text = NULL;
  g_autofree char *key = NULL;
  const GOptionEntry entries[] = {
      {"timing", 0, 0, G_OPTION_ARG_STRING, &timing_text, N_ ("Which of the quote’s options"),
       "immediate|period_end"},
      {"key", 0, 0, G_OPTION_ARG_STRING, &key,
       N_ ("Makes it happen once, however often it is asked; made up unless given"), "KEY"},
      {NULL},
  };
  const UpkeepctlUsage usage = {
      .name = "upkeepctl accept",
      .arguments = "QUOTE",
      .min = 1,
      .max = 1,
      .summary = N_ ("Does exactly what a quote says, or nothing."),
  };
  g_autofree char *part = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;
  guint timing = 0;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, entries, &argc, &argv))
    return UPKEEPCTL_USAGE;
  while (timing < UPKEEP_N_TIMINGS &&
         g_strcmp0 (timing_text, upkeep_timing_to_string ((UpkeepTiming) timing)) != 0)
    timing++;
  if (timing == UPKEEP_N_TIMINGS) {
    upkeepctl_complain ("%s", _ ("--timing is “immediate” or “period_end”."));
    return UPKEEPCTL_USAGE;
  }
  if (key == NULL)
    key = g_uuid_string_random ();

  part = g_uri_escape_string (argv[1], NULL, FALSE);
  path = g_strdup_printf ("/v1/account/quotes/%s/accept", part);
  body = print_node (upkeep_wire_print_accept ((UpkeepTiming) timing));
  status = upkeepctl_call (ctl, "POST", path, NULL, body, key, &answer);
  if (status != UPKEEPCTL_DONE)
    return status;
  if (ctl->json) {
    upkeepctl_print_bytes (answer);
    return UPKEEPCTL_DONE;
  }
  return tell_accepted (answer);
}

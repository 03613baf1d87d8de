/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-leave-words.h"

#include "upkeep-format.h"
#include "upkeep-sample.h"

#define PLANS  "midjourney-2024.json"
#define ISSUES "midjourney-magazine-2023.json"

static UpkeepQuote *
new_blocked (UpkeepBlockedCode code, UpkeepBlockedCode other)
{
  UpkeepQuote *quote = upkeep_sample_blocked_quote (code);
  UpkeepBlocked blocked = {.code = other};

  if (other != code)
    g_array_append_val (quote->blocked, blocked);
  return quote;
}

/* C-37, C-43: help where leaving is refused, an invoice's number where nothing else is missing. */
static void
test_needs (void)
{
  static const struct {
    UpkeepBlockedCode code, other;
    gboolean help, invoice;
  } vectors[] = {
      {UPKEEP_BLOCKED_PAST_DUE, UPKEEP_BLOCKED_PAST_DUE, TRUE, FALSE},
      {UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED, UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED, TRUE, TRUE},
      {UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN, UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN, TRUE, TRUE},
      {UPKEEP_BLOCKED_PAST_DUE, UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED, TRUE, FALSE},
      {UPKEEP_BLOCKED_ALREADY_CANCELLED, UPKEEP_BLOCKED_ALREADY_CANCELLED, FALSE, FALSE},
      {UPKEEP_BLOCKED_NO_SUBSCRIPTION, UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED, FALSE, FALSE},
  };
  g_autoptr (UpkeepQuote) free_to_go = upkeep_sample_cancel_quote (27720);

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepQuote) quote = new_blocked (vectors[i].code, vectors[i].other);

    g_test_message ("vector %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (upkeep_leave_needs_help (quote), ==, vectors[i].help);
    g_assert_cmpint (upkeep_leave_needs_invoice (quote), ==, vectors[i].invoice);
  }
  g_assert_false (upkeep_leave_needs_help (free_to_go));
  g_assert_false (upkeep_leave_needs_invoice (free_to_go));
}

/* said where it is open, and only there; it promises nothing. */
static void
test_review (void)
{
  static const struct {
    gint64 limit;
    gboolean holds;
    const char *detail;
  } vectors[] = {
      {1, TRUE,
       "Nothing was used since the last renewal. People decide on it; nothing is refunded by "
       "itself."},
      {60, TRUE,
       "0.0 minutes since the last renewal; the rule asks for less than 1.0 minutes. People decide "
       "on it; nothing is refunded by itself."},
      {1, FALSE, NULL},
  };
  g_autoptr (UpkeepEdition) edition = upkeep_sample_edition (PLANS);
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement ();

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (UpkeepQuote) quote = upkeep_sample_cancel_quote (27720);
    UpkeepCancelFacts facts = {statement, edition, quote, FALSE};
    g_autofree char *title = NULL;
    g_autofree char *detail = NULL;

    quote->refund_rule->review = upkeep_clause_report_new ();
    quote->refund_rule->review->scope = UPKEEP_SCOPE_SINCE_RENEWAL;
    quote->refund_rule->review->limit = vectors[i].limit;
    quote->refund_rule->review->holds = vectors[i].holds;
    quote->refund_rule->review_channel = g_strdup ("billing_email");
    title = upkeep_leave_review (&facts);
    detail = upkeep_leave_review_detail (&facts);
    g_assert_cmpstr (title, ==, vectors[i].holds ? "You can ask for a refund" : NULL);
    g_assert_cmpstr (detail, ==, vectors[i].detail);
    g_assert_cmpint (upkeep_leave_needs_help (quote), ==, vectors[i].holds);
  }
}

/* C-37, C-41 */
static void
test_support (void)
{
  g_autoptr (UpkeepEdition) plans = upkeep_sample_edition (PLANS);
  g_autoptr (UpkeepEdition) credits = upkeep_sample_edition ("minara-2026-06.json");
  g_autofree char *email =
      upkeep_leave_support_detail (upkeep_edition_find_support (plans, "billing_email"));
  g_autofree char *link =
      upkeep_leave_support_detail (upkeep_edition_find_support (credits, "help"));

  g_assert_cmpstr (email, ==, "billing@midjourney.com\nGive your user ID and an invoice number.");
  g_assert_cmpstr (link, ==, "https://minara.ai/docs/support");
}

/* C-45, C-47, 0.34 */
static void
test_issue (void)
{
  static const struct {
    gint64 measured;
    gboolean holds;
    const char *figures;
    const char *rule;
  } vectors[] = {
      {0, TRUE, "Not shipped",
       "The issue that this invoice paid has not shipped, so a refund is open now."},
      {1, FALSE, "Shipped", "The issue that this invoice paid has shipped, so there is no refund."},
      {0, FALSE, "Not shipped",
       "This invoice paid no issue that is still to ship, so there is no refund."},
  };
  g_autoptr (UpkeepEdition) plans = upkeep_sample_edition (PLANS);
  g_autoptr (UpkeepEdition) issues = upkeep_sample_edition (ISSUES);
  g_autoptr (UpkeepStatement) statement = upkeep_sample_statement ();
  g_autoptr (UpkeepQuote) quote = upkeep_sample_cancel_quote (216);
  UpkeepCancelFacts facts = {statement, issues, quote, FALSE};
  const UpkeepOption *now = upkeep_quote_find_option (quote, UPKEEP_TIMING_IMMEDIATE);
  const UpkeepOption *later = upkeep_quote_find_option (quote, UPKEEP_TIMING_PERIOD_END);
  g_autofree char *refunded = upkeep_leave_issue (&facts, now);
  g_autofree char *delivered = upkeep_leave_issue (&facts, later);

  g_assert_cmpstr (refunded, ==, "The issue that this invoice paid is not delivered.");
  g_assert_cmpstr (delivered, ==, "What you have paid for is still delivered.");
  facts.edition = plans;
  g_assert_null (upkeep_leave_issue (&facts, now));

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    UpkeepClauseReport clause = {.id = (char *) "not_shipped",
                                 .metric = UPKEEP_METRIC_UNITS,
                                 .scope = UPKEEP_SCOPE_MONTH,
                                 .measured = vectors[i].measured,
                                 .limit = 1,
                                 .holds = vectors[i].holds};
    g_autofree char *name = upkeep_words_clause_name (issues, &clause);
    g_autofree char *figures = upkeep_words_clause_figures (issues, "magazine", &clause);
    g_autofree char *rule = upkeep_words_clause_rule (issues, "magazine", &clause);
    g_autofree char *sentence = upkeep_words_clause (issues, "magazine", &clause);

    g_assert_cmpstr (name, ==, "Issue that the invoice paid");
    g_assert_cmpstr (figures, ==, vectors[i].figures);
    g_assert_cmpstr (rule, ==, vectors[i].rule);
    g_assert_cmpstr (sentence, ==, vectors[i].rule);
  }
}

/* B-02: four answers that are told apart. */
static void
test_reasons (void)
{
  for (guint i = 0; i < UPKEEP_N_LEAVE_REASONS; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (upkeep_leave_reason_title (i), !=, upkeep_leave_reason_title (j));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  upkeep_format_set_locale ("C");
  g_test_add_func ("/ui/leave-words/needs", test_needs);
  g_test_add_func ("/ui/leave-words/review", test_review);
  g_test_add_func ("/ui/leave-words/support", test_support);
  g_test_add_func ("/ui/leave-words/issue", test_issue);
  g_test_add_func ("/ui/leave-words/reasons", test_reasons);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-page-quote.h"

#include "upkeep-random.h"

#define HOUR_S     G_GINT64_CONSTANT (3600)
#define MINUTE_S   G_GINT64_CONSTANT (60)
#define GPU_SECOND "gpu_second"

static const UpkeepPageWord blocked_words[] = {
    [UPKEEP_BLOCKED_PAST_DUE] = UPKEEP_PAGE_WORD_BLOCKED_PAST_DUE,
    [UPKEEP_BLOCKED_INTERVAL_SWITCH_UNSUPPORTED] = UPKEEP_PAGE_WORD_BLOCKED_INTERVAL,
    [UPKEEP_BLOCKED_LOWER_TIER_NOT_ALLOWED] = UPKEEP_PAGE_WORD_BLOCKED_LOWER_TIER,
    [UPKEEP_BLOCKED_SAME_PLAN] = UPKEEP_PAGE_WORD_BLOCKED_SAME,
    [UPKEEP_BLOCKED_ALREADY_CANCELLED] = UPKEEP_PAGE_WORD_BLOCKED_CANCELLED,
    [UPKEEP_BLOCKED_NO_SUBSCRIPTION] = UPKEEP_PAGE_WORD_BLOCKED_NO_SUBSCRIPTION,
    [UPKEEP_BLOCKED_ALREADY_SUBSCRIBED] = UPKEEP_PAGE_WORD_BLOCKED_SUBSCRIBED,
    [UPKEEP_BLOCKED_PLAN_REQUIRES_COMPANY_TIER] = UPKEEP_PAGE_WORD_BLOCKED_COMPANY,
    [UPKEEP_BLOCKED_TRIAL_UNAVAILABLE] = UPKEEP_PAGE_WORD_BLOCKED_TRIAL,
    [UPKEEP_BLOCKED_TOPUP_NEEDS_PAID_PLAN] = UPKEEP_PAGE_WORD_BLOCKED_NEEDS_PLAN,
    [UPKEEP_BLOCKED_TOPUP_NEEDS_ZERO_BALANCE] = UPKEEP_PAGE_WORD_BLOCKED_NEEDS_ZERO,
    [UPKEEP_BLOCKED_TOPUP_NOT_OFFERED] = UPKEEP_PAGE_WORD_BLOCKED_NOT_OFFERED,
    [UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED] = UPKEEP_PAGE_WORD_BLOCKED_INVOICE_NEEDED,
    [UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN] = UPKEEP_PAGE_WORD_BLOCKED_INVOICE_UNKNOWN,
    [UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED] = UPKEEP_PAGE_WORD_BLOCKED_METHOD,
    [UPKEEP_BLOCKED_NOTHING_TO_RESUME] = UPKEEP_PAGE_WORD_BLOCKED_NOTHING_SCHEDULED,
    [UPKEEP_BLOCKED_NOTHING_DUE] = UPKEEP_PAGE_WORD_BLOCKED_NOTHING_DUE,
    [UPKEEP_BLOCKED_UNKNOWN_PLAN] = UPKEEP_PAGE_WORD_BLOCKED_UNKNOWN_PLAN,
    [UPKEEP_BLOCKED_PAYMENT_METHOD_UNSUPPORTED] = UPKEEP_PAGE_WORD_BLOCKED_METHOD_UNSUPPORTED,
};
G_STATIC_ASSERT (G_N_ELEMENTS (blocked_words) == UPKEEP_N_BLOCKED_CODES);

static const UpkeepPageWord effect_words[] = {
    [UPKEEP_EFFECT_RENEWAL_DATE_RESETS] = UPKEEP_PAGE_WORD_EFFECT_RESETS,
    [UPKEEP_EFFECT_RENEWAL_DATE_KEPT] = UPKEEP_PAGE_WORD_EFFECT_KEPT,
    [UPKEEP_EFFECT_SERVICE_STOPS] = UPKEEP_PAGE_WORD_EFFECT_STOPS,
    [UPKEEP_EFFECT_SERVICE_UNTIL_PERIOD_END] = UPKEEP_PAGE_WORD_EFFECT_UNTIL_END,
    [UPKEEP_EFFECT_UNUSED_ALLOWANCE_LOST] = UPKEEP_PAGE_WORD_EFFECT_LOST,
    [UPKEEP_EFFECT_PURCHASED_FROZEN] = UPKEEP_PAGE_WORD_EFFECT_FROZEN,
    [UPKEEP_EFFECT_SCHEDULED_CHANGE_DROPPED] = UPKEEP_PAGE_WORD_EFFECT_DROPPED,
    [UPKEEP_EFFECT_IMAGES_KEPT] = UPKEEP_PAGE_WORD_EFFECT_IMAGES,
    [UPKEEP_EFFECT_COMMERCIAL_RIGHTS_KEPT] = UPKEEP_PAGE_WORD_EFFECT_RIGHTS,
};
G_STATIC_ASSERT (G_N_ELEMENTS (effect_words) == UPKEEP_N_EFFECTS);

/* All lines but a plan's price, which is for a month or a year. */
static const UpkeepPageWord line_words[] = {
    [UPKEEP_LINE_PLAN_PRICE] = UPKEEP_PAGE_WORD_LINE_PLAN_MONTH,
    [UPKEEP_LINE_UNUSED_ALLOWANCE_CREDIT] = UPKEEP_PAGE_WORD_LINE_UNUSED,
    [UPKEEP_LINE_PRICE_DIFFERENCE] = UPKEEP_PAGE_WORD_LINE_DIFFERENCE,
    [UPKEEP_LINE_UNUSED_CREDIT_REFUND] = UPKEEP_PAGE_WORD_LINE_UNUSED,
    [UPKEEP_LINE_ACCOUNT_BALANCE] = UPKEEP_PAGE_WORD_LINE_BALANCE,
    [UPKEEP_LINE_CREDIT_TO_BALANCE] = UPKEEP_PAGE_WORD_LINE_TO_BALANCE,
    [UPKEEP_LINE_METERED_USAGE] = UPKEEP_PAGE_WORD_LINE_METERED,
    [UPKEEP_LINE_TOPUP_PACK] = UPKEEP_PAGE_WORD_LINE_TOPUP,
    [UPKEEP_LINE_REFUND] = UPKEEP_PAGE_WORD_LINE_REFUND,
    [UPKEEP_LINE_PAST_DUE] = UPKEEP_PAGE_WORD_LINE_PAST_DUE,
};
G_STATIC_ASSERT (G_N_ELEMENTS (line_words) == UPKEEP_N_LINE_CODES);

static const UpkeepPageWord scope_words[] = {
    [UPKEEP_SCOPE_MONTH] = UPKEEP_PAGE_WORD_SCOPE_MONTH,
    [UPKEEP_SCOPE_SUBSCRIPTION] = UPKEEP_PAGE_WORD_SCOPE_SUBSCRIPTION,
    [UPKEEP_SCOPE_LIFETIME] = UPKEEP_PAGE_WORD_SCOPE_LIFETIME,
    [UPKEEP_SCOPE_SINCE_RENEWAL] = UPKEEP_PAGE_WORD_SCOPE_SINCE_RENEWAL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (scope_words) == UPKEEP_N_SCOPES);

static const UpkeepVoice *
get_voice (const UpkeepPageQuote *self)
{
  return &self->page->voice;
}

/* A quote that is blocked has no sum and names no currency. */
static char *
format_sum (const UpkeepPageQuote *self, gint64 amount_minor)
{
  return upkeep_voice_money (get_voice (self), amount_minor, self->edition->currency);
}

static gboolean
is_in_hours (const UpkeepPageQuote *self)
{
  return g_str_equal (self->edition->meter.unit, GPU_SECOND);
}

static char *
format_units (const UpkeepPageQuote *self, gint64 quantity)
{
  return is_in_hours (self) ? upkeep_voice_tenths (get_voice (self), quantity, HOUR_S)
                            : upkeep_voice_count (get_voice (self), quantity);
}

/* The name of a plan inside a sentence. */
static char *
format_plan_within (const UpkeepPageQuote *self, const char *plan_id)
{
  return upkeep_voice_within (get_voice (self),
                              upkeep_voice_plan (get_voice (self), self->edition, plan_id));
}

/**
 * upkeep_page_format_card:
 * @voice: how the page speaks
 * @statement: the account
 *
 * Names what is charged.
 *
 * Returns: (transfer full) (nullable): such as `Visa •••• 4242`; `NULL` where nothing is on file
 */
char *
upkeep_page_format_card (const UpkeepVoice *voice, const UpkeepStatement *statement)
{
  g_autofree char *brand = NULL;

  if (!statement->has_payment_method)
    return NULL;
  brand = g_strdup (statement->brand);
  brand[0] = g_ascii_toupper (brand[0]);
  return upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_CARD, "brand", brand, "last4", statement->last4,
                            NULL);
}

/**
 * upkeep_page_say_decline:
 * @voice: how the page speaks
 * @decline_code: the processor's
 *
 * Says why a payment method was refused.
 *
 * Returns: (transfer none): a sentence
 */
const char *
upkeep_page_say_decline (const UpkeepVoice *voice, const char *decline_code)
{
  if (g_str_equal (decline_code, "insufficient_funds"))
    return upkeep_voice_say (voice, UPKEEP_PAGE_WORD_DECLINE_FUNDS);
  if (g_str_equal (decline_code, "no_payment_method"))
    return upkeep_voice_say (voice, UPKEEP_PAGE_WORD_DECLINE_NO_METHOD);
  return upkeep_voice_say (voice, UPKEEP_PAGE_WORD_DECLINE_GENERIC);
}

/**
 * upkeep_page_quote_heading:
 * @voice: how the page speaks
 * @edition: the account's
 * @quote: a quote
 *
 * Says what a page with a quote is about.
 *
 * Returns: (transfer full): a few words
 */
char *
upkeep_page_quote_heading (const UpkeepVoice *voice,
                           const UpkeepEdition *edition,
                           const UpkeepQuote *quote)
{
  const char *to = upkeep_voice_plan (voice, edition, quote->to_plan);
  g_autofree char *from =
      upkeep_voice_within (voice, upkeep_voice_plan (voice, edition, quote->from_plan));

  if (quote->blocked->len > 0)
    return g_strdup (upkeep_voice_say (voice, UPKEEP_PAGE_WORD_BLOCKED_HEADING));
  switch (quote->kind) {
  case UPKEEP_QUOTE_CANCEL:
    return upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_CANCEL_HEADING, "plan", from, NULL);
  case UPKEEP_QUOTE_RESUME:
    return upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_RESUME_HEADING, "plan", from, NULL);
  case UPKEEP_QUOTE_PAY:
    return g_strdup (upkeep_voice_say (voice, UPKEEP_PAGE_WORD_PAY_HEADING));
  case UPKEEP_QUOTE_TOPUP:
    return g_strdup (upkeep_voice_say (voice, UPKEEP_PAGE_WORD_TOPUP_HEADING));
  case UPKEEP_QUOTE_SUBSCRIBE:
  case UPKEEP_QUOTE_SWITCH:
  default:
    return g_strdup (to);
  }
}

/* Lines */

static char *
format_line (const UpkeepPageQuote *self, const UpkeepLine *line)
{
  const UpkeepVoice *voice = get_voice (self);
  const UpkeepQuote *quote = self->quote;
  gboolean is_price = line->code == UPKEEP_LINE_PLAN_PRICE;
  UpkeepPageWord word = is_price && quote->to_interval == UPKEEP_INTERVAL_YEAR
                            ? UPKEEP_PAGE_WORD_LINE_PLAN_YEAR
                            : line_words[line->code];
  g_autofree char *from = format_plan_within (self, quote->from_plan);

  return upkeep_voice_fill (
      voice, word, "plan",
      is_price ? upkeep_voice_plan (voice, self->edition, quote->to_plan) : from, NULL);
}

/* Where a share comes from. */
static char *
format_basis (const UpkeepPageQuote *self, const UpkeepLine *line, gboolean by_time)
{
  const UpkeepVoice *voice = get_voice (self);
  g_autofree char *price = format_sum (self, line->price_minor);
  g_autofree char *left = NULL;
  g_autofree char *whole = NULL;
  UpkeepPageWord word =
      is_in_hours (self) ? UPKEEP_PAGE_WORD_BASIS_SECONDS : UPKEEP_PAGE_WORD_BASIS_UNITS;

  if (by_time) {
    word = UPKEEP_PAGE_WORD_BASIS_DAYS;
    left = upkeep_voice_count (voice, line->unused / UPKEEP_DAY_S);
    whole = upkeep_voice_count (voice, line->allowance / UPKEEP_DAY_S);
  } else {
    /* To the unit: hours are rounded, and the sum would not follow from them. */
    left = upkeep_voice_count (voice, line->unused);
    whole = upkeep_voice_count (voice, line->allowance);
  }
  return upkeep_voice_fill (voice, word, "price", price, "left", left, "whole", whole, NULL);
}

/* Whether a line was not told before. */
static gboolean
is_news (const UpkeepLine *line, const UpkeepOption *before)
{
  for (guint i = 0; i < before->bill.n_lines; i++) {
    if (upkeep_line_equal (&before->bill.lines[i], line))
      return FALSE;
  }
  return TRUE;
}

static void
write_line (const UpkeepPageQuote *self,
            const UpkeepLine *line,
            gboolean by_time,
            const UpkeepOption *before)
{
  UpkeepHtml *html = self->page->html;
  g_autofree char *name = format_line (self, line);
  g_autofree char *sum = format_sum (self, line->amount_minor);

  upkeep_html_open (html, "tr", NULL);
  upkeep_html_open (html, "th", "scope", "row", NULL);
  upkeep_html_text (html, name);
  if (line->has_basis) {
    g_autofree char *basis = format_basis (self, line, by_time);

    upkeep_html_open (html, "br", NULL);
    upkeep_html_add (html, "small", basis, NULL);
  }
  if (before != NULL && is_news (line, before)) {
    upkeep_html_text (html, " ");
    upkeep_page_say (self->page, "strong", UPKEEP_PAGE_WORD_LINE_CHANGED);
  }
  upkeep_html_close (html, "th");
  upkeep_html_add (html, "td", sum, NULL);
  upkeep_html_close (html, "tr");
}

static void
write_bill (const UpkeepPageQuote *self,
            const UpkeepBill *bill,
            gboolean by_time,
            UpkeepPageWord total_word,
            const UpkeepOption *before)
{
  UpkeepHtml *html = self->page->html;
  g_autofree char *total = format_sum (self, bill->total_minor);

  upkeep_html_open (html, "table", NULL);
  for (guint i = 0; i < bill->n_lines; i++)
    write_line (self, &bill->lines[i], by_time, before);
  upkeep_html_open (html, "tr", "class", "total", NULL);
  upkeep_html_add (html, "th", upkeep_voice_say (get_voice (self), total_word), "scope", "row",
                   NULL);
  upkeep_html_add (html, "td", total, NULL);
  upkeep_html_close (html, "tr");
  upkeep_html_close (html, "table");
}

/* B-23, C-17: where the money goes, and when it is there at the latest. */
static void
write_refund (const UpkeepPageQuote *self, const UpkeepRefund *refund)
{
  const UpkeepVoice *voice = get_voice (self);
  g_autofree char *sum = format_sum (self, refund->amount_minor);
  g_autofree char *card = upkeep_page_format_card (voice, self->statement);
  g_autofree char *date = upkeep_voice_date (voice, refund->expected_by_s);
  g_autofree char *text = card != NULL
                              ? upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_REFUND_BY, "sum", sum,
                                                   "card", card, "date", date, NULL)
                              : upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_REFUND_BY_METHOD, "sum",
                                                   sum, "date", date, NULL);

  if (refund->amount_minor > 0)
    upkeep_html_add (self->page->html, "p", text, NULL);
}

/* What follows */

static void
write_item (const UpkeepPageQuote *self, const char *text)
{
  upkeep_html_add (self->page->html, "li", text, NULL);
}

/* The next charge may be another sum than those that follow: balance and unbilled use count in it.
 */
static void
write_renewal (const UpkeepPageQuote *self, const UpkeepOption *option)
{
  static const UpkeepPageWord words[2][2] = {
      {UPKEEP_PAGE_WORD_THEN_MONTH, UPKEEP_PAGE_WORD_THEN_OTHER_MONTH},
      {UPKEEP_PAGE_WORD_THEN_YEAR, UPKEEP_PAGE_WORD_THEN_OTHER_YEAR},
  };
  const UpkeepVoice *voice = get_voice (self);
  const UpkeepQuote *quote = self->quote;
  gboolean has_to = quote->to_interval != UPKEEP_INTERVAL_NONE;
  UpkeepInterval interval = has_to ? quote->to_interval : quote->from_interval;
  const UpkeepPlan *plan =
      upkeep_edition_find_plan (self->edition, has_to ? quote->to_plan : quote->from_plan);
  gint64 price_minor = plan != NULL && upkeep_plan_sells (plan, interval)
                           ? plan->price_minor[interval]
                           : option->renewal_total_minor;
  g_autofree char *sum = NULL;
  g_autofree char *date = NULL;
  g_autofree char *price = NULL;
  g_autofree char *text = NULL;

  if (!option->has_renewal_total || option->renews_at_s == UPKEEP_INSTANT_NONE)
    return;
  sum = format_sum (self, option->renewal_total_minor);
  date = upkeep_voice_date (voice, option->renews_at_s);
  price = format_sum (self, price_minor);
  text = upkeep_voice_fill (
      voice, words[interval == UPKEEP_INTERVAL_YEAR][price_minor != option->renewal_total_minor],
      "sum", sum, "date", date, "price", price, NULL);
  write_item (self, text);
}

static void
write_grant (const UpkeepPageQuote *self, const UpkeepOption *option)
{
  const UpkeepVoice *voice = get_voice (self);
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  if (!option->has_grant)
    return;
  count = format_units (self, option->grant.quantity);
  text = is_in_hours (self)
             ? upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_GRANT_HOURS, "count", count, NULL)
             : upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_GRANT_UNITS, "count", count, "meter",
                                  upkeep_voice_text (voice, &self->edition->meter.name), NULL);
  write_item (self, text);
}

/* Only what processes time makes images; elsewhere people have made other things. */
static gboolean
is_of_images (int effect)
{
  return effect == UPKEEP_EFFECT_IMAGES_KEPT || effect == UPKEEP_EFFECT_COMMERCIAL_RIGHTS_KEPT;
}

static void
write_consequences (const UpkeepPageQuote *self, const UpkeepOption *option)
{
  upkeep_html_open (self->page->html, "ul", NULL);
  write_renewal (self, option);
  write_grant (self, option);
  for (int effect = 0; effect < UPKEEP_N_EFFECTS; effect++) {
    if ((option->effects & (1u << effect)) && (is_in_hours (self) || !is_of_images (effect)))
      write_item (self, upkeep_voice_say (get_voice (self), effect_words[effect]));
  }
  if (!is_in_hours (self) && (option->effects & (1u << UPKEEP_EFFECT_IMAGES_KEPT)))
    write_item (self, upkeep_voice_say (get_voice (self), UPKEEP_PAGE_WORD_EFFECT_MADE));
  upkeep_html_close (self->page->html, "ul");
}

/* Confirming */

static void
open_accept (const UpkeepPageQuote *self)
{
  g_autofree char *path =
      g_strconcat (UPKEEP_MANAGE_PATH "/quotes/", self->quote->id, "/accept", NULL);
  g_autofree char *key = upkeep_random_id ();

  upkeep_page_open_form (self->page, path);
  upkeep_page_hidden (self->page, "key", key);
}

static char *
format_confirm (const UpkeepPageQuote *self, const UpkeepOption *option)
{
  g_autofree char *sum = NULL;

  if (option->bill.total_minor > 0) {
    sum = format_sum (self, option->bill.total_minor);
    return upkeep_voice_fill (get_voice (self), UPKEEP_PAGE_WORD_CONFIRM_PAY, "sum", sum, NULL);
  }
  return g_strdup (upkeep_voice_say (get_voice (self), self->quote->kind == UPKEEP_QUOTE_RESUME
                                                           ? UPKEEP_PAGE_WORD_CONFIRM_RESUME
                                                           : UPKEEP_PAGE_WORD_CONFIRM));
}

static char *
format_option_heading (const UpkeepPageQuote *self, const UpkeepOption *option)
{
  const UpkeepVoice *voice = get_voice (self);
  g_autofree char *date = NULL;

  if (self->quote->kind != UPKEEP_QUOTE_SUBSCRIBE && self->quote->kind != UPKEEP_QUOTE_SWITCH)
    return NULL;
  if (option->timing == UPKEEP_TIMING_IMMEDIATE)
    return upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_OPTION_HEADING, "plan",
                              upkeep_voice_plan (voice, self->edition, self->quote->to_plan), NULL);
  date = upkeep_voice_date (voice, option->effective_at_s);
  return upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_OPTION_HEADING_LATER, "plan",
                            upkeep_voice_plan (voice, self->edition, self->quote->to_plan), "date",
                            date, NULL);
}

static const UpkeepOption *
find_promised (const UpkeepPageQuote *self, const UpkeepOption *option)
{
  return self->promised != NULL ? upkeep_quote_find_option (self->promised, option->timing) : NULL;
}

/* each choice with its figures and a button of its own. */
static void
write_option (const UpkeepPageQuote *self, const UpkeepOption *option, gboolean is_main)
{
  UpkeepHtml *html = self->page->html;
  g_autofree char *heading = format_option_heading (self, option);
  g_autofree char *confirm = format_confirm (self, option);

  upkeep_html_open (html, "section", "class", "card", NULL);
  if (heading != NULL)
    upkeep_html_add (html, "h2", heading, NULL);
  write_bill (self, &option->bill, option->terms.credit == UPKEEP_CREDIT_TIME,
              UPKEEP_PAGE_WORD_DUE_TODAY, find_promised (self, option));
  write_consequences (self, option);
  open_accept (self);
  upkeep_page_hidden (self->page, "timing", upkeep_timing_to_string (option->timing));
  upkeep_page_button (self->page, is_main ? UPKEEP_PAGE_BUTTON_MAIN : UPKEEP_PAGE_BUTTON_PLAIN,
                      confirm);
  upkeep_page_close_form (self->page);
  upkeep_html_close (html, "section");
}

/* Cancelling */

/* Names a way to leave (B-21, C-12, C-13). */
static char *
format_cancel (const UpkeepPageQuote *self, const UpkeepOption *option)
{
  const UpkeepVoice *voice = get_voice (self);
  gint64 balance_minor = upkeep_bill_get (&option->bill, UPKEEP_LINE_CREDIT_TO_BALANCE);
  g_autofree char *sum = NULL;

  if (option->timing == UPKEEP_TIMING_PERIOD_END)
    return g_strdup (upkeep_voice_say (voice, UPKEEP_PAGE_WORD_CANCEL_END));
  if (option->refund.amount_minor == 0) {
    sum = format_sum (self, balance_minor);
    return upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_CANCEL_NOW_BALANCE, "sum", sum, NULL);
  }
  sum = format_sum (self, option->refund.amount_minor);
  return upkeep_voice_fill (voice,
                            option->refund.amount_minor == self->statement->price_minor
                                ? UPKEEP_PAGE_WORD_CANCEL_NOW_FULL
                                : UPKEEP_PAGE_WORD_CANCEL_NOW_PART,
                            "sum", sum, NULL);
}

/* Says what a way to leave means (B-14, C-14, C-23). */
static char *
format_cancel_detail (const UpkeepPageQuote *self, const UpkeepOption *option)
{
  const UpkeepVoice *voice = get_voice (self);
  g_autofree char *plan = format_plan_within (self, self->quote->from_plan);
  g_autofree char *date = NULL;

  if (option->timing == UPKEEP_TIMING_IMMEDIATE)
    return upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_CANCEL_NOW_TEXT, "plan", plan, NULL);
  date = upkeep_voice_instant (voice, option->effective_at_s);
  return upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_CANCEL_END_TEXT, "plan", plan, "date", date,
                            NULL);
}

static void
write_cancel_option (const UpkeepPageQuote *self, const UpkeepOption *option, gboolean is_chosen)
{
  UpkeepHtml *html = self->page->html;
  const char *timing = upkeep_timing_to_string (option->timing);
  g_autofree char *name = format_cancel (self, option);
  g_autofree char *detail = format_cancel_detail (self, option);
  g_autofree char *id = g_strconcat ("detail-", timing, NULL);

  upkeep_html_open (html, "label", "class", "choice", NULL);
  upkeep_html_open (html, "input", "type", "radio", "name", "timing", "value", timing, "required",
                    "required", "aria-describedby", id, is_chosen ? "checked" : NULL, "checked",
                    NULL);
  upkeep_html_add (html, "strong", name, NULL);
  upkeep_html_close (html, "label");
  upkeep_html_open (html, "div", "class", "detail", "id", id, NULL);
  upkeep_html_add (html, "p", detail, NULL);
  if (option->bill.n_lines > 0)
    write_bill (self, &option->bill, FALSE, UPKEEP_PAGE_WORD_DUE_TODAY,
                find_promised (self, option));
  if (option->has_refund)
    write_refund (self, &option->refund);
  write_consequences (self, option);
  upkeep_html_close (html, "div");
}

static void
write_clause (const UpkeepPageQuote *self, const UpkeepClauseReport *clause)
{
  const UpkeepVoice *voice = get_voice (self);
  gboolean minutes = clause->metric == UPKEEP_METRIC_UNITS && is_in_hours (self);
  g_autofree char *measured = minutes ? upkeep_voice_tenths (voice, clause->measured, MINUTE_S)
                                      : upkeep_voice_count (voice, clause->measured);
  g_autofree char *limit = minutes ? upkeep_voice_tenths (voice, clause->limit, MINUTE_S)
                                   : upkeep_voice_count (voice, clause->limit);
  g_autofree char *text =
      upkeep_voice_fill (voice,
                         clause->metric == UPKEEP_METRIC_IMAGES ? UPKEEP_PAGE_WORD_RULE_IMAGES
                         : minutes                              ? UPKEEP_PAGE_WORD_RULE_MINUTES
                                                                : UPKEEP_PAGE_WORD_RULE_UNITS,
                         "scope", upkeep_voice_say (voice, scope_words[clause->scope]), "measured",
                         measured, "limit", limit, NULL);

  upkeep_html_open (self->page->html, "li", NULL);
  upkeep_html_text (self->page->html, text);
  upkeep_html_text (self->page->html, " ");
  upkeep_page_say (self->page, "strong",
                   clause->holds ? UPKEEP_PAGE_WORD_RULE_HOLDS : UPKEEP_PAGE_WORD_RULE_FAILS);
  upkeep_html_close (self->page->html, "li");
}

/* Where people can be asked who may give a refund that the rule does not (RULES X-01). */
static void
write_review (const UpkeepPageQuote *self)
{
  const UpkeepRefundReport *rule = self->quote->refund_rule;
  const UpkeepVoice *voice = get_voice (self);
  UpkeepHtml *html = self->page->html;
  const UpkeepSupportChannel *channel;

  if (rule->review == NULL || !rule->review->holds || rule->review_channel == NULL)
    return;
  channel = upkeep_edition_find_support (self->edition, rule->review_channel);
  if (channel == NULL)
    return;
  upkeep_page_say (self->page, "p", UPKEEP_PAGE_WORD_RULE_REVIEW);
  upkeep_html_open (html, "p", NULL);
  upkeep_html_add (html, "a", upkeep_voice_text (voice, &channel->name), "href", channel->address,
                   NULL);
  if (channel->needs.in[voice->language] != NULL) {
    upkeep_html_open (html, "br", NULL);
    upkeep_html_text (html, upkeep_voice_text (voice, &channel->needs));
  }
  upkeep_html_close (html, "p");
}

/* Why there is a refund or none: each clause with what was measured (RULES 0.22). */
static void
write_rule (const UpkeepPageQuote *self)
{
  const UpkeepRefundReport *rule = self->quote->refund_rule;
  UpkeepHtml *html = self->page->html;

  if (rule == NULL || rule->clauses->len == 0)
    return;
  upkeep_html_open (html, "section", NULL);
  upkeep_page_say (self->page, "h2", UPKEEP_PAGE_WORD_RULE_HEADING);
  upkeep_page_say (self->page, "p", UPKEEP_PAGE_WORD_RULE_ANY);
  upkeep_html_open (html, "ul", NULL);
  for (guint i = 0; i < rule->clauses->len; i++)
    write_clause (self, g_ptr_array_index (rule->clauses, i));
  upkeep_html_close (html, "ul");
  if (rule->at_most_count > 0) {
    const UpkeepVoice *voice = get_voice (self);
    g_autofree char *days = upkeep_voice_count (voice, rule->at_most_days);
    g_autofree char *measured = upkeep_voice_count (voice, rule->at_most_measured);
    g_autofree char *limit = upkeep_voice_count (voice, rule->at_most_count);
    g_autofree char *text = upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_RULE_AT_MOST, "days", days,
                                               "measured", measured, "limit", limit, NULL);

    upkeep_html_add (html, "p", text, NULL);
  }
  write_review (self);
  upkeep_html_close (html, "section");
}

/* B-13, C-16: one page, what can be undone is chosen, and keeping is as large as leaving. */
static void
write_cancel (const UpkeepPageQuote *self)
{
  const GArray *options = self->quote->options;
  UpkeepHtml *html = self->page->html;
  UpkeepTiming chosen = upkeep_quote_find_option (self->quote, UPKEEP_TIMING_PERIOD_END) != NULL
                            ? UPKEEP_TIMING_PERIOD_END
                            : UPKEEP_TIMING_IMMEDIATE;

  open_accept (self);
  upkeep_html_open (html, "fieldset", NULL);
  upkeep_page_say (self->page, "legend", UPKEEP_PAGE_WORD_CANCEL_CHOOSE);
  for (guint i = 0; i < options->len; i++) {
    const UpkeepOption *option = &g_array_index (options, UpkeepOption, i);

    write_cancel_option (self, option, option->timing == chosen);
  }
  upkeep_html_close (html, "fieldset");
  upkeep_html_open (html, "div", "class", "acts", NULL);
  upkeep_page_button (self->page, UPKEEP_PAGE_BUTTON_DESTRUCTIVE,
                      upkeep_voice_say (get_voice (self), UPKEEP_PAGE_WORD_CANCEL_CONFIRM));
  upkeep_page_link (self->page, UPKEEP_MANAGE_PATH, "button",
                    upkeep_voice_say (get_voice (self), UPKEEP_PAGE_WORD_KEEP));
  upkeep_html_close (html, "div");
  upkeep_page_close_form (self->page);
  write_rule (self);
}

/* What cannot be done, and the ways out */

static void
write_invoice_form (const UpkeepPageQuote *self)
{
  UpkeepHtml *html = self->page->html;

  upkeep_page_open_form (self->page, UPKEEP_MANAGE_PATH "/plan/quote");
  upkeep_page_hidden (self->page, "kind", upkeep_quote_kind_to_string (UPKEEP_QUOTE_CANCEL));
  upkeep_html_open (html, "p", NULL);
  upkeep_html_add (html, "label",
                   upkeep_voice_say (get_voice (self), UPKEEP_PAGE_WORD_INVOICE_NUMBER), "for",
                   "invoice", NULL);
  upkeep_html_open (html, "input", "type", "text", "id", "invoice", "name", "invoice_number",
                    "maxlength", "64", "autocomplete", "off", "required", "required", NULL);
  upkeep_html_close (html, "p");
  upkeep_page_button (self->page, UPKEEP_PAGE_BUTTON_MAIN,
                      upkeep_voice_say (get_voice (self), UPKEEP_PAGE_WORD_CONTINUE));
  upkeep_page_close_form (self->page);
}

static void
write_way_out (const UpkeepPageQuote *self, UpkeepQuoteKind kind, UpkeepPageWord word)
{
  upkeep_page_open_form (self->page, UPKEEP_MANAGE_PATH "/plan/quote");
  upkeep_page_hidden (self->page, "kind", upkeep_quote_kind_to_string (kind));
  upkeep_page_button (self->page, UPKEEP_PAGE_BUTTON_MAIN,
                      upkeep_voice_say (get_voice (self), word));
  upkeep_page_close_form (self->page);
}

static void
write_method_form (const UpkeepPageQuote *self)
{
  upkeep_page_open_form (self->page, UPKEEP_MANAGE_PATH "/plan/payment-method");
  upkeep_page_button (self->page, UPKEEP_PAGE_BUTTON_PLAIN,
                      upkeep_voice_say (get_voice (self), UPKEEP_PAGE_WORD_ACT_METHOD));
  upkeep_page_close_form (self->page);
}

static void
write_ways_out (const UpkeepPageQuote *self)
{
  const UpkeepQuote *quote = self->quote;
  gboolean owes = upkeep_quote_is_blocked (quote, UPKEEP_BLOCKED_PAST_DUE);

  if (upkeep_quote_is_blocked (quote, UPKEEP_BLOCKED_INVOICE_NUMBER_REQUIRED) ||
      upkeep_quote_is_blocked (quote, UPKEEP_BLOCKED_INVOICE_NUMBER_UNKNOWN))
    write_invoice_form (self);
  upkeep_html_open (self->page->html, "div", "class", "acts", NULL);
  if (owes)
    write_way_out (self, UPKEEP_QUOTE_PAY, UPKEEP_PAGE_WORD_ACT_PAY);
  if (upkeep_quote_is_blocked (quote, UPKEEP_BLOCKED_ALREADY_CANCELLED))
    write_way_out (self, UPKEEP_QUOTE_RESUME, UPKEEP_PAGE_WORD_ACT_RESUME);
  if (owes || upkeep_quote_is_blocked (quote, UPKEEP_BLOCKED_PAYMENT_METHOD_REQUIRED))
    write_method_form (self);
  upkeep_page_link (self->page, UPKEEP_MANAGE_PATH, "button",
                    upkeep_voice_say (get_voice (self), UPKEEP_PAGE_WORD_BACK));
  upkeep_html_close (self->page->html, "div");
}

static void
write_blocked (const UpkeepPageQuote *self)
{
  const UpkeepVoice *voice = get_voice (self);
  const GArray *blocked = self->quote->blocked;

  for (guint i = 0; i < blocked->len; i++) {
    const UpkeepBlocked *reason = &g_array_index (blocked, UpkeepBlocked, i);
    g_autofree char *sum = format_sum (
        self, reason->has_measured ? reason->measured : self->statement->past_due_minor);
    g_autofree char *text =
        upkeep_voice_fill (voice, blocked_words[reason->code], "sum", sum, NULL);

    upkeep_html_add (self->page->html, "p", text, NULL);
  }
  write_ways_out (self);
}

/**
 * upkeep_page_quote_write:
 * @self: a quote and where it is written
 *
 * Writes every choice of a quote, with every line, what follows, and what confirms it; or why there
 * is none, and the way out.
 */
void
upkeep_page_quote_write (const UpkeepPageQuote *self)
{
  const GArray *options = self->quote->options;
  const UpkeepVoice *voice = get_voice (self);
  g_autofree char *date = NULL;
  g_autofree char *holds = NULL;

  if (self->quote->blocked->len > 0) {
    write_blocked (self);
    return;
  }
  upkeep_page_say (self->page, "p", UPKEEP_PAGE_WORD_NOTHING_YET);
  if (self->quote->kind == UPKEEP_QUOTE_CANCEL) {
    write_cancel (self);
  } else {
    for (guint i = 0; i < options->len; i++)
      write_option (self, &g_array_index (options, UpkeepOption, i), i == 0);
    upkeep_page_link (self->page, UPKEEP_MANAGE_PATH, "button",
                      upkeep_voice_say (voice, UPKEEP_PAGE_WORD_BACK));
  }
  date = upkeep_voice_instant (voice, self->quote->expires_at_s);
  holds = upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_HOLDS_UNTIL, "date", date, NULL);
  upkeep_html_add (self->page->html, "p", holds, NULL);
}

/**
 * upkeep_page_quote_write_receipt:
 * @self: a quote that was accepted, and where its receipt is written
 * @receipt: what one got for it
 *
 * Writes what was done: its number, when, every line, and the money that comes back.
 */
void
upkeep_page_quote_write_receipt (const UpkeepPageQuote *self, const UpkeepReceipt *receipt)
{
  const GArray *options = self->quote->options;
  const UpkeepVoice *voice = get_voice (self);
  g_autofree char *date = upkeep_voice_instant (voice, receipt->at_s);
  g_autofree char *text = upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_DONE_RECEIPT, "id",
                                             receipt->id, "date", date, NULL);

  upkeep_html_add (self->page->html, "p", text, NULL);
  upkeep_html_open (self->page->html, "section", "class", "card", NULL);
  write_bill (self, &receipt->bill,
              options->len > 0 &&
                  g_array_index (options, UpkeepOption, 0).terms.credit == UPKEEP_CREDIT_TIME,
              UPKEEP_PAGE_WORD_DONE_TOTAL, NULL);
  if (receipt->has_refund)
    write_refund (self, &receipt->refund);
  upkeep_html_close (self->page->html, "section");
  upkeep_page_say (self->page, "p", UPKEEP_PAGE_WORD_DONE_KEEP);
}

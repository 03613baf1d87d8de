/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-page.h"

#include "upkeep-page-quote.h"

#define HOUR_S     G_GINT64_CONSTANT (3600)
#define GPU_SECOND "gpu_second"
#define CREDIT     "credit"

/* What is added to a company's limit where all that is known is that it is passed. */
#define COMPANY_EXCESS_USD 1

/* What a page about an account is made from. */
typedef struct {
  UpkeepPage *page;             /* (owned) */
  UpkeepAccount *account;       /* (owned) */
  const UpkeepEdition *edition; /* (unowned) */
  UpkeepStatement *statement;   /* (owned) */
} PlanPage;

static void
plan_page_clear (PlanPage *self)
{
  upkeep_page_free (self->page);
  upkeep_account_free (self->account);
  if (self->statement != NULL)
    upkeep_statement_unref (self->statement);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanPage, plan_page_clear)

/* Begins a page about the account as it is now. */
static UpkeepResponse *
begin (PlanPage *self, UpkeepCall *call, UpkeepPageWord word)
{
  UpkeepResponse *response = upkeep_call_read (call, call->account, &self->account, &self->edition);
  UpkeepVoice voice;
  g_autofree char *heading = NULL;

  if (response != NULL)
    return response;
  voice = upkeep_page_choose_voice (call, self->account->locale);
  self->statement = upkeep_statement_make (self->edition, self->account, call->now_s);
  heading = upkeep_voice_fill (&voice, word, "service",
                               upkeep_voice_text (&voice, &self->edition->name), NULL);
  self->page = upkeep_page_new (call, self->account->locale, self->edition, heading);
  return NULL;
}

static gboolean
is_in_hours (const UpkeepEdition *edition)
{
  return g_str_equal (edition->meter.unit, GPU_SECOND);
}

/* What needs to be known before anything is chosen. */

static void
write_notice (PlanPage *self, UpkeepNoticeCode code)
{
  const UpkeepVoice *voice = &self->page->voice;
  const UpkeepStatement *statement = self->statement;
  g_autofree char *sum = NULL;
  g_autofree char *date = NULL;
  g_autofree char *text = NULL;

  switch (code) {
  case UPKEEP_NOTICE_PAST_DUE:
    sum = upkeep_voice_money (voice, statement->past_due_minor, statement->currency);
    text = upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_NOTICE_PAST_DUE, "sum", sum, NULL);
    upkeep_page_notice (self->page, UPKEEP_PAGE_NOTICE_ERROR, text);
    return;
  case UPKEEP_NOTICE_CANCEL_SCHEDULED:
    date = upkeep_voice_instant (voice, statement->ends_at_s);
    text = upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_NOTICE_CANCEL, "date", date, NULL);
    upkeep_page_notice (self->page, UPKEEP_PAGE_NOTICE_WARNING, text);
    return;
  case UPKEEP_NOTICE_SWITCH_SCHEDULED:
    date = upkeep_voice_instant (voice, statement->scheduled_at_s);
    sum = upkeep_voice_within (voice,
                               upkeep_voice_plan (voice, self->edition, statement->scheduled_plan));
    text =
        upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_NOTICE_SWITCH, "plan", sum, "date", date, NULL);
    upkeep_page_notice (self->page, UPKEEP_PAGE_NOTICE_INFO, text);
    return;
  case UPKEEP_NOTICE_REFUND_ON_ITS_WAY:
    upkeep_page_notice (self->page, UPKEEP_PAGE_NOTICE_INFO,
                        upkeep_voice_say (voice, UPKEEP_PAGE_WORD_NOTICE_REFUND));
    return;
  case UPKEEP_NOTICE_EDITION_CHANGE_SCHEDULED:
    date = upkeep_voice_instant (voice, statement->next_edition_at_s);
    text = upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_NOTICE_EDITION, "date", date, NULL);
    upkeep_page_notice (self->page, UPKEEP_PAGE_NOTICE_INFO, text);
    return;
  case UPKEEP_NOTICE_FAST_TIME_LOW:
  default:
    return;
  }
}

static void
write_notices (PlanPage *self)
{
  const UpkeepStatement *statement = self->statement;

  for (guint i = 0; i < statement->notices->len; i++)
    write_notice (self, g_array_index (statement->notices, UpkeepStatementNotice, i).code);
  if (statement->is_past_due && statement->next_retry_at_s != UPKEEP_INSTANT_NONE) {
    const UpkeepVoice *voice = &self->page->voice;
    g_autofree char *date = upkeep_voice_instant (voice, statement->next_retry_at_s);
    g_autofree char *text =
        upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_NOTICE_RETRY, "date", date, NULL);

    upkeep_html_add (self->page->html, "p", text, NULL);
  }
}

/* What one has (C-07) */

static char *
format_plan (PlanPage *self)
{
  const UpkeepVoice *voice = &self->page->voice;
  const UpkeepStatement *statement = self->statement;
  const char *plan = upkeep_voice_plan (voice, self->edition, statement->plan);

  switch (statement->interval) {
  case UPKEEP_INTERVAL_MONTH:
    return upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_PLAN_MONTH, "plan", plan, NULL);
  case UPKEEP_INTERVAL_YEAR:
    return upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_PLAN_YEAR, "plan", plan, NULL);
  case UPKEEP_INTERVAL_NONE:
  default:
    return g_strdup (plan);
  }
}

static char *
format_price (const UpkeepVoice *voice,
              gint64 price_minor,
              const char *currency,
              UpkeepInterval interval)
{
  g_autofree char *sum = upkeep_voice_money (voice, price_minor, currency);

  return upkeep_voice_fill (voice,
                            interval == UPKEEP_INTERVAL_YEAR ? UPKEEP_PAGE_WORD_PRICE_YEAR
                                                             : UPKEEP_PAGE_WORD_PRICE_MONTH,
                            "sum", sum, NULL);
}

static char *
format_units (const UpkeepVoice *voice, const UpkeepEdition *edition, gint64 quantity)
{
  return is_in_hours (edition) ? upkeep_voice_tenths (voice, quantity, HOUR_S)
                               : upkeep_voice_count (voice, quantity);
}

static char *
format_left (PlanPage *self, const UpkeepStatementMeter *meter)
{
  const UpkeepVoice *voice = &self->page->voice;
  gboolean hours = is_in_hours (self->edition);
  g_autofree char *left = format_units (voice, self->edition, meter->remaining);
  g_autofree char *whole = format_units (voice, self->edition, meter->allowance);
  g_autofree char *all = format_units (voice, self->edition, meter->spendable);
  g_autofree char *plan =
      upkeep_voice_fill (voice, hours ? UPKEEP_PAGE_WORD_LEFT_HOURS : UPKEEP_PAGE_WORD_LEFT_COUNT,
                         "left", left, "whole", whole, NULL);
  g_autofree char *extra = NULL;

  if (meter->spendable <= meter->remaining)
    return g_steal_pointer (&plan);
  extra = upkeep_voice_fill (voice, hours ? UPKEEP_PAGE_WORD_ALL_HOURS : UPKEEP_PAGE_WORD_ALL_COUNT,
                             "all", all, NULL);
  return g_strdup_printf ("%s; %s", plan, extra);
}

static void
write_meters (PlanPage *self)
{
  const UpkeepVoice *voice = &self->page->voice;
  UpkeepHtml *html = self->page->html;

  for (guint i = 0; i < self->statement->meters->len; i++) {
    const UpkeepStatementMeter *meter = g_ptr_array_index (self->statement->meters, i);
    int mode = meter->mode != NULL ? upkeep_edition_find_mode (self->edition, meter->mode) : -1;
    const char *name =
        upkeep_voice_text (voice, mode >= 0 ? &upkeep_edition_get_mode (self->edition, mode)->name
                                            : &self->edition->meter.name);
    g_autofree char *label = upkeep_voice_fill (
        voice, meter->unlimited ? UPKEEP_PAGE_WORD_LABEL_UNLIMITED : UPKEEP_PAGE_WORD_LABEL_LEFT,
        "meter", name, NULL);
    g_autofree char *left = meter->unlimited
                                ? g_strdup (upkeep_voice_say (voice, UPKEEP_PAGE_WORD_UNLIMITED))
                                : format_left (self, meter);

    upkeep_html_open (html, "div", NULL);
    upkeep_html_add (html, "dt", label, NULL);
    upkeep_html_add (html, "dd", left, NULL);
    upkeep_html_close (html, "div");
  }
}

static void
write_details (PlanPage *self)
{
  const UpkeepVoice *voice = &self->page->voice;
  const UpkeepStatement *statement = self->statement;
  UpkeepHtml *html = self->page->html;
  g_autofree char *plan = format_plan (self);
  g_autofree char *email =
      upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_ACCOUNT_OF, "email", statement->email, NULL);

  upkeep_html_add (html, "p", email, NULL);
  upkeep_html_open (html, "section", "class", "card", NULL);
  upkeep_page_say (self->page, "h2", UPKEEP_PAGE_WORD_PLAN_DETAILS);
  upkeep_html_open (html, "dl", NULL);
  upkeep_page_row (self->page, UPKEEP_PAGE_WORD_LABEL_PLAN, plan);
  if (statement->interval != UPKEEP_INTERVAL_NONE) {
    g_autofree char *price =
        format_price (voice, statement->price_minor, statement->currency, statement->interval);

    upkeep_page_row (self->page, UPKEEP_PAGE_WORD_LABEL_PRICE, price);
  }
  write_meters (self);
  upkeep_html_close (html, "dl");
  upkeep_html_close (html, "section");
}

static void
write_date (PlanPage *self, UpkeepPageWord label, gint64 instant_s)
{
  g_autofree char *date = NULL;

  if (instant_s == UPKEEP_INSTANT_NONE)
    return;
  date = upkeep_voice_instant (&self->page->voice, instant_s);
  upkeep_page_row (self->page, label, date);
}

static void
write_sum (PlanPage *self, UpkeepPageWord label, gint64 amount_minor)
{
  g_autofree char *sum = NULL;

  if (amount_minor == 0)
    return;
  sum = upkeep_voice_money (&self->page->voice, amount_minor, self->statement->currency);
  upkeep_page_row (self->page, label, sum);
}

/* C-25: the end date stands here. */
static void
write_billing (PlanPage *self)
{
  const UpkeepVoice *voice = &self->page->voice;
  const UpkeepStatement *statement = self->statement;
  UpkeepHtml *html = self->page->html;
  g_autofree char *card = NULL;

  upkeep_html_open (html, "section", "class", "card", NULL);
  upkeep_page_say (self->page, "h2", UPKEEP_PAGE_WORD_BILLING);
  upkeep_html_open (html, "dl", NULL);
  if (statement->has_period) {
    g_autofree char *start = upkeep_voice_date (voice, statement->period.start_s);
    g_autofree char *end = upkeep_voice_date (voice, statement->period.end_s);
    g_autofree char *span =
        upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_SPAN, "start", start, "end", end, NULL);

    upkeep_page_row (self->page, UPKEEP_PAGE_WORD_LABEL_PERIOD, span);
  }
  write_date (self, UPKEEP_PAGE_WORD_LABEL_RENEWS, statement->renews_at_s);
  write_date (self, UPKEEP_PAGE_WORD_LABEL_ENDS, statement->ends_at_s);
  if (statement->next_charge_at_s != UPKEEP_INSTANT_NONE) {
    g_autofree char *sum =
        upkeep_voice_money (voice, statement->next_charge_minor, statement->currency);
    g_autofree char *date = upkeep_voice_date (voice, statement->next_charge_at_s);
    g_autofree char *charge =
        upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_SUM_ON, "sum", sum, "date", date, NULL);

    upkeep_page_row (self->page, UPKEEP_PAGE_WORD_LABEL_NEXT_CHARGE, charge);
  }
  write_sum (self, UPKEEP_PAGE_WORD_LABEL_BALANCE, statement->balance_minor);
  write_sum (self, UPKEEP_PAGE_WORD_LABEL_OVERDUE,
             statement->is_past_due ? statement->past_due_minor : 0);
  card = upkeep_page_format_card (voice, statement);
  upkeep_page_row (self->page, UPKEEP_PAGE_WORD_LABEL_METHOD,
                   card != NULL ? card : upkeep_voice_say (voice, UPKEEP_PAGE_WORD_METHOD_NONE));
  upkeep_html_close (html, "dl");
  upkeep_html_close (html, "section");
}

/* What can be done (C-08) */

static void
write_act (PlanPage *self, UpkeepQuoteKind kind, UpkeepPageButton style, UpkeepPageWord word)
{
  upkeep_page_open_form (self->page, UPKEEP_MANAGE_PATH "/plan/quote");
  upkeep_page_hidden (self->page, "kind", upkeep_quote_kind_to_string (kind));
  upkeep_page_button (self->page, style, upkeep_voice_say (&self->page->voice, word));
  upkeep_page_close_form (self->page);
}

static gboolean
sells_topups (const UpkeepEdition *edition)
{
  return edition->policy.topup.kind != UPKEEP_TOPUP_NONE;
}

/* Which of them are possible is for the quote to say: one that is not has its reason on the next
 * page. */
static void
write_acts (PlanPage *self)
{
  const UpkeepVoice *voice = &self->page->voice;
  const UpkeepStatement *statement = self->statement;
  UpkeepHtml *html = self->page->html;
  gboolean has_plan = upkeep_account_has_paid_plan (self->account);

  upkeep_html_open (html, "section", "class", "card", NULL);
  upkeep_page_say (self->page, "h2", UPKEEP_PAGE_WORD_MANAGE);
  upkeep_html_open (html, "div", "class", "acts", NULL);
  if (statement->is_past_due)
    write_act (self, UPKEEP_QUOTE_PAY, UPKEEP_PAGE_BUTTON_MAIN, UPKEEP_PAGE_WORD_ACT_PAY);
  if (statement->scheduled != UPKEEP_SCHEDULED_NOTHING)
    write_act (self, UPKEEP_QUOTE_RESUME, UPKEEP_PAGE_BUTTON_MAIN, UPKEEP_PAGE_WORD_ACT_RESUME);
  upkeep_page_link (self->page, UPKEEP_MANAGE_PATH "/plan/choose", "button",
                    upkeep_voice_say (voice, has_plan ? UPKEEP_PAGE_WORD_ACT_CHANGE
                                                      : UPKEEP_PAGE_WORD_ACT_SUBSCRIBE));
  if (has_plan)
    write_act (self, UPKEEP_QUOTE_CANCEL, UPKEEP_PAGE_BUTTON_PLAIN, UPKEEP_PAGE_WORD_ACT_CANCEL);
  if (sells_topups (self->edition))
    upkeep_page_link (self->page, UPKEEP_MANAGE_PATH "/plan/buy", "button",
                      upkeep_voice_say (voice, is_in_hours (self->edition)
                                                   ? UPKEEP_PAGE_WORD_ACT_BUY_HOURS
                                                   : UPKEEP_PAGE_WORD_ACT_BUY_CREDITS));
  upkeep_page_open_form (self->page, UPKEEP_MANAGE_PATH "/plan/payment-method");
  upkeep_page_button (self->page, UPKEEP_PAGE_BUTTON_PLAIN,
                      upkeep_voice_say (voice, UPKEEP_PAGE_WORD_ACT_METHOD));
  upkeep_page_close_form (self->page);
  upkeep_html_close (html, "div");
  upkeep_html_close (html, "section");
}

/* GET /manage */
UpkeepResponse *
upkeep_get_manage (const UpkeepRequest *request, const UpkeepRouteMatch *match, gpointer user_data)
{
  g_auto (PlanPage) self = {0};
  UpkeepResponse *response = begin (&self, user_data, UPKEEP_PAGE_WORD_LINK_HEADING);

  if (response != NULL)
    return response;
  write_notices (&self);
  write_details (&self);
  write_billing (&self);
  write_acts (&self);
  return upkeep_page_respond (self.page, 200);
}

/* Choosing a plan */

/* One plan at one interval; the value names both. None is chosen for anybody beforehand. */
static void
write_plan (PlanPage *self, const UpkeepPlan *plan, UpkeepInterval interval)
{
  const UpkeepVoice *voice = &self->page->voice;
  UpkeepHtml *html = self->page->html;
  g_autofree char *price =
      format_price (voice, plan->price_minor[interval], self->edition->currency, interval);
  g_autofree char *value = g_strconcat (plan->id, ".", upkeep_interval_to_string (interval), NULL);

  upkeep_html_open (html, "label", "class", "choice", NULL);
  upkeep_html_open (html, "input", "type", "radio", "name", "choice", "value", value, "required",
                    "required", NULL);
  upkeep_html_open (html, "span", NULL);
  upkeep_html_add (html, "strong", upkeep_voice_text (voice, &plan->name), NULL);
  upkeep_html_text (html, " ");
  upkeep_html_add (html, "span", price, "class", "figure", NULL);
  upkeep_html_open (html, "br", NULL);
  upkeep_html_text (html, upkeep_voice_text (voice, &plan->summary));
  upkeep_html_close (html, "span");
  upkeep_html_close (html, "label");
}

static gboolean
is_own (const UpkeepStatement *statement, const UpkeepPlan *plan, UpkeepInterval interval)
{
  return statement->interval == interval && g_strcmp0 (statement->plan, plan->id) == 0;
}

static void
write_plans (PlanPage *self)
{
  upkeep_html_open (self->page->html, "fieldset", NULL);
  upkeep_page_say (self->page, "legend", UPKEEP_PAGE_WORD_CHOOSE_PLAN);
  for (guint i = 0; i < self->edition->plans->len; i++) {
    const UpkeepPlan *plan = g_ptr_array_index (self->edition->plans, i);

    for (int interval = UPKEEP_INTERVAL_MONTH; interval <= UPKEEP_INTERVAL_YEAR; interval++) {
      if (plan->kind == UPKEEP_PLAN_PAID && plan->offered &&
          upkeep_plan_sells (plan, (UpkeepInterval) interval) &&
          !is_own (self->statement, plan, (UpkeepInterval) interval))
        write_plan (self, plan, (UpkeepInterval) interval);
    }
  }
  upkeep_html_close (self->page->html, "fieldset");
}

/* Whether a company is too large for some plans (RULES A-20). */
static void
write_company (PlanPage *self)
{
  const UpkeepPolicy *policy = &self->edition->policy;
  UpkeepHtml *html = self->page->html;
  g_autofree char *sum = NULL;
  g_autofree char *text = NULL;
  g_autofree char *value = NULL;

  if (policy->company_revenue_over_usd < 0)
    return;
  sum = upkeep_voice_money_whole (&self->page->voice, policy->company_revenue_over_usd, "USD");
  text = upkeep_voice_fill (&self->page->voice, UPKEEP_PAGE_WORD_COMPANY, "sum", sum, NULL);
  value =
      g_strdup_printf ("%" G_GINT64_FORMAT, policy->company_revenue_over_usd + COMPANY_EXCESS_USD);
  upkeep_html_open (html, "label", "class", "choice", NULL);
  upkeep_html_open (html, "input", "type", "checkbox", "name", "company_revenue_usd", "value",
                    value, NULL);
  upkeep_html_add (html, "span", text, NULL);
  upkeep_html_close (html, "label");
}

static void
write_continue (PlanPage *self)
{
  const UpkeepVoice *voice = &self->page->voice;

  upkeep_html_open (self->page->html, "div", "class", "acts", NULL);
  upkeep_page_button (self->page, UPKEEP_PAGE_BUTTON_MAIN,
                      upkeep_voice_say (voice, UPKEEP_PAGE_WORD_CONTINUE));
  upkeep_page_link (self->page, UPKEEP_MANAGE_PATH, "button",
                    upkeep_voice_say (voice, UPKEEP_PAGE_WORD_BACK));
  upkeep_html_close (self->page->html, "div");
}

/* GET /manage/plan/choose */
UpkeepResponse *
upkeep_get_manage_plans (const UpkeepRequest *request,
                         const UpkeepRouteMatch *match,
                         gpointer user_data)
{
  g_auto (PlanPage) self = {0};
  UpkeepResponse *response = begin (&self, user_data, UPKEEP_PAGE_WORD_CHOOSE_HEADING);
  gboolean has_plan;

  if (response != NULL)
    return response;
  has_plan = upkeep_account_has_paid_plan (self.account);
  if (has_plan) {
    g_autofree char *plan = format_plan (&self);
    g_autofree char *within = upkeep_voice_within (&self.page->voice, plan);
    g_autofree char *own =
        upkeep_voice_fill (&self.page->voice, UPKEEP_PAGE_WORD_CHOOSE_OWN, "plan", within, NULL);

    upkeep_html_add (self.page->html, "p", own, NULL);
  }
  upkeep_page_say (self.page, "p", UPKEEP_PAGE_WORD_CHOOSE_TEXT);
  upkeep_page_open_form (self.page, UPKEEP_MANAGE_PATH "/plan/quote");
  upkeep_page_hidden (
      self.page, "kind",
      upkeep_quote_kind_to_string (has_plan ? UPKEEP_QUOTE_SWITCH : UPKEEP_QUOTE_SUBSCRIBE));
  write_plans (&self);
  write_company (&self);
  write_continue (&self);
  upkeep_page_close_form (self.page);
  return upkeep_page_respond (self.page, 200);
}

/* Buying more */

static void
write_packs (PlanPage *self)
{
  const UpkeepVoice *voice = &self->page->voice;
  const GPtrArray *packs = self->edition->policy.topup.packs;
  UpkeepHtml *html = self->page->html;

  upkeep_html_open (html, "fieldset", NULL);
  upkeep_page_say (self->page, "legend", UPKEEP_PAGE_WORD_BUY_PACKS);
  for (guint i = 0; i < packs->len; i++) {
    const UpkeepPack *pack = g_ptr_array_index (packs, i);
    g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, pack->quantity);
    g_autofree char *count = upkeep_voice_count (voice, pack->quantity);
    g_autofree char *sum = upkeep_voice_money (voice, pack->price_minor, self->edition->currency);
    g_autofree char *text =
        upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_BUY_PACK, "count", count, "sum", sum, NULL);

    upkeep_html_open (html, "label", "class", "choice", NULL);
    upkeep_html_open (html, "input", "type", "radio", "name", "quantity", "value", value,
                      "required", "required", NULL);
    upkeep_html_add (html, "span", text, NULL);
    upkeep_html_close (html, "label");
  }
  upkeep_html_close (html, "fieldset");
}

static void
write_lots (PlanPage *self)
{
  const UpkeepVoice *voice = &self->page->voice;
  const UpkeepTopupPolicy *topup = &self->edition->policy.topup;
  UpkeepHtml *html = self->page->html;
  g_autofree char *most = g_strdup_printf ("%d", topup->lots_max);
  g_autofree char *label =
      upkeep_voice_fill (voice, UPKEEP_PAGE_WORD_BUY_HOURS, "most", most, NULL);
  g_autofree char *sum =
      upkeep_voice_money (voice, topup->lot_price_minor, self->edition->currency);
  g_autofree char *price =
      upkeep_voice_fill (voice,
                         topup->kind == UPKEEP_TOPUP_METERED ? UPKEEP_PAGE_WORD_BUY_METERED
                                                             : UPKEEP_PAGE_WORD_BUY_PREPAID,
                         "sum", sum, NULL);

  upkeep_html_add (html, "p", price, NULL);
  upkeep_html_open (html, "p", NULL);
  upkeep_html_add (html, "label", label, "for", "lots", NULL);
  upkeep_html_open (html, "input", "type", "number", "id", "lots", "name", "lots", "min", "1",
                    "max", most, "value", "1", "required", "required", NULL);
  upkeep_html_close (html, "p");
}

/* GET /manage/plan/buy */
UpkeepResponse *
upkeep_get_manage_topup (const UpkeepRequest *request,
                         const UpkeepRouteMatch *match,
                         gpointer user_data)
{
  g_auto (PlanPage) self = {0};
  UpkeepResponse *response = begin (&self, user_data, UPKEEP_PAGE_WORD_BUY_HEADING);

  if (response != NULL)
    return response;
  if (!sells_topups (self.edition))
    return upkeep_call_refuse (UPKEEP_PROBLEM_NOT_FOUND, NULL);
  upkeep_page_say (self.page, "p", UPKEEP_PAGE_WORD_CHOOSE_TEXT);
  upkeep_page_open_form (self.page, UPKEEP_MANAGE_PATH "/plan/quote");
  upkeep_page_hidden (self.page, "kind", upkeep_quote_kind_to_string (UPKEEP_QUOTE_TOPUP));
  if (self.edition->policy.topup.kind == UPKEEP_TOPUP_PACKS)
    write_packs (&self);
  else
    write_lots (&self);
  write_continue (&self);
  upkeep_page_close_form (self.page);
  return upkeep_page_respond (self.page, 200);
}

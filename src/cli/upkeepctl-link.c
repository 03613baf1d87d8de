/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-exchange.h"
#include "upkeep-json.h"
#include "upkeep-wire-link.h"
#include "upkeep-wire-parts.h"
#include "upkeep-words.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* Prints an address on a line of its own, so that it can be copied, and what to know of it. */
static UpkeepctlStatus
tell_link (const Upkeepctl *ctl, GBytes *body, const char *warning)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_auto (UpkeepLink) link = {0};
  g_autofree char *instant = NULL;

  if (ctl->json) {
    upkeepctl_print_bytes (body);
    return UPKEEPCTL_DONE;
  }
  node = upkeep_json_parse (body, UPKEEP_EXCHANGE_BODY_MAX_BYTES, &error);
  if (node == NULL || !upkeep_wire_parse_link (node, &link, &error))
    return upkeepctl_misread (error);

  instant = upkeep_words_zoned (link.expires_at_s);
  puts (link.url);
  puts (warning);
  /* Translators: %s is an instant. */
  printf (_ ("It works once, until %s."), instant);
  putchar ('\n');
  return UPKEEPCTL_DONE;
}

/**
 * upkeepctl_subscribe:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Prints a personal link with its warning (RULES ).
 *
 * Returns: how the program ends
 */
UpkeepctlStatus
upkeepctl_subscribe (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlUsage usage = {
      .name = "upkeepctl subscribe",
      .summary = N_ ("Makes a personal link to a page where the plan is managed."),
      .description = N_ ("The link works once, for 15 minutes, in any browser. Whoever has it can "
                         "use it, so do not share it. The page asks before anything is paid or "
                         "cancelled."),
  };
  g_autoptr (GBytes) body = NULL;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, NULL, &argc, &argv))
    return UPKEEPCTL_USAGE;
  status = upkeepctl_call (ctl, "POST", "/v1/account/links", NULL, NULL, NULL, &body);
  if (status != UPKEEPCTL_DONE)
    return status;
  return tell_link (ctl, body,
                    _ ("This link is for you alone. Do not share it: whoever has it can change "
                       "your plan."));
}

static GBytes *
print_method (const char *method)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  if (method != NULL)
    json_object_set_string_member (object, "method", method);
  node = upkeep_wire_take_object (object);
  return upkeep_json_print (node);
}

/**
 * upkeepctl_payment_method:
 * @ctl: what every verb is told
 * @argc: how many words there are
 * @argv: the words
 *
 * Prints the address of a hosted page where a payment method is left.
 *
 * Returns: how the program ends; a method that is not accepted is refused
 */
UpkeepctlStatus
upkeepctl_payment_method (Upkeepctl *ctl, int argc, char **argv)
{
  const UpkeepctlUsage usage = {
      .name = "upkeepctl payment-method",
      .arguments = "[METHOD]",
      .max = 1,
      .summary = N_ ("Makes a link to a page where a payment method is left."),
      .description = N_ ("METHOD is one that the service accepts, such as “card”. The link works "
                         "once, for 15 minutes; card numbers are asked for nowhere else."),
  };
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) body = NULL;
  UpkeepctlStatus status;

  if (!upkeepctl_parse (ctl, &usage, NULL, &argc, &argv))
    return UPKEEPCTL_USAGE;
  request = print_method (argc > 1 ? argv[1] : NULL);
  status = upkeepctl_call (ctl, "POST", "/v1/account/payment-method-sessions", NULL, request, NULL,
                           &body);
  if (status != UPKEEPCTL_DONE)
    return status;
  return tell_link (ctl, body,
                    _ ("This link is for you alone. Do not share it: whoever has it can set how "
                       "your plan is paid."));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeepctl.h"

#include "upkeep-config.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  const UpkeepctlVerb verbs[] = {
      {"info", upkeepctl_info, N_ ("Show the plan and what is left")},
      {"subscribe", upkeepctl_subscribe, N_ ("Make a personal link to the page of the plan")},
      {"payment-method", upkeepctl_payment_method,
       N_ ("Make a link to a page for a payment method")},
      {"plans", upkeepctl_plans, N_ ("Compare the plans")},
      {"changes", upkeepctl_changes, N_ ("Tell what is different in the current terms")},
      {"quote", upkeepctl_quote, N_ ("Tell what a change would cost")},
      {"accept", upkeepctl_accept, N_ ("Do what a quote says")},
      {"reason", upkeepctl_reason, N_ ("Say why you left")},
      {"usage", upkeepctl_usage, N_ ("List what was used")},
      {"invoices", upkeepctl_invoices, N_ ("List the invoices")},
      {"admin", upkeepctl_admin, N_ ("Make the operator’s calls")},
      {"schedule", upkeepctl_schedule, N_ ("List renewals; no account is needed")},
      {"catalogue", upkeepctl_catalogue, N_ ("Check catalogue files")},
  };
  Upkeepctl ctl = {0};
  UpkeepctlStatus status;
  /* A checkout has its translations elsewhere than an installation. */
  const char *folder = g_getenv ("UPKEEP_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (UPKEEP_GETTEXT_DOMAIN, folder != NULL ? folder : UPKEEP_LOCALEDIR);
  bind_textdomain_codeset (UPKEEP_GETTEXT_DOMAIN, "UTF-8");
  textdomain (UPKEEP_GETTEXT_DOMAIN);

  status = upkeepctl_run_verb (&ctl, "upkeepctl", verbs, G_N_ELEMENTS (verbs), argc, argv);
  g_free (ctl.server);
  g_free (ctl.token_file);
  return (int) status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-application.h"
#include "upkeep-client.h"
#include "upkeep-config.h"

#include <glib/gi18n.h>
#include <locale.h>

/* A checkout has its translations elsewhere than an installation. */
static void
set_up_translations (void)
{
  const char *folder = g_getenv ("UPKEEP_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (UPKEEP_GETTEXT_DOMAIN, folder != NULL ? folder : UPKEEP_LOCALEDIR);
  bind_textdomain_codeset (UPKEEP_GETTEXT_DOMAIN, "UTF-8");
  textdomain (UPKEEP_GETTEXT_DOMAIN);
}

int
main (int argc, char *argv[])
{
  g_autoptr (UpkeepApplication) application = NULL;

  upkeep_client_prepare_process ();
  set_up_translations ();
  g_set_application_name (_ ("Upkeep"));

  application = upkeep_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}

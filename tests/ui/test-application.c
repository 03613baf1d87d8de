/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-application.h"

static int
run (const char *const *arguments)
{
  g_autoptr (UpkeepApplication) application = upkeep_application_new ();

  return g_application_run (G_APPLICATION (application), (int) g_strv_length ((char **) arguments),
                            (char **) arguments);
}

/* CONTRACT 7: `upkeep [--server URL --token-file FILE]` */
static void
test_half (gconstpointer user_data)
{
  g_test_summary ("An address without a token, or a token without an address, is a mistake.");
  if (g_test_subprocess ())
    exit (run (user_data));

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*--server and --token-file go together*");
}

static void
test_version (void)
{
  static const char *const arguments[] = {"upkeep", "--version", NULL};

  g_test_summary ("The version is told without a window.");
  if (g_test_subprocess ())
    exit (run (arguments));
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*upkeep *.*.*");
}

int
main (int argc, char *argv[])
{
  static const char *const server[] = {"upkeep", "--server", "https://example.org", NULL};
  static const char *const token[] = {"upkeep", "--token-file", "/nowhere", NULL};

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/application/version", test_version);
  g_test_add_data_func ("/ui/application/server-alone", server, test_half);
  g_test_add_data_func ("/ui/application/token-alone", token, test_half);
  return g_test_run ();
}

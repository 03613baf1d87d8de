/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wire-error.h"

static void
test_member (void)
{
  static const struct {
    UpkeepWireError code;
    const char *message;
    const char *member;
  } vectors[] = {
      {UPKEEP_WIRE_ERROR_MEMBER, "plan: missing", "plan"},
      {UPKEEP_WIRE_ERROR_VALUE, "plans[2].prices.year: none of a: b", "plans[2].prices.year"},
      {UPKEEP_WIRE_ERROR_UNKNOWN_MEMBER, "x: unknown member", "x"},
      {UPKEEP_WIRE_ERROR_VALUE, "not an integer: at the top", NULL},
      {UPKEEP_WIRE_ERROR_VALUE, "nothing", NULL},
      {UPKEEP_WIRE_ERROR_VALUE, " : ", NULL},
      {UPKEEP_WIRE_ERROR_VALUE, "", NULL},
      {UPKEEP_WIRE_ERROR_SYNTAX, "byte: missing", NULL},
      {UPKEEP_WIRE_ERROR_SIZE, "plan: missing", NULL},
  };
  g_autoptr (GError) other = g_error_new_literal (G_FILE_ERROR, UPKEEP_WIRE_ERROR_VALUE, "a: b");
  g_autofree char *member = upkeep_wire_error_dup_member (other);

  g_test_summary ("The member at fault is what stands before the message, and only there.");

  g_assert_null (member);
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GError) error =
        g_error_new_literal (UPKEEP_WIRE_ERROR, (int) vectors[i].code, vectors[i].message);
    g_autofree char *found = upkeep_wire_error_dup_member (error);

    g_test_message ("%s", vectors[i].message);
    g_assert_cmpstr (found, ==, vectors[i].member);
  }
}

static void
test_name (void)
{
  static const struct {
    const char *path, *name, *result;
  } vectors[] = {
      {"", "plan", "plan"},
      {"a", "zh-Hans", "a.zh-Hans"},
      {"a[0]", "used_s", "a[0].used_s"},
      {"", "a.b: c\n", "a?b??c?"},
      {"", "é", "??"},
      {"", "", ""},
      {"", "0123456789012345678901234567890123456789012345678901234567890123",
       "0123456789012345678901234567890123456789012345678901234567890123"},
      {"", "01234567890123456789012345678901234567890123456789012345678901234",
       "0123456789012345678901234567890123456789012345678901234567890123"},
  };

  g_test_summary ("A stranger's name cannot be taken for part of the path or the message.");

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    g_autoptr (GString) path = g_string_new (vectors[i].path);

    g_test_message ("%s", vectors[i].result);
    upkeep_wire_error_append_name (path, vectors[i].name);
    g_assert_cmpstr (path->str, ==, vectors[i].result);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/error/member", test_member);
  g_test_add_func ("/wire/error/name", test_name);
  return g_test_run ();
}

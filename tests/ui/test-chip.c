/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-chip.h"

#include "upkeep-find.h"

/* Counts the properties of the type itself; a CSS class is one of GtkWidget. */
static void
count_cb (GObject *object, GParamSpec *pspec, int *count)
{
  if (pspec->owner_type == G_OBJECT_TYPE (object))
    (*count)++;
}

static void
test_properties (void)
{
  GtkWidget *chip = g_object_ref_sink (
      upkeep_chip_new ("upkeep-checked-symbolic", "Active", UPKEEP_ROLE_SUCCESS));
  UpkeepChip *self = UPKEEP_CHIP (chip);
  GtkWidget *image = upkeep_find_type (chip, GTK_TYPE_IMAGE);
  int n_notified = 0;
  g_autofree char *icon_name = NULL;
  g_autofree char *label = NULL;
  UpkeepRole role;

  g_test_summary ("A chip has an icon, a word and one role's class");
  g_object_get (chip, "icon-name", &icon_name, "label", &label, "role", &role, NULL);
  g_assert_cmpstr (icon_name, ==, "upkeep-checked-symbolic");
  g_assert_cmpstr (label, ==, "Active");
  g_assert_cmpint (role, ==, UPKEEP_ROLE_SUCCESS);
  g_assert_true (upkeep_find_is_shown (chip, image));
  g_assert_true (gtk_widget_has_css_class (chip, "success"));
  g_assert_false (gtk_widget_has_css_class (chip, "neutral"));

  g_signal_connect (chip, "notify", G_CALLBACK (count_cb), &n_notified);
  upkeep_chip_set (self, "upkeep-checked-symbolic", "Active", UPKEEP_ROLE_SUCCESS);
  g_assert_cmpint (n_notified, ==, 0);
  upkeep_chip_set (self, NULL, "Ended", UPKEEP_ROLE_NEUTRAL);
  g_assert_cmpint (n_notified, ==, 3);
  g_assert_null (upkeep_chip_get_icon_name (self));
  g_assert_cmpstr (upkeep_chip_get_label (self), ==, "Ended");
  g_assert_cmpint (upkeep_chip_get_role (self), ==, UPKEEP_ROLE_NEUTRAL);
  g_assert_false (upkeep_find_is_shown (chip, image));
  g_assert_true (gtk_widget_has_css_class (chip, "neutral"));
  g_assert_false (gtk_widget_has_css_class (chip, "success"));

  g_assert_finalize_object (chip);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/chip/properties", test_properties);
  return g_test_run ();
}

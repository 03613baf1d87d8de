/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#define ICONS "/io/github/upkeep/Upkeep/icons/scalable/actions"

static void
parsing_error_cb (GtkCssProvider *provider, GtkCssSection *section, GError *error, int *n_errors)
{
  g_autofree char *where = gtk_css_section_to_string (section);

  g_test_message ("%s: %s", where, error->message);
  (*n_errors)++;
}

static void
test_css (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  int n_errors = 0;

  g_test_summary ("This version of GTK understands every line of the style sheet");
  g_signal_connect (provider, "parsing-error", G_CALLBACK (parsing_error_cb), &n_errors);
  gtk_css_provider_load_from_resource (provider, "/io/github/upkeep/Upkeep/style.css");
  g_assert_cmpint (n_errors, ==, 0);
}

/* The names in the code that are not ours; they must be in the icon theme. */
static const char *const theme_icons[] = {
    "view-refresh-symbolic",  "edit-undo-symbolic", "edit-copy-symbolic",
    "object-select-symbolic", "go-next-symbolic",   "go-previous-symbolic",
    "open-menu-symbolic",     "pan-down-symbolic",  "pan-up-symbolic",
};

static void
test_icons (void)
{
  g_autoptr (GtkIconTheme) theme = gtk_icon_theme_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = g_resources_enumerate_children (ICONS, 0, &error);

  g_test_summary ("Our icons can be drawn, recoloured, and those of the theme are there");
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (names), >, 0);
  gtk_icon_theme_set_theme_name (theme, "Adwaita");
  gtk_icon_theme_add_resource_path (theme, "/io/github/upkeep/Upkeep/icons");

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *name = g_strndup (names[i], strlen (names[i]) - strlen (".svg"));
    g_autoptr (GtkIconPaintable) icon = NULL;

    g_test_message ("%s", name);
    g_assert_true (g_str_has_suffix (names[i], "-symbolic.svg"));
    g_assert_true (gtk_icon_theme_has_icon (theme, name));
    icon = gtk_icon_theme_lookup_icon (theme, name, NULL, 16, 1, GTK_TEXT_DIR_LTR, 0);
    g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (icon)), ==, 16);
  }
  for (guint i = 0; i < G_N_ELEMENTS (theme_icons); i++) {
    g_test_message ("%s", theme_icons[i]);
    g_assert_true (gtk_icon_theme_has_icon (theme, theme_icons[i]));
  }
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/style/css", test_css);
  g_test_add_func ("/ui/style/icons", test_icons);
  return g_test_run ();
}

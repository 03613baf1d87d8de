/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-role.h"

G_DEFINE_ENUM_TYPE (UpkeepRole,
                    upkeep_role,
                    G_DEFINE_ENUM_VALUE (UPKEEP_ROLE_NEUTRAL, "neutral"),
                    G_DEFINE_ENUM_VALUE (UPKEEP_ROLE_ACCENT, "accent"),
                    G_DEFINE_ENUM_VALUE (UPKEEP_ROLE_SUCCESS, "success"),
                    G_DEFINE_ENUM_VALUE (UPKEEP_ROLE_WARNING, "warning"),
                    G_DEFINE_ENUM_VALUE (UPKEEP_ROLE_ERROR, "error"))

static const char *const css_classes[] = {
    [UPKEEP_ROLE_NEUTRAL] = "neutral", [UPKEEP_ROLE_ACCENT] = "accent",
    [UPKEEP_ROLE_SUCCESS] = "success", [UPKEEP_ROLE_WARNING] = "warning",
    [UPKEEP_ROLE_ERROR] = "error",
};
G_STATIC_ASSERT (G_N_ELEMENTS (css_classes) == UPKEEP_N_ROLES);

/**
 * upkeep_role_apply:
 * @role: the role to give
 * @widget: the widget to give it to
 *
 * Gives a widget the CSS class of a role, and takes those of the other roles away.
 */
void
upkeep_role_apply (UpkeepRole role, GtkWidget *widget)
{
  g_return_if_fail (role < UPKEEP_N_ROLES);
  g_return_if_fail (GTK_IS_WIDGET (widget));

  for (guint i = 0; i < UPKEEP_N_ROLES; i++) {
    if (i == role)
      gtk_widget_add_css_class (widget, css_classes[i]);
    else
      gtk_widget_remove_css_class (widget, css_classes[i]);
  }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-terms-row.h"

#include "upkeep-edition-words.h"
#include "upkeep-inner-names.h"
#include "upkeep-row.h"

#include <glib/gi18n.h>

/* One row for all that is different in one subject. */
static void
add_rows (AdwExpanderRow *row, const UpkeepEditionChanges *changes, gboolean practice)
{
  UpkeepRow *last = NULL;
  g_autofree char *last_name = NULL;

  for (guint i = 0; i < changes->changes->len; i++) {
    const UpkeepEditionChange *change = g_ptr_array_index (changes->changes, i);
    g_autofree char *name = upkeep_edition_words_title (change);
    g_autofree char *text = upkeep_edition_words_text (changes, change, practice);

    if (last != NULL && g_str_equal (name, last_name)) {
      g_autofree char *all = g_strdup_printf ("%s\n%s", upkeep_row_get_subtitle (last), text);

      upkeep_row_set_subtitle (last, all);
      continue;
    }
    last = UPKEEP_ROW (upkeep_row_new (NULL, name, text));
    adw_expander_row_add_row (row, GTK_WIDGET (last));
    g_free (last_name);
    last_name = g_steal_pointer (&name);
  }
}

/**
 * upkeep_terms_row_new:
 * @changes: what is different in other terms
 * @statement: the account
 * @practice: whether sums are not real money
 *
 * Makes a row that says under which terms one is, and opens to what is different in the current
 * ones, or in those that hold from the next renewal on (RULES 0.1).
 *
 * Returns: (transfer floating): an [class@Adw.ExpanderRow]
 */
GtkWidget *
upkeep_terms_row_new (const UpkeepEditionChanges *changes,
                      const UpkeepStatement *statement,
                      gboolean practice)
{
  GtkWidget *row;
  GtkWidget *image;
  g_autofree char *move = NULL;
  g_autofree char *notice = NULL;
  g_autofree char *title = NULL;

  g_return_val_if_fail (changes != NULL, NULL);
  g_return_val_if_fail (statement != NULL, NULL);

  move = upkeep_edition_words_move (statement);
  notice = upkeep_edition_words_notice (changes->from, changes->to);
  /* Names of terms come from outside, and a row takes its title for markup. */
  title = g_markup_escape_text (move != NULL ? move : notice, -1);
  row = g_object_new (
      ADW_TYPE_EXPANDER_ROW, "title", title, "subtitle",
      changes->changes->len > 0 ? _ ("What is different") : _ ("Nothing is different."), NULL);
  image = g_object_new (GTK_TYPE_IMAGE, "icon-name", "upkeep-info-symbolic", "accessible-role",
                        GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), image);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), changes->changes->len > 0);
  add_rows (ADW_EXPANDER_ROW (row), changes, practice);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  move != NULL ? move : notice, -1);
  upkeep_inner_names_give (row, move != NULL ? move : notice);
  return row;
}

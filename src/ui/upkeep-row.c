/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-row.h"

#include "upkeep-narrow-bin.h"

/**
 * UpkeepRow:
 *
 * A row of a list: an icon, a title over a subtitle, and a widget at the end.
 *
 * Unlike [class@Adw.ActionRow] it can put its end below the text where the window is narrow, and
 * both of its texts wrap. To a screen reader its name is the title and its description the
 * subtitle.
 */
struct _UpkeepRow {
  AdwPreferencesRow parent_instance;

  GBinding *narrow_binding; /* (nullable) */
  gboolean narrow;
  gboolean end_below;

  GtkBox *outer;
  GtkBox *lead;
  GtkWidget *prefix; /* (nullable) */
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *end; /* (nullable) */
};

typedef enum {
  PROP_SUBTITLE = 1,
  PROP_END_BELOW,
  PROP_NARROW,
} UpkeepRowProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (UpkeepRow, upkeep_row, ADW_TYPE_PREFERENCES_ROW)

static void
update_orientation (UpkeepRow *self)
{
  gboolean upright = self->narrow && self->end_below;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->outer),
                                  upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  if (upright)
    gtk_widget_add_css_class (GTK_WIDGET (self), "upright");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "upright");
}

static void
set_narrow (UpkeepRow *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  update_orientation (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
title_changed_cb (UpkeepRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  gtk_label_set_text (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->title), title != NULL && title[0] != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/* GtkWidget */

static void
upkeep_row_root (GtkWidget *widget)
{
  UpkeepRow *self = UPKEEP_ROW (widget);

  GTK_WIDGET_CLASS (upkeep_row_parent_class)->root (widget);

  self->narrow_binding = upkeep_narrow_bin_bind (widget);
}

static void
upkeep_row_unroot (GtkWidget *widget)
{
  UpkeepRow *self = UPKEEP_ROW (widget);

  g_clear_pointer (&self->narrow_binding, g_binding_unbind);

  GTK_WIDGET_CLASS (upkeep_row_parent_class)->unroot (widget);
}

/* GObject */

static void
upkeep_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepRow *self = UPKEEP_ROW (object);

  switch ((UpkeepRowProperty) prop_id) {
  case PROP_SUBTITLE:
    g_value_set_string (value, upkeep_row_get_subtitle (self));
    break;
  case PROP_END_BELOW:
    g_value_set_boolean (value, self->end_below);
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UpkeepRow *self = UPKEEP_ROW (object);

  switch ((UpkeepRowProperty) prop_id) {
  case PROP_SUBTITLE:
    upkeep_row_set_subtitle (self, g_value_get_string (value));
    break;
  case PROP_END_BELOW:
    upkeep_row_set_end_below (self, g_value_get_boolean (value));
    break;
  case PROP_NARROW:
    set_narrow (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_row_class_init (UpkeepRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = upkeep_row_get_property;
  object_class->set_property = upkeep_row_set_property;

  widget_class->root = upkeep_row_root;
  widget_class->unroot = upkeep_row_unroot;

  /**
   * UpkeepRow:subtitle:
   *
   * The small text below the title, translated; not shown when empty.
   */
  properties[PROP_SUBTITLE] =
      g_param_spec_string ("subtitle", NULL, NULL, "",
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepRow:end-below:
   *
   * Whether the end widget goes below the text, at full width, where the window is narrow.
   */
  properties[PROP_END_BELOW] =
      g_param_spec_boolean ("end-below", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepRow:narrow:
   *
   * Whether the window is narrow. It follows the [class@NarrowBin] around the row.
   */
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
upkeep_row_init (UpkeepRow *self)
{
  GtkWidget *texts = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                   2, "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, NULL);

  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode",
                              PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  self->subtitle = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode",
                                 PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "faint");
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->subtitle));

  self->lead = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  gtk_box_append (self->lead, texts);
  self->outer = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  gtk_box_append (self->outer, GTK_WIDGET (self->lead));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->outer));

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "upkeep-row");

  g_signal_connect (self, "notify::title", G_CALLBACK (title_changed_cb), NULL);
}

/* Public */

/**
 * upkeep_row_new:
 * @icon_name: (nullable): the icon before the text
 * @title: what the row is about, translated
 * @subtitle: (nullable): more about it, translated
 *
 * Makes a row that does nothing when it is activated.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
upkeep_row_new (const char *icon_name, const char *title, const char *subtitle)
{
  UpkeepRow *self;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (UPKEEP_TYPE_ROW, "title", title, "subtitle", subtitle, NULL);
  if (icon_name != NULL)
    upkeep_row_set_icon_name (self, icon_name);
  return GTK_WIDGET (self);
}

/**
 * upkeep_row_set_icon_name:
 * @self: a row
 * @icon_name: (nullable): the icon before the text; `NULL` for none
 *
 * Sets the prefix to an icon.
 */
void
upkeep_row_set_icon_name (UpkeepRow *self, const char *icon_name)
{
  g_return_if_fail (UPKEEP_IS_ROW (self));

  if (icon_name == NULL)
    upkeep_row_set_prefix (self, NULL);
  else if (GTK_IS_IMAGE (self->prefix))
    gtk_image_set_from_icon_name (GTK_IMAGE (self->prefix), icon_name);
  else
    upkeep_row_set_prefix (self, g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name,
                                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                               "valign", GTK_ALIGN_CENTER, NULL));
}

/**
 * upkeep_row_set_title:
 * @self: a row
 * @title: what the row is about, translated; plain text
 *
 * Sets the title.
 */
void
upkeep_row_set_title (UpkeepRow *self, const char *title)
{
  g_return_if_fail (UPKEEP_IS_ROW (self));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title != NULL ? title : "");
}

/**
 * upkeep_row_get_subtitle:
 * @self: a row
 *
 * Gets the subtitle.
 *
 * Returns: the subtitle; empty when there is none
 */
const char *
upkeep_row_get_subtitle (UpkeepRow *self)
{
  g_return_val_if_fail (UPKEEP_IS_ROW (self), NULL);

  return gtk_label_get_text (self->subtitle);
}

/**
 * upkeep_row_set_subtitle:
 * @self: a row
 * @subtitle: (nullable): more about it, translated; plain text; `NULL` or empty for none
 *
 * Sets the subtitle. Where a button of the row is insensitive, it says why.
 */
void
upkeep_row_set_subtitle (UpkeepRow *self, const char *subtitle)
{
  g_return_if_fail (UPKEEP_IS_ROW (self));

  if (subtitle == NULL)
    subtitle = "";
  if (g_str_equal (subtitle, gtk_label_get_text (self->subtitle)))
    return;

  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle[0] != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

/**
 * upkeep_row_get_prefix:
 * @self: a row
 *
 * Gets the widget before the text.
 *
 * Returns: (transfer none) (nullable): the widget
 */
GtkWidget *
upkeep_row_get_prefix (UpkeepRow *self)
{
  g_return_val_if_fail (UPKEEP_IS_ROW (self), NULL);

  return self->prefix;
}

/**
 * upkeep_row_set_prefix:
 * @self: a row
 * @prefix: (nullable): the widget before the text, such as a check button
 *
 * Sets the widget before the text; the one before goes.
 */
void
upkeep_row_set_prefix (UpkeepRow *self, GtkWidget *prefix)
{
  g_return_if_fail (UPKEEP_IS_ROW (self));
  g_return_if_fail (prefix == NULL || GTK_IS_WIDGET (prefix));

  if (self->prefix == prefix)
    return;

  if (self->prefix != NULL)
    gtk_box_remove (self->lead, self->prefix);
  self->prefix = prefix;
  if (prefix != NULL)
    gtk_box_prepend (self->lead, prefix);
}

/**
 * upkeep_row_get_end:
 * @self: a row
 *
 * Gets the widget at the end.
 *
 * Returns: (transfer none) (nullable): the widget
 */
GtkWidget *
upkeep_row_get_end (UpkeepRow *self)
{
  g_return_val_if_fail (UPKEEP_IS_ROW (self), NULL);

  return self->end;
}

/**
 * upkeep_row_set_end:
 * @self: a row
 * @end: (nullable): the widget at the end, such as an amount or a button
 *
 * Sets the widget at the end; the one before goes.
 */
void
upkeep_row_set_end (UpkeepRow *self, GtkWidget *end)
{
  g_return_if_fail (UPKEEP_IS_ROW (self));
  g_return_if_fail (end == NULL || GTK_IS_WIDGET (end));

  if (self->end == end)
    return;

  if (self->end != NULL)
    gtk_box_remove (self->outer, self->end);
  self->end = end;
  if (end != NULL) {
    gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
    gtk_box_append (self->outer, end);
  }
}

/**
 * upkeep_row_set_end_below:
 * @self: a row
 * @end_below: whether the end goes below the text where the window is narrow
 *
 * Sets where the end goes. A button goes below; an amount stays where it is.
 */
void
upkeep_row_set_end_below (UpkeepRow *self, gboolean end_below)
{
  g_return_if_fail (UPKEEP_IS_ROW (self));

  end_below = !!end_below;
  if (self->end_below == end_below)
    return;

  self->end_below = end_below;
  update_orientation (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_END_BELOW]);
}

/**
 * upkeep_row_list_new:
 * @label: what the list holds, translated; a screen reader says it
 *
 * Makes a boxed list for rows, in which nothing can be selected.
 *
 * Returns: (transfer floating): a list box
 */
GtkWidget *
upkeep_row_list_new (const char *label)
{
  GtkWidget *list = gtk_list_box_new ();

  g_return_val_if_fail (label != NULL, list);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return list;
}

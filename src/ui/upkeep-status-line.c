/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-status-line.h"

/**
 * UpkeepStatusLine:
 *
 * Says over a button what is going on or what went wrong, to a screen reader too as it changes. It
 * is not seen while it has nothing to say.
 */
struct _UpkeepStatusLine {
  AdwBin parent_instance;

  /* Template */
  GtkWidget *image;
  GtkSpinner *spinner;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (UpkeepStatusLine, upkeep_status_line, ADW_TYPE_BIN)

static void
upkeep_status_line_class_init (UpkeepStatusLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-status-line.ui");
  gtk_widget_class_bind_template_child (widget_class, UpkeepStatusLine, image);
  gtk_widget_class_bind_template_child (widget_class, UpkeepStatusLine, spinner);
  gtk_widget_class_bind_template_child (widget_class, UpkeepStatusLine, label);
}

static void
upkeep_status_line_init (UpkeepStatusLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Public */

/**
 * upkeep_status_line_new:
 *
 * Makes a line that says nothing.
 *
 * Returns: (transfer floating): the line
 */
GtkWidget *
upkeep_status_line_new (void)
{
  return g_object_new (UPKEEP_TYPE_STATUS_LINE, NULL);
}

/**
 * upkeep_status_line_show:
 * @self: a line
 * @text: one sentence or two, translated
 * @waiting: whether something is waited for; else it is what has happened
 *
 * Says something, with a spinner or a warning sign before it.
 */
void
upkeep_status_line_show (UpkeepStatusLine *self, const char *text, gboolean waiting)
{
  g_return_if_fail (UPKEEP_IS_STATUS_LINE (self));
  g_return_if_fail (text != NULL);

  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (self->image, !waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), waiting);
  gtk_spinner_set_spinning (self->spinner, waiting);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/**
 * upkeep_status_line_clear:
 * @self: a line
 *
 * Says nothing any more.
 */
void
upkeep_status_line_clear (UpkeepStatusLine *self)
{
  g_return_if_fail (UPKEEP_IS_STATUS_LINE (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_spinner_stop (self->spinner);
}

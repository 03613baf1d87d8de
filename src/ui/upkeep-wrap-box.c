/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-wrap-box.h"

#define LINE_SPACING_PX 4

/**
 * UpkeepWrapBox:
 *
 * Puts its children beside each other as words are, at their natural width; one that does not fit
 * goes on the next line.
 *
 * A name and the chip beside it need that: both are as long as the language makes them.
 */
struct _UpkeepWrapBox {
  GtkWidget parent_instance;

  int spacing_px;
};

G_DEFINE_FINAL_TYPE (UpkeepWrapBox, upkeep_wrap_box, GTK_TYPE_WIDGET)

typedef struct {
  GtkWidget *first;
  GtkWidget *end; /* the first of the next line; NULL on the last one */
  int height;
} Line;

static int
get_natural_width (GtkWidget *child, int width)
{
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return MIN (natural, width);
}

/* Takes as many children as fit; at least one. */
static Line
take_line (UpkeepWrapBox *self, GtkWidget *first, int width)
{
  Line line = {.first = first, .end = first};
  int used = 0;

  for (; line.end != NULL; line.end = gtk_widget_get_next_sibling (line.end)) {
    int child_width;
    int height = 0;

    if (!gtk_widget_should_layout (line.end))
      continue;

    child_width = get_natural_width (line.end, width);
    if (used > 0 && used + self->spacing_px + child_width > width)
      break;

    used += child_width + (used > 0 ? self->spacing_px : 0);
    gtk_widget_measure (line.end, GTK_ORIENTATION_VERTICAL, child_width, NULL, &height, NULL, NULL);
    line.height = MAX (line.height, height);
  }
  return line;
}

/* GtkWidget */

static GtkSizeRequestMode
upkeep_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (UpkeepWrapBox *self, int *minimum, int *natural)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int child_minimum = 0;
    int child_natural = 0;

    if (!gtk_widget_should_layout (child))
      continue;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL,
                        NULL);
    *minimum = MAX (*minimum, child_minimum);
    *natural += child_natural + (*natural > 0 ? self->spacing_px : 0);
  }
}

static void
upkeep_wrap_box_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  UpkeepWrapBox *self = UPKEEP_WRAP_BOX (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);

  *minimum = 0;
  *natural = 0;
  *minimum_baseline = -1;
  *natural_baseline = -1;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    measure_width (self, minimum, natural);
    return;
  }

  while (child != NULL) {
    Line line = take_line (self, child, for_size >= 0 ? for_size : G_MAXINT);

    *natural += line.height + (*natural > 0 ? LINE_SPACING_PX : 0);
    child = line.end;
  }
  *minimum = *natural;
}

static void
allocate_line (UpkeepWrapBox *self, const Line *line, int width, int y)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (GtkWidget *child = line->first; child != line->end;
       child = gtk_widget_get_next_sibling (child)) {
    int child_width;

    if (!gtk_widget_should_layout (child))
      continue;

    child_width = get_natural_width (child, width);
    gtk_widget_size_allocate (
        child, &(GtkAllocation){rtl ? width - x - child_width : x, y, child_width, line->height},
        -1);
    x += child_width + self->spacing_px;
  }
}

static void
upkeep_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UpkeepWrapBox *self = UPKEEP_WRAP_BOX (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int y = 0;

  while (child != NULL) {
    Line line = take_line (self, child, width);

    allocate_line (self, &line, width, y);
    y += line.height + LINE_SPACING_PX;
    child = line.end;
  }
}

/* GObject */

static void
upkeep_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (upkeep_wrap_box_parent_class)->dispose (object);
}

static void
upkeep_wrap_box_class_init (UpkeepWrapBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = upkeep_wrap_box_dispose;

  widget_class->get_request_mode = upkeep_wrap_box_get_request_mode;
  widget_class->measure = upkeep_wrap_box_measure;
  widget_class->size_allocate = upkeep_wrap_box_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "wrapbox");
}

static void
upkeep_wrap_box_init (UpkeepWrapBox *self)
{
}

/* Public */

/**
 * upkeep_wrap_box_new:
 * @spacing_px: px between two children of a line, at least 0
 *
 * Makes a box without children.
 *
 * Returns: (transfer floating): the box
 */
GtkWidget *
upkeep_wrap_box_new (int spacing_px)
{
  UpkeepWrapBox *self = g_object_new (UPKEEP_TYPE_WRAP_BOX, NULL);

  self->spacing_px = MAX (spacing_px, 0);
  return GTK_WIDGET (self);
}

/**
 * upkeep_wrap_box_append:
 * @self: a box
 * @child: what to put at the end
 *
 * Adds a child.
 */
void
upkeep_wrap_box_append (UpkeepWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (UPKEEP_IS_WRAP_BOX (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-gauge-track.h"

#include <glib/gi18n.h>

/* All in px, from the table in the design. */
#define BAR_HEIGHT_PX    12
#define FILL_MIN_PX      12
#define SEGMENT_GAP_PX   3
#define SEGMENT_MIN_PX   24 /* wide enough for its number below */
#define PACE_WIDTH_PX    6  /* a line of 2 with 2 of the card's colour on each side */
#define PACE_OVERHANG_PX 5
#define BELOW_GAP_PX     2
#define LABEL_GAP_PX     12

#define ANIMATION_MS 250

/**
 * UpkeepGaugeTrack:
 *
 * The bar of a gauge, with the even-pace mark and the labels right below it.
 *
 * What is seen are plain boxes coloured by the style sheet: a `trough` and a `fill` for each
 * segment and a `pace`. On top lies a [class@Gtk.LevelBar] that is transparent and takes no clicks:
 * it is the meter that a screen reader finds, as a widget of our own cannot pass a value on
 * (UX 3.6).
 */
struct _UpkeepGaugeTrack {
  GtkWidget parent_instance;

  UpkeepGaugeSegment segments[UPKEEP_GAUGE_SEGMENTS_MAX];
  double drawn[UPKEEP_GAUGE_SEGMENTS_MAX];      /* filled share of each, 0 to 1, in this frame */
  double drawn_from[UPKEEP_GAUGE_SEGMENTS_MAX]; /* likewise, when the movement began */
  guint n_segments;                             /* 0 until the first is set */
  int pace_permille;                            /* -1 when there is no mark */

  AdwAnimation *animation; /* (owned) */

  GtkWidget *troughs[UPKEEP_GAUGE_SEGMENTS_MAX]; /* (nullable) */
  GtkWidget *fills[UPKEEP_GAUGE_SEGMENTS_MAX];   /* (nullable) */
  GtkWidget *numbers[UPKEEP_GAUGE_SEGMENTS_MAX]; /* (nullable) */
  GtkWidget *pace;
  GtkWidget *pace_label;
  GtkWidget *remainder;
  GtkWidget *bar;
};

G_DEFINE_FINAL_TYPE (UpkeepGaugeTrack, upkeep_gauge_track, GTK_TYPE_WIDGET)

/* Geometry */

/* Where each segment begins and how wide it is, from the start edge. */
typedef struct {
  int starts_px[UPKEEP_GAUGE_SEGMENTS_MAX];
  int widths_px[UPKEEP_GAUGE_SEGMENTS_MAX];
} Layout;

static double
get_fraction (const UpkeepGaugeSegment *segment)
{
  if (segment->quantity <= 0)
    return 0.0;
  return (double) MIN (segment->used, segment->quantity) / (double) segment->quantity;
}

/* Shares the width out by quantity. A segment that would be too narrow for its number takes the
 * missing pixels from the widest. */
static void
lay_segments_out (UpkeepGaugeTrack *self, int width_px, Layout *ret_layout)
{
  int n = (int) self->n_segments;
  int free_px = MAX (width_px - (n - 1) * SEGMENT_GAP_PX, 0);
  int minimum_px = MIN (SEGMENT_MIN_PX, free_px / n);
  int given_px = 0;
  int widest = 0;
  int start_px = 0;
  double total = 0.0;

  for (int i = 0; i < n; i++)
    total += (double) self->segments[i].quantity;
  for (int i = 0; i < n; i++) {
    double share = total > 0.0 ? (double) self->segments[i].quantity / total : 1.0 / n;

    ret_layout->widths_px[i] = MAX ((int) (share * free_px), minimum_px);
    given_px += ret_layout->widths_px[i];
    if (ret_layout->widths_px[i] > ret_layout->widths_px[widest])
      widest = i;
  }
  ret_layout->widths_px[widest] = MAX (ret_layout->widths_px[widest] + free_px - given_px, 0);

  for (int i = 0; i < n; i++) {
    ret_layout->starts_px[i] = start_px;
    start_px += ret_layout->widths_px[i] + SEGMENT_GAP_PX;
  }
}

/* Allocates a child whose place is counted from the start edge. */
static void
place (
    UpkeepGaugeTrack *self, GtkWidget *child, int start_px, int y_px, int width_px, int height_px)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x_px = rtl ? gtk_widget_get_width (GTK_WIDGET (self)) - start_px - width_px : start_px;

  gtk_widget_size_allocate (child, &(GtkAllocation){x_px, y_px, width_px, height_px}, -1);
}

static void
get_natural_size (GtkWidget *widget, int *ret_width_px, int *ret_height_px)
{
  GtkRequisition natural;

  gtk_widget_get_preferred_size (widget, NULL, &natural);
  *ret_width_px = natural.width;
  *ret_height_px = natural.height;
}

/* The height of the labels below the bar; 0 when none is shown. */
static int
measure_below (UpkeepGaugeTrack *self)
{
  int height_px = 0;
  GtkWidget *labels[] = {self->pace_label, self->remainder,
                         self->n_segments > 1 ? self->numbers[0] : NULL};

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    int label_width_px;
    int label_height_px;

    if (labels[i] == NULL || !gtk_widget_get_visible (labels[i]))
      continue;
    get_natural_size (labels[i], &label_width_px, &label_height_px);
    height_px = MAX (height_px, label_height_px);
  }
  return height_px;
}

/* GtkWidget */

static void
upkeep_gauge_track_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  UpkeepGaugeTrack *self = UPKEEP_GAUGE_TRACK (widget);

  *minimum_baseline = -1;
  *natural_baseline = -1;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    int pace_px = 0;
    int remainder_px = 0;

    gtk_widget_measure (self->pace_label, orientation, -1, &pace_px, NULL, NULL, NULL);
    gtk_widget_measure (self->remainder, orientation, -1, &remainder_px, NULL, NULL, NULL);
    *minimum = MAX (pace_px + remainder_px, (int) self->n_segments * SEGMENT_MIN_PX);
    *natural = *minimum;
  } else {
    int below_px = measure_below (self);

    *minimum = BAR_HEIGHT_PX + 2 * PACE_OVERHANG_PX;
    if (below_px > 0)
      *minimum += BELOW_GAP_PX + below_px;
    *natural = *minimum;
  }
}

static void
upkeep_gauge_track_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UpkeepGaugeTrack *self = UPKEEP_GAUGE_TRACK (widget);
  const int below_y_px = BAR_HEIGHT_PX + 2 * PACE_OVERHANG_PX + BELOW_GAP_PX;
  int label_start_px = 0;
  int label_end_px = width;
  int label_width_px;
  int label_height_px;
  int bar_width_px;
  Layout layout = {0};

  gtk_widget_measure (self->bar, GTK_ORIENTATION_HORIZONTAL, -1, &bar_width_px, NULL, NULL, NULL);
  place (self, self->bar, 0, PACE_OVERHANG_PX, MAX (width, bar_width_px), BAR_HEIGHT_PX);

  if (self->n_segments == 0)
    return;

  lay_segments_out (self, width, &layout);
  for (guint i = 0; i < self->n_segments; i++) {
    int fill_px = (int) (self->drawn[i] * layout.widths_px[i] + .5);

    if (self->drawn[i] > 0.0)
      fill_px = MAX (fill_px, FILL_MIN_PX);
    fill_px = MIN (fill_px, layout.widths_px[i]);

    place (self, self->troughs[i], layout.starts_px[i], PACE_OVERHANG_PX, layout.widths_px[i],
           BAR_HEIGHT_PX);
    gtk_widget_set_child_visible (self->fills[i], fill_px > 0);
    if (fill_px > 0)
      place (self, self->fills[i], layout.starts_px[i], PACE_OVERHANG_PX, fill_px, BAR_HEIGHT_PX);
    if (self->numbers[i] != NULL) {
      get_natural_size (self->numbers[i], &label_width_px, &label_height_px);
      place (self, self->numbers[i], layout.starts_px[i], below_y_px, label_width_px,
             label_height_px);
      if (i == 0)
        label_start_px = label_width_px + LABEL_GAP_PX / 2;
      else if (i == 1)
        label_end_px = layout.starts_px[i] - LABEL_GAP_PX / 2;
    }
  }

  if (gtk_widget_get_visible (self->remainder)) {
    get_natural_size (self->remainder, &label_width_px, &label_height_px);
    label_width_px = MIN (label_width_px, width);
    place (self, self->remainder, width - label_width_px, below_y_px, label_width_px,
           label_height_px);
    label_end_px = MIN (label_end_px, width - label_width_px - LABEL_GAP_PX);
  }

  if (self->pace_permille >= 0) {
    int centre_px = layout.starts_px[0] + layout.widths_px[0] * self->pace_permille / 1000;
    int mark_px = CLAMP (centre_px - PACE_WIDTH_PX / 2, 0, MAX (width - PACE_WIDTH_PX, 0));

    place (self, self->pace, mark_px, 0, PACE_WIDTH_PX, BAR_HEIGHT_PX + 2 * PACE_OVERHANG_PX);
    get_natural_size (self->pace_label, &label_width_px, &label_height_px);
    place (self, self->pace_label,
           CLAMP (centre_px - label_width_px / 2, label_start_px,
                  MAX (label_end_px - label_width_px, label_start_px)),
           below_y_px, label_width_px, label_height_px);
  }
}

/* Movement */

static void
animation_stepped_cb (double value, gpointer user_data)
{
  UpkeepGaugeTrack *self = UPKEEP_GAUGE_TRACK (user_data);

  for (guint i = 0; i < self->n_segments; i++)
    self->drawn[i] =
        self->drawn_from[i] + value * (get_fraction (&self->segments[i]) - self->drawn_from[i]);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* GObject */

static void
remove_segments (UpkeepGaugeTrack *self)
{
  for (guint i = 0; i < self->n_segments; i++) {
    g_clear_pointer (&self->troughs[i], gtk_widget_unparent);
    g_clear_pointer (&self->fills[i], gtk_widget_unparent);
    g_clear_pointer (&self->numbers[i], gtk_widget_unparent);
  }
  self->n_segments = 0;
}

static void
upkeep_gauge_track_dispose (GObject *object)
{
  UpkeepGaugeTrack *self = UPKEEP_GAUGE_TRACK (object);

  if (self->animation != NULL)
    adw_animation_reset (self->animation);
  g_clear_object (&self->animation);
  remove_segments (self);
  g_clear_pointer (&self->pace, gtk_widget_unparent);
  g_clear_pointer (&self->pace_label, gtk_widget_unparent);
  g_clear_pointer (&self->remainder, gtk_widget_unparent);
  g_clear_pointer (&self->bar, gtk_widget_unparent);

  G_OBJECT_CLASS (upkeep_gauge_track_parent_class)->dispose (object);
}

static void
upkeep_gauge_track_class_init (UpkeepGaugeTrackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = upkeep_gauge_track_dispose;

  widget_class->measure = upkeep_gauge_track_measure;
  widget_class->size_allocate = upkeep_gauge_track_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "track");
}

/* A box with a CSS name of its own, which says nothing to a screen reader. */
static GtkWidget *
new_box (const char *css_name)
{
  return g_object_new (ADW_TYPE_BIN, "css-name", css_name, "accessible-role",
                       GTK_ACCESSIBLE_ROLE_PRESENTATION, "can-target", FALSE, NULL);
}

static GtkWidget *
new_small_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "faint");
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
upkeep_gauge_track_init (UpkeepGaugeTrack *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkLevelBar *level_bar;

  self->pace_permille = -1;

  self->pace = new_box ("pace");
  gtk_widget_set_parent (self->pace, widget);
  gtk_widget_set_visible (self->pace, FALSE);
  /* Translators: a mark on a gauge: where one would be if the use were spread evenly. */
  self->pace_label = new_small_label (_ ("even pace"));
  gtk_widget_set_parent (self->pace_label, widget);
  gtk_widget_set_visible (self->pace_label, FALSE);
  self->remainder = new_small_label (NULL);
  gtk_widget_set_parent (self->remainder, widget);
  gtk_widget_set_visible (self->remainder, FALSE);

  self->bar = gtk_level_bar_new ();
  level_bar = GTK_LEVEL_BAR (self->bar);
  gtk_level_bar_remove_offset_value (level_bar, NULL);
  gtk_level_bar_add_offset_value (level_bar, "usage-ok", .75);
  gtk_level_bar_add_offset_value (level_bar, "usage-high", .90);
  gtk_level_bar_add_offset_value (level_bar, "usage-full", 1.0);
  gtk_widget_set_opacity (self->bar, 0.0);
  gtk_widget_set_can_target (self->bar, FALSE);
  gtk_widget_set_parent (self->bar, widget);

  self->animation = adw_timed_animation_new (
      widget, 0.0, 1.0, ANIMATION_MS,
      adw_callback_animation_target_new (animation_stepped_cb, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation), ADW_EASE_OUT_CUBIC);

  gtk_widget_set_hexpand (widget, TRUE);
}

/* Public */

/**
 * upkeep_gauge_track_set_segments:
 * @self: a track
 * @segments: (array length=n_segments): the parts in the order they are spent
 * @n_segments: how many, 1 to `UPKEEP_GAUGE_SEGMENTS_MAX`; numbers stand below two or more
 *
 * Sets what is filled. The fill moves there when it has been shown before, and the toolkit's
 * animations are on.
 */
void
upkeep_gauge_track_set_segments (UpkeepGaugeTrack *self,
                                 const UpkeepGaugeSegment *segments,
                                 guint n_segments)
{
  gboolean same_shape;
  double used = 0.0;
  double quantity = 0.0;

  g_return_if_fail (UPKEEP_IS_GAUGE_TRACK (self));
  g_return_if_fail (segments != NULL);
  g_return_if_fail (n_segments >= 1 && n_segments <= UPKEEP_GAUGE_SEGMENTS_MAX);

  same_shape = self->n_segments == n_segments;
  if (same_shape && memcmp (self->segments, segments, n_segments * sizeof *segments) == 0)
    return;

  if (!same_shape) {
    adw_animation_reset (self->animation);
    remove_segments (self);
    self->n_segments = n_segments;
    for (guint i = 0; i < n_segments; i++) {
      self->troughs[i] = new_box ("trough");
      gtk_widget_insert_before (self->troughs[i], GTK_WIDGET (self), self->pace);
      self->fills[i] = new_box ("fill");
      gtk_widget_insert_before (self->fills[i], GTK_WIDGET (self), self->pace);
      if (n_segments > 1) {
        g_autofree char *number = g_strdup_printf ("%u", i + 1);

        self->numbers[i] = gtk_label_new (number);
        gtk_widget_add_css_class (self->numbers[i], "number");
        gtk_widget_insert_before (self->numbers[i], GTK_WIDGET (self), self->pace);
      }
    }
  }

  for (guint i = 0; i < n_segments; i++) {
    self->segments[i] = segments[i];
    self->drawn_from[i] = same_shape ? self->drawn[i] : get_fraction (&segments[i]);
    self->drawn[i] = self->drawn_from[i];
    used += (double) MIN (segments[i].used, segments[i].quantity);
    quantity += (double) segments[i].quantity;
  }
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->bar), quantity > 0.0 ? used / quantity : 0.0);

  if (same_shape)
    adw_animation_play (self->animation);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * upkeep_gauge_track_set_pace_permille:
 * @self: a track
 * @pace_permille: 0 to 1000 along the first segment; -1 for no mark
 *
 * Sets where the use would be if it were spread evenly.
 */
void
upkeep_gauge_track_set_pace_permille (UpkeepGaugeTrack *self, int pace_permille)
{
  g_return_if_fail (UPKEEP_IS_GAUGE_TRACK (self));
  g_return_if_fail (pace_permille >= -1 && pace_permille <= 1000);

  if (self->pace_permille == pace_permille)
    return;

  self->pace_permille = pace_permille;
  gtk_widget_set_visible (self->pace, pace_permille >= 0);
  gtk_widget_set_visible (self->pace_label, pace_permille >= 0);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * upkeep_gauge_track_set_remainder:
 * @self: a track
 * @text: (nullable): what is left, translated; `NULL` or empty for nothing
 *
 * Sets the words below the end of the bar.
 */
void
upkeep_gauge_track_set_remainder (UpkeepGaugeTrack *self, const char *text)
{
  g_return_if_fail (UPKEEP_IS_GAUGE_TRACK (self));

  gtk_label_set_text (GTK_LABEL (self->remainder), text != NULL ? text : "");
  gtk_widget_set_visible (self->remainder, text != NULL && text[0] != '\0');
}

/**
 * upkeep_gauge_track_set_description:
 * @self: a track
 * @name: what is measured, translated
 * @sentence: how much of it there is, translated
 *
 * Sets what a screen reader says of the bar.
 *
 * The sentence is the value text and the description as well, since only the latter gets through to
 * AT-SPI (UX 3.6).
 */
void
upkeep_gauge_track_set_description (UpkeepGaugeTrack *self, const char *name, const char *sentence)
{
  g_return_if_fail (UPKEEP_IS_GAUGE_TRACK (self));

  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, name != NULL ? name : "",
      GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, sentence != NULL ? sentence : "",
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence != NULL ? sentence : "", -1);
}

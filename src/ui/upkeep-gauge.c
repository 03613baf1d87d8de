/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-gauge.h"

#include "upkeep-chip.h"
#include "upkeep-narrow-bin.h"

#include <glib/gi18n.h>

/* The size of `title-4` against that of text. */
#define FIGURE_SCALE 1.18

/**
 * UpkeepGauge:
 *
 * How much of something was used: a title, figures, a bar, and lines that say what follows.
 *
 * It knows no rule of any service. The words come formatted, the quantities as whole units, and
 * what the colour means as a state. A bar only fills; where there is no limit there is no bar.
 */
struct _UpkeepGauge {
  AdwBin parent_instance;

  char *sentence;           /* (owned) (nullable) */
  GBinding *narrow_binding; /* (nullable) */
  UpkeepGaugeState state;
  gboolean stale;
  gboolean narrow;
  gboolean own_chip; /* whether the page set the chip */

  /* Template */
  GtkBox *head;
  GtkLabel *title_label;
  UpkeepChip *chip;
  GtkLabel *figures_label;
  UpkeepGaugeTrack *track;
  GtkWidget *no_limit;
  GtkImage *no_limit_image;
  GtkLabel *no_limit_label;
  GtkBox *lines;

  GtkWidget *line_boxes[UPKEEP_GAUGE_LINES_MAX];
  GtkImage *line_images[UPKEEP_GAUGE_LINES_MAX];
  GtkLabel *line_labels[UPKEEP_GAUGE_LINES_MAX];
};

typedef enum {
  PROP_TITLE = 1,
  PROP_STATE,
  PROP_STALE,
  PROP_NARROW,
} UpkeepGaugeProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_ENUM_TYPE (UpkeepGaugeState,
                    upkeep_gauge_state,
                    G_DEFINE_ENUM_VALUE (UPKEEP_GAUGE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (UPKEEP_GAUGE_UNLIMITED, "unlimited"),
                    G_DEFINE_ENUM_VALUE (UPKEEP_GAUGE_OK, "ok"),
                    G_DEFINE_ENUM_VALUE (UPKEEP_GAUGE_HIGH, "high"),
                    G_DEFINE_ENUM_VALUE (UPKEEP_GAUGE_FULL, "full"),
                    G_DEFINE_ENUM_VALUE (UPKEEP_GAUGE_PAUSED, "paused"))

G_DEFINE_FINAL_TYPE (UpkeepGauge, upkeep_gauge, ADW_TYPE_BIN)

/* What each state looks like by itself. */
typedef struct {
  const char *css_class;
  const char *chip_icon;  /* NULL for no chip */
  const char *chip_label; /* to translate */
  UpkeepRole chip_role;
} StateLook;

static const StateLook state_looks[] = {
    [UPKEEP_GAUGE_UNKNOWN] = {"usage-unknown", NULL, NULL, UPKEEP_ROLE_NEUTRAL},
    [UPKEEP_GAUGE_UNLIMITED] = {"usage-unlimited", NULL, NULL, UPKEEP_ROLE_NEUTRAL},
    [UPKEEP_GAUGE_OK] = {"usage-ok", NULL, NULL, UPKEEP_ROLE_NEUTRAL},
    [UPKEEP_GAUGE_HIGH] = {"usage-high", "upkeep-warning-symbolic", N_ ("Nearly used up"),
                           UPKEEP_ROLE_WARNING},
    [UPKEEP_GAUGE_FULL] = {"usage-full", "upkeep-crossed-symbolic", N_ ("Used up"),
                           UPKEEP_ROLE_ERROR},
    [UPKEEP_GAUGE_PAUSED] = {"usage-paused", "upkeep-paused-symbolic", N_ ("Paused"),
                             UPKEEP_ROLE_NEUTRAL},
};
G_STATIC_ASSERT (G_N_ELEMENTS (state_looks) == UPKEEP_N_GAUGE_STATES);

static void
update_chip (UpkeepGauge *self)
{
  const StateLook *look = &state_looks[self->state];

  if (self->own_chip)
    return;

  if (look->chip_icon != NULL)
    upkeep_chip_set (self->chip, look->chip_icon, _ (look->chip_label), look->chip_role);
  gtk_widget_set_visible (GTK_WIDGET (self->chip), look->chip_icon != NULL);
}

static void
update_state (UpkeepGauge *self)
{
  gboolean limited = self->state != UPKEEP_GAUGE_UNKNOWN && self->state != UPKEEP_GAUGE_UNLIMITED;

  for (guint i = 0; i < UPKEEP_N_GAUGE_STATES; i++) {
    if (i == self->state)
      gtk_widget_add_css_class (GTK_WIDGET (self), state_looks[i].css_class);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), state_looks[i].css_class);
  }

  gtk_widget_set_visible (GTK_WIDGET (self->track), limited);
  gtk_widget_set_visible (self->no_limit, !limited);
  if (self->state == UPKEEP_GAUGE_UNLIMITED) {
    gtk_image_set_from_icon_name (self->no_limit_image, "upkeep-infinity-symbolic");
    gtk_label_set_text (self->no_limit_label, _ ("Unlimited"));
  } else if (self->state == UPKEEP_GAUGE_UNKNOWN) {
    gtk_image_set_from_icon_name (self->no_limit_image, "upkeep-info-symbolic");
    gtk_label_set_text (self->no_limit_label, _ ("Limit not published"));
  }
  update_chip (self);
}

static void
update_description (UpkeepGauge *self)
{
  upkeep_gauge_track_set_description (self->track, gtk_label_get_text (self->title_label),
                                      self->sentence);
}

/* GtkWidget */

static void
upkeep_gauge_root (GtkWidget *widget)
{
  UpkeepGauge *self = UPKEEP_GAUGE (widget);

  GTK_WIDGET_CLASS (upkeep_gauge_parent_class)->root (widget);

  self->narrow_binding = upkeep_narrow_bin_bind (widget);
}

static void
upkeep_gauge_unroot (GtkWidget *widget)
{
  UpkeepGauge *self = UPKEEP_GAUGE (widget);

  g_clear_pointer (&self->narrow_binding, g_binding_unbind);

  GTK_WIDGET_CLASS (upkeep_gauge_parent_class)->unroot (widget);
}

/* GObject */

static void
upkeep_gauge_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepGauge *self = UPKEEP_GAUGE (object);

  switch ((UpkeepGaugeProperty) prop_id) {
  case PROP_TITLE:
    g_value_set_string (value, upkeep_gauge_get_title (self));
    break;
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_STALE:
    g_value_set_boolean (value, self->stale);
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
upkeep_gauge_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UpkeepGauge *self = UPKEEP_GAUGE (object);

  switch ((UpkeepGaugeProperty) prop_id) {
  case PROP_TITLE:
    upkeep_gauge_set_title (self, g_value_get_string (value));
    break;
  case PROP_STATE:
    upkeep_gauge_set_state (self, g_value_get_enum (value));
    break;
  case PROP_STALE:
    upkeep_gauge_set_stale (self, g_value_get_boolean (value));
    break;
  case PROP_NARROW:
    upkeep_gauge_set_narrow (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_gauge_dispose (GObject *object)
{
  UpkeepGauge *self = UPKEEP_GAUGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), UPKEEP_TYPE_GAUGE);

  G_OBJECT_CLASS (upkeep_gauge_parent_class)->dispose (object);
}

static void
upkeep_gauge_finalize (GObject *object)
{
  UpkeepGauge *self = UPKEEP_GAUGE (object);

  g_free (self->sentence);

  G_OBJECT_CLASS (upkeep_gauge_parent_class)->finalize (object);
}

static void
upkeep_gauge_class_init (UpkeepGaugeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = upkeep_gauge_get_property;
  object_class->set_property = upkeep_gauge_set_property;
  object_class->dispose = upkeep_gauge_dispose;
  object_class->finalize = upkeep_gauge_finalize;

  widget_class->root = upkeep_gauge_root;
  widget_class->unroot = upkeep_gauge_unroot;

  /**
   * UpkeepGauge:title:
   *
   * What is measured, translated.
   */
  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, "",
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepGauge:state:
   *
   * What the colour and the chip tell.
   */
  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, UPKEEP_TYPE_GAUGE_STATE, UPKEEP_GAUGE_UNKNOWN,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepGauge:stale:
   *
   * Whether this is a saved copy, whose bar is drawn paler.
   */
  properties[PROP_STALE] =
      g_param_spec_boolean ("stale", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * UpkeepGauge:narrow:
   *
   * Whether the figures stand below the title. It follows the [class@NarrowBin] around the gauge.
   */
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (UPKEEP_TYPE_CHIP);
  g_type_ensure (UPKEEP_TYPE_GAUGE_TRACK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-gauge.ui");
  gtk_widget_class_bind_template_child (widget_class, UpkeepGauge, head);
  gtk_widget_class_bind_template_child (widget_class, UpkeepGauge, title_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepGauge, chip);
  gtk_widget_class_bind_template_child (widget_class, UpkeepGauge, figures_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepGauge, track);
  gtk_widget_class_bind_template_child (widget_class, UpkeepGauge, no_limit);
  gtk_widget_class_bind_template_child (widget_class, UpkeepGauge, no_limit_image);
  gtk_widget_class_bind_template_child (widget_class, UpkeepGauge, no_limit_label);
  gtk_widget_class_bind_template_child (widget_class, UpkeepGauge, lines);
  gtk_widget_class_set_css_name (widget_class, "gauge");
}

static void
upkeep_gauge_init (UpkeepGauge *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < UPKEEP_GAUGE_LINES_MAX; i++) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

    self->line_boxes[i] = box;
    self->line_images[i] =
        g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign",
                      GTK_ALIGN_START, "margin-top", 1, NULL);
    self->line_labels[i] =
        g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "hexpand", TRUE, NULL);
    gtk_widget_add_css_class (GTK_WIDGET (self->line_images[i]), "faint");
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->line_images[i]));
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->line_labels[i]));
    gtk_widget_set_visible (box, FALSE);
    gtk_box_append (self->lines, box);
  }
  update_state (self);
}

/* Public */

/**
 * upkeep_gauge_state_for:
 * @used: units used; at least 0
 * @allowance: of how many; at least 0
 *
 * Picks the state of a meter that is neither unlimited nor paused: nearly used up from 75 %, used
 * up from 100 %. With nothing allowed and nothing used there is nothing to warn of.
 *
 * Source: the gauge table of the design.
 *
 * Returns: `UPKEEP_GAUGE_OK`, `_HIGH` or `_FULL`
 */
UpkeepGaugeState
upkeep_gauge_state_for (gint64 used, gint64 allowance)
{
  g_return_val_if_fail (used >= 0, UPKEEP_GAUGE_OK);
  g_return_val_if_fail (allowance >= 0, UPKEEP_GAUGE_OK);

  if (used == 0)
    return UPKEEP_GAUGE_OK;
  if (used >= allowance)
    return UPKEEP_GAUGE_FULL;
  /* used < allowance here, so what is left is compared, which cannot overflow: a quarter of it,
   * cut, is reached exactly when three quarters are used. */
  return allowance - used <= allowance / 4 ? UPKEEP_GAUGE_HIGH : UPKEEP_GAUGE_OK;
}

/**
 * upkeep_gauge_new:
 *
 * Makes a gauge that has no limit yet.
 *
 * Returns: (transfer floating): the gauge
 */
GtkWidget *
upkeep_gauge_new (void)
{
  return g_object_new (UPKEEP_TYPE_GAUGE, NULL);
}

/**
 * upkeep_gauge_get_title:
 * @self: a gauge
 *
 * Gets what is measured.
 *
 * Returns: the title, translated
 */
const char *
upkeep_gauge_get_title (UpkeepGauge *self)
{
  g_return_val_if_fail (UPKEEP_IS_GAUGE (self), NULL);

  return gtk_label_get_text (self->title_label);
}

/**
 * upkeep_gauge_set_title:
 * @self: a gauge
 * @title: what is measured, translated
 *
 * Sets what is measured. It is also what a screen reader calls the bar.
 */
void
upkeep_gauge_set_title (UpkeepGauge *self, const char *title)
{
  g_return_if_fail (UPKEEP_IS_GAUGE (self));

  if (g_strcmp0 (title, gtk_label_get_text (self->title_label)) == 0)
    return;

  gtk_label_set_text (self->title_label, title != NULL ? title : "");
  update_description (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * upkeep_gauge_get_state:
 * @self: a gauge
 *
 * Gets what the colour and the chip tell.
 *
 * Returns: the state
 */
UpkeepGaugeState
upkeep_gauge_get_state (UpkeepGauge *self)
{
  g_return_val_if_fail (UPKEEP_IS_GAUGE (self), UPKEEP_GAUGE_UNKNOWN);

  return self->state;
}

/**
 * upkeep_gauge_set_state:
 * @self: a gauge
 * @state: what the colour and the chip are to tell; see upkeep_gauge_state_for()
 *
 * Sets the state. It brings its own chip, unless upkeep_gauge_set_chip() set one.
 */
void
upkeep_gauge_set_state (UpkeepGauge *self, UpkeepGaugeState state)
{
  g_return_if_fail (UPKEEP_IS_GAUGE (self));
  g_return_if_fail (state < UPKEEP_N_GAUGE_STATES);

  if (self->state == state)
    return;

  self->state = state;
  update_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * upkeep_gauge_set_level:
 * @self: a gauge
 * @used: units used; at least 0; above @allowance draws as full, the words carry the rest
 * @allowance: of how many; at least 0
 *
 * Sets how far the bar is filled.
 */
void
upkeep_gauge_set_level (UpkeepGauge *self, gint64 used, gint64 allowance)
{
  UpkeepGaugeSegment whole = {used, allowance};

  g_return_if_fail (used >= 0);
  g_return_if_fail (allowance >= 0);

  upkeep_gauge_set_segments (self, &whole, 1);
}

/**
 * upkeep_gauge_set_segments:
 * @self: a gauge
 * @segments: (array length=n_segments): grants in the order they are spent
 * @n_segments: how many, 1 to `UPKEEP_GAUGE_SEGMENTS_MAX`
 *
 * Sets a bar of several grants, each as wide as its quantity and numbered where there are two or
 * more.
 */
void
upkeep_gauge_set_segments (UpkeepGauge *self, const UpkeepGaugeSegment *segments, guint n_segments)
{
  g_return_if_fail (UPKEEP_IS_GAUGE (self));

  upkeep_gauge_track_set_segments (self->track, segments, n_segments);
}

/**
 * upkeep_gauge_set_pace_permille:
 * @self: a gauge
 * @pace_permille: 0 to 1000 of the allowance, or of the first segment; -1 for no mark
 *
 * Sets the mark where the use would be if it were spread evenly over the period.
 */
void
upkeep_gauge_set_pace_permille (UpkeepGauge *self, int pace_permille)
{
  g_return_if_fail (UPKEEP_IS_GAUGE (self));

  upkeep_gauge_track_set_pace_permille (self->track, pace_permille);
}

/**
 * upkeep_gauge_get_stale:
 * @self: a gauge
 *
 * Gets whether this is a saved copy.
 *
 * Returns: whether it is
 */
gboolean
upkeep_gauge_get_stale (UpkeepGauge *self)
{
  g_return_val_if_fail (UPKEEP_IS_GAUGE (self), FALSE);

  return self->stale;
}

/**
 * upkeep_gauge_set_stale:
 * @self: a gauge
 * @stale: whether this is a saved copy
 *
 * Sets whether the bar is drawn paler. The page says in words from when the copy is.
 */
void
upkeep_gauge_set_stale (UpkeepGauge *self, gboolean stale)
{
  g_return_if_fail (UPKEEP_IS_GAUGE (self));

  stale = !!stale;
  if (self->stale == stale)
    return;

  self->stale = stale;
  if (stale)
    gtk_widget_add_css_class (GTK_WIDGET (self), "stale");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "stale");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
}

/**
 * upkeep_gauge_get_narrow:
 * @self: a gauge
 *
 * Gets whether the figures stand below the title.
 *
 * Returns: whether they do
 */
gboolean
upkeep_gauge_get_narrow (UpkeepGauge *self)
{
  g_return_val_if_fail (UPKEEP_IS_GAUGE (self), FALSE);

  return self->narrow;
}

/**
 * upkeep_gauge_set_narrow:
 * @self: a gauge
 * @narrow: whether the figures are to stand below the title
 *
 * Sets how the head is laid out. Inside a [class@NarrowBin] there is no need to.
 */
void
upkeep_gauge_set_narrow (UpkeepGauge *self, gboolean narrow)
{
  g_return_if_fail (UPKEEP_IS_GAUGE (self));

  narrow = !!narrow;
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->head),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->head, narrow ? 2 : 12);
  gtk_label_set_xalign (self->figures_label, narrow ? 0.0f : 1.0f);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

/**
 * upkeep_gauge_set_figures:
 * @self: a gauge
 * @markup: (nullable): Pango markup, as from upkeep_format_used_of_markup()
 *
 * Sets the figures of the head. What is bold in them gets the size of the title.
 */
void
upkeep_gauge_set_figures (UpkeepGauge *self, const char *markup)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  PangoAttrList *attributes = NULL;
  GSList *found = NULL;

  g_return_if_fail (UPKEEP_IS_GAUGE (self));

  if (!pango_parse_markup (markup != NULL ? markup : "", -1, 0, &attributes, &text, NULL, &error)) {
    /* A translation broke the markup; the words are worth more than their size. */
    g_debug ("Figures of a gauge are no markup: %s", error->message);
    gtk_label_set_attributes (self->figures_label, NULL);
    gtk_label_set_text (self->figures_label, markup);
    return;
  }

  found = pango_attr_list_get_attributes (attributes);
  for (GSList *l = found; l != NULL; l = l->next) {
    const PangoAttribute *attribute = l->data;

    if (attribute->klass->type == PANGO_ATTR_WEIGHT) {
      PangoAttribute *scale = pango_attr_scale_new (FIGURE_SCALE);

      scale->start_index = attribute->start_index;
      scale->end_index = attribute->end_index;
      pango_attr_list_insert (attributes, scale);
    }
  }
  g_slist_free_full (found, (GDestroyNotify) pango_attribute_destroy);

  gtk_label_set_text (self->figures_label, text);
  gtk_label_set_attributes (self->figures_label, attributes);
  gtk_widget_set_visible (GTK_WIDGET (self->figures_label), text[0] != '\0');
  pango_attr_list_unref (attributes);
}

/**
 * upkeep_gauge_set_remainder:
 * @self: a gauge
 * @text: (nullable): what is left, as from upkeep_format_quantity_left()
 *
 * Sets the small words below the end of the bar.
 */
void
upkeep_gauge_set_remainder (UpkeepGauge *self, const char *text)
{
  g_return_if_fail (UPKEEP_IS_GAUGE (self));

  upkeep_gauge_track_set_remainder (self->track, text);
}

/**
 * upkeep_gauge_set_sentence:
 * @self: a gauge
 * @sentence: (nullable): how much there is, as from upkeep_format_left_of()
 *
 * Sets what a screen reader says of the bar. Set it together with the level.
 */
void
upkeep_gauge_set_sentence (UpkeepGauge *self, const char *sentence)
{
  g_return_if_fail (UPKEEP_IS_GAUGE (self));

  if (g_strcmp0 (self->sentence, sentence) == 0)
    return;

  g_free (self->sentence);
  self->sentence = g_strdup (sentence);
  update_description (self);
}

/**
 * upkeep_gauge_set_chip:
 * @self: a gauge
 * @icon_name: (nullable): the icon before the word
 * @label: (nullable): the word, translated; `NULL` to go back to the chip of the state
 * @role: what its colour stands for
 *
 * Sets the chip behind the title in place of the one the state brings.
 */
void
upkeep_gauge_set_chip (UpkeepGauge *self, const char *icon_name, const char *label, UpkeepRole role)
{
  g_return_if_fail (UPKEEP_IS_GAUGE (self));

  self->own_chip = label != NULL;
  if (self->own_chip) {
    upkeep_chip_set (self->chip, icon_name, label, role);
    gtk_widget_set_visible (GTK_WIDGET (self->chip), TRUE);
  } else {
    update_chip (self);
  }
}

/**
 * upkeep_gauge_set_line:
 * @self: a gauge
 * @position: which line, 0 to `UPKEEP_GAUGE_LINES_MAX` - 1
 * @icon_name: (nullable): the icon before it
 * @text: (nullable): a whole sentence, translated; `NULL` or empty takes the line away
 *
 * Sets one of the lines below the bar: when it refills, how long it lasts.
 */
void
upkeep_gauge_set_line (UpkeepGauge *self, guint position, const char *icon_name, const char *text)
{
  gboolean any = FALSE;

  g_return_if_fail (UPKEEP_IS_GAUGE (self));
  g_return_if_fail (position < UPKEEP_GAUGE_LINES_MAX);

  gtk_image_set_from_icon_name (self->line_images[position], icon_name);
  gtk_label_set_text (self->line_labels[position], text != NULL ? text : "");
  gtk_widget_set_visible (self->line_boxes[position], text != NULL && text[0] != '\0');

  for (guint i = 0; i < UPKEEP_GAUGE_LINES_MAX; i++)
    any = any || gtk_widget_get_visible (self->line_boxes[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->lines), any);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-notice.h"

#include "upkeep-button-names.h"
#include "upkeep-narrow-bin.h"

/* What is to be shown for one role. */
typedef struct {
  char *text;         /* (owned) (nullable): NULL when nothing stands */
  char *button_label; /* (owned) (nullable) */
  char *action_name;  /* (owned) (nullable) */
} Message;

/**
 * UpkeepNotice:
 *
 * A bar over a page that says one thing, with at most one button.
 *
 * Each role has room for one message. The most pressing one that stands is shown; when it goes, the
 * next comes back.
 */
struct _UpkeepNotice {
  AdwBin parent_instance;

  Message messages[UPKEEP_N_NOTICE_ROLES];
  GBinding *narrow_binding; /* (nullable) */
  gboolean narrow;

  /* Template */
  GtkRevealer *revealer;
  GtkWidget *bar;
  GtkWidget *content;
  GtkImage *image;
  GtkLabel *text;
  GtkButton *button;
};

typedef enum {
  PROP_NARROW = 1,
} UpkeepNoticeProperty;

static GParamSpec *properties[PROP_NARROW + 1];

G_DEFINE_FINAL_TYPE (UpkeepNotice, upkeep_notice, ADW_TYPE_BIN)

static const struct {
  const char *css_class;
  const char *icon_name; /* NULL for none */
} role_looks[] = {
    [UPKEEP_NOTICE_PRACTICE] = {"practice", NULL},
    [UPKEEP_NOTICE_WARNING] = {"warning", "upkeep-warning-symbolic"},
    [UPKEEP_NOTICE_ERROR] = {"error", "upkeep-warning-symbolic"},
};
G_STATIC_ASSERT (G_N_ELEMENTS (role_looks) == UPKEEP_N_NOTICE_ROLES);

static void
clear_message (Message *message)
{
  g_clear_pointer (&message->text, g_free);
  g_clear_pointer (&message->button_label, g_free);
  g_clear_pointer (&message->action_name, g_free);
}

/* Shows the most pressing message; the words of one that goes stay while the bar slides away. */
static void
update (UpkeepNotice *self)
{
  int shown = UPKEEP_N_NOTICE_ROLES - 1;
  const Message *message;

  while (shown >= 0 && self->messages[shown].text == NULL)
    shown--;

  gtk_revealer_set_reveal_child (self->revealer, shown >= 0);
  gtk_widget_set_can_target (GTK_WIDGET (self), shown >= 0);
  if (shown < 0)
    return;

  message = &self->messages[shown];
  for (int i = 0; i < UPKEEP_N_NOTICE_ROLES; i++) {
    if (i == shown)
      gtk_widget_add_css_class (self->bar, role_looks[i].css_class);
    else
      gtk_widget_remove_css_class (self->bar, role_looks[i].css_class);
  }
  gtk_image_set_from_icon_name (self->image, role_looks[shown].icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->image), role_looks[shown].icon_name != NULL);
  gtk_label_set_text (self->text, message->text);
  gtk_widget_set_visible (GTK_WIDGET (self->text), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), message->action_name);
  gtk_button_set_label (self->button, message->button_label != NULL ? message->button_label : "");
  gtk_button_set_use_underline (self->button, TRUE);
  upkeep_button_names_mend (GTK_WIDGET (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self->button), message->button_label != NULL);
  if (shown == UPKEEP_NOTICE_WARNING)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "suggested-action");
}

static void
set_narrow (UpkeepNotice *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  gtk_widget_set_halign (self->content, narrow ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), narrow);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

/* GtkWidget */

static void
upkeep_notice_root (GtkWidget *widget)
{
  UpkeepNotice *self = UPKEEP_NOTICE (widget);

  GTK_WIDGET_CLASS (upkeep_notice_parent_class)->root (widget);

  self->narrow_binding = upkeep_narrow_bin_bind (widget);
}

static void
upkeep_notice_unroot (GtkWidget *widget)
{
  UpkeepNotice *self = UPKEEP_NOTICE (widget);

  g_clear_pointer (&self->narrow_binding, g_binding_unbind);

  GTK_WIDGET_CLASS (upkeep_notice_parent_class)->unroot (widget);
}

/* GObject */

static void
upkeep_notice_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  UpkeepNotice *self = UPKEEP_NOTICE (object);

  switch ((UpkeepNoticeProperty) prop_id) {
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_notice_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  UpkeepNotice *self = UPKEEP_NOTICE (object);

  switch ((UpkeepNoticeProperty) prop_id) {
  case PROP_NARROW:
    set_narrow (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    break;
  }
}

static void
upkeep_notice_dispose (GObject *object)
{
  /* The bin lets go first: the template would take a bound child out from under it. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), UPKEEP_TYPE_NOTICE);

  G_OBJECT_CLASS (upkeep_notice_parent_class)->dispose (object);
}

static void
upkeep_notice_finalize (GObject *object)
{
  UpkeepNotice *self = UPKEEP_NOTICE (object);

  for (guint i = 0; i < UPKEEP_N_NOTICE_ROLES; i++)
    clear_message (&self->messages[i]);

  G_OBJECT_CLASS (upkeep_notice_parent_class)->finalize (object);
}

static void
upkeep_notice_class_init (UpkeepNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = upkeep_notice_get_property;
  object_class->set_property = upkeep_notice_set_property;
  object_class->dispose = upkeep_notice_dispose;
  object_class->finalize = upkeep_notice_finalize;

  widget_class->root = upkeep_notice_root;
  widget_class->unroot = upkeep_notice_unroot;

  /**
   * UpkeepNotice:narrow:
   *
   * Whether the words fill the bar and the button stands at its end. It follows the
   * [class@NarrowBin] around the bar.
   */
  properties[PROP_NARROW] =
      g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, UpkeepNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, UpkeepNotice, bar);
  gtk_widget_class_bind_template_child (widget_class, UpkeepNotice, content);
  gtk_widget_class_bind_template_child (widget_class, UpkeepNotice, image);
  gtk_widget_class_bind_template_child (widget_class, UpkeepNotice, text);
  gtk_widget_class_bind_template_child (widget_class, UpkeepNotice, button);
}

static void
upkeep_notice_init (UpkeepNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/* Public */

/**
 * upkeep_notice_new:
 *
 * Makes a bar that shows nothing.
 *
 * Returns: (transfer floating): the bar
 */
GtkWidget *
upkeep_notice_new (void)
{
  return g_object_new (UPKEEP_TYPE_NOTICE, NULL);
}

/**
 * upkeep_notice_show:
 * @self: a bar
 * @role: what it is about
 * @text: a whole sentence, translated
 * @button_label: (nullable): the button's label with its mnemonic, translated; `NULL` for no button
 * @action_name: (nullable): what the button does, such as `win.pay`
 *
 * Sets the message of a role. It is seen at once unless one of a more pressing role stands.
 */
void
upkeep_notice_show (UpkeepNotice *self,
                    UpkeepNoticeRole role,
                    const char *text,
                    const char *button_label,
                    const char *action_name)
{
  Message *message;

  g_return_if_fail (UPKEEP_IS_NOTICE (self));
  g_return_if_fail (role < UPKEEP_N_NOTICE_ROLES);
  g_return_if_fail (text != NULL);

  message = &self->messages[role];
  if (g_strcmp0 (message->text, text) == 0 &&
      g_strcmp0 (message->button_label, button_label) == 0 &&
      g_strcmp0 (message->action_name, action_name) == 0)
    return;

  clear_message (message);
  message->text = g_strdup (text);
  message->button_label = g_strdup (button_label);
  message->action_name = g_strdup (action_name);
  update (self);
}

/**
 * upkeep_notice_hide:
 * @self: a bar
 * @role: which message
 *
 * Takes the message of a role away, if there is one.
 */
void
upkeep_notice_hide (UpkeepNotice *self, UpkeepNoticeRole role)
{
  g_return_if_fail (UPKEEP_IS_NOTICE (self));
  g_return_if_fail (role < UPKEEP_N_NOTICE_ROLES);

  clear_message (&self->messages[role]);
  update (self);
}

/**
 * upkeep_notice_is_shown:
 * @self: a bar
 * @role: which message
 *
 * Gets whether the message of a role is the one that is seen.
 *
 * Returns: whether it is
 */
gboolean
upkeep_notice_is_shown (UpkeepNotice *self, UpkeepNoticeRole role)
{
  g_return_val_if_fail (UPKEEP_IS_NOTICE (self), FALSE);
  g_return_val_if_fail (role < UPKEEP_N_NOTICE_ROLES, FALSE);

  if (self->messages[role].text == NULL)
    return FALSE;
  for (guint i = role + 1; i < UPKEEP_N_NOTICE_ROLES; i++) {
    if (self->messages[i].text != NULL)
      return FALSE;
  }
  return TRUE;
}

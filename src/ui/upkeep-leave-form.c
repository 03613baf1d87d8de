/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upkeep-leave-form.h"

#include "upkeep-leave-words.h"

#include <glib/gi18n.h>

/**
 * UpkeepLeaveForm:
 *
 * Asks why one left: four answers and words of one's own, and a button (RULES B-02).
 *
 * It stands where everything is over already, and doing nothing leaves the question unanswered (UX
 * 1.5, 9).
 */
struct _UpkeepLeaveForm {
  AdwBin parent_instance;

  UpkeepSession *session;    /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */

  /* Template */
  GtkWidget *question;
  GtkBox *answers;
  GtkEditable *entry;
  GtkWidget *send_button;
  GtkLabel *state_label;

  GtkCheckButton *radios[UPKEEP_N_LEAVE_REASONS];
};

G_DEFINE_FINAL_TYPE (UpkeepLeaveForm, upkeep_leave_form, ADW_TYPE_BIN)

static void
tell_state (UpkeepLeaveForm *self, const char *words)
{
  gtk_label_set_text (self->state_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), TRUE);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean told = upkeep_session_tell_reason_finish (UPKEEP_SESSION (source), result, &error);
  UpkeepLeaveForm *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = UPKEEP_LEAVE_FORM (user_data);
  if (told) {
    gtk_widget_set_visible (self->question, FALSE);
    tell_state (self, _ ("Thank you. It was sent."));
    return;
  }

  gtk_widget_set_sensitive (self->question, TRUE);
  tell_state (self, _ ("It could not be sent. Your plan is cancelled all the same."));
}

static void
send_clicked_cb (UpkeepLeaveForm *self)
{
  const char *text = gtk_editable_get_text (self->entry);

  for (guint i = 0; i < UPKEEP_N_LEAVE_REASONS; i++) {
    if (gtk_check_button_get_active (self->radios[i])) {
      gtk_widget_set_sensitive (self->question, FALSE);
      upkeep_session_tell_reason_async (self->session, (UpkeepLeaveReason) i,
                                        *text != '\0' ? text : NULL, self->cancellable, told_cb,
                                        self);
      return;
    }
  }
}

static void
chosen_cb (UpkeepLeaveForm *self)
{
  gtk_widget_set_sensitive (self->send_button, TRUE);
}

/* What is too long for the service cannot be typed. */
static void
add_answers (UpkeepLeaveForm *self)
{
  /* Never on: no answer is chosen before somebody chooses one. */
  GtkWidget *group = gtk_check_button_new ();

  gtk_widget_set_visible (group, FALSE);
  gtk_box_append (self->answers, group);
  for (guint i = 0; i < UPKEEP_N_LEAVE_REASONS; i++) {
    GtkWidget *radio =
        gtk_check_button_new_with_label (upkeep_leave_reason_title ((UpkeepLeaveReason) i));

    gtk_check_button_set_group (GTK_CHECK_BUTTON (radio), GTK_CHECK_BUTTON (group));
    g_signal_connect_swapped (radio, "toggled", G_CALLBACK (chosen_cb), self);
    gtk_box_append (self->answers, radio);
    self->radios[i] = GTK_CHECK_BUTTON (radio);
  }
}

static void
upkeep_leave_form_dispose (GObject *object)
{
  UpkeepLeaveForm *self = UPKEEP_LEAVE_FORM (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), UPKEEP_TYPE_LEAVE_FORM);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (upkeep_leave_form_parent_class)->dispose (object);
}

static void
upkeep_leave_form_finalize (GObject *object)
{
  UpkeepLeaveForm *self = UPKEEP_LEAVE_FORM (object);

  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (upkeep_leave_form_parent_class)->finalize (object);
}

static void
upkeep_leave_form_class_init (UpkeepLeaveFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = upkeep_leave_form_dispose;
  object_class->finalize = upkeep_leave_form_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/upkeep/Upkeep/ui/upkeep-leave-form.ui");
  gtk_widget_class_bind_template_child (widget_class, UpkeepLeaveForm, question);
  gtk_widget_class_bind_template_child (widget_class, UpkeepLeaveForm, answers);
  gtk_widget_class_bind_template_child (widget_class, UpkeepLeaveForm, entry);
  gtk_widget_class_bind_template_child (widget_class, UpkeepLeaveForm, send_button);
  gtk_widget_class_bind_template_child (widget_class, UpkeepLeaveForm, state_label);
  gtk_widget_class_bind_template_callback (widget_class, send_clicked_cb);
}

static void
upkeep_leave_form_init (UpkeepLeaveForm *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_answers (self);
}

/**
 * upkeep_leave_form_new:
 * @session: whom to tell
 *
 * Makes a form that has not been answered.
 *
 * Returns: (transfer floating): the form
 */
GtkWidget *
upkeep_leave_form_new (UpkeepSession *session)
{
  UpkeepLeaveForm *self;

  g_return_val_if_fail (UPKEEP_IS_SESSION (session), NULL);

  self = g_object_new (UPKEEP_TYPE_LEAVE_FORM, NULL);
  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

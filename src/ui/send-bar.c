/* send-bar.c: a line of text or JSON for one board, with its history */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/send-bar.h"

#include "ui/send-history.h"

struct _SondeSendBar
{
  GtkBox parent_instance;
  SondeWorkbench *workbench;
  SondeSendHistory *history;
  char *device; /* NULL: the active board */
  GtkEntry *entry;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (SondeSendBar, sonde_send_bar, GTK_TYPE_BOX)

static const char *
get_addressee (SondeSendBar *self)
{
  SondeDeviceRow *active = sonde_workbench_get_active_device (self->workbench);

  if (self->device != NULL)
    return self->device;
  return active == NULL ? NULL : sonde_device_row_get_name (active);
}

static void
update_addressee (SondeSendBar *self)
{
  const char *name = get_addressee (self);
  g_autofree char *text
      = name == NULL
            ? g_strdup ("No board to send to yet")
            : g_strdup_printf ("Text or JSON for %s (Up and Down bring back what was sent)", name);

  if (g_strcmp0 (gtk_entry_get_placeholder_text (self->entry), text) == 0)
    return;
  gtk_entry_set_placeholder_text (self->entry, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), name != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), name != NULL);
}

static void
on_send (SondeSendBar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const char *device = get_addressee (self);

  if (text[0] == '\0' || device == NULL)
    return;
  sonde_workbench_send_text (self->workbench, device, text);
  sonde_send_history_add (self->history, text);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        gpointer user_data)
{
  SondeSendBar *self = user_data;
  const char *text = NULL;

  if (key == GDK_KEY_Up)
    text = sonde_send_history_older (self->history,
                                     gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  else if (key == GDK_KEY_Down)
    text = sonde_send_history_newer (self->history);
  else
    return GDK_EVENT_PROPAGATE;
  if (text != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
      gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
    }
  return GDK_EVENT_STOP;
}

static void
sonde_send_bar_dispose (GObject *object)
{
  SondeSendBar *self = SONDE_SEND_BAR (object);

  g_clear_object (&self->workbench);
  g_clear_pointer (&self->history, sonde_send_history_free);
  g_clear_pointer (&self->device, g_free);
  G_OBJECT_CLASS (sonde_send_bar_parent_class)->dispose (object);
}

static void
sonde_send_bar_class_init (SondeSendBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_send_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/send-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeSendBar, entry);
  gtk_widget_class_bind_template_child (widget_class, SondeSendBar, button);
  gtk_widget_class_bind_template_callback (widget_class, on_send);
}

static void
sonde_send_bar_init (SondeSendBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "sonde", "send-history", NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->history = sonde_send_history_new (path);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

void
sonde_send_bar_set_workbench (SondeSendBar *self, SondeWorkbench *workbench)
{
  self->workbench = g_object_ref (workbench);
  g_signal_connect_object (workbench, "device-changed", G_CALLBACK (update_addressee), self,
                           G_CONNECT_SWAPPED);
  update_addressee (self);
}

void
sonde_send_bar_set_device (SondeSendBar *self, const char *device)
{
  g_free (self->device);
  self->device = g_strdup (device);
  update_addressee (self);
}

/* tab-out.c: Tab leaves a long list instead of walking through all of its rows */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tab-out.h"

static GtkWidget *
get_neighbour (GtkWidget *widget, GtkDirectionType direction)
{
  return direction == GTK_DIR_TAB_FORWARD ? gtk_widget_get_next_sibling (widget)
                                          : gtk_widget_get_prev_sibling (widget);
}

static gboolean
leave (GtkWidget *list, GtkDirectionType direction)
{
  for (GtkWidget *around = list; around != NULL && !GTK_IS_ROOT (around);
       around = gtk_widget_get_parent (around))
    for (GtkWidget *other = get_neighbour (around, direction); other != NULL;
         other = get_neighbour (other, direction))
      if (gtk_widget_get_mapped (other) && gtk_widget_child_focus (other, direction))
        return TRUE;
  return FALSE;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        gpointer data)
{
  GtkWidget *list = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Tab || key == GDK_KEY_KP_Tab)
    return leave (list, GTK_DIR_TAB_FORWARD);
  if (key == GDK_KEY_ISO_Left_Tab)
    return leave (list, GTK_DIR_TAB_BACKWARD);
  return GDK_EVENT_PROPAGATE;
}

/* A list view of GTK 4.8 has no tab behaviour to set. */
void
sonde_tab_out_add (GtkWidget *list)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (list, keys);
}

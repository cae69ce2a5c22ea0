/* tap-window.c: the raw messages of one board */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tap-window.h"

#include "base/clock.h"

#define MAX_LINES 2000

struct _SondeTapWindow
{
  AdwWindow parent_instance;
  SondeWorkbench *workbench;
  char *device;
  gulong on_tap;
  GString *waiting; /* text of this tick */
  gulong on_ticked;
  AdwWindowTitle *title;
  GtkToggleButton *pause_button;
  GtkScrolledWindow *scroller;
  GtkTextView *text_view;
};

G_DEFINE_FINAL_TYPE (SondeTapWindow, sonde_tap_window, ADW_TYPE_WINDOW)

static void
on_tap (SondeWorkbench *workbench, const char *device, gboolean is_outgoing, const char *text,
        gpointer user_data)
{
  SondeTapWindow *self = user_data;
  g_autoptr (GDateTime) time
      = g_date_time_new_from_unix_local (sonde_clock_real_us () / G_USEC_PER_SEC);
  g_autofree char *clock = time == NULL ? g_strdup ("") : g_date_time_format (time, "%H:%M:%S");

  if (device[0] != '\0' && g_strcmp0 (device, self->device) != 0)
    return;
  if (!gtk_toggle_button_get_active (self->pause_button))
    g_string_append_printf (self->waiting, "%s %s %s\n", clock, is_outgoing ? "→" : "←", text);
}

static void
drop_oldest (GtkTextBuffer *buffer)
{
  int n = gtk_text_buffer_get_line_count (buffer);
  GtkTextIter start, end;

  if (n <= MAX_LINES)
    return;
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_get_iter_at_line (buffer, &end, n - MAX_LINES);
  gtk_text_buffer_delete (buffer, &start, &end);
}

/* Once a tick, not once a message: a board sends thousands a second. */
static void
on_ticked (SondeWorkbench *workbench, gpointer user_data)
{
  SondeTapWindow *self = user_data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  gboolean is_at_end
      = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)
        >= gtk_adjustment_get_upper (adjustment) - 4;
  GtkTextIter end;

  if (self->waiting->len == 0)
    return;
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, self->waiting->str, (int) self->waiting->len);
  g_string_truncate (self->waiting, 0);
  drop_oldest (buffer);
  if (!is_at_end)
    return;
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  gtk_text_view_scroll_mark_onscreen (self->text_view, gtk_text_buffer_get_insert (buffer));
}

static void
on_clear_clicked (SondeTapWindow *self)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), "", 0);
}

static void
on_copy_clicked (SondeTapWindow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
sonde_tap_window_dispose (GObject *object)
{
  SondeTapWindow *self = SONDE_TAP_WINDOW (object);

  if (self->workbench != NULL)
    sonde_workbench_tap (self->workbench, self->device, FALSE);
  g_clear_signal_handler (&self->on_tap, self->workbench);
  g_clear_signal_handler (&self->on_ticked, self->workbench);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_tap_window_parent_class)->dispose (object);
}

static void
sonde_tap_window_finalize (GObject *object)
{
  SondeTapWindow *self = SONDE_TAP_WINDOW (object);

  g_string_free (self->waiting, TRUE);
  g_free (self->device);
  G_OBJECT_CLASS (sonde_tap_window_parent_class)->finalize (object);
}

static void
sonde_tap_window_class_init (SondeTapWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_tap_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sonde_tap_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/tap-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeTapWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SondeTapWindow, pause_button);
  gtk_widget_class_bind_template_child (widget_class, SondeTapWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, SondeTapWindow, text_view);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
sonde_tap_window_init (SondeTapWindow *self)
{
  self->waiting = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sonde_tap_window_new (SondeWorkbench *workbench, const char *device)
{
  SondeTapWindow *self = g_object_new (SONDE_TYPE_TAP_WINDOW, "title", "Raw Messages", NULL);

  self->workbench = g_object_ref (workbench);
  self->device = g_strdup (device);
  adw_window_title_set_title (self->title, "Raw Messages");
  adw_window_title_set_subtitle (self->title, device);
  self->on_tap = g_signal_connect (workbench, "tap", G_CALLBACK (on_tap), self);
  self->on_ticked = g_signal_connect (workbench, "ticked", G_CALLBACK (on_ticked), self);
  sonde_workbench_tap (workbench, device, TRUE);
  return GTK_WIDGET (self);
}

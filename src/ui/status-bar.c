/* status-bar.c: the line below the monitor: board, round trip, samples, losses, history */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/status-bar.h"

#include "ui/device-button.h"
#include "ui/readout.h"
#include "ui/url-box.h"

#define TICKS_PER_UPDATE 8 /* of the workbench: about four a second */

struct _SondeStatusBar
{
  GtkWidget parent_instance;
  SondeWorkbench *workbench;
  guint n_ticks;
  GtkWidget *dot;
  GtkLabel *name, *rtt, *samples, *lost, *waiting, *reach, *history;
  SondeUrlBox *url;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (SondeStatusBar, sonde_status_bar, GTK_TYPE_WIDGET)

/* A label that is set anew is laid out anew, even when it says the same. */
static void
say (GtkLabel *label, const char *text)
{
  if (!g_str_equal (gtk_label_get_text (label), text))
    gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text[0] != '\0');
}

static void
show_facts (SondeStatusBar *self, const SondeDeviceFacts *facts)
{
  g_autofree char *samples = sonde_readout_dup_count ((guint64) facts->samples_hz);
  g_autofree char *samples_text = g_strdup_printf ("%s samples/s", samples);
  g_autofree char *lost = sonde_readout_dup_count (facts->n_lost_samples);
  g_autofree char *lost_text = g_strdup_printf ("%s lost", lost);
  g_autofree char *rtt = sonde_readout_dup_round_trip (facts->rtt_us);
  g_autofree char *rtt_text = rtt[0] == '\0' ? g_strdup ("") : g_strdup_printf ("RTT %s", rtt);

  say (self->rtt, rtt_text);
  say (self->samples, samples_text);
  say (self->lost, lost_text);
}

static void
show_device (SondeStatusBar *self, SondeDeviceRow *row)
{
  const char *classes[] = { "dot", sonde_device_dot_class (row), NULL };
  g_autofree char *lost = NULL;

  gtk_widget_set_css_classes (self->dot, classes);
  if (row == NULL || sonde_device_row_is_connected (row))
    {
      say (self->name, row == NULL ? "" : sonde_device_row_get_name (row));
    }
  else
    {
      lost = g_strdup_printf ("%s is gone, waiting for it", sonde_device_row_get_name (row));
      say (self->name, lost);
    }
  if (row != NULL)
    {
      show_facts (self, sonde_device_row_get_facts (row));
      return;
    }
  say (self->rtt, "");
  say (self->samples, "");
  say (self->lost, "");
}

static void
show_history (SondeStatusBar *self, gboolean has_device)
{
  gsize budget = 0;
  const gsize used = sonde_workbench_get_history (self->workbench, &budget);
  const double share = budget > 0 ? (double) used / (double) budget : 0;
  g_autofree char *size = sonde_readout_dup_size (budget);
  g_autofree char *text = g_strdup_printf ("%.0f %% of %s", share * 100, size);

  gtk_widget_set_visible (GTK_WIDGET (self->bar), has_device);
  gtk_progress_bar_set_fraction (self->bar, MIN (share, 1));
  say (self->history, has_device ? text : "");
}

void
sonde_status_bar_update (SondeStatusBar *self)
{
  SondeDeviceRow *row = sonde_workbench_get_active_device (self->workbench);
  const char *url = sonde_workbench_get_url (self->workbench);

  show_device (self, row);
  show_history (self, row != NULL);
  say (self->waiting, row != NULL   ? ""
                      : url == NULL ? "Not listening: no board can connect"
                                    : "No device yet. Firmware dials in at");
  say (self->reach, row == NULL && url != NULL ? "Only this computer can connect" : "");
  gtk_widget_set_visible (GTK_WIDGET (self->url), row == NULL && url != NULL);
  sonde_url_box_set_url (self->url, url);
}

static void
on_ticked (SondeStatusBar *self)
{
  if (self->n_ticks++ % TICKS_PER_UPDATE == 0)
    sonde_status_bar_update (self);
}

static void
sonde_status_bar_dispose (GObject *object)
{
  SondeStatusBar *self = SONDE_STATUS_BAR (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_status_bar_parent_class)->dispose (object);
}

static void
sonde_status_bar_class_init (SondeStatusBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_status_bar_dispose;
  g_type_ensure (SONDE_TYPE_URL_BOX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeStatusBar, dot);
  gtk_widget_class_bind_template_child (widget_class, SondeStatusBar, name);
  gtk_widget_class_bind_template_child (widget_class, SondeStatusBar, rtt);
  gtk_widget_class_bind_template_child (widget_class, SondeStatusBar, samples);
  gtk_widget_class_bind_template_child (widget_class, SondeStatusBar, lost);
  gtk_widget_class_bind_template_child (widget_class, SondeStatusBar, waiting);
  gtk_widget_class_bind_template_child (widget_class, SondeStatusBar, reach);
  gtk_widget_class_bind_template_child (widget_class, SondeStatusBar, history);
  gtk_widget_class_bind_template_child (widget_class, SondeStatusBar, url);
  gtk_widget_class_bind_template_child (widget_class, SondeStatusBar, bar);
}

static void
sonde_status_bar_init (SondeStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sonde_status_bar_set_workbench (SondeStatusBar *self, SondeWorkbench *workbench)
{
  self->workbench = g_object_ref (workbench);
  g_signal_connect_object (workbench, "ticked", G_CALLBACK (on_ticked), self, G_CONNECT_SWAPPED);
  sonde_status_bar_update (self);
}

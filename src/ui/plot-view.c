/* plot-view.c: a plot of live or recorded signals: zoom, pan, hover, follow */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot-view.h"

#include "ui/plot-canvas.h"
#include "ui/plot-gestures.h"
#include "ui/plot-legend.h"
#include "ui/plot-menu.h"

#define STRIP_START_PX 56 /* chips begin where the data do */
#define STRIP_END_PX 8

struct _SondePlotView
{
  GtkWidget parent_instance;
  SondePlotCanvas *canvas;
  SondePlotControl *control; /* borrowed from the canvas, as the traces */
  SondePlotTraces *traces;
  SondePlotLegend *legend;
  GtkWidget *strip; /* legend and tools */
  GtkWidget *live;  /* the pill */
};

G_DEFINE_FINAL_TYPE (SondePlotView, sonde_plot_view, GTK_TYPE_WIDGET)

enum
{
  VIEW_CHANGED,
  TRACE_REMOVED,
  TRACE_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_changed (SondePlotView *self)
{
  gtk_widget_set_visible (self->live, !sonde_plot_view_is_live (self));
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

static void
on_chip_activated (SondePlotView *self, SondeSource *source)
{
  g_signal_emit (self, signals[TRACE_ACTIVATED], 0, source);
}

static void
on_chip_removed (SondePlotView *self, SondeSource *source)
{
  sonde_plot_view_remove_source (self, source);
  g_signal_emit (self, signals[TRACE_REMOVED], 0, source);
}

static void
sonde_plot_view_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sonde_plot_view_parent_class)->dispose (object);
}

static gboolean
sonde_plot_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SONDE_PLOT_VIEW (widget)->canvas));
}

static void
sonde_plot_view_class_init (SondePlotViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_plot_view_dispose;
  widget_class->grab_focus = sonde_plot_view_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "plotview");
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", SONDE_TYPE_PLOT_VIEW, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TRACE_REMOVED] = g_signal_new ("trace-removed", SONDE_TYPE_PLOT_VIEW, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, SONDE_TYPE_SOURCE);
  signals[TRACE_ACTIVATED]
      = g_signal_new ("trace-activated", SONDE_TYPE_PLOT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, SONDE_TYPE_SOURCE);
}

static GtkWidget *
new_live_pill (SondePlotView *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *pill = gtk_button_new ();

  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("media-skip-forward-symbolic"));
  gtk_box_append (GTK_BOX (content), gtk_label_new ("Live"));
  gtk_button_set_child (GTK_BUTTON (pill), content);
  gtk_widget_add_css_class (pill, "suggested-action");
  gtk_widget_add_css_class (pill, "live-pill");
  gtk_widget_set_name (pill, "live-pill");
  gtk_widget_set_tooltip_text (pill, "Follow the newest samples (End)");
  gtk_widget_set_halign (pill, GTK_ALIGN_END);
  gtk_widget_set_valign (pill, GTK_ALIGN_END);
  gtk_widget_set_margin_end (pill, STRIP_END_PX);
  gtk_widget_set_margin_bottom (pill, 3);
  gtk_widget_set_visible (pill, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pill), GTK_ACCESSIBLE_PROPERTY_LABEL, "Live", -1);
  g_signal_connect_swapped (pill, "clicked", G_CALLBACK (sonde_plot_view_follow), self);
  return pill;
}

static void
build_strip (SondePlotView *self)
{
  self->strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_widget_set_direction (self->strip, GTK_TEXT_DIR_LTR); /* above the left gutter of the plot */
  self->legend = SONDE_PLOT_LEGEND (sonde_plot_legend_new (self->canvas));
  gtk_widget_set_hexpand (GTK_WIDGET (self->legend), TRUE);
  gtk_widget_set_margin_start (self->strip, STRIP_START_PX);
  gtk_widget_set_margin_end (self->strip, STRIP_END_PX);
  gtk_box_append (GTK_BOX (self->strip), GTK_WIDGET (self->legend));
  g_signal_connect_object (self->legend, "activated", G_CALLBACK (on_chip_activated), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->legend, "removed", G_CALLBACK (on_chip_removed), self,
                           G_CONNECT_SWAPPED);
}

/* Plots run from left to right everywhere: time does. */
static void
sonde_plot_view_init (SondePlotView *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  self->canvas = SONDE_PLOT_CANVAS (sonde_plot_canvas_new ());
  self->control = sonde_plot_canvas_get_control (self->canvas);
  self->traces = sonde_plot_canvas_get_traces (self->canvas);
  self->live = new_live_pill (self);
  gtk_widget_set_name (GTK_WIDGET (self->canvas), "plot");
  gtk_widget_set_hexpand (GTK_WIDGET (self->canvas), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->canvas), TRUE);
  gtk_widget_set_direction (overlay, GTK_TEXT_DIR_LTR);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->canvas));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->live);
  build_strip (self);
  gtk_widget_set_parent (self->strip, GTK_WIDGET (self));
  gtk_widget_set_parent (overlay, GTK_WIDGET (self));
  sonde_plot_gestures_attach (self->canvas);
  sonde_plot_menu_attach (self->canvas);
  g_signal_connect_object (self->control, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
sonde_plot_view_new (void)
{
  return g_object_new (SONDE_TYPE_PLOT_VIEW, NULL);
}

void
sonde_plot_view_set_range (SondePlotView *self, SondePlotRange *range)
{
  sonde_plot_control_set_range (self->control, range);
}

SondePlotRange *
sonde_plot_view_get_range (SondePlotView *self)
{
  return sonde_plot_control_get_range (self->control);
}

static void
on_traces_changed (SondePlotView *self)
{
  sonde_plot_canvas_traces_changed (self->canvas);
  sonde_plot_legend_rebuild (self->legend);
}

guint
sonde_plot_view_add_source (SondePlotView *self, SondeSource *source, const char *name,
                            const char *unit, int slot, SondeType *type, const char *device)
{
  const SondeTraceEntry *old = sonde_plot_traces_lookup (self->traces, source);
  const guint free_slot
      = old != NULL ? old->plot.slot : sonde_plot_traces_find_free_slot (self->traces);
  g_autofree char *full_name
      = device != NULL ? g_strdup_printf ("%s:%s", device, name) : g_strdup (name);
  const SondeTraceTexts texts = { full_name, unit, type, slot >= 0 ? (guint) slot : free_slot };

  sonde_plot_traces_put (self->traces, source, &texts);
  on_traces_changed (self);
  return texts.slot;
}

void
sonde_plot_view_remove_source (SondePlotView *self, SondeSource *source)
{
  if (!sonde_plot_view_has_source (self, source))
    return;
  sonde_plot_traces_remove (self->traces, source);
  on_traces_changed (self);
}

gboolean
sonde_plot_view_has_source (SondePlotView *self, SondeSource *source)
{
  return sonde_plot_traces_lookup (self->traces, source) != NULL;
}

guint
sonde_plot_view_get_n_sources (SondePlotView *self)
{
  return sonde_plot_traces_get_n (self->traces);
}

void
sonde_plot_view_clear (SondePlotView *self)
{
  while (sonde_plot_traces_get_n (self->traces) > 0)
    sonde_plot_traces_remove (self->traces, sonde_plot_traces_get (self->traces, 0)->plot.source);
  on_traces_changed (self);
}

void
sonde_plot_view_set_span_us (SondePlotView *self, gint64 span_us)
{
  sonde_plot_control_set_span (self->control, span_us * 1000);
}

gboolean
sonde_plot_view_get_visible_span (SondePlotView *self, gint64 *start_us, gint64 *end_us)
{
  const SondePlotSpan span = sonde_plot_control_get_span (self->control);
  gint64 first_us, last_us;

  *start_us = span.start_ns / 1000;
  *end_us = (span.start_ns + span.span_ns + 999) / 1000;
  return sonde_plot_traces_get_extent (self->traces, &first_us, &last_us);
}

gboolean
sonde_plot_view_is_live (SondePlotView *self)
{
  return sonde_plot_control_get_span (self->control).is_following
         && !sonde_plot_control_get_frozen (self->control);
}

void
sonde_plot_view_follow (SondePlotView *self)
{
  sonde_plot_control_follow (self->control);
}

void
sonde_plot_view_set_frozen (SondePlotView *self, gboolean is_frozen)
{
  sonde_plot_control_set_frozen (self->control, is_frozen);
}

gboolean
sonde_plot_view_get_frozen (SondePlotView *self)
{
  return sonde_plot_control_get_frozen (self->control);
}

void
sonde_plot_view_fit (SondePlotView *self)
{
  gint64 first_us, last_us;

  if (sonde_plot_traces_get_extent (self->traces, &first_us, &last_us))
    sonde_plot_control_fit (self->control, first_us, last_us);
}

void
sonde_plot_view_set_y_mode (SondePlotView *self, SondeYMode mode, double low, double high)
{
  sonde_plot_control_set_y (self->control, (SondeYRange){ mode, low, high });
}

SondeYRange
sonde_plot_view_get_y (SondePlotView *self)
{
  return sonde_plot_control_get_y (self->control);
}

gboolean
sonde_plot_view_back (SondePlotView *self)
{
  return sonde_plot_control_back (self->control);
}

void
sonde_plot_view_set_fps (SondePlotView *self, guint fps)
{
  sonde_plot_canvas_set_fps (self->canvas, fps);
}

void
sonde_plot_view_add_tool (SondePlotView *self, GtkWidget *tool)
{
  gtk_box_append (GTK_BOX (self->strip), tool);
}

cairo_surface_t *
sonde_plot_view_dup_snapshot (SondePlotView *self, double scale)
{
  return sonde_plot_canvas_paint (self->canvas, scale);
}

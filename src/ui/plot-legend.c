/* plot-legend.c: a chip for each trace of a plot: swatch, name, value, unit */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot-legend.h"

#include "ui/swatch.h"

#define HEIGHT_PX 30
#define VALUE_CHARS 7 /* a value that counts must not move its neighbours */

struct _SondePlotLegend
{
  GtkWidget parent_instance;
  SondePlotCanvas *canvas; /* referenced */
  GtkWidget *scroller;
  GtkWidget *box;
  GPtrArray *values; /* GtkLabel, by the index of the trace; borrowed */
  GPtrArray *names;  /* GtkLabel, likewise */
  int full_width_px; /* of the chips with whole names */
  gboolean is_short;
  guint fit_id;
};

G_DEFINE_FINAL_TYPE (SondePlotLegend, sonde_plot_legend, GTK_TYPE_WIDGET)

enum
{
  ACTIVATED,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static SondeSource *
source_of (gpointer chip)
{
  return g_object_get_data (chip, "source");
}

static void
on_clicked (GtkButton *chip, SondePlotLegend *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0, source_of (chip));
}

static void
remove_chip (SondePlotLegend *self, GtkWidget *chip)
{
  g_autoptr (SondeSource) source = g_object_ref (source_of (chip));

  g_signal_emit (self, signals[REMOVED], 0, source);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        SondePlotLegend *self)
{
  if (key != GDK_KEY_Delete)
    return GDK_EVENT_PROPAGATE;
  remove_chip (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)));
  return GDK_EVENT_STOP;
}

static void
on_remove_clicked (GtkButton *button, GtkWidget *chip)
{
  SondePlotLegend *self
      = SONDE_PLOT_LEGEND (gtk_widget_get_ancestor (chip, SONDE_TYPE_PLOT_LEGEND));

  gtk_popover_popdown (
      GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER)));
  remove_chip (self, chip);
}

static void
on_popover_closed (GtkWidget *popover)
{
  gtk_widget_unparent (popover);
}

static void
on_secondary (GtkGestureClick *gesture, int n_press, double x, double y, SondePlotLegend *self)
{
  GtkWidget *chip = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *button = gtk_button_new_with_label ("Remove from Plot");

  gtk_widget_add_css_class (button, "flat");
  gtk_popover_set_child (GTK_POPOVER (popover), button);
  gtk_widget_set_parent (popover, chip);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_clicked), chip, 0);
  g_signal_connect_after (popover, "closed", G_CALLBACK (on_popover_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
on_middle (GtkGestureClick *gesture, int n_press, double x, double y, SondePlotLegend *self)
{
  remove_chip (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
}

static void
add_click (SondePlotLegend *self, GtkWidget *chip, guint button, GCallback callback)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  g_signal_connect_object (click, "released", callback, self, 0);
  gtk_widget_add_controller (chip, GTK_EVENT_CONTROLLER (click));
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
new_chip_content (SondePlotLegend *self, const SondeTraceEntry *trace)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = sonde_swatch_new ();
  GtkWidget *name = new_label (trace->name, NULL);
  GtkWidget *value = new_label ("", "numeric");

  gtk_widget_set_direction (box, GTK_TEXT_DIR_LTR);
  sonde_swatch_set_slot (swatch, (int) trace->plot.slot);
  gtk_label_set_width_chars (GTK_LABEL (value), VALUE_CHARS);
  gtk_widget_set_direction (value, GTK_TEXT_DIR_LTR);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), value);
  if (trace->unit != NULL && *trace->unit != 0)
    gtk_box_append (GTK_BOX (box), new_label (trace->unit, "dim2"));
  g_ptr_array_add (self->names, name);
  g_ptr_array_add (self->values, value);
  return box;
}

static void
add_chip (SondePlotLegend *self, const SondeTraceEntry *trace)
{
  GtkWidget *chip = gtk_button_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  gtk_widget_add_css_class (chip, "flat");
  gtk_widget_add_css_class (chip, "legend-chip");
  gtk_widget_set_direction (chip, GTK_TEXT_DIR_LTR);
  gtk_widget_set_tooltip_text (chip, trace->name);
  gtk_button_set_child (GTK_BUTTON (chip), new_chip_content (self, trace));
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, trace->name,
                                  -1);
  g_object_set_data_full (G_OBJECT (chip), "source", g_object_ref (trace->plot.source),
                          g_object_unref);
  g_signal_connect_object (chip, "clicked", G_CALLBACK (on_clicked), self, 0);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (on_key), self, 0);
  gtk_widget_add_controller (chip, key);
  add_click (self, chip, GDK_BUTTON_SECONDARY, G_CALLBACK (on_secondary));
  add_click (self, chip, GDK_BUTTON_MIDDLE, G_CALLBACK (on_middle));
  gtk_box_append (GTK_BOX (self->box), chip);
}

static void
on_read (SondePlotLegend *self)
{
  SondePlotTraces *traces = sonde_plot_canvas_get_traces (self->canvas);

  for (guint i = 0; i < self->values->len; i++)
    {
      g_autofree char *text
          = sonde_plot_canvas_dup_reading (self->canvas, sonde_plot_traces_get (traces, i));

      gtk_label_set_text (self->values->pdata[i], text);
    }
}

/* --- Whole names, or only their leaves where the chips do not fit ------------------------------
 */

static void
show_names (SondePlotLegend *self, gboolean is_short)
{
  SondePlotTraces *traces = sonde_plot_canvas_get_traces (self->canvas);

  self->is_short = is_short;
  for (guint i = 0; i < self->names->len; i++)
    {
      const char *name = sonde_plot_traces_get (traces, i)->name;
      const char *dot = strrchr (name, '.');

      gtk_label_set_text (self->names->pdata[i], is_short && dot != NULL ? dot + 1 : name);
    }
}

static gboolean
fit (gpointer data)
{
  SondePlotLegend *self = data;
  GtkAdjustment *adjustment
      = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  const double room_px = gtk_adjustment_get_page_size (adjustment);

  self->fit_id = 0;
  if (room_px > 0 && self->is_short != (self->full_width_px > room_px))
    show_names (self, !self->is_short);
  return G_SOURCE_REMOVE;
}

/* The room is learned while the legend is laid out; names change after that. */
static void
queue_fit (SondePlotLegend *self)
{
  if (self->fit_id == 0)
    self->fit_id = g_idle_add (fit, self);
}

void
sonde_plot_legend_rebuild (SondePlotLegend *self)
{
  SondePlotTraces *traces = sonde_plot_canvas_get_traces (self->canvas);
  GtkWidget *chip;

  g_ptr_array_set_size (self->names, 0);
  g_ptr_array_set_size (self->values, 0);
  while ((chip = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), chip);
  for (guint i = 0; i < sonde_plot_traces_get_n (traces); i++)
    add_chip (self, sonde_plot_traces_get (traces, i));
  on_read (self);
  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &self->full_width_px, NULL,
                      NULL);
  self->is_short = FALSE;
  queue_fit (self);
}

static void
sonde_plot_legend_dispose (GObject *object)
{
  SondePlotLegend *self = SONDE_PLOT_LEGEND (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->canvas);
  g_clear_handle_id (&self->fit_id, g_source_remove);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  G_OBJECT_CLASS (sonde_plot_legend_parent_class)->dispose (object);
}

static void
sonde_plot_legend_class_init (SondePlotLegendClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sonde_plot_legend_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[ACTIVATED] = g_signal_new ("activated", SONDE_TYPE_PLOT_LEGEND, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, SONDE_TYPE_SOURCE);
  signals[REMOVED] = g_signal_new ("removed", SONDE_TYPE_PLOT_LEGEND, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, SONDE_TYPE_SOURCE);
}

/* Chips that do not fit are reached by scrolling: ten of them must not set the window's width. */
static void
sonde_plot_legend_init (SondePlotLegend *self)
{
  self->values = g_ptr_array_new ();
  self->names = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  g_signal_connect_object (
      gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller)),
      "notify::page-size", G_CALLBACK (queue_fit), self, G_CONNECT_SWAPPED);
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_direction (self->box, GTK_TEXT_DIR_LTR);
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, HEIGHT_PX);
}

GtkWidget *
sonde_plot_legend_new (SondePlotCanvas *canvas)
{
  SondePlotLegend *self = g_object_new (SONDE_TYPE_PLOT_LEGEND, NULL);

  self->canvas = g_object_ref (canvas);
  g_signal_connect_object (canvas, "read", G_CALLBACK (on_read), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

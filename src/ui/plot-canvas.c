/* plot-canvas.c: the picture of a plot-view, and what one can do to its view */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot-canvas.h"

#include <adwaita.h>
#include <math.h>

#include "base/clock.h"
#include "export/plot-hover.h"

#define DEFAULT_FPS 30
#define QUIET_FRAMES 3  /* an open gap grows at a third of that */
#define LIVE_PILL_PX 96 /* at the end of the time axis */
#define LEAST_WIDTH 240
#define LEAST_HEIGHT 120

struct _SondePlotCanvas
{
  GtkWidget parent_instance;
  SondePlotTraces *traces;
  SondePlotControl *control;
  cairo_surface_t *surface; /* the picture; NULL when it is out of date */
  char *font;
  guint timer; /* only while mapped */
  guint fps;
  guint n_quiet;
  gint64 newest_us;
  double pointer_x, pointer_y; /* NAN: outside */
  graphene_rect_t box;         /* being drawn */
  gboolean has_box;
};

G_DEFINE_FINAL_TYPE (SondePlotCanvas, sonde_plot_canvas, GTK_TYPE_WIDGET)

static guint read_signal;

static void
outdate (SondePlotCanvas *self)
{
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- the picture --- */

static SondeThemeFlags
theme_now (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  return (adw_style_manager_get_dark (manager) ? SONDE_THEME_DARK : 0)
         | (adw_style_manager_get_high_contrast (manager) ? SONDE_THEME_HIGH_CONTRAST : 0);
}

/* Without traces; what lies where depends on nothing else. */
static SondePlotPicture
describe (SondePlotCanvas *self, double scale)
{
  const SondeYRange y = sonde_plot_control_get_y (self->control);
  SondePlotPicture picture = {
    .origin_us = sonde_plot_range_get_origin (sonde_plot_control_get_range (self->control)),
    .now_us = sonde_clock_real_us (),
    .low = y.low,
    .high = y.high,
    .width = gtk_widget_get_width (GTK_WIDGET (self)),
    .height = gtk_widget_get_height (GTK_WIDGET (self)),
    .scale = scale,
    .theme = theme_now (),
    .flags = SONDE_PICTURE_TIME_AXIS,
    .font = self->font,
  };
  const SondePlotFrame frame = sonde_plot_painter_get_frame (&picture);

  sonde_plot_control_set_width (self->control, (guint) lround (frame.width * scale));
  picture.span = sonde_plot_control_get_span (self->control);
  picture.reserved_px = picture.span.is_following ? 0 : LIVE_PILL_PX;
  return picture;
}

SondePlotFrame
sonde_plot_canvas_get_frame (SondePlotCanvas *self)
{
  const SondePlotPicture picture = describe (self, gtk_widget_get_scale_factor (GTK_WIDGET (self)));

  return sonde_plot_painter_get_frame (&picture);
}

cairo_surface_t *
sonde_plot_canvas_paint (SondePlotCanvas *self, double scale)
{
  SondePlotPicture picture = describe (self, scale);
  g_autofree SondePlotTrace *traces = sonde_plot_traces_dup_plots (self->traces);
  const guint n = sonde_plot_traces_get_n (self->traces);
  SondeYRange y;
  double min, max;

  if (sonde_plot_painter_measure (traces, n, &picture.span, &min, &max))
    sonde_plot_control_take_extremes (self->control, min, max);
  y = sonde_plot_control_get_y (self->control);
  picture.low = y.low;
  picture.high = y.high;
  picture.traces = traces;
  picture.n_traces = n;
  return sonde_plot_painter_paint (&picture);
}

static gint64
pointer_time (SondePlotCanvas *self)
{
  const SondePlotFrame frame = sonde_plot_canvas_get_frame (self);

  return isnan (self->pointer_x) ? G_MAXINT64 / 2 : sonde_plot_frame_time (&frame, self->pointer_x);
}

char *
sonde_plot_canvas_dup_reading (SondePlotCanvas *self, const SondeTraceEntry *entry)
{
  return sonde_plot_traces_dup_reading (entry, pointer_time (self), NULL, NULL);
}

static void
draw_hover (SondePlotCanvas *self, cairo_t *cr, const SondePlotPicture *picture)
{
  const guint n_traces = sonde_plot_traces_get_n (self->traces);
  g_autofree SondeHoverRow *rows = g_new0 (SondeHoverRow, n_traces);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  const gint64 time_us = pointer_time (self);
  guint n = 0;

  for (guint i = 0; i < n_traces; i++)
    {
      const SondeTraceEntry *entry = sonde_plot_traces_get (self->traces, i);
      SondeHoverRow *row = &rows[n];
      char *text = sonde_plot_traces_dup_reading (entry, time_us, &row->time_us, &row->value);

      g_ptr_array_add (texts, text);
      if (*text == 0)
        continue;
      row->slot = entry->plot.slot;
      row->name = entry->name;
      row->unit = entry->unit;
      row->text = text;
      n++;
    }
  sonde_plot_hover_draw (cr, picture, rows, n, self->pointer_x, self->pointer_y);
}

static void
draw_focus (SondePlotCanvas *self, cairo_t *cr, const SondePlotPicture *picture)
{
  sonde_plot_theme_set_source (cr, sonde_plot_theme_get_ink (picture->theme, SONDE_INK_CURSOR));
  cairo_set_line_width (cr, 2);
  cairo_rectangle (cr, 2, 2, picture->width - 4, picture->height - 4);
  cairo_stroke (cr);
}

static void
sonde_plot_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SondePlotCanvas *self = SONDE_PLOT_CANVAS (widget);
  const int scale = gtk_widget_get_scale_factor (widget);
  const int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  SondePlotPicture picture;
  cairo_t *cr;

  if (width <= 0 || height <= 0)
    return;
  if (self->surface == NULL)
    self->surface = sonde_plot_canvas_paint (self, scale);
  picture = describe (self, scale);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_paint (cr);
  if (self->has_box)
    sonde_plot_hover_draw_box (cr, &picture, self->box.origin.x, self->box.origin.y,
                               self->box.origin.x + self->box.size.width,
                               self->box.origin.y + self->box.size.height);
  else if (!isnan (self->pointer_x) && sonde_plot_traces_get_n (self->traces) > 0)
    draw_hover (self, cr, &picture);
  if (gtk_widget_has_visible_focus (widget))
    draw_focus (self, cr, &picture);
  cairo_destroy (cr);
}

/* --- news --- */

/* Draws only when something that can be seen has changed. */
static gboolean
on_frame (gpointer user_data)
{
  SondePlotCanvas *self = user_data;
  const SondePlotSpan span = sonde_plot_control_get_span (self->control);
  const gint64 before_us = self->newest_us;
  const gboolean has_news = sonde_plot_traces_take_news (self->traces);
  gboolean is_gap_open;

  if (!has_news && ++self->n_quiet < QUIET_FRAMES)
    return G_SOURCE_CONTINUE;
  self->n_quiet = 0;
  self->newest_us = sonde_plot_traces_get_newest (self->traces, &is_gap_open);
  if (!has_news && !is_gap_open)
    return G_SOURCE_CONTINUE;
  if (self->newest_us != G_MININT64)
    sonde_plot_range_set_newest (sonde_plot_control_get_range (self->control), self->newest_us);
  if (!sonde_plot_control_get_frozen (self->control)
      && (span.is_following || before_us < (span.start_ns + span.span_ns) / 1000))
    outdate (self);
  g_signal_emit (self, read_signal, 0);
  return G_SOURCE_CONTINUE;
}

static void
start_timer (SondePlotCanvas *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (1000 / self->fps, on_frame, self);
}

void
sonde_plot_canvas_set_fps (SondePlotCanvas *self, guint fps)
{
  self->fps = MAX (fps, 1);
  if (self->timer != 0)
    start_timer (self);
}

static void
sonde_plot_canvas_map (GtkWidget *widget)
{
  SondePlotCanvas *self = SONDE_PLOT_CANVAS (widget);

  GTK_WIDGET_CLASS (sonde_plot_canvas_parent_class)->map (widget);
  start_timer (self);
}

static void
sonde_plot_canvas_unmap (GtkWidget *widget)
{
  SondePlotCanvas *self = SONDE_PLOT_CANVAS (widget);

  g_clear_handle_id (&self->timer, g_source_remove);
  GTK_WIDGET_CLASS (sonde_plot_canvas_parent_class)->unmap (widget);
}

/* --- the widget --- */

static void
sonde_plot_canvas_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : LEAST_HEIGHT;
  *natural = *minimum * 2;
}

static void
sonde_plot_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  outdate (SONDE_PLOT_CANVAS (widget));
}

/* Axis text is a size of its own, in the family of all other text. */
static void
update_font (SondePlotCanvas *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);

  g_free (self->font);
  self->font = g_strdup_printf ("%s 9", pango_font_description_get_family (font));
}

static void
sonde_plot_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (sonde_plot_canvas_parent_class)->css_changed (widget, change);
  update_font (SONDE_PLOT_CANVAS (widget));
  outdate (SONDE_PLOT_CANVAS (widget));
}

static void
sonde_plot_canvas_dispose (GObject *object)
{
  SondePlotCanvas *self = SONDE_PLOT_CANVAS (object);
  GtkWidget *popover;

  while ((popover = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (popover);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->control);
  G_OBJECT_CLASS (sonde_plot_canvas_parent_class)->dispose (object);
}

static void
sonde_plot_canvas_finalize (GObject *object)
{
  SondePlotCanvas *self = SONDE_PLOT_CANVAS (object);

  sonde_plot_traces_free (self->traces);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_free (self->font);
  G_OBJECT_CLASS (sonde_plot_canvas_parent_class)->finalize (object);
}

static void
sonde_plot_canvas_class_init (SondePlotCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_plot_canvas_dispose;
  G_OBJECT_CLASS (klass)->finalize = sonde_plot_canvas_finalize;
  widget_class->snapshot = sonde_plot_canvas_snapshot;
  widget_class->map = sonde_plot_canvas_map;
  widget_class->unmap = sonde_plot_canvas_unmap;
  widget_class->measure = sonde_plot_canvas_measure;
  widget_class->size_allocate = sonde_plot_canvas_size_allocate;
  widget_class->css_changed = sonde_plot_canvas_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  read_signal = g_signal_new ("read", SONDE_TYPE_PLOT_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);
}

static void
sonde_plot_canvas_init (SondePlotCanvas *self)
{
  self->fps = DEFAULT_FPS;
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->traces = sonde_plot_traces_new ();
  self->control = sonde_plot_control_new ();
  self->pointer_x = NAN;
  self->pointer_y = NAN;
  self->newest_us = G_MININT64;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  g_signal_connect_object (self->control, "changed", G_CALLBACK (outdate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (outdate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (outdate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
}

GtkWidget *
sonde_plot_canvas_new (void)
{
  return g_object_new (SONDE_TYPE_PLOT_CANVAS, NULL);
}

SondePlotControl *
sonde_plot_canvas_get_control (SondePlotCanvas *self)
{
  return self->control;
}

SondePlotTraces *
sonde_plot_canvas_get_traces (SondePlotCanvas *self)
{
  return self->traces;
}

void
sonde_plot_canvas_traces_changed (SondePlotCanvas *self)
{
  g_autofree char *label = sonde_plot_traces_dup_label (self->traces);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  outdate (self);
}

void
sonde_plot_canvas_show_box (SondePlotCanvas *self, const graphene_rect_t *box)
{
  self->has_box = box != NULL;
  if (box != NULL)
    self->box = *box;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
sonde_plot_canvas_set_pointer (SondePlotCanvas *self, double x, double y)
{
  self->pointer_x = x;
  self->pointer_y = y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, read_signal, 0);
}

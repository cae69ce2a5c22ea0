/* plot-canvas.c: the picture of a plot-view, and what one can do to its view */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot-canvas.h"

#include <adwaita.h>
#include <math.h>

#include "base/clock.h"
#include "export/plot-hover.h"
#include "types/text.h"

#define FRAME_MS 33     /* 30 pictures a second at most */
#define QUIET_FRAMES 3  /* an open gap grows at a third of that */
#define LIVE_PILL_PX 96 /* at the end of the time axis */
#define LEAST_WIDTH 240
#define LEAST_HEIGHT 120

struct _SondePlotCanvas
{
  GtkWidget parent_instance;
  GPtrArray *traces; /* SondeCanvasTrace */
  SondePlotControl *control;
  cairo_surface_t *surface; /* the picture; NULL when it is out of date */
  char *font;
  guint timer; /* only while mapped */
  guint n_quiet;
  gint64 newest_us;
  double pointer_x, pointer_y; /* NAN: outside */
  graphene_rect_t box;         /* being drawn */
  gboolean has_box;
};

G_DEFINE_FINAL_TYPE (SondePlotCanvas, sonde_plot_canvas, GTK_TYPE_WIDGET)

static guint read_signal;

static void
free_trace (gpointer data)
{
  SondeCanvasTrace *trace = data;

  g_object_unref (trace->plot.source);
  g_free (trace->name);
  g_free (trace->unit);
  g_clear_pointer (&trace->type, sonde_type_unref);
  g_free (trace);
}

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

static SondePlotTrace *
list_traces (SondePlotCanvas *self)
{
  SondePlotTrace *list = g_new (SondePlotTrace, self->traces->len);

  for (guint i = 0; i < self->traces->len; i++)
    list[i] = ((SondeCanvasTrace *) self->traces->pdata[i])->plot;
  return list;
}

cairo_surface_t *
sonde_plot_canvas_paint (SondePlotCanvas *self, double scale)
{
  SondePlotPicture picture = describe (self, scale);
  g_autofree SondePlotTrace *traces = list_traces (self);
  SondeYRange y;
  double min, max;

  if (sonde_plot_painter_measure (traces, self->traces->len, &picture.span, &min, &max))
    sonde_plot_control_take_extremes (self->control, min, max);
  y = sonde_plot_control_get_y (self->control);
  picture.low = y.low;
  picture.high = y.high;
  picture.traces = traces;
  picture.n_traces = self->traces->len;
  return sonde_plot_painter_paint (&picture);
}

static gboolean
read_nearest (const SondeCanvasTrace *trace, gint64 time_us, gint64 *sample_us, SondeValue *value)
{
  return sonde_source_get_nearest (trace->plot.source, time_us, sample_us, value);
}

static char *
text_of_value (const SondeCanvasTrace *trace, const SondeValue *value)
{
  char number[40];

  if (value->kind != SONDE_VALUE_FLOAT32 && value->kind != SONDE_VALUE_FLOAT64
      && trace->type != NULL)
    return sonde_text_from_value (trace->type, value, SONDE_FORMAT_AUTO);
  g_ascii_formatd (number, sizeof number, "%.7g", sonde_value_to_double (value));
  return number[0] == '-' ? g_strconcat ("\u2212", number + 1, NULL) : g_strdup (number);
}

static gint64
pointer_time (SondePlotCanvas *self)
{
  const SondePlotFrame frame = sonde_plot_canvas_get_frame (self);

  return isnan (self->pointer_x) ? G_MAXINT64 / 2 : sonde_plot_frame_time (&frame, self->pointer_x);
}

char *
sonde_plot_canvas_dup_reading (SondePlotCanvas *self, const SondeCanvasTrace *trace)
{
  SondeValue value;

  if (!read_nearest (trace, pointer_time (self), NULL, &value))
    return g_strdup ("");
  return text_of_value (trace, &value);
}

static void
draw_hover (SondePlotCanvas *self, cairo_t *cr, const SondePlotPicture *picture)
{
  g_autofree SondeHoverRow *rows = g_new0 (SondeHoverRow, self->traces->len);
  const gint64 time_us = pointer_time (self);
  guint n = 0;

  for (guint i = 0; i < self->traces->len; i++)
    {
      const SondeCanvasTrace *trace = self->traces->pdata[i];
      SondeValue value;

      if (!read_nearest (trace, time_us, &rows[n].time_us, &value))
        continue;
      rows[n].slot = trace->plot.slot;
      rows[n].name = trace->name;
      rows[n].unit = trace->unit;
      rows[n].value = sonde_value_to_double (&value);
      rows[n++].text = text_of_value (trace, &value);
    }
  sonde_plot_hover_draw (cr, picture, rows, n, self->pointer_x, self->pointer_y);
  for (guint i = 0; i < n; i++)
    g_free ((char *) rows[i].text);
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
  else if (!isnan (self->pointer_x) && self->traces->len > 0)
    draw_hover (self, cr, &picture);
  if (gtk_widget_has_visible_focus (widget))
    draw_focus (self, cr, &picture);
  cairo_destroy (cr);
}

/* --- news --- */

/* The newest sample of all; where a board is lost, now: the gap is to be seen growing. */
static gint64
find_newest (SondePlotCanvas *self, gboolean *is_gap_open)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SondeMark));
  gint64 newest_us = G_MININT64;

  *is_gap_open = FALSE;
  for (guint i = 0; i < self->traces->len; i++)
    {
      SondeSource *source = ((SondeCanvasTrace *) self->traces->pdata[i])->plot.source;
      gint64 first_us, last_us;

      if (!sonde_source_get_span (source, &first_us, &last_us))
        continue;
      newest_us = MAX (newest_us, last_us);
      g_array_set_size (marks, 0);
      sonde_source_read_marks (source, last_us, G_MAXINT64, marks);
      for (guint k = 0; k < marks->len; k++)
        *is_gap_open |= g_array_index (marks, SondeMark, k).kind == SONDE_MARK_GAP
                        && g_array_index (marks, SondeMark, k).end_us == 0;
    }
  if (*is_gap_open)
    newest_us = MAX (newest_us, sonde_clock_real_us ());
  return newest_us;
}

static gboolean
take_generations (SondePlotCanvas *self)
{
  gboolean has_news = FALSE;

  for (guint i = 0; i < self->traces->len; i++)
    {
      SondeCanvasTrace *trace = self->traces->pdata[i];
      const guint64 generation = sonde_source_get_generation (trace->plot.source);

      has_news |= generation != trace->generation;
      trace->generation = generation;
    }
  return has_news;
}

/* Draws only when something that can be seen has changed. */
static gboolean
on_frame (gpointer user_data)
{
  SondePlotCanvas *self = user_data;
  const SondePlotSpan span = sonde_plot_control_get_span (self->control);
  const gint64 before_us = self->newest_us;
  const gboolean has_news = take_generations (self);
  gboolean is_gap_open;

  if (!has_news && ++self->n_quiet < QUIET_FRAMES)
    return G_SOURCE_CONTINUE;
  self->n_quiet = 0;
  self->newest_us = find_newest (self, &is_gap_open);
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
sonde_plot_canvas_map (GtkWidget *widget)
{
  SondePlotCanvas *self = SONDE_PLOT_CANVAS (widget);

  GTK_WIDGET_CLASS (sonde_plot_canvas_parent_class)->map (widget);
  if (self->timer == 0)
    self->timer = g_timeout_add (FRAME_MS, on_frame, self);
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

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->control);
  G_OBJECT_CLASS (sonde_plot_canvas_parent_class)->dispose (object);
}

static void
sonde_plot_canvas_finalize (GObject *object)
{
  SondePlotCanvas *self = SONDE_PLOT_CANVAS (object);

  g_ptr_array_unref (self->traces);
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
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->traces = g_ptr_array_new_with_free_func (free_trace);
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

static SondeCanvasTrace *
lookup (SondePlotCanvas *self, SondeSource *source)
{
  for (guint i = 0; i < self->traces->len; i++)
    {
      SondeCanvasTrace *trace = self->traces->pdata[i];

      if (trace->plot.source == source)
        return trace;
    }
  return NULL;
}

SondeCanvasTrace *
sonde_plot_canvas_put (SondePlotCanvas *self, SondeSource *source, guint slot)
{
  SondeCanvasTrace *trace = lookup (self, source);

  if (trace == NULL)
    {
      trace = g_new0 (SondeCanvasTrace, 1);
      trace->plot.source = g_object_ref (source);
      trace->generation = G_MAXUINT64;
      g_ptr_array_add (self->traces, trace);
    }
  trace->plot.slot = slot;
  return trace;
}

SondeCanvasTrace *
sonde_plot_canvas_lookup (SondePlotCanvas *self, SondeSource *source)
{
  return lookup (self, source);
}

void
sonde_plot_canvas_remove (SondePlotCanvas *self, SondeSource *source)
{
  g_ptr_array_remove (self->traces, lookup (self, source));
  sonde_plot_canvas_traces_changed (self);
}

guint
sonde_plot_canvas_get_n_traces (SondePlotCanvas *self)
{
  return self->traces->len;
}

SondeCanvasTrace *
sonde_plot_canvas_get_trace (SondePlotCanvas *self, guint index)
{
  return self->traces->pdata[index];
}

void
sonde_plot_canvas_traces_changed (SondePlotCanvas *self)
{
  g_autoptr (GString) label = g_string_new ("Plot");

  for (guint i = 0; i < self->traces->len; i++)
    {
      SondeCanvasTrace *trace = self->traces->pdata[i];

      g_string_append_printf (label, "%s%s", i == 0 ? " of " : ", ", trace->name);
      trace->plot.unit = trace->unit;
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str,
                                  -1);
  outdate (self);
}

gboolean
sonde_plot_canvas_get_extent (SondePlotCanvas *self, gint64 *first_us, gint64 *last_us)
{
  *first_us = G_MAXINT64;
  *last_us = G_MININT64;
  for (guint i = 0; i < self->traces->len; i++)
    {
      const SondeCanvasTrace *trace = self->traces->pdata[i];
      gint64 from_us, to_us;

      if (!sonde_source_get_span (trace->plot.source, &from_us, &to_us))
        continue;
      *first_us = MIN (*first_us, from_us);
      *last_us = MAX (*last_us, to_us);
    }
  return *first_us <= *last_us;
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

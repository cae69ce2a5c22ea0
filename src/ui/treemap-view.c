/* treemap-view.c: flash or RAM as boxes: files of symbols */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/treemap-view.h"

#include <adwaita.h>

#include "export/treemap.h"
#include "ui/readout.h"
#include "ui/treemap-paint.h"

#define LEAST_HEIGHT_PX 72
/* Smaller boxes are no boxes to an eye; what is left of a file stands as one. */
#define MAX_TILES 2000
#define LEAST_AREA_PX2 24
#define REST G_MAXUINT

/* A box on show. */
typedef struct
{
  SondeBox box;
  guint file, tile; /* of the map; tile REST: the small ones of the file together */
  guint64 bytes;
} Cell;

struct _SondeTreemapView
{
  GtkWidget parent_instance;
  const char *memory_name; /* static: "RAM" */
  SondeSizeMap *map;       /* (nullable) */
  int zoomed;              /* file of the map, -1: all */
  guint selected;          /* tile of the map, REST: none */
  GArray *cells;           /* Cell, for the size they were laid out in */
  int laid_width, laid_height;
  GdkTexture *boxes; /* (nullable) the picture of them in that size */
};

G_DEFINE_FINAL_TYPE (SondeTreemapView, sonde_treemap_view, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  ZOOMED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- Layout ----------------------------------------------------------------------------------- */

static const SondeSizeFile *
get_file (SondeTreemapView *self, guint file)
{
  guint n = 0;

  return &sonde_size_map_get_files (self->map, &n)[file];
}

static const SondeSizeTile *
get_tile (SondeTreemapView *self, guint tile)
{
  guint n = 0;

  return &sonde_size_map_get_tiles (self->map, &n)[tile];
}

/* The largest @max symbols of a file, and one box for the others. */
static void
lay_out_file (SondeTreemapView *self, guint file, SondeBox frame, guint max)
{
  const SondeSizeFile *info = get_file (self, file);
  const guint n = MIN (info->n, max);
  g_autofree double *sizes = g_new (double, n + 1);
  g_autofree SondeBox *boxes = g_new (SondeBox, n + 1);
  guint64 rest = info->bytes;

  for (guint i = 0; i < n; i++)
    {
      sizes[i] = (double) get_tile (self, info->first + i)->bytes;
      rest -= get_tile (self, info->first + i)->bytes;
    }
  sizes[n] = (double) rest;
  sonde_treemap_lay_out (sizes, n + 1, frame, boxes);
  for (guint i = 0; i <= n; i++)
    {
      const Cell cell = { sonde_treemap_inset (boxes[i], 0.5), file, i < n ? info->first + i : REST,
                          i < n ? get_tile (self, info->first + i)->bytes : rest };

      if (cell.bytes > 0)
        g_array_append_val (self->cells, cell);
    }
}

static void
lay_out_all (SondeTreemapView *self, SondeBox frame)
{
  guint n = 0;
  const SondeSizeFile *files = sonde_size_map_get_files (self->map, &n);
  g_autofree double *sizes = g_new (double, n + 1);
  g_autofree SondeBox *boxes = g_new (SondeBox, n + 1);

  for (guint i = 0; i < n; i++)
    sizes[i] = (double) files[i].bytes;
  sonde_treemap_lay_out (sizes, n, frame, boxes);
  for (guint i = 0; i < n; i++)
    {
      const double area = boxes[i].width * boxes[i].height;
      const guint room = MAX_TILES - MIN (self->cells->len, MAX_TILES);

      lay_out_file (self, i, sonde_treemap_inset (boxes[i], n > 1 ? 1 : 0),
                    MIN (room, (guint) MAX (area / LEAST_AREA_PX2, 0)));
    }
}

static void
lay_out (SondeTreemapView *self)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));
  const int height = gtk_widget_get_height (GTK_WIDGET (self));
  const SondeBox frame = { 0, 0, width, height };

  if (self->laid_width == width && self->laid_height == height)
    return;
  self->laid_width = width;
  self->laid_height = height;
  g_clear_object (&self->boxes);
  g_array_set_size (self->cells, 0);
  if (self->map == NULL)
    return;
  if (self->zoomed >= 0)
    lay_out_file (self, (guint) self->zoomed, frame, MAX_TILES);
  else
    lay_out_all (self, frame);
}

static void
forget_layout (SondeTreemapView *self)
{
  self->laid_width = -1;
  g_clear_object (&self->boxes);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* -1: none */
static int
find_cell (SondeTreemapView *self, double x, double y)
{
  lay_out (self);
  for (guint i = 0; i < self->cells->len; i++)
    if (sonde_treemap_contains (&g_array_index (self->cells, Cell, i).box, x, y))
      return (int) i;
  return -1;
}

static int
find_selected (SondeTreemapView *self)
{
  lay_out (self);
  for (guint i = 0; self->selected != REST && i < self->cells->len; i++)
    if (g_array_index (self->cells, Cell, i).tile == self->selected)
      return (int) i;
  return -1;
}

/* --- Picture ---------------------------------------------------------------------------------- */

static char *
dup_cell_name (SondeTreemapView *self, const Cell *cell)
{
  const char *file = get_file (self, cell->file)->file;
  g_autofree char *base = file[0] != '\0' ? g_path_get_basename (file) : g_strdup ("no file");

  if (cell->tile != REST)
    return g_strdup (get_tile (self, cell->tile)->name);
  return g_strdup_printf ("small ones of %s", base);
}

static SondeSectionKind
get_kind (SondeTreemapView *self, const Cell *cell)
{
  return get_tile (self, cell->tile != REST ? cell->tile : get_file (self, cell->file)->first)
      ->kind;
}

/* All boxes without the selected one: thousands of strokes are drawn once for a size. */
static GdkTexture *
paint_boxes (SondeTreemapView *self, int width, int height)
{
  const int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;

  cairo_scale (cr, scale, scale);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, i);

      sonde_treemap_paint_box (cr, cell->box, get_kind (self, cell), FALSE);
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize) cairo_image_surface_get_stride (surface) * height * scale);
  texture = gdk_memory_texture_new (width * scale, height * scale, GDK_MEMORY_DEFAULT, bytes,
                                    (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_destroy (surface);
  return texture;
}

static void
draw_texts (SondeTreemapView *self, cairo_t *cr, const GdkRGBA *ink)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, i);
      g_autofree char *name = NULL;
      g_autofree char *bytes = NULL;

      if (!sonde_treemap_has_name (cell->box))
        continue;
      name = dup_cell_name (self, cell);
      bytes = sonde_readout_dup_bytes (cell->bytes);
      sonde_treemap_paint_texts (GTK_WIDGET (self), cr, cell->box, name, bytes, ink);
    }
}

static void
sonde_treemap_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SondeTreemapView *self = SONDE_TREEMAP_VIEW (widget);
  const int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  const int selected = find_selected (self);
  GdkRGBA ink;
  cairo_t *cr;

  if (self->cells->len == 0)
    return;
  if (self->boxes == NULL)
    self->boxes = paint_boxes (self, width, height);
  gtk_snapshot_append_texture (snapshot, self->boxes, &bounds);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  gtk_style_context_get_color (style, &ink);
  if (selected >= 0)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, selected);

      sonde_treemap_paint_box (cr, cell->box, get_kind (self, cell), TRUE);
    }
  draw_texts (self, cr, &ink);
  cairo_destroy (cr);
  if (gtk_widget_has_visible_focus (widget))
    gtk_snapshot_render_focus (snapshot, style, 0, 0, width, height);
}

static void
sonde_treemap_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = LEAST_HEIGHT_PX;
}

/* --- Choosing and zooming --------------------------------------------------------------------- */

static char *
describe_cell (SondeTreemapView *self, const Cell *cell)
{
  const SondeSizeFile *file = get_file (self, cell->file);
  g_autofree char *name = dup_cell_name (self, cell);
  g_autofree char *bytes = sonde_readout_dup_count (cell->bytes);
  const double percent
      = 100.0 * (double) cell->bytes / (double) MAX (sonde_size_map_get_total (self->map), 1);

  if (cell->tile != REST && get_tile (self, cell->tile)->is_rest)
    return g_strdup_printf ("%s\nwithout a symbol\n%s byte%s, %.1f %% of %s", name, bytes,
                            cell->bytes == 1 ? "" : "s", percent, self->memory_name);
  return g_strdup_printf ("%s\n%s%s%s byte%s, %.1f %% of %s", name, file->file,
                          file->file[0] != '\0' ? "\n" : "", bytes, cell->bytes == 1 ? "" : "s",
                          percent, self->memory_name);
}

static void
describe_selected (SondeTreemapView *self)
{
  const int cell = find_selected (self);
  g_autofree char *text
      = cell < 0 ? g_strdup ("") : describe_cell (self, &g_array_index (self->cells, Cell, cell));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
zoom (SondeTreemapView *self, int file)
{
  guint n = 0;

  if (self->map != NULL)
    sonde_size_map_get_files (self->map, &n);
  /* One file alone is all of them. */
  if (file == self->zoomed || (file >= 0 && n < 2))
    return;
  self->zoomed = file;
  forget_layout (self);
  g_signal_emit (self, signals[ZOOMED], 0);
}

static void
choose (SondeTreemapView *self, const Cell *cell)
{
  const SondeSizeTile *tile;

  if (cell->tile == REST)
    return;
  tile = get_tile (self, cell->tile);
  self->selected = cell->tile;
  describe_selected (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHOSEN], 0, tile->address, tile->name);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, SondeTreemapView *self)
{
  const int found = find_cell (self, x, y);
  Cell cell;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (found < 0)
    return;
  cell = g_array_index (self->cells, Cell, found);
  zoom (self, (int) cell.file);
  choose (self, &cell);
}

static void
walk (SondeTreemapView *self, SondeTreemapWay way)
{
  g_autofree SondeBox *boxes = NULL;
  int from = find_selected (self);

  if (self->cells->len == 0)
    return;
  if (from >= 0)
    {
      boxes = g_new (SondeBox, self->cells->len);
      for (guint i = 0; i < self->cells->len; i++)
        {
          boxes[i] = g_array_index (self->cells, Cell, i).box;
          if (g_array_index (self->cells, Cell, i).tile == REST)
            boxes[i].width = 0; /* no stop for an arrow */
        }
      from = (int) sonde_treemap_find_neighbour (boxes, self->cells->len, (guint) from, way);
    }
  choose (self, &g_array_index (self->cells, Cell, MAX (from, 0)));
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        SondeTreemapView *self)
{
  const int selected = find_selected (self);

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Right:
    case GDK_KEY_Up:
    case GDK_KEY_Down:
      walk (self, key == GDK_KEY_Left    ? SONDE_TREEMAP_LEFT
                  : key == GDK_KEY_Right ? SONDE_TREEMAP_RIGHT
                  : key == GDK_KEY_Up    ? SONDE_TREEMAP_UP
                                         : SONDE_TREEMAP_DOWN);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (selected >= 0)
        zoom (self, (int) g_array_index (self->cells, Cell, selected).file);
      return GDK_EVENT_STOP;
    case GDK_KEY_BackSpace:
      sonde_treemap_view_zoom_out (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
sonde_treemap_view_query_tooltip (GtkWidget *widget, int x, int y, gboolean is_keyboard,
                                  GtkTooltip *tooltip)
{
  SondeTreemapView *self = SONDE_TREEMAP_VIEW (widget);
  const int found = is_keyboard ? find_selected (self) : find_cell (self, x, y);
  g_autofree char *text = NULL;

  if (found < 0)
    return FALSE;
  text = describe_cell (self, &g_array_index (self->cells, Cell, found));
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* --- The object ------------------------------------------------------------------------------- */

static void
sonde_treemap_view_finalize (GObject *object)
{
  SondeTreemapView *self = SONDE_TREEMAP_VIEW (object);

  g_clear_pointer (&self->map, sonde_size_map_unref);
  g_clear_object (&self->boxes);
  g_array_unref (self->cells);
  G_OBJECT_CLASS (sonde_treemap_view_parent_class)->finalize (object);
}

static void
sonde_treemap_view_class_init (SondeTreemapViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sonde_treemap_view_finalize;
  widget_class->snapshot = sonde_treemap_view_snapshot;
  widget_class->measure = sonde_treemap_view_measure;
  widget_class->query_tooltip = sonde_treemap_view_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "treemap");
  signals[CHOSEN] = g_signal_new ("chosen", SONDE_TYPE_TREEMAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_STRING);
  signals[ZOOMED] = g_signal_new ("zoomed", SONDE_TYPE_TREEMAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
sonde_treemap_view_init (SondeTreemapView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  self->zoomed = -1;
  self->selected = REST;
  self->laid_width = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (forget_layout), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (forget_layout), self, G_CONNECT_SWAPPED);
}

GtkWidget *
sonde_treemap_view_new (const char *memory_name)
{
  SondeTreemapView *self = g_object_new (SONDE_TYPE_TREEMAP_VIEW, NULL);
  g_autofree char *label = g_strdup_printf ("%s by File and Symbol", memory_name);

  self->memory_name = memory_name;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

void
sonde_treemap_view_set_map (SondeTreemapView *self, SondeSizeMap *map)
{
  g_clear_pointer (&self->map, sonde_size_map_unref);
  self->map = map != NULL ? sonde_size_map_ref (map) : NULL;
  self->zoomed = -1;
  self->selected = REST;
  forget_layout (self);
  g_signal_emit (self, signals[ZOOMED], 0);
}

gboolean
sonde_treemap_view_select (SondeTreemapView *self, guint64 address, const char *name)
{
  guint tile = 0, n = 0;
  const SondeSizeFile *files;

  if (self->map == NULL || !sonde_size_map_find (self->map, address, name, &tile))
    {
      sonde_treemap_view_unselect (self);
      return FALSE;
    }
  files = sonde_size_map_get_files (self->map, &n);
  if (self->zoomed >= 0
      && (tile < files[self->zoomed].first
          || tile >= files[self->zoomed].first + files[self->zoomed].n))
    zoom (self, -1);
  self->selected = tile;
  /* Too small for a box of its own among all: its file has the room. */
  for (guint i = 0; find_selected (self) < 0 && i < n; i++)
    if (tile >= files[i].first && tile < files[i].first + files[i].n)
      zoom (self, (int) i);
  describe_selected (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

void
sonde_treemap_view_unselect (SondeTreemapView *self)
{
  self->selected = REST;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
sonde_treemap_view_zoom_out (SondeTreemapView *self)
{
  zoom (self, -1);
}

const SondeSizeFile *
sonde_treemap_view_get_zoomed (SondeTreemapView *self)
{
  return self->map == NULL || self->zoomed < 0 ? NULL : get_file (self, (guint) self->zoomed);
}

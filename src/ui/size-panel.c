/* size-panel.c: what fills RAM and flash: totals, shares, treemaps */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/size-panel.h"

#include <adwaita.h>

#include "ui/readout.h"
#include "ui/treemap-paint.h"
#include "ui/treemap-view.h"

#define BAR_HEIGHT_PX 8
#define BAR_RADIUS_PX 4
#define N_MEMORIES 2

/* One memory: a line of totals above its map. */
typedef struct
{
  SondeSizeMap *map; /* (nullable) until it is counted */
  GtkWidget *back;   /* "RAM": back to all files while one is on show */
  GtkWidget *file, *bar, *total, *view;
} Memory;

struct _SondeSizePanel
{
  GtkWidget parent_instance;
  SondeSymbolTable *table; /* (nullable) */
  Memory memories[N_MEMORIES];
  GtkWidget *legend;
};

G_DEFINE_FINAL_TYPE (SondeSizePanel, sonde_size_panel, GTK_TYPE_WIDGET)

static guint chosen_signal;

static const char *const memory_names[N_MEMORIES]
    = { [SONDE_SIZE_OF_RAM] = "RAM", [SONDE_SIZE_OF_FLASH] = "Flash" };
static const struct
{
  SondeSectionKind kind;
  const char *name, *class;
} legend[] = {
  { SONDE_SECTION_CODE, "Code", "section-code" },
  { SONDE_SECTION_CONSTANT, "Constants", "section-constant" },
  { SONDE_SECTION_DATA, "Data", "section-data" },
  { SONDE_SECTION_ZEROED, "Zeroed", "section-zeroed" },
};

/* --- Totals ----------------------------------------------------------------------------------- */

static void
draw_bar (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  Memory *memory = data;
  double at = 0;

  if (memory->map == NULL || sonde_size_map_get_total (memory->map) == 0)
    return;
  cairo_new_sub_path (cr);
  cairo_arc (cr, BAR_RADIUS_PX, height / 2.0, height / 2.0, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cr, width - BAR_RADIUS_PX, height / 2.0, height / 2.0, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
  cairo_clip (cr);
  for (guint i = 0; i < SONDE_N_SECTION_KINDS; i++)
    {
      const double share = (double) sonde_size_map_get_share (memory->map, i)
                           / (double) sonde_size_map_get_total (memory->map) * width;
      GdkRGBA colour;

      if (share <= 0)
        continue;
      sonde_treemap_get_colour (i, &colour);
      gdk_cairo_set_source_rgba (cr, &colour);
      cairo_rectangle (cr, at, 0, MAX (share - 1, 1), height);
      cairo_fill (cr);
      at += share;
    }
}

static void
describe_bar (Memory *memory)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; memory->map != NULL && i < G_N_ELEMENTS (legend); i++)
    {
      const guint64 bytes = sonde_size_map_get_share (memory->map, legend[i].kind);
      g_autofree char *size = sonde_readout_dup_bytes (bytes);

      if (bytes > 0)
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? "\n" : "", legend[i].name, size);
    }
  gtk_widget_set_tooltip_text (memory->bar, text->str);
}

static void
update_totals (Memory *memory)
{
  const SondeSizeFile *zoomed = sonde_treemap_view_get_zoomed (SONDE_TREEMAP_VIEW (memory->view));
  const guint64 bytes = zoomed != NULL        ? zoomed->bytes
                        : memory->map != NULL ? sonde_size_map_get_total (memory->map)
                                              : 0;
  g_autofree char *size = memory->map == NULL ? g_strdup ("") : sonde_readout_dup_bytes (bytes);
  g_autofree char *exact = sonde_readout_dup_count (bytes);
  g_autofree char *tip = g_strdup_printf ("%s bytes", exact);
  g_autofree char *name = zoomed == NULL            ? NULL
                          : zoomed->file[0] == '\0' ? g_strdup ("no file")
                                                    : g_path_get_basename (zoomed->file);

  gtk_label_set_text (GTK_LABEL (memory->total), size);
  gtk_widget_set_tooltip_text (memory->total, memory->map == NULL ? NULL : tip);
  gtk_label_set_text (GTK_LABEL (memory->file), name != NULL ? name : "");
  gtk_widget_set_tooltip_text (memory->file, zoomed != NULL ? zoomed->file : NULL);
  gtk_widget_set_visible (memory->file, zoomed != NULL);
  gtk_widget_set_visible (memory->bar, zoomed == NULL);
  gtk_widget_set_sensitive (memory->back, zoomed != NULL);
}

static void
on_zoomed (SondeTreemapView *view, Memory *memory)
{
  update_totals (memory);
}

static void
on_back_clicked (GtkButton *button, Memory *memory)
{
  sonde_treemap_view_zoom_out (SONDE_TREEMAP_VIEW (memory->view));
}

static void
on_chosen (SondeTreemapView *view, guint64 address, const char *name, SondeSizePanel *self)
{
  for (guint i = 0; i < N_MEMORIES; i++)
    if (self->memories[i].view != GTK_WIDGET (view))
      sonde_treemap_view_unselect (SONDE_TREEMAP_VIEW (self->memories[i].view));
  g_signal_emit (self, chosen_signal, 0, address, name);
}

/* --- Counting --------------------------------------------------------------------------------- */

typedef struct
{
  SondeSymbolTable *table;
  SondeSizeMap *maps[N_MEMORIES];
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  sonde_symbol_table_unref (job->table);
  for (guint i = 0; i < N_MEMORIES; i++)
    sonde_size_map_unref (job->maps[i]);
  g_free (job);
}

static void
count_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  for (guint i = 0; i < N_MEMORIES; i++)
    job->maps[i] = sonde_size_map_new (job->table, i);
  g_task_return_boolean (task, TRUE);
}

static void
set_maps (SondeSizePanel *self, SondeSizeMap *const *maps)
{
  for (guint i = 0; i < N_MEMORIES; i++)
    {
      Memory *memory = &self->memories[i];

      g_clear_pointer (&memory->map, sonde_size_map_unref);
      memory->map = maps[i] != NULL ? sonde_size_map_ref (maps[i]) : NULL;
      sonde_treemap_view_set_map (SONDE_TREEMAP_VIEW (memory->view), memory->map);
      gtk_widget_queue_draw (memory->bar);
      describe_bar (memory);
    }
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SondeSizePanel *self = SONDE_SIZE_PANEL (source);
  Job *job = g_task_get_task_data (G_TASK (result));

  /* The panel may be on its way out, or at another file. */
  if (job->table == self->table)
    set_maps (self, job->maps);
}

void
sonde_size_panel_set_table (SondeSizePanel *self, SondeSymbolTable *table)
{
  SondeSizeMap *const nothing[N_MEMORIES] = { NULL };
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (table == self->table)
    return;
  g_clear_pointer (&self->table, sonde_symbol_table_unref);
  set_maps (self, nothing);
  if (table == NULL)
    return;
  self->table = sonde_symbol_table_ref (table);
  job = g_new0 (Job, 1);
  job->table = sonde_symbol_table_ref (table);
  task = g_task_new (self, NULL, on_counted, NULL);
  g_task_set_task_data (task, job, free_job);
  g_task_run_in_thread (task, count_in_thread);
}

gboolean
sonde_size_panel_select (SondeSizePanel *self, guint64 address, const char *name)
{
  gboolean is_found = FALSE;

  for (guint i = 0; i < N_MEMORIES; i++)
    is_found
        |= sonde_treemap_view_select (SONDE_TREEMAP_VIEW (self->memories[i].view), address, name);
  return is_found;
}

/* --- The object ------------------------------------------------------------------------------- */

static GtkWidget *
make_head (Memory *memory, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *back_name = g_strdup_printf ("map-back-%s", lower);
  g_autofree char *total_name = g_strdup_printf ("map-total-%s", lower);

  memory->back = gtk_button_new_with_label (name);
  gtk_widget_set_name (memory->back, back_name);
  gtk_widget_set_tooltip_text (memory->back, "Back to All Files (Backspace)");
  gtk_widget_add_css_class (memory->back, "flat");
  gtk_widget_add_css_class (memory->back, "crumb");
  memory->file = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (memory->file), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (memory->file), 0);
  gtk_widget_set_hexpand (memory->file, TRUE);
  memory->bar = gtk_drawing_area_new ();
  gtk_widget_set_hexpand (memory->bar, TRUE);
  gtk_widget_set_valign (memory->bar, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (memory->bar, -1, BAR_HEIGHT_PX);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (memory->bar), draw_bar, memory, NULL);
  memory->total = gtk_label_new (NULL);
  gtk_widget_set_name (memory->total, total_name);
  gtk_widget_add_css_class (memory->total, "numeric");
  gtk_widget_add_css_class (memory->total, "dim2");
  gtk_widget_add_css_class (memory->total, "table-text");
  gtk_box_append (GTK_BOX (box), memory->back);
  gtk_box_append (GTK_BOX (box), memory->file);
  gtk_box_append (GTK_BOX (box), memory->bar);
  gtk_box_append (GTK_BOX (box), memory->total);
  return box;
}

static void
add_memory (SondeSizePanel *self, GtkWidget *box, SondeSizeMemory which)
{
  Memory *memory = &self->memories[which];
  const char *name = memory_names[which];

  gtk_box_append (GTK_BOX (box), make_head (memory, name));
  memory->view = sonde_treemap_view_new (name);
  gtk_widget_set_name (memory->view, which == SONDE_SIZE_OF_RAM ? "map-ram" : "map-flash");
  gtk_widget_set_vexpand (memory->view, TRUE);
  g_signal_connect (memory->back, "clicked", G_CALLBACK (on_back_clicked), memory);
  g_signal_connect (memory->view, "zoomed", G_CALLBACK (on_zoomed), memory);
  g_signal_connect (memory->view, "chosen", G_CALLBACK (on_chosen), self);
  gtk_box_append (GTK_BOX (box), memory->view);
  update_totals (memory);
}

static void
add_legend (GtkWidget *box)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);

  for (guint i = 0; i < G_N_ELEMENTS (legend); i++)
    {
      GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      GtkWidget *label = gtk_label_new (legend[i].name);

      gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (dot, "section-dot");
      gtk_widget_add_css_class (dot, legend[i].class);
      gtk_widget_add_css_class (label, "small-text");
      gtk_widget_add_css_class (label, "dim2");
      gtk_box_append (GTK_BOX (entry), dot);
      gtk_box_append (GTK_BOX (entry), label);
      gtk_box_append (GTK_BOX (row), entry);
    }
  gtk_box_append (GTK_BOX (box), row);
}

static void
sonde_size_panel_dispose (GObject *object)
{
  SondeSizePanel *self = SONDE_SIZE_PANEL (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  for (guint i = 0; i < N_MEMORIES; i++)
    g_clear_pointer (&self->memories[i].map, sonde_size_map_unref);
  g_clear_pointer (&self->table, sonde_symbol_table_unref);
  G_OBJECT_CLASS (sonde_size_panel_parent_class)->dispose (object);
}

static void
sonde_size_panel_class_init (SondeSizePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sonde_size_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  chosen_signal = g_signal_new ("chosen", SONDE_TYPE_SIZE_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_STRING);
}

static void
sonde_size_panel_init (SondeSizePanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (box, "size-panel");
  for (guint i = 0; i < N_MEMORIES; i++)
    add_memory (self, box, i);
  add_legend (box);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

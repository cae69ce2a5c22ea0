/* log-menu.c: what can be done with one line of the log */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/log-menu.h"

#include "ui/source-opener.h"

#define MAX_PLACES 8

typedef struct
{
  GtkWidget *cell; /* borrowed: it holds the menu */
  SondeWorkbench *workbench;
  char *text; /* the line with its places */
} Menu;

static void
free_menu (gpointer data)
{
  Menu *menu = data;

  g_object_unref (menu->workbench);
  g_free (menu->text);
  g_free (menu);
}

static void
on_copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Menu *menu = data;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (menu->cell), menu->text);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Menu *menu = data;
  g_autoptr (GError) error = NULL;
  const char *path = NULL;
  guint32 line = 0;

  g_variant_get (parameter, "(&su)", &path, &line);
  if (!sonde_source_opener_open (sonde_workbench_get_settings (menu->workbench), path, line,
                                 &error))
    g_signal_emit_by_name (menu->workbench, "message", error->message);
}

static const GActionEntry actions[] = { { "copy", on_copy }, { "open", on_open, "(su)" } };

/* Once each: frames of one loop name the same line again and again. */
static void
append_sources (GMenu *model, GArray *spans)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < spans->len && g_hash_table_size (seen) < MAX_PLACES; i++)
    {
      const SondeCodePlace *place = &g_array_index (spans, SondeCodeSpan, i).place;
      g_autofree char *name = g_path_get_basename (place->file);
      char *where = g_strdup_printf ("%s:%u", place->file, place->line);
      g_autofree char *label = g_strdup_printf ("Open %s:%u", name, place->line);
      g_auto (GStrv) parts = g_strsplit (label, "_", -1);
      /* A single underscore would be taken for a mnemonic. */
      g_autofree char *safe = g_strjoinv ("__", parts);
      g_autoptr (GMenuItem) item = g_menu_item_new (safe, NULL);

      if (!g_hash_table_add (seen, where) || place->file[0] == '\0')
        continue;
      g_menu_item_set_action_and_target (item, "line.open", "(su)", place->file, place->line);
      g_menu_append_item (model, item);
    }
}

static gboolean
unparent (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* Not at once: the item that was chosen is still to act. */
static void
on_closed (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent, g_object_ref (popover), g_object_unref);
}

void
sonde_log_menu_popup (GtkWidget *cell, const SondeLogLine *line, SondeWorkbench *workbench,
                      double x, double y)
{
  SondeLogPlaces *places = sonde_workbench_get_log_places (workbench);
  g_autoptr (GArray) spans = sonde_log_places_find (places, line->text);
  g_autofree char *note = sonde_log_places_dup_note (places, line->text);
  g_autofree char *text = sonde_log_line_dup_text (line);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) model = g_menu_new ();
  g_autoptr (GMenu) sources = g_menu_new ();
  GtkWidget *popover = NULL;
  Menu *menu = g_new0 (Menu, 1);

  menu->cell = cell;
  menu->workbench = g_object_ref (workbench);
  menu->text = note == NULL ? g_strdup (text) : g_strdup_printf ("%s (%s)", text, note);
  g_menu_append (model, "_Copy Line", "line.copy");
  append_sources (sources, spans);
  g_menu_append_section (model, NULL, G_MENU_MODEL (sources));
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), menu);
  g_object_set_data_full (G_OBJECT (group), "menu", menu, free_menu);
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (model));
  gtk_widget_set_name (popover, "log-menu");
  gtk_widget_insert_action_group (popover, "line", G_ACTION_GROUP (group));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_widget_set_parent (popover, cell);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

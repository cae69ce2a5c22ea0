/* log-columns.c: the columns of the log console */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/log-columns.h"

#include <string.h>

#include "ui/log-menu.h"

#define NOTE_ALPHA 42000 /* of 65535: as the dim texts beside it */

typedef struct
{
  const char *title;
  int width; /* 0 expands */
  void (*bind) (GtkWidget *cell, const SondeLogLine *line);
} Column;

typedef struct
{
  SondeLogTagFunc func;
  gpointer user_data;
} TagClick;

/* What the column of the texts needs besides its lines. */
typedef struct
{
  SondeWorkbench *workbench; /* reference */
  GHashTable *cells;         /* bound now: GtkWidget -> SondeLogRow */
  gulong on_changed;
} Texts;

static const char *const level_classes[SONDE_LOG_N_LEVELS]
    = { "log-error", "log-warning", "log-info", "log-debug", "log-debug" };

static void
set_level_class (GtkWidget *cell, SondeLogLevel level)
{
  for (guint i = 0; i < SONDE_LOG_N_LEVELS; i++)
    gtk_widget_remove_css_class (cell, level_classes[i]);
  gtk_widget_add_css_class (cell, level_classes[level]);
}

static void
bind_time (GtkWidget *cell, const SondeLogLine *line)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (line->time_us / G_USEC_PER_SEC);
  g_autofree char *clock = time == NULL ? g_strdup ("") : g_date_time_format (time, "%H:%M:%S");
  g_autofree char *text = g_strdup_printf ("%s.%03d", clock, (int) (line->time_us / 1000 % 1000));

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
}

static void
bind_device (GtkWidget *cell, const SondeLogLine *line)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), line->device == NULL ? "sonde" : line->device);
}

static void
bind_level (GtkWidget *cell, const SondeLogLine *line)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), sonde_log_level_glyph (line->level));
  set_level_class (cell, line->level);
}

static void
bind_tag (GtkWidget *cell, const SondeLogLine *line)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), line->tag);
}

static void
bind_text (GtkWidget *cell, const SondeLogLine *line)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), line->text);
  gtk_widget_set_tooltip_text (cell, line->text);
  set_level_class (cell, line->level);
}

/* Text and note in one, so that a line stays one line. */
static void
show_note (Texts *texts, GtkWidget *cell, const SondeLogLine *line)
{
  SondeLogPlaces *places = sonde_workbench_get_log_places (texts->workbench);
  g_autofree char *note = sonde_log_places_dup_note (places, line->text);
  g_autofree char *text = note == NULL ? NULL : g_strdup_printf ("%s  → %s", line->text, note);
  g_autofree char *tip = note == NULL ? NULL : g_strdup_printf ("%s\n%s", line->text, note);
  g_autoptr (PangoAttrList) attributes = NULL;
  PangoAttribute *dim = NULL;

  bind_text (cell, line);
  if (note != NULL)
    {
      attributes = pango_attr_list_new ();
      dim = pango_attr_foreground_alpha_new (NOTE_ALPHA);
      dim->start_index = (guint) strlen (line->text);
      pango_attr_list_insert (attributes, dim);
      gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
      gtk_widget_set_tooltip_text (cell, tip);
    }
  gtk_inscription_set_attributes (GTK_INSCRIPTION (cell), attributes);
}

static void
on_places_changed (SondeLogPlaces *places, gpointer user_data)
{
  Texts *texts = user_data;
  GHashTableIter iter;
  gpointer cell = NULL, row = NULL;

  g_hash_table_iter_init (&iter, texts->cells);
  while (g_hash_table_iter_next (&iter, &cell, &row))
    show_note (texts, cell, sonde_log_row_get_line (row));
}

static void
free_texts (gpointer data)
{
  Texts *texts = data;

  g_signal_handler_disconnect (sonde_workbench_get_log_places (texts->workbench),
                               texts->on_changed);
  g_hash_table_unref (texts->cells);
  g_object_unref (texts->workbench);
  g_free (texts);
}

static Texts *
texts_new (SondeWorkbench *workbench)
{
  Texts *texts = g_new0 (Texts, 1);

  texts->workbench = g_object_ref (workbench);
  texts->cells = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  texts->on_changed = g_signal_connect (sonde_workbench_get_log_places (workbench), "changed",
                                        G_CALLBACK (on_places_changed), texts);
  return texts;
}

static void
on_text_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  Texts *texts = user_data;
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  SondeLogRow *row = g_hash_table_lookup (texts->cells, cell);

  if (row == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  sonde_log_menu_popup (cell, sonde_log_row_get_line (row), texts->workbench, x, y);
}

static const Column columns[] = {
  { "Time", 116, bind_time }, { "Device", 130, bind_device }, { "Level", 36, bind_level },
  { "Tag", 92, bind_tag },    { "Message", 0, bind_text },
};

static void
on_tag_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  TagClick *click = user_data;
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (n_press == 2)
    click->func (gtk_inscription_get_text (GTK_INSCRIPTION (cell)), click->user_data);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = user_data;
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), 0);
  if (column->bind == bind_text || column->bind == bind_time)
    gtk_widget_add_css_class (cell, "log-text");
  if (column->bind == bind_time || column->bind == bind_device || column->bind == bind_tag)
    gtk_widget_add_css_class (cell, "dim2");
  if (column->bind == bind_tag)
    {
      GtkGesture *gesture = gtk_gesture_click_new ();

      gtk_widget_set_tooltip_text (cell, "Double-click shows this tag alone");
      g_signal_connect (gesture, "pressed", G_CALLBACK (on_tag_pressed),
                        g_object_get_data (G_OBJECT (factory), "click"));
      gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (gesture));
    }
  if (column->bind == bind_text)
    {
      GtkGesture *gesture = gtk_gesture_click_new ();

      gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
      g_signal_connect (gesture, "pressed", G_CALLBACK (on_text_pressed),
                        g_object_get_data (G_OBJECT (factory), "texts"));
      gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (gesture));
    }
  gtk_list_item_set_child (item, cell);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = user_data;
  Texts *texts = g_object_get_data (G_OBJECT (factory), "texts");
  GtkWidget *cell = gtk_list_item_get_child (item);
  SondeLogRow *row = gtk_list_item_get_item (item);

  if (texts == NULL)
    {
      column->bind (cell, sonde_log_row_get_line (row));
      return;
    }
  g_hash_table_insert (texts->cells, cell, g_object_ref (row));
  show_note (texts, cell, sonde_log_row_get_line (row));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  Texts *texts = user_data;

  g_hash_table_remove (texts->cells, gtk_list_item_get_child (item));
}

void
sonde_log_columns_add (GtkColumnView *view, SondeWorkbench *workbench, SondeLogTagFunc on_tag,
                       gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;
      TagClick *click = g_new (TagClick, 1);

      click->func = on_tag;
      click->user_data = user_data;
      g_object_set_data_full (G_OBJECT (factory), "click", click, g_free);
      if (columns[i].bind == bind_text)
        {
          Texts *texts = texts_new (workbench);

          g_object_set_data_full (G_OBJECT (factory), "texts", texts, free_texts);
          g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), texts);
        }
      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), (gpointer) &columns[i]);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), (gpointer) &columns[i]);
      column = gtk_column_view_column_new (columns[i].title, factory);
      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      gtk_column_view_column_set_expand (column, columns[i].width == 0);
      gtk_column_view_append_column (view, column);
    }
  gtk_widget_set_visible (gtk_widget_get_first_child (GTK_WIDGET (view)), FALSE);
}

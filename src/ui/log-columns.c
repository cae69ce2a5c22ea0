/* log-columns.c: the columns of the log console */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/log-columns.h"

#include "workbench/log-list.h"

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
  gtk_list_item_set_child (item, cell);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = user_data;

  column->bind (gtk_list_item_get_child (item),
                sonde_log_row_get_line (gtk_list_item_get_item (item)));
}

void
sonde_log_columns_add (GtkColumnView *view, SondeLogTagFunc on_tag, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;
      TagClick *click = g_new (TagClick, 1);

      click->func = on_tag;
      click->user_data = user_data;
      g_object_set_data_full (G_OBJECT (factory), "click", click, g_free);
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

/* watch-columns.c: the columns of the watch table and what their cells show */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/watch-columns.h"

#include "ui/ltr-text.h"
#include "ui/name-cell.h"
#include "ui/readout.h"
#include "ui/value-cell.h"

#define SLOW_SHARE 0.9 /* of the asked rate: below it the achieved one is shown in amber */
#define WARN_AGE_US (2 * G_USEC_PER_SEC)

typedef enum
{
  COLUMN_NAME,
  COLUMN_VALUE,
  COLUMN_UNIT,
  COLUMN_FORMAT,
  COLUMN_RATE,
  COLUMN_MIN,
  COLUMN_MAX,
  COLUMN_AGE,
  N_COLUMNS,
} Column;

/* clang-format off */
static const struct { const char *title; int width_px; float xalign; gboolean is_extra; } columns[N_COLUMNS] = {
  [COLUMN_NAME]   = { "Name",   -1,  0, FALSE },
  [COLUMN_VALUE]  = { "Value",  136, 1, FALSE },
  [COLUMN_UNIT]   = { "Unit",   52,  0, FALSE },
  [COLUMN_FORMAT] = { "Format", 60,  0, TRUE },
  [COLUMN_RATE]   = { "Rate",   72,  1, FALSE },
  [COLUMN_MIN]    = { "Min",    92,  1, TRUE },
  [COLUMN_MAX]    = { "Max",    92,  1, TRUE },
  [COLUMN_AGE]    = { "Age",    72,  1, FALSE },
};
/* clang-format on */

struct _SondeWatchColumns
{
  SondeWorkbench *workbench;
  GtkColumnView *view; /* borrowed: it is the owner's, and outlives this */
  gboolean is_narrow;
  GtkColumnViewColumn *columns[N_COLUMNS];
  GHashTable *texts;  /* GtkInscription on show -> its row */
  GHashTable *values; /* row -> its SondeValueCell */
};

static GQuark
row_quark (void)
{
  return g_quark_from_static_string ("sonde-watch-row");
}

static GQuark
column_quark (void)
{
  return g_quark_from_static_string ("sonde-watch-column");
}

/* --- Text cells ------------------------------------------------------------------------------- */

static gboolean
is_slow (SondeWatchRow *row)
{
  const SondeWatchState *state = sonde_watch_row_get_state (row);
  const double asked_hz = sonde_watch_row_get_asked_hz (row);

  return state->n_samples > 1 && asked_hz > 0 && state->rate_hz < SLOW_SHARE * asked_hz
         && sonde_watch_row_get_cell_state (row) != SONDE_CELL_STALE;
}

static gboolean
has_number (SondeWatchRow *row)
{
  SondeVariable *variable = sonde_watch_row_get_variable (row);

  return variable != NULL && sonde_type_is_leaf (sonde_variable_get_type (variable));
}

static char *
dup_rate (SondeWatchRow *row)
{
  const double achieved_hz = sonde_watch_row_get_state (row)->rate_hz;
  const double asked_hz = sonde_watch_row_get_asked_hz (row);

  return sonde_readout_dup_rate (is_slow (row) || (asked_hz <= 0 && achieved_hz > 0) ? achieved_hz
                                                                                     : asked_hz);
}

static char *
dup_text (SondeWatchRow *row, Column column)
{
  const SondeWatchState *state = sonde_watch_row_get_state (row);

  switch (column)
    {
    case COLUMN_UNIT:
      return g_strdup (sonde_watch_row_get_unit (row));
    case COLUMN_FORMAT:
      return g_strdup (has_number (row) ? sonde_format_name (sonde_watch_row_get_format (row))
                                        : "");
    case COLUMN_RATE:
      return dup_rate (row);
    case COLUMN_MIN:
      return has_number (row) ? sonde_readout_dup_number (row, state->min) : g_strdup ("");
    case COLUMN_MAX:
      return has_number (row) ? sonde_readout_dup_number (row, state->max) : g_strdup ("");
    case COLUMN_AGE:
      return sonde_readout_dup_span (sonde_watch_row_get_age_us (row));
    default:
      return g_strdup ("");
    }
}

static void
show_rate_state (GtkWidget *text, SondeWatchRow *row)
{
  g_autofree char *asked = NULL;
  g_autofree char *achieved = NULL;
  g_autofree char *tooltip = NULL;

  if (!is_slow (row))
    {
      gtk_widget_remove_css_class (text, "slow");
      gtk_widget_set_tooltip_text (text, NULL);
      return;
    }
  asked = sonde_readout_dup_rate (sonde_watch_row_get_asked_hz (row));
  achieved = sonde_readout_dup_rate (sonde_watch_row_get_state (row)->rate_hz);
  tooltip = g_strdup_printf ("%s asked, %s achieved: the board or the line answers no faster",
                             asked, achieved);
  gtk_widget_add_css_class (text, "slow");
  gtk_widget_set_tooltip_text (text, tooltip);
}

static void
show_age_state (GtkWidget *text, SondeWatchRow *row)
{
  if (sonde_watch_row_get_cell_state (row) == SONDE_CELL_STALE
      && sonde_watch_row_get_age_us (row) > WARN_AGE_US)
    gtk_widget_add_css_class (text, "slow");
  else
    gtk_widget_remove_css_class (text, "slow");
}

static void
show_text (GtkWidget *text, SondeWatchRow *row)
{
  const Column column = GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (text), column_quark ()));
  g_autofree char *news = dup_text (row, column);

  if (g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (text)), news) != 0)
    gtk_inscription_set_text (GTK_INSCRIPTION (text), news);
  if (column == COLUMN_RATE)
    show_rate_state (text, row);
  if (column == COLUMN_AGE)
    show_age_state (text, row);
}

void
sonde_watch_columns_refresh (SondeWatchColumns *self)
{
  GHashTableIter iter;
  gpointer text, row;

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &text, &row))
    show_text (text, row);
}

static Column
column_of (GtkListItemFactory *factory)
{
  return GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (factory), column_quark ()));
}

/* --- Factories -------------------------------------------------------------------------------- */

static GtkWidget *
make_text_cell (Column column)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  sonde_ltr_text_set (text, columns[column].xalign);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), 1);
  /* As high as one line: in more room 4.8 puts what it cut short at the top. */
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), 4);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (text, "dim2");
  gtk_widget_add_css_class (text, "numeric");
  g_object_set_qdata (G_OBJECT (text), column_quark (), GUINT_TO_POINTER (column));
  return text;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SondeWatchColumns *self)
{
  const Column column = column_of (GTK_LIST_ITEM_FACTORY (factory));

  if (column == COLUMN_NAME)
    gtk_list_item_set_child (item, sonde_name_cell_new ());
  else if (column == COLUMN_VALUE)
    gtk_list_item_set_child (item, sonde_value_cell_new (self->workbench));
  else
    gtk_list_item_set_child (item, make_text_cell (column));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SondeWatchColumns *self)
{
  GtkTreeListRow *tree_row = gtk_list_item_get_item (item);
  g_autoptr (SondeWatchRow) row = gtk_tree_list_row_get_item (tree_row);
  GtkWidget *cell = gtk_list_item_get_child (item);

  g_object_set_qdata_full (G_OBJECT (cell), row_quark (), g_object_ref (row), g_object_unref);
  if (SONDE_IS_NAME_CELL (cell))
    sonde_name_cell_set_row (SONDE_NAME_CELL (cell), tree_row);
  else if (SONDE_IS_VALUE_CELL (cell))
    {
      sonde_value_cell_set_row (SONDE_VALUE_CELL (cell), row);
      g_hash_table_insert (self->values, row, cell);
    }
  else
    {
      show_text (cell, row);
      g_hash_table_insert (self->texts, cell, row);
    }
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, SondeWatchColumns *self)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  gpointer row = g_object_get_qdata (G_OBJECT (cell), row_quark ());

  if (SONDE_IS_NAME_CELL (cell))
    sonde_name_cell_set_row (SONDE_NAME_CELL (cell), NULL);
  else if (SONDE_IS_VALUE_CELL (cell))
    {
      sonde_value_cell_set_row (SONDE_VALUE_CELL (cell), NULL);
      if (g_hash_table_lookup (self->values, row) == cell)
        g_hash_table_remove (self->values, row);
    }
  else
    g_hash_table_remove (self->texts, cell);
  g_object_set_qdata (G_OBJECT (cell), row_quark (), NULL);
}

/* Titles follow the alignment of their numbers; the widgets behind them have no other door. */
static void
align_titles (SondeWatchColumns *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *button = header == NULL ? NULL : gtk_widget_get_first_child (header);

  for (guint i = 0; button != NULL && i < N_COLUMNS; i++)
    {
      GtkWidget *box = gtk_widget_get_first_child (button);

      if (columns[i].is_extra && self->is_narrow)
        continue;
      if (box != NULL && columns[i].xalign > 0)
        gtk_widget_set_halign (box, GTK_ALIGN_END);
      button = gtk_widget_get_next_sibling (button);
    }
}

static GtkColumnViewColumn *
make_column (SondeWatchColumns *self, Column column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *made;

  g_object_set_qdata (G_OBJECT (factory), column_quark (), GUINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  made = gtk_column_view_column_new (columns[column].title, factory);
  if (columns[column].width_px < 0)
    gtk_column_view_column_set_expand (made, TRUE);
  else
    gtk_column_view_column_set_fixed_width (made, columns[column].width_px);
  return made;
}

SondeWatchColumns *
sonde_watch_columns_new (GtkColumnView *view, SondeWorkbench *workbench)
{
  SondeWatchColumns *self = g_new0 (SondeWatchColumns, 1);

  self->workbench = g_object_ref (workbench);
  self->view = view;
  self->texts = g_hash_table_new (NULL, NULL);
  self->values = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      self->columns[i] = make_column (self, i);
      gtk_column_view_append_column (view, self->columns[i]);
    }
  align_titles (self);
  return self;
}

void
sonde_watch_columns_free (SondeWatchColumns *self)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    g_object_unref (self->columns[i]);
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->values);
  g_object_unref (self->workbench);
  g_free (self);
}

/* Taken out rather than hidden: GTK 4.8 keeps the room of a hidden column. */
void
sonde_watch_columns_set_narrow (SondeWatchColumns *self, gboolean is_narrow)
{
  if (is_narrow == self->is_narrow)
    return;
  self->is_narrow = is_narrow;
  for (guint i = 0; i < N_COLUMNS; i++)
    if (columns[i].is_extra && is_narrow)
      gtk_column_view_remove_column (self->view, self->columns[i]);
    else if (columns[i].is_extra)
      gtk_column_view_insert_column (self->view, i, self->columns[i]);
  align_titles (self);
}

GtkWidget *
sonde_watch_columns_lookup_value (SondeWatchColumns *self, SondeWatchRow *row)
{
  return g_hash_table_lookup (self->values, row);
}

SondeWatchRow *
sonde_watch_columns_get_row (GtkWidget *widget)
{
  for (; widget != NULL && !GTK_IS_COLUMN_VIEW (widget); widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);
      gpointer row = g_object_get_qdata (G_OBJECT (widget), row_quark ());

      if (row == NULL && child != NULL)
        row = g_object_get_qdata (G_OBJECT (child), row_quark ());
      if (row != NULL)
        return row;
    }
  return NULL;
}

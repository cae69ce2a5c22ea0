/* symbol-columns.c: the columns of the full view of symbols: tick, path, type, place, source */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/symbol-columns.h"

#include "ui/ltr-text.h"
#include "ui/readout.h"
#include "ui/symbol-cell.h"

#define WIDE_ADDRESS_PX 158 /* 16 digits */

typedef enum
{
  COLUMN_TICK,
  COLUMN_PATH,
  COLUMN_TYPE,
  COLUMN_ADDRESS,
  COLUMN_SIZE,
  COLUMN_SECTION,
  COLUMN_SOURCE,
  N_COLUMNS,
} Column;

static const struct
{
  const char *title;
  int width_px; /* 0 expands */
  float xalign;
  gboolean is_extra;
  SondeSymbolColumn order;
  GtkInscriptionOverflow overflow;
} columns[N_COLUMNS] = {
  { NULL, 40, 0, FALSE, SONDE_SYMBOL_COLUMN_NONE, 0 },
  { "Path", 0, 0, FALSE, SONDE_SYMBOL_COLUMN_PATH, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_START },
  { "Type", 118, 0, FALSE, SONDE_SYMBOL_COLUMN_TYPE, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END },
  { "Address", 106, 0, FALSE, SONDE_SYMBOL_COLUMN_ADDRESS, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END },
  { "Size", 92, 1, FALSE, SONDE_SYMBOL_COLUMN_SIZE, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END },
  { "Section", 88, 0, TRUE, SONDE_SYMBOL_COLUMN_SECTION, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END },
  { "Source", 124, 0, TRUE, SONDE_SYMBOL_COLUMN_SOURCE, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE },
};

struct _SondeSymbolColumns
{
  GtkColumnView *view;         /* borrowed */
  SondeSymbolActions *actions; /* borrowed */
  GtkColumnViewColumn *columns[N_COLUMNS];
  GHashTable *ticks; /* check buttons that show a row now */
  gboolean is_narrow;
  gboolean is_setting; /* a tick is being shown, not clicked */
  SondeSymbolSorted sorted;
  gpointer data;
  SondeSymbolColumn asked; /* while the view's order is asked for */
};

static G_DEFINE_QUARK (sonde_symbol_columns_item, item)

    /* The list item of a cell: it knows where its row stands. */
    static GtkListItem *get_list_item (GtkWidget *cell)
{
  return g_object_get_qdata (G_OBJECT (cell), item_quark ());
}

static SondeSymbolRow *
dup_row (GtkListItem *item)
{
  gpointer row = gtk_list_item_get_item (item);

  if (row != NULL && GTK_IS_TREE_LIST_ROW (row))
    return gtk_tree_list_row_get_item (row);
  return row == NULL ? NULL : g_object_ref (row);
}

gboolean
sonde_symbol_columns_find_position (GtkWidget *widget, guint *position)
{
  for (; widget != NULL && !GTK_IS_COLUMN_VIEW (widget); widget = gtk_widget_get_parent (widget))
    for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_first_child (at))
      if (get_list_item (at) != NULL)
        {
          *position = gtk_list_item_get_position (get_list_item (at));
          return *position != GTK_INVALID_LIST_POSITION;
        }
  return FALSE;
}

/* --- Cells ------------------------------------------------------------------------------------ */

static GtkWidget *
make_text (Column column)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  sonde_ltr_text_set (text, columns[column].xalign);
  /* Deep in a list of pointers the table scrolls rather than to show no name. */
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), column == COLUMN_PATH ? 12 : 1);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), 4);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), columns[column].overflow);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (text, TRUE);
  if (column != COLUMN_PATH && column != COLUMN_ADDRESS)
    gtk_widget_add_css_class (text, "dim2");
  gtk_widget_add_css_class (text, column == COLUMN_ADDRESS ? "address" : "numeric");
  return text;
}

static void
on_toggled (GtkCheckButton *check, SondeSymbolColumns *self)
{
  GtkListItem *item = get_list_item (GTK_WIDGET (check));
  g_autoptr (SondeSymbolRow) row = item == NULL ? NULL : dup_row (item);

  if (self->is_setting || row == NULL)
    return;
  sonde_symbol_actions_tick (self->actions, row, gtk_check_button_get_active (check));
  sonde_symbol_columns_show_ticks (self);
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, gpointer data)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (SondeSymbolRow) row
      = get_list_item (cell) == NULL ? NULL : dup_row (get_list_item (cell));

  if (row == NULL || sonde_symbol_row_get_why (row) != NULL)
    return NULL;
  return gdk_content_provider_new_typed (G_TYPE_STRING, sonde_symbol_row_get_path (row));
}

static const char *
get_full_text (SondeSymbolRow *row, Column column)
{
  guint line = 0;

  return column == COLUMN_TYPE ? sonde_symbol_row_get_type_name (row)
                               : sonde_symbol_row_get_source (row, &line);
}

/* Set with each row it would cost a question to the X server. */
static gboolean
on_query_tooltip (GtkWidget *cell, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip,
                  gpointer column)
{
  GtkListItem *item = get_list_item (cell);
  g_autoptr (SondeSymbolRow) row = item == NULL ? NULL : dup_row (item);
  g_autofree char *text = NULL;

  if (row == NULL)
    return FALSE;
  text = GPOINTER_TO_UINT (column) == COLUMN_PATH
             ? sonde_symbol_cell_dup_tooltip (row)
             : g_strdup (get_full_text (row, GPOINTER_TO_UINT (column)));
  gtk_tooltip_set_text (tooltip, text);
  return text[0] != '\0';
}

static GtkWidget *
make_path_cell (void)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkDragSource *drag = gtk_drag_source_new ();

  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), make_text (COLUMN_PATH));
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), NULL);
  gtk_widget_add_controller (expander, GTK_EVENT_CONTROLLER (drag));
  return expander;
}

static GtkWidget *
make_section_cell (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (dot, "section-dot");
  gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), make_text (COLUMN_SECTION));
  return box;
}

static Column
column_of (gpointer factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (factory, "column"));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SondeSymbolColumns *self)
{
  const Column column = column_of (factory);
  GtkWidget *cell;

  if (column == COLUMN_TICK)
    {
      cell = gtk_check_button_new ();
      gtk_widget_set_focusable (cell, FALSE); /* Space does it, on the row */
      gtk_widget_set_halign (cell, GTK_ALIGN_CENTER);
      g_signal_connect (cell, "toggled", G_CALLBACK (on_toggled), self);
    }
  else if (column == COLUMN_PATH)
    cell = make_path_cell ();
  else if (column == COLUMN_SECTION)
    cell = make_section_cell ();
  else
    cell = make_text (column);
  if (column == COLUMN_PATH || column == COLUMN_TYPE || column == COLUMN_SOURCE)
    {
      gtk_widget_set_has_tooltip (cell, TRUE);
      g_signal_connect (cell, "query-tooltip", G_CALLBACK (on_query_tooltip),
                        GUINT_TO_POINTER (column));
    }
  gtk_list_item_set_child (item, cell);
}

static void
bind_tick (SondeSymbolColumns *self, GtkWidget *check, SondeSymbolRow *row)
{
  g_autofree char *name = g_strdup_printf ("Watch %s", sonde_symbol_row_get_path (row));

  gtk_widget_set_visible (check, sonde_symbol_row_is_leaf (row));
  gtk_widget_set_sensitive (check, sonde_symbol_row_get_why (row) == NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  self->is_setting = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               sonde_symbol_actions_is_ticked (self->actions, row));
  self->is_setting = FALSE;
}

static void
bind_path (GtkWidget *expander, GtkListItem *item, SondeSymbolRow *row)
{
  GtkWidget *text = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (expander));
  g_autoptr (PangoAttrList) emphasis = sonde_symbol_cell_dup_emphasis (row);
  gpointer tree_row = gtk_list_item_get_item (item);

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (expander),
                                  GTK_IS_TREE_LIST_ROW (tree_row) ? tree_row : NULL);
  gtk_inscription_set_text (GTK_INSCRIPTION (text), sonde_symbol_row_get_label (row));
  gtk_inscription_set_attributes (GTK_INSCRIPTION (text), emphasis);
  sonde_symbol_cell_set_dim (text, row);
}

static void
bind_section (GtkWidget *box, SondeSymbolRow *row)
{
  static const char *const classes[SONDE_N_SECTION_KINDS]
      = { NULL, "section-code", "section-constant", "section-data", "section-zeroed" };
  GtkWidget *dot = gtk_widget_get_first_child (box);
  const char *names[] = { "section-dot", classes[sonde_symbol_row_get_section_kind (row)], NULL };

  gtk_widget_set_css_classes (dot, names);
  gtk_widget_set_visible (dot, sonde_symbol_row_get_section (row)[0] != '\0');
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_last_child (box)),
                            sonde_symbol_row_get_section (row));
}

static char *
dup_text (SondeSymbolRow *row, Column column)
{
  guint64 address = 0, size = 0;
  const gboolean is_placed = sonde_symbol_row_get_place (row, &address, &size);
  guint line = 0;
  const char *source;
  g_autofree char *file = NULL;

  switch (column)
    {
    case COLUMN_TYPE:
      return g_strdup (sonde_symbol_row_get_type_name (row));
    case COLUMN_ADDRESS:
      if (!is_placed)
        return g_strdup ("–");
      return g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", address);
    case COLUMN_SIZE:
      return sonde_readout_dup_count (size);
    default:
      source = sonde_symbol_row_get_source (row, &line);
      file = source[0] != '\0' ? g_path_get_basename (source) : g_strdup ("");
      return line > 0 ? g_strdup_printf ("%s:%u", file, line) : g_steal_pointer (&file);
    }
}

static void
bind_text (GtkWidget *cell, SondeSymbolRow *row, Column column)
{
  g_autofree char *text = dup_text (row, column);

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SondeSymbolColumns *self)
{
  const Column column = column_of (factory);
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_autoptr (SondeSymbolRow) row = dup_row (item);

  g_object_set_qdata (G_OBJECT (cell), item_quark (), item);
  if (column == COLUMN_TICK)
    {
      bind_tick (self, cell, row);
      g_hash_table_add (self->ticks, cell);
    }
  else if (column == COLUMN_PATH)
    bind_path (cell, item, row);
  else if (column == COLUMN_SECTION)
    bind_section (cell, row);
  else
    bind_text (cell, row, column);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, SondeSymbolColumns *self)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  g_hash_table_remove (self->ticks, cell);
  g_object_set_qdata (G_OBJECT (cell), item_quark (), NULL);
  if (GTK_IS_TREE_EXPANDER (cell))
    gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (cell), NULL);
}

void
sonde_symbol_columns_show_ticks (SondeSymbolColumns *self)
{
  GHashTableIter iter;
  gpointer check;

  g_hash_table_iter_init (&iter, self->ticks);
  while (g_hash_table_iter_next (&iter, &check, NULL))
    {
      g_autoptr (SondeSymbolRow) row = dup_row (get_list_item (check));

      if (row != NULL)
        bind_tick (self, check, row);
    }
}

/* --- Order ------------------------------------------------------------------------------------ */

typedef struct
{
  SondeSymbolColumns *owner;
  SondeSymbolColumn column;
} Probe;

/* The rows are sorted by their own model. GTK 4.8 does not say by which title a person asked for
 * it: the view's sorter is asked to compare two different things, and calls the one that stands
 * first. */
static int
note_column (gconstpointer a, gconstpointer b, gpointer data)
{
  Probe *probe = data;

  if (probe->owner->asked == SONDE_SYMBOL_COLUMN_NONE)
    probe->owner->asked = probe->column;
  return -1;
}

static void
on_sorter_changed (GtkSorter *sorter, GtkSorterChange change, SondeSymbolColumns *self)
{
  GtkOrdering order;

  self->asked = SONDE_SYMBOL_COLUMN_NONE;
  order = gtk_sorter_compare (sorter, self->view, self->columns[0]);
  self->sorted (self->asked, order == GTK_ORDERING_LARGER, self->data);
}

void
sonde_symbol_columns_forget_order (SondeSymbolColumns *self)
{
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
}

/* --- Life ------------------------------------------------------------------------------------- */

static void
align_titles (SondeSymbolColumns *self)
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
make_column (SondeSymbolColumns *self, Column column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *made;
  g_autoptr (GtkCustomSorter) sorter = NULL;
  Probe *probe;

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  made = gtk_column_view_column_new (columns[column].title, factory);
  gtk_column_view_column_set_expand (made, columns[column].width_px == 0);
  if (columns[column].width_px > 0)
    gtk_column_view_column_set_fixed_width (made, columns[column].width_px);
  if (columns[column].order == SONDE_SYMBOL_COLUMN_NONE)
    return made;
  gtk_column_view_column_set_resizable (made, TRUE);
  probe = g_new (Probe, 1);
  *probe = (Probe){ self, columns[column].order };
  sorter = gtk_custom_sorter_new (note_column, probe, g_free);
  gtk_column_view_column_set_sorter (made, GTK_SORTER (sorter));
  return made;
}

SondeSymbolColumns *
sonde_symbol_columns_new (GtkColumnView *view, SondeSymbolActions *actions,
                          SondeSymbolSorted sorted, gpointer data)
{
  SondeSymbolColumns *self = g_new0 (SondeSymbolColumns, 1);

  self->view = view;
  self->actions = actions;
  self->sorted = sorted;
  self->data = data;
  self->ticks = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      self->columns[i] = make_column (self, i);
      gtk_column_view_append_column (view, self->columns[i]);
    }
  g_signal_connect (gtk_column_view_get_sorter (view), "changed", G_CALLBACK (on_sorter_changed),
                    self);
  align_titles (self);
  return self;
}

void
sonde_symbol_columns_free (SondeSymbolColumns *self)
{
  g_signal_handlers_disconnect_by_func (gtk_column_view_get_sorter (self->view), on_sorter_changed,
                                        self);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_object_unref (self->columns[i]);
  g_hash_table_unref (self->ticks);
  g_free (self);
}

/* Taken out rather than hidden: GTK 4.8 keeps the room of a hidden column. */
void
sonde_symbol_columns_set_narrow (SondeSymbolColumns *self, gboolean is_narrow)
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

void
sonde_symbol_columns_set_wide_addresses (SondeSymbolColumns *self, gboolean is_wide)
{
  gtk_column_view_column_set_fixed_width (
      self->columns[COLUMN_ADDRESS], is_wide ? WIDE_ADDRESS_PX : columns[COLUMN_ADDRESS].width_px);
}

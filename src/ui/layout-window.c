/* layout-window.c: where the members of a struct lie, holes included */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/layout-window.h"

#include <adwaita.h>

#include "ui/ltr-text.h"
#include "ui/readout.h"
#include "workbench/symbol-children.h"

#define WIDTH_PX 620
#define HEIGHT_PX 520
#define COPIED_DEPTH 16
#define MAX_SHOWN_DEPTH 64

typedef enum
{
  COLUMN_OFFSET,
  COLUMN_SIZE,
  COLUMN_BITS,
  COLUMN_MEMBER,
  COLUMN_TYPE,
  N_COLUMNS,
} Column;

static const struct
{
  const char *title;
  int width_px; /* 0 expands */
  float xalign;
} columns[N_COLUMNS] = {
  { "Offset", 70, 1 }, { "Size", 70, 1 }, { "Bits", 62, 1 }, { "Member", 0, 0 }, { "Type", 190, 0 },
};

/* --- One row ---------------------------------------------------------------------------------- */

#define SONDE_TYPE_LAYOUT_ITEM (sonde_layout_item_get_type ())
G_DECLARE_FINAL_TYPE (SondeLayoutItem, sonde_layout_item, SONDE, LAYOUT_ITEM, GObject)

/* A row, or with no row the type that all begins with. */
struct _SondeLayoutItem
{
  GObject parent_instance;
  SondeLayoutRow row; /* its texts live as long as parent does */
  SondeLayoutItem *parent;
  SondeTypeLayout *layout; /* owned: of what is below, made when it is opened */
  SondeType *nested;       /* owned (nullable) */
  guint64 base;            /* where nested begins in the outermost type */
  int byte_order;
  guint depth;
};

G_DEFINE_FINAL_TYPE (SondeLayoutItem, sonde_layout_item, G_TYPE_OBJECT)

static void
sonde_layout_item_finalize (GObject *object)
{
  SondeLayoutItem *self = SONDE_LAYOUT_ITEM (object);

  g_clear_pointer (&self->layout, sonde_type_layout_free);
  g_clear_pointer (&self->nested, sonde_type_unref);
  g_clear_object (&self->parent);
  G_OBJECT_CLASS (sonde_layout_item_parent_class)->finalize (object);
}

static void
sonde_layout_item_class_init (SondeLayoutItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sonde_layout_item_finalize;
}

static void
sonde_layout_item_init (SondeLayoutItem *self)
{
}

static SondeLayoutItem *
new_item (SondeType *nested, guint64 base, int byte_order)
{
  SondeLayoutItem *self = g_object_new (SONDE_TYPE_LAYOUT_ITEM, NULL);

  self->nested = nested != NULL ? sonde_type_ref (nested) : NULL;
  self->base = base;
  self->byte_order = byte_order;
  return self;
}

static gpointer
make_row (gpointer owner, guint position)
{
  SondeLayoutItem *parent = owner;
  guint n = 0;
  const SondeLayoutRow *rows = sonde_type_layout_get_rows (parent->layout, &n);
  SondeType *nested = position < n && rows[position].type != NULL && parent->depth < MAX_SHOWN_DEPTH
                          ? sonde_type_layout_find_nested (rows[position].type)
                          : NULL;
  SondeLayoutItem *self;

  if (position >= n)
    return NULL;
  self = new_item (nested, parent->base + rows[position].offset, parent->byte_order);
  self->row = rows[position];
  self->row.offset += parent->base;
  self->parent = g_object_ref (parent);
  self->depth = parent->depth + 1;
  return self;
}

static GListModel *
create_children (gpointer item, gpointer data)
{
  SondeLayoutItem *self = item;
  guint n = 0;

  if (self->nested == NULL)
    return NULL;
  if (self->layout == NULL)
    self->layout = sonde_type_layout_new (self->nested, self->byte_order);
  sonde_type_layout_get_rows (self->layout, &n);
  return n > 0 ? sonde_symbol_children_new (G_OBJECT (self), make_row, n) : NULL;
}

/* --- Cells ------------------------------------------------------------------------------------ */

static GtkWidget *
make_text (Column column)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  sonde_ltr_text_set (text, columns[column].xalign);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), 4);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (text, "numeric");
  if (column != COLUMN_MEMBER)
    gtk_widget_add_css_class (text, "dim2");
  return text;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const Column column = GPOINTER_TO_UINT (data);
  GtkWidget *text = make_text (column);
  GtkWidget *expander;

  if (column != COLUMN_MEMBER)
    {
      gtk_list_item_set_child (item, text);
      return;
    }
  expander = gtk_tree_expander_new ();
  gtk_widget_set_hexpand (text, TRUE);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), text);
  gtk_list_item_set_child (item, expander);
}

static char *
dup_text (const SondeLayoutRow *row, Column column)
{
  switch (column)
    {
    case COLUMN_OFFSET:
      return sonde_readout_dup_count (row->offset);
    case COLUMN_SIZE:
      return row->bit_size > 0 ? g_strdup ("") : sonde_readout_dup_count (row->size);
    case COLUMN_BITS:
      return sonde_layout_row_dup_bits (row);
    case COLUMN_MEMBER:
      if (row->type == NULL)
        return g_strdup ("hole");
      return g_strdup (row->name != NULL && row->name[0] != '\0' ? row->name : "(anonymous)");
    default:
      return g_strdup (row->type != NULL ? sonde_type_get_name (row->type) : "");
    }
}

/* A hole is hatched over the whole of its row. */
static void
set_hole (GtkWidget *cell, gboolean is_hole)
{
  GtkWidget *around = gtk_widget_get_parent (cell);

  for (guint i = 0; i < 2 && around != NULL; i++, around = gtk_widget_get_parent (around))
    if (is_hole && i == 1)
      gtk_widget_add_css_class (around, "hole");
    else
      gtk_widget_remove_css_class (around, "hole");
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const Column column = GPOINTER_TO_UINT (data);
  GtkTreeListRow *tree_row = gtk_list_item_get_item (item);
  g_autoptr (SondeLayoutItem) row = gtk_tree_list_row_get_item (tree_row);
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_autofree char *text = dup_text (&row->row, column);

  set_hole (cell, row->row.type == NULL);
  if (column == COLUMN_MEMBER)
    {
      gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (cell), tree_row);
      cell = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (cell));
    }
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  if (column == COLUMN_TYPE)
    gtk_widget_set_tooltip_text (cell, text);
}

static void
add_columns (GtkColumnView *view)
{
  GtkWidget *button;

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (columns[i].title, factory);
      gtk_column_view_column_set_expand (column, columns[i].width_px == 0);
      gtk_column_view_column_set_resizable (column, TRUE);
      if (columns[i].width_px > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width_px);
      gtk_column_view_append_column (view, column);
    }
  button = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (view)));
  for (guint i = 0; i < N_COLUMNS && button != NULL; i++)
    {
      if (columns[i].xalign > 0)
        gtk_widget_set_halign (gtk_widget_get_first_child (button), GTK_ALIGN_END);
      button = gtk_widget_get_next_sibling (button);
    }
}

/* --- The window ------------------------------------------------------------------------------- */

static void
on_activate (GtkColumnView *view, guint position, gpointer data)
{
  g_autoptr (GtkTreeListRow) row
      = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (view)), position);

  if (row != NULL && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static void
on_copy (GtkButton *button, SondeLayoutItem *top)
{
  g_autofree char *text = sonde_type_layout_to_text (top->nested, top->byte_order, COPIED_DEPTH);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
}

static GtkWidget *
make_view (SondeLayoutItem *top)
{
  GListModel *rows = create_children (top, NULL);
  GtkTreeListModel *tree;
  GtkWidget *view;

  if (rows == NULL)
    rows = G_LIST_MODEL (g_list_store_new (G_TYPE_OBJECT));
  tree = gtk_tree_list_model_new (rows, FALSE, FALSE, create_children, NULL, NULL);
  view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (tree))));
  gtk_widget_set_name (view, "layout-table");
  gtk_widget_add_css_class (view, "sonde");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, "Members",
                                  -1);
  add_columns (GTK_COLUMN_VIEW (view));
  g_signal_connect (view, "activate", G_CALLBACK (on_activate), NULL);
  return view;
}

static GtkWidget *
make_header (SondeLayoutItem *top)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autofree char *title = g_strdup_printf ("Layout of %s", sonde_type_get_name (top->nested));

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (title, NULL));
  gtk_widget_set_name (copy, "layout-copy");
  gtk_widget_set_tooltip_text (copy, "Copy as Text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Copy as Text", -1);
  g_signal_connect_data (copy, "clicked", G_CALLBACK (on_copy), g_object_ref (top),
                         (GClosureNotify) (GCallback) g_object_unref, 0);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), copy);
  return header;
}

static GtkWidget *
make_totals (SondeLayoutItem *top)
{
  g_autofree char *text = sonde_layout_totals_describe (sonde_type_layout_get_totals (top->layout));
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_name (label, "layout-totals");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "layout-totals");
  gtk_widget_add_css_class (label, "small-text");
  gtk_widget_add_css_class (label, "dim2");
  return label;
}

static void
close_on_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

void
sonde_layout_window_show (GtkWidget *parent, SondeType *type, int byte_order)
{
  SondeType *nested = sonde_type_layout_find_nested (type);
  g_autoptr (SondeLayoutItem) top = NULL;
  GtkWidget *window, *box, *scroller;

  if (nested == NULL)
    return;
  top = new_item (nested, 0, byte_order);
  window = adw_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  scroller = gtk_scrolled_window_new ();
  gtk_widget_set_name (window, "layout-window");
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH_PX, HEIGHT_PX);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (parent)));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_view (top));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), make_header (top));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), make_totals (top));
  adw_window_set_content (ADW_WINDOW (window), box);
  close_on_escape (window);
  gtk_widget_child_focus (scroller, GTK_DIR_TAB_FORWARD);
  gtk_window_present (GTK_WINDOW (window));
}

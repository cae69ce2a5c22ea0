/* symbol-cell.c: a row of the symbol browser: expander, tick, name, type */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/symbol-cell.h"

#include <string.h>

#include "ui/ltr-text.h"

#define MAX_MATCH_BYTES 64

struct _SondeSymbolCell
{
  GtkWidget parent_instance;
  SondeSymbolRow *row; /* owned, NULL while unbound */
  GtkTreeExpander *expander;
  GtkCheckButton *check;
  GtkLabel *label;
  GtkLabel *type;
  gboolean is_setting; /* the tick is being shown, not clicked */
};

G_DEFINE_FINAL_TYPE (SondeSymbolCell, sonde_symbol_cell, GTK_TYPE_WIDGET)

static guint toggled_signal;

static void
on_check_toggled (GtkCheckButton *check, SondeSymbolCell *self)
{
  if (!self->is_setting)
    g_signal_emit (self, toggled_signal, 0, gtk_check_button_get_active (check));
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, SondeSymbolCell *self)
{
  if (self->row == NULL)
    return NULL;
  return gdk_content_provider_new_typed (G_TYPE_STRING, sonde_symbol_row_get_path (self->row));
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, SondeSymbolCell *self)
{
  GtkWidget *icon = gtk_drag_icon_get_for_drag (drag);
  GtkWidget *label = gtk_label_new (self->row == NULL ? "" : sonde_symbol_row_get_path (self->row));

  gtk_widget_add_css_class (label, "tag");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (icon), label);
}

static void
sonde_symbol_cell_dispose (GObject *object)
{
  SondeSymbolCell *self = SONDE_SYMBOL_CELL (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_object (&self->row);
  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (sonde_symbol_cell_parent_class)->dispose (object);
}

/* Set with each row it would cost a question to the X server. */
static gboolean
query_tooltip (GtkWidget *widget, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip)
{
  SondeSymbolCell *self = SONDE_SYMBOL_CELL (widget);
  g_autofree char *text = self->row == NULL ? NULL : sonde_symbol_cell_dup_tooltip (self->row);

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
sonde_symbol_cell_class_init (SondeSymbolCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_symbol_cell_dispose;
  widget_class->query_tooltip = query_tooltip;
  toggled_signal = g_signal_new ("toggled", SONDE_TYPE_SYMBOL_CELL, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/symbol-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolCell, expander);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolCell, check);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolCell, label);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolCell, type);
  gtk_widget_class_bind_template_callback (widget_class, on_check_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_prepare);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_begin);
}

static void
sonde_symbol_cell_init (SondeSymbolCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sonde_ltr_text_set (GTK_WIDGET (self->label), 0);
}

GtkWidget *
sonde_symbol_cell_new (void)
{
  return g_object_new (SONDE_TYPE_SYMBOL_CELL, NULL);
}

PangoAttrList *
sonde_symbol_cell_dup_emphasis (SondeSymbolRow *row)
{
  const guint64 match = sonde_symbol_row_get_match (row);
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; i < MAX_MATCH_BYTES; i++)
    {
      PangoAttribute *bold;

      if ((match >> i & 1) == 0)
        continue;
      bold = pango_attr_weight_new (PANGO_WEIGHT_HEAVY);
      bold->start_index = i;
      bold->end_index = i + 1;
      pango_attr_list_insert (attributes, bold);
    }
  return attributes;
}

char *
sonde_symbol_cell_dup_tooltip (SondeSymbolRow *row)
{
  const char *why = sonde_symbol_row_get_why (row);
  guint64 address = 0, size = 0;
  const gboolean is_placed = sonde_symbol_row_get_place (row, &address, &size);
  g_autofree char *place
      = is_placed ? g_strdup_printf (" at 0x%08" G_GINT64_MODIFIER "x", address) : g_strdup ("");

  if (sonde_symbol_row_get_path (row)[0] == '\0')
    return g_strdup (sonde_symbol_row_get_label (row));
  return g_strdup_printf ("%s\n%s, %" G_GUINT64_FORMAT " byte%s%s%s%s",
                          sonde_symbol_row_get_path (row), sonde_symbol_row_get_type_name (row),
                          size, size == 1 ? "" : "s", place,
                          why == NULL ? "" : "\nCannot be watched: ", why == NULL ? "" : why);
}

void
sonde_symbol_cell_set_dim (GtkWidget *widget, SondeSymbolRow *row)
{
  if (sonde_symbol_row_get_why (row) != NULL && sonde_symbol_row_get_variable (row) != NULL)
    gtk_widget_add_css_class (widget, "unpolled");
  else
    gtk_widget_remove_css_class (widget, "unpolled");
}

static void
show_row (SondeSymbolCell *self)
{
  g_autofree char *tick_name = g_strdup_printf ("Watch %s", sonde_symbol_row_get_path (self->row));
  g_autoptr (PangoAttrList) emphasis = sonde_symbol_cell_dup_emphasis (self->row);

  gtk_label_set_text (self->label, sonde_symbol_row_get_label (self->row));
  gtk_label_set_attributes (self->label, emphasis);
  gtk_label_set_text (self->type, sonde_symbol_row_get_type_name (self->row));
  gtk_widget_set_visible (GTK_WIDGET (self->check), sonde_symbol_row_is_leaf (self->row));
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), sonde_symbol_row_get_why (self->row) == NULL);
  sonde_symbol_cell_set_dim (GTK_WIDGET (self->label), self->row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tick_name, -1);
}

void
sonde_symbol_cell_set_row (SondeSymbolCell *self, GtkTreeListRow *tree_row)
{
  g_clear_object (&self->row);
  gtk_tree_expander_set_list_row (self->expander, tree_row);
  if (tree_row == NULL)
    return;
  self->row = gtk_tree_list_row_get_item (tree_row);
  show_row (self);
}

SondeSymbolRow *
sonde_symbol_cell_get_row (SondeSymbolCell *self)
{
  return self->row;
}

void
sonde_symbol_cell_set_ticked (SondeSymbolCell *self, gboolean is_ticked)
{
  self->is_setting = TRUE;
  gtk_check_button_set_active (self->check, is_ticked);
  self->is_setting = FALSE;
}

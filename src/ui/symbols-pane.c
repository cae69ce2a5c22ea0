/* symbols-pane.c: what the firmware holds: search, tree, ticks */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/symbols-pane.h"

#include <adwaita.h>

#include "ui/firmware-chip.h"
#include "ui/readout.h"
#include "ui/symbol-actions.h"
#include "ui/symbol-cell.h"
#include "ui/symbol-keys.h"
#include "ui/symbol-tree.h"
#include "ui/tab-out.h"
#include "ui/tree-selection.h"

struct _SondeSymbolsPane
{
  GtkWidget parent_instance;
  SondeWorkbench *workbench;
  GtkMultiSelection *selection; /* of GtkTreeListRow; owned by the list */
  SondeSymbolActions *actions;
  GHashTable *cells; /* SondeSymbolCell that show a row now */
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkListView *list;
  GtkWidget *progress_box;
  GtkLabel *stage;
  GtkProgressBar *progress;
  AdwStatusPage *status;
  SondeFirmwareChip *firmware_chip;
  GtkLabel *count_label;
};

G_DEFINE_FINAL_TYPE (SondeSymbolsPane, sonde_symbols_pane, GTK_TYPE_WIDGET)

/* --- Rows ------------------------------------------------------------------------------------- */

static void
show_ticks (SondeSymbolsPane *self)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    sonde_symbol_cell_set_ticked (
        cell, sonde_symbol_actions_is_ticked (self->actions, sonde_symbol_cell_get_row (cell)));
}

static void
update_footer (SondeSymbolsPane *self)
{
  const char *path = sonde_workbench_get_elf_path (self->workbench);
  SondeSymbolList *symbols = sonde_workbench_get_symbol_list (self->workbench);
  g_autofree char *total = sonde_readout_dup_count (sonde_symbol_list_get_n_total (symbols));
  const gboolean is_searching = gtk_editable_get_text (GTK_EDITABLE (self->search))[0] != '\0';
  g_autofree char *found
      = g_strdup_printf ("%u found · ", g_list_model_get_n_items (G_LIST_MODEL (symbols)));
  g_autofree char *text
      = g_strdup_printf ("%s%u watched", is_searching ? found : "",
                         g_list_model_get_n_items (sonde_workbench_get_watches (self->workbench)));
  g_autofree char *hint = g_strdup_printf ("Search %s symbols", total);

  gtk_label_set_text (self->count_label, path == NULL ? "" : text);
  g_object_set (self->search, "placeholder-text", path == NULL ? "Search symbols" : hint, NULL);
}

static void
on_watches_changed (SondeSymbolsPane *self)
{
  show_ticks (self);
  update_footer (self);
}

static void
on_cell_toggled (SondeSymbolCell *cell, gboolean wanted, SondeSymbolsPane *self)
{
  SondeSymbolRow *row = sonde_symbol_cell_get_row (cell);

  if (row != NULL)
    sonde_symbol_actions_tick (self->actions, row, wanted);
  show_ticks (self);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SondeSymbolsPane *self)
{
  GtkWidget *cell = sonde_symbol_cell_new ();

  g_signal_connect (cell, "toggled", G_CALLBACK (on_cell_toggled), self);
  gtk_list_item_set_child (item, cell);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SondeSymbolsPane *self)
{
  SondeSymbolCell *cell = SONDE_SYMBOL_CELL (gtk_list_item_get_child (item));

  sonde_symbol_cell_set_row (cell, gtk_list_item_get_item (item));
  sonde_symbol_cell_set_ticked (
      cell, sonde_symbol_actions_is_ticked (self->actions, sonde_symbol_cell_get_row (cell)));
  g_hash_table_add (self->cells, cell);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, SondeSymbolsPane *self)
{
  SondeSymbolCell *cell = SONDE_SYMBOL_CELL (gtk_list_item_get_child (item));

  g_hash_table_remove (self->cells, cell);
  sonde_symbol_cell_set_row (cell, NULL);
}

static GListModel *
create_children (gpointer item, gpointer user_data)
{
  return sonde_symbol_row_create_children (item);
}

/* --- What is done with rows ------------------------------------------------------------------- */

/* Enter or double click: a leaf is ticked, what opens is opened. With several rows selected all of
 * them follow the one that was activated. */
static void
on_activate (GtkListView *list, guint position, SondeSymbolsPane *self)
{
  g_autoptr (GtkTreeListRow) tree_row
      = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autoptr (SondeSymbolRow) row = sonde_tree_selection_dup_item (self->selection, position);

  if (row == NULL)
    return;
  if (sonde_symbol_row_is_leaf (row))
    sonde_symbol_actions_tick (self->actions, row,
                               !sonde_symbol_actions_is_ticked (self->actions, row));
  else
    gtk_tree_list_row_set_expanded (tree_row, !gtk_tree_list_row_get_expanded (tree_row));
}

static SondeSymbolCell *
cell_at (SondeSymbolsPane *self, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && !SONDE_IS_SYMBOL_CELL (widget))
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);

      if (widget == GTK_WIDGET (self->list))
        return NULL;
      widget
          = child != NULL && SONDE_IS_SYMBOL_CELL (child) ? child : gtk_widget_get_parent (widget);
    }
  return widget == NULL ? NULL : SONDE_SYMBOL_CELL (widget);
}

static void
on_menu_pressed (GtkGestureClick *gesture, int n_press, double x, double y, SondeSymbolsPane *self)
{
  SondeSymbolCell *cell = cell_at (self, x, y);

  if (cell == NULL)
    return;
  /* Otherwise the row below waits for a release that the menu takes. */
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  sonde_tree_selection_point_at (self->selection, sonde_symbol_cell_get_row (cell));
  sonde_symbol_keys_focus (GTK_WIDGET (self->list)); /* where it is when menu or dialog are gone */
  sonde_symbol_actions_popup_at (self->actions, GTK_WIDGET (self->list), x, y);
}

/* --- Search and state ------------------------------------------------------------------------- */

static void
on_search_changed (GtkSearchEntry *entry, SondeSymbolsPane *self)
{
  sonde_symbol_list_set_search (sonde_workbench_get_symbol_list (self->workbench),
                                gtk_editable_get_text (GTK_EDITABLE (entry)));
}

/* Enter in the entry ticks the best hit. */
static void
on_search_activate (GtkSearchEntry *entry, SondeSymbolsPane *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    on_activate (self->list, 0, self);
}

static gboolean
on_search_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
               SondeSymbolsPane *self)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
on_stop_search (GtkSearchEntry *entry, SondeSymbolsPane *self)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
}

static void
show_status (SondeSymbolsPane *self, const char *title, const char *text)
{
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, text);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
update_body (SondeSymbolsPane *self)
{
  SondeSymbolList *symbols = sonde_workbench_get_symbol_list (self->workbench);
  const SondeSymbolsState state = sonde_workbench_get_symbols_state (self->workbench);
  const char *error = sonde_workbench_get_symbols_error (self->workbench);
  g_autofree char *why = error == NULL ? NULL : g_markup_escape_text (error, -1);

  if (g_list_model_get_n_items (G_LIST_MODEL (symbols)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (sonde_symbol_list_get_n_total (symbols) > 0)
    show_status (self, "No Match",
                 "Fewer letters find more; :float finds a type, 0x2000 an address.");
  else if (state == SONDE_SYMBOLS_FAILED)
    show_status (self, "No Symbols", why);
  else if (state == SONDE_SYMBOLS_LOADING)
    gtk_stack_set_visible_child_name (self->stack, "blank");
  else if (state == SONDE_SYMBOLS_READY)
    show_status (self, "No Variables", "This ELF holds no variable with a fixed address.");
  else
    show_status (self, "No Symbols", "Drop the board’s .elf here.");
}

static void
on_searched (SondeSymbolsPane *self)
{
  update_body (self);
  update_footer (self);
}

static void
on_symbols_changed (SondeSymbolsPane *self)
{
  const gboolean is_loading
      = sonde_workbench_get_symbols_state (self->workbench) == SONDE_SYMBOLS_LOADING;
  const char *stage = sonde_workbench_get_symbols_stage (self->workbench);

  gtk_widget_set_visible (self->progress_box, is_loading);
  gtk_progress_bar_set_fraction (self->progress,
                                 sonde_workbench_get_symbols_progress (self->workbench));
  gtk_label_set_text (self->stage, stage == NULL || stage[0] == '\0' ? "Opening" : stage);
  update_body (self);
  update_footer (self);
  show_ticks (self);
}

static void
on_cancel_clicked (GtkButton *button, SondeSymbolsPane *self)
{
  sonde_workbench_cancel_open (self->workbench);
}

/* --- The object ------------------------------------------------------------------------------- */

static void
sonde_symbols_pane_dispose (GObject *object)
{
  SondeSymbolsPane *self = SONDE_SYMBOLS_PANE (object);
  GtkWidget *child;

  g_clear_pointer (&self->actions, sonde_symbol_actions_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->cells, g_hash_table_unref);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_symbols_pane_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsPane, search);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsPane, list);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsPane, progress_box);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsPane, stage);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsPane, progress);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsPane, status);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsPane, firmware_chip);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsPane, count_label);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_menu_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
}

static void
sonde_symbols_pane_class_init (SondeSymbolsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_symbols_pane_dispose;
  g_type_ensure (SONDE_TYPE_FIRMWARE_CHIP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/symbols-pane.ui");
  bind_template (widget_class);
}

static void
sonde_symbols_pane_init (SondeSymbolsPane *self)
{
  self->cells = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  sonde_tab_out_add (GTK_WIDGET (self->list));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->list));
}

void
sonde_symbols_pane_set_workbench (SondeSymbolsPane *self, SondeWorkbench *workbench)
{
  SondeSymbolList *symbols = sonde_workbench_get_symbol_list (workbench);
  SondeSymbolTree *tree
      = sonde_symbol_tree_new (G_LIST_MODEL (g_object_ref (symbols)), create_children);

  self->workbench = g_object_ref (workbench);
  sonde_firmware_chip_set_workbench (self->firmware_chip, workbench);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (tree));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);
  self->actions = sonde_symbol_actions_new (GTK_WIDGET (self), workbench);
  sonde_symbol_actions_set_selection (self->actions, self->selection);
  sonde_symbol_keys_add (GTK_WIDGET (self->list), self->actions);
  g_signal_connect_object (workbench, "symbols-changed", G_CALLBACK (on_symbols_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (symbols, "searched", G_CALLBACK (on_searched), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sonde_workbench_get_watches (workbench), "items-changed",
                           G_CALLBACK (on_watches_changed), self, G_CONNECT_SWAPPED);
  on_symbols_changed (self);
}

void
sonde_symbols_pane_find (SondeSymbolsPane *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

const char *
sonde_symbols_pane_get_search (SondeSymbolsPane *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

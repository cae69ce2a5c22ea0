/* symbols-view.c: symbols in full size: all columns, filters, what fills the memories */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/symbols-view.h"

#include <adwaita.h>

#include "ui/filter-button.h"
#include "ui/readout.h"
#include "ui/size-panel.h"
#include "ui/symbol-columns.h"
#include "ui/symbol-keys.h"
#include "ui/symbol-tree.h"
#include "ui/tab-out.h"
#include "ui/tree-selection.h"

#define MAX_HITS 2000
#define MAX_TOLD_UNITS 200

struct _SondeSymbolsView
{
  GtkWidget parent_instance;
  SondeWorkbench *workbench;
  SondeSymbolList *symbols;
  SondeSymbolActions *actions;
  SondeSymbolColumns *columns;
  GtkMultiSelection *selection; /* owned by the view */
  gboolean is_narrow;
  gboolean is_marking; /* the map follows the table, or the other way round */
  SondeSymbolColumn order;
  gboolean is_falling;
  gboolean has_wanted; /* a row to go to when the answer is there */
  guint wanted;

  GtkSearchEntry *search;
  GtkToggleButton *set_all, *set_variables, *set_functions, *set_constants;
  SondeFilterButton *filter;
  GtkToggleButton *tree_button, *map_button;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  AdwStatusPage *status;
  GtkWidget *clear;
  GtkWidget *map_edge;
  SondeSizePanel *panel;
  GtkLabel *count_label, *watched_label, *file_label, *skipped_label;
  GtkMenuButton *skipped;
};

G_DEFINE_FINAL_TYPE (SondeSymbolsView, sonde_symbols_view, GTK_TYPE_WIDGET)

/* --- What is asked ---------------------------------------------------------------------------- */

static SondeSymbolSet
get_set (SondeSymbolsView *self)
{
  if (gtk_toggle_button_get_active (self->set_variables))
    return SONDE_SYMBOLS_VARIABLES;
  if (gtk_toggle_button_get_active (self->set_functions))
    return SONDE_SYMBOLS_FUNCTIONS;
  return gtk_toggle_button_get_active (self->set_constants) ? SONDE_SYMBOLS_CONSTANTS
                                                            : SONDE_SYMBOLS_ALL;
}

static void
ask (SondeSymbolsView *self)
{
  SondeSymbolQuery query = { .text = gtk_editable_get_text (GTK_EDITABLE (self->search)),
                             .set = get_set (self),
                             .is_flat = !gtk_toggle_button_get_active (self->tree_button),
                             .column = self->order,
                             .is_falling = self->is_falling,
                             .max_hits = MAX_HITS };

  sonde_filter_button_fill (self->filter, &query);
  if (self->symbols != NULL)
    sonde_symbol_list_set_query (self->symbols, &query);
}

static void
on_sorted (SondeSymbolColumn column, gboolean is_falling, gpointer data)
{
  SondeSymbolsView *self = data;

  self->order = column;
  self->is_falling = is_falling;
  ask (self);
}

/* A new search shows its best hits first; a click on a title orders them. */
static void
on_search_changed (GtkSearchEntry *entry, SondeSymbolsView *self)
{
  if (self->order != SONDE_SYMBOL_COLUMN_NONE)
    sonde_symbol_columns_forget_order (self->columns);
  ask (self);
}

static void
on_set_toggled (GtkToggleButton *button, SondeSymbolsView *self)
{
  if (gtk_toggle_button_get_active (button))
    ask (self);
}

static void
on_filter_changed (SondeFilterButton *button, SondeSymbolsView *self)
{
  ask (self);
}

static void
on_clear_clicked (GtkButton *button, SondeSymbolsView *self)
{
  gtk_toggle_button_set_active (self->set_all, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  sonde_filter_button_clear (self->filter);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* --- The table -------------------------------------------------------------------------------- */

static GListModel *
create_children (gpointer item, gpointer user_data)
{
  return sonde_symbol_row_create_children (item);
}

static void on_selection_changed (SondeSymbolsView *self);

static void
build_model (SondeSymbolsView *self, gboolean is_tree)
{
  GListModel *roots = G_LIST_MODEL (g_object_ref (self->symbols));
  SondeSymbolTree *rows = sonde_symbol_tree_new (roots, is_tree ? create_children : NULL);

  self->selection = gtk_multi_selection_new (G_LIST_MODEL (rows));
  sonde_symbol_actions_set_selection (self->actions, self->selection);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_selection_changed),
                           self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);
}

static void
on_tree_toggled (GtkToggleButton *button, SondeSymbolsView *self)
{
  if (self->symbols == NULL)
    return;
  build_model (self, gtk_toggle_button_get_active (button));
  ask (self);
}

static void
on_activate (GtkColumnView *view, guint position, SondeSymbolsView *self)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autoptr (SondeSymbolRow) row = sonde_tree_selection_dup_item (self->selection, position);

  if (row == NULL)
    return;
  if (sonde_symbol_row_is_leaf (row))
    sonde_symbol_actions_tick (self->actions, row,
                               !sonde_symbol_actions_is_ticked (self->actions, row));
  else if (GTK_IS_TREE_LIST_ROW (item))
    gtk_tree_list_row_set_expanded (GTK_TREE_LIST_ROW (item),
                                    !gtk_tree_list_row_get_expanded (GTK_TREE_LIST_ROW (item)));
}

static void
on_menu_pressed (GtkGestureClick *gesture, int n_press, double x, double y, SondeSymbolsView *self)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  guint position = 0;

  if (!sonde_symbol_columns_find_position (picked, &position))
    return;
  /* Otherwise the row below waits for a release that the menu takes. */
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  sonde_tree_selection_point_at_position (self->selection, position);
  sonde_symbol_keys_focus (GTK_WIDGET (self->view)); /* where it is when menu or dialog are gone */
  sonde_symbol_actions_popup_at (self->actions, GTK_WIDGET (self->view), x, y);
}

/* --- Table and map follow each other ---------------------------------------------------------- */

static void
on_selection_changed (SondeSymbolsView *self)
{
  g_autoptr (SondeSymbolRow) row = NULL;
  guint64 address = 0, size = 0;

  if (self->is_marking || !gtk_widget_get_visible (GTK_WIDGET (self->panel)))
    return;
  row = sonde_tree_selection_dup_first (self->selection);
  if (row != NULL && sonde_symbol_row_get_place (row, &address, &size))
    sonde_size_panel_select (self->panel, address, sonde_symbol_row_get_path (row));
}

static void
go_to_wanted (SondeSymbolsView *self)
{
  guint position = 0;

  if (!self->has_wanted || sonde_symbol_list_is_busy (self->symbols))
    return;
  self->has_wanted = FALSE;
  if (!sonde_symbol_list_find (self->symbols, self->wanted, &position))
    return;
  position = sonde_symbol_tree_get_position (
      SONDE_SYMBOL_TREE (gtk_multi_selection_get_model (self->selection)), position);
  self->is_marking = TRUE;
  sonde_symbol_keys_reveal (GTK_WIDGET (self->view), position);
  self->is_marking = FALSE;
}

/* A symbol of the map: what keeps its row away is lifted. */
static void
on_chosen (SondeSizePanel *panel, guint64 address, const char *name, SondeSymbolsView *self)
{
  SondeSymbolIndex *index = sonde_symbol_list_get_index (self->symbols);
  guint position = 0;

  if (index == NULL || !sonde_symbol_index_find (index, address, name, &self->wanted))
    return;
  self->has_wanted = TRUE;
  if (!sonde_symbol_list_find (self->symbols, self->wanted, &position))
    {
      gtk_toggle_button_set_active (self->set_all, TRUE);
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      sonde_filter_button_clear (self->filter);
      ask (self);
    }
  go_to_wanted (self);
}

static void
update_map (SondeSymbolsView *self)
{
  const gboolean is_shown = gtk_toggle_button_get_active (self->map_button);

  gtk_widget_set_visible (GTK_WIDGET (self->panel), is_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->stack), !is_shown || !self->is_narrow);
  gtk_widget_set_visible (self->map_edge, is_shown && !self->is_narrow);
  gtk_widget_set_hexpand (GTK_WIDGET (self->panel), self->is_narrow);
  if (is_shown && self->symbols != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    on_selection_changed (self);
}

static void
on_map_toggled (GtkToggleButton *button, SondeSymbolsView *self)
{
  update_map (self);
}

void
sonde_symbols_view_show_in_map (SondeSymbolsView *self, guint64 address, const char *name)
{
  gtk_toggle_button_set_active (self->map_button, TRUE);
  sonde_size_panel_select (self->panel, address, name);
}

static void
action_show_in_map (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *path = NULL;
  guint64 address = 0;

  g_variant_get (parameter, "(t&s)", &address, &path);
  sonde_symbols_view_show_in_map (SONDE_SYMBOLS_VIEW (widget), address, path);
}

/* --- What it says ----------------------------------------------------------------------------- */

static SondeSymbolTable *
get_table (SondeSymbolsView *self)
{
  SondeAddressMap *map = sonde_workbench_get_map (self->workbench);

  return map == NULL ? NULL : sonde_address_map_get_table (map);
}

static const char *
describe_addresses (const SondeSymbolFacts *facts)
{
  if (facts->is_relocatable)
    return ", not linked";
  return facts->is_pie ? ", addresses of the link" : "";
}

static void
update_file (SondeSymbolsView *self)
{
  SondeSymbolTable *table = get_table (self);
  const char *path = sonde_workbench_get_elf_path (self->workbench);
  g_autofree char *base = path == NULL ? NULL : g_path_get_basename (path);
  g_autofree char *text = NULL;
  const SondeSymbolFacts *facts;

  if (table == NULL || base == NULL)
    {
      gtk_label_set_text (self->file_label, "");
      return;
    }
  facts = sonde_symbol_table_get_facts (table);
  text = g_strdup_printf ("%s, %s%s, %s%s%.8s", base, facts->machine, describe_addresses (facts),
                          facts->has_dwarf ? "debug information" : "symbol table only",
                          facts->build_id[0] != '\0' ? ", build " : "", facts->build_id);
  gtk_label_set_text (self->file_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->file_label), path);
}

/* An address that is cut is another address. */
static gboolean
has_wide_addresses (SondeSymbolTable *table)
{
  const guint n = table == NULL ? 0 : sonde_symbol_table_get_facts (table)->n_sections;

  for (guint i = 0; i < n; i++)
    if (sonde_symbol_table_get_section (table, i)->address > G_MAXUINT32)
      return TRUE;
  return FALSE;
}

static void
update_skipped (SondeSymbolsView *self)
{
  SondeSymbolTable *table = get_table (self);
  const guint n = table == NULL ? 0 : sonde_symbol_table_get_facts (table)->n_skipped_units;
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *text = g_strdup_printf ("%u unit%s skipped", n, n == 1 ? "" : "s");

  for (guint i = 0; i < MIN (n, MAX_TOLD_UNITS); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? "\n" : "",
                            sonde_symbol_table_get_skipped (table, i));
  if (n > MAX_TOLD_UNITS)
    g_string_append_printf (list, "\nand %u more", n - MAX_TOLD_UNITS);
  gtk_menu_button_set_label (self->skipped, text);
  gtk_label_set_text (self->skipped_label, list->str);
  gtk_widget_set_visible (GTK_WIDGET (self->skipped), n > 0);
}

static void
update_counts (SondeSymbolsView *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->symbols));
  const guint n_watched = g_list_model_get_n_items (sonde_workbench_get_watches (self->workbench));
  SondeSymbolIndex *index = sonde_symbol_list_get_index (self->symbols);
  const guint n_functions = index == NULL ? 0 : sonde_symbol_index_get_n_functions (index);
  g_autofree char *shown = sonde_readout_dup_count (n);
  g_autofree char *found = sonde_readout_dup_count (sonde_symbol_list_get_n_found (self->symbols));
  g_autofree char *total = sonde_readout_dup_count (sonde_symbol_list_get_n_total (self->symbols));
  g_autofree char *functions = sonde_readout_dup_count (n_functions);
  g_autofree char *of = n < sonde_symbol_list_get_n_found (self->symbols)
                            ? g_strdup_printf ("best %s of %s found", shown, found)
                            : g_strdup_printf ("%s shown", shown);
  g_autofree char *text = g_strdup_printf ("%s · %s variables, %s functions", of, total, functions);
  g_autofree char *watched = g_strdup_printf ("%u watched", n_watched);

  gtk_label_set_text (self->count_label, text);
  gtk_label_set_text (self->watched_label, watched);
}

static void
update_body (SondeSymbolsView *self)
{
  const SondeSymbolQuery *query = sonde_symbol_list_get_query (self->symbols);
  const gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->symbols)) == 0;
  const gboolean is_asked = query->text[0] != '\0' || sonde_symbol_query_is_filtered (query);
  const gboolean has_some = is_asked || sonde_symbol_list_get_n_total (self->symbols) > 0;

  if (is_empty && sonde_symbol_list_is_busy (self->symbols))
    return;
  adw_status_page_set_title (self->status, has_some ? "No Match" : "No Symbols");
  adw_status_page_set_description (
      self->status, has_some ? "Fewer letters find more; :float finds a type, 0x2000 an address."
                             : "Drop the board’s .elf here.");
  gtk_widget_set_visible (self->clear, is_asked);
  gtk_stack_set_visible_child_name (self->stack, is_empty ? "status" : "list");
}

static void
on_searched (SondeSymbolsView *self)
{
  update_body (self);
  update_counts (self);
  go_to_wanted (self);
}

static void
on_watches_changed (SondeSymbolsView *self)
{
  sonde_symbol_columns_show_ticks (self->columns);
  update_counts (self);
}

static void
on_symbols_changed (SondeSymbolsView *self)
{
  update_file (self);
  update_skipped (self);
  sonde_symbol_columns_set_wide_addresses (self->columns, has_wide_addresses (get_table (self)));
  update_counts (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    sonde_size_panel_set_table (self->panel, get_table (self));
}

/* --- Keys ------------------------------------------------------------------------------------- */

static void
on_search_activate (GtkSearchEntry *entry, SondeSymbolsView *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    on_activate (self->view, 0, self);
}

static gboolean
on_search_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
               SondeSymbolsView *self)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
      || g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return GDK_EVENT_PROPAGATE;
  sonde_symbol_keys_focus (GTK_WIDGET (self->view));
  return GDK_EVENT_STOP;
}

/* Esc empties the search, and without one goes back to the plots. */
static void
on_stop_search (GtkSearchEntry *entry, SondeSymbolsView *self)
{
  if (gtk_editable_get_text (GTK_EDITABLE (entry))[0] != '\0')
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.symbols-full", NULL);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        SondeSymbolsView *self)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.symbols-full", NULL);
  return GDK_EVENT_STOP;
}

/* --- The object ------------------------------------------------------------------------------- */

static void
sonde_symbols_view_dispose (GObject *object)
{
  SondeSymbolsView *self = SONDE_SYMBOLS_VIEW (object);
  GtkWidget *child;

  if (self->columns != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_pointer (&self->actions, sonde_symbol_actions_free);
  g_clear_pointer (&self->columns, sonde_symbol_columns_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->symbols);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_symbols_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, search);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, set_all);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, set_variables);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, set_functions);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, set_constants);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, filter);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, tree_button);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, map_button);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, stack);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, scroller);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, view);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, status);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, clear);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, map_edge);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, panel);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, count_label);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, watched_label);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, file_label);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, skipped);
  gtk_widget_class_bind_template_child (widget_class, SondeSymbolsView, skipped_label);
}

static void
sonde_symbols_view_class_init (SondeSymbolsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_symbols_view_dispose;
  g_type_ensure (SONDE_TYPE_FILTER_BUTTON);
  g_type_ensure (SONDE_TYPE_SIZE_PANEL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/symbols-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_set_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_tree_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_map_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_menu_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_install_action (widget_class, "symbols.show-in-map", "(ts)", action_show_in_map);
}

static void
sonde_symbols_view_init (SondeSymbolsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sonde_tab_out_add (GTK_WIDGET (self->view));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->view));
}

void
sonde_symbols_view_set_workbench (SondeSymbolsView *self, SondeWorkbench *workbench)
{
  self->workbench = g_object_ref (workbench);
  self->symbols = sonde_symbol_list_new_beside (sonde_workbench_get_symbol_list (workbench));
  self->actions = sonde_symbol_actions_new (GTK_WIDGET (self), workbench);
  self->columns = sonde_symbol_columns_new (self->view, self->actions, on_sorted, self);
  build_model (self, TRUE);
  sonde_symbol_keys_add (GTK_WIDGET (self->view), self->actions);
  g_signal_connect_object (workbench, "symbols-changed", G_CALLBACK (on_symbols_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->symbols, "searched", G_CALLBACK (on_searched), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->symbols, "indexed", G_CALLBACK (update_counts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sonde_workbench_get_watches (workbench), "items-changed",
                           G_CALLBACK (on_watches_changed), self, G_CONNECT_SWAPPED);
  ask (self);
  on_symbols_changed (self);
}

void
sonde_symbols_view_set_shown (SondeSymbolsView *self, gboolean is_shown, const char *text)
{
  if (is_shown && text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  if (is_shown)
    ask (self);
  sonde_symbol_list_set_active (self->symbols, is_shown);
  if (is_shown)
    sonde_size_panel_set_table (self->panel, get_table (self));
}

void
sonde_symbols_view_set_narrow (SondeSymbolsView *self, gboolean is_narrow, gboolean is_very_narrow)
{
  if (is_narrow != self->is_narrow)
    {
      self->is_narrow = is_narrow;
      gtk_toggle_button_set_active (self->map_button, !is_narrow);
      update_map (self);
    }
  sonde_symbol_columns_set_narrow (self->columns, is_very_narrow);
}

void
sonde_symbols_view_find (SondeSymbolsView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

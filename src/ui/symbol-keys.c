/* symbol-keys.c: keys of a list of symbols that its rows do not know */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/symbol-keys.h"

#define MENU_INSET_PX 48

static GtkSelectionModel *
get_model (GtkWidget *list)
{
  return GTK_IS_COLUMN_VIEW (list) ? gtk_column_view_get_model (GTK_COLUMN_VIEW (list))
                                   : gtk_list_view_get_model (GTK_LIST_VIEW (list));
}

/* Of a column view the list inside, which scrolls. */
static GtkWidget *
get_inner (GtkWidget *list)
{
  GtkWidget *child = gtk_widget_get_first_child (list);

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return GTK_IS_LIST_VIEW (list) || child == NULL ? list : child;
}

void
sonde_symbol_keys_reveal (GtkWidget *list, guint position)
{
  gtk_selection_model_select_item (get_model (list), position, TRUE);
  gtk_widget_activate_action (get_inner (list), "list.scroll-to-item", "u", position);
}

void
sonde_symbol_keys_focus (GtkWidget *list)
{
  GtkSelectionModel *model = get_model (list);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);

  if (gtk_bitset_is_empty (selected))
    gtk_selection_model_select_item (model, 0, TRUE);
  for (GtkWidget *row = gtk_widget_get_first_child (get_inner (list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if ((gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0
        && gtk_widget_get_mapped (row) && gtk_widget_grab_focus (row))
      return;
  gtk_widget_child_focus (get_inner (list), GTK_DIR_TAB_FORWARD);
}

static GtkTreeListRow *
dup_only_row (GtkWidget *list, guint *position)
{
  GtkSelectionModel *model = get_model (list);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);
  g_autoptr (GObject) item = NULL;

  if (gtk_bitset_get_size (selected) != 1)
    return NULL;
  *position = gtk_bitset_get_minimum (selected);
  item = g_list_model_get_item (G_LIST_MODEL (model), *position);
  return item != NULL && GTK_IS_TREE_LIST_ROW (item) ? GTK_TREE_LIST_ROW (g_steal_pointer (&item))
                                                     : NULL;
}

/* Right opens, and then walks in; Left closes, and then walks out. */
static gboolean
open_or_close (GtkWidget *list, gboolean wants_open)
{
  guint position = 0;
  g_autoptr (GtkTreeListRow) row = dup_only_row (list, &position);
  g_autoptr (GtkTreeListRow) parent = NULL;

  if (row == NULL)
    return FALSE;
  if (gtk_tree_list_row_is_expandable (row) && gtk_tree_list_row_get_expanded (row) != wants_open)
    {
      gtk_tree_list_row_set_expanded (row, wants_open);
      return TRUE;
    }
  if (wants_open)
    {
      if (gtk_tree_list_row_is_expandable (row))
        sonde_symbol_keys_reveal (list, position + 1);
      return TRUE;
    }
  parent = gtk_tree_list_row_get_parent (row);
  if (parent != NULL)
    sonde_symbol_keys_reveal (list, position
                                        - (gtk_tree_list_row_get_position (row)
                                           - gtk_tree_list_row_get_position (parent)));
  return TRUE;
}

/* Below the row that has the keyboard. */
static void
popup_menu (GtkWidget *list, SondeSymbolActions *actions)
{
  GtkRoot *root = gtk_widget_get_root (list);
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  if (focus == NULL || focus == list || !gtk_widget_is_ancestor (focus, list))
    sonde_symbol_actions_popup_at (actions, list, MENU_INSET_PX, MENU_INSET_PX);
  else
    sonde_symbol_actions_popup_at (actions, focus, MENU_INSET_PX, gtk_widget_get_height (focus));
}

static gboolean
is_mirrored (GtkWidget *list)
{
  return gtk_widget_get_direction (list) == GTK_TEXT_DIR_RTL;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        gpointer data)
{
  GtkWidget *list = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  const gboolean is_control = (state & GDK_CONTROL_MASK) != 0;
  const gboolean is_shift = (state & GDK_SHIFT_MASK) != 0;

  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && is_shift))
    popup_menu (list, data);
  else if (is_control && (key == GDK_KEY_c || key == GDK_KEY_C))
    return gtk_widget_activate_action (list, "symbol.copy", NULL);
  else if (is_control || is_shift || (state & GDK_ALT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  else if (key == GDK_KEY_space || key == GDK_KEY_KP_Space)
    return gtk_widget_activate_action (list, "symbol.toggle", NULL);
  else if (key == GDK_KEY_Left || key == GDK_KEY_KP_Left)
    return open_or_close (list, is_mirrored (list));
  else if (key == GDK_KEY_Right || key == GDK_KEY_KP_Right)
    return open_or_close (list, !is_mirrored (list));
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

void
sonde_symbol_keys_add (GtkWidget *list, SondeSymbolActions *actions)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), actions);
  gtk_widget_add_controller (list, keys);
}

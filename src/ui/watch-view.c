/* watch-view.c: the watch table with its strip: what is watched, changed, copied, removed */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/watch-view.h"

#include <adwaita.h>

#include "ui/add-button.h"
#include "ui/lazy-children.h"
#include "ui/removed-rows.h"
#include "ui/tree-selection.h"
#include "ui/value-cell.h"
#include "ui/tab-out.h"
#include "ui/watch-columns.h"

#define REFRESH_MS 200

struct _SondeWatchView
{
  GtkWidget parent_instance;
  SondeWorkbench *workbench;
  SondeWatchColumns *columns;
  GtkMultiSelection *selection; /* of GtkTreeListRow; owned by the view */
  guint refresh_id;
  GtkLabel *count;
  GtkStack *stack;
  GtkColumnView *view;
  GtkPopoverMenu *menu;
  SondeAddButton *add_button;
};

G_DEFINE_FINAL_TYPE (SondeWatchView, sonde_watch_view, GTK_TYPE_WIDGET)

static void
add_toast (SondeWatchView *self, AdwToast *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}

/* --- Rows ------------------------------------------------------------------------------------- */

/* The row takes the focus right after it was activated by a double click; the entry must come
 * later. */
static gboolean
edit_selected (gpointer data)
{
  g_autoptr (SondeWatchView) self = data;

  gtk_widget_activate_action (GTK_WIDGET (self), "watch.edit", NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
is_editing (SondeWatchView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  return focus != NULL && GTK_IS_EDITABLE (focus);
}

static void
on_activate (GtkColumnView *view, guint position, SondeWatchView *self)
{
  g_autoptr (GtkTreeListRow) tree_row
      = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (tree_row == NULL || is_editing (self))
    return;
  if (gtk_tree_list_row_is_expandable (tree_row))
    gtk_tree_list_row_set_expanded (tree_row, !gtk_tree_list_row_get_expanded (tree_row));
  else
    {
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
      g_idle_add (edit_selected, g_object_ref (self));
    }
}

/* --- Actions ---------------------------------------------------------------------------------- */

static void
action_edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWatchView *self = SONDE_WATCH_VIEW (widget);
  g_autoptr (SondeWatchRow) row = sonde_tree_selection_dup_first (self->selection);
  GtkWidget *cell = row == NULL ? NULL : sonde_watch_columns_lookup_value (self->columns, row);

  if (cell != NULL)
    sonde_value_cell_edit (SONDE_VALUE_CELL (cell));
}

static void
on_undo_remove (AdwToast *toast, SondeRemovedRows *removed)
{
  sonde_removed_rows_bring_back (removed, g_object_get_data (G_OBJECT (toast), "view"));
}

static void
action_remove (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWatchView *self = SONDE_WATCH_VIEW (widget);
  g_autoptr (GPtrArray) rows = sonde_tree_selection_dup_selected (self->selection);
  SondeRemovedRows *removed = sonde_removed_rows_new (self->workbench, rows);
  const guint n = sonde_removed_rows_get_n (removed);
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (n == 0)
    {
      sonde_removed_rows_free (removed);
      return;
    }
  text = n == 1 ? g_strdup_printf ("%s is no longer watched",
                                   sonde_watch_row_get_path (g_ptr_array_index (rows, 0)))
                : g_strdup_printf ("%u variables are no longer watched", n);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, "_Undo");
  g_object_set_data_full (G_OBJECT (toast), "view", g_object_ref (self), g_object_unref);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_remove), removed,
                         (GClosureNotify) (GCallback) sonde_removed_rows_free, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      SondeWatchRow *row = g_ptr_array_index (rows, i);

      gtk_widget_activate_action (widget, "plot.remove", "s", sonde_watch_row_get_path (row));
      sonde_workbench_remove_watch (self->workbench, row);
    }
  add_toast (self, toast);
}

static void
action_format (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWatchView *self = SONDE_WATCH_VIEW (widget);
  g_autoptr (GPtrArray) rows = sonde_tree_selection_dup_selected (self->selection);
  SondeFormat format = SONDE_FORMAT_AUTO;

  if (is_editing (self)
      || !sonde_format_from_name (g_variant_get_string (parameter, NULL), &format))
    return;
  for (guint i = 0; i < rows->len; i++)
    sonde_watch_row_set_format (g_ptr_array_index (rows, i), format);
  sonde_watch_columns_refresh (self->columns);
}

static void
action_rate (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWatchView *self = SONDE_WATCH_VIEW (widget);
  g_autoptr (GPtrArray) rows = sonde_tree_selection_dup_selected (self->selection);

  for (guint i = 0; i < rows->len; i++)
    sonde_workbench_set_watch_rate (self->workbench, g_ptr_array_index (rows, i),
                                    g_variant_get_double (parameter));
  sonde_watch_columns_refresh (self->columns);
}

static void
action_plot (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWatchView *self = SONDE_WATCH_VIEW (widget);
  g_autoptr (GPtrArray) rows = sonde_tree_selection_dup_selected (self->selection);

  for (guint i = 0; i < rows->len; i++)
    {
      SondeWatchRow *row = g_ptr_array_index (rows, i);

      gtk_widget_activate_action (
          widget, sonde_watch_row_get_plot_slot (row) < 0 ? "plot.add" : "plot.remove", "s",
          sonde_watch_row_get_path (row));
    }
}

static void
action_copy_path (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWatchView *self = SONDE_WATCH_VIEW (widget);
  g_autoptr (SondeWatchRow) row = sonde_tree_selection_dup_first (self->selection);

  if (row != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), sonde_watch_row_get_path (row));
}

static void
append_tsv (GString *text, SondeWatchRow *row)
{
  g_autofree char *value = sonde_watch_row_dup_value_text (row);

  /* A char array may hold anything; a tab in it must not make a column. */
  g_strdelimit (value, "\t\n\r", ' ');
  g_string_append_printf (text, "%s\t%s\t%s\n", sonde_watch_row_get_path (row), value,
                          sonde_watch_row_get_unit (row));
}

static void
action_copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWatchView *self = SONDE_WATCH_VIEW (widget);
  g_autoptr (GPtrArray) rows = sonde_tree_selection_dup_selected (self->selection);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    append_tsv (text, g_ptr_array_index (rows, i));
  if (rows->len > 0)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

static void
action_reset (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWatchView *self = SONDE_WATCH_VIEW (widget);
  g_autoptr (GPtrArray) rows = sonde_tree_selection_dup_selected (self->selection);

  if (rows->len == 0)
    sonde_workbench_reset_extremes (self->workbench, NULL);
  for (guint i = 0; i < rows->len; i++)
    sonde_workbench_reset_extremes (self->workbench, g_ptr_array_index (rows, i));
}

/* --- Lines of PATH or PATH=VALUE ---------------------------------------------------------------
 */

static gboolean
take_lines (SondeWatchView *self, const char *text)
{
  g_autofree char *refused = sonde_workbench_paste (self->workbench, text);

  if (refused == NULL || refused[0] == '\0')
    return TRUE;
  add_toast (self, adw_toast_new (g_strchomp (refused)));
  return FALSE;
}

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SondeWatchView) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text != NULL && self->workbench != NULL)
    take_lines (self, text);
}

static void
action_paste (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_pasted,
                                 g_object_ref (widget));
}

/* Files belong to the window; what is text is paths. */
static gboolean
on_drop_accept (GtkDropTarget *target, GdkDrop *drop, SondeWatchView *self)
{
  GdkContentFormats *formats = gdk_drop_get_formats (drop);

  return gdk_content_formats_contain_gtype (formats, G_TYPE_STRING)
         && !gdk_content_formats_contain_mime_type (formats, "text/uri-list");
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, SondeWatchView *self)
{
  return take_lines (self, g_value_get_string (value));
}

/* --- Menu ------------------------------------------------------------------------------------- */

static void
popup_menu (SondeWatchView *self, double x, double y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* The row had the menu, so it gets the keyboard; but an edit that the menu began keeps it. */
static void
on_menu_closed (GtkPopover *menu, SondeWatchView *self)
{
  g_autoptr (SondeWatchRow) row = sonde_tree_selection_dup_first (self->selection);
  GtkWidget *cell = row == NULL ? NULL : sonde_watch_columns_lookup_value (self->columns, row);

  if (cell != NULL && !sonde_value_cell_is_editing (SONDE_VALUE_CELL (cell)))
    gtk_widget_grab_focus (cell);
}

static void
on_menu_pressed (GtkGestureClick *gesture, int n_press, double x, double y, SondeWatchView *self)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  SondeWatchRow *row = sonde_watch_columns_get_row (picked);
  double menu_x = 0, menu_y = 0;

  if (row == NULL)
    return;
  /* Otherwise the row below waits for a release that the menu takes. */
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  sonde_tree_selection_point_at (self->selection, row);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self), x, y, &menu_x,
                                    &menu_y);
  popup_menu (self, menu_x, menu_y);
}

static void
action_menu (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SondeWatchView *self = SONDE_WATCH_VIEW (widget);
  g_autoptr (SondeWatchRow) row = sonde_tree_selection_dup_first (self->selection);
  GtkWidget *cell = row == NULL ? NULL : sonde_watch_columns_lookup_value (self->columns, row);
  double x = 0, y = 0;

  if (cell == NULL || !gtk_widget_translate_coordinates (cell, widget, 0, 20, &x, &y))
    return;
  popup_menu (self, x, y);
}

/* --- The object ------------------------------------------------------------------------------- */

static void
on_watches_changed (SondeWatchView *self)
{
  const guint n = g_list_model_get_n_items (sonde_workbench_get_watches (self->workbench));
  g_autofree char *text = g_strdup_printf ("%u", n);

  gtk_label_set_text (self->count, n == 0 ? "" : text);
  gtk_stack_set_visible_child_name (self->stack, n == 0 ? "empty" : "table");
}

static gboolean
on_refresh (gpointer data)
{
  SondeWatchView *self = data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    sonde_watch_columns_refresh (self->columns);
  return G_SOURCE_CONTINUE;
}

static GListModel *
create_children (gpointer item, gpointer data)
{
  return sonde_lazy_children_new (item);
}

/* A tree remembers which rows do not open; a new ELF may change that. */
static void
build_tree (SondeWatchView *self)
{
  GListModel *watches = sonde_workbench_get_watches (self->workbench);
  GtkTreeListModel *tree
      = gtk_tree_list_model_new (g_object_ref (watches), FALSE, FALSE, create_children, NULL, NULL);

  self->selection = gtk_multi_selection_new (G_LIST_MODEL (tree));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);
}

static void
on_symbols_changed (SondeWatchView *self)
{
  if (sonde_workbench_get_symbols_state (self->workbench) == SONDE_SYMBOLS_READY)
    build_tree (self);
}

static void
sonde_watch_view_dispose (GObject *object)
{
  SondeWatchView *self = SONDE_WATCH_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->columns != NULL)
    gtk_column_view_set_model (self->view, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->columns, sonde_watch_columns_free);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_watch_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (SONDE_TYPE_ADD_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/watch-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeWatchView, count);
  gtk_widget_class_bind_template_child (widget_class, SondeWatchView, stack);
  gtk_widget_class_bind_template_child (widget_class, SondeWatchView, view);
  gtk_widget_class_bind_template_child (widget_class, SondeWatchView, menu);
  gtk_widget_class_bind_template_child (widget_class, SondeWatchView, add_button);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_menu_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_menu_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_drop_accept);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  /* clang-format off */
  static const struct { guint key; GdkModifierType modifiers; const char *action; const char *format; } keys[] = {
    { GDK_KEY_F2, 0, "watch.edit", NULL },
    { GDK_KEY_KP_Delete, 0, "watch.remove", NULL }, /* the last one stands in the menu */
    { GDK_KEY_Delete, 0, "watch.remove", NULL },
    { GDK_KEY_h, 0, "watch.format", "hex" },
    { GDK_KEY_d, 0, "watch.format", "dec" },
    { GDK_KEY_b, 0, "watch.format", "bin" },
    { GDK_KEY_e, 0, "watch.format", "enum" },
    { GDK_KEY_a, 0, "watch.format", "auto" },
    { GDK_KEY_p, 0, "watch.plot", NULL },
    { GDK_KEY_c, GDK_CONTROL_MASK, "watch.copy", NULL },
    { GDK_KEY_v, GDK_CONTROL_MASK, "watch.paste", NULL },
    { GDK_KEY_F10, GDK_SHIFT_MASK, "watch.menu", NULL },
    { GDK_KEY_Menu, 0, "watch.menu", NULL },
  };
  /* clang-format on */

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers,
                                         keys[i].action, keys[i].format == NULL ? NULL : "s",
                                         keys[i].format);
}

static void
sonde_watch_view_class_init (SondeWatchViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_watch_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "watch.edit", NULL, action_edit);
  gtk_widget_class_install_action (widget_class, "watch.remove", NULL, action_remove);
  gtk_widget_class_install_action (widget_class, "watch.format", "s", action_format);
  gtk_widget_class_install_action (widget_class, "watch.rate", "d", action_rate);
  gtk_widget_class_install_action (widget_class, "watch.plot", NULL, action_plot);
  gtk_widget_class_install_action (widget_class, "watch.copy", NULL, action_copy);
  gtk_widget_class_install_action (widget_class, "watch.copy-path", NULL, action_copy_path);
  gtk_widget_class_install_action (widget_class, "watch.paste", NULL, action_paste);
  gtk_widget_class_install_action (widget_class, "watch.reset", NULL, action_reset);
  gtk_widget_class_install_action (widget_class, "watch.menu", NULL, action_menu);
  add_keys (widget_class);
}

static void
sonde_watch_view_init (SondeWatchView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sonde_tab_out_add (GTK_WIDGET (self->view));
}

void
sonde_watch_view_set_workbench (SondeWatchView *self, SondeWorkbench *workbench)
{
  self->workbench = g_object_ref (workbench);
  self->columns = sonde_watch_columns_new (self->view, workbench);
  sonde_add_button_set_workbench (self->add_button, workbench);
  build_tree (self);
  g_signal_connect_object (workbench, "symbols-changed", G_CALLBACK (on_symbols_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sonde_workbench_get_watches (workbench), "items-changed",
                           G_CALLBACK (on_watches_changed), self, G_CONNECT_SWAPPED);
  self->refresh_id = g_timeout_add (REFRESH_MS, on_refresh, self);
  on_watches_changed (self);
}

void
sonde_watch_view_set_narrow (SondeWatchView *self, gboolean is_narrow)
{
  sonde_watch_columns_set_narrow (self->columns, is_narrow);
}

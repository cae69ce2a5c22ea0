/* symbol-actions.c: what can be done with symbols, in the pane and in the full view alike */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/symbol-actions.h"

#include <adwaita.h>

#include "ui/layout-window.h"
#include "ui/source-opener.h"
#include "ui/tree-selection.h"

#define TICKED_HZ 10 /* asked for by a tick: gentle to slow boards, quick enough for an eye */
/* More at once is a slip of a finger on Ctrl+A. */
#define MAX_TICKED 200

struct _SondeSymbolActions
{
  GtkWidget *owner; /* borrowed: it frees this */
  SondeWorkbench *workbench;
  GtkMultiSelection *selection; /* borrowed */
  GSimpleActionGroup *group;
  GtkWidget *menu;  /* a child of owner */
  GtkWidget *focus; /* what had the keyboard before the menu (nullable, weak) */
};

static void
tell (SondeSymbolActions *self, const char *text)
{
  GtkWidget *toasts = gtk_widget_get_ancestor (self->owner, ADW_TYPE_TOAST_OVERLAY);

  if (toasts != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (toasts), adw_toast_new (text));
}

/* --- Ticks ------------------------------------------------------------------------------------ */

gboolean
sonde_symbol_actions_is_ticked (SondeSymbolActions *self, SondeSymbolRow *row)
{
  return sonde_workbench_lookup_watch (self->workbench, sonde_symbol_row_get_path (row)) != NULL;
}

static gboolean
can_tick (SondeSymbolRow *row)
{
  return sonde_symbol_row_is_leaf (row) && sonde_symbol_row_get_why (row) == NULL;
}

/* FALSE and @error where it cannot be watched. */
static gboolean
set_ticked (SondeSymbolActions *self, SondeSymbolRow *row, gboolean wanted, GError **error)
{
  const char *path = sonde_symbol_row_get_path (row);
  SondeWatchRow *watch = sonde_workbench_lookup_watch (self->workbench, path);

  if (!wanted && watch != NULL)
    sonde_workbench_remove_watch (self->workbench, watch);
  return !wanted || watch != NULL
         || sonde_workbench_add_watch (self->workbench, path, TICKED_HZ, error) != NULL;
}

static gboolean
holds_path (GPtrArray *rows, const char *path)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (sonde_symbol_row_get_path (g_ptr_array_index (rows, i)), path))
      return TRUE;
  return FALSE;
}

static void
tick_rows (SondeSymbolActions *self, GPtrArray *rows, gboolean wanted)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n_done = 0, n_left = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      SondeSymbolRow *row = g_ptr_array_index (rows, i);

      if (!can_tick (row))
        continue;
      if (n_done == MAX_TICKED)
        n_left++;
      else if (set_ticked (self, row, wanted, error == NULL ? &error : NULL))
        n_done++;
    }
  if (error != NULL)
    tell (self, error->message);
  if (n_left > 0)
    text = g_strdup_printf ("%u variables at once; %u more were left out", n_done, n_left);
  if (text != NULL)
    tell (self, text);
}

/* All that is selected; NULL and a word to the person where that is beyond reason: each row would
 * be made. */
static GPtrArray *
dup_selected (SondeSymbolActions *self, guint max)
{
  g_autoptr (GtkBitset) selected
      = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < MIN (gtk_bitset_get_size (selected), max); i++)
    {
      gpointer row
          = sonde_tree_selection_dup_item (self->selection, gtk_bitset_get_nth (selected, i));

      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  return rows;
}

void
sonde_symbol_actions_tick (SondeSymbolActions *self, SondeSymbolRow *row, gboolean wanted)
{
  g_autoptr (GPtrArray) rows = dup_selected (self, MAX_TICKED * 10);

  if (!holds_path (rows, sonde_symbol_row_get_path (row)))
    {
      g_ptr_array_set_size (rows, 0);
      g_ptr_array_add (rows, g_object_ref (row));
    }
  tick_rows (self, rows, wanted);
}

/* --- Actions ---------------------------------------------------------------------------------- */

static void
on_watch (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeSymbolActions *self = data;
  g_autoptr (GPtrArray) rows = dup_selected (self, MAX_TICKED * 10);

  /* A struct may be watched whole; many at once are leaves. */
  if (rows->len == 1 && sonde_symbol_row_get_why (g_ptr_array_index (rows, 0)) == NULL)
    {
      g_autoptr (GError) error = NULL;

      if (!set_ticked (self, g_ptr_array_index (rows, 0), TRUE, &error))
        tell (self, error->message);
      return;
    }
  tick_rows (self, rows, TRUE);
}

/* Space: all on, unless all are. */
static void
on_toggle (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeSymbolActions *self = data;
  g_autoptr (GPtrArray) rows = dup_selected (self, MAX_TICKED * 10);
  gboolean wanted = FALSE;

  for (guint i = 0; i < rows->len; i++)
    wanted |= can_tick (g_ptr_array_index (rows, i))
              && !sonde_symbol_actions_is_ticked (self, g_ptr_array_index (rows, i));
  tick_rows (self, rows, wanted);
}

static void
on_plot (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeSymbolActions *self = data;
  g_autoptr (GPtrArray) rows = dup_selected (self, MAX_TICKED);

  for (guint i = 0; i < rows->len; i++)
    if (can_tick (g_ptr_array_index (rows, i)))
      gtk_widget_activate_action (self->owner, "plot.add", "s",
                                  sonde_symbol_row_get_path (g_ptr_array_index (rows, i)));
}

static char *
dup_address (SondeSymbolRow *row)
{
  guint64 address = 0, size = 0;

  if (!sonde_symbol_row_get_place (row, &address, &size))
    return NULL;
  return g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", address);
}

/* A line for each row; "symbol.copy" gives a spreadsheet its columns. */
static void
on_copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeSymbolActions *self = data;
  g_autoptr (GPtrArray) rows = dup_selected (self, G_MAXINT);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; i < rows->len; i++)
    {
      SondeSymbolRow *row = g_ptr_array_index (rows, i);
      g_autofree char *line = NULL;

      if (g_str_equal (name, "copy-path"))
        line = g_strdup (sonde_symbol_row_get_path (row));
      else if (g_str_equal (name, "copy-address"))
        line = dup_address (row);
      else
        line = sonde_symbol_row_dup_tsv (row);
      if (line != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  if (text->len > 0)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (self->owner), text->str);
}

static void
on_layout (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeSymbolActions *self = data;
  g_autoptr (SondeSymbolRow) row = sonde_tree_selection_dup_first (self->selection);
  SondeVariable *variable = row == NULL ? NULL : sonde_symbol_row_get_variable (row);

  if (variable != NULL)
    sonde_layout_window_show (self->owner, sonde_variable_get_type (variable),
                              sonde_variable_get_info (variable)->byte_order);
}

static void
on_show_in_map (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeSymbolActions *self = data;
  g_autoptr (SondeSymbolRow) row = sonde_tree_selection_dup_first (self->selection);
  guint64 address = 0, size = 0;

  if (row != NULL && sonde_symbol_row_get_place (row, &address, &size))
    gtk_widget_activate_action (self->owner, "symbols.show-in-map", "(ts)", address,
                                sonde_symbol_row_get_path (row));
}

static void
on_open_source (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeSymbolActions *self = data;
  g_autoptr (SondeSymbolRow) row = sonde_tree_selection_dup_first (self->selection);
  g_autoptr (GError) error = NULL;
  guint line = 0;
  const char *path = row == NULL ? "" : sonde_symbol_row_get_source (row, &line);

  if (path[0] != '\0'
      && !sonde_source_opener_open (sonde_workbench_get_settings (self->workbench), path, line,
                                    &error))
    tell (self, error->message);
}

static const GActionEntry actions[] = {
  { "watch", on_watch },   { "toggle", on_toggle },           { "plot", on_plot },
  { "copy", on_copy },     { "copy-path", on_copy },          { "copy-address", on_copy },
  { "layout", on_layout }, { "show-in-map", on_show_in_map }, { "open-source", on_open_source },
};

/* --- The menu --------------------------------------------------------------------------------- */

static void
enable (SondeSymbolActions *self, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

/* What the first row cannot do is grey; the others are left to the act itself. */
static void
update_enabled (SondeSymbolActions *self)
{
  g_autoptr (SondeSymbolRow) row = sonde_tree_selection_dup_first (self->selection);
  SondeVariable *variable = row == NULL ? NULL : sonde_symbol_row_get_variable (row);
  guint64 address = 0, size = 0;
  guint line = 0;

  enable (self, "watch", variable != NULL && sonde_symbol_row_get_why (row) == NULL);
  enable (self, "plot", row != NULL && can_tick (row));
  enable (self, "copy-address", row != NULL && sonde_symbol_row_get_place (row, &address, &size));
  enable (self, "show-in-map", row != NULL && sonde_symbol_row_get_place (row, &address, &size));
  enable (self, "layout",
          variable != NULL
              && sonde_type_layout_find_nested (sonde_variable_get_type (variable)) != NULL);
  enable (self, "open-source", row != NULL && sonde_symbol_row_get_source (row, &line)[0] != '\0');
}

static GMenuModel *
make_menu (void)
{
  /* clang-format off */
  static const struct { const char *label, *action; } items[] = {
    { "Add to _Watch Table", "symbol.watch" }, { "Add to _Plot", "symbol.plot" }, { NULL, NULL },
    { "_Copy Path", "symbol.copy-path" }, { "Copy _Address", "symbol.copy-address" }, { "Copy _Rows", "symbol.copy" }, { NULL, NULL },
    { "Show _Layout", "symbol.layout" }, { "Show in _Map", "symbol.show-in-map" }, { "Open _Source", "symbol.open-source" }, { NULL, NULL },
    { "Add A_ddress…", "win.add-address" }, { NULL, NULL },
  };
  /* clang-format on */
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      if (items[i].label != NULL)
        {
          g_menu_append (section, items[i].label, items[i].action);
          continue;
        }
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
      g_object_unref (section);
      section = g_menu_new ();
    }
  return G_MENU_MODEL (menu);
}

/* GTK gives the keyboard to the first widget of the window. */
static void
on_menu_closed (GtkPopover *menu, SondeSymbolActions *self)
{
  if (self->focus != NULL && gtk_widget_get_mapped (self->focus))
    gtk_widget_grab_focus (self->focus);
  g_clear_weak_pointer (&self->focus);
}

void
sonde_symbol_actions_popup_at (SondeSymbolActions *self, GtkWidget *widget, double x, double y)
{
  GtkRoot *root = gtk_widget_get_root (self->owner);

  update_enabled (self);
  g_set_weak_pointer (&self->focus, root != NULL ? gtk_root_get_focus (root) : NULL);
  gtk_widget_translate_coordinates (widget, self->owner, x, y, &x, &y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* --- Life ------------------------------------------------------------------------------------- */

SondeSymbolActions *
sonde_symbol_actions_new (GtkWidget *owner, SondeWorkbench *workbench)
{
  SondeSymbolActions *self = g_new0 (SondeSymbolActions, 1);
  g_autoptr (GMenuModel) menu = make_menu ();

  self->owner = owner;
  self->workbench = g_object_ref (workbench);
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), actions, G_N_ELEMENTS (actions),
                                   self);
  gtk_widget_insert_action_group (owner, "symbol", G_ACTION_GROUP (self->group));
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_name (self->menu, "symbol-menu");
  g_signal_connect (self->menu, "closed", G_CALLBACK (on_menu_closed), self);
  gtk_widget_set_parent (self->menu, owner);
  return self;
}

void
sonde_symbol_actions_free (SondeSymbolActions *self)
{
  gtk_widget_insert_action_group (self->owner, "symbol", NULL);
  g_signal_handlers_disconnect_by_data (self->menu, self);
  g_clear_weak_pointer (&self->focus);
  gtk_widget_unparent (self->menu);
  g_object_unref (self->group);
  g_object_unref (self->workbench);
  g_free (self);
}

void
sonde_symbol_actions_set_selection (SondeSymbolActions *self, GtkMultiSelection *selection)
{
  self->selection = selection;
}

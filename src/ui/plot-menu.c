/* plot-menu.c: the menu of a plot, and the range of its values typed in */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot-menu.h"

#include <math.h>

#define ENTRY_CHARS 10

static const char *const y_names[] = { "auto", "fixed", "grow" };

static SondePlotControl *
control_of (gpointer canvas)
{
  return sonde_plot_canvas_get_control (SONDE_PLOT_CANVAS (canvas));
}

/* --- The range of values ---------------------------------------------------------------------- */

static gboolean
read_number (GtkWidget *entry, double *number)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  char *end;
  gboolean is_number;

  *number = g_ascii_strtod (text, &end);
  is_number = *text != 0 && *end == 0 && isfinite (*number);
  if (is_number)
    gtk_widget_remove_css_class (entry, "error");
  else
    gtk_widget_add_css_class (entry, "error");
  return is_number;
}

/* Asked of both entries, so that both show what is wrong with them. */
static void
on_range_entered (GtkWidget *popover)
{
  GtkWidget *low_entry = g_object_get_data (G_OBJECT (popover), "low");
  GtkWidget *high_entry = g_object_get_data (G_OBJECT (popover), "high");
  double low, high;
  const gboolean is_low = read_number (low_entry, &low);
  const gboolean is_high = read_number (high_entry, &high);

  if (!is_low || !is_high)
    return;
  if (low >= high)
    {
      gtk_widget_add_css_class (high_entry, "error");
      return;
    }
  sonde_plot_control_set_y (control_of (gtk_widget_get_parent (popover)),
                            (SondeYRange){ SONDE_Y_FIXED, low, high });
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
add_entry (GtkWidget *grid, GtkWidget *popover, int row, const char *title, double value)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *label = gtk_label_new (title);
  char text[40];

  g_ascii_formatd (text, sizeof text, "%.6g", value);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), ENTRY_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), entry, 1, row, 1, 1);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_range_entered), popover,
                           G_CONNECT_SWAPPED);
  return entry;
}

static void
on_closed (GtkWidget *popover)
{
  gtk_widget_unparent (popover);
}

static void
ask_range (GtkWidget *canvas)
{
  const SondeYRange y = sonde_plot_control_get_y (control_of (canvas));
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *button = gtk_button_new_with_label ("Set");

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  g_object_set_data (G_OBJECT (popover), "high", add_entry (grid, popover, 0, "Highest", y.high));
  g_object_set_data (G_OBJECT (popover), "low", add_entry (grid, popover, 1, "Lowest", y.low));
  gtk_grid_attach (GTK_GRID (grid), button, 1, 2, 1, 1);
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ 40, 40, 1, 1 });
  gtk_widget_set_name (popover, "value-range");
  gtk_widget_set_parent (popover, canvas);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_range_entered), popover,
                           G_CONNECT_SWAPPED);
  g_signal_connect_after (popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* --- Actions ---------------------------------------------------------------------------------- */

static void
on_follow (GSimpleAction *action, GVariant *parameter, gpointer canvas)
{
  sonde_plot_control_follow (control_of (canvas));
}

static void
on_freeze (GSimpleAction *action, GVariant *parameter, gpointer canvas)
{
  sonde_plot_control_set_frozen (control_of (canvas),
                                 !sonde_plot_control_get_frozen (control_of (canvas)));
}

static void
on_fit (GSimpleAction *action, GVariant *parameter, gpointer canvas)
{
  gint64 first_us, last_us;

  if (sonde_plot_traces_get_extent (sonde_plot_canvas_get_traces (canvas), &first_us, &last_us))
    sonde_plot_control_fit (control_of (canvas), first_us, last_us);
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer canvas)
{
  sonde_plot_control_back (control_of (canvas));
}

static void
on_values (GSimpleAction *action, GVariant *parameter, gpointer canvas)
{
  const char *name = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (y_names); i++)
    if (g_str_equal (name, y_names[i]))
      sonde_plot_control_set_y (control_of (canvas), (SondeYRange){ (SondeYMode) i, 0, 0 });
}

static void
on_set_range (GSimpleAction *action, GVariant *parameter, gpointer canvas)
{
  ask_range (canvas);
}

/* What the menu shows as set is what the wheel and the keys did, too. */
static void
update_states (GtkWidget *canvas)
{
  GActionMap *actions = g_object_get_data (G_OBJECT (canvas), "plot-actions");
  SondePlotControl *control = control_of (canvas);
  const SondeYRange y = sonde_plot_control_get_y (control);

  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "values")),
                             g_variant_new_string (y_names[y.mode]));
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "freeze")),
                             g_variant_new_boolean (sonde_plot_control_get_frozen (control)));
}

static GMenuModel *
new_model (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) view = g_menu_new ();
  g_autoptr (GMenu) values = g_menu_new ();
  g_autoptr (GMenu) file = g_menu_new ();

  g_menu_append (view, "Follow Newest Samples", "plot.follow");
  g_menu_append (view, "Freeze View", "plot.freeze");
  g_menu_append (view, "Fit All", "plot.fit");
  g_menu_append (view, "Previous View", "plot.back");
  g_menu_append (values, "Fit Values to What Is Visible", "plot.values::auto");
  g_menu_append (values, "Let Value Range Only Grow", "plot.values::grow");
  g_menu_append (values, "Keep Value Range", "plot.values::fixed");
  g_menu_append (values, "Set Value Range\u2026", "plot.set-range");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (view));
  g_menu_append (file, "Export Visible as CSV\u2026", "win.export-visible");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (values));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (file));
  return G_MENU_MODEL (menu);
}

/* --- The menu --------------------------------------------------------------------------------- */

/* It is closed before its action runs, which may need it a moment longer. */
static gboolean
unparent_later (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
on_menu_closed (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_later, g_object_ref (popover), g_object_unref);
}

static void
pop_up (GtkWidget *canvas, int x, int y)
{
  g_autoptr (GMenuModel) model = new_model ();
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);

  update_states (canvas);
  gtk_widget_set_parent (popover, canvas);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ x, y, 1, 1 });
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  g_signal_connect (popover, "closed", G_CALLBACK (on_menu_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
on_secondary (GtkWidget *canvas, int n_press, double x, double y)
{
  pop_up (canvas, (int) x, (int) y);
}

static gboolean
on_menu_key (GtkWidget *canvas, GVariant *arguments, gpointer data)
{
  pop_up (canvas, gtk_widget_get_width (canvas) / 2, gtk_widget_get_height (canvas) / 3);
  return TRUE;
}

static void
add_shortcuts (GtkWidget *canvas)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  const guint keys[][2] = { { GDK_KEY_Menu, 0 }, { GDK_KEY_F10, GDK_SHIFT_MASK } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i][0], keys[i][1]),
                          gtk_callback_action_new (on_menu_key, NULL, NULL)));
  gtk_widget_add_controller (canvas, controller);
}

void
sonde_plot_menu_attach (SondePlotCanvas *canvas)
{
  static const GActionEntry entries[] = {
    { .name = "follow", .activate = on_follow },
    { .name = "freeze", .activate = on_freeze, .state = "false" },
    { .name = "fit", .activate = on_fit },
    { .name = "back", .activate = on_back },
    { .name = "values", .activate = on_values, .parameter_type = "s", .state = "'auto'" },
    { .name = "set-range", .activate = on_set_range },
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), canvas);
  gtk_widget_insert_action_group (GTK_WIDGET (canvas), "plot", G_ACTION_GROUP (actions));
  g_object_set_data_full (G_OBJECT (canvas), "plot-actions", g_object_ref (actions),
                          g_object_unref);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_secondary), canvas);
  gtk_widget_add_controller (GTK_WIDGET (canvas), GTK_EVENT_CONTROLLER (click));
  add_shortcuts (GTK_WIDGET (canvas));
}

/* test-hooks.c: what a test may ask the window, only while SONDE_TEST names a folder */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/test-hooks.h"

#include "config.h"
#include "ui/plot-area.h"
#include "ui/screenshot.h"
#include "ui/test-frames.h"

#ifdef HAVE_X11
#include <gdk/x11/gdkx.h>
#endif

#include "ui/width-bin.h"

typedef struct
{
  GtkApplication *application; /* outlives the hooks */
  SondeWorkbench *workbench;
  char *folder;
} Hooks;

/* Where the surface of @widget lies on the screen; 0,0 where nobody can tell. */
static void
find_origin (GtkWidget *widget, double *x, double *y)
{
  GtkNative *native = gtk_widget_get_native (widget);

  gtk_native_get_surface_transform (native, x, y);
#ifdef HAVE_X11
  {
    GdkSurface *surface = gtk_native_get_surface (native);
    GdkDisplay *display = gdk_surface_get_display (surface);
    int root_x = 0, root_y = 0;
    Window child;

    if (!GDK_IS_X11_DISPLAY (display))
      return;
    G_GNUC_BEGIN_IGNORE_DEPRECATIONS
    Display *server = gdk_x11_display_get_xdisplay (display);

    XTranslateCoordinates (server, gdk_x11_surface_get_xid (surface), DefaultRootWindow (server), 0,
                           0, &root_x, &root_y, &child);
    G_GNUC_END_IGNORE_DEPRECATIONS
    *x += root_x;
    *y += root_y;
  }
#endif
}

static char *
dup_text_of (GtkWidget *widget)
{
  const char *text = "";

  if (GTK_IS_LABEL (widget))
    text = gtk_label_get_text (GTK_LABEL (widget));
  else if (GTK_IS_INSCRIPTION (widget))
    text = gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  else if (GTK_IS_EDITABLE (widget))
    text = gtk_editable_get_text (GTK_EDITABLE (widget));
  else if (GTK_IS_CHECK_BUTTON (widget))
    text = gtk_check_button_get_active (GTK_CHECK_BUTTON (widget)) ? "on" : "off";
  return g_strdelimit (g_strdup (text == NULL ? "" : text), "\t\n", ' ');
}

/* Focusable, and its name must come from somewhere: a label of its own or a label inside. */
static gboolean
has_label_inside (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0')
    return TRUE;
  if (GTK_IS_INSCRIPTION (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label_inside (child))
      return TRUE;
  return FALSE;
}

static gboolean
is_nameless (GtkWidget *widget)
{
  return gtk_widget_get_focusable (widget) && !has_label_inside (widget)
         && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                               GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static void
dump_widget (GtkWidget *widget, GtkRoot *root, GString *out)
{
  graphene_rect_t bounds;
  double x = 0, y = 0;
  g_autofree char *text = dup_text_of (widget);
  g_autofree char *classes = NULL;
  g_auto (GStrv) names = gtk_widget_get_css_classes (widget);

  if (!gtk_widget_get_mapped (widget))
    return;
  find_origin (widget, &x, &y);
  classes = g_strjoinv (",", names);
  if (gtk_widget_compute_bounds (widget, GTK_WIDGET (gtk_widget_get_native (widget)), &bounds))
    g_string_append_printf (out, "widget\t%s\t%s\t%.0f\t%.0f\t%.0f\t%.0f\t%s\t%s\t%s%s%s\n",
                            G_OBJECT_TYPE_NAME (widget), gtk_widget_get_name (widget),
                            x + bounds.origin.x, y + bounds.origin.y, bounds.size.width,
                            bounds.size.height, text, classes,
                            is_nameless (widget) ? "nameless " : "",
                            gtk_widget_is_sensitive (widget) ? "" : "insensitive ",
                            gtk_widget_has_focus (widget) ? "focus" : "");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    dump_widget (child, root, out);
}

static void
dump_row (SondeWatchRow *row, GString *out)
{
  const SondeWatchState *state = sonde_watch_row_get_state (row);
  g_autofree char *text = sonde_watch_row_dup_value_text (row);

  g_string_append_printf (
      out, "row\t%s\t%s\t%d\t%d\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\t%.1f\t%.1f\n",
      sonde_watch_row_get_path (row), text, sonde_watch_row_get_cell_state (row),
      sonde_watch_row_get_plot_slot (row), state->n_samples, state->n_skipped, state->asked_hz,
      state->rate_hz);
}

static GtkWidget *
find_named (GtkWidget *widget, const char *name)
{
  GtkWidget *found = g_str_equal (gtk_widget_get_name (widget), name) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_named (child, name);
  return found;
}

static SondeWidthBin *
find_bin (GtkWidget *widget)
{
  SondeWidthBin *found = SONDE_IS_WIDTH_BIN (widget) ? SONDE_WIDTH_BIN (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_bin (child);
  return found;
}

static void
on_dump (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Hooks *hooks = data;
  GListModel *watches = sonde_workbench_get_watches (hooks->workbench);
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *path = g_build_filename (hooks->folder, "dump.txt", NULL);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      SondeWidthBin *bin = find_bin (window);

      if (bin != NULL)
        g_string_append_printf (out, "wish\t%d\n", sonde_width_bin_get_wish (bin));
      dump_widget (window, GTK_ROOT (window), out);
    }
  for (guint i = 0; i < g_list_model_get_n_items (watches); i++)
    {
      g_autoptr (SondeWatchRow) row = g_list_model_get_item (watches, i);

      dump_row (row, out);
    }
  g_file_set_contents (path, out->str, -1, NULL);
}

static void
on_block (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_usleep (g_variant_get_uint32 (parameter) * 1000);
}

static GtkEventController *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_strcmp0 (gtk_event_controller_get_name (controller), "file-drop") == 0)
        return controller; /* the widget holds it */
    }
  return NULL;
}

static void
on_emit_drop (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Hooks *hooks = data;
  GtkWindow *window = gtk_application_get_active_window (hooks->application);
  SondeWidthBin *bin = find_bin (GTK_WIDGET (window));
  g_auto (GStrv) paths = g_strsplit (g_variant_get_string (parameter, NULL), "\n", -1);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GValue value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  for (guint i = 0; paths[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_path (paths[i]));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array ((GFile **) files->pdata, files->len));
  g_signal_emit_by_name (find_drop_target (GTK_WIDGET (bin)), "drop", &value, 5.0, 6.0, &is_taken);
  g_value_unset (&value);
}

static void
on_paste (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Hooks *hooks = data;
  GdkDisplay *display = gdk_display_get_default ();
  GtkWindow *window = gtk_application_get_active_window (hooks->application);
  GtkWidget *table = find_named (GTK_WIDGET (window), "watch-table");

  gdk_clipboard_set_text (gdk_display_get_clipboard (display),
                          g_variant_get_string (parameter, NULL));
  gtk_widget_activate_action (table, "watch.paste", NULL);
}

static void
on_rate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Hooks *hooks = data;
  GListModel *watches = sonde_workbench_get_watches (hooks->workbench);

  for (guint i = 0; i < g_list_model_get_n_items (watches); i++)
    {
      g_autoptr (SondeWatchRow) row = g_list_model_get_item (watches, i);

      sonde_workbench_set_watch_rate (hooks->workbench, row, g_variant_get_double (parameter));
    }
}

static void
on_plot (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Hooks *hooks = data;
  GtkWindow *window = gtk_application_get_active_window (hooks->application);
  GtkWidget *area = find_named (GTK_WIDGET (window), "plot-area");

  sonde_plot_area_add (SONDE_PLOT_AREA (area), g_variant_get_string (parameter, NULL));
}

static void
on_frames (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Hooks *hooks = data;
  GtkWindow *window = gtk_application_get_active_window (hooks->application);
  g_autofree char *path = g_build_filename (hooks->folder, "frames.txt", NULL);

  sonde_test_frames_measure (GTK_WIDGET (window), g_variant_get_uint32 (parameter), path);
}

static void
on_pictured (const GError *error, gpointer data)
{
  if (error != NULL)
    g_warning ("%s", error->message);
}

static void
on_picture (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Hooks *hooks = data;
  GtkWindow *window = gtk_application_get_active_window (hooks->application);

  gtk_widget_add_css_class (GTK_WIDGET (window), "picture"); /* no border, as for --screenshot */
  sonde_screenshot_take (GTK_WIDGET (window), g_variant_get_string (parameter, NULL), on_pictured,
                         NULL);
}

static const GActionEntry actions[] = {
  { "test-dump", on_dump },           { "test-block", on_block, "u" },
  { "test-drop", on_emit_drop, "s" }, { "test-paste", on_paste, "s" },
  { "test-rate", on_rate, "d" },      { "test-plot", on_plot, "s" },
  { "test-frames", on_frames, "u" },  { "test-picture", on_picture, "s" },
};

static void
free_hooks (gpointer data, GObject *application)
{
  Hooks *hooks = data;

  g_free (hooks->folder);
  g_free (hooks);
}

void
sonde_test_hooks_add (GtkApplication *application, SondeWorkbench *workbench)
{
  const char *folder = g_getenv ("SONDE_TEST");
  Hooks *hooks;

  if (folder == NULL || folder[0] == '\0')
    return;
  hooks = g_new (Hooks, 1);
  *hooks = (Hooks){ application, workbench, g_strdup (folder) };
  g_object_weak_ref (G_OBJECT (application), free_hooks, hooks);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   hooks);
}

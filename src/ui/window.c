/* window.c: the window: header, notices, pages, and the one door for files */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-ui"

#include "ui/window.h"

#include <string.h>

#include "server/server.h"
#include "ui/address-window.h"
#include "ui/banner.h"
#include "ui/compat.h"
#include "ui/device-button.h"
#include "ui/devices-page.h"
#include "ui/file-opener.h"
#include "ui/log-page.h"
#include "ui/monitor-page.h"
#include "ui/notices.h"
#include "ui/width-bin.h"
#include "workbench/settings.h"

#define LEAST_WIDTH_PX 360
#define LEAST_HEIGHT_PX 240
#define MOST_PX 16384

struct _SondeWindow
{
  AdwApplicationWindow parent_instance;
  SondeWorkbench *workbench;
  SondeFileOpener *opener;
  gboolean is_drawn;     /* the first frame is out */
  gboolean has_listened; /* or tried to */
  gboolean keeps_size;
  gboolean is_demo_waiting; /* asked for before the window listens */
  guint port;               /* wanted */

  SondeWidthBin *width_bin;
  AdwHeaderBar *header;
  GtkWidget *sidebar_button;
  SondeDeviceButton *device_button;
  AdwSplitButton *open_button;
  SondeBanner *banner;
  AdwToastOverlay *toasts;
  AdwToast *news; /* the newest message of the workbench (nullable) */
  AdwViewStack *stack;
  AdwViewSwitcherBar *switcher_bar;
  GtkWidget *switcher;
  AdwWindowTitle *page_title;
  SondeMonitorPage *monitor;
  SondeDevicesPage *devices;
};

G_DEFINE_FINAL_TYPE (SondeWindow, sonde_window, ADW_TYPE_APPLICATION_WINDOW)

static guint first_frame_signal;

/* Returns: (transfer none) */
static AdwToast *
tell (SondeWindow *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_timeout (toast, 6);
  adw_toast_overlay_add_toast (self->toasts, toast);
  return toast;
}

/* --- What the window says about boards and firmware ------------------------------------------ */

static void
update_device (SondeWindow *self)
{
  SondeDeviceRow *row = sonde_workbench_get_active_device (self->workbench);

  sonde_notices_update_match (self->banner, self->workbench,
                              sonde_file_opener_get_recent (self->opener));
  if (row != NULL)
    g_action_change_state (g_action_map_lookup_action (G_ACTION_MAP (self), "device"),
                           g_variant_new_string (sonde_device_row_get_name (row)));
}

static void
on_device_changed (SondeWindow *self, SondeDeviceRow *row)
{
  update_device (self);
}

/* What stands before the colon is what a message is about. */
static gboolean
is_about_the_same (const char *a, const char *b)
{
  const gsize length = strcspn (a, ":");

  return a[length] == ':' && strncmp (a, b, length + 1) == 0;
}

/* Of two rebuilds in a row the second counts: its toast does not wait for the first to go. */
static void
on_message (SondeWindow *self, const char *text)
{
  if (self->news != NULL && is_about_the_same (adw_toast_get_title (self->news), text))
    adw_toast_dismiss (self->news);
  g_set_object (&self->news, tell (self, text));
}

/* --- Files ------------------------------------------------------------------------------------ */

static void
on_recent_changed (SondeWindow *self)
{
  sonde_monitor_page_show_recent (self->monitor, sonde_file_opener_get_recent (self->opener));
}

static void
on_accepted (SondeWindow *self)
{
  sonde_notices_show_file (self->banner, NULL);
  sonde_window_show_page (self, "monitor");
}

static void
on_refused (SondeWindow *self, const char *reason)
{
  sonde_notices_show_file (self->banner, reason);
}

static void
on_symbols_changed (SondeWindow *self)
{
  update_device (self);
  sonde_notices_update_symbols (self->banner, self->workbench);
}

static void
on_files_chosen (GListModel *files, gpointer data)
{
  sonde_window_open_files (data, files);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, SondeWindow *self)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  GSList *list = g_value_get_boxed (value);

  for (GSList *item = list; item != NULL; item = item->next)
    g_list_store_append (files, item->data);
  sonde_window_open_files (self, G_LIST_MODEL (files));
  return list != NULL;
}

void
sonde_window_open_files (SondeWindow *self, GListModel *files)
{
  sonde_file_opener_open (self->opener, files);
}

/* --- Listening and the demo ------------------------------------------------------------------- */

static gboolean
listen_on (SondeWindow *self, const char *address, guint port, GError **error)
{
  if (!sonde_workbench_listen (self->workbench, address, port, error))
    return FALSE;
  sonde_notices_show_port (self->banner, port, NULL);
  sonde_monitor_page_update (self->monitor);
  sonde_devices_page_update_url (self->devices);
  return TRUE;
}

static void
listen_or_say_why (SondeWindow *self, const char *address, guint port)
{
  g_autoptr (GError) error = NULL;

  self->port = port;
  if (!listen_on (self, address, port, &error))
    sonde_notices_show_port (self->banner, port, error);
}

/* The demo must show, whoever holds the port: it takes a free one and says so. */
static void
run_demo (SondeWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  self->is_demo_waiting = FALSE;
  if (sonde_workbench_get_url (self->workbench) == NULL && listen_on (self, "127.0.0.1", 0, NULL))
    {
      text = g_strdup_printf ("Port %u is taken; the demo uses %s", self->port,
                              sonde_workbench_get_url (self->workbench));
      tell (self, text);
    }
  sonde_monitor_page_begin_demo (self->monitor);
  if (!sonde_workbench_start_demo (self->workbench, &error))
    sonde_notices_show_demo (self->banner, error);
}

void
sonde_window_listen (SondeWindow *self, const char *address, guint port)
{
  g_autofree char *usual = NULL;

  if (address == NULL)
    sonde_settings_get_listen (sonde_workbench_get_settings (self->workbench), &usual, &port);
  self->has_listened = TRUE;
  listen_or_say_why (self, address != NULL ? address : usual, port);
  if (self->is_demo_waiting)
    run_demo (self);
}

void
sonde_window_start_demo (SondeWindow *self)
{
  if (self->has_listened)
    run_demo (self);
  else
    self->is_demo_waiting = TRUE;
}

void
sonde_window_show_page (SondeWindow *self, const char *page)
{
  adw_view_stack_set_visible_child_name (self->stack, page);
}

/* --- Layout ----------------------------------------------------------------------------------- */

static void
update_header (SondeWindow *self)
{
  const char *page = adw_view_stack_get_visible_child_name (self->stack);
  GtkWidget *child = adw_view_stack_get_visible_child (self->stack);
  const gboolean is_empty = sonde_monitor_page_is_empty (self->monitor);

  if (child == NULL)
    return;
  gtk_widget_set_visible (self->sidebar_button, g_strcmp0 (page, "monitor") == 0 && !is_empty);
  adw_window_title_set_title (self->page_title, adw_view_stack_page_get_title (
                                                    adw_view_stack_get_page (self->stack, child)));
}

static void
on_page_changed (SondeWindow *self)
{
  if (self->monitor != NULL)
    update_header (self);
}

/* The steps of the width: what gives way first is what the pages can do without. */
static void
on_resized (SondeWidthBin *bin, int width, int height, SondeWindow *self)
{
  const gboolean is_narrow = width < 900;
  GtkWidget *title = is_narrow ? GTK_WIDGET (self->page_title) : self->switcher;

  if (width < 1200)
    adw_split_button_set_icon_name (self->open_button, "document-open-symbolic");
  else
    adw_split_button_set_label (self->open_button, "Open");
  sonde_device_button_set_compact (self->device_button, width < 1080);
  if (adw_header_bar_get_title_widget (self->header) != title)
    adw_header_bar_set_title_widget (self->header, title);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, is_narrow);
  sonde_monitor_page_set_size (self->monitor, width, height);
  sonde_devices_page_set_narrow (self->devices, is_narrow);
}

static gboolean
tell_first_frame (gpointer data)
{
  g_autoptr (SondeWindow) self = data;

  g_signal_emit (self, first_frame_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
on_after_paint (GdkFrameClock *clock, SondeWindow *self)
{
  g_signal_handlers_disconnect_by_func (clock, on_after_paint, self);
  self->is_drawn = TRUE;
  g_idle_add (tell_first_frame, g_object_ref (self));
}

static void
sonde_window_map (GtkWidget *widget)
{
  SondeWindow *self = SONDE_WINDOW (widget);

  GTK_WIDGET_CLASS (sonde_window_parent_class)->map (widget);
  if (!self->is_drawn)
    g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint",
                             G_CALLBACK (on_after_paint), self, 0);
}

static void
sonde_window_unmap (GtkWidget *widget)
{
  SondeWindow *self = SONDE_WINDOW (widget);
  GSettings *settings = sonde_workbench_get_settings (self->workbench);
  int width_px = 0, height_px = 0;

  /* Not the size of now, which may be that of the whole screen. */
  gtk_window_get_default_size (GTK_WINDOW (self), &width_px, &height_px);
  if (self->keeps_size && settings != NULL && width_px > 0 && height_px > 0)
    g_settings_set (settings, "window-size", "(ii)", width_px, height_px);
  GTK_WIDGET_CLASS (sonde_window_parent_class)->unmap (widget);
}

void
sonde_window_keep_size (SondeWindow *self)
{
  GSettings *settings = sonde_workbench_get_settings (self->workbench);
  int width_px = 0, height_px = 0;

  if (settings == NULL)
    return;
  self->keeps_size = TRUE;
  g_settings_get (settings, "window-size", "(ii)", &width_px, &height_px);
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (width_px, LEAST_WIDTH_PX, MOST_PX),
                               CLAMP (height_px, LEAST_HEIGHT_PX, MOST_PX));
}

/* --- Actions ---------------------------------------------------------------------------------- */

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sonde_compat_choose_elf (data, on_files_chosen, data);
}

static void
on_open_path (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sonde_file_opener_open_path (SONDE_WINDOW (data)->opener, g_variant_get_string (parameter, NULL));
}

static void
on_clear_recent (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sonde_file_opener_clear_recent (SONDE_WINDOW (data)->opener);
}

static void
on_listen (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  listen_or_say_why (data, "127.0.0.1", g_variant_get_uint32 (parameter));
}

static void
on_device (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeWindow *self = data;

  sonde_workbench_set_active_device (self->workbench, g_variant_get_string (parameter, NULL));
  update_device (self);
}

static void
save_map (SondeWindow *self, GListModel *files, SondeMapFormat format)
{
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    tell (self, "Only files of this computer can be written.");
  else
    sonde_workbench_save_map (self->workbench, path, format);
}

static void
on_map_target (GListModel *files, gpointer data)
{
  save_map (data, files, SONDE_MAP_ORIGINAL);
}

static void
on_full_map_target (GListModel *files, gpointer data)
{
  save_map (data, files, SONDE_MAP_SONDE);
}

static void
on_save_map (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeWindow *self = data;
  const char *elf = sonde_workbench_get_elf_path (self->workbench);
  const gboolean is_full = g_variant_get_boolean (parameter);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = sonde_map_csv_dup_file_name (elf == NULL ? "map" : elf, now);

  if (sonde_workbench_get_map (self->workbench) == NULL)
    tell (self, "There is nothing to save: open an ELF file or a memory map first.");
  else
    sonde_compat_choose_target (GTK_WINDOW (self), "Save Memory Map", name,
                                is_full ? on_full_map_target : on_map_target, self);
}

static void
on_use_anyway (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeWindow *self = data;
  SondeDeviceRow *row = sonde_workbench_get_active_device (self->workbench);

  if (row != NULL)
    sonde_workbench_use_anyway (self->workbench, sonde_device_row_get_name (row));
}

static void
on_find_symbol (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeWindow *self = data;

  sonde_window_show_page (self, "monitor");
  sonde_monitor_page_find_symbol (self->monitor);
}

/* From another page it leads there; on it, to and fro. */
static void
on_symbols_full (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeWindow *self = data;
  const char *page = adw_view_stack_get_visible_child_name (self->stack);
  gboolean is_browsing = FALSE;

  g_object_get (self->monitor, "is-browsing", &is_browsing, NULL);
  g_object_set (self->monitor, "is-browsing", !is_browsing || g_strcmp0 (page, "monitor") != 0,
                NULL);
  sonde_window_show_page (self, "monitor");
}

static void
on_add_address (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sonde_address_window_show (data, SONDE_WINDOW (data)->workbench);
}

static void
on_export_visible (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeWindow *self = data;

  sonde_monitor_page_export_visible (self->monitor);
}

static const GActionEntry actions[] = {
  { "open", on_open },
  { "open-path", on_open_path, "s" },
  { "clear-recent", on_clear_recent },
  { "listen", on_listen, "u" },
  { "device", on_device, "s", "''" },
  { "use-anyway", on_use_anyway },
  { "save-map", on_save_map, "b" },
  { "find-symbol", on_find_symbol },
  { "symbols-full", on_symbols_full },
  { "add-address", on_add_address },
  { "export-visible", on_export_visible },
};

static void
add_property_action (SondeWindow *self, const char *name, gpointer object, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

/* --- The object ------------------------------------------------------------------------------- */

static void
sonde_window_finalize (GObject *object)
{
  SondeWindow *self = SONDE_WINDOW (object);

  g_clear_object (&self->news);
  g_clear_object (&self->opener);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_window_parent_class)->finalize (object);
}

static void
sonde_window_class_init (SondeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sonde_window_finalize;
  widget_class->map = sonde_window_map;
  widget_class->unmap = sonde_window_unmap;
  first_frame_signal = g_signal_new ("first-frame", SONDE_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (SONDE_TYPE_WIDTH_BIN);
  g_type_ensure (SONDE_TYPE_BANNER);
  g_type_ensure (SONDE_TYPE_DEVICE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, width_bin);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, header);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, device_button);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, SondeWindow, page_title);
  gtk_widget_class_bind_template_callback (widget_class, on_resized);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
}

static void
sonde_window_init (SondeWindow *self)
{
  GtkDropTarget *target;

  gtk_widget_init_template (GTK_WIDGET (self));
  /* First of all targets: otherwise an entry below the pointer takes the file's name as text. */
  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_name (GTK_EVENT_CONTROLLER (target), "file-drop");
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self->width_bin), GTK_EVENT_CONTROLLER (target));
}

static void
add_page (SondeWindow *self, GtkWidget *page, const char *name, const char *title, const char *icon)
{
  adw_view_stack_add_titled (self->stack, page, name, title);
  adw_view_stack_page_set_icon_name (adw_view_stack_get_page (self->stack, page), icon);
}

static void
connect_parts (SondeWindow *self)
{
  g_signal_connect_object (self->opener, "accepted", G_CALLBACK (on_accepted), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->opener, "refused", G_CALLBACK (on_refused), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->opener, "recent-changed", G_CALLBACK (on_recent_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workbench, "symbols-changed", G_CALLBACK (on_symbols_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workbench, "device-changed", G_CALLBACK (on_device_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workbench, "message", G_CALLBACK (on_message), self,
                           G_CONNECT_SWAPPED);
}

SondeWindow *
sonde_window_new (GtkApplication *application, SondeWorkbench *workbench)
{
  SondeWindow *self = g_object_new (SONDE_TYPE_WINDOW, "application", application, NULL);

  self->workbench = g_object_ref (workbench);
  self->opener = sonde_file_opener_new (workbench);
  sonde_device_button_set_workbench (self->device_button, workbench);
  self->monitor = SONDE_MONITOR_PAGE (sonde_monitor_page_new (workbench));
  g_signal_connect_object (self->monitor, "notify::is-empty", G_CALLBACK (update_header), self,
                           G_CONNECT_SWAPPED);
  self->devices = SONDE_DEVICES_PAGE (sonde_devices_page_new (workbench));
  add_page (self, GTK_WIDGET (self->monitor), "monitor", "Monitor", "sonde-wave-symbolic");
  add_page (self, sonde_log_page_new (workbench), "logs", "Logs", "format-justify-left-symbolic");
  add_page (self, GTK_WIDGET (self->devices), "devices", "Devices", "sonde-board-symbolic");
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  add_property_action (self, "page", self->stack, "visible-child-name");
  add_property_action (self, "show-symbols", self->monitor, "shows-symbols");
  add_property_action (self, "fullscreen", self, "fullscreened");
  connect_parts (self);
  adw_split_button_set_menu_model (self->open_button, sonde_file_opener_get_menu (self->opener));
  on_recent_changed (self);
  update_device (self);
  update_header (self);
  return self;
}

/* devices-page.c: every board, and the address to put into firmware */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/devices-page.h"

#include <adwaita.h>

#include "ui/device-columns.h"
#include "ui/tap-window.h"

struct _SondeDevicesPage
{
  GtkBox parent_instance;
  SondeWorkbench *workbench;
  GtkFilter *filter;
  GtkLabel *listen_title;
  GtkLabel *listen_text;
  GtkBox *url_box;
  GtkLabel *url_label;
  GtkStack *stack;
  GtkLabel *count_label;
  GtkSearchEntry *filter_entry;
  GtkColumnView *view;
  guint refresh_id; /* while the page is on show */
};

G_DEFINE_FINAL_TYPE (SondeDevicesPage, sonde_devices_page, GTK_TYPE_BOX)

static gboolean
is_wanted (gpointer item, gpointer user_data)
{
  SondeDevicesPage *self = user_data;
  const SondeDeviceFacts *facts = sonde_device_row_get_facts (item);
  g_autofree char *wanted
      = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->filter_entry)), -1);
  g_autofree char *all
      = g_strjoin (" ", facts->name, facts->address, facts->identity.firmware, NULL);
  g_autofree char *folded = g_utf8_casefold (all, -1);

  return g_strstr_len (folded, -1, wanted) != NULL;
}

static void
on_filter_changed (SondeDevicesPage *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_items_changed (SondeDevicesPage *self)
{
  guint n = g_list_model_get_n_items (sonde_workbench_get_devices (self->workbench));
  g_autofree char *count = g_strdup_printf ("%u", n);

  gtk_label_set_text (self->count_label, count);
  gtk_stack_set_visible_child_name (self->stack, n == 0 ? "empty" : "list");
}

static void
on_copy_url (SondeDevicesPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_text (self->url_label));
  g_signal_emit_by_name (self->workbench, "message", "Address copied");
}

void
sonde_devices_page_update_url (SondeDevicesPage *self)
{
  const char *url = sonde_workbench_get_url (self->workbench);

  gtk_widget_set_visible (GTK_WIDGET (self->url_box), url != NULL);
  gtk_label_set_text (self->url_label, url == NULL ? "" : url);
  gtk_label_set_text (self->listen_title,
                      url == NULL ? "Not listening" : "Boards on this computer can connect");
  gtk_label_set_text (
      self->listen_text,
      url == NULL ? "The port is used by another program; the banner above offers the next one."
                  : "Put this address into your firmware, or the gateway in front of it.");
}

void
sonde_devices_page_set_narrow (SondeDevicesPage *self, gboolean is_narrow)
{
  sonde_device_columns_set_narrow (self->view, is_narrow);
}

static void
copy_details (SondeDevicesPage *self, const SondeDeviceFacts *facts)
{
  g_autofree char *text = g_strdup_printf ("%s\taddress %s\tfirmware %s\tbuild id %s\tboot %s",
                                           facts->name, facts->address, facts->identity.firmware,
                                           facts->identity.build_id, facts->identity.boot);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
show_tap (SondeDevicesPage *self, const char *device)
{
  GtkWidget *window = sonde_tap_window_new (self->workbench, device);

  gtk_window_set_transient_for (GTK_WINDOW (window),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (window));
}

/* Pages do not know each other: the window's actions lead there. */
static void
on_act (SondeDeviceRow *row, SondeDeviceAct act, gpointer user_data)
{
  SondeDevicesPage *self = user_data;
  const char *name = sonde_device_row_get_name (row);

  switch (act)
    {
    case SONDE_DEVICE_ACT_WATCH:
      sonde_workbench_set_active_device (self->workbench, name);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "monitor");
      break;
    case SONDE_DEVICE_ACT_LOG:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-log", "s", name);
      break;
    case SONDE_DEVICE_ACT_TAP:
      show_tap (self, name);
      break;
    case SONDE_DEVICE_ACT_COPY:
      copy_details (self, sonde_device_row_get_facts (row));
      break;
    case SONDE_DEVICE_ACT_FORGET:
    default:
      sonde_workbench_forget_device (self->workbench, name);
      break;
    }
}

/* What is not on show is not kept up to date, and how long a board is up changes without news. */
static gboolean
refresh (gpointer data)
{
  SondeDevicesPage *self = data;
  GListModel *devices = sonde_workbench_get_devices (self->workbench);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (SondeDeviceRow) row = g_list_model_get_item (devices, i);

      g_signal_emit_by_name (row, "changed");
    }
  return G_SOURCE_CONTINUE;
}

static void
sonde_devices_page_map (GtkWidget *widget)
{
  SondeDevicesPage *self = SONDE_DEVICES_PAGE (widget);

  GTK_WIDGET_CLASS (sonde_devices_page_parent_class)->map (widget);
  refresh (self);
  self->refresh_id = g_timeout_add_seconds (1, refresh, self);
}

static void
sonde_devices_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&SONDE_DEVICES_PAGE (widget)->refresh_id, g_source_remove);
  GTK_WIDGET_CLASS (sonde_devices_page_parent_class)->unmap (widget);
}

static void
sonde_devices_page_dispose (GObject *object)
{
  g_clear_object (&SONDE_DEVICES_PAGE (object)->workbench);
  G_OBJECT_CLASS (sonde_devices_page_parent_class)->dispose (object);
}

static void
sonde_devices_page_class_init (SondeDevicesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_devices_page_dispose;
  widget_class->map = sonde_devices_page_map;
  widget_class->unmap = sonde_devices_page_unmap;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/devices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeDevicesPage, listen_title);
  gtk_widget_class_bind_template_child (widget_class, SondeDevicesPage, listen_text);
  gtk_widget_class_bind_template_child (widget_class, SondeDevicesPage, url_box);
  gtk_widget_class_bind_template_child (widget_class, SondeDevicesPage, url_label);
  gtk_widget_class_bind_template_child (widget_class, SondeDevicesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SondeDevicesPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, SondeDevicesPage, filter_entry);
  gtk_widget_class_bind_template_child (widget_class, SondeDevicesPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_url);
}

static void
sonde_devices_page_init (SondeDevicesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sonde_device_columns_add (self->view, on_act, self);
}

GtkWidget *
sonde_devices_page_new (SondeWorkbench *workbench)
{
  SondeDevicesPage *self = g_object_new (SONDE_TYPE_DEVICES_PAGE, NULL);
  GListModel *devices = sonde_workbench_get_devices (workbench);
  GtkFilterListModel *filtered = NULL;
  g_autoptr (GtkNoSelection) selection = NULL;

  self->workbench = g_object_ref (workbench);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_wanted, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (devices), self->filter);
  selection = gtk_no_selection_new (G_LIST_MODEL (filtered));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_signal_connect_swapped (self->filter_entry, "search-changed", G_CALLBACK (on_filter_changed),
                            self);
  g_signal_connect_object (devices, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  on_items_changed (self);
  sonde_devices_page_update_url (self);
  return GTK_WIDGET (self);
}

/* device-button.c: the header's menu of boards, with the dot and name of the active one */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/device-button.h"

struct _SondeDeviceButton
{
  GtkWidget parent_instance;
  SondeWorkbench *workbench;
  GMenu *menu;
  GtkMenuButton *button;
  GtkWidget *dot;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (SondeDeviceButton, sonde_device_button, GTK_TYPE_WIDGET)

const char *
sonde_device_dot_class (SondeDeviceRow *row)
{
  if (row == NULL)
    return "";
  if (!sonde_device_row_is_connected (row))
    return "lost";
  return sonde_device_row_get_facts (row)->match == SONDE_MATCH_NO ? "warn" : "on";
}

static void
update_active (SondeDeviceButton *self)
{
  SondeDeviceRow *row = sonde_workbench_get_active_device (self->workbench);
  const char *name = row == NULL ? "" : sonde_device_row_get_name (row);
  const char *classes[] = { "dot", sonde_device_dot_class (row), NULL };

  gtk_widget_set_visible (GTK_WIDGET (self), row != NULL);
  gtk_widget_set_css_classes (self->dot, classes);
  if (!g_str_equal (name, gtk_label_get_text (self->label)))
    gtk_label_set_text (self->label, name);
}

static void
update_menu (SondeDeviceButton *self)
{
  GListModel *devices = sonde_workbench_get_devices (self->workbench);
  g_autoptr (GMenu) names = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (SondeDeviceRow) row = g_list_model_get_item (devices, i);
      g_auto (GStrv) parts = g_strsplit (sonde_device_row_get_name (row), "_", -1);
      /* A single underscore would be taken for a mnemonic. */
      g_autofree char *label = g_strjoinv ("__", parts);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.device", "s", sonde_device_row_get_name (row));
      g_menu_append_item (names, item);
    }
  g_menu_remove_all (self->menu);
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (names));
  g_menu_append (self->menu, "_All Devices", "win.page::devices");
  update_active (self);
}

static void
on_device_changed (SondeDeviceButton *self, SondeDeviceRow *row)
{
  update_active (self);
}

static void
sonde_device_button_dispose (GObject *object)
{
  SondeDeviceButton *self = SONDE_DEVICE_BUTTON (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->menu);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_device_button_parent_class)->dispose (object);
}

static void
sonde_device_button_class_init (SondeDeviceButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_device_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sonde/Sonde/ui/device-button.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeDeviceButton, button);
  gtk_widget_class_bind_template_child (widget_class, SondeDeviceButton, dot);
  gtk_widget_class_bind_template_child (widget_class, SondeDeviceButton, label);
}

static void
sonde_device_button_init (SondeDeviceButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->menu = g_menu_new ();
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (self->menu));
}

void
sonde_device_button_set_workbench (SondeDeviceButton *self, SondeWorkbench *workbench)
{
  self->workbench = g_object_ref (workbench);
  g_signal_connect_object (workbench, "device-changed", G_CALLBACK (on_device_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sonde_workbench_get_devices (workbench), "items-changed",
                           G_CALLBACK (update_menu), self, G_CONNECT_SWAPPED);
  update_menu (self);
}

void
sonde_device_button_set_compact (SondeDeviceButton *self, gboolean is_compact)
{
  gtk_widget_set_visible (GTK_WIDGET (self->label), !is_compact);
}

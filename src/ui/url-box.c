/* url-box.c: the address to put into firmware, with a copy button */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/url-box.h"

#include <adwaita.h>

struct _SondeUrlBox
{
  GtkWidget parent_instance;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (SondeUrlBox, sonde_url_box, GTK_TYPE_WIDGET)

static void
on_copy_clicked (GtkButton *button, SondeUrlBox *self)
{
  GtkWidget *toasts = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_text (self->label));
  if (toasts != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (toasts), adw_toast_new ("Address copied"));
}

static void
sonde_url_box_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (sonde_url_box_parent_class)->dispose (object);
}

static void
sonde_url_box_class_init (SondeUrlBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_url_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/url-box.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeUrlBox, label);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
sonde_url_box_init (SondeUrlBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sonde_url_box_new (void)
{
  return g_object_new (SONDE_TYPE_URL_BOX, NULL);
}

void
sonde_url_box_set_url (SondeUrlBox *self, const char *url)
{
  if (g_strcmp0 (gtk_label_get_text (self->label), url) != 0)
    gtk_label_set_text (self->label, url == NULL ? "" : url);
}

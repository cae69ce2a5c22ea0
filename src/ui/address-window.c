/* address-window.c: a name for an address that no ELF file names */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/address-window.h"

#include <string.h>

#include "symbols/plain-types.h"

#define MAX_COUNT 4096

struct _SondeAddressWindow
{
  AdwWindow parent_instance;
  SondeWorkbench *workbench;
  GtkEditable *name, *address, *type, *count, *unit;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (SondeAddressWindow, sonde_address_window, ADW_TYPE_WINDOW)

static void
refuse (SondeAddressWindow *self, GtkEditable *entry, const char *why)
{
  gtk_label_set_text (self->problem, why);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  if (entry == NULL)
    return;
  gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
}

static void
on_changed (SondeAddressWindow *self)
{
  GtkEditable *const entries[] = { self->name, self->address, self->type, self->count };

  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (entries[i]), "error");
}

/* Hexadecimal, with 0x or without. */
static gboolean
read_address (const char *text, guint64 *address)
{
  const char *digits = g_ascii_strncasecmp (text, "0x", 2) == 0 ? text + 2 : text;

  return g_ascii_string_to_unsigned (digits, 16, 0, G_MAXUINT64, address, NULL);
}

/* A name that a person can type into a path. */
static gboolean
is_name (const char *text)
{
  if (!g_ascii_isalpha (text[0]) && text[0] != '_')
    return FALSE;
  return text[strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")]
         == '\0';
}

static gboolean
read_entry (SondeAddressWindow *self, SondeMapEntry *entry)
{
  g_autoptr (SondeType) type = NULL;

  entry->variable = gtk_editable_get_text (self->name);
  entry->type = gtk_editable_get_text (self->type);
  entry->unit = gtk_editable_get_text (self->unit);
  if (!is_name (entry->variable))
    {
      refuse (self, self->name, "A name begins with a letter and has no blanks.");
      return FALSE;
    }
  if (!read_address (gtk_editable_get_text (self->address), &entry->address))
    {
      refuse (self, self->address, "An address is hexadecimal, like 0x20000100.");
      return FALSE;
    }
  type = sonde_plain_type_new (entry->type, 4);
  if (type == NULL)
    {
      refuse (
          self, self->type,
          "Not a type of numbers: u8 s8 u16 s16 u32 s32 u64 s64 f32 f64 char bool, or a C name. "
          "For a struct watch (type*)0x20000100.");
      return FALSE;
    }
  entry->size = sonde_type_get_size (type);
  entry->type = g_intern_string (sonde_type_get_name (type));
  if (!g_ascii_string_to_unsigned (gtk_editable_get_text (self->count), 10, 1, MAX_COUNT,
                                   &entry->count, NULL))
    {
      refuse (self, self->count, "The number of elements is from 1 to 4096.");
      return FALSE;
    }
  return TRUE;
}

static void
on_add (SondeAddressWindow *self)
{
  SondeMapEntry entry = { 0 };
  g_autoptr (GError) error = NULL;

  on_changed (self);
  if (!read_entry (self, &entry))
    return;
  if (!sonde_workbench_add_entry (self->workbench, &entry, &error))
    {
      refuse (self, NULL, error->message);
      return;
    }
  gtk_window_close (GTK_WINDOW (self));
}

static void
sonde_address_window_dispose (GObject *object)
{
  g_clear_object (&SONDE_ADDRESS_WINDOW (object)->workbench);
  G_OBJECT_CLASS (sonde_address_window_parent_class)->dispose (object);
}

static void
sonde_address_window_class_init (SondeAddressWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_address_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sonde/Sonde/ui/address-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeAddressWindow, name);
  gtk_widget_class_bind_template_child (widget_class, SondeAddressWindow, address);
  gtk_widget_class_bind_template_child (widget_class, SondeAddressWindow, type);
  gtk_widget_class_bind_template_child (widget_class, SondeAddressWindow, count);
  gtk_widget_class_bind_template_child (widget_class, SondeAddressWindow, unit);
  gtk_widget_class_bind_template_child (widget_class, SondeAddressWindow, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sonde_address_window_init (SondeAddressWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sonde_address_window_show (GtkWindow *parent, SondeWorkbench *workbench)
{
  SondeAddressWindow *self
      = g_object_new (SONDE_TYPE_ADDRESS_WINDOW, "transient-for", parent, "modal", TRUE, NULL);

  self->workbench = g_object_ref (workbench);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  gtk_window_present (GTK_WINDOW (self));
}

/* filter-button.c: which symbols are kept away: by memory, kind, type, file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/filter-button.h"

struct _SondeFilterButton
{
  GtkWidget parent_instance;
  GtkWidget *button;
  GtkDropDown *memory, *kind;
  GtkEditable *type, *file;
  GtkCheckButton *hide;
  gboolean is_clearing; /* many changes are one */
};

G_DEFINE_FINAL_TYPE (SondeFilterButton, sonde_filter_button, GTK_TYPE_WIDGET)

static guint changed_signal;

/* In the order of the drop-downs; 0: any */
static const guint memories[]
    = { 0, 1u << SONDE_MEMORY_RAM, 1u << SONDE_MEMORY_FLASH, 1u << SONDE_MEMORY_PERIPHERAL };
static const guint kinds[] = { 0,
                               1u << SONDE_KIND_NUMBER,
                               1u << SONDE_KIND_BOOL,
                               1u << SONDE_KIND_CHAR,
                               1u << SONDE_KIND_ENUM,
                               1u << SONDE_KIND_POINTER,
                               1u << SONDE_KIND_BITFIELD,
                               1u << SONDE_KIND_ARRAY,
                               1u << SONDE_KIND_STRUCT,
                               1u << SONDE_KIND_UNION };

static guint
get_choice (GtkDropDown *down, const guint *values, guint n)
{
  const guint selected = gtk_drop_down_get_selected (down);

  return selected < n ? values[selected] : 0;
}

void
sonde_filter_button_fill (SondeFilterButton *self, SondeSymbolQuery *query)
{
  query->memories = get_choice (self->memory, memories, G_N_ELEMENTS (memories));
  query->kinds = get_choice (self->kind, kinds, G_N_ELEMENTS (kinds));
  query->type = gtk_editable_get_text (self->type);
  query->file = gtk_editable_get_text (self->file);
  query->hides_unpolled = gtk_check_button_get_active (self->hide);
}

static void
on_changed (SondeFilterButton *self)
{
  SondeSymbolQuery query = { .text = "" };

  if (self->is_clearing)
    return;
  sonde_filter_button_fill (self, &query);
  if (sonde_symbol_query_is_filtered (&query))
    gtk_widget_add_css_class (self->button, "filtering");
  else
    gtk_widget_remove_css_class (self->button, "filtering");
  g_signal_emit (self, changed_signal, 0);
}

void
sonde_filter_button_clear (SondeFilterButton *self)
{
  self->is_clearing = TRUE;
  gtk_drop_down_set_selected (self->memory, 0);
  gtk_drop_down_set_selected (self->kind, 0);
  gtk_editable_set_text (self->type, "");
  gtk_editable_set_text (self->file, "");
  gtk_check_button_set_active (self->hide, FALSE);
  self->is_clearing = FALSE;
  on_changed (self);
}

static void
on_clear_clicked (GtkButton *button, SondeFilterButton *self)
{
  sonde_filter_button_clear (self);
}

static void
sonde_filter_button_dispose (GObject *object)
{
  SondeFilterButton *self = SONDE_FILTER_BUTTON (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  self->is_clearing = TRUE;
  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (sonde_filter_button_parent_class)->dispose (object);
}

static void
sonde_filter_button_class_init (SondeFilterButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_filter_button_dispose;
  changed_signal = g_signal_new ("changed", SONDE_TYPE_FILTER_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sonde/Sonde/ui/filter-button.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeFilterButton, button);
  gtk_widget_class_bind_template_child (widget_class, SondeFilterButton, memory);
  gtk_widget_class_bind_template_child (widget_class, SondeFilterButton, kind);
  gtk_widget_class_bind_template_child (widget_class, SondeFilterButton, type);
  gtk_widget_class_bind_template_child (widget_class, SondeFilterButton, file);
  gtk_widget_class_bind_template_child (widget_class, SondeFilterButton, hide);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
sonde_filter_button_init (SondeFilterButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

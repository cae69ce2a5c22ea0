/* add-button.c: takes a typed path, or PATH=VALUE, into the watch table */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/add-button.h"

#include <string.h>

#include "symbols/name-answer.h"

struct _SondeAddButton
{
  GtkWidget parent_instance;
  SondeWorkbench *workbench;
  GtkPopover *popover;
  GtkEditable *entry;
  GtkLabel *problem;
  GCancellable *asking; /* why a name is no variable (nullable) */
};

G_DEFINE_FINAL_TYPE (SondeAddButton, sonde_add_button, GTK_TYPE_WIDGET)

static void
stop_asking (SondeAddButton *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

/* The button may be gone by now: then its question was cancelled. */
static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GCancellable) asking = ((gpointer *) data)[1];
  SondeAddButton *self = ((gpointer *) data)[0];
  g_autoptr (GPtrArray) answers = sonde_name_answer_finish (result, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_free (data);
  if (g_cancellable_is_cancelled (asking) || answers == NULL || answers->len == 0)
    return;
  for (guint i = 0; i < answers->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (answers, i));
  g_string_prepend (text, ": ");
  g_string_prepend (text, gtk_editable_get_text (self->entry));
  gtk_label_set_text (self->problem, text->str);
}

/* The ELF file itself often knows what a name is that is no variable. */
static void
ask_why (SondeAddButton *self)
{
  const char *elf = sonde_workbench_get_elf_path (self->workbench);
  const char *name = gtk_editable_get_text (self->entry);
  gpointer *question;

  stop_asking (self);
  if (elf == NULL || strpbrk (name, "=\n") != NULL)
    return;
  question = g_new (gpointer, 2);
  self->asking = g_cancellable_new ();
  question[0] = self;
  question[1] = g_object_ref (self->asking);
  sonde_name_answer_async (elf, name, self->asking, on_answered, question);
}

static void
on_activate (GtkEntry *entry, SondeAddButton *self)
{
  g_autofree char *refused
      = sonde_workbench_paste (self->workbench, gtk_editable_get_text (self->entry));

  if (refused == NULL || refused[0] == '\0')
    {
      gtk_editable_set_text (self->entry, "");
      gtk_popover_popdown (self->popover);
      return;
    }
  gtk_label_set_text (self->problem, g_strchomp (refused));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  ask_why (self);
}

static void
on_changed (GtkEditable *entry, SondeAddButton *self)
{
  stop_asking (self);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
}

static void
sonde_add_button_dispose (GObject *object)
{
  SondeAddButton *self = SONDE_ADD_BUTTON (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  stop_asking (self);
  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_add_button_parent_class)->dispose (object);
}

static void
sonde_add_button_class_init (SondeAddButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_add_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/add-button.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeAddButton, popover);
  gtk_widget_class_bind_template_child (widget_class, SondeAddButton, entry);
  gtk_widget_class_bind_template_child (widget_class, SondeAddButton, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
sonde_add_button_init (SondeAddButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sonde_add_button_set_workbench (SondeAddButton *self, SondeWorkbench *workbench)
{
  self->workbench = g_object_ref (workbench);
}

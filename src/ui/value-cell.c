/* value-cell.c: a value in the watch table: shown, flashing, dimmed, edited in place */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/value-cell.h"

#include <adwaita.h>

#include "ui/choice-list.h"
#include "ui/ltr-text.h"
#include "ui/readout.h"
#include "ui/reason-popover.h"

#define FLASH_MS 400
#define QUIET_US G_USEC_PER_SEC /* a value that moves more often than this never flashes */

struct _SondeValueCell
{
  GtkWidget parent_instance;
  SondeWorkbench *workbench;
  SondeWatchRow *row; /* owned, NULL while unbound */
  gulong changed_id;
  GtkWidget *spinner;
  GtkWidget *problem; /* the button with the warning sign */
  GtkWidget *toggle;  /* of a bool */
  GtkInscription *text;
  GtkWidget *entry;   /* NULL while not editing */
  GtkWidget *popover; /* a reason, or the choices of an enum; NULL while there is none */
  char *shown;        /* text on show */
  gint64 moved_us;    /* when it last changed, monotonic */
  guint flash_id;
  gboolean is_setting;      /* the toggle is being shown, not clicked */
  gboolean is_write_waited; /* this cell asked for the write that is on its way */
};

G_DEFINE_FINAL_TYPE (SondeValueCell, sonde_value_cell, GTK_TYPE_WIDGET)

static void end_edit (SondeValueCell *self);

/* --- Showing ---------------------------------------------------------------------------------- */

static gboolean
end_flash (gpointer data)
{
  SondeValueCell *self = data;

  self->flash_id = 0;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "flash");
  return G_SOURCE_REMOVE;
}

/* A change is worth a flash when it comes after a while of rest. */
static void
note_change (SondeValueCell *self)
{
  const gint64 now_us = g_get_monotonic_time ();
  const gboolean was_quiet = now_us - self->moved_us > QUIET_US;

  self->moved_us = now_us;
  if (!was_quiet || self->shown == NULL || self->shown[0] == '\0'
      || !adw_get_enable_animations (GTK_WIDGET (self)))
    return;
  gtk_widget_add_css_class (GTK_WIDGET (self), "flash");
  g_clear_handle_id (&self->flash_id, g_source_remove);
  self->flash_id = g_timeout_add (FLASH_MS, end_flash, self);
}

static gboolean
is_bool (SondeWatchRow *row)
{
  SondeVariable *variable = sonde_watch_row_get_variable (row);

  return variable != NULL
         && sonde_type_get_kind (sonde_variable_get_type (variable)) == SONDE_KIND_BOOL;
}

static void
show_toggle (SondeValueCell *self)
{
  const SondeWatchState *state = sonde_watch_row_get_state (self->row);
  const gboolean wanted
      = is_bool (self->row) && state->has_value && sonde_watch_row_is_editable (self->row, NULL);

  gtk_widget_set_visible (self->toggle, wanted);
  self->is_setting = TRUE;
  if (wanted)
    gtk_switch_set_active (GTK_SWITCH (self->toggle), sonde_value_to_double (&state->value) != 0);
  self->is_setting = FALSE;
}

static void
set_class (SondeValueCell *self, const char *name, gboolean is_on)
{
  if (is_on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
show_popover (SondeValueCell *self, GtkWidget *popover)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = popover;
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
show_reason (SondeValueCell *self, const char *title, const char *reason)
{
  show_popover (self, sonde_reason_popover_new (title, reason));
}

static void
show_state (SondeValueCell *self)
{
  const SondeCellState state = sonde_watch_row_get_cell_state (self->row);
  const char *problem = sonde_watch_row_get_problem (self->row);
  const gboolean has_failed
      = state == SONDE_CELL_FAILED
        || (problem != NULL && sonde_watch_row_get_variable (self->row) == NULL);

  set_class (self, "pending", state == SONDE_CELL_PENDING);
  set_class (self, "stale", state == SONDE_CELL_STALE || state == SONDE_CELL_DOUBTFUL);
  gtk_widget_set_visible (self->spinner, state == SONDE_CELL_PENDING);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), state == SONDE_CELL_PENDING);
  gtk_widget_set_visible (self->problem, has_failed && problem != NULL);
  if (has_failed && problem != NULL)
    gtk_widget_set_tooltip_text (self->problem, problem);
  if (state == SONDE_CELL_PENDING || !self->is_write_waited)
    return;
  self->is_write_waited = FALSE;
  if (state == SONDE_CELL_FAILED && problem != NULL)
    show_reason (self, "Refused", problem);
}

static void
update (SondeValueCell *self)
{
  g_autofree char *text = sonde_readout_dup_value (self->row);

  if (g_strcmp0 (text, self->shown) != 0)
    {
      note_change (self);
      g_free (self->shown);
      self->shown = g_steal_pointer (&text);
      gtk_inscription_set_text (self->text, self->shown);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                      self->shown, -1);
    }
  show_toggle (self);
  show_state (self);
}

static gboolean
on_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  SondeValueCell *self = SONDE_VALUE_CELL (widget);
  g_autofree char *exact = NULL;
  const char *why = NULL;

  if (self->row == NULL)
    return FALSE;
  exact = sonde_watch_row_dup_value_text (self->row);
  if (!sonde_watch_row_is_editable (self->row, &why) && why != NULL)
    {
      g_autofree char *text = g_strdup_printf ("%s\nCannot be changed: %s", exact, why);

      gtk_tooltip_set_text (tooltip, g_strchug (text));
      return TRUE;
    }
  gtk_tooltip_set_text (tooltip, exact);
  return exact[0] != '\0';
}

static void
on_problem_clicked (GtkButton *button, SondeValueCell *self)
{
  const char *problem = self->row == NULL ? NULL : sonde_watch_row_get_problem (self->row);

  if (problem != NULL)
    show_reason (self, "No New Value", problem);
}

/* --- Changing --------------------------------------------------------------------------------- */

static gboolean
write_text (SondeValueCell *self, const char *text)
{
  g_autoptr (GError) error = NULL;

  self->is_write_waited = TRUE;
  if (sonde_workbench_write (self->workbench, self->row, text, &error))
    return TRUE;
  self->is_write_waited = FALSE;
  show_reason (self, "Not Sent", error->message);
  return FALSE;
}

static gboolean
on_toggle_set (GtkSwitch *toggle, gboolean wanted, SondeValueCell *self)
{
  if (self->is_setting || self->row == NULL)
    return FALSE;
  write_text (self, wanted ? "true" : "false");
  return TRUE; /* the switch follows what the board says */
}

static void
on_entry_activate (GtkEntry *entry, SondeValueCell *self)
{
  if (write_text (self, gtk_editable_get_text (GTK_EDITABLE (entry))))
    end_edit (self);
  else
    gtk_widget_add_css_class (self->entry, "error");
}

static gboolean
on_entry_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
              SondeValueCell *self)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  end_edit (self);
  return GDK_EVENT_STOP;
}

/* Typing goes on in another window, or in the reason's popover: the entry stays. */
static void
on_entry_left (GtkEventControllerFocus *controller, SondeValueCell *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  if (focus != NULL && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    end_edit (self);
}

static void
on_entry_changed (GtkEditable *entry, SondeValueCell *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
begin_entry (SondeValueCell *self)
{
  g_autofree char *text = sonde_watch_row_dup_value_text (self->row);
  g_autofree char *name = g_strdup_printf ("New value of %s", sonde_watch_row_get_path (self->row));
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_entry_new ();
  gtk_widget_set_name (self->entry, "value-entry");
  gtk_widget_add_css_class (self->entry, "celledit");
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 3);
  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), 1);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect (self->entry, "activate", G_CALLBACK (on_entry_activate), self);
  g_signal_connect (self->entry, "changed", G_CALLBACK (on_entry_changed), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_entry_key), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_entry_left), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->entry, keys);
  gtk_widget_add_controller (self->entry, focus);
  gtk_widget_insert_before (self->entry, GTK_WIDGET (self), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->text), FALSE);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

static void
end_edit (SondeValueCell *self)
{
  GtkWidget *entry = g_steal_pointer (&self->entry);

  if (entry == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->text), TRUE);
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (gtk_widget_get_focus_child (GTK_WIDGET (self)) == entry)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_unparent (entry);
}

static void
on_chosen (const char *name, gpointer data)
{
  SondeValueCell *self = data;

  if (self->row != NULL)
    write_text (self, name);
}

void
sonde_value_cell_edit (SondeValueCell *self)
{
  const char *why = NULL;
  SondeType *type;

  if (self->row == NULL || self->entry != NULL)
    return;
  if (!sonde_watch_row_is_editable (self->row, &why))
    {
      show_reason (self, "Cannot Be Changed", why);
      return;
    }
  type = sonde_variable_get_type (sonde_watch_row_get_variable (self->row));
  if (is_bool (self->row))
    write_text (self, gtk_switch_get_active (GTK_SWITCH (self->toggle)) ? "false" : "true");
  else if (sonde_choice_list_has (type))
    show_popover (self, sonde_choice_list_new (type, self->shown, on_chosen, self));
  else
    begin_entry (self);
}

gboolean
sonde_value_cell_is_editing (SondeValueCell *self)
{
  return self->entry != NULL;
}

/* --- The object ------------------------------------------------------------------------------- */

static void
sonde_value_cell_dispose (GObject *object)
{
  SondeValueCell *self = SONDE_VALUE_CELL (object);
  GtkWidget *child;

  sonde_value_cell_set_row (self, NULL);
  g_clear_handle_id (&self->flash_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->workbench);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (sonde_value_cell_parent_class)->dispose (object);
}

static void
sonde_value_cell_class_init (SondeValueCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_value_cell_dispose;
  widget_class->query_tooltip = on_query_tooltip;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/value-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeValueCell, spinner);
  gtk_widget_class_bind_template_child (widget_class, SondeValueCell, problem);
  gtk_widget_class_bind_template_child (widget_class, SondeValueCell, toggle);
  gtk_widget_class_bind_template_child (widget_class, SondeValueCell, text);
  gtk_widget_class_bind_template_callback (widget_class, on_problem_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_toggle_set);
}

static void
sonde_value_cell_init (SondeValueCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sonde_ltr_text_set (GTK_WIDGET (self->text), 1);
}

GtkWidget *
sonde_value_cell_new (SondeWorkbench *workbench)
{
  SondeValueCell *self = g_object_new (SONDE_TYPE_VALUE_CELL, NULL);

  self->workbench = g_object_ref (workbench);
  return GTK_WIDGET (self);
}

void
sonde_value_cell_set_row (SondeValueCell *self, SondeWatchRow *row)
{
  g_autofree char *name = NULL;

  end_edit (self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (self->row != NULL)
    g_clear_signal_handler (&self->changed_id, self->row);
  g_clear_object (&self->row);
  g_clear_pointer (&self->shown, g_free);
  self->is_write_waited = FALSE;
  if (row == NULL)
    return;
  self->row = g_object_ref (row);
  self->changed_id = g_signal_connect_swapped (row, "changed", G_CALLBACK (update), self);
  name = g_strdup_printf ("Value of %s", sonde_watch_row_get_path (row));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sonde_watch_row_get_path (row), -1);
  update (self);
}

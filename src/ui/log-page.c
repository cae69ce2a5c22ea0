/* log-page.c: the log console */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-ui"

#include "ui/log-page.h"

#include <adwaita.h>
#include <string.h>

#include "base/file.h"
#include "ui/compat.h"
#include "ui/log-columns.h"
#include "ui/send-bar.h"
#include "ui/tab-out.h"

#define LIVE_EDGE_PX 4.0 /* nearer to the end than this counts as being there */

struct _SondeLogPage
{
  GtkBox parent_instance;
  SondeWorkbench *workbench;
  SondeLogList *list; /* borrowed from the workbench */
  gulong on_ticked;
  guint scroll_id;       /* the way to the newest line is due */
  gboolean is_held;      /* the person scrolled up */
  guint64 n_shown_total; /* what the labels say now */

  GtkSearchEntry *filter_entry;
  GtkBox *level_box;
  GtkToggleButton *levels[SONDE_LOG_N_LEVELS];
  GtkLabel *counts[SONDE_LOG_N_LEVELS];
  GtkDropDown *device_drop;
  GtkStringList *device_names; /* "All devices", "Sonde", then the boards */
  GtkToggleButton *pause_button;
  GtkLabel *filter_problem;
  GtkButton *new_button;
  GtkLabel *new_label;
  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkButton *clear_filter_button;
  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  SondeSendBar *send_bar;
  GtkLabel *shown_label;
  GtkLabel *state_label;
  GtkLabel *file_label;
};

G_DEFINE_FINAL_TYPE (SondeLogPage, sonde_log_page, GTK_TYPE_BOX)

static guint
count_shown (SondeLogPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

/* --- following the newest line
 * ------------------------------------------------------------------------------------ */

static gboolean
is_at_end (SondeLogPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)
         >= gtk_adjustment_get_upper (adjustment) - LIVE_EDGE_PX;
}

/* The list ignores where its adjustment is put while it lays itself out, so it is told the row, and
 * afterwards. */
static gboolean
show_last_row (gpointer data)
{
  SondeLogPage *self = data;
  GtkWidget *list = gtk_widget_get_last_child (GTK_WIDGET (self->view));

  self->scroll_id = 0;
  while (list != NULL && !GTK_IS_LIST_VIEW (list))
    list = gtk_widget_get_prev_sibling (list);
  if (list != NULL && count_shown (self) > 0)
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", count_shown (self) - 1);
  return G_SOURCE_REMOVE;
}

static void
scroll_to_end (SondeLogPage *self)
{
  if (self->scroll_id == 0)
    self->scroll_id = g_idle_add (show_last_row, self);
}

static void
update_pause (SondeLogPage *self)
{
  sonde_log_list_set_paused (self->list,
                             self->is_held || gtk_toggle_button_get_active (self->pause_button));
}

static void
on_scrolled (SondeLogPage *self)
{
  gboolean is_held = !is_at_end (self);

  if (self->scroll_id != 0 || is_held == self->is_held)
    return;
  self->is_held = is_held;
  update_pause (self);
}

/* More lines make the list longer: whoever was at the end stays there. A filter may make it so
 * short that there is nothing to scroll. */
static void
on_upper_changed (SondeLogPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  if (gtk_adjustment_get_upper (adjustment) <= gtk_adjustment_get_page_size (adjustment))
    on_scrolled (self);
  if (!self->is_held)
    scroll_to_end (self);
}

static void
on_new_clicked (SondeLogPage *self)
{
  self->is_held = FALSE;
  gtk_toggle_button_set_active (self->pause_button, FALSE);
  update_pause (self);
  scroll_to_end (self);
}

static void
on_pause_toggled (SondeLogPage *self)
{
  update_pause (self);
}

/* --- labels
 * -------------------------------------------------------------------------------------------------------
 */

static char *
dup_count (guint64 n)
{
  if (n < 1000)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  if (n < 10000)
    return g_strdup_printf ("%.1f k", (double) n / 1000);
  if (n < 1000000)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " k", n / 1000);
  return g_strdup_printf ("%.1f M", (double) n / 1e6);
}

static void
update_empty (SondeLogPage *self)
{
  gboolean is_filtered = sonde_log_list_get_n_total (self->list) > 0;

  gtk_stack_set_visible_child_name (self->stack, count_shown (self) > 0 ? "lines" : "empty");
  adw_status_page_set_title (self->empty_page, is_filtered ? "No Match" : "No Messages");
  adw_status_page_set_description (self->empty_page,
                                   is_filtered ? "The filter hides every message."
                                               : "What Sonde and the boards say appears here.");
  gtk_widget_set_visible (GTK_WIDGET (self->clear_filter_button), is_filtered);
}

static void
update_new_button (SondeLogPage *self)
{
  guint n = sonde_log_list_get_n_waiting (self->list);
  g_autofree char *text = g_strdup_printf (n == 1 ? "%u new message" : "%u new messages", n);

  gtk_widget_set_visible (GTK_WIDGET (self->new_button), n > 0);
  gtk_label_set_text (self->new_label, text);
  if (gtk_toggle_button_get_active (self->pause_button))
    gtk_label_set_text (self->state_label, "Paused");
  else
    gtk_label_set_text (self->state_label, self->is_held ? "Paused while you scroll" : "");
}

static void
update_labels (SondeLogPage *self)
{
  guint64 total = sonde_log_list_get_n_total (self->list);
  g_autofree char *text
      = g_strdup_printf ("%u of %" G_GUINT64_FORMAT " shown", count_shown (self), total);

  gtk_label_set_text (self->shown_label, text);
  for (guint i = 0; i < SONDE_LOG_N_LEVELS; i++)
    {
      g_autofree char *count = dup_count (sonde_log_list_get_n_level (self->list, i));

      gtk_label_set_text (self->counts[i], count);
    }
  update_empty (self);
}

static void
on_ticked (SondeWorkbench *workbench, gpointer user_data)
{
  SondeLogPage *self = user_data;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  update_new_button (self);
  if (sonde_log_list_get_n_total (self->list) == self->n_shown_total)
    return;
  self->n_shown_total = sonde_log_list_get_n_total (self->list);
  update_labels (self);
}

static void
on_map (GtkWidget *widget)
{
  SondeLogPage *self = SONDE_LOG_PAGE (widget);

  GTK_WIDGET_CLASS (sonde_log_page_parent_class)->map (widget);
  update_labels (self);
  update_new_button (self);
}

/* --- what is shown
 * ------------------------------------------------------------------------------------------------
 */

static void
on_filter_changed (SondeLogPage *self)
{
  g_autoptr (GError) error = NULL;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->filter_entry));
  gboolean is_good = sonde_log_list_set_filter (self->list, text, &error);

  if (is_good)
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_entry), "error");
  gtk_label_set_text (self->filter_problem, is_good ? "" : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_problem), !is_good);
  update_labels (self);
}

static void
on_stop_search (SondeLogPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->filter_entry), "");
}

static void
on_clear_filter_clicked (SondeLogPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->filter_entry), "");
  for (guint i = 0; i < SONDE_LOG_N_LEVELS; i++)
    gtk_toggle_button_set_active (self->levels[i], TRUE);
  gtk_drop_down_set_selected (self->device_drop, 0);
  on_filter_changed (self);
}

static void
on_level_toggled (SondeLogPage *self)
{
  guint mask = 0;

  for (guint i = 0; i < SONDE_LOG_N_LEVELS; i++)
    mask |= gtk_toggle_button_get_active (self->levels[i]) ? 1u << i : 0;
  sonde_log_list_set_levels (self->list, mask);
  update_labels (self);
}

static void
on_tag (const char *tag, gpointer user_data)
{
  SondeLogPage *self = user_data;
  g_autofree char *filter = g_strdup_printf ("tag:%s", tag);

  gtk_editable_set_text (GTK_EDITABLE (self->filter_entry), filter);
}

/* --- boards
 * -------------------------------------------------------------------------------------------------------
 */

static void
on_device_selected (SondeLogPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->device_drop);
  const char *device = NULL;

  if (self->list == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected == 1)
    device = "";
  else if (selected >= 2)
    device = gtk_string_list_get_string (self->device_names, selected);
  sonde_log_list_set_device (self->list, device);
  sonde_send_bar_set_device (self->send_bar, selected >= 2 ? device : NULL);
  update_labels (self);
}

static void
on_devices_changed (GListModel *devices, guint position, guint n_removed, guint n_added,
                    gpointer user_data)
{
  SondeLogPage *self = user_data;

  for (guint i = 0; i < n_removed; i++)
    gtk_string_list_remove (self->device_names, position + 2);
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (SondeDeviceRow) row = g_list_model_get_item (devices, position + i);
      const char *names[] = { sonde_device_row_get_name (row), NULL };

      gtk_string_list_splice (self->device_names, position + 2 + i, 0, names);
    }
}

void
sonde_log_page_show_device (SondeLogPage *self, const char *device)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->device_names));

  for (guint i = 2; i < n; i++)
    if (g_strcmp0 (gtk_string_list_get_string (self->device_names, i), device) == 0)
      gtk_drop_down_set_selected (self->device_drop, i);
}

/* --- copy, save, clear
 * -------------------------------------------------------------------------------------------- */

static char *
dup_selected_text (SondeLogPage *self)
{
  GtkSelectionModel *model = gtk_column_view_get_model (self->view);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);
  GString *text = g_string_new (NULL);
  GtkBitsetIter iter;
  guint position = 0;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (SondeLogRow) row = g_list_model_get_item (G_LIST_MODEL (model), position);
      g_autofree char *line = sonde_log_line_dup_text (sonde_log_row_get_line (row));

      g_string_append_printf (text, "%s\n", line);
    }
  return g_string_free (text, FALSE);
}

static void
on_copy_clicked (SondeLogPage *self)
{
  g_autofree char *selected = dup_selected_text (self);
  g_autofree char *all = selected[0] == '\0' ? sonde_log_list_dup_text (self->list) : NULL;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          all == NULL ? selected : all);
}

static gboolean
on_copy_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  on_copy_clicked (user_data);
  return TRUE;
}

static void
on_save_chosen (GListModel *files, gpointer user_data)
{
  SondeLogPage *self = user_data;
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *text = sonde_log_list_dup_text (self->list);
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 "only files of this computer can be written");
  else if (sonde_file_replace (path, text, strlen (text), 0644, &error))
    g_message ("%s: %u messages saved", path, count_shown (self));
  if (error != NULL)
    {
      g_warning ("%s", error->message);
      g_signal_emit_by_name (self->workbench, "message", error->message);
    }
}

static void
on_save_clicked (SondeLogPage *self)
{
  sonde_compat_choose_target (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), "Save Messages",
                              "sonde.log", on_save_chosen, self);
}

static void
on_clear_clicked (SondeLogPage *self)
{
  sonde_log_list_clear (self->list);
  update_labels (self);
}

/* --- life
 * ---------------------------------------------------------------------------------------------------------
 */

static void
sonde_log_page_dispose (GObject *object)
{
  SondeLogPage *self = SONDE_LOG_PAGE (object);

  if (self->workbench != NULL)
    g_signal_handlers_disconnect_by_data (sonde_workbench_get_devices (self->workbench), self);
  g_clear_signal_handler (&self->on_ticked, self->workbench);
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  g_clear_object (&self->workbench);
  G_OBJECT_CLASS (sonde_log_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, SondeLogPage, filter_entry);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, level_box);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, device_drop);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, pause_button);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, filter_problem);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, new_button);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, new_label);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, stack);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, empty_page);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, clear_filter_button);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, scroller);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, view);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, send_bar);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, shown_label);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, state_label);
  gtk_widget_class_bind_template_child (klass, SondeLogPage, file_label);
}

static void
sonde_log_page_class_init (SondeLogPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_log_page_dispose;
  widget_class->map = on_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/log-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_device_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_pause_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_filter_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_new_clicked);
}

static void
add_level_buttons (SondeLogPage *self)
{
  static const char *const names[SONDE_LOG_N_LEVELS]
      = { "Errors", "Warnings", "Information", "Debug", "Trace" };
  static const char *const classes[SONDE_LOG_N_LEVELS]
      = { "log-error", "log-warning", "log-info", "log-debug", "log-debug" };

  for (guint i = 0; i < SONDE_LOG_N_LEVELS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *glyph = gtk_label_new (sonde_log_level_glyph (i));
      GtkWidget *count = gtk_label_new ("0");
      g_autofree char *name = g_strdup_printf ("log-level-%s", sonde_log_level_glyph (i));

      gtk_widget_add_css_class (glyph, classes[i]);
      gtk_widget_add_css_class (count, "caption");
      gtk_widget_add_css_class (count, "numeric");
      gtk_box_append (GTK_BOX (box), glyph);
      gtk_box_append (GTK_BOX (box), count);
      gtk_button_set_child (GTK_BUTTON (button), box);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
      gtk_widget_set_tooltip_text (button, names[i]);
      gtk_widget_set_name (button, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      names[i], -1);
      gtk_box_append (self->level_box, button);
      self->levels[i] = GTK_TOGGLE_BUTTON (button);
      self->counts[i] = GTK_LABEL (count);
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_level_toggled), self);
    }
}

static void
sonde_log_page_init (SondeLogPage *self)
{
  const char *first[] = { "All devices", "Sonde", NULL };
  GtkAdjustment *adjustment = NULL;
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  g_type_ensure (SONDE_TYPE_SEND_BAR);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_level_buttons (self);
  self->device_names = gtk_string_list_new (first);
  gtk_drop_down_set_model (self->device_drop, G_LIST_MODEL (self->device_names));
  g_object_unref (self->device_names); /* the drop-down holds it */
  sonde_tab_out_add (GTK_WIDGET (self->view));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (on_scrolled), self);
  g_signal_connect_swapped (adjustment, "notify::upper", G_CALLBACK (on_upper_changed), self);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_c, GDK_CONTROL_MASK),
                        gtk_callback_action_new (on_copy_key, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), shortcuts);
}

static void
name_files (SondeLogPage *self)
{
  g_autofree char *folder
      = g_build_filename (g_get_user_state_dir (), "sonde", "logs", "sonde.log", NULL);
  g_autofree char *text = g_strdup_printf ("All lines kept in %s", folder);

  gtk_label_set_text (self->file_label, text);
}

GtkWidget *
sonde_log_page_new (SondeWorkbench *workbench)
{
  SondeLogPage *self = g_object_new (SONDE_TYPE_LOG_PAGE, NULL);
  GListModel *devices = sonde_workbench_get_devices (workbench);
  GtkMultiSelection *selection = NULL;

  self->workbench = g_object_ref (workbench);
  self->list = sonde_workbench_get_log_list (workbench);
  sonde_send_bar_set_workbench (self->send_bar, workbench);
  sonde_log_columns_add (self->view, workbench, on_tag, self);
  selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  self->on_ticked = g_signal_connect (workbench, "ticked", G_CALLBACK (on_ticked), self);
  g_signal_connect (devices, "items-changed", G_CALLBACK (on_devices_changed), self);
  on_devices_changed (devices, 0, 0, g_list_model_get_n_items (devices), self);
  name_files (self);
  update_labels (self);
  return GTK_WIDGET (self);
}

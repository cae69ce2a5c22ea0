/* device-columns.c: the columns of the device list */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/device-columns.h"

#include <string.h>

#include "base/clock.h"

typedef struct
{
  const char *title;
  int width; /* 0 expands */
  gboolean is_number;
  gboolean is_wide_only;
  GtkWidget *(*setup) (void);
  void (*update) (GtkWidget *cell, SondeDeviceRow *row);
} Column;

typedef struct
{
  SondeDeviceActFunc func;
  gpointer user_data;
} Acts;

static const char *const state_words[] = { "Greeting", "Connected", "Sends only", "Disconnected" };

char *
sonde_device_dup_duration (gint64 span_us)
{
  gint64 seconds = MAX (span_us, 0) / G_USEC_PER_SEC;

  if (seconds < 60)
    return g_strdup_printf ("%d s", (int) seconds);
  if (seconds < 3600)
    return g_strdup_printf ("%d min", (int) (seconds / 60));
  if (seconds < 86400)
    return g_strdup_printf ("%d h %d min", (int) (seconds / 3600), (int) (seconds / 60 % 60));
  return g_strdup_printf ("%d d %d h", (int) (seconds / 86400), (int) (seconds / 3600 % 24));
}

/* --- name
 * ---------------------------------------------------------------------------------------------------------
 */

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
setup_name (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *state = make_label ("caption");

  gtk_widget_add_css_class (dot, "dot");
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (state, "dim2");
  gtk_box_append (GTK_BOX (texts), make_label ("heading"));
  gtk_box_append (GTK_BOX (texts), state);
  gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), texts);
  return box;
}

static void
update_name (GtkWidget *cell, SondeDeviceRow *row)
{
  const SondeDeviceFacts *facts = sonde_device_row_get_facts (row);
  GtkWidget *dot = gtk_widget_get_first_child (cell);
  GtkWidget *name = gtk_widget_get_first_child (gtk_widget_get_next_sibling (dot));
  g_autofree char *state = g_strdup_printf (
      "%s%s · WebSocket", facts->is_demo ? "Demo device · " : "", state_words[facts->state]);

  gtk_label_set_text (GTK_LABEL (name), facts->name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), state);
  gtk_widget_remove_css_class (dot, "on");
  gtk_widget_remove_css_class (dot, "warn");
  if (facts->state == SONDE_DEVICE_READY)
    gtk_widget_add_css_class (dot, facts->match == SONDE_MATCH_NO ? "warn" : "on");
  else if (facts->state != SONDE_DEVICE_LOST)
    gtk_widget_add_css_class (dot, "warn");
}

/* --- firmware
 * -----------------------------------------------------------------------------------------------------
 */

static GtkWidget *
setup_firmware (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *tag = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *icon = gtk_image_new ();

  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (tag, "tag");
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 12);
  gtk_box_append (GTK_BOX (tag), icon);
  gtk_box_append (GTK_BOX (tag), make_label (NULL));
  gtk_box_append (GTK_BOX (box), make_label (NULL));
  gtk_box_append (GTK_BOX (box), tag);
  return box;
}

static void
update_firmware (GtkWidget *cell, SondeDeviceRow *row)
{
  static const char *const words[] = { "", "ELF matches", "ELF differs" };
  static const char *const icons[] = { "", "object-select-symbolic", "dialog-warning-symbolic" };
  const SondeDeviceFacts *facts = sonde_device_row_get_facts (row);
  GtkWidget *version = gtk_widget_get_first_child (cell);
  GtkWidget *tag = gtk_widget_get_next_sibling (version);
  GtkWidget *icon = gtk_widget_get_first_child (tag);
  g_autofree char *tip = g_strdup_printf (
      "Build id %s", facts->identity.build_id[0] ? facts->identity.build_id : "not told");

  gtk_label_set_text (GTK_LABEL (version),
                      facts->identity.firmware[0] != '\0' ? facts->identity.firmware : "–");
  gtk_widget_set_tooltip_text (cell, tip);
  gtk_widget_set_visible (tag, facts->match != SONDE_MATCH_UNKNOWN);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (icon)), words[facts->match]);
  if (facts->match != SONDE_MATCH_UNKNOWN)
    gtk_image_set_from_icon_name (GTK_IMAGE (icon), icons[facts->match]);
  gtk_widget_remove_css_class (tag, facts->match == SONDE_MATCH_YES ? "differs" : "matches");
  gtk_widget_add_css_class (tag, facts->match == SONDE_MATCH_YES ? "matches" : "differs");
}

/* --- texts and numbers
 * -------------------------------------------------------------------------------------------- */

static GtkWidget *
setup_text (void)
{
  return make_label ("dim2");
}

static GtkWidget *
setup_number (void)
{
  GtkWidget *label = make_label ("numeric");

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  return label;
}

static void
update_address (GtkWidget *cell, SondeDeviceRow *row)
{
  gtk_label_set_text (GTK_LABEL (cell), sonde_device_row_get_facts (row)->address);
}

static void
update_up (GtkWidget *cell, SondeDeviceRow *row)
{
  const SondeDeviceFacts *facts = sonde_device_row_get_facts (row);
  gint64 now_us = sonde_clock_real_us ();
  g_autofree char *span = sonde_device_dup_duration (
      now_us - (facts->state == SONDE_DEVICE_LOST ? facts->lost_us : facts->connected_us));
  g_autofree char *text
      = facts->state == SONDE_DEVICE_LOST ? g_strdup_printf ("gone %s", span) : g_strdup (span);

  gtk_label_set_text (GTK_LABEL (cell), text);
}

static void
update_rate (GtkWidget *cell, SondeDeviceRow *row)
{
  const SondeDeviceFacts *facts = sonde_device_row_get_facts (row);
  g_autofree char *text = g_strdup_printf ("%.0f/s", facts->rate_hz);

  gtk_label_set_text (GTK_LABEL (cell), facts->state == SONDE_DEVICE_LOST ? "–" : text);
}

static void
update_rtt (GtkWidget *cell, SondeDeviceRow *row)
{
  const SondeDeviceFacts *facts = sonde_device_row_get_facts (row);
  g_autofree char *text = g_strdup_printf ("%.1f ms", (double) facts->rtt_us / 1000);

  gtk_label_set_text (GTK_LABEL (cell),
                      facts->rtt_us < 0 || facts->state == SONDE_DEVICE_LOST ? "–" : text);
}

/* --- buttons
 * ------------------------------------------------------------------------------------------------------
 */

static GtkWidget *
setup_buttons (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *watch = gtk_button_new_with_label ("Watch");
  GtkWidget *menu = gtk_menu_button_new ();

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "view-more-symbolic");
  gtk_widget_add_css_class (menu, "flat");
  gtk_widget_set_tooltip_text (menu, "More about This Device");
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "More about This Device", -1);
  gtk_widget_set_name (watch, "device-watch");
  gtk_widget_set_name (menu, "device-menu");
  gtk_box_append (GTK_BOX (box), watch);
  gtk_box_append (GTK_BOX (box), menu);
  return box;
}

static void
update_buttons (GtkWidget *cell, SondeDeviceRow *row)
{
  GSimpleActionGroup *group = g_object_get_data (G_OBJECT (cell), "group");
  gboolean is_lost = sonde_device_row_get_facts (row)->state == SONDE_DEVICE_LOST;

  gtk_widget_set_sensitive (gtk_widget_get_first_child (cell), !is_lost);
  if (group == NULL)
    return;
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (group), "forget")), is_lost);
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (group), "tap")), !is_lost);
}

static const Column columns[] = {
  { "Device", 0, FALSE, FALSE, setup_name, update_name },
  { "Firmware", 230, FALSE, FALSE, setup_firmware, update_firmware },
  { "Address", 130, FALSE, TRUE, setup_text, update_address },
  { "Up", 100, TRUE, TRUE, setup_number, update_up },
  { "Requests", 90, TRUE, TRUE, setup_number, update_rate },
  { "RTT", 90, TRUE, FALSE, setup_number, update_rtt },
  { "", 140, FALSE, FALSE, setup_buttons, update_buttons },
};

/* --- the view
 * -----------------------------------------------------------------------------------------------------
 */

static const struct
{
  const char *name;
  const char *label;
  SondeDeviceAct act;
} menu_acts[] = {
  { "log", "Show _Log", SONDE_DEVICE_ACT_LOG },
  { "tap", "Show Raw _Messages", SONDE_DEVICE_ACT_TAP },
  { "copy", "_Copy Details", SONDE_DEVICE_ACT_COPY },
  { "forget", "_Forget", SONDE_DEVICE_ACT_FORGET },
};

static void
act_on (GtkWidget *cell, SondeDeviceAct act)
{
  const Acts *acts = g_object_get_data (G_OBJECT (cell), "acts");
  SondeDeviceRow *row = g_object_get_data (G_OBJECT (cell), "row");

  if (row != NULL)
    acts->func (row, act, acts->user_data);
}

static void
on_watch_clicked (GtkWidget *button, gpointer user_data)
{
  act_on (user_data, SONDE_DEVICE_ACT_WATCH);
}

static void
on_menu_act (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (menu_acts); i++)
    if (strcmp (g_action_get_name (G_ACTION (action)), menu_acts[i].name) == 0)
      act_on (user_data, menu_acts[i].act);
}

static void
add_menu (GtkWidget *cell)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (menu_acts); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (menu_acts[i].name, NULL);
      g_autofree char *name = g_strconcat ("device.", menu_acts[i].name, NULL);

      g_signal_connect (action, "activate", G_CALLBACK (on_menu_act), cell);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
      g_menu_append (menu, menu_acts[i].label, name);
    }
  gtk_widget_insert_action_group (cell, "device", G_ACTION_GROUP (group));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (gtk_widget_get_last_child (cell)),
                                  G_MENU_MODEL (menu));
  g_object_set_data_full (G_OBJECT (cell), "group", g_steal_pointer (&group), g_object_unref);
  g_signal_connect (gtk_widget_get_first_child (cell), "clicked", G_CALLBACK (on_watch_clicked),
                    cell);
}

static void
on_row_changed (SondeDeviceRow *row, gpointer user_data)
{
  GtkWidget *cell = user_data;
  const Column *column = g_object_get_data (G_OBJECT (cell), "column");

  if (gtk_widget_get_mapped (cell))
    column->update (cell, row);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = user_data;
  GtkWidget *cell = column->setup ();

  g_object_set_data (G_OBJECT (cell), "column", (gpointer) column);
  g_object_set_data (G_OBJECT (cell), "acts", g_object_get_data (G_OBJECT (factory), "acts"));
  if (column->setup == setup_buttons)
    add_menu (cell);
  gtk_list_item_set_child (item, cell);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = user_data;
  SondeDeviceRow *row = gtk_list_item_get_item (item);
  GtkWidget *cell = gtk_list_item_get_child (item);

  g_object_set_data (G_OBJECT (cell), "row", row);
  g_signal_connect (row, "changed", G_CALLBACK (on_row_changed), cell);
  column->update (cell, row);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), on_row_changed, cell);
  g_object_set_data (G_OBJECT (cell), "row", NULL);
}

/* Titles of number columns cannot be aligned through the API: header, button, box. */
static void
align_titles (GtkColumnView *view)
{
  GtkWidget *button = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (view)));

  for (guint i = 0; i < G_N_ELEMENTS (columns) && button != NULL;
       i++, button = gtk_widget_get_next_sibling (button))
    if (columns[i].is_number && gtk_widget_get_first_child (button) != NULL)
      gtk_widget_set_halign (gtk_widget_get_first_child (button), GTK_ALIGN_END);
}

void
sonde_device_columns_add (GtkColumnView *view, SondeDeviceActFunc func, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;
      Acts *acts = g_new (Acts, 1);

      acts->func = func;
      acts->user_data = user_data;
      g_object_set_data_full (G_OBJECT (factory), "acts", acts, g_free);
      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), (gpointer) &columns[i]);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), (gpointer) &columns[i]);
      g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), (gpointer) &columns[i]);
      column = gtk_column_view_column_new (columns[i].title, factory);
      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      gtk_column_view_column_set_expand (column, columns[i].width == 0);
      gtk_column_view_append_column (view, column);
    }
  align_titles (view);
}

void
sonde_device_columns_set_narrow (GtkColumnView *view, gboolean is_narrow)
{
  GListModel *shown = gtk_column_view_get_columns (view);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (shown, i);

      if (!columns[i].is_wide_only)
        continue;
      gtk_column_view_column_set_visible (column, !is_narrow);
      /* GTK 4.8 keeps the room of a hidden column. */
      gtk_column_view_column_set_fixed_width (column, is_narrow ? 0 : columns[i].width);
    }
}

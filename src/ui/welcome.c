/* welcome.c: what stands in the window before there is anything to watch */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/welcome.h"

#include <adwaita.h>

#define MAX_SHOWN 3

struct _SondeWelcome
{
  GtkWidget parent_instance;
  GtkWidget *recent_box;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (SondeWelcome, sonde_welcome, GTK_TYPE_WIDGET)

static void
sonde_welcome_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (sonde_welcome_parent_class)->dispose (object);
}

static void
sonde_welcome_class_init (SondeWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sonde_welcome_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sonde/Sonde/ui/welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, SondeWelcome, recent_box);
  gtk_widget_class_bind_template_child (widget_class, SondeWelcome, list);
}

static void
sonde_welcome_init (SondeWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
dup_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  const char *home = g_get_home_dir ();

  if (g_str_has_prefix (folder, home)
      && (folder[strlen (home)] == '/' || folder[strlen (home)] == 0))
    return g_strconcat ("~", folder + strlen (home), NULL);
  return g_steal_pointer (&folder);
}

static GtkWidget *
make_row (const SondeRecentFile *file)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_path_get_basename (file->path);
  g_autofree char *folder = dup_folder (file->path);
  g_autofree char *age = sonde_recent_file_dup_age (file, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", folder, age);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("application-x-firmware-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-path");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", file->path);
  return row;
}

void
sonde_welcome_show_recent (SondeWelcome *self, SondeRecentFiles *recent)
{
  const guint n = MIN (sonde_recent_files_get_n (recent), MAX_SHOWN);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->list, make_row (sonde_recent_files_get (recent, i)));
  gtk_widget_set_visible (self->recent_box, n > 0);
}

/* application.c: the one running sonde: options, files handed over, actions of the whole program */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-ui"

#include "config.h"

#include "ui/application.h"

#include <errno.h>
#include <glib-unix.h>
#include <unistd.h>

#include "base/log.h"
#include "ui/compat.h"
#include "ui/launch-options.h"
#include "ui/screenshot.h"
#include "ui/test-hooks.h"
#include "ui/window.h"
#include "workbench/settings.h"

struct _SondeApplication
{
  AdwApplication parent_instance;
  GSettings *settings;       /* from startup to shutdown, (nullable) */
  SondeWorkbench *workbench; /* likewise */
  SondeWindow *window;       /* owned by GTK, NULL while there is none */
  SondeLaunchOptions options;
  int status;
};

G_DEFINE_FINAL_TYPE (SondeApplication, sonde_application, ADW_TYPE_APPLICATION)

/* clang-format off */
static const struct { const char *action; const char *keys[3]; } accels[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.open", { "<Control>o" } },
  { "win.find-symbol", { "<Control>f" } },
  { "win.show-symbols", { "F9" } },
  { "win.symbols-full", { "<Control><Shift>f" } },
  { "win.fullscreen", { "F11" } },
  { "win.export-visible", { "<Control>e" } },
  { "win.page::monitor", { "<Control>1" } },
  { "win.page::logs", { "<Control>2" } },
  { "win.page::devices", { "<Control>3" } },
};
/* clang-format on */

static void
on_window_destroyed (gpointer data, GObject *window)
{
  SONDE_APPLICATION (data)->window = NULL;
}

static void
on_screenshot (const GError *error, gpointer data)
{
  SondeApplication *self = data;

  if (error != NULL)
    {
      g_printerr ("sonde: %s\n", error->message);
      self->status = 7;
    }
  g_application_quit (G_APPLICATION (self));
}

static gboolean
take_screenshot (gpointer data)
{
  SondeApplication *self = data;

  if (self->window != NULL)
    sonde_screenshot_take (GTK_WIDGET (self->window), self->options.screenshot, on_screenshot,
                           self);
  return G_SOURCE_REMOVE;
}

static void
on_first_frame (SondeWindow *window, SondeApplication *self)
{
  sonde_window_listen (window, self->options.listen_address, self->options.listen_port);
  if (self->options.screenshot != NULL)
    g_timeout_add (MAX (self->options.after_s * 1000, 1), take_screenshot, self);
}

static SondeWindow *
ensure_window (SondeApplication *self)
{
  if (self->window != NULL)
    return self->window;
  self->window = sonde_window_new (GTK_APPLICATION (self), self->workbench);
  g_object_weak_ref (G_OBJECT (self->window), on_window_destroyed, self);
  if (self->options.has_size)
    gtk_window_set_default_size (GTK_WINDOW (self->window), self->options.width_px,
                                 self->options.height_px);
  else
    sonde_window_keep_size (self->window);
  /* The picture has the size that was asked for: no border, no shadow. */
  if (self->options.screenshot != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->window), "picture");
  if (self->options.page != NULL)
    sonde_window_show_page (self->window, self->options.page);
  g_signal_connect (self->window, "first-frame", G_CALLBACK (on_first_frame), self);
  return self->window;
}

static void
on_demo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SondeApplication *self = data;
  SondeWindow *window = ensure_window (self);

  sonde_window_show_page (window, self->options.page != NULL ? self->options.page : "monitor");
  sonde_window_start_demo (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sonde_compat_show_about (gtk_application_get_active_window (data));
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_quit (data);
}

static const GActionEntry actions[] = {
  { "demo", on_demo },
  { "about", on_about },
  { "quit", on_quit },
};

static int
refuse (const GError *error, int status)
{
  g_printerr ("sonde: %s\n", error->message);
  return status;
}

static gint
sonde_application_handle_local_options (GApplication *application, GVariantDict *values)
{
  SondeApplication *self = SONDE_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  if (!sonde_launch_options_parse (&self->options, values, &error))
    return refuse (error, 2);
  if (self->options.shows_version)
    {
      g_print ("sonde %s\n", SONDE_VERSION);
      return 0;
    }
  if (self->options.config != NULL && access (self->options.config, R_OK) != 0)
    {
      g_printerr ("sonde: %s: %s; name a settings file that can be read\n", self->options.config,
                  g_strerror (errno));
      return 7;
    }
  /* A picture is taken of a window of its own, whatever else is running. */
  if (self->options.screenshot != NULL)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (application, NULL, &error))
    return refuse (error, 7);
  if (g_application_get_is_remote (application) && self->options.listen_address != NULL)
    g_printerr ("sonde: a Sonde is running already and keeps its own port\n");
  if (self->options.starts_demo)
    g_action_group_activate_action (G_ACTION_GROUP (application), "demo", NULL);
  return -1;
}

/* What goes wrong here is no reason not to start: the ring keeps the lines of this run. */
static void
open_log (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "sonde", "logs", NULL);
  g_autoptr (GError) error = NULL;

  sonde_log_install ();
  sonde_log_set_console (SONDE_LOG_WARNING, isatty (STDERR_FILENO));
  if (!sonde_log_open_files (folder, &error))
    g_warning ("log files: %s", error->message);
}

static gboolean
on_signal (gpointer data)
{
  g_application_quit (data);
  return G_SOURCE_CONTINUE;
}

static GSettings *
open_settings (const char *file)
{
  g_autoptr (GError) error = NULL;

  if (!sonde_settings_check (file, &error))
    g_warning ("settings: %s; what cannot be used is taken as not set", error->message);
  return sonde_settings_new (file);
}

static void
sonde_application_startup (GApplication *application)
{
  SondeApplication *self = SONDE_APPLICATION (application);

  G_APPLICATION_CLASS (sonde_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].keys);
  g_unix_signal_add (SIGTERM, on_signal, self);
  g_unix_signal_add (SIGINT, on_signal, self);
  open_log ();
  gtk_window_set_default_icon_name ("org.sonde.Sonde");
  if (self->options.is_rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  self->settings = open_settings (self->options.config);
  self->workbench = sonde_workbench_new (self->settings);
  sonde_test_hooks_add (GTK_APPLICATION (self), self->workbench);
}

static void
sonde_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (SONDE_APPLICATION (application))));
}

static void
sonde_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  SondeWindow *window = ensure_window (SONDE_APPLICATION (application));
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);

  for (int i = 0; i < n_files; i++)
    g_list_store_append (list, files[i]);
  sonde_window_open_files (window, G_LIST_MODEL (list));
  gtk_window_present (GTK_WINDOW (window));
}

static void
sonde_application_shutdown (GApplication *application)
{
  SondeApplication *self = SONDE_APPLICATION (application);

  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  if (self->workbench != NULL)
    sonde_workbench_close (self->workbench);
  g_clear_object (&self->workbench);
  g_clear_object (&self->settings);
  G_APPLICATION_CLASS (sonde_application_parent_class)->shutdown (application);
}

static void
sonde_application_finalize (GObject *object)
{
  sonde_launch_options_clear (&SONDE_APPLICATION (object)->options);
  G_OBJECT_CLASS (sonde_application_parent_class)->finalize (object);
}

static void
sonde_application_class_init (SondeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sonde_application_finalize;
  application_class->handle_local_options = sonde_application_handle_local_options;
  application_class->startup = sonde_application_startup;
  application_class->activate = sonde_application_activate;
  application_class->open = sonde_application_open;
  application_class->shutdown = sonde_application_shutdown;
}

static void
sonde_application_init (SondeApplication *self)
{
  sonde_launch_options_add (G_APPLICATION (self));
}

SondeApplication *
sonde_application_new (void)
{
  return g_object_new (SONDE_TYPE_APPLICATION, "application-id", "org.sonde.Sonde", "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/org/sonde/Sonde", NULL);
}

int
sonde_application_get_status (SondeApplication *self)
{
  return self->status;
}

/* settings.c: typed view of the one GSettings schema */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-settings"
#define G_SETTINGS_ENABLE_BACKEND

#include "workbench/settings.h"

#include <gio/gsettingsbackend.h>

#include "base/program.h"

#define SCHEMA_ID "org.sonde.Sonde"
#define MIB (1024 * 1024)

char *
sonde_settings_dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "sonde", "settings.ini", NULL);
}

/* In the build tree the compiled schema lies beside its source; installed, in the system's folder.
 */
static GSettingsSchema *
lookup_schema (void)
{
  g_autofree char *compiled = sonde_program_dup_data_path ("gschemas.compiled");
  GSettingsSchemaSource *standard = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) own = NULL;
  g_autofree char *folder = NULL;

  if (compiled == NULL)
    return standard == NULL ? NULL : g_settings_schema_source_lookup (standard, SCHEMA_ID, TRUE);
  folder = g_path_get_dirname (compiled);
  own = g_settings_schema_source_new_from_directory (folder, standard, FALSE, NULL);
  return own == NULL ? NULL : g_settings_schema_source_lookup (own, SCHEMA_ID, TRUE);
}

GSettings *
sonde_settings_new (const char *file)
{
  g_autofree char *path = file == NULL ? sonde_settings_dup_path () : g_strdup (file);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GSettingsSchema) schema = lookup_schema ();
  g_autoptr (GSettingsBackend) backend = NULL;

  if (schema == NULL)
    {
      g_warning ("the settings schema is missing; defaults are used");
      return NULL;
    }
  g_mkdir_with_parents (folder, 0700);
  backend = g_keyfile_settings_backend_new (path, "/org/sonde/Sonde/", "Sonde");
  return g_settings_new_full (schema, backend, NULL);
}

char *
sonde_settings_dup_listen (GSettings *settings)
{
  return settings == NULL ? g_strdup ("127.0.0.1:8000")
                          : g_settings_get_string (settings, "listen");
}

gsize
sonde_settings_get_history_bytes (GSettings *settings)
{
  return (gsize) (settings == NULL ? 512 : g_settings_get_uint (settings, "history-mib")) * MIB;
}

double
sonde_settings_get_watch_rate (GSettings *settings)
{
  return settings == NULL ? 10 : g_settings_get_double (settings, "watch-rate");
}

guint
sonde_settings_get_plot_fps (GSettings *settings)
{
  return settings == NULL ? 30 : g_settings_get_uint (settings, "plot-fps");
}

/* settings.c: typed view of the one GSettings schema */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-settings"
#define G_SETTINGS_ENABLE_BACKEND

#include "config.h"

#include "workbench/settings.h"

#include <gio/gsettingsbackend.h>

#include "base/program.h"
#include "server/server.h"

#define SCHEMA_ID "org.sonde.Sonde"
#define GROUP "Sonde"
#define MIB (1024 * 1024)

char *
sonde_settings_dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "sonde", "settings.ini", NULL);
}

static GSettingsSchema *
lookup_schema_in (const char *folder)
{
  g_autoptr (GSettingsSchemaSource) source
      = g_settings_schema_source_new_from_directory (folder, NULL, TRUE, NULL);

  return source == NULL ? NULL : g_settings_schema_source_lookup (source, SCHEMA_ID, FALSE);
}

/* In the build tree the compiled schema lies beside its source. Installed, it lies in a folder that
 * GSettings knows only where the prefix is a usual one. */
static GSettingsSchema *
lookup_schema (void)
{
  g_autofree char *compiled = sonde_program_dup_data_path ("gschemas.compiled");
  g_autofree char *folder = compiled != NULL
                                ? g_path_get_dirname (compiled)
                                : g_build_filename (SONDE_DATADIR, "glib-2.0", "schemas", NULL);
  GSettingsSchemaSource *standard = g_settings_schema_source_get_default ();
  GSettingsSchema *schema = lookup_schema_in (folder);

  if (schema != NULL || standard == NULL)
    return schema;
  return g_settings_schema_source_lookup (standard, SCHEMA_ID, TRUE);
}

GSettings *
sonde_settings_new (const char *file)
{
  g_autofree char *path = file == NULL ? sonde_settings_dup_path () : g_strdup (file);
  g_autoptr (GSettingsSchema) schema = lookup_schema ();
  g_autoptr (GSettingsBackend) backend = NULL;

  if (schema == NULL)
    {
      g_warning ("the settings schema is missing; defaults are used");
      return NULL;
    }
  backend = g_keyfile_settings_backend_new (path, "/org/sonde/Sonde/", GROUP);
  return g_settings_new_full (schema, backend, NULL);
}

/* --- what the file says
 * ---------------------------------------------------------------------------------------- */

/* (transfer full) (nullable): as the backend reads it: a text needs no quotes. */
static GVariant *
parse_value (const GVariantType *type, const char *text)
{
  GVariant *value = g_variant_parse (type, text, NULL, NULL, NULL);

  if (value == NULL && g_variant_type_equal (type, G_VARIANT_TYPE_STRING) && text[0] != '"')
    value = g_variant_ref_sink (g_variant_new_string (text));
  return value;
}

static char *
dup_limit (GVariant *limits, gsize index)
{
  g_autoptr (GVariant) limit = g_variant_get_child_value (limits, index);

  if (g_variant_is_of_type (limit, G_VARIANT_TYPE_DOUBLE))
    return g_strdup_printf ("%g", g_variant_get_double (limit));
  return g_variant_print (limit, FALSE);
}

static char *
dup_wanted (GSettingsSchemaKey *key)
{
  g_autoptr (GVariant) range = g_settings_schema_key_get_range (key);
  g_autoptr (GVariant) limits = NULL;
  g_autoptr (GVariant) fallback = g_settings_schema_key_get_default_value (key);
  g_autofree char *example = g_variant_print (fallback, FALSE);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  const char *kind = NULL;

  g_variant_get (range, "(&sv)", &kind, &limits);
  if (!g_str_equal (kind, "range"))
    return g_strdup_printf ("give a value like %s", example);
  from = dup_limit (limits, 0);
  to = dup_limit (limits, 1);
  return g_strdup_printf ("give a number from %s to %s", from, to);
}

static gboolean
check_listen (GVariant *value, GError **error)
{
  g_autofree char *address = NULL;
  guint port = 0;

  return sonde_server_parse_listen (g_variant_get_string (value, NULL), &address, &port, error);
}

static gboolean
check_key (GSettingsSchemaKey *key, const char *text, GError **error)
{
  g_autoptr (GVariant) value = parse_value (g_settings_schema_key_get_value_type (key), text);
  g_autofree char *wanted = NULL;

  if (value != NULL && g_settings_schema_key_range_check (key, value))
    return !g_str_equal (g_settings_schema_key_get_name (key), "listen")
           || check_listen (value, error);
  wanted = dup_wanted (key);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s cannot be used; %s", text, wanted);
  return FALSE;
}

static gboolean
check_keys (GSettingsSchema *schema, GKeyFile *keys, GError **error)
{
  g_auto (GStrv) names = g_settings_schema_list_keys (schema);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, names[i]);
      g_autofree char *text = g_key_file_get_value (keys, GROUP, names[i], NULL);

      if (text == NULL || check_key (key, text, error))
        continue;
      g_prefix_error (error, "%s: ", names[i]);
      return FALSE;
    }
  return TRUE;
}

gboolean
sonde_settings_check (const char *file, GError **error)
{
  g_autofree char *path = file == NULL ? sonde_settings_dup_path () : g_strdup (file);
  g_autoptr (GSettingsSchema) schema = lookup_schema ();
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  gboolean is_fine = FALSE;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  is_fine = g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, error)
            && (schema == NULL || check_keys (schema, keys, error));
  if (!is_fine)
    g_prefix_error (error, "%s: ", path);
  return is_fine;
}

/* --- values
 * ----------------------------------------------------------------------------------------------------
 */

void
sonde_settings_get_listen (GSettings *settings, char **address, guint *port)
{
  g_autofree char *text = settings == NULL ? NULL : g_settings_get_string (settings, "listen");

  if (text != NULL && sonde_server_parse_listen (text, address, port, NULL))
    return;
  *address = g_strdup ("127.0.0.1");
  *port = SONDE_SERVER_DEFAULT_PORT;
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

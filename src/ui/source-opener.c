/* source-opener.c: a line of source in the person's editor */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/source-opener.h"

#include <string.h>

/* "%f" and "%l"; "%%" is a percent sign. A file name is put in whole: nothing in it is read again.
 */
static char *
fill_in (const char *argument, const char *path, guint line)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *at = argument; *at != '\0'; at++)
    {
      if (at[0] != '%' || strchr ("fl%", at[1]) == NULL || at[1] == '\0')
        {
          g_string_append_c (text, *at);
          continue;
        }
      at++;
      if (*at == 'f')
        g_string_append (text, path);
      else if (*at == 'l')
        g_string_append_printf (text, "%u", MAX (line, 1));
      else
        g_string_append_c (text, '%');
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char **
sonde_source_opener_make_command (const char *command, const char *path, guint line, GError **error)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GPtrArray) filled = g_ptr_array_new_with_free_func (g_free);
  gboolean has_file = FALSE;

  if (!g_shell_parse_argv (command, NULL, &arguments, error))
    {
      g_prefix_error (error, "editor-command %s: ", command);
      return NULL;
    }
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      has_file |= strstr (arguments[i], "%f") != NULL;
      g_ptr_array_add (filled, fill_in (arguments[i], path, line));
    }
  if (!has_file)
    g_ptr_array_add (filled, g_strdup (path));
  g_ptr_array_add (filled, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&filled), FALSE);
}

gboolean
sonde_source_opener_open (GSettings *settings, const char *path, guint line, GError **error)
{
  g_autofree char *command
      = settings == NULL ? NULL : g_settings_get_string (settings, "editor-command");
  g_autofree char *uri = NULL;
  g_auto (GStrv) arguments = NULL;

  if (!g_path_is_absolute (path) || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s: not on this computer", path);
      return FALSE;
    }
  if (command != NULL && command[strspn (command, " \t")] != '\0')
    {
      arguments = sonde_source_opener_make_command (command, path, line, error);
      return arguments != NULL
             && g_spawn_async (NULL, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, error);
    }
  uri = g_filename_to_uri (path, NULL, error);
  return uri != NULL && g_app_info_launch_default_for_uri (uri, NULL, error);
}

/* checkup-machine.c: port, folders, programs and packages of this machine */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>

#include "base/program.h"
#include "cli/checkup.h"
#include "server/server.h"

#define PACKAGE_LIST "packages-debian12.txt"

static void
check_port (GPtrArray *findings)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketAddress) address
      = g_inet_socket_address_new_from_string ("127.0.0.1", SONDE_SERVER_DEFAULT_PORT);
  g_autofree char *object = g_strdup_printf ("port %d", SONDE_SERVER_DEFAULT_PORT);
  g_autofree char *holder = NULL;
  g_autofree char *found = NULL;

  if (g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                     NULL, NULL, NULL))
    {
      sonde_checkup_add (findings, SONDE_HEALTH_OK, object, "free on 127.0.0.1", "");
      return;
    }
  holder = sonde_server_dup_port_holder (SONDE_SERVER_DEFAULT_PORT);
  found = g_strdup_printf ("used by %s", holder != NULL ? holder : "another program");
  sonde_checkup_add (findings, SONDE_HEALTH_WARNING, object, found,
                     "end that program or use --listen 127.0.0.1:0");
}

/* A folder that is not there yet is fine where its nearest parent lets us make it. */
static void
check_folder (GPtrArray *findings, const char *object, const char *parent)
{
  g_autofree char *path = g_build_filename (parent, "sonde", NULL);
  g_autofree char *found = NULL;
  g_autofree char *advice = NULL;

  while (access (path, F_OK) != 0 && errno == ENOENT && !g_str_equal (path, "/"))
    {
      char *up = g_path_get_dirname (path);

      g_free (path);
      path = up;
    }
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && access (path, W_OK | X_OK) == 0)
    {
      sonde_checkup_add (findings, SONDE_HEALTH_OK, object, path, "");
      return;
    }
  found = g_strdup_printf ("%s cannot be written", path);
  advice = g_strdup_printf ("give yourself the right: chmod u+rwx %s", path);
  sonde_checkup_add (findings, SONDE_HEALTH_WRONG, object, found, advice);
}

static void
check_folders (GPtrArray *findings)
{
  check_folder (findings, "settings folder", g_get_user_config_dir ());
  check_folder (findings, "symbol cache", g_get_user_cache_dir ());
  check_folder (findings, "log folder", g_get_user_state_dir ());
  check_folder (findings, "data folder", g_get_user_data_dir ());
  if (g_getenv ("XDG_RUNTIME_DIR") == NULL)
    sonde_checkup_add (findings, SONDE_HEALTH_WARNING, "runtime folder",
                       "XDG_RUNTIME_DIR is not set", "log in by a session, or set it");
  else
    check_folder (findings, "runtime folder", g_get_user_runtime_dir ());
}

static void
check_program (GPtrArray *findings, const char *name, SondeHealth missing, const char *use)
{
  g_autofree char *path = sonde_program_dup_path (name);
  g_autofree char *advice = NULL;

  if (path != NULL)
    {
      sonde_checkup_add (findings, SONDE_HEALTH_OK, name, path, "");
      return;
    }
  advice = g_strdup_printf ("install it beside this program; %s", use);
  sonde_checkup_add (findings, missing, name, "not found", advice);
}

/* The list says "NAME FOR-WHAT" a line; what only tests need is left out. */
static GPtrArray *
read_packages (const char *path)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 2);

      if (g_strv_length (words) == 2 && words[0][0] != '#'
          && (g_str_equal (words[1], "build") || g_str_equal (words[1], "gui")))
        g_ptr_array_add (names, g_strdup (words[0]));
    }
  return g_steal_pointer (&names);
}

/* NULL where dpkg cannot be asked. */
static char *
ask_dpkg (GPtrArray *names)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *program = g_find_program_in_path ("dpkg-query");
  g_autofree char *errors = NULL;
  char *text = NULL;

  if (program == NULL)
    return NULL;
  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (gpointer) "-W");
  g_ptr_array_add (argv, (gpointer) "-f=${Package} ${db:Status-Status}\n");
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (argv, g_ptr_array_index (names, i));
  g_ptr_array_add (argv, NULL);
  if (!g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, &errors,
                     NULL, NULL))
    return NULL;
  return text;
}

static char *
join_missing (GPtrArray *names, const char *installed)
{
  g_autofree char *lines = g_strconcat ("\n", installed, NULL);
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *line = g_strdup_printf ("\n%s installed\n", name);

      if (strstr (lines, line) == NULL)
        g_string_append_printf (missing, "%s%s", missing->len > 0 ? " " : "", name);
    }
  return g_string_free (g_steal_pointer (&missing), FALSE);
}

static void
check_packages (GPtrArray *findings)
{
  g_autofree char *list = sonde_program_dup_data_path (PACKAGE_LIST);
  g_autoptr (GPtrArray) names = list != NULL ? read_packages (list) : NULL;
  g_autofree char *installed = names != NULL ? ask_dpkg (names) : NULL;
  g_autofree char *missing = NULL;
  g_autofree char *found = NULL;
  g_autofree char *advice = NULL;

  if (installed == NULL)
    {
      sonde_checkup_add (findings, SONDE_HEALTH_OK, "packages",
                         names == NULL ? "installed copy, nothing to build"
                                       : "not a Debian machine, not looked at",
                         "");
      return;
    }
  missing = join_missing (names, installed);
  if (missing[0] == '\0')
    {
      sonde_checkup_add (findings, SONDE_HEALTH_OK, "packages", "all that building needs are there",
                         "");
      return;
    }
  found = g_strdup_printf ("missing for building: %s", missing);
  advice = g_strdup_printf ("apt-get install --no-install-recommends %s", missing);
  sonde_checkup_add (findings, SONDE_HEALTH_WARNING, "packages", found, advice);
}

void
sonde_checkup_machine (GPtrArray *findings)
{
  check_port (findings);
  check_folders (findings);
  check_program (findings, "sonde-symbols", SONDE_HEALTH_WRONG, "it reads ELF files");
  check_program (findings, "sonde-demo-board", SONDE_HEALTH_WARNING, "the demo needs it");
  check_packages (findings);
}

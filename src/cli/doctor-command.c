/* doctor-command.c: sondectl doctor, what is wrong here and what to do */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>

#include "base/log.h"
#include "base/program.h"
#include "cli/commands.h"
#include "cli/errand.h"
#include "cli/row.h"
#include "server/server.h"
#include "workbench/settings.h"

typedef enum
{
  SONDE_HEALTH_OK,
  SONDE_HEALTH_WARNING, /* works, but may surprise */
  SONDE_HEALTH_WRONG,
} SondeHealth;

typedef struct
{
  SondeHealth health;
  char *object; /* "port 8000" */
  char *found;
  char *advice; /* "" where nothing is to be done */
} SondeFinding;

static void
finding_free (gpointer finding)
{
  SondeFinding *self = finding;

  g_free (self->object);
  g_free (self->found);
  g_free (self->advice);
  g_free (self);
}

static void
add_finding (GPtrArray *findings, SondeHealth health, const char *object, const char *found,
             const char *advice)
{
  SondeFinding *finding = g_new (SondeFinding, 1);

  finding->health = health;
  finding->object = g_strdup (object);
  finding->found = g_strdup (found);
  finding->advice = g_strdup (advice);
  g_ptr_array_add (findings, finding);
}

/* A message "object: what; what to do" is taken apart. */
static void
add_error (GPtrArray *findings, const char *object, const GError *error)
{
  g_autofree char *prefix = g_strconcat (object, ": ", NULL);
  const char *text = g_str_has_prefix (error->message, prefix) ? error->message + strlen (prefix)
                                                               : error->message;
  const char *semicolon = strstr (text, "; ");
  g_autofree char *found
      = semicolon != NULL ? g_strndup (text, (gsize) (semicolon - text)) : g_strdup (text);

  add_finding (findings, SONDE_HEALTH_WRONG, object, found,
               semicolon != NULL ? semicolon + 2 : "give another file");
}

/* -- this machine -- */

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
      add_finding (findings, SONDE_HEALTH_OK, object, "free on 127.0.0.1", "");
      return;
    }
  holder = sonde_server_dup_port_holder (SONDE_SERVER_DEFAULT_PORT);
  found = g_strdup_printf ("used by %s", holder != NULL ? holder : "another program");
  add_finding (findings, SONDE_HEALTH_WARNING, object, found,
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
      add_finding (findings, SONDE_HEALTH_OK, object, path, "");
      return;
    }
  found = g_strdup_printf ("%s cannot be written", path);
  advice = g_strdup_printf ("give yourself the right: chmod u+rwx %s", path);
  add_finding (findings, SONDE_HEALTH_WRONG, object, found, advice);
}

static void
check_folders (GPtrArray *findings)
{
  check_folder (findings, "settings folder", g_get_user_config_dir ());
  check_folder (findings, "symbol cache", g_get_user_cache_dir ());
  check_folder (findings, "log folder", g_get_user_state_dir ());
  check_folder (findings, "data folder", g_get_user_data_dir ());
  if (g_getenv ("XDG_RUNTIME_DIR") == NULL)
    add_finding (findings, SONDE_HEALTH_WARNING, "runtime folder", "XDG_RUNTIME_DIR is not set",
                 "log in by a session, or set it");
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
      add_finding (findings, SONDE_HEALTH_OK, name, path, "");
      return;
    }
  advice = g_strdup_printf ("install it beside this program; %s", use);
  add_finding (findings, missing, name, "not found", advice);
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
      add_finding (findings, SONDE_HEALTH_OK, "packages",
                   names == NULL ? "installed copy, nothing to build"
                                 : "not a Debian machine, not looked at",
                   "");
      return;
    }
  missing = join_missing (names, installed);
  if (missing[0] == '\0')
    {
      add_finding (findings, SONDE_HEALTH_OK, "packages", "all that building needs are there", "");
      return;
    }
  found = g_strdup_printf ("missing for building: %s", missing);
  advice = g_strdup_printf ("apt-get install --no-install-recommends %s", missing);
  add_finding (findings, SONDE_HEALTH_WARNING, "packages", found, advice);
}

static void
check_machine (GPtrArray *findings)
{
  check_port (findings);
  check_folders (findings);
  check_program (findings, "sonde-symbols", SONDE_HEALTH_WRONG, "it reads ELF files");
  check_program (findings, "sonde-demo-board", SONDE_HEALTH_WARNING, "the demo needs it");
  check_packages (findings);
}

/* -- how a firmware was built -- */

#define MAX_UNITS_TOLD 3

/* "12 optimised away, 3 thread-local": how many variables cannot be polled, by reason. */
static char *
count_reasons (SondeSymbolTable *table, guint *n_good)
{
  g_autoptr (GHashTable) reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer why, count;

  *n_good = 0;
  for (guint i = 0; i < sonde_symbol_table_get_n (table); i++)
    {
      g_autoptr (SondeVariable) variable = sonde_symbol_table_dup_variable (table, i);
      const char *reason = variable != NULL ? sonde_variable_get_info (variable)->why : NULL;

      if (reason == NULL)
        (*n_good)++;
      else
        g_hash_table_insert (
            reasons, g_strdup (reason),
            GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (reasons, reason)) + 1));
    }
  g_hash_table_iter_init (&iter, reasons);
  while (g_hash_table_iter_next (&iter, &why, &count))
    g_string_append_printf (text, "%s%u %s", text->len > 0 ? ", " : "", GPOINTER_TO_UINT (count),
                            (const char *) why);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_variables (GPtrArray *findings, SondeSymbolTable *table)
{
  const SondeSymbolFacts *facts = sonde_symbol_table_get_facts (table);
  guint n_good;
  g_autofree char *reasons = count_reasons (table, &n_good);
  g_autofree char *found = g_strdup_printf ("%u variables can be watched", n_good);
  g_autofree char *bad = NULL;

  if (n_good == 0)
    add_finding (findings, SONDE_HEALTH_WRONG, facts->file, "no variable can be watched",
                 "compile with -g and keep global or static variables");
  else
    add_finding (findings, SONDE_HEALTH_OK, facts->file, found, "");
  if (reasons[0] == '\0')
    return;
  bad = g_strdup_printf ("cannot be watched: %s", reasons);
  add_finding (findings, SONDE_HEALTH_WARNING, facts->file, bad,
               "make those you need volatile, or compile that file with -Og");
}

static void
check_units (GPtrArray *findings, SondeSymbolTable *table)
{
  const SondeSymbolFacts *facts = sonde_symbol_table_get_facts (table);
  g_autoptr (GString) found = g_string_new (NULL);

  if (facts->n_skipped_units == 0)
    return;
  g_string_printf (found, "%u of %u units could not be read", facts->n_skipped_units,
                   facts->n_units);
  for (guint i = 0; i < MIN (facts->n_skipped_units, MAX_UNITS_TOLD); i++)
    g_string_append_printf (found, ", %s", sonde_symbol_table_get_skipped (table, i));
  add_finding (findings, SONDE_HEALTH_WARNING, facts->file, found->str,
               strstr (found->str, ".dwo") != NULL
                   ? "compile without -gsplit-dwarf"
                   : "rebuild these files with gcc 12 or newer and -g");
}

static void
check_elf (GPtrArray *findings, SondeSymbolTable *table)
{
  const SondeSymbolFacts *facts = sonde_symbol_table_get_facts (table);
  g_autofree char *machine
      = g_strdup_printf ("%s, %u bit, %s endian", facts->machine, facts->pointer_size * 8,
                         facts->byte_order == G_BIG_ENDIAN ? "big" : "little");
  g_autofree char *build_id = g_strdup_printf ("build id %s", facts->build_id);

  add_finding (findings, SONDE_HEALTH_OK, facts->file, machine, "");
  if (facts->build_id[0] != '\0')
    add_finding (findings, SONDE_HEALTH_OK, facts->file, build_id, "");
  else
    add_finding (findings, SONDE_HEALTH_WARNING, facts->file,
                 "no build id: nobody can tell whether a board runs this file",
                 "link with -Wl,--build-id=sha1");
  if (facts->is_relocatable)
    {
      /* All else follows from that. */
      add_finding (findings, SONDE_HEALTH_WRONG, facts->file,
                   "an object file: its variables have no address yet", "give the linked program");
      return;
    }
  if (facts->is_pie)
    add_finding (findings, SONDE_HEALTH_WARNING, facts->file,
                 "position independent: addresses move at each start", "link with -no-pie");
  if (!facts->has_dwarf && facts->n_skipped_units == 0)
    add_finding (findings, SONDE_HEALTH_WRONG, facts->file, "no debug information",
                 "compile with -g, and give the file from before strip");
  check_units (findings, table);
  check_variables (findings, table);
}

/* -- doctor -- */

static const char *const health_words[] = { "ok", "warning", "wrong" };

static char *
make_json (const SondeFinding *finding)
{
  GString *row = sonde_json_row_new ();

  sonde_json_row_text (row, "state", health_words[finding->health]);
  sonde_json_row_text (row, "object", finding->object);
  sonde_json_row_text (row, "found", finding->found);
  sonde_json_row_text (row, "advice", finding->advice);
  return sonde_json_row_end (row);
}

static char *
make_row (const SondeFinding *finding)
{
  g_autofree char *object = sonde_log_make_safe (finding->object, -1);
  g_autofree char *found = sonde_log_make_safe (finding->found, -1);
  g_autofree char *advice = sonde_log_make_safe (finding->advice, -1);

  return g_strjoin ("\t", health_words[finding->health], object, found,
                    advice[0] != '\0' ? advice : NULL, NULL);
}

static void
check_settings (const SondeOptions *options, GPtrArray *findings)
{
  g_autofree char *path
      = options->config == NULL ? sonde_settings_dup_path () : g_strdup (options->config);
  g_autoptr (GError) error = NULL;

  if (!sonde_settings_check (path, &error))
    add_error (findings, path, error);
  else
    add_finding (findings, SONDE_HEALTH_OK, "settings", path, "");
}

static void
check_files (SondeErrand *errand, GPtrArray *findings)
{
  const GPtrArray *elfs = sonde_errand_get_options (errand)->elfs;

  for (guint i = 0; i < elfs->len; i++)
    {
      const char *file = g_ptr_array_index (elfs, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (SondeSymbolTable) table = sonde_errand_read_elf (errand, file, &error);

      if (table != NULL)
        check_elf (findings, table);
      else if (error != NULL)
        add_error (findings, file, error);
    }
}

SondeExit
sonde_doctor_command (const SondeOptions *options)
{
  g_autoptr (SondeErrand) errand = sonde_errand_new (options);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (finding_free);
  SondeExit status = SONDE_EXIT_OK;

  check_machine (findings);
  check_settings (options, findings);
  check_files (errand, findings);
  for (guint i = 0; i < findings->len; i++)
    {
      const SondeFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *row = options->json ? make_json (finding) : make_row (finding);

      sonde_output_line (sonde_errand_get_output (errand), row);
      if (finding->health == SONDE_HEALTH_WRONG)
        status = SONDE_EXIT_MACHINE;
    }
  if (sonde_errand_is_stopped (errand))
    status = sonde_errand_get_stop_status (errand);
  return sonde_errand_finish (errand, status);
}

/* bench-symbols.c: a firmware file becomes a searchable index; measured against readelf */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "symbols/symbol-cage.h"
#include "symbols/symbol-search.h"

#define MIB 1048576.0

static double
add_times (const struct rusage *usage)
{
  return (double) (usage->ru_utime.tv_sec + usage->ru_stime.tv_sec)
         + (double) (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

/* CPU seconds of the program, its memory in @rss (MiB). */
static double
run_program (char **argv, double *rss)
{
  struct rusage usage = { 0 };
  const pid_t child = fork ();
  int status = 0;

  if (child == 0)
    {
      if (freopen ("/dev/null", "w", stdout) != NULL)
        execvp (argv[0], argv);
      _exit (127);
    }
  if (child < 0 || wait4 (child, &status, 0, &usage) != child || status != 0)
    g_error ("%s failed", argv[0]);
  *rss = (double) usage.ru_maxrss / 1024;
  return add_times (&usage);
}

/* In a process of its own, so that its memory counts alone: prints what it found. */
static int
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load (path, NULL, NULL, &error);
  struct rusage helper = { 0 }, own = { 0 };

  if (table == NULL)
    g_error ("%s", error->message);
  g_autoptr (SondeSymbolSearch) search = sonde_symbol_search_new (table);
  getrusage (RUSAGE_CHILDREN, &helper);
  getrusage (RUSAGE_SELF, &own);
  printf ("%.3f %.1f %.3f %.1f %u %u\n", add_times (&helper), (double) helper.ru_maxrss / 1024,
          add_times (&own), (double) own.ru_maxrss / 1024, sonde_symbol_table_get_n (table),
          sonde_symbol_search_get_n (search));
  return 0;
}

static double
get_debug_mib (const char *path)
{
  g_autofree char *command = g_strdup_printf ("size -A '%s'", path);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint64 size = 0;

  g_assert_true (g_spawn_command_line_sync (command, &text, NULL, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], ".debug_"))
      size += g_ascii_strtoull (strchr (lines[i], ' '), NULL, 10);
  return (double) size / MIB;
}

/* FALSE where a figure is missed. */
static gboolean
measure (const char *program, const char *maker, const char *kind, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, kind, NULL);
  g_autofree char *line = NULL;
  char *make[] = { (char *) maker, (char *) kind, path, NULL };
  char *own[] = { (char *) program, path, NULL };
  char *readelf[] = { (char *) "readelf", (char *) "--debug-dump=info", path, NULL };
  double helper, helper_rss, host, host_rss, other, rss, allowed;
  guint n, n_entries;

  run_program (make, &rss);
  g_assert_true (g_spawn_sync (NULL, own, NULL, 0, NULL, NULL, &line, NULL, NULL, NULL));
  g_assert_cmpint (sscanf (line, "%lf %lf %lf %lf %u %u", &helper, &helper_rss, &host, &host_rss,
                           &n, &n_entries),
                   ==, 6);
  other = run_program (readelf, &rss);
  allowed = MAX (150, 1.3 * get_debug_mib (path) + 60);
  printf (
      "%s: %u variables, %u names: reader %.2f s %.0f MiB, host %.2f s %.0f MiB, readelf %.2f s: "
      "ratio %.2f (0.50 allowed), %.0f MiB allowed\n",
      kind, n, n_entries, helper, helper_rss, host, host_rss, other, (helper + host) / other,
      allowed);
  unlink (path);
  return helper + host <= 0.5 * other && MAX (helper_rss, host_rss) <= allowed;
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "structs", "objects", "large" };
  g_autofree char *folder = NULL;
  gboolean ok = TRUE;

  if (argc == 2)
    return load (argv[1]);
  if (argc < 3)
    return 2;
  folder = g_dir_make_tmp ("sonde-bench-XXXXXX", NULL);
  /* A cache would make the second run another measurement. */
  g_setenv ("XDG_CACHE_HOME", "/dev/null", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    ok &= measure (argv[0], argv[1], kinds[i], folder);
  rmdir (folder);
  return ok ? 0 : 1;
}

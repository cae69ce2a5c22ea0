/* bench-symbols.c: a firmware file becomes a searchable index; measured against readelf */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>
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

/* CPU seconds of the program. */
static double
run_program (char **argv)
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
  return add_times (&usage);
}

/* A number of a process's status, in MiB; 0 where it is gone. */
static double
read_status (GPid pid, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", (int) pid);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, name);
  return line != NULL ? (double) g_ascii_strtoull (line + strlen (name), NULL, 10) / 1024 : 0;
}

/* The one child of @pid, 0: none. */
static GPid
find_child (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", (int) pid, (int) pid);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? (GPid) g_ascii_strtoll (text, NULL, 10)
                                                       : 0;
}

/* Both together, looked at all the time while @pid runs; its output is read to the end. */
static double
watch_memory (GPid pid, int output, GString *text)
{
  double peak = 0;
  char buffer[256];
  ssize_t n = -1;

  while (n != 0)
    {
      struct pollfd ready = { .fd = output, .events = POLLIN };
      const GPid reader = find_child (pid);
      const double both
          = read_status (pid, "VmRSS:") + (reader > 0 ? read_status (reader, "VmRSS:") : 0);

      peak = MAX (peak, both);
      if (poll (&ready, 1, 5) <= 0)
        continue;
      n = read (output, buffer, sizeof buffer);
      if (n > 0)
        g_string_append_len (text, buffer, n);
    }
  return peak;
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

/* CPU seconds of reader and host, and the most memory that both had together. */
typedef struct
{
  double reader, reader_rss, host, host_rss, both_rss;
  guint n, n_entries;
} Load;

static void
run_load (char **argv, Load *load)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GPid pid;
  int output;

  g_assert_true (g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                           &pid, NULL, &output, NULL, NULL));
  load->both_rss = watch_memory (pid, output, text);
  close (output);
  waitpid (pid, NULL, 0);
  g_assert_cmpint (sscanf (text->str, "%lf %lf %lf %lf %u %u", &load->reader, &load->reader_rss,
                           &load->host, &load->host_rss, &load->n, &load->n_entries),
                   ==, 6);
  /* Looked at now and then, a peak may be missed: each alone is known for certain. */
  load->both_rss = MAX (load->both_rss, MAX (load->reader_rss, load->host_rss));
}

/* FALSE where a figure is missed. */
static gboolean
measure (const char *program, const char *maker, const char *kind, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, kind, NULL);
  char *make[] = { (char *) maker, (char *) kind, path, NULL };
  char *own[] = { (char *) program, path, NULL };
  char *readelf[] = { (char *) "readelf", (char *) "--debug-dump=info", path, NULL };
  double other, allowed, ratio;
  gboolean ok;
  Load load;

  run_program (make);
  run_load (own, &load);
  other = run_program (readelf);
  allowed = MAX (150, 1.3 * get_debug_mib (path) + 60);
  ratio = (load.reader + load.host) / other;
  ok = ratio <= 0.5 && load.both_rss <= allowed;
  printf ("%s: %s: %u variables, %u names: reader %.2f s %.0f MiB, host %.2f s %.0f MiB, readelf "
          "%.2f s: ratio %.2f (0.50 allowed), both %.0f MiB (%.0f allowed)\n",
          ok ? "ok" : "not ok", kind, load.n, load.n_entries, load.reader, load.reader_rss,
          load.host, load.host_rss, other, ratio, load.both_rss, allowed);
  /* What waits here would be written by the next child, too. */
  fflush (stdout);
  unlink (path);
  return ok;
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

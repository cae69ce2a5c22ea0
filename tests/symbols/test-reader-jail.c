/* test-reader-jail.c: what the reader can still do once it is locked in, and what kills it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "symbols/reader-jail.h"

#define NO_FILTER 77

/* What a prisoner has: a file to read, a pipe to write to. */
typedef struct
{
  int input, output;
} Cell;

typedef int (*Deed) (const Cell *cell);

static int
read_and_write (const Cell *cell)
{
  char byte;

  return pread (cell->input, &byte, 1, 0) == 1 && write (cell->output, &byte, 1) == 1 ? 0 : 1;
}

static int
map_memory (const Cell *cell)
{
  char *map = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, cell->input, 0);
  char *heap = malloc (4 << 20);

  if (map == MAP_FAILED || heap == NULL)
    return 1;
  memset (heap, *map, 4 << 20);
  heap = realloc (heap, 64 << 20);
  free (heap);
  return munmap (map, 4096);
}

static int
compare (const void *a, const void *b)
{
  return *(const int *) a - *(const int *) b;
}

static int
sort_much (const Cell *cell)
{
  int *numbers = calloc (10000, sizeof *numbers);

  qsort (numbers, 10000, sizeof *numbers, compare);
  free (numbers);
  return 0;
}

static int
print (const Cell *cell)
{
  return dprintf (STDERR_FILENO, "# still here\n") > 0 ? 0 : 1;
}

static int
give_up (const Cell *cell)
{
  abort ();
}

static int
open_file (const Cell *cell)
{
  return open ("/etc/passwd", O_RDONLY) < 0;
}

static int
make_socket (const Cell *cell)
{
  return socket (AF_INET, SOCK_STREAM, 0) < 0;
}

static int
run_program (const Cell *cell)
{
  char *arguments[] = { (char *) "true", NULL };

  return execv ("/bin/true", arguments);
}

static int
have_child (const Cell *cell)
{
  return fork () < 0;
}

static int
kill_parent (const Cell *cell)
{
  return kill (getppid (), 0);
}

static int
write_elsewhere (const Cell *cell)
{
  return write (cell->input, "x", 1) < 0;
}

static int
run_memory (const Cell *cell)
{
  return mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
         == MAP_FAILED;
}

static int
remove_file (const Cell *cell)
{
  return unlink ("/tmp/sonde-none");
}

static int
trace_parent (const Cell *cell)
{
  return (int) syscall (SYS_ptrace, 16, getppid (), 0, 0);
}

static const struct
{
  const char *name;
  Deed deed;
  int signal; /* that ends it, 0: none */
} cases[] = {
  { "/reader-jail/may/read-and-write", read_and_write, 0 },
  { "/reader-jail/may/map-memory", map_memory, 0 },
  { "/reader-jail/may/sort-much", sort_much, 0 },
  { "/reader-jail/may/print", print, 0 },
  { "/reader-jail/may/give-up", give_up, SIGABRT },
  { "/reader-jail/not/open-file", open_file, SIGSYS },
  { "/reader-jail/not/make-socket", make_socket, SIGSYS },
  { "/reader-jail/not/run-program", run_program, SIGSYS },
  { "/reader-jail/not/have-child", have_child, SIGSYS },
  { "/reader-jail/not/kill-parent", kill_parent, SIGSYS },
  { "/reader-jail/not/write-elsewhere", write_elsewhere, SIGSYS },
  { "/reader-jail/not/run-memory", run_memory, SIGSYS },
  { "/reader-jail/not/remove-file", remove_file, SIGSYS },
  { "/reader-jail/not/trace-parent", trace_parent, SIGSYS },
};

/* Returns as of waitpid(). */
static int
lock_in (Deed deed)
{
  g_autofree char *name = g_strdup ("/tmp/sonde-jail-XXXXXX");
  const int file = g_mkstemp (name);
  int ends[2], status = 0;
  pid_t child;

  g_assert_cmpint (write (file, "content", 7), ==, 7);
  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      const Cell cell = { file, ends[1] };
      const int writable[] = { STDERR_FILENO, ends[1] };

      sonde_reader_jail_limit (7);
      _exit (sonde_reader_jail_lock (writable, G_N_ELEMENTS (writable)) ? deed (&cell) : NO_FILTER);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  close (ends[0]);
  close (ends[1]);
  close (file);
  g_unlink (name);
  return status;
}

static void
test_deed (gconstpointer data)
{
  const guint index = GPOINTER_TO_UINT (data);
  const int status = lock_in (cases[index].deed);

  if (WIFEXITED (status) && WEXITSTATUS (status) == NO_FILTER)
    g_test_skip ("no system-call filter here");
  else if (cases[index].signal != 0)
    g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == cases[index].signal);
  else
    g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

/* Where the kernel has no filter these are all that is left. */
static void
test_limits (void)
{
  struct rlimit limit;
  int status = 0;
  const pid_t child = fork ();

  if (child == 0)
    {
      int failures = 0;

      sonde_reader_jail_limit (7);
#ifndef SONDE_SANITIZE
      failures += open ("/etc/passwd", O_RDONLY) >= 0;
      failures += getrlimit (RLIMIT_AS, &limit) != 0 || limit.rlim_max != (rlim_t) 1 << 30;
      failures += getrlimit (RLIMIT_CPU, &limit) != 0 || limit.rlim_cur != 20;
#endif
      failures += getrlimit (RLIMIT_CORE, &limit) != 0 || limit.rlim_max != 0;
      _exit (failures);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, GUINT_TO_POINTER (i), test_deed);
  g_test_add_func ("/reader-jail/limits", test_limits);
  return g_test_run ();
}

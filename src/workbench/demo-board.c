/* demo-board.c: the simulated board as a process of its own */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sonde-demo"

#include "workbench/demo-board.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/program.h"

#define END_WAIT_US (2 * G_USEC_PER_SEC)
#define END_STEP_US (5 * 1000)

struct _SondeDemoBoard
{
  GPid pid;
};

/* A terminal's Ctrl+C goes to the foreground group: the board must end with its owner's say, not
 * before. */
static void
leave_group (gpointer user_data)
{
  setpgid (0, 0);
}

SondeDemoBoard *
sonde_demo_board_start (const char *url, const char *name, GError **error)
{
  g_autofree char *program = sonde_demo_board_dup_elf ();
  g_autofree char *parent = g_strdup_printf ("%ld", (long) getpid ());
  const char *argv[] = { program, "--url", url, "--parent", parent, "--name", name, NULL };
  GPid pid = 0;

  if (program == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   "sonde-demo-board: program not found; build it with: meson compile -C build");
      return NULL;
    }
  if (name == NULL)
    argv[5] = NULL;
  if (!g_spawn_async (NULL, (char **) argv, NULL,
                      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL
                          | G_SPAWN_STDERR_TO_DEV_NULL,
                      leave_group, NULL, &pid, error))
    return NULL;
  SondeDemoBoard *self = g_new0 (SondeDemoBoard, 1);

  self->pid = pid;
  return self;
}

static gboolean
is_reaped (GPid pid)
{
  int status = 0;

  return waitpid (pid, &status, WNOHANG) == pid || errno == ECHILD;
}

void
sonde_demo_board_free (SondeDemoBoard *self)
{
  kill (self->pid, SIGTERM);
  errno = 0;
  for (gint64 waited = 0; waited < END_WAIT_US; waited += END_STEP_US)
    {
      if (is_reaped (self->pid))
        {
          g_free (self);
          return;
        }
      g_usleep (END_STEP_US);
    }
  kill (self->pid, SIGKILL);
  waitpid (self->pid, NULL, 0);
  g_free (self);
}

char *
sonde_demo_board_dup_elf (void)
{
  return sonde_program_dup_path ("sonde-demo-board");
}

const char *
sonde_demo_board_get_unit (const char *path)
{
  static const struct
  {
    const char *ending;
    const char *unit;
  } units[] = {
    { ".speed", "rpm" },      { ".target", "rpm" }, { ".current", "A" },
    { ".temperature", "°C" }, { "ticks", "ms" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_suffix (path, units[i].ending))
      return units[i].unit;
  return NULL;
}

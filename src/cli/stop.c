/* stop.c: SIGINT and SIGTERM as something a loop and a blocked writer can see */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/stop.h"

#include <errno.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <glib-unix.h>

static volatile sig_atomic_t signal_seen;
static int wake_fd = -1;

static void
on_signal (int number)
{
  const guint64 one = 1;
  const int saved = errno;

  signal_seen = number;
  if (write (wake_fd, &one, sizeof one) < 0)
    signal_seen = number; /* the counter is full only when a wake-up is pending already */
  errno = saved;
}

static gboolean
on_wake (int fd, GIOCondition condition, gpointer user_data)
{
  guint64 count;

  return read (fd, &count, sizeof count) > 0 || errno == EAGAIN;
}

void
sonde_stop_install (void)
{
  /* Without SA_RESTART a signal also ends a blocked poll() of the writer. With SA_RESETHAND the
   * second one is the system's: nobody has to wait for a polite end. */
  struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int) SA_RESETHAND };

  signal (SIGPIPE, SIG_IGN);
  wake_fd = eventfd (0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (wake_fd >= 0)
    g_unix_fd_add (wake_fd, G_IO_IN, on_wake, NULL);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}

int
sonde_stop_get_signal (void)
{
  return signal_seen;
}

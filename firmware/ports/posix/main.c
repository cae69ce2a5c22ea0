/* main.c: the program sonde-demo-board: one loop over the machine's clock and the link */
/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "ports/posix/board.h"
#include "ports/posix/connection.h"
#include "ports/posix/options.h"
#include "ports/posix/plant.h"
#include "sonde/link.h"

enum
{
  WATCH_LINK,
  WATCH_CLOCK,
  WATCH_PARENT,
  N_WATCHES,

  MAX_WAIT_MS = 500, /* a parent that cannot be watched is looked for this often */
  MAX_WAKES_HZ = 1000,
};

static volatile sig_atomic_t is_stopped;

static void
on_signal (int unused)
{
  is_stopped = 1;
}

/* Signals only arrive while waiting, so none is missed between the look and the wait. */
static void
catch_signals (sigset_t *while_waiting)
{
  struct sigaction action = { .sa_handler = on_signal };
  sigset_t blocked;

  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGHUP, &action, NULL);
  signal (SIGPIPE, SIG_IGN);
  sigemptyset (&blocked);
  sigaddset (&blocked, SIGTERM);
  sigaddset (&blocked, SIGINT);
  sigaddset (&blocked, SIGHUP);
  sigprocmask (SIG_BLOCK, &blocked, while_waiting);
  sigdelset (while_waiting, SIGTERM);
  sigdelset (while_waiting, SIGINT);
  sigdelset (while_waiting, SIGHUP);
}

/* A death signal would come from the parent's thread, not from its process, so the process itself
 * is watched. */
static int
watch_parent (pid_t parent)
{
  return parent > 0 ? (int) syscall (SYS_pidfd_open, parent, 0) : -1;
}

static bool
has_parent (pid_t parent)
{
  return parent == 0 || kill (parent, 0) == 0 || errno == EPERM;
}

/* Wakes at the steps' own times; a late wake-up does not delay the next. */
static int
make_clock (uint32_t step_hz)
{
  long period_ns = 1000000000 / (step_hz < MAX_WAKES_HZ ? (long) step_hz : (long) MAX_WAKES_HZ);
  struct itimerspec spec = { { period_ns / 1000000000, period_ns % 1000000000 }, { 0, 1 } };
  int fd = timerfd_create (CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);

  timerfd_settime (fd, 0, &spec, NULL);
  return fd;
}

static void
say (const struct options *options, const char *what, const char *detail)
{
  fprintf (stderr, "sonde-demo-board: %s: %s%s\n", options->name, what, detail);
}

static void
lose (const struct options *options, sonde_link *link, uint32_t now_ms, const char *why)
{
  uint32_t random = 0;
  char text[256];

  board_random (NULL, (uint8_t *) &random, sizeof random);
  sonde_link_lost (link, now_ms, random);
  snprintf (text, sizeof text, "%s; next try in %.1f s", why, link->wait_ms / 1000.0);
  say (options, link->wait_ms > 0 ? "no link: " : "", text);
}

static void
run_link (const struct options *options, sonde_link *link, short events)
{
  uint64_t now_ns = board_get_elapsed_ns ();
  uint32_t now_ms = (uint32_t) (now_ns / 1000000);
  sonde_link_action action = sonde_link_poll (link, now_ms);
  const char *why = "no answer in time";
  connection_state at = CONNECTION_DOWN;

  if (action == SONDE_LINK_DIAL && !connection_open (&why))
    {
      lose (options, link, now_ms, why);
      return;
    }
  if (action == SONDE_LINK_DROP)
    {
      connection_close ();
      lose (options, link, now_ms, why);
      return;
    }
  if (link->state == SONDE_LINK_WAITING)
    return;
  at = connection_process (action == SONDE_LINK_DIAL ? 0 : events, now_ns, &why);
  if (at == CONNECTION_DOWN)
    lose (options, link, now_ms, why);
  else if (at == CONNECTION_UP && link->state == SONDE_LINK_DIALLING)
    {
      sonde_link_opened (link, now_ms);
      say (options, "connected to ", options->host);
    }
}

static int
get_wait_ms (const sonde_link *link, uint64_t now_ns)
{
  uint32_t due = sonde_link_get_due (link, (uint32_t) (now_ns / 1000000));

  return due < MAX_WAIT_MS ? (int) due : MAX_WAIT_MS;
}

static void
run (const struct options *options, const sigset_t *while_waiting, int parent_fd)
{
  struct pollfd watches[N_WATCHES]
      = { [WATCH_LINK] = { .fd = -1 },
          [WATCH_CLOCK] = { .fd = make_clock (options->step_hz), .events = POLLIN },
          [WATCH_PARENT] = { .fd = parent_fd, .events = POLLIN } };
  sonde_link link;

  sonde_link_init (&link, (uint32_t) (board_get_elapsed_ns () / 1000000));
  while (!is_stopped && watches[WATCH_PARENT].revents == 0
         && (parent_fd >= 0 || has_parent (options->parent)))
    {
      uint64_t now_ns = board_get_elapsed_ns ();
      int wait_ms = get_wait_ms (&link, now_ns);
      struct timespec wait;
      uint64_t expirations;

      connection_prepare_poll (&watches[WATCH_LINK], now_ns, &wait_ms);
      wait = (struct timespec){ wait_ms / 1000, wait_ms % 1000 * 1000000 };
      if (ppoll (watches, N_WATCHES, &wait, while_waiting) < 0)
        continue;
      if (watches[WATCH_CLOCK].revents != 0
          && read (watches[WATCH_CLOCK].fd, &expirations, sizeof expirations) > 0)
        plant_run (board_get_elapsed_ns ());
      run_link (options, &link, watches[WATCH_LINK].revents);
    }
  connection_close ();
  close (watches[WATCH_CLOCK].fd);
}

int
main (int argc, char **argv)
{
  struct options options;
  sigset_t while_waiting;
  int parent_fd;
  int code = options_parse (&options, argc, argv);

  if (code >= 0)
    return code;
  catch_signals (&while_waiting);
  if (!board_init (&options))
    {
      say (&options, "no randomness", "");
      return 1;
    }
  connection_init (&options);
  parent_fd = watch_parent (options.parent);
  run (&options, &while_waiting, parent_fd);
  if (parent_fd >= 0)
    close (parent_fd);
  return 0;
}

/* complain.c: how the program ends: exit codes, the line that goes with them, signals */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/complain.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <glib-unix.h>

#include "base/log.h"
#include "device/device.h"
#include "symbols/symbol-error.h"
#include "types/text.h"

static gboolean warnings_are_quiet;

static void
write_line (const char *prefix, const char *format, va_list arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  g_autofree char *safe = sonde_log_make_safe (text, -1);

  fprintf (stderr, "%s%s\n", prefix, safe);
  fflush (stderr);
}

SondeExit
sonde_complain (SondeExit status, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  write_line ("sondectl: ", format, arguments);
  va_end (arguments);
  return status;
}

static const char *
get_file_advice (const GError *error)
{
  switch (error->code)
    {
    case G_IO_ERROR_NOT_FOUND:
      return "check its name";
    case G_IO_ERROR_PERMISSION_DENIED:
      return "choose one that you may use";
    case G_IO_ERROR_NO_SPACE:
      return "free some space";
    default:
      return "choose another";
    }
}

/* What to do where the part that failed could not know it: for a file dialog it may be another
 * thing than for a command line. */
static const char *
get_advice (const GError *error)
{
  if (error->domain == SONDE_TYPE_ERROR)
    return error->code == SONDE_TYPE_ERROR_PATH ? "name another" : "give a value that it takes";
  if (error->domain == SONDE_DEVICE_ERROR)
    return sonde_exit_get_advice (sonde_exit_from_error (error));
  if (error->domain == SONDE_SYMBOL_ERROR)
    return "build it again, or name another file";
  if (error->domain == G_IO_ERROR)
    return get_file_advice (error);
  if (error->domain == G_SPAWN_ERROR)
    return "install Sonde again";
  return "see sondectl --help";
}

SondeExit
sonde_complain_error (SondeExit status, const GError *error)
{
  const gboolean is_complete = strstr (error->message, "; ") != NULL;

  return sonde_complain (status, "%s%s%s", error->message, is_complete ? "" : "; ",
                         is_complete ? "" : get_advice (error));
}

void
sonde_warn (const char *format, ...)
{
  va_list arguments;

  if (warnings_are_quiet)
    return;
  va_start (arguments, format);
  write_line ("sondectl: warning: ", format, arguments);
  va_end (arguments);
}

void
sonde_note (const char *format, ...)
{
  va_list arguments;

  if (warnings_are_quiet)
    return;
  va_start (arguments, format);
  write_line ("sondectl: ", format, arguments);
  va_end (arguments);
}

void
sonde_warn_set_quiet (gboolean is_quiet)
{
  warnings_are_quiet = is_quiet;
}

/* -- errors of boards -- */

SondeExit
sonde_exit_from_error (const GError *error)
{
  if (error->domain != SONDE_DEVICE_ERROR)
    return SONDE_EXIT_USAGE;
  switch (error->code)
    {
    case SONDE_DEVICE_ERROR_TIMEOUT:
    case SONDE_DEVICE_ERROR_GONE:
      return SONDE_EXIT_TIMEOUT;
    default:
      return SONDE_EXIT_REFUSED;
    }
}

const char *
sonde_exit_get_advice (SondeExit status)
{
  return status == SONDE_EXIT_REFUSED ? "choose what this board lets you use"
                                      : "see whether the board still runs";
}

const char *
sonde_exit_advise (SondeExit status, const char *text)
{
  return g_str_has_suffix (text, " is NULL") ? "set it first, or watch it until it points somewhere"
                                             : sonde_exit_get_advice (status);
}

SondeExit
sonde_exit_of_boards (const SondeExit *statuses, guint n)
{
  SondeExit first = SONDE_EXIT_OK;
  guint n_failed = 0;

  for (guint i = 0; i < n; i++)
    if (statuses[i] != SONDE_EXIT_OK)
      {
        first = first == SONDE_EXIT_OK ? statuses[i] : first;
        n_failed++;
      }
  return n_failed == 0 || n_failed == n ? first : SONDE_EXIT_SOME_FAILED;
}

const char *
sonde_error_get_text (const GError *error, const char *path)
{
  const gsize length = strlen (path);

  if (g_str_has_prefix (error->message, path) && g_str_has_prefix (error->message + length, ": "))
    return error->message + length + 2;
  return error->message;
}

SondeExit
sonde_complain_value (const char *board, const char *path, const GError *error)
{
  const SondeExit status = sonde_exit_from_error (error);
  const char *text = sonde_error_get_text (error, path);
  const gboolean is_complete = strstr (text, "; ") != NULL;

  return sonde_complain (status, "%s:%s: %s%s%s", board, path, text, is_complete ? "" : "; ",
                         is_complete ? "" : sonde_exit_advise (status, text));
}

/* -- signals -- */

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

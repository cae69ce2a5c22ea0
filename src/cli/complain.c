/* complain.c: exit codes, and the one line on stderr that goes with them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/complain.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/log.h"

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

SondeExit
sonde_complain_error (SondeExit status, const GError *error)
{
  return sonde_complain (status, "%s", error->message);
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

/* reader-verdict.c: how sonde-symbols ended, as an error that a person can act on */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/reader-verdict.h"

#include <gio/gio.h>
#include <signal.h>

#include "symbols/symbol-error.h"

/* What ended a reader that had no chance to say so itself. */
static GError *
judge_signal (const SondeReaderEnd *end)
{
  if (end->is_timed_out || end->signal == SIGXCPU)
    return g_error_new (SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_LIMIT,
                        "%s: reading it took more than the %u seconds allowed; "
                        "build it again, with -g for the files you watch only",
                        end->path, end->seconds);
  /* Neither of our limits: a person, or a machine that is short of memory. */
  if (end->signal == SIGKILL)
    return g_error_new (SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_LIMIT,
                        "%s: its reader was killed, for lack of memory perhaps; "
                        "close other programs and try again",
                        end->path);
  /* GLib ends a program with a trap where no memory is left. */
  if (end->signal == SIGTRAP || end->signal == SIGXFSZ)
    return g_error_new (SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_LIMIT,
                        "%s: reading it takes more memory than allowed; is it damaged?", end->path);
  if (end->signal == SIGSYS)
    return g_error_new (SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                        "%s: its debug information is damaged or hostile, the reader was stopped "
                        "as it tried what it must not; build it again",
                        end->path);
  return g_error_new (SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                      "%s: its debug information is damaged, the reader crashed on it; "
                      "build it again",
                      end->path);
}

GError *
sonde_reader_verdict_make_error (const SondeReaderEnd *end)
{
  const int code = end->status >= 0 ? sonde_reader_status_to_error (end->status) : -1;

  if (end->status < 0)
    return judge_signal (end);
  if (code >= 0)
    return g_error_new (SONDE_SYMBOL_ERROR, code, "%s",
                        end->message != NULL ? end->message : end->path);
  if (end->status == SONDE_READER_MACHINE)
    return g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", end->path,
                        end->message != NULL ? end->message : "cannot be read");
  return g_error_new (SONDE_SYMBOL_ERROR, SONDE_SYMBOL_ERROR_CORRUPT,
                      "%s: its debug information is damaged, the reader failed on it (%d); "
                      "build it again",
                      end->path, end->status);
}

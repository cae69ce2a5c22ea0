/* chatter.c: what a board says for people to read, as lines of the log */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device/chatter.h"

#include "base/log.h"

#define MAX_LINES 10
#define MAX_LINE_BYTES 4096

void
sonde_chatter_log (const char *device, const SondeMessage *message)
{
  SondeLogLevel level = SONDE_LOG_INFO;

  sonde_log_level_from_name (message->level, &level);
  sonde_log_write (level, device, message->tag, message->text != NULL ? message->text : "");
}

void
sonde_chatter_log_text (SondeChatter *self, const char *device, const char *text, gsize size,
                        gint64 now_us)
{
  g_autofree char *line = g_strndup (text, MIN (size, MAX_LINE_BYTES));
  gint64 second = now_us / G_USEC_PER_SEC;

  if (second != self->second)
    self->n_lines = 0;
  self->second = second;
  sonde_log_write (self->n_lines++ < MAX_LINES ? SONDE_LOG_INFO : SONDE_LOG_DEBUG, device,
                   "message", g_strchomp (line));
}

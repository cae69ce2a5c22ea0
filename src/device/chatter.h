/* chatter.h: what a board says for people to read, as lines of the log */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wire/message.h"

/* A value; starts zeroed. One for each board. */
typedef struct
{
  gint64 second;
  guint n_lines; /* in that second */
} SondeChatter;

/** sonde_chatter_log: @message: LOG: a line of the level it names. */
void sonde_chatter_log (const char *device, const SondeMessage *message);
/** sonde_chatter_log_text: any other text. A person may have asked for it by hand, so it is shown;
 * of what a board pushes by the hundred only the first of each second. */
void sonde_chatter_log_text (SondeChatter *self, const char *device, const char *text, gsize size,
                             gint64 now_us);

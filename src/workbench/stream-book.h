/* stream-book.h: what boards push, by name, and how much of it shows by itself */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/variable.h"

#define SONDE_STREAM_ROWS_MAX 64 /* of one board that appear by themselves */

/* Owned struct, main thread. */
typedef struct _SondeStreamBook SondeStreamBook;

SondeStreamBook *sonde_stream_book_new (void);
void sonde_stream_book_free (SondeStreamBook *self);
void sonde_stream_book_add (SondeStreamBook *self, const char *device, SondeVariable *variable);
/** sonde_stream_book_lookup: (transfer none) (nullable): what @device pushes as @name. */
SondeVariable *sonde_stream_book_lookup (SondeStreamBook *self, const char *device,
                                         const char *name);
/** sonde_stream_book_count_hidden: one more of @device that gets no row by itself. */
void sonde_stream_book_count_hidden (SondeStreamBook *self, const char *device, gint64 now_us);
/** sonde_stream_book_tell_hidden: how many, in one line of the log, when a second brought no
 * more. */
void sonde_stream_book_tell_hidden (SondeStreamBook *self, gint64 now_us);

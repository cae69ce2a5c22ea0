/* mark-list.h: gaps and boots of a trace, rising by time */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trace/reclaim.h"
#include "trace/source.h"

/* One writer; readers inside the same SondeReclaim. */
typedef struct
{
  _Atomic (gpointer) buffer; /* Buffer, replaced by a larger one when full */
  SondeReclaim *reclaim;     /* borrowed */
} SondeMarkList;

void sonde_mark_list_init (SondeMarkList *self, SondeReclaim *reclaim);
/** sonde_mark_list_release: frees the marks; no reader may be inside. */
void sonde_mark_list_release (SondeMarkList *self);
/** sonde_mark_list_add: @end_us of a GAP is left open. Marks that ended before @oldest_us are
 * forgotten when room is needed. */
void sonde_mark_list_add (SondeMarkList *self, SondeMarkKind kind, gint64 time_us,
                          gint64 oldest_us);
/** sonde_mark_list_close_gap: the newest gap ends at @end_us. */
void sonde_mark_list_close_gap (SondeMarkList *self, gint64 end_us);
void sonde_mark_list_reset (SondeMarkList *self);
gsize sonde_mark_list_get_bytes (const SondeMarkList *self);
/** sonde_mark_list_read: appends those that touch [@start_us, @end_us). Returns: how many. */
guint sonde_mark_list_read (SondeMarkList *self, gint64 start_us, gint64 end_us, GArray *marks);

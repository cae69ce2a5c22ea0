/* log-limit.h: how many lines a second one board may write */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Owned struct, knows no thread. Remembers a board for as long as it speaks. */
typedef struct _SondeLogLimit SondeLogLimit;

/* Tells once how many lines of a device were dropped, after the second in which they came. */
typedef void (*SondeLogDroppedFunc) (const char *device, guint n_dropped, gpointer user_data);

SondeLogLimit *sonde_log_limit_new (guint lines_per_second);
void sonde_log_limit_free (SondeLogLimit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeLogLimit, sonde_log_limit_free)

/** sonde_log_limit_take: counts one line. FALSE: drop it. */
gboolean sonde_log_limit_take (SondeLogLimit *self, const char *device, gint64 now_us);
/** sonde_log_limit_tell: calls @func for each device whose full second is over. Cheap where nothing
 * was dropped. */
void sonde_log_limit_tell (SondeLogLimit *self, gint64 now_us, SondeLogDroppedFunc func,
                           gpointer user_data);

/* log-filter.h: which log lines a person wants to see */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/log.h"

/* Owned struct, one thread. */
typedef struct _SondeLogFilter SondeLogFilter;

/**
 * sonde_log_filter_new:
 * @text: "level>=warn", "tag:net", "device:arm", /regex/, and words; all must hold; letters match
 * in either case
 *
 * Returns: NULL and an error that says which part is not understood and why
 */
SondeLogFilter *sonde_log_filter_new (const char *text, GError **error);
void sonde_log_filter_free (SondeLogFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeLogFilter, sonde_log_filter_free)
gboolean sonde_log_filter_matches (const SondeLogFilter *self, const SondeLogLine *line);

/* reader-jail.h: what sonde-symbols gives up before it looks into a file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** sonde_reader_jail_limit: of the process: memory, time and output as of reader-limits.h; no
 * further descriptor, no child, no core file, no new privileges. */
void sonde_reader_jail_limit (guint64 file_size);

/**
 * sonde_reader_jail_lock:
 * @writable: descriptors that may be written to; whatever is open may be read
 *
 * From here on the process can read what it has open, use memory and end; a call for anything else
 * (another file, the network, a program, a child, a signal to others) kills it with SIGSYS.
 *
 * Returns: FALSE where this build, or the kernel, has no system-call filter; the limits hold all
 *   the same
 */
gboolean sonde_reader_jail_lock (const int *writable, guint n_writable);

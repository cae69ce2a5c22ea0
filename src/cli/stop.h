/* stop.h: SIGINT and SIGTERM as something a loop and a blocked writer can see */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** sonde_stop_install: catches SIGINT and SIGTERM once each (a second one ends the program at
 * once) and ignores SIGPIPE. Wakes the main context. */
void sonde_stop_install (void);
/** sonde_stop_get_signal: number of the signal that came, 0 for none. */
int sonde_stop_get_signal (void);

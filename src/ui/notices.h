/* notices.h: what the window's banner says of boards, files and the port */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/banner.h"
#include "workbench/recent-files.h"
#include "workbench/workbench.h"

/** sonde_notices_update_match: the active board runs other firmware than the open ELF, or not;
 * @recent may hold the right file. */
void sonde_notices_update_match (SondeBanner *banner, SondeWorkbench *workbench,
                                 SondeRecentFiles *recent);
/** sonde_notices_update_symbols: why the ELF could not be read, or nothing. */
void sonde_notices_update_symbols (SondeBanner *banner, SondeWorkbench *workbench);
/** sonde_notices_show_file: @reason: (nullable): NULL takes the notice away. */
void sonde_notices_show_file (SondeBanner *banner, const char *reason);
/** sonde_notices_show_port: @error: (nullable): why @port cannot be listened on. */
void sonde_notices_show_port (SondeBanner *banner, guint port, const GError *error);
/** sonde_notices_show_demo: why the demo board did not start. */
void sonde_notices_show_demo (SondeBanner *banner, const GError *error);

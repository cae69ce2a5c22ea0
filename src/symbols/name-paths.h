/* name-paths.h: what variables of one name are listed as */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/name-find.h"

/** sonde_name_paths_set: @hits (element-type SondeNameHit): each gets its path, the same that the
 * image has: "ns::x", "main.c::x" where there are several. */
void sonde_name_paths_set (GArray *hits, gboolean is_relocatable);

/* near-miss.h: what somebody may have meant by a path that is not there */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "symbols/symbol-image.h"

/** sonde_near_miss_describe: (transfer full): "; did you mean a, b or c?", or "" where nothing is
 * near. */
char *sonde_near_miss_describe (const SondeSymbolImage *image, const char *path);

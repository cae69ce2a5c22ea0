/* meeting.h: which boards a command works with, and waiting for them */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/errand.h"

typedef enum
{
  SONDE_NEED_ANSWERS,   /* boards that answered init: values can be read */
  SONDE_NEED_ANY_BOARD, /* also those that only listen and push */
} SondeNeed;

/** sonde_meeting_wait: for the boards that --device, --all, --expect and --wait speak of; puts them
 * into sonde_errand_get_boards(). */
SondeExit sonde_meeting_wait (SondeErrand *errand, SondeNeed need);
/** sonde_meeting_open: loads the firmware, checks @paths (nullable), listens and waits. */
SondeExit sonde_meeting_open (SondeErrand *errand, char **paths, SondeNeed need);
/** sonde_meeting_is_wanted: --device speaks of this board, and it is as far as @need asks. */
gboolean sonde_meeting_is_wanted (const SondeOptions *options, SondeDevice *board, SondeNeed need);

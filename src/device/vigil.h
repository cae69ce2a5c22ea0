/* vigil.h: when a board that says nothing is asked, shown as lost, given up; pure */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "device/link.h"

typedef enum
{
  SONDE_VIGIL_NOTHING,
  SONDE_VIGIL_SILENT, /* asked and not answering: show it as lost */
  SONDE_VIGIL_BACK,   /* spoke again */
  SONDE_VIGIL_GREET,  /* idle: ask who it is */
  SONDE_VIGIL_CLOSE,  /* did not answer that either */
} SondeVigilStep;

/* A value; starts zeroed with each connection. */
typedef struct
{
  gboolean is_silent;
  gint64 greeted_us; /* monotonic; 0: not asked since it last spoke */
} SondeVigil;

/**
 * sonde_vigil_step:
 * @has_proto: the board speaks our extensions: only such a one is asked when idle, and closed
 *
 * Returns: one step at a time; ask again until NOTHING
 */
SondeVigilStep sonde_vigil_step (SondeVigil *self, const SondeLinkStatus *status,
                                 gboolean has_proto, gint64 now_us);

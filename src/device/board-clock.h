/* board-clock.h: a board's 32-bit clock as microseconds since the epoch */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A value; starts zeroed. One for each board; its first sample of a boot is the anchor. */
typedef struct
{
  guint64 hz;         /* 0: the board has no clock */
  gboolean has_ticks; /* ticks and anchor_ticks are known */
  guint64 ticks;      /* newest, unwrapped */
  guint64 anchor_ticks;
  gint64 anchor_us;   /* epoch time of anchor_ticks */
  gint64 received_us; /* monotonic, of the newest ticks */
  gboolean has_host;
  gint64 host_offset_us; /* epoch minus monotonic, taken once a boot: the wall clock may be set */
  gint64 newest_us;      /* what the newest ticks were mapped to */
  gboolean is_lying;     /* ran away from the host's time: not believed for the rest of the boot */
  gboolean is_lie_told;
} SondeBoardClock;

/** sonde_board_clock_reset: a new boot: the next sample is the anchor. */
void sonde_board_clock_reset (SondeBoardClock *self, guint64 hz);
/**
 * sonde_board_clock_map:
 * @ticks: as the board sent them, 32 bits
 * @received_us: monotonic
 *
 * A clock that runs back has wrapped; how often is what the host's own time says. One that runs
 * away from the host's time by more than 5 s and 1 % of the time since the anchor counts no longer:
 * from then on times are those of receipt, each after the one before.
 *
 * Returns: microseconds since the epoch
 */
gint64 sonde_board_clock_map (SondeBoardClock *self, guint32 ticks, gint64 received_us);
/** sonde_board_clock_map_host: the time of receipt, for answers without ticks. */
gint64 sonde_board_clock_map_host (SondeBoardClock *self, gint64 received_us);
/** sonde_board_clock_take_lie: TRUE once a boot, when the clock turned out to be wrong. */
gboolean sonde_board_clock_take_lie (SondeBoardClock *self);

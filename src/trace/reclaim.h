/* reclaim.h: memory that readers may still look at is freed once none of them can */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define SONDE_RECLAIM_SLOTS 32

/* Dropped memory waits with the generation that came after it; it is freed when every reader inside
 * entered in that generation or later. Only sequentially consistent operations on atomics, no
 * fences: that is what ThreadSanitizer can follow. */
typedef struct
{
  _Atomic (guint64) generation;
  _Atomic (guint64) slots[SONDE_RECLAIM_SLOTS]; /* generation a reader entered in; 0 is free */
  GQueue waiting;                               /* writer only, oldest first */
} SondeReclaim;

void sonde_reclaim_init (SondeReclaim *self);
/** sonde_reclaim_clear: frees all that waits; no reader may be inside. */
void sonde_reclaim_clear (SondeReclaim *self);
/** sonde_reclaim_enter: any thread. What is reached from now on stays until sonde_reclaim_leave().
 * Waits only while more than SONDE_RECLAIM_SLOTS readers are inside. Returns: the slot. */
guint sonde_reclaim_enter (SondeReclaim *self);
void sonde_reclaim_leave (SondeReclaim *self, guint slot);
/** sonde_reclaim_retire: writer only, after a new reader can no longer reach @data. */
void sonde_reclaim_retire (SondeReclaim *self, gpointer data, GDestroyNotify free_data);
/** sonde_reclaim_collect: writer only; never waits. Returns: how many still wait. */
guint sonde_reclaim_collect (SondeReclaim *self);

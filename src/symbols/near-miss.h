/* near-miss.h: what somebody may have meant by a path that is not there */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Owned struct, one thread. */
typedef struct _SondeNearMiss SondeNearMiss;

/** sonde_near_miss_new: @path is borrowed. */
SondeNearMiss *sonde_near_miss_new (const char *path);
void sonde_near_miss_free (SondeNearMiss *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeNearMiss, sonde_near_miss_free)
/** sonde_near_miss_offer: a name that is there; borrowed until the end. */
void sonde_near_miss_offer (SondeNearMiss *self, const char *name);
/** sonde_near_miss_describe: (transfer full): "; did you mean a, b or c?", or "" where nothing is
 * near. */
char *sonde_near_miss_describe (SondeNearMiss *self);

/* map-changes.h: what another ELF did to the variables that are watched */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/variable.h"

/* A value; starts zeroed. */
typedef struct
{
  guint n_moved, n_retyped, n_gone;
} SondeMapChanges;

/** sonde_map_changes_count: @old, @now: (nullable) */
void sonde_map_changes_count (SondeMapChanges *self, SondeVariable *old, SondeVariable *now);
/** sonde_map_changes_dup_text: (transfer full) (nullable): a sentence; NULL where all is as it
 * was. */
char *sonde_map_changes_dup_text (const SondeMapChanges *self);

/* map-changes.h: what another ELF did to the variables that are watched */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "types/variable.h"

#define SONDE_MAP_CHANGES_MAX_LINES 50

/* Owned struct. */
typedef struct _SondeMapChanges SondeMapChanges;

SondeMapChanges *sonde_map_changes_new (void);
void sonde_map_changes_free (SondeMapChanges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeMapChanges, sonde_map_changes_free)
/**
 * sonde_map_changes_add:
 * @old: what @path was
 * @now: (nullable): what it is
 * @why: why there is no @now
 */
void sonde_map_changes_add (SondeMapChanges *self, const char *path, SondeVariable *old,
                            SondeVariable *now, const char *why);
/** sonde_map_changes_add_back: @path was gone and is there again. */
void sonde_map_changes_add_back (SondeMapChanges *self, const char *path, SondeVariable *now);
/** sonde_map_changes_dup_text: (transfer full) (nullable): a sentence: "New symbols: 2 moved, 1
 * gone"; NULL where all is as it was. */
char *sonde_map_changes_dup_text (SondeMapChanges *self);
/** sonde_map_changes_get_lines: a line for each change, at most 50, then "and N more". */
char **sonde_map_changes_get_lines (SondeMapChanges *self); /* (transfer none) */

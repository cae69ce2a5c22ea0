/* elf-watcher.h: sees that a linker writes an ELF file anew, and when it is done */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  SONDE_ELF_UNCHANGED, /* as it was taken */
  SONDE_ELF_SETTLING,  /* changed or gone; not yet at rest or not yet whole */
  SONDE_ELF_SETTLED,   /* at rest for half a second and whole: to be read, and then confirmed */
} SondeElfState;

/*
 * Owned struct, one thread with its context. Linkers write in place, remove and create, or rename
 * over; a file that is missing for a while is normal. The folder is watched for news, and the file
 * is looked at once a second, because some file systems send none; the disk is asked in a worker.
 */
typedef struct _SondeElfWatcher SondeElfWatcher;
/* State or problem changed. The watcher may be freed from inside. */
typedef void (*SondeElfWatcherFunc) (SondeElfWatcher *self, gpointer user_data);

/** sonde_elf_watcher_new: the file as it is now counts as taken, so make this before reading it. */
SondeElfWatcher *sonde_elf_watcher_new (const char *path, SondeElfWatcherFunc func,
                                        gpointer user_data);
void sonde_elf_watcher_free (SondeElfWatcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeElfWatcher, sonde_elf_watcher_free)
const char *sonde_elf_watcher_get_path (SondeElfWatcher *self);
SondeElfState sonde_elf_watcher_get_state (SondeElfWatcher *self);
/** sonde_elf_watcher_get_problem: (nullable): after 60 s of settling: why it does not. */
const char *sonde_elf_watcher_get_problem (SondeElfWatcher *self);
/** sonde_elf_watcher_get_modified_us: when the file that counts as taken was written, epoch; 0
 * where it was not there. */
gint64 sonde_elf_watcher_get_modified_us (SondeElfWatcher *self);
/**
 * sonde_elf_watcher_confirm:
 *
 * After reading a file that had settled. Returns: TRUE: it is the same file still, and counts as
 * taken; FALSE: it was written meanwhile, what was read may be half of each: SETTLING again
 */
gboolean sonde_elf_watcher_confirm (SondeElfWatcher *self);
/** sonde_elf_watcher_reject: it could not be read, for @why: SETTLING until it changes once more.
 */
void sonde_elf_watcher_reject (SondeElfWatcher *self, const char *why);

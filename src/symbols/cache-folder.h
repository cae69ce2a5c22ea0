/* cache-folder.h: a private folder of files that are there whole or not at all, with a size cap */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "symbols/keyed-hash.h"

/* Owned struct, one thread; several processes may use one folder. Nothing in it is worth an error:
 * what fails here is done again without it. */
typedef struct _SondeCacheFolder SondeCacheFolder;

/** sonde_cache_folder_new: (nullable): makes @path (0700) and its secret (0600) where they are
 * missing; NULL where that cannot be, or where it is somebody else's. @cap: bytes of all files. */
SondeCacheFolder *sonde_cache_folder_new (const char *path, guint64 cap);
void sonde_cache_folder_free (SondeCacheFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeCacheFolder, sonde_cache_folder_free)

/** sonde_cache_folder_get_secret: SONDE_HASH_SECRET_SIZE bytes. */
const guint8 *sonde_cache_folder_get_secret (SondeCacheFolder *self);
/**
 * sonde_cache_folder_read:
 * @name: no path
 *
 * A copy, so that nobody can change it later; reading it makes it the newest in use.
 *
 * Returns: (transfer full) (nullable): at most as much as sonde_cache_folder_write() takes
 */
GBytes *sonde_cache_folder_read (SondeCacheFolder *self, const char *name);
/** sonde_cache_folder_write: @head, then @body; removes what was used the longest time ago where
 * there is more than the cap. Refuses what would fill a quarter of it. */
gboolean sonde_cache_folder_write (SondeCacheFolder *self, const char *name, gconstpointer head,
                                   gsize head_size, GBytes *body);
/** sonde_cache_folder_link: the same file under a further name. */
void sonde_cache_folder_link (SondeCacheFolder *self, const char *name, const char *other);
void sonde_cache_folder_remove (SondeCacheFolder *self, const char *name);

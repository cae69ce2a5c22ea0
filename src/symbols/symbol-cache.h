/* symbol-cache.h: what sonde-symbols said of a file before, and whether it still is that file */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef enum
{
  SONDE_CACHE_IMAGE = 1,
  SONDE_CACHE_LINES = 2,
} SondeCacheKind;

#define SONDE_CACHE_CAP (G_GUINT64_CONSTANT (1) << 30)

/* The cache as seen for one open file: owned struct, one thread at a time. Works without a word
 * where there is no folder to write to: then nothing is found and nothing kept. */
typedef struct _SondeSymbolCache SondeSymbolCache;

/**
 * sonde_symbol_cache_new:
 * @folder: (nullable): NULL: sonde/symbols in the person's cache folder
 * @fd: of the file, not taken; must outlive it
 *
 * A file is known by its content, never by a build id: that is a text in it which anybody can
 * copy. What another sonde-symbols than today's has written is not found.
 */
SondeSymbolCache *sonde_symbol_cache_new (const char *folder, int fd, SondeCacheKind kind);
void sonde_symbol_cache_free (SondeSymbolCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeSymbolCache, sonde_symbol_cache_free)

/**
 * sonde_symbol_cache_find:
 *
 * Reads the whole file, but for one that was seen before and has not been touched since.
 *
 * Returns: (transfer full) (nullable): bit for bit what was given to sonde_symbol_cache_store() on
 *   this machine by this person: it needs no second check
 */
GBytes *sonde_symbol_cache_find (SondeSymbolCache *self);
/** sonde_symbol_cache_store: after a find() without success; @answer has been checked. Keeps
 * nothing where the file was written to since then. */
void sonde_symbol_cache_store (SondeSymbolCache *self, GBytes *answer);
/** sonde_symbol_cache_forget: what find() gave is of no use; it is removed. */
void sonde_symbol_cache_forget (SondeSymbolCache *self);

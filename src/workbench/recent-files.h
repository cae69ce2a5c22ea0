/* recent-files.h: which ELF files were opened last; survives a restart */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct
{
  char *path;
  char *build_id;  /* lower-case hex, "" unknown */
  gint64 opened_s; /* since the Unix epoch */
} SondeRecentFile;

/* Owned struct, main thread. At most 10, newest first. */
typedef struct _SondeRecentFiles SondeRecentFiles;

/** sonde_recent_files_new: @path: recent.json; NULL is the one of the state directory. A file that
 * cannot be read is an empty list. */
SondeRecentFiles *sonde_recent_files_new (const char *path);
void sonde_recent_files_free (SondeRecentFiles *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeRecentFiles, sonde_recent_files_free)

guint sonde_recent_files_get_n (SondeRecentFiles *self);
const SondeRecentFile *sonde_recent_files_get (SondeRecentFiles *self, guint index);
/** sonde_recent_files_add: to the front; written to disk at once. @build_id: "" none. */
gboolean sonde_recent_files_add (SondeRecentFiles *self, const char *path, const char *build_id,
                                 GError **error);
/** sonde_recent_files_find: (nullable): the newest that was of @build_id, as a board announces it,
 * and has not been written since.
 */
const SondeRecentFile *sonde_recent_files_find (SondeRecentFiles *self, const char *build_id);
gboolean sonde_recent_files_clear (SondeRecentFiles *self, GError **error);
/** sonde_recent_file_dup_age: (transfer full): "just now", "2 hours ago", "yesterday", "3 weeks
 * ago". */
char *sonde_recent_file_dup_age (const SondeRecentFile *file, gint64 now_s);

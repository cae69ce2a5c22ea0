/* file-stamp.h: what tells one state of a file from another, and whether it is a whole ELF */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A value. Links are followed: it is the file that would be read. */
typedef struct
{
  gboolean exists;
  guint64 device, inode, size;
  gint64 modified_ns, changed_ns; /* contents; rights and names too */
} SondeFileStamp;

void sonde_file_stamp_take (SondeFileStamp *self, const char *path);
gboolean sonde_file_stamp_equal (const SondeFileStamp *a, const SondeFileStamp *b);
/**
 * sonde_file_stamp_why_no_elf:
 *
 * Reads the file's tables; blocks as long as its disk does.
 *
 * Returns: (transfer full) (nullable): why it cannot be read as a whole ELF file now: gone,
 * forbidden, cut short, being written; NULL: it can
 */
char *sonde_file_stamp_why_no_elf (const char *path);

/* file-kind.h: what a file is, by its first bytes */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef enum
{
  SONDE_FILE_UNKNOWN, /* with an error */
  SONDE_FILE_ELF,
  SONDE_FILE_MAP, /* text whose first line has columns: a memory map */
} SondeFileKind;

/** sonde_file_kind_async: reads the first bytes in the background; a network share may be slow. */
void sonde_file_kind_async (GFile *file, GAsyncReadyCallback callback, gpointer user_data);
/** sonde_file_kind_finish: the error is one sentence for a person. */
SondeFileKind sonde_file_kind_finish (GAsyncResult *result, GError **error);

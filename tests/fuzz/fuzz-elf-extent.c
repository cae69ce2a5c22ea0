/* fuzz-elf-extent.c: any bytes as an ELF file; nothing behind their end is asked for and believed
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/elf-extent.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  const guint8 *data;
  gsize size;
} File;

static gboolean
read_at (gpointer source, guint64 offset, guint8 *buffer, gsize size)
{
  const File *file = source;

  if (offset > file->size || size > file->size - offset)
    return FALSE;
  memcpy (buffer, file->data + offset, size);
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  File file = { data, size };
  const char *why = sonde_elf_extent_why_not_whole (read_at, &file, size);

  if (why == NULL)
    g_assert_cmpuint (size, >=, 52);
  return 0;
}

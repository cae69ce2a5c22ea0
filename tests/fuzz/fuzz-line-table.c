/* fuzz-line-table.c: any bytes as a line table, with addresses looked up in it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/line-image.h"
#include "symbols/line-table.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  /* Sealed anew: else the checksum would keep every change out. */
  g_autofree guint8 *copy = g_memdup2 (data, size);

  if (size >= sizeof (SondeLineImageHead))
    sonde_line_image_seal (copy, size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&copy), size);
  g_autoptr (SondeLineTable) table = sonde_line_table_new_from_bytes (bytes, NULL);
  SondeLine line;
  gsize length = 0;

  for (guint64 shift = 0; table != NULL && shift < 64; shift++)
    if (sonde_line_table_find (table, (G_GUINT64_CONSTANT (0x40110f) << shift) | shift, &line))
      for (const char *text = line.file; *text != '\0'; text++)
        length++;
  return length == G_MAXSIZE;
}

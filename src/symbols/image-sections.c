/* image-sections.c: a symbol image gets the sections of the program that it tells of */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/image-sections.h"

static const SondeImageSection *
find_section (const SondeSymbolImage *image, const char *name, guint64 address)
{
  for (guint i = 0; i < image->n[SONDE_IMAGE_SECTIONS]; i++)
    {
      const SondeImageSection *row = &image->sections[i];

      if (row->address == address && g_str_equal (sonde_symbol_image_text (image, row->name), name))
        return row;
    }
  return NULL;
}

GBytes *
sonde_image_take_sections (const SondeSymbolImage *names, const SondeSymbolImage *program)
{
  gsize size;
  const guint8 *from = g_bytes_get_data (names->bytes, &size);
  guint8 *data = g_memdup2 (from, size);
  SondeImageSection *rows = (gpointer) (data + ((const guint8 *) names->sections - from));

  for (guint i = 0; i < names->n[SONDE_IMAGE_SECTIONS]; i++)
    {
      const char *name = sonde_symbol_image_text (names, rows[i].name);
      const SondeImageSection *row = find_section (program, name, rows[i].address);

      if (row == NULL)
        continue;
      rows[i].flags = row->flags;
      rows[i].size = row->size;
      rows[i].load_address = row->load_address;
      rows[i].crc = row->crc;
    }
  sonde_symbol_image_seal (data, size);
  return g_bytes_new_take (data, size);
}

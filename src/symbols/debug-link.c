/* debug-link.c: what an ELF file says of itself and of the file that its names were moved to */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/debug-link.h"

#include <string.h>

#include "base/bytes.h"
#include "base/log-line.h"

char *
sonde_debug_link_read (SondeElfFile *elf, guint32 *crc)
{
  for (guint i = 1; i < sonde_elf_file_get_n_sections (elf); i++)
    {
      const SondeSpan span = sonde_elf_file_get_bytes (elf, i);
      const guint8 *end;
      gsize length;

      if (!g_str_equal (sonde_elf_file_get_section (elf, i)->name, ".gnu_debuglink")
          || span.size < 8)
        continue;
      end = memchr (span.data, '\0', span.size);
      length = end != NULL ? (gsize) (end - span.data) : 0;
      /* The checksum stands at the next multiple of four. */
      if (length == 0 || (length + 4) / 4 * 4 + 4 > span.size)
        return NULL;
      *crc = (guint32) sonde_bytes_load (span.data + (length + 4) / 4 * 4, 4,
                                         sonde_elf_file_get_facts (elf)->byte_order);
      return sonde_log_make_safe ((const char *) span.data, (gssize) MIN (length, 255));
    }
  return NULL;
}

GBytes *
sonde_debug_link_describe (int fd, const char *name, GError **error)
{
  g_autoptr (SondeElfFile) elf = sonde_elf_file_new (fd, name, error);
  g_autofree char *link = NULL;
  guint32 crc = 0;

  if (elf == NULL)
    return NULL;
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "build-id %s\n", sonde_elf_file_get_facts (elf)->build_id);
  link = sonde_debug_link_read (elf, &crc);
  if (link != NULL)
    g_string_append_printf (text, "link %08x %s\n", crc, link);
  return g_string_free_to_bytes (text);
}

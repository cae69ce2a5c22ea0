/* small-elf.h: makes the smallest ELF files that tell whole from half */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <elf.h>
#include <glib.h>
#include <string.h>

/* A header, one section of @body bytes that all hold @mark, and the section headers behind it, as
 * linkers put them. */
static inline GByteArray *
new_small_elf (guint body, guint8 mark)
{
  GByteArray *file = g_byte_array_new ();
  Elf64_Ehdr header = { .e_ident = ELFMAG,
                        .e_type = ET_EXEC,
                        .e_machine = EM_X86_64,
                        .e_version = EV_CURRENT,
                        .e_shoff = sizeof (Elf64_Ehdr) + body,
                        .e_ehsize = sizeof (Elf64_Ehdr),
                        .e_shentsize = sizeof (Elf64_Shdr),
                        .e_shnum = 2 };
  Elf64_Shdr sections[2]
      = { { 0 }, { .sh_type = SHT_PROGBITS, .sh_offset = sizeof (Elf64_Ehdr), .sh_size = body } };

  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = G_BYTE_ORDER == G_BIG_ENDIAN ? ELFDATA2MSB : ELFDATA2LSB;
  g_byte_array_append (file, (const guint8 *) &header, sizeof header);
  g_byte_array_set_size (file, (guint) sizeof header + body);
  memset (file->data + sizeof header, mark, body);
  g_byte_array_append (file, (const guint8 *) sections, sizeof sections);
  return file;
}

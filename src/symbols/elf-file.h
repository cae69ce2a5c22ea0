/* elf-file.h: sections, symbols, build id and byte order of an ELF file (the one door to libelf) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef struct
{
  const char *name;
  guint64 address, size;
  gboolean is_alloc, is_write, is_exec;
} SondeElfSection;

typedef struct
{
  const char *name; /* without "@VERSION" */
  guint64 address, size;
  guint section; /* index of the file's section, 0 where there is none */
  gboolean is_global, is_thread_local;
} SondeElfSymbol;

typedef struct
{
  const char *machine;  /* "ARM", "x86-64" */
  const char *build_id; /* lower-case hex, "" without a note */
  int byte_order;
  guint pointer_size;
  gboolean is_relocatable, is_pie;
} SondeElfFacts;

/* Owned struct, one thread. Only inside sonde-symbols. */
typedef struct _SondeElfFile SondeElfFile;

/**
 * sonde_elf_file_new:
 * @fd: not taken
 * @name: for messages
 *
 * Maps the file privately and hides its range and location lists: nobody here reads them, and
 * libdwarf aborts or loops on damaged ones.
 */
SondeElfFile *sonde_elf_file_new (int fd, const char *name, GError **error);
void sonde_elf_file_free (SondeElfFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SondeElfFile, sonde_elf_file_free)

const SondeElfFacts *sonde_elf_file_get_facts (SondeElfFile *self);
/** sonde_elf_file_get_section: by the file's own index; (nullable). */
const SondeElfSection *sonde_elf_file_get_section (SondeElfFile *self, guint index);
guint sonde_elf_file_get_n_sections (SondeElfFile *self);
/** sonde_elf_file_find_section: index of the loaded section that holds @address, 0 where none. */
guint sonde_elf_file_find_section (SondeElfFile *self, guint64 address);
/** sonde_elf_file_get_symbols: (element-type SondeElfSymbol): data objects, in the file's order. */
GArray *sonde_elf_file_get_symbols (SondeElfFile *self);
/** sonde_elf_file_get_elf: libelf's handle, for libdwarf. */
gpointer sonde_elf_file_get_elf (SondeElfFile *self);
/** sonde_elf_file_get_fd: the caller's own, not taken. */
int sonde_elf_file_get_fd (SondeElfFile *self);

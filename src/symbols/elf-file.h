/* elf-file.h: sections, symbols, build id and byte order of an ELF file (the one door to libelf) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef struct
{
  const guint8 *data;
  gsize size;
} SondeSpan;

typedef struct
{
  const char *name;
  guint64 address, size;
  guint64 load_address; /* where a programmer puts it; the address where no segment tells */
  gboolean is_alloc, is_write, is_exec;
  gboolean is_nobits; /* nothing of it is in the file */
} SondeElfSection;

typedef enum
{
  SONDE_ELF_DATA,
  SONDE_ELF_FUNCTION,
  SONDE_ELF_LABEL, /* without a type: of assembly, or a mark that the linker made */
} SondeElfSymbolKind;

typedef struct
{
  const char *name; /* without "@VERSION" */
  guint64 address, size;
  const char *file; /* of a local one: its source, as the symbol table has it; else NULL */
  guint section;    /* index of the file's section, 0 where there is none (absolute, common) */
  guint kind : 2;   /* SondeElfSymbolKind */
  guint is_global : 1, is_weak : 1, is_thread_local : 1;
} SondeElfSymbol;

typedef struct
{
  const char *machine;  /* "ARM", "x86-64" */
  const char *build_id; /* lower-case hex, "" without a note */
  guint machine_number; /* EM_.. */
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
/** sonde_elf_file_get_bytes: of a section as it stands in the file; empty where it has none there.
 */
SondeSpan sonde_elf_file_get_bytes (SondeElfFile *self, guint index);
/** sonde_elf_file_forget: gives back the memory of the file's bytes at @data, which are read again
 * when somebody asks for them; of other memory nothing. */
void sonde_elf_file_forget (SondeElfFile *self, const guint8 *data, gsize size);
/** sonde_elf_file_find_section: index of the loaded section that holds @address, 0 where none. */
guint sonde_elf_file_find_section (SondeElfFile *self, guint64 address);
/** sonde_elf_file_compute_crc: CRC-32 of a section's bytes; FALSE where a running program may
 * change them, or none are in the file. */
gboolean sonde_elf_file_compute_crc (SondeElfFile *self, guint index, guint32 *crc);
/** sonde_elf_file_get_symbols: (element-type SondeElfSymbol): in the file's order; those without a
 * name or place are left out. */
GArray *sonde_elf_file_get_symbols (SondeElfFile *self);
/** sonde_elf_file_drop_symbols: gives back their memory: there are none any more. */
void sonde_elf_file_drop_symbols (SondeElfFile *self);
/** sonde_elf_file_get_size: bytes. */
gsize sonde_elf_file_get_size (SondeElfFile *self);
/** sonde_elf_file_get_elf: libelf's handle, for libdwarf. */
gpointer sonde_elf_file_get_elf (SondeElfFile *self);
/** sonde_elf_file_get_fd: the caller's own, not taken. */
int sonde_elf_file_get_fd (SondeElfFile *self);
